-- +goose Up
-- An expired certificate that was held keeps since when and why: its revocation list goes on naming it until it has named it
-- past its end. What a list does not say yet of a certificate is marked, so that the next one reads only that.
CREATE TABLE certificate_listed (
	kind        INTEGER NOT NULL,
	generation  INTEGER NOT NULL,
	counter     INTEGER NOT NULL CHECK (counter > 0),
	serial      TEXT NOT NULL,
	card_id     TEXT NOT NULL REFERENCES card (id),
	state       TEXT NOT NULL CHECK (state IN ('planned', 'issued', 'valid', 'held', 'revoked', 'expired')),
	not_before  INTEGER NOT NULL,
	until       TEXT NOT NULL,
	common_name TEXT NOT NULL,
	partition   TEXT NOT NULL,
	plan        BLOB, -- what will be signed, until it is
	der         BLOB,
	ended_at    INTEGER,
	reason      INTEGER,
	carrier     TEXT NOT NULL DEFAULT 'card' CHECK (carrier IN ('card', 'android', 'iphone')),
	unlisted    INTEGER NOT NULL DEFAULT 0 CHECK (unlisted IN (0, 1)),
	PRIMARY KEY (kind, generation, counter),
	FOREIGN KEY (kind, generation) REFERENCES authority (kind, generation),
	CHECK (state = 'planned' OR state = 'revoked' OR der IS NOT NULL),
	CHECK (state <> 'held' AND state <> 'revoked' OR ended_at IS NOT NULL),
	CHECK (ended_at IS NULL OR state IN ('held', 'revoked', 'expired')),
	CHECK ((ended_at IS NULL) = (reason IS NULL))
) STRICT;
INSERT INTO certificate_listed (kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, plan, der, ended_at, reason, carrier)
	SELECT kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, plan, der, ended_at, reason, carrier FROM certificate;
DROP TABLE certificate;
ALTER TABLE certificate_listed RENAME TO certificate;
CREATE UNIQUE INDEX certificate_serial ON certificate (kind, generation, serial);
CREATE INDEX certificate_card ON certificate (card_id, kind);
CREATE INDEX certificate_partition ON certificate (kind, generation, partition);
-- A whole list is read along this index alone; what left good by expiry, along the second; what is new, along the third.
CREATE INDEX certificate_revoked ON certificate (kind, generation, partition, serial, ended_at, reason, until) WHERE ended_at IS NOT NULL;
CREATE INDEX certificate_list_end ON certificate (kind, generation, partition, until) WHERE ended_at IS NOT NULL;
CREATE INDEX certificate_unlisted ON certificate (kind, generation, partition, serial) WHERE unlisted = 1;

-- Lists are files; here stands which one is current. A number is taken before its list is signed, and never given again.
CREATE TABLE crl_file (
	kind         INTEGER NOT NULL,
	generation   INTEGER NOT NULL,
	partition    TEXT NOT NULL, -- 'arl' for the list of the authority's own certificates
	taken        INTEGER NOT NULL CHECK (taken > 0), -- the highest number ever given
	number       INTEGER NOT NULL DEFAULT 0 CHECK (number >= 0 AND number <= taken), -- of the current list; 0: none yet
	this_update  INTEGER NOT NULL DEFAULT 0,
	next_update  INTEGER NOT NULL DEFAULT 0,
	ended_before TEXT NOT NULL DEFAULT '', -- certificates whose last day was before this day are left out
	entries      INTEGER NOT NULL DEFAULT 0 CHECK (entries >= 0),
	size         INTEGER NOT NULL DEFAULT 0 CHECK (size >= 0),
	sha256       TEXT NOT NULL DEFAULT '',
	made         INTEGER NOT NULL DEFAULT 0,
	fault        TEXT NOT NULL DEFAULT '', -- why a newer one was not published
	fault_at     INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (kind, generation, partition)
) STRICT;
INSERT INTO crl_file (kind, generation, partition, taken, number, this_update, next_update)
	SELECT kind, generation, partition, number, number, this_update, next_update FROM crl;
DROP TABLE crl;
ALTER TABLE crl_file RENAME TO crl;
