package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// policiesCmd shows what offices decide themselves, and checks files before they are put in force.
type policiesCmd struct {
	common
	At       string `help:"Print what holds at this office: six digits of a municipality, or the id of a mission." placeholder:"CODE" xor:"what"`
	On       string `help:"Day for -at; today in Japan by default." placeholder:"2026-02-22"`
	Missions bool   `help:"Print the missions' capability table." xor:"what"`
	Check    string `help:"Check a file or a folder of policy files and load nothing." type:"path" placeholder:"PATH" xor:"what"`
	JSON     bool   `name:"json" help:"With -at: as data."`
}

// Run prints what was asked for.
func (c *policiesCmd) Run() error {
	if c.Check != "" {
		return c.check(os.Stdout)
	}
	policies, err := booking.LoadWith(c.policies())
	if err != nil {
		return badInput{err}
	}
	on := civil.DateOf(time.Now())
	if c.On != "" {
		if on, err = civil.ParseAny(c.On); err != nil {
			return badInput{fmt.Errorf("-on: %w", err)}
		}
	}
	switch {
	case c.At != "":
		return c.at(os.Stdout, policies, on)
	case c.Missions:
		return printMissions(os.Stdout, policies, on)
	}
	return printPolicies(os.Stdout, policies, on)
}

// check reads a file or a folder as the program would, among those that come with it.
func (c *policiesCmd) check(w io.Writer) error {
	info, err := os.Stat(c.Check)
	if err != nil {
		return badInput{fmt.Errorf("-check: %w", err)}
	}
	if info.IsDir() {
		_, err = booking.LoadWith(booking.Dir(c.Check))
	} else {
		err = booking.CheckFile(booking.Dir(filepath.Dir(c.Check)), filepath.Base(c.Check))
	}
	if err != nil {
		return badInput{err}
	}
	_, err = fmt.Fprintf(w, "%s: 誤りはありません。 / nothing is wrong.\n", c.Check)
	return err
}

// at prints what holds at one office.
func (c *policiesCmd) at(w io.Writer, policies booking.Policies, on civil.Date) error {
	code := place.Code(c.At)
	name, err := place.Lookup(code, on)
	if err != nil {
		return badInput{fmt.Errorf("-at %s: この窓口はありません / there is no such office", c.At)}
	}
	d := policies.Of(code).Describe(on)
	if c.JSON {
		return writeJSON(w, d)
	}
	var b strings.Builder
	line := func(depth int, t law.Text) {
		fmt.Fprintf(&b, "%s%s / %s\n", strings.Repeat("  ", depth), t.Ja, t.En)
	}
	fmt.Fprintf(&b, "%s %s / %s — %s (%s)\n", code, name.NameJa, name.NameEn, on, on.Weekday())
	for _, f := range d.Files {
		fmt.Fprintf(&b, "  %s  (%s) %s\n", f.Name, f.Checked, f.Cite.Source)
	}
	if d.Zone == "" {
		line(1, law.Text{Ja: "時間帯が分からないため、予約は受け付けません。", En: "The time zone is not known: nothing can be booked."})
	} else if place.KindOf(code) == place.KindMission {
		line(1, law.Text{Ja: "時間帯 " + d.Zone, En: "time zone " + d.Zone})
	}
	for _, x := range d.Counters {
		line(0, law.Text{Ja: x.Key + " " + x.Name.Ja, En: x.Name.En})
		for _, h := range x.Hours {
			fmt.Fprintf(&b, "  %s–%s\n", h.From, h.To)
		}
		if len(x.Hours) == 0 {
			line(1, law.Text{Ja: "休み: " + x.Closed.Ja, En: strings.TrimSpace("closed: " + x.Closed.En + "  " + strings.Join(x.Cites, " "))})
		}
		for _, t := range x.Booking {
			fmt.Fprintf(&b, "  %s\n", strings.Join(t.Procedures, " "))
			line(2, t.Text)
			if !t.Item.IsZero() {
				line(2, law.Text{Ja: "予約項目「" + t.Item.Ja + "」 行き先: " + t.Where.Ja, En: "item “" + t.Item.En + "”, go to: " + t.Where.En})
			}
			for _, c := range t.Cites {
				fmt.Fprintf(&b, "    %s %s\n", strings.Join(c.IDs, " "), c.Source)
			}
		}
	}
	line(0, law.Text{Ja: "行うこと", En: "what it does"})
	for _, t := range d.Takes {
		line(1, law.Text{Ja: mark(t) + " " + t.What.Ja, En: t.What.En})
	}
	for _, x := range d.Contacts {
		line(0, law.Text{Ja: strings.TrimSpace(strings.Join([]string{x.For.Ja, x.Phone, x.Fax, x.Email, x.URL}, " ")), En: x.For.En})
	}
	for _, l := range d.Lines {
		line(0, law.Text{Ja: booking.Topics[l.About].Ja + ": " + l.Text.Ja, En: l.Text.En})
		fmt.Fprintf(&b, "  %s %s\n", strings.Join(l.Cite.IDs, " "), l.Cite.Source)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func mark(t booking.Taking) string {
	switch {
	case !t.Known:
		return "?"
	case t.Does:
		return "○"
	}
	return "×"
}

// printPolicies lists the offices that say something themselves.
func printPolicies(w io.Writer, policies booking.Policies, on civil.Date) error {
	for _, code := range policies.Offices() {
		d := policies.Of(code).Describe(on)
		name := office.PlaceName(code, on)
		if _, err := fmt.Fprintf(w, "%-16s %s  %-24s  %s / %s\n", code, d.Files[0].Checked, d.Files[0].Name, name.Ja, name.En); err != nil {
			return err
		}
	}
	return nil
}

// printMissions prints what each mission is known to do, and on which day somebody looked; of most nobody has.
func printMissions(w io.Writer, policies booking.Policies, on civil.Date) error {
	silent := 0
	for _, m := range place.Missions() {
		d := policies.Of(m.ID).Describe(on)
		if d.Mission == nil {
			silent++
			continue
		}
		words := func(codes []string) string {
			if len(codes) == 0 {
				return "—"
			}
			return strings.Join(codes, " ")
		}
		need := "—"
		if d.Mission.Booking != "" {
			need = booking.NeedNames[d.Mission.Booking].Ja + " / " + booking.NeedNames[d.Mission.Booking].En
		}
		zone := d.Zone
		if zone == "" {
			zone = "時間帯不明 / time zone not known"
		}
		if _, err := fmt.Fprintf(w, "%s %s / %s\n  確かめた日 / checked on    %s\n  郵送可 / by post           %s\n  郵送不可 / not by post     %s\n  予約 / booking             %s\n  現地時間 / local time      %s\n",
			m.ID, m.NameJa, m.NameEn, d.Mission.Checked, words(d.Mission.Post), words(d.Mission.NoPost), need, zone); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%d公館は、だれも公表を確かめていません(郵送なし・既定の開館時間・現地の休日は不明) / nobody has looked up %d missions: no post, default hours, local holidays not known\n", silent, silent)
	return err
}

// policyInterval is how often the folder of own policies is looked at while the program runs.
const policyInterval = 2 * time.Second

// watchPolicies loads the offices' own policies again whenever one of the files was edited. What is wrong is said in the log and on the
// clerks' page, and what was in force stays.
func (a *app) watchPolicies(ctx context.Context) {
	if n, err := a.office.DisplaceBookings(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("bookings whose time is closed", "error", err)
	} else if n > 0 {
		a.log.Warn("bookings whose time is closed now", "bookings", n)
	}
	seen := lookAt(a.own)
	tick := time.NewTicker(policyInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := lookAt(a.own)
		if slices.Equal(now, seen) {
			continue
		}
		seen = now
		loaded, err := a.office.LoadPolicies(ctx, a.own)
		var faults booking.Faults
		switch {
		case errors.As(err, &faults):
			for _, f := range faults {
				a.log.Error("a policy file is wrong; the policies in force stay", "fault", f.String())
			}
		case err != nil:
			a.log.Error("load the policies", "error", err)
		default:
			a.log.Warn("policies were loaded", "offices", loaded.Changed, "closed_bookings", loaded.Displaced)
		}
	}
}

// lookAt is names, sizes and times of the files of a folder; nothing of one that is not there.
func lookAt(dir booking.Dir) []string {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			out = append(out, fmt.Sprint(e.Name(), info.Size(), info.ModTime().UnixNano()))
		}
	}
	return out
}
