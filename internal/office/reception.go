package office

import (
	"errors"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// examinerOf is whose act it is to examine: the honseki municipality's for an overseas card, the issuer's at home.
// acceptAtHome is the reception centre's acceptance: the application is compared with the resident record, and the card
// ordered (APP-004, APP-016, ST-001).
func (t *turn) acceptAtHome(a *application.Application) error {
	basis, err := t.compare(*a)
	if err != nil {
		return err
	}
	t.because(basis)
	if !a.Form.NoSignature {
		p, err := t.Person(a.PersonID)
		if err != nil {
			return err
		}
		if err := t.settleSubstitutes(p); err != nil {
			return err
		}
	}
	arrivesForm(a, t.who.Office)
	if a.ApplicationID == "" {
		if a.ApplicationID, err = t.newFormID(); err != nil {
			return err
		}
	}
	return t.tell(*a, notice.HomeAccepted, notice.Facts{ApplicationID: a.ApplicationID, Link: t.office.URL + "/status"})
}

// compare holds the application against the resident record of today.
func (t *turn) compare(a application.Application) (procedure.Basis, error) {
	p, err := t.Person(a.PersonID)
	if err != nil {
		return nil, err
	}
	due := 0
	if a.Fee.Payment == string(rules.PayAtSubmission) {
		due = a.Fee.Yen
	}
	r, ok := p.ResidentOn(t.on)
	return procedure.Accepted(procedure.Reception{Resident: ok && r.Municipality == a.InCharge && p.Ended.IsZero(), SameName: p.Name.Same(a.Form.Name), Fee: due, Paid: a.Fee.Paid})
}

// rejectAtHome is the reason for which the reception centre refuses for good: the one that the acceptance met.
func (t *turn) rejectAtHome(a application.Application) (*law.Refusal, error) {
	_, err := t.compare(a)
	if reason, ok := errors.AsType[*law.Refusal](err); ok && reason.Code != "fee_unpaid" {
		return reason, nil
	} else if err != nil && !ok {
		return nil, err
	}
	return nil, noReason
}

// noReason is what an office hears that would reject without one.
var noReason = &Invalid{"reason", law.Text{Ja: "不受理とする理由がありません。受理してください。", En: "The law gives no reason to reject; accept it."}}

// changedSince reports that an event changed what stands on the card after the application was filed (APP-031, PICK-050).
func changedSince(p register.Person, a application.Application) bool {
	for _, e := range p.Events {
		if e.Stands() && rules.EntryEvents[rules.EventKind(e.Kind)] && !e.Filed.IsZero() && !e.Filed.Before(a.Filed) {
			return true
		}
	}
	return false
}
