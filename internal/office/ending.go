package office

import (
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// ending is how a card or a certificate ends.
type ending struct {
	act         card.Act // Lapse, Abolish, Return, Expire or Destroy
	because     procedure.EndCause
	on          civil.Date         // the first day on which it is not good (失効の日)
	reason      certificate.Reason // of its certificates
	byDeparture bool
	ownFault    bool
	basis       procedure.Basis
}

// endCard ends a card, every certificate on it and those on phones that rest on them (CHG-035). A card that has ended before stays as it is: the table
// refuses, and the refusal is returned.
func (t *turn) endCard(c *card.Card, e ending) error {
	next, err := procedure.Next(card.Life, c.State, e.act)
	if err != nil || next.Already {
		return err
	}
	t.because(e.basis)
	c.State, c.Ended, c.EndedBecause, c.EndedAbroad, c.OwnFault = next.To, e.on, string(e.because), e.byDeparture, e.ownFault
	if err := t.endCertificates(c.ID, e, certificate.Signature, certificate.UserAuthentication); err != nil {
		return err
	}
	if err := t.follow(c.ID, e, rules.TheCard); err != nil {
		return err
	}
	if err := t.PutCard(*c); err != nil {
		return err
	}
	c.Version++
	return nil
}

// endCertificates revokes the card's certificates of the kinds that have not ended; where the card expired they expire
// with it when their own last day has passed.
func (t *turn) endCertificates(cardID string, e ending, kinds ...certificate.Kind) error {
	all, err := t.Certificates(cardID)
	if err != nil {
		return err
	}
	for _, x := range all {
		for _, kind := range kinds {
			if x.Kind != kind || x.State == certificate.Revoked || x.State == certificate.Expired {
				continue
			}
			if err := t.endCertificate(x, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// endCertificate ends one certificate: by expiry when its own last day has passed, by revocation otherwise (CERT-020).
func (t *turn) endCertificate(x certificate.Certificate, e ending) error {
	act := certificate.Revoke
	switch {
	case x.Until.Before(e.on):
		act = certificate.Expire
	case e.act == card.Destroy:
		act = certificate.Destroy
	}
	next, err := procedure.Next(certificate.Life, x.State, act)
	if err != nil || next.Already {
		return err
	}
	held := x.State == certificate.Held
	x.State = next.To
	switch {
	case next.To != certificate.Revoked: // expired: one that was held keeps since when and why
	case held:
		x.Reason = e.reason // since the hold: lists never change a date
	default:
		x.EndedAt, x.Reason = t.now, e.reason
	}
	return t.PutCertificate(x)
}
