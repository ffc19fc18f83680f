-- +goose Up
-- What became of a message, address by address, and how it goes. What was sent before is sent; an old mail's deliveries are
-- read from its receivers.
ALTER TABLE message ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail' CHECK (channel IN ('mail', 'letter', 'postcard', 'telephone'));
ALTER TABLE message ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting'
	CHECK (state IN ('waiting', 'deferred', 'sent', 'refused', 'bounced', 'given_up', 'printed', 'posted', 'returned', 'reached', 'not_reached', 'replaced'));
ALTER TABLE message ADD COLUMN deliveries TEXT NOT NULL DEFAULT ''; -- JSON, one an address; empty for what is not a mail
ALTER TABLE message ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
UPDATE message SET channel = 'letter' WHERE letter <> '';
UPDATE message SET state = CASE WHEN letter <> '' THEN 'posted' ELSE 'sent' END, changed = sent WHERE sent <> 0;
DROP INDEX message_due;
DROP INDEX message_letter;
CREATE INDEX message_due ON message (due, id) WHERE channel = 'mail' AND state IN ('waiting', 'deferred');
CREATE INDEX message_open ON message (office, channel, created, id) WHERE state IN ('waiting', 'printed', 'not_reached');
CREATE INDEX message_trouble ON message (office, created, id) WHERE state IN ('refused', 'bounced', 'given_up', 'returned', 'deferred', 'not_reached');
CREATE INDEX message_office ON message (office, created, id);
