package web

import (
	"net/http"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

var officesTitle = law.Text{Ja: "窓口ごとの決まり", En: "What offices decide themselves"}

// officeLine is an office on the list.
type officeLine struct {
	Code    place.Code
	Name    law.Text
	Checked civil.Date
	Mission *booking.Mission
	Zone    string
}

// officesView lists the offices with a policy of their own, and the missions' capabilities.
type officesView struct {
	Municipalities []officeLine
	Missions       []officeLine
	Silent         int // missions that nobody has looked up
	Find           input
}

// offices is for anybody; a code that is typed leads to its office.
func (p *pages) offices(w http.ResponseWriter, r *http.Request) {
	if code := r.URL.Query().Get("code"); code != "" {
		if found := findPlaces(code, p.today(), true); len(found) > 0 {
			http.Redirect(w, r, "/offices/"+string(found[0].Code), http.StatusSeeOther)
			return
		}
	}
	view := officesView{Find: input{Name: "code", Kind: "text", Label: law.Text{Ja: "市区町村・在外公館の名前かコード", En: "Name or code of a municipality or mission"}, Value: r.URL.Query().Get("code")}}
	if view.Find.Value != "" {
		view.Find.Fault = law.Text{Ja: "見つかりません。", En: "Not found."}
	}
	for _, code := range p.Office.Policies.Offices() {
		if place.KindOf(code) == place.KindMunicipality {
			view.Municipalities = append(view.Municipalities, p.officeLine(code))
		}
	}
	for _, m := range place.Missions() {
		if line := p.officeLine(m.ID); line.Mission != nil {
			view.Missions = append(view.Missions, line)
		} else {
			view.Silent++
		}
	}
	p.show(w, r, http.StatusOK, "offices", officesTitle, view)
}

func (p *pages) officeLine(code place.Code) officeLine {
	d := p.Office.Policies.Of(code).Describe(p.today())
	return officeLine{code, office.PlaceName(code, p.today()), d.Files[0].Checked, d.Mission, d.Zone}
}

// policyView is one office: two weeks of its counters, its reservations, and what it says.
type policyView struct {
	booking.Description
	Name law.Text
	Days []policyDay
	Kind place.Kind
}

// policyDay is a day of all counters.
type policyDay struct {
	Day      civil.Date
	Weekday  law.Text
	Openings []booking.Opening
}

// daysShown is how far the calendar of an office's page goes.
const daysShown = 28

func (p *pages) officePolicy(w http.ResponseWriter, r *http.Request) {
	code := place.Code(r.PathValue("code"))
	if _, err := place.Lookup(code, p.today()); err != nil || place.KindOf(code) != place.KindMunicipality && place.KindOf(code) != place.KindMission {
		p.notFound(w, r)
		return
	}
	policy := p.Office.Policies.Of(code)
	on, err := civil.Parse(r.URL.Query().Get("from"))
	if err != nil {
		if on, _, err = policy.Local(p.Office.Clock()); err != nil {
			on = p.today()
		}
	}
	view := policyView{Description: policy.Describe(on), Name: office.PlaceName(code, p.today()), Kind: place.KindOf(code)}
	for day := on; day.Before(on.AddDays(daysShown)); day = day.AddDays(1) {
		line := policyDay{Day: day, Weekday: weekdays[day.Weekday()]}
		for _, c := range policy.Counters() {
			line.Openings = append(line.Openings, policy.OnDay(c, day))
		}
		view.Days = append(view.Days, line)
	}
	p.show(w, r, http.StatusOK, "policy", view.Name, view)
}
