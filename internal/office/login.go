package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
)

// Login is what a session keeps of a login: whose, under which count of logins, and at which post.
type Login struct {
	Account string
	Logins  int
	StandIn string // key of the stand-in; empty at one's own post
}

// LoggedIn is who stands behind a session now. What the account may do is read anew for each request.
type LoggedIn struct {
	Staff Staff
	Actor Actor
	Post  StandIn // the stand-in; zero at one's own post
}

// Acting is who acts under a login; ErrNotFound when the account was left, or its sessions were ended. A stand-in that is over
// falls back to the person's own post.
func (o *Office) Acting(ctx context.Context, l Login) (LoggedIn, error) {
	var in LoggedIn
	on := civil.DateOf(o.Clock())
	err := o.Store.Read(ctx, func(tx Tx) error {
		s, err := tx.Staff(l.Account)
		if err != nil {
			return err
		}
		if !s.Left.IsZero() || s.Logins != l.Logins {
			return ErrNotFound
		}
		in = LoggedIn{Staff: s, Actor: s.Actor()}
		if l.StandIn != "" {
			posts, err := tx.StandInsOf(s.ID)
			if err != nil {
				return err
			}
			if n := slices.IndexFunc(posts, func(p StandIn) bool { return p.ID == l.StandIn && p.On(on) }); n >= 0 {
				in.Post = posts[n]
				in.Actor.Office, in.Actor.Role = posts[n].Office, posts[n].Role
			}
		}
		in.Actor.held = true
		return nil
	})
	return in, err
}

// holds reports that the account behind the actor still has the post in which it acts: a clerk who was moved while a request
// was on its way does not act for the old office.
func (t *turn) holds() (bool, error) {
	if !t.who.held {
		return true, nil
	}
	s, err := t.Staff(t.who.Staff)
	if err != nil || !s.Left.IsZero() {
		return false, err
	}
	if s.Office == t.who.Office && s.Role == t.who.Role {
		return true, nil
	}
	posts, err := t.StandInsOf(s.ID)
	return slices.ContainsFunc(posts, func(p StandIn) bool { return p.Office == t.who.Office && p.Role == t.who.Role && p.On(t.on) }), err
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
	_, err = o.enter(ctx, s.ID, s.Actor(), "link", func(t *turn) error { return t.useLink(secret, LinkStaff) })
	return s, err
}

// enter is a login: by is how.
func (o *Office) enter(ctx context.Context, account string, who Actor, by string, prove func(*turn) error) (Receipt, error) {
	return o.onAccount(ctx, who, "enter", account, func(t *turn, s *Staff) error {
		t.detail = by
		return prove(t)
	})
}

// Posts are the posts in which somebody may act today: their own is the account, these are the stand-ins.
func (o *Office) Posts(ctx context.Context, account string) ([]StandIn, error) {
	var posts []StandIn
	on := civil.DateOf(o.Clock())
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		posts, err = tx.StandInsOf(account)
		return err
	})
	return slices.DeleteFunc(posts, func(p StandIn) bool { return !p.On(on) }), err
}

// ActingAt is an account at a post of today, its own or a stand-in's; ErrNotFound when it has none there. Empty is its own.
func (o *Office) ActingAt(ctx context.Context, account string, at place.Code) (Actor, error) {
	s, err := o.Account(ctx, account)
	if err != nil {
		return Actor{}, err
	}
	login := Login{Account: account, Logins: s.Logins}
	if at != "" && at != s.Office {
		posts, err := o.Posts(ctx, account)
		if err != nil {
			return Actor{}, err
		}
		n := slices.IndexFunc(posts, func(p StandIn) bool { return p.Office == at })
		if n < 0 {
			return Actor{}, ErrNotFound
		}
		login.StandIn = posts[n].ID
	}
	in, err := o.Acting(ctx, login)
	return in.Actor, err
}

// StaffKey is a way to log in that an account has, besides one-time links: a passkey, or who the person is at an OpenID
// provider.
type StaffKey struct {
	ID      string // of a passkey its credential, of a provider its issuer and the subject there
	Account string
	Kind    string // KeyPasskey or KeyProvider
	Name    string // by which the owner knows it
	Doc     []byte // public key and counters of a passkey
	Created time.Time
	Used    time.Time // last; zero for never
}

// Kinds of keys.
const (
	KeyPasskey  = "passkey"
	KeyProvider = "provider"
)

// dropKeys takes every way to log in away.
func (t *turn) dropKeys(account string) error {
	keys, err := t.StaffKeys(account)
	for _, k := range keys {
		err = errors.Join(err, t.DropStaffKey(k))
	}
	return err
}

// KeysOf lists the ways in which an account can be logged in to.
func (o *Office) KeysOf(ctx context.Context, account string) ([]StaffKey, error) {
	var keys []StaffKey
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		keys, err = tx.StaffKeys(account)
		return err
	})
	return keys, err
}

// Key is a way to log in by its ID; ErrNotFound when nobody has it.
func (o *Office) Key(ctx context.Context, kind, id string) (StaffKey, error) {
	var k StaffKey
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		k, err = tx.StaffKey(kind, id)
		return err
	})
	return k, err
}

// longestKeyName bounds the name of a way to log in, in characters.
const longestKeyName = 40

// AddKey gives the actor's own account a way to log in, proven before: the provider or the passkey answered for this
// session. One that is somebody's already stays theirs.
func (o *Office) AddKey(ctx context.Context, who Actor, k StaffKey) (Receipt, error) {
	k.Account = who.Staff
	k.Name = string([]rune(k.Name)[:min(longestKeyName, len([]rune(k.Name)))])
	return o.onAccount(ctx, who, "add_key", who.Staff, func(t *turn, _ *Staff) error {
		have, err := t.StaffKey(k.Kind, k.ID)
		switch {
		case err == nil && have.Account != who.Staff:
			return &Invalid{"key", law.Text{Ja: "このログイン方法は、ほかのアカウントのものです。", En: "This way to log in belongs to another account."}}
		case err == nil:
			t.already = true
			return nil
		case !isNotFound(err):
			return err
		}
		k.Created, t.detail = t.now, k.Kind
		return t.PutStaffKey(k)
	})
}

// DropKey takes a way to log in away from the actor's own account.
func (o *Office) DropKey(ctx context.Context, who Actor, kind, id string) (Receipt, error) {
	return o.onAccount(ctx, who, "drop_key", who.Staff, func(t *turn, _ *Staff) error {
		k, err := t.StaffKey(kind, id)
		if err != nil || k.Account != who.Staff {
			return errors.Join(err, ErrNotFound)
		}
		t.detail = k.Kind
		return t.DropStaffKey(k)
	})
}

// EnterByKey lets the owner of a key in, whom a provider or a passkey has just proven; doc is what is kept of a passkey from
// now on. ErrNotFound when the key is nobody's.
func (o *Office) EnterByKey(ctx context.Context, kind, id string, doc []byte) (Staff, error) {
	k, err := o.Key(ctx, kind, id)
	if err != nil {
		return Staff{}, err
	}
	s, err := o.Account(ctx, k.Account)
	if err != nil {
		return Staff{}, err
	}
	_, err = o.enter(ctx, s.ID, s.Actor(), kind, func(t *turn) error {
		k, err := t.StaffKey(kind, id)
		if err != nil || k.Account != s.ID {
			return errors.Join(err, ErrNotFound)
		}
		k.Used = t.now
		if doc != nil {
			k.Doc = doc
		}
		return t.PutStaffKey(k)
	})
	return s, err
}

// SessionElsewhere notes that a session came from another browser or network than it began in, and was ended.
func (o *Office) SessionElsewhere(ctx context.Context, who Actor) error {
	_, err := o.onAccount(ctx, who, "session_elsewhere", who.Staff, func(*turn, *Staff) error { return nil })
	return err
}
