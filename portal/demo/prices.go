package demo

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/ruletable"
	spectra500 "foyer/portal/demo/spectra"
	"foyer/portal/prices"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// vatIDs are those of the customers, by key. They are made up, and so are their
// check digits.
var vatIDs = map[string]string{
	"halden": "NO987654321MVA", "halden-se": "SE556677889901", "boras": "SE556611223301", "halden-de": "DE811223344",
	"nordholm": "DE812345678", "feinblech": "DE823456789", "staal": "DK23456789", "odense": "DK34567890", "kesselring": "ATU61234567",
	"delorme": "FR40123456789", "marangon": "IT03456780241", "vanderveen": "NL812345678B01", "tobler": "CHE123456788", "hollis": "GB123456789",
}

// currencies are those of the customers that do not buy in euros.
var currencies = map[string]string{"tobler": "CHF"}

// resellers are the customers in the segment of that name.
var resellers = []string{"vanderveen", "marangon", "odense"}

// The rules of the demo company are examples. The rates are those of the years
// around 2026; whoever sells for real asks a tax adviser.
var (
	taxTable = schema.TaxRules{Origin: "DE", Rules: []schema.TaxRule{
		{Key: "de-reduced", Name: "VAT 7 %", Countries: []string{"DE"}, Categories: []string{"REDUCED"}, BasisPoints: 700},
		{Key: "de", Name: "VAT 19 %", Countries: []string{"DE"}, BasisPoints: 1900},
		{Key: "eu-business", Name: "Intra-Community supply, VAT 0 %", Countries: union, Business: new(true), ReverseCharge: true},
		{Key: "at-reduced", Name: "USt 10 %", Countries: []string{"AT"}, Categories: []string{"REDUCED"}, BasisPoints: 1000},
		{Key: "at", Name: "USt 20 %", Countries: []string{"AT"}, BasisPoints: 2000},
		{Key: "canaries", Name: "Export, VAT 0 %", Countries: []string{"ES"}, Regions: []string{"Canarias", "Canary Islands"}},
		{Key: "eu", Name: "VAT 19 %", Countries: union, BasisPoints: 1900}, // below the threshold of distance sales
		{Key: "export", Name: "Export, VAT 0 %"},
	}}
	union = []string{"AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}

	shippingTable = []schema.ShippingRule{
		{Key: "parcel", Name: "Parcel", Description: "In one or more parcels of up to 31.5 kg.", Countries: append([]string{"DE"}, union...),
			MaxGrams: new(int64(31_500)), Currency: currency, PriceMinor: 8_90, PerKiloMinor: 40, FreeFrom: new(int64(500_00)), Days: 3, Carrier: "DHL"},
		{Key: "express", Name: "Express", Description: "By noon of the next working day.", Countries: []string{"DE", "AT", "DK", "NL"},
			MaxGrams: new(int64(31_500)), Currency: currency, PriceMinor: 29_00, PerKiloMinor: 1_50, Days: 1, Carrier: "UPS"},
		{Key: "freight", Name: "Freight", Description: "By lorry, to the kerb. We call before.", Currency: currency, PriceMinor: 180_00, PerKiloMinor: 35, Days: 6},
		{Key: "freight-chf", Name: "Freight to Switzerland", Description: "By lorry, customs included.", Countries: []string{"CH", "LI"}, Currency: "CHF", PriceMinor: 210_00, PerKiloMinor: 40, Days: 6},
		{Key: "parcel-chf", Name: "Parcel to Switzerland", Countries: []string{"CH", "LI"}, MaxGrams: new(int64(31_500)), Currency: "CHF", PriceMinor: 24_00, PerKiloMinor: 90, Days: 4, Carrier: "DHL"},
		{Key: "pickup", Name: "Pickup", Description: "At our works in Kiel, on working days from 7 to 15.", Currency: currency, Days: 0},
	}

	discountTable = []schema.DiscountRule{
		{Key: "large-order", Name: "Large order: 3 %", On: "ORDER", BasisPoints: 300, MinMinor: 5000_00, Currency: currency},
	}
)

// trade writes price lists, rules, and the segment of resellers.
func (w *writer) trade(ctx context.Context, st *store.Store, h *house) {
	at := h.since(11, 3)
	segment := &ent.Segment{ID: gid.At(gid.Segment, at), Key: "resellers", Name: "Resellers"}
	rows(ctx, w, ent.TypeSegment, "id created_at updated_at key name description version", []*ent.Segment{segment}, func(s *ent.Segment) []any {
		return []any{s.ID, at, at, s.Key, s.Name, "Who sells our parts on.", 1}
	})
	tables := []prices.SaveTable{
		{Kind: ruletable.KindTAX, Doc: schema.RuleDocument{Tax: &taxTable}, Note: "Germany, Austria, the Union and exports."},
		{Kind: ruletable.KindSHIPPING, Doc: schema.RuleDocument{Shipping: shippingTable}},
		{Kind: ruletable.KindDISCOUNT, Doc: schema.RuleDocument{Discounts: discountTable}},
	}
	rows(ctx, w, ent.TypeRuleTable, "id kind number document note created_at", tables, func(t prices.SaveTable) []any {
		return []any{gid.At(gid.RuleTable, at), string(t.Kind), 1, document(t.Doc), optional(t.Note), at}
	})
	type listed struct {
		row    *ent.PriceList
		to     []prices.Assignment
		prices map[gid.ID][]prices.Tier
	}
	stock := func(key, name, currency string, to []prices.Assignment, tiers func(*stocked) []prices.Tier) *listed {
		l := &listed{row: &ent.PriceList{ID: gid.At(gid.PriceList, at), Key: key, Name: name, Currency: currency}, to: to, prices: map[gid.ID][]prices.Tier{}}
		for _, s := range append(slices.Clone(h.shelf), h.skus[spectra500.Sku]) {
			if t := tiers(s); t != nil {
				l.prices[s.row.ID] = t
			}
		}
		return l
	}
	// part is a percentage of the standard price, to ten cents.
	part := func(s *stocked, percent int64) int64 { return (s.row.PriceMinor*percent + 500) / 1000 * 10 }
	lists := []*listed{
		stock("nordholm", "Nordholm framework agreement", currency, []prices.Assignment{
			{OrganizationID: h.firms["nordholm"].row.ID, Priority: 50}, {OrganizationID: h.firms["feinblech"].row.ID, Priority: 50},
		}, func(s *stocked) []prices.Tier {
			if s.row.PriceMinor >= 1000_00 { // machines are offered one by one
				return nil
			}
			return []prices.Tier{{From: 1, UnitMinor: part(s, 94)}, {From: 10, UnitMinor: part(s, 90)}, {From: 50, UnitMinor: part(s, 84)}}
		}),
		stock("resellers", "Resellers", currency, []prices.Assignment{{SegmentID: segment.ID, Priority: 20}}, func(s *stocked) []prices.Tier {
			if s.row.PriceMinor >= 1000_00 {
				return nil
			}
			return []prices.Tier{{From: 1, UnitMinor: part(s, 88)}, {From: 20, UnitMinor: part(s, 82)}}
		}),
		stock("switzerland", "Switzerland", "CHF", []prices.Assignment{{Priority: 0}}, func(s *stocked) []prices.Tier {
			return []prices.Tier{{From: 1, UnitMinor: part(s, 97)}}
		}),
	}
	rows(ctx, w, ent.TypePriceList, "id created_at updated_at key name currency status version", lists, func(l *listed) []any {
		return []any{l.row.ID, at, at, l.row.Key, l.row.Name, l.row.Currency, "ACTIVE", 1}
	})
	for _, l := range lists {
		if w.err == nil {
			w.err = prices.Fill(ctx, st, l.row.ID, l.to, l.prices)
		}
	}
	for _, key := range resellers {
		if w.err == nil {
			_, w.err = st.Raw(ctx).ExecContext(ctx, `INSERT INTO segment_members (organization_id, segment_id) VALUES ($1, $2)`, //nolint:forbidigo // no package writes members without an action yet
				string(h.firms[key].row.ID), string(segment.ID))
		}
	}
}
