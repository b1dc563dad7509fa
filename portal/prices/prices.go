// Package prices says what things cost: which price list decides for whom, which
// discounts, taxes and ways of shipping follow from the rules, and how it all
// adds up, to the last cent.
//
// Owns: the prices in lists and whom the lists are for, the order in which lists
// decide, tables of rules and what they mean, the calculation of an order and its
// explanation. Does not own: what is sold and who sees it (portal/catalog), what
// becomes of a calculation (portal/carts), who may change prices (schema/access.go).
package prices

import (
	"context"
	"math"
	"strconv"
	"sync"
	"time"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Service says what things cost.
type Service struct {
	store *store.Store
	now   func() time.Time // UTC, to the microsecond that both databases keep

	mu     sync.Mutex
	tables map[string]*table // the rules in force by kind, see rules
}

// New makes the service. From then on the variants of an answer whose context
// comes from WithLoaders are priced together, as they are loaded.
func New(st *store.Store) *Service {
	s := &Service{
		store: st, tables: map[string]*table{},
		now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
	st.Client().ProductVariant.Intercept(witness)
	st.Client().PriceList.Intercept(witness)
	st.Client().RuleTable.Intercept(witness)
	return s
}

// Item is so many of a variant, with the discount that staff give on them.
type Item struct {
	VariantID           gid.ID
	Quantity            int
	DiscountBasisPoints int
	DiscountReason      string
	// AddedMinor is what the price of one differs by as it is configured. Unpriced says
	// that it has no price as it is.
	AddedMinor int64
	Unpriced   bool
}

// configured is a price with what a configuration adds to it.
func (p Price) configured(x Item) Price {
	switch {
	case !p.Found:
	case x.Unpriced || p.Unit.Minor+x.AddedMinor < 0:
		return Price{}
	default:
		p.Unit.Minor += x.AddedMinor
		p.Cause.UnitMinor, p.Cause.AddedMinor = p.Unit.Minor, x.AddedMinor
	}
	return p
}

// Price is what one of a variant costs, before discounts and without tax.
type Price struct {
	Unit  money.Money
	Cause schema.PriceCause
	Found bool // false: it is not sold in the buyer's currency, or cannot be seen
}

// mostQuantity is how many of a variant can be priced: what an Int of the API holds.
const mostQuantity = math.MaxInt32

// mostItems is how many items are priced at once.
const mostItems = 10_000

// The answers to what cannot be priced.
var (
	ErrQuantity = problem.Input("Give a quantity from 1 to 2,147,483,647.", "Geben Sie eine Menge von 1 bis 2.147.483.647 an.")
	ErrTooLarge = problem.Input("The amounts are too large to be calculated.", "Die Beträge sind zu groß, um berechnet zu werden.")

	errItems = problem.New(problem.LimitExceeded,
		"At most "+strconv.Itoa(mostItems)+" items are priced at once.",
		"Es werden höchstens "+strconv.Itoa(mostItems)+" Positionen auf einmal berechnet.")
	errDiscount = problem.Input("A discount is from 0 to 100 percent.", "Ein Rabatt liegt zwischen 0 und 100 Prozent.")
)

// CheckQuantity refuses what cannot be priced.
func CheckQuantity(n int) error {
	if n < 1 || n > mostQuantity {
		return ErrQuantity
	}
	return nil
}

func checkItems(items []Item) error {
	if len(items) > mostItems {
		return errItems
	}
	for _, i := range items {
		if err := CheckQuantity(i.Quantity); err != nil {
			return err
		}
		if i.DiscountBasisPoints < 0 || i.DiscountBasisPoints > whole {
			return errDiscount
		}
	}
	return nil
}

// Prices says what items cost at a time, in their order; now when it is zero. A
// variant that the viewer cannot see, or that is not sold in the buyer's currency,
// is not found: nothing is ever converted. The number of statements is fixed.
func (s *Service) Prices(ctx context.Context, b Buyer, at time.Time, items []Item) ([]Price, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	variants, err := s.variants(ctx, items)
	if err != nil {
		return nil, err
	}
	all, err := s.offers(ctx, b, s.moment(at), standards(variants))
	if err != nil {
		return nil, err
	}
	list := make([]Price, len(items))
	for i, x := range items {
		list[i] = all[x.VariantID].price(x.Quantity).configured(x)
	}
	return list, nil
}

func (s *Service) moment(at time.Time) time.Time {
	if at.IsZero() {
		return s.now()
	}
	return at.UTC()
}

// variants are those of the items that the viewer sees, with their products.
func (s *Service) variants(ctx context.Context, items []Item) (map[gid.ID]*ent.ProductVariant, error) {
	all := make(map[gid.ID]*ent.ProductVariant, len(items))
	var ids []gid.ID
	for _, x := range items {
		if _, twice := all[x.VariantID]; !twice {
			all[x.VariantID] = nil
			ids = append(ids, x.VariantID)
		}
	}
	for len(ids) > 0 { // one statement for what anybody orders by hand
		n := min(len(ids), 1000)
		found, err := s.store.Reader(ctx).ProductVariant.Query().Where(productvariant.IDIn(ids[:n]...)).WithProduct().All(ctx)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			all[v.ID] = v
		}
		ids = ids[n:]
	}
	return all, nil
}

func standards(variants map[gid.ID]*ent.ProductVariant) map[gid.ID]money.Money {
	all := make(map[gid.ID]money.Money, len(variants))
	for id, v := range variants {
		if v != nil {
			all[id] = standard(v)
		}
	}
	return all
}

// standard is the price of a variant that is in no list.
func standard(v *ent.ProductVariant) money.Money {
	return money.Money{Minor: v.PriceMinor, Currency: v.Currency}
}
