package plan

import (
	"context"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/lint"
	"foyer/schema"
)

// Lint looks at the model as it holds at the plan's time, with the document's golden
// configurations. That an option is out of its time is no finding.
func (p *Plan) Lint(ctx context.Context, budget engine.Budget) ([]lint.Finding, error) {
	o := lint.Options{Budget: budget}
	for i := range p.doc.Golden {
		g := &p.doc.Golden[i]
		list, err := p.Choices(g.Choices)
		if err != nil {
			return nil, err
		}
		o.Golden = append(o.Golden, lint.Configuration{Key: g.Key, Choices: list, Valid: !g.Impossible})
	}
	found, err := lint.Check(ctx, p.model, o)
	if err != nil {
		return nil, err
	}
	kept := found[:0]
	for _, f := range found {
		if !p.aboutTime(&f) {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// timed begins the keys of the model's own rules about time.
const timed = "time:"

// aboutTime reports whether a finding says no more than that something is out of its
// time.
func (p *Plan) aboutTime(f *lint.Finding) bool {
	if strings.HasPrefix(f.Rule, timed) {
		return true
	}
	return f.Kind == lint.Dead && len(f.Rules) == 1 && f.Rules[0] == timed+f.Group+"."+f.Option
}

// Choice is a choice of the engine as customers make it, for those who tell of its
// findings.
func (p *Plan) Choice(c engine.Choice) schema.ConfigurationChoice {
	out := schema.ConfigurationChoice{Group: c.Group, Option: c.Option, Absent: c.Absent, Negate: c.Negate}
	if g, ok := p.groups[c.Group]; ok && p.doc.Groups[g].Number != nil && !c.Absent {
		out.Number = p.Decimal(c.Group, c.Number)
	}
	return out
}
