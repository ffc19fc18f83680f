package office

import (
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/printing"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// filing is everything that a form is filled in from.
type filing struct {
	t           *turn
	person      register.Person // zero while nobody was identified
	application *application.Application
	docket      *docket.Case
	values      map[string]string
}

// filing reads what a form is to be printed from, if this office may see it.
func (t *turn) filing(p docket.Print) (filing, error) {
	switch {
	case p.CaseID != "":
		c, err := t.windowCase(p.CaseID)
		if err != nil {
			return filing{}, err
		}
		p.PersonID = c.PersonID
	case p.ApplicationID != "":
		a, err := t.visible(p.ApplicationID)
		if err != nil {
			return filing{}, err
		}
		p.PersonID = a.PersonID
	default:
		if _, err := t.served(p.PersonID); err != nil {
			return filing{}, err
		}
	}
	return t.filed(p)
}

// filed reads it without asking who looks.
func (t *turn) filed(p docket.Print) (filing, error) {
	f := filing{t: t, values: map[string]string{}}
	if p.CaseID != "" {
		c, err := t.WindowCase(p.CaseID)
		if err != nil {
			return f, err
		}
		f.docket = &c
		f.ofCase(c)
	}
	var h holding
	var err error
	if p.PersonID != "" {
		if h, err = t.holding(p.PersonID); err != nil {
			return f, err
		}
		f.person = h.person
		f.ofPerson(h)
	}
	switch {
	case p.ApplicationID != "":
		a, err := t.Application(p.ApplicationID)
		if err != nil {
			return f, err
		}
		f.application = &a
	case h.application != nil:
		f.application = h.application
	case len(h.applications) > 0:
		f.application = &h.applications[len(h.applications)-1]
	}
	if f.application != nil {
		f.ofApplication(*f.application)
	}
	if f.values["application_id"] == "" && p.PersonID != "" {
		err = f.ofIssuedForms()
	}
	return f, err
}

// set keeps a value that is known, and not one that is known better already.
func (f filing) set(key, value string) {
	if f.values[key] == "" {
		f.values[key] = value
	}
}

func (f filing) day(key string, on civil.Date) {
	if !on.IsZero() {
		f.set(key, on.Japanese())
	}
}

func (f filing) office(key string, at place.Code) {
	if at != "" {
		f.set(key, f.t.placeName(at).Ja)
	}
}

// ofPerson takes what the registers say.
func (f filing) ofPerson(h holding) {
	p := h.person
	f.set("name", p.Name.Full())
	f.set("kana", p.Name.Kana())
	f.day("birth", p.Birth)
	f.set("sex", p.Sex.Text().Ja)
	f.set("address", p.CardAddressLine())
	if r := p.FamilyRegister; r != nil {
		f.office("honseki", r.Honseki)
		if r.Departure != nil {
			f.day("departure", r.Departure.Planned)
		}
	}
	if p.Stay != nil {
		f.set("stay_status", p.Stay.Status)
		f.day("stay_until", p.Stay.Until)
	}
	if h.card != nil && !h.card.State.Ended() {
		kind := "国内"
		if h.card.Overseas {
			kind = "国外転出者用"
		}
		f.set("card_kind", kind)
		f.day("card_until", h.card.Until)
		for key, kind := range map[string]certificate.Kind{"signature_until": certificate.Signature, "user_until": certificate.UserAuthentication} {
			if c, ok := h.certificates[kind]; ok && c.State == certificate.Valid {
				f.set(key, c.Until.Japanese()+"まで")
			}
		}
	}
}

// ofApplication takes what an application's form says besides.
func (f filing) ofApplication(a application.Application) {
	form := a.Form
	f.set("name", form.Name.Full())
	f.set("kana", form.Name.Kana())
	f.day("birth", form.Birth)
	f.set("sex", form.Sex.Text().Ja)
	if a.Overseas {
		f.set("overseas_address", form.Address)
		f.set("country", form.Country)
		f.office("honseki", form.Honseki)
		f.day("departure", form.PlannedDeparture)
	}
	for i, mail := range form.Emails {
		f.set(fmt.Sprintf("email%d", i+1), string(mail))
	}
	if len(form.Phones) > 0 {
		f.set("phone", string(form.Phones[0]))
	}
	for _, r := range form.Representatives {
		f.set("representative_name", r.Name)
		f.set("representative_relationship", r.Relationship)
		f.set("representative_address", r.Address)
	}
	f.set("application_id", a.ApplicationID)
	f.day("filed", a.Filed)
	f.office("accepting", a.Accepting)
	f.office("pickup", a.Pickup)
	f.day("deadline", a.Deadline)
	f.set("reason", a.Event.Kind)
	f.set("pin_choice", "set")
	if form.FaceAuthentication {
		f.values["pin_choice"] = "face"
	}
}

// ofCase takes what was told at the window.
func (f filing) ofCase(c docket.Case) {
	info, _ := rules.LookupProcedure(rules.Procedure(c.Procedure))
	f.set("item", info.Name.Ja)
	f.day("due", c.Due)
}

// ofIssuedForms takes the application ID of the form that the person can still use (APP-001).
func (f filing) ofIssuedForms() error {
	forms, err := f.t.IssuedForms(f.person.ID)
	for _, issued := range forms {
		if issued.Usable() {
			f.values["application_id"] = issued.ID
		}
	}
	return err
}

// allowed says why a paper cannot be printed now: a receipt needs a fee that was paid.
func (f filing) allowed(paper rules.Paper) error {
	if paper != FeeReceipt {
		return nil
	}
	fee, _ := f.fee()
	if !fee.Paid {
		return rules.Refuse("fee_unpaid", fee.Yen)
	}
	return nil
}

// fee is the fee of the case, otherwise of the application, with the number of its receipt.
func (f filing) fee() (application.Fee, string) {
	switch {
	case f.docket != nil:
		return f.docket.Fee, f.docket.Receipt
	case f.application != nil:
		return f.application.Fee, f.application.Fee.Receipt
	}
	return application.Fee{}, ""
}

// form lays a paper's fields out with their values.
func (f filing) form(p docket.Print) (printing.Form, error) {
	at := f.t.placeName(p.Office)
	out := printing.Form{To: at, Day: "印刷 " + civil.DateOf(p.At).Japanese() + " / printed " + civil.DateOf(p.At).String(), Reference: p.Reference(), Link: f.t.office.URL + "/office/forms/" + p.ID}
	if p.Copy > 1 {
		out.Note = law.Text{Ja: "再印刷(%d枚目)", En: "printed again (no. %d)"}.Format(p.Copy)
	}
	switch rules.Paper(p.Paper) {
	case FeeReceipt:
		return f.receipt(out), nil
	case Printout:
		return f.printout(out)
	case NumberNotice:
		return f.numberNotice(out), nil
	}
	form, ok := rules.OfficialForms[rules.Paper(p.Paper)]
	if !ok {
		return out, errors.New("no form is called " + p.Paper)
	}
	out.ID, out.Title, out.Signed, out.Desk = form.ID, law.Text{Ja: form.Title, En: form.English}, true, true
	pins, err := rules.PINSyntaxes.On(f.t.on)
	if err != nil {
		return out, err
	}
	for _, name := range form.Blocks {
		if name == "application" {
			out.Parts = append(out.Parts, f.applicationPart(p))
			continue
		}
		block := rules.FormBlocks[name]
		part := printing.Part{Heading: block.Heading}
		for _, field := range block.Fields {
			part.Fields = append(part.Fields, f.field(field, pins.Rule))
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}

// field is one field with its value. What is secret has no value here.
func (f filing) field(field rules.FormField, pins map[card.PIN]rules.PINSyntax) printing.Field {
	out := printing.Field{Label: field.Label}
	value := f.values[field.Key]
	switch field.Kind {
	case rules.FromRecord:
		out.Value = value
	case rules.ToTick:
		out.Kind = printing.Ticks
		for _, o := range field.Options {
			out.Options = append(out.Options, printing.Option{Label: o.Label, On: value != "" && o.Value == value})
		}
	case rules.ByPIN:
		s := pins[card.PIN(field.PIN)]
		out.Kind, out.Cells = printing.Cells, s.Max
		out.Label = law.Text{Ja: fmt.Sprintf("No.%d %s", field.PIN, s.Name.Ja), En: fmt.Sprintf("No.%d %s", field.PIN, s.Name.En)}
	case rules.ByNumber:
		out.Kind, out.Cells = printing.Cells, 12
	case rules.InLines:
		out.Kind = printing.Lines
	case rules.PhotoFrame:
		out.Kind, out.Value = printing.Photo, "縦4.5cm×横3.5cm"
	case rules.Sentence:
		out.Kind = printing.Statement
	}
	return out
}

// applicationPart is the application form field by field, as it was filled in; where there is none, as the register has it.
func (f filing) applicationPart(p docket.Print) printing.Part {
	form := application.Form{Domestic: p.Paper == string(rules.FormApply)}
	if f.application != nil && f.application.Form.Domestic == form.Domestic {
		form = f.application.Form
	}
	part := printing.Part{Heading: law.Text{Ja: "申請の内容", En: "Application"}}
	known := map[string]string{"family_name": f.person.Name.Family, "given_name": f.person.Name.Given, "family_kana": f.person.Name.FamilyKana, "given_kana": f.person.Name.GivenKana,
		"form_id": f.values["application_id"], "birth": f.values["birth"], "sex": f.values["sex"], "honseki": f.values["honseki"], "planned_departure": f.values["departure"]}
	if !form.Domestic {
		part.Fields = append(part.Fields, line("申請書ID", "Application ID", f.values["application_id"]))
	}
	part.Fields = append(part.Fields, line("住所", "Address", f.values["address"]))
	for _, field := range form.Fields() {
		if field.Secret || strings.HasPrefix(field.Name, "representative_") {
			continue // the number is written by hand; representatives have a part of their own
		}
		value := form.Shown(field).Ja
		switch {
		case field.Input == application.Place && value != "":
			value = f.t.placeName(place.Code(value)).Ja
		case field.Input == application.Box:
			part.Fields = append(part.Fields, printing.Field{Label: field.Label, Kind: printing.Ticks, Options: []printing.Option{{Label: law.Text{Ja: "はい", En: "yes"}, On: value != ""}}})
			continue
		}
		if value == "" || known[field.Name] != "" {
			value = known[field.Name]
		}
		part.Fields = append(part.Fields, printing.Field{Label: field.Label, Value: value})
	}
	return part
}

// line is a field with a value.
func line(ja, en, value string) printing.Field {
	return printing.Field{Label: law.Text{Ja: ja, En: en}, Value: value}
}

// receipt is the receipt for a fee (FEE-017).
func (f filing) receipt(out printing.Form) printing.Form {
	fee, number := f.fee()
	text := FeeText(fee)
	out.Title = law.Text{Ja: "領収書", En: "Receipt"}
	out.Parts = []printing.Part{{Fields: []printing.Field{
		line("氏名", "Name", f.values["name"]), line("金額", "Amount", fmt.Sprintf("%d円 / %d yen", fee.Yen, fee.Yen)), line("内容", "For", text.Ja+" / "+text.En),
		line("領収日", "Received on", fee.PaidOn.Japanese()), line("領収した窓口", "Received at", f.t.placeName(fee.PaidAt).Ja), line("領収番号", "Receipt number", number)}}}
	return out
}

// printout is what the person takes away: what was asked, what was done, and what holds now.
func (f filing) printout(out printing.Form) (printing.Form, error) {
	out.Title = law.Text{Ja: "手続きの控え", En: "Record of the procedure"}
	var about []printing.Field
	var subject string
	switch {
	case f.docket != nil:
		c := f.docket
		subject = caseSubject(c.ID)
		about = []printing.Field{line("手続き", "Procedure", f.values["item"]), line("窓口", "Window", f.t.placeName(c.Office).Ja), line("受付日", "Taken in", c.Opened.Japanese()), line("完了日", "Done", dayOrDash(c.Ended)), line("受付番号", "Case", c.ID)}
	case f.application != nil:
		a := f.application
		subject = subjectOf(a.ID)
		info, _ := rules.LookupProcedure(rules.Procedure(a.Purpose))
		about = []printing.Field{line("手続き", "Procedure", info.Name.Ja), line("受け付けた窓口", "Window", f.values["accepting"]), line("申請した日", "Filed", a.Filed.Japanese()), line("申請書ID", "Application ID", a.ApplicationID), line("受取場所", "Pickup", f.values["pickup"]), line("受取期限", "Collect it by", dayOrDash(a.Deadline))}
	}
	fee, number := f.fee()
	if fee.Ground != "" {
		about = append(about, line("手数料", "Fee", strings.TrimSpace(FeeText(fee).Ja+" "+number)))
	}
	entries, err := f.t.JournalOf(subject)
	if err != nil {
		return out, err
	}
	var cites []string
	for _, e := range entries {
		for _, id := range e.Rules {
			if e.Outcome == journal.Done && !strings.Contains(strings.Join(cites, " "), id) {
				cites = append(cites, id)
			}
		}
	}
	about = append(about, line("根拠", "Rules", strings.Join(cites, ", ")))
	holder, held := rules.FormBlocks["holder"], rules.FormBlocks["card"]
	out.Parts = []printing.Part{{Heading: law.Text{Ja: "手続き", En: "Procedure"}, Fields: about}}
	for _, block := range []rules.Block{holder, held} {
		part := printing.Part{Heading: block.Heading}
		for _, field := range block.Fields {
			part.Fields = append(part.Fields, printing.Field{Label: field.Label, Value: f.values[field.Key]})
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}

func dayOrDash(d civil.Date) string {
	if d.IsZero() {
		return "—"
	}
	return d.Japanese()
}

// numberNotice is the notice of a number to the person (NUM-021): the one paper on which it is printed.
func (f filing) numberNotice(out printing.Form) printing.Form {
	out.Title = law.Text{Ja: "個人番号通知書", En: "Individual Number Notice"}
	out.Note = law.Text{Ja: "この通知書は、番号を証明する書類にも本人確認書類にもなりません。", En: "This notice proves neither the number nor who somebody is."}
	out.Link, out.Reference = "", ""
	out.Parts = []printing.Part{{Fields: []printing.Field{line("個人番号", "Individual Number", f.person.Number.Digits()), line("氏名", "Name", f.values["name"]), line("生年月日", "Date of birth", f.values["birth"])}}}
	return out
}
