package rules

import "mynumber/internal/law"

// Block is the heading and the fields of a FormBlock.
type Block struct {
	Heading law.Text
	Fields  []FormField
}

func both(ja, en string) law.Text { return law.Text{Ja: ja, En: en} }

func kept(key, ja, en string) FormField { return FormField{Key: key, Label: both(ja, en)} }

func byHand(ja, en string) FormField { return FormField{Label: both(ja, en), Kind: ByHand} }

func inLines(ja, en string) FormField { return FormField{Label: both(ja, en), Kind: InLines} }

func sentence(ja, en string) FormField { return FormField{Label: both(ja, en), Kind: Sentence} }

func toTick(key, ja, en string, options ...FormOption) FormField {
	return FormField{Key: key, Label: both(ja, en), Kind: ToTick, Options: options}
}

func tick(value, ja, en string) FormOption { return FormOption{value, both(ja, en)} }

func typed(pin int) FormField { return FormField{Kind: ByPIN, PIN: pin} }

// FormBlocks are the fields. What the record knows is printed (kept), so that nobody writes it twice; the rest is written by
// whoever files the form. "application" stands for the fields of the application itself.
var FormBlocks = map[FormBlock]Block{
	"holder": {both("本人", "Holder"), []FormField{
		kept("name", "氏名", "Name"), kept("kana", "ふりがな", "Name in kana"), kept("birth", "生年月日", "Date of birth"), kept("sex", "性別", "Sex"),
		kept("address", "住所", "Address"), kept("phone", "電話番号", "Telephone")}},
	"abroad": {both("国外の住所と本籍地", "Abroad, and honseki"), []FormField{
		kept("overseas_address", "国外の住所", "Address abroad"), kept("country", "国・地域", "Country or region"), kept("honseki", "本籍地市区町村", "Honseki municipality"),
		kept("departure", "国外転出(予定)日", "(Planned) departure"), kept("email1", "メールアドレス1", "E-mail 1"), kept("email2", "メールアドレス2", "E-mail 2")}},
	"number": {both("個人番号", "Individual Number"), []FormField{{Kind: ByNumber, Label: both("個人番号(12桁。本人が記入)", "Individual Number, written by the holder")}}},
	"card": {both("個人番号カード・電子証明書", "Card and certificates"), []FormField{
		kept("card_kind", "カードの種類", "Kind of card"), kept("card_until", "カードの有効期間満了の日", "Last good day of the card"),
		kept("signature_until", "署名用電子証明書", "Signature certificate"), kept("user_until", "利用者証明用電子証明書", "User authentication certificate")}},
	"certificates": {both("電子証明書", "Certificates"), []FormField{
		toTick("", "署名用", "Signature", tick("issue", "新規発行", "issue"), tick("renew", "更新", "renew"), tick("revoke", "失効", "revoke"), tick("none", "不要", "not wanted")),
		toTick("", "利用者証明用", "User authentication", tick("issue", "新規発行", "issue"), tick("renew", "更新", "renew"), tick("revoke", "失効", "revoke"), tick("none", "不要", "not wanted"))}},
	"photo":          {both("顔写真", "Face photo"), []FormField{{Kind: PhotoFrame, Label: both("顔写真(6か月以内に撮影)", "Face photo, taken within six months")}}},
	"representative": {both("法定代理人(15歳未満の方・成年被後見人)", "Statutory representative (under 15, or under guardianship)"), []FormField{kept("representative_name", "氏名", "Name"), kept("representative_relationship", "本人との関係", "Relationship"), kept("representative_address", "住所", "Address")}},
	"pin_choice":     {both("暗証番号", "PINs"), []FormField{toTick("pin_choice", "設定の方法", "How", tick("set", "暗証番号を設定する", "set PINs"), tick("face", "設定しない(顔認証マイナンバーカード)", "none (face-authentication card)")), byHand("署名用の暗証番号のふりがな", "Reading of the signature PIN")}},
	"pin_which":      {both("変更・再設定する暗証番号", "Which PINs"), []FormField{toTick("", "手続き", "What", tick("change", "変更", "change"), tick("reset", "再設定(初期化)", "reset")), toTick("", "対象", "Which", tick("1", "署名用", "signature"), tick("2", "利用者証明用", "user authentication"), tick("3", "住民基本台帳用", "resident register"), tick("4", "券面事項入力補助用", "input support"))}},
	"pins":           {both("暗証番号(記入したら封筒に入れて封をしてください)", "PINs (seal them in an envelope)"), []FormField{typed(1), typed(2), typed(3), typed(4)}},
	"departure":      {both("国外転出", "Moving abroad"), []FormField{kept("departure", "国外転出(予定)日", "(Planned) departure"), byHand("国外の住所(国・地域)", "Address abroad"), kept("honseki", "本籍地市区町村", "Honseki municipality"), byHand("メールアドレス", "E-mail")}},
	"proxy":          {both("代理人", "Proxy"), []FormField{byHand("代理人の氏名", "Proxy's name"), byHand("住所", "Address"), byHand("生年月日", "Date of birth"), byHand("電話番号", "Telephone"), byHand("本人との関係", "Relationship")}},
	"sub_proxy":      {both("復代理人", "Sub-proxy"), []FormField{byHand("復代理人の氏名", "Sub-proxy's name"), byHand("住所", "Address"), byHand("生年月日", "Date of birth")}},
	"visitor":        {both("窓口に来た方(本人以外のとき)", "Who comes, if not the holder"), []FormField{byHand("氏名", "Name"), byHand("本人との関係", "Relationship"), byHand("住所・電話番号", "Address and telephone")}},
	"mandate": {both("委任", "Mandate"), []FormField{sentence("私は、下記の者を代理人と定め、個人番号カード・電子証明書の手続きに関する一切の権限を委任します。", "I appoint the person below as my proxy for this procedure on my card and certificates."),
		kept("item", "手続き", "Procedure")}},
	"mandate_move_out":     {both("委任", "Mandate"), []FormField{sentence("私は、下記の者を代理人と定め、国外転出届の提出に関する権限を委任します。15歳から17歳の方は本人が署名してください。", "I appoint the person below to file my overseas move-out notification. Somebody aged 15 to 17 signs in person."), kept("departure", "国外転出(予定)日", "(Planned) departure")}},
	"mandate_certificates": {both("委任", "Mandate"), []FormField{sentence("私は、下記の者を代理人と定め、電子証明書の発行・失効の申請と暗証番号の入力に関する権限を委任します。", "I appoint the person below to apply for my certificates' issue and revocation and to enter the PINs.")}},
	"mandate_pickup":       {both("受取りの委任", "Mandate to collect the card"), []FormField{sentence("やむを得ない理由により来庁できないため、下記の者に個人番号カードの受取りを委任します。", "As I cannot come for a compelling reason, I appoint the person below to collect my card."), byHand("来庁できない理由", "Why I cannot come")}},
	"reply":                {both("照会と回答", "Inquiry and reply"), []FormField{kept("item", "照会の手続き", "Procedure asked about"), kept("due", "回答期限", "Reply by"), sentence("照会のあった手続きは、私の意思によるものに相違ありません。", "The procedure asked about is my own wish."), toTick("", "回答", "Reply", tick("yes", "はい", "yes"), tick("no", "いいえ(手続きを望みません)", "no"))}},
	"reissue":              {both("再交付の理由", "Why it is re-issued"), []FormField{toTick("reason", "理由", "Reason", tick("loss", "紛失", "lost"), tick("theft", "盗難", "stolen"), tick("fire", "焼失", "burnt"), tick("damage", "著しい損傷", "damaged"), tick("malfunction", "機能の損傷", "malfunction"), tick("other", "その他", "other"))}},
	"loss":                 {both("紛失・盗難などの状況", "What happened"), []FormField{byHand("日時", "When"), byHand("場所", "Where"), byHand("警察への届出(届出先・受理番号・電話番号)", "Police report: station, number, telephone")}},
	"found":                {both("発見の状況", "How it was found"), []FormField{byHand("発見した日", "When"), byHand("発見した場所", "Where"), sentence("一時停止の解除を届け出ます。カードは持参しました。", "I give notice of lifting the suspension; the card is here.")}},
	"abolish":              {both("届出の内容", "What is reported"), []FormField{toTick("", "届出", "Report", tick("loss", "紛失・盗難", "lost or stolen"), tick("abolish", "廃止を希望", "abolish the card"), tick("leak", "秘密鍵の漏えい等", "key compromise"))}},
	"change":               {both("変更の内容", "What changes"), []FormField{toTick("", "変更する事項", "Entry", tick("name", "氏名", "name"), tick("address", "住所", "address"), tick("birth", "生年月日", "date of birth"), tick("sex", "性別", "sex"), tick("former", "旧氏", "former surname"), tick("alias", "通称", "alias")), inLines("変更前", "Before"), inLines("変更後", "After")}},
	"stay":                 {both("在留期間", "Period of stay"), []FormField{kept("stay_status", "在留資格", "Status of residence"), kept("stay_until", "在留期間の満了の日", "Period of stay until"), byHand("更新後の満了の日", "New last day"), toTick("", "理由", "Why", tick("extended", "在留期間の更新", "extended"), tick("pending", "特例期間(申請中)", "pending (special period)"))}},
	"application_id":       {both("申請", "Application"), []FormField{kept("application_id", "申請書ID", "Application ID"), kept("filed", "申請した日", "Filed on"), kept("accepting", "受け付けた窓口", "Taken in at")}},
	"email_change":         {both("登録メールアドレス", "Registered e-mail addresses"), []FormField{kept("email1", "今のメールアドレス1", "Present e-mail 1"), kept("email2", "今のメールアドレス2", "Present e-mail 2"), byHand("新しいメールアドレス1", "New e-mail 1"), byHand("新しいメールアドレス2", "New e-mail 2")}},
	"pickup":               {both("受取り", "Collecting the card"), []FormField{kept("pickup", "受取場所", "Where"), kept("deadline", "受取期限", "Collect it by")}},
	"pickup_change":        {both("受取場所", "Where to collect the card"), []FormField{kept("pickup", "今の受取場所", "At present"), byHand("新しい受取場所", "New place"), byHand("変更の理由", "Why")}},
	"cancel":               {both("取消し", "Cancellation"), []FormField{toTick("", "取り消す申請", "What is cancelled", tick("issue", "カードの交付", "card"), tick("reissue", "カードの再交付", "re-issue"), tick("certificates", "電子証明書の発行・更新", "certificates")), byHand("理由", "Why")}},
	"received":             {both("受領", "Receipt"), []FormField{kept("pickup", "交付した窓口", "Handed over at"), sentence("個人番号カードを受領しました。", "I have received my Individual Number Card.")}},
	"returned":             {both("返納", "Return"), []FormField{toTick("", "理由", "Why", tick("wish", "本人の希望", "own wish"), tick("lapsed", "失効", "lapsed"), tick("replaced", "新しいカードとの引換え", "replaced"), tick("death", "死亡", "death"))}},
	"appointment":          {both("選任", "Appointment"), []FormField{sentence("個人番号カードの有効期間の変更などの手続きについて、下記の者を代理人に選任したので届け出ます(自署または記名押印)。", "I appoint the person below as my proxy for changing my card's validity (written by hand, or name and seal).")}},
	"certifier":            {both("証明", "Certification"), []FormField{sentence("上の写真は本人に相違ないことを証明します。", "I certify that the photo above is that of the person named."), byHand("施設・病院・機関の名称", "Institution"), byHand("所在地・電話番号", "Address and telephone"), byHand("証明する方の職・氏名", "Office and name of the certifier"), byHand("証明の日", "Day")}},
	"notification_card":    {both("通知カード", "Notification Card"), []FormField{sentence("通知カードを紛失したため、返納できません。見つかったときは返納します。", "I have lost the Notification Card and cannot return it; if I find it I shall.")}},
	"declaration":          {both("本人の申告", "Declaration"), []FormField{sentence("交付通知書の記載のとおり、個人番号カードの交付を受けます。通知カード・住民基本台帳カードは返納します。", "I take delivery of the card as notified and return the Notification Card and the Basic Resident Register Card."), toTick("", "通知カード", "Notification Card", tick("here", "持参", "brought"), tick("lost", "紛失", "lost"), tick("none", "交付されていない", "never had one"))}},
	"move":                 {both("異動", "Move"), []FormField{kept("address", "前の住所", "Former address"), byHand("新しい住所", "New address"), byHand("異動日", "Day of the move")}},
	"household":            {both("世帯", "Household"), []FormField{byHand("世帯主", "Head of household"), inLines("一緒に異動する方(氏名・生年月日・続柄)", "Who moves along: name, date of birth, relationship")}},
	"family_register":      {both("戸籍の届出", "Family-register notification"), []FormField{toTick("", "届出", "Kind", tick("birth", "出生", "birth"), tick("marriage", "婚姻", "marriage"), tick("divorce", "離婚", "divorce"), tick("death", "死亡", "death"), tick("other", "その他", "other")), kept("honseki", "本籍地市区町村", "Honseki municipality")}},
}
