-- +goose Up
-- The records of the key ceremonies, one chain: text as it was signed, the signature of the key it is about, and that of the key before it.
CREATE TABLE ceremony (
	number     BIGINT PRIMARY KEY CHECK (number > 0),
	kind       BIGINT NOT NULL,
	generation BIGINT NOT NULL,
	text       TEXT NOT NULL,
	signature  BYTEA NOT NULL,
	continuity BYTEA, -- NULL for the first key of a kind
	UNIQUE (kind, generation),
	FOREIGN KEY (kind, generation) REFERENCES authority (kind, generation)
);
