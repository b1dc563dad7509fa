package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foyer/ent"
	"foyer/portal/audit"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema"
)

// source marks the rows of the demo company: nobody has typed them in.
const source = "demo"

// writer writes rows type by type, parents first. It goes past ent's builders
// for speed: thousands of rows with hooks and an audit entry each would keep a
// visitor waiting. The run as a whole is audited. After an error it does nothing
// more.
type writer struct {
	bulk   *store.Bulk
	counts map[string]int
	err    error
}

func write(ctx context.Context, st *store.Store, tx *ent.Client, bulk *store.Bulk, h *house, deals []*deal, s *school) (map[string]int, error) {
	w := &writer{bulk: bulk, counts: map[string]int{}}
	w.customers(ctx, h)
	w.catalog(ctx, h)
	w.guides(ctx, h)
	w.trade(ctx, st, h)
	w.depots(ctx, h.now)
	w.orders(ctx, deals)
	w.approvals(ctx, h, deals)
	w.shipments(ctx, deals)
	w.school(ctx, s)
	w.events(ctx, h, deals)
	w.strays(ctx, h.now)
	w.inboxes(ctx, h, deals, s)
	w.carts(ctx, tx, h.now)
	w.configurations(ctx, tx, h)
	if w.err != nil {
		return nil, fmt.Errorf("demo: %w", w.err)
	}
	var changes []schema.Change
	for typ, n := range w.counts {
		changes = append(changes, schema.Change{Field: typ, Value: strconv.Itoa(n)})
	}
	slices.SortFunc(changes, func(a, b schema.Change) int { return cmp.Compare(a.Field, b.Field) })
	return w.counts, audit.Run(ctx, tx, "Demo", company, changes)
}

// rows inserts a row for each element of a list; columns are named in a text,
// in the order of the values.
func rows[T any](ctx context.Context, w *writer, typ, columns string, list []T, values func(T) []any) {
	all := make([][]any, len(list))
	for i, x := range list {
		all[i] = values(x)
	}
	w.counts[typ] += len(list)
	if w.err == nil {
		w.err = w.bulk.Insert(ctx, typ, strings.Fields(columns), all)
	}
}

// optional is NULL for the zero value, as ent writes it for what is not set.
func optional[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// document is the text of a column of type JSON.
func document(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain values of this package
	}
	return string(text)
}

func (w *writer) customers(ctx context.Context, h *house) {
	rows(ctx, w, ent.TypeOrganization, "id created_at updated_at name kind status language address parent_id currency vat_id", h.list,
		func(f *firm) []any {
			o := f.row
			return []any{o.ID, o.CreatedAt, o.UpdatedAt, o.Name, string(o.Kind), string(o.Status), string(o.Language), document(o.Address), o.ParentID, optional(o.Currency), optional(o.VatID)}
		})
	rows(ctx, w, ent.TypeUser, "id created_at updated_at name email phone language status password_hash", append(h.everyone(), h.invited...),
		func(i *individual) []any {
			u := i.row
			return []any{u.ID, u.CreatedAt, u.UpdatedAt, u.Name, u.Email, optional(u.Phone), string(u.Language), string(u.Status), optional(u.PasswordHash)}
		})
	rows(ctx, w, ent.TypeMembership, "id created_at updated_at user_id organization_id role_id status selected_user_ids delegate_id delegate_until version", h.memberships,
		func(m *ent.Membership) []any {
			var selected any
			if m.SelectedUserIds != nil {
				selected = document(m.SelectedUserIds)
			}
			return []any{m.ID, m.CreatedAt, m.UpdatedAt, m.UserID, m.OrganizationID, m.RoleID, string(m.Status), selected, optional(m.DelegateID), m.DelegateUntil, m.Version}
		})
	rows(ctx, w, ent.TypeOrganizationAssignment, "id created_at updated_at organization_id user_id valid_from", h.assignments,
		func(a *ent.OrganizationAssignment) []any {
			return []any{a.ID, a.CreatedAt, a.UpdatedAt, a.OrganizationID, a.UserID, a.From}
		})
}

func (w *writer) catalog(ctx context.Context, h *house) {
	rows(ctx, w, ent.TypeCategory, "id created_at updated_at name position parent_id", h.categories,
		func(c *ent.Category) []any {
			return []any{c.ID, c.CreatedAt, c.UpdatedAt, c.Name, c.Position, c.ParentID}
		})
	rows(ctx, w, ent.TypeProductType, "id created_at updated_at key name attributes version", h.types,
		func(t *ent.ProductType) []any {
			return []any{t.ID, t.CreatedAt, t.UpdatedAt, t.Key, t.Name, document(t.Attributes), 1}
		})
	rows(ctx, w, ent.TypeSegment, "id created_at updated_at key name description version", slices.SortedFunc(maps.Values(h.segments),
		func(a, b *ent.Segment) int { return cmp.Compare(a.Key, b.Key) }),
		func(g *ent.Segment) []any {
			return []any{g.ID, g.CreatedAt, g.UpdatedAt, g.Key, g.Name, g.Description, g.Version}
		})
	rows(ctx, w, ent.TypeProduct, "id created_at updated_at name description status category_id type_id attributes restricted related keywords internal_text", h.products,
		func(p *ent.Product) []any {
			return []any{
				p.ID, p.CreatedAt, p.UpdatedAt, p.Name, p.Description, string(p.Status), p.CategoryID, p.TypeID,
				list(p.Attributes), p.Restricted, list(p.Related), optional(p.Keywords), optional(p.InternalText),
			}
		})
	rows(ctx, w, ent.TypeProductVariant, `id created_at updated_at product_id sku name price_minor currency attributes status
		weight_grams unit minimum_quantity quantity_step maximum_quantity stock_policy lead_days available_from`, h.variants,
		func(v *ent.ProductVariant) []any {
			return []any{
				v.ID, v.CreatedAt, v.UpdatedAt, v.ProductID, v.Sku, v.Name, v.PriceMinor, v.Currency, list(v.Attributes), string(v.Status),
				some(v.WeightGrams), v.Unit, v.MinimumQuantity, v.QuantityStep, some(v.MaximumQuantity), string(v.StockPolicy), some(v.LeadDays), some(v.AvailableFrom),
			}
		})
}

// some is NULL for nothing.
func some[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// list is the text of a column of type JSON with a list; NULL for none.
func list[T any](values []T) any {
	if len(values) == 0 {
		return nil
	}
	return document(values)
}

func (w *writer) orders(ctx context.Context, deals []*deal) {
	rows(ctx, w, ent.TypeOrder, `id created_at updated_at organization_id user_id number status fulfillment_status return_status
		payment_status purchase_order_number ship_to bill_to placed_at requested_date promised_date promise_reason estimated_delivery delay_cause delayed_at confirmed_at
		cancelled_at cancel_reason delivered_at contact_email currency lines_minor discount_minor shipping_minor tax_minor total_minor version`, deals,
		func(d *deal) []any {
			o := d.order
			return []any{
				o.ID, o.CreatedAt, o.UpdatedAt, o.OrganizationID, optional(o.UserID), o.Number, string(o.Status), string(o.FulfillmentStatus), string(o.ReturnStatus),
				string(o.PaymentStatus), optional(o.PurchaseOrderNumber), document(o.ShipTo), document(o.BillTo), o.PlacedAt, o.RequestedDate, o.PromisedDate, optional(o.PromiseReason), o.EstimatedDelivery, o.DelayCause, o.DelayedAt, o.ConfirmedAt,
				o.CancelledAt, optional(o.CancelReason), o.DeliveredAt, optional(o.ContactEmail), o.Currency, o.LinesMinor, o.DiscountMinor, o.ShippingMinor, o.TaxMinor, o.TotalMinor, o.Version,
			}
		})
	var lines []*ent.OrderLine
	for _, d := range deals {
		lines = append(lines, d.lines...)
	}
	rows(ctx, w, ent.TypeOrderLine, `id organization_id user_id order_id variant_id position sku name quantity quantity_shipped promised_date promise_reason currency
		unit_price_minor discount_basis_points tax_minor total_minor`, lines,
		func(l *ent.OrderLine) []any {
			return []any{
				l.ID, l.OrganizationID, optional(l.UserID), l.OrderID, l.VariantID, l.Position, l.Sku, l.Name, l.Quantity, l.QuantityShipped, l.PromisedDate, optional(l.PromiseReason), l.Currency,
				l.UnitPriceMinor, l.DiscountBasisPoints, l.TaxMinor, l.TotalMinor,
			}
		})
}

func (w *writer) shipments(ctx context.Context, deals []*deal) {
	var parcels []*parcel
	var lines []*ent.ShipmentLine
	var scans []*ent.TrackingEvent
	for _, d := range deals {
		parcels = append(parcels, d.parcels...)
	}
	for _, p := range parcels {
		lines = append(lines, p.lines...)
		scans = append(scans, p.scans...)
	}
	rows(ctx, w, ent.TypeShipment, `id created_at updated_at organization_id user_id order_id status carrier tracking_number tracking_key estimated_delivery
		shipped_at delivered_at version`, parcels,
		func(p *parcel) []any {
			s := p.row
			return []any{
				s.ID, s.CreatedAt, s.UpdatedAt, s.OrganizationID, optional(s.UserID), s.OrderID, string(s.Status), s.Carrier, s.TrackingNumber,
				optional(orders.TrackingKey(s.TrackingNumber)), s.EstimatedDelivery,
				s.ShippedAt, s.DeliveredAt, s.Version,
			}
		})
	rows(ctx, w, ent.TypeShipmentLine, "id organization_id user_id shipment_id order_id order_line_id quantity", lines,
		func(l *ent.ShipmentLine) []any {
			return []any{l.ID, l.OrganizationID, optional(l.UserID), l.ShipmentID, l.OrderID, l.OrderLineID, l.Quantity}
		})
	rows(ctx, w, ent.TypeTrackingEvent, "id organization_id user_id shipment_id order_id dedup_key status occurred_at received_at location message", scans,
		func(e *ent.TrackingEvent) []any {
			return []any{
				e.ID, e.OrganizationID, optional(e.UserID), e.ShipmentID, e.OrderID, e.DedupKey, string(e.Status), e.At, e.ReceivedAt,
				optional(e.Location), optional(e.Message),
			}
		})
}

// events are written in order of time, as they would have been.
func (w *writer) events(ctx context.Context, h *house, deals []*deal) {
	all := slices.Clone(h.events)
	for _, d := range deals {
		all = append(all, d.events...)
	}
	slices.SortStableFunc(all, func(a, b *ent.Event) int { return a.At.Compare(b.At) })
	rows(ctx, w, ent.TypeEvent, "kind subject_id organization_id user_id audience actor_kind actor_id actor_name data occurred_at", all,
		func(e *ent.Event) []any {
			return []any{
				e.Kind, e.SubjectID, e.OrganizationID, optional(e.UserID), string(e.Audience), string(e.ActorKind), optional(e.ActorID), optional(e.ActorName),
				document(e.Data), e.At,
			}
		})
}
