package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestWindowsByKeyboard works at the windows with the keys alone: a suspension is lifted at the honseki, from the search to the
// chip (ABR-M12), a notification is entered, found to be an error, and undone by a colleague.
func TestWindowsByKeyboard(t *testing.T) {
	program, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "d")
	if out, err := exec.CommandContext(t.Context(), program, "demo", "-once", "-data", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	h := newHandOn(t, dir, os.Getenv(picturesDir) != "")
	h.lift()
	h.mistake()
}

// loginByKeys is the one click of the demo, by keyboard.
func (h *hand) loginByKeys(account string) {
	h.t.Helper()
	h.open("/sandbox")
	h.enter(`#logins form:has(input[value="` + account + `"]) button`)
}

// enter goes to something by the tabulator and presses Enter.
func (h *hand) enter(selector string) {
	h.t.Helper()
	h.tabTo(selector)
	h.turnPage("Enter on "+selector, chromedp.KeyEvent(kb.Enter))
}

// typeInto goes to a field by the tabulator and types.
func (h *hand) typeInto(name, text string) {
	h.t.Helper()
	h.tabTo(`[name="` + name + `"]`)
	h.keys(text)
}

// look keeps the page as it is, in both of its languages at once, and holds it against the rules of axe-core.
func (h *hand) look(name string) {
	h.t.Helper()
	h.axe()
	h.picture(name)
}

// find opens the record of a person.
func (h *hand) find(name, birth string) {
	h.t.Helper()
	h.open("/office/people")
	h.look("find")
	h.typeInto("name", name)
	h.typeInto("birth", birth)
	h.enter(`main form button`)
}

// lift lifts the suspension of Ms Sato's card at her honseki, whose chip gets new certificates.
func (h *hand) lift() {
	h.loginByKeys("hachinohe")
	h.find("佐藤 光", "1988-05-17")
	h.see("一時停止", "一時保留")
	h.look("person")
	h.enter(`a[href$="/do/lift_suspension_abroad"]`)
	h.look("question")
	for range 8 { // one question a page, until it is decided
		if get(h, chromedp.Evaluate[bool](`document.querySelector("main .answers button") === null`)) {
			break
		}
		h.enter(`main .answers button[value="true"], main .answers button[value="holder"], main .answers button[value="visit"]`)
	}
	h.look("decided")
	h.enter(`main form[method="post"] p.go button`) // no paper was ticked
	h.see("がありません", "LOSS-021")
	h.look("refused")
	for _, paper := range []string{"lift_notice", "card"} {
		h.tabTo(`[name="paper"][value="` + paper + `"]`)
		h.keys(" ")
	}
	h.enter(`main form[method="post"] p.go button`)
	h.see("手続きを受け付ける", "次に行うこと", "窓口で保管中")
	h.look("case")
	h.enter(`form[action$="/complete"] button`)
	h.see("完了")
	h.look("done")
}

// mistake enters a death that was somebody else's, and sets it right, which takes two.
func (h *hand) mistake() {
	h.loginByKeys("sumida")
	h.find("渡辺 結", "1992-12-01")
	h.enter(`a[href$="/notify"]`)
	h.look("kinds")
	h.enter(`a[href$="kind=death"]`)
	h.look("notify")
	h.typeInto("day", "2026-02-03")
	h.enter(`main form[method="post"] p.go button`)
	h.see("届出を記録しました", "八戸市")
	h.look("noted")
	h.enter(`main a[href="/office/people/watanabe"]`)
	h.openMistake()
	h.typeInto("reason", "同姓同名の別人の届出だった。")
	h.enter(`form[action$="/ask-undo"] button`)
	h.look("error-said")
	h.enter(`form[action$="/undo"] button`)
	h.see("別の職員")
	h.loginByKeys("sumida2")
	h.find("渡辺 結", "1992-12-01")
	h.enter(`form[action$="/undo"] button`)
	h.look("undone")
	h.open("/office/people/watanabe")
	h.see("取消し済み")
}

// openMistake opens what is behind the heading.
func (h *hand) openMistake() {
	h.t.Helper()
	h.tabTo("details.minor summary")
	h.keys(" ")
	h.do("Space opens it", chromedp.WaitVisible(css("details.minor[open] form")))
}
