package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"mynumber/internal/demo"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

type phoneCmd struct {
	console
	Algorithm string `help:"Algorithm of the keys that the phone makes: rsa2048, or p384 where an authority certifies those." enum:"rsa2048,p384" default:"rsa2048"`
	Name      string `help:"Name of the phone. Its keys are in a chip of the data folder, KIND-NAME, which the card commands and readers take like a card." default:"phone" placeholder:"NAME"`
	Kind      string `help:"Kind of phone." enum:"android,iphone" default:"android"`
	Card      string `help:"Card that is held to the phone." placeholder:"CARD"`
	Action    string `arg:"" help:"issue, reissue, change (of the phone), lift, revoke, or show. PINs come from the terminal or a line each: No.1 of the card (not for revoke and show), the phone's signature password (not for lift), the phone's four digits (not for lift and revoke). An empty line leaves a PIN of the phone as it is." enum:"issue,reissue,change,lift,revoke,show"`
}

var phoneActions = map[string]rules.Procedure{"issue": rules.PhoneIssue, "reissue": rules.PhoneReissue, "change": rules.PhoneModelChange, "lift": rules.PhoneLift, "revoke": rules.PhoneRevoke}

// Run is the app on a phone in software: certificates from the card, and what becomes of them (SPC-003, SPC-020 to SPC-024). show
// prints the phone's certificates in PEM.
func (c *phoneCmd) Run(ctx context.Context) error {
	a, f, close, err := c.assembled(ctx)
	if err != nil {
		return err
	}
	defer close()
	algorithm, err := pki.ParseAlgorithm(c.Algorithm)
	if err != nil {
		return badInput{err}
	}
	phone, err := demo.OpenPhone(a.chips, f.Path("phones"), c.Name, procedure.PhoneKind(c.Kind))
	if err != nil {
		return badInput{err}
	}
	pins, err := c.pins()
	if err != nil {
		return err
	}
	if c.Action == "show" {
		return showPhone(ctx, a.office, phone, pins)
	}
	made, receipt, err := phone.Do(ctx, a.office, phoneActions[c.Action], algorithm, c.Card, pins)
	if err != nil {
		return phoneWords(err)
	}
	fmt.Printf("%s: 完了しました。 / done.\n", receipt.Act)
	for _, x := range made {
		fmt.Printf("%s  %s  %s まで / until %s\n", x.Kind, x.Serial, x.Until.Japanese(), x.Until)
	}
	return nil
}

// pins asks for those that the action takes.
func (c *phoneCmd) pins() (pins demo.PhonePINs, err error) {
	t := &typing{}
	for _, ask := range []struct {
		into   *string
		prompt string
		not    string // actions that do without
	}{
		{&pins.Card, "カードの署名用電子証明書の暗証番号 / PIN No.1 of the card", "revoke show"},
		{&pins.Signature, "スマートフォンの署名用パスワード / the phone's signature password", "lift"},
		{&pins.UserAuthentication, "スマートフォンの利用者証明用暗証番号 / the phone's PIN for user authentication", "lift revoke"},
	} {
		if strings.Contains(ask.not, c.Action) {
			continue
		}
		if *ask.into, err = t.secret(ask.prompt); err != nil {
			return pins, err
		}
	}
	return pins, nil
}

// phoneWords says why the app did not do it.
func phoneWords(err error) error {
	if refusal := (*law.Refusal)(nil); errors.As(err, &refusal) {
		return fmt.Errorf("%s: %s / %s (%s)", refusal.Code, refusal.Text.Ja, refusal.Text.En, refusal.Next.En)
	}
	said := cardWords(err)
	if fault := (*procedure.PINFault)(nil); errors.As(err, &fault) {
		said = badInput{fmt.Errorf("%s / %s", fault.Text.Ja, fault.Text.En)}
	}
	if errors.Is(err, demo.ErrOwnPIN) {
		return fmt.Errorf("スマートフォンの暗証番号 / the phone's PIN: %w", said)
	}
	return said
}

// showPhone prints what the phone has.
func showPhone(ctx context.Context, o *office.Office, phone *demo.Phone, pins demo.PhonePINs) error {
	all, err := phone.Certificates(ctx, o, pins)
	if err != nil {
		return phoneWords(err)
	}
	for _, der := range all {
		if err := pem.Encode(os.Stdout, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
			return err
		}
	}
	return nil
}
