package iccard

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// situations are the states in which a card can meet a command, each made from a fresh card.
var situations = []struct {
	name   string
	script []string
	then   func(testing.TB, *Card)
}{
	{"after reset", nil, nil},
	{"application selected", []string{selectJPKI}, nil},
	{"file selected", []string{selectJPKI, "00A4020C02000A 9000"}, nil},
	{"PIN selected", []string{selectJPKI, "00A4020C020018 9000"}, nil},
	{"PIN verified, key selected", []string{selectJPKI, "00A4020C020018 9000", verify1234, "00A4020C020017 9000"}, nil},
	{"password verified", []string{selectJPKI, "0020009B06414243313233 9000"}, nil},
	{"PIN blocked", []string{selectJPKI, "002000980439393939 63C2", "002000980439393939 63C1", "002000980439393939 63C0"}, nil},
	{"records selected", []string{selectCommon, "00A4020C020001 9000"}, nil},
	{"register", []string{selectRegister, "00A4020C02001C 9000", verify1234}, nil},
	{"face opened", []string{selectFace, "002000930C353337363836363737313838 9000"}, nil},
	{"text opened", []string{selectText, "002000910431323334 9000"}, nil},
	{"channel begun", nil, func(t testing.TB, c *Card) {
		send(t, c, apdu.Command{CLA: classIssuer, INS: insBegin, Data: make([]byte, NonceSize), Ne: 256})
	}},
	{"channel open", nil, func(t testing.TB, c *Card) { connect(t, c) }},
	{"terminated", nil, func(t testing.TB, c *Card) { connect(t, c).send(insTerminate, 0, nil) }},
	{"without power", nil, func(t testing.TB, c *Card) { c.PowerOff() }},
}

// answers are the status words each instruction may answer (reference sections 8 and 10), besides 6700 and the 63Cx family of VERIFY. What
// is not in the table is 6D00.
var answers = map[[2]byte][]apdu.SW{
	{0x00, 0xA4}: {apdu.OK, apdu.FileNotFound, apdu.WrongParameters},
	{0x00, 0xB0}: {apdu.OK, apdu.WrongFileKind, apdu.SecurityNotSatisfied, apdu.NoCurrentFile, apdu.FileNotFound, apdu.WrongParameters, apdu.OffsetOutside},
	{0x00, 0xB2}: {apdu.OK, apdu.WrongFileKind, apdu.NoCurrentFile, apdu.FileNotFound, apdu.RecordNotFound, apdu.WrongParameters},
	{0x00, 0xCA}: {apdu.OK, apdu.KeyNotFound},
	{0x00, 0x84}: {apdu.OK, apdu.ConditionsNotMet, apdu.WrongParameters},
	{0x00, 0x20}: {apdu.OK, apdu.Blocked, apdu.NoCurrentFile, apdu.FileNotFound, apdu.WrongParameters, apdu.KeyNotFound},
	{0x00, 0x24}: {apdu.OK, apdu.SecurityNotSatisfied, apdu.ConditionsNotMet, apdu.NoCurrentFile, apdu.WrongData, apdu.FileNotFound, apdu.WrongParameters, apdu.KeyNotFound},
	{0x80, 0x32}: {apdu.OK, apdu.SecurityNotSatisfied, apdu.ConditionsNotMet, apdu.NoCurrentFile, apdu.WrongData, apdu.FileNotFound, apdu.WrongParameters, apdu.KeyNotFound},
	{0x00, 0x88}: {apdu.OK, apdu.ConditionsNotMet, apdu.NoCurrentFile, apdu.FileNotFound, apdu.WrongParameters, apdu.KeyNotFound},
	{0x80, 0x2A}: {apdu.OK, apdu.SecurityNotSatisfied, apdu.ConditionsNotMet, apdu.NoCurrentFile, apdu.FileNotFound, apdu.WrongParameters, apdu.KeyNotFound},
	{0x80, 0xA2}: {apdu.WrongParameters}, {0x80, 0xFC}: {},
	{0x80, 0x06}: {apdu.SecurityNotSatisfied}, {0x80, 0x50}: {apdu.SecurityNotSatisfied}, {0x80, 0x52}: {apdu.SecurityNotSatisfied},
	{0x80, 0x54}: {apdu.SecurityNotSatisfied}, {0x80, 0x8A}: {apdu.SecurityNotSatisfied},
	{0x90, insBegin}: {apdu.OK, apdu.WrongParameters}, {0x90, insAuthTerm}: {apdu.SecurityNotSatisfied, apdu.ConditionsNotMet, apdu.WrongParameters},
	{0x90, insWrite}: {apdu.SecurityNotSatisfied}, {0x90, insGenerate}: {apdu.SecurityNotSatisfied}, {0x90, insSetPIN}: {apdu.SecurityNotSatisfied},
	{0x90, insErase}: {apdu.SecurityNotSatisfied}, {0x90, insStatus}: {apdu.SecurityNotSatisfied}, {0x90, insFinish}: {apdu.SecurityNotSatisfied},
	{0x90, insTerminate}: {apdu.SecurityNotSatisfied}, {0x90, insProve}: {apdu.SecurityNotSatisfied}, {0x90, insTakeUp}: {apdu.SecurityNotSatisfied},
}

// bodies are what can stand behind a header, right and wrong.
var bodies = []struct {
	name, hex string
	broken    bool // the lengths do not fit: 6700 whatever the command
}{
	{"nothing", "", false},
	{"Le 1", "01", false},
	{"Le 256", "00", false},
	{"Le 65,536", "000000", false},
	{"one byte", "01AA", false},
	{"one byte and Le", "01AA00", false},
	{"four digits", "0431323334", false},
	{"letters for a PIN", "0441424344", false},
	{"seventeen bytes", "11" + strings.Repeat("41", 17), false},
	{"245 bytes and Le", "F5" + strings.Repeat("30", 245) + "00", false},
	{"255 bytes", "FF" + strings.Repeat("30", 255), false},
	{"one byte, extended", "000001AA", false},
	{"246 bytes and Le, extended", "0000F6" + strings.Repeat("30", 246) + "0000", false},
	{"65,535 bytes", "00FFFF" + strings.Repeat("00", 65535), false},
	{"Lc too long", "05AABB", true},
	{"Lc too short", "01AABBCC", true},
	{"extended Lc too long", "000005AABB", true},
	{"extended Lc of nothing", "000000AA", true},
	{"half an extended length", "0000", true},
}

// TestBadInput sends every instruction, in every situation, with every body and telling parameters. The chip answers what it may, reads and
// signs only with the right, and its memory stays as it was unless a PIN was compared.
func TestBadInput(t *testing.T) {
	for header := range commands {
		if _, ok := answers[header]; !ok {
			t.Fatalf("what %X may answer is not in the table", header)
		}
	}
	instructions := slices.SortedFunc(maps.Keys(answers), func(a, b [2]byte) int { return bytes.Compare(a[:], b[:]) })
	for _, situation := range situations {
		t.Run(situation.name, func(t *testing.T) {
			card := newCard(t)
			play(t, card, situation.script...)
			if situation.then != nil {
				situation.then(t, card)
			}
			for _, header := range instructions {
				for _, p := range [][2]byte{{0, 0}, {0, 0x80}, {0, 0x97}, {0, 0x98}, {0, 0x9C}, {1, 0x80}, {1, 0x0C}, {2, 0x0C}, {4, 0x0C}, {0x7F, 0xFF}, {0x80, 0}, {0x8A, 0xFF}, {0xFF, 0xFF}} {
					for _, body := range bodies {
						again := &Card{storage: &MemoryStorage{}, rand: random, state: card.state, durable: card.durable, powered: card.powered, volatile: card.volatile}
						command := append([]byte{header[0], header[1], p[0], p[1]}, unhex(t, body.hex)...)
						checkBadInput(t, again, header, command, body.broken)
					}
				}
			}
		})
	}
}

func checkBadInput(t *testing.T, card *Card, header [2]byte, command []byte, broken bool) {
	t.Helper()
	before, silent := card.state, !card.powered || card.state.life == Terminated
	answer := transmit(t, card, command)
	_, counted := answer.SW.Tries()
	short := fmt.Sprintf("%.12X… (%d bytes)", command, len(command))
	switch {
	case silent && answer.SW != apdu.NoDiagnosis:
		t.Errorf("%s: %v from a dead chip", short, answer.SW)
	case silent:
	case broken && answer.SW != apdu.WrongLength:
		t.Errorf("%s: %v, want 6700", short, answer.SW)
	case counted && header == [2]byte{0x00, 0x20}:
	case answer.SW != apdu.WrongLength && !slices.Contains(answers[header], answer.SW):
		t.Errorf("%s: %v", short, answer.SW)
	}
	changes := header == [2]byte{0x00, 0x20} || header == [2]byte{0x00, 0x24} || header == [2]byte{0x80, 0x32}
	if card.state != before && !changes {
		t.Errorf("%s: the memory was changed", short)
	}
}

// TestClasses: every class but 00, 80 and 90 is refused for every instruction as documented, whatever follows.
func TestClasses(t *testing.T) {
	card := newCard(t)
	play(t, card, selectJPKI)
	for class := range 256 {
		for _, ins := range []byte{0xA4, 0xB0, 0x20, 0x2A, 0xD6} {
			var want apdu.SW
			switch c := byte(class); {
			case c == classISO || c == classJICSAP || c == classIssuer:
				continue
			case c&0x70 == 0 && c&3 != 0, c&0xC0 == 0x40:
				want = apdu.NoLogicalChannel
			case c&0x70 == 0 && ins == 0xA4:
				want = apdu.NoSecureMessaging
			case c&0x70 == 0:
				want = apdu.NoSession
			default:
				want = apdu.UnknownClass
			}
			if got := transmit(t, card, []byte{byte(class), ins, 0, 0x80}).SW; got != want {
				t.Errorf("%02X %02X: %v, want %v", class, ins, got, want)
			}
		}
	}
	for ins := range 256 {
		for _, class := range []byte{classISO, classJICSAP, classIssuer} {
			_, known := commands[[2]byte{class, byte(ins)}]
			if got := transmit(t, card, []byte{class, byte(ins), 0, 0}).SW; (got == apdu.UnknownInstruction) == known {
				t.Errorf("%02X %02X: %v", class, ins, got)
			}
		}
	}
}

// TestExtendedForms: what clients send gives the same answers in the extended form, but for GET CHALLENGE, which refuses it.
func TestExtendedForms(t *testing.T) {
	for _, name := range []string{"transcripts.txt", "clients.txt"} {
		titles, runs := readExchanges(t, name)
		for _, title := range titles {
			short, extended := newCard(t), newCard(t)
			for _, s := range runs[title] {
				if s.Event != "" {
					short.Reset()
					extended.Reset()
					continue
				}
				cmd, err := apdu.ParseCommand(unhex(t, s.C))
				if err != nil {
					t.Fatal(err)
				}
				want := send(t, short, cmd)
				cmd.Extended = true
				got := send(t, extended, cmd)
				if cmd.INS == 0x84 {
					want = apdu.Response{SW: apdu.ConditionsNotMet}
				}
				if got.SW != want.SW || !bytes.Equal(got.Data, want.Data) {
					t.Errorf("%s, %s: %v, and %v in the extended form", title, s.C, want.SW, got.SW)
				}
			}
		}
	}
}

// TestSignatureLengths: an input of 0, 1, 245, 246 and more bytes, in both forms, and an answer that has no room.
func TestSignatureLengths(t *testing.T) {
	card := newCard(t)
	play(t, card, selectJPKI, "002000980431323334 9000")
	for _, tt := range []struct {
		n, ne    int
		extended bool
		want     apdu.SW
	}{
		{0, 256, false, apdu.WrongLength}, {0, 65536, true, apdu.WrongLength}, {1, 256, false, apdu.OK},
		{245, 256, false, apdu.OK}, {245, 65536, true, apdu.OK}, {246, 256, false, apdu.ConditionsNotMet},
		{255, 256, false, apdu.ConditionsNotMet}, {256, 256, true, apdu.ConditionsNotMet}, {65535, 65536, true, apdu.ConditionsNotMet},
		{51, 0, false, apdu.WrongLength}, {51, 255, false, apdu.WrongLength}, {51, 255, true, apdu.WrongLength},
	} {
		cmd := apdu.Command{CLA: 0x80, INS: 0x2A, P2: 0x97, Data: bytes.Repeat([]byte{1}, tt.n), Ne: tt.ne, Extended: tt.extended}
		if got := send(t, card, cmd); got.SW != tt.want || (got.SW == apdu.OK && len(got.Data) != 256) {
			t.Errorf("%d bytes, Ne %d, extended %v: %v, want %v", tt.n, tt.ne, tt.extended, got.SW, tt.want)
		}
	}
}

// TestOffsets: every kind of offset around the end of a file and of what can be said.
func TestOffsets(t *testing.T) {
	card := newCard(t)
	longest := strings.Repeat("x", MaxFile)
	connect(t, card).must(insWrite, 0, FaceInfo, longest)
	play(t, card, selectFace, "00A4020C020003 9000")
	for _, tt := range []struct {
		command string
		want    apdu.SW
		n       int
	}{
		{"00B0000000000000", apdu.WrongLength, 0}, {"00B083FF00000000", apdu.WrongLength, 0}, {"00B00000000000", apdu.OK, MaxFile}, {"00B07FFF00", apdu.OK, 1}, {"00B07FFF0000FF", apdu.OK, 1},
		{"00B07F0000", apdu.OK, 256}, {"00B07F0100", apdu.OK, 255}, {"00B0830000", apdu.OK, 256},
		{"00B083FF000000", apdu.OK, MaxFile - 255}, {"00B084FF00", apdu.OK, 256},
	} {
		if got := transmit(t, card, unhex(t, tt.command)); got.SW != tt.want || len(got.Data) != tt.n {
			t.Errorf("%s: %v, %d bytes, want %v, %d", tt.command, got.SW, len(got.Data), tt.want, tt.n)
		}
	}
	play(t, card, "00A4020C020006 9000", "00B0000F00 9000", "00B0001000 6B00", "00B07FFF00 6B00", "00B086FF00 6B00", "00B0860F00 9000")
}
