package notifications

import (
	"context"
	"errors"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/notification"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/user"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// News is what an event means to those who are told of it.
type News struct {
	Kind notification.Kind
	// Key makes a second notification of the same thing the same one.
	Key  string
	Data schema.NotificationData
}

// notifiable says whether anybody might be told of an event.
func notifiable(e *ent.Event) bool {
	_, ok := kindOf(e)
	_, configured := kindOfConfiguration(e)
	_, training := kindOfTraining(e)
	ok = ok || isSearch(e) || configured || training
	return ok && e.Audience == event.AudienceCUSTOMER // what is meant for staff alone is told to nobody
}

// kindOf is the kind of notification that an event becomes, if any.
func kindOf(e *ent.Event) (notification.Kind, bool) {
	switch events.Kind(e.Kind) {
	case events.OrderPlaced:
		return notification.KindORDER_PLACED, true
	case events.OrderStatus:
		switch order.Status(e.Data.To) {
		case order.StatusCONFIRMED:
			// COMPLETED -> CONFIRMED happens when a delivery is taken back; the order
			// was confirmed long before.
			return notification.KindORDER_CONFIRMED, e.Data.From != string(order.StatusCOMPLETED)
		case order.StatusCANCELLED:
			return notification.KindORDER_CANCELLED, true
		default:
			return "", false
		}
	case events.OrderChanged:
		return notification.KindORDER_CHANGED, e.Data.Change != nil
	case events.OrderPromise:
		return notification.KindORDER_PROMISE, true
	case events.OrderDelayed:
		return notification.KindORDER_DELAYED, true
	case events.OrderNote:
		return notification.KindORDER_NOTE, true
	case events.ApprovalRequested:
		return notification.KindAPPROVAL_REQUESTED, true
	case events.ApprovalDecided:
		return notification.KindAPPROVAL_DECIDED, true
	case events.ShipmentCreated:
		return notification.KindSHIPMENT_SENT, true
	case events.TrackingReported:
		switch shipment.Status(e.Data.To) {
		case shipment.StatusOUT_FOR_DELIVERY:
			return notification.KindOUT_FOR_DELIVERY, true
		case shipment.StatusDELIVERED:
			return notification.KindDELIVERED, true
		case shipment.StatusEXCEPTION, shipment.StatusRETURNED_TO_SENDER:
			return notification.KindDELIVERY_PROBLEM, true
		default:
			return "", false
		}
	default:
		return "", false
	}
}

// NewsOf is what an event on an order means; ok is false when nobody is told of
// such an event. The shipment is the one that the event is about, nil for none;
// carrier names one by its code; zone is where days begin for the key.
func NewsOf(e *ent.Event, o *ent.Order, p *ent.Shipment, carrier func(string) string, zone *time.Location) (n News, ok bool) {
	if n.Kind, ok = kindOf(e); !ok {
		return n, false
	}
	n.Data = schema.NotificationData{Number: o.Number}
	d, about := &n.Data, string(o.ID)
	switch n.Kind {
	case notification.KindORDER_PLACED:
		n.Key = "placed:" + about
	case notification.KindORDER_CONFIRMED:
		n.Key, d.Date = "confirmed:"+about, o.PromisedDate
	case notification.KindORDER_CHANGED:
		n.Key, d.Fields, d.Cancelled = "changed:"+number(e.ID), e.Data.Change.Fields, e.Data.Change.Cancelled
	case notification.KindORDER_CANCELLED:
		n.Key, d.Text = "cancelled:"+about, e.Data.Text
	case notification.KindORDER_PROMISE:
		d.Date, d.OldDate, d.Text = e.Data.Date, e.Data.OldDate, e.Data.Text
		// Not the day alone: one that is promised, taken back and promised again is
		// news each time, or the last that one has read would be wrong.
		// Several lines that are promised in one act are one piece of it.
		n.Key = "promise:" + about + ":" + number(e.At.UnixMicro())
	case notification.KindORDER_DELAYED:
		d.Date, d.OldDate, d.Text, d.Cause = e.Data.Date, e.Data.OldDate, e.Data.Text, e.Data.Cause
		n.Key = "delay:" + about + ":" + dayKey(e.Data.OldDate, time.UTC)
	case notification.KindORDER_NOTE:
		n.Key, d.Text, d.Author = "note:"+number(e.ID), e.Data.Text, e.ActorName
	case notification.KindAPPROVAL_REQUESTED:
		n.Key, d.Author = "approval:"+e.Data.Subject, e.ActorName
	case notification.KindAPPROVAL_DECIDED:
		n.Key, d.Text, d.Cause = "decided:"+e.Data.Subject, e.Data.Text, e.Data.To
		if d.Cause != string(approval.StatusEXPIRED) {
			d.Author = e.ActorName
		}
	case notification.KindSEARCH_ANSWERED, notification.KindCONFIGURATION_NEEDS_CUSTOMER, notification.KindCONFIGURATION_HANDED_OVER,
		notification.KindCOURSE_ASSIGNED, notification.KindCOURSE_DUE, notification.KindWORK_GRADED, notification.KindWORK_HANDED_IN,
		notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING, notification.KindCERTIFICATE_REVOKED:
		// of no order: see searches.go, configurations.go and training.go
	case notification.KindSHIPMENT_SENT, notification.KindOUT_FOR_DELIVERY, notification.KindDELIVERED, notification.KindDELIVERY_PROBLEM:
		d.ShipmentID, d.Carrier, d.Tracking = e.Data.ShipmentID, e.Data.Carrier, e.Data.Tracking
		if p != nil {
			d.Carrier, d.Tracking = p.Carrier, p.TrackingNumber
		}
		if d.Carrier != "" {
			d.Carrier = carrier(d.Carrier)
		}
		shipmentNews(&n, e, p, zone)
	}
	return n, true
}

func shipmentNews(n *News, e *ent.Event, p *ent.Shipment, zone *time.Location) {
	d, about := &n.Data, e.Data.ShipmentID
	if n.Kind == notification.KindSHIPMENT_SENT {
		n.Key = "sent:" + about
		if p != nil {
			d.Date = p.EstimatedDelivery
		}
		return
	}
	at := e.At
	d.Date, d.Location, d.Text = &at, e.Data.Location, e.Data.Text
	switch {
	case n.Kind == notification.KindDELIVERED:
		n.Key = "delivered:" + about
	case n.Kind == notification.KindOUT_FOR_DELIVERY:
		n.Key, d.Text = "ofd:"+about+":"+dayKey(&at, zone), ""
	case e.Data.To == returned:
		n.Key, d.Cause = "returned:"+about, returned
	default:
		n.Key = "problem:" + about + ":" + dayKey(&at, zone)
	}
}

func dayKey(t *time.Time, zone *time.Location) string {
	if t == nil {
		return ""
	}
	return t.In(zone).Format(time.DateOnly)
}

// stale is how old a carrier's report may be when it arrives for anybody to be
// disturbed by it.
const stale = 72 * time.Hour

// tell writes the notifications of an event and plans their deliveries.
func (s *Service) tell(ctx context.Context, a eventArgs) error {
	ctx = auth.WithSystem(ctx, "notifications of an event, for those who may see what it is about")
	write := func() error {
		return s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return s.write(ctx, tx, a) })
	}
	err := write()
	if ent.IsConstraintError(err) {
		// Another event of the same thing was told in between; now it is there.
		err = write()
	}
	return err
}

func (s *Service) write(ctx context.Context, tx *ent.Client, a eventArgs) error {
	e, err := tx.Event.Get(ctx, a.Event)
	if err != nil {
		return ignore(err)
	}
	if isSearch(e) {
		return s.searcher(ctx, tx, e)
	}
	if kind, ok := kindOfConfiguration(e); ok {
		return s.configured(ctx, tx, e, kind)
	}
	if kind, ok := kindOfTraining(e); ok {
		return s.learned(ctx, tx, e, kind)
	}
	o, err := tx.Order.Get(ctx, e.SubjectID)
	if err != nil {
		return ignore(err)
	}
	var p *ent.Shipment
	if e.Data.ShipmentID != "" {
		if p, err = tx.Shipment.Get(ctx, gid.ID(e.Data.ShipmentID)); err != nil && !ent.IsNotFound(err) {
			return err
		}
	}
	n, ok := NewsOf(e, o, p, s.o.Carrier, s.zone)
	if !ok || !notifiable(e) {
		return nil
	}
	quietly, over, err := s.over(ctx, tx, e, p, n, a.At)
	if err != nil || over {
		return err
	}
	people, err := s.recipients(ctx, tx, e, o, n.Kind)
	if err != nil {
		return err
	}
	return s.inform(ctx, tx, o, n, people, quietly)
}

// over says whether an event is old news. Nobody is told what is not true any
// more: a shipment that was delivered and then was not, a problem that is gone,
// a parcel that came "today" last week. What is true and only arrives late, as
// when a carrier sends a week's reports at once, goes to the inbox, where it
// disturbs nobody: the inbox is also the place to look for what has happened.
func (s *Service) over(ctx context.Context, tx *ent.Client, e *ent.Event, p *ent.Shipment, n News, arrived time.Time) (quietly, over bool, err error) {
	switch events.Kind(e.Kind) {
	case events.TrackingReported:
		if p == nil || string(p.Status) != e.Data.To {
			return false, true, nil
		}
		old := arrived.Sub(e.At) > stale
		return old, old && n.Kind == notification.KindOUT_FOR_DELIVERY, nil
	case events.OrderPromise:
		// An order that is confirmed with a day: the confirmation says the day.
		with, err := tx.Event.Query().Where(event.SubjectID(e.SubjectID), event.Kind(string(events.OrderStatus)), event.At(e.At.UTC())).Exist(ctx)
		return false, with, err
	case events.OrderChanged:
		// Nothing is left of it: that it was cancelled says so.
		gone, err := tx.Event.Query().Where(event.SubjectID(e.SubjectID), event.Kind(string(events.OrderStatus)), event.At(e.At.UTC())).Exist(ctx)
		return false, gone, err
	case events.ApprovalRequested: // and answered before anybody was told
		waits, err := tx.Approval.Query().Where(approval.ID(gid.ID(e.Data.Subject)), approval.StatusEQ(approval.StatusPENDING)).Exist(ctx)
		return false, !waits, err
	case events.OrderStatus:
		if e.Data.From != string(order.StatusAWAITING_APPROVAL) {
			return false, false, nil
		}
		// An order that nobody has approved: that says it.
		told, err := decided(ctx, tx, e)
		return false, told, err
	default:
		return false, false, nil
	}
}

// decided says whether a question for the approval of an event's order came to an
// end.
func decided(ctx context.Context, tx *ent.Client, e *ent.Event) (bool, error) {
	return tx.Event.Query().Where(event.SubjectID(e.SubjectID), event.Kind(string(events.ApprovalDecided))).Exist(ctx)
}

// recipient is somebody to tell.
type recipient struct {
	user  *ent.User
	staff bool
	names bool // whether they may read the names of people
}

// staffKinds are what the staff are told who look after the customer.
var staffKinds = []notification.Kind{
	notification.KindORDER_PLACED, notification.KindORDER_DELAYED, notification.KindDELIVERY_PROBLEM,
}

// staffOfCustomers are what the staff are told, too, when a customer did it.
var staffOfCustomers = []notification.Kind{notification.KindORDER_NOTE, notification.KindORDER_CHANGED}

// recipients are those who are told of an event: the order's person, people of
// the organization and of those above it who want to hear of all orders, and
// the staff who look after it; each only if they may read the order now. A note
// goes to the other side. Nobody is told of what they did themselves, but for
// the receipt of an order, which is owed to whoever placed it.
func (s *Service) recipients(ctx context.Context, tx *ent.Client, e *ent.Event, o *ent.Order, kind notification.Kind) ([]recipient, error) {
	fromCustomer := e.ActorKind == event.ActorKindCUSTOMER
	var candidates []*ent.User
	switch {
	case kind == notification.KindAPPROVAL_REQUESTED, kind == notification.KindAPPROVAL_DECIDED:
		people, err := s.concerned(ctx, tx, e, o)
		if err != nil {
			return nil, err
		}
		candidates = append(candidates, people...)
	case kind != notification.KindORDER_NOTE || !fromCustomer:
		customers, err := customersOf(ctx, tx, o)
		if err != nil {
			return nil, err
		}
		candidates = append(candidates, customers...)
	}
	if slices.Contains(staffKinds, kind) || fromCustomer && slices.Contains(staffOfCustomers, kind) {
		staff, err := s.carers(ctx, tx, o.OrganizationID)
		if err != nil {
			return nil, err
		}
		candidates = append(candidates, staff...)
	}
	var list []recipient
	seen := map[gid.ID]bool{}
	if kind == notification.KindORDER_PLACED && o.UserID != "" && string(o.UserID) != e.ActorID {
		var err error
		if seen[o.UserID], err = decided(ctx, tx, e); err != nil { // whoever asked hears of the answer
			return nil, err
		}
	}
	for _, u := range candidates {
		if seen[u.ID] || string(u.ID) == e.ActorID && kind != notification.KindORDER_PLACED {
			continue
		}
		seen[u.ID] = true
		v, err := s.reader(ctx, tx, u.ID, o.ID)
		if err != nil {
			return nil, err
		}
		if v != nil && v.Grants().Has(auth.ReadPermission(ent.TypeNotification)) {
			list = append(list, recipient{u, v.Kind == auth.KindStaff, v.Grants().Has(schema.PermPeople)})
		}
	}
	return list, nil
}

// concerned are those who are told of a question for approval: who is asked, of
// the question; who asked, of the answer; both, when there was none in time.
func (s *Service) concerned(ctx context.Context, tx *ent.Client, e *ent.Event, o *ent.Order) ([]*ent.User, error) {
	var ids []gid.ID
	open := events.Kind(e.Kind) == events.ApprovalRequested || e.Data.To == string(approval.StatusEXPIRED)
	if open && s.o.Deciders != nil {
		var err error
		if ids, err = s.o.Deciders(ctx, gid.ID(e.Data.Subject)); err != nil {
			return nil, ignore(err)
		}
	}
	if events.Kind(e.Kind) == events.ApprovalDecided && o.UserID != "" {
		ids = append(ids, o.UserID)
	}
	return tx.User.Query().Where(user.IDIn(ids...), user.StatusEQ(user.StatusACTIVE)).Order(ent.Asc(user.FieldID)).All(ctx)
}

// highest is how many organizations above one are looked at; a chain that is
// longer is a circle.
const highest = 20

// customersOf are the order's person, and those who want to hear of all orders.
func customersOf(ctx context.Context, tx *ent.Client, o *ent.Order) ([]*ent.User, error) {
	var list []*ent.User
	if o.UserID != "" {
		u, err := tx.User.Query().Where(user.ID(o.UserID), user.StatusEQ(user.StatusACTIVE)).All(ctx)
		if err != nil {
			return nil, err
		}
		list = u
	}
	var chain []gid.ID
	for id := o.OrganizationID; id != "" && len(chain) < highest; {
		chain = append(chain, id)
		above, err := tx.Organization.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		id = above.ParentID
	}
	all, err := tx.User.Query().Where(user.StatusEQ(user.StatusACTIVE), user.NotificationSettingsNotNil(),
		user.HasMembershipsWith(membership.OrganizationIDIn(chain...), membership.StatusEQ(membership.StatusACTIVE))).
		Order(ent.Asc(user.FieldID)).All(ctx)
	for _, u := range all {
		if u.NotificationSettings != nil && u.NotificationSettings.Organization {
			list = append(list, u)
		}
	}
	return list, err
}

// reader is the identity by which a person may read an order and what happens
// to it at this moment; nil when there is none. An administrator may have made a
// role that sees orders alone: what carriers report and others write is not for
// whoever has it, and no notification tells them.
func (s *Service) reader(ctx context.Context, c *ent.Client, userID, orderID gid.ID) (*auth.Viewer, error) {
	return s.readerOf(ctx, c, userID, func(ctx context.Context) (bool, error) {
		sees, err := c.Order.Query().Where(order.ID(orderID)).Exist(ctx)
		if err == nil && sees {
			sees, err = c.Event.Query().Where(event.SubjectID(orderID)).Exist(ctx)
		}
		return sees, err
	})
}

// readerOf is the first identity by which a person sees something at this moment; nil
// when there is none.
func (s *Service) readerOf(ctx context.Context, c *ent.Client, userID gid.ID, sees func(context.Context) (bool, error)) (*auth.Viewer, error) {
	seats, err := c.Membership.Query().Where(membership.UserID(userID), membership.StatusEQ(membership.StatusACTIVE)).
		Order(ent.Asc(membership.FieldCreatedAt), ent.Asc(membership.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range seats {
		v, err := s.people.ViewerOf(ctx, userID, m.ID)
		if errors.Is(err, problem.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seen, err := sees(auth.WithViewer(ctx, v))
		if err != nil {
			return nil, err
		}
		if seen {
			return v, nil
		}
	}
	return nil, nil //nolint:nilnil // nobody, which is no mistake
}

// informOne writes a notification of one person that is about no order, unless it is
// there.
func (s *Service) informOne(ctx context.Context, tx *ent.Client, key string, organization gid.ID, to recipient, kind notification.Kind, d schema.NotificationData) error {
	there, err := tx.Notification.Query().Where(notification.UserID(to.user.ID), notification.DedupKey(key)).Exist(ctx)
	if err != nil || there {
		return err
	}
	c := tx.Notification.Create().SetUserID(to.user.ID).SetKind(kind).SetDedupKey(key).SetCreatedAt(s.now()).SetData(d)
	if organization != "" {
		c.SetOrganizationID(organization)
	}
	n, err := c.Save(ctx)
	if err != nil {
		return err
	}
	if err := s.plan(ctx, n, to); err != nil {
		return err
	}
	happened := events.Event{Kind: events.Notified, Subject: n.ID, Staff: true}
	happened.Owner.User = to.user.ID
	return events.Append(ctx, tx, happened)
}

// inform writes the notifications that are not there yet.
func (s *Service) inform(ctx context.Context, tx *ent.Client, o *ent.Order, n News, people []recipient, quietly bool) error {
	ids := make([]gid.ID, len(people))
	for i, r := range people {
		ids[i] = r.user.ID
	}
	there, err := tx.Notification.Query().Where(notification.UserIDIn(ids...), notification.DedupKey(n.Key)).All(ctx)
	if err != nil {
		return err
	}
	told := map[gid.ID]bool{}
	for _, x := range there {
		told[x.UserID] = true
	}
	var happened []events.Event
	for _, r := range people {
		if told[r.user.ID] {
			continue
		}
		data := n.Data
		data.Zone = s.settingsOf(r.user).TimeZone
		if !r.names {
			data.Author = ""
		}
		x, err := tx.Notification.Create().SetUserID(r.user.ID).SetOrganizationID(o.OrganizationID).SetOrderID(o.ID).
			SetKind(n.Kind).SetData(data).SetDedupKey(n.Key).SetCreatedAt(s.now()).Save(ctx)
		if err != nil {
			return err
		}
		happened = append(happened, events.Event{Kind: events.Notified, Subject: x.ID, Staff: true})
		happened[len(happened)-1].Owner.User = r.user.ID
		if !quietly {
			if err := s.plan(ctx, x, r); err != nil {
				return err
			}
		}
	}
	if len(happened) == 0 {
		return nil
	}
	return events.Append(ctx, tx, happened...)
}

// ignore is for what has gone in the meantime: nothing is left to tell.
func ignore(err error) error {
	if ent.IsNotFound(err) {
		return nil
	}
	return err
}
