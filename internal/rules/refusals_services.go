package rules

import "mynumber/internal/law"

var servicesRefusals = map[string]law.Refusal{
	"phone_kind_not_served": easily(no(
		"この種類のスマートフォンでは、%s にスマホ用電子証明書が始まります。", "Certificates on this kind of phone begin on %s.",
		"それまではカードを使ってください。", "Use the card until then.",
		digital.At("iPhone", "SPC-001", "CON-030")),
		"この スマートフォンは %s から できます。", "カードを 使(つか)って ください。"),
	"phone_not_supported": easily(no(
		"対応していない機種では、マイナポータルアプリに申込みのメニューが表示されません。", "On a phone that is not supported the app does not offer the application.",
		"対応機種を使うか、カードをそのまま使ってください。", "Use a supported model, or the card.",
		mhlwLeaflet.At("STEP 3", "SPC-004")),
		"この スマートフォンでは できません。", "カードを 使(つか)って ください。"),
	"signature_needed": easily(no(
		"有効な署名用電子証明書がありません。", "There is no valid signature certificate.",
		"市区町村の窓口で署名用電子証明書の発行(更新・追加)を受けてください。15歳未満の方には原則として発行されません。", "Have one issued, renewed or added at the municipality. In principle under-15s get none.",
		awara.At("スマホ用(利用申請、利用登録)", "SPC-003", "SPC-010", "CERT-011", "ONL-002")),
		"署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が ありません。", "役所(やくしょ)の 窓口(まどぐち)で 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらって ください。15歳(さい)より 下(した)の 人(ひと)は、ふつう もらえません。"),
	"phone_certificates_still_valid": easily(no(
		"スマートフォンの電子証明書はまだ有効です。", "The certificates on the phone are still valid.",
		"そのままお使いください。機種を変えるときは機種変更の手続きをしてください。", "Go on using them; for another phone make the model change.",
		awara.At("スマホ用(更新、再発行後)", "SPC-010")),
		"まだ 使(つか)えます。", "そのまま 使(つか)って ください。"),
	"no_phone_certificates": easily(no(
		"使っているスマホ用電子証明書がありません。", "There are no certificates in use on a phone.",
		"はじめて使うときは、マイナポータルアプリで発行を申請してください。", "To begin, apply for them in the Mynaportal app.",
		awara.At("スマホ用(利用申請、利用登録)", "SPC-003")),
		"スマートフォンに 電子証明書(でんししょうめいしょ)が ありません。", "アプリで 申(もう)し込(こ)んで ください。"),
	"phone_holder_only": easily(no(
		"スマホ用電子証明書の手続きは本人だけができます。販売店や家族の人はできません。", "Only the holder can do this, not a shop and not the family.",
		"本人がアプリで、または電話で手続きしてください。", "The holder does it in the app or by telephone.",
		mhlwLeaflet.At("失効手続き…のお願い", "SPC-020", "SPC-025")),
		"本人(ほんにん)しか できません。", "本人(ほんにん)が アプリか 電話(でんわ)で して ください。"),
	"phone_not_stopped": easily(no(
		"スマホ用電子証明書は一時停止されていません。", "The certificates on the phone are not on hold.",
		"失効したときは新しく申請してください。", "If they were revoked, apply anew.",
		jpkiPortal.At("スマートフォンの紛失", "SPC-023", "SPC-024")),
		"止(と)まっていません。", "使(つか)えない ときは もう一度(いちど) 申(もう)し込(こ)んで ください。"),
	"phone_not_found": easily(no(
		"スマートフォンが手元にないと、一時停止を解除できません。", "The stop can be lifted only with the phone at hand.",
		"見つからないときは、電話で失効の手続きをしてください。", "If it is not found, have the certificates revoked by telephone.",
		mhlwLeaflet.At("一時利用停止が必要なとき", "SPC-023")),
		"スマートフォンが ないと できません。", "見(み)つからない ときは 電話(でんわ)で やめて ください。"),
	"user_authentication_needed": easily(no(
		"有効な利用者証明用電子証明書がありません。", "There is no valid user authentication certificate.",
		"市区町村の窓口(国外では本籍地の市区町村か在外公館)で更新または追加の手続きをしてください。", "Have it renewed or added at the municipality; from abroad, at the honseki municipality or the mission.",
		niigata.At("コンビニ交付サービス※", "CVS-004", "HIC-005", "MYN-002", "ONL-002")),
		"利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が ありません。", "役所(やくしょ)で もらって ください。"),
	"face_card_no_pin_services": easily(no(
		"顔認証マイナンバーカードでは、暗証番号を使うサービス(マイナポータル・コンビニ交付・オンライン申請)は使えません。", "A face-authentication card cannot be used where a PIN is typed: Mynaportal, kiosks, online procedures.",
		"医療機関では使えます。ほかのサービスを使うときは、暗証番号のあるカードに戻してください。", "It works at medical institutions; for the rest have it switched back to a card with PINs.",
		awara.At("暗証番号が不要なマイナンバーカード", "MYN-007", "CVS-004", "ONL-002", "CARD-029")),
		"この カードは 暗証番号(あんしょうばんごう)が ないので できません。", "病院(びょういん)では 使(つか)えます。ほかで 使(つか)う ときは、暗証番号(あんしょうばんごう)が ある カードに 戻(もど)して ください。"),
	"pin1_unusable": easily(no(
		"署名用の暗証番号(No.1)が使えないため、手続きできません。", "PIN No.1 cannot be used.",
		"市区町村の窓口、またはコンビニ(スマホアプリで予約)で再設定してください。", "Have it reset at the municipality, or at a kiosk after a reservation in the app.",
		awara.At("スマホ用(利用申請、利用登録)", "PIN-001", "SPC-003")),
		"署名用(しょめいよう)の 暗証番号(あんしょうばんごう)(No.1)が 使(つか)えないので、手続(てつづ)きできません。", "役所(やくしょ)か コンビニで 決(き)め直(なお)して ください。"),
	"pin2_unusable": easily(no(
		"利用者証明用の暗証番号(No.2)が使えないため、手続きできません。", "PIN No.2 cannot be used.",
		"市区町村の窓口、またはコンビニ(スマホアプリで予約)で再設定してください。医療機関では顔認証で使えます。", "Have it reset at the municipality or a kiosk. At medical institutions the face will do.",
		niigata.At("コンビニ交付サービス", "PIN-001", "CVS-001", "PIN-006", "SEC-012")),
		"利用者証明用(りようしゃしょうめいよう)の 暗証番号(あんしょうばんごう)(No.2)が 使(つか)えないので、手続(てつづ)きできません。", "役所(やくしょ)か コンビニ(スマホの アプリで 予約(よやく)します)で 決(き)め直(なお)して ください。病院(びょういん)では 顔(かお)で 使(つか)えます。"),
	"insurance_not_registered": easily(no(
		"健康保険証としての利用登録がありません。", "The card is not registered for insurance use.",
		"受付のカードリーダーでその場で登録できます。", "It can be registered on the spot at the reader.",
		mhlwLeaflet.At("(1)", "HIC-004")),
		"まだ 保険証(ほけんしょう)に なっていません。", "病院(びょういん)の 機械(きかい)で すぐ できます。"),
	"insurance_certificate_expired": easily(no(
		"利用者証明用電子証明書が使えないため、マイナ保険証として使えません。", "The user authentication certificate no longer serves, so the insurance cannot be checked.",
		"市区町村で電子証明書を更新してください。それまでは資格確認書で受診できます。", "Renew the certificate at the municipality; until then an eligibility certificate will do.",
		awara.At("マイナンバーカードの有効期限", "HIC-034", "HIC-030", "EXP-012")),
		"期限(きげん)が 切(き)れて 使(つか)えません。", "役所(やくしょ)で 電子証明書(でんししょうめいしょ)を 新(あたら)しく して ください。それまでは「資格確認書(しかくかくにんしょ)」で 病院(びょういん)に 行(い)けます。"),
	"old_insurance_card_ended": easily(no(
		"この健康保険証はもう使えません。", "This insurance card no longer counts.",
		"マイナ保険証か資格確認書を使ってください。", "Use the card as insurance card, or an eligibility certificate.",
		mhlwGrace.At("経過措置", "HIC-001", "CON-003", "DATE-020")),
		"この 保険証(ほけんしょう)は もう 使(つか)えません。", "マイナ保険証(ほけんしょう)か 資格確認書(しかくかくにんしょ)を 使(つか)って ください。"),
	"insurance_by_card_works": easily(no(
		"マイナ保険証を使えるため、資格確認書の申請は必要ありません。", "The insurance can be shown by the card; no eligibility certificate is needed.",
		"医療機関ではカードをお使いください。", "Use the card at medical institutions.",
		mhlwLeaflet.At("(1)", "HIC-030")),
		"カードが 使(つか)えます。", "病院(びょういん)で カードを 使(つか)って ください。"),
	"kiosk_not_under_15": easily(no(
		"15歳未満の方はコンビニ交付を使えません。", "Under-15s cannot use kiosks.",
		"市区町村の窓口で取るか、同じ世帯の15歳以上の人が取ってください。", "Get it at the municipality, or have a member of the household of 15 or over get it.",
		niigata.At("コンビニ交付サービス", "CVS-001")),
		"15歳(さい)より 下(した)の 人(ひと)は できません。", "役所(やくしょ)の 窓口(まどぐち)で 取(と)るか、いっしょに 住(す)む 15歳(さい)か それより 上(うえ)の 家族(かぞく)が 取(と)って ください。"),
	"kiosk_abroad_family_register_only": easily(no(
		"国外に住む人がコンビニで取れるのは戸籍の証明書だけです(「利用できないカードです」と表示されます)。", "Holders abroad get family register certificates only; the kiosk shows 利用できないカードです.",
		"住民票はないため、戸籍の附票の写しなどをご利用ください。", "There is no resident record; a copy of the supplementary family register may serve.",
		blog.At("よくある質問", "CVS-003")),
		"外国(がいこく)に 住(す)む 人(ひと)は 戸籍(こせき)の 証明書(しょうめいしょ)だけです。", "戸籍(こせき)の 附票(ふひょう)を 使(つか)って ください。"),
	"kiosk_not_offered": easily(no(
		"その市区町村は、この証明書のコンビニ交付を行っていません。", "That municipality does not take part.",
		"市区町村の窓口か郵送で請求してください。", "Ask at its counter or by post.",
		niigata.At("コンビニ交付サービス", "CVS-001")),
		"その 町(まち)は コンビニで できません。", "役所(やくしょ)で もらって ください。"),
	"kiosk_registration_missing": easily(no(
		"戸籍の証明書の利用登録がありません。電子証明書の更新や戸籍の変更の後は、登録のやり直しが必要です。", "Not registered for family register certificates; after a renewal of the certificate or a change in the register it has to be done again.",
		"マルチコピー機などで利用登録を申請してください。", "Apply for the registration at a multi-copy machine.",
		awara.At("更新手続の表(本籍地証明書)", "CVS-010", "CVS-011", "CVS-012", "CERT-045")),
		"戸籍(こせき)を 取(と)るための 登録(とうろく)が ありません。電子証明書(でんししょうめいしょ)を 新(あたら)しく した あとや、戸籍(こせき)が 変(か)わった あとは、もう一度(いちど) 登録(とうろく)します。", "コンビニの 機械(きかい)で 先(さき)に 登録(とうろく)して ください。"),
	"kiosk_closed": easily(no(
		"年末年始は休止しています。%s から使えます。", "Kiosks are shut at the turn of the year; they open on %s.",
		"急ぐときは、開庁後に市区町村の窓口で取ってください。", "If it is urgent, ask at the municipality when it opens.",
		niigata.At("コンビニ交付サービス", "CVS-001", "CVS-002")),
		"今日(きょう)は 休(やす)みです。%s から 使(つか)えます。", "あとで もう一度(いちど) 来(き)てください。"),
	"reader_needed": easily(no(
		"カードを読み取る機器がないため、オンラインでは手続きできません。", "Without a device that reads the card this cannot be done online.",
		"対応するスマートフォンかICカードリーダーを用意してください(対応機種は公的個人認証ポータルサイト)。", "Have a supported phone or a card reader; the JPKI portal lists them.",
		niigata.At("電子申請における本人認証で利用", "ONL-002", "CERT-009")),
		"カードを 読(よ)む 機械(きかい)が ありません。", "スマートフォンか カードリーダーを 用意(ようい)して ください。"),
	"account_of_somebody_else": easily(no(
		"公金受取口座は本人名義の口座だけです。家族の口座では給付金が支払われず、遅れます。", "The account has to be in the person's own name; a benefit is paid to nobody else and would be delayed.",
		"本人名義の口座を登録してください。お子さんもお子さん名義の口座です。", "Register an account in the person's own name, for a child in the child's name.",
		mhlwLeaflet.At("資料4", "PMA-001", "PMA-005")),
		"本人(ほんにん)の 名前(なまえ)の 口座(こうざ)だけです。家族(かぞく)の 口座(こうざ)だと お金(かね)が もらえません。", "自分(じぶん)の 名前(なまえ)の 口座(こうざ)を 登録(とうろく)して ください。"),
	"licence_stays_apart": easily(no(
		"運転免許証だけを持つときは、カードの手続きはありません。", "For the licence alone nothing is done with the card.",
		"マイナ免許証にするときに手続きしてください。", "Come back when it is to be on the card.",
		blog.At("表", "DRV-001")),
		"カードの 手続(てつづ)きは ありません。", "カードに 入(い)れたい ときに 来(き)てください。"),
	"number_purpose_unlawful": easily(no(
		"法令で定められた人が社会保障・税・災害対策の手続きに使うほかは、マイナンバーを求めることも、集めて保管することもできません。", "Outside social security, tax and disaster response, and but by those whom the law names, the number may be neither asked for nor kept.",
		"マイナンバーを教えないでください。本人確認なら、カードの表面など別の書類を示してください。不審なときは "+lineInJapan+" へ。", "Do not give it. For identity show the front of the card or another document. In doubt: "+lineInJapan+".",
		numberAct.At("第9条・第15条・第20条", "NUM-006", "NUM-008", "NUM-009", "SEC-001", "SEC-020")),
		"マイナンバーを 聞(き)いては いけません。", "教(おし)えないで ください。"+lineInJapan+"に 聞(き)いてください。"),
	"number_never_by_telephone": easily(no(
		"役所などが電話やメールでマイナンバーを聞くことはありません。", "Authorities never ask for the number by telephone or e-mail.",
		"教えずに電話を切り、"+lineInJapan+" か消費者ホットラインに相談してください。", "Do not give it; hang up and ask "+lineInJapan+".",
		awara.At("詐欺", "SEC-021", "SEC-020")),
		"電話(でんわ)や メールで 聞(き)く ことは ありません。", "教(おし)えないで、"+lineInJapan+"に 電話(でんわ)して ください。"),
	"linkage_not_for_this": easily(no(
		"情報連携は、マイナンバーを使う社会保障・税・災害対策の手続きだけで使えます。", "Information linkage serves only procedures that use the number.",
		"必要な書類を付けて申請してください。", "Apply with the papers.",
		awara.At("情報連携", "LNK-001", "NUM-006")),
		"この 手続(てつづ)きでは 書類(しょるい)が いります。", "書類(しょるい)を 持(も)って 来(き)てください。"),
	"linkage_needs_number": easily(no(
		"マイナンバーがないと情報連携はできません。氏名で探して結び付けることはしません。", "Without the number there is no linkage; nobody is looked up by name.",
		"申請書にマイナンバーを書くか、必要な書類を付けてください。", "Write the number on the application, or attach the papers.",
		awara.At("「マイナンバーの紐付け誤り」", "LNK-008", "SEC-025")),
		"マイナンバーが ないと できません。", "マイナンバーを 書(か)くか、書類(しょるい)を 出(だ)して ください。"),
	"photoless_proves_nothing": easily(no(
		"顔写真のないカードは本人確認書類になりません。", "A card without a photo proves no identity.",
		"ほかの本人確認書類を確かめてください。", "Check another document.",
		awara.At("1歳未満(顔写真なし)", "CARD-024", "CON-022")),
		"写真(しゃしん)が ない カードは 証明(しょうめい)に なりません。", "ほかの 書類(しょるい)を 見(み)て ください。"),
	"chip_must_be_read": easily(no(
		"行政機関がカードで本人を確認するときは、ICチップの情報を読み取らなければなりません。", "A public body has to read the chip.",
		"対面確認アプリなどで読み取ってから手続きしてください。", "Read it with the verification app first.",
		awara.At("「なりすまし」", "IDV-004", "IDV-003")),
		"チップを 読(よ)んで ください。", "アプリで 読(よ)みます。"),
	"card_not_genuine": easily(no(
		"ICチップがないか、チップの情報が券面と違うため、このカードで本人を確認できません。", "There is no chip, or it differs from the card face: this card proves no identity.",
		"手続きを進めず、別の書類で確認し、偽造が疑われるときは警察に知らせてください。", "Go no further; check otherwise, and tell the police if it looks forged.",
		awara.At("「なりすまし」による不正な契約締結", "IDV-001", "IDV-005", "SEC-027")),
		"この カードは 本物(ほんもの)か わかりません。", "手続(てつづ)きを 止(と)めて、ほかの 書類(しょるい)を 見(み)て ください。にせものかも しれない ときは 警察(けいさつ)に 知(し)らせて ください。"),
}
