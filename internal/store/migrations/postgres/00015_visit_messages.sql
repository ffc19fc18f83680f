-- +goose Up
-- Which visit a message is about, so that it is erased with what the visitor gave.
ALTER TABLE message ADD COLUMN visit_id TEXT NOT NULL DEFAULT '';
CREATE INDEX message_visit ON message (visit_id) WHERE visit_id <> '';
