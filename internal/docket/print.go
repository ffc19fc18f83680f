package docket

import (
	"strings"
	"time"

	"mynumber/internal/place"
)

// Print is a form, a receipt or a printout that an office printed. Its key is printed on it, as letters and as a
// two-dimensional code: whoever takes the paper in opens by it what it was printed from, and types nothing twice.
type Print struct {
	ID            string // twelve letters and digits
	Paper         string // rules.Paper
	PersonID      string
	CaseID        string
	ApplicationID string // key of the application
	MessageID     string // the letter in whose envelope it lies
	Office        place.Code
	Staff         string
	At            time.Time
	Copy          int // 1 for the first of the same paper for the same thing
}

// PrintKey is how long a key is: 60 bits.
const PrintKey = 12

// Reference writes the key in groups, as it is printed.
func (p Print) Reference() string {
	var groups []string
	for id := strings.ToUpper(p.ID); id != ""; {
		n := min(4, len(id))
		groups, id = append(groups, id[:n]), id[n:]
	}
	return strings.Join(groups, "-")
}

// ParseReference reads a key as somebody types or scans it: the letters of the paper with or without their dashes, or the
// whole address of the code. False for what cannot be one.
func ParseReference(text string) (string, bool) {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if i := strings.LastIndexByte(text, '/'); i >= 0 {
		text = text[i+1:]
	}
	key := strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '－' || r == ' ' || r == '　':
			return -1
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r >= 'Ａ' && r <= 'Ｚ':
			return r - 'Ａ' + 'a'
		case r >= 'ａ' && r <= 'ｚ':
			return r - 'ａ' + 'a'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, text)
	if len(key) != PrintKey {
		return "", false
	}
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return "", false
		}
	}
	return key, true
}
