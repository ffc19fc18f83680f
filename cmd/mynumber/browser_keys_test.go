package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestByKeyboard fills and sends pages as an applicant and as a clerk, with the keys alone (JIS X 8341-3: 2.1.1, 2.4.1,
// 2.4.7): every stop shows where it is.
func TestByKeyboard(t *testing.T) {
	h := newHand(t, false)
	h.open("/status")
	h.skip()
	h.tabTo(`[name="application_id"]`)
	h.keys("6939 1732 3763 3933 0191 185")
	h.tabTo(`[name="birth"]`)
	h.keys("昭和63年5月17日")
	h.tabTo("main button")
	h.turnPage("ask for the state", chromedp.KeyEvent(kb.Enter))
	h.see("見つかりません")
	h.tabTo(`.notice a[href="#f-application_id"]`)

	code := h.draft(nil)
	h.open("/sandbox")
	h.tabTo(`#logins form:has(input[value="sumida"]) button`)
	h.turnPage("log in", chromedp.KeyEvent(kb.Enter))
	h.open("/office/new?draft=" + code)
	h.tabTo(`[name="channel"]`)
	h.keys(kb.ArrowDown, kb.ArrowUp)
	for _, box := range []string{"sealed_form", "old_card_seen"} {
		h.tabTo(`[name="` + box + `"]`)
		h.keys(" ")
	}
	h.tabTo(`form[action="/office/new"] button`)
	h.turnPage("take it in", chromedp.KeyEvent(" "))
	h.see("受付済み(受付窓口)", "封入のまま")
	h.tabTo(`nav a[href="/office"]`)
	h.turnPage("open the desk", chromedp.KeyEvent(kb.Enter))
	h.tabTo("table.work tbody a")
	h.turnPage("open the case", chromedp.KeyEvent(kb.Enter))
	h.tabTo("details.minor summary")
	h.keys(" ")
	h.do("Space opens the form behind its heading", chromedp.WaitVisible(css("details.minor[open] form")))
	h.tabTo(`form[action$="/forward"] button`)
	h.turnPage("forward", chromedp.KeyEvent(" "))
	h.see("本籍地へ送付中")
}

// TestPrintedFormIsOnePage prints the form as an office gets it (APP-070, APP-074), with the longest texts that it takes.
func TestPrintedFormIsOnePage(t *testing.T) {
	h := newHand(t, true)
	long := strings.Repeat("Apartment 12F, No. 88, Section 2, Zhongshan North Road, ", 4)[:199]
	name := strings.Repeat("長宗我部", 12)
	for what, change := range map[string]map[string]string{
		"a usual form": nil,
		"the longest": {"family_name": name, "family_kana": strings.Repeat("ちょうそかべ", 8), "given_name": "𠮷之助", "given_kana": "よしのすけ", "overseas_address": long,
			"email2": strings.Repeat("a", 60) + "@" + strings.Repeat("b", 60) + ".example", "phone2": "+886 2 5550 9999", "braille": "さとうひかり",
			"representative_name": name, "representative_relationship": "母", "representative_address": long},
	} {
		h.open("/apply/" + h.draft(change))
		pdf := get(h, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)); n != 1 {
			t.Errorf("%s is printed on %d pages", what, n)
		}
	}
}

// draft makes an application form over HTTP and returns its code.
func (h *hand) draft(change map[string]string) string {
	h.t.Helper()
	text, err := os.ReadFile("../../internal/demo/life/sato.json")
	var form map[string]string
	photo, err2 := os.ReadFile("../../internal/demo/life/sato.jpg")
	if err := errors.Join(err, err2, json.Unmarshal(text, &form)); err != nil {
		h.t.Fatal(err)
	}
	for field, text := range change {
		form[field] = text
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, text := range form {
		w.WriteField(field, text)
	}
	part, err := w.CreateFormFile("photo", "sato.jpg")
	if err != nil {
		h.t.Fatal(err)
	}
	part.Write(photo)
	w.Close()
	r, err := http.Post(h.url+"/apply", w.FormDataContentType(), &body)
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	code := strings.TrimPrefix(r.Request.URL.Path, "/apply/")
	if r.StatusCode != http.StatusOK || code == "/apply" {
		h.t.Fatalf("the form is not taken: %s", r.Status)
	}
	return code
}

// keys presses keys one after the other.
func (h *hand) keys(keys ...string) {
	h.t.Helper()
	for _, k := range keys {
		h.do("type", chromedp.KeyEvent(k))
	}
}

// focused is where the keyboard is.
type focused struct {
	Tag, Name, Value string
	Text             string
	Fits             bool // the selector looked for
	Outline          float64
	Style            string
	Seen             bool // inside the window
}

// focusComes waits until the focus is on what the selector names: a jump within a page comes a moment after its key. It is
// where the focus is at last.
func (h *hand) focusComes(selector string) focused {
	h.t.Helper()
	at := h.focusOn(selector)
	for deadline := time.Now().Add(time.Second); !at.Fits && time.Now().Before(deadline); at = h.focusOn(selector) {
		time.Sleep(20 * time.Millisecond)
	}
	return at
}

func (h *hand) focusOn(selector string) focused {
	h.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		h.t.Fatal(err)
	}
	return get(h, chromedp.Evaluate[focused](`(() => { const e = document.activeElement || document.documentElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
		return {Tag: e.tagName, Name: e.name || "", Value: e.value || "", Text: (e.textContent || "").trim().slice(0, 40), Fits: e.matches(`+string(quoted)+`),
			Outline: parseFloat(s.outlineWidth), Style: s.outlineStyle, Seen: r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth}; })()`))
}

// tabTo moves on with the tabulator until it stands on what the selector names. Every stop on the way has to be visible.
func (h *hand) tabTo(selector string) {
	h.t.Helper()
	h.do("the page is there", chromedp.WaitReady(css("main"))) // a page that is still coming has nothing to stand on
	for range 120 {
		h.do("tab", chromedp.KeyEvent(kb.Tab))
		at := h.focusOn(selector)
		if at.Tag == "BODY" || at.Tag == "HTML" {
			continue // past the end: it begins again
		}
		if at.Style == "none" || at.Outline < 2 || !at.Seen {
			h.t.Errorf("the focus does not show: %+v", at)
		}
		if at.Fits {
			return
		}
	}
	h.t.Fatalf("the tabulator never comes to %s", selector)
}

// skip jumps over the head of the page by its first link.
func (h *hand) skip() {
	h.t.Helper()
	h.tabTo("a.skip")
	h.keys(kb.Enter)
	if at := h.focusComes("main"); at.Tag != "MAIN" {
		h.t.Errorf("the skip link leads to %+v", at)
	}
	h.keys(kb.Tab)
	if at := h.focusComes("main *"); !at.Fits {
		h.t.Errorf("behind the skip link comes %+v", at)
	}
	h.do("back to the top", chromedp.Reload())
}
