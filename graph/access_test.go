package graph_test

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/auth"
	"foyer/ent"
	"foyer/graph"
	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

// row is what decides about one record.
type row struct{ id, org, user, subject, only string }

// rowsOf reads all rows of a type, past every rule.
func rowsOf(t testing.TB, f *testkit.Foyer, typ string) (rows []row) {
	t.Helper()
	e := schema.Entities[typ]
	column := func(name string) string {
		if name == "" {
			return "''"
		}
		return name
	}
	only := ""
	if e.Only != nil {
		only = e.Only.Column
	}
	ctx := t.Context()
	found, err := f.Store.Raw(ctx).QueryContext(ctx, fmt.Sprintf("SELECT id, %s, %s, %s, %s FROM %s ORDER BY id",
		column(e.Org), column(e.User), column(e.Subject), column(only), ent.Meta[typ].Table))
	require.NoError(t, err)
	defer func() { _ = found.Close() }()
	for found.Next() {
		var id string
		var org, user, subject, is sql.NullString
		require.NoError(t, found.Scan(&id, &org, &user, &subject, &is))
		rows = append(rows, row{id, org.String, user.String, subject.String, is.String})
	}
	require.NoError(t, found.Err())
	return rows
}

// oracle says what a role should see, from the matrix's words and the world,
// without the code that enforces them.
type oracle struct {
	f       *testkit.Foyer
	members map[string][]string // user -> organizations
}

func newOracle(t *testing.T, f *testkit.Foyer) *oracle {
	t.Helper()
	o := &oracle{f: f, members: map[string][]string{}}
	for _, m := range rowsOf(t, f, "Membership") {
		o.members[m.user] = append(o.members[m.user], m.org)
	}
	return o
}

func (o *oracle) sees(role, typ string, r row) bool {
	w, e := o.f.World, schema.Entities[typ]
	if e.Only != nil && r.only != e.Only.Value && !schema.Grants[role].Has(e.Only.Unless) {
		return false
	}
	for i := range e.Also {
		if o.leads(role, typ, &e.Also[i], r.id) {
			return true
		}
		if e.Also[i].Alone && o.leadsTo(typ, &e.Also[i], r.id) != "" {
			return false // whatever the scope
		}
	}
	return o.reaches(role, typ, schema.Grants[role].Read(typ), r, w) && o.led(role, typ, r.id)
}

func (o *oracle) reaches(role, typ string, scope auth.Scope, r row, w *world.World) bool {
	me := ""
	if u := w.Users[role]; u != nil {
		me = string(u.ID)
	}
	north, tree := string(w.North.ID), []string{string(w.North.ID), string(w.Sub.ID)}
	staff := strings.HasPrefix(role, "STAFF_")
	inOrg := func(orgs ...string) bool {
		if typ == "User" {
			return slices.ContainsFunc(o.members[r.id], func(org string) bool { return slices.Contains(orgs, org) })
		}
		return slices.Contains(orgs, r.org)
	}
	everywhere := staff || typ == "Membership" || typ == "Session" || typ == "User" || typ == "Notification" || typ == "SavedView"
	switch scope {
	case auth.ScopeAll:
		return true
	case auth.ScopeGranted:
		return r.subject == string(w.Orders[world.OrderOfSouth].ID)
	case auth.ScopeOwn:
		return r.user == me && (everywhere || r.org == north)
	case auth.ScopeSelected:
		named := r.user == string(w.Users["ORG_MEMBER"].ID) && role == "ORG_BUYER" && typ != "Membership"
		return (r.user == me || named) && (everywhere || r.org == north)
	case auth.ScopeOrganization:
		return inOrg(north)
	case auth.ScopeTree:
		return inOrg(tree...)
	case auth.ScopeAssigned:
		return (role == "STAFF_SALES" || role == "STAFF_AGENT") && inOrg(north)
	case auth.ScopeNone:
	}
	return false
}

// entityTypes are the types of the model that the API has.
func entityTypes() (types []string) {
	full := graph.FullSchema()
	for name := range schema.Entities {
		if full.Types[name] != nil {
			types = append(types, name)
		}
	}
	slices.Sort(types)
	return types
}

func keys(ids []string) []string { slices.Sort(ids); return ids }

// TestReads asks for every record of every type by node(), as every role.
func TestReads(t *testing.T) { testkit.Each(t, reads) }

func reads(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	o, cases := newOracle(t, f), 0
	for _, r := range schema.Roles {
		c := f.As(r.Key)
		for _, typ := range entityTypes() {
			for _, x := range rowsOf(t, f, typ) {
				cases++
				a := c.Do(`query($id: ID!) { node(id: $id) { __typename id } }`, map[string]any{"id": x.id})
				if o.sees(r.Key, typ, x) {
					require.Equal(t, typ, a.At("node", "__typename"), "%s should see %s: %s", r.Key, x.id, a.Body)
					require.Equal(t, x.id, a.At("node", "id"))
					continue
				}
				require.Nil(t, a.At("node"), "%s should not see %s", r.Key, x.id)
				require.Equal(t, "NOT_FOUND", a.Code(), a.Body)
			}
		}
	}
	t.Logf("access cases by node: %d", cases)
}

// TestLists compares every list root, its count and each page size, as every role.
func TestLists(t *testing.T) { testkit.Each(t, lists) }

func lists(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	o, cases := newOracle(t, f), 0
	full := graph.FullSchema()
	for _, r := range schema.Roles {
		projected, err := graph.Project(full, schema.Grants[r.Key].Has)
		require.NoError(t, err)
		for _, field := range full.Query.Fields {
			typ, connection := strings.CutSuffix(field.Type.Name(), "Connection")
			if _, entity := schema.Entities[typ]; !entity || !connection && field.Type.Elem == nil {
				continue
			}
			if slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) {
				continue // a part of the rows, by its argument
			}
			if field.Name == "trainingRequirements" {
				continue // those of one organization: TestRequirements
			}
			cases++
			rows := rowsOf(t, f, typ)
			selection, counted := "id", connection && full.Types[field.Type.Name()].Fields.ForName("totalCount") != nil
			switch {
			case counted:
				selection = "totalCount edges { node { id } }"
			case connection:
				selection = "edges { node { id } }"
			}
			arguments := ""
			if connection {
				arguments = "(first: 100)"
			}
			a := f.As(r.Key).Do(fmt.Sprintf("{ list: %s%s { %s } }", field.Name, arguments, selection), nil)
			if projected.Query.Fields.ForName(field.Name) == nil {
				require.Contains(t, a.Body, "Cannot query field", "%s, %s", r.Key, field.Name)
				continue
			}
			require.Empty(t, a.Errors, "%s, %s: %s", r.Key, field.Name, a.Body)
			want, got := []string{}, []string{}
			for _, x := range rows {
				if o.sees(r.Key, typ, x) {
					want = append(want, x.id)
				}
			}
			list, _ := a.At("list").([]any)
			if connection {
				list, _ = a.At("list", "edges").([]any)
			}
			if counted {
				require.InDelta(t, float64(len(want)), a.At("list", "totalCount"), 0, "%s, %s", r.Key, field.Name)
			}
			for i := range list {
				id, _ := testkit.At(list[i], "node", "id").(string)
				if !connection {
					id, _ = testkit.At(list[i], "id").(string)
				}
				got = append(got, id)
			}
			if len(want) <= 100 {
				require.Equal(t, keys(want), keys(got), "%s, %s", r.Key, field.Name)
			}
		}
	}
	t.Logf("access cases by list: %d", cases)
}

// edges says where the other end of each edge is found: a column of the row
// itself ("fk"), or a column of the other table that names the row. An edge
// that is not here fails the test: say what it is.
var edges = map[string][2]string{
	"Order.organization": {"fk", "organization_id"}, "Order.user": {"fk", "user_id"},
	"Order.lines": {"order_id", ""}, "Order.shipments": {"order_id", ""},
	"OrderLine.order": {"fk", "order_id"}, "OrderLine.variant": {"fk", "variant_id"},
	"Shipment.order": {"fk", "order_id"}, "Shipment.lines": {"shipment_id", ""}, "Shipment.trackingEvents": {"shipment_id", ""},
	"ShipmentLine.orderLine": {"fk", "order_line_id"}, "TrackingEvent.shipment": {"fk", "shipment_id"},
	"ParcelReport.shipment": {"fk", "shipment_id"},
	"Product.category":      {"fk", "category_id"}, "Product.variants": {"product_id", ""}, "ProductVariant.product": {"fk", "product_id"},
	"Category.parent": {"fk", "parent_id"}, "Category.subcategories": {"parent_id", ""},
	"Organization.parent": {"fk", "parent_id"}, "Organization.subsidiaries": {"parent_id", ""},
	"Organization.memberships": {"organization_id", ""}, "Organization.assignments": {"organization_id", ""},
	"User.memberships": {"user_id", ""}, "User.assignments": {"user_id", ""},
	"Membership.user": {"fk", "user_id"}, "Membership.organization": {"fk", "organization_id"}, "Membership.role": {"fk", "role_id"},
	"Notification.order": {"fk", "order_id"},
	"ImportRun.user":     {"fk", "user_id"},
	"RuleTable.user":     {"fk", "user_id"}, "SearchMiss.mergedInto": {"fk", "merged_into_id"},
	// What is no column of either side, and the test that follows it as each role.
	"Cart.attachments": {elsewhere, "TestFilesByRole"}, "Order.attachments": {elsewhere, "TestFilesByRole"},
	"Product.pictures": {elsewhere, "TestFilesByRole"}, "Product.documents": {elsewhere, "TestFilesByRole"},
	"SearchMiss.answerProducts":           {elsewhere, "TestSearchMisses"},
	"OrganizationAssignment.organization": {"fk", "organization_id"}, "OrganizationAssignment.user": {"fk", "user_id"},
}

// elsewhere stands for an edge that another test follows.
const elsewhere = "elsewhere"

// TestNestedEdges follows every edge from every visible record, as every role.
func TestNestedEdges(t *testing.T) { testkit.Each(t, nestedEdges) }

func nestedEdges(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	followEdges(t, f, entityTypes())
}

// followEdges follows every edge from every visible record of some types.
func followEdges(t *testing.T, f *testkit.Foyer, types []string) {
	t.Helper()
	o, cases, full := newOracle(t, f), 0, graph.FullSchema()
	all := map[string][]row{}
	for _, typ := range entityTypes() {
		all[typ] = rowsOf(t, f, typ)
	}
	for _, r := range schema.Roles {
		projected, err := graph.Project(full, schema.Grants[r.Key].Has)
		require.NoError(t, err)
		for _, typ := range types {
			for _, field := range full.Types[typ].Fields {
				target := field.Type.Name()
				if _, entity := schema.Entities[target]; !entity {
					continue
				}
				how, known := edges[typ+"."+field.Name]
				require.True(t, known, "the edge %s.%s is not in this test's table", typ, field.Name)
				if d := projected.Types[typ]; how[0] == elsewhere || d == nil || d.Fields.ForName(field.Name) == nil {
					continue
				}
				for _, x := range all[typ] {
					if !o.sees(r.Key, typ, x) {
						continue
					}
					cases++
					a := f.As(r.Key).Do(fmt.Sprintf(`query($id: ID!) { node(id: $id) { ... on %s { edge: %s { id } } } }`, typ, field.Name), map[string]any{"id": x.id})
					require.Empty(t, a.Errors, "%s %s.%s of %s: %s", r.Key, typ, field.Name, x.id, a.Body)
					want := []string{}
					for _, y := range linkedRows(t, f, typ, target, how, x.id, all[target]) {
						if o.sees(r.Key, target, y) {
							want = append(want, y.id)
						}
					}
					require.Equal(t, keys(want), keys(idsAt(a.At("node", "edge"), field.Type)), "%s %s.%s of %s", r.Key, typ, field.Name, x.id)
				}
			}
		}
	}
	t.Logf("access cases by edge: %d", cases)
}

func idsAt(value any, typ *ast.Type) []string {
	ids := []string{}
	list, _ := value.([]any)
	if typ.Elem == nil && value != nil {
		list = []any{value}
	}
	for _, x := range list {
		id, _ := testkit.At(x, "id").(string)
		ids = append(ids, id)
	}
	return ids
}

func linkedRows(t *testing.T, f *testkit.Foyer, typ, target string, how [2]string, id string, candidates []row) (linked []row) {
	t.Helper()
	ctx := t.Context()
	query := fmt.Sprintf("SELECT id FROM %s WHERE %s = $1", ent.Meta[target].Table, how[0])
	if how[0] == "fk" {
		query = fmt.Sprintf("SELECT %s FROM %s WHERE id = $1 AND %s IS NOT NULL", how[1], ent.Meta[typ].Table, how[1])
	}
	found, err := f.Store.Raw(ctx).QueryContext(ctx, query, id)
	require.NoError(t, err)
	defer func() { _ = found.Close() }()
	for found.Next() {
		var other string
		require.NoError(t, found.Scan(&other))
		for _, c := range candidates {
			if c.id == other {
				linked = append(linked, c)
			}
		}
	}
	require.NoError(t, found.Err())
	return linked
}

// TestHiddenFieldsDoNotExist asks every role for every field that it does not
// see: the answer is the one for a field that nobody has.
func TestHiddenFieldsDoNotExist(t *testing.T) {
	f := testkit.SQLite(t)
	full, cases := graph.FullSchema(), 0
	for _, r := range schema.Roles {
		projected, err := graph.Project(full, schema.Grants[r.Key].Has)
		require.NoError(t, err)
		for _, name := range slices.Sorted(maps.Keys(full.Types)) {
			d := full.Types[name]
			if d.Kind != ast.Object || strings.HasPrefix(name, "__") || projected.Types[name] == nil || !implementsNode(d) && d != full.Query {
				continue
			}
			for _, field := range d.Fields {
				if strings.HasPrefix(field.Name, "__") || projected.Types[name].Fields.ForName(field.Name) != nil {
					continue
				}
				cases++
				ask := func(field string) string {
					if d == full.Query {
						return f.As(r.Key).Do("{ "+field+" }", nil).Body
					}
					return f.As(r.Key).Do("{ node(id: \"x\") { ... on "+name+" { "+field+" } } }", nil).Body
				}
				invented := "no" + field.Name
				require.Equal(t, strings.ReplaceAll(ask(invented), invented, field.Name), ask(field.Name), "%s, %s.%s", r.Key, name, field.Name)
			}
		}
	}
	t.Logf("hidden fields asked for: %d", cases)
}

func implementsNode(d *ast.Definition) bool { return slices.Contains(d.Interfaces, "Node") }
