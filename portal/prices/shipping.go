package prices

import (
	"context"

	"foyer/schema"
	"foyer/schema/money"
)

// ShippingOffer is a way of sending a basket.
type ShippingOffer struct {
	Key, Name, Description string
	Price                  money.Money
	Days                   int
	Carrier                string
}

// ShippingOffers are the ways in which a basket can be sent, as the table of
// shipping has them.
func (s *Service) ShippingOffers(ctx context.Context, b Basket) ([]ShippingOffer, error) {
	c, err := s.calculate(ctx, b)
	if err != nil {
		return nil, err
	}
	return c.offers()
}

// parcel is what is sent, as far as shipping depends on it.
type parcel struct {
	country  string
	currency string
	grams    int64
	goods    int64 // after all discounts
}

// offered says whether a way of shipping is offered for a parcel, and for how much.
func (p parcel) offered(r *schema.ShippingRule) (int64, bool, error) {
	switch {
	case r.Currency != p.currency, !oneOf(r.Countries, p.country),
		r.MinGrams != nil && p.grams < *r.MinGrams,
		r.MaxGrams != nil && p.grams > *r.MaxGrams,
		r.MinMinor != nil && p.goods < *r.MinMinor:
		return 0, false, nil
	case r.FreeFrom != nil && p.goods >= *r.FreeFrom:
		return 0, true, nil
	}
	kilos := (p.grams + 999) / 1000 // each one begun
	if kilos > mostQuantity {
		return 0, false, ErrTooLarge
	}
	byWeight, err := times(r.PerKiloMinor, int(kilos))
	if err != nil {
		return 0, false, err
	}
	price, err := add(r.PriceMinor, byWeight)
	return price, true, err
}

// shippingOffers are the rules that offer to send a parcel, in their order.
func shippingOffers(rules []schema.ShippingRule, p parcel) ([]ShippingOffer, error) {
	var all []ShippingOffer
	for i := range rules {
		r := &rules[i]
		price, ok, err := p.offered(r)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, ShippingOffer{
				Key: r.Key, Name: r.Name, Description: r.Description, Days: r.Days, Carrier: r.Carrier,
				Price: money.Money{Minor: price, Currency: p.currency},
			})
		}
	}
	return all, nil
}
