package office_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// owed are the chips that an office has to end.
func (d *desk) owed(t *testing.T, who office.Actor) []office.OwedChip {
	t.Helper()
	out, err := d.OwedChips(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ends are the journal's entries that the chip has its end, done ones alone.
func (d *desk) ends(t *testing.T, at place.Code) (out []journal.Entry) {
	t.Helper()
	for _, e := range d.chain(t, at) {
		if (e.Act == "end_chip" || e.Act == "cut_chip") && e.Outcome == journal.Done {
			out = append(out, e)
		}
	}
	return out
}

// LOSS-031: the chip of a card that ends at an office is owed its end until it has it: the act is done meanwhile, the office sees it,
// and each day's work tries again.
func TestChipIsOwed(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		d.live(t, "", announced)
		id := d.card(t).ID
		_, free, err := d.cards.Lend(ctx, id) // it lies in somebody's reader
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cancel(ctx, sumida, d.id); err != nil || !d.card(t).State.Ended() {
			t.Fatalf("the act itself waits for the chip: %v, %s", err, d.card(t).State)
		}
		chips := d.owed(t, sumida)
		if len(chips) != 1 || chips[0].CardID != id || chips[0].Tries != 1 || chips[0].Fault != "card_in_reader" || chips[0].Office != sumida.Office || !strings.Contains(chips[0].Name, "佐藤") {
			t.Fatalf("%+v", chips)
		}
		wantCode(t, only(d.EndChip(ctx, sumida, id)), "card_in_reader")
		d.notFound(t, func() error { return only(d.EndChip(ctx, niigata, id)) })
		d.notFound(t, func() error { return only(d.CutChip(ctx, niigata, id)) })
		if ended, owed, err := d.EndOwedChips(ctx); ended != 0 || owed != 1 || err != nil {
			t.Errorf("%d ended, %d owed, %v", ended, owed, err)
		}
		if n := d.owed(t, sumida)[0].Tries; n != 3 || len(d.ends(t, sumida.Office)) > 0 || len(d.owed(t, niigata)) > 0 {
			t.Errorf("%d tries, %+v", n, d.ends(t, sumida.Office))
		}
		if err := free(); err != nil {
			t.Fatal(err)
		}
		if ended, owed, err := d.EndOwedChips(ctx); ended != 1 || owed != 0 || err != nil {
			t.Errorf("%d ended, %d owed, %v", ended, owed, err)
		}
		d.dead(t, id)
		if receipt, err := d.EndChip(ctx, sumida, id); err != nil || !receipt.Already {
			t.Errorf("once more: %+v, %v", receipt, err)
		}
		if ended, owed, err := d.EndOwedChips(ctx); ended != 0 || owed != 0 || err != nil || len(d.owed(t, sumida)) > 0 {
			t.Errorf("%d ended, %d owed, %v", ended, owed, err)
		}
		if e := d.ends(t, sumida.Office); len(e) != 1 || e[0].Actor != "batch" || e[0].Subject != "card/"+id || e[0].Detail != "erased" || !slices.Contains(e[0].Rules, "LOSS-031") {
			t.Errorf("%+v", e)
		}
	})
}

// LOSS-031: the office ends the chip itself when it has the card again, or cuts through what cannot be erased.
func TestOfficeEndsTheChip(t *testing.T) {
	t.Parallel()
	t.Run("in the reader again", func(t *testing.T) {
		d := at(t, announced)
		id := d.card(t).ID
		_, free, err := d.cards.Lend(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cancel(ctx, sumida, d.id); err != nil {
			t.Fatal(err)
		}
		if err := free(); err != nil {
			t.Fatal(err)
		}
		if receipt, err := d.EndChip(ctx, sumida, id); err != nil || receipt.Already || receipt.Detail != "erased" {
			t.Errorf("%+v, %v", receipt, err)
		}
		d.dead(t, id)
		if e := d.ends(t, sumida.Office); len(e) != 1 || e[0].Actor != "sumida" || len(d.owed(t, sumida)) > 0 {
			t.Errorf("%+v", e)
		}
	})
	t.Run("lost", func(t *testing.T) {
		d := at(t, announced)
		id := d.card(t).ID
		if err := os.Remove(d.cards.File(id)); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cancel(ctx, sumida, d.id); err != nil {
			t.Fatal(err)
		}
		wantCode(t, only(d.EndChip(ctx, sumida, id)), "chip_unreadable")
		if text := d.owed(t, sumida)[0].FaultText(); text.Ja != rules.Refusals["chip_unreadable"].Text.Ja+rules.Refusals["chip_unreadable"].Next.Ja || text.En == "" {
			t.Errorf("%v", text)
		}
		for _, already := range []bool{false, true} {
			if receipt, err := d.CutChip(ctx, sumida, id); err != nil || receipt.Already != already {
				t.Errorf("%+v, %v", receipt, err)
			}
		}
		lines, err := d.Destructions(ctx, sumida)
		if i := slices.IndexFunc(lines, func(l office.Destruction) bool { return l.Detail == office.CutThrough }); i < 0 || lines[i].Kind != office.DestroyedCard || lines[i].Subject != "card/"+id || err != nil {
			t.Errorf("%+v, %v", lines, err)
		}
		if len(d.owed(t, sumida)) > 0 {
			t.Error("it is owed still")
		}
	})
}

// deadly is a machine that kills the process when a card is put into it.
type deadly struct{ office.Chips }

func (deadly) Insert(context.Context, string) (office.Inserted, error) {
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // until it arrives
}

// What the process that is killed is told.
const killedDir, killedURL, killedCase, killedAt = "MYNUMBER_TEST_KILLED_DIR", "MYNUMBER_TEST_KILLED_URL", "MYNUMBER_TEST_KILLED_CASE", "MYNUMBER_TEST_KILLED_AT"

// TestKilledAtTheChip is the process that is killed: it ends the card, and dies when the act is durable and its chip is not erased.
func TestKilledAtTheChip(t *testing.T) {
	dir := os.Getenv(killedDir)
	if dir == "" {
		return // the other tests' run
	}
	f, err := folder.Make(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	db, err := f.Registers(os.Getenv(killedURL))
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.Parse(time.RFC3339, os.Getenv(killedAt))
	if err != nil {
		t.Fatal(err)
	}
	o := &office.Office{Store: db, Clock: func() time.Time { return now }, Rand: rand.Reader, Chips: deadly{}, URL: "http://card.example", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	_, err = o.Cancel(ctx, sumida, os.Getenv(killedCase))
	t.Fatalf("it lives, and says %v", err)
}

// LOSS-031: kill -9 between the act that ends a card and the erasing of its chip ends with the chip erased, by the next day's work.
func TestKilledBeforeTheChipEnds(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		d.live(t, "", announced)
		id := d.card(t).ID
		child := exec.Command(os.Args[0], "-test.run=^TestKilledAtTheChip$")
		child.Env = append(os.Environ(), killedDir+"="+d.dir, killedURL+"="+d.url, killedCase+"="+d.id, killedAt+"="+d.at.Format(time.RFC3339))
		out, err := child.CombinedOutput()
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok || failed.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("%v: %s", err, out)
		}
		chips := d.owed(t, sumida)
		if !d.card(t).State.Ended() || len(chips) != 1 || chips[0].CardID != id || chips[0].Tries != 0 {
			t.Fatalf("after the accident: %s, %+v", d.card(t).State, chips)
		}
		if set, err := d.alive(id); err != nil || !set {
			t.Fatalf("the chip was erased before it: %v", err)
		}
		if ended, owed, err := d.EndOwedChips(ctx); ended != 1 || owed != 0 || err != nil {
			t.Errorf("%d ended, %d owed, %v", ended, owed, err)
		}
		d.dead(t, id)
		if e := d.ends(t, sumida.Office); len(e) != 1 || !strings.HasPrefix(e[0].Subject, "card/") {
			t.Errorf("%+v", e)
		}
	})
}

// alive reports that a chip still answers as one.
func (d *desk) alive(cardID string) (bool, error) {
	inserted, err := d.cards.Insert(ctx, cardID)
	if err != nil {
		return false, err
	}
	defer inserted.Close()
	answer, err := inserted.Chip.Transmit([]byte{0, 0x84, 0, 0, 8})
	return len(answer) == 10, err
}
