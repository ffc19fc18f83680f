package trace

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestScan(t *testing.T) {
	tree := fstest.MapFS{
		"internal/rules/fees.go": {Data: []byte(`package rules

// Fee cites FEE-001 in its comment only.
var Fee = at("FEE-002", "FEE-999", "UTF-16")

var (
	A = 1
	// B says FEE-003.
	B = []string{"FEE-004 and more", "FEE-005"}
)

func (o *Office) Pay() { cite("FEE-006") }
`)},
		"internal/rules/fees_test.go": {Data: []byte(`package rules

// FEE-008 stands above nothing.

// TestFee: FEE-007 by its comment.
func TestFee(t *testing.T) {
	for _, c := range []struct{ rule string }{
		{"FEE-002 day 90"},
	} {
		t.Errorf("FEE-003: %v", c)
	}
}
`)},
		"internal/demo/play.go":                    {Data: []byte("package demo\n\nvar x = \"FEE-001\"\n")},
		"internal/rules/testdata/x.go":             {Data: []byte("package x\n\nvar x = \"FEE-001\"\n")},
		"internal/booking/policies/131075.json":    {Data: []byte("{\n\"rules\": [\"OFF-001\"], \"note\": \"OFF-002 too\"}\n")},
		"cmd/mynumber/testdata/script/life.txt":    {Data: []byte("# TL-A\nexec x\nstdout 'FEE-001 ABR-M01'\n")},
		"docs/x.go":                                {Data: []byte("package x\n\nvar x = \"FEE-001\"\n")},
		".git/internal/x.go":                       {Data: []byte("not Go")},
		"cmd/mynumber/testdata/script/picture.png": {Data: []byte("FEE-001")},
	}
	known := map[string]bool{"OFF-001": true, "OFF-002": true, "TL-A": true, "ABR-M01": true}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		known["FEE-00"+n] = true
	}
	places, err := Scan(tree, known)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range places {
		got = append(got, string(p.Kind)+" "+p.Rule+" "+p.Name()+" "+p.In)
	}
	want := []string{
		"test ABR-M01 script/life.txt:3 ",
		"test FEE-001 script/life.txt:3 ",
		"code FEE-002 internal/rules/fees.go:4 Fee",
		"test FEE-002 rules.TestFee/FEE-002 day 90 TestFee",
		"test FEE-003 rules.TestFee TestFee",
		"code FEE-005 internal/rules/fees.go:9 B",
		"code FEE-006 internal/rules/fees.go:12 Office.Pay",
		"test FEE-007 rules.TestFee TestFee",
		"code OFF-001 internal/booking/policies/131075.json:2 ",
		"test TL-A script/life.txt:1 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if at := places[2].At(); at != "internal/rules/fees.go Fee" {
		t.Errorf("At: %q", at)
	}
}

func TestScanNamesTheFileThatCannotBeRead(t *testing.T) {
	_, err := Scan(fstest.MapFS{"internal/x.go": {Data: []byte("packag")}}, nil)
	if err == nil {
		t.Error("a file that is not Go passes")
	}
}
