package office_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

// acts are all acts of staff on a case, each by the account whose turn it would be.
var acts = map[string]struct {
	who office.Actor
	do  func(*desk, office.Actor) error
}{
	"forward":        {sumida, func(d *desk, who office.Actor) error { return only(d.Forward(ctx, who, d.id)) }},
	"receive papers": {hachinohe, func(d *desk, who office.Actor) error { return only(d.ReceivePapers(ctx, who, d.id)) }},
	"candidates":     {hachinohe, func(d *desk, who office.Actor) error { _, err := d.Candidates(ctx, who, d.id); return err }},
	"identify":       {hachinohe, func(d *desk, who office.Actor) error { return only(d.Identify(ctx, who, d.id, "sato")) }},
	"ask back": {hachinohe, func(d *desk, who office.Actor) error {
		return only(d.AskBack(ctx, who, d.id, office.AskBackRequest{Note: "?"}))
	}},
	"accept":          {hachinohe, func(d *desk, who office.Actor) error { _, _, err := d.Accept(ctx, who, d.id); return err }},
	"reject":          {hachinohe, func(d *desk, who office.Actor) error { return only(d.Reject(ctx, who, d.id)) }},
	"produce":         {operator, func(d *desk, who office.Actor) error { return only(d.Produce(ctx, who, d.id)) }},
	"dispatch":        {operator, func(d *desk, who office.Actor) error { return only(d.Dispatch(ctx, who, d.id)) }},
	"announce":        {sumida, func(d *desk, who office.Actor) error { return only(d.Announce(ctx, who, d.id)) }},
	"check identity":  {sumida, func(d *desk, who office.Actor) error { return only(d.CheckIdentity(ctx, who, d.id, atPickup())) }},
	"open PIN screen": {sumida, func(d *desk, who office.Actor) error { _, _, err := d.OpenPINScreen(ctx, who, d.id); return err }},
	"sealed form":     {sumida, func(d *desk, who office.Actor) error { return only(d.OpenSealedForm(ctx, who, d.id, true, pins)) }},
	"take fee":        {sumida, func(d *desk, who office.Actor) error { return only(d.TakeFee(ctx, who, d.id)) }},
	"hand over":       {sumida, func(d *desk, who office.Actor) error { return only(d.HandOver(ctx, who, d.id, true)) }},
	"cancel":          {sumida, func(d *desk, who office.Actor) error { return only(d.Cancel(ctx, who, d.id)) }},
}

// do is an act by its own account.
func (d *desk) do(act string) func() error {
	return func() error { return acts[act].do(d, acts[act].who) }
}

func TestOutOfOrder(t *testing.T) {
	t.Parallel()
	for s, refusals := range map[stage]map[string]string{
		filed: {"receive papers": "papers_not_sent", "identify": "papers_not_at_honseki", "accept": "papers_not_at_honseki", "reject": "papers_not_at_honseki",
			"ask back": "papers_not_at_honseki", "produce": "not_accepted", "announce": "card_not_arrived", "check identity": "card_not_arrived",
			"open PIN screen": "card_not_arrived", "sealed form": "card_not_arrived", "hand over": "card_not_arrived"},
		received:   {"accept": "not_identified", "produce": "not_accepted", "hand over": "card_not_arrived"},
		askedBack:  {"accept": "defect_open", "produce": "not_accepted"},
		accepted:   {"ask back": "already_accepted", "reject": "already_accepted", "dispatch": "card_not_produced", "hand over": "card_not_arrived", "open PIN screen": "card_not_arrived"},
		produced:   {"announce": "card_not_arrived", "hand over": "card_not_arrived"},
		dispatched: {"hand over": "card_not_arrived", "check identity": "card_not_arrived"},
		announced:  {"hand over": "identity_not_checked", "open PIN screen": "identity_not_checked", "sealed form": "identity_not_checked"},
		checked:    {"hand over": "pins_not_set", "sealed form": "no_sealed_form"},
		handedOver: {"ask back": "card_handed_over", "reject": "card_handed_over", "cancel": "card_handed_over", "open PIN screen": "pins_already_set", "sealed form": "pins_already_set"},
	} {
		t.Run("ST-001 to ST-006 "+string(s), func(t *testing.T) {
			d := at(t, s)
			for act, code := range refusals {
				t.Run(act, func(t *testing.T) { d.refused(t, code, d.do(act)) })
			}
		})
	}
}

// The same act a second time: the receipt says so and nothing changes.
func TestTwice(t *testing.T) {
	t.Parallel()
	for s, act := range map[stage]func(*desk) (office.Receipt, error){
		forwarded:  func(d *desk) (office.Receipt, error) { return d.Forward(ctx, sumida, d.id) },
		received:   func(d *desk) (office.Receipt, error) { return d.ReceivePapers(ctx, hachinohe, d.id) },
		identified: func(d *desk) (office.Receipt, error) { return d.Identify(ctx, hachinohe, d.id, "sato") },
		askedBack: func(d *desk) (office.Receipt, error) {
			return d.AskBack(ctx, hachinohe, d.id, office.AskBackRequest{Fields: []string{"overseas_address"}, Note: "国外の住所に番地がありません。"})
		},
		accepted: func(d *desk) (office.Receipt, error) {
			a, receipt, err := d.Accept(ctx, hachinohe, d.id)
			if len(a.ApplicationID) != 23 {
				err = errors.Join(err, errors.New("the application ID is not told again"))
			}
			return receipt, err
		},
		produced:   func(d *desk) (office.Receipt, error) { return d.Produce(ctx, operator, d.id) },
		dispatched: func(d *desk) (office.Receipt, error) { return d.Dispatch(ctx, operator, d.id) },
		announced:  func(d *desk) (office.Receipt, error) { return d.Announce(ctx, sumida, d.id) },
		checked:    func(d *desk) (office.Receipt, error) { return d.CheckIdentity(ctx, sumida, d.id, atPickup()) },
		pinned:     func(d *desk) (office.Receipt, error) { return d.TakeFee(ctx, sumida, d.id) }, // nothing is due
		handedOver: func(d *desk) (office.Receipt, error) { return d.HandOver(ctx, sumida, d.id, true) },
	} {
		t.Run(string(s), func(t *testing.T) {
			d := at(t, s)
			d.already(t, func() (office.Receipt, error) { return act(d) })
			if s == handedOver {
				d.already(t, func() (office.Receipt, error) { return d.Produce(ctx, operator, d.id) })
			}
		})
	}
	t.Run("APP-076 the applicant's answer", func(t *testing.T) {
		d := at(t, corrected)
		d.already(t, func() (office.Receipt, error) {
			return d.Correct(ctx, d.link(t, "correct"), application.RawForm{"overseas_address": "another one"})
		})
	})
}

// An office without a part finds nothing; an office with a part does only what is its own; other roles do nothing.
func TestAuthority(t *testing.T) {
	t.Parallel()
	d := at(t, received)
	t.Run("Niigata has no part", func(t *testing.T) {
		for name, act := range acts {
			if act.who.Role == office.Clerk {
				t.Run(name, func(t *testing.T) { d.notFound(t, func() error { return act.do(d, niigata) }) })
			}
		}
		d.notFound(t, func() error { _, err := d.Look(ctx, niigata, d.id); return err })
		if lines, err := d.Queue(ctx, niigata); err != nil || len(lines) != 0 {
			t.Errorf("Niigata's queue: %+v, %v", lines, err)
		}
	})
	t.Run("the issuer does not see what was not accepted", func(t *testing.T) {
		d.notFound(t, func() error { _, err := d.Look(ctx, operator, d.id); return err })
		d.notFound(t, d.do("dispatch"))
		if lines, err := d.Queue(ctx, operator); err != nil || len(lines) != 0 {
			t.Errorf("the issuer's queue: %+v, %v", lines, err)
		}
	})
	t.Run("nobody finds what is not there", func(t *testing.T) {
		d := at(t, received)
		d.id = "nothing"
		for name, act := range acts {
			t.Run(name, func(t *testing.T) { d.notFound(t, func() error { return act.do(d, act.who) }) })
		}
	})
	t.Run("ABR-021 the accepting office does not examine", func(t *testing.T) {
		for _, act := range []string{"receive papers", "candidates", "identify", "ask back", "accept", "reject"} {
			d.forbidden(t, func() error { return acts[act].do(d, sumida) })
		}
		d.forbidden(t, func() error { return acts["announce"].do(d, hachinohe) })
		d.forbidden(t, func() error { return acts["forward"].do(d, hachinohe) })
	})
	t.Run("wrong roles", func(t *testing.T) {
		for name, act := range acts {
			for _, role := range []office.Role{office.Clerk, office.Operator, office.StopLine, office.Admin} {
				if role != act.who.Role {
					who := office.Actor{Staff: "x", Office: act.who.Office, Role: role}
					t.Run(name+" by "+string(role), func(t *testing.T) { d.forbidden(t, func() error { return act.do(d, who) }) })
				}
			}
		}
		for _, who := range []office.Actor{sumida, operator} {
			d.forbidden(t, func() error { return only(d.Suspend(ctx, who, "sato2020", true)) })
			d.forbidden(t, func() error { _, err := d.CardsToStop(ctx, who, office.CallerRequest{}); return err })
		}
	})
	t.Run("whose turn it is", func(t *testing.T) {
		for _, c := range []struct {
			who  office.Actor
			mine bool
		}{{hachinohe, true}, {sumida, false}} {
			lines, err := d.Queue(ctx, c.who)
			if err != nil || len(lines) != 1 || lines[0].Mine != c.mine {
				t.Errorf("%s: %+v, %v", c.who.Staff, lines, err)
			}
		}
		seen, err := d.Look(ctx, hachinohe, d.id)
		if err != nil || len(seen.Next) == 0 || seen.Kind != rules.Honseki {
			t.Errorf("%+v, %v", seen, err)
		}
	})
}

func TestExamination(t *testing.T) {
	t.Parallel()
	t.Run("ABR-021 somebody whom the form does not fit", func(t *testing.T) {
		d := at(t, received)
		for _, other := range []string{"kobayashi", "yamada", "nobody"} {
			d.invalid(t, []string{"person"}, func() error { return only(d.Identify(ctx, hachinohe, d.id, other)) })
		}
	})
	t.Run("ELIG-010 the law gives no reason to reject", func(t *testing.T) {
		d := at(t, identified)
		d.invalid(t, []string{"reason"}, d.do("reject"))
	})
	t.Run("ELIG-010 ST-003 nobody found, rejected", func(t *testing.T) {
		d := at(t, received)
		if err := d.do("reject")(); err != nil {
			t.Fatal(err)
		}
		if got := d.messages(t); d.application(t).State != application.Rejected || got[len(got)-1] != notice.Rejected {
			t.Errorf("%s, mails %v", d.application(t).State, got)
		}
		for act, code := range map[string]string{"accept": "application_rejected", "cancel": "application_rejected", "produce": "application_rejected"} {
			d.refused(t, code, d.do(act))
		}
	})
	t.Run("ELIG-014 what only the honseki municipality finds out", func(t *testing.T) {
		d := newDesk(t)
		// Nobody of that birth date: the accepting office cannot know.
		a, _, err := d.File(ctx, hachinohe, request(t, "ito", somebody("ito", application.RawForm{"birth": "1975-01-21"})))
		if err != nil {
			t.Fatal(err)
		}
		d.id = a.ID
		if err := only(d.AskBack(ctx, hachinohe, d.id, office.AskBackRequest{Note: "生年月日を確かめてください。", Fields: []string{"birth"}})); err != nil {
			t.Fatal(err)
		}
		if err := only(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"birth": "1975-01-20", "given_name": "not asked"})); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.Form.Birth != civil.Day(1975, 1, 20) || a.Form.Name.Given != "渚" {
			t.Errorf("APP-076 only what was asked is corrected: %s, %s", a.Form.Birth, a.Form.Name.Given)
		}
		if err := only(d.Identify(ctx, hachinohe, d.id, "ito")); err != nil {
			t.Fatal(err)
		}
		d.refused(t, "registered_too_early", d.do("accept"))
		if err := d.do("reject")(); err != nil {
			t.Error(err)
		}
	})
	t.Run("ABR-021 another person on the corrected form is looked for again", func(t *testing.T) {
		d := at(t, identified)
		if err := only(d.AskBack(ctx, hachinohe, d.id, office.AskBackRequest{Note: "?", Fields: []string{"given_name", "given_kana", "pickup"}})); err != nil {
			t.Fatal(err)
		}
		if err := only(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"given_name": "輝", "given_kana": "ヒカル", "pickup": "office-tw-taipei"})); err != nil {
			t.Fatal(err)
		}
		a := d.application(t)
		if a.PersonID != "" || a.Pickup != demo.Taipei {
			t.Errorf("person %q, pickup %s", a.PersonID, a.Pickup)
		}
		d.refused(t, "not_identified", d.do("accept"))
	})
	t.Run("FEE-011 FEE-018 NTF-024 a fee that is due before the card leaves for a mission", testFeeBeforeDispatch)
}

// testFeeBeforeDispatch: 小林誠 left 120 days before; the card waits at the issuer until the fee is paid.
func testFeeBeforeDispatch(t *testing.T) {
	d := newDesk(t)
	a, _, err := d.File(ctx, sumida, request(t, "kobayashi", somebody("kobayashi", application.RawForm{"pickup": "office-tw-taipei"})))
	if err != nil {
		t.Fatal(err)
	}
	d.id = a.ID
	d.live(t, filed, received)
	if err := only(d.Identify(ctx, hachinohe, d.id, "kobayashi")); err != nil {
		t.Fatal(err)
	}
	if err := d.do("accept")(); err != nil {
		t.Fatal(err)
	}
	if fee := d.application(t).Fee; fee.Yen != 1000 || fee.Payment != string(rules.PayBeforeDispatch) || fee.Ground != string(rules.LapsedOnDeparture) {
		t.Errorf("%+v", fee)
	}
	found := false
	for _, kind := range d.messages(t) {
		found = found || kind == notice.PaymentNeeded
	}
	if !found {
		t.Error("NTF-024: no mail asks for the fee")
	}
	d.live(t, accepted, produced)
	d.refused(t, "card_not_dispatchable_unpaid", d.do("dispatch"))
	d.notFound(t, func() error { return only(d.TakeFee(ctx, niigata, d.id)) })
	if err := only(d.TakeFee(ctx, hachinohe, d.id)); err != nil {
		t.Fatal(err)
	}
	d.already(t, func() (office.Receipt, error) { return d.TakeFee(ctx, hachinohe, d.id) })
	if err := d.do("dispatch")(); err != nil {
		t.Fatal(err)
	}
	if err := only(d.Announce(ctx, taipei, d.id)); err != nil {
		t.Fatal(err)
	}
	at := atPickup()
	at.PassportName, at.PassportBirth, at.Papers = "KOBAYASHI MAKOTO", civil.Day(1983, 7, 7), at.Papers[:1]
	if err := only(d.CheckIdentity(ctx, taipei, d.id, at)); err != nil {
		t.Errorf("PICK-072 the passport is enough at a mission: %v", err)
	}
	if fee := d.application(t).Fee; fee.Yen != 1000 || !fee.Paid {
		t.Errorf("FEE-018 what was paid stays paid: %+v", fee)
	}
	if c := d.card(t); c.State != card.AtOffice || c.Custody.Office != demo.Taipei {
		t.Errorf("%+v", c)
	}
}

func TestAskBack(t *testing.T) {
	d := at(t, received)
	ask := func(note string, fields ...string) func() error {
		return func() error {
			return only(d.AskBack(ctx, hachinohe, d.id, office.AskBackRequest{Note: note, Fields: fields}))
		}
	}
	d.invalid(t, []string{"note"}, ask(""))
	d.invalid(t, []string{"note"}, ask(strings.Repeat("あ", 2001), "phone1"))
	d.invalid(t, []string{"note"}, ask("a\x00b", "phone1"))
	d.invalid(t, []string{"fields"}, ask("?", slices.Repeat([]string{"phone1"}, 100)...))
	d.invalid(t, []string{"fields"}, ask("?", "blood_type"))
	d.invalid(t, []string{"fields"}, ask("?", "honseki"))
	n := number("sato")
	d.invalid(t, []string{"note"}, ask("番号は"+n+"ですか。", "number"))
	d.invalid(t, []string{"note"}, ask("番号は"+n[:4]+"-"+n[4:8]+" "+n[8:]+"ですか。", "number"))
	if err := ask("電話は0178-43-2111です。申請書IDは98320567321400000000000です。", "number", "phone1")(); err != nil {
		t.Fatal(err)
	}
	link := d.link(t, "correct")
	t.Run("APP-074 an answer that cannot be read leaves the link as it is", func(t *testing.T) {
		d.invalid(t, []string{"phone1"}, func() error { return only(d.Correct(ctx, link, application.RawForm{"phone1": "x"})) })
	})
	t.Run("APP-076 a link that nobody sent", func(t *testing.T) {
		if entries, err := d.unchanged(t, func() error { return only(d.Correct(ctx, "nothing", nil)) }); !errors.Is(err, office.ErrNotFound) || len(entries) > 0 {
			t.Errorf("%v, %+v", err, entries)
		}
	})
	if err := only(d.Correct(ctx, link, application.RawForm{"phone1": "+886 2 1111 2222"})); err != nil {
		t.Fatal(err)
	}
	if f := d.application(t).Form; f.Number.Digits() != n || string(f.Phones[0]) != "+886211112222" {
		t.Error("the number, which was not corrected, or the telephone, which was, is another")
	}
	t.Run("APP-076 the link of the first question does not answer the second", func(t *testing.T) {
		if err := ask("もう一度", "phone1")(); err != nil {
			t.Fatal(err)
		}
		d.refused(t, "link_used", func() error { return only(d.Correct(ctx, link, application.RawForm{"phone1": "+886 2 3333 4444"})) })
	})
	t.Run("APP-076 a link that has expired", func(t *testing.T) {
		d.goTo(civil.Day(2025, 12, 12)) // asked on 11-11, thirty days
		d.refused(t, "link_used", func() error {
			return only(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"phone1": "+886 2 3333 4444"}))
		})
	})
}

// A question that was not answered can be asked again: another one at once, the same one when its link has run out.
func TestAskBackAgain(t *testing.T) {
	d := at(t, askedBack)
	question := office.AskBackRequest{Fields: []string{"overseas_address"}, Note: "国外の住所に番地がありません。"}
	ask := func() (office.Receipt, error) { return d.AskBack(ctx, hachinohe, d.id, question) }
	last := civil.Day(2025, 11, 11).AddDays(30)
	d.goTo(last)
	t.Run("APP-076 the link works on its last day", func(t *testing.T) { d.already(t, ask) })
	old := d.link(t, "correct")
	d.goTo(last.AddDays(1))
	t.Run("APP-076 a day later it is sent anew", func(t *testing.T) {
		d.refused(t, "link_used", func() error {
			return only(d.Correct(ctx, old, application.RawForm{"overseas_address": "1 New Road, Taipei"}))
		})
		receipt, err := ask()
		if err != nil || receipt.Already {
			t.Fatalf("%+v, %v", receipt, err)
		}
		if d.link(t, "correct") == old {
			t.Error("the mail has the old link")
		}
	})
	t.Run("APP-076 another question replaces it", func(t *testing.T) {
		d.goTo(last.AddDays(2))
		question.Note = "国と住所が合いません。"
		receipt, err := ask()
		if err != nil || receipt.Already {
			t.Fatalf("%+v, %v", receipt, err)
		}
		if err := only(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"overseas_address": "1 New Road, Taipei"})); err != nil {
			t.Error(err)
		}
	})
}
