package application

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Fields are the fields of 【国外転出者用】個人番号カード交付申請書 兼 電子証明書発行/更新申請書 in the order in which the form has
// them (APP-074, FORM-002).
var Fields = []Field{
	{Name: "honseki", Label: law.Text{Ja: "本籍地市区町村", En: "Honseki municipality"}, Input: Place, Required: true,
		Hint: law.Text{Ja: "全国地方公共団体コード6桁(例 022039 八戸市)。政令指定都市は区まで。", En: "Six-digit municipality code (022039 is Hachinohe); in a designated city that of the ward."},
		set:  func(f *Form, s string) (err error) { f.Honseki, err = place.ParseMunicipality(s); return err },
		get:  func(f Form) string { return string(f.Honseki) }},
	{Name: "number", Label: law.Text{Ja: "個人番号(マイナンバー)", En: "Individual Number"}, Input: Text, Secret: true,
		Hint: law.Text{Ja: "12桁。分からないときは空欄で構いません。", En: "Twelve digits; leave it empty if you do not know it."},
		set:  func(f *Form, s string) (err error) { f.Number, err = person.ParseNumber(s); return err },
		get:  func(Form) string { return "" }},
	name("family_name", "氏", "Family name", "戸籍のとおりに", "As in the family register", true, func(n *person.Name) *string { return &n.Family }),
	name("given_name", "名", "Given name", "戸籍のとおりに", "As in the family register", true, func(n *person.Name) *string { return &n.Given }),
	name("family_kana", "氏のふりがな", "Family name in kana", "", "", true, func(n *person.Name) *string { return &n.FamilyKana }),
	name("given_kana", "名のふりがな", "Given name in kana", "", "", true, func(n *person.Name) *string { return &n.GivenKana }),
	{Name: "sex", Label: law.Text{Ja: "性別", En: "Sex"}, Input: Choice, Required: true,
		Options: []Option{{"female", law.Text{Ja: "女", En: "Female"}}, {"male", law.Text{Ja: "男", En: "Male"}}},
		set:     func(f *Form, s string) (err error) { f.Sex, err = person.ParseSex(s); return err },
		get:     func(f Form) string { return f.Sex.String() }},
	date("birth", "生年月日", "Date of birth", true, func(f *Form) *civil.Date { return &f.Birth }),
	plain("overseas_address", "国外の住所", "Address abroad", "ローマ字・数字で。郵送のときはこのまま書き写します。", "In Latin letters and digits; it is copied as it stands.", true, 200, latin, func(f *Form) *string { return &f.Address }),
	{Name: "country", Label: law.Text{Ja: "国・地域", En: "Country or region"}, Input: Text, Required: true,
		Hint: law.Text{Ja: "2文字のコード(例 TW 台湾、TH タイ)", En: "Two-letter code (TW Taiwan, TH Thailand)"},
		set:  setCountry, get: func(f Form) string { return f.Country }},
	date("planned_departure", "国外転出(予定)日", "(Planned) departure day", true, func(f *Form) *civil.Date { return &f.PlannedDeparture }),
	{Name: "pickup", Label: law.Text{Ja: "カードの受取場所", En: "Where to collect the card"}, Input: Place, Required: true,
		Hint: law.Text{Ja: "市区町村のコード6桁、または在外公館のID(例 office-tw-taipei)", En: "Six-digit municipality code, or the id of a mission (office-tw-taipei)"},
		set:  func(f *Form, s string) (err error) { f.Pickup, err = ParsePickup(s); return err },
		get:  func(f Form) string { return string(f.Pickup) }},
	email("email1", "メールアドレス1", "E-mail 1", true, 0),
	email("email2", "メールアドレス2", "E-mail 2", false, 1),
	phone("phone1", "電話番号1", "Telephone 1", true, 0),
	phone("phone2", "電話番号2", "Telephone 2", false, 1),
	plain("braille", "点字(希望する方は氏名のかな)", "Braille (your name in kana, if wanted)", "濁音・半濁音は2マスに数えます。", "Voiced kana take two cells.", false, 100, anything, func(f *Form) *string { return &f.Braille }),
	box("resubmission", "不備による再提出", "Resubmission after a defect", func(f *Form) *bool { return &f.Resubmission }),
	box("recent_notification", "3か月以内に戸籍の届出をした", "A family-register notification within the last 3 months", func(f *Form) *bool { return &f.RecentNotification }),
	box("no_signature", "署名用電子証明書は不要", "No signature certificate", func(f *Form) *bool { return &f.NoSignature }),
	box("no_user_authentication", "利用者証明用電子証明書は不要", "No user authentication certificate", func(f *Form) *bool { return &f.NoUserAuth }),
	box("face_authentication", "暗証番号を設定しない(顔認証マイナンバーカード)", "No PINs (face-authentication card)", func(f *Form) *bool { return &f.FaceAuthentication }),
	date("photo_taken", "顔写真の撮影日", "Day the photo was taken", false, func(f *Form) *civil.Date { return &f.PhotoTaken }),
	representative("representative_name", "法定代理人の氏名", "Statutory representative's name", func(r *Representative) *string { return &r.Name }),
	representative("representative_relationship", "本人との関係", "Relationship", func(r *Representative) *string { return &r.Relationship }),
	representative("representative_address", "法定代理人の住所", "Representative's address", func(r *Representative) *string { return &r.Address }),
}

// fold makes what people type comparable: composed characters, half-width letters, digits and marks, full-width
// kana. The characters of a name are not changed into others (never NFKC).
func fold(s string) string { return norm.NFC.String(width.Fold.String(s)) }

// textOf is the text of a constructor's error.
func textOf(err error) law.Text {
	var w wrong
	if errors.As(err, &w) {
		return law.Text(w)
	}
	var f person.FieldError
	if errors.As(err, &f) {
		return f.Text
	}
	var p place.FieldError
	if errors.As(err, &p) {
		return p.Text
	}
	return law.Text{Ja: "読み取れません。", En: err.Error()}
}

func name(field, ja, en, hintJa, hintEn string, required bool, part func(*person.Name) *string) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Hint: law.Text{Ja: hintJa, En: hintEn}, Input: Text, Required: required,
		set: func(f *Form, s string) error {
			if len([]rune(s)) > 50 {
				return wrongf("50文字までで書いてください。", "At most 50 characters.")
			}
			return setName(&f.Name, part, s)
		},
		get: func(f Form) string { return *part(&f.Name) }}
}

// setName adds one part to the name and cleans it, so that its fault stands beside its field. A reading whose
// name is missing is left alone: the missing name is the fault.
func setName(n *person.Name, part func(*person.Name) *string, s string) error {
	with := *n
	*part(&with) = s
	if with.Full() == "" {
		return nil
	}
	clean, err := with.Clean()
	if err != nil {
		return err
	}
	*n = clean
	return nil
}

func date(field, ja, en string, required bool, part func(*Form) *civil.Date) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Input: DateText, Required: required,
		Hint: law.Text{Ja: "例 昭和63年5月17日、1988-05-17", En: "For example 1988-05-17 or 昭和63年5月17日"},
		set: func(f *Form, s string) error {
			d, err := civil.ParseAny(s)
			if err != nil {
				return wrongf("ない日付か、読めない書き方です。昭和63年5月17日 や 1988-05-17 のように書いてください。", "There is no such day, or it cannot be read. Write it as 1988-05-17 or 昭和63年5月17日.")
			}
			*part(f) = d
			return nil
		},
		get: func(f Form) string { return part(&f).String() }}
}

func plain(field, ja, en, hintJa, hintEn string, required bool, most int, check func(string) error, part func(*Form) *string) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Hint: law.Text{Ja: hintJa, En: hintEn}, Input: Text, Required: required,
		set: func(f *Form, s string) error {
			if len([]rune(s)) > most {
				return wrongf("%d文字までで書いてください。", "At most %d characters.", most)
			}
			*part(f) = strings.Join(strings.Fields(s), " ")
			return check(s)
		},
		get: func(f Form) string { return *part(&f) }}
}

// anything lets every text pass.
func anything(string) error { return nil }

// ParsePickup reads the code of a municipality or the id of a mission.
func ParsePickup(s string) (place.Code, error) {
	if id := place.Code(strings.ToLower(s)); place.KindOf(id) == place.KindMission {
		return id, nil
	}
	return place.ParseMunicipality(s)
}

// latin refuses what cannot be copied onto an envelope abroad (APP-074).
func latin(s string) error {
	for _, r := range s {
		if r > 0x24F || r < ' ' {
			return wrongf("ローマ字・数字で書いてください。", "Use Latin letters and digits.")
		}
	}
	return nil
}

func setCountry(f *Form, s string) error {
	s = strings.ToUpper(s)
	if len(s) != 2 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return wrongf("国・地域の2文字のコードを書いてください(例 TW)。", "Give the two-letter code of the country or region, such as TW.")
	}
	f.Country = s
	return nil
}

func email(field, ja, en string, required bool, n int) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Input: Mail, Required: required,
		set: func(f *Form, s string) error {
			e, err := person.ParseEmail(s)
			f.Emails = append(f.Emails, e)
			return err
		},
		get: func(f Form) string { return at(f.Emails, n) }}
}

func phone(field, ja, en string, required bool, n int) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Input: Tel, Required: required,
		Hint: law.Text{Ja: "国番号から(例 +886 2 1234 5678)", En: "With the country code (+886 2 1234 5678)"},
		set: func(f *Form, s string) error {
			p, err := person.ParsePhone(s)
			f.Phones = append(f.Phones, p)
			return err
		},
		get: func(f Form) string { return at(f.Phones, n) }}
}

func at[T ~string](list []T, n int) string {
	if n < len(list) {
		return string(list[n])
	}
	return ""
}

func box(field, ja, en string, part func(*Form) *bool) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Input: Box,
		set: func(f *Form, s string) error {
			*part(f) = s == "yes" || s == "on" || s == "true"
			return nil
		},
		get: func(f Form) string {
			if *part(&f) {
				return "yes"
			}
			return ""
		}}
}

func representative(field, ja, en string, part func(*Representative) *string) Field {
	return Field{Name: field, Label: law.Text{Ja: ja, En: en}, Input: Text,
		Hint: law.Text{Ja: "15歳未満の方・成年被後見人のとき", En: "For under-15s and adult wards"},
		set: func(f *Form, s string) error {
			if len(f.Representatives) == 0 {
				f.Representatives = make([]Representative, 1)
			}
			*part(&f.Representatives[0]) = s
			return nil
		},
		get: func(f Form) string {
			if len(f.Representatives) == 0 {
				return ""
			}
			return *part(&f.Representatives[0])
		}}
}
