package rules

import (
	"slices"
	"strings"
	"testing"
)

// What each help page rests on; a line that is taken away, or cites something else, is missed here.
func TestHelpPages(t *testing.T) {
	for _, c := range []struct{ page, rules string }{
		{"lost", "LOSS-001 LOSS-002 LOSS-007 CON-001 LOSS-003 CON-034 LOSS-005 SPC-022 SPC-025 LOSS-004 LOSS-006 SEC-014 LOSS-010 CON-027 FORM-040 LOSS-012 LOSS-020 LOSS-023 LOSS-011 LOSS-022 FEE-014 LOSS-050 LOSS-051 SPC-023 SEC-010 SEC-013 LOSS-045 HIC-030"},
		{"fraud", "SEC-020 SEC-021 SEC-022 DATE-013 SEC-006 SEC-014 PIN-009 PIN-007 SEC-015 SEC-001 NUM-006"},
		{"residence-report", "ELIG-017 ABR-008 CON-036"},
		{"supporters", "ELIG-002 APP-053 OUT-003 APP-020 PICK-013 PICK-052 PICK-035 FORM-024 CARD-026 PICK-064 SEC-015 OUT-002 OUT-005 OUT-004 OUT-006"},
	} {
		t.Run(c.page, func(t *testing.T) {
			page, ok := LookupHelp(c.page)
			if !ok {
				t.Fatal("there is no such page")
			}
			var got []string
			for _, part := range page.Parts {
				for _, line := range part.Lines {
					for _, id := range line.Cite.IDs {
						if !slices.Contains(got, id) {
							got = append(got, id)
						}
					}
					if line.Text.Ja == "" || line.Text.En == "" || line.Text.Easy == "" || line.Cite.IsZero() {
						t.Errorf("a line lacks a language or its source: %+v", line)
					}
				}
			}
			if strings.Join(got, " ") != c.rules {
				t.Errorf("rests on %s", strings.Join(got, " "))
			}
		})
	}
	if len(HelpPages) != 4 {
		t.Errorf("%d help pages", len(HelpPages))
	}
}
