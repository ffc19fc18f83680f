package bench

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// Figures of revocation lists (P5, P6, P7). By default they are small; the sizes of the goals are asked for by
// MYNUMBER_BENCH_REVOKED=5000000.

// listHouse is an authority and what its lists have in common.
type listHouse struct {
	a         *pki.Authority
	raw       *rsa.PrivateKey // for the limit's signatures
	dir       string
	this      time.Time
	partition pki.Partition
}

func newListHouse(b *testing.B) *listHouse {
	b.Helper()
	now := time.Date(2026, 10, 27, 15, 0, 0, 0, time.UTC)
	a, err := pki.NewAuthority(certificate.Signature, 1, pki.RSA2048, now.AddDate(-1, 0, 0), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	raw, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	return &listHouse{a, raw, b.TempDir(), now, pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}}
}

func (h *listHouse) list(number uint64) pki.CRL {
	return pki.CRL{Partition: h.partition, URLs: pki.URLs{Base: "http://pki.example.jp"}, Number: number, ThisUpdate: h.this.Add(time.Duration(number) * 24 * time.Hour), NextUpdate: h.this.Add(time.Duration(number+2) * 24 * time.Hour)}
}

// record is an entry of a sorted source: serial, seconds since 1970, reason.
const record = 24

// records writes a sorted source of n entries and gives the size that they have in a list.
func (h *listHouse) records(b *testing.B, n int) (file string, size int64) {
	b.Helper()
	file = filepath.Join(h.dir, fmt.Sprintf("records-%d", n))
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	r := mathrand.New(mathrand.NewPCG(1, 2))
	var line [record]byte
	for i := range n {
		binary.BigEndian.PutUint64(line[:], 0x40<<56|uint64(i)<<32|uint64(r.Uint32()))
		binary.BigEndian.PutUint64(line[8:], r.Uint64())
		binary.BigEndian.PutUint32(line[16:], uint32(h.this.AddDate(0, -6, 0).Unix()+int64(r.IntN(180*86400))))
		line[20] = byte(1 + r.IntN(6))
		if _, err := w.Write(line[:]); err != nil {
			b.Fatal(err)
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
	return file, pki.EntriesSize(int64(n), int64(n), 0)
}

// blocksIn reads a sorted source, some hundred entries at a time.
func blocksIn(file string) pki.EntryBlocks {
	const together = 256
	return func(yield func([]pki.RevokedEntry, error) bool) {
		f, err := os.Open(file)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		buf, block := make([]byte, record*together*16), make([]pki.RevokedEntry, together)
		for {
			n, err := io.ReadFull(f, buf)
			for lines := range slices.Chunk(buf[:n], record*together) {
				block = block[:len(lines)/record]
				for i := range block {
					line := (*[record]byte)(lines[i*record:])
					e := &block[i]
					e.Serial, e.Reason = pki.Serial(line[:16]), pki.Reason(line[20])
					e.At = time.Unix(int64(binary.BigEndian.Uint32(line[16:])), 0)
				}
				if !yield(block, nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// entriesIn is blocksIn, one entry at a time.
func entriesIn(file string) pki.Entries {
	return func(yield func(pki.RevokedEntry, error) bool) {
		for block, err := range blocksIn(file) {
			if err != nil {
				yield(pki.RevokedEntry{}, err)
				return
			}
			for _, e := range block {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// write makes a list as a file.
func (h *listHouse) write(name string, l pki.CRL) (string, error) {
	path := filepath.Join(h.dir, name)
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(h.a.WriteCRL(f, l), f.Close())
}

// open opens a list and checks it; the caller closes the file.
func (h *listHouse) open(b testing.TB, path string) (*pki.RevocationList, *os.File) {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	l, err := pki.OpenCRL(f, info.Size(), h.a.Certificate())
	if err != nil {
		b.Fatal(err)
	}
	return l, f
}

// limit reads a file, writes as many bytes, hashes them and signs the digest.
func (h *listHouse) limit(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	sum, buf := sha256.New(), make([]byte, 128<<10)
	for {
		n, err := in.Read(buf)
		sum.Write(buf[:n])
		if _, err := out.Write(buf[:n]); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	signature, err := rsa.SignPKCS1v15(nil, h.raw, crypto.SHA256, sum.Sum(nil))
	if err != nil {
		return err
	}
	_, err = out.Write(signature)
	return err
}

// changesOf are n changes of a list: new entries, and one in four gone.
func changesOf(b *testing.B, l *pki.RevocationList, n int, at time.Time) []pki.ListChange {
	b.Helper()
	r := mathrand.New(mathrand.NewPCG(3, 4))
	all := map[pki.Serial]pki.ListChange{}
	for e, err := range l.Entries() {
		if err != nil {
			b.Fatal(err)
		}
		if len(all) >= n/4 {
			break
		}
		all[e.Serial] = pki.ListChange{RevokedEntry: e, Gone: true}
	}
	for len(all) < n {
		var s pki.Serial
		binary.BigEndian.PutUint64(s[:], 0x40<<56|r.Uint64()>>9)
		binary.BigEndian.PutUint64(s[8:], r.Uint64())
		all[s] = pki.ListChange{RevokedEntry: pki.RevokedEntry{Serial: s, At: at, Reason: pki.Superseded}}
	}
	out := make([]pki.ListChange, 0, len(all))
	for _, c := range all {
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y pki.ListChange) int { return x.Serial.Compare(y.Serial) })
	return out
}

// times measures limit and ours in turns: seconds, seconds of CPU and their ratios, as medians.
func times(b *testing.B, limit, ours func() error) {
	b.Helper()
	timesAfter(b, func() {}, limit, ours)
}

// timesAfter is times, and does something before each turn that is not measured.
func timesAfter(b *testing.B, before func(), limit, ours func() error) {
	b.Helper()
	once := func(f func() error) run {
		return timed(func(time.Time) int {
			if err := f(); err != nil {
				b.Fatal(err)
			}
			return 1
		})
	}
	var limits, figures, ratios, cpus []float64
	for range listRounds {
		before()
		l, o := once(limit), once(ours)
		limits, figures, ratios, cpus = append(limits, 1/l.rate), append(figures, 1/o.rate), append(ratios, l.rate/o.rate), append(cpus, o.cpu.Seconds()/l.cpu.Seconds())
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(limits), "limit-s")
	b.ReportMetric(median(figures), "ours-s")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(cpus), "CPU-ratio")
}

const listRounds = 7

func revoked(b *testing.B) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("MYNUMBER_BENCH_REVOKED"))
	if err != nil {
		n = 200_000
	}
	return n
}

// BenchmarkList is P5: one long list, from a sorted source and from yesterday's with what changed, beside reading, writing and hashing as many
// octets and one signature.
func BenchmarkList(b *testing.B) {
	h, n := newListHouse(b), revoked(b)
	source, size := h.records(b, n)
	whole := h.list(1)
	whole.Blocks, whole.EntriesSize = blocksIn(source), size
	first, err := h.write("first.crl", whole)
	if err != nil {
		b.Fatal(err)
	}
	limit := func() error { return h.limit(first, filepath.Join(h.dir, "limit")) }
	b.Run("sorted", func(b *testing.B) {
		times(b, limit, func() error {
			_, err := h.write("ours.crl", whole)
			return err
		})
		b.ReportMetric(peakAlone(b, h, "sorted", n), "MiB")
	})
	b.Run("merged", func(b *testing.B) {
		kept, f := h.open(b, first)
		defer f.Close()
		next := h.list(2)
		next.Kept, next.Changes = kept, changesOf(b, kept, 1000, h.this)
		times(b, limit, func() error {
			_, err := h.write("ours.crl", next)
			return err
		})
		b.ReportMetric(peakAlone(b, h, "merged", n), "MiB")
	})
	if n <= 1_000_000 || os.Getenv("MYNUMBER_BENCH_PEERS") != "" {
		b.Run("peers", func(b *testing.B) { listWriters(b, h, source) })
	}
}

// BenchmarkListCheck is P7: reading a long list with its signature, beside the hash alone; then look-ups.
func BenchmarkListCheck(b *testing.B) {
	h, n := newListHouse(b), revoked(b)
	source, size := h.records(b, n)
	whole := h.list(1)
	whole.Blocks, whole.EntriesSize = blocksIn(source), size
	first, err := h.write("first.crl", whole)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("open", func(b *testing.B) {
		times(b, func() error {
			f, err := os.Open(first)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.CopyBuffer(sha256.New(), struct{ io.Reader }{f}, make([]byte, 128<<10))
			return err
		}, func() error {
			_, f := h.open(b, first)
			return f.Close()
		})
		b.ReportMetric(peakAlone(b, h, "open", n), "MiB")
	})
	var some []pki.Serial
	i := 0
	for e := range entriesIn(source) {
		if i%max(n/10_000, 1) == 0 {
			some = append(some, e.Serial)
		}
		i++
	}
	mathrand.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
	l, f := h.open(b, first)
	defer f.Close()
	b.Run("lookup", func(b *testing.B) { lookUps(b, l, some) })
	b.Run("lookup-mapped", func(b *testing.B) {
		info, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		m, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
		if err != nil {
			b.Fatal(err)
		}
		defer syscall.Munmap(m)
		mapped, err := pki.OpenCRL(bytes.NewReader(m), info.Size(), h.a.Certificate())
		if err != nil {
			b.Fatal(err)
		}
		lookUps(b, mapped, some)
	})
	if n <= 1_000_000 || os.Getenv("MYNUMBER_BENCH_PEERS") != "" {
		b.Run("peers", func(b *testing.B) { listPeers(b, h, first) })
	}
}

// lookUps looks serials up that stand in the list.
func lookUps(b *testing.B, l *pki.RevocationList, some []pki.Serial) {
	const lookups = 100_000
	took := timed(func(time.Time) int {
		for i := range lookups {
			if _, found, err := l.Lookup(some[i%len(some)]); !found || err != nil {
				b.Fatal(found, err)
			}
		}
		return lookups
	})
	b.ReportMetric(1e9/took.rate, "ns/op")
	b.ReportMetric(float64(took.cpu.Nanoseconds()), "ns-CPU/op")
}

// listPeers are what others take to read the same list.
func listPeers(b *testing.B, h *listHouse, first string) {
	der, err := os.ReadFile(first)
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	l, err := x509.ParseRevocationList(der)
	if err != nil || l.CheckSignatureFrom(h.a.Certificate()) != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(time.Since(begun).Seconds(), "peer-go-x509-s")
	if _, err := exec.LookPath("openssl"); err != nil {
		b.Log("no openssl on this machine")
		return
	}
	ca := filepath.Join(h.dir, "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.a.Certificate().Raw}), 0o600); err != nil {
		b.Fatal(err)
	}
	begun = time.Now()
	out, err := exec.Command("openssl", "crl", "-inform", "DER", "-in", first, "-CAfile", ca, "-noout").CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("verify OK")) {
		b.Fatalf("%v %s", err, out)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "peer-openssl-s")
}

// BenchmarkListDay is P6: the day's 1,900 lists, of which most did not change, beside 1,900 signatures and the bytes on as many processors.
func BenchmarkListDay(b *testing.B) {
	const partitions = 1900
	h, n := newListHouse(b), revoked(b)
	each := max(n/partitions, 1)
	source, size := h.records(b, each)
	lists := make([]*pki.RevocationList, partitions)
	for i := range lists {
		l := h.list(1)
		l.Blocks, l.EntriesSize = blocksIn(source), size
		path, err := h.write(fmt.Sprintf("%d-1.crl", i), l)
		if err != nil {
			b.Fatal(err)
		}
		kept, f := h.open(b, path)
		defer f.Close()
		lists[i] = kept
	}
	all := func(f func(i int) error) error {
		var workers sync.WaitGroup
		errs := make([]error, runtime.GOMAXPROCS(0))
		next := make(chan int)
		for w := range errs {
			workers.Go(func() {
				for i := range next {
					if errs[w] == nil {
						errs[w] = f(i)
					}
				}
			})
		}
		for i := range partitions {
			next <- i
		}
		close(next)
		workers.Wait()
		return errors.Join(errs...)
	}
	changes := changesOf(b, lists[0], 28, h.this) // about 50,000 a day in the nation
	for name, changed := range map[string]bool{"unchanged": false, "changed": true} {
		b.Run(name, func(b *testing.B) {
			times(b, func() error {
				return all(func(i int) error {
					return h.limit(filepath.Join(h.dir, fmt.Sprintf("%d-1.crl", i)), filepath.Join(h.dir, fmt.Sprintf("%d-limit", i)))
				})
			}, func() error {
				return all(func(i int) error {
					l := h.list(2)
					l.Kept = lists[i]
					if changed {
						l.Changes = changes
					}
					_, err := h.write(fmt.Sprintf("%d-2.crl", i), l)
					return err
				})
			})
		})
	}
}
