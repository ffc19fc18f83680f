package rules

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// Three tables of text tell where each rule of the catalogue stands. catalogue.tsv lists the rules; divergences.tsv
// says why a rule has no code or no test; trace_generated.tsv is what a scan of the sources found (package trace),
// with declarations in place of lines, so that it does not go stale with every edit.
var (
	//go:embed catalogue.tsv
	catalogueText string
	//go:embed divergences.tsv
	divergencesText string
	//go:embed trace_generated.tsv
	traceText string
)

// CatalogueRule is one rule of the catalogue.
type CatalogueRule struct {
	ID    string // NUM-002
	File  string // of the catalogue
	Scope string // N, N1, P or L:office; empty where the catalogue's own table says it
}

// Catalogue is every rule, in the catalogue's order.
func Catalogue() []CatalogueRule {
	var out []CatalogueRule
	for _, f := range fields(catalogueText) {
		out = append(out, CatalogueRule{f[0], f[1], f[2]})
	}
	return out
}

// fields are the lines of a table of text, without comments, padded to four columns.
func fields(text string) [][4]string {
	var out [][4]string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		var f [4]string
		copy(f[:], strings.Split(line, "\t"))
		out = append(out, f)
	}
	return out
}

// Reason is how a divergence begins: what kind it is.
type Reason string

const (
	Later  Reason = "later"  // the code does not do it yet
	Never  Reason = "never"  // it never will be code
	Built  Reason = "built"  // a file decides it without citing the ID; a test names it
	Partly Reason = "partly" // traced, and something is still missing
)

// ReasonOf is the kind of a divergence's text; false when it has none, or nothing after it.
func ReasonOf(divergence string) (Reason, bool) {
	kind, what, _ := strings.Cut(divergence, ": ")
	r := Reason(kind)
	return r, what != "" && slices.Contains([]Reason{Later, Never, Built, Partly}, r)
}

// Traced is one rule of the catalogue with the code that decides it and the tests that name it, or the divergence.
type Traced struct {
	ID         string   `json:"id"`
	Code       []string `json:"code"`
	Tests      []string `json:"tests"`
	Divergence string   `json:"divergence,omitempty"`
}

// Proven reports that code decides by the rule and a test names it.
func (t Traced) Proven() bool { return len(t.Code) > 0 && len(t.Tests) > 0 }

// Counts are how many rules of a trace are of which kind; Partly are among Traced, and the other four add up to all.
type Counts struct{ Traced, Partly, Built, Later, Never int }

// Count counts a trace.
func Count(all []Traced) Counts {
	var n Counts
	for _, t := range all {
		if t.Proven() {
			n.Traced++
		}
		switch reason, _ := ReasonOf(t.Divergence); reason {
		case Partly:
			n.Partly++
		case Built:
			n.Built++
		case Later:
			n.Later++
		case Never:
			n.Never++
		}
	}
	return n
}

// Trace is the catalogue with what was found when the generated table was made.
func Trace() ([]Traced, error) {
	found := map[string]*Traced{}
	for _, f := range fields(traceText) {
		t := found[f[0]]
		if t == nil {
			t = &Traced{}
			found[f[0]] = t
		}
		if f[1] == "code" {
			t.Code = append(t.Code, f[2])
		} else {
			t.Tests = append(t.Tests, f[2])
		}
	}
	return TraceWith(func(id string) (code, tests []string) {
		if t := found[id]; t != nil {
			return t.Code, t.Tests
		}
		return nil, nil
	})
}

// TraceWith is the catalogue with what found says of each rule. A divergence that names a rule the catalogue does
// not have, speaks of a rule twice or has nothing left to say is an error.
func TraceWith(found func(id string) (code, tests []string)) ([]Traced, error) {
	var out []Traced
	place := map[string]int{}
	for i, r := range Catalogue() {
		t := Traced{ID: r.ID, Code: []string{}, Tests: []string{}}
		code, tests := found(r.ID)
		t.Code, t.Tests = append(t.Code, code...), append(t.Tests, tests...)
		out, place[r.ID] = append(out, t), i
	}
	for _, f := range fields(divergencesText) {
		if err := diverge(out, place, f[0], f[1]); err != nil {
			return nil, fmt.Errorf("divergences.tsv, %q: %w", f[0], err)
		}
	}
	return out, nil
}

// diverge writes one line of divergences.tsv to the rules it is about.
func diverge(all []Traced, place map[string]int, about, text string) error {
	reason, ok := ReasonOf(text)
	if !ok {
		return fmt.Errorf("the reason begins with none of later, never, built, partly: %q", text)
	}
	for _, word := range strings.Fields(about) {
		first, last, err := span(all, place, word)
		if err != nil {
			return err
		}
		said := false
		for i := first; i <= last; i++ {
			if all[i].Proven() != (reason == Partly) {
				continue
			}
			if all[i].Divergence != "" {
				return fmt.Errorf("%s has a divergence already: %q", all[i].ID, all[i].Divergence)
			}
			all[i].Divergence, said = text, true
		}
		if !said {
			return fmt.Errorf("%s: nothing left to say; code cites it and a test names it, or, for partly, not yet", word)
		}
	}
	return nil
}

// span is the first and the last place of an ID, of first..last or of PREFIX-* in the catalogue.
func span(all []Traced, place map[string]int, word string) (first, last int, err error) {
	if prefix, ok := strings.CutSuffix(word, "*"); ok {
		first, last = -1, -1
		for i, t := range all {
			if strings.HasPrefix(t.ID, prefix) {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first < 0 {
			return 0, 0, fmt.Errorf("no rule begins with %s", prefix)
		}
		return first, last, nil
	}
	from, to, ranged := strings.Cut(word, "..")
	if !ranged {
		to = from
	}
	first, okFirst := place[from]
	last, okLast := place[to]
	if !okFirst || !okLast || first > last {
		return 0, 0, fmt.Errorf("%s is not in the catalogue, or runs backwards", word)
	}
	return first, last, nil
}
