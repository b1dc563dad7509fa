// Package lint looks at a configuration model before it is published: whether
// anything can be configured at all, which options can never be chosen and which
// always are, which rules say nothing, which numbers do not reach their ends, and
// whether golden configurations are still what they were. Each finding names the
// rules that make it so.
//
// All of it is exact: the engine is asked, nothing is guessed from how rules look.
// What was not found out within the budget is a finding too.
package lint

import (
	"context"
	"errors"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
	"foyer/portal/problem"
)

// Kind is what a finding is about.
type Kind string

// The kinds.
const (
	Void          Kind = "VOID"            // nothing can be configured
	Dead          Kind = "DEAD"            // an option that is in no configuration
	Forced        Kind = "FORCED"          // an option that is in every configuration
	NothingToPick Kind = "NOTHING_TO_PICK" // a group of which nothing can ever be chosen
	OneValue      Kind = "ONE_VALUE"       // a group or number that is always the same
	Unreachable   Kind = "UNREACHABLE"     // an end of a number that no configuration has
	NeverApplies  Kind = "NEVER_APPLIES"   // a rule whose condition never holds
	Redundant     Kind = "REDUNDANT"       // a rule that follows from the others
	Golden        Kind = "GOLDEN"          // a golden configuration that is not what it should be
	Unexamined    Kind = "UNEXAMINED"      // what was not found out within the budget
)

// Severity is how much a finding matters.
type Severity string

// The severities. With an Error a model should not be published.
const (
	Error   Severity = "ERROR"
	Warning Severity = "WARNING"
	Hint    Severity = "HINT"
)

// Finding is one thing that was found. What does not belong to its kind is empty.
type Finding struct {
	Kind     Kind
	Severity Severity
	// Group and Option are what it is about; Number the end of a number, in units of
	// 10^-Scale; Rule the rule; Golden the configuration.
	Group, Option string
	Number        *int64
	Rule          string
	Golden        string
	// Rules make it so, together and each of them needed, in the order of the model.
	// None means that the groups' bounds alone do, or that it was not asked.
	Rules []string
	// Because are the choices of a golden configuration that cannot be together.
	Because []engine.Choice
	// Text says it to people.
	Text problem.Text
}

// Configuration is a golden one: choices, and whether they must be possible.
type Configuration struct {
	Key     string
	Choices []engine.Choice
	Valid   bool
}

// Options are what Check may be told.
type Options struct {
	Golden []Configuration
	// Budget bounds each of the engine's answers; the engine's own is the default.
	Budget engine.Budget
	// Explained bounds how many findings of a kind name their rules; 0 is 50.
	Explained int
}

const explained = 50

// Check examines a model. Findings are in the order of the kinds above, and within
// them in the order of the model: the same model always gives the same. The error is
// one of the engine's about a model that makes no sense, or the context's.
func Check(ctx context.Context, m *engine.Model, o Options) ([]Finding, error) {
	return examine(ctx, m, o, atOnce)
}

func examine(ctx context.Context, m *engine.Model, o Options, part int) ([]Finding, error) {
	if o.Explained <= 0 {
		o.Explained = explained
	}
	c := &check{ctx: ctx, model: m, options: o, words: rules.NewVocabulary(m.Groups), part: part}
	steps := []struct {
		kind Kind
		run  func() error
	}{
		{Void, c.void}, {Dead, c.dead}, {Forced, c.forced}, {OneValue, c.groups},
		{Redundant, c.ruled}, {Golden, c.golden},
	}
	for _, s := range steps {
		err := s.run()
		switch {
		case errors.Is(err, engine.ErrBudget):
			c.unexamined(s.kind)
		case err != nil:
			return nil, err
		}
		if c.compiled == nil || c.compiled.Facts().Void { // the rest would be nonsense
			break
		}
	}
	return c.findings, nil
}

// check is one run.
type check struct {
	ctx      context.Context //nolint:containedctx // it lives as long as the call
	model    *engine.Model
	options  Options
	part     int // how many rules are examined at once
	words    *rules.Vocabulary
	compiled *engine.Compiled
	// applies is the group in which the option of a rule is possible if and only if
	// its condition is.
	applies  string
	findings []Finding
}

func (c *check) add(f Finding) { c.findings = append(c.findings, f) }

func (c *check) unexamined(k Kind) {
	c.add(Finding{Kind: Unexamined, Severity: Warning, Text: problem.Text{
		EN: "Whether there is something of the kind %s was not found out within the budget.",
		DE: "Ob es etwas von der Art %s gibt, wurde im vorgesehenen Aufwand nicht herausgefunden.",
	}.Format(string(k))})
}

func (c *check) request(choices ...engine.Choice) engine.Request {
	return engine.Request{Choices: choices, Budget: c.options.Budget}
}

// ruleKeys are the keys of those rules of a compiled model that are the model's own.
func (c *check) ruleKeys(indexes []int) []string {
	var keys []string
	for _, i := range indexes {
		if i < len(c.model.Rules) {
			keys = append(keys, c.model.Rules[i].Key)
		}
	}
	return keys
}

// why are the rules that exclude a choice. Too hard a question leaves them out: what
// they explain is known anyway.
func (c *check) why(target engine.Choice, done int) ([]string, error) {
	if done >= c.options.Explained {
		return nil, nil
	}
	e, err := c.compiled.Explain(c.ctx, c.request(), &target)
	if errors.Is(err, engine.ErrBudget) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c.ruleKeys(e.Rules), nil
}

// free is a key that no group of the model has.
func free(m *engine.Model, key string) string {
	used := make(map[string]bool, len(m.Groups))
	for _, g := range m.Groups {
		used[g.Key] = true
	}
	for used[key] {
		key += "'"
	}
	return key
}
