package procedure

import (
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Visitor is who stands at the window.
type Visitor = rules.Visitor

// The visitors that the hand-over of an overseas card tells apart.
const (
	Holder                   = rules.Holder
	HolderWithRepresentative = rules.HolderWithRepresentative
	VoluntaryProxy           = rules.VoluntaryProxy
	StatutoryRepresentative  = rules.StatutoryRepresentative
)

// PaperSeen is one identity document as the clerk holds it.
type PaperSeen struct {
	Kind  rules.Paper
	Until civil.Date // last good day; zero if the document has none
}

// PickupFacts decide whether the person at the window gets to the hand-over.
type PickupFacts struct {
	Office       rules.OfficeKind // of the office where the person stands
	RightOffice  bool             // it is the pickup place of the application
	PickupName   string           // the pickup place, for the refusal
	Visitor      Visitor
	Birth        civil.Date
	AdultWard    bool
	Papers       []PaperSeen
	PassportSame bool // name and birth date in the passport equal the family register's (PICK-074)
}

// CheckIdentity decides who may collect an overseas card with which papers (PICK-070 to PICK-074). It holds the visitor
// against the same sheet that the guide answers from (rules.CollectOverseasCard).
func CheckIdentity(on civil.Date, f PickupFacts) (Basis, error) {
	papers := make([]PaperAtWindow, 0, len(f.Papers))
	for _, p := range f.Papers {
		papers = append(papers, PaperAtWindow(p))
	}
	c := &Case{on: on, Situation: &Situation{On: on,
		Person:      Person{Birth: f.Birth, AdultWard: AnswerOf(f.AdultWard)},
		Card:        Card{Kind: NoCard}, // whether an old one is handed in is the hand-over's matter
		Application: UnderWay{State: application.ReadyForPickup, Overseas: Yes},
		Office:      Office{Kind: f.Office, PickUp: AnswerOf(f.RightOffice)}, Channel: rules.Visit,
		Visitor: Visit{Who: f.Visitor, Papers: papers, PassportSame: AnswerOf(f.PassportSame || !f.shows(rules.Passport))},
	}}
	c.pickupName = f.PickupName
	if err := c.accepts(rules.CollectOverseasCard, true); err != nil {
		return nil, err
	}
	return append(c.basis, rules.Refusals["passport_differs"].Cite, rules.Refusals["proxy_never"].Cite), nil
}

func (f PickupFacts) shows(kind rules.Paper) bool {
	return slices.ContainsFunc(f.Papers, func(p PaperSeen) bool { return p.Kind == kind })
}

// PickupDeadline is the last day on which a card announced on the day is kept (PICK-075). months is
// the office's own period; zero takes the rule's.
func PickupDeadline(announced civil.Date, months int) (Until, error) {
	row, err := rules.PickupPeriodMonths.On(announced)
	if err != nil {
		return Until{}, err
	}
	if months == 0 {
		months = row.Rule
	}
	return Until{announced.AddMonths(months), Basis{row.Cite}}, nil
}

// HandOverFacts decide whether the card can be put into the holder's hands now.
type HandOverFacts struct {
	IdentityChecked civil.Date // the day on which CheckIdentity last passed; zero if never
	PINsNeeded      []card.PIN
	PINsSet         []card.PIN // as the chip says
	Fee             Fee
	FeePaid         bool
	ReceiptSigned   bool
}

// HandOver decides the hand-over itself (PICK-076, PIN-020, FEE-018): identity checked today, PINs set,
// fee paid, receipt signed.
func HandOver(on civil.Date, f HandOverFacts) (Basis, error) {
	if f.IdentityChecked != on {
		return nil, rules.Refuse("identity_not_checked")
	}
	if err := PINsThere(f.PINsNeeded, f.PINsSet); err != nil {
		return nil, err
	}
	switch {
	case f.Fee.Amounts.Total() > 0 && !f.FeePaid:
		return nil, rules.Refuse("fee_unpaid", f.Fee.Amounts.Total())
	case !f.ReceiptSigned:
		return nil, rules.Refuse("receipt_unsigned")
	}
	return append(Basis{rules.Refusals["receipt_unsigned"].Cite, rules.Refusals["pins_not_set"].Cite}, f.Fee.Basis...), nil
}

// PINsThere decides whether the card has every PIN that it needs (PIN-020, APP-038).
func PINsThere(needed, set []card.PIN) error {
	var missing []string
	for _, p := range needed {
		if !slices.Contains(set, p) {
			missing = append(missing, "No."+string('0'+rune(p)))
		}
	}
	if len(missing) > 0 {
		return rules.Refuse("pins_not_set", strings.Join(missing, ", "))
	}
	return nil
}

// Dispatchable decides whether the card may leave the issuer: for a mission only after a fee that
// is due was paid (FEE-018).
func Dispatchable(fee Fee, paid bool) (Basis, error) {
	if fee.Payment == rules.PayBeforeDispatch && fee.Amounts.Total() > 0 && !paid {
		return nil, rules.Refuse("card_not_dispatchable_unpaid", fee.Amounts.Total())
	}
	return fee.Basis, nil
}

// SealedForm is a PIN form, or the PIN field of the issuance notice under its sticker, that is about to be opened.
type SealedForm struct {
	HandedIn      bool
	Opened        bool
	HolderPresent bool
	ForStaff      bool // the holder gave it in so that staff enter it: the card is posted, or a proxy collects it (PIN-025, APP-038)
}

// OpenSealedForm decides whether the sealed PIN form may be opened (PIN-022, PIN-025, APP-079, PIN-007).
func OpenSealedForm(f SealedForm) (Basis, error) {
	switch {
	case !f.HandedIn || f.Opened:
		return nil, rules.Refuse("no_sealed_form")
	case !f.HolderPresent && !f.ForStaff:
		return nil, rules.Refuse("sealed_form_needs_holder")
	}
	return Basis{rules.Refusals["sealed_form_needs_holder"].Cite}, nil
}
