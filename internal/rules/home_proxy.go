package rules

import "mynumber/internal/law"

// The reasons for which a proxy may collect a domestic card (PICK-052). A reason that is not in the table, such as
// being busy with work, is none.
const (
	GroundIllness     ProxyGround = "illness_or_disability"
	GroundAdultWard   ProxyGround = "adult_ward"
	GroundCuratorship ProxyGround = "curatorship_or_assistance"
	GroundPupil       ProxyGround = "pupil"
	GroundStudent     ProxyGround = "high_school_student"
	GroundAged        ProxyGround = "aged_75_or_over"
	GroundInpatient   ProxyGround = "inpatient_or_in_care"
	GroundPregnant    ProxyGround = "pregnant"
	GroundAwayForWork ProxyGround = "long_absence_for_work"
	GroundAbroadStudy ProxyGround = "studying_abroad"
	GroundWithdrawn   ProxyGround = "social_withdrawal"
	BusyWithWork      ProxyGround = "busy_with_work" // named so that it can be answered
	OtherGround       ProxyGround = "other"
)

// ProxyGrounds11 is the order of the list.
var ProxyGrounds11 = []ProxyGround{GroundIllness, GroundAdultWard, GroundCuratorship, GroundPupil, GroundStudent, GroundAged,
	GroundInpatient, GroundPregnant, GroundAwayForWork, GroundAbroadStudy, GroundWithdrawn}

// ProxyGroundNames are the reasons in words.
var ProxyGroundNames = map[ProxyGround]law.Text{
	GroundIllness:     words("病気、身体の障がいその他の障がいがある", "illness or disability", "病気(びょうき)や 障(しょう)がいが ある"),
	GroundAdultWard:   words("成年被後見人である", "an adult ward", "後見人(こうけんにん)が いる"),
	GroundCuratorship: words("被保佐人・被補助人で、代理権の範囲にカードの手続きが含まれる", "under curatorship or assistance with power of representation for the card", "保佐人(ほさにん)・補助人(ほじょにん)が いて カードの ことも できる"),
	GroundPupil:       words("未就学児・小学生・中学生である", "before school age, or at primary or junior-high school", "中学生(ちゅうがくせい)までの 子(こ)ども"),
	GroundStudent:     words("高校生・高専生である", "at high school or a technical college", "高校生(こうこうせい)・高専生(こうせんせい)"),
	GroundAged:        words("75歳以上である", "aged 75 or over", "75歳(さい)から 上(うえ)"),
	GroundInpatient:   words("長期に入院している、施設に入所している、要介護・要支援の認定を受けている", "in hospital for long, in a facility, or certified as needing care", "長(なが)く 病院(びょういん)や 施設(しせつ)に いる、介護(かいご)が いる"),
	GroundPregnant:    words("妊娠している", "pregnant", "おなかに 赤(あか)ちゃんが いる"),
	GroundAwayForWork: words("長期の出張・航海など、仕事で長く不在であることが書類で分かる", "away for work for long, as a paper shows", "仕事(しごと)で 長(なが)く 遠(とお)くに いる"),
	GroundAbroadStudy: words("海外に留学している", "studying abroad", "外国(がいこく)で 勉強(べんきょう)している"),
	GroundWithdrawn:   words("長期にわたり社会的に引きこもっている", "in prolonged social withdrawal", "長(なが)い 間(あいだ) 家(いえ)から 出(で)られない"),
	BusyWithWork:      words("仕事が忙しい", "busy with work", "仕事(しごと)が いそがしい"),
	OtherGround:       words("その他", "something else", "ほかの 理由(りゆう)"),
}

// GroundRule is one reason with what it asks of the holder. A reason without papers is seen from the birth date on
// the identity documents.
type GroundRule struct {
	FromAge      int // 0: no age asked
	SchoolYearOf int // up to the end of the school year in which this age is reached; 0: none
	Ward         bool
	Evidence     []Paper // one of these
	Besides      []Paper // and all of these
	Cite         law.Citation
}

// ProxyGrounds is the list by day. An age is counted by the birthday; compulsory school ends with the school year in
// which fifteen is reached in law, which is the eve of the birthday (学校教育法第17条, 年齢計算ニ関スル法律), so that
// a child born on 1 April leaves a year earlier than one born on the 2nd.
var ProxyGrounds = law.Table[map[ProxyGround]GroundRule]{
	{From: cards, Checked: checked, Cite: niigata.At("代理交付が認められるケースと疎明資料", "PICK-052", "PICK-054", "CON-024", "FORM-042"), Rule: map[ProxyGround]GroundRule{
		GroundIllness:     {Evidence: illnessPapers, Cite: niigata.At("代理交付 1", "PICK-052")},
		GroundAdultWard:   {Ward: true, Evidence: []Paper{GuardianshipCert}, Cite: niigata.At("代理交付 2 注1", "PICK-052", "PICK-053")},
		GroundCuratorship: {Evidence: []Paper{GuardianshipCert}, Besides: []Paper{RepresentationScope}, Cite: niigata.At("代理交付 3 注2", "PICK-052", "PICK-053", "APP-051")},
		GroundPupil:       {SchoolYearOf: 15, Cite: niigata.At("代理交付 4 注3", "PICK-052", "PICK-053")},
		GroundStudent:     {Evidence: []Paper{StudentCard, EnrolmentCert}, Cite: niigata.At("代理交付 5", "PICK-052")},
		GroundAged:        {FromAge: 75, Cite: niigata.At("代理交付 6", "PICK-052")},
		GroundInpatient:   {Evidence: inpatientPapers, Cite: niigata.At("代理交付 7", "PICK-052")},
		GroundPregnant:    {Evidence: []Paper{MotherChildHandbook, PrenatalVoucher}, Cite: niigata.At("代理交付 8", "PICK-052")},
		GroundAwayForWork: {Evidence: []Paper{AbsenceProof}, Cite: niigata.At("代理交付 9", "PICK-052")},
		GroundAbroadStudy: {Evidence: []Paper{StudyAbroadProof}, Cite: niigata.At("代理交付 10", "PICK-052")},
		GroundWithdrawn:   {Evidence: []Paper{WithdrawalProof, PhotoCertificate}, Cite: niigata.At("代理交付 11", "PICK-052", "PICK-035")},
	}},
}

var (
	illnessPapers   = []Paper{MedicalCertificate, ChildAllowanceCert, WelfareServiceCert, SelfSupportCert, DisabilityCertificate, RehabilitationCert, PhotoCertificate}
	inpatientPapers = []Paper{MedicalCertificate, ChildAllowanceCert, WelfareServiceCert, SelfSupportCert, DisabilityCertificate, RehabilitationCert, PhotoCertificate,
		HospitalPlan, HospitalReceipt, FacilityProof, CareInsuranceCert, CareCertification}
)

// Identity documents of a domestic window: group A has a photo, group B has none or is no public paper (PICK-032,
// PICK-033; the eligibility certificate in B by supplement section 6, CON-029). The lists are examples; a photo-less
// card is in neither (CARD-024, CON-022).
var (
	groupA = []Paper{MyNumberCard, DrivingLicence, DrivingRecord, Passport, DisabilityCertificate, RehabilitationCert, ResidenceCard, SpecialPermanentCert, RefugePermit}
	groupB = []Paper{HealthInsuranceCard, EligibilityCert, MedicalRecipientCert, PensionHandbook, CareInsuranceCert, MotherChildHandbook, EmployeeCard, StudentCard, PhotoCertificate}
	photoB = []Paper{EmployeeCard, StudentCard, PhotoCertificate}
)

// identity is the holder's own: one of A, or two of B.
func identity(cite law.Citation) Need {
	return Need{Code: "identity", Any: []Pick{{{1, groupA}}, {{2, groupB}}}, Cite: cite}
}

// identityByProxy is the holder's when a proxy comes: two of A, one of each, or three of B with a photo on one.
func identityByProxy(cite law.Citation) Need {
	return Need{Code: "identity_by_proxy", Whose: Holder, Any: []Pick{{{2, groupA}}, {{1, groupA}, {1, groupB}}, {{1, photoB}, {3, groupB}}}, Cite: cite}
}

// identityOfProxy is the proxy's own: two of A, or one of each.
func identityOfProxy(cite law.Citation) Need {
	return Need{Code: "identity_of_proxy", Whose: VoluntaryProxy, Any: []Pick{{{2, groupA}}, {{1, groupA}, {1, groupB}}}, Cite: cite}
}

// identityOfRepresentative is a statutory representative's who comes alone: two, one of them of A (supplement section 6).
func identityOfRepresentative(cite law.Citation) Need {
	n := identityOfProxy(cite).whose(StatutoryRepresentative)
	n.Code = "identity_of_representative"
	return n
}

// onePhotoPaper is one document with photo of whoever comes for the holder.
func onePhotoPaper(cite law.Citation) Need { return oneOf("visitor_photo_identity", cite, groupA...) }
