package graph

import (
	"foyer/ent/approval"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/trackingevent"
	"foyer/graph/model"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// orderEvents turns the entries of a timeline into the types that the API has
// for them. A kind without a type is left out: nobody has decided yet what its
// readers may know.
func (r *Resolver) orderEvents(entries []orders.Entry) []model.OrderEvent {
	list := make([]model.OrderEvent, 0, len(entries))
	for _, e := range entries {
		if x := r.orderEvent(e); x != nil {
			list = append(list, x)
		}
	}
	return list
}

func (r *Resolver) orderEvent(e orders.Entry) model.OrderEvent {
	actor := &model.EventActor{Kind: model.EventActorKind(e.ActorKind), Name: filled(e.ActorName)}
	switch events.Kind(e.Kind) {
	case events.OrderPlaced:
		return &model.OrderPlaced{Key: e.Key, At: e.At, Actor: actor}
	case events.OrderStatus:
		return &model.OrderStatusChanged{
			Key: e.Key, At: e.At, Actor: actor,
			From: order.Status(e.Data.From), To: order.Status(e.Data.To), Reason: filled(e.Data.Text),
		}
	case events.OrderPromise:
		return &model.OrderPromiseChanged{
			Key: e.Key, At: e.At, Actor: actor,
			OldDate: e.Data.OldDate, NewDate: e.Data.Date, Reason: filled(e.Data.Text),
			OrderLineID: orderLine(e),
		}
	case events.OrderDelayed:
		return &model.OrderDelayed{
			Key: e.Key, At: e.At, Actor: actor, Cause: model.OrderDelayCause(e.Data.Cause),
			PromisedDate: e.Data.OldDate, Expected: e.Data.Date,
		}
	case events.OrderChanged:
		return orderChanged(e, actor)
	case events.OrderNote:
		visibility := model.NoteVisibilityCustomer
		if e.Audience == event.AudienceSTAFF {
			visibility = model.NoteVisibilityInternal
		}
		return &model.OrderNoteAdded{Key: e.Key, At: e.At, Actor: actor, Text: e.Data.Text, Visibility: visibility}
	case events.ApprovalRequested:
		return &model.OrderApprovalRequested{Key: e.Key, At: e.At, Actor: actor, ApprovalID: new(gid.ID(e.Data.Subject))}
	case events.ApprovalDecided:
		return &model.OrderApprovalDecided{
			Key: e.Key, At: e.At, Actor: actor, ApprovalID: new(gid.ID(e.Data.Subject)),
			Outcome: approval.Status(e.Data.To), Comment: filled(e.Data.Text),
		}
	case events.ShipmentCreated:
		return &model.ShipmentCreated{
			Key: e.Key, At: e.At, Actor: actor,
			ShipmentID: gid.ID(e.Data.ShipmentID), Carrier: r.carrier(e.Data.Carrier), TrackingNumber: filled(e.Data.Tracking),
		}
	case events.TrackingReported:
		return &model.TrackingReported{
			Key: e.Key, At: e.At, Actor: actor, ShipmentID: gid.ID(e.Data.ShipmentID),
			Status: trackingevent.Status(e.Data.To), Location: filled(e.Data.Location), Message: filled(e.Data.Text),
		}
	case events.OrderFile:
		return &model.OrderFileAdded{Key: e.Key, At: e.At, Actor: actor, Name: e.Data.Text, FileID: gid.ID(e.Data.Subject)}
	case events.OrderFileRemoved:
		return &model.OrderFileRemoved{Key: e.Key, At: e.At, Actor: actor, Name: e.Data.Text}
	case events.OrderImported, events.MembershipRole, events.MembershipChanged, events.Notified,
		events.SearchAnswered, events.ConfigurationChanged, events.ConfigurationHandedOver, events.ConfigurationRevalidated, events.Enrolled, events.Withdrawn,
		events.CourseCompleted, events.WorkHandedIn, events.WorkGraded, events.CertificateIssued, events.CertificateRevoked, events.CertificateEnding, events.CourseDue, events.SessionEnded, events.RoleChanged, events.UserChanged, events.OrganizationNote, events.ProductChanged: // not an order's, or for staff
	}
	return nil
}

// orderChanged tells of a change of an order.
func orderChanged(e orders.Entry, actor *model.EventActor) model.OrderEvent {
	c := e.Data.Change
	if c == nil {
		c = &schema.OrderChange{}
	}
	out := &model.OrderChanged{
		Key: e.Key, At: e.At, Actor: actor, Cancelled: make([]*model.OrderLineCancelled, len(c.Cancelled)), Changed: changedFields(c.Fields),
	}
	for i, l := range c.Cancelled {
		out.Cancelled[i] = &model.OrderLineCancelled{OrderLineID: gid.ID(l.LineID), Sku: l.Sku, Quantity: l.Quantity}
	}
	if c.Before != c.After {
		out.TotalBefore = &money.Money{Minor: c.Before, Currency: c.Currency}
		out.TotalAfter = &money.Money{Minor: c.After, Currency: c.Currency}
	}
	return out
}

// orderLine is the line that an event of an order is about; none when it is about
// the whole order.
func orderLine(e orders.Entry) *gid.ID {
	if e.Data.Subject == "" {
		return nil
	}
	return new(gid.ID(e.Data.Subject))
}

// carrier is a carrier as the API tells of it.
func (r *Resolver) carrier(code string) *model.Carrier {
	c := r.Orders.Carrier(code)
	return &model.Carrier{Code: c.Code, Name: c.Name}
}
