package plan

import (
	"context"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Question is what every question to the engine needs. Compiled must be compiled from
// the plan's Model, or from that of a plan of the same document and epoch.
type Question struct {
	Compiled *engine.Compiled
	Choices  []schema.ConfigurationChoice
	Budget   engine.Budget // of each of the engine's answers
	// Plain says that nobody is to choose: in groups that have their answer, only this
	// answer is asked about. It saves a question to the engine for each such group.
	Plain bool
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
	Key string
	// Status is relative to what was chosen. In a group with one answer it is relative
	// to what was chosen elsewhere, since another answer takes the place of the former:
	// beside the one that is chosen others are possible.
	Status engine.Status
	// Selected options are chosen, or follow from the choices, or ByDefault: taken
	// because nothing else was chosen, or following from what was.
	Selected, ByDefault bool
}

// NumberState is what follows for one number, in units of 10^-Scale.
type NumberState struct {
	Presence engine.Status
	Min, Max int64  // of what is possible with what was chosen elsewhere
	Value    *int64 // what is selected
	// ByDefault is that of OptionState.
	ByDefault bool
}

// State answers choices. The engine is asked once for what follows from them, once
// for what follows from all defaults that are still possible together, and once more
// for each default that gives way to others and for each round in which further
// numbers have become part of it: three times as a rule. Unless the question is Plain,
// it is asked once more for each answered group that has one answer. The error is a *ChoiceError,
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
	s, err := p.stateOf(q.Compiled, user, all)
	if err != nil || q.Plain {
		return s, err
	}
	return s, asked.others(s)
}

// others marks what could be chosen in place of what was, in groups with one answer.
func (a *asker) others(s *State) error {
	answered := map[string]bool{}
	for i := range a.q.Choices {
		c := &a.q.Choices[i]
		if answered[c.Group] || c.Negate || !c.Absent && !a.plan.single(a.plan.groups[c.Group]) {
			continue
		}
		answered[c.Group] = true
		d, err := a.lifted(c.Group)
		if err != nil {
			return err
		}
		s.Groups[a.plan.groups[c.Group]].lift(d)
	}
	return nil
}

// lifted is what is possible in a group without its own answer.
func (a *asker) lifted(key string) (*engine.GroupDomain, error) {
	rest := asker{ctx: a.ctx, plan: a.plan, q: a.q}
	stay := a.plan.staying(a.q.Choices, func(c *schema.ConfigurationChoice) bool { return c.Group == key && !c.Negate }, "")
	for _, i := range stay {
		rest.choices = append(rest.choices, a.choices[i])
	}
	d, err := rest.domains(nil)
	if err != nil {
		return nil, err
	}
	return &d.Groups[a.plan.groups[key]], nil
}

func (g *GroupState) lift(d *engine.GroupDomain) {
	for o := range g.Options {
		if g.Options[o].Status == engine.StatusExcluded && d.Options[o] != engine.StatusExcluded {
			g.Options[o].Status = engine.StatusPossible
		}
	}
	if g.Number != nil && d.Number.Presence != engine.StatusExcluded {
		g.Number.Min, g.Number.Max = d.Number.Min, d.Number.Max
	}
}

// asker asks the engine about some choices and more.
type asker struct {
	ctx     context.Context //nolint:containedctx // it lives as long as the call
	plan    *Plan
	q       Question
	choices []engine.Choice
	tried   map[string]bool // groups whose default was looked at
}

func (p *Plan) ask(ctx context.Context, q Question) (*asker, error) {
	choices, err := p.Choices(q.Choices)
	if err != nil {
		return nil, err
	}
	return &asker{ctx: ctx, plan: p, q: q, choices: choices, tried: map[string]bool{}}, nil
}

// domains are what is possible with the choices and some defaults. The defaults stand
// before the choices, the latest first: the engine leaves out of a conflict what comes
// first as long as it can, so the latest default of a conflict is the first one that
// does not go with those before it.
func (a *asker) domains(defaults []engine.Choice) (*engine.Domains, error) {
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
