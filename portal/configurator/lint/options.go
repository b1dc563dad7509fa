package lint

import (
	"errors"
	"slices"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// void compiles the model, with an option for the condition of each "a -> b", and
// says which rules contradict each other when nothing is left.
func (c *check) void() error {
	m := c.withConditions()
	compiled, err := engine.Compile(c.ctx, m, engine.Options{Budget: c.options.Budget, Once: true})
	if err != nil {
		return err
	}
	c.compiled = compiled
	if !compiled.Facts().Void {
		return nil
	}
	conflict, err := c.smallest(compiled.Facts().Conflict)
	if err != nil {
		return err
	}
	keys := c.ruleKeys(conflict)
	said := problem.Text{
		EN: "Nothing can be configured: these rules contradict each other: %s. Change one of them.",
		DE: "Nichts lässt sich konfigurieren: diese Regeln widersprechen einander: %s. Ändern Sie eine davon.",
	}.Format(list(keys))
	if len(keys) == 0 {
		said = problem.Text{
			EN: "Nothing can be configured: the bounds of the groups and numbers contradict each other.",
			DE: "Nichts lässt sich konfigurieren: die Grenzen der Gruppen und Zahlen widersprechen einander.",
		}
	}
	c.add(Finding{Kind: Void, Severity: Error, Rules: keys, Text: said})
	return nil
}

// smallest looks for fewer rules in contradiction. A minimal set, of which none can
// be left out, need not be the smallest; which one is found depends on the order of
// the rules, so a few orders are tried. They are fixed, and so is the answer.
func (c *check) smallest(best []int) ([]int, error) {
	n := len(c.model.Rules)
	for _, order := range orders(n) {
		if len(best) <= 2 {
			break
		}
		m := *c.model
		m.Rules = make([]engine.Rule, n)
		for to, from := range order {
			m.Rules[to] = c.model.Rules[from]
		}
		compiled, err := engine.Compile(c.ctx, &m, engine.Options{Budget: c.options.Budget, Once: true})
		if errors.Is(err, engine.ErrBudget) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if conflict := compiled.Facts().Conflict; len(conflict) < len(best) {
			best = nil
			for _, at := range conflict {
				best = append(best, order[at])
			}
			slices.Sort(best)
		}
	}
	return best, nil
}

// orders are backwards, and begun at each quarter.
func orders(n int) [][]int {
	backwards := make([]int, n)
	for i := range backwards {
		backwards[i] = n - 1 - i
	}
	all := [][]int{backwards}
	for quarter := 1; quarter < 4; quarter++ {
		turned := make([]int, n)
		for i := range turned {
			turned[i] = (i + quarter*n/4) % n
		}
		all = append(all, turned)
	}
	return all
}

func (c *check) dead() error {
	done := 0
	for _, ref := range c.compiled.Facts().Dead {
		if ref.Group == c.applies {
			continue
		}
		keys, err := c.why(engine.Choice{Group: ref.Group, Option: ref.Option}, done)
		if err != nil {
			return err
		}
		done++
		c.add(Finding{
			Kind: Dead, Severity: Warning, Group: ref.Group, Option: ref.Option, Rules: keys,
			Text: because(problem.Text{
				EN: "%s can never be chosen", DE: "%s kann nie gewählt werden",
			}.Format(c.words.Name(ref)), keys),
		})
	}
	return nil
}

func (c *check) forced() error {
	done := 0
	for _, ref := range c.compiled.Facts().Core {
		keys, err := c.why(engine.Choice{Group: ref.Group, Option: ref.Option, Negate: true}, done)
		if err != nil {
			return err
		}
		done++
		c.add(Finding{
			Kind: Forced, Severity: Hint, Group: ref.Group, Option: ref.Option, Rules: keys,
			Text: because(problem.Text{
				EN: "%s is in every configuration", DE: "%s ist in jeder Konfiguration",
			}.Format(c.words.Name(ref)), keys),
		})
	}
	return nil
}

// because ends a sentence with the rules that make it so.
func because(said problem.Text, keys []string) problem.Text {
	if len(keys) == 0 {
		return problem.Text{EN: said.EN + ".", DE: said.DE + "."}
	}
	return problem.Text{
		EN: said.EN + ", because of: " + list(keys) + ".",
		DE: said.DE + ", wegen: " + list(keys) + ".",
	}
}

func list(keys []string) string { return strings.Join(keys, ", ") }

// groups looks at what is left of each group and number at the beginning.
func (c *check) groups() error {
	d, err := c.compiled.Domains(c.ctx, c.request())
	if err != nil {
		return err
	}
	done := 0
	for i := range c.model.Groups {
		g, left := &c.model.Groups[i], &d.Groups[i]
		if g.Number == nil {
			c.group(g, left)
			continue
		}
		if err := c.number(g, left.Number, &done); err != nil {
			return err
		}
	}
	return nil
}

func (c *check) group(g *engine.Group, left *engine.GroupDomain) {
	possible, forced := 0, 0
	for _, s := range left.Options {
		switch s {
		case engine.StatusForced:
			forced++
		case engine.StatusPossible, engine.StatusChosen:
			possible++
		case engine.StatusExcluded:
		}
	}
	switch {
	case len(g.Options) == 0 || possible > 0:
	case forced == 0:
		c.add(Finding{Kind: NothingToPick, Severity: Warning, Group: g.Key, Text: problem.Text{
			EN: "Nothing of %s can ever be chosen.", DE: "Von %s lässt sich nie etwas wählen.",
		}.Format(g.Key)})
	case forced < len(g.Options) || len(g.Options) == 1 && g.Min == 0:
		c.add(Finding{Kind: OneValue, Severity: Hint, Group: g.Key, Text: problem.Text{
			EN: "There is nothing to decide in %s: it is the same in every configuration.",
			DE: "In %s gibt es nichts zu entscheiden: es ist in jeder Konfiguration gleich.",
		}.Format(g.Key)})
	}
}

func (c *check) number(g *engine.Group, left *engine.Range, done *int) error {
	n := g.Number
	last := n.Max
	if n.Step > 0 {
		last = n.Min + (n.Max-n.Min)/n.Step*n.Step
	}
	switch {
	case left == nil:
		return nil
	case left.Presence == engine.StatusExcluded:
		c.add(Finding{Kind: NothingToPick, Severity: Warning, Group: g.Key, Text: problem.Text{
			EN: "The number %s can never be given.", DE: "Die Zahl %s kann es nie geben.",
		}.Format(g.Key)})
		return nil
	case left.Min == left.Max && last > n.Min:
		c.add(Finding{Kind: OneValue, Severity: Hint, Group: g.Key, Number: &left.Min, Text: problem.Text{
			EN: "%s is always %s.", DE: "%s ist immer %s.",
		}.Format(g.Key, c.words.Amount(n, left.Min))})
	}
	for _, end := range []struct{ wanted, nearest int64 }{{n.Min, left.Min}, {last, left.Max}} {
		if end.wanted == end.nearest {
			continue
		}
		keys, err := c.why(engine.Choice{Group: g.Key, Number: end.wanted}, *done)
		if err != nil {
			return err
		}
		*done++
		c.add(Finding{
			Kind: Unreachable, Severity: Warning, Group: g.Key, Number: &end.wanted, Rules: keys,
			Text: because(problem.Text{
				EN: "%s can never be %s, only %s", DE: "%s kann nie %s sein, nur %s",
			}.Format(g.Key, c.words.Amount(n, end.wanted), c.words.Amount(n, end.nearest)), keys),
		})
	}
	return nil
}
