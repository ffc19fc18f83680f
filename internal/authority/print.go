package authority

import (
	"fmt"
	"io"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/place"
)

// Words of the table for officials.
var (
	roleWords = map[Role]law.Text{
		Clerk: {Ja: "窓口担当", En: "clerk"}, Operator: {Ja: "機構の発行担当", En: "issuer's operator"}, StopLine: {Ja: "24時間の電話窓口", En: "24-hour line"},
		Admin: {Ja: "管理者", En: "administrator"}, Carrier: {Ja: "郵便局の配達担当", En: "carrier"}, Applicant: {Ja: "申請者・だれでも", En: "applicants, anybody"}, System: {Ja: "システムを動かす人", En: "whoever runs the system"},
	}
	kindWords = map[place.Kind]law.Text{
		place.KindMunicipality: {Ja: "市区町村", En: "municipality"}, place.KindMission: {Ja: "在外公館", En: "mission"}, place.KindIssuer: {Ja: "機構", En: "issuer"}, place.KindPost: {Ja: "郵便局", En: "post office"},
	}
	partWords = map[Part]law.Text{
		NoPart: {Ja: "—", En: "—"}, InCase: {Ja: "その手続きに関わる", En: "has a part in it"}, Accepting: {Ja: "受け付けた", En: "took it in"}, Examiner: {Ja: "審査する", En: "examines it"},
		Honseki: {Ja: "本籍地である", En: "is the honseki"}, Pickup: {Ja: "受取場所である", En: "is the pickup office"}, Payer: {Ja: "手数料を受ける", En: "takes the fee"},
		Poster: {Ja: "郵便局に出す", En: "posts the card"}, IssuerPost: {Ja: "機構が直接送るカードである", En: "the issuer posts the card itself"}, TookIn: {Ja: "受け付けた", En: "took the case in"},
		Awaiting: {Ja: "カードの送り先である", En: "the card travels there"}, Serves: {Ja: "住所地・本籍地であるか、進行中の手続きがあるか、本人が今日来ている", En: "residence, honseki, something under way, or the person is there today"},
		Keeps: {Ja: "記録を持っている", En: "keeps the record"}, Involved: {Ja: "記録を持つか持っていたか、転入先であるか、本人が今日来ている", En: "keeps or kept the record, is moved to, or the person is there today"},
		Addressed: {Ja: "宛先または差出人である", En: "it is the office's own"}, SameOffice: {Ja: "アカウントが自分の窓口のもの", En: "the account is of the same office"}, OwnAccount: {Ja: "自分のアカウント", En: "the account is one's own"},
	}
)

// Print writes the table as Markdown, for officials: docs/authority.md.
func Print(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# 権限の表 (who may do what)\n\n")
	b.WriteString("だれが、どの窓口で、何をしてよいか。この表にないことは、だれにもできません。判断した行の名前は、記録(journal)の一件ごとに残ります。\n")
	b.WriteString("What no line permits nobody may do. The name of the line that decided stands in every entry of the journal.\n\n")
	b.WriteString("| 行 line | 内容 | 役割 role | 窓口 office | 条件 part | 規則 rules | 操作 acts |\n|---|---|---|---|---|---|---|\n")
	for _, p := range Policies {
		says := p.Says.Ja
		if p.Two {
			says += "(二人で)"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", p.Name, says+"<br>"+p.Says.En,
			each(p.Roles, func(r Role) string { return roleWords[r].Ja }), each(p.Kinds, func(k place.Kind) string { return kindWords[k].Ja }),
			partWords[p.Part].Ja+"<br>"+partWords[p.Part].En, strings.Join(p.Rules, ", "), each(p.Acts, func(a Act) string { return "`" + string(a) + "`" }))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func each[T any](all []T, say func(T) string) string {
	var out []string
	for _, x := range all {
		out = append(out, say(x))
	}
	return strings.Join(out, "、")
}
