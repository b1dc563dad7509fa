package plan

import (
	"context"
	"math/big"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Goal is what a completion is to be.
type Goal string

// The goals. The fastest is the cheapest of those that are as fast.
const (
	Cheapest Goal = "CHEAPEST"
	Fastest  Goal = "FASTEST"
)

// Completion is a complete configuration.
type Completion struct {
	// Choices are all that is selected, and that nothing is where a default would
	// stand otherwise.
	Choices []schema.ConfigurationChoice
	State   *State
	// Exact says that nothing complete is cheaper (or faster) with these choices; else
	// some rules of price or time were left out of the search, see Complete.
	Exact bool
}

// Complete finds the cheapest or the fastest complete configuration with the choices;
// defaults do not matter. The error is engine.ErrContradiction where there is none,
// or as State's.
//
// Searched is for the sum of options and numbers, of price rules whose amounts depend
// on nothing or on one option, and of percentages that depend on nothing, or of the
// base on one option. What depends on several options, or is a percentage that depends
// on an option, is no sum: such rules are left out, and the answer is not Exact. For
// days it is the longest of options, parts and the lead times that depend on one
// option; those that are added and depend on something are left out. An option without
// a price in the currency is avoided where that is possible.
func (p *Plan) Complete(ctx context.Context, q Question, goal Goal, r Rates, missing map[string]int) (*Completion, error) {
	asked, err := p.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	f := p.priceForm(&r)
	aim := engine.Goal{}
	aim.Costs = f.integers(p)
	exact := f.exact
	if goal == Fastest {
		aim.Time = engine.MaxTime
		aim.Times, exact = p.timesOf(missing)
	}
	found, err := q.Compiled.Complete(ctx, engine.Request{Choices: asked.choices, Budget: q.Budget}, aim)
	if err != nil {
		return nil, refused(err)
	}
	out := &Completion{Choices: p.explicit(p.selection(found.Configuration)), Exact: exact}
	q.Choices = out.Choices
	out.State, err = p.State(ctx, q)
	return out, err
}

// explicit are choices that leave nothing to defaults.
func (p *Plan) explicit(sel Selection) []schema.ConfigurationChoice {
	out := []schema.ConfigurationChoice{}
	for g := range sel {
		grp := &p.doc.Groups[g]
		if grp.Number == nil && len(sel[g].Options) == 0 && grp.Default != "" {
			out = append(out, schema.ConfigurationChoice{Group: grp.Key, Absent: true})
		}
		out = append(out, p.selectedOf(g, &sel[g])...)
	}
	return out
}

// form is a price as a sum: so much for an option, so much for each unit of 10^-Scale
// of a number, so much in any case.
type form struct {
	always *big.Rat
	of     map[engine.Ref]*big.Rat
	exact  bool
}

func newForm() *form {
	return &form{always: new(big.Rat), of: map[engine.Ref]*big.Rat{}, exact: true}
}

func (f *form) add(ref engine.Ref, by *big.Rat) {
	if f.of[ref] == nil {
		f.of[ref] = new(big.Rat)
	}
	f.of[ref].Add(f.of[ref], by)
}

// addForm adds another form, so many times.
func (f *form) addForm(other *form, times *big.Rat) {
	f.always.Add(f.always, new(big.Rat).Mul(other.always, times))
	for ref, by := range other.of {
		f.add(ref, new(big.Rat).Mul(by, times))
	}
}

func whole(v int64) *big.Rat { return new(big.Rat).SetInt64(v) }

// priceForm is the price as a sum, as far as it is one.
func (p *Plan) priceForm(r *Rates) *form {
	f := newForm()
	f.always = whole(r.Base)
	groups := make([]*form, len(p.doc.Groups))
	for g := range p.doc.Groups {
		groups[g] = p.groupForm(g, r)
		f.addForm(groups[g], whole(1))
		f.exact = f.exact && groups[g].exact
	}
	for i := range p.doc.Prices {
		if p.offered(i, r) {
			p.ruleForm(f, groups, i, r)
		}
	}
	return f
}

// avoided is what an option without a price seems to cost.
const avoided = most

func (p *Plan) groupForm(g int, r *Rates) *form {
	f := newForm()
	grp := &p.doc.Groups[g]
	one := make(Selection, len(p.doc.Groups)) // with which an option counts once
	for i := range grp.Options {
		o := &grp.Options[i]
		ref := engine.Ref{Group: grp.Key, Option: o.Key}
		minor, ok := p.optionAmount(grp.Key, o, one, r)
		if !ok {
			minor = avoided
		}
		n, counted := p.quantity[ref]
		if _, own := o.Amounts[r.Currency]; own || !counted || !ok {
			f.add(ref, whole(minor))
			continue
		}
		num := p.doc.Groups[n].Number
		f.add(engine.Ref{Group: p.doc.Groups[n].Key}, new(big.Rat).SetFrac(big.NewInt(minor), tenTo(int(num.Scale))))
		f.exact = f.exact && (num.Scale == 0 || minor == 0)
	}
	if n := grp.Number; n != nil && len(n.Amounts) > 0 {
		p.numberForm(f, n.Amounts, g, r)
	}
	return f
}

// numberForm adds an amount for each whole unit of a number. It is exact where no
// value has to be rounded.
func (p *Plan) numberForm(f *form, amounts map[string]int64, g int, r *Rates) {
	n := p.doc.Groups[g].Number
	minor, ok := amounts[r.Currency]
	if !ok {
		f.exact = false
		return
	}
	each := new(big.Rat).SetFrac(big.NewInt(minor), tenTo(int(n.Scale)))
	f.add(engine.Ref{Group: p.doc.Groups[g].Key}, each)
	for _, v := range []int64{n.Min, n.Step} {
		f.exact = f.exact && new(big.Rat).Mul(each, whole(v)).IsInt()
	}
}

// ruleForm adds what a price rule does, where that is a sum.
func (p *Plan) ruleForm(f *form, groups []*form, i int, r *Rates) {
	rule := &p.doc.Prices[i]
	on, ok := p.dependsOn(rule.When)
	if !ok {
		f.exact = false
		return
	}
	minor, priced := rule.Amounts[r.Currency]
	switch {
	case rule.BasisPoints != 0:
		f.percentage(p, groups, rule, on, r)
	case !priced:
		if !on.always {
			f.conditional(on, whole(avoided))
		}
	case rule.Per != "":
		g := p.groups[rule.Per]
		if !on.always && (on.not || p.doc.Groups[g].Number.Of != on.ref.Group+"."+on.ref.Option) {
			f.exact = false
			return
		}
		p.numberForm(f, rule.Amounts, g, r)
	default:
		f.conditional(on, whole(minor))
	}
}

// conditional adds an amount that depends on at most one option.
func (f *form) conditional(on dependence, by *big.Rat) {
	switch {
	case on.always:
		f.always.Add(f.always, by)
	case on.not:
		f.always.Add(f.always, by)
		f.add(on.ref, new(big.Rat).Neg(by))
	default:
		f.add(on.ref, by)
	}
}

// percentage adds a percentage. Of everything, its rounding does not change what is
// cheaper; of some groups it may, by one minor unit.
func (f *form) percentage(p *Plan, groups []*form, rule *schema.PriceRule, on dependence, r *Rates) {
	of := newForm()
	if len(rule.Of) == 0 {
		of.addForm(f, whole(1))
	}
	for _, key := range rule.Of {
		if key == Base {
			of.always.Add(of.always, whole(r.Base))
		} else {
			of.addForm(groups[p.groups[key]], whole(1))
		}
	}
	share := big.NewRat(int64(rule.BasisPoints), 10_000)
	if !on.always && len(of.of) > 0 {
		f.exact = false
		return
	}
	if len(of.of) == 0 { // an amount that is known
		minor, ok := percentage(new(big.Int).Quo(of.always.Num(), of.always.Denom()).Int64(), rule.BasisPoints)
		f.exact = f.exact && ok && of.always.IsInt()
		f.conditional(on, whole(minor))
		return
	}
	if len(rule.Of) > 0 || rule.BasisPoints <= -10_000 {
		f.exact = false
	}
	f.addForm(of, share)
}

// dependence is a condition on at most one option.
type dependence struct {
	always, not bool
	ref         engine.Ref
}

// dependsOn reads a condition as one; it is not ok where it is something else.
func (p *Plan) dependsOn(when string) (dependence, bool) {
	if when == "" {
		return dependence{always: true}, true
	}
	x, err := p.words.ParseExpr(when)
	if err != nil {
		return dependence{}, false
	}
	d := dependence{}
	if n, ok := x.(engine.Not); ok {
		d.not, x = true, n.X
	}
	c, ok := x.(engine.Chosen)
	d.ref = engine.Ref(c)
	return d, ok && d.ref.Option != ""
}

// largest is what the costs of a model may add up to, as bits.
const largest = 60

// integers are the coefficients as the engine wants them: brought to one denominator,
// or rounded where that is too large.
func (f *form) integers(p *Plan) map[engine.Ref]int64 {
	scale, sum := big.NewInt(1), new(big.Rat)
	for ref, by := range f.of {
		d := by.Denom()
		scale.Div(new(big.Int).Mul(scale, d), new(big.Int).GCD(nil, nil, scale, d))
		reach := big.NewInt(1)
		if g := p.groups[ref.Group]; ref.Option == "" {
			n := p.doc.Groups[g].Number
			reach.SetInt64(max(n.Max, -n.Min, n.Max-n.Min, 1))
		}
		sum.Add(sum, new(big.Rat).Mul(new(big.Rat).Abs(by), new(big.Rat).SetInt(reach)))
	}
	times := new(big.Rat).SetInt(scale)
	limit := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), largest))
	if new(big.Rat).Mul(sum, times).Cmp(limit) > 0 {
		f.exact = false
		times.Quo(limit, sum.Add(sum, whole(1)))
		times.Quo(times, whole(2)) // room for what is rounded up
	}
	out := map[engine.Ref]int64{}
	for ref, by := range f.of {
		v := new(big.Rat).Mul(by, times)
		if n := new(big.Int).Quo(v.Num(), v.Denom()).Int64(); n != 0 {
			out[ref] = n
		}
	}
	return out
}

// timesOf are the days of options, as far as they go on side by side.
func (p *Plan) timesOf(missing map[string]int) (times map[engine.Ref]int64, exact bool) {
	times, exact = map[engine.Ref]int64{}, true
	atLeast := func(ref engine.Ref, days int) { times[ref] = max(times[ref], int64(days)) }
	for g := range p.doc.Groups {
		grp := &p.doc.Groups[g]
		for i := range grp.Options {
			o := &grp.Options[i]
			ref := engine.Ref{Group: grp.Key, Option: o.Key}
			atLeast(ref, o.Days)
			if o.Sku != "" {
				atLeast(ref, missing[o.Sku])
			}
		}
	}
	rule := func(when string, days int, added bool) {
		on, ok := p.dependsOn(when)
		switch {
		case days <= 0 || ok && on.always:
		case !ok || on.not || added:
			exact = false
		default:
			atLeast(on.ref, days)
		}
	}
	for i := range p.doc.LeadTimes {
		rule(p.doc.LeadTimes[i].When, p.doc.LeadTimes[i].Days, p.doc.LeadTimes[i].Added)
	}
	for i := range p.doc.Parts {
		item := &p.doc.Parts[i]
		if item.Per != "" && missing[item.Sku] > 0 {
			exact = false
			continue
		}
		rule(item.When, missing[item.Sku], false)
	}
	return times, exact
}
