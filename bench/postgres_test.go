package bench

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"mynumber/internal/application"
	"mynumber/internal/office"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

// pgClients is how many connections act at once, each at an office of its own.
const pgClients = 16

// BenchmarkActsPostgres (P11): 16 clients act at once. The limit is pgx alone with the same statements in the same transaction.
// Goal: 0.90.
func BenchmarkActsPostgres(b *testing.B) {
	url := pgtest.Fresh(b)
	db, err := store.OpenPostgres(url, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	apps := fill(b, db, 6000, pgClients, application.Forwarded)
	mine := func(client, n int) string { return apps[client+pgClients*(n%(len(apps)/pgClients))].ID }
	limit := pgxAlone(b, url, mine)
	beside(b, rounds, limit, func() run {
		return together(b, pgClients, 100*time.Millisecond, func(client, n int) error {
			return db.Write(b.Context(), func(tx office.Tx) error { return update(tx, mine(client, n)) })
		})
	})
}

// pgxAlone says the statements of an act to PostgreSQL without anything of ours.
func pgxAlone(b *testing.B, url string, mine func(client, n int) string) func() run {
	b.Helper()
	conns := make([]*pgx.Conn, pgClients)
	for i := range conns {
		var err error
		// With the planner as the store has it: whole tables are not read, which would lock them.
		if conns[i], err = pgx.Connect(b.Context(), url+"&enable_seqscan=off"); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conns[i].Close(context.Background()) })
	}
	var again atomic.Int64
	return func() run {
		return together(b, pgClients, 100*time.Millisecond, func(client, n int) error {
			for {
				err := pgxAct(b.Context(), conns[client], mine(client, n))
				if err == nil || !retry(err) {
					return err
				}
				again.Add(1)
			}
		})
	}
}

func pgxAct(ctx context.Context, conn *pgx.Conn, id string) error {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable})
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	var version, seq int64
	var request, state, filed, accepting, inCharge, pickup, doc string
	var person, application, card *string
	var overseas int
	var number, hash []byte
	err = tx.QueryRow(ctx, "SELECT id, version, request_key, state, filed, accepting, in_charge, pickup, person_id, application_id, card_id, overseas, number_sealed, doc FROM application WHERE id = $1", id).
		Scan(&id, &version, &request, &state, &filed, &accepting, &inCharge, &pickup, &person, &application, &card, &overseas, &number, &doc)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, "UPDATE application SET version = $2 + 1, state = $3, number_sealed = $4, doc = $5 WHERE id = $1 AND version = $2", id, version, state, number, doc); err != nil {
		return err
	}
	err = tx.QueryRow(ctx, "SELECT seq, hash FROM journal_head WHERE office = $1 FOR UPDATE", accepting).Scan(&seq, &hash)
	if err != nil && err != pgx.ErrNoRows {
		return err
	}
	first := err != nil
	if first {
		hash = make([]byte, 32)
	}
	if _, err = tx.Exec(ctx, eventText, accepting, seq+1, time.Now().UnixMicro(), "sumida", "receive_papers", "application/"+id, `["APP-021","ABR-024"]`, "done", "", state, hash, hash); err != nil {
		return err
	}
	if first {
		_, err = tx.Exec(ctx, "INSERT INTO journal_head (office, seq, hash) VALUES ($1, $2, $3)", accepting, seq+1, hash)
	} else {
		_, err = tx.Exec(ctx, "UPDATE journal_head SET seq = $2, hash = $3 WHERE office = $1", accepting, seq+1, hash)
	}
	if err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// retry reports that a transaction has to run again.
func retry(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// BenchmarkActsHTTPPostgres (P11): 64 clients through HTTP. The limit is pgx alone with 16 connections. Goal: 0.5.
func BenchmarkActsHTTPPostgres(b *testing.B) {
	url := pgtest.Fresh(b)
	db, err := store.OpenPostgres(url, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	apps := fill(b, db, 31*400, pgClients, application.Forwarded)
	other := pgtest.Fresh(b)
	second, err := store.OpenPostgres(other, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, second)
	theirs := fill(b, second, 6000, pgClients, application.Forwarded)
	httpActs(b, db, apps, pgxAlone(b, other, func(client, n int) string { return theirs[client+pgClients*(n%(len(theirs)/pgClients))].ID }))
}
