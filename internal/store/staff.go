package store

import (
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

func scanStaff(s scanner) (office.Staff, error) {
	var a office.Staff
	var created, left int64
	err := s.Scan(&a.ID, &a.Name, &a.Office, &a.Role, &created, &left, &a.Logins, &a.Offered)
	a.Created, a.Left = instant(created), instant(left)
	return a, err
}

const staffColumns = "id, name, office, role, created, left_at, logins, offered"

// Staff is an account.
func (t *tx) Staff(id string) (office.Staff, error) {
	return first(list(t, scanStaff, "SELECT "+staffColumns+" FROM staff WHERE id = $1", id))
}

// first is the only one of a list, office.ErrNotFound when there is none.
func first[T any](found []T, err error) (T, error) {
	if err == nil && len(found) == 0 {
		err = office.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// StaffOf lists the accounts of an office.
func (t *tx) StaffOf(at place.Code) ([]office.Staff, error) {
	return list(t, scanStaff, "SELECT "+staffColumns+" FROM staff WHERE office = $1 ORDER BY role, id", string(at))
}

// StaffOffered lists the accounts that an office may take over.
func (t *tx) StaffOffered(to place.Code) ([]office.Staff, error) {
	return list(t, scanStaff, "SELECT "+staffColumns+" FROM staff WHERE offered = $1 AND offered <> '' ORDER BY id", string(to))
}

// AllStaff lists all accounts.
func (t *tx) AllStaff() ([]office.Staff, error) {
	return list(t, scanStaff, "SELECT "+staffColumns+" FROM staff ORDER BY office, role, id")
}

// PutStaff adds an account; a taken name is office.ErrTaken.
func (t *tx) PutStaff(s office.Staff) error {
	return t.exec("INSERT INTO staff ("+staffColumns+") VALUES "+marks(1, 8), s.ID, s.Name, string(s.Office), string(s.Role), micros(s.Created), micros(s.Left), s.Logins, string(s.Offered))
}

// ChangeStaff changes an account; its name stays.
func (t *tx) ChangeStaff(s office.Staff) error {
	return t.change("UPDATE staff SET office = $2, role = $3, left_at = $4, logins = $5, offered = $6 WHERE id = $1", s.ID, string(s.Office), string(s.Role), micros(s.Left), s.Logins, string(s.Offered))
}

const standInColumns = "id, account, office, role, first, last, granted, ended"

func scanStandIn(s scanner) (office.StandIn, error) {
	var p office.StandIn
	var from, to string
	var ended int64
	if err := s.Scan(&p.ID, &p.Account, &p.Office, &p.Role, &from, &to, &p.By, &ended); err != nil {
		return p, err
	}
	p.Ended = instant(ended)
	var err error
	if p.From, err = civil.Parse(from); err != nil {
		return p, err
	}
	p.To, err = civil.Parse(to)
	return p, err
}

// StandInsOf lists the stand-ins of an account, the oldest first.
func (t *tx) StandInsOf(account string) ([]office.StandIn, error) {
	return list(t, scanStandIn, "SELECT "+standInColumns+" FROM stand_in WHERE account = $1 ORDER BY first, id", account)
}

// StandInsAt lists the stand-ins at an office, the oldest first.
func (t *tx) StandInsAt(at place.Code) ([]office.StandIn, error) {
	return list(t, scanStandIn, "SELECT "+standInColumns+" FROM stand_in WHERE office = $1 ORDER BY first, id", string(at))
}

// PutStandIn adds a stand-in, or ends it.
func (t *tx) PutStandIn(p office.StandIn) error {
	return t.exec("INSERT INTO stand_in ("+standInColumns+") VALUES "+marks(1, 8)+" ON CONFLICT (id) DO UPDATE SET ended = excluded.ended",
		p.ID, p.Account, string(p.Office), string(p.Role), p.From.String(), p.To.String(), p.By, micros(p.Ended))
}

const staffKeyColumns = "kind, id, account, name, doc, created, used"

func scanStaffKey(s scanner) (office.StaffKey, error) {
	var k office.StaffKey
	var created, used int64
	err := s.Scan(&k.Kind, &k.ID, &k.Account, &k.Name, &k.Doc, &created, &used)
	k.Created, k.Used = instant(created), instant(used)
	return k, err
}

// StaffKey is a way to log in.
func (t *tx) StaffKey(kind, id string) (office.StaffKey, error) {
	return first(list(t, scanStaffKey, "SELECT "+staffKeyColumns+" FROM staff_key WHERE kind = $1 AND id = $2", kind, id))
}

// StaffKeys lists the ways in which an account can be logged in to.
func (t *tx) StaffKeys(account string) ([]office.StaffKey, error) {
	return list(t, scanStaffKey, "SELECT "+staffKeyColumns+" FROM staff_key WHERE account = $1 ORDER BY created, id", account)
}

// PutStaffKey adds a way to log in, or changes what is kept of it.
func (t *tx) PutStaffKey(k office.StaffKey) error {
	return t.exec("INSERT INTO staff_key ("+staffKeyColumns+") VALUES "+marks(1, 7)+" ON CONFLICT (kind, id) DO UPDATE SET doc = excluded.doc, used = excluded.used",
		k.Kind, k.ID, k.Account, k.Name, append([]byte{}, k.Doc...), micros(k.Created), micros(k.Used))
}

// DropStaffKey takes a way to log in away.
func (t *tx) DropStaffKey(k office.StaffKey) error {
	return t.exec("DELETE FROM staff_key WHERE kind = $1 AND id = $2", k.Kind, k.ID)
}
