package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

const verifyPage = "../../docs/tasks/verify-a-signature.md"

// step is a command of a page with the lines that it is shown to print.
type step struct {
	command string
	prints  []string
}

// steps reads the console blocks of a page.
func steps(t *testing.T, page string) []step {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []step
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimRight(line, "\n")
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				out = append(out, step{command: command})
				continue
			}
			out[len(out)-1].prints = append(out[len(out)-1].prints, line)
		}
	}
	return out
}

// TestVerifyPage follows docs/tasks/verify-a-signature.md: what each command is shown to print, it prints.
func TestVerifyPage(t *testing.T) {
	for _, name := range []string{"openssl", "qpdf", "pdfsig", "certutil"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("the page uses %s, which is missing on this machine", name)
		}
	}
	all := steps(t, verifyPage)
	if len(all) < 10 {
		t.Fatalf("only %d commands were found", len(all))
	}
	var sh strings.Builder
	for i, s := range all {
		fmt.Fprintf(&sh, "rc=$?\necho '#%d#'\n(exit $rc)\n%s\n", i, s.command)
	}
	script := t.TempDir() + "/page.txt"
	if err := os.WriteFile(script, []byte("exec sh -c 'sh page.sh 2>&1'\nprinted\n-- page.sh --\n"+sh.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	printed := func(ts *testscript.TestScript, _ bool, _ []string) {
		out := ts.ReadFile("stdout")
		for i, s := range all {
			_, said, found := strings.Cut(out, fmt.Sprintf("#%d#\n", i))
			said, _, _ = strings.Cut(said, fmt.Sprintf("#%d#\n", i+1))
			if !found {
				ts.Fatalf("%s: was not reached", s.command)
			}
			for _, want := range s.prints {
				if !strings.Contains(said, want) {
					ts.Fatalf("$ %s\nwants to print %q and prints\n%s", s.command, want, said)
				}
			}
		}
	}
	testscript.Run(t, testscript.Params{Files: []string{script}, Setup: func(e *testscript.Env) error {
		e.Setenv("HOME", e.WorkDir)
		return nil
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"printed": printed}})
}
