package reader

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// What the JPKI application of each carrier calls itself (file 0006).
const (
	cardLabel    = "JPKIAPICCTOKEN2"
	androidLabel = "JPKIAPGPSETOKEN"
	iPhoneLabel  = "JPKIAPIOSTOKEN"
)

// NamePhone writes what the application on a phone says of itself. The real ones' model and serial are not known; the serial here has up
// to 16 digits.
func (t *Terminal) NamePhone(profile iccard.Profile, serial string) error {
	label := map[iccard.Profile]string{iccard.Android: androidLabel, iccard.IPhone: iPhoneLabel}[profile]
	if label == "" || len(serial) > 16 || !isDigits(serial, len(serial)) {
		return &PersonalError{"phone", "want a phone's profile and a serial of up to 16 digits"}
	}
	return t.WriteFile(iccard.TokenInfo, tokenInfo(label, "PHONE", serial))
}

// Successor makes a key of the algorithm beside the holder's, and returns its public half. Until TakeUp the key in use stays, and so does the
// successor: asked again it is the same one.
func (t *Terminal) Successor(key Key, algorithm iccard.Algorithm) (crypto.PublicKey, error) {
	answer, err := t.sendTo(insGenerate, keyBeside, filesOf[key].private, []byte{byte(algorithm) + 1})
	if err != nil {
		return nil, err
	}
	return iccard.ParseKey(answer)
}

// StageSuccessor is Successor of one of several, of the kind of card's algorithm, and another one than was made before. The public half counts
// when KeepSuccessors has returned.
func (t *Terminal) StageSuccessor(key Key) (crypto.PublicKey, error) {
	answer, err := t.stageTo(insGenerate, keyAnother, filesOf[key].private, nil)
	if err != nil {
		return nil, err
	}
	return iccard.ParseKey(answer)
}

// KeepSuccessors makes durable what was staged, the last of it being the successor of that key.
func (t *Terminal) KeepSuccessors(last Key) error {
	_, err := t.sendTo(insGenerate, keyBeside, filesOf[last].private, nil)
	return err
}

// Prove lets the successor of a key sign a message: that it is there and whose channel it is on, and nothing else.
func (t *Terminal) Prove(key Key, public crypto.PublicKey, message []byte) ([]byte, error) {
	form, err := formOf(public)
	if err != nil {
		return nil, err
	}
	answer, err := t.sendTo(insProve, 0, filesOf[key].private, form.input(form.digest(message)))
	if err != nil {
		return nil, err
	}
	return form.signature(answer)
}

// TakeUp puts the successor of a key in its place, with its certificate and that of the authority which signed it. It is staged: Finish
// makes it durable. A key that is in its place already stays. ErrForeignKey for a certificate of neither.
func (t *Terminal) TakeUp(key Key, der, authority []byte) error {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrObject, err)
	}
	public, err := t.PublicKey(key)
	if err != nil && !errors.Is(err, ErrNotOnCard) {
		return err
	}
	if !sameKey(public, certificate.PublicKey) {
		err := t.stage(insTakeUp, filesOf[key].private, nil)
		if refused, ok := errors.AsType[*StatusError](err); ok && refused.SW == apdu.KeyNotFound {
			return ErrForeignKey
		}
		if err != nil {
			return err
		}
	}
	return t.StageCertificate(key, der, authority)
}

// StagePIN is SetPIN before Finish.
func (t *Terminal) StagePIN(which PIN, value string) error {
	err := t.stage(insSetPIN, pinFiles[which], []byte(value))
	if refused, ok := errors.AsType[*StatusError](err); ok && refused.SW == apdu.WrongData {
		return ErrPINSyntax
	}
	return err
}
