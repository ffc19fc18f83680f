package application

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// IssuedForm is an application form that was printed with an application ID (申請書ID, APP-001, APP-002, APP-006) and what
// stood on it, so that a form whose data are no longer those of the register is seen (APP-004).
type IssuedForm struct {
	ID       string // 23 digits
	PersonID string
	Office   place.Code // who issued it
	Issued   civil.Date
	Name     string // as printed
	Address  string
	Used     string // key of the application it was used for; empty while it can be used
	Replaced string // ID of the form that took its place; empty for the one that counts
}

// Usable reports a form with which one can still apply.
func (f IssuedForm) Usable() bool { return f.Used == "" && f.Replaced == "" }

// OutreachState is the state of a request that staff come out (出張申請).
type OutreachState string

const (
	OutreachRequested OutreachState = "requested"
	OutreachAppointed OutreachState = "appointed" // one of the days was agreed on
	OutreachDone      OutreachState = "done"      // staff were there
	OutreachCancelled OutreachState = "cancelled"
)

// OutreachAct on a request.
type OutreachAct string

const (
	AppointOutreach OutreachAct = "appoint_outreach"
	FinishOutreach  OutreachAct = "finish_outreach"
	CancelOutreach  OutreachAct = "cancel_outreach"
)

// OutreachLife is the whole table of requests.
var OutreachLife = law.Life[OutreachState, OutreachAct]{
	States: []OutreachState{OutreachRequested, OutreachAppointed, OutreachDone, OutreachCancelled},
	Acts:   []OutreachAct{AppointOutreach, FinishOutreach, CancelOutreach},
	Table: map[OutreachState]map[OutreachAct]law.Cell[OutreachState]{
		OutreachRequested: {AppointOutreach: law.To(OutreachAppointed), FinishOutreach: law.Not[OutreachState]("outreach_not_appointed"), CancelOutreach: law.To(OutreachCancelled)},
		OutreachAppointed: {AppointOutreach: law.To(OutreachAppointed), FinishOutreach: law.To(OutreachDone), CancelOutreach: law.To(OutreachCancelled)},
		OutreachDone:      {AppointOutreach: law.Not[OutreachState]("outreach_over"), FinishOutreach: law.Done[OutreachState](), CancelOutreach: law.Not[OutreachState]("outreach_over")},
		OutreachCancelled: {AppointOutreach: law.Not[OutreachState]("outreach_over"), FinishOutreach: law.Not[OutreachState]("outreach_over"), CancelOutreach: law.Done[OutreachState]()},
	},
}

// Outreach is a request of a person, company or organisation that staff come to a home or workplace and take
// applications in there (APP-020). In JSON stands what no query asks for.
type Outreach struct {
	ID        string        `json:"-"`
	Version   int64         `json:"-"`
	Office    place.Code    `json:"-"` // the municipality that is asked
	State     OutreachState `json:"-"`
	Asked     civil.Date    `json:"-"`
	Visit     civil.Date    `json:"-"` // the day agreed on
	Requester string        `json:"requester"`
	Phone     person.Phone  `json:"phone"`
	Email     person.Email  `json:"email,omitempty"`
	Where     string        `json:"where"`  // the address to come to
	People    int           `json:"people"` // how many want to apply
	Days      []civil.Date  `json:"days"`   // candidate days, in the order wished for
	Channel   string        `json:"channel"`
	Express   bool          `json:"express,omitempty"`  // together with express issuance (APP-023)
	NoForms   bool          `json:"no_forms,omitempty"` // nobody has a form at hand (APP-021)
	Filed     []string      `json:"filed,omitempty"`    // keys of the applications taken in there
}
