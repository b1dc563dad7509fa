// Package testkit gives tests a whole Foyer: a server over a seeded world, a
// client for each role, a statement counter, and a fingerprint of the database
// that shows when a refused request has changed something after all.
package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/graph"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/approvals"
	"foyer/portal/carts"
	"foyer/portal/catalog"
	"foyer/portal/configurations"
	"foyer/portal/customers"
	"foyer/portal/events"
	"foyer/portal/files"
	"foyer/portal/gather"
	"foyer/portal/guests"
	"foyer/portal/guides"
	"foyer/portal/importer"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/prices"
	"foyer/portal/search"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/portal/training"
	"foyer/portal/training/paper"
	"foyer/portal/views"
	"foyer/testkit/dbtest"
	"foyer/testkit/world"
)

// Foyer is a running server for one test.
type Foyer struct {
	t              testing.TB
	Store          *store.Store
	Accounts       *accounts.Service
	Orders         *orders.Service
	Jobs           *jobs.Runner   // does nothing by itself; see Work
	Live           *events.Stream // watched from the first Subscribe on, since its statements count as well
	watching       sync.Once
	Mail           *mail.Post // keeps what it sends; see Mails
	Guests         *guests.Service
	Parcels        *parcels.Service
	Imports        *importer.Service
	Carts          *carts.Service
	Configurations *configurations.Service
	Training       *training.Service
	Search         *search.Service
	Prices         *prices.Service
	Stock          *stock.Service
	Files          *files.Service // in a folder of the test
	// Approvals ask whether orders may be placed; Asked is what they ask of the stock.
	Approvals *approvals.Service
	Asked     *Stock
	// Notifications tell of what happens after the world was made.
	Notifications *notifications.Service
	Letters       *Letters // the mails that were sent
	// Outside answers the calls to addresses that people have named; when nil they
	// go out, as far as they may.
	Outside http.RoundTripper
	// Clock is that of notifications; time.Now when nil.
	Clock func() time.Time
	World *world.World
	URL   string
	// DatabaseURL is where the database is, for tests that go behind the server.
	DatabaseURL string
	Log         *bytes.Buffer // what the server has logged
	tokens      tokens
	sent        sent
}

// Each runs a test on both databases, each with a server and world of its own.
func Each(t *testing.T, test func(t *testing.T, f *Foyer)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { test(t, New(t, st)) })
}

// New seeds the world into an empty database and starts a server over it.
func New(t testing.TB, st *store.Store) *Foyer {
	t.Helper()
	ctx := t.Context()
	hasher, err := auth.NewHasher(auth.HasherConfig{Params: auth.Params{Memory: 8, Time: 1, Threads: 1}})
	require.NoError(t, err)
	f := &Foyer{t: t, Store: st, Log: &bytes.Buffer{}, tokens: tokens{}}
	f.Live = events.NewStream(st, slog.New(slog.DiscardHandler))
	// Who acts is not cached: tests change roles. The keys are: a test that counts
	// statements would now and then count the one that reads them again.
	f.Accounts = accounts.New(st, accounts.Options{Hasher: hasher, IdentityTTL: 1, KeysTTL: time.Hour, Live: f.Live})
	f.Jobs, err = jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	f.Orders = orders.New(st, orders.DefaultCarriers())
	f.Stock = stock.New(st, stock.Options{})
	f.Stock.Work(f.Jobs)
	f.Orders.UseStock(f.Stock)
	f.Orders.Work(f.Jobs)
	f.Asked = &Stock{real: f.Stock}
	f.Approvals = approvals.New(st, f.Orders, approvals.Options{
		Stock: f.Asked, Short: f.Asked.Short, Clock: f.now, Logger: slog.New(slog.DiscardHandler),
	})
	f.Approvals.Work(f.Jobs)
	f.Mail = mail.New(mail.Options{
		Portal: "Foyer", PublicURL: "https://portal.example.com", Sender: &f.sent, Logger: slog.New(slog.DiscardHandler),
		From: netmail.Address{Name: "Foyer", Address: "portal@example.com"},
	})
	f.Accounts.Work(f.Jobs, f.Mail, "https://portal.example.com")
	f.Guests = guests.New(guests.Options{Store: st, Accounts: f.Accounts, Jobs: f.Jobs, Mail: f.Mail, Logger: slog.New(slog.DiscardHandler)})
	f.Parcels = parcels.New(st, f.Orders, f.Jobs)
	f.Imports = importer.NewService(st, f.Jobs, importer.ServiceOptions{
		Logger: slog.New(slog.DiscardHandler),
		After:  func(ctx context.Context) error { return parcels.OrderMatch(ctx, f.Jobs) },
	})
	f.Prices = prices.New(st)
	folder, err := files.OpenFolder(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = folder.Close() })
	f.Files = files.New(st, f.Jobs, files.Options{Storage: folder, Clock: f.now, Logger: slog.New(slog.DiscardHandler)})
	f.Configurations = configurations.New(configurations.Options{
		Store: st, Jobs: f.Jobs, Prices: f.Prices, Stock: f.Stock, Clock: f.now, Logger: slog.New(slog.DiscardHandler),
	})
	f.Training = training.New(training.Options{
		Store: st, Jobs: f.Jobs, Files: f.Files, Viewers: f.Accounts, Clock: f.now, Logger: slog.New(slog.DiscardHandler),
		PublicURL: "https://portal.example.com", Company: "Foyer", Design: paper.Design{Company: "Foyer"},
	})
	f.Carts = carts.New(st, carts.Options{
		Orders: f.Orders, Prices: f.Prices, Stock: f.Stock, Approvals: f.Approvals, Configurations: f.Configurations, Qualifications: f.Training,
	})
	f.Search = search.New(st, f.Jobs, search.Options{Logger: slog.New(slog.DiscardHandler), ByHand: true})
	require.NoError(t, f.Accounts.EnsureRoles(ctx))
	hash, err := f.Accounts.HashPassword(ctx, world.Password)
	require.NoError(t, err)
	f.World = world.Seed(t, st, hash)
	f.Letters = &Letters{Post: f.Mail}
	f.Notifications, err = notifications.New(st, f.Accounts, f.Letters, f.Jobs, notifications.Options{
		PublicURL: "https://portal.example.com", Clock: f.now, Client: f.outside(), Deciders: f.Approvals.Deciders, Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	secret, err := st.Secret(ctx, "cursors")
	require.NoError(t, err)
	f.tokens.Service = f.Accounts
	f.tokens.viewers = f.viewers()
	handler, err := graph.NewServer(graph.Config{
		Resolver: &graph.Resolver{
			Store: st, Catalog: catalog.New(st), Accounts: f.Accounts, Orders: f.Orders, Customers: customers.New(st, f.Orders), Explain: access.NewExplainer(st.Client()),
			Jobs: f.Jobs, Live: f.Live, Guests: f.Guests, Parcels: f.Parcels, Notifications: f.Notifications,
			Imports: f.Imports, Views: views.New(st), Approvals: f.Approvals, Guides: guides.New(st), Prices: f.Prices, Stock: f.Stock,
			Carts: f.Carts, Searching: f.Search, Files: f.Files, Configurations: f.Configurations,
			Training: f.Training,
		},
		Authenticator: f.tokens, CursorSecret: secret, Introspection: graph.IntrospectionEveryone,
		Logger: slog.New(slog.NewTextHandler(&locked{w: f.Log}, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.Handle(files.Prefix, f.Files.Handler())
	mux.Handle(training.BadgePrefix, f.Training.Badges())
	mux.Handle(training.PrintPrefix, f.Training.Prints())
	mux.Handle(training.MatrixPrefix, f.Training.Exports())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

// watch runs a stream until the test ends.
func watch(t testing.TB, s *events.Stream) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	started, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- s.Run(ctx, started) }()
	select {
	case <-started:
	case err := <-ended:
		require.NoError(t, err)
	}
	t.Cleanup(func() { cancel(); <-ended })
}

// T is the test that the server is for.
func (f *Foyer) T() testing.TB { return f.t }

// Context is that of the test.
func (f *Foyer) Context() context.Context { return f.t.Context() }

// Work does all background work that is due.
func (f *Foyer) Work() {
	f.t.Helper()
	require.NoError(f.t, f.Jobs.Drain(f.t.Context()))
}

// sent keeps the mails of a test.
type sent struct {
	mu    sync.Mutex
	mails []mail.Message
	fail  error
}

// Send implements mail.Sender.
func (s *sent) Send(_ context.Context, m mail.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	s.mails = append(s.mails, m)
	return nil
}

// Mails are the mails that have been sent, the first one first.
func (f *Foyer) Mails() []mail.Message {
	f.sent.mu.Lock()
	defer f.sent.mu.Unlock()
	return slices.Clone(f.sent.mails)
}

// FailMails makes the mail server fail from now on; nil mends it.
func (f *Foyer) FailMails(err error) {
	f.sent.mu.Lock()
	defer f.sent.mu.Unlock()
	f.sent.fail = err
}

// tokens lets tests act as any role: "test:ORG_MEMBER" is a token of its own,
// everything else is a real one.
type tokens struct {
	*accounts.Service
	viewers map[string]*auth.Viewer
}

// Authenticate implements graph.Authenticator.
func (k tokens) Authenticate(ctx context.Context, token string) (*auth.Viewer, error) {
	if role, ok := strings.CutPrefix(token, "test:"); ok {
		return k.viewers[role], nil
	}
	return k.Service.Authenticate(ctx, token)
}

// Recheck implements graph.Rechecker. From the integration of the world, which has no
// key in the database, nothing can be taken away.
func (k tokens) Recheck(ctx context.Context, v *auth.Viewer) (*auth.Viewer, error) {
	if v.Kind == auth.KindKey && v.Code == "" {
		return v, nil
	}
	return k.Service.Recheck(ctx, v)
}

// viewers builds the viewer of each role the way a sign-in would.
func (f *Foyer) viewers() map[string]*auth.Viewer {
	out := map[string]*auth.Viewer{}
	for role, m := range f.World.Memberships {
		v, err := f.Accounts.ViewerOf(f.t.Context(), m.UserID, m.ID)
		require.NoError(f.t, err, role)
		v.SessionID = string(f.World.Sessions[role].ID)
		out[role] = v
	}
	for _, role := range []string{"ANONYMOUS", "GUEST", "INTEGRATION"} {
		out[role] = f.World.Viewer(role)
	}
	return out
}

// Viewer is the viewer that acts in a role.
func (f *Foyer) Viewer(role string) *auth.Viewer { return f.tokens.viewers[role] }

// As returns a client that acts in a role of the world; ANONYMOUS sends no token.
func (f *Foyer) As(role string) *Client {
	if role == "ANONYMOUS" {
		return &Client{f: f, Role: role}
	}
	require.Contains(f.t, f.tokens.viewers, role)
	return &Client{f: f, Role: role, Token: "test:" + role}
}

// Acting returns a client that acts as a viewer who is none of the world's roles,
// under a name of its own; not while others send requests.
func (f *Foyer) Acting(name string, v *auth.Viewer) *Client {
	f.tokens.viewers[name] = v
	return f.As(name)
}

// With returns a client with a token of its own.
func (f *Foyer) With(token string) *Client { return &Client{f: f, Token: token} }

// Client sends operations as somebody.
type Client struct {
	f     *Foyer
	Role  string
	Token string
}

// Answer is what came back.
type Answer struct {
	Status int
	Body   string
	Data   map[string]any `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
}

// Do sends an operation.
func (c *Client) Do(query string, variables map[string]any) *Answer {
	c.f.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(c.f.t, err)
	req, err := http.NewRequestWithContext(c.f.t.Context(), http.MethodPost, c.f.URL, bytes.NewReader(body))
	require.NoError(c.f.t, err)
	req.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(c.f.t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(c.f.t, err)
	a := &Answer{Status: res.StatusCode, Body: string(text)}
	require.NoError(c.f.t, json.Unmarshal(text, a), string(text))
	return a
}

// Must sends an operation that has to succeed, and returns its data.
func (c *Client) Must(query string, variables map[string]any) map[string]any {
	c.f.t.Helper()
	a := c.Do(query, variables)
	require.Empty(c.f.t, a.Errors, "%s: %s", c.Role, a.Body)
	return a.Data
}

// Statements are how many SQL statements an operation takes that has to succeed, the
// look-up of the caller included: what is known of them has expired.
func (c *Client) Statements(query string, variables map[string]any) int64 {
	c.f.t.Helper()
	return c.f.Statements(func() { c.Must(query, variables) })
}

// Statements are how many SQL statements are run while something is done.
func (f *Foyer) Statements(do func()) int64 {
	f.t.Helper()
	defer gather.Patiently()()
	time.Sleep(5 * time.Millisecond)
	before := f.Store.Statements()
	do()
	return f.Store.Statements() - before
}

// Code is the code of the first error, empty when there is none.
func (a *Answer) Code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// At follows a path of field names and list indexes through the data; nil when
// it ends early.
func (a *Answer) At(path ...any) any { return At(a.Data, path...) }

// At follows a path of field names and list indexes; nil when it ends early.
func At(value any, path ...any) any {
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := value.(map[string]any)
			value = m[k]
		case int:
			l, _ := value.([]any)
			if k >= len(l) {
				return nil
			}
			value = l[k]
		}
	}
	return value
}

// locked serialises the log's writers.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

// Write implements io.Writer.
func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// Postgres is a server over a world on PostgreSQL, for what only it can do.
func Postgres(t testing.TB) *Foyer {
	t.Helper()
	url := dbtest.Migrated["postgres"](t)
	f := New(t, dbtest.Open(t, url))
	f.DatabaseURL = url
	return f
}

// SQLite is a server over a world on SQLite, for what no database decides.
func SQLite(t testing.TB) *Foyer {
	t.Helper()
	return New(t, dbtest.Open(t, dbtest.Migrated["sqlite"](t)))
}
