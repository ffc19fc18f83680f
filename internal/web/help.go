package web

import (
	"net/http"
	"net/url"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// helpView is a help page, or the list of all.
type helpView struct {
	speaker
	Pages []rules.Help
	Page  *rules.Help
	Lines rules.StopLines
}

var helpTitle = law.Text{Ja: "困ったとき", En: "Help", Easy: "困(こま)った とき"}

// help lists the help pages.
func (p *pages) help(w http.ResponseWriter, r *http.Request) {
	lang := languageOf(r)
	p.speak(w, r, "help", lang, helpTitle, languageLinks("/help", url.Values{}, lang), helpView{speaker: speaker{lang}, Pages: rules.HelpPages})
}

// helpPage is one help page. The telephone numbers are those of the day.
func (p *pages) helpPage(w http.ResponseWriter, r *http.Request) {
	page, ok := rules.LookupHelp(r.PathValue("page"))
	if !ok {
		p.notFound(w, r)
		return
	}
	lines, err := rules.CardStopLines.On(p.today())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	lang := languageOf(r)
	view := helpView{speaker: speaker{lang}, Page: &page, Lines: lines.Rule}
	p.speak(w, r, "help", lang, page.Title, languageLinks("/help/"+page.ID, url.Values{}, lang), view)
}

// Number is the telephone number of a line.
func (v helpView) Number(l rules.StopLine) string {
	switch l {
	case rules.LineInJapan:
		return v.Lines.InJapan
	case rules.LineAbroad:
		return v.Lines.Abroad
	}
	return ""
}

// Dial is a number as a telephone wants it.
func (helpView) Dial(number string) string { return strings.ReplaceAll(number, "-", "") }

// helpLineView is one line with the voice that says it.
type helpLineView struct {
	View helpView
	Line rules.HelpLine
}
