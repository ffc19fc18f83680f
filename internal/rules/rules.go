// Package rules is the law as tables: ages, days, fees, papers, channels and the texts of refusals,
// each row with the day from which it holds, the day on which it ceases, and where it is written.
// It can be read by somebody who knows the procedures and not the language, and it decides nothing:
// procedure does that. Rows of past law stay, for the cases of their time.
package rules

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// The sources the rows cite. An article that was read only through a municipality's page is cited
// with that page.
var (
	cardOrder    = law.Source{Title: "個人番号カード等に関する命令(平成26年総務省令第85号)"}
	jpkiAct      = law.Source{Title: "電子署名等に係る地方公共団体情報システム機構の認証業務に関する法律(公的個人認証法)"}
	jpkiRule     = law.Source{Title: "公的個人認証法施行規則"}
	mhlwLeaflet  = law.Source{Title: "厚生労働省老健局 周知依頼とデジタル庁リーフレット", Date: civil.Day(2024, 6, 17)}
	konan        = law.Source{Title: "湖南市 国外転出者向けマイナンバーカードについて", Date: civil.Day(2024, 7, 24)}
	niigata      = law.Source{Title: "新潟市 マイナンバーカード", Date: civil.Day(2024, 10, 15)}
	awara        = law.Source{Title: "あわら市 マイナンバーカード関連情報"}
	fukuoka      = law.Source{Title: "福岡市 国外転出者向けマイナンバーカード"}
	singapore    = law.Source{Title: "在シンガポール日本国大使館 国外転出者向けマイナンバーカード", Date: civil.Day(2025, 2, 13)}
	jlisPhoto    = law.Source{Title: "地方公共団体情報システム機構 国外転出者向け 顔写真のチェックポイント"}
	jlisStatus   = law.Source{Title: "地方公共団体情報システム機構 申請状況照会サービス"}
	jpkiPortal   = law.Source{Title: "公的個人認証サービス ポータルサイト"}
	awaraKept    = law.Source{Title: "あわら市 長期間受け取りのないマイナンバーカードの取扱い"}
	japanPost    = law.Source{Title: "日本郵便株式会社 郵便物の保管期間"}
	expressPages = law.Source{Title: "明和町・国分寺市・矢板市・山都町・久留米市 特急発行の案内"}
	facePages    = law.Source{Title: "氷見市・足利市・波佐見町 顔認証マイナンバーカード"}
	ibaraki      = law.Source{Title: "茨木市 マイナンバーカードの更新", Date: civil.Day(2024, 3, 22)}
	blog         = law.Source{Title: "ラブの駐在備忘録(墨田区で申請した一事例)", Date: civil.Day(2026, 1, 16)}
)

var day = civil.Day

// FirstDay is the first day of any law here: the card's own.
var FirstDay = cards

// cards is the first day of the card itself (CARD-002, DATE-007); overseas the first day of the
// overseas card (ELIG-015, DATE-016).
var (
	cards    = day(2016, 1, 1)
	overseas = day(2024, 5, 27)
	checked  = day(2026, 11, 22)
)
