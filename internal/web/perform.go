package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// performView is a procedure at the window: the next question, the refusal, or what is to be ticked off and done.
type performView struct {
	procedure.Performance
	Person  string
	Back    string // where the page was come from
	Address string // of this page without answers
	Filing  inputs // of an application at home
	Apply   string // where it is taken in
	Given   []givenFact
	Facts   url.Values
	Key     string
	Refusal *law.Refusal
	Others  []office.Invalid
	Faults  []input
	Lists   []paperList
	PINText string
	Started bool // the form was sent and something was wrong with it
	Sealed  bool
	Elsewhere,
	Comes law.Text
}

// givenFact is an answer that was given, and the address that takes it back.
type givenFact struct {
	Fact     string
	Question law.Text
	Answer   law.Text
	Change   string
}

// paperList is one line of the list of papers, with its alternatives to be ticked one by one as seen.
type paperList struct {
	procedure.PaperNeed
	Name  law.Text
	Whose law.Text
	Sets  []paperSet
}

type paperSet struct {
	Count  int
	Papers []paperLine
}

// factsOf reads the answers out of an address or a form.
func factsOf(q url.Values) map[rules.Fact]string {
	facts := map[rules.Fact]string{}
	for name := range q {
		if _, known := rules.Questions[rules.Fact(name)]; known && q.Get(name) != "" {
			facts[rules.Fact(name)] = q.Get(name)
		}
	}
	if facts["channel"] == "" {
		facts["channel"] = string(rules.Visit)
	}
	return facts
}

// told is the situation out of the answers; the error is decision.Faults.
func (p *pages) told(q url.Values, code rules.Procedure) (procedure.Situation, error) {
	s, err := decision.Facts(factsOf(q), p.today())
	if err != nil {
		return procedure.Situation{}, err
	}
	s.On, s.Procedure = civil.Date{}, code
	return *s, nil
}

func (p *pages) performForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showPerform(w, r, who, http.StatusOK, r.URL.Query(), nil)
}

// showPerform asks the rulebook what comes next and shows it.
func (p *pages) showPerform(w http.ResponseWriter, r *http.Request, who office.Actor, status int, q url.Values, failed error) {
	person, code := r.PathValue("id"), rules.Procedure(r.PathValue("procedure"))
	info, known := rules.LookupProcedure(code)
	if !known {
		p.notFound(w, r)
		return
	}
	view := performView{Person: person, Back: "/office/people/" + person, Address: doAddress(person, code, nil), Facts: url.Values{}, Key: q.Get("request_key"), Refusal: refusalOf(failed), Others: faultsOf(failed), Started: failed != nil}
	if view.Key == "" {
		view.Key = rand.Text()
	}
	for fact, value := range factsOf(q) {
		view.Facts.Set(string(fact), value)
	}
	told, err := p.told(q, code)
	if err == nil {
		view.Performance, err = p.Office.Consider(r.Context(), who, office.WindowRequest{PersonID: person, Procedure: code, Told: told})
	}
	var faults decision.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			view.Others = append(view.Others, office.Invalid(f))
		}
		status = http.StatusUnprocessableEntity
	case err != nil:
		p.failBack(w, r, err, "/office/people/"+person)
		return
	}
	if view.Status == procedure.Refused && view.Refusal == nil {
		view.Refusal = view.Performance.Refusal()
	}
	if atHome(code) {
		view.Filing, _ = filingInputs().with(func(name string) string {
			if name == "delivery" && q.Get(name) == "" {
				return string(application.AtCounter)
			}
			return q.Get(name)
		}, view.Others)
		view.Apply = "/office/people/" + person + "/apply/" + string(code)
	}
	view.fill(code)
	p.show(w, r, status, "perform", info.Name, view)
}

// fill says in words what the decision holds.
func (v *performView) fill(code rules.Procedure) {
	for _, fact := range slices.Sorted(mapKeys(v.Facts)) {
		question, asked := rules.Questions[rules.Fact(fact)]
		if !asked {
			continue
		}
		given := givenFact{Fact: fact, Question: question.Text, Answer: law.Text{Ja: v.Facts.Get(fact), En: v.Facts.Get(fact)}}
		for _, c := range question.Choices {
			if c.Value == v.Facts.Get(fact) {
				given.Answer = c.Text
			}
		}
		rest := url.Values{}
		for name := range v.Facts {
			if name != fact {
				rest.Set(name, v.Facts.Get(name))
			}
		}
		given.Change = v.Address + "?" + rest.Encode()
		v.Given = append(v.Given, given)
	}
	v.PINText = pinList(v.TypePIN)
	v.Sealed = v.Facts.Get("visitor.sealed_pins") == "true"
	for _, need := range v.Papers {
		if v.Later {
			break
		}
		line := paperList{PaperNeed: need, Name: rules.NeedName(need.Code), Whose: rules.VisitorNames[need.Whose]}
		for _, set := range need.AnyOf {
			for _, of := range set {
				s := paperSet{Count: of.Count}
				for _, paper := range of.Papers {
					s.Papers = append(s.Papers, paperLine{Kind: paper, Name: rules.PaperNames[paper]})
				}
				line.Sets = append(line.Sets, s)
			}
		}
		v.Lists = append(v.Lists, line)
	}
}

// perform takes the procedure in with the papers that were ticked.
func (p *pages) perform(w http.ResponseWriter, r *http.Request, who office.Actor) {
	person, code := r.PathValue("id"), rules.Procedure(r.PathValue("procedure"))
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), doAddress(person, code, nil))
		return
	}
	told, err := p.told(r.PostForm, code)
	if err == nil {
		told.Visitor.Papers, err = tickedPapers(r)
	}
	if err == nil && code == rules.ReplaceForm {
		p.issueForm(w, r, who, told)
		return
	}
	if err == nil {
		request := office.WindowRequest{RequestKey: r.PostFormValue("request_key"), PersonID: person, Procedure: code, Told: told}
		c, receipt, err := p.Office.TakeIn(r.Context(), who, request)
		if err == nil {
			p.Sessions.leave(r.Context(), receipt)
			http.Redirect(w, r, "/office/cases/"+c.ID, http.StatusSeeOther)
			return
		}
		p.performFailed(w, r, who, err)
		return
	}
	p.performFailed(w, r, who, err)
}

func (p *pages) performFailed(w http.ResponseWriter, r *http.Request, who office.Actor, err error) {
	var faults decision.Faults
	if errors.As(err, &faults) {
		var form office.InvalidForm
		for _, f := range faults {
			form = append(form, office.Invalid(f))
		}
		err = form
	}
	switch status := statusOf(err); status {
	case http.StatusConflict, http.StatusUnprocessableEntity:
		p.showPerform(w, r, who, status, r.PostForm, err)
	default:
		p.failBack(w, r, err, "/office/people/"+r.PathValue("id"))
	}
}

// tickedPapers are the papers whose boxes are ticked, each with its last good day where one was written.
func tickedPapers(r *http.Request) ([]procedure.PaperAtWindow, error) {
	papers := []procedure.PaperAtWindow{}
	var faults office.InvalidForm
	for _, kind := range r.PostForm["paper"] {
		paper := procedure.PaperAtWindow{Kind: rules.Paper(kind)}
		name, known := rules.PaperNames[paper.Kind]
		if !known {
			return nil, required("paper", "知らない種類の書類です。", "An unknown kind of paper.")
		}
		if text := r.PostFormValue("until_" + kind); text != "" {
			until, err := civil.ParseAny(text)
			if err != nil {
				faults = append(faults, office.Invalid{Field: "until_" + kind, Text: law.Text{Ja: "%sの有効期限を日付として読めません。", En: "%s: the last good day is no date."}.Format(name)})
				continue
			}
			paper.Until = until
		}
		papers = append(papers, paper)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return papers, nil
}
