package office_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/remote"
	"mynumber/internal/rules"
)

// tornReader is a card reader at a desk out of which the card is torn at the command with a number; 0: never.
type tornReader struct {
	d    *desk
	card string // that lies in it
	at   int
	seen int
}

var errTorn = errors.New("the card was taken out")

func (r *tornReader) open(ctx context.Context) (remote.Chip, func() error, error) {
	if r.card == "" {
		return nil, nil, remote.ErrNoCard
	}
	chip, takeOut, err := r.d.cards.Open(ctx, r.card)
	if err != nil {
		return nil, nil, err
	}
	return tornChip{reader.Direct(chip), r}, takeOut, nil
}

type tornChip struct {
	reader.Chip
	reader *tornReader
}

func (c tornChip) Transmit(command []byte) ([]byte, error) {
	if c.reader.seen++; c.reader.seen == c.reader.at {
		if c.reader.at%2 == 0 { // the card obeyed, and its answer is lost
			if _, err := c.Chip.Transmit(command); err != nil {
				return nil, err
			}
		}
		return nil, errTorn
	}
	return c.Chip.Transmit(command)
}

// withReader gives the desk of a clerk a card reader of its own, on the network.
func (d *desk) withReader(t *testing.T, who office.Actor) *tornReader {
	t.Helper()
	desks := &folder.Desks{Cards: d.cards, Readers: remote.NewReaders(time.Now)}
	d.Chips, d.Desks = desks, desks
	server := httptest.NewServer(desks.Readers.Handler())
	r := &tornReader{d: d}
	codes := make(chan string, 1)
	agent := &remote.Agent{Server: server.URL, Reader: "窓口1", Open: r.open, NoCard: func(err error) bool { return errors.Is(err, remote.ErrNoCard) }, Code: func(c string) { codes <- c }}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- agent.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		server.Close()
	})
	_, receipt, err := d.PairReader(t.Context(), who, <-codes)
	if err != nil || receipt.Detail != "窓口1" {
		t.Fatalf("%+v, %v", receipt, err)
	}
	return r
}

// TestReaderOfTheDesk: an act of a desk with a reader finds its card there and nowhere else; another card is refused before anything
// is asked of it; torn out at any command, the act is refused, nothing is recorded, and the next try finishes the same card.
func TestReaderOfTheDesk(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	d.happened(t, func(p *register.Person) {
		p.Name.Family, p.Name.FamilyKana = "高田", "タカダ"
		p.Events = append(p.Events, register.Event{ID: "e1", Kind: string(rules.NameChange), At: demo.Hachinohe, Day: civil.Day(2026, 5, 20), Filed: civil.Day(2026, 5, 25)})
	})
	c, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, holder(rules.FormChangeAbroad, rules.MyNumberCard))
	if err != nil {
		t.Fatal(err)
	}
	r := d.withReader(t, hachinohe)
	secret, _, err := d.OpenCasePINScreen(ctx, hachinohe, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("empty", func(t *testing.T) {
		_, _, err := d.TypeCasePINs(ctx, secret, pins)
		wantCode(t, err, "no_card_in_reader")
	})
	r.card = "other"
	free, err := d.cards.Manufacture(ctx, r.card, office.Blank{Counting: rules.Consecutive})
	if err == nil {
		err = free.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Run("another card", func(t *testing.T) {
		_, _, err := d.TypeCasePINs(ctx, secret, pins)
		wantCode(t, err, "wrong_card_in_reader")
	})
	r.card = c.CardID
	if _, _, err := d.TypeCasePINs(ctx, secret, pins); err != nil {
		t.Fatal(err)
	}
	planned := func() (n int) {
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Certificates(c.CardID)
			n = len(all)
			return err
		})
		return n
	}
	before := planned()
	for r.at, r.seen = 1, 0; ; r.at++ {
		r.seen = 0
		_, receipt, err := d.CompleteCase(ctx, hachinohe, c.ID)
		if err == nil {
			if receipt.Already || r.at < 40 {
				t.Errorf("after %d commands: %+v", r.at, receipt)
			}
			break
		}
		var refusal *law.Refusal
		if !errors.As(err, &refusal) || refusal.Code != "card_reader_lost" {
			t.Fatalf("torn at command %d: %v", r.at, err)
		}
		if n := planned(); n > before+2 {
			t.Fatalf("torn at command %d: %d certificates, before it %d", r.at, n, before)
		}
	}
	r.at = 0
	if err := d.sameOnChip(c.CardID); err != nil {
		t.Errorf("the chip is not what the registers say: %v", err)
	}
	t.Run("only this desk", func(t *testing.T) { onlyThisDesk(t, d, r) })
}

// onlyThisDesk: another clerk has no part in the reader, and who gave it back none any more.
func onlyThisDesk(t *testing.T, d *desk, r *tornReader) {
	r.card, r.seen = "", 0
	if _, err := d.CardReader(ctx, sumida); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another desk: %v", err)
	}
	got, err := d.CardReader(ctx, hachinohe)
	if err != nil || got.Name != "窓口1" || !got.Alive || got.ReaderWord().En != "connected" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, _, err := d.PairReader(ctx, operator, "AAAA-2222"); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the issuer has no desk with a reader: %v", err)
	}
	_, _, err = d.PairReader(ctx, sumida, "AAAA-2222")
	wantCode(t, err, "pairing_code_wrong")
	for _, already := range []bool{false, true} {
		if receipt, err := d.ReleaseReader(ctx, hachinohe); err != nil || receipt.Already != already {
			t.Errorf("%+v, %v", receipt, err)
		}
	}
	pin := 3
	told := holder(rules.FormPINReset, rules.MyNumberCard)
	told.Wish.PIN, told.Card.PINs.ResidentRegister = &pin, procedure.PINForgotten
	c, err := d.takeIn(t, hachinohe, rules.ResetPINFromAbroad, told)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, hachinohe, c) // in the folder's machine again
	d.withCard(t, func(c *reader.Client) {
		if err := c.VerifyPIN(reader.ResidentRegisterPIN, pins[card.ResidentRegisterPIN]); err != nil {
			t.Error(err)
		}
	})
}
