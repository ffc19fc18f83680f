package web

import (
	"net/http"
	"net/url"
	"slices"

	"mynumber/internal/guide"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// guideView is a page of the guide: a question or an outcome. Everything it knows stands in its address.
type guideView struct {
	speaker
	Answers  []answerLine
	Question *questionView
	Outcome  *outcomeView
	Restart  string
	All      string // every procedure for these answers
}

// answerLine is an answer given, with the address where it is asked again.
type answerLine struct {
	Question, Answer law.Text
	Change           string
}

// questionView is a question with the address of each answer.
type questionView struct {
	guide.Question
	Number  int
	Fault   law.Text
	Links   []choiceLink
	Kept    []keptAnswer // for a question answered by typing a day
	Unknown string       // address of "I do not know"
}

type choiceLink struct {
	Text law.Text
	To   string
}

type keptAnswer struct{ Name, Value string }

// guide leads a visitor by one question a page to what can be done. Nothing is stored; every answer stands in the
// address, so that each page can be kept, sent on and gone back to.
func (p *pages) guide(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	state, err := guide.Replay(query.Get, p.today())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	lang := languageOf(r)
	given := givenQuery(state.Answers, lang)
	view := guideView{speaker: speaker{lang}, Restart: "/guide?lang=" + string(lang), All: "/guide/all?" + given.Encode()}
	for i, a := range state.Answers {
		view.Answers = append(view.Answers, answerLine{a.Question.Text, a.Text, guideAddress(givenQuery(state.Answers[:i], lang))})
	}
	title := law.Text{Ja: "手続きのご案内", En: "Guide to procedures", Easy: "手続(てつづ)きの 案内(あんない)"}
	if state.Next != nil {
		view.Question = newQuestionView(*state.Next, len(state.Answers)+1, given)
		view.Question.Fault = state.Fault
		title = state.Next.Text
	}
	if state.Outcome != nil {
		view.Outcome = newOutcomeView(*state.Outcome, state, lang)
		title = state.Outcome.Name
	}
	p.speak(w, r, "guide", lang, title, languageLinks("/guide", given, lang), view)
}

func newQuestionView(q guide.Question, number int, given url.Values) *questionView {
	v := &questionView{Question: q, Number: number}
	with := func(value string) string {
		next := cloneQuery(given)
		next.Set(q.ID, value)
		return guideAddress(next)
	}
	for _, c := range q.Choices {
		v.Links = append(v.Links, choiceLink{c.Text, with(c.Value)})
	}
	if q.Open {
		v.Unknown = with(guide.DontKnow)
	}
	for name, values := range given {
		v.Kept = append(v.Kept, keptAnswer{name, values[0]})
	}
	return v
}

func givenQuery(answers []guide.Answered, lang language) url.Values {
	q := url.Values{"lang": {string(lang)}}
	for _, a := range answers {
		q.Set(a.ID, a.Value)
	}
	return q
}

func guideAddress(q url.Values) string { return "/guide?" + q.Encode() }

// ifView is conditions with the voice that says them.
type ifView struct {
	Voice speaker
	List  []law.Text
}

// outcomeView is a decision as the guide tells it.
type outcomeView struct {
	procedure.Decision
	OpensTo string // address of the guide for the procedure that would open it
	OpensAs law.Text
	Unsure  bool // some answer was "I do not know"
	Assumed []assumedLine
	Offices []procedure.OfficeWay // each kind once
	Sharper string                // address that asks for the date of birth, where the outcome would then name more days
}

// assumedLine is something taken as given, with the address where it is asked instead.
type assumedLine struct {
	Text   law.Text
	Change string
}

func newOutcomeView(d procedure.Decision, state guide.State, lang language) *outcomeView {
	v := &outcomeView{Decision: d, Offices: kindsOnce(d.Offices)}
	if state.Sharper != "" {
		given := givenQuery(state.Answers, lang)
		given.Set(string(state.Sharper), guide.Ask)
		v.Sharper = guideAddress(given)
	}
	for _, a := range state.Assumed {
		given := givenQuery(state.Answers, lang)
		given.Set(string(a.Fact), guide.Ask)
		v.Assumed = append(v.Assumed, assumedLine{a.Text, guideAddress(given)})
	}
	for _, a := range state.Answers {
		v.Unsure = v.Unsure || a.Value == guide.DontKnow
	}
	if d.Opens == nil || d.Opens.Procedure == "" {
		return v
	}
	if info, ok := rules.LookupProcedure(d.Opens.Procedure); ok {
		q := url.Values{"lang": {string(lang)}, "want": {string(info.Group)}, "do": {string(info.Code)}}
		for _, a := range state.Answers {
			if a.ID != "want" && a.ID != "do" {
				q.Set(a.ID, a.Value)
			}
		}
		v.OpensTo, v.OpensAs = guideAddress(q), info.Name
	}
	return v
}

// kindsOnce puts the channels of one kind of office into one line.
func kindsOnce(ways []procedure.OfficeWay) []procedure.OfficeWay {
	var out []procedure.OfficeWay
	for _, w := range ways {
		i := slices.IndexFunc(out, func(o procedure.OfficeWay) bool { return o.Kind == w.Kind })
		if i < 0 {
			w.Channels, w.ByLocal, w.Rules = slices.Clone(w.Channels), slices.Clone(w.ByLocal), slices.Clone(w.Rules)
			out = append(out, w)
			continue
		}
		o := &out[i]
		o.Channels = appendNew(o.Channels, w.Channels)
		o.ByLocal = slices.DeleteFunc(appendNew(o.ByLocal, w.ByLocal), func(c rules.Channel) bool { return slices.Contains(o.Channels, c) })
		o.Rules = appendNew(o.Rules, w.Rules)
	}
	return out
}

// appendNew appends what the list does not have yet.
func appendNew[T comparable](list, more []T) []T {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// Office names a kind of office, Channel a channel, Visitor a visitor, Paper a line of the checklist.
func (outcomeView) Office(k rules.OfficeKind) law.Text { return rules.OfficeNames[k] }

// Channel names a channel.
func (outcomeView) Channel(c rules.Channel) law.Text { return rules.ChannelNames[c] }

// Visitor names a visitor.
func (outcomeView) Visitor(v rules.Visitor) law.Text { return rules.VisitorNames[v] }

// Part says what a visitor is limited to.
func (outcomeView) Part(p rules.Part) law.Text { return rules.PartNames[p] }

// Paper names a document.
func (outcomeView) Paper(p rules.Paper) law.Text { return rules.PaperNames[p] }

// Need names a line of the checklist.
func (outcomeView) Need(code string) law.Text { return rules.NeedName(code) }

// Payment says when a fee is paid.
func (outcomeView) Payment(p rules.Payment) law.Text { return word(paymentWords, p) }

// PIN names a PIN by its number.
func (v outcomeView) PIN(n int) law.Text { return rules.PINName(v.On, n) }

// guideAllView is every procedure for the answers given.
type guideAllView struct {
	speaker
	Back  string
	Parts []allPart
}

// allPart is the procedures with one answer.
type allPart struct {
	Title law.Text
	Open  bool // shown unfolded
	Lines []allLine
}

type allLine struct {
	procedure.Summary
	To string // the guide for it
}

// guideAll lists what is open to somebody with the answers of the address, and of the rest what stands in the way.
func (p *pages) guideAll(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	state, err := guide.Replay(query.Get, p.today())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	all, err := guide.All(state, p.today())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	lang := languageOf(r)
	given := givenQuery(state.Answers, lang)
	view := guideAllView{speaker: speaker{lang}, Back: guideAddress(given)}
	for _, part := range []struct {
		status procedure.Status
		title  law.Text
	}{
		{procedure.Allowed, law.Text{Ja: "いまできる手続き", En: "Open to you now", Easy: "いま できる こと"}},
		{procedure.Needs, law.Text{Ja: "もう少し聞けばわかる手続き", En: "Depends on one more thing", Easy: "もう 少(すこ)し 聞(き)く こと"}},
		{procedure.Refused, law.Text{Ja: "いまはできない手続きと、その理由", En: "Not open now, and why", Easy: "いま できない こと"}},
	} {
		view.Parts = append(view.Parts, allPart{part.title, part.status != procedure.Refused, linesOf(all, part.status, given)})
	}
	title := law.Text{Ja: "あなたの状況でできる手続き", En: "What you can do", Easy: "できる こと"}
	p.speak(w, r, "all", lang, title, languageLinks("/guide/all", given, lang), view)
}

// linesOf are the procedures with a status, each with the address of its guide.
func linesOf(all procedure.Decision, status procedure.Status, given url.Values) []allLine {
	var out []allLine
	for _, s := range all.Procedures {
		if s.Status != status {
			continue
		}
		to := cloneQuery(given)
		to.Set("want", string(s.Group))
		to.Set("do", string(s.Procedure))
		out = append(out, allLine{s, guideAddress(to)})
	}
	return out
}
