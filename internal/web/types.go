package web

import (
	"context"
	"fmt"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Portal is a relying service that lets people log in with the card's user authentication certificate.
type Portal interface {
	// Challenge makes a nonce that a card has to sign; its id can be used once.
	Challenge(ctx context.Context) (id string, nonce []byte, err error)
	// Login checks an answered challenge. A failed check is part of the result and no error; a challenge that is
	// unknown, used or too old is office.ErrNotFound.
	Login(ctx context.Context, id string, certificateDER, signature []byte) (Login, error)
	// Present checks a certificate whose key has proved itself in the connection's handshake.
	Present(ctx context.Context, certificateDER []byte) (Login, error)
}

// Login is what a relying service found out about an answered challenge.
type Login struct {
	Accepted   bool
	Serial     string // of the certificate, hexadecimal
	CommonName string
	NotAfter   time.Time
	Checks     []Check // in the order in which they were made
}

// Check is one check of a login: the chain, the days, the signature, the status.
type Check struct {
	Name   law.Text
	OK     bool
	Detail law.Text // what was found; for a failed check the reason
}

// Sandbox is the playground of the demo: its clock, its inbox and its cards in a reader in software. Real service
// has none.
type Sandbox interface {
	Now() time.Time
	SetClock(ctx context.Context, now time.Time) error
	// Mails lists the mails that were delivered, the newest first.
	Mails() ([]Mail, error)
	Cards() ([]SandboxCard, error)
	// Sign lets a card sign with its user authentication key. A PIN that the chip refuses is a *WrongPIN.
	Sign(ctx context.Context, cardID, pin string, nonce []byte) (certificateDER, signature []byte, err error)
	// Chipped are the cards, and the phones with chips of their own, that can lie in the virtual reader.
	Chipped() ([]SandboxCard, error)
	// Phone is the app on a card's phone: it returns the certificates that the phone got. A PIN that a chip refuses is a *WrongPIN, one
	// that cannot be set a *procedure.PINFault.
	Phone(ctx context.Context, act PhoneAct) ([]certificate.Certificate, error)
	// SignFile lets a card sign a file with its signature key: a PDF comes back signed in itself, of any other file a detached signature. A
	// PIN that the chip refuses is a *WrongPIN, a PDF that cannot be signed ErrCannotSign.
	SignFile(ctx context.Context, cardID, pin string, content []byte) ([]byte, error)
	// Example is an invented person's form and photo, to begin a life without typing.
	Example() (application.RawForm, []byte, error)
	// HandOver lives the invented people's lives up to the cards in their hands, from wherever they are, and moves the clock on to that day.
	// What it cannot do is a *Stuck.
	HandOver() (Played, error)
	// HoldCeremony makes the next key of an authority, of an algorithm.
	HoldCeremony(ctx context.Context, kind certificate.Kind, algorithm string) error
	// IssuerAway reports that the windows cannot reach the issuer; SetIssuerAway cuts it off or brings it back.
	IssuerAway() bool
	SetIssuerAway(away bool)
	// Guide is how to play one life by hand.
	Guide() []GuideStep
	// CardReader is the virtual card reader that other programs see, nil without one; InsertCard, RemoveCard and SwapCards move cards in
	// it. A slot that does not fit is an *office.Invalid, a card that lies elsewhere a refusal.
	CardReader() (*CardReader, error)
	InsertCard(ctx context.Context, slot int, cardID, atr string) error
	RemoveCard(slot int) error
	SwapCards(ctx context.Context) error
}

// CardReader is a virtual reader with its slots.
type CardReader struct {
	Addr  string // where its driver is
	Slots []CardSlot
	ATRs  []string // answers to reset that a card can be given
}

// CardSlot is what is in a slot.
type CardSlot struct {
	ID    string // of the card; empty for none
	Label string // whose it is
	State string
	ATR   string // the answer to reset that it was given, empty for its own
	Seen  bool   // the driver has taken it up
}

// Mail is one delivered mail.
type Mail struct {
	ID      string
	Date    time.Time
	From    string
	To      []string
	Subject string
	Body    string
}

// SandboxCard is one card that can be put into the reader in software.
type SandboxCard struct {
	ID    string
	Label string // whose card it is
	State string // as the issuer's register has it; empty for a phone
	Next  bool   // of the next generation
}

// PhoneAct is what the app on a phone is asked for.
type PhoneAct struct {
	Procedure rules.Procedure
	Card      string // whose phone it is
	Kind      procedure.PhoneKind
	Algorithm string // of the phone's keys; empty for the usual one
	PIN       string // No.1 of the card
	// The phone's own PINs.
	SignaturePIN, AuthenticationPIN string
}

// String hides the PINs.
func (a PhoneAct) String() string { return string(a.Procedure) + " (PINs masked)" }

// Format hides them under every verb.
func (a PhoneAct) Format(f fmt.State, _ rune) { fmt.Fprint(f, a.String()) }

// WrongPIN says that the chip refused a PIN, and how many tries are left; none left is a lock.
type WrongPIN struct {
	TriesLeft int  // NoneTyped when the chip was not asked
	Phone     bool // it is the PIN of a phone, not of the card
}

// NoneTyped are the tries left of a PIN that was not typed.
const NoneTyped = -1

// Error tells the tries and never the PIN.
func (w *WrongPIN) Error() string {
	return fmt.Sprintf("the chip refused the PIN; %d tries left", w.TriesLeft)
}

// GuideStep is one step of the guide: on which day, who, where, what to do there.
type GuideStep struct {
	Day     civil.Date // zero: the day does not matter
	Account string     // staff account to log in as; empty for the applicant
	Path    string     // page to open
	Text    law.Text
}

// Played is what was lived without anybody at the keys.
type Played struct {
	Steps []PlayedStep
	PINs  []PlayedPIN // of the cards that were handed over
}

// PlayedStep is one step of it: an act that was done, or one that was tried and refused, as it should be.
type PlayedStep struct {
	On      civil.Date
	Code    string // of the act, or of the refusal
	Refused bool
	Already bool // it had been done before
	Text    law.Text
	Next    law.Text // what to do instead of what was refused
	Rules   []string
}

// PlayedPIN is a PIN that an invented holder chose.
type PlayedPIN struct {
	PIN   card.PIN
	Value string
}

// Stuck says that the lives cannot be lived on from where they are, and why.
type Stuck struct{ Text, Next law.Text }

// Error is the English text.
func (s *Stuck) Error() string { return s.Text.En }

// Answering is how this node answers about certificates.
type Answering struct {
	Fresh         bool // it does; else it says tryLater
	Position      int64
	Age           time.Duration // since the registers were last seen to hold nothing more
	Median, Worst time.Duration // from a change to its being heard
}
