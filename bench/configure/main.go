// Command configure measures what a click of a customer who configures takes, through
// the API of a real server and by the engine alone, and how long a new version of the
// model needs for the configurations that are kept:
//
//	go build -o /tmp/foyer ./cmd/foyer
//	go run ./bench/configure -foyer /tmp/foyer -database sqlite:///tmp/configure.db -clicks 10000 -kept 10000
//
// The database must be empty or not there; the demo company is made in it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/portal/demo/spectra"
	"foyer/schema"
)

type options struct {
	foyer, database, address string
	clicks, kept, clients    int
}

func main() {
	var o options
	flag.StringVar(&o.foyer, "foyer", "foyer", "the binary under test")
	flag.StringVar(&o.database, "database", "", "the URL of an empty database")
	flag.StringVar(&o.address, "address", "127.0.0.1:18091", "where it listens")
	flag.IntVar(&o.clicks, "clicks", 10_000, "how many clicks")
	flag.IntVar(&o.kept, "kept", 10_000, "how many configurations are kept")
	flag.IntVar(&o.clients, "clients", 4, "how many save at once")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	w, err := newWalker()
	if err != nil {
		return err
	}
	fmt.Println("| one click | p50 | p90 | p99 | max |")
	fmt.Println("|---|---|---|---|---|")
	if err := alone(ctx, w, o.clicks); err != nil {
		return err
	}
	h := &house{o: o}
	defer h.stop()
	if err := h.start(ctx); err != nil {
		return err
	}
	if err := through(ctx, h, w, o.clicks); err != nil {
		return err
	}
	if o.kept == 0 {
		return nil
	}
	return revalidated(ctx, h, w, o)
}

// walker makes clicks: possible values of the demo machine, at random, the same in
// each run.
type walker struct {
	plan     *plan.Plan
	compiled *engine.Compiled
}

func newWalker() (*walker, error) {
	p, err := plan.New(spectra.Document(), time.Now())
	if err != nil {
		return nil, err
	}
	c, err := engine.Compile(context.Background(), p.Model(), engine.Options{})
	return &walker{p, c}, err
}

// session are the clicks of one customer, up to 12: each is possible after those before.
func (w *walker) session(ctx context.Context, rng *rand.Rand) ([]schema.ConfigurationChoice, error) {
	var choices []schema.ConfigurationChoice
	for range 2 + rng.IntN(11) {
		asked, err := w.plan.Choices(choices)
		if err != nil {
			return nil, err
		}
		d, err := w.compiled.Domains(ctx, engine.Request{Choices: asked})
		if err != nil {
			return nil, err
		}
		var open []schema.ConfigurationChoice
		for i, g := range d.Groups {
			for j, s := range g.Options {
				if s == engine.StatusPossible {
					open = append(open, schema.ConfigurationChoice{Group: g.Key, Option: w.plan.Document().Groups[i].Options[j].Key})
				}
			}
		}
		if len(open) == 0 {
			break
		}
		choices = append(choices, open[rng.IntN(len(open))])
	}
	return choices, nil
}

// alone measures the engine, and the plan that adds defaults, prices and days to it.
func alone(ctx context.Context, w *walker, clicks int) error {
	var engines, plans []time.Duration
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same in each run
	rates := plan.Rates{Currency: "EUR", Base: 1840000, Quantity: 1, Skus: map[string]int64{}}
	for len(engines) < clicks {
		all, err := w.session(ctx, rng)
		if err != nil {
			return err
		}
		for n := range all {
			asked, err := w.plan.Choices(all[:n+1])
			if err != nil {
				return err
			}
			start := time.Now()
			if _, err := w.compiled.Domains(ctx, engine.Request{Choices: asked}); err != nil {
				return err
			}
			engines = append(engines, time.Since(start))
			start = time.Now()
			s, err := w.plan.State(ctx, plan.Question{Compiled: w.compiled, Choices: all[:n+1]})
			if err != nil {
				return err
			}
			w.plan.Deltas(s, rates, nil)
			plans = append(plans, time.Since(start))
		}
	}
	row("the engine alone: what is possible", engines)
	row("with defaults, prices and days", plans)
	return nil
}

const click = `query($i: ConfigureInput!) { configure(input: $i) { token isConsistent isComplete
	changed { group option status isSelected priceDelta { amount currency } daysDelta }
	price { unit { amount currency } lines { kind title detail amount { amount currency } } } leadTime { days readyOn } } }`

// through measures clicks as a browser makes them: the choices so far, the change, and
// the token of the state before.
func through(ctx context.Context, h *house, w *walker, clicks int) error {
	token, err := h.signIn(ctx, customer)
	if err != nil {
		return err
	}
	version, _, err := h.version(ctx, token)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same in each run
	var warm, times []time.Duration
	began := int64(0)
	for len(times) < clicks {
		all, err := w.session(ctx, rng)
		if err != nil {
			return err
		}
		since := ""
		for n := range all {
			in := map[string]any{"versionId": version, "choices": sent(all[:n]), "change": one(all[n])}
			if since != "" {
				in["since"] = since
			}
			var answer struct {
				Configure struct {
					Token        string
					IsConsistent bool
				}
			}
			start := time.Now()
			if err := h.ask(ctx, token, click, map[string]any{"i": in}, &answer); err != nil {
				return err
			}
			took := time.Since(start)
			if !answer.Configure.IsConsistent {
				return errors.New("what is possible was not")
			}
			since = answer.Configure.Token
			if len(warm) < 100 {
				warm, began = append(warm, took), h.worked()
				continue
			}
			times = append(times, took)
		}
	}
	row("`configure` through GraphQL and HTTP", times)
	if worked := h.worked() - began; worked > 0 {
		fmt.Printf("\nthe server worked %.2f ms for each of these clicks, however busy the machine was\n", 10*float64(worked)/float64(len(times)))
	}
	return nil
}

func one(c schema.ConfigurationChoice) map[string]any {
	return map[string]any{"group": c.Group, "option": c.Option}
}

func sent(list []schema.ConfigurationChoice) []any {
	out := make([]any, len(list))
	for i, c := range list {
		out[i] = one(c)
	}
	return out
}

func row(what string, times []time.Duration) {
	slices.Sort(times)
	at := func(p float64) string {
		return fmt.Sprintf("%.3f ms", float64(times[min(len(times)-1, int(p*float64(len(times))))])/1e6)
	}
	fmt.Printf("| %s (%d) | %s | %s | %s | %s |\n", what, len(times), at(.5), at(.9), at(.99), at(1))
}

// revalidated keeps configurations, publishes the demo company's next version, and waits.
func revalidated(ctx context.Context, h *house, w *walker, o options) error {
	if err := keep(ctx, h, w, o); err != nil {
		return err
	}
	staff, err := h.signIn(ctx, manager)
	if err != nil {
		return err
	}
	_, model, err := h.version(ctx, staff)
	if err != nil {
		return err
	}
	for _, dry := range []bool{true, false} {
		start := time.Now()
		if dry {
			err = h.ask(ctx, staff, `mutation($i: RevalidateConfigurationsInput!) { revalidateConfigurations(input: $i) { userErrors { message } } }`,
				map[string]any{"i": map[string]any{"id": model.ID, "dryRun": true, "draft": true}}, &struct{}{})
		} else {
			err = h.ask(ctx, staff, `mutation($i: PublishConfigurationModelInput!) { publishConfigurationModel(input: $i) { userErrors { message } } }`,
				map[string]any{"i": map[string]any{"id": model.ID, "version": model.Version}}, &struct{}{})
		}
		if err != nil {
			return err
		}
		ordered := time.Since(start)
		r, err := h.finished(ctx, staff, dry)
		if err != nil {
			return err
		}
		fmt.Printf("\ndry run %v: %d configurations in %s (ordered in %s): %d valid, %d at another price, %d repaired, %d need the customer\n",
			dry, r.Seen, r.FinishedAt.Sub(r.CreatedAt).Round(time.Millisecond), ordered.Round(time.Millisecond), r.Valid, r.Repriced, r.Repaired, r.NeedsCustomer)
	}
	return nil
}

// keep saves configurations for all customers, side by side, as sales does.
func keep(ctx context.Context, h *house, w *walker, o options) error {
	token, err := h.signIn(ctx, manager)
	if err != nil {
		return err
	}
	version, _, err := h.version(ctx, token)
	if err != nil {
		return err
	}
	owners, err := h.organizations(ctx, token)
	if err != nil {
		return err
	}
	var next atomic.Int64
	failed := make(chan error, o.clients)
	var all sync.WaitGroup
	begin := time.Now()
	for client := range o.clients {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(3, uint64(client))) //nolint:gosec // the same in each run
			for n := next.Add(1); n <= int64(o.kept); n = next.Add(1) {
				choices, err := w.session(ctx, rng)
				if err == nil {
					err = h.ask(ctx, token, `mutation($i: SaveConfigurationInput!) { saveConfiguration(input: $i) { userErrors { message } } }`, map[string]any{"i": map[string]any{
						"versionId": version, "name": fmt.Sprintf("No. %d", n), "choices": sent(choices), "organizationId": owners[int(n)%len(owners)],
					}}, &struct{}{})
				}
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failed)
	fmt.Printf("\n%d configurations were saved in %s (%d cores)\n", o.kept, time.Since(begin).Round(time.Millisecond), runtime.NumCPU())
	return <-failed
}
