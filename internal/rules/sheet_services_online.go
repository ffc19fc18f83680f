package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

var oneself = []Come{{Who: Holder, Cite: awara.At("電子証明書を利用するには", "CERT-005")}}

// LoginToMynaportal is the login with the user authentication certificate of the card or the phone (MYN-001 to MYN-007).
var LoginToMynaportal = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("マイナポータルとは", "MYN-001", "MYN-002"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: FaceCard.Not(), Refuse: "face_card_no_pin_services", Opens: SwitchBack},
			{Cond: CanAuthenticate, Refuse: "user_authentication_needed", Opens: RenewCertificatesAtHome},
			{Cond: PIN2Usable, Refuse: "pin2_unusable", Opens: ResetPINInJapan},
		},
		Ways: []Way{{Office: Mynaportal, Channels: []Channel{Online}, Who: oneself, PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: awara.At("やりとり履歴", "MYN-002")}},
		Steps: []Line{
			line("read_card", "スマートフォンかカードリーダーでカードを読み取り、暗証番号(No.2)を入力します。", "Read the card with a phone or a reader and type PIN No.2.", "スマホか カードリーダーで カードを 読(よ)んで、暗証番号(あんしょうばんごう)(No.2)を 入(い)れます。", awara.At("電子証明書を利用するには", "MYN-002", "CERT-009")),
			line("what_is_there", "手続きの検索とオンライン申請、お知らせ、わたしの情報、やりとり履歴の確認ができます。健康保険証や公金受取口座の登録もここでします。", "Find and make applications, read notices, your own data and the history of exchanges; register for insurance use and the account for public money.", "いろいろな 申請(しんせい)や 自分(じぶん)の 情報(じょうほう)を 見(み)る ことが できます。", awara.At("わたしの情報", "MYN-001", "MYN-003", "MYN-004", "MYN-005", "SEC-005")),
		},
		Warnings: []Line{
			line("ed1108", "電子証明書の更新の後、1時間ほどは「ED1108 本人確認情報が一致しませんでした。」と表示されて使えません。時間をおいてください。", "For about an hour after a renewal the error ED1108 is shown; try again later.", "電子証明書(でんししょうめいしょ)を 新(あたら)しく した あと、1時間(じかん)くらいは「ED1108」と 出(で)て 使(つか)えません。待(ま)って ください。", awara.At("更新手続の表(マイナポータル)", "CERT-040", "CERT-047", "MYN-006"), RenewedToday),
			line("guard_card_and_pin", "カードと暗証番号がそろうと、大切な情報を見られます。カードをなくしたらすぐに "+lineInJapan+" で止めてください。", "Card and PIN together open sensitive data: have a lost card suspended at once, "+lineInJapan+".", "カードと 暗証番号(あんしょうばんごう)が あると、大切(たいせつ)な ことを 見(み)られます。カードを なくしたら すぐに "+lineInJapan+" に 電話(でんわ)して 止(と)めて ください。", awara.At("「必要最小限」(ただし…)", "SEC-014", "SEC-013")),
		},
		Takes: []Estimate{takes("until_login_works", 1, 1, Hours, "更新の後、ログインできるまでおよそ1時間です。", "About an hour after a renewal until the login works.", "1時間(じかん)くらい かかります。", awara.At("更新手続の表(マイナポータル)", "CERT-040", "CERT-047"), RenewedToday)},
	}},
}

// SignOnline is an online procedure with the signature certificate: e-Tax, applications, accounts (ONL-001 to ONL-003).
var SignOnline = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("電子申請における本人認証で利用", "ONL-001", "CERT-006", "CERT-007", "CERT-008"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: FaceCard.Not(), Refuse: "face_card_no_pin_services", Opens: SwitchBack},
			{Cond: SignatureIsValid, Refuse: "signature_needed", Opens: ReissueSignature},
			{Cond: PIN1Usable, Refuse: "pin1_unusable", Opens: ResetPINInJapan},
			{Cond: HasReader, Refuse: "reader_needed"},
		},
		Ways: []Way{{Office: RelyingParty, Channels: []Channel{Online}, Who: oneself, PINs: []card.PIN{card.SignaturePIN}, Cite: niigata.At("電子申請における本人認証で利用", "ONL-001", "ONL-002")}},
		Steps: []Line{
			line("sign", "申請の内容を確かめ、カードを読み取って署名用の暗証番号(No.1)を入力します。", "Check what is to be signed, read the card and type PIN No.1.", "内容(ないよう)を 見(み)て、カードを 読(よ)んで、署名用(しょめいよう)の 暗証番号(あんしょうばんごう)(No.1)を 入(い)れます。", awara.At("電子証明書のなりたち", "CERT-005", "ONL-001")),
		},
		Warnings: []Line{
			line("abroad_depends", "国外から使えるかどうかはサービスによります。使えないものもあります。", "Whether a service can be used from abroad is for that service; some cannot.", "外国(がいこく)から 使(つか)えない ものも あります。", konan.At("1.継続利用※", "ONL-003"), LivesAbroad),
			line("what_the_other_sees", "署名用電子証明書には氏名・住所・生年月日・性別が入っていて、相手に渡ります。マイナンバーは入っていません。", "The certificate shows the other side name, address, birth date and sex, and never the Individual Number.", "相手(あいて)に 名前(なまえ)や 住所(じゅうしょ)が わかります。マイナンバーは わかりません。", awara.At("電子証明書のなりたち", "CERT-004", "CERT-007")),
			line("checked_with_issuer", "相手は、証明書が有効かどうかを地方公共団体情報システム機構に確かめます。", "The other side asks the issuer whether the certificate is good.", "相手(あいて)は 使(つか)えるか 調(しら)べます。", awara.At("電子証明書のなりたち", "CERT-001", "CERT-003", "CERT-005", "DATE-001", "DATE-002")),
			line("etax_after_renewal", "電子証明書が新しくなった人は、e-Taxに登録し直してください。", "After a renewal register the new certificate with e-Tax.", "e-Taxに もう一度(いちど) 登録(とうろく)して ください。", awara.At("更新手続の表(e-Tax)", "CERT-043")),
		},
	}},
}

// ConsentFourItems is the agreement that a business gets one's latest address, name, birth date and sex (B4I-001 to B4I-008).
var ConsentFourItems = law.Table[Sheet]{
	{From: day(2023, 5, 16), Checked: checked, Cite: mhlwLeaflet.At("(5)", "B4I-001", "DATE-012"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: SignatureIsValid, Refuse: "signature_needed", Opens: ReissueSignature},
			{Cond: PIN1Usable, Refuse: "pin1_unusable", Opens: ResetPINInJapan},
		},
		Ways: []Way{{Office: RelyingParty, Channels: []Channel{Online}, Who: oneself, PINs: []card.PIN{card.SignaturePIN}, Cite: mhlwLeaflet.At("(5)", "B4I-002")}},
		Steps: []Line{
			line("agree", "金融機関などの申込みのときに、カードで署名して同意します。", "Agree with a signature by the card when dealing with the business.", "銀行(ぎんこう)などで カードを 使(つか)って 「いい」と 言(い)います。", mhlwLeaflet.At("(5)", "B4I-002")),
			line("move_and_reissue", "引っ越しなどの後に署名用電子証明書を新しくすると、新しい内容が機構に届きます。", "After a move the new certificate brings the new data to the issuer.", "引(ひ)っ越(こ)したら 署名用(しょめいよう)を 新(あたら)しく します。", mhlwLeaflet.At("資料6", "B4I-003")),
			line("business_asks", "会社は失効リストで変更のあった人を知り、プラットフォーム事業者を通して機構から新しい内容を受け取ります。毎年の郵便での確認に代わるものです。", "The business learns from the revocation list who has changed and gets the new data from the issuer through a platform operator, in place of the yearly letter.", "会社(かいしゃ)は 新(あたら)しい 住所(じゅうしょ)が わかります。", mhlwLeaflet.At("資料6", "B4I-004", "B4I-005", "B4I-006", "B4I-008")),
		},
		Warnings: []Line{
			line("withdraw", "同意は、利用者クライアントソフトやマイナポータルで確かめたり取り消したりできます。", "The consent can be seen and withdrawn in the client software or in Mynaportal.", "あとで やめる ことも できます。", jpkiPortal.At("4情報提供の同意", "B4I-002", "B4I-007")),
			line("nothing_while_revoked", "署名用電子証明書が失効したままの間は、会社に情報は渡りません。", "While the certificate is revoked and no new one issued, nothing is handed over.", "署名用(しょめいよう)が ない 間(あいだ)は 会社(かいしゃ)に わかりません。", mhlwLeaflet.At("資料6", "B4I-003")),
		},
	}},
}

// RegisterAccount is the account into which the State pays benefits (公金受取口座, PMA-001 to PMA-006).
var RegisterAccount = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("(3)", "PMA-001"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: OwnAccount, Refuse: "account_of_somebody_else"},
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: CanAuthenticate, Refuse: "user_authentication_needed", Opens: RenewCertificatesAtHome},
		},
		Ways: []Way{
			{Office: Mynaportal, Channels: []Channel{Online}, Who: oneself, PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: mhlwLeaflet.At("資料4", "PMA-003", "MYN-005"), Steps: []Line{
				line("in_mynaportal", "マイナポータルにログインして「公金受取口座の登録・変更」を選びます。別の人の口座が表示されたら「口座情報を変更する」で直します。", "Log in to Mynaportal and register or change the account; if somebody else's is shown, change it.", "マイナポータルで 口座(こうざ)を 登録(とうろく)します。", mhlwLeaflet.At("資料4", "PMA-003", "PMA-005")),
			}},
			{Office: Bank, Channels: []Channel{Visit}, If: conds(BanksTakeAccounts), Who: oneself, Cite: mhlwLeaflet.At("(3) ※2", "PMA-004")},
		},
		Papers:  []Need{single(OwnAccountData, mhlwLeaflet.At("資料4", "PMA-001", "PMA-003"))},
		Effects: []Effect{effect(TheServiceRegistrations, "registered", "口座が国に登録され、給付の申請で口座の記入や通帳の写しがいらなくなります。", "The account is registered with the State; applications for benefits then need no account data.", "口座(こうざ)が 国(くに)に 登録(とうろく)されます。", mhlwLeaflet.At("(3)", "PMA-001"))},
		Warnings: []Line{
			line("still_apply", "給付金の申請は別に必要です。", "The benefit itself has to be applied for.", "お金(かね)を もらう 申請(しんせい)は 別(べつ)に します。", mhlwLeaflet.At("(3) ※3", "PMA-002")),
			line("not_account_numbering", "銀行にマイナンバーを届け出る「預貯金口座付番制度」とは別のものです。", "It is not the voluntary numbering of deposits with a bank.", "銀行(ぎんこう)に マイナンバーを 教(おし)える ことでは ありません。", mhlwLeaflet.At("ご参考", "PMA-006")),
		},
	}},
}

// RegisterLicence puts a driving licence on the card (マイナ免許証, DRV-001 to DRV-005).
var RegisterLicence = law.Table[Sheet]{
	{From: licenceDay, Checked: checked, Cite: blog.At("表", "DRV-001"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: LicenceOnCard, Refuse: "licence_stays_apart"},
		},
		Ways:    []Way{{Office: Police, Channels: []Channel{Visit}, Who: oneself, Cite: blog.At("表", "DRV-001")}},
		Papers:  []Need{single(MyNumberCard, blog.At("表", "DRV-001")), single(DrivingLicence, blog.At("表", "DRV-001"))},
		Effects: []Effect{effect(TheServiceRegistrations, "registered", "免許の情報がカードのICチップに記録されます。", "The licence is written into the card's chip.", "免許(めんきょ)が カードに 入(はい)ります。", blog.At("表", "DRV-001"))},
		Warnings: []Line{
			line("abroad_risk", "国外に住む人が運転免許証を返してマイナ免許証だけにすると、カードに国内の住所がないため次の更新ができず、免許が失効するおそれがあります。", "Whoever lives abroad and gives the licence up for the card alone may be unable to renew, for the card has no address in Japan, and lose the licence.", "外国(がいこく)に 住(す)む 人(ひと)は 免許(めんきょ)が なくなる ことが あります。", blog.At("注意点:非居住者のリスク", "DRV-004"), LeavesOrLivesAbroad),
			line("one_stop", "マイナ免許証だけの人は、住所や氏名の変更を市区町村の届出だけで済ませられます。2枚持ちの人は警察でも手続きが必要です。", "With the card alone a change of address or name is notified to the municipality only; with both, to the police as well.", "マイナ免許証(めんきょしょう)だけの 人(ひと)は、住所(じゅうしょ)や 名前(なまえ)が 変(か)わった ときは 役所(やくしょ)に 届(とど)けるだけで いいです。免許証(めんきょしょう)も 持(も)つ 人(ひと)は、警察(けいさつ)でも 手続(てつづ)きします。", blog.At("デメリット(ワンストップ)", "DRV-002", "DRV-005")),
			line("online_lecture", "マイナ免許証を持つ人は、更新のときの講習をオンライン(200円)で受けられます。", "With the licence on the card the lecture at renewal can be taken online, for 200 yen.", "マイナ免許証(めんきょしょう)を 持(も)つ 人(ひと)は、更新(こうしん)の 講習(こうしゅう)を インターネットで できます(200円(えん))。", blog.At("表", "DRV-002")),
			line("abroad_and_rental", "国外での運転やレンタカーなどで、マイナ免許証だけでは受け付けられないことがあります。", "Driving abroad with an international permit and some rental firms may not accept the card alone.", "レンタカーなどで 使(つか)えない ことが あります。", blog.At("表", "DRV-002")),
		},
	}},
}
