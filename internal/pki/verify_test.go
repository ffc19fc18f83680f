package pki

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

var noon2030 = civil.Day(2030, time.February, 17)

func testVerifier(t testing.TB, kind certificate.Kind, options ...VerifierOption) *Verifier {
	t.Helper()
	h := testHouse()
	pinned := []*x509.Certificate{h.next[kind].cert, h.of(kind).cert}
	if kind == certificate.Signature {
		pinned = append(pinned, h.older.cert)
	}
	v, err := NewVerifier(kind, pinned, options...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func stepOf(err error) Step {
	if e, ok := errors.AsType[*VerifyError](err); ok {
		return e.Step
	}
	return 0
}

func TestVerifyChain(t *testing.T) {
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		plan := planOf(a, 40)
		cert := issue(t, a, plan)
		got, err := testVerifier(t, kind).VerifyChain(cert.Raw, noon)
		if err != nil || got.Serial != plan.Serial || got.Medium != Card || got.Issuer != a.cert {
			t.Errorf("%+v, %v", got, err)
		}
		// A second opinion.
		roots := x509.NewCertPool()
		roots.AddCert(a.cert)
		options := x509.VerifyOptions{Roots: roots, CurrentTime: noon, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
		if _, err := cert.Verify(options); err != nil {
			t.Errorf("crypto/x509: %v", err)
		}
	})
}

// TestGenerationIsChosenByKey: all generations have one name.
func TestGenerationIsChosenByKey(t *testing.T) {
	h := testHouse()
	plan := testPlan(certificate.Signature, 41)
	plan.Serial, plan.Until = h.older.Serial(41), noon2030
	got, err := testVerifier(t, certificate.Signature).VerifyChain(issue(t, h.older, plan).Raw, noon)
	if err != nil || got.Issuer != h.older.cert {
		t.Errorf("issuer %v, %v", got.Issuer, err)
	}
}

// TestLastSecond: a certificate is good to the end of its last second, 23:59:59 in Japan.
func TestLastSecond(t *testing.T) {
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		plan := planOf(a, 42)
		der := issue(t, a, plan).Raw
		end := plan.Until.AddDays(1).Start()
		for _, c := range []struct {
			name string
			at   time.Time
			want error
		}{
			{"発行の瞬間", noon, nil},
			{"発行の直前", noon.Add(-time.Nanosecond), ErrNotYetValid},
			{"最後の秒の始まり", end.Add(-time.Second), nil},
			{"最後の秒の終わり", end.Add(-time.Nanosecond), nil},
			{"翌日零時", end, ErrExpired},
		} {
			_, err := testVerifier(t, kind).VerifyChain(der, c.at)
			if !errors.Is(err, c.want) || c.want != nil && stepOf(err) != StepPeriod {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
	})
}

func TestNotAfterIsTheEndOfTheDayInJapan(t *testing.T) {
	for until, want := range map[civil.Date]string{
		civil.Day(2030, 2, 17):  "2030-02-17T14:59:59Z",
		civil.Day(2028, 2, 29):  "2028-02-29T14:59:59Z",
		civil.Day(2035, 12, 31): "2035-12-31T14:59:59Z",
	} {
		plan := testPlan(certificate.Signature, 43)
		plan.Until = until
		if got := issue(t, testHouse().signature, plan).NotAfter.Format(time.RFC3339); got != want {
			t.Errorf("%s ends %s, want %s", until, got, want)
		}
	}
}

// TestYear2050: UTCTime to the last second of 2049 in UTC, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5).
func TestYear2050(t *testing.T) {
	h := testHouse()
	a, err := Found(certificate.Signature, 9, time.Date(2045, 6, 1, 0, 0, 0, 0, time.UTC), h.signature.keys)
	if err != nil {
		t.Fatal(err)
	}
	for until, form := range map[civil.Date]string{
		civil.Day(2049, 12, 31): "\x17\x0d491231145959Z",
		civil.Day(2050, 1, 1):   "\x18\x0f20500101145959Z",
	} {
		plan := testPlan(certificate.Signature, 44)
		plan.NotBefore, plan.Until = time.Date(2049, 12, 30, 0, 0, 0, 0, time.UTC), until
		plan.CommonName = SignatureCommonName(plan.NotBefore, 1, "13221003A")
		cert := issue(t, a, plan)
		if !bytes.Contains(cert.RawTBSCertificate, []byte(form)) || !cert.NotAfter.Equal(until.End()) {
			t.Errorf("%s: notAfter %s, not in the form %q", until, cert.NotAfter, form)
		}
	}
	last, first := RevokedEntry{a.Serial(1), civil.Day(2050, 1, 1).Start().Add(9*time.Hour - time.Second), Superseded}, RevokedEntry{a.Serial(2), civil.Day(2050, 1, 1).Start().Add(9 * time.Hour), Unspecified}
	entries := []RevokedEntry{last, first}
	slices.SortFunc(entries, func(a, b RevokedEntry) int { return a.Serial.Compare(b.Serial) })
	var out bytes.Buffer
	err = a.WriteCRL(&out, CRL{Partition: kiyose, Number: 1, ThisUpdate: first.At, NextUpdate: first.At.Add(time.Hour), Entries: sliceOf(entries...)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x509.ParseRevocationList(out.Bytes()); err != nil || !bytes.Contains(out.Bytes(), []byte("\x17\x0d491231235959Z")) || !bytes.Contains(out.Bytes(), []byte("\x18\x0f20500101000000Z")) {
		t.Errorf("list over the turn of 2049: %v", err)
	}
	l := openCRL(t, out.Bytes(), a.cert)
	for _, e := range entries {
		if got, found, err := l.Lookup(e.Serial); !found || err != nil || !got.At.Equal(e.At) || got.Reason != e.Reason {
			t.Errorf("%+v reads as %+v, %t, %v", e, got, found, err)
		}
	}
	if !a.cert.NotAfter.Equal(civil.Day(2055, 5, 31).End()) {
		t.Errorf("the authority ends %s", a.cert.NotAfter)
	}
	if _, err := Found(certificate.Signature, 9, time.Date(9995, 1, 1, 0, 0, 0, 0, time.UTC), h.signature.keys); err == nil {
		t.Error("an authority that ends after the year 9999")
	}
}

func TestVerifyChainRefuses(t *testing.T) {
	h := testHouse()
	signature, authentication := certificate.Signature, certificate.UserAuthentication
	forSignature := issue(t, h.signature, testPlan(signature, 45)).Raw
	forAuthentication := issue(t, h.authentication, testPlan(authentication, 45)).Raw
	phone := testPlan(signature, 46)
	phone.Medium = Phone
	ownArc := testPlan(signature, 47)
	ownArc.PolicyArc = asn1.ObjectIdentifier{2, 25, 12345}
	damaged := bytes.Clone(forSignature)
	damaged[len(damaged)-1] ^= 1
	renamed := bytes.Replace(forSignature, []byte("Kiyose-shi"), []byte("Niiza--shi"), 1)
	own := WithPolicyArc(ownArc.PolicyArc)
	for name, c := range map[string]struct {
		verifier *Verifier
		der      []byte
		want     Step
	}{
		"phone taken":              {testVerifier(t, signature), issue(t, h.signature, phone).Raw, 0},
		"own arc taken":            {testVerifier(t, signature, own), issue(t, h.signature, ownArc).Raw, 0},
		"nothing":                  {testVerifier(t, signature), nil, StepParse},
		"trailing octet":           {testVerifier(t, signature), append(bytes.Clone(forSignature), 0), StepParse},
		"authentication, as other": {testVerifier(t, signature), forAuthentication, StepIssuer},
		"signature, as other":      {testVerifier(t, authentication), forSignature, StepIssuer},
		"signature damaged":        {testVerifier(t, signature), damaged, StepIssuer},
		"content changed":          {testVerifier(t, signature), renamed, StepIssuer},
		"the authority itself":     {testVerifier(t, signature), h.signature.cert.Raw, StepKeyUsage},
		"the OCSP responder":       {testVerifier(t, signature), h.signature.ResponderCertificate().Raw, StepKeyUsage},
		"phone, cards only":        {testVerifier(t, signature, CardOnly()), issue(t, h.signature, phone).Raw, StepPolicy},
		"own arc":                  {testVerifier(t, signature), issue(t, h.signature, ownArc).Raw, StepPolicy},
		"JPKI arc, own expected":   {testVerifier(t, signature, own), forSignature, StepPolicy},
	} {
		if _, err := c.verifier.VerifyChain(c.der, noon); stepOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := NewVerifier(signature, []*x509.Certificate{h.authentication.cert}); err == nil {
		t.Error("the other authority was pinned")
	}
}

func TestVerifySignature(t *testing.T) {
	h := testHouse()
	cert := issue(t, h.signature, testPlan(certificate.Signature, 48))
	message := []byte("電子申請")
	d1, d256, d512 := sha1.Sum(message), sha256.Sum256(message), sha512.Sum512(message)
	sign := func(hash crypto.Hash, digest []byte) []byte {
		s, err := rsa.SignPKCS1v15(nil, h.holder, hash, digest)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	pss, err := rsa.SignPSS(rand.Reader, h.holder, crypto.SHA256, d256[:], nil)
	if err != nil {
		t.Fatal(err)
	}
	good := sign(crypto.SHA256, d256[:])
	for name, c := range map[string]struct {
		hash              crypto.Hash
		digest, signature []byte
		ok                bool
	}{
		"SHA-256":           {crypto.SHA256, d256[:], good, true},
		"SHA-512":           {crypto.SHA512, d512[:], sign(crypto.SHA512, d512[:]), true},
		"SHA-1":             {crypto.SHA1, d1[:], sign(crypto.SHA1, d1[:]), false},
		"no DigestInfo":     {crypto.SHA256, d256[:], sign(0, d256[:]), false},
		"PSS":               {crypto.SHA256, d256[:], pss, false},
		"other message":     {crypto.SHA256, make([]byte, 32), good, false},
		"cut":               {crypto.SHA256, d256[:], good[1:], false},
		"a zero before it":  {crypto.SHA256, d256[:], append([]byte{0}, good...), false},
		"digest of no size": {crypto.SHA256, nil, good, false},
	} {
		err := VerifySignature(cert, c.hash, c.digest, c.signature)
		if (err == nil) != c.ok || err != nil && stepOf(err) != StepHolderSignature {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := VerifyMessage(cert, message, good); err != nil {
		t.Error(err)
	}
}

func TestCheckOCSPResponseRefuses(t *testing.T) {
	h := testHouse()
	a := h.signature
	serial := a.Serial(goodCounter)
	nonce := []byte("0123456789abcdef0123456789abcdef")
	r := testResponder(t)
	good := r.Respond(noon, request(t, a.cert, nonce, serial)).DER
	byOther := forgedAnswer(t, h.authentication, a, serial)
	for name, c := range map[string]struct {
		der    []byte
		issuer *x509.Certificate
		serial Serial
		at     time.Time
		nonce  []byte
		want   error
	}{
		"as it is":                      {good, a.cert, serial, noon, nonce, nil},
		"a minute after its end":        {good, a.cert, serial, noon.Add(OCSPLifetime + ClockSkew), nonce, nil},
		"later still":                   {good, a.cert, serial, noon.Add(OCSPLifetime + ClockSkew + time.Second), nonce, ErrOCSPResponse},
		"before it was made":            {good, a.cert, serial, noon.Add(-ClockSkew - time.Second), nonce, ErrOCSPResponse},
		"another nonce":                 {good, a.cert, serial, noon, nonce[1:], ErrOCSPResponse},
		"another serial":                {good, a.cert, a.Serial(revokedCounter), noon, nonce, ErrOCSPResponse},
		"another generation":            {good, h.older.cert, serial, noon, nonce, ErrOCSPResponse},
		"signed by another responder":   {byOther, a.cert, serial, noon, nil, ErrOCSPResponse},
		"tryLater":                      {OCSPError(TryLater), a.cert, serial, noon, nil, ErrOCSPRefused},
		"nothing":                       {nil, a.cert, serial, noon, nil, ErrOCSPResponse},
		"trailing octet":                {append(bytes.Clone(good), 0), a.cert, serial, noon, nonce, ErrOCSPResponse},
		"responder is over years later": {good, a.cert, serial, noon.AddDate(3, 0, 0), nonce, ErrOCSPResponse},
	} {
		status, err := CheckOCSPResponse(c.der, c.issuer, c.serial, c.at, c.nonce)
		if !errors.Is(err, c.want) || c.want != nil && (stepOf(err) != StepRevocation || status.State != Unknown) {
			t.Errorf("%s: %v, %v, want %v", name, status, err, c.want)
		}
	}
	for at := range good { // each octet matters
		changed := bytes.Clone(good)
		changed[at] ^= 0x20
		if status, err := CheckOCSPResponse(changed, a.cert, serial, noon, nonce); err == nil && status.State == Good {
			t.Fatalf("a change at octet %d of %d goes unnoticed", at, len(good))
		}
	}
}

// forgedAnswer is an answer about one authority's certificate, signed by the responder of another.
func forgedAnswer(t *testing.T, signer, about *Authority, serial Serial) []byte {
	parsed, err := ParseOCSPRequest(request(t, about.cert, nil, serial))
	if err != nil {
		t.Fatal(err)
	}
	der, err := signer.OCSPResponse(noon, noon.Add(time.Minute), nil, SingleStatus{parsed.IDs[0], Status{State: Good}})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestRevocationErrors(t *testing.T) {
	a := testHouse().signature
	plan := testPlan(certificate.Signature, heldCounter)
	cert := issue(t, a, plan)
	l := openCRL(t, writeCRL(t, a, sliceOf(RevokedEntry{plan.Serial, revokedAt, CertificateHold})), a.cert)
	err := CheckRevocationList(l, cert, midnight)
	revoked, ok := errors.AsType[*RevokedError](err)
	if !ok || stepOf(err) != StepRevocation || revoked.Reason != CertificateHold || !revoked.At.Equal(revokedAt) {
		t.Errorf("held certificate in the list: %v", err)
	}
	if err := CheckRevocationList(l, issue(t, a, testPlan(certificate.Signature, goodCounter)), midnight); err != nil {
		t.Errorf("good certificate: %v", err)
	}
	for status, want := range map[Status]string{
		{State: Good}: "", {}: ErrOCSPUnknown.Error(), {Revoked, noon, Superseded}: "superseded",
	} {
		err := status.Err()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", status, err)
		}
	}
}

func TestFourItemsOf(t *testing.T) {
	h := testHouse()
	plan := testPlan(certificate.Signature, 49)
	plan.Holder.Name, plan.Holder.NameSubstitutes = "高橋　太郎", "10000"
	got, err := FourItemsOf(issue(t, h.signature, plan))
	want := *plan.Holder
	want.AddressSubstitutes = strings.Repeat("0", 18)
	if err != nil || got != want {
		t.Errorf("%#v, %v", got.Name, err)
	}
	if strings.Contains(got.String()+got.GoString(), "高橋") {
		t.Error("the four items print the holder's name")
	}
	if _, err := FourItemsOf(issue(t, h.authentication, testPlan(certificate.UserAuthentication, 49))); !errors.Is(err, ErrFourItems) {
		t.Errorf("user authentication certificate: %v", err)
	}
	if _, err := FourItemsOf(h.signature.cert); !errors.Is(err, ErrFourItems) {
		t.Errorf("authority: %v", err)
	}
}

// TestBirthDigits: the day an era begins belongs to it.
func TestBirthDigits(t *testing.T) {
	for day, want := range map[civil.Date]string{
		civil.Day(1980, 2, 17): "319800217", civil.Day(1912, 7, 29): "119120729", civil.Day(1912, 7, 30): "219120730",
		civil.Day(1926, 12, 24): "219261224", civil.Day(1926, 12, 25): "319261225", civil.Day(1989, 1, 7): "319890107",
		civil.Day(1989, 1, 8): "419890108", civil.Day(2019, 4, 30): "420190430", civil.Day(2019, 5, 1): "520190501",
		civil.Day(2024, 2, 29): "520240229",
	} {
		if got := birthText(day); got != want {
			t.Errorf("%s is %s, want %s", day, got, want)
		}
		if back, ok := parseBirth(want); !ok || back != day {
			t.Errorf("%s reads as %s", want, back)
		}
	}
	if d, ok := parseBirth("019800217"); !ok || d != civil.Day(1980, 2, 17) {
		t.Error("a birth date of an unknown era is not read")
	}
	for _, wrong := range []string{"", "419800217", "319800230", "31980021", "3198002170", "3-9800217", "319８０"} {
		if d, ok := parseBirth(wrong); ok {
			t.Errorf("%q reads as %s", wrong, d)
		}
	}
}

func TestEncodable(t *testing.T) {
	for r, want := range map[rune]bool{'凜': true, '鷗': true, '①': false, '﨑': false, '德': false, '閒': false, 'A': false, 'ｱ': false, '−': false, 'Ａ': true} {
		if Encodable(r) != want {
			t.Errorf("%c encodable: %t", r, !want)
		}
	}
}

func FuzzFourItemsOf(f *testing.F) {
	f.Add(testPlan(certificate.Signature, 1).Holder.altName().value)
	f.Add([]byte{0x30, 0x00})
	f.Fuzz(func(t *testing.T, value []byte) {
		items, err := parseFourItems(value)
		if err != nil {
			if !errors.Is(err, ErrFourItems) {
				t.Errorf("an error of another sort: %v", err)
			}
			return
		}
		again, err := parseFourItems(items.altName().value)
		if err != nil || again != items {
			t.Errorf("%q does not survive writing: %v", items.Name, err)
		}
	})
}

func FuzzParseOCSPResponse(f *testing.F) {
	a := testHouse().signature
	addCorpus(f, "*.ocsr")
	f.Add(OCSPError(TryLater))
	f.Add(testResponder(f).Respond(noon, request(f, a.cert, nil, a.Serial(goodCounter))).DER)
	f.Fuzz(func(t *testing.T, der []byte) {
		answer, err := parseOCSPResponse(der)
		if err == nil && answer.cert == nil {
			t.Error("an answer without a signer was taken")
		}
		s := cryptobyte.String(der)
		if err == nil && len(s) == 0 {
			t.Error("nothing was taken for an answer")
		}
	})
}

func TestFourItemsRefused(t *testing.T) {
	names := func(change func(texts map[string]string)) []byte {
		texts := map[string]string{"1": "黒桐　幹也", "4": "319800217", "3": "1", "5": "清瀬市", "2": "00000", "6": "000"}
		change(texts)
		return encode(func(b *cryptobyte.Builder) {
			b.AddASN1(0x30, func(b *cryptobyte.Builder) {
				for _, kind := range []string{"1", "4", "3", "5", "2", "6", "1 again"} {
					if text, ok := texts[kind]; ok {
						addOtherName(b, oid(1, 2, 392, 200149, 8, 5, 5, int(kind[0]-'0')), text)
					}
				}
			})
		})
	}
	if _, err := parseFourItems(names(func(map[string]string) {})); err != nil {
		t.Fatal(err)
	}
	if f, err := parseFourItems(names(func(m map[string]string) { m["3"] = "9" })); err != nil || f.Sex != Other {
		t.Errorf("sex 9: %v, %v", f.Sex, err)
	}
	for name, change := range map[string]func(m map[string]string){
		"no name":        func(m map[string]string) { delete(m, "1") },
		"empty address":  func(m map[string]string) { m["5"], m["6"] = "", "" },
		"NUL":            func(m map[string]string) { m["1"] = "黒\x00桐" },
		"Shift_JIS":      func(m map[string]string) { m["1"] = "\x8d\x95" },
		"two names":      func(m map[string]string) { m["1 again"] = "山田　太郎" },
		"other era":      func(m map[string]string) { m["4"] = "419800217" },
		"no such day":    func(m map[string]string) { m["4"] = "319800230" },
		"sex 4":          func(m map[string]string) { m["3"] = "4" },
		"too many flags": func(m map[string]string) { m["2"] = "000000" },
		"flag x":         func(m map[string]string) { m["6"] = "00x" },
	} {
		if f, err := parseFourItems(names(change)); !errors.Is(err, ErrFourItems) {
			t.Errorf("%s: %+v, %v", name, f.Birth, err)
		}
	}
}

// addOtherName is an otherName with a text, as the tests make odd ones.
func addOtherName(b *cryptobyte.Builder, id objectID, text string) {
	b.AddASN1(otherNameTag, func(b *cryptobyte.Builder) {
		id.add(b)
		b.AddASN1(context(0), func(b *cryptobyte.Builder) { addText(b, 0x0C, text) })
	})
}
