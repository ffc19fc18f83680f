package signing

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// SignPDF signs a PDF (PAdES baseline B-B, ETSI EN 319 142-1): an incremental update (ISO 32000-1 section 7.5.6) that keeps
// every byte there was, adds an invisible signature field, and covers the whole file but the signature itself. at is the
// time that the signer claims; it stands in the signature dictionary, and not in the CMS (EN 319 142-1 section 6.3). A file
// that cannot be read, is encrypted, or was certified against changes is an error.
func SignPDF(in []byte, s Signer, at time.Time) ([]byte, error) {
	f, err := openPDF(in)
	if err != nil {
		return nil, err
	}
	cert, suite, err := s.check()
	if err != nil {
		return nil, err
	}
	u := update{file: f, objects: map[int]string{}, next: f.size()}
	signature, err := u.prepare(at, len(cert.Raw)+2*suite.hash.Size()+2048)
	if err != nil {
		return nil, err
	}
	out, err := u.write()
	if err != nil {
		return nil, err
	}
	start, end, err := fillRange(out, signature)
	if err != nil {
		return nil, err
	}
	cms, err := Sign(io.MultiReader(bytes.NewReader(out[:start]), bytes.NewReader(out[end:])), s, time.Time{})
	if err != nil {
		return nil, err
	}
	if 2*len(cms) > end-start-2 {
		return nil, fmt.Errorf("the signature of %d octets does not fit the room kept for it", len(cms))
	}
	copy(out[start+1:], fmt.Sprintf("%X", cms))
	return out, nil
}

// The room for ByteRange is written with the signature dictionary and filled when the file is laid out.
const rangeRoom = "[0 0000000000 0000000000 0000000000]"

// update is what an incremental update adds.
type update struct {
	file    *pdfFile
	objects map[int]string // new and changed, by number
	next    int            // the next number that is free
}

func (u *update) add(object string) reference {
	r := reference{u.next, 0}
	u.objects[u.next] = object
	u.next++
	return r
}

// change writes an object anew under its own number.
func (u *update) change(r reference, v any) { u.objects[r.number] = write(v) }

// size is the first number that no object has.
func (f *pdfFile) size() int {
	n, _ := f.trailer["Size"].(float64)
	size := int(n)
	for number := range f.entries {
		size = max(size, number+1)
	}
	return size
}

// prepare makes signature, field, page, form and catalog, and says which object the signature is.
func (u *update) prepare(at time.Time, room int) (reference, error) {
	f := u.file
	root, ok := f.trailer["Root"].(reference)
	if !ok {
		return root, fmt.Errorf("%w: it has no catalog", ErrPDF)
	}
	catalog, err := f.dictOf(root)
	if err != nil {
		return root, err
	}
	if catalog["Perms"] != nil {
		return root, fmt.Errorf("%w: its author certified it against changes", ErrPDF)
	}
	pageRef, page, err := f.firstPage(catalog)
	if err != nil {
		return root, err
	}
	claimed := ""
	if !at.IsZero() {
		claimed = " /M (D:" + at.UTC().Format("20060102150405") + "+00'00')"
	}
	signature := u.add("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached" + claimed + " /ByteRange " + rangeRoom +
		" /Contents <" + strings.Repeat("0", 2*room) + "> >>")
	field := u.add(fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature%d) /V %d 0 R /P %d %d R /Rect [0 0 0 0] /F 132 >>",
		signature.number, signature.number, pageRef.number, pageRef.generation))
	changed, err := u.appendTo(page, "Annots", field)
	if err != nil {
		return root, err
	}
	if changed {
		u.change(pageRef, page)
	}
	return signature, u.addToForm(root, catalog, field)
}

// appendTo adds a reference to the list under a key; it says whether the dictionary itself changed, and not only a list
// that is an object of its own.
func (u *update) appendTo(d dict, key name, r reference) (bool, error) {
	old := d[key]
	v, err := u.file.resolve(old)
	if err != nil {
		return false, err
	}
	list, ok := v.([]any)
	if v != nil && !ok {
		return false, fmt.Errorf("%w: %s is no list", ErrPDF, key)
	}
	list = append(slices.Clone(list), r)
	if at, indirect := old.(reference); indirect && v != nil {
		u.change(at, list)
		return false, nil
	}
	d[key] = list
	return true, nil
}

// addToForm adds the field to the document's form, and says that there are signatures (SigFlags, section 12.7.2).
func (u *update) addToForm(root reference, catalog dict, field reference) error {
	form := dict{}
	at, indirect := catalog["AcroForm"].(reference)
	if catalog["AcroForm"] != nil {
		var err error
		if form, err = u.file.dictOf(catalog["AcroForm"]); err != nil {
			return err
		}
	}
	if _, err := u.appendTo(form, "Fields", field); err != nil {
		return err
	}
	form["SigFlags"] = 3.0 // SignaturesExist, AppendOnly
	if indirect {
		u.change(at, form)
		return nil
	}
	catalog["AcroForm"] = form
	u.change(root, catalog)
	return nil
}

func (f *pdfFile) firstPage(catalog dict) (reference, dict, error) {
	at := catalog["Pages"]
	for range maxNesting {
		r, ok := at.(reference)
		node, err := f.dictOf(at)
		if err != nil || !ok {
			return r, nil, cmp.Or(err, fmt.Errorf("%w: its pages", ErrPDF))
		}
		if node["Type"] == name("Page") {
			return r, node, nil
		}
		kids, err := f.resolve(node["Kids"])
		list, ok := kids.([]any)
		if err != nil || !ok || len(list) == 0 {
			return r, nil, cmp.Or(err, fmt.Errorf("%w: it has no page", ErrPDF))
		}
		at = list[0]
	}
	return reference{}, nil, fmt.Errorf("%w: its pages", ErrPDF)
}

// write lays the update out behind the file, with a cross-reference section of the kind that the file has.
func (u *update) write() ([]byte, error) {
	f := u.file
	out := bytes.NewBuffer(slices.Clone(f.in))
	if !bytes.HasSuffix(f.in, []byte("\n")) {
		out.WriteByte('\n')
	}
	rows := map[int]entry{}
	for _, n := range slices.Sorted(maps.Keys(u.objects)) {
		generation := 0
		if e, was := f.entries[n]; was && e.stream == 0 {
			generation = e.generation
		}
		rows[n] = entry{offset: out.Len(), generation: generation}
		fmt.Fprintf(out, "%d %d obj\n%s\nendobj\n", n, generation, u.objects[n])
	}
	trailer := dict{"Prev": float64(f.starts[0])}
	for _, key := range []name{"Root", "Info", "ID"} {
		if v := f.trailer[key]; v != nil {
			trailer[key] = v
		}
	}
	at := out.Len()
	if f.stream {
		u.writeStream(out, trailer, rows)
	} else {
		trailer["Size"] = float64(u.next)
		out.WriteString("xref\n")
		for _, run := range runs(rows) {
			fmt.Fprintf(out, "%d %d\n", run[0], len(run))
			for _, n := range run {
				fmt.Fprintf(out, "%010d %05d n \n", rows[n].offset, rows[n].generation)
			}
		}
		out.WriteString("trailer\n" + write(trailer) + "\n")
	}
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", at)
	if out.Len() > MaxPDF {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrPDF, MaxPDF)
	}
	return out.Bytes(), nil
}

// writeStream writes the section as a stream (section 7.5.8), itself an object with a row of its own.
func (u *update) writeStream(out *bytes.Buffer, trailer dict, rows map[int]entry) {
	own := u.next
	u.next++
	rows[own] = entry{offset: out.Len()}
	var data bytes.Buffer
	index := []any{}
	for _, run := range runs(rows) {
		index = append(index, float64(run[0]), float64(len(run)))
		for _, n := range run {
			o, g := rows[n].offset, rows[n].generation
			data.Write([]byte{1, byte(o >> 24), byte(o >> 16), byte(o >> 8), byte(o), byte(g >> 8), byte(g)})
		}
	}
	trailer["Type"], trailer["Size"], trailer["Length"] = name("XRef"), float64(u.next), float64(data.Len())
	trailer["W"], trailer["Index"] = []any{1.0, 4.0, 2.0}, index
	fmt.Fprintf(out, "%d 0 obj\n%s\nstream\n", own, write(trailer))
	out.Write(data.Bytes())
	out.WriteString("\nendstream\nendobj\n")
}

// runs are the numbers in order, cut where one is left out.
func runs(rows map[int]entry) [][]int {
	var out [][]int
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		if last := len(out) - 1; last >= 0 && out[last][len(out[last])-1] == n-1 {
			out[last] = append(out[last], n)
			continue
		}
		out = append(out, []int{n})
	}
	return out
}

// fillRange writes the ByteRange of the signature into the room kept for it, and says where /Contents begins and ends.
func fillRange(out []byte, signature reference) (start, end int, err error) {
	f, err := openPDF(out)
	if err != nil {
		return 0, 0, fmt.Errorf("read the file just written: %w", err)
	}
	d, err := f.dictOf(signature)
	if err != nil {
		return 0, 0, fmt.Errorf("read the file just written: %w", err)
	}
	contents, ok := d["Contents"].(text)
	object := f.entries[signature.number].offset
	room := bytes.Index(out[object:], []byte(rangeRoom))
	if !ok || room < 0 {
		return 0, 0, fmt.Errorf("%w: the file just written", ErrPDF)
	}
	copy(out[object+room:], fmt.Sprintf("[0 %010d %010d %010d]", contents.start, contents.end, len(out)-contents.end))
	return contents.start, contents.end, nil
}

// write is an object as PDF writes it; keys in order, so that the same object is written the same.
func write(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.5f", v), "0"), ".")
	case name:
		return writeName(v)
	case reference:
		return fmt.Sprintf("%d %d R", v.number, v.generation)
	case text:
		if v.hex {
			return fmt.Sprintf("<%X>", v.value)
		}
		return "(" + string(v.value) + ")"
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, write(x))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case dict:
		var b strings.Builder
		b.WriteString("<<")
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(" " + writeName(key) + " " + write(v[key]))
		}
		b.WriteString(" >>")
		return b.String()
	}
	return fmt.Sprint(v) // true and false
}

func writeName(n name) string {
	var b strings.Builder
	b.WriteByte('/')
	for _, c := range []byte(n) {
		if !isRegular(c) || c == '#' || c < '!' || c > '~' {
			fmt.Fprintf(&b, "#%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
