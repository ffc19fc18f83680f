-- +goose Up
-- A reservation has a life and is kept when it is over; it may be for collecting a card, for a procedure at a window, or none at
-- all: a visitor with a number. Two reservations never have one seat (booking.Life, PICK-007).
CREATE TABLE visit (
	id             TEXT PRIMARY KEY,
	version        BIGINT NOT NULL CHECK (version > 0),
	state          TEXT NOT NULL CHECK (state IN ('booked', 'displaced', 'arrived', 'called', 'served', 'no_show', 'cancelled')),
	office         TEXT NOT NULL, -- whose visitor it is
	counter        TEXT NOT NULL CHECK (counter <> ''), -- office/id; a city's counter serves several offices
	procedure_code TEXT NOT NULL CHECK (procedure_code <> ''),
	application_id TEXT REFERENCES application (id),
	person_id      TEXT REFERENCES person (id),
	visitor        TEXT NOT NULL,
	email          TEXT NOT NULL,
	phone          TEXT NOT NULL,
	day            TEXT NOT NULL CHECK (length(day) = 10), -- the office's own
	time           TEXT NOT NULL CHECK (time = '' OR length(time) = 5),
	seat           BIGINT NOT NULL CHECK (seat >= 0),
	item           TEXT NOT NULL,
	ticket         BIGINT NOT NULL CHECK (ticket >= 0), -- number of the day, from the arrival on
	CHECK (state NOT IN ('arrived', 'called', 'served') OR ticket > 0),
	CHECK (state <> 'booked' OR seat > 0),
	CHECK (time <> '' OR seat = 0)
);
INSERT INTO visit (id, version, state, office, counter, procedure_code, application_id, person_id, visitor, email, phone, day, time, seat, item, ticket)
	SELECT r.id, 1, 'booked', r.office, CASE WHEN r.office = '151009' THEN '151009/main-hall' WHEN r.office LIKE '1510%' THEN r.office || '/ward-office' WHEN r.office = '131075' THEN r.office || '/pickup'
		WHEN r.office = '182087' THEN r.office || '/citizens' WHEN r.office = '252115' THEN r.office || '/city-hall' ELSE r.office || '/counter' END,
		CASE WHEN a.overseas = 1 THEN 'collect_overseas_card' ELSE 'collect_at_home' END, r.application_id, a.person_id, '', '', '', r.day, r.time,
		ROW_NUMBER() OVER (PARTITION BY r.office, r.day, r.time ORDER BY r.id), r.item, 0
	FROM reservation r JOIN application a ON a.id = r.application_id;
DROP TABLE reservation;
CREATE UNIQUE INDEX visit_seat ON visit (counter, day, time, seat) WHERE seat > 0 AND state IN ('booked', 'arrived', 'called');
CREATE UNIQUE INDEX visit_ticket ON visit (counter, day, ticket) WHERE ticket > 0;
CREATE UNIQUE INDEX visit_application ON visit (application_id) WHERE application_id IS NOT NULL AND state IN ('booked', 'displaced', 'arrived', 'called');
CREATE INDEX visit_day ON visit (counter, day, time);
CREATE INDEX visit_office ON visit (office, day);
CREATE INDEX visit_person ON visit (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX visit_open ON visit (day, id) WHERE state IN ('booked', 'displaced');
CREATE INDEX visit_displaced ON visit (day, id) WHERE state = 'displaced';
