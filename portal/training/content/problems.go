package content

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foyer/portal/markdown"
	"foyer/portal/problem"
	"foyer/schema"
)

// The codes of problems. They say what sort of mistake it is; the sentence says more.
const (
	Missing     = "MISSING"      // something has to be written here
	TooLong     = "TOO_LONG"     // a text, a list, or the document
	BadText     = "BAD_TEXT"     // characters that do not belong in a text
	BadMarkdown = "BAD_MARKDOWN" // a text that cannot be shown as it is meant
	BadKey      = "BAD_KEY"      // no form of a key
	Twice       = "TWICE"        // a key, a text or an entry that is there already
	Unknown     = "UNKNOWN"      // names something that is not there, or no known sort
	Circle      = "CIRCLE"       // lessons or courses that wait for each other
	Range       = "RANGE"        // a number out of its range
	Unwanted    = "UNWANTED"     // does not belong to this kind
	BadRule     = "BAD_RULE"     // a rule by which this lesson cannot be done
	BadLanguage = "BAD_LANGUAGE"
	BadURL      = "BAD_URL"
	BadFile     = "BAD_FILE"
	BadColour   = "BAD_COLOUR"
	BadNumber   = "BAD_NUMBER"
	OneRight    = "ONE_RIGHT"   // not as many right choices as the kind has
	Overdrawn   = "OVERDRAWN"   // a pool that draws more than it has
	Unreachable = "UNREACHABLE" // can never be passed or finished
	Contradicts = "CONTRADICTS" // two statements that exclude each other
)

// Problem is one mistake of a document.
type Problem struct {
	// Path is the field that it is about, as the document's JSON has it: the names of
	// members, and places in lists from 0.
	Path []string
	Code string
	Text problem.Text
}

// Problems are the mistakes of a document, in its order.
type Problems []Problem

// Error is the first of them.
func (p Problems) Error() string {
	if len(p) == 0 {
		return "no mistakes"
	}
	return fmt.Sprintf("%s: %s (%d mistakes in all)", strings.Join(p[0].Path, "."), p[0].Text.EN, len(p))
}

// Refusals are the mistakes as those of an input field.
func (p Problems) Refusals(field ...string) problem.Several {
	out := make(problem.Several, len(p))
	for i := range p {
		out[i] = problem.Refuse(p[i].Code, p[i].Text, slices.Concat(field, p[i].Path)...)
	}
	return out
}

// mostProblems is how many mistakes are told: who has more mends these first.
const mostProblems = 500

// checker collects the mistakes of a document.
type checker struct {
	languages []string
	found     Problems
	path      []string
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

func (c *checker) say(code string, text problem.Text, at ...string) {
	if len(c.found) < mostProblems {
		c.found = append(c.found, Problem{Path: slices.Concat(c.path, at), Code: code, Text: text})
	}
}

// require says a text unless something holds.
func (c *checker) require(holds bool, code string, text problem.Text, at ...string) bool {
	if !holds {
		c.say(code, text, at...)
	}
	return holds
}

var missing = problem.Text{EN: "Please write something here.", DE: "Bitte schreiben Sie hier etwas."}

// clean reads one text, of one line or of several.
func (c *checker) clean(s string, longest int, long bool, at ...string) string {
	read := problem.Line
	if long {
		read = problem.Prose
	}
	out, err := read(s, longest)
	var refused *problem.Refusal
	if errors.As(err, &refused) {
		code := BadText
		if len([]rune(strings.TrimSpace(s))) > longest {
			code = TooLong
		}
		c.say(code, refused.Text, at...)
		return s
	}
	return out
}

// text cleans a text that is written in all languages of the course, or in none where
// it need not be.
func (c *checker) text(text *map[string]string, longest int, needed, long bool, name string) {
	out := map[string]string{}
	c.in(name, func() {
		for _, l := range keysOf(*text) {
			if c.offered(l) {
				if s := c.clean((*text)[l], longest, long, l); s != "" {
					out[l] = s
				}
			}
		}
		if len(out) == 0 && !needed {
			return
		}
		for _, l := range c.languages {
			c.require(out[l] != "", Missing, missing, l)
		}
	})
	*text = nil
	if len(out) > 0 {
		*text = out
	}
}

// markdown cleans a text that is Markdown, and requires that it can be shown.
func (c *checker) markdown(text *map[string]string, longest int, needed bool, name string) {
	c.text(text, longest, needed, true, name)
	for _, l := range keysOf(*text) {
		if err := markdown.Check((*text)[l]); err != nil {
			c.say(BadMarkdown, unshown(err), name, l)
		}
	}
}

func unshown(err error) problem.Text {
	switch {
	case errors.Is(err, markdown.ErrTooDeep):
		return problem.Text{EN: "Quotes and lists lie too deep in each other here.", DE: "Zitate und Listen liegen hier zu tief ineinander."}
	case errors.Is(err, markdown.ErrTooMany):
		return problem.Text{EN: "A paragraph has too many brackets.", DE: "Ein Absatz hat zu viele Klammern."}
	default:
		return problem.Text{EN: "The text is too long to be shown.", DE: "Der Text ist zu lang, um gezeigt zu werden."}
	}
}

// offered requires a text to be in a language of the course.
func (c *checker) offered(language string) bool {
	return c.require(slices.Contains(c.languages, language), BadLanguage, problem.Text{
		EN: "The course is not offered in %q.", DE: "Der Kurs wird nicht in %q angeboten.",
	}.Format(language), language)
}

// unlike requires texts of a list to differ in each language, since learners tell them
// apart by nothing else.
func (c *checker) unlike(name, field string, texts []map[string]string, fold func(string) string) {
	for _, l := range c.languages {
		seen := map[string]bool{}
		for i, t := range texts {
			s := fold(t[l])
			if s != "" && seen[s] {
				c.say(Twice, problem.Text{
					EN: "The same text is there already; nobody could tell the two apart.",
					DE: "Denselben Text gibt es schon; niemand könnte beide unterscheiden.",
				}, name, strconv.Itoa(i), field, l)
			}
			seen[s] = true
		}
	}
}

// key checks a key, and that it is there once.
func (c *checker) key(key *string, seen map[string]bool, at ...string) {
	*key = strings.TrimSpace(*key)
	switch {
	case *key == "":
		c.say(Missing, missing, at...)
		return
	case !keyForm.MatchString(*key):
		c.say(BadKey, badKey, at...)
	case seen[*key]:
		c.say(Twice, problem.Text{EN: "The key %q is there twice.", DE: "Den Schlüssel %q gibt es doppelt."}.Format(*key), at...)
	}
	seen[*key] = true
}

var badKey = problem.Text{
	EN: "A key has 1 to 60 lowercase letters, digits, - and _.",
	DE: "Ein Schlüssel hat 1 bis 60 Kleinbuchstaben, Ziffern, - und _.",
}

// within requires a number to be between two.
func (c *checker) within(v, low, high int, at ...string) bool {
	return c.require(v >= low && v <= high, Range, problem.Text{
		EN: "%d is not from %d to %d.", DE: "%d liegt nicht zwischen %d und %d.",
	}.Format(v, low, high), at...)
}

// most requires a list not to be longer than a limit.
func (c *checker) most(n, limit int, at ...string) bool {
	return c.require(n <= limit, TooLong, problem.Text{
		EN: "There are %d of these, and at most %d are possible.", DE: "Das sind %d, und höchstens %d sind möglich.",
	}.Format(n, limit), at...)
}

// unwanted says that something does not belong to a kind.
func (c *checker) unwanted(there bool, kind string, at ...string) {
	c.require(!there, Unwanted, problem.Text{
		EN: "This does not belong to the kind %s.", DE: "Das gehört nicht zur Art %s.",
	}.Format(kind), at...)
}

// oneOf requires a value to be a known one.
func (c *checker) oneOf(v string, known []string, at ...string) bool {
	return c.require(slices.Contains(known, v), Unknown, problem.Text{
		EN: "%q is not known here. Write one of: %s.", DE: "%q ist hier nicht bekannt. Möglich sind: %s.",
	}.Format(v, strings.Join(known, ", ")), at...)
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// The sorts that a document knows.
var (
	lessonKinds = []string{
		schema.LessonText, schema.LessonVideo, schema.LessonFile, schema.LessonLink, schema.LessonQuiz, schema.LessonAssignment,
	}
	questionKinds = []string{
		schema.AskSingle, schema.AskMultiple, schema.AskOrder, schema.AskMatch, schema.AskNumber, schema.AskText,
	}
	lessonRules = []string{
		schema.DoneOnView, schema.DoneOnDwell, schema.DoneOnVideo, schema.DoneOnQuiz, schema.DoneByTrainer,
	}
	reveals = []string{schema.RevealNever, schema.RevealSubmitted, schema.RevealPassed, schema.RevealFinal}
)

// Unkeepable are those because of which a draft cannot even be kept: it is too large, or
// has characters that belong in no text. All else can be mended later.
func (p Problems) Unkeepable() Problems {
	return slices.DeleteFunc(slices.Clone(p), func(x Problem) bool { return x.Code != TooLong && x.Code != BadText })
}
