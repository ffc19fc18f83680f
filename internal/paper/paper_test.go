package paper

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ipamj is where Debian's fonts-ipamj-mincho puts the characters of the registers.
const ipamj = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"

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

func fonts(t *testing.T, registers bool) Fonts {
	t.Helper()
	f, err := BaseFonts()
	if err != nil {
		t.Fatal(err)
	}
	if !registers {
		return f
	}
	if _, err := os.Stat(ipamj); err != nil {
		t.Skip("IPAmj Mincho is not installed (Debian: fonts-ipamj-mincho)")
	}
	if f, err = f.WithFile(ipamj); err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, d *Document) string {
	t.Helper()
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// names are hard to print: beyond U+FFFF, vendor characters, variation sequences, compatibility ideographs, Latin with marks.
var names = []string{"𠮷田　太郎", "髙橋　一郎", "山﨑　花子", "葛\U000E0100城　優", "葛\U000E0101飾　優", "辻\U000E0101　純", "德永　閒", "鷗外　凜", "俱利伽羅", "邉󠄀　渡邊󠄀", "Ærøskøbing José", "1-2-3 〒950-8550 (新潟市)", "塚　侮", "辻\U000E0102 見 方"}

// TestTextLayer: pdftotext returns every name as it was written, with both fonts. (Of a space it keeps that there is one, not how wide.)
func TestTextLayer(t *testing.T) {
	pdftotext, qpdf := program(t, "pdftotext", "poppler-utils"), program(t, "qpdf", "qpdf")
	for _, registers := range []bool{true, false} {
		d := New(fonts(t, registers), "試し刷り")
		p := d.Page(A4)
		for i, name := range names {
			p.Text(20, 20+8*float64(i), name, Style{Size: 14, Bold: i%2 == 0})
		}
		file := write(t, d)
		if out := run(t, qpdf, "--check", file); !strings.Contains(out, "No syntax or stream encoding errors found") {
			t.Error(out)
		}
		lines := strings.Split(run(t, pdftotext, "-layout", file, "-"), "\n")
		for _, name := range names {
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.TrimSpace(l) == strings.ReplaceAll(name, "　", " ") }) {
				t.Errorf("registers %v: the text layer lacks %q (%s):\n%q", registers, name, codes(name), lines)
			}
		}
		if registers && len(d.Doubts()) != 0 {
			t.Errorf("with all characters at hand: %v", d.Doubts())
		}
	}
}

// TestMissingCharacter: what no font has is marked, with its code on the page and a doubt for the clerk, never a blank.
func TestMissingCharacter(t *testing.T) {
	pdftotext, pdftoppm := program(t, "pdftotext", "poppler-utils"), program(t, "pdftoppm", "poppler-utils")
	d := New(fonts(t, false), "試し刷り")
	d.Where("氏名")
	p := d.Page(A4)
	p.Text(20, 20, "𠮷田", Style{Size: 20})
	p.Text(20, 40, "辻\U000E0105", Style{Size: 20})
	want := []Doubt{{Text: "𠮷", Where: "氏名"}, {Text: "辻\U000E0105", Where: "氏名", Shape: true}}
	if !slices.Equal(d.Doubts(), want) || want[0].Codes() != "U+20BB7" || want[1].Codes() != "U+8FBB U+E0105" {
		t.Errorf("doubts %+v, want %+v", d.Doubts(), want)
	}
	file := write(t, d)
	if text := run(t, pdftotext, file, "-"); !strings.Contains(text, "𠮷田") || !strings.Contains(text, "辻\U000E0105") || !strings.Contains(text, "〓 = U+20BB7, 辻 = U+8FBB U+E0105") {
		t.Errorf("the text layer is not the name: %q", text)
	}
	picture := run(t, pdftoppm, "-r", "50", "-gray", file)
	if n := strings.Count(picture[len(picture)-413*585:], "\x00"); n < 20 {
		t.Errorf("only %d black points: the missing character is a blank", n)
	}
}

// TestVariantShape: a variation sequence is drawn with its own shape where a font knows it.
func TestVariantShape(t *testing.T) {
	for n, f := range fonts(t, true) { // Adobe-Japan1's sequences, and those of the registers (Moji_Joho)
		with := []rune{0xE0100, 0xE0103}[n]
		plain, one, two := f.Glyph('葛'), f.Variant('葛', with), f.Variant('葛', with+1)
		if plain == 0 || one == 0 || two == 0 || one == two {
			t.Errorf("葛: %d, with %04X %d, with the next %d", plain, with, one, two)
		}
		if f.Variant('葛', 0xE01EF) != 0 || f.Variant('a', 0xE0100) != 0 {
			t.Error("a sequence that nobody registered has a glyph")
		}
	}
}

// TestSameBytes: the same content is the same file, and nothing but the title stands in its properties.
func TestSameBytes(t *testing.T) {
	build := func() []byte {
		d := New(fonts(t, false), "個人番号カード受領書")
		d.Page(Postcard).Paragraph(10, 10, 80, "佐藤　光 様\n"+strings.Repeat("お知らせ ", 40), Style{})
		b, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := build()
	if !bytes.Equal(first, build()) {
		t.Error("two prints of one page differ")
	}
	if len(first) > 60_000 {
		t.Errorf("a postcard takes %d bytes", len(first))
	}
	pdfinfo := program(t, "pdfinfo", "poppler-utils")
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, first, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(t, pdfinfo, name); strings.Contains(out, "佐藤") || strings.Contains(out, "Date") || !strings.Contains(out, "個人番号カード受領書") {
		t.Error(out)
	}
}

// TestCode: another program reads the code from the picture of the page.
func TestCode(t *testing.T) {
	pdftoppm, zbarimg := program(t, "pdftoppm", "poppler-utils"), program(t, "zbarimg", "zbar-tools")
	const link = "https://mynumber.example/office/scan/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	d := New(fonts(t, false), "試し刷り")
	if err := d.Page(A4).Code(160, 10, 30, link); err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(t.TempDir(), "page")
	run(t, pdftoppm, "-r", "150", "-png", write(t, d), picture)
	if out := run(t, zbarimg, "-q", "--nodbus", "--raw", picture+"-1.png"); strings.TrimSpace(out) != link {
		t.Errorf("read %q", out)
	}
	if err := d.Page(A4).Code(0, 0, 30, strings.Repeat("x", 5000)); err == nil {
		t.Error("a code took 5,000 characters")
	}
}

// TestWrap: a line never begins with a closing mark, no text is lost, and a long word is broken.
func TestWrap(t *testing.T) {
	d := New(fonts(t, false), "")
	for _, s := range []string{"これは長い文です。折り返しても、句読点で始まる行はありません。", "Please come yourself with this notice and your passport.", strings.Repeat("a", 200), "", "あ\n\nい"} {
		var back strings.Builder
		for _, line := range d.wrap(s, 10, 30) {
			var text strings.Builder
			for _, sign := range line {
				text.WriteString(sign.text)
			}
			if w := d.width(line, 10); w > 30.1 {
				t.Errorf("%q is %.1f mm wide", text.String(), w)
			}
			if strings.HasPrefix(text.String(), "。") || strings.HasPrefix(text.String(), "、") {
				t.Errorf("%q begins a line", text.String())
			}
			back.WriteString(text.String())
		}
		squeeze := strings.NewReplacer(" ", "", "\n", "")
		if squeeze.Replace(back.String()) != squeeze.Replace(s) {
			t.Errorf("%q became %q", s, back.String())
		}
	}
}

// FuzzFace: a broken font is refused or printed with, and never ends the program.
func FuzzFace(f *testing.F) {
	b, err := BaseFonts()
	if err != nil {
		f.Fatal(err)
	}
	sub := newSubset(b[0])
	for _, r := range "あ葛A〓 " {
		sub.take(b[0].Glyph(r))
	}
	small, err := sub.file()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Add(withChars(small))
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := NewFace("fuzzed", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		d := New(Fonts{face}, "")
		d.Page(A4).Paragraph(10, 10, 50, "あ葛\U000E0100A \U00020BB7", Style{})
		_, _ = d.Bytes() // a fault in an outline is an error
		_, _ = Fonts{face}.Picture("あ葛\U000E0100A \U00020BB7", testField)
	})
}

// withChars gives a subset a table of characters of both formats, so that the fuzzer gets past it.
func withChars(font []byte) []byte {
	chars := []byte{0, 0, 0, 2, 0, 3, 0, 10, 0, 0, 0, 20, 0, 0, 0, 5, 0, 0, 0, 48,
		0, 12, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0x30, 0x42, 0, 0, 0x30, 0x43, 0, 0, 0, 1,
		0, 14, 0, 0, 0, 41, 0, 0, 0, 1, 0x0E, 1, 0, 0, 0, 0, 21, 0, 0, 0, 29, 0, 0, 0, 1, 0, 0x84, 0x5B, 0, 0, 0, 0, 1, 0, 0x30, 0x42, 0, 2}
	tables := map[string][]byte{"cmap": chars}
	for i := range int(font[5]) {
		row := font[12+16*i:]
		at, n := int(row[8])<<24|int(row[9])<<16|int(row[10])<<8|int(row[11]), int(row[12])<<24|int(row[13])<<16|int(row[14])<<8|int(row[15])
		tables[string(row[:4])] = font[at : at+n]
	}
	return sfnt(tables)
}
