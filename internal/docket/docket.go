// Package docket is one procedure as an office handles it (受付), from the moment somebody stands at the window with
// papers in hand to the moment everything is done: what was told and seen, what is still to be done and by whom, and where
// the papers, the card and the sealed PIN form are meanwhile. Whether the law allows it is procedure's matter; an
// application for a new card has a life of its own in package application.
package docket

import (
	"encoding/json"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/place"
)

// Thing is something of a case that lies in exactly one place.
type Thing string

const (
	Papers    Thing = "papers"
	Plastic   Thing = "card"
	SealedPIN Thing = "sealed_pin_form" // 暗証番号を封入した書類: a reply form or a PIN form in its envelope
)

// Things in the order in which they are shown.
var Things = []Thing{Papers, Plastic, SealedPIN}

// Case is one procedure at an office.
type Case struct {
	ID         string              `json:"id"`
	Version    int64               `json:"-"`
	RequestKey string              `json:"-"` // names the request that opened it; the same request twice opens it once
	State      State               `json:"state"`
	PersonID   string              `json:"person"`
	CardID     string              `json:"card,omitempty"`
	Procedure  string              `json:"procedure"`       // rules.Procedure
	Phone      certificate.Carrier `json:"phone,omitempty"` // whose certificates it is about
	Office     place.Code          `json:"office"`          // that took it in
	By         place.Code          `json:"done_by"`         // that does the work; another one where the card travels (PIN-046)
	Staff      string              `json:"staff,omitempty"`
	Opened     civil.Date          `json:"opened"`
	Due        civil.Date          `json:"due,omitzero"` // last day of what is waited for: the reply of an inquiry
	Ended      civil.Date          `json:"ended,omitzero"`

	// Told is what was told and seen at the window, as a situation: everything the registers cannot know.
	Told    json.RawMessage `json:"told"`
	Replied bool            `json:"replied,omitempty"` // the holder answered the inquiry

	Fee     application.Fee `json:"fee,omitzero"`
	Receipt string          `json:"receipt,omitempty"` // number of the receipt for the fee
	PINs    []card.PIN      `json:"pins,omitempty"`    // the holder types them: to prove, or to set
	SetPINs bool            `json:"sets_pins,omitempty"`
	NewPINs []card.PIN      `json:"new_pins,omitempty"` // among PINs: of a certificate that the card did not have; set, not proved
	PINsOn  civil.Date      `json:"pins_on,omitzero"`   // the day on which they were typed rightly
	Writes  bool            `json:"writes,omitempty"`   // the chip is written
	New     []Issued        `json:"new,omitempty"`      // certificates planned for it, until they are valid
	Where   Custody         `json:"where,omitempty"`

	Dropped bool          `json:"dropped,omitempty"` // it was withdrawn while the card was elsewhere; it ends when the holder has the card
	Undone  *journal.Undo `json:"undone,omitempty"`
}

// Issued names a certificate that the case puts on the card.
type Issued struct {
	Kind       certificate.Kind `json:"kind"`
	Generation int              `json:"generation"`
	Counter    uint64           `json:"counter"`
}

// Custody is where each thing of a case is; what is not there has no part in it.
type Custody map[Thing]application.Custody

// Outstanding is what has to be done before the case can be completed, in order.
func (c Case) Outstanding(on civil.Date) []Step {
	var steps []Step
	if c.Fee.Yen > 0 && !c.Fee.Paid {
		steps = append(steps, PayFee)
	}
	if len(c.PINs) > 0 && c.State != Queued && c.PINsOn != on && !(c.SetPINs && !c.PINsOn.IsZero()) {
		steps = append(steps, TypePINs)
	}
	return steps
}

// Parts are the offices that have a part in the case: nobody else finds it.
func (c Case) Parts() []place.Code {
	parts := []place.Code{c.Office}
	if c.By != "" && c.By != c.Office {
		parts = append(parts, c.By)
	}
	return parts
}

// Has reports that the office has a part in the case.
func (c Case) Has(at place.Code) bool { return slices.Contains(c.Parts(), at) }

// Step is something that is still to be done.
type Step string

const (
	PayFee   Step = "pay_fee"
	TypePINs Step = "type_pins"
)
