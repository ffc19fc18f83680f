package store

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// Two visits never have one seat or one number of a day, whoever asks; a seat that was given back is free (PICK-007).
func TestSeats(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		visit := func(id string, state booking.State, seat, ticket int) booking.Reservation {
			return booking.Reservation{ID: id, State: state, Office: "131075", Counter: "131075/pickup", Procedure: "collect_at_home", Day: civil.Day(2026, 1, 16), Time: "10:00", Seat: seat, Ticket: ticket}
		}
		put := func(r booking.Reservation) error {
			return db.Write(t.Context(), func(tx office.Tx) error { return tx.PutVisit(r) })
		}
		first := visit("v1", booking.Booked, 1, 0)
		if err := put(first); err != nil {
			t.Fatal(err)
		}
		if err := put(visit("v2", booking.Booked, 1, 0)); !errors.Is(err, office.ErrTaken) {
			t.Errorf("a seat twice: %v", err)
		}
		if err := put(visit("v3", booking.Arrived, 2, 7)); err != nil {
			t.Error(err)
		}
		if err := put(visit("v4", booking.Arrived, 3, 7)); !errors.Is(err, office.ErrTaken) {
			t.Errorf("a number twice: %v", err)
		}
		first.Version, first.State, first.Seat = 1, booking.Cancelled, 0
		if err := put(first); err != nil {
			t.Fatal(err)
		}
		if err := put(first); !errors.Is(err, office.ErrStale) {
			t.Errorf("an old version: %v", err)
		}
		if err := put(visit("v5", booking.Booked, 1, 0)); err != nil {
			t.Errorf("a seat that was given back: %v", err)
		}
		err := db.Read(t.Context(), func(tx office.Tx) error {
			seats, err := tx.Seats("131075/pickup", civil.Day(2026, 1, 16), "10:00")
			if !slices.Equal(seats, []int{1, 2}) {
				t.Errorf("seats taken: %v", seats)
			}
			last, err2 := tx.LastTicket("131075/pickup", civil.Day(2026, 1, 16))
			if last != 7 {
				t.Errorf("the last number: %d", last)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Error(err)
		}
	})
}
