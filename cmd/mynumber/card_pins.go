package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"mynumber/internal/apdu"
	"mynumber/internal/reader"
)

// pinNames are the four PINs as the commands call them, with their numbers of PIN-001.
var pinNames = map[string]reader.PIN{
	"sign": reader.SignaturePIN, "auth": reader.AuthenticationPIN, "register": reader.ResidentRegisterPIN, "input": reader.InputSupportPIN,
	"1": reader.SignaturePIN, "2": reader.AuthenticationPIN, "3": reader.ResidentRegisterPIN, "4": reader.InputSupportPIN,
}

// pinWords say which PIN is meant.
var pinWords = map[reader.PIN]string{
	reader.SignaturePIN:        "署名用電子証明書の暗証番号 / PIN No.1, signature",
	reader.AuthenticationPIN:   "利用者証明用電子証明書の暗証番号 / PIN No.2, user authentication",
	reader.ResidentRegisterPIN: "住民基本台帳用の暗証番号 / PIN No.3, resident register",
	reader.InputSupportPIN:     "券面事項入力補助用の暗証番号 / PIN No.4, input support",
}

var pinsInOrder = []reader.PIN{reader.SignaturePIN, reader.AuthenticationPIN, reader.ResidentRegisterPIN, reader.InputSupportPIN}

// typing reads secrets: from a terminal without showing them, otherwise a line each from the standard input.
type typing struct {
	lines    *bufio.Reader
	terminal *term.Terminal
}

func (t *typing) secret(prompt string) (string, error) {
	if fd := int(os.Stdin.Fd()); term.IsTerminal(fd) {
		return t.hidden(fd, prompt)
	}
	if t.lines == nil {
		t.lines = bufio.NewReader(io.LimitReader(os.Stdin, 1000))
	}
	line, err := t.lines.ReadString('\n')
	if err != nil && !(errors.Is(err, io.EOF) && line != "") {
		return "", badInput{fmt.Errorf("%s: 標準入力から読めません / not on the standard input", prompt)}
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// hidden switches the terminal's echo off before it asks, not after.
func (t *typing) hidden(fd int, prompt string) (value string, err error) {
	was, err := term.MakeRaw(fd)
	if err != nil {
		return "", fmt.Errorf("hide what is typed: %w", err)
	}
	defer func() { err = errors.Join(err, term.Restore(fd, was)) }()
	if t.terminal == nil {
		t.terminal = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{os.Stdin, os.Stderr}, "")
	}
	if value, err = t.terminal.ReadPassword(prompt + ": "); errors.Is(err, io.EOF) {
		return "", badInput{errors.New("取りやめました / cancelled")}
	}
	return value, err
}

// pin asks for a PIN, warns before the last try, and shows it to the chip. The signature password has capital letters alone and is raised, as
// every program does.
func (h *holding) pin(t *typing, which reader.PIN) error {
	left, err := h.client.TriesLeft(which)
	if err != nil {
		return err
	}
	switch left {
	case 0:
		return reader.ErrBlocked
	case 1:
		fmt.Fprintln(os.Stderr, "あと1回間違えるとロックされます / one more wrong entry locks it")
	}
	value, err := t.secret(pinWords[which])
	if err != nil {
		return err
	}
	return h.client.VerifyPIN(which, raised(which, value))
}

func raised(which reader.PIN, value string) string {
	if which == reader.SignaturePIN {
		return strings.ToUpper(value)
	}
	return value
}

type cardPINsCmd struct {
	heldCard
	JSON bool `name:"json" help:"As data."`
}

// pinLine is a PIN or reference number and its tries.
type pinLine struct {
	Name  string `json:"name"`
	Words string `json:"-"`
	Left  int    `json:"tries_left"`
}

// Run prints the tries left.
func (c *cardPINsCmd) Run(ctx context.Context) (err error) {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	lines, err := h.tries()
	if err != nil {
		return cardWords(err)
	}
	if c.JSON {
		return writeJSON(os.Stdout, lines)
	}
	printTries(os.Stdout, lines)
	return nil
}

func printTries(w io.Writer, lines []pinLine) {
	for _, l := range lines {
		left := fmt.Sprintf("残り%d回 / %d left", l.Left, l.Left)
		if l.Left == 0 {
			left = "ロック、または未設定 / locked, or never set"
		}
		fmt.Fprintf(w, "  %-18s %-44s %s\n", l.Name, left, l.Words)
	}
}

// tries asks for all counters. A phone has the JPKI application alone.
func (h *holding) tries() ([]pinLine, error) {
	var out []pinLine
	names := map[reader.PIN]string{reader.SignaturePIN: "sign", reader.AuthenticationPIN: "auth", reader.ResidentRegisterPIN: "register", reader.InputSupportPIN: "input"}
	for _, p := range pinsInOrder {
		left, err := h.client.TriesLeft(p)
		if missing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, pinLine{names[p], pinWords[p], left})
	}
	for _, r := range []struct {
		which reader.Reference
		name  string
		words string
	}{
		{reader.FaceReferenceA, "face-a", "照合番号A(券面) / reference number A of the face"}, {reader.FaceReferenceB, "face-b", "照合番号B(券面) / reference number B of the face"},
		{reader.BirthDate, "birth", "生年月日 / birth date"},
		{reader.TextReferenceA, "text-a", "照合番号A(入力補助) / reference number A of input support"}, {reader.TextReferenceB, "text-b", "照合番号B(入力補助) / reference number B of input support"},
	} {
		left, err := h.client.ReferenceTriesLeft(r.which)
		if missing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, pinLine{r.name, r.words, left})
	}
	return out, nil
}

// missing reports that a card has no such application or file.
func missing(err error) bool {
	refused, ok := errors.AsType[*reader.StatusError](err)
	return ok && refused.SW == apdu.FileNotFound
}

type cardVerifyCmd struct {
	heldCard
	PIN string `arg:"" help:"sign, auth, register or input (or 1 to 4)." enum:"sign,auth,register,input,1,2,3,4"`
}

// Run tries a PIN.
func (c *cardVerifyCmd) Run(ctx context.Context) (err error) {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	which := pinNames[c.PIN]
	if err := h.pin(&typing{}, which); err != nil {
		return cardWords(err)
	}
	left, err := h.client.TriesLeft(which)
	if err != nil {
		return cardWords(err)
	}
	fmt.Printf("暗証番号は正しいです(残り%d回) / the PIN is right; %d tries left\n", left, left)
	return nil
}

type cardChangePINCmd struct {
	heldCard
	PIN string `arg:"" help:"sign, auth, register or input (or 1 to 4)." enum:"sign,auth,register,input,1,2,3,4"`
}

// Run changes a PIN: the holder who knows it may, at their own computer (PIN-040); the registers have no part in it. The new value is
// typed twice at a terminal.
func (c *cardChangePINCmd) Run(ctx context.Context) (err error) {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	which, t := pinNames[c.PIN], &typing{}
	if err := h.pin(t, which); err != nil {
		return cardWords(err)
	}
	value, err := t.secret("新しい暗証番号 / the new PIN")
	if err != nil {
		return err
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		again, err := t.secret("もう一度 / once more")
		if err != nil {
			return err
		}
		if again != value {
			return badInput{errors.New("二つの入力が違います。暗証番号は変わっていません / the two entries differ; the PIN is as it was")}
		}
	}
	err = h.client.ChangePIN(which, raised(which, value))
	if refused, ok := errors.AsType[*reader.StatusError](err); ok && (refused.SW == apdu.WrongData || refused.SW == apdu.WrongLength) {
		return badInput{errors.New("この形では使えません。No.1は英大文字と数字を両方含む6〜16文字、ほかは数字4桁です。暗証番号は変わっていません / this form is not accepted: No.1 has 6 to 16 capital letters and digits, at least one of each, the others four digits (PIN-001, PIN-002); the PIN is as it was")}
	}
	if err != nil {
		return cardWords(err)
	}
	fmt.Println("暗証番号を変えました / the PIN is changed")
	return nil
}
