package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/pcsc"
	"mynumber/internal/reader"
)

type cardListCmd struct {
	common
	Reader bool `help:"The PC/SC readers of this machine instead, and what is in them."`
	JSON   bool `name:"json" help:"As data."`
}

// Run lists cards, or readers.
func (c *cardListCmd) Run(ctx context.Context) error {
	if c.Reader {
		return c.readers(ctx)
	}
	return c.cards(ctx)
}

// listedCard is a card of the data folder, with nothing of its holder.
type listedCard struct {
	ID    string `json:"id"`
	State string `json:"state"` // in the registers; phone for a phone, which is in none
	Until string `json:"until"`
	Chip  string `json:"chip"`
}

// What a chip says of itself.
const (
	chipWorks     = "works"
	chipBlank     = "blank"
	chipDead      = "dead"
	chipElsewhere = "in_another_reader"
	chipDamaged   = "damaged"
	chipOld       = "old_copy"
)

var chipWords = map[string]string{
	chipWorks: "使えます / works", chipBlank: "未発行 / blank", chipDead: "廃止済み / ended",
	chipElsewhere: "別のリーダーに入っています / in another reader", chipDamaged: "壊れています / damaged",
	chipOld: "古い写しです / an old copy",
}

// briefly is how long a listing waits for a card that somebody is using.
const briefly = 200 * time.Millisecond

func (c *cardListCmd) cards(ctx context.Context) error {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	chips, err := f.Cards()
	if err != nil {
		return err
	}
	ids, err := chips.IDs()
	if err != nil {
		return err
	}
	out := []listedCard{}
	for _, id := range ids {
		line := listedCard{ID: id, Chip: chipState(ctx, chips, id)}
		err := db.Read(ctx, func(tx office.Tx) error {
			card, err := tx.Card(id)
			line.State, line.Until = string(card.State), card.Until.String()
			return err
		})
		if errors.Is(err, office.ErrNotFound) {
			line.State, line.Until = "", ""
			if strings.Contains(id, "-") { // a phone's certificates are in the registers, the phone is not
				line.State = "phone"
			}
		} else if err != nil {
			return fmt.Errorf("card %s: %w", id, err)
		}
		out = append(out, line)
	}
	if c.JSON {
		return writeJSON(os.Stdout, out)
	}
	for _, l := range out {
		fmt.Printf("%s  %-18s %-10s  %s\n", l.ID, l.State, l.Until, chipWords[l.Chip])
	}
	return nil
}

// chipState asks the chip for its token information, which costs nothing.
func chipState(ctx context.Context, chips *folder.Cards, id string) string {
	ctx, cancel := context.WithTimeout(ctx, briefly)
	defer cancel()
	chip, free, err := chips.Open(ctx, id)
	if errors.Is(err, office.ErrInReader) || errors.Is(err, context.DeadlineExceeded) {
		return chipElsewhere
	}
	if _, old := errors.AsType[*iccard.OldStateError](err); old {
		return chipOld
	}
	if err != nil {
		return chipDamaged
	}
	defer free()
	_, err = reader.NewClient(reader.Direct(chip)).ReadTokenInfo()
	switch {
	case err == nil:
		return chipWorks
	case errors.Is(err, reader.ErrBlank):
		return chipBlank
	case errors.Is(err, reader.ErrDead):
		return chipDead
	}
	return chipDamaged
}

// listedReader is a PC/SC reader.
type listedReader struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	State  string `json:"state"`
	ATR    string `json:"atr,omitempty"`
	Token  string `json:"token,omitempty"`
}

func (c *cardListCmd) readers(ctx context.Context) error {
	client, err := pcsc.Open(ctx)
	if err != nil {
		return cardWords(err)
	}
	defer client.Close()
	readers, err := client.Readers()
	if err != nil {
		return cardWords(err)
	}
	out := []listedReader{}
	for n, r := range readers {
		line := listedReader{Number: n, Name: r.Name, State: "空 / empty", ATR: fmt.Sprintf("%X", r.ATR)}
		switch {
		case r.Mute:
			line.State = "カードが応答しません / a card that does not answer"
		case r.InUse:
			line.State = "別のプログラムが使用中 / in use by another program"
		case r.Card:
			line.State, line.Token = inReaderNow(ctx, r.Name)
		}
		out = append(out, line)
	}
	if c.JSON {
		return writeJSON(os.Stdout, out)
	}
	if len(out) == 0 {
		fmt.Println("カードリーダーがありません / there is no card reader")
	}
	for _, l := range out {
		fmt.Printf("%d  %-40s %s  %s\n", l.Number, l.Name, l.State, l.ATR)
	}
	return nil
}

// inReaderNow looks what card is in a reader.
func inReaderNow(ctx context.Context, name string) (state, token string) {
	client, err := pcsc.Open(ctx)
	if err != nil {
		return cardWords(err).Error(), ""
	}
	defer client.Close()
	card, err := client.Connect(name)
	if err != nil {
		return cardWords(err).Error(), ""
	}
	defer card.Close()
	info, err := reader.NewClient(card).ReadTokenInfo()
	switch {
	case err == nil:
		return info.Kind(), info.Label
	case missing(err):
		return "公的個人認証のアプリケーションがないカード / a card without JPKI", ""
	}
	return cardWords(err).Error(), ""
}
