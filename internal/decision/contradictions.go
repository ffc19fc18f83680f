package decision

import (
	"fmt"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// contradictions are facts that cannot be true together. Each is told at the field that comes later in time or is the
// more particular one.
func contradictions(s *procedure.Situation) Faults {
	var out Faults
	add := func(path string, text law.Text) { out = append(out, Fault{path, text}) }
	order(s, add)
	p := s.Person
	if p.Age != nil && !p.Birth.IsZero() && !s.On.IsZero() && civil.Age(p.Birth, s.On) != *p.Age {
		add("person.age", fault("生年月日と年齢が合いません。どちらか一方を書いてください。", "The age does not fit the date of birth. Give one of them."))
	}
	if p.Nationality == procedure.Japanese && (p.ResidenceStatus != "" || !p.StayUntil.IsZero()) {
		add("person.residence_status", fault("日本国籍の人に在留資格・在留期間はありません。", "A Japanese national has no residence status and no period of stay."))
	}
	if p.Residence == procedure.InJapan && p.Country != "" && p.Country != "JP" || p.Residence == procedure.Abroad && p.Country == "JP" {
		add("person.country", fault("住んでいるところ(residence)と国(country)が合いません。", "The country does not fit where the person lives."))
	}
	if p.EverRegistered == procedure.No && !p.LastRegistered.IsZero() {
		add("person.last_registered", fault("住民票があったことがない人に、最後の住民登録日はありません。", "Who was never registered has no last day of registration."))
	}
	for _, d := range []struct {
		path string
		day  civil.Date
	}{{"event.on", s.Event.On}, {"event.filed", s.Event.Filed}, {"event.planned_move_out", s.Event.PlannedMoveOut},
		{"application.filed", s.Application.Filed}, {"application.announced", s.Application.Announced}, {"card.applied", s.Card.Applied}, {"card.issued", s.Card.Issued}} {
		if !d.day.IsZero() && d.day.Before(rules.FirstDay) {
			add(d.path, fault("%sより前には、カードの定めがありません。", "No law about cards covers a day before %s.", rules.FirstDay))
		}
	}
	noCard(s, add)
	offices(s, add)
	if s.Visitor.Who == rules.Holder && (s.Visitor.SameHousehold == procedure.No || s.Visitor.Ground != "") {
		add("visitor.who", fault("本人が来るときは、世帯や来られない理由は書きません。", "When the holder comes, nothing is said of a household or of why the holder cannot come."))
	}
	return out
}

// order finds days that run backwards.
func order(s *procedure.Situation, add func(string, law.Text)) {
	for _, pair := range []struct {
		first, second  civil.Date
		path           string
		before, behind law.Text
	}{
		{s.Person.Birth, s.On, "person.birth_date", text("生年月日", "the date of birth"), text("問い合わせる日", "the day asked about")},
		{s.Person.Birth, s.Person.LastRegistered, "person.last_registered", text("生年月日", "the date of birth"), text("最後の住民登録日", "the last day of registration")},
		{s.Person.Birth, s.Person.PlannedDeparture, "person.planned_departure", text("生年月日", "the date of birth"), text("国外転出予定日", "the planned departure")},
		{s.Person.Birth, s.Person.ActualDeparture, "person.actual_departure", text("生年月日", "the date of birth"), text("出国日", "the departure")},
		{s.Person.Birth, s.Card.Issued, "card.issued", text("生年月日", "the date of birth"), text("カードの発行日", "the issue of the card")},
		{s.Card.Applied, s.Card.Issued, "card.issued", text("カードの申請日", "the application for the card"), text("カードの発行日", "the issue of the card")},
		{s.Card.Issued, s.Card.Until, "card.until", text("カードの発行日", "the issue of the card"), text("カードの有効期限", "the card's last good day")},
		{s.Card.Issued, s.Card.Ended, "card.ended", text("カードの発行日", "the issue of the card"), text("カードが終わった日", "the end of the card")},
		{s.Card.Ended, s.On, "card.ended", text("カードが終わった日", "the end of the card"), text("問い合わせる日", "the day asked about")},
		{s.Certs.Signature.Issued, s.Certs.Signature.Until, "certificates.signature.until", text("署名用電子証明書の発行日", "the issue of the signature certificate"), text("その有効期限", "its last good day")},
		{s.Certs.UserAuthentication.Issued, s.Certs.UserAuthentication.Until, "certificates.user_authentication.until", text("利用者証明用電子証明書の発行日", "the issue of the user authentication certificate"), text("その有効期限", "its last good day")},
		{s.Certs.Signature.Until, s.Card.Until, "certificates.signature.until", text("署名用電子証明書の有効期限", "the signature certificate's last good day"), text("カードの有効期限", "the card's")},
		{s.Certs.UserAuthentication.Until, s.Card.Until, "certificates.user_authentication.until", text("利用者証明用電子証明書の有効期限", "the user authentication certificate's last good day"), text("カードの有効期限", "the card's")},
		{s.Application.Filed, s.Application.Announced, "application.announced", text("申請の日", "the application"), text("交付通知の日", "the pickup notice")},
		{s.Application.Announced, s.Application.Deadline, "application.pickup_deadline", text("交付通知の日", "the pickup notice"), text("受取期限", "the pickup deadline")},
	} {
		if !pair.first.IsZero() && !pair.second.IsZero() && pair.second.Before(pair.first) {
			add(pair.path, fault("%sが%sより後になっています。日付を確かめてください。", "Check the days: %s comes after %s.", pair.before, pair.behind))
		}
	}
}

// noCard finds facts about a card that does not exist.
func noCard(s *procedure.Situation, add func(string, law.Text)) {
	c := s.Card
	if c.Kind != procedure.NoCard {
		return
	}
	for _, f := range []struct {
		path string
		said bool
	}{
		{"card.state", c.State != ""}, {"card.issued", !c.Issued.IsZero()}, {"card.until", !c.Until.IsZero()}, {"card.ended", !c.Ended.IsZero()},
		{"card.at_hand", c.AtHand == procedure.Yes}, {"certificates.signature", s.Certs.Signature.State == procedure.CertificateValid},
		{"certificates.user_authentication", s.Certs.UserAuthentication.State == procedure.CertificateValid},
	} {
		if f.said {
			add(f.path, fault("カードを持ったことがない人(card.kindがnone)には書けません。", "Not for a person who never had a card (card.kind is none)."))
		}
	}
}

// offices finds codes that do not stand on the day, or are of another kind than was said.
func offices(s *procedure.Situation, add func(string, law.Text)) {
	for _, o := range []struct {
		path string
		code place.Code
	}{
		{"person.municipality", s.Person.Municipality}, {"person.honseki", s.Person.Honseki}, {"office.code", s.Office.Code},
		{"application.accepting_office", s.Application.Accepting}, {"application.pickup_office", s.Application.Pickup},
	} {
		if o.code == "" || s.On.IsZero() {
			continue
		}
		if _, err := place.Lookup(o.code, s.On); err != nil {
			text := fault("このコードの市区町村は%sには存在しません。", "No municipality had this code on %s.", s.On)
			if next := place.Successors(o.code, s.On); len(next) > 0 {
				text = fault("このコードの市区町村は%sには存在しません。いまは %s(%s)です。", "No municipality had this code on %s. It has become %s (%s).", s.On, law.Text{Ja: next[0].Office().NameJa, En: next[0].Office().NameEn}, next[0].Office().Code)
			}
			add(o.path, text)
		}
	}
	mission := place.KindOf(s.Office.Code) == place.KindMission
	if s.Office.Code != "" && s.Office.Kind != "" && mission != (s.Office.Kind == rules.Mission) {
		add("office.kind", fault("窓口の種類とコードが合いません。", "The kind of office does not fit its code."))
	}
}

// planContradictions are those of the facts at the start, and of each event's own days.
func planContradictions(p *procedure.LifePlan) Faults {
	out := contradictions(&procedure.Situation{On: p.On, Person: p.Person, Card: p.Card, Certs: p.Certs, Phone: p.Phone, Office: p.Office})
	add := func(path string, text law.Text) { out = append(out, Fault{path, text}) }
	if p.On.Before(rules.FirstDay) {
		add("on", fault("%s以後の日を書いてください。", "Give a day on or after %s.", rules.FirstDay))
	}
	if !p.Until.IsZero() && p.Until.Before(p.On) {
		add("until", fault("見る期間の終わりが始まりより前です。", "The line would end before it begins."))
	}
	if p.Card.Kind != procedure.NoCard && p.Card.Until.IsZero() && (p.Card.Issued.IsZero() || p.Person.Birth.IsZero()) {
		add("card.until", fault("カードの有効期限か、発行日と生年月日を書いてください。", "Give the card's last good day, or its day of issue and the date of birth."))
	}
	for i, e := range p.Events {
		path := fmt.Sprintf("events[%d]", i)
		if !p.Person.Birth.IsZero() && e.On.Before(p.Person.Birth) || e.On.Before(rules.FirstDay) {
			add(path+".on", fault("カードの制度が始まる前、または生まれる前の出来事です。", "The event is before the card existed, or before the birth."))
		}
		if e.Kind == rules.Departure && !e.Filed.IsZero() && !e.ContinuingUse.IsZero() && e.ContinuingUse.Before(e.Filed) {
			add(path+".continuing_use", fault("継続利用は国外転出届の後に手続きします。", "Continuing use comes after the overseas move-out notification."))
		}
		if e.Kind != rules.Departure && !e.Rewritten.IsZero() && !e.Filed.IsZero() && e.Rewritten.Before(e.Filed) {
			add(path+".rewritten", fault("カードの記載は届出の後に変更します。", "The entries are updated after the notification."))
		}
	}
	return out
}
