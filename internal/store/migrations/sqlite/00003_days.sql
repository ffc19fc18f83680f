-- +goose Up
-- What the mere passing of days will bring, one row a thing. What was told stays as done, so that it is told once.
CREATE TABLE due (
	person_id TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind <> ''),
	subject   TEXT NOT NULL CHECK (subject <> ''),
	day       TEXT NOT NULL CHECK (length(day) = 10),
	done      INTEGER NOT NULL DEFAULT 0, -- microseconds since 1970, UTC; 0 until it is done
	attempts  INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	parked    INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)), -- failed too often to hold up the day
	fault     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (person_id, kind, subject, day),
	CHECK (parked = 0 OR done = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_day ON due (day, person_id, kind, subject) WHERE done = 0 AND parked = 0;
CREATE INDEX due_parked ON due (day, person_id, kind, subject) WHERE parked = 1;
