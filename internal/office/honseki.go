package office

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// clerkAt runs an act of an office that has a part in the application. Another office with a part than the one whose act it
// is, is refused by ErrForbidden.
func (o *Office) clerkAt(ctx context.Context, who Actor, act application.Act, id string, f func(*turn, *application.Application) error) (Receipt, error) {
	return o.act(ctx, who, string(act), subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		fresh, err := t.step(&a, act)
		if err != nil || !fresh {
			return err
		}
		if err := f(t, &a); err != nil {
			return err
		}
		t.detail = string(a.State)
		if t.already {
			return nil
		}
		return t.PutApplication(a)
	})
}

// Forward sends the papers from the accepting office to the honseki municipality (ABR-021, ABR-023).
func (o *Office) Forward(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Forward, id, func(t *turn, a *application.Application) error {
		t.because(routing)
		a.Papers = application.Custody{With: application.OnTheWay, Office: a.Examiner()}
		sendForm(a, who.Office)
		return nil
	})
}

// routing is the rule that every application goes through the honseki municipality.
var routing = procedure.Basis{rules.Refusals["papers_not_at_honseki"].Cite}

// ReceivePapers takes the papers in at the honseki municipality.
func (o *Office) ReceivePapers(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.ReceivePapers, id, func(t *turn, a *application.Application) error {
		t.because(routing)
		a.Papers = application.Custody{With: application.AtOffice, Office: a.Examiner()}
		arrivesForm(a, a.Examiner())
		return nil
	})
}

// Candidate is a person of the registers who may be the applicant, with what agrees.
type Candidate struct {
	Person  register.Person
	Match   register.Match
	Address string
}

// Candidates searches the supplementary family registers for the person on the form (ABR-021, ABR-022). The
// look is an entry in the journal.
func (o *Office) Candidates(ctx context.Context, who Actor, id string) ([]Candidate, error) {
	var found []Candidate
	_, err := o.act(ctx, who, "search_person", subjectOf(id), func(t *turn) error {
		found, t.purpose = nil, PurposeCase
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		t.because(routing)
		born, err := t.PersonsBorn(a.Form.Birth)
		if err != nil {
			return err
		}
		if !a.Form.Number.IsZero() {
			p, err := t.PersonByNumber(a.Form.Number)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
			if err == nil && p.Birth != a.Form.Birth {
				born = append(born, p)
			}
		}
		for _, p := range born {
			if m := p.Matches(queryOf(a.Form)); m.Plausible() {
				found = append(found, Candidate{Person: p, Match: m, Address: p.CardAddressLine()})
			}
		}
		return nil
	})
	return found, err
}

// queryOf is what the form says of the person to look for.
func queryOf(f application.Form) register.Query {
	return register.Query{Name: f.Name, Birth: f.Birth, Number: f.Number, PlannedDeparture: f.PlannedDeparture}
}

// Identify ties the application to the person the clerk found (ABR-021, ABR-022): one of the candidates, so that the
// application does not open the record of anybody else.
func (o *Office) Identify(ctx context.Context, who Actor, id, personID string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Identify, id, func(t *turn, a *application.Application) error {
		p, err := t.Person(personID)
		if errors.Is(err, ErrNotFound) {
			return &Invalid{"person", law.Text{Ja: "この人は登録簿にありません。", En: "The registers do not have this person."}}
		}
		if err != nil {
			return err
		}
		if !p.Matches(queryOf(a.Form)).Plausible() {
			return &Invalid{"person", law.Text{Ja: "この人は申請書の氏名・生年月日・番号と合いません。", En: "Name, date of birth and number on the form do not fit this person."}}
		}
		t.because(routing)
		t.already = a.PersonID == p.ID
		a.PersonID = p.ID
		return nil
	})
}

// AskBackRequest is what the honseki municipality wants to know.
type AskBackRequest struct {
	Fields []string // of the form
	Note   string   // in the clerk's words, shown to the applicant
}

// longestNote is how many characters a clerk's question may have: it goes out as a mail.
const longestNote = 2000

// AskBack asks the applicant about a defect, by mail with a one-time link (APP-076, ABR-024, NTF-020).
func (o *Office) AskBack(ctx context.Context, who Actor, id string, r AskBackRequest) (Receipt, error) {
	if r.Note == "" {
		return Receipt{}, &Invalid{"note", law.Text{Ja: "照会する内容を書いてください。", En: "Say what is to be asked."}}
	}
	if len([]rune(r.Note)) > longestNote || strings.ContainsFunc(r.Note, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' }) {
		text := law.Text{Ja: "照会する内容は%d文字までの文章で書いてください。", En: "Say in at most %d characters what is to be asked."}
		return Receipt{}, &Invalid{"note", text.Format(longestNote)}
	}
	if len(r.Fields) > len(application.Fields) {
		return Receipt{}, &Invalid{"fields", law.Text{Ja: "同じ項目が何度もあります。", En: "A field is named more than once."}}
	}
	if revealsNumber(r.Note) {
		return Receipt{}, &Invalid{"note", law.Text{Ja: "メールで送る文です。マイナンバーは書かないでください。", En: "This text goes out by mail. Do not write an Individual Number in it."}}
	}
	for _, f := range r.Fields {
		switch {
		case !application.KnownField(f):
			return Receipt{}, &Invalid{"fields", law.Text{Ja: "申請書にない項目です。", En: "The form has no such field."}}
		case f == "honseki":
			return Receipt{}, &Invalid{"fields", law.Text{Ja: "本籍地が違う申請は、取り消して正しい本籍地で申請し直していただきます。", En: "With another honseki the application goes to another municipality: it is cancelled and made anew."}}
		}
	}
	return o.clerkAt(ctx, who, application.AskBack, id, func(t *turn, a *application.Application) error {
		days, err := rules.CorrectionDays.On(t.on)
		if err != nil {
			return err
		}
		t.because(procedure.Basis{days.Cite})
		if a.DefectNote == r.Note && slices.Equal(a.DefectFields, r.Fields) {
			if t.already, err = t.questionOpen(*a, days.Rule); err != nil || t.already {
				return err
			}
		}
		a.DefectNote, a.DefectFields = r.Note, r.Fields
		link, err := t.mailLink(LinkCorrect, a.ID, t.on.AddDays(days.Rule))
		if err != nil {
			return err
		}
		return t.tell(*a, notice.DefectInquiry, notice.Facts{Defect: r.Note, Link: t.office.URL + "/correct/" + link, Deadline: notice.On(t.on.AddDays(days.Rule))})
	})
}

// questionOpen reports that the last question to the applicant has no answer yet and its link still works; days is how
// long a link works.
func (t *turn) questionOpen(a application.Application, days int) (bool, error) {
	now, err := t.Application(a.ID)
	if err != nil || now.State != application.Defective {
		return false, err
	}
	messages, err := t.Messages(a.ID)
	if err != nil {
		return false, err
	}
	for _, m := range slices.Backward(messages) {
		if m.Kind == notice.DefectInquiry {
			return !t.on.After(civil.DateOf(m.Created).AddDays(days)), nil
		}
	}
	return false, nil
}

// twelveDigits is how an Individual Number is written; an application ID, which is longer, is none.
var twelveDigits = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4})(?:[^0-9]|$)`)

// revealsNumber reports that a text for a mail has an Individual Number in it.
func revealsNumber(text string) bool {
	for _, found := range twelveDigits.FindAllStringSubmatch(width.Narrow.String(text), -1) {
		if _, err := person.ParseNumber(found[1]); err == nil {
			return true
		}
	}
	return false
}

// Correct takes the applicant's answer to a defect inquiry, through the mailed link; it works once.
func (o *Office) Correct(ctx context.Context, secret string, changes application.RawForm) (Receipt, error) {
	a, err := o.Linked(ctx, secret, LinkCorrect)
	if err != nil {
		return Receipt{}, err
	}
	return o.act(ctx, Actor{Office: a.Examiner()}, string(application.Correct), subjectOf(a.ID), func(t *turn) error {
		a, err := t.Application(a.ID)
		if err != nil {
			return err
		}
		fresh, err := t.step(&a, application.Correct)
		if err != nil || !fresh {
			return err
		}
		if err := t.useLink(secret, LinkCorrect); err != nil {
			return err
		}
		if err := t.answer(&a, changes); err != nil {
			return err
		}
		return t.PutApplication(a)
	})
}

// Accept accepts the application at the honseki municipality, gives it its application ID and passes it
// to the issuer (ABR-021, APP-062, ST-001); a fee that is due before the card can leave for a mission is asked for
// (FEE-018, NTF-024).
func (o *Office) Accept(ctx context.Context, who Actor, id string) (application.Application, Receipt, error) {
	var accepted application.Application
	receipt, err := o.clerkAt(ctx, who, application.Accept, id, func(t *turn, a *application.Application) error {
		if !a.Overseas {
			err := t.acceptAtHome(a)
			accepted = *a
			return err
		}
		var p *register.Person
		if a.PersonID != "" {
			found, err := t.Person(a.PersonID)
			if err != nil {
				return err
			}
			p = &found
		}
		basis, err := t.acceptable(*a, p)
		if err != nil {
			return err
		}
		t.because(basis)
		if p != nil && !a.Form.NoSignature {
			if err := t.settleSubstitutes(*p); err != nil {
				return err
			}
		}
		if err := t.renews(a, p); err != nil {
			return err
		}
		if a.ApplicationID, err = t.newFormID(); err != nil {
			return err
		}
		if err := t.decideFee(a, procedure.Unknown); err != nil {
			return err
		}
		if err := t.tell(*a, notice.Accepted, notice.Facts{}); err != nil {
			return err
		}
		if a.Fee.Payment == string(rules.PayBeforeDispatch) {
			if err := t.tell(*a, notice.PaymentNeeded, notice.Facts{Fee: FeeText(a.Fee)}); err != nil {
				return err
			}
		}
		accepted = *a
		return t.tell(*a, notice.ApplicationID, notice.Facts{ApplicationID: a.ApplicationID, Link: t.office.URL + "/status"})
	})
	if err == nil && receipt.Already {
		err = o.Store.Read(ctx, func(tx Tx) error {
			accepted, err = tx.Application(id)
			return err
		})
	}
	return accepted, receipt, err
}

// Reject refuses the application for good, for the reason the law gives: the refusal that acceptance met.
func (o *Office) Reject(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Reject, id, func(t *turn, a *application.Application) error {
		reason, err := t.reasonToReject(*a)
		if err != nil {
			return err
		}
		t.because(procedure.Basis{reason.Cite})
		if err := t.destroySealedForm(a); err != nil {
			return err
		}
		return t.tell(*a, notice.Rejected, notice.Facts{Reason: law.Text{Ja: reason.Text.Ja + "\n" + reason.Next.Ja, En: reason.Text.En + "\n" + reason.Next.En}})
	})
}

// reasonToReject is the refusal that the acceptance of the application meets; without one nothing is rejected.
func (t *turn) reasonToReject(a application.Application) (*law.Refusal, error) {
	if !a.Overseas {
		return t.rejectAtHome(a)
	}
	if a.PersonID == "" {
		return rules.Refuse("not_in_family_register"), nil
	}
	p, err := t.Person(a.PersonID)
	if err != nil {
		return nil, err
	}
	_, err = t.acceptable(a, &p)
	if reason, ok := errors.AsType[*law.Refusal](err); ok {
		return reason, nil
	}
	return nil, cmp.Or(err, error(noReason))
}

// decideFee decides the fee of the application; brought says whether the former card was handed in.
func (t *turn) decideFee(a *application.Application, brought procedure.Answer) error {
	fee, err := t.fee(*a, brought)
	if err != nil {
		return err
	}
	a.Fee = application.Fee{Yen: int(fee.Amounts.Total()), Ground: string(fee.Ground), Payment: string(fee.Payment), Paid: a.Fee.Paid && a.Fee.Yen >= int(fee.Amounts.Total())}
	t.because(fee.Basis)
	return nil
}

// fee asks the rulebook, with the cards the person has had.
func (t *turn) fee(a application.Application, brought procedure.Answer) (procedure.Fee, error) {
	p, err := t.Person(a.PersonID)
	if err != nil {
		return procedure.Fee{}, err
	}
	cards, err := t.CardsOf(p.ID)
	if err != nil {
		return procedure.Fee{}, err
	}
	facts := procedure.FeeFacts{
		Applied: a.Filed, PlannedDeparture: plannedDeparture(p),
		AtHonsekiCounter: a.Accepting == a.InCharge && a.Channel == string(rules.Visit),
		PickupAtMission:  kindOf(a.Pickup, a.InCharge) == rules.Mission,
		NoCertificates:   a.Form.NoSignature && a.Form.NoUserAuth,
		Renewing:         exchanges(a),
	}
	for _, c := range cards {
		// A card that nobody ever got is no former card: it was made for an application that was cancelled.
		if c.ID != a.CardID && !c.Activated.IsZero() {
			facts.Former = &procedure.FormerCard{State: c.State, ForDeparture: c.EndedAbroad, LeftWithOwner: c.LeftWithOwner && !c.Collected || !c.State.Ended(), Brought: brought}
			facts.Former.Happened(rules.EventKind(a.Event.Kind))
		}
	}
	return procedure.OverseasFee(facts)
}

// plannedDeparture is the planned departure of the move-out notification, zero when there was none.
func plannedDeparture(p register.Person) civil.Date {
	if d := p.Departure(); d != nil {
		return d.Planned
	}
	return civil.Date{}
}
