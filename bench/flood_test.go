package bench

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// flood is work for the process that asks: so many connections, each asking after its last answer, for so long. The requests are whole,
// with their head, and taken in turn.
type flood struct {
	Address     string
	Connections int
	Lasts       time.Duration
	Requests    [][]byte
	Fresh       bool // a connection of its own for each request
}

// flooded is how it went.
type flooded struct {
	Rate     float64 // answers a second
	P50, P99 time.Duration
	Body     int // octets of an answer
	Later    int // answers of five octets: no status
}

// asks is the process that asks.
func asks(in io.Reader, out io.Writer) error {
	orders, reports := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var f flood
		if err := orders.Decode(&f); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		r, err := f.run()
		if err != nil {
			return err
		}
		if err := reports.Encode(r); err != nil {
			return err
		}
	}
}

func (f flood) run() (flooded, error) {
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		out    flooded
		waited []time.Duration
		fault  error
	)
	begun := time.Now()
	for n := range f.Connections {
		all.Go(func() {
			times, body, later, err := f.client(n, begun.Add(f.Lasts))
			mu.Lock()
			defer mu.Unlock()
			waited, out.Later = append(waited, times...), out.Later+later
			out.Body = max(out.Body, body)
			if err != nil {
				fault = err
			}
		})
	}
	all.Wait()
	out.Rate = float64(len(waited)) / time.Since(begun).Seconds()
	if len(waited) > 0 {
		slices.Sort(waited)
		out.P50, out.P99 = waited[len(waited)/2], waited[len(waited)*99/100]
	}
	return out, fault
}

// client asks on one connection.
func (f flood) client(n int, until time.Time) (waited []time.Duration, body, later int, err error) {
	var c net.Conn
	defer func() {
		if c != nil {
			c.Close()
		}
	}()
	r := bufio.NewReaderSize(nil, 16<<10)
	waited = make([]time.Duration, 0, 1<<14)
	for i := n; ; i++ {
		sent := time.Now()
		if sent.After(until) {
			return waited, body, later, nil
		}
		if c == nil || f.Fresh {
			if c != nil {
				c.Close()
			}
			if c, err = net.Dial("tcp", f.Address); err != nil {
				return waited, body, later, err
			}
			r.Reset(c)
		}
		if _, err := c.Write(f.Requests[i%len(f.Requests)]); err != nil {
			return waited, body, later, err
		}
		size, err := answerSize(r)
		if err != nil {
			return waited, body, later, err
		}
		if _, err := r.Discard(size); err != nil {
			return waited, body, later, err
		}
		body = max(body, size)
		if size == 5 {
			later++
		}
		waited = append(waited, time.Since(sent))
	}
}

var contentLength = []byte("content-length:")

// answerSize reads a head and says how long the body is.
func answerSize(r *bufio.Reader) (int, error) {
	size := 0
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		switch {
		case first && !bytes.Contains(line, []byte(" 200 ")):
			return 0, fmt.Errorf("answer %q", line)
		case len(line) <= 2:
			return size, nil
		case len(line) > len(contentLength) && line[0]|0x20 == 'c' && bytes.EqualFold(line[:len(contentLength)], contentLength):
			if size, err = strconv.Atoi(string(bytes.TrimSpace(line[len(contentLength):]))); err != nil {
				return 0, err
			}
		}
	}
}

// asker is the process that asks, on a processor of its own.
type asker struct {
	b       *testing.B
	orders  *json.Encoder
	reports *json.Decoder
}

func startAsker(b *testing.B) *asker {
	b.Helper()
	cmd := pinned(1, os.Args[0])
	cmd.Env = append(os.Environ(), "MYNUMBER_BENCH_ASKER=1", "GOMAXPROCS=1")
	in, out := piped(b, cmd)
	b.Cleanup(func() {
		in.Close()
		cmd.Wait()
	})
	return &asker{b, json.NewEncoder(in), json.NewDecoder(out)}
}

func (a *asker) flood(f flood) flooded {
	a.b.Helper()
	if err := a.orders.Encode(f); err != nil {
		a.b.Fatal(err)
	}
	var r flooded
	if err := a.reports.Decode(&r); err != nil {
		a.b.Fatal(err)
	}
	return r
}

// post and get are whole requests.
func post(der []byte) []byte {
	return fmt.Appendf(nil, "POST /ocsp HTTP/1.1\r\nHost: ocsp.example.jp\r\nContent-Type: application/ocsp-request\r\nContent-Length: %d\r\n\r\n%s", len(der), der)
}

func get(der []byte) []byte {
	return fmt.Appendf(nil, "GET /ocsp/%s HTTP/1.1\r\nHost: ocsp.example.jp\r\n\r\n", url.PathEscape(base64.StdEncoding.EncodeToString(der)))
}
