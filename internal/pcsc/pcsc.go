// Package pcsc is a client of pcscd, the PC/SC service of Linux and the BSDs, in pure Go: it lists the readers of the machine, powers the
// card in one of them up, and carries commands to it. It knows bytes and nothing of any card; what the commands mean, reader and
// iccard say.
//
// It speaks the service's own protocol over its socket (pcsc-lite, winscard_msg.h, version 4.4), of which it uses the eight messages
// that a holder's program needs. Every answer is read whole, every wait has an end, and a card that is pulled out or torn in the
// middle of a command is an error that says so. macOS and Windows have other services; there is none to be reached there.
package pcsc

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

// DefaultSocket is where pcscd listens; the variable SocketVariable names another place, as it does for every client of pcsc-lite.
const (
	DefaultSocket  = "/run/pcscd/pcscd.comm"
	SocketVariable = "PCSCLITE_CSOCK_NAME"
)

// What can be wrong besides the card's own answers.
var (
	ErrNoService = errors.New("pcsc: the card reader service (pcscd) cannot be reached")
	ErrNoReader  = errors.New("pcsc: there is no such reader")
	ErrNoCard    = errors.New("pcsc: there is no card in the reader")
	ErrInUse     = errors.New("pcsc: another program is using the card")
	ErrRemoved   = errors.New("pcsc: the card was taken out of the reader")
	ErrTorn      = errors.New("pcsc: the card gave no answer: it was taken out in the middle of a command, or is broken")
	ErrMute      = errors.New("pcsc: the card does not answer the reader: it may be put in the wrong way, or broken")
)

// ServiceError is a refusal of the service that has no error of its own. Code is PC/SC's (0x8010…).
type ServiceError struct {
	Doing string
	Code  uint32
}

func (e *ServiceError) Error() string { return fmt.Sprintf("pcsc: %s: status %08X", e.Doing, e.Code) }

// PC/SC's result codes that this package tells apart.
const (
	success           = 0
	unknownReader     = 0x80100009
	sharingViolation  = 0x8010000B
	noSmartcard       = 0x8010000C
	readerUnavailable = 0x80100017
	noReaders         = 0x8010002E
	unresponsiveCard  = 0x80100066
	unpoweredCard     = 0x80100067
	resetCard         = 0x80100068
	removedCard       = 0x80100069
)

func resultError(doing string, code uint32) error {
	switch code {
	case success:
		return nil
	case unknownReader, readerUnavailable, noReaders:
		return ErrNoReader
	case sharingViolation:
		return ErrInUse
	case noSmartcard:
		return ErrNoCard
	case removedCard:
		return ErrRemoved
	case unresponsiveCard, unpoweredCard:
		return ErrMute
	}
	return &ServiceError{doing, code}
}

// Messages of the protocol.
const (
	msgEstablish  = 0x01
	msgRelease    = 0x02
	msgConnect    = 0x04
	msgReconnect  = 0x05
	msgDisconnect = 0x06
	msgBegin      = 0x07
	msgEnd        = 0x08
	msgTransmit   = 0x09
	msgVersion    = 0x11
	msgReaders    = 0x12
)

const (
	protocolMajor, protocolMinor = 4, 4
	readerName                   = 128   // bytes of a reader's name, NUL and filler included
	readersMost                  = 16    // readers that the service can have
	readerRow                    = 184   // bytes of one of them in the answer
	answerMost                   = 65548 // an answer of 65,536 bytes and its status word, with room; the service takes no more
	serviceWait                  = 10 * time.Second
	commandWait                  = time.Minute // a card that makes a key takes its time
	inUsePause                   = 20 * time.Millisecond
)

// inUseWait is how long another program's use of a card is waited for.
var inUseWait = 5 * time.Second

// order is that of the machine's integers: client and service are on one machine.
var order = binary.NativeEndian

// Client is one connection to the service. Its methods may be called from several goroutines; they are worked off one by one.
type Client struct {
	mu      sync.Mutex
	conn    net.Conn
	context uint32
	stop    func() bool
}

// Open connects to the service. When ctx ends, whatever waits on the connection ends too. ErrNoService.
func Open(ctx context.Context) (*Client, error) {
	path := os.Getenv(SocketVariable)
	if path == "" {
		path = DefaultSocket
	}
	dialer := net.Dialer{Timeout: serviceWait}
	conn, err := dialer.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoService, err)
	}
	c := &Client{conn: conn}
	c.stop = context.AfterFunc(ctx, func() { conn.Close() })
	if err := c.establish(); err != nil {
		c.stop()
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrNoService, err), conn.Close())
	}
	return c, nil
}

// establish agrees on the protocol's version and gets a context.
func (c *Client) establish() error {
	answer, err := c.exchange(msgVersion, words(protocolMajor, protocolMinor, 0), 12)
	if err != nil {
		return err
	}
	if major, result := order.Uint32(answer), order.Uint32(answer[8:]); major != protocolMajor || result != success {
		return fmt.Errorf("the service speaks version %d.%d of the protocol, this program %d.%d", major, order.Uint32(answer[4:]), protocolMajor, protocolMinor)
	}
	const system = 2
	if answer, err = c.exchange(msgEstablish, words(system, 0, 0), 12); err != nil {
		return err
	}
	c.context = order.Uint32(answer[4:])
	return resultError("establish a context", order.Uint32(answer[8:]))
}

// Close ends the connection; a card still connected is reset by the service.
func (c *Client) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stop()
	_, err := c.exchange(msgRelease, words(c.context, 0), 8)
	return errors.Join(err, c.conn.Close())
}

// Reader is one reader of the machine.
type Reader struct {
	Name  string
	Card  bool   // one is in it
	Mute  bool   // it does not answer
	InUse bool   // by a program that lets no other in
	ATR   []byte // the card's answer to reset; nil without one
}

// Readers lists them in the service's order.
func (c *Client) Readers() ([]Reader, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	table, err := c.exchange(msgReaders, nil, readersMost*readerRow)
	if err != nil {
		return nil, err
	}
	var out []Reader
	for row := range readersMost {
		if r, ok := parseReader(table[row*readerRow:][:readerRow]); ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// parseReader reads a row: name, event counter, state, sharing, ATR and its length, protocol.
func parseReader(row []byte) (Reader, bool) {
	const (
		present, mute  = 0x0004, 0x0008
		exclusive      = -1
		atAfter, atATR = readerName + 4, readerName + 12
		atrMost        = 33
		atLength       = atATR + atrMost + 3
	)
	name, _, _ := strings.Cut(string(row[:readerName]), "\x00")
	if name == "" {
		return Reader{}, false
	}
	state := order.Uint32(row[atAfter:])
	r := Reader{Name: name, Card: state&present != 0, Mute: state&mute != 0, InUse: int32(order.Uint32(row[atAfter+4:])) == exclusive}
	if n := order.Uint32(row[atLength:]); r.Card && n > 0 && n <= atrMost {
		r.ATR = append([]byte(nil), row[atATR:atATR+n]...)
	}
	return r, true
}

// words are integers as the protocol writes them.
func words(n ...uint32) []byte {
	var b []byte
	for _, w := range n {
		b = order.AppendUint32(b, w)
	}
	return b
}

// exchange sends one message and reads an answer of this length.
func (c *Client) exchange(message uint32, body []byte, length int) ([]byte, error) {
	return c.exchangeIn(serviceWait, message, body, length)
}

func (c *Client) exchangeIn(wait time.Duration, message uint32, body []byte, length int) ([]byte, error) {
	if err := c.send(message, body, wait); err != nil {
		return nil, err
	}
	answer := make([]byte, length)
	return answer, c.receive(answer)
}

func (c *Client) send(message uint32, body []byte, wait time.Duration) error {
	if err := c.conn.SetDeadline(time.Now().Add(wait)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoService, err)
	}
	if _, err := c.conn.Write(append(words(uint32(len(body)), message), body...)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoService, err)
	}
	return nil
}

func (c *Client) receive(b []byte) error {
	if _, err := io.ReadFull(c.conn, b); err != nil {
		c.conn.Close() // what still comes would be taken for another answer
		return fmt.Errorf("%w: %w", ErrNoService, err)
	}
	return nil
}
