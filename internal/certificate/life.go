package certificate

import (
	"maps"

	"mynumber/internal/law"
)

// State of one certificate on a card (states.md ST-020, ST-021).
type State string

const (
	Planned State = "planned" // serial number given, not yet signed
	Issued  State = "issued"  // signed and on the card, which nobody has collected: unknown to the outside
	Valid   State = "valid"   // handed over with its card
	Held    State = "held"    // 一時保留: stopped by telephone, never released for a card certificate
	Revoked State = "revoked" // 失効
	Expired State = "expired" // 有効期間満了
)

// Act on a certificate.
type Act string

const (
	Sign     Act = "sign"     // the authority signs and the signature is recorded
	HandOver Act = "activate" // its card is handed over
	Hold     Act = "hold"     // its card is suspended, or its phone
	Release  Act = "release"  // the lost phone was found
	Revoke   Act = "revoke"   // for one of the reasons of CERT-020
	Destroy  Act = "destroy"  // its card is destroyed before anybody collected it
	Expire   Act = "expire"   // its last day has passed
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

// PhoneLife is Life for the user authentication certificate of a phone: its hold is released when the phone turns up
// (official-supplement.md 4.8, SPC-023). The phone's signature certificate is issued anew, as on a card.
var PhoneLife = func() law.Life[State, Act] {
	phone := Life
	phone.Table = maps.Clone(Life.Table)
	phone.Table[Held] = maps.Clone(Life.Table[Held])
	phone.Table[Held][Release] = to(Valid)
	return phone
}()

// Life is the whole table. A held certificate can only be revoked or expire: the hold of a card
// certificate is never released (official-supplement.md 0.7, 4.4).
var Life = law.Life[State, Act]{
	States: []State{Planned, Issued, Valid, Held, Revoked, Expired},
	Acts:   []Act{Sign, HandOver, Hold, Release, Revoke, Destroy, Expire},
	Table: map[State]map[Act]law.Cell[State]{
		Planned: {Sign: to(Issued), HandOver: not("certificate_not_issued"), Hold: not("certificate_not_issued"), Release: not("certificate_not_issued"), Revoke: to(Revoked), Destroy: to(Revoked), Expire: to(Expired)},
		Issued:  {Sign: done, HandOver: to(Valid), Hold: not("certificate_not_handed_over"), Release: not("certificate_not_handed_over"), Revoke: to(Revoked), Destroy: to(Revoked), Expire: to(Expired)},
		Valid:   {Sign: done, HandOver: done, Hold: to(Held), Release: done, Revoke: to(Revoked), Destroy: not("card_handed_over"), Expire: to(Expired)},
		Held:    {Sign: done, HandOver: done, Hold: done, Release: not("hold_never_released"), Revoke: to(Revoked), Destroy: not("card_handed_over"), Expire: to(Expired)},
		Revoked: {Sign: done, HandOver: not("certificate_revoked"), Hold: not("certificate_revoked"), Release: not("certificate_revoked"), Revoke: done, Destroy: done, Expire: done},
		Expired: {Sign: done, HandOver: not("certificate_expired"), Hold: not("certificate_expired"), Release: not("certificate_expired"), Revoke: not("certificate_expired"), Destroy: not("certificate_expired"), Expire: done},
	},
}

// Outside is what a relying party hears about a certificate in a state: a certificate on a card that
// nobody has collected yet is not known to anybody (design of the authorities, CERT-005).
func (s State) Outside() (known, good bool) {
	switch s {
	case Planned, Issued:
		return false, false
	case Valid, Expired:
		return true, true
	default:
		return true, false
	}
}
