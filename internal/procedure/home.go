package procedure

import (
	"maps"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/rules"
)

// homeConds are the conditions of procedures about people who live in Japan: application, pickup, renewal, re-issue.
// They stand by family, in this file and beside it.
var homeConds = func() map[rules.Cond]func(*Case) verdict {
	all := map[rules.Cond]func(*Case) verdict{}
	for _, part := range []map[rules.Cond]func(*Case) verdict{homeApplyConds, homePickupConds, homeRenewalConds, homeLossConds, homeCertificateConds} {
		maps.Copy(all, part)
	}
	for _, g := range rules.ProxyGrounds11 {
		all[rules.Cond("ground_"+string(g))] = func(c *Case) verdict { return oneOf(c.Visitor.Ground, "visitor.ground", g) }
	}
	return all
}()

// homePlans are what these procedures compute beside their sheets.
var homePlans = map[rules.Procedure]plan{
	rules.ApplyAtHome:             {fee: homeFee, days: dropPINs},
	rules.ApplyByOutreach:         {fee: homeFee, days: dropPINs},
	rules.ExpressIssue:            {fee: homeFee, days: expressDays},
	rules.ReplaceForm:             {},
	rules.FollowApplication:       {days: statusDays},
	rules.CollectAtHome:           {fee: homeFee, days: pickupDays},
	rules.CollectByPersonalMail:   {},
	rules.CollectByRegisteredMail: {},
	rules.RenewCardAtHome:         {fee: homeFee, days: renewedCardDays},
	rules.RenewCertificatesAtHome: {fee: freeOf(rules.CertificateRenewed), days: renewedCertificateDays},
	rules.ReissueAtHome:           {fee: homeFee, days: reissueDays},
	rules.ReportLossAtHome:        {},
	rules.LiftAtHome:              {fee: freeOf(rules.CertificateRestored), days: newCertificateDays},
	rules.AddCertificates:         {fee: freeOf(rules.CertificateAdded), days: newCertificateDays},
	rules.SwitchToFaceAuth:        {fee: freeOf(rules.FaceAuthSwitched)},
	rules.SwitchBack:              {fee: freeOf(rules.FaceAuthSwitched)},
}

// express reports that the new card is wanted by express issuance.
func (c *Case) express() bool {
	return c.Procedure == rules.ExpressIssue || c.Channel == rules.Express || c.Wish.Express == Yes
}

var homeApplyConds = map[rules.Cond]func(*Case) verdict{
	rules.FormHasID: func(c *Case) verdict { return known(c.Application.FormHasID, "application.form_has_id") },
	rules.FormFitsChannel: func(c *Case) verdict {
		if c.Channel != rules.Online && c.Channel != rules.PhotoBooth {
			return is(true)
		}
		return known(c.Application.FormHasID, "application.form_has_id")
	},
	rules.PhotoNeeded: func(c *Case) verdict {
		row := at(c, rules.PhotoFromAge)
		if row.Rule == 0 {
			return is(true).by(row.Cite)
		}
		return c.younger(row.Rule).not().by(row.Cite)
	},
	rules.ByOnline: func(c *Case) verdict { return oneOf(c.Channel, "application.channel", rules.Online) },
	rules.FirstOrRenewal: func(c *Case) verdict {
		has := c.weigh(rules.HasCard)
		if has.answer != Yes {
			return has.not()
		}
		return c.renewable()
	},
	rules.ApplicationFiled: func(c *Case) verdict {
		switch {
		case !c.Application.Filed.IsZero():
			return is(true)
		case c.Application.State == "":
			return asks("application.filed")
		}
		return is(c.Application.State != application.Cancelled && c.Application.State != application.Rejected)
	},
	rules.ApplicationIDKnown: func(c *Case) verdict { return known(c.Application.IDKnown, "application.id_known") },
	rules.StatusVisible: func(c *Case) verdict {
		row := at(c, rules.StatusFromDays)
		if c.Application.Filed.IsZero() {
			return asks("application.filed")
		}
		first := c.Application.Filed.AddDays(row.Rule)
		return is(!c.on.Before(first)).with(first).on(first).by(row.Cite)
	},
}

// statusDays is from when the application can be followed.
func statusDays(c *Case, d *Decision) {
	row := at(c, rules.StatusFromDays)
	c.window(d, "status_visible", c.Application.Filed.AddDays(row.Rule), noDay, row.Cite)
}

// homeEnded: every state in which a card ended before its last day.
func homeEnded(s card.State) bool { return s.Ended() && s != card.Expired }

// dropPINs takes away the PINs of certificates that are declined (PIN-023): nobody sets a PIN for what is not there.
func dropPINs(c *Case, d *Decision) {
	needed := PINsNeeded(c.Wish.NoSignature != Yes, c.Wish.NoUserAuth != Yes, false)
	d.PINs = slices.DeleteFunc(d.PINs, func(n int) bool { return !slices.Contains(needed, card.PIN(n)) })
}
