package rules

import (
	"slices"

	"mynumber/internal/law"
)

// proxyPapers are what a proxy brings to collect a card besides the notice (PICK-056 to PICK-066): both sides' identity
// documents and the evidence of the reason.
var proxyPapers = slices.Concat([]Need{
	identityByProxy(niigata.At("窓口にお持ちいただく書類", "PICK-056", "PICK-059")).when(HolderStaysAway),
	identityOfProxy(niigata.At("窓口にお持ちいただく書類", "PICK-056", "PICK-060")).when(HolderStaysAway),
}, evidence())

// evidence is the paper of each reason, on the condition that it is the proxy's.
func evidence() []Need {
	var out []Need
	for _, g := range ProxyGrounds11 {
		rule := ProxyGrounds[len(ProxyGrounds)-1].Rule[g]
		if len(rule.Evidence) > 0 {
			out = append(out, oneOf(evidenceCode(g), rule.Cite, rule.Evidence...).when(HolderStaysAway, groundIs(g)))
		}
		for _, p := range rule.Besides {
			out = append(out, single(p, rule.Cite, HolderStaysAway, groundIs(g)))
		}
	}
	return out
}

// authority is the proof that somebody represents the holder, left out where the window can see it (PICK-039).
func authority(cite law.Citation) Need {
	return Need{Code: "representative_authority", If: conds(RelationVisible.Not()), Any: []Pick{{{1, []Paper{FamilyRegisterCopy, GuardianshipCert}}}}, Cite: cite}
}

// CollectAtCounter is the hand-over of a domestic card at the municipality (PICK-001 to PICK-039, PICK-051 to PICK-066).
var CollectAtCounter = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("マイナンバーカードの受取", "PICK-001", "PICK-012", "CON-011", "CHG-048"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: CardAtCounter, Refuse: "card_not_at_counter", Opens: FollowApplication},
			{Cond: StillKept, Refuse: "card_destroyed_uncollected", Opens: ApplyAtHome},
			{Cond: HolderOrGround, Refuse: "proxy_without_ground"},
			{Cond: HolderOrSealed, Refuse: "pins_open"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("受取窓口の種類", "PICK-003", "PICK-002", "OFF-004"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("マイナンバーカードの受取", "PICK-012"), Papers: []Need{
				identity(niigata.At("本人確認書類", "PICK-031", "PICK-032", "PICK-033", "PICK-034", "PICK-035", "CARD-003", "CARD-024", "CON-022", "CON-029", "FORM-043", "FORM-024", "DATE-003"))}},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: niigata.At("マイナンバーカードの受取", "PICK-014", "ELIG-004", "ELIG-021", "PIN-023", "PIN-024"), Papers: []Need{
				identity(niigata.At("本人確認書類", "PICK-031", "PICK-035")),
				single(RepresentativeID, niigata.At("持参するもの", "PICK-039")),
				authority(niigata.At("持参するもの", "PICK-039", "FORM-044"))}},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative, GroundAccepted), PINs: noPINs, Cite: niigata.At("代理交付 注1・注3", "PICK-013", "PICK-052", "PICK-053", "APP-053"),
				Papers: []Need{authority(niigata.At("持参するもの", "PICK-039", "PICK-053"))}},
			{Who: HouseholdMember, If: conds(GroundAccepted), PINs: noPINs, Cite: niigata.At("代理交付", "PICK-013", "PICK-051", "PICK-052", "APP-053", "PIN-025")},
			{Who: Spouse, If: conds(GroundAccepted), PINs: noPINs, Cite: niigata.At("代理交付", "PICK-013", "PICK-051", "PICK-052", "APP-053", "PIN-025")},
			{Who: VoluntaryProxy, If: conds(GroundAccepted), PINs: noPINs, Cite: niigata.At("代理交付", "PICK-013", "PICK-051", "PICK-052", "APP-053", "PIN-025", "OFF-006")},
			{Who: SubProxy, If: conds(NeedsRepresentative, GroundAccepted), PINs: noPINs, Cite: niigata.At("窓口にお持ちいただく書類", "PICK-061"),
				Papers: []Need{single(MandateSubProxy, niigata.At("窓口にお持ちいただく書類", "PICK-061", "FORM-026"))}},
		}}},
		Papers: slices.Concat([]Need{
			single(IssuanceNotice, niigata.At("持参するもの", "PICK-030", "PICK-057", "FORM-027")),
			oneOf("number_paper", niigata.At("持参するもの", "PICK-036", "PICK-066", "NUM-027"), NotificationCard, NumberNotice).when(HasNumberPaper),
			single(JukiCard, niigata.At("持参するもの", "PICK-037", "PICK-062", "CARD-034"), HasJukiCard),
			single(OldCard, niigata.At("持参するもの", "PICK-038", "EXP-042"), FormerCardAtHand),
		}, proxyPapers),
		PINs: allPINs,
		Effects: []Effect{
			effect(TheCard, "active", "カードを受け取り、その日から使えます。", "The card is handed over and works from that day.", "カードを もらって その 日(ひ)から 使(つか)えます。", niigata.At("マイナンバーカードの受取", "PICK-012", "ST-005")),
			effect(TheApplication, "handed_over", "申請は終わります。", "The application ends.", "申込(もうしこ)みは 終(お)わりです。", niigata.At("マイナンバーカードの受取", "ST-005")),
			effect(ThePINs, "set", "暗証番号が設定されます。", "The PINs are set.", "暗証番号(あんしょうばんごう)が 決(き)まります。", niigata.At("暗証番号の設定", "PICK-015", "PIN-020", "CON-031")),
			effect(TheFormerCard, "collected", "古いカードは回収され、使えなくなります。", "The former card is collected and no longer works.", "古(ふる)い カードは 返(かえ)します。", niigata.At("持参するもの", "PICK-038", "CHG-031"), FormerCardAtHand),
		},
		Steps: []Line{
			line("reserve", "必要な市区町村では、交付通知書を手元に置いて受取りを予約します(予約できる期間・電話・時間は市区町村によります)。", "Where it is asked for, reserve with the issuance notice at hand; how far ahead, by which telephone and at what hours is for the municipality to say.", "予約(よやく)が いる ところでは 予約(よやく)します。", niigata.At("予約センターでの受取予約", "PICK-007", "PICK-008", "PICK-009", "PICK-010", "CON-017", "OFF-001", "OFF-003", "OFF-037")),
			line("consult_before_proxy", "代理人のときは、前もって窓口に相談します。本人がカードを希望していることを客観的に確かめられる場合に限られます。", "With a proxy, consult the office first; it must be able to confirm objectively that the holder wants the card.", "代(か)わりの 人(ひと)が 行(い)く ときは 先(さき)に 役所(やくしょ)に 聞(き)きます。", niigata.At("代理交付", "PICK-051", "APP-053"), GroundAccepted),
			line("fill_notice", "代理人のときは、交付通知書の意思確認欄・暗証番号欄・代理人欄に本人が記入し、暗証番号に目隠しシールを貼ります(15歳未満の人などは法定代理人が記入できます)。", "With a proxy the holder fills in the notice: declaration, PINs under the sticker, proxy. A statutory representative may fill it in for an under-15 or a ward.", "代(か)わりの 人(ひと)が 来(く)る ときは、本人(ほんにん)が はがき(交付通知書(こうふつうちしょ))に 自分(じぶん)の 気持(きも)ち・暗証番号(あんしょうばんごう)・代(か)わりの 人(ひと)の 名前(なまえ)を 書(か)いて、暗証番号(あんしょうばんごう)を シールで かくします。15歳(さい)より 下(した)の 人(ひと)などは、親(おや)や 後見人(こうけんにん)が 書(か)けます。", niigata.At("窓口にお持ちいただく書類", "PICK-057", "PICK-058", "PICK-064", "PIN-025"), GroundAccepted),
			line("check_identity", "窓口で職員が顔と本人確認書類を確かめます。", "Staff check face and documents at the window.", "役所(やくしょ)の 人(ひと)が 顔(かお)を 見(み)て 確(たし)かめます。", niigata.At("マイナンバーカードの受取", "PICK-012", "PICK-031")),
			line("set_pins", "本人が暗証番号を入力して設定します(代理人のときは、シールで隠した暗証番号を職員が入力します)。", "The holder chooses and types the PINs; where a proxy comes, staff type those under the sticker.", "暗証番号(あんしょうばんごう)を 自分(じぶん)で 入(い)れます。ほかの 人(ひと)が 行(い)った ときは 役所(やくしょ)の 人(ひと)が 入(い)れます。", niigata.At("暗証番号の設定", "PICK-015", "PIN-020")),
			line("check_entries", "受け取ったカードの表の氏名・住所・生年月日・性別・顔写真・有効期限を確かめます。裏にはマイナンバーがあります。", "Check name, address, date of birth, sex, photo and last day on the front; the number is on the back.", "カードの 名前(なまえ)や 住所(じゅうしょ)を 確(たし)かめます。", awara.At("マイナンバーカードとは", "CARD-001", "CARD-003")),
			line("hand_in_old_papers", "通知カード、住民基本台帳カード、古いマイナンバーカードを返します(個人番号通知書は見せた後に戻ります)。通知カードをなくしたときは紛失届を書きます。", "Hand in the Notification Card, the Basic Resident Register Card and the former card; an Individual Number Notice is given back. A lost Notification Card is reported on a form.", "古(ふる)い カードと 通知(つうち)カードを 返(かえ)します。", niigata.At("持参するもの", "PICK-036", "PICK-037", "PICK-038", "NUM-027", "FORM-025")),
		},
		Messages: []Line{
			line("proxy_notice", "同じ世帯でも法定代理人でもない人に渡したときは、本人に後日お知らせする市区町村があります。", "Some municipalities tell the holder afterwards when the proxy was neither of the household nor a statutory representative.", "代(か)わりの 人(ひと)に 渡(わた)したと 手紙(てがみ)が 来(く)る ことが あります。", niigata.At("代理交付", "PICK-055", "NTF-009", "OFF-012"), OutsideHousehold),
		},
		Warnings: []Line{
			line("past_pickup_deadline", "受取期限を過ぎています。早めに窓口にご相談ください。", "The pickup deadline has passed; ask the office soon.", "期限(きげん)を 過(す)ぎました。早(はや)く 役所(やくしょ)に 聞(き)いて ください。", niigata.At("マイナンバーカードの受取", "PICK-005"), PastPickupDeadline),
			line("photo_certificate", "顔写真付きの書類がない入院中・入所中の人、未成年者などは、個人番号カード顔写真証明書を1点に数えられます。", "For in-patients, people in care, minors and some others without a photo document, the card photo certificate counts as one.", "病院(びょういん)や 施設(しせつ)に いる 人(ひと)、大人(おとな)に なっていない 人(ひと)などで、写真(しゃしん)の 証明書(しょうめいしょ)が ない ときは、「個人番号(こじんばんごう)カード顔写真証明書(かおじゃしんしょうめいしょ)」が 1つの 書類(しょるい)に なります。", niigata.At("「個人番号カード顔写真証明書」を使うことができる条件等", "PICK-035", "FORM-024")),
			line("which_counter", "受け取れる窓口と時間は交付通知書と市区町村の案内をご覧ください。住民票の異動を伴う手続きができない窓口もあります。交付通知書や古いカードをなくしたときは、先に窓口に相談してください。", "See the notice and the municipality for the window and its hours; some windows do not take changes of the resident record. If the notice or an old card is lost, ask the window first.", "どの 窓口(まどぐち)かは はがきを 見(み)て ください。", niigata.At("受取窓口の種類", "PICK-002", "PICK-003", "PICK-004", "PICK-063", "OFF-020", "OFF-030")),
			line("keep_pins_apart", "カードは持ち歩けます。暗証番号はカードと別に保管してください。", "Carry the card with you, and keep its PINs apart from it.", "カードと 暗証番号(あんしょうばんごう)は べつに 置(お)いて ください。", mhlwLeaflet.At("安心してお使いいただくために", "CARD-015", "PIN-009")),
			line("link_services", "健康保険証などとして使うには、カードを受け取った後に利用登録をします。", "To use the card as a health insurance card and the like, register it for that after the hand-over.", "保険証(ほけんしょう)に する ときは 登録(とうろく)します。", niigata.At("様々な公的サービスのカードとして", "CARD-022")),
			line("what_the_chip_holds", "ICチップには、券面の情報・電子証明書・住民票コードだけが記録され、税・年金・医療などの情報は入りません。電子証明書にマイナンバーは入りません。", "The chip holds what stands on the card, the certificates and the resident record code, nothing of taxes, pensions or health; no certificate holds the number.", "カードの 中(なか)に お金(かね)や 病気(びょうき)の ことは ありません。", awara.At("ICチップに記録されている個人情報は「必要最小限」", "CARD-016", "CARD-017", "CARD-018")),
			line("what_opens_what", "番号を除く券面の情報は暗証番号なしで、マイナンバーを含む文字情報はNo.4、住民票コードはNo.3で読み取れます。署名用電子証明書はNo.1、利用者証明用はNo.2または顔認証で使います。不正に読み取ろうとすると、ICチップの記録は消えます。", "What stands on the card but the number is read without a PIN; the text with the number by No.4, the resident record code by No.3. Signing takes No.1, logging in No.2 or the face. A chip that is tampered with erases itself.", "カードに 書(か)いて ある ことは、マイナンバーの ほかは、暗証番号(あんしょうばんごう)が なくても 読(よ)めます。マイナンバーは No.4、住民票(じゅうみんひょう)コードは No.3、署名用(しょめいよう)は No.1、利用者証明用(りようしゃしょうめいよう)は No.2か 顔(かお)で 使(つか)います。悪(わる)い 人(ひと)が 読(よ)もうと すると、中身(なかみ)は 消(き)えます。", awara.At("券面情報・「耐タンパー」や「暗証番号ロック」", "CARD-019", "CARD-020")),
			line("juki_card_ended", "住民基本台帳カードは2015年12月で発行が終わり、発行から10年で使えなくなりました。電子証明書は2018年末までに満了しています。受取りのときに返します。", "Basic Resident Register Cards were issued until December 2015 for ten years, and their certificates had ended by the end of 2018; hand yours in.", "住基(じゅうき)カード(住民基本台帳(じゅうみんきほんだいちょう)カード)は もう 使(つか)えません。カードを 受(う)け取(と)る ときに 返(かえ)して ください。", awara.At("住民基本台帳カードとの関係", "CARD-031", "CARD-032", "CARD-033", "CARD-034", "EXP-010", "DATE-006", "DATE-008"), HasJukiCard),
			line("old_card_or_fee", "更新などで古いカードを返せないときは、再交付手数料がかかります。", "Where the former card cannot be handed in, the re-issue fee is due.", "古(ふる)い カードを 返(かえ)せないと お金(かね)が かかります。", niigata.At("持参するもの", "PICK-038", "FEE-007"), HadCard),
		},
		Takes: []Estimate{quarterHour},
	}},
}

var quarterHour = takes("at_the_window", 15, 15, Minutes, "窓口でおよそ15分です。", "About 15 minutes at the window.", "15分(ふん)くらいです。", awara.At("市役所で受け取る(所要時間)", "PICK-006", "OFF-022"))

// CollectPersonalMail is delivery by 本人限定受取郵便 (PICK-040 to PICK-046).
var CollectPersonalMail = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("本人限定郵便で受け取る", "PICK-040", "CON-018"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: MetAtApplication, Refuse: "not_met_at_application", Opens: CollectAtHome},
			{Cond: DocumentsComplete, Refuse: "documents_incomplete", Opens: CollectAtHome},
			{Cond: MailNotReturned, Refuse: "mail_came_back", Opens: CollectAtHome},
			{Cond: CardOnItsWay, Refuse: "card_not_sent", Opens: FollowApplication},
		},
		Ways: []Way{{Office: PostOffice, Channels: []Channel{Post, Visit}, Cite: awara.At("本人限定郵便で受け取る", "PICK-041", "PICK-043"),
			Who: []Come{{Who: Holder, Cite: awara.At("本人限定郵便で受け取る", "PICK-041")}}}},
		Papers: []Need{
			single(ArrivalNotice, awara.At("本人限定郵便で受け取る", "PICK-043", "NTF-006")),
			oneOf("delivery_identity", awara.At("本人限定郵便で受け取る", "PICK-042", "CON-029"), DrivingLicence, HealthInsuranceCard, EligibilityCert, DrivingRecord, Passport, DisabilityCertificate, ResidenceCard, SpecialPermanentCert),
		},
		Effects: []Effect{
			effect(TheCard, "active", "暗証番号は設定済みで、届いた日からカードを使えます。", "The PINs are on the card; it works on the day it arrives.", "来(き)た 日(ひ)から 使(つか)えます。", awara.At("本人限定郵便で受け取る", "PICK-045", "PIN-021")),
		},
		Steps: []Line{
			line("arrival_notice", "郵便局から到着通知書が届きます。", "An arrival notice comes from the post office.", "郵便局(ゆうびんきょく)から お知(し)らせが 来(き)ます。", awara.At("本人限定郵便で受け取る", "PICK-041", "NTF-006")),
			line("choose_time", "オンラインか電話で、受け取る日時と見せる本人確認書類の種類を伝えます(夜間や休日も選べます)。", "Online or by telephone choose day and time, nights and holidays too, and name the document to be shown.", "来(き)て もらう 日(ひ)と 見(み)せる 証明書(しょうめいしょ)を 伝(つた)えます。", awara.At("本人限定郵便で受け取る", "PICK-041")),
			line("show_document", "配達員または郵便局の窓口で書類を見せて受け取ります。", "Show it to the delivery person or at the post office, and receive the card.", "証明書(しょうめいしょ)を 見(み)せて もらいます。", awara.At("本人限定郵便で受け取る", "PICK-042", "PICK-043")),
		},
		Warnings: []Line{
			line("storage_deadline", "保管期限は到着通知書に書いてあります。過ぎると市区町村に戻ります。", "The storage deadline stands on the arrival notice; after it the card goes back to the municipality.", "期限(きげん)を 過(す)ぎると 役所(やくしょ)に もどります。", awara.At("本人限定郵便で受け取る", "PICK-044")),
		},
	}},
}

// CollectRegisteredMail is delivery by 簡易書留 (PICK-047 to PICK-050): express cards, and first cards applied for at
// the window of some municipalities.
var CollectRegisteredMail = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("簡易書留で受け取る", "PICK-047", "CON-018"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: SentRegistered, Refuse: "handed_over_at_counter", Opens: CollectAtHome},
			{Cond: DocumentsComplete, Refuse: "documents_incomplete", Opens: CollectAtHome},
			{Cond: EntriesUnchanged, Refuse: "entries_changed", Opens: CollectAtHome},
			{Cond: MailNotReturned, Refuse: "mail_came_back", Opens: CollectAtHome},
			{Cond: CardOnItsWay, Refuse: "card_not_sent", Opens: FollowApplication},
		},
		Ways: []Way{{Office: PostOffice, Channels: []Channel{Post}, Cite: awara.At("簡易書留で受け取る", "PICK-047", "PICK-050"), Who: []Come{
			{Who: Holder, Cite: awara.At("簡易書留で受け取る", "PICK-048")},
			{Who: HouseholdMember, Cite: awara.At("簡易書留で受け取る", "PICK-048")},
		}}},
		Effects: []Effect{
			effect(TheCard, "active", "暗証番号は設定済みで、届いた日からカードを使えます。", "The PINs are on the card; it works on the day it arrives.", "来(き)た 日(ひ)から 使(つか)えます。", awara.At("特急発行申請を利用する", "APP-038", "PIN-021")),
		},
		Steps: []Line{
			line("sign_for_it", "家族も受け取れます(署名など)。戸建ての宅配ボックスに入ることもあります。休日も配達されます。", "The family may sign for it; a detached house's delivery box may be used, and it is delivered on holidays too.", "家族(かぞく)も もらえます。", awara.At("簡易書留で受け取る", "PICK-048")),
			line("redelivery", "不在のときは、日時を選んで再配達を頼みます。", "If nobody is in, ask for re-delivery on a day and at a time.", "いない ときは また 来(き)て もらいます。", awara.At("簡易書留で受け取る", "PICK-048")),
		},
		Warnings: []Line{
			line("dispatch_days", "郵送の発送時期を公表している市区町村もあります。", "Some municipalities publish when cards and notices are sent.", "いつ 送(おく)るか 知(し)らせる 町(まち)も あります。", niigata.At("郵便物の発送時期", "NTF-010")),
			line("storage_deadline", "郵便局の保管期限を過ぎると、カードは市区町村に戻ります。戻ってから6か月で廃棄されることがあります。", "After the post office's storage period the card goes back to the municipality, and may be destroyed six months later.", "郵便局(ゆうびんきょく)の 期限(きげん)を 過(す)ぎると、カードは 役所(やくしょ)に もどります。それから 6か月(げつ)で 捨(す)てられる ことが あります。", awara.At("簡易書留で受け取る", "PICK-049", "PICK-005")),
		},
	}},
}
