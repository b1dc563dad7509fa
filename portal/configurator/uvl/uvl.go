// Package uvl reads and writes feature models in the Universal Variability Language (Benavides
// et al., "UVL: Feature modelling with the Universal Variability Language", 2024). It
// makes configuration models of them: its Boolean level with group cardinalities,
// attributes, and constraints that are Boolean or linear over attributes.
//
// Each group of a feature becomes a group of options, so that what the language knows
// of a tree reads here as choices: "alternative" is one of, "or" at least one,
// "optional" any. What UVL has beyond that is refused, with its place and the reason:
// imports, numeric features, features that are there several times, averages.
//
// Write goes the other way, from any model without numbers to a file.
package uvl

import (
	"strings"
	"unicode/utf8"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
)

// The limits of one file.
const (
	MaxText     = 16 << 20
	MaxFeatures = 200_000
	MaxDepth    = 200 // parentheses and negations within each other
)

// Import is what a file says.
type Import struct {
	Namespace string
	Model     engine.Model
	// Features are in the order of the file, the root first.
	Features []Feature
	// Lines tell for each rule, by its key, on which line of the file it stands.
	Lines map[string]int
}

// Feature is a feature and the option that it became.
type Feature struct {
	Name string
	Ref  engine.Ref
	// Abstract features only structure the tree.
	Abstract   bool
	Attributes []Attribute
}

// Attribute is a fact about a feature: a price, a description. Value is what was
// written, without quotation marks; Number tells that it is one.
type Attribute struct {
	Key, Value string
	Number     bool
}

// Parse reads a file. The error is of type rules.Errors and tells all mistakes that
// were found, at most rules.MaxErrors.
func Parse(text string) (*Import, error) {
	r := &reader{text: text, named: map[string]*feature{}}
	if r.readable() {
		r.sections()
	}
	if len(r.found) > 0 {
		return nil, r.found
	}
	b := newBuilder(r)
	b.tree()
	b.constraints()
	if len(r.found) > 0 {
		return nil, r.found
	}
	return &b.result, nil
}

// feature is a line of the tree.
type feature struct {
	name       string
	start, end int
	abstract   bool
	attributes []Attribute
	groups     []*group
	ref        engine.Ref
	always     bool // every configuration has it, by the tree alone
}

// group is the line between a feature and those below it.
type group struct {
	kind     string // mandatory, optional, or, alternative, or [n..m]
	min, max int
	features []*feature
	// start is where it stands.
	start int
}

// constraint is a condition and where it stands.
type constraint struct {
	tree       *node
	start, end int
}

// reader reads lines into a tree and constraints.
type reader struct {
	text        string
	found       rules.Errors
	namespace   string
	root        *feature
	named       map[string]*feature
	inOrder     []*feature
	constraints []constraint
}

func (r *reader) full() bool { return len(r.found) >= rules.MaxErrors }

func (r *reader) report(start, end int, said problem.Text, suggestion string) {
	if r.full() {
		return
	}
	if suggestion != "" {
		said = problem.Text{
			EN: said.EN + " Did you mean " + suggestion + "?", DE: said.DE + " Meinten Sie " + suggestion + "?",
		}
	}
	r.found = append(r.found, rules.Places(r.text, start, end, said, suggestion))
}

func (r *reader) readable() bool {
	if len(r.text) > MaxText {
		r.report(0, 0, problem.Text{
			EN: "The file is longer than %d bytes.", DE: "Die Datei ist länger als %d Bytes.",
		}.Format(MaxText), "")
		return false
	}
	if !utf8.ValidString(r.text) {
		at := invalidAt(r.text)
		r.report(at, at, problem.Text{
			EN: "This is not UTF-8 text from here on. Save it as UTF-8.",
			DE: "Ab hier ist das kein UTF-8-Text. Speichern Sie ihn als UTF-8.",
		}, "")
		return false
	}
	return true
}

// invalidAt is where the first byte is that belongs to no character.
func invalidAt(text string) int {
	for i, c := range text {
		if c == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			return i
		}
	}
	return len(text)
}

// sections reads the parts of a file, which begin without indentation.
func (r *reader) sections() {
	lines := &lines{reader: r}
	lines.next()
	for !lines.done && !r.full() {
		l := lines.line
		heading := strings.TrimSpace(r.text[l.start:l.end])
		word, rest, _ := strings.Cut(heading, " ")
		switch {
		case l.indent != "":
			r.report(l.start, l.end, problem.Text{
				EN: "This is indented, but belongs to nothing above it.", DE: "Das ist eingerückt, gehört aber zu nichts darüber.",
			}, "")
			lines.skipBelow()
		case word == "namespace":
			r.namespace = strings.Trim(strings.TrimSpace(rest), `"`)
			lines.next()
		case word == "include": // language levels; what is not understood is refused where it is used
			lines.next()
			lines.skipBelow()
		case word == "imports":
			r.imports(l)
			lines.next()
			lines.skipBelow()
		case word == "features" && rest == "":
			lines.next()
			r.features(lines)
		case word == "constraints" && rest == "":
			lines.next()
			r.conditions(lines)
		default:
			r.report(l.start, l.end, problem.Text{
				EN: "A file has the parts namespace, features and constraints, each at the beginning of a line.",
				DE: "Eine Datei hat die Teile namespace, features und constraints, jeden am Anfang einer Zeile.",
			}, rules.Nearest(word, []string{"namespace", "features", "constraints"}))
			lines.next()
			lines.skipBelow()
		}
	}
	if r.root == nil && len(r.found) == 0 {
		r.report(len(r.text), len(r.text), problem.Text{
			EN: "There are no features. They stand below a line that says features.",
			DE: "Es gibt keine Merkmale. Sie stehen unter einer Zeile, die features sagt.",
		}, "")
	}
}

func (r *reader) imports(l line) {
	r.report(l.start, l.end, problem.Text{
		EN: "Models of several files are not read. Put the imported features into this file.",
		DE: "Modelle aus mehreren Dateien werden nicht gelesen. Nehmen Sie die importierten Merkmale in diese Datei auf.",
	}, "")
}

// conditions reads a constraint from each line.
func (r *reader) conditions(l *lines) {
	for !l.done && l.line.indent != "" && !r.full() {
		at := l.line
		p := &parser{reader: r, at: at.start, stop: at.end}
		p.next()
		if tree := p.whole(); tree != nil {
			r.constraints = append(r.constraints, constraint{tree: tree, start: at.start, end: at.end})
		}
		l.next()
	}
}

// level is an open line of the tree: a feature, or a group of one.
type level struct {
	indent  string
	feature *feature
	group   *group
}

// features reads the tree without recursion, so that a deep one needs no stack.
func (r *reader) features(l *lines) {
	var open []level
	for !l.done && l.line.indent != "" && !r.full() {
		at := l.line
		closed := level{indent: at.indent}
		for len(open) > 0 && len(open[len(open)-1].indent) >= len(at.indent) {
			closed, open = open[len(open)-1], open[:len(open)-1]
		}
		if !r.indented(open, closed, at) {
			l.skipBelow()
			return
		}
		var now level
		switch {
		case len(open) == 0:
			now.feature = r.feature(at)
			r.asRoot(now.feature, at)
		case open[len(open)-1].feature != nil:
			now.group = r.group(at)
			above := open[len(open)-1].feature
			above.groups = append(above.groups, now.group)
		default:
			now.feature = r.feature(at)
			above := open[len(open)-1].group
			above.features = append(above.features, now.feature)
		}
		now.indent = at.indent
		open = append(open, now)
		l.next()
	}
}

func (r *reader) asRoot(f *feature, at line) {
	if r.root == nil {
		r.root = f
		return
	}
	r.report(at.start, at.end, problem.Text{
		EN: "There is a root already, %s. A tree has one.", DE: "Eine Wurzel gibt es schon, %s. Ein Baum hat eine.",
	}.Format(shorten(r.root.name)), "")
}

// indented refuses lines whose indentation is none of those above them, and mixed
// ones, where people would see another tree than is read. What follows would be
// guesses.
func (r *reader) indented(open []level, closed level, at line) bool {
	above := ""
	if len(open) > 0 {
		above = open[len(open)-1].indent
	}
	switch {
	case !strings.HasPrefix(at.indent, above), !strings.HasPrefix(closed.indent, at.indent):
		r.report(at.start, at.start, problem.Text{
			EN: "The indentation mixes tabs and spaces, so that the level is not clear. Use one of them.",
			DE: "Die Einrückung mischt Tabulatoren und Leerzeichen, sodass die Ebene nicht klar ist. Verwenden Sie eines davon.",
		}, "")
	case closed.indent != at.indent:
		r.report(at.start, at.start, problem.Text{
			EN: "The indentation fits none of the lines above.", DE: "Die Einrückung passt zu keiner der Zeilen darüber.",
		}, "")
	default:
		return true
	}
	return false
}
