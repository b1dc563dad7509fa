package demo

import (
	"context"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/event"
	"foyer/ent/notification"
	"foyer/ent/order"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/schema/gid"
)

// Inboxes hold what the people of the demo company would have been told in the
// last weeks. Nothing of it was mailed: their addresses are made up.
const (
	remembersFor = 30 * 24 * time.Hour // how far back inboxes go
	unreadFor    = 3 * 24 * time.Hour  // how long most of it stays unread
	mostInInbox  = 25                  // of one person
)

// inbox makes the notifications of all people, the oldest first, by the same
// rules and of the same data as the portal would have.
func (h *house) inbox(deals []*deal, s *school, zone *time.Location) []*ent.Notification {
	carriers, err := orders.NewCarriers(Carriers()...)
	if err != nil {
		panic(err) // the list of this package is wrong, and every test says so
	}
	name := func(code string) string { return carriers.Of(code).Name }
	byPerson := s.news()
	for _, d := range deals {
		seen := map[string]bool{}
		for _, e := range d.events {
			if e.Audience != event.AudienceCUSTOMER || h.now.Sub(e.At) > remembersFor {
				continue
			}
			n, ok := notifications.NewsOf(e, d.order, d.shipment(e.Data.ShipmentID), name, zone)
			if n.Kind == notification.KindORDER_PROMISE || n.Kind == notification.KindORDER_NOTE {
				// These are told apart by the event's id, which rows to come do not have yet.
				n.Key += e.At.Format(time.RFC3339Nano)
			}
			if !ok || seen[n.Key] || d.outdated(e, n) {
				continue
			}
			seen[n.Key] = true
			if n.Kind == notification.KindORDER_CANCELLED && e.Data.From == string(order.StatusAWAITING_APPROVAL) {
				continue // the answer says it
			}
			for _, reader := range h.readers(d, e, n.Kind) {
				byPerson[reader] = append(byPerson[reader], &ent.Notification{
					ID: gid.At(gid.Notification, e.At), UserID: reader, OrganizationID: d.order.OrganizationID, OrderID: d.order.ID,
					Kind: n.Kind, Data: n.Data, DedupKey: n.Key, CreatedAt: e.At,
				})
			}
		}
	}
	var all []*ent.Notification
	for _, i := range h.everyone() { // in their order, so that it is the same each time
		list := byPerson[i.row.ID]
		slices.SortStableFunc(list, func(a, b *ent.Notification) int { return a.CreatedAt.Compare(b.CreatedAt) })
		list = list[max(0, len(list)-mostInInbox):]
		for n, x := range list {
			// The last one is always new and the first one never: whoever looks for the
			// first time sees what both are like.
			if n < len(list)-1 && (n == 0 || h.now.Sub(x.CreatedAt) > unreadFor) {
				read := x.CreatedAt.Add(5 * time.Hour)
				if read.After(h.now) {
					read = h.now
				}
				x.ReadAt = &read
			}
		}
		all = append(all, list...)
	}
	return all
}

// outdated says whether a report is not true any more: the portal tells of a
// parcel's state as long as it is in it.
func (d *deal) outdated(e *ent.Event, n notifications.News) bool {
	p := d.shipment(e.Data.ShipmentID)
	return n.Kind == notification.KindOUT_FOR_DELIVERY && p != nil && string(p.Status) != e.Data.To
}

func (d *deal) shipment(id string) *ent.Shipment {
	for _, p := range d.parcels {
		if string(p.row.ID) == id {
			return p.row
		}
	}
	return nil
}

// readers are who is told: the person who ordered, and the staff who look after
// the customer; nobody of what they did themselves.
func (h *house) readers(d *deal, e *ent.Event, kind notification.Kind) (list []gid.ID) {
	if kind == notification.KindAPPROVAL_REQUESTED {
		boss := d.customer.boss()
		if d.question.Status != approval.StatusPENDING || boss == nil {
			return nil
		}
		if list = append(list, boss.row.ID); boss.email == away {
			list = append(list, h.people[standsIn].row.ID)
		}
		return list
	}
	asked := kind == notification.KindORDER_NOTE && e.ActorKind == event.ActorKindCUSTOMER
	byCustomer := asked || kind == notification.KindORDER_CHANGED && e.ActorKind == event.ActorKindCUSTOMER
	if !asked && !d.buyer.person.disabled && (kind == notification.KindORDER_PLACED || string(d.order.UserID) != e.ActorID) {
		list = append(list, d.order.UserID)
	}
	if byCustomer || kind == notification.KindORDER_PLACED || kind == notification.KindORDER_DELAYED || kind == notification.KindDELIVERY_PROBLEM {
		for _, a := range h.assignments {
			if a.OrganizationID == d.order.OrganizationID && string(a.UserID) != e.ActorID {
				list = append(list, a.UserID)
			}
		}
	}
	return list
}

func (w *writer) inboxes(ctx context.Context, h *house, deals []*deal, s *school) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		zone = time.UTC // days then begin an hour later, which nobody sees
	}
	rows(ctx, w, ent.TypeNotification, "id user_id organization_id order_id kind data dedup_key created_at read_at", h.inbox(deals, s, zone),
		func(n *ent.Notification) []any {
			var read any
			if n.ReadAt != nil {
				read = *n.ReadAt
			}
			return []any{n.ID, n.UserID, n.OrganizationID, n.OrderID, string(n.Kind), document(n.Data), n.DedupKey, n.CreatedAt, read}
		})
}
