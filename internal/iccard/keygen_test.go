package iccard

import (
	"bytes"
	"testing"

	"mynumber/internal/apdu"
)

// TestKeyBeside: the successor of a key proves itself and takes the place; until then the key in use signs on, and a second asking gives
// the same successor, after a loss of power too.
func TestKeyBeside(t *testing.T) {
	card := profileCard(t, Android)
	x := connect(t, card)
	refused := func(ins, p1, p2 byte, data []byte, want apdu.SW) {
		t.Helper()
		if _, sw := x.sendP2(ins, p1, p2, data); sw != want {
			t.Errorf("%02X %02X %02X %X: %v, want %v", ins, p1, p2, data, sw, want)
		}
	}
	refused(insTakeUp, 0, 0, on(AuthenticationKey, ""), apdu.KeyNotFound)
	refused(insProve, 0, 0, on(AuthenticationKey, "x"), apdu.KeyNotFound)
	inUse := x.must(insStatus, 0, AuthenticationKey, "")[1:]

	const p384 = "\x02" // the algorithm's byte
	beside := x.must(insGenerate, keyBeside, AuthenticationKey, p384)
	if _, err := ParsePoint(beside); err != nil {
		t.Fatal(err)
	}
	x = connect(t, openMemory(t, card.storage.(*MemoryStorage).memory))
	card = x.card
	if again := x.must(insGenerate, keyBeside, AuthenticationKey, p384); !bytes.Equal(again, beside) {
		t.Error("asked again, another key")
	}
	if got := x.must(insStatus, 0, AuthenticationKey, "")[1:]; !bytes.Equal(got, inUse) {
		t.Error("the key in use has gone")
	}
	if signature := x.must(insProve, 0, AuthenticationKey, string(make([]byte, 48))); len(signature) != 96 {
		t.Errorf("proof of %d bytes", len(signature))
	}
	refused(insProve, 0, 0, on(AuthenticationKey, "short"), apdu.ConditionsNotMet)
	refused(insProve, 0, 0, on(AuthenticationKey, ""), apdu.WrongLength)
	refused(insProve, 1, 0, on(AuthenticationKey, "x"), apdu.WrongParameters)
	refused(insTakeUp, 0, 2, on(AuthenticationKey, ""), apdu.WrongParameters)
	refused(insTakeUp, 0, 0, on(AuthenticationKey, "x"), apdu.WrongLength)
	refused(insTakeUp, 0, 0, on(AuthenticationPIN, ""), apdu.WrongFileKind)
	refused(insTakeUp, 0, 0, on(TextKey, ""), apdu.FileNotFound)
	refused(insGenerate, 0, 0, on(AuthenticationKey, "\x00"), apdu.WrongData)
	refused(insGenerate, 0, 0, on(AuthenticationKey, "\x03"), apdu.WrongData)
	refused(insGenerate, 0, 0, on(AuthenticationKey, p384+p384), apdu.WrongLength)
	refused(insGenerate, 4, 0, on(AuthenticationKey, ""), apdu.WrongParameters)

	x.stage(insTakeUp, AuthenticationKey, "")
	card.Reset() // before anything made it durable
	if x = connect(t, card); !bytes.Equal(x.must(insStatus, 0, AuthenticationKey, "")[1:], inUse) {
		t.Error("what was only staged stayed")
	}
	x.must(insTakeUp, 0, AuthenticationKey, "")
	if got := x.must(insStatus, 0, AuthenticationKey, "")[1:]; !bytes.Equal(got, beside) {
		t.Error("the key made beside is not in the file")
	}
	refused(insTakeUp, 0, 0, on(AuthenticationKey, ""), apdu.KeyNotFound)

	another := x.must(insGenerate, keyAnother, AuthenticationKey, p384)
	if again := x.must(insGenerate, keyAnother, AuthenticationKey, p384); bytes.Equal(again, another) {
		t.Error("asked for another, the same key")
	}
	x.must(insErase, 0, AuthenticationKey, "")
	refused(insTakeUp, 0, 0, on(AuthenticationKey, ""), apdu.KeyNotFound)
}

// TestStagedKey: a key made with more to follow is there with what follows, or not at all; one that is asked for alone is durable.
func TestStagedKey(t *testing.T) {
	card := profileCard(t, NextGeneration)
	x := connect(t, card)
	staged := func() []byte {
		t.Helper()
		public, sw := x.sendP2(insGenerate, keyReplaced, moreFollows, on(FaceKey, ""))
		if sw != apdu.OK {
			t.Fatal(sw)
		}
		return public
	}
	first := staged()
	card.Reset()
	x = connect(t, card)
	if got := x.must(insStatus, 0, FaceKey, ""); len(got) > 1 && bytes.Equal(got[1:], first) {
		t.Error("a key that was only staged stayed")
	}
	second := staged()
	if kept := x.must(insGenerate, 0, FaceKey, ""); !bytes.Equal(kept, second) {
		t.Error("asked for alone, another key")
	}
	card.Reset()
	if got := connect(t, card).must(insStatus, 0, FaceKey, ""); !bytes.Equal(got[1:], second) {
		t.Error("a key whose public half was answered for good is lost")
	}
}
