package main

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
)

type cardPrintCmd struct {
	heldCard
	PIN  []string `name:"pin" help:"Also read what this PIN opens: input (number, four items, face) or sign (signature certificate). The PINs come from the terminal, or a line each in this order." enum:"input,sign" sep:"," placeholder:"PIN"`
	JSON bool     `name:"json" help:"As data."`
}

// inventory is what was read on a card. What is behind PINs is there when they were given.
type inventory struct {
	In           string              `json:"in"` // the card's key in the data folder, or the reader
	Token        *reader.TokenInfo   `json:"token,omitempty"`
	Certificates []certificateOnCard `json:"certificates"`
	Record       *reader.CardRecord  `json:"record,omitempty"`
	FaceVersion  string              `json:"face_version,omitempty"`
	Tries        []pinLine           `json:"tries"`
	Number       string              `json:"individual_number,omitempty"`
	Items        *fourItemsOnCard    `json:"four_items,omitempty"`
	Face         *faceOnCard         `json:"face,omitempty"`
	Holder       *holderInWords      `json:"signature_holder,omitempty"`
}

// String hides the person from logs.
func (inventory) String() string { return "inventory of a card (masked)" }

// certificateOnCard is one of the four certificates in words.
type certificateOnCard struct {
	Item      string    `json:"item"` // as `card read` has it
	State     string    `json:"state"`
	Subject   string    `json:"subject,omitempty"`
	Issuer    string    `json:"issuer,omitempty"`
	Serial    string    `json:"serial,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
	NotAfter  time.Time `json:"not_after,omitzero"`
	SHA256    string    `json:"sha256,omitempty"`
}

type fourItemsOnCard struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Birth   string `json:"birth"`
	Sex     string `json:"sex"`
}

type faceOnCard struct {
	Birth  string `json:"birth"`
	Sex    string `json:"sex"`
	Expiry string `json:"until"`
	Photo  int    `json:"photo_bytes"`
}

type holderInWords struct {
	Name    string     `json:"name"`
	Address string     `json:"address"`
	Birth   civil.Date `json:"birth"`
}

// States of a certificate on a card.
const (
	onCard    = "present"
	behindPIN = "behind_pin"
	absent    = "absent"
)

// certificateItems are the four certificates in the order in which they are printed.
var certificateItems = []struct {
	item, words string
	key         reader.Key
	authority   bool
}{
	{"auth", "利用者証明用電子証明書 / user authentication certificate", reader.AuthenticationKey, false},
	{"sign", "署名用電子証明書 / signature certificate", reader.SignatureKey, false},
	{"auth-ca", "利用者証明用の認証局 / its authority", reader.AuthenticationKey, true},
	{"sign-ca", "署名用の認証局 / its authority", reader.SignatureKey, true},
}

// Run prints everything that can be read.
func (c *cardPrintCmd) Run(ctx context.Context) (err error) {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	v, err := h.inventory()
	if err != nil {
		return cardWords(err)
	}
	typing := &typing{}
	for _, name := range c.PIN {
		if err := h.pin(typing, pinNames[name]); err != nil {
			return fmt.Errorf("%s: %w", name, cardWords(err))
		}
		read := map[string]func(*inventory) error{"input": h.behindInput, "sign": h.behindSignature}[name]
		if err := read(v); err != nil {
			return cardWords(err)
		}
	}
	if c.JSON {
		return writeJSON(os.Stdout, v)
	}
	v.print(os.Stdout)
	return nil
}

// inventory reads what needs no PIN. A card that lacks an application (a phone has one) is read without it.
func (h *holding) inventory() (*inventory, error) {
	v := &inventory{In: h.name}
	token, err := h.client.ReadTokenInfo()
	if err != nil {
		return nil, err
	}
	v.Token = &token
	present, err := h.client.Present()
	if err != nil && !missing(err) {
		return nil, err
	}
	for _, item := range certificateItems {
		line := certificateOnCard{Item: item.item, State: absent}
		der, err := h.certificate(item.item)
		switch {
		case err == nil:
			if line, err = certificateLine(item.item, der); err != nil {
				return nil, err
			}
		case errors.Is(err, reader.ErrNotVerified) && (present == nil || present[item.key]):
			line.State = behindPIN
		case errors.Is(err, reader.ErrNotVerified), errors.Is(err, reader.ErrNoCertificate), missing(err):
		default:
			return nil, err
		}
		v.Certificates = append(v.Certificates, line)
	}
	record, err := h.client.ReadCardRecord()
	if err == nil {
		v.Record = &record
	} else if !missing(err) {
		return nil, err
	}
	version, err := h.client.FaceVersion()
	if err == nil {
		v.FaceVersion = fmt.Sprintf("%08X", version)
	} else if !missing(err) {
		return nil, err
	}
	v.Tries, err = h.tries()
	return v, err
}

// certificate reads one of the four, as DER.
func (h *holding) certificate(item string) ([]byte, error) {
	for _, c := range certificateItems {
		if c.item == item && c.authority {
			return h.client.ReadCACertificate(c.key)
		}
		if c.item == item {
			return h.client.ReadCertificate(c.key)
		}
	}
	return nil, fmt.Errorf("%q is no certificate", item)
}

func certificateLine(item string, der []byte) (certificateOnCard, error) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return certificateOnCard{}, fmt.Errorf("%w: %w", reader.ErrObject, err)
	}
	return certificateOnCard{item, onCard, cert.Subject.String(), cert.Issuer.String(), fmt.Sprintf("%X", cert.SerialNumber), cert.NotBefore, cert.NotAfter, fmt.Sprintf("%x", sha256.Sum256(der))}, nil
}

// behindInput reads what PIN No.4 opens, and with the number the face.
func (h *holding) behindInput(v *inventory) error {
	number, err := h.client.ReadNumber()
	if err != nil {
		return err
	}
	items, err := h.client.ReadFourItems()
	if err != nil {
		return err
	}
	v.Number, v.Items = number, &fourItemsOnCard{items.Name, items.Address, items.Birth, sexWords[items.Sex]}
	face, err := h.client.ReadFace(number)
	if err != nil {
		return err
	}
	v.Face = &faceOnCard{face.Birth, sexWords[face.Sex], face.Expiry, len(face.Photo)}
	return nil
}

// sexWords are the codes of chip and face.
var sexWords = map[byte]string{'1': "男 / male", '2': "女 / female", '9': "適用不能 / not applicable", '0': "不明 / unknown"}

// behindSignature reads what PIN No.1 opens.
func (h *holding) behindSignature(v *inventory) error {
	der, err := h.client.ReadCertificate(reader.SignatureKey)
	if err != nil {
		return err
	}
	for i := range v.Certificates {
		if v.Certificates[i].Item == "sign" {
			if v.Certificates[i], err = certificateLine("sign", der); err != nil {
				return err
			}
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("%w: %w", reader.ErrObject, err)
	}
	items, err := pki.FourItemsOf(cert)
	if err != nil {
		return fmt.Errorf("%w: %w", reader.ErrObject, err)
	}
	v.Holder = &holderInWords{items.Name, items.Address, items.Birth}
	return nil
}

func (v *inventory) print(w io.Writer) {
	line := func(name, format string, a ...any) { fmt.Fprintf(w, "%-24s %s\n", name, fmt.Sprintf(format, a...)) }
	line("カード / card", "%s", v.In)
	line("種類 / kind", "%s (%s, %s, %s)", v.Token.Kind(), v.Token.Label, v.Token.Model, v.Token.Serial)
	for i, c := range v.Certificates {
		fmt.Fprintln(w, certificateItems[i].words)
		switch c.State {
		case onCard:
			line("  名義 / subject", "%s", c.Subject)
			line("  発行者 / issuer", "%s", c.Issuer)
			line("  番号 / serial", "%s", c.Serial)
			line("  有効期間 / valid", "%s – %s", inJapan(c.NotBefore), inJapan(c.NotAfter))
			line("  SHA-256", "%s", c.SHA256)
		case behindPIN:
			pin := map[reader.Key]int{reader.SignatureKey: 1, reader.AuthenticationKey: 2}[certificateItems[i].key] // No.2 on a phone alone
			fmt.Fprintf(w, "  暗証番号No.%d で読めます / behind PIN No.%d\n", pin, pin)
		default:
			fmt.Fprintln(w, "  ありません / none")
		}
	}
	if r := v.Record; r != nil {
		line("カード番号 / serial", "%s", r.Serial)
		line("市区町村コード / office", "%s", r.Municipality)
		line("有効期限 / until", "%s", r.Until)
	}
	if v.FaceVersion != "" {
		line("券面AP / card face", "%s", v.FaceVersion)
	}
	fmt.Fprintln(w, "暗証番号などの残り回数 / tries left")
	printTries(w, v.Tries)
	v.printPersonal(line)
}

// printPersonal prints what lay behind PINs.
func (v *inventory) printPersonal(line func(name, format string, a ...any)) {
	if v.Items != nil {
		line("個人番号 / number", "%s", v.Number)
		line("氏名 / name", "%s", v.Items.Name)
		line("住所 / address", "%s", v.Items.Address)
		line("生年月日 / birth", "%s", v.Items.Birth)
		line("性別 / sex", "%s", v.Items.Sex)
	}
	if v.Face != nil {
		line("券面 / face", "%s, %s, – %s, 顔写真%dバイト / photo of %d bytes", v.Face.Birth, v.Face.Sex, v.Face.Expiry, v.Face.Photo, v.Face.Photo)
	}
	if h := v.Holder; h != nil {
		line("署名者 / signer", "%s, %s, %s", h.Name, h.Birth, h.Address)
	}
}

func inJapan(t time.Time) string { return t.In(civil.JST).Format("2006-01-02 15:04:05 JST") }
