package procedure

import "mynumber/internal/rules"

var homeCertificateConds = map[rules.Cond]func(*Case) verdict{
	rules.CertificateMissing: func(c *Case) verdict {
		user, sign := c.Certs.UserAuthentication, c.Certs.Signature
		switch {
		case missing(user) || missing(sign):
			return is(true)
		case sign.State == "":
			return asks("certificates.signature.state")
		case user.State == "":
			return asks("certificates.user_authentication.state")
		}
		return is(false)
	},
	rules.SignatureMissing: func(c *Case) verdict {
		return oneOf(c.Certs.Signature.State, "certificates.signature.state", CertificateNone)
	},
	rules.ProxyMayAdd: func(c *Case) verdict {
		return either(c.weigh(rules.NeedsRepresentative).not(), c.weigh(rules.HasUserCertificate).not())
	},
	rules.HasUserCertificate: func(c *Case) verdict {
		return oneOf(c.Certs.UserAuthentication.State, "certificates.user_authentication.state", CertificateNone).not()
	},
	rules.WithoutPhoto: func(c *Case) verdict { return known(c.Card.NoPhoto, "card.photoless") },
	rules.PhoneCertificates: func(c *Case) verdict {
		s := c.Phone.Signature.State
		if s == "" {
			s = c.Phone.UserAuth.State
		}
		return oneOf(s, "phone.signature.state", CertificateNone, CertificateRevoked, CertificateExpired).not()
	},
}
