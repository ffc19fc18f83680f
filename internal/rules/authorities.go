package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Keys are how the keys of a certification authority follow each other.
type Keys struct {
	Life  int // years that a key's own certificate is good
	Every int // years after which the next key is due
}

// authorityKeys are the authorities' published certificates: ten years each, a new key about every four.
var authorityKeys = law.Source{Title: "公的個人認証サービス 認証局の自己署名証明書(2015年・2019年・2023年)"}

// AuthorityKeys: a key is good for ten years and issues for four, so that a certificate of the longest life, to the sixth birthday
// (EXP-005), ends before it (jpki-profiles.md section 1). The four years are seen in the published certificates; no rule names them.
var AuthorityKeys = law.Table[Keys]{
	{From: cards, Checked: checked, Cite: authorityKeys.At("有効期間", "CERT-003", "EXP-005"), Rule: Keys{Life: 10, Every: 4}},
}

func sayAuthorityKeys(k Keys) []string {
	return []string{
		fmt.Sprintf("認証局の鍵の証明書は%d年間有効です。", k.Life),
		fmt.Sprintf("新しい鍵は、およそ%d年ごとに作ります。前の鍵は、その鍵で発行した証明書がなくなるまで、失効リストと回答に署名し続けます。", k.Every),
	}
}

// Lists are when revocation lists are made and how long they can be used, in days.
type Lists struct {
	Every  int // until the next list
	Usable int // from a list's instant on; more than Every, so that one run that fails stops nobody
}

// RevocationLists: made every day (CERT-032). Two days of use are our proposal: no source names them, and the real lists' own dates are
// not published (jpki-profiles.md section 6).
var RevocationLists = law.Table[Lists]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("資料6", "CERT-030", "CERT-032"), Rule: Lists{Every: 1, Usable: 2}},
}

func sayLists(l Lists) []string {
	return []string{fmt.Sprintf("失効リストは%d日ごとに作り、作った時から%d日間使えます。", l.Every, l.Usable)}
}
