package rules

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"foyer/portal/problem"
)

// Error is one mistake in a text, and where it is.
type Error struct {
	// Line and Column count from 1, columns in characters. Start and End are the
	// bytes that it is about: text[Start:End], empty where something is missing.
	Line, Column int
	Start, End   int
	// Text says what is wrong and what to do.
	Text problem.Text
	// Suggestion is what could stand there instead, if anything is near.
	Suggestion string
}

// Error returns the English sentence with the place before it.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Text.EN)
}

// In returns the sentence in a language with the place before it.
func (e *Error) In(language string) string {
	place := problem.Text{EN: "Line %d, column %d: ", DE: "Zeile %d, Spalte %d: "}
	return place.Format(e.Line, e.Column).In(language) + e.Text.In(language)
}

// Errors are the mistakes of a text in the order in which they stand there.
type Errors []*Error

// Error returns all of them, one in each line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Places finds lines and columns in a text, for readers of other forms that report
// mistakes as this package does.
func Places(text string, start, end int, said problem.Text, suggestion string) *Error {
	line, column := place(text, start)
	return &Error{Line: line, Column: column, Start: start, End: end, Text: said, Suggestion: suggestion}
}

type span struct{ start, end int }

// reporter collects the mistakes of a text.
type reporter struct {
	text  string
	found Errors
	// stopped means that what follows would be guesses, or too much.
	stopped bool
}

func (r *reporter) report(at span, said problem.Text, suggestion string) {
	if r.full() {
		return
	}
	for _, e := range r.found {
		if e.Start == at.start { // a second complaint about the same place helps nobody
			return
		}
	}
	r.found = append(r.found, Places(r.text, at.start, at.end, said, suggestion))
}

// fatal reports and ends the reading.
func (r *reporter) fatal(at span, said problem.Text) {
	if !r.stopped {
		r.report(at, said, "")
		r.stopped = true
	}
}

func (r *reporter) full() bool { return r.stopped || len(r.found) >= MaxErrors }

func (r *reporter) errors() error {
	if len(r.found) == 0 {
		return nil
	}
	sort.SliceStable(r.found, func(i, j int) bool { return r.found[i].Start < r.found[j].Start })
	return r.found
}

// place counts lines that end with \n, \r\n or \r alike.
func place(text string, at int) (line, column int) {
	at = min(at, len(text))
	line, begin := 1, 0
	for i := 0; i < at; i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
			line, begin = line+1, i+1
		}
	}
	return line, utf8.RuneCountInString(text[begin:at]) + 1
}

// didYouMean appends the suggestion to a sentence.
func didYouMean(said problem.Text, suggestion string) problem.Text {
	if suggestion == "" {
		return said
	}
	return problem.Text{
		EN: said.EN + " Did you mean " + suggestion + "?",
		DE: said.DE + " Meinten Sie " + suggestion + "?",
	}
}

// The longest word that is compared, and how many edits are still near.
const (
	longestCompared = 64
	farthest        = 3
)

// Nearest is the candidate with the fewest edits from a word, or "" when none is
// near. The first of equals is taken. Its time is linear in the candidates.
func Nearest(word string, candidates []string) string {
	best, fewest := "", min(farthest, (utf8.RuneCountInString(word)+1)/2)+1
	if len(word) > longestCompared {
		return ""
	}
	from := []rune(strings.ToLower(word))
	for _, c := range candidates {
		if len(c) > len(word)+4*farthest || len(c) > longestCompared {
			continue
		}
		if d := edits(from, []rune(strings.ToLower(c)), fewest); d < fewest {
			best, fewest = c, d
		}
	}
	return best
}

// edits counts insertions, deletions, changes and swaps of neighbours (optimal string
// alignment, after Damerau 1964 and Wagner and Fischer 1974), or returns limit when
// there are as many.
func edits(a, b []rune, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

func abs(n int) int { return max(n, -n) }
