package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"foyer/graph"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/approvals"
	"foyer/portal/carts"
	"foyer/portal/catalog"
	"foyer/portal/configurations"
	"foyer/portal/customers"
	"foyer/portal/demo"
	"foyer/portal/events"
	"foyer/portal/files"
	"foyer/portal/guests"
	"foyer/portal/guides"
	"foyer/portal/importer"
	"foyer/portal/jobs"
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
	"foyer/web"
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
	ApprovalDays  int            `help:"After how many days an order is cancelled that nobody has approved." default:"14" placeholder:"DAYS"`
	StockMaxAge   time.Duration  `help:"How old the last feed or count of a sku may be for anything to be promised of it; 0 for any age." default:"0s"`
	Leave         time.Duration  `help:"How long /readyz says so before the server stops taking requests." default:"0s"`
	Drain         time.Duration  `help:"How long to wait for running requests when stopping." default:"15s"`

	mailFlags
	brandFlags
	filesFlags
	trainingFlags
}

// Run serves until the context ends.
func (s serveCmd) Run(ctx context.Context, c *cli, o *output) error {
	tune()
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s, choose another address by --listen: %w", s.Listen, err)
	}
	issuer := s.PublicURL // a port that changes must not end sessions
	if s.PublicURL == "" {
		s.PublicURL = "http://" + reachable(listener.Addr())
	}
	app, err := s.app(ctx, st, issuer, c.DatabaseURL)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	slog.Info("listening on "+listener.Addr().String(), "database", redact(c.DatabaseURL))
	if err := s.welcome(ctx, app, o); err != nil {
		return errors.Join(err, listener.Close())
	}
	handler, err := app.handler()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.Timeout + 20*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 2)
	stopWork, err := app.work(ctx, failed)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stopWork()
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
		defer cancel()
		return errors.Join(err, app.jobs.Stop(drain))
	case <-ctx.Done():
	}
	slog.Info("stopping", "drain", s.Drain.String())
	app.stopping.Store(true)
	time.Sleep(s.Leave) // a load balancer asks /readyz in the meantime, and sends no more
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
	defer cancel()
	// Shutdown knows nothing of websockets, and would wait for server-sent
	// events, which do not end by themselves.
	if err := app.streams.Close(drain); err != nil {
		slog.Warn("some streams were cut off", "error", err)
	}
	err = server.Shutdown(drain)
	if err != nil {
		err = errors.Join(fmt.Errorf("some requests were cut off: %w", err), server.Close())
	}
	err = errors.Join(err, app.jobs.Stop(drain))
	slog.Info("stopped")
	return err
}

// reachable is an address by which this machine finds a listener: that of all
// its addresses is none that a browser takes.
func reachable(at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return at.String()
	}
	return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
}

// work starts what goes on beside the requests: watching the event log, without
// which no subscription may begin, background jobs, sweeping. What fails later
// goes to failed. stop ends it all but the jobs, which are given time.
func (a *app) work(ctx context.Context, failed chan<- error) (stop func(), err error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	stop = func() { cancel(); running.Wait() }
	started, ended := make(chan struct{}), make(chan error, 1)
	running.Go(func() {
		err := a.live.Run(ctx, started)
		ended <- err
		if err != nil {
			failed <- err
		}
	})
	running.Go(func() { a.sweep(ctx) })
	running.Go(func() { a.made.Count(ctx) })
	select {
	case <-started:
	case err := <-ended:
		stop()
		return nil, err
	}
	if err := a.jobs.Start(ctx); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// app puts the services together.
func (s serveCmd) app(ctx context.Context, st *store.Store, issuer, databaseURL string) (*app, error) {
	looks, err := s.brand()
	if err != nil {
		return nil, err
	}
	live := events.NewStream(st, slog.Default())
	people := accounts.New(st, accounts.Options{Issuer: issuer, Live: live})
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
	goods := stock.New(st, stock.Options{MaxAge: s.StockMaxAge})
	goods.Work(background)
	work := orders.New(st, carriers)
	work.UseStock(goods)
	work.Work(background)
	costs := prices.New(st)
	asked := approvals.New(st, work, approvals.Options{Days: s.ApprovalDays, Stock: goods, Short: stock.IsShort})
	asked.Work(background)
	post, box, err := s.post(st)
	if err != nil {
		return nil, err
	}
	people.Work(background, post, s.PublicURL)
	visitors := guests.New(guests.Options{Store: st, Accounts: people, Jobs: background, Mail: post})
	carried := parcels.New(st, work, background)
	news, err := notifications.New(st, people, post, background, notifications.Options{
		PublicURL: s.PublicURL, Carrier: func(code string) string { return carriers.Of(code).Name },
		Deciders: asked.Deciders,
	})
	if err != nil {
		return nil, err
	}
	imports := importer.NewService(st, background, importer.ServiceOptions{
		// Carriers may have reported on what has come in.
		After: func(ctx context.Context) error {
			return errors.Join(parcels.OrderMatch(ctx, background), search.OrderIndex(ctx, background))
		},
	})
	searching := search.New(st, background, search.Options{Logger: slog.Default()})
	storage, err := s.storage(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	kept := files.New(st, background, files.Options{Storage: storage, Limits: s.limits()})
	demo.Work(background, st, kept)
	made := configurations.New(configurations.Options{Store: st, Jobs: background, Prices: costs, Stock: goods, Logger: slog.Default()})
	learned := training.New(training.Options{
		Store: st, Jobs: background, Files: kept, Viewers: people, Logger: slog.Default(), PublicURL: s.PublicURL, Company: looks.Name,
		Design: paper.Design{Company: looks.Name, Accent: looks.Accent, Logo: looks.Logo},
	})
	records, err := s.records()
	if err != nil {
		return nil, err
	}
	learned.SendStatements(records)
	streams := &graph.Streams{}
	api, err := graph.NewServer(graph.Config{
		Resolver: &graph.Resolver{
			Store: st, Catalog: catalog.New(st), Accounts: people, Orders: work, Customers: customers.New(st, work), Explain: access.NewExplainer(st.Client()),
			Jobs: background, Live: live, Guests: visitors, Parcels: carried, Notifications: news, Brand: looks,
			Imports: imports, Views: views.New(st), Approvals: asked, Guides: guides.New(st), Prices: costs, Stock: goods,
			Carts:     carts.New(st, carts.Options{Orders: work, Prices: costs, Stock: goods, Approvals: asked, Configurations: made, Qualifications: learned}),
			Training:  learned,
			Searching: searching, Files: kept, Configurations: made,
		},
		CursorSecret:  secret,
		Introspection: graph.Introspection(s.Introspection),
		Limits:        graph.Limits{Timeout: s.Timeout, UploadFile: kept.Largest()},
		Trusted:       s.TrustProxy,
		Secure:        strings.HasPrefix(s.PublicURL, "https://"),
		Logger:        slog.Default(),

		Streams:         streams,
		SignedInStreams: true, // there is nothing to subscribe to for others
		AllowedOrigins:  origins(s.PublicURL),
	})
	if err != nil {
		return nil, err
	}
	return &app{
		files: graph.Requests(slog.Default(), s.TrustProxy, kept.Handler()),
		api:   api, streams: streams, graphiql: s.GraphiQL, brand: looks,
		store: st, people: people, orders: work, jobs: background, live: live, guests: visitors, news: news, imports: imports, searching: searching, made: made, Mail: post, mailbox: box,
		hooks:   graph.Requests(slog.Default(), s.TrustProxy, carried.Webhook(slog.Default())),
		badges:  graph.Requests(slog.Default(), s.TrustProxy, learned.Badges()),
		prints:  graph.Requests(slog.Default(), s.TrustProxy, learned.Prints()),
		exports: graph.Requests(slog.Default(), s.TrustProxy, learned.Exports()),
	}, nil
}

// origins are those whose pages may open a websocket: the portal's own,
// also when a proxy in front sends another Host on.
func origins(public string) []string {
	u, err := url.Parse(public)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return nil
	}
	return []string{u.Scheme + "://" + u.Host}
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
		if err := demo.OrderPictures(ctx, a.jobs); err != nil {
			return err
		}
		if err := a.searching.CatchUp(ctx); err != nil {
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
	if a.mailbox != nil && len(a.accounts) > 0 {
		o.printf("Mails that it would send:  %s/mailbox\n", s.PublicURL)
	}
	if a.mailbox != nil && len(a.accounts) == 0 {
		slog.Warn("no mail server is configured: mails are kept in the database and reach nobody; see --smtp")
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
		if err := errors.Join(a.store.Sweep(ctx), a.people.Sweep(ctx), a.guests.Sweep(ctx), a.news.Sweep(ctx), a.imports.Sweep(ctx)); err != nil && ctx.Err() == nil {
			slog.Warn("sweep", "error", err)
		}
	}
}

// demoAccounts are the sign-ins that the portal offers: those of the demo
// company, and none otherwise.
func (a *app) demoAccounts() []web.Account {
	out := make([]web.Account, len(a.accounts))
	for i, x := range a.accounts {
		out[i] = web.Account{
			Name: x.Name, Role: x.Role, Email: x.Email, Password: demo.Password,
			Organization: x.Organization, Staff: strings.HasPrefix(x.Role, "STAFF_"),
		}
	}
	return out
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
