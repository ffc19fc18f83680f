package procedure

import (
	"fmt"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// PINFault says what is wrong with a PIN that somebody wants to set. It never shows the PIN.
type PINFault struct {
	PIN  card.PIN
	Text law.Text
}

// Error names the PIN, never its value.
func (f *PINFault) Error() string { return fmt.Sprintf("PIN %s: %s", f.PIN, f.Text.En) }

// CheckPIN checks the syntax of a PIN to be set (PIN-001, PIN-002); the fault is a *PINFault.
func CheckPIN(on civil.Date, pin card.PIN, value string) error {
	row, err := rules.PINSyntaxes.On(on)
	if err != nil {
		return err
	}
	s := row.Rule[pin]
	var letters, digits, other int
	for _, c := range []byte(value) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case s.Letters && c >= 'A' && c <= 'Z':
			letters++
		default:
			other++
		}
	}
	n := letters + digits + other
	switch {
	case s.Letters && (n < s.Min || n > s.Max || other > 0 || letters == 0 || digits == 0):
		return &PINFault{pin, law.Text{
			Ja: fmt.Sprintf("%d〜%d文字の半角英大文字と数字で、どちらも1文字以上使ってください。", s.Min, s.Max),
			En: fmt.Sprintf("Use %d to %d capital letters and digits, at least one of each.", s.Min, s.Max)}}
	case !s.Letters && (n != s.Min || other > 0):
		return &PINFault{pin, law.Text{Ja: fmt.Sprintf("数字%d桁で入力してください。", s.Min), En: fmt.Sprintf("Use exactly %d digits.", s.Min)}}
	}
	return nil
}

// PINsNeeded are the PINs a holder sets at the window (PIN-020, PIN-023, PIN-026): none on a face-authentication
// card, no No.1 without a signature certificate, no No.2 without a user authentication certificate.
func PINsNeeded(signature, userAuthentication, faceAuthentication bool) []card.PIN {
	if faceAuthentication {
		return nil
	}
	var need []card.PIN
	for _, p := range card.PINs {
		if p == card.SignaturePIN && !signature || p == card.UserAuthenticationPIN && !userAuthentication {
			continue
		}
		need = append(need, p)
	}
	return need
}
