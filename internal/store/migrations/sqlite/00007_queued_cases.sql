-- +goose Up
CREATE TABLE window_case_queued (
	id          TEXT PRIMARY KEY,
	version     INTEGER NOT NULL CHECK (version > 0),
	request_key TEXT NOT NULL UNIQUE,
	state       TEXT NOT NULL CHECK (state IN ('open', 'asked', 'queued', 'sent_away', 'arrived', 'sent_back', 'came_back', 'done', 'withdrawn', 'overdue')),
	person_id   TEXT NOT NULL REFERENCES person (id),
	office      TEXT NOT NULL,
	done_by     TEXT NOT NULL,
	opened      TEXT NOT NULL,
	doc         TEXT NOT NULL -- what was told and seen, and what is still to be done, as JSON
) STRICT;
INSERT INTO window_case_queued SELECT id, version, request_key, state, person_id, office, done_by, opened, doc FROM window_case;
DROP TABLE window_case;
ALTER TABLE window_case_queued RENAME TO window_case;
CREATE INDEX window_case_person ON window_case (person_id, opened, id);
CREATE INDEX window_case_office ON window_case (office, state, opened, id);
CREATE INDEX window_case_done_by ON window_case (done_by, state, opened, id) WHERE done_by <> office;
