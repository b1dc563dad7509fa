package lint

import (
	"errors"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// golden asks whether each golden configuration can still be had, or still cannot.
func (c *check) golden() error {
	for _, g := range c.options.Golden {
		d, err := c.compiled.Domains(c.ctx, c.request(g.Choices...))
		switch {
		case errors.Is(err, engine.ErrRequest):
			c.goldenFinding(g, nil, nil, problem.Text{
				EN: "The configuration %s names what the model does not have: %s", DE: "Die Konfiguration %s nennt, was das Modell nicht hat: %s",
			}.Format(g.Key, err.Error()))
		case errors.Is(err, engine.ErrBudget):
			c.goldenFinding(g, nil, nil, problem.Text{
				EN: "Whether the configuration %s is possible was not found out within the budget.",
				DE: "Ob die Konfiguration %s möglich ist, wurde im vorgesehenen Aufwand nicht herausgefunden.",
			}.Format(g.Key))
		case err != nil:
			return err
		case d.Consistent && !g.Valid:
			c.goldenFinding(g, nil, nil, problem.Text{
				EN: "The configuration %s should be impossible, but no rule is against it.",
				DE: "Die Konfiguration %s sollte unmöglich sein, aber keine Regel steht dagegen.",
			}.Format(g.Key))
		case !d.Consistent && g.Valid:
			c.impossible(g, d.Conflict)
		}
	}
	return nil
}

func (c *check) impossible(g Configuration, conflict *engine.Explanation) {
	var keys []string
	var choices []engine.Choice
	if conflict != nil {
		keys = c.ruleKeys(conflict.Rules)
		for _, i := range conflict.Because {
			choices = append(choices, g.Choices[i])
		}
	}
	named := make([]string, len(choices))
	for i, choice := range choices {
		named[i] = c.choice(choice)
	}
	said := problem.Text{
		EN: "The configuration %s is not possible any more: %s cannot be together", DE: "Die Konfiguration %s ist nicht mehr möglich: %s geht nicht zusammen",
	}.Format(g.Key, list(named))
	if len(choices) == 1 {
		said = problem.Text{
			EN: "The configuration %s is not possible any more: %s is out", DE: "Die Konfiguration %s ist nicht mehr möglich: %s ist ausgeschlossen",
		}.Format(g.Key, named[0])
	}
	c.goldenFinding(g, keys, choices, because(said, keys))
}

// choice is a choice as a rule would have it.
func (c *check) choice(choice engine.Choice) string {
	name := c.words.Name(engine.Ref{Group: choice.Group, Option: choice.Option})
	not := ""
	if choice.Negate {
		not = "!"
	}
	switch {
	case choice.Absent:
		return not + name + " = none"
	case choice.Option != "":
		return not + name
	}
	for i := range c.model.Groups {
		if g := &c.model.Groups[i]; g.Key == choice.Group && g.Number != nil {
			return name + " " + not + "= " + c.words.Amount(g.Number, choice.Number)
		}
	}
	return name
}

func (c *check) goldenFinding(g Configuration, keys []string, choices []engine.Choice, said problem.Text) {
	c.add(Finding{Kind: Golden, Severity: Error, Golden: g.Key, Rules: keys, Because: choices, Text: said})
}
