// Package jp2 writes a grey picture as JPEG 2000, the form in which an Individual Number Card holds the holder's photo:
// one tile, one component of eight bits, the reversible 5/3 transform, in the box file JP2. It is written from ISO/IEC
// 15444-1; the comments name its clauses. Without a limit the picture is kept exactly; with one the least visible passes
// of its bit-planes are left out. It reads nothing.
package jp2

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
)

// Bounds of what is written.
const (
	// MostSide is how many points wide and high a picture may be.
	MostSide = 4096

	mostLevels = 5 // of the wavelet transform
	blockSide  = 64
	guardBits  = 2
	depth      = 8 // bits of a point
)

// ErrLimit says that a picture cannot be written in so few bytes.
var ErrLimit = errors.New("jp2: the limit leaves no room for a picture")

// Encode writes a picture as a JP2 file: exactly, or with a limit in at most so many bytes, as near to the picture as
// they allow. The same picture gives the same bytes. An empty picture or one with a side past MostSide is an error.
func Encode(picture *image.Gray, limit int) ([]byte, error) {
	width, height := picture.Rect.Dx(), picture.Rect.Dy()
	if width < 1 || height < 1 || width > MostSide || height > MostSide {
		return nil, fmt.Errorf("jp2: a picture of %d × %d points", width, height)
	}
	p := plane{width: width, height: height, stride: width, at: make([]int32, width*height)}
	for y := range height {
		row := picture.Pix[y*picture.Stride : y*picture.Stride+width]
		for x, v := range row {
			p.at[y*width+x] = int32(v) - 1<<(depth-1) // DC level shift, G.1
		}
	}
	levels := p.levels()
	for n := range levels {
		p.analyse(n)
	}
	pieces := p.resolutions(levels)
	for _, r := range pieces {
		for _, b := range r {
			b.code(&p, limit > 0)
		}
	}
	write := func() []byte { return file(width, height, levels, packets(pieces)) }
	if limit > 0 {
		return withinLimit(pieces, limit, write)
	}
	return write(), nil
}

// box appends a box of JP2 (I.4).
func box(out []byte, kind string, content ...[]byte) []byte {
	length := 8
	for _, c := range content {
		length += len(c)
	}
	out = binary.BigEndian.AppendUint32(out, uint32(length))
	out = append(out, kind...)
	for _, c := range content {
		out = append(out, c...)
	}
	return out
}

// file puts the boxes around a codestream: signature (I.5.1), file type (I.5.2), header (I.5.3) with the picture's size
// and the enumerated colour space 17, grey, then the codestream (I.5.4).
func file(width, height, levels int, body []byte) []byte {
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(height)), uint32(width))
	header := box(nil, "ihdr", size, []byte{0, 1, depth - 1, 7, 0, 0})
	header = box(header, "colr", []byte{1, 0, 0, 0, 0, 0, 17})
	out := box(nil, "jP  ", []byte{0x0D, 0x0A, 0x87, 0x0A})
	out = box(out, "ftyp", []byte("jp2 \x00\x00\x00\x00jp2 "))
	out = box(out, "jp2h", header)
	return box(out, "jp2c", codestream(width, height, levels, body))
}

// Markers of a codestream (Table A.1).
const (
	startOfCodestream = 0xFF4F
	size              = 0xFF51
	codingStyle       = 0xFF52
	quantization      = 0xFF5C
	startOfTile       = 0xFF90
	startOfData       = 0xFF93
	endOfCodestream   = 0xFFD9
)

// codestream is the main header, one tile-part and the end (Annex A).
func codestream(width, height, levels int, body []byte) []byte {
	var out []byte
	two := func(values ...int) {
		for _, v := range values {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	four := func(values ...int) {
		for _, v := range values {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
	}
	two(startOfCodestream, size, 41, 0) // A.5.1: the length, no profile
	four(width, height, 0, 0, width, height, 0, 0)
	two(1)
	out = append(out, depth-1, 1, 1)
	two(codingStyle, 12) // A.6.1: no precincts, one layer, resolution by resolution, blocks of 64 × 64, 5/3
	out = append(out, 0, 0, 0, 1, 0, byte(levels), 4, 4, 0, 1)
	two(quantization, 4+3*levels) // A.6.4: none; the exponents are those of the reversible transform
	out = append(out, guardBits<<5, depth<<3)
	for range levels {
		out = append(out, (depth+1)<<3, (depth+1)<<3, (depth+2)<<3)
	}
	two(startOfTile, 10, 0) // A.4.2
	four(12 + 2 + len(body))
	out = append(out, 0, 1)
	two(startOfData)
	out = append(out, body...)
	two(endOfCodestream)
	return out
}
