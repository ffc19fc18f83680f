package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mynumber/internal/token"
)

// TestMain lets the test binary be the program itself, for scripts and for processes that are killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mynumber": main, "mynumber-witnessed": witnessed, "ask": ask})
}

// TestScripts plays whole lives with the real binary, its pages' HTTP, its chips and openssl.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Setup: func(e *testscript.Env) error {
		e.Setenv("HOME", e.WorkDir)
		return nil
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"capture": capture, "fill": fill, "launch": launch, "halt": halt}, Condition: condition})
}

// condition is [token]: the program can use keys in a token, and SoftHSM is installed.
func condition(name string) (bool, error) {
	if name != "token" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	_, err := os.Stat("/usr/lib/softhsm/libsofthsm2.so")
	return token.Built && err == nil, nil
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

// fill FILE… puts an invented face in place of @photo, and the script's variables in place of their names as @NAME.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	face, err := os.ReadFile(facePhoto)
	if neg || len(args) == 0 || err != nil {
		ts.Fatalf("usage: fill FILE… (%v)", err)
	}
	for _, name := range args {
		text := regexp.MustCompile(`@([A-Z]+)`).ReplaceAllStringFunc(ts.ReadFile(name), func(v string) string { return ts.Getenv(v[1:]) })
		text = strings.ReplaceAll(text, "@photo", base64.StdEncoding.EncodeToString(face))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

// facePhoto is where the invented face lies, as an absolute path: scripts run in folders of their own.
var facePhoto = func() string {
	path, err := filepath.Abs("../../internal/demo/life/sato.jpg")
	if err != nil {
		panic(err)
	}
	return path
}()

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
