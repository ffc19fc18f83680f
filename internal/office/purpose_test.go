package office_test

import (
	"errors"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
)

// TestPurposes: every look at a record has a purpose in the journal; where nothing of today leads to it, whoever looks says it.
func TestPurposes(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	purpose := func(act string) string {
		t.Helper()
		entries := d.chain(t, demo.Sumida)
		for i := len(entries) - 1; i >= 0; i-- {
			if entries[i].Act == act {
				return entries[i].Purpose
			}
		}
		return "no entry"
	}
	before := len(d.chain(t, demo.Sumida))
	const resident = "watanabe"
	if _, err := d.LookAtPerson(ctx, sumida, resident); !errors.Is(err, office.ErrPurpose) {
		t.Fatalf("a resident whom nobody found today: %v", err)
	}
	for _, bad := range []string{" ", "x", "番号 123456789018", "暗証番号は1234", "a\x00b"} {
		who := sumida
		who.Purpose = bad
		var invalid *office.Invalid
		if _, err := d.LookAtPerson(ctx, who, resident); bad != " " && (!errors.As(err, &invalid) || invalid.Field != "purpose") {
			t.Errorf("purpose %q: %v", bad, err)
		}
	}
	for _, e := range d.chain(t, demo.Sumida)[before:] {
		if e.Act == "look" && e.Outcome == "done" {
			t.Errorf("a look that did not happen is on record: %+v", e)
		}
	}
	who := sumida
	who.Purpose = "電話での問い合わせ"
	if _, err := d.LookAtPerson(ctx, who, resident); err != nil || purpose("look") != who.Purpose {
		t.Errorf("%v, purpose %q", err, purpose("look"))
	}
	if _, err := d.LookAtPerson(ctx, sumida, resident); err != nil || purpose("look") != who.Purpose {
		t.Errorf("the purpose holds for the day: %v, purpose %q", err, purpose("look"))
	}
	d.goTo(civil.DateOf(d.at).AddDays(1))
	if _, err := d.LookAtPerson(ctx, sumida, resident); !errors.Is(err, office.ErrPurpose) {
		t.Errorf("yesterday's purpose: %v", err)
	}
	v, err := d.LookAtPerson(ctx, who, resident)
	if err != nil {
		t.Fatal(err)
	}
	d.goTo(civil.DateOf(d.at).AddDays(1))
	if _, err := d.FindPerson(ctx, sumida, office.PersonRequest{Name: v.Person.Name.Full(), Birth: v.Person.Birth.String()}); err != nil || purpose("find_person") != office.PurposeVisitor {
		t.Fatalf("%v, purpose %q", err, purpose("find_person"))
	}
	if _, err := d.LookAtPerson(ctx, sumida, resident); err != nil || purpose("look") != office.PurposeVisitor {
		t.Errorf("a visitor: %v, purpose %q", err, purpose("look"))
	}
	if _, _, err := d.Export(ctx, sumida, resident); err != nil || purpose("export_person") != office.PurposeOwnData {
		t.Errorf("%v, purpose %q", err, purpose("export_person"))
	}
}
