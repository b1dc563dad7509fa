package prices

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/ruletable"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
	"foyer/testkit/dbtest"
)

// shop is a small company with everything that decides about prices.
type shop struct {
	t        testing.TB
	s        *Service
	st       *store.Store
	ctx      context.Context //nolint:containedctx // of the system, for one test
	now      time.Time
	orgs     map[string]Buyer
	variants map[string]gid.ID
	lists    map[string]gid.ID
	segments map[string]gid.ID
	products map[string]gid.ID
	shelves  map[string]gid.ID
}

func eachShop(t *testing.T, test func(t *testing.T, w *shop)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { test(t, newShop(t, st)) })
}

func newShop(t testing.TB, st *store.Store) *shop {
	t.Helper()
	w := &shop{
		t: t, s: New(st), st: st, ctx: auth.WithSystem(t.Context(), "test"), now: time.Now().UTC().Truncate(time.Second),
		orgs: map[string]Buyer{}, variants: map[string]gid.ID{}, lists: map[string]gid.ID{}, segments: map[string]gid.ID{},
		products: map[string]gid.ID{}, shelves: map[string]gid.ID{},
	}
	require.NoError(t, st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
		machines := tx.Category.Create().SetName("Machines").SaveX(ctx)
		pumps := tx.Category.Create().SetName("Pumps").SetParentID(machines.ID).SaveX(ctx)
		w.shelves["Machines"], w.shelves["Pumps"] = machines.ID, pumps.ID
		for _, v := range []struct {
			sku, taxes string
			minor      int64
			grams      int64
			shelf      gid.ID
		}{
			{"PUMP", "STANDARD", 100_00, 1200, pumps.ID}, {"BOOK", "REDUCED", 20_00, 400, ""}, {"CHIP", "STANDARD", 35, 5, ""},
		} {
			c := tx.Product.Create().SetName(v.sku).SetTaxCategory(v.taxes)
			if v.shelf != "" {
				c.SetCategoryID(v.shelf)
			}
			p := c.SaveX(ctx)
			w.products[v.sku] = p.ID
			w.variants[v.sku] = tx.ProductVariant.Create().SetProductID(p.ID).SetSku(v.sku).SetName(v.sku).
				SetPriceMinor(v.minor).SetCurrency("EUR").SetWeightGrams(v.grams).SaveX(ctx).ID
		}
		for name, o := range map[string][2]string{
			"North": {"EUR", "DE123456789"}, "Graz": {"EUR", "ATU12345678"}, "Dist": {"EUR", "DE999999999"}, "Anna": {"", ""}, "Tokyo": {"JPY", ""},
		} {
			x := tx.Organization.Create().SetName(name).SetCurrency(o[0]).SetVatID(o[1]).SaveX(ctx)
			w.orgs[name] = Buyer{OrganizationID: x.ID, Currency: x.Currency, VatID: x.VatID}
		}
		w.segments["Distributors"] = tx.Segment.Create().SetKey("dist").SetName("Distributors").SaveX(ctx).ID
		_, err := w.s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO segment_members (organization_id, segment_id) VALUES ($1, $2)`,
			string(w.orgs["Dist"].OrganizationID), string(w.segments["Distributors"]))
		return err
	}))
	return w
}

// list makes a price list for somebody, with prices as "sku", from, amount, ...
func (w *shop) list(key, currency string, to Assignment, from, until *time.Time, prices ...any) gid.ID {
	w.t.Helper()
	id, err := w.s.SaveList(w.ctx, SaveList{Key: key, Name: "List " + key, Currency: currency, Status: "ACTIVE", From: from, To: until})
	require.NoError(w.t, err)
	_, err = w.s.Assign(w.ctx, id, 1, []Assignment{to})
	require.NoError(w.t, err)
	var rows []Row
	for i := 0; i < len(prices); i += 3 {
		rows = append(rows, Row{Sku: new(prices[i].(string)), From: prices[i+1].(int), Unit: new(money.Decimal(prices[i+2].(string)))})
	}
	_, err = w.s.SetPrices(w.ctx, id, rows)
	require.NoError(w.t, err)
	w.lists[key] = id
	return id
}

func (w *shop) rules(kind ruletable.Kind, doc schema.RuleDocument) {
	w.t.Helper()
	r, err := w.s.rules(w.ctx)
	require.NoError(w.t, err)
	_, err = w.s.SaveTable(w.ctx, SaveTable{Kind: kind, BasedOn: r.of(kind).number, Doc: doc})
	require.NoError(w.t, err)
}

func (w *shop) items(list ...any) []Item {
	var out []Item
	for i := 0; i < len(list); i += 2 {
		out = append(out, Item{VariantID: w.variants[list[i].(string)], Quantity: list[i+1].(int)})
	}
	return out
}

func to(country, region string) *schema.Address {
	return &schema.Address{Country: country, Region: region}
}

// stock gives the shop its lists and rules.
func (w *shop) stock() {
	ended, began := w.now.Add(-24*time.Hour), w.now.Add(-90*24*time.Hour)
	w.list("key", "EUR", Assignment{OrganizationID: w.orgs["North"].OrganizationID, Priority: 50}, nil, nil,
		"PUMP", 1, "95.00", "PUMP", 10, "90.00", "PUMP", 50, "80.00")
	w.list("dist", "EUR", Assignment{SegmentID: w.segments["Distributors"], Priority: 50}, nil, nil, "PUMP", 1, "88.00", "CHIP", 100, "0.29")
	w.list("old", "EUR", Assignment{Priority: 100}, &began, &ended, "PUMP", 1, "50.00")
	w.list("all", "EUR", Assignment{Priority: 10}, nil, nil, "BOOK", 1, "18.50")
	w.list("yen", "JPY", Assignment{OrganizationID: w.orgs["Tokyo"].OrganizationID}, nil, nil, "PUMP", 1, "15500", "CHIP", 1, "52")
	w.rules(ruletable.KindTAX, schema.RuleDocument{Tax: &schema.TaxRules{Origin: "DE", Rules: []schema.TaxRule{
		{Key: "de-reduced", Name: "VAT 7 %", Countries: []string{"DE"}, Categories: []string{"REDUCED"}, BasisPoints: 700},
		{Key: "de", Name: "VAT 19 %", Countries: []string{"DE"}, BasisPoints: 1900},
		{Key: "eu-business", Name: "Intra-Community supply", Countries: []string{"AT", "FR", "ES"}, Business: new(true), ReverseCharge: true},
		{Key: "canaries", Name: "Export", Countries: []string{"ES"}, Regions: []string{"Canarias"}},
		{Key: "es", Name: "IVA 21 %", Countries: []string{"ES"}, BasisPoints: 2100},
		{Key: "at", Name: "USt 20 %", Countries: []string{"AT"}, BasisPoints: 2000},
		{Key: "export", Name: "Export", Countries: []string{"CH", "JP"}},
	}}})
	w.rules(ruletable.KindSHIPPING, schema.RuleDocument{Shipping: []schema.ShippingRule{
		{Key: "parcel", Name: "Parcel", Countries: []string{"DE"}, MaxGrams: new(int64(31_500)), Currency: "EUR", PriceMinor: 6_90, PerKiloMinor: 50, FreeFrom: new(int64(500_00)), Days: 2, Carrier: "DHL"},
		{Key: "express", Name: "Express", Currency: "EUR", PriceMinor: 25_00, Days: 1},
		{Key: "parcel-jpy", Name: "Parcel to Japan", Countries: []string{"JP"}, Currency: "JPY", PriceMinor: 1500, PerKiloMinor: 300, Days: 6},
	}})
	w.rules(ruletable.KindDISCOUNT, schema.RuleDocument{Discounts: []schema.DiscountRule{
		{Key: "large", Name: "Large order", On: "ORDER", BasisPoints: 200, MinMinor: 1000_00, Currency: "EUR"},
		{Key: "dist-machines", Name: "Distributors: machines", On: "LINE", BasisPoints: 1000, MinQuantity: 20,
			Categories: []string{string(w.shelves["Machines"])}, Segments: []string{string(w.segments["Distributors"])}},
	}})
}
