-- +goose Up
-- The protocol of what was destroyed at the end of its period, or by the act that made it needless: never what it said.
CREATE TABLE destruction (
	id      TEXT PRIMARY KEY,
	office  TEXT NOT NULL,
	day     TEXT NOT NULL CHECK (length(day) = 10),
	at      INTEGER NOT NULL, -- microseconds since 1970, UTC
	kind    TEXT NOT NULL CHECK (kind IN ('photo', 'papers', 'contact', 'sealed_form', 'card', 'drafts')),
	subject TEXT NOT NULL,
	by_whom TEXT NOT NULL,
	rules   TEXT NOT NULL, -- catalogue IDs as JSON
	detail  TEXT NOT NULL
) STRICT;
CREATE INDEX destruction_office ON destruction (office, at);
CREATE INDEX draft_created ON draft (created);
