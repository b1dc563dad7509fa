// Package pgtest gives a test a PostgreSQL database of its own.
//
// The server is the one that FOYER_TEST_POSTGRES names (a postgres:// URL of a
// role that may create databases); without it, a cluster of this test process
// alone, started at first use from the binaries of the machine (PATH, then
// /usr/lib/postgresql, the newest first) and gone with the process. Where there
// is neither, tests are skipped, loudly; with CI=true they fail.
package pgtest

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lib/pq"
)

// Environment is the variable with the URL of a server to use instead of a
// cluster of our own.
const Environment = "FOYER_TEST_POSTGRES"

// errNone means that this machine has no PostgreSQL for tests.
var errNone = errors.New("no PostgreSQL: " + Environment + " is not set, and initdb and postgres are neither in PATH nor in /usr/lib/postgresql/*/bin")

// Available says whether there is a PostgreSQL to test with, without starting
// one. It may still turn out not to start, and then URL fails the test.
func Available() bool { return os.Getenv(Environment) != "" || binaries() != "" }

// URL returns the postgres:// URL of a new, empty database for this test:
// UTF-8, collation C, dropped when the test ends, with whatever is connected to
// it then. Where there is no PostgreSQL the test is skipped, or fails when
// CI=true.
func URL(t testing.TB) string {
	t.Helper()
	s := serverOf(t)
	return s.database(t, s.options)
}

// Template is a database that is made once in a process and copied for each test: the
// tables of a whole model take half a second, a copy of them less than a tenth.
type Template struct {
	// Make fills an empty database, and leaves nothing connected to it.
	Make func(ctx context.Context, url string) error

	once sync.Once
	name string
	err  error
}

// URL is that of a copy, which is gone with the test.
func (p *Template) URL(t testing.TB) string {
	t.Helper()
	s := serverOf(t)
	if os.Getenv(Environment) != "" { // nothing of ours stays behind on a server that is not ours
		url := s.database(t, s.options)
		if err := p.Make(t.Context(), url); err != nil {
			t.Fatalf("pgtest: %v", err)
		}
		return url
	}
	p.once.Do(func() {
		p.name = "foyer_template_" + random(8)
		if p.err = s.create(t.Context(), p.name, s.options); p.err == nil {
			p.err = p.Make(t.Context(), s.at(p.name))
		}
	})
	if p.err != nil {
		t.Fatalf("pgtest: template: %v", p.err)
	}
	return s.database(t, "TEMPLATE "+p.name)
}

func serverOf(t testing.TB) *instance {
	t.Helper()
	s, err := server()
	if errors.Is(err, errNone) {
		missing(t)
	}
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return s
}

// database makes one that is gone with the test, and returns its URL.
func (s *instance) database(t testing.TB, options string) string {
	t.Helper()
	name := "foyer_test_" + random(8)
	if err := s.create(t.Context(), name, options); err != nil {
		t.Fatalf("pgtest: create database %s: %v", name, err)
	}
	t.Cleanup(func() {
		// The test's own context is over by now.
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if _, err := s.admin.ExecContext(ctx, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`); err != nil {
			t.Errorf("pgtest: drop database %s: %v", name, err)
		}
	})
	return s.at(name)
}

func (s *instance) at(name string) string {
	u := *s.url
	u.Path, u.RawPath = "/"+name, ""
	return u.String()
}

var announce sync.Once

// missing ends the test. That nothing ran must be seen by people (once a
// process) as well as in the list of skipped tests.
func missing(t testing.TB) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("pgtest: CI must test on PostgreSQL: %v", errNone)
	}
	announce.Do(func() {
		fmt.Fprintf(os.Stderr, "\n*** TESTS ON POSTGRESQL WERE NOT RUN (%s and every later one of %s)\n*** %v\n\n",
			t.Name(), filepath.Base(os.Args[0]), errNone)
	})
	t.Skipf("*** NOT RUN ON POSTGRESQL: %s: %v", t.Name(), errNone)
}

// instance is the server that this process uses.
type instance struct {
	url     *url.URL // of a database to connect to for making others
	admin   *sql.DB
	options string // of CREATE DATABASE
}

var server = sync.OnceValues(func() (*instance, error) {
	raw := os.Getenv(Environment)
	if raw == "" {
		bin := binaries()
		if bin == "" {
			return nil, errNone
		}
		var err error
		if raw, err = start(bin); err != nil {
			return nil, err
		}
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		// Not the URL itself, which may have a password in it.
		return nil, errors.New(Environment + " is not a postgres:// URL")
	}
	admin, err := sql.Open("postgres", raw)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", u.Redacted(), err)
	}
	// Tests run in parallel; making databases is work for the disk, and idle
	// connections are taken from the tests.
	admin.SetMaxOpenConns(4)
	admin.SetMaxIdleConns(1)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var version int
	if err := admin.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int`).Scan(&version); err != nil {
		_ = admin.Close()
		return nil, fmt.Errorf("connect to %s: %w", u.Redacted(), err)
	}
	// template0 because template1 may have been changed on a server that is
	// not ours, and because only it takes another collation.
	options := `TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`
	if version >= 150000 {
		options += ` LOCALE_PROVIDER libc` // else that of the server, which may not look at LC_COLLATE
	}
	return &instance{u, admin, options}, nil
})

func (s *instance) create(ctx context.Context, name, options string) error {
	for try := 0; ; try++ {
		_, err := s.admin.ExecContext(ctx, `CREATE DATABASE `+name+` `+options)
		// Two at the same time can get into each other's way: object_in_use.
		if busy, ok := errors.AsType[*pq.Error](err); ok && busy.Code == "55006" && try < 20 {
			time.Sleep(50 * time.Millisecond)
			continue
		}
		return err
	}
}

// binaries is the folder that initdb and postgres are in; empty when there is
// none.
var binaries = sync.OnceValue(func() string {
	if !canStart {
		return ""
	}
	var folders []string
	if path, err := exec.LookPath("postgres"); err == nil {
		// What is in PATH may be a link into the folder with all the others.
		if real, err := filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
		folders = append(folders, filepath.Dir(path))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is good
	slices.SortFunc(debian, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
	for _, dir := range append(folders, debian...) {
		if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err != nil {
			continue
		}
		if _, err := exec.LookPath(filepath.Join(dir, "postgres")); err == nil {
			return dir
		}
	}
	return ""
})

// version is the number in /usr/lib/postgresql/15/bin.
func version(bin string) float64 {
	n, err := strconv.ParseFloat(filepath.Base(filepath.Dir(bin)), 64)
	if err != nil {
		return 0
	}
	return n
}

// socketURL is the URL of the superuser on a cluster that listens in a folder.
func socketURL(dir string) string {
	return (&url.URL{
		Scheme: "postgres", User: url.User("postgres"), Path: "/postgres",
		RawQuery: url.Values{"host": {dir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode(),
	}).String()
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// tail is the end of a server's output, for an error.
func tail(s string) string {
	const most = 2000
	if s = strings.TrimSpace(s); len(s) > most {
		s = "..." + s[len(s)-most:]
	}
	return s
}
