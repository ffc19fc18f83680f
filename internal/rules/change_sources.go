package rules

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Sources that only the procedures about changes, phones, services and the number cite.
var (
	numberAct   = law.Source{Title: "行政手続における特定の個人を識別するための番号の利用等に関する法律(番号法)"}
	numberOrder = law.Source{Title: "番号法施行令"}
	tomakomai   = law.Source{Title: "苫小牧市 マイナンバーカードの継続利用"}
	kobe        = law.Source{Title: "神戸市 電子証明書の代理申請", Date: civil.Day(2024, 8, 9)}
	digital     = law.Source{Title: "デジタル庁 スマホ用電子証明書搭載サービス"}
	kyokai      = law.Source{Title: "協会けんぽ 電子証明書の有効期限とマイナ保険証"}
	immigration = law.Source{Title: "出入国在留管理庁 特定在留カード(行政書士の掲載による)"}
	mhlwGrace   = law.Source{Title: "厚生労働省 事務連絡(健康保険証の経過措置)", Date: civil.Day(2025, 11, 12)}
)
