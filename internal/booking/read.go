package booking

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"mynumber/internal/law"
)

// Fault is one thing that is wrong with a policy file, and what would be right.
type Fault struct {
	File  string // its name
	Line  int    // from 1
	Field string // counters[0].hours[1].open
	Text  law.Text
}

// String is the fault in both languages, as an editor finds its place.
func (f Fault) String() string {
	at := fmt.Sprintf("%s:%d: ", f.File, f.Line)
	if f.Field != "" {
		at += f.Field + ": "
	}
	return at + f.Text.Ja + " / " + f.Text.En
}

// Base is the file's name without its folder.
func (f Fault) Base() string { return path.Base(f.File) }

// Faults are all faults that were found; no policy is taken from a set that has any.
type Faults []Fault

// Error is a fault a line.
func (f Faults) Error() string {
	var lines []string
	for _, one := range f {
		lines = append(lines, one.String())
	}
	return strings.Join(lines, "\n")
}

// node is a value of a JSON text with the line on which it begins.
type node struct {
	line  int
	value any // string, json.Number, bool, nil; nil for lists and objects
	kind  json.Delim
	items []*node
	keys  []key
}

type key struct {
	name string
	line int
	*node
}

// largest is the most bytes of a policy file.
const largest = 1 << 20

// reader reads one file.
type reader struct {
	name   string
	text   []byte
	dec    *json.Decoder
	lines  map[string]int // of each field that is there
	faults Faults
}

// parse reads one policy file and checks everything that needs no other file.
func parse(name string, text []byte) (*File, map[string]int, Faults) {
	r := &reader{name: name, text: text, lines: map[string]int{}}
	if len(text) > largest {
		r.fault(1, "", "ファイルが大きすぎます。", "The file is too large.")
		return nil, nil, r.faults
	}
	r.dec = json.NewDecoder(bytes.NewReader(text))
	r.dec.UseNumber()
	root, err := r.node(0)
	if err == nil {
		if _, err = r.dec.Token(); errors.Is(err, io.EOF) {
			err = nil
		} else if err == nil {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		r.fault(r.line(), "", "JSONとして読めません。この行の前後のかっこ・引用符・コンマを確かめてください。", "Not readable as JSON: look at the brackets, quotes and commas around this line.")
		return nil, nil, r.faults
	}
	f := &File{name: name}
	r.walk(root, reflect.TypeFor[File](), "")
	if len(r.faults) == 0 {
		if err := json.Unmarshal(text, f); err != nil {
			r.fault(1, "", "読めません。", "It cannot be read.")
		}
	}
	if len(r.faults) > 0 {
		return nil, nil, r.faults
	}
	r.check(f)
	return f, r.lines, r.faults
}

func (r *reader) fault(line int, field, ja, en string) {
	r.faults = append(r.faults, Fault{r.name, line, field, law.Text{Ja: ja, En: en}})
}

// line is the one that the decoder has reached.
func (r *reader) line() int {
	return 1 + bytes.Count(r.text[:min(int(r.dec.InputOffset()), len(r.text))], []byte("\n"))
}

// deepest is how far objects lie in one another at most.
const deepest = 20

// node reads the next value.
func (r *reader) node(depth int) (*node, error) {
	if depth > deepest {
		return nil, errors.New("too deep")
	}
	token, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	n := &node{line: r.line()}
	switch t := token.(type) {
	case json.Delim:
		n.kind = t
	default:
		n.value = t
		return n, nil
	}
	for r.dec.More() {
		k := key{}
		if n.kind == '{' {
			name, err := r.dec.Token()
			if err != nil {
				return nil, err
			}
			k.name, k.line = fmt.Sprint(name), r.line()
		}
		if k.node, err = r.node(depth + 1); err != nil {
			return nil, err
		}
		if n.kind == '{' {
			n.keys = append(n.keys, k)
		} else {
			n.items = append(n.items, k.node)
		}
	}
	_, err = r.dec.Token()
	return n, err
}

var textual = reflect.TypeFor[encoding.TextUnmarshaler]()

// walk holds a value against the type that it is read into, and notes the line of each field.
func (r *reader) walk(n *node, t reflect.Type, path string) {
	r.lines[path] = n.line
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	wrong := func(ja, en string) { r.fault(n.line, path, ja, en) }
	switch {
	case reflect.PointerTo(t).Implements(textual):
		text, ok := n.value.(string)
		if !ok || reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) != nil {
			wrong("日付は \"2026-04-01\" のように書きます。暦にない日は書けません。", "Write a date as \"2026-04-01\", and one that is in the calendar.")
		}
	case t.Kind() == reflect.Struct:
		r.object(n, t, path)
	case t.Kind() == reflect.Slice:
		if n.kind != '[' {
			wrong("[ ] のリストを書きます。", "A list in [ ] is wanted.")
		}
		for i, item := range n.items {
			r.walk(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
	case t.Kind() == reflect.String:
		if s, ok := n.value.(string); !ok || strings.TrimSpace(s) == "" {
			wrong("空でない文字列を \" \" で書きます。書くことがなければ項目を消します。", "A text in \" \" is wanted; leave the field out when there is nothing to say.")
		}
	case t.Kind() == reflect.Bool:
		if _, ok := n.value.(bool); !ok {
			wrong("true または false を書きます。", "true or false is wanted.")
		}
	case t.Kind() == reflect.Int:
		number, ok := n.value.(json.Number)
		if _, err := number.Int64(); !ok || err != nil || len(number) > 6 {
			wrong("整数を書きます。", "A whole number is wanted.")
		}
	}
}

// object holds an object against a struct: no unknown field, none twice.
func (r *reader) object(n *node, t reflect.Type, path string) {
	if n.kind != '{' {
		r.fault(n.line, path, "{ } の中に項目を書きます。", "Fields in { } are wanted.")
		return
	}
	fields := fieldsOf(t)
	seen := map[string]int{}
	for _, k := range n.keys {
		below := strings.TrimPrefix(path+"."+k.name, ".")
		typ, ok := fields[k.name]
		switch first, twice := seen[k.name]; {
		case !ok:
			known := strings.Join(slices.Sorted(maps.Keys(fields)), ", ")
			r.fault(k.line, below, "知らない項目です。ここに書けるのは: "+known, "This field is not known. Those known here: "+known)
		case twice:
			r.fault(k.line, below, fmt.Sprintf("同じ項目が%d行目にもあります。一つにしてください。", first), fmt.Sprintf("The same field is on line %d; one of them has to go.", first))
		default:
			r.walk(k.node, typ, below)
		}
		seen[k.name] = k.line
	}
	if t == reflect.TypeFor[law.Text]() && (seen["ja"] == 0 || seen["en"] == 0) {
		r.fault(n.line, path, "日本語(ja)と英語(en)の両方を書きます。", "Both ja and en are wanted.")
	}
}

// fieldsOf are the names that an object of the type may have.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" {
			out[name] = t.Field(i).Type
		}
	}
	return out
}
