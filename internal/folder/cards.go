package folder

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// Cards are the chips of the folder, one file each, and the keys that sign what stands on them.
type Cards struct {
	folder  *Folder
	ledger  *iccard.Ledger
	former  [32]byte // opens chips of the time before there was a ledger
	signers *reader.Authority

	mu    sync.Mutex
	taken map[string]hold
}

// hold is one reader's hold on a card.
type hold struct {
	done chan struct{} // closed when the card is free again
	lent bool          // to its holder's reader, for as long as it likes
}

// Cards opens the folder's cards. The keys that sign card faces are made the first time.
func (f *Folder) Cards() (*Cards, error) {
	if err := os.MkdirAll(f.Path(chipsDir), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the cards: %w", err)
	}
	former, err := f.derive("chips", 32)
	if err != nil {
		return nil, err
	}
	c := &Cards{folder: f, former: [32]byte(former), taken: map[string]hold{}}
	if c.ledger, err = c.openLedger(c.formersAlone); err != nil {
		return nil, err
	}
	if c.signers, err = f.signers(); err != nil {
		return nil, err
	}
	return c, nil
}

// Signers sign what stands on cards besides certificates.
func (c *Cards) Signers() *reader.Authority { return c.signers }

var cardID = regexp.MustCompile(`^[a-z0-9-]{1,64}$`) // of a card no -; a phone has one

// File is where a card's chip lies.
func (c *Cards) File(id string) string { return c.folder.Path(chipsDir, id+chipEnd) }

// Insert takes the chip of a card until it is closed, and waits for whoever has it; for another process at most inUseMost: office.ErrInReader.
// fs.ErrNotExist when there is none.
func (c *Cards) Insert(ctx context.Context, id string) (office.Inserted, error) {
	return c.insert(ctx, id, nil)
}

// Manufacture is Insert for production: a card that has no chip gets a blank one.
func (c *Cards) Manufacture(ctx context.Context, id string, blank office.Blank) (office.Inserted, error) {
	profile, known := profiles[blank.Chip]
	if !known {
		return office.Inserted{}, fmt.Errorf("no chip is of the kind %q", blank.Chip)
	}
	return c.manufacture(ctx, id, blank.Counting, profile)
}

// Phone is Manufacture for the application in a phone, of either profile of one.
func (c *Cards) Phone(ctx context.Context, id string, counting rules.PINCounting, profile iccard.Profile) (office.Inserted, error) {
	return c.manufacture(ctx, id, counting, profile)
}

func (c *Cards) manufacture(ctx context.Context, id string, counting rules.PINCounting, profile iccard.Profile) (office.Inserted, error) {
	policy, known := policies[counting]
	if !known {
		return office.Inserted{}, fmt.Errorf("no chip counts wrong PINs as %q", counting)
	}
	return c.insert(ctx, id, &iccard.Config{PINPolicy: policy, Profile: profile})
}

func (c *Cards) insert(ctx context.Context, id string, blank *iccard.Config) (office.Inserted, error) {
	chip, key, free, err := c.powerUp(ctx, id, blank, false)
	if err != nil {
		return office.Inserted{}, err
	}
	return office.Inserted{Chip: reader.Direct(chip), Key: key, Close: free}, nil
}

// Open is Insert for a holder's reader: no key to write the card with.
func (c *Cards) Open(ctx context.Context, id string) (*iccard.Card, func() error, error) {
	chip, _, free, err := c.powerUp(ctx, id, nil, false)
	return chip, free, err
}

// Lend is Open for a reader in which the card stays: until it is free again, everybody else in this process meets office.ErrInReader at once,
// and in other processes after a wait.
func (c *Cards) Lend(ctx context.Context, id string) (*iccard.Card, func() error, error) {
	chip, _, free, err := c.powerUp(ctx, id, nil, true)
	return chip, free, err
}

// powerUp takes the card and powers its chip up; free ends both.
func (c *Cards) powerUp(ctx context.Context, id string, blank *iccard.Config, lend bool) (chip *iccard.Card, key [16]byte, free func() error, err error) {
	if !cardID.MatchString(id) {
		return nil, key, nil, fmt.Errorf("%q is no key of a card: %w", id, fs.ErrNotExist)
	}
	done, err := c.take(ctx, id, lend)
	if err != nil {
		return nil, key, nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, inUseMost, office.ErrInReader)
	defer cancel()
	for {
		if chip, key, err = c.open(id, blank); !errors.Is(err, iccard.ErrInUse) {
			break
		}
		select { // another process on the same folder has it, and says nothing when it is done
		case <-ctx.Done():
			err = fmt.Errorf("wait for the card: %w", context.Cause(ctx))
		case <-time.After(inUsePause):
			continue
		}
		break
	}
	if err != nil {
		done()
		return nil, key, nil, err
	}
	return chip, key, func() error {
		defer done()
		return chip.Close()
	}, nil
}

// Of a card that somebody else has: the pause before it is tried again when that is another process, and how long it is waited for.
// Whoever writes or reads a card is done in seconds; a card that stays away longer lies in a holder's reader.
const inUsePause = 20 * time.Millisecond

var inUseMost = 10 * time.Second

// policies are the chip's words for how wrong PINs are counted (PIN-004, CON-004).
var policies = map[rules.PINCounting]iccard.PINPolicy{rules.Consecutive: iccard.CountConsecutive, rules.Cumulative: iccard.CountCumulative}

// profiles are the chip's words for the kinds of cards.
var profiles = map[card.Chip]iccard.Profile{card.Today: iccard.Standard, card.NextGeneration: iccard.NextGeneration}

// open powers the chip up. Where there is none, blank says what a new one is; nil: fs.ErrNotExist.
func (c *Cards) open(id string, blank *iccard.Config) (*iccard.Card, [16]byte, error) {
	if blank == nil && !c.has(id) {
		return nil, [16]byte{}, fmt.Errorf("the chip of card %s: %w", id, fs.ErrNotExist)
	}
	secret, err := c.folder.derive("chip "+id, 16)
	if err != nil {
		return nil, [16]byte{}, err
	}
	key := [16]byte(secret)
	storage, err := c.storage(id)
	if err != nil {
		return nil, key, fmt.Errorf("card %s: %w", id, err)
	}
	chip, err := iccard.Open(storage, rand.Reader)
	if blank != nil && errors.Is(err, fs.ErrNotExist) {
		fresh := *blank
		fresh.ManagementKey = key
		chip, err = iccard.New(storage, fresh, rand.Reader)
	}
	if err != nil {
		return nil, key, errors.Join(fmt.Errorf("card %s: %w", id, unreadable(err)), storage.Close())
	}
	return chip, key, nil
}

// unreadable says the faults of a card's file in the office's words too.
func unreadable(err error) error {
	_, damaged := errors.AsType[*iccard.CorruptError](err)
	_, old := errors.AsType[*iccard.OldStateError](err)
	if damaged || old {
		return fmt.Errorf("%w: %w", office.ErrUnreadable, err)
	}
	return err
}

// take waits until nobody has the card and returns what gives it free. A card that is lent is not waited for: office.ErrInReader.
func (c *Cards) take(ctx context.Context, id string, lend bool) (func(), error) {
	for {
		c.mu.Lock()
		busy, taken := c.taken[id]
		if !taken {
			mine := hold{make(chan struct{}), lend}
			c.taken[id] = mine
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				delete(c.taken, id)
				c.mu.Unlock()
				close(mine.done)
			}, nil
		}
		c.mu.Unlock()
		if busy.lent {
			return nil, fmt.Errorf("card %s: %w", id, office.ErrInReader)
		}
		select {
		case <-busy.done:
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for the card: %w", ctx.Err())
		}
	}
}

// signers reads the keys that sign card faces and texts, or makes them: three RSA keys, sealed with the folder's secret.
func (f *Folder) signers() (*reader.Authority, error) {
	file := f.Path(chipsDir, "signers.sealed")
	secret, err := f.derive("card signers", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("start the cipher: %w", err)
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("start the cipher: %w", err)
	}
	sealed, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		fresh, err := reader.NewAuthority()
		if err != nil {
			return nil, fmt.Errorf("make the card signers: %w", err)
		}
		var text strings.Builder
		for _, key := range []any{fresh.Root, fresh.Face, fresh.Text} {
			der, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil {
				return nil, fmt.Errorf("write the card signers: %w", err)
			}
			pem.Encode(&text, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
		}
		if err := writeOnce(file, string(seal.Seal(nil, nil, []byte(text.String()), nil))); err != nil {
			return nil, fmt.Errorf("keep the card signers: %w", err)
		}
		sealed, err = os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the card signers: %w", err)
		}
	} else if err != nil {
		return nil, fmt.Errorf("read the card signers: %w", err)
	}
	text, err := seal.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("%s does not open with this folder's key", file)
	}
	return parseSigners(text)
}

func parseSigners(text []byte) (*reader.Authority, error) {
	var keys []*rsa.PrivateKey
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("read the card signers: %w", err)
		}
		signer, ok := key.(*rsa.PrivateKey)
		if !ok {
			return nil, errors.New("the card signers are not RSA keys")
		}
		keys = append(keys, signer)
	}
	if len(keys) != 3 {
		return nil, fmt.Errorf("%d card signers, want 3", len(keys))
	}
	return &reader.Authority{Root: keys[0], Face: keys[1], Text: keys[2]}, nil
}
