package reader

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// Cell of one digit in pixels: the number's image on the test card is 72 × 12 for twelve digits.
const cellWidth, cellHeight = 6, 12

// glyphs are the ten digits, five pixels wide and seven high, a row to a byte.
var glyphs = [10][7]byte{
	{0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E},
	{0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E},
	{0x0E, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1F},
	{0x1F, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0E},
	{0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02},
	{0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E},
	{0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E},
	{0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08},
	{0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E},
	{0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C},
}

// DigitsImage draws digits black on white as a 1-bit PNG, 6 × 12 pixels each; other characters leave a
// gap. The same digits give the same bytes.
func DigitsImage(digits string) []byte {
	canvas := newCanvas(cellWidth*len(digits), cellHeight)
	for i, c := range []byte(digits) {
		if c < '0' || c > '9' {
			continue
		}
		for y, row := range glyphs[c-'0'] {
			for x := range 5 {
				if row&(0x10>>x) != 0 {
					canvas.SetColorIndex(i*cellWidth+x, y+2, 1)
				}
			}
		}
	}
	return encode(canvas)
}

// BlankImage is a white 1-bit PNG, for tests of what has no font at hand.
func BlankImage(width, height int) []byte { return encode(newCanvas(width, height)) }

func newCanvas(width, height int) *image.Paletted {
	return image.NewPaletted(image.Rect(0, 0, max(width, 1), max(height, 1)), color.Palette{color.White, color.Black})
}

func encode(img *image.Paletted) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic("reader: " + err.Error()) // a buffer takes everything, and no picture here is empty
	}
	return b.Bytes()
}
