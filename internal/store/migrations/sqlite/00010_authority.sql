-- +goose Up
-- Which line of the table of authority let the actor do it, and why a record was looked at.
ALTER TABLE journal ADD COLUMN policy TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
