package store

import "mynumber/internal/office"

// Authorities lists all keys of both authorities, sealed.
func (t *tx) Authorities() ([]office.SealedAuthority, error) {
	return list(t, func(s scanner) (office.SealedAuthority, error) {
		var a office.SealedAuthority
		var created int64
		err := s.Scan(&a.Kind, &a.Generation, &a.Sealed, &created, &a.Planned)
		a.Created = instant(created)
		return a, err
	}, "SELECT kind, generation, sealed, created, counter FROM authority ORDER BY kind, generation")
}

// CountAuthorities is how many keys there are.
func (t *tx) CountAuthorities() (n int, err error) {
	return n, t.row("SELECT count(*) FROM authority", nil, &n)
}

// PutAuthority adds a key, or replaces what is sealed of it; the counter stays.
func (t *tx) PutAuthority(a office.SealedAuthority) error {
	return t.exec(`INSERT INTO authority (kind, generation, sealed, created) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, generation) DO UPDATE SET sealed = excluded.sealed`, int(a.Kind), a.Generation, a.Sealed, micros(a.Created))
}

// Ceremonies lists the records of the key ceremonies in their order.
func (t *tx) Ceremonies() ([]office.CeremonyRecord, error) {
	return list(t, func(s scanner) (office.CeremonyRecord, error) {
		var r office.CeremonyRecord
		var text string
		err := s.Scan(&r.Number, &r.Kind, &r.Generation, &text, &r.Signature, &r.Continuity)
		r.Text = []byte(text)
		return r, err
	}, "SELECT number, kind, generation, text, signature, continuity FROM ceremony ORDER BY number")
}

// PutCeremony adds a record; a taken number is office.ErrTaken.
func (t *tx) PutCeremony(r office.CeremonyRecord) error {
	return t.exec("INSERT INTO ceremony (number, kind, generation, text, signature, continuity) VALUES "+marks(1, 6), r.Number, int(r.Kind), r.Generation, string(r.Text), r.Signature, r.Continuity)
}
