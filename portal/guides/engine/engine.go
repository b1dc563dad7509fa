// Package engine leads by questions to results. It knows nothing of what a
// result is: products here, causes of a fault elsewhere.
//
// Owns: graphs of questions, which of them are sound, and walking them. Does not
// own: texts, results, where graphs are kept.
package engine

import (
	"fmt"
	"slices"
)

// Answer is one answer to a question, and the key of the step to which it leads.
type Answer struct{ Key, Next string }

// Step is a question with answers, or, without answers, a result.
type Step[R any] struct {
	Key     string
	Answers []Answer
	Result  R // of a step without answers
}

// Graph is a set of steps and where they begin.
type Graph[R any] struct {
	Start string
	Steps []Step[R]
}

// Fault is what is wrong with a graph.
type Fault string

// What can be wrong with a graph.
const (
	Missing     Fault = "MISSING_STEP"  // Start or an answer leads to a step that is not there
	Duplicate   Fault = "DUPLICATE_KEY" // of two steps, or of two answers to a question
	Circle      Fault = "CIRCLE"        // an answer leads back
	Unreachable Fault = "UNREACHABLE"   // no answers lead to the step
)

// Error is the first thing that is wrong with a graph, and where: the indexes of
// the step and of the answer, -1 where there is none.
type Error struct {
	Fault        Fault
	Step, Answer int
}

// Error implements error.
func (e *Error) Error() string {
	return fmt.Sprintf("%s at step %d, answer %d", e.Fault, e.Step, e.Answer)
}

// Check says what is wrong with a graph; nil when nothing is. In a sound graph
// every sequence of answers ends at a result.
func (g Graph[R]) Check() error {
	index := make(map[string]int, len(g.Steps))
	for i, s := range g.Steps {
		if _, there := index[s.Key]; there {
			return &Error{Duplicate, i, -1}
		}
		index[s.Key] = i
	}
	if _, there := index[g.Start]; !there {
		return &Error{Missing, -1, -1}
	}
	for i, s := range g.Steps {
		for j, a := range s.Answers {
			if slices.ContainsFunc(s.Answers[:j], func(b Answer) bool { return b.Key == a.Key }) {
				return &Error{Duplicate, i, j}
			}
			if _, there := index[a.Next]; !there {
				return &Error{Missing, i, j}
			}
		}
	}
	seen := make([]mark, len(g.Steps))
	if err := g.descend(index, seen, index[g.Start]); err != nil {
		return err
	}
	if i := slices.Index(seen, unseen); i >= 0 {
		return &Error{Unreachable, i, -1}
	}
	return nil
}

// mark says how far a step has been looked at.
type mark uint8

const (
	unseen mark = iota
	open        // on the way from the start to where the search is
	done
)

// descend goes into all that a step leads to, and finds answers that lead back.
// It keeps its way itself: a graph may be as deep as somebody can write it.
func (g Graph[R]) descend(index map[string]int, seen []mark, start int) error {
	type at struct{ step, answer int }
	way := []at{{start, 0}}
	seen[start] = open
	for len(way) > 0 {
		here := &way[len(way)-1]
		answers := g.Steps[here.step].Answers
		if here.answer == len(answers) {
			seen[here.step] = done
			way = way[:len(way)-1]
			continue
		}
		next := index[answers[here.answer].Next]
		here.answer++
		switch seen[next] {
		case open:
			return &Error{Circle, here.step, here.answer - 1}
		case unseen:
			seen[next] = open
			way = append(way, at{next, 0})
		case done:
		}
	}
	return nil
}

// Place is where answers have led.
type Place struct {
	Path      []Taken // the answers that were taken
	Step      int     // the index of the step
	Remaining int     // how many questions are left at most, with the one here
}

// Taken is an answer that was given, by the indexes of its step and itself.
type Taken struct{ Step, Answer int }

// Walk follows answers, by their keys, from the start. At the first one that the
// question does not have it stops: the graph may have changed since it was given.
// Answers beyond a result are left out likewise. The graph must be sound.
func (g Graph[R]) Walk(answers []string) Place {
	index := make(map[string]int, len(g.Steps))
	for i, s := range g.Steps {
		index[s.Key] = i
	}
	p := Place{Step: index[g.Start]}
	for _, key := range answers {
		s := g.Steps[p.Step]
		i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.Key == key })
		if i < 0 {
			break
		}
		p.Path = append(p.Path, Taken{p.Step, i})
		p.Step = index[s.Answers[i].Next]
	}
	p.Remaining = g.depth(index, map[int]int{}, p.Step)
	return p
}

// depth is how many questions are asked at most from a step on. No way is longer
// than the graph has steps, so that one that is not sound ends nothing else.
func (g Graph[R]) depth(index map[string]int, known map[int]int, step int) int {
	if n, ok := known[step]; ok {
		return n
	}
	known[step] = 0 // should it lead back
	most := 0
	for _, a := range g.Steps[step].Answers {
		most = max(most, 1+g.depth(index, known, index[a.Next]))
	}
	known[step] = most
	return most
}
