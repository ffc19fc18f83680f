// Command figures measures the goals of certificates (P1 to P9) and of cards (P16) and prints their table: each figure with its limit in the same run, the
// ratio of the two, and what else was measured beside it.
//
//	go run ./bench/figures [-big] [-huge] [-only P1,P5] [-write docs/performance.md]
//
// -big takes the sizes of the goals (200 million certificates, 5 million revoked), which needs 10 GB of disk and half an hour; -huge measures
// 50 million revoked as well, which needs 12 GB of disk and as much memory for the system's cache.
// -write puts the table between its marks in the document; rows that were not measured stay as they are.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// figure is one line of the list of what is measured.
type figure struct {
	id, what, goal string
	pkg, bench     string
	big            []string // environment for the sizes of the goal
	huge           []string // environment of a size that is measured with -huge alone
}

var nation = []string{"MYNUMBER_BENCH_CERTIFICATES=200000000"}

var fifty = []string{"MYNUMBER_BENCH_REVOKED=50000000"}

var fiveMillion = []string{"MYNUMBER_BENCH_REVOKED=5000000"}

var revoked = []string{"MYNUMBER_BENCH_REVOKED=5000000", "MYNUMBER_BENCH_PEERS=1"} // others take 6 GB of memory for it

// figures are in the order of their numbers.
var figures = []figure{
	{"P1", "OCSP, prepared answers over 64 kept connections, a processor each for server and clients; against a fixed body by the same library", "≥ 0.90, p99 ≤ 2 ms", "./bench", "OCSP(Prepared|Peers)", nation, nil},
	{"P2", "OCSP signed for each nonce, through the listener; against the raw RSA signature. Beside it the p99 of prepared answers without and with a flood of nonces", "≥ 0.95, p99 unmoved", "./bench", "OCSPNonce", nation, nil},
	{"P2-token", "the same with the responder's key in a PKCS#11 token (SoftHSM); against that key's raw rate, one signature after another", "≥ 0.95", "./bench", "OCSPToken", nil, nil},
	{"P3", "prepared answers beside 10,000 connections that say nothing or half a request; against the server without them", "≥ 0.95", "./bench", "OCSPSilent", nil, nil},
	{"P4", "from a revocation's being durable to its being heard by a node that follows, at 5,000 a second", "p99 ≤ 50 ms", "./bench", "RevocationHeard", nil, nil},
	{"P5", "one revocation list, written; against read, write, SHA-256 and one signature", "≤ 1.15 from a sorted source, ≤ 32 MiB", "./bench", "List$", revoked, nil},
	{"P5-50M", "the same with 50 million entries, 2.45 GB", "≤ 1.10, ≤ 32 MiB", "./bench", "List$/(sorted|merged)", nil, fifty},
	{"P5-daily", "the long list as the running store makes it every day: its number taken, the last one read and checked, a new one of it and of the thousand changes that the register tells, durable, read and checked against the last, recorded; against read, write, SHA-256 and one signature of the list on one processor", "≤ 2", "./bench", "ListRegister/daily", fiveMillion, nil},
	{"P5-SQL", "the same from the register's rows alone, in SQL, as after a restore; never the day's way", "–", "./bench", "ListRegister/full", fiveMillion, nil},
	{"P6", "the day's 1,900 lists; against 1,900 signatures and their bytes", "≤ 1.05", "./bench", "ListDay", revoked, nil},
	{"P6-50M", "the same with 50 million entries", "the full day ≤ 8 s", "./bench", "ListDay", nil, fifty},
	{"P7", "checking a list whole, then look-ups; against SHA-256", "≤ 0.30 s, ≤ 16 MiB, ≤ 2 µs", "./bench", "ListCheck", revoked, nil},
	{"P8", "a certificate with lint and reading back; against the raw RSA signature (`raw`)", "≥ 0.97", "./internal/pki", "IssueAgainstSignature", nil, nil},
	{"P8-API", "certificates for phones through the API: checked, planned, linted, signed, read back, recorded and journaled, durable on SQLite, the former ones revoked; against the raw RSA signature on as many processors", "≥ 0.90", "./bench", "IssueThroughAPI", nil, nil},
	{"P9", "what became of a certificate, by its serial number; against a look-up in a sorted mapped file of the revoked", "≤ 2 µs, start ≤ 100 ms, ≤ 64 MiB", "./bench", "StatusLookup", nation, nil},
	{"P16", "the chip's signature; against raw `crypto/rsa` with the same key, of each the fastest tenth", "≥ 0.95", "./internal/iccard", "Sign$", nil, nil},
	{"P16-read", "SELECT and READ of a certificate, six commands, in process", "≤ 30 µs", "./internal/iccard", "ReadCertificate", nil, nil},
	{"P16-vpcd", "a command to the chip through pcscd and the virtual reader (SELECT, READ BINARY in turns), median; against a card of one line that answers at once", "≤ 0.2 ms", "./internal/reader", "VirtualReader", nil, nil},
	{"P16-PIN", "a PIN verified on a card in a file, each memory durable before the next step; against as many flushes of as many bytes", "–", "./internal/iccard", "Verify", nil, nil},
	{"P16-open", "10,000 cards in files open at once, each with 30 kB on it, and a certificate read from each", "< 1 GB", "./internal/iccard", "OpenCards", nil, nil},
	{"P16-make", "a card made in a file with two keys on it, 20 files, 9 PINs, all durable; against two keys of `crypto/rsa`", "≤ 1.1", "./internal/iccard", "Personalise", nil, nil},
}

// lasting is how long or often some of them run, where it matters.
var lasting = map[string]string{"P16": "3s", "P16-PIN": "200x", "P16-open": "1x", "P16-make": "60x"}

// tagged are build tags that some of them want, and a C compiler and a token with them. Where there is none, their rows stay as they are.
var tagged = map[string]string{"P2-token": "hsm"}

func main() {
	big := flag.Bool("big", false, "take the sizes of the goals")
	huge := flag.Bool("huge", false, "measure 50 million entries as well")
	only := flag.String("only", "", "measure these alone, like P1,P5")
	write := flag.String("write", "", "put the table into this document")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *big, *huge, *only, *write); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, big, huge bool, only, document string) error {
	rows := map[string][]string{}
	for _, f := range figures {
		if only != "" && !slices.Contains(strings.Split(only, ","), f.id) || f.huge != nil && !huge {
			continue
		}
		lines, err := f.measure(ctx, big)
		if err != nil && tagged[f.id] != "" && only == "" {
			fmt.Fprintf(os.Stderr, "figures: %s: %v\n", f.id, err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.id, err)
		}
		rows[f.id] = lines
		for _, l := range lines {
			fmt.Fprintln(out, l)
		}
	}
	if document == "" {
		return nil
	}
	return put(document, rows)
}

// measure runs the benchmarks of a figure and makes a row of each of their lines.
func (f figure) measure(ctx context.Context, big bool) ([]string, error) {
	cmd := exec.CommandContext(ctx, "go", "test", f.pkg, "-run", "^$", "-bench", f.bench, "-timeout", "60m")
	if times, ok := lasting[f.id]; ok {
		cmd.Args = append(cmd.Args, "-benchtime", times)
	} else if f.pkg == "./bench" {
		cmd.Args = append(cmd.Args, "-benchtime", "1x") // they take turns by themselves
	}
	cmd.Env = os.Environ()
	if tags := tagged[f.id]; tags != "" {
		cmd.Args, cmd.Env = append(cmd.Args, "-tags", tags), append(cmd.Env, "CGO_ENABLED=1")
	}
	size := "small"
	if big {
		cmd.Env = append(cmd.Env, f.big...)
		size = "big"
	}
	cmd.Env = append(cmd.Env, f.huge...)
	if len(f.big) == 0 {
		size = ""
	}
	fmt.Fprintln(os.Stderr, f.id, strings.Join(cmd.Args, " "))
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&text, os.Stderr), os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	var rows []string
	lines := bufio.NewScanner(&text)
	for lines.Scan() {
		if name, metrics, ok := parse(lines.Text()); ok {
			rows = append(rows, f.row(name, size, metrics))
		}
	}
	if len(rows) == 0 {
		return nil, errors.New("no benchmark of this name, or it was skipped")
	}
	return rows, nil
}

// metric is a value with its unit, as the benchmark printed it.
type metric struct{ value, unit string }

// parse reads a line of a benchmark: its name, how often it ran, then pairs of value and unit.
func parse(line string) (name string, metrics []metric, ok bool) {
	words := strings.Fields(line)
	if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") || len(words)%2 != 0 {
		return "", nil, false
	}
	name = strings.TrimPrefix(words[0], "Benchmark")
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		name = name[:i] // the number of processors
	}
	for i := 2; i+1 < len(words); i += 2 {
		metrics = append(metrics, metric{words[i], words[i+1]})
	}
	return name, metrics, true
}

// row is one line of the table.
func (f figure) row(name, size string, metrics []metric) string {
	var limit, ours, ratio string
	var peers, rest []string
	for _, m := range metrics {
		switch {
		case m.unit == "limit/s" || m.unit == "limit-s":
			limit = m.value + strings.Replace(strings.TrimPrefix(m.unit, "limit"), "-", " ", 1)
		case m.unit == "ours/s" || m.unit == "ours-s":
			ours = m.value + strings.Replace(strings.TrimPrefix(m.unit, "ours"), "-", " ", 1)
		case strings.HasPrefix(m.unit, "peer-"):
			peers = append(peers, m.value+" "+strings.TrimPrefix(m.unit, "peer-"))
		case m.unit == "ratio" || m.unit == "raw":
			ratio = m.value
		case m.unit != "ns/op" || m.value != "0":
			rest = append(rest, m.value+" "+m.unit)
		}
	}
	what := f.what + " (" + name + strings.TrimSuffix(", "+size, ", ") + ")"
	return "| " + strings.Join([]string{f.id, what, f.goal, cmp.Or(limit, "–"), cmp.Or(ours, "–"), cmp.Or(ratio, "–"), cmp.Or(strings.Join(peers, ", "), "–"), strings.Join(rest, ", ")}, " | ") + " |"
}

// Marks of the table in the document.
const (
	begin = "<!-- figures: made by `make figures` -->"
	end   = "<!-- end of figures -->"
)

// put puts rows into the document's table; those of other figures stay.
func put(document string, rows map[string][]string) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	before, table, ok := strings.Cut(string(text), begin)
	table, after, closed := strings.Cut(table, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no place for the table between %q and %q", document, begin, end)
	}
	measured := maps.Clone(rows)
	for line := range strings.Lines(table) {
		id, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " ")
		if _, now := measured[id]; !now && slices.ContainsFunc(figures, func(f figure) bool { return f.id == id }) {
			rows[id] = append(rows[id][:len(rows[id]):len(rows[id])], strings.TrimSpace(line))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s\n\nMeasured on %s, %s.\n\n", before, begin, time.Now().UTC().Format(time.DateOnly), machine())
	b.WriteString("| | figure | goal | limit | ours | ratio | peer | beside it |\n|---|---|---|---|---|---|---|---|\n")
	for _, f := range figures {
		for _, r := range rows[f.id] {
			b.WriteString(r + "\n")
		}
	}
	return os.WriteFile(document, []byte(b.String()+"\n"+end+after), 0o644)
}

// machine says in a few words what it was measured on.
func machine() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "a machine that does not say what it is"
	}
	name, n := "", 0
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			name, n = strings.TrimSpace(value), n+1
		}
	}
	return fmt.Sprintf("%d × %s", n, name)
}
