package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/status"
)

// certificates is how many there are; the size of the goals is asked for by MYNUMBER_BENCH_CERTIFICATES=200000000.
func certificates(b *testing.B) uint64 {
	b.Helper()
	text := os.Getenv("MYNUMBER_BENCH_CERTIFICATES")
	if text == "" {
		return 2_000_000
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// Turns of figure and limit.
const (
	turns    = 7
	turnTime = 700 * time.Millisecond
)

// questions asks about certificates, nonce or not.
func questions(b *testing.B, a *pki.Authority, certificates uint64, n int, nonce bool) [][]byte {
	b.Helper()
	var out [][]byte
	for range n {
		var fresh []byte
		if nonce {
			fresh = make([]byte, 32)
			rand.Read(fresh)
		}
		der, err := pki.NewOCSPRequest(a.Certificate(), fresh, a.Serial(1+mathrand.Uint64N(certificates)))
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, der)
	}
	return out
}

func whole(requests [][]byte, as func([]byte) []byte) (out [][]byte) {
	for _, r := range requests {
		out = append(out, as(r))
	}
	return out
}

// BenchmarkOCSPPrepared (P1): prepared answers over 64 kept connections, one processor for the server, one for who asks. The limit is a
// fixed body of the same length by the same library. Goal: 0.90, p99 2 ms. Beside it a fixed body by net/http.
func BenchmarkOCSPPrepared(b *testing.B) {
	n := certificates(b)
	dir, a := nation(b, n)
	asked := questions(b, a, n, 500, false)
	for name, as := range map[string]func([]byte) []byte{"POST": post, "GET": get} {
		b.Run(name, func(b *testing.B) {
			g := startAsker(b)
			requests := whole(asked, as)
			us := start(b, serverSpec{Kind: ours, Dir: dir})
			warm := g.flood(flood{Address: us.address, Connections: 8, Lasts: 2 * time.Second, Requests: requests})
			limit, plain := start(b, serverSpec{Kind: fixed, Body: warm.Body}), start(b, serverSpec{Kind: fixedNet, Body: warm.Body})
			var figures, limits, nets, ratios, cpus []float64
			var p99, limitP99 []time.Duration
			for range turns {
				l, lc := turn(g, limit, requests)
				o, oc := turn(g, us, requests)
				p, _ := turn(g, plain, requests)
				figures, limits, nets, ratios, cpus = append(figures, o.Rate), append(limits, l.Rate), append(nets, p.Rate), append(ratios, o.Rate/l.Rate), append(cpus, lc/oc)
				p99, limitP99 = append(p99, o.P99), append(limitP99, l.P99)
				if o.Later > 0 {
					b.Fatalf("%d answers without a status", o.Later)
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(figures), "ours/s")
			b.ReportMetric(median(limits), "limit/s")
			b.ReportMetric(median(nets), "peer-net-http-fixed/s")
			b.ReportMetric(median(ratios), "ratio")
			b.ReportMetric(median(cpus), "ratio-CPU")
			b.ReportMetric(float64(median(p99).Microseconds()), "p99-µs")
			b.ReportMetric(float64(median(limitP99).Microseconds()), "limit-p99-µs")
		})
	}
}

// turn asks for a while, and says the CPU time of an answer in seconds.
func turn(g *asker, p *process, requests [][]byte) (flooded, float64) {
	before := p.cpu()
	r := g.flood(flood{Address: p.address, Connections: 64, Lasts: turnTime, Requests: requests})
	return r, (p.cpu() - before).Seconds() / (r.Rate * turnTime.Seconds())
}

// BenchmarkOCSPNonce (P2): an answer signed for each question, through the listener. The limit is the raw rate of the signer on one
// processor. Goal: 0.95. Beside it how a trickle of prepared answers fares during such a flood, on a server with all processors: p99 with and
// without.
func BenchmarkOCSPNonce(b *testing.B) {
	n := certificates(b)
	dir, a := nation(b, n)
	g, us := startAsker(b), start(b, serverSpec{Kind: ours, Dir: dir})
	nonces := whole(questions(b, a, n, 200, true), post)
	var figures, limits, ratios []float64
	for range turns {
		l := rawSignatures(b, turnTime)
		o := g.flood(flood{Address: us.address, Connections: 16, Lasts: turnTime, Requests: nonces})
		if o.Later > 0 {
			b.Fatalf("%d answers without a status", o.Later)
		}
		figures, limits, ratios = append(figures, o.Rate), append(limits, l), append(ratios, o.Rate/l)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(figures), "ours/s")
	b.ReportMetric(median(limits), "limit/s")
	b.ReportMetric(median(ratios), "ratio")

	us.stop()
	us = start(b, serverSpec{Kind: ours, Dir: dir, Both: true})
	prepared := whole(questions(b, a, n, 50, false), post)
	g.flood(flood{Address: us.address, Connections: 8, Lasts: time.Second, Requests: prepared})
	var quiet, flooded []time.Duration
	other := startAsker(b)
	for range turns {
		// A steady trickle, far below what the server can: four connections.
		quiet = append(quiet, g.flood(flood{Address: us.address, Connections: 4, Lasts: turnTime, Requests: prepared}).P99)
		done := make(chan struct{})
		go func() {
			defer close(done)
			other.flood(flood{Address: us.address, Connections: 16, Lasts: turnTime + 200*time.Millisecond, Requests: nonces})
		}()
		time.Sleep(100 * time.Millisecond)
		flooded = append(flooded, g.flood(flood{Address: us.address, Connections: 4, Lasts: turnTime, Requests: prepared}).P99)
		<-done
	}
	b.ReportMetric(float64(median(quiet).Microseconds()), "prepared-p99-µs")
	b.ReportMetric(float64(median(flooded).Microseconds()), "prepared-p99-in-flood-µs")
}

// BenchmarkOCSPSilent (P3): the same questions with 10,000 connections beside them that say nothing, or half a request. The limit is the
// server without them. Goal: 0.95.
func BenchmarkOCSPSilent(b *testing.B) {
	n := certificates(b)
	dir, a := nation(b, n)
	requests := whole(questions(b, a, n, 200, false), post)
	const silent = 10_000
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil || files.Cur < silent+200 {
		b.Skipf("a process may have %d files open; 10,000 connections want more", files.Cur)
	}
	g := startAsker(b)
	us, bare := start(b, serverSpec{Kind: ours, Dir: dir}), start(b, serverSpec{Kind: ours, Dir: copyNation(b, dir)})
	for _, p := range []*process{us, bare} {
		g.flood(flood{Address: p.address, Connections: 8, Lasts: time.Second, Requests: requests})
	}
	open := func() (all []net.Conn) {
		for i := range silent {
			c, err := net.Dial("tcp", us.address)
			if err != nil {
				b.Fatal(err)
			}
			if i%2 == 0 {
				fmt.Fprint(c, "POST /ocsp HTTP/1.1\r\nHost: o\r\nContent-Le")
			}
			all = append(all, c)
		}
		return all
	}
	var figures, limits, ratios []float64
	for range turns {
		held := open() // anew each time: the server lets them go after ten seconds
		l, _ := turn(g, bare, requests)
		o, _ := turn(g, us, requests)
		figures, limits, ratios = append(figures, o.Rate), append(limits, l.Rate), append(ratios, o.Rate/l.Rate)
		for _, c := range held {
			c.Close()
		}
		time.Sleep(300 * time.Millisecond)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(figures), "ours/s")
	b.ReportMetric(median(limits), "limit/s")
	b.ReportMetric(median(ratios), "ratio")
}

// copyNation is a second folder with the same: a set has one process.
func copyNation(b *testing.B, dir string) string {
	b.Helper()
	other := filepath.Join(b.TempDir(), "nation")
	if out, err := exec.Command("cp", "-r", "--sparse=auto", dir, other).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return other
}

// BenchmarkStatusLookup (P9): what became of a certificate, by its serial number, among all. The limit is a look-up of the serial in a
// mapped file of the revoked ones alone, sorted, 20 octets each. Goals: 2 µs, start in 100 ms, 64 MiB of memory that is not the
// file's.
func BenchmarkStatusLookup(b *testing.B) {
	n := certificates(b)
	dir, a := nation(b, n)
	sorted := sortedRevoked(b, a, idle{n, n / 4})
	begun := time.Now()
	set, err := status.Open(filepath.Join(dir, "status"), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { set.Close() })
	opened := time.Since(begun)
	var serials []pki.Serial
	for range 100_000 {
		serials = append(serials, a.Serial(1+mathrand.Uint64N(n)))
	}
	at := 0
	next := func() pki.Serial { at++; return serials[at%len(serials)] }
	found := 0
	beside(b, rounds, func() run {
		return rate(b, 50*time.Millisecond, 1000, func() error {
			for range 1000 {
				if sorted.has(next()) {
					found++
				}
			}
			return nil
		})
	}, func() run {
		return rate(b, 50*time.Millisecond, 1000, func() error {
			for range 1000 {
				counter, given := a.Counter(next())
				if !given {
					return errors.New("a serial that was never given")
				}
				if set.Status(certificate.Signature, 1, counter).State == pki.Revoked {
					found++
				}
			}
			return nil
		})
	})
	if found == 0 {
		b.Fatal("nothing was revoked")
	}
	b.ReportMetric(float64(opened.Microseconds())/1000, "start-ms")
	b.ReportMetric(float64(anonymous())/(1<<20), "MiB-own")
}

// anonymous is the memory of this process that is no file's, in bytes.
func anonymous() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(text), "RssAnon:")
	n, _ := strconv.ParseInt(strings.Fields(line)[0], 10, 64)
	return n << 10
}

// sortedFile is a mapped file of 20-octet records.
type sortedFile []byte

func sortedRevoked(b *testing.B, a *pki.Authority, s idle) sortedFile {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "sorted"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	size := int(s.revoked) * 20
	if err := f.Truncate(int64(size)); err != nil {
		b.Fatal(err)
	}
	m, err := syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { syscall.Munmap(m) })
	n := 0
	for counter := uint64(1); counter <= s.certificates && n < int(s.revoked); counter++ {
		if s.of(counter).State == pki.Revoked {
			serial := a.Serial(counter)
			copy(m[n*20:], serial[:])
			n++
		}
	}
	sort.Sort(sortedFile(m))
	return m
}

func (s sortedFile) Len() int           { return len(s) / 20 }
func (s sortedFile) Less(i, j int) bool { return string(s[i*20:i*20+16]) < string(s[j*20:j*20+16]) }
func (s sortedFile) Swap(i, j int) {
	var t [20]byte
	copy(t[:], s[i*20:])
	copy(s[i*20:i*20+20], s[j*20:j*20+20])
	copy(s[j*20:j*20+20], t[:])
}

// has looks a serial up.
func (s sortedFile) has(serial pki.Serial) bool {
	want := string(serial[:])
	i := sort.Search(s.Len(), func(i int) bool { return string(s[i*20:i*20+16]) >= want })
	return i < s.Len() && string(s[i*20:i*20+16]) == want
}

// BenchmarkRevocationHeard (P4): from a revocation's being durable on SQLite to its being heard by a node that follows the registers on its
// own, at 5,000 revocations a second. Beside it one fdatasync. Goal: p99 50 ms.
func BenchmarkRevocationHeard(b *testing.B) {
	db, _ := onSQLite(b)
	const known, second = 20_000, 5000
	write := func(f func(office.Tx) error) {
		if err := db.Write(b.Context(), f); err != nil {
			b.Fatal(err)
		}
	}
	one := func(tx office.Tx, counter uint64, state certificate.State, at time.Time) error {
		return tx.PutCertificate(certificate.Certificate{Serial: fmt.Sprintf("%032x", counter), Kind: certificate.Signature, Generation: 1, Counter: counter, CardID: "c1", State: state,
			NotBefore: founded, Until: civil.Day(2031, 1, 5), CommonName: "cn", Partition: "13107", DER: []byte{1}, EndedAt: at})
	}
	write(func(tx office.Tx) error {
		p := somebody(b, 1)
		return errors.Join(tx.PutAuthority(office.SealedAuthority{Kind: certificate.Signature, Generation: 1, Sealed: []byte{1}, Created: founded}), tx.PutPerson(p),
			tx.PutCard(card.Card{ID: "c1", PersonID: p.ID, State: card.Active, Issued: civil.Day(2026, 1, 5), Until: civil.Day(2036, 1, 5)}))
	})
	for chunk := range slices.Chunk(numbers(known), 1000) {
		write(func(tx office.Tx) error {
			for _, n := range chunk {
				if err := one(tx, n, certificate.Valid, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	set, err := status.Open(filepath.Join(b.TempDir(), "status"), func(certificate.Kind, int) (time.Time, error) { return founded, nil })
	if err != nil {
		b.Fatal(err)
	}
	f := status.Follow(set, db, slog.New(slog.DiscardHandler))
	if err := f.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan struct{})
	go func() { f.Run(ctx); close(ended) }()
	var durable [known + 1]atomic.Int64 // when each was durable
	var heard []time.Duration
	watched := make(chan struct{})
	go func() { // looks at every certificate that is durable until it is heard
		defer close(watched)
		left := numbers(known)
		for len(left) > 0 {
			left = slices.DeleteFunc(left, func(n uint64) bool {
				at := durable[n].Load()
				if at == 0 || set.Status(certificate.Signature, 1, n).State != pki.Revoked {
					return false
				}
				heard = append(heard, time.Duration(time.Now().UnixNano()-at))
				return true
			})
			time.Sleep(200 * time.Microsecond)
		}
	}()
	begun := time.Now()
	var all sync.WaitGroup
	const desks = 50
	for desk := range uint64(desks) {
		all.Go(func() {
			for i, n := range numbers(known) {
				if n%desks != desk {
					continue
				}
				time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Second / second)))
				if err := db.Write(ctx, func(tx office.Tx) error { return one(tx, n, certificate.Revoked, founded.Add(time.Hour)) }); err != nil {
					b.Error(err)
				}
				durable[n].Store(time.Now().UnixNano())
			}
		})
	}
	all.Wait()
	took := time.Since(begun)
	<-watched
	stop()
	<-ended
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(known/took.Seconds(), "revocations/s")
	b.ReportMetric(float64(percentile(heard, 50).Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(percentile(heard, 99).Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(fdatasync(b).Microseconds())/1000, "fdatasync-ms")
	f.Close()
}

// fdatasync is what it takes to bring a block to the disk.
func fdatasync(b *testing.B) time.Duration {
	f, err := os.Create(filepath.Join(b.TempDir(), "block"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var all []time.Duration
	for range 200 {
		begun := time.Now()
		if _, err := f.WriteAt(make([]byte, 4096), 0); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(begun))
	}
	return median(all)
}

func numbers(n int) (all []uint64) {
	for i := range n {
		all = append(all, uint64(i+1))
	}
	return all
}
