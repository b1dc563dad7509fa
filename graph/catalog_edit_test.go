package graph_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
)

const (
	saveType = `mutation($i: SaveProductTypeInput!) { r: saveProductType(input: $i) {
		o: productType { id key name version attributes { key name kind unit options required facet variant internal } } userErrors { code field message } } }`
	saveCategory = `mutation($i: SaveCategoryInput!) { r: saveCategory(input: $i) { o: category { id name description position parent { id } path { name } } userErrors { code field } } }`
	saveProduct  = `mutation($i: SaveProductInput!) { r: saveProduct(input: $i) { o: product { id version name description status taxCategory keywords internalText
		category { id } type { key } attributes { key value } related { kind product { id } } } userErrors { code field message } } }`
	saveVariant = `mutation($i: SaveVariantInput!) { r: saveVariant(input: $i) { o: variant { id sku name unit weightGrams minimumQuantity quantityStep maximumQuantity
		stockPolicy leadDays availableFrom status price { amount currency } attributes { key value } product { version } } userErrors { code field message } } }`
	saveSegment = `mutation($i: SaveSegmentInput!) { r: saveSegment(input: $i) { o: segment { id key name description version } userErrors { code field } } }`
	setMembers  = `mutation($i: SetSegmentMembersInput!) { r: setSegmentMembers(input: $i) { o: segment { version organizationCount organizations { id } } userErrors { code field } } }`
	setAudience = `mutation($i: SetProductAudienceInput!) { r: setProductAudience(input: $i) { o: product { version restricted
		audience { restricted organizations { id } segments { key } } } userErrors { code field } } }`
)

// editor saves things and knows what comes of it.
type editor struct {
	t *testing.T
	f *testkit.Foyer
	c *testkit.Client
}

// ok saves, and returns what there is now.
func (e editor) ok(mutation string, input in) map[string]any {
	e.t.Helper()
	a := e.c.Do(mutation, in{"i": input})
	require.Empty(e.t, a.Errors, a.Body)
	require.Empty(e.t, a.At("r", "userErrors"), a.Body)
	o, _ := a.At("r", "o").(map[string]any)
	require.NotNil(e.t, o, a.Body)
	return o
}

// refused saves nothing, for a reason at a place.
func (e editor) refused(mutation string, input in, code string, field ...any) {
	e.t.Helper()
	before := e.f.Fingerprint()
	a := e.c.Do(mutation, in{"i": input})
	require.Empty(e.t, a.Errors, a.Body)
	require.Equal(e.t, code, a.At("r", "userErrors", 0, "code"), a.Body)
	require.Equal(e.t, field, a.At("r", "userErrors", 0, "field"), a.Body)
	require.Nil(e.t, a.At("r", "o"))
	require.Equal(e.t, before, e.f.Fingerprint(), "refused, and yet something has changed")
}

// fails ends with an error of the request.
func (e editor) fails(mutation string, input in, code string) {
	e.t.Helper()
	before := e.f.Fingerprint()
	a := e.c.Do(mutation, in{"i": input})
	require.Equal(e.t, code, a.Code(), a.Body)
	require.Equal(e.t, before, e.f.Fingerprint(), "failed, and yet something has changed")
}

func eachEditor(t *testing.T, test func(e editor)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) { test(editor{t, f, f.As("STAFF_MARKETING")}) })
}

func attribute(key, kind string, more in) in {
	d := in{"key": key, "name": "Name of " + key, "kind": kind}
	for k, v := range more {
		d[k] = v
	}
	return d
}

// TestSaveProductType: types are checked, and what an attribute is never changes.
func TestSaveProductType(t *testing.T) {
	eachEditor(t, func(e editor) {
		made := e.ok(saveType, in{"key": "lens", "name": "Lens", "attributes": []any{
			attribute("focal", "NUMBER", in{"unit": "mm", "required": true, "facet": true}), attribute("coating", "CHOICES", in{"options": []any{"gold", "silver"}}),
		}})
		require.Equal(e.t, "lens", made["key"])
		require.Equal(e.t, []any{"gold", "silver"}, testkit.At(made, "attributes", 1, "options"))
		id, v1 := made["id"], 1
		save := func(attributes ...any) in {
			return in{"id": id, "version": v1, "attributes": append([]any{}, attributes...)}
		}
		e.refused(saveType, in{"key": "lens", "name": "Other"}, "TAKEN", "key")
		e.refused(saveType, in{"key": "Lens 2", "name": "Other"}, "INVALID", "key")
		e.refused(saveType, in{"key": "other"}, "INVALID", "name")
		e.refused(saveType, in{"id": id, "name": "X"}, "INVALID", "version")
		e.refused(saveType, in{"id": id, "version": v1, "key": "other"}, "FIXED", "key")
		e.refused(saveType, save(attribute("focal", "TEXT", nil)), "FIXED", "attributes", "0", "kind")
		e.refused(saveType, save(attribute("focal", "NUMBER", in{"variant": true})), "FIXED", "attributes", "0", "kind")
		e.refused(saveType, save(attribute("a", "TEXT", nil), attribute("a", "TEXT", in{"name": "Other"})), "INVALID", "attributes", "1", "key")
		e.refused(saveType, save(attribute("a", "TEXT", nil), attribute("b", "TEXT", in{"name": "Name of a"})), "INVALID", "attributes", "1", "name")
		e.refused(saveType, save(attribute("a b", "TEXT", nil)), "INVALID", "attributes", "0", "key")
		e.refused(saveType, save(attribute("a", "TEXT", in{"name": " "})), "INVALID", "attributes", "0", "name")
		e.refused(saveType, save(attribute("a", "TEXT", in{"unit": "W"})), "INVALID", "attributes", "0", "unit")
		e.refused(saveType, save(attribute("a", "CHOICE", nil)), "INVALID", "attributes", "0", "options")
		e.refused(saveType, save(attribute("a", "CHOICE", in{"options": []any{"x", "x "}})), "INVALID", "attributes", "0", "options")
		e.refused(saveType, save(attribute("a", "TEXT", in{"options": []any{"x"}})), "INVALID", "attributes", "0", "options")
		e.refused(saveType, save(attribute("a", "TEXT", in{"internal": true, "facet": true})), "INVALID", "attributes", "0", "facet")
		var many []any
		for i := range 61 {
			many = append(many, attribute(fmt.Sprint("a", i), "TEXT", nil))
		}
		e.refused(saveType, save(many...), "TOO_MANY", "attributes")
		e.fails(saveType, in{"id": id, "version": 9, "name": "X"}, "CONFLICT")
		e.fails(saveType, in{"id": gid.New(gid.ProductType), "version": 1, "name": "X"}, "NOT_FOUND")
		now := e.ok(saveType, save())
		require.Empty(e.t, now["attributes"])
		require.InDelta(e.t, 2, now["version"], 0)
	})
}

// TestSaveCategory: the tree has no circles, also when two people move at once.
func TestSaveCategory(t *testing.T) {
	eachEditor(t, func(e editor) {
		var above, last any
		for i := range 10 {
			input := in{"name": fmt.Sprint("Level ", i), "position": i}
			if above != nil {
				input["parentId"] = above
			}
			made := e.ok(saveCategory, input)
			require.Len(e.t, made["path"], i)
			above, last = made["id"], above
		}
		e.refused(saveCategory, in{"name": "Too deep", "parentId": above}, "TOO_MANY", "parentId")
		e.refused(saveCategory, in{"position": 1}, "INVALID", "name")
		e.refused(saveCategory, in{"id": above, "parentId": above}, "CIRCLE", "parentId")
		e.refused(saveCategory, in{"id": last, "parentId": above}, "CIRCLE", "parentId")
		e.refused(saveCategory, in{"id": above, "parentId": last, "top": true}, "INVALID", "top")
		e.fails(saveCategory, in{"name": "X", "parentId": gid.New(gid.Category)}, "NOT_FOUND")
		e.fails(saveCategory, in{"id": gid.New(gid.Category), "name": "X"}, "NOT_FOUND")
		e.fails(saveCategory, in{"name": "X", "parentId": "nothing"}, "BAD_USER_INPUT")
		top := e.ok(saveCategory, in{"id": above, "top": true, "description": "All of it"})
		require.Nil(e.t, top["parent"])
		require.Equal(e.t, "All of it", top["description"])
		e.refused(saveCategory, in{"id": e.ok(saveCategory, in{"name": "Ten below"})["id"], "parentId": last, "name": " "}, "INVALID", "name")
		require.Nil(e.t, e.ok(saveCategory, in{"id": above, "description": ""})["description"])
		// A category finds what is below it.
		p := e.ok(saveProduct, in{"name": "Deep", "categoryId": last})
		found := e.c.Must(`query($c: ID!) { products(filter: {categoryId: $c}) { edges { node { id } } } category(id: $c) { name } }`,
			in{"c": e.c.Must(`{ categories { id name } }`, nil)["categories"].([]any)[0].(map[string]any)["id"]})
		require.NotNil(e.t, found)
		root := e.ok(saveCategory, in{"name": "Root"})["id"]
		e.ok(saveCategory, in{"id": top["id"], "parentId": root})
		below := e.ok(saveCategory, in{"id": above, "parentId": root})["id"]
		e.ok(saveProduct, in{"id": p["id"], "version": 1, "categoryId": below})
		found = e.c.Must(`query($c: ID!) { products(filter: {categoryId: $c}) { totalCount edges { node { id } } } }`, in{"c": root})
		require.Equal(e.t, p["id"], testkit.At(found, "products", "edges", 0, "node", "id"))
		require.InDelta(e.t, 1, testkit.At(found, "products", "totalCount"), 0)
		for range 5 { // each below the other
			a, b := e.ok(saveCategory, in{"name": "A"})["id"], e.ok(saveCategory, in{"name": "B"})["id"]
			var both sync.WaitGroup
			for _, move := range []in{{"id": a, "parentId": b}, {"id": b, "parentId": a}} {
				both.Go(func() { e.c.Do(saveCategory, in{"i": move}) })
			}
			both.Wait()
			is := e.c.Must(`query($a: ID!, $b: ID!) { a: category(id: $a) { parent { id } } b: category(id: $b) { parent { id } } }`, in{"a": a, "b": b})
			require.True(e.t, (testkit.At(is, "a", "parent", "id") == nil) != (testkit.At(is, "b", "parent", "id") == nil), "a circle, or nothing moved: %v", is)
		}
	})
}

// TestSaveProduct: attributes are validated and offered products are complete.
func TestSaveProduct(t *testing.T) {
	eachEditor(t, func(e editor) {
		w := e.f.World
		kind := e.ok(saveType, in{"key": "tool", "name": "Tool", "attributes": []any{
			attribute("power", "NUMBER", in{"unit": "W", "required": true}), attribute("quiet", "BOOLEAN", nil), attribute("since", "DATE", nil),
			attribute("colour", "CHOICE", in{"options": []any{"Red", "Blue"}}), attribute("extras", "CHOICES", in{"options": []any{"Case", "Belt", "Lamp"}}),
			attribute("note", "TEXT", in{"internal": true}), attribute("length", "NUMBER", in{"variant": true, "required": true}),
		}})["id"]
		value := func(key string, v any) []any { return []any{in{"key": key, "value": v}} }
		e.refused(saveProduct, in{"description": "x"}, "INVALID", "name")
		e.refused(saveProduct, in{"name": "X", "attributes": value("power", "1")}, "UNKNOWN_ATTRIBUTE", "attributes", "power")
		e.refused(saveProduct, in{"name": "X", "taxCategory": "reduced rate"}, "INVALID", "taxCategory")
		e.refused(saveProduct, in{"name": "X", "typeId": kind, "status": "ACTIVE"}, "ATTRIBUTE_REQUIRED", "attributes", "power")
		e.fails(saveProduct, in{"name": "X", "typeId": gid.New(gid.ProductType)}, "NOT_FOUND")
		e.fails(saveProduct, in{"name": "X", "categoryId": gid.New(gid.Category)}, "NOT_FOUND")
		e.fails(saveProduct, in{"name": "X", "related": []any{in{"kind": "UPSELL", "productId": gid.New(gid.Product)}}}, "NOT_FOUND")
		p := e.ok(saveProduct, in{"name": " Drill ", "typeId": kind, "description": "Drills.", "keywords": "bore", "internalText": "dear",
			"related": []any{in{"kind": "REPLACES", "productId": w.Product.ID}, in{"kind": "ACCESSORY", "productId": w.Product.ID}}})
		require.Equal(e.t, "Drill", p["name"])
		require.Equal(e.t, "DRAFT", p["status"])
		require.Equal(e.t, "STANDARD", p["taxCategory"])
		require.Len(e.t, p["related"], 2)
		version := 1
		save := func(more in) in {
			input := in{"id": p["id"], "version": version}
			for k, v := range more {
				input[k] = v
			}
			return input
		}
		for key, bad := range map[string]string{"power": "1e3", "quiet": "maybe", "since": "31.12.2026", "colour": "green", "extras": "Wheel", "note": "a\u0000b"} {
			if key == "note" { // refused as a text before it gets here
				require.NotEmpty(e.t, e.c.Do(saveProduct, in{"i": save(in{"attributes": value(key, bad)})}).Body)
				continue
			}
			e.refused(saveProduct, save(in{"attributes": value(key, bad)}), "INVALID", "attributes", key)
		}
		e.refused(saveProduct, save(in{"attributes": value("length", "5")}), "UNKNOWN_ATTRIBUTE", "attributes", "length")
		e.refused(saveProduct, save(in{"attributes": append(value("power", "5"), value("power", "6")...)}), "INVALID", "attributes", "power")
		e.refused(saveProduct, save(in{"attributes": []any{in{"key": "power", "values": []any{"1", "2"}}}}), "INVALID", "attributes", "power")
		e.refused(saveProduct, save(in{"related": []any{in{"kind": "UPSELL", "productId": p["id"]}}}), "CIRCLE", "related")
		e.refused(saveProduct, in{"id": w.Product.ID, "version": 1, "related": []any{in{"kind": "REPLACES", "productId": p["id"]}}}, "CIRCLE", "related")
		e.refused(saveProduct, in{"id": p["id"], "name": "X"}, "INVALID", "version")
		e.fails(saveProduct, in{"id": p["id"], "version": 7, "name": "X"}, "CONFLICT")
		now := e.ok(saveProduct, save(in{"attributes": []any{
			in{"key": "extras", "values": []any{"lamp", "Case", "Lamp"}}, in{"key": "since", "value": "2026-01-31"}, in{"key": "power", "value": " 0750.50 W"},
			in{"key": "quiet", "value": "TRUE"}, in{"key": "colour", "value": "red"},
		}, "keywords": ""}))
		require.Equal(e.t, []any{
			map[string]any{"key": "power", "value": "750.5 W"}, map[string]any{"key": "quiet", "value": "yes"}, map[string]any{"key": "since", "value": "31 January 2026"},
			map[string]any{"key": "colour", "value": "Red"}, map[string]any{"key": "extras", "value": "Case, Lamp"},
		}, now["attributes"])
		require.Nil(e.t, now["keywords"])
		require.Equal(e.t, "Drills.", now["description"])
		version = 2
		// A variant that is offered must be complete as well.
		v := e.ok(saveVariant, in{"productId": p["id"], "version": version, "sku": "DR-1", "name": "short", "price": "10", "currency": "EUR"})
		require.InDelta(e.t, 3, testkit.At(v, "product", "version"), 0)
		version = 3
		e.refused(saveVariant, in{"id": v["id"], "version": version, "status": "ACTIVE"}, "ATTRIBUTE_REQUIRED", "attributes", "length")
		e.ok(saveVariant, in{"id": v["id"], "version": version, "status": "ACTIVE", "attributes": value("length", "120")})
		version = 4
		e.refused(saveVariant, in{"id": v["id"], "version": version, "attributes": value("length", "")}, "ATTRIBUTE_REQUIRED", "attributes", "length")
		e.ok(saveProduct, save(in{"status": "ACTIVE"}))
		version = 5
		e.refused(saveProduct, save(in{"attributes": value("power", "")}), "ATTRIBUTE_REQUIRED", "attributes", "power")
		seen := e.f.As("ORG_MEMBER").Must(`query($i: ID!) { product(id: $i) { name replacedBy { id } variants { sku attributes { value } } } }`, in{"i": p["id"]})
		require.Equal(e.t, []any{map[string]any{"sku": "DR-1", "attributes": []any{map[string]any{"value": "120"}}}}, testkit.At(seen, "product", "variants"))
		old := e.f.As("ORG_MEMBER").Must(`query($i: ID!) { product(id: $i) { replacedBy { name } } }`, in{"i": w.Product.ID})
		require.Equal(e.t, []any{map[string]any{"name": "Drill"}}, testkit.At(old, "product", "replacedBy"))
		e.ok(saveProduct, save(in{"related": []any{}, "status": "RETIRED"}))
		old = e.f.As("STAFF_AGENT").Must(`query($i: ID!) { product(id: $i) { replacedBy { name } } }`, in{"i": w.Product.ID})
		require.Empty(e.t, testkit.At(old, "product", "replacedBy"))
		require.Equal(e.t, "NOT_FOUND", e.f.As("ORG_MEMBER").Do(`query($i: ID!) { product(id: $i) { name } }`, in{"i": p["id"]}).Code())
		require.Equal(e.t, "NOT_FOUND", e.f.As("ORG_MEMBER").Do(`query($i: ID!) { node(id: $i) { id } }`, in{"i": v["id"]}).Code(), "the variant of a retired product")
		// What its type loses is not shown any more, and a type that it gets drops the rest.
		version = 6
		laser := e.c.Must(`{ productTypes { id key } }`, nil)["productTypes"].([]any)[0].(map[string]any)
		require.Equal(e.t, "laser", laser["key"])
		now = e.ok(saveProduct, save(in{"typeId": laser["id"]}))
		require.Equal(e.t, []any{map[string]any{"key": "power", "value": "750.5 W"}}, now["attributes"])
	})
}

// TestSaveVariant: what is sold is consistent, and a sku is there once.
func TestSaveVariant(t *testing.T) {
	eachEditor(t, func(e editor) {
		w := e.f.World
		fresh := func(more in) in {
			input := in{"productId": w.Product.ID, "version": 1, "sku": "NEW-1", "name": "new", "price": "12.345", "currency": "EUR"}
			for k, v := range more {
				if v == nil {
					delete(input, k)
				} else {
					input[k] = v
				}
			}
			return input
		}
		for _, sku := range []string{"SP-1", "SP-0", "XX-1"} { // whatever state its owner is in
			e.refused(saveVariant, fresh(in{"sku": sku}), "SKU_TAKEN", "sku")
		}
		e.refused(saveVariant, fresh(in{"productId": nil}), "INVALID", "productId")
		e.refused(saveVariant, fresh(in{"sku": nil}), "INVALID", "sku")
		e.refused(saveVariant, fresh(in{"price": nil}), "INVALID", "price")
		e.refused(saveVariant, fresh(in{"price": "-1"}), "INVALID", "price")
		e.refused(saveVariant, fresh(in{"price": "99999999999999999"}), "INVALID", "price")
		e.refused(saveVariant, fresh(in{"currency": "EURO"}), "INVALID", "currency")
		e.refused(saveVariant, fresh(in{"minimumQuantity": 0}), "INVALID", "minimumQuantity")
		e.refused(saveVariant, fresh(in{"quantityStep": -1}), "INVALID", "quantityStep")
		e.refused(saveVariant, fresh(in{"minimumQuantity": 10, "maximumQuantity": 9}), "INVALID", "maximumQuantity")
		e.refused(saveVariant, fresh(in{"weightGrams": -2}), "INVALID", "weightGrams")
		e.refused(saveVariant, fresh(in{"stockPolicy": "BACKORDER"}), "INVALID", "leadDays")
		e.refused(saveVariant, fresh(in{"stockPolicy": "BACKORDER", "leadDays": 0}), "INVALID", "leadDays")
		e.refused(saveVariant, fresh(in{"stockPolicy": "PREORDER"}), "INVALID", "availableFrom")
		e.refused(saveVariant, fresh(in{"leadDays": 5}), "INVALID", "leadDays")
		e.refused(saveVariant, fresh(in{"stockPolicy": "UNTRACKED", "availableFrom": "2027-01-01"}), "INVALID", "availableFrom")
		e.fails(saveVariant, fresh(in{"productId": gid.New(gid.Product)}), "NOT_FOUND")
		e.fails(saveVariant, fresh(in{"version": 4}), "CONFLICT")
		v := e.ok(saveVariant, fresh(in{"minimumQuantity": 10, "quantityStep": 5, "maximumQuantity": 100, "weightGrams": 250, "stockPolicy": "BACKORDER", "leadDays": 14}))
		require.Equal(e.t, map[string]any{"amount": "12.35", "currency": "EUR"}, v["price"])
		require.InDelta(e.t, 250, v["weightGrams"], 0)
		require.InDelta(e.t, 14, v["leadDays"], 0)
		change := func(version int, more in) in {
			more["id"], more["version"] = v["id"], version
			return more
		}
		e.refused(saveVariant, change(2, in{"productId": w.Draft.ID}), "INVALID", "productId")
		e.refused(saveVariant, change(2, in{"currency": "CHF"}), "INVALID", "price")
		e.refused(saveVariant, change(2, in{"minimumQuantity": 101}), "INVALID", "maximumQuantity")
		now := e.ok(saveVariant, change(2, in{"stockPolicy": "PREORDER", "availableFrom": "2027-03-01", "maximumQuantity": 0, "weightGrams": -1, "status": "ACTIVE"}))
		require.Equal(e.t, "2027-03-01", now["availableFrom"])
		for _, gone := range []string{"leadDays", "maximumQuantity", "weightGrams"} {
			require.Nil(e.t, now[gone], gone)
		}
		require.InDelta(e.t, 10, now["minimumQuantity"], 0)
		e.fails(saveVariant, change(2, in{"name": "late"}), "CONFLICT")
		// Of many who take one sku at once, one has it.
		var all sync.WaitGroup
		for i := range 6 {
			p := e.ok(saveProduct, in{"name": fmt.Sprint("P", i)})["id"]
			all.Go(func() {
				a := e.c.Do(saveVariant, in{"i": in{"productId": p, "version": 1, "sku": "RACE", "name": "x", "price": "1", "currency": "EUR"}})
				require.Empty(e.t, a.Errors, a.Body)
			})
		}
		all.Wait()
		n := 0
		require.NoError(e.t, e.f.Store.Raw(e.t.Context()).QueryRowContext(e.t.Context(), `SELECT count(*) FROM product_variants WHERE sku = 'RACE'`).Scan(&n))
		require.Equal(e.t, 1, n)
	})
}

// TestSegmentsAndAudience: products become visible and vanish with what staff say.
func TestSegmentsAndAudience(t *testing.T) {
	eachEditor(t, func(e editor) {
		w := e.f.World
		sees := func(role string) bool {
			return e.f.As(role).Do(`query($i: ID!) { product(id: $i) { id } }`, in{"i": w.Product.ID}).At("product", "id") != nil
		}
		g := e.ok(saveSegment, in{"key": "labs", "name": "Labs", "description": "Universities"})
		e.refused(saveSegment, in{"key": "labs", "name": "Again"}, "TAKEN", "key")
		e.refused(saveSegment, in{"key": "Labs!", "name": "Again"}, "INVALID", "key")
		e.refused(saveSegment, in{"key": "x"}, "INVALID", "name")
		e.refused(saveSegment, in{"id": g["id"], "version": 1, "key": "other"}, "FIXED", "key")
		e.fails(saveSegment, in{"id": g["id"], "version": 5, "name": "X"}, "CONFLICT")
		require.Nil(e.t, e.ok(saveSegment, in{"id": g["id"], "version": 1, "description": ""})["description"])
		e.refused(setMembers, in{"segmentId": g["id"], "version": 2, "add": []any{w.North.ID}, "remove": []any{w.North.ID}}, "INVALID", "remove")
		e.fails(setMembers, in{"segmentId": g["id"], "version": 2, "add": []any{gid.New(gid.Organization)}}, "NOT_FOUND")
		e.fails(setMembers, in{"segmentId": g["id"], "version": 1, "add": []any{w.North.ID}}, "CONFLICT")
		now := e.ok(setMembers, in{"segmentId": g["id"], "version": 2, "add": []any{w.North.ID, w.South.ID, w.North.ID}})
		require.InDelta(e.t, 2, now["organizationCount"], 0)
		pages := e.c.Must(`query($i: ID!, $a: ID) { segment(id: $i) { first: organizations(first: 1) { id } rest: organizations(after: $a) { id } } }`, in{"i": g["id"], "a": w.North.ID})
		require.Equal(e.t, []any{map[string]any{"id": string(w.North.ID)}}, testkit.At(pages, "segment", "first"))
		require.Equal(e.t, []any{map[string]any{"id": string(w.South.ID)}}, testkit.At(pages, "segment", "rest"))
		require.Equal(e.t, "BAD_USER_INPUT", e.c.Do(`query($i: ID!) { segment(id: $i) { organizations(first: 101) { id } } }`, in{"i": g["id"]}).Code())

		require.True(e.t, sees("ORG_MEMBER"))
		e.fails(setAudience, in{"productId": w.Product.ID, "version": 1, "restricted": true, "organizationIds": []any{gid.New(gid.Organization)}}, "NOT_FOUND")
		e.fails(setAudience, in{"productId": w.Product.ID, "version": 1, "restricted": true, "segmentIds": []any{gid.New(gid.Segment)}}, "NOT_FOUND")
		e.fails(setAudience, in{"productId": w.Product.ID, "version": 3, "restricted": true}, "CONFLICT")
		a := e.ok(setAudience, in{"productId": w.Product.ID, "version": 1, "restricted": true, "organizationIds": []any{w.South.ID}, "segmentIds": []any{g["id"], g["id"]}})
		require.Equal(e.t, map[string]any{"restricted": true, "organizations": []any{map[string]any{"id": string(w.South.ID)}}, "segments": []any{map[string]any{"key": "labs"}}}, a["audience"])
		require.True(e.t, sees("ORG_MEMBER"), "by the segment")
		require.False(e.t, sees("ANONYMOUS"))
		e.ok(setMembers, in{"segmentId": g["id"], "version": 3, "remove": []any{w.North.ID}})
		require.False(e.t, sees("ORG_MEMBER"), "left the segment")
		require.True(e.t, sees("STAFF_AGENT"))
		e.ok(setAudience, in{"productId": w.Product.ID, "version": 2, "restricted": true})
		south := e.f.With(tokenOf(e.f, "SOUTH"))
		require.Equal(e.t, "NOT_FOUND", south.Do(`query($i: ID!) { product(id: $i) { id } }`, in{"i": w.Product.ID}).Code())
		e.ok(setAudience, in{"productId": w.Product.ID, "version": 3, "restricted": false})
		require.True(e.t, sees("ANONYMOUS"))
		for _, field := range []string{"audience { restricted }", "restricted", "version", "internalText"} {
			require.Contains(e.t, e.f.As("ORG_ADMIN").Do(`{ products { edges { node { `+field+` } } } }`, nil).Body, "Cannot query field")
		}
		require.Contains(e.t, e.f.As("ORG_ADMIN").Do(`{ segments { id } }`, nil).Body, "Cannot query field")
	})
}

// TestTradeAndAddresses: how a customer buys, and where it has things delivered.
func TestTradeAndAddresses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		w := f.World
		const setTrade = `mutation($i: SetTradeTermsInput!) { r: setTradeTerms(input: $i) { o: organization { currency vatId } userErrors { code field } } }`
		const setAddresses = `mutation($i: SetDeliveryAddressesInput!) { r: setDeliveryAddresses(input: $i) { o: organization { addresses { name line1 city country } } userErrors { code field } } }`
		e := editor{t, f, f.As("STAFF_SALES")}
		o := e.ok(setTrade, in{"organizationId": w.North.ID, "currency": "CHF", "vatId": "at u1234.5678"})
		require.Equal(t, map[string]any{"currency": "CHF", "vatId": "ATU12345678"}, o)
		e.refused(setTrade, in{"organizationId": w.North.ID, "currency": "XXZ"}, "INVALID", "currency")
		for _, bad := range []string{"DE12345678", "12345678", "ZZ123456789", "DE123456789012", "US123456789", "D"} {
			e.refused(setTrade, in{"organizationId": w.North.ID, "vatId": bad}, "INVALID", "vatId")
		}
		e.fails(setTrade, in{"organizationId": w.South.ID, "currency": "CHF"}, "FORBIDDEN")
		o = e.ok(setTrade, in{"organizationId": w.North.ID, "vatId": ""})
		require.Equal(t, map[string]any{"currency": "CHF", "vatId": nil}, o)

		hafen := in{"name": "Stores", "line1": "Hafen 1", "city": "Kiel", "country": "de"}
		e.c = f.As("ORG_ADMIN")
		o = e.ok(setAddresses, in{"organizationId": w.Sub.ID, "addresses": []any{hafen}})
		require.Equal(t, []any{map[string]any{"name": "Stores", "line1": "Hafen 1", "city": "Kiel", "country": "DE"}}, o["addresses"])
		e.c = f.As("ORG_MANAGER")
		e.fails(setAddresses, in{"organizationId": w.South.ID, "addresses": []any{hafen}}, "NOT_FOUND")
		for field, bad := range map[string]string{"country": "Germany", "city": " ", "name": "", "line1": "a\nb"} {
			wrong := in{}
			for k, v := range hafen {
				wrong[k] = v
			}
			wrong[field] = bad
			e.refused(setAddresses, in{"organizationId": w.North.ID, "addresses": []any{hafen, wrong}}, "INVALID", "addresses", "1", field)
		}
		for _, country := range []string{"UK", "EU", "ZZ", "AA", "419", "D"} {
			e.refused(setAddresses, in{"organizationId": w.North.ID, "addresses": []any{in{"name": "a", "line1": "b", "city": "c", "country": country}}}, "INVALID", "addresses", "0", "country")
		}
		require.Empty(t, e.ok(setAddresses, in{"organizationId": w.North.ID, "addresses": []any{}})["addresses"])
	})
}

// A category goes when nothing is in it, and only then. What a product lacks is
// found by staff.
func TestCategoryGoesAndWhatIsMissing(t *testing.T) {
	eachEditor(t, func(e editor) {
		t := e.t
		const away = `mutation($i: DeleteCategoryInput!) { r: deleteCategory(input: $i) { o: deletedId userErrors { code field } } }`
		top := e.ok(saveCategory, in{"name": "Odds and ends"})["id"]
		below := e.ok(saveCategory, in{"name": "Odds", "parentId": top})["id"]
		p := e.ok(saveProduct, in{"name": "Zzz lone thing", "categoryId": below, "status": "ACTIVE"})
		e.refused(away, in{"id": top}, "IN_USE", "id")
		e.refused(away, in{"id": below}, "IN_USE", "id")
		count := func(filter in) any {
			filter["search"] = "Zzz lone"
			a := e.c.Do(`query($f: ProductFilter) { products(filter: $f) { totalCount } }`, in{"f": filter})
			require.Empty(t, a.Errors, a.Body)
			return a.At("products", "totalCount")
		}
		require.EqualValues(t, 1, count(in{"withoutPicture": true}))
		require.EqualValues(t, 0, count(in{"withoutPicture": false}))
		require.EqualValues(t, 1, count(in{"withoutPrice": true}))
		v := e.ok(saveVariant, in{"productId": p["id"], "version": p["version"], "sku": "ZZZ-1", "name": "One", "price": "0", "currency": "EUR"})
		require.EqualValues(t, 1, count(in{"withoutPrice": true}), "nothing is no price")
		e.ok(saveVariant, in{"id": v["id"], "version": 2, "price": "12.50"})
		require.EqualValues(t, 0, count(in{"withoutPrice": true}))
		require.EqualValues(t, 1, count(in{"restricted": false}))
		s := e.ok(saveSegment, in{"key": "zzz", "name": "Zzz"})
		e.ok(setAudience, in{"productId": p["id"], "version": 3, "restricted": true, "segmentIds": []any{s["id"]}})
		require.EqualValues(t, 1, count(in{"segmentId": s["id"], "restricted": true}))
		other := e.ok(saveCategory, in{"name": "Elsewhere"})["id"]
		e.ok(saveProduct, in{"id": p["id"], "version": 4, "categoryId": other})
		a := e.c.Do(away, in{"i": in{"id": below}})
		require.Equal(t, below, a.At("r", "o"), a.Body)
		a = e.c.Do(away, in{"i": in{"id": top}})
		require.Equal(t, top, a.At("r", "o"), a.Body)
		require.Equal(t, "NOT_FOUND", e.c.Do(away, in{"i": in{"id": top}}).Code())
	})
}
