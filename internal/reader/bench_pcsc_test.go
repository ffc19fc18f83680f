//go:build linux

package reader

import (
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"mynumber/internal/iccard"
	"mynumber/internal/pcsc"
)

// BenchmarkVirtualReader is one command through pcscd and the virtual reader to our card and back (SELECT of a file and 256 bytes of a
// certificate in turns), in alternation with the same to a card of one line that answers at once: what pcscd and the driver take. Goal
// ≤ 0.2 ms a command (P16).
func BenchmarkVirtualReader(b *testing.B) {
	bench := newBench(b)
	must(b, bench.slots[0].Insert(newCard(b), nil, nil, nil))
	echo, err := net.Dial("tcp", bench.slots[1].addr)
	must(b, err)
	defer echo.Close()
	go answerAtOnce(echo)
	must(b, bench.WaitForCard(0, true))
	b.Setenv(pcsc.SocketVariable, bench.Socket)
	client, err := pcsc.Open(b.Context())
	must(b, err)
	defer client.Close()
	var cards [2]*pcsc.Card
	for i := range cards {
		readers, err := client.Readers()
		must(b, err)
		for end := time.Now().Add(10 * time.Second); !readers[i].Card && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			readers, err = client.Readers()
			must(b, err)
		}
		cards[i], err = client.Connect(readers[i].Name)
		must(b, err)
	}
	commands := [][]byte{{0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A}, {0x00, 0xB0, 0x00, 0x00, 0x00}}
	answer, err := cards[0].Transmit(append([]byte{0x00, 0xA4, 0x04, 0x0C, 0x0A}, iccard.JPKI.AID()...))
	must(b, err)
	if !slices.Equal(answer, []byte{0x90, 0x00}) {
		b.Fatalf("%X", answer)
	}
	var took [2][]time.Duration
	for b.Loop() {
		for i, card := range cards {
			for n, command := range commands {
				begun := time.Now()
				answer, err := card.Transmit(command)
				took[i] = append(took[i], time.Since(begun))
				if err != nil || answer[len(answer)-2] != 0x90 || n == 1 && len(answer) != 258 {
					b.Fatalf("%d bytes, %v", len(answer), err)
				}
			}
		}
	}
	median := func(d []time.Duration) float64 {
		slices.Sort(d)
		return d[len(d)/2].Seconds()
	}
	b.ReportMetric(median(took[0]), "ours-s")
	b.ReportMetric(median(took[1]), "limit-s")
	b.ReportMetric(median(took[0])/median(took[1]), "ratio")
	b.ReportMetric(took[0][len(took[0])*99/100].Seconds()*1e3, "p99-ms")
}

// answerAtOnce is a card that knows two answers.
func answerAtOnce(conn net.Conn) {
	in := quickAck{conn}
	file := append([]byte{1, 2}, append(make([]byte, 256), 0x90, 0x00)...) // 258 bytes with their length
	for {
		var b [2]byte
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return
		}
		message := make([]byte, int(b[0])<<8|int(b[1]))
		if _, err := io.ReadFull(in, message); err != nil {
			return
		}
		var answer []byte
		switch {
		case len(message) > 1 && message[1] == 0xB0:
			answer = file
		case len(message) > 1:
			answer = []byte{0, 2, 0x90, 0x00}
		case len(message) == 1 && message[0] == vpcdATR:
			answer = append([]byte{0, byte(len(iccard.DefaultATR))}, iccard.DefaultATR...)
		default:
			continue
		}
		if _, err := conn.Write(answer); err != nil {
			return
		}
	}
}
