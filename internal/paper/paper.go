// Package paper writes a page as PDF, and a line of text as a picture: text, lines, boxes, tables and two-dimensional codes, in millimetres from the
// upper left corner. Each character is printed with the first font that has it and stands in the text layer as it was
// written, variation selectors and all; one that no font has is marked, its code stands at the foot of the page, and it is reported, and never left blank.
// The same content gives the same bytes, and a document's properties hold nothing but its title. It knows no form and no
// office.
package paper

import (
	"fmt"
	"slices"
	"strings"
)

// Size of a sheet in millimetres.
type Size struct{ Width, Height float64 }

// Sheets that offices print on.
var (
	A4       = Size{210, 297}
	Postcard = Size{100, 148}
)

// Document is a PDF under way. It is not safe for several goroutines.
type Document struct {
	title  string
	fonts  Fonts
	used   []*usedFace
	pages  []*Page
	doubts []Doubt
	where  string
	noted  bool
}

// usedFace is what a document has used of a font.
type usedFace struct {
	sub   *subset
	cids  map[cid]uint16
	texts []string // by character id
	gids  []uint16 // by character id: glyph of the subset
}

type cid struct {
	glyph uint16
	text  string
}

// id is the character id of a glyph that stands for a text. Two characters that share a glyph have two, so that the text
// layer tells them apart.
func (u *usedFace) id(glyph uint16, text string) uint16 {
	key := cid{glyph, text}
	id, ok := u.cids[key]
	if !ok {
		id = uint16(len(u.texts))
		u.cids[key], u.texts, u.gids = id, append(u.texts, text), append(u.gids, u.sub.take(glyph))
	}
	return id
}

// New begins a document. The title is that of the form and must hold nothing of a person.
func New(fonts Fonts, title string) *Document {
	d := &Document{title: title, fonts: fonts}
	for _, f := range fonts {
		d.used = append(d.used, &usedFace{sub: newSubset(f), cids: map[cid]uint16{{0, ""}: 0}, texts: []string{""}, gids: []uint16{0}})
	}
	return d
}

// Page is one side of a sheet.
type Page struct {
	doc  *Document
	size Size
	ops  strings.Builder

	doubts []Doubt
}

// Page begins another page.
func (d *Document) Page(size Size) *Page {
	p := &Page{doc: d, size: size}
	d.pages = append(d.pages, p)
	return p
}

// Pages is how many there are.
func (d *Document) Pages() int { return len(d.pages) }

// PageAt is a page that was begun before, such as for its number when all are counted.
func (d *Document) PageAt(i int) *Page { return d.pages[i] }

// Doubts are the characters that could not be printed as they stand, each once for a place.
func (d *Document) Doubts() []Doubt { return d.doubts }

// Where names the field that is printed next, for the doubts.
func (d *Document) Where(field string) { d.where = field }

func (p *Page) doubt(s sign) {
	found := Doubt{Text: s.text, Where: p.doc.where, Shape: s.shape}
	if !slices.Contains(p.doubts, found) {
		p.doubts = append(p.doubts, found)
	}
	if !slices.Contains(p.doc.doubts, found) {
		p.doc.doubts = append(p.doc.doubts, found)
	}
}

// Units: a point is 1/72 inch.
const pointsPerMM = 72 / 25.4

func (p *Page) x(mm float64) float64 { return mm * pointsPerMM }
func (p *Page) y(mm float64) float64 { return (p.size.Height - mm) * pointsPerMM }

// Style is how something is drawn.
type Style struct {
	Size  float64 // of letters, in points; 10 when it is zero
	Bold  bool
	Grey  float64 // 0 black … 1 white
	Align Align
}

func (s Style) size() float64 {
	if s.Size == 0 {
		return 10
	}
	return s.Size
}

// Align is where a line stands in its box.
type Align int

const (
	Left Align = iota
	Centre
	Right
)

// Line draws a line, w millimetres thick.
func (p *Page) Line(x1, y1, x2, y2, w float64) {
	fmt.Fprintf(&p.ops, "%.2f w %.2f %.2f m %.2f %.2f l S\n", w*pointsPerMM, p.x(x1), p.y(y1), p.x(x2), p.y(y2))
}

// Dashes draws a broken line, such as where a sheet is cut or folded.
func (p *Page) Dashes(x1, y1, x2, y2 float64) {
	p.ops.WriteString("q [3 3] 0 d ")
	p.Line(x1, y1, x2, y2, 0.1)
	p.ops.WriteString("Q\n")
}

// Box draws the frame of a box, w millimetres thick.
func (p *Page) Box(x, y, width, height, w float64) {
	fmt.Fprintf(&p.ops, "%.2f w %.2f %.2f %.2f %.2f re S\n", w*pointsPerMM, p.x(x), p.y(y+height), width*pointsPerMM, height*pointsPerMM)
}

// Fill fills a box with a grey from 0 (black) to 1 (white).
func (p *Page) Fill(x, y, width, height, grey float64) {
	fmt.Fprintf(&p.ops, "q %.2f g %.2f %.2f %.2f %.2f re f Q\n", grey, p.x(x), p.y(y+height), width*pointsPerMM, height*pointsPerMM)
}

// Text prints one line with its upper left corner (or its middle, or its right end) at x, y, and returns its width.
func (p *Page) Text(x, y float64, s string, style Style) float64 {
	signs := p.doc.fonts.signs(s)
	width := p.doc.width(signs, style.size())
	switch style.Align {
	case Centre:
		x -= width / 2
	case Right:
		x -= width
	}
	p.line(x, y, signs, style)
	return width
}

// Width is how wide a line is, in millimetres.
func (d *Document) Width(s string, size float64) float64 { return d.width(d.fonts.signs(s), size) }

func (d *Document) width(signs []sign, size float64) float64 {
	return d.fonts.width(signs, size/pointsPerMM)
}

// width is how wide signs are with letters of so many units.
func (f Fonts) width(signs []sign, em float64) float64 {
	thousandths := 0.0
	for _, s := range signs {
		thousandths += float64(f[s.face].advance(s.glyph))
	}
	return thousandths / 1000 * em
}

// ascent is how far below the top of a line its base is, in ems.
const ascent = 0.88

// line prints signs from x on, the top of the line at y.
func (p *Page) line(x, y float64, signs []sign, style Style) {
	if len(signs) == 0 {
		return
	}
	size := style.size()
	fmt.Fprintf(&p.ops, "BT %.2f g ", style.Grey)
	if style.Bold {
		fmt.Fprintf(&p.ops, "%.2f G %.2f w 2 Tr ", style.Grey, size*0.028)
	}
	fmt.Fprintf(&p.ops, "1 0 0 1 %.2f %.2f Tm ", p.x(x), p.y(y)-ascent*size)
	for i := 0; i < len(signs); {
		s := signs[i]
		fmt.Fprintf(&p.ops, "/F%d %.2f Tf <", s.face, size)
		for ; i < len(signs) && signs[i].face == s.face; i++ {
			if signs[i].lost || signs[i].shape {
				p.doubt(signs[i])
			}
			fmt.Fprintf(&p.ops, "%04X", p.doc.used[s.face].id(signs[i].glyph, signs[i].text))
		}
		p.ops.WriteString("> Tj ")
	}
	if style.Bold {
		p.ops.WriteString("0 Tr ")
	}
	p.ops.WriteString("ET 0 g 0 G\n")
}

// note says at the foot of the page which characters are marked, with their codes.
func (p *Page) note() {
	if len(p.doubts) == 0 {
		return
	}
	var said []string
	for _, d := range p.doubts {
		switch shown := []rune(d.Text)[0]; {
		case d.Shape:
			said = append(said, string(shown)+" = "+d.Codes())
		default:
			said = append(said, string(mark)+" = "+d.Codes())
		}
	}
	p.Paragraph(noteMargin, p.size.Height-noteRoom, p.size.Width-2*noteMargin, "印刷できない文字 / not printable: "+strings.Join(said, ", "), Style{Size: 7})
}

// The foot of a page is kept free for note.
const (
	noteMargin = 8.0
	noteRoom   = 9.0
)
