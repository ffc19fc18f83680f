package reader

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"time"

	"mynumber/internal/iccard"
)

// DefaultVPCD is where the virtual smart card reader (frankmorgner/vsmartcard) listens by default.
const DefaultVPCD = "127.0.0.1:35963"

// Control codes of the virtual reader: messages of one byte. Longer ones are commands.
const (
	vpcdPowerOff = 0x00
	vpcdPowerOn  = 0x01
	vpcdReset    = 0x02
	vpcdATR      = 0x04
)

// redial is the pause before the next attempt to reach the reader.
const redial = 100 * time.Millisecond

// ServeVPCD puts the card into a virtual PC/SC reader: it dials the reader's driver at addr, answers
// until the connection ends, and dials again, because the driver comes and goes with pcscd. It returns
// the context's error when that is done, and then the card is pulled out and without power.
func ServeVPCD(ctx context.Context, card *iccard.Card, addr string) error {
	return serveVPCD(ctx, card, nil, addr, func(bool) {})
}

// serveVPCD is ServeVPCD with an answer to reset in place of the card's own, and tells when the driver takes the card up and lets
// go of it. A driver that accepts the connection and asks for nothing has not: a card before this one is still in the slot.
func serveVPCD(ctx context.Context, card *iccard.Card, atr []byte, addr string, seen func(bool)) error {
	var dialer net.Dialer
	for ctx.Err() == nil {
		if conn, err := dialer.DialContext(ctx, "tcp", addr); err == nil {
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			taken := false
			serveReader(conn, card, atr, func() { // its end is a card pulled or a reader gone: both are everyday
				if !taken {
					taken = true
					seen(true)
				}
			})
			stop()
			conn.Close()
			card.PowerOff()
			if taken {
				seen(false)
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(redial):
		}
	}
	return ctx.Err()
}

// serveReader answers one connection until it ends. Every message either way is a length of two bytes
// and that many bytes. The ATR is asked for all the time and must be answered at once.
func serveReader(conn net.Conn, card *iccard.Card, atr []byte, asked func()) error {
	in := bufio.NewReader(quickAck{conn})
	for {
		var size [2]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return err
		}
		message := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(in, message); err != nil {
			return err
		}
		asked()
		answer := react(card, atr, message)
		if answer == nil {
			continue
		}
		frame := append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)
		if _, err := conn.Write(frame); err != nil { // one write: the driver waits for whole frames
			return err
		}
	}
}

// react does what one message says and returns the answer, nil where none is expected.
func react(card *iccard.Card, atr, message []byte) []byte {
	if len(message) > 1 {
		return card.Transmit(message)
	}
	if len(message) == 0 {
		return nil
	}
	switch message[0] {
	case vpcdPowerOff:
		card.PowerOff()
	case vpcdPowerOn:
		card.PowerOn()
	case vpcdReset:
		card.Reset()
	case vpcdATR:
		if atr != nil {
			return atr
		}
		return card.ATR()
	}
	return nil
}

// quickAck asks for an immediate acknowledgement before each read. The driver sends length and payload
// in two writes with Nagle's algorithm on, and a delayed acknowledgement would cost 40 ms a command.
type quickAck struct{ net.Conn }

func (c quickAck) Read(b []byte) (int, error) {
	acknowledgeAtOnce(c.Conn)
	return c.Conn.Read(b)
}
