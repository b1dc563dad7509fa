package store

import (
	"context"
	"database/sql"
	"io"
	"log/slog"

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

// JobReader is JobDriver for reading only; on SQLite it does not wait for the writer.
func (s *Store) JobReader() riverdriver.Driver[*sql.Tx] {
	if s.Postgres() {
		return s.JobDriver()
	}
	return riversqlite.New(s.driver.read)
}

// Duplicate says whether a statement failed because a row like it is there.
func Duplicate(err error) bool { return sqlgraph.IsUniqueConstraintError(err) }

// migrateJobs brings the tables of the job library up to date: they are its
// own, and it alone knows what they must be.
func (s *Store) migrateJobs(ctx context.Context) error {
	m, err := rivermigrate.New(s.JobDriver(), &rivermigrate.Config{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}
