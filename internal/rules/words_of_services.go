package rules

import (
	"fmt"
	"strings"
)

func sayCarriers(list []Carrier) []string {
	var names []string
	for _, c := range list {
		names = append(names, carrierNames[c])
	}
	return []string{"電子証明書を記録できるもの:" + strings.Join(names, "、") + "。スマートフォンのものはカードの署名用電子証明書から作られます。"}
}

func sayOldInsurance(r OldInsurance) []string {
	if r.LastDay.IsZero() {
		return []string{"健康保険証は、書かれた有効期限まで使えます。"}
	}
	return []string{
		"新しい健康保険証は発行されません。",
		fmt.Sprintf("その時に有効だった健康保険証は、書かれた有効期限と%sの早い方の日まで使えます。", r.LastDay.Japanese()),
		fmt.Sprintf("その後も%sまでは、オンラインで資格が確認できれば受け付けられます。", r.CheckedUntil.Japanese()),
	}
}

func sayCheckups(r Checkups) []string {
	return []string{fmt.Sprintf("特定健診の情報提供の同意は%d〜%d歳、後期高齢者健診は%d歳以上の人が対象です。", r.From, r.ElderlyFrom-1, r.ElderlyFrom)}
}

func sayKiosk(r KioskRule) []string {
	out := []string{
		fmt.Sprintf("%s〜%s。%d月%d日から%d月%d日までは休みです。", r.Opens, r.Closes, r.Shut[0].Month, r.Shut[0].Day, r.Shut[1].Month, r.Shut[1].Day),
		fmt.Sprintf("%d歳未満の人は使えません。", r.FromAge),
		fmt.Sprintf("電子証明書の更新の後、最長%d日は使えないことがあります。", r.DelayDays),
	}
	var names []string
	for _, p := range r.AbroadProducts {
		names = append(names, KioskProducts[p].Ja)
	}
	if len(names) > 0 {
		out = append(out, "国外転出者が使えるもの:"+strings.Join(names, "、")+"。")
	}
	return out
}

func sayNumberUses(r map[Requester][]Purpose) []string {
	var out []string
	for _, who := range []Requester{PublicBody, Employer, FinancialFirm, OtherRequester} {
		var names []string
		for _, p := range r[who] {
			names = append(names, Purposes[p].Ja)
		}
		if len(names) > 0 {
			out = append(out, fmt.Sprintf("%sは、%sの手続きでマイナンバーの提供を求めることができます。", Requesters[who].Ja, strings.Join(names, "・")))
		}
	}
	return append(out, "ここにない人、ここにない目的で求めることはできません。")
}

func sayNotificationCard(must bool) []string {
	if must {
		return []string{"通知カードは廃止されました。氏名・住所などが住民票と同じ間だけ、マイナンバーを証明できます。書き換えも再発行もできません。"}
	}
	return []string{"通知カードでマイナンバーを証明できます。"}
}

func sayLicenceFees(r LicenceCosts) []string {
	var out []string
	for _, f := range []LicenceForm{LicenceOnly, OnMyNumber, BothForms} {
		out = append(out, fmt.Sprintf("免許の更新のとき、%s:%d円。", LicenceForms[f].Ja, r.Renewal[f]))
	}
	return append(out, fmt.Sprintf("更新のほかに2枚持ちにするとき:%d円。オンライン講習:%d円。", r.BothOutsideRenewal, r.OnlineLecture))
}

func sayBanks(on bool) []string {
	if on {
		return []string{"公金受取口座は、金融機関の窓口でも登録できます。"}
	}
	return []string{"公金受取口座は、マイナポータルで登録します。"}
}

func sayPoints(over bool) []string {
	if over {
		return []string{"マイナポイント第2弾の申込みは終わっています。「マイナポイント事務局」からのメールは詐欺です。"}
	}
	return []string{"マイナポイント第2弾の申込み期間を含みます。"}
}
