package engine_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

func TestCountOfSmallModels(t *testing.T) {
	eachSmall(t, 500, 31, func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		choices := randomChoices(r, m, r.IntN(4))
		n, err := c.Count(t.Context(), engine.Request{Choices: choices})
		require.NoError(t, err, at)
		require.Equal(t, int64(len(agreeing(m, configs, choices...))), n.Int64(), at)
	})
}

func TestCountsOfKnownModels(t *testing.T) {
	for _, f := range models.Facts {
		t.Run(f.Name, func(t *testing.T) {
			m := models.Load(t, f.Name)
			c := compile(t, &m)
			began := time.Now()
			n, err := c.Count(t.Context(), engine.Request{})
			if errors.Is(err, engine.ErrBudget) {
				t.Logf("cannot be had: %v (%v)", err, time.Since(began).Round(time.Millisecond))
				require.Empty(t, f.Count, "it is known")
				return
			}
			require.NoError(t, err)
			t.Logf("%v (%d digits, %v)", n, len(n.String()), time.Since(began).Round(time.Millisecond))
			if f.Digits > 0 && f.Name != "pc-richmond" { // whose digits are those of fewer variables
				require.Len(t, n.String(), f.Digits)
			}
			if f.Count != "" {
				require.Equal(t, f.Count, n.String())
			}
		})
	}
}
