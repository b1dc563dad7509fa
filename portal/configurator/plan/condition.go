package plan

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"

	"foyer/portal/configurator/engine"
)

// condition is an expression with its keys looked up, to be asked of selections. It
// is true or false of any selection, complete or not: what is not decided counts as
// not chosen, and a number that is absent as 0. A nil one always holds.
type condition func(Selection) bool

func (c condition) holds(s Selection) bool { return c == nil || c(s) }

// condition reads the text of one; the empty text always holds.
func (p *Plan) condition(text string) (condition, error) {
	if text == "" {
		return nil, nil
	}
	x, err := p.words.ParseExpr(text)
	if err != nil {
		return nil, err
	}
	return p.prepare(x)
}

// prepare looks up the keys of an expression once for all selections.
func (p *Plan) prepare(x engine.Expr) (condition, error) {
	switch x := x.(type) {
	case engine.Chosen:
		return p.chosen(engine.Ref(x))
	case engine.Not:
		c, err := p.prepare(x.X)
		return func(s Selection) bool { return !c(s) }, err
	case engine.And:
		return p.counting(x, len(x), -1)
	case engine.Or:
		return p.counting(x, 1, -1)
	case engine.Xor:
		return p.pair(x.A, x.B, func(a, b bool) bool { return a != b })
	case engine.Implies:
		return p.pair(x.A, x.B, func(a, b bool) bool { return !a || b })
	case engine.Iff:
		return p.pair(x.A, x.B, func(a, b bool) bool { return a == b })
	case engine.Count:
		return p.counting(x.Of, x.Min, x.Max)
	case engine.Linear:
		return p.linear(x)
	}
	return nil, fmt.Errorf("a condition of the type %T is not known", x)
}

func (p *Plan) pair(a, b engine.Expr, holds func(a, b bool) bool) (condition, error) {
	ca, errA := p.prepare(a)
	cb, errB := p.prepare(b)
	return func(s Selection) bool { return holds(ca(s), cb(s)) }, errors.Join(errA, errB)
}

func (p *Plan) counting(of []engine.Expr, least, most int) (condition, error) {
	list := make([]condition, len(of))
	for i := range of {
		var err error
		if list[i], err = p.prepare(of[i]); err != nil {
			return nil, err
		}
	}
	return func(s Selection) bool {
		n := 0
		for _, c := range list {
			if c(s) {
				n++
			}
		}
		return n >= least && (most < 0 || n <= most)
	}, nil
}

func (p *Plan) chosen(r engine.Ref) (condition, error) {
	g, o, err := p.place(r)
	if err != nil {
		return nil, err
	}
	if o < 0 {
		return func(s Selection) bool { return s[g].Present }, nil
	}
	return func(s Selection) bool { return s[g].has(o) }, nil
}

// place is where a group and its option stand; the option of a number is -1.
func (p *Plan) place(r engine.Ref) (g, o int, err error) {
	g, ok := p.groups[r.Group]
	if !ok {
		return 0, 0, fmt.Errorf("there is no group %q", r.Group)
	}
	if r.Option == "" && p.doc.Groups[g].Number != nil {
		return g, -1, nil
	}
	if o, ok = p.options[g][r.Option]; !ok {
		return 0, 0, fmt.Errorf("the group %q has no option %q", r.Group, r.Option)
	}
	return g, o, nil
}

// term is one of a sum: a factor times a number, or times 1 for an option.
type term struct {
	g, o   int
	factor *big.Int
}

// linear compares sums in integers of the smallest unit that it speaks of, which are
// as large as they need to be.
func (p *Plan) linear(x engine.Linear) (condition, error) {
	scale := int(x.Scale)
	at := make([]int, len(x.Terms))
	terms := make([]term, len(x.Terms))
	for i, t := range x.Terms {
		g, o, err := p.place(t.Of)
		if err != nil {
			return nil, err
		}
		terms[i] = term{g: g, o: o}
		at[i] = int(t.Scale)
		if o < 0 {
			at[i] += int(p.doc.Groups[g].Number.Scale)
		}
		scale = max(scale, at[i])
	}
	for i, t := range x.Terms {
		terms[i].factor = raised(t.Factor, scale-at[i])
	}
	bound := raised(x.Bound, scale-int(x.Scale))
	if c := p.small(terms, bound, x.Op); c != nil {
		return c, nil
	}
	return func(s Selection) bool { return relation(x.Op, sumOf(s, terms).Cmp(bound)) }, nil
}

// small is the condition where 64 bits hold all sums, as nearly always; else nil.
func (p *Plan) small(terms []term, bound *big.Int, op engine.Op) condition {
	reach := new(big.Int).Abs(bound)
	factors := make([]int64, len(terms))
	for i, t := range terms {
		by := big.NewInt(1)
		if t.o < 0 {
			n := p.doc.Groups[t.g].Number
			by.SetInt64(max(n.Max, -n.Min, 0))
		}
		factors[i] = t.factor.Int64()
		reach.Add(reach, by.Mul(by, new(big.Int).Abs(t.factor)))
		if !t.factor.IsInt64() {
			return nil
		}
	}
	if reach.BitLen() > 61 {
		return nil
	}
	limit := bound.Int64()
	return func(s Selection) bool {
		sum := int64(0)
		for i := range terms {
			t := &terms[i]
			switch {
			case t.o >= 0 && s[t.g].has(t.o):
				sum += factors[i]
			case t.o < 0 && s[t.g].Present:
				sum += factors[i] * s[t.g].Number
			}
		}
		return relation(op, cmp.Compare(sum, limit))
	}
}

func sumOf(s Selection, terms []term) *big.Int {
	sum, one := new(big.Int), new(big.Int)
	for i := range terms {
		t := &terms[i]
		switch {
		case t.o >= 0 && s[t.g].has(t.o):
			sum.Add(sum, t.factor)
		case t.o < 0 && s[t.g].Present:
			sum.Add(sum, one.Mul(t.factor, big.NewInt(s[t.g].Number)))
		}
	}
	return sum
}

func relation(op engine.Op, c int) bool {
	switch op {
	case engine.AtMost:
		return c <= 0
	case engine.AtLeast:
		return c >= 0
	case engine.Equal:
		return c == 0
	case engine.NotEqual:
		return c != 0
	case engine.Less:
		return c < 0
	default:
		return c > 0
	}
}

// raised is v times 10^by.
func raised(v int64, by int) *big.Int {
	return new(big.Int).Mul(big.NewInt(v), tenTo(by))
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
