package rules

import "mynumber/internal/law"

// PickupDocuments are the documents that the hand-over of an overseas card knows.
func PickupDocuments() []Paper { return append([]Paper{Passport}, secondPapers...) }

var secondPapers = []Paper{DrivingLicence, HealthInsuranceCard, EligibilityCert, PensionHandbook, PensionCertificate, WelfareMedicalCert, DisabilityCertificate}

// PickupPeriodMonths is how long a card waits at the pickup office; the notice names the day (PICK-005, PICK-075).
// The length for overseas cards is published nowhere; three months is what domestic offices give
// (supplement 5.13, 13.9), and an office may set its own.
var PickupPeriodMonths = law.Table[int]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("受取②", "PICK-075", "PICK-005"), Rule: 3},
}

// BookingHorizon is how many days ahead a pickup can be booked when the office has no policy of its own. No source has
// a rule for all: sixty is ours, Niigata's own is 30, and an office's policy replaces it (PICK-008, CON-017).
var BookingHorizon = law.Table[Horizon]{
	{From: cards, Checked: checked, Cite: niigata.At("予約センターでの受取予約", "PICK-007", "PICK-008", "CON-017"), Rule: Horizon{FirstDay: 1, LastDay: 60}},
}

// Horizon is the first and the last day ahead that can be booked, counted from today as day 0.
type Horizon struct{ FirstDay, LastDay int }

// VisitDays are the days around a reserved visit, counted from its own.
type VisitDays struct {
	ReminderBefore int // the visitor is reminded
	LinkAfter      int // the link to choose another time works, where the office closed the first one
	KeptAfter      int // name, e-mail address and telephone number that the visitor gave are kept
}

// VisitTimes: no source asks for a reminder or says how long an office knows who came (OFF-033, SEC's Silent): all three are ours, and the
// last one long enough that a visitor whose time was closed can still be reached.
var VisitTimes = law.Table[VisitDays]{
	{From: cards, Checked: checked, Cite: niigata.At("予約センターでの受取予約", "PICK-007", "OFF-033"), Rule: VisitDays{ReminderBefore: 1, LinkAfter: 30, KeptAfter: 60}},
}

// ReadyEstimateDays: from application to the notice, roughly; an estimate and never a deadline
// (APP-063, CON-002, ABR-027).
var ReadyEstimateDays = law.Table[[2]int]{
	{From: overseas, Checked: checked, Cite: konan.At("(2)交付通知メール", "APP-063", "ABR-027", "CON-002"), Rule: [2]int{60, 90}},
}
