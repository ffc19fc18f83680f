package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// subjectNames are the things that a rule ends.
var subjectNames = map[Subject]string{
	TheCard: "カード", TheSignature: "署名用電子証明書", TheUserAuthentication: "利用者証明用電子証明書",
	ThePhoneSignature: "スマホ用署名用電子証明書", ThePhoneAuthentication: "スマホ用利用者証明用電子証明書",
}

// momentNames say from which day an ending counts, and which act prevents it.
var momentNames = map[Moment]string{
	TheDay: "その日", PlannedMoveOut: "転出予定日", Filing: "届出の日", Rewriting: "券面記載事項の変更", MovingOn: "次の転出届の日",
	ContinuingUse: "継続利用の手続き", Reissuing: "新しい署名用電子証明書の発行", Extending: "有効期間の変更または特例による延長",
}

func sayEndings(all Endings) []string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		if len(all[kind]) == 0 {
			out = append(out, EventNames[kind].Ja+":これだけでは何も失効しません。")
		}
		for i := range all[kind] {
			out = append(out, EventNames[kind].Ja+":"+sayEnding(&all[kind][i]))
		}
	}
	return out
}

func sayEnding(e *Ending) string {
	var ends []string
	for _, s := range e.Ends {
		ends = append(ends, subjectNames[s])
	}
	when := fmt.Sprintf("%sから%d日目まで有効", momentNames[e.From], e.Days)
	switch e.Days {
	case -1:
		when = momentNames[e.From] + "の前日まで有効"
	case 0:
		when = momentNames[e.From] + "まで有効"
	}
	line := strings.Join(ends, "・") + "は" + when + "。"
	if e.Office {
		return "窓口による失効を行うときは、" + momentNames[e.From] + "から数えます。" + e.Text.Ja + ruleList(e.Cite.IDs)
	}
	if e.Unless != "" {
		line += "それまでに" + strings.TrimSuffix(momentNames[e.Unless], "の日") + "があれば失効しません。"
	}
	return line + e.Text.Ja + ruleList(e.Cite.IDs)
}

func sayFollow(all map[Subject][]Subject) []string {
	var out []string
	for _, s := range slices.Sorted(maps.Keys(all)) {
		var with []string
		for _, f := range all[s] {
			with = append(with, subjectNames[f])
		}
		out = append(out, subjectNames[s]+"が失効すると、"+strings.Join(with, "・")+"も失効します。")
	}
	return out
}

func sayOfficeLapse(days int) []string {
	if days == 0 {
		return []string{"転居や氏名の変更の後にカードの記載を変更しなくても、カードは失効しません。"}
	}
	return []string{fmt.Sprintf("転居や氏名の変更の届出から%d日を過ぎてもカードの記載を変更しないと、窓口がカードを失効させます。", days)}
}

func sayShift(on bool) []string {
	if on {
		return []string{"届出の最後の日が閉庁日のときは、次の開庁日まで数えます。"}
	}
	return []string{"届出の最後の日が閉庁日でも、失効の日は動きません。"}
}
