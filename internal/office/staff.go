package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
)

// Staff is an account of somebody who works at an office. The account stays when the person leaves, because the journal
// names it; its name is never given again.
type Staff struct {
	ID      string
	Name    string
	Office  place.Code
	Role    Role
	Created time.Time
	Left    time.Time  // zero while the person works here
	Logins  int        // rises when every session of the account is ended
	Offered place.Code // office that may take the person over; empty for none
}

// StandIn is a second post of somebody for a period: another role, or another office.
type StandIn struct {
	ID      string     `json:"id"`
	Account string     `json:"account"`
	Office  place.Code `json:"office"`
	Role    Role       `json:"role"`
	From    civil.Date `json:"from"`
	To      civil.Date `json:"to"` // the last day
	By      string     `json:"by"`
	Ended   time.Time  `json:"ended,omitzero"` // before its last day
}

// On reports that the stand-in is in force on a day.
func (s StandIn) On(day civil.Date) bool {
	return s.Ended.IsZero() && !day.Before(s.From) && !s.To.Before(day)
}

// longestStandIn bounds a stand-in: a post for longer is a transfer.
const longestStandIn = 366

// accountID is how an account is named; longestName bounds the person's name, in characters.
var accountID = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)

const longestName = 60

// Console is whoever runs the installation, acting for an office.
func Console(at place.Code) Actor { return Actor{Staff: "setup", Office: at, Role: authority.System} }

// Actor is the member of staff as an actor, at their own post.
func (s Staff) Actor() Actor { return Actor{Staff: s.ID, Office: s.Office, Role: s.Role} }

// works says whether a role is one of an office.
func works(role Role, at place.Code, on civil.Date) error {
	if !slices.Contains(Roles, role) {
		return &Invalid{"role", law.Text{Ja: "役割は clerk・operator・stop_line・admin・carrier のいずれかです。", En: "The role is one of clerk, operator, stop_line, admin, carrier."}}
	}
	if _, err := place.Lookup(at, on); err != nil {
		return &Invalid{"office", law.Text{Ja: "この窓口コードの窓口はありません。", En: "No office has this code today."}}
	}
	if !slices.Contains(authority.Workplaces[role], place.KindOf(at)) {
		return &Invalid{"role", law.Text{Ja: "operator と stop_line は機構(issuer)、clerk は市区町村と在外公館、carrier は郵便局(post)だけの役割です。",
			En: "operator and stop_line work at the issuer, clerk at a municipality or mission, carrier at the post office."}}
	}
	return nil
}

// AddStaff makes an account and a one-time link with which its owner gets in; the link works for seven days. An
// administrator makes accounts of their own office; the issuer's makes administrators of other offices.
func (o *Office) AddStaff(ctx context.Context, who Actor, s Staff) (link string, receipt Receipt, err error) {
	on := civil.DateOf(o.Clock())
	switch n := len([]rune(s.Name)); {
	case !accountID.MatchString(s.ID):
		return "", receipt, &Invalid{"account", law.Text{Ja: "アカウント名は2〜40文字の英小文字・数字・. _ - で付けてください。", En: "An account has 2 to 40 of a–z, 0–9, dot, underscore and hyphen."}}
	case n == 0 || n > longestName:
		return "", receipt, &Invalid{"name", law.Text{Ja: "氏名を%d字までで書いてください。", En: "Write the person's name in at most %d characters."}.Format(longestName)}
	}
	if err := works(s.Role, s.Office, on); err != nil {
		return "", receipt, err
	}
	if s.Role == Admin && s.Office != who.Office {
		ctx = as(ctx, "staff.add_administrator")
	}
	receipt, err = o.act(ctx, who, "add_staff", staffSubject(s.ID), func(t *turn) error {
		if !t.keepsAccount(s) {
			return ErrForbidden
		}
		s.Created = t.now
		if err := t.PutStaff(s); err != nil {
			if errors.Is(err, ErrTaken) {
				return &Invalid{"account", law.Text{Ja: "このアカウント名は使われています。", En: "This account exists."}}
			}
			return err
		}
		t.detail = fmt.Sprintf("%s at %s", s.Role, s.Office)
		link, err = t.mailLink(LinkStaff, s.ID, t.on.AddDays(staffLinkDays))
		return err
	})
	return link, receipt, err
}

// staffLinkDays is how long a first login may wait, in days.
const staffLinkDays = 7

func staffSubject(account string) string { return "staff/" + cmp.Or(account, "nobody") }

// keepsAccount reports that the actor's office keeps an account which is not the actor's own, as the line of the table wants.
func (t *turn) keepsAccount(s Staff) bool {
	t.asked = true
	switch t.policy.Part {
	case authority.SameOffice:
		return s.Office == t.who.Office && s.ID != t.who.Staff
	case authority.Addressed:
		return s.Offered == t.who.Office && s.ID != t.who.Staff
	case authority.OwnAccount:
		return s.ID == t.who.Staff
	}
	return true
}

// errNoAccount says so beside the field.
var errNoAccount = &Invalid{"account", law.Text{Ja: "このアカウントはありません。", En: "There is no such account."}}

// onAccount runs an act on an account that has not been left.
func (o *Office) onAccount(ctx context.Context, who Actor, act, account string, f func(*turn, *Staff) error) (Receipt, error) {
	return o.act(ctx, who, act, staffSubject(account), func(t *turn) error {
		s, err := t.Staff(account)
		if err != nil {
			return err
		}
		if !t.keepsAccount(s) {
			if t.policy.Part == authority.SameOffice && s.Office == t.who.Office {
				return ErrForbidden // one's own: somebody else decides
			}
			return ErrNotFound
		}
		if !s.Left.IsZero() {
			if t.already = act == "leave"; t.already {
				return nil
			}
			return errNoAccount
		}
		return f(t, &s)
	})
}

// StaffLink makes another one-time link for an account; it works for seven days.
func (o *Office) StaffLink(ctx context.Context, who Actor, account string) (link string, receipt Receipt, err error) {
	receipt, err = o.onAccount(ctx, who, "staff_link", account, func(t *turn, s *Staff) error {
		link, err = t.mailLink(LinkStaff, s.ID, t.on.AddDays(staffLinkDays))
		return err
	})
	return link, receipt, err
}

// ChangeRole gives an account another role at its office.
func (o *Office) ChangeRole(ctx context.Context, who Actor, account string, role Role) (Receipt, error) {
	return o.onAccount(ctx, who, "change_role", account, func(t *turn, s *Staff) error {
		if err := works(role, s.Office, t.on); err != nil {
			return err
		}
		if t.already = s.Role == role; t.already {
			return nil
		}
		t.detail = fmt.Sprintf("%s to %s", s.Role, role)
		s.Role = role
		return t.ChangeStaff(*s)
	})
}

// OfferTransfer says that another office may take a member of staff over; until it does they work here. An empty office
// takes the offer back.
func (o *Office) OfferTransfer(ctx context.Context, who Actor, account string, to place.Code) (Receipt, error) {
	return o.onAccount(ctx, who, "offer_transfer", account, func(t *turn, s *Staff) error {
		if to != "" {
			if _, err := place.Lookup(to, t.on); err != nil || to == s.Office {
				return &Invalid{"office", law.Text{Ja: "移る先の、ほかの窓口のコードを書いてください。", En: "Write the code of another office."}}
			}
		}
		if t.already = s.Offered == to; t.already {
			return nil
		}
		t.detail = string(to)
		s.Offered = to
		return t.ChangeStaff(*s)
	})
}

// TakeOver moves a member of staff whom their office offered to the actor's, in a role there. What they are logged in to goes
// on under the new post: cases of the old office are not found from now on.
func (o *Office) TakeOver(ctx context.Context, who Actor, account string, role Role) (Receipt, error) {
	return o.onAccount(ctx, who, "take_over", account, func(t *turn, s *Staff) error {
		if err := works(role, t.who.Office, t.on); err != nil {
			return err
		}
		t.detail = fmt.Sprintf("%s at %s", role, s.Office)
		s.Office, s.Role, s.Offered = t.who.Office, role, ""
		return t.ChangeStaff(*s)
	})
}

// Leave ends an account: its sessions, its ways to log in, its stand-ins. The last administrator of the issuer stays.
func (o *Office) Leave(ctx context.Context, who Actor, account string) (Receipt, error) {
	return o.onAccount(ctx, who, "leave", account, func(t *turn, s *Staff) error {
		all, err := t.StaffOf(s.Office)
		if err != nil {
			return err
		}
		admin := func(x Staff) bool { return x.ID != s.ID && x.Role == Admin && x.Left.IsZero() }
		if s.Role == Admin && s.Office == place.Issuer && !slices.ContainsFunc(all, admin) {
			return &Invalid{"account", law.Text{Ja: "機構の最後の管理者です。先に、ほかの管理者を登録してください。", En: "This is the issuer's last administrator; make another one first."}}
		}
		posts, err := t.StandInsOf(s.ID)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.Ended.IsZero() {
				p.Ended = t.now
				if err := t.PutStandIn(p); err != nil {
					return err
				}
			}
		}
		if err := t.dropKeys(s.ID); err != nil {
			return err
		}
		s.Left, s.Offered = t.now, ""
		s.Logins++
		return t.ChangeStaff(*s)
	})
}

// EndSessions ends every session of an account, as when a computer was stolen.
func (o *Office) EndSessions(ctx context.Context, who Actor, account string) (Receipt, error) {
	if account == who.Staff {
		ctx = as(ctx, "staff.end_own_sessions")
	}
	return o.onAccount(ctx, who, "end_sessions", account, func(t *turn, s *Staff) error {
		s.Logins++
		return t.ChangeStaff(*s)
	})
}

// StandInRequest is a second post as it is asked for.
type StandInRequest struct {
	Role     string
	From, To string // days
}

// GrantStandIn lets a member of staff of any office stand in at the actor's, for a period.
func (o *Office) GrantStandIn(ctx context.Context, who Actor, account string, r StandInRequest) (StandIn, Receipt, error) {
	var s StandIn
	receipt, err := o.act(ctx, who, "stand_in", staffSubject(account), func(t *turn) error {
		person, err := t.Staff(account)
		t.is(t.who.Office) // the post is of the actor's own office
		switch {
		case errors.Is(err, ErrNotFound) || err == nil && !person.Left.IsZero():
			return errNoAccount
		case err != nil:
			return err
		case person.ID == t.who.Staff:
			return ErrForbidden
		}
		if err := works(Role(r.Role), t.who.Office, t.on); err != nil {
			return err
		}
		from, errFrom := civil.Parse(r.From)
		to, errTo := civil.Parse(r.To)
		switch {
		case errFrom != nil:
			return &Invalid{"from", law.Text{Ja: "最初の日を 2026-04-01 の形で書いてください。", En: "Write the first day as 2026-04-01."}}
		case errTo != nil || to.Before(from) || to.Before(t.on) || from.AddDays(longestStandIn).Before(to):
			return &Invalid{"to", law.Text{Ja: "最後の日を、今日と最初の日から1年までの間で書いてください。", En: "Write the last day: not before today or the first day, and within a year of it."}}
		case person.Office == t.who.Office && person.Role == Role(r.Role):
			return &Invalid{"role", law.Text{Ja: "この方の今の役割です。", En: "This is the person's own role."}}
		}
		id, err := t.office.id()
		if err != nil {
			return err
		}
		s = StandIn{ID: id, Account: account, Office: t.who.Office, Role: Role(r.Role), From: from, To: to, By: t.who.Staff}
		t.detail = fmt.Sprintf("%s %s/%s", s.Role, from, to)
		return t.PutStandIn(s)
	})
	return s, receipt, err
}

// EndStandIn ends a stand-in before its last day.
func (o *Office) EndStandIn(ctx context.Context, who Actor, account, id string) (Receipt, error) {
	return o.act(ctx, who, "end_stand_in", staffSubject(account), func(t *turn) error {
		posts, err := t.StandInsOf(account)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.ID != id || !t.is(p.Office) {
				continue
			}
			if t.already = !p.Ended.IsZero(); t.already {
				return nil
			}
			p.Ended = t.now
			return t.PutStandIn(p)
		}
		return ErrNotFound
	})
}

// OfficeStaff is who works at an office.
type OfficeStaff struct {
	Staff    []Staff   // those who left at the end
	Offered  []Staff   // of other offices, who may be taken over
	StandIns []StandIn // in force or to come
}

// StaffHere lists who works at the actor's office.
func (o *Office) StaffHere(ctx context.Context, who Actor) (OfficeStaff, error) {
	var out OfficeStaff
	err := o.read(ctx, who, "list.staff", func(t *turn) error {
		here, err := t.StaffOf(t.who.Office)
		if err != nil {
			return err
		}
		left := func(s Staff) bool { return !s.Left.IsZero() }
		out.Staff = append(slices.DeleteFunc(slices.Clone(here), left), slices.DeleteFunc(slices.Clone(here), func(s Staff) bool { return !left(s) })...)
		if out.Offered, err = t.StaffOffered(t.who.Office); err != nil {
			return err
		}
		posts, err := t.StandInsAt(t.who.Office)
		out.StandIns = slices.DeleteFunc(posts, func(p StandIn) bool { return !p.Ended.IsZero() || p.To.Before(t.on) })
		return err
	})
	return out, err
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
	return slices.DeleteFunc(all, func(s Staff) bool { return !s.Left.IsZero() }), err
}
