-- +goose Up
-- Applications of every kind: at home and abroad, posted cards, the forms with their IDs, outreach requests, receipts.
-- A CHECK cannot be changed in place: the tables are made anew and what they hold is copied.

CREATE TABLE application_new (
	id             TEXT PRIMARY KEY,
	version        INTEGER NOT NULL CHECK (version > 0),
	request_key    TEXT NOT NULL UNIQUE,
	state          TEXT NOT NULL CHECK (state IN ('applied', 'forwarded', 'received', 'defective', 'in_production', 'in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'rejected', 'cancelled', 'uncollected')),
	filed          TEXT NOT NULL,
	accepting      TEXT NOT NULL,
	in_charge      TEXT NOT NULL,
	pickup         TEXT NOT NULL,
	person_id      TEXT REFERENCES person (id),
	application_id TEXT UNIQUE,
	card_id        TEXT,
	overseas       INTEGER NOT NULL CHECK (overseas IN (0, 1)),
	number_sealed  BLOB,
	doc            TEXT NOT NULL, -- the form and what was decided, as JSON
	CHECK (application_id IS NULL OR length(application_id) = 23),
	CHECK (state NOT IN ('in_production', 'in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'uncollected') OR (person_id IS NOT NULL AND application_id IS NOT NULL)),
	CHECK (state NOT IN ('in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'uncollected') OR card_id IS NOT NULL)
) STRICT;
INSERT INTO application_new (id, version, request_key, state, filed, accepting, in_charge, pickup, person_id, application_id, card_id, overseas, number_sealed, doc)
	SELECT id, version, request_key, state, filed, accepting, honseki, pickup, person_id, application_id, card_id, 1, number_sealed,
		json_set(doc, '$.purpose', 'apply_from_abroad', '$.delivery', 'counter') FROM application;

CREATE TABLE photo_new (
	application_id TEXT PRIMARY KEY REFERENCES application_new (id),
	jpeg           BLOB NOT NULL
) STRICT;
INSERT INTO photo_new SELECT application_id, jpeg FROM photo;

CREATE TABLE reservation_new (
	id             TEXT PRIMARY KEY,
	application_id TEXT NOT NULL UNIQUE REFERENCES application_new (id),
	office         TEXT NOT NULL,
	day            TEXT NOT NULL,
	time           TEXT NOT NULL,
	item           TEXT NOT NULL
) STRICT;
INSERT INTO reservation_new SELECT id, application_id, office, day, time, item FROM reservation;

DROP TABLE photo;
DROP TABLE reservation;
DROP TABLE application;
ALTER TABLE application_new RENAME TO application;
ALTER TABLE photo_new RENAME TO photo;
ALTER TABLE reservation_new RENAME TO reservation;
CREATE INDEX application_accepting ON application (accepting, state, filed);
CREATE INDEX application_in_charge ON application (in_charge, state, filed);
CREATE INDEX application_pickup ON application (pickup, state, filed);
CREATE INDEX application_state ON application (state, filed);
CREATE INDEX application_person ON application (person_id);
CREATE INDEX reservation_office ON reservation (office, day, time);

-- A card that was destroyed before anybody got it may be followed by another one for the same application.
DROP INDEX card_application;
CREATE UNIQUE INDEX card_application ON card (application_id) WHERE application_id IS NOT NULL AND state <> 'destroyed';

CREATE TABLE staff_new (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	office  TEXT NOT NULL,
	role    TEXT NOT NULL CHECK (role IN ('clerk', 'operator', 'stop_line', 'admin', 'carrier')),
	created INTEGER NOT NULL
) STRICT;
INSERT INTO staff_new SELECT id, name, office, role, created FROM staff;
DROP TABLE staff;
ALTER TABLE staff_new RENAME TO staff;
CREATE INDEX staff_office ON staff (office, role, id);

CREATE TABLE link_new (
	hash    TEXT PRIMARY KEY,
	purpose TEXT NOT NULL CHECK (length(purpose) > 0),
	subject TEXT NOT NULL,
	expires INTEGER NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO link_new SELECT hash, purpose, subject, expires, used FROM link;
DROP TABLE link;
ALTER TABLE link_new RENAME TO link;

-- Application forms with their IDs (申請書ID). What was printed on them is kept, so that a form that is out of date shows.
CREATE TABLE application_form (
	id        TEXT PRIMARY KEY CHECK (length(id) = 23),
	person_id TEXT NOT NULL REFERENCES person (id),
	office    TEXT NOT NULL,
	issued    TEXT NOT NULL,
	name      TEXT NOT NULL,
	address   TEXT NOT NULL,
	used      TEXT NOT NULL DEFAULT '', -- key of the application it was used for
	replaced  TEXT NOT NULL DEFAULT ''  -- ID of the form that took its place
) STRICT;
CREATE INDEX application_form_person ON application_form (person_id, issued);

-- Requests that staff come out to take applications in (出張申請).
CREATE TABLE outreach (
	id      TEXT PRIMARY KEY,
	version INTEGER NOT NULL CHECK (version > 0),
	office  TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('requested', 'appointed', 'done', 'cancelled')),
	asked   TEXT NOT NULL,
	visit   TEXT NOT NULL DEFAULT '',
	doc     TEXT NOT NULL,
	CHECK (state NOT IN ('appointed', 'done') OR visit <> '')
) STRICT;
CREATE INDEX outreach_office ON outreach (office, state, asked);

-- Fees taken: the receipts of an office and a fiscal year are numbered without a gap.
CREATE TABLE receipt (
	office  TEXT NOT NULL,
	year    INTEGER NOT NULL,
	seq     INTEGER NOT NULL CHECK (seq > 0),
	subject TEXT NOT NULL,
	yen     INTEGER NOT NULL CHECK (yen > 0),
	taken   INTEGER NOT NULL,
	how     TEXT NOT NULL,
	PRIMARY KEY (office, year, seq)
) STRICT;
CREATE INDEX receipt_subject ON receipt (subject);
