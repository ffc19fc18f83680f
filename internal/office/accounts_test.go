package office_test

import (
	"errors"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

func TestAccounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	add := func(id string, at place.Code, role office.Role) func() error {
		return func() error {
			_, _, err := d.AddStaff(ctx, office.Console(at), office.Staff{ID: id, Name: "工藤", Office: at, Role: role})
			return err
		}
	}
	for _, c := range []struct {
		name, field string
		act         func() error
	}{
		{"a name with a space", "account", add("ku do", demo.Hachinohe, office.Clerk)},
		{"a name of one letter", "account", add("k", demo.Hachinohe, office.Clerk)},
		{"a name that is taken", "account", add("hachinohe", demo.Hachinohe, office.Clerk)},
		{"a role that does not exist", "role", add("kudo", demo.Hachinohe, "mayor")},
		{"an office that does not exist", "office", add("kudo", "999999", office.Clerk)},
		{"an operator at a municipality", "role", add("kudo", demo.Hachinohe, office.Operator)},
		{"a clerk at the issuer", "role", add("kudo", place.Issuer, office.Clerk)},
	} {
		t.Run(c.name, func(t *testing.T) { d.invalid(t, []string{c.field}, c.act) })
	}
	link, _, err := d.AddStaff(ctx, office.Console(demo.Hachinohe), office.Staff{ID: "kudo", Name: "工藤", Office: demo.Hachinohe, Role: office.Clerk})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := d.Enter(ctx, link); err != nil || s.Actor() != (office.Actor{Staff: "kudo", Office: demo.Hachinohe, Role: office.Clerk}) {
		t.Errorf("%+v, %v", s, err)
	}
	t.Run("the link works once", func(t *testing.T) {
		d.refused(t, "link_used", func() error { _, err := d.Enter(ctx, link); return err })
	})
	t.Run("another link, for seven days", func(t *testing.T) {
		link, _, err := d.StaffLink(ctx, office.Console(demo.Hachinohe), "kudo")
		if err != nil {
			t.Fatal(err)
		}
		d.goTo(civil.Day(2025, 11, 5))
		d.refused(t, "link_used", func() error { _, err := d.Enter(ctx, link); return err })
		d.notFound(t, func() error { _, _, err := d.StaffLink(ctx, office.Console(demo.Hachinohe), "nobody"); return err })
	})
	t.Run("an applicant's link lets nobody in", func(t *testing.T) {
		d := at(t, askedBack)
		link := d.link(t, "correct")
		if _, err := d.Enter(ctx, link); !errors.Is(err, office.ErrNotFound) {
			t.Error(err)
		}
		if _, err := d.Linked(ctx, link, office.LinkReserve); !errors.Is(err, office.ErrNotFound) {
			t.Error(err)
		}
		if a, err := d.Linked(ctx, link, office.LinkCorrect); err != nil || a.State != application.Defective {
			t.Errorf("%s, %v", a.State, err)
		}
	})
}
