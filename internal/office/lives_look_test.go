package office_test

import (
	"crypto/x509"
	"fmt"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/register"
)

// snapshot is every state there is, and how many entries the journals have.
func (l *lives) snapshot() (string, int64) {
	var out strings.Builder
	entries := int64(0)
	l.desk.read(l.T, func(tx office.Tx) error {
		out.Reset()
		entries = 0
		heads, err := tx.JournalHeads()
		for _, h := range heads {
			entries += h.Seq
		}
		if err != nil {
			return err
		}
		cards, err := tx.CardsOf("sato")
		for _, c := range cards {
			fmt.Fprintf(&out, "%s %s %s %+v\n", c.ID, c.State, c.Until, c.Custody)
			all, err := tx.Certificates(c.ID)
			if err != nil {
				return err
			}
			for _, x := range all {
				fmt.Fprintf(&out, "%s %d %s\n", x.Kind, x.Counter, x.State)
			}
		}
		if err != nil {
			return err
		}
		cases, err := tx.WindowCasesOf("sato")
		for _, c := range cases {
			fmt.Fprintf(&out, "%s %s\n", c.ID, c.State)
		}
		return err
	})
	return out.String(), entries
}

// look holds the registers against everything that must be so.
func (l *lives) look() {
	after, entries := l.snapshot()
	if after != l.before && entries <= l.entries {
		l.Errorf("a state changed without an entry in a journal, from\n%sto\n%s", l.before, after)
	}
	on := civil.DateOf(l.desk.at)
	l.desk.read(l.T, func(tx office.Tx) error {
		p, err := tx.Person("sato")
		if err != nil {
			return err
		}
		cards, err := tx.CardsOf("sato")
		if err != nil {
			return err
		}
		working := 0
		for _, c := range cards {
			if slices.Contains([]card.State{card.Active, card.PendingDeparture, card.Suspended}, c.State) {
				working++
			}
			all, err := tx.Certificates(c.ID)
			if err != nil {
				return err
			}
			if c.ID != "sato2020" {
				l.lookAtCard(p, c, all, on)
			}
			phones, err := tx.PhoneCertificates(c.ID)
			if err != nil {
				return err
			}
			l.lookAtPhones(all, phones, on)
		}
		if working > 1 {
			l.Errorf("%d cards work", working)
		}
		cases, err := tx.WindowCasesOf("sato")
		for _, c := range cases {
			l.lookAtCase(c, cards)
		}
		return err
	})
}

// lookAtCard: no certificate is good beyond its card or after its end, and none says what is no longer so.
func (l *lives) lookAtCard(p register.Person, c card.Card, all []certificate.Certificate, on civil.Date) {
	good := map[certificate.Kind]int{}
	for _, x := range all {
		if x.State != certificate.Valid {
			continue
		}
		good[x.Kind]++
		if c.State.Ended() || c.State == card.Suspended || x.Until.After(c.Until) || x.Until.Before(on) {
			l.Errorf("the %s certificate is valid until %s on a card that is %s until %s", x.Kind, x.Until, c.State, c.Until)
		}
		if x.Kind != certificate.Signature {
			continue
		}
		der, err := x509.ParseCertificate(x.DER)
		if err != nil {
			l.Errorf("a valid certificate: %v", err)
			continue
		}
		says, err := pki.FourItemsOf(der)
		if err != nil {
			l.Errorf("four items: %v", err)
			continue
		}
		items, ok := p.FourItems(on)
		pending := c.State == card.PendingDeparture // it says where the holder will be (ABR-008)
		if ok && (says.Name != items.Name.Full() || !pending && !strings.HasPrefix(says.Address, office.Widened(items.Address))) {
			l.Errorf("the signature certificate is valid and says something else than the register: %q, %q, on a card that is %s", says.Address, office.Widened(items.Address), c.State)
		}
	}
	for kind, n := range good {
		if n > 1 {
			l.Errorf("%d valid %s certificates on one card", n, kind)
		}
	}
}

// lookAtPhones: one phone of a kind has certificates, and only while the card has the signature certificate that they rest on.
func (l *lives) lookAtPhones(onCard, phones []certificate.Certificate, on civil.Date) {
	rests := slices.IndexFunc(onCard, func(x certificate.Certificate) bool {
		return x.Kind == certificate.Signature && (x.State == certificate.Valid || x.State == certificate.Held)
	})
	good := map[string]int{}
	for _, x := range phones {
		if x.State != certificate.Valid && x.State != certificate.Held {
			continue
		}
		if good[string(x.Carrier)+x.Kind.String()]++; good[string(x.Carrier)+x.Kind.String()] > 1 {
			l.Errorf("two phones of the kind %s have a %s certificate", x.Carrier, x.Kind)
		}
		if rests < 0 || x.Until.Before(on) || x.Until != onCard[rests].Until {
			l.Errorf("the phone's %s certificate is %s until %s, and the card's signature certificate is not", x.Kind, x.State, x.Until)
		}
	}
}

// lookAtCase: everything of a case is in one place, and its card is where the card's own record says.
func (l *lives) lookAtCase(c docket.Case, cards []card.Card) {
	for thing, at := range c.Where {
		if at.With == "" || (at.With == application.AtOffice || at.With == application.OnTheWay) != (at.Office != "") {
			l.Errorf("%s of a case that is %s: %+v", thing, c.State, at)
		}
	}
	where, has := c.Where[docket.Plastic]
	if !has || !slices.Contains([]docket.State{docket.SentAway, docket.Arrived, docket.SentBack, docket.CameBack}, c.State) {
		return
	}
	for _, plastic := range cards {
		if plastic.ID == c.CardID && (plastic.Custody.Office != where.Office || plastic.Custody.OnTheWay != (where.With == application.OnTheWay)) {
			l.Errorf("the case has the card at %+v, the card itself at %+v", where, plastic.Custody)
		}
	}
}
