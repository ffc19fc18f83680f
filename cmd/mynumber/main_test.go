package main

import (
	"os"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program itself, for scripts and for processes that are killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mynumber": main})
}

// TestScripts plays whole lives with the real binary, its pages' HTTP, its chips and openssl.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Setup: func(e *testscript.Env) error {
		e.Setenv("HOME", e.WorkDir)
		return nil
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"capture": capture}})
}

// capture NAME PATTERN puts the first group that the pattern finds in the last output into a variable of the script.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: capture NAME PATTERN")
	}
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) != 2 {
		ts.Fatalf("capture: nothing fits %s", args[1])
	}
	ts.Setenv(args[0], m[1])
}

func TestDashes(t *testing.T) {
	got := dashes([]string{"demo", "-once", "-data", "x", "--db", "y", "-h", "-1", "-"})
	want := []string{"demo", "--once", "--data", "x", "--db", "y", "-h", "-1", "-"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got, want)
			break
		}
	}
	_ = os.Args
}
