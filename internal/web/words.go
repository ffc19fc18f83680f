package web

import (
	"fmt"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// What the pages call states, acts and things. A test holds every table complete.

var stateWords = map[application.State]law.Text{
	application.Applied:        {Ja: "受付済み(受付窓口)", En: "Taken in at the accepting office"},
	application.Forwarded:      {Ja: "本籍地へ送付中", En: "On the way to the honseki municipality"},
	application.Received:       {Ja: "本籍地で審査中", En: "Being examined by the honseki municipality"},
	application.Defective:      {Ja: "申請者に照会中", En: "Waiting for the applicant's answer"},
	application.InProduction:   {Ja: "受理・カード作成中", En: "Accepted; the card is being made"},
	application.InTransit:      {Ja: "受取場所へ発送済み", En: "On the way to the pickup office"},
	application.ToBePosted:     {Ja: "郵送の準備中", En: "To be posted"},
	application.InPost:         {Ja: "郵便局が配達中", En: "Being delivered by the post office"},
	application.AtPostOffice:   {Ja: "郵便局が保管中", En: "Kept by the post office"},
	application.ReadyForPickup: {Ja: "受取り可能", En: "Ready for pickup"},
	application.HandedOver:     {Ja: "交付済み", En: "Handed over"},
	application.Rejected:       {Ja: "不受理", En: "Rejected"},
	application.Cancelled:      {Ja: "取消し", En: "Cancelled"},
	application.Uncollected:    {Ja: "受け取られずに廃棄", En: "Destroyed uncollected"},
}

var actWords = map[application.Act]law.Text{
	application.Forward:       {Ja: "本籍地へ送付する", En: "Send to the honseki municipality"},
	application.ReceivePapers: {Ja: "申請書を受領する", En: "Take the papers in"},
	application.Identify:      {Ja: "本人を特定する", En: "Identify the person"},
	application.AskBack:       {Ja: "申請者に照会する", En: "Ask the applicant"},
	application.Correct:       {Ja: "照会に回答する", En: "Answer the question"},
	application.Accept:        {Ja: "受理する", En: "Accept"},
	application.Reject:        {Ja: "不受理とする", En: "Reject"},
	application.Produce:       {Ja: "カードを製造する", En: "Produce the card"},
	application.Dispatch:      {Ja: "受取場所へ発送する", En: "Dispatch to the pickup office"},
	application.Announce:      {Ja: "カードを受領し、案内メールを送る", En: "Take the card in and write to the applicant"},
	application.Reserve:       {Ja: "受取りを予約する", En: "Book the pickup"},
	application.CheckIdentity: {Ja: "本人確認をする", En: "Check identity"},
	application.HandOver:      {Ja: "カードを交付する", En: "Hand the card over"},
	application.Cancel:        {Ja: "申請を取り消す", En: "Cancel the application"},
	application.TakeIn:        {Ja: "郵送するカードを受領する", En: "Take in the card to be posted"},
	application.Post:          {Ja: "郵便局に差し出す", En: "Give to the post office"},
	application.LeaveNotice:   {Ja: "到着通知書・不在連絡票を届ける", En: "Leave the arrival notice or the slip"},
	application.Appoint:       {Ja: "配達の日時を決める", En: "Appoint the delivery"},
	application.Deliver:       {Ja: "カードを配達する", En: "Deliver the card"},
	application.SendBack:      {Ja: "市区町村に返送する", En: "Send back to the municipality"},
	application.ChangeMail:    {Ja: "メールアドレスを変更する", En: "Change the e-mail address"},
	application.ChangePlace:   {Ja: "受取場所を変更する", En: "Change the pickup place"},
	application.ChangeData:    {Ja: "申請内容を変更する", En: "Change the data"},
	application.Discard:       {Ja: "受け取られないカードを廃棄する", En: "Destroy the uncollected card"},
}

// otherActs are acts that belong to no table of states: looks, searches, accounts.
var otherActs = map[string]law.Text{
	"book_visit": {Ja: "来庁の予約を取る", En: "Book a visit"}, "walk_in": {Ja: "予約なしの来庁を受け付ける", En: "Take in without a reservation"},
	"move_booking": {Ja: "予約の日時を変更する", En: "Move the booking"}, "cancel_booking": {Ja: "予約を取り消す", En: "Cancel the booking"},
	"displace_booking": {Ja: "閉まる日時の予約に印を付ける", En: "Mark a booking whose time is closed"}, "arrive": {Ja: "来庁を記録する", En: "Note the arrival"},
	"call_visitor": {Ja: "番号を呼び出す", En: "Call the number"}, "serve_visitor": {Ja: "対応を終える", En: "End the visit"},
	"miss_booking": {Ja: "来庁なしを記録する", En: "Note that nobody came"}, "booking_reminder": {Ja: "予約の前日のお知らせ", En: "Remind of a booking"},
	"forget_visitor": {Ja: "来庁者の連絡先を消す", En: "Erase what the visitor gave"},
	"load_policy":    {Ja: "窓口の決まりを読み込む", En: "Load the office's policy"},
	"file":           {Ja: "申請を受け付ける", En: "Take the application in"}, "look": {Ja: "記録を見る", En: "Look at the record"},
	"search_person": {Ja: "戸籍の附票を検索する", En: "Search the family registers"}, "plan_production": {Ja: "製造内容を決める", En: "Plan the production"},
	"take_fee": {Ja: "手数料を収納する", En: "Take the fee"}, "search_card": {Ja: "カードを探す", En: "Search for a card"},
	"open_pin_screen": {Ja: "暗証番号の画面を開く", En: "Open the PIN screen"}, "set_pins": {Ja: "暗証番号を設定する", En: "Set the PINs"},
	"order_lists":      {Ja: "失効リストの出し直し", En: "a revocation list of this moment"},
	"open_sealed_form": {Ja: "暗証番号設定依頼書を開封する", En: "Open the sealed PIN form"}, "suspend": {Ja: "一時停止する", En: "Suspend"},
	"set_pins_planned": {Ja: "暗証番号を確かめる", En: "Check the PINs typed"}, "open_sealed_form_planned": {Ja: "依頼書の内容を確かめる", En: "Check the sealed form's PINs"},
	"find_person": {Ja: "来庁者を探す", En: "Find a visitor"}, "consider": {Ja: "手続きを確かめる", En: "Consider a procedure"}, "take_in": {Ja: "手続きを受け付ける", En: "Take a procedure in"},
	"complete": {Ja: "手続きを完了する", En: "Complete"}, "complete_planned": {Ja: "書き込む内容を決める", En: "Plan what is written"}, "enter_pins": {Ja: "暗証番号を入力する", En: "Enter the PINs"}, "enter_pins_planned": {Ja: "暗証番号を確かめる", En: "Check the PINs typed"},
	"reply": {Ja: "回答書を受け取る", En: "Take the reply in"}, "withdraw": {Ja: "取り下げる", En: "Withdraw"}, "receive": {Ja: "届いたものを受領する", En: "Take in what was sent"}, "give_back": {Ja: "カードを返す", En: "Give the card back"},
	"phone_certificates_issue": {Ja: "スマホ用電子証明書を発行する", En: "Issue certificates on a phone"}, "phone_certificates_reissue": {Ja: "スマホ用電子証明書を再発行する", En: "Issue certificates on a phone anew"},
	"phone_model_change": {Ja: "スマホの機種変更をする", En: "Move certificates to another phone"}, "phone_certificates_lift": {Ja: "スマホの一時停止を解除する", En: "Lift the stop on a phone"}, "phone_certificates_revoke": {Ja: "スマホ用電子証明書を失効させる", En: "Revoke certificates on a phone"},
	"ask_undo": {Ja: "誤りを申し出る", En: "Report an error"}, "undo": {Ja: "誤りを取り消す", En: "Undo an error"}, "pass_on": {Ja: "報告を伝える", En: "Pass a report on"}, "post_letter": {Ja: "手紙を郵送する", En: "Post a letter"},
	"end_chip": {Ja: "ICチップを消去する", En: "Erase the chip"}, "end_chip_planned": {Ja: "消去するICチップを確かめる", En: "See which chip is to be erased"}, "cut_chip": {Ja: "カードの裁断を記録する", En: "Note that a card was cut through"},
	"choose_substitute": {Ja: "代替文字を選ぶ", En: "Choose a substitute character"},
	"print_form":        {Ja: "様式を印刷する", En: "Print a form"}, "open_form": {Ja: "様式の番号で開く", En: "Open a printed form"}, "print_letter": {Ja: "手紙を印刷する", En: "Print a letter"}, "lose_page": {Ja: "印刷した紙の紛失・汚損を記録する", En: "Note a lost or spoilt page"}, "letter_returned": {Ja: "戻った郵便を記録する", En: "Note that the post brought a letter back"},
	"send_again": {Ja: "お知らせを送り直す", En: "Send a message again"}, "note_call": {Ja: "電話の結果を記録する", En: "Note a call"}, "bounce": {Ja: "不達の報告を受ける", En: "A mail came back"}, "mail_failed": {Ja: "メールを届けられない", En: "A mail could not be delivered"},
	"found_key": {Ja: "認証局の鍵を作る", En: "Make a key of an authority"}, "staff_link": {Ja: "ログインのリンクを作る", En: "Make a login link"},
	"enter": {Ja: "ログインする", En: "Log in"}, "add_staff": {Ja: "職員を登録する", En: "Add an account"},
	"change_role": {Ja: "役割を変える", En: "Change the role"}, "offer_transfer": {Ja: "異動に送り出す", En: "Offer a transfer"}, "take_over": {Ja: "異動を受け入れる", En: "Take over"},
	"leave": {Ja: "アカウントを終わらせる", En: "End the account"}, "end_sessions": {Ja: "すべてのログインを終わらせる", En: "End all sessions"}, "stand_in": {Ja: "代理を決める", En: "Grant a stand-in"},
	"end_stand_in": {Ja: "代理を終える", En: "End a stand-in"}, "add_key": {Ja: "ログインの方法を加える", En: "Add a way to log in"}, "drop_key": {Ja: "ログインの方法をやめる", En: "Take a way to log in away"},
	"destroy_photo": {Ja: "顔写真を廃棄する", En: "Destroy the photo"}, "destroy_papers": {Ja: "書類を廃棄する", En: "Destroy the papers"}, "destroy_contact": {Ja: "連絡先を消す", En: "Erase addresses"}, "destroy_drafts": {Ja: "出されなかった申請書を廃棄する", En: "Destroy forms never handed in"},
	"ask_details": {Ja: "詳しい状況のリンクを送る", En: "Mail a link to the details"}, "look_details": {Ja: "本人が詳しい状況を見る", En: "The applicant sees the details"}, "look_own": {Ja: "本人がカードでログインして見る", En: "The holder looks, logged in with the card"},
	"session_elsewhere": {Ja: "別の端末からのログインを止める", En: "Stop a session from elsewhere"},
}

var cardWords = map[card.State]law.Text{
	card.Planned:                  {Ja: "製造予定", En: "planned"},
	card.Produced:                 {Ja: "製造済み(機構)", En: "produced, at the issuer"},
	card.InTransit:                {Ja: "発送中", En: "in transit"},
	card.AtOffice:                 {Ja: "受取窓口で保管中", En: "at the pickup office"},
	card.Active:                   {Ja: "有効", En: "active"},
	card.PendingDeparture:         {Ja: "保留(国外転出予定)", En: "pending departure"},
	card.TemporarilyOutOfFunction: {Ja: "機能停止(新カード準備中)", En: "out of function, its successor is under way"},
	card.Suspended:                {Ja: "一時停止", En: "suspended"},
	card.Expired:                  {Ja: "有効期間満了", En: "expired"},
	card.Lapsed:                   {Ja: "失効", En: "lapsed"},
	card.Abolished:                {Ja: "廃止", En: "abolished"},
	card.Returned:                 {Ja: "返納", En: "returned"},
	card.Destroyed:                {Ja: "廃棄", En: "destroyed"},
}

var certificateWords = map[certificate.State]law.Text{
	certificate.Planned: {Ja: "発行予定", En: "planned"},
	certificate.Issued:  {Ja: "発行済み(未交付)", En: "issued, not handed over"},
	certificate.Valid:   {Ja: "有効", En: "valid"},
	certificate.Held:    {Ja: "一時保留", En: "held"},
	certificate.Revoked: {Ja: "失効", En: "revoked"},
	certificate.Expired: {Ja: "有効期間満了", En: "expired"},
}

var carrierWords = map[certificate.Carrier]law.Text{
	certificate.OnAndroid: {Ja: "スマートフォン(Android)", En: "phone (Android)"}, certificate.OnIPhone: {Ja: "スマートフォン(iPhone)", En: "phone (iPhone)"},
}

var kindWords = map[certificate.Kind]law.Text{
	certificate.Signature:          {Ja: "署名用電子証明書", En: "signature certificate"},
	certificate.UserAuthentication: {Ja: "利用者証明用電子証明書", En: "user authentication certificate"},
}

var partyWords = map[application.Party]law.Text{
	application.WithApplicant: {Ja: "申請者の手元", En: "with the applicant"},
	application.AtOffice:      {Ja: "窓口で保管中", En: "at the office"},
	application.OnTheWay:      {Ja: "送付中(宛先)", En: "on the way to"},
	application.Gone:          {Ja: "廃棄済み", En: "destroyed"},
}

var formWords = map[application.SealedForm]law.Text{
	application.NoForm:     {Ja: "提出なし", En: "none handed in"},
	application.FormSealed: {Ja: "封入のまま", En: "sealed"},
	application.FormOpened: {Ja: "開封・廃棄済み", En: "opened and destroyed"},
}

var roleWords = map[office.Role]law.Text{
	office.Clerk:    {Ja: "窓口担当", En: "clerk"},
	office.Operator: {Ja: "機構 発行担当", En: "issuer's operator"},
	office.StopLine: {Ja: "機構 24時間停止窓口", En: "stop line"},
	office.Admin:    {Ja: "管理者", En: "administrator"},
	office.Carrier:  {Ja: "郵便局 配達担当", En: "post office"},
}

var channelWords = map[rules.Channel]law.Text{
	rules.Visit:      {Ja: "窓口に持参", En: "brought to the office"},
	rules.Post:       {Ja: "郵送", En: "by post"},
	rules.Online:     {Ja: "オンライン", En: "online"},
	rules.PhotoBooth: {Ja: "証明写真機", En: "photo booth"},
	rules.Express:    {Ja: "特急発行", En: "express issuance"},
}

var paymentWords = map[rules.Payment]law.Text{
	rules.PayNothing:        {Ja: "納付は不要です。", En: "Nothing is to be paid.", Easy: "お金(かね)は いりません。"},
	rules.PayAtSubmission:   {Ja: "提出時に本籍地市区町村の窓口で納めます。", En: "Paid at the honseki municipality when handing in.", Easy: "出(だ)す ときに、本籍(ほんせき)の 役所(やくしょ)の 窓口(まどぐち)で 払(はら)います。"},
	rules.PayAtPickup:       {Ja: "受取時に市区町村の窓口で納めます。", En: "Paid at the municipality on pickup.", Easy: "受(う)け取(と)る ときに、役所(やくしょ)の 窓口(まどぐち)で 払(はら)います。"},
	rules.PayBeforeDispatch: {Ja: "在外公館への発送前に納めます。", En: "Paid before the card leaves for the mission.", Easy: "カードを 大使館(たいしかん)・領事館(りょうじかん)に 送(おく)る 前(まえ)に 払(はら)います。"},
}

var visitWords = map[booking.State]law.Text{
	booking.Booked:    {Ja: "予約済み", En: "booked"},
	booking.Displaced: {Ja: "日時の変更が必要", En: "to be moved"},
	booking.Arrived:   {Ja: "来庁・順番待ち", En: "here, waiting"},
	booking.Called:    {Ja: "呼出し中", En: "called"},
	booking.Served:    {Ja: "対応済み", En: "served"},
	booking.NoShow:    {Ja: "来庁なし", En: "did not come"},
	booking.Cancelled: {Ja: "取消し", En: "cancelled"},
}

var visitActWords = map[booking.Act]law.Text{
	booking.Move:   {Ja: "日時を変更する", En: "Move"},
	booking.Cancel: {Ja: "予約を取り消す", En: "Cancel"},
	booking.Arrive: {Ja: "来庁を記録する", En: "Has arrived"},
	booking.Call:   {Ja: "呼び出す", En: "Call"},
	booking.Serve:  {Ja: "対応を終えた", En: "Served"},
	booking.Miss:   {Ja: "来なかった", En: "Did not come"},
}

var visitorWords = map[procedure.Visitor]law.Text{
	procedure.Holder:                   {Ja: "本人", En: "the applicant"},
	procedure.HolderWithRepresentative: {Ja: "本人と法定代理人", En: "the applicant with a statutory representative"},
	procedure.StatutoryRepresentative:  {Ja: "法定代理人のみ", En: "a statutory representative alone"},
	procedure.VoluntaryProxy:           {Ja: "任意代理人", En: "a voluntary proxy"},
}

var outcomeWords = map[string]law.Text{
	"done":    {Ja: "実施", En: "done"},
	"refused": {Ja: "お断り", En: "refused"},
	"already": {Ja: "実施済み(変更なし)", En: "done before, nothing changed"},
}

var noticeWords = map[notice.Kind]law.Text{
	notice.Filed: {Ja: "受付", En: "receipt"}, notice.DefectInquiry: {Ja: "不備の照会", En: "question"}, notice.Accepted: {Ja: "受理", En: "accepted"},
	notice.ApplicationID: {Ja: "申請書ID", En: "application ID"}, notice.Dispatched: {Ja: "発送", En: "dispatched"}, notice.PaymentNeeded: {Ja: "手数料", En: "payment"},
	notice.ReadyForPickup: {Ja: "受取りの案内", En: "ready for pickup"}, notice.Reserved: {Ja: "予約", En: "reservation"}, notice.HandedOver: {Ja: "交付", En: "handed over"}, notice.HandOverUndone: {Ja: "交付の誤り", En: "hand-over undone"},
	notice.Suspended: {Ja: "一時停止", En: "suspended"}, notice.Rejected: {Ja: "不受理", En: "rejected"}, notice.Cancelled: {Ja: "取消し", En: "cancelled"},
	notice.ApplicationURL: {Ja: "申請用URL", En: "address for the application"}, notice.ApplicationComplete: {Ja: "申請の完了", En: "application received"}, notice.HomeAccepted: {Ja: "作成の開始", En: "card ordered"},
	notice.IssuanceNotice: {Ja: "交付通知書", En: "issuance notice"}, notice.ArrivalNotice: {Ja: "到着通知書", En: "arrival notice"}, notice.MissedDelivery: {Ja: "不在連絡票", En: "missed delivery"},
	notice.CameBack: {Ja: "戻ったカードの案内", En: "card came back"}, notice.ProxyCollected: {Ja: "代理交付のお知らせ", En: "handed to a proxy"}, notice.OutreachAppointed: {Ja: "出張の日", En: "visit arranged"},
	notice.PlaceChanged: {Ja: "受取場所の変更", En: "pickup place changed"}, notice.DataChanged: {Ja: "申請内容の変更", En: "data changed"}, notice.MailChanged: {Ja: "メールアドレスの変更", En: "e-mail changed"},
	notice.CardExpiry: {Ja: "カードの有効期限通知", En: "expiry notice of the card"}, notice.CertificateExpiry: {Ja: "電子証明書の有効期限通知", En: "expiry notice of the certificates"},
	notice.CardLapsed: {Ja: "失効のお知らせ", En: "the card has lapsed"}, notice.Reminder: {Ja: "期限のお知らせ", En: "a last day is near"},
	notice.Inquiry: {Ja: "照会書", En: "inquiry"}, notice.CardBack: {Ja: "カードが戻ったお知らせ", En: "the card is back"},
	notice.PickupOverdue: {Ja: "受取期限を過ぎたお知らせ", En: "the card is still waiting"}, notice.NeverCollected: {Ja: "廃棄のお知らせ", En: "the card was destroyed"},
	notice.BookingReminder: {Ja: "予約のお知らせ(前日)", En: "reminder of a booking"}, notice.BookingDisplaced: {Ja: "予約の変更のお願い", En: "booking to be moved"},
	notice.BookingCancelled: {Ja: "予約の取消し", En: "booking cancelled"}, notice.VisitBooked: {Ja: "来庁の予約", En: "visit booked"}, notice.DetailsLink: {Ja: "詳しい状況のリンク", En: "link to the details"},
	notice.NumberNotice: {Ja: "個人番号通知書", En: "Individual Number Notice"},
}

var weekdays = [7]law.Text{{Ja: "日", En: "Sun"}, {Ja: "月", En: "Mon"}, {Ja: "火", En: "Tue"}, {Ja: "水", En: "Wed"}, {Ja: "木", En: "Thu"}, {Ja: "金", En: "Fri"}, {Ja: "土", En: "Sat"}}

// word is what a table calls something; what it does not know keeps its own name, so that nothing disappears.
func word[K comparable](table map[K]law.Text, key K) law.Text {
	if t, ok := table[key]; ok {
		return t
	}
	return law.Text{Ja: fmt.Sprint(key), En: fmt.Sprint(key)}
}

// wordOf finds the table by the type of what is to be named.
func wordOf(key any) law.Text {
	switch k := key.(type) {
	case application.State:
		return word(stateWords, k)
	case application.Act:
		return word(actWords, k)
	case application.Party:
		return word(partyWords, k)
	case application.SealedForm:
		return word(formWords, k)
	case card.State:
		return word(cardWords, k)
	case certificate.State:
		return word(certificateWords, k)
	case certificate.Kind:
		return word(kindWords, k)
	case office.Role:
		return word(roleWords, k)
	case rules.Channel:
		return word(channelWords, k)
	case notice.Kind:
		return word(noticeWords, k)
	case booking.State:
		return word(visitWords, k)
	case booking.Act:
		return word(visitActWords, k)
	case booking.Need:
		return word(booking.NeedNames, k)
	case rules.Payment:
		return word(paymentWords, k)
	}
	return law.Text{Ja: fmt.Sprint(key), En: fmt.Sprint(key)}
}

// actWord names an act of the journal or of a receipt. Cases at a window have acts of their own, some by the same name as
// one of an application.
func actWord(act, subject string) law.Text {
	if t, ok := actWords[application.Act(act)]; ok && !strings.HasPrefix(subject, "case/") {
		return t
	}
	return word(otherActs, act)
}
