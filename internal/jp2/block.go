package jp2

import "math/bits"

// bandKind says which of its two directions a band has the high part of.
type bandKind int

const (
	lowLow   bandKind = iota
	highLow           // across
	lowHigh           // down
	highHigh          // both
)

// band is one sub-band with its code-blocks, row by row.
type band struct {
	kind         bandKind
	level        int // steps of the transform
	x, y         int // in the plane
	width        int
	height       int
	blocks       []*block
	across, down int // how many blocks
}

// planes is the most bit-planes that a band may have (equation E-2).
func (b *band) planes() int {
	gain := [...]int{lowLow: 0, highLow: 1, lowHigh: 1, highHigh: 2}[b.kind]
	return guardBits + depth + gain - 1
}

// resolutions are the bands from the smallest picture to the whole one (B.5), cut into blocks (B.7).
func (p *plane) resolutions(levels int) [][]*band {
	low := &band{kind: lowLow, level: levels, width: halved(p.width, levels), height: halved(p.height, levels)}
	out := [][]*band{{low}}
	for n := levels; n > 0; n-- {
		w, h := halved(p.width, n), halved(p.height, n)
		wide, high := halved(p.width, n-1)-w, halved(p.height, n-1)-h
		out = append(out, []*band{
			{kind: highLow, level: n, x: w, width: wide, height: h},
			{kind: lowHigh, level: n, y: h, width: w, height: high},
			{kind: highHigh, level: n, x: w, y: h, width: wide, height: high},
		})
	}
	for _, r := range out {
		for _, b := range r {
			b.cut()
		}
	}
	return out
}

func (b *band) cut() {
	b.across, b.down = (b.width+blockSide-1)/blockSide, (b.height+blockSide-1)/blockSide
	for y := 0; y < b.height; y += blockSide {
		for x := 0; x < b.width; x += blockSide {
			b.blocks = append(b.blocks, &block{x: b.x + x, y: b.y + y, width: min(blockSide, b.width-x), height: min(blockSide, b.height-y)})
		}
	}
}

// block is a code-block: a part of a band that is coded alone.
type block struct {
	x, y, width, height int
	planes              int   // bit-planes that are not all zero
	cuts                []cut // where its stream may end, from the shortest on; the last is the whole
	taken               int   // how many passes are written
}

// cut is a stream that ends after a pass.
type cut struct {
	data  []byte
	gains float64 // how much nearer to the picture, in squared faults, than nothing of the block
}

// data is what is written of the block.
func (b *block) data() []byte {
	if b.taken == 0 {
		return nil
	}
	return b.cuts[b.taken-1].data
}

// State of a coefficient while its block is coded.
const (
	significant = 1 << iota
	negative
	visited // in this bit-plane
	refined // at least once
)

// tier codes one block (Annex D). Flags have a border of one, so that every coefficient has eight neighbours.
type tier struct {
	*coder
	kind          bandKind
	width, height int
	value         []int32 // magnitudes
	flags         []uint8
	stride        int     // of flags
	gains         float64 // so far
	weight        float64
}

// code codes all blocks of a band. With every, a block keeps a stream for each pass after which it may end.
func (b *band) code(p *plane, every bool) {
	shows := weight(b.kind, b.level)
	for _, k := range b.blocks {
		t := &tier{coder: newCoder(), kind: b.kind, width: k.width, height: k.height, stride: k.width + 2, weight: shows}
		t.value, t.flags = make([]int32, k.width*k.height), make([]uint8, t.stride*(k.height+2))
		highest := int32(0)
		for y := range k.height {
			for x := range k.width {
				v := p.at[(k.y+y)*p.stride+k.x+x]
				if v < 0 {
					t.flags[t.flag(x, y)] |= negative
					v = -v
				}
				t.value[y*k.width+x] = v
				highest = max(highest, v)
			}
		}
		k.planes = bits.Len32(uint32(highest))
		t.passes(k, every)
		k.taken = len(k.cuts)
	}
}

// passes codes the bit-planes from the highest on, each in three passes (D.3), the highest in the last of them alone.
func (t *tier) passes(k *block, every bool) {
	for n := k.planes - 1; n >= 0; n-- {
		for i, pass := range []func(int){t.propagate, t.refine, t.cleanUp} {
			if i < 2 && n == k.planes-1 {
				continue
			}
			pass(n)
			end := cut{gains: t.gains}
			if every || n == 0 && i == 2 {
				end.data = t.flushed()
			}
			k.cuts = append(k.cuts, end)
		}
	}
}

func (t *tier) flag(x, y int) int { return (y+1)*t.stride + x + 1 }

// scan calls for every coefficient in the order of D.1: stripes of four rows, column by column.
func (t *tier) scan(visit func(x, y int)) {
	for top := 0; top < t.height; top += 4 {
		for x := range t.width {
			for y := top; y < min(top+4, t.height); y++ {
				visit(x, y)
			}
		}
	}
}

// propagate is the significance propagation pass (D.3.1): coefficients that have a significant neighbour.
func (t *tier) propagate(n int) {
	t.scan(func(x, y int) {
		i := t.flag(x, y)
		if t.flags[i]&significant != 0 {
			return
		}
		context := t.significance(i)
		if context == 0 {
			return
		}
		t.flags[i] |= visited
		bit := t.bit(x, y, n)
		if t.put(context, bit); bit == 1 {
			t.becomes(x, y, n)
		}
	})
}

// refine is the magnitude refinement pass (D.3.3): a further bit of what was significant before.
func (t *tier) refine(n int) {
	t.scan(func(x, y int) {
		i := t.flag(x, y)
		if t.flags[i]&(significant|visited) != significant {
			return
		}
		context := refineContext
		switch {
		case t.flags[i]&refined != 0:
			context += 2
		case t.significance(i) != 0:
			context++
		}
		t.put(context, t.bit(x, y, n))
		t.flags[i] |= refined
		t.nearer(x, y, n+1, n)
	})
}

// cleanUp is the cleanup pass (D.3.4): all the others, four at once where nothing near is significant.
func (t *tier) cleanUp(n int) {
	for top := 0; top < t.height; top += 4 {
		for x := range t.width {
			y, known := top, false // known: the coefficient at y becomes significant
			if t.quiet(x, top) {
				run := 0
				for run < 4 && t.bit(x, top+run, n) == 0 {
					run++
				}
				if run == 4 {
					t.put(runContext, 0)
					continue
				}
				t.put(runContext, 1)
				t.put(plainContext, byte(run>>1))
				t.put(plainContext, byte(run&1))
				y, known = top+run, true
			}
			for ; y < min(top+4, t.height); y++ {
				t.clean(x, y, n, known)
				known = false
			}
		}
	}
	for i := range t.flags {
		t.flags[i] &^= visited
	}
}

func (t *tier) clean(x, y, n int, known bool) {
	i := t.flag(x, y)
	if t.flags[i]&(significant|visited) != 0 {
		return
	}
	bit := t.bit(x, y, n)
	if !known {
		t.put(t.significance(i), bit)
	}
	if bit == 1 {
		t.becomes(x, y, n)
	}
}

// quiet reports four coefficients, one below the other, that are all still to be coded and have no significant neighbour.
func (t *tier) quiet(x, top int) bool {
	if top+4 > t.height {
		return false
	}
	for y := top; y < top+4; y++ {
		if i := t.flag(x, y); t.flags[i]&(significant|visited) != 0 || t.significance(i) != 0 {
			return false
		}
	}
	return true
}

func (t *tier) bit(x, y, n int) byte { return byte(t.value[y*t.width+x]>>n) & 1 }

// becomes codes the sign of a coefficient that has just become significant (D.3.2).
func (t *tier) becomes(x, y, n int) {
	i := t.flag(x, y)
	across, down := t.contribution(i-1, i+1), t.contribution(i-t.stride, i+t.stride)
	flip := byte(0)
	if across < 0 || across == 0 && down < 0 {
		across, down, flip = -across, -down, 1
	}
	sign := t.flags[i] & negative >> 1
	t.put(signContext+3*across+down, sign^flip) // Table D.3: 9 for none, 10 down alone, 11 to 13 across with down from -1 to 1
	t.flags[i] |= significant
	t.nearer(x, y, -1, n)
}

// contribution is what two opposite neighbours say of the sign (Table D.2).
func (t *tier) contribution(i, j int) int {
	sum := 0
	for _, f := range []uint8{t.flags[i], t.flags[j]} {
		switch f & (significant | negative) {
		case significant:
			sum++
		case significant | negative:
			sum--
		}
	}
	return max(-1, min(1, sum))
}

// significance is the context of Table D.1, 0 to 8.
func (t *tier) significance(i int) int {
	s, f := t.stride, t.flags
	across := int(f[i-1]&significant) + int(f[i+1]&significant)
	down := int(f[i-s]&significant) + int(f[i+s]&significant)
	diagonal := int(f[i-s-1]&significant) + int(f[i-s+1]&significant) + int(f[i+s-1]&significant) + int(f[i+s+1]&significant)
	switch t.kind {
	case highHigh:
		beside := across + down
		switch {
		case diagonal >= 3:
			return 8
		case diagonal == 2:
			return 6 + min(1, beside)
		case diagonal == 1:
			return 3 + min(2, beside)
		}
		return min(2, beside)
	case highLow:
		across, down = down, across
	}
	switch {
	case across == 2:
		return 8
	case across == 1 && down > 0:
		return 7
	case across == 1:
		return 5 + min(1, diagonal)
	case down > 0:
		return 2 + down
	}
	return min(2, diagonal)
}

// nearer adds up how much nearer a reader comes to a coefficient who knows its bits down to n, after those down to before;
// -1: nothing. A reader takes the middle of what is left open (E.1.1.2).
func (t *tier) nearer(x, y, before, n int) {
	v := float64(t.value[y*t.width+x])
	fault := func(n int) float64 {
		if n < 0 {
			return v * v
		}
		open := float64(int(1) << n)
		known := float64(int(v)>>n<<n) + open/2
		if n == 0 {
			known = v
		}
		return (v - known) * (v - known)
	}
	t.gains += t.weight * (fault(before) - fault(n))
}
