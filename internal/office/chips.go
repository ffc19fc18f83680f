package office

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/text/width"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// ErrInReader says that the card lies in another reader, and stays there.
var ErrInReader = errors.New("the card is in another reader")

// ErrUnreadable says that the card's chip is there and damaged, or a copy of an earlier time.
var ErrUnreadable = errors.New("the card's chip cannot be read")

// Chips are the machines at the issuer and at the windows into which a card is put.
type Chips interface {
	// Insert takes a card's chip until Close, and waits for whoever has it, for a bounded time: ErrInReader. fs.ErrNotExist when
	// the card has no chip: a chip that was lost is not made up for at a window. ErrUnreadable for one that is damaged.
	Insert(ctx context.Context, cardID string) (Inserted, error)
	// Manufacture is Insert for production: a card that has no chip yet gets a blank one, which stays what it is.
	Manufacture(ctx context.Context, cardID string, blank Blank) (Inserted, error)
	// Signers sign what stands on cards besides certificates.
	Signers() *reader.Authority
}

// Inserted is a chip in a machine. Key opens the channel on which cards are written.
type Inserted struct {
	Chip  reader.Chip
	Key   [16]byte
	Close func() error
}

// Blank is what a chip is from its making on.
type Blank struct {
	Chip     card.Chip
	Counting rules.PINCounting // of wrong PINs
}

// keyOf is where a certificate's key lies on the chip.
func keyOf(kind certificate.Kind) reader.Key {
	if kind == certificate.Signature {
		return reader.SignatureKey
	}
	return reader.AuthenticationKey
}

// manufacture makes the planned card: keys on the chip, certificates signed, files written. Every step can be
// repeated; what was signed before a crash comes out the same again.
//
// What the registers say is read again with the chip in hand: somebody else may have made the card, or cancelled its
// application, since the plan was read. Then nothing is written, and the error is errNotPlanned.
func (o *Office) manufacture(ctx context.Context, terminal *reader.Terminal, plan *production) error {
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		if plan.card, err = tx.Card(plan.card.ID); err != nil {
			return err
		}
		plan.certificates, err = tx.Certificates(plan.card.ID)
		return err
	})
	if err != nil {
		return err
	}
	if plan.card.State != card.Planned {
		return errNotPlanned
	}
	personal, err := o.personalOf(plan)
	if err != nil {
		return err
	}
	if err := terminal.Personalise(personal, o.Chips.Signers()); err != nil {
		return fmt.Errorf("write the chip: %w", err)
	}
	if err := o.certify(ctx, terminal, plan.person, plan.certificates, false); err != nil {
		return err
	}
	if err := terminal.Finish(); err != nil {
		return fmt.Errorf("finish the chip: %w", err)
	}
	return nil
}

// KeysOf is the algorithm of the keys that a plastic's chip makes, and so which generations of the authorities certify them. Nothing else
// here depends on the kind of chip.
func KeysOf(chip card.Chip) pki.Algorithm {
	if chip == card.NextGeneration {
		return pki.P384
	}
	return pki.RSA2048
}

// certify makes the keys, records what will be signed, signs it and stages it on the chip: the terminal's Finish makes it the card's.
//
// anew says that the card is in use and may have certificates: the keys are others then, and those in use stay until Finish, so that the card
// works on should this be cut off. The key of a plan which was recorded is on the chip already.
func (o *Office) certify(ctx context.Context, terminal *reader.Terminal, holder register.Person, all []certificate.Certificate, anew bool) error {
	makes, keep, write := func(key reader.Key) (crypto.PublicKey, error) { return terminal.StageKey(key, false) }, terminal.KeepKeys, terminal.StageCertificate
	if anew {
		makes, keep, write = terminal.StageSuccessor, terminal.KeepSuccessors, terminal.TakeUp
	}
	keys := make([]crypto.PublicKey, len(all))
	var err error
	last := reader.Key(0)
	for i, c := range all {
		if len(c.Plan) > 0 {
			continue
		}
		last = keyOf(c.Kind)
		if keys[i], err = makes(last); err != nil {
			return fmt.Errorf("generate the %s key: %w", c.Kind, err)
		}
	}
	if last != 0 {
		if err := keep(last); err != nil {
			return fmt.Errorf("keep the keys: %w", err)
		}
	}
	if err := o.recordPlans(ctx, holder, all, keys); err != nil {
		return fmt.Errorf("record what will be signed: %w", err)
	}
	for i := range all {
		c := &all[i]
		if err := o.sign(c); err != nil {
			return fmt.Errorf("certify the %s key: %w", c.Kind, err)
		}
		if err := write(keyOf(c.Kind), c.DER, o.CAs.Of(c.Kind, c.Generation).Certificate().Raw); err != nil {
			return fmt.Errorf("write the %s certificate: %w", c.Kind, err)
		}
	}
	return nil
}

// recordPlans records what will be signed for the keys, where it was not before.
func (o *Office) recordPlans(ctx context.Context, holder register.Person, all []certificate.Certificate, keys []crypto.PublicKey) error {
	var planned []certificate.Certificate
	for i := range all {
		if c := &all[i]; len(c.Plan) == 0 {
			var err error
			if c.Plan, err = o.certificatePlan(holder, *c, keys[i]); err != nil {
				return err
			}
			planned = append(planned, *c)
		}
	}
	if len(planned) == 0 {
		return nil
	}
	return o.Store.Write(ctx, func(tx Tx) error {
		for _, c := range planned {
			now, err := tx.Certificate(c.Kind, c.Generation, c.Counter)
			if err == nil && now.State != certificate.Planned {
				err = errNotPlanned // cancelled meanwhile: a certificate that was revoked is not brought back
			}
			if err != nil {
				return err
			}
			if err := tx.PutCertificate(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// certificatePlan is everything that decides the certificate's bytes.
func (o *Office) certificatePlan(p register.Person, c certificate.Certificate, public crypto.PublicKey) ([]byte, error) {
	partition, err := PartitionOf(c.Partition, civil.DateOf(c.NotBefore))
	if err != nil {
		return nil, err
	}
	signing := pki.Plan{Kind: c.Kind, Medium: mediumOf(c.Carrier), NotBefore: c.NotBefore, Until: c.Until, CommonName: c.CommonName, Partition: partition, PublicKey: public, URLs: o.urls()}
	if err := signing.Serial.UnmarshalText([]byte(c.Serial)); err != nil {
		return nil, err
	}
	if c.Kind == certificate.Signature {
		holder := pki.FourItems{Birth: p.Birth, Sex: certificateSex(p.Sex)}
		text, _, err := certificateText(p, civil.DateOf(c.NotBefore))
		if err != nil {
			return nil, err
		}
		holder.Name, holder.NameSubstitutes = written(text.Name)
		holder.Address, holder.AddressSubstitutes = written(text.Address)
		signing.Holder = &holder
	}
	return json.Marshal(signing)
}

// mediumOf is what a certificate's policy says it lies on.
func mediumOf(c certificate.Carrier) pki.Medium {
	if c == certificate.OnCard || c == "" {
		return pki.Card
	}
	return pki.Phone
}

// chipAddress is the address as chip and certificate have it: letters, digits and blanks at full width.
func chipAddress(p register.Person) string { return width.Widen.String(p.CardAddressLine()) }

// certificateSex is the sex in the code of signature certificates.
func certificateSex(s person.Sex) pki.Sex {
	switch s {
	case person.Male:
		return pki.Male
	case person.Female:
		return pki.Female
	}
	return pki.Other
}

// chipPIN is the PIN's number as the reader counts them: the catalogue's.
func chipPIN(p card.PIN) reader.PIN { return reader.PIN(p) }
