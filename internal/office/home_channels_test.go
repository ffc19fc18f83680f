package office_test

import (
	"errors"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// paperForm issues an application form to 渡辺結 at her municipality.
func (d *desk) paperForm(t *testing.T) string {
	t.Helper()
	f, _, err := d.ReplaceForm(t.Context(), sumida, office.FormRequest{PersonID: "watanabe",
		Told: procedure.Situation{Visitor: procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{licence}}}})
	if err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// A lost application form is issued anew with an ID of its own to the person or the household, at the municipality of
// residence; the form before it is no longer good (APP-002, APP-006, CHG-049).
func TestReplaceForm(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	ask := func(who office.Actor, visitor rules.Visitor, papers ...procedure.PaperAtWindow) error {
		_, _, err := d.ReplaceForm(ctx, who, office.FormRequest{PersonID: "watanabe", Told: procedure.Situation{Visitor: procedure.Visit{Who: visitor, Papers: append([]procedure.PaperAtWindow{}, papers...)}}})
		return err
	}
	refused(t, ask(sumida, rules.VoluntaryProxy, licence), "visitor_cannot")
	refused(t, ask(sumida, rules.Holder), "paper_missing")
	refused(t, ask(niigata, rules.Holder, licence), "office_cannot")
	if err := ask(operator, rules.Holder, licence); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the issuer issued a form: %v", err)
	}
	if err := ask(sumida, rules.HouseholdMember, licence); err != nil {
		t.Fatal(err)
	}
	first := d.paperForm(t)
	second := d.paperForm(t)
	if len(first) != 23 || first == second {
		t.Errorf("APP-002: %s, %s", first, second)
	}
	_, err := d.StartOnline(ctx, first, "yui@example.org")
	refused(t, err, "form_replaced")
	lines, err := d.FormsOf(ctx, sumida, "watanabe")
	if err != nil || len(lines) != 3 || lines[0].Outdated {
		t.Errorf("forms: %+v %v", lines, err)
	}
	if _, err := d.FormsOf(ctx, niigata, "watanabe"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another municipality sees the forms: %v", err)
	}
}

// Online: application ID and e-mail address, the mailed address, photo and wishes, the completion mail (APP-011, NTF-003,
// NTF-004); the form's ID is the application's. Abroad it is refused (APP-013).
func TestOnline(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.paperForm(t)
		_, err := d.StartOnline(ctx, "12345678901234567890123", "yui@example.org")
		if _, ok := errors.AsType[*office.Invalid](err); !ok {
			t.Errorf("an ID that nobody has: %v", err)
		}
		must(t)(d.StartOnline(ctx, id, "yui@example.org"))
		secret := d.secret(t, "/apply-home/")
		_, _, err = d.ApplyAtHomeOnline(ctx, secret, office.OnlineRequest{Birth: "1992-12-02", Photo: photo(t)})
		if _, ok := errors.AsType[*office.Invalid](err); !ok {
			t.Errorf("another birth date: %v", err)
		}
		_, _, err = d.ApplyAtHomeOnline(ctx, secret, office.OnlineRequest{Birth: "1992-12-01"})
		refused(t, err, "photo_unreadable")
		a, _, err := d.ApplyAtHomeOnline(ctx, secret, office.OnlineRequest{Birth: "1992-12-01", Photo: photo(t), Wishes: application.RawForm{"no_signature": "yes"}})
		if err != nil {
			t.Fatal(err)
		}
		d.id = a.ID
		if a.ApplicationID != id || a.State != application.Received || a.Accepting != "issuer" || a.Pickup != demo.Sumida || a.Papers.With != application.Nowhere || a.Outdated {
			t.Errorf("filed: %+v", a)
		}
		_, _, err = d.ApplyAtHomeOnline(ctx, secret, office.OnlineRequest{Birth: "1992-12-01", Photo: photo(t)})
		refused(t, err, "link_used")
		_, err = d.StartOnline(ctx, id, "yui@example.org")
		refused(t, err, "form_used")
		d.make(t)
		d.toCounter(t, sumida)
		if _, _, err := d.CheckVisitor(ctx, sumida, d.id, holderCame(procedure.Unknown)); err != nil {
			t.Fatal(err)
		}
		d.typePINs(t, sumida)
		must(t)(d.HandOver(ctx, sumida, d.id, true))
	})
}

// secret takes the secret of a mailed link out of the newest mail that has one.
func (d *desk) secret(t *testing.T, path string) string {
	t.Helper()
	var found string
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(100)
		for _, m := range all {
			if i := indexAfter(m.Body, d.URL+path); i >= 0 && found == "" {
				found = m.Body[i : i+26]
			}
		}
		return err
	})
	if found == "" {
		t.Fatalf("no mail has a link to %s", path)
	}
	return found
}

func indexAfter(text, what string) int {
	for i := 0; i+len(what) <= len(text); i++ {
		if text[i:i+len(what)] == what {
			return i + len(what)
		}
	}
	return -1
}

// A photo booth reads the code, asks for the birth date and sends the photo (APP-015).
func TestPhotoBooth(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id := d.paperForm(t)
	_, _, err := d.ApplyAtBooth(ctx, id, office.OnlineRequest{Birth: "1990-01-01", Photo: photo(t)})
	if _, ok := errors.AsType[*office.Invalid](err); !ok {
		t.Errorf("another birth date: %v", err)
	}
	a, _, err := d.ApplyAtBooth(ctx, id, office.OnlineRequest{Birth: "1992-12-01", Photo: photo(t)})
	if err != nil || a.Channel != string(rules.PhotoBooth) {
		t.Fatalf("%+v %v", a.Channel, err)
	}
	again, receipt, err := d.ApplyAtBooth(ctx, id, office.OnlineRequest{Birth: "1992-12-01", Photo: photo(t)})
	if err != nil || !receipt.Already || again.ID != a.ID {
		t.Errorf("the booth sent it twice: %v", err)
	}
}

// By post to the reception centre: the hand-written form without an ID is good; an operator types it in (APP-005, APP-014).
func TestByPost(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	request := atCounter(t, "post-1", func(r *office.HomeRequest) {
		r.Channel = rules.Post
		r.Form = homeForm(application.RawForm{"email1": "", "number": number("watanabe")})
		r.Told.Visitor.Papers = []procedure.PaperAtWindow{{Kind: rules.FormApply}, {Kind: rules.FacePhoto}}
	})
	wrong := request
	wrong.Channel = rules.Visit
	if _, _, err := d.FileAtHome(ctx, operator, wrong); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the reception centre has no window: %v", err)
	}
	if _, _, err := d.FileAtHome(ctx, sumida, request); err == nil {
		t.Error("APP-014: by post to the municipality")
	}
	stranger := request
	stranger.Form = homeForm(application.RawForm{"number": number("sato")})
	if _, _, err := d.FileAtHome(ctx, operator, stranger); err == nil {
		t.Error("somebody else's number")
	}
	d.fileHome(t, operator, request)
	if a := d.application(t); a.Papers.With != application.AtOffice || a.Papers.Office != "issuer" {
		t.Errorf("papers %+v", a.Papers)
	}
	d.wrote(t) // no e-mail address: nothing hangs on the completion mail
	d.make(t)
	d.toCounter(t, sumida)
	d.wrote(t, notice.IssuanceNotice)
}

// What does not agree with the resident record is asked back or refused by the reception centre (APP-004, APP-016).
func TestReceptionCompares(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "differs-1", nil))
	if _, err := d.Reject(ctx, operator, d.id); err == nil {
		t.Error("refused without a reason")
	}
	d.write(t, func(tx office.Tx) error {
		p, err := tx.Person("watanabe")
		if err != nil {
			return err
		}
		p.Residences[len(p.Residences)-1].Municipality = demo.Niigata
		return tx.PutPerson(p)
	})
	_, _, err := d.Accept(ctx, operator, d.id)
	refused(t, err, "application_data_differ")
	must(t)(d.AskBack(ctx, operator, d.id, office.AskBackRequest{Fields: []string{"family_name"}, Note: "住所を確かめてください。"}))
	must(t)(d.Correct(ctx, d.link(t, "correct"), application.RawForm{"family_name": "渡辺"}))
	must(t)(d.Reject(ctx, operator, d.id))
	if a := d.application(t); a.State != application.Rejected {
		t.Errorf("%s", a.State)
	}
}

// Staff go out: several candidate days, one agreed on, the application taken in on that day, posted (APP-020 to APP-022).
func TestOutreach(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		ask := office.OutreachRequest{RequestKey: "visit-1", Office: demo.Sumida, Requester: "向島の家", Phone: "+81 3 1234 5678", Email: "home@example.org",
			Where: "東京都墨田区向島一丁目1番1号", People: 3, Days: []string{"2025-11-04", "2025-11-06"}, NoForms: true}
		one := ask
		one.Days = ask.Days[:1]
		if _, _, err := d.AskOutreach(ctx, office.Actor{}, one); err == nil {
			t.Error("APP-020: one candidate day only")
		}
		out, _, err := d.AskOutreach(ctx, office.Actor{}, ask)
		if err != nil {
			t.Fatal(err)
		}
		if again, receipt, err := d.AskOutreach(ctx, office.Actor{}, ask); err != nil || !receipt.Already || again.ID != out.ID {
			t.Errorf("asked twice: %v", err)
		}
		if _, err := d.AppointOutreach(ctx, niigata, out.ID, "2025-11-04"); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("another municipality: %v", err)
		}
		_, err = d.FinishOutreach(ctx, sumida, out.ID)
		refused(t, err, "outreach_not_appointed")
		_, err = d.AppointOutreach(ctx, sumida, out.ID, "2025-11-05")
		refused(t, err, "day_not_proposed")
		must(t)(d.AppointOutreach(ctx, sumida, out.ID, "2025-11-06"))
		visit := func(key string) office.HomeRequest {
			return atCounter(t, key, func(r *office.HomeRequest) {
				posted(r)
				r.Purpose, r.Channel, r.Outreach = rules.ApplyByOutreach, rules.Outreach, out.ID
			})
		}
		_, _, err = d.FileAtHome(ctx, sumida, visit("visit-2"))
		refused(t, err, "outreach_not_appointed") // not today
		d.goTo(civil.Day(2025, 11, 6))
		d.fileHome(t, sumida, visit("visit-3"))
		must(t)(d.FinishOutreach(ctx, sumida, out.ID))
		_, err = d.CancelOutreach(ctx, sumida, out.ID)
		refused(t, err, "outreach_over")
		all, err := d.Outreaches(ctx, sumida)
		if err != nil || len(all) != 1 || len(all[0].Filed) != 1 || all[0].State != application.OutreachDone || all[0].Visit != civil.Day(2025, 11, 6) {
			t.Errorf("requests: %+v %v", all, err)
		}
	})
}

// Proxies collect a card for an accepted reason, with its evidence, both sides' identity documents and the sealed PINs, which
// staff enter; busy with work is none (PICK-051 to PICK-066, PIN-025, NTF-009, CHG-048).
func TestProxy(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "proxy-1", nil))
	d.make(t)
	d.toCounter(t, sumida)
	papers := []procedure.PaperAtWindow{{Kind: rules.IssuanceNotice}, licence, {Kind: rules.Passport, Until: civil.Day(2030, 1, 1)}, {Kind: rules.MedicalCertificate}}
	come := func(change func(*procedure.Situation)) error {
		told := procedure.Situation{Person: procedure.Person{NumberPaper: procedure.No, JukiCard: procedure.No},
			Visitor: procedure.Visit{Who: rules.VoluntaryProxy, SameHousehold: procedure.No, Ground: rules.GroundIllness, SealedPINs: procedure.Yes, Papers: papers}}
		if change != nil {
			change(&told)
		}
		_, _, err := d.CheckVisitor(ctx, sumida, d.id, told)
		return err
	}
	refused(t, come(func(s *procedure.Situation) { s.Visitor.Ground = rules.BusyWithWork }), "proxy_without_ground")
	refused(t, come(func(s *procedure.Situation) { s.Visitor.SealedPINs = procedure.No }), "pins_open")
	refused(t, come(func(s *procedure.Situation) { s.Visitor.Papers = papers[:3] }), "paper_missing")
	refused(t, come(func(s *procedure.Situation) {
		s.Visitor.Papers = append([]procedure.PaperAtWindow{}, papers...)
		s.Visitor.Papers[1].Until = civil.Day(2025, 10, 27)
	}), "paper_expired")
	if err := come(nil); err != nil {
		t.Fatal(err)
	}
	a := d.application(t)
	if a.SealedForm != application.FormSealed || a.SealedAt.Office != demo.Sumida || len(a.Seen) < 4 || a.Visitor != "voluntary_proxy" {
		t.Errorf("the visit: %+v %+v %d %s", a.SealedForm, a.SealedAt, len(a.Seen), a.Visitor)
	}
	_, _, err := d.OpenPINScreen(ctx, sumida, d.id)
	refused(t, err, "pins_under_seal")
	must(t)(d.OpenSealedForm(ctx, sumida, d.id, false, pins))
	must(t)(d.HandOver(ctx, sumida, d.id, true))
	if c := d.card(t); c.State != card.Active {
		t.Errorf("card %s", c.State)
	}
	d.wrote(t, notice.ApplicationComplete, notice.HomeAccepted, notice.IssuanceNotice, notice.ProxyCollected)
}

// A card that was not posted cannot be delivered, appointed or sent back, in whatever state.
func TestNotPosted(t *testing.T) {
	d := newDesk(t)
	d.fileHome(t, sumida, atCounter(t, "not-posted", nil))
	for _, s := range application.Life.States {
		for _, act := range []application.Act{application.LeaveNotice, application.Deliver, application.SendBack} {
			if s == application.InPost || s == application.AtPostOffice {
				continue
			}
			if _, err := procedure.Next(application.Life, s, act); err == nil && !(act == application.Deliver && s == application.HandedOver) {
				t.Errorf("%s in %s", act, s)
			}
		}
	}
	_, err := procedure.Next(application.Life, application.ReadyForPickup, application.Deliver)
	refused(t, err, "card_not_posted")
}

// Withdrawn at home: the card that was made is destroyed, the person applies anew (ST-003).
func TestCancelAtHome(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "cancel-1", nil))
	d.make(t)
	must(t)(d.Cancel(ctx, sumida, d.id))
	if c := d.card(t); c.State != card.Destroyed {
		t.Errorf("card %s", c.State)
	}
	d.fileHome(t, sumida, atCounter(t, "cancel-2", nil))
	d.make(t)
}

// The status by application ID and birth date, some days after the application (APP-060, APP-062).
func TestFollowAtHome(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id := d.paperForm(t)
	if _, _, err := d.ApplyAtBooth(ctx, id, office.OnlineRequest{Birth: "1992-12-01", Photo: photo(t)}); err != nil {
		t.Fatal(err)
	}
	_, err := d.Status(ctx, id, "1992-12-01")
	refused(t, err, "status_too_early")
	d.goTo(civil.Day(2025, 10, 31))
	s, err := d.Status(ctx, id, "1992-12-01")
	if err != nil || s.State != application.Received {
		t.Errorf("%+v %v", s.State, err)
	}
	if _, err := d.Status(ctx, id, "1992-12-02"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another birth date: %v", err)
	}
}
