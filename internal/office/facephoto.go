package office

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strconv"
	"strings"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"

	"mynumber/internal/civil"
	"mynumber/internal/jp2"
	"mynumber/internal/procedure"
)

// The chip's photo: grey, at the size in which the face is printed (27.5 × 22.0 mm) at 280 dots an inch, in so many bytes at
// most: a face then differs from the photo by less than the eye sees (35 to 50 dB on photographs).
const (
	chipPhotoWidth  = 240
	chipPhotoHeight = 309
	chipPhotoBytes  = 8000
)

// chipPhoto is the application's photo as the chip takes it: real cards hold a small grey picture in JPEG 2000, and the whole
// card face has to fit into one file.
func chipPhoto(file []byte) ([]byte, error) {
	photo, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("read the photo: %w", err)
	}
	small := image.NewGray(image.Rect(0, 0, chipPhotoWidth, chipPhotoHeight))
	draw.CatmullRom.Scale(small, small.Bounds(), photo, photo.Bounds(), draw.Src, nil)
	stand(small, orientation(file))
	out, err := jp2.Encode(small, chipPhotoBytes)
	if err != nil {
		return nil, fmt.Errorf("write the photo: %w", err)
	}
	return out, nil
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

// decoding bounds how many photos are decoded at once: the largest that the rules allow takes some hundred megabytes, and
// anybody may send one.
var decoding = make(chan struct{}, 2)

// measure takes the facts of a photo file. It is never called in a transaction, which would keep everybody waiting.
func measure(ctx context.Context, on civil.Date, file []byte) (procedure.PhotoFacts, error) {
	facts := procedure.PhotoFacts{Bytes: len(file)}
	config, err := jpeg.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return facts, nil
	}
	facts.Readable, facts.Width, facts.Height, facts.Turned = true, config.Width, config.Height, turned(file)
	if _, err := procedure.CheckPhoto(on, facts); err != nil {
		return facts, nil // what the file's head already rules out is not decoded
	}
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return facts, fmt.Errorf("wait to read a photo: %w", ctx.Err())
	}
	_, err = jpeg.Decode(bytes.NewReader(file))
	facts.Readable = err == nil
	return facts, nil
}

// measureFor measures the photo of a request, or of the draft it names; a draft that is not there has none.
func (o *Office) measureFor(ctx context.Context, r FileRequest) (procedure.PhotoFacts, error) {
	photo := r.Photo
	if r.DraftCode != "" {
		draft, err := o.Draft(ctx, r.DraftCode)
		if err != nil && !isNotFound(err) {
			return procedure.PhotoFacts{}, err
		}
		photo = draft.Photo
	}
	return measure(ctx, civil.DateOf(o.Clock()), photo)
}

// turned reports that the file asks to be turned by a quarter (EXIF orientation 5 to 8).
func turned(file []byte) bool { return orientation(file) >= 5 }

// orientation is how the file says it has to be turned (EXIF 0x0112): 1 stands upright, as does a file that says nothing.
func orientation(file []byte) int {
	value := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(file), ImageFormat: imagemeta.JPEG, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			n, err := strconv.Atoi(strings.TrimSpace(fmt.Sprint(tag.Value)))
			if err == nil && n >= 1 && n <= 8 {
				value = n
			}
			return nil
		},
	})
	if err != nil {
		return 1
	}
	return value
}
