package office_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"sync"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// device is a phone with its keys.
type device struct {
	kind procedure.PhoneKind
	keys map[certificate.Kind]crypto.Signer
}

// spare are keys for phones, made once: they cost time.
var spare = sync.OnceValue(func() (keys []*rsa.PrivateKey) {
	for range 8 {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}
	return keys
})

func newDevice(kind procedure.PhoneKind, n int) *device {
	return &device{kind, map[certificate.Kind]crypto.Signer{certificate.Signature: spare()[2*n], certificate.UserAuthentication: spare()[2*n+1]}}
}

// request is a request of the app, signed by the phone's keys.
func (p *device) request(t *testing.T, code rules.Procedure, kinds ...certificate.Kind) office.PhoneRequest {
	t.Helper()
	r := office.PhoneRequest{Procedure: code, Phone: p.kind}
	for _, k := range kinds {
		public, err := x509.MarshalPKIXPublicKey(p.keys[k].Public())
		if err != nil {
			t.Fatal(err)
		}
		r.Keys = append(r.Keys, office.PhoneKey{Kind: k, Public: public})
	}
	for i, k := range kinds {
		r.Keys[i].Proof = signedBy(t, p.keys[k], r.Message())
	}
	return r
}

func signedBy(t *testing.T, key crypto.Signer, message []byte) []byte {
	t.Helper()
	algorithm, err := pki.AlgorithmOf(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	signature, err := algorithm.Sign(key, message)
	if err != nil {
		t.Fatal(err)
	}
	return signature
}

// byCard has the card sign the request with PIN No.1.
func (d *desk) byCard(t *testing.T, r office.PhoneRequest) office.PhoneRequest {
	t.Helper()
	d.withCard(t, func(c *reader.Client) {
		err := c.VerifyPIN(reader.SignaturePIN, pins[card.SignaturePIN])
		if err != nil {
			t.Fatal(err)
		}
		if r.Certificate, r.Signature, err = signedByCard(c, r.Message()); err != nil {
			t.Fatal(err)
		}
	})
	return r
}

// signedByCard is a message signed with the signature key of a card whose PIN was verified.
func signedByCard(c *reader.Client, message []byte) (der, signature []byte, err error) {
	key, err := c.Signer(reader.SignatureKey)
	if err != nil {
		return nil, nil, err
	}
	algorithm, err := pki.AlgorithmOf(key.Public())
	if err != nil {
		return nil, nil, err
	}
	signature, err = algorithm.Sign(key, message)
	return key.Certificate, signature, err
}

// load puts certificates on the phone.
func (d *desk) load(t *testing.T, p *device, code rules.Procedure, kinds ...certificate.Kind) []certificate.Certificate {
	t.Helper()
	made, _, err := d.Phone(ctx, d.byCard(t, p.request(t, code, kinds...)))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// phones are the states of the certificates on phones, in the order of their issue.
func (d *desk) phones(t *testing.T) (states [][2]certificate.State) {
	t.Helper()
	all := map[certificate.Kind][]certificate.State{}
	d.read(t, func(tx office.Tx) error {
		found, err := tx.PhoneCertificates(d.card(t).ID)
		for _, x := range found {
			all[x.Kind] = append(all[x.Kind], x.State)
		}
		return err
	})
	for i, s := range all[certificate.Signature] {
		pair := [2]certificate.State{s}
		if i < len(all[certificate.UserAuthentication]) {
			pair[1] = all[certificate.UserAuthentication][i]
		}
		states = append(states, pair)
	}
	return states
}

func (d *desk) onPhones(t *testing.T, want ...[2]certificate.State) {
	t.Helper()
	got := d.phones(t)
	if len(got) != len(want) {
		t.Fatalf("on phones: %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("on phones: %v, want %v", got, want)
		}
	}
}

const (
	good = certificate.Valid
	held = certificate.Held
	gone = certificate.Revoked
)

var bothKinds = certificate.Kinds[:]

// Certificates are put on a phone by the card (SPC-002, SPC-003): under the phone's policy, to the day of the card's signature
// certificate, once for the same keys, and on one phone of a kind (SPC-011).
func TestPhoneCertificates(t *testing.T) {
	d := at(t, handedOver)
	phone := newDevice(procedure.Android, 0)
	r := d.byCard(t, phone.request(t, rules.PhoneIssue, bothKinds...))
	refusedInput := func(field string, change func(*office.PhoneRequest)) {
		t.Helper()
		bad := r
		bad.Keys = append([]office.PhoneKey(nil), r.Keys...)
		change(&bad)
		d.invalid(t, []string{field}, func() error { _, _, err := d.Phone(ctx, bad); return err })
	}
	refusedInput("procedure", func(r *office.PhoneRequest) { r.Procedure = rules.ChangeAtHome })
	refusedInput("phone", func(r *office.PhoneRequest) { r.Phone = "blackberry" })
	refusedInput("keys", func(r *office.PhoneRequest) { r.Keys = r.Keys[:1] })
	refusedInput("keys[0].public_key", func(r *office.PhoneRequest) { r.Keys[0].Public = []byte{1, 2, 3} })
	refusedInput("keys[0].public_key", func(r *office.PhoneRequest) { r.Keys[0], r.Keys[1] = r.Keys[1], r.Keys[0] })
	refusedInput("keys[1].proof", func(r *office.PhoneRequest) { r.Keys[1].Proof = r.Keys[0].Proof })
	refusedInput("signature", func(r *office.PhoneRequest) { r.Signature = r.Keys[0].Proof })
	refusedInput("certificate", func(r *office.PhoneRequest) { r.Certificate = r.Signature })
	d.onPhones(t)

	made, receipt, err := d.Phone(ctx, r)
	if err != nil || receipt.Already || len(made) != 2 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	until := d.certificates(t)[0].Until
	for i, kind := range certificate.Kinds {
		verifier, err := pki.NewVerifier(kind, d.CAs.Certificates(kind))
		if err != nil {
			t.Fatal(err)
		}
		v, err := verifier.VerifyChain(made[i].DER, d.at)
		if err != nil || v.Medium != pki.Phone || made[i].Until != until || !v.Certificate.PublicKey.(*rsa.PublicKey).Equal(phone.keys[kind].Public()) {
			t.Errorf("SPC-002 %s: %v, until %s, %v", kind, v.Medium, made[i].Until, err)
		}
		cardOnly, err := pki.NewVerifier(kind, d.CAs.Certificates(kind), pki.CardOnly())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := cardOnly.VerifyChain(made[i].DER, d.at); err == nil {
			t.Errorf("SPC-008: where only a card is taken the phone's %s certificate is", kind)
		}
		if s := d.ocsp(t, made[i]); s.State != pki.Good {
			t.Errorf("the responder says %v", s)
		}
	}
	if again, receipt, err := d.Phone(ctx, r); err != nil || !receipt.Already || again[0].Serial != made[0].Serial {
		t.Errorf("the same request again: %+v, %v", receipt, err)
	}
	d.onPhones(t, [2]certificate.State{good, good})

	d.load(t, newDevice(procedure.IPhone, 1), rules.PhoneIssue, bothKinds...) // one of each kind (supplement 10)
	d.load(t, newDevice(procedure.Android, 2), rules.PhoneModelChange, bothKinds...)
	d.onPhones(t, [2]certificate.State{gone, gone}, [2]certificate.State{good, good}, [2]certificate.State{good, good})
	if s := d.ocsp(t, made[0]); s.State != pki.Revoked || s.Reason != certificate.Superseded {
		t.Errorf("SPC-011: the former phone's is %v", s)
	}
	d.refused(t, "phone_certificates_still_valid", func() error {
		_, _, err := d.Phone(ctx, d.byCard(t, newDevice(procedure.Android, 3).request(t, rules.PhoneReissue, bothKinds...)))
		return err
	})
}

// A lost phone: stopped by telephone, found and lifted, lost for good and revoked (SPC-022, SPC-023, ST-040); given away, and revoked by
// itself (SPC-020, SPC-021, SPC-024).
func TestPhoneStopped(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		d.live(t, "", handedOver)
		phone := newDevice(procedure.Android, 0)
		made := d.load(t, phone, rules.PhoneIssue, bothKinds...)
		call := func(key string, code rules.Procedure) error {
			told := procedure.Situation{Channel: rules.Telephone, Visitor: procedure.Visit{Who: rules.Holder}, Phone: procedure.Phone{AtHand: procedure.No, PIN: procedure.PINForgotten}}
			_, _, err := d.TakeIn(ctx, stopLine, office.WindowRequest{RequestKey: key, PersonID: "sato", Procedure: code, Told: told})
			return err
		}
		d.refused(t, "no_phone_certificates", func() error {
			told := procedure.Situation{Channel: rules.Telephone, Visitor: procedure.Visit{Who: rules.Holder}, Phone: procedure.Phone{Kind: procedure.IPhone, AtHand: procedure.No}}
			_, _, err := d.TakeIn(ctx, stopLine, office.WindowRequest{RequestKey: "other", PersonID: "sato", Procedure: rules.PhoneStop, Told: told})
			return err
		})
		if err := call("stop", rules.PhoneStop); err != nil {
			t.Fatal(err)
		}
		d.onPhones(t, [2]certificate.State{held, held})
		if s := d.ocsp(t, made[1]); s.State != pki.Revoked || s.Reason != certificate.CertificateHold {
			t.Errorf("SPC-023: %v", s)
		}
		if c, sign, auth := d.states(t, d.card(t).ID); c.State != card.Active || sign != good || auth != good {
			t.Errorf("the card itself: %s, %s, %s", c.State, sign, auth)
		}
		phone.keys[certificate.Signature] = spare()[7]
		d.load(t, phone, rules.PhoneLift, certificate.Signature)
		d.onPhones(t, [2]certificate.State{gone, good}, [2]certificate.State{good, ""})
		if s := d.ocsp(t, made[1]); s.State != pki.Good {
			t.Errorf("supplement 4.8: the user authentication certificate is %v", s)
		}
		d.refused(t, "phone_not_stopped", func() error {
			_, _, err := d.Phone(ctx, d.byCard(t, newDevice(procedure.Android, 1).request(t, rules.PhoneLift, certificate.Signature)))
			return err
		})
		r := phone.request(t, rules.PhoneRevoke)
		d.invalid(t, []string{"certificate"}, func() error { _, _, err := d.Phone(ctx, d.byCard(t, r)); return err })
		d.read(t, func(tx office.Tx) error {
			all, err := tx.PhoneCertificates(d.card(t).ID)
			r.Certificate, r.Signature = all[1].DER, signedBy(t, phone.keys[certificate.Signature], r.Message())
			return err
		})
		if _, _, err := d.Phone(ctx, r); err != nil {
			t.Fatal(err)
		}
		d.onPhones(t, [2]certificate.State{gone, gone}, [2]certificate.State{gone, ""})
		d.refused(t, "certificate_revoked", func() error { _, _, err := d.Phone(ctx, r); return err })
		d.load(t, newDevice(procedure.Android, 2), rules.PhoneReissue, bothKinds...) // SPC-024
		if err := call("revoke", rules.PhoneRevoke); err != nil {
			t.Fatal(err)
		}
		if all := d.phones(t); all[2][0] != gone {
			t.Errorf("SPC-022: %v", all)
		}
	})
}

// What is on phones ends with what it rests on: with the card, whatever ends it, and with the card's signature certificate, on a change
// of name as at its last day (SPC-009, SPC-010, EXP-011, EXP-043, CHG-015, CHG-035, CERT-020).
func TestPhonesFollowTheCard(t *testing.T) {
	for what, does := range map[string]func(*testing.T, *desk){
		"a name is changed": func(t *testing.T, d *desk) {
			if _, _, err := d.Notify(ctx, hachinohe, "sato", office.NotifyRequest{RequestKey: "n", Kind: register.NameChange, Day: d.today().String(), FamilyName: "工藤", FamilyKana: "クドウ"}); err != nil {
				t.Fatal(err)
			}
		},
		"the last day": func(t *testing.T, d *desk) {
			d.goTo(d.certificates(t)[0].Until.AddDays(1))
			d.workOff(t)
		},
		"the card is lost for good": func(t *testing.T, d *desk) {
			d.find(t, hachinohe)
			told := visit(rules.Holder)
			told.Card.AtHand, told.Event = procedure.No, procedure.Event{Kind: rules.CardLost, On: d.today(), Outside: procedure.No}
			told.Visitor.Papers = everything()
			if _, err := d.takeIn(t, hachinohe, rules.AbolishAbroad, told); err != nil {
				t.Fatal(err)
			}
		},
		"its holder died": func(t *testing.T, d *desk) {
			if _, _, err := d.Notify(ctx, hachinohe, "sato", office.NotifyRequest{RequestKey: "n", Kind: register.Died, Day: d.today().String()}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			d := at(t, handedOver)
			d.load(t, newDevice(procedure.Android, 0), rules.PhoneIssue, bothKinds...)
			d.load(t, newDevice(procedure.IPhone, 1), rules.PhoneIssue, bothKinds...)
			does(t, d)
			for _, pair := range d.phones(t) {
				for _, s := range pair {
					if s != certificate.Revoked && s != certificate.Expired {
						t.Errorf("afterwards a certificate on a phone is %s", s)
					}
				}
			}
			code := map[bool]string{false: "certificate_revoked", true: "certificate_expired"}[what == "the last day"]
			d.refused(t, code, func() error {
				_, _, err := d.Phone(ctx, d.byCard(t, newDevice(procedure.Android, 2).request(t, rules.PhoneReissue, bothKinds...)))
				return err
			})
		})
	}
}

// today is the day of the clock.
func (d *desk) today() civil.Date { return civil.DateOf(d.at) }
