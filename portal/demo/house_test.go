package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/ent/user"
	"foyer/portal/catalog"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/schema"
	"foyer/schema/gid"
)

// built makes the demo company without a database.
func built(t testing.TB, now time.Time) (*house, []*deal) {
	t.Helper()
	roles := map[string]gid.ID{}
	for _, r := range schema.Roles {
		roles[r.Key] = gid.New(gid.Role)
	}
	h, err := newHouse(now, "hash", roles)
	require.NoError(t, err)
	n := 0
	list, err := h.deals(context.Background(), func(context.Context) (string, error) {
		n++
		return fmt.Sprintf("FO-%08d", n), nil
	})
	require.NoError(t, err)
	return h, list
}

// moments are times at which somebody might try the demo: day and night through
// a week, around a change of year and in a leap year.
func moments() []time.Time {
	var list []time.Time
	for h := 0; h < 7*24; h += 5 {
		list = append(list, time.Date(2026, 11, 16, h, (7*h)%60, 13, 0, time.UTC))
	}
	return append(list,
		time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC),
		time.Date(2027, 3, 1, 0, 0, 1, 0, time.UTC), time.Date(2026, 12, 31, 23, 59, 59, 0, time.UTC))
}

// TestAlive: whenever the demo is started, every order has come as far as its
// plan says, nothing has happened that lies in the future, and what the rows say
// is what the rules of the orders make of them.
func TestAlive(t *testing.T) {
	for _, now := range moments() {
		_, list := built(t, now)
		ok := assert.Len(t, list, total)
		states := map[string]int{}
		for _, d := range list {
			states["order "+string(d.order.Status)]++
			states["fulfillment "+string(d.order.FulfillmentStatus)]++
			states["return "+string(d.order.ReturnStatus)]++
			states["payment "+string(d.order.PaymentStatus)]++
			for _, p := range d.parcels {
				states["shipment "+string(p.row.Status)]++
			}
			problem := cmp.Or(d.checkFate(), d.checkTimes(), d.checkDerived(), d.checkEvents(), d.checkMoney())
			ok = assert.Empty(t, problem, "%s: order of %s for %s, placed %s", now, d.buyer.name, d.customer.name, d.order.PlacedAt) && ok
		}
		for _, s := range everyState() {
			ok = assert.Positive(t, states[s], "%s: %s", now, s) && ok
		}
		if !ok {
			t.FailNow()
		}
	}
}

// everyState lists the values of each axis, from the columns' own definitions.
func everyState() []string {
	var list []string
	add := func(axis string, valid func(string) error, values string) {
		for _, v := range strings.Fields(values) {
			if valid(v) != nil {
				panic(v)
			}
			list = append(list, axis+" "+v)
		}
	}
	add("order", func(v string) error { return order.StatusValidator(order.Status(v)) },
		"DRAFT AWAITING_APPROVAL PLACED CONFIRMING CONFIRMED CANCELLED COMPLETED")
	add("fulfillment", func(v string) error { return order.FulfillmentStatusValidator(order.FulfillmentStatus(v)) },
		"UNFULFILLED PARTIALLY_SHIPPED SHIPPED PARTIALLY_DELIVERED DELIVERED")
	add("return", func(v string) error { return order.ReturnStatusValidator(order.ReturnStatus(v)) },
		"NONE REQUESTED PARTIALLY_RETURNED RETURNED")
	add("payment", func(v string) error { return order.PaymentStatusValidator(order.PaymentStatus(v)) },
		"UNPAID PARTIALLY_PAID PAID REFUNDED")
	add("shipment", func(v string) error { return shipment.StatusValidator(shipment.Status(v)) }, strings.Join(schema.ShipmentStates, " "))
	return list
}

// checkFate says what is wrong with how far the order has come.
func (d *deal) checkFate() string {
	o, f := d.order, d.plan.fate
	is := func(status order.Status, fulfillment ...order.FulfillmentStatus) string {
		if o.Status != status || !slices.Contains(fulfillment, o.FulfillmentStatus) {
			return fmt.Sprintf("fate %d: %s %s", f, o.Status, o.FulfillmentStatus)
		}
		return ""
	}
	parcel := func(status shipment.Status) string {
		if !slices.ContainsFunc(d.parcels, func(p *parcel) bool { return p.row.Status == status }) {
			return fmt.Sprintf("fate %d: no shipment is %s", f, status)
		}
		return ""
	}
	late := o.PromisedDate != nil && o.PromisedDate.Before(day(d.now)) && o.Status == order.StatusCONFIRMED
	none := order.FulfillmentStatusUNFULFILLED
	switch f {
	case drafted:
		return is(order.StatusDRAFT, none)
	case awaiting:
		return is(order.StatusAWAITING_APPROVAL, none)
	case today:
		if !day(o.PlacedAt).Equal(day(d.now)) {
			return "not placed today: " + o.PlacedAt.String()
		}
		return is(order.StatusPLACED, none)
	case fresh:
		return is(order.StatusPLACED, none)
	case confirming:
		return is(order.StatusCONFIRMING, none)
	case building, overdue:
		if late != (f == overdue) {
			return fmt.Sprintf("fate %d: promised for %s", f, o.PromisedDate)
		}
		return is(order.StatusCONFIRMED, none)
	case partSent:
		return is(order.StatusCONFIRMED, order.FulfillmentStatusPARTIALLY_SHIPPED, order.FulfillmentStatusSHIPPED)
	case underway:
		return is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED)
	case lateUnderway:
		if !late {
			return "not late"
		}
		return is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED)
	case pickedUp:
		return cmp.Or(is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED), parcel(shipment.StatusPICKED_UP))
	case onTheVan:
		return cmp.Or(is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED), parcel(shipment.StatusOUT_FOR_DELIVERY))
	case stuck:
		return cmp.Or(is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED), parcel(shipment.StatusEXCEPTION))
	case sentBack:
		return cmp.Or(is(order.StatusCONFIRMED, order.FulfillmentStatusSHIPPED), parcel(shipment.StatusRETURNED_TO_SENDER))
	case partArrived:
		return is(order.StatusCONFIRMED, order.FulfillmentStatusPARTIALLY_DELIVERED)
	case withdrawnBy, declinedBy, rejectedBy:
		if o.CancelReason == "" || o.CancelledAt == nil {
			return "cancelled without a reason or a time"
		}
		return is(order.StatusCANCELLED, none)
	case done, returnAsked, partReturned, allReturned:
		return is(order.StatusCOMPLETED, order.FulfillmentStatusDELIVERED)
	}
	return "unknown fate"
}

// checkTimes says which times are out of order.
func (d *deal) checkTimes() string {
	o := d.order
	last := o.CreatedAt
	for _, at := range []*time.Time{&o.PlacedAt, o.ConfirmedAt, o.CancelledAt, o.DeliveredAt, &o.UpdatedAt} {
		if at == nil {
			continue
		}
		if at.Before(last) || at.After(d.now) {
			return fmt.Sprintf("%s does not follow %s", at, last)
		}
		last = *at
	}
	for _, on := range []*time.Time{o.RequestedDate, o.PromisedDate} {
		if on != nil && (!on.Equal(day(*on)) || on.Before(day(o.PlacedAt))) {
			return "not a day after the order: " + on.String()
		}
	}
	for _, p := range d.parcels {
		if o.ConfirmedAt == nil || p.row.CreatedAt.Before(*o.ConfirmedAt) {
			return "sent before it was confirmed"
		}
		last = p.row.CreatedAt
		for _, s := range p.scans {
			if !s.At.After(last) || s.At.After(d.now) || s.ReceivedAt.Before(s.At) || s.ReceivedAt.After(d.now) {
				return fmt.Sprintf("scan %s at %s, received %s, after %s", s.Message, s.At, s.ReceivedAt, last)
			}
			last = s.At
		}
	}
	for _, e := range d.events {
		if e.At.After(d.now) || e.At.Before(o.CreatedAt) {
			return fmt.Sprintf("event %s at %s", e.Kind, e.At)
		}
	}
	return ""
}

// checkDerived says where a row differs from what portal/orders derives.
func (d *deal) checkDerived() string {
	o := d.order
	lines, shipped := map[gid.ID]orders.Ordered{}, map[gid.ID]int{}
	var parcels []orders.Parcel
	for _, p := range d.parcels {
		var reports []orders.Report
		keys := map[string]bool{}
		for _, s := range p.scans {
			reports = append(reports, orders.Report{Status: s.Status, At: s.At})
			if s.DedupKey != orders.ReportKey("", orders.Report{Status: s.Status, At: s.At}, s.Location, s.Message) || keys[s.DedupKey] {
				return "dedup key of " + s.Message
			}
			keys[s.DedupKey] = true
		}
		if got, is := (orders.Derived{Status: p.row.Status, ShippedAt: p.row.ShippedAt, DeliveredAt: p.row.DeliveredAt}), orders.Derive(reports); text(got) != text(is) {
			return fmt.Sprintf("shipment: %s is %s", text(got), text(is))
		}
		x := orders.Parcel{Status: p.row.Status, DeliveredAt: p.row.DeliveredAt, Units: map[gid.ID]int{}}
		for i, l := range p.lines {
			if l.Quantity < 1 || l.OrderLineID != p.of[i].ID || l.ShipmentID != p.row.ID || l.OrderID != o.ID {
				return "shipment line"
			}
			x.Units[l.OrderLineID] += l.Quantity
			shipped[l.OrderLineID] += l.Quantity
		}
		if len(p.lines) == 0 {
			return "empty shipment"
		}
		parcels = append(parcels, x)
	}
	for _, l := range d.lines {
		if l.QuantityShipped != shipped[l.ID] || l.QuantityShipped > l.Quantity {
			return fmt.Sprintf("%d of %d shipped, %d in shipments", l.QuantityShipped, l.Quantity, shipped[l.ID])
		}
		lines[l.ID] = orders.Ordered{Quantity: l.Quantity, Shipped: l.QuantityShipped}
	}
	axis, last := orders.Fulfillment(lines, parcels)
	if axis != o.FulfillmentStatus || text(last) != text(o.DeliveredAt) {
		return fmt.Sprintf("fulfillment: %s %s is %s %s", o.FulfillmentStatus, text(o.DeliveredAt), axis, text(last))
	}
	if (axis == order.FulfillmentStatusDELIVERED) != (o.Status == order.StatusCOMPLETED) {
		return "completed exactly when delivered"
	}
	return ""
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// checkEvents says where the log tells another story than the rows.
func (d *deal) checkEvents() string {
	o := d.order
	state, placed, reports, shipments := order.StatusDRAFT, 0, 0, 0
	approved := d.plan.fate == awaiting || d.plan.fate == rejectedBy
	own := map[string]*time.Time{}
	told := 0
	var promised *time.Time
	sorted := slices.Clone(d.events)
	slices.SortStableFunc(sorted, func(a, b *ent.Event) int { return a.At.Compare(b.At) })
	for _, e := range sorted {
		if e.SubjectID != o.ID || e.OrganizationID != o.OrganizationID || e.UserID != o.UserID {
			return "owner of event " + e.Kind
		}
		if (e.ActorKind == event.ActorKindSTAFF || e.ActorKind == event.ActorKindCUSTOMER) && (e.ActorID == "" || e.ActorName == "") {
			return "nobody did " + e.Kind
		}
		switch events.Kind(e.Kind) {
		case events.OrderPlaced:
			placed++
			if !approved { // otherwise it is placed, and waits for a colleague
				state = order.StatusPLACED
			}
		case events.OrderStatus:
			if e.Data.From != string(state) {
				return fmt.Sprintf("from %s to %s, but it was %s", e.Data.From, e.Data.To, state)
			}
			state = order.Status(e.Data.To)
		case events.ApprovalRequested, events.ApprovalDecided:
			if d.question == nil || e.Data.Subject != string(d.question.ID) {
				return "another question"
			}
		case events.OrderPromise:
			if e.Data.Subject != "" {
				if text(e.Data.OldDate) != text(promised) || e.Data.Text == "" || !e.Data.Date.After(*promised) {
					return "promise of a line " + text(e.Data)
				}
				own[e.Data.Subject] = e.Data.Date
				continue
			}
			if text(e.Data.OldDate) != text(promised) || e.Data.OldDate != nil && e.Data.Text == "" {
				return "promise of " + text(e.Data)
			}
			promised = e.Data.Date
		case events.OrderDelayed:
			told++
			if o.DelayedAt == nil || !o.DelayedAt.Equal(e.At) || e.Data.OldDate == nil {
				return "delay"
			}
		case events.OrderNote:
			if e.Data.Text == "" || (e.Audience == event.AudienceSTAFF) != slices.ContainsFunc(internal, func(r remark) bool { return r.en == e.Data.Text || r.de == e.Data.Text }) {
				return "note " + e.Data.Text
			}
		case events.ShipmentCreated:
			shipments++
			if !slices.ContainsFunc(d.parcels, func(p *parcel) bool {
				return string(p.row.ID) == e.Data.ShipmentID && p.row.Carrier == e.Data.Carrier && p.row.TrackingNumber == e.Data.Tracking && p.row.CreatedAt.Equal(e.At)
			}) {
				return "shipment of an event"
			}
		case events.TrackingReported:
			reports++
			for _, p := range d.parcels {
				if string(p.row.ID) == e.Data.ShipmentID && !slices.ContainsFunc(p.scans, func(s *ent.TrackingEvent) bool {
					return s.At.Equal(e.At) && string(s.Status) == e.Data.To && s.Location == e.Data.Location && s.Message == e.Data.Text
				}) {
					return "report of an event"
				}
			}
		default:
			return "kind " + e.Kind
		}
	}
	scans := 0
	for _, p := range d.parcels {
		scans += len(p.scans)
	}
	wasPlaced := o.Status != order.StatusDRAFT
	for _, l := range d.lines {
		if text(l.PromisedDate) != text(own[string(l.ID)]) || (l.PromisedDate == nil) != (l.PromiseReason == "") {
			return "promised date of a line"
		}
	}
	switch {
	case state != o.Status:
		return fmt.Sprintf("the events end at %s, the order is %s", state, o.Status)
	case text(promised) != text(o.PromisedDate):
		return "promised date"
	case (told == 1) != (o.DelayCause != nil) || told > 1:
		return "told of the delay"
	case (placed == 1) != wasPlaced:
		return "placed"
	case reports != scans || shipments != len(d.parcels):
		return "reports or shipments without an event"
	}
	return ""
}

// checkMoney adds the order up again.
func (d *deal) checkMoney() string {
	o := d.order
	var sum int64
	for _, l := range d.lines {
		want := (l.UnitPriceMinor*int64(l.Quantity)*int64(10_000-l.DiscountBasisPoints) + 5_000) / 10_000
		if l.TotalMinor != want {
			return fmt.Sprintf("line of %d instead of %d", l.TotalMinor, want)
		}
		sum += l.TotalMinor
	}
	rate := d.customer.tax.basisPoints()
	net := o.LinesMinor - o.DiscountMinor + o.ShippingMinor
	off := o.TaxMinor*10_000 - net*rate
	switch {
	case sum != o.LinesMinor || len(d.lines) == 0 || o.DiscountMinor < 0 || o.DiscountMinor > sum:
		return "lines"
	case o.TotalMinor != o.LinesMinor-o.DiscountMinor+o.ShippingMinor+o.TaxMinor || o.TotalMinor <= 0:
		return "total"
	case max(off, -off) > int64(len(d.lines)+2)*5_000: // half a cent of rounding a line
		return fmt.Sprintf("tax of %d on %d", o.TaxMinor, net)
	}
	return ""
}

// TestRepeatable: the same moment makes the same company, but for ids.
func TestRepeatable(t *testing.T) {
	now := time.Date(2026, 11, 22, 13, 18, 8, 0, time.UTC)
	tell := func() string {
		_, list := built(t, now)
		var b strings.Builder
		for _, d := range list {
			o := *d.order
			o.ID, o.OrganizationID, o.UserID = "", "", ""
			b.WriteString(d.customer.name + d.buyer.name + text(o))
			for _, e := range d.events {
				b.WriteString(e.Kind + e.At.String() + e.ActorName + e.Data.Text + e.Data.Tracking)
			}
		}
		return b.String()
	}
	require.Equal(t, tell(), tell())
}

// TestData checks what the columns and the people who read it ask of the data,
// since rows are written past the checks of ent's builders.
func TestData(t *testing.T) {
	h, list := built(t, time.Now())
	carriers, err := orders.NewCarriers(Carriers()...)
	require.NoError(t, err)
	known := func(code string) {
		c, ok := carriers.Lookup(code)
		require.True(t, ok, code)
		require.NotEmpty(t, c.Name)
		require.Contains(t, hubs, code)
	}
	for _, code := range forwarders {
		known(code)
	}
	for _, f := range h.list {
		require.NoError(t, organization.NameValidator(f.name))
		require.NotEmpty(t, f.people, f.name)
		require.NotEmpty(t, f.families, f.name)
		for _, code := range f.carriers {
			known(code)
		}
		require.False(t, strings.HasPrefix(f.lane.parcel[len(f.lane.parcel)-1], customsMark), f.name)
		require.False(t, strings.HasPrefix(f.lane.freight[len(f.lane.freight)-1], customsMark), f.name)
		marked := slices.ContainsFunc(slices.Concat(f.lane.parcel, f.lane.freight), func(s string) bool { return strings.HasPrefix(s, customsMark) })
		require.Equal(t, f.tax == export, marked, "%s: customs", f.name)
	}
	emails := map[string]bool{}
	for _, i := range h.everyone() {
		require.False(t, emails[i.email], i.email)
		emails[i.email] = true
		require.Equal(t, strings.ToLower(i.email), i.email)
		require.Regexp(t, `@([a-z-]+\.example|example\.com)$`, i.email)
		require.NoError(t, user.EmailValidator(i.email))
		for _, s := range i.seats {
			for _, other := range s.selected {
				require.NotEmpty(t, h.people[other].roleAt(s.customer), "%s is no colleague of %s", other, i.name)
			}
		}
	}
	skus, names := map[string]bool{}, map[string]bool{}
	for _, a := range articles() {
		require.False(t, names[a.name], a.name)
		names[a.name] = true
		require.NoError(t, product.NameValidator(a.name))
		require.NotEmpty(t, a.text, a.name)
		for _, v := range a.variants {
			require.False(t, skus[v.sku], v.sku)
			skus[v.sku] = true
			require.NoError(t, productvariant.SkuValidator(v.sku))
			require.Positive(t, v.cents, v.sku)
			row := h.skus[v.sku].row
			require.Len(t, row.Attributes, len(v.named()), v.sku)
			require.Len(t, catalog.Shown(h.typeOf(a).Attributes, row.Attributes, true, true, "en"), len(v.named()), v.sku)
			for _, d := range h.typeOf(a).Attributes {
				require.False(t, d.Internal && d.Facet, d.Name)
			}
		}
	}
	for _, d := range list {
		require.NoError(t, order.PurchaseOrderNumberValidator(d.order.PurchaseOrderNumber))
		require.NotContains(t, d.order.PurchaseOrderNumber, "%")
		for _, l := range d.lines {
			require.NoError(t, orderline.NameValidator(l.Name))
		}
		for _, p := range d.parcels {
			for _, s := range p.scans {
				require.NoError(t, trackingevent.MessageValidator(s.Message))
				require.NoError(t, trackingevent.DedupKeyValidator(s.DedupKey))
			}
		}
	}
}

func (h *house) typeOf(a article) *ent.ProductType {
	i := slices.IndexFunc(h.types, func(t *ent.ProductType) bool { return t.Key == sortOf(a.shelf) })
	return h.types[i]
}
