package notice

import "mynumber/internal/law"

// Channel is how a message reaches its receiver.
type Channel string

const (
	ByMail      Channel = "mail"
	ByLetter    Channel = "letter"
	ByPostcard  Channel = "postcard"
	ByTelephone Channel = "telephone" // a member of staff calls, and notes what came of it
)

// State of a message, or of its delivery to one address.
type State string

const (
	Waiting    State = "waiting"     // nobody has it yet: a mail to be handed over, a letter to be printed, a call to be made
	Deferred   State = "deferred"    // the receiver's server did not take it for now; it is tried again
	Sent       State = "sent"        // a server took it
	Refused    State = "refused"     // the receiver's server will not take it
	Bounced    State = "bounced"     // a server took it and could not deliver it
	GivenUp    State = "given_up"    // deferred for too long
	Printed    State = "printed"     // on paper, not yet posted
	Posted     State = "posted"      // given to the post
	Returned   State = "returned"    // the post brought it back
	Reached    State = "reached"     // told on the telephone
	NotReached State = "not_reached" // called in vain; it is tried again
	Replaced   State = "replaced"    // another message went out in its place
)

// Act on a message.
type Act string

const (
	Take    Act = "take"       // a server takes it
	Defer   Act = "defer"      // not for now
	Refuse  Act = "refuse"     // never
	GiveUp  Act = "give_up"    // tried long enough
	Bounce  Act = "bounce"     // a report says that it was not delivered
	Print   Act = "print"      // it is printed
	Lose    Act = "lose_page"  // the page was lost in the printer or on the desk: it is printed again
	Post    Act = "post"       // it is given to the post
	Return  Act = "return"     // the post brings it back
	Answer  Act = "reach"      // the call is answered by the receiver
	NoReply Act = "not_reach"  // it is not
	Replace Act = "send_again" // it is sent again, in another way or to another address
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

type cells = map[Act]law.Cell[State]

// life is a table in which an act that is not named is refused.
func life(acts []Act, rows map[State]cells, why map[State]string, order ...State) law.Life[State, Act] {
	out := law.Life[State, Act]{States: order, Acts: acts, Table: map[State]map[Act]law.Cell[State]{}}
	for _, s := range order {
		row := cells{}
		for _, a := range acts {
			row[a] = not(why[s])
		}
		for a, c := range rows[s] {
			row[a] = c
		}
		out.Table[s] = row
	}
	return out
}

// MailLife is the life of a mail to one address. A report that comes after a refusal, or twice, changes nothing.
var MailLife = life([]Act{Take, Defer, Refuse, GiveUp, Bounce, Replace}, map[State]cells{
	Waiting:  {Take: to(Sent), Defer: to(Deferred), Refuse: to(Refused), GiveUp: to(GivenUp), Bounce: to(Bounced), Replace: to(Replaced)},
	Deferred: {Take: to(Sent), Defer: to(Deferred), Refuse: to(Refused), GiveUp: to(GivenUp), Bounce: to(Bounced), Replace: to(Replaced)},
	Sent:     {Take: done, Bounce: to(Bounced), Replace: to(Replaced)},
	Refused:  {Refuse: done, Bounce: done, Replace: to(Replaced)},
	Bounced:  {Take: done, Bounce: done, Replace: to(Replaced)},
	GivenUp:  {GiveUp: done, Bounce: done, Replace: to(Replaced)},
	Replaced: {Take: done, Defer: done, Refuse: done, GiveUp: done, Bounce: done},
}, map[State]string{Sent: "message_gone", Refused: "message_gone", Bounced: "message_gone", GivenUp: "message_gone", Replaced: "message_replaced"},
	Waiting, Deferred, Sent, Refused, Bounced, GivenUp, Replaced)

// PaperLife is the life of a letter or a postcard.
var PaperLife = life([]Act{Print, Lose, Post, Return, Replace}, map[State]cells{
	Waiting:  {Print: to(Printed), Post: to(Posted), Replace: to(Replaced)},
	Printed:  {Print: done, Lose: to(Waiting), Post: to(Posted), Replace: to(Replaced)},
	Posted:   {Post: done, Return: to(Returned), Replace: to(Replaced)},
	Returned: {Post: done, Return: done, Replace: to(Replaced)},
	Replaced: {Return: done},
}, map[State]string{Waiting: "letter_not_printed", Printed: "letter_not_posted", Posted: "letter_posted", Returned: "letter_posted", Replaced: "message_replaced"},
	Waiting, Printed, Posted, Returned, Replaced)

// CallLife is the life of a telephone note.
var CallLife = life([]Act{Answer, NoReply, Replace}, map[State]cells{
	Waiting:    {Answer: to(Reached), NoReply: to(NotReached), Replace: to(Replaced)},
	NotReached: {Answer: to(Reached), NoReply: to(NotReached), Replace: to(Replaced)},
	Reached:    {Answer: done, Replace: to(Replaced)},
	Replaced:   {},
}, map[State]string{Reached: "message_gone", Replaced: "message_replaced"}, Waiting, NotReached, Reached, Replaced)

// LifeOf is the table of a channel.
func LifeOf(c Channel) law.Life[State, Act] {
	switch c {
	case ByLetter, ByPostcard:
		return PaperLife
	case ByTelephone:
		return CallLife
	}
	return MailLife
}

// Open reports a state in which something is still to be done by itself or by the office.
func (s State) Open() bool {
	return s == Waiting || s == Deferred || s == Printed || s == NotReached
}

// Failed reports a state in which the receiver does not have the message and will not get it unless somebody acts.
func (s State) Failed() bool {
	return s == Refused || s == Bounced || s == GivenUp || s == Returned
}

// Failures are the states that Failed reports, and Troubles those and the deferred and unanswered.
var (
	Failures = []State{Refused, Bounced, GivenUp, Returned}
	Troubles = []State{Refused, Bounced, GivenUp, Returned, Deferred, NotReached}
)
