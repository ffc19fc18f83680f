// Package notice is every message the system sends (notifications.md): what, to whom, in which words. A
// message is written into the outbox in the transaction of the act that causes it, and delivered
// afterwards, at least once and always under the same Message-ID. What became of it, address by address, is kept (life.go);
// what was not delivered is sent again by a member of staff. It never shows a number or a PIN.
package notice

import (
	"cmp"
	"slices"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Kind of a message; the catalogue's rule gives its trigger and receiver.
type Kind string

const (
	Filed          Kind = "filed"            // receipt of the accepting office
	DefectInquiry  Kind = "defect_inquiry"   // NTF-020
	Accepted       Kind = "accepted"         // NTF-021
	ApplicationID  Kind = "application_id"   // NTF-022
	Dispatched     Kind = "dispatched"       // NTF-023
	PaymentNeeded  Kind = "payment_needed"   // NTF-024
	ReadyForPickup Kind = "ready_for_pickup" // NTF-025
	Reserved       Kind = "reserved"
	HandedOver     Kind = "handed_over"
	HandOverUndone Kind = "hand_over_undone" // of an office's own error
	Suspended      Kind = "suspended"
	Rejected       Kind = "rejected"
	Cancelled      Kind = "cancelled"

	CardExpiry        Kind = "card_expiry"        // NTF-007, NTF-026
	CertificateExpiry Kind = "certificate_expiry" // NTF-007, NTF-027
	CardLapsed        Kind = "card_lapsed"
	Reminder          Kind = "reminder"       // of a last day
	PickupOverdue     Kind = "pickup_overdue" // PICK-005
	NeverCollected    Kind = "never_collected"
	Inquiry           Kind = "inquiry"       // NTF-008
	CardBack          Kind = "card_back"     // NTF-028
	NumberNotice      Kind = "number_notice" // NTF-002
)

// Message is one mail, letter, postcard or telephone note in the outbox. ID is the local part of its Message-ID and never
// changes.
type Message struct {
	ID            string
	Kind          Kind
	Channel       Channel
	State         State  // of all its deliveries: the worst that something can still be done about
	ApplicationID string // key of the application it belongs to; empty for what concerns the person
	VisitID       string // key of the visit it is about, where the visitor has no application; empty for none
	PersonID      string // key of the person it concerns; empty while nobody was identified
	Office        place.Code
	Letter        *Letter      // what is printed goes there; nil for a mail or a call
	Phone         person.Phone // who is called
	From          string       // name of the sending office
	To            []person.Email
	Deliveries    []Delivery // of a mail, one an address
	Subject       string
	Body          string
	Created       time.Time
	Due           time.Time // not to be tried before
	Sent          time.Time // zero until a server took it, the letter was posted, or the receiver was told
	Attempts      int
	LastError     string
	Changed       time.Time // when its state last changed
	Note          string    // what the office wrote: of a call, of a lost page
	Replaces      string    // the message that this one is sent for again
	ReplacedBy    string
}

// Delivery is what became of a mail to one address.
type Delivery struct {
	To       person.Email `json:"to"`
	State    State        `json:"state"`
	Attempts int          `json:"attempts,omitempty"`
	Code     int          `json:"code,omitempty"` // of the server's answer
	Said     string       `json:"said,omitempty"` // the server's answer without what it repeats of the mail
	Due      time.Time    `json:"due,omitzero"`
}

// Addressed gives a mail a delivery an address, if it has none yet: in the mail's own state, for one of before they were
// kept address by address.
func (m *Message) Addressed() {
	if m.Channel == ByMail && len(m.Deliveries) == 0 {
		for _, to := range m.To {
			m.Deliveries = append(m.Deliveries, Delivery{To: to, State: cmp.Or(m.State, Waiting), Due: m.Due})
		}
	}
}

// Sum sets the message's state, next attempt and failure by its deliveries: waiting or deferred while an address is still
// to be tried, then failed if one has failed, otherwise sent.
func (m *Message) Sum() {
	m.LastError, m.Attempts = "", 0
	m.State, m.Due = Replaced, time.Time{}
	rank := []State{Replaced, Sent, GivenUp, Refused, Bounced, Deferred, Waiting}
	for _, d := range m.Deliveries {
		if slices.Index(rank, d.State) > slices.Index(rank, m.State) {
			m.State = d.State
		}
		if d.State.Open() && (m.Due.IsZero() || d.Due.Before(m.Due)) {
			m.Due = d.Due
		}
		if d.State != Sent && d.Said != "" {
			m.LastError = d.Said
		}
		m.Attempts = max(m.Attempts, d.Attempts)
	}
}

// Keep takes over what was reported of a mail's deliveries while its postman was on the way: a report that it came back counts
// more than that a server took it before.
func (m *Message) Keep(now Message) {
	for i := range m.Deliveries {
		if i < len(now.Deliveries) && now.Deliveries[i].State == Bounced {
			m.Deliveries[i] = now.Deliveries[i]
		}
	}
	m.Sum()
}

// Letter is what a message is when it goes by post: an office prints it, and notes that it was posted.
type Letter struct {
	Name    string  `json:"name"`    // of the receiver
	Address string  `json:"address"` // one line, from the prefecture on
	Service Service `json:"service,omitempty"`
}

// Service is how the post carries a letter.
type Service string

const (
	Ordinary     Service = ""
	NonForwarded Service = "non_forwarded" // 転送不要: comes back from an address that was left (PICK-001)
	Registered   Service = "registered"    // 簡易書留 (NTF-002)
)

// Facts are what a message may show of a case.
type Facts struct {
	Name          string   // of the receiver
	Office        law.Text // the office that writes
	Honseki       law.Text
	Pickup        law.Text
	ApplicationID string   // 23 digits
	Link          string   // a mailed one-time link, or the page to follow the case on
	Day           law.Text // the day the message is about, in words
	Deadline      law.Text
	Defect        string // what is asked back, in the clerk's words
	Item, Where   law.Text
	Papers        law.Text
	Fee           law.Text
	Reason        law.Text
	Phone         string
}

// On is a day in words, for Facts; with a time of day where there is one.
func On(day civil.Date, at ...string) law.Text {
	t := law.Text{Ja: day.Japanese(), En: day.Start().Format("2 January 2006")}
	for _, clock := range at {
		t.Ja, t.En = t.Ja+" "+clock, t.En+", "+clock
	}
	return t
}
