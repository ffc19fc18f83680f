package office

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/pki"
)

// What the check of a new list against the one before finds. A list that names less than it should calls revoked certificates
// good; so a list with any of these is not published.
const (
	FaultVanished    = "vanished"     // an entry is gone that neither expired nor was a phone's released hold
	FaultDate        = "date_changed" // an entry has another date than before
	FaultReason      = "reason_changed"
	FaultNumber      = "number"
	FaultClockBack   = "clock_back"
	FaultImplausible = "implausible"  // far fewer or far more entries than before
	FaultRegister    = "not_register" // it does not say what the register says
)

// ListFault is one kind of fault, what it means and what to do about it.
type ListFault struct {
	Code       string
	What, Next law.Text
}

// findOut is what to do about a list that contradicts the one before.
var findOut = law.Text{Ja: "`mynumber crl check` で登録簿と照合し、原因を調べてください。登録簿が正しいときは `mynumber crl make -accept` で公開します。",
	En: "Compare it with the register by `mynumber crl check` and find out why. Where the register is right, publish it by `mynumber crl make -accept`."}

// ListFaults are all of them.
var ListFaults = []ListFault{
	{FaultVanished, law.Text{Ja: "満了も解除もしていない証明書がリストから消えます。", En: "A certificate would vanish that neither expired nor was released."}, findOut},
	{FaultDate, law.Text{Ja: "すでに載っている証明書の失効日時が変わります。", En: "An entry would change its date."}, findOut},
	{FaultReason, law.Text{Ja: "すでに載っている証明書の失効事由が、保留から失効へ以外に変わります。", En: "An entry would change its reason otherwise than from held to revoked."}, findOut},
	{FaultNumber, law.Text{Ja: "リストの番号が増えません。", En: "The number would not rise."}, findOut},
	{FaultClockBack, law.Text{Ja: "時計が戻されています。今のリストは時計より新しいものです。", En: "The clock was set back: the current list is younger than now."},
		law.Text{Ja: "サーバーの時計を直してください。直れば次のリストは自動で作られます。", En: "Put the server's clock right; the next list is then made by itself."}},
	{FaultImplausible, law.Text{Ja: "件数が前のリストとかけ離れています。", En: "The number of entries is far from that of the list before."}, findOut},
	{FaultRegister, law.Text{Ja: "リストが登録簿と一致しません。", En: "The list does not say what the register says."},
		law.Text{Ja: "`mynumber crl make -full` で登録簿から作り直してください。", En: "Make it anew from the register by `mynumber crl make -full`."}},
}

// FaultOf is what the word that stands at a list means; nil for none.
func FaultOf(word string) *ListFault {
	code, _, _ := strings.Cut(word, " ")
	for i := range ListFaults {
		if ListFaults[i].Code == code {
			return &ListFaults[i]
		}
	}
	return nil
}

// listFaults are what a check found, a line each.
type listFaults []struct{ code, particulars string }

// shownFaults bounds the particulars that are kept of each code.
const shownFaults = 3

// Error is the codes with their particulars. Serial numbers of revoked certificates are public.
func (f *listFaults) Error() string {
	var lines []string
	seen := map[string]int{}
	for _, one := range *f {
		if seen[one.code]++; seen[one.code] <= shownFaults {
			lines = append(lines, one.code+" "+one.particulars)
		}
	}
	for _, one := range *f {
		if n := seen[one.code]; n > shownFaults {
			lines = append(lines, fmt.Sprintf("%s and %d more", one.code, n-shownFaults))
			seen[one.code] = 0
		}
	}
	return strings.Join(lines, "; ")
}

func (f *listFaults) add(code, format string, args ...any) {
	*f = append(*f, struct{ code, particulars string }{code, fmt.Sprintf(format, args...)})
}

// asError is nil where nothing was found.
func (f *listFaults) asError() error {
	if len(*f) == 0 {
		return nil
	}
	return f
}

// maxFaults is how many faults a check counts before it gives up.
const maxFaults = 1000

// errManyFaults ends a check that found enough.
var errManyFaults = errors.New("too many faults")

// What is far from the list before: half of it gone, or ten times as much, and not a handful.
const (
	plausibleLoss   = 1_000
	plausibleGrowth = 100_000
)

// checkNew reads the list that was written, as any reader would, and compares it with the one before. Its faults are a *listFaults.
func (o *Office) checkNew(ctx context.Context, j *listJob, old *openedList) error {
	written, err := o.checked(j.authority, j.next.Name())
	if err != nil {
		return fmt.Errorf("read the new list: %w", err)
	}
	defer written.Close()
	j.next.Entries = int64(written.Count)
	if old == nil || j.order.Accept {
		return nil
	}
	var faults listFaults
	if written.Number <= old.Number {
		faults.add(FaultNumber, "%d after %d", written.Number, old.Number)
	}
	if written.ThisUpdate.Before(old.ThisUpdate) {
		faults.add(FaultClockBack, "of %s after one of %s", written.ThisUpdate, old.ThisUpdate)
	}
	if n, was := written.Count, old.Count; was-n > plausibleLoss && n < was/2 || n-was > plausibleGrowth && n > 10*was {
		faults.add(FaultImplausible, "%d entries after %d", n, was)
	}
	err = o.Store.Read(ctx, func(tx Tx) error {
		return pki.CompareLists(old.RevocationList, written.RevocationList, func(d pki.Difference) error {
			if err := faults.difference(tx, j, d); err != nil {
				return err
			}
			if len(faults) > maxFaults {
				return errManyFaults
			}
			return nil
		})
	})
	if err != nil && !errors.Is(err, errManyFaults) {
		return err
	}
	return faults.asError()
}

// difference judges a serial of which the two lists say different things. The register is asked of those alone that vanish or
// change their date.
func (f *listFaults) difference(tx Tx, j *listJob, d pki.Difference) error {
	if d.Old == nil {
		return nil
	}
	if d.New != nil && d.New.At.Equal(d.Old.At) {
		if d.Old.Reason != certificate.CertificateHold {
			f.add(FaultReason, "%s: %s, before %s", d.Serial, d.New.Reason, d.Old.Reason)
		}
		return nil
	}
	r, err := tx.RevocationOf(j.next.Kind, j.next.Generation, d.Serial.String())
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	known := err == nil
	released := known && d.Old.Reason == certificate.CertificateHold && r.Carrier != certificate.OnCard && j.next.Kind == certificate.UserAuthentication
	switch {
	case d.New != nil && released && d.New.At.After(d.Old.At): // released, and stopped again
	case d.New != nil:
		f.add(FaultDate, "%s: %s, before %s", d.Serial, d.New.At, d.Old.At)
	case known && r.Until.Before(j.next.EndedBefore): // it expired, and the list before still named it
	case released && (r.EndedAt.IsZero() || !r.EndedAt.Before(j.next.ThisUpdate)):
	default:
		f.add(FaultVanished, "%s: %s since %s", d.Serial, d.Old.Reason, d.Old.At)
	}
	return nil
}
