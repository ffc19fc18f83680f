-- +goose Up
CREATE TABLE window_case (
	id          TEXT PRIMARY KEY,
	version     INTEGER NOT NULL CHECK (version > 0),
	request_key TEXT NOT NULL UNIQUE,
	state       TEXT NOT NULL CHECK (state IN ('open', 'asked', 'sent_away', 'arrived', 'sent_back', 'came_back', 'done', 'withdrawn', 'overdue')),
	person_id   TEXT NOT NULL REFERENCES person (id),
	office      TEXT NOT NULL,
	done_by     TEXT NOT NULL,
	opened      TEXT NOT NULL,
	doc         TEXT NOT NULL -- what was told and seen, and what is still to be done, as JSON
) STRICT;
CREATE INDEX window_case_person ON window_case (person_id, opened, id);
CREATE INDEX window_case_office ON window_case (office, state, opened, id);
CREATE INDEX window_case_done_by ON window_case (done_by, state, opened, id) WHERE done_by <> office;

-- What concerns a person outside an application, and letters that an office prints and posts.
ALTER TABLE message ADD COLUMN person_id TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN office TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN letter TEXT NOT NULL DEFAULT ''; -- receiver and address as JSON; empty for a mail
DROP INDEX message_due;
CREATE INDEX message_due ON message (due, id) WHERE sent = 0 AND letter = '';
CREATE INDEX message_letter ON message (office, created, id) WHERE sent = 0 AND letter <> '';
CREATE INDEX message_person ON message (person_id, created, id) WHERE person_id <> '';
