// Package lifeline draws a life line (procedure.Line): as SVG for a page and as an iCalendar file. It decides nothing.
package lifeline

import (
	"fmt"
	"html"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Say puts a text into the words of one language.
type Say func(law.Text) string

// Measures of the drawing, in its own units.
const (
	width      = 960
	left       = 210 // names stand left of it
	right      = 24
	rowHeight  = 44
	barHeight  = 18
	headHeight = 40
	markHeight = 26
)

// colours of states; text of the same colour stands on white with a contrast of 4.5 and more.
var colours = map[string]string{
	"active": "#197a4b", "valid": "#197a4b", "pending_departure": "#927200", "ended": "#949494", "suspended": "#c74700",
}

var markColours = map[rules.MarkKind]string{
	rules.MarkEvent: "#0017c1", rules.MarkState: "#197a4b", rules.MarkOpens: "#00428c", rules.MarkDeadline: "#ce0000", rules.MarkEnds: "#4d4d4d", rules.MarkAge: "#6b3f00",
}

// SVG is the drawing with a bar for the card and for each certificate, a line for each day that matters, and the years
// below. Everything it shows stands in the list of marks as text too; title and description are for those who hear it.
func SVG(l procedure.Line, title, description string, say Say) string {
	var b strings.Builder
	height := headHeight + rowHeight*len(l.Tracks) + markHeight + 30
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="line-title line-text">`, width, height)
	fmt.Fprintf(&b, `<title id="line-title">%s</title><desc id="line-text">%s</desc>`, html.EscapeString(title), html.EscapeString(description))
	d := drawing{&b, l, say, height}
	d.years()
	d.tracks()
	d.marks()
	b.WriteString(`</svg>`)
	return b.String()
}

type drawing struct {
	*strings.Builder
	line   procedure.Line
	say    Say
	height int
}

// x is where a day stands.
func (d drawing) x(day civil.Date) float64 {
	span := d.line.From.DaysUntil(d.line.Until)
	at := min(max(d.line.From.DaysUntil(day), 0), span)
	return left + float64(at)/float64(max(span, 1))*float64(width-left-right)
}

// years are the thin lines of each New Year, named as far as there is room.
func (d drawing) years() {
	first, last := d.line.From.Year(), d.line.Until.Year()
	every := max(1, (last-first)/12+1)
	for y := first + 1; y <= last; y++ {
		x := d.x(civil.Day(y, 1, 1))
		fmt.Fprintf(d, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#d8d8db" stroke-width="1"/>`, x, headHeight-8, x, d.height-22)
		if (y-first)%every == 0 {
			fmt.Fprintf(d, `<text x="%.1f" y="%d" font-size="13" fill="#4d4d4d" text-anchor="middle">%d</text>`, x, d.height-6, y)
		}
	}
	x := d.x(d.line.On)
	fmt.Fprintf(d, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#0017c1" stroke-width="2" stroke-dasharray="4 3"/>`, x, 18, x, d.height-22)
	fmt.Fprintf(d, `<text x="%.1f" y="13" font-size="13" fill="#0017c1" text-anchor="middle">%s</text>`, min(max(x, left), width-60), d.line.On)
}

func (d drawing) tracks() {
	for i, t := range d.line.Tracks {
		y := headHeight + i*rowHeight
		fmt.Fprintf(d, `<text x="0" y="%d" font-size="14" fill="#1a1a1c">%s</text>`, y+15, html.EscapeString(d.say(rules.SubjectNames[t.On])))
		for _, s := range t.Spans {
			from, to := d.x(s.From), d.x(s.To.AddDays(1))
			dash := ""
			if s.State == "ended" {
				dash = ` fill-opacity="0.35" stroke="#767676" stroke-dasharray="3 3"`
			}
			fmt.Fprintf(d, `<rect x="%.1f" y="%d" width="%.1f" height="%d" rx="3" fill="%s"%s><title>%s – %s</title></rect>`, from, y, max(to-from, 2), barHeight, colours[s.State], dash, s.From, s.To)
		}
	}
}

// marks are numbered dots below the bars; the numbers are those of the list.
func (d drawing) marks() {
	y := headHeight + rowHeight*len(d.line.Tracks) + 8
	end := -100.0
	for i, m := range d.line.Marks {
		x := d.x(m.Day)
		fmt.Fprintf(d, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s" stroke-width="1" stroke-opacity="0.6"/>`, x, headHeight-4, x, y-6, markColours[m.Kind])
		if x-end < 15 {
			continue // its number would stand on another's; the list has it
		}
		end = x
		fmt.Fprintf(d, `<circle cx="%.1f" cy="%d" r="8" fill="%s"><title>%s</title></circle><text x="%.1f" y="%d" font-size="10" fill="#ffffff" text-anchor="middle">%d</text>`,
			x, y, markColours[m.Kind], html.EscapeString(m.Day.String()+" "+d.say(m.Text)), x, y+4, i+1)
	}
}
