package procedure

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// follow plays what an event and the acts about it do besides ending something.
func (l *lifeline) follow(e PlannedEvent) error {
	switch e.Kind {
	case rules.Departure:
		return l.departure(e)
	case rules.ChildBorn:
		return l.child(e)
	case rules.CardLost, rules.CardStolen:
		lines, err := rules.CardStopLines.On(e.On)
		if err != nil {
			return err
		}
		l.say(e.On, rules.MarkState, []rules.Subject{rules.TheCard}, "stop_at_once", Basis{lines.Cite})
		l.marks[len(l.marks)-1].Procedure = rules.StopCard
	}
	if err := l.extend(e); err != nil {
		return err
	}
	if !e.Rewritten.IsZero() && l.alive(rules.TheCard, e.Rewritten) && l.isOverseas(e.Rewritten) {
		l.overseas = append(l.overseas, kindSince{e.Rewritten, false})
		l.say(e.Rewritten, rules.MarkState, []rules.Subject{rules.TheCard}, "domestic", nil)
	}
	return l.reissue(e)
}

// extend moves the card's last day: to the end of the new period of stay, but never past the birthday counted from the
// original issue (EXP-051), or by the months of the special extension, within which the ordinary change is still to be
// made (EXP-060, EXP-062).
func (l *lifeline) extend(e PlannedEvent) error {
	card := l.last(rules.TheCard)
	if e.Extended.IsZero() || card == nil || card.State == "ended" || e.Extended.After(card.To) {
		return nil
	}
	switch {
	case e.Kind == rules.StayPending:
		months, err := rules.ExtensionMonths.On(e.Extended)
		if err != nil {
			return err
		}
		before := card.To
		card.To = before.AddMonths(months.Rule)
		again := rules.DayTexts["change_again"]
		basis := Basis{months.Cite, again.Cite}
		l.basis = append(l.basis, basis...)
		l.mark(Mark{Day: card.To, Kind: rules.MarkDeadline, On: []rules.Subject{rules.TheCard}, Text: again.Text.Format(card.To), Procedure: rules.ExtendStay,
			LastSafe: l.lastOpen(card.To, before), Rules: basis.IDs()})
	case !e.StayUntil.IsZero():
		until := e.StayUntil
		if c := l.plan.Card; !l.plan.Person.Birth.IsZero() && !c.Issued.IsZero() {
			limit, err := CardUntil(CardFacts{Birth: l.plan.Person.Birth, Applied: earliest(c.Applied, c.Issued), Issued: c.Issued})
			if err != nil {
				return err
			}
			l.basis = append(l.basis, limit.Basis...)
			until = earliest(until, limit.Day)
		}
		card.To = latest(card.To, until)
	default:
		return nil
	}
	l.stayEnds = card.To
	l.say(e.Extended, rules.MarkState, []rules.Subject{rules.TheCard}, "validity_extended", nil)
	return nil
}

// departure is the way abroad: the card waits for the planned day, and is an overseas card from then on. Without
// continuing use a new card is free of charge for some days.
func (l *lifeline) departure(e PlannedEvent) error {
	if card := l.last(rules.TheCard); card == nil || card.State == "ended" {
		if l.plan.Person.Nationality == Foreign {
			return nil // the overseas card is for Japanese nationals (ELIG-011)
		}
		grace, err := rules.DepartureGrace.On(e.On)
		if err != nil {
			return nil // before the overseas card there was nothing to apply for
		}
		last := e.On.AddDays(grace.Rule)
		l.say(last, rules.MarkDeadline, []rules.Subject{rules.TheCard}, "free_until", Basis{grace.Cite})
		l.marks[len(l.marks)-1].LastSafe, l.marks[len(l.marks)-1].Procedure = l.lastOpen(last, e.On), rules.ApplyAbroad
		return nil
	}
	if e.ContinuingUse.IsZero() || !e.ContinuingUse.Before(e.On) {
		return nil
	}
	card := l.last(rules.TheCard)
	to := card.To
	card.To = e.ContinuingUse.AddDays(-1)
	l.lay(rules.TheCard, Span{"pending_departure", e.ContinuingUse, e.On.AddDays(-1)})
	l.lay(rules.TheCard, Span{"active", e.On, to})
	l.overseas = append(l.overseas, kindSince{e.On, true})
	l.say(e.ContinuingUse, rules.MarkState, []rules.Subject{rules.TheCard}, "pending", nil)
	l.say(e.On, rules.MarkState, []rules.Subject{rules.TheCard}, "overseas", nil)
	return l.reissue(e)
}

// reissue issues new certificates on the day the plan names: both at a departure, with an overseas card at the return
// (ABR-060) and with a longer stay (EXP-052), the signature certificate elsewhere.
func (l *lifeline) reissue(e PlannedEvent) error {
	card := l.last(rules.TheCard)
	if e.Reissued.IsZero() || card == nil || card.State == "ended" || e.Reissued.After(card.To) || l.plan.Person.Birth.IsZero() {
		return nil
	}
	user := l.last(rules.TheUserAuthentication)
	var on []rules.Subject
	var until Until
	var err error
	facts := CertificateFacts{Birth: l.plan.Person.Birth, Issued: e.Reissued, Card: card.To}
	stay := e.Kind == rules.StayExtended || e.Kind == rules.StayPending
	both := stay || e.Kind == rules.Departure || e.Kind == rules.ReturnToJapan && l.isOverseas(e.On)
	if both && user != nil {
		if until, err = l.issue(rules.TheUserAuthentication, facts, !stay); err != nil {
			return err
		}
		on, user = append(on, rules.TheUserAuthentication), l.last(rules.TheUserAuthentication)
	}
	if user != nil {
		facts.Authenticator = user.To
	}
	if !l.young(e.Reissued) {
		if until, err = l.issue(rules.TheSignature, facts, !stay); err != nil {
			return err
		}
		on = append(on, rules.TheSignature)
		if err := l.phoneEnds(e.Reissued); err != nil {
			return err
		}
	}
	if len(on) > 0 {
		l.say(e.Reissued, rules.MarkState, on, "reissued", until.Basis, until.Day)
	}
	return nil
}

// phoneEnds ends the phone's certificates, which rest on the signature certificate that was replaced.
func (l *lifeline) phoneEnds(day civil.Date) error {
	row, err := rules.Follow.On(day)
	if err != nil {
		return err
	}
	var ended []rules.Subject
	for _, s := range row.Rule[rules.TheSignature] {
		span := l.last(s)
		if l.cut(s, day, "ended") || span != nil && span.State == "ended" && !span.From.After(day) {
			ended = append(ended, s)
		}
	}
	if len(ended) > 0 && !slices.ContainsFunc(l.marks, func(m Mark) bool { return m.Text == rules.MarkTexts["phone_again"] }) {
		l.say(day, rules.MarkEnds, ended, "phone_again", Basis{row.Cite})
	}
	return nil
}

// issue ends the certificate there is and lays a new one; renews is whether it counts as a renewal in its window.
func (l *lifeline) issue(s rules.Subject, f CertificateFacts, renews bool) (Until, error) {
	if old := l.last(s); old != nil {
		window, err := rules.DomesticRenewal.On(f.Issued)
		if err != nil {
			return Until{}, err
		}
		f.Renewing = renews && old.State == "valid" && !f.Issued.Before(RenewalOpens(old.To, window.Rule)) && !f.Issued.After(old.To)
		if old.State == "ended" {
			t := l.tracks[s]
			t.Spans[len(t.Spans)-1].To = f.Issued.AddDays(-1)
			if t.Spans[len(t.Spans)-1].To.Before(t.Spans[len(t.Spans)-1].From) {
				t.Spans = t.Spans[:len(t.Spans)-1]
			}
		} else if !old.To.Before(f.Issued) {
			old.To = f.Issued.AddDays(-1)
		}
	}
	until, err := CertificateUntil(f)
	if err == nil {
		l.lay(s, Span{"valid", f.Issued, until.Day})
	}
	return until, err
}

// child marks until when a newborn's card needs no photo.
func (l *lifeline) child(e PlannedEvent) error {
	photo, err := rules.PhotoFromAge.On(e.On)
	if err != nil {
		return err
	}
	if photo.Rule > 0 {
		l.say(civil.Attains(e.On, photo.Rule).AddDays(-1), rules.MarkDeadline, nil, "child_express", Basis{photo.Cite})
		l.marks[len(l.marks)-1].Procedure = rules.ApplyAtHome
	}
	return nil
}

// stay ends the card with the period of stay, where no event of the plan moves it.
func (l *lifeline) stay() error {
	if l.plan.Person.StayUntil.IsZero() {
		return nil
	}
	facts := LapseFacts{Event: rules.StayEnded, Day: l.plan.Person.StayUntil, Foreign: true}
	for _, e := range l.plan.Events {
		if !e.Extended.IsZero() {
			facts.Extended = earliest(facts.Extended, e.Extended)
		}
	}
	return l.endings(facts)
}

// ages marks the birthdays that change a rule.
func (l *lifeline) ages() error {
	birth := l.plan.Person.Birth
	if birth.IsZero() || l.tracks[rules.TheCard] == nil {
		return nil
	}
	alone, err := rules.StatutoryRepresentativeUnder.On(l.plan.On)
	if err != nil {
		return err
	}
	adult, err := rules.CardValidity.On(l.plan.On)
	if err != nil {
		return err
	}
	for _, a := range []struct {
		age   int
		code  string
		basis Basis
	}{{alone.Rule, "age_15", Basis{alone.Cite}}, {adult.Rule.Adult, "age_18", Basis{adult.Cite}}} {
		if day := civil.Attains(birth, a.age); day.After(l.plan.On) {
			l.say(day, rules.MarkAge, nil, a.code, a.basis)
		}
	}
	return nil
}

// isOverseas reports whether the card is an overseas card on the day.
func (l *lifeline) isOverseas(day civil.Date) bool {
	overseas := false
	for _, k := range l.overseas {
		if !k.day.After(day) {
			overseas = k.overseas
		}
	}
	return overseas
}

// renewals marks from when each thing can be renewed, its last good day and the day after.
func (l *lifeline) renewals() error {
	for _, s := range lineSubjects {
		span := l.last(s)
		if span == nil || span.State == "ended" {
			continue
		}
		name := rules.SubjectNames[s]
		if s == rules.TheCard || s == rules.TheSignature || s == rules.TheUserAuthentication {
			table, renew := rules.DomesticRenewal, rules.RenewCertificatesAtHome
			if s == rules.TheCard {
				renew = rules.RenewCardAtHome
			}
			if l.isOverseas(span.To) {
				table, renew = rules.OverseasRenewal, ""
			}
			row, err := table.On(latest(span.To, rules.FirstDay))
			if err != nil {
				return err
			}
			if card := l.last(rules.TheCard); s != rules.TheCard && card != nil && card.To == span.To && renew != "" {
				renew = rules.RenewCardAtHome // the certificates end with the card and come anew with the next one
			}
			if l.stayEnds != span.To && l.plan.Person.StayUntil != span.To { // it is not renewed then but extended, and no notice comes (EXP-024, EXP-050)
				l.say(RenewalOpens(span.To, row.Rule), rules.MarkOpens, []rules.Subject{s}, "renewal_opens", Basis{row.Cite, rules.ExpiryNotice}, name)
				l.marks[len(l.marks)-1].Procedure = renew
			}
		}
		l.say(span.To, rules.MarkDeadline, []rules.Subject{s}, "last_day", nil, name)
		l.marks[len(l.marks)-1].LastSafe = l.lastOpen(span.To, span.From)
		l.say(span.To.AddDays(1), rules.MarkEnds, []rules.Subject{s}, "expired", nil, name)
	}
	return nil
}
