package rules

import "mynumber/internal/law"

// The tables behind the services that use card, certificates or number: on which days what works, from which age, for
// whom.

// Carrier is where certificates can live.
type Carrier string

const (
	OnCard    Carrier = "card"
	OnJuki    Carrier = "juki_card" // 住民基本台帳カード
	OnAndroid Carrier = "android"
	OnIPhone  Carrier = "iphone"
)

var carrierNames = map[Carrier]string{OnCard: "マイナンバーカード", OnJuki: "住民基本台帳カード(発行済みのもの)", OnAndroid: "Androidのスマートフォン", OnIPhone: "iPhone"}

// androidDay and iPhoneDay are the first days of certificates on phones.
var (
	androidDay = day(2023, 5, 11)
	iPhoneDay  = day(2025, 6, 24)
)

// Carriers: the card is the only carrier of its own right; what is on a phone is derived from the card's signature
// certificate (CON-030). The last certificates of the cards before it ended with 2018.
var Carriers = law.Table[[]Carrier]{
	{From: cards, To: day(2019, 1, 1), Cite: awara.At("住民基本台帳カードとの関係", "CERT-002", "DATE-006", "DATE-008"), Rule: []Carrier{OnCard, OnJuki}},
	{From: day(2019, 1, 1), To: androidDay, Cite: awara.At("電子証明書のなりたち", "CERT-002", "CON-030"), Rule: []Carrier{OnCard}},
	{From: androidDay, To: iPhoneDay, Cite: mhlwLeaflet.At("(4)", "SPC-001", "DATE-011", "CON-030"), Rule: []Carrier{OnCard, OnAndroid}},
	{From: iPhoneDay, Checked: checked, Cite: digital.At("iPhone", "SPC-001", "CON-030"), Rule: []Carrier{OnCard, OnAndroid, OnIPhone}},
}

// OldInsurance is until when a health insurance card of the old kind can be used.
type OldInsurance struct {
	LastDay      Day // at most; zero: as long as the card itself says
	CheckedUntil Day // after its last day, as long as the online check finds the insurance
}

// OldInsuranceCards: none is issued from 2024-12-02 on, and those of that day are good for a year at most (HIC-001, CON-003);
// with a successful online check they were taken for four months more (supplement 0.5).
var OldInsuranceCards = law.Table[OldInsurance]{
	{From: cards, To: photoless, Cite: mhlwLeaflet.At("(1)", "HIC-001"), Rule: OldInsurance{}},
	{From: photoless, Checked: checked, Cite: mhlwGrace.At("経過措置", "HIC-001", "HIC-002", "CON-003", "DATE-019", "DATE-020"), Rule: OldInsurance{LastDay: day(2025, 12, 1), CheckedUntil: day(2026, 3, 31)}},
}

// InsuranceGrace is for how many months after the month in which the user authentication certificate expired the
// insurance can still be checked by the card, without medical data (HIC-034, supplement 0.16).
var InsuranceGrace = law.Table[int]{
	{From: cards, Checked: checked, Cite: kyokai.At("有効期限が切れたとき", "HIC-034", "EXP-012"), Rule: 3},
}

// Checkups are the ages to which consent to health-check results applies (HIC-012).
type Checkups struct{ From, ElderlyFrom int }

// CheckupAges is that rule by day.
var CheckupAges = law.Table[Checkups]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("資料1", "HIC-012"), Rule: Checkups{From: 40, ElderlyFrom: 75}},
}

// KioskProduct is what a kiosk hands out.
type KioskProduct string

const (
	ResidentRecordCopy KioskProduct = "resident_record"
	SealCertificate    KioskProduct = "seal_certificate"
	TaxCertificate     KioskProduct = "tax_certificate"
	FamilyRegister     KioskProduct = "family_register"
	RegisterForFamily  KioskProduct = "family_register_registration" // 本籍地証明書交付サービスの利用登録申請
)

// KioskProducts are the products in words.
var KioskProducts = map[KioskProduct]law.Text{
	ResidentRecordCopy: words("住民票の写し・記載事項証明書", "resident record copy", "住民票(じゅうみんひょう)"),
	SealCertificate:    words("印鑑登録証明書", "seal registration certificate", "印鑑証明(いんかんしょうめい)"),
	TaxCertificate:     words("所得・課税証明書", "income and tax certificate", "税金(ぜいきん)の 証明書(しょうめいしょ)"),
	FamilyRegister:     words("戸籍証明書・戸籍の附票の写し", "family register certificate", "戸籍(こせき)の 証明書(しょうめいしょ)"),
	RegisterForFamily:  words("戸籍証明書の利用登録申請", "registration for family register certificates", "戸籍(こせき)の 証明書(しょうめいしょ)を もらう ための 登録(とうろく)"),
}

// KioskRule is when and for whom kiosks work.
type KioskRule struct {
	FromAge        int
	Opens, Closes  string // every day, Japan time
	Shut           [2]MonthDay
	AbroadProducts []KioskProduct // for holders of an overseas card
	DelayDays      int            // after a renewal, at most
}

// MonthDay is a day of every year.
type MonthDay struct{ Month, Day int }

var turnOfYear = [2]MonthDay{{12, 29}, {1, 3}}

// Kiosks: from 06:30 to 23:00 except at the turn of the year; not for under-15s; holders abroad get family register
// certificates only, for they have no resident record (CVS-003, supplement section 11).
var Kiosks = law.Table[KioskRule]{
	{From: cards, To: overseas, Cite: niigata.At("コンビニ交付サービス", "CVS-001", "CERT-042"), Rule: KioskRule{FromAge: 15, Opens: "06:30", Closes: "23:00", Shut: turnOfYear, DelayDays: 1}},
	{From: overseas, Checked: checked, Cite: niigata.At("コンビニ交付サービス", "CVS-001", "CVS-003", "CERT-042"), Rule: KioskRule{FromAge: 15, Opens: "06:30", Closes: "23:00", Shut: turnOfYear, DelayDays: 1,
		AbroadProducts: []KioskProduct{FamilyRegister, RegisterForFamily}}},
}

// Requester is who asks for the card or the number.
type Requester string

const (
	PublicBody      Requester = "public_body"
	Employer        Requester = "employer"
	FinancialFirm   Requester = "financial_institution"
	OtherRequester  Requester = "other"
	SomebodyUnknown Requester = "caller_or_mail" // a voice on the telephone, a mail
)

// Requesters are they in words.
var Requesters = map[Requester]law.Text{
	PublicBody:      words("行政機関・市区町村など", "a public body", "役所(やくしょ)"),
	Employer:        words("勤務先", "the employer", "会社(かいしゃ)"),
	FinancialFirm:   words("金融機関", "a financial institution", "銀行(ぎんこう)"),
	OtherRequester:  words("その他の事業者・個人", "another business or person", "ほかの 店(みせ)や 人(ひと)"),
	SomebodyUnknown: words("電話やメールの相手", "somebody on the telephone or by e-mail", "電話(でんわ)や メールの 人(ひと)"),
}

// Purpose is what the number is wanted for.
type Purpose string

const (
	SocialSecurity Purpose = "social_security"
	Taxation       Purpose = "tax"
	DisasterRelief Purpose = "disaster_response"
	OtherPurpose   Purpose = "other"
)

// Purposes are they in words.
var Purposes = map[Purpose]law.Text{
	SocialSecurity: words("社会保障(年金・医療・福祉・雇用)", "social security", "年金(ねんきん)・医療(いりょう)・福祉(ふくし)"),
	Taxation:       words("税", "tax", "税金(ぜいきん)"),
	DisasterRelief: words("災害対策", "disaster response", "災害(さいがい)"),
	OtherPurpose:   words("その他(会員登録・本人確認など)", "anything else, such as membership or proof of identity", "ほかの こと"),
}

// NumberUses: who may ask for the Individual Number and for what; what is not listed is not lawful (NUM-006, NUM-008, NUM-009).
var NumberUses = law.Table[map[Requester][]Purpose]{
	{From: cards, Checked: checked, Cite: numberAct.At("第9条", "NUM-005", "NUM-006", "NUM-008", "NUM-009", "DATE-007", "SEC-001"), Rule: map[Requester][]Purpose{
		PublicBody:    {SocialSecurity, Taxation, DisasterRelief},
		Employer:      {SocialSecurity, Taxation},
		FinancialFirm: {SocialSecurity, Taxation},
	}},
}

// NotificationCardProof: whether a Notification Card proves the number only while it equals the resident record. It was
// abolished on 2020-05-25, and has not been updated since (NUM-019).
var NotificationCardProof = law.Table[bool]{
	{From: cards, To: day(2020, 5, 25), Cite: awara.At("通知カード", "NUM-017", "DATE-005"), Rule: false},
	{From: day(2020, 5, 25), Checked: checked, Cite: awara.At("通知カード", "NUM-019", "NUM-020", "DATE-009", "NTF-001"), Rule: true},
}

// ChipCheck is what reading the chip shows.
type ChipCheck string

const (
	ChipMatches ChipCheck = "matches"
	ChipDiffers ChipCheck = "differs"
	ChipSilent  ChipCheck = "no_chip_or_unreadable"
	ChipNotRead ChipCheck = "not_read"
)

// ChipChecks are they in words.
var ChipChecks = map[ChipCheck]law.Text{
	ChipMatches: words("券面と一致した", "it equals the card's face", "同(おな)じだった"),
	ChipDiffers: words("券面と違っていた", "it differs from the card's face", "ちがって いた"),
	ChipSilent:  words("チップがない、読み取れない", "there is no chip, or it cannot be read", "チップが ない・読(よ)めない"),
	ChipNotRead: words("読み取っていない", "it was not read", "読(よ)んで いない"),
}

// LicenceForm is in which form a driving licence is held (DRV-001).
type LicenceForm string

const (
	LicenceOnly LicenceForm = "licence_only"
	OnMyNumber  LicenceForm = "my_number_licence_only"
	BothForms   LicenceForm = "both"
)

// LicenceForms are they in words.
var LicenceForms = map[LicenceForm]law.Text{
	LicenceOnly: words("運転免許証だけ", "the licence only", "免許証(めんきょしょう)だけ"),
	OnMyNumber:  words("マイナ免許証だけ", "on the card only", "マイナ免許証(めんきょしょう)だけ"),
	BothForms:   words("運転免許証とマイナ免許証の2枚", "both", "2つとも"),
}

// LicenceCosts are what the police ask for a licence in its forms.
type LicenceCosts struct {
	Renewal            map[LicenceForm]Yen
	BothOutsideRenewal Yen
	OnlineLecture      Yen
}

// LicenceFees are known from one person's account only (DRV-002, DRV-003).
var LicenceFees = law.Table[LicenceCosts]{
	{From: licenceDay, Checked: checked, Cite: blog.At("表", "DRV-002", "DRV-003"), Rule: LicenceCosts{
		Renewal: map[LicenceForm]Yen{LicenceOnly: 2850, OnMyNumber: 2100, BothForms: 2950}, BothOutsideRenewal: 1500, OnlineLecture: 200}},
}

// licenceDay is the first day of licences on cards (supplement section 12).
var licenceDay = day(2025, 3, 24)

// BanksRegisterAccounts: whether an account for public money can be registered at a financial institution (PMA-004: from
// about the end of fiscal 2024).
var BanksRegisterAccounts = law.Table[bool]{
	{From: cards, To: day(2025, 4, 1), Cite: mhlwLeaflet.At("(3) ※2", "PMA-003"), Rule: false},
	{From: day(2025, 4, 1), Checked: checked, Cite: mhlwLeaflet.At("(3) ※2", "PMA-004", "DATE-021"), Rule: true},
}

// PointsOver: whether the second points campaign has closed, so that mails about it are fraud (SEC-022).
var PointsOver = law.Table[bool]{
	{From: cards, To: day(2023, 10, 1), Cite: niigata.At("マイナポイントは終了しています", "SEC-022"), Rule: false},
	{From: day(2023, 10, 1), Checked: checked, Cite: niigata.At("マイナポイントは終了しています", "SEC-022", "DATE-013"), Rule: true},
}
