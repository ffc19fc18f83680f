package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

//go:embed pages
var pageFiles embed.FS

//go:embed static
var staticFiles embed.FS

// views are the parsed pages by the name of their folder.
type views map[string]*template.Template

// frame is what the layout shows around every page; Body is the page's own.
type frame struct {
	Title   law.Text
	Page    string
	Staff   *headView
	Demo    bool
	Today   string // the sandbox's clock
	Receipt *office.Receipt
	Version string // of the styles, in their addresses
	Body    any
}

// headView is who is logged in, in the head of the page.
type headView struct {
	Name   string
	Office law.Text
	Role   law.Text
	Desk   string
	For    bool // standing in
}

// scripted are the pages with a script of ours: passkeys cannot be had without one.
var scripted = map[string]bool{"login": true, "account": true}

// show renders a page. Nothing is sent before the page is whole, so that a fault in it is an error page.
func (p *pages) show(w http.ResponseWriter, r *http.Request, status int, page string, title law.Text, body any) {
	f := frame{Title: title, Page: page, Demo: p.Sandbox != nil, Version: version, Body: body}
	if p.Sandbox != nil {
		f.Today = moment(p.Sandbox.Now())
	}
	// The holder's screen shows nothing of the clerk in whose browser it may have been opened.
	if in, ok := p.Sessions.staff(r); ok && page != "pin" && page != "casepin" {
		f.Staff = &headView{in.Staff.Name, office.PlaceName(in.Actor.Office, p.today()), word(roleWords, in.Actor.Role), desk(in.Actor.Role), in.Post.ID != ""}
		f.Receipt = p.Sessions.take(r.Context())
	}
	if scripted[page] {
		w.Header().Set("Content-Security-Policy", policy+"; script-src 'self'; connect-src 'self'")
	}
	p.render(w, r, status, page, "layout", f)
}

// speak renders a page in one language.
func (p *pages) speak(w http.ResponseWriter, r *http.Request, page string, lang language, title law.Text, links []languageLink, body any) {
	f := plainFrame{Title: title, Page: page, Voice: speaker{lang}, Languages: links, Demo: p.Sandbox != nil, Version: version, Body: body,
		Site:    law.Text{Ja: "マイナンバーカードの手続き", En: "My Number Card procedures", Easy: "マイナンバーカードの 手続(てつづ)き"},
		NavName: law.Text{Ja: "主なページ", En: "Main pages", Easy: "おもな ページ"}}
	if p.Sandbox != nil {
		f.Today = moment(p.Sandbox.Now())
	}
	p.render(w, r, http.StatusOK, page, "plain", f)
}

func (p *pages) render(w http.ResponseWriter, r *http.Request, status int, page, layout string, f any) {
	var out bytes.Buffer
	if err := p.views[page].ExecuteTemplate(&out, layout, f); err != nil {
		ref := reference()
		p.Log.ErrorContext(r.Context(), "page cannot be shown", "reference", ref, "page", page, "error", err)
		http.Error(w, "内部エラー / internal error: "+ref, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(out.Bytes())
}

// today is the day of the request.
func (p *pages) today() civil.Date { return civil.DateOf(p.Office.Clock()) }

// mustViews parses the pages, which are part of the program: one that cannot be parsed is a fault every test meets.
func mustViews() views {
	shared := template.Must(template.New("").Funcs(functions).Option("missingkey=error").ParseFS(pageFiles, "pages/layout/*.html"))
	folders, err := fs.ReadDir(pageFiles, "pages")
	if err != nil {
		panic(err)
	}
	out := views{}
	for _, f := range folders {
		if f.Name() != "layout" {
			out[f.Name()] = template.Must(template.Must(shared.Clone()).ParseFS(pageFiles, "pages/"+f.Name()+"/*.html"))
		}
	}
	return out
}

// functions are what the pages can say.
var functions = template.FuncMap{
	// say writes one sentence in both languages, tell a text of the rulebook or of words.go.
	"say":  func(ja, en string) template.HTML { return both(law.Text{Ja: ja, En: en}) },
	"tell": both,
	// plain is for places that hold no markup.
	"plain":     func(t law.Text) string { return t.Ja + " / " + t.En },
	"moment":    moment,
	"day":       dayText,
	"words":     wordOf,
	"state":     stateOf,
	"actName":   actWord,
	"fieldName": fieldName,
	"cite":      law.Citation.String,
	"estimate":  estimate,
	"millis":    func(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) },
	"short":     func(s string) string { return s[:min(len(s), 8)] },
	"spaced":    func(s string) string { return spaced(s, 4) },
	"channel":   func(c string) law.Text { return word(channelWords, rules.Channel(c)) },
	"cardState": func(s string) law.Text { return word(cardWords, card.State(s)) },
	// work names a procedure of a policy, topic a line of one.
	"work": policyWork,
	"refusedWork": func(code string) law.Text {
		if code == booking.Any {
			return law.Text{Ja: "すべての手続き", En: "everything"}
		}
		return policyWork(code)
	},
	"topic": func(about string) law.Text { return word(booking.Topics, about) },
	// visitrow hands a row of the list of the day its visit and its day; times are those of all counters together.
	"visitrow": func(v office.Visit, list civil.Date) visitRow { return visitRow{v, list} },
	"times":    allTimes,
	// act, making, faults and logins hand several things to a part of a page.
	"act":      newActView,
	"approach": func(v caseView, act string) approachView { return approachView{v, act} },
	"making":   newMakingView,
	"faults":   func(faults []input, others []office.Invalid) faultView { return faultView{faults, others} },
	"logins":   func(accounts []accountLine) loginView { return loginView{Accounts: accounts} },
	// helpline hands a line of a help page its voice.
	"helpline": func(v helpView, l rules.HelpLine) helpLineView { return helpLineView{v, l} },
	// planfields hands the fields of the life line their voice.
	"planfields": func(v lifelineView, f []lifelineField) planFields { return planFields{v, f} },
	// pair hands a part of a page its voice and conditions; alternatives reports a line of a checklist that says more
	// than its name.
	"pair": func(v guideView, list []law.Text) ifView { return ifView{v.speaker, list} },
	"alternatives": func(sets [][]procedure.PaperCount) bool {
		return len(sets) > 1 || len(sets[0]) > 1 || len(sets[0][0].Papers) > 1
	},
	"in":      func(q url.Values, name string) string { return q.Get(name) },
	"version": func() string { return version },
	"pad":     func(n int) []struct{} { return make([]struct{}, n) },
}

// actView is an act that needs nothing but its button.
type actView struct {
	To, Name string
	Text     law.Text
}

func newActView(to, name, ja, en string) actView {
	return actView{to, name, law.Text{Ja: ja, En: en}}
}

// makingView is a list of cases at the issuer with the act that is due; without one it is only read.
type makingView struct {
	Lines []queueLine
	Act   string
	Text  law.Text
}

func newMakingView(lines []queueLine, act, ja, en string) makingView {
	return makingView{lines, act, law.Text{Ja: ja, En: en}}
}

// faultView is the summary of faults above a form.
type faultView struct {
	Faults []input
	Others []office.Invalid
}

// loginView is the list of one-click logins; Next is the page to go on to.
type loginView struct {
	Accounts []accountLine
	Next     string
	Late     bool // an act came after its login had ended
	Provider bool // there is an identity provider
	Passkeys bool // passkeys can be had at this address
}

// both writes a text in both languages: Japanese is the page's own, English is marked as English.
func both(t law.Text) template.HTML {
	if t.En == "" || t.En == t.Ja {
		return template.HTML(`<span class="ja">` + lines(t.Ja) + `</span>`)
	}
	return template.HTML(`<span class="ja">` + lines(t.Ja) + `</span> <span class="en" lang="en">` + lines(t.En) + `</span>`)
}

// lines escapes a text and keeps its line breaks.
func lines(s string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(s), "\n", "<br>")
}

// moment is an instant as the page shows it, in Japan's time.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return civil.DateOf(t).String() + t.In(civil.JST).Format(" 15:04 JST")
}

// dayText is a day in both ways of writing it.
func dayText(d civil.Date) law.Text {
	if d.IsZero() {
		return law.Text{Ja: "—", En: "—"}
	}
	return law.Text{Ja: d.Japanese() + "(" + weekdays[d.Weekday()].Ja + ")", En: d.String() + " (" + weekdays[d.Weekday()].En + ")"}
}

// estimate says how long it takes, and that nobody promises it.
func estimate(days [2]int) law.Text {
	return law.Text{Ja: "受取りの案内まで、申請からおよそ%d〜%d日かかる見込みです。これは目安であり、期限ではありません。",
		En: "The notice usually comes about %d to %d days after the application. This is an estimate, not a deadline."}.Format(days[0], days[1])
}

// fieldName is what the application form calls a field.
func fieldName(name string) law.Text {
	if f, ok := application.FieldNamed(name); ok {
		return f.Label
	}
	return law.Text{Ja: name, En: name}
}

// version names the present styles and the script, so that browsers can keep them for a year.
var version = func() string {
	sum := sha256.New()
	for _, name := range []string{"tokens.css", "fonts.css", "site.css", "passkey.js"} {
		b, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			panic(fmt.Errorf("styles that come with the program: %w", err))
		}
		sum.Write(b)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}()

// types are the content types of our own files; the machine's table of types is not asked.
var types = map[string]string{".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8"}

// static serves styles and fonts. Their addresses carry a version or never change, so they can be kept.
func static() http.Handler {
	files := http.FileServerFS(staticFiles)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, ok := types[path.Ext(r.URL.Path)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		files.ServeHTTP(w, r)
	})
}

// approachView is a case and the act of one of its forms.
type approachView struct {
	View caseView
	Act  string
}
