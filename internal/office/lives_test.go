package office_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// TestRandomLives plays long lives at random, good sense or not: moves, losses, marriages, departures and returns, missed
// deadlines, wrong offices, wrong visitors, with a clock that moves. After each act everything that must hold of the
// registers is looked at, and what the guide says of that moment has to be what the window does. A failure names the
// seed; LIVES is how many lives to play.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	number := 2
	if n, err := strconv.Atoi(os.Getenv("LIVES")); err == nil {
		number = n
	}
	seed := rand.Uint64()
	if s, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed, number = s, 1
	}
	for n := range number {
		if number > 1 {
			seed = seed&^1 | uint64(n)&1 // every second life with a card of the next generation
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			engines(t, func(t *testing.T, d *desk) {
				if seed%2 == 1 {
					d.foundNext(t)
					d.Making = card.NextGeneration
				}
				d.live(t, "", handedOver)
				l := &lives{T: t, desk: d, rand: rand.New(rand.NewPCG(seed, 1)), names: 1}
				l.play()
			})
		})
		seed = rand.Uint64()
	}
}

// play lives on until the card has ended for a while, at most so many acts.
func (l *lives) play() {
	after := 0
	for n := 0; n < 50 && after < 6; n++ {
		l.step()
		if l.Failed() {
			l.Fatalf("act %d:\n\t%s", n, strings.Join(l.told[max(0, len(l.told)-14):], "\n\t"))
		}
		if l.desk.card(l.T).State.Ended() {
			after++
			l.newCard()
			l.look()
		} else {
			after = 0
		}
	}
	if _, err := office.VerifyJournals(ctx, l.desk.Store); err != nil {
		l.Error(err)
	}
	l.Logf("%d done, %d refused\n\t%s", l.done, l.refused, strings.Join(l.told, "\n\t"))
}

// lives is one run.
type lives struct {
	*testing.T
	desk          *desk
	rand          *rand.Rand
	told          []string
	done, refused int
	names, keys   int
	views         map[place.Code]procedure.Situation
	before        string // the states before the act
	entries       int64
}

func pick[T any](l *lives, from ...T) T { return from[l.rand.IntN(len(from))] }

func (l *lives) say(format string, a ...any) {
	l.told = append(l.told, civil.DateOf(l.desk.at).String()+" "+fmt.Sprintf(format, a...))
}

// step does one thing at random, then looks at everything.
func (l *lives) step() {
	l.before, l.entries = l.snapshot()
	l.desk.at = l.desk.at.Add(time.Second)
	switch l.rand.IntN(25) {
	case 23, 24:
		l.phone()
	case 20, 21:
		l.newCard()
	case 22:
		l.undo()
	case 0, 1:
		l.wait(pick(l, 1, 1, 2, 5, 13, 14, 29, 89, 91, 400))
	case 2, 3, 4, 5:
		l.notify()
	default:
		l.window()
	}
	l.look()
}

// wait lets days pass, each worked off.
func (l *lives) wait(days int) {
	l.desk.goTo(civil.DateOf(l.desk.at).AddDays(days))
	l.say("%d days later", days)
	l.desk.workOff(l.T)
}

var clerks = []office.Actor{sumida, hachinohe, niigata, taipei}

// found has everybody's clerk find sato, under the name that stands in the register now.
func (l *lives) found() register.Person {
	var p register.Person
	l.desk.read(l.T, func(tx office.Tx) (err error) {
		p, err = tx.Person("sato")
		return err
	})
	for _, who := range clerks {
		if _, err := l.desk.FindPerson(ctx, who, office.PersonRequest{Name: p.Name.Full(), Birth: p.Birth.String()}); err != nil {
			l.Fatal(err)
		}
	}
	return p
}

// notify notifies something, sensible or not.
func (l *lives) notify() {
	p := l.found()
	on := civil.DateOf(l.desk.at)
	l.keys++
	r := office.NotifyRequest{RequestKey: fmt.Sprintf("n%d", l.keys), Kind: pick(l, register.MoveIn, register.MoveWithin, register.MoveOut, register.DepartureAbroad, register.DepartureAbroad,
		register.ReturnToJapan, register.ReturnToJapan, register.NameChange, register.MoveWithin, register.NameChange, register.HonsekiChange, register.FormerSurname)}
	if l.rand.IntN(40) == 0 {
		r.Kind = register.CodeChange
	}
	r.Day = on.AddDays(-pick(l, 0, 0, 0, 1, 1, 5, 13, 14, 15)).String()
	who := pick(l, clerks...)
	switch r.Kind {
	case register.MoveIn, register.ReturnToJapan:
		r.Municipality = string(pick(l, demo.Sumida, demo.Niigata, demo.Hachinohe))
		who = office.Actor{Staff: "clerk", Office: pick(l, sumida, niigata, hachinohe).Office, Role: office.Clerk}
		if l.rand.IntN(4) > 0 {
			r.Municipality = string(who.Office)
		}
		r.Address = fmt.Sprintf("東京都墨田区業平一丁目%d番", l.keys)
	case register.MoveWithin:
		if home, ok := p.ResidentOn(on); ok {
			who = office.Actor{Staff: "clerk", Office: home.Municipality, Role: office.Clerk}
			r.Municipality, r.Address = string(home.Municipality), fmt.Sprintf("東京都墨田区押上%d番", l.keys)
		}
	case register.MoveOut, register.DepartureAbroad:
		r.Day = on.AddDays(pick(l, 0, 1, 10, 30)).String()
		if home, ok := p.ResidentOn(on); ok {
			who = office.Actor{Staff: "clerk", Office: home.Municipality, Role: office.Clerk}
		}
	case register.NameChange:
		l.names++
		r.FamilyName, r.FamilyKana = fmt.Sprintf("佐藤%s", strings.Repeat("々", l.names%3+1)), "サトウ"
	case register.FormerSurname:
		r.FormerFamily = pick(l, "", "旧佐藤")
	case register.HonsekiChange:
		r.Honseki = string(pick(l, demo.Hachinohe, demo.Sumida))
	}
	_, _, err := l.desk.Notify(ctx, who, "sato", r)
	l.came("notify "+r.Kind+" at "+string(who.Office), err)
}

// undo finds an entry of the register to be an error, mostly the newest one, and mostly has a colleague confirm it.
func (l *lives) undo() {
	p := l.found()
	if len(p.Events) == 0 {
		return
	}
	e := p.Events[len(p.Events)-1-l.rand.IntN(min(2, len(p.Events)))]
	who := office.Actor{Staff: "clerk", Office: e.At, Role: office.Clerk}
	_, err := l.desk.AskUndoEvent(ctx, who, p.ID, e.ID, office.UndoRequest{Reason: "別人の届出だった。"})
	if err == nil {
		_, err = l.desk.UndoEvent(ctx, pick(l, who, colleague(who), colleague(who), colleague(who)), p.ID, e.ID)
	}
	l.came("undo "+e.Kind+" at "+string(e.At), err)
}

// phone does something in the app of a phone, where the card lets it.
func (l *lives) phone() {
	code := pick(l, rules.PhoneIssue, rules.PhoneIssue, rules.PhoneReissue, rules.PhoneModelChange, rules.PhoneLift)
	kinds := bothKinds
	if code == rules.PhoneLift {
		kinds = kinds[:1]
	}
	r := newDevice(pick(l, procedure.Android, procedure.IPhone), l.rand.IntN(4)).request(l.T, code, kinds...)
	signs := false
	l.desk.withCard(l.T, func(c *reader.Client) {
		err := c.VerifyPIN(reader.SignaturePIN, pins[card.SignaturePIN])
		if err == nil {
			r.Certificate, r.Signature, err = signedByCard(c, r.Message())
		}
		signs = err == nil
	})
	if signs {
		_, _, err := l.desk.Phone(ctx, r)
		l.came(string(code)+" on "+string(r.Phone), err)
	}
}

// came notes how an act came out; anything but a refusal or a question is a fault.
func (l *lives) came(what string, err error) {
	var refusal *law.Refusal
	var invalid *office.Invalid
	var form office.InvalidForm
	switch {
	case err == nil:
		l.done++
	case errors.As(err, &refusal):
		l.refused++
		what += " no: " + refusal.Code
	case errors.As(err, &invalid), errors.As(err, &form), errors.Is(err, office.ErrForbidden), errors.Is(err, office.ErrNotFound):
		l.refused++
		what += " no: " + err.Error()
	default:
		l.Errorf("%s: %v", what, err)
	}
	l.say("%s", what)
}

// procedures are those that a window performs on a card.
var procedures = []rules.Procedure{rules.ChangeAtHome, rules.ChangeAtHome, rules.ReissueSignature, rules.ContinueAbroad, rules.ContinueAbroad, rules.ReturnWithCard, rules.ReturnWithCard,
	rules.RenewCertificatesAtHome, rules.RenewCertificatesAway, rules.LiftAtHome, rules.LiftAbroad, rules.ChangeEntriesFromAbroad, rules.ResetPINInJapan, rules.ResetPINFromAbroad,
	rules.RevokeByWish, rules.AddCertificates, rules.StopCard}

// enders are those that end a card or its certificates for good: tried less often, for a life without a card is short.
var enders = []rules.Procedure{rules.ReportCompromise, rules.GiveCardBack, rules.AbolishAbroad, rules.ReportLossAtHome}

// window tries a procedure somewhere, with somebody, and goes on with it or not: mostly one that the guide allows, so that
// something comes of a life, sometimes any.
func (l *lives) window() {
	l.found()
	l.views = map[place.Code]procedure.Situation{}
	var code rules.Procedure
	var who office.Actor
	var told procedure.Situation
	var guide procedure.Performance
	from := procedures
	if l.rand.IntN(30) == 0 {
		from = enders
	}
	for try, sense := 0, l.rand.IntN(4) > 0; try == 0 || sense && guide.Status != procedure.Allowed && try < 40; try++ {
		code, who, told = l.attempt(from)
		guide = l.guide(who, code, told)
	}
	if guide.Status == procedure.Allowed && l.rand.IntN(8) > 0 {
		told.Visitor.Papers = enough(guide)
	}
	l.keys++
	c, _, err := l.desk.TakeIn(ctx, who, office.WindowRequest{RequestKey: fmt.Sprintf("w%d", l.keys), PersonID: "sato", Procedure: code, Told: told})
	l.came(fmt.Sprintf("take in %s at %s by %s", code, who.Office, told.Visitor.Who), err)
	l.compare(guide, told, err)
	if err == nil && !c.State.Ended() {
		l.goOn(who, c)
	}
}

// attempt is somebody who comes somewhere for something.
func (l *lives) attempt(from []rules.Procedure) (rules.Procedure, office.Actor, procedure.Situation) {
	code, who := pick(l, from...), pick(l, clerks...)
	told := visit(pick(l, rules.Holder, rules.Holder, rules.Holder, rules.HouseholdMember, rules.VoluntaryProxy))
	told.Channel = rules.Visit
	if code == rules.StopCard {
		who, told = stopLine, procedure.Situation{Channel: rules.Telephone, Visitor: procedure.Visit{Who: rules.Holder}}
	}
	l.tell(&told, code)
	return code, who, told
}

// tell answers whatever a procedure may ask of somebody at the window.
func (l *lives) tell(told *procedure.Situation, code rules.Procedure) {
	yes := procedure.AnswerOf(l.rand.IntN(4) == 0)
	told.Wish.NoSignature, told.Wish.NoUserAuth, told.Card.EntryFieldFull = yes, procedure.No, procedure.No
	told.Wish.RevokeSignature, told.Wish.RevokeUserAuth = procedure.Yes, yes
	told.Card.PINs = procedure.PINStates{Signature: procedure.PINKnown, UserAuthentication: procedure.PINKnown, ResidentRegister: procedure.PINKnown, InputSupport: procedure.PINKnown}
	told.Visitor.SameHousehold, told.Visitor.SealedPINs, told.Office.Covers = procedure.AnswerOf(told.Visitor.Who == rules.HouseholdMember), procedure.No, procedure.Yes
	if code == rules.ResetPINInJapan || code == rules.ResetPINFromAbroad {
		pin := 1 + l.rand.IntN(4)
		told.Wish.PIN, told.Visitor.SealedPINs = &pin, procedure.AnswerOf(l.rand.IntN(4) > 0)
		told.Card.PINs = procedure.PINStates{Signature: procedure.PINLocked, UserAuthentication: procedure.PINLocked, ResidentRegister: procedure.PINLocked, InputSupport: procedure.PINLocked}
	}
	if code == rules.ReportLossAtHome || code == rules.AbolishAbroad {
		told.Event = procedure.Event{Kind: rules.CardLost, On: civil.DateOf(l.desk.at), Outside: procedure.No}
		told.Card.AtHand = procedure.No
	}
}

// guide is the rulebook's answer from outside: the facts that the window shows of the person, and what is told.
func (l *lives) guide(who office.Actor, code rules.Procedure, told procedure.Situation) procedure.Performance {
	s := office.Complete(l.known(map[bool]office.Actor{false: who, true: sumida}[who == stopLine]), told)
	s.Procedure = code
	if who == stopLine {
		s.Office = procedure.Office{Kind: rules.CallCentre}
	}
	s.Visitor.Papers = nil
	p, err := procedure.Perform(&s, procedure.Considered)
	if err != nil {
		l.Fatal(err)
	}
	return p
}

// known is what the window shows of the person now.
func (l *lives) known(who office.Actor) procedure.Situation {
	if s, ok := l.views[who.Office]; ok {
		return s
	}
	view, err := l.desk.LookAtPerson(ctx, who, "sato")
	if err != nil {
		l.Fatal(err)
	}
	l.views[who.Office] = view.Known
	return view.Known
}

// enough are papers that fill every line of the list.
func enough(p procedure.Performance) []procedure.PaperAtWindow {
	papers := []procedure.PaperAtWindow{}
	for _, need := range p.Papers {
		for _, of := range need.AnyOf[0] {
			for _, kind := range of.Papers[:of.Count] {
				papers = append(papers, procedure.PaperAtWindow{Kind: kind})
			}
		}
	}
	return papers
}

// compare holds what the window did against what the guide said.
func (l *lives) compare(guide procedure.Performance, told procedure.Situation, err error) {
	var refusal *law.Refusal
	var invalid *office.Invalid
	switch {
	case guide.Status == procedure.Refused:
		if !errors.As(err, &refusal) || refusal.Code != guide.Reasons[0].Code {
			l.Errorf("the guide refuses with %s, the window says %v", guide.Reasons[0].Code, err)
		}
	case guide.Status == procedure.Needs:
		unpapered := len(told.Visitor.Papers) == 0 && errors.As(err, &refusal) // what is missing is said before what else has to be asked
		if !unpapered && (!errors.As(err, &invalid) || invalid.Field != string(guide.Needs.Fact)) {
			l.Errorf("the guide asks for %s, the window says %v", guide.Needs.Fact, err)
		}
	case guide.NewCard, guide.DoneBy != "" && told.Visitor.SealedPINs != procedure.Yes:
	case len(guide.Papers) > 0 && len(told.Visitor.Papers) == 0 && !guide.Later:
		if !errors.As(err, &refusal) {
			l.Errorf("the guide lists papers, the window without any says %v", err)
		}
	case err != nil:
		l.Errorf("the guide allows it, the window says %v", err)
	}
}

// goOn brings a case to its end, or lets it lie, or withdraws it.
func (l *lives) goOn(who office.Actor, c docket.Case) {
	d := l.desk
	if l.rand.IntN(8) == 0 {
		_, _, err := d.WithdrawCase(ctx, who, c.ID)
		l.came("withdraw", err)
		return
	}
	switch c.State {
	case docket.Asked:
		l.reply(who, c)
		return
	case docket.SentAway:
		l.travel(who, c)
		return
	}
	if len(c.PINs) > 0 {
		secret, _, err := d.OpenCasePINScreen(ctx, who, c.ID)
		if err != nil {
			l.Errorf("open the screen: %v", err)
			return
		}
		_, _, err = d.TypeCasePINs(ctx, secret, pins)
		l.came("type PINs", err)
	}
	if l.rand.IntN(10) == 0 {
		l.wait(1)
	}
	_, err := d.complete(l.T, who, c)
	l.came("complete "+c.Procedure, err)
}

// reply brings the holder's reply, in time or not.
func (l *lives) reply(who office.Actor, c docket.Case) {
	l.wait(pick(l, 1, 20, 31))
	guide := procedure.Performance{}
	var told = visit(rules.Holder)
	l.tell(&told, rules.Procedure(c.Procedure))
	all := []procedure.PaperAtWindow{}
	for kind := range rules.PaperNames {
		all = append(all, procedure.PaperAtWindow{Kind: kind})
	}
	_ = guide
	c, _, err := l.desk.ReplyCase(ctx, who, c.ID, office.ReplyRequest{Sealed: l.rand.IntN(5) > 0, Papers: all})
	l.came("reply", err)
	if err != nil || c.State != docket.Open {
		return
	}
	if len(c.PINs) > 0 {
		_, _, err := l.desk.EnterReplyPINs(ctx, who, c.ID, pins)
		l.came("PINs of the reply", err)
	}
	_, err = l.desk.complete(l.T, who, c)
	l.came("complete "+c.Procedure, err)
}

// travel sends the card to the honseki municipality and back.
func (l *lives) travel(who office.Actor, c docket.Case) {
	worker := office.Actor{Staff: "clerk", Office: c.By, Role: office.Clerk}
	l.wait(14)
	if c, _, err := l.desk.ReceiveCase(ctx, worker, c.ID); err != nil {
		l.Errorf("receive in %s: %v", c.State, err)
		return
	}
	_, _, err := l.desk.EnterReplyPINs(ctx, worker, c.ID, pins)
	l.came("PINs", err)
	if _, err = l.desk.complete(l.T, worker, c); err != nil {
		l.came("finish", err)
		_, _, err = l.desk.WithdrawCase(ctx, worker, c.ID)
		l.came("send back undone", err)
	}
	l.wait(14)
	_, _, err = l.desk.ReceiveCase(ctx, who, c.ID)
	l.came("receive back", err)
	_, _, err = l.desk.GiveBack(ctx, who, c.ID)
	l.came("give back", err)
}
