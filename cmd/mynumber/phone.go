package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mynumber/internal/certificate"
	"mynumber/internal/demo"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

type phoneCmd struct {
	console
	Algorithm string `help:"Algorithm of the keys that the phone makes: rsa2048, or p384 where an authority certifies those." enum:"rsa2048,p384" default:"rsa2048"`
	Name      string `help:"Name of the phone; its keys are kept under it in the data folder." default:"phone" placeholder:"NAME"`
	Kind      string `help:"Kind of phone." enum:"android,iphone" default:"android"`
	Card      string `help:"Card that is held to the phone; PIN No.1 comes from the standard input." placeholder:"CARD"`
	Action    string `arg:"" help:"issue, reissue, change (of the phone), lift, revoke, or show." enum:"issue,reissue,change,lift,revoke,show"`
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
	phone, err := demo.OpenPhone(f.Path("phones"), c.Name, procedure.PhoneKind(c.Kind), algorithm)
	if err != nil {
		return badInput{err}
	}
	if c.Action == "show" {
		return showPhone(phone)
	}
	code := phoneActions[c.Action]
	var pin []byte
	if code != rules.PhoneRevoke {
		if pin, err = io.ReadAll(io.LimitReader(os.Stdin, 100)); err != nil {
			return fmt.Errorf("read the PIN: %w", err)
		}
	}
	request, err := phone.Request(ctx, code, a.chips, c.Card, strings.TrimSpace(string(pin)))
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("暗証番号が違います(残り%d回) / wrong PIN; %d tries left", wrong.TriesLeft, wrong.TriesLeft)
	case err != nil:
		return err
	}
	made, receipt, err := a.office.Phone(ctx, request)
	var refusal *law.Refusal
	if errors.As(err, &refusal) {
		return fmt.Errorf("%s: %s / %s (%s)", refusal.Code, refusal.Text.Ja, refusal.Text.En, refusal.Next.En)
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s: 完了しました。 / done.\n", receipt.Act)
	for _, x := range made {
		fmt.Printf("%s  %s  %s まで / until %s\n", x.Kind, x.Serial, x.Until.Japanese(), x.Until)
	}
	return phone.Take(made)
}

// showPhone prints what the phone has.
func showPhone(phone *demo.Phone) error {
	for _, kind := range certificate.Kinds {
		if der := phone.Certificate(kind); der != nil {
			if err := pem.Encode(os.Stdout, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
				return err
			}
		}
	}
	return nil
}
