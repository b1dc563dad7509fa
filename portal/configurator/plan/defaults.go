package plan

import (
	"slices"

	"foyer/portal/configurator/engine"
)

// withDefaults takes the defaults in the order of the groups, each that goes with the
// choices and with those taken before it; numbers that become part of it by that come
// last. It returns what is possible with all of them.
func (a *asker) withDefaults(user *engine.Domains) (*engine.Domains, error) {
	var taken []engine.Choice
	now := user
	for {
		more := a.plan.openDefaults(now, a.tried)
		if len(more) == 0 {
			return now, nil
		}
		for _, c := range more {
			a.tried[c.Group] = true
		}
		next, kept, err := a.together(now, taken, more)
		if err != nil {
			return nil, err
		}
		now, taken = next, kept
	}
}

// together takes as many of some more defaults as go together, the earlier before the
// later: all at once, and without the one that is in the way as long as there is one.
func (a *asker) together(now *engine.Domains, taken, more []engine.Choice) (*engine.Domains, []engine.Choice, error) {
	list := slices.Concat(taken, more)
	for len(list) > len(taken) {
		d, err := a.domains(list)
		if err != nil {
			return nil, nil, err
		}
		if d.Consistent {
			if a.plan.crowded(now, d, list[len(taken):]) {
				return a.oneByOne(now, taken, more) // some may have given way to what is not there
			}
			return d, list, nil
		}
		list = a.without(list, d.Conflict.Because)
	}
	return now, taken, nil
}

// without leaves out the latest default of a conflict, and its quantity with it, which
// cannot be there either.
func (a *asker) without(list []engine.Choice, because []int) []engine.Choice {
	at := len(list) - 1
	for _, i := range because { // they were asked in reverse, before the choices
		if i < len(list) {
			at = len(list) - 1 - i
			break
		}
	}
	out := slices.Delete(slices.Clone(list), at, at+1)
	if n, ok := a.plan.quantity[engine.Ref{Group: list[at].Group, Option: list[at].Option}]; ok && list[at].Option != "" {
		key := a.plan.doc.Groups[n].Key
		out = slices.DeleteFunc(out, func(c engine.Choice) bool { return c.Group == key })
	}
	return out
}

// oneByOne takes defaults as they are defined, with a question for each.
func (a *asker) oneByOne(now *engine.Domains, taken, more []engine.Choice) (*engine.Domains, []engine.Choice, error) {
	for _, c := range more {
		if n := now.Groups[a.plan.groups[c.Group]].Number; n != nil && n.Presence == engine.StatusPossible {
			delete(a.tried, c.Group) // its option was not taken
			continue
		}
		if !a.plan.fits(now, c) {
			continue
		}
		list := append(slices.Clone(taken), c)
		d, err := a.domains(list)
		if err != nil {
			return nil, nil, err
		}
		if d.Consistent {
			now, taken = d, list
		}
	}
	return now, taken, nil
}

// openDefaults are the defaults that can be taken: of groups with nothing chosen and
// nothing forced, then of the numbers that are quantities of such defaults.
func (p *Plan) openDefaults(d *engine.Domains, tried map[string]bool) []engine.Choice {
	var out, after []engine.Choice
	options := map[engine.Ref]bool{}
	for g := range p.doc.Groups {
		c, ok := p.defaultOf(g)
		if !ok || tried[c.Group] || !p.fits(d, c) {
			continue
		}
		n := p.doc.Groups[g].Number
		if n != nil && d.Groups[g].Number.Presence == engine.StatusPossible {
			after = append(after, c)
			continue
		}
		if n == nil {
			options[engine.Ref{Group: c.Group, Option: c.Option}] = true
		}
		out = append(out, c)
	}
	for _, c := range after {
		if ref, ok := splitRef(p.doc.Groups[p.groups[c.Group]].Number.Of); ok && options[ref] {
			out = append(out, c)
		}
	}
	return out
}

func (p *Plan) defaultOf(g int) (engine.Choice, bool) {
	grp := &p.doc.Groups[g]
	if grp.Number != nil {
		if grp.Number.Default == nil {
			return engine.Choice{}, false
		}
		return engine.Choice{Group: grp.Key, Number: *grp.Number.Default}, true
	}
	return engine.Choice{Group: grp.Key, Option: grp.Default}, grp.Default != ""
}

// fits reports whether a default is open: nothing of its group is chosen or forced,
// and it is possible as far as that can be seen.
func (p *Plan) fits(d *engine.Domains, c engine.Choice) bool {
	g := p.groups[c.Group]
	in := &d.Groups[g]
	if in.Number != nil {
		r := in.Number
		return r.Presence != engine.StatusExcluded && r.Min < r.Max && c.Number >= r.Min && c.Number <= r.Max
	}
	for _, s := range in.Options {
		if s == engine.StatusChosen || s == engine.StatusForced {
			return false
		}
	}
	return in.Options[p.options[g][c.Option]] == engine.StatusPossible
}

// crowded reports whether the defaults force another option into a group of several
// whose default is among them. An earlier one may have done so, and then that default
// would not have been taken.
func (p *Plan) crowded(before, after *engine.Domains, defaults []engine.Choice) bool {
	for _, c := range defaults {
		g := p.groups[c.Group]
		if c.Option == "" || p.single(g) {
			continue
		}
		for o, s := range after.Groups[g].Options {
			if s == engine.StatusForced && before.Groups[g].Options[o] == engine.StatusPossible {
				return true
			}
		}
	}
	return false
}
