package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"foyer/graph"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/demo"
	"foyer/portal/jobs"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/web/graphiql"
)

type serveCmd struct {
	Listen        string         `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	PublicURL     string         `help:"The portal's own address, as people type it; the listening address when left out." placeholder:"URL"`
	Demo          bool           `help:"Fill an empty database with the demo company. --no-demo starts empty and prints a link that makes the first administrator." default:"true" negatable:""`
	GraphiQL      bool           `name:"graphiql" help:"Serve the query page at /graphiql." default:"true" negatable:""`
	Introspection string         `help:"Who may introspect the schema that they see." enum:"everyone,signed-in,staff,nobody" default:"everyone"`
	TrustProxy    []netip.Prefix `help:"Networks of proxies whose X-Forwarded-For is believed." placeholder:"CIDR"`
	Timeout       time.Duration  `help:"Longest time for one operation." default:"10s"`
	Carrier       []string       `help:"A further carrier as CODE|NAME|URL, where the URL of its tracking page has {number}; may be repeated." sep:"none" placeholder:"CODE|NAME|URL"`
	Leave         time.Duration  `help:"How long /readyz says so before the server stops taking requests." default:"0s"`
	Drain         time.Duration  `help:"How long to wait for running requests when stopping." default:"15s"`
}

// Run serves until the context ends.
func (s serveCmd) Run(ctx context.Context, c *cli, o *output) error {
	tune()
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	app, err := s.app(ctx, st)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", s.Listen, err)
	}
	if s.PublicURL == "" {
		s.PublicURL = "http://" + listener.Addr().String()
	}
	slog.Info("listening on "+listener.Addr().String(), "database", redact(c.DatabaseURL))
	if err := s.welcome(ctx, app, o); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler:           app.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.Timeout + 20*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	if err := app.jobs.Start(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	go app.sweep(ctx)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.Info("stopping", "drain", s.Drain.String())
	app.stopping.Store(true)
	time.Sleep(s.Leave) // a load balancer asks /readyz in the meantime, and sends no more
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(fmt.Errorf("some requests were cut off: %w", err), server.Close(), app.jobs.Stop(drain))
	}
	return app.jobs.Stop(drain)
}

// app puts the services together.
func (s serveCmd) app(ctx context.Context, st *store.Store) (*app, error) {
	people := accounts.New(st, accounts.Options{Issuer: s.PublicURL})
	secret, err := st.Secret(ctx, "cursors")
	if err != nil {
		return nil, err
	}
	carriers, err := s.carriers()
	if err != nil {
		return nil, err
	}
	background, err := jobs.New(st, jobs.Options{Logger: slog.Default()})
	if err != nil {
		return nil, err
	}
	work := orders.New(st, carriers)
	news, err := notifications.New(st, people, nil, background, notifications.Options{
		PublicURL: cmp.Or(s.PublicURL, "http://"+s.Listen), Carrier: func(code string) string { return carriers.Of(code).Name },
	})
	if err != nil {
		return nil, err
	}
	api, err := graph.NewServer(graph.Config{
		Resolver: &graph.Resolver{
			Store: st, Accounts: people, Orders: work, Explain: access.NewExplainer(st.Client()),
			Jobs: background, Notifications: news,
		},
		CursorSecret:  secret,
		Introspection: graph.Introspection(s.Introspection),
		Limits:        graph.Limits{Timeout: s.Timeout},
		Trusted:       s.TrustProxy,
		Secure:        strings.HasPrefix(s.PublicURL, "https://"),
		Logger:        slog.Default(),
	})
	if err != nil {
		return nil, err
	}
	return &app{store: st, people: people, orders: work, jobs: background, news: news, api: api, graphiql: s.GraphiQL}, nil
}

// carriers are the built-in ones, those of the demo company, and those of the
// configuration.
func (s serveCmd) carriers() (orders.Carriers, error) {
	var further []orders.Carrier
	if s.Demo {
		further = demo.Carriers()
	}
	for _, text := range s.Carrier {
		parts := strings.SplitN(text, "|", 3)
		if len(parts) != 3 {
			return orders.Carriers{}, fmt.Errorf("--carrier %q: write CODE|NAME|URL", text)
		}
		further = append(further, orders.Carrier{Code: parts[0], Name: parts[1], TrackingURL: parts[2]})
	}
	return orders.NewCarriers(further...)
}

// welcome fills an empty database, or opens it to its first administrator, and
// says how to begin.
func (s serveCmd) welcome(ctx context.Context, a *app, o *output) error {
	empty, err := demo.Empty(ctx, a.store)
	if err != nil {
		return err
	}
	if empty && s.Demo {
		hash, err := a.people.HashPassword(ctx, demo.Password)
		if err != nil {
			return err
		}
		if _, err := demo.Seed(ctx, a.store, demo.Options{
			Now: time.Now().UTC(), PasswordHash: hash, NextNumber: a.orders.NextNumber,
		}); err != nil && !errors.Is(err, demo.ErrNotEmpty) { // another process was first
			return err
		}
	}
	o.printf("\nFoyer is ready at %s\n", s.PublicURL)
	if s.GraphiQL {
		o.printf("Queries to try:  %s/graphiql\n", s.PublicURL)
	}
	a.accounts, err = demo.Accounts(ctx, a.store)
	if err != nil {
		return err
	}
	if len(a.accounts) > 0 {
		o.printf("\nDemo sign-ins, all with the password %q:\n", demo.Password)
		for _, x := range a.accounts {
			o.printf("  %-20s %-38s %s\n", x.Role, x.Email, x.Organization)
		}
		o.printf("\n")
		return nil
	}
	there, err := a.people.HasAdministrator(ctx)
	if err != nil || there {
		return err
	}
	token, err := a.people.FirstAdministratorLink(ctx)
	if err == nil {
		o.printf("Make the first administrator, once, within 24 hours:\n  %s\n\n", oneTimeLink(s.PublicURL, "setup", token))
	}
	return err
}

// oneTimeLink is the address behind a one-time token. The token stands in the
// fragment, which browsers keep to themselves: no server logs it.
func oneTimeLink(public, page, token string) string {
	return strings.TrimRight(public, "/") + "/" + page + "#" + url.QueryEscape(token)
}

// sweepEvery is how often what has expired is deleted.
const sweepEvery = 10 * time.Minute

func (a *app) sweep(ctx context.Context) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := errors.Join(a.store.Sweep(ctx), a.people.Sweep(ctx), a.news.Sweep(ctx)); err != nil && ctx.Err() == nil {
			slog.Warn("sweep", "error", err)
		}
	}
}

// graphiqlAccounts are the sign-ins that the query page offers: those of the
// demo company, and none otherwise.
func (a *app) graphiqlAccounts() []graphiql.Account {
	out := make([]graphiql.Account, len(a.accounts))
	for i, x := range a.accounts {
		out[i] = graphiql.Account{Name: x.Name, Role: x.Role, Email: x.Email, Password: demo.Password}
	}
	return out
}

var _ graph.Authenticator = (*accounts.Service)(nil)
