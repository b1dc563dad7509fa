// Package engine answers what a customer may still choose: which values of a
// configuration model remain possible, which follow from the choices so far, which
// are out and why, what to give up for a value that is out, and the cheapest way to
// complete. Every answer is exact and depends on the model and the question alone.
//
// Owns: the model in its plainest form, its compilation, the solver, the answers.
// Does not own: the language that rules are written in (portal/configurator/rules),
// where models are kept, texts, prices, who may see what. It imports nothing but the
// standard library.
package engine

// Model is what can be configured: groups of options, numbers, and the rules between
// them. A value is named by the keys of its group and option. Keys of groups, of the
// options of one group, and of rules are unique and not empty.
type Model struct {
	Groups []Group
	Rules  []Rule
}

// Group is one question: a choice of options, or a number when Number is set.
type Group struct {
	Key string
	// Min and Max bound how many of the options a complete configuration has:
	// 1..1 exactly one, 0..1 at most one, 0..n any. They mean nothing for a number.
	Min, Max int
	Options  []string
	Number   *Number
}

// Number is a quantity or a measure from Min to Max in steps, in units of
// 10^-Scale of Unit: a width of 0.5 to 3 m in steps of 0.25 m is 50, 300 and 25
// with scale 2. Max need not lie on a step; the last step below it is the greatest.
type Number struct {
	Min, Max, Step int64
	Scale          uint8
	Unit           string
	// Of is the option whose quantity this is: the number is absent, and counts as 0
	// in linear rules, if and only if the option is not chosen. Without it the number
	// is part of every complete configuration, unless it is Optional.
	Of       *Ref
	Optional bool
}

// Ref names an option of a group. An empty Option names the number of the group.
type Ref struct{ Group, Option string }

// Rule is what must hold in every complete configuration: an expression or a table.
type Rule struct {
	Key   string
	Expr  Expr
	Table *Table
}

// Expr is a condition: one of the types below.
type Expr interface{ expr() }

// The conditions. Empty conjunctions hold, empty disjunctions do not.
type (
	// Chosen holds when the option is chosen; for a number, when it is present.
	Chosen Ref
	// Not holds when X does not.
	Not struct{ X Expr }
	// And holds when all do.
	And []Expr
	// Or holds when one does.
	Or []Expr
	// Xor holds when exactly one of the two does.
	Xor struct{ A, B Expr }
	// Implies holds when A does not or B does.
	Implies struct{ A, B Expr }
	// Iff holds when both do or neither.
	Iff struct{ A, B Expr }
	// Count holds when at least Min and at most Max of Of hold. Max below 0 is no bound.
	Count struct {
		Min, Max int
		Of       []Expr
	}
	// Linear holds when the sum of the terms stands in the relation to Bound. It
	// is in units of 10^-Scale; terms of numbers with a smaller scale are converted.
	Linear struct {
		Terms []Term
		Op    Op
		Bound int64
		Scale uint8
	}
)

// Term is Factor times a number, or Factor when an option is chosen and 0 otherwise.
// The factor is in units of 10^-Scale: 2.5 is 25 with scale 1.
type Term struct {
	Factor int64
	Scale  uint8
	Of     Ref
}

// Op is a relation of a linear condition.
type Op uint8

// The relations.
const (
	AtMost Op = iota
	AtLeast
	Equal
	NotEqual
	Less
	Greater
)

// Table holds when one of its rows fits (or, when it Forbids, when none does). A
// column is a group with at most one option, or a number.
type Table struct {
	Columns []string
	Rows    [][]Cell
	Forbids bool
}

// Cell is what a row allows in one column: anything, or one of the options, or a
// number in one of the ranges (ends included, in the units of the number), or, with
// Absent, that nothing is chosen.
type Cell struct {
	Any     bool
	Options []string
	Ranges  [][2]int64
	Absent  bool
}

func (Chosen) expr()  {}
func (Not) expr()     {}
func (And) expr()     {}
func (Or) expr()      {}
func (Xor) expr()     {}
func (Implies) expr() {}
func (Iff) expr()     {}
func (Count) expr()   {}
func (Linear) expr()  {}
