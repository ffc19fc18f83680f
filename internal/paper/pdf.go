package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"
)

// utf16Hex is a text as PDF writes it in a string: UTF-16, big end first, in hexadecimal.
func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// file is a PDF being written: objects by number, and where each begins.
type file struct {
	out     bytes.Buffer
	offsets []int
}

// next gives out an object's number.
func (f *file) next() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets)
}

func (f *file) object(n int, format string, args ...any) {
	f.offsets[n-1] = f.out.Len()
	fmt.Fprintf(&f.out, "%d 0 obj\n", n)
	fmt.Fprintf(&f.out, format, args...)
	f.out.WriteString("\nendobj\n")
}

// stream writes compressed data with the entries of its dictionary.
func (f *file) stream(n int, entries string, data []byte) error {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	f.offsets[n-1] = f.out.Len()
	fmt.Fprintf(&f.out, "%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n", n, entries, b.Len())
	f.out.Write(b.Bytes())
	f.out.WriteString("\nendstream\nendobj\n")
	return nil
}

// Bytes is the finished document.
func (d *Document) Bytes() ([]byte, error) {
	var f file
	f.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	if !d.noted {
		for _, p := range d.pages {
			p.note()
		}
		d.noted = true
	}
	catalog, info, tree := f.next(), f.next(), f.next()
	var fonts strings.Builder
	for i, u := range d.used {
		if len(u.texts) == 1 {
			continue // nothing was printed with it
		}
		n, err := f.font(i, u)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&fonts, "/F%d %d 0 R ", i, n)
	}
	var kids strings.Builder
	for _, p := range d.pages {
		page, content := f.next(), f.next()
		fmt.Fprintf(&kids, "%d 0 R ", page)
		f.object(page, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /Font << %s>> >> >>",
			tree, p.size.Width*pointsPerMM, p.size.Height*pointsPerMM, content, fonts.String())
		if err := f.stream(content, "", []byte(p.ops.String())); err != nil {
			return nil, err
		}
	}
	f.object(tree, "<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(d.pages))
	f.object(info, "<< /Title <FEFF%s> /Producer (mynumber) >>", utf16Hex(d.title))
	f.object(catalog, "<< /Type /Catalog /Pages %d 0 R /Lang (ja-JP) /ViewerPreferences << /DisplayDocTitle true >> >>", tree)
	f.end(catalog, info)
	return f.out.Bytes(), nil
}

// end writes the table of objects.
func (f *file) end(catalog, info int) {
	at := f.out.Len()
	fmt.Fprintf(&f.out, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, o := range f.offsets {
		fmt.Fprintf(&f.out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&f.out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalog, info, at)
}

// font writes what was used of a font and returns its object's number.
func (f *file) font(i int, u *usedFace) (int, error) {
	subset, err := u.sub.file()
	if err != nil {
		return 0, err
	}
	font, descendant, descriptor, data, gids, unicode := f.next(), f.next(), f.next(), f.next(), f.next(), f.next()
	name := strings.Repeat(string(rune('A'+i)), 6) + "+" + u.sub.face.name
	f.object(font, "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicode)
	var widths strings.Builder
	toGlyph := make([]byte, 0, 2*len(u.gids))
	for _, g := range u.gids {
		fmt.Fprintf(&widths, "%d ", u.sub.face.advance(u.sub.glyphs[g]))
		toGlyph = append(toGlyph, byte(g>>8), byte(g))
	}
	f.object(descendant, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 /W [0 [%s]] /CIDToGIDMap %d 0 R >>",
		name, descriptor, widths.String(), gids)
	f.object(descriptor, "<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-200 -250 1200 1000] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 740 /StemV 80 /FontFile2 %d 0 R >>", name, data)
	if err := f.stream(data, fmt.Sprintf("/Length1 %d", len(subset)), subset); err != nil {
		return 0, err
	}
	if err := f.stream(gids, "", toGlyph); err != nil {
		return 0, err
	}
	return font, f.stream(unicode, "", []byte(toUnicode(u.texts)))
}

// toUnicode is the text layer: each character id with the characters it stands for.
func toUnicode(texts []string) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	const most = 100 // rows of a block
	for from := 1; from < len(texts); from += most {
		to := min(from+most, len(texts))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "<%04X> <%s>\n", i, utf16Hex(texts[i]))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return b.String()
}
