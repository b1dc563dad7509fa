package lint

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// large has rules as people write them, many times over: groups of five options each,
// rules between neighbours, and every hundredth rule one that follows from two others.
func large(n int) *engine.Model {
	m := &engine.Model{}
	const size = 5
	option := func(group, at int) engine.Expr {
		return engine.Chosen{Group: "g" + strconv.Itoa(group), Option: "o" + strconv.Itoa(at%size)}
	}
	for i := range n/10 + 3 {
		g := engine.Group{Key: "g" + strconv.Itoa(i), Min: 1, Max: 1}
		for o := range size {
			g.Options = append(g.Options, "o"+strconv.Itoa(o))
		}
		m.Groups = append(m.Groups, g)
	}
	for i := range n {
		at := i / 10
		e := engine.Implies{A: option(at, i), B: engine.Not{X: option(at+1+i/5%2, i*3+1)}}
		if i%100 == 99 {
			before := m.Rules[i-99].Expr.(engine.Implies) //nolint:errcheck,forcetypeassert // made above
			e = engine.Implies{A: engine.And{before.A, option(at, 1)}, B: before.B}
		}
		m.Rules = append(m.Rules, engine.Rule{Key: "r" + strconv.Itoa(i), Expr: e})
	}
	return m
}

// TestManyRules is about how the time grows; the log says it.
func TestManyRules(t *testing.T) {
	sizes := []int{2_500}
	if os.Getenv("FOYER_LONG") != "" {
		sizes = append(sizes, 5_000, 10_000)
	}
	for _, n := range sizes {
		m := large(n)
		start, used := time.Now(), cpu()
		found, err := Check(t.Context(), m, Options{Explained: 10})
		require.NoError(t, err)
		redundant := 0
		for _, f := range found {
			if f.Kind == Redundant {
				redundant++
			}
		}
		require.GreaterOrEqual(t, redundant, n/100)
		t.Log(n, "rules,", redundant, "redundant, in", time.Since(start), "CPU", cpu()-used)
	}
}
