package apdu

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestParseCommandVectors reads the commands that real clients send (testdata/commands.json).
func TestParseCommandVectors(t *testing.T) {
	var entries []struct {
		APDU, Case, CLA, INS, P1, P2, Data, SW, Who string
		Ne                                          int
	}
	raw, err := os.ReadFile("testdata/commands.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &entries); err != nil {
		t.Fatal(err)
	}
	if len(entries) < 20 {
		t.Fatalf("only %d entries", len(entries))
	}
	for _, e := range entries {
		t.Run(e.Who, func(t *testing.T) {
			in := unhex(t, e.APDU)
			c, err := ParseCommand(in)
			if e.Case == "bad" {
				if !errors.Is(err, ErrLength) {
					t.Fatalf("got %v, %v; want ErrLength", c, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			header := unhex(t, e.CLA+e.INS+e.P1+e.P2)
			if got := []byte{c.CLA, c.INS, c.P1, c.P2}; !bytes.Equal(got, header) {
				t.Errorf("header %X, want %X", got, header)
			}
			if want := unhex(t, e.Data); !bytes.Equal(c.Data, want) {
				t.Errorf("data %X, want %X", c.Data, want)
			}
			if c.Ne != e.Ne {
				t.Errorf("Ne %d, want %d", c.Ne, e.Ne)
			}
			if want := e.Case[len(e.Case)-1] == 'E'; c.Extended != want {
				t.Errorf("Extended %v, want %v", c.Extended, want)
			}
			out, err := c.Bytes()
			if err != nil || !bytes.Equal(out, in) {
				t.Errorf("written back as %X, %v; want %X", out, err, in)
			}
		})
	}
}

func TestCommandBytesChoosesForm(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    Command
		want string
	}{
		{"case 1", Command{INS: 0x20, P2: 0x80}, "00200080"},
		{"case 2 short", Command{INS: 0xB0, Ne: 256}, "00B0000000"},
		{"case 2 extended", Command{INS: 0xB0, Ne: 257}, "00B00000000101"},
		{"case 2 extended, all", Command{INS: 0xB0, Ne: 65536}, "00B00000000000"},
		{"case 3 short", Command{INS: 0x20, Data: []byte{1}}, "002000000101"},
		{"case 3 extended by wish", Command{INS: 0x20, Data: []byte{1}, Extended: true}, "0020000000000101"},
		{"case 4 extended", Command{INS: 0x2A, Data: []byte{1}, Ne: 300}, "002A000000000101012C"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.c.Bytes()
			if err != nil || !bytes.Equal(got, unhex(t, tt.want)) {
				t.Errorf("got %X, %v; want %s", got, err, tt.want)
			}
		})
	}
	for _, c := range []Command{{Ne: -1}, {Ne: 65537}, {Data: make([]byte, 65536)}} {
		if _, err := c.Bytes(); !errors.Is(err, ErrLength) {
			t.Errorf("%v: error %v, want ErrLength", c, err)
		}
	}
}

func TestParseCommandRefusesWrongLengths(t *testing.T) {
	for _, s := range []string{
		"", "00", "00A404", "00A4040C0001", "00A4040C02AA", "00A4040C01AABBCC",
		"00A4040C00000001", "00A4040C000002AA", "00A4040C000001AABB", "00A4040C000001AABBCCDD",
	} {
		if c, err := ParseCommand(unhex(t, s)); !errors.Is(err, ErrLength) {
			t.Errorf("%s: got %v, %v; want ErrLength", s, c, err)
		}
	}
}

func TestStatusWords(t *testing.T) {
	for n := range 16 {
		if got, ok := TriesLeft(n).Tries(); !ok || got != n {
			t.Errorf("TriesLeft(%d).Tries() = %d, %v", n, got, ok)
		}
	}
	for _, sw := range []SW{OK, VerifyFailed, Blocked, 0x63B3} {
		if _, ok := sw.Tries(); ok {
			t.Errorf("%v counted as a number of tries", sw)
		}
	}
	r, err := ParseResponse([]byte{1, 2, 0x90, 0})
	if err != nil || r.SW != OK || !bytes.Equal(r.Data, []byte{1, 2}) {
		t.Errorf("got %v, %v", r, err)
	}
	if !bytes.Equal(r.Bytes(), []byte{1, 2, 0x90, 0}) {
		t.Errorf("written back as %X", r.Bytes())
	}
	for _, b := range [][]byte{nil, {0x90}} {
		if _, err := ParseResponse(b); !errors.Is(err, ErrShortResponse) {
			t.Errorf("%X: error %v, want ErrShortResponse", b, err)
		}
	}
}

func TestObjectsWithLengthsThatAreNotMinimal(t *testing.T) {
	// The application information of the input support application: 82 009F and 82 0080.
	inner := AppendObject(nil, 0xDF41, []byte{1, 3, 0xE, 1})
	inner = AppendObject(inner, 0xDF42, make([]byte, 16))
	inner = AppendObject82(inner, 0xDF43, make([]byte, 128))
	file := AppendObject82(nil, 0xFF40, inner)
	if len(file) != 164 || !bytes.HasPrefix(file, unhex(t, "FF4082009FDF4104")) {
		t.Fatalf("%d bytes: %X", len(file), file)
	}
	o, rest, err := ParseObject(append(file, 0xFF, 0xFF))
	if err != nil || o.Tag != 0xFF40 || !bytes.Equal(rest, []byte{0xFF, 0xFF}) || !bytes.Equal(o.Raw, file) {
		t.Fatalf("got %X, rest %X, %v", o.Tag, rest, err)
	}
	children, err := o.Children()
	if err != nil || len(children) != 3 || children[2].Tag != 0xDF43 || len(children[2].Value) != 128 {
		t.Errorf("children %v, %v", children, err)
	}
	for _, size := range []int{0, 127, 128, 255, 256, 65535} {
		b := AppendObject(nil, 0x7F21, make([]byte, size))
		if o, rest, err := ParseObject(b); err != nil || len(o.Value) != size || len(rest) != 0 {
			t.Errorf("%d bytes: %d, %v", size, len(o.Value), err)
		}
	}
	for _, s := range []string{"00", "FFFF", "FFFFFFFF01", "5F", "53", "5380", "538301", "530141FF", "5302AA"} {
		if all, err := ParseObjects(unhex(t, s)); !errors.Is(err, ErrTLV) {
			t.Errorf("%s: got %v, %v; want ErrTLV", s, all, err)
		}
	}
}

func TestRecords(t *testing.T) {
	for _, size := range []int{0, 28, 254, 255, 256, 65535} {
		value := bytes.Repeat([]byte{7}, size)
		r, rest, err := ParseRecord(append(AppendRecord(nil, 1, value), 9))
		if err != nil || r.Tag != 1 || !bytes.Equal(r.Value, value) || !bytes.Equal(rest, []byte{9}) {
			t.Errorf("%d bytes: tag %02X, %d bytes, rest %X, %v", size, r.Tag, len(r.Value), rest, err)
		}
	}
	for _, s := range []string{"", "01", "0001AA", "FF01AA", "0102AA", "01FF00", "01FF0002AA"} {
		if r, _, err := ParseRecord(unhex(t, s)); !errors.Is(err, ErrTLV) {
			t.Errorf("%s: got %v, %v; want ErrTLV", s, r, err)
		}
	}
}

// FuzzParseCommand: whatever is read as a command is written back byte for byte.
func FuzzParseCommand(f *testing.F) {
	for _, s := range []string{"00200080", "00B0000000", "00B08A00000000", "00A4020C02000A", "802A00000000020102" + "0000"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ParseCommand(b)
		if err != nil {
			return
		}
		if out, err := c.Bytes(); err != nil || !bytes.Equal(out, b) {
			t.Errorf("%X written back as %X, %v", b, out, err)
		}
	})
}

// FuzzObjects: objects read from foreign bytes cover them exactly, and nothing panics.
func FuzzObjects(f *testing.F) {
	f.Add(unhex(f, "FF100C353337363836363737313838"))
	f.Add(unhex(f, "011C34"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, rest, err := ParseRecord(b); err == nil && !bytes.Equal(append(bytes.Clone(r.Raw), rest...), b) {
			t.Errorf("record %X and rest %X are not %X", r.Raw, rest, b)
		}
		all, err := ParseObjects(b)
		if err != nil {
			return
		}
		var joined []byte
		for _, o := range all {
			joined = append(joined, o.Raw...)
			if !bytes.HasSuffix(o.Raw, o.Value) {
				t.Errorf("value %X not at the end of %X", o.Value, o.Raw)
			}
		}
		if !bytes.Equal(joined, b) {
			t.Errorf("objects of %X joined are %X", b, joined)
		}
	})
}
