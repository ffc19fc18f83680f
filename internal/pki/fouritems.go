package pki

import (
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/civil"
)

// Sex is the sex as the signature certificate codes it.
type Sex uint8

const (
	Male   Sex = 1
	Female Sex = 2
	Other  Sex = 3 // or unknown; read also from 9, which some writers use
)

// FourItems are name, address, date of birth and sex (基本4情報) as a signature certificate carries them,
// with one flag a character that says where the character is a substitute for one of the resident
// register that the certificate's code set lacks (代替文字). An empty flag text means no substitutes.
type FourItems struct {
	Name               string     `json:"name"` // as in the resident register, U+3000 between family and given name
	NameSubstitutes    string     `json:"name_substitutes,omitempty"`
	Birth              civil.Date `json:"birth"`
	Sex                Sex        `json:"sex"`
	Address            string     `json:"address"` // at most 200 characters; for holders abroad their departure entry
	AddressSubstitutes string     `json:"address_substitutes,omitempty"`
}

// String hides the person from logs; the fields are to be asked for one by one.
func (f FourItems) String() string { return "four items (masked)" }

// GoString is String.
func (f FourItems) GoString() string { return f.String() }

// ErrFourItems says that a certificate has no readable name, birth date, sex and address.
var ErrFourItems = errors.New("no readable four items in the certificate")

// unknownEra stands for a birth date before the eras that have a digit.
const unknownEra = '0'

// eraDigit is the era's digit: 1 Meiji … 5 Reiwa. The day an era begins belongs to it.
func eraDigit(d civil.Date) byte {
	era, _ := civil.EraOf(d)
	return '0' + byte(era)
}

// birthText is nine digits, the era and the Gregorian date: 1980-02-17 is 319800217.
func birthText(d civil.Date) string {
	return fmt.Sprintf("%c%04d%02d%02d", eraDigit(d), d.Year(), d.Month(), d.Day())
}

// parseBirth reads the nine digits; an era digit that belongs to another day is refused, 0 (unknown) is not.
func parseBirth(s string) (civil.Date, bool) {
	if len(s) != 9 {
		return civil.Date{}, false
	}
	d, err := civil.Parse(s[1:5] + "-" + s[5:7] + "-" + s[7:9])
	return d, err == nil && (s[0] == unknownEra || s[0] == eraDigit(d))
}

// flags is the text of substitute flags written for a value: as given, or one 0 a character.
func flags(value, given string) string {
	if given != "" {
		return given
	}
	return strings.Repeat("0", len([]rune(value)))
}

// altName is the subjectAltName with the six otherNames, in the order in which readers have seen them.
func (f *FourItems) altName() extension {
	names := [...]struct {
		id   objectID
		text string
	}{
		{oidHolderName, f.Name}, {oidHolderBirth, birthText(f.Birth)}, {oidHolderSex, string('0' + rune(f.Sex))}, {oidHolderAddress, f.Address},
		{oidNameSubstitutes, flags(f.Name, f.NameSubstitutes)}, {oidAddressSubstitutes, flags(f.Address, f.AddressSubstitutes)},
	}
	size := 0
	for _, n := range names {
		size += elementSize(len(n.id.der) + elementSize(elementSize(len(n.text))))
	}
	value := appendHeader(make([]byte, 0, elementSize(size)), byte(tag.SEQUENCE), int64(size))
	for _, n := range names {
		explicit := elementSize(len(n.text))
		value = append(appendHeader(value, byte(otherNameTag), int64(len(n.id.der)+elementSize(explicit))), n.id.der...)
		value = appendText(appendHeader(value, byte(context(0)), int64(explicit)), tag.UTF8String, n.text)
	}
	return extension{oidSubjectAltName, false, value}
}

// FourItemsOf reads the four items from a signature certificate; the flags come back as written, one
// a character. It does not ask who signed the certificate: VerifyChain does. ErrFourItems otherwise.
func FourItemsOf(cert *x509.Certificate) (FourItems, error) {
	for _, e := range cert.Extensions {
		if e.Id.Equal(oidSubjectAltName.arcs) {
			return parseFourItems(e.Value)
		}
	}
	return FourItems{}, fmt.Errorf("%w: no subjectAltName", ErrFourItems)
}

func parseFourItems(value []byte) (FourItems, error) {
	texts, err := parseOtherNames(value)
	if err != nil {
		return FourItems{}, err
	}
	f := FourItems{
		Name: texts[oidHolderName.der], NameSubstitutes: texts[oidNameSubstitutes.der],
		Address: texts[oidHolderAddress.der], AddressSubstitutes: texts[oidAddressSubstitutes.der],
	}
	if f.Name == "" || f.Address == "" {
		return FourItems{}, fmt.Errorf("%w: no name or no address", ErrFourItems)
	}
	if !flagsFit(f.Name, f.NameSubstitutes) || !flagsFit(f.Address, f.AddressSubstitutes) {
		return FourItems{}, fmt.Errorf("%w: substitute flags do not fit their text", ErrFourItems)
	}
	birth, ok := parseBirth(texts[oidHolderBirth.der])
	if !ok {
		return FourItems{}, fmt.Errorf("%w: date of birth", ErrFourItems)
	}
	f.Birth = birth
	switch texts[oidHolderSex.der] {
	case "1":
		f.Sex = Male
	case "2":
		f.Sex = Female
	case "3", "9":
		f.Sex = Other
	default:
		return FourItems{}, fmt.Errorf("%w: sex", ErrFourItems)
	}
	return f, nil
}

// holderTypes are the otherName types that are read.
var holderTypes = [...]objectID{oidHolderName, oidHolderBirth, oidHolderSex, oidHolderAddress, oidNameSubstitutes, oidAddressSubstitutes}

// parseOtherNames is the texts of the holder's otherNames by the encoding of their type. A type that occurs
// twice is refused: two readers could choose different ones. Other general names are passed over.
func parseOtherNames(value []byte) (map[string]string, error) {
	s, names := cryptobyte.String(value), cryptobyte.String(nil)
	if !s.ReadASN1(&names, tag.SEQUENCE) || !s.Empty() {
		return nil, fmt.Errorf("%w: subjectAltName is not DER", ErrFourItems)
	}
	texts := make(map[string]string, 6)
	for !names.Empty() {
		var (
			name, explicit, text cryptobyte.String
			form                 tag.Tag
		)
		if !names.ReadAnyASN1(&name, &form) {
			return nil, fmt.Errorf("%w: subjectAltName is not DER", ErrFourItems)
		}
		if form != otherNameTag {
			continue
		}
		id, ok := readOID(&name)
		if !ok || !name.ReadASN1(&explicit, context(0)) || !name.Empty() {
			return nil, fmt.Errorf("%w: otherName is not DER", ErrFourItems)
		}
		if !slices.ContainsFunc(holderTypes[:], func(t objectID) bool { return t.der == id }) {
			continue
		}
		if !explicit.ReadASN1(&text, tag.UTF8String) || !explicit.Empty() || !cleanText(string(text)) {
			return nil, fmt.Errorf("%w: an otherName is not a UTF8String fit for reading", ErrFourItems)
		}
		if _, twice := texts[id]; twice {
			return nil, fmt.Errorf("%w: an otherName occurs twice", ErrFourItems)
		}
		texts[id] = string(text)
	}
	return texts, nil
}

// flagsFit reports one 0 or 1 for each character of the text.
func flagsFit(text, flags string) bool {
	return len(flags) == len([]rune(text)) && strings.Trim(flags, "01") == ""
}
