package rules

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

var quotedID = regexp.MustCompile(`"([A-Z][A-Z0-9]{1,3}-[A-Z]?[0-9]{2,3})"`)

// Every rule that a table or refusal cites is named by a test or a script somewhere, so that nobody changes it unseen.
func TestEveryCitedRuleIsNamedInATest(t *testing.T) {
	cited := map[string]bool{}
	var tests strings.Builder
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		isTest := strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata/script/") || strings.Contains(path, "testdata/situations/")
		isRule := strings.HasPrefix(path, "internal/rules/") && strings.HasSuffix(path, ".go") && !isTest
		if !isTest && !isRule {
			return nil
		}
		b, err := os.ReadFile("../../" + path)
		if err != nil {
			return err
		}
		if isTest {
			tests.Write(b)
			return nil
		}
		for _, m := range quotedID.FindAllStringSubmatch(string(b), -1) {
			cited[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(cited) < 100 {
		t.Errorf("only %d rules found; the search is broken", len(cited))
	}
	for id := range cited {
		if !strings.Contains(tests.String(), id) {
			t.Errorf("%s is cited and named in no test", id)
		}
	}
}
