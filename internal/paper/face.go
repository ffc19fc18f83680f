package paper

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
)

// Face is one TrueType font with outlines of its own (glyf). A large font stays where it is: only its tables of characters
// and widths are read, and the outlines of the glyphs that a page needs.
type Face struct {
	name   string
	source io.ReaderAt
	glyf   table
	em     int // units to the em
	glyphs int

	groups   []group    // cmap format 12: Unicode to glyph
	variants []selector // cmap format 14: base character with variation selector to glyph
	advances []uint16   // widths of the first glyphs; the last one is everybody's after it
	bearings []uint16   // where each drawing begins
	loca     []uint32
	copied   map[string][]byte // tables that a subset takes over as they are
}

type table struct{ offset, length int64 }

// group is a run of characters with a run of glyphs.
type group struct{ first, last, glyph uint32 }

// selector is a variation selector with its base characters.
type selector struct {
	char     rune
	ordinary []span          // the base's own glyph is the one
	own      map[rune]uint16 // a glyph of their own
}

type span struct{ first, last rune }

// Bounds of what a font may claim, so that a broken file is refused and never fills the memory.
const (
	mostTables  = 64
	mostTable   = 32 << 20
	mostGlyphs  = 1 << 16
	mostEntries = 1 << 20
)

var errFont = errors.New("not a TrueType font that can be printed with")

// NewFace reads a TrueType font of size bytes.
func NewFace(name string, source io.ReaderAt, size int64) (*Face, error) {
	f := &Face{name: name, source: source, copied: map[string][]byte{}}
	tables, err := f.directory(size)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f.glyf = tables["glyf"]
	for _, step := range []func(map[string]table) error{f.readHead, f.readLoca, f.readWidths, f.readChars, f.readCopied} {
		if err := step(tables); err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
	}
	return f, nil
}

// directory lists the tables, each inside the file.
func (f *Face) directory(size int64) (map[string]table, error) {
	var head [12]byte
	if _, err := f.source.ReadAt(head[:], 0); err != nil {
		return nil, errFont
	}
	n := int(binary.BigEndian.Uint16(head[4:]))
	if v := binary.BigEndian.Uint32(head[:]); v != 0x00010000 && v != 0x74727565 || n > mostTables {
		return nil, errFont
	}
	rows := make([]byte, 16*n)
	if _, err := f.source.ReadAt(rows, 12); err != nil {
		return nil, errFont
	}
	out := map[string]table{}
	for ; len(rows) > 0; rows = rows[16:] {
		t := table{int64(binary.BigEndian.Uint32(rows[8:])), int64(binary.BigEndian.Uint32(rows[12:]))}
		if t.offset+t.length > size {
			return nil, errFont
		}
		out[string(rows[:4])] = t
	}
	return out, nil
}

// read is a table's bytes, at least so many.
func (f *Face) read(tables map[string]table, tag string, least int) ([]byte, error) {
	t, ok := tables[tag]
	if !ok || t.length < int64(least) || t.length > mostTable {
		return nil, fmt.Errorf("table %q: %w", tag, errFont)
	}
	b := make([]byte, t.length)
	if _, err := f.source.ReadAt(b, t.offset); err != nil {
		return nil, fmt.Errorf("table %q: %w", tag, errFont)
	}
	return b, nil
}

func (f *Face) readHead(tables map[string]table) error {
	head, err := f.read(tables, "head", 54)
	if err != nil {
		return err
	}
	maxp, err := f.read(tables, "maxp", 32)
	if err != nil {
		return err
	}
	f.em, f.glyphs = int(binary.BigEndian.Uint16(head[18:])), int(binary.BigEndian.Uint16(maxp[4:]))
	if f.em < 16 || f.em > 16384 || f.glyphs == 0 {
		return errFont
	}
	f.copied["head"], f.copied["maxp"] = head, maxp
	return nil
}

func (f *Face) readLoca(tables map[string]table) error {
	long := binary.BigEndian.Uint16(f.copied["head"][50:]) != 0
	width := 2
	if long {
		width = 4
	}
	b, err := f.read(tables, "loca", width*(f.glyphs+1))
	if err != nil {
		return err
	}
	f.loca = make([]uint32, f.glyphs+1)
	for i := range f.loca {
		if long {
			f.loca[i] = binary.BigEndian.Uint32(b[4*i:])
		} else {
			f.loca[i] = 2 * uint32(binary.BigEndian.Uint16(b[2*i:]))
		}
		if int64(f.loca[i]) > f.glyf.length || i > 0 && f.loca[i] < f.loca[i-1] {
			return fmt.Errorf("table loca: %w", errFont)
		}
	}
	return nil
}

func (f *Face) readWidths(tables map[string]table) error {
	hhea, err := f.read(tables, "hhea", 36)
	if err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(hhea[34:]))
	if n == 0 || n > f.glyphs {
		return fmt.Errorf("table hhea: %w", errFont)
	}
	hmtx, err := f.read(tables, "hmtx", 4*n+2*(f.glyphs-n))
	if err != nil {
		return err
	}
	f.advances, f.bearings = make([]uint16, n), make([]uint16, f.glyphs)
	for i := range f.bearings {
		if i >= n {
			f.bearings[i] = binary.BigEndian.Uint16(hmtx[4*n+2*(i-n):])
			continue
		}
		f.advances[i], f.bearings[i] = binary.BigEndian.Uint16(hmtx[4*i:]), binary.BigEndian.Uint16(hmtx[4*i+2:])
	}
	f.copied["hhea"] = hhea
	return nil
}

// readCopied reads the programs that the outlines' hints call.
func (f *Face) readCopied(tables map[string]table) error {
	for _, tag := range []string{"cvt ", "fpgm", "prep"} {
		if _, ok := tables[tag]; !ok {
			continue
		}
		b, err := f.read(tables, tag, 0)
		if err != nil {
			return err
		}
		f.copied[tag] = b
	}
	return nil
}

// readChars reads the characters: a table of format 12 has to be there, one of format 14 may be.
func (f *Face) readChars(tables map[string]table) error {
	b, err := f.read(tables, "cmap", 4)
	if err != nil {
		return err
	}
	for i := range int(binary.BigEndian.Uint16(b[2:])) {
		if len(b) < 12+8*i {
			return fmt.Errorf("table cmap: %w", errFont)
		}
		at := int64(binary.BigEndian.Uint32(b[8+8*i:]))
		if at+2 > int64(len(b)) {
			return fmt.Errorf("table cmap: %w", errFont)
		}
		switch sub := b[at:]; binary.BigEndian.Uint16(sub) {
		case 12:
			err = f.readGroups(sub)
		case 14:
			err = f.readVariants(sub)
		}
		if err != nil {
			return err
		}
	}
	if len(f.groups) == 0 {
		return fmt.Errorf("it has no table of all Unicode characters (cmap format 12): %w", errFont)
	}
	return nil
}

func (f *Face) readGroups(b []byte) error {
	if len(b) < 16 {
		return fmt.Errorf("cmap format 12: %w", errFont)
	}
	n := int64(binary.BigEndian.Uint32(b[12:]))
	if n > mostEntries || int64(len(b)) < 16+12*n {
		return fmt.Errorf("cmap format 12: %w", errFont)
	}
	f.groups = make([]group, n)
	for i := range f.groups {
		row := b[16+12*i:]
		g := group{binary.BigEndian.Uint32(row), binary.BigEndian.Uint32(row[4:]), binary.BigEndian.Uint32(row[8:])}
		if g.last < g.first || g.last > 0x10FFFF || i > 0 && g.first <= f.groups[i-1].last || g.glyph+(g.last-g.first) >= uint32(f.glyphs) || g.glyph >= mostGlyphs {
			return fmt.Errorf("cmap format 12: %w", errFont)
		}
		f.groups[i] = g
	}
	return nil
}

func (f *Face) readVariants(b []byte) error {
	broken := fmt.Errorf("cmap format 14: %w", errFont)
	if len(b) < 10 {
		return broken
	}
	n := int64(binary.BigEndian.Uint32(b[6:]))
	if n > 512 || int64(len(b)) < 10+11*n {
		return broken
	}
	for i := range int(n) {
		row := b[10+11*i:]
		s := selector{char: uint24(row), own: map[rune]uint16{}}
		if at := int64(binary.BigEndian.Uint32(row[3:])); at != 0 {
			rows, ok := counted(b, at, 4)
			if !ok {
				return broken
			}
			for ; len(rows) > 0; rows = rows[4:] {
				s.ordinary = append(s.ordinary, span{uint24(rows), uint24(rows) + rune(rows[3])})
			}
		}
		if at := int64(binary.BigEndian.Uint32(row[7:])); at != 0 {
			rows, ok := counted(b, at, 5)
			if !ok {
				return broken
			}
			for ; len(rows) > 0; rows = rows[5:] {
				glyph := binary.BigEndian.Uint16(rows[3:])
				if int(glyph) >= f.glyphs {
					return broken
				}
				s.own[uint24(rows)] = glyph
			}
		}
		f.variants = append(f.variants, s)
	}
	return nil
}

// counted are the rows of a list that begins with their number.
func counted(b []byte, at int64, width int) ([]byte, bool) {
	if at+4 > int64(len(b)) {
		return nil, false
	}
	n := int64(binary.BigEndian.Uint32(b[at:]))
	if n > mostEntries || at+4+n*int64(width) > int64(len(b)) {
		return nil, false
	}
	return b[at+4 : at+4+n*int64(width)], true
}

func uint24(b []byte) rune { return rune(b[0])<<16 | rune(b[1])<<8 | rune(b[2]) }

// Glyph is the glyph of a character, zero when the font has none.
func (f *Face) Glyph(r rune) uint16 {
	i := sort.Search(len(f.groups), func(i int) bool { return f.groups[i].last >= uint32(r) })
	if i == len(f.groups) || f.groups[i].first > uint32(r) {
		return 0
	}
	return uint16(f.groups[i].glyph + uint32(r) - f.groups[i].first)
}

// Variant is the glyph of a character with a variation selector, zero when the font does not know the sequence.
func (f *Face) Variant(base, with rune) uint16 {
	for _, s := range f.variants {
		if s.char != with {
			continue
		}
		if g, ok := s.own[base]; ok {
			return g
		}
		for _, o := range s.ordinary {
			if o.first <= base && base <= o.last {
				return f.Glyph(base)
			}
		}
	}
	return 0
}

// advance is a glyph's width in thousandths of the em.
func (f *Face) advance(glyph uint16) int {
	i := min(int(glyph), len(f.advances)-1)
	return int(f.advances[i]) * 1000 / f.em
}

// outline is a glyph's drawing; empty for a space.
func (f *Face) outline(glyph uint16) ([]byte, error) {
	from, to := f.loca[glyph], f.loca[glyph+1]
	b := make([]byte, to-from)
	if _, err := f.source.ReadAt(b, f.glyf.offset+int64(from)); err != nil && !(err == io.EOF && len(b) == 0) {
		return nil, fmt.Errorf("font %s: glyph %d: %w", f.name, glyph, err)
	}
	return b, nil
}
