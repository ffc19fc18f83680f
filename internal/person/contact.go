package person

import (
	"strings"

	"golang.org/x/text/width"
)

// Email is an e-mail address to which mail can be sent: user@domain in ASCII, the domain in lower case.
type Email string

// ParseEmail reads an address (RFC 5321 section 4.1.2, without quoted users and address literals; its
// lengths: user 64, whole 254). Its errors are FieldErrors.
func ParseEmail(s string) (Email, error) {
	s = strings.TrimSpace(width.Fold.String(s))
	if s == "" {
		return "", wrong("メールアドレスを入力してください。", "Enter an e-mail address.")
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 || !atoms(s[:at]) || !hostname(s[at+1:]) || at > 64 || len(s) > 254 {
		return "", wrong("メールアドレスを「name@example.jp」の形で入力してください。", "Enter an e-mail address of the form name@example.jp.")
	}
	return Email(s[:at+1] + strings.ToLower(s[at+1:])), nil
}

// atoms reports a dot-string of RFC 5321.
func atoms(user string) bool {
	for atom := range strings.SplitSeq(user, ".") {
		if atom == "" {
			return false
		}
		for _, r := range atom {
			if !isLetterOrDigit(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r) {
				return false
			}
		}
	}
	return true
}

// hostname reports at least two labels of letters, digits and inner hyphens; the last is no number.
func hostname(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !isLetterOrDigit(r) && r != '-' {
				return false
			}
		}
	}
	return len(labels) >= 2 && strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

func isLetterOrDigit(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// Phone is a telephone number with its country code (APP-074) as ITU-T E.164 has it: + and 7 to 15 digits.
type Phone string

// ParsePhone reads a number that begins with + or the prefix 00 or 010, with spaces, hyphens, dots and brackets
// anywhere. The 0 before a Japanese area code is dropped after +81, and so is one in brackets anywhere.
// Whether anybody answers there it does not know. Its errors are FieldErrors.
func ParsePhone(s string) (Phone, error) {
	s = strings.TrimSpace(width.Fold.String(s))
	if s == "" {
		return "", wrong("電話番号を国番号から入力してください。", "Enter a telephone number with its country code.")
	}
	s = strings.ReplaceAll(s, "(0)", "")
	s = strings.Map(func(r rune) rune {
		if isHyphen(r) || strings.ContainsRune(" .()/", r) {
			return -1
		}
		return r
	}, s)
	for _, prefix := range []string{"+", "010", "00"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return international(rest)
		}
	}
	return "", wrong("電話番号は国番号から入力してください(日本の090-1234-5678は+81 90-1234-5678)。",
		"Enter the telephone number with its country code (090-1234-5678 in Japan is +81 90-1234-5678).")
}

func international(digits string) (Phone, error) {
	if rest, ok := strings.CutPrefix(digits, "810"); ok {
		digits = "81" + rest
	}
	if strings.Trim(digits, "0123456789") != "" || len(digits) < 7 || len(digits) > 15 || digits[0] == '0' {
		return "", wrong("電話番号は「+」と国番号のあと、全部で7桁から15桁の数字で入力してください。",
			"Enter the telephone number as + and the country code, 7 to 15 digits in all.")
	}
	return Phone("+" + digits), nil
}
