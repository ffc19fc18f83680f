package office_test

import (
	"errors"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// Administrators of the tests.
var (
	sumidaAdmin    = office.Actor{Staff: "sumidaadmin", Office: demo.Sumida, Role: office.Admin}
	hachinoheAdmin = office.Actor{Staff: "hachinoheadmin", Office: demo.Hachinohe, Role: office.Admin}
	issuerAdmin    = office.Actor{Staff: "issueradmin", Office: place.Issuer, Role: office.Admin}
)

// acting is who acts under a login of an account.
func (d *desk) acting(t *testing.T, account, standIn string) (office.Actor, error) {
	t.Helper()
	s, err := d.Account(ctx, account)
	if err != nil {
		t.Fatal(err)
	}
	in, err := d.Acting(ctx, office.Login{Account: account, Logins: s.Logins, StandIn: standIn})
	return in.Actor, err
}

// got is what an act gave.
func got[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestStaffLife: the first administrator makes others, they keep their own offices and nobody else's, and never themselves.
func TestStaffLife(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	clerk := office.Staff{ID: "kudo", Name: "工藤", Office: demo.Sumida, Role: office.Clerk}
	add := func(who office.Actor, s office.Staff) error { _, _, err := d.AddStaff(ctx, who, s); return err }
	d.forbidden(t, func() error { return add(hachinoheAdmin, clerk) })
	d.forbidden(t, func() error { return add(sumida, clerk) })
	d.forbidden(t, func() error {
		return add(sumidaAdmin, office.Staff{ID: "other", Name: "他", Office: demo.Niigata, Role: office.Admin})
	})
	if err := add(issuerAdmin, office.Staff{ID: "niigataadmin", Name: "新潟", Office: demo.Niigata, Role: office.Admin}); err != nil {
		t.Errorf("the issuer makes the first administrator: %v", err)
	}
	d.forbidden(t, func() error {
		return add(issuerAdmin, office.Staff{ID: "niigata3", Name: "新潟", Office: demo.Niigata, Role: office.Clerk})
	})
	if err := add(sumidaAdmin, clerk); err != nil {
		t.Fatal(err)
	}
	d.invalid(t, []string{"name"}, func() error {
		return add(sumidaAdmin, office.Staff{ID: "kudo2", Office: demo.Sumida, Role: office.Clerk})
	})
	d.invalid(t, []string{"role"}, func() error { _, err := d.ChangeRole(ctx, sumidaAdmin, "kudo", office.Operator); return err })
	d.notFound(t, func() error { _, err := d.ChangeRole(ctx, hachinoheAdmin, "kudo", office.Admin); return err })
	for name, own := range map[string]func() error{
		"role":  func() error { _, err := d.ChangeRole(ctx, sumidaAdmin, "sumidaadmin", office.Clerk); return err },
		"leave": func() error { _, err := d.Leave(ctx, sumidaAdmin, "sumidaadmin"); return err },
		"stand": func() error {
			_, _, err := d.GrantStandIn(ctx, sumidaAdmin, "sumidaadmin", office.StandInRequest{Role: "clerk", From: "2025-10-28", To: "2025-10-29"})
			return err
		},
	} {
		t.Run("nobody keeps their own account: "+name, func(t *testing.T) { d.forbidden(t, own) })
	}
	got(d.ChangeRole(ctx, sumidaAdmin, "kudo", office.Admin))(t)
	kudo := got(d.acting(t, "kudo", ""))(t)
	got(d.StaffHere(ctx, kudo))(t)

	got(d.Leave(ctx, sumidaAdmin, "kudo"))(t)
	if _, err := d.acting(t, "kudo", ""); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("somebody who left is logged in: %v", err)
	}
	d.forbidden(t, func() error { _, _, err := d.StaffLink(ctx, kudo, "sumida"); return err })
	d.invalid(t, []string{"account"}, func() error { _, _, err := d.StaffLink(ctx, sumidaAdmin, "kudo"); return err })
	d.already(t, func() (office.Receipt, error) { return d.Leave(ctx, sumidaAdmin, "kudo") })
	d.invalid(t, []string{"account"}, func() error { return add(sumidaAdmin, clerk) }) // the name stays taken
	d.invalid(t, []string{"account"}, func() error { _, err := d.Leave(ctx, office.Console(place.Issuer), "issueradmin"); return err })
}

// A clerk is moved to another office in the middle of a case: the old office offers, the new one takes over, and from then on
// the open session has lost the case, also a request that was on its way.
func TestTransferDuringACase(t *testing.T) {
	t.Parallel()
	d := at(t, accepted)
	before := got(d.acting(t, "sumida", ""))(t)
	if _, err := d.Look(ctx, before, d.id); err != nil {
		t.Fatal(err)
	}
	d.notFound(t, func() error { _, err := d.TakeOver(ctx, hachinoheAdmin, "sumida", office.Clerk); return err })
	d.invalid(t, []string{"office"}, func() error { _, err := d.OfferTransfer(ctx, sumidaAdmin, "sumida", "999999"); return err })
	got(d.OfferTransfer(ctx, sumidaAdmin, "sumida", demo.Niigata))(t)
	d.notFound(t, func() error { _, err := d.TakeOver(ctx, hachinoheAdmin, "sumida", office.Clerk); return err })
	if _, err := d.Look(ctx, before, d.id); err != nil {
		t.Errorf("only offered: %v", err)
	}
	niigataAdmin := office.Actor{Staff: "niigataadmin", Office: demo.Niigata, Role: office.Admin}
	got(d.TakeOver(ctx, niigataAdmin, "sumida", office.Clerk))(t)
	d.forbidden(t, func() error { _, err := d.Look(ctx, before, d.id); return err })
	after := got(d.acting(t, "sumida", ""))(t)
	if after.Office != demo.Niigata {
		t.Fatalf("acts at %s", after.Office)
	}
	d.notFound(t, func() error { _, err := d.Look(ctx, after, d.id); return err })
}

// A stand-in holds for its days, at the office that granted it, and falls back to the person's own post.
func TestStandIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, c := range []struct{ role, from, to, field string }{
		{"operator", "2025-10-28", "2025-10-29", "role"}, {"clerk", "then", "2025-10-29", "from"}, {"clerk", "2025-10-28", "2025-10-27", "to"}, {"clerk", "2025-10-28", "2026-12-01", "to"},
	} {
		d.invalid(t, []string{c.field}, func() error {
			_, _, err := d.GrantStandIn(ctx, sumidaAdmin, "hachinohe", office.StandInRequest{Role: c.role, From: c.from, To: c.to})
			return err
		})
	}
	s, _, err := d.GrantStandIn(ctx, sumidaAdmin, "hachinohe", office.StandInRequest{Role: "clerk", From: "2025-10-29", To: "2025-10-31"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		on    civil.Date
		where place.Code
	}{{civil.Day(2025, 10, 28), demo.Hachinohe}, {civil.Day(2025, 10, 29), demo.Sumida}, {civil.Day(2025, 10, 31), demo.Sumida}, {civil.Day(2025, 11, 1), demo.Hachinohe}} {
		d.goTo(c.on)
		who := got(d.acting(t, "hachinohe", s.ID))(t)
		if who.Office != c.where {
			t.Errorf("on %s acts at %s, want %s", c.on, who.Office, c.where)
		}
		if _, err := d.Queue(ctx, who); err != nil {
			t.Errorf("on %s: %v", c.on, err)
		}
	}
	d.goTo(civil.Day(2025, 10, 30))
	held := got(d.acting(t, "hachinohe", s.ID))(t)
	d.notFound(t, func() error { _, err := d.EndStandIn(ctx, hachinoheAdmin, "hachinohe", s.ID); return err })
	got(d.EndStandIn(ctx, sumidaAdmin, "hachinohe", s.ID))(t)
	if _, err := d.Queue(ctx, held); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the stand-in was ended: %v", err)
	}
}

// Keys are their owner's: one that is somebody else's is not taken over, and every session can be ended at once.
func TestKeysAndSessions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	key := office.StaffKey{Kind: office.KeyProvider, ID: "https://id.example x", Name: "x"}
	got(d.AddKey(ctx, sumida, key))(t)
	d.already(t, func() (office.Receipt, error) { return d.AddKey(ctx, sumida, key) })
	d.invalid(t, []string{"key"}, func() error { _, err := d.AddKey(ctx, hachinohe, key); return err })
	d.notFound(t, func() error { _, err := d.DropKey(ctx, hachinohe, key.Kind, key.ID); return err })
	if s, err := d.EnterByKey(ctx, key.Kind, key.ID, nil); err != nil || s.ID != "sumida" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := d.EnterByKey(ctx, key.Kind, "https://id.example y", nil); !errors.Is(err, office.ErrNotFound) {
		t.Error(err)
	}
	login := office.Login{Account: "sumida"}
	if _, err := d.Acting(ctx, login); err != nil {
		t.Fatal(err)
	}
	got(d.EndSessions(ctx, sumida, "sumida"))(t)
	if _, err := d.Acting(ctx, login); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("the session goes on: %v", err)
	}
	login.Logins = 1
	got(d.EndSessions(ctx, sumidaAdmin, "sumida"))(t)
	if _, err := d.Acting(ctx, login); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("the session goes on: %v", err)
	}
	got(d.DropKey(ctx, sumida, key.Kind, key.ID))(t)
	if _, err := d.EnterByKey(ctx, key.Kind, key.ID, nil); !errors.Is(err, office.ErrNotFound) {
		t.Error(err)
	}
}
