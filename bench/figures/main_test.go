package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRow(t *testing.T) {
	name, metrics, ok := parse("BenchmarkOCSPPrepared/POST-2   1   79593 limit/s   45108 ours/s   0.95 ratio   2500 peer-openssl/s   9114 p99-µs")
	if !ok || name != "OCSPPrepared/POST" {
		t.Fatal(name, ok)
	}
	if row, want := figures[0].row(name, "big", metrics), " | 79593/s | 45108/s | 0.95 | 2500 openssl/s | 9114 p99-µs |"; !strings.HasSuffix(row, want) || !strings.Contains(row, "(OCSPPrepared/POST, big)") {
		t.Errorf("%s; want it to end in %s", row, want)
	}
	for _, line := range []string{"ok  	mynumber/bench	1.2s", "PASS", "BenchmarkX 1 2"} {
		if _, _, ok := parse(line); ok {
			t.Errorf("%q is no line of a benchmark", line)
		}
	}
}

// What was not measured stays in the table, what was takes the place of its old rows.
func TestPut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "performance.md")
	if err := os.WriteFile(file, []byte("# Figures\n"+begin+"\n| P1 | old one |\n| P1 | old two |\n| P9 | old nine |\n| P9 | second nine |\n"+end+"\nthe rest\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := put(file, map[string][]string{"P1": {"| P1 | new |"}}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for want, n := range map[string]int{"old one": 0, "old two": 0, "| P1 | new |": 1, "| P9 | old nine |": 1, "| P9 | second nine |": 1, "the rest": 1, "# Figures": 1} {
		if strings.Count(string(text), want) != n {
			t.Errorf("%q is not there %d times:\n%s", want, n, text)
		}
	}
	if err := put(filepath.Join("..", "..", "README.md"), nil); err == nil {
		t.Error("a document without a place for the table was taken")
	}
}
