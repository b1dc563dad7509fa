package engine_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// walks is what TestWalksEndComplete is told by its environment: FOYER_WALKS how
// many walks on each model, FOYER_WALKS_FROM the first of them, FOYER_WALKS_TIME
// after how long to leave a model, FOYER_WALKS_MODEL a part of the models' names.
// Each walk has chances of its own, so a run that was left goes on where it ended.
type walks struct {
	to, from int
	time     time.Duration
}

func askedWalks(t *testing.T, options int) walks {
	t.Helper()
	w := walks{to: runs(max(1, 2500/options)), time: time.Hour}
	if text := os.Getenv("FOYER_WALKS_FROM"); text != "" {
		var err error
		w.from, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	if text := os.Getenv("FOYER_WALKS"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		w.to = w.from + n
	}
	if text := os.Getenv("FOYER_WALKS_TIME"); text != "" {
		var err error
		w.time, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	return w
}

// TestWalksEndComplete chooses possible values until all is decided: never a dead
// end, and what comes out is valid.
func TestWalksEndComplete(t *testing.T) {
	for k, f := range models.Facts {
		if !strings.Contains(f.Name, os.Getenv("FOYER_WALKS_MODEL")) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			asked := askedWalks(t, f.Options)
			m := models.Load(t, f.Name)
			c := compile(t, &m)
			began, at, steps := time.Now(), asked.from, 0
			for ; at < asked.to && time.Since(began) < asked.time; at++ {
				steps += walkToTheEnd(t, c, &m, rand.New(rand.NewPCG(uint64(k), uint64(at))))
			}
			t.Logf("%d walks, up to number %d, without a dead end: %d choices in %v", at-asked.from, at, steps, time.Since(began).Round(time.Second))
		})
	}
	eachSmall(t, 150, 37, func(r *rand.Rand, m *engine.Model, _ []config, c *engine.Compiled, _ string) {
		walkToTheEnd(t, c, m, r)
	})
}

// walkToTheEnd is one customer who decides everything; it returns in how many steps.
func walkToTheEnd(t *testing.T, c *engine.Compiled, m *engine.Model, r *rand.Rand) int {
	t.Helper()
	d, err := c.Domains(t.Context(), engine.Request{})
	require.NoError(t, err)
	var choices []engine.Choice
	for !d.Complete {
		ch := openNumber(m, d, r)
		if ch.Group == "" || r.IntN(2) == 0 {
			if option, ok := randomPossible(m, d, r); ok {
				ch = option
			}
		}
		choices = append(choices, ch)
		d, err = c.Domains(t.Context(), engine.Request{Choices: choices})
		require.NoError(t, err)
		if !d.Consistent {
			t.Fatalf("a dead end after %+v", choices)
		}
	}
	wrong, err := c.Validate(decided(m, d))
	require.NoError(t, err)
	require.Empty(t, wrong)
	return len(choices)
}

// openNumber is one end of a number that is not decided.
func openNumber(m *engine.Model, d *engine.Domains, r *rand.Rand) engine.Choice {
	for g := range d.Groups {
		if n := d.Groups[g].Number; n != nil && !d.Groups[g].Decided {
			if r.IntN(2) == 0 {
				return engine.Choice{Group: m.Groups[g].Key, Number: n.Min}
			}
			return engine.Choice{Group: m.Groups[g].Key, Number: n.Max}
		}
	}
	return engine.Choice{}
}

func decided(m *engine.Model, d *engine.Domains) engine.Configuration {
	out := make(engine.Configuration, len(m.Groups))
	for g := range out {
		if n := d.Groups[g].Number; n != nil {
			out[g] = engine.Decided{Number: n.Min, Absent: n.Presence == engine.StatusExcluded}
			if out[g].Absent {
				out[g].Number = 0
			}
		}
		for o, s := range d.Groups[g].Options {
			if s != engine.StatusExcluded {
				out[g].Options = append(out[g].Options, o)
			}
		}
	}
	return out
}
