package store

import (
	"context"
	"errors"
	"fmt"
)

// Finding is the outcome of one check of the database.
type Finding struct {
	What string
	Err  error  // nil when all is well
	Hint string // what to do otherwise
}

// Check looks at what would otherwise show only later: the version of the
// schema, whether it can be written to, and on PostgreSQL how it sorts.
func (s *Store) Check(ctx context.Context) []Finding {
	have, want, err := s.Current(ctx)
	if err == nil && have != want {
		err = fmt.Errorf("it is at version %d, this program expects %d", have, want)
	}
	findings := []Finding{{"the schema is up to date", err, "Run: foyer migrate"}}
	if err != nil && have == 0 {
		return append(findings, s.checkSorting(ctx)...) // what follows would fail for the want of tables
	}
	findings = append(findings, Finding{"the tables of background work are up to date", s.checkJobs(ctx), "Run: foyer migrate"})
	_, err = s.Raw(ctx).ExecContext(ctx, `DELETE FROM idempotency_keys WHERE identity = 'doctor'`)
	findings = append(findings, Finding{"the database can be written to", err, "Check its permissions and the free space."})
	if !s.Postgres() {
		var found string
		err := s.Raw(ctx).QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found)
		if err == nil && found != "ok" {
			err = errors.New(found)
		}
		return append(findings, Finding{"the database file is intact", err, "Restore a backup."})
	}
	return append(findings, s.checkSorting(ctx)...)
}

// checkSorting looks at what can be put right only before there is data.
func (s *Store) checkSorting(ctx context.Context) []Finding {
	if !s.Postgres() {
		return nil
	}
	var collation, encoding string
	err := s.Raw(ctx).QueryRowContext(ctx,
		`SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()`).Scan(&collation, &encoding)
	if err == nil && (collation != "C" || encoding != "UTF8") {
		err = fmt.Errorf("it has collation %s and encoding %s", collation, encoding)
	}
	return []Finding{{"the database sorts by collation C in UTF-8", err,
		"Create it with: CREATE DATABASE foyer TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"}}
}
