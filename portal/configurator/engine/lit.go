package engine

// lit is a variable or its negation: twice the variable's number, plus one when it
// is negated, so that both can index a slice.
type lit int32

const (
	noLit   lit = -1
	litTrue lit = 0 // variable 0 holds always
	litNot  lit = 1
)

func pos(v int32) lit       { return lit(v) << 1 }
func (l lit) not() lit      { return l ^ 1 }
func (l lit) vr() int32     { return int32(l >> 1) }
func (l lit) negated() bool { return l&1 != 0 }

// reason says why a literal is assigned, or what is violated: a kind and the index
// of the constraint. Literals are spelled out only when an analysis asks for them.
type reason uint32

const (
	noReason    reason = 0
	byClause    reason = 1 << 29
	byAMO       reason = 2 << 29
	byNumber    reason = 3 << 29
	byCard      reason = 4 << 29
	byTable     reason = 5 << 29
	byStored    reason = 6 << 29 // spelled out in the solver's store of explanations
	reasonIndex reason = 1<<29 - 1
)

func (r reason) kind() reason { return r &^ reasonIndex }
func (r reason) index() int32 { return int32(r & reasonIndex) } //nolint:gosec // 29 bits

// Provenance of constraints: the index of a rule, or structure (groups and numbers,
// which are no rules), or below it an entry of a list of sets of rules.
const structural int32 = -1

func setCode(i int) int32    { return int32(-2 - i) } //nolint:gosec // sets are few
func setIndex(c int32) int   { return int(-2 - c) }
func isSetCode(c int32) bool { return c < structural }
