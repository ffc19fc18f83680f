package procedure

import (
	"slices"

	"mynumber/internal/rules"
)

// homeMutants are changes of the tables of people who live in Japan.
func homeMutants() []mutant {
	express := func(kind rules.EventKind, change func(*rules.ExpressGround)) func() {
		return func() {
			g := rules.ExpressGrounds[0].Rule[kind]
			change(&g)
			rules.ExpressGrounds[0].Rule[kind] = g
		}
	}
	ground := func(g rules.ProxyGround, change func(*rules.GroundRule)) func() {
		return func() {
			r := rules.ProxyGrounds[0].Rule[g]
			change(&r)
			rules.ProxyGrounds[0].Rule[g] = r
		}
	}
	out := slices.Concat(
		nearDay("PhotoFromAge first day", "TestPhotoNeeded", func() []*rules.Day { return []*rules.Day{&rules.PhotoFromAge[0].To, &rules.PhotoFromAge[1].From} }),
		near("PhotoFromAge age", "TestPhotoNeeded", func() *int { return &rules.PhotoFromAge[1].Rule }),
		near("ExpressFee card", "TestHomeFee", func() *rules.Yen { return &rules.ExpressFee[0].Rule.Card }),
		near("ExpressFee certificate", "TestHomeFee", func() *rules.Yen { return &rules.ExpressFee[0].Rule.Certificate }),
		near("PostKeeping personal mail", "TestStorageEnds", func() *int { return &rules.PostKeeping[0].Rule.PersonalMail }),
		near("PostKeeping registered mail", "TestStorageEnds", func() *int { return &rules.PostKeeping[0].Rule.RegisteredMail }),
		near("UncollectedCards after the application", "TestKeptUntil", func() *int { return &rules.UncollectedCards[0].Rule.MonthsAfterApplication }),
		near("UncollectedCards after the mail came back", "TestKeptUntil", func() *int { return &rules.UncollectedCards[0].Rule.MonthsAfterMailReturn }),
		[]mutant{
			{"HomePayments ordinary", "TestHomeFee", func() { rules.HomePayments[0].Rule.Ordinary = rules.PayAtSubmission }},
			{"HomePayments express", "TestHomeFee", func() { rules.HomePayments[0].Rule.Express = rules.PayAtPickup }},
			{"ExpressGrounds birth by days", "TestExpressLast", express(rules.ChildBorn, func(g *rules.ExpressGround) { g.Count, g.Days = rules.FromEvent, 30 })},
			{"ExpressGrounds loss from the loss", "TestExpressLast", express(rules.CardLost, func(g *rules.ExpressGround) { g.Count = rules.FromEvent })},
			{"ExpressGrounds moves too", "TestExpressLast", func() { rules.ExpressGrounds[0].Rule[rules.MoveIn] = rules.ExpressGrounds[0].Rule[rules.CardLost] }},
			{"ProxyGrounds 74", "TestProxyGround", ground(rules.GroundAged, func(r *rules.GroundRule) { r.FromAge-- })},
			{"ProxyGrounds 76", "TestProxyGround", ground(rules.GroundAged, func(r *rules.GroundRule) { r.FromAge++ })},
			{"ProxyGrounds school a year less", "TestProxyGround", ground(rules.GroundPupil, func(r *rules.GroundRule) { r.SchoolYearOf-- })},
			{"ProxyGrounds school a year more", "TestProxyGround", ground(rules.GroundPupil, func(r *rules.GroundRule) { r.SchoolYearOf++ })},
			{"ProxyGrounds wards without asking", "TestProxyGround", ground(rules.GroundAdultWard, func(r *rules.GroundRule) { r.Ward = false })},
			{"ProxyGrounds busy", "TestProxyGround", func() { rules.ProxyGrounds[0].Rule[rules.BusyWithWork] = rules.GroundRule{} }},
		})
	for kind := range rules.ExpressGrounds[0].Rule {
		out = append(out, mutant{"ExpressGrounds without " + string(kind), "TestExpressLast", func() { delete(rules.ExpressGrounds[0].Rule, kind) }})
		if rules.ExpressGrounds[0].Rule[kind].Days > 0 {
			out = append(out, mutant{"ExpressGrounds a day more for " + string(kind), "TestExpressLast", express(kind, func(g *rules.ExpressGround) { g.Days++ })})
		}
	}
	for _, g := range rules.ProxyGrounds11 {
		out = append(out, mutant{"ProxyGrounds without " + string(g), "TestProxyGround", func() { delete(rules.ProxyGrounds[0].Rule, g) }})
	}
	for status := range rules.StayBound[0].Rule {
		out = append(out, mutant{"StayBound the other way for " + string(status), "TestStayBound", func() { rules.StayBound[0].Rule[status] = !rules.StayBound[0].Rule[status] }})
	}
	return out
}
