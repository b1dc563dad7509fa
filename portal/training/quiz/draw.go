package quiz

import (
	"crypto/rand"
	"fmt"
	"math/bits"
	chacha "math/rand/v2"
	"slices"

	"foyer/schema"
)

// Seed decides what an attempt asks and in which order. Whoever knows it can compute
// in which places right answers stand, so it is never sent and never derived from
// anything that is.
type Seed [32]byte

// NewSeed is a seed that nobody can guess.
func NewSeed() (Seed, error) {
	var s Seed
	if _, err := rand.Read(s[:]); err != nil {
		return s, fmt.Errorf("no random seed for a quiz: %w", err)
	}
	return s, nil
}

// deck shuffles by a seed. ChaCha8 is a generator whose outputs do not tell the next
// ones; how they become places is written here and not left to math/rand/v2, so that
// the same seed asks the same questions after an update of Go.
type deck struct{ source *chacha.ChaCha8 }

// below is a number from 0 to n-1, each as likely as the others. It is the high half
// of a product of 64 bits and n; the draws that would make some numbers likelier are
// thrown away (Lemire, Fast Random Integer Generation in an Interval, 2019).
func (d deck) below(n int) int {
	size := uint64(n) //nolint:gosec // lengths of lists
	uneven := -size % size
	for {
		high, low := bits.Mul64(d.source.Uint64(), size)
		if low >= uneven {
			return int(high) //nolint:gosec // below n
		}
	}
}

// shuffle puts a list in an order of which each is as likely as the others, also the
// one in which it was: a list that never came in its right order would tell that much.
func shuffle[T any](d deck, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := d.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}

// Draw decides what an attempt asks: all questions that are in no pool, of each pool
// as many as it draws, in the order of the quiz unless it shuffles; and in which
// order their choices are shown. It does not look at what is right. The same quiz and
// seed give the same.
func Draw(q *schema.Quiz, seed Seed) []schema.AttemptQuestion {
	d := deck{chacha.NewChaCha8(seed)}
	out := drawn(q, d)
	known := byKey(q)
	asked := make([]schema.AttemptQuestion, len(out))
	for i, key := range out {
		asked[i] = arranged(d, known[key], q.Shuffle)
	}
	return asked
}

// drawn are the keys of the questions that are asked, in order.
func drawn(q *schema.Quiz, d deck) []string {
	pooled, taken := map[string]bool{}, map[string]bool{}
	for i := range q.Pools {
		p := &q.Pools[i]
		keys := slices.Clone(p.Questions)
		shuffle(d, keys)
		for j, key := range keys {
			pooled[key] = true
			if j < p.Draw {
				taken[key] = true
			}
		}
	}
	out := []string{}
	for i := range q.Questions {
		if key := q.Questions[i].Key; !pooled[key] || taken[key] {
			out = append(out, key)
		}
	}
	if q.Shuffle {
		shuffle(d, out)
	}
	return out
}

// arranged puts the parts of a question in the order in which they are shown. Where
// the order of the document is the answer, it is always shuffled.
func arranged(d deck, q *schema.Question, mix bool) schema.AttemptQuestion {
	a := schema.AttemptQuestion{Key: q.Key}
	switch q.Kind {
	case schema.AskSingle, schema.AskMultiple, schema.AskOrder:
		for i := range q.Choices {
			a.Shown = append(a.Shown, q.Choices[i].Key)
		}
		if mix || q.Kind == schema.AskOrder {
			shuffle(d, a.Shown)
		}
	case schema.AskMatch:
		for i := range q.Pairs {
			a.Shown = append(a.Shown, q.Pairs[i].Key)
		}
		a.Right = slices.Clone(a.Shown)
		shuffle(d, a.Shown)
		shuffle(d, a.Right)
	}
	return a
}
