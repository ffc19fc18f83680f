package procedure

import (
	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Situation is everything a decision may ask about a case. A fact that is not known is left out. The tags are the
// published description of each field (package decision prints the schema from them).
type Situation struct {
	On          civil.Date      `json:"on,omitzero" ja:"問い合わせる日。" en:"The day asked about."`
	Procedure   rules.Procedure `json:"procedure,omitempty" ja:"手続き。書かないときは、できる手続きをすべて答えます。" en:"The procedure; without it, all that are open are listed."`
	Person      Person          `json:"person,omitzero" ja:"カードの名義人。" en:"The person whose card it is or will be."`
	Card        Card            `json:"card,omitzero" ja:"いま持っている、または最後に持っていたカード。" en:"The card the person has, or had last."`
	Certs       Certificates    `json:"certificates,omitzero" ja:"カードの電子証明書。" en:"The certificates on the card."`
	Phone       Phone           `json:"phone,omitzero" ja:"スマートフォンとその電子証明書。" en:"The phone and its certificates."`
	Application UnderWay        `json:"application,omitzero" ja:"進行中の申請。" en:"The application under way."`
	Visitor     Visit           `json:"visitor,omitzero" ja:"来る人、電話をかける人、書く人。" en:"Who comes, telephones or writes."`
	Office      Office          `json:"office,omitzero" ja:"窓口。" en:"The office."`
	Channel     rules.Channel   `json:"channel,omitempty" ja:"方法。" en:"By which channel."`
	Event       Event           `json:"event,omitzero" ja:"きっかけとなった出来事。" en:"What happened."`
	Wish        Wish            `json:"wish,omitzero" ja:"申請者の希望。" en:"What the person wants of it."`
	Service     Service         `json:"service,omitzero" ja:"カードやマイナンバーを使うサービス。" en:"The service that uses the card or the number."`
}

// Person is the holder, or whoever wants to become one.
type Person struct {
	Birth            civil.Date      `json:"birth_date,omitzero" ja:"生年月日。" en:"Date of birth."`
	Age              *int            `json:"age,omitempty" min:"0" max:"130" ja:"満年齢。生年月日の代わりに書けます。" en:"Age in full years; may stand in place of the date of birth."`
	Nationality      Nationality     `json:"nationality,omitempty" ja:"国籍。" en:"Nationality."`
	ResidenceStatus  ResidenceStatus `json:"residence_status,omitempty" ja:"在留資格の区分(外国籍の人)。" en:"Kind of residence status, for a foreign national."`
	StayUntil        civil.Date      `json:"stay_until,omitzero" ja:"在留期間の満了日。" en:"Last day of the period of stay."`
	Residence        Residence       `json:"residence,omitempty" ja:"いま住んでいるところ。" en:"Where the person lives now."`
	Country          string          `json:"country,omitempty" pattern:"^[A-Z]{2}$" ja:"住んでいる国(ISO 3166-1の2文字)。" en:"Country of residence, ISO 3166-1 alpha-2."`
	Municipality     place.Code      `json:"municipality,omitempty" ja:"住所地の全国地方公共団体コード。" en:"Code of the municipality of residence."`
	Honseki          place.Code      `json:"honseki,omitempty" ja:"本籍地の全国地方公共団体コード。" en:"Code of the honseki municipality."`
	HasNumber        Answer          `json:"has_number,omitzero" ja:"マイナンバーが付番されているか。" en:"Whether an Individual Number was assigned."`
	InFamilyRegister Answer          `json:"in_family_register,omitzero" ja:"戸籍の附票に記録があるか。" en:"Whether a supplementary family register has the person."`
	EverRegistered   Answer          `json:"ever_registered,omitzero" ja:"日本に住民票があったことがあるか。" en:"Whether there ever was a resident record in Japan."`
	LastRegistered   civil.Date      `json:"last_registered,omitzero" ja:"日本に住民票があった最後の日。" en:"Last day with a resident record in Japan."`
	PlannedDeparture civil.Date      `json:"planned_departure,omitzero" ja:"転出届の国外転出(予定)日。" en:"Planned day of departure, as in the overseas move-out notification."`
	ActualDeparture  civil.Date      `json:"actual_departure,omitzero" ja:"実際に出国した日。" en:"Day on which the person really left."`
	AdultWard        Answer          `json:"adult_ward,omitzero" ja:"成年被後見人か。" en:"Whether the person is an adult ward."`
	NumberPaper      Answer          `json:"number_paper,omitzero" ja:"通知カードまたは個人番号通知書が手元にあるか。" en:"Whether the Notification Card or the Individual Number Notice is at hand."`
	JukiCard         Answer          `json:"juki_card,omitzero" ja:"住民基本台帳カードが手元にあるか。" en:"Whether a Basic Resident Register Card is at hand."`
}

// Nationality as far as the card cares.
type Nationality string

const (
	Japanese Nationality = "japanese"
	Foreign  Nationality = "foreign"
)

// Residence is on which side of the border somebody lives.
type Residence string

const (
	InJapan Residence = "japan"
	Abroad  Residence = "abroad"
)

// ResidenceStatus is the kind of a foreign national's right to stay, as far as validity cares (EXP-008, EXP-009).
type ResidenceStatus string

const (
	PermanentResident        ResidenceStatus = "permanent_resident"
	SpecialPermanentResident ResidenceStatus = "special_permanent_resident"
	HighlySkilledSecond      ResidenceStatus = "highly_skilled_professional_2"
	MidLongTerm              ResidenceStatus = "mid_long_term_resident"
	TemporaryRefuge          ResidenceStatus = "temporary_refuge"
	ProvisionalStay          ResidenceStatus = "provisional_stay"
	TransitionalStay         ResidenceStatus = "transitional_stay" // by birth or loss of nationality
)

// ResidenceStatuses are all kinds.
var ResidenceStatuses = []ResidenceStatus{PermanentResident, SpecialPermanentResident, HighlySkilledSecond, MidLongTerm, TemporaryRefuge, ProvisionalStay, TransitionalStay}

// Card is the card in the person's hands, or the last one.
type Card struct {
	Kind           CardKind   `json:"kind,omitempty" ja:"カードの種類。" en:"Kind of card."`
	State          card.State `json:"state,omitempty" ja:"カードの状態。" en:"State of the card."`
	Applied        civil.Date `json:"applied,omitzero" ja:"そのカードの申請が受け付けられた日。" en:"Day on which the application for it was accepted."`
	Issued         civil.Date `json:"issued,omitzero" ja:"発行日(機構がカードを作った日)。" en:"Day of issue, when the issuer made it."`
	Until          civil.Date `json:"until,omitzero" ja:"有効期間満了の日。" en:"Last good day."`
	Ended          civil.Date `json:"ended,omitzero" ja:"失効・返納・廃止の日。" en:"Day on which it lapsed, was returned or abolished."`
	EndedBecause   EndCause   `json:"ended_because,omitempty" ja:"失効・返納などの理由。" en:"Why it ended."`
	OwnFault       Answer     `json:"own_fault,omitzero" ja:"失効などが本人の責任によるか。" en:"Whether that was the holder's own responsibility."`
	AtHand         Answer     `json:"at_hand,omitzero" ja:"カードが手元にあるか。" en:"Whether the plastic is at hand."`
	NoPhoto        Answer     `json:"photoless,omitzero" ja:"顔写真なしカードか。" en:"Whether it is a photo-less card."`
	FaceAuth       Answer     `json:"face_authentication,omitzero" ja:"顔認証マイナンバーカードか。" en:"Whether it is a face-authentication card."`
	EntryFieldFull Answer     `json:"entry_field_full,omitzero" ja:"追記欄に余白がないか。" en:"Whether the additional-entry field is full."`
	ExtendedOnce   Answer     `json:"specially_extended,omitzero" ja:"在留期間の更新の申請中として、すでに2か月延長したか。" en:"Whether it was specially extended already while an extension of stay was pending."`
	Unusable       Answer     `json:"unusable,omitzero" ja:"破損・ICチップの故障などで使えないか。" en:"Whether it is damaged or its chip has failed."`
	PINs           PINStates  `json:"pins,omitzero" ja:"暗証番号の状態。" en:"The state of its PINs."`
}

// CardKind is which card, or that there is none.
type CardKind string

const (
	NoCard       CardKind = "none" // never had one
	DomesticCard CardKind = "domestic"
	OverseasCard CardKind = "overseas" // 国外転出者向け
)

// EndCause is why a card is no longer good.
type EndCause string

const (
	EndedByDeparture    EndCause = "departure"            // moved abroad without continuing use
	EndedByWish         EndCause = "own_wish"             // returned by the holder's wish
	EndedByLoss         EndCause = "loss"                 // abolished after loss or theft
	EndedLateMoveIn     EndCause = "late_move_in"         // 14 or 30 days missed
	EndedNotUpdated     EndCause = "entries_not_updated"  // 90 days missed, or moved on
	EndedRecordDeleted  EndCause = "record_deleted"       // the resident record was struck off
	EndedNumberChanged  EndCause = "number_changed"       // number or resident record code
	EndedStay           EndCause = "stay_ended"           // period of stay
	EndedExpiry         EndCause = "expiry"               // its last day passed
	EndedByOfficeError  EndCause = "office_error"         // ended by an office's mistake
	EndedByReplacement  EndCause = "replaced"             // a newer card was handed over
	EndedNationality    EndCause = "nationality_lost"     // no longer Japanese
	EndedUncollected    EndCause = "never_collected"      // destroyed before the hand-over
	EndedDepartureForce EndCause = "compulsory_departure" // had to be returned on moving abroad, before the overseas card
)

// PINStates are the states of the four PINs, as far as known.
type PINStates struct {
	Signature          PINState `json:"signature,omitempty" ja:"No.1 署名用電子証明書。" en:"No.1, signature certificate."`
	UserAuthentication PINState `json:"user_authentication,omitempty" ja:"No.2 利用者証明用電子証明書。" en:"No.2, user authentication certificate."`
	ResidentRegister   PINState `json:"resident_register,omitempty" ja:"No.3 住民基本台帳用。" en:"No.3, basic resident register."`
	InputSupport       PINState `json:"input_support,omitempty" ja:"No.4 券面事項入力補助用。" en:"No.4, card-face item input support."`
}

// PINState is what the holder can do with a PIN.
type PINState string

const (
	PINKnown     PINState = "known"
	PINForgotten PINState = "forgotten"
	PINLocked    PINState = "locked"
	PINUnset     PINState = "unset"
)

// Certificates are the two on the card.
type Certificates struct {
	Signature          Certificate `json:"signature,omitzero" ja:"署名用電子証明書。" en:"The signature certificate."`
	UserAuthentication Certificate `json:"user_authentication,omitzero" ja:"利用者証明用電子証明書。" en:"The user authentication certificate."`
}

// Certificate is one certificate, on the card or on the phone.
type Certificate struct {
	State  CertificateState `json:"state,omitempty" ja:"状態。" en:"Its state."`
	Issued civil.Date       `json:"issued,omitzero" ja:"発行日。" en:"Day of issue."`
	Until  civil.Date       `json:"until,omitzero" ja:"有効期間満了の日。" en:"Last good day."`
}

// CertificateState is the state as its holder knows it.
type CertificateState string

const (
	CertificateNone    CertificateState = "none" // declined or never issued
	CertificateValid                    = CertificateState(certificate.Valid)
	CertificateHeld                     = CertificateState(certificate.Held)
	CertificateRevoked                  = CertificateState(certificate.Revoked)
	CertificateExpired                  = CertificateState(certificate.Expired)
)

// Phone is the phone that carries certificates or will.
type Phone struct {
	Kind      PhoneKind   `json:"kind,omitempty" ja:"スマートフォンの種類。" en:"Kind of phone."`
	Supported Answer      `json:"supported,omitzero" ja:"対応機種か。" en:"Whether the model is supported."`
	AtHand    Answer      `json:"at_hand,omitzero" ja:"手元にあって操作できるか。" en:"Whether it is at hand and works."`
	Signature Certificate `json:"signature,omitzero" ja:"スマホ用署名用電子証明書。" en:"The smartphone signature certificate."`
	UserAuth  Certificate `json:"user_authentication,omitzero" ja:"スマホ用利用者証明用電子証明書。" en:"The smartphone user authentication certificate."`
	PIN       PINState    `json:"pin,omitempty" ja:"スマホ用署名用電子証明書のパスワードの状態。" en:"The state of the PIN of its signature certificate."`
}

// PhoneKind is the make.
type PhoneKind string

const (
	Android PhoneKind = "android"
	IPhone  PhoneKind = "iphone"
)

// UnderWay is an application that has been handed in and not ended.
type UnderWay struct {
	State     application.State `json:"state,omitempty" ja:"申請の状態。" en:"State of the application."`
	Overseas  Answer            `json:"overseas,omitzero" ja:"国外転出者向けカードの申請か。" en:"Whether it is for an overseas card."`
	Filed     civil.Date        `json:"filed,omitzero" ja:"申請を出した日。" en:"Day on which it was handed in."`
	Channel   rules.Channel     `json:"channel,omitempty" ja:"申請した方法。" en:"By which channel it was handed in."`
	Accepting place.Code        `json:"accepting_office,omitempty" ja:"申請を受け付けた窓口のコード。" en:"Code of the office that took it in."`
	Pickup    place.Code        `json:"pickup_office,omitempty" ja:"受取場所のコード。" en:"Code of the pickup office."`
	Announced civil.Date        `json:"announced,omitzero" ja:"交付通知の日。" en:"Day of the pickup notice."`
	Deadline  civil.Date        `json:"pickup_deadline,omitzero" ja:"通知に書かれた受取期限。" en:"Pickup deadline as the notice names it."`
	FormHasID Answer            `json:"form_has_id,omitzero" ja:"手元の申請書に申請書IDと二次元コードがあるか。" en:"Whether the application form at hand bears an application ID and code."`
	IDKnown   Answer            `json:"id_known,omitzero" ja:"申請書IDが分かるか。" en:"Whether the application ID is known."`
	Complete  Answer            `json:"documents_complete,omitzero" ja:"申請のときに本人確認書類などがすべてそろっていたか。" en:"Whether identity documents and the rest were complete at the application."`
	Changed   Answer            `json:"entries_changed,omitzero" ja:"申請の後に住所・氏名などの届出をしたか。" en:"Whether address, name or the like were notified as changed since the application."`
	CameBack  civil.Date        `json:"mail_came_back,omitzero" ja:"郵送されたカードが受け取られずに市区町村へ戻った日。" en:"Day on which a posted card came back to the municipality unclaimed."`
}

// Visit is who acts, and what this person has in hand.
type Visit struct {
	Who           rules.Visitor     `json:"who,omitempty" ja:"来る人。" en:"Who it is."`
	SameHousehold Answer            `json:"same_household,omitzero" ja:"名義人と同じ世帯か。" en:"Whether of the holder's household."`
	Papers        []PaperAtWindow   `json:"papers,omitempty" max:"40" ja:"持っている書類。" en:"Papers in hand."`
	Ground        rules.ProxyGround `json:"ground,omitempty" ja:"本人が来られない理由。" en:"Why the holder cannot come."`
	SealedPINs    Answer            `json:"sealed_pins,omitzero" ja:"暗証番号が封筒やシールで隠されているか。" en:"Whether the PINs are in a sealed envelope or under the sticker."`
	OnForm        Answer            `json:"representative_on_form,omitzero" ja:"法定代理人が申請書に記入しているか。" en:"Whether a statutory representative stands on the form."`
	PassportSame  Answer            `json:"passport_as_register,omitzero" ja:"旅券の氏名と生年月日が戸籍と同じか。" en:"Whether name and birth date in the passport are those of the family register."`
	Accompanied   Answer            `json:"with_holder,omitzero" ja:"名義人と一緒に来るか。" en:"Whether the holder comes along."`
}

// PaperAtWindow is one paper that the visitor has.
type PaperAtWindow struct {
	Kind  rules.Paper `json:"kind" ja:"書類の種類。" en:"Kind of paper."`
	Until civil.Date  `json:"until,omitzero" ja:"有効期限。" en:"Last good day, if it has one."`
}

// Office is where it is done.
type Office struct {
	Kind    rules.OfficeKind `json:"kind,omitempty" ja:"窓口の種類。" en:"Kind of office."`
	Code    place.Code       `json:"code,omitempty" ja:"窓口のコード(全国地方公共団体コードまたは在外公館のコード)。" en:"Code of the office: municipality or mission."`
	TakesIt Answer           `json:"takes_channel,omitzero" ja:"その窓口が独自の取扱いとしてこの方法を受け付けているか。" en:"Whether the office's own policy takes this channel, where that is for the office to say."`
	TookIt  Answer           `json:"took_application,omitzero" ja:"申請を受け付けた窓口か。" en:"Whether it is the office that took the application in."`
	PickUp  Answer           `json:"is_pickup_office,omitzero" ja:"受取場所(変更するときは新しい受取場所)か。" en:"Whether it is the pickup office, or the new one when that is to be changed."`
	Covers  Answer           `json:"covers_country,omitzero" ja:"在外公館のとき、住んでいる国を管轄しているか。" en:"For a mission: whether it covers the country of residence."`

	HouseholdAnotherDay Answer `json:"household_another_day,omitzero" ja:"その窓口が独自の取扱いとして、同じ世帯の人が届出と同時に署名用電子証明書を発行することを認めていないか。" en:"Whether the office, by its own policy, does not issue the signature certificate to a member of the household on the day of the notification."`
	Relief              Answer `json:"gives_disaster_relief,omitzero" ja:"その窓口が災害による手数料の免除をしているか。" en:"Whether the office waives fees after a disaster."`
}

// Event is what makes the procedure due.
type Event struct {
	Kind    rules.EventKind `json:"kind,omitempty" ja:"出来事の種類。" en:"What happened."`
	On      civil.Date      `json:"on,omitzero" ja:"その日。" en:"The day of it."`
	Filed   civil.Date      `json:"filed,omitzero" ja:"届出をした日。" en:"The day it was notified."`
	Outside Answer          `json:"outside_home,omitzero" ja:"紛失が自宅の外か。" en:"For a loss: whether outside the home."`
	Abroad  Answer          `json:"abroad,omitzero" ja:"国外で起きたか。" en:"Whether it happened abroad."`

	PlannedMoveOut civil.Date `json:"planned_move_out,omitzero" ja:"転出届に書いた転出予定日(日本国内の引っ越し)。" en:"For a move inside Japan: the planned move-out date of the move-out notification."`
	MovedOn        civil.Date `json:"moved_on,omitzero" ja:"カードの記載を変更しないまま次の転出届を出した日。" en:"Day of the next move-out notification, filed before the card's entries were updated."`
	Misuse         Answer     `json:"misuse_feared,omitzero" ja:"マイナンバーが漏れて不正に使われるおそれがあるか。" en:"Whether the Individual Number leaked and misuse is feared."`
}

// Wish is what the person wants of the procedure.
type Wish struct {
	NoSignature     Answer           `json:"without_signature,omitzero" ja:"署名用電子証明書を希望しないか。" en:"Whether the signature certificate is declined."`
	NoUserAuth      Answer           `json:"without_user_authentication,omitzero" ja:"利用者証明用電子証明書を希望しないか。" en:"Whether the user authentication certificate is declined."`
	Express         Answer           `json:"express,omitzero" ja:"特急発行を希望するか。" en:"Whether express issuance is wanted."`
	PickupAt        rules.OfficeKind `json:"pickup_at,omitempty" ja:"希望する受取場所の種類。" en:"Kind of office where the card is to be collected."`
	RevokeSignature Answer           `json:"revoke_signature,omitzero" ja:"署名用電子証明書の失効を希望するか。" en:"Whether the signature certificate is to be revoked."`
	RevokeUserAuth  Answer           `json:"revoke_user_authentication,omitzero" ja:"利用者証明用電子証明書の失効を希望するか。" en:"Whether the user authentication certificate is to be revoked."`

	OldCardBack Answer `json:"hands_in_old_card,omitzero" ja:"受取りのときに古いカードを返せるか。" en:"Whether the old card is handed in at pickup."`

	PIN *int `json:"pin,omitempty" min:"1" max:"4" ja:"どの暗証番号か(No.1〜No.4)。" en:"Which PIN, No.1 to No.4."`
}

// Service is what a service that uses card, certificates or number needs to know.
type Service struct {
	Product        rules.KioskProduct `json:"product,omitempty" ja:"コンビニ交付で取る証明書など。" en:"What is wanted of the kiosk."`
	Offered        Answer             `json:"offered,omitzero" ja:"市区町村(戸籍は本籍地)がこのサービスを行っているか。" en:"Whether the municipality, for the family register the honseki's, takes part."`
	Registered     Answer             `json:"registered,omitzero" ja:"利用の申込み・登録が済んでいるか(証明書や戸籍が変わった後のやり直しを含む)。" en:"Whether the registration is made, and made anew after the certificate or the family register changed."`
	LivesAtHonseki Answer             `json:"lives_at_honseki,omitzero" ja:"住所と本籍が同じ市区町村か。" en:"Whether the person lives in the honseki municipality."`
	HighCost       Answer             `json:"high_cost,omitzero" ja:"高額療養費制度を使うか。" en:"Whether the high-cost medical scheme is used."`
	OldCardUntil   civil.Date         `json:"insurance_card_until,omitzero" ja:"健康保険証に書かれた有効期限。" en:"Last good day on the old insurance card."`
	OnlineCheck    Answer             `json:"online_check,omitzero" ja:"オンラインで保険の資格を確認できるか。" en:"Whether the online check finds the insurance."`
	OwnAccount     Answer             `json:"own_account,omitzero" ja:"口座が本人名義か。" en:"Whether the account is in the person's own name."`
	Requester      rules.Requester    `json:"requester,omitempty" ja:"カードやマイナンバーの提示を求める人。" en:"Who asks for the card or the number."`
	Purpose        rules.Purpose      `json:"purpose,omitempty" ja:"マイナンバーを使う目的。" en:"What the number is to be used for."`
	NumberGiven    Answer             `json:"number_given,omitzero" ja:"申請にマイナンバーを書いたか。" en:"Whether the number was given with the application."`
	NumberWanted   Answer             `json:"number_wanted,omitzero" ja:"マイナンバーも読み取るか。" en:"Whether the number is to be read too."`
	OldNoticeFits  Answer             `json:"notification_card_matches,omitzero" ja:"通知カードの氏名・住所などが住民票と同じか。" en:"Whether name and address on the Notification Card equal those in the resident record."`
	Chip           rules.ChipCheck    `json:"chip,omitempty" ja:"ICチップの券面情報と券面を比べた結果。" en:"What comparing the chip's card-face data with the card shows."`
	Licence        rules.LicenceForm  `json:"licence,omitempty" ja:"運転免許証の持ち方。" en:"In which form the driving licence is held."`
	LicenceRenewal Answer             `json:"licence_renewal,omitzero" ja:"免許の更新と同時か。" en:"Whether it is done with a renewal of the licence."`
	Reader         Answer             `json:"reader,omitzero" ja:"カードを読み取れるスマートフォンかカードリーダーがあるか。" en:"Whether there is a phone or reader that reads the card."`
}
