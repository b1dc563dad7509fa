package plan

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
	"foyer/schema"
)

// Problem is one mistake of a document.
type Problem struct {
	// Path is the field that it is about, as the document's JSON has it: the names of
	// members, and places in lists from 0.
	Path []string
	// Line and Column are the place in the text of a rule or condition, from 1; 0
	// where there is none.
	Line, Column int
	Text         problem.Text
}

// Problems are the mistakes of a document, in its order.
type Problems []Problem

// Error is the first of them.
func (p Problems) Error() string {
	if len(p) == 0 {
		return "no mistakes"
	}
	return fmt.Sprintf("%v: %s (%d mistakes in all)", p[0].Path, p[0].Text.EN, len(p))
}

// Refusals are the mistakes as those of an input field.
func (p Problems) Refusals(field ...string) problem.Several {
	out := make(problem.Several, len(p))
	for i := range p {
		text := p[i].Text
		if p[i].Line > 0 {
			place := problem.Text{EN: "Line %d, column %d: ", DE: "Zeile %d, Spalte %d: "}.Format(p[i].Line, p[i].Column)
			text = problem.Text{EN: place.EN + text.EN, DE: place.DE + text.DE}
		}
		out[i] = problem.Refuse(problem.Invalid, text, slices.Concat(field, p[i].Path)...)
	}
	return out
}

// mostProblems is how many mistakes are told: who has more mends these first.
const mostProblems = 1000

// checker collects the mistakes of a document.
type checker struct {
	doc   *schema.ConfigurationDocument
	found Problems
	path  []string
	words *rules.Vocabulary
}

// in does something within a field.
func (c *checker) in(name string, do func()) {
	c.path = append(c.path, name)
	do()
	c.path = c.path[:len(c.path)-1]
}

// each does something within each place of a list.
func (c *checker) each(name string, n int, do func(i int)) {
	c.in(name, func() {
		for i := range n {
			c.in(strconv.Itoa(i), func() { do(i) })
		}
	})
}

func (c *checker) say(text problem.Text, at ...string) {
	if len(c.found) < mostProblems {
		c.found = append(c.found, Problem{Path: slices.Concat(c.path, at), Text: text})
	}
}

// require says a text unless something holds.
func (c *checker) require(holds bool, text problem.Text, at ...string) bool {
	if !holds {
		c.say(text, at...)
	}
	return holds
}

// rule says the mistakes of a rule's text, each with its place.
func (c *checker) rule(err error, at string) {
	var all rules.Errors
	if !errors.As(err, &all) {
		return
	}
	for _, e := range all {
		n := len(c.found)
		c.say(e.Text, at)
		if len(c.found) > n {
			c.found[n].Line, c.found[n].Column = e.Line, e.Column
		}
	}
}

// line cleans a text of one line.
func (c *checker) line(s *string, longest int, needed bool, at ...string) {
	c.clean(s, longest, needed, problem.Line, at)
}

// prose cleans a text of several lines.
func (c *checker) prose(s *string, longest int, needed bool, at ...string) {
	c.clean(s, longest, needed, problem.Prose, at)
}

func (c *checker) clean(s *string, longest int, needed bool, read func(string, int, ...string) (string, error), at []string) {
	clean, err := read(*s, longest)
	var refused *problem.Refusal
	switch {
	case errors.As(err, &refused):
		c.say(refused.Text, at...)
		return
	case clean == "" && needed:
		c.say(missing, at...)
	}
	*s = clean
}

var missing = problem.Text{EN: "Please write something here.", DE: "Bitte schreiben Sie hier etwas."}

// text cleans a text that is written in all languages, or in none where it need not be.
func (c *checker) text(text *map[string]string, longest int, needed, long bool, name string) {
	out := map[string]string{}
	c.in(name, func() {
		for _, language := range sortedKeys(*text) {
			c.require(slices.ContainsFunc(languages, func(l schema.Language) bool { return l.Code() == language }), problem.Text{
				EN: "There is no language %q. Write en or de.", DE: "Es gibt keine Sprache %q. Schreiben Sie en oder de.",
			}.Format(language), language)
		}
		for _, l := range languages {
			s := (*text)[l.Code()]
			if long {
				c.prose(&s, longest, false, l.Code())
			} else {
				c.line(&s, longest, false, l.Code())
			}
			if s != "" {
				out[l.Code()] = s
			}
		}
		if len(out) == 0 && !needed {
			return
		}
		for _, l := range languages {
			c.require(out[l.Code()] != "", missing, l.Code())
		}
	})
	*text = nil
	if len(out) > 0 {
		*text = out
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// within requires a number to be between two.
func within[N int | int64](c *checker, v, low, high N, at ...string) bool {
	return c.require(v >= low && v <= high, problem.Text{
		EN: "%d is not from %d to %d.", DE: "%d liegt nicht zwischen %d und %d.",
	}.Format(v, low, high), at...)
}
