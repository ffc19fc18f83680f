package paper

import (
	"encoding/binary"
	"fmt"
	"sort"
)

// subset is the font file with some glyphs of a face: they keep their drawings and hints and are numbered anew from 1, in
// the order in which they were asked for; 0 is the box for what is missing.
type subset struct {
	face   *Face
	number map[uint16]uint16 // glyph of the face to glyph of the subset
	glyphs []uint16
}

func newSubset(f *Face) *subset {
	return &subset{face: f, number: map[uint16]uint16{0: 0}, glyphs: []uint16{0}}
}

// take numbers a glyph.
func (s *subset) take(glyph uint16) uint16 {
	n, ok := s.number[glyph]
	if !ok {
		n = uint16(len(s.glyphs))
		s.number[glyph], s.glyphs = n, append(s.glyphs, glyph)
	}
	return n
}

// Flags of a component of a compound glyph.
const (
	wordArguments  = 0x0001
	oneScale       = 0x0008
	moreComponents = 0x0020
	twoScales      = 0x0040
	fourScales     = 0x0080
)

// compound renumbers the parts of a compound glyph, and takes them.
func (s *subset) compound(b []byte) error {
	if len(b) < 10 || int16(binary.BigEndian.Uint16(b)) >= 0 {
		return nil
	}
	for at := 10; ; {
		if at+4 > len(b) {
			return fmt.Errorf("font %s: a compound glyph is cut off: %w", s.face.name, errFont)
		}
		flags, part := binary.BigEndian.Uint16(b[at:]), binary.BigEndian.Uint16(b[at+2:])
		if int(part) >= s.face.glyphs {
			return fmt.Errorf("font %s: a part of a compound glyph is missing: %w", s.face.name, errFont)
		}
		binary.BigEndian.PutUint16(b[at+2:], s.take(part))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if flags&moreComponents == 0 {
			return nil
		}
	}
}

// file writes the subset.
func (s *subset) file() ([]byte, error) {
	var glyf []byte
	loca := []byte{0, 0, 0, 0}
	for i := 0; i < len(s.glyphs); i++ { // parts of compound glyphs join at the end
		b, err := s.face.outline(s.glyphs[i])
		if err != nil {
			return nil, err
		}
		if err := s.compound(b); err != nil {
			return nil, err
		}
		glyf = append(glyf, b...)
		glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	var hmtx []byte
	for _, g := range s.glyphs {
		hmtx = binary.BigEndian.AppendUint16(hmtx, s.face.advances[min(int(g), len(s.face.advances)-1)])
		hmtx = binary.BigEndian.AppendUint16(hmtx, s.face.bearings[g])
	}
	tables := map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx}
	for tag, b := range s.face.copied {
		tables[tag] = append([]byte(nil), b...)
	}
	binary.BigEndian.PutUint32(tables["head"][8:], 0) // the sum over the whole file, which a part has not
	binary.BigEndian.PutUint16(tables["head"][50:], 1)
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(len(s.glyphs)))
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(len(s.glyphs)))
	return sfnt(tables), nil
}

// sfnt puts tables together, in the order of their tags.
func sfnt(tables map[string][]byte) []byte {
	var tags []string
	for tag := range tables {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	power, log := 1, 0
	for power*2 <= len(tags) {
		power, log = power*2, log+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(tags), power * 16, log, (len(tags) - power) * 16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := len(out) + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		b := tables[tag]
		out = append(out, tag...)
		out = binary.BigEndian.AppendUint32(out, sum(b))
		out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(b)))
		body = append(body, b...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	return append(out, body...)
}

// sum is a table's check sum.
func sum(b []byte) uint32 {
	var out uint32
	for ; len(b) >= 4; b = b[4:] {
		out += binary.BigEndian.Uint32(b)
	}
	var rest [4]byte
	copy(rest[:], b)
	return out + binary.BigEndian.Uint32(rest[:])
}
