package main

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeFile is the variable that names axe.min.js (package axe-core); with it every page that is looked at is held against
// its rules. It is no part of the project.
const axeFile = "MYNUMBER_AXE"

// walker is one person with the answers given in the guide, in the order of its pages, and what the outcome has to say
// in Japanese.
type walker struct {
	name    string
	answers []string // values of the links pressed, or a day that is typed
	says    []string
}

var walkers = []walker{
	{"first-card-abroad", []string{"where=abroad", "want=apply", "nationality=japanese", "registered=after", "card=none"},
		[]string{"国外からのカードの申請", "無料", "本籍地の市区町村", "顔写真", "ELIG-014"}},
	{"lost-in-japan", []string{"where=japan", "want=loss", "do=suspend_card", "card=domestic"},
		[]string{"0120-95-0178", "LOSS-002"}},
	{"leaving-next-month", []string{"where=leaving", "want=leaving_japan", "nationality=japanese", "card=domestic", "person.planned_departure=2025-12-01", "event.filed=2025-10-27"},
		[]string{"国外継続利用", "令和7年11月30日", "ABR-003"}},
	{"leaving-too-late", []string{"where=leaving", "want=leaving_japan", "nationality=japanese", "card=domestic", "person.planned_departure=2025-10-28"},
		[]string{"この手続きはできません", "代わりにできること"}},
	{"back-in-japan", []string{"where=returning", "want=returning_to_japan", "card=overseas", "event.on=2025-10-20"},
		[]string{"令和7年11月3日", "ABR-060"}},
	{"certificates-abroad", []string{"where=abroad", "want=renewal", "do=renew_certificates_abroad", "card=overseas", "certificates.user_authentication.until=2026-05-17"},
		[]string{"居住国の在外公館", "EXP-072"}},
	{"student-extending-the-stay", []string{"where=japan", "want=foreign_residents", "do=special_extension", "nationality=stay", "event.kind=stay_extension_pending", "card=domestic", "card.specially_extended=false", "card.until=2025-11-20"},
		[]string{"特例延長", "EXP-060"}},
	{"collecting-at-75", []string{"where=japan", "want=pickup", "do=collect_at_home", "visitor=holder", "card=none"},
		[]string{"交付通知書", "PICK-031"}},
	{"lost-in-bangkok", []string{"where=abroad", "want=loss", "do=reissue_abroad", "card=overseas", "event.kind=loss"},
		[]string{"日本語訳", "1000", "LOSS-042"}},
	{"asked-for-the-number", []string{"where=japan", "want=individual_number", "do=ask_for_number", "service.requester=caller_or_mail"},
		[]string{"この手続きはできません", "マイナンバーを教えないでください"}},
}

// TestGuideByHand walks the guide in Chromium for different people in all three languages, one question a page, by the
// links of the page alone.
func TestGuideByHand(t *testing.T) {
	h := newHand(t, os.Getenv(picturesDir) != "")
	for _, w := range walkers {
		for _, lang := range []string{"ja", "easy", "en"} {
			h.walk(w, lang)
		}
	}
	for _, lang := range []string{"ja", "easy", "en"} {
		h.open("/guide/all?where=abroad&lang=" + lang)
		h.picture("guide-all-" + lang)
		h.axe()
	}
}

// walk presses the answers of one person.
func (h *hand) walk(w walker, lang string) {
	h.t.Helper()
	h.open("/guide?lang=" + lang)
	for i, answer := range w.answers {
		if h.looksAt(i, w, lang) {
			h.picture("guide-" + w.name + "-" + lang + "-question")
		}
		key, value, _ := strings.Cut(answer, "=")
		if strings.Count(value, "-") == 2 && value[0] == '2' {
			h.do("type a day", chromedp.SetValue(css("#day"), value))
			h.turnPage("go on", chromedp.Click(css("form button")))
			continue
		}
		pair := url.QueryEscape(key) + "=" + url.QueryEscape(value)
		h.press(`.choices a[href*="` + pair + `&"], .choices a[href$="` + pair + `"]`)
	}
	if lang == "ja" {
		h.see(w.says...)
	}
	h.picture("guide-" + w.name + "-" + lang)
	h.axe()
}

// looksAt: the first question of the first person, in each language.
func (h *hand) looksAt(i int, w walker, _ string) bool { return i == 0 && w.name == walkers[0].name }

// axe holds the page against the rules of axe-core, when the tool is there.
func (h *hand) axe() {
	h.t.Helper()
	path := os.Getenv(axeFile)
	if path == "" {
		return
	}
	script, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	h.do("load axe", chromedp.Evaluate[chromedp.Void](string(script)+"\n;undefined"))
	found := get(h, chromedp.Evaluate[string](`axe.run(document).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | "))))`, chromedp.EvalAwaitPromise))
	var violations []string
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		h.t.Fatal(err)
	}
	for _, v := range violations {
		h.t.Errorf("%s: %s", get(h, chromedp.Location()), v)
	}
}

// TestHelpByHand: whoever has lost a card finds the number of the stop line in two clicks from the front page, without
// login, in every language.
func TestHelpByHand(t *testing.T) {
	h := newHand(t, os.Getenv(picturesDir) != "")
	h.open("/")
	h.axe()
	h.picture("front")
	h.press(`a[href="/help/lost"]`)
	h.see("0120-95-0178", "+81-3-6734-0170")
	for _, page := range []string{"/help", "/help/lost", "/help/fraud", "/help/residence-report", "/help/supporters"} {
		for _, lang := range []string{"ja", "easy", "en"} {
			h.open(page + "?lang=" + lang)
			h.picture(strings.ReplaceAll(page[1:], "/", "-") + "-" + lang)
			h.axe()
		}
	}
}

// TestLifelineByHand types a plan and reads its days: the day before the departure is the last one (ABR-003, CHG-024).
func TestLifelineByHand(t *testing.T) {
	h := newHand(t, os.Getenv(picturesDir) != "")
	for _, lang := range []string{"ja", "en"} {
		h.open("/lifeline?lang=" + lang)
		for name, value := range map[string]string{
			"person.birth_date": "1988-05-17", "card.issued": "2022-06-01", "event.departure.on": "2027-04-04", "event.departure.filed": "2027-03-20",
			"event.return_to_japan.on": "2029-05-01",
		} {
			if kind, ok := strings.CutPrefix(name, "event."); ok {
				h.do("unfold "+kind, chromedp.SetAttributeValue(css(`details:has([name="`+name+`"])`), "open", ""))
			}
			h.do("type "+name, chromedp.SetValue(css(`[name="`+name+`"]`), value))
		}
		h.press(`main form button:not([formaction])`)
		if lang == "ja" {
			// 3 April 2027 is a Saturday: the office is last open on the Friday before.
			h.see("令和9年4月3日", "窓口が開いている最後の日", "令和9年4月2日", "CHG-024")
		}
		h.picture("lifeline-" + lang)
		h.axe()
	}
}
