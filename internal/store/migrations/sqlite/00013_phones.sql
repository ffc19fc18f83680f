-- +goose Up
-- What a certificate lies on: the card, or a phone whose certificates were derived from the card's.
ALTER TABLE certificate ADD COLUMN carrier TEXT NOT NULL DEFAULT 'card' CHECK (carrier IN ('card', 'android', 'iphone'));
