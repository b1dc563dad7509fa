package importer

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// expression reads a field's value: a text with {columns}, the same with
// transforms (value, apply), or a list of such with conditions (when).
func (m *Mapping) expression(d document, s *section, n ast.Node) (*expression, error) {
	nodes := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		nodes = list.Values
	}
	e := &expression{}
	for i, node := range nodes {
		c, err := m.choice(d, s, node)
		if err != nil {
			return nil, err
		}
		if c.when == nil && i < len(nodes)-1 {
			return nil, d.fail(nodes[i+1], "this is never reached: what stands before it has no condition")
		}
		e.cases = append(e.cases, c)
		e.slots = append(e.slots, c.value.slots()...)
	}
	if len(e.cases) == 0 {
		return nil, d.fail(n, "no value is given")
	}
	return e, nil
}

func (t template) slots() (out []int) {
	for _, p := range t {
		if p.slot >= 0 {
			out = append(out, p.slot)
		}
	}
	return out
}

func (m *Mapping) choice(d document, s *section, n ast.Node) (c choice, err error) {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		c.value, err = s.template(d, n)
		return c, err
	}
	pairs, err := d.pairs(n)
	if err != nil {
		return c, err
	}
	has := false
	for _, p := range pairs {
		switch p.key {
		case "when":
			c.when, err = m.condition(d, s, p.value, 0)
		case "value":
			has = true
			c.value, err = s.template(d, p.value)
		case "apply":
			c.apply, err = m.transforms(d, s, p.value)
		default:
			err = d.fail(p.at, "unknown key %q; a text that begins with { must stand in quotes", p.key)
		}
		if err != nil {
			return c, err
		}
	}
	if !has {
		return c, d.fail(n, "value is missing")
	}
	return c, nil
}

// template reads text with {columns}; {{ and }} stand for the braces themselves.
func (s *section) template(d document, n ast.Node) (template, error) {
	text, err := d.text(n)
	if err != nil {
		return nil, err
	}
	var t template
	var plain strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			i = len(text)
		}
		plain.WriteString(text[:i])
		text = text[i:]
		switch {
		case text == "":
		case strings.HasPrefix(text, "{{"), strings.HasPrefix(text, "}}"):
			plain.WriteByte(text[0])
			text = text[2:]
		case text[0] == '}':
			return nil, d.fail(n, "a } without its {; for a brace itself write }}")
		default:
			end := strings.IndexAny(text[1:], "{}") + 1
			if end < 2 || text[end] != '}' {
				return nil, d.fail(n, "a { without a column and its }; for a brace itself write {{")
			}
			if plain.Len() > 0 {
				t = append(t, part{plain.String(), -1})
				plain.Reset()
			}
			t = append(t, part{"", s.slot(text[1:end])})
			text = text[end+1:]
		}
	}
	if plain.Len() > 0 || len(t) == 0 {
		t = append(t, part{plain.String(), -1})
	}
	return t, nil
}

func (m *Mapping) transforms(d document, s *section, n ast.Node) ([]transform, error) {
	nodes, err := d.list(n)
	if err != nil {
		return nil, err
	}
	var out []transform
	for _, node := range nodes {
		t, err := m.transform(d, s, node)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func (m *Mapping) transform(d document, s *section, n ast.Node) (t transform, err error) {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		t.kind, err = d.oneOf(n, plainTransforms...)
		return t, err
	}
	pairs, err := d.pairs(n)
	if err != nil {
		return t, err
	}
	for _, p := range pairs {
		if p.key == "zone" && t.kind == "date" {
			if t.zone, err = m.location(d, p.value); err != nil {
				return t, err
			}
			continue
		}
		if t.kind != "" {
			return t, d.fail(p.at, "one transform at a time: %q", p.key)
		}
		t.kind = p.key
		switch p.key {
		case "strip_prefix", "strip_suffix":
			t.text, err = d.text(p.value)
		case "decimals":
			t.n, err = d.number(p.value, 0, 9)
		case "cut":
			t.n, err = d.number(p.value, 1, longestField)
		case "default":
			t.value, err = s.template(d, p.value)
		case "lookup":
			if t.text, err = d.text(p.value); err == nil {
				if t.table = m.lookups[t.text]; t.table == nil {
					err = d.fail(p.value, "there is no lookup %q", t.text)
				}
			}
		case "date":
			t.zone = time.UTC
			if t.text, err = d.text(p.value); err == nil {
				var bad error
				if t.text, bad = dateLayout(t.text); bad != nil {
					err = d.fail(p.value, "%v", bad)
				}
			}
		default:
			err = d.fail(p.at, "unknown transform %q", p.key)
		}
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

func (m *Mapping) location(d document, n ast.Node) (*time.Location, error) {
	name, err := d.text(n)
	if err != nil {
		return nil, err
	}
	// "Local" would make the result depend on the machine.
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, d.fail(n, "%q is not a time zone like Europe/London", name)
	}
	return zone, nil
}

// condition looks at a record.
type condition struct {
	op      string
	slot    int
	text    string
	among   []string
	matches *regexp.Regexp
	limit   *big.Rat
	empty   bool
	parts   []*condition
}

// deepest is how far conditions may be nested.
const deepest = 16

// condition reads {column: NAME, prefix: TEXT} and the like, or all, any, not.
func (m *Mapping) condition(d document, s *section, n ast.Node, depth int) (*condition, error) {
	pairs, err := d.pairs(n)
	if err != nil {
		return nil, err
	}
	if depth > deepest {
		return nil, d.fail(n, "conditions are nested too deeply")
	}
	c := &condition{slot: -1}
	for _, p := range pairs {
		if p.key == "column" {
			name, err := d.text(p.value)
			if err != nil {
				return nil, err
			}
			c.slot = s.slot(name)
			continue
		}
		if c.op != "" {
			return nil, d.fail(p.at, "one condition at a time: %q", p.key)
		}
		c.op = p.key
		if err := m.test(d, s, c, p, depth); err != nil {
			return nil, err
		}
	}
	alone := slices.Contains([]string{"all", "any", "not"}, c.op)
	switch {
	case c.op == "":
		return nil, d.fail(n, "a condition needs equals, in, prefix, suffix, matches, empty, below, all, any or not")
	case alone == (c.slot >= 0):
		return nil, d.fail(n, "a condition has a column and what to compare it with; all, any and not have conditions")
	}
	return c, nil
}

func (m *Mapping) test(d document, s *section, c *condition, p pair, depth int) (err error) {
	nodes := []ast.Node{p.value}
	switch p.key {
	case "equals", "prefix", "suffix":
		c.text, err = d.text(p.value)
	case "in":
		c.among, err = d.texts(p.value)
	case "empty":
		c.empty, err = d.bool(p.value)
	case "matches":
		if c.text, err = d.text(p.value); err == nil {
			var bad error
			if c.matches, bad = regexp.Compile(c.text); bad != nil {
				err = d.fail(p.value, "%v", bad)
			}
		}
	case "below":
		if c.text, err = d.text(p.value); err == nil {
			var bad error
			if c.limit, bad = rational(c.text); bad != nil {
				err = d.fail(p.value, "%v", bad)
			}
		}
	case "all", "any":
		if nodes, err = d.list(p.value); err == nil && len(nodes) == 0 {
			err = d.fail(p.value, "no conditions are given")
		}
		fallthrough
	case "not":
		for _, node := range nodes {
			if err != nil {
				break
			}
			var sub *condition
			sub, err = m.condition(d, s, node, depth+1)
			c.parts = append(c.parts, sub)
		}
	default:
		err = d.fail(p.at, "unknown condition %q", p.key)
	}
	return err
}

func (c *condition) holds(values []string) (bool, error) {
	v := ""
	if c.slot >= 0 {
		v = values[c.slot]
	}
	switch c.op {
	case "equals":
		return v == c.text, nil
	case "in":
		return slices.Contains(c.among, v), nil
	case "prefix":
		return strings.HasPrefix(v, c.text), nil
	case "suffix":
		return strings.HasSuffix(v, c.text), nil
	case "empty":
		return (v == "") == c.empty, nil
	case "matches":
		return c.matches.MatchString(v), nil
	case "below":
		r, err := rational(v)
		return err == nil && r.Cmp(c.limit) < 0, err
	}
	for _, p := range c.parts {
		holds, err := p.holds(values)
		if err != nil {
			return false, err
		}
		switch {
		case c.op == "not":
			return !holds, nil
		case holds != (c.op == "all"):
			return holds, nil // decided: all has a false one, any a true one
		}
	}
	if c.op == "all" || c.op == "any" {
		return c.op == "all", nil
	}
	return false, fmt.Errorf("unknown condition %q", c.op)
}
