package card

import (
	"mynumber/internal/civil"
	"mynumber/internal/place"
)

// Card is one Individual Number Card of one person. In JSON stands what no query asks for: the store keeps the rest in
// columns.
type Card struct {
	ID            string     `json:"-"`
	Version       int64      `json:"-"`
	PersonID      string     `json:"-"`
	ApplicationID string     `json:"-"` // key of the application it was made for; empty for cards made before this register
	State         State      `json:"-"`
	Overseas      bool       `json:"overseas,omitempty"` // 国外転出者向け
	Issued        civil.Date `json:"-"`                  // the day the issuer makes it
	Until         civil.Date `json:"-"`                  // last good day
	Applied       civil.Date `json:"applied,omitzero"`   // the day its application was accepted
	Activated     civil.Date `json:"activated,omitzero"` // the day of the hand-over
	Ended         civil.Date `json:"ended,omitzero"`     // the day it lapsed, was returned or abolished
	EndedBecause  string     `json:"ended_because,omitempty"`
	EndedAbroad   bool       `json:"ended_abroad,omitempty"`    // it ended because the holder moved abroad
	OwnFault      bool       `json:"own_fault,omitempty"`       // its end was the holder's own responsibility (FEE-006)
	LeftWithOwner bool       `json:"left_with_owner,omitempty"` // the void card was given back to its owner (還付, CARD-035)
	Collected     bool       `json:"collected,omitempty"`       // the plastic was taken in
	Custody       Custody    `json:"custody"`
	SecurityCode  string     `json:"security_code,omitempty"` // four digits beside the photo
	Manufacture   string     `json:"manufacture,omitempty"`   // fifteen digits of the chip
	Chip          Chip       `json:"chip,omitempty"`
	FaceAuth      bool       `json:"face_authentication,omitempty"`
	Photoless     bool       `json:"photoless,omitempty"`
	Entries       int        `json:"entries,omitempty"`            // lines written in the additional-entry field (追記欄)
	Extended      bool       `json:"specially_extended,omitempty"` // by the two months of EXP-051
}

// Chip is what kind of chip the plastic has. It is settled when the card is planned, and stays.
type Chip string

// Today is the chip of the cards in circulation, NextGeneration that of the card to come (次期個人番号カード).
const (
	Today          Chip = ""
	NextGeneration Chip = "next_generation"
)

// Chips are all kinds.
var Chips = [2]Chip{Today, NextGeneration}

// Custody is who has the plastic: an office, somebody on the way to it, the post office on the way to the holder, or the
// holder (all empty).
type Custody struct {
	OnTheWay bool       `json:"on_the_way,omitempty"`
	Post     bool       `json:"post,omitempty"`
	Office   place.Code `json:"office,omitempty"`
}
