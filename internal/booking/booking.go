// Package booking is what an office decides itself, and the visits it appoints: opening hours, closing days, counters and
// what each takes, by which reservation (offices.md, [L:…] rules of the catalogue), and a reservation's life. Policies are
// data that an official edits: files that come with the program, and an installation's own. They are read as strictly as
// code; what nobody says is the neutral default's. Whether the law lets somebody have something is procedure's matter.
package booking

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// State of a reservation or of a visit without one.
type State string

const (
	Booked    State = "booked"    // a time is kept
	Displaced State = "displaced" // the office closes at that time: another one has to be found
	Arrived   State = "arrived"   // the visitor is here and waits, with a number
	Called    State = "called"    // the number was called
	Served    State = "served"    // the visit is over
	NoShow    State = "no_show"   // nobody came
	Cancelled State = "cancelled" // given back
)

// Act on a reservation.
type Act string

const (
	Move     Act = "move_booking"     // to another time
	Cancel   Act = "cancel_booking"   // by whoever booked, or by the office for them
	Displace Act = "displace_booking" // the office's policy closes the time
	Arrive   Act = "arrive"           // the visitor is here
	Call     Act = "call_visitor"     // the number is called
	Serve    Act = "serve_visitor"    // the visit is over
	Miss     Act = "miss_booking"     // nobody came, or nobody answered the call
)

// States and Acts in the order in which a visit meets them.
var (
	States = []State{Booked, Displaced, Arrived, Called, Served, NoShow, Cancelled}
	Acts   = []Act{Move, Cancel, Displace, Arrive, Call, Serve, Miss}
)

var (
	to   = law.To[State]
	not  = law.Not[State]
	done = law.Done[State]()
)

// Life is the whole table: every state, every act, one cell each. A visitor who comes after being noted as missing is taken
// all the same, that day; a time that was given back is booked anew.
var Life = law.Life[State, Act]{States: States, Acts: Acts, Table: map[State]map[Act]law.Cell[State]{
	Booked: {Move: to(Booked), Cancel: to(Cancelled), Displace: to(Displaced), Arrive: to(Arrived),
		Call: not("visitor_not_here"), Serve: not("visitor_not_here"), Miss: to(NoShow)},
	Displaced: {Move: to(Booked), Cancel: to(Cancelled), Displace: done, Arrive: not("booking_displaced"),
		Call: not("booking_displaced"), Serve: not("booking_displaced"), Miss: not("booking_displaced")},
	Arrived: {Move: not("visitor_is_here"), Cancel: not("visitor_is_here"), Displace: not("visitor_is_here"), Arrive: done,
		Call: to(Called), Serve: to(Served), Miss: to(NoShow)},
	Called: {Move: not("visitor_is_here"), Cancel: not("visitor_is_here"), Displace: not("visitor_is_here"), Arrive: done,
		Call: done, Serve: to(Served), Miss: to(NoShow)},
	Served: {Move: not("visit_over"), Cancel: not("visit_over"), Displace: not("visit_over"), Arrive: not("visit_over"),
		Call: not("visit_over"), Serve: done, Miss: not("visit_over")},
	NoShow: {Move: not("booking_missed"), Cancel: not("booking_missed"), Displace: not("booking_missed"), Arrive: to(Arrived),
		Call: not("visitor_not_here"), Serve: not("visitor_not_here"), Miss: done},
	Cancelled: {Move: not("booking_cancelled"), Cancel: done, Displace: not("booking_cancelled"), Arrive: not("booking_cancelled"),
		Call: not("booking_cancelled"), Serve: not("booking_cancelled"), Miss: not("booking_cancelled")},
}}

// Reservation is one booked time at a counter, or a visit without one.
type Reservation struct {
	ID            string
	Version       int64
	State         State
	Office        place.Code   // whose visitor it is
	Counter       string       // key of the counter: office/id; a counter may serve several offices
	Procedure     string       // of the rulebook
	ApplicationID string       // for collecting a card; empty otherwise
	PersonID      string       // empty for somebody whom nobody looked up
	Visitor       string       // name to call, where no person is known
	Email         person.Email // for who has no application; empty when there is none
	Phone         person.Phone // likewise
	Day           civil.Date   // the office's own day
	Time          string       // 15:04, the office's own time; empty for a visit without a reservation
	Seat          int          // which of the places at that time, from 1; 0 without a reservation
	Item          string       // the item under which the office's counter expects it
	Ticket        int          // number of the day, given on arrival; 0 before
}

// Holds reports that the reservation keeps a place.
func (r Reservation) Holds() bool {
	return r.State == Booked || r.State == Arrived || r.State == Called
}
