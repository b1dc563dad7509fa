package carts

import (
	"context"

	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/modelversion"
	"foyer/portal/access"
	"foyer/portal/configurations"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// variantsOf are the variants that some configurations, which the viewer sees, are of:
// by one statement, and one for their versions. What is not there is not in it. One of
// somebody else than whose the cart is would never be theirs to order.
func variantsOf(ctx context.Context, tx *ent.Client, o access.Owner, ids []gid.ID) (map[gid.ID]gid.ID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := tx.Configuration.Query().Where(configuration.IDIn(ids...)).WithModelVersion(func(q *ent.ModelVersionQuery) {
		q.Select(modelversion.FieldID, modelversion.FieldVariantID)
	}).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]gid.ID, len(list))
	for _, c := range list {
		if c.OrganizationID == o.Organization && c.UserID != o.User {
			return nil, ofOthers
		}
		if c.Edges.ModelVersion != nil {
			out[c.ID] = c.Edges.ModelVersion.VariantID
		}
	}
	return out, nil
}

var ofOthers = problem.Refuse(NotConfigured, problem.Text{
	EN: "The configuration is somebody else's. Copy it, and put the copy into the cart.",
	DE: "Die Konfiguration gehört jemand anderem. Bitte kopieren Sie sie und legen Sie die Kopie in den Warenkorb.",
}, "input", "lines")

// hitches are what stands in the way of ordering a configuration, in words.
var hitches = map[configurations.Hitch]problem.Text{
	configurations.Gone: {
		EN: "The configuration is not there any more, or has been ordered. Take it out of the cart.",
		DE: "Die Konfiguration gibt es nicht mehr, oder sie wurde schon bestellt. Bitte nehmen Sie sie aus dem Warenkorb.",
	},
	configurations.Incomplete: {
		EN: "The configuration is not complete, or something does not go together. Open it and finish it.",
		DE: "Die Konfiguration ist nicht vollständig, oder etwas passt nicht zusammen. Bitte öffnen Sie sie und schließen Sie sie ab.",
	},
	configurations.Outdated: {
		EN: "The product has changed, and the configuration is just being looked at. Try again in a moment, or open it.",
		DE: "Das Produkt hat sich geändert, und die Konfiguration wird gerade geprüft. Bitte versuchen Sie es gleich noch einmal, oder öffnen Sie sie.",
	},
}

var notConfigured = problem.Refuse(NotConfigured, problem.Text{
	EN: "It is made to order. Configure it, and put the configuration into the cart.",
	DE: "Es wird nach Auftrag gefertigt. Bitte konfigurieren Sie es und legen Sie die Konfiguration in den Warenkorb.",
})

// items are what is planned, to be priced; what is made to order and not configured,
// or not completely, is refused and left out.
func (s *Service) items(ctx context.Context, b Buyer, order []*planned, refuse func(*planned, *problem.Refusal)) ([]Item, []*planned, error) {
	var plain []gid.ID
	pieces := map[gid.ID]int{}
	for _, x := range order {
		if x.configuration == "" {
			plain = append(plain, x.variant.ID)
		} else {
			pieces[x.configuration] = x.quantity
		}
	}
	made, err := s.made.Configurable(ctx, plain)
	if err != nil {
		return nil, nil, err
	}
	ready, err := s.made.Orderables(ctx, b, pieces)
	if err != nil {
		return nil, nil, err
	}
	var items []Item
	var kept []*planned
	for _, x := range order {
		i := Item{VariantID: x.variant.ID, Quantity: x.quantity}
		switch o := ready[x.configuration]; {
		case x.configuration == "" && made[x.variant.ID]:
			refuse(x, notConfigured)
			continue
		case x.configuration == "":
		case o.Hitch != configurations.NoHitch:
			refuse(x, problem.Refuse(NotConfigured, hitches[o.Hitch]))
			continue
		default:
			i.AddedMinor, i.Unpriced = o.AddedMinor, o.Unpriced
		}
		items, kept = append(items, i), append(kept, x)
	}
	return items, kept, nil
}

// configured looks at what of a cart is made to order, once more.
func (s *Service) configured(ctx context.Context, v *View) error {
	pieces, plain := map[gid.ID]int{}, []gid.ID{}
	for _, l := range v.lines {
		if l.ConfigurationID != "" {
			pieces[gid.ID(l.ConfigurationID)] = l.Quantity
		} else {
			plain = append(plain, l.VariantID)
		}
	}
	b, err := s.buyer(ctx, v.Cart)
	if err != nil {
		return err
	}
	if v.made, err = s.made.Orderables(ctx, b, pieces); err != nil {
		return err
	}
	made, err := s.made.Configurable(ctx, plain)
	if err != nil {
		return err
	}
	for _, l := range v.lines {
		o := v.made[gid.ID(l.ConfigurationID)]
		switch {
		case l.ConfigurationID == "" && made[l.VariantID]: // put in before it was made to order
			v.problem(Configuration, l.ID, notConfigured.Text.EN, notConfigured.Text.DE)
		case o != nil && o.Hitch != configurations.NoHitch:
			t := hitches[o.Hitch]
			v.problem(Configuration, l.ID, t.EN, t.DE)
		}
	}
	return nil
}
