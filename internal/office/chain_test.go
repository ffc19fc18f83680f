package office_test

import (
	"testing"

	"mynumber/internal/authority"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// chain is the journal of an office.
func (d *desk) chain(t *testing.T, of place.Code) []journal.Entry {
	t.Helper()
	var out []journal.Entry
	err := d.db.Read(t.Context(), func(tx office.Tx) error {
		out = nil
		for e, err := range tx.Journal(string(of)) {
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (d *desk) inTable(act authority.Act) (authority.Policy, bool) {
	for _, p := range authority.Policies {
		for _, a := range p.Acts {
			if a == act {
				return p, true
			}
		}
	}
	return authority.Policy{}, false
}
