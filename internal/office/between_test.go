package office_test

import (
	"crypto/x509"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Between the notification of a departure and its day, the card that is made is one of a resident: with the address of the
// resident record, for it is continuing use that enters the departure (ABR-008, ABR-010).
func TestProducedBeforeDeparture(t *testing.T) {
	d := newDesk(t)
	r := office.NotifyRequest{RequestKey: "away", Kind: register.DepartureAbroad, Day: "2025-12-20"}
	if _, _, err := d.Notify(ctx, sumida, "watanabe", r); err != nil {
		t.Fatal(err)
	}
	d.fileHome(t, sumida, atCounter(t, "home-1", nil))
	d.make(t)
	if c := d.card(t); c.Overseas {
		t.Errorf("an overseas card for somebody who still lives in Sumida: %+v", c)
	}
	for _, c := range d.certificates(t) {
		if c.Kind != certificate.Signature {
			continue
		}
		signed, err := x509.ParseCertificate(c.DER)
		if err != nil {
			t.Fatal(err)
		}
		items, err := pki.FourItemsOf(signed)
		if err != nil || items.Address != "東京都墨田区押上一丁目１番２号" {
			t.Errorf("the signature certificate has the address %q, %v", items.Address, err)
		}
	}
}

// Of several former cards the one that is handed in is the newest that its holder still has (PICK-077): a lost one, or one
// that an office has, is not taken in again.
func TestFormerCardsHandedIn(t *testing.T) {
	d := newDesk(t)
	ended := func(id string, year int, change func(*card.Card)) {
		c := card.Card{ID: id, PersonID: "watanabe", State: card.Abolished, Issued: civil.Day(year, 6, 10), Activated: civil.Day(year, 7, 3), Until: civil.Day(year+10, 12, 1),
			Ended: civil.Day(2025, 10, 27), EndedBecause: string(procedure.EndedByLoss)}
		if change != nil {
			change(&c)
		}
		d.write(t, func(tx office.Tx) error { return tx.PutCard(c) })
	}
	ended("first", 2016, nil)
	ended("second", 2018, nil)
	ended("third", 2020, func(c *card.Card) {
		c.State, c.Collected, c.Custody = card.Returned, true, card.Custody{Office: niigata.Office}
	})
	d.fileHome(t, sumida, atCounter(t, "home-1", func(r *office.HomeRequest) {
		r.Purpose, r.Told.Visitor.Papers = rules.ReissueAtHome, everything()
		r.Told.Event = procedure.Event{Kind: rules.CardLost, On: civil.Day(2025, 10, 20), Filed: civil.Day(2025, 10, 27), Outside: procedure.No}
	}))
	d.make(t)
	d.toCounter(t, sumida)
	came := holderCame(procedure.Yes)
	came.Visitor.Papers = everything()
	if _, _, err := d.CheckVisitor(ctx, sumida, d.id, came); err != nil {
		t.Fatal(err)
	}
	must(t)(d.TakeFee(ctx, sumida, d.id))
	d.typePINs(t, sumida)
	must(t)(d.HandOver(ctx, sumida, d.id, true))
	if a := d.application(t); a.State != application.HandedOver || !a.OldBrought {
		t.Fatalf("%+v", a)
	}
	at := map[string]string{"first": "", "second": string(sumida.Office), "third": string(niigata.Office)}
	for id, office := range at {
		if c := d.plastic(t, id); string(c.Custody.Office) != office || c.Collected != (office != "") {
			t.Errorf("the %s card: %+v, collected %v, want it at %q", id, c.Custody, c.Collected, office)
		}
	}
}
