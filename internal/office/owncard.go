package office

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"slices"

	"mynumber/internal/authority"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// holderDesk is whoever logged in with the card: no account, at the portal that the issuer's registers answer.
var holderDesk = Actor{Office: place.Issuer, Role: authority.Applicant}

// OwnData is what a holder sees of themselves after a login with the card's user authentication certificate, in DER (MYN-002, MYN-004):
// card, certificates, what is under way, what can be done, and who looked (MYN-003). Whoever calls has had the card prove itself and
// the certificate checked; here it has to be one that the registers know as good, of a card in use. Otherwise a *law.Refusal, or
// *Invalid for a certificate that is none of ours.
func (o *Office) OwnData(ctx context.Context, der []byte) (PersonView, error) {
	found, holder, err := o.presented(ctx, der)
	if err != nil {
		return PersonView{}, err
	}
	var v PersonView
	_, err = o.act(ctx, holderDesk, "look_own", personSubject(holder), func(t *turn) error {
		t.purpose = PurposeOwnData
		if found, err = t.Certificate(found.Kind, found.Generation, found.Counter); err != nil {
			return err
		}
		if v, err = t.view(holder, ""); err != nil {
			return err
		}
		switch { // by the registers of this moment: the certificate may have ended since it was asked about
		case found.State == certificate.Expired || found.Until.Before(t.on):
			return rules.Refuse("certificate_expired")
		case found.State != certificate.Valid || v.Card == nil || v.Card.ID != found.CardID:
			return rules.Refuse("certificate_revoked")
		}
		return nil
	})
	return v, err
}

// presented is the user authentication certificate as the registers have it, and whose it is.
func (o *Office) presented(ctx context.Context, der []byte) (found certificate.Certificate, holder string, err error) {
	unfit := &Invalid{"certificate", law.Text{Ja: "この認証局の利用者証明用電子証明書として読めません。", En: "This is no user authentication certificate of this authority."}}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return found, "", unfit
	}
	serial, err := pki.SerialOf(cert.SerialNumber)
	if err != nil {
		return found, "", unfit
	}
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return found, "", err
	}
	i := slices.IndexFunc(o.CAs.All(), func(a *pki.Authority) bool {
		return a.Kind() == certificate.UserAuthentication && bytes.Equal(a.Certificate().SubjectKeyId, cert.AuthorityKeyId)
	})
	if i < 0 {
		return found, "", unfit
	}
	a := o.CAs.All()[i]
	counter, ok := a.Counter(serial)
	if !ok {
		return found, "", unfit
	}
	err = o.Store.Read(ctx, func(tx Tx) error {
		if found, err = tx.Certificate(a.Kind(), a.Generation(), counter); err != nil {
			return err
		}
		plastic, err := tx.Card(found.CardID)
		holder = plastic.PersonID
		return err
	})
	if errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(found.DER, der) {
		return found, "", unfit
	}
	return found, holder, err
}
