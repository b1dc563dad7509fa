package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// change is one difference that can break a client.
type change struct {
	coordinate string // https://spec.graphql.org/draft/#sec-Schema-Coordinates
	what       string
}

// owner is the coordinate of the type or directive that the change is in.
func (c change) owner() string {
	owner, _, _ := strings.Cut(c.coordinate, ".")
	if strings.HasPrefix(owner, "@") {
		owner, _, _ = strings.Cut(owner, "(")
	}
	return owner
}

type comparison struct{ found []change }

func (c *comparison) add(coordinate, format string, args ...any) {
	c.found = append(c.found, change{coordinate, fmt.Sprintf(format, args...)})
}

// compare finds what an operation that was valid in one schema may meet in the
// other. Additions are no changes here, except of inputs that must be given.
func compare(from, to *ast.SchemaDocument) []change {
	c := &comparison{}
	for _, was := range from.Definitions {
		is := to.Definitions.ForName(was.Name)
		switch {
		case is == nil:
			c.add(was.Name, "the type is gone")
		case is.Kind != was.Kind:
			c.add(was.Name, "it was %s, now it is %s", was.Kind, is.Kind)
		default:
			c.definition(was, is)
		}
	}
	for _, was := range from.Directives {
		name := "@" + was.Name
		is := to.Directives.ForName(was.Name)
		if is == nil {
			c.add(name, "the directive is gone")
			continue
		}
		for _, l := range was.Locations {
			if !slices.Contains(is.Locations, l) {
				c.add(name, "it is not allowed on %s any more", l)
			}
		}
		c.arguments(name, was.Arguments, is.Arguments)
	}
	return c.found
}

func (c *comparison) definition(was, is *ast.Definition) {
	for _, i := range was.Interfaces {
		if !slices.Contains(is.Interfaces, i) {
			c.add(was.Name, "it does not implement %s any more", i)
		}
	}
	for _, t := range was.Types {
		if !slices.Contains(is.Types, t) {
			c.add(was.Name, "%s is not a member any more", t)
		}
	}
	for _, v := range was.EnumValues {
		if is.EnumValues.ForName(v.Name) == nil {
			c.add(was.Name+"."+v.Name, "the value is gone")
		}
	}
	for _, f := range was.Fields {
		name := was.Name + "." + f.Name
		now := is.Fields.ForName(f.Name)
		switch {
		case now == nil:
			c.add(name, "the field is gone")
		case was.Kind == ast.InputObject:
			c.input(name, f.Type, now.Type, f.DefaultValue, now.DefaultValue)
		default:
			if !fits(f.Type, now.Type) {
				c.add(name, "it was of type %s, now it is %s", f.Type, now.Type)
			}
			c.arguments(name, f.Arguments, now.Arguments)
		}
	}
	if was.Kind != ast.InputObject {
		return
	}
	for _, f := range is.Fields {
		if was.Fields.ForName(f.Name) == nil && f.Type.NonNull && f.DefaultValue == nil {
			c.add(was.Name+"."+f.Name, "the new field must be given")
		}
	}
}

func (c *comparison) arguments(of string, was, is ast.ArgumentDefinitionList) {
	for _, a := range was {
		name := of + "(" + a.Name + ":)"
		if now := is.ForName(a.Name); now != nil {
			c.input(name, a.Type, now.Type, a.DefaultValue, now.DefaultValue)
		} else {
			c.add(name, "the argument is gone")
		}
	}
	for _, a := range is {
		if was.ForName(a.Name) == nil && a.Type.NonNull && a.DefaultValue == nil {
			c.add(of+"("+a.Name+":)", "the new argument must be given")
		}
	}
}

// input compares what a client sends.
func (c *comparison) input(name string, was, is *ast.Type, before, now *ast.Value) {
	// A variable declared of the old type must still be usable: the roles are
	// the other way round than for what a client receives. With a default, null
	// for "not given" was fine, and stays so as long as there is one.
	switch {
	case before != nil && now == nil:
		c.add(name, "it has no default any more")
	case before != nil && before.String() != now.String():
		c.add(name, "the default was %s, now it is %s", before, now)
	case !fits(is, was):
		c.add(name, "it was of type %s, now it is %s", was, is)
	}
}

// fits says whether every value of a type is one of another: the same, or
// stricter about null.
func fits(wanted, have *ast.Type) bool {
	if wanted.NonNull && !have.NonNull {
		return false
	}
	if wanted.Elem != nil || have.Elem != nil {
		return wanted.Elem != nil && have.Elem != nil && fits(wanted.Elem, have.Elem)
	}
	return wanted.NamedType == have.NamedType
}
