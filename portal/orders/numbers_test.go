package orders

import (
	"context"
	"errors"
	"math/rand/v2"
	"regexp"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
)

func TestPermutation(t *testing.T) {
	t.Run("is one, over the whole of a small domain", func(t *testing.T) {
		for _, half := range []uint{1, 4, 7} {
			p := permutation{key: []byte("a key"), half: half}
			size := uint64(1) << (2 * half)
			seen := make([]bool, size)
			for n := range size {
				x := p.apply(n)
				if x >= size || seen[x] || p.invert(x) != n {
					t.Fatalf("%d bits: %d becomes %d, which comes back as %d", 2*half, n, x, p.invert(x))
				}
				seen[x] = true
			}
		}
	})
	t.Run("has a reverse, over samples of the real one", func(t *testing.T) {
		p := permutation{key: []byte("a key"), half: numberHalf}
		r := rand.New(rand.NewPCG(5, 6))
		for n := range uint64(4000) {
			if n > 2000 {
				n = r.Uint64N(1 << (2 * numberHalf))
			}
			require.Equal(t, n, p.invert(p.apply(n)))
		}
	})
	t.Run("is another one with another key", func(t *testing.T) {
		p, q := permutation{key: []byte("a key"), half: numberHalf}, permutation{key: []byte("another"), half: numberHalf}
		equal := 0
		for n := range uint64(1000) {
			if p.apply(n) == q.apply(n) {
				equal++
			}
		}
		require.Zero(t, equal)
	})
}

var form = regexp.MustCompile(`^FO-[0-9ABCDEFGHJKMNPQRSTVWXYZ]{8}$`)

func TestNumber(t *testing.T) {
	p := permutation{key: []byte("a key"), half: numberHalf}
	seen := map[string]bool{}
	for n := range uint64(4000) {
		x, err := number(p, n)
		require.NoError(t, err)
		require.Regexp(t, form, x)
		require.False(t, seen[x])
		seen[x] = true
	}
	_, err := number(p, 1<<40-1)
	require.NoError(t, err)
	_, err = number(p, 1<<40)
	require.Error(t, err, "rather no number than one that exists")
}

func TestNextNumber(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		// The first transaction that asks makes the secret, and is rolled back.
		failed := errors.New("on purpose")
		err := w.store.Tx(w.ctx, func(ctx context.Context, _ *ent.Client) error {
			_, err := w.NextNumber(ctx)
			return errors.Join(err, failed)
		})
		require.ErrorIs(t, err, failed)

		var lock sync.Mutex
		seen := map[string]bool{}
		var wait sync.WaitGroup
		for i := range 8 {
			wait.Go(func() {
				for range 10 {
					var n string
					err := w.store.Tx(w.ctx, func(ctx context.Context, _ *ent.Client) (err error) {
						if n, err = w.NextNumber(ctx); i == 0 && err == nil {
							return failed // a number may be lost, and is not given out again in another order
						}
						return err
					})
					if err != nil && !errors.Is(err, failed) {
						t.Error(err)
						return
					}
					if err == nil {
						lock.Lock()
						if seen[n] || !form.MatchString(n) {
							t.Errorf("%q", n)
						}
						seen[n] = true
						lock.Unlock()
					}
				}
			})
		}
		wait.Wait()
		require.Len(t, seen, 70)

		// Another replica continues with the same permutation.
		replica := New(w.store, DefaultCarriers())
		n, err := replica.NextNumber(w.ctx)
		require.NoError(t, err)
		require.False(t, seen[n])
	})
}
