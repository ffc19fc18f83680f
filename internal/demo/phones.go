package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/web"
)

// Phone does something in the app on the card's phone of a kind.
func (s *Sandbox) Phone(ctx context.Context, act web.PhoneAct) ([]certificate.Certificate, error) {
	algorithm, err := pki.ParseAlgorithm(cmp.Or(act.Algorithm, pki.RSA2048.String()))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", office.ErrNotFound, err)
	}
	phone, err := OpenPhone(s.Chips, s.Phones, act.Card, act.Kind)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", office.ErrNotFound, err)
	}
	made, _, err := phone.Do(ctx, s.Office, act.Procedure, algorithm, act.Card, PhonePINs{act.PIN, act.SignaturePIN, act.AuthenticationPIN})
	own := errors.Is(err, ErrOwnPIN)
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return nil, &web.WrongPIN{TriesLeft: wrong.TriesLeft, Phone: own}
	case errors.Is(err, reader.ErrBlocked):
		return nil, &web.WrongPIN{Phone: own}
	case errors.Is(err, ErrFormerPhone):
		return nil, &office.Invalid{Field: "kind", Text: law.Text{
			Ja: "このスマートフォンの鍵は、チップができる前のファイルにあります(そのまま残しています)。`mynumber phone -card カード -name 新しい名前 change` で、新しいスマートフォンに機種変更してください。",
			En: "This phone's keys are in a file from before phones had chips; it was left as it is. Move its certificates to a new phone: `mynumber phone -card CARD -name NAME change`."}}
	case errors.Is(err, reader.ErrEmptyPIN):
		return nil, &web.WrongPIN{TriesLeft: web.NoneTyped, Phone: own}
	}
	return made, err
}

// Chipped are the cards and the phones whose chips can lie in a reader.
func (s *Sandbox) Chipped() ([]web.SandboxCard, error) {
	cards, err := s.Cards()
	if err != nil {
		return nil, err
	}
	ids, err := s.Chips.IDs()
	if err != nil {
		return nil, err
	}
	out := cards
	for _, id := range ids {
		for _, kind := range []procedure.PhoneKind{procedure.Android, procedure.IPhone} {
			name, phone := strings.CutPrefix(id, string(kind)+"-")
			if !phone {
				continue
			}
			for _, c := range cards {
				if c.ID == name {
					name = c.Label
				}
			}
			out = append(out, web.SandboxCard{ID: id, Label: map[procedure.PhoneKind]string{procedure.Android: "Android", procedure.IPhone: "iPhone"}[kind] + " · " + name})
		}
	}
	return out, nil
}
