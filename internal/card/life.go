// Package card is the Individual Number Card (個人番号カード) as a thing in law: its kind, its states
// and the acts between them, its four PINs and what is on its face. The chip inside is iccard's matter.
package card

import "mynumber/internal/law"

// State of a card. From Planned to AtOffice somebody else than the holder has it (custody).
type State string

const (
	Planned                  State = "planned"                     // the issuer has decided everything about it
	Produced                 State = "produced"                    // made, at the issuer
	InTransit                State = "in_transit"                  // on its way to the pickup office
	AtOffice                 State = "at_office"                   // sealed, at the pickup office
	Active                   State = "active"                      // handed over, usable
	PendingDeparture         State = "pending_departure"           // 保留 until the planned departure (ABR-009)
	TemporarilyOutOfFunction State = "temporarily_out_of_function" // its successor is under way (EXP-071)
	Suspended                State = "suspended"                   // 一時停止 by telephone (LOSS-001)
	Expired                  State = "expired"                     // past its last day
	Lapsed                   State = "lapsed"                      // 失効 before its last day
	Abolished                State = "abolished"                   // 廃止 after loss, or replaced
	Returned                 State = "returned"                    // 返納
	Destroyed                State = "destroyed"                   // never collected
)

// Act on a card.
type Act string

const (
	Produce  Act = "produce"
	Dispatch Act = "dispatch"
	Receive  Act = "receive"
	HandOver Act = "hand_over"
	Suspend  Act = "suspend"
	Lift     Act = "lift"
	Depart   Act = "depart" // the overseas move-out is filed with continuing use
	Arrive   Act = "arrive" // the planned departure day has come
	Recall   Act = "recall" // the departure was called off before its day
	Replace  Act = "replace"
	Lapse    Act = "lapse"
	Abolish  Act = "abolish"
	Return   Act = "return"
	Expire   Act = "expire"
	Destroy  Act = "destroy"
	Collect  Act = "collect" // an office takes the void plastic in (PICK-077)
	SendOn   Act = "send_on" // an office sends it on: to another office, or by the post office to the holder
	Deliver  Act = "deliver" // the post office gives it to the holder (PICK-045)
	Resume   Act = "resume"  // its successor will not come: it works again
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

// States and Acts in the order of a card's life.
var (
	States = []State{Planned, Produced, InTransit, AtOffice, Active, PendingDeparture, TemporarilyOutOfFunction, Suspended, Expired, Lapsed, Abolished, Returned, Destroyed}
	Acts   = []Act{Produce, Dispatch, Receive, HandOver, Suspend, Lift, Depart, Arrive, Recall, Replace, Lapse, Abolish, Return, Expire, Destroy, Collect, SendOn, Deliver, Resume}
)

// Life is the whole table. The states in which a card has ended are never left again (CHG-034, LOSS-031);
// only its plastic can still be collected.
var Life = law.Life[State, Act]{
	States: States,
	Acts:   Acts,
	Table: map[State]map[Act]law.Cell[State]{
		Planned:   notYet(to(Produced), not("card_not_produced"), not("card_not_arrived"), not("card_not_arrived")),
		Produced:  notYet(done, to(InTransit), not("card_not_dispatched"), not("card_not_arrived")),
		InTransit: with(notYet(done, done, to(AtOffice), not("card_not_arrived")), cells{SendOn: done, Deliver: to(Active)}),
		AtOffice:  with(notYet(done, done, done, to(Active)), cells{SendOn: to(InTransit)}),
		Active: with(held(), cells{
			Suspend: to(Suspended), Depart: to(PendingDeparture), Replace: to(TemporarilyOutOfFunction),
		}),
		PendingDeparture: with(held(), cells{
			Suspend: not("card_pending_departure"), Depart: done, Arrive: to(Active), Recall: to(Active), Replace: not("card_pending_departure"),
		}),
		TemporarilyOutOfFunction: with(held(), cells{
			Suspend: to(Suspended), Depart: not("card_out_of_function"), Replace: done, Resume: to(Active),
		}),
		Suspended: with(held(), cells{
			Suspend: done, Lift: to(Active), Depart: not("card_suspended"), Replace: done, // it works for nobody as it is
		}),
		Expired:   with(ended("card_expired"), cells{Expire: done}),
		Lapsed:    with(ended("card_lapsed"), cells{Lapse: done}),
		Abolished: with(ended("card_abolished"), cells{Abolish: done}),
		Returned:  with(ended("card_returned"), cells{Return: done}),
		Destroyed: with(ended("card_destroyed"), cells{Destroy: done, Collect: not("card_destroyed")}),
	},
}

type cells = map[Act]law.Cell[State]

// with is the row with some of its cells replaced.
func with(row, other cells) cells {
	for a, c := range other {
		row[a] = c
	}
	// Collecting the plastic changes no state: it is where the thing is, not what it is.
	return row
}

// notYet is the row of a card that no holder has got.
func notYet(produce, dispatch, receive, handOver law.Cell[State]) cells {
	no := not("card_not_handed_over")
	return cells{
		Produce: produce, Dispatch: dispatch, Receive: receive, HandOver: handOver,
		Suspend: no, Lift: no, Depart: no, Arrive: no, Recall: no, Replace: no, Return: no, Collect: no, Resume: no,
		SendOn: not("card_not_arrived"), Deliver: not("card_not_posted"),
		Lapse: to(Destroyed), Abolish: to(Destroyed), Expire: to(Destroyed), Destroy: to(Destroyed),
	}
}

// held is the row of a card in its holder's hands.
func held() cells {
	return cells{
		Produce: done, Dispatch: done, Receive: done, HandOver: done, SendOn: not("card_handed_over"), Deliver: done, Resume: done,
		Lift: not("card_not_suspended"), Arrive: not("card_not_pending"), Recall: not("card_not_pending"),
		Lapse: to(Lapsed), Abolish: to(Abolished), Return: to(Returned), Expire: to(Expired),
		Destroy: not("card_handed_over"), Collect: not("card_still_valid"),
	}
}

// ended is the row of a card that has ended; only the plastic can still change hands.
func ended(code string) cells {
	row := cells{}
	for _, a := range Acts {
		row[a] = not(code)
	}
	for _, a := range []Act{Produce, Dispatch, Receive} {
		row[a] = done
	}
	row[Collect] = to(map[string]State{
		"card_expired": Expired, "card_lapsed": Lapsed, "card_abolished": Abolished, "card_returned": Returned, "card_destroyed": Destroyed,
	}[code])
	return row
}

// Ended reports a state that is never left again.
func (s State) Ended() bool {
	switch s {
	case Expired, Lapsed, Abolished, Returned, Destroyed:
		return true
	}
	return false
}
