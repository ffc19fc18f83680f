package application

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// RawForm is the form as it was written: field name to text. Pages, JSON files and corrections all have
// this shape; a box that is ticked has the text "yes".
type RawForm map[string]string

// Fault says what is wrong with one field, and what would be right.
type Fault struct {
	Field string
	Text  law.Text
}

// Input is how a page asks for a field.
type Input string

const (
	Text     Input = "text"
	DateText Input = "date"
	Place    Input = "place"
	Mail     Input = "email"
	Tel      Input = "tel"
	Choice   Input = "choice"
	Box      Input = "box"
)

// Field is one field of the form (APP-074).
type Field struct {
	Name     string
	Label    law.Text
	Hint     law.Text
	Input    Input
	Required bool
	Secret   bool // never shown back, logged or put into an address
	Options  []Option
	set      func(*Form, string) error
	get      func(Form) string
}

// Option is one answer of a choice.
type Option struct {
	Value string
	Label law.Text
}

var missing = law.Text{Ja: "記入してください。", En: "This is required."}

// Parse reads the overseas form as it stands on the day. Width, blanks and eras are normalised and not refused; every
// fault is reported at once.
func (r RawForm) Parse(on civil.Date) (Form, []Fault) { return r.parse(Form{}, on) }

// ParseHome reads the domestic form in the same way.
func (r RawForm) ParseHome(on civil.Date) (Form, []Fault) { return r.parse(Form{Domestic: true}, on) }

// parse reads the form of the kind of f into it.
func (r RawForm) parse(f Form, on civil.Date) (Form, []Fault) {
	var faults []Fault
	for name := range r {
		if !slices.ContainsFunc(f.Fields(), func(field Field) bool { return field.Name == name }) {
			faults = append(faults, Fault{name, law.Text{Ja: "申請書にない項目です。", En: "The form has no such field."}})
		}
	}
	for _, field := range f.Fields() {
		text := strings.TrimSpace(fold(r[field.Name]))
		switch {
		case text == "" && field.Required:
			faults = append(faults, Fault{field.Name, missing})
		case !readable(text):
			faults = append(faults, Fault{field.Name, unreadable})
		case text != "":
			if err := field.set(&f, text); err != nil {
				faults = append(faults, Fault{field.Name, textOf(err)})
			}
		}
	}
	faults = append(faults, f.check(on, faults)...)
	slices.SortStableFunc(faults, func(a, b Fault) int { return strings.Compare(a.Field, b.Field) })
	return f, faults
}

// longestText bounds every field of the form, in characters; many are shorter by their own rule.
const longestText = 200

var unreadable = law.Text{
	Ja: fmt.Sprintf("読めない文字があるか、長すぎます(%d文字まで)。書き直してください。", longestText),
	En: fmt.Sprintf("There is a character that cannot be read, or it is too long (%d at most). Write it again.", longestText),
}

// readable reports a text without control characters and without U+FFFD, which stands where bytes were not UTF-8.
func readable(text string) bool {
	return len([]rune(text)) <= longestText && !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || c == unicode.ReplacementChar })
}

// check looks at what fields say together. A field that could not be read is not looked at again.
func (f Form) check(on civil.Date, before []Fault) []Fault {
	var faults []Fault
	fault := func(field, ja, en string) {
		if !slices.ContainsFunc(before, func(b Fault) bool { return b.Field == field }) {
			faults = append(faults, Fault{field, law.Text{Ja: ja, En: en}})
		}
	}
	if f.Birth.After(on) {
		fault("birth", "今日より後の日は書けません。", "This day is in the future.")
	}
	if !f.PlannedDeparture.IsZero() && !f.Birth.IsZero() && f.PlannedDeparture.Before(f.Birth) {
		fault("planned_departure", "生年月日より前の日です。転出届に書いた国外転出(予定)日を書いてください。", "This is before the date of birth. Give the (planned) departure day of the move-out notification.")
	}
	if f.PhotoTaken.After(on) {
		fault("photo_taken", "今日より後の日は書けません。", "This day is in the future.")
	}
	if f.Country == "JP" {
		fault("country", "国外の住所の国を書いてください。日本にお住まいの方は国内のカードを申請してください。", "Give the country you live in outside Japan. Residents of Japan apply for a domestic card.")
	}
	return faults
}

// Raw writes the form back into fields, without the number.
func (f Form) Raw() RawForm {
	raw := RawForm{}
	for _, field := range f.Fields() {
		if text := field.get(f); text != "" {
			raw[field.Name] = text
		}
	}
	return raw
}

// Shown is the field's value as a person reads it, but for the name of a place; empty when nothing was given, and for what
// is never shown back.
func (f Form) Shown(field Field) law.Text {
	text := ""
	if !field.Secret {
		text = field.get(f)
	}
	for _, o := range field.Options {
		if o.Value == text {
			return o.Label
		}
	}
	return law.Text{Ja: text, En: text}
}

// Fields are the fields of the form, in its order.
func (f Form) Fields() []Field {
	if f.Domestic {
		return HomeFields
	}
	return Fields
}

// FieldNamed is a field of either form; false for a name that neither has.
func FieldNamed(name string) (Field, bool) {
	for _, fields := range [][]Field{Fields, HomeFields} {
		if i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name }); i >= 0 {
			return fields[i], true
		}
	}
	return Field{}, false
}

// KnownField reports that a form has such a field.
func KnownField(name string) bool {
	_, ok := FieldNamed(name)
	return ok
}

// Corrected is the form with the named fields, and no others, replaced and everything read again.
func (f Form) Corrected(on civil.Date, fields []string, changes RawForm) (Form, []Fault) {
	raw := f.Raw()
	if !f.Number.IsZero() {
		raw["number"] = f.Number.Digits()
	}
	for _, name := range fields {
		if text, ok := changes[name]; ok {
			raw[name] = text
		}
	}
	return raw.parse(Form{Domestic: f.Domestic}, on)
}

// BrailleCells counts the braille cells of the wish on the form: a voiced or semi-voiced kana takes two (CARD-010).
func (f Form) BrailleCells() int {
	const voiced = "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ"
	cells := 0
	for _, c := range f.Braille {
		cells++
		if strings.ContainsRune(voiced, c) {
			cells++
		}
	}
	return cells
}

// wrong is an error with a text for the applicant.
type wrong law.Text

func (w wrong) Error() string { return w.En }

func wrongf(ja, en string, facts ...any) error {
	return wrong(law.Text{Ja: fmt.Sprintf(ja, facts...), En: fmt.Sprintf(en, facts...)})
}
