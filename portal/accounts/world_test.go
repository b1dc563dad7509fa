package accounts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

const password = "a quiet walk by the river"

// clock is a clock that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// counted counts what a caller could measure: the hashes.
type counted struct {
	Hasher
	hashes atomic.Int64
}

func (c *counted) Hash(ctx context.Context, password string) (string, error) {
	c.hashes.Add(1)
	return c.Hasher.Hash(ctx, password)
}

func (c *counted) Verify(ctx context.Context, encoded, password string) (bool, bool, error) {
	ok, rehash, err := c.Hasher.Verify(ctx, encoded, password)
	if err == nil {
		c.hashes.Add(1) // an error comes before the work
	}
	return ok, rehash, err
}

func (c *counted) VerifyNobody(ctx context.Context, password string) error {
	c.hashes.Add(1)
	return c.Hasher.VerifyNobody(ctx, password)
}

// world is a portal with two customers, one of which has a subsidiary, and
// staff.
type world struct {
	*Service
	t       *testing.T
	ctx     context.Context
	sys     context.Context
	clock   *clock
	hasher  *counted
	options Options

	acme, daughter, globex gid.ID
	users                  map[string]gid.ID // by name
	members                map[string]gid.ID // by name, their first
}

func cheap(t testing.TB, p auth.Params) *auth.Hasher {
	t.Helper()
	h, err := auth.NewHasher(auth.HasherConfig{Params: p})
	require.NoError(t, err)
	return h
}

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { test(t, newWorld(t, st)) })
}

func newWorld(t *testing.T, st *store.Store) *world {
	t.Helper()
	w := &world{
		t: t, clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, users: map[string]gid.ID{}, members: map[string]gid.ID{},
		hasher: &counted{Hasher: cheap(t, auth.Params{Memory: 8, Time: 1, Threads: 1})},
	}
	w.ctx = auth.WithRequest(t.Context(), auth.Request{ID: "test", Address: "192.0.2.1", Client: "web", UserAgent: "Browser"})
	w.sys = auth.WithSystem(w.ctx, "test")
	w.options = Options{Clock: w.clock.now, Hasher: w.hasher, Logger: slog.New(slog.DiscardHandler)}
	w.Service = New(st, w.options)
	require.NoError(t, w.EnsureRoles(w.ctx))
	w.acme = w.organization("Acme", "")
	w.daughter = w.organization("Acme Daughter", w.acme)
	w.globex = w.organization("Globex", "")
	for name, at := range map[string]struct {
		org  gid.ID
		role string
	}{
		"admin": {w.acme, "ORG_ADMIN"}, "manager": {w.acme, "ORG_MANAGER"}, "buyer": {w.acme, "ORG_BUYER"},
		"daughter": {w.daughter, "ORG_BUYER"}, "stranger": {w.globex, "ORG_ADMIN"},
		"agent": {"", "STAFF_AGENT"}, "sales": {"", "STAFF_SALES"}, "root": {"", "STAFF_ADMIN"},
	} {
		w.user(name)
		w.members[name] = w.member(name, at.org, at.role)
	}
	return w
}

// replica is another process over the same database.
func (w *world) replica() *Service { return New(w.st, w.options) }

func (w *world) tx(fn func(ctx context.Context, tx *ent.Client) error) {
	w.t.Helper()
	require.NoError(w.t, w.st.Tx(w.sys, fn))
}

func (w *world) organization(name string, parent gid.ID) (id gid.ID) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *ent.Client) error {
		c := tx.Organization.Create().SetName(name)
		if parent != "" {
			c.SetParentID(parent)
		}
		o, err := c.Save(ctx)
		if err == nil {
			id = o.ID
		}
		return err
	})
	return id
}

func email(name string) string { return name + "@example.com" }

func (w *world) user(name string) gid.ID {
	w.t.Helper()
	id, err := w.CreateUser(w.ctx, NewUser{Name: "Person " + name, Email: email(name), Password: password})
	require.NoError(w.t, err)
	w.users[name] = id
	return id
}

func (w *world) member(name string, organization gid.ID, role string) gid.ID {
	w.t.Helper()
	id, err := w.AssignMembership(w.ctx, w.users[name], organization, role)
	require.NoError(w.t, err)
	return id
}

func (w *world) signIn(name string) *Tokens {
	w.t.Helper()
	t, err := w.SignIn(w.ctx, SignIn{Email: email(name), Password: password})
	require.NoError(w.t, err)
	return t
}

// as is the context of a request with a token.
func (w *world) as(t *Tokens) context.Context {
	w.t.Helper()
	v, err := w.Authenticate(w.ctx, t.AccessToken)
	require.NoError(w.t, err)
	return auth.WithViewer(w.ctx, v)
}

// by is the context of a request by a person who has just signed in.
func (w *world) by(name string) context.Context { return w.as(w.signIn(name)) }

func (w *world) version(id gid.ID) int {
	w.t.Helper()
	m, err := w.st.Client().Membership.Get(w.sys, id)
	require.NoError(w.t, err)
	return m.Version
}

func (w *world) role(key string) *ent.Role {
	w.t.Helper()
	all, err := w.st.Client().Role.Query().All(w.sys)
	require.NoError(w.t, err)
	for _, r := range all {
		if r.Key == key {
			return r
		}
	}
	w.t.Fatalf("no role %s", key)
	return nil
}

func (w *world) refused(err error, code string) {
	w.t.Helper()
	require.Equal(w.t, code, codeOf(err), "%v", err)
}

// codeOf is the code of a refusal or of an error for clients.
func codeOf(err error) string {
	var r *problem.Refusal
	var p *problem.Error
	switch {
	case err == nil:
		return "done"
	case errors.As(err, &r):
		return r.Code
	case errors.As(err, &p):
		return string(p.Code)
	}
	return fmt.Sprintf("%T: %v", err, err)
}

// state is everything that people and roles consist of, one row a line, to
// show that a refused change has changed nothing.
func (w *world) state() []string {
	w.t.Helper()
	var lines []string
	for table, columns := range map[string]string{
		"memberships": "role_id, status, version, updated_at", "roles": `"key", name, grants, version`,
		"users": "name, email, status, password_hash, updated_at", "sessions": "membership_id, refresh_hash, last_used_at, ended_at",
		"one_time_tokens": "hash, used_at", "events": "kind, data",
	} {
		rows, err := w.st.RawRead(w.ctx).QueryContext(w.ctx, `SELECT id, `+columns+` FROM `+table)
		require.NoError(w.t, err)
		names, err := rows.Columns()
		require.NoError(w.t, err)
		for rows.Next() {
			values := make([]any, len(names))
			for i := range values {
				values[i] = &values[i]
			}
			require.NoError(w.t, rows.Scan(values...))
			lines = append(lines, fmt.Sprint(table, values))
		}
		require.NoError(w.t, errors.Join(rows.Err(), rows.Close()))
	}
	slices.Sort(lines)
	return lines
}

// unchanged runs a change that must be refused.
func (w *world) unchanged(code string, change func() error) {
	w.t.Helper()
	before := w.state()
	w.refused(change(), code)
	after := w.state()
	for _, line := range after {
		if !slices.Contains(before, line) {
			w.t.Fatalf("a refused change has changed something, or made it: %s", line)
		}
	}
	require.Len(w.t, after, len(before), "a refused change has removed something")
}

// warm opens as many connections as a race needs: whoever has to open one
// first comes too late for it. SQLite writes by one.
func (w *world) warm() {
	w.t.Helper()
	if !w.st.Postgres() {
		return
	}
	var all sync.WaitGroup
	all.Add(8)
	codes := together(8, func(int) error {
		return w.st.Tx(w.sys, func(context.Context, *ent.Client) error { all.Done(); all.Wait(); return nil })
	})
	require.Equal(w.t, map[string]int{"done": 8}, codes)
}

// together runs a function several times at once and returns the codes of
// what came of it, counted.
func together(n int, f func(i int) error) map[string]int {
	var (
		start = make(chan struct{})
		wait  sync.WaitGroup
		mu    sync.Mutex
		codes = map[string]int{}
	)
	for i := range n {
		wait.Go(func() {
			<-start
			code := codeOf(f(i))
			mu.Lock()
			defer mu.Unlock()
			codes[code]++
		})
	}
	close(start)
	wait.Wait()
	return codes
}
