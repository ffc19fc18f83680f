// Package application is the life of an application for a card (交付申請) from the office that
// takes it to the hand-over: which state it is in, which act moves it, and where its papers are.
// Whether the law allows an act to this person on this day is procedure's matter.
package application

import (
	"maps"

	"mynumber/internal/law"
)

// State of an application (states.md ST-001 to ST-006).
type State string

const (
	Applied        State = "applied"          // taken in by the accepting office
	Forwarded      State = "forwarded"        // papers on their way to the examiner
	Received       State = "received"         // at the examiner: the honseki municipality (附票管理市区町村), at home the issuer's reception centre
	Defective      State = "defective"        // asked back; the applicant has to answer
	InProduction   State = "in_production"    // accepted; the issuer makes the card
	InTransit      State = "in_transit"       // the card is on its way to an office
	ToBePosted     State = "to_be_posted"     // the municipality has the card and will post it
	InPost         State = "in_post"          // the post office is delivering the card
	AtPostOffice   State = "at_post_office"   // it keeps the card; the holder has the arrival notice or the slip of a missed delivery
	ReadyForPickup State = "ready_for_pickup" // the card is at the pickup office and the notice is sent
	HandedOver     State = "handed_over"      // the holder has the card
	Rejected       State = "rejected"         // refused by the examiner for good
	Cancelled      State = "cancelled"        // withdrawn
	Uncollected    State = "uncollected"      // nobody collected the card, and it was destroyed (PICK-005)
)

// Act on an application.
type Act string

const (
	Forward       Act = "forward"        // the accepting office sends the papers to the examiner
	ReceivePapers Act = "receive_papers" // the examiner takes them in
	Identify      Act = "identify"       // the honseki finds the person by the supplementary family register
	AskBack       Act = "ask_back"       // a defect is asked back
	Correct       Act = "correct"        // the applicant answers
	Accept        Act = "accept"         // the examiner accepts and orders the card
	Reject        Act = "reject"         // the examiner refuses
	Produce       Act = "produce"        // the issuer makes the card
	Dispatch      Act = "dispatch"       // the issuer sends the card to an office
	TakeIn        Act = "take_in"        // the municipality takes in a card that it will post
	Announce      Act = "announce"       // the pickup office takes the card in and sends the notice
	Post          Act = "post"           // the issuer or the municipality gives the card to the post office
	LeaveNotice   Act = "leave_notice"   // the post office leaves the arrival notice, or the slip of a missed delivery
	Appoint       Act = "appoint"        // the holder chooses day and time of the delivery
	Deliver       Act = "deliver"        // the post office delivers the card
	SendBack      Act = "send_back"      // the post office sends the card back to the municipality
	Reserve       Act = "reserve"        // the applicant books a time
	CheckIdentity Act = "check_identity" // the pickup office checks who stands at the window
	HandOver      Act = "hand_over"      // the holder gets the card
	ChangeMail    Act = "change_email"   // the applicant has another e-mail address (ABR-032)
	ChangePlace   Act = "change_place"   // the card is to be collected elsewhere (ABR-037)
	ChangeData    Act = "change_data"    // name or the like changed while the application runs (ABR-030)
	Cancel        Act = "cancel"         // the applicant withdraws
	Discard       Act = "discard"        // nobody collected the card: it is destroyed (PICK-005)
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

type cells = map[Act]law.Cell[State]

// acts in the order in which a case meets them.
var acts = []Act{Forward, ReceivePapers, Identify, AskBack, Correct, Accept, Reject, Produce, Dispatch, TakeIn, Announce, Post, LeaveNotice, Appoint, Deliver, SendBack,
	Reserve, CheckIdentity, HandOver, ChangeMail, ChangePlace, ChangeData, Cancel, Discard}

// Life is the whole table: every state, every act, one cell each.
var Life = law.Life[State, Act]{
	States: []State{Applied, Forwarded, Received, Defective, InProduction, InTransit, ToBePosted, InPost, AtPostOffice, ReadyForPickup, HandedOver, Rejected, Cancelled, Uncollected},
	Acts:   acts,
	Table: map[State]cells{
		Applied:   early(Applied, cells{Forward: to(Forwarded), ReceivePapers: not("papers_not_sent")}),
		Forwarded: early(Forwarded, cells{Forward: done, ReceivePapers: to(Received)}),
		Received: early(Received, cells{Forward: done, ReceivePapers: done,
			Identify: to(Received), AskBack: to(Defective), Correct: done, Accept: to(InProduction), Reject: to(Rejected)}),
		Defective: early(Defective, cells{Forward: done, ReceivePapers: done,
			Identify: to(Defective), AskBack: to(Defective), Correct: to(Received), Accept: not("defect_open"), Reject: to(Rejected)}),
		InProduction: accepted(InProduction, cells{Produce: to(InProduction), Dispatch: to(InTransit), Post: to(InPost)}),
		InTransit:    accepted(InTransit, cells{TakeIn: to(ToBePosted), Announce: to(ReadyForPickup)}),
		ToBePosted:   accepted(ToBePosted, cells{TakeIn: done, Announce: to(ReadyForPickup), Post: to(InPost)}),
		InPost:       inMail(InPost, cells{LeaveNotice: to(AtPostOffice), Appoint: not("no_arrival_notice")}),
		AtPostOffice: inMail(AtPostOffice, cells{LeaveNotice: done, Appoint: to(AtPostOffice)}),
		ReadyForPickup: accepted(ReadyForPickup, cells{TakeIn: not("collected_at_counter"), Announce: done, Post: not("collected_at_counter"),
			Reserve: to(ReadyForPickup), CheckIdentity: to(ReadyForPickup), HandOver: to(HandedOver), ChangePlace: to(InTransit)}),
		HandedOver:  over("card_handed_over", true, cells{CheckIdentity: done, HandOver: done, Deliver: done, ChangeMail: to(HandedOver)}),
		Rejected:    over("application_rejected", false, cells{Reject: done}),
		Cancelled:   over("application_cancelled", false, cells{Cancel: done}),
		Uncollected: over("card_destroyed", true, cells{Discard: done}),
	},
}

// with is the row with some of its cells replaced.
func with(row, other cells) cells {
	maps.Copy(row, other)
	return row
}

// early is the row of a state before the acceptance. Whoever withdraws or changes something is heard in each of them.
func early(here State, other cells) cells {
	row := cells{
		Identify: not("papers_not_at_honseki"), AskBack: not("papers_not_at_honseki"), Correct: not("nothing_asked_back"),
		Accept: not("papers_not_at_honseki"), Reject: not("papers_not_at_honseki"),
		Produce: not("not_accepted"), Dispatch: not("not_accepted"), Post: not("not_accepted"),
	}
	for _, a := range []Act{TakeIn, Announce, Reserve, CheckIdentity, HandOver, Discard} {
		row[a] = not("card_not_arrived")
	}
	for _, a := range []Act{LeaveNotice, Appoint, Deliver, SendBack} {
		row[a] = not("card_not_posted")
	}
	return with(with(row, changes(here)), other)
}

// changes are the acts of an applicant while the application runs.
func changes(here State) cells {
	return cells{ChangeMail: to(here), ChangePlace: to(here), ChangeData: to(here), Cancel: to(Cancelled)}
}

// accepted is the row of a state in which the issuer or an office has the card, or makes it.
func accepted(here State, other cells) cells {
	row := cells{
		Forward: done, ReceivePapers: done, Identify: done, AskBack: not("already_accepted"), Correct: done, Accept: done, Reject: not("already_accepted"),
		Produce: done, Dispatch: done,
	}
	for _, a := range []Act{TakeIn, Announce, Post, Reserve, CheckIdentity, HandOver} {
		row[a] = not("card_not_arrived")
	}
	for _, a := range []Act{LeaveNotice, Appoint, Deliver, SendBack} {
		row[a] = not("card_not_posted")
	}
	row[Discard] = to(Uncollected)
	return with(with(row, changes(here)), other)
}

// inMail is the row of a state in which the post office has the card: nobody else can lay hands on it.
func inMail(here State, other cells) cells {
	row := accepted(here, cells{TakeIn: done, Post: done, Deliver: to(HandedOver), SendBack: to(InTransit)})
	for _, a := range []Act{Announce, Reserve, CheckIdentity, HandOver, ChangePlace, Cancel} {
		row[a] = not("card_is_posted")
	}
	return with(row, other)
}

// over is the row of a state that no act leaves. Where a card was made for it, what led to the card was done before.
func over(code string, made bool, other cells) cells {
	row := cells{}
	for _, a := range acts {
		row[a] = not(code)
	}
	if made {
		for _, a := range []Act{Forward, ReceivePapers, Identify, Correct, Accept, Produce, Dispatch, Announce} {
			row[a] = done
		}
	}
	return with(row, other)
}
