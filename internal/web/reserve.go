package web

import (
	"net/http"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

var reserveTitle = law.Text{Ja: "受取りの予約", En: "Book your pickup"}

// reserveView is the page of a pickup's reservation.
type reserveView struct {
	Pickup   law.Text
	Deadline civil.Date
	Papers   law.Text // what to bring
	Fee      law.Text
	Payment  law.Text
	Proxy    *law.Refusal // what somebody else who comes for the card will hear
	Item     law.Text
	Where    law.Text
	Open     bool // the card waits at the office
	State    law.Text
	Months   []month
	Day      civil.Date // the chosen one
	Times    []office.Slot
	Booked   *booking.Reservation
	Now      bool // it was booked by this request
	Receipt  *office.Receipt
	Link     string
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
	pickup, err := p.Office.LinkedPickup(r.Context(), link)
	if err != nil {
		return reserveView{}, err
	}
	a := pickup.Application
	policy := p.Office.Policies.Of(a.Pickup)
	view := reserveView{
		Pickup: office.PlaceName(a.Pickup, p.today()), Deadline: a.Deadline, Papers: pickup.Papers, Fee: pickup.Fee,
		Payment: word(paymentWords, rules.Payment(a.Fee.Payment)), Proxy: rules.Refuse("proxy_never"), Item: policy.Item, Where: policy.Where,
		Open: a.State == application.ReadyForPickup, State: word(stateWords, a.State), Link: "/reserve/" + link,
	}
	if !view.Open {
		return view, nil
	}
	view.Booked = pickup.Booked
	slots, err := p.Office.FreeSlots(r.Context(), a)
	if err != nil {
		return view, err
	}
	if chosen, err := civil.Parse(day); err == nil {
		view.Day = chosen
		for _, s := range slots {
			if s.Day == chosen {
				view.Times = append(view.Times, s)
			}
		}
	}
	view.Months = calendar(slots, view.Day)
	return view, nil
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
	_, receipt, err := p.Office.Reserve(r.Context(), link, r.PostFormValue("day"), r.PostFormValue("time"))
	if err != nil {
		p.failBack(w, r, err, "/reserve/"+link)
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
