package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	"foyer/graph"
	"foyer/portal/accounts"
	"foyer/portal/brand"
	"foyer/portal/configurations"
	"foyer/portal/demo"
	"foyer/portal/events"
	"foyer/portal/files"
	"foyer/portal/guests"
	"foyer/portal/importer"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/search"
	"foyer/portal/store"
	"foyer/portal/training"
	"foyer/web"
	"foyer/web/graphiql"
	"foyer/web/mailbox"
)

// app is a running server's parts.
type app struct {
	store     *store.Store
	people    *accounts.Service
	orders    *orders.Service
	jobs      *jobs.Runner
	live      *events.Stream
	guests    *guests.Service
	Mail      *mail.Post
	mailbox   *mail.Mailbox // where mails are kept; nil with a mail server
	news      *notifications.Service
	imports   *importer.Service
	searching *search.Service
	made      *configurations.Service
	api       http.Handler
	streams   *graph.Streams
	hooks     http.Handler // of carriers
	badges    http.Handler // what those need who check a badge
	prints    http.Handler // certificates as PDF
	exports   http.Handler // who must hold what, as CSV
	files     http.Handler // what people download, and send directly
	brand     *brand.Brand
	graphiql  bool
	accounts  []demo.Account
	stopping  atomic.Bool
}

func (a *app) handler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("/graphql", a.api)
	mux.Handle(parcels.WebhookPattern, a.hooks)
	mux.Handle(files.Prefix, a.files)
	mux.Handle(training.BadgePrefix, a.badges)
	mux.Handle(training.PrintPrefix, a.prints)
	mux.Handle(training.MatrixPrefix, a.exports)
	mux.HandleFunc("/.well-known/jwks.json", a.people.ServeJWKS)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { status(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", a.ready)
	pages, err := web.New(web.Options{
		Brand: a.brand, Demo: a.demoAccounts(), Mailbox: a.showsMails(), GraphiQL: a.graphiql,
	})
	if err != nil {
		return nil, err
	}
	mux.Handle("/", pages)
	if a.showsMails() {
		mailbox.Register(mux, a.mailbox)
	}
	mux.HandleFunc("/unsubscribe", a.news.ServeUnsubscribe)
	if a.graphiql {
		page := graphiql.Handler(a.graphiqlAccounts)
		mux.Handle("/graphiql", page)
		mux.Handle("/graphiql/", page)
	}
	return mux, nil
}

// showsMails says whether the mails that would have been sent can be read. They
// hold codes. Those of the demo company's people are nobody's: their passwords
// are public as well.
func (a *app) showsMails() bool { return a.mailbox != nil && len(a.accounts) > 0 }

// ready says whether this replica should be sent requests: the database
// answers, and the process is not about to stop.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	switch {
	case a.stopping.Load():
		status(w, http.StatusServiceUnavailable, "stopping")
	case a.store.Ping(ctx) != nil:
		status(w, http.StatusServiceUnavailable, "the database does not answer")
	default:
		status(w, http.StatusOK, "ready")
	}
}

func status(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": text})
}

// The garbage collector's defaults suit a server that mostly allocates for
// single requests: collect less often, but never let the heap grow without
// bound. GOGC and GOMEMLIMIT in the environment win.
const (
	gcPercent   = 400
	memoryLimit = 512 << 20 // bytes
)

func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
