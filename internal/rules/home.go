package rules

import "mynumber/internal/law"

// The tables behind the procedures of people who live in Japan. The sheets beside say who does what where; these hold
// the ages, days, grounds and amounts they are computed from.

// photoless is the first day of photo-less cards and of express issuance, and the day on which insurance cards stopped
// (DATE-019; supplement section 9).
var photoless = day(2024, 12, 2)

// PhotoFromAge: an applicant of this age on the day of application gives a photo; a younger one gets a card without.
var PhotoFromAge = law.Table[int]{
	{From: cards, To: photoless, Cite: awara.At("オンラインで申請する", "APP-014"), Rule: 0},
	{From: photoless, Checked: checked, Cite: awara.At("申請時に1歳未満である場合", "CARD-023", "APP-043", "DATE-019"), Rule: 1},
}

// CountFrom is the day from which an express ground's days are counted.
type CountFrom string

const (
	FromEvent        CountFrom = "event"          // the day it happened or became known
	FromNotification CountFrom = "notification"   // the day it was notified
	ToFirstBirthday  CountFrom = "first_birthday" // no days: up to the day before the first birthday
)

// ExpressGround is one reason for express issuance (特急発行).
type ExpressGround struct {
	Count CountFrom
	Days  int // after that day; day 0 is the day itself
	Text  law.Text
	Cite  law.Citation
}

// ExpressGrounds is the complete list; what happened and is not in it is no ground (ELIG-024, APP-035). Renewal at
// expiry and cards of people abroad never are.
var ExpressGrounds = law.Table[map[EventKind]ExpressGround]{
	{From: photoless, Checked: checked, Cite: expressPages.At("特急発行の対象", "ELIG-024", "APP-035"), Rule: map[EventKind]ExpressGround{
		ChildBorn:         {ToFirstBirthday, 0, law.Text{Ja: "1歳未満の人(1歳の誕生日の前日まで)", En: "under 1, up to the day before the first birthday"}, awara.At("特急発行申請を利用する", "ELIG-024", "APP-036")},
		ReturnToJapan:     {FromNotification, 30, law.Text{Ja: "国外からの転入", En: "moved to Japan from abroad"}, expressPages.At("特急発行の対象", "ELIG-024")},
		CardLost:          {FromNotification, 30, law.Text{Ja: "カードの紛失", En: "the card was lost"}, awara.At("特急発行申請を利用する", "ELIG-024", "APP-040")},
		CardStolen:        {FromNotification, 30, law.Text{Ja: "カードの盗難", En: "the card was stolen"}, awara.At("特急発行申請を利用する", "ELIG-024", "APP-040")},
		FirstRegistration: {FromNotification, 30, law.Text{Ja: "中長期在留者などの新規の住民登録", En: "registered as a resident for the first time"}, expressPages.At("特急発行の対象", "ELIG-024")},
		NumberChanged:     {FromNotification, 30, law.Text{Ja: "個人番号の変更", En: "the Individual Number was changed"}, expressPages.At("特急発行の対象", "ELIG-024")},
		CodeChanged:       {FromNotification, 30, law.Text{Ja: "住民票コードの変更", En: "the resident record code was changed"}, expressPages.At("特急発行の対象", "ELIG-024")},
		CardBurnt:         {FromEvent, 30, law.Text{Ja: "カードの焼失", En: "the card was burnt"}, expressPages.At("特急発行の対象", "ELIG-024")},
		CardDamaged:       {FromEvent, 30, law.Text{Ja: "カードの破損・ICチップの故障", En: "the card is damaged or its chip has failed"}, expressPages.At("特急発行の対象", "ELIG-024")},
		Disaster:          {FromEvent, 30, law.Text{Ja: "災害によるカードの滅失・破損", En: "the card was lost or damaged in a disaster"}, expressPages.At("特急発行の対象", "ELIG-024")},
		OfficeError:       {FromEvent, 30, law.Text{Ja: "市区町村の誤りによる失効", En: "an office ended the card by mistake"}, expressPages.At("特急発行の対象", "ELIG-024")},
		EntryFieldFilled:  {FromEvent, 30, law.Text{Ja: "追記欄に余白がなく書換えができない", En: "the additional-entry field is full"}, expressPages.At("特急発行の対象", "ELIG-024", "CARD-008")},
		Released:          {FromEvent, 30, law.Text{Ja: "無戸籍の人の記載、刑事施設からの釈放などで本人確認書類を得た", En: "obtained identity documents after release or after being entered late"}, expressPages.At("特急発行の対象", "ELIG-024")},
	}},
}

// ExpressFee is the re-issue fee of express issuance (FEE-004).
var ExpressFee = law.Table[Amounts]{
	{From: photoless, Checked: checked, Cite: awara.At("手数料の種類", "FEE-004", "APP-040"), Rule: Amounts{Card: 1800, Certificate: 200}},
}

// HomePayment is when a fee is paid in Japan.
type HomePayment struct{ Ordinary, Express Payment }

// HomePayments: at the window that hands the new card over; an express card is posted, so its fee is paid when it is
// applied for (FEE-021).
var HomePayments = law.Table[HomePayment]{
	{From: cards, Checked: checked, Cite: awara.At("更新手続・再発行手続", "FEE-021"), Rule: HomePayment{Ordinary: PayAtPickup, Express: PayAtSubmission}},
}

// Uncollected is how long a card that nobody collects is kept.
type Uncollected struct {
	MonthsAfterApplication int // then it is destroyed
	MonthsAfterMailReturn  int // the same for one whose mail came back
}

// UncollectedCards: the notice names a day about three months ahead (PickupPeriodMonths); long after it the card is
// destroyed and has to be applied for again (PICK-005, supplement 5.13).
var UncollectedCards = law.Table[Uncollected]{
	{From: cards, Checked: checked, Cite: awaraKept.At("廃棄", "PICK-005"), Rule: Uncollected{MonthsAfterApplication: 12, MonthsAfterMailReturn: 6}},
}

// StayBound: for which residence statuses the card ends with the period of stay, if that is earlier (EXP-009); the
// others are treated as Japanese nationals (EXP-008).
var StayBound = law.Table[map[StayStatus]bool]{
	{From: cards, Checked: checked, Cite: awara.At("有効期限の決め方", "EXP-008", "EXP-009"), Rule: map[StayStatus]bool{
		"permanent_resident": false, "special_permanent_resident": false, "highly_skilled_professional_2": false,
		"mid_long_term_resident": true, "temporary_refuge": true, "provisional_stay": true, "transitional_stay": true,
	}},
}

// StayStatus is the kind of a foreign national's right to stay, as a situation names it.
type StayStatus string

// homeTables are the tables of these procedures as they are printed.
func homeTables() []Entry {
	return []Entry{
		entry("PhotoFromAge", "顔写真が必要な年齢", &PhotoFromAge, sayPhotoAge),
		entry("ExpressGrounds", "特急発行の対象と期限", &ExpressGrounds, sayExpress),
		entry("ExpressFee", "特急発行の再交付手数料", &ExpressFee, sayAmounts),
		entry("HomePayments", "手数料を納める時期(国内)", &HomePayments, sayHomePayments),
		entry("UncollectedCards", "受け取られないカードの保管", &UncollectedCards, sayUncollected),
		entry("ProxyGrounds", "代理人が受け取れる理由", &ProxyGrounds, sayGrounds),
		entry("StayBound", "在留期間で有効期間が決まる在留資格", &StayBound, sayStayBound),
	}
}
