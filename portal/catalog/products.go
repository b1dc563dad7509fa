package catalog

import (
	"context"
	"regexp"
	"slices"

	"foyer/ent"
	"foyer/ent/category"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/producttype"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// longestText is how many characters a product's texts may have.
const longestText = 20_000

var taxCategory = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,59}$`)

// SaveProduct makes a product, or changes one, and returns its id. The refusals
// are INVALID, UNKNOWN_ATTRIBUTE, ATTRIBUTE_REQUIRED, CIRCLE and TOO_MANY; a
// version that is not the present one is ErrStale, and a category, type or
// related product that the viewer does not see is not found.
func (s *Service) SaveProduct(ctx context.Context, in SaveProduct) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		p, ctx, err := find(ctx, tx, "product.save", in.ID, in.Version)
		if err != nil {
			return "", err
		}
		// What is set is the same for a new product and for an old one.
		create := tx.Product.Create()
		set, finish := create.Mutation(), create.Save
		if p != nil {
			update := tx.Product.UpdateOneID(p.ID).Where(product.Version(p.Version)).AddVersion(1)
			set, finish = update.Mutation(), update.Save
		} else {
			p = &ent.Product{}
			in.Name = new(said(in.Name)) // a new one needs it
			in.Status = new(orDraft(in.Status))
		}
		if err := written(in, set); err != nil {
			return "", err
		}
		if err := classify(ctx, tx, in, set, p); err != nil {
			return "", err
		}
		if in.Related != nil {
			if err := s.relate(ctx, tx, p.ID, in.Related); err != nil {
				return "", err
			}
			set.SetRelated(in.Related)
		}
		saved, err := finish(ctx)
		if err != nil {
			return "", stale(err)
		}
		if in.Related != nil {
			if err := Replacements(ctx, s.store, saved.ID, in.Related); err != nil {
				return "", err
			}
		}
		return saved.ID, s.record(ctx, tx, saved.ID, string(p.Status), string(saved.Status))
	})
}

func orDraft(s *product.Status) product.Status {
	if s == nil {
		return product.StatusDRAFT
	}
	return *s
}

// find loads a product as the viewer sees it, to change it, and begins an action
// on it; without an id there is none yet.
func find(ctx context.Context, tx *ent.Client, action string, id *gid.ID, version *int) (*ent.Product, context.Context, error) {
	var p *ent.Product
	var err error
	if id != nil {
		if p, err = tx.Product.Query().Where(product.ID(*id), store.Held).Only(ctx); err != nil {
			return nil, nil, notFound(err)
		}
	}
	if ctx, err = access.Act(ctx, action, access.Owner{}); err != nil {
		return nil, nil, err
	}
	if p != nil {
		if err := present(version, p.Version); err != nil {
			return nil, nil, err
		}
	}
	return p, ctx, nil
}

// written sets what people have written.
func written(in SaveProduct, set *ent.ProductMutation) error {
	if in.Name != nil {
		name, err := named(*in.Name, 300, "name")
		if err != nil {
			return err
		}
		set.SetName(name)
	}
	for _, t := range []struct {
		given   *string
		field   string
		longest int
		set     func(string)
		clear   func()
	}{
		{in.Description, "description", longestText, set.SetDescription, set.ClearDescription},
		{in.Keywords, "keywords", 1000, set.SetKeywords, set.ClearKeywords},
		{in.InternalText, "internalText", longestText, set.SetInternalText, set.ClearInternalText},
	} {
		if t.given == nil {
			continue
		}
		text, err := problem.Prose(*t.given, t.longest, t.field)
		switch {
		case err != nil:
			return err
		case text != "":
			t.set(text)
		case set.Op().Is(ent.OpUpdateOne):
			t.clear()
		}
	}
	if in.TaxCategory != nil {
		rate := *in.TaxCategory
		if rate == "" {
			rate = "STANDARD"
		}
		if !taxCategory.MatchString(rate) {
			return refuse("A tax category has capital letters, digits and underscores, up to 60.",
				"Eine Steuerkategorie hat bis zu 60 Großbuchstaben, Ziffern und Unterstriche.", "taxCategory")
		}
		set.SetTaxCategory(rate)
	}
	return nil
}

// classify sets category, type, attributes and state. A product that is offered,
// and each of its variants that is, has what its type asks for: that is looked at
// when it begins to be offered, and when its type or attributes change.
func classify(ctx context.Context, tx *ent.Client, in SaveProduct, set *ent.ProductMutation, p *ent.Product) error {
	if in.CategoryID != nil {
		if ok, err := tx.Category.Query().Where(category.ID(*in.CategoryID)).Exist(ctx); err != nil || !ok {
			return cmpErr(err, problem.ErrNotFound)
		}
		set.SetCategoryID(*in.CategoryID)
	}
	typeID, status := p.TypeID, p.Status
	if in.TypeID != nil {
		typeID = *in.TypeID
	}
	if in.Status != nil {
		status = *in.Status
		set.SetStatus(status)
	}
	changed := typeID != p.TypeID || len(in.Attributes) > 0
	offered := status == product.StatusACTIVE && (p.Status != status || changed)
	if !changed && !offered {
		return nil
	}
	var defs []schema.AttributeDefinition
	if typeID != "" {
		// The type is held: nobody changes it between the look and the write.
		t, err := tx.ProductType.Query().Where(producttype.ID(typeID), store.Held).Only(ctx)
		if err != nil {
			return notFound(err)
		}
		defs = t.Attributes
	}
	list, err := merge(defs, false, p.Attributes, in.Attributes)
	if err != nil {
		return err
	}
	if changed {
		if typeID != "" {
			set.SetTypeID(typeID)
		}
		set.SetAttributes(list)
	}
	if !offered {
		return nil
	}
	if d := missing(defs, false, list); d != nil {
		return wanting(d, "", "attributes", d.Key)
	}
	return whole(ctx, tx, p, defs)
}

// whole refuses to offer a product of which an offered variant lacks something.
func whole(ctx context.Context, tx *ent.Client, p *ent.Product, defs []schema.AttributeDefinition) error {
	if p.ID == "" || !slices.ContainsFunc(defs, func(d schema.AttributeDefinition) bool { return d.Required && d.Variant }) {
		return nil
	}
	variants, err := tx.ProductVariant.Query().
		Where(productvariant.ProductID(p.ID), productvariant.StatusEQ(productvariant.StatusACTIVE)).Order(productvariant.BySku()).All(ctx)
	if err != nil {
		return err
	}
	for _, v := range variants {
		if d := missing(defs, true, v.Attributes); d != nil {
			return wanting(d, v.Sku, "status")
		}
	}
	return nil
}

// record appends to the log that a product changed, which staff read, and calls
// those who wait for it.
func (s *Service) record(ctx context.Context, tx *ent.Client, id gid.ID, from, to string) error {
	data := schema.EventData{}
	if from != to {
		data.From, data.To = from, to
	}
	err := events.Append(ctx, tx, events.Event{Kind: events.ProductChanged, Subject: id, Staff: true, At: s.now(), Data: data})
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, product.ID(id))
}

// tell calls those who wait for changes of products.
func (s *Service) tell(ctx context.Context, tx *ent.Client, which predicate.Product) error {
	if len(s.changed) == 0 {
		return nil
	}
	ids, err := tx.Product.Query().Where(which).IDs(ctx)
	if err != nil {
		return err
	}
	for _, f := range s.changed {
		if err := f(ctx, tx, ids); err != nil {
			return err
		}
	}
	return nil
}
