package office_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
)

var errPower = errors.New("the power went off")

// failingChips are machines whose power goes off at a command.
type failingChips struct {
	office.Chips
	at   int  // which command does not get its answer, counted from 1 over all chips; 0 is none
	lost bool // the command still reached the chip, only its answer is lost
	seen int
}

func (f *failingChips) Manufacture(ctx context.Context, id string, blank office.Blank) (office.Inserted, error) {
	inserted, err := f.Chips.Manufacture(ctx, id, blank)
	inserted.Chip = failingChip{inserted.Chip, f}
	return inserted, err
}

func (f *failingChips) Insert(ctx context.Context, id string) (office.Inserted, error) {
	inserted, err := f.Chips.Insert(ctx, id)
	inserted.Chip = failingChip{inserted.Chip, f}
	return inserted, err
}

type failingChip struct {
	reader.Chip
	machine *failingChips
}

func (c failingChip) Transmit(command []byte) ([]byte, error) {
	m := c.machine
	if m.seen++; m.seen != m.at {
		return c.Chip.Transmit(command)
	}
	if m.lost {
		if _, err := c.Chip.Transmit(command); err != nil {
			return nil, err
		}
	}
	return nil, errPower
}

// witness is a store that notes what was committed to be signed and what was signed, and whose power can go off.
type witness struct {
	office.Store
	mu     sync.Mutex
	failAt int // which transaction that writes is not committed, counted from 1; 0 is none
	writes int
	plans  map[string][]byte // by kind and serial
	signed map[string][]byte
	broken []string // serials for which something else was written than before
}

func watch(s office.Store) *witness {
	return &witness{Store: s, plans: map[string][]byte{}, signed: map[string][]byte{}}
}

func (w *witness) Write(ctx context.Context, f func(office.Tx) error) error {
	w.mu.Lock()
	w.writes++
	fail := w.writes == w.failAt
	w.mu.Unlock()
	var noted []certificate.Certificate
	err := w.Store.Write(ctx, func(tx office.Tx) error {
		noted = nil
		if err := f(witnessTx{tx, &noted}); err != nil {
			return err
		}
		if fail {
			return errPower
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range noted {
		name := c.Kind.String() + " " + c.Serial
		w.note(w.plans, name, c.Plan)
		w.note(w.signed, name, c.DER)
	}
	return nil
}

func (w *witness) note(kept map[string][]byte, name string, content []byte) {
	if len(content) == 0 {
		return
	}
	if before, ok := kept[name]; ok && !bytes.Equal(before, content) {
		w.broken = append(w.broken, name)
	}
	kept[name] = content
}

type witnessTx struct {
	office.Tx
	noted *[]certificate.Certificate
}

func (t witnessTx) PutCertificate(c certificate.Certificate) error {
	*t.noted = append(*t.noted, c)
	return t.Tx.PutCertificate(c)
}

// serials are those of the application's card.
func (d *desk) serials(t *testing.T) (all []string) {
	t.Helper()
	for _, c := range d.certificates(t) {
		all = append(all, c.Serial)
	}
	return all
}

// finished proves that a production that was cut off came out as one card with the serials it began with.
func (d *desk) finished(t *testing.T, w *witness, serials []string) {
	t.Helper()
	if d.card(t).State != card.Produced || !slices.Equal(d.serials(t), serials) {
		t.Errorf("ST-020 the card is %s with the serials %v, begun with %v", d.card(t).State, d.serials(t), serials)
	}
	if len(w.broken) > 0 || len(w.plans) != 2 || len(w.signed) != 2 {
		t.Errorf("CERT-010 serials with two contents: %v; %d plans, %d certificates", w.broken, len(w.plans), len(w.signed))
	}
	d.read(t, func(tx office.Tx) error {
		cards, err := tx.CardsOf("sato")
		if len(cards) != 2 { // the one of 2020 and this one
			t.Errorf("%d cards, want 2", len(cards))
		}
		return err
	})
	d.withCard(t, func(c *reader.Client) {
		der, err := c.ReadCertificate(reader.AuthenticationKey)
		if err != nil || !bytes.Equal(der, d.certificates(t)[1].DER) {
			t.Errorf("the certificate on the chip is not the registers': %v", err)
		}
	})
}

// The power goes off at every single command to the chip, one after the other on one card, at every other one after
// the chip has obeyed; each time production is called again.
func TestProductionCutOffAtEveryCommand(t *testing.T) {
	t.Parallel()
	d := at(t, accepted)
	w := watch(d.db)
	d.Store = w
	var serials []string
	commands := 0
	for n := 1; ; n++ {
		d.Chips = &failingChips{Chips: d.cards, at: n, lost: n%2 == 0}
		receipt, err := d.Produce(ctx, operator, d.id)
		if err == nil && !receipt.Already {
			commands = n - 1
			break
		}
		if !errors.Is(err, errPower) || d.card(t).State != card.Planned {
			t.Fatalf("command %d: %+v, %v", n, receipt, err)
		}
		if serials == nil {
			serials = d.serials(t)
		}
		for _, c := range d.certificates(t) {
			if s := d.ocsp(t, c); s.State != pki.Unknown {
				t.Fatalf("CERT-005 command %d: %s is %s to the outside", n, c.Kind, s.State)
			}
		}
	}
	if commands < 20 {
		t.Errorf("only %d commands were cut off", commands)
	}
	d.finished(t, w, serials)
	d.already(t, func() (office.Receipt, error) { return d.Produce(ctx, operator, d.id) })
}

// The power goes off before each transaction of a production is durable.
func TestProductionCutOffAtEveryTransaction(t *testing.T) {
	t.Parallel()
	d := at(t, accepted)
	w := watch(d.db)
	d.Store = w
	var serials []string
	for n := 1; ; n++ {
		w.failAt, w.writes = n, 0
		_, err := d.Produce(ctx, operator, d.id)
		if err == nil {
			break
		}
		if !errors.Is(err, errPower) || n > 10 {
			t.Fatalf("transaction %d: %v", n, err)
		}
		a := d.application(t)
		if n == 1 {
			if a.CardID != "" {
				t.Error("a plan that was not durable is there")
			}
			continue
		}
		if serials == nil {
			serials = d.serials(t)
		}
		if d.card(t).State != card.Planned {
			t.Errorf("transaction %d: the card is %s", n, d.card(t).State)
		}
	}
	d.finished(t, w, serials)
}

// What the nightly run finds begun it finishes.
func TestFinishProduction(t *testing.T) {
	t.Parallel()
	d := at(t, accepted)
	w := watch(d.db)
	d.Store, d.Chips = w, &failingChips{Chips: d.cards, at: 12}
	if _, err := d.ProduceBatch(ctx, operator); !errors.Is(err, errPower) {
		t.Fatal(err)
	}
	serials := d.serials(t)
	d.Chips = d.cards
	if n, err := d.FinishProduction(ctx); err != nil || n != 1 {
		t.Errorf("finished %d, %v", n, err)
	}
	d.finished(t, w, serials)
	if n, err := d.FinishProduction(ctx); err != nil || n != 0 {
		t.Errorf("finished %d again, %v", n, err)
	}
}

// The application is cancelled while its card is being made: the card is not made, nothing comes back to life.
func TestCancelledDuringProduction(t *testing.T) {
	t.Parallel()
	for planned, name := range map[int]string{0: "before the certificates", 2: "after both were signed"} {
		t.Run("ABR-038 "+name, func(t *testing.T) {
			t.Parallel()
			d := at(t, accepted)
			w := watch(d.db)
			d.Store = w
			d.Chips = &meddledChips{Chips: d.cards, when: func() bool { return len(w.plans) == planned }, meddle: func() {
				if err := d.do("cancel")(); err != nil {
					t.Error(err)
				}
			}}
			before := d.journals(t)
			if _, err := d.Produce(ctx, operator, d.id); codeOf(err) != "application_cancelled" {
				t.Errorf("got %v", err)
			}
			if a := d.application(t); a.State != application.Cancelled || d.card(t).State != card.Destroyed {
				t.Errorf("%s, card %s", a.State, d.card(t).State)
			}
			for _, c := range d.certificates(t) {
				if s := d.ocsp(t, c); c.State != certificate.Revoked || s.State != pki.Revoked {
					t.Errorf("CERT-020 %s: %s, %s to the outside", c.Kind, c.State, s.State)
				}
			}
			for name, plan := range w.plans {
				if !slices.ContainsFunc(d.certificates(t), func(c certificate.Certificate) bool { return bytes.Equal(c.Plan, plan) }) {
					t.Errorf("CERT-010 %s may have been signed, and what was signed is forgotten", name)
				}
			}
			if entries := d.newEntries(t, before); !slices.ContainsFunc(entries, func(e journal.Entry) bool { return e.Act == "produce" && e.Outcome == journal.Refused }) {
				t.Errorf("%+v", entries)
			}
		})
	}
}

// meddledChips let something else happen, once, before a command.
type meddledChips struct {
	office.Chips
	when   func() bool
	meddle func()
	done   bool
}

func (m *meddledChips) Manufacture(ctx context.Context, id string, blank office.Blank) (office.Inserted, error) {
	inserted, err := m.Chips.Manufacture(ctx, id, blank)
	inserted.Chip = meddledChip{inserted.Chip, m}
	return inserted, err
}

func (m *meddledChips) Insert(ctx context.Context, id string) (office.Inserted, error) {
	inserted, err := m.Chips.Insert(ctx, id)
	inserted.Chip = meddledChip{inserted.Chip, m}
	return inserted, err
}

// Whoever asked hangs up while a chip is being written: what the chip has is recorded.
func TestHungUpDuringTheWriting(t *testing.T) {
	t.Parallel()
	// hangUp cancels the context of the act at the chip's n-th command.
	hangUp := func(d *desk, n int) context.Context {
		ctx, cancel := context.WithCancel(ctx)
		d.Chips = &meddledChips{Chips: d.cards, when: func() bool { n--; return n < 0 }, meddle: cancel}
		return ctx
	}
	t.Run("PIN-022 PINs of a sealed form", func(t *testing.T) {
		t.Parallel()
		d := at(t, checked)
		d.write(t, func(tx office.Tx) error {
			a := d.application(t)
			a.SealedForm, a.SealedAt = application.FormSealed, application.Custody{With: application.AtOffice, Office: sumida.Office}
			return tx.PutApplication(a)
		})
		if err := only(d.OpenSealedForm(hangUp(d, 2), sumida, d.id, true, pins)); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.SealedForm != application.FormOpened || a.SealedAt.With != application.Gone {
			t.Errorf("the form that was opened is %s, %+v", a.SealedForm, a.SealedAt)
		}
	})
	t.Run("CARD-016 a card", func(t *testing.T) {
		t.Parallel()
		d := at(t, accepted)
		ctx := hangUp(d, 0)
		d.Chips.(*meddledChips).when = func() bool {
			certificates := d.certificates(t)
			return len(certificates) == 2 && len(certificates[0].Plan) > 0 && len(certificates[1].Plan) > 0
		}
		if err := only(d.Produce(ctx, operator, d.id)); err != nil || d.card(t).State != card.Produced {
			t.Errorf("%v, card %s", err, d.card(t).State)
		}
	})
}

type meddledChip struct {
	reader.Chip
	machine *meddledChips
}

func (c meddledChip) Transmit(command []byte) ([]byte, error) {
	if m := c.machine; !m.done && m.when() {
		m.done = true
		m.meddle()
	}
	return c.Chip.Transmit(command)
}
