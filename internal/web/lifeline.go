package web

import (
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/lifeline"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// lifelineView is the page of the life line: the form, and below it the line once there is one. What is typed is sent
// with the form and kept nowhere, not even in an address, because a date of birth is among it.
type lifelineView struct {
	speaker
	Groups []lifelineGroup
	Faults []law.Text
	Line   *procedure.Line
	SVG    template.HTML
}

// lifelineGroup is some fields of the form under one heading.
type lifelineGroup struct {
	Title  law.Text
	Fields []lifelineField
	Event  bool // shown folded while nothing is typed in it
}

// Open reports that the group is to be seen: always the card's, an event's when something stands in it.
func (g lifelineGroup) Open() bool {
	return !g.Event || slices.ContainsFunc(g.Fields, func(f lifelineField) bool { return f.Value != "" })
}

// lifelineField is one field; its name is the path in the plan.
type lifelineField struct {
	Name    string
	Label   law.Text
	Value   string
	Choices []lifelineChoice
}

// lifelineChoice is one option of a field.
type lifelineChoice struct {
	Value  string
	Text   law.Text
	Chosen bool
}

// lifelineForms are the fields by group; events are numbered, and one without its day is no event.
var lifelineForms = []lifelineGroup{
	{Title: law.Text{Ja: "カードの名義人", En: "The holder", Easy: "カードを 使(つか)う 人(ひと)"}, Fields: []lifelineField{
		{Name: "person.birth_date", Label: law.Text{Ja: "生年月日", En: "Date of birth", Easy: "生(う)まれた 日(ひ)"}},
		{Name: "person.nationality", Label: law.Text{Ja: "国籍", En: "Nationality", Easy: "国籍(こくせき)"}, Choices: []lifelineChoice{{"japanese", law.Text{Ja: "日本", En: "Japanese", Easy: "日本(にほん)"}, true}, {"foreign", law.Text{Ja: "外国", En: "another", Easy: "外国(がいこく)"}, false}}},
		{Name: "person.stay_until", Label: law.Text{Ja: "在留期間の満了日(ある人だけ)", En: "Last day of the period of stay, if there is one", Easy: "在留期間(ざいりゅうきかん)の 最後(さいご)の 日(ひ)"}},
	}},
	{Title: law.Text{Ja: "カード", En: "The card", Easy: "カード"}, Fields: []lifelineField{
		{Name: "card.kind", Label: law.Text{Ja: "種類", En: "Kind", Easy: "種類(しゅるい)"}, Choices: []lifelineChoice{{"domestic", law.Text{Ja: "国内のカード", En: "domestic card", Easy: "日本(にほん)の カード"}, true}, {"overseas", law.Text{Ja: "国外転出者向けカード", En: "overseas card", Easy: "「国外転出(こくがいてんしゅつ)」の カード"}, false}}},
		{Name: "card.issued", Label: law.Text{Ja: "発行日", En: "Day of issue", Easy: "作(つく)った 日(ひ)"}},
		{Name: "card.until", Label: law.Text{Ja: "カードの有効期限(券面の日付)", En: "Card valid until, as printed", Easy: "カードの 期限(きげん)"}},
		{Name: "certificates.user_authentication.until", Label: law.Text{Ja: "電子証明書の有効期限", En: "Certificates valid until", Easy: "電子証明書(でんししょうめいしょ)の 期限(きげん)"}},
		{Name: "office.code", Label: law.Text{Ja: "手続きをする市区町村のコード(6桁、わかれば)", En: "Code of the municipality, six digits, if known", Easy: "役所(やくしょ)の 番号(ばんごう)"}},
	}},
	eventGroup(rules.Departure, "on", "filed", "continuing_use", "reissued"),
	eventGroup(rules.ReturnToJapan, "on", "filed", "rewritten", "reissued"),
	eventGroup(rules.MoveIn, "planned_move_out", "on", "filed", "rewritten", "reissued"),
	eventGroup(rules.NameChange, "on", "filed", "rewritten", "reissued"),
	eventGroup(rules.ChildBorn, "on"),
}

var eventLabels = map[string]law.Text{
	"on":                 {Ja: "その日", En: "Its day", Easy: "その 日(ひ)"},
	"departure.on":       {Ja: "転出予定日", En: "Planned day of departure", Easy: "外国(がいこく)に 行(い)く 日(ひ)"},
	"return_to_japan.on": {Ja: "日本に住み始める日", En: "First day of living in Japan", Easy: "日本(にほん)に 住(す)み始(はじ)める 日(ひ)"},
	"move_in.on":         {Ja: "新しい住所に住み始める日", En: "First day at the new address", Easy: "新(あたら)しい 家(いえ)に 住(す)み始(はじ)める 日(ひ)"},
	"planned_move_out":   {Ja: "転出届の転出予定日", En: "Planned move-out day", Easy: "出(で)る 予定(よてい)の 日(ひ)"},
	"filed":              {Ja: "届出をする日", En: "Day of the notification", Easy: "届(とどけ)を 出(だ)す 日(ひ)"},
	"continuing_use":     {Ja: "継続利用の手続きをする日", En: "Day of continuing use", Easy: "「継続利用(けいぞくりよう)」の 日(ひ)"},
	"rewritten":          {Ja: "カードの記載を変更する日", En: "Day the card's entries are updated", Easy: "カードの 内容(ないよう)を 変(か)える 日(ひ)"},
	"reissued":           {Ja: "電子証明書を発行し直す日", En: "Day new certificates are issued", Easy: "電子証明書(でんししょうめいしょ)を 新(あたら)しく する 日(ひ)"},
}

func eventGroup(kind rules.EventKind, names ...string) lifelineGroup {
	g := lifelineGroup{Title: rules.EventNames[kind], Event: true}
	for _, n := range names {
		label, own := eventLabels[string(kind)+"."+n]
		if !own {
			label = eventLabels[n]
		}
		g.Fields = append(g.Fields, lifelineField{Name: "event." + string(kind) + "." + n, Label: label})
	}
	return g
}

// lifelineForm is the empty form.
func (p *pages) lifelineForm(w http.ResponseWriter, r *http.Request) {
	p.showLifeline(w, r, lifelineView{Groups: lifelineForms})
}

// lifeline draws the line of the form.
func (p *pages) lifeline(w http.ResponseWriter, r *http.Request) {
	line, faults, err := p.lineOf(r)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := lifelineView{Groups: filled(r), Faults: faults}
	if len(faults) == 0 {
		voice := speaker{languageOf(r)}
		title := voice.Plain(lifelineTitle)
		view.Line, view.SVG = &line, template.HTML(lifeline.SVG(line, title, title, voice.Plain))
	}
	p.showLifeline(w, r, view)
}

// lifelineCalendar is the line as a calendar file.
func (p *pages) lifelineCalendar(w http.ResponseWriter, r *http.Request) {
	line, faults, err := p.lineOf(r)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	if len(faults) > 0 {
		p.showLifeline(w, r, lifelineView{Groups: filled(r), Faults: faults})
		return
	}
	voice := speaker{languageOf(r)}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="mynumber.ics"`)
	io.WriteString(w, lifeline.Calendar(line, p.Office.Clock(), voice.Plain(lifelineTitle), voice.Plain))
}

var lifelineTitle = law.Text{Ja: "カードの期限の見通し", En: "The days of my card", Easy: "カードの 期限(きげん)"}

func (p *pages) showLifeline(w http.ResponseWriter, r *http.Request, view lifelineView) {
	lang := languageOf(r)
	view.speaker = speaker{lang}
	p.speak(w, r, "lifeline", lang, lifelineTitle, languageLinks("/lifeline", nil, lang), view)
}

// lineOf reads the form into a plan, as strictly as the API reads one, and draws its line.
func (p *pages) lineOf(r *http.Request) (procedure.Line, []law.Text, error) {
	text, err := json.Marshal(planTree(r))
	if err != nil {
		return procedure.Line{}, nil, err
	}
	plan, err := decision.ReadPlan(text, p.today())
	var faults decision.Faults
	if errors.As(err, &faults) {
		var out []law.Text
		for _, f := range faults {
			out = append(out, f.Text)
		}
		return procedure.Line{}, out, nil
	}
	if err != nil {
		return procedure.Line{}, nil, err
	}
	line, err := procedure.Lifeline(plan, p.Office.Policies.Of(plan.Office.Code).OpenOn)
	return line, nil, err
}

// planTree is the form's fields as the JSON of a plan.
func planTree(r *http.Request) map[string]any {
	tree := map[string]any{}
	events := map[string]map[string]any{}
	for _, g := range lifelineForms {
		for _, f := range g.Fields {
			value := strings.TrimSpace(r.PostFormValue(f.Name))
			if value == "" {
				continue
			}
			path := strings.Split(f.Name, ".")
			if path[0] == "event" {
				if events[path[1]] == nil {
					events[path[1]] = map[string]any{"kind": path[1]}
				}
				events[path[1]][path[2]] = value
				continue
			}
			node := tree
			for _, name := range path[:len(path)-1] {
				next, ok := node[name].(map[string]any)
				if !ok {
					next = map[string]any{}
					node[name] = next
				}
				node = next
			}
			node[path[len(path)-1]] = value
		}
	}
	var list []any
	for _, g := range lifelineForms {
		if name, ok := strings.CutPrefix(g.Fields[0].Name, "event."); ok {
			kind, _, _ := strings.Cut(name, ".")
			if e := events[kind]; e != nil {
				list = append(list, e)
			}
		}
	}
	if list != nil {
		tree["events"] = list
	}
	return tree
}

// filled is the form with what was typed.
func filled(r *http.Request) []lifelineGroup {
	var out []lifelineGroup
	for _, g := range lifelineForms {
		group := lifelineGroup{Title: g.Title, Event: g.Event}
		for _, f := range g.Fields {
			f.Value = r.PostFormValue(f.Name)
			choices := append([]lifelineChoice(nil), f.Choices...)
			for i := range choices {
				choices[i].Chosen = choices[i].Value == f.Value
			}
			f.Choices = choices
			group.Fields = append(group.Fields, f)
		}
		out = append(out, group)
	}
	return out
}

// Title is the page's title, for the drawing.
func (lifelineView) Title() law.Text { return lifelineTitle }

// planFields are fields with the voice that says them.
type planFields struct {
	View   lifelineView
	Fields []lifelineField
}

// Kind names a kind of mark, Subject a thing with a line.
func (lifelineView) Kind(k rules.MarkKind) law.Text { return rules.MarkKinds[k] }

// Subject names a thing with a line.
func (lifelineView) Subject(s rules.Subject) law.Text { return rules.SubjectNames[s] }

// State names a state of a span.
func (lifelineView) State(s string) law.Text { return rules.SpanNames[s] }

// Number is the number of a mark in the drawing.
func (lifelineView) Number(i int) int { return i + 1 }
