package office_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// message is the newest message of a kind.
func (d *desk) message(t *testing.T, kind notice.Kind) (found notice.Message) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(200)
		if i := slices.IndexFunc(all, func(m notice.Message) bool { return m.Kind == kind }); i >= 0 {
			found = all[i]
		}
		return err
	})
	if found.ID == "" {
		t.Fatalf("nobody wrote %s", kind)
	}
	return found
}

// TestLetterOnPaper: a postcard is printed, its page is lost and printed again, it is posted, it comes back, and it goes again
// by post only (NTF-005, NTF-010); each step is an entry.
func TestLetterOnPaper(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.fileHome(t, sumida, atCounter(t, "paper-1", nil))
		d.make(t)
		d.toCounter(t, sumida)
		m := d.message(t, notice.IssuanceNotice)
		if m.Channel != notice.ByPostcard || m.State != notice.Waiting || m.Letter.Service != notice.NonForwarded || len(m.To) > 0 {
			t.Fatalf("NTF-005 is a postcard that is not forwarded: %+v", m)
		}
		if found, err := d.Letters(ctx, sumida); err != nil || len(found) != 1 || found[0].ID != m.ID {
			t.Errorf("to print: %v, %v", found, err)
		}
		if found, err := d.Letters(ctx, niigata); err != nil || len(found) != 0 {
			t.Errorf("another office has %d letters to print, %v", len(found), err)
		}
		if _, err := d.PrintLetter(ctx, niigata, m.ID); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("another office printed it: %v", err)
		}
		_, err := d.LosePage(ctx, sumida, m.ID, "紙詰まり")
		refused(t, err, "letter_not_printed")
		must(t)(d.PrintLetter(ctx, sumida, m.ID))
		d.invalid(t, []string{"note"}, func() error { return only(d.LosePage(ctx, sumida, m.ID, "")) })
		must(t)(d.LosePage(ctx, sumida, m.ID, "紙詰まり"))
		if lost := d.message(t, notice.IssuanceNotice); lost.State != notice.Waiting || lost.Note != "紙詰まり" {
			t.Errorf("a lost page: %+v", lost)
		}
		must(t)(d.PrintLetter(ctx, sumida, m.ID))
		_, err = d.LetterReturned(ctx, sumida, m.ID)
		refused(t, err, "letter_not_posted")
		must(t)(d.Posted(ctx, sumida, m.ID))
		if again, err := d.Posted(ctx, sumida, m.ID); err != nil || !again.Already {
			t.Errorf("posted twice: %+v, %v", again, err)
		}
		_, err = d.LosePage(ctx, sumida, m.ID, "紙詰まり")
		refused(t, err, "letter_posted")
		if days, err := d.Dispatches(ctx, demo.Sumida); err != nil || len(days) != 1 || days[0] != civil.Day(2025, 10, 28) {
			t.Errorf("NTF-010: %v, %v", days, err)
		}
		must(t)(d.LetterReturned(ctx, sumida, m.ID))
		if list, err := d.Messages(ctx, sumida); err != nil || len(list.Trouble) != 1 || list.Trouble[0].State != notice.Returned {
			t.Errorf("the clerk does not see what came back: %+v, %v", list, err)
		}
		_, _, err = d.SendAgain(ctx, sumida, m.ID, office.Again{Email: "yui@example.org"})
		refused(t, err, "message_only_on_paper")
		again, receipt, err := d.SendAgain(ctx, sumida, m.ID, office.Again{Post: true})
		if err != nil || again.ID == m.ID || again.Letter.Address != m.Letter.Address || again.Replaces != m.ID || receipt.Already {
			t.Fatalf("again: %+v, %v", again, err)
		}
		if twice, receipt, err := d.SendAgain(ctx, sumida, m.ID, office.Again{Post: true}); err != nil || twice.ID != again.ID || !receipt.Already {
			t.Errorf("sent again twice: %s, %+v, %v", twice.ID, receipt, err)
		}
		_, err = d.PrintLetter(ctx, sumida, m.ID)
		refused(t, err, "message_replaced")
		if list, err := d.Messages(ctx, sumida); err != nil || len(list.Trouble) != 0 {
			t.Errorf("what was sent again still troubles: %+v, %v", list.Trouble, err)
		}
	})
}

// TestPrintAll: what waits is printed in one go, as one document, and a second time there is nothing to print.
func TestPrintAll(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "all-1", nil))
	d.make(t)
	d.toCounter(t, sumida)
	_, err := d.PrintedPages(ctx, sumida)
	refused(t, err, "letter_not_printed")
	for _, want := range []int{1, 0} {
		if n, err := d.PrintLetters(ctx, sumida); n != want || err != nil {
			t.Errorf("printed %d, %v; want %d", n, err, want)
		}
	}
	pages, err := d.PrintedPages(ctx, sumida)
	if err != nil || pages.Sides < 3 {
		t.Errorf("%d sides, %v", pages.Sides, err)
	}
	must(t)(d.Posted(ctx, sumida, d.message(t, notice.IssuanceNotice).ID))
	_, err = d.PrintedPages(ctx, sumida)
	refused(t, err, "letter_not_printed")
	if _, err := d.PrintLetters(ctx, stopLine); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the telephone line prints: %v", err)
	}
	d.at = d.at.Add(7 * 24 * time.Hour) // APP-060
	if s, err := d.Status(ctx, d.application(t).ApplicationID, "1992-12-01"); err != nil || len(s.Posted) != 1 {
		t.Errorf("NTF-010 on the status page: %+v, %v", s, err)
	}
}

// TestMailBounces: a mail that came back is seen by the clerk of the office that sent it, and goes again to a corrected
// address under a Message-ID of its own, or by telephone (NTF-021, NTF-029).
func TestMailBounces(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.live(t, "", accepted)
		m := d.message(t, notice.Accepted)
		if err := d.Bounced(ctx, notice.Report{ID: "nothing", N: -1, Action: "failed"}); !errors.Is(err, notice.ErrNoReport) {
			t.Errorf("a report on nothing: %v", err)
		}
		report := notice.Report{ID: m.ID, N: -1, Action: "delayed", Status: "4.4.1"}
		if err := d.Bounced(ctx, report); err != nil || d.message(t, notice.Accepted).State != notice.Waiting {
			t.Errorf("a report that it is late: %v", err)
		}
		report.Action, report.Status, report.Said = "failed", "5.1.1", "no such user"
		for range 2 { // the second changes nothing
			if err := d.Bounced(ctx, report); err != nil {
				t.Fatal(err)
			}
		}
		back := d.message(t, notice.Accepted)
		if back.State != notice.Bounced || back.LastError != "no such user" {
			t.Errorf("after the report: %+v", back)
		}
		// The postman, who was on the way meanwhile, notes that a server took it: it came back all the same.
		m.Deliveries[0].State = notice.Sent
		m.Sum()
		if err := (office.Outbox{Outbox: d.db, Office: d.Office}).Delivered(ctx, m); err != nil || d.message(t, notice.Accepted).State != notice.Bounced {
			t.Errorf("the postman overruled the report: %+v, %v", d.message(t, notice.Accepted), err)
		}
		list, err := d.Messages(ctx, hachinohe)
		if err != nil || len(list.Trouble) != 1 || list.Trouble[0].ID != m.ID {
			t.Errorf("the clerk sees %+v, %v", list.Trouble, err)
		}
		if _, err := d.Message(ctx, sumida, m.ID); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("another office looked: %v", err)
		}
		for _, wrong := range []office.Again{{}, {Email: "x"}, {Email: "a@example.org", Post: true}} {
			d.invalid(t, []string{"email"}, func() error { _, _, err := d.SendAgain(ctx, hachinohe, m.ID, wrong); return err })
		}
		d.at = d.at.Add(time.Second)
		again, _, err := d.SendAgain(ctx, hachinohe, m.ID, office.Again{Email: "hikari.sato@example.com"})
		if err != nil || again.State != notice.Waiting || !slices.Equal(again.To, []person.Email{"hikari.sato@example.com"}) || again.Body != m.Body || again.ID == m.ID {
			t.Fatalf("again: %+v, %v", again, err)
		}
		due, err := d.db.Due(ctx, d.at, 100)
		if err != nil || slices.ContainsFunc(due, func(x notice.Message) bool { return x.ID == m.ID }) || !slices.ContainsFunc(due, func(x notice.Message) bool { return x.ID == again.ID }) {
			t.Errorf("to be delivered: %v, %v", due, err)
		}

		// By telephone: called in vain, then reached.
		d.at = d.at.Add(time.Second)
		call, _, err := d.SendAgain(ctx, hachinohe, again.ID, office.Again{Phone: "+886 2 2713 8000"})
		if err != nil || call.Channel != notice.ByTelephone {
			t.Fatalf("by telephone: %+v, %v", call, err)
		}
		must(t)(d.NoteCall(ctx, hachinohe, call.ID, office.CallNote{}))
		if list, err := d.Messages(ctx, hachinohe); err != nil || len(list.Calls) != 1 || list.Calls[0].State != notice.NotReached {
			t.Errorf("calls: %+v, %v", list.Calls, err)
		}
		d.invalid(t, []string{"note"}, func() error {
			return only(d.NoteCall(ctx, hachinohe, call.ID, office.CallNote{Reached: true, Note: "本人の番号は" + number("sato")}))
		})
		must(t)(d.NoteCall(ctx, hachinohe, call.ID, office.CallNote{Reached: true, Note: "本人に伝えた。"}))
		_, err = d.NoteCall(ctx, hachinohe, call.ID, office.CallNote{})
		refused(t, err, "message_gone")
		if m := d.message(t, notice.Accepted); m.State != notice.Reached || m.Attempts != 2 || m.Sent.IsZero() {
			t.Errorf("told: %+v", m)
		}
	})
}

// TestPostmanIsJournalled: a mail that a server refuses is an entry of its office; a clerk who sent it again meanwhile is not
// overruled.
func TestPostmanIsJournalled(t *testing.T) {
	d := at(t, accepted)
	ctx := t.Context()
	out := office.Outbox{Outbox: d.db, Office: d.Office}
	m := d.message(t, notice.Accepted)
	m.Deliveries[0].State, m.Deliveries[0].Said = notice.Refused, "550 no such user"
	m.Sum()
	if err := out.Delivered(ctx, m); err != nil || d.message(t, notice.Accepted).State != notice.Refused {
		t.Fatalf("%v", err)
	}
	if entries := d.entries(t, m.Office); !slices.ContainsFunc(entries, func(e string) bool { return strings.Contains(e, "mail_failed message/"+m.ID) }) {
		t.Errorf("no entry: %v", entries)
	}
	again, _, err := d.SendAgain(ctx, hachinohe, m.ID, office.Again{Email: "hikari@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Delivered(ctx, m); err != nil {
		t.Fatal(err)
	}
	d.read(t, func(tx office.Tx) error {
		old, err := tx.Message(m.ID)
		if old.State != notice.Replaced || old.ReplacedBy != again.ID {
			t.Errorf("the postman overruled the clerk: %+v", old)
		}
		return err
	})
}

// entries are an office's journal as lines of act and subject.
func (d *desk) entries(t *testing.T, at place.Code) (out []string) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		for e, err := range tx.Journal(string(at)) {
			if err != nil {
				return err
			}
			out = append(out, e.Act+" "+e.Subject)
		}
		return nil
	})
	return out
}

// A message to a holder abroad, of whom no address is known, does not go by post.
func TestNoPostalAddress(t *testing.T) {
	d := newDesk(t)
	d.write(t, func(tx office.Tx) error {
		return tx.PutMessage(notice.Message{ID: "to-sato", Kind: notice.CardLapsed, Channel: notice.ByMail, PersonID: "sato", Office: demo.Hachinohe, To: []person.Email{"hikari.sato@example.com"},
			Subject: "-", Body: "-", State: notice.GivenUp, Created: d.at, Changed: d.at, Due: d.at})
	})
	_, _, err := d.SendAgain(t.Context(), hachinohe, "to-sato", office.Again{Post: true})
	refused(t, err, "no_postal_address")
}
