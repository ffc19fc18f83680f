package remote

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/iccard"
	"mynumber/internal/reader"
)

// site is a server with a desk, and an agent with a chip in software beside its reader.
type site struct {
	*Readers
	server *httptest.Server
	agent  *Agent
	cancel context.CancelFunc
	ended  chan error
	opened int
	mu     sync.Mutex
}

func begin(t *testing.T, open func() (Chip, func() error, error)) *site {
	t.Helper()
	s := &site{Readers: NewReaders(time.Now), ended: make(chan error, 1)}
	s.server = httptest.NewServer(s.Handler())
	codes := make(chan string, 1)
	paired := make(chan string, 4)
	s.agent = &Agent{Server: s.server.URL, Reader: "試しのリーダー", Code: func(c string) { codes <- c }, Paired: func(d string) { paired <- d },
		NoCard: func(err error) bool { return errors.Is(err, ErrNoCard) },
		Open: func(context.Context) (Chip, func() error, error) {
			s.mu.Lock()
			s.opened++
			s.mu.Unlock()
			return open()
		}}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	go func() { s.ended <- s.agent.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		s.server.Close()
	})
	code := <-codes
	if _, err := s.Pair("desk", "ABCD-2345", "墨田区"); !errors.Is(err, ErrWrongCode) {
		t.Fatalf("a code that nobody shows: %v", err)
	}
	r, err := s.Pair("desk", strings.ToLower(code), "墨田区")
	if err != nil || r.Name != "試しのリーダー" {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := s.Pair("other", code, "別の机"); !errors.Is(err, ErrWrongCode) {
		t.Errorf("a code works twice: %v", err)
	}
	if desk := <-paired; desk != "墨田区" {
		t.Errorf("the agent is told %q", desk)
	}
	return s
}

// software is a card in software, with power as long as somebody has it.
func software(t *testing.T) func() (Chip, func() error, error) {
	t.Helper()
	storage := &iccard.MemoryStorage{}
	card, err := iccard.New(storage, iccard.Config{ManagementKey: [16]byte{2}}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	return func() (Chip, func() error, error) {
		card, err := iccard.Open(storage, rand.Reader)
		if err != nil {
			return nil, nil, err
		}
		return reader.Direct(card), card.Close, nil
	}
}

// TestOverTheNetwork: the terminal opens its channel, sets a PIN, and the holder's commands are answered, all through an agent.
func TestOverTheNetwork(t *testing.T) {
	s := begin(t, software(t))
	card, err := s.Insert(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	terminal := reader.NewTerminal(card, rand.Reader)
	if err := terminal.Authenticate([16]byte{3}); !errors.Is(err, reader.ErrWrongKey) {
		t.Errorf("another card's key: %v", err)
	}
	if err := terminal.Authenticate([16]byte{2}); err != nil {
		t.Fatal(err)
	}
	if err := terminal.SetPIN(reader.InputSupportPIN, "2580"); err != nil {
		t.Fatal(err)
	}
	if err := terminal.WriteFile(iccard.TextItems, bytes.Repeat([]byte{7}, iccard.MaxFile)); err != nil {
		t.Errorf("the longest file: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Insert(ctx, "desk"); !errors.Is(err, ErrInUse) {
		t.Errorf("two acts at once: %v", err)
	}
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := s.Insert(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.NewClient(again).VerifyPIN(reader.InputSupportPIN, "2580"); err != nil {
		t.Errorf("the PIN that was set: %v", err)
	}
	again.Close()
	if r, err := s.Of("desk"); err != nil || !r.Alive {
		t.Errorf("%+v, %v", r, err)
	}
	if err := s.Release("desk"); err != nil {
		t.Fatal(err)
	}
	if err := <-s.ended; err != nil {
		t.Errorf("a dismissed agent ends with %v", err)
	}
	if _, err := s.Insert(t.Context(), "desk"); !errors.Is(err, ErrNoReader) {
		t.Errorf("after its release: %v", err)
	}
}

// TestAgentIsGone: whoever waits for an agent that has ended hears so, and the desk has no reader any more.
func TestAgentIsGone(t *testing.T) {
	s := begin(t, software(t))
	s.wait = waits{pickUp: 50 * time.Millisecond, answer: 50 * time.Millisecond}
	card, err := s.Insert(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	s.cancel()
	if err := <-s.ended; err != nil {
		t.Fatal(err)
	}
	if _, err := card.Transmit([]byte{0, 0x84, 0, 0, 8}); !errors.Is(err, ErrLost) {
		t.Errorf("a command to an agent that is gone: %v", err)
	}
	card.Close()
	if _, err := s.Of("desk"); !errors.Is(err, ErrNoReader) {
		t.Errorf("the desk's reader: %v", err)
	}
}

// TestMuteAgent: an agent that takes a command and says nothing more is given up.
func TestMuteAgent(t *testing.T) {
	hold := make(chan struct{})
	s := begin(t, func() (Chip, func() error, error) { return mute{hold}, func() error { return nil }, nil })
	defer close(hold)
	card, err := s.Insert(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.wait.answer = 20 * time.Millisecond
	s.mu.Unlock()
	if _, err := card.Transmit([]byte{0, 0x84, 0, 0, 8}); !errors.Is(err, ErrLost) {
		t.Errorf("%v", err)
	}
}

type mute struct{ hold chan struct{} }

func (m mute) Transmit([]byte) ([]byte, error) {
	<-m.hold
	return nil, errors.New("torn")
}

// TestNoCard: an empty reader is said, and the reader stays paired; a card that is torn out is a loss of this act alone.
func TestNoCard(t *testing.T) {
	empty := true
	s := begin(t, func() (Chip, func() error, error) {
		if empty {
			return nil, nil, ErrNoCard
		}
		return torn{}, func() error { return nil }, nil
	})
	if _, err := s.Insert(t.Context(), "desk"); !errors.Is(err, ErrNoCard) {
		t.Errorf("%v", err)
	}
	empty = false
	card, err := s.Insert(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := card.Transmit([]byte{0, 0x84, 0, 0, 8}); !errors.Is(err, ErrLost) {
		t.Errorf("%v", err)
	}
	card.Close()
	if r, err := s.Of("desk"); err != nil || !r.Alive {
		t.Errorf("%+v, %v", r, err)
	}
}

type torn struct{}

func (torn) Transmit([]byte) ([]byte, error) { return nil, errors.New("the card was taken out") }

// TestOnce: a command whose order or answer was lost on the way is not given to the card twice.
func TestOnce(t *testing.T) {
	r := NewReaders(time.Now)
	server := httptest.NewServer(r.Handler())
	defer server.Close()
	call := func(path, secret string, what, into any) int {
		body, _ := json.Marshal(what)
		req, _ := http.NewRequest(http.MethodPost, server.URL+path, bytes.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+secret)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		_ = json.NewDecoder(resp.Body).Decode(into)
		return resp.StatusCode
	}
	var a admission
	if status := call(Path, "", greeting{"x\x00\n"}, &a); status != http.StatusCreated || len(a.Code) != 9 {
		t.Fatalf("%d, %+v", status, a)
	}
	if status := call(Path+"/"+a.ID, "another", report{}, nil); status != http.StatusGone {
		t.Errorf("a wrong secret: %d", status)
	}
	if _, err := r.Pair("desk", a.Code, "机"); err != nil {
		t.Fatal(err)
	}
	got := make(chan error, 1)
	go func() {
		card, err := r.Insert(context.Background(), "desk")
		if err == nil {
			var answer []byte
			if answer, err = card.Transmit([]byte{1, 2}); string(answer) != "ok" {
				err = errors.Join(err, errors.New("another answer"))
			}
		}
		got <- err
	}()
	var first, same, next order
	call(Path+"/"+a.ID, a.Secret, report{Desk: "机"}, &first)
	call(Path+"/"+a.ID, a.Secret, report{Desk: "机"}, &same) // the order was lost
	if first.Seq != 1 || same.Seq != 1 || first.Op != powerOn || first.Desk != "机" {
		t.Fatalf("%+v, %+v", first, same)
	}
	call(Path+"/"+a.ID, a.Secret, report{Seq: 1, Desk: "机"}, &next)
	if next.Seq != 2 || next.Op != transmit || !bytes.Equal(next.Data, []byte{1, 2}) {
		t.Fatalf("%+v", next)
	}
	call(Path+"/"+a.ID, a.Secret, report{Seq: 1, Desk: "机"}, &next) // an old answer again
	if next.Seq != 2 {
		t.Fatalf("%+v", next)
	}
	last := make(chan struct{})
	go func() {
		defer close(last)
		call(Path+"/"+a.ID, a.Secret, report{Seq: 2, Desk: "机", Data: []byte("ok")}, &next)
	}()
	if err := <-got; err != nil {
		t.Error(err)
	}
	if err := r.Release("desk"); err != nil {
		t.Fatal(err)
	}
	<-last
}

// TestPrivate: cards are used over TLS, or on this machine alone, on both sides.
func TestPrivate(t *testing.T) {
	for server, ok := range map[string]bool{
		"https://my.example": true, "http://127.0.0.1:8080/": true, "http://localhost:1": true, "http://[::1]:9": true,
		"http://my.example": false, "http://10.0.0.1": false, "ftp://localhost": false, "": false, "https://user:word@my.example": false, "localhost:80": false,
	} {
		if _, err := base(server); (err == nil) != ok {
			t.Errorf("%q: %v", server, err)
		}
	}
	for _, c := range []struct {
		from, proto, forwarded string
		ok                     bool
	}{{"127.0.0.1:5", "", "", true}, {"127.0.0.1:5", "https", "8.8.8.8", true}, {"127.0.0.1:5", "http", "8.8.8.8", false}, {"127.0.0.1:5", "", "8.8.8.8", false}, {"10.0.0.7:5", "https", "", false}, {"x", "", "", false}} {
		req := httptest.NewRequest(http.MethodPost, Path, strings.NewReader(`{}`))
		req.RemoteAddr = c.from
		req.Header.Set("X-Forwarded-Proto", c.proto)
		req.Header.Set("X-Forwarded-For", c.forwarded)
		w := httptest.NewRecorder()
		NewReaders(time.Now).Handler().ServeHTTP(w, req)
		if (w.Code == http.StatusCreated) != c.ok {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
}

// TestForgotten: codes, unpaired agents and silent ones do not stay.
func TestForgotten(t *testing.T) {
	now := time.Unix(1000, 0)
	r := NewReaders(func() time.Time { return now })
	_, _, code, err := r.register("a")
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(codeLife + time.Second)
	if _, err := r.Pair("desk", code, ""); !errors.Is(err, ErrWrongCode) {
		t.Errorf("a code after its life: %v", err)
	}
	for range mostWaiting {
		if _, _, _, err := r.register("a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, _, err := r.register("a"); err == nil {
		t.Error("any number of agents may wait")
	}
	now = now.Add(silence + time.Second)
	_, _, code, err = r.register("a")
	if err != nil {
		t.Fatalf("the silent ones stay: %v", err)
	}
	if _, err := r.Pair("desk", code, ""); err != nil {
		t.Fatal(err)
	}
	if r.Expect("desk", "card"); r.At("card") != "desk" {
		t.Error("the card is not expected")
	}
	now = now.Add(silence + time.Second)
	if _, err := r.Of("desk"); !errors.Is(err, ErrNoReader) || r.At("card") != "" {
		t.Errorf("a silent reader: %v, at %q", err, r.At("card"))
	}
}

// FuzzAgentCalls: whatever is sent to the server, it answers.
func FuzzAgentCalls(f *testing.F) {
	f.Add("POST", Path, `{"reader":"x"}`)
	f.Add("POST", Path+"/abc", `{"seq":1,"data":"AA=="}`)
	f.Add("DELETE", Path+"/abc", ``)
	f.Fuzz(func(t *testing.T, method, path, body string) {
		req, err := http.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
		if err != nil || !strings.HasPrefix(path, Path) {
			return
		}
		req.RemoteAddr = "127.0.0.1:1"
		w := httptest.NewRecorder()
		NewReaders(time.Now).Handler().ServeHTTP(w, req)
		if w.Code >= 500 {
			t.Errorf("%s %q: %d", method, path, w.Code)
		}
	})
}

// TestServerEnds: agents that wait are dismissed at once, and no new one is taken in.
func TestServerEnds(t *testing.T) {
	s := begin(t, software(t))
	s.Readers.Close()
	if err := <-s.ended; err != nil {
		t.Errorf("the agent ends with %v", err)
	}
	if _, _, _, err := s.register("late"); err == nil {
		t.Error("a server that ends takes an agent in")
	}
}
