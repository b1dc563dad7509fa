package engine_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// TestSoldCars replays the cars that Renault sold, each in an order of its own: those
// that the constraints allow are as many as published, and the others get the
// smallest repairs, which make them possible.
func TestSoldCars(t *testing.T) {
	ctx := t.Context()
	m := models.Load(t, models.Renault)
	c := compile(t, &m)
	r := rand.New(rand.NewPCG(6, 6))
	valid, unknown := 0, 0
	dropped := map[int]int{}
	began := time.Now()
	for _, sale := range models.Sales(t, m) {
		var choices []engine.Choice
		for _, ref := range sale.Choices {
			choices = append(choices, engine.Choice{Group: ref.Group, Option: ref.Option})
		}
		r.Shuffle(len(choices), func(i, j int) { choices[i], choices[j] = choices[j], choices[i] })
		_, err := c.Complete(ctx, engine.Request{Choices: choices}, engine.Goal{})
		if len(sale.Unknown) > 0 {
			require.ErrorIs(t, err, engine.ErrRequest)
			unknown++
			continue
		}
		if err == nil {
			valid++
			continue
		}
		require.ErrorIs(t, err, engine.ErrContradiction)
		if runs(1) == 1 && r.IntN(20) > 0 {
			continue
		}
		repairs, err := c.Repairs(ctx, engine.Request{Choices: choices}, nil, nil, 1)
		require.NoError(t, err)
		drop := repairs[0].Drop
		dropped[len(drop)]++
		var left []engine.Choice
		for i, ch := range choices {
			if len(drop) > 0 && drop[0] == i {
				drop = drop[1:]
				continue
			}
			left = append(left, ch)
		}
		d, err := c.Domains(ctx, engine.Request{Choices: left})
		require.NoError(t, err)
		require.True(t, d.Consistent)
	}
	t.Logf("%d valid, %d with unknown values, choices dropped: %v, in %v", valid, unknown, dropped, time.Since(began).Round(time.Millisecond))
	require.Equal(t, models.SalesValid, valid)
	require.Equal(t, models.SalesUnknown, unknown)
}
