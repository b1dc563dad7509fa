package graph

import (
	"errors"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/portal/problem"
)

// shape is what a selection set amounts to with its fragments expanded.
type shape struct {
	fields, aliases, directives, depth int
	direct                             int // fields of the set itself, not below
	schema                             int // of those, introspection
	keyed, keyedBelow                  int // @idempotent on fields of the set itself, and below
}

// most keeps sums of expanded fragments, which double with each, from flowing over.
const most = 1 << 30

func sum(a, b int) int { return min(most, a+b) }

func (s *shape) add(x shape) {
	s.fields, s.aliases, s.directives = sum(s.fields, x.fields), sum(s.aliases, x.aliases), sum(s.directives, x.directives)
	s.depth = max(s.depth, x.depth)
	s.direct, s.schema = sum(s.direct, x.direct), sum(s.schema, x.schema)
	s.keyed, s.keyedBelow = sum(s.keyed, x.keyed), sum(s.keyedBelow, x.keyedBelow)
}

// shaper walks a document that has been parsed but not validated: names may be
// unknown and fragments may spread themselves.
type shaper struct {
	limits    Limits
	fragments map[string]*ast.FragmentDefinition
	memo      map[string]*shape // nil while the fragment is being walked
	nodes     int               // fields as written, each once
	repeats   int
	err       *gqlerror.Error // the first thing wrong with a value
}

// checkShape refuses a document that would be expensive to validate or to
// run, by its form alone.
func (l Limits) checkShape(doc *ast.QueryDocument) *gqlerror.Error {
	w := &shaper{limits: l, fragments: map[string]*ast.FragmentDefinition{}, memo: map[string]*shape{}}
	for _, f := range doc.Fragments {
		w.fragments[f.Name] = f
	}
	for _, f := range doc.Fragments {
		w.fragment(f.Name) // also those that nobody spreads: validation will walk them
	}
	total := 0
	for _, op := range doc.Operations {
		for _, v := range op.VariableDefinitions {
			w.value(v.DefaultValue, 1)
			w.directives(v.Directives)
		}
		s := w.set(op.SelectionSet, map[string]int{})
		s.directives = sum(s.directives, w.directives(op.Directives))
		if w.err != nil {
			return w.err
		}
		total = sum(total, s.fields)
		if err := w.judge(op, s); err != nil {
			return err
		}
	}
	switch {
	case w.err != nil:
		return w.err
	case total > l.Fields || w.nodes > l.Fields:
		return refuse(tooMuch("too many fields", "zu viele Felder"), nil)
	case w.repeats > l.Repeats:
		return refuse(tooMuch("fields are repeated too often", "Felder werden zu oft wiederholt"), nil)
	}
	return nil
}

func (w *shaper) judge(op *ast.OperationDefinition, s shape) *gqlerror.Error {
	depth := w.limits.Depth
	if s.schema == s.direct {
		depth = max(depth, w.limits.Schema)
	}
	mutation := op.Operation == ast.Mutation
	switch {
	case s.depth > depth:
		return refuse(tooMuch("too many levels", "zu viele Ebenen"), op.Position)
	case s.aliases > w.limits.Aliases:
		return refuse(tooMuch("too many aliases", "zu viele Aliase"), op.Position)
	case s.directives > w.limits.Directives:
		return refuse(tooMuch("too many directives", "zu viele Direktiven"), op.Position)
	case mutation && s.direct > w.limits.Mutations:
		return refuse(tooMuch("too many mutations", "zu viele Mutationen"), op.Position)
	case s.fields > w.limits.Fields:
		return refuse(tooMuch("too many fields", "zu viele Felder"), op.Position)
	case s.keyedBelow > 0, s.keyed > 0 && !mutation:
		// It would be ignored there, and its author would rely on it.
		return refuse(problem.Input("@idempotent belongs on a field of the mutation itself.",
			"@idempotent gehört an ein Feld der Mutation selbst."), op.Position)
	case s.keyed > 0 && w.mergedKeys(op.SelectionSet, map[string]bool{}, map[string]bool{}):
		return refuse(problem.Input("A mutation with @idempotent may be selected only once under one name.",
			"Eine Mutation mit @idempotent darf unter einem Namen nur einmal ausgewählt werden."), op.Position)
	}
	return nil
}

// mergedKeys says whether a root field occurs twice under one name: both would
// be one call, with the key of the first, whatever the second says.
func (w *shaper) mergedKeys(ss ast.SelectionSet, names, visited map[string]bool) bool {
	for _, s := range ss {
		switch x := s.(type) {
		case *ast.Field:
			if names[x.Alias] {
				return true
			}
			names[x.Alias] = true
		case *ast.InlineFragment:
			if w.mergedKeys(x.SelectionSet, names, visited) {
				return true
			}
		case *ast.FragmentSpread:
			f := w.fragments[x.Name]
			if f == nil || visited[x.Name] {
				continue
			}
			visited[x.Name] = true
			if w.mergedKeys(f.SelectionSet, names, visited) {
				return true
			}
		}
	}
	return false
}

// set adds up a selection set; names counts its fields by name, over inline
// fragments, which the validator compares with each other like one set.
func (w *shaper) set(ss ast.SelectionSet, names map[string]int) (t shape) {
	for _, s := range ss {
		switch x := s.(type) {
		case *ast.Field:
			t.add(w.field(x))
			if names[x.Alias]++; names[x.Alias] > 1 {
				w.repeats++
			}
		case *ast.InlineFragment:
			t.add(shape{directives: w.directives(x.Directives)})
			t.add(w.set(x.SelectionSet, names))
		case *ast.FragmentSpread:
			t.add(shape{directives: w.directives(x.Directives)})
			t.add(w.fragment(x.Name))
		}
	}
	return t
}

func (w *shaper) field(x *ast.Field) shape {
	w.nodes++
	below := w.set(x.SelectionSet, map[string]int{})
	t := shape{
		fields: sum(1, below.fields), aliases: below.aliases, directives: sum(below.directives, w.directives(x.Directives)),
		depth: below.depth + 1, direct: 1, keyedBelow: sum(below.keyed, below.keyedBelow),
	}
	if x.Alias != x.Name {
		t.aliases = sum(t.aliases, 1)
	}
	if strings.HasPrefix(x.Name, "__") {
		t.schema = 1
	}
	if x.Directives.ForName(directiveIdempotent) != nil {
		t.keyed = 1
	}
	for _, a := range x.Arguments {
		w.value(a.Value, 1)
	}
	return t
}

func (w *shaper) fragment(name string) shape {
	if s, seen := w.memo[name]; seen {
		if s == nil {
			return shape{} // it spreads itself; the validation will say so
		}
		return *s
	}
	f := w.fragments[name]
	if f == nil {
		return shape{}
	}
	w.memo[name] = nil
	s := w.set(f.SelectionSet, map[string]int{})
	s.directives = sum(s.directives, w.directives(f.Directives))
	w.memo[name] = &s
	return s
}

func (w *shaper) directives(ds ast.DirectiveList) int {
	for _, d := range ds {
		for _, a := range d.Arguments {
			w.value(a.Value, 1)
		}
	}
	return len(ds)
}

// value looks at a literal. Numbers that fit no type would make the library
// panic when it reads the arguments.
func (w *shaper) value(v *ast.Value, level int) {
	if v == nil || w.err != nil {
		return
	}
	var err error
	switch v.Kind {
	case ast.StringValue, ast.BlockValue:
		err = checkText(v.Raw)
	case ast.IntValue:
		_, err = strconv.ParseInt(v.Raw, 10, 64)
	case ast.FloatValue:
		_, err = strconv.ParseFloat(v.Raw, 64)
	case ast.ListValue, ast.ObjectValue:
		switch {
		case level > w.limits.Nesting:
			err = errNesting
		case v.Kind == ast.ListValue && len(v.Children) > w.limits.List:
			err = errList
		}
	case ast.Variable, ast.BooleanValue, ast.NullValue, ast.EnumValue:
	}
	if err != nil {
		if num := (*strconv.NumError)(nil); errors.As(err, &num) {
			err = errValue
		}
		w.err = refuse(err, v.Position)
		return
	}
	for _, c := range v.Children {
		w.value(c.Value, level+1)
	}
}
