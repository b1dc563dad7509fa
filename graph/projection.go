package graph

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// The directives that a projection looks at. @defer is dropped because no
// transport of ours sends the second part of a deferred answer: a client that
// used it would lose data without a word.
const (
	directiveRequires   = "requires"
	directiveIdempotent = "idempotent"
	directiveDefer      = "defer"
)

// relayNode is the interface of everything that has a global id. It alone does
// not make a type part of a schema: otherwise every entity would stay visible
// through node(id) when the last field that leads to it is hidden.
const relayNode = "Node"

// Project derives from the full schema the one that a permission set sees:
// without what @requires closes to it, then without what lost its type, then
// without what nothing reaches any more. has answers for each permission.
//
// The result is a schema of its own, to be validated against, introspected
// and printed; nothing in it names what was taken away. It shares unchanged
// parts with full, which is not modified; neither may be modified afterwards.
//
// An error is a mistake of the schema, not of the viewer.
func Project(full *ast.Schema, has func(permission string) bool) (*ast.Schema, error) {
	if full == nil || full.Query == nil {
		return nil, errors.New("projection: the schema has no query type")
	}
	if err := lint(full); err != nil {
		return nil, err
	}
	p := &projection{full: full, has: has, types: map[string]*ast.Definition{}}
	p.copyVisible()
	for p.settle() { //nolint:revive // each round removes what the last one left dangling
	}
	if p.types[full.Query.Name] == nil {
		return nil, errors.New("projection: no query field is left; at least one must need no permission")
	}
	directives := p.directives()
	p.prune(directives)
	if err := p.checkDefaults(directives); err != nil {
		return nil, err
	}
	s, err := validator.ValidateSchemaDocument(p.document(directives))
	if err != nil {
		return nil, fmt.Errorf("projection: %w", err)
	}
	return s, nil
}

// Permissions lists every permission that the schema asks for, sorted. A test
// compares it with those that roles can hold, since a misspelt one would hide
// its field from everybody.
func Permissions(full *ast.Schema) []string {
	found := map[string]bool{}
	each(full, func(_ string, ds ast.DirectiveList) {
		if d := ds.ForName(directiveRequires); d != nil {
			if a := d.Arguments.ForName("permission"); a != nil && a.Value != nil {
				found[a.Value.Raw] = true
			}
		}
	})
	return slices.Sorted(maps.Keys(found))
}

type projection struct {
	full  *ast.Schema
	has   func(string) bool
	types map[string]*ast.Definition
}

func (p *projection) hidden(ds ast.DirectiveList) bool {
	d := ds.ForName(directiveRequires)
	// lint has made sure of the argument; a directive without one would stay hidden.
	return d != nil && (len(d.Arguments) != 1 || !p.has(d.Arguments[0].Value.Raw))
}

// ours says whether a directive is about how the server is built or guarded,
// which is nothing for its clients.
func ours(name string) bool {
	switch name {
	case directiveRequires, directiveDefer, "inlineArguments", "subscriptionContext":
		return true
	}
	rest, found := strings.CutPrefix(name, "go")
	return found && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z'
}

// strip copies the directives that are not ours. The copies are needed: the
// validation of the result writes into each directive, and projections of one
// schema are made side by side.
func strip(ds ast.DirectiveList) (list ast.DirectiveList) {
	for _, d := range ds {
		if !ours(d.Name) {
			c := *d
			list = append(list, &c)
		}
	}
	return list
}

// copyVisible copies what no @requires hides. Fields that begin with two
// underscores are left out: validation adds them to the query type itself.
func (p *projection) copyVisible() {
	for name, def := range p.full.Types {
		if p.hidden(def.Directives) {
			continue
		}
		builtin := strings.HasPrefix(name, "__")
		c := *def
		c.Directives = strip(def.Directives)
		c.Interfaces = slices.Clone(def.Interfaces)
		c.Types, c.TypePositions = slices.Clone(def.Types), nil
		c.Fields, c.EnumValues = nil, nil
		for _, f := range def.Fields {
			if builtin || !strings.HasPrefix(f.Name, "__") && !p.hidden(f.Directives) {
				c.Fields = append(c.Fields, p.copyField(f))
			}
		}
		for _, v := range def.EnumValues {
			if !p.hidden(v.Directives) {
				w := *v
				w.Directives = strip(v.Directives)
				c.EnumValues = append(c.EnumValues, &w)
			}
		}
		p.types[name] = &c
	}
}

func (p *projection) copyField(f *ast.FieldDefinition) *ast.FieldDefinition {
	c := *f
	c.Directives = strip(f.Directives)
	c.Arguments = p.copyArguments(f.Arguments)
	return &c
}

func (p *projection) copyArguments(args ast.ArgumentDefinitionList) (list ast.ArgumentDefinitionList) {
	for _, a := range args {
		if !p.hidden(a.Directives) {
			c := *a
			c.Directives = strip(a.Directives)
			list = append(list, &c)
		}
	}
	return list
}

// settle removes what hangs in the air: members whose type is gone, types
// without members, interfaces that are no longer satisfied. It says whether
// anything was removed, for then there may be more.
func (p *projection) settle() (changed bool) {
	for name, def := range p.types {
		if strings.HasPrefix(name, "__") {
			continue
		}
		before := len(def.Fields) + len(def.Types) + len(def.Interfaces)
		args := 0
		keep := true
		switch def.Kind {
		case ast.Object, ast.Interface:
			def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool {
				n := len(f.Arguments)
				gone := p.gone(f.Type) || !p.settleArguments(f)
				args += n - len(f.Arguments)
				return gone
			})
			def.Interfaces = slices.DeleteFunc(def.Interfaces, func(i string) bool { return !p.satisfies(def, i) })
			keep = len(def.Fields) > 0 && !p.hollow(def)
		case ast.InputObject:
			for _, f := range def.Fields {
				// Without a field that it must have, an input cannot be given at
				// all; left in, the resolver would read a zero in its place.
				keep = keep && !(p.gone(f.Type) && f.Type.NonNull)
			}
			def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool { return p.gone(f.Type) })
			keep = keep && len(def.Fields) > 0
		case ast.Union:
			def.Types = slices.DeleteFunc(def.Types, func(t string) bool { return p.types[t] == nil })
			keep = len(def.Types) > 0
		case ast.Enum:
			keep = len(def.EnumValues) > 0
		case ast.Scalar:
		}
		if !keep {
			delete(p.types, name)
		}
		changed = changed || !keep || args > 0 || before != len(def.Fields)+len(def.Types)+len(def.Interfaces)
	}
	return changed
}

func (p *projection) gone(t *ast.Type) bool { return p.types[t.Name()] == nil }

// settleArguments drops arguments whose type is gone; false means that the
// field cannot be used without one of them.
func (p *projection) settleArguments(f *ast.FieldDefinition) bool {
	for _, a := range f.Arguments {
		if p.gone(a.Type) && (a.Type.NonNull || a.DefaultValue != nil) {
			return false
		}
	}
	f.Arguments = slices.DeleteFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return p.gone(a.Type) })
	return true
}

// hollow says whether an edge lost its node or a connection its edges: what
// would be left of the list is its totalCount.
func (p *projection) hollow(def *ast.Definition) bool {
	for suffix, member := range map[string]string{"Edge": "node", "Connection": "edges"} {
		if strings.HasSuffix(def.Name, suffix) && def.Fields.ForName(member) == nil &&
			p.full.Types[def.Name].Fields.ForName(member) != nil {
			return true
		}
	}
	return false
}

// satisfies says whether a type still fulfils an interface that it names.
func (p *projection) satisfies(def *ast.Definition, name string) bool {
	i := p.types[name]
	if i == nil {
		return false
	}
	for _, ancestor := range i.Interfaces {
		if !slices.Contains(def.Interfaces, ancestor) {
			return false
		}
	}
	for _, want := range i.Fields {
		f := def.Fields.ForName(want.Name)
		if f == nil || !p.covariant(want.Type, f.Type) {
			return false
		}
		for _, a := range want.Arguments {
			if f.Arguments.ForName(a.Name) == nil {
				return false
			}
		}
		for _, a := range f.Arguments {
			if want.Arguments.ForName(a.Name) == nil && a.Type.NonNull && a.DefaultValue == nil {
				return false
			}
		}
	}
	return true
}

func (p *projection) covariant(want, have *ast.Type) bool {
	if want.NonNull && !have.NonNull {
		return false
	}
	if want.Elem != nil || have.Elem != nil {
		return want.Elem != nil && have.Elem != nil && p.covariant(want.Elem, have.Elem)
	}
	if want.NamedType == have.NamedType {
		return true
	}
	w, h := p.types[want.NamedType], p.types[have.NamedType]
	return w != nil && h != nil && (slices.Contains(w.Types, h.Name) || slices.Contains(h.Interfaces, w.Name))
}

func (p *projection) directives() ast.DirectiveDefinitionList {
	var list ast.DirectiveDefinitionList
	for _, name := range slices.Sorted(maps.Keys(p.full.Directives)) {
		if d := p.full.Directives[name]; !ours(name) {
			c := *d
			c.Directives = strip(d.Directives)
			c.Arguments = p.copyArguments(d.Arguments)
			list = append(list, &c)
		}
	}
	return list
}

// roots are the root types that are left.
func (p *projection) roots() (list ast.OperationTypeDefinitionList) {
	add := func(operation ast.Operation, root *ast.Definition) {
		if root != nil && p.types[root.Name] != nil {
			list = append(list, &ast.OperationTypeDefinition{Operation: operation, Type: root.Name})
		}
	}
	add(ast.Query, p.full.Query)
	add(ast.Mutation, p.full.Mutation)
	add(ast.Subscription, p.full.Subscription)
	return list
}

// prune removes the types that nothing leads to from the roots or from an
// argument of a directive. The scalars of the language stay.
func (p *projection) prune(directives ast.DirectiveDefinitionList) {
	implementers := map[string][]string{}
	for name, def := range p.types {
		for _, i := range def.Interfaces {
			implementers[i] = append(implementers[i], name)
		}
	}
	reached := map[string]bool{}
	var reach func(name string)
	arguments := func(args ast.ArgumentDefinitionList) {
		for _, a := range args {
			reach(a.Type.Name())
		}
	}
	reach = func(name string) {
		def := p.types[name]
		if def == nil || reached[name] {
			return
		}
		reached[name] = true
		for _, f := range def.Fields {
			reach(f.Type.Name())
			arguments(f.Arguments)
		}
		for _, n := range slices.Concat(def.Interfaces, def.Types) {
			reach(n)
		}
		if name != relayNode {
			for _, n := range implementers[name] {
				reach(n)
			}
		}
	}
	for _, r := range p.roots() {
		reach(r.Type)
	}
	for _, d := range directives {
		arguments(d.Arguments)
	}
	maps.DeleteFunc(p.types, func(name string, def *ast.Definition) bool {
		return !reached[name] && !def.BuiltIn && !strings.HasPrefix(name, "__")
	})
}

func (p *projection) document(directives ast.DirectiveDefinitionList) *ast.SchemaDocument {
	entry := &ast.SchemaDefinition{
		Description: p.full.Description, Directives: strip(p.full.SchemaDirectives), OperationTypes: p.roots(),
	}
	doc := &ast.SchemaDocument{Schema: ast.SchemaDefinitionList{entry}, Directives: directives}
	for _, name := range slices.Sorted(maps.Keys(p.types)) {
		doc.Definitions = append(doc.Definitions, p.types[name])
	}
	return doc
}
