package office

import (
	"fmt"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/paper"
	"mynumber/internal/reader"
	"mynumber/internal/register"
)

// The chip's pictures of name and address, in points: about the lines on the face at 280 dots an inch, as the photo is. The
// measures of real cards are not known.
var (
	nameField    = paper.Field{Width: 480, Height: 56, Largest: 44, Single: 28, Smallest: 18}
	addressField = paper.Field{Width: 480, Height: 72, Largest: 30, Single: 24, Smallest: 18}
)

// personalOf is what goes into the chip (CARD-016): for a holder abroad the departure entry in place of an address
// (CARD-011), for a resident the former surname beside the present one (CARD-013). After an entry was changed it is the
// entry of today, as the last line of the additional-entry field (追記欄) has it.
func (o *Office) personalOf(plan *production) (reader.Personal, error) {
	p, c := plan.person, plan.card
	if p.Number.IsZero() {
		return reader.Personal{}, fmt.Errorf("person %s has no Individual Number", p.ID)
	}
	var photo []byte // none on a card without photo (CARD-023)
	if !c.Photoless && plan.photo != nil {
		var err error
		if photo, err = chipPhoto(plan.photo); err != nil {
			return reader.Personal{}, err
		}
	}
	name, address, err := o.faceImages(p)
	if err != nil {
		return reader.Personal{}, err
	}
	compact := func(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	return reader.Personal{
		Name: p.CardName(), Address: chipAddress(p), Birth: compact(p.Birth), BirthEra6: p.Birth.EraDigits(), Sex: '0' + byte(p.Sex),
		Number12: p.Number.Digits(), Expiry: compact(c.Until), SecurityCode4: c.SecurityCode, Serial15: c.Manufacture,
		MunicipalityCode: plan.application.InCharge.Five(), Photo: photo, NameImage: name, AddressImage: address,
	}, nil
}

// faceImages are the pictures of name and address.
func (o *Office) faceImages(p register.Person) (name, address []byte, err error) {
	fonts, err := o.fonts()
	if err != nil {
		return nil, nil, err
	}
	if name, err = fonts.Picture(p.CardName(), nameField); err != nil {
		return nil, nil, fmt.Errorf("draw the name: %w", err)
	}
	if address, err = fonts.Picture(p.CardAddressLine(), addressField); err != nil {
		return nil, nil, fmt.Errorf("draw the address: %w", err)
	}
	return name, address, nil
}
