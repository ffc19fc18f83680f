package office

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Certificates on a phone (スマホ用電子証明書): the app signs with the card's signature key, which only the holder can (SPC-003), and
// the phone with each of its new keys. What comes of it says the sheet of the procedure.

// PhoneRequest is what the app on a phone sends.
type PhoneRequest struct {
	Procedure   rules.Procedure // issue, re-issue, model change, lift or revoke
	Phone       procedure.PhoneKind
	Certificate []byte     // DER, of the signature key: the card's, and the phone's own to revoke (SPC-021)
	Keys        []PhoneKey // the phone's new keys: both to issue, that of the signature to lift (supplement 4.8), none to revoke
	Signature   []byte     // of Message, RSASSA-PKCS1-v1_5 with SHA-256
}

// PhoneKey is a new key of a phone, and its own signature of Message.
type PhoneKey struct {
	Kind   certificate.Kind
	Public []byte // SubjectPublicKeyInfo, RSA of 2048 bits
	Proof  []byte
}

// Message is what is signed: the procedure, the phone, and its keys.
func (r PhoneRequest) Message() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "mynumber phone certificates\n%s\n%s\n", r.Procedure, r.Phone)
	for _, k := range r.Keys {
		fmt.Fprintf(&b, "%s %x\n", k.Kind, sha256.Sum256(k.Public))
	}
	return b.Bytes()
}

// PhoneKeys are the kinds of new keys that a procedure of the app takes, in their order.
func PhoneKeys(code rules.Procedure) []certificate.Kind { return phoneKeys[code] }

// phoneKeys are the kinds of keys that a procedure takes, in their order.
var phoneKeys = map[rules.Procedure][]certificate.Kind{
	rules.PhoneIssue: certificate.Kinds[:], rules.PhoneReissue: certificate.Kinds[:], rules.PhoneModelChange: certificate.Kinds[:],
	rules.PhoneLift: {certificate.Signature}, rules.PhoneRevoke: nil,
}

// phoneDesk is whoever has card and PIN: the app, which is no account.
var phoneDesk = Actor{Office: place.Issuer}

// Phone does what the app asks for, and returns the certificates for the phone's keys in the order of the request. They are planned in one
// act, signed, and recorded in another; the same request again finishes what was cut off, or finds it done. Bad input is *Invalid, what
// the law refuses a *law.Refusal.
func (o *Office) Phone(ctx context.Context, r PhoneRequest) ([]certificate.Certificate, Receipt, error) {
	keys, err := r.read()
	if err != nil {
		return nil, Receipt{}, err
	}
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return nil, Receipt{}, err
	}
	if err := o.certifiable(r, keys); err != nil {
		return nil, Receipt{}, err
	}
	signer, err := o.phoneSigner(ctx, r)
	if err != nil {
		return nil, Receipt{}, err
	}
	var made []certificate.Certificate
	var done bool
	subject := cardSubject(signer.CardID)
	receipt, err := o.act(inSteps(ctx), phoneDesk, string(r.Procedure)+"_planned", subject, func(t *turn) error {
		made, done, err = t.planPhone(r, signer, keys)
		t.already = done
		return err
	})
	if receipt.Act = string(r.Procedure); err != nil || done {
		return made, receipt, err
	}
	for i := range made {
		if err := o.sign(&made[i]); err != nil {
			return nil, receipt, err
		}
	}
	receipt, err = o.act(context.WithoutCancel(ctx), phoneDesk, string(r.Procedure), subject, func(t *turn) error {
		return t.recordPhone(r, signer, made)
	})
	return made, receipt, err
}

// read is what can be said of the request without the registers.
func (r PhoneRequest) read() ([]crypto.PublicKey, error) {
	kinds, ok := phoneKeys[r.Procedure]
	switch {
	case !ok:
		return nil, &Invalid{"procedure", law.Text{Ja: "アプリで行う手続きではありません。", En: "This is no procedure of the app."}}
	case r.Phone != procedure.Android && r.Phone != procedure.IPhone:
		return nil, &Invalid{"phone", law.Text{Ja: "android か iphone を書いてください。", En: "Give android or iphone."}}
	case len(r.Keys) != len(kinds):
		text := law.Text{Ja: "鍵は%d個です。", En: "The number of keys is %d."}
		return nil, &Invalid{"keys", text.Format(len(kinds))}
	}
	var keys []crypto.PublicKey
	for i, k := range r.Keys {
		key, err := x509.ParsePKIXPublicKey(k.Public)
		if err == nil {
			_, err = pki.AlgorithmOf(key)
		}
		if err != nil || k.Kind != kinds[i] {
			return nil, &Invalid{fmt.Sprintf("keys[%d].public_key", i), law.Text{Ja: "RSA 2048ビットまたはP-384の公開鍵として読めません。", En: "This is no public key of RSA with 2048 bits or of P-384."}}
		}
		if pki.VerifyMessage(&x509.Certificate{PublicKey: key}, r.Message(), k.Proof) != nil {
			return nil, &Invalid{fmt.Sprintf("keys[%d].proof", i), law.Text{Ja: "その鍵による署名ではありません。", En: "The key has not signed the request."}}
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// phoneSigner is the certificate by which the request was signed, as the register has it.
func (o *Office) phoneSigner(ctx context.Context, r PhoneRequest) (certificate.Certificate, error) {
	var none certificate.Certificate
	unfit := &Invalid{"certificate", law.Text{Ja: "この認証局の署名用電子証明書として読めません。", En: "This is no signature certificate of this authority."}}
	verifier, err := pki.NewVerifier(certificate.Signature, o.CAs.Certificates(certificate.Signature))
	if err != nil {
		return none, err
	}
	cert, err := x509.ParseCertificate(r.Certificate)
	if err != nil {
		return none, unfit
	}
	// Whether it is still good is for the register to say, with an entry: here it is held against its own period.
	v, err := verifier.VerifyChain(r.Certificate, cert.NotBefore)
	if err != nil || (v.Medium == pki.Phone) != (r.Procedure == rules.PhoneRevoke) {
		return none, unfit
	}
	if pki.VerifyMessage(v.Certificate, r.Message(), r.Signature) != nil {
		return none, &Invalid{"signature", law.Text{Ja: "その電子証明書の鍵による署名ではありません。", En: "The key of that certificate has not signed the request."}}
	}
	found, err := o.registered(ctx, certificate.Signature, v.Certificate)
	if errors.Is(err, ErrNotFound) {
		return none, unfit
	}
	return found, err
}

// decidePhone decides the procedure by the registers of this moment.
func (t *turn) decidePhone(r PhoneRequest, signer certificate.Certificate) (holding, procedure.Performance, error) {
	var none procedure.Performance
	plastic, err := t.Card(signer.CardID)
	if err != nil {
		return holding{}, none, err
	}
	h, err := t.holding(plastic.PersonID)
	if err != nil {
		return h, none, err
	}
	if err := procedure.Serves(t.on, signer, h.has(signer)); err != nil {
		return h, none, err
	}
	s := h.situation(t.on, "", booking.Policy{})
	s.Procedure, s.Channel, s.Office = r.Procedure, rules.Online, procedure.Office{Kind: rules.Mynaportal}
	s.Visitor = procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{{Kind: rules.MyNumberCard}}}
	s.Card.AtHand = procedure.Yes
	s.Card.PINs.Signature, s.Card.PINs.InputSupport = procedure.PINKnown, procedure.PINKnown                           // the card has signed
	s.Phone = procedure.Phone{Kind: r.Phone, Supported: procedure.Yes, AtHand: procedure.Yes, PIN: procedure.PINKnown} // the app runs on it
	h.knowPhone(&s)
	p, err := procedure.Perform(&s, procedure.AtWindow)
	if err != nil {
		return h, p, err
	}
	t.basis = append(t.basis, law.Citation{IDs: p.Rules})
	return h, p, performable(p)
}

// phoneFacts are what the registers know of the newest certificates on a phone of the kind.
func phoneFacts(phones []certificate.Certificate, on certificate.Carrier) procedure.Phone {
	all := newest(slices.DeleteFunc(slices.Clone(phones), func(x certificate.Certificate) bool { return x.Carrier != on }))
	return procedure.Phone{Kind: procedure.PhoneKind(on), Signature: certificateFacts(all, certificate.Signature), UserAuth: certificateFacts(all, certificate.UserAuthentication)}
}

// planPhone plans a certificate for each key; done when the keys have theirs already.
func (t *turn) planPhone(r PhoneRequest, signer certificate.Certificate, keys []crypto.PublicKey) (made []certificate.Certificate, done bool, err error) {
	phones, err := t.PhoneCertificates(signer.CardID)
	if err != nil {
		return nil, false, err
	}
	for _, key := range keys {
		for _, x := range slices.Backward(phones) { // the last one, should the key have had another before
			if sameKey(keyOfCertificate(x), key) {
				made = append(made, x)
				break
			}
		}
	}
	has := func(s certificate.State) bool {
		return len(made) == len(keys) && !slices.ContainsFunc(made, func(x certificate.Certificate) bool { return x.State != s })
	}
	if len(keys) > 0 && has(certificate.Valid) {
		return made, true, nil
	}
	h, p, err := t.decidePhone(r, signer)
	if err != nil || len(keys) > 0 && has(certificate.Planned) {
		return made, false, err
	}
	made = nil
	holder := h.person
	if h.card.State != card.PendingDeparture {
		holder = holder.LivingOn(t.on)
	}
	for i, k := range r.Keys {
		algorithm, err := pki.AlgorithmOf(keys[i])
		if err != nil {
			return nil, false, err
		}
		until := map[certificate.Kind]civil.Date{certificate.Signature: p.Dates.PhoneSignature, certificate.UserAuthentication: p.Dates.PhoneUserAuth}[k.Kind]
		if k.Kind == certificate.Signature {
			if err := t.settleSubstitutes(holder); err != nil {
				return nil, false, err
			}
		}
		x, err := t.numberCertificate(certificate.Certificate{Kind: k.Kind, Carrier: certificate.Carrier(r.Phone), CardID: signer.CardID, Until: until}, algorithm, municipalityOf(holder, *h.card, t.on))
		if err != nil {
			return nil, false, err
		}
		if x.Plan, err = t.office.certificatePlan(holder, x, keys[i]); err != nil {
			return nil, false, err
		}
		if err := t.PutCertificate(x); err != nil {
			return nil, false, err
		}
		made = append(made, x)
	}
	return made, false, nil
}

// keyOfCertificate is the public key of a certificate or of its plan; nil when there is none to be read.
func keyOfCertificate(x certificate.Certificate) crypto.PublicKey {
	if len(x.DER) > 0 {
		if cert, err := x509.ParseCertificate(x.DER); err == nil {
			return cert.PublicKey
		}
		return nil
	}
	var plan pki.Plan
	if json.Unmarshal(x.Plan, &plan) == nil {
		return plan.PublicKey
	}
	return nil
}

// sameKey reports two public keys that are one.
func sameKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}

// certifiable is bad input where no authority certifies keys of these algorithms yet.
func (o *Office) certifiable(r PhoneRequest, keys []crypto.PublicKey) error {
	for i, key := range keys {
		algorithm, err := pki.AlgorithmOf(key)
		if err == nil && o.CAs.Issuing(r.Keys[i].Kind, algorithm, o.Clock()) == nil {
			text := law.Text{Ja: "この方式(%s)の鍵を証明する認証局の鍵はまだありません。", En: "No authority certifies keys of this kind (%s) yet."}
			return &Invalid{fmt.Sprintf("keys[%d].public_key", i), text.Format(algorithm)}
		}
	}
	return nil
}

// sign signs what was planned.
func (o *Office) sign(x *certificate.Certificate) error {
	var plan pki.Plan
	if err := json.Unmarshal(x.Plan, &plan); err != nil {
		return fmt.Errorf("read what will be signed: %w", err)
	}
	var err error
	x.DER, err = o.CAs.Of(x.Kind, x.Generation).Issue(plan)
	return err
}

// recordPhone records what was signed, and what becomes of the certificates that the phone, or the one before it, had.
func (t *turn) recordPhone(r PhoneRequest, signer certificate.Certificate, made []certificate.Certificate) error {
	h, p, err := t.decidePhone(r, signer)
	if err != nil {
		return err
	}
	t.detail = string(r.Phone)
	if err := t.phoneEffects(h, p, certificate.Carrier(r.Phone), ending{on: t.on, reason: certificate.Superseded}); err != nil {
		return err
	}
	for i := range made {
		now, err := t.Certificate(made[i].Kind, made[i].Generation, made[i].Counter)
		if err != nil || now.State != certificate.Planned {
			return errors.Join(err, errNotPlanned)
		}
		for _, act := range []certificate.Act{certificate.Sign, certificate.HandOver} {
			next, err := procedure.Next(certificate.Life, made[i].State, act)
			if err != nil {
				return err
			}
			made[i].State = next.To
		}
		made[i].Plan = nil
		if err := t.PutCertificate(made[i]); err != nil {
			return err
		}
	}
	return nil
}

// phoneSubjects are the certificates of a phone, as decisions speak of them.
var phoneSubjects = map[rules.Subject]certificate.Kind{rules.ThePhoneSignature: certificate.Signature, rules.ThePhoneAuthentication: certificate.UserAuthentication}

// phoneEffects does to the certificates that a phone has what the decision says: new ones end them, a stop holds them, and
// of a lift the user authentication certificate comes back (ST-040).
func (t *turn) phoneEffects(h holding, p procedure.Performance, on certificate.Carrier, e ending) error {
	for subject, kind := range phoneSubjects {
		becomes := p.Becomes(subject)
		if becomes == "" {
			continue
		}
		for _, x := range h.phones {
			if x.Carrier != on || x.Kind != kind || x.State != certificate.Valid && x.State != certificate.Held {
				continue
			}
			var err error
			switch {
			case becomes == string(certificate.Held):
				err = t.holdCertificate(x)
			case p.Procedure == rules.PhoneLift && kind == certificate.UserAuthentication:
				err = t.release(x)
			default:
				err = t.endCertificate(x, e)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// release brings a held certificate of a phone back.
func (t *turn) release(x certificate.Certificate) error {
	next, err := procedure.Next(certificate.PhoneLife, x.State, certificate.Release)
	if err != nil || next.Already {
		return err
	}
	x.State, x.EndedAt, x.Reason = next.To, time.Time{}, 0
	return t.PutCertificate(x)
}

// follow ends what rests on what has ended: on phones, the certificates that were derived from the card's (SPC-009, CHG-035).
func (t *turn) follow(cardID string, e ending, ended ...rules.Subject) error {
	with, err := procedure.EndsWith(e.on, ended...)
	if err != nil {
		return err
	}
	phones, err := t.PhoneCertificates(cardID)
	if err != nil {
		return err
	}
	for _, x := range phones {
		for subject, kind := range phoneSubjects {
			if kind != x.Kind || !slices.Contains(with, subject) || x.State == certificate.Revoked || x.State == certificate.Expired {
				continue
			}
			if err := t.endCertificate(x, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// PhoneEnded reports which of these keys of a phone, by their public halves, have certificates that have ended, so that the phone need not
// keep them; false too for a key that never had one. The signature certificate, the phone's or the card's, says whose phone it is:
// ErrNotFound for one that this authority has not issued.
func (o *Office) PhoneEnded(ctx context.Context, signatureDER []byte, keys []crypto.PublicKey) ([]bool, error) {
	cert, err := x509.ParseCertificate(signatureDER)
	if err != nil {
		return nil, ErrNotFound
	}
	signer, err := o.registered(ctx, certificate.Signature, cert)
	if err != nil {
		return nil, err
	}
	ended := make([]bool, len(keys))
	return ended, o.Store.Read(ctx, func(tx Tx) error {
		phones, err := tx.PhoneCertificates(signer.CardID)
		for i, key := range keys {
			for _, x := range phones { // the last one counts
				if sameKey(keyOfCertificate(x), key) {
					ended[i] = x.State == certificate.Revoked || x.State == certificate.Expired
				}
			}
		}
		return err
	})
}
