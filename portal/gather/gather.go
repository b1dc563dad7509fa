// Package gather lets questions that are asked at the same time, those of the rows of
// one answer, share their statements.
//
// Owns: the loaders of one answer. Does not own: what they load.
package gather

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/graph-gophers/dataloader/v7"
)

// Loader answers one of many questions of an answer. It is made for one answer and
// one viewer, and remembers nothing.
type Loader[K comparable, V any] struct {
	of *dataloader.Loader[K, V]
}

// How long a loader waits for further questions, and how long when it is patient.
const (
	wait    = 2 * time.Millisecond
	patient = 100 * time.Millisecond
)

var patience atomic.Int64 // how many have asked for it

// Patiently lets loaders that are made from now on wait until they surely have all
// questions, until the function is called that it gives: on a slow machine the
// questions of one answer can come further apart than loaders wait, and tests that
// count statements would count some twice.
func Patiently() (back func()) {
	patience.Add(1)
	return func() { patience.Add(-1) }
}

// New makes a loader of a function that answers for many keys at once; a key that it
// has no answer for has the zero value.
func New[K comparable, V any](load func(context.Context, []K) (map[K]V, error)) *Loader[K, V] {
	batch := func(ctx context.Context, keys []K) []*dataloader.Result[V] {
		found, err := load(ctx, keys)
		results := make([]*dataloader.Result[V], len(keys))
		for i, k := range keys {
			results[i] = &dataloader.Result[V]{Data: found[k], Error: err}
		}
		return results
	}
	d := wait
	if patience.Load() > 0 {
		d = patient
	}
	return &Loader[K, V]{dataloader.NewBatchedLoader(batch,
		dataloader.WithWait[K, V](d), dataloader.WithCache[K, V](&dataloader.NoCache[K, V]{}))}
}

// Load answers for one key.
func (l *Loader[K, V]) Load(ctx context.Context, key K) (V, error) { return l.of.Load(ctx, key)() }

// LoadMany answers for some keys, in their order.
func (l *Loader[K, V]) LoadMany(ctx context.Context, keys []K) ([]V, error) {
	found, errs := l.of.LoadMany(ctx, keys)()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Ask asks the loader, and where there is none for the single key.
func Ask[K comparable, V any](ctx context.Context, l *Loader[K, V], key K, load func(context.Context, []K) (map[K]V, error)) (V, error) {
	if l != nil {
		return l.Load(ctx, key)
	}
	all, err := load(ctx, []K{key})
	return all[key], err
}
