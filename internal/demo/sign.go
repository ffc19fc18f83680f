package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/reader"
	"mynumber/internal/signing"
	"mynumber/internal/web"
)

// IsPDF tells a PDF by its first bytes.
func IsPDF(content []byte) bool { return bytes.HasPrefix(content, []byte("%PDF-")) }

// SignFile lets a card of the data folder sign a file with PIN No.1 (署名用電子証明書の暗証番号): a PDF comes back signed in itself, of
// any other file a detached signature (.p7s). at is the time that the signer claims. *reader.WrongPIN and reader.ErrBlocked are
// the chip's; office.ErrNotFound when there is no such card, a refusal when it lies in another reader.
func SignFile(ctx context.Context, chips *folder.Cards, cardID, pin string, content []byte, at time.Time) (out []byte, err error) {
	chip, done, err := hold(ctx, chips, cardID)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	client := reader.NewClient(reader.Direct(chip))
	if err := client.VerifyPIN(reader.SignaturePIN, pin); err != nil {
		return nil, fmt.Errorf("PIN No.1: %w", err)
	}
	return SignWith(client, content, at)
}

// SignWith is SignFile with a card whose PIN No.1 was verified.
func SignWith(client *reader.Client, content []byte, at time.Time) ([]byte, error) {
	key, err := client.Signer(reader.SignatureKey)
	if err != nil {
		return nil, err
	}
	signer := signing.Signer{Key: key, Certificate: key.Certificate}
	if IsPDF(content) {
		return signing.SignPDF(content, signer, at)
	}
	return signing.Sign(bytes.NewReader(content), signer, at)
}

// SignFile signs with a card that lies in the sandbox's reader.
func (s *Sandbox) SignFile(ctx context.Context, cardID, pin string, content []byte) ([]byte, error) {
	out, err := SignFile(ctx, s.Chips, cardID, pin, content, s.Clock.Now())
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return nil, &web.WrongPIN{TriesLeft: wrong.TriesLeft}
	case errors.Is(err, reader.ErrBlocked):
		return nil, &web.WrongPIN{}
	case errors.Is(err, signing.ErrPDF):
		return nil, fmt.Errorf("%w: %w", web.ErrCannotSign, err)
	}
	return out, err
}
