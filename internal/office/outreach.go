package office

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// OutreachRequest is a request that staff come to a home or workplace (出張申請, APP-020 to APP-024). It may come by
// telephone, by mail, at the window or online.
type OutreachRequest struct {
	RequestKey string // chosen by the caller; the same key twice asks once
	Office     place.Code
	Requester  string
	Phone      string
	Email      string
	Where      string
	People     int
	Days       []string // several candidate days
	Channel    rules.Channel
	Express    bool
	NoForms    bool
}

// Bounds of a request for a visit.
const (
	outreachPeople = 500
	outreachDays   = 10
	outreachText   = 200
)

// AskOutreach takes a request in: from a clerk, or from somebody online, who has no account (who is the zero Actor).
func (o *Office) AskOutreach(ctx context.Context, who Actor, r OutreachRequest) (application.Outreach, Receipt, error) {
	var out application.Outreach
	if err := checkRequestKey(r.RequestKey); err != nil {
		return out, Receipt{}, err
	}
	switch {
	case who.Staff == "":
		who = Actor{Office: r.Office}
		r.Channel = rules.Online
	default:
		r.Office = who.Office
	}
	if err := o.may(ctx, who, "ask_outreach", "outreach/new"); err != nil {
		return out, Receipt{}, err
	}
	out, err := readOutreach(r, civil.DateOf(o.Clock()))
	if err != nil {
		return out, Receipt{}, err
	}
	id := secretHash(string(r.Office) + " " + r.RequestKey)[:26] // the same request has the same key
	receipt, err := o.act(ctx, who, "ask_outreach", "outreach/"+id, func(t *turn) error {
		before, err := t.Outreach(id)
		if err == nil {
			out, t.already = before, true
			return nil
		}
		if !isNotFound(err) {
			return err
		}
		if !o.Policies.Of(r.Office).Outreach() {
			return rules.Refuse("channel_cannot", rules.ChannelNames[rules.Outreach])
		}
		t.because(procedure.Basis{rules.Refusals["day_not_proposed"].Cite})
		out.ID, out.State, out.Asked = id, application.OutreachRequested, t.on
		return t.PutOutreach(out)
	})
	return out, receipt, err
}

// readOutreach reads a request; every fault is reported at once.
func readOutreach(r OutreachRequest, on civil.Date) (application.Outreach, error) {
	out := application.Outreach{Office: r.Office, Requester: words(r.Requester), Where: words(r.Where), People: r.People, Channel: string(r.Channel), Express: r.Express, NoForms: r.NoForms}
	var faults InvalidForm
	fault := func(field, ja, en string) { faults = append(faults, Invalid{field, law.Text{Ja: ja, En: en}}) }
	if place.KindOf(r.Office) != place.KindMunicipality {
		fault("office", "市区町村のコードではありません。", "This is no municipality.")
	}
	if out.Requester == "" {
		fault("requester", "依頼する方の名前を書いてください。", "Say who asks.")
	}
	if out.Where == "" {
		fault("where", "伺う場所を書いてください。", "Say where to come.")
	}
	if r.People < 1 || r.People > outreachPeople {
		fault("people", "申請する方の人数を1〜500人で書いてください。", "Say how many want to apply, 1 to 500.")
	}
	var err error
	if out.Phone, err = person.ParsePhone(r.Phone); err != nil {
		fault("phone", "電話番号を国番号から書いてください(例 +81 3 1234 5678)。", "Give a telephone number with the country code.")
	}
	if r.Email != "" {
		if out.Email, err = person.ParseEmail(r.Email); err != nil {
			fault("email", "メールアドレスとして読めません。", "This is no e-mail address.")
		}
	}
	for _, text := range r.Days {
		day, err := civil.ParseAny(strings.TrimSpace(text))
		if err != nil || day.Before(on) {
			fault("days", "今日以後の日を、2026-01-16 のように書いてください。", "Give days from today on, as 2026-01-16.")
			break
		}
		if !slices.Contains(out.Days, day) {
			out.Days = append(out.Days, day)
		}
	}
	if n := len(out.Days); err == nil && (n < 2 || n > outreachDays) {
		fault("days", "希望日を2日以上(10日まで)書いてください。", "Name several days, two at least and ten at most.")
	}
	if len(faults) > 0 {
		return out, faults
	}
	return out, nil
}

// words are a few words that somebody typed, without what is no text.
func words(s string) string {
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return ' '
		}
		return c
	}, s))
	if r := []rune(s); len(r) > outreachText {
		return string(r[:outreachText])
	}
	return s
}

// Outreaches lists the requests of the actor's office, the newest first.
func (o *Office) Outreaches(ctx context.Context, who Actor) ([]application.Outreach, error) {
	var out []application.Outreach
	err := o.read(ctx, who, "list.outreach", func(t *turn) error {
		var err error
		out, err = t.Outreaches(who.Office, queueShown)
		return err
	})
	return out, err
}

// AppointOutreach agrees on one of the candidate days.
func (o *Office) AppointOutreach(ctx context.Context, who Actor, id, day string) (Receipt, error) {
	wanted, err := parseDate("day", day)
	if err != nil {
		return Receipt{}, err
	}
	return o.outreachAct(ctx, who, application.AppointOutreach, id, func(t *turn, out *application.Outreach) error {
		basis, err := procedure.OutreachDay(t.on, wanted, out.Days)
		if err != nil {
			return err
		}
		t.because(basis)
		out.Visit = wanted
		return t.tellRequester(*out)
	})
}

// tellRequester tells the day to whoever asked: by mail, otherwise by telephone.
func (t *turn) tellRequester(out application.Outreach) error {
	m := notice.Message{Kind: notice.OutreachAppointed, Office: out.Office, Phone: out.Phone}
	if out.Email != "" {
		m.To, m.Phone = []person.Email{out.Email}, ""
	}
	if m.To == nil && m.Phone == "" {
		return nil
	}
	return t.send(m, notice.Facts{Name: out.Requester, Day: notice.On(out.Visit)})
}

// FinishOutreach notes that staff were there.
func (o *Office) FinishOutreach(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.outreachAct(ctx, who, application.FinishOutreach, id, func(*turn, *application.Outreach) error { return nil })
}

// CancelOutreach notes that nobody comes.
func (o *Office) CancelOutreach(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.outreachAct(ctx, who, application.CancelOutreach, id, func(*turn, *application.Outreach) error { return nil })
}

func (o *Office) outreachAct(ctx context.Context, who Actor, act application.OutreachAct, id string, f func(*turn, *application.Outreach) error) (Receipt, error) {
	return o.act(ctx, who, string(act), "outreach/"+id, func(t *turn) error {
		out, err := t.Outreach(id)
		if err != nil {
			return err
		}
		if !t.is(out.Office) {
			return ErrNotFound
		}
		next, err := procedure.Next(application.OutreachLife, out.State, act)
		if err != nil {
			return err
		}
		if t.already = next.Already; t.already {
			return nil
		}
		out.State, t.detail = next.To, string(next.To)
		if err := f(t, &out); err != nil {
			return err
		}
		return t.PutOutreach(out)
	})
}

// filedOutside notes an application that was taken in on a visit: on the day agreed on, for the request of this office.
func (t *turn) filedOutside(r HomeRequest, a application.Application) error {
	out, err := t.Outreach(r.Outreach)
	if err == nil && out.Office != t.who.Office {
		err = ErrNotFound
	}
	if isNotFound(err) {
		return &Invalid{"outreach", law.Text{Ja: "この出張申請の依頼は見つかりません。", En: "There is no such request for a visit."}}
	}
	if err != nil {
		return err
	}
	if r.Channel != rules.Outreach {
		return &Invalid{"channel", law.Text{Ja: "出張申請の受付は、方法を「出張」にしてください。", En: "What is taken in on a visit has the channel outreach."}}
	}
	if out.State != application.OutreachAppointed || out.Visit != t.on {
		return rules.Refuse("outreach_not_appointed")
	}
	out.Filed = append(out.Filed, a.ID)
	return t.PutOutreach(out)
}
