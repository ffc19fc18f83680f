package procedure

import (
	"slices"

	"mynumber/internal/rules"
)

// changeMutants are changes of the tables about lapse and periods of stay.
func changeMutants() []mutant {
	days := func(name string, kind rules.EventKind, cause rules.LapseCause) []mutant {
		return near("LapseEndings "+name, "TestLapses", func() *int { return &endingOf(kind, cause).Days })
	}
	return slices.Concat(
		days("14 days", rules.MoveIn, rules.NotifiedAfter14Days),
		days("30 days", rules.MoveIn, rules.NotifiedAfter30Days),
		days("90 days", rules.MoveIn, rules.NotRewritten),
		days("14 days after a return", rules.ReturnToJapan, rules.NotifiedAfter14Days),
		days("90 days after a return", rules.ReturnToJapan, rules.NotRewritten),
		days("moving on", rules.MoveIn, rules.MovedOnUnwritten),
		days("departure", rules.Departure, rules.LeftJapan),
		days("departure entered", rules.Departure, rules.DepartureEntered),
		days("name", rules.NameChange, rules.EntriesChanged),
		days("death", rules.HolderDied, rules.Died),
		days("number", rules.NumberChanged, rules.OtherNumber),
		days("code", rules.CodeChanged, rules.OtherCode),
		days("end of stay", rules.StayEnded, rules.StayOver),
		days("last day", rules.CardExpiry, rules.LastDayPassed),
		nearDay("LapseEndings first day of continuing use", "TestLapses", func() []*rules.Day { return []*rules.Day{&rules.LapseEndings[0].To, &rules.LapseEndings[1].From} }),
		near("ExpiryNotices at home", "TestComingDays", func() *int { return &rules.ExpiryNotices[0].Rule.HomeMonths }),
		near("ExpiryNotices abroad", "TestComingDays", func() *int { return &rules.ExpiryNotices[0].Rule.AbroadMonths }),
		near("ReminderLead days", "TestComingDays", func() *int { return &rules.ReminderLead[0].Rule }),
		near("ReplyDays days", "TestReplyDue", func() *int { return &rules.ReplyDays[0].Rule }),
		near("ExtensionMonths months", "TestStayExtensions", func() *int { return &rules.ExtensionMonths[0].Rule }),
		nearDay("SpecifiedResidenceCards first day", "TestStayExtensions", func() []*rules.Day {
			return []*rules.Day{&rules.SpecifiedResidenceCards[0].To, &rules.SpecifiedResidenceCards[1].From}
		}),
		[]mutant{
			{"Notifications a move in beforehand", "TestNotify", func() { editNotifying(rules.MoveIn, func(n *rules.Notifying) { n.AfterOnly = false }) }},
			{"Notifications a departure only afterwards", "TestNotify", func() { editNotifying(rules.Departure, func(n *rules.Notifying) { n.AfterOnly = true }) }},
			{"Notifications no mission", "TestNotify", func() {
				editNotifying(rules.NameChange, func(n *rules.Notifying) { n.At = []rules.Acceptor{rules.HonsekiOffice} })
			}},
			{"Notifications nobody is told", "TestTells", func() { editNotifying(rules.MoveIn, func(n *rules.Notifying) { n.Tells = nil }) }},
			{"ApplicationsEnd not with the honseki", "TestEndsApplication", func() { delete(rules.ApplicationsEnd[0].Rule, rules.HonsekiChange) }},
			{"ApplicationsEnd not with a return", "TestEndsApplication", func() { delete(rules.ApplicationsEnd[0].Rule, rules.ReturnToJapan) }},
			{"CalledOff the card ends", "TestTakeBack", func() { rules.CalledOff[0].Rule.CardGoesOn = false }},
			{"CalledOff the certificate stays", "TestTakeBack", func() { rules.CalledOff[0].Rule.SignatureEnds = false }},
			{"CalledOff a deadline", "TestTakeBack", func() { rules.CalledOff[0].Rule.LapseDays = 1 }},
			{"LapseEndings foreigners too", "TestLapses", func() { endingOf(rules.Departure, rules.LeftJapan).Foreign = rules.Everybody }},
			{"LapseEndings re-issue saves nothing", "TestLapses", func() { endingOf(rules.Departure, rules.DepartureEntered).Unless = "" }},
			{"LapseEndings honseki", "TestLapses", func() { rules.LapseEndings[1].Rule[rules.HonsekiChange] = rules.LapseEndings[1].Rule[rules.HolderDied] }},
			{"Follow not the phone", "TestLapsesEndWhatFollows", func() { delete(rules.Follow[0].Rule, rules.TheSignature) }},
			{"Follow not the certificates", "TestLapsesEndWhatFollows", func() { delete(rules.Follow[0].Rule, rules.TheCard) }},
			{"Revocations lifting", "TestPerform", func() { delete(rules.Revocations[0].Rule, rules.LiftAtHome) }},
			{"HouseholdSignature off", "TestHouseholdSignature", func() { rules.HouseholdSignature[0].Rule = false }},
			{"OfficeLapse on", "TestOfficeLapse", func() { rules.OfficeLapse[0].Rule = 30 }},
			{"ClosedDayShift on", "TestClosedDayShift", func() { rules.ClosedDayShift[0].Rule = true }},
		})
}

// endingOf is a row of the table in force.
func endingOf(kind rules.EventKind, cause rules.LapseCause) *rules.Ending {
	list := rules.LapseEndings[1].Rule[kind]
	return &list[slices.IndexFunc(list, func(e rules.Ending) bool { return e.Cause == cause })]
}

func editNotifying(kind rules.EventKind, f func(*rules.Notifying)) {
	n := rules.Notifications[0].Rule[kind]
	f(&n)
	rules.Notifications[0].Rule[kind] = n
}
