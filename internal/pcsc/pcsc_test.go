//go:build linux

package pcsc

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"mynumber/internal/pcsc/pcsctest"
)

// testCard is a card of a few lines behind the real driver: it echoes what it is sent, with 9000 behind.
type testCard struct {
	conn net.Conn
	done chan struct{}

	mu   sync.Mutex
	tear bool // close instead of answering
	log  [][]byte
}

var testATR = []byte{0x3B, 0x80, 0x80, 0x01, 0x01}

func insert(t *testing.T, port int) *testCard {
	t.Helper()
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	c := &testCard{conn: conn, done: make(chan struct{})}
	go c.serve()
	t.Cleanup(c.remove)
	return c
}

func (c *testCard) remove() {
	c.conn.Close()
	<-c.done
}

func (c *testCard) serve() {
	defer close(c.done)
	defer c.conn.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c.conn, size[:]); err != nil {
			return
		}
		in := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c.conn, in); err != nil {
			return
		}
		answer := append(slices.Clone(in), 0x90, 0x00)
		if len(in) == 1 {
			if in[0] != 4 {
				c.note(in)
				continue
			}
			answer = testATR
		} else if c.note(in) {
			return
		}
		if _, err := c.conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
			return
		}
	}
}

func (c *testCard) note(in []byte) (tear bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = append(c.log, in)
	return c.tear
}

func (c *testCard) wasReset() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.log, func(in []byte) bool { return len(in) == 1 && in[0] != 1 })
}

// until waits for what the service notices by itself, at most ten seconds.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: it did not come about", what)
		}
	}
}

func open(t *testing.T) *Client {
	t.Helper()
	c, err := Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// readers lists them, of which the driver makes two.
func readers(t *testing.T, c *Client) []Reader {
	t.Helper()
	out, err := c.Readers()
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 2 {
		t.Fatalf("readers: %+v", out)
	}
	return out
}

func TestCardInAReader(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv(SocketVariable, service.Socket)
	client := open(t)
	first := readers(t, client)[0].Name
	if _, err := client.Connect(first); !errors.Is(err, ErrNoCard) {
		t.Errorf("an empty reader: %v", err)
	}
	if _, err := client.Connect("no such reader"); !errors.Is(err, ErrNoReader) {
		t.Errorf("a reader that is not there: %v", err)
	}
	if _, err := client.Connect(string(make([]byte, 200))); !errors.Is(err, ErrNoReader) {
		t.Errorf("a name without end: %v", err)
	}

	card := insert(t, service.Port)
	until(t, "the card is seen", func() bool { return readers(t, client)[0].Card })
	if r := readers(t, client); !bytes.Equal(r[0].ATR, testATR) || r[1].Card || r[0].Mute {
		t.Errorf("%+v", r)
	}
	held, err := client.Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{4, 5, 260, 65000} {
		command := bytes.Repeat([]byte{0xA5}, n)
		answer, err := held.Transmit(command)
		if err != nil || !bytes.Equal(answer, append(command, 0x90, 0x00)) {
			t.Errorf("%d bytes: %d, %v", n, len(answer), err)
		}
	}

	// Nobody else gets at the card in between.
	was := inUseWait
	inUseWait = 100 * time.Millisecond
	defer func() { inUseWait = was }()
	other := open(t)
	if _, err := other.Connect(first); !errors.Is(err, ErrInUse) {
		t.Errorf("a second program: %v", err)
	}
	inUseWait = was
	if err := held.Close(); err != nil {
		t.Error(err)
	}
	if !card.wasReset() {
		t.Error("the card was left as it was: a PIN would stay verified")
	}
	second, err := open(t).Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestCardPulled(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv(SocketVariable, service.Socket)
	client := open(t)
	first := readers(t, client)[0].Name
	card := insert(t, service.Port)
	until(t, "the card is seen", func() bool { return readers(t, client)[0].Card })
	held, err := client.Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	card.mu.Lock()
	card.tear = true
	card.mu.Unlock()
	if answer, err := held.Transmit([]byte{0, 0xB0, 0, 0, 0}); !errors.Is(err, ErrTorn) && !errors.Is(err, ErrRemoved) {
		t.Errorf("torn in a command: %X, %v", answer, err)
	}
	until(t, "the card is gone", func() bool { return !readers(t, client)[0].Card })
	if _, err := held.Transmit([]byte{0, 0xB0, 0, 0, 0}); err == nil {
		t.Error("a card that is gone answered")
	}
	if err := held.Close(); err != nil {
		t.Errorf("close a card that is gone: %v", err)
	}
	if _, err := client.Connect(first); !errors.Is(err, ErrNoCard) {
		t.Errorf("a reader whose card is gone: %v", err)
	}
	insert(t, service.Port)
	until(t, "another card is seen", func() bool { return readers(t, client)[0].Card })
	held, err = client.Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Transmit([]byte{0, 0xB0, 0, 0, 0}); err != nil {
		t.Error(err)
	}
}

func TestNoService(t *testing.T) {
	t.Setenv(SocketVariable, filepath.Join(t.TempDir(), "nobody"))
	if _, err := Open(t.Context()); !errors.Is(err, ErrNoService) {
		t.Errorf("no socket: %v", err)
	}

	// Somebody who is no service, or goes away in the middle, is not waited for.
	for name, says := range map[string][]byte{"silent end": nil, "half an answer": {4, 0, 0}, "another version": words(9, 0, 0), "refuses": words(4, 4, 0x8010001D)} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s")
			t.Setenv(SocketVariable, path)
			listener, err := net.Listen("unix", path)
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = io.ReadFull(conn, make([]byte, 20))
				_, _ = conn.Write(says)
				conn.Close()
			}()
			if c, err := Open(t.Context()); !errors.Is(err, ErrNoService) {
				t.Errorf("%v, %v", c, err)
			}
		})
	}
}

func TestContextEndsWaiting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	t.Setenv(SocketVariable, path)
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			defer conn.Close()
			_, _ = io.ReadFull(conn, make([]byte, 20))
			cancel()
			_, _ = conn.Read(make([]byte, 1)) // says nothing
		}
	}()
	if _, err := Open(ctx); !errors.Is(err, ErrNoService) {
		t.Errorf("%v", err)
	}
}

// FuzzParseReader: a row of the service's table is bytes from outside.
func FuzzParseReader(f *testing.F) {
	row := make([]byte, readerRow)
	copy(row, "Reader 00 00")
	f.Add(row)
	f.Fuzz(func(t *testing.T, row []byte) {
		if len(row) != readerRow {
			return
		}
		r, ok := parseReader(row)
		if ok && (r.Name == "" || len(r.Name) > readerName || len(r.ATR) > 33) {
			t.Errorf("%+v", r)
		}
	})
}

// TestResetByAnother: a program whose card another one reset in between takes it up again.
func TestResetByAnother(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv(SocketVariable, service.Socket)
	client := open(t)
	insert(t, service.Port)
	until(t, "the card is seen", func() bool { return readers(t, client)[0].Card })
	first := readers(t, client)[0].Name
	held, err := client.Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.exchange(msgEnd, words(held.handle, leaveCard, 0), 12); err != nil { // lets others in
		t.Fatal(err)
	}
	other, err := open(t).Connect(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := held.begin(); !errors.Is(err, ErrInUse) {
		t.Errorf("the reset was not noticed: %v", err)
	}
	if err := untilFree(held.begin); err != nil {
		t.Fatal(err)
	}
	if answer, err := held.Transmit([]byte{0, 0xB0, 0, 0, 0}); err != nil || len(answer) != 7 {
		t.Errorf("%X, %v", answer, err)
	}
	if err := held.Close(); err != nil {
		t.Error(err)
	}
}
