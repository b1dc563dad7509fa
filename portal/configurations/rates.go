package configurations

import (
	"context"
	"maps"
	"slices"
	"time"

	"foyer/auth"
	"foyer/portal/configurator/plan"
	"foyer/portal/prices"
	"foyer/schema"
)

// market is what a buyer pays for what a book speaks of, in any quantity, and what of
// it is missing. It is asked for anew for each answer: prices and stock are not kept.
type market struct {
	sheet   *prices.Sheet
	missing map[string]int // days until a part is there, by sku; what is there is not in it
	at      time.Time
}

// terms are what it costs a buyer in one quantity, and how long what is not there
// takes.
type terms struct {
	plan.Rates

	priced  bool // the thing itself has a price for the buyer
	missing map[string]int
	at      time.Time
	of      *market
}

// market finds out what a buyer pays: five statements, three where nothing is made of
// what is counted.
func (s *Service) market(ctx context.Context, b *book, buyer prices.Buyer, at time.Time) (*market, error) {
	sheet, err := s.prices.Sheet(ctx, buyer, prices.SheetQuestion{VariantID: b.version.VariantID, Skus: b.Skus(), At: at})
	if err != nil {
		return nil, err
	}
	m := &market{sheet: sheet, at: at}
	m.missing, err = s.missing(ctx, sheet, at)
	return m, err
}

// terms finds out what a buyer pays for some of what a book speaks of.
func (s *Service) terms(ctx context.Context, b *book, buyer prices.Buyer, quantity int, at time.Time) (*terms, error) {
	m, err := s.market(ctx, b, buyer, at)
	if err != nil {
		return nil, err
	}
	return m.terms(quantity), nil
}

// terms are those of a quantity.
func (m *market) terms(quantity int) *terms {
	base := m.sheet.Base(quantity)
	t := &terms{at: m.at, priced: base.Found, missing: m.missing, of: m, Rates: plan.Rates{
		Currency: m.sheet.Currency, Base: base.Unit.Minor, Quantity: quantity, PriceLists: m.sheet.Lists,
	}}
	t.Skus, t.Unpriced = m.sheet.Skus(quantity)
	if name := base.Cause.ListName; name != "" {
		t.BaseDetail = map[string]string{schema.English.Code(): name, schema.German.Code(): name}
	}
	return t
}

// missing says for the parts that are not there in how many days they are.
func (s *Service) missing(ctx context.Context, sheet *prices.Sheet, at time.Time) (map[string]int, error) {
	if len(sheet.Variants) == 0 {
		return nil, nil
	}
	there, err := s.stock.AvailableOf(auth.WithSystem(ctx, "whether the parts of what is configured are there, for its lead time"),
		slices.Collect(maps.Values(sheet.Variants)))
	if err != nil {
		return nil, err
	}
	days := map[string]int{}
	for sku, v := range sheet.Variants {
		a, known := there[v.ID]
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
