package office

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
)

var accountID = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)

// AddStaff makes an account and a one-time link with which its owner gets in; the link works for seven days.
func (o *Office) AddStaff(ctx context.Context, s Staff) (link string, err error) {
	if !accountID.MatchString(s.ID) {
		return "", &Invalid{"account", law.Text{Ja: "アカウント名は2〜40文字の英小文字・数字・. _ - で付けてください。", En: "An account has 2 to 40 of a–z, 0–9, dot, underscore and hyphen."}}
	}
	if !slices.Contains(Roles, s.Role) {
		return "", &Invalid{"role", law.Text{Ja: "役割は clerk・operator・stop_line・admin のいずれかです。", En: "The role is one of clerk, operator, stop_line, admin."}}
	}
	if _, err := place.Lookup(s.Office, civil.DateOf(o.Clock())); err != nil {
		return "", &Invalid{"office", law.Text{Ja: "この窓口コードの窓口はありません。", En: "No office has this code today."}}
	}
	if (s.Office == place.Post) != (s.Role == Carrier) {
		return "", &Invalid{"role", law.Text{Ja: "carrier は郵便局(post)だけの役割です。", En: "carrier works at the post office (post), and nobody else does."}}
	}
	if issuer := s.Office == place.Issuer; s.Role != Carrier && issuer != (s.Role == Operator || s.Role == StopLine) && s.Role != Admin {
		return "", &Invalid{"role", law.Text{Ja: "operator と stop_line は機構(issuer)だけ、clerk は市区町村と在外公館だけの役割です。", En: "operator and stop_line work at the issuer, clerk at a municipality or mission."}}
	}
	_, err = o.act(ctx, Actor{Staff: "setup", Office: s.Office, Role: authority.System}, "add_staff", "staff/"+s.ID, func(t *turn) error {
		s.Created = t.now
		if err := t.PutStaff(s); err != nil {
			if errors.Is(err, ErrTaken) {
				return &Invalid{"account", law.Text{Ja: "このアカウント名は使われています。", En: "This account exists."}}
			}
			return err
		}
		t.detail = fmt.Sprintf("%s at %s", s.Role, s.Office)
		link, err = t.mailLink(LinkStaff, s.ID, t.on.AddDays(7))
		return err
	})
	return link, err
}

// StaffLink makes another one-time link for an account; it works for seven days.
func (o *Office) StaffLink(ctx context.Context, account string) (link string, err error) {
	s, err := o.Account(ctx, account)
	if errors.Is(err, ErrNotFound) {
		return "", &Invalid{"account", law.Text{Ja: "このアカウントはありません。", En: "There is no such account."}}
	}
	if err != nil {
		return "", err
	}
	_, err = o.act(ctx, Actor{Staff: "setup", Office: s.Office, Role: authority.System}, "staff_link", "staff/"+s.ID, func(t *turn) error {
		link, err = t.mailLink(LinkStaff, s.ID, t.on.AddDays(7))
		return err
	})
	return link, err
}

// Enter lets a member of staff in by the one-time link; it works once.
func (o *Office) Enter(ctx context.Context, secret string) (Staff, error) {
	var s Staff
	err := o.Store.Read(ctx, func(tx Tx) error {
		l, err := tx.Link(secretHash(secret))
		if err != nil {
			return err
		}
		if l.Purpose != LinkStaff {
			return ErrNotFound
		}
		s, err = tx.Staff(l.Subject)
		return err
	})
	if err != nil {
		return Staff{}, err
	}
	_, err = o.act(ctx, s.Actor(), "enter", "staff/"+s.ID, func(t *turn) error { t.asked = true; return t.useLink(secret, LinkStaff) })
	return s, err
}

// Account is a member of staff.
func (o *Office) Account(ctx context.Context, id string) (Staff, error) {
	var s Staff
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		s, err = tx.Staff(id)
		return err
	})
	return s, err
}

// Accounts lists all members of staff.
func (o *Office) Accounts(ctx context.Context) ([]Staff, error) {
	var all []Staff
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		all, err = tx.AllStaff()
		return err
	})
	return all, err
}

// Actor is the member of staff as an actor.
func (s Staff) Actor() Actor { return Actor{Staff: s.ID, Office: s.Office, Role: s.Role} }
