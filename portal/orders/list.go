package orders

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/predicate"
	"foyer/ent/shipment"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Filter says which orders. What is given must all hold; an empty list is the
// same as none.
type Filter struct {
	Search              *string // beginning of a number, a purchase order number, a tracking number or a sku
	Number              *string
	PurchaseOrderNumber *string
	TrackingNumber      *string
	Sku                 *string
	Status              []order.Status
	FulfillmentStatus   []order.FulfillmentStatus
	ReturnStatus        []order.ReturnStatus
	ShipmentStatus      []shipment.Status // of any of its shipments
	PaymentStatus       []order.PaymentStatus
	OrganizationID      *gid.ID
	PlacedFrom          *time.Time // at this time or later
	PlacedBefore        *time.Time
	PromisedFrom        *time.Time // for this day or later
	PromisedTo          *time.Time // for this day or earlier
	IsLate              *bool
	IsDelayed           *bool // known to be late, or that it will be
	IsToShip            *bool // confirmed, and units of it are left to send
}

// longestSearch is how many characters of a number are looked for.
const longestSearch = 120

// Where turns a filter into conditions, to be combined by AND. It is given the
// context for the sake of the viewer: a condition on lines or shipments says
// something about them, so it holds for nobody who does not see them.
func (s *Service) Where(ctx context.Context, f Filter) ([]predicate.Order, error) {
	var all []predicate.Order
	add := func(p ...predicate.Order) { all = append(all, p...) }
	for _, x := range []struct {
		text  *string
		match func(string) predicate.Order
	}{
		{f.Search, func(text string) predicate.Order { return begins(ctx, text) }},
		{f.Number, func(text string) predicate.Order { return order.NumberIn(spellings(text)...) }},
		{f.PurchaseOrderNumber, order.PurchaseOrderNumber},
		{f.TrackingNumber, func(text string) predicate.Order {
			is := []predicate.Shipment{shipment.TrackingNumberIn(spellings(text)...)}
			if key := TrackingKey(text); key != "" { // however it is spaced
				is = append(is, shipment.TrackingKey(key))
			}
			return seen(ctx, ent.TypeShipment, order.HasShipmentsWith(shipment.Or(is...)))
		}},
		{f.Sku, func(text string) predicate.Order {
			return seen(ctx, ent.TypeOrderLine, order.HasLinesWith(orderline.SkuIn(spellings(text)...)))
		}},
	} {
		if x.text == nil {
			continue
		}
		text := strings.TrimSpace(*x.text)
		if utf8.RuneCountInString(text) > longestSearch {
			return nil, problem.Input("A text to search for has at most 120 characters.", "Ein Suchtext hat höchstens 120 Zeichen.")
		}
		if text != "" { // an emptied search box asks for everything
			add(x.match(text))
		}
	}
	if len(f.Status) > 0 {
		add(order.StatusIn(f.Status...))
	}
	if len(f.FulfillmentStatus) > 0 {
		add(order.FulfillmentStatusIn(f.FulfillmentStatus...))
	}
	if len(f.ReturnStatus) > 0 {
		add(order.ReturnStatusIn(f.ReturnStatus...))
	}
	if len(f.ShipmentStatus) > 0 {
		add(seen(ctx, ent.TypeShipment, order.HasShipmentsWith(shipment.StatusIn(f.ShipmentStatus...))))
	}
	if len(f.PaymentStatus) > 0 {
		add(order.PaymentStatusIn(f.PaymentStatus...))
	}
	if f.OrganizationID != nil {
		add(order.OrganizationID(*f.OrganizationID))
	}
	if f.PlacedFrom != nil {
		add(order.PlacedAtGTE(f.PlacedFrom.UTC()))
	}
	if f.PlacedBefore != nil {
		add(order.PlacedAtLT(f.PlacedBefore.UTC()))
	}
	if f.PromisedFrom != nil {
		add(order.PromisedDateGTE(dayOf(*f.PromisedFrom)))
	}
	if f.PromisedTo != nil {
		add(order.PromisedDateLT(dayOf(*f.PromisedTo).AddDate(0, 0, 1)))
	}
	// Nothing in these is ever unknown to SQL, so that NOT does for all others.
	for _, x := range []struct {
		wanted *bool
		rows   predicate.Order
	}{{f.IsLate, s.Late(ctx)}, {f.IsDelayed, Delayed()}, {f.IsToShip, ToShip(ctx)}} {
		switch {
		case x.wanted == nil:
		case *x.wanted:
			add(x.rows)
		default:
			add(order.Not(x.rows))
		}
	}
	return all, nil
}

// By finds one order, by its id or by its number; exactly one must be given.
// A number may be typed in small letters; should there be orders of both
// spellings, the one that was typed is the last of them by number.
func By(id *gid.ID, number *string) (predicate.Order, error) {
	switch {
	case (id == nil) == (number == nil):
		return nil, problem.Input("Give either the id or the number.", "Geben Sie entweder die Id oder die Nummer an.")
	case id != nil:
		return order.ID(*id), nil
	}
	return order.NumberIn(spellings(strings.TrimSpace(*number))...), nil
}

// begins finds orders of which a number begins with a text.
func begins(ctx context.Context, text string) predicate.Order {
	is := func(column string) func(*sql.Selector) { return prefixed(column, spellings(text)) }
	tracked := []predicate.Shipment{is(shipment.FieldTrackingNumber)}
	if key := TrackingKey(text); key != "" {
		tracked = append(tracked, prefixed(shipment.FieldTrackingKey, []string{key}))
	}
	return order.Or(
		predicate.Order(is(order.FieldNumber)),
		predicate.Order(is(order.FieldPurchaseOrderNumber)),
		seen(ctx, ent.TypeShipment, order.HasShipmentsWith(shipment.Or(tracked...))),
		seen(ctx, ent.TypeOrderLine, order.HasLinesWith(is(orderline.FieldSku))),
	)
}

// spellings are a number as it was typed, and in capitals: that is how numbers
// and skus are nearly always written, and nobody types them so.
func spellings(text string) []string {
	return slices.Compact([]string{text, strings.ToUpper(text)})
}

// seen keeps a condition on another type to viewers who see that type's rows
// of every order that they see. Such a condition goes past the access rules of
// the other type; an order's lines and shipments have its owner, so that a scope
// as wide as the one for orders is enough.
func seen(ctx context.Context, typ string, p predicate.Order) predicate.Order {
	if sees(ctx, typ) {
		return p
	}
	return func(s *sql.Selector) { s.Where(sql.False()) }
}

// sees says whether the viewer sees a type's rows of every order that they see.
func sees(ctx context.Context, typ string) bool {
	v := auth.From(ctx)
	return v.System() || v.Grants().Read(typ).Covers(v.Grants().Read(ent.TypeOrder))
}

// prefixed finds rows of which a column begins with one of some texts, exactly
// and by an index. SQLite's LIKE ignores case and so cannot use the index;
// there it is a range, in the order of bytes that its columns have. On
// PostgreSQL the order of a database may be another one, LIKE is always right,
// and it uses the index where the order is that of bytes.
func prefixed(column string, texts []string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		c := s.C(column)
		var any []*sql.Predicate
		for _, text := range texts {
			end, bounded := after(text)
			switch {
			case s.Dialect() != dialect.SQLite:
				any = append(any, sql.HasPrefix(c, text))
			case bounded:
				any = append(any, sql.And(sql.GTE(c, text), sql.LT(c, end)))
			default:
				any = append(any, sql.GTE(c, text))
			}
		}
		s.Where(sql.Or(any...))
	}
}

// after is the least text, in the order of code points, which is that of UTF-8
// bytes, that comes after every text with this beginning; bounded is false when
// there is none.
func after(prefix string) (end string, bounded bool) {
	r := []rune(prefix)
	for i := len(r) - 1; i >= 0; i-- {
		switch next := r[i] + 1; {
		case next > utf8.MaxRune:
			continue
		case next >= 0xD800 && next <= 0xDFFF: // no characters, but halves of some in UTF-16
			return string(r[:i]) + "\uE000", true
		default:
			return string(r[:i]) + string(next), true
		}
	}
	return "", false
}
