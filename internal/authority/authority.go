// Package authority says who may: which role of the staff may do which act at which kind of office, and which part the
// office has to have in the record (番号法第12条, 第33条; 住民基本台帳法第36条の2). It is one table (policies.go) in which every act of
// office stands; what no line of it permits nobody may do. The line that decided is named in the journal entry of the act.
// Whether the act itself is lawful on that day is procedure's, and who somebody is is the login's.
package authority

import (
	"fmt"
	"slices"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/place"
)

// Role of a person on the staff, or of whoever else acts.
type Role string

const (
	Clerk    Role = "clerk"     // window of a municipality or mission
	Operator Role = "operator"  // the issuer's production and certificates
	StopLine Role = "stop_line" // the 24-hour telephone
	Admin    Role = "admin"     // accounts of an office
	Carrier  Role = "carrier"   // the post office: delivers cards

	Applicant Role = "applicant" // somebody without an account, through a mailed one-time link
	System    Role = "system"    // whoever runs the installation, from its console; and the days' work
)

// Roles of the staff in the order in which they are offered.
var Roles = []Role{Clerk, Operator, StopLine, Admin, Carrier}

// Everybody is every role there is.
var Everybody = append(slices.Clone(Roles), Applicant, System)

// Kinds are the kinds of offices.
var Kinds = []place.Kind{place.KindMunicipality, place.KindMission, place.KindIssuer, place.KindPost}

// Workplaces are the kinds of offices at which somebody of a role works.
var Workplaces = map[Role][]place.Kind{Clerk: windows, Operator: issuer, StopLine: issuer, Admin: anywhere, Carrier: post}

// Act is what somebody wants to do: the kind of the record's key in the journal and the act's name, as case.complete;
// an act on no record is its name alone. Lists and looks without an entry of their own begin with "list.".
type Act string

// ActOf is the act by the subject and the name under which the journal has it. The planning of an act is the act.
func ActOf(subject, name string) Act {
	name = strings.TrimSuffix(name, "_planned")
	kind, _, ok := strings.Cut(subject, "/")
	if !ok {
		return Act(name)
	}
	return Act(kind + "." + name)
}

// Part is what the actor's office has to be to the record, besides having the role.
type Part string

const (
	NoPart     Part = ""            // the act opens no record of anybody, or the sheet of the procedure says which office
	InCase     Part = "in_case"     // any part in the application or the case
	Accepting  Part = "accepting"   // took the application in
	Examiner   Part = "examiner"    // examines it: the honseki municipality, at home the issuer's reception centre
	Honseki    Part = "honseki"     // keeps the supplementary family register, of an application from abroad
	Pickup     Part = "pickup"      // the card is collected there
	Payer      Part = "payer"       // takes its fee
	Poster     Part = "poster"      // gives the card to the post office
	IssuerPost Part = "issuer_post" // the issuer, for a card that it posts itself
	TookIn     Part = "took_in"     // took the case at the window in
	Awaiting   Part = "awaiting"    // the card of the case travels there
	Serves     Part = "serves"      // residence, honseki, something under way, or the person stands at its window today
	Keeps      Part = "keeps"       // keeps the resident record or the family register
	Involved   Part = "involved"    // keeps or kept the record, or the person moves there or stands at its window
	Addressed  Part = "addressed"   // the letter is its own, the exchange went to it, the request was made to it
	SameOffice Part = "same_office" // the account is of the actor's own office
	OwnAccount Part = "own_account" // the account is the actor's own
)

// Policy is one line of the table: these roles at these kinds of offices may do these acts, if the office has the part.
// Its name stands in the journal and stays the same.
type Policy struct {
	Name  string
	Says  law.Text
	Roles []Role
	Kinds []place.Kind
	Part  Part
	Acts  []Act
	Two   bool     // a second person has to grant what a first one asked for
	Rules []string // of the catalogue, where one says who
}

// Days is the name under which the passing of a day acts: no person, so no line of the table.
const Days = "the-days"

// Nobody is the name of the decision where no line permits an act: deny by default.
const Nobody = "nobody"

// cell is a place in the table.
type cell struct {
	role Role
	kind place.Kind
	act  Act
}

// table has every line at its cells.
var table = build()

func build() map[cell]*Policy {
	out := map[cell]*Policy{}
	for i := range Policies {
		p := &Policies[i]
		for _, r := range p.Roles {
			for _, k := range p.Kinds {
				for _, a := range p.Acts {
					if other, ok := out[cell{r, k, a}]; ok {
						panic(fmt.Sprintf("authority: %s and %s both speak of %s by %s at %s", other.Name, p.Name, a, r, k))
					}
					out[cell{r, k, a}] = p
				}
			}
		}
	}
	return out
}

// Decide is the line that lets the role do the act at this kind of office; false when nobody may.
func Decide(role Role, kind place.Kind, act Act) (Policy, bool) {
	p, ok := table[cell{role, kind, act}]
	if !ok {
		return Policy{Name: Nobody}, false
	}
	return *p, true
}

// Says is what a line of the table says, by its name; the name itself for what is none.
func Says(name string) law.Text {
	switch name {
	case Nobody:
		return law.Text{Ja: "許す定めがない", En: "no line permits it"}
	case Days:
		return law.Text{Ja: "日の経過による処理", En: "the passing of days"}
	}
	for _, p := range Policies {
		if p.Name == name {
			return p.Says
		}
	}
	return law.Text{Ja: name, En: name}
}

// Acts is every act of the table, each once, in its order.
func Acts() []Act {
	var out []Act
	for _, p := range Policies {
		for _, a := range p.Acts {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}
