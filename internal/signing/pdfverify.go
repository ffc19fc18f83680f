package signing

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// InPDF is one signature of a PDF.
type InPDF struct {
	*Signed          // nil when Fault says why it could not be read
	Content   []byte // digest of what it covers; hold it against Signed with CheckDigest
	Revision  int    // of the document, that it covers whole: 1 is the first
	Revisions int    // that the document has
	Whole     bool   // nothing stands behind what it covers
	Fault     *Fault // what is wrong with its form
	ByteRange [4]int // from 0 to the signature, from behind it to the end of the revision
}

// maxSignatures bounds the signatures of a document, and maxFields the fields of its form.
const (
	maxSignatures = 64
	maxFields     = 10_000
)

// ReadPDF finds the signatures of a PDF, in the order of the revisions that they cover (ISO 32000-1 section 12.8.1): each must
// be of sub-filter ETSI.CAdES.detached, and cover all of its revision but its own hexadecimal digits. An error when the PDF
// cannot be read; a document without signatures has none.
func ReadPDF(in []byte) ([]InPDF, error) {
	f, err := openPDF(in)
	if err != nil {
		return nil, err
	}
	catalog, err := f.dictOf(f.trailer["Root"])
	if err != nil {
		return nil, err
	}
	if catalog["AcroForm"] == nil {
		return nil, nil
	}
	form, err := f.dictOf(catalog["AcroForm"])
	if err != nil {
		return nil, err
	}
	w := walk{file: f, seen: map[reference]bool{}}
	if err := w.fields(form["Fields"], nil, 0); err != nil {
		return nil, err
	}
	var out []InPDF
	for _, v := range w.found {
		out = append(out, f.signature(v))
	}
	slices.SortStableFunc(out, func(a, b InPDF) int { return a.Revision - b.Revision })
	return out, nil
}

// walk goes through the fields of a form.
type walk struct {
	file  *pdfFile
	seen  map[reference]bool
	found []any // values of signature fields
}

func (w *walk) fields(v, kind any, depth int) error {
	list, err := w.file.resolve(v)
	if err != nil {
		return err
	}
	kids, ok := list.([]any)
	if !ok || depth > maxNesting {
		return fmt.Errorf("%w: its form", ErrPDF)
	}
	for _, kid := range kids {
		r, ok := kid.(reference)
		if !ok || w.seen[r] || len(w.seen) == maxFields {
			return fmt.Errorf("%w: its form", ErrPDF)
		}
		w.seen[r] = true
		field, err := w.file.dictOf(r)
		if err != nil {
			return err
		}
		own := kind
		if field["FT"] != nil {
			own = field["FT"]
		}
		if own == name("Sig") && field["V"] != nil {
			if err := w.take(field["V"]); err != nil {
				return err
			}
		}
		if field["Kids"] != nil {
			if err := w.fields(field["Kids"], own, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// take keeps a signature; one that two fields name is one.
func (w *walk) take(v any) error {
	if r, ok := v.(reference); ok {
		if w.seen[r] {
			return nil
		}
		w.seen[r] = true
	}
	if len(w.found) == maxSignatures {
		return fmt.Errorf("%w: more than %d signatures", ErrPDF, maxSignatures)
	}
	w.found = append(w.found, v)
	return nil
}

// revisions is the number of cross-reference sections that stand before an offset; the two of a linearised file
// (ISO 32000-1 annex F) are one revision.
func (f *pdfFile) revisions(before int) int {
	n := 0
	for _, start := range f.starts {
		if start < before {
			n++
		}
	}
	if bytes.Contains(f.in[:min(len(f.in), 1024)], []byte("/Linearized")) && n > 1 {
		n--
	}
	return n
}

func (f *pdfFile) signature(v any) InPDF {
	out := InPDF{Revisions: f.revisions(len(f.in))}
	out.Revision = out.Revisions
	r, ok := v.(reference)
	if !ok || f.entries[r.number].stream > 0 {
		out.Fault = fault(ByteRange, "the signature is not an object of its own")
		return out
	}
	d, err := f.dictOf(r)
	if err != nil {
		out.Fault = fault(Form, "%v", err)
		return out
	}
	if d["SubFilter"] != name("ETSI.CAdES.detached") {
		out.Fault = fault(Form, "a signature of another kind than ETSI.CAdES.detached: %v", d["SubFilter"])
		return out
	}
	contents, fault := f.covered(&out, r, d)
	if fault != nil {
		out.Fault = fault
		return out
	}
	f.readCMS(&out, contents)
	return out
}

// covered checks the ByteRange against the place at which the signature's digits stand.
func (f *pdfFile) covered(out *InPDF, r reference, d dict) ([]byte, *Fault) {
	list, _ := d["ByteRange"].([]any)
	contents, ok := d["Contents"].(text)
	if len(list) != 4 || !ok || !contents.hex {
		return nil, fault(ByteRange, "ByteRange or Contents are not there")
	}
	for i, v := range list {
		n, ok := v.(float64)
		if !ok || n < 0 || n > MaxPDF || n != float64(int(n)) {
			return nil, fault(ByteRange, "ByteRange is not four numbers")
		}
		out.ByteRange[i] = int(n)
	}
	b := out.ByteRange
	end := b[2] + b[3]
	switch {
	case b[0] != 0 || b[1] != contents.start || b[2] != contents.end:
		return nil, fault(ByteRange, "it leaves out more, or other bytes, than the signature itself")
	case end > len(f.in) || end <= b[2]:
		return nil, fault(ByteRange, "it reaches beyond the file")
	case 2*len(contents.value)+2 != contents.end-contents.start:
		return nil, fault(ByteRange, "the bytes it leaves out are not the signature's digits alone")
	}
	revision, err := openWithin(f.in[:end], f.left)
	if err != nil || !bytes.HasSuffix(bytes.TrimRight(f.in[:end], "\r\n"), []byte("%%EOF")) {
		return nil, fault(ByteRange, "it does not end where a revision of the document ends")
	}
	if revision.entries[r.number] != f.entries[r.number] {
		return nil, fault(ByteRange, "the signature does not belong to the revision that it covers")
	}
	out.Revision, out.Whole = f.revisions(end), end == len(f.in)
	return contents.value, nil
}

// readCMS reads the CMS in front of the zeros that fill its room, and takes the digest of what is covered.
func (f *pdfFile) readCMS(out *InPDF, contents []byte) {
	s := cryptobyte.String(contents)
	var der cryptobyte.String
	if !s.ReadASN1Element(&der, tag.SEQUENCE) || len(bytes.Trim(s, "\x00")) > 0 {
		out.Fault = fault(Form, "the signature is not CMS in DER, or something stands behind it")
		return
	}
	signed, err := Read(der)
	if err != nil {
		out.Fault, _ = err.(*Fault)
		return
	}
	h := signed.Hash.New()
	h.Write(f.in[:out.ByteRange[1]])
	h.Write(f.in[out.ByteRange[2] : out.ByteRange[2]+out.ByteRange[3]])
	out.Signed, out.Content = signed, h.Sum(nil)
}
