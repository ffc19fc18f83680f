package main

import (
	"os"
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
	}})
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
