-- +goose Up
-- Applications of every kind: at home and abroad, posted cards, the forms with their IDs, outreach requests, receipts.

ALTER TABLE application RENAME COLUMN honseki TO in_charge;
ALTER TABLE application ADD COLUMN overseas BIGINT NOT NULL DEFAULT 1 CHECK (overseas IN (0, 1));
ALTER INDEX application_honseki RENAME TO application_in_charge;
-- +goose StatementBegin
DO $$
DECLARE c text;
BEGIN
	FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'application'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%state%' LOOP
		EXECUTE format('ALTER TABLE application DROP CONSTRAINT %I', c);
	END LOOP;
END $$;
-- +goose StatementEnd
ALTER TABLE application
	ADD CHECK (state IN ('applied', 'forwarded', 'received', 'defective', 'in_production', 'in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'rejected', 'cancelled', 'uncollected')),
	ADD CHECK (state NOT IN ('in_production', 'in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'uncollected') OR (person_id IS NOT NULL AND application_id IS NOT NULL)),
	ADD CHECK (state NOT IN ('in_transit', 'to_be_posted', 'in_post', 'at_post_office', 'ready_for_pickup', 'handed_over', 'uncollected') OR card_id IS NOT NULL);
UPDATE application SET doc = (doc::jsonb || '{"purpose": "apply_from_abroad", "delivery": "counter"}'::jsonb)::text;

-- A card that was destroyed before anybody got it may be followed by another one for the same application.
DROP INDEX card_application;
CREATE UNIQUE INDEX card_application ON card (application_id) WHERE application_id IS NOT NULL AND state <> 'destroyed';

ALTER TABLE staff DROP CONSTRAINT staff_role_check;
ALTER TABLE staff ADD CHECK (role IN ('clerk', 'operator', 'stop_line', 'admin', 'carrier'));

ALTER TABLE link DROP CONSTRAINT link_purpose_check;
ALTER TABLE link ADD CHECK (length(purpose) > 0);

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
);
CREATE INDEX application_form_person ON application_form (person_id, issued);

-- Requests that staff come out to take applications in (出張申請).
CREATE TABLE outreach (
	id      TEXT PRIMARY KEY,
	version BIGINT NOT NULL CHECK (version > 0),
	office  TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('requested', 'appointed', 'done', 'cancelled')),
	asked   TEXT NOT NULL,
	visit   TEXT NOT NULL DEFAULT '',
	doc     TEXT NOT NULL,
	CHECK (state NOT IN ('appointed', 'done') OR visit <> '')
);
CREATE INDEX outreach_office ON outreach (office, state, asked);

-- Fees taken: the receipts of an office and a fiscal year are numbered without a gap.
CREATE TABLE receipt (
	office  TEXT NOT NULL,
	year    INTEGER NOT NULL,
	seq     BIGINT NOT NULL CHECK (seq > 0),
	subject TEXT NOT NULL,
	yen     INTEGER NOT NULL CHECK (yen > 0),
	taken   BIGINT NOT NULL,
	how     TEXT NOT NULL,
	PRIMARY KEY (office, year, seq)
);
CREATE INDEX receipt_subject ON receipt (subject);
