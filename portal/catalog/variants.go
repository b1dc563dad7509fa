package catalog

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/producttype"
	"foyer/ent/productvariant"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// The greatest values of a variant.
const (
	mostQuantity = 1_000_000_000
	mostGrams    = 2_000_000_000
	mostLeadDays = 3650
	mostMinor    = 1 << 52 // sums of many amounts stay far from the end of int64
)

// SaveVariant makes a variant, or changes one, and returns its id. Its product's
// version is that of its variants, too. The refusals are those of SaveProduct and
// SKU_TAKEN.
func (s *Service) SaveVariant(ctx context.Context, in SaveVariant) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		v := &ent.ProductVariant{
			Status: productvariant.StatusDRAFT, Unit: "piece", MinimumQuantity: 1, QuantityStep: 1, StockPolicy: productvariant.StockPolicySTOCK,
		}
		var err error
		if in.ID != nil {
			if v, err = tx.ProductVariant.Query().Where(productvariant.ID(*in.ID)).Only(ctx); err != nil {
				return "", notFound(err)
			}
			if in.ProductID != nil && *in.ProductID != v.ProductID {
				return "", refuse("A variant stays with its product.", "Eine Variante bleibt bei ihrem Produkt.", "productId")
			}
		} else {
			if in.ProductID == nil {
				return "", refuse("Say of which product.", "Sagen Sie, von welchem Produkt.", "productId")
			}
			v.ProductID = *in.ProductID
		}
		p, ctx, err := find(ctx, tx, "variant.save", &v.ProductID, &in.Version)
		if err != nil {
			return "", err
		}
		next, err := s.varied(ctx, tx, in, p, *v)
		if err != nil {
			return "", err
		}
		if err := stale(tx.Product.UpdateOneID(p.ID).Where(product.Version(p.Version)).AddVersion(1).Exec(ctx)); err != nil {
			return "", err
		}
		id, err := keep(ctx, tx, v, next)
		if err != nil {
			return "", taken(stale(err), codeSkuTaken, "sku")
		}
		return id, s.record(ctx, tx, p.ID, string(p.Status), string(p.Status))
	})
}

// varied is a variant as it shall be.
func (s *Service) varied(ctx context.Context, tx *ent.Client, in SaveVariant, p *ent.Product, v ent.ProductVariant) (*ent.ProductVariant, error) {
	for _, t := range []struct {
		given   *string
		field   string
		longest int
		to      *string
	}{{in.Sku, "sku", 120, &v.Sku}, {in.Name, "name", 300, &v.Name}, {in.Unit, "unit", 60, &v.Unit}} {
		if t.given == nil && *t.to != "" {
			continue
		}
		text, err := named(said(t.given), t.longest, t.field)
		if err != nil {
			return nil, err
		}
		*t.to = text
	}
	if err := priced(in, &v); err != nil {
		return nil, err
	}
	if err := measured(in, &v); err != nil {
		return nil, err
	}
	if err := promised(in, &v); err != nil {
		return nil, err
	}
	was := v.Status
	if in.Status != nil {
		v.Status = *in.Status
	}
	// What a type asks for is looked at when a variant begins to be offered, and
	// when its attributes change.
	offered := v.Status == productvariant.StatusACTIVE && (v.Status != was || len(in.Attributes) > 0)
	if len(in.Attributes) == 0 && !offered {
		return &v, nil
	}
	defs, err := typeOf(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	if v.Attributes, err = merge(defs, true, v.Attributes, in.Attributes); err != nil {
		return nil, err
	}
	if d := missing(defs, true, v.Attributes); offered && d != nil {
		return nil, wanting(d, "", "attributes", d.Key)
	}
	return &v, nil
}

// typeOf are the definitions of a product's type.
func typeOf(ctx context.Context, tx *ent.Client, p *ent.Product) ([]schema.AttributeDefinition, error) {
	if p.TypeID == "" {
		return nil, nil
	}
	t, err := tx.ProductType.Query().Where(producttype.ID(p.TypeID), store.Held).Only(ctx)
	if err != nil {
		return nil, notFound(err)
	}
	return t.Attributes, nil
}

// priced sets the standard price. A new variant needs one.
func priced(in SaveVariant, v *ent.ProductVariant) error {
	if in.Price == nil && (in.Currency == nil || *in.Currency == v.Currency) && v.Currency != "" {
		return nil
	}
	if in.Price == nil {
		return refuse("Say what one costs.", "Sagen Sie, was eines kostet.", "price")
	}
	if in.Currency != nil {
		v.Currency = *in.Currency
	}
	if _, err := money.Digits(v.Currency); err != nil {
		return refuse("Give the currency by its ISO 4217 code.", "Geben Sie die Währung mit ihrem Code nach ISO 4217 an.", "currency")
	}
	m, err := money.Parse(*in.Price, v.Currency)
	if err != nil || m.Minor < 0 || m.Minor > mostMinor {
		return refuse("A price is an amount from 0 on.", "Ein Preis ist ein Betrag ab 0.", "price")
	}
	v.PriceMinor = m.Minor
	return nil
}

// measured sets what one weighs, and how many are sold.
func measured(in SaveVariant, v *ent.ProductVariant) error {
	if in.WeightGrams != nil {
		switch grams := *in.WeightGrams; {
		case grams == -1:
			v.WeightGrams = nil
		case grams < 0 || grams > mostGrams:
			return refuse("A weight lies from 0 to 2,000 tonnes.", "Ein Gewicht liegt zwischen 0 und 2.000 Tonnen.", "weightGrams")
		default:
			v.WeightGrams = new(int64(grams))
		}
	}
	for _, q := range []struct {
		given *int
		field string
		to    *int
	}{{in.MinimumQuantity, "minimumQuantity", &v.MinimumQuantity}, {in.QuantityStep, "quantityStep", &v.QuantityStep}} {
		if q.given == nil {
			continue
		}
		if *q.given < 1 || *q.given > mostQuantity {
			return refuse("A quantity lies from 1 to 1,000,000,000.", "Eine Menge liegt zwischen 1 und 1.000.000.000.", q.field)
		}
		*q.to = *q.given
	}
	if in.MaximumQuantity != nil {
		switch most := *in.MaximumQuantity; {
		case most == 0:
			v.MaximumQuantity = nil
		case most < 0 || most > mostQuantity:
			return refuse("A quantity lies from 1 to 1,000,000,000.", "Eine Menge liegt zwischen 1 und 1.000.000.000.", "maximumQuantity")
		default:
			v.MaximumQuantity = &most
		}
	}
	touched := in.MinimumQuantity != nil || in.QuantityStep != nil || in.MaximumQuantity != nil
	if touched && v.MaximumQuantity != nil && *v.MaximumQuantity < v.MinimumQuantity {
		return refuse("At most is less than at least.", "Die Höchstmenge liegt unter der Mindestmenge.", "maximumQuantity")
	}
	return nil
}

// promised sets what is promised of a variant that is not in stock: BACKORDER
// wants its lead time, PREORDER its day, and no other policy has either.
func promised(in SaveVariant, v *ent.ProductVariant) error {
	if in.StockPolicy == nil && in.LeadDays == nil && in.AvailableFrom == nil {
		return nil
	}
	if in.StockPolicy != nil {
		v.StockPolicy = *in.StockPolicy
	}
	back, pre := v.StockPolicy == productvariant.StockPolicyBACKORDER, v.StockPolicy == productvariant.StockPolicyPREORDER
	if in.LeadDays != nil {
		if !back {
			return refuse("Only a BACKORDER has lead days.", "Nur BACKORDER hat eine Lieferzeit in Tagen.", "leadDays")
		}
		if *in.LeadDays < 1 || *in.LeadDays > mostLeadDays {
			return refuse("Lead days lie from 1 to 3650.", "Die Lieferzeit liegt zwischen 1 und 3650 Tagen.", "leadDays")
		}
		v.LeadDays = in.LeadDays
	}
	if in.AvailableFrom != nil {
		if !pre {
			return refuse("Only a PREORDER has a day from which it can be sent.", "Nur PREORDER hat einen Tag, ab dem versandt wird.", "availableFrom")
		}
		v.AvailableFrom = new(in.AvailableFrom.UTC().Truncate(24 * time.Hour))
	}
	if !back {
		v.LeadDays = nil
	}
	if !pre {
		v.AvailableFrom = nil
	}
	switch {
	case back && v.LeadDays == nil:
		return refuse("Say after how many days it can be sent.", "Sagen Sie, nach wie vielen Tagen versandt werden kann.", "leadDays")
	case pre && v.AvailableFrom == nil:
		return refuse("Say from which day on it can be sent.", "Sagen Sie, ab welchem Tag versandt werden kann.", "availableFrom")
	}
	return nil
}

// keep writes a variant as it shall be.
func keep(ctx context.Context, tx *ent.Client, was, v *ent.ProductVariant) (gid.ID, error) {
	create := tx.ProductVariant.Create()
	set, finish := create.Mutation(), create.Save
	if was.ID == "" {
		set.SetProductID(v.ProductID)
	} else {
		update := tx.ProductVariant.UpdateOneID(was.ID)
		set, finish = update.Mutation(), update.Save
	}
	set.SetSku(v.Sku)
	set.SetName(v.Name)
	set.SetPriceMinor(v.PriceMinor)
	set.SetCurrency(v.Currency)
	set.SetUnit(v.Unit)
	set.SetMinimumQuantity(v.MinimumQuantity)
	set.SetQuantityStep(v.QuantityStep)
	set.SetStockPolicy(v.StockPolicy)
	set.SetStatus(v.Status)
	set.SetAttributes(v.Attributes)
	old := was.ID != ""
	optional(v.WeightGrams, set.SetWeightGrams, set.ClearWeightGrams, old)
	optional(v.MaximumQuantity, set.SetMaximumQuantity, set.ClearMaximumQuantity, old)
	optional(v.LeadDays, set.SetLeadDays, set.ClearLeadDays, old)
	optional(v.AvailableFrom, set.SetAvailableFrom, set.ClearAvailableFrom, old)
	saved, err := finish(ctx)
	if err != nil {
		return "", err
	}
	return saved.ID, nil
}

// optional sets a column, or clears that of an old row.
func optional[V any](v *V, set func(V), clear func(), old bool) {
	switch {
	case v != nil:
		set(*v)
	case old:
		clear()
	}
}
