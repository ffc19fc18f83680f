package application

import (
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
)

// formIDDigits is how many digits an application ID has (APP-002).
const formIDDigits = 23

// HomeFields are the fields of 個人番号カード交付申請書 in the order in which an applicant in Japan gives them (FORM-001,
// APP-011, APP-017). Address and sex are printed on the form and come from the resident record.
var HomeFields = []Field{
	{Name: "form_id", Label: law.Text{Ja: "申請書ID", En: "Application ID on the form"}, Input: Text,
		Hint: law.Text{Ja: "23桁。手書き用の申請書にはありません。", En: "23 digits; the hand-written form has none."},
		set:  setFormID, get: func(f Form) string { return f.FormID }},
	{Name: "number", Label: law.Text{Ja: "個人番号(マイナンバー)", En: "Individual Number"}, Input: Text, Secret: true,
		Hint: law.Text{Ja: "12桁。申請書IDがあるときは空欄で構いません。", En: "Twelve digits; not needed with an application ID."},
		set:  func(f *Form, s string) (err error) { f.Number, err = person.ParseNumber(s); return err },
		get:  func(Form) string { return "" }},
	name("family_name", "氏", "Family name", "住民票のとおりに", "As in the resident record", false, func(n *person.Name) *string { return &n.Family }),
	name("given_name", "名", "Given name", "住民票のとおりに", "As in the resident record", false, func(n *person.Name) *string { return &n.Given }),
	date("birth", "生年月日", "Date of birth", true, func(f *Form) *civil.Date { return &f.Birth }),
	email("email1", "メールアドレス", "E-mail", false, 0),
	phone("phone1", "電話番号", "Telephone", false, 0),
	plain("braille", "点字(希望する方は氏名のかな)", "Braille (your name in kana, if wanted)", "濁音・半濁音は2マスに数えます。", "Voiced kana take two cells.", false, 100, anything, func(f *Form) *string { return &f.Braille }),
	box("no_signature", "署名用電子証明書は不要", "No signature certificate", func(f *Form) *bool { return &f.NoSignature }),
	box("no_user_authentication", "利用者証明用電子証明書は不要", "No user authentication certificate", func(f *Form) *bool { return &f.NoUserAuth }),
	box("face_authentication", "暗証番号を設定しない(顔認証マイナンバーカード)", "No PINs (face-authentication card)", func(f *Form) *bool { return &f.FaceAuthentication }),
	date("photo_taken", "顔写真の撮影日", "Day the photo was taken", false, func(f *Form) *civil.Date { return &f.PhotoTaken }),
	representative("representative_name", "法定代理人の氏名", "Statutory representative's name", func(r *Representative) *string { return &r.Name }),
	representative("representative_relationship", "本人との関係", "Relationship", func(r *Representative) *string { return &r.Relationship }),
	representative("representative_address", "法定代理人の住所", "Representative's address", func(r *Representative) *string { return &r.Address }),
}

// setFormID reads an application ID, with or without blanks and hyphens (APP-002).
func setFormID(f *Form, s string) error {
	id, err := ParseFormID(s)
	f.FormID = id
	return err
}

// ParseFormID reads the application ID of a form: 23 digits of either width, with or without blanks and hyphens. The
// error is for the page to show beside the field.
func ParseFormID(s string) (string, error) {
	s = strings.NewReplacer(" ", "", "-", "", "　", "").Replace(fold(s))
	if len(s) != formIDDigits || strings.Trim(s, "0123456789") != "" {
		return "", wrongf("申請書IDは%d桁の数字です。", "An application ID has %d digits.", formIDDigits)
	}
	return s, nil
}

// FaultText is the text of an error of this package's readers, for the page.
func FaultText(err error) law.Text { return textOf(err) }
