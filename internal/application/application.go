package application

import (
	"mynumber/internal/civil"
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

// Application is one application for an overseas card.
type Application struct {
	ID            string // key of the register
	Version       int64  // rises with every change
	RequestKey    string // names the request that filed it, so that the same request twice files once
	State         State
	Filed         civil.Date
	Accepting     place.Code
	Honseki       place.Code
	Pickup        place.Code
	Channel       string
	ByProxy       bool
	Form          Form
	Papers        Custody
	SealedForm    SealedForm
	SealedAt      Custody
	PersonID      string // once identified
	ApplicationID string // 申請書ID, 23 digits, once accepted
	CardID        string // once planned
	Fee           Fee
	OldCardSeen   bool       // the void former card was shown when filing
	IdentitySeen  civil.Date // the day on which the papers at pickup were last found in order
	OldBrought    bool       // the former card was handed in at that check
	Ready         civil.Date // the day of the notice
	Deadline      civil.Date // last day of the pickup period
	DefectNote    string     // what was last asked back, in the office's words
	DefectFields  []string   // which fields of the form
}

// Fee is what was decided and paid.
type Fee struct {
	Yen     int    `json:"yen"`
	Ground  string `json:"ground"`
	Payment string `json:"payment"`
	Paid    bool   `json:"paid"`
}

// Parts are the offices that have a part in the case: nobody else finds it.
func (a Application) Parts() []place.Code { return []place.Code{a.Accepting, a.Honseki, a.Pickup} }

// Form is the application form as it was understood (FORM-002, APP-074). The Individual Number is
// optional and kept apart from everything else that is written down.
type Form struct {
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
