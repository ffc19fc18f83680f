package rules

import "mynumber/internal/law"

// The words a case is told in. Each list here is complete: a word that is not in it cannot be read.

// Visitor is who comes, telephones or writes.
type Visitor string

const (
	Holder                   Visitor = "holder"                     // 本人
	HolderWithRepresentative Visitor = "holder_with_representative" // 本人と法定代理人
	StatutoryRepresentative  Visitor = "statutory_representative"   // 法定代理人, without the holder
	HouseholdMember          Visitor = "household_member"           // 同一世帯員
	Spouse                   Visitor = "spouse"                     // 配偶者
	VoluntaryProxy           Visitor = "voluntary_proxy"            // 任意代理人
	SubProxy                 Visitor = "sub_proxy"                  // 復代理人
)

// VisitorNames are the visitors as the window calls them.
var VisitorNames = map[Visitor]law.Text{
	Holder:                   {Ja: "本人", En: "the holder in person", Easy: "本人(ほんにん:カードを 使(つか)う 人(ひと))"},
	HolderWithRepresentative: {Ja: "本人と法定代理人", En: "the holder together with a statutory representative", Easy: "本人(ほんにん)と 親(おや)など"},
	StatutoryRepresentative:  {Ja: "法定代理人", En: "a statutory representative", Easy: "親(おや)や 後見人(こうけんにん)"},
	HouseholdMember:          {Ja: "同じ世帯の人", En: "a member of the same household", Easy: "いっしょに 住(す)んでいる 家族(かぞく)"},
	Spouse:                   {Ja: "配偶者", En: "the spouse", Easy: "夫(おっと)・妻(つま)"},
	VoluntaryProxy:           {Ja: "任意代理人", En: "a voluntary proxy", Easy: "頼(たの)まれた 人(ひと)"},
	SubProxy:                 {Ja: "復代理人", En: "a sub-proxy appointed by the statutory representative", Easy: "親(おや)などが 頼(たの)んだ 人(ひと)"},
}

// OfficeNames are the kinds of office as the window calls them.
var OfficeNames = map[OfficeKind]law.Text{
	Residence:         {Ja: "住所地の市区町村", En: "the municipality of residence", Easy: "住(す)んでいる 市(し)・区(く)・町(まち)・村(むら)の 役所(やくしょ)"},
	Honseki:           {Ja: "本籍地の市区町村", En: "the honseki municipality", Easy: "本籍(ほんせき)が ある 役所(やくしょ)"},
	OtherMunicipality: {Ja: "本籍地以外の市区町村", En: "another municipality", Easy: "ほかの 役所(やくしょ)"},
	Mission:           {Ja: "居住国の在外公館", En: "the mission in the country of residence", Easy: "住(す)んでいる 国(くに)の 日本(にほん)の 大使館(たいしかん)・領事館(りょうじかん)"},
	CallCentre:        {Ja: "コールセンター", En: "the call centre", Easy: "電話(でんわ)の 窓口(まどぐち)"},
	ApplicationCentre: {Ja: "地方公共団体情報システム機構(申請書受付センター)", En: "the issuer (J-LIS, application reception centre)", Easy: "カードを 作(つく)る ところ(J-LIS)"},
	Mynaportal:        {Ja: "マイナポータル", En: "Mynaportal", Easy: "マイナポータル(国(くに)の ウェブサイト)"},
	Kiosk:             {Ja: "コンビニ等のキオスク端末", En: "a kiosk in a convenience store", Easy: "コンビニの 機械(きかい)"},
	Medical:           {Ja: "医療機関・薬局", En: "a medical institution or pharmacy", Easy: "病院(びょういん)・薬局(やっきょく)"},
	BankATM:           {Ja: "セブン銀行ATM", En: "an ATM of Seven Bank", Easy: "セブン銀行(ぎんこう)の ATM"},
	Bank:              {Ja: "金融機関", En: "a financial institution", Easy: "銀行(ぎんこう)"},
	Insurer:           {Ja: "加入している保険者", En: "the insurer", Easy: "入(はい)っている 保険(ほけん)の 会社(かいしゃ)"},
	Police:            {Ja: "警察署・運転免許センター", En: "the police, or a driving-licence centre", Easy: "警察(けいさつ)"},
	RelyingParty:      {Ja: "確認や手続きをする窓口・事業者", En: "the office or business that asks", Easy: "カードや マイナンバーを 聞(き)く ところ"},
	OwnComputer:       {Ja: "自分のパソコン(JPKI利用者ソフトとカードリーダー)", En: "one's own computer with the JPKI client software and a reader", Easy: "自分(じぶん)の パソコン"},
	PostOffice:        {Ja: "郵便局", En: "the post office", Easy: "郵便局(ゆうびんきょく)"},
}

// ChannelNames are the channels as the window calls them.
var ChannelNames = map[Channel]law.Text{
	Visit:      {Ja: "窓口", En: "by visit", Easy: "窓口(まどぐち)に 行(い)く"},
	Post:       {Ja: "郵送", En: "by post", Easy: "郵便(ゆうびん)で 送(おく)る"},
	Online:     {Ja: "オンライン", En: "online", Easy: "インターネット"},
	Telephone:  {Ja: "電話", En: "by telephone", Easy: "電話(でんわ)"},
	Email:      {Ja: "電子メール", En: "by e-mail", Easy: "メール"},
	PhotoBooth: {Ja: "証明写真機", En: "at a photo booth", Easy: "写真(しゃしん)の 機械(きかい)"},
	Outreach:   {Ja: "出張申請", En: "to staff who come out", Easy: "役所(やくしょ)の 人(ひと)が 来(く)る"},
	Express:    {Ja: "特急発行", En: "express issuance", Easy: "いそぎの 発行(はっこう)"},
}

// PartNames say what a visitor is limited to.
var PartNames = map[Part]law.Text{
	CardOnly:  {Ja: "カードに関する手続きのみ(電子証明書はできません)", En: "only what concerns the card, not the certificates", Easy: "カードの ことだけ(電子証明書(でんししょうめいしょ)は できません)"},
	EntryOnly: {Ja: "書類の提出のみ", En: "only handing the papers in", Easy: "書類(しょるい)を 出(だ)す ことだけ"},
}

// EventKind is what happened to a person or a card (ST-050).
type EventKind string

const (
	MoveIn            EventKind = "move_in"             // 転入
	MoveWithin        EventKind = "move_within"         // 転居
	MoveOut           EventKind = "move_out"            // 転出, to another municipality
	Departure         EventKind = "departure"           // 国外転出
	ReturnToJapan     EventKind = "return_to_japan"     // 国外からの転入
	NameChange        EventKind = "name_change"         // 婚姻 and the like
	FormerSurname     EventKind = "former_surname"      // 旧氏 added, changed or deleted
	BirthOrSexChange  EventKind = "birth_or_sex_change" // correction of these entries
	HonsekiChange     EventKind = "honseki_change"      // 転籍
	CardLost          EventKind = "loss"
	CardStolen        EventKind = "theft"
	CardBurnt         EventKind = "burnt_or_thrown_away"
	CardDamaged       EventKind = "damage"
	CardFound         EventKind = "found"
	ChildBorn         EventKind = "birth"
	HolderDied        EventKind = "death"
	NumberChanged     EventKind = "number_change"
	CodeChanged       EventKind = "resident_record_code_change"
	StayExtended      EventKind = "stay_extended"
	StayPending       EventKind = "stay_extension_pending"
	NationalityLost   EventKind = "nationality_lost"
	RecordDeleted     EventKind = "record_deleted" // 職権消除
	FirstRegistration EventKind = "first_registration"
	Disaster          EventKind = "disaster"
	StayEnded         EventKind = "stay_ended"
	CardExpiry        EventKind = "expiry"
	CardReturned      EventKind = "returned"
	CardAbolished     EventKind = "abolished"
	CardReplaced      EventKind = "replaced"
	ChipTampered      EventKind = "chip_tampered"
	OfficeError       EventKind = "office_error"     // the office ended the card by mistake
	EntryFieldFilled  EventKind = "entry_field_full" // an update failed for want of space in 追記欄
	Released          EventKind = "identity_regained"
)

// EventNames are the events in words.
var EventNames = map[EventKind]law.Text{
	MoveIn:            {Ja: "他の市区町村から引っ越した(転入)", En: "moved in from another municipality", Easy: "ほかの 町(まち)から 引(ひ)っ越(こ)した"},
	MoveWithin:        {Ja: "同じ市区町村の中で引っ越した(転居)", En: "moved within the municipality", Easy: "同(おな)じ 町(まち)の 中(なか)で 引(ひ)っ越(こ)した"},
	MoveOut:           {Ja: "他の市区町村へ引っ越す(転出)", En: "moves to another municipality", Easy: "ほかの 町(まち)へ 引(ひ)っ越(こ)す"},
	Departure:         {Ja: "国外へ引っ越す(国外転出)", En: "moves abroad", Easy: "外国(がいこく)へ 引(ひ)っ越(こ)す"},
	ReturnToJapan:     {Ja: "国外から日本へ引っ越した", En: "moved to Japan from abroad", Easy: "外国(がいこく)から 日本(にほん)に 引(ひ)っ越(こ)した"},
	NameChange:        {Ja: "氏名が変わった(婚姻など)", En: "the name changed, by marriage and the like", Easy: "名前(なまえ)が 変(か)わった"},
	FormerSurname:     {Ja: "旧氏を追加・変更・削除した", En: "a former surname was added, changed or deleted", Easy: "前(まえ)の 名字(みょうじ)を 書(か)く・消(け)す"},
	BirthOrSexChange:  {Ja: "生年月日や性別の記載が変わった", En: "the entry of birth date or sex changed", Easy: "生年月日(せいねんがっぴ)や 性別(せいべつ)が 変(か)わった"},
	HonsekiChange:     {Ja: "本籍が変わった(転籍)", En: "the honseki changed", Easy: "本籍(ほんせき)が 変(か)わった"},
	CardLost:          {Ja: "カードをなくした", En: "the card was lost", Easy: "カードを なくした"},
	CardStolen:        {Ja: "カードを盗まれた", En: "the card was stolen", Easy: "カードを 盗(ぬす)まれた"},
	CardBurnt:         {Ja: "カードを焼失した、捨てた", En: "the card was burnt or thrown away", Easy: "カードが 燃(も)えた・捨(す)てた"},
	CardDamaged:       {Ja: "カードが汚れた・壊れた・読めない", En: "the card is soiled, damaged or cannot be read", Easy: "カードが こわれた"},
	CardFound:         {Ja: "なくしたカードが見つかった", En: "the lost card was found", Easy: "カードが 見(み)つかった"},
	ChildBorn:         {Ja: "子が生まれた", En: "a child was born", Easy: "子(こ)どもが 生(う)まれた"},
	HolderDied:        {Ja: "名義人が亡くなった", En: "the holder died", Easy: "亡(な)くなった"},
	NumberChanged:     {Ja: "マイナンバーを変更した", En: "the Individual Number was changed", Easy: "マイナンバーを 変(か)えた"},
	CodeChanged:       {Ja: "住民票コードを変更した", En: "the resident record code was changed", Easy: "住民票(じゅうみんひょう)コードを 変(か)えた"},
	StayExtended:      {Ja: "在留期間が更新された(新しい在留カードがある)", En: "the period of stay was extended; the new residence card is there", Easy: "在留期間(ざいりゅうきかん)が のびた"},
	StayPending:       {Ja: "在留期間の更新を申請中", En: "the extension of stay has been applied for", Easy: "在留期間(ざいりゅうきかん)を のばす 申請(しんせい)を している"},
	NationalityLost:   {Ja: "日本国籍を失った", En: "Japanese nationality was lost", Easy: "日本(にほん)の 国籍(こくせき)が なくなった"},
	RecordDeleted:     {Ja: "住民票が職権で消除された", En: "the resident record was struck off", Easy: "住民票(じゅうみんひょう)が 消(け)された"},
	FirstRegistration: {Ja: "はじめて住民登録をした", En: "was registered as a resident for the first time", Easy: "はじめて 住民票(じゅうみんひょう)を 作(つく)った"},
	StayEnded:         {Ja: "在留期間が満了した", En: "the period of stay ended", Easy: "在留期間(ざいりゅうきかん)が 終(お)わった"},
	CardExpiry:        {Ja: "カードの有効期間が満了した", En: "the card reached its last day", Easy: "カードの 期限(きげん)が 来(き)た"},
	CardReturned:      {Ja: "カードを返納した", En: "the card was returned", Easy: "カードを 返(かえ)した"},
	CardAbolished:     {Ja: "カードの紛失・廃止届を出した", En: "the card was reported lost for good", Easy: "カードを なくしたと 届(とど)けた"},
	CardReplaced:      {Ja: "新しいカードを受け取った", En: "a new card was received", Easy: "新(あたら)しい カードを もらった"},
	ChipTampered:      {Ja: "ICチップが不正な読み取りを感知した", En: "the chip noticed an illegitimate reading", Easy: "ICチップが こわれた"},
	OfficeError:       {Ja: "市区町村の誤りでカードが失効した", En: "an office ended the card by mistake", Easy: "役所(やくしょ)の まちがいで カードが 使(つか)えなく なった"},
	EntryFieldFilled:  {Ja: "追記欄に余白がなく、カードを書き換えられない", En: "the additional-entry field is full, so the card cannot be updated", Easy: "カードに 書(か)く ところが もう ない"},
	Released:          {Ja: "無戸籍・刑事施設からの釈放などの後、本人確認書類を得た", En: "obtained identity documents after being entered late or released", Easy: "本人(ほんにん)の 証明書(しょうめいしょ)を 新(あたら)しく もらった"},
	Disaster:          {Ja: "災害でカードをなくした・壊れた", En: "the card was lost or damaged in a disaster", Easy: "災害(さいがい)で カードを なくした"},
}

// ProxyGround is why the holder cannot come in person (PICK-052).
type ProxyGround string
