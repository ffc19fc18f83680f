package procedure

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
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
	paths := append(names(entries), "../application/life_test.go", "../card/life_test.go", "../certificate/life_test.go")
	offices, err := filepath.Glob("../office/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests []byte
	for _, path := range append(paths, offices...) {
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
