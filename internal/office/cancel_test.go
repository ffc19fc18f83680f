package office_test

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// An application can be withdrawn until the card is handed over, by each office that ABR-038 names; a card that was made
// for it is destroyed, and its certificates are revoked.
func TestCancel(t *testing.T) {
	for _, c := range []struct {
		after   stage
		by      office.Actor
		custody place.Code // who destroys the card; empty where there is none
	}{
		{filed, sumida, ""},
		{forwarded, sumida, ""},
		{received, hachinohe, ""},
		{askedBack, hachinohe, ""},
		{accepted, hachinohe, ""},
		{produced, sumida, place.Issuer},
		{dispatched, hachinohe, demo.Sumida},
		{announced, sumida, demo.Sumida},
		{pinned, sumida, demo.Sumida},
	} {
		t.Run("ABR-038 CON-037 ST-003 after "+string(c.after), func(t *testing.T) {
			t.Parallel()
			d := at(t, c.after)
			papers, sent := d.application(t).Papers, len(d.messages(t))
			d.notFound(t, func() error { return only(d.Cancel(ctx, niigata, d.id)) })
			if err := only(d.Cancel(ctx, c.by, d.id)); err != nil {
				t.Fatal(err)
			}
			a := d.application(t)
			if got := d.messages(t); a.State != application.Cancelled || a.Papers != papers || len(got) != sent+1 || !slices.Contains(got, notice.Cancelled) {
				t.Errorf("%s, papers %+v, mails %v", a.State, a.Papers, got)
			}
			d.already(t, func() (office.Receipt, error) { return d.Cancel(ctx, c.by, d.id) })
			for act, code := range map[string]string{"accept": "application_cancelled", "produce": "application_cancelled", "dispatch": "application_cancelled", "announce": "application_cancelled",
				"check identity": "application_cancelled", "open PIN screen": "application_cancelled", "hand over": "application_cancelled"} {
				d.refused(t, code, d.do(act))
			}
			if c.custody != "" {
				d.destroyed(t, c.custody)
			}
		})
	}
}

// destroyed: PICK-005, CERT-020. OCSP says so at once, the list from the next day on.
func (d *desk) destroyed(t *testing.T, by place.Code) {
	t.Helper()
	if c := d.card(t); c.State != card.Destroyed || c.Ended != civil.DateOf(d.at) || c.Custody != (card.Custody{Office: by}) || !c.Activated.IsZero() {
		t.Errorf("PICK-005 ST-006: %+v", c)
	}
	for _, x := range d.certificates(t) {
		if s := d.ocsp(t, x); x.State != certificate.Revoked || s.State != pki.Revoked || s.Reason != pki.Reason(certificate.Unspecified) || len(x.DER) == 0 {
			t.Errorf("CERT-020 %s: %s, %+v", x.Kind, x.State, s)
		}
		if _, ok := d.listed(t, x); ok {
			t.Errorf("CERT-032 %s stands in the list of the same day", x.Kind)
		}
	}
	d.goTo(civil.DateOf(d.at).AddDays(1))
	for _, x := range d.certificates(t) {
		if e, ok := d.listed(t, x); !ok || e.Reason != pki.Reason(certificate.Unspecified) {
			t.Errorf("CERT-030 %s does not stand in the next day's list: %+v", x.Kind, e)
		}
	}
	d.refused(t, "card_destroyed", func() error { return only(d.Suspend(ctx, stopLine, d.card(t).ID, true)) })
}

// Who cancels and applies anew pays no more than before: a card that nobody ever had is no former card.
func TestApplyAnewAfterCancelling(t *testing.T) {
	t.Parallel()
	d := at(t, announced)
	if err := d.do("cancel")(); err != nil {
		t.Fatal(err)
	}
	a, _, err := d.File(ctx, hachinohe, request(t, "anew", nil))
	if err != nil {
		t.Fatal(err)
	}
	d.id = a.ID
	if err := only(d.Identify(ctx, hachinohe, d.id, "sato")); err != nil {
		t.Fatal(err)
	}
	if err := d.do("accept")(); err != nil {
		t.Fatal(err)
	}
	if fee := d.application(t).Fee; fee.Yen != 0 || fee.Ground != string(rules.ReturnForced) {
		t.Errorf("FEE-020 CON-007: %+v", fee)
	}
}

// Today's lists of all partitions are made once, whoever asks, and say nothing of other partitions.
func TestPublishCRLs(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	n, err := d.PublishCRLs(ctx)
	if err != nil || n != 4 {
		t.Fatalf("CERT-030: %d lists, %v; want one of each kind for Hachinohe, and one of each for the authorities", n, err)
	}
	entries, err := d.unchanged(t, func() error {
		_, err := d.PublishCRLs(ctx)
		return err
	})
	if err != nil || len(entries) > 0 {
		t.Errorf("CERT-032 the second time: %v, %+v", err, entries)
	}
	first, _ := d.list(t, certificate.Signature, "02203")
	d.goTo(civil.DateOf(d.at).AddDays(1))
	second, _ := d.list(t, certificate.Signature, "02203")
	if second.Number != first.Number+1 || !second.ThisUpdate.After(first.ThisUpdate) || second.ThisUpdate != civil.DateOf(d.at).Start().UTC() {
		t.Errorf("CERT-033: number %d of %s", second.Number, second.ThisUpdate)
	}
	for _, c := range []struct {
		generation int
		partition  string
	}{{2, "02203"}, {1, "99999"}, {1, "x"}} {
		if entries, err := d.unchanged(t, func() error { _, _, err := d.List(ctx, certificate.Signature, c.generation, c.partition); return err }); err == nil || len(entries) > 0 {
			t.Errorf("key %d, partition %s: %v", c.generation, c.partition, err)
		}
	}
}

// After the authority's own end its last list stays, and nothing is made that nobody could sign.
func TestAuthorityEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t) // founds them
	last := civil.DateOf(d.CAs.Of(certificate.Signature, 1).Certificate().NotAfter)
	t.Run("CERT-030 lists", func(t *testing.T) {
		d := at(t, handedOver)
		d.goTo(last)
		kept, _ := d.list(t, certificate.Signature, "02203")
		if kept.ThisUpdate != last.Start().UTC() {
			t.Fatalf("on the last day: of %s", kept.ThisUpdate)
		}
		d.goTo(last.AddDays(1))
		if entries, err := d.unchanged(t, func() error {
			n, err := d.PublishCRLs(ctx)
			if n != 0 {
				t.Errorf("%d lists were made", n)
			}
			return err
		}); err != nil || len(entries) > 0 {
			t.Errorf("the day's lists: %v", err)
		}
		if list, _ := d.list(t, certificate.Signature, "02203"); list.Number != kept.Number {
			t.Errorf("number %d, want the last one, %d", list.Number, kept.Number)
		}
		if _, _, err := d.List(ctx, certificate.Signature, 1, "13107"); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("a list that never was: %v", err)
		}
		if answer := d.respond(t, nil); answer.Status == pki.Successful {
			t.Errorf("OCSP: %v", answer.Status)
		}
	})
	t.Run("CERT-010 cards", func(t *testing.T) {
		d := at(t, accepted)
		d.goTo(last.AddDays(-365))
		d.refused(t, "authority_key_due", func() error { return only(d.Produce(ctx, operator, d.id)) })
	})
	t.Run("CERT-003 the clock set back", func(t *testing.T) {
		d := at(t, accepted)
		day := civil.DateOf(d.at)
		for more := true; more; {
			var err error
			if _, more, err = d.WorkOff(ctx); err != nil {
				t.Fatal(err)
			}
		}
		d.goTo(day.AddDays(-1))
		d.refused(t, "clock_set_back", func() error { return only(d.Produce(ctx, operator, d.id)) })
		d.goTo(day)
		if err := only(d.Produce(ctx, operator, d.id)); err != nil {
			t.Errorf("with the clock set right: %v", err)
		}
	})
}

// A booked time is free again when its application is withdrawn (PICK-007).
func TestCancelGivesTheTimeFree(t *testing.T) {
	d := at(t, announced)
	if _, _, err := d.Reserve(ctx, d.link(t, "reserve"), office.Wanted{Day: "2026-01-16", Time: "10:30"}); err != nil {
		t.Fatal(err)
	}
	booked := func() (n int) {
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Reservations(demo.Sumida, civil.Day(2026, 1, 16), civil.Day(2026, 1, 16))
			n = len(all)
			return err
		})
		return n
	}
	if n := booked(); n != 1 {
		t.Fatalf("%d booked", n)
	}
	if err := only(d.Cancel(ctx, sumida, d.id)); err != nil {
		t.Fatal(err)
	}
	if n := booked(); n != 0 {
		t.Errorf("%d booked after the cancellation", n)
	}
}
