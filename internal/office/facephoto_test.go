package office_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"mynumber/internal/office"
)

// The chip's photo stands upright whatever the file says of itself, is grey, and leaves room on the chip.
func TestChipPhoto(t *testing.T) {
	upright := image.NewGray(image.Rect(0, 0, 700, 900)) // bright at the top, and more so on the left
	for y := range 900 {
		for x := range 700 {
			if y < 450 {
				upright.Pix[y*upright.Stride+x] = 150
			}
			if x < 350 {
				upright.Pix[y*upright.Stride+x] += 50
			}
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, upright, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rule        string
		orientation byte
		corners     [4]int // top left, top right, bottom left, bottom right
	}{
		{"APP-042 upright", 1, [4]int{200, 150, 50, 0}},
		{"APP-042 mirrored", 2, [4]int{150, 200, 0, 50}},
		{"APP-042 on its head", 3, [4]int{0, 50, 150, 200}},
		{"APP-042 mirrored on its head", 4, [4]int{50, 0, 200, 150}},
		{"APP-042 an orientation that does not exist", 9, [4]int{200, 150, 50, 0}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			small, err := office.ChipPhoto(withOrientation(file.Bytes(), c.orientation))
			if err != nil {
				t.Fatal(err)
			}
			grey := openjpeg(t, small)
			for i, at := range []image.Point{{20, 20}, {220, 20}, {20, 289}, {220, 289}} {
				if got := int(grey[at.Y*240+at.X]); got < c.corners[i]-10 || got > c.corners[i]+10 {
					t.Errorf("at %v it is %d, want %d", at, got, c.corners[i])
				}
			}
		})
	}
	t.Run("CARD-016 the invented faces fit", func(t *testing.T) {
		small, err := office.ChipPhoto(photo(t))
		if err != nil || len(small) > 8000 {
			t.Errorf("%d bytes, %v", len(small), err)
		}
	})
	t.Run("CARD-016 so does the noisiest picture", func(t *testing.T) {
		noise := image.NewGray(image.Rect(0, 0, 700, 900))
		state := uint32(1)
		for i := range noise.Pix {
			state = state*1664525 + 1013904223
			noise.Pix[i] = byte(state >> 24)
		}
		var file bytes.Buffer
		if err := jpeg.Encode(&file, noise, &jpeg.Options{Quality: 100}); err != nil {
			t.Fatal(err)
		}
		small, err := office.ChipPhoto(file.Bytes())
		if err != nil || len(small) > 8000 {
			t.Errorf("%d bytes, %v", len(small), err)
		}
	})
}

// openjpeg is what OpenJPEG reads in a chip's photo: 240 × 309 points of grey.
func openjpeg(t *testing.T, photo []byte) []byte {
	t.Helper()
	decoder, err := exec.LookPath("opj_decompress")
	if err != nil {
		t.Skip("opj_decompress is not installed (Debian: libopenjp2-tools)")
	}
	in, out := filepath.Join(t.TempDir(), "photo.jp2"), filepath.Join(t.TempDir(), "photo.pgm")
	if err := os.WriteFile(in, photo, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(decoder, "-i", in, "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("opj_decompress: %v\n%s", err, said)
	}
	b, err := os.ReadFile(out)
	if err != nil || len(b) < 240*309 || !bytes.HasPrefix(b, []byte("P5\n")) || !bytes.Contains(b[:len(b)-240*309], []byte("240 309\n255\n")) {
		t.Fatalf("%v, %.80q", err, b)
	}
	return b[len(b)-240*309:]
}
