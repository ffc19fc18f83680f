package office_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/reader"
)

// Who may look at a case may see its photo, and no look stays out of the journal: within a look of the same day the photo
// adds nothing, without one it is a look itself.
func TestPhoto(t *testing.T) {
	t.Parallel()
	d := at(t, forwarded)
	look := func(who office.Actor) func() error {
		return func() error { _, err := d.Look(ctx, who, d.id); return err }
	}
	face := func(who office.Actor) func() error {
		return func() error {
			got, err := d.Photo(ctx, who, d.id)
			if err == nil && !bytes.Equal(got, photo(t)) {
				t.Errorf("%s sees %d bytes of another photo", who.Staff, len(got))
			}
			return err
		}
	}
	looks := func(f func() error) int {
		t.Helper()
		entries, err := d.unchanged(t, f)
		if err != nil {
			t.Error(err)
		}
		n := 0
		for _, e := range entries {
			if e.Act != "look" || e.Outcome != journal.Done {
				t.Errorf("%s %s in the journal", e.Act, e.Outcome)
			}
			n++
		}
		return n
	}
	for _, c := range []struct {
		name string
		f    func() error
		want int
	}{
		{"記録を見ずに写真だけ", face(sumida), 1},
		{"その日のうちにもう一度", face(sumida), 0},
		{"ほかの窓口が見たことは数えない", face(hachinohe), 1},
		{"記録を見てから写真", func() error { return errors.Join(look(hachinohe)(), face(hachinohe)()) }, 1},
	} {
		if got := looks(c.f); got != c.want {
			t.Errorf("%s: %d looks, want %d", c.name, got, c.want)
		}
	}
	d.goTo(civil.Day(2025, 10, 31))
	if got := looks(face(sumida)); got != 1 {
		t.Errorf("a look of yesterday covers today: %d looks", got)
	}
	for _, who := range []office.Actor{niigata, operator} {
		d.notFound(t, face(who))
	}
}

// What the applicant sees before collecting the card follows the registers as they stand.
func TestLinkedVisit(t *testing.T) {
	t.Parallel()
	d := at(t, announced)
	link := d.link(t, "reserve")
	p, err := d.LinkedVisit(ctx, link)
	if err != nil || p.Booked != nil || p.Application.ID != d.id {
		t.Fatalf("PICK-007: %+v, %v", p, err)
	}
	for _, want := range []string{"旅券", "1点", "運転免許証", "旧カード"} {
		if !strings.Contains(p.Papers.Ja, want) {
			t.Errorf("PICK-071: %q is not in %s", want, p.Papers.Ja)
		}
	}
	if !strings.Contains(p.Papers.En, "passport") || !strings.HasPrefix(p.Fee.Ja, "0円") || !strings.HasPrefix(p.Fee.En, "0 yen") {
		t.Errorf("PICK-072, FEE-020: %s, %s", p.Papers.En, p.Fee)
	}
	for _, at := range []string{"10:00", "11:00"} {
		if _, _, err := d.Reserve(ctx, link, office.Wanted{Day: "2026-01-16", Time: at}); err != nil {
			t.Fatal(err)
		}
		if p, err = d.LinkedVisit(ctx, link); err != nil || p.Booked == nil || p.Booked.Day != civil.Day(2026, 1, 16) || p.Booked.Time != at {
			t.Errorf("PICK-011: booked %+v, %v", p.Booked, err)
		}
	}
	for _, secret := range []string{d.link(t, "correct"), "", "aaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		if _, err := d.LinkedVisit(ctx, secret); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("the link %q opens it: %v", secret, err)
		}
	}
}

// What stands in an address and cannot be a key of ours is not there, on either engine, and the journal does not keep it.
func TestKeysThatCannotBe(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		for _, id := range []string{"", "\xff", "a\x00b", "../x", strings.Repeat("a", 60_000), "氏名"} {
			for name, ask := range map[string]func() error{
				"look":        func() error { _, err := d.Look(ctx, sumida, id); return err },
				"photo":       func() error { _, err := d.Photo(ctx, sumida, id); return err },
				"forward":     func() error { return only(d.Forward(ctx, sumida, id)) },
				"hand over":   func() error { return only(d.HandOver(ctx, sumida, id, true)) },
				"produce":     func() error { return only(d.Produce(ctx, operator, id)) },
				"suspend":     func() error { return only(d.Suspend(ctx, stopLine, id, true)) },
				"draft":       func() error { _, err := d.Draft(ctx, id); return err },
				"account":     func() error { _, err := d.Account(ctx, id); return err },
				"sealed form": func() error { return only(d.OpenSealedForm(ctx, sumida, id, true, pins)) },
			} {
				if entries, err := d.unchanged(t, ask); !errors.Is(err, office.ErrNotFound) || len(entries) > 0 {
					t.Errorf("%s %.20q: %v, %+v", name, id, err, entries)
				}
			}
		}
	})
}

// A chip that was lost or damaged after production stops what needs the chip, and nothing else: the case can be looked
// at, no blank chip takes its place, and nothing is handed over.
func TestChipLostAtTheWindow(t *testing.T) {
	for name, harm := range map[string]func(file string, old []byte) error{
		"lost":        func(file string, _ []byte) error { return os.Remove(file) },
		"damaged":     func(file string, _ []byte) error { return os.WriteFile(file, []byte("not a chip"), 0o600) },
		"an old copy": func(file string, old []byte) error { return os.WriteFile(file, old, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			d := at(t, checked)
			file := d.cards.File(d.card(t).ID)
			old, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			chip, done, err := d.cards.Open(ctx, d.card(t).ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := reader.NewClient(reader.Direct(chip)).ReadFace("000000000000"); err == nil {
				t.Error("a wrong number opens the face")
			}
			if err := done(); err != nil {
				t.Fatal(err)
			}
			whole, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := harm(file, old); err != nil {
				t.Fatal(err)
			}
			c, err := d.Look(ctx, sumida, d.id)
			if err != nil || c.Card == nil || len(c.PINsSet) > 0 || !strings.Contains(d.log.String(), c.Card.ID) {
				t.Errorf("%v, %+v, logged: %s", err, c.PINsSet, d.log)
			}
			for name, act := range map[string]func() error{
				"PINs":      func() error { return only(d.OpenSealedForm(ctx, sumida, d.id, true, pins)) },
				"hand over": func() error { return only(d.HandOver(ctx, sumida, d.id, true)) },
			} {
				entries, err := d.unchanged(t, act)
				var refusal *law.Refusal // the window says so, and the journal that it did
				if !errors.As(err, &refusal) || refusal.Code != "chip_unreadable" || len(entries) != 1 {
					t.Errorf("%s: %v, %+v", name, err, entries)
				}
			}
			if err := os.WriteFile(file, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Look(ctx, sumida, d.id); err != nil {
				t.Error(err)
			}
		})
	}
}

// What ended long ago never hides what is to be done, and what ended last is still seen.
func TestQueueOfAnOldOffice(t *testing.T) {
	d := at(t, filed)
	d.write(t, func(tx office.Tx) error {
		old := d.application(t)
		old.Version, old.State = 0, application.Cancelled
		for i := range 250 {
			old.ID = fmt.Sprintf("old%d", i)
			old.RequestKey, old.Filed = old.ID, civil.Day(2024, 6, 1).AddDays(i)
			if err := tx.PutApplication(old); err != nil {
				return err
			}
		}
		return nil
	})
	lines, err := d.Queue(ctx, sumida)
	if err != nil || len(lines) != 200 || lines[0].Application.ID != d.id || !lines[0].Mine || lines[1].Application.ID != "old249" {
		t.Errorf("%d lines, the first %+v, %v", len(lines), lines[:min(2, len(lines))], err)
	}
}
