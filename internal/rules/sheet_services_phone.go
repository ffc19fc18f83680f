package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// Certificates on a phone (スマホ用電子証明書): issued from the card's signature certificate in the Mynaportal app, by the
// holder alone. Which phones there are on which day stands in Carriers.

var phoneHolder = []Come{{Who: Holder, Cite: mhlwLeaflet.At("失効手続き…のお願い", "SPC-003")}}

// inTheApp are the ways of a procedure done in the app with the card held to the phone.
var inTheApp = []Way{
	{Office: Mynaportal, Channels: []Channel{Online}, If: conds(PhoneIsAndroid), Who: phoneHolder, PINs: []card.PIN{card.SignaturePIN}, Cite: awara.At("スマホ用(利用申請、利用登録)", "SPC-003")},
	{Office: Mynaportal, Channels: []Channel{Online}, If: conds(PhoneIsAndroid.Not()), Who: phoneHolder, PINs: []card.PIN{card.SignaturePIN, card.InputSupportPIN}, Cite: digital.At("iPhone", "SPC-003")},
}

// phoneNeeds are the conditions of everything that makes certificates on a phone.
var phoneNeeds = []Requirement{
	{Cond: PhoneKindServed, Refuse: "phone_kind_not_served"},
	{Cond: PhoneSupported, Refuse: "phone_not_supported"},
	{Cond: CardWorks, Refuse: "card_not_active"},
	{Cond: SignatureIsValid, Refuse: "signature_needed", Opens: ReissueSignature},
	{Cond: CardAtHand, Refuse: "card_not_at_hand"},
}

var phoneIssued = []Effect{
	effect(ThePhoneSignature, "valid", "スマホ用署名用電子証明書が使えるようになります。", "The smartphone signature certificate is valid.", "スマートフォンで 署名(しょめい)が できます。", awara.At("2種類", "SPC-002", "ST-040")),
	effect(ThePhoneAuthentication, "valid", "スマホ用利用者証明用電子証明書が使えるようになります。", "The smartphone user authentication certificate is valid.", "スマートフォンで ログインが できます。", awara.At("2種類", "SPC-002", "ST-040")),
}

var readTheCard = line("read_card", "マイナポータルアプリで「スマホ用電子証明書」を選び、署名用の暗証番号(No.1)を入力してカードを読み取ります。対応していない機種では何も表示されません。", "In the Mynaportal app choose the smartphone certificates, type PIN No.1 and read the card. On a phone that is not supported nothing is shown.", "マイナポータルアプリで「スマホ用(よう)電子証明書(でんししょうめいしょ)」を 選(えら)びます。署名用(しょめいよう)の 暗証番号(あんしょうばんごう)(No.1)を 入(い)れて、カードを 読(よ)みます。使(つか)えない スマホでは 何(なに)も 出(で)ません。", mhlwLeaflet.At("STEP 3", "SPC-003", "SPC-004"))

var ownPINs = line("set_pins", "利用登録をして、スマホ用の暗証番号を決めます。カードと別のものにしてください。生体認証も使えます。", "Register and set the phone's own PINs, other than the card's; biometrics may stand in.", "スマートフォンの 暗証番号(あんしょうばんごう)を 決(き)めます。", awara.At("記録できるスマホ用電子証明書は2種類", "SPC-005", "SPC-006", "PIN-027"))

var givePhoneUp = line("revoke_before_giving_up", "スマートフォンを売る・譲る・捨てる・修理に出す前に、本人がアプリで失効の手続きをする義務があります。初期化では消えず、お店の人はできません。", "Before selling, passing on, discarding or repairing the phone the holder has to revoke the certificates in the app, by law. A factory reset does not, and shop staff may not.", "スマートフォンを 売(う)る・捨(す)てる・直(なお)す 前(まえ)に 自分(じぶん)で やめる 手続(てつづ)きを して ください。", mhlwLeaflet.At("失効手続き…のお願い", "SPC-020", "SPC-025"))

// IssueOnPhone is the first issue (SPC-001 to SPC-008).
var IssueOnPhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: mhlwLeaflet.At("(4)", "SPC-001", "DATE-011", "ELIG-023"), Rule: Sheet{
		Requires: phoneNeeds, Ways: inTheApp, Effects: phoneIssued,
		Papers: []Need{single(MyNumberCard, awara.At("スマホ用(利用申請、利用登録)", "SPC-003"))},
		Steps:  []Line{readTheCard, ownPINs},
		Warnings: []Line{
			givePhoneUp,
			line("one_phone_of_a_kind", "同じ種類のスマートフォンに新しく発行すると、前のスマートフォンのものは失効します。", "Issuing on a new phone of the same kind revokes what was on the former one.", "新(あたら)しい スマートフォンに 入(い)れると、前(まえ)のは 使(つか)えません。", digital.At("機種変更", "SPC-011")),
			line("not_everything", "スマートフォンだけでできるのは一部の手続きです。カードは引き続き必要です。", "Only part of the procedures work with the phone alone; the card stays necessary.", "カードも いります。", awara.At("持ち歩かなくても…手続の一部", "SPC-007", "SPC-008")),
			line("ends_with_the_card", "カードやその署名用電子証明書が失効すると、スマホ用も失効します。", "They end with the card and with its signature certificate.", "カードが 使(つか)えなく なると スマートフォンも 使(つか)えません。", niigata.At("カード本体", "SPC-009")),
		},
		NotThey: "phone_holder_only",
	}},
}

// ReissueOnPhone is the new application after the card's signature certificate was renewed or re-issued, or after a
// revocation (SPC-010, SPC-024).
var ReissueOnPhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: awara.At("スマホ用(更新、再発行後)", "SPC-010", "SPC-024"), Rule: Sheet{
		Requires: append([]Requirement{{Cond: PhoneCertificatesEnded, Refuse: "phone_certificates_still_valid"}}, phoneNeeds...), Ways: inTheApp, Effects: phoneIssued,
		Papers:   []Need{single(MyNumberCard, awara.At("スマホ用(更新、再発行後)", "SPC-010"))},
		Steps:    []Line{readTheCard, ownPINs},
		Warnings: []Line{givePhoneUp},
		NotThey:  "phone_holder_only",
	}},
}

// ChangePhone is the move to another phone, done on the new one (SPC-011).
var ChangePhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: awara.At("機種変更をした場合", "SPC-011"), Rule: Sheet{
		Requires: append([]Requirement{{Cond: PhoneIsUsed, Refuse: "no_phone_certificates", Opens: PhoneIssue}}, phoneNeeds...), Ways: inTheApp, Effects: phoneIssued,
		Papers: []Need{single(MyNumberCard, awara.At("機種変更をした場合", "SPC-011"))},
		Steps: []Line{
			line("model_change", "新しいスマートフォンのアプリで機種変更申請をします。", "Make the model-change application in the app of the new phone.", "新(あたら)しい スマートフォンで 申(もう)し込(こ)みます。", awara.At("機種変更をした場合", "SPC-011")),
			readTheCard, ownPINs,
		},
		Warnings: []Line{givePhoneUp},
		NotThey:  "phone_holder_only",
	}},
}

// RevokeOnPhone is the end of use, which is a duty before the phone is given up (SPC-020 to SPC-022).
var RevokeOnPhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: mhlwLeaflet.At("失効手続き…のお願い", "SPC-020", "ST-040"), Rule: Sheet{
		Requires: []Requirement{{Cond: PhoneIsUsed, Refuse: "no_phone_certificates"}},
		Ways: []Way{
			{Office: Mynaportal, Channels: []Channel{Online}, If: conds(PhoneWorks), Who: phoneHolder, Cite: mhlwLeaflet.At("失効手続きの手順", "SPC-021"), Steps: []Line{
				line("in_the_app", "スマートフォンのマイナポータルアプリのメニューから失効を選び、証明書を選んで、6〜16文字の暗証番号を入力します。", "In the Mynaportal app of that phone choose to revoke, choose the certificate and type the PIN of 6 to 16 characters.", "スマホの マイナポータルアプリで やめる ものを 選(えら)んで、暗証番号(あんしょうばんごう)(6〜16文字(もじ))を 入(い)れます。", mhlwLeaflet.At("失効手続きの手順", "SPC-021")),
			}},
			{Office: CallCentre, Channels: []Channel{Telephone}, If: conds(PhoneWorks.Not()), Who: phoneHolder, Cite: mhlwLeaflet.At("パスワード忘れや端末操作ができない場合", "SPC-022"), Steps: []Line{
				line("by_telephone", "暗証番号を忘れたときや端末を操作できないときは、マイナンバー総合フリーダイヤル "+lineInJapan+" に電話します。", "If the PIN is forgotten or the phone does not work, call the toll-free line "+lineInJapan+".", "暗証番号(あんしょうばんごう)を 忘(わす)れた とき、スマートフォンが 動(うご)かない ときは "+lineInJapan+"に 電話(でんわ)します。", mhlwLeaflet.At("パスワード忘れや端末操作ができない場合", "SPC-022", "SPC-025")),
			}},
		},
		NotThey: "phone_holder_only",
		Effects: []Effect{
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書は失効します。", "The certificates on the phone are revoked.", "スマートフォンの 電子証明書(でんししょうめいしょ)は 使(つか)えません。", mhlwLeaflet.At("失効手続きの手順", "SPC-021")),
			effect(ThePhoneAuthentication, "revoked", "スマホ用利用者証明用電子証明書も失効します。カードはそのまま使えます。", "The smartphone user authentication certificate is revoked too. The card goes on working.", "カードは 使(つか)えます。", mhlwLeaflet.At("失効手続きの手順", "SPC-021")),
		},
		Warnings: []Line{
			line("apply_anew", "また使うときは、アプリで新しく申請してください。", "To use them again, apply anew in the app.", "また 使(つか)う ときは もう一度(いちど) 申(もう)し込(こ)みます。", mhlwLeaflet.At("再度スマホ用電子証明書を利用する場合", "SPC-024")),
		},
	}},
}

// StopOnPhone is the stop of a lost phone's certificates by telephone (SPC-023).
var StopOnPhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: mhlwLeaflet.At("一時利用停止が必要なとき", "SPC-023", "LOSS-050"), Rule: Sheet{
		Requires: []Requirement{{Cond: PhoneIsUsed, Refuse: "no_phone_certificates"}},
		Ways:     []Way{{Office: CallCentre, Channels: []Channel{Telephone}, Who: phoneHolder, Cite: mhlwLeaflet.At("一時利用停止が必要なとき", "SPC-023")}},
		NotThey:  "phone_holder_only",
		Effects: []Effect{
			effect(ThePhoneSignature, "held", "スマホ用電子証明書は一時保留になります。", "The certificates on the phone are on hold.", "スマートフォンの 電子証明書(でんししょうめいしょ)が 止(と)まります。", awara.At("スマートフォンを紛失した場合", "SPC-023", "ST-040")),
			effect(ThePhoneAuthentication, "held", "スマホ用利用者証明用電子証明書も一時保留になります。", "The smartphone user authentication certificate is on hold too.", "ログイン用(よう)も 止(と)まります。", awara.At("スマートフォンを紛失した場合", "SPC-023", "ST-040")),
		},
		Steps: []Line{
			line("call", "24時間365日の窓口(国内 "+lineInJapan+"、国外から "+lineAbroad+")に本人が電話します。", "The holder calls the line, day and night: in Japan "+lineInJapan+", from abroad "+lineAbroad+".", "本人(ほんにん)が 電話(でんわ)します(日本(にほん)から "+lineInJapan+"、外国(がいこく)から "+lineAbroad+")。24時間(じかん) いつでも できます。", awara.At("スマートフォンを紛失した場合", "SPC-023", "LOSS-051")),
			line("found_or_not", "見つかったらアプリで解除し、見つからなければ失効させます。", "When it is found lift the stop in the app; when it is not, have the certificates revoked.", "見(み)つかったら アプリで また 使(つか)えるように します。", mhlwLeaflet.At("一時利用停止が必要なとき", "SPC-023")),
		},
	}},
}

// LiftOnPhone ends that stop: the user authentication certificate comes back, the signature certificate is issued anew (supplement 4.8).
var LiftOnPhone = law.Table[Sheet]{
	{From: androidDay, Checked: checked, Cite: jpkiPortal.At("スマートフォンの紛失", "SPC-023", "ST-040"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: PhoneHeld, Refuse: "phone_not_stopped"},
			{Cond: PhoneInHand, Refuse: "phone_not_found"},
			{Cond: SignatureIsValid, Refuse: "signature_needed", Opens: ReissueSignature},
		},
		Ways:    []Way{{Office: Mynaportal, Channels: []Channel{Online}, Who: phoneHolder, Cite: jpkiPortal.At("スマートフォンの紛失", "SPC-023")}},
		NotThey: "phone_holder_only",
		Effects: []Effect{
			effect(ThePhoneAuthentication, "valid", "スマホ用利用者証明用電子証明書はまた使えます。", "The smartphone user authentication certificate comes back.", "ログインが また できます。", jpkiPortal.At("スマートフォンの紛失", "SPC-023", "ST-040")),
			effect(ThePhoneSignature, "reissued", "スマホ用署名用電子証明書は新しく発行され、もう一度取り込みます。", "The smartphone signature certificate is issued anew and loaded again.", "署名用(しょめいよう)は 新(あたら)しく なります。", jpkiPortal.At("スマートフォンの紛失", "SPC-023", "ST-040")),
		},
		Steps: []Line{line("lift_in_app", "マイナポータルアプリで一時停止の解除を選びます。", "Lift the stop in the Mynaportal app.", "アプリで また 使(つか)えるように します。", jpkiPortal.At("スマートフォンの紛失", "SPC-023"))},
	}},
}
