package procedure

import (
	"math"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// PhotoFacts is what was measured on a photo file.
type PhotoFacts struct {
	Readable      bool // a JPEG that can be decoded
	Bytes         int
	Width, Height int        // pixels, as stored
	Turned        bool       // the file says it has to be turned by a quarter to stand upright
	Taken         civil.Date // by the file or the applicant; zero if unknown
}

// CheckPhoto decides whether a face photo can be used for a card applied for on the day (APP-041, APP-042).
// What a machine cannot judge (hat, shadow, likeness) the clerk looks at.
func CheckPhoto(on civil.Date, f PhotoFacts) (Basis, error) {
	row, err := rules.OverseasPhoto.On(on)
	if err != nil {
		return nil, err
	}
	r := row.Rule
	ratio := float64(f.Height) / float64(max(f.Width, 1))
	want := r.HeightMM / r.WidthMM
	switch {
	case !f.Readable:
		return nil, rules.Refuse("photo_unreadable")
	case f.Bytes < r.MinBytes || f.Bytes > r.MaxBytes:
		return nil, rules.Refuse("photo_file_size", f.Bytes>>10, r.MinBytes>>10, r.MaxBytes>>20)
	case f.Turned || f.Width > f.Height:
		return nil, rules.Refuse("photo_sideways")
	case f.Width < r.MinSide || f.Height < r.MinSide || f.Width > r.MaxSide || f.Height > r.MaxSide:
		return nil, rules.Refuse("photo_pixels", f.Width, f.Height, r.MinSide, r.MaxSide)
	case math.Abs(ratio/want-1) > r.RatioTolerance:
		return nil, rules.Refuse("photo_ratio")
	case !f.Taken.IsZero() && f.Taken.Before(on.AddMonths(-r.MaxAgeMonths)):
		return nil, rules.Refuse("photo_too_old", f.Taken)
	}
	return Basis{row.Cite}, nil
}
