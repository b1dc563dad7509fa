package plan

import (
	"encoding/json"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
	"foyer/schema"
)

// groups checks the questions.
func (c *checker) groups() {
	seen, former, counted := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.doc.Groups { // keys are referred to before they are reached
		g := &c.doc.Groups[i]
		g.Key = strings.TrimSpace(g.Key)
		for j := range g.Options {
			g.Options[j].Key = strings.TrimSpace(g.Options[j].Key)
		}
	}
	steps := int64(0)
	c.each("groups", len(c.doc.Groups), func(i int) {
		g := &c.doc.Groups[i]
		c.key(&g.Key, seen)
		c.require(g.Key != Base, problem.Text{EN: "base means the base price. Choose another key.", DE: "base meint den Grundpreis. Wählen Sie einen anderen Schlüssel."}, "key")
		c.text(&g.Title, longestTitle, true, false, "title")
		c.text(&g.Help, longestHelp, false, true, "help")
		if g.Number != nil {
			steps += c.asked(g, counted)
			return
		}
		c.bounds(g)
		c.options(g, former)
	})
	c.require(steps <= engine.MaxThresholds, problem.Text{
		EN: "All numbers together have %d steps, and at most %d are possible. Choose larger steps.",
		DE: "Alle Zahlen zusammen haben %d Schritte, und höchstens %d sind möglich. Wählen Sie größere Schritte.",
	}.Format(steps, engine.MaxThresholds), "groups")
}

// bounds checks how many options a configuration has of a group.
func (c *checker) bounds(g *schema.OptionGroup) {
	if !c.require(len(g.Options) > 0, problem.Text{EN: "A group needs options, or a number.", DE: "Eine Gruppe braucht Optionen oder eine Zahl."}, "options") {
		return
	}
	within(c, g.Min, 0, len(g.Options), "min")
	if within(c, g.Max, 1, MaxOptions, "max") {
		c.require(g.Min <= g.Max, problem.Text{EN: "At least %d and at most %d leave nothing.", DE: "Mindestens %d und höchstens %d lässt nichts übrig."}.Format(g.Min, g.Max), "max")
	}
}

func (c *checker) options(g *schema.OptionGroup, former map[string]bool) {
	seen := map[string]bool{}
	c.each("options", len(g.Options), func(i int) {
		o := &g.Options[i]
		c.key(&o.Key, seen)
		c.text(&o.Title, longestTitle, true, false, "title")
		c.text(&o.Help, longestHelp, false, true, "help")
		c.line(&o.Swatch, 20, false, "swatch")
		c.require(o.Swatch == "" || swatchForm.MatchString(o.Swatch), problem.Text{EN: "Write a colour as #rrggbb.", DE: "Schreiben Sie eine Farbe als #rrggbb."}, "swatch")
		c.line(&o.Sku, longestSku, false, "sku")
		c.amounts("amounts", o.Amounts, -MaxAmount)
		c.amounts("costs", o.Costs, 0)
		within(c, o.Days, 0, MaxDays, "days")
		c.validity(&o.ValidFrom, &o.ValidTo)
		c.replaces(o, former)
	})
	g.Default = strings.TrimSpace(g.Default)
	c.require(g.Default == "" || seen[g.Default], problem.Text{
		EN: "There is no option %q.", DE: "Es gibt keine Option %q.",
	}.Format(g.Default), "default")
}

// replaces checks the former options that one stands for.
func (c *checker) replaces(o *schema.Option, former map[string]bool) {
	if !c.require(len(o.Replaces) <= MaxReplaces, problem.Text{EN: "These are more than %d.", DE: "Das sind mehr als %d."}.Format(MaxReplaces), "replaces") {
		return
	}
	for i, key := range o.Replaces {
		at := []string{"replaces", strconv.Itoa(i)}
		c.require(formerForm.MatchString(key), problem.Text{EN: "Write group.option.", DE: "Schreiben Sie Gruppe.Option."}, at...)
		c.require(!former[key], problem.Text{EN: "Another option replaces %q already.", DE: "Eine andere Option ersetzt %q schon."}.Format(key), at...)
		former[key] = true
	}
}

// asked checks a number, and says how many steps it has.
func (c *checker) asked(g *schema.OptionGroup, counted map[string]bool) (steps int64) {
	g.Min, g.Max = 0, 0 // they mean nothing here
	c.require(len(g.Options) == 0, problem.Text{EN: "A number has no options.", DE: "Eine Zahl hat keine Optionen."}, "options")
	c.require(g.Default == "", problem.Text{EN: "The default of a number stands with the number.", DE: "Die Vorgabe einer Zahl steht bei der Zahl."}, "default")
	c.in("number", func() {
		n := g.Number
		c.line(&n.Unit, longestUnit, false, "unit")
		c.amounts("amounts", n.Amounts, -MaxAmount)
		if n.Of != "" {
			c.quantity(n, counted)
		}
		ok := within(c, n.Min, -farthest, farthest, "min")
		ok = within(c, n.Max, -farthest, farthest, "max") && ok
		ok = within(c, n.Step, 1, farthest, "step") && ok
		ok = within(c, int(n.Scale), 0, 18, "scale") && ok
		if !ok || !c.require(n.Min <= n.Max, problem.Text{EN: "The greatest value is below the least.", DE: "Der größte Wert liegt unter dem kleinsten."}, "max") {
			return
		}
		steps = (n.Max-n.Min)/n.Step + 1
		if !c.require(steps <= engine.MaxSteps, problem.Text{
			EN: "The number has %d steps, and at most %d are possible. Choose a larger step.",
			DE: "Die Zahl hat %d Schritte, und höchstens %d sind möglich. Wählen Sie einen größeren Schritt.",
		}.Format(steps, engine.MaxSteps), "step") {
			steps = 0
		}
		if d := n.Default; d != nil {
			c.require(*d >= n.Min && *d <= n.Max && (*d-n.Min)%n.Step == 0, problem.Text{
				EN: "The default is no value of the number.", DE: "Die Vorgabe ist kein Wert der Zahl.",
			}, "default")
		}
	})
	return steps
}

// quantity checks the option whose quantity a number is.
func (c *checker) quantity(n *schema.NumberAsked, counted map[string]bool) {
	ref, _ := splitRef(n.Of)
	g := c.group(ref.Group)
	found := false
	if g != nil {
		for i := range g.Options {
			found = found || g.Options[i].Key == ref.Option
		}
	}
	if c.require(found, problem.Text{EN: "There is no option %q. Write group.option.", DE: "Es gibt keine Option %q. Schreiben Sie Gruppe.Option."}.Format(n.Of), "of") {
		c.require(!counted[n.Of], problem.Text{EN: "%q has a quantity already.", DE: "%q hat schon eine Menge."}.Format(n.Of), "of")
	}
	counted[n.Of] = true
}

// readable are groups that rules can be read with, whatever else is wrong with them.
func readable(groups []schema.OptionGroup) []schema.OptionGroup {
	out := make([]schema.OptionGroup, len(groups))
	for i := range groups {
		out[i] = groups[i]
		if groups[i].Number == nil {
			continue
		}
		n := *groups[i].Number
		if n.Step < 1 || n.Max < n.Min || n.Min < -farthest || n.Max > farthest {
			n.Min, n.Max, n.Step = 0, 0, 1
		}
		n.Scale = min(n.Scale, 18)
		out[i].Number, out[i].Options = &n, nil
	}
	return out
}

// copied is a document that shares nothing with another one.
func copied(doc schema.ConfigurationDocument) schema.ConfigurationDocument {
	b, err := json.Marshal(doc)
	if err != nil {
		panic("plan: a document always can be written: " + err.Error())
	}
	var out schema.ConfigurationDocument
	if err := json.Unmarshal(b, &out); err != nil {
		panic("plan: a document always can be read: " + err.Error())
	}
	return out
}

func trimmed(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// linears calls see for every comparison of sums in an expression.
func linears(x engine.Expr, see func(engine.Linear)) {
	each := func(list ...engine.Expr) {
		for _, k := range list {
			linears(k, see)
		}
	}
	switch x := x.(type) {
	case engine.Not:
		each(x.X)
	case engine.And:
		each(x...)
	case engine.Or:
		each(x...)
	case engine.Xor:
		each(x.A, x.B)
	case engine.Implies:
		each(x.A, x.B)
	case engine.Iff:
		each(x.A, x.B)
	case engine.Count:
		each(x.Of...)
	case engine.Linear:
		see(x)
	}
}
