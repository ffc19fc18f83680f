package office_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

var loader = office.Actor{Staff: "command-line", Office: place.Issuer, Role: office.Admin}

const header = "\ufeffid,individual_number,resident_record_code,family_name,given_name,family_kana,given_kana,birth,sex,nationality,honseki,municipality,address,since\r\n"

func importLine(i int) string {
	n, err := person.NumberFrom(fmt.Sprintf("5%010d", i))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("i%05d,%s,7%09d0,試験,太郎,シケン,タロウ,昭和55年2月17日,男,JP,022039,131075,\"東京都墨田区,吾妻橋一丁目\",1990-01-01\n", i, n.Digits(), i)
}

// stops is a reader that fails after so many bytes, as a process that is killed reads no further.
type stops struct {
	io.Reader
	left int
}

func (s *stops) Read(b []byte) (int, error) {
	if s.left <= 0 {
		return 0, errors.New("interrupted")
	}
	n, err := s.Reader.Read(b[:min(len(b), s.left)])
	s.left -= n
	return n, err
}

// A file is loaded in whole thousands; interrupted it goes on; through, it is not loaded twice. Every bad line is named with
// its column, and the others are there.
func TestImportPeople(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		var file strings.Builder
		file.WriteString(header)
		want := map[int]string{}
		for i := range 2500 {
			line := importLine(i)
			switch i {
			case 5:
				line, want[i+2] = strings.Replace(line, "昭和55年2月17日", "昭和70年2月17日", 1), "birth"
			case 6:
				line, want[i+2] = "a,b,c\n", "line"
			case 7:
				line, want[i+2] = strings.Replace(line, "022039", "022030", 1), "honseki"
			case 1200:
				line, want[i+2] = strings.Replace(line, "i01200", "sato", 1), "id"
			case 1201:
				line, want[i+2] = strings.Replace(importLine(3), "i00003", "i01201", 1), "individual_number"
			case 1202:
				line, want[i+2] = strings.Replace(line, "試験", "試\xff験", 1), "line"
			case 1203:
				line, want[i+2] = strings.Replace(line, "1990-01-01", "1970-01-01", 1), "line"
			case 2400:
				line, want[i+2] = "\""+strings.Repeat("x", 70_000)+"\n", "line"
			}
			file.WriteString(line)
		}
		text := file.String()
		st, err := d.ImportPeople(ctx, loader, "file", &stops{strings.NewReader(text), len(text) / 2}, nil)
		if err == nil || st.Lines%1000 != 0 || st.Lines == 0 {
			t.Fatalf("interrupted: %+v, %v", st, err)
		}
		if st, err = d.ImportPeople(ctx, loader, "file", strings.NewReader(text), nil); err != nil {
			t.Fatal(err)
		}
		if st.Lines != 2500 || st.People != 2500-len(want) || st.Bad != len(want) || !st.Done {
			t.Errorf("%+v, want %d bad", st, len(want))
		}
		got := map[int]string{}
		order := []int{}
		err = d.ImportFaults(ctx, "file", func(b office.BadLine) error {
			got[b.Line], order = b.Field, append(order, b.Line)
			if b.Text.Ja == "" || b.Text.En == "" || strings.Contains(b.Text.En, "昭和70") {
				t.Errorf("line %d: %+v", b.Line, b.Text)
			}
			return nil
		})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) || !slices.IsSorted(order) {
			t.Errorf("bad lines %v, want %v (%v)", got, want, err)
		}
		p := d.person(t, "i02499")
		home, ok := p.ResidentOn(civil.Day(2025, 1, 1))
		if p.Number.IsZero() || p.Code.IsZero() || !ok || home.Municipality != demo.Sumida || home.Address != "東京都墨田区,吾妻橋一丁目" || p.FamilyRegister.Honseki != demo.Hachinohe {
			t.Errorf("the last one: %+v", p.Residences)
		}
		if before := d.person(t, "sato"); before.Name.Family != "佐藤" {
			t.Error("a line overwrote somebody")
		}
		entries, err := d.unchanged(t, func() error {
			_, err := d.ImportPeople(ctx, loader, "file", strings.NewReader(text), nil)
			return err
		})
		if err != nil || len(entries) != 0 {
			t.Errorf("a second time: %v, %d entries", err, len(entries))
		}
	})
}

// A file whose first line does not name its columns is refused whole.
func TestImportHeader(t *testing.T) {
	d := newDesk(t)
	for _, text := range []string{"", "\n", "a,b\n", "birth\n", "family_name,birth,birth\n", "family_name\n"} {
		if _, err := d.ImportPeople(ctx, loader, "x"+text, strings.NewReader(text), nil); !errors.Is(err, office.ErrImportHeader) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := d.ImportPeople(ctx, sumida, "x", strings.NewReader(header), nil); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("a clerk imports: %v", err)
	}
}

// FuzzImport: whatever stands in a file, it is people and bad lines, as many as there are lines.
func FuzzImport(f *testing.F) {
	f.Add(importLine(1))
	f.Add("\"\n,,,\n")
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n") {
			return
		}
		if err := office.CheckImportLine(header, line); err != nil && err.Field == "" {
			t.Errorf("a fault without a column: %+v", err)
		}
	})
}
