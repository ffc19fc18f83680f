package jp2

// estimate is one row of Table C.2: how probable the less probable symbol is, what comes after either symbol, and
// whether the two change places.
type estimate struct {
	qe         uint32
	more, less uint8 // next row after the more, and the less, probable symbol
	swap       bool
}

var estimates = [47]estimate{
	{0x5601, 1, 1, true}, {0x3401, 2, 6, false}, {0x1801, 3, 9, false}, {0x0AC1, 4, 12, false}, {0x0521, 5, 29, false},
	{0x0221, 38, 33, false}, {0x5601, 7, 6, true}, {0x5401, 8, 14, false}, {0x4801, 9, 14, false}, {0x3801, 10, 14, false},
	{0x3001, 11, 17, false}, {0x2401, 12, 18, false}, {0x1C01, 13, 20, false}, {0x1601, 29, 21, false}, {0x5601, 15, 14, true},
	{0x5401, 16, 14, false}, {0x5101, 17, 15, false}, {0x4801, 18, 16, false}, {0x3801, 19, 17, false}, {0x3401, 20, 18, false},
	{0x3001, 21, 19, false}, {0x2801, 22, 19, false}, {0x2401, 23, 20, false}, {0x2201, 24, 21, false}, {0x1C01, 25, 22, false},
	{0x1801, 26, 23, false}, {0x1601, 27, 24, false}, {0x1401, 28, 25, false}, {0x1201, 29, 26, false}, {0x1101, 30, 27, false},
	{0x0AC1, 31, 28, false}, {0x09C1, 32, 29, false}, {0x08A1, 33, 30, false}, {0x0521, 34, 31, false}, {0x0441, 35, 32, false},
	{0x02A1, 36, 33, false}, {0x0221, 37, 34, false}, {0x0141, 38, 35, false}, {0x0111, 39, 36, false}, {0x0085, 40, 37, false},
	{0x0049, 41, 38, false}, {0x0025, 42, 39, false}, {0x0015, 43, 40, false}, {0x0009, 44, 41, false}, {0x0005, 45, 42, false},
	{0x0001, 45, 43, false}, {0x5601, 46, 46, false},
}

// Contexts (Table D.7): 0 to 8 whether a point becomes significant, 9 to 13 its sign, 14 to 16 its further bits.
const (
	signContext   = 9
	refineContext = 14
	runContext    = 17
	plainContext  = 18
	contexts      = 19
)

// coder is the arithmetic coder MQ (C.2).
type coder struct {
	a, c  uint32
	ct    int
	out   []byte // the first byte is none of the stream's: a carry may reach it
	state [contexts]uint8
	mps   [contexts]byte // the more probable symbol
}

// newCoder begins a block: INITENC (C.2.8) with the states of Table D.7.
func newCoder() *coder {
	m := &coder{a: 0x8000, ct: 12, out: []byte{0}}
	m.state[0], m.state[runContext], m.state[plainContext] = 4, 3, 46
	return m
}

// put codes a bit in a context (CODE1 and CODE0, C.2.2 to C.2.5).
func (m *coder) put(context int, bit byte) {
	e := &estimates[m.state[context]]
	m.a -= e.qe
	if bit == m.mps[context] {
		if m.a&0x8000 != 0 {
			m.c += e.qe
			return
		}
		if m.a < e.qe {
			m.a = e.qe
		} else {
			m.c += e.qe
		}
		m.state[context] = e.more
	} else {
		if m.a < e.qe {
			m.c += e.qe
		} else {
			m.a = e.qe
		}
		if e.swap {
			m.mps[context] ^= 1
		}
		m.state[context] = e.less
	}
	for ok := true; ok; ok = m.a&0x8000 == 0 { // RENORME
		m.a <<= 1
		m.c <<= 1
		if m.ct--; m.ct == 0 {
			m.byteOut()
		}
	}
}

// byteOut moves a byte out of the register; after FF it has seven bits, so that no marker appears (C.2.7).
func (m *coder) byteOut() {
	last := &m.out[len(m.out)-1]
	if *last != 0xFF && m.c >= 0x8000000 {
		*last++
		m.c &= 0x7FFFFFF
	}
	if *last == 0xFF {
		m.out = append(m.out, byte(m.c>>20))
		m.c &= 0xFFFFF
		m.ct = 7
		return
	}
	m.out = append(m.out, byte(m.c>>19))
	m.c &= 0x7FFFF
	m.ct = 8
}

// flushed is the stream as it would be if it ended here (FLUSH, C.2.9). The coder goes on as if nothing had been.
func (m *coder) flushed() []byte {
	end := *m
	end.out = append(make([]byte, 0, len(m.out)+4), m.out...)
	limit := end.c + end.a // SETBITS
	if end.c |= 0xFFFF; end.c >= limit {
		end.c -= 0x8000
	}
	for range 2 {
		end.c <<= uint(end.ct)
		end.byteOut()
	}
	if n := len(end.out) - 1; end.out[n] == 0xFF {
		end.out = end.out[:n]
	}
	return end.out[1:]
}
