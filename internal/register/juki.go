package register

import (
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Exchange is one message between offices over the network of the registers (住民基本台帳ネットワーク): identity data with the
// change that made it necessary (NUM-015). The numbers are not in it; who may have them asks by name.
type Exchange struct {
	ID       string       `json:"id"`
	From     place.Code   `json:"from"`
	To       place.Code   `json:"to"`
	Kind     string       `json:"kind"`
	PersonID string       `json:"person"`
	EventID  string       `json:"event"`
	Created  time.Time    `json:"created"`
	Read     time.Time    `json:"read,omitzero"`
	Body     IdentityData `json:"body"`
}

// IdentityData is the identity confirmation data (本人確認情報) with the change.
type IdentityData struct {
	Name          person.Name `json:"name"`
	Birth         civil.Date  `json:"birth"`
	Sex           person.Sex  `json:"sex"`
	Address       string      `json:"address,omitempty"`
	FormerAddress string      `json:"former_address,omitempty"`
	Honseki       place.Code  `json:"honseki,omitempty"`
	Event         string      `json:"event"`
	Note          string      `json:"note,omitempty"` // what was reported, for a message that is no change
	Day           civil.Date  `json:"day"`
}

// Identity is the identity data of a person after an event.
func (p Person) Identity(e Event) IdentityData {
	d := IdentityData{Name: p.Name, Birth: p.Birth, Sex: p.Sex, Event: e.Kind, Day: e.Day}
	if n := len(p.Residences); n > 0 {
		if d.Address = p.Residences[n-1].Address; !p.Residences[n-1].To.IsZero() {
			d.Address, d.FormerAddress = "", p.Residences[n-1].Address
		} else if n > 1 {
			d.FormerAddress = p.Residences[n-2].Address
		}
	}
	if p.FamilyRegister != nil {
		d.Honseki = p.FamilyRegister.Honseki
	}
	return d
}
