package graph

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// each calls f with the directives of every element of the schema that may
// carry @requires, and with its coordinate for messages.
func each(s *ast.Schema, f func(coordinate string, ds ast.DirectiveList)) {
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		def := s.Types[name]
		f(name, def.Directives)
		for _, x := range def.Fields {
			f(name+"."+x.Name, x.Directives)
			for _, a := range x.Arguments {
				f(name+"."+x.Name+"("+a.Name+":)", a.Directives)
			}
		}
		for _, v := range def.EnumValues {
			f(name+"."+v.Name, v.Directives)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Directives)) {
		for _, a := range s.Directives[name].Arguments {
			f("@"+name+"("+a.Name+":)", a.Directives)
		}
	}
}

// lint refuses uses of @requires that would not hide what they name, or would
// hide what the server still depends on.
func lint(full *ast.Schema) error {
	var found []error
	report := func(coordinate, text string) {
		found = append(found, fmt.Errorf("%s: @%s %s", coordinate, directiveRequires, text))
	}
	each(full, func(c string, ds ast.DirectiveList) {
		all := ds.ForNames(directiveRequires)
		if len(all) == 0 {
			return
		}
		args := all[0].Arguments
		switch {
		case len(all) > 1:
			report(c, "may be used once; make one permission that covers both")
		case len(args) != 1 || args[0].Name != "permission" || args[0].Value == nil ||
			args[0].Value.Kind != ast.StringValue || args[0].Value.Raw == "":
			report(c, "needs exactly the argument permission, a text that is not empty")
		case strings.HasPrefix(c, "@"):
			report(c, "does nothing on an argument of a directive")
		}
	})
	for _, name := range slices.Sorted(maps.Keys(full.Types)) {
		def := full.Types[name]
		for _, f := range def.Fields {
			if def.Kind == ast.InputObject {
				if permission(f.Directives) != "" && f.Type.NonNull {
					report(name+"."+f.Name, "cannot hide a field of an input that is not null: the resolver would read a zero in its place")
				}
				continue
			}
			for _, a := range f.Arguments {
				if permission(a.Directives) != "" && (a.Type.NonNull || a.DefaultValue != nil) {
					report(name+"."+f.Name+"("+a.Name+":)", "cannot hide an argument that is not null or has a default: the resolver would miss it")
				}
			}
			found = append(found, lintOutput(full, def, f)...)
		}
	}
	if len(found) > 0 {
		return fmt.Errorf("projection: %w", errors.Join(found...))
	}
	return nil
}

// lintOutput refuses to hide a value of an enum from a viewer who sees a field
// that may answer with it: their client would meet a value that its schema
// does not have. The field, or its type, must ask the same permission.
func lintOutput(full *ast.Schema, def *ast.Definition, f *ast.FieldDefinition) (found []error) {
	enum := full.Types[f.Type.Name()]
	if enum == nil || enum.Kind != ast.Enum {
		return nil
	}
	asked := []string{permission(f.Directives), permission(def.Directives), permission(enum.Directives)}
	for _, v := range enum.EnumValues {
		if p := permission(v.Directives); p != "" && !slices.Contains(asked, p) {
			found = append(found, fmt.Errorf("%s.%s: @%s cannot hide a value that %s.%s may answer with, unless that asks %q too",
				enum.Name, v.Name, directiveRequires, def.Name, f.Name, p))
		}
	}
	return found
}

// permission is what a @requires among the directives asks, empty without one.
func permission(ds ast.DirectiveList) string {
	if d := ds.ForName(directiveRequires); d != nil {
		if a := d.Arguments.ForName("permission"); a != nil && a.Value != nil {
			return a.Value.Raw
		}
	}
	return ""
}

// checkDefaults refuses a default value that names something hidden: the
// schema would contradict itself and show the name.
func (p *projection) checkDefaults(directives ast.DirectiveDefinitionList) error {
	for _, name := range slices.Sorted(maps.Keys(p.types)) {
		for _, f := range p.types[name].Fields {
			if err := p.checkValue(f.Type, f.DefaultValue); err != nil {
				return fmt.Errorf("projection: default of %s.%s: %w", name, f.Name, err)
			}
			for _, a := range f.Arguments {
				if err := p.checkValue(a.Type, a.DefaultValue); err != nil {
					return fmt.Errorf("projection: default of %s.%s(%s:): %w", name, f.Name, a.Name, err)
				}
			}
		}
	}
	for _, d := range directives {
		for _, a := range d.Arguments {
			if err := p.checkValue(a.Type, a.DefaultValue); err != nil {
				return fmt.Errorf("projection: default of @%s(%s:): %w", d.Name, a.Name, err)
			}
		}
	}
	return nil
}

func (p *projection) checkValue(t *ast.Type, v *ast.Value) error {
	if v == nil || v.Kind == ast.NullValue {
		return nil
	}
	if t.Elem != nil && v.Kind == ast.ListValue {
		for _, c := range v.Children {
			if err := p.checkValue(t.Elem, c.Value); err != nil {
				return err
			}
		}
		return nil
	}
	def := p.types[t.Name()]
	switch {
	case def == nil:
		return fmt.Errorf("type %s is hidden", t.Name())
	case def.Kind == ast.Enum && def.EnumValues.ForName(v.Raw) == nil:
		return fmt.Errorf("value %s is not one that everybody who sees this may see", v.Raw)
	case def.Kind == ast.InputObject && v.Kind == ast.ObjectValue:
		for _, c := range v.Children {
			f := def.Fields.ForName(c.Name)
			if f == nil {
				return fmt.Errorf("field %s is not one that everybody who sees this may see", c.Name)
			}
			if err := p.checkValue(f.Type, c.Value); err != nil {
				return err
			}
		}
	}
	return nil
}
