package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/demo"
	"mynumber/internal/journal"
	"mynumber/internal/store/pgtest"
)

// crashActs is how many acts the clients do at least on each engine; MYNUMBER_CRASH_ACTS=1000 for the whole of it.
func crashActs(t *testing.T) int {
	text := os.Getenv("MYNUMBER_CRASH_ACTS")
	if text == "" {
		return 240
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const crashClients = 8

// liftShare: one in so many acts at least writes a chip.
const liftShare = 60

// TestKilledUnderClients kills the program again and again, with SIGKILL, while clients act at the same time, and starts it anew. A
// client whose answer was lost sends the same request under the same key until it has one. Then every act that was answered is in
// the journal as often as it was answered, no other is, every case stands where its last act left it with its mails,
// and the journals hold.
func TestKilledUnderClients(t *testing.T) {
	if testing.Short() {
		t.Skip("a process that dies all the time takes a while")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killUnderClients(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killUnderClients(t, pgtest.Fresh(t))
	})
}

func killUnderClients(t *testing.T, db string) {
	w := &dyingWorld{t: t, dir: filepath.Join(t.TempDir(), "d"), db: db, address: free(t), want: crashActs(t), heard: map[said]int{}}
	w.lives = sync.NewCond(&w.mu)
	over, deaths := make(chan struct{}), make(chan int)
	go func() { deaths <- w.dieUntil(over) }()
	var clients sync.WaitGroup
	for i := range crashClients {
		clients.Go(func() {
			(&crashClient{world: w, name: fmt.Sprint("client", i), desks: map[string]*http.Client{}}).run()
		})
	}
	clients.Wait()
	close(over)
	n := <-deaths
	w.check()
	t.Logf("%d deaths under %d acts: %v", n, w.done, w.heard.summary())
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// said is what an answer or an entry says of an act.
type said struct {
	act, subject string
	outcome      journal.Outcome
}

type counted map[said]int

// summary counts by act and outcome.
func (c counted) summary() map[string]int {
	sum := map[string]int{}
	for s, n := range c {
		sum[s.act+" "+string(s.outcome)] += n
	}
	return sum
}

// dyingWorld is a program that is killed and started on the same folder and address, and what its clients heard.
type dyingWorld struct {
	t                *testing.T
	dir, db, address string
	program          string // empty for the program itself
	stretch          int    // how many times longer it lives than usual; 0 is 1
	want             int

	mu     sync.Mutex
	lives  *sync.Cond // it lives, or will not any more
	alive  bool
	done   int
	lifted int // cases that wrote the chip
	heard  counted
	filed  []string // applications
}

// The program lives for a moment, and now and then long enough to make a card.
const (
	shortLife = 300 * time.Millisecond
	longLife  = 3 * time.Second
)

// dieUntil lets the program die until the clients are through, and reports how often it did. The last death is without them.
func (w *dyingWorld) dieUntil(over <-chan struct{}) int {
	for n := 1; ; n++ {
		cmd, faults := w.start()
		w.setAlive(true)
		life := shortLife
		if n%5 == 0 {
			life = longLife
		}
		dies := time.NewTimer(time.Duration(mathrand.Int64N(int64(life) * int64(max(w.stretch, 1)))))
		through := false
		select {
		case <-dies.C:
		case <-over:
			through = true
		}
		w.setAlive(false)
		cmd.Process.Kill()
		if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			w.t.Errorf("the program ended by itself: %v\n%s", err, faults)
			return n
		}
		if through {
			return n
		}
	}
}

func (w *dyingWorld) setAlive(alive bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.alive = alive
	w.lives.Broadcast()
}

// wait waits until the program lives.
func (w *dyingWorld) wait() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !w.alive {
		w.lives.Wait()
	}
}

// path is where the program is.
func (w *dyingWorld) path() string {
	path, err := exec.LookPath(cmp.Or(w.program, "mynumber"))
	if err != nil {
		panic(err)
	}
	return path
}

// on lets a command work on the world's registers.
func (w *dyingWorld) on(args []string) []string {
	if w.db == "" {
		return args
	}
	return append(slices.Clone(args), "-db", w.db)
}

// start starts the program and waits until it answers.
func (w *dyingWorld) start() (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(w.path(), w.on([]string{"demo", "-data", w.dir, "-listen", w.address})...)
	faults := &bytes.Buffer{}
	cmd.Stderr = faults
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	for range 3000 {
		response, err := http.Get("http://" + w.address + "/")
		if err == nil {
			response.Body.Close()
			return cmd, faults
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Errorf("no answer\n%s", faults)
	return cmd, faults
}

// enough counts an act, and reports whether the clients may stop.
func (w *dyingWorld) enough() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done >= w.want && w.lifted >= w.want/liftShare || w.t.Failed()
}

// crashClient works off cases of its own, one act after the other.
type crashClient struct {
	world *dyingWorld
	name  string
	sent  int
	desks map[string]*http.Client
}

func (c *crashClient) run() {
	if c.name == "client1" {
		c.holder()
		return
	}
	for n := 0; !c.world.enough(); n++ {
		c.life(n)
	}
}

// holder is a card that is applied for, made, handed over, and then stopped and lifted again and again: each lifting writes new
// certificates into the chip.
func (c *crashClient) holder() {
	form, photo, err := demo.Example("suzuki")
	if err != nil {
		c.world.t.Error(err)
		return
	}
	do, ok := c.file(map[string]any{"request_key": "the holder", "form": form, "photo": photo, "channel": "visit", "sealed_form": true})
	if !ok {
		return
	}
	do("sumida", "forward", nil)
	do("hachinohe", "receive-papers", nil)
	do("hachinohe", "identify", map[string]any{"person": "suzuki"})
	do("hachinohe", "accept", nil)
	do("production", "produce", nil)
	do("production", "dispatch", nil)
	do("sumida", "announce", nil)
	do("sumida", "check-identity", map[string]any{"visitor": "holder", "passport_name": "SUZUKI KAITO", "passport_birth": "1994-11-03", "old_card": false,
		"papers": []map[string]string{{"kind": "passport", "until": "2030-03-01"}, {"kind": "driving_licence", "until": "2027-06-17"}}})
	do("sumida", "open-sealed-form", map[string]any{"holder_present": true, "pins": map[string]string{"signature": "HIKARI2026", "user_authentication": "2580", "resident_register": "1470", "input_support": "3690"}})
	do("sumida", "hand-over", map[string]any{"receipt_signed": true})
	for n := 0; !c.world.enough(); n++ {
		c.stopAndLift(n)
	}
}

// stopAndLift stops the card by telephone and lifts it at the honseki, as two cases.
func (c *crashClient) stopAndLift(n int) {
	take := func(account, procedure, channel string) answer {
		return c.act(account, "take_in", "", "/api/v1/people/suzuki/cases", map[string]any{"request_key": fmt.Sprint(procedure, n), "situation": map[string]any{
			"procedure": procedure, "channel": channel, "card": map[string]any{"at_hand": channel == "visit"},
			"visitor": map[string]any{"who": "holder", "papers": []map[string]string{{"kind": "lift_notice"}, {"kind": "card"}}}}})
	}
	take("stopline", "suspend_card", "telephone")
	c.search("hachinohe", map[string]any{"name": "鈴木 海斗", "birth": "1994-11-03"})
	if id := take("hachinohe", "lift_suspension_abroad", "visit").Case.ID; id != "" {
		c.act("hachinohe", "complete", "case/"+id, "/api/v1/cases/"+id+"/complete", nil)
		c.world.mu.Lock()
		c.world.lifted++
		c.world.mu.Unlock()
	}
}

// file files an application and returns how to do the acts of it.
func (c *crashClient) file(request map[string]any) (do func(account, act string, body any) answer, ok bool) {
	id := c.act("sumida", "file", "", "/api/v1/applications", request).Application.ID
	if id == "" {
		return nil, false
	}
	c.world.mu.Lock()
	c.world.filed = append(c.world.filed, id)
	c.world.mu.Unlock()
	return func(account, act string, body any) answer {
		return c.act(account, strings.ReplaceAll(act, "-", "_"), "application/"+id, "/api/v1/applications/"+id+"/"+act, body)
	}, true
}

// life is a case: filed, sent on, asked for out of order, received, identified, and then accepted or not. Some cards are made.
func (c *crashClient) life(n int) {
	form, photo, err := demo.Example("sato")
	if err != nil {
		c.world.t.Error(err)
		return
	}
	do, ok := c.file(map[string]any{"request_key": fmt.Sprint(c.name, " ", n), "form": form, "photo": photo, "channel": "visit", "sealed_form": true, "old_card_seen": true})
	if !ok {
		return
	}
	do("sumida", "forward", nil)
	do("hachinohe", "accept", nil)
	do("hachinohe", "receive-papers", nil)
	if n%3 == 1 {
		do("hachinohe", "reject", nil)
		return
	}
	do("hachinohe", "identify", map[string]any{"person": "sato"})
	do("hachinohe", "take-fee", nil)
	// At a window: what is refused is in the journal too, once for each time it was asked.
	c.act("stopline", "take_in", "person/kobayashi", "/api/v1/people/kobayashi/cases", map[string]any{"request_key": fmt.Sprint("stop ", c.name, " ", n),
		"situation": map[string]any{"procedure": "suspend_card", "channel": "telephone", "visitor": map[string]any{"who": "holder"}}})
	do("hachinohe", "accept", nil)
	if n%3 == 2 && c.name == "client0" { // its keys take as long as many acts
		do("production", "produce", nil)
	}
	do("sumida", "cancel", nil)
}

// answer is what the API answers to an act.
type answer struct {
	receipt
	Receipt     receipt
	Application struct{ ID string }
	Case        struct{ ID string }
	Code        string // of a problem
}

type receipt struct {
	Act, Subject string
	Already      bool
}

// search finds a person by name and birth date, so that the office may look at them today.
func (c *crashClient) search(account string, query map[string]any) {
	c.sent++
	for range 5000 {
		c.world.wait()
		if _, status, err := c.send(account, fmt.Sprint(c.name, " request ", c.sent), "/api/v1/people/search", query); err == nil && status == http.StatusOK {
			return
		}
		delete(c.desks, account)
	}
	c.world.t.Error("a search is never answered")
}

// act sends a request until it is answered, always under the same key, and notes the answer.
func (c *crashClient) act(account, act, subject, path string, body any) answer {
	c.sent++
	key := fmt.Sprint(c.name, " request ", c.sent)
	for tries := 1; ; tries++ {
		if tries == 5000 {
			c.world.t.Errorf("%s under %q is never answered", path, key)
			return answer{}
		}
		c.world.wait()
		a, status, err := c.send(account, key, path, body)
		switch {
		case err != nil || status >= http.StatusInternalServerError || a.Code == "request_underway":
			continue // it is dead, or dying, or comes to life
		case status == http.StatusForbidden:
			delete(c.desks, account) // the session was lost before it was written
			continue
		case status != http.StatusOK && status != http.StatusConflict:
			c.world.t.Errorf("%s: %d %s", path, status, a.Code)
			return answer{}
		}
		if a.Receipt.Act != "" {
			a.receipt = a.Receipt
		}
		s := said{act, subject, journal.Done}
		switch {
		case status == http.StatusConflict:
			s.outcome = journal.Refused
		case a.Already:
			s.outcome = journal.Already
		}
		if subject == "" {
			s.subject = a.Subject
		}
		c.world.mu.Lock()
		defer c.world.mu.Unlock()
		c.world.heard[s]++
		c.world.done++
		return a
	}
}

func (c *crashClient) send(account, key, path string, body any) (a answer, status int, err error) {
	desk, err := c.desk(account)
	if err != nil {
		return a, 0, err
	}
	content, err := json.Marshal(body)
	if err != nil {
		return a, 0, err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+c.world.address+path, bytes.NewReader(content))
	if err != nil {
		return a, 0, err
	}
	request.Header.Set("Idempotency-Key", key)
	response, err := desk.Do(request)
	if err != nil {
		return a, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return a, 0, err
	}
	if bytes.HasPrefix(text, []byte("[")) { // found, not done
		return a, response.StatusCode, nil
	}
	return a, response.StatusCode, json.Unmarshal(text, &a)
}

// desk is the browser of an account.
func (c *crashClient) desk(account string) (*http.Client, error) {
	if desk := c.desks[account]; desk != nil {
		return desk, nil
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	desk := &http.Client{Jar: jar}
	response, err := desk.PostForm("http://"+c.world.address+"/sandbox/login", url.Values{"account": {account}})
	if err != nil {
		return nil, err
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, errors.New(response.Status)
	}
	c.desks[account] = desk
	return desk, nil
}
