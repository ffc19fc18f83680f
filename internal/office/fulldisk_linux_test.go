package office_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/office"
)

// TestNoRoom runs TestOnFullDisk in namespaces of its own, with everything it writes on a file system that only it sees.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	own := func(program string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "unshare", append([]string{"-Urm", "--", "sh", "-c", `mount -t tmpfs -o size=64m tmpfs "$0" && exec "$@"`, dir, program}, args...)...)
		cmd.Env = append(os.Environ(), "TMPDIR="+dir, fullDisk+"="+dir)
		return cmd
	}
	if out, err := own("true").CombinedOutput(); err != nil {
		t.Skipf("this machine lets nobody mount a file system of their own (unshare -Urm): %v %s", err, out)
	}
	out, err := own(os.Args[0], "-test.run=^TestOnFullDisk$", "-test.v").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestOnFullDisk") {
		t.Errorf("%v\n%s", err, out)
	}
}

// fullDisk names the file system of the process that fills it.
const fullDisk = "MYNUMBER_TEST_FULL_DISK"

// fill takes all the room of a file system, and returns what gives it back.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for chunk := make([]byte, 1<<16); err == nil; {
		_, err = f.Write(chunk)
	}
	if closeErr := f.Close(); !errors.Is(err, syscall.ENOSPC) || closeErr != nil {
		t.Fatalf("the file system of %s is not filled: %v, %v", dir, err, closeErr)
	}
	return func() {
		if err := os.Remove(f.Name()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOnFullDisk: registers and chips on a file system that is full. An act says that there is no room and leaves nothing; what was done
// before stays; with room again the same acts are done.
func TestOnFullDisk(t *testing.T) {
	root := os.Getenv(fullDisk)
	if root == "" {
		return // the other tests' run
	}
	d := newDesk(t)
	d.live(t, "", announced)
	id, before := d.card(t).ID, len(d.chain(t, sumida.Office))
	free := fill(t, root)
	looks := 0
	var err error
	for ; err == nil && looks < 100_000; looks++ { // until what SQLite had in hand is used up
		_, err = d.Look(ctx, sumida, d.id)
	}
	looks--
	acts := map[string]func() error{
		"look":           func() error { _, err := d.Look(ctx, sumida, d.id); return err },
		"check identity": d.do("check identity"),
		"cancel":         d.do("cancel"),
	}
	for name, act := range acts {
		if err := act(); !errors.Is(err, office.ErrNoRoom) {
			t.Errorf("%s on a full disk: %v", name, err)
		}
	}
	if !errors.Is(err, office.ErrNoRoom) || len(d.chain(t, sumida.Office)) != before+looks {
		t.Errorf("%v after %d looks, and the journal has %d entries, before it %d", err, looks, len(d.chain(t, sumida.Office)), before)
	}
	if alive, err := d.alive(id); d.card(t).State != card.AtOffice || !alive || err != nil || len(d.owed(t, sumida)) > 0 {
		t.Errorf("after refused acts: %s, %v, %v", d.card(t).State, alive, err)
	}
	free()
	d.live(t, announced, checked)
	secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
	if err != nil {
		t.Fatal(err)
	}
	free = fill(t, root)
	switch refused := only(d.SetPINs(ctx, secret, pins)); {
	case refused == nil: // in what SQLite had in hand
		free()
	case !errors.Is(refused, office.ErrNoRoom):
		t.Errorf("PINs on a full disk: %v", refused)
		fallthrough
	default:
		free()
		if err := only(d.SetPINs(ctx, secret, pins)); err != nil {
			t.Errorf("with room again: %v", err)
		}
	}
	d.live(t, pinned, handedOver)
	t.Logf("%d looks had room", looks)
}
