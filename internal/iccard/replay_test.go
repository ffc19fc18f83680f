package iccard

import (
	"bytes"
	"crypto/rsa"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// step is one line of an exchange: a command with the status word and, where it was recorded, the length of the data, or an
// event of the reader.
type step struct {
	C       string `json:"c"`
	SW      string `json:"sw"`
	DataLen *int   `json:"data_len"`
	Event   string `json:"event"`
}

// readExchanges reads a file of exchanges: "== title", then a step a line; # is a comment.
func readExchanges(t testing.TB, name string) (titles []string, runs map[string][]step) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	runs = map[string][]step{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		fields := strings.Fields(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			titles = append(titles, line[3:])
		case len(fields) == 1:
			runs[titles[len(titles)-1]] = append(runs[titles[len(titles)-1]], step{Event: line})
		default:
			s := step{C: fields[0], SW: fields[1]}
			if len(fields) == 3 {
				n, err := strconv.Atoi(fields[2])
				if err != nil {
					t.Fatal(err)
				}
				s.DataLen = &n
			}
			runs[titles[len(titles)-1]] = append(runs[titles[len(titles)-1]], s)
		}
	}
	return titles, runs
}

// replay sends every step so many times in a row and compares status word, length and, for what is read and signed, every byte with
// what the fixture card holds.
func replay(t *testing.T, card *Card, steps []step, times int) {
	t.Helper()
	var selected [2][]byte
	for i, s := range steps {
		if s.Event != "" {
			card.Reset()
			continue
		}
		command := unhex(t, s.C)
		for range times {
			answer := transmit(t, card, command)
			if answer.SW.String() != s.SW {
				t.Fatalf("step %d, %s: %v, want %s", i, s.C, answer.SW, s.SW)
			}
			if s.DataLen != nil && len(answer.Data) != *s.DataLen {
				t.Fatalf("step %d, %s: %d bytes, want %d", i, s.C, len(answer.Data), *s.DataLen)
			}
			follow(&selected, command)
			if answer.SW == apdu.OK {
				compareData(t, selected, command, answer.Data)
			}
		}
	}
}

// follow keeps what a client has selected: AID and file, from the commands alone.
func follow(selected *[2][]byte, command []byte) {
	switch {
	case command[1] == 0xA4 && command[2] == 0x04:
		*selected = [2][]byte{command[5 : 5+command[4]], nil}
	case command[1] == 0xA4 && command[2] == 0x02:
		selected[1] = command[5:7]
	case command[1] == 0xB0 && command[2]&0x80 != 0:
		selected[1] = []byte{0, command[2] & 0x1F}
	}
}

func compareData(t *testing.T, selected [2][]byte, command, data []byte) {
	t.Helper()
	var ef EF
	for _, app := range standard {
		if app.aid == string(selected[0]) && len(selected[1]) == 2 {
			ef = EF{app.id, uint16(selected[1][0])<<8 | uint16(selected[1][1])}
		}
	}
	switch command[1] {
	case 0xB0:
		offset := int(command[2])<<8 | int(command[3])
		if command[2]&0x80 != 0 {
			offset = int(command[3])
		}
		content := fixtureFiles[ef]
		if want := content[offset:min(offset+len(data), len(content))]; string(data) != want {
			t.Errorf("%X of %v: %X, want %X", command, ef, data, want)
		}
	case 0x2A:
		key := map[EF]*rsa.PrivateKey{SignatureKey: fixtureKeys()[0], AuthenticationKey: fixtureKeys()[1]}[ef]
		info := command[5 : 5+command[4]]
		if want, err := rsa.SignPKCS1v15(nil, key, 0, info); err != nil || !bytes.Equal(data, want) {
			t.Errorf("%X with %v: another signature than crypto/rsa makes, %v", command, ef, err)
		}
	}
}

// TestPINScripts replays the measured exchanges: 63Cx, 63C0 on the last try, 6984 afterwards, the
// counter full again after success, access rights, change (PIN-001, PIN-004 consecutive, PIN-005).
func TestPINScripts(t *testing.T) {
	var scripts map[string][]step
	readJSON(t, "pin_scripts.json", &scripts)
	if len(scripts) != 5 {
		t.Fatalf("%d scripts", len(scripts))
	}
	for name, steps := range scripts {
		t.Run(name, func(t *testing.T) { replay(t, newCard(t), steps, 1) })
	}
}

// TestTranscripts replays what OpenSC and myna did with a card, every run of the record.
func TestTranscripts(t *testing.T) {
	titles, runs := readExchanges(t, "transcripts.txt")
	if len(titles) != 35 {
		t.Fatalf("%d runs", len(titles))
	}
	wrongTries := map[string]int{"opensc_0.27.1 pkcs11-tool blocked PIN": 3, "opensc_0.23 pkcs15-tool --change-pin (not supported)": 1}
	for _, title := range titles {
		t.Run(title, func(t *testing.T) {
			card := newCard(t)
			play(t, card, selectJPKI)
			for n := range wrongTries[title] {
				play(t, card, fmt.Sprintf("002000980439393939 63C%d", 2-n))
			}
			card.Reset()
			replay(t, card, runs[title], 1)
		})
	}
}

// TestClients replays the sequences of the clients whose exchanges were not recorded but are in their sources: testdata/clients.txt.
// jpki-rs sends every command twice, so its sequences are.
func TestClients(t *testing.T) {
	titles, runs := readExchanges(t, "clients.txt")
	for _, title := range titles {
		t.Run(title, func(t *testing.T) {
			times := 1
			if strings.HasPrefix(title, "jpki-rs") {
				times = 2
			}
			replay(t, newCard(t), runs[title], times)
		})
	}
}

// TestEveryCommandTwice: a client that repeats each command gets its work done; a wrong PIN costs it two tries.
func TestEveryCommandTwice(t *testing.T) {
	card := newCard(t)
	play(t, card, selectJPKI, selectJPKI, "00A4020C020018 9000", "00A4020C020018 9000",
		"002000800439393939 63C2", "002000800439393939 63C1", "00200080 63C1", "00200080 63C1",
		verify1234, verify1234, "00200080 63C3", "002000800439393939 63C2", "002000800439393939 63C1",
		"002000800439393939 63C0", "002000800439393939 6984")
}
