package iccard

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"strings"
	"sync"
	"testing"

	"mynumber/internal/apdu"
)

// fixtureKeys are five RSA keys made for these tests and used nowhere else.
var fixtureKeys = sync.OnceValue(func() []*rsa.PrivateKey {
	rest, err := os.ReadFile("testdata/keys.pem")
	if err != nil {
		panic(err)
	}
	var keys []*rsa.PrivateKey
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}
	return keys
})

// filled is an object that begins and is sized as one of its kind; what it says matters to no chip. size is with the header.
func filled(tag uint32, size int, fill byte) string {
	header := len(apdu.AppendObject82(nil, tag, nil))
	return string(apdu.AppendObject82(nil, tag, bytes.Repeat([]byte{fill}, size-header)))
}

// certificate is the authentication certificate of the fixture card.
var certificate = filled(0x30, 882, 0x5A)

// fixtureFiles have the lengths of the card with which the exchanges in testdata/transcripts.txt were recorded (JPKI certificates
// 880, 882, 933 and 937 bytes, face 3,996) and those measured on a test card (the others).
var fixtureFiles = map[EF]string{
	SignatureCertificate:        filled(0x30, 880, 0x51),
	SignatureCACertificate:      filled(0x30, 933, 0xC5),
	TokenInfo:                   token("JPKIAPICCTOKEN2"),
	CertificateAvailability:     "\x8F\x8F\x00",
	AuthenticationCertificate:   certificate,
	AuthenticationCACertificate: filled(0x30, 937, 0xCA),
	CardRecord:                  "\x01\x1C4000000127198431322120350217",
	CommonKeyReference:          "\x02\x105000020080500100",
	RegisterReference:           "\x02\x105000020080500100",
	FaceAge:                     filled(0xFF10, 547, 0xA1),
	FaceImages:                  filled(0xFF20, 3996, 0xA2),
	FaceInfo:                    filled(0xFF30, 320, 0xA3),
	FaceSigner:                  filled(0x7F21, 568, 0xA4),
	FaceNumber:                  filled(0xFF40, 700, 0xA5),
	TextNumber:                  "\xFF\x10\x0C537686677188\xFF\xFF",
	TextItems:                   "\xFF\x20\x65" + strings.Repeat("\xB2", 101),
	TextIntegrity:               filled(0xFF30, 336, 0xB3),
	TextSigner:                  filled(0x7F21, 568, 0xB4),
	TextInfo:                    filled(0xFF40, 164, 0xB5) + strings.Repeat("\xFF", 92),
	TextKeyProof:                filled(0xFF50, 536, 0xB7),
}

// token is EF 0006 with a label of 32 bytes, padded with spaces.
func token(label string) string {
	return label + strings.Repeat(" ", 32-len(label)) + strings.Repeat("0", 128)
}

var fixturePINs = map[EF]string{
	AuthenticationPIN: "1234", SignaturePIN: "ABC123", InputSupportPIN: "1234", ResidentRegisterPIN: "1234",
	FaceBirthPIN: "550217", FaceReferenceA: "537686677188", FaceReferenceB: "55021720352285",
	TextReferenceA: "537686677188", TextReferenceB: "55021720352285",
}

// prototype is the memory of the fixture card: everything in it but TextKey, whose file has no key.
var prototype = sync.OnceValue(func() []byte {
	s := newState(Config{ATR: DefaultATR, ManagementKey: testKey, ReferenceTries: 10})
	for i, ef := range []EF{SignatureKey, AuthenticationKey, CommonKey, FaceKey} {
		s = s.withKey(ef, rsaPair(fixtureKeys()[i]))
	}
	for ef, content := range fixtureFiles {
		s = s.withContent(ef, []byte(content))
	}
	for ef, value := range fixturePINs {
		tries := layouts[Standard].lookup(ef).tries
		if tries == 0 {
			tries = s.config.ReferenceTries
		}
		s = s.withPIN(ef, secret{[]byte(value), tries})
	}
	memory, err := s.marshal()
	if err != nil {
		panic(err)
	}
	return memory
})

// prototypeState is the state of the fixture card. States are replaced and never written in, so that many cards may begin with one.
var prototypeState = sync.OnceValue(func() *state {
	s, err := unmarshalState(prototype())
	if err != nil {
		panic(err)
	}
	return s
})

func newCard(testing.TB) *Card {
	state := *prototypeState()
	card := &Card{storage: &MemoryStorage{memory: prototype()}, rand: random, state: &state, durable: &state}
	card.power(true)
	return card
}

func openMemory(t testing.TB, memory []byte) *Card {
	t.Helper()
	card, err := Open(&MemoryStorage{memory: memory}, random)
	if err != nil {
		t.Fatal(err)
	}
	return card
}
