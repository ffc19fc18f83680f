-- +goose Up
-- What an office printed: the key on the paper leads back to what it was printed from.
CREATE TABLE printed_form (
	id             TEXT PRIMARY KEY CHECK (length(id) = 12),
	paper          TEXT NOT NULL,
	person_id      TEXT NOT NULL,
	case_id        TEXT NOT NULL,
	application_id TEXT NOT NULL,
	message_id     TEXT NOT NULL,
	office         TEXT NOT NULL,
	staff          TEXT NOT NULL,
	printed        BIGINT NOT NULL,
	copy           INTEGER NOT NULL CHECK (copy >= 1),
	CHECK (person_id <> '' OR application_id <> '')
);
CREATE INDEX printed_form_subject ON printed_form (person_id, case_id, application_id, paper);
CREATE INDEX printed_form_message ON printed_form (message_id) WHERE message_id <> '';
