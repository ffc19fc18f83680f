package rules

import "mynumber/internal/law"

// OverseasScheme: whether a person living abroad can have a card at all.
var OverseasScheme = law.Table[bool]{
	{From: cards, To: overseas, Cite: mhlwLeaflet.At("国外利用が始まりました", "ELIG-015", "ELIG-016"), Rule: false},
	{From: overseas, Checked: checked, Cite: mhlwLeaflet.At("国外利用が始まりました", "ELIG-015", "DATE-016"), Rule: true},
}

// OverseasEligibility is who may have a new overseas card (国外転出者向けマイナンバーカード).
type OverseasEligibility struct {
	// RegisteredSince: the last day in a resident record must be this day or later (CON-023).
	RegisteredSince Day
}

// OverseasApplicants: Japanese nationals in a supplementary family register, with a number, who live
// abroad and were residents on or after 2015-10-05.
var OverseasApplicants = law.Table[OverseasEligibility]{
	{From: overseas, Checked: checked, Cite: konan.At("対象者", "ELIG-010", "ELIG-014", "DATE-004", "CON-023"),
		Rule: OverseasEligibility{RegisteredSince: day(2015, 10, 5)}},
}

// OfficeKind is which office, seen from the case, an act is done at.
type OfficeKind string

const (
	Residence         OfficeKind = "residence_municipality" // 住所地市区町村
	Honseki           OfficeKind = "honseki"                // 本籍地市区町村
	OtherMunicipality OfficeKind = "other_municipality"     // another municipality in Japan
	Mission           OfficeKind = "mission"                // 在外公館 in the country of residence
	CallCentre        OfficeKind = "call_centre"            // コールセンター, round the clock for a stop
	ApplicationCentre OfficeKind = "application_centre"     // 個人番号カード交付申請書受付センター of the issuer
	Mynaportal        OfficeKind = "mynaportal"             // マイナポータル, web or app
	Kiosk             OfficeKind = "kiosk"                  // キオスク端末 in a convenience store
	PostOffice        OfficeKind = "post_office"            // 郵便局 or its delivery person
	Medical           OfficeKind = "medical_institution"    // 医療機関・薬局, with its face-authentication card reader
	BankATM           OfficeKind = "atm"                    // セブン銀行ATM
	Bank              OfficeKind = "bank"                   // 金融機関
	Insurer           OfficeKind = "insurer"                // 保険者
	Police            OfficeKind = "police"                 // 警察署・運転免許センター
	RelyingParty      OfficeKind = "relying_party"          // whoever asks for the card, a signature or the number: 窓口・事業者
	OwnComputer       OfficeKind = "own_computer"           // JPKI利用者ソフト on a computer with a reader
)

// Channel is how something reaches an office.
type Channel string

const (
	Visit      Channel = "visit"
	Post       Channel = "post"
	Online     Channel = "online"
	PhotoBooth Channel = "photo_booth"
	Express    Channel = "express"
	Telephone  Channel = "telephone"
	Email      Channel = "e_mail"
	Outreach   Channel = "outreach" // 出張: staff come to where the people are
)

// SignatureIssue is who gets a signature certificate with a card that did not decline it.
type SignatureIssue struct {
	FromAge      int  // in full years on the day of issue; below it, and for adult wards, in principle none
	FaceAuthCard bool // also on a face-authentication card
}

// SignatureCertificates: in principle none for under-15s and adult wards, and none on a face-authentication card.
var SignatureCertificates = law.Table[SignatureIssue]{
	{From: cards, Checked: checked, Cite: niigata.At("暗証番号の設定", "ELIG-020", "CERT-011", "CARD-027"), Rule: SignatureIssue{FromAge: 15}},
}

// StatutoryRepresentativeUnder: below this age a statutory representative acts for or with the applicant
// (ELIG-004, APP-050, PICK-073).
var StatutoryRepresentativeUnder = law.Table[int]{
	{From: cards, Checked: checked, Cite: niigata.At("マイナンバーカードの受取", "ELIG-004", "APP-050"), Rule: 15},
}
