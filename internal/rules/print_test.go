package rules

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/law"
)

var update = flag.Bool("update", false, "write docs/rules.md and trace_generated.tsv anew")

// printedDay is the day of docs/rules.md.
var printedDay = day(2026, 11, 22)

// golden compares a printed file with what it should be, or writes it with -update.
func golden(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		have, need := strings.Split(string(got), "\n"), strings.Split(want, "\n")
		for i := range min(len(have), len(need)) {
			if have[i] != need[i] {
				t.Fatalf("%s is stale at line %d: run `go generate ./internal/rules`\nhas   %s\nwants %s", path, i+1, have[i], need[i])
			}
		}
		t.Fatalf("%s is stale: %d lines, want %d; run `go generate ./internal/rules`", path, len(have), len(need))
	}
}

func TestPrintedRulebookIsFresh(t *testing.T) {
	var b strings.Builder
	if err := InForce(printedDay).Write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "../../docs/rules.md", b.String())
}

// Every variable of type law.Table in this package is printed, under its own name.
func TestEveryTableIsPrinted(t *testing.T) {
	var declared []string
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				if isTable(v) {
					declared = append(declared, v.Names[0].Name)
				}
			}
		}
	}
	var listed []string
	for _, e := range Entries() {
		if _, sheet := e.Sheet(); !sheet {
			listed = append(listed, e.Name)
		}
		if e.Title == "" {
			t.Errorf("%s has no title", e.Name)
		}
	}
	slices.Sort(declared)
	slices.Sort(listed)
	if len(declared) < 20 || !slices.Equal(declared, listed) {
		t.Errorf("declared %v\nprinted  %v", declared, listed)
	}
}

// isTable: var X = law.Table[…]{…} or var X law.Table[…].
func isTable(v *ast.ValueSpec) bool {
	typ := v.Type
	if len(v.Values) == 1 {
		if lit, ok := v.Values[0].(*ast.CompositeLit); ok {
			typ = lit.Type
		}
	}
	index, ok := typ.(*ast.IndexExpr)
	if !ok {
		return false
	}
	sel, ok := index.X.(*ast.SelectorExpr)
	if name, isName := index.Index.(*ast.Ident); isName && name.Name == "Sheet" {
		return false // TestSheetsAreComplete
	}
	return ok && sel.Sel.Name == "Table"
}

// Every row, past ones too, is said in Japanese: no Go syntax, no value without a word.
func TestEveryRowIsSaidInWords(t *testing.T) {
	code := regexp.MustCompile(`%!|[{}\[\]]|true|false|<nil>|[a-z]+_[a-z]+`)
	for _, e := range Entries() {
		for _, s := range e.rows() {
			if len(s.Words) == 0 {
				t.Errorf("%s of %s says nothing", e.Name, s.From)
			}
			for _, w := range s.Words {
				if code.MatchString(w) || strings.Contains(w, "::") || strings.HasSuffix(w, ":。") {
					t.Errorf("%s of %s: %q", e.Name, s.From, w)
				}
			}
		}
	}
	for _, kind := range officeKinds {
		if OfficeNames[kind].Ja == "" {
			t.Errorf("no name for %s", kind)
		}
	}
	for _, c := range []Channel{Visit, Post, Online, PhotoBooth, Express} {
		if ChannelNames[c].Ja == "" {
			t.Errorf("no name for %s", c)
		}
	}
	for _, r := range InForce(printedDay).Refusals {
		if strings.Contains(r.Text.Ja+r.Next.Ja, "%") {
			t.Errorf("%s: a verb is printed: %s", r.Code, r.Text.Ja)
		}
	}
}

// The printed law is that of the day: the day before, the day, the day after a row begins or ends.
func TestPrintedLawIsOfTheDay(t *testing.T) {
	said := func(name string, d Day) string {
		for _, p := range InForce(d).Tables {
			if p.Name == name {
				return strings.Join(p.Words, " ")
			}
		}
		t.Fatalf("%s is not printed", name)
		return ""
	}
	for _, c := range []struct {
		rule, table string
		on          Day
		says        string
	}{
		{"DATE-010 前日", "CardValidity", day(2022, 3, 31), "20歳以上"},
		{"DATE-010 当日", "CardValidity", day(2022, 4, 1), "18歳以上"},
		{"DATE-010 翌日", "CardValidity", day(2022, 4, 2), "18歳以上"},
		{"ELIG-016 前日", "OverseasScheme", day(2024, 5, 26), "持つことができません"},
		{"ELIG-015 当日", "OverseasScheme", day(2024, 5, 27), "持つことができます"},
		{"FEE-011", "DepartureGrace", printedDay, "90日目まで"},
		{"FEE-011 制度の前", "DepartureGrace", day(2024, 5, 26), ""},
		{"PICK-072", "Sheet collect_overseas_card", printedDay, "書類(居住国の在外公館):旅券(パスポート)。"},
		{"FEE-003", "ReissueFee", printedDay, "1000円(カード800円、電子証明書200円)"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := said(c.table, c.on)
			if !strings.Contains(got, c.says) || c.says == "" && got != "" {
				t.Errorf("%s on %s says %q, want %q", c.table, c.on, got, c.says)
			}
		})
	}
	for _, p := range InForce(day(2024, 5, 26)).Tables {
		if p.Name == "DepartureGrace" && (p.InForce || p.Next != overseas) {
			t.Errorf("a table without a row that day: %+v", p)
		}
	}
	ended := Entry{"X", "x", func() []Said { return nil }, func() error { return nil }}
	if _, ok := ended.On(printedDay); ok || !ended.Next(printedDay).IsZero() {
		t.Error("an empty table has no rule")
	}
}

// What is printed is what is decided by: the entry reads the table itself, not a copy of it.
func TestPrintedRowsAreTheTables(t *testing.T) {
	old := DepartureGrace
	t.Cleanup(func() { DepartureGrace = old })
	DepartureGrace = law.Table[int]{{From: old[0].From, Cite: old[0].Cite, Rule: 91}}
	for _, p := range InForce(printedDay).Tables {
		if p.Name == "DepartureGrace" && !strings.Contains(p.Words[0], "91日目") {
			t.Errorf("prints %q", p.Words)
		}
	}
}
