package orders

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/orderline"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// NewShipment is the input of CreateShipment.
type NewShipment struct {
	OrderID           gid.ID
	Version           int
	Carrier           string // code
	TrackingNumber    *string
	EstimatedDelivery *time.Time
	Lines             []Quantity // everything that is left when nil
}

// Quantity is how many of an order line are in a shipment.
type Quantity struct {
	OrderLineID gid.ID
	Quantity    int
}

// CreateShipment records that some or all of a confirmed order is sent, and
// returns the shipment's id.
func (s *Service) CreateShipment(ctx context.Context, in NewShipment) (gid.ID, error) {
	return s.change(ctx, doShip, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		carrier, ok := s.carriers.Lookup(in.Carrier)
		if !ok {
			return "", problem.Refuse(UnknownCarrier, problem.Text{
				EN: "This carrier is not known.", DE: "Dieser Versanddienstleister ist nicht bekannt.",
			}, "input", "carrier")
		}
		number, err := word(in.TrackingNumber, longestNumber, "trackingNumber")
		if err != nil {
			return "", err
		}
		if in.EstimatedDelivery != nil {
			if _, err := promised(*in.EstimatedDelivery, o.PlacedAt, s.now(), "estimatedDelivery"); err != nil {
				return "", err
			}
		}
		contents, err := contents(ctx, tx, o, in.Lines)
		if err != nil {
			return "", err
		}
		if err := ship(ctx, tx, contents); err != nil {
			return "", err
		}
		if err := s.leave(ctx, o.ID, contents); err != nil {
			return "", err
		}
		p, err := tx.Shipment.Create().
			SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
			SetCarrier(carrier.Code).SetNillableTrackingNumber(given(number)).SetNillableTrackingKey(given(TrackingKey(number))).
			SetNillableEstimatedDelivery(in.EstimatedDelivery).
			Save(ctx)
		if err != nil {
			return "", err
		}
		creates := make([]*ent.ShipmentLineCreate, len(contents))
		for i, c := range contents {
			creates[i] = tx.ShipmentLine.Create().
				SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
				SetShipmentID(p.ID).SetOrderLineID(c.line.ID).SetQuantity(c.n)
		}
		if err := tx.ShipmentLine.CreateBulk(creates...).Exec(ctx); err != nil {
			return "", err
		}
		axis, last, err := fulfillment(ctx, tx, o.ID)
		if err != nil {
			return "", err
		}
		u := update(tx, o).SetFulfillmentStatus(axis)
		if last == nil {
			u.ClearDeliveredAt()
		}
		if err := fresh(u.Exec(ctx)); err != nil {
			return "", err
		}
		if err := s.review(ctx, tx, o.ID, nil); err != nil {
			return "", err
		}
		if err := events.Append(ctx, tx, events.Event{
			Kind: events.ShipmentCreated, Subject: o.ID, Owner: owner(o),
			Data: schema.EventData{ShipmentID: string(p.ID), Carrier: carrier.Code, Tracking: number},
		}); err != nil {
			return "", err
		}
		for _, f := range s.shipped {
			if err := f(ctx, p); err != nil {
				return "", err
			}
		}
		return p.ID, nil
	})
}

// WhenShipped has f called for each shipment that CreateShipment makes, in its
// transaction: an error of f is the shipment's. It must be called before the
// service is used.
func (s *Service) WhenShipped(f func(ctx context.Context, p *ent.Shipment) error) {
	s.shipped = append(s.shipped, f)
}

// TrackingKey is a tracking number as it is compared: capitals and digits
// alone. People type the rest as they like, and so do carriers. It is empty for
// a number that has neither; the migration carrier_hooks says the same in SQL.
func TrackingKey(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, number)
}

// content is how many of a line go into a shipment, and where the input said so.
type content struct {
	line *ent.OrderLine
	n    int
	at   int // index in the input; -1 when everything that is left is sent
}

// contents reads what is to be sent, in the order of the lines' ids: all
// writers take them in that order, so that no two wait for each other.
func contents(ctx context.Context, tx *ent.Client, o *ent.Order, wanted []Quantity) ([]content, error) {
	lines, err := tx.OrderLine.Query().Where(orderline.OrderID(o.ID)).All(ctx)
	if err != nil {
		return nil, err
	}
	list := map[gid.ID]content{}
	if wanted == nil {
		for _, l := range lines {
			if n := unsent(l); n > 0 {
				list[l.ID] = content{line: l, n: n, at: -1}
			}
		}
		if len(list) == 0 {
			return nil, problem.Refuse(QuantityExceeded, problem.Text{
				EN: "Everything has been sent already.", DE: "Es ist bereits alles versandt.",
			}, "input", "lines")
		}
	} else if len(wanted) == 0 {
		return nil, invalid("Say what is in the shipment, or leave the lines out to send everything that is left.",
			"Geben Sie an, was in der Sendung ist, oder lassen Sie die Positionen weg, um alles Übrige zu versenden.", "lines")
	}
	for i, w := range wanted {
		at := slices.IndexFunc(lines, func(l *ent.OrderLine) bool { return l.ID == w.OrderLineID })
		switch {
		case at < 0: // the same answer for a line of somebody else's order as for none at all
			return nil, invalid("The order has no such line.", "Die Bestellung hat keine solche Position.", line(i, "orderLineId")...)
		case w.Quantity <= 0:
			return nil, invalid("The quantity must be at least 1.", "Die Menge muss mindestens 1 sein.", line(i, "quantity")...)
		}
		n := min(w.Quantity, math.MaxInt32)              // so that no sum of them flows over and becomes a small one
		if before, twice := list[w.OrderLineID]; twice { // the same line in two entries is one quantity
			before.n += n
			list[w.OrderLineID] = before
			continue
		}
		list[w.OrderLineID] = content{line: lines[at], n: n, at: i}
	}
	return slices.SortedFunc(maps.Values(list), func(a, b content) int { return cmp.Compare(a.line.ID, b.line.ID) }), nil
}

// leave takes what is sent off the stock.
func (s *Service) leave(ctx context.Context, id gid.ID, list []content) error {
	if s.stock == nil {
		return nil
	}
	leaving := make(map[gid.ID]int, len(list))
	for _, c := range list {
		leaving[c.line.ID] = c.n
	}
	return s.stock.Ship(ctx, id, leaving)
}

// ship counts units as shipped. The database itself compares with what is left,
// row by row, so that no unit is sent twice, whoever else writes.
func ship(ctx context.Context, tx *ent.Client, list []content) error {
	for _, c := range list {
		err := tx.OrderLine.UpdateOneID(c.line.ID).Where(enough(c.n)).AddQuantityShipped(c.n).Exec(ctx)
		if !ent.IsNotFound(err) {
			if err != nil {
				return err
			}
			continue
		}
		now, err := tx.OrderLine.Get(ctx, c.line.ID)
		if err != nil {
			return err
		}
		field := []string{"input", "lines"}
		if c.at >= 0 {
			field = append([]string{"input"}, line(c.at, "quantity")...)
		}
		return problem.Refuse(QuantityExceeded, textLeft(now.Sku, unsent(now)), field...)
	}
	return nil
}

// textLeft says how many of a line can still be sent.
func textLeft(sku string, n int) problem.Text {
	switch n {
	case 0:
		return problem.Text{EN: "Of %s nothing is left to send.", DE: "Von %s ist nichts mehr zu versenden."}.Format(sku)
	case 1:
		return problem.Text{EN: "Of %s only 1 is left to send.", DE: "Von %s ist nur noch 1 zu versenden."}.Format(sku)
	}
	return problem.Text{EN: "Of %s only %d are left to send.", DE: "Von %s sind nur noch %d zu versenden."}.Format(sku, n)
}

// enough keeps an update to lines of which n are left. It is written as a
// difference, which cannot overflow where a sum could.
func enough(n int) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(orderline.FieldQuantity)).WriteString(" - ").Ident(s.C(orderline.FieldQuantityCancelled)).
				WriteString(" - ").Ident(s.C(orderline.FieldQuantityShipped)).WriteString(" >= ").Arg(n)
		}))
	}
}
