package reader

import (
	"crypto/rand"
	"errors"
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
