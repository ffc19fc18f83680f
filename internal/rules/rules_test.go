package rules

import (
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
)

func TestTablesAreWellFormed(t *testing.T) {
	for _, e := range Entries() {
		if err := e.Check(); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
}

var ruleID = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,3}-[A-Z]?[0-9]{2,3}$`)

func TestRefusalsAreComplete(t *testing.T) {
	for code, r := range Refusals {
		if r.Text.Ja == "" || r.Text.En == "" || r.Next.Ja == "" || r.Next.En == "" {
			t.Errorf("%s: a text is missing", code)
		}
		if r.Cite.IsZero() {
			t.Errorf("%s: no citation", code)
		}
		for _, id := range r.Cite.IDs {
			if !ruleID.MatchString(id) {
				t.Errorf("%s: %q is no rule ID", code, id)
			}
		}
		if strings.Count(r.Text.Ja, "%") != strings.Count(r.Text.En, "%") {
			t.Errorf("%s: the two languages take different facts", code)
		}
	}
}

// Every code that a state × act table refuses with is in the catalogue.
func TestLivesRefuseWithKnownCodes(t *testing.T) {
	codes(t, application.Life)
	codes(t, card.Life)
	codes(t, certificate.Life)
}

func codes[S, A ~string](t *testing.T, life law.Life[S, A]) {
	t.Helper()
	for state, row := range life.Table {
		for act, cell := range row {
			if _, ok := Refusals[cell.Code]; cell.Verdict == law.No && !ok {
				t.Errorf("%s in %s: no refusal is called %q", act, state, cell.Code)
			}
		}
	}
}

func TestFeeGroundsAreCited(t *testing.T) {
	for ground, g := range FeeGrounds {
		if g.Text.Ja == "" || g.Text.En == "" || g.Cite.IsZero() {
			t.Errorf("%s: text or citation missing", ground)
		}
	}
}

// DATE-017 DATE-018: a citation shows of which day the page was that somebody read.
func TestSourcesShowTheirDay(t *testing.T) {
	for _, c := range []struct {
		source law.Source
		want   string
	}{{mhlwLeaflet, "2024-06-17"}, {konan, "2024-07-24"}, {niigata, "2024-10-15"}} {
		if got := c.source.At("頁", "DATE-018").Reference(); !strings.HasSuffix(got, "("+c.want+")") {
			t.Errorf("%q does not show %s", got, c.want)
		}
	}
}
