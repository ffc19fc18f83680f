package office

import (
	"context"
	"fmt"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// ListRequest asks for lists of this moment, because a revocation should not wait for midnight.
type ListRequest struct {
	Kind       certificate.Kind
	Generation int
	Partition  string // five-digit code, or ARL; empty: all of the key
}

// check is an *Invalid, or nil.
func (r ListRequest) check(o *Office, on civil.Date) error {
	if o.CAs.Of(r.Kind, r.Generation) == nil {
		return &Invalid{Field: "generation", Text: law.Text{Ja: "その世代の鍵はありません。", En: "There is no key of that generation."}}
	}
	if _, err := listPartition(r.Partition, on); err != nil && r.Partition != ARL && r.Partition != "" {
		return &Invalid{Field: "partition", Text: law.Text{Ja: "市区町村コード5桁か arl を入れてください。", En: "Five digits of a municipality, or arl."}}
	}
	return nil
}

// OrderLists makes lists of this instant instead of waiting for the next midnight (CERT-032 asks for one a day; more are no
// harm), and writes down who wanted them. What the check refuses is in the run, and not published.
func (o *Office) OrderLists(ctx context.Context, who Actor, r ListRequest) (run ListRun, receipt Receipt, err error) {
	subject := fmt.Sprintf("crl/%s-%d-%s", r.Kind, r.Generation, r.Partition)
	if err := o.may(ctx, who, "order_lists", subject); err != nil {
		return run, receipt, err
	}
	if err := r.check(o, civil.DateOf(o.Clock())); err != nil {
		return run, receipt, err
	}
	if run, err = o.MakeLists(ctx, ListOrder{Kind: r.Kind, Generation: r.Generation, Partition: r.Partition, Now: true}); err != nil {
		return run, receipt, fmt.Errorf("order lists: %w", err)
	}
	receipt, err = o.act(ctx, who, "order_lists", subject, func(t *turn) error {
		t.detail = fmt.Sprintf("published %d, refused %d", run.Made, run.Refused)
		return nil
	})
	return run, receipt, err
}

// ListLine is a list as the issuer's desk sees it.
type ListLine struct {
	CRL
	Why    *ListFault // why a newer one was not published; nil when nothing is wrong
	Behind bool       // past its nextUpdate
}

// ListBook is the revocation lists as list.crls lets the actor see them.
type ListBook struct {
	Lines  []ListLine // in the order of kind, generation and partition
	Faulty int
	Behind int
}

// ListBook reads what is known of every list; what is wrong stands in it.
func (o *Office) ListBook(ctx context.Context, who Actor) (book ListBook, err error) {
	now := o.now()
	err = o.read(ctx, who, "list.crls", func(t *turn) error {
		book = ListBook{}
		all, err := t.CRLs()
		for _, c := range all {
			if c.Number == 0 && c.Fault == "" {
				continue // its number was taken, and its maker died
			}
			line := ListLine{CRL: c, Why: FaultOf(c.Fault), Behind: now.After(c.NextUpdate) && now.Before(o.CAs.endOf(c))}
			if line.Why != nil {
				book.Faulty++
			}
			if line.Behind {
				book.Behind++
			}
			book.Lines = append(book.Lines, line)
		}
		return err
	})
	return book, err
}

// endOf is when the authority's own certificate ends: after it nobody can make a newer list.
func (a *Authorities) endOf(c CRL) time.Time {
	if authority := a.Of(c.Kind, c.Generation); authority != nil {
		return authority.Certificate().NotAfter
	}
	return time.Time{}
}
