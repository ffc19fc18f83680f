package web

import (
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// caseView is one case as its offices see it.
type caseView struct {
	office.Case
	ID       string
	Name     string
	Kana     string
	Steps    []step
	Custody  []custodyLine
	Turn     []turnLine      // whose turn it is, when it is not ours
	Can      map[string]bool // every act, and whether it is this office's turn
	Ours     bool            // one of them is
	Clerk    bool
	Today    string
	Checked  bool // identity was checked today
	PINText  string
	FeeText  law.Text
	Payment  law.Text
	Fields   []application.Field // to ask about
	Details  []detail
	Papers   []paperLine
	Messages []messageLine
	Log      []logLine
	Looks    []logLine // entries of those who only looked
	Sealed   []pinField
	Inputs   inputs // of the act that came back with faults
	Faults   []input
	Others   []office.Invalid
	Old      []cardLine
	Refusal  *law.Refusal // why the act was not done
	Stale    bool         // somebody else was first
	Undone   *undone      // nil: the page was just opened

	Ways, People []option // how somebody turns to the office about the case
	Running      bool     // it has not ended, so that something can still be changed
	Mistake      *undoForm
	Prints       printables
	Certificate  *certificateView
	PINsBySeal   bool // staff enter the PINs from a sealed paper, without the holder
}

// undone is an act that was not done: which, why, and what was typed for it, which the page shows again.
type undone struct {
	Act   string
	Err   error // nil: the login had ended
	Typed url.Values
}

// Tried reports that the act is the one that was not done, so that its form stands open.
func (v caseView) Tried(act string) bool { return v.Undone != nil && v.Undone.Act == act }

// Ticked reports that a box was ticked for the act that was not done.
func (v caseView) Ticked(name, value string) bool {
	return v.Undone != nil && slices.Contains(v.Undone.Typed[name], value)
}

// custodyLine is where one thing is: exactly one place.
type custodyLine struct {
	Thing law.Text
	Where law.Text
	Place law.Text
}

// turnLine is an office and what is expected of it.
type turnLine struct {
	Office law.Text
	Acts   []law.Text
}

// detail is one field of the form, for reading.
type detail struct {
	Label law.Text
	Value string
	Place law.Text // of a code
}

// paperLine is one kind of identity document with the boxes for it.
type paperLine struct {
	Kind  rules.Paper
	Name  law.Text
	Seen  input
	Until input
}

// messageLine is a message without the secrets of its links: a clerk does not act in the applicant's place.
type messageLine struct {
	Kind    law.Text
	Subject string
	Created string
	State   law.Text
	Body    string
}

// logLine is one entry of the journal.
type logLine struct {
	journal.Entry
	When    string
	Where   law.Text
	What    law.Text
	Outcome law.Text
	Result  law.Text // the detail in words
	Why     law.Text // purpose of a look
	By      law.Text // the line of authority
}

// cardLine is a card, the one made or a former one.
type cardLine struct {
	card.Card
	Word law.Text
}

// look shows a case; every look is in the journal.
func (p *pages) look(w http.ResponseWriter, r *http.Request, who office.Actor) {
	id := r.PathValue("id")
	p.showCase(w, r, who, id, p.Sessions.kept(r.Context(), "/office/applications/"+id))
}

// photo is the face on the case page. Like the page it is never kept.
func (p *pages) photo(w http.ResponseWriter, r *http.Request, who office.Actor) {
	jpeg, err := p.Office.Photo(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Write(jpeg)
}

// showCase shows a case, and an act on it that was not done.
func (p *pages) showCase(w http.ResponseWriter, r *http.Request, who office.Actor, id string, act *undone) {
	c, err := p.Office.Look(r.Context(), who, id)
	if err != nil {
		p.failBack(w, r, err, "/office")
		return
	}
	view, err := p.caseView(c, who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	status := http.StatusOK
	if act != nil {
		view.Undone = act
		defaults := view.Inputs
		view.Inputs, view.Others = defaults.with(func(name string) string {
			if act.Typed.Has(name) {
				return act.Typed.Get(name)
			}
			return defaults.Get(name).Value
		}, faultsOf(act.Err))
		view.Faults, view.Refusal, view.Stale = view.Inputs.Faults(), refusalOf(act.Err), errors.Is(act.Err, office.ErrStale)
		if act.Err != nil {
			status = statusOf(act.Err)
		}
	}
	view.fillPapers()
	p.show(w, r, status, "case", law.Text{Ja: "申請の記録", En: "Case"}, view)
}

func (p *pages) caseView(c office.Case, who office.Actor) (caseView, error) {
	a, today := c.Application, p.today()
	view := caseView{
		Case: c, ID: a.ID, Name: a.Form.Name.Full(), Kana: a.Form.Name.Kana(), Steps: stepsOf(a.State), Clerk: who.Role == office.Clerk,
		Today: today.String(), Checked: a.IdentitySeen == today, PINText: pinList(c.PINsSet), Fields: a.Form.Fields(),
		Can: map[string]bool{}, Custody: p.custody(c), Details: p.details(a.Form), Messages: messageLines(c.Messages), Inputs: caseInputs(),
	}
	if a.Fee.Ground != "" {
		view.FeeText, view.Payment = office.FeeText(a.Fee), word(paymentWords, rules.Payment(a.Fee.Payment))
	}
	for _, entry := range p.logLines(c.History) {
		if entry.Act == "look" || entry.Act == "search_person" {
			view.Looks = append(view.Looks, entry)
		} else {
			view.Log = append(view.Log, entry)
		}
	}
	for _, act := range application.Life.Acts {
		view.Can[string(act)] = false
	}
	for _, n := range c.Next {
		if n.Mine {
			view.Can[string(n.Act)], view.Ours = true, true
		} else {
			view.Turn = p.addTurn(view.Turn, n)
		}
	}
	for _, old := range c.Former {
		view.Old = append(view.Old, cardLine{old, word(cardWords, old.State)})
	}
	view.Ways, view.People = approaches()
	view.Running = !slices.Contains([]application.State{application.HandedOver, application.Rejected, application.Cancelled, application.Uncollected}, a.State)
	if a.State == application.HandedOver && a.Pickup == who.Office {
		view.Mistake = &undoForm{To: "/office/applications/" + a.ID, ID: "case", Note: a.Undone, Plastic: true}
	}
	if view.Clerk {
		view.Prints = p.applicationPrints(a)
	}
	view.PINsBySeal = a.SealedForm == application.FormSealed && (view.Can["post"] || a.State == application.ToBePosted)
	if err := p.fillCertificate(&view, who); err != nil {
		return view, err
	}
	var err error
	view.Sealed, _, err = p.pinFields(a.Form, nil)
	return view, err
}

// addTurn notes that an act is another office's.
func (p *pages) addTurn(turns []turnLine, n office.NextAct) []turnLine {
	name, act := office.PlaceName(n.At, p.today()), word(actWords, n.Act)
	for i := range turns {
		if turns[i].Office == name {
			turns[i].Acts = append(turns[i].Acts, act)
			return turns
		}
	}
	return append(turns, turnLine{name, []law.Text{act}})
}

// custody says where paper, sealed form and card are.
func (p *pages) custody(c office.Case) []custodyLine {
	name := func(code place.Code) law.Text {
		if code == "" {
			return law.Text{}
		}
		return office.PlaceName(code, p.today())
	}
	a := c.Application
	lines := []custodyLine{{law.Text{Ja: "申請書", En: "Application papers"}, word(partyWords, a.Papers.With), name(a.Papers.Office)}}
	form := custodyLine{Thing: law.Text{Ja: "暗証番号設定依頼書", En: "Sealed PIN form"}, Where: word(formWords, a.SealedForm)}
	if a.SealedForm == application.FormSealed {
		form.Where = law.Text{Ja: "%s・%s", En: "%s, %s"}.Format(form.Where, word(partyWords, a.SealedAt.With))
		form.Place = name(a.SealedAt.Office)
	}
	lines = append(lines, form)
	if c.Card == nil {
		return append(lines, custodyLine{Thing: law.Text{Ja: "カード", En: "Card"}, Where: law.Text{Ja: "まだ作られていません", En: "not made yet"}})
	}
	where := law.Text{Ja: "保管中", En: "kept at"}
	switch {
	case c.Card.Custody.Post:
		where, c.Card.Custody.Office = law.Text{Ja: "郵便局が配達中・保管中", En: "with the post office"}, place.Post
	case c.Card.Custody.OnTheWay:
		where = word(partyWords, application.OnTheWay)
	case c.Card.Custody.Office == "":
		where = law.Text{Ja: "本人の手元", En: "with its holder"}
	}
	return append(lines, custodyLine{law.Text{Ja: "カード", En: "Card"}, where, name(c.Card.Custody.Office)})
}

// details is the form for reading. The Individual Number is not among them: application.Form gives it to no page.
func (p *pages) details(form application.Form) []detail {
	raw := form.Raw()
	var out []detail
	for _, f := range form.Fields() {
		text, ok := raw[f.Name]
		if !ok || f.Secret {
			continue
		}
		d := detail{Label: f.Label, Value: text}
		switch f.Input {
		case application.Place:
			d.Place = office.PlaceName(place.Code(text), p.today())
		case application.Box:
			d.Value = "✓"
		case application.Choice:
			for _, o := range f.Options {
				if o.Value == text {
					d.Value, d.Place = "", o.Label
				}
			}
		}
		out = append(out, d)
	}
	return out
}

// secrets are the one-time parts of addresses in mails.
var secrets = regexp.MustCompile(`/(correct|reserve|pin|case-pin|enter|delivery|apply-home)/[a-z0-9]+`)

func messageLines(messages []notice.Message) []messageLine {
	var out []messageLine
	for _, m := range messages {
		out = append(out, messageLine{word(noticeWords, m.Kind), m.Subject, moment(m.Created), messageStates[m.State], secrets.ReplaceAllString(m.Body, "/$1/…")})
	}
	return out
}

func (p *pages) logLines(entries []journal.Entry) []logLine {
	var out []logLine
	for _, e := range entries {
		out = append(out, logLine{e, moment(e.At), office.PlaceName(place.Code(e.Office), p.today()), actWord(e.Act, e.Subject), word(outcomeWords, string(e.Outcome)), resultText(e.Detail),
			office.PurposeText(e.Purpose), office.PolicyText(e.Policy)})
	}
	return out
}

// resultText is an entry's detail: the state that an act led to in words, anything else as it stands.
func resultText(detail string) law.Text {
	if detail == "" {
		return law.Text{}
	}
	return word(stateWords, application.State(detail))
}

// papers is the order in which documents are offered.
var papers = []rules.Paper{rules.Passport, rules.DrivingLicence, rules.HealthInsuranceCard, rules.EligibilityCert, rules.PensionHandbook, rules.PensionCertificate, rules.WelfareMedicalCert, rules.DisabilityCertificate}

// caseInputs are the fields of the acts on a case that can be read wrongly.
func caseInputs() inputs {
	visitor := input{Name: "visitor", Kind: "choice", Required: true, Value: string(procedure.Holder), Label: law.Text{Ja: "来庁した方", En: "Who is here"}}
	for _, v := range []procedure.Visitor{procedure.Holder, procedure.HolderWithRepresentative, procedure.StatutoryRepresentative, procedure.VoluntaryProxy} {
		visitor.Options = append(visitor.Options, option{Value: string(v), Label: word(visitorWords, v), Chosen: v == procedure.Holder})
	}
	in := inputs{
		{Name: "note", Kind: "area", Required: true, Label: law.Text{Ja: "照会する内容(申請者に届く文)", En: "What to ask, as the applicant will read it"}},
		visitor,
		{Name: "passport_name", Kind: "text", Label: law.Text{Ja: "旅券の氏名(ローマ字)", En: "Name in the passport"}, Hint: law.Text{Ja: "旅券のとおり。例 HACHINOHE HANAKO", En: "As it stands there"}},
		{Name: "passport_birth", Kind: "text", Label: law.Text{Ja: "旅券の生年月日", En: "Date of birth in the passport"}, Hint: law.Text{Ja: "例 1988-05-17", En: "For example 1988-05-17"}},
		{Name: "old_card", Kind: "box", Label: law.Text{Ja: "旧カードを受け取った", En: "The former card was handed in"}},
	}
	for _, k := range papers {
		name := word(rules.PaperNames, k)
		in = append(in, input{Name: "paper_" + string(k), Kind: "box", Label: name},
			input{Name: "until_" + string(k), Kind: "text", Label: law.Text{Ja: "%sの有効期限", En: "%s, valid until"}.Format(name)})
	}
	return in
}

// fillPapers lays the documents out as a table.
func (v *caseView) fillPapers() {
	for _, k := range papers {
		v.Papers = append(v.Papers, paperLine{k, word(rules.PaperNames, k), v.Inputs.Get("paper_" + string(k)), v.Inputs.Get("until_" + string(k))})
	}
}

// CertificateLines are the card's certificates in words.
func (v caseView) CertificateLines() []detail {
	var out []detail
	for _, c := range v.Certificates {
		out = append(out, detail{Label: word(kindWords, c.Kind), Value: certificateText(c), Place: word(certificateWords, c.State)})
	}
	return out
}

func certificateText(c certificate.Certificate) string {
	return "#" + c.Serial + " – " + c.Until.String()
}

// dataURI is a picture inside the page, so that its secret needs no address.
func dataURI(png []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
}
