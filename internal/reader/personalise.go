package reader

import (
	"crypto"
	"fmt"
	"unicode/utf8"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// Personal is what one person's card holds besides certificates and PINs.
type Personal struct {
	Name             string // as registered, U+3000 between family and given name
	Address          string // or the entry of the departure abroad (国外転出 …)
	Birth            string // YYYYMMDD
	BirthEra6        string // YYMMDD in the year of the Japanese era; what a foreign resident's card has is not known
	Sex              byte   // '1' male, '2' female, '9' not applicable, '0' unknown
	Number12         string // Individual Number
	Expiry           string // YYYYMMDD, last day of the card
	SecurityCode4    string // printed beside the photo
	MunicipalityCode string // five digits, without the check digit
	Serial15         string // serial number of the card

	// Photo goes into the chip as it is: grey JPEG 2000, as on real cards; empty on a card without photo
	// (CARD-023). All images together have at most MaxImages bytes.
	Photo []byte

	// 1-bit PNG. Number and security code are drawn if they are nil; name and address are not, because
	// that takes a font with all the characters of the registers, which whoever fills this in has.
	NameImage, AddressImage, NumberImage, SecurityCodeImage []byte
}

// PersonalError says which field of Personal cannot be put on a card.
type PersonalError struct{ Field, Reason string }

func (e *PersonalError) Error() string {
	return fmt.Sprintf("reader: %s cannot be put on a card: %s", e.Field, e.Reason)
}

// check reports the first field that has not its form. It knows forms only: whether a day exists or a
// check digit is right was decided where the data came from.
func (p *Personal) check() error {
	for _, f := range []struct {
		field, value string
		digits       int
	}{
		{"Birth", p.Birth, 8}, {"BirthEra6", p.BirthEra6, 6}, {"Number12", p.Number12, 12}, {"Expiry", p.Expiry, 8},
		{"SecurityCode4", p.SecurityCode4, 4}, {"MunicipalityCode", p.MunicipalityCode, 5}, {"Serial15", p.Serial15, 15},
	} {
		if !isDigits(f.value, f.digits) {
			return &PersonalError{f.field, fmt.Sprintf("want %d digits", f.digits)}
		}
	}
	for _, f := range []struct{ field, value string }{{"Name", p.Name}, {"Address", p.Address}} {
		if f.value == "" || len(f.value) > maxText || !utf8.ValidString(f.value) {
			return &PersonalError{f.field, fmt.Sprintf("want 1 to %d bytes of UTF-8", maxText)}
		}
	}
	if p.Sex != '0' && p.Sex != '1' && p.Sex != '2' && p.Sex != '9' {
		return &PersonalError{"Sex", "want 0, 1, 2 or 9"}
	}
	if len(p.NameImage) == 0 || len(p.AddressImage) == 0 {
		return &PersonalError{"NameImage and AddressImage", "there is none"}
	}
	size := len(p.NameImage) + len(p.AddressImage) + len(p.Photo) + len(p.SecurityCodeImage)
	if max(size, len(p.NumberImage)) > MaxImages {
		return &PersonalError{"Photo", fmt.Sprintf("images of %d bytes in all, want at most %d", size, MaxImages)}
	}
	return nil
}

const (
	// MaxImages is how many bytes photo and images of one card may have together: the longest file of the
	// chip without the key, the signature and the headers of the face file.
	MaxImages = iccard.MaxFile - 1000

	maxText = 2000 // bytes of a name or an address; registers allow far fewer characters
)

func isDigits(s string, n int) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) == n
}

// ReferenceB is reference number B (照合番号B): birth in the era's year, expiry year, security code.
func (p *Personal) ReferenceB() string {
	return p.BirthEra6 + p.Expiry[:min(4, len(p.Expiry))] + p.SecurityCode4
}

// content is one file to be written.
type content struct {
	ef   iccard.EF
	data []byte
}

// Personalise writes every file of the five applications and the card manager that does not depend on
// a certificate, makes the card's own keys if they are not there, and sets the reference numbers. PINs
// stay as they are: unset on a new card, until the holder sets them at a window (PIN-020).
//
// All of it is staged: KeepKeys or Finish makes it durable, all or nothing. It may be run again, after a crash or when entries change (券面記載事項の変更): the same data give the same
// card, and the card's keys stay.
func (t *Terminal) Personalise(p Personal, a *Authority) error {
	if err := p.check(); err != nil {
		return err
	}
	if p.NumberImage == nil {
		p.NumberImage = DigitsImage(p.Number12)
	}
	if p.SecurityCodeImage == nil {
		p.SecurityCodeImage = DigitsImage(p.SecurityCode4)
	}
	face, err := t.stageKey(iccard.FaceKey, false)
	if err != nil {
		return err
	}
	text, err := t.stageKey(iccard.TextKey, false)
	if err != nil {
		return err
	}
	if _, err := t.stageKey(iccard.CommonKey, false); err != nil {
		return err
	}
	var all []content
	for _, build := range []func() ([]content, error){
		func() ([]content, error) { return managerContents(&p, a) },
		func() ([]content, error) { return cardContents(&p, modelOf(face)), nil },
		func() ([]content, error) { return faceContents(&p, a, face) },
		func() ([]content, error) { return textContents(&p, a, text) },
	} {
		part, err := build()
		if err != nil {
			return err
		}
		all = append(all, part...)
	}
	for _, c := range all {
		if err := t.stage(insWrite, c.ef, c.data); err != nil {
			return err
		}
	}
	return t.setReferences(&p)
}

// setReferences sets the numbers printed on the card as the PINs that open its face.
func (t *Terminal) setReferences(p *Personal) error {
	for _, r := range []struct {
		ef    iccard.EF
		value string
	}{
		{iccard.FaceBirthPIN, p.BirthEra6},
		{iccard.FaceReferenceA, p.Number12}, {iccard.TextReferenceA, p.Number12},
		{iccard.FaceReferenceB, p.ReferenceB()}, {iccard.TextReferenceB, p.ReferenceB()},
	} {
		if err := t.stage(insSetPIN, r.ef, []byte(r.value)); err != nil {
			return err
		}
	}
	return nil
}

// managerContents are the data objects of the card manager.
func managerContents(p *Personal, a *Authority) ([]content, error) {
	upper, err := a.signerFile(rootKeyID, a.Root)
	if err != nil {
		return nil, err
	}
	object, _, err := apdu.ParseObject(upper)
	if err != nil {
		return nil, err
	}
	// GlobalPlatform Card Specification, appendix H: card recognition data with the OID of GlobalPlatform.
	recognition := []byte{0x66, 0x0B, 0x73, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01}
	manager := func(tag uint16, data []byte) content { return content{iccard.EF{ID: tag}, data} }
	return []content{
		manager(0x0042, rootKeyID[:]), manager(0x0045, []byte(p.Serial15)), manager(0x0066, recognition),
		manager(0x00F0, []byte(p.MunicipalityCode)), manager(0x00F2, []byte(p.Expiry)),
		manager(0x00F7, rootKeyID[:]), manager(0x00F8, object.Value),
	}, nil
}

// cardContents are the files that say which card this is.
func cardContents(p *Personal, model string) []content {
	record := apdu.AppendRecord(nil, 0x01, []byte(p.Serial15+p.MunicipalityCode+p.Expiry))
	reference := apdu.AppendRecord(nil, 0x01, rootKeyID[:])
	return []content{
		{iccard.TokenInfo, tokenInfo(cardLabel, model, p.Serial15)},
		{iccard.EF{Application: iccard.JPKI, ID: 0x0016}, rootKeyID[:]},
		{iccard.CardRecord, record}, {iccard.CommonKeyReference, reference}, {iccard.RegisterReference, reference},
	}
}

// modelOf is what a card says that it is, in the token information, by the keys that it makes. That of the card to come is not known.
func modelOf(key crypto.PublicKey) string {
	if form, err := formOf(key); err == nil && form.point {
		return "P384"
	}
	return "E16R01NJ"
}

// faceContents are the files of the card face.
func faceContents(p *Personal, a *Authority, card crypto.PublicKey) ([]content, error) {
	public, err := iccard.MarshalKey(card)
	if err != nil {
		return nil, err
	}
	sign := message(a.Face)
	age, err := signedFile(0xFF10, 0xDF11, 0xDF12, 0xDF13, []byte(p.Birth), public, sign)
	if err != nil {
		return nil, err
	}
	face, err := faceFile(p, public, digest(a.Face))
	if err != nil {
		return nil, err
	}
	info, err := faceInfoFile(p.MunicipalityCode, faceKeyID, rootKeyID, message(a.Root))
	if err != nil {
		return nil, err
	}
	signer, err := a.signerFile(faceKeyID, a.Face)
	if err != nil {
		return nil, err
	}
	number, err := signedFile(0xFF40, 0xDF41, 0xDF42, 0xDF43, p.NumberImage, public, sign)
	if err != nil {
		return nil, err
	}
	return []content{
		{iccard.FaceAge, age}, {iccard.FaceImages, face}, {iccard.FaceInfo, info},
		{iccard.FaceSigner, signer}, {iccard.FaceNumber, number},
	}, nil
}

// textContents are the files of the input support application. The key for secure messaging is the
// card's text key: the chip offers no secure messaging yet.
func textContents(p *Personal, a *Authority, card crypto.PublicKey) ([]content, error) {
	public, err := iccard.MarshalKey(card)
	if err != nil {
		return nil, err
	}
	sign := message(a.Text)
	number := numberFile(p.Number12)
	items, signed := itemsFile(FourItems{p.Name, p.Address, p.Birth, p.Sex})
	integrity, err := integrityFile(number, signed, sign)
	if err != nil {
		return nil, err
	}
	signer, err := a.signerFile(textKeyID, a.Text)
	if err != nil {
		return nil, err
	}
	proof, err := textKeyFile(public, sign)
	if err != nil {
		return nil, err
	}
	return []content{
		{iccard.TextNumber, number}, {iccard.TextItems, items}, {iccard.TextIntegrity, integrity},
		{iccard.TextSigner, signer}, {iccard.TextInfo, textInfoFile(textKeyID)},
		{iccard.TextSessionKey, apdu.AppendObject82(nil, 0xA1, public)}, {iccard.TextKeyProof, proof},
	}, nil
}
