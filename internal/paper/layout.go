package paper

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/boombuler/barcode/qr"
)

// leading is the distance of two lines, in ems.
const leading = 1.45

// lineHeight is the distance of two lines in millimetres.
func lineHeight(size float64) float64 { return size * leading / pointsPerMM }

// notFirst are characters that do not begin a line.
const notFirst = "、。，．・：；？！」』）】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)]}"

// wrap breaks a text into lines that are not wider than so many millimetres: between any two characters of Japanese,
// between words of Latin. A word that is wider than the line is broken.
func (d *Document) wrap(s string, size, width float64) [][]sign {
	return d.fonts.wrap(s, size/pointsPerMM, width)
}

// wrap is Document.wrap for letters of so many units, in lines of so many of the same units.
func (f Fonts) wrap(s string, em, width float64) [][]sign {
	var lines [][]sign
	for _, paragraph := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
		line := f.signs(paragraph)
		for {
			n := f.fitting(line, em, width)
			if n == len(line) {
				break
			}
			lines = append(lines, line[:n])
			line = line[n:]
			for len(line) > 0 && line[0].text == " " {
				line = line[1:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many signs stand in the first line.
func (f Fonts) fitting(line []sign, em, width float64) int {
	n, used := 0, 0.0
	for ; n < len(line); n++ {
		if used += f.width(line[n:n+1], em); used > width+0.01 {
			break
		}
	}
	if n == len(line) || n == 0 {
		return max(n, min(1, len(line)))
	}
	for cut := n; cut > n/2; cut-- {
		if breaks(line[cut-1], line[cut]) {
			return cut
		}
	}
	return n
}

// breaks reports that a line may end between two signs.
func breaks(before, after sign) bool {
	if strings.ContainsAny(after.text, notFirst) {
		return false
	}
	return before.text == " " || wide(before.text) || wide(after.text)
}

func wide(s string) bool {
	for _, r := range s {
		return r >= 0x2E80 && !unicode.Is(unicode.Latin, r)
	}
	return false
}

// Paragraph prints a text from the upper left corner x, y in lines not wider than width, and returns the height it took.
func (p *Page) Paragraph(x, y, width float64, s string, style Style) float64 {
	lines := p.doc.wrap(s, style.size(), width)
	for i, line := range lines {
		at := x
		switch free := width - p.doc.width(line, style.size()); style.Align {
		case Centre:
			at += free / 2
		case Right:
			at += free
		}
		p.line(at, y+float64(i)*lineHeight(style.size()), line, style)
	}
	return float64(len(lines)) * lineHeight(style.size())
}

// Height is the height that a paragraph will take.
func (d *Document) Height(s string, size, width float64) float64 {
	return float64(len(d.wrap(s, size, width))) * lineHeight(size)
}

// smallest is the size down to which a text is shrunk to fit its field, in points.
const smallest = 5.5

// Fit prints a text in a box, in the middle of its height: in lines, smaller if it must be, so that nothing of a long name
// or address is cut off.
func (p *Page) Fit(x, y, width, height float64, s string, style Style) {
	const margin = 1.2
	size := style.size()
	for ; size > smallest; size -= 0.5 {
		if p.doc.Height(s, size, width-2*margin) <= height-0.5 {
			break
		}
	}
	style.Size = size
	tall := p.doc.Height(s, size, width-2*margin) - (leading-1)*size/pointsPerMM
	p.Paragraph(x+margin, y+max((height-tall)/2, 0.3), width-2*margin, s, style)
}

// Code prints a two-dimensional code in a square of so many millimetres; its quiet zone of four modules lies inside.
func (p *Page) Code(x, y, side float64, text string) error {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("draw a code: %w", err)
	}
	n := code.Bounds().Dx()
	const quiet = 4
	module := side / float64(n+2*quiet)
	p.Fill(x, y, side, side, 1)
	p.ops.WriteString("q 0 g\n")
	for row := range n {
		for col := 0; col < n; col++ {
			from := col
			for col < n && dark(code.At(col, row)) {
				col++
			}
			if col > from {
				fmt.Fprintf(&p.ops, "%.3f %.3f %.3f %.3f re\n", p.x(x+float64(from+quiet)*module), p.y(y+float64(row+quiet+1)*module), p.x(float64(col-from)*module), p.x(module))
			}
		}
	}
	p.ops.WriteString("f Q\n")
	return nil
}

func dark(c interface{ RGBA() (r, g, b, a uint32) }) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}
