package procedure

import (
	"cmp"
	"slices"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Standing is a card with what is on it and what the registers know of its holder: the facts from which follows
// everything that the mere passing of days brings to it.
type Standing struct {
	Birth     civil.Date
	Foreign   bool
	Stay      ResidenceStatus
	StayUntil civil.Date
	Card      CardStanding
	Certs     []CertStanding
	Events    []LapseFacts
	// Open says on which days the holder's office is open, for the last safe day; nil takes the days by law.
	Open func(civil.Date) bool
}

// CardStanding is the card of a Standing. Days that have not come are zero.
type CardStanding struct {
	State       card.State
	Overseas    bool
	Extended    bool       // by the months of the special extension, once (EXP-051)
	Applied     civil.Date // zero where it is not known: the day of issue counts
	Issued      civil.Date
	Activated   civil.Date // handed over
	Until       civil.Date
	PickupUntil civil.Date // the day in the notice, of a card that waits
	Filed       civil.Date // its application
	CameBack    civil.Date // its mail
}

// CertStanding is one certificate on it that has not ended.
type CertStanding struct {
	Kind   certificate.Kind
	Issued civil.Date
	Until  civil.Date
}

// ComingDay is one thing that a day brings.
type ComingDay struct {
	Kind   rules.Coming
	On     civil.Date // the day that brings it: of an ending, the first day not good
	About  civil.Date // of a notice or a reminder: the last good day, or the last day in time
	Act    card.Act   // on the card; empty where the card stays as it is
	Ends   []certificate.Kind
	Before civil.Date // a certificate issued from this day on is not touched; zero: every one
	Noted  time.Time  // on the day itself, one issued from this instant on is not touched either; zero: every one
	Lapse  Lapse      // the ending that it comes from, or warns of; of an expiry only Reason, Text and Basis
	Cause  EndCause
	Basis  Basis
}

// Spares reports that the day does not touch a certificate that was issued at an instant, a whole second: it was issued
// from what was notified by then.
func (c ComingDay) Spares(issued time.Time) bool {
	return !c.Before.IsZero() && !civil.DateOf(issued).Before(c.Before) || !c.Noted.IsZero() && !issued.Before(c.Noted.Truncate(time.Second))
}

// Notice reports something that is only told and changes nothing.
func (c ComingDay) Notice() bool {
	switch c.Kind {
	case rules.CardNotice, rules.CertificateNotice, rules.LastSafeDay, rules.PickupOverdue:
		return true
	}
	return false
}

// coming collects.
type coming struct {
	*Standing
	out []ComingDay
}

// ComingDays are all days that bring something to the card as the facts stand now, past days too, in the order in which
// they come; two things of one day in the order of rules.ComingKinds. A card that has ended has none.
func ComingDays(s *Standing) ([]ComingDay, error) {
	if s.Card.State.Ended() {
		return nil, nil
	}
	c := &coming{Standing: s}
	for _, step := range []func() error{c.events, c.expiry, c.notices, c.waiting} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(c.out, func(a, b ComingDay) int {
		return cmp.Or(a.On.Compare(b.On), slices.Index(rules.ComingKinds, a.Kind)-slices.Index(rules.ComingKinds, b.Kind))
	})
	return c.out, nil
}

func (c *coming) add(d ComingDay) { c.out = append(c.out, d) }

// inHand reports that the holder has the card.
func (s *Standing) inHand() bool { return !s.Card.Activated.IsZero() }

// events are what the registers' events bring.
func (c *coming) events() error {
	for i, f := range c.Events {
		if f.Foreign = c.Foreign; f.known().Before(c.applied()) {
			continue // the card was made after it
		}
		if f.Event == rules.Departure && c.Card.Overseas && f.ContinuingUse.IsZero() {
			// Its holder leaves again with a card that is one for abroad already: the card goes on, what the signature
			// certificate says of the address does not (CHG-010).
			f.ContinuingUse = f.Day.AddDays(-1)
		}
		all, err := Lapses(f)
		if err != nil {
			return err
		}
		if f.Event == rules.MoveOut && !arrives(c.Events[i+1:]) {
			// Nobody has notified the arrival: the thirty days run from the planned day all the same (CHG-020).
			more, err := Lapses(LapseFacts{Event: rules.MoveIn, PlannedMoveOut: f.Day, Foreign: c.Foreign})
			if err != nil {
				return err
			}
			all = append(all, more...)
		}
		for _, l := range all {
			if !c.touched(f, &l) {
				continue
			}
			if !l.EndsCard() {
				before := l.On.AddDays(1)
				var noted time.Time
				if civil.DateOf(f.Noted) == l.On {
					noted = f.Noted // what is issued afterwards on that day is issued from what was notified
				}
				if !f.Reissued.IsZero() {
					before = earliest(before, f.Reissued)
				}
				c.add(ComingDay{Kind: rules.SignatureLapses, On: l.On, Ends: []certificate.Kind{certificate.Signature}, Before: before, Noted: noted, Lapse: l, Basis: l.Basis})
				continue
			}
			c.add(ComingDay{Kind: rules.CardLapses, On: l.On, Act: card.Lapse, Lapse: l, Cause: l.EndCause(), Basis: l.Basis})
			if err := c.reminder(f, l); err != nil {
				return err
			}
		}
		if f.Event == rules.Departure && !f.ContinuingUse.IsZero() && f.ContinuingUse.Before(f.Day) && c.Card.State == card.PendingDeparture {
			scheme, err := rules.OverseasScheme.On(f.Day)
			if err != nil {
				return err
			}
			c.add(ComingDay{Kind: rules.DepartureComes, On: f.Day, Act: card.Arrive, Basis: Basis{scheme.Cite, rules.PendingUntilDeparture}})
		}
	}
	return nil
}

// arrives reports a notification of where the person lives now among later events.
func arrives(later []LapseFacts) bool {
	return slices.ContainsFunc(later, func(f LapseFacts) bool {
		return f.Event == rules.MoveIn || f.Event == rules.ReturnToJapan || f.Event == rules.Departure
	})
}

// entryCauses are endings about the entries of a card in its holder's hands. What nobody can prevent ends a card that
// waits at an office as well.
var entryCauses = []rules.LapseCause{rules.NotifiedAfter14Days, rules.NotifiedAfter30Days, rules.NotRewritten, rules.MovedOnUnwritten, rules.EndedByOffice}

// newNumber: the card that is applied for on the day of the change already has the new one.
var newNumber = []rules.LapseCause{rules.OtherNumber, rules.OtherCode}

// touched reports that the ending is about this card: an event does not touch a card that was made after it, and one about
// entries only a card that was in its holder's hands by then.
func (s *Standing) touched(f LapseFacts, l *Lapse) bool {
	known, applied := f.known(), s.applied()
	switch {
	case known.Before(applied):
		return false
	case slices.Contains(entryCauses, l.Cause):
		return s.inHand() && known.After(applied) && !known.Before(s.Card.Activated) && !l.On.Before(s.Card.Activated)
	case slices.Contains(newNumber, l.Cause):
		return known.After(applied)
	case l.Cause == rules.LeftJapan:
		return !s.Card.Overseas
	}
	return true
}

// applied is the day whose facts the card was made from.
func (s *Standing) applied() civil.Date {
	if s.Card.Applied.IsZero() {
		return s.Card.Issued
	}
	return s.Card.Applied
}

// known is the day on which the registers learned of the event.
func (f *LapseFacts) known() civil.Date {
	for _, day := range []civil.Date{f.Filed, f.Day, f.PlannedMoveOut} {
		if !day.IsZero() {
			return day
		}
	}
	return civil.Date{}
}

// reminder warns of an ending that can still be prevented by an act on the card, so many days before the last day on which
// the office is open. What was notified later than that was said then.
func (c *coming) reminder(f LapseFacts, l Lapse) error {
	if l.Prevent.Act == "" || l.Prevent.Act == rules.Filing || l.Cause == rules.MovedOnUnwritten || !c.inHand() {
		return nil
	}
	lead, err := rules.ReminderLead.On(l.LastDay)
	if err != nil {
		return err
	}
	open := c.Open
	if open == nil {
		open = civil.OfficeDay
	}
	last := lastOpen(open, l.LastDay, l.From)
	if on := last.AddDays(-lead.Rule); !last.IsZero() && on.After(f.Filed) {
		c.add(ComingDay{Kind: rules.LastSafeDay, On: on, About: last, Lapse: l, Basis: append(Basis{lead.Cite}, l.Basis...)})
	}
	return nil
}

// stayBound is whether the card ends with a period of stay (EXP-008, EXP-009).
func (s *Standing) stayBound() (bool, error) {
	if !s.Foreign || s.StayUntil.IsZero() && s.Stay == "" {
		return false, nil
	}
	row, err := rules.StayBound.On(s.Card.Issued)
	if err != nil {
		return false, err
	}
	bound, known := row.Rule[rules.StayStatus(s.Stay)]
	return bound || !known && !s.StayUntil.IsZero(), nil
}

// expiry is the card's last day, the end of stay, and the certificates that end before their card.
func (c *coming) expiry() error {
	bound, err := c.stayBound()
	if err != nil {
		return err
	}
	last := ComingDay{Kind: rules.CardExpires, On: c.Card.Until.AddDays(1), Act: card.Expire}
	facts := LapseFacts{Event: rules.CardExpiry, Day: c.Card.Until, Foreign: c.Foreign}
	if bound {
		// An extended period of stay does not extend the card, and the special extension outlasts the stay (EXP-051, EXP-054).
		facts.Event = rules.StayEnded
		if !c.Card.Extended {
			facts.Day = earliest(c.StayUntil, c.Card.Until)
		}
		last.Kind, last.Act = rules.CardLapses, card.Lapse
	}
	all, err := Lapses(facts)
	if err != nil {
		return err
	}
	last.Lapse, last.On, last.Cause, last.Basis = all[0], all[0].On, all[0].EndCause(), all[0].Basis
	c.add(last)
	for i, x := range c.Certs {
		if !x.Until.Before(last.Lapse.LastDay) || slices.ContainsFunc(c.Certs[:i], func(o CertStanding) bool { return o.Until == x.Until }) {
			continue
		}
		row, err := rules.CertificateValidity.On(x.Issued)
		if err != nil {
			return err
		}
		d := ComingDay{Kind: rules.CertificateExpires, On: x.Until.AddDays(1), Basis: Basis{row.Cite}}
		for _, o := range c.Certs[i:] {
			if o.Until == x.Until {
				d.Ends, d.Before = append(d.Ends, o.Kind), latest(d.Before, o.Issued.AddDays(1))
			}
		}
		c.add(d)
	}
	return nil
}

// noticed are the states of a card whose holder hears of its coming end. A card that is out of function has a successor
// on its way.
var noticed = []card.State{card.Active, card.PendingDeparture, card.Suspended}

// notices are the expiry notices of the card and of certificates that end before it (EXP-020, EXP-021, NTF-007).
func (c *coming) notices() error {
	bound, err := c.stayBound()
	if err != nil || bound || !slices.Contains(noticed, c.Card.State) {
		return err
	}
	day, basis, err := NoticeDay(c.Card.Until, c.Card.Overseas)
	if err != nil {
		return err
	}
	c.add(ComingDay{Kind: rules.CardNotice, On: day, About: c.Card.Until, Basis: basis})
	var told []civil.Date
	for _, x := range c.Certs {
		if !x.Until.Before(c.Card.Until) || slices.Contains(told, x.Until) {
			continue
		}
		if day, basis, err = NoticeDay(x.Until, c.Card.Overseas); err != nil {
			return err
		}
		told = append(told, x.Until)
		c.add(ComingDay{Kind: rules.CertificateNotice, On: day, About: x.Until, Basis: basis})
	}
	return nil
}

// NoticeDay is the day on which the expiry notice goes out for a last good day.
func NoticeDay(until civil.Date, overseas bool) (civil.Date, Basis, error) {
	row, err := rules.ExpiryNotices.On(until)
	if err != nil {
		return civil.Date{}, nil, err
	}
	w := rules.RenewalWindow{Months: row.Rule.HomeMonths}
	if overseas {
		w = rules.RenewalWindow{Months: row.Rule.AbroadMonths, FirstDayAllowed: true}
	}
	return RenewalOpens(until, w), Basis{row.Cite}, nil
}

// waiting is a card that nobody collects: one reminder after the day in the notice, and in the end it is destroyed
// (PICK-005, ST-006).
func (c *coming) waiting() error {
	if c.Card.State != card.AtOffice {
		return nil
	}
	if d := c.Card.PickupUntil; !d.IsZero() {
		row, err := rules.PickupPeriodMonths.On(d)
		if err != nil {
			return err
		}
		c.add(ComingDay{Kind: rules.PickupOverdue, On: d.AddDays(1), About: d, Basis: Basis{row.Cite}})
	}
	last, basis, err := KeptUntil(c.Card.Filed, c.Card.CameBack)
	if err != nil || last.IsZero() {
		return err
	}
	c.add(ComingDay{Kind: rules.NeverCollected, On: last.AddDays(1), Act: card.Destroy, Cause: EndedUncollected, Basis: basis})
	return nil
}

// KeptUntil is the last day before an uncollected card is destroyed, counted from its application or from the return of
// its mail; zero while neither day is known.
func KeptUntil(filed, cameBack civil.Date) (civil.Date, Basis, error) {
	from := earliest(filed)
	if !cameBack.IsZero() {
		from = cameBack
	}
	if from.IsZero() {
		return from, nil, nil
	}
	row, err := rules.UncollectedCards.On(from)
	if err != nil {
		return from, nil, err
	}
	months := row.Rule.MonthsAfterApplication
	if !cameBack.IsZero() {
		months = row.Rule.MonthsAfterMailReturn
	}
	return from.AddMonths(months), Basis{row.Cite}, nil
}
