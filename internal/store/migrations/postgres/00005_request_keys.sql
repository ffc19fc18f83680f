-- +goose Up
-- What was answered to a request that had a key, so that it is done once however often it is sent.
CREATE TABLE request_key (
	key     TEXT PRIMARY KEY, -- keyed hash of who asked and the key they chose
	request TEXT NOT NULL,    -- keyed hash of what was asked
	status  BIGINT NOT NULL CHECK (status BETWEEN 200 AND 599),
	answer  BYTEA,             -- sealed
	at      BIGINT NOT NULL   -- microseconds since 1970, UTC
);
CREATE INDEX request_key_at ON request_key (at);
