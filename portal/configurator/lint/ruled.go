package lint

import (
	"errors"
	"strconv"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// withConditions is the model and a group with an option for each rule "a -> b",
// which may be chosen only where a holds. The option is dead if and only if a cannot
// hold, so that one compilation answers it for all rules; for the rest of the model
// nothing changes.
func (c *check) withConditions() *engine.Model {
	c.applies = free(c.model, "applies")
	g := engine.Group{Key: c.applies}
	m := &engine.Model{Rules: append([]engine.Rule(nil), c.model.Rules...)}
	for i, r := range c.model.Rules {
		implies, ok := r.Expr.(engine.Implies)
		if !ok {
			continue
		}
		option := strconv.Itoa(i)
		g.Options = append(g.Options, option)
		m.Rules = append(m.Rules, engine.Rule{
			Key: c.applies + ":" + strconv.Itoa(i) + ":" + r.Key, Expr: engine.Implies{A: engine.Chosen{Group: c.applies, Option: option}, B: implies.A},
		})
	}
	g.Max = len(g.Options)
	m.Groups = append(m.Groups, c.model.Groups...)
	if len(g.Options) > 0 {
		m.Groups = append(m.Groups, g)
	}
	return m
}

// atOnce is how many rules are examined in one compilation. The rules that cannot be
// broken are plain ones and cost less than those that can, so a part at a time is
// faster than all at once, and what is too hard hides no other part.
const atOnce = 250

// ruled finds the rules that follow from the others, and among them those whose
// condition can never hold. In the models that it compiles, at most one rule of a part
// may be broken: the group "broken" has an option for each, which is chosen if and
// only if that rule does not hold. A rule follows from the others if and only if its
// option is dead, so that one compilation answers it for a whole part.
//
// A condition that cannot hold because of its own rule makes that rule no less
// needed; the rule never applies when the others exclude its condition, which is when
// the condition is impossible and the rule follows from the others.
func (c *check) ruled() error {
	impossible := c.impossibleConditions()
	var never, redundant []Finding
	hard := 0
	for from := 0; from < len(c.model.Rules); from += c.part {
		to := min(from+c.part, len(c.model.Rules))
		following, err := c.following(from, to)
		if errors.Is(err, engine.ErrBudget) {
			hard += to - from
			continue
		}
		if err != nil {
			return err
		}
		for _, at := range following {
			if impossible[strconv.Itoa(at)] {
				never, err = c.neverApplies(never, at)
			} else {
				redundant, err = c.redundant(redundant, at)
			}
			if err != nil {
				return err
			}
		}
	}
	c.findings = append(append(c.findings, never...), redundant...)
	if hard > 0 {
		c.add(Finding{Kind: Unexamined, Severity: Warning, Text: problem.Text{
			EN: "Whether %d of the rules follow from the others was not found out within the budget.",
			DE: "Ob %d der Regeln aus den anderen folgen, wurde im vorgesehenen Aufwand nicht herausgefunden.",
		}.Format(hard)})
	}
	return nil
}

// following are the rules of a part that follow from all others, by their indexes.
func (c *check) following(from, to int) ([]int, error) {
	b := newBreakable(c.model, from, to)
	compiled, err := engine.Compile(c.ctx, &b.model, engine.Options{Budget: c.options.Budget, Witnesses: 1, Once: true})
	if err != nil {
		return nil, err
	}
	var all []int
	for _, ref := range compiled.Facts().Dead {
		if ref.Group != b.group {
			continue
		}
		at, err := strconv.Atoi(ref.Option)
		if err != nil {
			return nil, err
		}
		all = append(all, at)
	}
	return all, nil
}

// impossibleConditions are the rules, by their index, whose condition cannot hold.
func (c *check) impossibleConditions() map[string]bool {
	of := map[string]bool{}
	for _, ref := range c.compiled.Facts().Dead {
		if ref.Group == c.applies {
			of[ref.Option] = true
		}
	}
	return of
}

func (c *check) neverApplies(before []Finding, at int) ([]Finding, error) {
	r := c.model.Rules[at]
	var keys []string
	if implies, ok := r.Expr.(engine.Implies); ok && len(before) < c.options.Explained {
		var err error
		if keys, err = c.against(at, engine.Rule{Key: r.Key, Expr: implies.A}); err != nil {
			return nil, err
		}
	}
	return append(before, Finding{
		Kind: NeverApplies, Severity: Warning, Rule: r.Key, Rules: keys,
		Text: because(problem.Text{
			EN: "The rule %s never applies: its condition cannot hold", DE: "Die Regel %s kommt nie zur Anwendung: ihre Bedingung kann nicht eintreten",
		}.Format(r.Key), keys),
	}), nil
}

func (c *check) redundant(before []Finding, at int) ([]Finding, error) {
	var keys []string
	asked := len(before) < c.options.Explained
	if asked {
		var err error
		if keys, err = c.against(at, opposite(c.model.Rules[at])); err != nil {
			return nil, err
		}
	}
	return append(before, c.redundantFinding(at, keys, asked)), nil
}

// against are the other rules that contradict what is put in a rule's place.
func (c *check) against(at int, instead engine.Rule) ([]string, error) {
	m := *c.model
	m.Rules = append([]engine.Rule(nil), c.model.Rules...)
	m.Rules[at] = instead
	compiled, err := engine.Compile(c.ctx, &m, engine.Options{Budget: c.options.Budget, Once: true})
	if errors.Is(err, engine.ErrBudget) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var others []int
	for _, i := range compiled.Facts().Conflict {
		if i != at {
			others = append(others, i)
		}
	}
	return c.ruleKeys(others), nil
}

func opposite(r engine.Rule) engine.Rule {
	if r.Table == nil {
		return engine.Rule{Key: r.Key, Expr: engine.Not{X: r.Expr}}
	}
	t := *r.Table
	t.Forbids = !t.Forbids
	return engine.Rule{Key: r.Key, Table: &t}
}

func (c *check) redundantFinding(at int, keys []string, asked bool) Finding {
	key := c.model.Rules[at].Key
	said := problem.Text{
		EN: "The rule %s says nothing new: it follows from %s.", DE: "Die Regel %s sagt nichts Neues: sie folgt aus %s.",
	}.Format(key, list(keys))
	switch {
	case len(keys) == 0 && asked:
		said = problem.Text{
			EN: "The rule %s says nothing: it holds whatever is chosen.", DE: "Die Regel %s sagt nichts: sie gilt, was auch immer gewählt wird.",
		}.Format(key)
	case len(keys) == 0:
		said = problem.Text{
			EN: "The rule %s says nothing new: it follows from the others.", DE: "Die Regel %s sagt nichts Neues: sie folgt aus den anderen.",
		}.Format(key)
	}
	return Finding{Kind: Redundant, Severity: Hint, Rule: key, Rules: keys, Text: said}
}

// breakable is a model in which at most one rule of a part may be broken.
type breakable struct {
	model engine.Model
	group string
}

func newBreakable(m *engine.Model, from, to int) *breakable {
	b := &breakable{group: free(m, "broken")}
	g := engine.Group{Key: b.group, Max: 1}
	b.model.Groups = append(b.model.Groups, m.Groups...)
	for i, r := range m.Rules {
		if i < from || i >= to {
			b.rule(engine.Rule{Expr: r.Expr, Table: r.Table})
			continue
		}
		option := strconv.Itoa(i)
		g.Options = append(g.Options, option)
		broken := engine.Chosen{Group: b.group, Option: option}
		if r.Table == nil {
			b.rule(engine.Rule{Expr: engine.Iff{A: broken, B: engine.Not{X: r.Expr}}})
			continue
		}
		b.table(m, i, broken, r.Table)
	}
	b.model.Groups = append(b.model.Groups, g)
	return b
}

func (b *breakable) rule(r engine.Rule) {
	r.Key = strconv.Itoa(len(b.model.Rules))
	b.model.Rules = append(b.model.Rules, r)
}

// table has a column of its own for whether it is broken: unbroken it is what it was,
// broken the opposite.
func (b *breakable) table(m *engine.Model, from int, broken engine.Expr, t *engine.Table) {
	switched := engine.Group{Key: free(m, b.group+strconv.Itoa(from)), Max: 1, Options: []string{"broken"}}
	b.model.Groups = append(b.model.Groups, switched)
	b.rule(engine.Rule{Expr: engine.Iff{A: broken, B: engine.Chosen{Group: switched.Key, Option: "broken"}}})
	whole, not := engine.Cell{Absent: true}, engine.Cell{Options: []string{"broken"}}
	allowed, forbidden := whole, not // a table of what is allowed: unbroken a row fits, broken none
	if t.Forbids {
		allowed, forbidden = not, whole
	}
	columns := append(append([]string(nil), t.Columns...), switched.Key)
	fits := &engine.Table{Columns: columns, Rows: withCell(t, allowed)}
	anything := make([]engine.Cell, len(t.Columns), len(columns))
	for i := range anything {
		anything[i].Any = true
	}
	fits.Rows = append(fits.Rows, append(anything, forbidden))
	b.rule(engine.Rule{Table: fits})
	b.rule(engine.Rule{Table: &engine.Table{Columns: columns, Rows: withCell(t, forbidden), Forbids: true}})
}

// withCell adds a cell to each row.
func withCell(t *engine.Table, cell engine.Cell) [][]engine.Cell {
	rows := make([][]engine.Cell, 0, len(t.Rows)+1)
	for _, row := range t.Rows {
		rows = append(rows, append(append(make([]engine.Cell, 0, len(row)+1), row...), cell))
	}
	return rows
}
