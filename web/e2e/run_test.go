// Package e2e runs the tests of the pages in a browser: the real program, on both
// databases, as people use it. They are written in JavaScript, for Chromium.
package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"foyer/testkit/pgtest"
)

// TestPages builds the program and runs the tests. It takes minutes and wants
// Node and Chromium, so it waits to be asked: FOYER_E2E=1. FOYER_E2E_FILES names
// test files, separated by spaces, when not all are meant.
func TestPages(t *testing.T) {
	if os.Getenv("FOYER_E2E") == "" {
		t.Skip("SKIPPED: the pages are tested with FOYER_E2E=1, see web/README.md")
	}
	program := filepath.Join(t.TempDir(), "foyer")
	run(t, exec.CommandContext(t.Context(), "go", "build", "-o", program, "foyer/cmd/foyer"))

	// Each test wants a database of its own: the demo company fills an empty one.
	var one sync.Mutex
	databases := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		one.Lock()
		defer one.Unlock()
		_, _ = w.Write([]byte(pgtest.URL(t))) // to a test that has ended
	}))
	defer databases.Close()

	files := strings.Fields(os.Getenv("FOYER_E2E_FILES"))
	if len(files) == 0 {
		var err error
		if files, err = filepath.Glob("*.test.mjs"); err != nil || len(files) == 0 {
			t.Fatalf("no tests: %v", err)
		}
	}
	// What failed, and why, is told twice: where it happens, and once more at the end.
	told := filepath.Join(t.TempDir(), "told")
	node := exec.CommandContext(t.Context(), "node", append([]string{"--test", "--test-concurrency=2",
		"--test-reporter=tap", "--test-reporter-destination=stdout", "--test-reporter=spec", "--test-reporter-destination=" + told}, files...)...)
	node.Env = append(os.Environ(), "FOYER="+program)
	if pgtest.Available() {
		node.Env = append(node.Env, "FOYER_E2E_DATABASES="+databases.URL)
	} else if os.Getenv("CI") != "" {
		t.Error("there is no PostgreSQL")
	}
	defer func() {
		if t.Failed() {
			t.Log(reasons(told))
		}
	}()
	run(t, node)
}

// reasons is what node says of the failed tests after all others: of a record that
// is cut, the end remains.
func reasons(file string) string {
	const most = 12_000
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	_, failed, found := strings.Cut(string(text), "failing tests:")
	if !found {
		return "node names no failing tests"
	}
	if len(failed) > most { // the first are told: the later ones often follow from them
		failed = strings.ToValidUTF8(failed[:most], "") + "\n... and more, further up"
	}
	return "failing tests:" + failed
}

func run(t *testing.T, c *exec.Cmd) {
	t.Helper()
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	if err := c.Run(); err != nil && context.Cause(t.Context()) == nil {
		t.Fatalf("%s: %v", strings.Join(c.Args, " "), err)
	}
}
