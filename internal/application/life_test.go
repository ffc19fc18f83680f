package application

import (
	"testing"

	"mynumber/internal/law"
)

func TestLifeIsComplete(t *testing.T) {
	if err := Life.Check(); err != nil {
		t.Error(err)
	}
}

func TestLifeOrder(t *testing.T) {
	for _, c := range []struct {
		rule string
		from State
		act  Act
		want law.Cell[State]
	}{
		{"ST-001 acceptance", Received, Accept, to(InProduction)},
		{"ST-002 defect asked", Received, AskBack, to(Defective)},
		{"ST-002 defect answered", Defective, Correct, to(Received)},
		{"ST-002 no acceptance while a defect is open", Defective, Accept, not("defect_open")},
		{"ST-003 cancelled before pickup", ReadyForPickup, Cancel, to(Cancelled)},
		{"ST-003 never after the hand-over", HandedOver, Cancel, not("card_handed_over")},
		{"ST-004 dispatch", InProduction, Dispatch, to(InTransit)},
		{"ST-004 notice", InTransit, Announce, to(ReadyForPickup)},
		{"ST-005 hand-over", ReadyForPickup, HandOver, to(HandedOver)},
		{"ST-005 hand-over before arrival", InTransit, HandOver, not("card_not_arrived")},
		{"ABR-021 production before acceptance", Received, Produce, not("not_accepted")},
		{"ABR-021 the honseki decides, not the accepting office", Applied, Accept, not("papers_not_at_honseki")},
		{"the same act twice changes nothing", HandedOver, HandOver, done},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := Life.At(c.from, c.act)
			if err != nil || got != c.want {
				t.Errorf("%s in %s: %+v, %v; want %+v", c.act, c.from, got, err, c.want)
			}
		})
	}
}
