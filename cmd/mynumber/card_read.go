package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"mynumber/internal/reader"
)

type cardReadCmd struct {
	heldCard
	Form      string `help:"Form of a certificate." enum:"pem,der" default:"pem"`
	Out       string `help:"File to write to, instead of the standard output; images have to go to one." type:"path" placeholder:"FILE"`
	Reference bool   `help:"Open the face with a reference number (照合番号A, 12 digits, or B, 14) that is typed, instead of PIN No.4."`
	Item      string `arg:"" help:"auth, sign, auth-ca or sign-ca (certificates); number, items (氏名・住所・生年月日・性別); photo, name-image, address-image; age (birth date with its six digits in the era's year); record; token." enum:"auth,sign,auth-ca,sign-ca,number,items,photo,name-image,address-image,age,record,token"`
}

// Run reads one item and asks for the PIN that it needs.
func (c *cardReadCmd) Run(ctx context.Context) (err error) {
	if strings.HasSuffix(c.Item, "image") || c.Item == "photo" {
		if c.Out == "" {
			return badInput{errors.New("-out FILE: 画像はファイルに書きます / images go to a file")}
		}
	}
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	content, err := c.read(h)
	if err != nil {
		return cardWords(err)
	}
	if c.Out == "" {
		_, err = os.Stdout.Write(content)
		return err
	}
	if err := os.WriteFile(c.Out, content, 0o600); err != nil {
		return fmt.Errorf("keep what was read: %w", err)
	}
	fmt.Printf("%s: %dバイト / %d bytes\n", c.Out, len(content), len(content))
	return nil
}

func (c *cardReadCmd) read(h *holding) ([]byte, error) {
	t := &typing{}
	switch c.Item {
	case "auth", "sign", "auth-ca", "sign-ca":
		if c.Item == "sign" {
			if err := h.pin(t, reader.SignaturePIN); err != nil {
				return nil, err
			}
		}
		der, err := h.certificate(c.Item)
		if c.Item == "auth" && errors.Is(err, reader.ErrNotVerified) { // a phone's
			if err = h.pin(t, reader.AuthenticationPIN); err == nil {
				der, err = h.certificate(c.Item)
			}
		}
		if err != nil || c.Form == "der" {
			return der, err
		}
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
	case "number", "items":
		if err := h.pin(t, reader.InputSupportPIN); err != nil {
			return nil, err
		}
		return h.text(c.Item)
	case "age":
		value, err := t.secret("生年月日の6桁(元号の年) / six digits of the birth date, in the era's year")
		if err != nil {
			return nil, err
		}
		birth, err := h.client.ReadAge(value, nil)
		return []byte(birth + "\n"), err
	case "record":
		r, err := h.client.ReadCardRecord()
		return fmt.Appendf(nil, "%s %s %s\n", r.Serial, r.Municipality, r.Until), err
	case "token":
		i, err := h.client.ReadTokenInfo()
		return fmt.Appendf(nil, "%s %s %s %s\n", i.Label, i.Model, i.Serial, i.Kind()), err
	}
	return c.face(h, t)
}

// text is the number, or the four items a line each.
func (h *holding) text(item string) ([]byte, error) {
	if item == "number" {
		number, err := h.client.ReadNumber()
		return []byte(number + "\n"), err
	}
	items, err := h.client.ReadFourItems()
	return fmt.Appendf(nil, "%s\n%s\n%s\n%s\n", items.Name, items.Address, items.Birth, sexWords[items.Sex]), err
}

// face reads a part of the card face: with PIN No.4, which gives the number that opens it, or with a reference number.
func (c *cardReadCmd) face(h *holding, t *typing) ([]byte, error) {
	var reference string
	var err error
	if c.Reference {
		if reference, err = t.secret("照合番号AまたはB / reference number A or B"); err != nil {
			return nil, err
		}
		if len(reference) != 12 && len(reference) != 14 {
			return nil, badInput{errors.New("照合番号は12桁(A)か14桁(B)です / a reference number has 12 digits (A) or 14 (B)")}
		}
	} else {
		if err := h.pin(t, reader.InputSupportPIN); err != nil {
			return nil, err
		}
		if reference, err = h.client.ReadNumber(); err != nil {
			return nil, err
		}
	}
	face, err := h.client.ReadFace(reference)
	if err != nil {
		return nil, err
	}
	content := map[string][]byte{"photo": face.Photo, "name-image": face.Name, "address-image": face.Address}[c.Item]
	if len(content) == 0 {
		return nil, errors.New("このカードにはありません / this card has none")
	}
	return content, nil
}
