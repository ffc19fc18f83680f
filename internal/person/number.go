package person

import (
	"fmt"
	"io"
	"strings"
	"unique"

	"golang.org/x/text/width"
)

// secret is digits that never print: what stands in memory is a handle, so that even a struct that
// holds one in an unexported field, which fmt prints without asking its methods, shows an address and no digit.
type secret struct{ handle unique.Handle[string] }

func hide(digits string) secret { return secret{unique.Make(digits)} }

func (s secret) reveal() string {
	if s == (secret{}) {
		return ""
	}
	return s.handle.Value()
}

// Number is an Individual Number (個人番号, NUM-002): twelve digits, the last of them a check digit. The zero
// Number means that none is known. Numbers can be compared with ==.
type Number struct{ secret secret }

const (
	numberDigits = 12
	codeDigits   = 11
)

// ParseNumber reads an Individual Number in digits of either width, with spaces and hyphens
// anywhere, and checks its check digit (行政手続における特定の個人を識別するための番号の利用等に関する法律に規定する個人番号、
// 個人番号カード、特定個人情報の提供等に関する省令(平成26年総務省令第85号)第5条). Its errors are FieldErrors.
func ParseNumber(s string) (Number, error) {
	digits, err := readDigits(s, numberDigits, "個人番号(マイナンバー)", "Individual Number")
	if err != nil {
		return Number{}, err
	}
	if digits[numberDigits-1] != checkDigit(digits[:numberDigits-1]) {
		return Number{}, wrong("個人番号(マイナンバー)の最後の数字が、ほかの11桁と合いません。写し間違いがないか確かめてください。",
			"The last digit of the Individual Number does not fit the eleven before it; look for a copying mistake.")
	}
	return Number{hide(digits)}, nil
}

// NumberFrom is the number whose first eleven digits are given, with its check digit. Anything else than
// eleven ASCII digits is a FieldError.
func NumberFrom(first11 string) (Number, error) {
	digits, err := readDigits(first11, numberDigits-1, "個人番号の先頭", "beginning of the Individual Number")
	if err != nil {
		return Number{}, err
	}
	return Number{hide(digits + string(checkDigit(digits)))}, nil
}

// GenerateNumber draws a number. In law it is made from the resident record code by the issuer (NUM-010) in a
// way that leads nowhere back; a random one has that property. Whoever keeps the register sees to it that none is given twice.
func GenerateNumber(random io.Reader) (Number, error) {
	digits, err := drawDigits(random, numberDigits-1)
	if err != nil {
		return Number{}, err
	}
	return Number{hide(digits + string(checkDigit(digits)))}, nil
}

// Digits reveals the twelve digits; empty for the zero Number.
func (n Number) Digits() string { return n.secret.reveal() }

// IsZero reports that no number is known.
func (n Number) IsZero() bool { return n == Number{} }

// String is twelve asterisks, or nothing for the zero Number.
func (n Number) String() string { return masked(n.IsZero(), numberDigits) }

// GoString is String.
func (n Number) GoString() string { return n.String() }

// Format writes String whatever the verb.
func (n Number) Format(f fmt.State, verb rune) { io.WriteString(f, n.String()) }

// MarshalText is String: a number leaves a struct through Digits alone. There is no way back from the mask.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// ResidentRecordCode is a resident record code (住民票コード, NUM-013): eleven digits. The last is a
// check digit whose rule stands in a ministerial notice that is not at hand, so every eleven digits are taken.
type ResidentRecordCode struct{ secret secret }

// ParseResidentRecordCode reads eleven digits of either width, with spaces and hyphens anywhere. Its errors are FieldErrors.
func ParseResidentRecordCode(s string) (ResidentRecordCode, error) {
	digits, err := readDigits(s, codeDigits, "住民票コード", "resident record code")
	if err != nil {
		return ResidentRecordCode{}, err
	}
	return ResidentRecordCode{hide(digits)}, nil
}

// GenerateResidentRecordCode draws ten digits (住民基本台帳法施行規則第1条) and adds the check digit of the Individual
// Number's rule cut to ten digits, which is our guess at the notice.
func GenerateResidentRecordCode(random io.Reader) (ResidentRecordCode, error) {
	digits, err := drawDigits(random, codeDigits-1)
	if err != nil {
		return ResidentRecordCode{}, err
	}
	return ResidentRecordCode{hide(digits + string(checkDigit(digits)))}, nil
}

// Digits reveals the eleven digits; empty for the zero code.
func (c ResidentRecordCode) Digits() string { return c.secret.reveal() }

// IsZero reports that no code is known.
func (c ResidentRecordCode) IsZero() bool { return c == ResidentRecordCode{} }

// String is eleven asterisks, or nothing for the zero code.
func (c ResidentRecordCode) String() string { return masked(c.IsZero(), codeDigits) }

// GoString is String.
func (c ResidentRecordCode) GoString() string { return c.String() }

// Format writes String whatever the verb.
func (c ResidentRecordCode) Format(f fmt.State, verb rune) { io.WriteString(f, c.String()) }

// MarshalText is String.
func (c ResidentRecordCode) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

func masked(zero bool, n int) string {
	if zero {
		return ""
	}
	return strings.Repeat("*", n)
}

// checkDigit is the check digit of 省令第5条 for digits counted from the right: Q = n+1 for the
// first six, n−5 from the seventh; 11 minus the remainder of ΣPQ by 11, or 0 for the remainders 0 and 1.
func checkDigit(digits string) byte {
	sum := 0
	for i := range len(digits) {
		n := i + 1
		q := n + 1
		if n >= 7 {
			q = n - 5
		}
		sum += int(digits[len(digits)-n]-'0') * q
	}
	if r := sum % 11; r > 1 {
		return byte('0' + 11 - r)
	}
	return '0'
}

// readDigits takes spaces and hyphens out and wants exactly n digits.
func readDigits(s string, n int, ja, en string) (string, error) {
	var digits strings.Builder
	for _, r := range width.Fold.String(s) {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case isHyphen(r) || strings.ContainsRune(" \t\r\n", r):
		default:
			return "", wrong(ja+"には数字だけを使ってください(%d桁)。", "The "+en+" has digits only (%d of them).", n)
		}
	}
	switch digits.Len() {
	case n:
		return digits.String(), nil
	case 0:
		return "", wrong(ja+"を%d桁の数字で入力してください。", "Enter the "+en+", %d digits.", n)
	default:
		return "", wrong(ja+"は%d桁です。入力されたのは%d桁です。", "The "+en+" has %d digits; %d were entered.", n, digits.Len())
	}
}

// isHyphen knows the strokes that people type between digits; the long vowel mark is one on Japanese keyboards.
func isHyphen(r rune) bool { return strings.ContainsRune("-‐‑‒–—―−ー", r) }

// drawDigits draws n digits, each equally likely.
func drawDigits(random io.Reader, n int) (string, error) {
	digits := make([]byte, 0, n)
	var b [16]byte
	for len(digits) < n {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return "", fmt.Errorf("draw digits: %w", err)
		}
		for _, c := range b {
			if c < 250 && len(digits) < n { // 250 is 25 × 10
				digits = append(digits, '0'+c%10)
			}
		}
	}
	return string(digits), nil
}
