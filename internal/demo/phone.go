package demo

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"regexp"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/iccard"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// Phone is a phone in software with the app on it. Its keys are in a chip of the data folder, of a phone's profile, which they never leave;
// the card it reads as a real one does, over the card's chip.
type Phone struct {
	Kind   procedure.PhoneKind
	ID     string // of its chip in the data folder
	chips  *folder.Cards
	former string // file of the time before phones had chips; empty for none
}

// PhonePINs are what is typed into the app. Card is the card's PIN No.1. The others are the phone's own, of the same forms (SPC-002, SPC-005):
// new ones where keys are made; to revoke, the signature password that was set (SPC-021).
type PhonePINs struct{ Card, Signature, UserAuthentication string }

// String hides them.
func (PhonePINs) String() string { return "PINs (masked)" }

// Format hides them under every verb.
func (PhonePINs) Format(f fmt.State, _ rune) { fmt.Fprint(f, "PINs (masked)") }

// phoneName is what a phone's name may be.
var phoneName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// phoneProfiles are what the chip of a phone is.
var phoneProfiles = map[procedure.PhoneKind]iccard.Profile{procedure.Android: iccard.Android, procedure.IPhone: iccard.IPhone}

// Errors of a phone.
var (
	// ErrOwnPIN is around the chip's refusal of a PIN of the phone itself.
	ErrOwnPIN = errors.New("the phone's PIN")
	// ErrFormerPhone says that the phone is of the time before phones had chips.
	ErrFormerPhone = errors.New("the phone is of the time before phones had chips")
)

// OpenPhone is the phone of that name and kind; a new one has no keys. former is the folder where earlier programs kept phones.
func OpenPhone(chips *folder.Cards, former, name string, kind procedure.PhoneKind) (*Phone, error) {
	if _, known := phoneProfiles[kind]; !known || !phoneName.MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a phone: 1 to 40 of a-z, 0-9 and -", name)
	}
	p := &Phone{Kind: kind, ID: string(kind) + "-" + name, chips: chips}
	for _, file := range []string{name + ".json", p.ID + ".json"} {
		if path := filepath.Join(former, file); exists(path) && !exists(chips.File(p.ID)) {
			p.former = path
		}
	}
	return p, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// inHand is a phone whose chip is powered up.
type inHand struct {
	phone    *Phone
	office   *office.Office
	terminal *reader.Terminal // the app's own way to its keys
	holder   *reader.Client
	proof    []byte // a signature certificate that says whose phone it is, once one was read
}

// take powers the phone's chip up; a phone that has none gets one if it is to have keys.
func (p *Phone) take(ctx context.Context, o *office.Office, fresh bool) (h *inHand, done func() error, err error) {
	if p.former != "" {
		return nil, nil, fmt.Errorf("%w: its keys lie in %s, which was left as it is. Keys do not move into a chip: take another name and do a model change (SPC-011), which gives the new phone certificates and ends those of this one", ErrFormerPhone, p.former)
	}
	var chip office.Inserted
	if fresh {
		counting, err := rules.PINCountings.On(civil.DateOf(o.Clock()))
		if err != nil {
			return nil, nil, err
		}
		chip, err = p.chips.Phone(ctx, p.ID, counting.Rule, phoneProfiles[p.Kind])
		if err != nil {
			return nil, nil, chipWords(err)
		}
	} else if chip, err = p.chips.Insert(ctx, p.ID); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("the phone has no keys: %w", office.ErrNotFound)
	} else if err != nil {
		return nil, nil, chipWords(err)
	}
	h = &inHand{phone: p, office: o, terminal: reader.NewTerminal(chip.Chip, rand.Reader)}
	h.holder = h.terminal.Holder()
	err = h.terminal.Authenticate(chip.Key)
	if err == nil {
		err = h.name()
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open the phone: %w", err), chip.Close())
	}
	return h, chip.Close, nil
}

// name gives a blank chip its name as a phone's.
func (h *inHand) name() error {
	if _, err := h.holder.ReadTokenInfo(); !errors.Is(err, reader.ErrBlank) {
		return err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1e16))
	if err != nil {
		return err
	}
	return h.terminal.NamePhone(phoneProfiles[h.phone.Kind], serial.String())
}

// Do does what the app was asked for: new keys where the procedure takes some, the signature of the card or of the phone itself (SPC-021),
// the request, and the certificates that came of it onto the chip. Cut off anywhere it can be asked again: the keys stay, and certificates
// that were issued for them are found. What the registers say has ended is erased then, whatever came of it.
//
// *reader.WrongPIN and reader.ErrBlocked are a chip's, the phone's own inside ErrOwnPIN; *procedure.PINFault is a PIN that has not its form.
func (p *Phone) Do(ctx context.Context, o *office.Office, code rules.Procedure, algorithm pki.Algorithm, cardID string, pins PhonePINs) (made []certificate.Certificate, r office.Receipt, err error) {
	h, done, err := p.take(ctx, o, len(office.PhoneKeys(code)) > 0)
	if err != nil {
		return nil, r, err
	}
	defer func() { err = errors.Join(err, done()) }()
	own, err := h.ownPINs(code, pins)
	if err != nil {
		return nil, r, err
	}
	request := office.PhoneRequest{Procedure: code, Phone: p.Kind}
	if err := h.successors(&request, algorithm); err != nil {
		return nil, r, err
	}
	if code == rules.PhoneRevoke {
		err = h.signItself(&request, pins.Signature)
	} else {
		err = signByCard(ctx, &request, p.chips, cardID, pins.Card)
	}
	if err != nil {
		return nil, r, err
	}
	h.proof = request.Certificate
	if made, r, err = o.Phone(ctx, request); err == nil {
		err = h.takeUp(made, own)
	}
	if refusal := (*law.Refusal)(nil); err == nil || errors.As(err, &refusal) {
		err = errors.Join(err, h.eraseEnded(context.WithoutCancel(ctx)))
	}
	return made, r, err
}

// phoneKey is where the key of a certificate lies, and what opens it.
type phoneKey struct {
	kind certificate.Kind
	key  reader.Key
	pin  reader.PIN
	form card.PIN
}

var ownKeys = map[certificate.Kind]phoneKey{
	certificate.Signature:          {certificate.Signature, reader.SignatureKey, reader.SignaturePIN, card.SignaturePIN},
	certificate.UserAuthentication: {certificate.UserAuthentication, reader.AuthenticationKey, reader.AuthenticationPIN, card.UserAuthenticationPIN},
}

// ownPINs are the phone's PINs that will be set with the new keys. Where one is set already and none is typed it stays.
func (h *inHand) ownPINs(code rules.Procedure, pins PhonePINs) (map[reader.PIN]string, error) {
	typed := map[certificate.Kind]string{certificate.Signature: pins.Signature, certificate.UserAuthentication: pins.UserAuthentication}
	set := map[reader.PIN]string{}
	for _, kind := range office.PhoneKeys(code) {
		k := ownKeys[kind]
		state, err := h.terminal.PINState(k.pin)
		if err != nil {
			return nil, fmt.Errorf("look at the phone's PINs: %w", err)
		}
		if state.Set && typed[kind] == "" {
			continue
		}
		if err := procedure.CheckPIN(civil.DateOf(h.office.Clock()), k.form, typed[kind]); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrOwnPIN, err)
		}
		set[k.pin] = typed[kind]
	}
	return set, nil
}

// successors makes the keys that the procedure takes, which prove themselves. Those in use stay until there are certificates.
func (h *inHand) successors(r *office.PhoneRequest, algorithm pki.Algorithm) error {
	of, known := map[pki.Algorithm]iccard.Algorithm{pki.RSA2048: iccard.RSA2048, pki.P384: iccard.P384}[algorithm]
	if !known {
		return pki.ErrAlgorithm
	}
	var keys []crypto.PublicKey
	for _, kind := range office.PhoneKeys(r.Procedure) {
		key, err := h.terminal.Successor(ownKeys[kind].key, of)
		if err != nil {
			return fmt.Errorf("make the %s key: %w", kind, err)
		}
		public, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			return fmt.Errorf("write the public key: %w", err)
		}
		keys, r.Keys = append(keys, key), append(r.Keys, office.PhoneKey{Kind: kind, Public: public})
	}
	for i := range r.Keys {
		var err error
		if r.Keys[i].Proof, err = h.terminal.Prove(ownKeys[r.Keys[i].Kind].key, keys[i], r.Message()); err != nil {
			return fmt.Errorf("let the %s key prove itself: %w", r.Keys[i].Kind, err)
		}
	}
	return nil
}

// signItself signs with the phone's own signature key (SPC-021).
func (h *inHand) signItself(r *office.PhoneRequest, pin string) (err error) {
	if err := h.unlock(reader.SignaturePIN, pin); err != nil {
		return err
	}
	r.Certificate, r.Signature, err = signMessage(h.holder, reader.SignatureKey, r.Message())
	return err
}

// unlock verifies a PIN of the phone.
func (h *inHand) unlock(which reader.PIN, pin string) error {
	state, err := h.terminal.PINState(which)
	if err != nil {
		return fmt.Errorf("look at the phone's PINs: %w", err)
	}
	if !state.Set {
		return fmt.Errorf("the phone has no such key: %w", office.ErrNotFound)
	}
	if err := h.holder.VerifyPIN(which, pin); err != nil {
		return fmt.Errorf("%w: %w", ErrOwnPIN, err)
	}
	return nil
}

// signMessage signs with a key of a chip whose PIN was verified, with the hash that goes with the key.
func signMessage(client *reader.Client, key reader.Key, message []byte) (certificate, signature []byte, err error) {
	signer, err := client.Signer(key)
	if err != nil {
		return nil, nil, err
	}
	algorithm, err := pki.AlgorithmOf(signer.Public())
	if err == nil {
		signature, err = algorithm.Sign(signer, message)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("let the chip sign: %w", err)
	}
	return signer.Certificate, signature, nil
}

// signByCard holds the card to the phone (SPC-003).
func signByCard(ctx context.Context, r *office.PhoneRequest, chips *folder.Cards, cardID, pin string) (err error) {
	chip, done, err := hold(ctx, chips, cardID)
	if err != nil {
		return fmt.Errorf("hold the card to the phone: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	client := reader.NewClient(reader.Direct(chip))
	if err := client.VerifyPIN(reader.SignaturePIN, pin); err != nil {
		return fmt.Errorf("PIN No.1: %w", err)
	}
	r.Certificate, r.Signature, err = signMessage(client, reader.SignatureKey, r.Message())
	return err
}

// takeUp puts the keys into use with their certificates and PINs, all at once.
func (h *inHand) takeUp(made []certificate.Certificate, own map[reader.PIN]string) error {
	if len(made) == 0 {
		return nil
	}
	for _, x := range made {
		authority := h.office.CAs.Of(x.Kind, x.Generation)
		if err := h.terminal.TakeUp(ownKeys[x.Kind].key, x.DER, authority.Certificate().Raw); err != nil {
			return fmt.Errorf("put the %s certificate on the phone: %w", x.Kind, err)
		}
	}
	for pin, value := range own {
		if err := h.terminal.StagePIN(pin, value); err != nil {
			return fmt.Errorf("set the phone's PIN: %w", err)
		}
	}
	if err := h.terminal.Finish(); err != nil {
		return fmt.Errorf("put the certificates on the phone: %w", err)
	}
	return nil
}

// eraseEnded erases the keys whose certificates have ended by the registers, with certificate and PIN: revoked by the phone itself, or on
// another one at a model change (SPC-011, SPC-020).
func (h *inHand) eraseEnded(ctx context.Context) error {
	var there []phoneKey
	var keys []crypto.PublicKey
	for _, kind := range certificate.Kinds {
		switch public, err := h.terminal.PublicKey(ownKeys[kind].key); {
		case err == nil:
			there, keys = append(there, ownKeys[kind]), append(keys, public)
		case !errors.Is(err, reader.ErrNotOnCard):
			return fmt.Errorf("look at the phone's keys: %w", err)
		}
	}
	ended, err := h.office.PhoneEnded(ctx, h.proof, keys)
	if err != nil {
		return fmt.Errorf("ask for the phone's certificates: %w", err)
	}
	for i, k := range there {
		if !ended[i] {
			continue
		}
		if err := errors.Join(h.terminal.UnsetPIN(k.pin), h.terminal.RemoveCertificate(k.key)); err != nil {
			return fmt.Errorf("erase the %s key: %w", k.kind, err)
		}
	}
	return nil
}

// Certificates are those on the phone, in DER, read with its PINs; those that have ended by the registers are erased first.
// office.ErrNotFound when there are none.
func (p *Phone) Certificates(ctx context.Context, o *office.Office, pins PhonePINs) (all [][]byte, err error) {
	h, done, err := p.take(ctx, o, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := h.unlock(reader.SignaturePIN, pins.Signature); err != nil {
		return nil, err
	}
	if h.proof, err = h.holder.ReadCertificate(reader.SignatureKey); err != nil {
		return nil, err
	}
	if err := h.eraseEnded(ctx); err != nil {
		return nil, err
	}
	typed := map[certificate.Kind]string{certificate.Signature: pins.Signature, certificate.UserAuthentication: pins.UserAuthentication}
	for _, kind := range certificate.Kinds {
		k := ownKeys[kind]
		if err := h.unlock(k.pin, typed[kind]); errors.Is(err, office.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		der, err := h.holder.ReadCertificate(k.key)
		if err != nil {
			return nil, fmt.Errorf("read the %s certificate: %w", kind, err)
		}
		all = append(all, der)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("the phone has no certificates any more: %w", office.ErrNotFound)
	}
	return all, nil
}
