package configurations

import (
	"cmp"
	"context"
	"slices"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

// Fix is a way to have what is wanted.
type Fix struct {
	plan.Repair

	Priced    bool
	PriceDiff int64
	DaysDiff  int
}

// fixes are the ways to have what is wanted, with what each changes: first the best of
// each smallest set to give up, then other answers to what the first opens anew.
func (s *Service) fixes(ctx context.Context, a *asked, wanted []schema.ConfigurationChoice, keep []string, most int, now *Answer) ([]Fix, error) {
	found, err := a.Repairs(ctx, a.q, wanted, keep, most)
	if err != nil {
		return nil, said(err)
	}
	var first, others []plan.Repair
	for _, r := range found {
		ways, err := s.settled(ctx, a, r, most-len(found)+1)
		if err != nil {
			return nil, said(err)
		}
		first, others = append(first, ways[0]), append(others, ways[1:]...)
	}
	all := append(first, others...)
	list := make([]Fix, 0, most)
	for _, r := range all[:min(len(all), most)] {
		_, unit, priced := a.terms.price(a.book, r.State.Selection)
		days, _ := a.Days(r.State.Selection, a.terms.missing)
		list = append(list, Fix{Repair: r, Priced: priced && now.Priced, PriceDiff: unit - now.Unit, DaysDiff: days - now.Days})
	}
	return list, nil
}

// settled names answers for the questions that a repair opens anew: "liquid cooling
// instead of air" is a proposal, "without air" is not. Of the first such question the
// answers that cost least, up to most; of others the one that does.
func (s *Service) settled(ctx context.Context, a *asked, r plan.Repair, most int) ([]plan.Repair, error) {
	ways := []plan.Repair{r}
	for _, dropped := range r.Drop {
		n := 1
		if len(ways) == 1 {
			n = most
		}
		var next []plan.Repair
		for _, w := range ways {
			more, err := s.answers(ctx, a, w, dropped.Group, n)
			if err != nil {
				return nil, err
			}
			next = append(next, more...)
		}
		ways = next
	}
	return ways, nil
}

// answers are a repair with each of the cheapest answers to a question that it opens;
// the repair as it is where it opens none, or where there is no answer.
func (s *Service) answers(ctx context.Context, a *asked, r plan.Repair, group string, most int) ([]plan.Repair, error) {
	g := r.State.Groups[a.place(group)]
	if g.Answered || g.Number != nil {
		return []plan.Repair{r}, nil
	}
	deltas := a.Deltas(r.State, a.Rates, a.missing)
	cost := func(o plan.OptionState) int64 {
		if d := deltas[plan.Ref{Group: group, Option: o.Key}]; d.Minor != nil {
			return *d.Minor
		}
		return 0
	}
	open := slices.DeleteFunc(slices.Clone(g.Options), func(o plan.OptionState) bool { return o.Status != engine.StatusPossible })
	slices.SortStableFunc(open, func(x, y plan.OptionState) int { return cmp.Compare(cost(x), cost(y)) })
	var ways []plan.Repair
	for _, o := range open {
		if len(ways) == max(1, most) {
			break
		}
		taken := schema.ConfigurationChoice{Group: group, Option: o.Key}
		q := a.q
		q.Choices = a.With(r.Choices, taken)
		st, err := a.State(ctx, q)
		if err != nil {
			return nil, err
		}
		if st.Consistent {
			w := r
			w.Choices, w.State, w.Taken = q.Choices, st, append(slices.Clone(r.Taken), taken)
			ways = append(ways, w)
		}
	}
	if len(ways) == 0 {
		return []plan.Repair{r}, nil
	}
	return ways, nil
}
