package web

import (
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// input is one field as a page asks for it: its label, its hint, what was entered and what is wrong with that.
type input struct {
	Name     string
	Kind     string // text, email, tel, password, date, file, box, choice, area, select
	Label    law.Text
	Hint     law.Text
	Required bool
	Value    string
	Fault    law.Text
	Note     law.Text // what the value stands for, such as the name of an office
	Options  []option
	Mode     string // inputmode: numeric, email, tel
	Accept   string // of a file
	Most     int    // characters; zero: no limit of the page's own
}

// option is one answer of a choice.
type option struct {
	Value  string
	Label  law.Text
	Chosen bool
}

// ID ties the label, the hint and the fault to the field.
func (i input) ID() string { return "f-" + i.Name }

// Described lists what belongs to the field, for assistive technology.
func (i input) Described() string {
	var ids []string
	if i.Hint != (law.Text{}) {
		ids = append(ids, i.ID()+"-hint")
	}
	if i.Fault != (law.Text{}) {
		ids = append(ids, i.ID()+"-fault")
	}
	return strings.Join(ids, " ")
}

// inputs are the fields of a page in order, with the faults of what was sent.
type inputs []input

// Faults are the fields with something wrong, for the summary above the form.
func (in inputs) Faults() []input {
	var out []input
	for _, i := range in {
		if i.Fault != (law.Text{}) {
			out = append(out, i)
		}
	}
	return out
}

// Get is the field with the name; it is the page's own mistake when there is none.
func (in inputs) Get(name string) input {
	for _, i := range in {
		if i.Name == name {
			return i
		}
	}
	panic("web: the page has no field " + name)
}

// with fills in what was sent and what is wrong with it. Faults of fields that the page does not have are returned.
func (in inputs) with(values func(string) string, faults []office.Invalid) (inputs, []office.Invalid) {
	out := make(inputs, len(in))
	known := map[string]int{}
	for n, i := range in {
		if i.Kind != "password" && i.Kind != "file" && values != nil {
			i.Value = values(i.Name)
		}
		i.Options = append([]option(nil), i.Options...)
		for k := range i.Options {
			i.Options[k].Chosen = i.Options[k].Value == i.Value
		}
		known[i.Name], out[n] = n, i
	}
	var others []office.Invalid
	for _, f := range faults {
		n, ok := known[f.Field]
		switch {
		case !ok:
			others = append(others, f)
		case out[n].Fault == law.Text{}:
			out[n].Fault = f.Text
		}
	}
	return out, others
}

// fieldInput is a field of the application form.
func fieldInput(f application.Field) input {
	in := input{Name: f.Name, Kind: "text", Label: f.Label, Hint: f.Hint, Required: f.Required}
	switch f.Input {
	case application.Mail:
		in.Kind, in.Mode = "email", "email"
	case application.Tel:
		in.Kind, in.Mode = "tel", "tel"
	case application.Box:
		in.Kind = "box"
	case application.Choice:
		in.Kind = "choice"
		for _, o := range f.Options {
			in.Options = append(in.Options, option{Value: o.Value, Label: o.Label})
		}
	}
	if f.Secret {
		// Shown as dots and never sent back: a form that comes back with faults asks for it again.
		in.Kind, in.Mode = "password", "numeric"
	}
	return in
}

// suggest turns a place that could not be read into the offices that may be meant. Nothing is guessed: the person
// chooses.
func (in inputs) suggest(on civil.Date) {
	for n, i := range in {
		field, ok := application.FieldNamed(i.Name)
		if !ok || field.Input != application.Place || i.Fault == (law.Text{}) || i.Value == "" {
			continue
		}
		found := findPlaces(i.Value, on, i.Name == "pickup")
		if len(found) == 0 {
			continue
		}
		in[n].Kind = "select"
		for _, o := range found {
			in[n].Options = append(in[n].Options, option{Value: string(o.Code), Label: o.Name})
		}
		in[n].Fault = law.Text{Ja: "次の中から選んでください。", En: "Please choose one of these."}
	}
}

// nameOffices writes beside each place which office its code is.
func (in inputs) nameOffices(on civil.Date) {
	for n, i := range in {
		field, ok := application.FieldNamed(i.Name)
		if !ok || field.Input != application.Place || i.Value == "" || i.Fault != (law.Text{}) {
			continue
		}
		if found, err := place.Lookup(place.Code(i.Value), on); err == nil {
			in[n].Note = law.Text{Ja: found.NameJa, En: found.NameEn}
		}
	}
}

// mostPlaces bounds a list of offices to what somebody can look through.
const mostPlaces = 40

// foundPlace is an office in a list to choose from.
type foundPlace struct {
	Code place.Code
	Name law.Text
}

// findPlaces looks for municipalities, and missions where one can be named, by name or country code.
func findPlaces(text string, on civil.Date, missions bool) []foundPlace {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	var out []foundPlace
	if missions {
		for _, m := range place.CoveredBy(strings.ToUpper(text)) {
			out = append(out, foundPlace{m.ID, law.Text{Ja: m.NameJa, En: m.NameEn}})
		}
		for _, m := range place.Missions() {
			if len(text) > 2 && (strings.Contains(m.NameJa, text) || strings.Contains(strings.ToLower(m.NameEn), strings.ToLower(text))) {
				out = append(out, foundPlace{m.ID, law.Text{Ja: m.NameJa, En: m.NameEn}})
			}
		}
	}
	for _, m := range place.Search(text, on, mostPlaces) {
		if missions || place.KeepsRegister(m.Code) {
			out = append(out, foundPlace{m.Code, office.PlaceName(m.Code, on)})
		}
	}
	return out[:min(len(out), mostPlaces)]
}

// required is what a page says itself when something without which it cannot ask the office is missing.
func required(field, ja, en string) *office.Invalid {
	return &office.Invalid{Field: field, Text: law.Text{Ja: ja, En: en}}
}
