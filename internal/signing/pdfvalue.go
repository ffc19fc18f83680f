package signing

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
)

// A PDF object as it was read (ISO 32000-1 section 7.3) is one of: nil, bool, float64, name, text, reference, []any, dict.
type (
	name string
	// text is a string object with the place at which it stands, from its first to past its last delimiter.
	text struct {
		value      []byte
		start, end int
		hex        bool
	}
	reference struct{ number, generation int }
	dict      map[name]any
)

// ErrPDF says that a PDF cannot be read here, or not be signed.
var ErrPDF = errors.New("not a PDF that can be read here")

// maxNesting bounds how deep arrays and dictionaries of a PDF may lie in each other.
const maxNesting = 64

// maxNumber bounds numbers, so that each fits an int.
const maxNumber = 1 << 40

// lexer reads objects out of a PDF's bytes, or of an object stream's.
type lexer struct {
	in []byte
	at int
}

const (
	pdfSpace      = "\x00\t\n\f\r "
	pdfDelimiters = "()<>[]{}/%"
)

func isSpace(c byte) bool   { return bytes.IndexByte([]byte(pdfSpace), c) >= 0 }
func isRegular(c byte) bool { return !isSpace(c) && bytes.IndexByte([]byte(pdfDelimiters), c) < 0 }

// skip passes over white space and comments.
func (l *lexer) skip() {
	for l.at < len(l.in) {
		switch c := l.in[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.in) && l.in[l.at] != '\n' && l.in[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// word reads regular characters.
func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.in) && isRegular(l.in[l.at]) {
		l.at++
	}
	return string(l.in[from:l.at])
}

// keyword reads the keyword if it comes next.
func (l *lexer) keyword(want string) bool {
	l.skip()
	from := l.at
	if l.word() == want {
		return true
	}
	l.at = from
	return false
}

// integer reads a non-negative integer of at most ten digits.
func (l *lexer) integer() (int, bool) {
	l.skip()
	from := l.at
	for l.at < len(l.in) && l.in[l.at] >= '0' && l.in[l.at] <= '9' {
		l.at++
	}
	if l.at == from || l.at-from > 10 {
		l.at = from
		return 0, false
	}
	n, err := strconv.Atoi(string(l.in[from:l.at]))
	return n, err == nil
}

// value reads one object.
func (l *lexer) value(depth int) (any, error) {
	l.skip()
	if depth > maxNesting || l.at >= len(l.in) {
		return nil, ErrPDF
	}
	switch c := l.in[l.at]; {
	case c == '/':
		return l.name()
	case c == '(':
		return l.literal()
	case c == '[':
		return l.array(depth)
	case c == '<' && l.at+1 < len(l.in) && l.in[l.at+1] == '<':
		return l.dictionary(depth)
	case c == '<':
		return l.hexadecimal()
	case c >= '0' && c <= '9':
		if r, ok := l.reference(); ok {
			return r, nil
		}
	}
	return l.scalar()
}

func (l *lexer) reference() (reference, bool) {
	from := l.at
	n, ok1 := l.integer()
	if ok1 && l.at < len(l.in) && isSpace(l.in[l.at]) {
		if g, ok := l.integer(); ok && l.at < len(l.in) && isSpace(l.in[l.at]) && l.keyword("R") {
			return reference{n, g}, true
		}
	}
	l.at = from
	return reference{}, false
}

func (l *lexer) scalar() (any, error) {
	switch w := l.word(); w {
	case "null":
		return nil, nil
	case "true":
		return true, nil
	case "false":
		return false, nil
	default:
		f, err := strconv.ParseFloat(w, 64)
		if err != nil || strings.Trim(w, "0123456789+-.") != "" || f > maxNumber || f < -maxNumber {
			return nil, ErrPDF
		}
		return f, nil
	}
}

func (l *lexer) name() (name, error) {
	l.at++
	w := l.word()
	if !bytes.Contains([]byte(w), []byte{'#'}) {
		return name(w), nil
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			out = append(out, w[i])
			continue
		}
		if i+2 >= len(w) {
			return "", ErrPDF
		}
		b, err := hex.DecodeString(w[i+1 : i+3])
		if err != nil {
			return "", ErrPDF
		}
		out, i = append(out, b...), i+2
	}
	return name(out), nil
}

func (l *lexer) hexadecimal() (text, error) {
	t := text{start: l.at, hex: true}
	end := bytes.IndexByte(l.in[l.at:], '>')
	if end < 0 {
		return t, ErrPDF
	}
	t.end = l.at + end + 1
	digits := make([]byte, 0, end)
	for _, c := range l.in[l.at+1 : t.end-1] {
		if !isSpace(c) {
			digits = append(digits, c)
		}
	}
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	t.value = make([]byte, len(digits)/2)
	if _, err := hex.Decode(t.value, digits); err != nil {
		return t, ErrPDF
	}
	l.at = t.end
	return t, nil
}

// literal reads a string in parentheses; its escapes are kept as they are, for no such string is looked at here.
func (l *lexer) literal() (text, error) {
	t := text{start: l.at}
	depth := 0
	for ; l.at < len(l.in); l.at++ {
		switch l.in[l.at] {
		case '\\':
			l.at++
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				l.at++
				t.end = l.at
				t.value = l.in[t.start+1 : t.end-1]
				return t, nil
			}
		}
	}
	return t, ErrPDF
}

func (l *lexer) array(depth int) ([]any, error) {
	l.at++
	out := []any{}
	for {
		l.skip()
		if l.at < len(l.in) && l.in[l.at] == ']' {
			l.at++
			return out, nil
		}
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}

// dictionary refuses a key that stands there twice: two readers could take different ones.
func (l *lexer) dictionary(depth int) (dict, error) {
	l.at += 2
	out := dict{}
	for {
		l.skip()
		if bytes.HasPrefix(l.in[l.at:], []byte(">>")) {
			l.at += 2
			return out, nil
		}
		if l.at >= len(l.in) || l.in[l.at] != '/' {
			return nil, ErrPDF
		}
		key, err := l.name()
		if err != nil {
			return nil, err
		}
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if _, twice := out[key]; twice {
			return nil, ErrPDF
		}
		out[key] = v
	}
}
