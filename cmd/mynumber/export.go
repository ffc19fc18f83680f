package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"mynumber/internal/authority"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

type exportCmd struct {
	Person exportPersonCmd `cmd:"" help:"Everything that is held about one person, for that person to see (JSON). The numbers stand in it in clear."`
}

type exportPersonCmd struct {
	common
	ID string `arg:"" help:"Key of the person."`
}

// Run writes the export to the standard output; that it was made is an entry in the journal.
func (c *exportPersonCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		out, _, err := o.Export(ctx, office.Actor{Staff: "command-line", Office: place.Issuer, Role: authority.System}, c.ID)
		if err != nil {
			return fmt.Errorf("person %s: %w", c.ID, err)
		}
		enc := json.NewEncoder(os.Stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	})
}
