package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// anyOf makes one group of n options of which any may be chosen.
func anyOf(n int) engine.Group {
	g := engine.Group{Key: "f", Max: n}
	for i := range n {
		g.Options = append(g.Options, fmt.Sprint("o", i))
	}
	return g
}

func chosen(i int) engine.Expr { return engine.Chosen{Group: "f", Option: fmt.Sprint("o", i)} }

func TestARuleOfTenThousandOptions(t *testing.T) {
	m := &engine.Model{Groups: []engine.Group{anyOf(10_000)}}
	var all []engine.Expr
	for i := range 10_000 {
		all = append(all, chosen(i))
	}
	m.Rules = []engine.Rule{
		{Key: "one", Expr: engine.Or(all)},
		{Key: "few", Expr: engine.Count{Min: 0, Max: 3, Of: all}},
	}
	c := compile(t, m)
	var choices []engine.Choice
	for _, o := range []string{"o7", "o4711", "o9999"} {
		choices = append(choices, engine.Choice{Group: "f", Option: o})
	}
	began := time.Now()
	d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
	require.NoError(t, err)
	t.Logf("three chosen: %v", time.Since(began))
	require.True(t, d.Complete)
	require.Equal(t, engine.StatusExcluded, d.Groups[0].Options[0])
	e, err := c.Explain(t.Context(), engine.Request{Choices: choices}, &engine.Choice{Group: "f", Option: "o0"})
	require.NoError(t, err)
	require.Equal(t, &engine.Explanation{Because: []int{0, 1, 2}, Rules: []int{1}}, e)
}

func TestCyclesOfRequires(t *testing.T) {
	const n = 3000
	m := &engine.Model{Groups: []engine.Group{anyOf(n)}}
	for i := range n {
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: engine.Implies{A: chosen(i), B: chosen((i + 1) % n)}})
	}
	c := compile(t, m)
	d, err := c.Domains(t.Context(), engine.Request{Choices: []engine.Choice{{Group: "f", Option: "o17"}}})
	require.NoError(t, err)
	require.True(t, d.Complete)
	require.Equal(t, engine.StatusForced, d.Groups[0].Options[16])
	e, err := c.Explain(t.Context(), engine.Request{Choices: []engine.Choice{{Group: "f", Option: "o17"}}}, &engine.Choice{Group: "f", Option: "o16", Negate: true})
	require.NoError(t, err)
	require.Len(t, e.Rules, n-1)
	count, err := c.Count(t.Context(), engine.Request{})
	require.NoError(t, err)
	require.Equal(t, "2", count.String())
}

func TestAMillionChoicesAreRefused(t *testing.T) {
	c := compile(t, &engine.Model{Groups: []engine.Group{anyOf(3)}})
	_, err := c.Domains(t.Context(), engine.Request{Choices: make([]engine.Choice, 1_000_000)})
	require.EqualError(t, err, "1000000 choices at once are too many, the limit is 100000")
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	c := compile(t, &engine.Model{Groups: []engine.Group{
		{Key: "colour", Min: 1, Max: 1, Options: []string{"red", "blue"}},
		{Key: "width", Number: &engine.Number{Min: 50, Max: 310, Step: 25, Scale: 2, Unit: "m"}},
	}})
	for want, choices := range map[string][]engine.Choice{
		`choice 1: there is no group "color"`:                                       {{Group: "color", Option: "red"}},
		`choice 2: group "colour" has no option "green"`:                            {{Group: "width", Number: 50}, {Group: "colour", Option: "green"}},
		`choice 2: group "colour" is answered twice, by choice 1 as well`:           {{Group: "colour", Option: "red"}, {Group: "colour", Option: "blue"}},
		`choice 1: 0.60 m is no step of "width"; the nearest are 0.50 m and 0.75 m`: {{Group: "width", Number: 60}},
		`choice 1: 0.25 m is below the least value of "width", 0.50 m`:              {{Group: "width", Number: 25}},
		`choice 1: 3.10 m is above the greatest value of "width", 3.00 m`:           {{Group: "width", Number: 310}},
		`choice 1: group "width" is a number and has no option "x"`:                 {{Group: "width", Option: "x"}},
		`choice 2: group "width" is answered twice, by choice 1 as well`:            {{Group: "width", Number: 50}, {Group: "width", Number: 75}},
		`choice 1: group "colour" cannot be without an option and have "red"`:       {{Group: "colour", Option: "red", Absent: true}},
	} {
		_, err := c.Domains(t.Context(), engine.Request{Choices: choices})
		require.ErrorIs(t, err, engine.ErrRequest)
		require.EqualError(t, err, want)
	}
}

func TestAHardQuestionEndsInAnError(t *testing.T) {
	m := pigeons(12, 11)
	m.Groups = append(m.Groups, engine.Group{Key: "on", Max: 1, Options: []string{"yes"}})
	for i := range m.Rules {
		m.Rules[i].Expr = engine.Implies{A: engine.Chosen{Group: "on", Option: "yes"}, B: m.Rules[i].Expr}
	}
	_, err := engine.Compile(t.Context(), m, engine.Options{Budget: engine.Budget{Conflicts: 3000}})
	require.ErrorIs(t, err, engine.ErrBudget)
	require.EqualError(t, err, "the question was too hard: it needed more than 3000 conflicts; ask for less at a time, or with a larger budget")
}

func TestModelsThatMakeNoSense(t *testing.T) {
	for want, m := range map[string]*engine.Model{
		`group "g": there are two groups of this key`:                                                    {Groups: []engine.Group{{Key: "g"}, {Key: "g"}}},
		`group "g": at least 2 options are asked for, and there are 1`:                                   {Groups: []engine.Group{{Key: "g", Min: 2, Max: 2, Options: []string{"a"}}}},
		`rule "r": there is no group "x"`:                                                                {Rules: []engine.Rule{{Key: "r", Expr: engine.Chosen{Group: "x"}}}},
		`rule "r": a rule has either a condition or a table`:                                             {Rules: []engine.Rule{{Key: "r"}}},
		`group "n": the number has 1000001 steps, and at most 100000 are possible; choose a larger step`: {Groups: []engine.Group{{Key: "n", Number: &engine.Number{Max: 1_000_000, Step: 1}}}},
	} {
		_, err := engine.Compile(t.Context(), m, engine.Options{})
		require.ErrorIs(t, err, engine.ErrModel)
		require.EqualError(t, err, want)
	}
}

func TestDeepConditions(t *testing.T) {
	var x engine.Expr = engine.Chosen{Group: "f", Option: "o0"}
	for range 100_000 {
		x = engine.Not{X: engine.Or{x, engine.Chosen{Group: "f", Option: "o1"}}}
	}
	_, err := engine.Compile(t.Context(), &engine.Model{Groups: []engine.Group{anyOf(2)}, Rules: []engine.Rule{{Key: "r", Expr: x}}}, engine.Options{})
	require.ErrorIs(t, err, engine.ErrModel)
}

// tape gives the bytes of a fuzzer as chances, one each time, so that what it changes
// changes one thing of the model. After the last byte chance goes on by itself.
type tape struct {
	bytes []byte
	rest  *rand.PCG
}

func (t *tape) Uint64() uint64 {
	if len(t.bytes) == 0 {
		return t.rest.Uint64()
	}
	b := t.bytes[0]
	t.bytes = t.bytes[1:]
	return uint64(b)<<56 | 1<<55 // the middle of what begins with this byte
}

// FuzzEngine makes a model and choices of the bytes and holds the answers against
// trying everything.
func FuzzEngine(f *testing.F) {
	f.Add([]byte("foyer"), uint8(3))
	f.Add([]byte("porch"), uint8(255))
	f.Fuzz(func(t *testing.T, bytes []byte, n uint8) {
		r := rand.New(&tape{bytes, rand.NewPCG(uint64(len(bytes)), uint64(n))})
		m, o := small(r), engine.Options{Budget: engine.Budget{Conflicts: 100_000}, Once: n&8 != 0}
		if n >= 248 {
			m, o.Witnesses = wide(r), 1
		}
		configs := all(m)
		c, err := engine.Compile(t.Context(), m, o)
		if errors.Is(err, engine.ErrBudget) {
			return
		}
		require.NoError(t, err)
		choices := randomChoices(r, m, int(n%8))
		d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
		require.NoError(t, err)
		left := agreeing(m, configs, choices...)
		checkDomains(t, m, left, choices, d, fmt.Sprint(choices))
		count, err := c.Count(t.Context(), engine.Request{Choices: choices})
		require.NoError(t, err)
		require.Equal(t, int64(len(left)), count.Int64())
	})
}
