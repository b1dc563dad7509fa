package graph

import (
	"context"
	"fmt"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/graph/model"
	"foyer/portal/orders"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// newestOrders is how orders are sorted when nobody says.
var newestOrders = &ent.OrderOrder{Direction: ent.OrderDirection("DESC"), Field: ent.OrderOrderFieldPlacedAt}

func orderErrors(ctx context.Context, err error) ([]*model.OrderUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.OrderUserError {
		return &model.OrderUserError{Field: field, Code: model.OrderErrorCode(code), Message: message}
	})
}

// orderPayload tells of a mutation on an order; its resolver loads the order
// again, as the viewer sees it then.
func orderPayload(ctx context.Context, id gid.ID, err error) (*model.OrderPayload, error) {
	refused, err := orderErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.OrderPayload{OrderID: id, UserErrors: refused}, nil
}

// previewPayload is orderPayload, with what would become of the order when that
// was only tried.
func previewPayload(ctx context.Context, id gid.ID, tried *orders.Preview, err error) (*model.OrderPayload, error) {
	out, err := orderPayload(ctx, id, err)
	if out != nil && tried != nil {
		out.Preview = orderPreview(tried)
	}
	return out, err
}

func orderPreview(p *orders.Preview) *model.OrderPreview {
	sum := func(minor int64) *money.Money { return &money.Money{Minor: minor, Currency: p.Currency} }
	amounts := func(a orders.Amounts) *model.OrderAmounts {
		return &model.OrderAmounts{LinesTotal: sum(a.Lines), Discount: sum(a.Discount), Shipping: sum(a.Shipping), Tax: sum(a.Tax), Total: sum(a.Total)}
	}
	out := &model.OrderPreview{
		Status: p.Status, Before: amounts(p.Before), After: amounts(p.After), Reduction: sum(p.Before.Total - p.After.Total),
		Lines: make([]*model.OrderLinePreview, len(p.Lines)), Changed: changedFields(p.Fields),
	}
	for i, l := range p.Lines {
		out.Lines[i] = &model.OrderLinePreview{
			OrderLineID: l.OrderLineID, Sku: l.Sku, QuantityBefore: l.QuantityBefore, QuantityAfter: l.Quantity,
			TotalBefore: sum(l.TotalMinorBefore), TotalAfter: sum(l.TotalMinor),
		}
	}
	return out
}

func changedFields(names []string) []model.OrderChangedField {
	out := make([]model.OrderChangedField, len(names))
	for i, name := range names {
		out[i] = model.OrderChangedField(name)
	}
	return out
}

// orderChange reads the input of changeOrder.
func orderChange(in model.ChangeOrderInput) orders.Change {
	out := orders.Change{
		OrderID: in.OrderID, Version: in.Version, DryRun: in.DryRun, ShipTo: in.ShipTo, RequestedDate: in.RequestedDate,
		PurchaseOrderNumber: in.PurchaseOrderNumber, Remark: in.Remark, Reason: in.Reason,
	}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, orders.Quantity{OrderLineID: l.OrderLineID, Quantity: l.CancelQuantity})
	}
	return out
}

// shipmentPayload is orderPayload for a shipment. The order is found through
// it, since a repeated request knows no more than the shipment's id.
func shipmentPayload(ctx context.Context, id gid.ID, err error) (*model.ShipmentPayload, error) {
	refused, err := orderErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.ShipmentPayload{ShipmentID: id, UserErrors: refused}, nil
}

// together lets the orders of a page share the statements behind their fields.
func (r *Resolver) together(ctx context.Context) func(*ent.OrderConnection, error) (*ent.OrderConnection, error) {
	return func(c *ent.OrderConnection, err error) (*ent.OrderConnection, error) {
		if err != nil {
			return nil, err
		}
		ids := make([]gid.ID, len(c.Edges))
		for i, e := range c.Edges {
			ids[i] = e.Node.ID
		}
		r.Orders.Together(ctx, ids)
		return c, nil
	}
}

// rereadOrder loads an order with what the payload's selection asks of it;
// nothing when the mutation was refused.
func (r *Resolver) rereadOrder(ctx context.Context, id gid.ID, where predicate.Order) (*ent.Order, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // a refused mutation has no order
	}
	q, err := r.Store.Client().Order.Query().Where(where).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}

// newShipment reads the input of createShipment.
func newShipment(in model.CreateShipmentInput) orders.NewShipment {
	out := orders.NewShipment{
		OrderID: in.OrderID, Version: in.Version, Carrier: in.Carrier,
		TrackingNumber: in.TrackingNumber, EstimatedDelivery: in.EstimatedDelivery,
	}
	if in.Lines != nil { // an empty list is not the same as none
		out.Lines = []orders.Quantity{}
	}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, orders.Quantity(*l))
	}
	return out
}

// orderDelay tells of a delay in the viewer's language.
func orderDelay(ctx context.Context, d *orders.Delay) *model.OrderDelay {
	if d == nil {
		return nil
	}
	return &model.OrderDelay{
		Cause: model.OrderDelayCause(d.Cause), Since: d.Since, Expected: d.Expected, Reason: d.Reason.In(language(ctx)),
	}
}

// price is an amount of a row in the currency of the row.
func price(minor int64, currency string) (*money.Money, error) {
	return &money.Money{Minor: minor, Currency: currency}, nil
}

// percent writes hundredths of a percent as percent.
func percent(basisPoints int) money.Decimal {
	sign := ""
	if basisPoints < 0 {
		sign, basisPoints = "-", -basisPoints
	}
	return money.Decimal(fmt.Sprintf("%s%d.%02d", sign, basisPoints/100, basisPoints%100))
}
