package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// marks is the placeholders of a row, from a number on: ($1, $2, $3).
func marks(from, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(", $")
		fmt.Fprint(&b, from+i)
	}
	return "(" + strings.TrimPrefix(b.String(), ", ") + ")"
}

// bulkValues adds rows with one statement that has every value as an argument; without numbers, which the driver would look up by
// their text.
func bulkValues(t *tx, table, columns string, rows [][]any) error {
	row := ", (" + strings.Repeat(", ?", len(rows[0]))[2:] + ")"
	return t.exec("INSERT INTO "+table+" ("+columns+") VALUES "+strings.Repeat(row, len(rows))[2:], slices.Concat(rows...)...)
}

// bulkCopy adds rows by COPY, in the transaction.
func bulkCopy(t *tx, table, columns string, rows [][]any) error {
	if err := t.standing(); err != nil {
		return err
	}
	err := t.line.(direct).conn.Raw(func(conn any) error {
		_, err := conn.(*stdlib.Conn).Conn().CopyFrom(t.ctx, pgx.Identifier{table}, strings.Split(columns, ", "), pgx.CopyFromRows(rows))
		return err
	})
	return t.fault(err)
}
