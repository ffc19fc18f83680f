package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mynumber/internal/office"
)

// sealedColumn is a column that the vault seals: what its place is called before the row's key, and the column with the keyed
// hash, if there is one.
type sealedColumn struct{ column, place, hash string }

// sealedTable is a table with such columns. Reseal knows them all; TestEverythingSealedIsResealed compares.
type sealedTable struct {
	name, key string
	columns   []sealedColumn
	text      bool // the sealed bytes stand as text (sealedBody)
}

var sealedTables = []sealedTable{
	{name: "person", key: "id", columns: []sealedColumn{{"number_sealed", "person/", "number_hash"}, {"code_sealed", "person-code/", "code_hash"}}},
	{name: "former_number", key: "id", columns: []sealedColumn{{"sealed", "former/", "hash"}}},
	{name: "application", key: "id", columns: []sealedColumn{{"number_sealed", "application/", ""}}},
	{name: "draft", key: "code", columns: []sealedColumn{{"number_sealed", "draft/", ""}}},
	{name: "message", key: "id", columns: []sealedColumn{{"body", "message/", ""}}, text: true},
}

// ErrAnswersKept says that answers to requests are still kept under an old key; they are forgotten after office.AnswerLife.
var ErrAnswersKept = errors.New("answers to requests are still kept under an old key; try again in two days")

// ErrOldKeyUsed says that something is still sealed with an old key.
var ErrOldKeyUsed = errors.New("something is still sealed with an old key; run `mynumber keys rotate` to its end first")

// resealChunk is how many rows one transaction seals anew.
const resealChunk = 500

// NewestKey is the ID of the key that seals.
func (db *DB) NewestKey() byte { return db.vault.all()[0].id }

// Reseal seals with the newest key whatever an older one sealed, and writes the hashes anew. It goes through each table in
// the order of keys, a chunk in each transaction, and notes how far it came: cut off, it goes on there. said hears of each chunk.
func (db *DB) Reseal(ctx context.Context, said func(table string, rows int)) error {
	newest := db.NewestKey()
	for _, table := range sealedTables {
		cursor := fmt.Sprintf("resealed_%s", table.name)
		for done := false; !done; {
			n := 0
			err := db.Write(ctx, func(o office.Tx) error {
				t := o.(*tx)
				after := ""
				text, err := t.Setting(cursor)
				if err != nil && !errors.Is(err, office.ErrNotFound) {
					return err
				}
				if by, key, ok := strings.Cut(text, " "); ok && by == strconv.Itoa(int(newest)) {
					after = key
				}
				last := ""
				if n, last, err = t.reseal(table, after); err != nil {
					return err
				}
				if done = last == ""; done {
					return nil
				}
				return t.PutSetting(cursor, fmt.Sprintf("%d %s", newest, last))
			})
			if err != nil {
				return fmt.Errorf("seal %s anew: %w", table.name, err)
			}
			said(table.name, n)
		}
	}
	return db.Write(ctx, func(o office.Tx) error { return o.PutSetting(keyCheck, *db.vault.hash(keyText)) })
}

// sealedRow is a row of a table with sealed columns.
type sealedRow struct {
	key    string
	sealed [][]byte
}

// rows lists a chunk of a table from behind a key on.
func (t *tx) sealedRows(table sealedTable, after string) ([]sealedRow, error) {
	columns := ""
	for _, c := range table.columns {
		columns += ", " + c.column
	}
	return list(t, func(s scanner) (sealedRow, error) {
		r := sealedRow{sealed: make([][]byte, len(table.columns))}
		into := []any{&r.key}
		for i := range r.sealed {
			into = append(into, &r.sealed[i])
		}
		return r, s.Scan(into...)
	}, "SELECT "+table.key+columns+" FROM "+table.name+" WHERE "+table.key+" > $1 ORDER BY "+table.key+" LIMIT $2", after, resealChunk)
}

// reseal works off one chunk; last is the key up to which it came, empty at the end.
func (t *tx) reseal(table sealedTable, after string) (n int, last string, err error) {
	rows, err := t.sealedRows(table, after)
	if err != nil {
		return 0, "", err
	}
	newest := t.db.vault.all()[0]
	for _, r := range rows {
		last = r.key
		var set []string
		args := []any{r.key}
		put := func(column string, value any) {
			args = append(args, value)
			set = append(set, fmt.Sprintf("%s = $%d", column, len(args)))
		}
		for i, c := range table.columns {
			text, by, err := t.unsealed(table, c, r.key, r.sealed[i])
			if err != nil {
				return n, last, fmt.Errorf("%s: %w", r.key, err)
			}
			if text == "" || by == int(newest.id) {
				continue
			}
			sealed, err := t.db.vault.seal(text, c.place+r.key)
			if err != nil {
				return n, last, err
			}
			if table.text {
				put(c.column, sealedBody+base64.StdEncoding.EncodeToString(sealed))
			} else {
				put(c.column, sealed)
			}
			if c.hash != "" {
				put(c.hash, *newest.hash(text))
			}
		}
		if len(set) == 0 {
			continue
		}
		n++
		if err := t.change("UPDATE "+table.name+" SET "+strings.Join(set, ", ")+" WHERE "+table.key+" = $1", args...); err != nil {
			return n, last, err
		}
	}
	return n, last, nil
}

// inClear is what opened a text that was never sealed.
const inClear = -1

// unsealed is what stands in a column, and the key that sealed it.
func (t *tx) unsealed(table sealedTable, c sealedColumn, key string, sealed []byte) (string, int, error) {
	if table.text {
		text, ok := strings.CutPrefix(string(sealed), sealedBody)
		if !ok {
			return text, inClear, nil
		}
		var err error
		if sealed, err = base64.StdEncoding.DecodeString(text); err != nil {
			return "", 0, err
		}
	}
	text, by, err := t.db.vault.openedBy(sealed, c.place+key)
	return text, int(by), err
}

// OnlyNewest proves that nothing is sealed with any key but the newest: ErrOldKeyUsed or ErrAnswersKept when something is.
func (db *DB) OnlyNewest(ctx context.Context) error {
	newest := int(db.NewestKey())
	for _, table := range sealedTables {
		after := ""
		for {
			var rows []sealedRow
			err := db.Read(ctx, func(o office.Tx) error {
				t := o.(*tx)
				var err error
				if rows, err = t.sealedRows(table, after); err != nil {
					return err
				}
				for _, r := range rows {
					for i, c := range table.columns {
						text, by, err := t.unsealed(table, c, r.key, r.sealed[i])
						if err != nil {
							return fmt.Errorf("%s %s: %w", table.name, r.key, err)
						}
						if text != "" && by != newest {
							return fmt.Errorf("%s %s: %w", table.name, r.key, ErrOldKeyUsed)
						}
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			after = rows[len(rows)-1].key
		}
	}
	return db.answersNewest(ctx, newest)
}

func (db *DB) answersNewest(ctx context.Context, newest int) error {
	return db.Read(ctx, func(o office.Tx) error {
		t := o.(*tx)
		type kept struct {
			key    string
			sealed []byte
		}
		all, err := list(t, func(s scanner) (kept, error) {
			var k kept
			return k, s.Scan(&k.key, &k.sealed)
		}, "SELECT key, answer FROM request_key")
		for _, k := range all {
			if _, by, err := db.vault.openedBy(k.sealed, "answer/"+k.key); err != nil || int(by) != newest {
				return errors.Join(err, ErrAnswersKept)
			}
		}
		return err
	})
}
