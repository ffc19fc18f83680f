package rules

import "mynumber/internal/law"

// Paper is a document that is shown, filled in or handed in: identity documents (本人確認書類), forms (様式) and evidence.
type Paper string

// Identity documents (PICK-032, PICK-033, PICK-071).
const (
	Passport              Paper = "passport"
	MyNumberCard          Paper = "card"
	DrivingLicence        Paper = "driving_licence"
	DrivingRecord         Paper = "driving_record_certificate"
	DisabilityCertificate Paper = "disability_certificate"
	RehabilitationCert    Paper = "rehabilitation_certificate"
	ResidenceCard         Paper = "residence_card"
	SpecialPermanentCert  Paper = "special_permanent_resident_certificate"
	RefugePermit          Paper = "landing_or_stay_permit"
	HealthInsuranceCard   Paper = "health_insurance_card"
	EligibilityCert       Paper = "eligibility_certificate"
	MedicalRecipientCert  Paper = "medical_recipient_certificate"
	PensionHandbook       Paper = "pension_handbook"
	PensionCertificate    Paper = "pension_certificate"
	WelfareMedicalCert    Paper = "welfare_medical_certificate"
	CareInsuranceCert     Paper = "care_insurance_certificate"
	MotherChildHandbook   Paper = "mother_and_child_handbook"
	EmployeeCard          Paper = "employee_card"
	StudentCard           Paper = "student_card"
	PhotoCertificate      Paper = "photo_certificate"
)

// Forms and other papers, by the official title (forms.md).
const (
	FacePhoto            Paper = "face_photo"                     // APP-041
	FormApply            Paper = "application_form"               // FORM-001
	FormApplyAbroad      Paper = "overseas_application_form"      // FORM-002
	FormPINRequest       Paper = "pin_setting_request"            // FORM-003
	FormContinuingUse    Paper = "continuing_use_application"     // FORM-004
	MandateMoveOut       Paper = "mandate_move_out"               // FORM-005
	MandateCertificates  Paper = "mandate_certificates"           // FORM-006
	ReplyForm            Paper = "reply_form"                     // FORM-007
	ReplyAndMandate      Paper = "reply_and_mandate"              // FORM-008
	FormReissue          Paper = "reissue_application"            // FORM-009
	FormLift             Paper = "lift_notice"                    // FORM-010
	FormAbolishAbroad    Paper = "abolition_report_overseas"      // FORM-011
	FormAbolish          Paper = "abolition_report"               // FORM-012
	FormChangeAbroad     Paper = "change_of_entries_overseas"     // FORM-013
	FormChange           Paper = "change_of_entries"              // FORM-014
	FormNewSignature     Paper = "new_signature_application"      // FORM-015
	FormPINReset         Paper = "pin_reset_application"          // FORM-016
	FormEmail            Paper = "email_change_form"              // FORM-017
	FormPickupPlace      Paper = "pickup_place_change_form"       // FORM-018
	FormCancel           Paper = "cancellation_form"              // FORM-019
	Receipt              Paper = "receipt"                        // FORM-020
	FormStayChange       Paper = "stay_validity_change"           // FORM-021
	FormCertRenewal      Paper = "certificate_renewal_form"       // FORM-022
	ProxyAppointment     Paper = "proxy_appointment"              // FORM-023
	NotificationCardLoss Paper = "notification_card_loss_report"  // FORM-025
	MandateSubProxy      Paper = "mandate_sub_proxy"              // FORM-026
	IssuanceNotice       Paper = "issuance_notice"                // FORM-027
	MoveInNotification   Paper = "move_in_notification"           // FORM-028
	OverseasMoveOut      Paper = "overseas_move_out_notification" // FORM-028
	LossProofAbroad      Paper = "foreign_loss_proof"             // FORM-040
	DisasterCertificate  Paper = "disaster_certificate"           // FORM-041
	GroundEvidence       Paper = "ground_evidence"                // FORM-042
	FamilyRegisterCopy   Paper = "family_register_copy"           // FORM-044
	GuardianshipCert     Paper = "guardianship_certificate"       // FORM-045
	RepresentationScope  Paper = "representation_scope"           // FORM-045
	PendingStayProof     Paper = "pending_stay_proof"             // FORM-046
	NotificationCard     Paper = "notification_card"
	NumberNotice         Paper = "individual_number_notice"
	JukiCard             Paper = "juki_card"
	OldCard              Paper = "old_card"
	DamagedCard          Paper = "damaged_card"
	RepresentativeID     Paper = "representative_photo_identity"
	ProxyPhotoID         Paper = "visitor_photo_identity"
	HolderID             Paper = "holder_identity"
	Mandate              Paper = "mandate"
	PoliceReport         Paper = "police_report"
	ResidentNotice       Paper = "resident_or_family_notification" // 住民異動届・戸籍届
	FormRevocation       Paper = "certificate_revocation_form"
	NewResidenceCard     Paper = "new_residence_card"
	NumberChangeRequest  Paper = "number_change_request"
	NumberCopy           Paper = "resident_record_with_number"
	OldInsuranceCard     Paper = "old_health_insurance_card"
	FormEligibility      Paper = "eligibility_certificate_application"
	OwnAccountData       Paper = "own_account_data"
	CodeChangeRequest    Paper = "resident_record_code_change_request"
	FormReturn           Paper = "return_notice" // 返納届 (supplement 8.4)
)

// PaperNames are all papers as the window calls them.
var PaperNames = merge(identityPapers, otherPapers, homePapers)

var identityPapers = map[Paper]law.Text{
	Passport:              {Ja: "旅券(パスポート)", En: "passport", Easy: "パスポート"},
	MyNumberCard:          {Ja: "マイナンバーカード", En: "the Individual Number Card", Easy: "マイナンバーカード"},
	DrivingLicence:        {Ja: "運転免許証", En: "driving licence", Easy: "運転免許証(うんてんめんきょしょう)"},
	DrivingRecord:         {Ja: "運転経歴証明書(2012年4月1日以後に交付されたもの)", En: "certificate of driving record, delivered on or after 1 April 2012", Easy: "運転経歴証明書(うんてんけいれきしょうめいしょ)(2012年(ねん)4月(がつ)1日(ついたち)か その あとに もらった もの)"},
	DisabilityCertificate: {Ja: "障害者手帳", En: "disability certificate", Easy: "障害者手帳(しょうがいしゃてちょう)"},
	RehabilitationCert:    {Ja: "療育手帳", En: "rehabilitation certificate", Easy: "療育手帳(りょういくてちょう)"},
	ResidenceCard:         {Ja: "在留カード", En: "residence card", Easy: "在留(ざいりゅう)カード"},
	SpecialPermanentCert:  {Ja: "特別永住者証明書", En: "special permanent resident certificate", Easy: "特別永住者証明書(とくべつえいじゅうしゃしょうめいしょ)"},
	RefugePermit:          {Ja: "一時庇護許可書・仮滞在許可書", En: "permit for temporary refuge or provisional stay", Easy: "一時庇護(いちじひご)・仮滞在(かりたいざい)の 許可書(きょかしょ)"},
	HealthInsuranceCard:   {Ja: "健康保険証", En: "health insurance card", Easy: "保険証(ほけんしょう)"},
	EligibilityCert:       {Ja: "資格確認書", En: "eligibility certificate", Easy: "資格確認書(しかくかくにんしょ)"},
	MedicalRecipientCert:  {Ja: "医療受給者証", En: "medical-care recipient certificate", Easy: "医療受給者証(いりょうじゅきゅうしゃしょう)"},
	PensionHandbook:       {Ja: "年金手帳", En: "pension handbook", Easy: "年金手帳(ねんきんてちょう)"},
	PensionCertificate:    {Ja: "年金証書", En: "pension certificate", Easy: "年金証書(ねんきんしょうしょ)"},
	WelfareMedicalCert:    {Ja: "福祉医療受給券", En: "welfare-medical certificate", Easy: "福祉医療受給券(ふくしいりょうじゅきゅうけん)"},
	CareInsuranceCert:     {Ja: "介護保険被保険者証", En: "long-term-care insurance certificate", Easy: "介護保険証(かいごほけんしょう)"},
	MotherChildHandbook:   {Ja: "母子健康手帳", En: "mother-and-child handbook", Easy: "母子手帳(ぼしてちょう)"},
	EmployeeCard:          {Ja: "社員証", En: "employee identity card", Easy: "社員証(しゃいんしょう)"},
	StudentCard:           {Ja: "学生証", En: "student identity card", Easy: "学生証(がくせいしょう)"},
	PhotoCertificate:      {Ja: "個人番号カード顔写真証明書", En: "card photo certificate (FORM-024)", Easy: "顔写真証明書(かおじゃしんしょうめいしょ)"},
}

var otherPapers = map[Paper]law.Text{
	FacePhoto:            {Ja: "顔写真(縦4.5cm×横3.5cm、6か月以内に撮影)", En: "face photo, 4.5 × 3.5 cm, taken within six months", Easy: "顔(かお)の 写真(しゃしん)(縦(たて) 4.5cm、横(よこ) 3.5cm。6か月(げつ)の 中(なか)で とった もの)"},
	FormApply:            {Ja: "個人番号カード交付申請書 兼 電子証明書発行申請書", En: "card application form (交付申請書)", Easy: "申込(もうしこ)みの 紙(かみ)「交付申請書(こうふしんせいしょ)」"},
	FormApplyAbroad:      {Ja: "【国外転出者用】個人番号カード交付申請書 兼 電子証明書発行/更新申請書", En: "overseas card application form (国外転出者用 交付申請書)", Easy: "申込(もうしこ)みの 紙(かみ)【国外転出者用(こくがいてんしゅつしゃよう)】"},
	FormPINRequest:       {Ja: "個人番号カード・電子証明書 暗証番号設定依頼書", En: "PIN setting request form (暗証番号設定依頼書)", Easy: "暗証番号(あんしょうばんごう)を 決(き)める 紙(かみ)"},
	FormContinuingUse:    {Ja: "個人番号カード国外継続利用申請書 兼 電子証明書失効申請/新規発行申請書", En: "continuing-use application (国外継続利用申請書)", Easy: "外国(がいこく)でも 使(つか)うための 紙(かみ)"},
	MandateMoveOut:       {Ja: "委任状(国外転出届の委任)", En: "letter of attorney for the move-out notification", Easy: "頼(たの)む 手紙(てがみ)「委任状(いにんじょう)・転出届(てんしゅつとどけ)」"},
	MandateCertificates:  {Ja: "委任状(電子証明書の発行の委任)", En: "letter of attorney for issuing the certificates", Easy: "頼(たの)む 手紙(てがみ)「委任状(いにんじょう)・電子証明書(でんししょうめいしょ)」"},
	ReplyForm:            {Ja: "照会回答書(住所地へ郵送されたもの)", En: "inquiry and reply form, posted to the holder", Easy: "役所(やくしょ)から 来(き)た 手紙(てがみ)の 返事(へんじ)"},
	ReplyAndMandate:      {Ja: "回答書兼委任状(有効期限通知書に同封)", En: "combined reply and mandate enclosed in the expiry notice", Easy: "返事(へんじ)と 頼(たの)む 手紙(てがみ)"},
	FormReissue:          {Ja: "個人番号カード再交付申請書 兼 電子証明書発行/更新申請書", En: "re-issue application (再交付申請書)", Easy: "もう一度(いちど) 作(つく)る 紙(かみ)"},
	FormLift:             {Ja: "個人番号カード一時停止解除届 兼 電子証明書失効申請/新規発行申請書", En: "notice lifting a suspension (一時停止解除届)", Easy: "止(と)めるのを やめる 紙(かみ)"},
	FormAbolishAbroad:    {Ja: "個人番号カード紛失・廃止届 兼 電子証明書失効申請/秘密鍵漏えい等届出書", En: "loss and abolition report, overseas card (紛失・廃止届)", Easy: "なくした ときの 紙(かみ)【国外(こくがい)】"},
	FormAbolish:          {Ja: "紛失・廃止届", En: "loss and abolition report (紛失・廃止届)", Easy: "なくした ときの 紙(かみ)"},
	FormChangeAbroad:     {Ja: "個人番号カード券面記載事項変更届 兼 電子証明書失効/新規発行申請書", En: "change of card entries, overseas card (券面記載事項変更届)", Easy: "カードの 内容(ないよう)を 変(か)える 紙(かみ)【国外(こくがい)】"},
	FormChange:           {Ja: "券面記載事項変更届", En: "change of card entries (券面記載事項変更届)", Easy: "カードの 内容(ないよう)を 変(か)える 紙(かみ)"},
	FormNewSignature:     {Ja: "署名用電子証明書新規発行申請書", En: "new signature certificate application", Easy: "署名用(しょめいよう)の 申込(もうしこ)み"},
	FormPINReset:         {Ja: "個人番号カード暗証番号変更・再設定申請書 兼 電子証明書暗証番号変更・再設定申請書", En: "PIN change and reset application", Easy: "暗証番号(あんしょうばんごう)を 変(か)える 紙(かみ)"},
	FormEmail:            {Ja: "個人番号カード 電子証明書 登録メールアドレス変更届", En: "e-mail address change form", Easy: "メールを 変(か)える 紙(かみ)"},
	FormPickupPlace:      {Ja: "個人番号カード受取場所変更申出書", En: "change of pickup place form", Easy: "受(う)け取(と)る 場所(ばしょ)を 変(か)える 紙(かみ)"},
	FormCancel:           {Ja: "個人番号カード交付・再交付申請 取消申出書 兼 電子証明書発行・更新申請 取消申出書", En: "cancellation form (取消申出書)", Easy: "申込(もうしこ)みを やめる 紙(かみ)"},
	Receipt:              {Ja: "個人番号カード受領書", En: "card receipt (受領書)", Easy: "受取(うけと)りの 紙(かみ)"},
	FormStayChange:       {Ja: "在留期間更新に伴う有効期間変更申請書 兼 電子証明書発行/更新申請書", En: "validity change after an extension of stay", Easy: "在留期間(ざいりゅうきかん)で 期限(きげん)を 変(か)える 紙(かみ)"},
	FormCertRenewal:      {Ja: "電子証明書の更新申請書", En: "certificate renewal form", Easy: "電子証明書(でんししょうめいしょ)を 新(あたら)しく する 紙(かみ)"},
	ProxyAppointment:     {Ja: "代理人選任届", En: "letter of appointment of a proxy", Easy: "代理人(だいりにん)を 決(き)める 紙(かみ)"},
	NotificationCardLoss: {Ja: "紛失届(通知カード)", En: "loss report of the Notification Card", Easy: "通知(つうち)カードを なくした 紙(かみ)"},
	MandateSubProxy:      {Ja: "委任状(復代理人)", En: "letter of attorney for a sub-proxy", Easy: "頼(たの)む 手紙(てがみ)「委任状(いにんじょう)・復代理人(ふくだいりにん)」"},
	IssuanceNotice:       {Ja: "マイナンバーカード交付通知書(はがき)", En: "issuance notice (postcard)", Easy: "カードが できた はがき"},
	MoveInNotification:   {Ja: "転入届", En: "move-in notification", Easy: "引(ひ)っ越(こ)して 来(き)た 届(とどけ)"},
	OverseasMoveOut:      {Ja: "国外転出届", En: "overseas move-out notification", Easy: "外国(がいこく)に 行(い)く 届(とどけ)"},
	LossProofAbroad:      {Ja: "紛失を証明する書類(現地の警察の証明書など)とその日本語訳", En: "foreign proof of loss, with a Japanese translation", Easy: "なくした ことの 証明(しょうめい)と 日本語訳(にほんごやく)"},
	DisasterCertificate:  {Ja: "罹災証明書", En: "disaster certificate", Easy: "罹災証明書(りさいしょうめいしょ)"},
	GroundEvidence:       {Ja: "本人が来られない理由を示す書類", En: "evidence of why the holder cannot come", Easy: "来(こ)られない 理由(りゆう)の 紙(かみ)"},
	FamilyRegisterCopy:   {Ja: "戸籍謄本など資格を証する書類", En: "family register copy or other proof of representation", Easy: "戸籍(こせき)の 紙(かみ)"},
	GuardianshipCert:     {Ja: "登記事項証明書", En: "certificate of registered matters", Easy: "後見(こうけん)の 証明書(しょうめいしょ)"},
	RepresentationScope:  {Ja: "代理権行為目録", En: "list of represented acts", Easy: "代理(だいり)できる ことの 紙(かみ)"},
	PendingStayProof:     {Ja: "在留期間更新許可申請中であることの書類(在留カード裏面のスタンプ、または受付番号のメール)", En: "proof that the extension of stay is pending: stamp on the residence card or the receipt e-mail", Easy: "在留期間(ざいりゅうきかん)を のばす 途中(とちゅう)の 証明(しょうめい)"},
	NotificationCard:     {Ja: "通知カード", En: "Notification Card", Easy: "通知(つうち)カード"},
	NumberNotice:         {Ja: "個人番号通知書", En: "Individual Number Notice", Easy: "個人番号通知書(こじんばんごうつうちしょ)"},
	JukiCard:             {Ja: "住民基本台帳カード", En: "Basic Resident Register Card", Easy: "住基(じゅうき)カード"},
	OldCard:              {Ja: "古いマイナンバーカード", En: "the old card", Easy: "古(ふる)い カード"},
	DamagedCard:          {Ja: "破損・故障したカード", En: "the damaged card", Easy: "こわれた カード"},
	RepresentativeID:     {Ja: "法定代理人の本人確認書類(官公署発行の顔写真付き)", En: "statutory representative's photo identity document issued by a public office", Easy: "親(おや)などの 写真(しゃしん)がある 証明書(しょうめいしょ)"},
	ProxyPhotoID:         {Ja: "来る人の顔写真付き本人確認書類", En: "visitor's photo identity document", Easy: "来(く)る 人(ひと)の 写真(しゃしん)がある 証明書(しょうめいしょ)"},
	HolderID:             {Ja: "名義人の本人確認書類", En: "holder's identity document", Easy: "本人(ほんにん)の 証明書(しょうめいしょ)"},
	Mandate:              {Ja: "委任状", En: "letter of attorney", Easy: "頼(たの)む 手紙(てがみ)「委任状(いにんじょう)」"},
	ResidentNotice:       {Ja: "住民異動届または戸籍届", En: "the notification of the move, or to the family register", Easy: "引(ひ)っ越(こ)しや 名前(なまえ)の 届(とどけ)"},
	FormRevocation:       {Ja: "電子証明書失効申請書", En: "application for revoking certificates", Easy: "電子証明書(でんししょうめいしょ)を やめる 紙(かみ)"},
	NewResidenceCard:     {Ja: "新しい在留カード", En: "the new residence card", Easy: "新(あたら)しい 在留(ざいりゅう)カード"},
	NumberChangeRequest:  {Ja: "個人番号指定請求書", En: "request for another Individual Number", Easy: "マイナンバーを 変(か)える 紙(かみ)"},
	NumberCopy:           {Ja: "マイナンバー入りの住民票の写しまたは住民票記載事項証明書", En: "resident record copy, or certificate of recorded matters, showing the number", Easy: "マイナンバーが 書(か)いて ある 住民票(じゅうみんひょう)"},
	OldInsuranceCard:     {Ja: "これまでの健康保険証", En: "the old health insurance card", Easy: "前(まえ)の 保険証(ほけんしょう)"},
	FormEligibility:      {Ja: "資格確認書の交付申請書", En: "application for an eligibility certificate", Easy: "資格確認書(しかくかくにんしょ)の 申込(もうしこ)み"},
	OwnAccountData:       {Ja: "本人名義の口座情報", En: "data of an account in the person's own name", Easy: "自分(じぶん)の 口座(こうざ)の 番号(ばんごう)"},
	CodeChangeRequest:    {Ja: "住民票コード変更請求書", En: "request for another resident record code", Easy: "住民票(じゅうみんひょう)コードを 変(か)える 紙(かみ)"},
	FormReturn:           {Ja: "個人番号カード返納届", En: "return notice (返納届)", Easy: "カードを 返(かえ)す 紙(かみ)"},
	PoliceReport:         {Ja: "警察への遺失届(受理番号・届出先・電話番号の控え)", En: "police loss report: its number, station and telephone number", Easy: "警察(けいさつ)に 出(だ)した 届(とどけ)の 番号(ばんごう)"},
}
