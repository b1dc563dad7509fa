// Package store opens the database, keeps its schema current and owns
// transactions. It is the only place that makes an ent client, so that there
// is none without the access rules, and the only one with statements that ent's
// own builders cannot express.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"
	"modernc.org/sqlite" // the embedded database

	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/audit"
)

// Store is an open database.
type Store struct {
	driver *split
	client *ent.Client
	url    string

	secrets sync.Map // name -> []byte, see Secret
}

// Open opens the database that a URL names, without changing its schema; see
// Migrate. "sqlite://foyer.db" is a file, "postgres://..." a server as lib/pq
// describes it.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	scheme, rest, ok := strings.Cut(databaseURL, "://")
	var d *split
	var err error
	switch {
	case ok && scheme == "sqlite":
		d, err = openSQLite(ctx, rest)
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		d, err = openPostgres(databaseURL)
	default:
		return nil, errors.New("store: the database URL must begin with sqlite:// or postgres://")
	}
	if err != nil {
		return nil, err
	}
	s := &Store{driver: d, url: databaseURL, client: ent.NewClient(ent.Driver(d))}
	access.Register(s.client)
	audit.Register(s.client)
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("store: the database does not answer: %w", err), s.Close())
	}
	return s, nil
}

// ErrNoDatabase is the error of OpenExisting where there is none.
var ErrNoDatabase = errors.New("there is no database")

// OpenExisting is Open for those who only look: it makes no file.
func OpenExisting(ctx context.Context, databaseURL string) (*Store, error) {
	if path, ok := strings.CutPrefix(databaseURL, "sqlite://"); ok && path != "" {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%w at %s", ErrNoDatabase, path)
		}
	}
	return Open(ctx, databaseURL)
}

// openSQLite opens a file with two pools: many readers, and one writer whose
// transactions take the write lock at once. Two writers would otherwise both
// begin by reading, and one would fail when it wants to write.
func openSQLite(ctx context.Context, path string) (*split, error) {
	if path == "" {
		return nil, errors.New("store: sqlite:// needs the path of a file")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	// The file holds what signs access tokens: it is for its owner alone.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("store: cannot open the database file: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("store: cannot open the database file: %w", err)
	}
	open := func(conns int, params ...string) (*sql.DB, error) {
		q := url.Values{"_time_format": {"sqlite"}, "_timezone": {"UTC"}, "_pragma": {
			"busy_timeout(10000)", "journal_mode(WAL)", "foreign_keys(1)", "synchronous(NORMAL)", "temp_store(MEMORY)",
		}}
		for _, p := range params {
			k, v, _ := strings.Cut(p, "=")
			q.Add(k, v)
		}
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		db.SetMaxOpenConns(conns)
		db.SetMaxIdleConns(conns)
		return db, nil
	}
	write, err := open(1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	// The writer comes first and makes the file; a reader could not.
	if err := firstContact(ctx, write); err != nil {
		return nil, errors.Join(fmt.Errorf("store: cannot open the database file: %w", err), write.Close())
	}
	read, err := open(max(4, 2*runtime.NumCPU()), "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return newSplit(dialect.SQLite, read, write), nil
}

// firstContact opens the first connection, which makes a new file one with a
// write-ahead log. When two processes do that at once, SQLite turns one of them
// away without waiting, whatever the busy timeout.
func firstContact(ctx context.Context, db *sql.DB) error {
	const busy = 5 // SQLITE_BUSY, in the low byte of extended codes
	for begin := time.Now(); ; {
		err := db.PingContext(ctx)
		if code := (*sqlite.Error)(nil); !errors.As(err, &code) || code.Code()&0xff != busy || time.Since(begin) > 10*time.Second {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// connections is how many a replica holds open at most.
const connections = 20

func openPostgres(databaseURL string) (*split, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return nil, errors.New("store: the PostgreSQL URL cannot be read") // its text may hold a password
	}
	q := u.Query()
	if !q.Has("timezone") {
		q.Set("timezone", "UTC")
	}
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", "10")
	}
	u.RawQuery = q.Encode()
	c, err := pq.NewConnector(u.String())
	if err != nil {
		return nil, errors.New("store: the PostgreSQL URL cannot be read")
	}
	db := sql.OpenDB(cached{c})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return newSplit(dialect.Postgres, db, db), nil
}

// Client is for reading; writes outside Tx and Write are refused.
func (s *Store) Client() *ent.Client { return s.client }

// Postgres says whether the database is PostgreSQL.
func (s *Store) Postgres() bool { return s.driver.name == dialect.Postgres }

// Statements is how many SQL statements have run, so that tests can count
// what a request costs.
func (s *Store) Statements() int64 { return s.driver.statementsOf.Load() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.driver.read.PingContext(ctx) }

// Close ends all connections.
func (s *Store) Close() error { return s.driver.Close() }

// Querier runs raw statements, for the plain tables that a domain package
// keeps outside ent: counters, keys, attempts. Arguments are $1, $2, ... on
// both databases, in order.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// counting counts what goes past ent.
type counting struct {
	Querier
	s *Store
}

func (c counting) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	c.s.driver.statementsOf.Add(1)
	return c.Querier.ExecContext(ctx, query, args...)
}

func (c counting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.s.driver.statementsOf.Add(1)
	return c.Querier.QueryContext(ctx, query, args...)
}

func (c counting) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	c.s.driver.statementsOf.Add(1)
	return c.Querier.QueryRowContext(ctx, query, args...)
}

// Raw gives the plain tables: within the context's transaction if there is
// one, otherwise by themselves.
func (s *Store) Raw(ctx context.Context) Querier {
	if u := unitFrom(ctx); u != nil {
		return counting{u.raw, s}
	}
	return counting{s.driver.write, s}
}

// RawRead is Raw for reading only; on SQLite it does not wait for the writer.
func (s *Store) RawRead(ctx context.Context) Querier {
	if unitFrom(ctx) != nil {
		return s.Raw(ctx)
	}
	return counting{s.driver.read, s}
}

// Transaction is the one that the context is in, for a library that keeps tables
// of its own (portal/jobs); nil when it is in none.
func (s *Store) Transaction(ctx context.Context) *sql.Tx {
	if u := unitFrom(ctx); u != nil {
		return u.raw
	}
	return nil
}

// Secret returns a random secret of 32 bytes that all replicas share, making
// it when it is first asked for. It never changes, and a process reads it once;
// whoever asks must not write into it.
func (s *Store) Secret(ctx context.Context, name string) ([]byte, error) {
	if known, ok := s.secrets.Load(name); ok {
		return known.([]byte), nil
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: crypto/rand ends the program instead
	if _, err := s.Raw(ctx).ExecContext(ctx,
		`INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, secret); err != nil {
		return nil, fmt.Errorf("store: secret %s: %w", name, err)
	}
	err := s.Raw(ctx).QueryRowContext(ctx, `SELECT value FROM secrets WHERE name = $1`, name).Scan(&secret)
	if err != nil {
		return nil, fmt.Errorf("store: secret %s: %w", name, err)
	}
	// A transaction that is rolled back takes the secret with it that it has
	// made; only one that is committed may be remembered.
	AfterCommit(ctx, func() { s.secrets.Store(name, secret) })
	return secret, nil
}
