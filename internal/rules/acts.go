package rules

import (
	"fmt"
	"maps"
	"slices"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
)

// Revocations: with which reason the certificates end that a procedure at a window ends; the others because nobody needs
// them any more. What a night or a notification ends has its reason in LapseEndings.
var Revocations = law.Table[map[Procedure]certificate.Reason]{
	{From: cards, Checked: checked, Cite: jpkiAct.At("第12条", "CERT-020", "CERT-021", "LOSS-023"), Rule: map[Procedure]certificate.Reason{
		RenewCertificatesAtHome: certificate.Superseded, RenewCertificatesAway: certificate.Superseded, AddCertificates: certificate.Superseded,
		ChangeAtHome: certificate.AffiliationChanged, ChangeEntriesFromAbroad: certificate.AffiliationChanged, ReissueSignature: certificate.AffiliationChanged,
		ContinueAbroad: certificate.AffiliationChanged, ReturnWithCard: certificate.AffiliationChanged,
		LiftAtHome: certificate.CertificateHold, LiftAbroad: certificate.CertificateHold,
		ReportCompromise: certificate.KeyCompromise,
	}},
}

// reasonNames are the reasons in Japanese, for officials.
var reasonNames = map[certificate.Reason]string{
	certificate.Superseded: "更新", certificate.AffiliationChanged: "記載の変更", certificate.CertificateHold: "一時保留の後の失効", certificate.KeyCompromise: "秘密鍵の漏えい",
}

func sayRevocations(all map[Procedure]certificate.Reason) []string {
	var out []string
	for _, p := range slices.Sorted(maps.Keys(all)) {
		info, _ := LookupProcedure(p)
		out = append(out, fmt.Sprintf("%s:%s(%s)", info.Name.Ja, reasonNames[all[p]], all[p]))
	}
	return append(out, "ほかの手続き:利用の終了(cessationOfOperation)")
}
