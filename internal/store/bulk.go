package store

import (
	"fmt"
	"slices"
	"strings"
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

// bulkArrays adds rows with one statement that has a column as an argument: one plan and one round trip for thousands.
func bulkArrays(t *tx, table, columns string, rows [][]any) error {
	names := strings.Split(columns, ", ")
	arrays, casts := make([]any, len(names)), make([]string, len(names))
	for i, name := range names {
		switch rows[0][i].(type) {
		case string, *string:
			arrays[i], casts[i] = column[string](rows, i), fmt.Sprintf("$%d::text[]", i+1)
		case []byte:
			sealed := make([][]byte, len(rows))
			for r, row := range rows {
				sealed[r] = row[i].([]byte)
			}
			arrays[i], casts[i] = sealed, fmt.Sprintf("$%d::bytea[]", i+1)
		default:
			return fmt.Errorf("bulk: column %s of %s holds %T", name, table, rows[0][i])
		}
	}
	return t.exec("INSERT INTO "+table+" ("+columns+") SELECT * FROM unnest("+strings.Join(casts, ", ")+")", arrays...)
}

// column is one column of the rows; nil for NULL.
func column[T any](rows [][]any, i int) []*T {
	out := make([]*T, len(rows))
	for r, row := range rows {
		switch v := row[i].(type) {
		case T:
			out[r] = &v
		case *T:
			out[r] = v
		}
	}
	return out
}
