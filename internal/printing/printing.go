// Package printing lays out what offices print: the official forms with their titles and fields (own layout; forms.md has
// none), receipts and printouts that the person takes away, postcards and letters. It gets everything to be printed in
// words and knows no register, no rule and no office. An Individual Number and a PIN are never among it: their boxes are
// filled in by hand.
package printing

import (
	"fmt"

	"mynumber/internal/law"
	"mynumber/internal/paper"
)

// Pages is a printed document.
type Pages struct {
	PDF    []byte
	Sides  int
	Doubts []paper.Doubt // characters that no font has: whoever prints it is told
}

// Kind of a field.
type Kind string

const (
	Filled    Kind = ""          // printed with its value; an empty one is a line to write on
	Ticks     Kind = "ticks"     // boxes to tick
	Cells     Kind = "cells"     // one box a character, written by hand
	Lines     Kind = "lines"     // room for several lines
	Photo     Kind = "photo"     // a frame for the face photo
	Statement Kind = "statement" // a sentence that is signed, across the page
)

// Option is a box to tick.
type Option struct {
	Label law.Text
	On    bool
}

// Field is one line of a form.
type Field struct {
	Label   law.Text
	Kind    Kind
	Value   string
	Options []Option
	Cells   int // how many, with Cells
}

// Part is a group of fields under a heading.
type Part struct {
	Heading law.Text
	Fields  []Field
}

// Form is a form, a receipt or a printout.
type Form struct {
	ID        string   // such as FORM-002; empty for what is no official form
	Title     law.Text // the official title
	To        law.Text // the office to which it is handed in, or that hands it out
	Day       string   // the day of printing, in words
	Reference string   // what the code opens, for whoever has no scanner
	Link      string   // what the code says
	Note      law.Text // below the title
	Parts     []Part
	Signed    bool // with a place for the day and the signature
	Desk      bool // with the office's own boxes at the foot
}

// PDF lays the form out.
func (f Form) PDF(fonts paper.Fonts) (Pages, error) {
	d := paper.New(fonts, f.Title.Ja)
	if err := f.on(d); err != nil {
		return Pages{}, err
	}
	return finish(d)
}

func finish(d *paper.Document) (Pages, error) {
	b, err := d.Bytes()
	if err != nil {
		return Pages{}, fmt.Errorf("print: %w", err)
	}
	return Pages{PDF: b, Sides: d.Pages(), Doubts: d.Doubts()}, nil
}

// Measures of a form on A4, in millimetres.
const (
	left   = 18.0
	right  = 192.0
	width  = right - left
	labels = 52.0 // width of the column of labels
	foot   = 280.0
	row    = 8.2
	thin   = 0.12
	thick  = 0.35
)

// sheet is a form being laid out.
type sheet struct {
	doc  *paper.Document
	page *paper.Page
	form Form
	y    float64
}

// on lays the form out in a document.
func (f Form) on(d *paper.Document) error {
	s := &sheet{doc: d, form: f}
	if err := s.head(); err != nil {
		return err
	}
	for _, part := range f.Parts {
		s.part(part)
	}
	if f.Signed {
		s.signature()
	}
	if f.Desk {
		s.desk()
	}
	return nil
}

// head begins the first page.
func (s *sheet) head() error {
	f := s.form
	s.page = s.doc.Page(paper.A4)
	s.doc.Where(f.Title.Ja)
	s.page.Text(left, 12, f.ID, paper.Style{Size: 8, Grey: 0.35})
	room := width
	if f.Link != "" {
		const side = 30.0
		room -= side + 4
		if err := s.page.Code(right-side, 10, side, f.Link); err != nil {
			return err
		}
		s.page.Text(right-side/2, 10+side, f.Reference, paper.Style{Size: 8, Align: paper.Centre})
	}
	y := 18.0
	y += s.page.Paragraph(left, y, room, f.Title.Ja, paper.Style{Size: 14, Bold: true})
	y += s.page.Paragraph(left, y+1, room, f.Title.En, paper.Style{Size: 8.5, Grey: 0.3}) + 3
	if f.To.Ja != "" {
		y += s.page.Paragraph(left, y, room, f.To.Ja+"　"+f.To.En, paper.Style{Size: 10}) + 0.5
	}
	y += s.page.Paragraph(left, y, room, f.Day, paper.Style{Size: 8.5, Grey: 0.3})
	if f.Note.Ja != "" {
		y += 1 + s.page.Paragraph(left, y+1, room, f.Note.Ja+"\n"+f.Note.En, paper.Style{Size: 8.5})
	}
	s.y = max(y+3, 48)
	return nil
}

// need turns the page when less than so many millimetres are left.
func (s *sheet) need(height float64) {
	if s.y+height <= foot {
		return
	}
	s.page = s.doc.Page(paper.A4)
	s.page.Text(left, 12, s.form.ID+" "+s.form.Title.Ja, paper.Style{Size: 8, Grey: 0.35})
	s.page.Text(right, 12, s.form.Reference, paper.Style{Size: 8, Grey: 0.35, Align: paper.Right})
	s.y = 20
}

// part prints a heading and its fields; the heading stays with the first of them.
func (s *sheet) part(p Part) {
	const heading = 6.5
	first := 0.0
	if len(p.Fields) > 0 {
		first = s.height(p.Fields[0])
	}
	s.need(heading + first)
	if p.Heading.Ja != "" {
		s.page.Fill(left, s.y, width, heading, 0.9)
		s.page.Box(left, s.y, width, heading, thick)
		s.page.Fit(left, s.y, width, heading, p.Heading.Ja+"　"+p.Heading.En, paper.Style{Size: 9.5, Bold: true})
		s.y += heading
	}
	for _, f := range p.Fields {
		h := s.height(f)
		s.need(h)
		s.field(f, h)
		s.y += h
	}
	s.y += 3
}

const (
	valueSize = 11.0
	labelSize = 9.0 // of a label in Japanese
	smallSize = 6.5 // and in English below it
	tickSize  = 9.0
	cell      = 7.0
	photoHigh = 47.0
)

// height is how high a field's row is.
func (s *sheet) height(f Field) float64 {
	if f.Kind == Statement {
		return 3 + s.doc.Height(f.Label.Ja, 9.5, width-3) + s.doc.Height(f.Label.En, 7.5, width-3)
	}
	least := max(row, s.doc.Height(f.Label.Ja, labelSize, labels-3)+s.doc.Height(f.Label.En, smallSize, labels-3)+1.5)
	switch f.Kind {
	case Ticks:
		return max(least, 2+s.ticks(f, false))
	case Cells:
		return max(least, cell+3)
	case Lines:
		return 3 * row
	case Photo:
		return photoHigh + 3
	}
	return max(least, s.doc.Height(f.Value, valueSize, width-labels-3)+2)
}

// field prints a row.
func (s *sheet) field(f Field, h float64) {
	s.doc.Where(f.Label.Ja)
	if f.Kind == Statement {
		s.page.Box(left, s.y, width, h, thin)
		used := s.page.Paragraph(left+1.5, s.y+1.5, width-3, f.Label.Ja, paper.Style{Size: 9.5})
		s.page.Paragraph(left+1.5, s.y+1.5+used, width-3, f.Label.En, paper.Style{Size: 7.5, Grey: 0.3})
		return
	}
	s.page.Box(left, s.y, labels, h, thin)
	s.page.Box(left+labels, s.y, width-labels, h, thin)
	ja := s.doc.Height(f.Label.Ja, labelSize, labels-3)
	top := s.y + max((h-ja-s.doc.Height(f.Label.En, smallSize, labels-3))/2, 0.6)
	s.page.Paragraph(left+1.5, top, labels-3, f.Label.Ja, paper.Style{Size: labelSize})
	s.page.Paragraph(left+1.5, top+ja, labels-3, f.Label.En, paper.Style{Size: smallSize, Grey: 0.3})
	x := left + labels
	switch f.Kind {
	case Ticks:
		s.ticks(f, true)
	case Cells:
		for i := range f.Cells {
			s.page.Box(x+2+float64(i)*cell, s.y+1.5, cell, cell, thin)
		}
	case Photo:
		s.page.Box(x+2, s.y+1.5, 35, 45, thin)
		s.page.Paragraph(x+4, s.y+18, 31, f.Value, paper.Style{Size: 7.5, Grey: 0.3, Align: paper.Centre})
	default:
		s.page.Fit(x, s.y, width-labels, h, f.Value, paper.Style{Size: valueSize})
	}
}

// ticks prints boxes to tick in lines, or only measures them.
func (s *sheet) ticks(f Field, print bool) float64 {
	x, y := left+labels+2, 0.0
	const line = 5.6
	for _, o := range f.Options {
		text := o.Label.Ja + " " + o.Label.En
		w := 5 + s.doc.Width(text, tickSize) + 4
		if x+w > right && x > left+labels+2 {
			x, y = left+labels+2, y+line
		}
		if print {
			s.page.Box(x, s.y+y+1.9, 3.2, 3.2, thick)
			if o.On {
				s.page.Line(x+0.6, s.y+y+3.5, x+1.4, s.y+y+4.5, 0.5)
				s.page.Line(x+1.4, s.y+y+4.5, x+2.8, s.y+y+2.3, 0.5)
			}
			s.page.Paragraph(x+5, s.y+y+1.7, right-x-6, text, paper.Style{Size: tickSize})
		}
		x += w
	}
	return y + line
}

// signature is where the form is dated and signed.
func (s *sheet) signature() {
	const high = 20.0
	s.need(high)
	s.page.Text(left, s.y+2, "上記のとおり届け出ます(申請します)。 / I declare and apply as written above.", paper.Style{Size: 9})
	s.page.Text(left, s.y+11, "　　　　　年　　月　　日 / date", paper.Style{Size: 10})
	s.page.Text(left+75, s.y+11, "署名 / signature", paper.Style{Size: 10})
	s.page.Line(left+108, s.y+16, right, s.y+16, thin)
	s.y += high
}

// desk are the boxes that the office fills in.
func (s *sheet) desk() {
	const high = 14.0
	s.need(high + 2)
	boxes := []string{"受付 / received", "本人確認 / identity", "入力 / entered", "照合 / checked", "交付 / handed out"}
	w := width / float64(len(boxes))
	for i, name := range boxes {
		s.page.Box(left+float64(i)*w, s.y, w, high, thin)
		s.page.Text(left+float64(i)*w+1, s.y+0.8, name, paper.Style{Size: 7, Grey: 0.3})
	}
	s.y += high
}

// Doubts are the characters on the form that cannot be printed as they stand, field by field.
func (f Form) Doubts(fonts paper.Fonts) []paper.Doubt {
	var out []paper.Doubt
	for _, part := range f.Parts {
		for _, field := range part.Fields {
			out = append(out, fonts.Doubts(field.Label.Ja, field.Value)...)
		}
	}
	return out
}
