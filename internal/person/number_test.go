package person_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"mynumber/internal/person"
)

// Numbers whose check digits were reckoned by hand from 省令第5条 (NUM-002).
var numbers = []string{
	"983205673214", "537686677188", "123456789018", "000000000000", "999999999996", "100000000080", "100000000030",
	"100000000099", "100000000021", "200000000018", "300000000020", "400000000033", "777777777771",
	"120000000030", // with 100000000030: remainders 0 and 1 share a check digit, so one wrong digit can go unseen
}

func TestNumberCheckDigit(t *testing.T) {
	for _, want := range numbers {
		n, err := person.ParseNumber(want)
		if err != nil || n.Digits() != want {
			t.Errorf("NUM-002: %s is read as %q, %v", want, n.Digits(), err)
		}
		if made, err := person.NumberFrom(want[:11]); err != nil || made != n {
			t.Errorf("NUM-002: %s with its check digit is %q, %v", want[:11], made.Digits(), err)
		}
		for d := byte('0'); d <= '9'; d++ {
			if other := want[:11] + string(d); other != want {
				if _, err := person.ParseNumber(other); err == nil {
					t.Errorf("NUM-002: %s is taken", other)
				}
			}
		}
	}
}

func TestParseNumberForms(t *testing.T) {
	want, err := person.ParseNumber("983205673214")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"9832 0567 3214", "9832-0567-3214", "９８３２０５６７３２１４", "９８３２－０５６７－３２１４", "9832　0567　3214", " 9832‐0567ー3214\n"} {
		if n, err := person.ParseNumber(s); err != nil || n != want {
			t.Errorf("%q: %v", s, err)
		}
	}
	for s, says := range map[string]string{
		"":                 "12桁の数字で入力",
		"  - ":             "12桁の数字で入力",
		"98320567321":      "11桁",
		"9832056732144":    "13桁",
		"98320567321O":     "数字だけ",
		"98320567321４x":    "数字だけ",
		"123456789012":     "最後の数字", // the leaflet's specimen is wrong on purpose
		"９８３２０５６７３２１３":     "最後の数字",
		"九八三二〇五六七三二一四":     "数字だけ",
		"983205673214\x00": "数字だけ",
	} {
		n, err := person.ParseNumber(s)
		field, ok := errors.AsType[person.FieldError](err)
		if !ok || !n.IsZero() || !strings.Contains(field.Text.Ja, says) || field.Text.En == "" {
			t.Errorf("%q: %v, want a text with %q", s, err, says)
			continue
		}
		if strings.Contains(field.Text.Ja+field.Text.En, "3205673") || strings.Contains(field.Text.Ja+field.Text.En, "345678") {
			t.Errorf("the text repeats the number: %v", field.Text)
		}
	}
}

func TestGeneratedNumbers(t *testing.T) {
	random := bytes.NewReader(bytes.Repeat([]byte{255, 250, 7, 249, 0, 131, 62, 253, 18, 99, 240, 3, 77, 5, 6, 91}, 8))
	n, err := person.GenerateNumber(random)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := person.ParseNumber(n.Digits()); err != nil || again != n {
		t.Errorf("a drawn number is not taken back: %v", err)
	}
	if n.Digits()[:4] != "7901" { // 255 and 250 would favour small digits and are passed over
		t.Errorf("drawn digits are %s", n.Digits())
	}
	c, err := person.GenerateResidentRecordCode(random)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := person.ParseResidentRecordCode(c.Digits()); err != nil || again != c {
		t.Errorf("a drawn code is not taken back: %v", err)
	}
	if _, err := person.GenerateNumber(strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a source that runs dry: %v", err)
	}
}

func TestResidentRecordCode(t *testing.T) {
	// NUM-013: eleven digits, whatever the last one is.
	for _, s := range []string{"12345678903", "12345678900", "１２３４５-６７８９００", "00000000000"} {
		if c, err := person.ParseResidentRecordCode(s); err != nil || len(c.Digits()) != 11 {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range []string{"", "1234567890", "123456789012", "1234567890a"} {
		if _, err := person.ParseResidentRecordCode(s); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
	// Drawn codes end in the candidate check digit.
	for want, first10 := range map[string][]byte{
		"12345678903": {1, 2, 3, 4, 5, 6, 7, 8, 9, 0},
		"00000000019": {0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
		"98765432103": {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
	} {
		c, err := person.GenerateResidentRecordCode(bytes.NewReader(append(first10, make([]byte, 6)...)))
		if err != nil || c.Digits() != want {
			t.Errorf("drawn %s, %v, want %s", c.Digits(), err, want)
		}
	}
}

// No verb of fmt, no encoder and no log shows a number, a code or a name, neither alone nor inside something else.
func TestSecretsNeverPrint(t *testing.T) {
	number, err := person.ParseNumber("983205673214")
	if err != nil {
		t.Fatal(err)
	}
	code, err := person.ParseResidentRecordCode("12345678903")
	if err != nil {
		t.Fatal(err)
	}
	name := person.Name{Family: "佐倉", Given: "花子", FamilyLatin: "SAKURA"}
	type inner struct {
		number person.Number
		code   person.ResidentRecordCode
		Number person.Number
		Code   person.ResidentRecordCode
	}
	box := inner{number, code, number, code}
	values := []any{number, &number, code, &code, box, &box, []person.Number{number}, map[person.Number]int{number: 1}, map[string]any{"n": number, "c": &code}, [1]inner{box}}
	// A digit string in hexadecimal is digits too.
	secrets := []string{"983205673214", "12345678903", "3938333230353637", "3132333435363738", "佐倉", "花子", "SAKURA"}
	check := func(how, printed string) {
		t.Helper()
		for _, secret := range secrets {
			if strings.Contains(printed, secret) {
				t.Errorf("%s shows it: %s", how, printed)
			}
		}
	}
	for verb := rune('!'); verb <= '~'; verb++ {
		if verb == '%' || strings.ContainsRune("0123456789 +-#.*[]", verb) {
			continue
		}
		for _, flags := range []string{"", "+", "#", "-30", "030", " ", ".3", "#", " #"} {
			format := "%" + flags + string(verb)
			for _, v := range values {
				check(format, fmt.Sprintf(format, v))
			}
			if verb == 'w' || verb == 'p' { // go vet refuses these, for fmt asks a value's methods under neither; the digits hold out even so
				continue
			}
			check(format, fmt.Sprintf(format, name))
			check(format, fmt.Sprintf(format, &name))
			check(format, fmt.Sprintf(format, struct{ Name person.Name }{name}))
		}
	}
	for _, v := range values[:6] {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		check("json", string(b))
	}
	var out bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("look-up", "number", number, "code", &code, "box", box)
	}
	check("slog", out.String())
	if s := number.String() + (person.Number{}).String(); s != "************" {
		t.Errorf("mask is %q", s)
	}
}
