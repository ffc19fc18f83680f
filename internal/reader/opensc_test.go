//go:build linux

package reader

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/iccard"
	"mynumber/internal/pcsc"
	"mynumber/internal/pcsc/pcsctest"
)

// The unmodified OpenSC of Debian at our card, through a pcscd of its own.

// openscModule is OpenSC's PKCS #11 module.
const openscModule = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"

// bench is a service, its two slots, and what OpenSC is run with.
type bench struct {
	*pcsctest.Service
	slots Slots
	env   []string
}

func newBench(t testing.TB) *bench {
	t.Helper()
	service := pcsctest.Start(t)
	slots, err := OpenSlots(fmt.Sprintf("127.0.0.1:%d", service.Port))
	must(t, err)
	t.Cleanup(slots.Close)
	return &bench{Service: service, slots: slots}
}

// insert puts a card in and waits until OpenSC sees it.
func (b *bench) insert(t testing.TB, slot int, card *iccard.Card, atr string) {
	t.Helper()
	bytes, err := ATRNamed(atr)
	must(t, err)
	must(t, b.slots[slot].Insert(card, bytes, nil, nil))
	must(t, b.WaitForCard(slot, true))
}

func (b *bench) remove(t *testing.T, slot int) {
	t.Helper()
	must(t, b.slots[slot].Remove())
	must(t, b.WaitForCard(slot, false))
}

// try runs a program of OpenSC and returns all that it printed.
func (b *bench) try(name string, args ...string) (string, error) {
	c := exec.Command("timeout", append([]string{"30", name}, args...)...)
	c.Env = b.Environment(b.env...)
	out, err := c.CombinedOutput()
	return string(out), err
}

func (b *bench) run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := b.try(name, args...)
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return out
}

// says fails the test where something is missing in what was printed.
func says(t *testing.T, out string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(out, w) {
			t.Errorf("no %q in\n%s", w, out)
		}
	}
}

// openscKeys are the two keys as OpenSC names them.
var openscKeys = []struct {
	key        Key
	which      PIN
	id, slot   string
	pin, wrong string
	tries      int
	label      string
}{
	{key: AuthenticationKey, which: AuthenticationPIN, id: "01", slot: "0", pin: "1234", wrong: "9999", tries: 3, label: "User Authentication PIN"},
	{key: SignatureKey, which: SignaturePIN, id: "02", slot: "1", pin: "ABC123", wrong: "XYZ999", tries: 5, label: "Digital Signature PIN"},
}

// publicKey writes the public key of a certificate to a file, by openssl.
func publicKey(t *testing.T, der []byte) string {
	t.Helper()
	dir := t.TempDir()
	certificate, public := filepath.Join(dir, "cert.der"), filepath.Join(dir, "key.pem")
	must(t, os.WriteFile(certificate, der, 0o600))
	out, err := exec.Command("openssl", "x509", "-inform", "der", "-in", certificate, "-noout", "-pubkey").Output()
	must(t, err)
	must(t, os.WriteFile(public, out, 0o600))
	return public
}

// verifies lets openssl check a signature of a file.
func verifies(t *testing.T, public, signature, file string) {
	t.Helper()
	out, err := exec.Command("openssl", "dgst", "-sha256", "-verify", public, "-signature", signature, file).CombinedOutput()
	if err != nil {
		t.Errorf("openssl: %v %s", err, out)
	}
}

// TestOpenSC reads, logs in and signs with both answers to reset, with OpenSC left to find its driver and with the driver named.
func TestOpenSC(t *testing.T) {
	for _, c := range []struct{ atr, driver string }{{"", ""}, {"contact", ""}, {"", "jpki"}} {
		t.Run(c.atr+"/"+c.driver, func(t *testing.T) {
			b := newBench(t)
			if c.driver != "" {
				b.env = []string{"OPENSC_DRIVER=" + c.driver}
			}
			card := newCard(t)
			client := newClient(t) // of a twin
			must(t, client.VerifyPIN(SignaturePIN, "ABC123"))
			b.insert(t, 0, card, c.atr)
			if out := b.run(t, "opensc-tool", "-n"); !strings.HasSuffix(strings.TrimSpace(out), "jpki") {
				t.Errorf("driver %q", out)
			}
			says(t, b.run(t, "pkcs15-tool", "--dump"), "User Authentication PIN", "Digital Signature PIN", "Tries left     : 3", "Tries left     : 5",
				"User Authentication Certificate", "Digital Signature Certificate")
			says(t, b.run(t, "pkcs11-tool", "--module", openscModule, "-L"), "JPKI (User Authentication PIN)", "JPKI (Digital Signature PIN)")
			for id, read := range map[string]func() ([]byte, error){
				"01": func() ([]byte, error) { return client.ReadCertificate(AuthenticationKey) }, "02": func() ([]byte, error) { return client.ReadCertificate(SignatureKey) },
				"03": func() ([]byte, error) { return client.ReadCACertificate(AuthenticationKey) }, "04": func() ([]byte, error) { return client.ReadCACertificate(SignatureKey) },
			} {
				args := []string{"--read-certificate", id}
				if id == "02" {
					args = append(args, "--verify-pin", "--auth-id", "02", "--pin", "ABC123")
				}
				want, err := read()
				must(t, err)
				if out := b.run(t, "pkcs15-tool", args...); !bytes.Equal(certificateIn(out), want) {
					t.Errorf("certificate %s is not the one on the card: %s", id, out)
				}
			}
			if out, err := b.try("pkcs15-tool", "--read-certificate", "02"); err == nil {
				t.Errorf("the signature certificate is read without its PIN: %s", out)
			}
			b.signs(t, client)
			b.pkcs11(t, client)
		})
	}
}

// certificateIn is the first certificate that was printed.
func certificateIn(out string) []byte {
	block, _ := pem.Decode([]byte(out[max(0, strings.Index(out, "-----BEGIN")):]))
	if block == nil {
		return nil
	}
	return block.Bytes
}

// signs signs with both keys through PKCS #15.
func (b *bench) signs(t *testing.T, client *Client) {
	t.Helper()
	dir := t.TempDir()
	message, hash := filepath.Join(dir, "message"), filepath.Join(dir, "hash")
	sum := sha256.Sum256([]byte("申請書"))
	must(t, os.WriteFile(message, []byte("申請書"), 0o600))
	must(t, os.WriteFile(hash, sum[:], 0o600))
	for _, k := range openscKeys {
		b.run(t, "pkcs15-tool", "--verify-pin", "--auth-id", k.id, "--pin", k.pin)
		signature := filepath.Join(dir, k.id+".sig")
		b.run(t, "pkcs15-crypt", "--sign", "--key", k.id, "--pin", k.pin, "--pkcs1", "--sha-256", "--input", hash, "--output", signature, "--raw")
		der, err := client.ReadCertificate(k.key)
		must(t, err)
		verifies(t, publicKey(t, der), signature, message)
	}
}

// pkcs11 lists, logs in, signs and lets OpenSC test both slots.
func (b *bench) pkcs11(t *testing.T, client *Client) {
	t.Helper()
	dir := t.TempDir()
	message := filepath.Join(dir, "message")
	must(t, os.WriteFile(message, []byte("申請書"), 0o600))
	for _, k := range openscKeys {
		login := []string{"--module", openscModule, "--slot-index", k.slot, "--login", "--pin", k.pin}
		says(t, b.run(t, "pkcs11-tool", append(login, "-O")...), "Private Key Object", "Certificate Object")
		signature := filepath.Join(dir, k.id+".sig")
		b.run(t, "pkcs11-tool", append(login, "--sign", "--id", k.id, "--mechanism", "SHA256-RSA-PKCS", "--input-file", message, "--output-file", signature)...)
		der, err := client.ReadCertificate(k.key)
		must(t, err)
		verifies(t, publicKey(t, der), signature, message)
		says(t, b.run(t, "pkcs11-tool", append(login, "--test")...), "No errors")
	}
}

// TestOpenSCLocksPINs: wrong PINs count down and lock, the other PIN stays as it was, the right one is refused then, and what a window
// does unlocks it (PIN-004, PIN-040, PIN-041).
func TestOpenSCLocksPINs(t *testing.T) {
	b := newBench(t)
	card := newCard(t)
	b.insert(t, 0, card, "")
	tries := func(label string) string {
		_, after, _ := strings.Cut(b.run(t, "pkcs15-tool", "--list-pins"), "["+label+"]")
		_, after, _ = strings.Cut(after, "Tries left")
		line, _, _ := strings.Cut(after, "\n")
		return strings.Trim(line, " :\r")
	}
	for i, k := range openscKeys {
		other := openscKeys[1-i]
		for left := k.tries - 1; left >= 0; left-- {
			if out, err := b.try("pkcs15-tool", "--verify-pin", "--auth-id", k.id, "--pin", k.wrong); err == nil {
				t.Fatalf("a wrong PIN is right: %s", out)
			}
			if got := tries(k.label); got != fmt.Sprint(left) {
				t.Errorf("%s: %s tries left, want %d", k.label, got, left)
			}
		}
		if out, err := b.try("pkcs15-tool", "--verify-pin", "--auth-id", k.id, "--pin", k.pin); err == nil {
			t.Errorf("the right PIN opens a locked one: %s", out)
		}
		says(t, b.run(t, "pkcs11-tool", "--module", openscModule, "-L"), "user PIN locked")
		b.run(t, "pkcs15-tool", "--verify-pin", "--auth-id", other.id, "--pin", other.pin)
		if out, err := b.try("pkcs11-tool", "--module", openscModule, "--slot-index", k.slot, "--login", "--pin", k.pin, "-O"); err == nil {
			t.Errorf("a locked PIN logs in: %s", out)
		}

		// At the window the card is in another reader.
		b.remove(t, 0)
		card.PowerOn()
		must(t, newTerminal(t, card).SetPIN(k.which, k.pin))
		b.insert(t, 0, card, "")
		b.run(t, "pkcs15-tool", "--verify-pin", "--auth-id", k.id, "--pin", k.pin)
	}
}

// apduArguments are the commands that one client sends in one session.
func apduArguments(commands ...string) []string {
	var out []string
	for _, c := range commands {
		out = append(out, "-s", c)
	}
	return out
}

const (
	selectJPKI = "00A4040C0AD392F000260100000001"
	selectPIN  = "00A4020C020018"
	verify1234 = "002000800431323334"
	selectKey  = "00A4020C020017"
	signOne    = "802A008001AA00"
)

// TestOpenSCStateOfThePIN: a verified PIN is forgotten at SELECT of the application, at a reset and without power.
func TestOpenSCStateOfThePIN(t *testing.T) {
	b := newBench(t)
	card := newCard(t)
	b.insert(t, 0, card, "")
	signed := func(commands ...string) bool {
		out := b.run(t, "opensc-tool", apduArguments(commands...)...)
		last := out[strings.LastIndex(out, "Received (SW1="):]
		return strings.HasPrefix(last, "Received (SW1=0x90, SW2=0x00)")
	}
	if !signed(selectJPKI, selectPIN, verify1234, selectKey, signOne) {
		t.Fatal("the card does not sign after its PIN")
	}
	if signed(selectJPKI, selectPIN, verify1234, selectJPKI, selectKey, signOne) {
		t.Error("the card signs after SELECT")
	}

	// No SELECT in between: it would forget the PIN by itself.
	t.Setenv(pcsc.SocketVariable, b.Socket)
	client, err := pcsc.Open(t.Context())
	must(t, err)
	defer client.Close()
	readers, err := client.Readers()
	must(t, err)
	send := func(held *pcsc.Card, commands ...string) string {
		var answer []byte
		for _, c := range commands {
			raw, err := hex.DecodeString(c)
			must(t, err)
			answer, err = held.Transmit(raw)
			must(t, err)
		}
		return fmt.Sprintf("%X", answer[len(answer)-2:])
	}
	verified := func() *pcsc.Card {
		held, err := client.Connect(readers[0].Name)
		must(t, err)
		if sw := send(held, selectJPKI, selectPIN, verify1234, selectKey, signOne); sw != "9000" {
			t.Fatalf("status %s", sw)
		}
		return held
	}
	must(t, verified().Close()) // resets the card
	held, err := client.Connect(readers[0].Name)
	must(t, err)
	if sw := send(held, signOne); sw == "9000" {
		t.Error("the card signs after a reset")
	}
	must(t, held.Close())
	held = verified()
	b.remove(t, 0) // its power with it
	must(t, held.Close())
	b.insert(t, 0, card, "")
	held, err = client.Connect(readers[0].Name)
	must(t, err)
	if sw := send(held, signOne); sw == "9000" {
		t.Error("the card signs after it was without power")
	}
	must(t, held.Close())
}

// TestOpenSCTwoSlots: two cards at once, pulled and put back, exchanged, and torn in a signature.
func TestOpenSCTwoSlots(t *testing.T) {
	b := newBench(t)
	first, second := newCard(t), newCard(t)
	must(t, newTerminal(t, second).UnsetPIN(SignaturePIN)) // no longer a twin
	b.insert(t, 0, first, "")
	b.insert(t, 1, second, "contact")
	left := func(slot string) string { return b.run(t, "pkcs15-tool", "--reader", slot, "--list-pins") }
	says(t, left("0"), "Tries left     : 5")
	says(t, left("1"), "Tries left     : 0")
	if err := b.slots[0].Insert(second, nil, nil, nil); err != ErrSlotTaken {
		t.Errorf("two cards in one slot: %v", err)
	}
	b.remove(t, 0)
	if err := b.slots[0].Remove(); err != ErrSlotEmpty {
		t.Errorf("an empty slot: %v", err)
	}
	says(t, left("1"), "Tries left     : 0")
	b.remove(t, 1)
	b.insert(t, 0, second, "contact")
	b.insert(t, 1, first, "")
	says(t, left("0"), "Tries left     : 0")
	says(t, left("1"), "Tries left     : 5")

	// A card is pulled while it signs; whatever the client says, it is not a signature, and the card is as it was.
	t.Setenv(pcsc.SocketVariable, b.Socket)
	client, err := pcsc.Open(t.Context())
	must(t, err)
	defer client.Close()
	readers, err := client.Readers()
	must(t, err)
	held, err := client.Connect(readers[1].Name)
	must(t, err)
	us := NewClient(held)
	must(t, us.VerifyPIN(AuthenticationPIN, "1234"))
	begun, torn := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
			if _, err := us.Sign(AuthenticationKey, make([]byte, 32)); err != nil {
				torn <- err
				return
			}
			select {
			case begun <- struct{}{}:
			default:
			}
		}
		torn <- nil
	}()
	<-begun // and goes on signing
	must(t, b.slots[1].Remove())
	if err := <-torn; err == nil {
		t.Error("a card that is gone signs")
	}
	must(t, held.Close())
	must(t, b.WaitForCard(1, false))
	b.insert(t, 1, first, "")
	says(t, b.run(t, "pkcs11-tool", "--module", openscModule, "--slot-index", "2", "--login", "--pin", "1234", "--test"), "No errors")
}
