package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// OCSP answers a request about certificates (CERT-031): at once, whatever the last list says.
func (o *Office) OCSP(ctx context.Context, request []byte) (pki.Answer, error) {
	now := o.Clock()
	for _, a := range o.CAs.All() {
		if a.ResponderDue(now) {
			if err := a.RenewResponder(now); err != nil && !errors.Is(err, pki.ErrAuthorityPeriod) {
				return pki.Answer{}, fmt.Errorf("renew the responder's certificate: %w", err)
			}
		}
	}
	responder, err := pki.NewResponder(func(kind certificate.Kind, generation int, serial pki.Serial) (pki.Status, error) {
		return o.certificateStatus(ctx, kind, generation, serial)
	}, o.CAs.All()...)
	if err != nil {
		return pki.Answer{}, fmt.Errorf("start the responder: %w", err)
	}
	return responder.Respond(now, request), nil
}

// certificateStatus is what the outside hears of a certificate: nothing before its card is handed over.
func (o *Office) certificateStatus(ctx context.Context, kind certificate.Kind, generation int, serial pki.Serial) (pki.Status, error) {
	status := pki.Status{State: pki.Unknown}
	authority := o.CAs.Of(kind, generation)
	counter, ok := authority.Counter(serial)
	if !ok {
		return status, nil
	}
	var c certificate.Certificate
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		c, err = tx.Certificate(kind, generation, counter)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return status, nil
	}
	if err != nil {
		return status, err
	}
	switch known, good := c.Outside(); {
	case known && good:
		status.State = pki.Good
	case known:
		status = pki.Status{State: pki.Revoked, At: c.EndedAt, Reason: c.Reason}
	}
	return status, nil
}
