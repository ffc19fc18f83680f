package bench

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/store"
)

// TestMain lets the test binary be the clients as well: their CPU time is another process's.
func TestMain(m *testing.M) {
	if os.Getenv("MYNUMBER_BENCH_CLIENTS") != "" {
		if err := clients(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if os.Getenv("MYNUMBER_BENCH_ASKER") != "" {
		if err := asks(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if text := os.Getenv("MYNUMBER_BENCH_RESPONDER"); text != "" {
		var spec serverSpec
		err := json.Unmarshal([]byte(text), &spec)
		if err == nil {
			err = respond(spec, os.Stdin, os.Stdout)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// order is a piece of work for the clients: all paths are asked, by as many clients at once, each after its last answer.
type order struct {
	Address string
	Header  string // lines that every request has
	Clients int
	Paths   []string
	Offices []string // of the clerk who asks for each path
	Bodies  []string // of each request; none when there are none
	Refused bool     // a refusal (409) is an answer too
}

// report is how it went.
type report struct {
	Took   time.Duration
	Waited []time.Duration // of each request
	Done   int             // requests that were not refused
	Fault  string
}

// clients works off orders, one JSON a line.
func clients(in io.Reader, out io.Writer) error {
	orders, reports := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var o order
		if err := orders.Decode(&o); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := reports.Encode(o.work()); err != nil {
			return err
		}
	}
}

func (o order) work() report {
	r := report{Waited: make([]time.Duration, len(o.Paths))}
	var faults sync.Map
	var done atomic.Int64
	var all, ready sync.WaitGroup
	ready.Add(o.Clients)
	begin := make(chan struct{})
	for c := range o.Clients {
		all.Go(func() {
			conn, err := net.Dial("tcp", o.Address)
			ready.Done()
			if err != nil {
				faults.Store(err.Error(), true)
				return
			}
			defer conn.Close()
			<-begin
			answers := bufio.NewReader(conn)
			for i := c; i < len(o.Paths); i += o.Clients {
				begun := time.Now()
				var body string
				if o.Bodies != nil {
					body = o.Bodies[i]
				}
				status, err := ask(conn, answers, fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nX-Office: %s\r\n%s\r\n%s", o.Paths[i], o.Address, len(body), o.Offices[i], o.Header, body))
				switch {
				case err == nil && status == http.StatusOK:
					done.Add(1)
				case err != nil, status != http.StatusConflict, !o.Refused:
					faults.Store(fmt.Sprint(status, err), true)
					return
				}
				r.Waited[i] = time.Since(begun)
			}
		})
	}
	ready.Wait()
	begun := time.Now()
	close(begin)
	all.Wait()
	r.Took, r.Done = time.Since(begun), int(done.Load())
	faults.Range(func(fault, _ any) bool { r.Fault = fault.(string); return false })
	return r
}

// ask sends a request and reads its answer, with as little as it takes, because it is not what is measured.
func ask(conn net.Conn, answers *bufio.Reader, request string) (status int, err error) {
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, err
	}
	first, err := answers.ReadString('\n')
	if err != nil {
		return 0, err
	}
	if _, err := fmt.Sscanf(first, "HTTP/1.1 %d", &status); err != nil {
		return 0, err
	}
	length := 0
	for {
		line, err := answers.ReadString('\n')
		if err != nil {
			return status, err
		}
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			break
		}
		if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			if length, err = strconv.Atoi(n); err != nil {
				return status, err
			}
		}
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(answers, body); err != nil {
		return status, err
	}
	if status >= http.StatusInternalServerError {
		return status, fmt.Errorf("%s", body)
	}
	return status, nil
}

// generator is the process of the clients.
type generator struct {
	b       *testing.B
	cmd     *exec.Cmd
	orders  *json.Encoder
	reports *json.Decoder
}

// piped starts a process that is spoken to.
func piped(b *testing.B, cmd *exec.Cmd) (io.WriteCloser, io.Reader) {
	b.Helper()
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return in, out
}

func startClients(b *testing.B) *generator {
	b.Helper()
	g := &generator{b: b, cmd: exec.Command(os.Args[0])}
	g.cmd.Env = append(os.Environ(), "MYNUMBER_BENCH_CLIENTS=1")
	in, out := piped(b, g.cmd)
	g.orders, g.reports = json.NewEncoder(in), json.NewDecoder(out)
	b.Cleanup(func() {
		in.Close()
		g.cmd.Wait()
	})
	return g
}

func (g *generator) work(o order) report {
	g.b.Helper()
	if err := g.orders.Encode(o); err != nil {
		g.b.Fatal(err)
	}
	var r report
	if err := g.reports.Decode(&r); err != nil {
		g.b.Fatal(err)
	}
	if r.Fault != "" {
		g.b.Fatal(r.Fault)
	}
	return r
}

// used is the CPU time of the clients' process so far.
func (g *generator) used() time.Duration { return usedBy(g.cmd.Process.Pid) }

// usedBy is the CPU time of a process so far; zero where there is no /proc.
func usedBy(pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var ticks int64
	for _, f := range fields[11:13] {
		n, _ := strconv.ParseInt(f, 10, 64)
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// serve answers the API for a clerk of whichever office the request names.
func serve(b *testing.B, db *store.DB) (address string) {
	b.Helper()
	policies, err := booking.Load()
	if err != nil {
		b.Fatal(err)
	}
	o := &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader, Policies: policies, URL: "http://mynumber.invalid", Log: slog.New(slog.DiscardHandler)}
	handler := api.New(o, func(r *http.Request) (office.Actor, bool) {
		return office.Actor{Staff: "sumida", Office: place.Code(r.Header.Get("X-Office")), Role: office.Clerk}, true
	}, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	go server.Serve(l)
	b.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

// through lets clients of a process of their own do acts over HTTP and reports, beside the rate, what it would be if their CPU
// time were free, and the time of the slowest of a hundred.
func through(g *generator, address string, apps []application.Application) (all, apart run, p99 time.Duration) {
	o := order{Address: address, Clients: 64}
	for _, a := range apps {
		o.Paths = append(o.Paths, "/api/v1/applications/"+a.ID+"/receive-papers")
		o.Offices = append(o.Offices, string(a.InCharge))
	}
	used, theirs := cpu(syscall.RUSAGE_SELF), g.used()
	r := g.work(o)
	used, theirs = cpu(syscall.RUSAGE_SELF)-used, g.used()-theirs
	n := len(apps)
	all = run{float64(n) / r.Took.Seconds(), used / time.Duration(n)}
	free := r.Took - theirs/time.Duration(runtime.NumCPU())
	return all, run{float64(n) / free.Seconds(), used / time.Duration(n)}, percentile(r.Waited, 99)
}

// httpActs measures acts over HTTP beside a limit.
func httpActs(b *testing.B, db *store.DB, apps []application.Application, limit func() run) {
	b.Helper()
	g, address := startClients(b), serve(b, db)
	chunk := len(apps) / (rounds + 1)
	_, _, _ = through(g, address, apps[:chunk]) // connections, statements
	var raws, p99s []float64
	turn := 1
	beside(b, rounds, limit, func() run {
		all, apart, p99 := through(g, address, apps[turn*chunk:(turn+1)*chunk])
		turn++
		raws, p99s = append(raws, all.rate), append(p99s, float64(p99.Microseconds())/1000)
		return apart
	})
	b.ReportMetric(median(raws), "with-clients/s")
	b.ReportMetric(median(p99s), "p99-ms")
}

// BenchmarkActsHTTP (P10): 64 clients through HTTP. The limit is the driver with 64 acts in one commit. Goal: 0.5, p99 10 ms.
func BenchmarkActsHTTP(b *testing.B) {
	d, db, apps := registersBesideDriver(b)
	httpActs(b, db, apps, func() run { return rate(b, 100*time.Millisecond, 64, func() error { return d.acts(64) }) })
}
