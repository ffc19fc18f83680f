package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/vector"
)

// Field is where a text is drawn as a picture, in points of the picture.
type Field struct {
	Width, Height int
	Largest       float64 // letters of a short text
	Single        float64 // down to which letters shrink so that the text stays in one line
	Smallest      float64 // down to which they shrink in several lines; what still has no room makes the picture higher
}

// ink is how much of a point a letter has to cover so that it is black. Less than half: thin lines of small letters would
// fall apart.
const ink = 0.36

// lineStep is the distance of two lines of a picture, in ems: on a card they stand closer than on a page.
const lineStep = 1.16

// Picture draws a text black on white as a PNG of one bit a point. Nothing is cut off: long texts shrink, then break
// into lines, then make the picture higher. The same text gives the same bytes; characters that cannot be drawn as
// they stand are marked as on a page.
func (f Fonts) Picture(s string, in Field) ([]byte, error) {
	em, lines := f.fit(s, in)
	height := max(in.Height, 1+int(lineStep*em*float64(len(lines))))
	top := (float64(height) - em*(1+lineStep*float64(len(lines)-1))) / 2
	canvas := image.NewAlpha(image.Rect(0, 0, in.Width, height))
	for i, line := range lines {
		base := top + em*(ascent+lineStep*float64(i))
		if err := f.ink(canvas, line, em, base); err != nil {
			return nil, err
		}
	}
	picture := image.NewPaletted(canvas.Rect, color.Palette{color.White, color.Black})
	for i, a := range canvas.Pix {
		if float64(a) >= ink*255 {
			picture.Pix[i] = 1
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return out.Bytes(), nil
}

// fit is the size of letters for a text, and its lines.
func (f Fonts) fit(s string, in Field) (em float64, lines [][]sign) {
	width := float64(in.Width)
	for em = in.Largest; em >= in.Single; em-- {
		if lines = f.wrap(s, em, width); len(lines) == 1 {
			return em, lines
		}
	}
	for em = in.Single; em > in.Smallest; em-- {
		if lines = f.wrap(s, em, width); lineStep*em*float64(len(lines)) <= float64(in.Height) {
			return em, lines
		}
	}
	return em, f.wrap(s, em, width)
}

// ink draws a line of signs from the left edge on, its base at y.
func (f Fonts) ink(canvas *image.Alpha, line []sign, em, y float64) error {
	pen, size := vector.NewRasterizer(canvas.Rect.Dx(), canvas.Rect.Dy()), canvas.Rect.Size()
	x := 0.0
	for _, s := range line {
		face := f[s.face]
		drawing, err := face.contours(s.glyph)
		if err != nil {
			return err
		}
		unit := em / float64(face.em)
		pen.Reset(size.X, size.Y)
		pen.DrawOp = draw.Over
		for _, c := range drawing {
			trace(pen, c, x, y, unit)
		}
		pen.Draw(canvas, canvas.Rect, image.Opaque, image.Point{})
		x += float64(face.advance(s.glyph)) / 1000 * em
	}
	return nil
}

// trace follows a contour. Between two points that bend the curve lies one on it, in their middle.
func trace(pen *vector.Rasterizer, c []point, x, y, unit float64) {
	if len(c) < 2 {
		return
	}
	at := func(p point) (float32, float32) { return float32(x + p.x*unit), float32(y - p.y*unit) }
	middle := func(a, b point) point { return point{(a.x + b.x) / 2, (a.y + b.y) / 2, true} }
	last := c[len(c)-1]
	start := c[0]
	if !start.on {
		if start = last; !last.on {
			start = middle(last, c[0])
		}
	}
	pen.MoveTo(at(start))
	for i, p := range c {
		next := c[(i+1)%len(c)]
		switch {
		case p.on:
			pen.LineTo(at(p))
		case next.on:
			bx, by := at(p)
			cx, cy := at(next)
			pen.QuadTo(bx, by, cx, cy)
		default:
			bx, by := at(p)
			cx, cy := at(middle(p, next))
			pen.QuadTo(bx, by, cx, cy)
		}
	}
	pen.ClosePath()
}
