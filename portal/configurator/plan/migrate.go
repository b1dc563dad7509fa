package plan

import (
	"context"
	"slices"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Migration is what becomes of choices that were made by another version.
type Migration struct {
	// Kept are the choices as this version has them. Dropped are those that it has no
	// place for, as they were.
	Kept, Dropped []schema.ConfigurationChoice
	// Taken are those among the kept whose option stands in place of a former one.
	Taken []schema.ConfigurationChoice
}

// Migrate carries choices over from another version, which may be nil when it is not
// known: options are followed to those that replace them, numbers kept where they are
// on a step of the same unit. Whether they go together is not asked.
func (p *Plan) Migrate(choices []schema.ConfigurationChoice, from *Plan) Migration {
	heirs := p.heirs()
	m := Migration{}
	used := map[string]int{}
	for _, c := range choices {
		next, ok := p.carried(c, heirs, from)
		switch {
		case !ok && (c.Negate || c.Absent): // nothing is lost: it cannot be there
		case !ok:
			m.Dropped = append(m.Dropped, c)
		case slices.Contains(m.Kept, next): // two former options have one heir
		case p.twice(used, len(m.Kept), &next).EN != "":
			m.Dropped = append(m.Dropped, c)
		default:
			m.Kept = append(m.Kept, next)
			if next != c {
				m.Taken = append(m.Taken, next)
			}
		}
	}
	return m
}

// heirs are the options that replace former ones; the first where several do.
func (p *Plan) heirs() map[string]engine.Ref {
	out := map[string]engine.Ref{}
	for i := range p.doc.Groups {
		g := &p.doc.Groups[i]
		for j := range g.Options {
			for _, former := range g.Options[j].Replaces {
				if _, ok := out[former]; !ok {
					out[former] = engine.Ref{Group: g.Key, Option: g.Options[j].Key}
				}
			}
		}
	}
	return out
}

func (p *Plan) carried(c schema.ConfigurationChoice, heirs map[string]engine.Ref, from *Plan) (schema.ConfigurationChoice, bool) {
	if c.Option != "" {
		if _, _, err := p.place(engine.Ref{Group: c.Group, Option: c.Option}); err != nil {
			heir, ok := heirs[c.Group+"."+c.Option]
			if !ok {
				return c, false
			}
			c.Group, c.Option = heir.Group, heir.Option
		}
	}
	if _, said := p.choice(&c); said.EN != "" {
		return c, false
	}
	if c.Number != "" && from != nil {
		if g, ok := from.groups[c.Group]; ok && from.doc.Groups[g].Number != nil {
			return c, from.doc.Groups[g].Number.Unit == p.doc.Groups[p.groups[c.Group]].Number.Unit
		}
	}
	return c, true
}

// Outcome is what a version of a model does to a configuration.
type Outcome string

// The outcomes. A price of its own is the caller's to compare.
const (
	Valid         Outcome = "VALID"
	Repaired      Outcome = "REPAIRED"
	NeedsCustomer Outcome = "NEEDS_CUSTOMER"
)

// Revalidated is a configuration as another version has it.
type Revalidated struct {
	Outcome Outcome
	// Choices are what is kept. Where they do not go together and only the customer can
	// say what to give up, they are all that this version has a place for.
	Choices []schema.ConfigurationChoice
	// Dropped were given up, as the former version had them where this one has no place
	// for them; where the customer is needed, it is what would have to be. Taken is what
	// stands in their place.
	Dropped, Taken []schema.ConfigurationChoice
	// State follows from Choices, as of a Plain question.
	State *State
}

// Revalidate carries the choices of a question over from another version, and gives
// up as few as possible where they no longer go together, in groups that are
// repairable alone. Where that is not enough, or where a configuration that was
// complete is no longer, the customer is needed. from may be nil when it is not known;
// then nothing is said of what was complete.
func (p *Plan) Revalidate(ctx context.Context, q Question, from *Plan, wasComplete bool) (*Revalidated, error) {
	m := p.Migrate(q.Choices, from)
	out := &Revalidated{Outcome: Valid, Choices: m.Kept, Dropped: m.Dropped, Taken: m.Taken}
	lost := slices.ContainsFunc(m.Dropped, func(c schema.ConfigurationChoice) bool { return !p.repairable(c.Group, from) })
	q.Choices, q.Plain = m.Kept, true
	var err error
	if out.State, err = p.State(ctx, q); err != nil {
		return nil, err
	}
	if !out.State.Consistent {
		found, err := p.ownRepair(ctx, q)
		if err != nil {
			return nil, err
		}
		if found == nil {
			return out, p.proposed(ctx, q, out)
		}
		out.Choices, out.State = found.Choices, found.State
		out.Dropped = append(out.Dropped, found.Drop...)
		out.Taken = append(out.Taken, found.Taken...)
	}
	for _, c := range m.Dropped { // what stands in place of what this version does not have
		if g, ok := p.groups[c.Group]; ok {
			out.Taken = append(out.Taken, p.selectedOf(g, &out.State.Selection[g])...)
		}
	}
	switch {
	case lost || wasComplete && !out.State.Complete:
		out.Outcome = NeedsCustomer
	case len(out.Dropped) > 0:
		out.Outcome = Repaired
	}
	return out, nil
}

// repairable reports whether choices of a group may be changed without asking: as
// this version has it, or as the former had it where this one has none.
func (p *Plan) repairable(key string, from *Plan) bool {
	if g, ok := p.groups[key]; ok {
		return p.doc.Groups[g].Repairable
	}
	if from == nil {
		return false
	}
	g, ok := from.groups[key]
	return ok && from.doc.Groups[g].Repairable
}

// ownRepair is the smallest way to make choices consistent that needs nobody, or nil.
func (p *Plan) ownRepair(ctx context.Context, q Question) (*Repair, error) {
	var keep []string
	for i := range p.doc.Groups {
		if !p.doc.Groups[i].Repairable {
			keep = append(keep, p.doc.Groups[i].Key)
		}
	}
	found, err := p.Repairs(ctx, q, nil, keep, 1)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// proposed says what the customer would have to give up.
func (p *Plan) proposed(ctx context.Context, q Question, out *Revalidated) error {
	out.Outcome = NeedsCustomer
	found, err := p.Repairs(ctx, q, nil, nil, 1)
	if err == nil && len(found) > 0 {
		out.Dropped = append(out.Dropped, found[0].Drop...)
		out.Taken = append(out.Taken, found[0].Taken...)
	}
	return err
}
