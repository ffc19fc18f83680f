package office_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

func (d *desk) person(t *testing.T, id string) (p register.Person) {
	t.Helper()
	d.read(t, func(tx office.Tx) (err error) {
		p, err = tx.Person(id)
		return err
	})
	return p
}

// inbox is what an office received over the network: kind and day in a line.
func (d *desk) inbox(t *testing.T, who office.Actor) (lines []string) {
	t.Helper()
	all, err := d.Exchanges(ctx, who, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		lines = append(lines, x.Kind+" "+x.Body.Event+" "+x.Body.Day.String())
	}
	return lines
}

// The kinds of notifications are the rulebook's words for events, and each has its office.
func TestKindsOfNotifications(t *testing.T) {
	row, err := rules.Notifications.On(civil.Day(2026, 5, 10))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, k := range slices.Sorted(maps.Keys(row.Rule)) {
		want = append(want, string(k))
	}
	if got := register.Kinds(); !slices.Equal(got, want) {
		t.Errorf("register has %q, the rulebook %q", got, want)
	}
}

// A move from Sumida to Niigata, with its days: the signature certificate ends with the move, the card has ninety days,
// the offices tell each other, and the card lapses when nobody comes (CHG-010, CHG-020, CHG-022, NUM-015).
func TestAMoveByNotifications(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		id := d.cardOf(t, "watanabe", nil)
		d.goTo(civil.Day(2026, 4, 20))
		out := office.NotifyRequest{RequestKey: "out", Kind: register.MoveOut, Day: "2026-05-01", Municipality: string(demo.Niigata)}
		if _, _, err := d.Notify(ctx, niigata, "watanabe", out); codeOf(err) != "notification_elsewhere" {
			t.Fatalf("ST-050: %v", err)
		}
		if _, _, err := d.Notify(ctx, sumida, "watanabe", out); err != nil {
			t.Fatal(err)
		}
		entries, err := d.unchanged(t, func() error {
			_, receipt, err := d.Notify(ctx, sumida, "watanabe", out)
			if !receipt.Already {
				t.Error("the same request twice is done twice")
			}
			return err
		})
		if err != nil || len(entries) != 1 {
			t.Fatal(err, entries)
		}
		if _, sign, _ := d.states(t, id); sign != certificate.Valid {
			t.Errorf("before the move: %s", sign)
		}
		d.goTo(civil.Day(2026, 5, 1))
		d.workOff(t)
		if _, sign, auth := d.states(t, id); sign != certificate.Revoked || auth != certificate.Valid {
			t.Errorf("CHG-010 CHG-016 on the day: %s, %s", sign, auth)
		}
		in := office.NotifyRequest{RequestKey: "in", Kind: register.MoveIn, Day: "2026-05-02", Municipality: string(demo.Niigata), Address: "新潟県新潟市中央区学校町通1番町602番地1"}
		if _, _, err := d.Notify(ctx, niigata, "watanabe", in); codeOf(err) != "not_happened_yet" {
			t.Fatalf("CHG-021: %v", err)
		}
		d.goTo(civil.Day(2026, 5, 6))
		done, receipt, err := d.Notify(ctx, niigata, "watanabe", in)
		if err != nil || len(receipt.Rules) == 0 {
			t.Fatal(err)
		}
		if len(done.Lines) == 0 || done.Lines[0].On != civil.Day(2026, 8, 5) || done.Event.PlannedMoveOut != civil.Day(2026, 5, 1) {
			t.Errorf("CHG-020 CHG-022 coming days %+v, event %+v", done.Lines, done.Event)
		}
		if got := d.inbox(t, niigata); !slices.Equal(got, []string{"move_out_data move_out 2026-05-01"}) {
			t.Errorf("Niigata received %q", got)
		}
		if got := d.inbox(t, hachinohe); !slices.Equal(got, []string{"move_in_notice move_in 2026-05-02"}) {
			t.Errorf("the honseki received %q", got)
		}
		if got := d.inbox(t, sumida); !slices.Equal(got, []string{"move_in_notice move_in 2026-05-02"}) {
			t.Errorf("Sumida received %q", got)
		}
		d.goTo(civil.Day(2026, 8, 4))
		d.workOff(t)
		if c, _, _ := d.states(t, id); c.State != card.Active {
			t.Errorf("CHG-022 on day 90: %s", c.State)
		}
		d.goTo(civil.Day(2026, 8, 5))
		d.workOff(t)
		if c, _, auth := d.states(t, id); c.State != card.Lapsed || c.Ended != civil.Day(2026, 8, 5) || auth != certificate.Revoked {
			t.Errorf("CHG-022 on day 91: %s since %s, %s", c.State, c.Ended, auth)
		}
	})
}

// CHG-021, CHG-020: who notifies the move in too late holds a card that had ended before.
func TestLateMoveIn(t *testing.T) {
	d := newDesk(t)
	id := d.cardOf(t, "watanabe", nil)
	d.goTo(civil.Day(2026, 4, 20))
	if _, _, err := d.Notify(ctx, sumida, "watanabe", office.NotifyRequest{RequestKey: "out", Kind: register.MoveOut, Day: "令和8年5月1日"}); err != nil {
		t.Fatal(err)
	}
	d.goTo(civil.Day(2026, 5, 17))
	done, _, err := d.Notify(ctx, niigata, "watanabe", office.NotifyRequest{RequestKey: "in", Kind: register.MoveIn, Day: "2026-05-02", Municipality: string(demo.Niigata), Address: "新潟県新潟市中央区学校町通1番町602番地1"})
	if err != nil {
		t.Fatal(err)
	}
	if c, _, _ := d.states(t, id); c.State != card.Lapsed || c.Ended != civil.Day(2026, 5, 17) || c.EndedBecause != "late_move_in" || len(done.Coming) != 0 {
		t.Errorf("%s since %s, %+v", c.State, c.Ended, done.Coming)
	}
	var told []string
	d.read(t, func(tx office.Tx) error {
		all, err := tx.MessagesTo("watanabe")
		for _, m := range all {
			told = append(told, string(m.Kind)+" "+m.Letter.Address)
		}
		return err
	})
	if !slices.Equal(told, []string{"card_lapsed 新潟県新潟市中央区学校町通1番町602番地1"}) {
		t.Errorf("told %q", told)
	}
}

// ABR-031, ABR-035, CHG-025: what becomes of an overseas application under way.
func TestApplicationsEndWithEvents(t *testing.T) {
	for _, c := range []struct {
		rule  string
		after stage
		by    office.Actor
		r     office.NotifyRequest
		ends  bool
	}{
		{"ABR-031 honseki", accepted, hachinohe, office.NotifyRequest{Kind: register.HonsekiChange, Day: "2025-11-20", Honseki: string(demo.Sumida)}, true},
		{"ABR-031 honseki while the card waits", announced, hachinohe, office.NotifyRequest{Kind: register.HonsekiChange, Day: "2025-11-20", Honseki: string(demo.Sumida)}, true},
		{"ABR-035 return", accepted, niigata, office.NotifyRequest{Kind: register.ReturnToJapan, Day: "2025-11-20", Municipality: string(demo.Niigata), Address: "新潟県新潟市中央区"}, true},
		{"CHG-025 death", produced, hachinohe, office.NotifyRequest{Kind: register.Died, Day: "2025-11-20"}, true},
		{"ABR-030 name", accepted, hachinohe, office.NotifyRequest{Kind: register.NameChange, Day: "2025-11-20", FamilyName: "山本", GivenName: "光", FamilyKana: "ヤマモト", GivenKana: "ヒカリ"}, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			d := at(t, c.after)
			if day := civil.Day(2025, 11, 25); civil.DateOf(d.at).Before(day) {
				d.goTo(day)
			}
			c.r.RequestKey = "k"
			if _, _, err := d.Notify(ctx, c.by, d.application(t).PersonID, c.r); err != nil {
				t.Fatal(err)
			}
			a := d.application(t)
			if ended := a.State == application.Cancelled; ended != c.ends {
				t.Errorf("application %s", a.State)
			}
			if told := slices.Contains(d.messages(t), notice.Cancelled); told != (c.ends && c.r.Kind != register.Died) {
				t.Errorf("told %v", d.messages(t))
			}
			if a.CardID == "" || !c.ends {
				return
			}
			if got := d.card(t); got.State != card.Destroyed {
				t.Errorf("its card is %s", got.State)
			}
		})
	}
}

// CHG-027, NUM-003, NUM-010, NTF-002: another number: a new one, the former kept sealed and never given again, the card
// ends, the notice goes to the head of the household by registered mail.
func TestAnotherNumber(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		id := d.cardOf(t, "watanabe", nil)
		before := d.person(t, "watanabe")
		d.goTo(civil.Day(2026, 3, 3))
		r := office.NotifyRequest{RequestKey: "n", Kind: register.NumberChange, Day: "2026-03-03", Head: "渡辺 一郎"}
		d.refused(t, "number_stays", func() error { _, _, err := d.Notify(ctx, sumida, "watanabe", r); return err })
		r.MisuseFeared = true
		done, _, err := d.Notify(ctx, sumida, "watanabe", r)
		if err != nil {
			t.Fatal(err)
		}
		after := d.person(t, "watanabe")
		if after.Number == before.Number || after.Number.IsZero() || done.Number == nil || *done.Number != after.Number || after.Code != before.Code {
			t.Errorf("NUM-010: the number stayed, or the code did not")
		}
		if c, sign, _ := d.states(t, id); c.State != card.Lapsed || c.EndedBecause != "number_changed" || sign != certificate.Revoked {
			t.Errorf("CHG-027: %s because %q", c.State, c.EndedBecause)
		}
		d.read(t, func(tx office.Tx) error {
			former, err := tx.FormerNumbers("watanabe")
			if err != nil || len(former) != 1 || former[0].Number != before.Number || after.Former[0].NumberIs != former[0].ID {
				t.Errorf("former numbers: %v, %d", err, len(former))
			}
			if given, err := tx.Given(before.Number, person.ResidentRecordCode{}); err != nil || !given {
				t.Errorf("the former number can be given again: %v", err)
			}
			letters, err := tx.Letters(place.Issuer, 10)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(letters, func(m notice.Message) bool { return m.Kind == notice.NumberNotice })
			if i < 0 || letters[i].Letter.Service != notice.Registered || letters[i].Letter.Name != "渡辺 一郎" || strings.Contains(letters[i].Body, after.Number.Digits()) {
				t.Errorf("NTF-002: %+v", letters)
			}
			return nil
		})
		if log := d.log.String(); strings.Contains(log, after.Number.Digits()) {
			t.Error("the log has the number")
		}
		d.goTo(civil.Day(2026, 3, 4))
		if _, _, err := d.Notify(ctx, sumida, "watanabe", office.NotifyRequest{RequestKey: "c", Kind: register.CodeChange, Day: "2026-03-04"}); err != nil {
			t.Fatal(err)
		}
		if again := d.person(t, "watanabe"); again.Code == before.Code || again.Number != after.Number {
			t.Error("NUM-016: the code stayed, or the number did not")
		}
	})
}

// NUM-010, NUM-013, NUM-021, ELIG-012: a birth in Japan, a birth abroad, a first registration of somebody from abroad.
func TestRegister(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		d.goTo(civil.Day(2026, 3, 10))
		child := office.RegisterRequest{Parent: "watanabe", NotifyRequest: office.NotifyRequest{RequestKey: "b1", Kind: register.ChildBorn, Day: "2026-03-03", FamilyName: "渡辺", GivenName: "蓮",
			FamilyKana: "ワタナベ", GivenKana: "レン", Sex: "male", Nationality: "JP", Honseki: string(demo.Hachinohe), Head: "渡辺 結"}}
		done, _, err := d.Register(ctx, sumida, child)
		if err != nil {
			t.Fatal(err)
		}
		p := d.person(t, done.Person.ID)
		home, ok := p.ResidentOn(civil.Day(2026, 3, 10))
		if p.Number.IsZero() || p.Code.IsZero() || !ok || home.Municipality != demo.Sumida || home.Reason != register.Born || home.From != p.Birth {
			t.Errorf("NUM-013: %+v", p.Residences)
		}
		if got := d.inbox(t, hachinohe); !slices.Equal(got, []string{"number_notice birth 2026-03-03"}) {
			t.Errorf("the honseki received %q", got)
		}
		if parent := d.person(t, "watanabe"); parent.Latest(register.ChildBorn) == nil {
			t.Error("the parent's record says nothing of the child")
		}
		if _, receipt, err := d.Register(ctx, sumida, child); err != nil || !receipt.Already {
			t.Errorf("a second time: %v, %+v", err, receipt)
		}
		abroad := child
		abroad.RequestKey, abroad.Parent, abroad.GivenName, abroad.GivenKana = "b2", "", "海", "カイ"
		if done, _, err = d.Register(ctx, taipei, abroad); err != nil {
			t.Fatal(err)
		}
		if p = d.person(t, done.Person.ID); !p.Number.IsZero() || len(p.Residences) != 0 || p.FamilyRegister == nil {
			t.Errorf("ELIG-012 born abroad: %+v", p.Residences)
		}
		first := office.RegisterRequest{NotifyRequest: office.NotifyRequest{RequestKey: "f1", Kind: register.Registered, Day: "2026-03-09", FamilyLatin: "SILVA", GivenLatin: "ANA", Birth: "1990-07-07", Sex: "female",
			Nationality: "BR", StayStatus: "mid_long_term_resident", StayUntil: "2029-03-31", Municipality: string(demo.Sumida), Address: "東京都墨田区錦糸一丁目1番1号"}}
		if done, _, err = d.Register(ctx, sumida, first); err != nil {
			t.Fatal(err)
		}
		if p = d.person(t, done.Person.ID); p.Number.IsZero() || p.Stay == nil || p.Stay.Until != civil.Day(2029, 3, 31) || p.FamilyRegister != nil {
			t.Errorf("NUM-001: %+v", p)
		}
		var faults office.InvalidForm
		if _, _, err := d.Register(ctx, sumida, office.RegisterRequest{NotifyRequest: office.NotifyRequest{Kind: "x"}}); !errors.As(err, &faults) || len(faults) < 6 {
			t.Errorf("an empty form: %v", err)
		}
	})
}

// Bad requests say which field is wrong and leave nothing behind.
func TestNotifyBadInput(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		field string
		r     office.NotifyRequest
	}{
		{"request_key", office.NotifyRequest{Kind: register.MoveWithin, Day: "2025-10-27", Address: "x"}},
		{"kind", office.NotifyRequest{RequestKey: "k", Kind: "moving", Day: "2025-10-27"}},
		{"day", office.NotifyRequest{RequestKey: "k", Kind: register.MoveWithin, Day: "2025-02-29", Address: "x"}},
		{"day", office.NotifyRequest{RequestKey: "k", Kind: register.MoveWithin, Address: "x"}},
		{"municipality", office.NotifyRequest{RequestKey: "k", Kind: register.MoveWithin, Day: "2025-10-27", Address: "x", Municipality: "999999"}},
		{"honseki", office.NotifyRequest{RequestKey: "k", Kind: register.HonsekiChange, Day: "2025-10-27", Honseki: "151009"}},
		{"sex", office.NotifyRequest{RequestKey: "k", Kind: register.BirthOrSexChange, Day: "2025-10-27", Sex: "x"}},
		{"name", office.NotifyRequest{RequestKey: "k", Kind: register.NameChange, Day: "2025-10-27", FamilyName: "12", GivenName: "3"}},
		{"birth", office.NotifyRequest{RequestKey: "k", Kind: register.BirthOrSexChange, Day: "2025-10-27", Birth: "2199-01-01"}},
		{"address", office.NotifyRequest{RequestKey: "k", Kind: register.MoveWithin, Day: "2025-10-27"}},
		{"kind", office.NotifyRequest{RequestKey: "k", Kind: register.StayEnded, Day: "2025-10-27"}},
	} {
		t.Run(c.field+" "+c.r.Kind, func(t *testing.T) {
			entries, err := d.unchanged(t, func() error { _, _, err := d.Notify(ctx, sumida, "watanabe", c.r); return err })
			var one *office.Invalid
			var all office.InvalidForm
			switch {
			case errors.As(err, &one):
				if one.Field != c.field || one.Text.Ja == "" || one.Text.En == "" {
					t.Errorf("%+v", one)
				}
			case errors.As(err, &all):
				if all[0].Field != c.field {
					t.Errorf("%+v", all)
				}
			default:
				t.Errorf("%v, want the field %s", err, c.field)
			}
			if len(entries) != 0 {
				t.Errorf("entries %+v", entries)
			}
		})
	}
	d.notFound(t, func() error {
		_, _, err := d.Notify(ctx, niigata, "watanabe", office.NotifyRequest{RequestKey: "k", Kind: register.MoveWithin, Day: "2025-10-27", Address: "x"})
		return err
	})
	if _, _, err := d.Notify(ctx, stopLine, "watanabe", office.NotifyRequest{}); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the stop line notifies: %v", err)
	}
}

// NUM-015, ABR-022: the network answers by code, and by name, birth date and an old address together.
func TestAskNetwork(t *testing.T) {
	d := newDesk(t)
	p := d.person(t, "sato")
	for _, c := range []struct {
		name string
		q    office.NetworkQuery
		want int
	}{
		{"by code", office.NetworkQuery{Code: p.Code.Digits()}, 1},
		{"by an old address", office.NetworkQuery{Name: "佐藤 光", Birth: "昭和63年5月17日", Address: "青森県八戸市内丸1-1-1"}, 1},
		{"by another address", office.NetworkQuery{Name: "佐藤 光", Birth: "昭和63年5月17日", Address: "青森県八戸市内丸9-9-9"}, 0},
		{"by another name", office.NetworkQuery{Name: "加藤 光", Birth: "昭和63年5月17日", Address: "青森県八戸市内丸1-1-1"}, 0},
	} {
		found, receipt, err := d.AskNetwork(ctx, hachinohe, c.q)
		if err != nil || len(found) != c.want || c.want == 1 && (found[0].PersonID != "sato" || receipt.Subject != "person/sato") {
			t.Errorf("%s: %d found, %v", c.name, len(found), err)
		}
	}
	if _, _, err := d.AskNetwork(ctx, taipei, office.NetworkQuery{Code: p.Code.Digits()}); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("a mission asks: %v", err)
	}
	if _, _, err := d.AskNetwork(ctx, hachinohe, office.NetworkQuery{Name: "佐藤 光"}); err == nil {
		t.Error("a name alone is enough")
	}
}

// Everything about a person is in the export, the numbers in clear, and only for the offices that keep the records.
func TestExport(t *testing.T) {
	d := at(t, handedOver)
	e, _, err := d.Export(ctx, hachinohe, d.application(t).PersonID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	p := d.person(t, e.Person.ID)
	for _, want := range []string{p.Number.Digits(), p.Code.Digits(), d.application(t).ApplicationID, d.card(t).ID, "hand_over", p.Name.Family} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the export lacks something it has to have (%d bytes)", len(text))
		}
	}
	for _, pin := range pins {
		if strings.Contains(string(text), `"`+pin+`"`) || len(pin) > 4 && strings.Contains(string(text), pin) { // four digits stand in keys and hashes too
			t.Error("the export has a PIN")
		}
	}
	if len(e.Cards) < 2 || len(e.Messages) < 5 || len(e.Journal) < 10 {
		t.Errorf("%d cards, %d messages, %d entries", len(e.Cards), len(e.Messages), len(e.Journal))
	}
	d.notFound(t, func() error { _, _, err := d.Export(ctx, niigata, e.Person.ID); return err })
}

// ABR-003, ABR-009, CHG-010: a departure that is called off before its day, after continuing use with a new signature
// certificate: the record stands again, the card is an ordinary one, the certificate that names the departure ends.
func TestDepartureCalledOff(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		id := d.cardOf(t, "watanabe", nil)
		d.goTo(civil.Day(2026, 9, 1))
		done, _, err := d.Notify(ctx, sumida, "watanabe", office.NotifyRequest{RequestKey: "go", Kind: register.DepartureAbroad, Day: "2026-09-30"})
		if err != nil {
			t.Fatal(err)
		}
		d.write(t, func(tx office.Tx) error { // what continuing use with new certificates does
			p, err := tx.Person("watanabe")
			if err != nil {
				return err
			}
			p.Events[0].ContinuingUse, p.Events[0].Reissued = civil.Day(2026, 9, 1), civil.Day(2026, 9, 1)
			if err := tx.PutPerson(p); err != nil {
				return err
			}
			c, err := tx.Card(id)
			if err != nil {
				return err
			}
			c.State = card.PendingDeparture
			if err := tx.PutCard(c); err != nil {
				return err
			}
			n, err := tx.NextCounter(certificate.Signature, 1)
			if err != nil {
				return err
			}
			return tx.PutCertificate(certificate.Certificate{Serial: "new", Kind: certificate.Signature, Generation: 1, Counter: n, CardID: id, State: certificate.Valid, NotBefore: d.at,
				Until: civil.Day(2030, 12, 1), CommonName: "new", Partition: "13107", DER: []byte{1}})
		})
		d.notFound(t, func() error { return only(d.TakeBack(ctx, sumida, "watanabe", "nothing")) })
		d.refused(t, "notification_elsewhere", func() error { return only(d.TakeBack(ctx, hachinohe, "watanabe", done.Event.ID)) })
		d.goTo(civil.Day(2026, 9, 29))
		if err := only(d.TakeBack(ctx, sumida, "watanabe", done.Event.ID)); err != nil {
			t.Fatal(err)
		}
		if receipt, err := d.TakeBack(ctx, sumida, "watanabe", done.Event.ID); err != nil || !receipt.Already {
			t.Errorf("a second time: %+v, %v", receipt, err)
		}
		p := d.person(t, "watanabe")
		if _, ok := p.ResidentOn(civil.Day(2026, 10, 1)); !ok || p.Departure() != nil || p.Events[0].Withdrawn != civil.Day(2026, 9, 29) {
			t.Errorf("the record: %+v", p.Events)
		}
		d.goTo(civil.Day(2026, 10, 15))
		d.workOff(t)
		c, _, auth := d.states(t, id)
		if c.State != card.Active || c.Overseas || auth != certificate.Valid {
			t.Errorf("the card is %s, overseas %v, its certificate %s", c.State, c.Overseas, auth)
		}
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Certificates(id)
			for _, x := range all {
				if x.Serial == "new" && (x.State != certificate.Revoked || x.Reason != certificate.AffiliationChanged) {
					t.Errorf("CHG-010: the certificate that names the departure is %s", x.State)
				}
			}
			return err
		})
		if got := d.inbox(t, hachinohe); len(got) != 2 {
			t.Errorf("the honseki received %q", got)
		}
	})
}

// After the planned day nothing is taken back.
func TestDepartureIsPast(t *testing.T) {
	d := newDesk(t)
	d.goTo(civil.Day(2026, 9, 1))
	done, _, err := d.Notify(ctx, sumida, "watanabe", office.NotifyRequest{RequestKey: "go", Kind: register.DepartureAbroad, Day: "2026-09-30"})
	if err != nil {
		t.Fatal(err)
	}
	d.goTo(civil.Day(2026, 9, 30))
	d.refused(t, "already_moved", func() error { return only(d.TakeBack(ctx, sumida, "watanabe", done.Event.ID)) })
}
