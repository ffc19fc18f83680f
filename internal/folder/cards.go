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

	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// Cards are the chips of the folder, one file each, and the keys that sign what stands on them.
type Cards struct {
	folder  *Folder
	key     [32]byte
	signers *reader.Authority

	mu    sync.Mutex
	taken map[string]chan struct{} // closed when the card is free again
}

// Cards opens the folder's cards. The keys that sign card faces are made the first time.
func (f *Folder) Cards() (*Cards, error) {
	if err := os.MkdirAll(f.Path(chipsDir), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the cards: %w", err)
	}
	key, err := f.derive("chips", 32)
	if err != nil {
		return nil, err
	}
	signers, err := f.signers()
	if err != nil {
		return nil, err
	}
	return &Cards{folder: f, key: [32]byte(key), signers: signers, taken: map[string]chan struct{}{}}, nil
}

// Signers sign what stands on cards besides certificates.
func (c *Cards) Signers() *reader.Authority { return c.signers }

var cardID = regexp.MustCompile(`^[a-z0-9]{1,64}$`)

// File is where a card's chip lies.
func (c *Cards) File(id string) string { return c.folder.Path(chipsDir, id+".chip") }

// Insert takes a card's chip until it is closed, a blank one when there is none, and waits for whoever has it.
func (c *Cards) Insert(ctx context.Context, id string, counting rules.PINCounting) (office.Inserted, error) {
	if !cardID.MatchString(id) {
		return office.Inserted{}, fmt.Errorf("%q is no key of a card", id)
	}
	free, err := c.take(ctx, id)
	if err != nil {
		return office.Inserted{}, err
	}
	chip, key, err := c.open(id, counting)
	if err != nil {
		free()
		return office.Inserted{}, err
	}
	return office.Inserted{Chip: reader.Direct(chip), Key: key, Close: func() error {
		defer free()
		return chip.Close()
	}}, nil
}

// Open is Insert for a holder's reader: only a card that was made, and no key to write it with.
func (c *Cards) Open(ctx context.Context, id string) (*iccard.Card, func() error, error) {
	if _, err := os.Stat(c.File(id)); !cardID.MatchString(id) || err != nil {
		return nil, nil, fmt.Errorf("card %s: %w", id, fs.ErrNotExist)
	}
	free, err := c.take(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	chip, _, err := c.open(id, rules.Consecutive) // the chip is there and keeps its own way
	if err != nil {
		free()
		return nil, nil, err
	}
	return chip, func() error {
		defer free()
		return chip.Close()
	}, nil
}

// policies are the chip's words for how wrong PINs are counted (PIN-004, CON-004).
var policies = map[rules.PINCounting]iccard.PINPolicy{rules.Consecutive: iccard.CountConsecutive, rules.Cumulative: iccard.CountCumulative}

// open powers the chip up; one that is made new counts wrong PINs as told.
func (c *Cards) open(id string, counting rules.PINCounting) (*iccard.Card, [16]byte, error) {
	secret, err := c.folder.derive("chip "+id, 16)
	if err != nil {
		return nil, [16]byte{}, err
	}
	key := [16]byte(secret)
	storage, err := iccard.NewFileStorage(c.File(id), id, c.key, rand.Reader)
	if err != nil {
		return nil, key, fmt.Errorf("card %s: %w", id, err)
	}
	chip, err := iccard.Open(storage, rand.Reader)
	if errors.Is(err, fs.ErrNotExist) {
		chip, err = iccard.New(storage, iccard.Config{ManagementKey: key, PINPolicy: policies[counting]}, rand.Reader)
	}
	if err != nil {
		return nil, key, errors.Join(fmt.Errorf("card %s: %w", id, err), storage.Close())
	}
	return chip, key, nil
}

// take waits until nobody has the card and returns what gives it free.
func (c *Cards) take(ctx context.Context, id string) (func(), error) {
	for {
		c.mu.Lock()
		busy := c.taken[id]
		if busy == nil {
			done := make(chan struct{})
			c.taken[id] = done
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				delete(c.taken, id)
				c.mu.Unlock()
				close(done)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-busy:
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
