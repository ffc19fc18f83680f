// Package register is a person as the registers hold one: the resident record with its history (住民票, 住民基本台帳法第7条)
// and the supplementary family register (戸籍の附票, 同法第17条), with the questions that card business asks of them.
// It is facts and logic only: store keeps them, rules says what follows from them, and the cards a person
// has had are package card's.
package register

import (
	"fmt"
	"io"
	"slices"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Japan is the nationality of those who have a family register. Other nationalities are ISO 3166-1 alpha-2 too;
// for the stateless it is empty.
const Japan = "JP"

// Person is what the registers hold of one person. Number and Code do not go into JSON: whoever writes a Person
// down keeps them apart and encrypted.
type Person struct {
	ID             string                       `json:"id"`
	Name           person.Name                  `json:"name"`
	Birth          civil.Date                   `json:"birth"`
	Sex            person.Sex                   `json:"sex"`
	Number         person.Number                `json:"-"`
	Code           person.ResidentRecordCode    `json:"-"`
	Nationality    string                       `json:"nationality,omitempty"`
	Residences     []Residence                  `json:"residences,omitempty"`      // oldest first
	FamilyRegister *SupplementaryFamilyRegister `json:"family_register,omitempty"` // nil for foreign nationals (ELIG-011)
	Stay           *Stay                        `json:"stay,omitempty"`            // nil for Japanese nationals
	AdultWard      bool                         `json:"adult_ward,omitempty"`      // 成年被後見人
	Ended          civil.Date                   `json:"ended,omitzero"`            // death, or the record struck off: nobody to serve from then on
	Events         []Event                      `json:"events,omitempty"`          // oldest first
	Former         []FormerEntry                `json:"former,omitempty"`          // oldest first
	Substitutes    []Substitute                 `json:"substitutes,omitempty"`     // oldest first
}

// Substitute is the choice of a character that stands, in certificates, for one of the name or the address that they cannot have
// (代替文字). It holds for later certificates too; of several for the same character the last counts.
type Substitute struct {
	Character string     `json:"character"` // as the record has it, with its variation selector
	By        string     `json:"by"`
	At        time.Time  `json:"at"`
	Office    place.Code `json:"office"`
	Staff     string     `json:"staff"`
}

// SubstituteFor is what was chosen for a character last; empty when nothing was.
func (p Person) SubstituteFor(character string) string {
	for _, s := range slices.Backward(p.Substitutes) {
		if s.Character == character {
			return s.By
		}
	}
	return ""
}

// EntryReason is the notification or act by which a residence was entered in the record.
type EntryReason string

const (
	Born        EntryReason = "born"         // 出生
	MovedIn     EntryReason = "moved_in"     // 転入
	FromAbroad  EntryReason = "from_abroad"  // 国外からの転入
	MovedWithin EntryReason = "moved_within" // 転居
	ExOfficio   EntryReason = "ex_officio"   // 職権記載
)

// Residence is one address of the resident record. To is the first day on which it no longer stood, zero while
// it stands: after a move, the day of the move; after a move abroad, the planned departure, the day on which the
// record is removed (消除).
type Residence struct {
	Municipality place.Code  `json:"municipality"`
	Address      string      `json:"address"` // the whole line, from the prefecture on
	From         civil.Date  `json:"from"`
	To           civil.Date  `json:"to,omitzero"`
	Reason       EntryReason `json:"reason,omitempty"`
}

// On reports that the residence stood on the day.
func (r Residence) On(day civil.Date) bool {
	return !day.Before(r.From) && (r.To.IsZero() || day.Before(r.To))
}

// SupplementaryFamilyRegister is the supplementary family register (戸籍の附票) that the honseki municipality keeps.
type SupplementaryFamilyRegister struct {
	Honseki   place.Code `json:"honseki"`
	Since     civil.Date `json:"since,omitzero"`
	Departure *Departure `json:"departure,omitempty"` // the last move abroad; it stays after a return
}

// Departure is a move abroad (国外転出): the planned day of the notification (転出予定日) and the day of notifying.
type Departure struct {
	Planned  civil.Date `json:"planned"`
	Notified civil.Date `json:"notified,omitzero"`
}

// Format writes the person's ID whatever the verb: the rest is nobody's business in a log.
func (p Person) Format(f fmt.State, verb rune) { io.WriteString(f, p.String()) }

// String is the person's ID.
func (p Person) String() string { return "person " + p.ID }

// Japanese reports Japanese nationality.
func (p Person) Japanese() bool { return p.Nationality == Japan }

// ResidentOn is the residence in the resident record on the day.
func (p Person) ResidentOn(day civil.Date) (Residence, bool) {
	for _, r := range p.Residences {
		if r.On(day) {
			return r, true
		}
	}
	return Residence{}, false
}

// LastRegistered is the last day up to the given one on which the person had a resident record (ELIG-014): that day
// itself for a resident; zero for somebody who had none yet (ELIG-012).
func (p Person) LastRegistered(on civil.Date) civil.Date {
	var last civil.Date
	for _, r := range p.Residences {
		switch {
		case r.On(on):
			return on
		case !on.Before(r.From) && r.To.AddDays(-1).After(last):
			last = r.To.AddDays(-1)
		}
	}
	return last
}

// Departure is the move abroad that the supplementary family register holds, notified or past, unless the person
// has since been registered in Japan again; nil when there is none.
func (p Person) Departure() *Departure {
	if p.FamilyRegister == nil || p.FamilyRegister.Departure == nil {
		return nil
	}
	d := *p.FamilyRegister.Departure
	for _, r := range p.Residences {
		if !r.From.Before(d.Planned) {
			return nil
		}
	}
	return &d
}

// AbroadLine is what stands for the address of somebody who has moved abroad: 国外転出 令和4年3月31日 (CARD-011, ABR-008).
func AbroadLine(planned civil.Date) string { return "国外転出 " + planned.Japanese() }

// CardAddressLine is the address for the card's face and chip: once a move abroad is notified, AbroadLine with the planned
// day, as the supplementary family register has it, and never a foreign address (CARD-011, CON-036); otherwise
// the last address of the resident record. Empty for somebody who has neither.
func (p Person) CardAddressLine() string {
	if d := p.Departure(); d != nil {
		return AbroadLine(d.Planned)
	}
	if n := len(p.Residences); n > 0 {
		return p.Residences[n-1].Address
	}
	return ""
}

// CardName is the name for the card's face and chip: a former surname (旧氏) that the resident record shows stands in brackets behind
// the family name (CARD-013), as in 番号［鈴木］花子; an overseas card does not show it.
func (p Person) CardName() string {
	if p.Name.FormerFamily == "" || p.Name.Family == "" || p.Departure() != nil {
		return p.Name.Full()
	}
	return p.Name.Family + "［" + p.Name.FormerFamily + "］" + p.Name.Given
}

// LivingOn is the person as one who lives where the resident record says on a day: a departure that is only notified is left
// out until it comes.
func (p Person) LivingOn(on civil.Date) Person {
	if d := p.Departure(); d == nil || !d.Planned.After(on) {
		return p
	}
	family := *p.FamilyRegister
	family.Departure = nil
	p.FamilyRegister = &family
	return p
}

// FourItems are name, address, date of birth and sex (基本4情報) as the registers have them on a day.
type FourItems struct {
	Name    person.Name
	Address string
	Birth   civil.Date
	Sex     person.Sex
}

// FourItems are the four items on a day. The address is that of the resident record; from the planned departure on it is
// AbroadLine. False for a day on which the person stands in neither.
func (p Person) FourItems(on civil.Date) (FourItems, bool) {
	items := FourItems{Name: p.Name, Birth: p.Birth, Sex: p.Sex}
	if r, ok := p.ResidentOn(on); ok {
		items.Address = r.Address
		return items, true
	}
	if d := p.Departure(); d != nil && !on.Before(d.Planned) {
		items.Address = AbroadLine(d.Planned)
		return items, true
	}
	return FourItems{}, false
}
