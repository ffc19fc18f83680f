package office

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// messagesShown bounds the list of an office's messages.
const messagesShown = 200

// MessageList is an office's messages: what needs somebody first.
type MessageList struct {
	Trouble []notice.Message // not delivered, or not yet
	Calls   []notice.Message // to be made by telephone
	Recent  []notice.Message // the newest first
}

// Messages lists what the office has sent and has to send, what was not delivered first (notifications.md).
func (o *Office) Messages(ctx context.Context, who Actor) (MessageList, error) {
	var out MessageList
	_, err := o.act(ctx, who, "look_messages", "", func(t *turn) error {
		t.purpose = PurposeCase
		var err error
		if out.Trouble, err = t.MessagesFrom(t.who.Office, true, messagesShown); err != nil {
			return err
		}
		if out.Calls, err = t.Calls(t.who.Office, messagesShown); err != nil {
			return err
		}
		out.Recent, err = t.MessagesFrom(t.who.Office, false, messagesShown)
		return err
	})
	return out, err
}

// Troubles is how many of the office's messages were not delivered, or not yet; it counts no further than a list shows.
func (o *Office) Troubles(ctx context.Context, who Actor) (int, error) {
	n := 0
	err := o.read(ctx, who, "list.troubles", func(t *turn) error {
		found, err := t.MessagesFrom(who.Office, true, messagesShown)
		n = len(found)
		return err
	})
	if errors.Is(err, ErrForbidden) {
		return 0, nil // somebody whose work messages are not
	}
	return n, err
}

// Message is one message of the actor's office; the look is an entry in the journal.
func (o *Office) Message(ctx context.Context, who Actor, id string) (notice.Message, error) {
	var m notice.Message
	_, err := o.act(ctx, who, "look", "message/"+id, func(t *turn) error {
		var err error
		if m, err = t.ownMessage(id); err != nil {
			return err
		}
		return t.lookFor(true) // every message is the office's own
	})
	return m, err
}

// ownMessage is a message that the actor's office sends.
func (t *turn) ownMessage(id string) (notice.Message, error) {
	m, err := t.Message(id)
	if err != nil {
		return m, err
	}
	if !t.is(m.Office) {
		return notice.Message{}, ErrNotFound
	}
	return m, nil
}

// move does an act on a message that is no mail, by the table of its channel.
func (t *turn) move(m *notice.Message, act notice.Act) error {
	life := notice.LifeOf(m.Channel)
	if !slices.Contains(life.Acts, act) {
		return ErrNotFound // no such thing is done with this kind of message
	}
	next, err := procedure.Next(life, m.State, act)
	if err != nil {
		return err
	}
	t.detail = string(m.Kind)
	if t.already = next.Already; t.already {
		return nil
	}
	m.State, m.Changed = next.To, t.now
	return nil
}

// messageAct does an act on a message of the actor's office.
func (o *Office) messageAct(ctx context.Context, who Actor, act notice.Act, name, subject, id, note string) (Receipt, error) {
	return o.act(ctx, who, name, subject+"/"+id, func(t *turn) error {
		m, err := t.ownMessage(id)
		if err != nil {
			return err
		}
		if err := t.move(&m, act); err != nil || t.already {
			return err
		}
		if note != "" {
			m.Note = note
		}
		switch act {
		case notice.Print:
			if err := t.enclose(m); err != nil {
				return err
			}
		case notice.Post, notice.Answer:
			m.Sent, m.Attempts = t.now, m.Attempts+1
		case notice.NoReply:
			m.Attempts++
		}
		return t.PutMessage(m)
	})
}

// CallNote is what came of a call.
type CallNote struct {
	Reached bool
	Note    string // with whom, and what was said; never a number or a PIN
}

// NoteCall notes that the receiver of a telephone note was called (NTF-020).
func (o *Office) NoteCall(ctx context.Context, who Actor, id string, c CallNote) (Receipt, error) {
	note, err := messageNote(c.Note, c.Reached)
	if err != nil {
		return Receipt{}, err
	}
	act := notice.NoReply
	if c.Reached {
		act = notice.Answer
	}
	return o.messageAct(ctx, who, act, "note_call", "message", id, note)
}

// noteMost bounds a note, in characters.
const noteMost = 500

// messageNote is a member of staff's note on a message.
func messageNote(text string, required bool) (string, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case required && n == 0:
		return "", &Invalid{"note", law.Text{Ja: "話した相手と内容を書いてください。", En: "Write with whom you spoke, and what was said."}}
	case n > noteMost:
		return "", &Invalid{"note", law.Text{Ja: "500字までで書いてください。", En: "At most 500 characters."}}
	case holdsNumber(text):
		return "", &Invalid{"note", law.Text{Ja: "個人番号や暗証番号は書かないでください(12桁の数字があります)。", En: "Write no Individual Number and no PIN; there are twelve digits in it."}}
	}
	return text, nil
}

// holdsNumber reports twelve digits that can be an Individual Number.
func holdsNumber(text string) bool {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '-' || r == '　':
			return -1
		}
		return '.'
	}, text)
	for part := range strings.FieldsFuncSeq(digits, func(r rune) bool { return r == '.' }) {
		if len(part) == 12 {
			if _, err := person.ParseNumber(part); err == nil {
				return true
			}
		}
	}
	return false
}

// Again is how a message is sent once more: in one of these ways.
type Again struct {
	Email string // to the same address, or a corrected one
	Phone string // by telephone
	Post  bool   // by post, to the address that the registers have today
}

// SendAgain sends a message once more, under a Message-ID of its own that names the old one, to the same or a corrected
// address, or by another channel. Of the old one nothing more is tried.
func (o *Office) SendAgain(ctx context.Context, who Actor, id string, r Again) (notice.Message, Receipt, error) {
	var again notice.Message
	way, err := r.read()
	if err != nil {
		return again, Receipt{}, err
	}
	receipt, err := o.act(ctx, who, "send_again", "message/"+id, func(t *turn) error {
		m, err := t.ownMessage(id)
		if err != nil {
			return err
		}
		if m.ReplacedBy != "" {
			t.already, t.detail = true, m.ReplacedBy
			again, err = t.Message(m.ReplacedBy)
			return err
		}
		if _, err := procedure.Next(notice.LifeOf(m.Channel), m.State, notice.Replace); err != nil {
			return err
		}
		if notice.OnlyOnPaper(m) && !r.Post {
			return rules.Refuse("message_only_on_paper")
		}
		again = way
		if again.ID, err = t.office.id(); err != nil {
			return err
		}
		again.Kind, again.ApplicationID, again.PersonID, again.VisitID, again.Office, again.From = m.Kind, m.ApplicationID, m.PersonID, m.VisitID, m.Office, m.From
		again.Subject, again.Body, again.Replaces = m.Subject, m.Body, m.ID
		again.State, again.Created, again.Due, again.Changed = notice.Waiting, t.now, t.now, t.now
		if r.Post {
			if again.Letter, err = t.addressee(m); err != nil {
				return err
			}
			again.Channel = notice.PaperOf(m.Kind)
		}
		if err := t.PutMessage(again); err != nil {
			return err
		}
		for i := range m.Deliveries {
			if d := &m.Deliveries[i]; d.State.Open() || d.State.Failed() {
				d.State = notice.Replaced
			}
		}
		m.State, m.ReplacedBy, m.Changed = notice.Replaced, again.ID, t.now
		t.detail = string(again.Channel)
		return t.PutMessage(m)
	})
	return again, receipt, err
}

// read is the channel with its address.
func (r Again) read() (notice.Message, error) {
	var m notice.Message
	given := 0
	for _, is := range []bool{r.Email != "", r.Phone != "", r.Post} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return m, &Invalid{"email", law.Text{Ja: "メールアドレス・電話番号・郵送のうち、一つだけを選んでください。", En: "Choose one of these: an e-mail address, a telephone number, the post."}}
	case r.Email != "":
		to, err := person.ParseEmail(r.Email)
		if err != nil {
			return m, &Invalid{"email", law.Text{Ja: "メールアドレスを読めません。", En: "This is no e-mail address."}}
		}
		m.Channel, m.To = notice.ByMail, []person.Email{to}
	case r.Phone != "":
		phone, err := person.ParsePhone(r.Phone)
		if err != nil {
			return m, &Invalid{"phone", law.Text{Ja: "電話番号を読めません。", En: "This is no telephone number."}}
		}
		m.Channel, m.Phone = notice.ByTelephone, phone
	}
	return m, nil
}

// addressee is to whom and where a message goes by post today: where the resident record says, or, to somebody abroad, the
// form. An address that only a member of staff knows is none.
func (t *turn) addressee(m notice.Message) (*notice.Letter, error) {
	l := &notice.Letter{Service: notice.OnPaper[m.Kind]}
	if m.Letter != nil {
		l.Name, l.Service = m.Letter.Name, m.Letter.Service
	}
	if m.ApplicationID != "" {
		a, err := t.Application(m.ApplicationID)
		if err != nil {
			return nil, err
		}
		if l.Address, err = t.postalAddress(a); err != nil {
			return nil, err
		}
		l.Name = cmp.Or(l.Name, a.Form.Name.Full())
	} else if m.PersonID != "" {
		p, err := t.Person(m.PersonID)
		if err != nil {
			return nil, err
		}
		if home, ok := p.ResidentOn(t.on); ok {
			l.Address = home.Address
		}
		l.Name = cmp.Or(l.Name, p.Name.Full())
	}
	if l.Address == "" {
		return nil, rules.Refuse("no_postal_address")
	}
	return l, nil
}

// Bounced takes a mail server's report in that a mail was not delivered, so that a member of staff sees it. A report on
// a mail that is not ours is notice.ErrNoReport; one that is only late changes nothing.
func (o *Office) Bounced(ctx context.Context, r notice.Report) error {
	var m notice.Message
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		m, err = tx.Message(r.ID)
		return err
	})
	switch {
	case errors.Is(err, ErrNotFound) || err == nil && m.Channel != notice.ByMail:
		return notice.ErrNoReport
	case err != nil:
		return err
	case !r.Failed():
		return nil
	}
	_, err = o.act(ctx, Actor{Staff: "bounces", Office: m.Office, Role: authority.System}, "bounce", "message/"+r.ID, func(t *turn) error {
		m, err := t.Message(r.ID)
		if err != nil {
			return err
		}
		t.already, t.detail = true, r.Status
		for i := range m.Deliveries {
			d := &m.Deliveries[i]
			if r.N >= 0 && r.N != i {
				continue
			}
			next, err := procedure.Next(notice.MailLife, d.State, notice.Bounce)
			if err != nil {
				return err
			}
			if !next.Already {
				t.already, d.State, d.Said = false, next.To, r.Said
			}
		}
		if t.already {
			return nil
		}
		m.Sum()
		m.Changed = t.now
		return t.PutMessage(m)
	})
	return err
}

// Outbox is the postman's side of the outbox: what a server took is noted as it is, and a mail that will not be delivered
// is an entry in its office's journal too.
type Outbox struct {
	notice.Outbox
	Office *Office
}

// Delivered notes what became of an attempt.
func (b Outbox) Delivered(ctx context.Context, m notice.Message) error {
	if !m.State.Failed() {
		return b.Outbox.Delivered(ctx, m)
	}
	_, err := b.Office.act(ctx, Actor{Staff: "postman", Office: m.Office, Role: authority.System}, "mail_failed", "message/"+m.ID, func(t *turn) error {
		now, err := t.Message(m.ID)
		if err != nil {
			return err
		}
		if t.already = now.ReplacedBy != ""; t.already {
			return nil
		}
		m := m
		m.Deliveries = slices.Clone(m.Deliveries)
		m.Keep(now)
		t.detail = string(m.State)
		return t.PutMessage(m)
	})
	return err
}

// Dispatches are the days on which a municipality last posted issuance notices, as a guide for those who wait (NTF-010).
func (o *Office) Dispatches(ctx context.Context, at place.Code) ([]civil.Date, error) {
	var days []civil.Date
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		days, err = dispatches(tx, at)
		return err
	})
	return days, err
}

// dispatches are the last five of those days, the newest first.
func dispatches(tx Tx, at place.Code) ([]civil.Date, error) {
	var days []civil.Date
	posted, err := tx.LastPosted(at, notice.IssuanceNotice, 500)
	for _, instant := range posted {
		if day := civil.DateOf(instant); !slices.Contains(days, day) && len(days) < 5 {
			days = append(days, day)
		}
	}
	return days, err
}
