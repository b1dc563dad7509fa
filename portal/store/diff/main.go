// Command diff writes the migrations that the model needs beyond those that
// exist, for both databases. It needs an empty PostgreSQL database to plan in.
//
//	go run ./portal/store/diff -postgres postgres://... NAME
package main

import (
	"context"
	"database/sql"
	"flag"
	"log"
	"os"
	"path/filepath"

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
	postgres := flag.String("postgres", os.Getenv("FOYER_DEV_POSTGRES"), "URL of an empty PostgreSQL database")
	flag.Parse()
	if flag.NArg() != 1 || *postgres == "" {
		log.Fatal("usage: go run ./portal/store/diff -postgres postgres://... NAME")
	}
	ctx := context.Background()
	file := filepath.Join(os.TempDir(), "foyer-diff.db")
	_ = os.Remove(file)
	if err := diff(ctx, dialect.SQLite, "sqlite", "file:"+file+"?_pragma=foreign_keys(1)", flag.Arg(0)); err != nil {
		log.Fatalf("sqlite: %v", err)
	}
	_ = os.Remove(file)
	if err := diff(ctx, dialect.Postgres, "postgres", *postgres, flag.Arg(0)); err != nil {
		log.Fatalf("postgres: %v", err)
	}
}

func diff(ctx context.Context, name, driver, source, migration string) error {
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	dir, err := sqltool.NewGooseDir(filepath.Join("portal/store/migrations", driver))
	if err != nil {
		return err
	}
	// Nothing is ever dropped by a planned migration: that is a decision, written
	// by hand, one release after the last reader is gone.
	m, err := schema.NewMigrate(entsql.OpenDB(name, db), schema.WithDir(dir),
		schema.WithMigrationMode(schema.ModeReplay), schema.WithFormatter(sqltool.GooseFormatter),
		schema.WithDialect(name), schema.DisableChecksum())
	if err != nil {
		return err
	}
	return m.NamedDiff(ctx, migration, entmigrate.Tables...)
}
