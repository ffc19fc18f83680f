package office

import (
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// DueKind is a kind of thing that becomes due on a day: one of rules.ComingKinds, which settle derives from the registers'
// facts, or one that an act of an office sets down. The set is open: a kind is a line in dueKinds.
type DueKind string

// Due is one thing that is due on a day. The same thing of a person is due once on a day, also after it was done.
type Due struct {
	Day      civil.Date
	Kind     DueKind
	Subject  string // card/…, case/… as the journal names it
	PersonID string // empty for what belongs to nobody
	Done     time.Time
	Attempts int    // how often it failed
	Parked   bool   // failed too often to hold up its day
	Fault    string // what went wrong last
}

// same reports that both are about the same thing.
func (d Due) same(o Due) bool {
	return d.Day == o.Day && d.Kind == o.Kind && d.Subject == o.Subject && d.PersonID == o.PersonID
}

// DueName is what a kind is called.
func DueName(k DueKind) law.Text {
	if name, ok := rules.ComingNames[rules.Coming(k)]; ok {
		return name
	}
	switch k {
	case replyDue:
		return law.Text{Ja: "回答のない照会", En: "inquiries without a reply"}
	case bookingReminder:
		return law.Text{Ja: "明日の予約のお知らせ", En: "reminders of tomorrow's bookings"}
	case bookingMissed:
		return law.Text{Ja: "来庁のなかった予約", En: "bookings for which nobody came"}
	case photoOver:
		return law.Text{Ja: "保存期間が終わった顔写真", En: "photos whose period is over"}
	case papersOver:
		return law.Text{Ja: "保存期間が終わった書類とお知らせ", En: "papers and messages whose period is over"}
	case contactOver:
		return law.Text{Ja: "保存期間が終わった連絡先", En: "addresses whose period is over"}
	case draftsOver:
		return law.Text{Ja: "出されなかった申請書", En: "forms that were never handed in"}
	case visitForgotten:
		return law.Text{Ja: "消した来庁者の連絡先", En: "visitors whose names and addresses were erased"}
	}
	return law.Text{Ja: string(k), En: string(k)}
}

// dueKinds is what is done about each kind on its day. A kind of its own is one line here, and one call of PutDue where it
// is set down; whoever does it before its day takes the row out with DropDue.
var dueKinds = func() map[DueKind]func(*turn, Due) error {
	all := map[DueKind]func(*turn, Due) error{}
	for _, k := range rules.ComingKinds {
		all[DueKind(k)] = (*turn).settleDue
	}
	all[replyDue] = (*turn).replyOverdue
	all[bookingReminder] = (*turn).remindBooked
	all[visitForgotten] = (*turn).forgetVisitor
	all[bookingMissed] = (*turn).bookingMissed
	return all
}()
