// Package verification is what a relying party (署名検証者, 公的個人認証法第17条; 利用者証明検証者, 第36条) makes of a certificate, of a
// file signed with one, and of a signed PDF: every step with its outcome, the word on revocation with its source and age, the
// four items with what stands for another character, and a verdict, in words and as a value.
//
// It trusts the pinned authorities it is given and sees what the outside sees; no register is asked. The steps
// themselves are pki's and signing's.
package verification

import (
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Step is one thing that is checked, in the order in which a reader wants to hear of it.
type Step string

// The steps. Those of a signature come before those of its certificate.
const (
	Form                Step = "form"
	Signer              Step = "signer"
	Attributes          Step = "signed_attributes"
	SigningCertificate  Step = "signing_certificate"
	ByteRange           Step = "byte_range"
	Whole               Step = "whole_document"
	Digest              Step = "digest"
	HolderSignature     Step = "holder_signature"
	Parse               Step = "parse"
	Issuer              Step = "issuer"
	KeyUsage            Step = "key_usage"
	Policy              Step = "policy"
	Period              Step = "period"
	Revocation          Step = "revocation"
	AuthorityRevocation Step = "authority_revocation"
	FourItems           Step = "four_items"
)

// Outcome is what came of a step.
type Outcome string

const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	Skipped Outcome = "skipped" // could not be made, or was not asked for
)

// Checked is a step with its outcome. Detail is for whoever has to find out why; it holds nothing of the person.
type Checked struct {
	Step    Step     `json:"step"`
	Outcome Outcome  `json:"outcome"`
	Text    law.Text `json:"text"`
	Detail  string   `json:"detail,omitempty"`
}

// Source is where the word on revocation came from.
type Source string

const (
	FromOCSP Source = "ocsp"
	FromList Source = "crl"
	FromARL  Source = "arl" // the list of an authority's own certificates
	NotAsked Source = "not_asked"
)

// Word is what was heard about revocation, and of when it is.
type Word struct {
	Source     Source             `json:"source"`
	State      string             `json:"state,omitempty"` // good, revoked, held or unknown
	AsOf       time.Time          `json:"as_of,omitzero"`  // thisUpdate
	NextUpdate time.Time          `json:"next_update,omitzero"`
	AgeSeconds int64              `json:"age_seconds"` // of the word, at the clock's now; a list's may be up to a day
	Number     uint64             `json:"crl_number,omitempty"`
	Signer     string             `json:"crl_issuer_key,omitempty"` // key identifier of the generation that signed an authority's own list
	RevokedAt  time.Time          `json:"revoked_at,omitzero"`
	Reason     certificate.Reason `json:"-"`
	ReasonText string             `json:"reason,omitempty"`
}

// CertificateFacts are what a certificate says of itself, without its holder.
type CertificateFacts struct {
	Kind       certificate.Kind `json:"kind"`
	Medium     string           `json:"medium,omitempty"` // card or phone
	Serial     string           `json:"serial"`
	CommonName string           `json:"common_name"`
	NotBefore  time.Time        `json:"not_before"`
	NotAfter   time.Time        `json:"not_after"`            // the last second at which it is good
	IssuerKey  string           `json:"issuer_key,omitempty"` // key identifier of the generation that signed it
	SHA256     string           `json:"sha256"`
}

// Holder is who the certificate says its holder is (基本4情報). A substitute flag of 1 marks a character that stands for another one of the
// resident register, which the certificate's code set does not have (代替文字).
type Holder struct {
	Name               string     `json:"name"`
	NameSubstitutes    string     `json:"name_substitutes"`
	Birth              civil.Date `json:"birth"`
	Sex                string     `json:"sex"` // male, female or other
	Address            string     `json:"address"`
	AddressSubstitutes string     `json:"address_substitutes"`
}

// String hides the person from logs.
func (Holder) String() string { return "holder (masked)" }

// GoString is String.
func (h Holder) GoString() string { return h.String() }

// Verdict is what became of it all. Good says that no step failed; what was skipped, Notes and Summary say.
type Verdict struct {
	Good                bool              `json:"good"`
	About               About             `json:"about"`
	Summary             law.Text          `json:"summary"`
	At                  time.Time         `json:"at"`       // the instant that was judged
	AtGiven             bool              `json:"at_given"` // whoever asked said so; otherwise it is now
	Now                 time.Time         `json:"now"`
	Steps               []Checked         `json:"steps,omitempty"`
	Notes               []law.Text        `json:"notes,omitempty"`
	Certificate         *CertificateFacts `json:"certificate,omitempty"`
	Revocation          *Word             `json:"revocation,omitempty"`
	AuthorityRevocation *Word             `json:"authority_revocation,omitempty"` // of the issuer's own certificate
	Holder              *Holder           `json:"holder,omitempty"`
	ClaimedTime         time.Time         `json:"claimed_time,omitzero"` // of the signature, the signer's own word
	Revision            int               `json:"revision,omitempty"`    // of the PDF, that the signature covers
	Revisions           int               `json:"revisions,omitempty"`   // that the PDF has
	Signatures          []Verdict         `json:"signatures,omitempty"`  // of a PDF
}

// About is what was verified.
type About string

const (
	AboutCertificate About = "certificate"
	AboutMessage     About = "message"
	AboutSignature   About = "signature"
	AboutPDF         About = "pdf"
)

// add notes a step that passed or failed.
func (v *Verdict) add(step Step, err error) bool {
	c := Checked{Step: step, Outcome: Passed, Text: stepWords[step].passed}
	if err != nil {
		c.Outcome, c.Text, c.Detail = Failed, stepWords[step].failed, err.Error()
	}
	v.Steps = append(v.Steps, c)
	return err == nil
}

func (v *Verdict) skip(step Step, why law.Text) {
	v.Steps = append(v.Steps, Checked{Step: step, Outcome: Skipped, Text: why})
}

func (v *Verdict) note(text law.Text, facts ...any) {
	if len(facts) > 0 {
		text = text.Format(facts...)
	}
	v.Notes = append(v.Notes, text)
}

// Failed are the steps that failed.
func (v Verdict) Failed() []Step {
	var out []Step
	for _, c := range v.Steps {
		if c.Outcome == Failed {
			out = append(out, c.Step)
		}
	}
	return out
}

// finish sums the steps up.
func (v *Verdict) finish() Verdict {
	v.Good, v.Summary = true, summaryWords[v.About].good
	for _, c := range v.Steps {
		switch {
		case c.Outcome == Failed:
			v.Good, v.Summary = false, summaryWords[v.About].bad
			return *v
		case c.Step == Revocation && c.Outcome == Skipped:
			v.Summary = summaryWords[v.About].unasked
		}
	}
	return *v
}
