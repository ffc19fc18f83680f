package jp2

import "sort"

// withinLimit chooses how many passes of each block are written, so that the file is not longer than the limit: a pass is
// taken where it brings more for its bytes than a threshold, the same for all blocks, which is lowered as far as the limit allows
// (J.14.3 describes the way).
func withinLimit(resolutions [][]*band, limit int, write func() []byte) ([]byte, error) {
	var all []*block
	for _, bands := range resolutions {
		for _, b := range bands {
			all = append(all, b.blocks...)
		}
	}
	if whole := write(); len(whole) <= limit {
		return whole, nil
	}
	var slopes []float64
	steps := make([][]step, len(all))
	for i, k := range all {
		steps[i] = k.hull()
		for _, s := range steps[i] {
			slopes = append(slopes, s.slope)
		}
	}
	sort.Float64s(slopes)
	at := func(n int) []byte { // with the passes that bring at least slopes[n]
		for i, k := range all {
			k.taken = 0
			for _, s := range steps[i] {
				if n < len(slopes) && s.slope >= slopes[n] {
					k.taken = s.passes
				}
			}
		}
		return write()
	}
	n := sort.Search(len(slopes), func(n int) bool { return len(at(n)) <= limit })
	out := at(n)
	if len(out) > limit {
		return nil, ErrLimit
	}
	return out, nil
}

// step is a number of passes worth ending at, and what the passes since the step before bring for each byte.
type step struct {
	passes int
	slope  float64
}

// hull are the steps of a block, each of which brings less than the one before: other ends cost more than they are worth.
func (b *block) hull() []step {
	var out []step
	size := func(passes int) float64 {
		if passes == 0 {
			return 0
		}
		return float64(len(b.cuts[passes-1].data))
	}
	gains := func(passes int) float64 {
		if passes == 0 {
			return 0
		}
		return b.cuts[passes-1].gains
	}
	for n := 1; n <= len(b.cuts); n++ {
		for {
			from := 0
			if len(out) > 0 {
				from = out[len(out)-1].passes
			}
			more, bytes := gains(n)-gains(from), size(n)-size(from)
			if more <= 0 {
				break
			}
			slope := more / max(bytes, 0.5) // a pass may come for nothing
			if len(out) > 0 && slope >= out[len(out)-1].slope {
				out = out[:len(out)-1]
				continue
			}
			out = append(out, step{n, slope})
			break
		}
	}
	return out
}
