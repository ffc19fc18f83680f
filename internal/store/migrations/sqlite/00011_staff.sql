-- +goose Up
-- Staff life: leaving, a transfer that waits for the other office, sessions that were ended all at once.
ALTER TABLE staff ADD COLUMN left_at INTEGER NOT NULL DEFAULT 0; -- microseconds since 1970, UTC; 0 while the person works here
ALTER TABLE staff ADD COLUMN logins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN offered TEXT NOT NULL DEFAULT '';
CREATE INDEX staff_offered ON staff (offered) WHERE offered <> '';

-- A second post of somebody for a period.
CREATE TABLE stand_in (
	id      TEXT PRIMARY KEY,
	account TEXT NOT NULL REFERENCES staff (id),
	office  TEXT NOT NULL,
	role    TEXT NOT NULL CHECK (role IN ('clerk', 'operator', 'stop_line', 'admin', 'carrier')),
	first   TEXT NOT NULL CHECK (length(first) = 10),
	last    TEXT NOT NULL CHECK (length(last) = 10),
	granted TEXT NOT NULL, -- account of whoever granted it
	ended   INTEGER NOT NULL DEFAULT 0,
	CHECK (first <= last)
) STRICT;
CREATE INDEX stand_in_account ON stand_in (account, first);
CREATE INDEX stand_in_office ON stand_in (office, first);

-- Ways to log in: passkeys, and who somebody is at an OpenID provider. Secrets are not among them.
CREATE TABLE staff_key (
	kind    TEXT NOT NULL CHECK (kind IN ('passkey', 'provider')),
	id      TEXT NOT NULL CHECK (id <> ''),
	account TEXT NOT NULL REFERENCES staff (id),
	name    TEXT NOT NULL,
	doc     BLOB NOT NULL,
	created INTEGER NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX staff_key_account ON staff_key (account, created);
