package iccard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"mynumber/internal/apdu"
)

// PINPolicy is how wrong tries are counted (PIN-004, CON-004).
type PINPolicy int

const (
	// CountConsecutive (連続して) gives all tries back on success: the reading of the JPKI portal and
	// of nearly everybody, and the default.
	CountConsecutive PINPolicy = iota
	// CountCumulative (累計で) counts every wrong try until the PIN is set anew at a window: one
	// municipality's reading.
	CountCumulative
)

// Config is what the maker of a chip decides once. It is stored with the chip.
type Config struct {
	ATR            []byte   // answer to reset; nil: DefaultATR
	ManagementKey  [16]byte // AES-128 key of the issuer's channel, one for each card
	PINPolicy      PINPolicy
	ReferenceTries int     // tries of the reference numbers (照合番号) and the birth date, 1 to 15; 0: 10 (no official figure)
	Profile        Profile // what kind of card it is; the zero value is the card of today
	KeepOnReselect bool    // keep verified PINs when the same application is selected again
}

// maxTries is the highest count that a status word 63Cx can tell.
const maxTries = 15

// check reports what no chip can be made with.
func (cfg *Config) check() error {
	switch {
	case cfg.ReferenceTries < 1 || cfg.ReferenceTries > maxTries:
		return fmt.Errorf("%d tries of a reference number, want 1 to %d", cfg.ReferenceTries, maxTries)
	case len(cfg.ATR) < 2 || len(cfg.ATR) > 33:
		return fmt.Errorf("ATR of %d bytes, want 2 to 33", len(cfg.ATR))
	case int(cfg.Profile) >= len(layouts):
		return fmt.Errorf("no profile %d", cfg.Profile)
	case cfg.PINPolicy != CountConsecutive && cfg.PINPolicy != CountCumulative:
		return fmt.Errorf("no way %d of counting tries", cfg.PINPolicy)
	}
	return nil
}

// DefaultATR is that of a contactless Individual Number Card seen through PC/SC.
var DefaultATR = []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x05, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x7F}

// ErrExists says that there is a chip in the storage already; a second one would erase it.
var ErrExists = errors.New("iccard: there is a card in this storage")

// Card is one chip. Its methods may be called from several goroutines; commands are worked off one
// by one. It is powered on after New and Open.
type Card struct {
	mu      sync.Mutex
	storage Storage
	rand    io.Reader
	state   *state
	durable *state // what power-off and reset fall back to: state without what the issuer has only staged
	keep    bool   // KeepPINs was called
	fault   error  // last error of the storage or of rand
	powered bool
	volatile
}

// volatile is what power-off and reset clear.
type volatile struct {
	application *application
	file        *file  // current elementary file, nil: none
	verified    uint32 // PINs of the current application verified, a bit for each short file id
	channel     channelState
}

// New makes a blank chip in an empty storage. The error is ErrExists if it is not empty, or the storage's.
func New(storage Storage, cfg Config, rand io.Reader) (*Card, error) {
	switch _, err := storage.Load(); {
	case err == nil:
		return nil, ErrExists
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	if cfg.ATR == nil {
		cfg.ATR = DefaultATR
	}
	if cfg.ReferenceTries == 0 {
		cfg.ReferenceTries = 10
	}
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	cfg.ATR = slices.Clone(cfg.ATR)
	c := &Card{storage: storage, rand: rand}
	if err := c.commit(newState(cfg)); err != nil {
		return nil, err
	}
	c.power(true)
	return c, nil
}

// Open takes up the chip in the storage. The error is *CorruptError for a memory that cannot be read
// and *OldStateError for one that is not its last (nothing is written then), fs.ErrNotExist if there is none.
func Open(storage Storage, rand io.Reader) (*Card, error) {
	memory, err := storage.Load()
	if err != nil {
		return nil, err
	}
	s, err := unmarshalState(memory)
	if err != nil {
		if file, ok := storage.(interface{ Name() string }); ok {
			if corrupt, ok := errors.AsType[*CorruptError](err); ok {
				corrupt.Path = file.Name()
			}
		}
		return nil, err
	}
	c := &Card{storage: storage, rand: rand, state: s, durable: s}
	c.power(true)
	return c, nil
}

// Close takes the power away for good and closes the storage if it can be closed.
func (c *Card) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.power(false)
	closer, ok := c.storage.(io.Closer)
	c.storage = closedStorage{}
	if !ok {
		return nil
	}
	return closer.Close()
}

// closedStorage stands in the place of a storage given away, so that a late command changes nothing.
type closedStorage struct{}

func (closedStorage) Load() ([]byte, error) { return nil, fs.ErrClosed }
func (closedStorage) Save([]byte) error     { return fs.ErrClosed }

// ATR is the answer to reset.
func (c *Card) ATR() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.state.config.ATR)
}

// PowerOn, PowerOff and Reset are the reader's electric signals. Each ends every selection, every
// verified PIN and the issuer's channel; tries stay as they are.
func (c *Card) PowerOn()  { c.lockedPower(true) }
func (c *Card) PowerOff() { c.lockedPower(false) }
func (c *Card) Reset()    { c.lockedPower(true) }

func (c *Card) lockedPower(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.power(on)
}

func (c *Card) power(on bool) {
	c.powered = on
	c.state = c.durable
	c.volatile = volatile{application: c.layout().application(CardManager)}
}

// layout is what files this kind of card has.
func (c *Card) layout() *layout { return &layouts[c.state.config.Profile] }

// KeepPINs is Config.KeepOnReselect for as long as the card is open: a reader's switch, for clients that select the application again
// between VERIFY and use.
func (c *Card) KeepPINs() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep = true
}

// Err is the last fault of the storage or of the random source, which the chip could only report as
// status 6581; nil if there was none.
func (c *Card) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fault
}

// Transmit gives one command to the chip and returns its answer, data and status word. The command
// may be any bytes. A chip without power answers 6F00.
func (c *Card) Transmit(command []byte) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.powered || c.state.life == Terminated {
		return apdu.Response{SW: apdu.NoDiagnosis}.Bytes()
	}
	cmd, err := apdu.ParseCommand(command)
	if err != nil {
		return apdu.Response{SW: apdu.WrongLength}.Bytes()
	}
	data, sw := c.dispatch(cmd)
	return apdu.Response{Data: data, SW: sw}.Bytes()
}

// commit makes the next state durable and only then the chip's.
func (c *Card) commit(next *state) error {
	memory, err := next.marshal()
	if err == nil {
		err = c.storage.Save(memory)
	}
	if err != nil {
		c.fault = err
		return err
	}
	c.state, c.durable = next, next
	return nil
}

// commitStatus is commit in the words of the chip.
func (c *Card) commitStatus(next *state) apdu.SW {
	if c.commit(next) != nil {
		return apdu.MemoryError
	}
	return apdu.OK
}
