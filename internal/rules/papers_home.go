package rules

import "mynumber/internal/law"

// Papers that only windows in Japan ask for: evidence of why the holder cannot come (PICK-052), and what comes with
// a card by post.
const (
	EnrolmentCert      Paper = "enrolment_certificate"
	PrenatalVoucher    Paper = "prenatal_check_voucher"
	MedicalCertificate Paper = "medical_certificate"
	ChildAllowanceCert Paper = "special_child_allowance_certificate"
	WelfareServiceCert Paper = "welfare_service_certificate"
	SelfSupportCert    Paper = "self_support_medical_certificate"
	HospitalPlan       Paper = "inpatient_treatment_plan"
	HospitalReceipt    Paper = "hospital_receipt"
	FacilityProof      Paper = "facility_residence_proof"
	CareCertification  Paper = "care_certification_notice"
	AbsenceProof       Paper = "long_absence_proof"
	StudyAbroadProof   Paper = "study_abroad_proof"
	WithdrawalProof    Paper = "support_body_statement"
	ArrivalNotice      Paper = "arrival_notice"
	PhotolessCard      Paper = "photoless_card" // proves no identity (CARD-024)
	BirthNotification  Paper = "birth_notification"
)

var homePapers = map[Paper]law.Text{
	EnrolmentCert:      words("在学証明書", "certificate of enrolment", "学校(がっこう)に いる 証明書(しょうめいしょ)"),
	PrenatalVoucher:    words("妊婦健診の領収書・受診券", "receipt or voucher of a prenatal check", "赤(あか)ちゃんの 検査(けんさ)の 紙(かみ)"),
	MedicalCertificate: words("診断書", "medical certificate", "病院(びょういん)の 診断書(しんだんしょ)"),
	ChildAllowanceCert: words("特別児童扶養手当証書", "special child-rearing allowance certificate", "特別児童扶養手当証書(とくべつじどうふようてあてしょうしょ)"),
	WelfareServiceCert: words("障害福祉サービス受給者証", "disability-welfare-service recipient certificate", "障害福祉(しょうがいふくし)サービスの 証明書(しょうめいしょ)"),
	SelfSupportCert:    words("自立支援医療受給者証", "self-support medical care certificate", "自立支援医療受給者証(じりつしえんいりょうじゅきゅうしゃしょう)"),
	HospitalPlan:       words("入院診療計画書", "in-patient treatment plan", "入院(にゅういん)の 計画書(けいかくしょ)"),
	HospitalReceipt:    words("入院が分かる領収書・明細書", "hospital receipt or statement", "病院(びょういん)の 領収書(りょうしゅうしょ)"),
	FacilityProof:      words("施設に入所していることの証明書", "proof of residence in a facility", "施設(しせつ)に いる 証明書(しょうめいしょ)"),
	CareCertification:  words("要介護・要支援の認定結果通知書", "notice of the care certification", "介護(かいご)の 認定(にんてい)の 通知(つうち)"),
	AbsenceProof:       words("長期の不在が客観的に分かる書類の写し(辞令など)", "copy of a paper that shows the long absence, such as a letter of appointment", "長(なが)く いない ことが 分(わ)かる 紙(かみ)"),
	StudyAbroadProof:   words("留学が客観的に分かる書類の写し(査証・入学許可証など)", "copy of a paper that shows the studies abroad, such as a visa", "留学(りゅうがく)が 分(わ)かる 紙(かみ)"),
	WithdrawalProof:    words("公的な支援機関に相談していることの書類", "paper from a public support body that it is being consulted", "相談(そうだん)している ところの 紙(かみ)"),
	ArrivalNotice:      words("本人限定受取郵便物到着通知書", "arrival notice of personal-delivery mail", "郵便(ゆうびん)が 来(き)た お知(し)らせ"),
	PhotolessCard:      words("顔写真なしマイナンバーカード", "photo-less Individual Number Card", "写真(しゃしん)がない マイナンバーカード"),
	BirthNotification:  words("出生届", "birth notification", "赤(あか)ちゃんが 生(う)まれた 届(とどけ)"),
}

// homeNeeds are lines of checklists that are no single paper.
var homeNeeds = merge(map[string]law.Text{
	"identity":                   words("本人確認書類(Aから1点、またはBから2点)", "identity documents: one of group A, or two of group B", "本人(ほんにん)の 証明書(しょうめいしょ)(Aは 1つ、Bは 2つ)"),
	"identity_by_proxy":          words("本人の本人確認書類(A2点、A1点とB1点、または顔写真付き1点を含むB3点)", "the holder's identity documents: two of A, one of each, or three of B with a photo on one", "カードを 使(つか)う 人(ひと)の 証明書(しょうめいしょ)(2つか 3つ)"),
	"identity_of_proxy":          words("代理人の本人確認書類(A2点、またはA1点とB1点)", "the proxy's identity documents: two of A, or one of each", "来(く)る 人(ひと)の 証明書(しょうめいしょ)(2つ)"),
	"delivery_identity":          words("配達員に見せる本人確認書類(あらかじめ種類を伝えたもの)", "the identity document named beforehand, for the delivery person", "郵便(ゆうびん)の 人(ひと)に 見(み)せる 証明書(しょうめいしょ)"),
	"identity_of_representative": words("法定代理人の本人確認書類(顔写真付き2点、または顔写真付き1点と顔写真のないもの1点)", "the representative's own identity documents: two with a photo, or one with and one without", "親(おや)などの 証明書(しょうめいしょ) 2つ"),
	"representative_authority":   words("法定代理人の資格を証する書類(戸籍謄本など)", "proof of representation, such as a family register copy", "親(おや)などで ある ことの 紙(かみ)"),
	"number_paper":               words("通知カード(お返しいただきます)または個人番号通知書", "the Notification Card, which is collected, or the Individual Number Notice", "通知(つうち)カード または 個人番号通知書(こじんばんごうつうちしょ)"),
}, evidenceNames())

// evidenceNames are the lines for the papers of each ground, in the ground's own words.
func evidenceNames() map[string]law.Text {
	out := map[string]law.Text{}
	for g, name := range ProxyGroundNames {
		out[evidenceCode(g)] = words("理由を示す書類("+name.Ja+")", "evidence of the reason: "+name.En, "理由(りゆう)の 紙(かみ)("+name.Easy+")")
	}
	return out
}

func evidenceCode(g ProxyGround) string { return "evidence_" + string(g) }
