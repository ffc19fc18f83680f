package store

import (
	"encoding/json"
	"fmt"

	"mynumber/internal/docket"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

const caseColumns = "id, version, request_key, state, doc"

func scanCase(s scanner) (docket.Case, error) {
	var id, key, doc string
	var state docket.State
	var version int64
	var c docket.Case
	if err := s.Scan(&id, &version, &key, &state, &doc); err != nil {
		return c, err
	}
	if err := json.Unmarshal([]byte(doc), &c); err != nil {
		return c, fmt.Errorf("case %s: %w", id, err)
	}
	c.ID, c.Version, c.RequestKey, c.State = id, version, key, state
	return c, nil
}

// WindowCase by its key.
func (t *tx) WindowCase(id string) (docket.Case, error) { return t.oneCase("id = $1", id) }

// WindowCaseByRequest is the case that a request opened.
func (t *tx) WindowCaseByRequest(key string) (docket.Case, error) {
	return t.oneCase("request_key = $1", key)
}

func (t *tx) oneCase(where, arg string) (docket.Case, error) {
	found, err := list(t, scanCase, "SELECT "+caseColumns+" FROM window_case WHERE "+where, arg)
	if err != nil {
		return docket.Case{}, err
	}
	if len(found) == 0 {
		return docket.Case{}, office.ErrNotFound
	}
	return found[0], nil
}

// WindowCasesOf lists a person's cases, the oldest first.
func (t *tx) WindowCasesOf(personID string) ([]docket.Case, error) {
	return list(t, scanCase, "SELECT "+caseColumns+" FROM window_case WHERE person_id = $1 ORDER BY opened, id", personID)
}

// WindowCases lists the cases in which an office has a part.
func (t *tx) WindowCases(at place.Code, states []docket.State, limit int) ([]docket.Case, error) {
	in, args := among(states, 3)
	return list(t, scanCase, `SELECT `+caseColumns+` FROM (
		SELECT `+caseColumns+`, opened FROM window_case WHERE office = $1 AND state IN (`+in+`)
		UNION ALL SELECT `+caseColumns+`, opened FROM window_case WHERE done_by = $1 AND done_by <> office AND state IN (`+in+`)) AS parts
		ORDER BY opened, id LIMIT $2`, append([]any{string(at), limit}, args...)...)
}

// PutWindowCase adds a case of version 0 or changes the one whose version it has.
func (t *tx) PutWindowCase(c docket.Case) error {
	doc, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write case %s: %w", c.ID, err)
	}
	if c.Version == 0 {
		return t.exec("INSERT INTO window_case (id, version, request_key, state, person_id, office, done_by, opened, doc) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8)",
			c.ID, c.RequestKey, string(c.State), c.PersonID, string(c.Office), string(c.By), c.Opened.String(), string(doc))
	}
	return t.change("UPDATE window_case SET version = version + 1, state = $3, done_by = $4, doc = $5 WHERE id = $1 AND version = $2",
		c.ID, c.Version, string(c.State), string(c.By), string(doc))
}

// among is the list of marks for a set of words, numbered from the first, with its arguments.
func among[T ~string](words []T, first int) (marks string, args []any) {
	for i, w := range words {
		if i > 0 {
			marks += ", "
		}
		marks += fmt.Sprintf("$%d", first+i)
		args = append(args, string(w))
	}
	return marks, args
}
