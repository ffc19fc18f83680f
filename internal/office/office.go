// Package office is a municipality, a mission or the issuer serving one request: it reads the facts, lets
// procedure decide, writes the new state, the journal entry and the outgoing messages, all in one
// transaction, or nothing. Pages and API call the same methods; the rules stand in rules.
package office

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/paper"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// Office serves requests. All offices of one installation share it; who acts where is said by the Actor.
type Office struct {
	Store    Store
	Clock    civil.Clock
	Rand     io.Reader // identifiers, secrets and nonces
	Chips    Chips
	CAs      *Authorities
	Lists    Lists // files of the revocation lists; nil for none: they are neither made nor served
	Policies booking.Policies
	URL      string      // public base address, without a slash at the end
	Desks    Desks       // card readers at clerks' desks; nil where none can be paired
	Making   card.Chip   // what cards are made from now on
	Fonts    paper.Fonts // what is printed with; nil for the one font in the program
	Log      *slog.Logger
	// Reach says whether the issuer's authorities can be asked for a signature now; nil for always.
	Reach func(context.Context) error
	// Committed is called after an act is durable, so that its messages need not wait; nil for nobody.
	Committed func()
	// Certified is called after an act is durable that changed what the outside hears of a certificate, before its caller
	// hears of it: whoever answers about certificates then says the same. nil for nobody.
	Certified func()
}

// Role of a person on the staff.
type Role = authority.Role

// Roles of the staff; what each may do says authority alone.
const (
	Clerk    = authority.Clerk
	Operator = authority.Operator
	StopLine = authority.StopLine
	Admin    = authority.Admin
	Carrier  = authority.Carrier
)

// Roles in the order in which they are offered.
var Roles = authority.Roles

// Actor is who acts: a member of staff at an office, or the applicant through a mailed link.
type Actor struct {
	Staff   string // account; empty for an applicant
	Office  place.Code
	Role    Role
	Purpose string // why a record is opened, in the words of whoever opens it; empty when what led there says it
	held    bool   // the post was read from an account, and is read again by the act
}

// name is the actor as the journal writes it.
func (a Actor) name() string {
	if a.Staff == "" {
		return "applicant"
	}
	return a.Staff
}

// Errors of a request that is not a refusal of the law.
var (
	ErrNotFound  = errors.New("not found")
	ErrForbidden = errors.New("not allowed for this account")
	ErrStale     = errors.New("the record was changed by somebody else")
	ErrTaken     = errors.New("the key is taken")
	ErrNoRoom    = errors.New("the registers have no room left")
)

// NoRoomText is what whoever asked is told when the registers' disk is full.
var NoRoomText, NoRoomNext = law.Text{Ja: "登録簿を書く場所がいっぱいです。操作は行われず、何も書かれていません。", En: "The registers have no room left. The act was not done, and nothing of it was written."},
	law.Text{Ja: "システムの管理者に知らせてください。場所が空いたら、同じ操作をもう一度行えます。", En: "Tell whoever runs the system. When there is room again, do the same once more."}

// Invalid says that a field of a request cannot be read, and what would be right.
type Invalid struct {
	Field string
	Text  law.Text
}

// Error names the field, never its value.
func (i *Invalid) Error() string { return fmt.Sprintf("field %s: %s", i.Field, i.Text.En) }

// InvalidForm is every fault of a form at once.
type InvalidForm []Invalid

// Error names the fields.
func (f InvalidForm) Error() string {
	var fields []string
	for _, i := range f {
		fields = append(fields, i.Field)
	}
	return "fields that cannot be read: " + strings.Join(fields, ", ")
}

// Receipt says what an act did.
type Receipt struct {
	Act     string         `json:"act"`
	Subject string         `json:"subject"`
	At      time.Time      `json:"at"`
	Already bool           `json:"already"` // it had been done before; nothing changed
	Rules   []law.Citation `json:"rules"`
	Detail  string         `json:"detail,omitempty"`
}

// turn is one act while it runs.
type turn struct {
	Tx
	office    *Office
	who       Actor
	now       time.Time
	on        civil.Date
	subject   string
	basis     procedure.Basis
	already   bool
	detail    string
	purpose   string            // of a look
	inNameOf  place.Code        // office whose message it is, when not the acting one
	policy    authority.Policy  // the line of the table that lets the actor do this
	asked     bool              // the record was asked for the part that the line wants
	certified bool              // what the outside hears of a certificate changed
	untold    []string          // messages that could not be sent: nobody knows where to
	dead      []string          // ended cards whose plastic is in an office's hands
	holders   map[string]string // of cards, once asked for
	touched   []string          // persons whose days may have changed: settled at the end
}

// because notes the rules an act rests on.
func (t *turn) because(basis procedure.Basis) { t.basis = append(t.basis, basis...) }

// subjectForm is how the subject of an act is written. What stands in an address and cannot be a key of ours is not
// there: it reaches neither the registers nor the journal, which would keep it for ever.
var subjectForm = regexp.MustCompile(`^(application|authority|card|case|crl|exchange|form|letter|message|outreach|person|policy|staff|visit)/[A-Za-z0-9@._-]{1,100}$`)

// act runs f in one transaction and writes its journal entry. A refusal takes back what f wrote and
// leaves its entry; any other error leaves nothing. The answer to a request with a key is kept with it (Once); an act that is
// not its request's last is called with inSteps.
func (o *Office) act(ctx context.Context, who Actor, name, subject string, f func(*turn) error) (Receipt, error) {
	var receipt Receipt
	var refused error
	var kept *Answer
	var certified bool
	var dead []string
	once := onceOf(ctx)
	if subject != "" && !subjectForm.MatchString(subject) {
		return receipt, fmt.Errorf("%s: %w", name, ErrNotFound)
	}
	now := o.now()
	policy, may := authority.Decide(who.role(), place.KindOf(who.Office), actOf(ctx, subject, name))
	err := o.Store.Write(inChain(ctx, who.Office), func(tx Tx) error {
		refused = nil
		if err := once.begin(tx); err != nil {
			return err
		}
		t := &turn{Tx: tx, office: o, who: who, now: now, on: civil.DateOf(now), subject: subject, policy: policy}
		err := tx.Attempt(func() error { return t.carry(name, may, f) })
		entry, no, fault := t.entry(name, subject != "", err)
		if refused = no; fault != nil {
			return fault
		}
		if _, err := tx.AppendJournal(entry); err != nil {
			return fmt.Errorf("append to the journal: %w", err)
		}
		certified, dead = t.certified, t.dead
		receipt = Receipt{Act: name, Subject: t.subject, At: now, Already: t.already, Rules: t.basis, Detail: t.detail}
		kept, err = once.keep(ctx, tx, receipt, refused, now)
		return err
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("%s: %w", name, err)
	}
	if kept != nil {
		once.kept = kept
	}
	o.committed(certified && refused == nil)
	if refused != nil {
		return Receipt{}, refused
	}
	o.endChips(atDesk(ctx, who), dead)
	return receipt, nil
}

// committed tells whoever waits for it that an act is durable.
func (o *Office) committed(certified bool) {
	if certified && o.Certified != nil {
		o.Certified()
	}
	if o.Committed != nil {
		o.Committed()
	}
}

// carry runs what an act does, if the table lets the actor, and settles the days of whoever it touched.
func (t *turn) carry(name string, may bool, f func(*turn) error) error {
	if !may {
		return ErrForbidden
	}
	if still, err := t.holds(); err != nil || !still {
		t.policy = authority.Policy{Name: authority.Nobody}
		return errors.Join(err, ErrForbidden)
	}
	if err := f(t); err != nil {
		return err
	}
	if err := t.wasAsked(name); err != nil {
		return err
	}
	return t.settleTouched()
}

// entry is what the journal says of the act that ended so; refused is an end that is a result, fault one that is none.
func (t *turn) entry(name string, onRecord bool, err error) (entry journal.Entry, refused, fault error) {
	entry = journal.Entry{Office: string(t.who.Office), At: t.now, Actor: t.who.name(), Act: name, Subject: t.subject, Policy: t.policy.Name, Purpose: t.purpose,
		Rules: t.basis.IDs(), Outcome: journal.Done, Detail: t.detail}
	var refusal *law.Refusal
	switch {
	case errors.As(err, &refusal):
		entry.Outcome, entry.Code, entry.Rules, entry.Detail = journal.Refused, refusal.Code, refusal.Cite.IDs, ""
	case errors.Is(err, ErrNotFound) && onRecord:
		// Somebody asked for a record outside their authority, or one that is not there: the same answer.
		entry.Outcome, entry.Code = journal.Refused, "not_found"
	case errors.Is(err, ErrForbidden):
		entry.Outcome, entry.Code, entry.Detail = journal.Refused, "forbidden", ""
	case err != nil:
		return entry, nil, err
	case t.already:
		entry.Outcome = journal.Already
	}
	if len(t.untold) > 0 && entry.Outcome == journal.Done {
		entry.Detail = strings.TrimSpace(entry.Detail + " untold:" + strings.Join(t.untold, ","))
	}
	return entry, err, nil
}

// now is the instant that everything of one act bears.
func (o *Office) now() time.Time { return o.Clock().UTC().Truncate(time.Microsecond) }

// visible is the application if the actor's office has a part in it, and ErrNotFound otherwise; ErrForbidden when the act
// wants another part than the office has.
func (t *turn) visible(id string) (application.Application, error) {
	a, err := t.seen(id)
	if err == nil && !t.hasPart(a) {
		err = ErrForbidden
	}
	return a, err
}

func (t *turn) seen(id string) (application.Application, error) {
	a, err := t.Application(id)
	if err != nil {
		return a, err
	}
	switch t.who.Office {
	case place.Issuer:
		if a.Overseas && slices.Contains(beforeIssuer, a.State) {
			return application.Application{}, ErrNotFound
		}
		return a, nil
	case place.Post:
		if a.Mail.Posted.IsZero() || !a.Mail.CameBack.IsZero() {
			return application.Application{}, ErrNotFound
		}
		return a, nil
	}
	for _, part := range a.Parts() {
		if part == t.who.Office {
			return a, nil
		}
	}
	return application.Application{}, ErrNotFound
}

// beforeIssuer are the states of an application from abroad in which the issuer has not heard of it.
var beforeIssuer = []application.State{application.Applied, application.Forwarded, application.Received, application.Defective, application.Rejected}

// step moves the application by the act, if the state × act table lets it. It reports false when
// the act was done before, so that nothing more is written.
func (t *turn) step(a *application.Application, act application.Act) (bool, error) {
	next, err := procedure.Next(application.Life, a.State, act)
	if err != nil {
		return false, err
	}
	t.already = next.Already
	a.State = next.To
	t.detail = string(a.State)
	return !next.Already, nil
}

// id is a new unpredictable key: 26 letters and digits, 130 bits.
func (o *Office) id() (string, error) {
	var b [17]byte
	if _, err := io.ReadFull(o.Rand, b[:]); err != nil {
		return "", fmt.Errorf("draw a key: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])[:26]), nil
}

// digits is a string of n random decimal digits.
func (o *Office) digits(n int) (string, error) {
	out := make([]byte, 0, n)
	var b [64]byte
	for len(out) < n {
		if _, err := io.ReadFull(o.Rand, b[:]); err != nil {
			return "", fmt.Errorf("draw digits: %w", err)
		}
		for _, c := range b {
			if c < 250 && len(out) < n { // 250 = 25 × 10: every digit equally likely
				out = append(out, '0'+c%10)
			}
		}
	}
	return string(out), nil
}

// secretHash is how a link's secret is kept.
func secretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
