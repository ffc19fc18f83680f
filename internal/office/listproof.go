package office

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"

	"mynumber/internal/pki"
)

// ListProof is what was found about a current list.
type ListProof struct {
	CRL
	Faults string // empty where its file is the one that the register knows, and says what the register says
}

// CheckLists reads the current lists of an order, all of them for the zero order, and holds each against the whole register:
// signature, digest and head of the file, and every entry, but for what changed since the list was made. It writes nothing.
func (o *Office) CheckLists(ctx context.Context, order ListOrder, each func(ListProof)) error {
	var all []CRL
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		all, err = tx.CRLs()
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range all {
		if order.Generation != 0 && (c.Kind != order.Kind || c.Generation != order.Generation) || order.Partition != "" && c.Partition != order.Partition || c.Number == 0 {
			continue
		}
		faults, err := o.prove(ctx, c)
		if err != nil {
			return fmt.Errorf("check the list of %s: %w", c.Partition, err)
		}
		each(ListProof{c, faults})
	}
	return nil
}

// prove checks one list. What is wrong with the list is text; an error is one of the register or the disk.
func (o *Office) prove(ctx context.Context, c CRL) (string, error) {
	authority := o.CAs.Of(c.Kind, c.Generation)
	if authority == nil {
		return "its authority's key is not here", nil
	}
	file, size, err := o.Lists.Open(c.Name())
	if err != nil {
		return ErrListMissing.Error(), nil
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	if hex := fmt.Sprintf("%x", sum.Sum(nil)); size != c.Size || c.SHA256 != "" && hex != c.SHA256 {
		return fmt.Sprintf("the file has SHA-256 %s, the register knows %s", hex, c.SHA256), nil
	}
	list, err := pki.OpenCRL(file, size, authority.Certificate())
	if err != nil {
		return err.Error(), nil
	}
	if list.Number != uint64(c.Number) || !list.ThisUpdate.Equal(c.ThisUpdate) || int64(list.Count) != c.Entries {
		return fmt.Sprintf("the file is number %d of %s with %d entries, the register knows number %d of %s with %d",
			list.Number, list.ThisUpdate, list.Count, c.Number, c.ThisUpdate, c.Entries), nil
	}
	var faults listFaults
	err = o.Store.Read(ctx, func(tx Tx) error { return faults.register(tx, c, list) })
	if errors.Is(err, errManyFaults) {
		err = nil
	}
	if err != nil || len(faults) == 0 {
		return "", err
	}
	return faults.Error(), nil
}

// register compares a list with the register, entry by entry. What is marked as not yet listed may differ.
func (f *listFaults) register(tx Tx, c CRL, list *pki.RevocationList) error {
	if c.Partition == ARL {
		if list.Count > 0 {
			f.add(FaultRegister, "it names certificates of the authority's own")
		}
		return nil
	}
	differs := map[string]bool{}
	for r, err := range tx.Unlisted(c.Kind, c.Generation, c.Partition) {
		if err != nil {
			return err
		}
		differs[r.Serial] = true
	}
	have, stopHave := iter.Pull2(list.Entries())
	defer stopHave()
	want, stopWant := iter.Pull2(revokedEntries(tx, c))
	defer stopWant()
	x, err, more := have()
	y, errY, moreY := want()
	for more || moreY {
		if err := errors.Join(err, errY); err != nil {
			return err
		}
		order := 0
		switch {
		case !more:
			order = 1
		case !moreY:
			order = -1
		default:
			order = x.Serial.Compare(y.Serial)
		}
		switch {
		case order < 0 && !differs[x.Serial.String()]:
			f.add(FaultRegister, "%s is listed, and good in the register", x.Serial)
		case order > 0 && !differs[y.Serial.String()]:
			f.add(FaultRegister, "%s is not listed, and %s since %s in the register", y.Serial, y.Reason, y.At.UTC())
		case order == 0 && (x.Reason != y.Reason || x.At.Unix() != y.At.Unix()) && !differs[x.Serial.String()]:
			f.add(FaultRegister, "%s is listed as %s since %s, and %s since %s in the register", x.Serial, x.Reason, x.At, y.Reason, y.At.UTC())
		}
		if len(*f) > maxFaults {
			return errManyFaults
		}
		if order <= 0 {
			x, err, more = have()
		}
		if order >= 0 {
			y, errY, moreY = want()
		}
	}
	return nil
}
