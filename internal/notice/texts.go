package notice

import (
	"fmt"
	"strings"
	"sync"
	"text/template"
)

// text is one message in both languages.
type text struct{ subject, ja, en string }

// texts are the words of every kind. The subject is for both languages.
var texts = map[Kind]text{
	Inquiry: {"照会書(回答書兼委任状) / Inquiry with a form for your reply",
		`{{.Office.Ja}}です。代理の方から「{{.Item.Ja}}」の申出がありました。
ご本人の意思によるものかを確認します。同封の回答書兼委任状に、ご自身で必要な事項と暗証番号を記入し、封筒に入れて封をして、代理の方にお渡しください。

回答期限: {{.Deadline.Ja}}
封のない、または開いた回答書は受け付けられません。心当たりがないときは、すぐに{{.Office.Ja}}にご連絡ください。`,
		`This is {{.Office.En}}. Somebody has come for you for this: {{.Item.En}}.
If that is your wish, fill in the enclosed reply yourself, with the PINs, seal it in its envelope and give it to your proxy by {{.Deadline.En}}. An envelope that is open or unsealed cannot be taken. If you know nothing of it, tell {{.Office.En}} at once.`},
	CardBack: {"カードが戻りました / Your card is back",
		`{{.Office.Ja}}です。お預かりしたカードの処理が終わり、戻りました。{{.Where.Ja}}で受け取ってください。`,
		`This is {{.Office.En}}. The work on your card is done and it is back. Please collect it at: {{.Where.En}}`},
	Filed: {"申請書をお預かりしました / Application received",
		`{{.Office.Ja}}です。国外転出者向けマイナンバーカードの申請書をお預かりし、本籍地の{{.Honseki.Ja}}に送ります。
審査は{{.Honseki.Ja}}が行います。確認したいことがあるときは、このメールアドレスにご連絡します。`,
		`This is {{.Office.En}}. We have taken in your application for an overseas My Number Card and will send it to {{.Honseki.En}}, which examines it and may write to this address.`},
	DefectInquiry: {"申請内容の確認のお願い / A question about your application",
		`{{.Office.Ja}}です。申請書について次の点を確認させてください。

{{.Defect}}

次のページで回答してください。回答をいただくまで手続きは進みません。
{{.Link}}
(このリンクは{{.Deadline.Ja}}まで、一度だけ使えます。)`,
		`This is {{.Office.En}}. Please answer the question above (in Japanese: {{.Defect}}) on this page; nothing goes on until you do:
{{.Link}}
(The link works once, until {{.Deadline.En}}.)`},
	Accepted: {"申請を受理しました / Your application has been accepted",
		`{{.Office.Ja}}です。申請内容を確認し、受理しました。カードの作成を地方公共団体情報システム機構に依頼します。
申請書IDは別のメールでお知らせします。`,
		`This is {{.Office.En}}. Your application has been accepted, and the card is being ordered from the issuer. Your application ID comes in a separate mail.`},
	ApplicationID: {"申請書IDのお知らせ / Your application ID",
		`申請書ID: {{.ApplicationID}}

次のページで、申請書IDと生年月日により作成・発送の状況を確認できます。
{{.Link}}`,
		`Application ID: {{.ApplicationID}}

With it and your date of birth you can follow the card here:
{{.Link}}`},
	Dispatched: {"カードを発送しました / Your card has been sent",
		`カードを受取場所の{{.Pickup.Ja}}に発送しました。到着すると、{{.Pickup.Ja}}から受取りのご案内メールが届きます。`,
		`Your card is on its way to {{.Pickup.En}}, which will write to you when it has arrived.`},
	PaymentNeeded: {"手数料のお支払い / Payment of the fee",
		`{{.Fee.Ja}}
お支払いを確認してから、カードを{{.Pickup.Ja}}に発送します。`,
		`{{.Fee.En}}
The card is sent to {{.Pickup.En}} once the payment is confirmed.`},
	ReadyForPickup: {"カードの受取りのご案内 / Your card is ready",
		`{{.Office.Ja}}です。カードの準備ができました。

受取期限: {{.Deadline.Ja}}
お持ちいただくもの: {{.Papers.Ja}}
手数料: {{.Fee.Ja}}
代理の方にはお渡しできません。必ずご本人がお越しください。

次のページで日時を予約してください。予約項目は「{{.Item.Ja}}」です。
{{.Link}}
当日は {{.Where.Ja}} にお越しください。`,
		`This is {{.Office.En}}. Your card is ready.

Collect it by: {{.Deadline.En}}
Bring: {{.Papers.En}}
Fee: {{.Fee.En}}
It cannot be given to anybody else; please come yourself.

Book a time here, under the item "{{.Item.En}}":
{{.Link}}
On the day go to: {{.Where.En}}`},
	Reserved: {"受取りの予約 / Your reservation",
		`{{.Day.Ja}} に{{.Office.Ja}}の予約({{.Item.Ja}})をお取りしました。{{.Where.Ja}} にお越しください。`,
		`You are booked at {{.Office.En}} ({{.Item.En}}) for {{.Day.En}}. Please go to: {{.Where.En}}`},
	HandedOver: {"カードを交付しました / Your card has been handed over",
		`{{.Office.Ja}}でカードを交付しました。
・日本に戻って住むときは、転入届のときにカードの切替えをしてください。しないと失効し、手数料がかかることがあります。
・メールアドレスが変わったら、本籍地の{{.Honseki.Ja}}に届け出てください。
・なくしたときは {{.Phone}} (24時間) に電話してください。`,
		`Your card was handed over at {{.Office.En}}.
- When you return to live in Japan, have the card switched with the move-in notification; otherwise it lapses and a fee may be due.
- Report a changed e-mail address to {{.Honseki.En}}.
- If you lose it, call {{.Phone}} (24 hours).`},
	HandOverUndone: {"カードの交付の誤りについて / A card was handed over by mistake",
		`{{.Office.Ja}}です。あなたのカードの交付に、窓口の誤りがありました。おわび申し上げます。
そのカードと電子証明書は、悪用されないように廃止しました。新しいカードは無料です。もう一度申請してください。お問い合わせは{{.Office.Ja}}へどうぞ。`,
		`This is {{.Office.En}}. We made a mistake in handing over your card, and we are sorry.
So that nobody can misuse it, that card and its certificates have been abolished. The next card is free of charge: please apply again, and ask {{.Office.En}} whatever you want to know.`},
	Suspended: {"カードを一時停止しました / Your card has been suspended",
		`お電話により、マイナンバーカードと電子証明書を一時停止しました。見つかったときは本籍地の市区町村か在外公館で解除の手続きをしてください。見つからないときは紛失・廃止届を出してください。
お心当たりがないときは、すぐに {{.Phone}} (24時間) に電話してください。`,
		`After your call your card and its certificates have been suspended. If you find it, have the suspension lifted at your honseki municipality or a mission; otherwise report the loss there.
If this was not you, call {{.Phone}} (24 hours) at once.`},
	Rejected: {"申請をお受けできません / Your application was not accepted",
		`{{.Office.Ja}}です。次の理由により申請を受理できませんでした。

{{.Reason.Ja}}`,
		`This is {{.Office.En}}. Your application could not be accepted:

{{.Reason.En}}`},
	Cancelled: {"申請を取り消しました / Your application was cancelled",
		`{{.Office.Ja}}で申請の取消しを受け付けました。`,
		`{{.Office.En}} has cancelled your application as you asked.`},
	CardExpiry: {"マイナンバーカード・電子証明書の有効期限通知書 / Your My Number Card expires soon",
		`マイナンバーカードの有効期間満了の日は {{.Deadline.Ja}} です。電子証明書も同じ日に使えなくなります。
{{.Reason.Ja}}`,
		`The last good day of your My Number Card is {{.Deadline.En}}; its certificates end with it.
{{.Reason.En}}`},
	CertificateExpiry: {"電子証明書の有効期限通知書 / Your certificates expire soon",
		`マイナンバーカードの電子証明書の有効期間満了の日は {{.Deadline.Ja}} です。カードはそのまま使えます。
{{.Reason.Ja}}`,
		`The last good day of the certificates on your My Number Card is {{.Deadline.En}}. The card itself stays good.
{{.Reason.En}}`},
	CardLapsed: {"マイナンバーカードが失効しました / Your My Number Card has lapsed",
		`マイナンバーカードは {{.Day.Ja}} に失効し、電子証明書も使えなくなりました。
{{.Reason.Ja}}
失効したカードは元に戻せません。必要なときは新しく申請してください。`,
		`Your My Number Card lapsed on {{.Day.En}}, and its certificates with it.
{{.Reason.En}}
A lapsed card cannot be revived; apply for a new one if you need it.`},
	Reminder: {"手続きの期限が近づいています / A last day is near",
		`次の手続きができる、窓口が開いている最後の日は {{.Deadline.Ja}} です。
{{.Reason.Ja}}`,
		`The last day on which the office is open for this is {{.Deadline.En}}.
{{.Reason.En}}`},
	PickupOverdue: {"カードの受取期限を過ぎています / Your card is still waiting",
		`カードの受取期限は {{.Deadline.Ja}} でしたが、まだお受け取りがありません。{{.Pickup.Ja}}に早めにご相談ください。長く受け取られないカードは廃棄され、申請からやり直しになります。`,
		`Your card was to be collected by {{.Deadline.En}} and is still here. Ask {{.Pickup.En}} soon: a card that nobody collects is destroyed in the end and has to be applied for anew.`},
	NumberNotice: {"個人番号通知書 / Individual Number Notice",
		`次の方に個人番号(マイナンバー)が付けられました。番号は、この封筒の通知書に印刷されています。
{{.Item.Ja}}
この通知書は、番号を証明する書類にも本人確認書類にもなりません。再発行もされません。同封の申請書でマイナンバーカードを申請できます。`,
		`An Individual Number was given to the person below; it is printed on the notice in this envelope.
{{.Item.En}}
The notice proves neither the number nor who somebody is, and it is not issued again. With the enclosed form a My Number Card can be applied for.`},
	NeverCollected: {"カードを廃棄しました / Your card was destroyed",
		`受け取られないまま保管の期限を過ぎたため、{{.Pickup.Ja}}のカードを廃棄しました。必要なときは新しく申請してください。`,
		`Nobody collected the card at {{.Pickup.En}} and the time for keeping it has passed, so it was destroyed. Apply anew if you need one.`},
}

// parsed are the texts that were composed before, by their words.
var parsed sync.Map

func parse(words string) (*template.Template, error) {
	if t, ok := parsed.Load(words); ok {
		return t.(*template.Template), nil
	}
	t, err := template.New("").Option("missingkey=error").Parse(words)
	if err == nil {
		parsed.Store(words, t)
	}
	return t, err
}

// Kinds lists every kind that has words.
func Kinds() []Kind {
	var kinds []Kind
	for k := range texts {
		kinds = append(kinds, k)
	}
	return kinds
}

// Compose writes the subject and the body, Japanese first.
func Compose(kind Kind, f Facts) (subject, body string, err error) {
	t, ok := texts[kind]
	if !ok {
		return "", "", fmt.Errorf("no message is called %q", kind)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s 様\n\n", f.Name)
	for i, part := range []string{t.ja, t.en} {
		if i > 0 {
			b.WriteString("\n\n----------------------------------------\n\n")
		}
		parsed, err := parse(part)
		if err != nil {
			return "", "", fmt.Errorf("parse the text of %s: %w", kind, err)
		}
		if err := parsed.Execute(&b, f); err != nil {
			return "", "", fmt.Errorf("write the text of %s: %w", kind, err)
		}
	}
	b.WriteString("\n")
	return t.subject, b.String(), nil
}
