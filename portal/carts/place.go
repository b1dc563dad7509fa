package carts

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/file"
	"foyer/ent/order"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Placement is the input of Place.
type Placement struct {
	CartID             gid.ID
	Version            int
	ExpectedTotal      *money.Decimal
	ExpectedCurrency   *string
	AcceptPriceChanges bool
}

// Place orders what is in a cart and returns the order's id. Everything is looked
// at once more in the transaction that writes the order; what it refuses leaves
// nothing behind.
func (s *Service) Place(ctx context.Context, in Placement) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		ctx, c, err := hold(ctx, tx, doPlace, in.CartID)
		if err != nil {
			return "", err
		}
		if c.Version != in.Version {
			return "", problem.ErrStale
		}
		v, err := s.lookAt(ctx, tx, c)
		if err != nil {
			return "", err
		}
		if err := v.placeable(); err != nil {
			return "", err
		}
		if err := v.expected(in); err != nil {
			return "", err
		}
		return s.place(ctx, tx, v)
	})
}

// placeable refuses a cart with something that stands in the way. How much there
// is in stock is for the reservation to say.
func (v *View) placeable() error {
	var blocking []Problem
	for _, p := range v.Problems {
		if p.Code == NotServed {
			return problem.Refuse(NotServed, p.Text, "input", "cartId")
		}
		if p.Blocking && p.Code != ShortStock {
			blocking = append(blocking, p)
		}
	}
	if len(blocking) == 0 {
		return nil
	}
	return &Refused{Refusal: problem.Refuse(NotPlaceable, blocking[0].Text, "input", "cartId"), Problems: blocking}
}

// expected refuses prices that are others than those which the person has seen.
func (v *View) expected(in Placement) error {
	total := money.Money{Minor: v.Calculation.TotalMinor, Currency: v.Calculation.Currency}
	if in.ExpectedCurrency != nil && *in.ExpectedCurrency != total.Currency {
		return invalid("The cart is in "+total.Currency+".", "Der Warenkorb ist in "+total.Currency+".", "expectedCurrency")
	}
	if in.AcceptPriceChanges {
		return nil
	}
	refused := &Refused{NewTotal: &total}
	for _, l := range v.lines {
		if x := v.Lines[l.ID]; x.Was != nil {
			refused.PriceChanges = append(refused.PriceChanges, PriceChange{
				LineID: l.ID, Sku: v.variants[l.VariantID].Sku, Old: x.Was, New: x.Price.Unit,
			})
		}
	}
	if in.ExpectedTotal != nil {
		is, err := money.Rat(string(total.Amount()))
		if err != nil {
			return err
		}
		seen, err := money.Rat(string(*in.ExpectedTotal))
		if err != nil {
			return invalid("This is no amount.", "Das ist kein Betrag.", "expectedTotal")
		}
		if is.Cmp(seen) == 0 {
			return nil
		}
	} else if len(refused.PriceChanges) == 0 {
		return nil
	}
	refused.Refusal = problem.Refuse(PricesChanged, problem.Text{
		EN: "Prices have changed: the total is " + total.String() + " now.",
		DE: "Preise haben sich geändert: Der Gesamtbetrag ist jetzt " + total.String() + ".",
	}, "input", "expectedTotal")
	return refused
}

// place writes the order.
func (s *Service) place(ctx context.Context, tx *ent.Client, v *View) (gid.ID, error) {
	o, err := s.begin(ctx, tx, v)
	if err != nil {
		return "", err
	}
	lines := make([]gid.ID, len(v.lines))
	wants := make([]Want, len(v.lines))
	for i, l := range v.lines {
		lines[i] = gid.New(gid.OrderLine)
		wants[i] = Want{LineID: lines[i], VariantID: l.VariantID, Quantity: l.Quantity}
	}
	var until *time.Time
	if v.Need != nil {
		until = &v.Need.ExpiresAt
	}
	reserved, err := s.stock.Reserve(ctx, o.ID, wants, until)
	if short := (*ShortageError)(nil); errors.As(err, &short) {
		return "", s.tooLittle(ctx, tx, v, short)
	}
	if err != nil {
		return "", err
	}
	days := promises(v, lines, reserved, o.PlacedAt)
	if err := writeLines(ctx, tx, v, o, lines, days); err != nil {
		return "", err
	}
	if o, err = finish(ctx, tx, v, o, reserved, days); err != nil {
		return "", err
	}
	own := access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}
	if err := events.Append(ctx, tx, events.Event{Kind: events.OrderPlaced, Subject: o.ID, Owner: own, At: o.PlacedAt}); err != nil {
		return "", err
	}
	if v.Need != nil {
		if err := s.approvals.Ask(ctx, tx, o, v.Need); err != nil {
			return "", err
		}
	}
	if err := moveFiles(ctx, tx, v.Cart.ID, o.ID); err != nil {
		return "", err
	}
	if err := s.made.Ordered(ctx, tx, slices.Sorted(maps.Keys(v.made)), o.ID); err != nil {
		return "", err
	}
	return o.ID, tx.Cart.UpdateOneID(v.Cart.ID).Where(cart.Version(v.Cart.Version)).AddVersion(1).
		SetStatus(cart.StatusORDERED).ClearOpenName().SetOrderID(o.ID).Exec(ctx)
}

// begin writes the order itself, so that stock can be reserved for it.
func (s *Service) begin(ctx context.Context, tx *ent.Client, v *View) (*ent.Order, error) {
	number, err := s.orders.NextNumber(ctx)
	if err != nil {
		return nil, err
	}
	c, k := v.Cart, v.Calculation
	status := order.StatusPLACED
	if v.Need != nil {
		status = order.StatusAWAITING_APPROVAL
	}
	return tx.Order.Create().SetOrganizationID(c.OrganizationID).SetUserID(c.UserID).SetNumber(number).SetStatus(status).
		SetPurchaseOrderNumber(c.PurchaseOrderNumber).SetShipTo(v.shipTo).SetBillTo(v.billTo).SetPlacedAt(s.now()).
		SetNillableRequestedDate(c.RequestedDate).SetRemark(c.Remark).SetShippingMethod(v.Method).SetCalculation(k.Details).
		SetCurrency(k.Currency).SetLinesMinor(k.LinesMinor).SetDiscountMinor(k.DiscountMinor).SetShippingMinor(k.ShippingMinor).
		SetTaxMinor(k.TaxMinor).SetTotalMinor(k.TotalMinor).Save(ctx)
}

// promises are the days on which the lines arrive: the day on which they can be
// sent, and the days on the way. Of what is not known for certain nothing is
// promised.
func promises(v *View, lines []gid.ID, r Reserved, placed time.Time) []time.Time {
	if r.Unsure {
		return nil
	}
	way := 0
	if v.Calculation.Shipping != nil {
		way = v.Calculation.Shipping.Days
	}
	days := make([]time.Time, len(lines))
	for i, id := range lines {
		sent := dayOf(placed)
		if p, later := r.Promises[id]; later && p.After(sent) {
			sent = dayOf(p)
		}
		if made := v.made[gid.ID(v.lines[i].ConfigurationID)]; made != nil {
			if p := dayOf(placed).AddDate(0, 0, made.Snapshot.Days); p.After(sent) {
				sent = p
			}
		}
		days[i] = sent.AddDate(0, 0, way)
	}
	return days
}

// last is the day on which all of an order arrives.
func last(days []time.Time) time.Time { return slices.MaxFunc(days, time.Time.Compare) }

// writeLines writes what is sold as it is now.
func writeLines(ctx context.Context, tx *ent.Client, v *View, o *ent.Order, ids []gid.ID, days []time.Time) error {
	sold := make([]gid.ID, len(v.lines))
	for i, l := range v.lines {
		sold[i] = l.VariantID
	}
	if err := access.Foresee(ctx, tx, ent.TypeProductVariant, sold); err != nil {
		return err
	}
	names, err := namesOf(ctx, tx, v)
	if err != nil {
		return err
	}
	creates := make([]*ent.OrderLineCreate, len(v.lines)) // as they are now
	for i, l := range v.lines {
		x, k := v.variants[l.VariantID], v.Calculation.Lines[i]
		creates[i] = tx.OrderLine.Create().SetID(ids[i]).SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
			SetVariantID(x.ID).SetPosition(i + 1).SetSku(x.Sku).SetName(names[x.ID]).SetQuantity(l.Quantity).SetNote(l.Note).
			SetPriceExplanation(k.Price.Cause).SetTaxBasisPoints(k.TaxBasisPoints).SetCurrency(o.Currency).
			SetUnitPriceMinor(k.Price.Unit.Minor).SetDiscountBasisPoints(k.DiscountBasisPoints).SetTaxMinor(k.TaxMinor).SetTotalMinor(k.TotalMinor)
		if o := v.made[gid.ID(l.ConfigurationID)]; o != nil {
			creates[i].SetConfiguration(&o.Snapshot)
		}
		if len(days) > 0 && !days[i].Equal(last(days)) {
			creates[i].SetPromisedDate(days[i])
		}
	}
	for part := range slices.Chunk(creates, created) {
		if _, err := tx.OrderLine.CreateBulk(part...).Save(ctx); err != nil {
			return err
		}
	}
	return nil
}

// longestTitle is how long the name of an order line is at most, in bytes.
const longestTitle = 300

// namesOf are the names by which variants are sold: that of the product, with
// that of the variant where there is more to say.
func namesOf(ctx context.Context, tx *ent.Client, v *View) (map[gid.ID]string, error) {
	var ids []gid.ID
	for _, x := range v.variants {
		ids = append(ids, x.ProductID)
	}
	slices.Sort(ids)
	products := map[gid.ID]string{}
	for part := range slices.Chunk(slices.Compact(ids), lookedUp) {
		found, err := tx.Product.Query().Where(product.IDIn(part...)).Select(product.FieldID, product.FieldName).All(as(ctx, v.Cart.OrganizationID))
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			products[p.ID] = p.Name
		}
	}
	names := map[gid.ID]string{}
	for _, x := range v.variants {
		name := products[x.ProductID]
		if x.Name != name && x.Name != x.Sku {
			if long := name + ", " + x.Name; len(long) <= longestTitle {
				name = long
			}
		}
		names[x.ID] = cmp.Or(name, x.Name)
	}
	return names, nil
}

// finish gives the order what follows from the reservation.
func finish(ctx context.Context, tx *ent.Client, v *View, o *ent.Order, r Reserved, days []time.Time) (*ent.Order, error) {
	u, changed := tx.Order.UpdateOneID(o.ID), false
	if len(days) > 0 {
		u.SetPromisedDate(last(days))
		changed = true
	}
	if r.Unsure {
		details := v.Calculation.Details
		details.Unsure = true
		u.SetCalculation(details)
		if v.Need == nil {
			u.SetStatus(order.StatusCONFIRMING)
		}
		changed = true
	}
	if !changed {
		return o, nil
	}
	return u.Save(ctx)
}

// moveFiles lets the order have the cart's attachments.
func moveFiles(ctx context.Context, tx *ent.Client, c, o gid.ID) error {
	ids, err := tx.File.Query().Where(file.CartID(c), file.OrderIDIsNil()).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.File.UpdateOneID(id).SetOrderID(o).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// mostAlternatives is how much is named that could be taken in the place of one
// thing.
const mostAlternatives = 5

// The ways in which something else goes with what is short; the first two are
// relations of products as well.
const (
	asReplacement = "REPLACES"
	asUpsell      = "UPSELL"
	asVariant     = "VARIANT"
)

// tooLittle says what there is too little of, and what is there in its place.
func (s *Service) tooLittle(ctx context.Context, tx *ent.Client, v *View, short *ShortageError) error {
	others, err := s.alternatives(ctx, tx, v, short.Shortages)
	if err != nil {
		return err
	}
	refused := &Refused{Refusal: problem.Refuse(InsufficientStock, problem.Text{
		EN: "There is too little in stock. Nothing was ordered.",
		DE: "Es ist zu wenig auf Lager. Es wurde nichts bestellt.",
	}, "input", "cartId")}
	for _, l := range v.lines {
		for _, x := range short.Shortages {
			if x.VariantID == l.VariantID {
				refused.Shortages = append(refused.Shortages, Short{
					LineID: l.ID, VariantID: x.VariantID, Sku: v.variants[x.VariantID].Sku, Wanted: x.Wanted, Available: x.Available,
					Alternatives: others[x.VariantID],
				})
			}
		}
	}
	return refused
}

// alternatives are other variants of the same products, and those of products
// that are sold in their place or are better, as far as they are offered and
// there.
func (s *Service) alternatives(ctx context.Context, tx *ent.Client, v *View, short []Shortage) (map[gid.ID][]Alternative, error) {
	var own []gid.ID
	for _, x := range short {
		own = append(own, v.variants[x.VariantID].ProductID)
	}
	products, err := tx.Product.Query().Where(product.IDIn(own...)).All(as(ctx, v.Cart.OrganizationID))
	if err != nil {
		return nil, err
	}
	reasons := map[gid.ID]map[gid.ID]string{} // product -> product -> how it goes with it
	all := slices.Clone(own)
	for _, p := range products {
		reasons[p.ID] = map[gid.ID]string{p.ID: asVariant}
		for _, r := range p.Related {
			if r.Kind == asReplacement || r.Kind == asUpsell {
				reasons[p.ID][gid.ID(r.ProductID)] = r.Kind
				all = append(all, gid.ID(r.ProductID))
			}
		}
	}
	found, err := offered(ctx, tx, v.Cart.OrganizationID, productvariant.ProductIDIn(all...))
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(found))
	for i, x := range found {
		ids[i] = x.ID
	}
	there, err := s.stock.Available(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b *ent.ProductVariant) int { return cmp.Compare(a.Sku, b.Sku) })
	out := map[gid.ID][]Alternative{}
	for _, x := range short {
		mine := reasons[v.variants[x.VariantID].ProductID]
		for _, reason := range []string{asReplacement, asVariant, asUpsell} {
			for _, y := range found {
				a := there[y.ID]
				if y.ID == x.VariantID || mine[y.ProductID] != reason || !a.Untracked && a.Available < 1 || len(out[x.VariantID]) >= mostAlternatives {
					continue
				}
				alternative := Alternative{VariantID: y.ID, Reason: reason}
				if !a.Untracked {
					alternative.Available = &a.Available
				}
				out[x.VariantID] = append(out[x.VariantID], alternative)
			}
		}
	}
	return out, nil
}
