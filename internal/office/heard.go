package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// CertificateStatus is what the registers let the outside hear of a certificate: nothing before its card is handed over. Who answers
// many follows the registers instead (status), and says the same.
func (o *Office) CertificateStatus(ctx context.Context, kind certificate.Kind, generation int, counter uint64) (pki.Status, error) {
	var c certificate.Certificate
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		c, err = tx.Certificate(kind, generation, counter)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return pki.Status{}, nil
	}
	if err != nil {
		return pki.Status{}, err
	}
	switch known, good := c.Outside(); {
	case known && good:
		return pki.Status{State: pki.Good}, nil
	case known:
		return pki.Status{State: pki.Revoked, At: c.EndedAt, Reason: c.Reason}, nil
	}
	return pki.Status{}, nil
}

// respond answers an OCSP request from the registers, for one who judges a certificate here and not over the network.
func (o *Office) respond(ctx context.Context, request []byte) ([]byte, error) {
	now := o.Clock()
	responder, err := pki.NewResponder(func(kind certificate.Kind, generation int, counter uint64) (pki.Status, error) {
		return o.CertificateStatus(ctx, kind, generation, counter)
	}, o.CAs.All()...)
	if err != nil {
		return nil, fmt.Errorf("start the responder: %w", err)
	}
	query, err := responder.Read(request)
	if err != nil {
		return pki.Refusal(err).DER, nil
	}
	if err := query.Authority.KeepResponder(now); err != nil {
		return nil, err
	}
	return query.Answer(now).DER, nil
}
