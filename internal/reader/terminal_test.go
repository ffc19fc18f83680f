package reader

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image/png"
	"testing"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	must(t, err)
	return b
}

type vectors struct {
	Text struct {
		EF1       string `json:"ef0001_file"`
		EF2       string `json:"ef0002_tlv"`
		HashOfEF1 string `json:"ef0003_df31_sha256_of_ef0001_file"`
		HashItems string `json:"ef0003_df32_sha256_of_df22_to_df25"`
	} `json:"text_ap"`
	Face struct {
		File struct {
			Header string
			Length int    `json:"total_length"`
			Sum    string `json:"sha256_of_file"`
		} `json:"ef0002_example"`
		Signed struct {
			Info string `json:"digestinfo"`
		} `json:"ef0002_signature_input"`
	} `json:"face_ap"`
	Common struct {
		Record string `json:"ef0001_record1"`
	} `json:"common_ap"`
	Token struct {
		Hex string
	} `json:"token_info"`
	References struct {
		Cases []struct {
			Birth6 string `json:"birth_yymmdd"`
			Year   int    `json:"expiry_year"`
			Code   string `json:"security_code"`
			Want   string `json:"reference_b"`
		}
	} `json:"reference_numbers"`
}

// TestObjectsAgainstVectors builds the measured files again, byte for byte.
func TestObjectsAgainstVectors(t *testing.T) {
	var v vectors
	readJSON(t, "vectors.json", &v)
	p := testPerson()
	equal := func(name string, got []byte, want string) {
		t.Helper()
		if !bytes.Equal(got, unhex(t, want)) {
			t.Errorf("%s:\n got %X\nwant %s", name, got, want)
		}
	}
	number := numberFile(p.Number12)
	items, signed := itemsFile(FourItems{p.Name, p.Address, p.Birth, p.Sex})
	equal("text 0001", number, v.Text.EF1)
	equal("text 0002", items, v.Text.EF2)
	integrity, err := integrityFile(number, signed, func([]byte) ([]byte, error) { return make([]byte, 256), nil })
	must(t, err)
	parts, err := children(integrity, 0xFF30, 0xDF31, 0xDF32, 0xDF33)
	must(t, err)
	equal("hash of the number", parts[0].Value, v.Text.HashOfEF1)
	equal("hash of the items", parts[1].Value, v.Text.HashItems)
	equal("common record", cardContents(&p, "E16R01NJ")[2].data, v.Common.Record)
	equal("token info", tokenInfo(cardLabel, "E16R01NJ", "0000000020500003"), v.Token.Hex)

	// The synthetic face of the vectors: see "built_from" there.
	image := func(n int) []byte { return append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, n-8)...) }
	p.NameImage, p.AddressImage, p.SecurityCodeImage = image(40), image(60), image(30)
	p.Photo = append(unhex(t, "0000000C6A5020200D0A870A"), bytes.Repeat([]byte{0x11}, 288)...)
	public := append(unhex(t, "900301000191820100"), bytes.Repeat([]byte{0xC1}, 256)...)
	var info []byte
	face, err := faceFile(&p, public, func(m []byte) ([]byte, error) { info = m; return bytes.Repeat([]byte{0x5A}, 256), nil })
	must(t, err)
	equal("face header", face[:26], v.Face.File.Header)
	equal("face signature input", info, v.Face.Signed.Info)
	sum := sha256.Sum256(face)
	equal("face file", sum[:], v.Face.File.Sum)
	if len(face) != v.Face.File.Length {
		t.Errorf("face of %d bytes, want %d", len(face), v.Face.File.Length)
	}
	if len(v.References.Cases) < 10 {
		t.Errorf("only %d reference numbers", len(v.References.Cases))
	}
	for _, c := range v.References.Cases {
		p := Personal{BirthEra6: c.Birth6, Expiry: fmt.Sprintf("%04d0101", c.Year), SecurityCode4: c.Code}
		if got := p.ReferenceB(); got != c.Want {
			t.Errorf("reference number B %s, want %s", got, c.Want)
		}
	}
}

// TestFileSizes: the files have the sizes measured on the test card.
func TestFileSizes(t *testing.T) {
	card := newCard(t)
	c := NewClient(Direct(card))
	size := func(ef iccard.EF, want int) {
		t.Helper()
		if file, err := c.ReadFile(ef); err != nil || len(file) != want {
			t.Errorf("%v: %d bytes, %v; want %d", ef, len(file), err, want)
		}
	}
	must(t, c.VerifyPIN(InputSupportPIN, "1234"))
	size(iccard.TextNumber, 17)
	size(iccard.TextIntegrity, 336)
	size(iccard.TextSigner, 568)
	size(iccard.TextInfo, 256)
	size(iccard.TextKeyProof, 536)
	must(t, c.verify(iccard.FaceBirthPIN, "550217"))
	size(iccard.FaceAge, 547)
	size(iccard.FaceInfo, 320)
	size(iccard.FaceSigner, 568)
	size(iccard.TokenInfo, 160)
	if file, err := c.ReadFile(iccard.CertificateAvailability); err != nil || !bytes.Equal(file, []byte{0x8F, 0x8F, 0}) {
		t.Errorf("availability %X, %v", file, err)
	}
}

// TestTranscripts replays what unmodified clients said to a trial card, with certificates and photo of
// the sizes of that card.
func TestTranscripts(t *testing.T) {
	type step struct {
		C       string `json:"c"`
		SW      string `json:"sw"`
		DataLen *int   `json:"data_len"`
		Event   string `json:"event"`
	}
	var runs map[string][]step
	readJSON(t, "transcripts.json", &runs)
	if len(runs) < 30 {
		t.Fatalf("only %d runs", len(runs))
	}
	wrongPINsBefore := map[string]int{
		"opensc_0.23 pkcs15-tool --change-pin (not supported)": 1, "opensc_0.27.1 pkcs11-tool blocked PIN": 3,
	}
	for name, steps := range runs {
		t.Run(name, func(t *testing.T) {
			card := newCard(t)
			terminal := newTerminal(t, card)
			for ef, size := range map[iccard.EF]int{
				iccard.SignatureCertificate: 880, iccard.AuthenticationCertificate: 882,
				iccard.SignatureCACertificate: 933, iccard.AuthenticationCACertificate: 937,
			} {
				must(t, terminal.WriteFile(ef, apdu.AppendObject82(nil, 0x30, make([]byte, size-4))))
			}
			p := testPerson()
			p.SecurityCodeImage = DigitsImage(p.SecurityCode4)
			p.Photo = bytes.Repeat([]byte{1}, 300)
			trial, err := faceFile(&p, make([]byte, 265), func([]byte) ([]byte, error) { return make([]byte, 256), nil })
			must(t, err)
			p.Photo = append(p.Photo, make([]byte, 3996-len(trial))...)
			must(t, terminal.Personalise(p, testAuthority()))
			must(t, terminal.Finish())
			c := NewClient(Direct(card))
			for range wrongPINsBefore[name] {
				if err := c.VerifyPIN(AuthenticationPIN, "9999"); err == nil {
					t.Fatal("a wrong PIN was right")
				}
			}
			for i, s := range steps {
				if s.Event != "" {
					card.Reset()
					continue
				}
				answer, err := apdu.ParseResponse(card.Transmit(unhex(t, s.C)))
				must(t, err)
				if answer.SW.String() != s.SW || (s.DataLen != nil && len(answer.Data) != *s.DataLen) {
					t.Fatalf("step %d, %s: %v and %d bytes, want %s", i, s.C, answer.SW, len(answer.Data), s.SW)
				}
			}
		})
	}
}

// TestPersonaliseAgainGivesTheSameCard, also after a crash between any two commands.
func TestPersonaliseAgainGivesTheSameCard(t *testing.T) {
	storage := &iccard.MemoryStorage{}
	must(t, storage.Save(prototype()))
	card, err := iccard.Open(storage, rand.Reader)
	must(t, err)
	terminal := newTerminal(t, card)
	must(t, terminal.Personalise(testPerson(), testAuthority()))
	must(t, terminal.Finish())
	if memory, err := storage.Load(); err != nil || !bytes.Equal(memory, prototype()) {
		t.Errorf("the second run made another card: %v", err)
	}
	before, err := terminal.GenerateKey(SignatureKey, false)
	must(t, err)
	for cut := 1; cut < 30; cut += 7 {
		broken := &breaking{chip: Direct(card), left: cut}
		half := NewTerminal(broken, rand.Reader)
		if err := half.Authenticate(testKey); err == nil {
			p := testPerson()
			p.Address = "京都府京都市"
			if err := half.Personalise(p, testAuthority()); !errors.Is(err, errBroken) {
				t.Errorf("cut %d: %v, want errBroken", cut, err)
			}
		}
		card.Reset()
		terminal = newTerminal(t, card)
		must(t, terminal.Personalise(testPerson(), testAuthority()))
		must(t, terminal.Finish())
		if memory, err := storage.Load(); err != nil || !bytes.Equal(memory, prototype()) {
			t.Errorf("cut %d: another card: %v", cut, err)
		}
	}
	if after, err := terminal.PublicKey(SignatureKey); err != nil || !sameKey(after, before) {
		t.Errorf("the key changed: %v", err)
	}
}

// breaking is a chip whose reader is pulled after some commands.
type breaking struct {
	chip Chip
	left int
}

var errBroken = errors.New("reader pulled")

func (b *breaking) Transmit(command []byte) ([]byte, error) {
	if b.left--; b.left < 0 {
		return nil, errBroken
	}
	return b.chip.Transmit(command)
}

func TestPersonaliseRefuses(t *testing.T) {
	terminal := newTerminal(t, newCard(t))
	for field, change := range map[string]func(*Personal){
		"Birth":                      func(p *Personal) { p.Birth = "1980-02-17" },
		"BirthEra6":                  func(p *Personal) { p.BirthEra6 = "" },
		"Number12":                   func(p *Personal) { p.Number12 = "53768667718" },
		"Expiry":                     func(p *Personal) { p.Expiry = "" },
		"SecurityCode4":              func(p *Personal) { p.SecurityCode4 = "22850" },
		"MunicipalityCode":           func(p *Personal) { p.MunicipalityCode = "132217" },
		"Serial15":                   func(p *Personal) { p.Serial15 = "x" },
		"Name":                       func(p *Personal) { p.Name = "" },
		"Address":                    func(p *Personal) { p.Address = "\xFF" },
		"Sex":                        func(p *Personal) { p.Sex = 'm' },
		"NameImage and AddressImage": func(p *Personal) { p.NameImage = nil },
		"Photo":                      func(p *Personal) { p.Photo = make([]byte, MaxImages+1) },
	} {
		p := testPerson()
		change(&p)
		refused, ok := errors.AsType[*PersonalError](terminal.Personalise(p, testAuthority()))
		if !ok || refused.Field != field {
			t.Errorf("%s: %v", field, refused)
		}
	}
	p := testPerson()
	p.Photo = make([]byte, MaxImages-500)
	must(t, terminal.Personalise(p, testAuthority()))
}

func TestTerminalNeedsTheKey(t *testing.T) {
	card := newCard(t)
	terminal := NewTerminal(Direct(card), rand.Reader)
	if err := terminal.SetPIN(AuthenticationPIN, "5678"); !errors.Is(err, ErrNoChannel) {
		t.Errorf("%v, want ErrNoChannel", err)
	}
	if err := terminal.Authenticate([16]byte{1}); !errors.Is(err, ErrWrongKey) {
		t.Errorf("%v, want ErrWrongKey", err)
	}
	must(t, terminal.Authenticate(testKey))
	card.Reset()
	if err := terminal.Finish(); !errors.Is(err, ErrNoChannel) {
		t.Errorf("after reset: %v, want ErrNoChannel", err)
	}
}

// TestPINsAtTheWindow: PIN-001, PIN-002, PIN-020, PIN-040 and CARD-026 from the terminal's side.
func TestPINsAtTheWindow(t *testing.T) {
	card := newCard(t)
	terminal, c := newTerminal(t, card), NewClient(Direct(card))
	for which, bad := range map[PIN][]string{
		SignaturePIN:      {"123456", "ABCDEF", "abc123", "A1234", "ABCDEFGH123456789"},
		AuthenticationPIN: {"123", "12345", "12a4", ""}, ResidentRegisterPIN: {"12"}, InputSupportPIN: {"ABCD"},
	} {
		for _, value := range bad {
			if err := terminal.SetPIN(which, value); !errors.Is(err, ErrPINSyntax) {
				t.Errorf("PIN %d %q: %v, want ErrPINSyntax", which, value, err)
			}
		}
	}
	for range 3 {
		if err := c.VerifyPIN(InputSupportPIN, "0000"); err == nil {
			t.Fatal("a wrong PIN was right")
		}
	}
	state, err := terminal.PINState(InputSupportPIN)
	if err != nil || state != (PINState{Set: true, TriesLeft: 0, Tries: 3}) {
		t.Errorf("state %+v, %v", state, err)
	}
	must(t, terminal.UnblockPIN(InputSupportPIN))
	must(t, c.VerifyPIN(InputSupportPIN, "1234"))
	must(t, terminal.SetPIN(InputSupportPIN, "4321"))
	must(t, c.VerifyPIN(InputSupportPIN, "4321"))
	must(t, terminal.UnsetPIN(InputSupportPIN))
	if err := c.VerifyPIN(InputSupportPIN, "4321"); !errors.Is(err, ErrBlocked) {
		t.Errorf("unset: %v, want ErrBlocked", err)
	}
	// PIN-001 No.3 is one PIN in two applications.
	must(t, terminal.SetPIN(ResidentRegisterPIN, "7777"))
	must(t, c.verify(iccard.CommonPIN, "7777"))
}

func TestCertificatesAtTheWindow(t *testing.T) {
	card := newCard(t)
	terminal, c := newTerminal(t, card), NewClient(Direct(card))
	must(t, c.VerifyPIN(SignaturePIN, "ABC123"))
	der, err := c.ReadCertificate(SignatureKey)
	must(t, err)
	if err := terminal.WriteCertificate(AuthenticationKey, der, der); !errors.Is(err, ErrForeignKey) {
		t.Errorf("certificate of the other key: %v, want ErrForeignKey", err)
	}
	if err := terminal.WriteCertificate(AuthenticationKey, []byte("no"), der); !errors.Is(err, ErrObject) {
		t.Errorf("no certificate: %v, want ErrObject", err)
	}
	must(t, terminal.RemoveCertificate(SignatureKey))
	if _, err := c.ReadCertificate(SignatureKey); !errors.Is(err, ErrNoCertificate) {
		t.Errorf("removed: %v, want ErrNoCertificate", err)
	}
	if _, err := terminal.PublicKey(SignatureKey); !errors.Is(err, ErrNotOnCard) {
		t.Errorf("key removed: %v, want ErrNotOnCard", err)
	}
	if file, err := c.ReadFile(iccard.CertificateAvailability); err != nil || !bytes.Equal(file, []byte{0, 0x8F, 0}) {
		t.Errorf("availability %X, %v", file, err)
	}
	public, err := terminal.PublicKey(AuthenticationKey)
	must(t, err)
	if replaced, err := terminal.GenerateKey(AuthenticationKey, true); err != nil || sameKey(replaced, public) {
		t.Errorf("the key was not replaced: %v", err)
	}
}

func TestLifeOfACard(t *testing.T) {
	card := newCard(t)
	terminal := newTerminal(t, card)
	if life, err := terminal.Life(); err != nil || life != iccard.Personalised {
		t.Errorf("life %v, %v", life, err)
	}
	must(t, terminal.Terminate())
	if err := NewClient(Direct(card)).VerifyPIN(AuthenticationPIN, "1234"); err == nil {
		t.Error("a terminated card verified a PIN")
	}
}

func TestDigitsImage(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(DigitsImage("0123456789AB")))
	must(t, err)
	if b := img.Bounds(); b.Dx() != 72 || b.Dy() != 12 {
		t.Errorf("%v, want 72 × 12", b)
	}
	if bytes.Equal(DigitsImage("1"), DigitsImage("7")) || len(DigitsImage("")) == 0 || len(BlankImage(0, 0)) == 0 {
		t.Error("pictures are wrong")
	}
	// Bit depth of the PNG header, byte 24.
	if depth := DigitsImage("12")[24]; depth != 1 {
		t.Errorf("%d bits a pixel, want 1", depth)
	}
}
