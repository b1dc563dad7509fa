package configurator_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator"
	"foyer/portal/configurator/engine"
)

func loader(loads *atomic.Int32) func(context.Context) (*engine.Model, error) {
	return func(context.Context) (*engine.Model, error) {
		loads.Add(1)
		return &engine.Model{Groups: []engine.Group{{Key: "g", Min: 1, Max: 1, Options: []string{"a", "b"}}}}, nil
	}
}

func TestOneCompilesForAll(t *testing.T) {
	var loads atomic.Int32
	c := configurator.NewCache(1 << 30)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			got, err := c.Get(t.Context(), "k", loader(&loads))
			if err != nil || got == nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.Equal(t, int32(1), loads.Load())
}

func TestTheLeastAskedForIsForgotten(t *testing.T) {
	var loads atomic.Int32
	ctx := t.Context()
	c := configurator.NewCache(1 << 30)
	one, err := c.Get(ctx, "0", loader(&loads))
	require.NoError(t, err)
	c = configurator.NewCache(3 * one.Size())
	get := func(key int) {
		_, err := c.Get(ctx, fmt.Sprint(key), loader(&loads))
		require.NoError(t, err)
	}
	for k := range 4 {
		get(k)
		get(0)
	}
	n, size := c.Size()
	require.Equal(t, 3, n)
	require.Equal(t, 3*one.Size(), size)
	before := loads.Load()
	get(0)
	get(3)
	require.Equal(t, before, loads.Load())
	get(1)
	require.Equal(t, before+1, loads.Load())
}

func TestErrorsAreNotKept(t *testing.T) {
	ctx := t.Context()
	c := configurator.NewCache(0)
	fail := errors.New("not today")
	_, err := c.Get(ctx, "k", func(context.Context) (*engine.Model, error) { return nil, fail })
	require.ErrorIs(t, err, fail)
	_, err = c.Get(ctx, "k", func(context.Context) (*engine.Model, error) { panic("at the disco") })
	require.ErrorContains(t, err, "at the disco")
	var loads atomic.Int32
	_, err = c.Get(ctx, "k", loader(&loads))
	require.NoError(t, err)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	_, err = c.Get(gone, "other", func(context.Context) (*engine.Model, error) { select {} })
	require.ErrorIs(t, err, context.Canceled)
}
