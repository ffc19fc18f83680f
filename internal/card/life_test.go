package card

import (
	"testing"

	"mynumber/internal/law"
)

func TestLifeIsComplete(t *testing.T) {
	if err := Life.Check(); err != nil {
		t.Error(err)
	}
}

func TestEndedCardsStayEnded(t *testing.T) {
	for _, s := range States {
		for _, a := range Acts {
			cell, err := Life.At(s, a)
			if err != nil {
				t.Fatal(err)
			}
			if s.Ended() && cell.Verdict == law.Goes && cell.To != s {
				t.Errorf("ST-012, CHG-034, LOSS-031: %s leads from %s to %s", a, s, cell.To)
			}
		}
	}
}

func TestLifeOrder(t *testing.T) {
	for _, c := range []struct {
		rule string
		from State
		act  Act
		want law.Cell[State]
	}{
		{"ST-005 hand-over", AtOffice, HandOver, to(Active)},
		{"ST-005 not before arrival", InTransit, HandOver, not("card_not_arrived")},
		{"ST-007 suspension", Active, Suspend, to(Suspended)},
		{"ST-007 lifting", Suspended, Lift, to(Active)},
		{"ST-007 abolition", Suspended, Abolish, to(Abolished)},
		{"ST-008 expiry", Active, Expire, to(Expired)},
		{"ST-009 lapse", Active, Lapse, to(Lapsed)},
		{"ST-010 departure pending", Active, Depart, to(PendingDeparture)},
		{"ST-010 departed", PendingDeparture, Arrive, to(Active)},
		{"ABR-009 departure called off", PendingDeparture, Recall, to(Active)},
		{"ABR-009 nothing to call off", Active, Recall, not("card_not_pending")},
		{"ST-011 successor under way", Active, Replace, to(TemporarilyOutOfFunction)},
		{"ST-012 return", Active, Return, to(Returned)},
		{"ST-014 a returned card is collected and stays returned", Returned, Collect, to(Returned)},
		{"LOSS-001 only a card that was handed over", AtOffice, Suspend, not("card_not_handed_over")},
		{"LOSS-004 twice", Suspended, Suspend, done},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := Life.At(c.from, c.act)
			if err != nil || got != c.want {
				t.Errorf("%s in %s: %+v, %v; want %+v", c.act, c.from, got, err, c.want)
			}
		})
	}
}
