package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"time"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

type article struct {
	name, description, status, sku, currency string
	category, categoryID                     string // its name and external id
	price                                    int64
	attributes                               []schema.Attribute // of the variant
	common                                   []schema.Attribute // of the product, by its type
	kind                                     gid.ID             // the product type
	terms

	shelf   gid.ID       // the category
	product gid.ID       // of a variant
	variant gid.ID       // its one variant
	has     *store.Known // the variant that is here
}

// products imports what is sold, each with one variant under the same external
// id, and the categories that they name.
func (r *run) products(ctx context.Context) error {
	type it = item[article]
	now := time.Now().UTC()
	columns := append(sourced[article](now), []column[article]{
		{"name", "name", func(x *it) any { return x.v.name }},
		{"description", "description", func(x *it) any { return null(x.v.description) }},
		{"status", "status", func(x *it) any { return x.v.status }},
		{"category_id", "category", func(x *it) any { return null(x.v.shelf) }},
		{"type_id", "type", func(x *it) any { return null(x.v.kind) }},
		{"attributes", "type", func(x *it) any { return attributes(x.v.common) }},
	}...)
	skus, shelves, types := newSeen(), map[string]string{}, map[string]*productType{}
	return do(ctx, r, &stage[article]{
		entity: Products, typ: ent.TypeProduct,
		read: func(ctx context.Context, x *row, it *it, _ hash.Hash) error {
			it.v = r.article(x, it.key)
			if err := r.typed(ctx, x, &it.v, types); err != nil {
				return err
			}
			// Should a category have two names in the file, the first one counts:
			// it would otherwise change back and forth.
			if first, ok := shelves[it.v.categoryID]; ok {
				it.v.category = first
			} else if it.v.category != "" {
				shelves[it.v.categoryID] = it.v.category
			}
			if first := skus.before(it.v.sku, it.line); first != 0 && x.bad == nil {
				x.fail("sku", "sku %s stands already in line %d", show(it.v.sku), first)
			}
			return nil
		},
		write: func(ctx context.Context, b *store.Bulk, out *outcome, todo []*it) error {
			todo, err := untaken(ctx, b, r.m.Source, out, todo, ent.TypeProductVariant, "sku", func(x *it) string { return x.v.sku })
			if err != nil {
				return err
			}
			keys := make([]string, len(todo))
			for i, x := range todo {
				keys[i] = x.key
			}
			variants, err := b.Find(ctx, ent.TypeProductVariant, keys)
			if err != nil {
				return err
			}
			for _, x := range todo {
				x.identify(gid.Product, now)
				x.v.variant, x.v.has = gid.New(gid.Variant), nil
				if v, ok := variants[x.key]; ok {
					x.v.variant, x.v.has = v.ID, &v
				}
				out.after = append(out.after, func() {
					r.refs.add(ent.TypeProductVariant, x.key, reference{id: x.v.variant, sku: x.v.sku, name: x.v.name})
				})
			}
			wrote(out, Products, todo)
			if err := r.categories(ctx, b, out, todo, now); err != nil || r.o.DryRun {
				return err
			}
			if err := upsert(ctx, b, ent.TypeProduct, columns, todo); err != nil {
				return err
			}
			return r.variants(ctx, b, todo, now)
		},
	})
}

func (r *run) article(x *row, key string) article {
	a := article{
		name: x.text("name"), description: x.text("description"), status: x.or("status", "ACTIVE"),
		sku: x.or("sku", key), currency: x.currency(r.m), category: x.text("category"),
	}
	a.categoryID = x.or("category_id", a.category)
	a.price = x.money("price", a.currency)
	if len(a.sku) > 120 {
		x.fail("external_id", "the external id is too long for a sku: %s", show(a.sku))
	}
	a.terms = x.terms()
	return a
}

// categories finds or makes the categories that some products name.
func (r *run) categories(ctx context.Context, b *store.Bulk, out *outcome, todo []*item[article], now time.Time) error {
	var keys []string
	names := map[string]string{}
	for _, x := range todo {
		if x.v.category != "" && names[x.v.categoryID] == "" {
			names[x.v.categoryID] = x.v.category
			keys = append(keys, x.v.categoryID)
		}
	}
	known, err := b.Find(ctx, ent.TypeCategory, keys)
	if err != nil {
		return err
	}
	ids := map[string]gid.ID{}
	var fresh, changed [][]any
	for _, key := range keys {
		k, here := known[key]
		// A category has nothing but its name.
		digest := sha256.Sum256([]byte(names[key]))
		id, row := k.ID, []any{k.ID, now, now, key, hex.EncodeToString(digest[:]), names[key]}
		switch {
		case r.refs.planned(ent.TypeCategory, key): // a dry run has counted it
		case !here:
			id = gid.New(gid.Category)
			row[0] = id
			fresh = append(fresh, row)
			out.count(Categories).Created++
			out.after = append(out.after, func() { r.refs.plan(ent.TypeCategory, key) })
		case k.Digest != row[4]:
			changed = append(changed, row)
			out.count(Categories).Updated++
			out.after = append(out.after, func() { r.refs.plan(ent.TypeCategory, key) })
		}
		ids[key] = id
	}
	for _, x := range todo {
		x.v.shelf = ids[x.v.categoryID]
	}
	if r.o.DryRun {
		return nil
	}
	columns := []string{"id", "created_at", "updated_at", "external_id", "external_digest", "name"}
	if err := b.Insert(ctx, ent.TypeCategory, columns, fresh); err != nil {
		return err
	}
	return b.Upsert(ctx, ent.TypeCategory, columns, []string{"source", "external_id"},
		[]string{"updated_at", "external_digest", "name"}, changed)
}

// variants writes the variants of products that have been written.
func (r *run) variants(ctx context.Context, b *store.Bulk, todo []*item[article], now time.Time) error {
	columns := append(sourced[article](now), []column[article]{
		{"product_id", "", func(x *item[article]) any { return x.v.product }},
		{"sku", "", func(x *item[article]) any { return x.v.sku }},
		{"name", "", func(x *item[article]) any { return x.v.name }},
		{"price_minor", "price", func(x *item[article]) any { return x.v.price }},
		{"currency", "price", func(x *item[article]) any { return x.v.currency }},
		{"attributes", "attribute", func(x *item[article]) any { return attributes(x.v.attributes) }},
		{"status", "status", func(x *item[article]) any { return x.v.status }},
		{"weight_grams", "weight", func(x *item[article]) any { return optional(x.v.grams) }},
		{"unit", "unit", func(x *item[article]) any { return x.v.unit }},
		{"minimum_quantity", "minimum_quantity", func(x *item[article]) any { return x.v.least }},
		{"quantity_step", "quantity_step", func(x *item[article]) any { return x.v.step }},
		{"maximum_quantity", "maximum_quantity", func(x *item[article]) any { return optional(x.v.most) }},
		{"stock_policy", "stock_policy", func(x *item[article]) any { return x.v.policy }},
		{"lead_days", "stock_policy", func(x *item[article]) any { return optional(x.v.leadDays) }},
		{"available_from", "stock_policy", func(x *item[article]) any { return optional(x.v.from) }},
	}...)
	variants := make([]*item[article], len(todo))
	for i, x := range todo {
		v := *x
		v.id, v.known, v.v.product = x.v.variant, x.v.has, x.id
		variants[i] = &v
	}
	return upsert(ctx, b, ent.TypeProductVariant, columns, variants)
}

func attributes(list []schema.Attribute) any {
	if len(list) == 0 {
		return nil
	}
	text, _ := json.Marshal(list) // plain structs of texts
	return string(text)
}
