package office_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// The whole life of the timeline, on every engine: what stands in the registers after each act, what the applicant
// is told, and what the card can do in the end.
func TestOneLife(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		livedToAcceptance(t, d)
		livedToPickup(t, d)
		livedToHandOver(t, d)
		t.Run("PIN-001 PIN-004 the chip answers its holder", func(t *testing.T) { d.chipAnswers(t) })
		t.Run("LOSS-001 LOSS-004 CERT-030 CERT-031 stopped by telephone", func(t *testing.T) { d.stopped(t) })
	})
}

// livedToAcceptance: TL-001 to TL-003.
func livedToAcceptance(t *testing.T, d *desk) {
	t.Helper()
	d.live(t, "", filed)
	a := d.application(t)
	if a.State != application.Applied || a.Papers != (application.Custody{With: application.AtOffice, Office: demo.Sumida}) || a.Filed != civil.Day(2025, 10, 28) {
		t.Errorf("TL-001, APP-070: %s, papers %+v, filed %s", a.State, a.Papers, a.Filed)
	}
	d.live(t, filed, forwarded)
	if a = d.application(t); a.State != application.Forwarded || a.Papers != (application.Custody{With: application.OnTheWay, Office: demo.Hachinohe}) {
		t.Errorf("ABR-021, ABR-023: %s, papers %+v", a.State, a.Papers)
	}
	d.live(t, forwarded, received)
	if a = d.application(t); a.State != application.Received || a.Papers != (application.Custody{With: application.AtOffice, Office: demo.Hachinohe}) {
		t.Errorf("TL-002: %s, papers %+v", a.State, a.Papers)
	}
	found, err := d.Candidates(ctx, hachinohe, d.id)
	if err != nil || len(found) != 1 || found[0].Person.ID != "sato" || found[0].Match.Agreement(register.FactNumber) == 0 {
		t.Errorf("ABR-021, ABR-022: candidates %+v, %v", found, err)
	}
	d.live(t, received, askedBack)
	if a = d.application(t); a.State != application.Defective || a.PersonID != "sato" {
		t.Errorf("ST-002: %s, %s", a.State, a.PersonID)
	}
	d.live(t, askedBack, corrected)
	if a = d.application(t); a.State != application.Received || !a.Form.Resubmission || a.Form.Address != "No. 28, Section 1, Zhongshan North Road, Taipei" || a.PersonID != "sato" || a.Form.Number.Digits() != number("sato") {
		t.Errorf("APP-076: %+v", a)
	}
	d.live(t, corrected, accepted)
	a = d.application(t)
	if a.State != application.InProduction || !regexp.MustCompile(`^[0-9]{23}$`).MatchString(a.ApplicationID) {
		t.Errorf("APP-002, APP-062: %s, application ID %q", a.State, a.ApplicationID)
	}
	if a.Fee != (application.Fee{Yen: 0, Ground: string(rules.ReturnForced), Payment: string(rules.PayNothing)}) {
		t.Errorf("FEE-020, CON-007: %+v", a.Fee)
	}
	if got, want := d.messages(t), []notice.Kind{notice.Filed, notice.DefectInquiry}; !slices.Equal(got[:2], want) || len(got) != 4 ||
		!slices.Contains(got[2:], notice.Accepted) || !slices.Contains(got[2:], notice.ApplicationID) {
		t.Errorf("TL-003, NTF-021, NTF-022: mails %v", got)
	}
}

// livedToPickup: TL-004 and TL-005, with the reservation.
func livedToPickup(t *testing.T, d *desk) {
	t.Helper()
	d.live(t, accepted, produced)
	c := d.card(t)
	if c.State != card.Produced || c.Until != civil.Day(2035, 5, 17) || !c.Overseas || c.Custody.Office != operator.Office {
		t.Errorf("EXP-001, CARD-011: %+v", c)
	}
	for _, x := range d.certificates(t) {
		if x.State != certificate.Issued || x.Until != civil.Day(2030, 5, 17) || len(x.Plan) > 0 || len(x.DER) == 0 || x.Partition != "02203" {
			t.Errorf("EXP-003, CERT-010: %s %s until %s in %s", x.Kind, x.State, x.Until, x.Partition)
		}
	}
	status, err := d.Status(ctx, d.application(t).ApplicationID, "1988-05-17")
	if err != nil || status.State != application.InProduction {
		t.Errorf("APP-060, APP-062: %+v, %v", status, err)
	}
	if _, err := d.Status(ctx, d.application(t).ApplicationID, "1988-05-18"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("APP-060 another birth date: %v", err)
	}
	details := func() (n int) {
		for _, k := range d.messages(t) {
			if k == notice.DetailsLink {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		birth string
		links int
	}{{"1988-05-18", 0}, {"1988-05-17", 1}, {"1988-05-17", 1}} { // never told apart, and once an hour
		if err := d.AskDetails(ctx, d.application(t).ApplicationID, c.birth); err != nil || details() != c.links {
			t.Errorf("details for %s: %d links, %v", c.birth, details(), err)
		}
	}
	link := d.link(t, "details")
	if _, err := d.Details(ctx, "aaaaaaaaaaaaaaaaaaaaaaaaaa"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a forged link: %v", err)
	}
	if got, err := d.Details(ctx, link); err != nil || got.Name != "佐藤　光" || len(got.Told) == 0 || got.Told[0].Body != "" {
		t.Errorf("%+v, %v", got, err)
	}
	d.refused(t, "link_used", func() error { _, err := d.Details(ctx, link); return err })
	d.live(t, produced, dispatched)
	if c = d.card(t); c.State != card.InTransit || c.Custody != (card.Custody{OnTheWay: true, Office: demo.Sumida}) {
		t.Errorf("TL-004: %s, %+v", c.State, c.Custody)
	}
	d.live(t, dispatched, announced)
	a := d.application(t)
	if c = d.card(t); c.State != card.AtOffice || c.Custody != (card.Custody{Office: demo.Sumida}) || a.Ready != civil.Day(2025, 12, 5) || a.Deadline != civil.Day(2026, 3, 5) {
		t.Errorf("TL-005, PICK-075: %s, %+v, until %s", c.State, c.Custody, a.Deadline)
	}
	slots, err := d.free(t)
	if err != nil || len(slots) == 0 || slots[0].Day != civil.Day(2025, 12, 8) || slots[0].Free != 3 {
		t.Fatalf("PICK-007, PICK-008: %+v, %v", slots, err)
	}
	booked, _, err := d.Reserve(ctx, d.link(t, "reserve"), office.Wanted{Day: "令和8年1月16日", Time: "10:00"})
	if err != nil || booked.Item != "電子証明書更新の予約" {
		t.Errorf("PICK-011: %+v, %v", booked, err)
	}
	if m := d.message(t, notice.Reserved); m.Office != demo.Sumida || !strings.Contains(m.Body, "東京都墨田区の予約") {
		t.Errorf("the booking at Sumida is told by %s: %s", m.Office, m.Body)
	}
	moved, _, err := d.Reserve(ctx, d.link(t, "reserve"), office.Wanted{Day: "2026-01-16", Time: "10:30"})
	if err != nil || moved.ID != booked.ID {
		t.Errorf("PICK-007 the booking is moved, not doubled: %+v, %v", moved, err)
	}
	d.already(t, func() (office.Receipt, error) {
		_, receipt, err := d.Reserve(ctx, d.link(t, "reserve"), office.Wanted{Day: "2026-01-16", Time: "10:30"})
		return receipt, err
	})
}

// livedToHandOver: TL-006.
func livedToHandOver(t *testing.T, d *desk) {
	t.Helper()
	for _, x := range d.certificates(t) {
		if s := d.ocsp(t, x); s.State != pki.Unknown {
			t.Errorf("CERT-005 %s before the hand-over: %s", x.Kind, s.State)
		}
	}
	d.live(t, announced, pinned)
	if a := d.application(t); a.IdentitySeen != civil.Day(2026, 1, 16) || !a.OldBrought || a.Fee.Yen != 0 {
		t.Errorf("PICK-074, PICK-077: %+v", a)
	}
	seen, err := d.Look(ctx, sumida, d.id)
	if err != nil || len(seen.PINsSet) != 4 || len(seen.Former) != 1 || seen.Reservation == nil || seen.Kind != rules.OtherMunicipality {
		t.Errorf("the case as the window sees it: %+v, %v", seen, err)
	}
	d.live(t, pinned, handedOver)
	c := d.card(t)
	if c.State != card.Active || c.Custody != (card.Custody{}) || c.Activated != civil.Day(2026, 1, 16) || d.application(t).State != application.HandedOver {
		t.Errorf("TL-006, ST-005: %+v", c)
	}
	for _, x := range d.certificates(t) {
		if s := d.ocsp(t, x); x.State != certificate.Valid || s.State != pki.Good {
			t.Errorf("CERT-005 %s after the hand-over: %s, %s", x.Kind, x.State, s.State)
		}
	}
	d.read(t, func(tx office.Tx) error {
		old, err := tx.Card("sato2020")
		if err != nil || !old.Collected || old.State != card.Returned || old.Custody.Office != demo.Sumida {
			t.Errorf("PICK-077, CHG-031: the former card %+v, %v", old, err)
		}
		return nil
	})
	if got := d.messages(t); got[len(got)-1] != notice.HandedOver {
		t.Errorf("PICK-078: mails %v", got)
	}
}

// certificates are those of the application's card, No.1 first.
func (d *desk) certificates(t *testing.T) (all []certificate.Certificate) {
	t.Helper()
	d.read(t, func(tx office.Tx) (err error) {
		all, err = tx.Certificates(d.card(t).ID)
		return err
	})
	if len(all) != 2 {
		t.Fatalf("%d certificates, want 2", len(all))
	}
	return all
}

// ocsp asks for a certificate as a relying party does.
func (d *desk) ocsp(t *testing.T, c certificate.Certificate) pki.Status {
	t.Helper()
	var serial pki.Serial
	if err := serial.UnmarshalText([]byte(c.Serial)); err != nil {
		t.Fatal(err)
	}
	issuer := d.CAs.Of(c.Kind, c.Generation).Certificate()
	nonce := make([]byte, 32)
	rand.Read(nonce)
	request, err := pki.NewOCSPRequest(issuer, nonce, serial)
	if err != nil {
		t.Fatal(err)
	}
	status, err := pki.CheckOCSPResponse(d.respond(t, request).DER, issuer, serial, d.at, nonce)
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// list is the current list of a partition and the first generation, opened and checked.
func (d *desk) list(t *testing.T, kind certificate.Kind, partition string) (office.CRL, *pki.RevocationList) {
	t.Helper()
	return d.listOf(t, kind, 1, partition)
}

func (d *desk) listOf(t *testing.T, kind certificate.Kind, generation int, partition string) (office.CRL, *pki.RevocationList) {
	t.Helper()
	list, file, err := d.List(ctx, kind, generation, partition)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	der, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := pki.OpenCRL(bytes.NewReader(der), int64(len(der)), d.CAs.Of(kind, generation).Certificate())
	if err != nil {
		t.Fatal(err)
	}
	if opened.Number != uint64(list.Number) || !opened.ThisUpdate.Equal(list.ThisUpdate) || int64(opened.Count) != list.Entries || fmt.Sprintf("%x", sha256.Sum256(der)) != list.SHA256 {
		t.Fatalf("the register knows %+v, the file is number %d of %s with %d entries", list, opened.Number, opened.ThisUpdate, opened.Count)
	}
	return list, opened
}

// listed reports whether today's revocation list names a certificate, after checking that it is the list for it.
func (d *desk) listed(t *testing.T, c certificate.Certificate) (pki.RevokedEntry, bool) {
	t.Helper()
	_, opened := d.listOf(t, c.Kind, c.Generation, c.Partition)
	parsed, err := x509.ParseCertificate(c.DER)
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Check(parsed, d.at); err != nil {
		t.Fatal(err)
	}
	serial, err := pki.SerialOf(parsed.SerialNumber)
	if err != nil {
		t.Fatal(err)
	}
	entry, found, err := opened.Lookup(serial)
	if err != nil {
		t.Fatal(err)
	}
	return entry, found
}

// withCard puts the application's card into the holder's reader.
func (d *desk) withCard(t *testing.T, f func(*reader.Client)) {
	t.Helper()
	chip, takeOut, err := d.cards.Open(context.Background(), d.card(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	defer takeOut()
	f(reader.NewClient(reader.Direct(chip)))
}

// chipAnswers: each PIN works, signatures verify up to the authority, the photo is there, and a PIN locks.
func (d *desk) chipAnswers(t *testing.T) {
	d.withCard(t, func(c *reader.Client) {
		for p, value := range pins {
			if err := c.VerifyPIN(reader.PIN(p), value); err != nil {
				t.Errorf("PIN-001 No.%d: %v", p, err)
			}
		}
		message := []byte("a message to be signed")
		digest := sha256.Sum256(message)
		for kind, key := range map[certificate.Kind]reader.Key{certificate.Signature: reader.SignatureKey, certificate.UserAuthentication: reader.AuthenticationKey} {
			if err := c.VerifyPIN(reader.PIN(key), pins[card.PIN(key)]); err != nil {
				t.Fatal(err)
			}
			der, err := c.ReadCertificate(key)
			if err != nil {
				t.Fatal(err)
			}
			verifier, err := pki.NewVerifier(kind, d.CAs.Certificates(kind), pki.CardOnly())
			if err != nil {
				t.Fatal(err)
			}
			verified, err := verifier.VerifyChain(der, d.at)
			if err != nil {
				t.Fatalf("CERT-007 %s: %v", kind, err)
			}
			signed, err := c.Sign(key, digest[:])
			if err == nil {
				err = pki.VerifySignature(verified.Certificate, crypto.SHA256, digest[:], signed)
			}
			if err != nil {
				t.Errorf("CERT-007 %s: %v", kind, err)
			}
		}
		face, err := c.ReadFace(number("sato"))
		if err != nil {
			t.Fatal(err)
		}
		openjpeg(t, face.Photo) // CARD-016
		for left := 2; left >= 0; left-- {
			var wrong *reader.WrongPIN
			if err := c.VerifyPIN(reader.AuthenticationPIN, "0000"); !errors.As(err, &wrong) || wrong.TriesLeft != left {
				t.Errorf("PIN-004 a wrong PIN: %v, want %d tries left", err, left)
			}
		}
		if err := c.VerifyPIN(reader.AuthenticationPIN, pins[card.UserAuthenticationPIN]); !errors.Is(err, reader.ErrBlocked) {
			t.Errorf("PIN-001 three times wrong locks: %v", err)
		}
		if err := c.VerifyPIN(reader.InputSupportPIN, pins[card.InputSupportPIN]); err != nil {
			t.Errorf("PIN-005 the others stay usable: %v", err)
		}
	})
}

// stopped: OCSP says so at once, the list from the next day on.
func (d *desk) stopped(t *testing.T) {
	d.goTo(civil.Day(2026, 2, 3))
	found, err := d.CardsToStop(ctx, stopLine, office.CallerRequest{Name: "さとう ひかり", Birth: "1988-05-17"})
	if err != nil || !slices.ContainsFunc(found, func(f office.FoundCard) bool { return f.Card.ID == d.card(t).ID }) {
		t.Fatalf("LOSS-001: %+v, %v", found, err)
	}
	if err := only(d.Suspend(ctx, stopLine, d.card(t).ID, true)); err != nil {
		t.Fatal(err)
	}
	if c := d.card(t); c.State != card.Suspended {
		t.Errorf("LOSS-004: the card is %s", c.State)
	}
	d.already(t, func() (office.Receipt, error) { return d.Suspend(ctx, stopLine, d.card(t).ID, true) })
	for _, x := range d.certificates(t) {
		if s := d.ocsp(t, x); s.State != pki.Revoked || s.Reason != pki.Reason(certificate.CertificateHold) || !s.At.Equal(d.at) {
			t.Errorf("CERT-031 %s: %+v", x.Kind, s)
		}
		if _, ok := d.listed(t, x); ok {
			t.Errorf("CERT-032 %s stands in the list of the same day", x.Kind)
		}
	}
	d.goTo(civil.Day(2026, 2, 4))
	for _, x := range d.certificates(t) {
		if e, ok := d.listed(t, x); !ok || e.Reason != pki.Reason(certificate.CertificateHold) {
			t.Errorf("CERT-030, CERT-033 %s does not stand in the next day's list: %+v", x.Kind, e)
		}
	}
	d.goTo(civil.Day(2026, 2, 3))
}
