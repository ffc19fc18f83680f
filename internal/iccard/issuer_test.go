package iccard

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// TestCMAC: the four examples of RFC 4493 section 4.
func TestCMAC(t *testing.T) {
	block, err := aes.NewCipher(unhex(t, "2b7e151628aed2a6abf7158809cf4f3c"))
	if err != nil {
		t.Fatal(err)
	}
	message := unhex(t, "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
	for n, want := range map[int]string{
		0:  "bb1d6929e95937287fa37d129b756746",
		16: "070a16b46b4d4144f79bdd9dd04a287c",
		40: "dfa66747de9ae63030ca32611497c827",
		64: "51f0bebf7e3b9d92fc49741779363cfe",
	} {
		if got := cmac(block, message[:n]); !bytes.Equal(got, unhex(t, want)) {
			t.Errorf("%d bytes: %x, want %s", n, got, want)
		}
	}
}

func TestWithoutChannelNothingIsWritten(t *testing.T) {
	card := newCard(t)
	for _, ins := range []byte{insWrite, insGenerate, insSetPIN, insErase, insStatus, insFinish, insTerminate} {
		cmd := apdu.Command{CLA: classIssuer, INS: ins, Data: append(AppendEF(nil, AuthenticationPIN), "9999"...)}
		if sw := send(t, card, cmd).SW; sw != apdu.SecurityNotSatisfied {
			t.Errorf("%02X: %v, want 6982", ins, sw)
		}
	}
	play(t, card, selectJPKI, "002000980431323334 9000")
}

func TestChannelRefusesStrangers(t *testing.T) {
	nonce := strings.Repeat("A5", NonceSize)
	for _, tt := range []struct {
		name   string
		script []string
	}{
		{"proof without handshake", []string{"9082000010" + nonce + " 6985"}},
		{"wrong proof", []string{"9050000010" + nonce + "00 9000", "9082000010" + nonce + " 6982", "9082000010" + nonce + " 6985"}},
		{"short nonce, no Le, parameters", []string{"9050000001AA00 6700", "9050000010" + nonce + " 6700", "9050010010" + nonce + "00 6A86"}},
	} {
		t.Run(tt.name, func(t *testing.T) { play(t, newCard(t), tt.script...) })
	}
}

func TestChannelSeals(t *testing.T) {
	status := func(x *terminal) apdu.Command {
		return x.ch.SealCommand(apdu.Command{CLA: classIssuer, INS: insStatus})
	}
	for _, tt := range []struct {
		name string
		do   func(*testing.T, *terminal) apdu.SW
	}{
		{"a changed byte", func(t *testing.T, x *terminal) apdu.SW {
			cmd := status(x)
			cmd.Data[0] ^= 1
			return send(t, x.card, cmd).SW
		}},
		{"another instruction under the same seal", func(t *testing.T, x *terminal) apdu.SW {
			cmd := status(x)
			cmd.INS = insTerminate
			return send(t, x.card, cmd).SW
		}},
		{"sent twice", func(t *testing.T, x *terminal) apdu.SW {
			cmd := status(x)
			if sw := send(t, x.card, cmd).SW; sw != apdu.OK {
				t.Fatal(sw)
			}
			return send(t, x.card, cmd).SW
		}},
		{"one left out", func(t *testing.T, x *terminal) apdu.SW {
			status(x)
			return send(t, x.card, status(x)).SW
		}},
		{"no seal", func(t *testing.T, x *terminal) apdu.SW {
			return send(t, x.card, apdu.Command{CLA: classIssuer, INS: insStatus}).SW
		}},
		{"after reset", func(t *testing.T, x *terminal) apdu.SW {
			x.card.Reset()
			return send(t, x.card, status(x)).SW
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := newCard(t)
			x := connect(t, card)
			if sw := tt.do(t, x); sw != apdu.SecurityNotSatisfied {
				t.Errorf("%v, want 6982", sw)
			}
			if sw := send(t, card, status(connect(t, card))).SW; sw != apdu.OK {
				t.Errorf("a new channel: %v", sw)
			}
		})
	}
}

func TestChannelAnswersAndNeighbours(t *testing.T) {
	t.Run("a changed answer", func(t *testing.T) {
		x := connect(t, newCard(t))
		answer := send(t, x.card, x.ch.SealCommand(apdu.Command{CLA: classIssuer, INS: insStatus}))
		answer.Data[0] ^= 1
		if _, err := x.ch.OpenResponse(answer.Data); !errors.Is(err, ErrChannel) {
			t.Errorf("%v, want ErrChannel", err)
		}
	})
	t.Run("holder's commands do not disturb it", func(t *testing.T) {
		x := connect(t, newCard(t))
		x.must(insStatus, 0, AuthenticationPIN, "")
		play(t, x.card, selectJPKI, "002000980431323334 9000", selectText)
		x.must(insStatus, 0, AuthenticationPIN, "")
	})
	t.Run("nothing travels in clear", func(t *testing.T) {
		x := connect(t, newCard(t))
		cmd := x.ch.SealCommand(apdu.Command{CLA: classIssuer, INS: insSetPIN, Data: append(AppendEF(nil, SignaturePIN), "SECRET99"...)})
		if bytes.Contains(cmd.Data, []byte("SECRET99")) {
			t.Error("the PIN stands in the command")
		}
	})
}

func TestIssuerCommands(t *testing.T) {
	for _, tt := range []struct {
		name    string
		ins, p1 byte
		ef      EF
		rest    string
		want    apdu.SW
	}{
		{"write", insWrite, 0, FaceInfo, "abc", apdu.OK},
		{"write a data object", insWrite, 0, EF{CardManager, 0x0045}, "card", apdu.OK},
		{"write nothing", insWrite, 0, FaceInfo, "", apdu.WrongLength},
		{"write the longest", insWrite, 0, FaceImages, strings.Repeat("x", MaxFile), apdu.OK},
		{"write too much", insWrite, 0, FaceImages, strings.Repeat("x", MaxFile+1), apdu.NoMemory},
		{"write a key", insWrite, 0, AuthenticationKey, "abc", apdu.WrongFileKind},
		{"write a PIN", insWrite, 0, AuthenticationPIN, "1234", apdu.WrongFileKind},
		{"write an internal file", insWrite, 0, EF{JPKI, 0x0010}, "abc", apdu.WrongFileKind},
		{"write what is not there", insWrite, 0, EF{JPKI, 0x0099}, "abc", apdu.FileNotFound},
		{"write to no application", insWrite, 0, EF{9, 0x0001}, "abc", apdu.FileNotFound},
		{"write no records", insWrite, 0, CardRecord, "\x01\x05abc", apdu.WrongData},
		{"generate in a file", insGenerate, 0, FaceInfo, "", apdu.WrongFileKind},
		{"generate, data behind", insGenerate, 0, FaceKey, "xx", apdu.WrongLength},
		{"generate, parameter", insGenerate, 4, FaceKey, "", apdu.WrongParameters},
		{"PIN-001 No.1", insSetPIN, 0, SignaturePIN, "A12345", apdu.OK},
		{"PIN-002 digits only", insSetPIN, 0, SignaturePIN, "123456", apdu.WrongData},
		{"PIN-002 letters only", insSetPIN, 0, SignaturePIN, "ABCDEF", apdu.WrongData},
		{"PIN-002 lower case", insSetPIN, 0, SignaturePIN, "abc123", apdu.WrongData},
		{"PIN-002 five characters", insSetPIN, 0, SignaturePIN, "A1234", apdu.WrongData},
		{"PIN-002 sixteen characters", insSetPIN, 0, SignaturePIN, "ABCDEFGH12345678", apdu.OK},
		{"PIN-002 seventeen characters", insSetPIN, 0, SignaturePIN, "ABCDEFGH123456789", apdu.WrongData},
		{"PIN-001 No.2 three digits", insSetPIN, 0, AuthenticationPIN, "123", apdu.WrongData},
		{"PIN-001 No.2 letters", insSetPIN, 0, AuthenticationPIN, "12A4", apdu.WrongData},
		{"PIN-003 the same digits", insSetPIN, 0, ResidentRegisterPIN, "1234", apdu.OK},
		{"reference number A", insSetPIN, 0, FaceReferenceA, "537686677188", apdu.OK},
		{"reference number A too short", insSetPIN, 0, FaceReferenceA, "53768667718", apdu.WrongData},
		{"a PIN that nobody can set", insSetPIN, 0, EF{InputSupport, 0x0012}, "1234", apdu.WrongData},
		{"PIN in a file", insSetPIN, 0, FaceInfo, "1234", apdu.WrongFileKind},
		{"tries for an unset PIN", insSetPIN, 1, EF{InputSupport, 0x0012}, "", apdu.ConditionsNotMet},
		{"tries with a value", insSetPIN, 1, AuthenticationPIN, "1234", apdu.WrongLength},
		{"PIN parameter", insSetPIN, 3, AuthenticationPIN, "1234", apdu.WrongParameters},
		{"erase a PIN", insErase, 0, AuthenticationPIN, "", apdu.WrongFileKind},
		{"erase a key", insErase, 0, AuthenticationKey, "", apdu.OK},
		{"state of an internal file", insStatus, 0, EF{JPKI, 0x0010}, "", apdu.WrongFileKind},
		{"state, data behind", insStatus, 0, FaceInfo, "x", apdu.WrongLength},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := connect(t, newCard(t))
			if _, sw := x.send(tt.ins, tt.p1, append(AppendEF(nil, tt.ef), tt.rest...)); sw != tt.want {
				t.Errorf("%v, want %v", sw, tt.want)
			}
		})
	}
	if _, sw := connect(t, newCard(t)).send(insWrite, 0, []byte{1}); sw != apdu.WrongLength {
		t.Errorf("no file named: %v, want 6700", sw)
	}
}

// TestStaged: what is staged is there at once, is durable with the first command that is, and is taken back by a reset before.
func TestStaged(t *testing.T) {
	storage := &MemoryStorage{memory: prototype()}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x := connect(t, card)
	x.stage(insWrite, FaceInfo, "staged")
	x.stage(insSetPIN, AuthenticationPIN, "5678")
	play(t, card, selectFace)
	if got := play(t, card, "00B0830000 9000").Data; string(got) != "staged" {
		t.Errorf("read %q", got)
	}
	if !bytes.Equal(storage.memory, prototype()) {
		t.Error("it is in the memory already")
	}
	card.Reset()
	if string(card.state.contents[FaceInfo]) == "staged" {
		t.Error("it outlived the reset")
	}
	play(t, card, selectJPKI, "002000980431323334 9000")
	x = connect(t, card)
	x.stage(insWrite, FaceInfo, "staged")
	x.must(insWrite, 0, FaceInfo, "staged") // is there, and not durable
	if again := openMemory(t, storage.memory); string(again.state.contents[FaceInfo]) != "staged" {
		t.Error("answered, and not durable")
	}
	for _, p2 := range []byte{2, 0x80} {
		for _, ins := range []byte{insWrite, insSetPIN} {
			if _, sw := x.sendP2(ins, 0, p2, on(FaceInfo, "x")); sw != apdu.WrongParameters {
				t.Errorf("%02X with P2 %02X: %v", ins, p2, sw)
			}
		}
	}
}

// TestPINAtTheWindow: PIN-040, a locked PIN is opened by setting it anew or by giving the tries back.
func TestPINAtTheWindow(t *testing.T) {
	card := newCard(t)
	play(t, card, selectJPKI, "002000980439393939 63C2", "002000980439393939 63C1", "002000980439393939 63C0", "002000980431323334 6984")
	x := connect(t, card)
	if got := x.must(insStatus, 0, AuthenticationPIN, ""); !bytes.Equal(got, []byte{1, 0, 3}) {
		t.Errorf("state of a locked PIN %X", got)
	}
	x.must(insSetPIN, 1, AuthenticationPIN, "")
	play(t, card, "002000980431323334 9000", "802A009701AA00 9000")
	x.must(insSetPIN, 0, AuthenticationPIN, "5678")
	play(t, card, "802A009701AA00 6982", "002000980431323334 63C2", "002000980435363738 9000")
	x.must(insSetPIN, 2, AuthenticationPIN, "")
	play(t, card, "00200098 63C0", "002000980435363738 6984")
	if got := x.must(insStatus, 0, AuthenticationPIN, ""); !bytes.Equal(got, []byte{0, 0, 3}) {
		t.Errorf("state of an unset PIN %X", got)
	}
}

func TestGenerateKey(t *testing.T) {
	card := newCard(t)
	x := connect(t, card)
	first := x.must(insGenerate, 0, AuthenticationKey, "")
	public, err := ParsePublicKey(first)
	if err != nil || !public.Equal(publicKey(card, AuthenticationKey)) {
		t.Fatalf("public key: %v", err)
	}
	if again := x.must(insGenerate, 0, AuthenticationKey, ""); !bytes.Equal(first, again) {
		t.Error("a key that is there was replaced without being told")
	}
	replaced := x.must(insGenerate, 1, AuthenticationKey, "")
	if bytes.Equal(first, replaced) {
		t.Error("the key was not replaced")
	}
	if got := x.must(insStatus, 0, AuthenticationKey, ""); !bytes.Equal(got, append([]byte{1}, replaced...)) {
		t.Errorf("state %.8X", got)
	}
	for _, bad := range [][]byte{nil, first[1:], first[:len(first)-1], append(slices.Clone(first), 0)} {
		if _, err := ParsePublicKey(bad); !errors.Is(err, ErrPublicKey) {
			t.Errorf("%.8X: %v, want ErrPublicKey", bad, err)
		}
	}
}

func TestFinishAndTerminate(t *testing.T) {
	storage := &MemoryStorage{memory: prototype()}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x := connect(t, card)
	if _, sw := x.send(insFinish, 0, nil); sw != apdu.OK {
		t.Fatal(sw)
	}
	if got, _ := x.send(insStatus, 0, nil); !bytes.Equal(got, []byte{byte(Personalised)}) {
		t.Errorf("life %X", got)
	}
	if _, sw := x.send(insTerminate, 0, nil); sw != apdu.OK {
		t.Fatal(sw)
	}
	play(t, card, selectJPKI[:30]+" 6F00", "00200098 6F00")
	for _, secret := range []string{"537686677188", "ABC123"} {
		if bytes.Contains(storage.memory, []byte(secret)) {
			t.Errorf("%s is still in the memory", secret)
		}
	}
	if card, err = Open(storage, rand.Reader); err != nil {
		t.Fatal(err)
	}
	play(t, card, "0084000008 6F00", "9050000010"+strings.Repeat("00", 16)+"00 6F00")
	if len(card.state.keys)+len(card.state.contents)+len(card.state.pins) != 0 || card.state.config.ManagementKey != [16]byte{} {
		t.Error("the memory is not empty")
	}
}

// TestSignatures: what the chip signs is verified by crypto/rsa, and P1 00, 02 and 03 agree.
func TestSignatures(t *testing.T) {
	var vectors struct {
		DigestInfos []struct {
			Hash        string
			APDU        string `json:"apdu_current_key"`
			DigestInfo  string `json:"digest_info"`
			EncodedText string `json:"em_2048"`
		} `json:"digest_infos"`
		Equivalences []struct{ M string }
		P1, P2       map[string]string
	}
	readJSON(t, "compute_signature.json", &vectors)
	card := newCard(t)
	public := publicKey(card, AuthenticationKey)
	play(t, card, selectJPKI, "00A4020C020018 9000", verify1234, "00A4020C020017 9000")
	if len(vectors.DigestInfos) != 6 {
		t.Fatalf("%d hashes", len(vectors.DigestInfos))
	}
	for _, v := range vectors.DigestInfos {
		signature := play(t, card, v.APDU+" 9000").Data
		padded := new(big.Int).Exp(new(big.Int).SetBytes(signature), big.NewInt(int64(public.E)), public.N).FillBytes(make([]byte, 256))
		if !bytes.Equal(padded, unhex(t, v.EncodedText)) {
			t.Errorf("%s: padded as %X", v.Hash, padded)
		}
		if err := rsa.VerifyPKCS1v15(public, 0, unhex(t, v.DigestInfo), signature); err != nil {
			t.Errorf("%s: %v", v.Hash, err)
		}
		if again := play(t, card, v.APDU+" 9000").Data; !bytes.Equal(signature, again) {
			t.Errorf("%s: not deterministic", v.Hash)
		}
	}
	if len(vectors.Equivalences) != 1 || len(vectors.P1) != 6 || len(vectors.P2) != 4 {
		t.Fatalf("other vectors than this test knows: %v", vectors)
	}
	abc := unhex(t, vectors.Equivalences[0].M)
	sum := sha256.Sum256(abc)
	sign := func(p1 byte, data []byte) []byte {
		answer := send(t, card, apdu.Command{CLA: 0x80, INS: 0x2A, P1: p1, P2: 0x97, Data: data, Ne: 256})
		if answer.SW != apdu.OK || len(answer.Data) != 256 {
			t.Fatalf("P1 %02X: %v, %d bytes", p1, answer.SW, len(answer.Data))
		}
		return answer.Data
	}
	plain := sign(0, append(slices.Clone(digestInfoSHA256), sum[:]...))
	if !bytes.Equal(plain, sign(2, sum[:])) || !bytes.Equal(plain, sign(3, abc)) {
		t.Error("P1 00, 02 and 03 differ")
	}
	if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], plain); err != nil {
		t.Error(err)
	}
	if err := rsa.VerifyPKCS1v15(public, 0, sum[:], sign(1, abc)); err != nil {
		t.Errorf("P1 01: %v", err)
	}
	for p1, data := range map[byte][]byte{4: sum[:], 5: abc} {
		if err := rsa.VerifyPSS(public, crypto.SHA256, sum[:], sign(p1, data), &rsa.PSSOptions{SaltLength: 32}); err != nil {
			t.Errorf("P1 %02X: %v", p1, err)
		}
	}
	long := bytes.Repeat([]byte{7}, MaxSignatureInput)
	if err := rsa.VerifyPKCS1v15(public, 0, long, sign(0, long)); err != nil {
		t.Errorf("245 bytes: %v", err)
	}
	tooLong := apdu.Command{CLA: 0x80, INS: 0x2A, P2: 0x97, Data: append(long, 7), Ne: 256}
	if sw := send(t, card, tooLong).SW; sw != apdu.ConditionsNotMet {
		t.Errorf("246 bytes: %v, want 6985", sw)
	}
}

func TestCardProvesItself(t *testing.T) {
	card := newCard(t)
	sum := sha256.Sum256([]byte{1, 2, 3, 4})
	signature := play(t, card, selectCommon, "00880099040102030400 9000").Data
	if err := rsa.VerifyPKCS1v15(publicKey(card, CommonKey), crypto.SHA256, sum[:], signature); err != nil {
		t.Error(err)
	}
	signature = play(t, card, selectFace, "802A030004"+"0102030400 9000").Data
	if err := rsa.VerifyPKCS1v15(publicKey(card, FaceKey), crypto.SHA256, sum[:], signature); err != nil {
		t.Error(err)
	}
}
