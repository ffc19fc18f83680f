package card

import (
	"mynumber/internal/civil"
	"mynumber/internal/place"
)

// Card is one Individual Number Card of one person.
type Card struct {
	ID            string
	Version       int64
	PersonID      string
	ApplicationID string // key of the application it was made for; empty for cards made before this register
	State         State
	Overseas      bool       // 国外転出者向け
	Issued        civil.Date // the day the issuer makes it
	Until         civil.Date // last good day
	Activated     civil.Date // the day of the hand-over
	Ended         civil.Date // the day it lapsed, was returned or abolished
	EndedAbroad   bool       // it ended because the holder moved abroad
	LeftWithOwner bool       // the void card was given back to its owner (還付, CARD-035)
	Collected     bool       // the plastic was taken in
	Custody       Custody
	SecurityCode  string // four digits beside the photo
	Manufacture   string // fifteen digits of the chip
}

// Custody is who has the plastic: an office, somebody on the way to it, or the holder (Office empty).
type Custody struct {
	OnTheWay bool       `json:"on_the_way,omitempty"`
	Office   place.Code `json:"office,omitempty"`
}
