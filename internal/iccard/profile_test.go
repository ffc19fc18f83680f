package iccard

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha512"
	"fmt"
	"math/big"
	"testing"

	"mynumber/internal/apdu"
)

// profileCard is the fixture card as another kind of card.
func profileCard(t *testing.T, p Profile) *Card {
	t.Helper()
	card := newCard(t)
	card.state.config.Profile = p
	memory, err := card.state.marshal()
	if err != nil {
		t.Fatal(err)
	}
	return openMemory(t, memory)
}

// TestProfiles: which applications each kind of card has, and what stands behind a PIN.
func TestProfiles(t *testing.T) {
	absent := func(selection string) string { return selection[:30] + " 6A82" }
	onlyJPKI := []string{absent(selectCommon), absent(selectRegister), absent(selectFace), absent(selectText), selectJPKI}
	for _, tt := range []struct {
		profile Profile
		script  []string
	}{
		{Standard, []string{selectCommon, selectRegister, selectFace, selectText, selectJPKI, "00B08A0004 9000", "80FC000000 6700"}},
		{Android, append(onlyJPKI[:5:5], "00B08A0004 6982", "00B0860020 9000", "00B08B0004 9000", "002000980431323334 9000", "00B08A0004 9000", "80FC000000 6700")},
		{IPhone, append(onlyJPKI[:5:5], "00B08A0004 9000", "80FC0000 9000", "80FC0100 6A86")},
		{NextGeneration, []string{selectCommon, selectRegister, selectFace, selectText, selectJPKI, "00B08A0004 9000", "80FC000000 6700"}},
	} {
		t.Run(tt.profile.String(), func(t *testing.T) { play(t, profileCard(t, tt.profile), tt.script...) })
	}
}

// TestNextGeneration: the keys are P-384, the public half is told, and what they sign holds.
func TestNextGeneration(t *testing.T) {
	card := profileCard(t, NextGeneration)
	x := connect(t, card)
	public := x.must(insGenerate, 1, AuthenticationKey, "")
	if point, err := ParsePoint(public); err != nil || len(point.Bytes()) != 97 {
		t.Errorf("public key %X: %v", public, err)
	}
	memory := card.storage.(*MemoryStorage).memory
	again := openMemory(t, memory)
	if got := connect(t, again).must(insStatus, 0, AuthenticationKey, ""); !bytes.Equal(got[1:], public) {
		t.Errorf("after power-off another key: %X", got)
	}
	play(t, again, selectJPKI, "802A039703ABCDEF00 6982", "002000980431323334 9000", "802A009701AA00 6985", "802A029720"+
		"000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F00 6A81", "802A039703ABCDEF10 6700", "802A009A01AA00 6982")
	sum := sha512.Sum384([]byte{0xAB, 0xCD, 0xEF})
	key, err := ParseKey(public)
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"802A039703ABCDEF00 9000", fmt.Sprintf("802A009730%X00 9000", sum)} {
		signature := play(t, again, command).Data
		if len(signature) != 96 || !ecdsa.Verify(key.(*ecdsa.PublicKey), sum[:], new(big.Int).SetBytes(signature[:48]), new(big.Int).SetBytes(signature[48:])) {
			t.Errorf("%s: %X is no signature", command, signature)
		}
	}
	if _, err := ParsePoint(public[:20]); err == nil {
		t.Error("a cut point is taken")
	}
}

// TestWithoutSignatureCertificate: what a card of a child under 15, or of somebody who did not want the certificate, shows: the files
// are there and empty, 0008 says so, and the PIN was never set.
func TestWithoutSignatureCertificate(t *testing.T) {
	card := newCard(t)
	x := connect(t, card)
	x.must(insErase, 0, SignatureCertificate, "")
	x.must(insErase, 0, SignatureKey, "")
	x.must(insSetPIN, 2, SignaturePIN, "")
	x.must(insWrite, 0, CertificateAvailability, "\x00\x8F\x00")
	play(t, card, selectJPKI, "0020009B 63C0", "0020009B06414243313233 6984", "0020009B 63C0",
		"00A4020C020001 9000", "00B0000004 6982", "00A4020C02001A 9000", "802A008001AA00 6982")
	if got := play(t, card, "00B0880000 9000").Data; !bytes.Equal(got, []byte{0, 0x8F, 0}) {
		t.Errorf("0008 is %X", got)
	}
	// Somebody whose password is set and certificate revoked reads sixteen FF.
	x.must(insSetPIN, 0, SignaturePIN, "ABC123")
	play(t, card, "0020009B06414243313233 9000", "802A009A01AA00 6A88")
	if got := play(t, card, "00B0810000 9000").Data; !bytes.Equal(got, bytes.Repeat([]byte{0xFF}, 16)) {
		t.Errorf("0001 is %X", got)
	}
}

func TestUnknownProfile(t *testing.T) {
	if _, err := New(&MemoryStorage{}, Config{Profile: 4}, random); err == nil {
		t.Error("a chip of no known kind was made")
	}
	if s := Profile(9).String(); s != "unknown" {
		t.Errorf("profile 9 is %q", s)
	}
	if sw := apdu.NotSupported; sw != 0x6A81 {
		t.Error(sw)
	}
}
