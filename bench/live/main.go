// Command live measures what reaches open subscriptions, with real server
// processes over one database and clients that speak the public API alone:
//
//	go run ./bench/live -foyer ./foyer -postgres "postgres://..." latency
//	go run ./bench/live -foyer ./foyer -postgres "postgres://..." ended
//	go run ./bench/live -foyer ./foyer -postgres "postgres://..." idle
//
// latency: carriers' webhooks to two processes; one is killed (SIGKILL) midway
// and started again. From the sending of each report to its arrival at each of
// the subscriptions, none lost, none twice.
//
// ended: from the answer to the mutation that ends a session, or takes a role
// away, to the closing of the subscriptions open on the other process.
//
// idle: the memory of a process with and without idle subscriptions.
//
// The database must be empty; it is filled with the demo company. Without
// -postgres a new SQLite file and one process are used.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

type options struct {
	foyer, postgres string
	events, idle    int
	rate            float64
	port            int
	log             string
}

func main() {
	var o options
	flag.StringVar(&o.foyer, "foyer", "./foyer", "the binary")
	flag.StringVar(&o.postgres, "postgres", "", "URL of an empty PostgreSQL database")
	flag.IntVar(&o.events, "events", 1000, "how many reports")
	flag.Float64Var(&o.rate, "rate", 50, "reports a second")
	flag.IntVar(&o.idle, "idle", 2000, "how many idle subscriptions")
	flag.IntVar(&o.port, "port", 18400, "first port")
	flag.StringVar(&o.log, "log", "", "file for the servers' output")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has run
	}
}

func run(ctx context.Context, o options, what string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	replicas := 2
	database := o.postgres
	if database == "" {
		dir, err := os.MkdirTemp("", "foyer-live-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		database, replicas = "sqlite://"+filepath.Join(dir, "foyer.db"), 1
	}
	h, err := newHouse(ctx, o, database, replicas)
	if err != nil {
		return err
	}
	defer h.stop()
	switch what {
	case "latency":
		return h.latency(ctx)
	case "ended":
		return h.ended(ctx)
	case "idle":
		return h.idle(ctx)
	}
	return errors.New("say what to measure: latency, ended or idle")
}
