package jp2

import "math/bits"

// plane is the picture, and after each step of the transform its low part in the upper left corner with the high parts
// around it.
type plane struct {
	width, height, stride int
	at                    []int32
}

// levels is how often a picture is halved: not so often that a side vanishes.
func (p *plane) levels() int {
	return min(mostLevels, bits.Len(uint(min(p.width, p.height)))-1)
}

// halved is a length after n steps: the low part takes the odd one.
func halved(length, n int) int { return (length + 1<<n - 1) >> n }

// analyse does one step of the transform, on what n steps have left of the low part: down the columns, then along the
// rows (2D_SD, F.4.2).
func (p *plane) analyse(n int) {
	width, height := halved(p.width, n), halved(p.height, n)
	line := make([]int32, max(width, height))
	for x := range width {
		for y := range height {
			line[y] = p.at[y*p.stride+x]
		}
		lift(line[:height])
		for y := range height {
			p.at[place(y, height)*p.stride+x] = line[y]
		}
	}
	for y := range height {
		row := p.at[y*p.stride : y*p.stride+width]
		copy(line, row)
		lift(line[:width])
		for x := range width {
			row[place(x, width)] = line[x]
		}
	}
}

// place is where a point of a line goes: even ones into the low part, odd ones behind it (2D_DEINTERLEAVE, F.4.5).
func place(i, length int) int {
	if i%2 == 0 {
		return i / 2
	}
	return (length+1)/2 + i/2
}

// lift filters one line in place (1D_FILTR for the 5/3 filter, F.4.8.2, with the symmetric extension of F.4.7): odd points
// become what they differ from their neighbours by, even ones a smoothed picture. A single point stays as it is.
func lift(x []int32) {
	n := len(x)
	if n == 1 {
		return
	}
	mirrored := func(i int) int32 {
		if i < 0 {
			i = -i
		}
		if i >= n {
			i = 2*(n-1) - i
		}
		return x[i]
	}
	for i := 1; i < n; i += 2 {
		x[i] -= (x[i-1] + mirrored(i+1)) >> 1
	}
	for i := 0; i < n; i += 2 {
		x[i] += (mirrored(i-1) + mirrored(i+1) + 2) >> 2
	}
}

// weight is how much a fault of one in a band of a level shows in the picture, squared: the energy of what the inverse
// transform makes of it.
func weight(kind bandKind, level int) float64 {
	low, high := energies(level)
	switch kind {
	case lowLow:
		return low * low
	case highHigh:
		return high * high
	}
	return low * high
}

// energies are those of the two filters of the inverse transform (F.3.8.2.1) after so many steps.
func energies(level int) (low, high float64) {
	lower, upper := []float64{1}, []float64{1}
	for n := range level {
		if n == 0 {
			upper = []float64{-1. / 8, -1. / 4, 3. / 4, -1. / 4, -1. / 8}
			lower = []float64{.5, 1, .5}
			continue
		}
		upper, lower = smoothed(upper), smoothed(lower)
	}
	sum := func(f []float64) (s float64) {
		for _, v := range f {
			s += v * v
		}
		return s
	}
	return sum(lower), sum(upper)
}

// smoothed is what one more step makes of a filter's answer: spread to every other point, and smoothed.
func smoothed(f []float64) []float64 {
	out := make([]float64, 2*len(f)+1)
	for i, v := range f {
		out[2*i] += v / 2
		out[2*i+1] += v
		out[2*i+2] += v / 2
	}
	return out
}
