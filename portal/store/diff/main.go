// Command diff writes the migrations that the model needs beyond those that
// exist, for both databases. It plans in databases of its own, which it drops
// again; the URL names a PostgreSQL server on which it may make one.
//
//	go run ./portal/store/diff -postgres postgres://... NAME
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"

	entmigrate "foyer/ent/migrate"
)

func main() {
	log.SetFlags(0)
	postgres := flag.String("postgres", os.Getenv("FOYER_DEV_POSTGRES"), "URL of a PostgreSQL server")
	flag.Parse()
	if flag.NArg() != 1 || *postgres == "" {
		log.Fatal("usage: go run ./portal/store/diff -postgres postgres://... NAME")
	}
	ctx := context.Background()
	if err := errors.Join(onSQLite(ctx, flag.Arg(0)), onPostgres(ctx, *postgres, flag.Arg(0))); err != nil {
		log.Fatal(err)
	}
}

func onSQLite(ctx context.Context, migration string) error {
	dir, err := os.MkdirTemp("", "foyer-diff-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	return diff(ctx, dialect.SQLite, "sqlite", "file:"+filepath.Join(dir, "plan.db")+"?_pragma=foreign_keys(1)", migration)
}

func onPostgres(ctx context.Context, server, migration string) error {
	u, err := url.Parse(server)
	if err != nil {
		return err
	}
	db, err := sql.Open("postgres", server)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	name := fmt.Sprintf("foyer_diff_%d", time.Now().UnixNano())
	if _, err := db.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"); err != nil {
		return err
	}
	u.Path = "/" + name
	return errors.Join(diff(ctx, dialect.Postgres, "postgres", u.String(), migration), func() error {
		_, err := db.ExecContext(ctx, "DROP DATABASE "+name)
		return err
	}())
}

func diff(ctx context.Context, name, driver, source, migration string) error {
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	path := filepath.Join("portal/store/migrations", driver)
	dir, err := sqltool.NewGooseDir(path)
	if err != nil {
		return err
	}
	// The planner wants its own checksum file; goose does not, so it is not kept.
	sum, err := dir.Checksum()
	if err != nil {
		return err
	}
	if err := migrate.WriteSumFile(dir, sum); err != nil {
		return err
	}
	defer func() { _ = os.Remove(filepath.Join(path, migrate.HashFileName)) }()
	// Nothing is ever dropped by a planned migration: that is a decision, written
	// by hand, one release after the last reader is gone.
	m, err := schema.NewMigrate(entsql.OpenDB(name, db), schema.WithDir(dir),
		schema.WithMigrationMode(schema.ModeReplay), schema.WithFormatter(sqltool.GooseFormatter),
		schema.WithDialect(name))
	if err != nil {
		return err
	}
	return m.NamedDiff(ctx, migration, entmigrate.Tables...)
}
