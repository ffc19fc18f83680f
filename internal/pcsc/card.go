package pcsc

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// Card is a card that was powered up in a reader, and that this program has for itself until Close: another program's SELECT in
// between would forget the PINs that were verified.
type Card struct {
	client   *Client
	handle   uint32
	protocol uint32
}

// What a connection asks for and what becomes of the card after it.
const (
	shared       = 2
	protocolT0T1 = 3
	leaveCard    = 0
	resetTheCard = 1
)

// Connect powers the card in a reader up and takes it for this program. It waits a bounded time for another program that has it; after
// ErrInUse the client may be of no more use. ErrNoReader, ErrNoCard, ErrInUse, ErrMute, ErrRemoved.
func (c *Client) Connect(reader string) (*Card, error) {
	if len(reader) >= readerName {
		return nil, ErrNoReader
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	name := make([]byte, readerName)
	copy(name, reader)
	body := append(append(words(c.context), name...), words(shared, protocolT0T1, 0, 0, 0)...)
	var answer []byte
	err := untilFree(func() error {
		var err error
		// The service itself waits for a program in the middle of its commands, without an end of its own.
		if answer, err = c.exchangeIn(inUseWait, msgConnect, body, len(body)); errors.Is(err, os.ErrDeadlineExceeded) {
			return fmt.Errorf("%w: %w", errStillInUse, ErrInUse)
		}
		if err != nil {
			return err
		}
		return resultError("connect", order.Uint32(answer[len(body)-4:]))
	})
	if err != nil {
		return nil, err
	}
	card := &Card{c, order.Uint32(answer[len(body)-12:]), order.Uint32(answer[len(body)-8:])}
	if err := untilFree(card.begin); err != nil {
		return nil, errors.Join(err, card.disconnect(leaveCard))
	}
	return card, nil
}

// errStillInUse is the end of a wait: trying again is of no use.
var errStillInUse = errors.New("after a wait")

// untilFree repeats what another program is in the way of.
func untilFree(try func() error) error {
	for end := time.Now().Add(inUseWait); ; time.Sleep(inUsePause) {
		if err := try(); !errors.Is(err, ErrInUse) || errors.Is(err, errStillInUse) || time.Now().After(end) {
			return err
		}
	}
}

// begin keeps other programs out. A card that another one reset since it was connected is taken up again.
func (k *Card) begin() error {
	answer, err := k.client.exchange(msgBegin, words(k.handle, 0), 8)
	if err != nil {
		return err
	}
	code := order.Uint32(answer[4:])
	if code != resetCard {
		return resultError("begin", code)
	}
	if answer, err = k.client.exchange(msgReconnect, words(k.handle, shared, protocolT0T1, leaveCard, 0, 0), 24); err != nil {
		return err
	}
	k.protocol = order.Uint32(answer[16:])
	if err := resultError("reconnect", order.Uint32(answer[20:])); err != nil {
		return err
	}
	return ErrInUse // once more
}

// Transmit carries one command to the card and brings its answer with the status word.
func (k *Card) Transmit(command []byte) ([]byte, error) {
	k.client.mu.Lock()
	defer k.client.mu.Unlock()
	const pci = 8 // bytes of the protocol's header in PC/SC's own structures
	head := words(k.handle, k.protocol, pci, uint32(len(command)), k.protocol, pci, answerMost, 0)
	if err := k.client.send(msgTransmit, head, commandWait); err != nil {
		return nil, err
	}
	if _, err := k.client.conn.Write(command); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoService, err)
	}
	answer := make([]byte, len(head))
	if err := k.client.receive(answer); err != nil {
		return nil, err
	}
	if err := resultError("transmit", order.Uint32(answer[28:])); err != nil {
		return nil, err
	}
	n := order.Uint32(answer[24:])
	if n > answerMost {
		return nil, &ServiceError{"transmit: an answer of a length that was not asked for", n}
	}
	data := make([]byte, n)
	if err := k.client.receive(data); err != nil {
		return nil, err
	}
	if n < 2 {
		return nil, ErrTorn // the virtual reader reports a card pulled in the middle as an answer of nothing
	}
	return data, nil
}

// Close lets other programs in again and resets the card, so that no PIN stays verified for them.
func (k *Card) Close() error {
	k.client.mu.Lock()
	defer k.client.mu.Unlock()
	answer, err := k.client.exchange(msgEnd, words(k.handle, leaveCard, 0), 12)
	if err == nil {
		err = resultError("end", order.Uint32(answer[8:]))
	}
	err = errors.Join(err, k.disconnect(resetTheCard))
	if errors.Is(err, ErrRemoved) || errors.Is(err, ErrNoReader) {
		return nil // it is out already
	}
	return err
}

func (k *Card) disconnect(disposition uint32) error {
	answer, err := k.client.exchange(msgDisconnect, words(k.handle, disposition, 0), 12)
	if err != nil {
		return err
	}
	return resultError("disconnect", order.Uint32(answer[8:]))
}
