package office

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"

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
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: chipPhotoQuality}); err != nil {
		return nil, fmt.Errorf("write the photo: %w", err)
	}
	return out.Bytes(), nil
}
