package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Retention is how long what was taken in for an application is kept after its end (交付, 不受理, 取消し, 廃棄).
type Retention struct {
	PhotoDays     int // the photo, also after the end of the card: it is written onto the chip again with every change of its face
	PapersMonths  int // the papers (申請書, 照会書, 回答書) and what was written to the applicant
	ContactMonths int // mail addresses and telephone numbers, also after the end of the card: notices go there until then (NTF-029)
	DraftDays     int // a form that was filled in online and carried to no office
}

// Retentions: that numbers are kept no longer than needed is law (SEC-001); no source says how long papers, photos and addresses
// are: the periods are ours. A sealed PIN form is destroyed by the act that uses it or that makes it needless (PIN-007), an
// uncollected card on its own day (NeverCollected).
var Retentions = law.Table[Retention]{
	{From: cards, Checked: checked, Cite: awara.At("利用、収集、保管の制限", "SEC-001", "PIN-007", "NTF-029"), Rule: Retention{PhotoDays: 90, PapersMonths: 12, ContactMonths: 12, DraftDays: 180}},
}

func sayRetention(r Retention) []string {
	return []string{fmt.Sprintf("顔写真は、申請の手続きが終わってから%d日後に廃棄します。カードが有効な間は、券面を書き換えるときのために残します。", r.PhotoDays),
		fmt.Sprintf("申請書などの書類と、申請者に送ったお知らせの文面は、終わってから%dか月後に廃棄します。", r.PapersMonths),
		fmt.Sprintf("メールアドレスと電話番号は、終わってから%dか月後に消します。カードが有効な間は、お知らせのために残します。", r.ContactMonths),
		fmt.Sprintf("オンラインで作って窓口に出されなかった申請書は、%d日後に廃棄します。", r.DraftDays),
		"廃棄したものは、廃棄の記録に残します。"}
}
