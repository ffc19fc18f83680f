package web

import (
	"errors"
	"net/http"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

var reserveTitle = law.Text{Ja: "来庁の予約", En: "Your visit"}

// reserveView is the page of a reservation that a mailed link opens.
type reserveView struct {
	Office   law.Text
	Work     law.Text // what the visit is for
	Card     bool     // a card is collected
	Deadline civil.Date
	Papers   law.Text // what to bring
	Fee      law.Text
	Payment  law.Text
	Proxy    *law.Refusal // what somebody else who comes for the card will hear
	Item     law.Text
	Where    law.Text
	Contacts []booking.Contact
	Open     bool // a time can be booked now
	State    law.Text
	Zone     string // of a mission's own time
	Refused  *law.Refusal
	Months   []month
	Day      civil.Date // the chosen one
	Counters []counterTimes
	Booked   *booking.Reservation
	Counter  law.Text // of what is booked
	Now      bool     // something was done by this request
	Receipt  *office.Receipt
	Link     string
}

// counterTimes are a counter's free times on the chosen day.
type counterTimes struct {
	Key   string
	Name  law.Text
	Times []office.Slot
}

// month is one sheet of the calendar.
type month struct {
	Title law.Text
	Weeks [][7]calendarDay
}

// calendarDay is one day of it; Free counts the places that are left.
type calendarDay struct {
	Day    civil.Date
	Free   int
	Chosen bool
}

// Weekdays head the calendar.
func (reserveView) Weekdays() [7]law.Text { return weekdays }

// calendar lays the bookable slots out by month and week, the week beginning on Sunday as Japanese calendars do.
func calendar(slots []office.Slot, chosen civil.Date) []month {
	if len(slots) == 0 {
		return nil
	}
	free := map[civil.Date]int{}
	for _, s := range slots {
		free[s.Day] += s.Free
	}
	first, last := slots[0].Day, slots[len(slots)-1].Day
	var months []month
	for day := first.AddDays(1 - first.Day()); !day.After(last); {
		var m month
		m.Title = law.Text{Ja: yearMonth(day), En: day.Month().String() + " " + day.String()[:4]}
		var week [7]calendarDay
		here := day.Month()
		for ; day.Month() == here; day = day.AddDays(1) {
			week[day.Weekday()] = calendarDay{Day: day, Free: free[day], Chosen: day == chosen}
			if day.Weekday() == 6 || day.AddDays(1).Month() != here {
				m.Weeks = append(m.Weeks, week)
				week = [7]calendarDay{}
			}
		}
		months = append(months, m)
	}
	return months
}

// reserveView is the page as the registers stand now; day is the one whose times are shown.
func (p *pages) reserveView(r *http.Request, day string) (reserveView, error) {
	link := r.PathValue("link")
	b, err := p.Office.LinkedVisit(r.Context(), link)
	if err != nil {
		return reserveView{}, err
	}
	policy := p.Office.Policies.Of(b.Office)
	view := reserveView{
		Office: office.PlaceName(b.Office, p.today()), Work: workName(b.Procedure), Contacts: policy.Contacts(), Open: b.Open(), Booked: b.Booked, Link: "/reserve/" + link,
	}
	view.Item, view.Where = policy.Guide(b.Procedure)
	if a := b.Application; a != nil {
		view.Card, view.Deadline, view.Papers, view.Fee, view.Payment = true, a.Deadline, b.Papers, b.Fee, word(paymentWords, rules.Payment(a.Fee.Payment))
		view.State = word(stateWords, a.State)
		if a.Overseas {
			view.Proxy = rules.Refuse("proxy_never")
		}
	}
	if b.Booked != nil {
		if c, ok := policy.CounterAt(b.Booked.Counter); ok {
			terms := policy.Terms(b.Procedure, c)
			view.Counter, view.Item, view.Where = c.Name, terms.Item, terms.Where
		}
		if !view.Card {
			view.State = word(visitWords, b.Booked.State)
		}
	}
	if place.KindOf(b.Office) == place.KindMission {
		if zone, err := policy.Zone(); err == nil {
			view.Zone = zone.String()
		}
	}
	if !view.Open {
		return view, nil
	}
	return view, p.freeTimes(r, b, day, &view)
}

// freeTimes adds the calendar, and the times of the chosen day by counter.
func (p *pages) freeTimes(r *http.Request, b office.Bookable, day string, view *reserveView) error {
	slots, err := p.Office.LinkedSlots(r.Context(), b)
	if refusal, ok := errors.AsType[*law.Refusal](err); ok {
		view.Refused = refusal
		return nil
	}
	if err != nil {
		return err
	}
	if chosen, err := civil.Parse(day); err == nil {
		view.Day = chosen
		view.Counters = timesOf(slots, chosen)
	}
	view.Months = calendar(slots, view.Day)
	return nil
}

// workName is what a visit is for, in words.
func workName(code rules.Procedure) law.Text {
	if info, ok := rules.LookupProcedure(code); ok {
		return info.Name
	}
	return law.Text{Ja: string(code), En: string(code)}
}

// timesOf are the free times of a day by counter, in the policy's order.
func timesOf(slots []office.Slot, day civil.Date) []counterTimes {
	var out []counterTimes
	for _, s := range slots {
		if s.Day != day {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Key != s.Counter {
			out = append(out, counterTimes{Key: s.Counter, Name: s.Name})
		}
		last := &out[len(out)-1]
		last.Times = append(last.Times, s)
	}
	return out
}

func (p *pages) slots(w http.ResponseWriter, r *http.Request) {
	view, err := p.reserveView(r, r.URL.Query().Get("day"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.show(w, r, http.StatusOK, "reserve", reserveTitle, view)
}

func (p *pages) reserve(w http.ResponseWriter, r *http.Request) {
	link := r.PathValue("link")
	_, receipt, err := p.Office.Reserve(r.Context(), link, office.Wanted{Day: r.PostFormValue("day"), Time: r.PostFormValue("time"), Counter: r.PostFormValue("counter")})
	p.reserved(w, r, receipt, err)
}

func (p *pages) cancelReservation(w http.ResponseWriter, r *http.Request) {
	_, receipt, err := p.Office.CancelLinked(r.Context(), r.PathValue("link"))
	p.reserved(w, r, receipt, err)
}

// reserved shows the page after an act on the booking.
func (p *pages) reserved(w http.ResponseWriter, r *http.Request, receipt office.Receipt, err error) {
	if err != nil {
		p.failBack(w, r, err, "/reserve/"+r.PathValue("link"))
		return
	}
	view, err := p.reserveView(r, "")
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view.Now, view.Receipt = true, &receipt
	p.show(w, r, http.StatusOK, "reserve", reserveTitle, view)
}

// yearMonth is a month as a Japanese calendar names it: 令和8年1月.
func yearMonth(day civil.Date) string {
	text := day.Japanese()
	for n, c := range text {
		if c == '月' {
			return text[:n] + "月"
		}
	}
	return text
}
