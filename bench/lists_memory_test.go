package bench

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"mynumber/internal/pki"
)

// peakAlone is the most memory in MiB that a process of its own needs to do one thing with a list once.
func peakAlone(b *testing.B, h *listHouse, what string, n int) float64 {
	b.Helper()
	issuer := filepath.Join(h.dir, "issuer")
	sealed, err := h.a.Seal([]byte("a passphrase"), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(issuer, sealed, 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestListAlone$", "-test.v")
	cmd.Env = append(os.Environ(), "MYNUMBER_LIST_ALONE="+what, "MYNUMBER_LIST_DIR="+h.dir, fmt.Sprintf("MYNUMBER_LIST_SIZE=%d", n))
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if _, text, ok := strings.Cut(line, "more KiB: "); ok {
			kib, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				b.Fatal(err)
			}
			return float64(kib) / 1024
		}
	}
	b.Fatalf("no word of the memory in %s", out)
	return 0
}

// TestListAlone does one thing with a list and says how much more memory the process had at most than before it.
func TestListAlone(t *testing.T) {
	what, dir := os.Getenv("MYNUMBER_LIST_ALONE"), os.Getenv("MYNUMBER_LIST_DIR")
	if what == "" {
		t.Skip("a benchmark's own process")
	}
	sealed, err := os.ReadFile(filepath.Join(dir, "issuer"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := pki.Open(sealed, []byte("a passphrase")) // takes much memory once
	if err != nil {
		t.Fatal(err)
	}
	h := &listHouse{a: a, dir: dir, this: time.Date(2026, 10, 27, 15, 0, 0, 0, time.UTC), partition: pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}}
	n, err := strconv.Atoi(os.Getenv("MYNUMBER_LIST_SIZE"))
	if err != nil {
		t.Fatal(err)
	}
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil { // the peak counts from here on
		t.Skip("the peak of memory cannot be measured here:", err)
	}
	before := resident(t, "VmRSS:")
	switch what {
	case "sorted":
		l := h.list(1)
		l.Blocks, l.EntriesSize = blocksIn(filepath.Join(dir, fmt.Sprintf("records-%d", n))), pki.EntriesSize(int64(n), int64(n), 0)
		_, err = h.write("alone.crl", l)
	case "merged":
		kept, f := h.open(t, filepath.Join(dir, "first.crl"))
		defer f.Close()
		l := h.list(2)
		l.Kept = kept
		_, err = h.write("alone.crl", l)
	case "open":
		_, f := h.open(t, filepath.Join(dir, "first.crl"))
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("more KiB: %d", resident(t, "VmHWM:")-before)
}

// resident is a figure of this process's memory in KiB.
func resident(t *testing.T, what string) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), what)
	kib, err := strconv.Atoi(strings.Fields(line)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kib
}
