package office

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"slices"

	"golang.org/x/image/draw"
)

// The chip's photo: grey, at the size in which the face is printed (27.5 × 22.0 mm) at 280 dots an inch.
const (
	chipPhotoWidth   = 240
	chipPhotoHeight  = 309
	chipPhotoQuality = 80
)

// chipPhoto is the application's photo as the chip takes it: real cards hold a small grey picture, and the whole card
// face has to fit into one file.
func chipPhoto(file []byte) ([]byte, error) {
	photo, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("read the photo: %w", err)
	}
	small := image.NewGray(image.Rect(0, 0, chipPhotoWidth, chipPhotoHeight))
	draw.CatmullRom.Scale(small, small.Bounds(), photo, photo.Bounds(), draw.Src, nil)
	stand(small, orientation(file))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: chipPhotoQuality}); err != nil {
		return nil, fmt.Errorf("write the photo: %w", err)
	}
	return out.Bytes(), nil
}

// stand mirrors a picture as the file's orientation says: 2 left and right, 4 top and bottom, 3 both. The chip's picture
// has no such word. A file that lies on its side (5 to 8) was refused when the application was filed.
func stand(p *image.Gray, orientation int) {
	if orientation == 2 || orientation == 3 {
		for y := range chipPhotoHeight {
			slices.Reverse(p.Pix[y*p.Stride : y*p.Stride+chipPhotoWidth])
		}
	}
	if orientation == 3 || orientation == 4 {
		for y := range chipPhotoHeight / 2 {
			for x := range chipPhotoWidth {
				i, j := y*p.Stride+x, (chipPhotoHeight-1-y)*p.Stride+x
				p.Pix[i], p.Pix[j] = p.Pix[j], p.Pix[i]
			}
		}
	}
}
