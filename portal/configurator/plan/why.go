package plan

import (
	"context"
	"slices"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/portal/problem"
	"foyer/schema"
)

// Why is what stands in the way of a choice, or of several together. It has all that
// the staff may know; Sentences tells readers what is for them.
type Why struct {
	// Target is what is not possible; nil where the choices contradict each other.
	Target *schema.ConfigurationChoice
	// Because are the indexes of the choices to blame, a minimal set, and Choices
	// what they are.
	Because []int
	Choices []schema.ConfigurationChoice
	// Rules are the indexes of the document's rules to blame, a minimal set, in their
	// order. It is empty where the groups' own bounds are enough.
	Rules []int
	// Untimely are options that are out of their time.
	Untimely []engine.Ref
}

// Why finds out what stands in the way of a target, which is not among the choices
// and would take the place of those that With replaces; without one, why the choices
// contradict each other. The error is a *ChoiceError,
// engine.ErrPossible when nothing is in the way, or as State's.
func (p *Plan) Why(ctx context.Context, q Question, target *schema.ConfigurationChoice) (*Why, error) {
	if _, err := p.Choices(q.Choices); err != nil {
		return nil, err
	}
	stay := make([]int, 0, len(q.Choices))
	var aim *engine.Choice
	if target != nil {
		list, err := p.Choices([]schema.ConfigurationChoice{*target})
		if err != nil {
			return nil, err
		}
		aim, stay = &list[0], p.besides(q.Choices, target)
	} else {
		for i := range q.Choices {
			stay = append(stay, i)
		}
	}
	rest := make([]schema.ConfigurationChoice, len(stay))
	for at, i := range stay {
		rest[at] = q.Choices[i]
	}
	choices, err := p.Choices(rest)
	if err != nil {
		return nil, err
	}
	e, err := q.Compiled.Explain(ctx, engine.Request{Choices: choices, Budget: q.Budget}, aim)
	if err != nil {
		return nil, refused(err)
	}
	e = &engine.Explanation{Because: slices.Clone(e.Because), Rules: e.Rules}
	for i := range e.Because {
		e.Because[i] = stay[e.Because[i]]
	}
	return p.because(q, target, e), nil
}

// because is an explanation in terms of the document.
func (p *Plan) because(q Question, target *schema.ConfigurationChoice, e *engine.Explanation) *Why {
	w := &Why{Target: target}
	if e == nil {
		return w
	}
	w.Because = e.Because
	for _, i := range e.Because {
		w.Choices = append(w.Choices, q.Choices[i])
	}
	for _, r := range e.Rules {
		if i := p.ruleOf[r]; i >= 0 {
			w.Rules = append(w.Rules, i)
		} else {
			w.Untimely = append(w.Untimely, p.untimely[r])
		}
	}
	slices.Sort(w.Rules)
	return w
}

// Sentences tell why, in the order of the document. Customers read the messages of
// the rules that are for them, and where there are none a general sentence that names
// nothing but the target and their own choices. The staff read of every rule.
func (p *Plan) Sentences(w *Why, staff bool, language schema.Language) []string {
	var out []string
	for _, i := range w.Rules {
		r := &p.doc.Rules[i]
		switch said := spoken(r.Message, language); {
		case staff:
			out = append(out, forStaff(r, language))
		case !r.Internal && said != "":
			out = append(out, said)
		}
	}
	for _, ref := range w.Untimely {
		out = append(out, notNow.Format(p.nameOf(ref.Group, ref.Option, language)).In(language.Code()))
	}
	if len(out) == 0 {
		out = append(out, p.general(w, language))
	}
	return once(out)
}

// once leaves out sentences that were said before: several rules may have the same.
func once(said []string) []string {
	out := said[:0]
	for _, s := range said {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// forStaff tells of a rule what colleagues need to find it.
func forStaff(r *schema.ConfigurationRule, language schema.Language) string {
	said := spoken(r.Message, language)
	if said == "" {
		said = r.Text
	}
	if r.Internal {
		return problem.Text{EN: "%s (internal): %s", DE: "%s (intern): %s"}.Format(r.Key, said).In(language.Code())
	}
	return r.Key + ": " + said
}

// spoken is a text in a language, or in another where it has none.
func spoken(text map[string]string, language schema.Language) string {
	if s := text[language.Code()]; s != "" {
		return s
	}
	for _, l := range languages {
		if s := text[l.Code()]; s != "" {
			return s
		}
	}
	return ""
}

// The general sentences.
var (
	notNow     = problem.Text{EN: "%s is not available at present.", DE: "%s ist zurzeit nicht erhältlich."}
	notAtAll   = problem.Text{EN: "%s is not available.", DE: "%s ist nicht erhältlich."}
	notWith    = problem.Text{EN: "%s does not go with %s.", DE: "%s passt nicht zu %s."}
	notAllWith = problem.Text{EN: "%s do not go together.", DE: "%s passen nicht zusammen."}
	noWay      = problem.Text{EN: "This is not possible.", DE: "Das ist nicht möglich."}
	without    = problem.Text{EN: "%s: none", DE: "%s: nichts"}
	notThat    = problem.Text{EN: "not %s", DE: "nicht %s"}
	and        = problem.Text{EN: " and ", DE: " und "}
)

// general is the sentence that tells nothing of rules.
func (p *Plan) general(w *Why, language schema.Language) string {
	in := language.Code()
	var names []string
	for i := range w.Choices {
		names = append(names, p.name(&w.Choices[i], language))
	}
	switch {
	case w.Target != nil && len(names) == 0:
		return notAtAll.Format(p.name(w.Target, language)).In(in)
	case w.Target != nil:
		return notWith.Format(p.name(w.Target, language), listed(names, language)).In(in)
	case len(names) == 1:
		return notAtAll.Format(names[0]).In(in)
	case len(names) > 1:
		return notAllWith.Format(listed(names, language)).In(in)
	}
	return noWay.In(in)
}

// listed writes "a, b and c".
func listed(names []string, language schema.Language) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + and.In(language.Code()) + names[last]
}

// name is what a choice is called.
func (p *Plan) name(c *schema.ConfigurationChoice, language schema.Language) string {
	var s string
	switch {
	case c.Absent:
		s = without.Format(p.nameOf(c.Group, "", language)).In(language.Code())
	case c.Number != "":
		s = p.nameOf(c.Group, "", language) + " " + p.numberIn(c, language)
	default:
		s = p.nameOf(c.Group, c.Option, language)
	}
	if c.Negate {
		return notThat.Format(s).In(language.Code())
	}
	return s
}

func (p *Plan) numberIn(c *schema.ConfigurationChoice, language schema.Language) string {
	s := c.Number
	if language == schema.German {
		s = strings.Replace(s, ".", ",", 1)
	}
	if g, ok := p.groups[c.Group]; ok && p.doc.Groups[g].Number != nil && p.doc.Groups[g].Number.Unit != "" {
		s += " " + p.doc.Groups[g].Number.Unit
	}
	return s
}

// nameOf is the title of an option, or of a group.
func (p *Plan) nameOf(group, option string, language schema.Language) string {
	g, ok := p.groups[group]
	if !ok {
		return group
	}
	if o, ok := p.options[g][option]; ok {
		return spoken(p.doc.Groups[g].Options[o].Title, language)
	}
	return spoken(p.doc.Groups[g].Title, language)
}
