package procedure

import (
	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Posting is what decides whether a card may be posted to its holder when it is applied for.
type Posting struct {
	Delivery   application.Delivery
	PINForm    bool // the PIN setting request form is there
	FaceAuth   bool // the card will have no PINs
	Former     bool // a card that is still good is in the holder's hands
	FormerBack bool // and is handed in with the application
}

// Postable decides whether the application has what a posted card needs besides what its sheet asks: PINs that can be put
// onto it (APP-022, APP-038) and, for a renewal, the present card (PICK-046). An express card replaces one that was lost
// or broke.
func Postable(p Posting) (Basis, error) {
	switch {
	case p.Delivery == application.AtCounter:
		return nil, nil
	case !p.PINForm && !p.FaceAuth:
		return nil, rules.Refuse("posted_card_needs_pins")
	case p.Former && !p.FormerBack:
		return nil, rules.Refuse("posted_card_needs_old_card")
	}
	return Basis{rules.Refusals["posted_card_needs_pins"].Cite}, nil
}

// Reception is what the issuer's reception centre compares when it takes an application from Japan in (APP-004, APP-016).
type Reception struct {
	Resident bool // in the resident record of the municipality in charge
	SameName bool // the name on the form is the one in the record
	Fee      int  // yen that are due with the application
	Paid     bool
}

// Accepted decides whether the reception centre orders the card.
func Accepted(r Reception) (Basis, error) {
	switch {
	case !r.Resident:
		return nil, rules.Refuse("application_data_differ", "住所 / address")
	case !r.SameName:
		return nil, rules.Refuse("application_data_differ", "氏名 / name")
	case r.Fee > 0 && !r.Paid:
		return nil, rules.Refuse("fee_unpaid", r.Fee)
	}
	return Basis{rules.Refusals["application_data_differ"].Cite}, nil
}

// StorageEnds is the last day on which the post office keeps a card for which it left a notice on the day (PICK-044,
// PICK-049).
func StorageEnds(noticed civil.Date, by application.Delivery) (Until, error) {
	row, err := rules.PostKeeping.On(noticed)
	if err != nil {
		return Until{}, err
	}
	days := row.Rule.RegisteredMail
	if by == application.PersonalMail {
		days = row.Rule.PersonalMail
	}
	return Until{noticed.AddDays(days), Basis{row.Cite}}, nil
}

// Delivered decides whether the post office may give the card out on the day: not after the storage deadline (keep, zero
// while no notice was left), and by 本人限定受取 only against the document that was named (PICK-041, PICK-042).
func Delivered(on, keep civil.Date, named, shown rules.Paper) error {
	switch {
	case !keep.IsZero() && on.After(keep):
		return rules.Refuse("storage_over", keep)
	case named != "" && shown != "" && named != shown:
		return rules.Refuse("another_document_named", rules.PaperNames[named])
	}
	return nil
}

// SentBack decides whether the post office sends the card back: after the storage deadline, or before it when the address
// does not reach the holder, for the mail is not forwarded (PICK-001, PICK-044, PICK-049).
func SentBack(on, keep civil.Date, undeliverable bool) error {
	if !undeliverable && (keep.IsZero() || !on.After(keep)) {
		if keep.IsZero() {
			return rules.Refuse("no_arrival_notice")
		}
		return rules.Refuse("storage_not_over", keep)
	}
	return nil
}
