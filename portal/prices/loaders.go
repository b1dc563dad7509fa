package prices

import (
	"context"
	"maps"
	"slices"
	"sync"

	"foyer/ent"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// loaders price the variants of one answer together. Variants that one statement
// has loaded belong together: the first of them that asks for a price asks for all,
// so that the statements of an answer do not depend on its rows. What is loaded
// anew, after a change, is priced anew.
type loaders struct {
	mu    sync.Mutex
	pages map[gid.ID]*page
	lists map[gid.ID]*shelf
	rules map[gid.ID]*versions
}

// versions are the tables of rules that one statement has loaded.
type versions struct {
	once sync.Once
	now  rules
	err  error
}

// page are the variants that one statement has loaded.
type page struct {
	standards map[gid.ID]money.Money
	once      sync.Once
	offers    map[gid.ID]offers
	err       error

	inLists   sync.Once
	listed    map[gid.ID][]Listed
	listedErr error
}

// shelf are the price lists that one statement has loaded.
type shelf struct {
	ids   []gid.ID
	once  sync.Once
	facts map[gid.ID]*ListFacts
	err   error
}

type loadersKey struct{}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, _ *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{pages: map[gid.ID]*page{}, lists: map[gid.ID]*shelf{}, rules: map[gid.ID]*versions{}})
}

// witness is an interceptor that sees which variants, and which price lists, are
// loaded together.
var witness = ent.InterceptFunc(func(next ent.Querier) ent.Querier {
	return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
		v, err := next.Query(ctx, q)
		l, ok := ctx.Value(loadersKey{}).(*loaders)
		if err != nil || !ok {
			return v, err
		}
		switch list := v.(type) {
		case []*ent.ProductVariant:
			l.together(list)
		case []*ent.PriceList:
			l.shelve(list)
		case []*ent.RuleTable:
			l.stack(list)
		}
		return v, nil
	})
})

func (l *loaders) together(list []*ent.ProductVariant) {
	p := &page{standards: make(map[gid.ID]money.Money, len(list))}
	for _, v := range list {
		if v.Currency != "" { // loaded without its price, which is then not asked for
			p.standards[v.ID] = standard(v)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range p.standards {
		l.pages[id] = p
	}
}

func (l *loaders) shelve(list []*ent.PriceList) {
	p := &shelf{}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, x := range list {
		p.ids = append(p.ids, x.ID)
		l.lists[x.ID] = p
	}
}

func (l *loaders) stack(list []*ent.RuleTable) {
	v := &versions{}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, x := range list {
		l.rules[x.ID] = v
	}
}

// InForce says whether a table of rules is the latest of its kind.
func (s *Service) InForce(ctx context.Context, t *ent.RuleTable) (bool, error) {
	v := &versions{}
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		l.mu.Lock()
		if known := l.rules[t.ID]; known != nil {
			v = known
		}
		l.mu.Unlock()
	}
	v.once.Do(func() { v.now, v.err = s.rules(ctx) })
	if v.err != nil {
		return false, v.err
	}
	return v.now.of(t.Kind).number == t.Number, nil
}

// Facts are what belongs to a price list that the viewer sees.
func (s *Service) Facts(ctx context.Context, list gid.ID) (*ListFacts, error) {
	var p *shelf
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		l.mu.Lock()
		p = l.lists[list]
		l.mu.Unlock()
	}
	if p == nil {
		p = &shelf{ids: []gid.ID{list}}
	}
	p.once.Do(func() { p.facts, p.err = s.facts(ctx, p.ids) })
	if f := p.facts[list]; f != nil || p.err != nil {
		return f, p.err
	}
	return &ListFacts{Meet: &sync.Once{}}, nil
}

// ListPrices are what the price lists have for a variant, the oldest list first, at
// most a hundred of them. For who may read price lists.
func (s *Service) ListPrices(ctx context.Context, v *ent.ProductVariant) ([]Listed, error) {
	p := pageOf(ctx, v)
	p.inLists.Do(func() {
		p.listed, p.listedErr = s.listedIn(ctx, slices.Collect(maps.Keys(p.standards)))
	})
	return p.listed[v.ID], p.listedErr
}

// pageOf is the page that a variant is on; one of its own where it is on none.
func pageOf(ctx context.Context, v *ent.ProductVariant) *page {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		if p := l.pages[v.ID]; p != nil {
			return p
		}
	}
	return &page{standards: map[gid.ID]money.Money{v.ID: standard(v)}}
}

// offersOf are the viewer's offers of a variant that they see, at present.
func (s *Service) offersOf(ctx context.Context, v *ent.ProductVariant) (offers, error) {
	p := pageOf(ctx, v)
	p.once.Do(func() {
		var b Buyer
		if b, p.err = s.Buyer(ctx); p.err == nil {
			p.offers, p.err = s.offers(ctx, b, s.now(), p.standards)
		}
	})
	return p.offers[v.ID], p.err
}

// Price is what one of a variant costs the viewer when they buy so many; not found
// where it is not sold in their currency.
func (s *Service) Price(ctx context.Context, v *ent.ProductVariant, quantity int) (Price, error) {
	if err := CheckQuantity(quantity); err != nil {
		return Price{}, err
	}
	all, err := s.offersOf(ctx, v)
	return all.price(quantity), err
}

// Tiers are the viewer's prices of a variant by quantity, and their currency.
func (s *Service) Tiers(ctx context.Context, v *ent.ProductVariant) ([]Tier, string, error) {
	all, err := s.offersOf(ctx, v)
	if err != nil || len(all) == 0 {
		return nil, "", err
	}
	return all.tiers(), all[0].currency, nil
}
