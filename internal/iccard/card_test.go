package iccard

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

func TestATRs(t *testing.T) {
	var entries []struct{ ATR string }
	readJSON(t, "atr.json", &entries)
	for _, e := range entries {
		atr := unhex(t, e.ATR)
		card, err := New(&MemoryStorage{}, Config{ATR: atr, ManagementKey: testKey}, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(card.ATR(), atr) {
			t.Errorf("ATR %X, want %X", card.ATR(), atr)
		}
		if got := play(t, card, "00CA5F5100 9000").Data; !bytes.Equal(got, atr[1:]) {
			t.Errorf("GET DATA 5F51 %X, want %X", got, atr[1:])
		}
	}
	if hex.EncodeToString(DefaultATR) != strings.ToLower(entries[0].ATR) {
		t.Errorf("default ATR %X is not the first of the list", DefaultATR)
	}
}

func TestStatusWordsOfCommands(t *testing.T) {
	for _, tt := range []struct {
		name   string
		script []string
	}{
		{"SELECT: unknown AID, also with Le", []string{"00A4040C07A000000079010000 6A82", "00A4040009A0000003974254465900 6A82"}},
		{"SELECT by a prefix of an AID", []string{"00A4040C06D392F0002601 9000", "00A4020C02000A 9000"}},
		{"SELECT P1 00", []string{"00A40000 6A86", selectJPKI, "00A40000 9000", "00A40000023F00 6A82", "00A4000C023F00 6A82"}},
		{"SELECT other parameters", []string{"00A40104 6A86", "00A4020002000A 6A86", "00A4040C0AD392F000260100000002 6A82"}},
		{"SELECT file, wrong length", []string{selectJPKI, "00A4020C01AA 6700", "00A4020C 6700", "00A4020C02FFFF 6A82"}},
		{"SELECT name, wrong length", []string{"00A4040C 6700", "00A4040C02D392 6700"}},
		{"a refused SELECT changes nothing", []string{selectJPKI, "00A4020C020006 9000", "00A4040C05A000000999 6A82", "00B0000020 9000"}},
		{"logical channels", []string{"01A4040C0AD392F000260100000001 6881", "8320008000 6881", "41B0000000 6881"}},
		{"secure messaging class", []string{"04A4040C0AD392F000260100000001 6882", "08B0000000 69FC", "8CB0000000 69FC"}},
		{"unknown class and instruction", []string{"A0A40000 6E00", "FFCA000000 6E00", "10A40000 6E00", "00CB3FFF035C017E08 6D00", "80AE0000 6D00", "002C0000 6D00"}},
		{"instructions that need keys nobody has", []string{"80540000 6982", "80A20000 6A86", "80FC0000 6700"}},
		{"wrong lengths", []string{"80 6700", "00A4040C0AD392 6700"}},
		{"READ without a file", []string{"00B0000000 6986", selectJPKI, "00B0000000 6986"}},
		{"READ past the end is never empty 9000", []string{selectText, "00A4020C020011 9000", verify1234, "00A4020C020001 9000",
			"00B0001001 9000", "00B0001100 6B00", "00B0001200 6B00", "00B07FFF00 6B00", "00B0811100 6B00"}},
		{"READ of other kinds", []string{selectJPKI, "00B0970000 6981", "00B0980000 6981", "00B0900000 6981", selectCommon, "00B0810000 6981"}},
		{"READ by unknown short id, bad P1", []string{selectJPKI, "00B0830000 6A82", "00B0800000 6A82", "00B0C10000 6A86"}},
		{"READ without Le asks for nothing", []string{selectJPKI, "00B08A00 9000"}},
		{"READ of a protected file: right before offset", []string{selectJPKI, "00A4020C020001 9000", "00B0000004 6982", "00B07FFF04 6982"}},
		{"READ RECORD", []string{selectCommon, "00B2010C00 9000", "00B2020C00 6A83", "00B2000C00 6A83", "00B2010D00 6A86", "00B2010400 9000", "00B2018400 6A82", "00B201CC00 6981"}},
		{"READ RECORD without file or of another kind", []string{selectJPKI, "00B2010400 6986", "00B2010C00 6981"}},
		{"GET CHALLENGE", []string{"0084000008 9000", "0084000000 9000", "00840000000008 6985", "00840000 6700", "0084010008 6A86", selectFace, "0084000064 9000"}},
		{"GET DATA", []string{"00CADF3005 6A88", "00CA004510 6A88", "00CA5F51 6700", selectJPKI, "00CA5F5100 6A88"}},
		{"VERIFY parameters", []string{selectJPKI, "00200080 6986", "00200180 6A86", "00200000 6A86", "00200083 6A82", "00200098 63C3", "0020008A 6A88", "0020008000 6A88"}},
		{"VERIFY with the byte 00 is the question", []string{selectJPKI, "0020009800 63C3"}},
		{"VERIFY outside applications", []string{"00200080 6986", "00200098 6A82"}},
		{"wrong length counts as a wrong value", []string{selectJPKI, "0020009803313233 63C2", "002000980531323334FF 63C1", "002000980431323334 9000", "00200098 63C3"}},
		{"reference numbers have ten tries", []string{selectText, "00200094 63CA", "0020009406313233343536 63C9"}},
		{"a PIN never set", []string{selectText, "00200092 63C0", "002000920431323334 6984"}},
		{"CHANGE needs VERIFY", []string{selectJPKI, "00A4020C020018 9000", "002401800435363738 6982", verify1234, "002401800435363738 9000", "002000800435363738 9000"}},
		{"CHANGE parameters and syntax PIN-001", []string{selectJPKI, "00A4020C020018 9000", verify1234,
			"002400800435363738 6A86", "0024018003353637 6A80", "002401800441424344 6A80", "00240180 6700", "803200800435363738 6985"}},
		{"CHANGE syntax PIN-002", []string{selectJPKI, "00A4020C02001B 9000", "0020008006414243313233 9000",
			"0024018006313233343536 6A80", "0024018006414243444546 6A80", "0024018006616263313233 6A80", "00240180054131323334 6A80",
			"0024018011" + strings.Repeat("41", 16) + "31 6A80", "0024018010" + strings.Repeat("41", 15) + "31 9000", "0024018006413132333435 9000"}},
		{"CHANGE of a reference number", []string{selectText, "002000940C353337363836363737313838 9000", "002401940C353337363836363737313838 6985"}},
		{"CHANGE KEY of the register PIN", []string{selectRegister, "00A4020C02001C 9000", "803200800435363738 6982", verify1234,
			"002401800435363738 6985", "803201800435363738 6A86", "803200800435363738 9000", selectCommon, "0020009C0435363738 9000"}},
		{"one register PIN, one counter", []string{selectRegister, "0020009C0439393939 63C2", selectCommon, "0020009C 63C2", "0020009C0439393939 63C1"}},
		{"INTERNAL AUTHENTICATE", []string{selectCommon, "008800990401020304" + "00 9000", "00880099 6700", "0088019901AA00 6A86", "0088009C01AA00 6A88", selectFace, "0088009901AA00 6985"}},
		{"COMPUTE SIGNATURE refusals", []string{selectJPKI, "802A008001AA00 6986", "802A060001AA00 6A86", "802A000001AA00 6A86", "802A009701AA00 6982",
			"802A008A01AA00 6A88", "00200098" + "0431323334 9000", "802A0097 6700", "802A009701AA10 6700", "802A0297" + "01AA00 6985", "802A009701AA00 9000", "802A009A01AA00 6982"}},
		{"no key in the file", []string{selectText, "802A000001AA00 6A88"}},
		{"registers: all else 6A82", []string{selectRegister, "00A4020C020002 9000", "00A4020C020001 6A82", "00B2011400 9000", "00B2021400 6A83"}},
	} {
		t.Run(tt.name, func(t *testing.T) { play(t, newCard(t), tt.script...) })
	}
}

func TestReadBinaryLengths(t *testing.T) {
	card := newCard(t)
	play(t, card, selectJPKI)
	for _, tt := range []struct {
		command string
		want    string
	}{
		{"00B08A0000", certificate[:256]},
		{"00B08A00000000", certificate},
		{"00B00000000100", certificate[:256]},
		{"00B0000007", certificate[:7]},
		{"00B0030000", certificate[768:]},
		{"00B0037102", certificate[881:]},
	} {
		if got := play(t, card, tt.command+" 9000").Data; string(got) != tt.want {
			t.Errorf("%s: %d bytes %.8X, want %d", tt.command, len(got), got, len(tt.want))
		}
	}
	if got := play(t, card, "00B08A00 9000").Data; len(got) != 0 {
		t.Errorf("no Le: %d bytes", len(got))
	}
}

func TestSelectAnswersFCIOnlyWithLe(t *testing.T) {
	card := newCard(t)
	if got := play(t, card, "00A404000AD392F00026010000000100 9000").Data; !bytes.Equal(got, unhex(t, "6F0C840AD392F000260100000001")) {
		t.Errorf("FCI %X", got)
	}
	if got := play(t, card, "00A404000AD392F000260100000001 9000").Data; len(got) != 0 {
		t.Errorf("FCI %X without Le", got)
	}
}

func TestReadRecordHasTagAndLength(t *testing.T) {
	got := play(t, newCard(t), selectCommon, "00B2010C00 9000").Data
	if want := append([]byte{1, 28}, "4000000127198431322120350217"...); !bytes.Equal(got, want) {
		t.Errorf("record %X, want %X", got, want)
	}
}

// TestVerifiedUntil: what ends a verified PIN, with both readings of a repeated SELECT.
func TestVerifiedUntil(t *testing.T) {
	for _, tt := range []struct {
		name  string
		keep  bool
		event func(*testing.T, *Card)
		want  string
	}{
		{"select of the same application", false, func(t *testing.T, c *Card) { play(t, c, selectJPKI) }, "6982"},
		{"select of the same application, kept", true, func(t *testing.T, c *Card) { play(t, c, selectJPKI) }, "9000"},
		{"select of another application, kept", true, func(t *testing.T, c *Card) { play(t, c, selectText, selectJPKI) }, "6982"},
		{"reset", true, func(t *testing.T, c *Card) { c.Reset(); play(t, c, selectJPKI) }, "6982"},
		{"power", true, func(t *testing.T, c *Card) { c.PowerOff(); c.PowerOn(); play(t, c, selectJPKI) }, "6982"},
		{"another file", false, func(t *testing.T, c *Card) { play(t, c, "00A4020C02000A 9000") }, "9000"},
		{"a refused SELECT", false, func(t *testing.T, c *Card) { play(t, c, "00A4040C05A000000999 6A82") }, "9000"},
		{"another PIN wrong", false, func(t *testing.T, c *Card) { play(t, c, "0020009B0439393939 63C4") }, "9000"},
		{"the same PIN wrong", false, func(t *testing.T, c *Card) { play(t, c, "002000980439393939 63C2") }, "6982"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := newCard(t)
			card.state.config.KeepOnReselect = tt.keep
			play(t, card, selectJPKI, "002000980431323334 9000", "802A009701AA00 9000")
			tt.event(t, card)
			play(t, card, "802A009701AA00 "+tt.want)
		})
	}
}

// TestKeepPINs: the switch of a reader does what the card's own does, for clients like pyjpki: VERIFY, SELECT again, sign.
func TestKeepPINs(t *testing.T) {
	storage := &MemoryStorage{memory: prototype()}
	for _, keep := range []bool{true, false} { // it is not kept with the card
		card, err := Open(storage, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		want := " 6982"
		if keep {
			card.KeepPINs()
			want = " 9000"
		}
		play(t, card, selectJPKI, "002000980431323334 9000", selectJPKI, "802A009701AA00"+want, selectText, selectJPKI, "802A009701AA00 6982")
	}
}

// TestPINPolicy: PIN-004, both readings. Three wrong entries with right ones between.
func TestPINPolicy(t *testing.T) {
	wrong, right := "002000980439393939 ", "002000980431323334 "
	for _, tt := range []struct {
		name   string
		policy PINPolicy
		script []string
	}{
		{"連続して: 正しい入力で回数が戻る", CountConsecutive, []string{wrong + "63C2", right + "9000", wrong + "63C2", wrong + "63C1", right + "9000", "00200098 63C3"}},
		{"累計で: 正しい入力でも回数は戻らない", CountCumulative, []string{wrong + "63C2", right + "9000", "00200098 63C2", wrong + "63C1", right + "9000", wrong + "63C0", right + "6984"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := newCard(t)
			card.state.config.PINPolicy = tt.policy
			play(t, card, append([]string{selectJPKI}, tt.script...)...)
		})
	}
}

func TestConfigIsStored(t *testing.T) {
	storage := &MemoryStorage{}
	cfg := Config{ATR: []byte{0x3B, 0}, ManagementKey: testKey, PINPolicy: CountCumulative, ReferenceTries: 3, KeepOnReselect: true}
	if _, err := New(storage, cfg, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if _, err := New(storage, cfg, rand.Reader); !errors.Is(err, ErrExists) {
		t.Errorf("a second chip in the storage: %v, want ErrExists", err)
	}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	got := card.state.config
	if !bytes.Equal(got.ATR, cfg.ATR) || got.ManagementKey != cfg.ManagementKey || got.PINPolicy != cfg.PINPolicy ||
		got.ReferenceTries != 3 || !got.KeepOnReselect {
		t.Errorf("got %+v, want %+v", got, cfg)
	}
	connect(t, card).must(insSetPIN, 0, FaceReferenceB, "55021720352285")
	play(t, card, selectFace, "00200092 63C3")
	for _, bad := range []Config{{ReferenceTries: 16}, {ReferenceTries: -1}, {ATR: []byte{0x3B}}} {
		if _, err := New(&MemoryStorage{}, bad, rand.Reader); err == nil {
			t.Errorf("%+v accepted", bad)
		}
	}
}

// TestBlankChip: every PIN of a new chip is unset: no tries, any value 6984, and empty VERIFY never 9000.
func TestBlankChip(t *testing.T) {
	card, err := New(&MemoryStorage{}, Config{ManagementKey: testKey}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pins := 0
	for _, app := range standard {
		for _, f := range app.files {
			if f.kind != pin {
				continue
			}
			pins++
			selection := apdu.Command{INS: 0xA4, P1: 4, P2: 0x0C, Data: []byte(app.aid)}
			if sw := send(t, card, selection).SW; sw != apdu.OK {
				t.Fatalf("%v: %v", app.id, sw)
			}
			p2 := 0x80 | byte(f.id&0x1F)
			if sw := send(t, card, apdu.Command{INS: 0x20, P2: p2}).SW; sw != 0x63C0 {
				t.Errorf("%v %04X empty VERIFY: %v, want 63C0", app.id, f.id, sw)
			}
			if sw := send(t, card, apdu.Command{INS: 0x20, P2: p2, Data: []byte("1234")}).SW; sw != apdu.Blocked {
				t.Errorf("%v %04X VERIFY: %v, want 6984", app.id, f.id, sw)
			}
		}
	}
	if pins < 10 {
		t.Errorf("only %d PINs", pins)
	}
	if got := play(t, card, selectJPKI, "00B0880000 9000").Data; !bytes.Equal(got, []byte{0, 0, 0}) {
		t.Errorf("availability %X of a chip without certificates", got)
	}
	if got := play(t, card, "00B0890000 9000").Data; !bytes.Equal(got, bytes.Repeat([]byte{0xFF}, 16)) {
		t.Errorf("0009 %X", got)
	}
}

func TestPowerOffAndClose(t *testing.T) {
	card := newCard(t)
	card.PowerOff()
	play(t, card, selectJPKI[:30]+" 6F00")
	card.Reset()
	play(t, card, selectJPKI)
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	card.PowerOn()
	play(t, card, selectJPKI, "002000980431323334 6581")
	if card.Err() == nil {
		t.Error("no error kept for the owner")
	}
}
