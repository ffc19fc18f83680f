package rules

import (
	"fmt"

	"mynumber/internal/card"
	"mynumber/internal/law"
)

// What somebody does whose card is lost, found again or no longer wanted (loss-and-suspension.md; supplement section 4).

// SuspendCard is the stop by telephone. The line goes by where the caller is, not by the kind of card: either stops
// either (CON-034).
var SuspendCard = law.Table[Sheet]{
	{From: cards, To: overseas, Cite: awara.At("なくしたとき", "LOSS-001", "LOSS-002"), Rule: suspending(CardStopLines[0].Rule)},
	{From: overseas, Checked: checked, Cite: konan.At("紛失時の連絡先", "LOSS-001", "LOSS-003", "ABR-M11"), Rule: suspending(CardStopLines[1].Rule)},
}

func suspending(lines StopLines) Sheet {
	call := []Line{line("call_in_japan", fmt.Sprintf("日本国内からは %s(マイナンバー総合フリーダイヤル。個人番号カードコールセンターとも呼ばれます)に電話します(24時間365日、音声案内は2番)。外国語でも受け付けています。", lines.InJapan), fmt.Sprintf("In Japan call %s, at any hour; press 2. Some foreign languages are spoken.", lines.InJapan), fmt.Sprintf("日本(にほん)に いる ときは %s に 電話(でんわ)します。夜(よる)も できます。", lines.InJapan), awara.At("なくしたとき(フリーダイヤル)", "LOSS-002", "LOSS-007", "CON-001", "CON-034"), CallsFromAbroad.Not())}
	if lines.Abroad != "" {
		call = append(call, line("call_from_abroad", fmt.Sprintf("国外からは %s に電話します(24時間)。", lines.Abroad), fmt.Sprintf("From abroad call %s, at any hour.", lines.Abroad), fmt.Sprintf("外国(がいこく)に いる ときは %s に 電話(でんわ)します。", lines.Abroad), konan.At("紛失時の連絡先", "LOSS-003", "CON-001", "CON-034"), CallsFromAbroad))
	}
	return Sheet{
		Requires: []Requirement{{Cond: CanSuspend, Refuse: "card_not_handed_over"}},
		NotThey:  "caller_not_holder",
		Ways: []Way{{Office: CallCentre, Channels: []Channel{Telephone}, Cite: konan.At("紛失時の連絡先", "LOSS-001", "LOSS-005"), Who: []Come{
			{Who: Holder, Cite: singapore.At("紛失", "LOSS-001")},
		}}},
		Steps: append(call,
			line("report_to_police", "自宅の外でなくしたときは、警察に遺失届を出し、受理番号・届出先・電話番号を控えます。", "If it was lost outside the home, report it to the police and note the number, the station and its telephone number.", "外(そと)で なくした ときは 警察(けいさつ)に 届(とど)けます。番号(ばんごう)を 書(か)いておきます。", awara.At("警察署等への遺失届", "LOSS-010"), LostAtHome.Not()),
			line("then_lift_or_reissue", "見つかったら一時停止の解除を、見つからなければ紛失・廃止届と再交付の申請をします。", "If it turns up have the suspension lifted; if not, report it lost for good and apply for a new card.", "見(み)つかったら、また 使(つか)えるように します。見(み)つからない ときは、新(あたら)しい カードを 申(もう)し込(こ)みます。", awara.At("再発行手続", "LOSS-012", "ST-007")),
		),
		Effects: []Effect{
			effect(TheCard, string(card.Suspended), "カードの機能が止まります。カードは失効せず、見つかれば元に戻せます。", "The card stops working. It has not ended: it can be restored when found.", "カードは 止(と)まります。見(み)つかったら また 使(つか)えます。", awara.At("なくしたとき(一時停止処理)", "LOSS-004", "ST-007")),
			effect(TheSignature, "held", "署名用電子証明書は一時保留になります。", "The signature certificate is on hold.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)も 止(と)まります。", konan.At("紛失時の連絡先について", "LOSS-004")),
			effect(TheUserAuthentication, "held", "利用者証明用電子証明書は一時保留になります。", "The user authentication certificate is on hold.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)も 止(と)まります。", konan.At("紛失時の連絡先について", "LOSS-004")),
		},
		Warnings: []Line{
			line("stop_at_once", "顔写真があるので他人のなりすましは難しくても、暗証番号を知られるとマイナポータルなどに入られます。すぐに止めてください。", "The photo makes impersonation hard, but whoever knows a PIN gets into Mynaportal. Have it stopped at once.", "すぐに 電話(でんわ)して ください。", awara.At("ICチップに記録されている個人情報は…", "LOSS-006")),
			line("held_is_not_released", "止まった電子証明書は元に戻らず、解除のときに新しく発行されます。", "The held certificates are not restored; new ones are issued when the suspension is lifted.", "止(と)めた 電子証明書(でんししょうめいしょ)は 新(あたら)しく 作(つく)ります。", jpkiPortal.At("電子証明書の紛失", "LOSS-023")),
		},
	}
}

// LiftSuspensionAbroad is what the holder of a found overseas card does (LOSS-021, LOSS-023, ABR-M12). In Japan no other
// municipality than the honseki lifts it (ABR-057).
var LiftSuspensionAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("見つかった場合", "LOSS-021", "LOSS-023", "ABR-M12"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardOverseas, Refuse: "card_not_overseas"},
			{Cond: CardSuspended, Refuse: "card_not_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: MissionCovers, Refuse: "mission_of_another_country"},
		},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Cite: konan.At("見つかった場合", "LOSS-021"), Who: selfOrStatutory},
			{Office: Mission, Channels: []Channel{Visit}, Cite: konan.At("見つかった場合", "LOSS-021", "CON-013"), Who: selfStatutoryOrProxy},
		},
		Papers: []Need{
			single(FormLift, konan.At("見つかった場合", "LOSS-021", "FORM-010")),
			single(MyNumberCard, konan.At("見つかった場合", "LOSS-021")),
		},
		Effects: []Effect{
			effect(TheCard, string(card.Active), "カードはまた使えます。", "The card works again.", "カードは また 使(つか)えます。", konan.At("見つかった場合", "LOSS-021", "ST-007")),
			effect(TheSignature, "revoked", "止まっていた署名用電子証明書は失効します。", "The held signature certificate is revoked.", "前(まえ)の 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", konan.At("見つかった場合(様式名)", "LOSS-023"), DeclinesSignature),
			effect(TheSignature, "reissued", "止まっていた署名用電子証明書は失効し、新しいものが発行されます。", "The held signature certificate is revoked and a new one issued.", "新(あたら)しい 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらえます。", konan.At("見つかった場合(様式名)", "LOSS-023"), DeclinesSignature.Not()),
			effect(TheUserAuthentication, "revoked", "止まっていた利用者証明用電子証明書は失効します。", "The held user authentication certificate is revoked.", "前(まえ)の 利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", konan.At("見つかった場合(様式名)", "LOSS-023"), DeclinesUserAuth),
			effect(TheUserAuthentication, "reissued", "止まっていた利用者証明用電子証明書は失効し、新しいものが発行されます。", "The held user authentication certificate is revoked and a new one issued.", "新(あたら)しい 利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を もらえます。", konan.At("見つかった場合(様式名)", "LOSS-023"), DeclinesUserAuth.Not()),
		},
		Steps: []Line{
			line("bring_card_and_form", "見つかったカードと一時停止解除届を、本籍地の窓口か居住国の在外公館に持って行きます。郵送はできません。", "Take the found card and the notice to the honseki municipality or the mission. It cannot be posted.", "見(み)つけた カードと 紙(かみ)を 持(も)って行(い)きます。", konan.At("見つかった場合", "LOSS-021", "FORM-010")),
			line("register_services_again", "電子証明書が新しくなるので、ひも付けたサービスに登録し直します。", "The certificates are new ones: register them again with the services tied to the old ones.", "サービスに もう一度(いちど) 登録(とうろく)します。", awara.At("再発行手続", "LOSS-043")),
		},
		Warnings: []Line{
			line("only_honseki_or_mission", "本籍地以外の市区町村では解除できません。", "Municipalities other than the honseki cannot lift it.", "ほかの 役所(やくしょ)では できません。", konan.At("3. 5. 6. 7.", "ABR-057")),
		},
	}},
}

// AbolishCardAbroad is for a holder who does not want to wait for a lost card to turn up (LOSS-030, ABR-M13).
var AbolishCardAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("廃止を希望する場合", "LOSS-030", "ABR-M13"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardOverseas, Refuse: "card_not_overseas"},
			{Cond: CanAbolish, Refuse: "card_not_handed_over"},
			{Cond: MissionCovers, Refuse: "mission_of_another_country"},
		},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Cite: konan.At("廃止を希望する場合", "LOSS-030"), Who: selfOrStatutory},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, Cite: konan.At("廃止を希望する場合", "LOSS-030", "CON-013"), Who: selfStatutoryOrProxy},
		},
		Papers: []Need{single(FormAbolishAbroad, konan.At("廃止を希望する場合", "LOSS-030", "FORM-011"))},
		Effects: []Effect{
			effect(TheCard, string(card.Abolished), "カードは廃止されます。元には戻せません。", "The card is abolished and cannot be revived.", "カードは もう 使(つか)えません。", konan.At("廃止を希望する場合", "LOSS-030", "ST-007")),
			effect(TheSignature, "revoked", "署名用電子証明書は失効します。", "The signature certificate is revoked.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", konan.At("廃止を希望する場合", "LOSS-030", "CERT-021")),
			effect(TheUserAuthentication, "revoked", "利用者証明用電子証明書は失効します。", "The user authentication certificate is revoked.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", konan.At("廃止を希望する場合", "LOSS-030", "CERT-021")),
		},
		Steps: []Line{
			line("suspend_first", "まず電話で一時停止をします。", "First have the card suspended by telephone.", "はじめに 電話(でんわ)で 止(と)めます。", konan.At("紛失時の連絡先", "LOSS-001")),
			line("file_abolition", "紛失・廃止届を本籍地に直接、または在外公館を通じて出します。秘密鍵の漏えいもこの届で知らせます。", "File the report with the honseki municipality directly or through a mission; it also reports a leaked private key.", "紙(かみ)を 本籍(ほんせき)の 役所(やくしょ)か 大使館(たいしかん)に 出(だ)します。", konan.At("廃止を希望する場合", "LOSS-030", "FORM-011", "CERT-021")),
			line("apply_again_if_wanted", "新しいカードがほしいときは、再交付を申請します。", "If you want a new card, apply for a re-issue.", "新(あたら)しい カードが ほしい ときは 申(もう)し込(こ)みます。", konan.At("3.", "LOSS-041")),
		},
		Warnings: []Line{
			line("never_revived", "廃止したカードは、見つかっても使えません。", "An abolished card cannot be used again, even if it turns up.", "見(み)つかっても 使(つか)えません。", niigata.At("有効期限前のカード失効", "LOSS-031")),
		},
	}},
}

// ReturnCard is giving the card up (返納), by the holder's wish (CHG-029).
var ReturnCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: konan.At("(4)交付手数料", "CHG-029", "ST-012"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CanReturn, Refuse: "card_not_handed_over"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{
			{Office: Residence, Channels: []Channel{Visit}, If: conds(CardDomestic), Cite: niigata.At("マイナンバーカードの返納", "CHG-029"), Who: selfOrStatutory},
			{Office: Honseki, Channels: []Channel{Visit}, If: conds(CardOverseas), Cite: konan.At("3. 5. 6. 7.", "CHG-029", "ABR-057"), Who: selfOrStatutory},
			{Office: Mission, Channels: []Channel{Visit}, If: conds(CardOverseas), Cite: konan.At("3. 5. 6. 7.", "CHG-029", "ABR-057"), Who: selfStatutoryOrProxy},
		},
		Papers: []Need{single(FormReturn, konan.At("(4)交付手数料", "CHG-029")), single(MyNumberCard, konan.At("(4)交付手数料", "CHG-029"))},
		Effects: []Effect{
			effect(TheCard, string(card.Returned), "カードは返納され、失効します。元には戻せません。", "The card is returned and has ended; it cannot be revived.", "カードは もう 使(つか)えません。", konan.At("(4)交付手数料", "CHG-029", "ST-012")),
			effect(TheSignature, "revoked", "署名用電子証明書は失効します。", "The signature certificate is revoked.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", niigata.At("カード本体", "CHG-035")),
			effect(TheUserAuthentication, "revoked", "利用者証明用電子証明書は失効します。", "The user authentication certificate is revoked.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", niigata.At("カード本体", "CHG-035")),
		},
		Warnings: []Line{
			line("fee_next_time", "自分の希望で返納した後でもう一度カードを作るときは、再交付手数料がかかります。", "If you want a card again after returning it by your own wish, the re-issue fee is due.", "また カードを 作(つく)る ときは お金(かね)が かかります。", konan.At("(4)交付手数料", "FEE-006", "CHG-029")),
			line("never_revived", "返納したカードは元に戻せません。", "A returned card is never revived.", "返(かえ)した カードは 使(つか)えません。", niigata.At("有効期限前のカード失効", "LOSS-031")),
		},
	}},
}

// selfOrStatutory is who acts about an overseas card at the honseki municipality: the holder, or for under-15s and adult
// wards the statutory representative.
var selfOrStatutory = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: representativePapers, Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: representativePapers, Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074")},
}

// selfStatutoryOrProxy is who acts at a mission: also somebody whom the holder has asked (CON-013).
var selfStatutoryOrProxy = append(selfOrStatutory[:len(selfOrStatutory):len(selfOrStatutory)],
	Come{Who: VoluntaryProxy, Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074", "CON-013")},
	Come{Who: HouseholdMember, Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074", "CON-013")},
	Come{Who: Spouse, Cite: konan.At("5. 6. 7.", "LOSS-021", "EXP-074", "CON-013")},
)

var representativePapers = []Need{single(RepresentativeID, konan.At("5. 6. 7.", "LOSS-021", "EXP-073"))}
