package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/schema"
)

// Document is docs/access.md: the matrix as tables for people, printed from
// the data that decides, so that it cannot say anything else.
func Document() string {
	var b strings.Builder
	b.WriteString("# Who may do what\n\n" +
		"Printed from the access matrix in `schema/access.go` by `foyer access matrix`; a test compares.\n\n" +
		"| scope | reaches |\n|---|---|\n")
	for _, s := range []auth.Scope{auth.ScopeNone, auth.ScopeGranted, auth.ScopeOwn, auth.ScopeSelected,
		auth.ScopeOrganization, auth.ScopeTree, auth.ScopeAssigned, auth.ScopeAll} {
		fmt.Fprintf(&b, "| %s | %s |\n", s, meaning(s))
	}
	read := func(g *auth.Grants, name string) string { return dash(g.Read(name)) }
	do := func(g *auth.Grants, name string) string { return dash(g.Action(name)) }
	may := func(g *auth.Grants, name string) string {
		if g.Has(name) {
			return "yes"
		}
		return ""
	}
	for _, kind := range []struct{ key, title string }{
		{schema.RoleOrganization, "Roles in an organization"}, {schema.RoleStaff, "Roles of staff"}, {schema.RoleOther, "Others"},
	} {
		fmt.Fprintf(&b, "\n## %s\n", kind.title)
		table(&b, "Reads", kind.key, slices.Sorted(maps.Keys(schema.Entities)), read)
		table(&b, "Actions", kind.key, slices.Sorted(maps.Keys(schema.Actions)), do)
		table(&b, "Permissions", kind.key, schema.Permissions, may)
	}
	b.WriteString("\n## What an action may write\n\n| action | on | writes |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(schema.Actions)) {
		a := schema.Actions[name]
		var writes []string
		for _, t := range slices.Sorted(maps.Keys(a.Writes)) {
			writes = append(writes, t+" ("+opNames(a.Writes[t])+")")
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, a.On, strings.Join(writes, ", "))
	}
	b.WriteString("\n## Rows that need more\n\n| type | only rows with | unless |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(schema.Entities)) {
		if o := schema.Entities[name].Only; o != nil {
			fmt.Fprintf(&b, "| %s | %s = %s | %s |\n", name, o.Column, o.Value, o.Unless)
		}
		if a := schema.Entities[name].Audience; a != nil {
			fmt.Fprintf(&b, "| %s | not %s, or for the viewer's organization or a segment that it is in | %s |\n", name, a.Column, a.Unless)
		}
		if w := schema.Entities[name].Within; w != nil {
			fmt.Fprintf(&b, "| %s | %s leads to a %s that is seen | |\n", name, w.Column, w.Entity)
		}
		for _, w := range schema.Entities[name].Also {
			if w.Alone {
				fmt.Fprintf(&b, "| %s | %s leads to nothing; otherwise, whatever the scope, it leads to a %s that is seen | |\n", name, w.Column, w.Entity)
				continue
			}
			fmt.Fprintf(&b, "| %s | or, whatever the scope: %s leads to a %s that is seen | |\n", name, w.Column, w.Entity)
		}
	}
	return b.String()
}

func dash(s auth.Scope) string {
	if s == auth.ScopeNone {
		return ""
	}
	return s.String()
}

func opNames(o schema.Ops) string {
	var names []string
	for _, x := range []struct {
		op   schema.Ops
		name string
	}{{schema.Create, "create"}, {schema.Update, "update"}, {schema.Delete, "delete"}} {
		if o&x.op != 0 {
			names = append(names, x.name)
		}
	}
	return strings.Join(names, ", ")
}

func table(b *strings.Builder, title, kind string, rows []string, cell func(*auth.Grants, string) string) {
	fmt.Fprintf(b, "\n### %s\n\n| |", title)
	line := "\n|---|"
	for _, r := range schema.Roles {
		if r.Kind == kind {
			fmt.Fprintf(b, " %s |", r.Key)
			line += "---|"
		}
	}
	b.WriteString(line + "\n")
	for _, name := range rows {
		fmt.Fprintf(b, "| %s |", name)
		for _, r := range schema.Roles {
			if r.Kind == kind {
				fmt.Fprintf(b, " %s |", cell(schema.Grants[r.Key], name))
			}
		}
		b.WriteString("\n")
	}
}
