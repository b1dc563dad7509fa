package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// cpu is the time that this thread has run, so that what else the machine does is
// not measured.
func cpu() time.Duration {
	var ts syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 3, uintptr(unsafe.Pointer(&ts)), 0) // CLOCK_THREAD_CPUTIME_ID
	return time.Duration(ts.Nano())
}

type figures []time.Duration

func (f figures) String() string {
	if len(f) == 0 {
		return "-"
	}
	slices.Sort(f)
	at := func(p float64) float64 { return float64(f[int(p*float64(len(f)-1))].Microseconds()) / 1000 }
	return fmt.Sprintf("%.3f / %.3f / %.3f", at(.5), at(.9), at(.99))
}

// TestLatency prints the table of docs/configurator.md: FOYER_BENCH=1 go test -run
// TestLatency -v. FOYER_BENCH_MODEL names one model, FOYER_BENCH_REQUESTS how many
// requests.
func TestLatency(t *testing.T) {
	if os.Getenv("FOYER_BENCH") == "" {
		t.Skip("measures with FOYER_BENCH=1")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	requests := 10_000
	if n := os.Getenv("FOYER_BENCH_REQUESTS"); n != "" {
		_, err := fmt.Sscan(n, &requests)
		require.NoError(t, err)
	}
	fmt.Println("| model | options | compile ms | memory kB | cold ms | domains p50 / p90 / p99 ms | explain | repair | cheapest | validate | domains, 8 customers at a time |")
	for _, f := range models.Facts {
		if only := os.Getenv("FOYER_BENCH_MODEL"); only != "" && !strings.Contains(f.Name, only) {
			continue
		}
		m := models.Load(t, f.Name)
		latency(t, &m, f.Name, requests)
	}
	for _, groups := range []int{20, 60, 300} {
		name := fmt.Sprintf("product of %d groups", groups)
		if only := os.Getenv("FOYER_BENCH_MODEL"); only != "" && !strings.Contains(name, only) {
			continue
		}
		latency(t, product(rand.New(rand.NewPCG(1, 2)), groups, 4*groups), name, requests)
	}
}

func latency(t *testing.T, m *engine.Model, name string, requests int) {
	ctx := t.Context()
	began := cpu()
	c := compile(t, m)
	compiled := cpu() - began
	began = cpu()
	first, err := c.Domains(ctx, engine.Request{})
	require.NoError(t, err)
	cold := cpu() - began
	r := rand.New(rand.NewPCG(1, 1))
	var domains, explain, repair, cheapest, validate figures
	goal := engine.Goal{Costs: prices(t, m, name)}
	for pass := range 2 {
		domains = domains[:0]
		for len(domains) < requests/(2-pass) {
			walk(t, c, m, first, r, func(choices []engine.Choice) *engine.Domains {
				began := cpu()
				d, err := c.Domains(ctx, engine.Request{Choices: choices})
				domains = append(domains, cpu()-began)
				require.NoError(t, err)
				if pass == 1 && len(explain) < requests/5 {
					blockedOnes(t, c, m, choices, d, r, &explain, &repair)
				}
				if pass == 1 && len(cheapest) < requests/50 && len(choices)%8 == 4 {
					began = cpu()
					best, err := c.Complete(ctx, engine.Request{Choices: choices}, goal)
					cheapest = append(cheapest, cpu()-began)
					if errors.Is(err, engine.ErrBudget) {
						t.Log(err)
						return d
					}
					require.NoError(t, err)
					began = cpu()
					wrong, err := c.Validate(best.Configuration)
					validate = append(validate, cpu()-began)
					require.NoError(t, err)
					require.Empty(t, wrong)
				}
				return d
			})
		}
	}
	fmt.Printf("| %s | %d | %.0f | %d | %.2f | %v | %v | %v | %v | %v | %v |\n", name, c.Facts().Options, float64(compiled.Microseconds())/1000, c.Size()/1024, float64(cold.Microseconds())/1000, domains, explain, repair, cheapest, validate, crowd(t, c, m, first, requests))
}

// crowd is how long each of eight customers waits who ask at the same time, on all
// processors: by the clock on the wall, and with waiting for one another.
func crowd(t *testing.T, c *engine.Compiled, m *engine.Model, first *engine.Domains, requests int) figures {
	const customers = 8
	var waited [customers]figures
	var wg sync.WaitGroup
	for k := range waited {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(8, uint64(k)))
			for len(waited[k]) < requests/customers {
				walk(t, c, m, first, r, func(choices []engine.Choice) *engine.Domains {
					began := time.Now()
					d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
					waited[k] = append(waited[k], time.Since(began))
					if err != nil {
						t.Error(err)
					}
					return d
				})
			}
		})
	}
	wg.Wait()
	return slices.Concat(waited[:]...)
}

// walk is one customer: up to 25 possible values, one after the other.
func walk(t testing.TB, c *engine.Compiled, m *engine.Model, d *engine.Domains, r *rand.Rand, ask func([]engine.Choice) *engine.Domains) []engine.Choice {
	var choices []engine.Choice
	for range 25 {
		ch, ok := randomPossible(m, d, r)
		if !ok {
			break
		}
		choices = append(choices, ch)
		d = ask(choices)
		require.True(t, d.Consistent)
	}
	_ = c
	return choices
}

// randomPossible is a value that is possible: an option of a random open group.
func randomPossible(m *engine.Model, d *engine.Domains, r *rand.Rand) (engine.Choice, bool) {
	var open []engine.Choice
	var groups []int
	for g := range d.Groups {
		if !d.Groups[g].Decided && d.Groups[g].Number == nil {
			groups = append(groups, g)
		}
	}
	if len(groups) == 0 {
		return engine.Choice{}, false
	}
	group := groups[r.IntN(len(groups))]
	for o, s := range d.Groups[group].Options {
		if s == engine.StatusPossible {
			open = append(open, engine.Choice{Group: m.Groups[group].Key, Option: m.Groups[group].Options[o]})
		}
	}
	if len(open) == 0 {
		return engine.Choice{}, false
	}
	ch := open[r.IntN(len(open))]
	ch.Negate = m.Groups[group].Max != 1 && r.IntN(3) == 0
	return ch, true
}

// blockedOnes asks why a value is out, and how to have it.
func blockedOnes(t testing.TB, c *engine.Compiled, m *engine.Model, choices []engine.Choice, d *engine.Domains, r *rand.Rand, explain, repair *figures) {
	target, ok := randomExcluded(m, d, r)
	if !ok {
		return
	}
	began := cpu()
	_, err := c.Explain(t.Context(), engine.Request{Choices: choices}, &target)
	*explain = append(*explain, cpu()-began)
	require.NoError(t, err)
	began = cpu()
	_, err = c.Repairs(t.Context(), engine.Request{Choices: choices}, []engine.Choice{target}, nil, 3)
	*repair = append(*repair, cpu()-began)
	if !errors.Is(err, engine.ErrContradiction) { // dead options have no repair
		require.NoError(t, err)
	}
}

func prices(t testing.TB, m *engine.Model, name string) map[engine.Ref]int64 {
	costs := map[engine.Ref]int64{}
	if name == "pc-richmond" {
		for option, cents := range models.Prices(t) {
			for _, o := range m.Groups[0].Options {
				if o == option {
					costs[engine.Ref{Group: m.Groups[0].Key, Option: option}] = cents
				}
			}
		}
		return costs
	}
	r := rand.New(rand.NewPCG(2, 2))
	for _, g := range m.Groups {
		for _, o := range g.Options {
			costs[engine.Ref{Group: g.Key, Option: o}] = 1 + r.Int64N(10_000)
		}
	}
	return costs
}
