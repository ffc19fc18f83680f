package bench

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"mynumber/internal/demo"
)

// windowClerks work at the same time, each with a login of their own. Between two acts a clerk thinks for up to
// thinks: many times as fast as anybody at a window.
const (
	windowClerks = 50
	thinks       = 400 * time.Millisecond
	windowTime   = 20 * time.Second
)

// BenchmarkWindow: the real program, 50 clerks logged in, cases taken in, looked at, sent on, received and looked at again. What
// is reported is how long a clerk waits for an act: half of them, and 99 of a hundred; beside it 99 of a hundred durable
// commits of an update and an event by the driver, alone on the same disk. Goal: 50 ms.
func BenchmarkWindow(b *testing.B) {
	address, pid := startDemo(b)
	d, _, _ := registersBesideDriver(b)
	var limits []time.Duration
	for begun := time.Now(); time.Since(begun) < 3*time.Second; {
		one := time.Now()
		if err := d.acts(1); err != nil {
			b.Fatal(err)
		}
		limits = append(limits, time.Since(one))
	}
	form, photo, err := demo.Example("sato")
	if err != nil {
		b.Fatal(err)
	}
	var mu sync.Mutex
	waited := map[string][]time.Duration{}
	var all sync.WaitGroup
	used := usedBy(pid)
	for i := range windowClerks {
		all.Go(func() {
			c := &clerk{address: address, desks: map[string]*http.Client{}, note: func(kind string, took time.Duration) {
				mu.Lock()
				defer mu.Unlock()
				waited[kind] = append(waited[kind], took)
			}}
			if err := errors.Join(c.login("sumida"), c.login("hachinohe")); err != nil {
				b.Error(err)
				return
			}
			for n, begun := 0, time.Now(); time.Since(begun) < windowTime; n++ {
				if err := c.life(map[string]any{"request_key": fmt.Sprint("clerk ", i, " case ", n), "form": form, "photo": photo, "channel": "visit", "sealed_form": true, "old_card_seen": true}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(percentile(limits, 99)), "driver-p99-ms")
	acts := 0
	for kind, times := range waited {
		acts += len(times)
		b.ReportMetric(milliseconds(percentile(times, 50)), kind+"-p50-ms")
		b.ReportMetric(milliseconds(percentile(times, 99)), kind+"-p99-ms")
	}
	b.ReportMetric(float64(acts)/windowTime.Seconds(), "acts/s")
	b.ReportMetric(milliseconds(usedBy(pid)-used)/float64(acts), "server-CPU-ms/act")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// startDemo builds the program and starts its demo on an empty folder.
func startDemo(b *testing.B) (address string, pid int) {
	b.Helper()
	program := filepath.Join(b.TempDir(), "mynumber")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "../cmd/mynumber").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address = l.Addr().String()
	l.Close()
	cmd := exec.Command(program, "demo", "-data", filepath.Join(b.TempDir(), "d"), "-listen", address)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	})
	for range 3000 {
		response, err := http.Get("http://" + address + "/")
		if err == nil {
			response.Body.Close()
			return address, cmd.Process.Pid
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Fatal("no answer")
	return "", 0
}

// clerk works at two desks.
type clerk struct {
	address string
	desks   map[string]*http.Client
	note    func(kind string, took time.Duration)
}

func (c *clerk) login(account string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	desk := &http.Client{Jar: jar}
	response, err := desk.PostForm("http://"+c.address+"/sandbox/login", url.Values{"account": {account}})
	if err != nil {
		return err
	}
	response.Body.Close()
	c.desks[account] = desk
	return nil
}

// life is a case until its papers are where they belong.
func (c *clerk) life(form any) error {
	var filed struct{ Application struct{ ID string } }
	if err := c.act("take-in", "sumida", http.MethodPost, "/api/v1/applications", form, &filed); err != nil {
		return err
	}
	path := "/api/v1/applications/" + filed.Application.ID
	for _, step := range []struct {
		account, method, path string
	}{
		{"sumida", http.MethodGet, ""},
		{"sumida", http.MethodPost, "/forward"},
		{"hachinohe", http.MethodPost, "/receive-papers"},
		{"hachinohe", http.MethodGet, ""},
	} {
		if err := c.act("act", step.account, step.method, path+step.path, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

func (c *clerk) act(kind, account, method, path string, body, into any) error {
	time.Sleep(rand.N(thinks))
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, "http://"+c.address+path, bytes.NewReader(content))
	if err != nil {
		return err
	}
	begun := time.Now()
	response, err := c.desks[account].Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	c.note(kind, time.Since(begun))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %s", path, response.Status, text)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}
