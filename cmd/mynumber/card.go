package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/pcsc"
	"mynumber/internal/reader"
)

// cardCmd is what a holder does with a card: one of the data folder, or any card in a PC/SC reader.
type cardCmd struct {
	List      cardListCmd      `cmd:"" help:"Cards of the data folder, and with -reader the PC/SC readers of this machine and what is in them."`
	Print     cardPrintCmd     `cmd:"" help:"Print what can be read on a card; with -pin also what lies behind PINs."`
	Read      cardReadCmd      `cmd:"" help:"Read one item of a card: a certificate, the number, the four items, the face."`
	Pins      cardPINsCmd      `cmd:"" help:"How many tries each PIN has left; it costs none."`
	Verify    cardVerifyCmd    `cmd:"" help:"Try a PIN, which comes from the terminal or the standard input. A wrong one costs a try."`
	ChangePin cardChangePINCmd `cmd:"" help:"Change a PIN that is known (PIN-040). One that is locked or forgotten is set anew at a window."`
	Sign      signCmd          `cmd:"" help:"Sign a file with the signature key: a PDF in itself, any other with a signature beside it."`
	Agent     cardAgentCmd     `cmd:"" help:"Lend a card reader, or a card of the data folder, to a clerk's desk: calls the server and shows the code to type there."`
	Serve     cardServeCmd     `cmd:"" help:"Show cards of the data folder to PC/SC programs through a virtual reader (vpcd): insert, remove, swap."`
}

// heldCard are the flags that say which card is meant.
type heldCard struct {
	common
	Card   string `help:"Card of the data folder: its key, or as much of its beginning as names one card." placeholder:"CARD" xor:"card"`
	Reader string `help:"Card in a PC/SC reader: part of the reader's name, its number from 0, or 'first' for the first one with a card." placeholder:"READER" xor:"card"`
	Trace  string `help:"Write each command and its answer to this file, or to the standard error (-). PINs and whatever is personal are shown as their length." placeholder:"FILE"`
}

// holding is a card in hand.
type holding struct {
	client *reader.Client
	name   string // of the card or of the reader
	close  func() error
}

// open takes the card up.
func (c *heldCard) open(ctx context.Context) (*holding, error) {
	chip, name, close, err := c.chip(ctx)
	if err != nil {
		return nil, cardWords(err)
	}
	if c.Trace != "" {
		out, err := traceFile(c.Trace)
		if err != nil {
			return nil, errors.Join(badInput{err}, close())
		}
		chip = reader.Traced(chip, out)
		free := close
		close = func() error { return errors.Join(free(), out.Close()) }
	}
	return &holding{reader.NewClient(chip), name, close}, nil
}

// traceFile is the file of a trace; - is the standard error, which stays open.
func traceFile(name string) (io.WriteCloser, error) {
	if name != "-" {
		return os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	}
	return openOnly{os.Stderr}, nil
}

type openOnly struct{ io.Writer }

func (openOnly) Close() error { return nil }

func (c *heldCard) chip(ctx context.Context) (reader.Chip, string, func() error, error) {
	switch {
	case c.Reader != "":
		return inReader(ctx, c.Reader)
	case c.Card == "":
		return nil, "", nil, badInput{errors.New("-card CARD か -reader READER を付けてください / give -card CARD or -reader READER; `mynumber card list` shows them")}
	}
	chips, id, err := c.named()
	if err != nil {
		return nil, "", nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, soon, office.ErrInReader)
	defer cancel()
	chip, free, err := chips.Open(ctx, id)
	if err != nil {
		return nil, "", nil, err
	}
	return reader.Direct(chip), id, free, nil
}

// named is the card of the data folder that is meant.
func (c *heldCard) named() (*folder.Cards, string, error) {
	chips, err := c.chips()
	if err != nil {
		return nil, "", err
	}
	id, err := findCard(chips, c.Card)
	return chips, id, err
}

// soon is how long a holder waits for a card that somebody is using.
const soon = 2 * time.Second

// chips are the cards of the data folder.
func (c common) chips() (*folder.Cards, error) {
	f, err := folder.Open(c.Data, rand.Reader)
	if err != nil {
		return nil, err
	}
	return f.Cards()
}

// findCard is the one card whose key begins so.
func findCard(chips *folder.Cards, beginning string) (string, error) {
	ids, err := chips.IDs()
	if err != nil {
		return "", err
	}
	var found []string
	for _, id := range ids {
		if id == beginning {
			return id, nil
		}
		if strings.HasPrefix(id, beginning) {
			found = append(found, id)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", badInput{fmt.Errorf("%s: このカードはありません / there is no such card; `mynumber card list` shows them", beginning)}
	}
	return "", badInput{fmt.Errorf("%s: %d枚が当てはまります / %d cards begin so", beginning, len(found), len(found))}
}

// inReader powers the card in a PC/SC reader up.
func inReader(ctx context.Context, which string) (reader.Chip, string, func() error, error) {
	client, err := pcsc.Open(ctx)
	if err != nil {
		return nil, "", nil, err
	}
	name, err := findReader(client, which)
	if err != nil {
		_ = client.Close()
		return nil, "", nil, err
	}
	card, err := client.Connect(name)
	if err != nil {
		_ = client.Close() // what went wrong is said
		return nil, "", nil, fmt.Errorf("%s: %w", name, err)
	}
	return card, name, func() error { return errors.Join(card.Close(), client.Close()) }, nil
}

// findReader is the reader by its number, by a part of its name, or the first one in which a card is.
func findReader(client *pcsc.Client, which string) (string, error) {
	readers, err := client.Readers()
	if err != nil {
		return "", err
	}
	if n, err := strconv.Atoi(which); err == nil {
		if n < 0 || n >= len(readers) {
			return "", fmt.Errorf("reader %d of %d: %w", n, len(readers), pcsc.ErrNoReader)
		}
		return readers[n].Name, nil
	}
	for _, r := range readers {
		if which == "first" && r.Card || strings.Contains(r.Name, which) {
			return r.Name, nil
		}
	}
	if which == "first" && len(readers) > 0 {
		return "", pcsc.ErrNoCard
	}
	return "", fmt.Errorf("%q: %w", which, pcsc.ErrNoReader)
}

// cardFaults are the faults of cards and readers in words.
var cardFaults = []struct {
	err  error
	text string
}{
	{pcsc.ErrNoService, "カードリーダーのサービス(pcscd)につながりません。起動しているか、" + pcsc.SocketVariable + " を確かめてください / the card reader service (pcscd) cannot be reached: is it running? " + pcsc.SocketVariable + " names its socket"},
	{pcsc.ErrNoReader, "そのカードリーダーはありません / there is no such card reader; `mynumber card list -reader` shows them"},
	{pcsc.ErrNoCard, "カードリーダーにカードが入っていません / there is no card in the reader"},
	{pcsc.ErrInUse, "別のプログラムがカードを使っています。終わってからもう一度お試しください / another program is using the card; try again when it is done"},
	{pcsc.ErrRemoved, "カードが抜かれました / the card was taken out"},
	{pcsc.ErrTorn, "カードから応答がありません。途中で抜かれたか、壊れています / the card gave no answer: it was taken out in the middle, or is broken"},
	{pcsc.ErrMute, "カードが応答しません。向きを確かめてください / the card does not answer; is it the right way round?"},
	{office.ErrInReader, "カードが別のカードリーダーに入っています。抜いてからもう一度お試しください / the card lies in another reader; take it out and try again"},
	{fs.ErrNotExist, "このカードはありません / there is no such card"},
	{reader.ErrBlocked, "暗証番号がロックされているか、設定されていません。窓口で再設定できます / the PIN is locked or was never set; a window sets it anew"},
	{reader.ErrEmptyPIN, "暗証番号が入力されていません / no PIN was given"},
	{reader.ErrNotVerified, "先に暗証番号が必要です / a PIN is needed first"},
	{reader.ErrNoCertificate, "この電子証明書はカードに入っていません / there is no such certificate on the card"},
	{reader.ErrObject, "カードの中身を読み取れません / what is on the card cannot be understood"},
	{reader.ErrBlank, "何も書かれていないカードです / the card is blank"},
	{reader.ErrDead, "使えなくなったカードです / the card was ended and does not work any more"},
}

// cardWords says a fault of card or reader in words.
func cardWords(err error) error {
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*reader.WrongPIN](err); ok {
		if wrong.TriesLeft == 0 {
			return fmt.Errorf("暗証番号が違います。ロックされました。窓口で再設定できます / wrong PIN; it is locked now, and a window sets it anew")
		}
		return fmt.Errorf("暗証番号が違います(残り%d回) / wrong PIN; %d tries left", wrong.TriesLeft, wrong.TriesLeft)
	}
	if corrupt, ok := errors.AsType[*iccard.CorruptError](err); ok {
		return fmt.Errorf("カードのファイル %s が壊れています。ファイルには触れていません / the card's file %s is damaged (%s); it was left as it is", corrupt.Path, corrupt.Path, corrupt.Reason)
	}
	if old, ok := errors.AsType[*iccard.OldStateError](err); ok && old.Want == 0 {
		return fmt.Errorf("カードのファイル %s は、このフォルダーのカードではありません。ファイルには触れていません / the card's file %s belongs to no card of this folder; it was left as it is", old.Path, old.Path)
	} else if ok {
		return fmt.Errorf("カードのファイル %s は古い写しです(今のカードではありません)。ファイルには触れていません / the card's file %s is an old copy (state %d, the last one is %d); it was left as it is", old.Path, old.Path, old.Has, old.Want)
	}
	for _, f := range cardFaults {
		if errors.Is(err, f.err) {
			return errors.New(f.text)
		}
	}
	return err
}
