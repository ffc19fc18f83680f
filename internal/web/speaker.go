package web

import (
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// language is one of the three in which the guide speaks.
type language string

const (
	japanese language = "ja"
	english  language = "en"
	easy     language = "easy" // やさしい日本語
)

var languageNames = []struct {
	Code language
	Name string
	Tag  string // of BCP 47
}{{japanese, "日本語", "ja"}, {easy, "やさしい日本語", "ja"}, {english, "English", "en"}}

// languageOf is the language of an address, or else the one that the browser asks for.
func languageOf(r *http.Request) language {
	switch lang := language(r.URL.Query().Get("lang")); lang {
	case japanese, english, easy:
		return lang
	}
	if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); first != "" && !strings.HasPrefix(first, "ja") {
		return english
	}
	return japanese
}

// speaker says everything on a page in one language.
type speaker struct{ Lang language }

// Tag is the page's language for a browser.
func (s speaker) Tag() string {
	if s.Lang == english {
		return "en"
	}
	return "ja"
}

// Say is one sentence of the page's own in the language.
func (s speaker) Say(ja, en, easily string) template.HTML {
	return s.Tell(law.Text{Ja: ja, En: en, Easy: easily})
}

// Tell is a text of the rulebook in the language. Plain Japanese is the text's own where somebody wrote it, and else
// Japanese.
func (s speaker) Tell(t law.Text) template.HTML {
	return template.HTML(ruby(template.HTMLEscapeString(s.plain(t))))
}

// Begin is the same where it begins a line: in English with a capital letter.
func (s speaker) Begin(t law.Text) template.HTML {
	if r, size := utf8.DecodeRuneInString(t.En); s.Lang == english {
		t.En = string(unicode.ToUpper(r)) + t.En[size:]
	}
	return s.Tell(t)
}

// Plain is the same for places that hold no markup.
func (s speaker) Plain(t law.Text) string {
	return reading.ReplaceAllString(s.plain(t), "$1")
}

func (s speaker) plain(t law.Text) string {
	switch {
	case s.Lang == english && t.En != "":
		return t.En
	case s.Lang == easy && t.Easy != "":
		return t.Easy
	}
	return t.Ja
}

// reading is a run of characters followed by how it is read.
var reading = regexp.MustCompile(`([\p{Han}々]+)\(([ぁ-んー]+)\)`)

// ruby sets readings above their characters.
func ruby(s string) string {
	return reading.ReplaceAllString(s, `<ruby>$1<rp>(</rp><rt>$2</rt><rp>)</rp></ruby>`)
}

// Day is a day in the language.
func (s speaker) Day(d civil.Date) string {
	if s.Lang == english {
		return dayText(d).En
	}
	return dayText(d).Ja
}

// languageLink is the same page in another language.
type languageLink struct {
	Name, Tag, To string
	Here          bool
}

// languageLinks are the page in all languages.
func languageLinks(path string, query url.Values, here language) []languageLink {
	var out []languageLink
	for _, l := range languageNames {
		q := cloneQuery(query)
		q.Set("lang", string(l.Code))
		out = append(out, languageLink{l.Name, l.Tag, path + "?" + q.Encode(), l.Code == here})
	}
	return out
}

func cloneQuery(q url.Values) url.Values {
	out := url.Values{}
	for k, v := range q {
		out[k] = append([]string(nil), v...)
	}
	return out
}

// plainFrame is what the layout of a page in one language shows around it.
type plainFrame struct {
	Title     law.Text
	Site      law.Text
	NavName   law.Text
	Page      string
	Voice     speaker
	Languages []languageLink
	Demo      bool
	Today     string
	Version   string
	Body      any
}
