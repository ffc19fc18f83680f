package office

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Case is everything an office sees of an application, and what it can do with it next.
type Case struct {
	Application  application.Application
	Person       *register.Person
	Card         *card.Card
	Certificates []certificate.Certificate
	Former       []card.Card
	Reservation  *booking.Reservation
	Messages     []notice.Message
	History      []journal.Entry
	Kind         rules.OfficeKind // what the looking office is to the case
	Next         []NextAct
	PINsSet      []card.PIN
	FeeRules     procedure.Basis // why the fee is what it is
	CardRules    procedure.Basis // which rules give the card's last day
	CertRules    procedure.Basis // and the certificates'
}

// NextAct is an act that the state × act table offers in this state, and whether it is this office's turn.
type NextAct struct {
	Act  application.Act
	Mine bool
	At   place.Code // whose turn it is
}

// Look shows a case to somebody of an office that has a part in it; the look is an entry in the journal.
func (o *Office) Look(ctx context.Context, who Actor, id string) (Case, error) {
	var c Case
	_, err := o.act(ctx, who, "look", subjectOf(id), func(t *turn) error {
		c = Case{}
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		if err := t.lookFor(!over(a.State)); err != nil {
			return err
		}
		c.Application, c.Kind = a, kindOf(who.Office, a.InCharge)
		if who.Office == place.Post {
			c.Application.Form, c.Application.Seen = application.Form{}, nil // the post office delivers, and reads no form
			c.Next = nextActs(a, who)
			return nil
		}
		if err := t.readCase(&c); err != nil {
			return err
		}
		c.Next = nextActs(a, who)
		return nil
	})
	if err == nil && c.Card != nil && c.Card.State == card.AtOffice && who.Office == c.Application.Pickup {
		set, fault := o.pinsSet(atDesk(ctx, who), id)
		if fault != nil && !isNotFound(fault) && !elsewhere(fault) && ctx.Err() == nil { // not found: handed over or cancelled since
			// The case is shown all the same: a chip that is lost or broken is when the office needs it most.
			o.Log.LogAttrs(ctx, slog.LevelError, "a chip cannot be asked for its PINs", slog.String("card", c.Card.ID), slog.Any("error", fault))
		}
		c.PINsSet = set
	}
	return c, err
}

// Photo is the face photo of a case as the applicant gave it (JPEG), for those who may Look at the case. Who has looked
// at it today sees the photo as a part of that look; for anybody else the photo is a look of its own in the journal.
func (o *Office) Photo(ctx context.Context, who Actor, id string) ([]byte, error) {
	var photo []byte
	looked := false
	err := o.read(ctx, who, "application.look", func(t *turn) error {
		var err error
		if looked, err = t.looked(id); err != nil || !looked {
			t.asked = true // nothing was read; the look of its own asks
			return err
		}
		photo, err = t.photo(id)
		return err
	})
	if err != nil || looked {
		return photo, err
	}
	_, err = o.act(ctx, who, "look", subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		if err := t.lookFor(!over(a.State)); err != nil {
			return err
		}
		photo, err = t.photo(id)
		return err
	})
	return photo, err
}

// photo is the face photo of a case in which the actor's office has a part.
func (t *turn) photo(id string) ([]byte, error) {
	if _, err := t.visible(id); err != nil {
		return nil, err
	}
	return t.Photo(id)
}

// looked reports that the actor looked at the case today.
func (t *turn) looked(id string) (bool, error) {
	entries, err := t.JournalOf(subjectOf(id))
	return slices.ContainsFunc(entries, func(e journal.Entry) bool {
		return e.Act == "look" && e.Outcome == journal.Done && e.Actor == t.who.name() && e.Office == string(t.who.Office) && civil.DateOf(e.At) == t.on
	}), err
}

// readCase reads what belongs to the application.
func (t *turn) readCase(c *Case) error {
	a := c.Application
	var err error
	if c.Messages, err = t.Messages(a.ID); err != nil {
		return err
	}
	if c.History, err = t.JournalOf(subjectOf(a.ID)); err != nil {
		return err
	}
	if r, err := t.ReservationOf(a.ID); err == nil {
		c.Reservation = &r
	} else if !isNotFound(err) {
		return err
	}
	if a.PersonID != "" {
		p, err := t.Person(a.PersonID)
		if err != nil {
			return err
		}
		c.Person = &p
		cards, err := t.CardsOf(p.ID)
		if err != nil {
			return err
		}
		for _, x := range cards {
			if x.ID != a.CardID {
				c.Former = append(c.Former, x)
			}
		}
	}
	if a.CardID == "" {
		return nil
	}
	made, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	c.Card = &made
	if c.Certificates, err = t.Certificates(a.CardID); err != nil {
		return err
	}
	return c.explain()
}

// explain says by which rules the fee and the last days are what they are.
func (c *Case) explain() error {
	a := c.Application
	c.FeeRules = procedure.Basis{rules.FeeGrounds[rules.FeeGround(a.Fee.Ground)].Cite}
	until, err := procedure.CardUntil(procedure.CardFacts{Birth: c.Person.Birth, Applied: a.Filed, Issued: c.Card.Issued, Renewing: a.Renewing})
	if err != nil {
		return err
	}
	c.CardRules = until.Basis
	until, err = procedure.CertificateUntil(procedure.CertificateFacts{Birth: c.Person.Birth, Issued: c.Card.Issued, Card: c.Card.Until})
	c.CertRules = until.Basis
	return err
}

// turns is the order of the acts of a case as an office meets them, and whose turn each is.
var turns = []struct {
	act application.Act
	at  func(application.Application) place.Code
}{
	{application.Forward, func(a application.Application) place.Code { return a.Accepting }},
	{application.ReceivePapers, application.Application.Examiner},
	{application.Identify, overseasOnly(func(a application.Application) place.Code { return a.InCharge })},
	{application.AskBack, application.Application.Examiner},
	{application.Accept, application.Application.Examiner},
	{application.Reject, application.Application.Examiner},
	{application.Produce, func(application.Application) place.Code { return place.Issuer }},
	{application.Dispatch, func(a application.Application) place.Code { return unless(postedByIssuer(a), place.Issuer) }},
	{application.TakeIn, func(a application.Application) place.Code { return unless(!postedByOffice(a), a.Pickup) }},
	{application.Announce, func(a application.Application) place.Code { return unless(postedByOffice(a), a.Pickup) }},
	{application.Post, poster},
	{application.LeaveNotice, func(application.Application) place.Code { return place.Post }},
	{application.Appoint, func(application.Application) place.Code { return place.Post }},
	{application.Deliver, func(application.Application) place.Code { return place.Post }},
	{application.SendBack, func(application.Application) place.Code { return place.Post }},
	{application.CheckIdentity, func(a application.Application) place.Code { return a.Pickup }},
	{application.HandOver, func(a application.Application) place.Code { return a.Pickup }},
}

// overseasOnly is nobody's turn for a card at home.
func overseasOnly(at func(application.Application) place.Code) func(application.Application) place.Code {
	return func(a application.Application) place.Code { return unless(!a.Overseas, at(a)) }
}

// unless is the office, or nobody.
func unless(not bool, at place.Code) place.Code {
	if not {
		return ""
	}
	return at
}

// nextActs lists what can be done now by the tables.
func nextActs(a application.Application, who Actor) []NextAct {
	var out []NextAct
	for _, t := range turns {
		next, err := procedure.Next(application.Life, a.State, t.act)
		if err != nil || next.Already {
			continue
		}
		at := t.at(a)
		if at == "" {
			continue
		}
		out = append(out, NextAct{Act: t.act, At: at, Mine: at == who.Office})
	}
	return out
}

// Line is one application in an office's queue.
type Line struct {
	Application application.Application
	Mine        bool       // an act of this office is the next one
	Since       civil.Date // the day of the last act, for "waiting since"
	Card        *card.Card
}

// Bounds of a queue: how many cases it shows, and among how many open ones it looks for those whose turn is the office's.
const (
	queueShown = 200
	queueOpen  = 1000
)

// endedStates are the states in which nothing is to be done for an application any more.
var endedStates = []application.State{application.HandedOver, application.Rejected, application.Cancelled, application.Uncollected}

// over reports such a state.
func over(s application.State) bool { return slices.Contains(endedStates, s) }

// Queue lists what an office has to do with: its own turn first, then what waits for others, each the oldest first, and
// in the room that is left what ended last (at most 200 cases).
func (o *Office) Queue(ctx context.Context, who Actor) ([]Line, error) {
	open := slices.DeleteFunc(slices.Clone(application.Life.States), over)
	past := endedStates
	if who.Office == place.Issuer {
		past = []application.State{application.HandedOver}
	}
	if who.Office == place.Post {
		open, past = []application.State{application.InPost, application.AtPostOffice}, nil
	}
	var lines []Line
	err := o.read(ctx, who, "list.applications", func(t *turn) error {
		found, err := t.Queue(who.Office, open, queueOpen)
		if err != nil {
			return err
		}
		lines = linesOf(found, who)
		slices.SortStableFunc(lines, func(a, b Line) int {
			switch {
			case a.Mine == b.Mine:
				return 0
			case a.Mine:
				return -1
			}
			return 1
		})
		lines = lines[:min(len(lines), queueShown)]
		if room := queueShown - len(lines); room > 0 && len(past) > 0 {
			if found, err = t.Recent(who.Office, past, room); err != nil {
				return err
			}
			lines = append(lines, linesOf(found, who)...)
		}
		return withCards(t.Tx, lines)
	})
	return lines, err
}

func linesOf(found []application.Application, who Actor) []Line {
	lines := make([]Line, 0, len(found))
	for _, a := range found {
		line := Line{Application: a, Since: a.Filed}
		for _, n := range nextActs(a, who) {
			line.Mine = line.Mine || n.Mine
		}
		lines = append(lines, line)
	}
	return lines
}

// withCards adds the cards of the lines.
func withCards(tx Tx, lines []Line) error {
	for i := range lines {
		if id := lines[i].Application.CardID; id != "" {
			c, err := tx.Card(id)
			if err != nil {
				return err
			}
			lines[i].Card = &c
		}
	}
	return nil
}

// Status is what an applicant sees with the application ID and the birth date: the state, nothing more (APP-060, APP-062).
// Where and until when, and what it costs, is for a mailed link (Details).
type Status struct {
	State    application.State
	Filed    civil.Date
	Estimate [2]int
	Posted   []civil.Date // on which the municipality last posted issuance notices, as a guide (NTF-010)
}

// Status answers an applicant. A wrong pair of application ID and birth date is ErrNotFound, whichever was wrong.
func (o *Office) Status(ctx context.Context, applicationID, birth string) (Status, error) {
	day, err := parseDate("birth", birth)
	if err != nil {
		return Status{}, err
	}
	on := civil.DateOf(o.Clock())
	var s Status
	err = o.Store.Read(ctx, func(tx Tx) error {
		a, err := tx.ApplicationByID(digitsOnly(applicationID))
		if err != nil {
			return err
		}
		if a.Form.Birth != day {
			return ErrNotFound
		}
		if err := mayFollow(a, on); err != nil {
			return err
		}
		s = Status{State: a.State, Filed: a.Filed}
		row, err := rules.ReadyEstimateDays.On(a.Filed)
		s.Estimate = row.Rule
		if err == nil && !a.Overseas {
			s.Posted, err = dispatches(tx, a.Pickup)
		}
		return err
	})
	return s, err
}

// mayFollow holds the question against the sheet of following an application: some days after it was handed in (APP-060).
func mayFollow(a application.Application, on civil.Date) error {
	s := procedure.Situation{On: on, Procedure: rules.FollowApplication, Application: applicationFacts(a), Channel: rules.Online, Office: procedure.Office{Kind: rules.ApplicationCentre}}
	if over(a.State) {
		s.Application.State = application.HandedOver // what has ended can be looked up as well
	}
	s.Application.IDKnown = procedure.Yes
	_, _, err := procedure.Settled(&s)
	return err
}

// digitsOnly drops the blanks and hyphens people type into long numbers.
func digitsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}
