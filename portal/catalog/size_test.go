package catalog_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"entgo.io/ent/dialect/sql"
	"foyer/auth"
	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// TestAudienceAtSize measures the rule on 25,000 products with 100,000 variants, a
// tenth of them for chosen customers; run with FOYER_BENCH=1.
func TestAudienceAtSize(t *testing.T) {
	if os.Getenv("FOYER_BENCH") == "" {
		t.Skip("measures; run with FOYER_BENCH=1")
	}
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			st := dbtest.Open(t, dbtest.URLs[kind](t))
			measure(t, st)
		})
	}
}

func measure(t *testing.T, st *store.Store) {
	t.Helper()
	const products, perProduct = 25_000, 4
	system := auth.WithSystem(t.Context(), "measure")
	org := gid.New(gid.Organization)
	now := time.Now().UTC()
	require.NoError(t, st.Tx(system, func(ctx context.Context, _ *ent.Client) error {
		bulk, err := st.Bulk(ctx, "bench")
		require.NoError(t, err)
		var rows, variants [][]any
		raw := st.Raw(ctx)
		for i := range products {
			id := gid.New(gid.Product)
			rows = append(rows, []any{id, now, now, fmt.Sprintf("Product %05d", i), "ACTIVE", i%10 == 0})
			for n := range perProduct {
				variants = append(variants, []any{gid.New(gid.Variant), now, now, id, fmt.Sprintf("P-%05d-%d", i, n), "v", 100, "EUR", "ACTIVE"})
			}
			if i%10 == 0 {
				who := gid.New(gid.Organization)
				if i%100 == 0 {
					who = org
				}
				_, err := raw.ExecContext(ctx, `INSERT INTO product_audiences (audience_id, product_id) VALUES ($1, $2)`, string(who), string(id))
				require.NoError(t, err)
			}
		}
		require.NoError(t, bulk.Insert(ctx, ent.TypeProduct, []string{"id", "created_at", "updated_at", "name", "status", "restricted"}, rows))
		return bulk.Insert(ctx, ent.TypeProductVariant, []string{"id", "created_at", "updated_at", "product_id", "sku", "name", "price_minor", "currency", "status"}, variants)
	}))
	if st.Postgres() {
		_, err := st.Raw(system).ExecContext(system, "ANALYZE")
		require.NoError(t, err)
	}
	v := (&auth.Viewer{Kind: auth.KindMember, UserID: string(gid.New(gid.User)), OrganizationID: string(org)}).WithGrants(schema.Grants["ORG_MEMBER"])
	ctx := auth.WithViewer(t.Context(), v)
	c := st.Client()
	skus := make([]string, 100)
	for i := range skus {
		skus[i] = fmt.Sprintf("P-%05d-1", i*240)
	}
	for name, ask := range map[string]func() int{
		"first 20 products with variants": func() int {
			list, err := c.Product.Query().Order(product.ByName(), product.ByID()).Limit(20).WithVariants().All(ctx)
			require.NoError(t, err)
			n := 0
			for _, p := range list {
				n += len(p.Edges.Variants)
			}
			return n
		},
		"count of products": func() int { n, err := c.Product.Query().Count(ctx); require.NoError(t, err); return n },
		"count of variants": func() int { n, err := c.ProductVariant.Query().Count(ctx); require.NoError(t, err); return n },
		"100 variants by sku": func() int {
			list, err := c.ProductVariant.Query().Where(productvariant.SkuIn(skus...)).All(ctx)
			require.NoError(t, err)
			return len(list)
		},
	} {
		n := ask()
		start := time.Now()
		for range 10 {
			ask()
		}
		t.Logf("%s: %d rows, %v", name, n, time.Since(start)/10)
	}
	q := sql.Dialect(map[bool]string{true: "postgres", false: "sqlite3"}[st.Postgres()]).Select("id").From(sql.Table("product_variants")).Where(sql.In("sku", "P-00001-1", "P-00010-1"))
	access.Rule(ctx, "ProductVariant")(q)
	query, args := q.Query()
	explain := "EXPLAIN "
	if !st.Postgres() {
		explain = "EXPLAIN QUERY PLAN "
	}
	rows, err := st.Raw(system).QueryContext(system, explain+query, args...)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var line string
		into := []any{&line}
		if !st.Postgres() {
			into = []any{new(int), new(int), new(int), &line}
		}
		require.NoError(t, rows.Scan(into...))
		t.Log(line)
	}
	require.NoError(t, rows.Err())
}
