package paper

import (
	"encoding/binary"
	"fmt"
)

// point is a corner of an outline in units of the font, y upwards.
type point struct {
	x, y float64
	on   bool // on the curve; otherwise it bends the curve (quadratic)
}

// Flags of a point of a simple glyph (OpenType, table glyf).
const (
	onCurve    = 0x01
	xShort     = 0x02
	yShort     = 0x04
	repeated   = 0x08
	xSameOrPos = 0x10
	ySameOrPos = 0x20
)

// Flag of a component whose arguments are a distance, and not two points that meet.
const argumentsAreXY = 0x0002

// Bounds of what one glyph may claim.
const (
	mostPoints = 1 << 14
	mostParts  = 256 // of a composed glyph, those of its parts among them
)

// contours are the closed lines of a glyph's drawing; none for a space.
func (f *Face) contours(glyph uint16) ([][]point, error) {
	parts := mostParts
	return f.drawn(glyph, &parts)
}

// drawn is contours with how many parts may still be read: a glyph that is a part of itself ends there.
func (f *Face) drawn(glyph uint16, parts *int) ([][]point, error) {
	broken := fmt.Errorf("font %s: glyph %d: %w", f.name, glyph, errFont)
	if *parts--; int(glyph) >= f.glyphs || *parts < 0 {
		return nil, broken
	}
	b, err := f.outline(glyph)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	if len(b) < 10 {
		return nil, broken
	}
	n := int(int16(binary.BigEndian.Uint16(b)))
	if n < 0 {
		return f.composed(b, parts, broken)
	}
	out, ok := simple(b[10:], n)
	if !ok {
		return nil, broken
	}
	return out, nil
}

// simple reads n contours: where each ends, instructions, then flags, x and y of all points.
func simple(b []byte, n int) ([][]point, bool) {
	if len(b) < 2*n+2 {
		return nil, false
	}
	ends := make([]int, n)
	total := 0
	for i := range ends {
		ends[i] = int(binary.BigEndian.Uint16(b[2*i:]))
		if ends[i] < total-1 || ends[i] >= mostPoints {
			return nil, false
		}
		total = ends[i] + 1
	}
	hints := int(binary.BigEndian.Uint16(b[2*n:]))
	if b = b[2*n+2:]; len(b) < hints {
		return nil, false
	}
	b = b[hints:]
	flags := make([]byte, 0, total)
	for len(flags) < total {
		if len(b) < 2 {
			return nil, false
		}
		flag, times := b[0], 1
		if b = b[1:]; flag&repeated != 0 {
			times, b = 1+int(b[0]), b[1:]
		}
		for ; times > 0 && len(flags) < total; times-- {
			flags = append(flags, flag)
		}
	}
	xs, b, ok := coordinates(b, flags, xShort, xSameOrPos)
	if !ok {
		return nil, false
	}
	ys, _, ok := coordinates(b, flags, yShort, ySameOrPos)
	if !ok {
		return nil, false
	}
	out, from := make([][]point, 0, n), 0
	for _, end := range ends {
		var c []point
		for i := from; i <= end; i++ {
			c = append(c, point{float64(xs[i]), float64(ys[i]), flags[i]&onCurve != 0})
		}
		out, from = append(out, c), end+1
	}
	return out, true
}

// coordinates reads one coordinate of each point, each as its distance from the one before.
func coordinates(b []byte, flags []byte, short, same byte) (out []int, rest []byte, ok bool) {
	at := 0
	for _, flag := range flags {
		switch {
		case flag&short != 0:
			if len(b) < 1 {
				return nil, nil, false
			}
			if step := int(b[0]); flag&same != 0 {
				at += step
			} else {
				at -= step
			}
			b = b[1:]
		case flag&same == 0:
			if len(b) < 2 {
				return nil, nil, false
			}
			at += int(int16(binary.BigEndian.Uint16(b)))
			b = b[2:]
		}
		out = append(out, at)
	}
	return out, b, true
}

// composed reads a glyph that is put together from others, each moved and scaled.
func (f *Face) composed(b []byte, parts *int, broken error) ([][]point, error) {
	var out [][]point
	for at := 10; ; {
		part, next, more, ok := readPart(b, at)
		if !ok {
			return nil, broken
		}
		drawing, err := f.drawn(part.glyph, parts)
		if err != nil {
			return nil, err
		}
		for _, c := range drawing {
			moved := make([]point, len(c))
			for i, p := range c {
				moved[i] = point{part.scale[0]*p.x + part.scale[2]*p.y + part.dx, part.scale[1]*p.x + part.scale[3]*p.y + part.dy, p.on}
			}
			out = append(out, moved)
		}
		if at = next; !more {
			return out, nil
		}
	}
}

// part is one glyph of a composed one.
type part struct {
	glyph  uint16
	scale  [4]float64 // xx, xy, yx, yy
	dx, dy float64
}

// readPart reads a part at an offset of the glyph's drawing, and where the next one begins.
func readPart(b []byte, at int) (p part, next int, more, ok bool) {
	if at+6 > len(b) {
		return p, 0, false, false
	}
	flags := binary.BigEndian.Uint16(b[at:])
	p.glyph, p.scale = binary.BigEndian.Uint16(b[at+2:]), [4]float64{1, 0, 0, 1}
	words := 0
	switch {
	case flags&oneScale != 0:
		words = 1
	case flags&twoScales != 0:
		words = 2
	case flags&fourScales != 0:
		words = 4
	}
	arguments := 2
	if flags&wordArguments != 0 {
		arguments = 4
	}
	if next = at + 4 + arguments + 2*words; next > len(b) || flags&argumentsAreXY == 0 {
		return p, 0, false, false // parts placed by meeting points stand in none of the fonts that offices print with
	}
	if flags&wordArguments != 0 {
		p.dx, p.dy = float64(int16(binary.BigEndian.Uint16(b[at+4:]))), float64(int16(binary.BigEndian.Uint16(b[at+6:])))
	} else {
		p.dx, p.dy = float64(int8(b[at+4])), float64(int8(b[at+5]))
	}
	fixed := func(i int) float64 { // 2.14
		return float64(int16(binary.BigEndian.Uint16(b[at+4+arguments+2*i:]))) / 16384
	}
	switch words {
	case 1:
		p.scale[0], p.scale[3] = fixed(0), fixed(0)
	case 2:
		p.scale[0], p.scale[3] = fixed(0), fixed(1)
	case 4:
		p.scale = [4]float64{fixed(0), fixed(1), fixed(2), fixed(3)}
	}
	return p, next, flags&moreComponents != 0, true
}
