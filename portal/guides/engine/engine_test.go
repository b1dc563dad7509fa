package engine

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func steps(list ...Step[int]) Graph[int] { return Graph[int]{Start: "a", Steps: list} }

func step(key string, next ...string) Step[int] {
	s := Step[int]{Key: key}
	for i, n := range next {
		s.Answers = append(s.Answers, Answer{fmt.Sprint(i), n})
	}
	return s
}

func TestCheck(t *testing.T) {
	require.NoError(t, steps(step("a")).Check())
	require.NoError(t, steps(step("a", "b", "c"), step("b", "c"), step("c")).Check(), "two ways to one step are no circle")
	for name, c := range map[string]struct {
		g    Graph[int]
		want Error
	}{
		"nothing":                {steps(), Error{Missing, -1, -1}},
		"no start":               {steps(step("b")), Error{Missing, -1, -1}},
		"an answer to nowhere":   {steps(step("a", "b", "x"), step("b")), Error{Missing, 0, 1}},
		"a key twice":            {steps(step("a", "b"), step("b"), step("b")), Error{Duplicate, 2, -1}},
		"an answer twice":        {steps(Step[int]{Key: "a", Answers: []Answer{{"x", "b"}, {"x", "b"}}}, step("b")), Error{Duplicate, 0, 1}},
		"a question to itself":   {steps(step("a", "a")), Error{Circle, 0, 0}},
		"a circle":               {steps(step("a", "b"), step("b", "d", "c"), step("c", "a"), step("d")), Error{Circle, 2, 0}},
		"a step apart":           {steps(step("a", "b"), step("b"), step("c", "b")), Error{Unreachable, 2, -1}},
		"a circle apart":         {steps(step("a"), step("b", "c"), step("c", "b")), Error{Unreachable, 1, -1}},
		"a circle far from here": {steps(step("a", "b"), step("b", "c"), step("c", "d"), step("d", "b")), Error{Circle, 3, 0}},
	} {
		var e *Error
		require.ErrorAs(t, c.g.Check(), &e, name)
		require.Equal(t, c.want, *e, name)
		require.NotEmpty(t, e.Error())
	}
}

func TestWalk(t *testing.T) {
	g := steps(step("a", "b", "c"), step("b", "c", "d"), step("c", "d"), step("d"))
	require.NoError(t, g.Check())
	for _, c := range []struct {
		answers []string
		at      string
		taken   int
		left    int
	}{
		{nil, "a", 0, 3}, {[]string{"0"}, "b", 1, 2}, {[]string{"1"}, "c", 1, 1}, {[]string{"0", "1"}, "d", 2, 0},
		{[]string{"0", "0", "0"}, "d", 3, 0}, {[]string{"0", "0", "0", "0", "9"}, "d", 3, 0},
		{[]string{"0", "gone", "0"}, "b", 1, 2}, {[]string{""}, "a", 0, 3},
	} {
		p := g.Walk(c.answers)
		require.Equal(t, c.at, g.Steps[p.Step].Key, c.answers)
		require.Len(t, p.Path, c.taken)
		require.Equal(t, c.left, p.Remaining)
	}
}

// random is a graph of which anything may be wrong.
func random(r *rand.Rand) Graph[int] {
	n := 1 + r.IntN(12)
	key := func(i int) string { return fmt.Sprint("s", i) }
	g := Graph[int]{Start: key(0)}
	mistakes := r.IntN(3) == 0
	for i := range n {
		s := Step[int]{Key: key(i), Result: i}
		if mistakes && r.IntN(20) == 0 {
			s.Key = key(r.IntN(n))
		}
		for j := range r.IntN(4) {
			next := i + 1 + r.IntN(3)
			if mistakes && r.IntN(6) == 0 {
				next = r.IntN(n + 1)
			}
			if next < n || mistakes {
				s.Answers = append(s.Answers, Answer{fmt.Sprint(j), key(next)})
			}
		}
		g.Steps = append(g.Steps, s)
	}
	return g
}

// In a sound graph every way ends at a result, after no more questions than were
// said; and a graph is found unsound just when a plain search says so.
func TestEveryWayEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // the same each time
	sound := 0
	for range 20_000 {
		g := random(r)
		err := g.Check()
		require.Equal(t, plainly(g), err == nil, "%+v: %v", g, err)
		if err != nil {
			continue
		}
		sound++
		for range 5 {
			var answers []string
			left := g.Walk(nil).Remaining
			require.Less(t, left, len(g.Steps))
			for {
				p := g.Walk(answers)
				require.LessOrEqual(t, p.Remaining, left)
				require.Len(t, p.Path, len(answers))
				s := g.Steps[p.Step]
				if len(s.Answers) == 0 {
					require.Zero(t, p.Remaining)
					break
				}
				require.Positive(t, p.Remaining)
				answers, left = append(answers, s.Answers[r.IntN(len(s.Answers))].Key), p.Remaining-1
			}
		}
	}
	require.Greater(t, sound, 1000)
}

// plainly says whether a graph is sound by trying all ways.
func plainly(g Graph[int]) bool {
	index := map[string]int{}
	for i, s := range g.Steps {
		if _, there := index[s.Key]; there {
			return false
		}
		index[s.Key] = i
	}
	start, ok := index[g.Start]
	if !ok {
		return false
	}
	for _, s := range g.Steps {
		for _, a := range s.Answers {
			if _, ok := index[a.Next]; !ok {
				return false
			}
		}
	}
	reached := map[int]bool{}
	var ends func(i, depth int) bool
	ends = func(i, depth int) bool {
		reached[i] = true
		if depth > len(g.Steps) {
			return false
		}
		for _, a := range g.Steps[i].Answers {
			if !ends(index[a.Next], depth+1) {
				return false
			}
		}
		return true
	}
	return ends(start, 0) && len(reached) == len(g.Steps)
}

// FuzzCheck reads a graph from bytes: checking and walking it end, whatever it is.
func FuzzCheck(f *testing.F) {
	f.Add([]byte{2, 1, 2, 0, 0}, "1")
	f.Add([]byte{1, 0}, "")
	f.Add([]byte{3, 1, 1, 2, 3, 3}, "0")
	f.Fuzz(func(t *testing.T, shape []byte, answer string) {
		g := Graph[int]{Start: "0"}
		for i := 0; i < len(shape) && len(g.Steps) < 100; i++ {
			s := Step[int]{Key: fmt.Sprint(len(g.Steps))}
			for n := int(shape[i]) % 5; n > 0 && i+1 < len(shape); n-- {
				i++
				s.Answers = append(s.Answers, Answer{fmt.Sprint(n), fmt.Sprint(shape[i] % 100)})
			}
			g.Steps = append(g.Steps, s)
		}
		if err := g.Check(); err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			return
		}
		answers := []string{answer}
		for range g.Steps {
			p := g.Walk(answers[1:])
			s := g.Steps[p.Step]
			if len(s.Answers) == 0 {
				g.Walk(answers)
				return
			}
			answers = append(answers, s.Answers[0].Key)
		}
		t.Fatal("it does not end")
	})
}

// A chain as long as somebody can write it is no trouble.
func TestDeep(t *testing.T) {
	g := Graph[int]{Start: "0"}
	for i := range 50_000 {
		g.Steps = append(g.Steps, step(fmt.Sprint(i), fmt.Sprint(i+1)))
	}
	g.Steps = append(g.Steps, step("50000"))
	require.NoError(t, g.Check())
	require.Equal(t, 50_000, g.Walk(nil).Remaining)
}
