package rules

import "mynumber/internal/law"

// The sentences of a life line. Days and rules come from the tables that give them; a %s takes the facts of the case.

// MarkKind is what a day on a life line is.
type MarkKind string

const (
	MarkEvent    MarkKind = "event"    // something that the person plans or that happened
	MarkState    MarkKind = "state"    // something changes its state
	MarkOpens    MarkKind = "opens"    // something can be done from this day
	MarkDeadline MarkKind = "deadline" // the last day of something
	MarkEnds     MarkKind = "ends"     // something is no longer good from this day on
	MarkAge      MarkKind = "age"      // a birthday that changes a rule
)

// MarkKinds are all kinds with their names.
var MarkKinds = map[MarkKind]law.Text{
	MarkEvent:    {Ja: "出来事", En: "event", Easy: "できごと"},
	MarkState:    {Ja: "変化", En: "change", Easy: "変(か)わる こと"},
	MarkOpens:    {Ja: "できるようになる日", En: "opens", Easy: "できる 日(ひ)"},
	MarkDeadline: {Ja: "期限", En: "deadline", Easy: "最後(さいご)の 日(ひ)"},
	MarkEnds:     {Ja: "終わる日", En: "ends", Easy: "終(お)わる 日(ひ)"},
	MarkAge:      {Ja: "年齢", En: "age", Easy: "年齢(ねんれい)"},
}

// SubjectNames are the things a life line has a line for.
var SubjectNames = map[Subject]law.Text{
	TheCard:                {Ja: "カード", En: "Card", Easy: "カード"},
	TheSignature:           {Ja: "署名用電子証明書", En: "Signature certificate", Easy: "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)"},
	TheUserAuthentication:  {Ja: "利用者証明用電子証明書", En: "User authentication certificate", Easy: "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)"},
	ThePhoneSignature:      {Ja: "スマホ用署名用電子証明書", En: "Phone: signature certificate", Easy: "スマホの 署名用(しょめいよう)"},
	ThePhoneAuthentication: {Ja: "スマホ用利用者証明用電子証明書", En: "Phone: user authentication certificate", Easy: "スマホの 利用者証明用(りようしゃしょうめいよう)"},
}

// ExpiryNotice is where the notice of a coming end is laid down.
var ExpiryNotice = awara.At("更新手続", "EXP-020", "EXP-024", "NTF-007")

// MarkTexts are the sentences of marks that no ending of LapseEndings says.
var MarkTexts = map[string]law.Text{
	"renewal_opens":     {Ja: "%sの更新ができるようになります。有効期限のお知らせもこのころ届きます(国外では期限の3か月前)。", En: "Renewal opens: %s. The expiry notice comes about now; abroad, three months before the end.", Easy: "%sを 新(あたら)しく できます。お知(し)らせが 来(き)ます。"},
	"last_day":          {Ja: "%sの有効期間満了の日です。この日まで使えます。", En: "Last good day: %s.", Easy: "%sは この 日(ひ)まで 使(つか)えます。"},
	"expired":           {Ja: "%sは、この日から使えません。", En: "From this day on no longer good: %s.", Easy: "%sは この 日(ひ)から 使(つか)えません。"},
	"age_15":            {Ja: "15歳になります。本人だけで手続きができ、署名用電子証明書が発行されます。", En: "Turns 15: acts alone, and may have a signature certificate.", Easy: "15歳(さい)に なります。一人(ひとり)で 手続(てつづ)きが できます。"},
	"age_18":            {Ja: "18歳になります。この日以後に作られるカードは10回目の誕生日まで有効です。", En: "Turns 18: a card made from now on lasts to the 10th birthday.", Easy: "18歳(さい)に なります。これから 作(つく)る カードは 10年(ねん)くらい 使(つか)えます。"},
	"pending":           {Ja: "国外転出届と継続利用の手続きをしました。カードは転出(予定)日まで保留です。", En: "Departure and continuing use are filed; the card is pending until the departure.", Easy: "手続(てつづ)きを しました。カードは 外国(がいこく)に 行(い)く 日(ひ)まで 待(ま)ちます。"},
	"overseas":          {Ja: "カードは国外転出者向けカードとして使えます。", En: "The card is good as an overseas card.", Easy: "カードを 外国(がいこく)でも 使(つか)えます。"},
	"domestic":          {Ja: "カードの記載を変更し、国内のカードとして使えます。", En: "The entries are updated; the card is a domestic one.", Easy: "カードを 日本(にほん)で 使(つか)えます。"},
	"reissued":          {Ja: "新しい電子証明書が発行されます。%s まで有効です。", En: "New certificates are issued, good until %s.", Easy: "新(あたら)しい 電子証明書(でんししょうめいしょ)です。%s まで 使(つか)えます。"},
	"free_until":        {Ja: "この日までに国外転出者向けカードを申請すると無料です。", En: "Until this day an application for an overseas card is free of charge.", Easy: "この 日(ひ)までに 申(もう)し込(こ)むと ただです。"},
	"child_express":     {Ja: "生まれた子のカードは、1歳の誕生日の前日まで写真なしで申請できます。", En: "Until the day before the first birthday the child's card needs no photo.", Easy: "赤(あか)ちゃんの カードは、1歳(さい)の 誕生日(たんじょうび)の 前(まえ)の 日(ひ)まで 写真(しゃしん)が なくても 申(もう)し込(こ)めます。"},
	"phone_again":       {Ja: "署名用電子証明書が新しくなるため、スマホ用電子証明書は使えなくなります。アプリで申し込み直してください。", En: "The signature certificate is replaced, so the phone's certificates end; apply for them again in the app.", Easy: "スマホの 電子証明書(でんししょうめいしょ)は もう一度(いちど) 申(もう)し込(こ)みます。"},
	"foreign_departure": {Ja: "国外転出(予定)日にカードは失効します。継続利用は日本国籍の人の手続きです。", En: "The card lapses on the planned departure day; continuing use is for Japanese nationals.", Easy: "外国(がいこく)に 行(い)く 日(ひ)から カードは 使(つか)えません。"},
	"stop_at_once":      {Ja: "すぐに電話でカードを止めてください(24時間、土日祝日も)。", En: "Have the card stopped by telephone at once, at any hour.", Easy: "すぐ 電話(でんわ)で カードを 止(と)めて ください。"},
	"validity_extended": {Ja: "カードの有効期間を変更しました。", En: "The card's validity was changed.", Easy: "カードの 期限(きげん)を のばしました。"},
}

// SpanNames are the states on a life line.
var SpanNames = map[string]law.Text{
	"active":            {Ja: "使える", En: "good", Easy: "使(つか)える"},
	"valid":             {Ja: "有効", En: "valid", Easy: "使(つか)える"},
	"pending_departure": {Ja: "国外転出までの保留", En: "pending until the departure", Easy: "待(ま)っている"},
	"ended":             {Ja: "失効(この予定のままでは使えない)", En: "ended (not good if the plan stays as it is)", Easy: "使(つか)えない"},
}
