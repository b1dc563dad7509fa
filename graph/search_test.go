package graph_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/searchmiss"
	"foyer/portal/search"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"followSearch": {"search.follow", "", func(*testkit.Foyer, gid.ID, int) map[string]any {
			return map[string]any{"query": "unobtainium"}
		}},
		"unfollowSearch": {"search.follow", "", func(*testkit.Foyer, gid.ID, int) map[string]any {
			return map[string]any{"query": "unobtainium"}
		}},
		"decideSearchMiss": {"searchMiss.decide", "SearchMiss", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"searchMissId": id, "version": v, "decision": "PLANNED"}
		}},
		"mergeSearchMisses": {"searchMiss.merge", "SearchMiss", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"searchMissId": id, "version": v, "intoId": id}
		}},
	})
	moreGuesses = append(moreGuesses, func(*testkit.Foyer) map[string][]guess {
		return map[string][]guess{
			"SearchMissFilter.status": {{[]string{"OPEN"}, []string{"DISMISSED"}}},
			"SearchMissFilter.search": {{"unobtainium", "zzzz"}},
		}
	})
}

const searchAll = `query($q: String!, $f: SearchFilter) { search(query: $q, filter: $f) {
	totalCount totalExact corrected followed pageInfo { hasNextPage endCursor } answer { text synonym products { id } }
	hits { score product { id name } variants { sku } highlights { field parts { text match } } }
	facets { exact categories { category { name } count } types { type { name } count } attributes { key name values { value count selected } } }
} searchSuggestions(prefix: $q) { text product { name } } }`

// shelf adds products to the world: one for everybody, one for South alone, each
// with words, skus and attributes of its own, and what is meant for staff.
func shelf(t *testing.T, f *testkit.Foyer) (open, restricted *ent.Product) {
	t.Helper()
	ctx := auth.WithSystem(t.Context(), "products of a test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		typ, err := tx.ProductType.Create().SetKey("cutter").SetName("Shelf machine").SetAttributes([]schema.AttributeDefinition{
			{Key: "power", Name: "Power", Kind: "NUMBER", Unit: "W", Facet: true}, {Key: "colour", Name: "Colour", Kind: "CHOICE", Facet: true},
			{Key: "margin", Name: "Margin", Kind: "TEXT", Facet: true, Internal: true},
		}).Save(ctx)
		if err != nil {
			return err
		}
		make := func(name, sku, word string, only bool) (*ent.Product, error) {
			p, err := tx.Product.Create().SetName(name).SetTypeID(typ.ID).SetKeywords(word).SetDescription("Cuts sheet metal with " + word + ".").SetRestricted(only).
				SetInternalText("confidential" + word).SetAttributes([]schema.Attribute{
				{Key: "power", Name: "Power", Value: "350"}, {Key: "colour", Name: "Colour", Value: "tint" + word}, {Key: "margin", Name: "Margin", Value: "gain" + word},
			}).Save(ctx)
			if err != nil {
				return nil, err
			}
			if err := tx.ProductVariant.Create().SetProductID(p.ID).SetSku(sku).SetName("standard").SetCurrency("EUR").Exec(ctx); err != nil {
				return nil, err
			}
			return p, tx.ProductVariant.Create().SetProductID(p.ID).SetSku(sku + "-RET9").SetName("old" + word).SetCurrency("EUR").SetStatus(productvariant.StatusRETIRED).Exec(ctx)
		}
		if open, err = make("Zephyrus cutter", "ZE-350-Q", "openword", false); err != nil {
			return err
		}
		restricted, err = make("Boreas cutter", "BO-777-Q", "arcaneword", true)
		return err
	}))
	_, err := f.Store.Raw(ctx).ExecContext(ctx, `INSERT INTO product_audiences (audience_id, product_id) VALUES ($1, $2)`, string(f.World.South.ID), string(restricted.ID))
	require.NoError(t, err)
	require.NoError(t, f.Search.CatchUp(t.Context()))
	return open, restricted
}

func total(a map[string]any) int {
	n, _ := testkit.At(a, "search", "totalCount").(float64)
	return int(n)
}

// TestSearch finds what one has just changed, shows where, and counts.
func TestSearch(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		open, _ := shelf(t, f)
		c := f.As("ORG_MEMBER")
		for _, q := range []string{"zephyrus", "ZÉPHYRUS cutters", "ze350q", "350-q", "openword", "zefyrus cutter", "350w", "tintopenword"} {
			a := c.Must(searchAll, map[string]any{"q": q})
			require.Equal(t, string(open.ID), testkit.At(a, "search", "hits", 0, "product", "id"), "%s: %v", q, a)
		}
		a := c.Must(searchAll, map[string]any{"q": "ze-350"})
		require.Equal(t, "ZE-350-Q", testkit.At(a, "search", "hits", 0, "variants", 0, "sku"))
		a = c.Must(searchAll, map[string]any{"q": "zefyrus"})
		require.Equal(t, "zephyrus", testkit.At(a, "search", "corrected"))
		a = c.Must(searchAll, map[string]any{"q": "zeph"})
		require.Equal(t, "zephyrus", testkit.At(a, "searchSuggestions", 0, "text"))
		require.Equal(t, []any{map[string]any{"text": "Zephyrus", "match": true}, map[string]any{"text": " cutter", "match": false}},
			testkit.At(a, "search", "hits", 0, "highlights", 0, "parts"))
		require.Equal(t, "power", testkit.At(a, "search", "facets", "attributes", 0, "key"))
		require.Equal(t, []any{map[string]any{"value": "350", "count": 1., "selected": false}}, testkit.At(a, "search", "facets", "attributes", 0, "values"))
		// Filters: any value of a key, all keys.
		for values, want := range map[string]int{"350": 1, "351": 0} {
			a = c.Must(searchAll, map[string]any{"q": "cutter", "f": map[string]any{"attributes": []any{map[string]any{"key": "power", "values": []string{values, "9"}}}}})
			require.Equal(t, want, total(a), values)
			require.Equal(t, "350", testkit.At(a, "search", "facets", "attributes", 0, "values", 0, "value"), "the other values can still be chosen")
		}
		// A raw write leaves a mark, and the job indexes it.
		ctx := t.Context()
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE products SET name = 'Notus cutter' WHERE id = $1`, string(open.ID))
		require.NoError(t, err)
		require.NoError(t, f.Search.CatchUp(ctx))
		require.Equal(t, 1, total(c.Must(searchAll, map[string]any{"q": "notus"})))
		require.Zero(t, total(c.Must(searchAll, map[string]any{"q": "zephyrus"})))
		require.Nil(t, testkit.At(c.Must(searchAll, map[string]any{"q": "zefyrus"}), "search", "corrected"), "the word is gone")
		// What nobody should be able to break.
		for _, q := range []string{`"`, `'`, `" OR 1=1 --`, `NEAR(a b)`, `name:x`, `a* b*`, `-x`, `& | ! ( )`, `\`, "%", "_", "\U0001f600", "a:*", "^x", `"unterminated`, "{filter} : x", "", " ", strings.Repeat("x", 200)} {
			require.Empty(t, c.Do(searchAll, map[string]any{"q": q}).Errors, q)
		}
		for _, q := range []string{strings.Repeat("x", 201), "a b c d e f g h i j k"} {
			require.Equal(t, "BAD_USER_INPUT", c.Do(searchAll, map[string]any{"q": q}).Code())
		}
		require.Equal(t, "BAD_USER_INPUT", c.Do(`{ search(query: "", after: "x") { totalCount } }`, nil).Code())
		a = c.Must(`{ search(query: "", first: 1) { totalCount pageInfo { hasNextPage endCursor } hits { product { name } } } }`, nil)
		require.Equal(t, "Notus cutter", testkit.At(a, "search", "hits", 0, "product", "name"))
		a = c.Must(`query($c: String) { search(query: "", first: 5, after: $c) { hits { product { name } } pageInfo { hasNextPage } } }`,
			map[string]any{"c": testkit.At(a, "search", "pageInfo", "endCursor")})
		require.Equal(t, "Spectra", testkit.At(a, "search", "hits", 0, "product", "name"))
	})
}

// TestSearchTellsNothing has words, skus, keywords and attributes of what a viewer
// may not see answered like nonsense of the same shape: by hits, counts, facets,
// suggestions and corrections.
func TestSearchTellsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		_, restricted := shelf(t, f)
		pairs := [][2]string{
			{"Boreas", "Qoreaz"}, {"borea", "qoreq"}, {"boraes", "qoraeq"}, {"bo777q", "zz888z"}, {"BO-777", "ZZ-888"}, {"777", "888"}, {"o777", "z888"},
			{"arcaneword", "zzxxkkvvqq"}, {"arcanewrod", "zzxxkkvqvq"}, {"arcane", "zzxxkk"}, {"tintarcaneword", "zzxxzzxxkkvvqq"},
			{"Secret", "Xqcrqt"}, {"secrte", "xqcrtq"}, {"XX-1", "YY-2"}, {"xx1", "yy2"}, {"SP-0", "SP-9"},
			{"confidentialopenword", "zzxxkkvvqqzzxxkkvvqq"}, {"gainopenword", "zzxxkkvvqqqq"}, {"RET9", "QQT9"}, {"oldopenword", "zzzopenxxxx"},
		}
		for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "ANONYMOUS"} {
			for _, p := range pairs {
				same(t, f.As(role), searchAll, map[string]any{"q": p[0]}, map[string]any{"q": p[1]})
			}
			all := f.As(role).Do(searchAll, map[string]any{"q": ""}).Body
			for _, word := range []string{"Boreas", "arcane", "Secret", "margin", "gain"} {
				require.NotContains(t, all, word, role)
			}
			filter := func(value string) map[string]any {
				return map[string]any{"q": "", "f": map[string]any{"attributes": []any{map[string]any{"key": "colour", "values": []string{value}}}}}
			}
			same(t, f.As(role), searchAll, filter("tintarcaneword"), filter("tintnothing"))
		}
		// Those for whom it is find it by all of that; the staff find what is theirs.
		south, err := f.Accounts.ViewerOf(t.Context(), f.World.Users["SOUTH"].ID, membershipOf(t, f, "SOUTH"))
		require.NoError(t, err)
		r, err := f.Search.Search(auth.WithViewer(t.Context(), south), questionOf("bo777q"))
		require.NoError(t, err)
		require.Equal(t, restricted.ID, r.Hits[0].ProductID)
		for _, q := range []string{"boreas", "secret", "confidentialopenword", "gainopenword", "RET9"} {
			require.Positive(t, total(f.As("STAFF_ADMIN").Must(searchAll, map[string]any{"q": q})), q)
		}
		// Offered to everybody, it is found; restricted again, it is not, at once and
		// before the index knows.
		ctx := t.Context()
		set := func(column, value string) {
			_, err := f.Store.Raw(ctx).ExecContext(ctx, fmt.Sprintf(`UPDATE products SET %s = %s WHERE id = $1`, column, value), string(restricted.ID))
			require.NoError(t, err)
		}
		set("restricted", "false")
		require.NoError(t, f.Search.CatchUp(ctx))
		require.Equal(t, 1, total(f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": "boreas"})))
		set("status", "'"+string(product.StatusRETIRED)+"'")
		require.Zero(t, total(f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": "boreas"})))
		same(t, f.As("ORG_MEMBER"), searchAll, map[string]any{"q": "boraes"}, map[string]any{"q": "qoraeq"})
	})
}

// TestSearchMisses counts what was searched for in vain, keeps who searched only
// with their consent, and tells them of the answer.
func TestSearchMisses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := t.Context()
		f.Live.Look()
		misses := func(search string) []any {
			require.NoError(t, f.Search.WriteMisses(ctx))
			a := f.As("STAFF_ADMIN").Must(`query($s: String) { searchMisses(filter: {search: $s}) { edges { node { id term count people status version hidden
				filters { count attributes category { name } } followers { user { name } } answerProducts { name } answerSynonym answerTextGerman } } } }`, map[string]any{"s": search})
			list, _ := testkit.At(a, "searchMisses", "edges").([]any)
			return list
		}
		for range 3 { // each counts once
			f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": "Flüx  Kompensator"})
		}
		f.As("ORG_BUYER").Must(searchAll, map[string]any{"q": "fluex kompensator", "f": map[string]any{"attributes": []any{map[string]any{"key": "power", "values": []string{"1.21"}}}}})
		f.As("ANONYMOUS").Must(searchAll, map[string]any{"q": "flux kompensator"})
		list := misses("kompensator")
		require.Len(t, list, 1)
		node := testkit.At(list[0], "node").(map[string]any)
		require.Equal(t, "flux kompensator", node["term"])
		require.Equal(t, 3., node["count"])
		require.Equal(t, []any{map[string]any{"count": 1., "attributes": []any{"power: 1.21"}, "category": nil}}, node["filters"])
		require.Empty(t, node["followers"], "nobody has agreed to be named")
		follow := `mutation($q: String!) { followSearch(input: {query: $q}) { followed userErrors { code } } }`
		a := f.As("ORG_MEMBER").Must(follow, map[string]any{"q": "Spectra"})
		require.Equal(t, "FOUND", testkit.At(a, "followSearch", "userErrors", 0, "code"))
		for _, who := range []string{"ORG_MEMBER", "ORG_BUYER"} {
			a = f.As(who).Must(follow, map[string]any{"q": "flux kompensator"})
			require.Equal(t, true, testkit.At(a, "followSearch", "followed"), "%v", a)
		}
		f.As("ORG_BUYER").Must(`mutation { unfollowSearch(input: {query: "Flux Kompensator"}) { followed } }`, nil)
		require.Equal(t, true, testkit.At(f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": "flux kompensator"}), "search", "followed"))
		node = testkit.At(misses("kompensator")[0], "node").(map[string]any)
		require.Equal(t, "Person ORG_MEMBER", testkit.At(node, "followers", 0, "user", "name"))
		require.Len(t, node["followers"], 1)

		// Whether something hidden was there.
		f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": "secret"})
		require.NoError(t, f.Search.Review(ctx))
		require.Equal(t, true, testkit.At(misses("secret")[0], "node", "hidden"))
		require.Equal(t, false, testkit.At(misses("kompensator")[0], "node", "hidden"))

		// Refusals change nothing.
		decide := `mutation($i: DecideSearchMissInput!) { decideSearchMiss(input: $i) { searchMiss { status answer version } userErrors { code } } }`
		in := func(more map[string]any) map[string]any {
			m := map[string]any{"searchMissId": node["id"], "version": node["version"], "decision": "ANSWERED"}
			maps.Copy(m, more)
			return map[string]any{"i": m}
		}
		before := f.Fingerprint()
		for code, more := range map[string]map[string]any{
			"STALE": {"version": 99}, "UNKNOWN_PRODUCT": {"productIds": []any{gid.New(gid.Product)}}, "FINDS_NOTHING": {"synonym": "phlogiston"}, "INVALID": {"textEnglish": "x"},
		} {
			a = f.As("STAFF_MARKETING").Must(decide, in(more))
			require.Equal(t, code, testkit.At(a, "decideSearchMiss", "userErrors", 0, "code"))
		}
		require.Equal(t, before, f.Fingerprint())

		// A part of another one finds what that finds.
		other := testkit.At(misses("unobtainium")[0], "node").(map[string]any)
		a = f.As("STAFF_AGENT").Must(`mutation($i: MergeSearchMissesInput!) { mergeSearchMisses(input: $i) { searchMiss { count } userErrors { code } } }`,
			map[string]any{"i": map[string]any{"searchMissId": other["id"], "version": other["version"], "intoId": node["id"]}})
		require.Equal(t, 10., testkit.At(a, "mergeSearchMisses", "searchMiss", "count"), "%v", a)
		node = testkit.At(misses("kompensator")[0], "node").(map[string]any)
		a = f.As("STAFF_MARKETING").Must(decide, in(map[string]any{"productIds": []any{f.World.Product.ID, f.World.Draft.ID}, "textEnglish": "Try this.", "textGerman": "Versuchen Sie dies."}))
		require.Equal(t, "PRODUCT", testkit.At(a, "decideSearchMiss", "searchMiss", "answer"), "%v", a)
		for _, q := range []string{"FLUX kompensator", "unobtainium"} {
			a = f.As("ORG_MEMBER").Must(searchAll, map[string]any{"q": q})
			require.Equal(t, "Try this.", testkit.At(a, "search", "answer", "text"))
			require.Len(t, testkit.At(a, "search", "answer", "products"), 1, "the draft is not for customers")
			require.Equal(t, "Spectra", testkit.At(a, "search", "hits", 0, "product", "name"))
			require.Equal(t, 1, total(a))
		}
		f.Work()
		a = f.As("ORG_MEMBER").Must(`{ notifications(filter: {kind: [SEARCH_ANSWERED]}) { edges { node { title text } } } }`, nil)
		require.Contains(t, testkit.At(a, "notifications", "edges", 0, "node", "title"), "flux kompensator")
		a = f.As("ORG_BUYER").Must(`{ notifications(filter: {kind: [SEARCH_ANSWERED]}) { edges { node { title } } } }`, nil)
		require.Empty(t, testkit.At(a, "notifications", "edges"), "who has taken it back is not told")
		mails := f.Mails()
		require.Contains(t, mails[len(mails)-1].Text, "/search?q=flux+kompensator")
		require.Empty(t, testkit.At(misses("kompensator")[0], "node", "followers"), "names that have served are forgotten")

		// A synonym is searched for in place of the term.
		ctx2 := auth.WithSystem(ctx, "a search of a test")
		m, err := f.Store.Client().SearchMiss.Query().Where(searchmiss.Term("phlogiston")).Only(ctx2)
		require.NoError(t, err)
		f.As("STAFF_ADMIN").Must(decide, map[string]any{"i": map[string]any{"searchMissId": m.ID, "version": m.Version, "decision": "ANSWERED", "synonym": "spectra"}})
		a = f.As("ANONYMOUS").Must(searchAll, map[string]any{"q": "Phlogiston"})
		require.Equal(t, "Spectra", testkit.At(a, "search", "hits", 0, "product", "name"))
		require.Equal(t, "spectra", testkit.At(a, "search", "answer", "synonym"))

		// Nobody fills the table.
		for i := range 300 {
			f.As("ORG_MANAGER").Must(`query($q: String!) { search(query: $q) { totalCount } }`, map[string]any{"q": fmt.Sprintf("vainsearch%d", i)})
		}
		require.NoError(t, f.Search.WriteMisses(ctx))
		n, err := f.Store.Client().SearchMiss.Query().Where(searchmiss.TermHasPrefix("vainsearch")).Count(ctx2)
		require.NoError(t, err)
		require.Equal(t, 30, n)
	})
}

func membershipOf(t *testing.T, f *testkit.Foyer, person string) gid.ID {
	t.Helper()
	m, err := f.Store.Client().Membership.Query().Where(membership.UserID(f.World.Users[person].ID)).Only(auth.WithSystem(t.Context(), "a membership of a test"))
	require.NoError(t, err)
	return m.ID
}

func questionOf(query string) search.Question { return search.Question{Query: query, First: 5} }
