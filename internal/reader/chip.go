// Package reader is our side of a card reader. Client is what a holder's device or a service does with
// an Individual Number Card (個人番号カード): read certificates, verify PINs (暗証番号), sign (公的個人認証法
// 第2条), read and check the items of the card face. Terminal is the issuer's machine and the municipal
// terminal (統合端末): it makes a blank chip a person's card and sets its PINs at the window. ServeVPCD
// shows a chip to other programs through a virtual PC/SC reader.
//
// Who may do what, when and with which papers is decided by procedure and office; the chip itself is iccard.
package reader

import (
	"errors"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// Chip carries one command to a chip and brings its answer, wherever the chip is.
type Chip interface {
	Transmit(command []byte) (answer []byte, err error)
}

// Direct is the way to a chip in this process.
func Direct(card *iccard.Card) Chip { return direct{card} }

type direct struct{ card *iccard.Card }

func (d direct) Transmit(command []byte) ([]byte, error) { return d.card.Transmit(command), nil }

// Errors of the holder's side.
var (
	ErrBlocked       = errors.New("reader: the PIN is locked or was never set")
	ErrEmptyPIN      = errors.New("reader: no PIN given")
	ErrNotVerified   = errors.New("reader: a PIN must be verified first")
	ErrNoCertificate = errors.New("reader: there is no such certificate on the card")
	ErrObject        = errors.New("reader: a file of the card cannot be understood")
	ErrForged        = errors.New("reader: a signature or hash on the card is wrong")
)

// WrongPIN says that a value was not the PIN's, and how many tries are left; after 0 it is locked.
type WrongPIN struct{ TriesLeft int }

func (e *WrongPIN) Error() string {
	return fmt.Sprintf("reader: wrong PIN, %d tries left", e.TriesLeft)
}

// StatusError is a refusal of the chip that has no error of its own. Command is the refused command
// without its data.
type StatusError struct {
	Command string
	SW      apdu.SW
}

func (e *StatusError) Error() string { return fmt.Sprintf("reader: %s: status %v", e.Command, e.SW) }

// exchange sends one command and reads the answer, whatever its status.
func exchange(chip Chip, cmd apdu.Command) (apdu.Response, error) {
	raw, err := cmd.Bytes()
	if err != nil {
		return apdu.Response{}, err
	}
	answer, err := chip.Transmit(raw)
	if err != nil {
		return apdu.Response{}, fmt.Errorf("reader: %v: %w", cmd, err)
	}
	response, err := apdu.ParseResponse(answer)
	if err != nil {
		return apdu.Response{}, fmt.Errorf("reader: %v: %w", cmd, err)
	}
	return response, nil
}

// statusError is the error for a status word that is not 9000.
func statusError(cmd apdu.Command, sw apdu.SW) error {
	switch sw {
	case apdu.SecurityNotSatisfied:
		return fmt.Errorf("%w: %v", ErrNotVerified, cmd)
	case apdu.Blocked:
		return ErrBlocked
	}
	return &StatusError{cmd.String(), sw}
}
