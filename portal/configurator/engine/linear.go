package engine

import (
	"fmt"
	"math/big"
	"slices"
)

// linear adds that cond implies a linear condition, or its negation.
func (e *encoder) linear(rule int32, cond lit, x Linear, neg bool) error {
	y, err := e.threshold(x, neg)
	if err != nil {
		return err
	}
	if y != nil {
		return e.implyExpr(rule, cond, y, false)
	}
	op := x.Op
	if neg {
		op = [...]Op{AtMost: Greater, AtLeast: Less, Equal: NotEqual, NotEqual: Equal, Less: AtLeast, Greater: AtMost}[op]
	}
	terms, bound, err := e.scaled(x)
	if err != nil {
		return err
	}
	switch op {
	case AtMost:
		e.sum(rule, cond, terms, bound, 1)
	case Less:
		e.sum(rule, cond, terms, bound-1, 1)
	case AtLeast:
		e.sum(rule, cond, terms, bound, -1)
	case Greater:
		e.sum(rule, cond, terms, bound+1, -1)
	case Equal:
		e.sum(rule, cond, terms, bound, 1)
		e.sum(rule, cond, terms, bound, -1)
	case NotEqual:
		below, above := pos(e.p.newVar()), pos(e.p.newVar())
		e.p.clause(rule, cond.not(), below, above)
		e.sum(rule, below, terms, bound-1, 1)
		e.sum(rule, above, terms, bound+1, -1)
	}
	return nil
}

func (e *encoder) sum(rule int32, cond lit, terms []sumTerm, bound, sign int64) {
	s := sum{bound: sign * bound, cond: cond, rule: rule, terms: slices.Clone(terms)}
	for i := range s.terms {
		s.terms[i].factor *= sign
	}
	if len(s.terms) == 0 {
		if s.bound < 0 {
			e.p.clause(rule, cond.not())
		}
		return
	}
	e.p.sums = append(e.p.sums, s)
}

// scaled brings a linear condition to one scale, its terms merged.
func (e *encoder) scaled(x Linear) ([]sumTerm, int64, error) {
	if x.Op > Greater {
		return nil, 0, fmt.Errorf("the relation %d is not known", x.Op)
	}
	scale := int(x.Scale)
	at := make([]int, len(x.Terms))
	for i, t := range x.Terms {
		g, ok := e.c.index[t.Of.Group]
		if !ok {
			return nil, 0, fmt.Errorf("there is no group %q", t.Of.Group)
		}
		at[i] = int(t.Scale)
		if n := e.c.m.Groups[g].Number; n != nil && t.Of.Option == "" {
			at[i] += int(n.Scale)
		}
		scale = max(scale, at[i])
	}
	if scale > 36 {
		return nil, 0, fmt.Errorf("the sum needs %d decimals, and at most 36 are possible", scale)
	}
	var terms []sumTerm
	total := new(big.Int)
	for i, t := range x.Terms {
		factor := raise(t.Factor, scale-at[i])
		term, most, err := e.term(t.Of)
		if err != nil {
			return nil, 0, err
		}
		total.Add(total, new(big.Int).Abs(new(big.Int).Mul(factor, big.NewInt(most))))
		if !factor.IsInt64() {
			return nil, 0, errTooLarge
		}
		term.factor = factor.Int64()
		terms = merge(terms, term)
	}
	bound := raise(x.Bound, scale-int(x.Scale))
	if total.BitLen() > 61 {
		return nil, 0, errTooLarge
	}
	if bound.BitLen() > 61 { // then it is beyond all that the terms can add up to
		bound.SetInt64(int64(bound.Sign()) << 61)
	}
	terms = slices.DeleteFunc(terms, func(t sumTerm) bool { return t.factor == 0 })
	return terms, bound.Int64(), nil
}

var errTooLarge = fmt.Errorf("the sum can grow beyond 2^61 in its smallest unit; use fewer decimals")

func raise(v int64, by int) *big.Int {
	return new(big.Int).Mul(big.NewInt(v), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(by)), nil))
}

func merge(terms []sumTerm, t sumTerm) []sumTerm {
	for i := range terms {
		if terms[i].num == t.num && terms[i].l == t.l {
			terms[i].factor += t.factor
			return terms
		}
	}
	return append(terms, t)
}

// term is a number or an option as part of a sum, and the most that it can be.
func (e *encoder) term(r Ref) (sumTerm, int64, error) {
	g, ok := e.c.index[r.Group]
	if !ok {
		return sumTerm{}, 0, fmt.Errorf("there is no group %q", r.Group)
	}
	if n := e.c.m.Groups[g].Number; n != nil && r.Option == "" {
		return sumTerm{num: e.number(g), l: noLit}, max(n.Max, -n.Min, n.Max-n.Min), nil
	}
	l, err := e.chosen(r)
	return sumTerm{num: -1, l: l}, 1, err
}

// threshold rewrites a linear condition over one number as literals; nil for others.
func (e *encoder) threshold(x Linear, neg bool) (Expr, error) {
	terms, bound, err := e.scaled(x)
	if err != nil || len(terms) != 1 || terms[0].num < 0 {
		return nil, err
	}
	n, f := &e.p.nums[terms[0].num], terms[0].factor
	op := x.Op
	if neg {
		op = [...]Op{AtMost: Greater, AtLeast: Less, Equal: NotEqual, NotEqual: Equal, Less: AtLeast, Greater: AtMost}[op]
	}
	atMost := func(b int64) Expr {
		if f > 0 {
			return n.below(floorDiv(b, f))
		}
		return n.above(-floorDiv(b, -f))
	}
	atLeast := func(b int64) Expr {
		if f > 0 {
			return n.above(-floorDiv(-b, f))
		}
		return n.below(floorDiv(-b, -f))
	}
	switch op {
	case AtMost:
		return atMost(bound), nil
	case Less:
		return atMost(bound - 1), nil
	case AtLeast:
		return atLeast(bound), nil
	case Greater:
		return atLeast(bound + 1), nil
	case Equal:
		return And{atMost(bound), atLeast(bound)}, nil
	default:
		return Or{atMost(bound - 1), atLeast(bound + 1)}, nil
	}
}

// below is "at most v", where what is absent counts as 0.
func (n *number) below(v int64) Expr {
	k := max(-1, min(floorDiv(v-n.min, n.step), int64(n.n-1)))
	l := literal(n.atLeast(int32(k) + 1).not()) //nolint:gosec // at most MaxSteps
	if v < 0 {
		return And{literal(n.present), l}
	}
	return l
}

// above is "at least v".
func (n *number) above(v int64) Expr {
	k := max(0, min(-floorDiv(-(v-n.min), n.step), int64(n.n)))
	l := literal(n.atLeast(int32(k))) //nolint:gosec // at most MaxSteps
	if v <= 0 {
		return Or{literal(n.present.not()), l}
	}
	return l
}
