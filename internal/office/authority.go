package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Who may do what says the table of authority. Here it is asked, once for each act, and a record is held against the part
// that the line of the table wants; no method of office looks at a role itself.

// role is the actor's role; somebody without an account is an applicant.
func (a Actor) role() authority.Role {
	if a.Staff == "" {
		return authority.Applicant
	}
	return a.Role
}

type actKey struct{}

// as names the act for the table where one act of the journal is permitted by different lines.
func as(ctx context.Context, act authority.Act) context.Context {
	return context.WithValue(ctx, actKey{}, act)
}

// actOf is the act of which the table speaks.
func actOf(ctx context.Context, subject, name string) authority.Act {
	if act, ok := ctx.Value(actKey{}).(authority.Act); ok {
		return act
	}
	return authority.ActOf(subject, name)
}

// may asks the table before anything is read; ErrForbidden with an entry when nobody of that role may.
func (o *Office) may(ctx context.Context, who Actor, name, subject string) error {
	if _, ok := authority.Decide(who.role(), place.KindOf(who.Office), actOf(ctx, subject, name)); ok {
		return nil
	}
	_, err := o.act(ctx, who, name, subject, func(*turn) error { return ErrForbidden })
	return err
}

// read runs a look without an entry of its own (a list, or a part of a look that has one) if the table permits it.
func (o *Office) read(ctx context.Context, who Actor, act authority.Act, f func(*turn) error) error {
	policy, ok := authority.Decide(who.role(), place.KindOf(who.Office), act)
	if !ok {
		return ErrForbidden
	}
	now := o.now()
	return o.Store.Read(ctx, func(tx Tx) error {
		t := &turn{Tx: tx, office: o, who: who, now: now, on: civil.DateOf(now), policy: policy}
		if still, err := t.holds(); err != nil || !still {
			return errors.Join(err, ErrForbidden)
		}
		if err := f(t); err != nil {
			return err
		}
		return t.wasAsked(string(act))
	})
}

// wasAsked is a fault of ours when an act ended well although nobody asked whether the office has the part that the line
// of the table wants.
func (t *turn) wasAsked(act string) error {
	if t.policy.Part == authority.NoPart || t.asked {
		return nil
	}
	return fmt.Errorf("%s under %s: the record was not asked for %s", act, t.policy.Name, t.policy.Part)
}

// hasPart reports that the actor's office has the part in the application that the act wants.
func (t *turn) hasPart(a application.Application) bool {
	t.asked = true
	here := t.who.Office
	switch t.policy.Part {
	case authority.Accepting:
		return a.Accepting == here
	case authority.Examiner:
		return a.Examiner() == here
	case authority.Honseki:
		return a.Overseas && a.InCharge == here
	case authority.Pickup:
		return a.Pickup == here
	case authority.Poster:
		return poster(a) == here || poster(a) == ""
	case authority.IssuerPost:
		return postedByIssuer(a)
	case authority.Payer: // from abroad the sheet says where (ABR-M04)
		return a.Overseas || a.Pickup == here || a.Fee.Payment == string(rules.PayAtSubmission) && a.Accepting == here
	}
	return true
}

// hasPartIn is hasPart for a case at the window.
func (t *turn) hasPartIn(c docket.Case) bool {
	t.asked = true
	switch t.policy.Part {
	case authority.TookIn:
		return c.Office == t.who.Office
	case authority.Awaiting:
		switch c.State {
		case docket.SentAway:
			return c.By == t.who.Office
		case docket.SentBack:
			return c.Office == t.who.Office
		}
	}
	return true
}

// is reports that the record belongs to the actor's office.
func (t *turn) is(of place.Code) bool {
	t.asked = true
	return of == t.who.Office
}

// resides reports that the actor's office keeps the resident record of a person.
func (t *turn) resides(p register.Person) bool {
	t.asked = true
	home, ok := p.ResidentOn(t.on)
	return ok && home.Municipality == t.who.Office
}

// keeps reports that the actor's office keeps the resident record or the family register of a person.
func (t *turn) keeps(p register.Person) bool {
	return t.resides(p) || p.FamilyRegister != nil && p.FamilyRegister.Honseki == t.who.Office
}
