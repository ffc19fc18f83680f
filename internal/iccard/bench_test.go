package iccard

import (
	"crypto/rand"
	"crypto/rsa"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/apdu"
)

// BenchmarkSign alternates signatures of the chip and of crypto/rsa alone with the same key, so that
// a noisy machine disturbs both alike; "ratio" is raw time through chip time, goal 0.95 (P16).
func BenchmarkSign(b *testing.B) {
	card := newCard(b)
	play(b, card, selectJPKI, "002000980431323334 9000", "00A4020C020017 9000")
	info := append(append([]byte{}, digestInfoSHA256...), make([]byte, 32)...)
	command, err := apdu.Command{CLA: 0x80, INS: 0x2A, P2: 0x80, Data: info, Ne: 256}.Bytes()
	if err != nil {
		b.Fatal(err)
	}
	private := fixtureKeys()[1]
	var raw, chip stopwatch
	for b.Loop() {
		chip.run(func() {
			if len(card.Transmit(command)) != 258 {
				b.Fatal("no signature")
			}
		})
		raw.run(func() {
			if _, err := rsa.SignPKCS1v15(nil, private, 0, info); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(raw.seconds()/chip.seconds(), "ratio")
	b.ReportMetric(chip.seconds()*1e6/float64(b.N), "µs/signature")
}

// BenchmarkSelectAndReadCertificate: SELECT application, SELECT file, four READs; goal 30 µs (P16).
func BenchmarkSelectAndReadCertificate(b *testing.B) {
	card := newCard(b)
	commands := [][]byte{unhex(b, selectJPKI[:30])}
	for _, s := range []string{"00A4020C02000A", "00B0000000", "00B0010000", "00B0020000", "00B0030072"} {
		commands = append(commands, unhex(b, s))
	}
	for b.Loop() {
		for _, c := range commands {
			if answer := card.Transmit(c); answer[len(answer)-2] != 0x90 {
				b.Fatalf("%X: %X", c, answer)
			}
		}
	}
}

// BenchmarkVerify is a right PIN on a card in a file: two durable writes.
func BenchmarkVerify(b *testing.B) {
	storage := newFile(b, filepath.Join(b.TempDir(), "card"), "card", 1)
	if err := storage.Save(prototype()); err != nil {
		b.Fatal(err)
	}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	play(b, card, selectJPKI)
	for b.Loop() {
		play(b, card, "002000980431323334 9000")
	}
}

// stopwatch adds up the time of many runs.
type stopwatch struct{ total time.Duration }

func (s *stopwatch) run(f func()) {
	start := time.Now()
	f()
	s.total += time.Since(start)
}

func (s *stopwatch) seconds() float64 { return s.total.Seconds() }
