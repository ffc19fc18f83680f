package office_test

import (
	"errors"
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
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// posted is a counter application whose card is to come by personal-delivery mail.
func posted(r *office.HomeRequest) {
	r.Delivery, r.Complete, r.SealedForm = application.PersonalMail, true, true
}

// intoMail brings a card that the municipality posts to the post office.
func (d *desk) intoMail(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	d.make(t)
	must(t)(d.Dispatch(ctx, operator, d.id))
	must(t)(d.TakeInCard(ctx, sumida, d.id))
	_, err := d.Post(ctx, sumida, d.id)
	refused(t, err, "pins_not_set") // APP-022: the PINs come onto it first
	_, _, err = d.OpenPINScreen(ctx, sumida, d.id)
	refused(t, err, "pins_under_seal")
	must(t)(d.OpenSealedForm(ctx, sumida, d.id, false, pins))
	must(t)(d.Post(ctx, sumida, d.id))
}

// A card by 本人限定受取郵便: PINs from the form, arrival notice, slot with a kind of document, delivery against it; it works on
// the day it arrives (APP-022, APP-026, PICK-040 to PICK-045, NTF-006).
func TestPersonalMail(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		_, _, err := d.FileAtHome(ctx, sumida, atCounter(t, "mail-0", func(r *office.HomeRequest) { posted(r); r.SealedForm = false }))
		refused(t, err, "posted_card_needs_pins")
		_, _, err = d.FileAtHome(ctx, sumida, atCounter(t, "mail-0", func(r *office.HomeRequest) { posted(r); r.Complete = false }))
		refused(t, err, "documents_incomplete")
		d.fileHome(t, sumida, atCounter(t, "mail-1", posted))
		if _, err := d.Deliver(ctx, postman, d.id, office.DeliveryRequest{}); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("the post office sees a card that it never got: %v", err)
		}
		d.intoMail(t)
		if a, c := d.application(t), d.card(t); a.State != application.InPost || a.SealedAt.With != application.Gone || c.State != card.InTransit || !c.Custody.Post {
			t.Errorf("custody: %s, form %+v, card %s %+v", a.State, a.SealedAt, c.State, c.Custody)
		}
		_, err = d.Announce(ctx, sumida, d.id)
		refused(t, err, "card_is_posted")
		_, err = d.Cancel(ctx, sumida, d.id)
		refused(t, err, "card_is_posted")
		_, err = d.Appoint(ctx, postman, d.id, office.Appointment{Day: "2025-11-01", Document: rules.DrivingLicence})
		refused(t, err, "no_arrival_notice")
		must(t)(d.LeaveNotice(ctx, postman, d.id))
		if keep := d.application(t).Mail.Keep; keep != civil.Day(2025, 11, 7) {
			t.Errorf("PICK-044: kept until %s", keep)
		}
		secret := d.link(t, "delivery")
		_, err = d.AppointOnline(ctx, secret, office.Appointment{Day: "2025-11-08", Document: rules.DrivingLicence})
		refused(t, err, "storage_over")
		_, err = d.AppointOnline(ctx, secret, office.Appointment{Day: "2025-11-01", Document: rules.StudentCard})
		refused(t, err, "paper_missing") // PICK-042
		must(t)(d.AppointOnline(ctx, secret, office.Appointment{Day: "2025-11-01", Band: "19-21", Document: rules.DrivingLicence}))
		d.goTo(civil.Day(2025, 11, 1))
		_, err = d.Deliver(ctx, postman, d.id, office.DeliveryRequest{})
		refused(t, err, "paper_missing")
		shown := []procedure.PaperAtWindow{{Kind: rules.ArrivalNotice}, licence}
		_, err = d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Taker: rules.HouseholdMember, Papers: shown})
		refused(t, err, "visitor_cannot")
		_, err = d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Papers: []procedure.PaperAtWindow{{Kind: rules.ArrivalNotice}, {Kind: rules.Passport}}})
		refused(t, err, "another_document_named")
		_, err = d.SendBack(ctx, postman, d.id, false)
		refused(t, err, "storage_not_over")
		must(t)(d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Papers: shown}))
		if a, c := d.application(t), d.card(t); a.State != application.HandedOver || c.State != card.Active || c.Activated != civil.Day(2025, 11, 1) || c.Custody.Post {
			t.Errorf("PICK-045: %s, card %s %+v", a.State, c.State, c.Custody)
		}
		d.wrote(t, notice.ApplicationComplete, notice.HomeAccepted, notice.ArrivalNotice)
		if receipt, err := d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Papers: shown}); err != nil || !receipt.Already {
			t.Errorf("delivered twice: %v", err)
		}
	})
}

// Nobody takes the card: after the storage limit it goes back by itself, is announced at the window, and is collected there;
// half a year later it would be destroyed (PICK-044, PICK-049, PICK-005, APP-031).
func TestCameBack(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "back-1", posted))
	d.intoMail(t)
	must(t)(d.LeaveNotice(ctx, postman, d.id))
	d.goTo(civil.Day(2025, 11, 7))
	d.workOff(t)
	if a := d.application(t); a.State != application.AtPostOffice {
		t.Errorf("on the last day: %s", a.State)
	}
	d.goTo(civil.Day(2025, 11, 8))
	_, err := d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Papers: []procedure.PaperAtWindow{{Kind: rules.ArrivalNotice}, licence}})
	refused(t, err, "storage_over")
	d.workOff(t)
	if a, c := d.application(t), d.card(t); a.State != application.InTransit || !c.Custody.OnTheWay || c.Custody.Office != demo.Sumida || c.Custody.Post {
		t.Errorf("PICK-044: %s, card %+v", a.State, c.Custody)
	}
	_, err = d.TakeInCard(ctx, sumida, d.id)
	refused(t, err, "collected_at_counter")
	must(t)(d.Announce(ctx, sumida, d.id))
	if _, err := d.LeaveNotice(ctx, postman, d.id); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("the post office still sees the card: %v", err)
	}
	d.wrote(t, notice.ApplicationComplete, notice.HomeAccepted, notice.ArrivalNotice, notice.CameBack)
	if _, _, err := d.CheckVisitor(ctx, sumida, d.id, holderCame(procedure.Unknown)); err != nil {
		t.Fatal(err)
	}
	must(t)(d.HandOver(ctx, sumida, d.id, true)) // the PINs are on it
	if c := d.card(t); c.State != card.Active {
		t.Errorf("card %s", c.State)
	}
}

// Mail that does not reach the address comes back before the limit (転送不要, PICK-001); not collected for six months the card
// is destroyed (PICK-005).
func TestUndeliverable(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "undeliverable-1", posted))
	d.intoMail(t)
	_, err := d.SendBack(ctx, postman, d.id, false)
	refused(t, err, "no_arrival_notice")
	must(t)(d.SendBack(ctx, postman, d.id, true))
	must(t)(d.Announce(ctx, sumida, d.id))
	back := civil.Day(2025, 10, 28)
	d.goTo(back.AddMonths(6))
	d.workOff(t)
	if c := d.card(t); c.State != card.AtOffice {
		t.Errorf("on the last day: %s", c.State)
	}
	d.goTo(back.AddMonths(6).AddDays(1))
	d.workOff(t)
	if a, c := d.application(t), d.card(t); c.State != card.Destroyed || a.State != application.Uncollected {
		t.Errorf("PICK-005: card %s, application %s", c.State, a.State)
	}
	_, _, err = d.FileAtHome(ctx, sumida, atCounter(t, "undeliverable-2", nil))
	if err == nil {
		t.Error("PICK-005: the old photo is too old by now, and yet taken")
	}
}

// express is a request for express issuance by 渡辺結, whose first card was lost.
func express(t *testing.T, key string, change func(*office.HomeRequest)) office.HomeRequest {
	return atCounter(t, key, func(r *office.HomeRequest) {
		r.Purpose, r.Complete, r.SealedForm = rules.ExpressIssue, true, true
		r.Told.Event = procedure.Event{Kind: rules.CardLost, On: civil.Day(2025, 10, 20), Filed: civil.Day(2025, 10, 27), Outside: procedure.No}
		if change != nil {
			change(r)
		}
	})
}

// lostCard gives 渡辺結 a card that she has reported lost.
func (d *desk) lostCard(t *testing.T) {
	t.Helper()
	d.write(t, func(tx office.Tx) error {
		return tx.PutCard(card.Card{ID: "watanabe2020", PersonID: "watanabe", State: card.Abolished, Issued: civil.Day(2020, 6, 10), Until: civil.Day(2030, 12, 1), Activated: civil.Day(2020, 7, 3),
			Ended: civil.Day(2025, 10, 27), EndedBecause: string(procedure.EndedByLoss)})
	})
}

// Express issuance: a ground, face to face, the fee with the application, PINs entered at the issuer, posted directly by simple
// registered mail, redelivered, taken by the family (APP-035 to APP-040, FEE-004, FEE-021, PICK-047, PICK-048).
func TestExpress(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.lostCard(t)
	_, _, err := d.FileAtHome(ctx, sumida, express(t, "express-0", func(r *office.HomeRequest) { r.Told.Event = procedure.Event{Kind: rules.CardExpiry} }))
	refused(t, err, "express_not_for_renewal")
	_, _, err = d.FileAtHome(ctx, sumida, express(t, "express-0", func(r *office.HomeRequest) { r.Told.Event.Filed = civil.Day(2025, 9, 1) }))
	refused(t, err, "express_too_late")
	d.fileHome(t, sumida, express(t, "express-1", nil))
	a := d.application(t)
	if a.Delivery != application.RegisteredMail || a.Fee.Yen != 2000 || a.Fee.Payment != string(rules.PayAtSubmission) || a.SealedAt.Office != "issuer" {
		t.Errorf("filed: %+v %+v %+v", a.Delivery, a.Fee, a.SealedAt)
	}
	_, _, err = d.Accept(ctx, operator, d.id)
	refused(t, err, "fee_unpaid")
	must(t)(d.TakeFee(ctx, sumida, d.id))
	if a = d.application(t); a.Fee.Receipt != "131075-2025-000001" {
		t.Errorf("receipt %q", a.Fee.Receipt)
	}
	d.make(t)
	_, err = d.Dispatch(ctx, operator, d.id)
	refused(t, err, "card_goes_by_post")
	_, err = d.Post(ctx, operator, d.id)
	refused(t, err, "pins_not_set")
	must(t)(d.OpenSealedForm(ctx, operator, d.id, false, pins))
	must(t)(d.Post(ctx, operator, d.id))
	must(t)(d.LeaveNotice(ctx, postman, d.id))
	if keep := d.application(t).Mail.Keep; keep != civil.Day(2025, 11, 4) {
		t.Errorf("PICK-049: kept until %s", keep)
	}
	must(t)(d.Appoint(ctx, postman, d.id, office.Appointment{Day: "2025-11-03", Band: "日曜の午前"}))
	d.goTo(civil.Day(2025, 11, 3))
	must(t)(d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Taker: rules.HouseholdMember}))
	if a, c := d.application(t), d.card(t); a.State != application.HandedOver || a.Mail.TakenBy != "household_member" || c.State != card.Active {
		t.Errorf("%s %+v %s", a.State, a.Mail, c.State)
	}
}

// Documents lost with the card: express, but collected at the municipality (APP-039).
func TestExpressAtCounter(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.lostCard(t)
	d.fileHome(t, sumida, express(t, "express-2", func(r *office.HomeRequest) { r.Complete, r.SealedForm = false, false }))
	must(t)(d.TakeFee(ctx, sumida, d.id))
	d.make(t)
	_, err := d.Post(ctx, operator, d.id)
	refused(t, err, "collected_at_counter")
	d.toCounter(t, sumida)
}

// Under one year of age: no photo, a card without one, good to the fifth birthday; the birth notification comes along
// (APP-036, APP-043, CARD-023, EXP-013).
func TestBabyByExpress(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.write(t, func(tx office.Tx) error {
		parent, err := tx.Person("watanabe")
		if err != nil {
			return err
		}
		baby := parent
		baby.ID, baby.Birth, baby.Name.Given, baby.Name.GivenKana = "baby", civil.Day(2025, 10, 14), "新", "アラタ"
		if baby.Number, err = person.NumberFrom("52718304690"); err != nil {
			return err
		}
		baby.Code = person.ResidentRecordCode{}
		baby.Residences = []register.Residence{{Municipality: demo.Sumida, Address: "東京都墨田区押上一丁目1番2号", From: baby.Birth}}
		return tx.PutPerson(baby)
	})
	request := express(t, "baby-1", func(r *office.HomeRequest) {
		r.Form = homeForm(application.RawForm{"given_name": "新", "birth": "2025-10-14", "photo_taken": "", "no_signature": "yes", "representative_name": "渡辺結", "representative_relationship": "母", "representative_address": "墨田区"})
		r.Told.Visitor = procedure.Visit{Who: rules.StatutoryRepresentative, Papers: []procedure.PaperAtWindow{{Kind: rules.RepresentativeID}, {Kind: rules.BirthNotification}}}
		r.Told.Event = procedure.Event{Kind: rules.ChildBorn, On: civil.Day(2025, 10, 14), Filed: civil.Day(2025, 10, 28)}
	})
	if _, _, err := d.FileAtHome(ctx, sumida, request); err == nil || !strings.Contains(err.Error(), "photo") {
		t.Errorf("APP-043: a photo was taken: %v", err)
	}
	request.Photo = nil
	d.fileHome(t, sumida, request)
	d.make(t)
	c := d.card(t)
	if !c.Photoless || c.Until != civil.Day(2030, 10, 14) {
		t.Errorf("CARD-023 EXP-013: %+v", c)
	}
	must(t)(d.OpenSealedForm(ctx, operator, d.id, false, pins))
	must(t)(d.Post(ctx, operator, d.id))
	must(t)(d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Box: true})) // PICK-048
}

// The renewal of a card with delivery by personal mail: the present card is handed in, works no longer, and ends when the new
// one is delivered (PICK-046, EXP-040, EXP-042, ST-011).
func TestRenewalByMail(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.living(t, civil.Day(2025, 12, 1))
	renewal := func(key string, in bool) office.HomeRequest {
		return atCounter(t, key, func(r *office.HomeRequest) {
			posted(r)
			r.Purpose, r.Channel, r.OldCardIn = rules.RenewCardAtHome, rules.Outreach, in
		})
	}
	_, _, err := d.FileAtHome(ctx, sumida, renewal("renewal-0", false))
	refused(t, err, "posted_card_needs_old_card")
	d.fileHome(t, sumida, renewal("renewal-1", true))
	old := d.plastic(t, "watanabe2015")
	if old.State != card.TemporarilyOutOfFunction || !old.Collected || old.Custody.Office != demo.Sumida {
		t.Errorf("PICK-046 ST-011: %s %+v", old.State, old.Custody)
	}
	d.intoMail(t)
	must(t)(d.Deliver(ctx, postman, d.id, office.DeliveryRequest{Papers: []procedure.PaperAtWindow{{Kind: rules.ArrivalNotice}, licence}}))
	if old = d.plastic(t, "watanabe2015"); old.State != card.Abolished || old.EndedBecause != string(procedure.EndedByReplacement) {
		t.Errorf("the former card: %+v", old)
	}
	if c := d.card(t); c.State != card.Active || c.Until != civil.Day(2035, 12, 1) {
		t.Errorf("EXP-002: renewed until %s, want the 11th birthday", c.Until)
	}
}

// A renewal at the window: the present card works until the new one is there, is exchanged, and without it a fee is due
// (EXP-042, FEE-007, PICK-038).
func TestRenewalAtCounter(t *testing.T) {
	for _, c := range []struct {
		rule  string
		back  procedure.Answer
		yen   int
		owned bool
	}{
		{"EXP-042 exchanged", procedure.Yes, 0, true},
		{"FEE-007 the old card is gone", procedure.No, 1000, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := newDesk(t)
			ctx := t.Context()
			d.living(t, civil.Day(2025, 12, 1))
			d.fileHome(t, sumida, atCounter(t, "renewal-2", func(r *office.HomeRequest) { r.Purpose = rules.RenewCardAtHome }))
			if old := d.plastic(t, "watanabe2015"); old.State != card.Active {
				t.Errorf("the present card is %s while its successor is made", old.State)
			}
			d.make(t)
			d.toCounter(t, sumida)
			came := holderCame(c.back)
			if c.back == procedure.Yes {
				came.Visitor.Papers = append(came.Visitor.Papers, procedure.PaperAtWindow{Kind: rules.OldCard})
			}
			if _, _, err := d.CheckVisitor(ctx, sumida, d.id, came); err != nil {
				t.Fatal(err)
			}
			d.typePINs(t, sumida)
			if a := d.application(t); a.Fee.Yen != c.yen {
				t.Errorf("fee %+v", a.Fee)
			}
			if c.yen > 0 {
				_, err := d.HandOver(ctx, sumida, d.id, true)
				refused(t, err, "fee_unpaid")
				must(t)(d.TakeFee(ctx, sumida, d.id))
			}
			must(t)(d.HandOver(ctx, sumida, d.id, true))
			old := d.plastic(t, "watanabe2015")
			if old.State != card.Abolished || old.Collected != c.owned {
				t.Errorf("the former card: %s, collected %v", old.State, old.Collected)
			}
			d.read(t, func(tx office.Tx) error {
				all, err := tx.Certificates("watanabe2015")
				for _, x := range all {
					if x.State != certificate.Revoked {
						t.Errorf("a certificate of the former card is %s", x.State)
					}
				}
				return err
			})
		})
	}
}

// living gives 渡辺結 an active card until the day.
func (d *desk) living(t *testing.T, until civil.Date) {
	t.Helper()
	d.write(t, func(tx office.Tx) error {
		return tx.PutCard(card.Card{ID: "watanabe2015", PersonID: "watanabe", State: card.Active, Issued: civil.Day(2016, 6, 10), Until: until, Activated: civil.Day(2016, 7, 3)})
	})
}

func (d *desk) plastic(t *testing.T, id string) (c card.Card) {
	t.Helper()
	d.read(t, func(tx office.Tx) (err error) {
		c, err = tx.Card(id)
		return err
	})
	return c
}
