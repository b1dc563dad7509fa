package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrations has the versioned migrations of both databases. They only ever
// grow: an old replica runs beside a new one, so a column is added in one
// release and dropped in a later one.
//
//go:embed migrations
var Migrations embed.FS

func (s *Store) provider() (*goose.Provider, error) {
	dir, dialect := "migrations/sqlite", goose.DialectSQLite3
	var options []goose.ProviderOption
	if s.Postgres() {
		dir, dialect = "migrations/postgres", goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(Migrations, dir)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, s.driver.write, files, options...)
}

// Migrate brings the schema up to date and returns the versions it applied.
// Two processes that start together take turns: PostgreSQL by an advisory
// lock, SQLite by a lock file beside the database.
func (s *Store) Migrate(ctx context.Context) ([]int64, error) {
	if !s.Postgres() {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		l := flock.New(s.url[len("sqlite://"):] + ".lock")
		if _, err := l.TryLockContext(ctx, 20*time.Millisecond); err != nil {
			return nil, fmt.Errorf("store: another process holds the lock for migrations: %w", err)
		}
		defer func() { _ = l.Unlock() }()
	}
	p, err := s.provider()
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	results, err := p.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	if err := s.migrateJobs(ctx); err != nil {
		return nil, fmt.Errorf("store: migrations of the job tables: %w", err)
	}
	applied := make([]int64, len(results))
	for i, r := range results {
		applied[i] = r.Source.Version
	}
	return applied, nil
}

// Current says whether the schema is what this program expects: older means
// that it must be migrated first, newer that a newer program has done so. It
// only looks: the library of the migrations would make a table of its own first.
func (s *Store) Current(ctx context.Context) (have, want int64, err error) {
	p, err := s.provider()
	if err != nil {
		return 0, 0, err
	}
	sources := p.ListSources()
	if len(sources) == 0 {
		return 0, 0, errors.New("store: no migrations are embedded")
	}
	want = sources[len(sources)-1].Version
	there := `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1`
	if s.Postgres() {
		there = `SELECT count(to_regclass($1))`
	}
	var n int
	if err := s.RawRead(ctx).QueryRowContext(ctx, there, goose.DefaultTablename).Scan(&n); err != nil || n == 0 {
		return 0, want, err
	}
	err = s.RawRead(ctx).QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+goose.DefaultTablename+` WHERE is_applied`).Scan(&have)
	return have, want, err
}
