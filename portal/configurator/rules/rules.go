// Package rules is the language in which the rules of a configuration are written:
//
//	engine.diesel & !trim.base -> gearbox.manual | gearbox.auto
//	atmost(2, roof.rack, roof.box, roof.antenna)
//	2 * seats.qty <= frame.slots
//	width + 2 * frame >= 1.2 m
//	table(engine, gearbox) { diesel, manual | auto; petrol, *; }
//
// docs/configurator.md describes it for those who write rules. Parse turns text into
// what the engine compiles, Print turns that into text again, in one form only, and
// CSV reads tables from spreadsheets.
//
// Owns: the language, its units, what is said about its mistakes. Does not own: what
// a rule means (portal/configurator/engine), whether rules make sense together
// (portal/configurator/lint).
package rules

import (
	"strings"
	"unicode/utf8"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
)

// The limits of one rule. They are far above what people write, and keep what
// machines write from taking the time and memory of others.
const (
	MaxText   = 4 << 20   // bytes
	MaxDepth  = 200       // parentheses, negations and calls within each other
	MaxNodes  = 200_000   // names, numbers and operators
	MaxRows   = 250_000   // rows of a table
	MaxCells  = 4_000_000 // values of a table
	MaxCSV    = 64 << 20  // bytes of a table from a spreadsheet
	MaxErrors = 20        // mistakes that are told at once
)

// Parse reads one rule: a condition or a table. Its key is for the caller to set.
// The error is of type Errors and tells all mistakes found, at most MaxErrors.
func (v *Vocabulary) Parse(text string) (engine.Rule, error) {
	r := &reporter{text: text}
	if !r.readable(MaxText) {
		return engine.Rule{}, r.errors()
	}
	p := &parser{lexer: lexer{reporter: r, text: text}, words: v}
	p.next()
	var rule engine.Rule
	if p.atTable() {
		rule.Table = p.table()
	} else {
		tree := p.whole()
		c := &checker{reporter: r, words: v}
		rule.Expr = c.condition(tree)
	}
	if err := r.errors(); err != nil {
		return engine.Rule{}, err
	}
	return rule, nil
}

// ParseExpr reads a condition where a table cannot stand.
func (v *Vocabulary) ParseExpr(text string) (engine.Expr, error) {
	rule, err := v.Parse(text)
	if err != nil {
		return nil, err
	}
	if rule.Table != nil {
		r := &reporter{text: text}
		r.report(span{0, len(text)}, problem.Text{
			EN: "This is a table. Here a condition is needed.",
			DE: "Das ist eine Tabelle. Hier wird eine Bedingung gebraucht.",
		}, "")
		return nil, r.errors()
	}
	return rule.Expr, nil
}

// readable refuses what is too long, or not text, before anything looks at it.
func (r *reporter) readable(limit int) bool {
	if len(r.text) > limit {
		r.report(span{limit, limit}, problem.Text{
			EN: "The text is longer than %d bytes. Divide it into several rules.",
			DE: "Der Text ist länger als %d Bytes. Teilen Sie ihn in mehrere Regeln auf.",
		}.Format(limit), "")
		return false
	}
	if utf8.ValidString(r.text) {
		return true
	}
	at := 0
	for at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	r.report(span{at, at + 1}, problem.Text{
		EN: "This is not UTF-8 text from here on. Save it as UTF-8.",
		DE: "Ab hier ist das kein UTF-8-Text. Speichern Sie ihn als UTF-8.",
	}, "")
	return false
}

// Vocabulary is what rules can speak of: the groups of a model, their options and
// numbers. It is safe for parallel use.
type Vocabulary struct {
	groups     map[string]*engine.Group
	options    map[engine.Ref]bool
	bare       map[string][]engine.Ref // by the option's key alone
	quantities map[string][]string     // numbers that belong to options of a group, by that group
	units      map[string]bool         // of the model's numbers
	inOrder    []engine.Group
}

// NewVocabulary makes the vocabulary of a model's groups.
func NewVocabulary(groups []engine.Group) *Vocabulary {
	v := &Vocabulary{
		groups: map[string]*engine.Group{}, options: map[engine.Ref]bool{},
		bare: map[string][]engine.Ref{}, quantities: map[string][]string{}, units: map[string]bool{},
		inOrder: append([]engine.Group(nil), groups...),
	}
	for i := range v.inOrder {
		g := &v.inOrder[i]
		v.groups[g.Key] = g
		for _, o := range g.Options {
			ref := engine.Ref{Group: g.Key, Option: o}
			v.options[ref] = true
			v.bare[o] = append(v.bare[o], ref)
		}
		if g.Number != nil && g.Number.Unit != "" {
			v.units[g.Number.Unit] = true
		}
		if g.Number != nil && g.Number.Of != nil {
			v.quantities[g.Number.Of.Group] = append(v.quantities[g.Number.Of.Group], g.Key)
		}
	}
	return v
}

// number is the number with this key, if it is one.
func (v *Vocabulary) number(key string) *engine.Number {
	if g := v.groups[key]; g != nil {
		return g.Number
	}
	return nil
}

// find reads a name of several parts. The full name of an option comes first, then
// the key of a number, then what is shorter than that; so whatever else a model has,
// full names always mean the same.
func (v *Vocabulary) find(path []string) (ref engine.Ref, others []engine.Ref) {
	whole := strings.Join(path, ".")
	last := path[len(path)-1]
	if len(path) > 1 {
		full := engine.Ref{Group: strings.Join(path[:len(path)-1], "."), Option: last}
		if v.options[full] {
			return full, nil
		}
	}
	if v.number(whole) != nil {
		return engine.Ref{Group: whole}, nil
	}
	if len(path) > 1 && last == "qty" {
		return v.quantity(path[:len(path)-1])
	}
	if found := v.bare[whole]; len(found) > 0 {
		return found[0], found[1:]
	}
	return engine.Ref{}, nil
}

// quantity finds the number that belongs to an option: "seats.qty" when just one
// option of the group has one, "seats.bench.qty" else.
func (v *Vocabulary) quantity(path []string) (ref engine.Ref, others []engine.Ref) {
	if in := v.quantities[strings.Join(path, ".")]; len(in) > 0 {
		return engine.Ref{Group: in[0]}, numberRefs(in[1:])
	}
	option, more := v.find(path)
	if option.Option == "" || len(more) > 0 {
		return engine.Ref{}, nil
	}
	for _, key := range v.quantities[option.Group] {
		if *v.groups[key].Number.Of == option {
			return engine.Ref{Group: key}, nil
		}
	}
	return engine.Ref{}, nil
}

func numberRefs(keys []string) []engine.Ref {
	refs := make([]engine.Ref, len(keys))
	for i, key := range keys {
		refs[i].Group = key
	}
	return refs
}
