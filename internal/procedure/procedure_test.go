package procedure

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

var day = civil.Day

// want compares an outcome with the code of the refusal expected, "" for none.
func want(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *law.Refusal
	switch {
	case code == "" && err != nil:
		t.Errorf("unexpected: %v", err)
	case code != "" && (!errors.As(err, &refusal) || refusal.Code != code):
		t.Errorf("got %v, want the refusal %s", err, code)
	case code != "" && (refusal.Text.Ja == "" || refusal.Next.En == "" || regexp.MustCompile(`%!|%[sd]`).MatchString(refusal.Text.Ja+refusal.Text.En)):
		t.Errorf("the text of %s is not filled in: %q", code, refusal.Text)
	}
}

// Every refusal of the catalogue is expected somewhere in a test of the package that decides it.
func TestEveryRefusalHasARow(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	paths := append(names(entries), "../application/life_test.go", "../card/life_test.go", "../certificate/life_test.go", "../docket/life_test.go")
	offices, err := filepath.Glob("../office/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	situations, err := filepath.Glob("../decision/testdata/situations/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var tests []byte
	for _, path := range slices.Concat(paths, offices, situations, []string{"../decision/situations_test.go"}) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tests = append(tests, b...)
	}
	for code := range rules.Refusals {
		if !regexp.MustCompile(`"` + code + `"`).Match(tests) {
			t.Errorf("no test expects the refusal %s", code)
		}
	}
}

func names(entries []os.DirEntry) []string {
	var out []string
	for _, e := range entries {
		if regexp.MustCompile(`_test\.go$`).MatchString(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

// Every condition has its words and somebody who weighs it; every procedure's computations belong to a procedure.
func TestConditionsAreComplete(t *testing.T) {
	for cond, text := range rules.Conds {
		if evaluators[cond] == nil {
			t.Errorf("nothing weighs %s", cond)
		}
		if text.Yes.Ja == "" || text.Yes.En == "" || text.Not.Ja == "" || text.Not.En == "" {
			t.Errorf("%s lacks words", cond)
		}
	}
	for cond := range evaluators {
		if _, ok := rules.Conds[cond]; !ok {
			t.Errorf("%s is weighed and not listed", cond)
		}
	}
	for code := range plans {
		if _, ok := rules.LookupProcedure(code); !ok {
			t.Errorf("%s computes and is no procedure", code)
		}
	}
}
