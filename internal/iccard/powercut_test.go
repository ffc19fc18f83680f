package iccard

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// act is a command that writes, with what goes before it. do returns its answer; told says that the outcome was answered.
type act struct {
	name    string
	prepare []string // commands played before, whose writes do not count
	do      func(testing.TB, *Card) apdu.SW
	told    func(apdu.SW) bool
	saves   int // durable memories it costs
	profile Profile
}

func verifyAct(value string) func(testing.TB, *Card) apdu.SW {
	return func(t testing.TB, card *Card) apdu.SW {
		return send(t, card, apdu.Command{INS: 0x20, P2: 0x98, Data: []byte(value)}).SW
	}
}

func command(script string) func(testing.TB, *Card) apdu.SW {
	return func(t testing.TB, card *Card) apdu.SW { return transmit(t, card, unhex(t, script)).SW }
}

// issuerAct is a command of the channel, which is opened before: opening it writes nothing.
func issuerAct(ins, p1 byte, data []byte) func(testing.TB, *Card) apdu.SW {
	return func(t testing.TB, card *Card) apdu.SW {
		_, sw := connect(t, card).send(ins, p1, data)
		return sw
	}
}

func answered(sw apdu.SW) bool   { return sw == apdu.OK }
func countedDown(s apdu.SW) bool { _, ok := s.Tries(); return ok }

func on(ef EF, rest string) []byte { return append(AppendEF(nil, ef), rest...) }

// acts are every command that writes.
var acts = []act{
	{"VERIFY, wrong", []string{selectJPKI}, verifyAct("9999"), countedDown, 1, Standard},
	{"VERIFY, right", []string{selectJPKI}, verifyAct("1234"), answered, 2, Standard},
	{"VERIFY, right after a wrong one", []string{selectJPKI, "002000980439393939 63C2"}, verifyAct("1234"), answered, 2, Standard},
	{"VERIFY, the last try", []string{selectJPKI, "002000980439393939 63C2", "002000980439393939 63C1"}, verifyAct("9999"), countedDown, 1, Standard},
	{"CHANGE", []string{selectJPKI, "00A4020C020018 9000", verify1234}, command("002401800435363738"), answered, 1, Standard},
	{"CHANGE KEY", []string{selectRegister, "00A4020C02001C 9000", verify1234}, command("803200800435363738"), answered, 1, Standard},
	{"write", nil, issuerAct(insWrite, 0, on(TextItems, "another")), answered, 1, Standard},
	{"make a key", nil, issuerAct(insGenerate, 1, on(SignatureKey, "")), answered, 1, NextGeneration},
	{"make a key beside", nil, issuerAct(insGenerate, keyBeside, on(SignatureKey, "")), answered, 1, NextGeneration},
	{"make a key and write a file with it", nil, func(t testing.TB, card *Card) apdu.SW {
		x := connect(t, card)
		if _, sw := x.sendP2(insGenerate, keyReplaced, moreFollows, on(FaceKey, "")); sw != apdu.OK {
			t.Fatal(sw)
		}
		_, sw := x.send(insWrite, 0, on(FaceAge, "public half"))
		return sw
	}, answered, 1, NextGeneration},
	{"make a key beside, which takes the place with its certificate", nil, func(t testing.TB, card *Card) apdu.SW {
		x := connect(t, card)
		if _, sw := x.send(insGenerate, keyBeside, on(SignatureKey, "")); sw != apdu.OK {
			return sw
		}
		x.stage(insTakeUp, SignatureKey, "")
		_, sw := x.send(insWrite, 0, on(SignatureCertificate, "certificate"))
		return sw
	}, answered, 2, NextGeneration},
	{"set a PIN", nil, issuerAct(insSetPIN, 0, on(SignaturePIN, "XYZ789")), answered, 1, Standard},
	{"give tries back", []string{selectJPKI, "002000980439393939 63C2"}, issuerAct(insSetPIN, 1, on(AuthenticationPIN, "")), answered, 1, Standard},
	{"unset a PIN", nil, issuerAct(insSetPIN, 2, on(AuthenticationPIN, "")), answered, 1, Standard},
	{"erase a key", nil, issuerAct(insErase, 0, on(AuthenticationKey, "")), answered, 1, Standard},
	{"erase a file", nil, issuerAct(insErase, 0, on(SignatureCertificate, "")), answered, 1, Standard},
	{"write several files and set a PIN", nil, func(t testing.TB, card *Card) apdu.SW {
		x := connect(t, card)
		x.stage(insWrite, TextItems, "another")
		x.stage(insSetPIN, SignaturePIN, "XYZ789")
		_, sw := x.send(insWrite, 0, on(TextNumber, "number"))
		return sw
	}, answered, 1, Standard},
	{"finish", nil, issuerAct(insFinish, 0, nil), answered, 1, Standard},
	{"terminate", nil, issuerAct(insTerminate, 0, nil), answered, 1, Standard},
}

// recorder is a storage that keeps a copy of every memory that was to be saved.
type recorder struct {
	*FileStorage
	saved  [][]byte
	before func() // is called with each new one in saved; nil: nothing is
}

func (r *recorder) Save(memory []byte) error {
	r.saved = append(r.saved, bytes.Clone(memory))
	if r.before != nil {
		r.before()
	}
	return r.FileStorage.Save(memory)
}

const simCard = "cards/a.chip"

func simStorage(t testing.TB, d disk) *FileStorage {
	t.Helper()
	ledger, err := openLedger(d, "ledger", [32]byte{9})
	if err != nil {
		t.Fatal(err)
	}
	s, err := newFileStorage(d, File{Path: simCard, ID: "a", Key: [32]byte{1}, Ledger: ledger, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// openSim opens the card and the ledger on the disk as a program that is started anew does.
func openSim(t testing.TB, d disk) (*Card, *recorder) {
	t.Helper()
	r := &recorder{FileStorage: simStorage(t, d)}
	card, err := Open(r, rand.Reader)
	if err != nil {
		t.Fatalf("the card does not open: %v", err)
	}
	return card, r
}

// simBegin is a disk with a ledger and the fixture card as one of this kind.
func simBegin(t testing.TB, profile Profile) *simDisk {
	t.Helper()
	d := newSimDisk()
	if err := beginLedger(d, "ledger", [32]byte{9}, func() ([]Adopted, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	state := *prototypeState()
	state.config.Profile = profile
	memory, err := state.marshal()
	if err != nil {
		t.Fatal(err)
	}
	if err := simStorage(t, d).Save(memory); err != nil {
		t.Fatal(err)
	}
	return d.after(survivals["everything"])
}

// run plays an act on a copy of the disk whose power or hardware fails at a step of it, and returns the memories that the card may have
// afterwards, the last one being what an answer promises.
func (a *act) run(t testing.TB, begin *simDisk, dieAt, failAt int) (d *simDisk, allowed [][]byte, sw apdu.SW, card *Card) {
	t.Helper()
	d = begin.after(survivals["nothing"])
	card, r := openSim(t, d)
	play(t, card, a.prepare...)
	memory, err := card.state.marshal()
	if err != nil {
		t.Fatal(err)
	}
	r.saved, d.steps, d.names, d.dieAt, d.failAt = nil, 0, nil, dieAt, failAt
	sw = a.do(t, card)
	return d, append([][]byte{memory}, r.saved...), sw, card
}

// checkAfter opens the card as it is after the power came back: it opens, its memory is one of those allowed, and the last one if the
// outcome was answered. Then it works: it takes another write, and stands where it did when power is lost at once.
func checkAfter(t *testing.T, d *simDisk, s survival, allowed [][]byte, told bool) {
	t.Helper()
	d = d.after(s)
	_, r := openSim(t, d)
	memory, err := r.FileStorage.Load()
	if err != nil {
		t.Fatal(err)
	}
	switch at := slices.IndexFunc(allowed, func(m []byte) bool { return bytes.Equal(m, memory) }); {
	case at < 0:
		t.Error("the card has a memory that it never saved")
	case told && !bytes.Equal(memory, allowed[len(allowed)-1]):
		t.Errorf("answered, and the card has memory %d of %d", at, len(allowed)-1)
	}
	d = d.after(survivals["nothing"])
	card, r := openSim(t, d)
	if again, err := r.FileStorage.Load(); err != nil || !bytes.Equal(again, memory) {
		t.Errorf("after the next loss of power it is another memory, %v", err)
	}
	if card.state.life == Terminated {
		return
	}
	connect(t, card).must(insWrite, 0, FaceInfo, "afterwards")
	card, _ = openSim(t, d.after(survivals["nothing"]))
	if string(card.state.contents[FaceInfo]) != "afterwards" {
		t.Error("a write after the accident was lost")
	}
}

// TestPowerCut takes the power away before and after every single step that every writing command takes on the disk, with everything,
// nothing and parts of what was not durable surviving.
func TestPowerCut(t *testing.T) {
	for i := range acts {
		a := &acts[i]
		t.Run(a.name, func(t *testing.T) {
			begin := simBegin(t, a.profile)
			whole, allowed, sw, _ := a.run(t, begin, 0, 0)
			if !a.told(sw) || len(allowed) != a.saves+1 {
				t.Fatalf("%v after %d saves", sw, len(allowed)-1)
			}
			for _, s := range survivals {
				checkAfter(t, whole, s, allowed, true)
			}
			for at := 1; at <= whole.steps; at++ {
				for name, s := range survivals {
					t.Run(fmt.Sprintf("before %s (%d), %s", whole.names[at-1], at, name), func(t *testing.T) {
						d, allowed, sw, _ := a.run(t, begin, at, 0)
						if !d.dead {
							t.Fatal("the power did not fail")
						}
						checkAfter(t, d, s, allowed, a.told(sw))
					})
				}
			}
		})
	}
}

// TestFailingDisk lets every single step fail instead, as a full or broken disk does. The chip says 6581 or does what it says; it gains no
// try while it is on; and after power off and on it is as after a loss of power, also if the machine went on in between.
func TestFailingDisk(t *testing.T) {
	for i := range acts {
		a := &acts[i]
		t.Run(a.name, func(t *testing.T) {
			begin := simBegin(t, a.profile)
			whole, _, _, _ := a.run(t, begin, 0, 0)
			for at := 1; at <= whole.steps; at++ {
				for name, s := range survivals {
					for _, flushed := range outcomes(whole.names[at-1]) {
						t.Run(fmt.Sprintf("%s (%d), %s, flushed %v", whole.names[at-1], at, name, flushed), func(t *testing.T) {
							begin.flushed = flushed
							a.fail(t, begin, at, s)
						})
					}
				}
			}
		})
	}
}

// outcomes says whether a failing step may have happened all the same: the flush of a file may.
func outcomes(step string) []bool {
	if strings.HasPrefix(step, "sync ") && step != "sync folder" {
		return []bool{false, true}
	}
	return []bool{false}
}

// fail is one case of it.
func (a *act) fail(t *testing.T, begin *simDisk, at int, s survival) {
	d, allowed, sw, card := a.run(t, begin, 0, at)
	if !a.told(sw) && sw != apdu.MemoryError {
		t.Fatalf("the chip answers %v", sw)
	}
	if sw == apdu.MemoryError && card.Err() == nil {
		t.Error("no error is kept for the owner")
	}
	checkAfter(t, d, s, allowed, a.told(sw))
	if card.state.life == Terminated {
		return
	}
	before := card.state.pins[AuthenticationPIN].left
	play(t, card, selectJPKI)
	answer := verifyAct("0000")(t, card)
	if left, told := answer.Tries(); told && before > 0 && left != before-1 {
		t.Errorf("%d tries, and %v after a wrong value", before, answer)
	}
	allowed = append(allowed, mustMarshal(t, card))
	checkAfter(t, d, s, allowed, countedDown(answer) && before > 0)
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	card, _ = openSim(t, d) // by the same machine
	memory := mustMarshal(t, card)
	checkAfter(t, d, s, [][]byte{memory}, true)
}

// TestTwoAccidents: a step fails, and in the next command the power goes.
func TestTwoAccidents(t *testing.T) {
	a := &acts[0]
	begin := simBegin(t, a.profile)
	whole, _, _, _ := a.run(t, begin, 0, 0)
	for failAt := 1; failAt <= whole.steps; failAt++ {
		for later := 1; later <= whole.steps; later++ {
			for name, s := range survivals {
				for _, flushed := range outcomes(whole.names[failAt-1]) {
					t.Run(fmt.Sprintf("%s (%d), then before step %d, %s, flushed %v", whole.names[failAt-1], failAt, later, name, flushed), func(t *testing.T) {
						begin.flushed = flushed
						d, allowed, first, card := a.run(t, begin, 0, failAt)
						d.dieAt = d.steps + later
						second := a.do(t, card)
						allowed = append(allowed[:1:1], card.storage.(*recorder).saved...)
						if countedDown(first) && !countedDown(second) {
							allowed = allowed[1:] // the first wrong value was answered
						}
						checkAfter(t, d, s, allowed, countedDown(second))
					})
				}
			}
		}
	}
}

func mustMarshal(t testing.TB, card *Card) []byte {
	t.Helper()
	memory, err := card.state.marshal()
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

// TestReadingWritesNothing: selecting, reading, asking and signing take no step on the disk, and a PIN no more than its memories do.
func TestReadingWritesNothing(t *testing.T) {
	d := simBegin(t, Standard)
	card, _ := openSim(t, d)
	count := func(want int, script ...string) {
		t.Helper()
		d.steps = 0
		if play(t, card, script...); d.steps != want {
			t.Errorf("%v: %d steps, want %d", script, d.steps, want)
		}
	}
	const save = 7 // create, write and flush a file, flush the folder, write and flush the ledger, rename
	count(0, selectJPKI, "00A4020C02000A 9000", "00B0000000 9000", "00200098 63C3", "0084000008 9000", "802A009701AA00 6982")
	count(0, selectCommon, "00B2010C00 9000", "008800990401020304"+"00 9000", "00A4040C05A000000999 6A82", "00CADF3005 6A88")
	count(save, selectJPKI, "002000980439393939 63C2")
	count(2*save, "002000980431323334 9000")
	count(0, "802A009701AA00 9000", "802A009701AA00 9000")
	count(save, "00240198"+"0435363738 9000")
	count(0, "00240198"+"03353637 6A80")
}

// TestPowerCutAtBirth: the first write of a new card, torn anywhere, leaves no card or the card; and then it can be made, or is there.
func TestPowerCutAtBirth(t *testing.T) {
	begin := newSimDisk()
	if err := beginLedger(begin, "ledger", [32]byte{9}, func() ([]Adopted, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	makeCard := func(d *simDisk) error {
		_, err := New(simStorage(t, d), Config{ManagementKey: testKey}, rand.Reader)
		return err
	}
	whole := begin.after(survivals["nothing"])
	if err := makeCard(whole); err != nil {
		t.Fatal(err)
	}
	for at := 1; at <= whole.steps+1; at++ {
		for name, s := range survivals {
			t.Run(fmt.Sprintf("%d, %s", at, name), func(t *testing.T) {
				d := begin.after(survivals["nothing"])
				d.dieAt = at
				made := makeCard(d) == nil
				d = d.after(s)
				switch err := makeCard(d); {
				case made && !errors.Is(err, ErrExists):
					t.Fatalf("the card was made, and making it again says %v", err)
				case err != nil && !errors.Is(err, ErrExists):
					t.Fatal(err)
				}
				openSim(t, d.after(survivals["nothing"]))
			})
		}
	}
}

// TestPowerCutAtTheLedgersBirth: a ledger is begun whole or not at all, and the cards adopted are in it.
func TestPowerCutAtTheLedgersBirth(t *testing.T) {
	full := simBegin(t, Standard)
	card, _ := full.read(simCard)
	begin := newSimDisk()
	if err := writeFile(begin, simCard, card); err != nil {
		t.Fatal(err)
	}
	begin.syncFolder("")
	adopt := func(d *simDisk) error {
		return beginLedger(d, "ledger", [32]byte{9}, func() ([]Adopted, error) {
			s, err := newFileStorage(d, File{Path: simCard, ID: "a", Key: [32]byte{1}})
			if err != nil {
				return nil, err
			}
			a, err := s.Adopt()
			return []Adopted{a}, errors.Join(err, s.Close())
		})
	}
	for at := 1; at <= 6; at++ {
		for name, s := range survivals {
			t.Run(fmt.Sprintf("%d, %s", at, name), func(t *testing.T) {
				d := begin.after(survivals["nothing"])
				d.dieAt = at
				adopt(d)
				d = d.after(s)
				if err := adopt(d); err != nil {
					t.Fatal(err)
				}
				openSim(t, d.after(survivals["nothing"]))
			})
		}
	}
}
