package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"mynumber/internal/law"
)

// Once is a request with a key by which it is done once, however often it is sent. The answer is kept in the transaction
// of the act that it asks for: whoever sends it again hears the same answer and nothing is done twice, also when the process
// was killed in between. A request that is several acts keeps the answer with the last of them; cut off before
// that it is done again from the start, and its acts that were done are answered as done.
type Once struct {
	Key     string // who asks, and the key that they chose; kept as a keyed hash
	Request string // what is asked for, the same for the same request; kept as a keyed hash
	// Show is the answer as it will be sent: to the receipt, or to a refusal.
	Show func(ctx context.Context, tx Tx, receipt Receipt, refused error) (Answer, error)
	kept *Answer // what an act of this request kept
}

// Answer is what was answered to a request. Store keeps its body sealed.
type Answer struct {
	Key     string
	Request string
	Status  int
	Body    []byte
	At      time.Time
}

// AnswerLife is how long an answer is kept at least: as long as a client may go on sending a request whose answer was lost.
const AnswerLife = 48 * time.Hour

// Errors of a request with a key.
var (
	ErrAnotherRequest = errors.New("the key belongs to another request")
	ErrUnderway       = errors.New("the same request was answered meanwhile")
)

// NewOnce is a request by its key, what asks for it, and what is in it.
func NewOnce(who, key, route string, body []byte) *Once {
	sum := sha256.Sum256(body)
	return &Once{Key: who + "\x00" + key, Request: route + "\x00" + hex.EncodeToString(sum[:])}
}

type onceKey struct{}

// WithOnce makes the next act keep its answer under the request's key.
func WithOnce(ctx context.Context, o *Once) context.Context {
	return context.WithValue(ctx, onceKey{}, o)
}

type stepsKey struct{}

// inSteps is for an act that is not the last one of its request: it keeps its answer only when it is refused, which ends the
// request.
func inSteps(ctx context.Context) context.Context {
	return context.WithValue(ctx, stepsKey{}, true)
}

// oneOfMany is for an act that is one of many of its request and decides nothing for the others: it keeps no answer.
func oneOfMany(ctx context.Context) context.Context {
	return context.WithValue(ctx, onceKey{}, (*Once)(nil))
}

func onceOf(ctx context.Context) *Once {
	o, _ := ctx.Value(onceKey{}).(*Once)
	return o
}

// Answered is the answer that was kept for a request, and ErrNotFound when there is none yet; ErrAnotherRequest when the key
// was used for another request.
func (o *Office) Answered(ctx context.Context, once *Once) (Answer, error) {
	var a Answer
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		a, err = tx.Answer(once.Key, once.Request)
		return err
	})
	return a, err
}

// KeepAnswer keeps the answer to a request of which no act has kept it, or that was shown otherwise than the act
// could know.
func (o *Office) KeepAnswer(ctx context.Context, once *Once, status int, body []byte) error {
	if once.kept != nil && once.kept.Status == status && string(once.kept.Body) == string(body) {
		return nil
	}
	a := Answer{Key: once.Key, Request: once.Request, Status: status, Body: body, At: o.Clock()}
	return o.Store.Write(ctx, func(tx Tx) error { return tx.PutAnswer(a) })
}

// Kept reports that an act has kept an answer: what the request asked for is done, or refused.
func (o *Once) Kept() bool { return o.kept != nil }

// begin refuses what was answered meanwhile.
func (o *Once) begin(tx Tx) error {
	if o == nil || o.kept != nil {
		return nil
	}
	switch _, err := tx.Answer(o.Key, o.Request); {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return ErrUnderway
}

// keep writes the answer in the act's transaction.
func (o *Once) keep(ctx context.Context, tx Tx, receipt Receipt, refused error, now time.Time) (*Answer, error) {
	if o == nil || refused == nil && ctx.Value(stepsKey{}) != nil {
		return nil, nil
	}
	a, err := o.Show(ctx, tx, receipt, refused)
	if err != nil {
		return nil, fmt.Errorf("show the answer: %w", err)
	}
	a.Key, a.Request, a.At = o.Key, o.Request, now
	return &a, tx.PutAnswer(a)
}

// ForgetAnswers drops what is older than AnswerLife.
func (o *Office) ForgetAnswers(ctx context.Context) error {
	before := o.Clock().Add(-AnswerLife)
	return o.Store.Write(ctx, func(tx Tx) error { return tx.DropAnswers(before) })
}

// ReadKey says what is wrong with a key that somebody chose for a request.
func ReadKey(field, key string) error {
	if len(key) > longestKey || strings.ContainsFunc(key, func(c rune) bool { return unicode.IsControl(c) || c == unicode.ReplacementChar }) {
		text := law.Text{Ja: "受付の番号は、制御文字のない%dバイトまでの文字列です。", En: "A request key has at most %d bytes and no control characters."}
		return &Invalid{field, text.Format(longestKey)}
	}
	return nil
}
