// Package application is the life of an application for a card (交付申請) from the office that
// takes it to the hand-over: which state it is in, which act moves it, and where its papers are.
// Whether the law allows an act to this person on this day is procedure's matter.
package application

import "mynumber/internal/law"

// State of an application (states.md ST-001 to ST-006).
type State string

const (
	Applied        State = "applied"          // taken in by the accepting office
	Forwarded      State = "forwarded"        // papers on their way to the honseki municipality
	Received       State = "received"         // papers at the honseki municipality (附票管理市区町村)
	Defective      State = "defective"        // asked back; the applicant has to answer
	InProduction   State = "in_production"    // accepted; the issuer has it
	InTransit      State = "in_transit"       // the card is on its way to the pickup office
	ReadyForPickup State = "ready_for_pickup" // the card is there and the notice is sent
	HandedOver     State = "handed_over"      // the holder has the card
	Rejected       State = "rejected"         // refused by the honseki municipality for good
	Cancelled      State = "cancelled"        // withdrawn
)

// Act on an application.
type Act string

const (
	Forward       Act = "forward"        // the accepting office sends the papers to the honseki
	ReceivePapers Act = "receive_papers" // the honseki takes them in
	Identify      Act = "identify"       // the honseki finds the person by the supplementary family register
	AskBack       Act = "ask_back"       // a defect is asked back by mail
	Correct       Act = "correct"        // the applicant answers
	Accept        Act = "accept"         // the honseki accepts, assigns the application ID and passes it on
	Reject        Act = "reject"         // the honseki refuses
	Produce       Act = "produce"        // the issuer makes the card
	Dispatch      Act = "dispatch"       // the issuer sends the card to the pickup office
	Announce      Act = "announce"       // the pickup office takes the card in and sends the notice
	Reserve       Act = "reserve"        // the applicant books a time
	CheckIdentity Act = "check_identity" // the pickup office checks who stands at the window
	HandOver      Act = "hand_over"      // the holder gets the card
	Cancel        Act = "cancel"         // the applicant withdraws
)

var (
	to   = law.To[State]
	done = law.Done[State]()
)

func not(code string) law.Cell[State] { return law.Not[State](code) }

// Life is the whole table: every state, every act, one cell each.
var Life = law.Life[State, Act]{
	States: []State{Applied, Forwarded, Received, Defective, InProduction, InTransit, ReadyForPickup, HandedOver, Rejected, Cancelled},
	Acts:   []Act{Forward, ReceivePapers, Identify, AskBack, Correct, Accept, Reject, Produce, Dispatch, Announce, Reserve, CheckIdentity, HandOver, Cancel},
	Table: map[State]map[Act]law.Cell[State]{
		Applied:        beforeHonseki(to(Forwarded), not("papers_not_sent"), to(Cancelled)),
		Forwarded:      beforeHonseki(done, to(Received), to(Cancelled)),
		Received:       atHonseki(to(Received), to(Defective), done, to(InProduction), to(Rejected)),
		Defective:      atHonseki(to(Defective), to(Defective), to(Received), not("defect_open"), to(Rejected)),
		InProduction:   afterAcceptance(to(InProduction), to(InTransit), not("card_not_arrived"), not("card_not_arrived"), not("card_not_arrived")),
		InTransit:      afterAcceptance(done, done, to(ReadyForPickup), not("card_not_arrived"), not("card_not_arrived")),
		ReadyForPickup: afterAcceptance(done, done, done, to(ReadyForPickup), to(HandedOver)),
		HandedOver:     over("card_handed_over", done, done, done),
		Rejected:       over("application_rejected", not("application_rejected"), not("application_rejected"), not("application_rejected"), Reject),
		Cancelled:      over("application_cancelled", not("application_cancelled"), not("application_cancelled"), not("application_cancelled"), Cancel),
	},
}

// beforeHonseki is the row of a state in which the honseki municipality has not got the papers.
func beforeHonseki(forward, receive, cancel law.Cell[State]) map[Act]law.Cell[State] {
	return map[Act]law.Cell[State]{
		Forward: forward, ReceivePapers: receive, Cancel: cancel,
		Identify: not("papers_not_at_honseki"), AskBack: not("papers_not_at_honseki"), Correct: not("nothing_asked_back"),
		Accept: not("papers_not_at_honseki"), Reject: not("papers_not_at_honseki"),
		Produce: not("not_accepted"), Dispatch: not("not_accepted"), Announce: not("card_not_arrived"),
		Reserve: not("card_not_arrived"), CheckIdentity: not("card_not_arrived"), HandOver: not("card_not_arrived"),
	}
}

// atHonseki is the row of a state in which the honseki municipality examines the papers.
func atHonseki(identify, askBack, correct, accept, reject law.Cell[State]) map[Act]law.Cell[State] {
	return map[Act]law.Cell[State]{
		Forward: done, ReceivePapers: done,
		Identify: identify, AskBack: askBack, Correct: correct, Accept: accept, Reject: reject,
		Produce: not("not_accepted"), Dispatch: not("not_accepted"), Announce: not("card_not_arrived"),
		Reserve: not("card_not_arrived"), CheckIdentity: not("card_not_arrived"), HandOver: not("card_not_arrived"),
		Cancel: to(Cancelled),
	}
}

// afterAcceptance is the row of a state in which the issuer or the pickup office has the case.
func afterAcceptance(produce, dispatch, announce, pickup, handOver law.Cell[State]) map[Act]law.Cell[State] {
	return map[Act]law.Cell[State]{
		Forward: done, ReceivePapers: done, Identify: done,
		AskBack: not("already_accepted"), Correct: done, Accept: done, Reject: not("already_accepted"),
		Produce: produce, Dispatch: dispatch, Announce: announce,
		Reserve: pickup, CheckIdentity: pickup, HandOver: handOver,
		Cancel: to(Cancelled),
	}
}

// over is the row of a state that no act leaves. The acts named in already led here.
func over(code string, handOver, production, earlier law.Cell[State], already ...Act) map[Act]law.Cell[State] {
	row := map[Act]law.Cell[State]{
		Forward: earlier, ReceivePapers: earlier, Identify: earlier, AskBack: not(code), Correct: earlier, Accept: earlier, Reject: not(code),
		Produce: production, Dispatch: production, Announce: production,
		Reserve: not(code), CheckIdentity: handOver, HandOver: handOver, Cancel: not(code),
	}
	for _, a := range already {
		row[a] = done
	}
	return row
}
