package paper

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var testField = Field{Width: 480, Height: 56, Largest: 44, Single: 26, Smallest: 18}

func drawn(t *testing.T, f Fonts, s string, in Field) *image.Paletted {
	t.Helper()
	b, err := f.Picture(s, in)
	if err != nil {
		t.Fatal(err)
	}
	if b[24] != 1 || b[25] != 3 { // IHDR: bit depth, colour type
		t.Errorf("the picture has %d bits a point, colour type %d", b[24], b[25])
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

func black(p *image.Paletted) int { return bytes.Count(p.Pix, []byte{1}) }

// TestPicture: every name is drawn point for point as poppler draws the same line of a page, but for the edges of letters.
func TestPicture(t *testing.T) {
	pdftoppm := program(t, "pdftoppm", "poppler-utils")
	f := fonts(t, true)
	const w, h = 1920, 224
	large := Field{Width: w, Height: h, Largest: 176, Single: 104, Smallest: 72}
	for _, name := range append(names, "番号［鈴木］花子", "国外転出 令和4年3月31日", "GARCÍA MÁRQUEZ JOSÉ") {
		got := drawn(t, f, name, large)
		em, lines := f.fit(name, large)
		if len(lines) != 1 {
			t.Fatalf("%q stands in %d lines", name, len(lines))
		}
		d := New(f, "試し刷り")
		d.Page(Size{w / pointsPerMM, h / pointsPerMM}).Text(0, (h-em)/2/pointsPerMM, name, Style{Size: em})
		out := filepath.Join(t.TempDir(), "page")
		run(t, pdftoppm, "-r", "72", "-png", "-gray", "-singlefile", write(t, d), out)
		b, err := os.ReadFile(out + ".png")
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		both, one := 0, 0
		for y := range h {
			for x := range w {
				a, b := got.ColorIndexAt(x, y) == 1, color.GrayModel.Convert(page.At(x, y)).(color.Gray).Y <= 163
				if a && b {
					both++
				} else if a || b {
					one++
				}
			}
		}
		if both < 1000 || both < 6*one {
			t.Errorf("%q: %d points agree, %d do not", name, both, one)
		}
	}
}

// TestPictureFits: a long text shrinks, then breaks, then makes the picture higher; nothing reaches its right edge cut off.
func TestPictureFits(t *testing.T) {
	f := fonts(t, false)
	for _, c := range []struct {
		text   string
		lines  int
		em     float64
		height int
	}{
		{"番号花子", 1, 44, 56},
		{"国外転出 令和4年3月31日", 1, 39, 56},
		{"MAXIMILIAN ALEXANDER FERDINAND VON HABSBURG-LOTHRINGEN JOSE MARIA", 2, 20, 56},
		{strings.Repeat("長い名前", 30), 5, 18, 105},
		{"", 1, 44, 56},
	} {
		got := drawn(t, f, c.text, testField)
		em, lines := f.fit(c.text, testField)
		if len(lines) != c.lines || em != c.em || got.Rect.Dy() != c.height {
			t.Errorf("%q: %d lines of %v points, %d high; want %d of %v, %d", c.text, len(lines), em, got.Rect.Dy(), c.lines, c.em, c.height)
		}
		if c.text != "" && black(got) < 500 {
			t.Errorf("%q: %d black points", c.text, black(got))
		}
		for x := range got.Rect.Dx() {
			if got.ColorIndexAt(x, 0) == 1 || got.ColorIndexAt(x, got.Rect.Dy()-1) == 1 {
				t.Fatalf("%q reaches the upper or lower edge", c.text)
			}
		}
	}
}

// TestPictureMark: what no font has is the mark for it and no blank; another sequence is another shape.
func TestPictureMark(t *testing.T) {
	f := fonts(t, false)
	lost, marked := drawn(t, f, "𠮷", testField), drawn(t, f, "〓", testField)
	if !bytes.Equal(lost.Pix, marked.Pix) || black(lost) == 0 {
		t.Error("a character that no font has is not drawn as the mark")
	}
	f = fonts(t, true)
	if bytes.Equal(drawn(t, f, "葛\U000E0100", testField).Pix, drawn(t, f, "葛\U000E0101", testField).Pix) {
		t.Error("two sequences have one shape")
	}
}

// BenchmarkPicture draws a name and an address for a chip, with characters of both fonts.
func BenchmarkPicture(b *testing.B) {
	f, err := BaseFonts()
	if err != nil {
		b.Fatal(err)
	}
	if with, err := f.WithFile(ipamj); err == nil {
		f = with
	}
	for b.Loop() {
		for _, s := range []string{"𠮷田　太郎", "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101"} {
			if _, err := f.Picture(s, testField); err != nil {
				b.Fatal(err)
			}
		}
	}
}
