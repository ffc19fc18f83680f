package office

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"

	"mynumber/internal/authority"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// holderDesk is whoever logged in with the card: no account, at the portal that the issuer's registers answer.
var holderDesk = Actor{Office: place.Issuer, Role: authority.Applicant}

// OwnData is what a holder sees of themselves after a login with the card's user authentication certificate, in DER (MYN-002, MYN-004):
// card, certificates, what is under way, what can be done, and who looked (MYN-003). Whoever calls has had the card prove itself and
// the certificate checked; here it has to be one that the registers know as good, of a card in use. Otherwise a *law.Refusal, or
// *Invalid for a certificate that is none of ours.
func (o *Office) OwnData(ctx context.Context, der []byte) (PersonView, error) {
	var v PersonView
	unfit := &Invalid{"certificate", law.Text{Ja: "この認証局の利用者証明用電子証明書として読めません。", En: "This is no user authentication certificate of this authority."}}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return v, unfit
	}
	found, err := o.registered(ctx, certificate.UserAuthentication, cert)
	if errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(found.DER, der) {
		return v, unfit
	}
	if err != nil {
		return v, err
	}
	var holder string
	err = o.Store.Read(ctx, func(tx Tx) error {
		plastic, err := tx.Card(found.CardID)
		holder = plastic.PersonID
		return err
	})
	if err != nil {
		return v, err
	}
	_, err = o.act(ctx, holderDesk, "look_own", personSubject(holder), func(t *turn) error {
		t.purpose = PurposeOwnData
		// By the registers of this moment: the certificate may have ended since it was asked about.
		now, err := t.Certificate(found.Kind, found.Generation, found.Counter)
		if err != nil {
			return err
		}
		h, err := t.holding(holder)
		if err != nil {
			return err
		}
		if err := procedure.LogsIn(t.on, now, h.has(now)); err != nil {
			return err
		}
		v, err = t.view(holder, "")
		return err
	})
	return v, err
}
