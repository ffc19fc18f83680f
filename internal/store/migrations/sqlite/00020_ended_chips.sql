-- +goose Up
-- Chips of ended cards whose plastic an office has: each is owed its end (contents, PINs and keys erased) until that is done.
CREATE TABLE ended_chip (
	card_id TEXT PRIMARY KEY REFERENCES card (id),
	office  TEXT NOT NULL, -- which has the plastic
	owed    INTEGER NOT NULL CHECK (owed > 0), -- since the act that ended the card
	tried   INTEGER NOT NULL DEFAULT 0,
	tries   INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
	fault   TEXT NOT NULL DEFAULT '', -- what stood in the way last
	done    INTEGER NOT NULL DEFAULT 0, -- 0: it is owed still
	how     TEXT NOT NULL DEFAULT '' CHECK (how IN ('', 'erased', 'cut', 'no_chip')),
	CHECK ((done = 0) = (how = '')),
	CHECK ((tried = 0) = (tries = 0))
) STRICT;
CREATE INDEX ended_chip_owed ON ended_chip (tries, owed, card_id) WHERE done = 0;
CREATE INDEX ended_chip_office ON ended_chip (office, owed, card_id) WHERE done = 0;
