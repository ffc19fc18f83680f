package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// PINSyntax is what a PIN looks like and when it locks.
type PINSyntax struct {
	Name         law.Text
	Min, Max     int  // characters, both inclusive
	Letters      bool // A–Z and 0–9 with at least one of each; otherwise digits only
	Tries        int  // wrong entries that lock it
	OnlyWithCert bool // not needed when the certificate was declined (PIN-023)
}

// PINSyntaxes: the four PINs of a card (PIN-001, PIN-002). Nos. 2, 3 and 4 may be equal (PIN-003).
var PINSyntaxes = law.Table[map[card.PIN]PINSyntax]{
	{From: cards, Checked: checked, Cite: niigata.At("設定する暗証番号", "PIN-001", "PIN-002", "PIN-003"),
		Rule: map[card.PIN]PINSyntax{
			card.SignaturePIN:          {Name: law.Text{Ja: "署名用電子証明書", En: "signature certificate", Easy: "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)"}, Min: 6, Max: 16, Letters: true, Tries: 5, OnlyWithCert: true},
			card.UserAuthenticationPIN: {Name: law.Text{Ja: "利用者証明用電子証明書", En: "user authentication certificate", Easy: "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)"}, Min: 4, Max: 4, Tries: 3, OnlyWithCert: true},
			card.ResidentRegisterPIN:   {Name: law.Text{Ja: "住民基本台帳用", En: "basic resident register", Easy: "住民基本台帳用(じゅうみんきほんだいちょうよう)"}, Min: 4, Max: 4, Tries: 3},
			card.InputSupportPIN:       {Name: law.Text{Ja: "券面事項入力補助用", En: "card-face item input support", Easy: "券面事項入力補助用(けんめんじこうにゅうりょくほじょよう)"}, Min: 4, Max: 4, Tries: 3},
		}},
}

// PINCounting is how wrong entries are counted: consecutive, so that a right entry resets the
// counter, or cumulative, so that only the reset procedure does (PIN-004, CON-004).
type PINCounting string

const (
	Consecutive PINCounting = "consecutive"
	Cumulative  PINCounting = "cumulative"
)

// PINCountings: consecutive, as the portal of the certificates says and nearly everybody repeats.
var PINCountings = law.Table[PINCounting]{
	{From: cards, Checked: checked, Cite: jpkiPortal.At("よくある質問 暗証番号のロック", "PIN-004", "CON-004"), Rule: Consecutive},
}

// PINName is what the PIN of that number is called on the day; its number alone when no law covers the day.
func PINName(on Day, number int) law.Text {
	row, err := PINSyntaxes.On(on)
	if err != nil {
		return law.Text{}
	}
	return row.Rule[card.PIN(number)].Name
}
