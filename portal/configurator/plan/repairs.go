package plan

import (
	"context"
	"errors"
	"slices"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Repair is a way to have what is wanted.
type Repair struct {
	// Drop are the choices to give up, Choices what they are then.
	Drop, Choices []schema.ConfigurationChoice
	// State follows from those, and Taken is what is selected then in the groups whose
	// choice was given up.
	State *State
	Taken []schema.ConfigurationChoice
}

// Repairs are ways to have what is wanted, at most as many as asked for, the fewest
// choices to give up first and of those the latest; choices of the groups to keep are
// never given up. What the wanted replaces by itself (With) is not told as given up.
// Where there is no way there is none. With nothing wanted they are ways to make
// choices consistent that contradict each other.
func (p *Plan) Repairs(ctx context.Context, q Question, wanted []schema.ConfigurationChoice, keep []string, most int) ([]Repair, error) {
	if _, err := p.Choices(q.Choices); err != nil {
		return nil, err
	}
	aim, err := p.Choices(wanted)
	if err != nil {
		return nil, err
	}
	rest := p.besides(q.Choices, wanted)
	choices, err := p.Choices(rest)
	if err != nil {
		return nil, err
	}
	var kept []int
	for i := range rest {
		if slices.Contains(keep, rest[i].Group) {
			kept = append(kept, i)
		}
	}
	found, err := q.Compiled.Repairs(ctx, engine.Request{Choices: choices, Budget: q.Budget}, aim, kept, most)
	if errors.Is(err, engine.ErrContradiction) {
		return nil, nil
	}
	if err != nil {
		return nil, refused(err)
	}
	out := make([]Repair, len(found))
	for i, r := range found {
		if out[i], err = p.repaired(ctx, q, rest, wanted, r.Drop); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// besides are the choices that what is wanted does not replace by itself.
func (p *Plan) besides(choices, wanted []schema.ConfigurationChoice) []schema.ConfigurationChoice {
	rest := choices
	for _, c := range wanted {
		rest = p.With(rest, c)
		rest = rest[:len(rest)-1]
	}
	return rest
}

func (p *Plan) repaired(ctx context.Context, q Question, rest, wanted []schema.ConfigurationChoice, drop []int) (Repair, error) {
	r := Repair{Choices: []schema.ConfigurationChoice{}}
	for i, c := range rest {
		if slices.Contains(drop, i) {
			r.Drop = append(r.Drop, c)
		} else {
			r.Choices = append(r.Choices, c)
		}
	}
	r.Choices = append(r.Choices, wanted...)
	q.Choices = r.Choices
	var err error
	if r.State, err = p.State(ctx, q); err != nil {
		return r, err
	}
	seen := map[string]bool{}
	for _, c := range r.Drop {
		if !seen[c.Group] {
			seen[c.Group] = true
			g := p.groups[c.Group]
			r.Taken = append(r.Taken, p.selectedOf(g, &r.State.Selection[g])...)
		}
	}
	return r, nil
}
