//go:build unix

package iccard

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"mynumber/internal/apdu"
)

// killDisk is the machine's disk, and kills its process with SIGKILL at a step.
type killDisk struct {
	osDisk
	steps, at int
}

type killFile struct {
	diskFile
	disk *killDisk
}

func (d *killDisk) step() {
	if d.steps++; d.steps == d.at {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until it arrives
	}
}

func (d *killDisk) create(path string) (diskFile, error) {
	d.step()
	f, err := d.osDisk.create(path)
	return killFile{f, d}, err
}

func (d *killDisk) open(path string) (diskFile, error) {
	f, err := d.osDisk.open(path)
	return killFile{f, d}, err
}

func (d *killDisk) rename(from, to string) error { d.step(); return d.osDisk.rename(from, to) }
func (d *killDisk) remove(path string) error     { d.step(); return d.osDisk.remove(path) }
func (d *killDisk) syncFolder(path string) error { d.step(); return d.osDisk.syncFolder(path) }

func (f killFile) WriteAt(b []byte, place int64) (int, error) {
	f.disk.step()
	half := len(b) / 2
	if n, err := f.diskFile.WriteAt(b[:half], place); err != nil {
		return n, err
	}
	f.disk.step()
	_, err := f.diskFile.WriteAt(b[half:], place+int64(half))
	return len(b), err
}

func (f killFile) Sync() error { f.disk.step(); return f.diskFile.Sync() }

// cardIn opens the card in the folder, on a disk.
func cardIn(d disk, dir string) (*Card, *recorder, error) {
	ledger, err := openLedger(d, filepath.Join(dir, "ledger"), [32]byte{9})
	if err != nil {
		return nil, nil, err
	}
	s, err := newFileStorage(d, File{Path: filepath.Join(dir, "a.chip"), ID: "a", Key: [32]byte{1}, Ledger: ledger, Rand: rand.Reader})
	if err != nil {
		return nil, nil, err
	}
	r := &recorder{FileStorage: s}
	card, err := Open(r, rand.Reader)
	return card, r, err
}

// Environment of a child: what it does, in which folder, and at which step it dies or how long a file may become.
const (
	childAct   = "MYNUMBER_TEST_CARD_ACT"
	childDir   = "MYNUMBER_TEST_CARD_FOLDER"
	childDies  = "MYNUMBER_TEST_CARD_DIES"
	childLimit = "MYNUMBER_TEST_CARD_LIMIT"
)

// TestChild is not a test but the process that dies in the tests below.
func TestChild(t *testing.T) {
	number, err := strconv.Atoi(os.Getenv(childAct))
	if err != nil {
		t.Skip("runs only as a process of another test")
	}
	dir, a := os.Getenv(childDir), &acts[number]
	d := &killDisk{}
	card, r, err := cardIn(d, dir)
	if err != nil {
		t.Fatal(err)
	}
	play(t, card, a.prepare...)
	r.saved = [][]byte{mustMarshal(t, card)}
	r.before = func() {
		for i, memory := range r.saved {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("allowed.%d", i)), memory, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if limit, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64); err == nil {
		r.before()
		r.before = nil
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			t.Fatal(err)
		}
	}
	d.steps, d.at = 0, 0
	if at, err := strconv.Atoi(os.Getenv(childDies)); err == nil {
		d.at = at
	}
	fmt.Printf("answer %v\n", a.do(t, card))
}

// child runs an act in a process of its own on a copy of the card, and returns the copy, its answer ("": it died before) and the
// memories it may have.
func child(t *testing.T, begin map[string][]byte, number int, env string) (dir, answer string, allowed [][]byte) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range begin {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(os.Environ(), childDir+"="+dir, fmt.Sprintf("%s=%d", childAct, number), env)
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child failed: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if sw, ok := strings.CutPrefix(line, "answer "); ok {
			answer = strings.TrimSpace(sw)
		}
	}
	if answer == "" && err == nil {
		t.Fatalf("the child neither died nor answered:\n%s", out)
	}
	for i := 0; ; i++ {
		memory, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("allowed.%d", i)))
		if err != nil {
			return dir, answer, allowed
		}
		allowed = append(allowed, memory)
	}
}

// realBegin is the content of a folder with the fixture card.
func realBegin(t *testing.T, profile Profile) map[string][]byte {
	t.Helper()
	sim := simBegin(t, profile)
	begin := map[string][]byte{}
	for name, path := range map[string]string{"a.chip": simCard, "ledger": "ledger"} {
		content, err := sim.read(path)
		if err != nil {
			t.Fatal(err)
		}
		begin[name] = content
	}
	return begin
}

// TestKilled ends the process with kill -9 at every step of every writing command, twice within each write.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some hundred processes")
	}
	for number := range acts {
		a := &acts[number]
		t.Run(a.name, func(t *testing.T) {
			begin := realBegin(t, a.profile)
			for at := 1; ; at++ {
				dir, answer, allowed := child(t, begin, number, fmt.Sprintf("%s=%d", childDies, at))
				card, r, err := cardIn(osDisk{}, dir)
				if err != nil {
					t.Fatalf("killed at step %d, the card does not open: %v", at, err)
				}
				memory, err := r.FileStorage.Load()
				if len(allowed) == 0 { // it died before the first save began
					if err != nil || answer != "" {
						t.Fatalf("killed at step %d: answer %q, %v", at, answer, err)
					}
				} else if !slices.ContainsFunc(allowed, func(m []byte) bool { return bytes.Equal(m, memory) }) {
					t.Errorf("killed at step %d: a memory that was never saved", at)
				}
				if answer != "" {
					if !bytes.Equal(memory, allowed[len(allowed)-1]) {
						t.Errorf("answered %s, and it is lost", answer)
					}
					if at < 8*a.saves {
						t.Errorf("only %d steps", at)
					}
					return
				}
				if card.state.life != Terminated {
					connect(t, card).must(insWrite, 0, FaceInfo, "afterwards")
				}
				if err := card.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestFullDisk lets files grow no longer than a part of the card, as a full disk would: every command that writes answers 6581, and the
// card is as it was.
func TestFullDisk(t *testing.T) {
	for number := range acts {
		a := &acts[number]
		t.Run(a.name, func(t *testing.T) {
			dir, answer, allowed := child(t, realBegin(t, a.profile), number, childLimit+"=100")
			if answer != apdu.MemoryError.String() {
				t.Fatalf("answered %s", answer)
			}
			_, r, err := cardIn(osDisk{}, dir)
			if err != nil {
				t.Fatal(err)
			}
			if memory, err := r.FileStorage.Load(); err != nil || !bytes.Equal(memory, allowed[0]) {
				t.Errorf("another memory, %v", err)
			}
		})
	}
}
