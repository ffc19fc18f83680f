package pki

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	// ErrCRLForm says that bytes are not a revocation list of this hierarchy's profile.
	ErrCRLForm = errors.New("not a revocation list of this hierarchy")
	// ErrCRLSignature says that the list was not signed by the issuer it was checked against.
	ErrCRLSignature = errors.New("the revocation list is not signed by this issuer")
	// ErrCRLPeriod says that a list is not yet or no longer to be used.
	ErrCRLPeriod = errors.New("the revocation list is not of this day")
	// ErrCRLPartition says that a list is about other certificates.
	ErrCRLPartition = errors.New("the revocation list is about other certificates")
)

// RevocationList is a list whose signature was checked, ready for look-ups. It keeps one serial in 16 in
// memory, of very long lists fewer, and reads the rest where it lies; the bytes must not change under it.
type RevocationList struct {
	Number                 uint64
	ThisUpdate, NextUpdate time.Time
	Count                  int // of revoked certificates

	issuer      *x509.Certificate
	algorithm   Algorithm // of the issuer
	names       [][]byte  // GeneralNames of the distribution point
	authorities bool      // an ARL
	bytes       io.ReaderAt
	start, end  int64 // of the entries
	step        int   // entries between two of the index
	index       []indexed
}

// indexed is the place of an entry.
type indexed struct {
	serial Serial
	at     int64
}

const (
	leastStep = 16      // less to read at a look-up
	mostIndex = 1 << 19 // 12 MiB
)

// listSmallParts is room for everything before the entries, and for everything behind them.
const listSmallParts = 64 << 10

// OpenCRL reads a CRL or ARL of size bytes and checks form, order and the signature of the issuer, one
// of the pinned generations. The whole list is read once for the hash and once for the entries, at the
// same time. ErrCRLForm, ErrCRLSignature, or an error of r.
func OpenCRL(r io.ReaderAt, size int64, issuer *x509.Certificate) (*RevocationList, error) {
	algorithm, err := AlgorithmOf(issuer.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCRLSignature, err)
	}
	l := &RevocationList{issuer: issuer, algorithm: algorithm, bytes: r}
	tbsStart, tbsEnd, err := l.readHead(size)
	if err != nil {
		return nil, err
	}
	type hashed struct {
		sum []byte
		err error
	}
	digest := make(chan hashed, 1)
	go func() {
		h := algorithm.Hash().New()
		_, err := io.CopyBuffer(h, io.NewSectionReader(r, tbsStart, tbsEnd-tbsStart), make([]byte, blockSize))
		digest <- hashed{h.Sum(nil), err}
	}()
	walkErr := l.walk()
	sum := <-digest
	if err := errors.Join(walkErr, sum.err); err != nil {
		return nil, err
	}
	if err := l.readTail(tbsEnd, size, sum.sum); err != nil {
		return nil, err
	}
	return l, nil
}

// readHead reads the list up to its entries and says where the signed part lies.
func (l *RevocationList) readHead(size int64) (tbsStart, tbsEnd int64, err error) {
	head := make([]byte, min(size, listSmallParts))
	if _, err := l.bytes.ReadAt(head, 0); err != nil && err != io.EOF {
		return 0, 0, fmt.Errorf("read a revocation list: %w", err)
	}
	form, outer, length, ok := readHeader(head)
	if !ok || form != 0x30 || int64(outer)+length != size {
		return 0, 0, ErrCRLForm
	}
	form, inner, length, ok := readHeader(head[outer:])
	tbsStart, tbsEnd = int64(outer), int64(outer+inner)+length
	if !ok || form != 0x30 || tbsEnd > size {
		return 0, 0, ErrCRLForm
	}
	var (
		s       = cryptobyte.String(head[outer+inner : min(int64(len(head)), tbsEnd)])
		version int64
		issuer  cryptobyte.String
		good    [2]bool
	)
	if !s.ReadASN1Integer(&version) || version != 1 || !l.algorithm.skip(&s) || !s.ReadASN1Element(&issuer, tag.SEQUENCE) {
		return 0, 0, ErrCRLForm
	}
	if !bytes.Equal(issuer, l.issuer.RawSubject) {
		return 0, 0, ErrCRLSignature
	}
	l.ThisUpdate, good[0] = ReadTime(&s)
	l.NextUpdate, good[1] = ReadTime(&s)
	if !good[0] || !good[1] {
		return 0, 0, ErrCRLForm
	}
	here := int64(len(head)) - int64(len(s))
	if tbsEnd < int64(len(head)) {
		here = tbsEnd - int64(len(s))
	}
	l.start, l.end = here, here
	if s.PeekASN1Tag(tag.SEQUENCE) {
		_, width, length, ok := readHeader(s)
		if !ok || length == 0 || here+int64(width)+length > tbsEnd { // an empty list is left away
			return 0, 0, ErrCRLForm
		}
		l.start, l.end = here+int64(width), here+int64(width)+length
	}
	return tbsStart, tbsEnd, nil
}

// walk goes through the entries in blocks, checks form and order and builds the index.
func (l *RevocationList) walk() error {
	var (
		buf  = make([]byte, 0, blockSize)
		at   = l.start // of buf[0]
		last [16]byte
	)
	usual := (l.end - l.start) / usualEntry
	for l.step = leastStep; usual/int64(l.step) >= mostIndex; l.step *= 2 {
	}
	l.index = make([]indexed, 0, usual/int64(l.step)+1)
	for at < l.end {
		buf = buf[:min(int64(cap(buf)), l.end-at)]
		if n, err := l.bytes.ReadAt(buf, at); n < len(buf) {
			return fmt.Errorf("read a revocation list: %w", err)
		}
		used := 0
		for used < len(buf) && (len(buf)-used >= maxEntry || at+int64(len(buf)) == l.end) {
			entry := buf[used:]
			size := entrySize(entry)
			if size == 0 || bytes.Compare(entry[4:20], last[:]) <= 0 {
				return fmt.Errorf("%w: entry %d", ErrCRLForm, l.Count)
			}
			copy(last[:], entry[4:20])
			if l.Count%l.step == 0 {
				l.index = append(l.index, indexed{last, at + int64(used)})
			}
			l.Count++
			used += size
		}
		at += int64(used)
	}
	return nil
}

// readTail reads extensions and signature and checks both.
func (l *RevocationList) readTail(tbsEnd, size int64, digest []byte) error {
	if size-l.end > listSmallParts {
		return ErrCRLForm
	}
	tail := make([]byte, size-l.end)
	if n, err := l.bytes.ReadAt(tail, l.end); n < len(tail) {
		return fmt.Errorf("read a revocation list: %w", err)
	}
	tbs, rest := cryptobyte.String(tail[:tbsEnd-l.end]), cryptobyte.String(tail[tbsEnd-l.end:])
	var (
		extensions cryptobyte.String
		signature  []byte
	)
	if !tbs.ReadASN1(&extensions, context(0)) || !tbs.Empty() || !l.algorithm.skip(&rest) ||
		!rest.ReadASN1BitStringAsBytes(&signature) || !rest.Empty() {
		return ErrCRLForm
	}
	if !l.algorithm.verifyDigest(l.issuer.PublicKey, l.algorithm.Hash(), digest, signature) {
		return ErrCRLSignature
	}
	return l.readExtensions(extensions)
}

func (l *RevocationList) readExtensions(extensions cryptobyte.String) error {
	var number, point, keyID bool
	err := eachExtension(extensions, func(id string, value []byte) (bool, error) {
		s := cryptobyte.String(value)
		switch {
		case id == oidCRLNumber.der:
			number = s.ReadASN1Integer(&l.Number) && s.Empty()
		case id == oidIssuingDistribution.der:
			point = l.readIssuingPoint(s)
		case id == oidAuthorityKeyID.der:
			keyID = bytes.Equal(value, authorityKeyID(l.issuer.SubjectKeyId).value)
		default:
			return false, nil
		}
		return true, nil
	})
	if err != nil || !number || !point || !keyID {
		return fmt.Errorf("%w: extensions", ErrCRLForm)
	}
	return nil
}

// readIssuingPoint reads a distribution point with exactly one of the two restrictions that we write.
func (l *RevocationList) readIssuingPoint(s cryptobyte.String) bool {
	var body, only cryptobyte.String
	if !s.ReadASN1(&body, tag.SEQUENCE) || !s.Empty() {
		return false
	}
	var ok bool
	if l.names, ok = readPointNames(&body); !ok {
		return false
	}
	l.authorities = body.PeekASN1Tag(onlyAuthorityCertificates)
	form := onlyUserCertificates
	if l.authorities {
		form = onlyAuthorityCertificates
	}
	return body.ReadASN1(&only, form) && bytes.Equal(only, []byte{0xFF}) && body.Empty()
}

// readPointNames reads a DistributionPointName in its fullName form as the encoded GeneralNames.
func readPointNames(s *cryptobyte.String) ([][]byte, bool) {
	var name, full cryptobyte.String
	if !s.ReadASN1(&name, context(0)) || !name.ReadASN1(&full, context(0)) || !name.Empty() {
		return nil, false
	}
	var names [][]byte
	for !full.Empty() {
		var element cryptobyte.String
		var form tag.Tag
		if !full.ReadAnyASN1Element(&element, &form) {
			return nil, false
		}
		names = append(names, element)
	}
	return names, len(names) > 0
}

// Check says whether the list may be used at the instant for the certificate, an authority's or a
// holder's: same issuer, same distribution point (one name in common, RFC 5280 section 6.3.3 (b)), within
// thisUpdate and nextUpdate. ErrCRLPartition, ErrCRLPeriod. Such a list is up to a day behind OCSP.
func (l *RevocationList) Check(cert *x509.Certificate, now time.Time) error {
	if !bytes.Equal(cert.RawIssuer, l.issuer.RawSubject) || cert.IsCA != l.authorities || !l.sharesPoint(cert) {
		return ErrCRLPartition
	}
	if cert.AuthorityKeyId != nil && !bytes.Equal(cert.AuthorityKeyId, l.issuer.SubjectKeyId) {
		return ErrCRLPartition
	}
	if now.Before(l.ThisUpdate) || now.After(l.NextUpdate) {
		return ErrCRLPeriod
	}
	return nil
}

// named reports that the distribution point has the directory name.
func (l *RevocationList) named(name distinguishedName) bool {
	want := encode(name.addDirectoryName)
	return slices.ContainsFunc(l.names, func(other []byte) bool { return bytes.Equal(want, other) })
}

func (l *RevocationList) sharesPoint(cert *x509.Certificate) bool {
	i := slices.IndexFunc(cert.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidCRLDistribution.arcs) })
	if i < 0 {
		return false
	}
	s, points := cryptobyte.String(cert.Extensions[i].Value), cryptobyte.String(nil)
	if !s.ReadASN1(&points, tag.SEQUENCE) {
		return false
	}
	for !points.Empty() {
		var point cryptobyte.String
		if !points.ReadASN1(&point, tag.SEQUENCE) {
			return false
		}
		names, ok := readPointNames(&point)
		if !ok {
			continue
		}
		for _, name := range names {
			if slices.ContainsFunc(l.names, func(other []byte) bool { return bytes.Equal(name, other) }) {
				return true
			}
		}
	}
	return false
}

// Lookup is the list's entry for a serial; false when it has none. It does not ask whether the list is
// the right one: Check does. An error is one of the reader.
func (l *RevocationList) Lookup(s Serial) (e RevokedEntry, found bool, err error) {
	_, _, err = l.place(s, func(entry []byte) error {
		if e, found = decodeEntry(entry); !found {
			return ErrCRLForm
		}
		return nil
	})
	return e, found, err
}

// windows are what look-ups read into.
var windows = sync.Pool{New: func() any { return new([]byte) }}

// block is the last block that does not begin above a serial, -1 for none. Serial numbers are spread evenly, so that where a block lies
// can nearly be calculated; from there the search goes on in steps that double, which is no worse than halving should they not be.
func (l *RevocationList) block(s Serial) int {
	n := len(l.index)
	if n == 0 || l.index[0].serial.Compare(s) > 0 {
		return -1
	}
	first, last, key := l.index[0].serial.prefix(), l.index[n-1].serial.prefix(), s.prefix()
	guess := n - 1
	if key < last {
		high, low := bits.Mul64(key-first, uint64(n-1))
		at, _ := bits.Div64(high, low, last-first)
		guess = int(at)
	}
	from, to := guess, guess+1 // the block is in [from, to)
	for step := 1; from > 0 && l.index[from].serial.Compare(s) > 0; step *= 2 {
		from, to = max(from-step, 0), from
	}
	for step := 1; to < n && l.index[to].serial.Compare(s) <= 0; step *= 2 {
		from, to = to, min(to+step, n)
	}
	i, exact := slices.BinarySearchFunc(l.index[from:to], s, func(e indexed, s Serial) int { return e.serial.Compare(s) })
	if !exact {
		i--
	}
	return from + i
}

// place is where the entry of a serial lies, and how long it is; where there is none, length 0 and where it would lie. found,
// unless nil, sees the entry.
func (l *RevocationList) place(s Serial, found func([]byte) error) (int64, int, error) {
	i := l.block(s)
	if i < 0 {
		return l.start, 0, nil
	}
	at, end := l.index[i].at, l.end
	if i+1 < len(l.index) {
		end = l.index[i+1].at
	}
	window := windows.Get().(*[]byte)
	defer windows.Put(window)
	if int64(cap(*window)) < end-at {
		*window = make([]byte, l.step*maxEntry)
	}
	buf := (*window)[:end-at]
	if n, err := l.bytes.ReadAt(buf, at); n < len(buf) {
		return 0, 0, fmt.Errorf("read a revocation list: %w", err)
	}
	for len(buf) > 0 {
		size := entrySize(buf)
		if size == 0 {
			return 0, 0, ErrCRLForm
		}
		switch bytes.Compare(buf[4:20], s[:]) {
		case 0:
			if found != nil {
				return at, size, found(buf[:size])
			}
			return at, size, nil
		case 1:
			return at, 0, nil
		}
		buf = buf[size:]
		at += int64(size)
	}
	return at, 0, nil
}

// readHeader reads a DER tag and minimal length; width is the octets of both.
func readHeader(b []byte) (form byte, width int, length int64, ok bool) {
	if len(b) < 2 || b[0]&0x1F == 0x1F {
		return 0, 0, 0, false
	}
	if b[1] < 0x80 {
		return b[0], 2, int64(b[1]), true
	}
	octets := int(b[1] & 0x7F)
	if octets < 1 || octets > 6 || len(b) < 2+octets || b[2] == 0 {
		return 0, 0, 0, false
	}
	for _, c := range b[2 : 2+octets] {
		length = length<<8 | int64(c)
	}
	return b[0], 2 + octets, length, length >= 0x80
}
