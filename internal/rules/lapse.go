package rules

import (
	"mynumber/internal/certificate"
	"mynumber/internal/law"
)

// What ends by an event or by the mere passing of days (失効): the day counts of CHG-020 to CHG-024 and the table of
// events of the supplement's section 3. procedure.Lapses counts with it; nobody else knows these numbers.

// Moment is a day of a case from which an ending is counted, or an act that prevents one.
type Moment string

const (
	TheDay         Moment = "day"              // the day of the event itself: 住み始めた日, 国外転出予定日, 死亡の日, 満了の日
	PlannedMoveOut Moment = "planned_move_out" // 転出予定日 of a move inside Japan
	Filing         Moment = "filing"           // the notification was accepted
	Rewriting      Moment = "rewriting"        // the card's entries were updated
	MovingOn       Moment = "moving_on"        // the next move-out notification was filed
	ContinuingUse  Moment = "continuing_use"   // 継続利用 was done
	Reissuing      Moment = "reissuing"        // the signature certificate was re-issued with the new entries
	Extending      Moment = "extending"        // the card's validity was changed or specially extended
)

// LapseCause is why something ends.
type LapseCause string

const (
	NotifiedAfter14Days LapseCause = "not_notified_within_14_days"
	NotifiedAfter30Days LapseCause = "not_notified_within_30_days"
	NotRewritten        LapseCause = "entries_not_updated_within_90_days"
	MovedOnUnwritten    LapseCause = "moved_on_without_update"
	LeftJapan           LapseCause = "departure_without_continuing_use"
	DepartureEntered    LapseCause = "departure_entered" // the signature certificate alone
	EntriesChanged      LapseCause = "entries_changed"   // the signature certificate alone
	Died                LapseCause = "death"
	RecordStruckOff     LapseCause = "record_deleted"
	OtherNumber         LapseCause = "number_changed"
	OtherCode           LapseCause = "resident_record_code_changed"
	NationalityGone     LapseCause = "nationality_lost"
	StayOver            LapseCause = "stay_ended"
	LastDayPassed       LapseCause = "expiry"
	ReturnedBack        LapseCause = "returned"
	AbolishedOnReport   LapseCause = "abolished"
	NewerCard           LapseCause = "replaced"
	ChipDestroyed       LapseCause = "chip_destroyed_its_records"
	EndedByOffice       LapseCause = "entries_not_updated_office" // only where OfficeLapse is on
	HeldNotReleased     LapseCause = "suspension_lifted"          // what was held is never released
)

// Ending is what one event ends, and when. The last good day is Days after the moment From; minus one is the day
// before it. What ends is not good from the day after the last good day on.
type Ending struct {
	Cause   LapseCause
	Ends    []Subject // directly; Follow says what ends with them
	From    Moment
	Days    int
	Unless  Moment    // not when this was done by the last good day; empty: nothing prevents it
	By      Procedure // the procedure that is this act, where it is one about the card
	After   Moment    // only where this was done in time
	Office  bool      // only where OfficeLapse is on, and with its days
	Foreign Who       // whether it can be prevented by a foreign national too
	Reason  certificate.Reason
	Text    law.Text
	Cite    law.Citation
}

// Who limits a prevention.
type Who string

const (
	Everybody    Who = ""
	JapaneseOnly Who = "japanese_only"
)

// Endings by event. An event that ends nothing has an empty list: that too is a rule.
type Endings map[EventKind][]Ending

// firstContinued is the first planned departure that continuing use could precede: its eve is the first day of the scheme
// (ABR-003, ELIG-015; CON-007 draws the same line for fees).
var firstContinued = overseas.AddDays(1)

// LapseEndings is the whole table (supplement sections 3 and 5). Until continuing use could be done on the eve nothing
// prevented the lapse on departure.
var LapseEndings = law.Table[Endings]{
	{From: cards, To: firstContinued, Cite: niigata.At("有効期限前のカード失効", "CHG-020", "CHG-024", "ST-009"), Rule: endings(leaving(""))},
	{From: firstContinued, Checked: checked, Cite: niigata.At("有効期限前のカード失効", "CHG-020", "CHG-024", "ST-009"), Rule: endings(leaving(ContinuingUse), departureEntered)},
}

// Follow: what ends with something else. The phone's certificates rest on the card's signature certificate (SPC-009), all
// certificates on the card (CHG-035).
var Follow = law.Table[map[Subject][]Subject]{
	{From: cards, Checked: checked, Cite: niigata.At("カード本体", "CHG-032", "CHG-035", "SPC-009", "CERT-020", "CERT-012"), Rule: map[Subject][]Subject{
		TheCard:      {TheSignature, TheUserAuthentication, ThePhoneSignature, ThePhoneAuthentication},
		TheSignature: {ThePhoneSignature, ThePhoneAuthentication},
	}},
}

// ClosedDayShift: whether a last day on which offices are closed moves to the next open day (地方自治法第4条の2第4項). Whether
// the card's lapse follows it is not published; off, so that nobody relies on a day that may not count (supplement 5.6).
var ClosedDayShift = law.Table[bool]{
	{From: cards, Checked: checked, Cite: niigata.At("転入届の提出が遅れた", "CHG-021", "CON-015"), Rule: false},
}

// OfficeLapse: after how many days an office ends a card whose entries were not updated after a move within the
// municipality or a change of name. Only a move-in has days of its own in law; zero is off (supplement 0.6).
var OfficeLapse = law.Table[int]{
	{From: cards, Checked: checked, Cite: konan.At("(4)交付手数料", "CHG-001", "FEE-006"), Rule: 0},
}

var cardAlone = []Subject{TheCard}
var signatureAlone = []Subject{TheSignature}

// endings is the table of events; the departure is what differs before and after the overseas card.
func endings(departure ...Ending) Endings {
	none := []Ending{}
	return Endings{
		MoveIn: {late14, late30, notRewritten, movedOn, changed(Filing)}, MoveOut: {changed(TheDay)}, MoveWithin: {changed(Filing), unwritten}, NameChange: {changed(Filing), unwritten},
		BirthOrSexChange: {changed(Filing), unwritten}, FormerSurname: {formerSurname, unwritten}, Departure: departure, ReturnToJapan: {late14, notRewritten, movedOn, changed(Filing)},
		HolderDied:      {at(Died, TheDay, law.Text{Ja: "名義人が亡くなると、カードは失効します。返す義務はありません。", En: "The card lapses with its holder's death; nobody has to return it.", Easy: "亡(な)くなると、カードは 使(つか)えません。返(かえ)さなくても いいです。"}, niigata.At("死亡等の理由で住民票が消除された", "CHG-025"))},
		RecordDeleted:   {at(RecordStruckOff, TheDay, law.Text{Ja: "住民票が消除されると、カードは失効します。", En: "The card lapses when the resident record is struck off.", Easy: "住民票(じゅうみんひょう)が 消(け)されると、カードは 使(つか)えません。"}, niigata.At("死亡等の理由で住民票が消除された", "CHG-025"))},
		CodeChanged:     {at(OtherCode, TheDay, law.Text{Ja: "住民票コードを変更すると、カードは失効します。", En: "The card lapses when the resident record code is changed.", Easy: "住民票(じゅうみんひょう)コードを 変(か)えると、カードは 使(つか)えません。"}, niigata.At("住民票コードを変更した", "CHG-026", "NUM-016"))},
		NumberChanged:   {at(OtherNumber, TheDay, law.Text{Ja: "マイナンバーを変更すると、カードは失効します。", En: "The card lapses when the Individual Number is changed.", Easy: "マイナンバーを 変(か)えると、カードは 使(つか)えません。"}, niigata.At("マイナンバーを変更した", "CHG-027", "NUM-011"))},
		NationalityLost: {at(NationalityGone, Filing, law.Text{Ja: "国外に住む人が日本国籍を失い、戸籍の附票から消除されると、カードは失効します。", En: "The card of a holder abroad lapses when nationality is lost and the supplementary family register is closed.", Easy: "外国(がいこく)に 住(す)んでいて 日本(にほん)の 国籍(こくせき)が なくなると、カードは 使(つか)えません。"}, konan.At("対象者", "CHG-025", "ELIG-010"))},
		StayEnded:       {stayOver},
		CardExpiry: {{Cause: LastDayPassed, Ends: cardAlone, From: TheDay, Reason: certificate.CessationOfOperation, Text: law.Text{Ja: "有効期間満了の日の翌日から、カードは使えません。", En: "From the day after its last day the card is not good.", Easy: "期限(きげん)の 次(つぎ)の 日(ひ)から、カードは 使(つか)えません。"},
			Cite: niigata.At("カード本体", "CHG-032", "ST-008")}},
		CardReturned:  {at(ReturnedBack, TheDay, law.Text{Ja: "返納したカードは失効し、元に戻せません。", En: "A returned card has ended and cannot be revived.", Easy: "返(かえ)した カードは もう 使(つか)えません。"}, konan.At("(4)交付手数料", "CHG-029", "CHG-034", "ST-012"))},
		CardAbolished: {at(AbolishedOnReport, TheDay, law.Text{Ja: "紛失・廃止届を出したカードは廃止され、元に戻せません。", En: "A card reported lost for good is abolished and cannot be revived.", Easy: "なくしたと 届(とど)けた カードは もう 使(つか)えません。"}, konan.At("廃止を希望する場合", "CHG-030", "CON-021"))},
		CardReplaced:  {at(NewerCard, TheDay, law.Text{Ja: "新しいカードを受け取ると、古いカードは廃止されます。", En: "The former card is abolished when the new one is received.", Easy: "新(あたら)しい カードを もらうと、古(ふる)い カードは 使(つか)えません。"}, awara.At("再発行手続(廃止状態)", "CHG-031", "ST-014"))},
		ChipTampered:  {at(ChipDestroyed, TheDay, law.Text{Ja: "ICチップが不正な読み取りを感知すると記録を壊すため、カードは使えなくなります。", En: "A chip that notices an illegitimate reading destroys its records, and the card is of no more use.", Easy: "ICチップが こわれると、カードは 使(つか)えません。"}, awara.At("「耐タンパー」", "CHG-033"))},
		CardFound: {{Cause: HeldNotReleased, Ends: []Subject{TheSignature, TheUserAuthentication}, From: TheDay, Days: -1, Reason: certificate.CertificateHold, Text: law.Text{Ja: "一時停止を解除すると、止まっていた電子証明書は失効し、希望すれば新しく発行されます。", En: "When a suspension is lifted the held certificates are revoked; new ones are issued on request.", Easy: "また 使(つか)えるように すると、前(まえ)の 電子証明書(でんししょうめいしょ)は 使(つか)えません。"},
			Cite: konan.At("見つかった場合(様式名)", "CERT-020", "LOSS-023")}},
		// These end nothing by themselves. A change of the honseki leaves the four items as they are (supplement section 3).
		HonsekiChange: none, CardLost: none, CardStolen: none, CardBurnt: none, CardDamaged: none, ChildBorn: none, StayExtended: none,
		StayPending: none, FirstRegistration: none, Disaster: none, EntryFieldFilled: none, OfficeError: none, Released: none,
	}
}

// at is a card that ends on the day itself, whatever anybody does.
func at(cause LapseCause, from Moment, text law.Text, cite law.Citation) Ending {
	return Ending{Cause: cause, Ends: cardAlone, From: from, Days: -1, Reason: certificate.CessationOfOperation, Text: text, Cite: cite}
}

// changed is the signature certificate, which says what is no longer so.
func changed(from Moment) Ending {
	return Ending{Cause: EntriesChanged, Ends: signatureAlone, From: from, Days: -1, Reason: certificate.AffiliationChanged,
		Text: law.Text{Ja: "氏名・生年月日・性別・住所の変更が届け出られると、署名用電子証明書は失効します。利用者証明用電子証明書はそのまま使えます。", En: "The signature certificate is revoked when a change of name, birth date, sex or address is notified; the user authentication certificate stays.", Easy: "名前(なまえ)や 住所(じゅうしょ)が 変(か)わると、署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。"},
		Cite: jpkiAct.At("第12条", "CHG-010", "CHG-016", "ST-022", "CERT-020")}
}

var formerSurname = func() Ending {
	e := changed(Filing)
	e.Cite = niigata.At("旧氏併記制度", "CHG-011", "CHG-016", "CERT-020")
	return e
}()

// leaving is the departure from Japan: the card is pending from the filing to the planned day and lapses on it.
func leaving(unless Moment) Ending {
	return Ending{Cause: LeftJapan, Ends: cardAlone, From: TheDay, Days: -1, Unless: unless, Foreign: JapaneseOnly, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "国外転出(予定)日の前日までに継続利用の手続きをしないと、カードは国外転出(予定)日に失効します。", En: "Without continuing use by the day before the planned departure the card lapses on that day.", Easy: "外国(がいこく)に 行(い)く 日(ひ)の 前(まえ)の 日(ひ)までに 手続(てつづ)きを しないと、カードは 使(つか)えません。"},
		Cite: konan.At("注意事項", "CHG-024", "CON-006")}
}

var (
	late14 = Ending{
		Cause: NotifiedAfter14Days, Ends: cardAlone, From: TheDay, Days: 14, Unless: Filing, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "住み始めた日から14日を過ぎても転入届がないと、カードは失効します。", En: "Without a move-in notification within 14 days of beginning to live there the card lapses.", Easy: "住(す)み始(はじ)めて 14日(にち)より あとに 届(とどけ)を 出(だ)すと、カードは 使(つか)えません。"},
		Cite: niigata.At("転入届の提出が遅れた", "CHG-021", "CHG-036", "CON-016"),
	}
	late30 = Ending{
		Cause: NotifiedAfter30Days, Ends: cardAlone, From: PlannedMoveOut, Days: 30, Unless: Filing, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "転出届の転出予定日から30日を過ぎても転入届がないと、カードは失効します。", En: "Without a move-in notification within 30 days of the planned move-out the card lapses.", Easy: "転出(てんしゅつ)の 予定(よてい)の 日(ひ)から 30日(にち)より あとに 届(とどけ)を 出(だ)すと、カードは 使(つか)えません。"},
		Cite: awara.At("券面記載事項、内部記録事項の変更", "CHG-020", "CON-015"),
	}
	departureEntered = Ending{
		Cause: DepartureEntered, Ends: signatureAlone, From: TheDay, Days: -1, Unless: Reissuing, After: ContinuingUse, Foreign: JapaneseOnly, Reason: certificate.AffiliationChanged,
		Text: law.Text{Ja: "継続利用をしても、新しく発行しなかった署名用電子証明書は国外転出(予定)日に失効します。", En: "Even with continuing use a signature certificate that was not re-issued is revoked on the planned departure day.", Easy: "新(あたら)しく しなかった 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は、外国(がいこく)に 行(い)く 日(ひ)から 使(つか)えません。"},
		Cite: jpkiAct.At("第12条", "CHG-010", "CHG-024"),
	}
	notRewritten = Ending{
		Cause: NotRewritten, Ends: cardAlone, From: Filing, Days: 90, Unless: Rewriting, By: ChangeAtHome, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "転入届の日から90日を過ぎてもカードの記載を変更しないと、カードは失効します。", En: "Unless its entries are updated within 90 days of the move-in notification the card lapses.", Easy: "届(とどけ)から 90日(にち)までに カードの 内容(ないよう)を 変(か)えないと、カードは 使(つか)えません。"},
		Cite: niigata.At("90日間を経過した", "CHG-022", "CHG-036"),
	}
	unwritten = Ending{
		Cause: EndedByOffice, Ends: cardAlone, From: Filing, Office: true, Unless: Rewriting, By: ChangeAtHome, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "カードの記載の変更をしないままにすると、窓口がカードを失効させることがあります。", En: "An office may end a card whose entries are left as they are.", Easy: "カードを 書(か)き直(なお)さないと、使(つか)えなく なる ことが あります。"},
		Cite: konan.At("(4)交付手数料", "CHG-001", "FEE-006"),
	}
	movedOn = Ending{
		Cause: MovedOnUnwritten, Ends: cardAlone, From: MovingOn, Days: -1, Unless: Rewriting, By: ChangeAtHome, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "カードの記載を変更しないまま次の転出届を出すと、カードは失効します。", En: "A move-out notification while the entries have not been updated makes the card lapse.", Easy: "カードの 内容(ないよう)を 変(か)えないで また 引(ひ)っ越(こ)すと、カードは 使(つか)えません。"},
		Cite: niigata.At("転入届の際にカードを持参せず、そのまま転出した", "CHG-023"),
	}
	stayOver = Ending{
		Cause: StayOver, Ends: cardAlone, From: TheDay, Days: 0, Unless: Extending, By: ExtendStay, Reason: certificate.CessationOfOperation,
		Text: law.Text{Ja: "在留期間の満了の日までに有効期間を変更しないと、翌日からカードは使えません。", En: "Unless its validity is changed by the last day of the period of stay the card is not good from the day after.", Easy: "在留期間(ざいりゅうきかん)の 最後(さいご)の 日(ひ)までに 手続(てつづ)きを しないと、カードは 使(つか)えません。"},
		Cite: awara.At("在留期限のある人", "CHG-028", "EXP-054", "CON-033"),
	}
)
