package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// visitRoutes are reservations by mailed link, the visitors of the day, and what offices publish of themselves.
func (p *pages) visitRoutes(link func(http.HandlerFunc) http.HandlerFunc) []route {
	return []route{
		{pattern: "GET /reserve/{link}", handle: link(p.slots)},
		{pattern: "POST /reserve/{link}", handle: link(p.reserve)},
		{pattern: "POST /reserve/{link}/cancel", handle: link(p.cancelReservation)},
		{pattern: "GET /offices", handle: p.offices},
		{pattern: "GET /offices/{code}", handle: p.officePolicy},
		{pattern: "GET /office/visits", handle: p.staff(p.visits)},
		{pattern: "POST /office/visits/walk-in", handle: p.staff(p.walkIn)},
		{pattern: "GET /office/visits/book", handle: p.staff(p.bookForm)},
		{pattern: "POST /office/visits/book", handle: p.staff(p.bookVisit)},
		{pattern: "GET /office/visits/{id}/move", handle: p.staff(p.moveForm)},
		{pattern: "POST /office/visits/{id}/{act}", handle: p.staff(p.visitAct)},
	}
}

var visitsTitle = law.Text{Ja: "今日の来庁者", En: "Visitors of the day"}

// visitsView is the clerk's list of a day.
type visitsView struct {
	office.Today
	Office        place.Code
	Before, After civil.Date // the days on either side
	IsToday       bool
	Zone          string // of a mission
	Faults        []booking.Fault
	WalkIn        inputs
	Key           string
	Refusal       *law.Refusal
	Others        []office.Invalid
	Counts        [3]int // here and waiting, still expected, done
}

func (p *pages) visits(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showVisits(w, r, who, r.URL.Query().Get("day"), nil)
}

func (p *pages) showVisits(w http.ResponseWriter, r *http.Request, who office.Actor, day string, failed error) {
	today, err := p.Office.VisitorsOf(r.Context(), who, day)
	if err != nil {
		p.failBack(w, r, err, "/office")
		return
	}
	policy := p.Office.Policies.Of(who.Office)
	here, _, err := policy.Local(p.Office.Clock())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := visitsView{Today: today, Office: who.Office, Before: today.Day.AddDays(-1), After: today.Day.AddDays(1), IsToday: today.Day == here, Key: rand.Text(),
		Faults: faultsAbout(p.Office.Policies.Faults(), policy), Refusal: refusalOf(failed), Others: faultsOf(failed)}
	if place.KindOf(who.Office) == place.KindMission {
		if zone, err := policy.Zone(); err == nil {
			view.Zone = zone.String()
		}
	}
	for _, c := range today.Counters {
		for _, v := range c.Visits {
			switch v.State {
			case booking.Arrived, booking.Called:
				view.Counts[0]++
			case booking.Booked:
				view.Counts[1]++
			default:
				view.Counts[2]++
			}
		}
	}
	values := r.PostFormValue
	if failed == nil {
		values = nil
	}
	view.WalkIn, _ = p.walkInInputs(policy).with(values, nil)
	status := http.StatusOK
	if failed != nil {
		status = statusOf(failed)
	}
	p.show(w, r, status, "visits", visitsTitle, view)
}

// faultsAbout are the faults in the files that an office's policy is made of.
func faultsAbout(all booking.Faults, policy booking.Policy) []booking.Fault {
	return slices.DeleteFunc(slices.Clone(all), func(f booking.Fault) bool { return !slices.Contains(policy.FileNames(), f.Base()) })
}

// walkInInputs are what is asked of somebody who came without a reservation.
func (p *pages) walkInInputs(policy booking.Policy) inputs {
	counter := input{Name: "counter", Kind: "select", Label: law.Text{Ja: "窓口", En: "Counter"}}
	for _, c := range policy.Counters() {
		counter.Options = append(counter.Options, option{Value: c.Key(), Label: c.Name})
	}
	in := inputs{procedureInput(policy), {Name: "visitor", Kind: "text", Label: law.Text{Ja: "呼ぶ名前(番号だけで呼ぶときは空欄)", En: "Name to call (empty: by number only)"}}}
	if len(counter.Options) > 1 {
		in = append(in, counter)
	}
	return in
}

// procedureInput lists what visitors come to an office for.
func procedureInput(policy booking.Policy) input {
	in := input{Name: "procedure", Kind: "select", Required: true, Label: law.Text{Ja: "用件", En: "What for"}}
	for _, info := range policy.Procedures() {
		if slices.ContainsFunc(policy.Counters(), func(c booking.Counter) bool { return c.Takes(info.Code) }) {
			in.Options = append(in.Options, option{Value: string(info.Code), Label: info.Name})
		}
	}
	return in
}

func (p *pages) walkIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	_, receipt, err := p.Office.WalkIn(r.Context(), who, office.VisitRequest{RequestKey: r.PostFormValue("request_key"), Procedure: rules.Procedure(r.PostFormValue("procedure")),
		Visitor: r.PostFormValue("visitor"), PersonID: r.PostFormValue("person"), Wanted: office.Wanted{Counter: r.PostFormValue("counter")}})
	p.visited(w, r, who, "", receipt, err)
}

// visited goes on to the list of the day, or shows it with what was refused.
func (p *pages) visited(w http.ResponseWriter, r *http.Request, who office.Actor, day string, receipt office.Receipt, err error) {
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(r.Context(), receipt)
		http.Redirect(w, r, "/office/visits"+onDay(day), http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showVisits(w, r, who, day, err)
	default:
		p.failBack(w, r, err, "/office/visits")
	}
}

func onDay(day string) string {
	if day == "" {
		return ""
	}
	return "?" + url.Values{"day": {day}}.Encode()
}

func (p *pages) visitAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	acts := map[string]func(context.Context, office.Actor, string) (booking.Reservation, office.Receipt, error){
		string(booking.Arrive): p.Office.Arrive, string(booking.Call): p.Office.CallVisitor, string(booking.Serve): p.Office.ServeVisitor,
		string(booking.Miss): p.Office.MissVisit, string(booking.Cancel): p.Office.CancelVisit,
		string(booking.Move): func(ctx context.Context, who office.Actor, id string) (booking.Reservation, office.Receipt, error) {
			return p.Office.MoveVisit(ctx, who, id, wanted(r))
		},
	}
	act, ok := acts[r.PathValue("act")]
	if !ok {
		p.notFound(w, r)
		return
	}
	_, receipt, err := act(r.Context(), who, r.PathValue("id"))
	p.visited(w, r, who, r.PostFormValue("list"), receipt, err)
}

func wanted(r *http.Request) office.Wanted {
	return office.Wanted{Day: r.PostFormValue("day"), Time: r.PostFormValue("time"), Counter: r.PostFormValue("counter")}
}

// bookView is the page on which a clerk books or moves a visit: what for, the day, the time and whom it is for.
type bookView struct {
	Address  string // of this page without a day
	Action   string
	Move     bool
	Work     law.Text
	Hidden   map[string]string
	Ask      inputs // what for, as long as nobody said
	Inputs   inputs // whom it is for
	Months   []month
	Day      civil.Date
	Counters []counterTimes
	Refusal  *law.Refusal
	Faults   []input
	Others   []office.Invalid
}

// Weekdays head the calendar.
func (bookView) Weekdays() [7]law.Text { return weekdays }

var bookTitle = law.Text{Ja: "来庁の予約を取る", En: "Book a visit"}

func (p *pages) bookForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showBook(w, r, who, r.URL.Query(), nil)
}

func (p *pages) showBook(w http.ResponseWriter, r *http.Request, who office.Actor, q url.Values, failed error) {
	view := bookView{Action: "/office/visits/book", Hidden: map[string]string{"request_key": q.Get("request_key")}, Refusal: refusalOf(failed)}
	if view.Hidden["request_key"] == "" {
		view.Hidden["request_key"] = rand.Text()
	}
	kept := url.Values{}
	for _, name := range []string{"procedure", "person", "application"} {
		if v := q.Get(name); v != "" {
			view.Hidden[name] = v
			kept.Set(name, v)
		}
	}
	view.Address = "/office/visits/book?" + kept.Encode()
	code := rules.Procedure(q.Get("procedure"))
	var deadline civil.Date
	if id := q.Get("application"); id != "" {
		c, err := p.Office.Look(r.Context(), who, id)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		code, deadline = office.Collecting(c.Application), c.Application.Deadline
		view.Hidden["procedure"] = string(code)
	}
	if code == "" {
		view.Ask = inputs{procedureInput(p.Office.Policies.Of(who.Office))}
		p.show(w, r, http.StatusOK, "visitbook", bookTitle, view)
		return
	}
	view.Work = workName(code)
	ask := inputs{
		{Name: "email", Kind: "email", Label: law.Text{Ja: "メールアドレス(お知らせを送ります)", En: "E-mail, for confirmation and reminder"}},
		{Name: "phone", Kind: "tel", Label: law.Text{Ja: "電話番号(メールがないとき)", En: "Telephone, where there is no e-mail"}, Hint: law.Text{Ja: "国番号から(例 +81 3 1234 5678)", En: "With the country code"}},
	}
	if view.Hidden["person"] == "" && view.Hidden["application"] == "" {
		ask = append(inputs{{Name: "visitor", Kind: "text", Required: true, Label: law.Text{Ja: "来る方の名前", En: "Who will come"}}}, ask...)
	}
	if view.Hidden["application"] != "" {
		ask = nil // the application has an address
	}
	p.showBookTimes(w, r, who, view, ask, code, deadline, q, failed)
}

// showBookTimes shows the calendar, and below the chosen day its times with whom they are for.
func (p *pages) showBookTimes(w http.ResponseWriter, r *http.Request, who office.Actor, view bookView, ask inputs, code rules.Procedure, deadline civil.Date, q url.Values, failed error) {
	slots, err := p.Office.FreeSlots(r.Context(), who.Office, code, deadline)
	if refusal, ok := errors.AsType[*law.Refusal](err); ok {
		view.Refusal = refusal
	} else if err != nil {
		p.fail(w, r, err)
		return
	}
	if chosen, err := civil.Parse(q.Get("day")); err == nil {
		view.Day, view.Counters = chosen, timesOf(slots, chosen)
	}
	view.Months = calendar(slots, view.Day)
	values, status := q.Get, http.StatusOK
	if failed == nil {
		values = nil
	} else {
		status = statusOf(failed)
	}
	view.Inputs, view.Others = ask.with(values, faultsOf(failed))
	view.Faults = view.Inputs.Faults()
	p.show(w, r, status, "visitbook", bookTitle, view)
}

func (p *pages) bookVisit(w http.ResponseWriter, r *http.Request, who office.Actor) {
	_, receipt, err := p.Office.BookVisit(r.Context(), who, office.VisitRequest{RequestKey: r.PostFormValue("request_key"), Procedure: rules.Procedure(r.PostFormValue("procedure")),
		ApplicationID: r.PostFormValue("application"), PersonID: r.PostFormValue("person"), Visitor: r.PostFormValue("visitor"), Email: r.PostFormValue("email"), Phone: r.PostFormValue("phone"), Wanted: wanted(r)})
	switch status := statusOf(err); {
	case err == nil:
		p.visited(w, r, who, r.PostFormValue("day"), receipt, nil)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showBook(w, r, who, r.PostForm, err)
	default:
		p.failBack(w, r, err, "/office/visits")
	}
}

// moveForm chooses another time for a booking.
func (p *pages) moveForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	v, deadline, err := p.Office.LookAtVisit(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.failBack(w, r, err, "/office/visits")
		return
	}
	address := "/office/visits/" + v.ID + "/move"
	view := bookView{Move: true, Address: address + "?", Action: "/office/visits/" + v.ID + "/" + string(booking.Move), Work: v.Work, Hidden: map[string]string{"list": v.Day.String()}}
	p.showBookTimes(w, r, who, view, nil, rules.Procedure(v.Procedure), deadline, r.URL.Query(), nil)
}

// visitRow is a visit on the list of a day.
type visitRow struct {
	Visit office.Visit
	List  civil.Date
}

// allTimes are the times of all counters, each once, with the places of all.
func allTimes(counters []counterTimes) []office.Slot {
	var out []office.Slot
	for _, c := range counters {
		for _, s := range c.Times {
			if i := slices.IndexFunc(out, func(o office.Slot) bool { return o.Time == s.Time }); i >= 0 {
				out[i].Free += s.Free
			} else {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b office.Slot) int { return strings.Compare(a.Time, b.Time) })
	return out
}

// policyWork names a procedure of a policy; "*" is every one that nothing else names.
func policyWork(code string) law.Text {
	if code == booking.Any {
		return law.Text{Ja: "そのほかの手続き", En: "everything else"}
	}
	return workName(rules.Procedure(code))
}
