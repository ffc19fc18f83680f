package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// TestPasskeyByHand: somebody adds a passkey and logs in with it in Chromium, whose authenticator is a virtual one; a passkey
// whose owner was not verified and one whose signature is bogus let nobody in. Passkeys are bound to a name, here localhost.
func TestPasskeyByHand(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine (make test installs it)")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	url := startDemo(t, filepath.Join(t.TempDir(), "d"), "-listen", "127.0.0.1:"+port, "-url", "http://localhost:"+port)
	h := newHandAt(t, browser, url, os.Getenv(picturesDir) != "")
	if _, err := chromedp.Call(h.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	key, err := chromedp.Call(h.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true,
		IsUserVerified: true, AutomaticPresenceSimulation: true}})
	if err != nil {
		t.Fatal(err)
	}
	h.as("sumida")
	h.open("/account")
	h.picture("account")
	h.press(`form[data-what="create"] button`)
	h.see("パスキー", "ログインの方法を加える")
	h.picture("account with a passkey")
	h.press(`form[action="/logout"] button`)

	bogus := true
	override := webauthn.SetResponseOverrideBitsParams{AuthenticatorID: key.AuthenticatorID}
	for what, change := range map[string]func(bool){
		"a bogus signature":         func(on bool) { override.IsBogusSignature = &on },
		"an owner who is not known": func(on bool) { override.IsBadUV = &on },
	} {
		change(bogus)
		if _, err := chromedp.Call(h.ctx, webauthn.SetResponseOverrideBits, override); err != nil {
			t.Fatal(err)
		}
		h.open("/login?next=/office/people")
		h.do(what, chromedp.Click(css(`form[data-what="get"] button`)), chromedp.WaitVisible(css(`form[data-what="get"] [role=status]:not(:empty)`)))
		h.see("確かめられませんでした")
		change(false)
	}
	if _, err := chromedp.Call(h.ctx, webauthn.SetResponseOverrideBits, override); err != nil {
		t.Fatal(err)
	}
	h.open("/login?next=/office/people")
	h.picture("login")
	h.press(`form[data-what="get"] button`)
	h.see("来庁者を探す")
	h.open("/account")
	h.see("最後の利用")
	h.press(`form[action="/account/drop-key"]:has(input[value="passkey"]) button`)
	h.press(`form[action="/logout"] button`)
	h.open("/login")
	h.do("a passkey that was taken away", chromedp.Click(css(`form[data-what="get"] button`)), chromedp.WaitVisible(css(`form[data-what="get"] [role=status]:not(:empty)`)))
}
