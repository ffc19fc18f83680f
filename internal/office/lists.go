package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/place"
)

// Lists are the files of the revocation lists. A file is whole and durable under its name, or not there; it never changes.
type Lists interface {
	// Alone waits until nobody else makes lists in these files, and clears away what a dead one left half written.
	Alone(ctx context.Context) (done func() error, err error)
	// Write makes the file of a list out of what f writes; Settle makes the names of a kind and generation durable.
	Write(name ListName, f func(io.Writer) error) (size int64, sha256 string, err error)
	Settle(kind certificate.Kind, generation int) error
	// Open opens a list, and Packed the same compressed with gzip, which is made when it is first asked for;
	// fs.ErrNotExist when there is no such list.
	Open(name ListName) (file ListFile, size int64, err error)
	Packed(ctx context.Context, name ListName) (file ListFile, size int64, err error)
	// Names lists what is there of a kind and generation; Drop removes a list. Whoever reads it reads on.
	Names(kind certificate.Kind, generation int) ([]ListName, error)
	Drop(name ListName) error
}

// ListName is which list a file is.
type ListName struct {
	Kind       certificate.Kind
	Generation int
	Partition  string // five-digit code, or ARL
	Number     int64
}

// ListFile is a list that was opened.
type ListFile interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// ARL stands for a partition where the list of an authority's own certificates is meant (認証局失効リスト).
const ARL = "arl"

// CRL is what the registers know of the lists of one partition, and which is current.
type CRL struct {
	Kind        certificate.Kind
	Generation  int
	Partition   string // five-digit code, or ARL
	Taken       int64  // highest number ever given
	Number      int64  // of the current list; 0 while there is none
	ThisUpdate  time.Time
	NextUpdate  time.Time
	EndedBefore civil.Date // certificates whose last day was before this one are left out
	Entries     int64
	Size        int64  // octets
	SHA256      string // of the file, in hexadecimal
	Made        time.Time
	Fault       string    // why a newer one was not published: a code of ListFaults, a blank, particulars in English
	FaultAt     time.Time // when that was tried last
}

// Path is where the list is published, beginning with a slash.
func (c CRL) Path() string { return pki.Partition{Code: c.Partition}.CRL(c.Kind, c.Generation) }

// Name is the current list's file.
func (c CRL) Name() ListName { return ListName{c.Kind, c.Generation, c.Partition, c.Number} }

// Revocation is what a list says, or does not say, of a certificate.
type Revocation struct {
	Counter uint64
	Serial  string
	State   certificate.State
	Carrier certificate.Carrier
	Until   civil.Date
	EndedAt time.Time // zero while it is good
	Reason  certificate.Reason
}

// entry is the line of a list.
func (r Revocation) entry() (pki.RevokedEntry, error) {
	e := pki.RevokedEntry{At: r.EndedAt, Reason: r.Reason}
	err := e.Serial.UnmarshalText([]byte(r.Serial))
	return e, err
}

// listTx is what Tx knows of lists.
type listTx interface {
	// Revoked yields a whole list by rising serial: what was not good before the instant, but for certificates whose last day was
	// before the day. Only serial, instant and reason are filled in. RevokedCount is how many there are: all, those with a reason
	// to be named, those from the year 2050 on.
	Revoked(kind certificate.Kind, generation int, partition string, before time.Time, endedBefore civil.Date) iter.Seq2[Revocation, error]
	RevokedCount(kind certificate.Kind, generation int, partition string, before time.Time, endedBefore civil.Date) (all, reasoned, late int64, err error)
	// Unlisted yields what the partition's list does not say yet, by rising serial: not good now, good again, another reason.
	Unlisted(kind certificate.Kind, generation int, partition string) iter.Seq2[Revocation, error]
	// RevokedUntil yields what was not good and whose last day was from a day on and before another, in no order.
	RevokedUntil(kind certificate.Kind, generation int, partition string, from, before civil.Date) iter.Seq2[Revocation, error]
	RevocationOf(kind certificate.Kind, generation int, serial string) (Revocation, error)
	// MarkListed notes that the partition's list says this of the certificate; when that changed meanwhile, it stays unlisted.
	MarkListed(kind certificate.Kind, generation int, r Revocation) error
	// Partitions lists the partitions in which the authority's key has issued.
	Partitions(kind certificate.Kind, generation int) ([]string, error)
	CRL(kind certificate.Kind, generation int, partition string) (CRL, error)
	CRLs() ([]CRL, error) // of every partition, those of a kind and generation together
	// TakeCRLNumber gives the next number of a partition's lists, with a gap before it. It is never given again.
	TakeCRLNumber(kind certificate.Kind, generation int, partition string, gap int64) (int64, error)
	// PutCRL makes a list the current one, without a fault; ErrStale when its number is not higher, or was not taken.
	PutCRL(c CRL) error
	PutCRLFault(c CRL) error
}

// ErrListMissing says that the file of the current list is not in this node's folder, or not the one that the registers know.
// An older one is not served in its place. The next run makes it anew.
var ErrListMissing = errors.New("the current revocation list is not in the data folder")

// PartitionOf is the revocation list's partition of a municipality, by its five digits on a day.
func PartitionOf(code5 string, on civil.Date) (pki.Partition, error) {
	code, err := place.WithCheckDigit(code5)
	if err != nil {
		return pki.Partition{}, err
	}
	m, err := place.LookupMunicipality(code, on)
	if err != nil {
		return pki.Partition{}, err
	}
	return pki.Partition{Code: code5, Prefecture: m.PrefectureRomaji, Municipality: m.Romaji}, nil
}

// listPartition is the partition of a code on a day, in the last form in which its municipality stood: what was issued there keeps its list
// after the municipality became part of another.
func listPartition(code5 string, on civil.Date) (pki.Partition, error) {
	p, err := PartitionOf(code5, on)
	if err == nil {
		return p, nil
	}
	code, other := place.WithCheckDigit(code5)
	if other != nil {
		return p, other
	}
	for _, m := range slices.Backward(place.History(code)) {
		if !m.To.IsZero() && !on.Before(m.To) {
			return pki.Partition{Code: code5, Prefecture: m.PrefectureRomaji, Municipality: m.Romaji}, nil
		}
	}
	return p, err
}

// midnightOf is the instant of a day's list of an authority: when the day began, or the authority.
func midnightOf(a *pki.Authority, today civil.Date) time.Time {
	midnight := today.Start().UTC()
	if from := a.Certificate().NotBefore.UTC(); midnight.Before(from) {
		return from
	}
	return midnight
}

// ended reports that the authority's own certificate is over when the day begins.
func ended(a *pki.Authority, today civil.Date) bool {
	return today.Start().After(a.Certificate().NotAfter)
}

// urls are the public addresses that stand in certificates.
func (o *Office) urls() pki.URLs { return pki.URLs{Base: o.URL} }

// List opens the current list of a partition, or of ARL, for whoever asks: the day's, made of what was revoked before midnight in
// Japan by whoever asks first (CERT-030, CERT-032, CERT-033), unless a younger one was made on demand. When a new one cannot be
// made, or the check refused it, the last one stays current; after the authority's own end the last one stays for good.
// ErrNotFound where there is none, ErrListMissing when this node has not got it. The caller closes it.
func (o *Office) List(ctx context.Context, kind certificate.Kind, generation int, partition string) (CRL, ListFile, error) {
	authority := o.CAs.Of(kind, generation)
	if authority == nil || o.Lists == nil {
		return CRL{}, nil, ErrNotFound
	}
	now := o.now()
	today := civil.DateOf(now)
	if _, err := listPartition(partition, today); partition != ARL && err != nil {
		return CRL{}, nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	list, err := o.currentList(ctx, kind, generation, partition)
	if err != nil {
		return list, nil, err
	}
	midnight := midnightOf(authority, today)
	if list.ThisUpdate.Before(midnight) && !ended(authority, today) && list.FaultAt.Before(midnight) {
		_, err := o.MakeLists(ctx, ListOrder{Kind: kind, Generation: generation, Partition: partition})
		if err != nil && list.Number == 0 {
			return list, nil, err
		}
		if err != nil {
			o.Log.LogAttrs(ctx, slog.LevelError, "the day's revocation list could not be made; the last one stays", listAttrs(list, err)...)
		}
	}
	return o.openList(ctx, kind, generation, partition)
}

func listAttrs(c CRL, err error) []slog.Attr {
	return []slog.Attr{slog.String("kind", c.Kind.String()), slog.Int("generation", c.Generation), slog.String("partition", c.Partition), slog.Int64("number", c.Number), slog.Any("error", err)}
}

// currentList is what the registers know of a partition's lists; nothing yet is no error.
func (o *Office) currentList(ctx context.Context, kind certificate.Kind, generation int, partition string) (list CRL, err error) {
	err = o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.CRL(kind, generation, partition)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return list, err
}

// openTries is how often a list is looked up that was replaced between the look-up and the opening of its file.
const openTries = 10

// openList opens the file of the current list.
func (o *Office) openList(ctx context.Context, kind certificate.Kind, generation int, partition string) (CRL, ListFile, error) {
	seen := int64(-1)
	for range openTries {
		list, err := o.currentList(ctx, kind, generation, partition)
		if err != nil {
			return list, nil, err
		}
		if list.Number == 0 {
			return list, nil, ErrNotFound
		}
		if list.Number == seen {
			break
		}
		seen = list.Number
		file, size, err := o.Lists.Open(list.Name())
		if err == nil && size == list.Size {
			return list, file, nil
		}
		if err == nil {
			file.Close()
		}
	}
	o.Log.LogAttrs(ctx, slog.LevelError, "a revocation list is missing in the data folder; the next run makes it anew",
		listAttrs(CRL{Kind: kind, Generation: generation, Partition: partition, Number: seen}, ErrListMissing)...)
	return CRL{}, nil, ErrListMissing
}

// PublishCRLs makes the day's lists of all partitions in which certificates were issued, and of the authorities' own
// certificates. It can be repeated: then it makes what is missing. It returns how many are of the day now.
func (o *Office) PublishCRLs(ctx context.Context) (int, error) {
	if o.Lists == nil {
		return 0, nil
	}
	run, err := o.MakeLists(ctx, ListOrder{})
	return run.Made + run.Fresh, err
}
