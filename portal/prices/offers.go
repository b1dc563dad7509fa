package prices

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent/pricelist"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// level says how closely a list is meant for a buyer; the closest is the smallest.
type level int

const (
	forOrganization level = iota
	forSegment
	forEverybody
)

// list is a price list by which a buyer may buy.
type list struct {
	id        gid.ID
	key, name string
	currency  string
	from, to  *time.Time
	priority  int
	level     level
	standard  bool // the implicit list of standard prices, which everybody has
}

// Tier is a price from a quantity on.
type Tier struct {
	From      int
	UnitMinor int64
}

// offer is what a list has for a variant.
type offer struct {
	*list
	tiers []Tier // by quantity
}

// at is the tier that holds for a quantity; false when all begin above it.
func (o offer) at(quantity int) (Tier, bool) {
	n, found := slices.BinarySearchFunc(o.tiers, quantity, func(t Tier, q int) int { return cmp.Compare(t.From, q) })
	if found {
		n++
	}
	if n == 0 {
		return Tier{}, false
	}
	return o.tiers[n-1], true
}

// offers is all that a buyer can have a variant for.
type offers []offer

// before says which of two offers decides, when both have a price: that of the
// list with the higher priority; then what is for the organization before what is
// for its segments, and that before what is for everybody; then the lower price;
// then the key, so that the answer is always the same. The standard price is last.
func before(a offer, x Tier, b offer, y Tier) int {
	return cmp.Or(
		compareBool(a.standard, b.standard),
		cmp.Compare(b.priority, a.priority),
		cmp.Compare(a.level, b.level),
		cmp.Compare(x.UnitMinor, y.UnitMinor),
		strings.Compare(a.key, b.key),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// choose finds the offer that decides for a quantity, and its tier.
func (all offers) choose(quantity int) (best offer, tier Tier, found bool) {
	for _, o := range all {
		t, ok := o.at(quantity)
		if ok && (!found || before(o, t, best, tier) < 0) {
			best, tier, found = o, t, true
		}
	}
	return best, tier, found
}

// price is the price for a quantity and where it comes from.
func (all offers) price(quantity int) Price {
	o, t, found := all.choose(quantity)
	if !found {
		return Price{}
	}
	return Price{
		Unit:  money.Money{Minor: t.UnitMinor, Currency: o.currency},
		Cause: schema.PriceCause{ListID: string(o.id), ListName: o.name, TierFrom: t.From, UnitMinor: t.UnitMinor},
		Found: true,
	}
}

// tiers are the prices by quantity as the buyer meets them, whichever lists they
// are from. Each differs from the one before it.
func (all offers) tiers() []Tier {
	var begins []int
	for _, o := range all {
		for _, t := range o.tiers {
			begins = append(begins, t.From)
		}
	}
	slices.Sort(begins)
	var met []Tier
	for _, n := range slices.Compact(begins) {
		if _, t, ok := all.choose(n); ok && (len(met) == 0 || met[len(met)-1].UnitMinor != t.UnitMinor) {
			met = append(met, Tier{From: n, UnitMinor: t.UnitMinor})
		}
	}
	return met
}

// offers are what a buyer can have variants for at a time, given their standard
// prices. Two statements, whatever there is.
func (s *Service) offers(ctx context.Context, b Buyer, at time.Time, standards map[gid.ID]money.Money) (map[gid.ID]offers, error) {
	lists, err := s.listsOf(ctx, b, at)
	if err != nil {
		return nil, err
	}
	return s.offersIn(ctx, b, lists, standards)
}

// offersIn are what a buyer can have variants for by some lists and their standard
// prices.
func (s *Service) offersIn(ctx context.Context, b Buyer, lists []*list, standards map[gid.ID]money.Money) (map[gid.ID]offers, error) {
	all := make(map[gid.ID]offers, len(standards))
	listed, err := s.listed(ctx, lists, standards)
	if err != nil {
		return nil, err
	}
	for id, price := range standards {
		currency := cmp.Or(b.Currency, price.Currency)
		for _, o := range listed[id] {
			if o.currency == currency {
				all[id] = append(all[id], o)
			}
		}
		if price.Currency == currency {
			all[id] = append(all[id], offer{
				list:  &list{currency: currency, standard: true, level: forEverybody},
				tiers: []Tier{{From: 1, UnitMinor: price.Minor}},
			})
		}
	}
	return all, nil
}

// listsOf are the lists by which a buyer may buy at a time, each once, as it is
// assigned to them best. A customer reads no price lists, so that the system looks
// for those that are theirs.
func (s *Service) listsOf(ctx context.Context, b Buyer, at time.Time) ([]*list, error) {
	ctx = auth.WithSystem(ctx, "the price lists by which a buyer may buy, for their prices")
	a, m := sql.Table("price_list_assignments").As("a"), sql.Table("segment_members")
	var rows []struct {
		ID       gid.ID       `sql:"id"`
		Key      string       `sql:"key"`
		Name     string       `sql:"name"`
		Currency string       `sql:"currency"`
		From     sql.NullTime `sql:"valid_from"`
		To       sql.NullTime `sql:"valid_to"`
		Audience string       `sql:"audience_id"`
		Priority int          `sql:"priority"`
	}
	column := func(name string) func(*sql.Selector) string { return func(q *sql.Selector) string { return q.C(name) } }
	of := func(name string) func(*sql.Selector) string {
		return func(*sql.Selector) string { return a.C(name) }
	}
	err := s.store.Reader(ctx).PriceList.Query().Where(pricelist.StatusEQ(pricelist.StatusACTIVE), func(q *sql.Selector) {
		q.Join(a).On(q.C(pricelist.FieldID), a.C("price_list_id"))
		audience := sql.EQ(a.C("audience_id"), "")
		if b.OrganizationID != "" {
			mine := sql.Select(m.C("segment_id")).From(m).Where(sql.EQ(m.C("organization_id"), string(b.OrganizationID)))
			audience = sql.Or(audience, sql.EQ(a.C("audience_id"), string(b.OrganizationID)), sql.In(a.C("audience_id"), mine))
		}
		q.Where(audience)
		if b.Currency != "" {
			q.Where(sql.EQ(q.C(pricelist.FieldCurrency), b.Currency))
		}
	}).Aggregate(column("id"), column("key"), column("name"), column("currency"), column("valid_from"), column("valid_to"),
		of("audience_id"), of("priority")).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	best := map[gid.ID]*list{}
	for _, r := range rows {
		l := &list{id: r.ID, key: r.Key, name: r.Name, currency: r.Currency, priority: r.Priority, level: forSegment}
		switch r.Audience {
		case "":
			l.level = forEverybody
		case string(b.OrganizationID):
			l.level = forOrganization
		}
		if r.From.Valid {
			l.from = new(r.From.Time.UTC())
		}
		if r.To.Valid {
			l.to = new(r.To.Time.UTC())
		}
		if !holds(l.from, l.to, at) {
			continue
		}
		if old := best[l.id]; old == nil || cmp.Or(cmp.Compare(l.priority, old.priority), cmp.Compare(old.level, l.level)) > 0 {
			best[l.id] = l
		}
	}
	all := make([]*list, 0, len(best))
	for _, l := range best {
		all = append(all, l)
	}
	slices.SortFunc(all, func(x, y *list) int { return strings.Compare(x.key, y.key) })
	return all, nil
}

// holds says whether a moment lies in a time with open ends; the end is not in it.
func holds(from, to *time.Time, at time.Time) bool {
	return (from == nil || !at.Before(*from)) && (to == nil || at.Before(*to))
}

// listed is what lists have for variants.
func (s *Service) listed(ctx context.Context, lists []*list, variants map[gid.ID]money.Money) (map[gid.ID]offers, error) {
	if len(lists) == 0 || len(variants) == 0 {
		return nil, nil
	}
	byID, ids, wanted := map[gid.ID]*list{}, make([]gid.ID, 0, len(lists)), make([]gid.ID, 0, len(variants))
	for _, l := range lists {
		byID[l.id] = l
		ids = append(ids, l.id)
	}
	for id := range variants {
		if id.Valid() {
			wanted = append(wanted, id)
		}
	}
	slices.Sort(wanted)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT variant_id, price_list_id, minimum_quantity, unit_minor FROM list_prices
		WHERE `+s.store.Among("variant_id", 1)+` AND `+s.store.Among("price_list_id", 2)+`
		ORDER BY variant_id, price_list_id, minimum_quantity`, store.List(s.store, wanted), store.List(s.store, ids))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID]offers{}
	for rows.Next() {
		var variant, in gid.ID
		var t Tier
		if err := rows.Scan(&variant, &in, &t.From, &t.UnitMinor); err != nil {
			return nil, err
		}
		here := all[variant]
		if n := len(here); n == 0 || here[n-1].id != in {
			here = append(here, offer{list: byID[in]})
		}
		last := &here[len(here)-1]
		last.tiers = append(last.tiers, t)
		all[variant] = here
	}
	return all, rows.Err()
}
