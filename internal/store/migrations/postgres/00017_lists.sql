-- +goose Up
-- An expired certificate that was held keeps since when and why: its revocation list goes on naming it until it has named it
-- past its end. What a list does not say yet of a certificate is marked, so that the next one reads only that.
-- +goose StatementBegin
DO $$
DECLARE c text;
BEGIN
	FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'certificate'::regclass AND contype = 'c'
		AND pg_get_constraintdef(oid) LIKE '%held%' AND pg_get_constraintdef(oid) LIKE '%ended_at%' LOOP
		EXECUTE 'ALTER TABLE certificate DROP CONSTRAINT ' || quote_ident(c);
	END LOOP;
END $$;
-- +goose StatementEnd
ALTER TABLE certificate ADD CHECK (state <> 'held' AND state <> 'revoked' OR ended_at IS NOT NULL);
ALTER TABLE certificate ADD CHECK (ended_at IS NULL OR state IN ('held', 'revoked', 'expired'));
ALTER TABLE certificate ADD COLUMN unlisted BIGINT NOT NULL DEFAULT 0 CHECK (unlisted IN (0, 1));
DROP INDEX certificate_revoked;
CREATE INDEX certificate_partition ON certificate (kind, generation, partition);
-- A whole list is read along this index alone; what left good by expiry, along the second; what is new, along the third.
CREATE INDEX certificate_revoked ON certificate (kind, generation, partition, serial, ended_at, reason, until) WHERE ended_at IS NOT NULL;
CREATE INDEX certificate_list_end ON certificate (kind, generation, partition, until) WHERE ended_at IS NOT NULL;
CREATE INDEX certificate_unlisted ON certificate (kind, generation, partition, serial) WHERE unlisted = 1;

-- Lists are files; here stands which one is current. A number is taken before its list is signed, and never given again.
CREATE TABLE crl_file (
	kind         BIGINT NOT NULL,
	generation   BIGINT NOT NULL,
	partition    TEXT NOT NULL, -- 'arl' for the list of the authority's own certificates
	taken        BIGINT NOT NULL CHECK (taken > 0), -- the highest number ever given
	number       BIGINT NOT NULL DEFAULT 0 CHECK (number >= 0 AND number <= taken), -- of the current list; 0: none yet
	this_update  BIGINT NOT NULL DEFAULT 0,
	next_update  BIGINT NOT NULL DEFAULT 0,
	ended_before TEXT NOT NULL DEFAULT '', -- certificates whose last day was before this day are left out
	entries      BIGINT NOT NULL DEFAULT 0 CHECK (entries >= 0),
	size         BIGINT NOT NULL DEFAULT 0 CHECK (size >= 0),
	sha256       TEXT NOT NULL DEFAULT '',
	made         BIGINT NOT NULL DEFAULT 0,
	fault        TEXT NOT NULL DEFAULT '', -- why a newer one was not published
	fault_at     BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (kind, generation, partition)
);
INSERT INTO crl_file (kind, generation, partition, taken, number, this_update, next_update)
	SELECT kind, generation, partition, number, number, this_update, next_update FROM crl;
DROP TABLE crl;
ALTER TABLE crl_file RENAME TO crl;
