package docket

import "mynumber/internal/law"

// State of a case.
type State string

const (
	Open      State = "open"      // at the window: something is still to be done before it is completed
	Asked     State = "asked"     // an inquiry was sent to the holder (照会書); the proxy comes again with the reply
	Queued    State = "queued"    // the issuer could not be reached: the card stays here, and what was typed need not be typed again
	SentAway  State = "sent_away" // the card is on its way to the office that does the work
	Arrived   State = "arrived"   // that office has it
	SentBack  State = "sent_back" // done there, on its way back
	CameBack  State = "came_back" // back at the office that took it in; the holder is told
	Done      State = "done"
	Withdrawn State = "withdrawn" // by whom it was asked for
	Overdue   State = "overdue"   // the reply did not come in time
)

// Act on a case.
type Act string

const (
	Pay      Act = "take_fee"
	EnterPIN Act = "enter_pins"
	Reply    Act = "reply"     // the proxy brings the holder's reply
	Complete Act = "complete"  // everything is done: effects, messages, printouts
	Queue    Act = "queue"     // the issuer cannot be reached; it is completed later
	SendAway Act = "send_away" // the card goes to the office that does the work
	Receive  Act = "receive"   // what was sent is there
	Finish   Act = "finish"    // the office that does the work has done it, and sends the card back
	GiveBack Act = "give_back" // the holder has the card again
	Withdraw Act = "withdraw"  // it is not wanted any more
	Expire   Act = "expire"    // the last day of what was waited for has passed
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

// States and Acts in the order of a case's life.
var (
	States = []State{Open, Asked, Queued, SentAway, Arrived, SentBack, CameBack, Done, Withdrawn, Overdue}
	Acts   = []Act{Pay, EnterPIN, Reply, Complete, Queue, SendAway, Receive, Finish, GiveBack, Withdraw, Expire}
)

type cells = map[Act]law.Cell[State]

// Life is the whole table. A case that travels is completed where the work is done (Finish) and ends when the holder has
// the card again (PIN-046).
var Life = law.Life[State, Act]{
	States: States,
	Acts:   Acts,
	Table: map[State]map[Act]law.Cell[State]{
		Open: row("case_not_travelling", cells{Pay: to(Open), EnterPIN: to(Open), Reply: not("no_reply_expected"), Complete: to(Done), Queue: to(Queued), SendAway: to(SentAway),
			Withdraw: to(Withdrawn), Expire: not("no_reply_expected")}),
		Asked:    row("reply_awaited", cells{Reply: to(Open), Withdraw: to(Withdrawn), Expire: to(Overdue)}),
		Queued:   row("issuer_awaited", cells{Queue: done, Complete: to(CameBack), Withdraw: to(CameBack), Reply: not("no_reply_expected"), Expire: not("no_reply_expected")}),
		SentAway: row("card_is_travelling", cells{SendAway: done, Receive: to(Arrived), Reply: not("no_reply_expected"), Expire: not("no_reply_expected")}),
		Arrived: row("card_is_elsewhere", cells{SendAway: done, Receive: done, Finish: to(SentBack), Reply: not("no_reply_expected"), Expire: not("no_reply_expected"),
			EnterPIN: to(Arrived), Withdraw: to(SentBack)}),
		SentBack:  row("card_is_travelling", cells{SendAway: done, Finish: done, Receive: to(CameBack), Reply: not("no_reply_expected"), Expire: not("no_reply_expected")}),
		CameBack:  row("card_waits_for_holder", cells{SendAway: done, Finish: done, Receive: done, GiveBack: to(Done), Reply: not("no_reply_expected"), Expire: not("no_reply_expected")}),
		Done:      row("case_is_done", cells{Complete: done, GiveBack: done}),
		Withdrawn: row("case_withdrawn", cells{Withdraw: done}),
		Overdue:   row("reply_overdue", cells{Expire: done, Withdraw: to(Withdrawn)}),
	},
}

// row is a row in which everything is refused but for the cells.
func row(code string, other cells) cells {
	out := cells{}
	for _, a := range Acts {
		out[a] = not(code)
	}
	for a, c := range other {
		out[a] = c
	}
	return out
}

// Ended reports a state in which nothing is to be done any more.
func (s State) Ended() bool { return s == Done || s == Withdrawn || s == Overdue }
