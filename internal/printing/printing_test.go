package printing

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/paper"
)

// program is the path of a program that gives a second opinion.
func program(t *testing.T, name, from string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (Debian: %s)", name, from)
	}
	return path
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s: %v\n%s%s", filepath.Base(name), err, out, stderr.String())
	}
	return string(out)
}

// all is the font in the program and, where it is installed, the one with the characters of the registers.
var all = sync.OnceValues(func() (paper.Fonts, error) {
	f, err := paper.BaseFonts()
	if err != nil {
		return nil, err
	}
	const ipamj = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"
	if _, err := os.Stat(ipamj); err != nil {
		return f, nil
	}
	return f.WithFile(ipamj)
})

func fonts(t testing.TB) paper.Fonts {
	t.Helper()
	f, err := all()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, p Pages) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pages.pdf")
	if err := os.WriteFile(name, p.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// rare are names that print wrong where nobody looked.
var rare = []string{"𠮷田　太郎", "髙橋　一郎", "山﨑　花子", "葛\U000E0100城　優", "辻\U000E0101　純", "渡邊\U000E0100　結"}

// sound checks a document with other programs: its structure, its text, its code, its properties.
func sound(t *testing.T, p Pages, link string, texts ...string) {
	t.Helper()
	file := write(t, p)
	if out := run(t, program(t, "qpdf", "qpdf"), "--check", file); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Error(out)
	}
	layer := strings.Join(strings.Fields(run(t, program(t, "pdftotext", "poppler-utils"), "-layout", file, "-")), " ")
	for _, text := range texts {
		if !strings.Contains(layer, strings.Join(strings.Fields(text), " ")) {
			t.Errorf("the text layer lacks %q:\n%s", text, layer)
		}
	}
	info := run(t, program(t, "pdfinfo", "poppler-utils"), file)
	for _, name := range rare {
		if strings.Contains(info, name) {
			t.Errorf("a name stands in the properties:\n%s", info)
		}
	}
	if link == "" {
		return
	}
	picture := filepath.Join(t.TempDir(), "page")
	run(t, program(t, "pdftoppm", "poppler-utils"), "-r", "150", "-f", "1", "-l", "1", "-png", file, picture)
	found, err := filepath.Glob(picture + "*.png")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if out := run(t, program(t, "zbarimg", "zbar-tools"), "-q", "--nodbus", "--raw", found[0]); strings.TrimSpace(out) != link {
		t.Errorf("the code says %q, want %q", out, link)
	}
}

const link = "https://mynumber.example/office/messages/abcdefghijklmnopqrstuvwxyz"

// facts fill every message to the brim.
func facts(name string) notice.Facts {
	both := func(ja, en string) law.Text { return law.Text{Ja: ja, En: en} }
	office := both("新潟市中央区", "Chuo-ku, Niigata-shi")
	return notice.Facts{Name: name, Office: office, Honseki: office, Pickup: office, ApplicationID: "12345678901234567890123", Link: "https://mynumber.example/reserve/abcdefghijklmnopqrstuvwxyz",
		Day: notice.On(civil.Day(2026, 1, 16)), Deadline: notice.On(civil.Day(2026, 3, 5)), Defect: "国外の住所に番地がありません。", Item: both("マイナンバーカードの受取り", "Collect a My Number Card"), Where: both("区役所1階 4番窓口", "Ward office, window 4"),
		Papers: both("この通知書、本人確認書類(運転免許証など)、通知カード、住民基本台帳カード、古いマイナンバーカード", "this notice, an identity document such as a driving licence, the Notification Card, the former card"),
		Fee:    both("無料", "none"), Reason: both("更新の手続きは満了の日の3か月前からできます。", "It can be renewed from three months before."), Phone: "+81-3-6734-0170"}
}

// TestLetters: every kind of message prints, as a postcard or a letter, with every name and everything it says.
func TestLetters(t *testing.T) {
	kinds := notice.Kinds()
	slices.Sort(kinds)
	for i, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			name := rare[i%len(rare)]
			m := notice.Message{ID: "abcdefghijklmnopqrstuvwxyz", Kind: kind, Channel: notice.PaperOf(kind), From: "新潟市中央区",
				Letter: &notice.Letter{Name: name, Address: "新潟県新潟市中央区西堀通6番町866番地 葛\U000E0100城マンション101", Service: notice.OnPaper[kind]}}
			var err error
			if m.Subject, m.Body, err = notice.Compose(kind, facts(name)); err != nil {
				t.Fatal(err)
			}
			p, err := Letter(fonts(t), m, link)
			if err != nil {
				t.Fatal(err)
			}
			if p.Sides > 3 {
				t.Errorf("%d sides", p.Sides)
			}
			title, _, _ := strings.Cut(m.Subject, " / ")
			code := link
			if i%6 != 0 { // a picture of each costs half a minute
				code = ""
			}
			sound(t, p, code, name+" 様", title)
		})
	}
	if _, err := Letter(fonts(t), notice.Message{Channel: notice.ByMail}, link); err == nil {
		t.Error("a mail was printed")
	}
}

// benchForm is a form of two pages with everything that a form can have.
func benchForm(name string) Form {
	both := func(ja, en string) law.Text { return law.Text{Ja: ja, En: en} }
	f := Form{ID: "FORM-009", Title: both("個人番号カード再交付申請書 兼 電子証明書発行/更新申請書", "Re-issue application"), To: both("新潟市中央区", "Chuo-ku, Niigata-shi"), Day: "印刷 令和8年1月16日",
		Reference: "ABCD-EFGH-JKLM", Link: "https://mynumber.example/office/forms/abcdefghjklm", Signed: true, Desk: true}
	for range 6 {
		f.Parts = append(f.Parts, Part{Heading: both("本人", "Holder"), Fields: []Field{
			{Label: both("氏名", "Name"), Value: name}, {Label: both("住所", "Address"), Value: "新潟県新潟市中央区西堀通6番町866番地"}, {Label: both("個人番号", "Individual Number"), Kind: Cells, Cells: 12},
			{Label: both("理由", "Reason"), Kind: Ticks, Options: []Option{{both("紛失", "lost"), true}, {both("盗難", "stolen"), false}}},
			{Label: both("私は、下記の者を代理人と定め、手続きに関する権限を委任します。", "I appoint the person below."), Kind: Statement}}})
	}
	return f
}

// TestForm: a form of several pages keeps everything, and says which character it cannot print.
func TestForm(t *testing.T) {
	f := benchForm(rare[0])
	p, err := f.PDF(fonts(t))
	if err != nil || p.Sides < 2 {
		t.Fatalf("%d sides, %v", p.Sides, err)
	}
	sound(t, p, f.Link, rare[0], f.Title.Ja, f.Reference, "委任します", "署名 / signature")
	base, err := paper.BaseFonts()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = f.PDF(base); err != nil || len(p.Doubts) != 1 || p.Doubts[0].Text != "𠮷" || p.Doubts[0].Where != "氏名" || len(f.Doubts(base)) == 0 {
		t.Errorf("without the registers' font: %+v, %v", p.Doubts, err)
	}
}

// BenchmarkForm: a form of two pages as PDF, with the font in the program alone and with a name that needs the registers' font;
// beside it the limit: the same bytes compressed once.
func BenchmarkForm(b *testing.B) {
	base, err := paper.BaseFonts()
	if err != nil {
		b.Fatal(err)
	}
	for name, c := range map[string]struct {
		fonts paper.Fonts
		name  string
	}{"base": {base, "佐藤　光"}, "rare": {fonts(b), "葛\U000E0100城　𠮷"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := benchForm(c.name).PDF(c.fonts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	p, err := benchForm("佐藤　光").PDF(base)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("limit", func(b *testing.B) {
		for b.Loop() {
			z := zlib.NewWriter(io.Discard)
			if _, err := z.Write(p.PDF); err != nil {
				b.Fatal(err)
			}
			if err := z.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
