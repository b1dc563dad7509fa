package configurations

import (
	"context"
	"maps"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/configurationmodel"
	"foyer/ent/modelversion"
	"foyer/portal/prices"
	"foyer/schema"
	"foyer/schema/gid"
)

// Hitch is what stands in the way of ordering a configuration.
type Hitch int

// The hitches.
const (
	NoHitch    Hitch = iota
	Gone             // it is not there, or not for this customer
	Incomplete       // something is to be chosen yet, or does not go together
	Outdated         // the model has a later version, by which it is to be looked at first
)

// Orderable is what a configuration comes to when it is ordered now.
type Orderable struct {
	ID, VariantID gid.ID
	Name          string
	Hitch         Hitch
	AddedMinor    int64 // to the price of one of the variant
	Unpriced      bool
	Snapshot      schema.OrderedConfiguration
}

// Configurable says which variants are ordered with a configuration alone, of those
// whose product the viewer sees: others are not offered to them in any way.
func (s *Service) Configurable(ctx context.Context, variants []gid.ID) (map[gid.ID]bool, error) {
	if len(variants) == 0 {
		return nil, nil
	}
	list, err := s.store.Reader(ctx).ConfigurationModel.Query().Where(configurationmodel.VariantIDIn(variants...), configurationmodel.LatestGT(0)).
		Select(configurationmodel.FieldID, configurationmodel.FieldVariantID).All(ctx)
	found := make(map[gid.ID]bool, len(list))
	for _, m := range list {
		found[m.VariantID] = true
	}
	return found, err
}

// Orderables looks at configurations as they would be ordered by a buyer, each so
// many times: once more, by the model and the prices of now.
func (s *Service) Orderables(ctx context.Context, b prices.Buyer, pieces map[gid.ID]int) (map[gid.ID]*Orderable, error) {
	out := make(map[gid.ID]*Orderable, len(pieces))
	if len(pieces) == 0 {
		return out, nil
	}
	for id := range pieces {
		out[id] = &Orderable{ID: id, Hitch: Gone}
	}
	ids := slices.Sorted(maps.Keys(pieces))
	list, err := s.store.Reader(ctx).Configuration.Query().Where(configuration.IDIn(ids...), configuration.OrganizationID(b.OrganizationID)).
		Order(configuration.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	at := s.now()
	books, markets := map[gid.ID]*book{}, map[gid.ID]*market{}
	for _, c := range list {
		bk := books[c.VersionID]
		if bk == nil {
			if bk, err = s.editionFor(ctx, c, at); err != nil {
				return nil, err
			}
			books[c.VersionID] = bk
		}
		m := markets[c.VersionID]
		if m == nil {
			if m, err = s.market(ctx, bk, b, at); err != nil {
				return nil, err
			}
			markets[c.VersionID] = m
		}
		if err := s.orderable(ctx, out[c.ID], c, bk, m.terms(max(1, pieces[c.ID]))); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// editionFor is the version that a configuration has, also where its product is not
// shown any more: the cart then says that it is not offered.
func (s *Service) editionFor(ctx context.Context, c *ent.Configuration, at time.Time) (*book, error) {
	v, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ID(c.VersionID)).Select(withoutDocument...).
		Only(auth.WithSystem(ctx, "the version of a configuration in a cart"))
	if err != nil {
		return nil, err
	}
	return s.read(ctx, editionOf(v), at)
}

func (s *Service) orderable(ctx context.Context, o *Orderable, c *ent.Configuration, bk *book, t *terms) error {
	o.VariantID, o.Name = bk.version.VariantID, c.Name
	if c.Status == configuration.StatusORDERED {
		return nil
	}
	q, err := s.question(ctx, bk, c.Choices)
	if err != nil {
		return err
	}
	st, err := s.state(ctx, &asked{book: bk, terms: t, q: q})
	if err != nil {
		return err
	}
	lines, total, priced := t.price(bk, st.Selection)
	days, _ := bk.Days(st.Selection, t.missing)
	switch {
	case bk.version.Status != modelversion.StatusACTIVE:
		o.Hitch = Outdated
	case c.Status == configuration.StatusNEEDS_CUSTOMER, !st.Consistent, !st.Complete:
		o.Hitch = Incomplete
	default:
		o.Hitch = NoHitch
	}
	o.Unpriced = !priced
	o.AddedMinor = total - t.Base
	o.Snapshot = bk.Snapshot(st.Selection, schema.OrderedConfiguration{
		ConfigurationID: string(c.ID), VersionID: string(bk.version.ID), Number: bk.version.Number, Checksum: bk.version.Checksum,
		Prices: lines, Days: days, Choices: c.Choices,
	})
	return nil
}

// Ordered notes that configurations have become an order, in its transaction; the
// context carries out its action.
func (s *Service) Ordered(ctx context.Context, tx *ent.Client, ids []gid.ID, order gid.ID) error {
	for _, id := range ids {
		u := tx.Configuration.UpdateOneID(id).Where(configuration.StatusNEQ(configuration.StatusORDERED)) // of two orders at once, one
		if err := stale(u.SetStatus(configuration.StatusORDERED).SetOrderID(order).AddVersion(1).SetChangedAt(s.now()).Exec(ctx)); err != nil {
			return err
		}
	}
	return nil
}
