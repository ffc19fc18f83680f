package rules

import "mynumber/internal/law"

// Help is one help page: what to do in a pinch, reachable by anybody without login.
type Help struct {
	ID    string
	Title law.Text
	Lead  law.Text
	Parts []HelpPart
}

// HelpPart is a heading with its lines; Steps are numbered.
type HelpPart struct {
	Title law.Text
	Steps bool
	Lines []HelpLine
}

// HelpLine is one statement with where it stands. Line is a telephone line to call, where the statement is one; To is
// the procedure of the guide that it leads to.
type HelpLine struct {
	Text law.Text
	Line StopLine
	To   Procedure
	Cite law.Citation
}

// StopLine is which of the telephone lines of CardStopLines a help line names.
type StopLine string

const (
	LineInJapan StopLine = "in_japan"
	LineAbroad  StopLine = "abroad"
)

func say3(ja, en, easily string) law.Text { return law.Text{Ja: ja, En: en, Easy: easily} }

// HelpPages are all help pages, the most pressing first.
var HelpPages = []Help{
	{ID: "lost", Title: say3("カードをなくした・盗まれた", "Lost or stolen card", "カードを なくした とき"),
		Lead: say3("まず電話でカードを止めてください。24時間、土日祝日も受け付けています。", "First have the card stopped by telephone, at any hour of any day.", "まず 電話(でんわ)で カードを 止(と)めて ください。夜(よる)も 休(やす)みの 日(ひ)も できます。"),
		Parts: []HelpPart{
			{Title: say3("カードを止める電話", "Numbers that stop the card", "カードを 止(と)める 電話(でんわ)"), Lines: []HelpLine{
				{Text: say3("日本にいるとき:マイナンバー総合フリーダイヤル。音声案内の2番(紛失・盗難)。24時間365日。", "In Japan: the My Number toll-free line, menu 2 (loss and theft), around the clock.", "日本(にほん)に いる とき:電話(でんわ)して「2」を 押(お)します。お金(かね)は かかりません。"), Line: LineInJapan, Cite: awara.At("なくしたとき(フリーダイヤル)", "LOSS-001", "LOSS-002", "LOSS-007", "CON-001")},
				{Text: say3("国外にいるとき、国外転出者向けカードのとき:コールセンター。24時間。", "Abroad, and for an overseas card: the call centre, around the clock.", "外国(がいこく)に いる とき、「国外転出(こくがいてんしゅつ)」の カードの とき:この 番号(ばんごう)に 電話(でんわ)します。24時間(じかん) できます。"), Line: LineAbroad, Cite: konan.At("紛失時の連絡先", "LOSS-003", "CON-001", "CON-034")},
				{Text: say3("止めるほかの問い合わせは、平日9:30〜20:00、土日祝日9:30〜17:30です。スマホの電子証明書の相談は音声案内の4番です。", "Other questions: weekdays 9:30–20:00, Saturdays, Sundays and holidays 9:30–17:30; menu 4 for certificates on a phone.", "ほかの 質問(しつもん)は、月曜日(げつようび)から 金曜日(きんようび)は 9:30から 20:00まで、土曜日(どようび)・日曜日(にちようび)・休(やす)みの 日(ひ)は 9:30から 17:30までです。スマホの 電子証明書(でんししょうめいしょ)の 相談(そうだん)は「4」を 押(お)します。"), Cite: mhlwLeaflet.At("資料5", "LOSS-005", "SPC-022", "SPC-025")},
			}},
			{Title: say3("することの順番", "What to do, in order", "する こと"), Steps: true, Lines: []HelpLine{
				{Text: say3("電話でカードの一時停止を頼みます。電子証明書が使えなくなります。名義人本人がかけてください。", "Ask for the card to be suspended; its certificates stop working. The holder calls in person.", "本人(ほんにん)が 電話(でんわ)して カードを 止(と)めます。"), Cite: konan.At("紛失時の連絡先について", "LOSS-004", "LOSS-006", "SEC-014")},
				{Text: say3("自宅の外でなくしたときは、警察に遺失届を出し、受理番号・届け出た警察署や交番・その電話番号を控えます。国外では、現地の警察などの証明と日本語訳が再交付に必要です。", "If it was lost outside the home, report it to the police and note the number, the station and its telephone. Abroad, get the local police's certificate; the re-issue needs it with a Japanese translation.", "外(そと)で なくした ときは 警察(けいさつ)に 言(い)います。番号(ばんごう)を メモします。"), Cite: awara.At("警察署等への遺失届", "LOSS-010", "CON-027", "FORM-040")},
				{Text: say3("見つかったら、窓口で一時停止を解除します。止まっていた電子証明書は失効し、希望すれば新しく発行されます。", "If it is found, lift the suspension at the office; the held certificates are revoked and new ones are issued on request.", "見(み)つかったら 窓口(まどぐち)に 行(い)きます。"), Cite: awara.At("再発行手続", "LOSS-012", "LOSS-020", "LOSS-023")},
				{Text: say3("見つからないときは、紛失・廃止届を出して再交付を申請します。あとで古いカードが見つかっても使えず、手数料は戻りません。", "If it is not found, report it lost for good and apply for a re-issue. A card found later is of no use, and the fee is not paid back.", "見(み)つからないときは 新(あたら)しい カードを 申(もう)し込(こ)みます。"), Cite: awara.At("再発行手続(廃止状態)", "LOSS-011", "LOSS-022", "FEE-014")},
			}},
			{Title: say3("スマートフォンをなくしたとき", "A lost phone", "スマホを なくした とき"), Lines: []HelpLine{
				{Text: say3("同じ電話番号で、スマホ用電子証明書を24時間365日止められます。戻らないときは失効の手続きをしてください。", "The same numbers stop the smartphone certificates around the clock; if the phone does not come back, have them revoked.", "同(おな)じ 電話(でんわ)で スマホの 電子証明書(でんししょうめいしょ)を 止(と)められます。いつでも できます。スマホが 戻(もど)らない ときは、やめる 手続(てつづ)きを して ください。"), Cite: mhlwLeaflet.At("資料5", "LOSS-050", "LOSS-051", "SPC-023")},
			}},
			{Title: say3("心配なこと", "What could happen", "心配(しんぱい)な こと"), Lines: []HelpLine{
				{Text: say3("顔写真と暗証番号があるので、拾った人が簡単になりすますことはできません。暗証番号も知られたおそれがあるときは、すぐに止めてください。", "Photo and PINs keep a finder from passing as you; if a PIN may be known too, stop the card at once.", "暗証番号(あんしょうばんごう)を 知(し)られたら すぐ 止(と)めて ください。"), Cite: awara.At("ICチップに記録されている個人情報は", "SEC-010", "SEC-013", "LOSS-006")},
				{Text: say3("病院にかかるときは、加入している医療保険の資格確認書を申請できます。", "For medical care meanwhile, ask your insurer for an eligibility certificate.", "病院(びょういん)に 行(い)く ときは「資格確認書(しかくかくにんしょ)」を もらえます。"), Cite: mhlwLeaflet.At("(1)", "LOSS-045", "HIC-030")},
			}},
		}},
	{ID: "fraud", Title: say3("詐欺にご注意ください", "Beware of fraud", "だまされないで"),
		Lead: say3("役所や機構の職員が、電話やメールでマイナンバーや暗証番号を聞くことはありません。", "No authority asks for your number or PINs by telephone or e-mail.", "役所(やくしょ)の 人(ひと)は 電話(でんわ)や メールで マイナンバーを 聞(き)きません。"),
		Parts: []HelpPart{
			{Title: say3("こんな話は詐欺です", "This is fraud", "これは うそです"), Lines: []HelpLine{
				{Text: say3("「マイナンバーを貸してほしい」「名義を貸してほしい」", "“Lend me your number”, “lend me your name”", "「マイナンバーを 貸(か)して ください」"), Cite: awara.At("詐欺", "SEC-020")},
				{Text: say3("電話・メール・訪問で、マイナンバー、暗証番号、口座番号を聞く。", "Somebody telephones, mails or calls at the door and asks for number, PIN or bank account.", "電話(でんわ)や メールで 暗証番号(あんしょうばんごう)を 聞(き)く"), Cite: awara.At("詐欺", "SEC-021")},
				{Text: say3("「マイナポイント事務局」を名乗るメール。マイナポイント第2弾の申込みは2023年9月30日に終わりました。", "Mail in the name of a “Myna-point office”: the second campaign closed on 30 September 2023.", "「マイナポイント」の メール。もう 終(お)わりました。"), Cite: niigata.At("マイナポイントは終了しています", "SEC-022", "DATE-013")},
			}},
			{Title: say3("疑わしいとき", "When in doubt", "あやしいと 思(おも)ったら"), Lines: []HelpLine{
				{Text: say3("答えずに切り、マイナンバー総合フリーダイヤルに相談してください。", "Do not answer; hang up and ask the toll-free line.", "答(こた)えないで ください。ここに 電話(でんわ)して ください。"), Line: LineInJapan, Cite: awara.At("詐欺", "SEC-021")},
				{Text: say3("被害にあったときは、最寄りの警察署に相談してください。暗証番号を教えてしまったときは、カードも止めてください。", "If you were cheated, go to the police; if you gave a PIN away, have the card stopped too.", "お金(かね)を とられたら 警察(けいさつ)に 言(い)って ください。"), Cite: awara.At("罰則", "SEC-006", "SEC-014")},
			}},
			{Title: say3("ふだんから", "At all times", "いつも"), Lines: []HelpLine{
				{Text: say3("暗証番号はカードと別に保管し、だれにも教えないでください。市区町村は暗証番号を保存していません。", "Keep PINs apart from the card and tell nobody. No municipality stores them.", "暗証番号(あんしょうばんごう)は カードと 別(べつ)に して ください。"), Cite: mhlwLeaflet.At("安心してお使いいただくために", "PIN-009", "PIN-007", "SEC-015")},
				{Text: say3("マイナンバーを聞けるのは、税・社会保障・災害対策などの決められた手続きだけです。", "Your number may be asked for only in procedures fixed by law: tax, social security, disaster relief.", "マイナンバーを 使(つか)うのは 税金(ぜいきん)や 年金(ねんきん)などだけです。"), Cite: awara.At("利用、収集、保管の制限", "SEC-001", "NUM-006")},
			}},
		}},
	{ID: "residence-report", Title: say3("在留届はカードとは別の届出です", "The residence report is not replaced by the card", "在留届(ざいりゅうとどけ)も 出(だ)して ください"),
		Lead: say3("国外転出者向けカードを持っていても、在留届は必要です。", "Holding an overseas card does not replace the residence report (在留届).", "カードが あっても 在留届(ざいりゅうとどけ)が いります。"),
		Parts: []HelpPart{
			{Title: say3("届け出るところ", "Where to file it", "出(だ)す ところ"), Lines: []HelpLine{
				{Text: say3("国外に3か月以上住む人は、住んでいる国を管轄する在外公館に在留届を出します。住所が変わったとき、帰国するときも届け出ます。", "People who live abroad for three months or more report to the mission that covers their country; changes of address and the return are reported too.", "外国(がいこく)に 3か月(げつ)か それより 長(なが)く 住(す)む 人(ひと)は、住(す)んでいる 国(くに)の 大使館(たいしかん)・領事館(りょうじかん)に 出(だ)します。住所(じゅうしょ)が 変(か)わった とき、日本(にほん)に 帰(かえ)る ときも 出(だ)します。"), Cite: mhlwLeaflet.At("よくあるご質問(在留届)", "ELIG-017")},
				{Text: say3("カードの住所欄は「国外転出」と転出予定日になり、国外の住所は記載されません。", "The card shows 国外転出 with the planned day of departure, never the address abroad.", "カードに 外国(がいこく)の 住所(じゅうしょ)は 書(か)きません。"), Cite: awara.At("日本国外での利用", "ABR-008", "CON-036")},
			}},
		}},
	{ID: "supporters", Title: say3("手伝う方へ(福祉施設・ご家族)", "For those who help others", "手伝(てつだ)う 人(ひと)へ"),
		Lead: say3("施設や自宅で、申請・受取り・保管を手伝うときの決まりです。", "What holds when you help somebody apply, collect or keep a card.", "カードの 手続(てつづ)きを 手伝(てつだ)う ときの きまりです。"),
		Parts: []HelpPart{
			{Title: say3("申請を手伝う", "Helping to apply", "申(もう)し込(こ)みを 手伝(てつだ)う"), Lines: []HelpLine{
				{Text: say3("申請は本人の意思によります。本人が希望していることを確かめてください。", "Applying is voluntary: make sure that the person wants a card.", "本人(ほんにん)が ほしいか 聞(き)いて ください。"), Cite: awara.At("マイナンバーカードとは", "ELIG-002", "APP-053", "OUT-003")},
				{Text: say3("外出が難しい人のために、職員が施設や自宅を訪ねて申請を受け付ける市区町村があります。", "Some municipalities send staff to the home or the facility to take applications.", "役所(やくしょ)の 人(ひと)が 来(く)る 町(まち)も あります。"), Cite: awara.At("出張申請を利用する", "APP-020", "OUT-003")},
			}},
			{Title: say3("受取りを手伝う", "Helping to collect", "受(う)け取(と)りを 手伝(てつだ)う"), Lines: []HelpLine{
				{Text: say3("病気・障害・入院・施設入所・要介護などで本人が行けないときは、決められた書類を持って代理人が受け取れます(国外転出者向けカードは代理人では受け取れません)。", "When illness, disability, hospital, a facility or need of care keeps the person away, a proxy may collect the card with the papers that are laid down (never an overseas card).", "本人(ほんにん)が 行(い)けない ときは 代理(だいり)の 人(ひと)が 受(う)け取(と)れます。"), Cite: niigata.At("代理交付が認められるケースと疎明資料", "PICK-013", "PICK-052", "OUT-003")},
				{Text: say3("本人確認書類が足りない人は、施設や病院の長などが証明する「顔写真証明書」を使えます。", "Where identity documents are short, a photo certificate by the head of the facility or hospital can stand in for one.", "「顔写真証明書(かおじゃしんしょうめいしょ)」を 使(つか)えます。"), Cite: niigata.At("「個人番号カード顔写真証明書」を使うことができる条件等", "PICK-035", "FORM-024")},
			}},
			{Title: say3("暗証番号が心配なとき", "When PINs are a worry", "暗証番号(あんしょうばんごう)が 心配(しんぱい)な とき"), Lines: []HelpLine{
				{Text: say3("暗証番号のいらない「顔認証マイナンバーカード」を選べます。健康保険証としての利用と身分証明に使えます。", "The face-authentication card needs no PIN; it serves as a health insurance card and as an identity document.", "暗証番号(あんしょうばんごう)が いらない カードも あります。"), Cite: mhlwLeaflet.At("2.", "OUT-003", "CARD-026")},
				{Text: say3("手伝う人が暗証番号を聞いたり預かったりすることはできません。書類には目隠しシールか封筒を使います。", "A helper never asks for or keeps a PIN; on papers it is under the sticker or in a sealed envelope.", "暗証番号(あんしょうばんごう)を 聞(き)いては いけません。"), Cite: niigata.At("窓口にお持ちいただく書類", "PICK-064", "SEC-015")},
			}},
			{Title: say3("カードの使いみち", "What the card is good for", "カードで できる こと"), Lines: []HelpLine{
				{Text: say3("健康保険証の切替え、国外での利用、公金受取口座、スマホ用電子証明書、本人確認書類としての利用を、利用者や職員にお知らせください。", "Tell those in your care and your staff about the insurance card, use abroad, the public-money account, phone certificates and the card as an identity document.", "カードで できる ことを 教(おし)えて ください。"), Cite: mhlwLeaflet.At("1.", "OUT-002", "OUT-005")},
				{Text: say3("本人確認書類の一覧にマイナンバーカードがないときは、加えてください。持っていない人には、次回の持参を案内します。", "If your list of identity documents omits the card, add it, and ask people to bring it next time.", "本人確認(ほんにんかくにん)に マイナンバーカードも 使(つか)えます。"), Cite: mhlwLeaflet.At("(6)", "OUT-004", "OUT-006")},
			}},
		}},
}

// LookupHelp is the help page with the identifier; false for an unknown one.
func LookupHelp(id string) (Help, bool) {
	for _, h := range HelpPages {
		if h.ID == id {
			return h, true
		}
	}
	return Help{}, false
}
