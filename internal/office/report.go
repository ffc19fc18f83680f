package office

import (
	"context"
	"slices"
	"time"

	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// ReportRequest is what a caller tells the telephone line besides a loss (LOSS-005, SEC-021).
type ReportRequest struct {
	Kind rules.Report
	Note string // what happened, in the words of whoever took the call; no number, no PIN
}

// longestReport bounds what is written down of a call, in characters.
const longestReport = 500

// PassOn writes down what somebody reported on the telephone line about fraud, or a card that could not be used, and passes
// it on to the office in charge of the card, which finds it among what other offices sent. The line decides nothing.
func (o *Office) PassOn(ctx context.Context, who Actor, cardID string, r ReportRequest) (Receipt, error) {
	if err := o.may(ctx, who, "pass_on", cardSubject(cardID)); err != nil {
		return Receipt{}, err
	}
	if !slices.Contains(rules.Reports, r.Kind) {
		return Receipt{}, &Invalid{"kind", law.Text{Ja: "報告の種類を選んでください。", En: "Choose a kind of report."}}
	}
	if n := len([]rune(r.Note)); n == 0 || n > longestReport {
		text := law.Text{Ja: "内容を%d字までで書いてください。", En: "Say what happened, in at most %d characters."}
		return Receipt{}, &Invalid{"note", text.Format(longestReport)}
	}
	return o.act(ctx, who, "pass_on", cardSubject(cardID), func(t *turn) error {
		c, err := t.Card(cardID)
		if err != nil {
			return err
		}
		p, err := t.Person(c.PersonID)
		if err != nil {
			return err
		}
		to := municipalityOf(p, c, t.on)
		if to == "" {
			return ErrNotFound
		}
		id, err := t.office.id()
		if err != nil {
			return err
		}
		t.because(procedure.Basis{rules.ReportNames[r.Kind].Cite})
		t.detail = string(r.Kind)
		body := p.Identity(register.Event{Kind: string(r.Kind), Day: t.on})
		body.Note = r.Note
		return t.PutExchange(register.Exchange{ID: id, From: who.Office, To: to, Kind: string(r.Kind), PersonID: p.ID, EventID: id, Created: t.now.Truncate(time.Microsecond), Body: body})
	})
}
