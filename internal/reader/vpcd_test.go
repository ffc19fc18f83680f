package reader

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"mynumber/internal/iccard"
)

// driver plays the reader's side of the protocol.
type driver struct {
	t    *testing.T
	conn net.Conn
}

func (d *driver) say(message ...byte) {
	d.t.Helper()
	// Two writes, as the real driver does.
	for _, b := range [][]byte{binary.BigEndian.AppendUint16(nil, uint16(len(message))), message} {
		_, err := d.conn.Write(b)
		must(d.t, err)
	}
}

func (d *driver) ask(message ...byte) []byte {
	d.t.Helper()
	d.say(message...)
	var size [2]byte
	_, err := io.ReadFull(d.conn, size[:])
	must(d.t, err)
	answer := make([]byte, binary.BigEndian.Uint16(size[:]))
	_, err = io.ReadFull(d.conn, answer)
	must(d.t, err)
	return answer
}

func TestServeVPCD(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	card := newCard(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- ServeVPCD(ctx, card, listener.Addr().String()) }()
	insert := func() *driver {
		must(t, listener.(*net.TCPListener).SetDeadline(time.Now().Add(5*time.Second)))
		conn, err := listener.Accept()
		must(t, err)
		must(t, conn.SetDeadline(time.Now().Add(5*time.Second)))
		return &driver{t, conn}
	}
	selection := append([]byte{0, 0xA4, 4, 0x0C, 10}, iccard.JPKI.AID()...)
	verify := []byte("\x00\x20\x00\x98\x041234")
	sign := []byte{0x80, 0x2A, 0, 0x97, 1, 0xAA, 0}

	d := insert()
	if atr := d.ask(vpcdATR); !bytes.Equal(atr, iccard.DefaultATR) {
		t.Errorf("ATR %X", atr)
	}
	d.say(vpcdPowerOn)
	for _, command := range [][]byte{selection, verify} {
		if answer := d.ask(command...); !bytes.Equal(answer, []byte{0x90, 0}) {
			t.Fatalf("%X: %X", command, answer)
		}
	}
	if answer := d.ask(sign...); len(answer) != 258 {
		t.Errorf("signature: %X", answer)
	}
	if answer := d.ask(0, 0xB0, 0x8A, 0, 0, 0, 0); len(answer) < 600 {
		t.Errorf("certificate in one answer: %d bytes", len(answer))
	}
	d.say(vpcdReset)
	if answer := d.ask(sign...); !bytes.Equal(answer, []byte{0x6A, 0x82}) {
		t.Errorf("after reset: %X", answer)
	}
	d.say(vpcdPowerOff)
	if answer := d.ask(selection...); !bytes.Equal(answer, []byte{0x6F, 0}) {
		t.Errorf("without power: %X", answer)
	}
	d.conn.Close()

	d = insert() // the card comes back by itself
	d.say(vpcdPowerOn)
	if answer := d.ask(selection...); !bytes.Equal(answer, []byte{0x90, 0}) {
		t.Errorf("second reader: %X", answer)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	if _, err := d.conn.Read(make([]byte, 1)); err == nil {
		t.Error("the card is still in the reader")
	}
}
