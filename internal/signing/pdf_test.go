package signing

import (
	"bytes"
	"compress/zlib"
	"crypto"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func signPDF(t testing.TB, in []byte) []byte {
	t.Helper()
	out, err := SignPDF(in, parties().signer, noon)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out, in) {
		t.Fatal("the update did not keep the file's bytes")
	}
	return out
}

// good fails the test unless the document has this many signatures, each in order.
func good(t testing.TB, in []byte, n int) []InPDF {
	t.Helper()
	all, err := ReadPDF(in)
	if err != nil || len(all) != n {
		t.Fatalf("%d signatures, want %d: %v", len(all), n, err)
	}
	for i, s := range all {
		if s.Fault != nil {
			t.Fatalf("signature %d: %v", i, s.Fault)
		}
		if err := errors.Join(s.CheckDigest(s.Content), s.CheckSignature()); err != nil {
			t.Errorf("signature %d: %v", i, err)
		}
	}
	return all
}

func TestSignPDF(t *testing.T) {
	plain := document(t)
	if all, err := ReadPDF(plain); err != nil || len(all) != 0 {
		t.Errorf("an unsigned document: %v %v", all, err)
	}
	once := signPDF(t, plain)
	if out, err := SignPDF(plain, next().signer, noon); err != nil || good(t, out, 1)[0].Hash != crypto.SHA384 {
		t.Errorf("the next card: %v", err)
	}
	if s := good(t, once, 1)[0]; s.Revision != 2 || s.Revisions != 2 || !s.Whole || !s.Time.IsZero() {
		t.Errorf("signed once: %+v", s)
	}
	twice := signPDF(t, once)
	all := good(t, twice, 2)
	if all[0].Whole || all[0].Revision != 2 || all[0].Revisions != 3 || !all[1].Whole || all[1].Revision != 3 {
		t.Errorf("signed twice: %+v", all)
	}
	added, err := appendRevision(once)
	if err != nil {
		t.Fatal(err)
	}
	if s := good(t, added, 1)[0]; s.Whole || s.Revision != 2 || s.Revisions != 3 {
		t.Errorf("added to after the signature: %+v", s)
	}
}

// appendRevision adds a revision that nobody signs: the page turned.
func appendRevision(in []byte) ([]byte, error) {
	f, err := openPDF(in)
	if err != nil {
		return nil, err
	}
	u := update{file: f, objects: map[int]string{}, next: f.size()}
	catalog, err := f.dictOf(f.trailer["Root"])
	if err != nil {
		return nil, err
	}
	r, page, err := f.firstPage(catalog)
	if err != nil {
		return nil, err
	}
	page["Rotate"] = 180.0
	u.change(r, page)
	return u.write()
}

// TestPDFTampered: whatever is changed, moved or left out of the signature is found.
func TestPDFTampered(t *testing.T) {
	in := signPDF(t, document(t))
	s := good(t, in, 1)[0]
	room := []byte(fmt.Sprintf("[0 %010d %010d %010d]", s.ByteRange[1], s.ByteRange[2], s.ByteRange[3]))
	ranged := func(a, b, c int) []byte {
		return bytes.Replace(in, room, []byte(fmt.Sprintf("[0 %010d %010d %010d]", a, b, c)), 1)
	}
	byteOf := func(old, new string) []byte { return bytes.Replace(in, []byte(old), []byte(new), 1) }
	b := s.ByteRange
	behind := bytes.Clone(in)
	copy(behind[b[2]-3:], "41") // in the room behind the CMS
	tests := []struct {
		name string
		in   []byte
		part Part
	}{
		{"a page turned", byteOf("/MediaBox [0 0 595", "/MediaBox [0 0 599"), Digest},
		{"the claimed time", byteOf("D:2026", "D:2025"), Digest},
		{"leaves out more before", ranged(b[1]-8, b[2], b[3]), ByteRange},
		{"leaves out more behind", ranged(b[1], b[2]+8, b[3]-8), ByteRange},
		{"ends early", ranged(b[1], b[2], b[3]-2), ByteRange},
		{"reaches beyond", ranged(b[1], b[2], b[3]+8), ByteRange},
		{"something behind the CMS", behind, Form},
		{"another kind", byteOf("/ETSI.CAdES.detached", "/adbe.pkcs7.detached"), Form},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all, err := ReadPDF(test.in)
			if err != nil || len(all) != 1 || bytes.Equal(test.in, in) {
				t.Fatal(len(all), err)
			}
			if test.part == Digest {
				if err := all[0].CheckDigest(all[0].Content); err == nil {
					t.Error("passes")
				}
				return
			}
			if all[0].Fault == nil || all[0].Fault.Part != test.part {
				t.Errorf("%v, want a fault at %s", all[0].Fault, test.part)
			}
		})
	}
}

// TestPDFSecondOpinion: poppler's pdfsig trusts and validates what we sign, with our authority alone in its store, and qpdf finds the
// files in order: of our own printing, and of other writers with cross-reference streams, object streams, and linearised.
func TestPDFSecondOpinion(t *testing.T) {
	program(t, "pdfsig", "poppler-utils")
	program(t, "certutil", "libnss3-tools")
	program(t, "qpdf", "qpdf")
	dir := t.TempDir()
	store := dir + "/nss"
	if err := os.Mkdir(store, 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, "certutil", "-N", "-d", "sql:"+store, "--empty-password")
	run(t, "certutil", "-A", "-d", "sql:"+store, "-n", "JPKI-SIM", "-t", "CT,C,C", "-i", authorityPEM(t, dir, parties()))

	own := keep(t, dir, "own.pdf", document(t))
	forms := map[string]string{"own": own}
	for form, args := range map[string][]string{
		"object streams": {"--object-streams=generate"}, "linearised": {"--linearize"}, "both": {"--linearize", "--object-streams=generate"},
	} {
		forms[form] = dir + "/" + strings.ReplaceAll(form, " ", "-") + ".pdf"
		run(t, "qpdf", append(args, own, forms[form])...)
	}
	for form, file := range forms {
		t.Run(form, func(t *testing.T) {
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			once := signPDF(t, in)
			if s := good(t, once, 1)[0]; s.Revisions != 2 || s.Revision != 2 {
				t.Errorf("revision %d of %d", s.Revision, s.Revisions)
			}
			twice, err := SignPDF(once, parties().other, noon)
			if err != nil {
				t.Fatal(err)
			}
			path := keep(t, t.TempDir(), "once.pdf", once)
			run(t, "qpdf", "--check", path)
			// pdfsig takes a store's last error for that of the certificate, so it says nothing sure of a second one.
			out := run(t, "pdfsig", "-nssdir", store, path)
			expect(t, out, "Signature is Valid", "Certificate is Trusted", "ETSI.CAdES.detached", "Total document signed")
			path = keep(t, t.TempDir(), "twice.pdf", twice)
			run(t, "qpdf", "--check", path)
			out = run(t, "pdfsig", "-nocert", "-nssdir", store, path)
			expect(t, out, "Signature is Valid", "Not total document signed", "Total document signed")
			if strings.Count(out, "Signature is Valid") != 2 {
				t.Error(out)
			}
			out = run(t, "pdfsig", "-nocert", "-nssdir", store, keep(t, t.TempDir(), "bad.pdf", bytes.Replace(once, []byte("/M (D:2026"), []byte("/M (D:2025"), 1)))
			expect(t, out, "Digest Mismatch")
		})
	}
	foreign := dir + "/stranger"
	if err := os.Mkdir(foreign, 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, "certutil", "-N", "-d", "sql:"+foreign, "--empty-password")
	if out := run(t, "pdfsig", "-nssdir", foreign, keep(t, dir, "once.pdf", signPDF(t, document(t)))); strings.Contains(out, "Certificate is Trusted") {
		t.Errorf("trusted without our authority:\n%s", out)
	}
}

func expect(t *testing.T, out string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}

// TestPDFRefused: what cannot be read safely is refused, with its reason.
func TestPDFRefused(t *testing.T) {
	in := document(t)
	loop := bytes.Replace(in, []byte("/Root"), []byte(fmt.Sprintf("/Prev %d /Root", bytes.LastIndex(in, []byte("xref\n0")))), 1)
	deep := append([]byte("%PDF-1.7\n1 0 obj\n"), bytes.Repeat([]byte("["), 100_000)...)
	deep = append(deep, "\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n"...)
	deep = fmt.Appendf(deep, "%d\n%%%%EOF\n", bytes.Index(deep, []byte("xref\n0 2")))
	for name, in := range map[string][]byte{
		"nothing": nil, "text": content, "cut short": in[:len(in)/2], "sections in a circle": loop, "deeply nested": deep,
		"encrypted": bytes.Replace(in, []byte("/Info"), []byte("/Encrypt 9 0 R /Info"), 1), "too large": append([]byte("%PDF-1.7\n"), make([]byte, MaxPDF)...),
	} {
		if _, err := SignPDF(in, parties().signer, time.Time{}); !errors.Is(err, ErrPDF) {
			t.Errorf("%s: sign: %v", name, err)
		}
		if name != "deeply nested" { // its form is not looked at
			if _, err := ReadPDF(in); !errors.Is(err, ErrPDF) {
				t.Errorf("%s: read: %v", name, err)
			}
		}
	}
}

// TestPDFBudget: a small file that makes its reader unpack or go over the same bytes again and again is refused.
func TestPDFBudget(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 7<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bombs := []byte("%PDF-1.7\n")
	prev := ""
	for range 20 {
		at := len(bombs)
		bombs = fmt.Appendf(bombs, "9 0 obj\n<< /Type /XRef /Size 1000000 /W [1 4 2] /Index [0 1000000] /Root 1 0 R %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n", prev, packed.Len(), packed.Bytes())
		prev = fmt.Sprintf("/Prev %d", at)
	}
	bombs = fmt.Appendf(bombs, "startxref\n%s\n%%%%EOF\n", strings.TrimPrefix(prev, "/Prev "))
	if len(bombs) > 300<<10 {
		t.Fatalf("the file has %d bytes", len(bombs))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := ReadPDF(bombs); !errors.Is(err, ErrPDF) {
		t.Error(err)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 256 {
		t.Errorf("%d MB were asked for", mb)
	}
}
