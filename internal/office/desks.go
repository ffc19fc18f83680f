package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Desks are the card readers that clerks have at their own desks. Chips that know them put a card into the desk's reader when the
// act is that desk's (AtDesk), or when the card is expected there.
type Desks interface {
	// Pair gives the reader that shows the code to a desk; said is the desk in words. ErrPairingCode when none shows it.
	Pair(desk, code, said string) (DeskReader, error)
	// ReaderAt is the desk's reader; false when it has none.
	ReaderAt(desk string) (DeskReader, bool)
	// Release takes it away; false when there was none.
	Release(desk string) bool
	// Expect notes that a card lies at the desk, for its holder at the PIN screen.
	Expect(desk, cardID string)
}

// DeskReader is a desk's card reader.
type DeskReader struct {
	Name  string
	Since time.Time
	Alive bool // it answers
}

// Faults of a desk's reader.
var (
	ErrPairingCode = errors.New("no card reader shows this code")
	ErrEmptyReader = errors.New("there is no card in the desk's reader")
	ErrOtherCard   = errors.New("another card lies in the desk's reader")
	ErrReaderLost  = errors.New("the desk's reader does not answer")
)

// readerRefusal is what a window says to a fault of a reader.
type readerRefusal struct {
	err  error
	code string
}

var readerRefusals = []readerRefusal{{ErrEmptyReader, "no_card_in_reader"}, {ErrOtherCard, "wrong_card_in_reader"}, {ErrReaderLost, "card_reader_lost"}, {ErrInReader, "card_in_reader"}}

// elsewhere reports that a card is not in the desk's reader, which is no fault while nobody does anything with it.
func elsewhere(err error) bool {
	return slices.ContainsFunc(readerRefusals, func(r readerRefusal) bool { return errors.Is(err, r.err) })
}

// deskOf is the key of an actor's desk; empty for who has none: a holder, or the program itself.
func deskOf(who Actor) string {
	if who.Staff == "" {
		return ""
	}
	return who.Staff + "@" + string(who.Office)
}

type deskKey struct{}

// atDesk is the context of what an actor does with a card.
func atDesk(ctx context.Context, who Actor) context.Context {
	return context.WithValue(ctx, deskKey{}, deskOf(who))
}

// DeskOf is the desk whose act a context is of; empty for none.
func DeskOf(ctx context.Context) string {
	desk, _ := ctx.Value(deskKey{}).(string)
	return desk
}

// expect notes that the holder's card lies at the actor's desk, whose PIN screen was opened.
func (o *Office) expect(who Actor, cardID string) {
	if desk := deskOf(who); o.Desks != nil && desk != "" && cardID != "" {
		o.Desks.Expect(desk, cardID)
	}
}

// CardReader is the reader of the actor's desk; ErrNotFound when it has none, or none can be had.
func (o *Office) CardReader(_ context.Context, who Actor) (DeskReader, error) {
	if o.Desks == nil || deskOf(who) == "" {
		return DeskReader{}, ErrNotFound
	}
	r, ok := o.Desks.ReaderAt(deskOf(who))
	if !ok {
		return r, ErrNotFound
	}
	return r, nil
}

// PairReader gives the desk of the actor the card reader that shows a code. It takes the place of the one that the desk had.
func (o *Office) PairReader(ctx context.Context, who Actor, code string) (DeskReader, Receipt, error) {
	var r DeskReader
	receipt, err := o.act(ctx, who, "pair_reader", "", func(t *turn) error {
		t.because(procedure.Basis{rules.Refusals["pairing_code_wrong"].Cite})
		if o.Desks == nil {
			return rules.Refuse("pairing_code_wrong")
		}
		var err error
		r, err = o.Desks.Pair(deskOf(who), code, PlaceName(who.Office, t.on).Ja+" · "+who.Staff)
		if errors.Is(err, ErrPairingCode) {
			return rules.Refuse("pairing_code_wrong")
		}
		t.detail = r.Name
		return err
	})
	return r, receipt, err
}

// ReleaseReader takes the card reader away from the actor's desk.
func (o *Office) ReleaseReader(ctx context.Context, who Actor) (Receipt, error) {
	return o.act(ctx, who, "release_reader", "", func(t *turn) error {
		t.because(procedure.Basis{rules.Refusals["pairing_code_wrong"].Cite})
		t.already = o.Desks == nil || !o.Desks.Release(deskOf(who))
		return nil
	})
}

// ReaderWord is what the desk's reader is, in words.
func (r DeskReader) ReaderWord() law.Text {
	if r.Alive {
		return law.Text{Ja: "つながっています", En: "connected"}
	}
	return law.Text{Ja: "応答がありません", En: "does not answer"}
}
