-- +goose Up
-- Numbers and codes that were changed: none is given a second time, and what was asked under them is still found.
CREATE TABLE former_number (
	id        TEXT PRIMARY KEY,
	person_id TEXT NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL CHECK (kind IN ('number', 'code')),
	sealed    BLOB NOT NULL,
	hash      TEXT NOT NULL UNIQUE,
	until     TEXT NOT NULL
) STRICT;
CREATE INDEX former_number_person ON former_number (person_id);

-- What the registers' offices tell each other (住民基本台帳ネットワーク).
CREATE TABLE juki (
	id        TEXT PRIMARY KEY,
	sender    TEXT NOT NULL,
	receiver  TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind <> ''),
	person_id TEXT NOT NULL REFERENCES person (id),
	event_id  TEXT NOT NULL,
	created   INTEGER NOT NULL,
	read      INTEGER NOT NULL DEFAULT 0, -- microseconds since 1970, UTC; 0 until a clerk of the receiver took note
	doc       TEXT NOT NULL,
	CHECK (sender <> receiver)
) STRICT;
CREATE INDEX juki_receiver ON juki (receiver, created, id);
CREATE INDEX juki_sender ON juki (sender, created, id);
CREATE INDEX juki_person ON juki (person_id, created, id);
