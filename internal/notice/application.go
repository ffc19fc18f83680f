package notice

import "maps"

// Messages on the way of an application from the filing to the hand-over, at home and through the post office.
const (
	// Applications at home.
	ApplicationURL      Kind = "application_url"      // NTF-003
	ApplicationComplete Kind = "application_complete" // NTF-004
	HomeAccepted        Kind = "home_accepted"
	IssuanceNotice      Kind = "issuance_notice" // NTF-005: a postcard
	ArrivalNotice       Kind = "arrival_notice"  // NTF-006: the post office's
	MissedDelivery      Kind = "missed_delivery" // PICK-048: the post office's
	CameBack            Kind = "came_back"       // PICK-044, PICK-049
	ProxyCollected      Kind = "proxy_collected" // NTF-009
	OutreachAppointed   Kind = "outreach_appointed"

	// While an application runs.
	PlaceChanged Kind = "place_changed" // ABR-037
	DataChanged  Kind = "data_changed"  // ABR-030
	MailChanged  Kind = "mail_changed"  // ABR-032
)

// OnPaper are the kinds that always go to the holder's address on paper, whatever other address is known, and how.
var OnPaper = map[Kind]Service{IssuanceNotice: NonForwarded, ArrivalNotice: Ordinary, MissedDelivery: Ordinary, CameBack: NonForwarded, ProxyCollected: Ordinary}

// Postcards are the kinds that go as a postcard when they go on paper: what they say may be read on the way.
var Postcards = map[Kind]bool{IssuanceNotice: true, ArrivalNotice: true, MissedDelivery: true, CameBack: true}

// PaperOf is how a kind goes by post.
func PaperOf(k Kind) Channel {
	if Postcards[k] {
		return ByPostcard
	}
	return ByLetter
}

// OnlyOnPaper reports a message that proves something by its way: it went to an address of the register and came back if
// nobody lives there, or its envelope holds more than its text. It is sent again by post, and not in another way.
func OnlyOnPaper(m Message) bool {
	_, paper := OnPaper[m.Kind]
	return paper || m.Letter != nil && m.Letter.Service != Ordinary || m.Kind == Inquiry || m.Kind == NumberNotice
}

// Needed are the kinds that are put on paper where no e-mail address is known; the others then are not sent.
var Needed = map[Kind]bool{DefectInquiry: true, Rejected: true, Cancelled: true, Suspended: true, PickupOverdue: true, NeverCollected: true, BookingDisplaced: true}

func init() { maps.Copy(texts, applicationTexts) }

var applicationTexts = map[Kind]text{
	ApplicationURL: {"マイナンバーカードの申請用URL / The address for your application",
		`次のページで顔写真を登録し、生年月日などを入力して申請してください。
{{.Link}}
(このリンクは{{.Deadline.Ja}}まで、一度だけ使えます。心当たりがないときは、このメールを消してください。)`,
		`Add your photo and the rest here, and submit the application:
{{.Link}}
(The link works once, until {{.Deadline.En}}. If you asked for nothing, delete this mail.)`},
	ApplicationComplete: {"マイナンバーカードの申請を受け付けました / Application received",
		`マイナンバーカードの申請を受け付けました。
{{if .ApplicationID}}申請書ID: {{.ApplicationID}}
数日後から、次のページで申請書IDと生年月日により状況を確認できます。
{{.Link}}{{end}}`,
		`Your application for a My Number Card has been received.
{{if .ApplicationID}}Application ID: {{.ApplicationID}}
From a few days on you can follow it here with your date of birth:
{{.Link}}{{end}}`},
	HomeAccepted: {"カードの作成を始めます / Your card is being made",
		`申請の内容を確認しました。マイナンバーカードを作成します。
申請書ID: {{.ApplicationID}}
状況は次のページで確認できます。
{{.Link}}`,
		`Your application has been checked, and the card is being made.
Application ID: {{.ApplicationID}}
Follow it here: {{.Link}}`},
	IssuanceNotice: {"個人番号カード交付通知書 / Issuance notice",
		`{{.Office.Ja}}です。マイナンバーカードの準備ができました。この通知書を持って、本人がお越しください。

受取期限: {{.Deadline.Ja}}
お持ちいただくもの: {{.Papers.Ja}}
手数料: {{.Fee.Ja}}
受取窓口: {{.Where.Ja}}

日時の予約: {{.Link}}`,
		`This is {{.Office.En}}. Your My Number Card is ready. Come in person with this notice.

Collect it by: {{.Deadline.En}}
Bring: {{.Papers.En}}
Fee: {{.Fee.En}}
Where: {{.Where.En}}

Book a time: {{.Link}}`},
	ArrivalNotice: {"本人限定受取郵便物等到着通知書 / Arrival notice",
		`マイナンバーカードをお預かりしています。
配達の日時と、見せる本人確認書類の種類を次のページでお知らせください。この通知書と書類を持って郵便局でも受け取れます。
{{.Link}}
保管期限: {{.Deadline.Ja}}(過ぎると市区町村に戻ります)`,
		`The post office has your My Number Card. Choose here when it is to be brought, and the identity document you will show; or collect it at the post office with this notice and the document.
{{.Link}}
Kept until: {{.Deadline.En}}; then it goes back to the municipality.`},
	MissedDelivery: {"ご不在連絡票 / Missed delivery",
		`書留郵便(マイナンバーカード)をお届けしましたが、ご不在でした。再配達の日時を次のページでお選びください。
{{.Link}}
保管期限: {{.Deadline.Ja}}(過ぎると市区町村に戻ります)`,
		`A registered letter with your My Number Card could not be delivered. Choose another day here:
{{.Link}}
Kept until: {{.Deadline.En}}; then it goes back to the municipality.`},
	CameBack: {"カードが市区町村に戻りました / Your card is at the municipality",
		`{{.Office.Ja}}です。郵送したマイナンバーカードが戻りました。窓口でお受け取りください。

受取期限: {{.Deadline.Ja}}
お持ちいただくもの: {{.Papers.Ja}}
受取窓口: {{.Where.Ja}}
日時の予約: {{.Link}}`,
		`This is {{.Office.En}}. The card that was posted to you came back. Please collect it at the window.

Collect it by: {{.Deadline.En}}
Bring: {{.Papers.En}}
Where: {{.Where.En}}
Book a time: {{.Link}}`},
	ProxyCollected: {"代理の方にカードを交付しました / Your card was handed to a proxy",
		`{{.Office.Ja}}で {{.Day.Ja}} に、あなたのマイナンバーカードを代理の方にお渡ししました。心当たりがないときは、すぐにご連絡ください。`,
		`On {{.Day.En}} your My Number Card was handed to your proxy at {{.Office.En}}. If you know nothing of this, tell us at once.`},
	OutreachAppointed: {"出張申請の日が決まりました / The visit is arranged",
		`{{.Office.Ja}}の職員が {{.Day.Ja}} に伺い、マイナンバーカードの申請を受け付けます。本人確認書類をご用意ください。`,
		`Staff of {{.Office.En}} will come on {{.Day.En}} to take applications for My Number Cards. Have your identity documents ready.`},
	PlaceChanged: {"カードの受取場所を変更しました / The pickup place was changed",
		`カードの受取場所を{{.Pickup.Ja}}に変更しました。到着すると、{{.Pickup.Ja}}から受取りのご案内が届きます。`,
		`Your card will be at {{.Pickup.En}}, which will write to you when it has arrived.`},
	DataChanged: {"申請の内容を変更しました / Your application was corrected",
		`{{.Office.Ja}}で申請の内容を変更しました。手続きはそのまま続きます。`,
		`{{.Office.En}} has corrected your application, which goes on.`},
	MailChanged: {"登録メールアドレスを変更しました / Your e-mail address was changed",
		`{{.Office.Ja}}で登録メールアドレスを変更しました。これからのお知らせは新しいアドレスに届きます。`,
		`{{.Office.En}} has changed your registered e-mail address. Messages go to the new one from now on.`},
}
