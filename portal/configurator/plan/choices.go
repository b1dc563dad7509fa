package plan

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/money"
)

// MaxChoices bounds how many choices are read at once.
const MaxChoices = 5000

// ChoiceError says which choice does not fit the model, and why.
type ChoiceError struct {
	Index int
	Text  problem.Text
}

// Error returns the English sentence.
func (e *ChoiceError) Error() string { return fmt.Sprintf("choice %d: %s", e.Index+1, e.Text.EN) }

// Choices reads choices as the engine has them. The error is a *ChoiceError: a group,
// option or value that there is not, or a group answered twice.
func (p *Plan) Choices(choices []schema.ConfigurationChoice) ([]engine.Choice, error) {
	if len(choices) > MaxChoices {
		return nil, &ChoiceError{Index: MaxChoices, Text: problem.Text{
			EN: "There are more than %d choices. Send fewer.", DE: "Es sind mehr als %d Angaben. Senden Sie weniger.",
		}.Format(MaxChoices)}
	}
	out := make([]engine.Choice, len(choices))
	used := map[string]int{}
	for i := range choices {
		c, said := p.choice(&choices[i])
		if said.EN == "" {
			said = p.twice(used, i, &choices[i])
		}
		if said.EN != "" {
			return nil, &ChoiceError{Index: i, Text: said}
		}
		out[i] = c
	}
	return out, nil
}

// choice reads one; the sentence is empty when it fits.
func (p *Plan) choice(c *schema.ConfigurationChoice) (engine.Choice, problem.Text) {
	out := engine.Choice{Group: c.Group, Option: c.Option, Absent: c.Absent, Negate: c.Negate}
	g, ok := p.groups[c.Group]
	if !ok {
		return out, problem.Text{EN: "There is no group %q.", DE: "Es gibt keine Gruppe %q."}.Format(c.Group)
	}
	grp := &p.doc.Groups[g]
	switch {
	case c.Absent && (c.Option != "" || c.Number != ""):
		return out, problem.Text{
			EN: "%q cannot be without an answer and have one. Leave out one of the two.",
			DE: "%q kann nicht ohne Antwort sein und eine haben. Lassen Sie eines von beiden weg.",
		}.Format(c.Group)
	case c.Absent:
		return out, problem.Text{}
	case grp.Number != nil && (c.Option != "" || c.Number == ""):
		return out, problem.Text{EN: "%q is a number. Give a number.", DE: "%q ist eine Zahl. Geben Sie eine Zahl an."}.Format(c.Group)
	case grp.Number != nil:
		n, said := p.value(g, c.Number)
		out.Number = n
		return out, said
	case c.Number != "" || c.Option == "":
		return out, problem.Text{EN: "%q is answered by an option. Give its key.", DE: "%q wird mit einer Option beantwortet. Geben Sie deren Schlüssel an."}.Format(c.Group)
	}
	if _, ok := p.options[g][c.Option]; !ok {
		return out, problem.Text{EN: "The group %q has no option %q.", DE: "Die Gruppe %q hat keine Option %q."}.Format(c.Group, c.Option)
	}
	return out, problem.Text{}
}

// twice refuses a group that is answered twice where it has one answer.
func (p *Plan) twice(used map[string]int, i int, c *schema.ConfigurationChoice) problem.Text {
	if c.Negate {
		return problem.Text{}
	}
	key := c.Group
	if !p.single(p.groups[c.Group]) && !c.Absent {
		key += "." + c.Option
	}
	if at, ok := used[key]; ok {
		return problem.Text{
			EN: "%q is answered twice, by choice %d as well.", DE: "%q ist doppelt beantwortet, auch in Angabe %d.",
		}.Format(c.Group, at+1)
	}
	used[key] = i
	return problem.Text{}
}

// single reports whether a group has at most one answer.
func (p *Plan) single(g int) bool { return p.doc.Groups[g].Number != nil || p.doc.Groups[g].Max <= 1 }

// value reads a decimal in the unit of a number.
func (p *Plan) value(g int, text string) (int64, problem.Text) {
	n := p.doc.Groups[g].Number
	key := p.doc.Groups[g].Key
	r, err := money.Rat(text)
	if err != nil {
		return 0, problem.Text{
			EN: "This is no number: %q. Write it with digits and at most one point, such as 12.5.",
			DE: "Das ist keine Zahl: %q. Schreiben Sie sie mit Ziffern und höchstens einem Punkt, etwa 12.5.",
		}.Format(text)
	}
	r.Mul(r, new(big.Rat).SetInt(tenTo(int(n.Scale))))
	last := n.Min + (n.Max-n.Min)/n.Step*n.Step
	if r.Cmp(new(big.Rat).SetInt64(n.Min)) < 0 || r.Cmp(new(big.Rat).SetInt64(last)) > 0 {
		return 0, problem.Text{
			EN: "%q goes from %s to %s.", DE: "%q reicht von %s bis %s.",
		}.Format(key, withUnit(n, n.Min), withUnit(n, last))
	}
	steps := new(big.Int).Quo(r.Num(), r.Denom()) // towards 0, but between the bounds
	v := steps.Int64()
	if !r.IsInt() || (v-n.Min)%n.Step != 0 {
		below := n.Min + floorSteps(r, n)*n.Step
		return 0, problem.Text{
			EN: "%q goes in steps: the nearest are %s and %s.", DE: "%q geht in Schritten: die nächsten sind %s und %s.",
		}.Format(key, withUnit(n, below), withUnit(n, below+n.Step))
	}
	return v, problem.Text{}
}

// floorSteps is how many whole steps a value is above the least.
func floorSteps(r *big.Rat, n *schema.NumberAsked) int64 {
	above := new(big.Rat).Sub(r, new(big.Rat).SetInt64(n.Min))
	above.Quo(above, new(big.Rat).SetInt64(n.Step))
	return new(big.Int).Quo(above.Num(), above.Denom()).Int64()
}

// Decimal writes a value of a number as choices have it: without its unit, and
// without zeros that say nothing.
func (p *Plan) Decimal(group string, value int64) string {
	g, ok := p.groups[group]
	if !ok || p.doc.Groups[g].Number == nil {
		return ""
	}
	return decimal(value, p.doc.Groups[g].Number.Scale)
}

func decimal(value int64, scale uint8) string {
	sign, digits := "", fmt.Sprint(value)
	if value < 0 {
		sign, digits = "-", digits[1:]
	}
	if scale == 0 {
		return sign + digits
	}
	for len(digits) <= int(scale) {
		digits = "0" + digits
	}
	at := len(digits) - int(scale)
	whole, rest := digits[:at], strings.TrimRight(digits[at:], "0")
	if rest == "" {
		return sign + whole
	}
	return sign + whole + "." + rest
}

func withUnit(n *schema.NumberAsked, v int64) string {
	s := decimal(v, n.Scale)
	if n.Unit != "" {
		s += " " + n.Unit
	}
	return s
}

// With are choices and one more. Where a group has one answer, the new one stands in
// place of the former, and the quantity of an option that goes, goes with it; where
// it has several it is one more. A choice that says the opposite goes, and an equal
// one is not doubled. The choices themselves are not changed.
func (p *Plan) With(choices []schema.ConfigurationChoice, change schema.ConfigurationChoice) []schema.ConfigurationChoice {
	out := make([]schema.ConfigurationChoice, 0, len(choices)+1)
	for _, i := range p.besides(choices, &change) {
		out = append(out, choices[i])
	}
	return append(out, change)
}

// besides are the indexes of the choices that stay when one more is made.
func (p *Plan) besides(choices []schema.ConfigurationChoice, change *schema.ConfigurationChoice) []int {
	return p.staying(choices, func(c *schema.ConfigurationChoice) bool { return p.replaces(change, c) }, change.Option)
}

// staying are the indexes of the choices that do not go, without the quantities of
// options that go; but one that is only said again does not go.
func (p *Plan) staying(choices []schema.ConfigurationChoice, goes func(*schema.ConfigurationChoice) bool, again string) []int {
	gone := map[engine.Ref]bool{}
	for i := range choices {
		if c := &choices[i]; c.Option != "" && !c.Negate && c.Option != again && goes(c) {
			gone[engine.Ref{Group: c.Group, Option: c.Option}] = true
		}
	}
	out := make([]int, 0, len(choices))
	for i := range choices {
		if c := &choices[i]; !goes(c) && (len(gone) == 0 || !p.quantityOf(c, gone)) {
			out = append(out, i)
		}
	}
	return out
}

// quantityOf reports whether a choice is the quantity of one of some options.
func (p *Plan) quantityOf(c *schema.ConfigurationChoice, options map[engine.Ref]bool) bool {
	g, ok := p.groups[c.Group]
	if !ok || c.Negate || c.Absent || p.doc.Groups[g].Number == nil {
		return false
	}
	ref, ok := splitRef(p.doc.Groups[g].Number.Of)
	return ok && options[ref]
}

// replaces reports whether a choice goes when another one is made.
func (p *Plan) replaces(change, c *schema.ConfigurationChoice) bool {
	if c.Group != change.Group {
		return false
	}
	same := c.Option == change.Option && c.Number == change.Number && c.Absent == change.Absent
	if same { // the same again, or its opposite
		return true
	}
	if change.Negate || c.Negate {
		return false
	}
	g, ok := p.groups[c.Group]
	return ok && p.single(g) || change.Absent || c.Absent
}

// refused is how the engine's errors about a request are told: they mean that this
// package and the engine disagree about the model.
func refused(err error) error {
	if errors.Is(err, engine.ErrRequest) || errors.Is(err, engine.ErrModel) {
		return fmt.Errorf("plan: the compiled model is not the plan's: %w", err)
	}
	return err
}
