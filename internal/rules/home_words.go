package rules

import (
	"fmt"
	"slices"
	"strings"
)

func sayPhotoAge(age int) []string {
	if age == 0 {
		return []string{"申請者全員の顔写真が必要です。"}
	}
	return []string{fmt.Sprintf("申請の日に%d歳未満の人は顔写真が不要で、カードに顔写真が載りません。%d歳以上の人は必要です。", age, age)}
}

func sayExpress(r map[EventKind]ExpressGround) []string {
	var out []string
	for kind, g := range r {
		switch g.Count {
		case FromEvent:
			out = append(out, fmt.Sprintf("%s:その日(知った日)の翌日から数えて%d日目まで。", g.Text.Ja, g.Days))
		case FromNotification:
			out = append(out, fmt.Sprintf("%s:届出の日の翌日から数えて%d日目まで。", g.Text.Ja, g.Days))
		default:
			out = append(out, fmt.Sprintf("%s。%sのときも、この期限によります。", g.Text.Ja, EventNames[kind].Ja))
		}
	}
	slices.Sort(out)
	return append(out, "ここにない理由(有効期間満了による更新など)では特急発行を申請できません。")
}

func sayHomePayments(p HomePayment) []string {
	return []string{
		fmt.Sprintf("通常の発行:%s。", paymentNames[p.Ordinary]),
		fmt.Sprintf("特急発行:%s。", paymentNames[p.Express]),
	}
}

func sayUncollected(u Uncollected) []string {
	return []string{fmt.Sprintf("受け取られないカードは、申請の日から%dか月後(郵送で戻ったものは戻った日から%dか月後)に廃棄します。再度の申請が必要です。",
		u.MonthsAfterApplication, u.MonthsAfterMailReturn)}
}

func sayGrounds(r map[ProxyGround]GroundRule) []string {
	var out []string
	for i, g := range ProxyGrounds11 {
		rule, ok := r[g]
		if !ok {
			continue
		}
		line := fmt.Sprintf("%d %s", i+1, ProxyGroundNames[g].Ja)
		switch {
		case rule.FromAge > 0:
			line += fmt.Sprintf("(生年月日で%d歳以上であることを確かめます)", rule.FromAge)
		case rule.SchoolYearOf > 0:
			line += fmt.Sprintf("(生年月日で%d歳に達する学年の末日までであることを確かめます)", rule.SchoolYearOf)
		}
		if len(rule.Evidence) > 0 {
			line += ":次のいずれか " + strings.Join(paperNamesJa(rule.Evidence), "、")
		}
		if len(rule.Besides) > 0 {
			line += "。あわせて " + strings.Join(paperNamesJa(rule.Besides), "、")
		}
		out = append(out, line+"。")
	}
	return append(out, "ここにない理由(仕事が忙しいなど)では代理人に交付しません。")
}

func paperNamesJa(list []Paper) []string {
	var out []string
	for _, p := range list {
		out = append(out, PaperNames[p].Ja)
	}
	return out
}

var stayNames = map[StayStatus]string{
	"permanent_resident": "永住者", "special_permanent_resident": "特別永住者", "highly_skilled_professional_2": "高度専門職第2号",
	"mid_long_term_resident": "その他の中長期在留者", "temporary_refuge": "一時庇護許可者", "provisional_stay": "仮滞在許可者", "transitional_stay": "経過滞在者",
}

func sayStayBound(r map[StayStatus]bool) []string {
	var bound, free []string
	for s, b := range r {
		if b {
			bound = append(bound, stayNames[s])
		} else {
			free = append(free, stayNames[s])
		}
	}
	slices.Sort(bound)
	slices.Sort(free)
	return []string{
		fmt.Sprintf("%s:カードと電子証明書は、在留期間の満了の日を超えません。", strings.Join(bound, "、")),
		fmt.Sprintf("%s:日本国籍の人と同じです。", strings.Join(free, "、")),
	}
}
