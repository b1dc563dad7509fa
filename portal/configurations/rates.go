package configurations

import (
	"context"
	"time"

	"foyer/auth"
	"foyer/portal/configurator/plan"
	"foyer/portal/prices"
	"foyer/schema"
	"foyer/schema/gid"
)

// terms are what it costs a buyer, and how long what is not there takes.
type terms struct {
	plan.Rates

	priced  bool           // the thing itself has a price for the buyer
	missing map[string]int // days until a part is there, by sku; what is there is not in it
	at      time.Time
}

// terms finds out what a buyer pays for what a book speaks of, and what of it is
// missing.
func (s *Service) terms(ctx context.Context, b *book, buyer prices.Buyer, quantity int, at time.Time) (*terms, error) {
	sheet, err := s.prices.Sheet(ctx, buyer, prices.SheetQuestion{VariantID: b.version.VariantID, Quantity: quantity, Skus: b.Skus(), At: at})
	if err != nil {
		return nil, err
	}
	t := &terms{at: at, priced: sheet.Base.Found, Rates: plan.Rates{
		Currency: sheet.Currency, Base: sheet.Base.Unit.Minor, Quantity: quantity,
		Skus: sheet.Skus, Unpriced: sheet.Unpriced, PriceLists: sheet.Lists,
	}}
	if name := sheet.Base.Cause.ListName; name != "" {
		t.BaseDetail = map[string]string{schema.English.Code(): name, schema.German.Code(): name}
	}
	t.missing, err = s.missing(ctx, sheet.Variants, at)
	return t, err
}

// missing says for the parts that are not there in how many days they are.
func (s *Service) missing(ctx context.Context, variants map[string]gid.ID, at time.Time) (map[string]int, error) {
	if len(variants) == 0 {
		return nil, nil
	}
	ids := make([]gid.ID, 0, len(variants))
	for _, id := range variants {
		ids = append(ids, id)
	}
	there, err := s.stock.Available(auth.WithSystem(ctx, "whether the parts of what is configured are there, for its lead time"), ids)
	if err != nil {
		return nil, err
	}
	days := map[string]int{}
	for sku, id := range variants {
		a, known := there[id]
		if !known || a.Untracked || a.Available > 0 || a.SendOn == nil {
			continue
		}
		if n := int(a.SendOn.Sub(day(at)).Hours()+23) / 24; n > 0 {
			days[sku] = n
		}
	}
	return days, nil
}

func day(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// price is what one costs as it is selected; not ok where there is no price.
func (t *terms) price(b *book, sel plan.Selection) ([]schema.ConfiguredAmount, int64, bool) {
	if !t.priced {
		return nil, 0, false
	}
	return b.Price(sel, t.Rates)
}
