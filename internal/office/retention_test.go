package office_test

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/office"
)

// protocolOf are the kinds that an office's protocol names for an application, the oldest first.
func (d *desk) protocolOf(t *testing.T, who office.Actor, id string) (kinds []string) {
	t.Helper()
	all, err := d.Destructions(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range slices.Backward(all) {
		if x.Subject == "application/"+id {
			kinds = append(kinds, x.Kind)
		}
	}
	return kinds
}

func (d *desk) hasPhoto(t *testing.T, id string) bool {
	t.Helper()
	has := false
	d.read(t, func(tx office.Tx) error {
		_, err := tx.Photo(id)
		has = err == nil
		if errors.Is(err, office.ErrNotFound) {
			return nil
		}
		return err
	})
	return has
}

// What was kept for an application that came to nothing is destroyed on its days, not before, once, and with a protocol
// (SEC-001).
func TestRetention(t *testing.T) {
	t.Parallel()
	d := at(t, accepted)
	if _, err := d.Cancel(ctx, sumida, d.id); err != nil {
		t.Fatal(err)
	}
	a := d.application(t)
	if a.Ended.IsZero() || a.SealedForm == application.FormSealed && a.SealedAt.With != application.Gone {
		t.Fatalf("ended on %s, the sealed form is %+v", a.Ended, a.SealedAt)
	}
	holds := func(when string, photo, contact, text bool) {
		t.Helper()
		a := d.application(t)
		texts := false
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Messages(a.ID)
			for _, m := range all {
				texts = texts || m.Body != "" && !m.Sent.IsZero()
			}
			return err
		})
		if has := d.hasPhoto(t, a.ID); has != photo || a.PhotoGone == photo {
			t.Errorf("%s: photo %v, want %v", when, has, photo)
		}
		if has := len(a.Form.Emails) > 0; has != contact {
			t.Errorf("%s: mail addresses %v, want %v", when, has, contact)
		}
		if texts != text {
			t.Errorf("%s: texts of messages %v, want %v", when, texts, text)
		}
	}
	d.write(t, func(tx office.Tx) error { // as if the postman had come
		all, err := tx.Messages(a.ID)
		for _, m := range all {
			m.State, m.Sent = "sent", d.at
			err = errors.Join(err, tx.PutMessage(m))
		}
		return err
	})
	holds("at its end", true, true, true)
	d.goTo(a.Ended.AddDays(89))
	d.workOff(t)
	holds("the day before the photo's", true, true, true)
	d.goTo(a.Ended.AddDays(90))
	d.workOff(t)
	holds("the photo's day", false, true, true)
	d.goTo(a.Ended.AddMonths(12).AddDays(-1))
	d.workOff(t)
	holds("the day before the papers'", false, true, true)
	d.goTo(a.Ended.AddMonths(12))
	d.workOff(t)
	holds("the papers' day", false, false, false)
	d.goTo(a.Ended.AddMonths(40))
	d.workOff(t)
	got := append(d.protocolOf(t, hachinohe, d.id), d.protocolOf(t, sumida, d.id)...)
	slices.Sort(got)
	want := []string{office.DestroyedContact, office.DestroyedPapers, office.DestroyedPhoto}
	if a.SealedForm == application.FormSealed {
		want = append(want, office.DestroyedForm)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the protocol has %v, want %v", got, want)
	}
}

// While the card works its photo and its holder's address stay: the one is written onto the chip again, notices go to the other.
func TestRetentionOfACardThatWorks(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	a := d.application(t)
	d.goTo(a.Ended.AddMonths(30))
	d.workOff(t)
	if a = d.application(t); !d.hasPhoto(t, a.ID) || len(a.Form.Emails) == 0 {
		t.Errorf("photo %v, addresses %d", d.hasPhoto(t, a.ID), len(a.Form.Emails))
	}
}
