// Package remote is a card reader on another machine (docs/network-reader.md, a protocol of ours): Agent runs beside the reader
// and calls out to the server, so that nothing has to be reachable at a desk; Readers is the server's side, which pairs agents with
// desks and lends their cards. It carries commands and answers as bytes, writes none of them down, and knows no card, no person
// and no office.
package remote

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"sync"
	"time"
)

// Errors of a reader that is used over the network.
var (
	ErrNoReader  = errors.New("remote: the desk has no card reader")
	ErrWrongCode = errors.New("remote: no card reader shows this code")
	ErrNoCard    = errors.New("remote: there is no card in the reader")
	ErrLost      = errors.New("remote: the card reader does not answer any more")
	ErrInUse     = errors.New("remote: the card reader is in use")
)

// Bounds of what agents may do. Anybody may register one; whoever is not paired soon is forgotten.
const (
	mostWaiting  = 200              // agents that nobody has paired yet
	codeLife     = 10 * time.Minute // of a pairing code
	pairedLife   = 12 * time.Hour   // as long as a clerk's session
	silence      = time.Minute      // after which an agent that does not ask is gone
	longestName  = 100              // of a reader
	longestUnit  = 1 << 16          // bytes of a command or an answer
	longestPoll  = 20 * time.Second // until an agent is told that there is nothing
	codeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	codeLength   = 8
)

// Readers are the agents that have called, with the desks they are paired with. The zero value is not usable: NewReaders.
type Readers struct {
	clock  func() time.Time
	chance io.Reader
	wait   waits

	mu       sync.Mutex
	closed   bool
	agents   map[string]*agent // by ID
	desks    map[string]*agent // by desk
	expected map[string]string // desk at which a card lies
}

// waits are how long the server waits for an agent.
type waits struct{ pickUp, answer time.Duration }

// NewReaders begins without any.
func NewReaders(clock func() time.Time) *Readers {
	return &Readers{clock: clock, chance: rand.Reader, wait: waits{pickUp: 5 * time.Second, answer: 30 * time.Second},
		agents: map[string]*agent{}, desks: map[string]*agent{}, expected: map[string]string{}}
}

// agent is one agent, as the server knows it. Its fields are guarded by Readers.mu.
type agent struct {
	id      string
	secret  [sha256.Size]byte
	code    string // until it is paired
	name    string
	desk    string
	said    string // of the desk, to whoever stands at the reader
	since   time.Time
	seen    time.Time
	polling int // requests that wait
	gone    bool

	seq     uint64
	pending *unit
	changed chan struct{} // closed when pending or the desk changes
	using   chan struct{} // holds one token while a card is lent
}

// unit is something for the agent to do.
type unit struct {
	seq       uint64
	op        string
	data      []byte
	delivered chan struct{} // closed when the agent has been told
	told      bool
	done      chan answer
}

// answer is what became of a unit.
type answer struct {
	data []byte
	err  error
}

// What an agent is told to do.
const (
	powerOn  = "on"
	transmit = "apdu"
	powerOff = "off"
)

// Reader is a paired reader, as a page shows it.
type Reader struct {
	Name  string
	Since time.Time
	Alive bool // it asks for work
}

// register takes a new agent in: its ID, its secret and the code to type at the desk.
func (r *Readers) register(name string) (id, secret, code string, err error) {
	raw := make([]byte, 16+32+codeLength)
	if _, err := io.ReadFull(r.chance, raw); err != nil {
		return "", "", "", err
	}
	id, secret = base64.RawURLEncoding.EncodeToString(raw[:16]), base64.RawURLEncoding.EncodeToString(raw[16:48])
	letters := make([]byte, codeLength)
	for i, b := range raw[48:] {
		letters[i] = codeAlphabet[int(b)%len(codeAlphabet)]
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep()
	waiting := 0
	for _, a := range r.agents {
		if a.desk == "" {
			waiting++
		}
		if a.code == string(letters) {
			return "", "", "", errBusy
		}
	}
	if waiting >= mostWaiting || r.closed {
		return "", "", "", errBusy
	}
	now := r.clock()
	r.agents[id] = &agent{id: id, secret: sha256.Sum256([]byte(secret)), code: string(letters), name: name, since: now, seen: now, changed: make(chan struct{}), using: make(chan struct{}, 1)}
	return id, secret, code4(string(letters)), nil
}

var errBusy = errors.New("remote: too many card readers wait to be paired")

// code4 is a code in two groups, as it is shown.
func code4(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

// sweep forgets whoever is gone. The caller holds mu.
func (r *Readers) sweep() {
	now := r.clock()
	for _, a := range r.agents {
		life := codeLife
		if a.desk != "" {
			life = pairedLife
		}
		if a.gone || now.Sub(a.since) > life || a.polling == 0 && now.Sub(a.seen) > silence {
			r.drop(a)
		}
	}
}

// drop ends an agent: whoever waits for it hears so. The caller holds mu.
func (r *Readers) drop(a *agent) {
	a.gone = true
	delete(r.agents, a.id)
	if r.desks[a.desk] == a {
		delete(r.desks, a.desk)
		for card, desk := range r.expected {
			if desk == a.desk {
				delete(r.expected, card)
			}
		}
	}
	if a.pending != nil {
		a.pending.done <- answer{err: ErrLost}
		a.pending = nil
	}
	a.touch()
}

// touch tells whoever waits for a change. The caller holds mu.
func (a *agent) touch() {
	close(a.changed)
	a.changed = make(chan struct{})
}

// known is the agent with the ID and secret.
func (r *Readers) known(id, secret string) *agent {
	sum := sha256.Sum256([]byte(secret))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep()
	a := r.agents[id]
	if a == nil || subtle.ConstantTimeCompare(sum[:], a.secret[:]) != 1 {
		return nil
	}
	return a
}

// Pair gives the agent that shows the code to a desk, whose former one is dismissed. said is the desk in words, which the
// agent shows. ErrWrongCode when no agent that is still there shows it; a code works once.
func (r *Readers) Pair(desk, code, said string) (Reader, error) {
	code = strings.Map(func(c rune) rune {
		if c == '-' || c == ' ' || c == '　' {
			return -1
		}
		return c
	}, strings.ToUpper(code))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep()
	for _, a := range r.agents {
		if a.desk != "" || len(code) != codeLength || subtle.ConstantTimeCompare([]byte(a.code), []byte(code)) != 1 {
			continue
		}
		if old := r.desks[desk]; old != nil {
			r.desks[desk] = a // the desk has one all the time: its cards are expected there still
			r.drop(old)
		}
		a.desk, a.said, a.code, a.since = desk, said, "", r.clock()
		r.desks[desk] = a
		a.touch()
		return Reader{Name: a.name, Since: a.since, Alive: true}, nil
	}
	return Reader{}, ErrWrongCode
}

// Of is the desk's reader; ErrNoReader when it has none.
func (r *Readers) Of(desk string) (Reader, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sweep()
	a := r.desks[desk]
	if a == nil {
		return Reader{}, ErrNoReader
	}
	return Reader{Name: a.name, Since: a.since, Alive: a.polling > 0 || r.clock().Sub(a.seen) < r.wait.pickUp}, nil
}

// Release takes the desk's reader away from it; ErrNoReader when it has none.
func (r *Readers) Release(desk string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := r.desks[desk]
	if a == nil {
		return ErrNoReader
	}
	r.drop(a)
	return nil
}

// Close dismisses every agent, so that none holds up a server that ends, and takes no more in.
func (r *Readers) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for _, a := range r.agents {
		r.drop(a)
	}
}

// Expect notes at which desk a card lies, for who comes without one: the holder at the PIN screen that the desk opened.
// A desk without a reader is not noted.
func (r *Readers) Expect(desk, card string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.desks[desk] == nil {
		delete(r.expected, card)
		return
	}
	r.expected[card] = desk
}

// At is the desk at which a card is expected; empty for none.
func (r *Readers) At(card string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.expected[card]
}
