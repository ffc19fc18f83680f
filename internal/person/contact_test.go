package person_test

import (
	"errors"
	"strings"
	"testing"

	"mynumber/internal/person"
)

func TestParseEmail(t *testing.T) {
	for s, want := range map[string]person.Email{
		"hanako@example.jp":               "hanako@example.jp",
		" Hanako.S+card@Example.JP ":      "Hanako.S+card@example.jp",
		"ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ":               "hanako@example.jp",
		"a@xn--eckwd4c7c.xn--zckzah":      "a@xn--eckwd4c7c.xn--zckzah",
		strings.Repeat("a", 64) + "@e.jp": person.Email(strings.Repeat("a", 64) + "@e.jp"),
	} {
		if got, err := person.ParseEmail(s); err != nil || got != want {
			t.Errorf("%q: %s %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", "hanako", "@example.jp", "hanako@", "hanako@example", "ha..nako@example.jp", ".h@example.jp", "h.@example.jp", "h@-example.jp",
		"h@example-.jp", "h@exa mple.jp", "h@example..jp", "h@192.0.2.1", "花子@example.jp", "h@例え.jp", "a@b@example.jp", "h@example.jp\nBcc: x@y.jp",
		strings.Repeat("a", 65) + "@e.jp", "h@" + strings.Repeat("a.", 130) + "jp", "h@" + strings.Repeat("a", 64) + ".jp", "<h@example.jp>",
	} {
		_, err := person.ParseEmail(s)
		if field, ok := errors.AsType[person.FieldError](err); !ok || field.Text.Ja == "" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestParsePhone(t *testing.T) {
	for s, want := range map[string]person.Phone{
		"+81 90-1234-5678":    "+819012345678",
		"+81 (0)90 1234 5678": "+819012345678",
		"+81-090-1234-5678":   "+819012345678",
		"＋８８６　９１２－３４５－６７８":    "+886912345678",
		"010 886 912 345 678": "+886912345678",
		"00886912345678":      "+886912345678",
		"+39 06 1234 5678":    "+390612345678",
		"+1 (212) 555.0100":   "+12125550100",
		"+2903456":            "+2903456",
		"+123456789012345":    "+123456789012345",
	} {
		if got, err := person.ParsePhone(s); err != nil || got != want {
			t.Errorf("%q: %s %v", s, got, err)
		}
	}
	for _, s := range []string{"", "090-1234-5678", "+", "+123456", "+1234567890123456", "+0 1234 5678", "+81 90 1234 567x", "call me", "++819012345678", "+８1٣4567890"} {
		_, err := person.ParsePhone(s)
		if field, ok := errors.AsType[person.FieldError](err); !ok || field.Text.Ja == "" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
