package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"time"

	"mynumber/internal/batch"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/store"
)

type batchCmd struct {
	console
	URL   string `help:"Public address that stands in revocation lists and mails, as in serve. Without it lists have the directory name alone." placeholder:"URL"`
	Retry bool   `help:"Try once more what failed too often and was parked."`
}

// console are the flags of a command that acts on an installation without a server.
type console struct {
	common
	PassphraseFile string `help:"File with the passphrase of the authorities' keys. A demo's folder has its own." type:"existingfile" placeholder:"FILE"`
	On             string `help:"Only in a demo's folder: move its clock to the morning of this day first." placeholder:"DAY"`
}

// parkedShown bounds the list of what was parked.
const parkedShown = 100

// Run works off the days and says what each did.
func (c *batchCmd) Run(ctx context.Context) error {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	clock, invented, err := c.clock(ctx, db)
	if err != nil {
		return err
	}
	o, err := c.office(ctx, f, db, clock, invented)
	if err != nil {
		return err
	}
	o.URL = c.URL
	if c.Retry {
		if _, err := o.Unpark(ctx); err != nil {
			return err
		}
	}
	b := &batch.Batch{Office: o, Log: o.Log}
	days, err := b.CatchUp(ctx, func(w office.DayWork) { printDay(os.Stdout, w) })
	if err != nil {
		return err
	}
	closed, err := o.DisplaceBookings(ctx)
	if err != nil {
		return err
	}
	if closed > 0 {
		fmt.Printf("%-10s  %6d  %s\n", "", closed, "窓口が閉まることになった予約 / bookings whose time is closed now")
	}
	if o.CAs != nil {
		n, err := o.PublishCRLs(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%-10s  %6d  %s\n", "", n, "失効リスト / revocation lists")
	}
	ended, owed, err := o.EndOwedChips(ctx)
	if err != nil {
		return err
	}
	if ended+owed > 0 {
		fmt.Printf("%-10s  %6d  消去したICチップ / chips of ended cards erased, %d 枚は消去待ち / still to be erased\n", "", ended, owed)
	}
	return summary(ctx, o, days)
}

// clock is the real clock, or a demo's own.
func (c *console) clock(ctx context.Context, db *store.DB) (civil.Clock, bool, error) {
	err := db.Read(ctx, func(tx office.Tx) error {
		_, err := tx.Setting("demo")
		return err
	})
	if errors.Is(err, office.ErrNotFound) {
		if c.On != "" {
			return nil, false, badInput{fmt.Errorf("-on is for a demo's folder: here the days come by themselves")}
		}
		return time.Now, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	clock, err := demo.OpenClock(ctx, db)
	if err != nil || c.On == "" {
		return clock.Now, true, err
	}
	day, err := civil.ParseAny(c.On)
	if err != nil {
		return nil, false, badInput{fmt.Errorf("-on %q: want a day like 2026-04-01", c.On)}
	}
	return clock.Now, true, clock.Set(ctx, day.Start().Add(9*time.Hour))
}

func (c *batchCmd) office(ctx context.Context, f *folder.Folder, db *store.DB, clock civil.Clock, invented bool) (*office.Office, error) {
	o := &office.Office{Store: db, Clock: clock, Rand: rand.Reader, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	var err error
	if o.Policies, err = booking.LoadWith(c.policies()); err != nil {
		return nil, badInput{err}
	}
	chips, err := f.Cards()
	if err != nil {
		return nil, err
	}
	o.Chips = chips
	passphrase, err := c.passphrase(f, invented)
	if err != nil || passphrase == nil {
		return o, err
	}
	if o.Lists, err = f.Lists(); err != nil {
		return o, err
	}
	o.CAs, err = authorities(ctx, f, db, passphrase)
	return o, err
}

// passphrase is the one in the file, or a demo's own; nil where there is none.
func (c *console) passphrase(f *folder.Folder, invented bool) ([]byte, error) {
	switch {
	case c.PassphraseFile != "":
		return folder.Passphrase(c.PassphraseFile)
	case invented:
		return f.OwnPassphrase()
	}
	return nil, nil
}

// printDay says what a day did, a line for each kind.
func printDay(out io.Writer, w office.DayWork) {
	for _, kind := range slices.Sorted(maps.Keys(w.Done)) {
		name := office.DueName(kind)
		fmt.Fprintf(out, "%s  %6d  %s / %s\n", w.Day, w.Done[kind], name.Ja, name.En)
	}
	if w.Parked > 0 {
		fmt.Fprintf(out, "%s  %6d  できなかったもの / parked\n", w.Day, w.Parked)
	}
}

// summary says how far the days are and what waits for somebody.
func summary(ctx context.Context, o *office.Office, days int) error {
	last, err := o.LastDay(ctx)
	if err != nil {
		return err
	}
	parked, err := o.Parked(ctx, parkedShown)
	if err != nil {
		return err
	}
	fmt.Printf("worked off up to %s, %d days with something due, %d parked\n", last, days, len(parked))
	for _, d := range parked {
		fmt.Printf("parked: %s %s %s, tried %d times\n", d.Day, d.Kind, d.Subject, d.Attempts)
	}
	return nil
}
