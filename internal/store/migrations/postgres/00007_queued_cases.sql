-- +goose Up
ALTER TABLE window_case DROP CONSTRAINT window_case_state_check;
ALTER TABLE window_case ADD CONSTRAINT window_case_state_check CHECK (state IN ('open', 'asked', 'queued', 'sent_away', 'arrived', 'sent_back', 'came_back', 'done', 'withdrawn', 'overdue'));
