package procedure

import (
	"slices"

	"mynumber/internal/rules"
)

// servicesMutants are changes of the tables about phones, services and the number.
func servicesMutants() []mutant {
	border := func(name, test string, to, from *rules.Day) []mutant {
		return nearDay(name, test, func() []*rules.Day { return []*rules.Day{to, from} })
	}
	kiosk := &rules.Kiosks[1].Rule
	uses := func(name string, who rules.Requester, purposes ...rules.Purpose) mutant {
		return mutant{"NumberUses " + name, "TestNumberUses", func() { rules.NumberUses[0].Rule[who] = purposes }}
	}
	return slices.Concat(
		border("Carriers juki card", "TestCarriers", &rules.Carriers[0].To, &rules.Carriers[1].From),
		border("Carriers Android", "TestCarriers", &rules.Carriers[1].To, &rules.Carriers[2].From),
		border("Carriers iPhone", "TestCarriers", &rules.Carriers[2].To, &rules.Carriers[3].From),
		border("OldInsuranceCards stop", "TestInsurance", &rules.OldInsuranceCards[0].To, &rules.OldInsuranceCards[1].From),
		nearDay("OldInsuranceCards last day", "TestInsurance", func() []*rules.Day { return []*rules.Day{&rules.OldInsuranceCards[1].Rule.LastDay} }),
		nearDay("OldInsuranceCards grace", "TestInsurance", func() []*rules.Day { return []*rules.Day{&rules.OldInsuranceCards[1].Rule.CheckedUntil} }),
		near("InsuranceGrace months", "TestInsurance", func() *int { return &rules.InsuranceGrace[0].Rule }),
		near("CheckupAges from", "TestInsurance", func() *int { return &rules.CheckupAges[0].Rule.From }),
		near("CheckupAges elderly from", "TestInsurance", func() *int { return &rules.CheckupAges[0].Rule.ElderlyFrom }),
		near("Kiosks age", "TestKiosk", func() *int { return &kiosk.FromAge }),
		near("Kiosks first shut day", "TestKiosk", func() *int { return &kiosk.Shut[0].Day }),
		near("Kiosks last shut day", "TestKiosk", func() *int { return &kiosk.Shut[1].Day }),
		near("Kiosks delay", "TestKiosk", func() *int { return &kiosk.DelayDays }),
		border("Kiosks overseas card", "TestKiosk", &rules.Kiosks[0].To, &rules.Kiosks[1].From),
		border("NotificationCardProof abolition", "TestNumberUses", &rules.NotificationCardProof[0].To, &rules.NotificationCardProof[1].From),
		border("PointsOver end", "TestNumberUses", &rules.PointsOver[0].To, &rules.PointsOver[1].From),
		border("BanksRegisterAccounts first day", "TestBanksRegisterAccounts", &rules.BanksRegisterAccounts[0].To, &rules.BanksRegisterAccounts[1].From),
		near("LicenceFees outside a renewal", "TestLicenceFee", func() *rules.Yen { return &rules.LicenceFees[0].Rule.BothOutsideRenewal }),
		[]mutant{
			{"LicenceFees both at renewal", "TestLicenceFee", func() { rules.LicenceFees[0].Rule.Renewal[rules.BothForms]++ }},
			{"LicenceFees on the card at renewal", "TestLicenceFee", func() { rules.LicenceFees[0].Rule.Renewal[rules.OnMyNumber]++ }},
			{"Kiosks resident record abroad", "TestKiosk", func() { kiosk.AbroadProducts = append(kiosk.AbroadProducts, rules.ResidentRecordCopy) }},
			{"Kiosks no registration abroad", "TestKiosk", func() { kiosk.AbroadProducts = kiosk.AbroadProducts[:1] }},
			uses("public bodies not in disasters", rules.PublicBody, rules.SocialSecurity, rules.Taxation),
			uses("employers in disasters", rules.Employer, rules.SocialSecurity, rules.Taxation, rules.DisasterRelief),
			uses("banks for anything", rules.FinancialFirm, rules.SocialSecurity, rules.Taxation, rules.OtherPurpose),
			uses("others for tax", rules.OtherRequester, rules.Taxation),
		})
}
