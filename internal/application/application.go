package application

import (
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Party is who has a paper, a form or a card in hand.
type Party string

const (
	WithApplicant Party = "applicant"
	AtOffice      Party = "office"
	OnTheWay      Party = "on_the_way"
	Gone          Party = "destroyed"
	Nowhere       Party = "" // there is no such thing in the case
)

// Custody is where one thing is: exactly one place. Office is the office that has it, or to which it
// is on its way.
type Custody struct {
	With   Party      `json:"with"`
	Office place.Code `json:"office,omitempty"`
}

// SealedForm is the PIN setting request form (暗証番号設定依頼書) of a case: never, sealed or opened. What is
// written on it is not in any register (PIN-007, APP-079).
type SealedForm string

const (
	NoForm     SealedForm = ""
	FormSealed SealedForm = "sealed"
	FormOpened SealedForm = "opened" // opened in the holder's presence and destroyed
)

// Delivery is how the card reaches its holder.
type Delivery string

const (
	AtCounter      Delivery = "counter"         // 窓口交付, also at a mission
	PersonalMail   Delivery = "personal_mail"   // 本人限定受取郵便, posted by the municipality (PICK-040)
	RegisteredMail Delivery = "registered_mail" // 簡易書留, posted by the issuer or the municipality (PICK-047, PICK-050)
)

// Deliveries are all ways.
var Deliveries = []Delivery{AtCounter, PersonalMail, RegisteredMail}

// Application is one application for a card.
type Application struct {
	ID            string // key of the register
	Version       int64  // rises with every change
	RequestKey    string // names the request that filed it, so that the same request twice files once
	Purpose       string // the procedure (rules.Procedure) by which it was filed
	Overseas      bool   // for an overseas card (国外転出者向け)
	State         State
	Filed         civil.Date
	Accepting     place.Code // the office that took it in; the issuer's reception centre for online, post and photo booth
	InCharge      place.Code // the municipality in charge: the honseki's for an overseas card, that of residence otherwise
	Pickup        place.Code // where it is collected; for a posted card the municipality to which it returns
	Channel       string
	ByProxy       bool
	Express       bool     // 特急発行
	Delivery      Delivery // how it was asked for; a posted card that came back is collected at the counter all the same
	SendTo        string   // another destination than the holder's address, for an express card (APP-037)
	Event         Event    // what makes the new card due: loss, damage …; empty for none
	Renewing      bool     // it renews a card that was still good when filed (EXP-002)
	Complete      bool     // identity was proved and all documents were there when it was filed (APP-022)
	Outdated      bool     // the form's printed data are no longer those of the register (APP-004)
	Form          Form
	Papers        Custody
	SealedForm    SealedForm
	SealedAt      Custody
	PersonID      string // once identified
	ApplicationID string // 申請書ID, 23 digits, once accepted
	CardID        string // once planned
	Fee           Fee
	OldCardSeen   bool          // the void former card was shown when filing
	IdentitySeen  civil.Date    // the day on which the papers at pickup were last found in order
	OldBrought    bool          // the former card was handed in at that check
	Ready         civil.Date    // the day of the notice
	Deadline      civil.Date    // last day of the pickup period
	DefectNote    string        // what was last asked back, in the office's words
	DefectFields  []string      // which fields of the form
	Seen          []Seen        // the papers ticked one by one, when filing and when handing over
	Visitor       string        // who was found entitled to collect it, on the day IdentitySeen
	Outside       bool          // that visitor was neither of the household nor a statutory representative (PICK-055)
	Mail          Posting       // the card in the post
	Undone        *journal.Undo // the hand-over was the office's own error
	Ended         civil.Date    // when it was handed over, rejected, cancelled or destroyed; zero before
	PhotoGone     bool          // its photo was destroyed at the end of its period
}

// Event is what happened to the former card or the person, with its days.
type Event struct {
	Kind  string     `json:"kind,omitempty"`
	On    civil.Date `json:"on,omitzero"`
	Filed civil.Date `json:"filed,omitzero"`
}

// Seen is one paper that an office saw: when, for which act, and its last good day if it has one.
type Seen struct {
	On    civil.Date `json:"on"`
	For   Act        `json:"for,omitempty"` // empty: for the filing
	Paper string     `json:"paper"`
	Until civil.Date `json:"until,omitzero"`
}

// Posting is what the post office knows of a card that it delivers (PICK-040 to PICK-050).
type Posting struct {
	Posted   civil.Date `json:"posted,omitzero"`
	Noticed  civil.Date `json:"noticed,omitzero"`   // the arrival notice or the slip of a missed delivery was left
	Keep     civil.Date `json:"keep,omitzero"`      // last day on which the post office keeps it
	Slot     civil.Date `json:"slot,omitzero"`      // the day appointed
	Band     string     `json:"band,omitempty"`     // and the time of day, in the holder's words
	Document string     `json:"document,omitempty"` // kind of identity document named for 本人限定受取
	SentBack civil.Date `json:"sent_back,omitzero"`
	CameBack civil.Date `json:"came_back,omitzero"` // the municipality had it again
	TakenBy  string     `json:"taken_by,omitempty"` // who took it
}

// Fee is what was decided and paid.
type Fee struct {
	Yen     int        `json:"yen"`
	Ground  string     `json:"ground"`
	Payment string     `json:"payment"`
	Paid    bool       `json:"paid"`
	Receipt string     `json:"receipt,omitempty"` // number of the receipt
	PaidOn  civil.Date `json:"paid_on,omitzero"`
	PaidAt  place.Code `json:"paid_at,omitempty"` // the office that took it
	How     string     `json:"how,omitempty"`     // cash, registered cash mail …
}

// Parts are the offices that have a part in the case: nobody else finds it.
func (a Application) Parts() []place.Code { return []place.Code{a.Accepting, a.InCharge, a.Pickup} }

// Examiner is the office that examines the application and accepts it: the honseki municipality for an overseas card
// (ABR-021), the issuer's reception centre (申請書受付センター) otherwise (APP-008, APP-016).
func (a Application) Examiner() place.Code {
	if a.Overseas {
		return a.InCharge
	}
	return place.Issuer
}

// Form is the application form as it was understood: 【国外転出者用】 (FORM-002, APP-074) or the domestic one (FORM-001),
// which has no honseki, no departure and no pickup place. The Individual Number is optional and kept apart from
// everything else that is written down.
type Form struct {
	Domestic           bool             `json:"domestic,omitempty"`
	FormID             string           `json:"form_id,omitempty"` // 申請書ID, as printed on a domestic form
	Honseki            place.Code       `json:"honseki"`
	Number             person.Number    `json:"-"`
	Name               person.Name      `json:"name"`
	Sex                person.Sex       `json:"sex"`
	Birth              civil.Date       `json:"birth"`
	Address            string           `json:"overseas_address"`
	Country            string           `json:"country"`
	PlannedDeparture   civil.Date       `json:"planned_departure"`
	Pickup             place.Code       `json:"pickup"`
	Emails             []person.Email   `json:"emails"`
	Phones             []person.Phone   `json:"phones"`
	Braille            string           `json:"braille,omitempty"`
	Resubmission       bool             `json:"resubmission,omitempty"`
	RecentNotification bool             `json:"recent_notification,omitempty"`
	Representatives    []Representative `json:"representatives,omitempty"`
	NoSignature        bool             `json:"no_signature,omitempty"`
	NoUserAuth         bool             `json:"no_user_authentication,omitempty"`
	FaceAuthentication bool             `json:"face_authentication,omitempty"`
	PhotoTaken         civil.Date       `json:"photo_taken,omitzero"`
}

// Representative is a statutory representative (法定代理人) on the form (APP-050).
type Representative struct {
	Name         string       `json:"name"`
	Relationship string       `json:"relationship"`
	Address      string       `json:"address"`
	Email        person.Email `json:"email,omitempty"`
	Phone        person.Phone `json:"phone,omitempty"`
}
