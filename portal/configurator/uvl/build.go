package uvl

import (
	"errors"
	"sort"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
)

// builder makes the model.
type builder struct {
	*reader
	result Import
	words  *rules.Vocabulary
	keys   map[string]int // of groups: which number to try next for the same key
	names  []string
	lines  []int
	totals int
}

// maxTerms bounds what sums over all features come to.
const maxTerms = 5_000_000

func newBuilder(r *reader) *builder {
	b := &builder{reader: r, keys: map[string]int{}, lines: lineStarts(r.text)}
	b.result.Namespace = r.namespace
	b.result.Lines = map[string]int{}
	for _, f := range r.inOrder {
		b.names = append(b.names, f.name)
	}
	return b
}

// lineStarts are the places at which lines begin.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// tree makes a group of options of each group of features. What stands below a
// feature that every configuration has is bounded by its group alone; the rest has
// rules that tie it to the feature above.
func (b *builder) tree() {
	for _, f := range b.inOrder { // rules prefer the names of features
		b.keys[f.name] = 2
	}
	root := b.root
	root.always = true
	root.ref = engine.Ref{Group: b.unique("root"), Option: root.name}
	b.result.Model.Groups = []engine.Group{{Key: root.ref.Group, Min: 1, Max: 1, Options: []string{root.name}}}
	b.keys = map[string]int{root.ref.Group: 2}
	for _, f := range b.inOrder {
		for i, g := range f.groups {
			if b.full() {
				return
			}
			b.group(f, g, b.groupKey(f, i))
		}
	}
	for _, f := range b.inOrder {
		b.result.Features = append(b.result.Features, Feature{Name: f.name, Ref: f.ref, Abstract: f.abstract, Attributes: f.attributes})
	}
	b.words = rules.NewVocabulary(b.result.Model.Groups)
}

// groupKey is the feature's name, with the kind of the group when it has several.
func (b *builder) groupKey(f *feature, i int) string {
	if len(f.groups) == 1 {
		return b.unique(f.name)
	}
	return b.unique(f.name + "." + f.groups[i].kind)
}

func (b *builder) unique(key string) string {
	free := key
	for b.keys[free] > 0 {
		free = key + "-" + strconv.Itoa(b.keys[key])
		b.keys[key]++
	}
	b.keys[free] = 2
	return free
}

func (b *builder) group(above *feature, g *group, key string) {
	if len(g.features) == 0 {
		b.report(g.start, g.start, problem.Text{
			EN: "This group has no features.", DE: "Diese Gruppe hat keine Merkmale.",
		}, "")
		return
	}
	low, high := g.bounds()
	if low > len(g.features) {
		b.report(g.start, g.start, problem.Text{
			EN: "The group wants %d features and has %d.", DE: "Die Gruppe verlangt %d Merkmale und hat %d.",
		}.Format(low, len(g.features)), "")
		return
	}
	made := engine.Group{Key: key, Max: high}
	if above.always {
		made.Min = low
	}
	of := make([]engine.Expr, 0, len(g.features))
	for _, f := range g.features {
		f.ref = engine.Ref{Group: key, Option: f.name}
		f.always = above.always && g.kind == "mandatory"
		made.Options = append(made.Options, f.name)
		of = append(of, engine.Chosen(f.ref))
	}
	b.result.Model.Groups = append(b.result.Model.Groups, made)
	if above.always {
		return
	}
	for i, f := range g.features {
		var tie engine.Expr = engine.Implies{A: of[i], B: engine.Chosen(above.ref)}
		if g.kind == "mandatory" {
			tie = engine.Iff{A: of[i], B: engine.Chosen(above.ref)}
		}
		b.rule("tree:"+f.name, f.start, tie)
	}
	if low > 0 && g.kind != "mandatory" {
		b.rule("group:"+key, g.start, engine.Implies{A: engine.Chosen(above.ref), B: engine.Count{Min: low, Max: -1, Of: of}})
	}
}

// bounds are how many features the group has when the one above is chosen.
func (g *group) bounds() (low, high int) {
	n := len(g.features)
	switch g.kind {
	case "mandatory":
		return n, n
	case "alternative":
		return 1, 1
	case "or":
		return 1, n
	case "optional":
		return 0, n
	}
	if g.max < 0 {
		return g.min, n
	}
	return g.min, min(g.max, n)
}

func (b *builder) rule(key string, at int, e engine.Expr) {
	b.result.Lines[key] = sort.SearchInts(b.lines, at+1)
	b.result.Model.Rules = append(b.result.Model.Rules, engine.Rule{Key: key, Expr: e})
}

// constraints come after the tree, as "constraint:1" and so on.
func (b *builder) constraints() {
	for i, c := range b.reader.constraints {
		if b.full() {
			return
		}
		b.rule("constraint:"+strconv.Itoa(i+1), c.start, b.condition(c.tree))
	}
}

func (b *builder) condition(n *node) engine.Expr {
	switch n.kind {
	case name:
		return b.feature(n)
	case '!':
		return engine.Not{X: b.condition(n.kids[0])}
	case '&':
		return engine.And(b.conditions(n.kids))
	case '|':
		return engine.Or(b.conditions(n.kids))
	case implies:
		return engine.Implies{A: b.condition(n.kids[0]), B: b.condition(n.kids[1])}
	case iff:
		return engine.Iff{A: b.condition(n.kids[0]), B: b.condition(n.kids[1])}
	case equal, unequal, atMost, atLeast, '<', '>':
		return b.comparison(n)
	}
	b.report(n.start, n.end, problem.Text{
		EN: "This is a number and no condition. Compare it.", DE: "Das ist eine Zahl und keine Bedingung. Vergleichen Sie sie.",
	}, "")
	return engine.Or{}
}

func (b *builder) conditions(nodes []*node) []engine.Expr {
	all := make([]engine.Expr, len(nodes))
	for i, n := range nodes {
		all[i] = b.condition(n)
	}
	return all
}

func (b *builder) feature(n *node) engine.Expr {
	f := b.named[n.path[0]]
	if len(n.path) == 1 && f != nil {
		return engine.Chosen(f.ref)
	}
	if len(n.path) == 1 && (n.path[0] == "true" || n.path[0] == "false") {
		if n.path[0] == "true" {
			return engine.And{}
		}
		return engine.Or{}
	}
	if f != nil {
		b.report(n.start, n.end, problem.Text{
			EN: "This is an attribute and no condition. Compare it.", DE: "Das ist ein Attribut und keine Bedingung. Vergleichen Sie es.",
		}, "")
	} else if !b.full() {
		b.unknown(n, b.names)
	}
	return engine.Or{}
}

// comparison is written in the rule language, which sees to what is linear. An
// attribute counts when its feature is chosen.
func (b *builder) comparison(n *node) engine.Expr {
	signs := map[rune]string{equal: " = ", unequal: " != ", atMost: " <= ", atLeast: " >= ", '<': " < ", '>': " > "}
	before := len(b.found)
	var text strings.Builder
	b.sum(&text, n.kids[0])
	text.WriteString(signs[n.kind])
	b.sum(&text, n.kids[1])
	if len(b.found) > before || b.full() {
		return engine.Or{}
	}
	e, err := b.words.ParseExpr(text.String())
	var wrong rules.Errors
	if errors.As(err, &wrong) {
		b.report(n.start, n.end, wrong[0].Text, "")
		return engine.Or{}
	}
	return e
}

func (b *builder) sum(to *strings.Builder, n *node) {
	switch n.kind {
	case number:
		to.WriteString(n.text)
	case name:
		b.attribute(to, n)
	case '(':
		b.total(to, n)
	case '+', '-', '*', '/':
		to.WriteByte('(')
		if len(n.kids) == 1 {
			to.WriteByte('-')
		}
		for i, kid := range n.kids {
			if i > 0 {
				to.WriteString(" " + string(n.signs[i-1]) + " ")
			}
			b.sum(to, kid)
		}
		to.WriteByte(')')
	default:
		b.notNumber(n)
	}
}

func (b *builder) notNumber(n *node) {
	b.report(n.start, n.end, problem.Text{
		EN: "Only numbers and attributes can be compared.", DE: "Vergleichen lassen sich nur Zahlen und Attribute.",
	}, "")
}

// attribute is Feature.key as a term.
func (b *builder) attribute(to *strings.Builder, n *node) {
	f := b.named[n.path[0]]
	switch {
	case f != nil && len(n.path) == 1:
		b.notNumber(n)
		return
	case f == nil || len(n.path) != 2:
		if !b.full() {
			b.unknown(n, b.names)
		}
		return
	}
	var keys []string
	for _, a := range f.attributes {
		if a.Key == n.path[1] && a.Number {
			b.term(to, f, a)
			return
		}
		keys = append(keys, a.Key)
	}
	b.report(n.start, n.end, problem.Text{
		EN: "The feature %s has no attribute %s that is a number.", DE: "Das Merkmal %s hat kein Attribut %s, das eine Zahl ist.",
	}.Format(shorten(f.name), shorten(n.path[1])), rules.Nearest(n.path[1], keys))
}

func (b *builder) term(to *strings.Builder, f *feature, a Attribute) {
	to.WriteString("(" + a.Value + ") * " + b.words.Name(f.ref))
}

// total is sum(key) over all features that have it.
func (b *builder) total(to *strings.Builder, n *node) {
	if n.text != "sum" || len(n.path) != 1 {
		b.report(n.start, n.end, problem.Text{
			EN: "Of the functions only sum(attribute) is read: the others are not linear.",
			DE: "Von den Funktionen wird nur sum(attribute) gelesen: die anderen sind nicht linear.",
		}, "")
		return
	}
	if b.totals++; b.totals*len(b.inOrder) > maxTerms {
		b.report(n.start, n.end, problem.Text{
			EN: "The file has too many sums over too many features.", DE: "Die Datei hat zu viele Summen über zu viele Merkmale.",
		}, "")
		return
	}
	terms := 0
	to.WriteByte('(')
	for _, f := range b.inOrder {
		for _, a := range f.attributes {
			if a.Key != n.path[0] || !a.Number {
				continue
			}
			if terms++; terms > 1 {
				to.WriteString(" + ")
			}
			b.term(to, f, a)
		}
	}
	to.WriteByte(')')
	if terms == 0 {
		b.report(n.start, n.end, problem.Text{
			EN: "No feature has an attribute %s that is a number.", DE: "Kein Merkmal hat ein Attribut %s, das eine Zahl ist.",
		}.Format(shorten(n.path[0])), "")
	}
}
