package rules

import "mynumber/internal/law"

// Photo is what a face photo (顔写真) has to be.
type Photo struct {
	WidthMM, HeightMM float64 // 3.5 × 4.5 cm on paper
	RatioTolerance    float64 // of height ÷ width, relative
	MinSide, MaxSide  int     // pixels
	MinBytes          int
	MaxBytes          int
	MaxAgeMonths      int // taken at most so many months before the application
}

// OverseasPhoto: 4.5 × 3.5 cm, within the last 6 months (APP-041, APP-042; sizes of a file from
// the issuer's page on photos, supplement 8.12).
var OverseasPhoto = law.Table[Photo]{
	{From: overseas, Checked: checked, Cite: jlisPhoto.At("顔写真の規格", "APP-041", "APP-042"),
		Rule: Photo{WidthMM: 35, HeightMM: 45, RatioTolerance: 0.05, MinSide: 480, MaxSide: 6000, MinBytes: 20 << 10, MaxBytes: 7 << 20, MaxAgeMonths: 6}},
}

// Form is the limits of the overseas application form.
type Form struct {
	BrailleCells          int // braille cells; a voiced or semi-voiced kana takes two (CARD-010)
	Representatives       int
	RecentNotificationMos int // box "family-register notification within the last … months" (APP-077)
	ApplicationIDDigits   int // APP-002
}

// OverseasForm: 【国外転出者用】個人番号カード交付申請書 兼 電子証明書発行/更新申請書 (FORM-002).
var OverseasForm = law.Table[Form]{
	{From: overseas, Checked: checked, Cite: mhlwLeaflet.At("交付申請書", "APP-073", "APP-074", "APP-077", "APP-002", "CARD-010", "FORM-002"),
		Rule: Form{BrailleCells: 24, Representatives: 2, RecentNotificationMos: 3, ApplicationIDDigits: 23}},
}

// StatusFromDays: how many days after the application the status can be followed by application ID (APP-060).
var StatusFromDays = law.Table[int]{
	{From: cards, Checked: checked, Cite: jlisStatus.At("照会できる時期", "APP-060", "APP-062"), Rule: 3},
}

// CorrectionDays: how long the link in a defect inquiry works. No source names a time limit (application.md,
// Silent); an application is never dropped by it, a new link is sent.
var CorrectionDays = law.Table[int]{
	{From: overseas, Checked: checked, Cite: konan.At("申請方法", "APP-076", "ABR-024"), Rule: 30},
}

// StopLines are the numbers that stop a card around the clock (LOSS-002, LOSS-003, CON-001).
type StopLines struct{ InJapan, Abroad string }

// The two lines as they are today; sentences that name them take them from here.
const (
	lineInJapan = "0120-95-0178"
	lineAbroad  = "+81-3-6734-0170"
)

// CardStopLines by day.
var CardStopLines = law.Table[StopLines]{
	{From: cards, To: overseas, Cite: awara.At("なくしたとき", "LOSS-002"), Rule: StopLines{InJapan: lineInJapan}},
	{From: overseas, Checked: checked, Cite: konan.At("紛失時の連絡先", "LOSS-002", "LOSS-003", "CON-001", "OFF-040"),
		Rule: StopLines{InJapan: lineInJapan, Abroad: lineAbroad}},
}
