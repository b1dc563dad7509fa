package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/lib/pq"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// unit is one running transaction.
type unit struct {
	client *ent.Client
	raw    *sql.Tx
	after  []func()
}

type unitKey struct{}

func unitFrom(ctx context.Context) *unit {
	u, _ := ctx.Value(unitKey{}).(*unit)
	return u
}

// attempts is how often a transaction is tried that the database ended because
// of another one; everything in it is undone in between.
const attempts = 4

// Tx runs fn in a transaction, or in the one that the context is already in.
// An error rolls it back, and so does a panic. The audit of what was written
// goes in with it.
func (s *Store) Tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	if u := unitFrom(ctx); u != nil {
		return fn(ctx, u.client)
	}
	for try := 1; ; try++ {
		err := s.once(ctx, fn)
		if err == nil || try == attempts || !clash(err) {
			return err
		}
		select { // let the other one finish
		case <-time.After(time.Duration(try*try) * 5 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	var raw *sql.Tx
	tx, err := s.client.Tx(context.WithValue(ctx, rawKey{}, &raw))
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	u := &unit{client: tx.Client(), raw: raw}
	ctx = access.WithMemo(audit.WithBuffer(context.WithValue(ctx, unitKey{}, u)))
	if err := fn(ctx, u.client); err != nil {
		return err
	}
	if err := audit.Flush(ctx, u.client); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	for _, f := range u.after {
		f()
	}
	return nil
}

// Reader is for reading within the context's transaction if there is one, so that
// a calculation sees what the change that it is for has written; otherwise Client.
func (s *Store) Reader(ctx context.Context) *ent.Client {
	if u := unitFrom(ctx); u != nil {
		return u.client
	}
	return s.client
}

// AfterCommit runs f once the context's transaction is committed, and never if
// it is not; at once when there is none.
func AfterCommit(ctx context.Context, f func()) {
	if u := unitFrom(ctx); u != nil {
		u.after = append(u.after, f)
		return
	}
	f()
}

// clash says whether the database ended a transaction because of another one.
func clash(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && (e.Code == "40P01" || e.Code == "40001") // deadlock, serialization failure
}

// retention is how long an idempotency key is kept.
const retention = 24 * time.Hour

// Write runs a mutation in a transaction and returns the id of what it wrote.
// Under a Request it claims the key by its first statement: a twin waits there
// (PostgreSQL: on the unique index; SQLite: for the write lock), then finds the
// row and gets the id of what the first one did. An error rolls the claim back
// with the effect, so that a refused request may be sent again.
func (s *Store) Write(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) (gid.ID, error)) (gid.ID, error) {
	var result gid.ID
	req := requestFrom(ctx)
	if req == nil || unitFrom(ctx) != nil || !req.claimed.CompareAndSwap(false, true) {
		err := s.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
			result, err = fn(ctx, tx)
			return err
		})
		return result, err
	}
	err := s.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		earlier, repeated, err := s.claim(ctx, req)
		if err != nil || repeated {
			result = earlier
			return err
		}
		if result, err = fn(ctx, tx); err != nil {
			return err
		}
		_, err = s.Raw(ctx).ExecContext(ctx,
			`UPDATE idempotency_keys SET result = $1 WHERE identity = $2 AND name = $3`, string(result), req.Identity, req.Key)
		return err
	})
	return result, err
}

// claim takes the key, or finds what an earlier request under it has done.
func (s *Store) claim(ctx context.Context, req *Request) (earlier gid.ID, repeated bool, err error) {
	now := time.Now().UTC()
	raw := s.Raw(ctx)
	if _, err := raw.ExecContext(ctx,
		`DELETE FROM idempotency_keys WHERE identity = $1 AND name = $2 AND claimed_at < $3`,
		req.Identity, req.Key, now.Add(-retention)); err != nil {
		return "", false, err
	}
	done, err := raw.ExecContext(ctx,
		`INSERT INTO idempotency_keys (identity, name, fingerprint, result, claimed_at) VALUES ($1, $2, $3, '', $4)
		 ON CONFLICT (identity, name) DO NOTHING`, req.Identity, req.Key, req.Fingerprint, now)
	if err != nil {
		return "", false, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return "", false, err
	}
	var fingerprint []byte
	if err := raw.QueryRowContext(ctx,
		`SELECT fingerprint, result FROM idempotency_keys WHERE identity = $1 AND name = $2`,
		req.Identity, req.Key).Scan(&fingerprint, &earlier); err != nil {
		return "", false, err
	}
	if !bytes.Equal(fingerprint, req.Fingerprint) {
		return "", false, problem.New(problem.Conflict,
			"This idempotency key has been used for another request.",
			"Dieser Idempotenzschlüssel wurde schon für eine andere Anfrage verwendet.")
	}
	return earlier, true, nil
}

// Sweep deletes what has expired in the plain tables of this package.
func (s *Store) Sweep(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "sweep of expired idempotency keys")
	_, err := s.Raw(ctx).ExecContext(ctx, `DELETE FROM idempotency_keys WHERE claimed_at < $1`, time.Now().UTC().Add(-retention))
	return err
}

// Held makes a query lock what it reads until the transaction ends. SQLite has
// one writer at a time, from the beginning of its transaction.
func Held(s *entsql.Selector) {
	if s.Dialect() == dialect.Postgres {
		s.ForUpdate()
	}
}
