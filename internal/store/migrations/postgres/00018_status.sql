-- +goose Up
-- What the outside hears of certificates, in the order in which it changed. Whoever answers about them follows it instead of
-- reading the registers for each answer; rows that everybody has followed are forgotten after a month.
CREATE TABLE status_change (
	seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind       INTEGER NOT NULL,
	generation INTEGER NOT NULL,
	counter    BIGINT NOT NULL CHECK (counter > 0),
	ended_at   BIGINT, -- NULL while it is good
	reason     INTEGER,
	written    BIGINT NOT NULL, -- by the machine's clock
	CHECK ((ended_at IS NULL) = (reason IS NULL))
);

-- Which registers these are: a copy that was restored begins another log. Changes up to forgotten are gone from it.
CREATE TABLE status_log (
	id        TEXT PRIMARY KEY,
	forgotten BIGINT NOT NULL DEFAULT 0
);
