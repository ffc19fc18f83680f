package office_test

import (
	"fmt"

	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// newCard applies for another card at home, for a reason or none, and goes on with it as far as chance and the law let it.
func (l *lives) newCard() {
	p := l.found()
	d, on := l.desk, civil.DateOf(l.desk.at)
	home, ok := p.ResidentOn(on)
	if !ok || place.KindOf(home.Municipality) != place.KindMunicipality {
		return
	}
	who := office.Actor{Staff: "clerk", Office: home.Municipality, Role: office.Clerk}
	l.keys++
	lost := procedure.Event{Kind: pick(l, rules.CardLost, rules.CardDamaged), On: on, Outside: procedure.No}
	told := procedure.Situation{Visitor: procedure.Visit{Who: rules.Holder, Papers: everything()}, Event: lost, Wish: procedure.Wish{NoSignature: procedure.No, NoUserAuth: procedure.No, OldCardBack: procedure.Yes},
		Person: procedure.Person{NumberPaper: procedure.No, JukiCard: procedure.No}, Card: procedure.Card{AtHand: procedure.AnswerOf(lost.Kind == rules.CardDamaged)}}
	r := office.HomeRequest{RequestKey: fmt.Sprintf("h%d", l.keys), Purpose: pick(l, rules.ApplyAtHome, rules.ReissueAtHome, rules.RenewCardAtHome), Channel: rules.Visit, PersonID: "sato", Photo: photo(l.T),
		Form: map[string]string{"family_name": p.Name.Family, "given_name": p.Name.Given, "birth": p.Birth.String(), "photo_taken": on.AddDays(-10).String()}, Told: told}
	a, _, err := d.FileAtHome(ctx, who, r)
	l.came("apply: "+string(r.Purpose)+" at "+string(who.Office), err)
	if err != nil {
		return
	}
	steps := []struct {
		name string
		do   func() error
	}{
		{"accept", func() error { _, _, err := d.Accept(ctx, operator, a.ID); return err }},
		{"produce", func() error { return only(d.Produce(ctx, operator, a.ID)) }},
		{"dispatch", func() error { return only(d.Dispatch(ctx, operator, a.ID)) }},
		{"announce", func() error { return only(d.Announce(ctx, who, a.ID)) }},
		{"check visitor", func() error {
			_, _, err := d.CheckVisitor(ctx, who, a.ID, procedure.Situation{Visitor: procedure.Visit{Who: rules.Holder, Papers: everything()}, Person: told.Person, Wish: told.Wish, Card: told.Card})
			return err
		}},
		{"take the fee", func() error { return only(d.TakeFee(ctx, who, a.ID)) }},
		{"PINs", func() error {
			secret, _, err := d.OpenPINScreen(ctx, who, a.ID)
			if err == nil {
				_, err = d.SetPINs(ctx, secret, pins)
			}
			return err
		}},
		{"hand over", func() error { return only(d.HandOver(ctx, who, a.ID, true)) }},
	}
	for _, s := range steps {
		err := s.do()
		l.came(s.name, err)
		if err != nil {
			return
		}
		if l.rand.IntN(25) == 0 {
			l.wait(pick(l, 1, 30, 100))
		}
	}
	d.id = a.ID
}

// everything is every paper there is.
func everything() []procedure.PaperAtWindow {
	var all []procedure.PaperAtWindow
	for kind := range rules.PaperNames {
		all = append(all, procedure.PaperAtWindow{Kind: kind})
	}
	return all
}
