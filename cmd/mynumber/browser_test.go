package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// picturesDir is the variable that names a folder for the pages' pictures; without it none are taken.
const picturesDir = "MYNUMBER_PICTURES"

// css is a selector of a node on a page.
type css = chromedp.CSS

// hand plays the life as people do: in a browser, on the pages, without any script on them.
type hand struct {
	t    *testing.T
	ctx  context.Context
	url  string
	shot int
}

// TestLifeByHand plays one life in Chromium, each role on its own pages (TL-001 to TL-006, LOSS-001).
func TestLifeByHand(t *testing.T) {
	h := newHand(t, os.Getenv(picturesDir) != "")
	h.applicant()
	h.accepting()
	h.honseki()
	h.issuer()
	h.pickup()
	h.login()
	h.lost()
}

// newHand opens Chromium on a demo of its own; fonts says that the pages' fonts are loaded, which takes as long as
// everything else and matters only for what is looked at.
func newHand(t *testing.T, fonts bool) *hand {
	t.Helper()
	return newHandOn(t, filepath.Join(t.TempDir(), "d"), fonts)
}

// newHandOn opens Chromium on a demo with its data in a folder.
func newHandOn(t *testing.T, dir string, fonts bool) *hand {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine (make test installs it)")
	}
	return newHandAt(t, browser, startDemo(t, dir), fonts)
}

// newHandAt opens Chromium on a demo that is running.
func newHandAt(t *testing.T, browser, url string, fonts bool) *hand {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900), chromedp.Flag("disable-remote-fonts", !fonts))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, close := chromedp.NewContext(allocator)
	t.Cleanup(close)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // starts the browser
		t.Fatal(err)
	}
	return &hand{t: t, ctx: ctx, url: url}
}

// startDemo runs the demo with its data in a folder, on a free port unless told where, and returns its address.
func startDemo(t *testing.T, dir string, more ...string) string {
	t.Helper()
	program, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	if len(more) == 0 {
		more = []string{"-listen", "127.0.0.1:0"}
	}
	cmd := exec.CommandContext(t.Context(), program, append([]string{"demo", "-data", dir}, more...)...)
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Wait() })
	lines := bufio.NewScanner(out)
	address := regexp.MustCompile(`http://(127\.0\.0\.1|localhost):\d+`)
	for lines.Scan() {
		if found := address.FindString(lines.Text()); found != "" {
			go func() {
				for lines.Scan() { // keep the pipe empty
				}
			}()
			return found
		}
	}
	t.Fatal("the demo printed no address")
	return ""
}

// do runs actions; the page's text goes into the failure.
func (h *hand) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.ctx, 15*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		h.t.Fatalf("%s: %v\nat %s\n%s", what, err, get(h, chromedp.Location()), get(h, chromedp.Text(css("body"))))
	}
}

// get runs an action that has a value.
func get[T any](h *hand, action chromedp.Action[T]) T {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.ctx, 15*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		h.t.Fatal(err)
	}
	return value
}

// open goes to a page and takes its picture.
func (h *hand) open(path string) {
	h.t.Helper()
	h.do("open "+path, chromedp.Navigate(h.url+path), chromedp.WaitVisible(css("main")))
}

// picture keeps the page as it is now, at the width of a desk and of a phone.
func (h *hand) picture(name string) {
	dir := os.Getenv(picturesDir)
	if dir == "" {
		return
	}
	h.shot++
	for width, kind := range map[int64]string{1280: "desk", 390: "phone"} {
		h.do("picture of "+name, chromedp.EmulateViewport(width, 900))
		png := get(h, chromedp.FullScreenshot(100))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d-%s-%s.png", h.shot, name, kind)), png, 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
	h.do("back to the desk", chromedp.EmulateViewport(1280, 900))
}

// press clicks a button or a link and waits for the page that it leads to.
func (h *hand) press(selector string) {
	h.t.Helper()
	h.turnPage("press "+selector, chromedp.Click(css(selector), chromedp.NodeVisible))
}

// turnPage runs an action that leads to another page, and waits for that.
func (h *hand) turnPage(what string, action chromedp.Action[chromedp.Void]) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.ctx, 15*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, action); err != nil {
		h.t.Fatalf("%s: %v\nat %s\n%s", what, err, get(h, chromedp.Location()), get(h, chromedp.Text(css("body"))))
	}
}

// fill types into the fields with these names.
func (h *hand) fill(fields ...[2]string) {
	h.t.Helper()
	for _, f := range fields {
		selector := fmt.Sprintf(`[name="%s"]`, f[0])
		h.do("fill "+f[0], chromedp.Clear(css(selector)), chromedp.SendKeys(css(selector), f[1]))
	}
}

// tick ticks a box or chooses an option.
func (h *hand) tick(name, value string) {
	h.t.Helper()
	h.do("tick "+name, chromedp.Click(css(fmt.Sprintf(`input[name="%s"][value="%s"]`, name, value))))
}

// see expects words on the page.
func (h *hand) see(words ...string) {
	h.t.Helper()
	text := get(h, chromedp.Text(css("main")))
	for _, w := range words {
		if !strings.Contains(text, w) {
			h.t.Fatalf("%q is not on %s:\n%s", w, get(h, chromedp.Location()), text)
		}
	}
}

// playground opens the sandbox, unless it is open already, as after moving the clock.
func (h *hand) playground() {
	h.t.Helper()
	if get(h, chromedp.Location()) != h.url+"/sandbox" {
		h.open("/sandbox")
	}
}

// as logs in with one click.
func (h *hand) as(account string) {
	h.t.Helper()
	h.playground()
	h.press(fmt.Sprintf(`#logins form:has(input[name="account"][value="%s"]) button`, account))
}

// at moves the clock.
func (h *hand) at(instant string) {
	h.t.Helper()
	h.playground()
	// A field for date and time is set by its value: how it is typed depends on the browser's language.
	h.do("set the clock", chromedp.SetValue(css(`#clock [name="clock"]`), instant))
	h.press("#clock button")
}

// mailed opens the link to a path in the newest mail that has one.
func (h *hand) mailed(path string) {
	h.t.Helper()
	h.open("/sandbox")
	href := get(h, chromedp.AttributeValue(css(fmt.Sprintf(`#inbox a[href*="%s"]`, path)), "href", chromedp.NodeReady))
	h.do("open the link "+path, chromedp.Navigate(href.Value), chromedp.WaitVisible(css("main")))
}

// turn opens the first case that waits for the office.
func (h *hand) turn() {
	h.t.Helper()
	h.press(`main table.work tbody a`)
}

func (h *hand) applicant() {
	h.open("/")
	h.picture("home")
	h.open("/apply")
	h.picture("apply")
	h.press(`form[action="/apply/online"] button, a[href="/apply/online"]`)
	h.see("APP-013", "CON-028")
	h.picture("refused-online")
	h.open("/apply")
	h.fill([2]string{"honseki", "022039"}, [2]string{"number", "4081 7263 5406"}, [2]string{"family_name", "佐藤"}, [2]string{"given_name", "光"},
		[2]string{"family_kana", "さとう"}, [2]string{"given_kana", "ひかり"}, [2]string{"birth", "昭和63年2月30日"},
		[2]string{"overseas_address", "12F, No. 88, Sec. 2, Zhongshan N. Rd., Taipei 104"}, [2]string{"country", "TW"}, [2]string{"planned_departure", "令和4年4月2日"},
		[2]string{"pickup", "131075"}, [2]string{"email1", "hikari.sato@example.com"}, [2]string{"phone1", "+886 2 5550 1234"}, [2]string{"photo_taken", "2025-10-20"})
	h.tick("sex", "female")
	photo, err := filepath.Abs("../../internal/demo/life/sato.jpg")
	if err != nil {
		h.t.Fatal(err)
	}
	h.do("choose the photo", chromedp.SetUploadFiles(css(`input[name="photo"]`), []string{photo}))
	h.press(`form[action="/apply"][method="post"] button`)
	h.see("ない日付")
	h.picture("apply-fault")
	h.fill([2]string{"birth", "昭和63年5月17日"}, [2]string{"number", "4081 7263 5406"})
	h.do("choose the photo again", chromedp.SetUploadFiles(css(`input[name="photo"]`), []string{photo}))
	h.press(`form[action="/apply"][method="post"] button`)
	h.see("国外転出者用", "八戸市")
	h.picture("printed-form")
}

func (h *hand) accepting() {
	at := get(h, chromedp.Location())
	code := at[strings.LastIndex(at, "/")+1:]
	h.as("niigata")
	h.open("/office")
	h.picture("office-empty")
	h.as("sumida")
	h.open("/office/new?draft=" + code)
	h.tick("sealed_form", "yes")
	h.tick("old_card_seen", "yes")
	h.picture("file")
	h.press(`form[action="/office/new"] button`)
	h.see("本籍地に申請書を送付する")
	h.picture("case-filed")
	h.press(`form[action$="/forward"] button`)
}

func (h *hand) honseki() {
	h.at("2025-11-11T10:00")
	h.as("hachinohe")
	h.picture("queue")
	h.turn()
	h.press(`form[action$="/receive-papers"] button`)
	h.press(`a[href$="/candidates"]`)
	h.picture("candidates")
	h.press(`form[action$="/identify"] button`)
	h.do("open the question", chromedp.Click(css(`details:has(form[action$="/ask-back"]) summary`)))
	h.do("choose the field", chromedp.Click(css(`#ask-planned_departure`)))
	h.do("write the question", chromedp.SendKeys(css(`textarea[name="note"]`), "国外転出(予定)日を確認してください。"))
	h.press(`form[action$="/ask-back"] button`)
	h.mailed("/correct/")
	h.picture("correct")
	h.fill([2]string{"planned_departure", "令和4年3月31日"})
	h.press("main form button")
	h.at("2025-11-15T10:00")
	h.as("hachinohe")
	h.turn()
	h.press(`form[action$="/accept"] button`)
	h.picture("case-accepted")
	h.open("/sandbox")
	h.picture("sandbox")
}

func (h *hand) issuer() {
	h.at("2025-11-20T10:00")
	h.as("production")
	h.open("/issuer")
	h.picture("issuer")
	h.press(`form[action$="/produce"] button`)
	h.at("2025-11-21T10:00")
	h.open("/issuer")
	h.press(`form[action$="/dispatch"] button`)
	h.at("2025-12-05T10:00")
	h.as("sumida")
	h.open("/office")
	h.turn()
	h.press(`form[action$="/announce"] button`)
	h.mailed("/reserve/")
	h.picture("reserve")
	h.press(`a[href*="day=2026-01-16"]`)
	h.press(`button[name="time"][value="10:30"]`)
	h.see("予約しました")
	h.picture("reserved")
}

func (h *hand) pickup() {
	h.at("2026-01-16T10:30")
	h.as("sumida")
	h.open("/office")
	h.turn()
	h.picture("case-pickup")
	h.tick("visitor", "voluntary_proxy")
	h.checkPassport()
	h.see("PICK-073")
	h.picture("refused-proxy")
	h.open("/office")
	h.turn()
	h.tick("visitor", "holder")
	h.checkPassport()
	h.see("0円")
	h.press(`form[action$="/pin-screen"] button`)
	h.picture("pin-link")
	h.press(`a[href*="/pin/"]`)
	h.picture("pins")
	for _, pin := range [][2]string{{"signature", "HIKARI2026"}, {"user_authentication", "2580"}, {"resident_register", "1470"}, {"input_support", "3690"}} {
		h.fill(pin, [2]string{pin[0] + "_again", pin[1]})
	}
	h.press("main form button")
	h.see("設定しました")
	h.open("/office")
	h.turn()
	h.tick("receipt_signed", "yes")
	h.press(`form[action$="/hand-over"] button`)
	h.see("2035-05-17", "2030-05-17")
	h.picture("case-handed-over")
}

func (h *hand) checkPassport() {
	h.t.Helper()
	h.do("the passport and the licence are shown", chromedp.Click(css(`input[type="checkbox"][name*="passport"]`)), chromedp.Click(css(`input[type="checkbox"][name*="driving_licence"]`)))
	h.do("until when they are good", chromedp.SendKeys(css(`input[type="text"][name*="passport"][name*="until"]`), "2030-03-01"), chromedp.SendKeys(css(`input[type="text"][name*="driving_licence"][name*="until"]`), "2027-06-17"))
	h.fill([2]string{"passport_name", "SATO HIKARI"}, [2]string{"passport_birth", "1988-05-17"})
	h.tick("old_card", "yes")
	h.press(`form[action$="/check-identity"] button`)
}

func (h *hand) login() {
	h.open("/portal")
	h.picture("portal")
	h.fill([2]string{"pin", "2580"})
	h.press(`form[action="/portal"] button`)
	h.see("ログインしました")
	h.picture("portal-in")
}

func (h *hand) lost() {
	h.at("2026-02-03T23:40")
	h.as("stopline")
	h.open("/issuer")
	h.fill([2]string{"name", "さとう ひかり"}, [2]string{"birth", "昭和63年5月17日"})
	h.press(`form[action="/issuer/cards/search"] button`)
	h.picture("stop-line")
	h.do("the caller is the holder", chromedp.Click(css(`section:has(form[action*="/suspend"]):not(:has(form[action*="2020"])) input[name="caller_is_holder"]`)))
	h.press(`section:has(input[name="caller_is_holder"]:checked) button.danger`)
	h.open("/portal")
	h.fill([2]string{"pin", "2580"})
	h.press(`form[action="/portal"] button`)
	h.see("ログインできません")
	h.picture("portal-held")
	h.open("/status")
	h.picture("status")
}
