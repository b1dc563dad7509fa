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

// Export is a model as a file.
type Export struct {
	Text string
	// Names are the features that the options became: their keys, or with the group's
	// before them where several groups have the same, without what a name may not have.
	Names map[engine.Ref]string
}

// Refusal is a part of a model that cannot be said in the language: a group or a
// rule, by key.
type Refusal struct {
	Group, Rule string
	Text        problem.Text
}

// Error returns the English sentence with the place before it.
func (r *Refusal) Error() string {
	if r.Rule != "" {
		return "rule " + r.Rule + ": " + r.Text.EN
	}
	return "group " + r.Group + ": " + r.Text.EN
}

// Refusals are all parts of a model that cannot be said.
type Refusals []*Refusal

// Error returns all of them, one in each line.
func (r Refusals) Error() string {
	lines := make([]string, len(r))
	for i, one := range r {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// The limits of what is written for one rule.
const (
	maxCount  = 1000 // combinations that a count becomes
	maxNested = MaxDepth/2 - 5
)

// Write makes a file of a model: a feature for each group, below it its options, and
// a constraint for each rule. It stays on the language's Boolean level with group
// cardinalities, which other tools read as well; counts and tables become plain
// conditions. Numbers and sums are refused: the error is of type Refusals and has all
// of them. Reading the file gives a model with the same configurations.
func Write(m *engine.Model, namespace string) (*Export, error) {
	w := &writer{m: m, names: map[engine.Ref]string{}, taken: map[string]bool{}, groups: map[string]int{}}
	w.name(namespace)
	w.features()
	w.constraints()
	if len(w.refused) > 0 {
		return nil, w.refused
	}
	e := &Export{Text: w.text(), Names: w.names}
	// What cannot be read again, because it is too long or too deep, is refused here
	// and not by whoever gets the file.
	if err := w.readable(e.Text); err != nil {
		return nil, err
	}
	return e, nil
}

type writer struct {
	m       *engine.Model
	root    string
	space   string
	names   map[engine.Ref]string
	heads   []string // features of the groups
	taken   map[string]bool
	groups  map[string]int
	refused Refusals

	tree, rules strings.Builder
	counts      bool // whether a group has a cardinality
	lines       []int
	rule        string // that is being written
	nested      int
}

// name finds a name for everything, no two the same.
func (w *writer) name(namespace string) {
	if namespace == "" {
		namespace = "Product"
	}
	w.space = plain(namespace)
	w.root = w.free(w.space)
	owners := map[string]int{}
	for i, g := range w.m.Groups {
		w.groups[g.Key] = i
		owners[plain(g.Key)]++
		for _, o := range g.Options {
			owners[plain(o)]++
		}
	}
	for _, g := range w.m.Groups {
		w.heads = append(w.heads, w.free(plain(g.Key)))
	}
	for _, g := range w.m.Groups {
		for _, o := range g.Options {
			name := plain(o)
			if owners[name] > 1 {
				name = plain(g.Key) + " " + name
			}
			w.names[engine.Ref{Group: g.Key, Option: o}] = w.free(name)
		}
	}
}

// plain replaces what a name may not have, even in quotation marks.
func plain(key string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("\".\n\r", c) {
			return '_'
		}
		return c
	}, strings.ToValidUTF8(key, "_"))
}

func (w *writer) free(name string) string {
	free := name
	for n := 2; w.taken[free]; n++ {
		free = name + " " + strconv.Itoa(n)
	}
	w.taken[free] = true
	return free
}

// word is a name as it stands in a file.
func word(name string) string {
	ok := name != ""
	for i, c := range name {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		ok = ok && (letter || i > 0 && (c == '_' || c >= '0' && c <= '9'))
	}
	if !ok || reserved[name] {
		return `"` + name + `"`
	}
	return name
}

// reserved are the words that mean something else without quotation marks.
var reserved = map[string]bool{
	"namespace": true, "include": true, "imports": true, "as": true, "features": true, "constraints": true, "constraint": true,
	"mandatory": true, "optional": true, "or": true, "alternative": true, "cardinality": true,
	"Boolean": true, "Integer": true, "Real": true, "String": true, "Arithmetic": true, "Type": true,
	"true": true, "false": true, "sum": true, "avg": true, "len": true, "floor": true, "ceil": true,
}

func (w *writer) refuse(group string, said problem.Text) {
	r := &Refusal{Group: group, Rule: w.rule, Text: said}
	if n := len(w.refused); n > 0 && w.refused[n-1].Group == r.Group && w.refused[n-1].Rule == r.Rule {
		return // once is enough
	}
	w.refused = append(w.refused, r)
}

// features writes the tree.
func (w *writer) features() {
	w.tree.WriteString("features\n\t" + word(w.root) + " {abstract}\n")
	if len(w.m.Groups) > 0 {
		w.tree.WriteString("\t\tmandatory\n")
	}
	for i := range w.m.Groups {
		g := &w.m.Groups[i]
		if g.Number != nil {
			w.refuse(g.Key, problem.Text{
				EN: "A number cannot be written as features. Make it a group of options.",
				DE: "Eine Zahl lässt sich nicht in Merkmalen schreiben. Machen Sie eine Gruppe von Optionen daraus.",
			})
			continue
		}
		w.tree.WriteString("\t\t\t" + word(w.heads[i]) + " {abstract}\n")
		if len(g.Options) == 0 {
			continue
		}
		w.tree.WriteString("\t\t\t\t" + w.kind(g) + "\n")
		for _, o := range g.Options {
			w.tree.WriteString("\t\t\t\t\t" + word(w.names[engine.Ref{Group: g.Key, Option: o}]) + "\n")
		}
	}
}

// kind is the line between a group and its options.
func (w *writer) kind(g *engine.Group) string {
	n := len(g.Options)
	low, high := max(g.Min, 0), g.Max
	if high < 0 || high > n {
		high = n
	}
	switch {
	case low == n:
		return "mandatory"
	case low == 0 && high == n:
		return "optional"
	case low == 1 && high == 1:
		return "alternative"
	case low == 1 && high == n:
		return "or"
	}
	w.counts = true
	return "[" + strconv.Itoa(low) + ".." + strconv.Itoa(high) + "]"
}

// constraints writes the rules, each below its key.
func (w *writer) constraints() {
	for i := range w.m.Rules {
		r := &w.m.Rules[i]
		w.rule = r.Key
		w.rules.WriteString("\t// " + strings.Join(strings.Fields(strings.ToValidUTF8(r.Key, "_")), " ") + "\n\t")
		if r.Table != nil {
			w.condition(w.table(r.Table), false)
		} else {
			w.condition(r.Expr, false)
		}
		w.rules.WriteString("\n")
	}
	w.rule = ""
}

func (w *writer) text() string {
	head := "namespace " + word(w.space) + "\n\n"
	if w.counts {
		head += "include\n\tBoolean.group-cardinality\n\n"
	}
	head += w.tree.String()
	if w.rules.Len() > 0 {
		head += "\nconstraints\n"
	}
	first := strings.Count(head, "\n") + 2
	for i := range w.m.Rules {
		w.lines = append(w.lines, first+2*i)
	}
	return head + w.rules.String()
}

// readable reports what a reader would say, at the rule that it would say it of.
func (w *writer) readable(text string) error {
	_, err := Parse(text)
	var found rules.Errors
	if !errors.As(err, &found) {
		return err
	}
	for _, e := range found {
		at := sort.SearchInts(w.lines, e.Line)
		if at < len(w.lines) && w.lines[at] == e.Line {
			w.rule = w.m.Rules[at].Key
		}
		w.refuse("", e.Text)
	}
	return w.refused
}
