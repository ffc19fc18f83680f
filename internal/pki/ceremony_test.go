package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"mynumber/internal/certificate"
)

// ceremonies is a chain of three records: a key, the one after it in the same kind, and one of the other kind.
func ceremonies(t testing.TB) []SignedCeremony {
	h := testHouse()
	var out []SignedCeremony
	previous := ""
	for n, c := range []struct {
		act       CeremonyAct
		a, before *Authority
	}{{CeremonyFound, h.signature, nil}, {CeremonyRotate, h.next[certificate.Signature], h.signature}, {CeremonyFound, h.authentication, nil}} {
		r, err := NewCeremony(c.a)
		if err != nil {
			t.Fatal(err)
		}
		r.Number, r.Act, r.At, r.Program, r.Operator, r.Place, r.Previous = n+1, c.act, noon, "mynumber (devel)", "工藤", "sealed in the registers", previous
		r.Witnesses = []string{"佐藤 光", "Tanaka"}[:n%3]
		if c.before != nil {
			r.Before, r.Note = c.before.generation, "四年目の更新 / after four years"
		}
		signed, err := c.a.SignCeremony(r, c.before)
		if err != nil {
			t.Fatal(err)
		}
		out, previous = append(out, signed), Fingerprint(signed.Text)
	}
	return out
}

func certOfHouse(kind certificate.Kind, generation int) *x509.Certificate {
	switch h := testHouse(); {
	case generation == 3:
		return h.of(kind).cert
	case generation == 4:
		return h.next[kind].cert
	}
	return nil
}

func TestCeremonies(t *testing.T) {
	records := ceremonies(t)
	read, err := CheckCeremonies(records, certOfHouse)
	if err != nil || len(read) != 3 {
		t.Fatal(err)
	}
	if read[1].Algorithm != P384 || read[1].Before != 3 || len(read[1].Witnesses) != 1 || read[1].Note == "" || !read[1].At.Equal(noon) {
		t.Errorf("%+v", read[1])
	}
	changed := func(change func([]SignedCeremony) []SignedCeremony) []SignedCeremony {
		var clone []SignedCeremony
		for _, r := range records {
			clone = append(clone, SignedCeremony{bytes.Clone(r.Text), bytes.Clone(r.Signature), bytes.Clone(r.Continuity)})
		}
		return change(clone)
	}
	for name, broken := range map[string][]SignedCeremony{
		"one is missing":       changed(func(r []SignedCeremony) []SignedCeremony { return append(r[:1], r[2:]...) }),
		"the first is missing": changed(func(r []SignedCeremony) []SignedCeremony { return r[1:] }),
		"two changed places":   changed(func(r []SignedCeremony) []SignedCeremony { r[1], r[2] = r[2], r[1]; return r }),
		"one stands twice":     changed(func(r []SignedCeremony) []SignedCeremony { return append(r, r[2]) }),
		"another operator": changed(func(r []SignedCeremony) []SignedCeremony {
			r[0].Text = bytes.Replace(r[0].Text, []byte("工藤"), []byte("山田"), 1)
			return r
		}),
		"signature of another":     changed(func(r []SignedCeremony) []SignedCeremony { r[0].Signature = r[2].Signature; return r }),
		"no continuity":            changed(func(r []SignedCeremony) []SignedCeremony { r[1].Continuity = nil; return r }),
		"continuity by the key":    changed(func(r []SignedCeremony) []SignedCeremony { r[1].Continuity = r[1].Signature; return r }),
		"continuity where none is": changed(func(r []SignedCeremony) []SignedCeremony { r[0].Continuity = r[0].Signature; return r }),
		"a line more":              changed(func(r []SignedCeremony) []SignedCeremony { r[0].Text = append(r[0].Text, "note: more\n"...); return r }),
		"no line feed at the end": changed(func(r []SignedCeremony) []SignedCeremony {
			r[0].Text = bytes.TrimSuffix(r[0].Text, []byte("\n"))
			return r
		}),
		"nothing": {{}},
	} {
		if _, err := CheckCeremonies(broken, certOfHouse); !errors.Is(err, ErrCeremonyChain) && !errors.Is(err, ErrCeremony) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCeremonyFields(t *testing.T) {
	a := testHouse().signature
	good, err := NewCeremony(a)
	if err != nil {
		t.Fatal(err)
	}
	good.Number, good.Act, good.At, good.Program, good.Operator, good.Place = 1, CeremonyFound, noon, "mynumber", "工藤", "sealed"
	if _, err := a.SignCeremony(good, nil); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Ceremony){
		"no operator":        func(c *Ceremony) { c.Operator = "" },
		"two lines":          func(c *Ceremony) { c.Operator = "工藤\nwitness: 市長" },
		"a blank before it":  func(c *Ceremony) { c.Operator = " 工藤" },
		"NUL":                func(c *Ceremony) { c.Note = "a\x00" },
		"Shift_JIS":          func(c *Ceremony) { c.Note = "\x8e\x52" },
		"long":               func(c *Ceremony) { c.Note = strings.Repeat("長", LongestCeremonyField+1) },
		"empty witness":      func(c *Ceremony) { c.Witnesses = []string{""} },
		"another's vouching": func(c *Ceremony) { c.Before = 2 },
	} {
		c := good
		change(&c)
		if _, err := a.SignCeremony(c, nil); !errors.Is(err, ErrCeremony) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOpenSSLCeremony: anybody can check a record with openssl alone.
func TestOpenSSLCeremony(t *testing.T) {
	o := newOpenSSL(t)
	r := ceremonies(t)[1]
	text := o.file("record.txt", r.Text)
	for _, c := range []struct {
		a         *Authority
		signature []byte
	}{{testHouse().next[certificate.Signature], r.Signature}, {testHouse().signature, r.Continuity}} {
		public := o.file("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: c.a.cert.RawSubjectPublicKeyInfo}))
		hash := map[Algorithm]string{RSA2048: "-sha256", P384: "-sha384"}[c.a.algorithm]
		if out := o.run("dgst", hash, "-verify", public, "-signature", o.file("record.sig", c.signature), text); !strings.Contains(out, "Verified OK") {
			t.Error(out)
		}
	}
}

func FuzzParseCeremony(f *testing.F) {
	for _, r := range ceremonies(f) {
		f.Add(r.Text)
	}
	f.Add([]byte(ceremonyMark + "\nrecord: 01\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ParseCeremony(text)
		if err != nil {
			return
		}
		if again, err := c.Text(); err != nil || !bytes.Equal(again, text) {
			t.Errorf("%q comes back as %q, %v", text, again, err)
		}
	})
}
