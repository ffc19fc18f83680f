package rules

import (
	"fmt"

	"mynumber/internal/card"
)

// Each function here puts the rule of one table into Japanese sentences. Every figure is taken from the rule, so
// that a changed row is a changed sentence.

// one is the sentence of a table whose rule is one number.
func one(sentence string) func(int) []string {
	return func(n int) []string { return []string{fmt.Sprintf(sentence, n)} }
}

// officeKinds is the order in which offices are named.
var officeKinds = []OfficeKind{Honseki, OtherMunicipality, Mission}

var paymentNames = map[Payment]string{
	PayNothing: "納付なし", PayAtSubmission: "申請のときにその場で納付", PayAtPickup: "受取りのときに窓口で納付",
	PayBeforeDispatch: "カードが発送される前に納付(納付を確認してから発送)",
}

func sayScheme(open bool) []string {
	if open {
		return []string{"国外に住む人も、国外転出者向けのカードを持つことができます(継続利用と新規の申請)。"}
	}
	return []string{"国外に住む人はカードを持つことができません。国外へ転出する人はカードを返納します。"}
}

func sayApplicants(r OverseasEligibility) []string {
	return []string{
		"戸籍の附票に記録があり、マイナンバーが付番されている日本国籍の人で、国外に住み、日本に住民票がない人が対象です。",
		fmt.Sprintf("%s以後に日本に住民票があったことが必要です(その日が最後の住民登録日の人を含みます)。", r.RegisteredSince.Japanese()),
	}
}

func sayRepresentative(age int) []string {
	return []string{fmt.Sprintf("申請・受取りの日に%d歳未満の人と成年被後見人は、法定代理人が代わりに、または法定代理人とともに手続きをします。年齢は誕生日で数えます。", age)}
}

func saySignature(r SignatureIssue) []string {
	out := []string{fmt.Sprintf("発行の日に%d歳未満の人と成年被後見人には、原則として署名用電子証明書を発行しません。", r.FromAge)}
	if !r.FaceAuthCard {
		out = append(out, "顔認証マイナンバーカードには署名用電子証明書を記録しません。")
	}
	return out
}

func sayForm(f Form) []string {
	return []string{
		fmt.Sprintf("申請書IDは%d桁の数字です。", f.ApplicationIDDigits),
		fmt.Sprintf("点字は%dマスまでです。濁音・半濁音は2マスを使います。", f.BrailleCells),
		fmt.Sprintf("法定代理人は%d人まで記入できます。", f.Representatives),
		fmt.Sprintf("%dか月以内に戸籍の届出をした人は、その欄に印を付けます。", f.RecentNotificationMos),
	}
}

func sayPhoto(p Photo) []string {
	return []string{
		fmt.Sprintf("縦%gmm × 横%gmm、申請の日の前%dか月以内に撮影したもの。", p.HeightMM, p.WidthMM, p.MaxAgeMonths),
		fmt.Sprintf("画像ファイルは縦横とも%d〜%dピクセル、%dKB以上%dMB以下。縦横比のずれは%g%%まで。",
			p.MinSide, p.MaxSide, p.MinBytes>>10, p.MaxBytes>>20, p.RatioTolerance*100),
	}
}

func sayEstimate(days [2]int) []string {
	return []string{fmt.Sprintf("申請から交付通知までおよそ%d〜%d日です。目安であり、期限ではありません。", days[0], days[1])}
}

func sayAmounts(a Amounts) []string {
	if a.Total() == 0 {
		return []string{"無料です。"}
	}
	return []string{fmt.Sprintf("%d円(カード%d円、電子証明書%d円)。電子証明書を発行しないときは%d円。", a.Total(), a.Card, a.Certificate, a.Card)}
}

func sayForcedReturn(r ForcedReturn) []string {
	return []string{fmt.Sprintf("転出予定日が%sまでで、国外転出によりカードを返納した人は、国外転出者向けカードの交付が無料です。", r.LastDay.Japanese())}
}

func sayPayments(p OverseasPayment) []string {
	return []string{
		fmt.Sprintf("本籍地市区町村の窓口で申請したとき:%s。", paymentNames[p.AtHonsekiCounter]),
		fmt.Sprintf("市区町村で受け取るとき:%s。", paymentNames[p.PickupAtMunicipality]),
		fmt.Sprintf("在外公館で受け取るとき:%s。", paymentNames[p.PickupAtMission]),
	}
}

func sayVisitTimes(v VisitDays) []string {
	return []string{fmt.Sprintf("予約の日の%d日前にお知らせします。", v.ReminderBefore),
		fmt.Sprintf("窓口が閉まることになった予約は、その日から%d日後まで、届いたリンクから別の日時に変更できます。", v.LinkAfter),
		fmt.Sprintf("来庁する人から聞いた名前・メールアドレス・電話番号は、予約の日の%d日後に消します。", v.KeptAfter)}
}

func sayHorizon(h Horizon) []string {
	return []string{fmt.Sprintf("予約をする日を0日目として、%d日目から%d日目までの開庁日を予約できます(窓口が独自の期間を定めていないとき)。", h.FirstDay, h.LastDay)}
}

func sayPINs(r map[card.PIN]PINSyntax) []string {
	var out []string
	for _, pin := range card.PINs {
		s, ok := r[pin]
		if !ok {
			continue
		}
		form := fmt.Sprintf("数字%d桁", s.Min)
		if s.Letters {
			form = fmt.Sprintf("半角英大文字と数字をそれぞれ1文字以上含む%d〜%d文字", s.Min, s.Max)
		}
		line := fmt.Sprintf("No.%d %s:%s。%d回の誤入力でロック。", pin, s.Name.Ja, form, s.Tries)
		if s.OnlyWithCert {
			line += "その電子証明書を発行しないときは不要。"
		}
		out = append(out, line)
	}
	return out
}

func sayCounting(c PINCounting) []string {
	if c == Cumulative {
		return []string{"誤入力は累計で数えます。正しい入力をしても回数は戻りません。"}
	}
	return []string{"誤入力は連続した回数を数えます。正しい入力をすると回数は戻ります。"}
}

func sayCardLife(c CardLife) []string {
	return []string{
		fmt.Sprintf("発行の日に%d歳以上の人は発行の日の後%d回目の誕生日まで、%d歳未満の人は%d回目の誕生日まで。",
			c.Adult, c.AdultBirthdays, c.Adult, c.MinorBirthdays),
		fmt.Sprintf("有効期間内に更新するときは、誕生日を%d回多く数えます。", c.RenewalExtra),
		"どの年齢の定めによるかは申請を受け付けた日で決まり、年齢は発行の日(機構がカードを作る日)で数えます。",
	}
}

func sayCertificateLife(c CertificateLife) []string {
	return []string{
		fmt.Sprintf("署名用・利用者証明用とも、発行の日の後%d回目の誕生日まで。ただしカードの有効期間満了の日を超えません。", c.Birthdays),
		"署名用電子証明書は、利用者証明用電子証明書の有効期間満了の日も超えません。",
		fmt.Sprintf("更新できる期間内に更新するときは、誕生日を%d回多く数えます。", c.RenewalExtra),
	}
}

func sayBirthday(b Birthday) []string {
	first := "発行の日が誕生日のとき、その誕生日は数えません。"
	if b.OnIssueDay {
		first = "発行の日が誕生日のとき、その誕生日も数えます。"
	}
	return []string{first, fmt.Sprintf("2月29日生まれの人の誕生日は、うるう年も%d月%d日とみなします。", b.LeapMonth, b.LeapDay)}
}

func sayRenewal(w RenewalWindow) []string {
	if w.FirstDayAllowed {
		return []string{fmt.Sprintf("有効期間満了の日の%dか月前の日から申請できます(その日を含みます)。", w.Months)}
	}
	return []string{fmt.Sprintf("有効期間満了の日までの残りが%dか月未満になった日から申請できます(ちょうど%dか月前の日は含みません)。", w.Months, w.Months)}
}

func sayLines(l StopLines) []string {
	out := []string{fmt.Sprintf("国内から %s(24時間)。", l.InJapan)}
	if l.Abroad != "" {
		out = append(out, fmt.Sprintf("国外から %s(24時間)。", l.Abroad))
	}
	return out
}
