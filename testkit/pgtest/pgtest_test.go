package pgtest

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// childVariable names what a copy of this test program, started by one of the
// tests, is to do.
const childVariable = "FOYER_PGTEST_CHILD"

// child is a copy of this program that runs TestChild alone.
func child(t *testing.T, task string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, Environment+"=") && !strings.HasPrefix(e, "CI=") {
			cmd.Env = append(cmd.Env, e)
		}
	}
	cmd.Env = append(append(cmd.Env, childVariable+"="+task), env...)
	return cmd
}

func TestChild(t *testing.T) {
	switch os.Getenv(childVariable) {
	case "":
		t.Skip("run by the other tests")
	case "none":
		binaries = func() string { return "" }
		if Available() {
			t.Error("available without binaries")
		}
		t.Run("first", func(t *testing.T) { URL(t); t.Error("went on") })
		t.Run("second", func(t *testing.T) { URL(t); t.Error("went on") })
	case "external":
		binaries = func() string { return "" } // nothing to start
		if !Available() {
			t.Error("not available")
		}
		fmt.Println("DATABASE", query[string](t, URL(t), `SELECT current_database()`))
	case "hold":
		fmt.Println("URL", URL(t))
		var forever chan struct{}
		<-forever
	}
}

// query returns the one value that a statement gives.
func query[T any](t *testing.T, url, statement string) (value T) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), statement).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestURL(t *testing.T) {
	var dropped []string
	for range 3 {
		t.Run("", func(t *testing.T) {
			u := URL(t)
			name := query[string](t, u, `SELECT current_database()`)
			dropped = append(dropped, name)
			if got := query[string](t, u, `SELECT pg_encoding_to_char(encoding)||' '||datcollate||' '||datctype FROM pg_database WHERE datname=current_database()`); got != "UTF8 C C" {
				t.Errorf("made as %s", got)
			}
			if !query[bool](t, u, `SELECT 'Z' < 'a' AND 'z' < 'ä'`) {
				t.Error("does not sort by code points")
			}
			if n := query[int](t, u, `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname='public'`); n != 0 {
				t.Errorf("%d tables in a new database", n)
			}
			// A test that leaves its connection open must not keep its database.
			db, err := sql.Open("postgres", u)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), `CREATE TABLE x (id int)`); err != nil {
				t.Fatal(err)
			}
		})
	}
	u := URL(t)
	for _, name := range dropped {
		if n := query[int](t, u, `SELECT count(*) FROM pg_database WHERE datname='`+name+`'`); n != 0 {
			t.Errorf("%s is still there", name)
		}
	}
	if len(dropped) != 3 || dropped[0] == dropped[1] {
		t.Errorf("databases %v", dropped)
	}
}

func TestURLParallel(t *testing.T) {
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			query[int](t, URL(t), `SELECT 1`)
		})
	}
}

func TestNoneIsSkippedLoudly(t *testing.T) {
	out, err := child(t, "none").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for text, want := range map[string]int{
		"TESTS ON POSTGRESQL WERE NOT RUN":         1, // once a process
		"NOT RUN ON POSTGRESQL: TestChild/first: ": 1, "NOT RUN ON POSTGRESQL: TestChild/second: ": 1, "--- SKIP: TestChild/": 2, Environment: 3,
	} {
		if n := strings.Count(string(out), text); n != want {
			t.Errorf("%q %d times instead of %d in\n%s", text, n, want, out)
		}
	}
}

func TestNoneFailsInCI(t *testing.T) {
	out, err := child(t, "none", "CI=true").CombinedOutput()
	if err == nil || strings.Contains(string(out), "SKIP") || strings.Count(string(out), "CI must test on PostgreSQL") != 2 {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestEnvironment(t *testing.T) {
	here := URL(t)
	out, err := child(t, "external", Environment+"="+here).CombinedOutput()
	_, rest, found := strings.Cut(string(out), "DATABASE ")
	name, _, _ := strings.Cut(rest, "\n")
	if err != nil || !found {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := query[int](t, here, `SELECT count(*) FROM pg_database WHERE datname='`+name+`'`); n != 0 {
		t.Errorf("%s was not dropped", name)
	}

	// No password of a server in the output of a test.
	for _, bad := range []string{"mysql://root:geheim@localhost/x", "host=localhost password=geheim", "postgres://x:geheim@127.0.0.1:1/x?sslmode=disable", "postgres://x:geheim@[::1/x"} {
		out, err := child(t, "external", Environment+"="+bad).CombinedOutput()
		if err == nil || strings.Contains(string(out), "geheim") {
			t.Errorf("%s: %v\n%s", bad, err, out)
		}
	}
}

func TestSocketURL(t *testing.T) {
	u, err := url.Parse(socketURL("/tmp/a b"))
	if err != nil || u.Query().Get("host") != "/tmp/a b" || u.Path != "/postgres" || u.User.Username() != "postgres" {
		t.Errorf("%v %v", u, err)
	}
}

func TestVersion(t *testing.T) {
	if version("/usr/lib/postgresql/15/bin") <= version("/usr/lib/postgresql/9.6/bin") || version("/opt/x/bin") != 0 {
		t.Error("versions do not compare as numbers")
	}
}
