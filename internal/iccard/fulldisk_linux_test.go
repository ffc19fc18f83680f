package iccard

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"mynumber/internal/apdu"
)

// fullDisk names the file system of the process that fills it.
const fullDisk = "MYNUMBER_TEST_FULL_DISK"

// TestNoRoom runs TestOnFullDisk in namespaces of its own, on a file system of half a megabyte that only it sees.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	own := func(program string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "unshare", append([]string{"-Urm", "--", "sh", "-c", `mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"`, dir, program}, args...)...)
		cmd.Env = append(os.Environ(), fullDisk+"="+dir)
		return cmd
	}
	if out, err := own("true").CombinedOutput(); err != nil {
		t.Skipf("this machine lets nobody mount a file system of their own (unshare -Urm): %v %s", err, out)
	}
	out, err := own(os.Args[0], "-test.run=^TestOnFullDisk$", "-test.v").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestOnFullDisk/") {
		t.Errorf("%v\n%s", err, out)
	}
}

// fill takes all the room of a file system but some pages, and returns what gives it back.
func fill(t *testing.T, dir string, pages int64) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for chunk := make([]byte, 4096); err == nil; {
		_, err = f.Write(chunk)
	}
	size, seekErr := f.Seek(0, 2)
	if !errors.Is(err, syscall.ENOSPC) || seekErr != nil || size < 8*4096 {
		t.Fatalf("the file system of %s is not filled: %v, %d bytes", dir, err, size)
	}
	if err := errors.Join(f.Truncate(size-pages*4096), f.Close()); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(f.Name()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOnFullDisk lets every writing command run on a file system that is full, or nearly: it does the whole of it or says 6581, its
// memory is one that it had or was to have, and the card goes on when there is room again. A try that could not be written down counts as
// spent while the card has power, and no longer.
func TestOnFullDisk(t *testing.T) {
	root := os.Getenv(fullDisk)
	if root == "" {
		return // the other tests' run
	}
	refused := 0
	for number := range acts {
		a := &acts[number]
		for _, pages := range []int64{0, 1, 2, 4, 9} {
			t.Run(fmt.Sprintf("%s, %d pages", a.name, pages), func(t *testing.T) {
				if a.onFullDisk(t, root, pages) == apdu.MemoryError {
					refused++
				}
			})
		}
	}
	if refused == 0 {
		t.Error("the disk was never full")
	}
	t.Logf("%d refused", refused)
}

// onFullDisk plays the act with that much room left, and returns its answer.
func (a *act) onFullDisk(t *testing.T, root string, pages int64) apdu.SW {
	dir := filepath.Join(root, "cards")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for name, content := range realBegin(t, a.profile) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	card, r, err := cardIn(osDisk{}, dir)
	if err != nil {
		t.Fatal(err)
	}
	play(t, card, a.prepare...)
	r.saved = [][]byte{mustMarshal(t, card)}
	free := fill(t, root, pages)
	sw := a.do(t, card)
	memory, err := r.FileStorage.Load()
	switch {
	case err != nil || !slices.ContainsFunc(r.saved, func(m []byte) bool { return bytes.Equal(m, memory) }):
		t.Errorf("answered %s, and has a memory that was never its own: %v", sw, err)
	case a.told(sw) && !bytes.Equal(memory, r.saved[len(r.saved)-1]):
		t.Errorf("answered %s, and it is lost", sw)
	case !a.told(sw) && sw != apdu.MemoryError:
		t.Errorf("answered %s", sw)
	}
	verifies := strings.HasPrefix(a.name, "VERIFY")
	if !verifies {
		free()
		free = func() {}
	}
	if card.state.life != Terminated && !verifies { // a try that could not be written counts as spent while there is power
		connect(t, card).must(insWrite, 0, FaceInfo, "afterwards")
	}
	if err := card.Close(); err != nil {
		t.Error(err)
	}
	free()
	again, _, err := cardIn(osDisk{}, dir)
	if err != nil {
		t.Fatalf("with room again: %v", err)
	}
	if sw == apdu.MemoryError && again.state.life != Terminated {
		// What was prepared stands but for what is selected and verified; tries that were lost before are lost.
		play(t, again, slices.DeleteFunc(slices.Clone(a.prepare), func(line string) bool { return strings.Contains(line, " 63C") })...)
		if sw := a.do(t, again); !a.told(sw) {
			t.Errorf("with room again, the same: %s", sw)
		}
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
	return sw
}
