package token

import (
	"errors"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, a := range []Address{{"ca", "mynumber-signature-1-rsa2048-ca"}, {"公的 個人;認証=%", "a/b:c"}} {
		if got, err := ParseAddress(a.String()); err != nil || got != a {
			t.Errorf("%s comes back as %+v, %v", a, got, err)
		}
	}
	if got := (Address{"My token", "k;1"}).String(); got != "pkcs11:token=My%20token;object=k%3B1;type=private" {
		t.Error(got)
	}
	for _, text := range []string{"", "pkcs11:", "pkcs11:token=a", "pkcs11:object=b;token=a;type=private", "pkcs11:token=a;object=b", "pkcs11:token=a;object=%zz;type=private", "pkcs11:token=a;object=b;type=private;x=y", "https://a"} {
		if _, err := ParseAddress(text); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	token := New(Config{Module: "/nowhere/libnone.so", Label: "ca", PINFile: "/nowhere/pin"})
	if _, err := token.Key("pkcs11:token=other;object=b;type=private"); !errors.Is(err, ErrOtherToken) {
		t.Error(err)
	}
	if _, err := token.Key("pkcs11:token=ca;object=b;type=private"); err == nil {
		t.Error("a key without a PIN")
	}
	if err := token.Close(); err != nil {
		t.Error(err)
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("pkcs11:token=My%20token;object=k%3B1;type=private")
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := ParseAddress(text); err == nil && a.String() != text {
			t.Errorf("%q comes back as %q", text, a)
		}
	})
}
