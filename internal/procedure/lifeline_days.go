package procedure

import (
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
	}
	if !e.Extended.IsZero() && !e.StayUntil.IsZero() {
		if card := l.last(rules.TheCard); card != nil && card.State != "ended" && !e.Extended.After(card.To) {
			card.To = latest(card.To, e.StayUntil)
			l.say(e.Extended, rules.MarkState, []rules.Subject{rules.TheCard}, "validity_extended", nil)
		}
	}
	if !e.Rewritten.IsZero() && l.alive(rules.TheCard, e.Rewritten) && l.isOverseas(e.Rewritten) {
		l.overseas = append(l.overseas, kindSince{e.Rewritten, false})
		l.say(e.Rewritten, rules.MarkState, []rules.Subject{rules.TheCard}, "domestic", nil)
	}
	return l.reissue(e)
}

// departure is the way abroad: the card waits for the planned day, and is an overseas card from then on. Without
// continuing use a new card is free of charge for some days.
func (l *lifeline) departure(e PlannedEvent) error {
	if card := l.last(rules.TheCard); card == nil || card.State == "ended" {
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

// reissue issues new certificates on the day the plan names: both at a departure, the signature certificate elsewhere.
func (l *lifeline) reissue(e PlannedEvent) error {
	card := l.last(rules.TheCard)
	if e.Reissued.IsZero() || card == nil || card.State == "ended" || l.plan.Person.Birth.IsZero() {
		return nil
	}
	user := l.last(rules.TheUserAuthentication)
	var on []rules.Subject
	var until Until
	var err error
	facts := CertificateFacts{Birth: l.plan.Person.Birth, Issued: e.Reissued, Card: card.To}
	if e.Kind == rules.Departure && user != nil {
		if until, err = l.issue(rules.TheUserAuthentication, facts); err != nil {
			return err
		}
		on, user = append(on, rules.TheUserAuthentication), l.last(rules.TheUserAuthentication)
	}
	if user != nil {
		facts.Authenticator = user.To
	}
	if !l.young(e.Reissued) {
		if until, err = l.issue(rules.TheSignature, facts); err != nil {
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
		if l.cut(s, day, "ended") {
			ended = append(ended, s)
		}
	}
	if len(ended) > 0 {
		l.say(day, rules.MarkEnds, ended, "phone_again", Basis{row.Cite})
	}
	return nil
}

// issue ends the certificate there is and lays a new one.
func (l *lifeline) issue(s rules.Subject, f CertificateFacts) (Until, error) {
	if old := l.last(s); old != nil {
		window, err := rules.DomesticRenewal.On(f.Issued)
		if err != nil {
			return Until{}, err
		}
		f.Renewing = old.State == "valid" && !f.Issued.Before(RenewalOpens(old.To, window.Rule)) && !f.Issued.After(old.To)
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
			facts.Extended = e.Extended
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
			l.say(RenewalOpens(span.To, row.Rule), rules.MarkOpens, []rules.Subject{s}, "renewal_opens", Basis{row.Cite}, name)
			l.marks[len(l.marks)-1].Procedure = renew
		}
		l.say(span.To, rules.MarkDeadline, []rules.Subject{s}, "last_day", nil, name)
		l.marks[len(l.marks)-1].LastSafe = l.lastOpen(span.To, span.From)
		l.say(span.To.AddDays(1), rules.MarkEnds, []rules.Subject{s}, "expired", nil, name)
	}
	return nil
}
