package decision

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Schema is the JSON Schema (draft 2020-12) of a situation and of a decision, printed from the types of procedure and
// the words of rules; the examples are given. Every field and every word is described in both languages.
func Schema(examples []json.RawMessage) ([]byte, error) {
	p := printer{defs: map[string]any{}}
	p.object(reflect.TypeFor[procedure.Situation](), true)
	p.object(reflect.TypeFor[procedure.Decision](), false)
	p.object(reflect.TypeFor[procedure.LifePlan](), true)
	p.object(reflect.TypeFor[procedure.Line](), false)
	for _, act := range []reflect.Type{reflect.TypeFor[card.Act](), reflect.TypeFor[certificate.Act](), reflect.TypeFor[application.Act]()} {
		p.enumeration(act)
	}
	p.defs["RefusalCode"] = constants(refusalWords())
	p.defs["Condition"] = constants(conditionWords())
	if situation, ok := p.defs["Situation"].(*object); ok {
		situation.Examples = examples
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(document{
		Schema: "https://json-schema.org/draft/2020-12/schema", ID: "/api/v1/decision.schema.json",
		Title: "マイナンバーカードの手続きの判定 / Decisions of the My Number Card rulebook",
		Description: describe(text("状況(Situation)を送ると、判定(Decision)が返ります。文(text)は日本語(ja)と英語(en)、あるものはやさしい日本語(easy)。",
			"A Situation is sent, a Decision comes back. Sentences are in Japanese (ja) and English (en), some in plain Japanese too (easy).")),
		AnyOf: []ref{{"#/$defs/Situation"}, {"#/$defs/Decision"}, {"#/$defs/LifePlan"}, {"#/$defs/Line"}}, Defs: p.defs,
	})
	return b.Bytes(), err
}

type document struct {
	Schema      string         `json:"$schema"`
	ID          string         `json:"$id"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	AnyOf       []ref          `json:"anyOf"`
	Defs        map[string]any `json:"$defs"`
}

type ref struct {
	Ref string `json:"$ref"`
}

// object is the schema of a struct.
type object struct {
	Type       string            `json:"type"`
	Properties map[string]any    `json:"properties"`
	Required   []string          `json:"required,omitempty"`
	Additional bool              `json:"additionalProperties"`
	Examples   []json.RawMessage `json:"examples,omitempty"`
}

// list of words: one constant each, with its names.
type enumeration struct {
	Type  string     `json:"type"`
	OneOf []constant `json:"oneOf"`
}

type constant struct {
	Const       string `json:"const"`
	Description string `json:"description,omitempty"`
}

// printer collects the definitions of named types.
type printer struct{ defs map[string]any }

func describe(t law.Text) string { return strings.TrimSpace(t.Ja + "\n" + t.En) }

// object defines a struct. In a situation every field may be left out, and nothing else may stand there.
func (p *printer) object(t reflect.Type, asked bool) map[string]any {
	name := t.Name()
	if _, done := p.defs[name]; done {
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	o := &object{Type: "object", Properties: map[string]any{}}
	p.defs[name] = o
	fields := fieldsOf(t)
	for _, n := range fields.names {
		f := fields.by[n]
		schema := p.typ(f.typ, f, asked)
		if d := describe(f.doc); d != "" {
			schema["description"] = d
		}
		o.Properties[n] = schema
		if !f.optional {
			o.Required = append(o.Required, n)
		}
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

// typ is the schema of a field's type.
func (p *printer) typ(t reflect.Type, f field, asked bool) map[string]any {
	switch t {
	case reflect.TypeFor[civil.Date]():
		return map[string]any{"type": "string", "format": "date"}
	case reflect.TypeFor[procedure.Answer]():
		return map[string]any{"type": []string{"boolean", "null"}}
	case reflect.TypeFor[place.Code]():
		return map[string]any{"type": "string", "pattern": `^([0-9]{6}|[a-z]+(-[a-z0-9]+)+|issuer)$`}
	case reflect.TypeFor[law.Text]():
		p.defs["Text"] = map[string]any{"type": "object", "required": []string{"ja", "en"}, "additionalProperties": false, "properties": map[string]any{
			"ja":   map[string]any{"type": "string", "description": "日本語。\nJapanese."},
			"en":   map[string]any{"type": "string", "description": "英語。\nEnglish."},
			"easy": map[string]any{"type": "string", "description": "やさしい日本語。\nPlain Japanese."},
		}}
		return map[string]any{"$ref": "#/$defs/Text"}
	}
	if words[t] != nil {
		return p.enumeration(t)
	}
	switch t.Kind() {
	case reflect.Struct:
		return p.object(t, asked)
	case reflect.Slice:
		s := map[string]any{"type": "array", "items": p.typ(t.Elem(), field{}, asked)}
		if f.max > 0 {
			s["maxItems"] = f.max
		}
		return s
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Struct {
			return p.object(t.Elem(), asked)
		}
		return map[string]any{"type": "integer", "minimum": f.min, "maximum": f.max}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	}
	s := map[string]any{"type": "string"}
	if f.pattern != nil {
		s["pattern"] = f.pattern.String()
	}
	return s
}

// enumeration defines a closed list once.
func (p *printer) enumeration(t reflect.Type) map[string]any {
	name := t.Name()
	if pkg := t.PkgPath(); name == "State" || name == "Act" { // of a card, a certificate or an application
		name = strings.ToUpper(pkg[strings.LastIndex(pkg, "/")+1:][:1]) + pkg[strings.LastIndex(pkg, "/")+2:] + name
	}
	if _, done := p.defs[name]; !done {
		p.defs[name] = constants(words[t])
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func constants(list []Word) enumeration {
	e := enumeration{Type: "string"}
	for _, w := range list {
		e.OneOf = append(e.OneOf, constant{w.Value, describe(w.Text)})
	}
	return e
}

// refusalWords are the codes of all refusals; a %s stands for a fact of the case.
func refusalWords() []Word {
	names := map[string]law.Text{}
	for code, r := range rules.Refusals {
		names[code] = r.Text
	}
	return named(names)
}

// conditionWords are the codes of all conditions.
func conditionWords() []Word {
	names := map[rules.Cond]law.Text{}
	for cond, c := range rules.Conds {
		names[cond] = c.Yes
	}
	return named(names)
}
