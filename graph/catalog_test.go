package graph_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	entfile "foyer/ent/file"
	"foyer/ent/product"
	"foyer/portal/catalog"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"saveProductType": {"productType.save", "ProductType", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "name": "Laser"}
		}},
		"saveCategory": {"category.save", "Category", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id, "name": "Machines", "position": 3}
		}},
		"deleteCategory": {"category.delete", "Category", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id}
		}},
		"saveProduct": {"product.save", "Product", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "keywords": "beam"}
		}},
		"setProductAudience": {"product.audience", "Product", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"productId": id, "version": v, "restricted": false, "organizationIds": []any{f.World.South.ID}}
		}},
		"saveVariant": {"variant.save", "ProductVariant", func(f *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id, "version": productVersion(f, id), "name": "Basic"}
		}},
		"saveSegment": {"segment.save", "Segment", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "name": "Schools"}
		}},
		"setSegmentMembers": {"segment.members", "Segment", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"segmentId": id, "version": v, "add": []any{f.World.South.ID}}
		}},
		"setTradeTerms": {"organization.trade", "Organization", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"organizationId": id, "currency": "CHF", "vatId": "de 123 456 789"}
		}},
		"setDeliveryAddresses": {"organization.addresses", "Organization", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"organizationId": id, "addresses": []any{map[string]any{"name": "North", "line1": "Hafen 1", "city": "Kiel", "country": "DE"}}}
		}},
	})
	maps.Copy(edges, map[string][2]string{
		"Product.type": {"fk", "type_id"}, "Product.replacedBy": {"(SELECT replaced_id FROM product_replacements WHERE product_id = products.id)", ""},
		"Category.path":         {"(SELECT id FROM categories AS b WHERE b.parent_id = categories.id)", ""}, // of a tree of two levels
		"Segment.organizations": {"(SELECT segment_id FROM segment_members WHERE organization_id = organizations.id)", ""},
	})
	moreGuesses = append(moreGuesses, func(*testkit.Foyer) map[string][]guess {
		return map[string][]guess{"ProductFilter.typeId": {{gid.New(gid.ProductType), gid.New(gid.ProductType)}}, "ProductFilter.segmentId": {{gid.New(gid.Segment), gid.New(gid.Segment)}},
			"ProductFilter.restricted": {{true, true}, {false, false}}, "ProductFilter.withoutPicture": {{true, true}, {false, false}}, "ProductFilter.withoutPrice": {{true, true}, {false, false}}}
	})
}

// productVersion is the version of a variant's product, 1 for one that is not there.
func productVersion(f *testkit.Foyer, variant gid.ID) int {
	version := 1
	_ = f.Store.Raw(f.Context()).QueryRowContext(f.Context(),
		`SELECT p.version FROM products p JOIN product_variants v ON v.product_id = p.id WHERE v.id = $1`, string(variant)).Scan(&version)
	return version
}

// led says whether a row that is only seen beside another one, or only by some
// customers, is seen by a role; in words of its own.
func (o *oracle) led(role, typ string, id string) bool {
	e := schema.Entities[typ]
	ctx := o.f.Context()
	if a := e.Audience; a != nil && !schema.Grants[role].Has(a.Unless) {
		org := o.f.Viewer(role).OrganizationID
		var n int
		if err := o.f.Store.Raw(ctx).QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM %s x LEFT JOIN %s a ON a.%s = x.id
			LEFT JOIN segment_members m ON m.segment_id = a.audience_id
			WHERE x.id = $1 AND (NOT x.%s OR a.audience_id = $2 OR m.organization_id = $2)`,
			ent.Meta[typ].Table, a.Table, a.Key, a.Column), id, org).Scan(&n); err != nil || n == 0 {
			return false
		}
	}
	if w := e.Within; w != nil {
		return o.leads(role, typ, w, id)
	}
	return true
}

// leads says whether a row leads to one of another type that the role sees.
func (o *oracle) leads(role, typ string, w *schema.Within, id string) bool {
	other := o.leadsTo(typ, w, id)
	for _, x := range rowsOf(o.f.T(), o.f, w.Entity) {
		if other != "" && x.id == other {
			return o.sees(role, w.Entity, x)
		}
	}
	return false
}

// leadsTo is the row of another type that a row leads to, if any.
func (o *oracle) leadsTo(typ string, w *schema.Within, id string) string {
	ctx := o.f.Context()
	var other sql.NullString
	require.NoError(o.f.T(), o.f.Store.Raw(ctx).QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE id = $1", w.Column, ent.Meta[typ].Table), id).Scan(&other))
	return other.String
}

// shelves are a catalog with something on each side of every border.
type shelves struct {
	forSouth, forSchools, forSub, forNobody, forNorth, draft, retired *ent.Product
	variants                                                          map[gid.ID]*ent.ProductVariant // by product
	schools, partners                                                 *ent.Segment
}

// stockShop makes it: South is in the segment of schools, North in that of partners.
func stockShelves(t *testing.T, f *testkit.Foyer) *shelves {
	t.Helper()
	s, w := &shelves{variants: map[gid.ID]*ent.ProductVariant{}}, f.World
	ctx := auth.WithSystem(t.Context(), "catalog of a test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		var err error
		s.schools = tx.Segment.Query().OnlyX(ctx)
		s.partners, err = tx.Segment.Create().SetKey("partners").SetName("Partners").Save(ctx)
		require.NoError(t, err)
		require.NoError(t, catalog.PutMembers(ctx, f.Store, s.schools.ID, []gid.ID{w.South.ID}))
		require.NoError(t, catalog.PutMembers(ctx, f.Store, s.partners.ID, []gid.ID{w.North.ID}))
		laser := tx.ProductType.Query().OnlyX(ctx)
		make := func(name string, status product.Status, restricted bool, audience ...gid.ID) *ent.Product {
			p, err := tx.Product.Create().SetName(name).SetStatus(status).SetRestricted(restricted).SetTypeID(laser.ID).
				SetCategoryID(w.Product.CategoryID).SetAttributes([]schema.Attribute{
				{Key: "power", Name: "Old name", Value: "12500.5"}, {Key: "margin", Name: "Margin", Value: "40"}, {Name: "Colour", Value: "grey"},
			}).Save(ctx)
			require.NoError(t, err)
			require.NoError(t, catalog.PutAudience(ctx, f.Store, p.ID, audience))
			s.variants[p.ID], err = tx.ProductVariant.Create().SetProductID(p.ID).SetSku(strings.ToUpper(name) + "-1").SetName(name).
				SetPriceMinor(77).SetCurrency("EUR").SetAttributes([]schema.Attribute{
				{Key: "cooling", Name: "Cooling", Value: "air"}, {Key: "supplier", Name: "Supplier", Value: "Secret AG"},
			}).Save(ctx)
			require.NoError(t, err)
			return p
		}
		s.forSouth = make("South", product.StatusACTIVE, true, w.South.ID)
		s.forSchools = make("Schools", product.StatusACTIVE, true, s.schools.ID)
		s.forSub = make("Sub", product.StatusACTIVE, true, w.Sub.ID)
		s.forNobody = make("Nobody", product.StatusACTIVE, true)
		s.forNorth = make("North", product.StatusACTIVE, true, w.North.ID, s.partners.ID, s.schools.ID)
		s.draft = make("Drafted", product.StatusDRAFT, false, w.North.ID)
		s.retired = make("Retired", product.StatusRETIRED, false)
		// What everybody sees names them all.
		var related []schema.Related
		for _, p := range s.all() {
			related = append(related, schema.Related{Kind: "REPLACES", ProductID: string(p.ID)})
			require.NoError(t, catalog.Replacements(ctx, f.Store, p.ID, []schema.Related{{Kind: "REPLACES", ProductID: string(w.Product.ID)}}))
		}
		return tx.Product.UpdateOneID(w.Product.ID).SetRelated(append(related, schema.Related{Kind: "UPSELL", ProductID: string(s.forNorth.ID)})).Exec(ctx)
	}))
	// Each of North's lines is of a product that North's people may not see by now.
	for i, owner := range []string{world.OrderOfMember, world.OrderOfBuyer, world.OrderOfManager, world.OrderOfAdmin, world.OrderOfColleague} {
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE order_lines SET variant_id = $1 WHERE id = $2`,
			string(s.variants[s.all()[i].ID].ID), string(w.Lines[owner].ID))
		require.NoError(t, err)
	}
	return s
}

func (s *shelves) all() []*ent.Product {
	return []*ent.Product{s.forSouth, s.forSchools, s.forSub, s.forNobody, s.draft, s.retired, s.forNorth}
}

// TestAudiences has every role look for every record of such a catalog, by every
// way there is; and says once more, without the oracle, what North must not see.
func TestAudiences(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		s := stockShelves(t, f)
		reads(t, f)
		lists(t, f)
		followEdges(t, f, []string{"Product", "ProductVariant", "ProductType", "Category", "Segment", "OrderLine"})
		south := f.With(tokenOf(f, "SOUTH"))
		for _, p := range s.all() {
			forNorth, forSouth := p == s.forNorth, p == s.forNorth || p == s.forSouth || p == s.forSchools
			v := s.variants[p.ID]
			for _, x := range []struct {
				c    *testkit.Client
				sees bool
			}{
				{f.As("ORG_MEMBER"), forNorth}, {f.As("ORG_ADMIN"), forNorth}, {south, forSouth}, {f.As("ANONYMOUS"), false},
				{f.As("STAFF_MARKETING"), true}, {f.As("STAFF_SALES"), true},
			} {
				for _, id := range []gid.ID{p.ID, v.ID} {
					require.Equal(t, x.sees, x.c.Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}).At("node", "id") != nil, "%s: %s", x.c.Role, p.Name)
				}
				require.Equal(t, x.sees, x.c.Do(`query($id: ID!) { product(id: $id) { id } }`, map[string]any{"id": p.ID}).At("product", "id") != nil, p.Name)
				for _, search := range []string{p.Name, v.Sku} {
					found := x.c.Must(`query($s: String) { products(filter: {search: $s}) { totalCount edges { node { id } } } }`, map[string]any{"s": search})
					n := 0.0
					if x.sees {
						n = 1
					}
					require.InDelta(t, n, testkit.At(found, "products", "totalCount"), 0, "%s: %s", x.c.Role, search)
				}
				related, _ := testkit.At(x.c.Must(`query($id: ID!) { product(id: $id) { related(kind: REPLACES) { product { id } } replacedBy { id } } }`,
					map[string]any{"id": f.World.Product.ID}), "product").(map[string]any)
				ids := []any{}
				for _, r := range related["related"].([]any) {
					require.NotNil(t, testkit.At(r, "product", "id"), "a relation to nothing tells that there is something")
					ids = append(ids, testkit.At(r, "product", "id"))
				}
				if x.sees {
					require.Contains(t, ids, string(p.ID))
				} else {
					require.NotContains(t, ids, string(p.ID))
				}
				require.Len(t, related["replacedBy"], len(ids))
			}
			if !forNorth {
				for _, role := range blind {
					if strings.HasPrefix(role, "STAFF_") {
						continue
					}
					fresh, none := gid.New(gid.Product), gid.New(gid.Variant)
					same(t, f.As(role), `query($v: ID!) { product(id: $v) { id } }`, map[string]any{"v": p.ID}, map[string]any{"v": fresh})
					same(t, f.As(role), `query($v: ID!) { node(id: $v) { id } }`, map[string]any{"v": v.ID}, map[string]any{"v": none}, [2]string{string(v.ID), string(none)})
					same(t, f.As(role), `query($v: String) { products(filter: {search: $v}) { totalCount pageInfo { endCursor } } }`, map[string]any{"v": v.Sku}, map[string]any{"v": "NO-SUCH"})
				}
			}
		}
		// Two ways to be meant do not make two of one.
		count := f.As("ORG_MEMBER").Must(`query($c: ID!) { products(filter: {categoryId: $c}) { totalCount edges { node { name } } } }`, map[string]any{"c": f.World.Product.CategoryID})
		require.InDelta(t, 2, testkit.At(count, "products", "totalCount"), 0, "the machine and what is for North: %v", count)
		// The line stays as it was sold; the variant behind it is gone.
		line := f.As("ORG_MEMBER").Must(`{ order(number: "FO-ORG_MEMBER") { lines { sku name variant { sku product { name } } } } }`, nil)
		require.Equal(t, map[string]any{"sku": "SKU-ORG_MEMBER", "name": "Spectra", "variant": nil}, testkit.At(line, "order", "lines", 0))
	})
}

func tokenOf(f *testkit.Foyer, person string) string {
	in := f.With("").Must(`mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
		map[string]any{"e": world.Email(person), "p": world.Password})
	token, _ := testkit.At(in, "signIn", "accessToken").(string)
	return token
}

// TestFilesOfProducts: who sees a product sees its files, beside those of their
// own orders, and nobody sees others.
func TestFilesOfProducts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		s, w := stockShelves(t, f), f.World
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			add := func(name string) *ent.FileCreate {
				return tx.File.Create().SetKind(entfile.KindPICTURE).SetName(name).SetContentType("image/png").SetBytes(1).SetSha256("x").SetStorageKey(name)
			}
			for _, p := range append(s.all(), w.Product, w.Draft) {
				require.NoError(t, add(p.Name).SetProductID(p.ID).Exec(ctx))
			}
			own, theirs := w.Orders[world.OrderOfMember], w.Orders[world.OrderOfSouth]
			require.NoError(t, add("own").SetOrderID(own.ID).SetOrganizationID(own.OrganizationID).SetUserID(own.UserID).Exec(ctx))
			return add("theirs").SetOrderID(theirs.ID).SetOrganizationID(theirs.OrganizationID).SetUserID(theirs.UserID).Exec(ctx)
		})
		products := []string{"Drafted", "Nobody", "North", "Retired", "Schools", "Secret", "South", "Spectra", "Sub"}
		drawings := func(owners ...string) (names []string) { // that the world attaches to the orders
			for _, owner := range owners {
				names = append(names, "drawing of "+owner+".pdf")
			}
			return names
		}
		works := func(owners ...string) (names []string) { // that its learners hand in
			for _, owner := range owners {
				names = append(names, "work of "+owner+".pdf")
			}
			return names
		}
		north := []string{world.OrderOfMember, world.OrderOfBuyer, world.OrderOfManager, world.OrderOfAdmin, world.OrderOfColleague}
		for role, want := range map[string][]string{
			"ORG_MEMBER":  append(drawings(world.OrderOfMember), "North", "Spectra", "own", "work of ORG_MEMBER.pdf"),
			"ORG_BUYER":   append(drawings(world.OrderOfMember, world.OrderOfBuyer), "North", "Spectra", "own", "work of ORG_BUYER.pdf"),
			"ORG_MANAGER": slices.Concat(drawings(north...), []string{"North", "Spectra", "own"}, works(world.OrderOfMember, world.OrderOfBuyer, world.OrderOfAdmin, world.OrderOfColleague)),
			"ORG_ADMIN": slices.Concat(drawings(append(slices.Clone(north), world.OrderOfSub)...), []string{"North", "Spectra", "own"},
				works(world.OrderOfMember, world.OrderOfBuyer, world.OrderOfAdmin, world.OrderOfColleague, world.OrderOfSub)),
			"ANONYMOUS": {"Spectra"}, "GUEST": append(drawings(world.OrderOfSouth), "theirs"),
			"STAFF_MARKETING": products, "STAFF_SALES": slices.Concat(products, drawings(north...), []string{"own"}),
			"STAFF_AGENT": slices.Concat(products, drawings(north...), drawings(world.OrderOfSub, world.OrderOfSouth), []string{"own", "theirs"}),
		} {
			list, err := f.Store.Client().File.Query().Order(entfile.ByName()).All(auth.WithViewer(t.Context(), f.Viewer(role)))
			require.NoError(t, err)
			got := []string{}
			for _, x := range list {
				got = append(got, x.Name)
			}
			require.ElementsMatch(t, want, got, role)
		}
	})
}

// TestInternalAttributes: what only staff read is nowhere for customers, and what
// all read has the names, units and order of the type as it is today.
func TestInternalAttributes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		s := stockShelves(t, f)
		const query = `query($p: ID!) { product(id: $p) { attributes { key name value kind number values } type { attributes { key } }
			variants { attributes { name value } product { attributes { value } } } } productTypes { attributes { key } } categories { id } }`
		ask := map[string]any{"p": s.forNorth.ID}
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN"} {
			a := f.As(role).Do(query, ask)
			require.Empty(t, a.Errors, a.Body)
			for _, secret := range []string{"margin", "Margin", "supplier", "Secret AG", "40"} {
				require.NotContains(t, strings.ReplaceAll(a.Body, "0.40", ""), `"`+secret, "%s: %s", role, a.Body)
			}
			require.Equal(t, []any{
				map[string]any{"key": "power", "name": "Laser power", "value": "12,500.5 W", "kind": "NUMBER", "number": "12500.5", "values": nil},
				map[string]any{"key": nil, "name": "Colour", "value": "grey", "kind": "TEXT", "number": nil, "values": nil},
			}, a.At("product", "attributes"))
			require.Equal(t, []any{map[string]any{"name": "Cooling", "value": "air"}}, a.At("product", "variants", 0, "attributes"))
			require.Equal(t, []any{map[string]any{"key": "power"}, map[string]any{"key": "cooling"}}, a.At("product", "type", "attributes"))
			require.Contains(t, f.As(role).Do(`{ productTypes { attributes { internal } } }`, nil).Body, "Cannot query field")
		}
		staff := f.As("STAFF_AGENT").Do(query, ask)
		require.Contains(t, staff.Body, "Secret AG")
		require.Contains(t, staff.Body, "40 %")
		require.Len(t, staff.At("product", "type", "attributes"), 4)
		anonymous := f.As("ANONYMOUS").Must(`{ productTypes { attributes { key } } }`, nil)
		require.Len(t, testkit.At(anonymous, "productTypes", 0, "attributes"), 2)
	})
}

// TestCatalogStatements: statements depend on the depth of the query alone.
func TestCatalogStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		s := stockShelves(t, f)
		count := func(query string) int64 {
			return f.As("STAFF_MARKETING").Statements(query, nil)
		}
		require.NotNil(t, s)
		const fields = `name attributes { value } category { name path { name } } related { kind product { name attributes { value } } } replacedBy { name }
			variants { sku attributes { value } } audience { organizations { name } segments { name organizationCount organizations(first: 3) { name } } }`
		one := count(`{ products(first: 1, filter: {search: "Spectra"}) { edges { node { ` + fields + ` } } } }`)
		many := count(`{ products(first: 20) { edges { node { ` + fields + ` } } } }`)
		t.Logf("one product %d statements, %d products %d", one, len(s.all())+2, many)
		require.LessOrEqual(t, many, int64(34), "one needs %d", one)
		segments := count(`{ segments { organizationCount organizations { name } } }`)
		require.LessOrEqual(t, segments, int64(4))
	})
}
