package jp2

import "math/bits"

// packets are the packets of the one layer: a resolution, one precinct, each (B.9, B.12.1.1).
func packets(resolutions [][]*band) []byte {
	var out []byte
	for _, bands := range resolutions {
		header := &bitWriter{}
		var body []byte
		header.put(1, 1) // the packet is not empty
		for _, b := range bands {
			if len(b.blocks) > 0 {
				body = append(body, b.describe(header)...)
			}
		}
		out = append(append(out, header.bytes()...), body...)
	}
	return out
}

// describe writes which blocks of a band are there, and of each its bit-planes, passes and length (B.10), and returns
// what they hold.
func (b *band) describe(header *bitWriter) []byte {
	absent, zeros := newTagTree(b.across, b.down), newTagTree(b.across, b.down)
	for i, k := range b.blocks {
		if k.taken == 0 {
			absent.set(i, 1)
		}
		zeros.set(i, b.planes()-k.planes)
	}
	absent.settle()
	zeros.settle()
	var body []byte
	for i, k := range b.blocks {
		absent.put(header, i, 1) // B.10.4
		if k.taken == 0 {
			continue
		}
		zeros.put(header, i, b.planes()-k.planes+1) // B.10.5
		passes(header, k.taken)
		data := k.data()
		const first = 3 // Lblock, B.10.7.1
		extra := max(0, bits.Len(uint(len(data)))-first-(bits.Len(uint(k.taken))-1))
		for range extra {
			header.put(1, 1)
		}
		header.put(0, 1)
		header.put(len(data), first+extra+bits.Len(uint(k.taken))-1)
		body = append(body, data...)
	}
	return body
}

// passes writes how many coding passes there are (Table B.4).
func passes(w *bitWriter, n int) {
	switch {
	case n == 1:
		w.put(0, 1)
	case n == 2:
		w.put(0b10, 2)
	case n <= 5:
		w.put(0b11, 2)
		w.put(n-3, 2)
	case n <= 36:
		w.put(0b1111, 4)
		w.put(n-6, 5)
	default:
		w.put(0b111111111, 9)
		w.put(n-37, 7)
	}
}

// bitWriter writes the bits of a packet's header; the byte after FF has seven (B.10.1).
type bitWriter struct {
	out  []byte
	last byte
	free int // bits of last
	some bool
}

func (w *bitWriter) put(value, n int) {
	for n--; n >= 0; n-- {
		if !w.some {
			w.free, w.some = 8, true
		}
		w.free--
		w.last |= byte(value>>n&1) << w.free
		if w.free == 0 {
			w.out = append(w.out, w.last)
			if w.free = 8; w.last == 0xFF {
				w.free = 7
			}
			w.last = 0
		}
	}
}

// bytes ends the header at a whole byte, and never with FF.
func (w *bitWriter) bytes() []byte {
	if n := len(w.out); w.free < 8 && !(w.free == 7 && n > 0 && w.out[n-1] == 0xFF) || n > 0 && w.out[n-1] == 0xFF {
		return append(w.out, w.last)
	}
	return w.out
}

// tagTree writes a number for each block, where neighbours have similar ones (B.10.2): each node holds the least of the
// four below it, and is written once.
type tagTree struct {
	levels []tagLevel // the leaves first
}

type tagLevel struct {
	width, height int
	nodes         []tagNode
}

type tagNode struct {
	value int
	low   int // it is known to be at least this
	known bool
}

func newTagTree(width, height int) *tagTree {
	t := &tagTree{}
	for {
		t.levels = append(t.levels, tagLevel{width, height, make([]tagNode, width*height)})
		if width*height <= 1 {
			return t
		}
		width, height = (width+1)/2, (height+1)/2
	}
}

func (t *tagTree) set(leaf, value int) { t.levels[0].nodes[leaf].value = value }

// settle gives the nodes above the leaves their values.
func (t *tagTree) settle() {
	for n := 1; n < len(t.levels); n++ {
		below, here := &t.levels[n-1], &t.levels[n]
		for i := range here.nodes {
			here.nodes[i].value = 1 << 20
		}
		for i, node := range below.nodes {
			up := &here.nodes[i/below.width/2*here.width+i%below.width/2]
			up.value = min(up.value, node.value)
		}
	}
}

// put writes what a reader needs to know whether a leaf's number is below a bound.
func (t *tagTree) put(w *bitWriter, leaf, bound int) {
	x, y := leaf%t.levels[0].width, leaf/t.levels[0].width
	low := 0
	for n := len(t.levels) - 1; n >= 0; n-- {
		level := &t.levels[n]
		node := &level.nodes[y>>n*level.width+x>>n]
		low = max(low, node.low)
		for low < bound {
			if low >= node.value {
				if !node.known {
					w.put(1, 1)
					node.known = true
				}
				break
			}
			w.put(0, 1)
			low++
		}
		node.low = low
	}
}
