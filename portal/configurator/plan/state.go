package plan

import (
	"context"
	"slices"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Question is what every question to the engine needs. Compiled must be compiled from
// the plan's Model, or from that of a plan of the same document and epoch.
type Question struct {
	Compiled *engine.Compiled
	Choices  []schema.ConfigurationChoice
	Budget   engine.Budget // of each of the engine's answers
}

// State is what follows from choices, by group in the order of the document.
type State struct {
	// Consistent says whether the choices can be completed. When they cannot, Conflict
	// says why, only what was chosen is selected, and all else is excluded.
	Consistent bool
	Conflict   *Why
	// Complete says that every group has what it needs and that what is selected keeps
	// all rules: it can be ordered.
	Complete bool
	Groups   []GroupState
	Visible  []bool // by step of the document
	// Open are the keys of the groups that still need an answer, in their order.
	Open      []string
	Selection Selection
}

// GroupState is what follows for one group.
type GroupState struct {
	Key     string
	Options []OptionState
	Number  *NumberState
	Decided bool // by the choices alone: nothing is left to choose
	// Answered says that enough is selected.
	Answered bool
}

// OptionState is what follows for one option.
type OptionState struct {
	Key    string
	Status engine.Status
	// Selected options are chosen, or follow from the choices, or ByDefault: taken
	// because nothing else was chosen, or following from what was.
	Selected, ByDefault bool
}

// NumberState is what follows for one number, in units of 10^-Scale.
type NumberState struct {
	Presence engine.Status
	Min, Max int64  // of what is possible
	Value    *int64 // what is selected
	// ByDefault is that of OptionState.
	ByDefault bool
}

// State answers choices. The engine is asked once for what follows from them, once
// for what follows from all defaults that are still possible together, and once more
// for each default that gives way to others and for each round in which further
// numbers have become part of it: three times as a rule. The error is a *ChoiceError,
// an engine.BudgetError or the context's.
func (p *Plan) State(ctx context.Context, q Question) (*State, error) {
	asked, err := p.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	user, err := asked.domains(nil)
	if err != nil {
		return nil, err
	}
	if !user.Consistent {
		return p.inconsistent(q, asked.choices, user.Conflict), nil
	}
	all, err := asked.withDefaults(user)
	if err != nil {
		return nil, err
	}
	return p.stateOf(q.Compiled, user, all)
}

// asker asks the engine about some choices and more.
type asker struct {
	ctx     context.Context //nolint:containedctx // it lives as long as the call
	plan    *Plan
	q       Question
	choices []engine.Choice
	calls   int
}

func (p *Plan) ask(ctx context.Context, q Question) (*asker, error) {
	choices, err := p.Choices(q.Choices)
	if err != nil {
		return nil, err
	}
	return &asker{ctx: ctx, plan: p, q: q, choices: choices}, nil
}

// domains are what is possible with the choices and some defaults. The defaults stand
// before the choices, the latest first: the engine leaves out of a conflict what comes
// first as long as it can, so the latest default of a conflict is the first one that
// does not go with those before it.
func (a *asker) domains(defaults []engine.Choice) (*engine.Domains, error) {
	a.calls++
	all := make([]engine.Choice, 0, len(defaults)+len(a.choices))
	for i := len(defaults) - 1; i >= 0; i-- {
		all = append(all, defaults[i])
	}
	d, err := a.q.Compiled.Domains(a.ctx, engine.Request{Choices: append(all, a.choices...), Budget: a.q.Budget})
	if err != nil {
		return nil, refused(err)
	}
	return d, nil
}

// withDefaults takes the defaults in the order of the groups, each that goes with the
// choices and with those taken before it; numbers that become part of it by that come
// last. It returns what is possible with all of them.
func (a *asker) withDefaults(user *engine.Domains) (*engine.Domains, error) {
	var taken []engine.Choice
	tried := map[string]bool{}
	now := user
	for {
		more := a.plan.openDefaults(now, tried)
		if len(more) == 0 {
			return now, nil
		}
		for _, c := range more {
			tried[c.Group] = true
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
				return a.oneByOne(now, taken, list[len(taken):])
			}
			return d, list, nil
		}
		list = a.without(list, d.Conflict.Because)
	}
	return now, taken, nil
}

// without leaves out the latest default of a conflict, and its quantity with it.
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

// stateOf writes down what the choices leave possible, and what is selected with the
// defaults.
func (p *Plan) stateOf(compiled *engine.Compiled, user, all *engine.Domains) (*State, error) {
	s := &State{Consistent: true, Groups: make([]GroupState, len(p.doc.Groups)), Selection: make(Selection, len(p.doc.Groups))}
	for g := range p.doc.Groups {
		s.Groups[g] = p.groupState(g, &user.Groups[g], &all.Groups[g], &s.Selection[g])
	}
	return s, p.finish(compiled, s)
}

func (p *Plan) groupState(g int, user, all *engine.GroupDomain, into *Picked) GroupState {
	grp := &p.doc.Groups[g]
	out := GroupState{Key: grp.Key, Decided: user.Decided}
	for o, status := range user.Options {
		is := OptionState{Key: grp.Options[o].Key, Status: status}
		if selected(all.Options[o]) {
			is.Selected, is.ByDefault = true, !selected(status)
			into.Options = append(into.Options, o)
		}
		out.Options = append(out.Options, is)
	}
	if grp.Number == nil {
		out.Answered = len(into.Options) >= grp.Min
		return out
	}
	u, a := user.Number, all.Number
	out.Number = &NumberState{Presence: u.Presence, Min: u.Min, Max: u.Max}
	out.Answered = a.Presence == engine.StatusExcluded || a.Presence == engine.StatusPossible
	if selected(a.Presence) && a.Min == a.Max {
		value := a.Min
		out.Number.Value, out.Answered = &value, true
		out.Number.ByDefault = !selected(u.Presence) || u.Min != u.Max
		*into = Picked{Number: value, Present: true}
	}
	return out
}

func selected(s engine.Status) bool { return s == engine.StatusChosen || s == engine.StatusForced }

// finish finds what is shown, what is open, and whether it is complete.
func (p *Plan) finish(compiled *engine.Compiled, s *State) error {
	s.Visible = make([]bool, len(p.steps))
	for i := range p.steps {
		s.Visible[i] = p.steps[i].holds(s.Selection)
	}
	s.Open = []string{}
	for g := range s.Groups {
		if !s.Groups[g].Answered {
			s.Open = append(s.Open, s.Groups[g].Key)
		}
	}
	if !s.Consistent || len(s.Open) > 0 {
		return nil
	}
	// Groups that need nothing may still have to have something by a rule.
	violated, err := compiled.Validate(s.Selection.configuration())
	if err != nil {
		return refused(err)
	}
	s.Complete = len(violated) == 0
	if !s.Complete {
		s.Open = p.undecided(violated, s)
	}
	return nil
}

// undecided are the groups with something left to choose that violated rules speak
// of, or all such groups where none does.
func (p *Plan) undecided(violated []engine.Violation, s *State) []string {
	named := map[string]bool{}
	for _, v := range violated {
		if v.Rule >= 0 {
			mentioned(&p.model.Rules[v.Rule], named)
		}
	}
	var open, all []string
	for g := range s.Groups {
		if s.Groups[g].Decided {
			continue
		}
		all = append(all, s.Groups[g].Key)
		if named[s.Groups[g].Key] {
			open = append(open, s.Groups[g].Key)
		}
	}
	if len(open) > 0 {
		return open
	}
	return all
}

// mentioned adds the groups that a rule speaks of.
func mentioned(r *engine.Rule, into map[string]bool) {
	if r.Table != nil {
		for _, c := range r.Table.Columns {
			into[c] = true
		}
		return
	}
	refsOf(r.Expr, func(ref engine.Ref) { into[ref.Group] = true })
}

// refsOf calls see for everything that an expression names.
func refsOf(x engine.Expr, see func(engine.Ref)) {
	each := func(list []engine.Expr) {
		for _, k := range list {
			refsOf(k, see)
		}
	}
	switch x := x.(type) {
	case engine.Chosen:
		see(engine.Ref(x))
	case engine.Not:
		refsOf(x.X, see)
	case engine.And:
		each(x)
	case engine.Or:
		each(x)
	case engine.Xor:
		each([]engine.Expr{x.A, x.B})
	case engine.Implies:
		each([]engine.Expr{x.A, x.B})
	case engine.Iff:
		each([]engine.Expr{x.A, x.B})
	case engine.Count:
		each(x.Of)
	case engine.Linear:
		for _, t := range x.Terms {
			see(t.Of)
		}
	}
}

// inconsistent is the state of choices that contradict each other.
func (p *Plan) inconsistent(q Question, choices []engine.Choice, why *engine.Explanation) *State {
	s := &State{Conflict: p.because(q, nil, why), Groups: make([]GroupState, len(p.doc.Groups)), Selection: make(Selection, len(p.doc.Groups))}
	for g := range p.doc.Groups {
		grp := &p.doc.Groups[g]
		s.Groups[g] = GroupState{Key: grp.Key}
		for o := range grp.Options {
			s.Groups[g].Options = append(s.Groups[g].Options, OptionState{Key: grp.Options[o].Key, Status: engine.StatusExcluded})
		}
		if grp.Number != nil {
			s.Groups[g].Number = &NumberState{Presence: engine.StatusExcluded}
		}
	}
	for _, c := range choices {
		if !c.Negate && !c.Absent {
			p.pick(s, c)
		}
	}
	_ = p.finish(nil, s) // asks nothing of what is not consistent
	return s
}

// pick marks a choice as chosen and selected.
func (p *Plan) pick(s *State, c engine.Choice) {
	g := p.groups[c.Group]
	in := &s.Groups[g]
	in.Answered = true
	if in.Number != nil {
		value := c.Number
		in.Number = &NumberState{Presence: engine.StatusChosen, Min: value, Max: value, Value: &value}
		s.Selection[g] = Picked{Number: value, Present: true}
		return
	}
	o := p.options[g][c.Option]
	in.Options[o].Status, in.Options[o].Selected = engine.StatusChosen, true
	s.Selection[g].Options = insert(s.Selection[g].Options, o)
	in.Answered = len(s.Selection[g].Options) >= p.doc.Groups[g].Min
}
