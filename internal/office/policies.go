package office

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"mynumber/internal/authority"
	"mynumber/internal/booking"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// policyName is who acts when an office's people have edited its policy: the record does not know which of them held the pen.
const policyName = "policy"

// Loaded is what a reading of the policy files changed.
type Loaded struct {
	Changed   []place.Code
	Displaced int // bookings whose time is closed now
}

// LoadPolicies reads the offices' own policy files anew (nil for none), without a restart. What is wrong is booking.Faults, and
// what was in force stays. A policy that changed has an entry in its office's journal, with its source, and bookings whose time it
// closes are displaced.
func (o *Office) LoadPolicies(ctx context.Context, own fs.FS) (Loaded, error) {
	var out Loaded
	var err error
	if out.Changed, err = o.Policies.Reload(own); err != nil || len(out.Changed) == 0 {
		return out, err
	}
	var failed []error
	for _, code := range out.Changed {
		failed = append(failed, o.notePolicy(ctx, code))
	}
	out.Displaced, err = o.DisplaceBookings(ctx)
	return out, errors.Join(append(failed, err)...)
}

func (o *Office) notePolicy(ctx context.Context, code place.Code) error {
	at := code
	if code == booking.Default || code == booking.DefaultMission {
		at = place.Issuer // whoever runs the installation
	}
	_, err := o.act(oneOfMany(ctx), Actor{Staff: policyName, Office: at, Role: authority.System}, "load_policy", "policy/"+string(code), func(t *turn) error {
		p := o.Policies.Of(code)
		t.detail = "default"
		if i := slices.IndexFunc(p.Files(), func(f *booking.File) bool { return f.Office == code }); i >= 0 {
			t.detail = p.Files()[i].Name()
		}
		t.because(procedure.Basis{p.Cite()})
		return nil
	})
	return err
}
