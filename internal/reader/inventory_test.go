package reader

import (
	"crypto/rand"
	"errors"
	"io"
	"testing"

	"mynumber/internal/iccard"
)

func TestWhatACardSaysOfItself(t *testing.T) {
	client := newClient(t)
	token, err := client.ReadTokenInfo()
	must(t, err)
	if token.Label != "JPKIAPICCTOKEN2" || token.Model != "E16R01NJ" || token.Serial == "" || token.Kind() == token.Label {
		t.Errorf("%+v: %s", token, token.Kind())
	}
	present, err := client.Present()
	must(t, err)
	if !present[SignatureKey] || !present[AuthenticationKey] {
		t.Errorf("%v", present)
	}
	record, err := client.ReadCardRecord()
	must(t, err)
	if want := (CardRecord{"400000012719843", "13221", "20350217"}); record != want {
		t.Errorf("%+v, want %+v", record, want)
	}
	if version, err := client.FaceVersion(); err != nil || version != 0x06030E01 {
		t.Errorf("%08X, %v", version, err)
	}
	for which := BirthDate; which <= TextReferenceB; which++ {
		if left, err := client.ReferenceTriesLeft(which); err != nil || left != 10 {
			t.Errorf("reference %d: %d, %v", which, left, err)
		}
	}
}

func TestCardsThatAreNotInUse(t *testing.T) {
	blank, err := iccard.New(&iccard.MemoryStorage{}, iccard.Config{ManagementKey: testKey}, rand.Reader)
	must(t, err)
	if _, err := NewClient(Direct(blank)).ReadTokenInfo(); !errors.Is(err, ErrBlank) {
		t.Errorf("a blank card: %v", err)
	}
	dead := newCard(t)
	must(t, newTerminal(t, dead).Terminate())
	if _, err := NewClient(Direct(dead)).ReadTokenInfo(); !errors.Is(err, ErrDead) {
		t.Errorf("a card that was ended: %v", err)
	}
}

// FuzzForeignCard: a card that is not ours may answer anything; a client says so and does not fall over. The bytes are the answers, each
// behind its length, and are told again from the beginning when they end.
func FuzzForeignCard(f *testing.F) {
	f.Add([]byte{2, 0x90, 0x00})
	f.Add(append(append([]byte{2, 0x90, 0x00, 2, 0x90, 0x00, 162}, tokenInfo(cardLabel, "E16R01NJ", "400000012719843")...), 0x90, 0x00))
	f.Add([]byte{2, 0x90, 0x00, 2, 0x90, 0x00, 9, 0xFF, 0x10, 0x04, 1, 2, 3, 4, 0x90, 0x00})
	f.Add([]byte{0})
	f.Add([]byte{2, 0x63, 0xC0, 1, 0x90})
	f.Fuzz(func(t *testing.T, answers []byte) {
		if len(answers) > 4096 {
			return
		}
		left, sent := answers, 0
		client := NewClient(Traced(script(func() []byte {
			if sent++; sent > 2000 {
				return nil
			}
			if len(left) == 0 {
				left = answers
			}
			if len(left) == 0 {
				return nil
			}
			n := min(int(left[0]), len(left)-1)
			answer := left[1 : 1+n]
			left = left[1+n:]
			return answer
		}), io.Discard))
		_, _ = client.ReadTokenInfo()
		_, _ = client.Present()
		_, _ = client.ReadCardRecord()
		_, _ = client.FaceVersion()
		_, _ = client.ReferenceTriesLeft(TextReferenceB)
		_, _ = client.TriesLeft(SignaturePIN)
		_ = client.VerifyPIN(InputSupportPIN, "1234")
		_, _ = client.ReadNumber()
		_, _ = client.ReadFourItems()
		_, _ = client.ReadFace("537686677188")
		_, _ = client.ReadFaceNumber("537686677188", nil)
		_, _ = client.ReadAge("550217", nil)
		_ = client.CheckText(rootKey())
		_, _ = client.ReadSigner(iccard.TextSigner, rootKey())
		_, _ = client.ReadCACertificate(SignatureKey)
		_, _ = client.Signer(AuthenticationKey)
		_, _ = client.Sign(AuthenticationKey, make([]byte, 32))
		_ = client.ChangePIN(ResidentRegisterPIN, "1234")
	})
}
