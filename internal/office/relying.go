package office

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
	"mynumber/internal/verification"
)

// Relying is a relying party that trusts the authorities here and hears what the outside hears: from the responder (OCSP) and
// the published lists (List). It reads no register of people, and writes nothing.
func (o *Office) Relying() verification.Party {
	p := verification.Party{Now: o.Clock().UTC(), Nonce: true, Pinned: map[certificate.Kind][]*x509.Certificate{}, List: o.listFor}
	for _, kind := range certificate.Kinds {
		p.Pinned[kind] = o.CAs.Certificates(kind)
	}
	if o.Lists != nil {
		p.ARL = o.ownListOf
	}
	p.OCSP = func(ctx context.Context, _ *x509.Certificate, request []byte) ([]byte, error) {
		return o.respond(ctx, request)
	}
	return p
}

// listFor opens the published list that a certificate's common name leads to: it ends with the counter's id, five digits of a municipality
// first (pki.Plan.CommonName). Whether the list is about the certificate, its reader checks by the distribution point.
func (o *Office) listFor(ctx context.Context, cert *x509.Certificate) (verification.List, int64, error) {
	const counter, code = 9, 5
	kind, known := pki.KindOf(cert)
	name := cert.Subject.CommonName
	if !known || len(name) < counter {
		return nil, 0, ErrNotFound
	}
	a := o.CAs.issuerOf(kind, cert)
	if a == nil {
		return nil, 0, ErrNotFound
	}
	list, file, err := o.List(ctx, kind, a.Generation(), name[len(name)-counter:][:code])
	if err != nil {
		return nil, 0, err
	}
	return file, list.Size, nil
}

// ownListOf opens the published list of an authority's own certificates that the generation with this certificate signs (ARL).
func (o *Office) ownListOf(ctx context.Context, cert *x509.Certificate) (verification.List, int64, error) {
	for _, a := range o.CAs.All() {
		if !bytes.Equal(a.Certificate().Raw, cert.Raw) {
			continue
		}
		list, file, err := o.List(ctx, a.Kind(), a.Generation(), ARL)
		if errors.Is(err, ErrNotFound) {
			return nil, 0, verification.ErrNoList
		}
		if err != nil {
			return nil, 0, err
		}
		return file, list.Size, nil
	}
	return nil, 0, verification.ErrNoList
}
