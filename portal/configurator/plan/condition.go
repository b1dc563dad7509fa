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
	factor int64
}

// linear compares sums in integers of the smallest unit that it speaks of. The
// language sees to it that 64 bits hold them whatever is chosen.
func (p *Plan) linear(x engine.Linear) (condition, error) {
	terms := make([]term, len(x.Terms))
	for i, t := range x.Terms {
		g, o, err := p.place(t.Of)
		if err != nil {
			return nil, err
		}
		scale := t.Scale
		if o < 0 {
			scale += p.doc.Groups[g].Number.Scale
		}
		factor := raised(t.Factor, int(x.Scale)-int(scale))
		if scale > x.Scale || !factor.IsInt64() {
			return nil, fmt.Errorf("the sum with %s%s does not fit into 64 bits", t.Of.Group, t.Of.Option)
		}
		terms[i] = term{g: g, o: o, factor: factor.Int64()}
	}
	return func(s Selection) bool { return relation(x.Op, cmp.Compare(sumOf(s, terms), x.Bound)) }, nil
}

func sumOf(s Selection, terms []term) int64 {
	sum := int64(0)
	for i := range terms {
		t := &terms[i]
		switch {
		case t.o >= 0 && s[t.g].has(t.o):
			sum += t.factor
		case t.o < 0 && s[t.g].Present:
			sum += t.factor * s[t.g].Number
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
	if by < 0 {
		return new(big.Int)
	}
	return new(big.Int).Mul(big.NewInt(v), tenTo(by))
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
