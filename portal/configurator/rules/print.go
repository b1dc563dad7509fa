package rules

import (
	"math/big"
	"strconv"
	"strings"

	"foyer/portal/configurator/engine"
)

// Print writes a rule in the one form that the language has for it: full names,
// spaces around operators, no more parentheses than needed, tables with a row in each
// line. Reading it gives the same rule again.
func (v *Vocabulary) Print(rule engine.Rule) string {
	p := printer{words: v}
	if rule.Table != nil {
		p.table(rule.Table)
	} else {
		p.expression(rule.Expr, levelAny)
	}
	return p.String()
}

// PrintExpr writes a condition in the form of Print.
func (v *Vocabulary) PrintExpr(e engine.Expr) string { return v.Print(engine.Rule{Expr: e}) }

// Name is the full name of an option or number, as rules have it.
func (v *Vocabulary) Name(ref engine.Ref) string { return v.name(ref) }

// Amount is a value of a number, in units of 10^-Scale, with its unit: "1.5 m".
func (v *Vocabulary) Amount(n *engine.Number, value int64) string { return v.amount(n, value) }

type printer struct {
	strings.Builder
	words *Vocabulary
}

const levelNot = 6

// expression puts into parentheses what binds less tightly than its place allows.
func (p *printer) expression(e engine.Expr, place int) {
	level := levelUnary
	switch e := e.(type) {
	case engine.And:
		if len(e) == 1 {
			p.expression(e[0], place)
			return
		}
		if len(e) > 1 {
			level = levels[and]
		}
	case engine.Or:
		if len(e) == 1 {
			p.expression(e[0], place)
			return
		}
		if len(e) > 1 {
			level = levels[or]
		}
	case engine.Xor:
		level = levels[xor]
	case engine.Implies:
		level = levels[implies]
	case engine.Iff:
		level = levels[iff]
	case engine.Not:
		level = levelNot
	case engine.Linear:
		level = levelCompare
	}
	if level < place {
		p.WriteByte('(')
		p.bare(e)
		p.WriteByte(')')
		return
	}
	p.bare(e)
}

func (p *printer) bare(e engine.Expr) {
	switch e := e.(type) {
	case engine.Chosen:
		p.WriteString(p.words.name(engine.Ref(e)))
	case engine.Not:
		p.WriteByte('!')
		p.expression(e.X, levelNot)
	case engine.And:
		p.list(e, " & ", "true", levels[and]+1)
	case engine.Or:
		p.list(e, " | ", "false", levels[or]+1)
	case engine.Xor:
		p.list([]engine.Expr{e.A, e.B}, " xor ", "", levels[xor]+1)
	case engine.Implies:
		p.list([]engine.Expr{e.A, e.B}, " -> ", "", levels[implies]+1)
	case engine.Iff:
		p.list([]engine.Expr{e.A, e.B}, " <-> ", "", levels[iff]+1)
	case engine.Count:
		p.count(e)
	case engine.Linear:
		p.linear(e)
	}
}

func (p *printer) list(all []engine.Expr, between, empty string, place int) {
	if len(all) == 0 {
		p.WriteString(empty)
	}
	for i, e := range all {
		if i > 0 {
			p.WriteString(between)
		}
		p.expression(e, place)
	}
}

func (p *printer) count(e engine.Count) {
	switch {
	case e.Max < 0:
		p.call("atleast", e.Min)
	case e.Min == e.Max:
		p.call("exactly", e.Min)
	case e.Min <= 0:
		p.call("atmost", e.Max)
	default:
		p.call("between", e.Min)
		p.WriteString(", " + strconv.Itoa(e.Max))
	}
	p.WriteString(", ")
	if g := p.words.wholeGroup(e.Of); g != "" {
		p.WriteString(p.words.word(g) + ".*")
	} else {
		p.list(e.Of, ", ", "", levelAny)
	}
	p.WriteByte(')')
}

func (p *printer) call(name string, n int) {
	p.WriteString(name + "(" + strconv.Itoa(max(n, 0)))
}

// wholeGroup is the group whose options these are, all in their order.
func (v *Vocabulary) wholeGroup(of []engine.Expr) string {
	if len(of) < 2 {
		return ""
	}
	first, ok := of[0].(engine.Chosen)
	if !ok || v.groups[first.Group] == nil || len(v.groups[first.Group].Options) != len(of) {
		return ""
	}
	for i, e := range of {
		if c, ok := e.(engine.Chosen); !ok || c.Group != first.Group || c.Option != v.groups[first.Group].Options[i] {
			return ""
		}
	}
	return first.Group
}

var relationSigns = map[engine.Op]string{
	engine.AtMost: "<=", engine.AtLeast: ">=", engine.Equal: "=",
	engine.NotEqual: "!=", engine.Less: "<", engine.Greater: ">",
}

// linear writes what is taken away on the other side.
func (p *printer) linear(l engine.Linear) {
	base := p.words.baseUnit(l)
	var left, right []string
	for _, t := range l.Terms {
		if t.Factor < 0 {
			right = append(right, p.term(t, base, -1))
		} else {
			left = append(left, p.term(t, base, 1))
		}
	}
	bound := withUnit(fraction(l.Bound, l.Scale), base)
	if len(left) == 0 && len(right) > 0 {
		p.WriteString("-" + strings.Join(right, " - "))
		right = nil
	} else {
		p.WriteString(strings.Join(left, " + "))
	}
	p.WriteString(" " + relationSigns[l.Op] + " ")
	p.WriteString(strings.Join(right, " + "))
	switch {
	case len(right) == 0:
		p.WriteString(bound)
	case l.Bound > 0:
		p.WriteString(" + " + bound)
	case l.Bound < 0:
		p.WriteString(" - " + strings.TrimPrefix(bound, "-"))
	}
}

// baseUnit is the unit that the reader of a comparison finds in it.
func (v *Vocabulary) baseUnit(l engine.Linear) string {
	used := map[string]bool{}
	for _, t := range l.Terms {
		if n := v.number(t.Of.Group); t.Of.Option == "" && n != nil && n.Unit != "" {
			used[n.Unit] = true
		}
	}
	return smallest(used)
}

// term is a factor times a name; sign is the sign of the side on which it stands.
func (p *printer) term(t engine.Term, base string, sign int64) string {
	name := p.words.name(t.Of)
	factor := fraction(sign*t.Factor, t.Scale)
	n := p.words.number(t.Of.Group)
	if base != "" && (t.Of.Option != "" || n == nil || n.Unit == "") {
		return withUnit(factor, base) + " * " + name
	}
	if base != "" {
		factor.Mul(factor, ratio(base, n.Unit))
	}
	if factor.Cmp(big.NewRat(1, 1)) == 0 {
		return name
	}
	if text, exact := written(factor); exact {
		return text + " * " + name
	}
	if factor.Num().IsInt64() && factor.Num().Int64() != 1 {
		name = factor.Num().String() + " * " + name
	}
	return name + " / " + factor.Denom().String()
}

func withUnit(r *big.Rat, unit string) string {
	text, _ := written(r)
	if unit == "" || r.Sign() == 0 {
		return text
	}
	return text + " " + bareWord(unit)
}

func (v *Vocabulary) amount(n *engine.Number, value int64) string {
	text, _ := written(fraction(value, n.Scale))
	if n.Unit == "" {
		return text
	}
	return text + " " + bareWord(n.Unit)
}

// name is a full name; quotation marks where they are needed.
func (v *Vocabulary) name(ref engine.Ref) string {
	if ref.Option != "" {
		return v.word(ref.Group) + "." + member(ref.Option)
	}
	parts := strings.Split(ref.Group, ".")
	for i, part := range parts {
		if !plain(part, i > 0) {
			return v.word(ref.Group)
		}
	}
	if found, others := v.find(parts); found == ref && len(others) == 0 {
		return ref.Group
	}
	return v.word(ref.Group)
}

func (v *Vocabulary) word(key string) string {
	if key == "" {
		return ""
	}
	return bareWord(key)
}

func bareWord(key string) string {
	if plain(key, false) {
		return key
	}
	return quote(key)
}

func member(key string) string {
	if plain(key, true) {
		return key
	}
	return quote(key)
}

func quote(key string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(key, `\`, `\\`), `"`, `\"`) + `"`
}

func (p *printer) table(t *engine.Table) {
	if t.Forbids {
		p.WriteString("forbid ")
	}
	p.WriteString("table(")
	for i, c := range t.Columns {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(p.words.word(c))
	}
	p.WriteString(") {\n")
	for _, row := range t.Rows {
		for i, c := range row {
			p.WriteString([]string{"\t", ", "}[min(i, 1)])
			p.cell(c, p.words.number(t.Columns[min(i, len(t.Columns)-1)]))
		}
		p.WriteString(";\n")
	}
	p.WriteByte('}')
}

func (p *printer) cell(c engine.Cell, n *engine.Number) {
	if c.Any {
		p.WriteByte('*')
		return
	}
	var values []string
	if c.Absent {
		values = append(values, "none")
	}
	for _, o := range c.Options {
		values = append(values, member(o))
	}
	for _, r := range c.Ranges {
		low, _ := written(fraction(r[0], n.Scale))
		if r[0] != r[1] {
			values = append(values, low+".."+p.words.amount(n, r[1]))
		} else {
			values = append(values, p.words.amount(n, r[0]))
		}
	}
	p.WriteString(strings.Join(values, " | "))
}
