package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/accounts"
	"foyer/portal/demo"
	"foyer/portal/jobs"
	"foyer/portal/orders"
	"foyer/portal/search"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// service is a search over a database.
func service(t testing.TB, st *store.Store) *search.Service {
	t.Helper()
	runner, err := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return search.New(st, runner, search.Options{Logger: slog.New(slog.DiscardHandler)})
}

// company fills a database with the demo company.
func company(t testing.TB, st *store.Store) {
	t.Helper()
	people := accounts.New(st, accounts.Options{})
	require.NoError(t, people.EnsureRoles(t.Context()))
	work := orders.New(st, orders.DefaultCarriers())
	_, err := demo.Seed(t.Context(), st, demo.Options{Now: time.Now().UTC(), PasswordHash: "x", NextNumber: work.NextNumber})
	require.NoError(t, err)
}

// viewer is somebody who acts in a role, for no organization that exists.
func viewer(ctx context.Context, role string) context.Context {
	kind := auth.KindMember
	switch {
	case role == "ANONYMOUS":
		kind = auth.KindAnonymous
	case strings.HasPrefix(role, "STAFF"):
		kind = auth.KindStaff
	}
	return auth.WithViewer(ctx, auth.Viewer{Kind: kind, UserID: string(gid.New(gid.User)), Language: "en"}.WithGrants(schema.Grants[role]))
}

// goods is a product of the generated catalog.
type goods struct {
	name, category, text, keywords string
	attributes                     []schema.Attribute
	skus                           []string
}

// german are products with all that German spelling has.
var german = []goods{
	{name: "Kühlgerät Größe 3", category: "Kühlung", text: "Rückkühler für geschlossene Kreisläufe.", skus: []string{"KG-3-230", "KG-3-400"}},
	{name: "Laserschutzbrille", category: "Schutz", text: "Gemäß DIN EN 207, mit Bügeln für Brillenträger.", keywords: "Augenschutz, Schutzglas", skus: []string{"LSB-1064"}},
	{name: "Förderband", category: "Materialfluss", text: "Gurtbreite 300 mm, Geschwindigkeit stufenlos.", skus: []string{"FB-300"}},
	{name: "Prüfgerät für Schweißnähte", category: "Messtechnik", text: "Misst die Tiefe ohne Zerstörung.", skus: []string{"PG-SN-1"}},
	{name: "Anschlussbüchse", category: "Zubehör", text: "Messing, vernickelt.", skus: []string{"AB-M8", "AB-M12"}},
}

var (
	makers = strings.Fields(`Bardex Corvin Delmar Eltron Faskon Gerwig Hartmut Ingram Jolten Kessko Lomax Merkon Nordak Ostwin Parvex Quintus Rasmus
		Solvik Tamron Ulmac Vektor Wolbert Xandor Yelmar Zentro Ambros Bergal Cantor Dornik Erlex Fendor Gralit Holmen Isartec Jurask Kaldor Lindex Marvik Nelson Olbers`)
	nouns = strings.Fields(`gasket bolt washer valve pump hose clamp bracket bearing spring rivet pulley gear shaft bushing coupling flange manifold regulator gauge
		sensor relay fuse socket cable terminal contactor transformer inverter heater blower damper filter sieve funnel hopper chute crank lever knob
		screwdriver wrench hammer chisel file saw drill reamer tap die`)
	metals = []string{"steel", "brass", "copper", "aluminium", "titanium", "bronze"}
)

const sizes = 15 // of each maker's sort of part

// generated makes a catalog of so many products with three or four variants each.
func generated(products int) []goods {
	var list []goods
	for n := range products {
		maker, noun, size := makers[n%len(makers)], nouns[n/len(makers)%len(nouns)], n/len(makers)/len(nouns)%sizes
		metal := metals[(n*7+size)%len(metals)]
		g := goods{
			name: fmt.Sprintf("%s %s %d", maker, noun, 100+size*10), category: noun + " parts",
			text: fmt.Sprintf("Made of %s for dry and wet rooms. Tested %d hours under load, delivered with a seal and instructions in three languages.", metal, 100+n%900),
			attributes: []schema.Attribute{
				{Key: "material", Name: "Material", Value: metal}, {Key: "diameter", Name: "Diameter", Value: fmt.Sprint(4 + (n*3+size)%40)},
				{Key: "class", Name: "Class", Value: string("ABCDE"[n%5])}, {Key: "margin", Name: "Margin", Value: fmt.Sprint(n % 30)},
			},
		}
		for v := range 3 + (n%3+1)/2 - (n%3)/2 {
			g.skus = append(g.skus, fmt.Sprintf("%s%s-%d-%d", strings.ToUpper(maker[:2]), strings.ToUpper(noun[:2]), 10000+n, 10+v*5))
		}
		list = append(list, g)
	}
	return list
}

// fill writes goods past the rules, as an import does.
func fill(t testing.TB, st *store.Store, list []goods) (variants int) {
	t.Helper()
	ctx := auth.WithSystem(t.Context(), "generated catalog")
	now := time.Now().UTC().Truncate(time.Microsecond)
	const source = "generated"
	typ := gid.ID("")
	require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		p, err := tx.ProductType.Create().SetKey(string(gid.New("k"))).SetName("Part").SetAttributes([]schema.AttributeDefinition{
			{Key: "material", Name: "Material", Kind: "CHOICE", Facet: true}, {Key: "diameter", Name: "Diameter", Kind: "NUMBER", Unit: "mm", Facet: true},
			{Key: "class", Name: "Class", Kind: "TEXT", Facet: true}, {Key: "margin", Name: "Margin", Kind: "NUMBER", Facet: true, Internal: true},
		}).Save(ctx)
		typ = p.ID
		return err
	}))
	shelves := map[string]gid.ID{}
	for from := 0; from < len(list); from += 2000 {
		part := list[from:min(from+2000, len(list))]
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			b, err := st.Bulk(ctx, source)
			if err != nil {
				return err
			}
			var categories, products, skus [][]any
			for _, g := range part {
				if shelves[g.category] == "" {
					shelves[g.category] = gid.New(gid.Category)
					categories = append(categories, []any{shelves[g.category], now, now, g.category, g.category})
				}
				id := gid.New(gid.Product)
				attributes, _ := json.Marshal(g.attributes)
				products = append(products, []any{id, now, now, g.name, g.text, "ACTIVE", shelves[g.category], typ, string(attributes), g.keywords, string(id)})
				for _, sku := range g.skus {
					skus = append(skus, []any{gid.New(gid.Variant), now, now, id, sku, "type " + sku[len(sku)-2:], 1000, "EUR", "ACTIVE", sku})
				}
			}
			variants += len(skus)
			for typ, x := range map[string]struct {
				columns string
				rows    [][]any
			}{
				ent.TypeCategory: {"id created_at updated_at name external_id", categories},
			} {
				if err := b.Insert(ctx, typ, strings.Fields(x.columns), x.rows); err != nil {
					return err
				}
			}
			if err := b.Insert(ctx, ent.TypeProduct, strings.Fields("id created_at updated_at name description status category_id type_id attributes keywords external_id"), products); err != nil {
				return err
			}
			return b.Insert(ctx, ent.TypeProductVariant, strings.Fields("id created_at updated_at product_id sku name price_minor currency status external_id"), skus)
		}))
	}
	return variants
}

// searches are what people write, and the product that they mean.
var searches = []struct{ query, want string }{
	{"spectra 350", "Spectra 350"},
	{"350 spectra", "Spectra 350"},
	{"Spectra350", "Spectra 350"},
	{"spektra 350", "Spectra 350"},
	{"3015", "Spectra 3015"},
	{"015-2k", "Spectra 3015"},
	{"350-l8", "Spectra 350"},
	{"sp350l8", "Spectra 350"},
	{"SP-350-L8", "Spectra 350"},
	{"sp 350 l8", "Spectra 350"},
	{"500 l16", "Spectra 500"},
	{"focusing lens", "Focusing lens"},
	{"lens focusing", "Focusing lens"},
	{"focusing lenses", "Focusing lens"},
	{"focussing lense", "Focusing lens"},
	{"nozle set", "Nozzle set"},
	{"cutting nozzels", "Cutting nozzle"},
	{"protectiv window", "Protective window"},
	{"protective windwo", "Protective window"},
	{"zinc selenide", "Zinc selenide lens"},
	{"f-theta", "F-theta lens"},
	{"ftheta lens", "F-theta lens"},
	{"HEPA", "HEPA cartridge"},
	{"hepa catridge", "HEPA cartridge"},
	{"FI-HEPA-13", "HEPA cartridge"},
	{"hepa13", "HEPA cartridge"},
	{"carbon filter", "Activated carbon cartridge"},
	{"laser tube 60 W", "CO2 laser tube"},
	{"tuco75", "CO2 laser tube"},
	{"co2 tube 90w", "CO2 laser tube"},
	{"camera 5 mp", "Marking camera"},
	{"foot swich", "Foot switch"},
	{"footswitch", "Foot switch"},
	{"emergency stop", "Emergency stop button"},
	{"galvo miror", "Galvo mirror pair"},
	{"belts", "Drive belt"},
	{"hand-held welder", "Halo 1500"},
	{"handheld welder", "Halo 1500"},
	{"acrylic engraver", "Corona 60"},
	{"commisioning", "Commissioning on site"}, //nolint:misspell // as people do
	{"a lens for the spectra", "Collimating lens"},
	{"Kühlgerät", "Kühlgerät Größe 3"},
	{"kuehlgeraet", "Kühlgerät Größe 3"},
	{"KUHLGERATE groesse 3", "Kühlgerät Größe 3"},
	{"kg3400", "Kühlgerät Größe 3"},
	{"schutzbrille", "Laser safety glasses"}, // has this keyword; what only ends with it is looked for when nothing has it
	{"laserschutzbrille", "Laserschutzbrille"},
	{"büchse", "Anschlussbüchse"},
	{"laserschuzbrille", "Laserschutzbrille"},
	{"augenschutz", "Laserschutzbrille"},
	{"foerderband", "Förderband"},
	{"pruefgerät schweissnaht", "Prüfgerät für Schweißnähte"},
	{"schweißnähte prufgerat", "Prüfgerät für Schweißnähte"},
	{"anschlussbuchse", "Anschlussbüchse"},
}
