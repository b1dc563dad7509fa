package rules

import (
	"sort"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// checker turns what was written into what the engine compiles: names become options
// and numbers, comparisons linear conditions.
type checker struct {
	*reporter
	words *Vocabulary
}

// condition is never nil; after a mistake it is anything.
func (c *checker) condition(n *node) engine.Expr {
	if n == nil || c.full() {
		return engine.Or{}
	}
	switch n.kind {
	case word:
		return c.chosen(n)
	case not:
		return engine.Not{X: c.condition(n.kids[0])}
	case and:
		return engine.And(c.conditions(n.kids))
	case or:
		return engine.Or(c.conditions(n.kids))
	case xor, implies, iff:
		return c.pair(n)
	case atMost, atLeast, less, greater, equal, notEqual:
		return c.comparison(n)
	case open:
		return c.call(n)
	case end: // has been reported
		return engine.Or{}
	default:
		c.report(n.span, problem.Text{
			EN: "This is a number and no condition. Compare it, as in width >= 800.",
			DE: "Das ist eine Zahl und keine Bedingung. Vergleichen Sie sie, wie in width >= 800.",
		}, "")
		return engine.Or{}
	}
}

func (c *checker) conditions(nodes []*node) []engine.Expr {
	all := make([]engine.Expr, 0, len(nodes))
	for _, n := range nodes {
		all = append(all, c.condition(n))
	}
	return all
}

func (c *checker) pair(n *node) engine.Expr {
	both := c.conditions(n.kids)
	if len(both) < 2 {
		return engine.Or{}
	}
	switch n.kind {
	case xor:
		return engine.Xor{A: both[0], B: both[1]}
	case implies:
		return engine.Implies{A: both[0], B: both[1]}
	default:
		return engine.Iff{A: both[0], B: both[1]}
	}
}

// chosen is an option, or a number that may be absent.
func (c *checker) chosen(n *node) engine.Expr {
	ref, ok := c.resolve(n)
	if !ok {
		return engine.Or{}
	}
	if number := c.words.number(ref.Group); ref.Option == "" && !absentable(number) {
		c.report(n.span, problem.Text{
			EN: "%[1]s is a number that is always given. Compare it, as in %[1]s >= %[2]s.",
			DE: "%[1]s ist eine Zahl, die es immer gibt. Vergleichen Sie sie, wie in %[1]s >= %[2]s.",
		}.Format(c.words.name(ref), c.words.amount(number, number.Min)), "")
		return engine.Or{}
	}
	return engine.Chosen(ref)
}

func absentable(n *engine.Number) bool { return n.Optional || n.Of != nil }

// call is true, false, or a count.
func (c *checker) call(n *node) engine.Expr {
	switch n.text {
	case "true":
		return engine.And{}
	case "false":
		return engine.Or{}
	}
	bounds := 1
	if n.text == "between" {
		bounds = 2
	}
	if len(n.kids) <= bounds {
		c.usage(n.span, n.text)
		return engine.Or{}
	}
	var limits []int
	for _, kid := range n.kids[:bounds] {
		limit, ok := c.whole(kid)
		if !ok {
			return engine.Or{}
		}
		limits = append(limits, limit)
	}
	before := len(c.found)
	of := c.arguments(n.kids[bounds:])
	low, high := count(n.text, limits)
	if len(of) == 0 && len(c.found) == before {
		c.usage(n.span, n.text)
	} else if least := max(low, 0); len(c.found) == before && (least > len(of) || high >= 0 && high < least) {
		c.report(n.kids[0].span, problem.Text{
			EN: "This can never hold: there are %d conditions to count.", DE: "Das kann nie gelten: es gibt %d Bedingungen zu zählen.",
		}.Format(len(of)), "")
	}
	return engine.Count{Min: low, Max: high, Of: of}
}

func count(function string, limits []int) (low, high int) {
	switch function {
	case "atleast":
		return limits[0], -1
	case "atmost":
		return 0, limits[0]
	case "exactly":
		return limits[0], limits[0]
	default:
		return limits[0], limits[1]
	}
}

func (c *checker) usage(at span, function string) {
	example := function + "(2, a, b, c)"
	if function == "between" {
		example = "between(1, 2, a, b, c)"
	}
	c.report(at, problem.Text{
		EN: "%s needs how many and of what: %s.", DE: "%s braucht wie viele und wovon: %s.",
	}.Format(function, example), "")
}

func (c *checker) whole(n *node) (int, bool) {
	const most = 9 // digits
	if n.kind == number && n.unit == "" && len(n.text) <= most {
		if i, err := strconv.Atoi(n.text); err == nil {
			return i, true
		}
	}
	if n.kind != end {
		c.report(n.span, problem.Text{
			EN: "Here a whole number is needed: how many of the others.", DE: "Hier wird eine ganze Zahl gebraucht: wie viele von den anderen.",
		}, "")
	}
	return 0, false
}

// arguments are conditions; "roof.*" is all options of a group.
func (c *checker) arguments(nodes []*node) []engine.Expr {
	var all []engine.Expr
	for _, n := range nodes {
		if n.kind != word || !n.star {
			all = append(all, c.condition(n))
			continue
		}
		g := c.words.groups[strings.Join(n.path, ".")]
		if g == nil || g.Number != nil {
			c.unknownGroup(n.span, strings.Join(n.path, "."))
			continue
		}
		if len(all)+len(g.Options) > MaxNodes {
			c.fatal(n.span, problem.Text{EN: "There are too many options to count.", DE: "Das sind zu viele Optionen zum Zählen."})
			return all
		}
		for _, o := range g.Options {
			all = append(all, engine.Chosen{Group: g.Key, Option: o})
		}
	}
	return all
}

// resolve finds what a name means, or reports what it could have meant.
func (c *checker) resolve(n *node) (engine.Ref, bool) {
	if n.star {
		c.report(n.span, problem.Text{
			EN: "All options of a group can only be counted: atleast(1, %s).",
			DE: "Alle Optionen einer Gruppe lassen sich nur zählen: atleast(1, %s).",
		}.Format(shorten(strings.Join(n.path, "."))+".*"), "")
		return engine.Ref{}, false
	}
	ref, others := c.words.find(n.path)
	switch {
	case ref.Group == "":
		c.unknown(n)
		return ref, false
	case len(others) > 0:
		c.ambiguous(n, append([]engine.Ref{ref}, others...))
		return ref, false
	}
	return ref, true
}

func (c *checker) ambiguous(n *node, refs []engine.Ref) {
	const shown = 5
	var names []string
	for i, ref := range refs {
		if i == shown {
			names = append(names, "…")
			break
		}
		names = append(names, c.words.name(ref))
	}
	c.report(n.span, problem.Text{
		EN: "%s is in several groups. Write one of: %s.", DE: "%s gibt es in mehreren Gruppen. Schreiben Sie eines davon: %s.",
	}.Format(shorten(strings.Join(n.path, ".")), strings.Join(names, ", ")), c.words.name(refs[0]))
}

// unknown says which part of a name is wrong: there is no such option in its group,
// no such group, or the name is a group's alone.
func (c *checker) unknown(n *node) {
	whole := strings.Join(n.path, ".")
	if g := c.words.groups[whole]; g != nil {
		c.groupAlone(n.span, g)
		return
	}
	if len(n.path) > 1 {
		group, option := strings.Join(n.path[:len(n.path)-1], "."), n.path[len(n.path)-1]
		if g := c.words.groups[group]; g != nil {
			c.notInGroup(n.span, g, option)
			return
		}
		if near := Nearest(group, c.words.groupNames()); near != "" && c.words.options[engine.Ref{Group: near, Option: option}] {
			c.report(n.span, didYouMean(noGroup.Format(shorten(group)), c.words.name(engine.Ref{Group: near, Option: option})),
				c.words.name(engine.Ref{Group: near, Option: option}))
			return
		}
	}
	near := c.words.nearest(n.path)
	c.report(n.span, didYouMean(problem.Text{
		EN: "There is no option or number %s.", DE: "Eine Option oder Zahl %s gibt es nicht.",
	}.Format(shorten(whole)), near), near)
}

var noGroup = problem.Text{EN: "There is no group %s.", DE: "Eine Gruppe %s gibt es nicht."}

func (c *checker) groupAlone(at span, g *engine.Group) {
	suggestion := ""
	if len(g.Options) > 0 {
		suggestion = c.words.name(engine.Ref{Group: g.Key, Option: g.Options[0]})
	}
	c.report(at, problem.Text{
		EN: "%s is a group. Name one of its options, such as %s.", DE: "%s ist eine Gruppe. Nennen Sie eine ihrer Optionen, etwa %s.",
	}.Format(shorten(g.Key), suggestion), suggestion)
}

func (c *checker) notInGroup(at span, g *engine.Group, option string) {
	near := Nearest(option, g.Options)
	if near != "" {
		near = c.words.name(engine.Ref{Group: g.Key, Option: near})
	} else if elsewhere := c.words.bare[option]; len(elsewhere) > 0 {
		near = c.words.name(elsewhere[0])
	}
	c.report(at, didYouMean(problem.Text{
		EN: "The group %s has no option %s.", DE: "Die Gruppe %s hat keine Option %s.",
	}.Format(shorten(g.Key), shorten(option)), near), near)
}

func (c *checker) unknownGroup(at span, group string) {
	near := Nearest(group, c.words.groupNames())
	c.report(at, didYouMean(noGroup.Format(shorten(group)), c.words.word(near)), c.words.word(near))
}

func (v *Vocabulary) groupNames() []string {
	names := make([]string, 0, len(v.inOrder))
	for _, g := range v.inOrder {
		names = append(names, g.Key)
	}
	return names
}

// nearest looks among full names, options alone and numbers.
func (v *Vocabulary) nearest(path []string) string {
	whole := strings.Join(path, ".")
	var bare []string
	for key := range v.bare {
		bare = append(bare, key)
	}
	sort.Strings(bare)
	byKey := Nearest(path[len(path)-1], bare)
	numbers := []string{}
	for _, g := range v.inOrder {
		if g.Number != nil {
			numbers = append(numbers, g.Key)
		}
	}
	switch n := Nearest(whole, numbers); {
	case n != "":
		return v.name(engine.Ref{Group: n})
	case byKey != "":
		return v.name(v.bare[byKey][0])
	default:
		return ""
	}
}
