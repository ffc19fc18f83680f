package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// stage is how far a case has come; its name is the last act done.
type stage string

const (
	filed      stage = "filed"
	forwarded  stage = "forwarded"
	received   stage = "received"
	identified stage = "identified"
	askedBack  stage = "asked back"
	corrected  stage = "corrected"
	accepted   stage = "accepted"
	produced   stage = "produced"
	dispatched stage = "dispatched"
	announced  stage = "announced"
	checked    stage = "checked" // identity, at the window
	pinned     stage = "pinned"  // PINs set
	handedOver stage = "handed over"
)

// act brings a case to a stage, on the day of the timeline.
type act struct {
	stage stage
	on    civil.Date
	do    func(*testing.T, *desk) error
}

// life is the case of the timeline (TL-001 to TL-006), one act after the other.
var life = []act{
	{filed, civil.Day(2025, 10, 28), func(t *testing.T, d *desk) error {
		a, _, err := d.File(ctx, sumida, request(t, "request-1", nil))
		d.id = a.ID
		return err
	}},
	{forwarded, civil.Day(2025, 10, 30), func(_ *testing.T, d *desk) error { return only(d.Forward(ctx, sumida, d.id)) }},
	{received, civil.Day(2025, 11, 11), func(_ *testing.T, d *desk) error { return only(d.ReceivePapers(ctx, hachinohe, d.id)) }},
	{identified, civil.Day(2025, 11, 11), func(_ *testing.T, d *desk) error { return only(d.Identify(ctx, hachinohe, d.id, "sato")) }},
	{askedBack, civil.Day(2025, 11, 11), func(_ *testing.T, d *desk) error {
		return only(d.AskBack(ctx, hachinohe, d.id, office.AskBackRequest{Fields: []string{"overseas_address"}, Note: "国外の住所に番地がありません。"}))
	}},
	{corrected, civil.Day(2025, 11, 12), func(t *testing.T, d *desk) error {
		return only(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"overseas_address": "No. 28, Section 1, Zhongshan North Road, Taipei"}))
	}},
	{accepted, civil.Day(2025, 11, 15), func(_ *testing.T, d *desk) error {
		_, _, err := d.Accept(ctx, hachinohe, d.id)
		return err
	}},
	{produced, civil.Day(2025, 11, 20), func(_ *testing.T, d *desk) error { return only(d.Produce(ctx, operator, d.id)) }},
	{dispatched, civil.Day(2025, 11, 21), func(_ *testing.T, d *desk) error { return only(d.Dispatch(ctx, operator, d.id)) }},
	{announced, civil.Day(2025, 12, 5), func(_ *testing.T, d *desk) error { return only(d.Announce(ctx, sumida, d.id)) }},
	{checked, civil.Day(2026, 1, 16), func(_ *testing.T, d *desk) error { return only(d.CheckIdentity(ctx, sumida, d.id, atPickup())) }},
	{pinned, civil.Day(2026, 1, 16), func(_ *testing.T, d *desk) error {
		secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
		if err != nil {
			return err
		}
		return only(d.SetPINs(ctx, secret, pins))
	}},
	{handedOver, civil.Day(2026, 1, 16), func(_ *testing.T, d *desk) error { return only(d.HandOver(ctx, sumida, d.id, true)) }},
}

// ctx is for acts; none of them ends early.
var ctx = context.Background()

// only is the error of an act whose receipt does not matter.
func only(_ office.Receipt, err error) error { return err }

// live does the acts after one stage up to another one ("" is before the first).
func (d *desk) live(t *testing.T, after, to stage) {
	t.Helper()
	on := after == ""
	for _, a := range life {
		if on {
			d.goTo(a.on)
			if err := a.do(t, d); err != nil {
				t.Fatalf("%s: %v", a.stage, err)
			}
		}
		on = on || a.stage == after
		if a.stage == to {
			return
		}
	}
	t.Fatalf("no stage is called %q", to)
}

// kept are copies of installations at stages, made once: chips make RSA keys, which cost time.
var kept = struct {
	sync.Mutex
	id string // of the application
}{}

// at is a copy of an installation in which the case has come to a stage.
func at(t *testing.T, s stage) *desk {
	t.Helper()
	kept.Lock()
	defer kept.Unlock()
	if _, err := os.Stat(keptDir(handedOver)); err != nil {
		keep(t)
	}
	d := openDesk(t, keptDir(s), "")
	d.id = kept.id
	d.goTo(life[slices.IndexFunc(life, func(a act) bool { return a.stage == s })].on)
	return d
}

func keptDir(s stage) string { return filepath.Join(templates, fmt.Sprintf("kept-%s", s)) }

// keep lives the whole life and copies the installation after every act.
func keep(t *testing.T) {
	t.Helper()
	d := newDesk(t)
	before := stage("")
	for _, a := range life {
		d.live(t, before, a.stage)
		before = a.stage
		if err := d.db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(keptDir(a.stage), os.DirFS(d.dir)); err != nil {
			t.Fatal(err)
		}
		d.open(t, "")
	}
	kept.id = d.id
}
