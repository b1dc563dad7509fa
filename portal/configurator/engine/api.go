package engine

import (
	"errors"
	"fmt"
	"math/big"
)

// Choice is what a customer wants: an option of a group, or a value of a number, or
// that nothing of the group is chosen.
type Choice struct {
	Group  string
	Option string
	// Number is the value of a number, in units of 10^-Scale.
	Number int64
	// Absent says that no option of the group is chosen, or that the number is absent.
	Absent bool
	// Negate turns it round: not this option, not this value, not nothing.
	Negate bool
}

// Status is what a value is under the choices.
type Status uint8

// The statuses.
const (
	StatusPossible Status = iota // some completions have it, some do not
	StatusChosen                 // it is one of the choices
	StatusForced                 // not chosen, but every completion has it
	StatusExcluded               // no completion has it
)

func (s Status) String() string {
	return [...]string{"POSSIBLE", "CHOSEN", "FORCED", "EXCLUDED"}[s]
}

// Budget bounds the work of one request; what is 0 has the default's value.
type Budget struct {
	Conflicts    int64 // dead ends of a search
	Propagations int64 // literals whose consequences are drawn
	Nodes        int64 // of a count
}

// DefaultBudget is enough for some seconds of one core.
var DefaultBudget = Budget{Conflicts: 200_000, Propagations: 200_000_000, Nodes: 500_000}

func (b Budget) orDefault() Budget {
	if b.Conflicts <= 0 {
		b.Conflicts = DefaultBudget.Conflicts
	}
	if b.Propagations <= 0 {
		b.Propagations = DefaultBudget.Propagations
	}
	if b.Nodes <= 0 {
		b.Nodes = DefaultBudget.Nodes
	}
	return b
}

// Request is a question about some choices, in the order in which they were made.
type Request struct {
	Choices []Choice
	Budget  Budget
}

// Domains is what remains possible. It belongs to the caller of Compiled.Domains,
// but for the slices of an answer that is the same for everybody: read only.
type Domains struct {
	// Consistent says whether the choices can be completed. When they cannot, there
	// are no Groups, and Conflict says why.
	Consistent bool
	// Complete says that every value is decided.
	Complete bool
	Groups   []GroupDomain // in the order of the model
	Conflict *Explanation
}

// GroupDomain is what remains of one group.
type GroupDomain struct {
	Key     string
	Options []Status // in the order of the model
	Number  *Range
	Decided bool // nothing is left to choose
}

// Range is what remains of a number.
type Range struct {
	// Presence is StatusForced or StatusChosen for a number that is part of every completion,
	// StatusExcluded for one of none.
	Presence Status
	// Min and Max are the least and the greatest value that a completion has, both
	// exact; they mean nothing when the number is excluded. Between them there may be
	// values that are not possible: see Compiled.Values.
	Min, Max int64
}

// Explanation is why a target is out, or why choices contradict each other.
type Explanation struct {
	// Because are the indexes of the choices: a minimal set, of which the later ones
	// are blamed before the earlier ones.
	Because []int
	// Rules are the indexes of the model's rules: given the choices, a minimal set.
	// It may be empty, since groups exclude their options without a rule.
	Rules []int
}

// Repair is a way to make wanted choices possible.
type Repair struct {
	Drop []int // indexes of choices, ascending
}

// Completion is a complete configuration and what it costs.
type Completion struct {
	Configuration Configuration
	Cost          int64
	LeadTime      int64 // the goal's measure of time
}

// Configuration is a complete configuration: for each group of the model the indexes
// of the options chosen, or the value of the number.
type Configuration []Decided

// Decided is one group of a complete configuration.
type Decided struct {
	Options []int
	Number  int64
	Absent  bool // the number is absent
}

// Goal is what to look for in a completion. The costs are first minimised when Time
// is NoTime, else second.
type Goal struct {
	// Costs of options when chosen, and of numbers (an empty option) for each unit of
	// 10^-Scale. What is not named costs nothing.
	Costs map[Ref]int64
	Time  TimeGoal
	// Times are lead times of options when chosen, 0 or more.
	Times map[Ref]int64
}

// TimeGoal is how lead times add up.
type TimeGoal uint8

// The measures of lead times.
const (
	NoTime  TimeGoal = iota
	MaxTime          // everything is made side by side
	SumTime          // one after the other
)

// Violation is what a complete configuration violates: a rule, or a group.
type Violation struct {
	Rule  int // index, or -1
	Group int // index, or -1
}

// The limits of one request and of one model.
const (
	MaxChoices    = 100_000
	MaxSteps      = 100_000   // of one number
	MaxThresholds = 400_000   // of all numbers
	maxNodes      = 2_000_000 // of one table's diagram
)

// BudgetError says that a question needs more work than its budget allows. There is
// no answer then, not even a part of one.
type BudgetError struct {
	What  string
	Limit int64
}

func (e *BudgetError) Error() string {
	return fmt.Sprintf("the question was too hard: it needed more than %d %s; ask for less at a time, or with a larger budget", e.Limit, e.What)
}

// Is makes every BudgetError an ErrBudget.
func (e *BudgetError) Is(target error) bool { return target == ErrBudget }

// What errors.Is finds.
var (
	// ErrBudget is every error of a question that needed too much work.
	ErrBudget = errors.New("the budget of the request is used up")
	// ErrRequest is every error of a question that makes no sense.
	ErrRequest = errors.New("the request does not fit the model")
	// ErrModel is every error of a model that makes no sense.
	ErrModel = errors.New("the model cannot be compiled")
	// ErrContradiction says that there is no completion at all.
	ErrContradiction = errors.New("the choices cannot be completed")
	// ErrPossible says that there is nothing to explain.
	ErrPossible = errors.New("it is possible, there is nothing to explain")
)

// RequestError says what is wrong with a request: the choice's index (or -1), and why.
type RequestError struct {
	Choice int
	Reason string
}

func (e *RequestError) Error() string {
	if e.Choice < 0 {
		return e.Reason
	}
	return fmt.Sprintf("choice %d: %s", e.Choice+1, e.Reason)
}

// Is makes every RequestError an ErrRequest.
func (e *RequestError) Is(target error) bool { return target == ErrRequest }

// ModelError says what is wrong with a model, and where: a group or a rule, by key.
type ModelError struct {
	Group, Rule string
	Reason      string
}

func (e *ModelError) Error() string {
	switch {
	case e.Rule != "":
		return fmt.Sprintf("rule %q: %s", e.Rule, e.Reason)
	case e.Group != "":
		return fmt.Sprintf("group %q: %s", e.Group, e.Reason)
	}
	return e.Reason
}

// Is makes every ModelError an ErrModel.
func (e *ModelError) Is(target error) bool { return target == ErrModel }

// Facts are what is known of a model before anybody chooses.
type Facts struct {
	Void bool
	// Conflict are the indexes of the rules of a void model that contradict each
	// other, a minimal set.
	Conflict []int
	Core     []Ref // options in every configuration
	Dead     []Ref // options in none
	Options  int
	Rules    int
	Count    *big.Int // of complete configurations; nil until Compiled.Count was asked
}
