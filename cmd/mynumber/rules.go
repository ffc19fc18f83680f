package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// rulesCmd prints the rulebook.
type rulesCmd struct {
	On   string `help:"Day whose law is shown; today in Japan by default." placeholder:"2027-04-01"`
	JSON bool   `name:"json" help:"The same as data."`
}

// Run prints the law of the day.
func (c *rulesCmd) Run() error {
	on := civil.DateOf(time.Now())
	if c.On != "" {
		var err error
		if on, err = civil.ParseAny(c.On); err != nil {
			return fmt.Errorf("-on: %w", err)
		}
	}
	printed := rules.InForce(on)
	if c.JSON {
		return writeJSON(os.Stdout, printed)
	}
	return printed.Write(os.Stdout)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
