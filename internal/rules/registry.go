package rules

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Entry is one table of the rulebook as it can be printed: its name in the code, its title in Japanese, and its
// rows in words.
type Entry struct {
	Name  string
	Title string
	rows  func() []Said
	check func() error
}

// Said is one row in words: what holds, from From to the day before To (zero: still in force), and where it stands.
type Said struct {
	From    civil.Date
	To      civil.Date
	Checked civil.Date // when somebody last compared the row with its source; zero if nobody has
	Words   []string   // Japanese, one sentence each
	Cite    law.Citation
}

// On is the row in force on the day; false when no row covers it.
func (e Entry) On(day civil.Date) (Said, bool) {
	for _, s := range e.rows() {
		if !day.Before(s.From) && (s.To.IsZero() || day.Before(s.To)) {
			return s, true
		}
	}
	return Said{}, false
}

// Next is the first day after the given one on which a row begins; zero when none does.
func (e Entry) Next(day civil.Date) civil.Date {
	var next civil.Date
	for _, s := range e.rows() {
		if s.From.After(day) && (next.IsZero() || s.From.Before(next)) {
			next = s.From
		}
	}
	return next
}

// Check reports the first fault of the table's form (law.Table.Check).
func (e Entry) Check() error { return e.check() }

// entry takes the table by its place, so that what is printed is what is decided by.
func entry[T any](name, title string, table *law.Table[T], say func(T) []string) Entry {
	return Entry{name, title, func() []Said {
		var out []Said
		for _, r := range *table {
			out = append(out, Said{r.From, r.To, r.Checked, say(r.Rule), r.Cite})
		}
		return out
	}, func() error { return table.Check() }}
}

// Entries are all tables of this package in the order in which a card's life meets them. A test fails when a
// table is missing.
func Entries() []Entry {
	all := slices.Concat(tables(), homeTables(), postTables(), abroadTables(), changeTables(), comingTables(), registerTables(), servicesTables())
	for _, p := range Procedures {
		all = append(all, sheetEntry(p))
	}
	return all
}

func tables() []Entry {
	return []Entry{
		entry("OverseasScheme", "国外転出者向けマイナンバーカードの制度", &OverseasScheme, sayScheme),
		entry("OverseasApplicants", "国外転出者向けカードを申請できる人", &OverseasApplicants, sayApplicants),
		entry("StatutoryRepresentativeUnder", "法定代理人が必要な年齢", &StatutoryRepresentativeUnder, sayRepresentative),
		entry("SignatureCertificates", "署名用電子証明書を発行する人", &SignatureCertificates, saySignature),
		entry("OverseasForm", "国外転出者向け交付申請書の書式", &OverseasForm, sayForm),
		entry("OverseasPhoto", "顔写真の規格", &OverseasPhoto, sayPhoto),
		entry("CorrectionDays", "不備の照会に答えるリンクの有効日数", &CorrectionDays, one("照会のリンクは、送付の日から%d日間使えます。期限を過ぎても申請は取り消されず、新しいリンクが送られます。")),
		entry("StatusFromDays", "申請状況を照会できる時期", &StatusFromDays, one("申請の日の%d日後から、申請書IDで申請状況を照会できます。")),
		entry("ReadyEstimateDays", "交付通知までの日数の目安", &ReadyEstimateDays, sayEstimate),
		entry("FirstIssueFee", "初回交付手数料", &FirstIssueFee, sayAmounts),
		entry("ReissueFee", "再交付手数料", &ReissueFee, sayAmounts),
		entry("DepartureGrace", "国外転出後に無料で申請できる期間", &DepartureGrace,
			one("国外転出(予定)日を0日目として%d日目までの申請は無料です。その翌日からは再交付手数料がかかります。")),
		entry("CompulsoryReturn", "制度開始前の国外転出による返納", &CompulsoryReturn, sayForcedReturn),
		entry("OverseasPayments", "手数料を納める時期", &OverseasPayments, sayPayments),
		entry("PickupPeriodMonths", "受取期限", &PickupPeriodMonths,
			one("カードは、交付通知の日から%dか月間、受取窓口で保管します(窓口が独自の期間を定めていないとき)。")),
		entry("Retentions", "写真・書類・連絡先の保存期間", &Retentions, sayRetention),
		entry("VisitTimes", "予約のお知らせと来庁者の連絡先の保管", &VisitTimes, sayVisitTimes),
		entry("BookingHorizon", "受取予約ができる期間", &BookingHorizon, sayHorizon),
		entry("Substitutes", "電子証明書の代替文字", &Substitutes, saySubstitutes),
		entry("PINSyntaxes", "暗証番号の形式とロック", &PINSyntaxes, sayPINs),
		entry("PINCountings", "暗証番号の誤入力の数え方", &PINCountings, sayCounting),
		entry("CardValidity", "カードの有効期間", &CardValidity, sayCardLife),
		entry("CertificateValidity", "電子証明書の有効期間", &CertificateValidity, sayCertificateLife),
		entry("BirthdayCount", "誕生日の数え方", &BirthdayCount, sayBirthday),
		entry("DomesticRenewal", "更新を申請できる時期(国内)", &DomesticRenewal, sayRenewal),
		entry("OverseasRenewal", "更新を申請できる時期(国外転出者)", &OverseasRenewal, sayRenewal),
		entry("CardStopLines", "カードの一時停止の電話番号", &CardStopLines, sayLines),
	}
}
