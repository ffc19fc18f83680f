package web

import (
	"net/http"
	"net/url"
	"slices"

	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

var findTitle = law.Text{Ja: "来庁者を探す", En: "Find a visitor"}

// findView is the page on which a clerk finds who stands at the window.
type findView struct {
	Inputs inputs
	Faults []input
	Others []office.Invalid
	Found  []foundLine
	Asked  bool
	Name   string
	Birth  string
}

type foundLine struct {
	Person  register.Person
	Address string
}

func findInputs() inputs {
	return inputs{
		{Name: "name", Kind: "text", Required: true, Label: law.Text{Ja: "氏名", En: "Name"}, Hint: law.Text{Ja: "漢字・カナ・ローマ字のどれでも探せます。", En: "In kanji, kana or Latin letters."}},
		{Name: "birth", Kind: "text", Required: true, Label: law.Text{Ja: "生年月日", En: "Date of birth"}, Hint: law.Text{Ja: "例: 1988-05-17、昭和63年5月17日", En: "For example 1988-05-17."}},
	}
}

func (p *pages) findForm(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	p.show(w, r, http.StatusOK, "find", findTitle, findView{Inputs: findInputs()})
}

// find looks the visitor up. One person leads to their page at once.
func (p *pages) find(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request := office.PersonRequest{Name: r.PostFormValue("name"), Birth: r.PostFormValue("birth"), Pick: r.PostFormValue("pick")}
	found, err := p.Office.FindPerson(r.Context(), who, request)
	status := http.StatusOK
	if err != nil {
		if status = statusOf(err); status != http.StatusUnprocessableEntity {
			p.failBack(w, r, err, "/office/people")
			return
		}
	}
	if len(found) == 1 {
		http.Redirect(w, r, "/office/people/"+found[0].ID, http.StatusSeeOther)
		return
	}
	view := findView{Asked: err == nil, Name: request.Name, Birth: request.Birth}
	for _, f := range found {
		view.Found = append(view.Found, foundLine{f, f.CardAddressLine()})
	}
	view.Inputs, view.Others = findInputs().with(r.PostFormValue, faultsOf(err))
	view.Faults = view.Inputs.Faults()
	p.show(w, r, status, "find", findTitle, view)
}

// personView is a person as a window sees them.
type personView struct {
	office.PersonView
	Name         string
	Address      string
	Certificates []certificateLine
	Where        law.Text
	Groups       []procedureGroup
	Told         []messageLine
	Cases        []caseLine
	Log          []logLine
	Ended        bool
	Events       []eventLine
	Prints       printables
	Certificate  *certificateView
}

// eventLine is something that was notified, the newest first.
type eventLine struct {
	register.Event
	Name    law.Text
	At      law.Text
	Back    bool // it can be taken back
	Mistake *undoForm
}

func (p *pages) eventLines(person register.Person, who office.Actor) []eventLine {
	var out []eventLine
	for i, e := range slices.Backward(person.Events) {
		leaves := e.Kind == register.MoveOut || e.Kind == register.DepartureAbroad
		out = append(out, eventLine{e, rules.EventNames[rules.EventKind(e.Kind)], office.PlaceName(e.At, p.today()), leaves && e.Stands() && i == len(person.Events)-1 && p.today().Before(e.Day), nil})
		if line := &out[len(out)-1]; e.At == who.Office && (e.Undone != nil || e.Before != nil) {
			line.Mistake = &undoForm{To: "/office/people/" + person.ID + "/events/" + e.ID, ID: e.ID, Note: e.Undone}
		}
	}
	return out
}

type certificateLine struct {
	Name, State law.Text
	Until       string
}

// procedureGroup is the procedures of a group, what is open first.
type procedureGroup struct {
	Name law.Text
	Open []procedure.Summary
	Shut []procedure.Summary
}

func (p *pages) person(w http.ResponseWriter, r *http.Request, who office.Actor) {
	v, err := p.Office.LookAtPerson(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.failBack(w, r, err, "/office/people")
		return
	}
	view := personView{PersonView: v, Name: v.Person.Name.Full(), Address: v.Person.CardAddressLine(), Groups: groupsOf(v.Procedures, v.Application != nil), Cases: p.caseLines(v.Cases), Log: p.logLines(v.History), Events: p.eventLines(v.Person, who)}
	text, err := p.Office.CertificateTextOf(v.Person)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view.Certificate = p.certificateOfPerson(text, v.Person.ID)
	view.Prints = printables{Field: "person", Value: v.Person.ID}.with(handedOut()...)
	if v.Card != nil {
		view.Where = p.plasticWhere(*v.Card)
	}
	view.Certificates = heldCertificates(v)
	p.show(w, r, http.StatusOK, "person", law.Text{Ja: v.Person.Name.Full() + " さん", En: v.Person.Name.Latin()}, view)
}

// groupsOf are the procedures that a window performs, group by group; the others are no office's. Those of an application
// under way are left out where there is none.
func groupsOf(all []procedure.Summary, underWay bool) []procedureGroup {
	var out []procedureGroup
	for _, g := range rules.Groups {
		if !underWay && (g == rules.GroupUnderWay || g == rules.GroupPickup) {
			continue
		}
		group := procedureGroup{Name: rules.GroupNames[g]}
		for _, s := range all {
			if s.Group != g || !doneAtWindow(s.Procedure) {
				continue
			}
			if s.Status == procedure.Refused {
				group.Shut = append(group.Shut, s)
			} else {
				group.Open = append(group.Open, s)
			}
		}
		if len(group.Open)+len(group.Shut) > 0 {
			out = append(out, group)
		}
	}
	return out
}

// doneAtWindow reports a procedure that some municipality or mission does.
func doneAtWindow(code rules.Procedure) bool {
	info, _ := rules.LookupProcedure(code)
	return slices.ContainsFunc(*info.Sheet, func(row law.Row[rules.Sheet]) bool {
		return slices.ContainsFunc(row.Rule.Ways, func(w rules.Way) bool {
			switch w.Office {
			case rules.Residence, rules.Honseki, rules.OtherMunicipality, rules.Mission:
				return true
			}
			return false
		})
	})
}

// plasticWhere says where the plastic of a card is.
func (p *pages) plasticWhere(c card.Card) law.Text {
	at := office.PlaceName(c.Custody.Office, p.today())
	switch {
	case c.Custody.Post:
		return law.Text{Ja: "郵便局が配達中", En: "With the post office"}
	case c.Custody.OnTheWay:
		return law.Text{Ja: "%sへ送付中", En: "On the way to %s"}.Format(at)
	case c.Custody.Office != "":
		return law.Text{Ja: "%sで保管中", En: "At %s"}.Format(at)
	}
	return law.Text{Ja: "本人の手元", En: "With its holder"}
}

// doAddress is the page of a procedure of a person, with the answers given so far.
func doAddress(person string, code rules.Procedure, q url.Values) string {
	address := "/office/people/" + person + "/do/" + string(code)
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return address
}
