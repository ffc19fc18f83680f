package rules

import "mynumber/internal/law"

// Report is what the telephone line takes besides a loss, and passes on.
type Report string

const (
	FraudReport    Report = "fraud_report"         // 不審な電話・メール, a number or a card asked for by fraud
	UnusableReport Report = "card_unusable_report" // カードが使えなかった
)

// Reports in the order in which they are offered.
var Reports = []Report{FraudReport, UnusableReport}

// ReportNames are the reports in words, and why the line takes them.
var ReportNames = map[Report]struct {
	Text law.Text
	Cite law.Citation
}{
	FraudReport: {law.Text{Ja: "詐欺・不正利用の疑い", En: "suspected fraud or misuse", Easy: "詐欺(さぎ)かも しれない"},
		awara.At("詐欺", "SEC-020", "SEC-021", "LOSS-005")},
	UnusableReport: {law.Text{Ja: "カードが使えなかった", En: "the card could not be used", Easy: "カードが 使(つか)えなかった"},
		awara.At("なくしたとき", "LOSS-005")},
}
