package docket

import (
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
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
		want any
	}{
		{"CHG-006 nothing is completed before the holder's reply", Asked, Complete, not("reply_awaited")},
		{"CHG-006 the proxy comes again", Asked, Reply, to(Open)},
		{"PIN-046 the card is sent on", Open, SendAway, to(SentAway)},
		{"PIN-046 and worked on where it is", SentAway, Finish, not("card_is_travelling")},
		{"PIN-046 the holder fetches it", CameBack, GiveBack, to(Done)},
		{"the issuer is back", Queued, Complete, to(CameBack)},
		{"nothing else goes on without the issuer", Queued, EnterPIN, not("issuer_awaited")},
		{"a case ends once", Done, Withdraw, not("case_is_done")},
		{"PIN-044 at the honseki nothing travels", Open, Finish, not("case_not_travelling")},
		{"a case that was withdrawn", Withdrawn, Complete, not("case_withdrawn")},
		{"a reply in vain", Overdue, Reply, not("reply_overdue")},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := Life.At(c.from, c.act)
			if err != nil || any(got) != c.want {
				t.Errorf("%s in %s: %+v, %v; want %+v", c.act, c.from, got, err, c.want)
			}
		})
	}
}

func TestOutstanding(t *testing.T) {
	today := civil.Day(2026, 6, 1)
	c := Case{Fee: application.Fee{Yen: 800}, PINs: []card.PIN{card.ResidentRegisterPIN}}
	if got := c.Outstanding(today); len(got) != 2 || got[0] != PayFee || got[1] != TypePINs {
		t.Errorf("a new case: %v", got)
	}
	c.Fee.Paid, c.PINsOn = true, today
	if got := c.Outstanding(today); len(got) != 0 {
		t.Errorf("paid and typed: %v", got)
	}
	if got := c.Outstanding(today.AddDays(1)); len(got) != 1 {
		t.Errorf("PINs typed yesterday prove nothing today: %v", got)
	}
	c.SetPINs = true
	if got := c.Outstanding(today.AddDays(1)); len(got) != 0 {
		t.Errorf("PINs that were set stay set: %v", got)
	}
}
