package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Coming is a kind of thing that a day brings by itself, without anybody doing anything. procedure.ComingDays counts
// the days; the night's work does what they bring.
type Coming string

const (
	CardLapses         Coming = "card_lapse"         // a card ends before its last day (失効)
	SignatureLapses    Coming = "signature_lapse"    // the signature certificate alone
	DepartureComes     Coming = "departure"          // the planned departure day of a pending card (ABR-009)
	CardExpires        Coming = "card_expiry"        // 有効期間満了
	CertificateExpires Coming = "certificate_expiry" // before its card
	CardNotice         Coming = "card_notice"        // 有効期限通知書
	CertificateNotice  Coming = "certificate_notice"
	LastSafeDay        Coming = "reminder"        // of a last day to prevent a lapse
	PickupOverdue      Coming = "pickup_overdue"  // the day in the notice has passed
	NeverCollected     Coming = "never_collected" // the card is destroyed
)

// ComingKinds are all kinds in the order in which those of one day are done.
var ComingKinds = []Coming{DepartureComes, CardLapses, CardExpires, SignatureLapses, CertificateExpires, NeverCollected, CardNotice, CertificateNotice, LastSafeDay, PickupOverdue}

// ComingNames say them.
var ComingNames = map[Coming]law.Text{
	CardLapses:         {Ja: "カードの失効", En: "cards lapsed"},
	SignatureLapses:    {Ja: "署名用電子証明書の失効", En: "signature certificates revoked"},
	DepartureComes:     {Ja: "国外転出(予定)日が来たカード", En: "cards whose departure day came"},
	CardExpires:        {Ja: "カードの有効期間満了", En: "cards expired"},
	CertificateExpires: {Ja: "電子証明書の有効期間満了", En: "certificates expired"},
	CardNotice:         {Ja: "カードの有効期限通知", En: "expiry notices of cards"},
	CertificateNotice:  {Ja: "電子証明書の有効期限通知", En: "expiry notices of certificates"},
	LastSafeDay:        {Ja: "手続きの期限のお知らせ", En: "reminders of a last day"},
	PickupOverdue:      {Ja: "受取期限を過ぎたお知らせ", En: "reminders to collect a card"},
	NeverCollected:     {Ja: "受け取られずに廃棄したカード", En: "cards destroyed that nobody collected"},
}

// PendingUntilDeparture is where it stands that a card with continuing use is good abroad from the planned day on.
var PendingUntilDeparture = awara.At("日本国外での利用", "ABR-009", "ST-010")

// Notices is how many months before a last day its notice goes out.
type Notices struct {
	HomeMonths   int // by post, on the first day on which less than so many months remain, so that whoever reads it can come at once
	AbroadMonths int // by e-mail, so many months before
}

// ExpiryNotices: at home the notice says about two to three months, and renewal opens when less than three remain; abroad
// renewal has been open for nine months then (EXP-020, EXP-022, EXP-023, NTF-007, NTF-026, NTF-027, supplement 2.5, 2.6).
// Nobody whose card ends with a period of stay has one (EXP-024).
var ExpiryNotices = law.Table[Notices]{
	{From: cards, Checked: checked, Cite: konan.At("4. 5.", "EXP-020", "EXP-021", "EXP-023", "EXP-024", "NTF-007", "NTF-026", "NTF-027"), Rule: Notices{HomeMonths: 3, AbroadMonths: 3}},
}

// ReminderLead is how many days before the last day on which the office is open a reminder goes out, to those whom
// nobody else reminds. No source asks for it: fourteen days are ours, so that a visit can still be arranged.
var ReminderLead = law.Table[int]{
	{From: cards, Checked: checked, Cite: niigata.At("90日間を経過した", "CHG-022", "CHG-024"), Rule: 14},
}

func comingTables() []Entry {
	return []Entry{
		entry("ExpiryNotices", "有効期限の通知", &ExpiryNotices, func(n Notices) []string {
			return []string{
				fmt.Sprintf("国内の人には、残りが%dか月を切る日に郵便で知らせます。", n.HomeMonths),
				fmt.Sprintf("国外の人には、満了の%dか月前に電子メールで知らせます。", n.AbroadMonths),
				"在留期間とともにカードが終わる人には知らせません。",
			}
		}),
		entry("ReminderLead", "手続きの期限のお知らせ", &ReminderLead, one("窓口が開いている最後の日の%d日前に、期限を知らせます。")),
	}
}

// NoticeTexts say what an expiry notice asks for, at home and abroad (EXP-021 to EXP-025, EXP-030, EXP-070, EXP-072).
var NoticeTexts = map[string]law.Text{
	"card_expiry_home":          {Ja: "今日から更新の申請ができます。同封の申請書をお使いください。新しいカードを受け取るときに、今のカードをお持ちください。", En: "You can apply for a new card from today with the enclosed form. Bring the present card when you collect it."},
	"card_expiry_abroad":        {Ja: "在外公館か、本籍地などの市区町村で更新の申請をしてください。新しいカードを受け取るまで、今のカードは捨てないでください。", En: "Apply for renewal at a mission, or at a municipality in Japan such as that of your honseki. Keep the present card until you have the new one."},
	"certificate_expiry_home":   {Ja: "今日から、住んでいる市区町村の窓口で無料で更新できます。代理の方が来るときは、同封の回答書兼委任状に記入し、封をして渡してください。", En: "From today you can renew them free of charge at your municipality. If somebody comes in your place, fill in the enclosed reply-and-mandate form and seal it."},
	"certificate_expiry_abroad": {Ja: "本籍地の市区町村の窓口で更新するか、在外公館で新しいカードを申請してください。", En: "Renew them at the counter of your honseki municipality, or apply for a new card at a mission."},
}
