// Package decision is the written form of the rulebook's question and answer: a situation is read from JSON as strictly
// as a clerk reads a form, with every fault named by its place and in both languages, and the JSON Schema of both is
// printed from the types of procedure and the words of rules. It decides nothing: procedure does.
package decision

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// MaxBytes is the longest situation that is read; a real one has less than a tenth of it.
const MaxBytes = 64 << 10

// maxFaults bounds the answer to a hostile text.
const maxFaults = 100

// Read reads one situation. Unknown fields, wrong types, unknown words, impossible days and facts that contradict each
// other are told all at once: the error is Faults. today is the day asked about when the situation names none.
func Read(text []byte, today civil.Date) (*procedure.Situation, error) {
	s := new(procedure.Situation)
	faults, whole := read(text, s)
	if s.On.IsZero() {
		s.On = today
	}
	if whole {
		faults = append(faults, contradictions(s)...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return s, nil
}

// ReadPlan reads the plan of a life line in the same way.
func ReadPlan(text []byte, today civil.Date) (*procedure.LifePlan, error) {
	p := new(procedure.LifePlan)
	faults, whole := read(text, p)
	if p.On.IsZero() {
		p.On = today
	}
	if whole {
		faults = append(faults, planContradictions(p)...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return p, nil
}

// read reads the text into the struct; whole is false when it is no JSON to its end.
func read(text []byte, into any) (faults Faults, whole bool) {
	if len(text) > MaxBytes {
		return Faults{{Text: fault("状況は%dKBまでです。", "A situation has at most %d KB.", MaxBytes>>10)}}, false
	}
	r := reader{dec: json.NewDecoder(bytes.NewReader(text))}
	r.dec.UseNumber()
	r.value("", reflect.ValueOf(into).Elem(), field{})
	if r.broken == nil {
		if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
			r.add("", fault("JSONは一つだけ書いてください。", "Give one JSON object and nothing after it."))
		}
	}
	return r.faults, r.broken == nil
}

// reader walks the text once, beside the type of a situation.
type reader struct {
	dec    *json.Decoder
	faults Faults
	broken error // the text is no JSON from here on
}

func (r *reader) add(path string, text law.Text) {
	if len(r.faults) < maxFaults {
		r.faults = append(r.faults, Fault{path, text})
	}
}

// token is the next token; false when the text is broken, which is told once.
func (r *reader) token() (json.Token, bool) {
	if r.broken != nil {
		return nil, false
	}
	t, err := r.dec.Token()
	if err != nil {
		r.broken = err
		if at := r.dec.InputOffset(); at == 0 && err == io.EOF {
			r.add("", fault("状況が何も書かれていません。JSONで書いてください。", "No situation is given. Give one as JSON."))
		} else {
			r.add("", fault("%dバイト目の近くでJSONとして読めません。", "Not JSON near byte %d.", at))
		}
		return nil, false
	}
	return t, true
}

// value reads the next value into v.
func (r *reader) value(path string, v reflect.Value, f field) {
	t, ok := r.token()
	if !ok {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() != reflect.TypeFor[civil.Date]() {
			r.object(path, v, t)
			return
		}
	case reflect.Slice:
		r.list(path, v, t, f)
		return
	case reflect.Pointer:
		if t == nil {
			return
		}
		r.number(path, v, t, f)
		return
	}
	if _, nested := t.(json.Delim); nested {
		r.skip(t)
		r.add(path, notThis(f.wants(v.Type())))
		return
	}
	if t == nil {
		return // null is a fact that is not known
	}
	r.scalar(path, v, t, f)
}

func (r *reader) object(path string, v reflect.Value, t json.Token) {
	if t != json.Delim('{') {
		r.skip(t)
		r.add(path, notThis(text("項目の組 { … }", "an object { … }")))
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]bool{}
	for r.broken == nil && r.dec.More() {
		t, ok := r.token()
		if !ok {
			return
		}
		name, _ := t.(string)
		at := join(path, name)
		f, known := fields.by[name]
		switch {
		case !known:
			r.add(at, r.unknown(name, fields))
		case seen[name]:
			r.add(at, fault("同じ項目が2回書かれています。", "This field stands twice."))
		}
		if !known || seen[name] {
			if t, ok := r.token(); ok {
				r.skip(t)
			}
			continue
		}
		seen[name] = true
		r.value(at, v.Field(f.index), f)
	}
	r.token()
	for _, name := range fields.names {
		if !fields.by[name].optional && !seen[name] && r.broken == nil {
			r.add(join(path, name), fault("この項目は必ず書いてください。", "This field has to be there."))
		}
	}
}

func join(path, name string) string {
	const longest = 60
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "") + "…"
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// unknown says which fields there are, the likeliest alone when one is near.
func (r *reader) unknown(name string, fields fieldSet) law.Text {
	for _, f := range fields.names {
		if near(f, name) {
			return fault("この項目はありません。「%s」ではありませんか。", "There is no such field. Is %q meant?", f)
		}
	}
	return fault("この項目はありません。書ける項目:%s", "There is no such field. There are: %s", strings.Join(fields.names, ", "))
}

// near reports that somebody who wrote name may have meant the field: another spelling of it, its beginning, or at
// most two letters away.
func near(field, name string) bool {
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }
	const most = 40
	if len(name) < 4 || len(name) > most {
		return false
	}
	return strings.HasPrefix(field, name) || distance(plain(field), plain(name)) <= 2
}

// distance is the number of letters to change, add or take away to make a of b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, last+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func (r *reader) list(path string, v reflect.Value, t json.Token, f field) {
	if t == nil {
		return
	}
	if t != json.Delim('[') {
		r.skip(t)
		r.add(path, notThis(text("一覧 [ … ]", "a list [ … ]")))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 4))
	for i := 0; r.broken == nil && r.dec.More(); i++ {
		if i == f.max {
			r.add(path, fault("%d個までです。", "At most %d.", f.max))
		}
		one := reflect.New(v.Type().Elem()).Elem()
		r.value(path+"["+strconv.Itoa(i)+"]", one, f)
		if i < f.max {
			v.Set(reflect.Append(v, one))
		}
	}
	r.token()
}

func (r *reader) number(path string, v reflect.Value, t json.Token, f field) {
	n, ok := t.(json.Number)
	i, err := strconv.Atoi(string(n))
	if !ok || err != nil || i < f.min || i > f.max {
		r.skip(t)
		r.add(path, notThis(f.wants(v.Type())))
		return
	}
	v.Set(reflect.ValueOf(&i))
}

// scalar reads a word, a day, a code or a yes or no.
func (r *reader) scalar(path string, v reflect.Value, t json.Token, f field) {
	s, isText := t.(string)
	switch x := v.Addr().Interface().(type) {
	case *procedure.Answer:
		b, ok := t.(bool)
		if !ok {
			r.add(path, notThis(f.wants(v.Type())))
			return
		}
		*x = procedure.AnswerOf(b)
	case *civil.Date:
		day, err := civil.Parse(s)
		if !isText || err != nil {
			r.add(path, notThis(f.wants(v.Type())))
			return
		}
		*x = day
	case *place.Code:
		if !isText || place.KindOf(place.Code(s)) == place.KindUnknown {
			r.add(path, unknownCode(s, isText))
			return
		}
		*x = place.Code(s)
	default:
		list := words[v.Type()]
		known := slices.ContainsFunc(list, func(w Word) bool { return w.Value == s })
		if !isText || list != nil && !known || f.pattern != nil && !f.pattern.MatchString(s) {
			r.add(path, notThis(f.wants(v.Type())))
			return
		}
		v.SetString(s)
	}
}

// unknownCode says what is wrong with an office's code.
func unknownCode(s string, isText bool) law.Text {
	var wrong place.FieldError
	if isText && len(s) == 6 {
		if _, err := place.ParseMunicipality(s); errors.As(err, &wrong) {
			return wrong.Text
		}
	}
	return fault("この窓口のコードはありません。6桁の全国地方公共団体コードか、在外公館のコード(例 embassy-sg)を書いてください。",
		"No office has this code. Give a six-digit municipality code, or a mission's code such as embassy-sg.")
}

// skip passes over a value that is not read.
func (r *reader) skip(t json.Token) {
	depth := 0
	for {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return
		}
		var ok bool
		if t, ok = r.token(); !ok {
			return
		}
	}
}

// field is one field of a situation as its tags describe it.
type field struct {
	name     string
	index    int
	typ      reflect.Type
	doc      law.Text
	optional bool
	min, max int
	pattern  *regexp.Regexp
}

type fieldSet struct {
	names []string
	by    map[string]field
}

var fieldCache sync.Map // reflect.Type → fieldSet

// fieldsOf are the fields of a struct by their names in JSON.
func fieldsOf(t reflect.Type) fieldSet {
	if known, ok := fieldCache.Load(t); ok {
		return known.(fieldSet)
	}
	set := fieldSet{by: map[string]field{}}
	for i := range t.NumField() {
		sf := t.Field(i)
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		f := field{name: name, index: i, typ: sf.Type, doc: law.Text{Ja: sf.Tag.Get("ja"), En: sf.Tag.Get("en")}, optional: strings.Contains(options, "omit")}
		f.min, _ = strconv.Atoi(sf.Tag.Get("min"))
		f.max, _ = strconv.Atoi(sf.Tag.Get("max"))
		if p := sf.Tag.Get("pattern"); p != "" {
			f.pattern = regexp.MustCompile(p)
		}
		set.names = append(set.names, name)
		set.by[name] = f
	}
	fieldCache.Store(t, set)
	return set
}

// wants is what a field takes, in words.
func (f field) wants(t reflect.Type) law.Text {
	switch {
	case t == reflect.TypeFor[civil.Date]():
		return text("実在する日付(例 2026-04-01)", "a day that exists, as in 2026-04-01")
	case t == reflect.TypeFor[procedure.Answer]():
		return text("true か false", "true or false")
	case t.Kind() == reflect.Pointer:
		return law.Text{Ja: fmt.Sprintf("%dから%dまでの整数", f.min, f.max), En: fmt.Sprintf("a whole number from %d to %d", f.min, f.max)}
	case words[t] != nil:
		return listed(words[t])
	case f.pattern != nil:
		return text("国の2文字のコード(例 US、ISO 3166-1)", "a country's two letters, as in US (ISO 3166-1)")
	}
	return text("文字列", "a text")
}

// Write is the decision as JSON, in one line.
func Write(d procedure.Decision) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(d)
	return b.Bytes(), err
}
