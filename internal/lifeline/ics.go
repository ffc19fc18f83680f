package lifeline

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Calendar is the line's days as an iCalendar file (RFC 5545): one all-day event a mark, with an alarm two weeks before
// each deadline. A day has the same identifier whenever it is made, so that a calendar takes a second import as the
// same entry. stamp is the instant of making.
func Calendar(l procedure.Line, stamp time.Time, name string, say Say) string {
	c := ics.NewCalendarFor("mynumber")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName(name)
	c.SetXWRTimezone("Asia/Tokyo")
	for _, m := range l.Marks {
		if m.Day.Before(l.On) || m.Avoided {
			continue
		}
		e := c.AddEvent(identifier(m))
		e.SetDtStampTime(stamp)
		day := m.Day
		text := say(m.Text)
		if m.Kind == rules.MarkDeadline && !m.LastSafe.IsZero() {
			day = m.LastSafe
		}
		e.SetAllDayStartAt(time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC))
		next := day.AddDays(1)
		e.SetAllDayEndAt(time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, time.UTC))
		e.SetSummary(say(rules.MarkKinds[m.Kind]) + ": " + text)
		details := []string{m.Day.String() + " " + text}
		if len(m.Rules) > 0 {
			details = append(details, strings.Join(m.Rules, " "))
		}
		e.SetDescription(strings.Join(details, "\n"))
		e.SetTimeTransparency(ics.TransparencyTransparent)
		if m.Kind == rules.MarkDeadline {
			alarm := e.AddAlarm()
			alarm.SetAction(ics.ActionDisplay)
			alarm.SetTrigger("-P14D")
			alarm.SetDescription(text)
		}
	}
	return c.Serialize(ics.WithNewLineWindows) // lines end in CRLF on every machine (RFC 5545 section 3.1)
}

func identifier(m procedure.Mark) string {
	subjects := ""
	for _, s := range m.On {
		subjects += string(s) + " "
	}
	sum := sha256.Sum256([]byte(m.Day.String() + string(m.Kind) + subjects + m.Text.En))
	return hex.EncodeToString(sum[:12]) + "@mynumber"
}
