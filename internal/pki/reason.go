package pki

import "mynumber/internal/certificate"

// Reason is certificate's: the law's reasons are the codes of the lists.
type Reason = certificate.Reason

// The reasons by their short names here.
const (
	Unspecified          = certificate.Unspecified
	KeyCompromise        = certificate.KeyCompromise
	CACompromise         = certificate.CACompromise
	AffiliationChanged   = certificate.AffiliationChanged
	Superseded           = certificate.Superseded
	CessationOfOperation = certificate.CessationOfOperation
	CertificateHold      = certificate.CertificateHold
)
