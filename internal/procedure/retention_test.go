package procedure

import (
	"testing"

	"mynumber/internal/civil"
)

// TestRetention: SEC-001, the day before and the day of each.
func TestRetention(t *testing.T) {
	r, err := Retention(civil.Day(2026, 1, 31))
	if err != nil || r.Photo != civil.Day(2026, 5, 1) || r.Papers != civil.Day(2027, 1, 31) || r.Contact != civil.Day(2027, 1, 31) || len(r.Basis) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := Retention(civil.Day(2015, 12, 31)); err == nil {
		t.Error("before there were cards")
	}
	if over, _, err := DraftsOver(civil.Day(2026, 1, 1)); err != nil || over != civil.Day(2026, 6, 30) {
		t.Errorf("%s, %v", over, err)
	}
	if made, _, err := DraftsMade(civil.Day(2026, 6, 30)); err != nil || made != civil.Day(2026, 1, 1) {
		t.Errorf("%s, %v", made, err)
	}
}
