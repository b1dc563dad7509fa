package importer

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// tally counts what is done to an order's lines and shipments.
func (w *orderWriter) tally(x *item[sale], out *outcome) {
	lines := out.count(Lines)
	for _, l := range x.v.lines {
		switch {
		case x.v.was == nil || x.v.was.lines[l.position] == nil:
			lines.Created++
		case x.v.was.untouched[l]:
			lines.Unchanged++
		default:
			lines.Updated++
		}
	}
	if x.v.was != nil {
		lines.Deleted += int64(len(x.v.was.gone))
	}
	for _, p := range x.v.parcels {
		switch {
		case p.known == nil:
			out.count(Shipments).Created++
		case p.known.digest.String == p.digest():
			out.count(Shipments).Unchanged++
		default:
			out.count(Shipments).Updated++
		}
	}
}

func (p *parcel) digest() string { return hex.EncodeToString(p.hash.Sum(nil)) }

var lineColumns = []string{
	"id", "organization_id", "user_id", "order_id", "variant_id", "position", "sku", "name", "quantity", "quantity_shipped",
	"currency", "unit_price_minor", "discount_basis_points", "tax_minor", "total_minor", "promised_date", "promise_reason",
}

// writeLines writes the lines of orders that have been written, and deletes
// those that are gone, with what was in the file's shipments of them.
func (w *orderWriter) writeLines(ctx context.Context, b *store.Bulk, todo []*item[sale]) error {
	var fresh, changed [][]any
	var on, emptied, gone []gid.ID
	var parcels []gid.ID
	for _, x := range todo {
		user := null(x.v.user)
		was := x.v.was
		if was != nil {
			on, gone, emptied = append(on, x.id), append(gone, was.gone...), append(emptied, was.emptied...)
			for _, p := range x.v.parcels {
				if p.known != nil {
					parcels = append(parcels, p.id)
				}
			}
		}
		for _, l := range x.v.lines {
			if was != nil && was.untouched[l] {
				continue
			}
			row := []any{
				l.id, x.v.organization, user, x.id, null(l.variant), l.position, l.sku, l.name, l.quantity, l.shipped + l.held,
				x.v.currency, l.price, l.discount, l.tax, l.total, l.day(), null(l.promiseReason),
			}
			if was != nil && was.lines[l.position] != nil {
				changed = append(changed, row)
			} else {
				fresh = append(fresh, row)
			}
		}
	}
	if err := b.Delete(ctx, ent.TypeShipmentLine, parcels, emptied); err != nil {
		return err
	}
	if err := b.Delete(ctx, ent.TypeOrderLine, on, gone); err != nil {
		return err
	}
	if err := b.Insert(ctx, ent.TypeOrderLine, lineColumns, fresh); err != nil {
		return err
	}
	return b.Upsert(ctx, ent.TypeOrderLine, lineColumns, []string{"order_id", "position"}, []string{
		"variant_id", "sku", "name", "quantity", "quantity_shipped",
		"unit_price_minor", "discount_basis_points", "tax_minor", "total_minor", "promised_date", "promise_reason",
	}, changed)
}

// day is the line's promised day, NULL without one.
func (l *line) day() any {
	if l.promised.IsZero() {
		return nil
	}
	return l.promised
}

// writeParcels writes the shipments of orders whose lines have been written.
func (w *orderWriter) writeParcels(ctx context.Context, b *store.Bulk, todo []*item[sale]) error {
	columns := []string{
		"id", "created_at", "updated_at", "external_id", "external_version", "external_digest", "organization_id", "user_id", "order_id",
		"status", "carrier", "tracking_number", "tracking_key", "estimated_delivery", "shipped_at", "delivered_at", "version",
	}
	var fresh, contents [][]any
	changed := map[*section][][]any{}
	for _, x := range todo {
		user := null(x.v.user)
		for _, p := range x.v.parcels {
			row := make([]any, 0, len(columns)+1) // the source is to follow
			row = append(row, p.id, w.now, w.now, p.key, optional(p.version), p.digest(), x.v.organization, user, x.id,
				p.status, p.carrier, null(p.tracking), null(orders.TrackingKey(p.tracking)), optional(p.estimated), optional(p.shippedAt), optional(p.delivered), 1)
			switch {
			case p.known == nil:
				fresh = append(fresh, row)
			case p.known.digest.String != p.digest():
				changed[p.s] = append(changed[p.s], row)
			}
			for _, c := range p.contents {
				contents = append(contents, []any{gid.At(gid.ShipmentLine, x.v.placedAt), x.v.organization, user, p.id, x.id, c.line.id, c.quantity})
			}
		}
	}
	if err := b.Insert(ctx, ent.TypeShipment, columns, fresh); err != nil {
		return err
	}
	for _, s := range w.m.of(Shipments) {
		overwrite := []string{"updated_at", "external_digest", "status", "delivered_at", "shipped_at", "carrier"}
		for column, field := range map[string]string{
			"external_version": "external_version", "tracking_number": "tracking_number", "tracking_key": "tracking_number", "estimated_delivery": "estimated_delivery",
		} {
			if s.maps(field) {
				overwrite = append(overwrite, column)
			}
		}
		if err := b.Upsert(ctx, ent.TypeShipment, columns, []string{"source", "external_id"}, overwrite, changed[s]); err != nil {
			return err
		}
	}
	return b.Upsert(ctx, ent.TypeShipmentLine,
		[]string{"id", "organization_id", "user_id", "shipment_id", "order_id", "order_line_id", "quantity"},
		[]string{"shipment_id", "order_line_id"}, []string{"quantity"}, contents)
}

// writeEvents appends one event an order: that it was placed, when it is new,
// at the time at which it was; later what the import has changed, for the
// customer where it is the status.
func (w *orderWriter) writeEvents(ctx context.Context, b *store.Bulk, todo []*item[sale]) error {
	var rows [][]any
	for _, x := range todo {
		kind, audience, at, data := events.OrderPlaced, event.AudienceCUSTOMER, x.v.placedAt, schema.EventData{}
		if was := x.v.was; was != nil {
			kind, audience, at, data = events.OrderImported, event.AudienceSTAFF, w.now, schema.EventData{Text: w.m.Source}
			if x.s.fields["status"] != nil && was.status != x.v.status {
				kind, audience, data = events.OrderStatus, event.AudienceCUSTOMER, schema.EventData{From: was.status, To: x.v.status, Text: x.v.cancelReason}
			}
		}
		text, err := json.Marshal(data)
		if err != nil {
			return err
		}
		rows = append(rows, []any{
			string(kind), x.id, x.v.organization, null(x.v.user), string(audience),
			string(event.ActorKindINTEGRATION), w.m.Source, string(text), at,
		})
	}
	return b.Insert(ctx, ent.TypeEvent, []string{
		"kind", "subject_id", "organization_id", "user_id", "audience", "actor_kind", "actor_name", "data", "occurred_at",
	}, rows)
}
