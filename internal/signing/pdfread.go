package signing

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
)

// MaxPDF is the largest PDF that is signed or read, in bytes.
const MaxPDF = 32 << 20

const (
	maxSections = 256      // revisions that a file may have
	maxObjects  = 1 << 20  // numbers of objects
	maxInflated = 32 << 20 // bytes of all streams that are unpacked for one file, its revisions read again included
	maxRows     = 1 << 20  // rows of all its cross-reference sections
)

// pdfFile is a PDF as its cross-reference sections show it, the newest first (ISO 32000-1 section 7.5).
type pdfFile struct {
	in      []byte
	trailer dict // of the newest section
	entries map[int]entry
	starts  []int // where the sections stand, the newest first
	stream  bool  // the newest section is a stream
	unpack  map[int]*objectStream
	left    *budget
}

// budget is what may still be spent on a file: sections may point to the same bytes again and again, and streams unpack to much.
type budget struct{ inflated, rows int }

// objectStream is an unpacked object stream: the objects' offsets in it, in order.
type objectStream struct {
	data    []byte
	offsets []int
}

// entry is where an object lies: at an offset, or as the index-th one in an object stream.
type entry struct {
	offset, generation int
	stream, index      int
}

// openPDF reads the cross-reference sections. Encrypted files, and such whose table is damaged, are refused.
func openPDF(in []byte) (*pdfFile, error) {
	return openWithin(in, &budget{maxInflated, maxRows})
}

func openWithin(in []byte, left *budget) (*pdfFile, error) {
	if len(in) > MaxPDF {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrPDF, MaxPDF)
	}
	if !bytes.HasPrefix(in, []byte("%PDF-")) {
		return nil, fmt.Errorf("%w: it does not begin as one", ErrPDF)
	}
	f := &pdfFile{in: in, entries: map[int]entry{}, unpack: map[int]*objectStream{}, left: left}
	tail := max(0, len(in)-1024)
	at := bytes.LastIndex(in[tail:], []byte("startxref"))
	if at < 0 {
		return nil, fmt.Errorf("%w: no startxref at its end", ErrPDF)
	}
	l := &lexer{in, tail + at + len("startxref")}
	offset, ok := l.integer()
	if !ok {
		return nil, fmt.Errorf("%w: startxref", ErrPDF)
	}
	for next, more := offset, true; more; {
		var err error
		if next, more, err = f.follow(next); err != nil {
			return nil, err
		}
	}
	if f.trailer["Encrypt"] != nil {
		return nil, fmt.Errorf("%w: it is encrypted", ErrPDF)
	}
	return f, nil
}

// follow reads the section at an offset and says where the one before it stands.
func (f *pdfFile) follow(at int) (prev int, more bool, err error) {
	if slices.Contains(f.starts, at) || len(f.starts) == maxSections {
		return 0, false, fmt.Errorf("%w: its cross-reference sections", ErrPDF)
	}
	f.starts = append(f.starts, at)
	trailer, stream, err := f.section(at)
	if err != nil {
		return 0, false, err
	}
	if f.trailer == nil {
		f.trailer, f.stream = trailer, stream
	}
	if hybrid, has := trailer["XRefStm"].(float64); has && !stream { // the objects that only newer readers see
		if _, _, err := f.section(int(hybrid)); err != nil {
			return 0, false, err
		}
	}
	before, has := trailer["Prev"]
	n, ok := before.(float64)
	if has && (!ok || n < 0) {
		return 0, false, fmt.Errorf("%w: Prev", ErrPDF)
	}
	return int(n), has, nil
}

// section reads a cross-reference table or stream. What a newer section said of an object stands.
func (f *pdfFile) section(at int) (dict, bool, error) {
	if at < 0 || at >= len(f.in) {
		return nil, false, fmt.Errorf("%w: a cross-reference section outside the file", ErrPDF)
	}
	l := &lexer{f.in, at}
	if l.keyword("xref") {
		trailer, err := f.table(l)
		return trailer, false, err
	}
	d, data, err := f.streamAt(at)
	if err != nil {
		return nil, false, err
	}
	if d["Type"] != name("XRef") {
		return nil, false, fmt.Errorf("%w: startxref points to something else", ErrPDF)
	}
	return d, true, f.streamEntries(d, data)
}

// take spends rows; false when there are not so many left.
func (b *budget) take(rows int) bool {
	b.rows -= rows
	return b.rows >= 0
}

func (f *pdfFile) set(number int, e entry) {
	if _, newer := f.entries[number]; !newer {
		f.entries[number] = e
	}
}

// table reads sections of twenty-octet rows and the trailer (section 7.5.4).
func (f *pdfFile) table(l *lexer) (dict, error) {
	for !l.keyword("trailer") {
		first, ok1 := l.integer()
		count, ok2 := l.integer()
		if !ok1 || !ok2 || count > maxObjects || first > maxObjects || count*18 > len(l.in)-l.at || !f.left.take(count) {
			return nil, fmt.Errorf("%w: its cross-reference table", ErrPDF)
		}
		for n := first; n < first+count; n++ {
			offset, ok1 := l.integer()
			generation, ok2 := l.integer()
			inUse, free := false, false
			if ok1 && ok2 {
				inUse = l.keyword("n")
				free = !inUse && l.keyword("f")
			}
			if !inUse && !free {
				return nil, fmt.Errorf("%w: its cross-reference table", ErrPDF)
			}
			if free {
				offset = -1
			}
			f.set(n, entry{offset: offset, generation: generation})
		}
	}
	v, err := l.value(0)
	d, ok := v.(dict)
	if err != nil || !ok {
		return nil, fmt.Errorf("%w: its trailer", ErrPDF)
	}
	return d, nil
}

// streamEntries reads the rows of a cross-reference stream (section 7.5.8).
func (f *pdfFile) streamEntries(d dict, data []byte) error {
	bad := fmt.Errorf("%w: its cross-reference stream", ErrPDF)
	w, ok := d["W"].([]any)
	if !ok || len(w) != 3 {
		return bad
	}
	var width [3]int
	for i, v := range w {
		n, ok := v.(float64)
		if !ok || n < 0 || n > 8 {
			return bad
		}
		width[i] = int(n)
	}
	row := width[0] + width[1] + width[2]
	index, ok := d["Index"].([]any)
	if !ok {
		index = []any{0.0, d["Size"]}
	}
	if row == 0 || len(index)%2 != 0 {
		return bad
	}
	for i := 0; i < len(index); i += 2 {
		first, ok1 := index[i].(float64)
		count, ok2 := index[i+1].(float64)
		if !ok1 || !ok2 || first < 0 || count < 0 || first > maxObjects || count > maxObjects || int(count)*row > len(data) || !f.left.take(int(count)) {
			return bad
		}
		for n := int(first); n < int(first)+int(count); n++ {
			var field [3]int
			for j := range field {
				for _, c := range data[:width[j]] {
					field[j] = field[j]<<8 | int(c)
				}
				data = data[width[j]:]
			}
			if width[0] == 0 {
				field[0] = 1
			}
			switch field[0] {
			case 0:
				f.set(n, entry{offset: -1})
			case 1:
				f.set(n, entry{offset: field[1], generation: field[2]})
			case 2:
				f.set(n, entry{stream: field[1], index: field[2]})
			}
		}
	}
	return nil
}

// object is the object of a number, with where it is read from; nil for one that is free or not there.
func (f *pdfFile) object(r reference) (any, error) {
	e, ok := f.entries[r.number]
	if !ok || e.stream == 0 && (e.offset < 0 || e.generation != r.generation) {
		return nil, nil
	}
	if e.stream > 0 {
		return f.packed(e)
	}
	l := &lexer{f.in, e.offset}
	n, ok1 := l.integer()
	g, ok2 := l.integer()
	if e.offset >= len(f.in) || !ok1 || !ok2 || n != r.number || g != r.generation || !l.keyword("obj") {
		return nil, fmt.Errorf("%w: object %d does not stand where the table says", ErrPDF, r.number)
	}
	return l.value(0)
}

// packed reads an object out of an object stream (section 7.5.7).
func (f *pdfFile) packed(e entry) (any, error) {
	o := f.unpack[e.stream]
	if o == nil {
		f.unpack[e.stream] = &objectStream{} // one that needs itself to be read has nothing in it
		var err error
		if o, err = f.objects(e.stream); err != nil {
			return nil, err
		}
		f.unpack[e.stream] = o
	}
	if e.index >= len(o.offsets) || o.offsets[e.index] > len(o.data) {
		return nil, fmt.Errorf("%w: an object stream", ErrPDF)
	}
	return (&lexer{o.data, o.offsets[e.index]}).value(0)
}

// objects unpacks an object stream and reads where its objects stand.
func (f *pdfFile) objects(number int) (*objectStream, error) {
	bad := fmt.Errorf("%w: an object stream", ErrPDF)
	holder, ok := f.entries[number]
	if !ok || holder.stream > 0 || holder.offset < 0 || holder.offset >= len(f.in) {
		return nil, bad
	}
	d, data, err := f.streamAt(holder.offset)
	if err != nil {
		return nil, err
	}
	first, ok := d["First"].(float64)
	if d["Type"] != name("ObjStm") || !ok || first < 0 || int(first) > len(data) {
		return nil, bad
	}
	o := &objectStream{data: data}
	for head := (&lexer{data[:int(first)], 0}); ; {
		_, ok1 := head.integer()
		offset, ok2 := head.integer()
		if !ok1 || !ok2 {
			return o, nil
		}
		o.offsets = append(o.offsets, int(first)+offset)
	}
}

// streamAt reads the stream object at an offset and unpacks it; FlateDecode and no filter are known, with PNG predictors.
func (f *pdfFile) streamAt(at int) (dict, []byte, error) {
	bad := fmt.Errorf("%w: a stream", ErrPDF)
	l := &lexer{f.in, at}
	_, ok1 := l.integer()
	_, ok2 := l.integer()
	if !ok1 || !ok2 || !l.keyword("obj") {
		return nil, nil, bad
	}
	v, err := l.value(0)
	d, ok := v.(dict)
	if err != nil || !ok || !l.keyword("stream") {
		return nil, nil, bad
	}
	if bytes.HasPrefix(l.in[l.at:], []byte("\r\n")) {
		l.at += 2
	} else if l.at < len(l.in) && l.in[l.at] == '\n' {
		l.at++
	}
	length, err := f.resolve(d["Length"])
	n, ok := length.(float64)
	if err != nil || !ok || n < 0 || int(n) > len(l.in)-l.at {
		return nil, nil, bad
	}
	data, err := f.left.inflate(d, l.in[l.at:l.at+int(n)])
	return d, data, err
}

func (b *budget) inflate(d dict, data []byte) ([]byte, error) {
	filter, parms := d["Filter"], d["DecodeParms"]
	if list, ok := filter.([]any); ok && len(list) == 1 {
		filter = list[0]
		if p, ok := parms.([]any); ok && len(p) == 1 {
			parms = p[0]
		}
	}
	if filter == nil {
		return data, nil
	}
	if filter != name("FlateDecode") {
		return nil, fmt.Errorf("%w: filter %v", ErrPDF, filter)
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPDF, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(b.inflated)+1))
	if b.inflated -= len(out); err != nil || b.inflated < 0 {
		b.inflated = 0
		return nil, fmt.Errorf("%w: a stream that cannot be unpacked", ErrPDF)
	}
	p, _ := parms.(dict)
	predictor, _ := p["Predictor"].(float64)
	if predictor < 2 {
		return out, nil
	}
	columns, ok := p["Columns"].(float64)
	if !ok {
		columns = 1
	}
	if predictor < 10 || columns < 1 || columns > 1<<16 || p["Colors"] != nil || p["BitsPerComponent"] != nil {
		return nil, fmt.Errorf("%w: predictor", ErrPDF)
	}
	return unpredict(out, int(columns))
}

// unpredict undoes PNG's filters (RFC 2083 section 6) for pixels of one octet.
func unpredict(in []byte, columns int) ([]byte, error) {
	if len(in)%(columns+1) != 0 {
		return nil, fmt.Errorf("%w: predictor", ErrPDF)
	}
	out := make([]byte, 0, len(in))
	up := make([]byte, columns)
	for ; len(in) > 0; in = in[columns+1:] {
		row := bytes.Clone(in[1 : columns+1])
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], up[i-1]
			}
			switch in[0] {
			case 0:
			case 1:
				row[i] += left
			case 2:
				row[i] += up[i]
			case 3:
				row[i] += byte((int(left) + int(up[i])) / 2)
			case 4:
				row[i] += paeth(int(left), int(up[i]), int(corner))
			default:
				return nil, fmt.Errorf("%w: predictor", ErrPDF)
			}
		}
		out, up = append(out, row...), row
	}
	return out, nil
}

func paeth(a, b, c int) byte {
	p := a + b - c
	pa, pb, pc := max(p-a, a-p), max(p-b, b-p), max(p-c, c-p)
	switch {
	case pa <= pb && pa <= pc:
		return byte(a)
	case pb <= pc:
		return byte(b)
	}
	return byte(c)
}

// resolve follows a reference; a chain of them is followed to its end, but not for ever.
func (f *pdfFile) resolve(v any) (any, error) {
	for range maxNesting {
		r, ok := v.(reference)
		if !ok {
			return v, nil
		}
		var err error
		if v, err = f.object(r); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: references in a circle", ErrPDF)
}

// dictOf resolves a value that must be a dictionary.
func (f *pdfFile) dictOf(v any) (dict, error) {
	v, err := f.resolve(v)
	if err != nil {
		return nil, err
	}
	d, ok := v.(dict)
	if !ok {
		return nil, fmt.Errorf("%w: a dictionary is missing", ErrPDF)
	}
	return d, nil
}
