package iccard

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
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
	var raw, chip series
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
	b.ReportMetric(1/raw.undisturbed(), "limit/s")
	b.ReportMetric(1/chip.undisturbed(), "ours/s")
	b.ReportMetric(raw.undisturbed()/chip.undisturbed(), "ratio")
}

// BenchmarkReadCertificate: SELECT application, SELECT file, four READs; goal 30 µs (P16). The limit is a copy of as many bytes.
func BenchmarkReadCertificate(b *testing.B) {
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
	b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N), "µs/certificate")
}

// BenchmarkVerify is a wrong and a right PIN on a card in a file, one and two durable memories of three flushes each. The limit is as
// much written and flushed as often, and nothing else.
func BenchmarkVerify(b *testing.B) {
	dir := b.TempDir()
	storage := newFile(b, filepath.Join(dir, "card"), "card", 1)
	if err := storage.Save(prototype()); err != nil {
		b.Fatal(err)
	}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	play(b, card, selectJPKI)
	content := make([]byte, len(prototype())+60)
	for name, tt := range map[string]struct {
		saves   int
		command string
	}{"right": {2, "002000980431323334 9000"}, "wrong": {1, "002000980439393939 63C2"}} {
		b.Run(name, func(b *testing.B) {
			var ours, limit stopwatch
			for b.Loop() {
				ours.run(func() { play(b, card, tt.command) })
				if tt.saves == 1 {
					play(b, card, "002000980431323334 9000")
				}
				limit.run(func() {
					for range tt.saves {
						flushThrice(b, dir, content)
					}
				})
			}
			b.ReportMetric(limit.perSecond(b.N), "limit/s")
			b.ReportMetric(ours.perSecond(b.N), "ours/s")
			b.ReportMetric(limit.seconds()/ours.seconds(), "ratio")
		})
	}
}

// flushThrice writes a file, its name and an entry somewhere else, each durably.
func flushThrice(b *testing.B, dir string, content []byte) {
	b.Helper()
	path := filepath.Join(dir, "limit")
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	os.Remove(path)
	must(writeFile(osDisk{}, path, content))
	must(osDisk{}.syncFolder(dir))
	entry, err := os.OpenFile(filepath.Join(dir, "entry"), os.O_CREATE|os.O_RDWR, 0o600)
	must(err)
	_, err = entry.WriteAt(content[:slotSize], 0)
	must(err)
	must(entry.Sync())
	must(entry.Close())
}

// BenchmarkPersonalise makes cards in files: two keys on the card, every file, every PIN, everything durable; against two keys of
// crypto/rsa. How long a key takes is chance, so both draw the same ones. Beside it is what all but the keys takes.
func BenchmarkPersonalise(b *testing.B) {
	dir := b.TempDir()
	ledger := testLedger(b, osDisk{}, dir)
	b.Setenv("GODEBUG", "cryptocustomrand=1")
	var ours, limit, rest series
	n := 0
	card := func(keys ...EF) {
		n++
		id := fmt.Sprintf("card%d", n)
		s, err := NewFileStorage(File{Path: filepath.Join(dir, id), ID: id, Key: [32]byte{1}, Ledger: ledger, Rand: rand.Reader})
		if err != nil {
			b.Fatal(err)
		}
		card, err := New(s, Config{ManagementKey: testKey}, samePrimes(n))
		if err != nil {
			b.Fatal(err)
		}
		produce(b, card, keys...)
		if err := card.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		ours.run(func() { card(SignatureKey, AuthenticationKey) })
		limit.run(func() {
			same := samePrimes(n)
			for range 2 {
				if _, err := rsa.GenerateKey(same, rsaBits); err != nil {
					b.Fatal(err)
				}
			}
		})
		rest.run(func() { card() })
	}
	b.ReportMetric(ours.overEach(limit), "ratio") // before they are sorted
	b.ReportMetric(limit.median(), "limit-s")
	b.ReportMetric(ours.median(), "ours-s")
	b.ReportMetric(rest.median()*1e3, "ms-without-keys")
	b.ReportMetric(0, "ns/op")
}

// samePrimes is a source that gives the same candidates for primes, which are drawn 128 bytes at a time, to whoever has the same number.
// All else is random, among it the byte that crypto/rsa draws or not so that nobody may rely on this.
func samePrimes(n int) io.Reader {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], uint64(n))
	stream := mathrand.NewChaCha8(seed)
	return readerFunc(func(b []byte) (int, error) {
		if len(b) == rsaBits/2/8 {
			return stream.Read(b)
		}
		return rand.Read(b)
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// produce does what the issuer's machine does.
func produce(t testing.TB, card *Card, keys ...EF) {
	t.Helper()
	x := connect(t, card)
	for _, ef := range keys {
		if _, sw := x.sendP2(insGenerate, 0, moreFollows, on(ef, "")); sw != apdu.OK {
			t.Fatal(sw)
		}
	}
	if len(keys) > 0 { // durable before anybody certifies them
		x.must(insGenerate, 0, keys[0], "")
	}
	for ef, content := range fixtureFiles {
		x.stage(insWrite, ef, content)
	}
	for ef, value := range fixturePINs {
		x.stage(insSetPIN, ef, value)
	}
	if _, sw := x.send(insFinish, 0, nil); sw != apdu.OK {
		t.Fatal(sw)
	}
}

// BenchmarkOpenCards has ten thousand cards (MYNUMBER_BENCH_OPEN_CARDS) in files open at once, each with a face of 16 KiB, and works on
// each of them; goal 1 GB (P16). The first figure is what the machine gave the process for them, the second what the cards keep of it.
func BenchmarkOpenCards(b *testing.B) {
	n := 10_000
	if s, err := strconv.Atoi(os.Getenv("MYNUMBER_BENCH_OPEN_CARDS")); err == nil {
		n = s
	}
	dir := b.TempDir()
	ledger := layCards(b, dir, n)
	b.ResetTimer()
	for b.Loop() {
		runtime.GC()
		debug.FreeOSMemory()
		before, begun := residentMiB(b), time.Now()
		cards := make([]*Card, n)
		for i := range cards {
			cards[i] = openLaid(b, dir, ledger, i)
		}
		took := time.Since(begun)
		begun = time.Now()
		for _, card := range cards {
			play(b, card, selectJPKI, "00A4020C02000A 9000", "00B0000000 9000")
		}
		b.ReportMetric(float64(time.Since(begun).Nanoseconds())/float64(n)/3000, "µs/command")
		b.ReportMetric(residentMiB(b)-before, "MiB-resident")
		runtime.GC()
		debug.FreeOSMemory()
		b.ReportMetric(residentMiB(b)-before, "MiB-kept")
		b.ReportMetric(float64(took.Microseconds())/float64(n), "µs/open")
		for _, card := range cards {
			if err := card.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
}

// layCards writes the files of n cards, with a ledger that names them.
func layCards(b *testing.B, dir string, n int) *Ledger {
	b.Helper()
	s := prototypeState().withContent(FaceImages, []byte(filled(0xFF20, 16<<10, 0xA2)))
	memory, err := s.marshal()
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, "ledger")
	err = BeginLedger(path, [32]byte{9}, func() ([]Adopted, error) {
		var all []Adopted
		for i := range n {
			id := fmt.Sprintf("card%d", i)
			s := &FileStorage{File: File{Path: filepath.Join(dir, id), ID: id, Key: [32]byte{1}, Rand: rand.Reader}}
			if s.gcm, err = newGCM(s.Key); err != nil {
				return nil, err
			}
			raw, err := s.seal(1, memory)
			if err != nil {
				return nil, err
			}
			if err := os.WriteFile(s.Path, raw, 0o600); err != nil {
				return nil, err
			}
			all = append(all, Adopted{id, 1, sha256.Sum256(raw)})
		}
		return all, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return testLedger(b, osDisk{}, dir)
}

func openLaid(b *testing.B, dir string, ledger *Ledger, i int) *Card {
	id := fmt.Sprintf("card%d", i)
	s, err := NewFileStorage(File{Path: filepath.Join(dir, id), ID: id, Key: [32]byte{1}, Ledger: ledger, Rand: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	card, err := Open(s, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	return card
}

// residentMiB is what the process has of the machine's memory.
func residentMiB(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("no /proc: ", err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		b.Fatal(err)
	}
	return float64(pages*os.Getpagesize()) / (1 << 20)
}

// series keeps the time of each of many runs.
type series []time.Duration

func (s *series) run(f func()) {
	start := time.Now()
	f()
	*s = append(*s, time.Since(start))
}

// undisturbed is what one run takes in seconds where nobody disturbs it: the tenth that was fastest ends there.
func (s *series) undisturbed() float64 {
	slices.Sort(*s)
	return (*s)[len(*s)/10].Seconds()
}

func (s *series) median() float64 {
	slices.Sort(*s)
	return (*s)[len(*s)/2].Seconds()
}

// overEach is the median of each run through the other's of the same time.
func (s series) overEach(other series) float64 {
	var ratios []float64
	for i := range s {
		ratios = append(ratios, s[i].Seconds()/other[i].Seconds())
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// stopwatch adds up the time of many runs.
type stopwatch struct{ total time.Duration }

func (s *stopwatch) run(f func()) {
	start := time.Now()
	f()
	s.total += time.Since(start)
}

func (s *stopwatch) seconds() float64        { return s.total.Seconds() }
func (s *stopwatch) perSecond(n int) float64 { return float64(n) / s.seconds() }
