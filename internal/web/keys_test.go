package web_test

import (
	"testing"
	"time"

	"mynumber/internal/office"
)

// The issuer's operator sees the authorities' keys and when the next is due; the sandbox makes it; nobody else sees the page (CERT-003).
func TestKeys(t *testing.T) {
	h := open(t, nil)
	var err error
	if h.office.CAs, err = office.OpenAuthorities(t.Context(), h.office.Store, []byte("web test")); err != nil { // its own: it gets another key
		t.Fatal(err)
	}
	h.get("sumida", "/issuer/keys", 404)
	h.get("stopline", "/issuer/keys", 403)
	h.says(h.get("production", "/issuer", 200), "鍵の期限と、作成の記録を見る", "RSA 2048")
	h.says(h.get("production", "/issuer/keys", 200), "認証局の鍵", "発行に使用中", "次の鍵を作る日", "2029-10-01")
	h.says(h.send("", "/sandbox/keys", form("kind", "sign", "algorithm", "p384"), 200), "ECDSA P-384(次のカード)")
	page := h.get("production", "/issuer/keys", 200)
	h.says(page, "最初の鍵を作った", "立会 一郎、立会 二郎", "mynumber key ceremony 1", "algorithm: p384")
	h.says(h.get("", "/sandbox/phone", 200), "スマートフォン")
	h.send("", "/sandbox/keys", form("kind", "mine", "algorithm", "p384"), 404)
	h.send("", "/sandbox/keys", form("kind", "sign", "algorithm", "md5"), 404)

	// Four years later the next key is due, and the desk says so.
	if err := h.sandbox.SetClock(t.Context(), time.Date(2029, 10, 2, 1, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	h.says(h.get("production", "/issuer", 200), "認証局の次の鍵を作る時期です")
	h.says(h.get("production", "/issuer/keys", 200), "次の鍵が必要")
	for _, kind := range []string{"sign", "auth"} {
		h.send("", "/sandbox/keys", form("kind", kind, "algorithm", "rsa2048"), 200)
	}
	h.says(h.get("production", "/issuer/keys", 200), "失効リストと回答だけ", "次の鍵を作った")
}
