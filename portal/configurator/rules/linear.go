package rules

import (
	"math/big"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// sum is an arithmetic expression in the making: so many of each option and number,
// and a constant. Parts with a unit and parts without are kept apart until the whole
// comparison is known, because a bare number takes the unit of the others.
type sum struct {
	parts []part
	// failed means that something has been reported already.
	failed bool
}

// part is a factor, or a factor times an option or number (of). Its unit is the one
// of the factor or of the number; bare parts have none.
type part struct {
	span
	factor *big.Rat
	of     *engine.Ref
	unit   string
	// counted is a number that has no unit of its own and does not take one.
	counted bool
}

var relations = map[kind]engine.Op{
	atMost: engine.AtMost, atLeast: engine.AtLeast, equal: engine.Equal,
	notEqual: engine.NotEqual, less: engine.Less, greater: engine.Greater,
}

// mirrored are the relations with the sides exchanged.
var mirrored = map[engine.Op]engine.Op{
	engine.AtMost: engine.AtLeast, engine.AtLeast: engine.AtMost, engine.Less: engine.Greater,
	engine.Greater: engine.Less, engine.Equal: engine.Equal, engine.NotEqual: engine.NotEqual,
}

// comparison reads both sides, agrees on a unit and moves everything to one side.
func (c *checker) comparison(n *node) engine.Expr {
	if len(n.kids) < 2 {
		return engine.Or{}
	}
	left, right := c.sum(n.kids[0]), c.sum(n.kids[1])
	if left.failed || right.failed {
		return engine.Or{}
	}
	all := append([]part(nil), left.parts...)
	for _, p := range right.parts {
		p.factor = new(big.Rat).Neg(p.factor)
		all = append(all, p)
	}
	if !c.agree(all) {
		return engine.Or{}
	}
	return c.linear(n.span, relations[n.kind], all)
}

func (c *checker) sum(n *node) sum {
	if n == nil || c.full() {
		return sum{failed: true}
	}
	switch n.kind {
	case number:
		return c.constant(n)
	case word:
		return c.amount(n)
	case plus:
		var total sum
		for _, kid := range n.kids {
			s := c.sum(kid)
			total.parts, total.failed = append(total.parts, s.parts...), total.failed || s.failed
		}
		return total
	case minus:
		s := c.sum(n.kids[0])
		for i := range s.parts {
			s.parts[i].factor = new(big.Rat).Neg(s.parts[i].factor)
		}
		return s
	case star:
		return c.product(n)
	case end:
		return sum{failed: true}
	default:
		c.report(n.span, problem.Text{
			EN: "This is a condition. A comparison needs numbers or options here.",
			DE: "Das ist eine Bedingung. Ein Vergleich braucht hier Zahlen oder Optionen.",
		}, "")
		return sum{failed: true}
	}
}

func (c *checker) constant(n *node) sum {
	value, ok := c.value(n)
	if !ok {
		return sum{failed: true}
	}
	return sum{parts: []part{{span: n.span, factor: value, unit: n.unit}}}
}

// value reads a number and its unit.
func (c *checker) value(n *node) (*big.Rat, bool) {
	if len(n.text) > longestNumber {
		c.tooLarge(n.span)
		return nil, false
	}
	if n.unit != "" && !c.words.knowsUnit(n.unit) {
		near := Nearest(n.unit, c.words.unitNames())
		c.report(n.unitAt, didYouMean(problem.Text{
			EN: "There is no unit %s.", DE: "Die Einheit %s gibt es nicht.",
		}.Format(shorten(n.unit)), near), near)
		return nil, false
	}
	value, ok := new(big.Rat).SetString(n.text)
	return value, ok
}

func (c *checker) amount(n *node) sum {
	ref, ok := c.resolve(n)
	if !ok {
		return sum{failed: true}
	}
	p := part{span: n.span, factor: big.NewRat(1, 1), of: &ref}
	if ref.Option == "" {
		p.unit = c.words.number(ref.Group).Unit
		p.counted = p.unit == ""
	}
	return sum{parts: []part{p}}
}

// product multiplies, which stays linear when at most one factor is chosen.
func (c *checker) product(n *node) sum {
	total := sum{parts: []part{{span: n.span, factor: big.NewRat(1, 1)}}}
	for _, kid := range n.kids {
		var factor sum
		if kid.kind == slash {
			factor = c.inverse(kid)
		} else {
			factor = c.sum(kid)
		}
		if factor.failed || total.failed {
			return sum{failed: true}
		}
		total = c.times(n.span, total, factor)
	}
	return total
}

func (c *checker) inverse(n *node) sum {
	s := c.sum(n.kids[0])
	if s.failed {
		return s
	}
	if len(s.parts) != 1 || s.parts[0].of != nil || s.parts[0].unit != "" || s.parts[0].factor.Sign() == 0 {
		c.report(n.span, problem.Text{
			EN: "Only numbers other than 0, without units, can be divided by.",
			DE: "Geteilt wird nur durch Zahlen ungleich 0, ohne Einheit.",
		}, "")
		return sum{failed: true}
	}
	s.parts[0].factor = new(big.Rat).Inv(s.parts[0].factor)
	return s
}

func (c *checker) times(at span, a, b sum) sum {
	if len(a.parts) != 1 || a.parts[0].of != nil {
		a, b = b, a
	}
	if len(a.parts) != 1 || a.parts[0].of != nil {
		c.report(at, problem.Text{
			EN: "Only a number can be multiplied with what is chosen: this is not linear. Write it as a table.",
			DE: "Mit Gewähltem kann nur eine Zahl malgenommen werden: das ist nicht linear. Schreiben Sie eine Tabelle.",
		}, "")
		return sum{failed: true}
	}
	by := a.parts[0]
	var result sum
	for _, p := range b.parts {
		p.factor = new(big.Rat).Mul(p.factor, by.factor)
		if by.unit != "" {
			if p.unit != "" {
				c.report(at, problem.Text{
					EN: "%s times %s is no amount that can be compared.", DE: "%s mal %s ergibt keine Größe, die sich vergleichen lässt.",
				}.Format(by.unit, p.unit), "")
				return sum{failed: true}
			}
			p.unit, p.counted = by.unit, false
		}
		if !bounded(p.factor) {
			c.tooLarge(at)
			return sum{failed: true}
		}
		result.parts = append(result.parts, p)
	}
	return result
}

// bounded keeps fractions small, so that long products take no time.
func bounded(r *big.Rat) bool { return r.Num().BitLen() < 100 && r.Denom().BitLen() < 100 }

func (c *checker) tooLarge(at span) {
	c.report(at, problem.Text{
		EN: "The numbers become too large or too fine to calculate with. Use another unit.",
		DE: "Die Zahlen werden zu groß oder zu fein, um damit zu rechnen. Verwenden Sie eine andere Einheit.",
	}, "")
}

// agree finds the unit of a comparison, the smallest of its numbers, and brings
// everything into it.
func (c *checker) agree(parts []part) bool {
	ofNumbers, written := map[string]bool{}, map[string]bool{}
	var first *part
	for i := range parts {
		p := &parts[i]
		if p.unit == "" {
			continue
		}
		if first == nil {
			first = p
		} else if unitOf(first.unit).dimension != unitOf(p.unit).dimension {
			c.mixed(p.span, first.unit, p.unit)
			return false
		}
		written[p.unit] = true
		if p.of != nil && p.of.Option == "" && c.words.number(p.of.Group).Unit != "" {
			ofNumbers[p.unit] = true
		}
	}
	if first == nil {
		return true
	}
	if len(ofNumbers) == 0 {
		ofNumbers = written
	}
	return c.convert(parts, ofNumbers, smallest(ofNumbers))
}

func smallest(of map[string]bool) string {
	least := ""
	for name := range of {
		if least == "" || smaller(name, least) {
			least = name
		}
	}
	return least
}

func (c *checker) convert(parts []part, known map[string]bool, base string) bool {
	for i := range parts {
		p := &parts[i]
		switch {
		case p.unit != "":
			p.factor = new(big.Rat).Mul(p.factor, ratio(p.unit, base))
		case p.factor.Sign() == 0:
		case p.counted:
			c.report(p.span, problem.Text{
				EN: "This number has no unit, but others here are in %[1]s. Multiply it by what one of them is, such as 1 %[1]s.",
				DE: "Diese Zahl hat keine Einheit, andere hier sind in %[1]s. Nehmen Sie sie mit dem mal, was eines davon ist, etwa 1 %[1]s.",
			}.Format(base), "")
			return false
		case len(known) > 1:
			c.report(p.span, problem.Text{
				EN: "The unit of this is not clear, because several are used here. Write it, such as %s.",
				DE: "Die Einheit hiervon ist nicht klar, weil hier mehrere vorkommen. Schreiben Sie sie dazu, etwa %s.",
			}.Format(base), "")
			return false
		}
	}
	return true
}

func (c *checker) mixed(at span, a, b string) {
	c.report(at, problem.Text{
		EN: "%s and %s cannot be compared or added.", DE: "%s und %s lassen sich nicht vergleichen oder addieren.",
	}.Format(shorten(a), shorten(b)), "")
}

// linear adds up what is about the same, and orders the rest: first what is added,
// then what is taken away, each as it was written.
func (c *checker) linear(at span, op engine.Op, parts []part) engine.Expr {
	bound := new(big.Rat)
	factors := map[engine.Ref]*big.Rat{}
	var order []engine.Ref
	for _, p := range parts {
		if p.of == nil {
			bound.Sub(bound, p.factor)
			continue
		}
		if factors[*p.of] == nil {
			factors[*p.of] = new(big.Rat)
			order = append(order, *p.of)
		}
		factors[*p.of].Add(factors[*p.of], p.factor)
	}
	var added, taken []engine.Ref
	for _, ref := range order {
		switch factors[ref].Sign() {
		case 1:
			added = append(added, ref)
		case -1:
			taken = append(taken, ref)
		}
	}
	if len(added)+len(taken) == 0 {
		c.report(at, problem.Text{
			EN: "Nothing that can be chosen is compared here.", DE: "Hier wird nichts verglichen, was sich wählen lässt.",
		}, "")
		return engine.Or{}
	}
	if len(added) == 0 { // -width >= -5 is width <= 5
		added, taken, op = taken, nil, mirrored[op]
		bound.Neg(bound)
		for _, f := range factors {
			f.Neg(f)
		}
	}
	return c.scaled(at, op, append(added, taken...), factors, bound)
}

// scaled makes whole numbers of the factors. Thirds, as of an hour in minutes, are
// multiplied away on both sides.
func (c *checker) scaled(at span, op engine.Op, refs []engine.Ref, factors map[engine.Ref]*big.Rat, bound *big.Rat) engine.Expr {
	by := new(big.Rat).SetInt(odd(bound.Denom()))
	for _, ref := range refs {
		d := odd(factors[ref].Denom())
		common := new(big.Int).GCD(nil, nil, by.Num(), d)
		by.SetInt(new(big.Int).Mul(by.Num(), d.Div(d, common)))
		if !bounded(by) {
			c.tooLarge(at)
			return engine.Or{}
		}
	}
	result := engine.Linear{Op: op}
	var ok bool
	if result.Bound, result.Scale, ok = decimal(bound.Mul(bound, by)); !ok {
		c.tooLarge(at)
		return engine.Or{}
	}
	own := result.Scale
	for _, ref := range refs {
		t := engine.Term{Of: ref}
		if t.Factor, t.Scale, ok = decimal(new(big.Rat).Mul(factors[ref], by)); !ok {
			c.tooLarge(at)
			return engine.Or{}
		}
		result.Terms = append(result.Terms, t)
		result.Scale = max(result.Scale, c.termScale(t))
	}
	if !c.fits(result, own) {
		c.tooLarge(at)
		return engine.Or{}
	}
	result.Bound = new(big.Int).Mul(big.NewInt(result.Bound), power(int64(result.Scale-own))).Int64()
	return result
}

// odd is what remains of a denominator when it is taken out what decimals can say.
func odd(d *big.Int) *big.Int {
	rest := new(big.Int).Set(d)
	for _, prime := range []int64{2, 5} {
		p, q, m := big.NewInt(prime), new(big.Int), new(big.Int)
		for {
			if q.QuoRem(rest, p, m); m.Sign() != 0 {
				break
			}
			rest.Set(q)
		}
	}
	return rest
}

// termScale is the scale of what a term amounts to.
func (c *checker) termScale(t engine.Term) uint8 {
	if t.Of.Option != "" {
		return t.Scale
	}
	return t.Scale + c.words.number(t.Of.Group).Scale
}

// fits tells whether the sum can be calculated in 64 bits whatever is chosen.
func (c *checker) fits(l engine.Linear, boundScale uint8) bool {
	most := new(big.Int).Abs(big.NewInt(l.Bound))
	most.Mul(most, power(int64(l.Scale-boundScale)))
	for _, t := range l.Terms {
		largest := int64(1)
		if t.Of.Option == "" {
			n := c.words.number(t.Of.Group)
			largest = max(n.Max, -n.Min, n.Min, -n.Max)
		}
		reach := new(big.Int).Abs(new(big.Int).Mul(big.NewInt(t.Factor), big.NewInt(largest)))
		most.Add(most, reach.Mul(reach, power(int64(l.Scale-c.termScale(t)))))
	}
	return most.BitLen() < 62
}
