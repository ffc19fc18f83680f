-- +goose Up
CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE authority (
	kind       BIGINT NOT NULL CHECK (kind IN (1, 2)),
	generation BIGINT NOT NULL CHECK (generation > 0),
	sealed     BYTEA NOT NULL,
	created    BIGINT NOT NULL, -- microseconds since 1970, UTC
	counter    BIGINT NOT NULL DEFAULT 0 CHECK (counter >= 0), -- certificates planned so far
	PRIMARY KEY (kind, generation)
);

CREATE TABLE staff (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	office  TEXT NOT NULL,
	role    TEXT NOT NULL CHECK (role IN ('clerk', 'operator', 'stop_line', 'admin')),
	created BIGINT NOT NULL
);
CREATE INDEX staff_office ON staff (office, role, id);

CREATE TABLE session (
	token   TEXT PRIMARY KEY,
	data    BYTEA NOT NULL,
	expires BIGINT NOT NULL
);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE link (
	hash    TEXT PRIMARY KEY,
	purpose TEXT NOT NULL CHECK (purpose IN ('correct', 'reserve', 'staff', 'pin')),
	subject TEXT NOT NULL,
	expires BIGINT NOT NULL,
	used    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE person (
	id            TEXT PRIMARY KEY,
	number_sealed BYTEA,
	number_hash   TEXT UNIQUE,
	code_sealed   BYTEA,
	code_hash     TEXT UNIQUE,
	birth         TEXT NOT NULL,
	doc           TEXT NOT NULL, -- everything else, as JSON
	CHECK ((number_sealed IS NULL) = (number_hash IS NULL)),
	CHECK ((code_sealed IS NULL) = (code_hash IS NULL))
);
CREATE INDEX person_birth ON person (birth, id);

CREATE TABLE draft (
	code          TEXT PRIMARY KEY,
	form          TEXT NOT NULL,
	number_sealed BYTEA,
	photo         BYTEA NOT NULL,
	created       BIGINT NOT NULL,
	used          TEXT NOT NULL DEFAULT ''
);

CREATE TABLE application (
	id             TEXT PRIMARY KEY,
	version        BIGINT NOT NULL CHECK (version > 0),
	request_key    TEXT NOT NULL UNIQUE,
	state          TEXT NOT NULL CHECK (state IN ('applied', 'forwarded', 'received', 'defective', 'in_production', 'in_transit', 'ready_for_pickup', 'handed_over', 'rejected', 'cancelled')),
	filed          TEXT NOT NULL,
	accepting      TEXT NOT NULL,
	honseki        TEXT NOT NULL,
	pickup         TEXT NOT NULL,
	person_id      TEXT REFERENCES person (id),
	application_id TEXT UNIQUE,
	card_id        TEXT,
	number_sealed  BYTEA,
	doc            TEXT NOT NULL, -- the form and what was decided, as JSON
	CHECK (application_id IS NULL OR length(application_id) = 23),
	CHECK (state NOT IN ('in_production', 'in_transit', 'ready_for_pickup', 'handed_over') OR (person_id IS NOT NULL AND application_id IS NOT NULL)),
	CHECK (state NOT IN ('in_transit', 'ready_for_pickup', 'handed_over') OR card_id IS NOT NULL)
);
CREATE INDEX application_accepting ON application (accepting, state, filed);
CREATE INDEX application_honseki ON application (honseki, state, filed);
CREATE INDEX application_pickup ON application (pickup, state, filed);
CREATE INDEX application_state ON application (state, filed);
CREATE INDEX application_person ON application (person_id);

CREATE TABLE photo (
	application_id TEXT PRIMARY KEY REFERENCES application (id),
	jpeg           BYTEA NOT NULL
);

CREATE TABLE card (
	id             TEXT PRIMARY KEY,
	version        BIGINT NOT NULL CHECK (version > 0),
	person_id      TEXT NOT NULL REFERENCES person (id),
	application_id TEXT,
	state          TEXT NOT NULL CHECK (state IN ('planned', 'produced', 'in_transit', 'at_office', 'active', 'pending_departure', 'temporarily_out_of_function', 'suspended', 'expired', 'lapsed', 'abolished', 'returned', 'destroyed')),
	issued         TEXT NOT NULL,
	until          TEXT NOT NULL,
	doc            TEXT NOT NULL,
	CHECK (issued <= until)
);
CREATE INDEX card_person ON card (person_id, id);
CREATE INDEX card_state ON card (state, id);
CREATE UNIQUE INDEX card_application ON card (application_id) WHERE application_id IS NOT NULL;
-- A person has at most one card that works.
CREATE UNIQUE INDEX card_one_active ON card (person_id) WHERE state IN ('active', 'pending_departure', 'suspended');

CREATE TABLE certificate (
	kind        BIGINT NOT NULL,
	generation  BIGINT NOT NULL,
	counter     BIGINT NOT NULL CHECK (counter > 0),
	serial      TEXT NOT NULL,
	card_id     TEXT NOT NULL REFERENCES card (id),
	state       TEXT NOT NULL CHECK (state IN ('planned', 'issued', 'valid', 'held', 'revoked', 'expired')),
	not_before  BIGINT NOT NULL,
	until       TEXT NOT NULL,
	common_name TEXT NOT NULL,
	partition   TEXT NOT NULL,
	plan        BYTEA, -- what will be signed, until it is
	der         BYTEA,
	ended_at    BIGINT,
	reason      BIGINT,
	PRIMARY KEY (kind, generation, counter),
	FOREIGN KEY (kind, generation) REFERENCES authority (kind, generation),
	CHECK (state = 'planned' OR state = 'revoked' OR der IS NOT NULL),
	CHECK ((state IN ('held', 'revoked')) = (ended_at IS NOT NULL)),
	CHECK ((ended_at IS NULL) = (reason IS NULL))
);
CREATE UNIQUE INDEX certificate_serial ON certificate (kind, generation, serial);
CREATE INDEX certificate_card ON certificate (card_id, kind);
CREATE INDEX certificate_revoked ON certificate (kind, generation, partition, serial) WHERE ended_at IS NOT NULL;

CREATE TABLE crl (
	kind        BIGINT NOT NULL,
	generation  BIGINT NOT NULL,
	partition   TEXT NOT NULL,
	number      BIGINT NOT NULL CHECK (number > 0),
	this_update BIGINT NOT NULL,
	next_update BIGINT NOT NULL,
	der         BYTEA NOT NULL,
	PRIMARY KEY (kind, generation, partition)
);

CREATE TABLE reservation (
	id             TEXT PRIMARY KEY,
	application_id TEXT NOT NULL UNIQUE REFERENCES application (id),
	office         TEXT NOT NULL,
	day            TEXT NOT NULL,
	time           TEXT NOT NULL,
	item           TEXT NOT NULL
);
CREATE INDEX reservation_office ON reservation (office, day, time);

CREATE TABLE message (
	id             TEXT PRIMARY KEY, -- local part of the Message-ID
	kind           TEXT NOT NULL,
	application_id TEXT NOT NULL,
	sender         TEXT NOT NULL,
	recipients     TEXT NOT NULL,
	subject        TEXT NOT NULL,
	body           TEXT NOT NULL,
	created        BIGINT NOT NULL,
	due            BIGINT NOT NULL,
	sent           BIGINT NOT NULL DEFAULT 0,
	attempts       BIGINT NOT NULL DEFAULT 0,
	last_error     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX message_due ON message (due, id) WHERE sent = 0;
CREATE INDEX message_application ON message (application_id, created);

CREATE TABLE journal (
	office  TEXT NOT NULL,
	seq     BIGINT NOT NULL CHECK (seq > 0),
	at      BIGINT NOT NULL,
	actor   TEXT NOT NULL,
	act     TEXT NOT NULL,
	subject TEXT NOT NULL,
	rules   TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'already')),
	code    TEXT NOT NULL,
	detail  TEXT NOT NULL,
	prev    BYTEA NOT NULL,
	hash    BYTEA NOT NULL,
	PRIMARY KEY (office, seq)
);
CREATE INDEX journal_subject ON journal (subject, at);

CREATE TABLE journal_head (
	office TEXT PRIMARY KEY,
	seq    BIGINT NOT NULL,
	hash   BYTEA NOT NULL
);
