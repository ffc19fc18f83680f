package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/reader"
)

type cardServeCmd struct {
	common
	VPCD string   `name:"vpcd" help:"Where the virtual reader's driver (vsmartcard-vpcd) listens for its first slot; the second slot's port is the next one." default:"127.0.0.1:35963" placeholder:"HOST:PORT"`
	ATR  string   `name:"atr" help:"Answer to reset of the cards given here, instead of their own: contactless, contact (the one that OpenSC knows by sight), contactless2, contactless3, contact2 to contact5." placeholder:"NAME"`
	Keep bool     `name:"keep-pins" help:"Cards keep a verified PIN when a program selects the same application again; a few programs need it, and logging out does nothing then."`
	Card []string `arg:"" optional:"" help:"Cards to put in at once, at most two: keys of the data folder, or as much of their beginning as names one card."`
}

// virtualReader is the reader with what it tells its operator.
type virtualReader struct {
	readers *demo.Readers
	chips   *folder.Cards

	mu  sync.Mutex
	out io.Writer
}

const serveHelp = `  insert SLOT CARD [ATR]   カードを入れる / put a card in (slot 0 or 1)
  remove SLOT              カードを抜く / take the card out
  swap                     2枚を入れ替える / exchange the two
  list                     今の様子 / what is where
  quit                     終わる / end
`

// Run shows cards to the virtual reader until it is told to end. Commands come on the standard input; its end does not end the program.
func (c *cardServeCmd) Run(ctx context.Context) error {
	chips, err := c.chips()
	if err != nil {
		return err
	}
	readers, err := demo.OpenReaders(chips, c.VPCD)
	if err != nil {
		return badInput{err}
	}
	defer readers.Close()
	readers.Keep = c.Keep
	if _, err := reader.ATRNamed(c.ATR); err != nil {
		return badInput{err}
	}
	v := &virtualReader{readers: readers, chips: chips, out: os.Stdout}
	v.say("仮想カードリーダー %s / virtual reader; help でコマンド / for commands\n", c.VPCD)
	for slot, card := range c.Card {
		if err := v.insert(ctx, slot, card, c.ATR); err != nil {
			return cardWords(err)
		}
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			lines <- in.Text()
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-lines:
			if !more {
				<-ctx.Done()
				return nil
			}
			if strings.TrimSpace(line) == "quit" {
				return nil
			}
			if err := v.do(ctx, strings.Fields(line)); err != nil {
				v.say("%v\n", cardWords(err))
			}
		}
	}
}

func (v *virtualReader) say(format string, a ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	fmt.Fprintf(v.out, format, a...)
}

// do carries out one command of the standard input.
func (v *virtualReader) do(ctx context.Context, words []string) error {
	if len(words) == 0 {
		return nil
	}
	switch {
	case words[0] == "help":
		v.say("%s", serveHelp)
		return nil
	case words[0] == "list" && len(words) == 1:
		v.list()
		return nil
	case words[0] == "swap" && len(words) == 1:
		if err := v.readers.Swap(ctx, v.seen); err != nil {
			return err
		}
		v.list()
		return nil
	case words[0] == "insert" && (len(words) == 3 || len(words) == 4):
		slot, err := slotNumber(words[1])
		if err != nil {
			return err
		}
		return v.insert(ctx, slot, words[2], strings.Join(words[3:], ""))
	case words[0] == "remove" && len(words) == 2:
		slot, err := slotNumber(words[1])
		if err != nil {
			return err
		}
		return v.remove(slot)
	}
	return fmt.Errorf("%s: このコマンドはありません / no such command\n%s", strings.Join(words, " "), serveHelp)
}

func slotNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, demo.ErrSlot
	}
	return n, nil
}

// insert takes a card of the data folder and puts it into a slot. While it is there nobody else has it.
func (v *virtualReader) insert(ctx context.Context, slot int, card, atr string) error {
	id, err := findCard(v.chips, card)
	if err != nil {
		return err
	}
	if err := v.readers.Insert(ctx, slot, demo.Lying{Card: id, ATR: atr}, func(there bool) { v.seen(slot, there) }); err != nil {
		return err
	}
	v.say("%d: %s を入れました / inserted\n", slot, id)
	return nil
}

// seen says what the reader's driver did.
func (v *virtualReader) seen(slot int, there bool) {
	if there {
		v.say("%d: リーダーがカードを認識しました / the reader has taken the card up\n", slot)
	} else {
		v.say("%d: リーダーから離れました / the reader let go of the card\n", slot)
	}
}

func (v *virtualReader) remove(slot int) error {
	was, err := v.readers.Remove(slot)
	if err != nil {
		return err
	}
	v.say("%d: %s を抜きました / removed\n", slot, was.Card)
	return nil
}

func (v *virtualReader) list() {
	in, seen := v.readers.Slots()
	for slot, lying := range in {
		state := "空 / empty"
		switch {
		case seen[slot]:
			state = lying.Card + " 認識済み / taken up"
		case lying.Card != "":
			state = lying.Card + " リーダーを待っています / waits for the reader"
		}
		v.say("%d: %s\n", slot, state)
	}
}
