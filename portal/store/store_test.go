package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	entmigrate "foyer/ent/migrate"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/schema/gid"
	"foyer/testkit/pgtest"
)

func each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite://"+filepath.Join(t.TempDir(), "with space", "t.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.URL(t)) })
}

func open(t *testing.T, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(t.Context())
	require.NoError(t, err)
	return s
}

func system(t *testing.T) context.Context { return auth.WithSystem(t.Context(), "store test") }

func TestMigrationsMatchTheModel(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		var missing bytes.Buffer
		require.NoError(t, entmigrate.NewSchema(s.driver).WriteTo(t.Context(), &missing))
		require.Empty(t, missing.String(), "the model has changed: make migration name=what_changed")
		have, want, err := s.Current(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, have)
		for _, f := range s.Check(t.Context()) {
			require.NoError(t, f.Err, f.What)
		}
	})
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		applied := make([]int, 4)
		for i := range applied {
			wg.Go(func() {
				s, err := Open(t.Context(), url)
				if !errors.Is(err, nil) {
					t.Error(err)
					return
				}
				defer func() { _ = s.Close() }()
				versions, err := s.Migrate(t.Context())
				if err != nil {
					t.Error(err)
				}
				applied[i] = len(versions)
			})
		}
		wg.Wait()
		total := 0
		for _, n := range applied {
			total += n
		}
		_, want, err := open(t, url).Current(t.Context())
		require.NoError(t, err)
		require.Positive(t, want)
		files, err := Migrations.ReadDir("migrations/postgres")
		require.NoError(t, err)
		require.Len(t, files, total, "each migration runs in one process: %v", applied)
	})
}

func TestWritesOutsideATransactionAreRefused(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		err := s.Client().Category.Create().SetName("x").Exec(system(t))
		require.ErrorIs(t, err, audit.ErrOutside)
		require.Zero(t, s.Client().Category.Query().CountX(system(t)))
	})
}

func TestAnErrorRollsBack(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		ran := false
		fail := errors.New("no")
		err := s.Tx(system(t), func(ctx context.Context, tx *ent.Client) error {
			AfterCommit(ctx, func() { ran = true })
			tx.Category.Create().SetName("x").ExecX(ctx)
			return fail
		})
		require.ErrorIs(t, err, fail)
		require.False(t, ran, "what waits for the commit must not run")
		require.Panics(t, func() {
			_ = s.Tx(system(t), func(ctx context.Context, tx *ent.Client) error {
				tx.Category.Create().SetName("x").ExecX(ctx)
				panic("no")
			})
		})
		require.Zero(t, s.Client().Category.Query().CountX(system(t)))
		require.Zero(t, s.Client().AuditEntry.Query().CountX(system(t)), "no audit of what did not happen")
	})
}

func TestAuditIsWrittenWithTheChange(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		ctx := auth.WithRequest(system(t), auth.Request{ID: "req-1"})
		require.NoError(t, s.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.User.Create().SetName("A").SetEmail("a@example.com").SetPasswordHash("topsecret").Exec(ctx)
		}))
		e := s.Client().AuditEntry.Query().OnlyX(ctx)
		require.Equal(t, "User", e.Entity)
		require.Equal(t, "req-1", e.Request)
		require.NotContains(t, fmt.Sprint(e.Changes), "topsecret")
		require.Contains(t, fmt.Sprint(e.Changes), "redacted")
	})
}

// twenty runs the same idempotent write by twenty goroutines.
func twenty(t *testing.T, s *Store, fingerprint func(i int) string) (ids []gid.ID, errs []error) {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			ctx := WithRequest(system(t), &Request{Identity: "me", Key: "k", Fingerprint: []byte(fingerprint(i))})
			id, err := s.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
				c, err := tx.Category.Create().SetName("once").Save(ctx)
				if err != nil {
					return "", err
				}
				return c.ID, nil
			})
			mu.Lock()
			defer mu.Unlock()
			ids, errs = append(ids, id), append(errs, err)
		})
	}
	wg.Wait()
	return ids, errs
}

func TestTheSameKeyWritesOnce(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		ids, errs := twenty(t, s, func(int) string { return "same" })
		for i := range ids {
			require.NoError(t, errs[i])
			require.Equal(t, ids[0], ids[i])
		}
		require.Equal(t, 1, s.Client().Category.Query().CountX(system(t)))
	})
}

func TestTheSameKeyForAnotherRequestIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		_, errs := twenty(t, s, func(i int) string { return fmt.Sprint(i) })
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			var p *problem.Error
			require.ErrorAs(t, err, &p)
			require.Equal(t, problem.Conflict, p.Code)
		}
		require.Equal(t, 1, won)
		require.Equal(t, 1, s.Client().Category.Query().CountX(system(t)))
	})
}

func TestARefusedRequestFreesItsKey(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		s := open(t, url)
		try := func(identity string, fail bool) (gid.ID, error) {
			ctx := WithRequest(system(t), &Request{Identity: identity, Key: "k", Fingerprint: []byte("f")})
			return s.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
				c := tx.Category.Create().SetName("x").SaveX(ctx)
				if fail {
					return "", problem.Refuse("NO", problem.Text{EN: "no"})
				}
				return c.ID, nil
			})
		}
		_, err := try("me", true)
		require.Error(t, err)
		first, err := try("me", false)
		require.NoError(t, err)
		again, err := try("me", true) // answered from the key: it does not run
		require.NoError(t, err)
		require.Equal(t, first, again)
		other, err := try("you", false)
		require.NoError(t, err)
		require.NotEqual(t, first, other, "another identity has its own keys")
		_, err = s.Raw(t.Context()).ExecContext(t.Context(), `UPDATE idempotency_keys SET claimed_at = $1`, time.Now().UTC().Add(-25*time.Hour))
		require.NoError(t, err)
		late, err := try("me", false)
		require.NoError(t, err)
		require.NotEqual(t, first, late, "after a day the key is free")
		require.NoError(t, s.Sweep(t.Context()))
	})
}

func TestSecretsAreShared(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		one, err := a.Secret(t.Context(), "x")
		require.NoError(t, err)
		two, err := b.Secret(t.Context(), "x")
		require.NoError(t, err)
		require.Equal(t, one, two)
		require.Len(t, one, 32)

		// The first transaction that asks makes the secret, and is rolled back: what it
		// got is a secret that the database does not have.
		failed := errors.New("on purpose")
		var lost []byte
		err = a.Tx(system(t), func(ctx context.Context, _ *ent.Client) (err error) {
			lost, err = a.Secret(ctx, "y")
			return cmp.Or(err, failed)
		})
		require.ErrorIs(t, err, failed)
		one, err = b.Secret(t.Context(), "y")
		require.NoError(t, err)
		two, err = a.Secret(t.Context(), "y")
		require.NoError(t, err)
		require.Equal(t, one, two)
		require.NotEqual(t, lost, two)

		// Afterwards nothing is asked of the database.
		_, err = a.Raw(t.Context()).ExecContext(t.Context(), `DELETE FROM secrets`)
		require.NoError(t, err)
		two, err = a.Secret(t.Context(), "y")
		require.NoError(t, err)
		require.Equal(t, one, two)
	})
}

func TestOpenRefusesWhatItCannotOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte("this is no database, and long enough to be read as one"), 0o600))
	for _, url := range []string{
		"", "foyer.db", "mysql://x", "sqlite://", "sqlite://" + filepath.Join(file, "below.db"), "sqlite://" + file,
		"postgres://secret:hunter2@127.0.0.1:1/none?connect_timeout=1",
	} {
		s, err := Open(t.Context(), url)
		if err == nil {
			_, err = s.Migrate(t.Context())
			_ = s.Close()
		}
		require.Error(t, err, url)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

// A plan may change under a cached statement, and an error inside a
// transaction must not leave the connection's cache wrong.
func TestCachedStatementsSurviveChanges(t *testing.T) {
	s := open(t, pgtest.URL(t))
	ctx := t.Context()
	raw := s.Raw(ctx)
	_, err := raw.ExecContext(ctx, `CREATE TABLE plan (a int)`)
	require.NoError(t, err)
	read := func() error {
		rows, err := raw.QueryContext(ctx, `SELECT * FROM plan WHERE a > $1`, 0)
		if err != nil {
			return err
		}
		for rows.Next() {
			continue
		}
		return errors.Join(rows.Err(), rows.Close())
	}
	s.driver.write.SetMaxOpenConns(1)
	require.NoError(t, read())
	_, err = raw.ExecContext(ctx, `ALTER TABLE plan ADD COLUMN b int`)
	require.NoError(t, err)
	_ = read() // may fail once: the cached plan has another result type
	require.NoError(t, read())
	for i := range 2 * statements { // more than the cache holds
		var one int
		require.NoError(t, raw.QueryRowContext(ctx, fmt.Sprintf(`SELECT $1::int + %d`, i), 1).Scan(&one))
		require.Equal(t, i+1, one)
	}
}

// A process must be able to stop while there is no connection to listen on.
func TestListeningEndsWithoutAServer(t *testing.T) {
	s := &Store{driver: &split{name: dialect.Postgres}, url: "postgres://nobody@127.0.0.1:1/none?sslmode=disable"}
	ctx, cancel := context.WithCancel(t.Context())
	deaf, ended := make(chan error, 1), make(chan error, 1)
	go func() { ended <- s.Listen(ctx, "news", func() {}, func(err error) { deaf <- err }) }()
	require.Error(t, <-deaf)
	cancel()
	require.NoError(t, <-ended)
}
