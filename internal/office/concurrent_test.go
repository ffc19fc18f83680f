package office_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/reader"
)

// together runs an act at n desks at once and returns their errors, those of the domain only: anything else fails.
func together(t *testing.T, n int, act func(i int) error) []error {
	t.Helper()
	errs := make([]error, n)
	var start, done sync.WaitGroup
	start.Add(1)
	for i := range n {
		done.Go(func() {
			start.Wait()
			errs[i] = act(i)
		})
	}
	start.Done()
	done.Wait()
	for _, err := range errs {
		if err != nil && codeOf(err) == "" && !errors.Is(err, office.ErrStale) {
			t.Errorf("no answer that somebody at a window could hear: %v", err)
		}
	}
	return errs
}

// Two desks do the same act on the same case: it is done once, and the other one hears that it had been done.
func TestTwoDesksOneCase(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		const desks = 4
		t.Run("one request, filed once", func(t *testing.T) {
			ids := make([]string, desks)
			together(t, desks, func(i int) error {
				a, _, err := d.File(ctx, sumida, request(t, "request-1", nil))
				ids[i] = a.ID
				return err
			})
			d.id = ids[0]
			for _, id := range ids {
				if id != d.id || id == "" {
					t.Errorf("filed as %v", ids)
				}
			}
		})
		for _, c := range []struct {
			act   string
			state application.State
		}{
			{"forward", application.Forwarded},
			{"receive papers", application.Received},
			{"identify", application.Received},
			{"accept", application.InProduction},
			{"produce", application.InProduction},
			{"dispatch", application.InTransit},
			{"announce", application.ReadyForPickup},
		} {
			t.Run("ST-001 "+c.act, func(t *testing.T) {
				for _, err := range together(t, desks, func(int) error { return d.do(c.act)() }) {
					if err != nil {
						t.Error(err)
					}
				}
				if got := d.application(t).State; got != c.state {
					t.Errorf("the case is %s, want %s", got, c.state)
				}
			})
		}
		t.Run("NTF-021 every mail once", func(t *testing.T) {
			count := map[notice.Kind]int{}
			for _, kind := range d.messages(t) {
				count[kind]++
			}
			want := map[notice.Kind]int{notice.Filed: 1, notice.Accepted: 1, notice.ApplicationID: 1, notice.Dispatched: 1, notice.ReadyForPickup: 1}
			if !maps.Equal(count, want) {
				t.Errorf("mails %v", count)
			}
		})
		t.Run("CERT-010 one card, its certificates whole", func(t *testing.T) {
			for _, x := range d.certificates(t) {
				if x.State != certificate.Issued || len(x.DER) == 0 {
					t.Errorf("%s is %s with %d bytes", x.Kind, x.State, len(x.DER))
				}
			}
		})
		t.Run("PIN-020 two screens at once", func(t *testing.T) { twoScreens(t, d) })
		t.Run("ST-003 ST-005 handed over or cancelled, never both", func(t *testing.T) {
			errs := together(t, 2, func(i int) error { return d.do([]string{"hand over", "cancel"}[i])() })
			state, c := d.application(t).State, d.card(t).State
			if !(errs[0] == nil && errs[1] != nil && state == application.HandedOver && c == card.Active) &&
				!(errs[1] == nil && errs[0] != nil && state == application.Cancelled && c == card.Destroyed) {
				t.Errorf("%v: the case is %s, the card %s", errs, state, c)
			}
		})
	})
}

// twoScreens: the holder's PINs are those of the one who heard that they were set.
func twoScreens(t *testing.T, d *desk) {
	d.goTo(civil.Day(2026, 1, 16))
	if err := d.do("check identity")(); err != nil {
		t.Fatal(err)
	}
	secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
	if err != nil {
		t.Fatal(err)
	}
	typed := []string{"9081", "8190", "1908", "0198"}
	errs := together(t, len(typed), func(i int) error {
		mine := maps.Clone(pins)
		mine[card.UserAuthenticationPIN] = typed[i]
		return only(d.SetPINs(ctx, secret, mine))
	})
	set := 0
	for i, err := range errs {
		if err != nil {
			if codeOf(err) != "link_used" {
				t.Errorf("got %v, want link_used", err)
			}
			continue
		}
		set++
		d.withCard(t, func(c *reader.Client) {
			if err := c.VerifyPIN(reader.AuthenticationPIN, typed[i]); err != nil {
				t.Errorf("the PIN that was set does not work: %v", err)
			}
		})
	}
	if set != 1 {
		t.Errorf("set %d times through one link", set)
	}
}

// Twenty people want one time that has three places.
func TestTwentyWantThreePlaces(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		const people = 20
		secrets := make([]string, people)
		for i := range people {
			secrets[i] = d.waiting(t, i)
		}
		d.goTo(civil.Day(2025, 12, 5))
		booked := 0
		for _, err := range together(t, people, func(i int) error {
			_, _, err := d.Reserve(ctx, secrets[i], office.Wanted{Day: "2026-01-16", Time: "10:00"})
			return err
		}) {
			switch {
			case err == nil:
				booked++
			case codeOf(err) != "slot_full":
				t.Errorf("PICK-007: %v", err)
			}
		}
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Reservations(demo.Sumida, civil.Day(2026, 1, 16), civil.Day(2026, 1, 16))
			if booked != 3 || len(all) != 3 {
				t.Errorf("PICK-007: %d heard that they are booked, %d are, want 3", booked, len(all))
			}
			return err
		})
	})
}

// hashOf is how the registers keep a link's secret.
func hashOf(secret string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(secret))) }

// waiting is somebody whose card waits at Sumida, and the secret of the link to book a time.
func (d *desk) waiting(t *testing.T, i int) string {
	t.Helper()
	a, _, err := d.File(ctx, sumida, request(t, fmt.Sprint("waiting ", i), nil))
	if err != nil {
		t.Fatal(err)
	}
	d.id = a.ID
	secret := fmt.Sprint("secret ", i)
	d.write(t, func(tx office.Tx) error {
		a, err := tx.Application(a.ID)
		if err != nil {
			return err
		}
		a.State, a.PersonID, a.ApplicationID, a.CardID = application.ReadyForPickup, "sato", fmt.Sprintf("%023d", i), fmt.Sprint("card", i)
		a.Ready, a.Deadline = civil.Day(2025, 12, 5), civil.Day(2026, 3, 5)
		if err := tx.PutApplication(a); err != nil {
			return err
		}
		return tx.PutLink(office.Link{Hash: hashOf(secret), Purpose: office.LinkReserve, Subject: a.ID, Expires: civil.Day(2026, 3, 6).Start()})
	})
	return secret
}

// Sixty-four desks of one office at once: each of them gets through, and the journal has each of their acts.
func TestManyDesksOneOffice(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		a, _, err := d.File(ctx, sumida, request(t, "request-1", nil))
		if err != nil {
			t.Fatal(err)
		}
		const desks, looks = 64, 3
		for range looks {
			for _, err := range together(t, desks, func(int) error {
				_, err := d.Look(ctx, sumida, a.ID)
				return err
			}) {
				if err != nil {
					t.Error(err)
				}
			}
		}
		d.read(t, func(tx office.Tx) error {
			entries, err := tx.JournalOf("application/" + a.ID)
			if want := 1 + desks*looks; len(entries) != want {
				t.Errorf("%d entries, want %d", len(entries), want)
			}
			return err
		})
	})
}
