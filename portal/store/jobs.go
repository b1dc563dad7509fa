package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"

	"entgo.io/ent/dialect/sql/sqlgraph"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// JobDriver is how the job library reaches the database.
func (s *Store) JobDriver() riverdriver.Driver[*sql.Tx] {
	if s.Postgres() {
		return riverdatabasesql.New(s.driver.write)
	}
	return riversqlite.New(s.driver.write)
}

// jobsLock is the name of the advisory lock ("Foyerjob") for migrateJobs.
const jobsLock = 0x466f7965726a6f62

// JobReader is JobDriver for reading only; on SQLite it does not wait for the writer.
func (s *Store) JobReader() riverdriver.Driver[*sql.Tx] {
	if s.Postgres() {
		return s.JobDriver()
	}
	return riversqlite.New(s.driver.read)
}

// checkJobs says whether the tables of the job library are what it expects.
func (s *Store) checkJobs(ctx context.Context) error {
	m, err := rivermigrate.New(s.JobReader(), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	found, err := m.Validate(ctx)
	if err == nil && !found.OK {
		err = errors.New(strings.Join(found.Messages, "; "))
	}
	return err
}

// Duplicate says whether a statement failed because a row like it is there.
func Duplicate(err error) bool { return sqlgraph.IsUniqueConstraintError(err) }

// migrateJobs brings the tables of the job library up to date: they are its
// own, and it alone knows what they must be. It has no lock of its own against
// a second process; on SQLite the caller holds one.
func (s *Store) migrateJobs(ctx context.Context) error {
	if s.Postgres() {
		conn, err := s.driver.write.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, jobsLock); err != nil {
			return err
		}
		defer func() {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, jobsLock)
		}()
	}
	m, err := rivermigrate.New(s.JobDriver(), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}
