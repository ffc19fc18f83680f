package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"mynumber/api"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
)

// decideCmd answers a situation out of the rulebook, as POST /api/v1/decisions does.
type decideCmd struct {
	Schema bool `help:"Print the JSON Schema of situations and decisions instead."`
}

// badInput is an error of whoever gave the input: the program ends with status 2.
type badInput struct{ error }

// Run reads a situation from the standard input and prints the decision.
func (c *decideCmd) Run() error {
	if c.Schema {
		_, err := os.Stdout.Write(api.DecisionSchema)
		return err
	}
	text, err := io.ReadAll(io.LimitReader(os.Stdin, decision.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the situation: %w", err)
	}
	d, err := decide(text, civil.DateOf(time.Now()))
	if err != nil {
		return err
	}
	return writeJSON(os.Stdout, d)
}

// decide reads and answers one situation; what is wrong with it is told line by line in both languages.
func decide(text []byte, today civil.Date) (procedure.Decision, error) {
	s, err := decision.Read(text, today)
	if err != nil {
		return procedure.Decision{}, badInput{faultLines(err)}
	}
	d, err := procedure.Decide(s)
	if errors.Is(err, law.ErrNoLaw) {
		return d, badInput{fmt.Errorf("on: %s にはこの制度の定めがありません。/ No law here covers %s. (%w)", s.On, s.On, err)}
	}
	return d, err
}

// faultLines are the faults of a situation as lines for a terminal.
func faultLines(err error) error {
	var faults decision.Faults
	if !errors.As(err, &faults) {
		return err
	}
	var lines []error
	for _, f := range faults {
		at := f.Field
		if at == "" {
			at = "JSON"
		}
		lines = append(lines, fmt.Errorf("%s: %s / %s", at, f.Text.Ja, f.Text.En))
	}
	return errors.Join(lines...)
}
