package certificate

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
		{"ST-020 valid from the hand-over", Issued, HandOver, to(Valid)},
		{"ST-020 held while the card is suspended", Valid, Hold, to(Held)},
		{"ST-020 a hold is never released", Held, HandOver, done},
		{"ST-020 nor when somebody asks", Held, Release, not("hold_never_released")},
		{"ST-020 a held certificate can be revoked", Held, Revoke, to(Revoked)},
		{"ST-021 never the old one again", Revoked, HandOver, not("certificate_revoked")},
		{"ST-021 destroyed before delivery", Issued, Destroy, to(Revoked)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := Life.At(c.from, c.act)
			if err != nil || got != c.want {
				t.Errorf("%s in %s: %+v, %v; want %+v", c.act, c.from, got, err, c.want)
			}
		})
	}
}

// Of a phone the user authentication certificate comes back (SPC-023, ST-040); the rest is as on a card.
func TestPhoneLife(t *testing.T) {
	if err := PhoneLife.Check(); err != nil {
		t.Error(err)
	}
	for _, s := range Life.States {
		for _, a := range Life.Acts {
			card, err := Life.At(s, a)
			phone, err2 := PhoneLife.At(s, a)
			if released := s == Held && a == Release; err != nil || err2 != nil || (card == phone) == released || released && phone != to(Valid) {
				t.Errorf("%s in %s: on a card %+v, on a phone %+v", a, s, card, phone)
			}
		}
	}
}

func TestOutside(t *testing.T) {
	for state, want := range map[State][2]bool{
		Planned: {false, false}, Issued: {false, false}, Valid: {true, true},
		Held: {true, false}, Revoked: {true, false}, Expired: {true, true},
	} {
		if known, good := state.Outside(); known != want[0] || good != want[1] {
			t.Errorf("%s: known %v good %v, want %v", state, known, good, want)
		}
	}
}
