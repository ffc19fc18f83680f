package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/lifeline"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// lifelineCmd prints what the days bring to a card: states, deadlines, windows and lapses.
type lifelineCmd struct {
	JSON bool   `name:"json" help:"As data, as POST /api/v1/lifelines answers." xor:"form"`
	ICS  bool   `name:"ics" help:"As a calendar (iCalendar)." xor:"form"`
	SVG  bool   `name:"svg" help:"As a drawing." xor:"form"`
	Lang string `help:"Language of the text: ja or en." enum:"ja,en" default:"ja"`
}

// Run reads a plan from the standard input and prints its line.
func (c *lifelineCmd) Run() error {
	text, err := io.ReadAll(io.LimitReader(os.Stdin, decision.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the plan: %w", err)
	}
	plan, err := decision.ReadPlan(text, civil.DateOf(time.Now()))
	if err != nil {
		return badInput{faultLines(err)}
	}
	policies, err := booking.Load()
	if err != nil {
		return err
	}
	line, err := procedure.Lifeline(plan, policies.Of(plan.Office.Code).OpenOn)
	if errors.Is(err, law.ErrNoLaw) {
		return badInput{err}
	}
	if err != nil {
		return err
	}
	say := func(t law.Text) string { return t.Ja }
	if c.Lang == "en" {
		say = func(t law.Text) string { return t.En }
	}
	title := say(law.Text{Ja: "マイナンバーカードの期限", En: "Days of my Individual Number Card"})
	switch {
	case c.JSON:
		return writeJSON(os.Stdout, line)
	case c.ICS:
		_, err = io.WriteString(os.Stdout, lifeline.Calendar(line, time.Now(), title, say))
	case c.SVG:
		_, err = io.WriteString(os.Stdout, lifeline.SVG(line, title, title, say))
	default:
		_, err = os.Stdout.Write(lineText(line, say))
	}
	return err
}

// lineText is a line for a terminal: the bars as days, then every day that matters.
func lineText(l procedure.Line, say lifeline.Say) []byte {
	var b bytes.Buffer
	for _, t := range l.Tracks {
		fmt.Fprintf(&b, "%s\n", say(rules.SubjectNames[t.On]))
		for _, s := range t.Spans {
			fmt.Fprintf(&b, "  %s – %s  %s\n", s.From, s.To, say(rules.SpanNames[s.State]))
		}
	}
	b.WriteByte('\n')
	for _, m := range l.Marks {
		fmt.Fprintf(&b, "%s  [%s] %s", m.Day, say(rules.MarkKinds[m.Kind]), say(m.Text))
		if !m.LastSafe.IsZero() && m.LastSafe != m.Day {
			fmt.Fprintf(&b, " (%s %s)", say(law.Text{Ja: "最後の開庁日", En: "last open day"}), m.LastSafe)
		}
		if m.Avoided {
			fmt.Fprintf(&b, " ✓")
		}
		if len(m.Rules) > 0 {
			fmt.Fprintf(&b, "  %s", strings.Join(m.Rules, " "))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}
