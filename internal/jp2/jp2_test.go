package jp2_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/jp2"
)

func program(t testing.TB, name, from string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (Debian: %s)", name, from)
	}
	return path
}

// picture is one of a kind with a seed: noise, a slope, letters-like edges, a face-like mixture, one flat grey.
func picture(kind string, width, height int, seed uint64) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, width, height))
	chance := rand.New(rand.NewPCG(seed, 1))
	for y := range height {
		for x := range width {
			v := 0.0
			switch kind {
			case "noise":
				v = float64(chance.IntN(256))
			case "slope":
				v = 255 * float64(x+y) / float64(width+height)
			case "edges":
				v = float64((x/7+y/5)%2) * 255
			case "face":
				dx, dy := float64(x)/float64(width)-.5, float64(y)/float64(height)-.45
				v = 220 - 140*math.Exp(-12*(dx*dx+dy*dy)) + 20*math.Sin(float64(x)/9)*math.Cos(float64(y)/6) + 6*chance.NormFloat64()
			case "flat":
				v = float64(seed % 256)
			}
			p.Pix[y*p.Stride+x] = byte(max(0, min(255, v)))
		}
	}
	return p
}

var kinds = []string{"noise", "slope", "edges", "face", "flat"}

// openjpeg decodes a file with Debian's opj_decompress.
func openjpeg(t testing.TB, file []byte) *image.Gray {
	t.Helper()
	decoder := program(t, "opj_decompress", "libopenjp2-tools")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "a.jp2"), filepath.Join(dir, "a.pgm")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(decoder, "-i", in, "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("opj_decompress: %v\n%s", err, said)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return pgm(t, b)
}

// pgm reads the picture that decoders write.
func pgm(t testing.TB, b []byte) *image.Gray {
	t.Helper()
	var fields [4]int
	rest := b[2:]
	for i := 0; i < 3; {
		rest = bytes.TrimLeft(rest, " \n\t")
		if rest[0] == '#' {
			rest = rest[bytes.IndexByte(rest, '\n'):]
			continue
		}
		end := bytes.IndexAny(rest, " \n\t")
		fmt.Sscan(string(rest[:end]), &fields[i])
		rest, i = rest[end:], i+1
	}
	p := image.NewGray(image.Rect(0, 0, fields[0], fields[1]))
	if copy(p.Pix, rest[1:]) != len(p.Pix) || string(b[:2]) != "P5" || fields[2] != 255 {
		t.Fatalf("a picture of %v in %d bytes", fields, len(b))
	}
	return p
}

// TestLossless: OpenJPEG reads every point as it was, whatever the picture and its sides.
func TestLossless(t *testing.T) {
	program(t, "opj_decompress", "libopenjp2-tools")
	seed := uint64(0)
	for _, side := range [][2]int{{1, 1}, {1, 2}, {2, 1}, {1, 17}, {23, 1}, {2, 2}, {3, 5}, {31, 33}, {64, 64}, {65, 63}, {129, 66}, {240, 309}, {97, 260}} {
		for _, kind := range kinds {
			seed++
			want := picture(kind, side[0], side[1], seed)
			file, err := jp2.Encode(want, 0)
			if err != nil {
				t.Fatal(err)
			}
			got := openjpeg(t, file)
			if got.Rect != want.Rect || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%s %v: OpenJPEG reads another picture", kind, side)
			}
		}
	}
}

// TestSecondDecoder: FFmpeg's decoder, which shares nothing with OpenJPEG, reads the same points.
func TestSecondDecoder(t *testing.T) {
	decoder := program(t, "ffmpeg", "ffmpeg")
	for i, side := range [][2]int{{64, 64}, {31, 33}, {240, 309}, {97, 260}} {
		for _, limit := range []int{0, 5000} {
			want := picture(kinds[i], side[0], side[1], uint64(i))
			file, err := jp2.Encode(want, limit)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			in, out := filepath.Join(dir, "a.jp2"), filepath.Join(dir, "a.pgm")
			if err := os.WriteFile(in, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.Command(decoder, "-v", "error", "-i", in, "-pix_fmt", "gray", out).CombinedOutput(); err != nil {
				t.Fatalf("ffmpeg: %v\n%s", err, said)
			}
			b, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			got := pgm(t, b)
			if limit == 0 && !bytes.Equal(got.Pix, want.Pix) || got.Rect != want.Rect || psnr(want, got) < 12 {
				t.Errorf("%s %v in %d bytes: FFmpeg reads another picture, %.1f dB", kinds[i], side, limit, psnr(want, got))
			}
		}
	}
}

// psnr is how near one picture is to another, in decibels; above 35 the eye sees no difference in a face.
func psnr(a, b *image.Gray) float64 {
	sum := 0.0
	for i := range a.Pix {
		d := float64(a.Pix[i]) - float64(b.Pix[i])
		sum += d * d
	}
	if sum == 0 {
		return math.Inf(1)
	}
	return 10 * math.Log10(255*255*float64(len(a.Pix))/sum)
}

// TestLimit: the file never has more bytes than it may, uses most of them, and more bytes bring a nearer picture.
func TestLimit(t *testing.T) {
	program(t, "opj_decompress", "libopenjp2-tools")
	for _, c := range []struct {
		kind  string
		limit int
		least float64 // dB
	}{
		{"face", 300, 15}, {"face", 1000, 20}, {"face", 4000, 27}, {"face", 12000, 32}, {"face", 30000, 38},
		{"noise", 12000, 9}, {"edges", 12000, 12}, {"slope", 1500, 35}, {"flat", 200, 45},
	} {
		want := picture(c.kind, 240, 309, 5)
		file, err := jp2.Encode(want, c.limit)
		if err != nil {
			t.Fatalf("%s in %d: %v", c.kind, c.limit, err)
		}
		got := openjpeg(t, file)
		near := psnr(want, got)
		t.Logf("%s: %d of %d bytes, %.1f dB", c.kind, len(file), c.limit, near)
		if len(file) > c.limit || near < c.least {
			t.Errorf("%s: %d of %d bytes, %.1f dB, want %.1f", c.kind, len(file), c.limit, near, c.least)
		}
		if c.kind == "face" && len(file) < c.limit*95/100 {
			t.Errorf("%s: %d of %d bytes are used", c.kind, len(file), c.limit)
		}
		if again, err := jp2.Encode(want, c.limit); err != nil || !bytes.Equal(file, again) {
			t.Error("the same picture gives other bytes")
		}
	}
}

// TestLimitSides: odd sides and small limits, read without a fault.
func TestLimitSides(t *testing.T) {
	program(t, "opj_decompress", "libopenjp2-tools")
	for i, side := range [][2]int{{1, 1}, {1, 40}, {33, 31}, {130, 70}, {64, 65}} {
		want := picture("noise", side[0], side[1], uint64(i))
		for limit := 220; limit < 4000; limit = limit*5/3 + 1 {
			file, err := jp2.Encode(want, limit)
			if err != nil || len(file) > limit {
				t.Fatalf("%v in %d: %d bytes, %v", side, limit, len(file), err)
			}
			if got := openjpeg(t, file); got.Rect != want.Rect {
				t.Errorf("%v in %d: %v", side, limit, got.Rect)
			}
		}
	}
}

// TestRefused: what cannot be written is an error, and never a file.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ width, height, limit int }{{0, 5, 0}, {5, 0, 0}, {jp2.MostSide + 1, 1, 0}, {1, jp2.MostSide + 1, 0}} {
		if file, err := jp2.Encode(image.NewGray(image.Rect(0, 0, c.width, c.height)), c.limit); err == nil {
			t.Errorf("%+v gives %d bytes", c, len(file))
		}
	}
	if _, err := jp2.Encode(picture("noise", 40, 40, 1), 60); !errors.Is(err, jp2.ErrLimit) {
		t.Errorf("60 bytes: %v", err)
	}
	if _, err := jp2.Encode(picture("noise", 64, 64, 1).SubImage(image.Rect(3, 5, 40, 50)).(*image.Gray), 0); err != nil {
		t.Error(err)
	}
}

// FuzzEncode: any points of any sides are read by OpenJPEG as they were, and any limit is kept.
func FuzzEncode(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6}, uint8(3), uint16(0))
	f.Add(bytes.Repeat([]byte{0, 255}, 3000), uint8(77), uint16(0))
	f.Add(picture("face", 100, 80, 3).Pix, uint8(100), uint16(900))
	f.Fuzz(func(t *testing.T, pix []byte, width uint8, limit uint16) {
		if width == 0 || len(pix) < int(width) {
			return
		}
		want := image.NewGray(image.Rect(0, 0, int(width), len(pix)/int(width)))
		copy(want.Pix, pix)
		file, err := jp2.Encode(want, int(limit))
		if err != nil {
			if limit == 0 || !errors.Is(err, jp2.ErrLimit) || limit > 250 {
				t.Fatal(err)
			}
			return
		}
		got := openjpeg(t, file)
		if limit > 0 && len(file) > int(limit) || limit == 0 && !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%v: %d of %d bytes", want.Rect, len(file), limit)
		}
	})
}

// BenchmarkPhoto is the chip's photo in at most 8,000 bytes; beside it the standard library's JPEG of the same picture.
func BenchmarkPhoto(b *testing.B) {
	p := picture("face", 240, 309, 5)
	var other time.Duration
	for b.Loop() {
		if _, err := jp2.Encode(p, 8000); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		start := time.Now()
		if err := jpeg.Encode(io.Discard, p, nil); err != nil {
			b.Fatal(err)
		}
		other += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(other.Seconds()*1000/float64(b.N), "jpeg-ms")
}
