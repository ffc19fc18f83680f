// Package booking is reservations for a visit: which times an office offers, under which item it
// wants them booked, and what its own policy says. Policies are data that an official can edit; an
// office without one has the neutral default.
package booking

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
)

// Reservation is one booked time for collecting a card.
type Reservation struct {
	ID            string
	ApplicationID string
	Office        place.Code
	Day           civil.Date
	Time          string // 15:04, the office's own time
	Item          string // the item under which the office's counter expects it
}

// Policy is what an office decides itself (offices.md). Every rule here is local.
type Policy struct {
	Office         place.Code   `json:"office"`
	Cite           law.Citation `json:"cite"`
	Weekdays       []string     `json:"weekdays"`            // mon … sun
	Times          []string     `json:"times"`               // 09:00 …
	Capacity       int          `json:"capacity"`            // visitors at one time
	FirstDay       int          `json:"first_day,omitempty"` // days ahead; both zero: the rulebook's horizon
	LastDay        int          `json:"last_day,omitempty"`
	Item           law.Text     `json:"item"`  // the item to book for collecting an overseas card
	Where          law.Text     `json:"where"` // which counter to go to
	PickupMonths   int          `json:"pickup_months,omitempty"`
	PostFromAbroad bool         `json:"post_from_abroad,omitempty"` // takes overseas applications by post (CON-010)
	Counter        bool         `json:"counter,omitempty"`          // staff take applications in at the window (APP-025, APP-028)
	Outreach       bool         `json:"outreach,omitempty"`         // staff go out for them (APP-020, APP-024)
	CancelByEmail  bool         `json:"cancel_by_email,omitempty"`  // takes cancellations by e-mail (ABR-038)
	FeeByPost      bool         `json:"fee_by_post,omitempty"`      // takes registered cash mail or postal orders (FEE-019)
	TellProxied    bool         `json:"tell_proxied,omitempty"`     // writes to the holder when a proxy from outside the household came (PICK-055)
}

// Policies answers for every office.
type Policies struct{ byOffice map[place.Code]Policy }

//go:embed policies/*.json
var files embed.FS

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Load reads the policies that come with the program. A file that cannot be understood is an error that
// names it and what would be right.
func Load() (Policies, error) {
	out := Policies{byOffice: map[place.Code]Policy{}}
	entries, err := files.ReadDir("policies")
	if err != nil {
		return out, fmt.Errorf("list the policies: %w", err)
	}
	for _, e := range entries {
		b, err := files.ReadFile("policies/" + e.Name())
		if err != nil {
			return out, fmt.Errorf("read the policy %s: %w", e.Name(), err)
		}
		p, err := parse(b)
		if err != nil {
			return out, fmt.Errorf("policy %s: %w", e.Name(), err)
		}
		out.byOffice[p.Office] = p
	}
	return out, nil
}

// parse reads one policy and checks it.
func parse(b []byte) (Policy, error) {
	var p Policy
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("cannot be read: %w", err)
	}
	if len(p.Times) == 0 || len(p.Weekdays) == 0 || p.Capacity < 1 {
		return p, fmt.Errorf("weekdays, times and capacity have to be given")
	}
	for _, d := range p.Weekdays {
		if !slices.Contains(weekdays, d) {
			return p, fmt.Errorf("weekday %q: want one of %s", d, strings.Join(weekdays, ", "))
		}
	}
	for _, at := range p.Times {
		if _, err := time.Parse("15:04", at); err != nil {
			return p, fmt.Errorf("time %q: want hours and minutes as 09:30", at)
		}
	}
	if p.FirstDay > p.LastDay {
		return p, fmt.Errorf("first_day %d is after last_day %d", p.FirstDay, p.LastDay)
	}
	return p, nil
}

// Of is the office's policy, or the neutral default.
func (p Policies) Of(office place.Code) Policy {
	if policy, ok := p.byOffice[office]; ok {
		return policy
	}
	policy := p.byOffice["default"]
	policy.Office = office
	return policy
}

// Open reports that the office takes visitors at that time of that day: one of its weekdays and times,
// no holiday and not the turn of the year.
func (p Policy) Open(day civil.Date, at string) bool {
	return p.OpenOn(day) && slices.Contains(p.Times, at)
}

// OpenOn reports that the office takes visitors at some time of the day. A policy that lists sat or sun opens on them
// (休日窓口, OFF-001), on holidays and at the turn of the year no policy does.
func (p Policy) OpenOn(day civil.Date) bool {
	_, holiday := civil.Holiday(day)
	return !holiday && !civil.TurnOfYear(day) && slices.Contains(p.Weekdays, weekdays[day.Weekday()])
}
