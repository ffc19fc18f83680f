package pki

import (
	"encoding/asn1"
	"errors"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

// TestConfirmNoticesEveryPart: a certificate is held against plans that differ from it in one part each.
func TestConfirmNoticesEveryPart(t *testing.T) {
	changes := map[string]func(p *Plan){
		"serial":       func(p *Plan) { p.Serial[7] ^= 1 },
		"not before":   func(p *Plan) { p.NotBefore = p.NotBefore.Add(time.Second) },
		"last day":     func(p *Plan) { p.Until = p.Until.AddDays(1) },
		"common name":  func(p *Plan) { p.CommonName = p.CommonName[:22] + "Z" + p.CommonName[23:] },
		"medium":       func(p *Plan) { p.Medium = Phone },
		"policy arc":   func(p *Plan) { p.PolicyArc = asn1.ObjectIdentifier{2, 25, 1} },
		"municipality": func(p *Plan) { p.Partition.Municipality = "Niiza-shi" },
		"code":         func(p *Plan) { p.Partition.Code = "13222" },
		"address":      func(p *Plan) { p.URLs.Base = "http://pki.example.com" },
		"no address":   func(p *Plan) { p.URLs.Base = "" },
		"directory":    func(p *Plan) { p.URLs.DirectoryCRLOnly = true },
		"kind":         func(p *Plan) { p.Kind = 3 - p.Kind; p.Holder = testPlan(certificate.Signature, 1).Holder },
	}
	holder := map[string]func(p *Plan){
		"name":    func(p *Plan) { p.Holder.Name = "黒桐　幹太" },
		"flags":   func(p *Plan) { p.Holder.NameSubstitutes = "00001" },
		"birth":   func(p *Plan) { p.Holder.Birth = p.Holder.Birth.AddDays(1) },
		"sex":     func(p *Plan) { p.Holder.Sex = Female },
		"address": func(p *Plan) { p.Holder.Address = "東京都" },
	}
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		plan := planOf(a, 60)
		cert := issue(t, a, plan)
		spki := cert.RawSubjectPublicKeyInfo
		if err := a.confirm(cert.Raw, plan, spki, cert.SubjectKeyId); err != nil {
			t.Fatal(err)
		}
		check := func(name string, change func(p *Plan)) {
			other := planOf(a, 60)
			change(&other)
			if err := a.confirm(cert.Raw, other, spki, cert.SubjectKeyId); !errors.Is(err, ErrNotAsPlanned) {
				t.Errorf("%s differs: %v", name, err)
			}
		}
		for name, change := range changes {
			check(name, change)
		}
		if kind == certificate.Signature {
			for name, change := range holder {
				check("holder's "+name, change)
			}
		}
		if err := a.confirm(cert.Raw, plan, a.cert.RawSubjectPublicKeyInfo, cert.SubjectKeyId); !errors.Is(err, ErrNotAsPlanned) {
			t.Errorf("another key: %v", err)
		}
		if err := a.confirm(cert.Raw, plan, spki, a.keyID); !errors.Is(err, ErrNotAsPlanned) {
			t.Errorf("another key id: %v", err)
		}
		if err := a.confirm(cert.Raw[:len(cert.Raw)-1], plan, spki, cert.SubjectKeyId); !errors.Is(err, ErrNotAsPlanned) {
			t.Errorf("cut: %v", err)
		}
	})
}
