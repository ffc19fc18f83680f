package journal

import (
	"time"

	"mynumber/internal/civil"
)

// Undo is how an office's own error is set right: somebody finds it and says why, and a second person confirms.
type Undo struct {
	Asked   string     `json:"asked"` // account that found the error
	Reason  string     `json:"reason"`
	At      time.Time  `json:"at"`
	Granted string     `json:"granted,omitempty"` // account of the second person
	On      civil.Date `json:"on,omitzero"`       // the day on which that one confirmed it
}

// Confirmed reports that the second person has confirmed it; nil is nobody's error.
func (u *Undo) Confirmed() bool { return u != nil && u.Granted != "" }
