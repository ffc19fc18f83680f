package store

import (
	"fmt"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

const visitColumns = "id, version, state, office, counter, procedure_code, COALESCE(application_id, ''), COALESCE(person_id, ''), visitor, email, phone, day, time, seat, item, ticket"

// heldStates are the states in which a reservation keeps its seat, as the index visit_seat has them.
const heldStates = "state IN ('booked', 'arrived', 'called')"

func scanVisit(s scanner) (booking.Reservation, error) {
	var r booking.Reservation
	var day string
	if err := s.Scan(&r.ID, &r.Version, &r.State, &r.Office, &r.Counter, &r.Procedure, &r.ApplicationID, &r.PersonID, &r.Visitor, &r.Email, &r.Phone, &day, &r.Time, &r.Seat, &r.Item, &r.Ticket); err != nil {
		return r, err
	}
	var err error
	if r.Day, err = civil.Parse(day); err != nil {
		return r, fmt.Errorf("visit %s: %w", r.ID, err)
	}
	return r, nil
}

// Visit is a reservation, or a visit without one.
func (t *tx) Visit(id string) (booking.Reservation, error) { return t.oneVisit("id = $1", id) }

// ReservationOf is the reservation of an application that is not over.
func (t *tx) ReservationOf(applicationID string) (booking.Reservation, error) {
	return t.oneVisit("application_id = $1 AND state IN ('booked', 'displaced', 'arrived', 'called')", applicationID)
}

func (t *tx) oneVisit(where string, args ...any) (booking.Reservation, error) {
	found, err := list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE "+where, args...)
	if err != nil {
		return booking.Reservation{}, err
	}
	if len(found) == 0 {
		return booking.Reservation{}, office.ErrNotFound
	}
	return found[0], nil
}

// Reservations lists what holds a place for an office's visitors from a day to a day, both included.
func (t *tx) Reservations(at place.Code, from, to civil.Date) ([]booking.Reservation, error) {
	return list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE office = $1 AND day >= $2 AND day <= $3 AND "+heldStates+" ORDER BY day, time, id",
		string(at), from.String(), to.String())
}

// Seats lists the seats of a time that are taken.
func (t *tx) Seats(counter string, day civil.Date, at string) ([]int, error) {
	return list(t, func(s scanner) (n int, err error) { return n, s.Scan(&n) },
		"SELECT seat FROM visit WHERE counter = $1 AND day = $2 AND time = $3 AND seat > 0 AND "+heldStates+" ORDER BY seat", counter, day.String(), at)
}

// Taken counts the places taken at a counter from a day to a day, a line each time.
func (t *tx) Taken(counter string, from, to civil.Date) ([]office.Taken, error) {
	return list(t, func(s scanner) (office.Taken, error) {
		var x office.Taken
		var day string
		if err := s.Scan(&day, &x.Time, &x.Places); err != nil {
			return x, err
		}
		var err error
		x.Day, err = civil.Parse(day)
		return x, err
	}, "SELECT day, time, COUNT(*) FROM visit WHERE counter = $1 AND day >= $2 AND day <= $3 AND seat > 0 AND "+heldStates+" GROUP BY day, time",
		counter, from.String(), to.String())
}

// VisitsOn lists everything at a counter on a day, by time, then by number.
func (t *tx) VisitsOn(counter string, day civil.Date) ([]booking.Reservation, error) {
	return list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE counter = $1 AND day = $2 ORDER BY time, ticket, id", counter, day.String())
}

// CountersOf lists the counters at which an office's visitors are, or were, on a day.
func (t *tx) CountersOf(at place.Code, day civil.Date) ([]string, error) {
	return list(t, func(s scanner) (key string, err error) { return key, s.Scan(&key) },
		"SELECT DISTINCT counter FROM visit WHERE office = $1 AND day = $2 AND state NOT IN ('displaced', 'cancelled') ORDER BY counter", string(at), day.String())
}

// VisitsOf lists the visits of a person, the newest first.
func (t *tx) VisitsOf(personID string) ([]booking.Reservation, error) {
	return list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE person_id = $1 ORDER BY day DESC, time DESC, id", personID)
}

// OpenVisits lists what is booked or displaced from a day on, in order, from after a day and an ID on.
func (t *tx) OpenVisits(from civil.Date, after string, limit int) ([]booking.Reservation, error) {
	return list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE state IN ('booked', 'displaced') AND (day, id) > ($1, $2) ORDER BY day, id LIMIT $3", from.String(), after, limit)
}

// DisplacedVisits lists the bookings of an office, and at its counters, from a day on that wait for another time.
func (t *tx) DisplacedVisits(at place.Code, from civil.Date) ([]booking.Reservation, error) {
	return list(t, scanVisit, "SELECT "+visitColumns+" FROM visit WHERE state = 'displaced' AND day >= $2 AND (office = $1 OR counter LIKE $1 || '/%') ORDER BY day, time, id",
		string(at), from.String())
}

// LastTicket is the highest number of a counter's day; 0 before the first.
func (t *tx) LastTicket(counter string, day civil.Date) (int, error) {
	var n int
	err := t.row("SELECT COALESCE(MAX(ticket), 0) FROM visit WHERE counter = $1 AND day = $2", []any{counter, day.String()}, &n)
	return n, err
}

// PutVisit adds a visit or changes it; a seat or a number that is somebody else's is office.ErrTaken.
func (t *tx) PutVisit(r booking.Reservation) error {
	args := []any{r.ID, r.Version, string(r.State), string(r.Office), r.Counter, r.Procedure, r.ApplicationID, r.PersonID, r.Visitor, string(r.Email), string(r.Phone), r.Day.String(), r.Time, r.Seat, r.Item, r.Ticket}
	if r.Version == 0 {
		args[1] = int64(1)
		return t.exec(`INSERT INTO visit (id, version, state, office, counter, procedure_code, application_id, person_id, visitor, email, phone, day, time, seat, item, ticket)
			VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, ''), NULLIF($8, ''), $9, $10, $11, $12, $13, $14, $15, $16)`, args...)
	}
	return t.change(`UPDATE visit SET version = $2 + 1, state = $3, office = $4, counter = $5, procedure_code = $6, application_id = NULLIF($7, ''), person_id = NULLIF($8, ''),
		visitor = $9, email = $10, phone = $11, day = $12, time = $13, seat = $14, item = $15, ticket = $16 WHERE id = $1 AND version = $2`, args...)
}
