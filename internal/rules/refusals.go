package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Refuse is the refusal with the code; a code that is not in the catalogue is a fault of the program
// that a test finds, and still an answer.
func Refuse(code string, facts ...any) *law.Refusal {
	r, ok := Refusals[code]
	if !ok {
		panic(fmt.Sprintf("rules: no refusal is called %q", code))
	}
	r.Code = code
	if len(facts) > 0 {
		return r.Because(facts...)
	}
	return r.New()
}

func no(ja, en, nextJa, nextEn string, cite law.Citation) law.Refusal {
	return law.Refusal{Text: law.Text{Ja: ja, En: en}, Next: law.Text{Ja: nextJa, En: nextEn}, Cite: cite}
}

// Refusals is the one catalogue of everything a rule can say no to. The texts are for the person
// at the window; verbs are filled with the facts of the case, never with a number or a PIN.
var Refusals = merge(OfficeRefusals, sheetRefusals, homeRefusals, abroadRefusals, changeRefusals, servicesRefusals)

// OfficeRefusals are those that the offices' acts answer with.
var OfficeRefusals = map[string]law.Refusal{
	// Who may have an overseas card.
	"scheme_not_open": no(
		"国外転出者向けマイナンバーカードは2024年5月27日より前には申請できません。", "Overseas cards could not be applied for before 27 May 2024.",
		"2024年5月27日以後に申請してください。", "Apply on or after 27 May 2024.",
		mhlwLeaflet.At("国外利用が始まりました", "ELIG-015", "ELIG-016")),
	"foreign_national": no(
		"外国籍の方は戸籍の附票がないため、国外転出者向けマイナンバーカードの対象になりません。", "Foreign nationals have no supplementary family register and cannot have an overseas card.",
		"日本に住むことになったら、転入届の後に国内のカードを申請できます。", "When you live in Japan again, apply for a domestic card after the move-in notification.",
		konan.At("対象者", "ELIG-011", "ELIG-010")),
	"never_registered": no(
		"日本で住民登録をしたことがない方は対象になりません。", "A person who has never been registered as a resident of Japan cannot have an overseas card.",
		"日本に転入して住民登録をすると、マイナンバーが付番され、国内のカードを申請できます。", "After moving to Japan and registering you receive a number and can apply for a domestic card.",
		konan.At("対象者", "ELIG-012", "ELIG-010")),
	"registered_too_early": no(
		"2015年10月5日以後に住民登録がない方(最後の住民登録日 %s)はマイナンバーが付番されていないため、対象になりません。", "You were last registered as a resident on %s, before 5 October 2015, so you have no Individual Number and cannot have an overseas card.",
		"日本に転入して住民登録をすると付番されます。最後の住民登録日に心当たりと違いがあれば、本籍地市区町村に戸籍の附票を確認してください。", "You will be given a number when you register in Japan again. If the day looks wrong, ask your honseki municipality about your supplementary family register.",
		konan.At("対象者", "ELIG-014", "DATE-004", "CON-023")),
	"still_resident": no(
		"日本に住民票がある方は、国外転出者向けのカードではなく国内のカードの対象です。", "You are registered as a resident of Japan and so apply for a domestic card, not an overseas one.",
		"住所地の市区町村、オンライン、郵便などで国内のカードを申請してください。国外に出る予定の方は、転出の前日までに継続利用の手続きをしてください。", "Apply for a domestic card at your municipality, online or by post. If you are about to leave Japan, do the continuing-use procedure by the day before you leave.",
		konan.At("既に国外に転出している方", "ELIG-014", "ABR-003")),
	"no_number": no(
		"マイナンバーが付番されていないため申請できません。", "You have no Individual Number, so you cannot apply.",
		"本籍地市区町村に付番の有無を確認してください。", "Ask your honseki municipality whether a number was assigned to you.",
		konan.At("対象者", "ELIG-010")),
	"not_in_family_register": no(
		"戸籍の附票に記録が見つからないため、受け付けられません。", "No entry in a supplementary family register was found.",
		"本籍地(政令指定都市は区まで)と氏名・生年月日を確かめて、申請し直してください。", "Check the honseki (with the ward, in a designated city), name and date of birth, and apply again.",
		konan.At("対象者", "ELIG-010", "ABR-021")),

	// Where and how it is handed in.
	"online_not_available": no(
		"日本に住民票がない方は、オンライン・証明写真機・特急発行では申請できません。", "Without a resident record in Japan you cannot apply online, from a photo booth or by express issuance.",
		"このページで申請書を作って印刷し、本籍地市区町村・国内の市区町村・お住まいの国の在外公館のいずれかに提出してください。", "Fill in the form here, print it, and hand it in at your honseki municipality, any municipality in Japan, or the mission in the country where you live.",
		blog.At("墨田区役所に来庁", "APP-013", "CON-028", "APP-070")),
	"mission_of_another_country": no(
		"在外公館では、お住まいの国を管轄する公館だけが申請を受け付けます。", "A mission takes applications only from people who live in a country it covers.",
		"お住まいの国を管轄する在外公館か、日本国内の市区町村に提出してください。", "Hand it in at the mission that covers your country of residence, or at a municipality in Japan.",
		konan.At("(1)申請書の提出", "APP-070")),
	"post_only_to_honseki": no(
		"この窓口は郵送による申請を受け付けていません。", "This office does not take applications by post.",
		"本籍地市区町村に郵送するか、窓口にお持ちください。", "Post it to your honseki municipality, or bring it to an office.",
		konan.At("申請方法", "APP-071", "CON-010")),
	"office_keeps_no_register": no(
		"%s は戸籍の附票を管理する市区町村ではありません(政令指定都市は区を書いてください)。", "%s does not keep family registers (in a designated city, name the ward).",
		"本籍地を区まで書き直してください。", "Give the honseki with its ward.",
		mhlwLeaflet.At("交付申請書", "APP-074", "ABR-021")),
	"sealed_form_missing": no(
		"代理の方が提出するときは、暗証番号設定依頼書を封筒に入れて封をする必要があります。", "When somebody else hands the application in, the PIN setting request form has to be in a sealed envelope.",
		"本人が記入した暗証番号設定依頼書を封入して、改めてお持ちください。", "Bring the form, filled in by the applicant, in a sealed envelope.",
		konan.At("申請方法", "APP-079", "PIN-022")),
	"applicant_needs_representative": no(
		"15歳未満の方・成年被後見人の申請には法定代理人の記入が必要です。", "For applicants under 15 and adult wards a statutory representative has to be entered.",
		"申請書の法定代理人欄を記入してください。", "Fill in the representative's part of the form.",
		mhlwLeaflet.At("交付申請書 代理人欄", "APP-050", "ELIG-004")),

	// The photo.
	"photo_unreadable": no(
		"顔写真のファイルを読めません(JPEG形式ではないか、壊れています)。", "The photo file cannot be read: it is not a JPEG, or it is damaged.",
		"JPEG形式の顔写真を選び直してください。", "Choose a JPEG photo.", jlisPhoto.At("顔写真の規格", "APP-041")),
	"photo_file_size": no(
		"顔写真のファイルの大きさ(%d KB)が範囲(%d KB〜%d MB)にありません。", "The photo file has %d KB; it must have between %d KB and %d MB.",
		"範囲に入る顔写真を選び直してください。", "Choose a photo file of that size.", jlisPhoto.At("顔写真の規格", "APP-041")),
	"photo_pixels": no(
		"顔写真の画素数(%d×%d)が範囲(各辺%d〜%d)にありません。", "The photo has %d×%d pixels; each side must have between %d and %d.",
		"撮り直すか、元の大きさの写真を選んでください。", "Take it again, or choose the photo in its original size.", jlisPhoto.At("顔写真の規格", "APP-041")),
	"photo_sideways": no(
		"顔写真が横向きに保存されています。", "The photo lies on its side.",
		"縦向きに直して保存し、選び直してください。", "Turn it upright, save it and choose it again.", mhlwLeaflet.At("申請写真のチェックポイント", "APP-042")),
	"photo_ratio": no(
		"顔写真の縦横比が縦45:横35になっていません。", "The photo is not 45 high to 35 wide.",
		"縦4.5cm×横3.5cmの比に切り抜いてください。", "Crop it to 4.5 cm × 3.5 cm.", mhlwLeaflet.At("申請写真のチェックポイント", "APP-041")),
	"photo_too_old": no(
		"顔写真の撮影日(%s)が申請前6か月以内ではありません。", "The photo was taken on %s, more than six months before the application.",
		"6か月以内に撮影した写真を使ってください。", "Use a photo taken within the last six months.", jlisPhoto.At("顔写真の規格", "APP-041")),

	// Acts out of order: the application.
	"papers_not_sent": no(
		"申請書はまだ受付窓口にあり、本籍地市区町村に送られていません。", "The papers are still at the accepting office.",
		"受付窓口が本籍地市区町村に送付してから行ってください。", "Wait until the accepting office has sent them.", awara.At("日本国外での利用について", "ABR-021", "ST-001")),
	"papers_not_at_honseki": no(
		"申請書が本籍地市区町村に届いていません。審査できるのは本籍地市区町村だけです。", "The papers have not reached the honseki municipality, which alone examines them.",
		"届いてから、本籍地市区町村が行ってください。", "Wait until they have arrived there.", awara.At("日本国外での利用について", "ABR-021")),
	"nothing_asked_back": no(
		"この申請には照会中の不備がありません。", "Nothing is being asked about this application.",
		"申請状況のページで今の状態を確かめてください。", "See the status page for where it stands.", konan.At("申請方法", "APP-076", "ST-002")),
	"defect_open": no(
		"照会した不備への回答がまだありません。", "The applicant has not answered yet what was asked.",
		"回答を待つか、もう一度照会してください。", "Wait for the answer or ask again.", konan.At("申請方法", "APP-076", "ST-002")),
	"not_accepted": no(
		"本籍地市区町村がまだ受理していないため、カードを作れません。", "The honseki municipality has not accepted the application, so no card can be made.",
		"本籍地市区町村の受理を待ってください。", "Wait for its acceptance.", awara.At("日本国外での利用について", "ABR-021", "ST-001", "APP-016")),
	"already_accepted": no(
		"この申請は受理済みで、機構に送られています。", "The application has been accepted and is with the issuer.",
		"内容の変更は本籍地市区町村への届出、取りやめは取消申出で行います。", "Report changes to the honseki municipality, or cancel the application.", konan.At("(5)", "ABR-030", "ABR-038")),
	"card_not_arrived": no(
		"カードがまだ受取窓口に届いていません。", "The card has not arrived at the pickup office.",
		"到着のお知らせメールをお待ちください。", "Wait for the mail that says it is ready.", konan.At("(2)交付通知メール", "ABR-025", "ST-004")),
	"card_handed_over": no(
		"カードは交付済みです。", "The card has been handed over.",
		"カードについての手続きをしてください。", "Use the procedures for a card.", konan.At("(5)", "ST-005")),
	"application_rejected": no(
		"この申請は不受理になっています。", "The application was rejected.",
		"理由を解消してから、新しく申請してください。", "Apply anew when the reason no longer holds.", konan.At("対象者", "ST-003")),
	"application_cancelled": no(
		"この申請は取り消されています。", "The application was cancelled.",
		"新しく申請してください。", "Apply anew.", konan.At("(5)", "ABR-038", "ST-003")),
	"not_identified": no(
		"戸籍の附票による本人の特定がまだ済んでいません。", "The person has not been identified by the supplementary family register yet.",
		"戸籍の附票で本人を特定してから受理してください。", "Identify the person first, then accept.", awara.At("日本国外での利用について", "ABR-021", "ABR-022")),

	// Acts out of order: the card and its certificates.
	"card_not_produced": no(
		"カードの製造が終わっていません。", "The card has not been made yet.", "製造が終わってから行ってください。", "Wait until it is made.", awara.At("マイナンバーカードを取得するには", "APP-016", "ST-004")),
	"card_not_dispatched": no(
		"カードは機構から発送されていません。", "The issuer has not sent the card.", "発送を待ってください。", "Wait for its dispatch.", awara.At("マイナンバーカードを取得するには", "ST-004")),
	"card_not_handed_over": no(
		"このカードはまだ交付されていません。", "This card has not been handed over to anybody.", "交付の後に行う手続きです。", "This comes after the hand-over.", konan.At("(3)", "ST-005")),
	"card_pending_departure": no(
		"このカードは国外転出の届出により保留中です。", "This card is pending until the planned departure.", "国外転出予定日を過ぎてから行ってください。", "Wait until the planned departure day.", awara.At("日本国外での利用について", "ABR-009", "ST-010")),
	"card_out_of_function": no(
		"新しいカードの交付準備により、このカードは使えなくなっています。", "This card is out of function because its successor is under way.", "新しいカードをお受け取りください。", "Collect the new card.", konan.At("4.", "EXP-071", "ST-011")),
	"card_suspended": no(
		"このカードは一時停止中です。", "This card is suspended.", "見つかった場合は一時停止の解除を、見つからない場合は紛失・廃止届をしてください。", "If you have found it have the suspension lifted; otherwise report the loss.", konan.At("紛失時の連絡先", "LOSS-004", "LOSS-021", "ST-007")),
	"card_not_suspended": no(
		"このカードは一時停止されていません。", "This card is not suspended.", "解除の手続きは不要です。", "Nothing has to be lifted.", konan.At("見つかった場合", "LOSS-021", "ST-007")),
	"card_not_pending": no(
		"このカードは国外転出の保留中ではありません。", "This card is not pending a departure.", "継続利用の手続きは転出の前日までです。", "Continuing use is done by the day before departure.", konan.At("注意事項", "ABR-003", "ST-010")),
	"card_still_valid": no(
		"有効なカードは回収できません。", "A valid card is not collected.", "返納する場合は返納届をしてください。", "To give it up, file a return.", konan.At("(3)", "PICK-077", "ST-014")),
	"card_expired":   no("このカードは有効期間が満了しています。", "This card has expired.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("カード本体", "EXP-012", "CHG-034", "ST-012")),
	"card_lapsed":    no("このカードは失効しています。失効したカードは元に戻せません。", "This card has lapsed and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("有効期限前のカード失効", "LOSS-031", "CHG-034", "ST-012")),
	"card_abolished": no("このカードは廃止されています。廃止したカードは元に戻せません。", "This card was abolished and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("有効期限前のカード失効", "LOSS-031", "LOSS-022", "ST-012")),
	"card_returned":  no("このカードは返納されています。返納したカードは元に戻せません。", "This card was returned and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", mhlwLeaflet.At("以前に返納して還付された…", "ELIG-016", "LOSS-031", "CARD-035", "ST-012")),
	"card_destroyed": no("このカードは交付されないまま廃棄されました。", "This card was destroyed without having been collected.", "新しく申請してください。", "Apply anew.", niigata.At("マイナンバーカードの受取", "PICK-005", "ST-006")),

	"certificate_not_issued":      no("電子証明書はまだ発行されていません。", "The certificate has not been issued.", "発行の後に行う手続きです。", "This comes after its issue.", jpkiAct.At("第3条・第22条", "ST-020")),
	"certificate_not_handed_over": no("電子証明書の入ったカードがまだ交付されていません。", "The card with the certificate has not been handed over.", "交付の後に行う手続きです。", "This comes after the hand-over.", jpkiAct.At("第3条・第22条", "ST-020")),
	"certificate_revoked":         no("この電子証明書は失効しています。", "This certificate is revoked.", "新しい電子証明書の発行を申請してください。", "Apply for a new certificate.", jpkiAct.At("第3条・第22条", "ST-021")),
	"certificate_expired":         no("この電子証明書は有効期間が満了しています。", "This certificate has expired.", "新しい電子証明書の発行を申請してください。", "Apply for a new certificate.", jpkiAct.At("第3条・第22条", "ST-021", "EXP-003")),

	// Pickup.
	"not_the_pickup_office": no(
		"カードの受取場所は %s です。ここではお渡しできません。", "The card is to be collected at %s; it cannot be handed over here.",
		"受取場所にお越しください。変更したいときは、交付前に受取場所変更申出書を出してください。", "Go to that office, or file a change of pickup place before the card is handed over.",
		konan.At("(3)指定した受取場所で受け取る", "PICK-070", "ABR-037")),
	"proxy_never": no(
		"国外転出者向けマイナンバーカードは代理人に交付できません。", "An overseas card is never handed over to a proxy.",
		"本人がお越しください(15歳未満の方・成年被後見人は法定代理人と一緒に)。", "The applicant has to come in person (under-15s and adult wards together with their statutory representative).",
		konan.At("(3)指定した受取場所で受け取る", "PICK-073", "ABR-026", "CON-009")),
	"representative_missing": no(
		"15歳未満の方・成年被後見人は、法定代理人と一緒にお越しください。", "Applicants under 15 and adult wards come together with their statutory representative.",
		"法定代理人と一緒にもう一度お越しください。", "Come again with the representative.", konan.At("(3)指定した受取場所で受け取る", "PICK-073", "PICK-014")),
	"passport_missing": no(
		"有効な旅券の提示が必要です。", "A valid passport has to be shown.", "旅券をお持ちのうえ、もう一度お越しください。", "Come again with your passport.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "PICK-072")),
	"passport_expired": no(
		"%s の有効期間が %s に満了しています。", "The %s expired on %s.",
		"有効な旅券をお持ちのうえ、もう一度お越しください。カードは受取期限まで保管します。", "Come again with a valid passport. The card is kept until the pickup deadline.", mhlwLeaflet.At("受け取りに必要な本人確認書類", "PICK-074", "PICK-071")),
	"passport_differs": no(
		"旅券の氏名または生年月日が戸籍と一致しません。", "The name or date of birth in the passport differs from the family register.",
		"旅券の記載事項を戸籍に合わせて変更するか、戸籍の記載を本籍地に確かめてから、もう一度お越しください。", "Have the passport brought into line with the family register, or ask the honseki municipality, and come again.", mhlwLeaflet.At("受け取りに必要な本人確認書類(※)", "PICK-074")),
	"second_paper_missing": no(
		"市区町村で受け取るときは、旅券のほかにもう1点の本人確認書類が必要です。", "At a municipality one more identity document besides the passport is needed.",
		"運転免許証、資格確認書、年金手帳などをお持ちください。", "Bring a driving licence, eligibility certificate, pension handbook or the like.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "CON-011")),
	"second_paper_expired": no(
		"%s の有効期間が %s に満了しています。", "The %s expired on %s.",
		"有効な本人確認書類をお持ちください。", "Bring one that is valid.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "PICK-034")),
	"identity_not_checked": no(
		"本日の本人確認がまだ済んでいません。", "Identity has not been checked today.", "旅券などを確認してから行ってください。", "Check the passport and papers first.", konan.At("(3)指定した受取場所で受け取る", "PICK-012", "PICK-074")),
	"pins_not_set": no(
		"暗証番号がまだ設定されていません(%s)。", "These PINs have not been set: %s.", "本人に暗証番号を設定していただいてから交付してください。", "Have the holder set them before handing over.", niigata.At("暗証番号の設定", "PIN-020", "PICK-015")),
	"fee_unpaid": no(
		"手数料 %d 円が納付されていません。", "The fee of %d yen has not been paid.", "納付を確認してから行ってください。", "Confirm the payment first.", konan.At("手数料の納付方法", "FEE-017", "FEE-018")),
	"receipt_unsigned": no(
		"個人番号カード受領書への署名がありません。", "The card receipt has not been signed.", "受領書に署名をいただいてから交付してください。", "Have the receipt signed first.", blog.At("マイナンバーカード受け取り", "PICK-076", "FORM-020")),
	"no_sealed_form": no(
		"封入された暗証番号設定依頼書がありません(提出されていないか、開封済みです)。", "There is no sealed PIN form: none was handed in, or it has been opened.",
		"本人に窓口で入力していただいてください。", "Have the holder type the PINs at the window.", mhlwLeaflet.At("暗証番号設定依頼書", "PIN-022", "APP-078")),
	"sealed_form_needs_holder": no(
		"暗証番号設定依頼書は、本人の前でだけ開封できます。", "The sealed PIN form is opened only in the applicant's presence.",
		"本人が来庁したときに開封してください。", "Open it when the applicant is here.", mhlwLeaflet.At("暗証番号設定依頼書", "PIN-022", "APP-079", "PIN-007")),
	"pins_already_set": no(
		"暗証番号は設定済みです。", "The PINs have been set.", "変更・再設定は交付後の手続きで行います。", "Change or reset them after the hand-over.", niigata.At("暗証番号の設定", "PIN-020", "ST-030")),
	"card_not_dispatchable_unpaid": no(
		"在外公館で受け取るカードは、手数料 %d 円の納付を確認してから発送します。", "A card collected at a mission is sent only after the fee of %d yen has been paid.",
		"納付を確認してから発送してください。", "Confirm the payment, then dispatch.", konan.At("手数料の納付方法 2", "FEE-018")),

	// Reservations.
	"slot_full":         no("その時間は満員です。", "That time is fully booked.", "別の時間を選んでください。", "Choose another time.", niigata.At("予約センターでの受取予約", "PICK-007")),
	"slot_closed":       no("その日時は受け付けていません。", "The office does not take reservations for that time.", "開庁日の予約枠から選んでください。", "Choose one of the times offered.", niigata.At("受取窓口の種類", "PICK-007", "CON-017")),
	"slot_out_of_range": no("予約できるのは %s から %s までです。", "Reservations can be made from %s to %s.", "範囲内の日を選んでください。", "Choose a day within that range.", niigata.At("予約センターでの受取予約", "PICK-008")),
	"past_deadline":     no("受取期限(%s)を過ぎる日は予約できません。", "The pickup deadline is %s; later days cannot be booked.", "期限までの日を選ぶか、受取窓口に相談してください。", "Choose a day up to the deadline, or ask the pickup office.", mhlwLeaflet.At("受取②", "PICK-075")),

	// Suspension.
	"caller_not_holder": no(
		"カードの一時停止は本人からの電話で行います。", "A card is suspended when its holder calls.", "本人が24時間の窓口(国内 0120-95-0178、国外から +81-3-6734-0170)に電話してください。", "The holder calls the 24-hour line (in Japan 0120-95-0178, from abroad +81-3-6734-0170).", singapore.At("紛失", "LOSS-001", "LOSS-002", "LOSS-003")),
	"link_used": no(
		"このリンクは使用済みか、期限が切れています。", "This link has been used or has expired.", "申請状況のページで今の状態を確かめるか、窓口に連絡してください。", "See the status page, or contact the office.", konan.At("申請方法", "APP-076")),
}
