package graph_test

import (
	"database/sql"
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"saveProductType": {"productType.save", "ProductType", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "name": "Laser"}
		}},
		"saveCategory": {"category.save", "Category", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id, "name": "Machines", "position": 3}
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
		return map[string][]guess{"ProductFilter.typeId": {{gid.New(gid.ProductType), gid.New(gid.ProductType)}}}
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
	ctx := o.f.Context()
	var other sql.NullString
	err := o.f.Store.Raw(ctx).QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE id = $1", w.Column, ent.Meta[typ].Table), id).Scan(&other)
	for _, x := range rowsOf(o.f.T(), o.f, w.Entity) {
		if err == nil && x.id == other.String {
			return o.sees(role, w.Entity, x)
		}
	}
	return false
}

var _ = require.NoError
var _ = testing.Short
