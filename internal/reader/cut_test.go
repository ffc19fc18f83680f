package reader

import (
	"context"
	"crypto/rand"
	"net"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/iccard"
)

// TestConnectionCut: whoever pulls the card (closes the connection) right after each wrong PIN, before the answer, compares three values and
// not one more, and the card comes back each time with the tries it had or one less.
func TestConnectionCut(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger")
	must(t, iccard.BeginLedger(path, [32]byte{}, func() ([]iccard.Adopted, error) { return nil, nil }))
	ledger, err := iccard.OpenLedger(path, [32]byte{})
	must(t, err)
	defer ledger.Close()
	storage, err := iccard.NewFileStorage(iccard.File{Path: filepath.Join(dir, "a.chip"), ID: "a", Ledger: ledger, Rand: rand.Reader})
	must(t, err)
	must(t, storage.Save(prototype()))
	card, err := iccard.Open(storage, rand.Reader)
	must(t, err)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- ServeVPCD(ctx, card, listener.Addr().String()) }()
	selection := append([]byte{0, 0xA4, 4, 0x0C, 10}, iccard.JPKI.AID()...)
	left := 3
	for range 6 {
		must(t, listener.(*net.TCPListener).SetDeadline(time.Now().Add(5*time.Second)))
		conn, err := listener.Accept()
		must(t, err)
		must(t, conn.SetDeadline(time.Now().Add(5*time.Second)))
		d := &driver{t, conn}
		d.say(vpcdPowerOn)
		d.ask(selection...)
		now := int(d.ask(0, 0x20, 0, 0x98)[1] & 0x0F)
		if now != left && now != left-1 {
			t.Errorf("%d tries after %d", now, left)
		}
		left = now
		d.say([]byte("\x00\x20\x00\x98\x049999")...)
		must(t, conn.Close())
	}
	if left != 0 {
		t.Errorf("%d tries left after six wrong values", left)
	}
	cancel()
	<-done
	must(t, card.Close())
	again, err := iccard.NewFileStorage(iccard.File{Path: filepath.Join(dir, "a.chip"), ID: "a", Ledger: ledger, Rand: rand.Reader})
	must(t, err)
	defer again.Close()
	if card, err = iccard.Open(again, rand.Reader); err != nil {
		t.Fatal(err)
	}
	card.Transmit(selection)
	if answer := card.Transmit([]byte("\x00\x20\x00\x98\x041234")); answer[0] != 0x69 || answer[1] != 0x84 {
		t.Errorf("the right PIN after that: %X", answer)
	}
}
