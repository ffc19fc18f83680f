package lifeline

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

func ja(t law.Text) string { return t.Ja }

// departing is the line of somebody who leaves and forgets continuing use.
func departing(t *testing.T, events ...procedure.PlannedEvent) procedure.Line {
	t.Helper()
	line, err := procedure.Lifeline(&procedure.LifePlan{On: civil.Day(2026, 11, 22),
		Person: procedure.Person{Birth: civil.Day(1988, 5, 17), Nationality: procedure.Japanese},
		Card:   procedure.Card{Kind: procedure.DomesticCard, Issued: civil.Day(2022, 6, 1)}, Events: events}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// The drawing is well-formed, says its title to those who hear it, and escapes what it is told.
func TestSVG(t *testing.T) {
	line := departing(t, procedure.PlannedEvent{Kind: rules.Departure, On: civil.Day(2027, 4, 1)})
	svg := SVG(line, "期限 <&>", "見通し", ja)
	bars, dots := 0, 0
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			switch e.Name.Local {
			case "rect":
				bars++
			case "circle":
				dots++
			case "style", "script":
				t.Errorf("a %s in the drawing: the page's policy forbids it", e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("attribute %s: the page's policy forbids it", a.Name.Local)
				}
			}
		}
	}
	spans := 0
	for _, track := range line.Tracks {
		spans += len(track.Spans)
		if !strings.Contains(svg, rules.SubjectNames[track.On].Ja) {
			t.Errorf("%s is not named", track.On)
		}
	}
	if bars != spans || dots == 0 {
		t.Errorf("%d bars for %d spans, %d dots", bars, spans, dots)
	}
	if !strings.Contains(svg, "期限 &lt;&amp;&gt;") || !strings.Contains(svg, `role="img"`) {
		t.Error("the title is not told, or not escaped")
	}
}

// A line of one day, or of none, is drawn without a division by zero.
func TestSVGOfNothing(t *testing.T) {
	line, err := procedure.Lifeline(&procedure.LifePlan{On: civil.Day(2026, 11, 22), Card: procedure.Card{Kind: procedure.NoCard}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []procedure.Line{line, {On: line.On, From: line.On, Until: line.On}} {
		if svg := SVG(l, "x", "x", ja); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Error(svg)
		}
	}
}

// The calendar has the days to come, deadlines on the last day on which the office is open and with an alarm; another
// program reads it, and a second import changes nothing.
func TestCalendar(t *testing.T) {
	line := departing(t, procedure.PlannedEvent{Kind: rules.Departure, On: civil.Day(2027, 4, 5)})
	at := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	text := Calendar(line, at, "期限", ja)
	for _, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 {
			t.Errorf("a line of %d bytes: %s", len(l), l)
		}
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]bool{}
	alarms := 0
	for _, e := range calendar.Events() {
		days[e.GetProperty(ics.ComponentPropertyDtStart).Value] = true
		alarms += len(e.Alarms())
	}
	// 4 April 2027 is a Sunday: the office is last open on the Friday, 2 April (ABR-003).
	for day, want := range map[string]bool{"20270402": true, "20270404": false, "20270405": true, "20220601": false} {
		if days[day] != want {
			t.Errorf("%s is an entry: %v, want %v", day, days[day], want)
		}
	}
	if alarms == 0 {
		t.Error("no deadline has an alarm")
	}
	uids := func(text string) string {
		var out []string
		for _, l := range strings.Split(text, "\r\n") {
			if strings.HasPrefix(l, "UID:") {
				out = append(out, l)
			}
		}
		return strings.Join(out, " ")
	}
	if again := Calendar(line, at.Add(time.Hour), "期限", ja); uids(again) != uids(text) {
		t.Error("the same days have other identifiers an hour later")
	}
}

// What the plan avoids is no entry: nobody needs a reminder of it.
func TestCalendarLeavesOutWhatIsAvoided(t *testing.T) {
	line := departing(t, procedure.PlannedEvent{Kind: rules.Departure, On: civil.Day(2027, 4, 1), Filed: civil.Day(2027, 3, 20), ContinuingUse: civil.Day(2027, 3, 20), Reissued: civil.Day(2027, 3, 20)})
	if text := Calendar(line, time.Unix(0, 0), "x", ja); strings.Contains(text, "DTSTART;VALUE=DATE:20270331") {
		t.Error(text)
	}
}
