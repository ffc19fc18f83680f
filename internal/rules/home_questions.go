package rules

// homeQuestions are how a person is asked for the facts that only these procedures want.
var homeQuestions = map[Fact]Question{
	"application.form_has_id": ask("申請書に申請書ID(23桁)と二次元コードがありますか。", "Does the form bear a 23-digit application ID and a code?", "申込(もうしこ)みの 紙(かみ)に 23の 数字(すうじ)と 四角(しかく)い コードが ありますか。", yesNo()...).
		because("オンラインと証明写真機の申請には申請書IDまたは二次元コードが必要です。", "Applying online or at a photo booth begins with the ID or the code.", "インターネットと 写真(しゃしん)の 機械(きかい)で 使(つか)います。"),
	"application.id_known": ask("申請書IDが分かりますか。", "Is the application ID known?", "申請書(しんせいしょ)IDが 分(わ)かりますか。", yesNo()...),
	"application.filed":    ask("いつ申請しましたか。", "When was the application handed in?", "いつ 申(もう)し込(こ)みましたか。"),
	"application.state": ask("申請したカードは今どうなっていますか。", "Where does the application stand?", "申(もう)し込(こ)んだ カードは 今(いま) どうですか。",
		choice("applied", "申請を出したところ", "Handed in", "申(もう)し込(こ)んだ ところ"), choice("defective", "不備の照会を受けている", "A defect is being asked about", "質問(しつもん)が 来(き)た"), choice("cancelled", "取り消した", "It was cancelled", "やめた"),
		choice("in_production", "作られている(交付通知書が届いていない)", "Being made; no notice yet", "作(つく)って いる"), choice("in_transit", "郵送で送られている", "On its way by post", "郵便(ゆうびん)で 送(おく)って いる"),
		choice("ready_for_pickup", "窓口に届いた(交付通知書が届いた)", "At the window; the notice has come", "役所(やくしょ)に 来(き)た"), choice("handed_over", "受け取った", "Collected", "受(う)け取(と)った")).
		because("受け取る場所と方法が変わります。", "It decides where and how the card is received.", "受(う)け取(と)る ところが 変(か)わります。"),
	"application.channel": ask("どの方法で申請しましたか。", "By which channel was it applied for?", "どう やって 申(もう)し込(こ)みましたか。",
		choice(string(Online), "オンライン", "Online", "インターネット"), choice(string(Post), "郵送", "By post", "郵便(ゆうびん)"), choice(string(PhotoBooth), "証明写真機", "Photo booth", "写真(しゃしん)の 機械(きかい)"),
		choice(string(Visit), "市区町村の窓口", "At the municipality", "役所(やくしょ)"), choice(string(Outreach), "出張申請", "To staff who came out", "役所(やくしょ)の 人(ひと)が 来(き)た"), choice(string(Express), "特急発行", "Express issuance", "いそぎの 申込(もうしこ)み")).
		because("郵送で受け取れるのは、職員が本人に会って申請したカードだけです。", "Only a card whose applicant met staff is posted.", "役所(やくしょ)の 人(ひと)に 会(あ)った 人(ひと)だけ 郵便(ゆうびん)で もらえます。"),
	"application.documents_complete": ask("申請のときに、決められた本人確認書類などがすべてそろっていましたか。", "Were the documents complete at the application?", "申(もう)し込(こ)みの とき 書類(しょるい)は ぜんぶ ありましたか。", yesNo()...),
	"card.own_fault": ask("失効や破損は、手続きをしなかったなど本人の責任によるものですか。", "Was the lapse or the damage the holder's own responsibility?", "自分(じぶん)の せいで 使(つか)えなく なりましたか。", yesNo()...).
		because("本人の責任によらないときは手数料がかかりません。", "Without the holder's fault no fee is due.", "お金(かね)が かかるか 決(き)まります。"),
	"office.gives_disaster_relief": ask("その市区町村は、災害による再交付手数料を免除していますか。", "Does the municipality waive the fee after a disaster?", "その 役所(やくしょ)は 災害(さいがい)の とき お金(かね)を とりませんか。", yesNo()...),
	"visitor.ground": ask("本人が来られない理由は何ですか。", "Why can the holder not come?", "カードを 使(つか)う 人(ひと)は どうして 来(こ)られませんか。", groundChoices()...).
		because("認められた理由と、それを示す書類が必要です。", "An accepted reason and a paper that shows it are needed.", "理由(りゆう)の 紙(かみ)が いります。"),
}

func groundChoices() []Choice {
	var out []Choice
	for _, g := range append(ProxyGrounds11[:len(ProxyGrounds11):len(ProxyGrounds11)], BusyWithWork, OtherGround) {
		out = append(out, Choice{string(g), ProxyGroundNames[g]})
	}
	return out
}
