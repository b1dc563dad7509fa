// Package plan makes the document of a configuration model ready for questions: what
// is possible and what is selected, what it costs, how long it takes, what it is made
// of, why something is not possible and what to give up for it. It is the one place
// that knows what a document means.
//
// What the customer chose decides which options are possible. On top come defaults:
// they fill what is left open, and give way by themselves. What is selected is what
// has a price, days and parts.
//
// Owns: the meaning of documents, their soundness, the sentences that tell readers
// why. Does not own: what follows from rules (portal/configurator/engine), where
// documents and choices are kept, who may see what, what a buyer pays for a variant.
// A Plan does not change and is safe for parallel use.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
	"foyer/schema"
)

// Plan is a document at a time.
type Plan struct {
	doc   schema.ConfigurationDocument
	at    time.Time
	model *engine.Model
	words *rules.Vocabulary

	groups  map[string]int
	options []map[string]int // by group
	// quantity is the number that belongs to an option, as an index of a group.
	quantity map[engine.Ref]int
	// ruleOf are the document's rules by the model's; -1 where the model has one of its
	// own, and then untimely is the option that it excludes.
	ruleOf   []int
	untimely []engine.Ref

	steps  []condition // when they are shown
	prices []condition
	times  []condition
	parts  []condition
}

// ErrDocument is every error of a document that Check would have refused.
var ErrDocument = errors.New("the document is not sound")

// New makes a document ready as it holds at a time. The document must have passed
// Check, and must not be changed afterwards.
func New(doc schema.ConfigurationDocument, at time.Time) (*Plan, error) {
	p := outline(doc, at)
	if err := p.readRules(); err != nil {
		return nil, err
	}
	if err := p.readConditions(); err != nil {
		return nil, err
	}
	return p, nil
}

// outline is a plan of the groups alone, with neither rules nor conditions.
func outline(doc schema.ConfigurationDocument, at time.Time) *Plan {
	p := &Plan{doc: doc, at: at.UTC(), groups: map[string]int{}, quantity: map[engine.Ref]int{}}
	groups := engineGroups(doc.Groups)
	for i := range doc.Groups {
		g := &doc.Groups[i]
		p.groups[g.Key] = i
		index := map[string]int{}
		for j := range g.Options {
			index[g.Options[j].Key] = j
		}
		p.options = append(p.options, index)
		if of := groups[i].Number; of != nil && of.Of != nil {
			p.quantity[*of.Of] = i
		}
	}
	p.words = rules.NewVocabulary(groups)
	p.model = &engine.Model{Groups: groups}
	return p
}

// engineGroups are the groups of a document as the engine has them.
func engineGroups(groups []schema.OptionGroup) []engine.Group {
	out := make([]engine.Group, len(groups))
	for i := range groups {
		g := &groups[i]
		out[i] = engine.Group{Key: g.Key, Min: g.Min, Max: g.Max}
		for j := range g.Options {
			out[i].Options = append(out[i].Options, g.Options[j].Key)
		}
		if n := g.Number; n != nil {
			out[i] = engine.Group{Key: g.Key, Number: &engine.Number{Min: n.Min, Max: n.Max, Step: n.Step, Scale: n.Scale, Unit: n.Unit}}
			if ref, ok := splitRef(n.Of); ok {
				out[i].Number.Of = &ref
			}
		}
	}
	return out
}

// splitRef reads group.option. Keys have no points.
func splitRef(s string) (engine.Ref, bool) {
	group, option, ok := strings.Cut(s, ".")
	return engine.Ref{Group: group, Option: option}, ok && group != "" && option != ""
}

// readRules gives the model the rules that hold at the time, and one rule for each
// option that is out of its time. Keys of documents have no colon, so these are new.
func (p *Plan) readRules() error {
	for i := range p.doc.Rules {
		r := &p.doc.Rules[i]
		if !holdsAt(p.at, r.ValidFrom, r.ValidTo) {
			continue
		}
		rule, err := p.words.Parse(r.Text)
		if err != nil {
			return fmt.Errorf("%w: rule %q: %w", ErrDocument, r.Key, err)
		}
		rule.Key = r.Key
		p.addRule(rule, i, engine.Ref{})
	}
	for i := range p.doc.Groups {
		g := &p.doc.Groups[i]
		for j := range g.Options {
			o := &g.Options[j]
			if !holdsAt(p.at, o.ValidFrom, o.ValidTo) {
				ref := engine.Ref{Group: g.Key, Option: o.Key}
				p.addRule(engine.Rule{Key: timed + g.Key + "." + o.Key, Expr: engine.Not{X: engine.Chosen(ref)}}, -1, ref)
			}
		}
	}
	return nil
}

func (p *Plan) addRule(r engine.Rule, of int, untimely engine.Ref) {
	p.model.Rules = append(p.model.Rules, r)
	p.ruleOf = append(p.ruleOf, of)
	p.untimely = append(p.untimely, untimely)
}

func (p *Plan) readConditions() error {
	read := func(what, key, text string, into *[]condition) error {
		c, err := p.condition(text)
		if err != nil {
			return fmt.Errorf("%w: the condition of %s %q: %w", ErrDocument, what, key, err)
		}
		*into = append(*into, c)
		return nil
	}
	var errs []error
	for i := range p.doc.Steps {
		errs = append(errs, read("step", p.doc.Steps[i].Key, p.doc.Steps[i].When, &p.steps))
	}
	for i := range p.doc.Prices {
		errs = append(errs, read("price rule", p.doc.Prices[i].Key, p.doc.Prices[i].When, &p.prices))
	}
	for i := range p.doc.LeadTimes {
		errs = append(errs, read("lead time", p.doc.LeadTimes[i].Key, p.doc.LeadTimes[i].When, &p.times))
	}
	for i := range p.doc.Parts {
		errs = append(errs, read("part", p.doc.Parts[i].Sku, p.doc.Parts[i].When, &p.parts))
	}
	return errors.Join(errs...)
}

// holdsAt reports whether a time is within a validity. The end is not.
func holdsAt(at time.Time, from, to *time.Time) bool {
	return (from == nil || !at.Before(*from)) && (to == nil || at.Before(*to))
}

// Document is what was made ready. It must not be changed.
func (p *Plan) Document() *schema.ConfigurationDocument { return &p.doc }

// At is the time for which the plan was made.
func (p *Plan) At() time.Time { return p.at }

// Model is what the engine compiles. It must not be changed. A compiled model may be
// kept by the document's Digest and Epoch.
func (p *Plan) Model() *engine.Model { return p.model }

// Digest is the SHA-256 of what a document says, in hexadecimal; empty for one that
// Check would refuse because it cannot be written.
func Digest(doc schema.ConfigurationDocument) string {
	b, err := json.Marshal(doc) // maps are written in the order of their keys
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Epoch names the time between two boundaries of validity: it is the same for all
// times that no option or rule begins or ends between.
func Epoch(doc schema.ConfigurationDocument, at time.Time) string {
	var last time.Time
	see := func(t *time.Time) {
		if t != nil && !t.After(at) && t.After(last) {
			last = *t
		}
	}
	for i := range doc.Rules {
		see(doc.Rules[i].ValidFrom)
		see(doc.Rules[i].ValidTo)
	}
	for i := range doc.Groups {
		for j := range doc.Groups[i].Options {
			see(doc.Groups[i].Options[j].ValidFrom)
			see(doc.Groups[i].Options[j].ValidTo)
		}
	}
	if last.IsZero() {
		return "0"
	}
	return strconv.FormatInt(last.UnixMicro(), 36)
}

// Facts are what is known of the document without asking the engine.
func (p *Plan) Facts() schema.ConfigurationFacts {
	f := schema.ConfigurationFacts{Groups: len(p.doc.Groups), Rules: len(p.doc.Rules)}
	for i := range p.doc.Groups {
		f.Options += len(p.doc.Groups[i].Options)
	}
	return f
}

// Skus are all that matter for prices, stock or parts, in their order.
func (p *Plan) Skus() []string {
	seen := map[string]bool{}
	for i := range p.doc.Groups {
		for j := range p.doc.Groups[i].Options {
			seen[p.doc.Groups[i].Options[j].Sku] = true
		}
	}
	for i := range p.doc.Parts {
		seen[p.doc.Parts[i].Sku] = true
	}
	delete(seen, "")
	return sorted(seen)
}

// Currencies are those in which any price is written, in their order.
func (p *Plan) Currencies() []string {
	seen := map[string]bool{}
	see := func(amounts map[string]int64) {
		for c := range amounts {
			seen[c] = true
		}
	}
	for i := range p.doc.Groups {
		g := &p.doc.Groups[i]
		if g.Number != nil {
			see(g.Number.Amounts)
		}
		for j := range g.Options {
			see(g.Options[j].Amounts)
		}
	}
	for i := range p.doc.Prices {
		see(p.doc.Prices[i].Amounts)
	}
	return sorted(seen)
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
