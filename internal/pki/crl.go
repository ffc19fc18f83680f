package pki

import (
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	// ErrCRL says that a list cannot be made as it is asked for; nothing usable was written.
	ErrCRL = errors.New("no revocation list can be made of this")
	// ErrCRLChanged says that the entries were others on the second walk, or not of the size that was told.
	ErrCRLChanged = fmt.Errorf("%w: the entries changed under the writer", ErrCRL)
)

// RevokedEntry is one line of a list.
type RevokedEntry struct {
	Serial Serial
	At     time.Time
	Reason Reason
}

// Entries are the lines of a list in ascending order of the serial, each once. A source that fails
// yields its error: a list cut short would call revoked certificates good.
type Entries = iter.Seq2[RevokedEntry, error]

// EntryBlocks are Entries some hundred at a time, which costs a third of handing over each by itself. A block is read until the
// next one is asked for, and may then be filled again.
type EntryBlocks = iter.Seq2[[]RevokedEntry, error]

// entriesTogether is how many entries are handed on at a time: they stay in the processor's nearest cache.
const entriesTogether = 256

// inBlocks gathers entries.
func inBlocks(entries Entries) EntryBlocks {
	return func(yield func([]RevokedEntry, error) bool) {
		block := make([]RevokedEntry, 0, entriesTogether)
		for e, err := range entries {
			if err != nil {
				yield(nil, err)
				return
			}
			if block = append(block, e); len(block) == cap(block) {
				if !yield(block, nil) {
					return
				}
				block = block[:0]
			}
		}
		if len(block) > 0 {
			yield(block, nil)
		}
	}
}

// CRL is a revocation list (失効リスト) of one partition and one generation.
type CRL struct {
	Partition  Partition
	URLs       URLs      // as in the certificates, for the name of the distribution point
	Number     uint64    // rises with every list of the partition and generation
	ThisUpdate time.Time // no entry may be younger
	NextUpdate time.Time
	Entries    Entries     // nil for an empty list, which is published like any other
	Blocks     EntryBlocks // the same by the hundred, in place of Entries, for a source that has them so

	// EntriesSize is the sum of RevokedEntry.Size over all entries, where the caller knows it; then
	// the entries are walked once. 0 makes the writer walk it twice, for DER wants lengths first: the source
	// must then be a snapshot.
	EntriesSize int64

	// Kept takes the entries of an earlier list of the same partition and generation, checked when it was
	// opened, as they are, but for Changes: so a list costs what happened since. Entries is then not looked at.
	Kept *RevocationList
	// Changes are what became of serials since Kept was made, by rising serial, each once.
	Changes []ListChange
}

// ARL is the list of an authority's own certificates (認証局失効リスト), normally empty.
type ARL struct {
	Number     uint64
	ThisUpdate time.Time
	NextUpdate time.Time
	Entries    Entries
}

// WriteCRL writes and signs a list in one pass, with memory that does not grow with it. On an error what
// was written is to be thrown away. ErrCRL, ErrCRLChanged, ErrAuthorityPeriod, an error of the source,
// of w or of the signer.
func (a *Authority) WriteCRL(w io.Writer, c CRL) error {
	var lint linter
	if lint.partition(c.Partition); len(lint.found) > 0 {
		return fmt.Errorf("%w: %w", ErrCRL, lint.found)
	}
	l := list{
		number: c.Number, thisUpdate: c.ThisUpdate, nextUpdate: c.NextUpdate, blocks: blocksOf(c.Blocks, c.Entries), size: c.EntriesSize,
		point: c.Partition.distributionPoint(a.kind, a.generation, c.URLs), only: onlyUserCertificates,
		first: firstOfHolders, last: lastOfAll,
	}
	if c.Kept != nil {
		if !c.Kept.issuer.Equal(a.cert) || c.Kept.authorities || !c.Kept.named(c.Partition.name(a.kind)) {
			return fmt.Errorf("%w: the kept entries: %w", ErrCRL, ErrCRLPartition)
		}
		if c.ThisUpdate.Before(c.Kept.ThisUpdate) {
			return fmt.Errorf("%w: of an earlier instant than the kept one", ErrCRL)
		}
		kept, free, err := c.Kept.near(len(c.Changes))
		if err != nil {
			return err
		}
		defer free()
		merged, err := kept.merge(c.Changes, c.ThisUpdate)
		if err != nil {
			return err
		}
		l.blocks, l.merged, l.size = nil, merged, merged.size
	}
	return a.writeList(w, l)
}

// WriteARL is WriteCRL for the authority's own certificates.
func (a *Authority) WriteARL(w io.Writer, c ARL) error {
	return a.writeList(w, list{
		number: c.Number, thisUpdate: c.ThisUpdate, nextUpdate: c.NextUpdate, blocks: blocksOf(nil, c.Entries),
		point: distributionPointName(authorityName(a.kind), ""), only: onlyAuthorityCertificates,
		first: firstOfAll, last: firstOfHolders - 1,
	})
}

func blocksOf(blocks EntryBlocks, entries Entries) EntryBlocks {
	if blocks == nil && entries != nil {
		return inBlocks(entries)
	}
	return blocks
}

// What an issuingDistributionPoint says the list is about (RFC 5280 section 5.2.5).
var (
	onlyUserCertificates      = tag.Tag(1).ContextSpecific()
	onlyAuthorityCertificates = tag.Tag(2).ContextSpecific()
)

// list is what CRL and ARL have in common.
type list struct {
	number                 uint64
	thisUpdate, nextUpdate time.Time
	blocks                 EntryBlocks
	size                   int64
	point                  []byte
	only                   tag.Tag
	first, last            byte // what the first octet of a serial may be
	merged                 *merged
}

func (a *Authority) writeList(w io.Writer, l list) error {
	if l.number == 0 || !l.thisUpdate.Before(l.nextUpdate) {
		return fmt.Errorf("%w: number %d, next update not after this one", ErrCRL, l.number)
	}
	if !within(a.cert, l.thisUpdate) {
		return ErrAuthorityPeriod
	}
	if l.blocks == nil {
		l.blocks = func(func([]RevokedEntry, error) bool) {}
	}
	if l.size == 0 && l.merged == nil {
		for block, err := range l.blocks {
			if err != nil {
				return fmt.Errorf("read the entries of a list: %w", err)
			}
			for i := range block {
				l.size += int64(block[i].Size())
			}
		}
	}
	before, err := a.listHead(l)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCRL, err)
	}
	if l.size > 0 {
		before = appendHeader(before, 0x30, l.size)
	}
	after := a.listExtensions(l)
	body := int64(len(before)) + l.size + int64(len(after))
	tbsHead := appendHeader(nil, 0x30, body)
	signatureSize := int64(algorithms[a.algorithm].usualSize)
	last := append(appendHeader(slices.Clone(a.algorithm.identifier()), 0x03, 1+signatureSize), 0) // no unused bits
	outer := appendHeader(nil, 0x30, int64(len(tbsHead))+body+int64(len(last))+signatureSize)
	out := newListOutput(w, a.algorithm.Hash().New(), l.size, len(outer))
	defer out.free()
	out.write(outer, tbsHead, before)
	if l.merged != nil {
		err = out.merge(l.merged)
	} else {
		err = out.entries(l)
	}
	out.write(after)
	digest, sumErr := out.sum()
	if err := errors.Join(err, sumErr); err != nil {
		return err
	}
	signature, err := a.algorithm.signUsual(a.keys.CA, digest)
	if err != nil {
		return err
	}
	return out.end(last, signature)
}

// listHead is the TBSCertList from version to nextUpdate.
func (a *Authority) listHead(l list) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1Uint64(1) // v2
	b.AddBytes(a.algorithm.identifier())
	b.AddBytes(a.cert.RawSubject)
	addTime(&b, l.thisUpdate)
	addTime(&b, l.nextUpdate)
	return b.Bytes()
}

// listExtensions are authorityKeyIdentifier, cRLNumber and the critical issuingDistributionPoint.
func (a *Authority) listExtensions(l list) []byte {
	return encode(func(b *cryptobyte.Builder) {
		addExtensions(b, 0, []extension{
			authorityKeyID(a.keyID),
			{oidCRLNumber, false, encode(func(b *cryptobyte.Builder) { b.AddASN1Uint64(l.number) })},
			{oidIssuingDistribution, true, encode(func(b *cryptobyte.Builder) {
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddBytes(l.point)
					b.AddASN1(l.only, func(b *cryptobyte.Builder) { b.AddUint8(0xFF) })
				})
			})},
		})
	})
}

// appendHeader appends a DER tag and length.
func appendHeader(b []byte, tag byte, length int64) []byte {
	b = append(b, tag)
	if length < 0x80 {
		return append(b, byte(length))
	}
	octets := 1
	for n := length >> 8; n > 0; n >>= 8 {
		octets++
	}
	b = append(b, 0x80|byte(octets))
	for octets--; octets >= 0; octets-- {
		b = append(b, byte(length>>(8*octets)))
	}
	return b
}

// listOutput gathers the bytes of a list into blocks; each is hashed and written. For long lists two goroutines do that, while the
// next block is encoded: whichever of the three has the most to do, two processors share it. A short list is one block, and written at once.
type listOutput struct {
	block    []byte
	unsigned int // octets at the start of the next block that is hashed which are not signed
	digest   hash.Hash
	w        io.Writer
	err      error // of the writer; read by the encoder only after sum
	hasher   chan []byte
	writer   chan []byte
	hashed   chan []byte // blocks in their order, when the hasher is done with them
	wrote    chan []byte // the same by the writer; a block is free when both are
	busy     int         // blocks that are with them
}

const (
	blockSize    = 128 << 10
	longList     = 4 << 20 // from here on further goroutines pay
	blocksFlying = 4
	besides      = 4 << 10 // octets of a list besides its entries, and more
)

// blocks are what short lists are written from.
var blocks = sync.Pool{New: func() any { return new([blockSize + besides]byte) }}

// newListOutput writes to w and hashes what follows the first so many octets; size is that of the entries.
func newListOutput(w io.Writer, digest hash.Hash, size int64, unsigned int) *listOutput {
	o := &listOutput{digest: digest, w: w, unsigned: unsigned}
	if size < longList {
		o.block = blocks.Get().(*[blockSize + besides]byte)[:0]
		return o
	}
	o.block = make([]byte, 0, blockSize)
	o.hasher, o.hashed = inTurn(o.hash)
	o.writer, o.wrote = inTurn(o.emit)
	return o
}

// free gives the memory of a short list back.
func (o *listOutput) free() {
	if o.hasher == nil {
		blocks.Put((*[blockSize + besides]byte)(o.block[:cap(o.block)]))
	}
}

// inTurn does something with each block that is sent, and gives it back.
func inTurn(do func([]byte)) (in, out chan []byte) {
	in, out = make(chan []byte, blocksFlying), make(chan []byte, blocksFlying)
	go func() {
		defer close(out)
		for block := range in {
			do(block)
			out <- block
		}
	}()
	return in, out
}

func (o *listOutput) hash(block []byte) {
	o.digest.Write(block[o.unsigned:])
	o.unsigned = 0
}

func (o *listOutput) emit(block []byte) {
	if o.err == nil {
		_, o.err = o.w.Write(block)
	}
}

// flush hands the block on.
func (o *listOutput) flush() {
	if o.hasher == nil {
		o.hash(o.block)
		o.emit(o.block)
		o.block = o.block[:0]
		return
	}
	o.hasher <- o.block
	o.writer <- o.block
	if o.busy++; o.busy < blocksFlying {
		o.block = make([]byte, 0, blockSize)
		return
	}
	o.block = (<-o.hashed)[:0]
	<-o.wrote
	o.busy--
}

func (o *listOutput) write(parts ...[]byte) {
	for _, part := range parts {
		if len(o.block)+len(part) > cap(o.block) {
			o.flush()
		}
		o.block = append(o.block, part...)
	}
}

// sum is the digest of everything that is signed.
func (o *listOutput) sum() ([]byte, error) {
	if o.hasher == nil {
		o.hash(o.block)
	} else {
		o.flush()
		close(o.hasher)
		close(o.writer)
		for range o.hashed { // until the last block is hashed
		}
		for range o.wrote {
		}
	}
	return o.digest.Sum(nil), o.failed()
}

// end writes what is left, and what is behind the signed bytes.
func (o *listOutput) end(parts ...[]byte) error {
	for _, part := range parts {
		if len(o.block)+len(part) > cap(o.block) {
			o.emit(o.block)
			o.block = o.block[:0]
		}
		o.block = append(o.block, part...)
	}
	o.emit(o.block)
	return o.failed()
}

func (o *listOutput) failed() error {
	if o.err != nil {
		return fmt.Errorf("write a list: %w", o.err)
	}
	return nil
}

// entries encodes the lines and checks order, form and total size on the way.
func (o *listOutput) entries(l list) error {
	written, before := int64(0), halves{}
	for block, err := range l.blocks {
		if err != nil {
			return fmt.Errorf("read the entries of a list: %w", err)
		}
		var n int64
		if before, n, err = o.encode(&l, block, before); err != nil {
			return err
		}
		written += n
	}
	if written != l.size {
		return ErrCRLChanged
	}
	return nil
}

// encode appends some entries and checks each; before is the serial before them. It gives the last one and how many octets they are.
func (o *listOutput) encode(l *list, block []RevokedEntry, before halves) (last halves, written int64, err error) {
	var (
		this, first, end = l.thisUpdate.Unix(), l.first, l.last
		days             = writtenDays()
		out              = o.block
		at               = len(out)
	)
	for i := range block {
		e := &block[i]
		serial, unix := e.Serial.halves(), e.At.Unix()
		switch {
		case e.Serial[0] < first, e.Serial[0] > end, !e.Reason.Valid(), unix < earliestEntry, unix >= this && e.At.After(l.thisUpdate):
			return last, 0, fmt.Errorf("%w: serial %s, %s since %s has no place in it", ErrCRL, e.Serial, e.Reason, e.At.UTC())
		case serial.high < before.high, serial.high == before.high && serial.low <= before.low:
			return last, 0, fmt.Errorf("%w: serial %s is not above %s", ErrCRL, e.Serial, before)
		}
		before = serial
		if len(out)+maxEntry > cap(out) {
			written += int64(len(out) - at)
			o.block = out
			o.flush()
			out, at = o.block, 0
		}
		out = appendEntry(out, e, days)
	}
	o.block = out
	return before, written + int64(len(out)-at), nil
}
