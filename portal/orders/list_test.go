package orders

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

func TestAfter(t *testing.T) {
	for in, want := range map[string]string{
		"a": "b", "AZ": "A[", "ä": "å", "\uD7FF": "\uE000", "a\U0010FFFF": "b", "x%": "x&",
	} {
		got, bounded := after(in)
		require.True(t, bounded, in)
		require.Equal(t, want, got)
		for _, longer := range []string{in, in + "\x00", in + "zzz", in + "\U0010FFFF\U0010FFFF"} {
			require.Less(t, longer, got, "%q begins with %q", longer, in)
		}
	}
	_, bounded := after("\U0010FFFF")
	require.False(t, bounded)
}

// numbers are the numbers of the orders that a filter finds, sorted.
func (w *world) numbers(t *testing.T, ctx context.Context, f Filter) []string {
	t.Helper()
	where, err := w.Where(ctx, f)
	require.NoError(t, err)
	rows, err := w.store.Client().Order.Query().Where(where...).All(ctx)
	require.NoError(t, err)
	list := []string{}
	for _, o := range rows {
		list = append(list, o.Number)
	}
	slices.Sort(list)
	return list
}

func named(number string) func(*ent.OrderCreate) {
	return func(c *ent.OrderCreate) { c.SetNumber(number) }
}

func TestSearch(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, number := range []string{"FO-AB12", "FO-AB99", "fo-low", "100%", "100_", "1000", `back\slash`, "Ä-1", "Ö-2", "\U0010FFFFx"} {
			w.order(t, named(number))
		}
		w.order(t, func(c *ent.OrderCreate) { c.SetNumber("P").SetPurchaseOrderNumber("PO-77") })
		s := w.order(t, named("S"), 1)
		sku := w.order(t, named("SKU"), 1, 1) // its number is the beginning of the other's sku
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.Shipment.Create().SetOrderID(s.ID).SetOrganizationID(s.OrganizationID).SetUserID(s.UserID).
				SetCarrier("DHL").SetTrackingNumber("JJD0003").Exec(ctx)
		})
		_ = sku
		foreign := w.order(t, func(c *ent.OrderCreate) {
			c.SetNumber("FO-AB77").SetOrganizationID(w.globex).SetUserID(w.carl).SetPurchaseOrderNumber("PO-78")
		}, 1)
		for text, want := range map[string][]string{
			"FO-AB": {"FO-AB12", "FO-AB99"}, "fo-ab": {"FO-AB12", "FO-AB99"}, "fo-": {"FO-AB12", "FO-AB99", "fo-low"}, "FO-LOW": {},
			" FO-AB12 ": {"FO-AB12"}, "O-AB12": {},
			"100%": {"100%"}, "100_": {"100_"}, "100": {"100%", "1000", "100_"}, "%": {}, "_": {}, "1%0": {},
			`back\`: {`back\slash`}, `\`: {}, "Ä": {"Ä-1"}, "ä": {"Ä-1"}, "\U0010FFFF": {"\U0010FFFFx"},
			"po-7": {"P"}, "jjd0": {"S"}, "JJD0003": {"S"}, "sku-": {"S", "SKU"}, "SKU": {"S", "SKU"}, "SKU-2": {"SKU"},
			"'; DROP TABLE orders; --": {}, `"`: {},
		} {
			require.Equal(t, want, w.numbers(t, w.member(), Filter{Search: &text}), "%q", text)
		}
		all := w.numbers(t, w.member(), Filter{})
		require.Len(t, all, 13)
		for _, text := range []string{"", "  \n"} {
			require.Equal(t, all, w.numbers(t, w.member(), Filter{Search: &text}))
		}
		require.NotContains(t, all, foreign.Number)
		require.Contains(t, w.numbers(t, w.agent(), Filter{Search: new("FO-AB")}), foreign.Number)

		_, err := w.Where(w.member(), Filter{Search: new(strings.Repeat("ä", 121))})
		require.ErrorIs(t, err, problem.Input("", ""))
		require.Empty(t, w.numbers(t, w.member(), Filter{Search: new(strings.Repeat("ä", 120))}))
	})
}

func TestFilters(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		a := w.order(t, func(c *ent.OrderCreate) {
			c.SetNumber("A").SetPurchaseOrderNumber("PO-1").SetPlacedAt(hour(-48)).SetPromisedDate(day)
		}, 1)
		w.order(t, func(c *ent.OrderCreate) {
			c.SetNumber("B").SetStatus(order.StatusCANCELLED).SetPlacedAt(hour(-24)).SetReturnStatus(order.ReturnStatusREQUESTED)
		})
		w.order(t, func(c *ent.OrderCreate) {
			c.SetNumber("C").SetOrganizationID(w.globex).SetUserID(w.carl).SetPlacedAt(hour(0)).
				SetPaymentStatus(order.PaymentStatusPAID).SetPromisedDate(day.AddDate(0, 0, 1))
		}, 1, 1)
		_, err := w.CreateShipment(w.agent(), NewShipment{OrderID: a.ID, Version: 1, Carrier: "UPS", TrackingNumber: new("1Z999")})
		require.NoError(t, err)
		for name, c := range map[string]struct {
			f    Filter
			want string
		}{
			"none":              {Filter{}, "A B C"},
			"number":            {Filter{Number: new("a")}, "A"},
			"an unknown number": {Filter{Number: new("A%")}, ""},
			"purchase order":    {Filter{PurchaseOrderNumber: new("PO-1")}, "A"},
			"part of it":        {Filter{PurchaseOrderNumber: new("PO-")}, ""},
			"tracking":          {Filter{TrackingNumber: new("1z999")}, "A"},
			"part of tracking":  {Filter{TrackingNumber: new("1z99")}, ""},
			"sku":               {Filter{Sku: new("sku-1")}, "A C"},
			"another sku":       {Filter{Sku: new("SKU-2")}, "C"},
			"status":            {Filter{Status: []order.Status{"CANCELLED", "DRAFT"}}, "B"},
			"no status":         {Filter{Status: []order.Status{}}, "A B C"},
			"fulfillment":       {Filter{FulfillmentStatus: []order.FulfillmentStatus{"SHIPPED"}}, "A"},
			"return":            {Filter{ReturnStatus: []order.ReturnStatus{"REQUESTED"}}, "B"},
			"shipment":          {Filter{ShipmentStatus: []shipment.Status{"EXCEPTION", "PENDING"}}, "A"},
			"another shipment":  {Filter{ShipmentStatus: []shipment.Status{"DELIVERED"}}, ""},
			"payment":           {Filter{PaymentStatus: []order.PaymentStatus{"PAID"}}, "C"},
			"organization":      {Filter{OrganizationID: &w.acme}, "A B"},
			"an unknown one":    {Filter{OrganizationID: new(gid.New(gid.Organization))}, ""},
			"placed from":       {Filter{PlacedFrom: new(hour(-24))}, "B C"},
			"placed before":     {Filter{PlacedBefore: new(hour(-24))}, "A"},
			"between":           {Filter{PlacedFrom: new(hour(-24).In(time.FixedZone("", 7200))), PlacedBefore: new(hour(0))}, "B"},
			"promised from":     {Filter{PromisedFrom: new(day.AddDate(0, 0, 1))}, "C"},
			"promised to":       {Filter{PromisedTo: &day}, "A"},
			"on one day":        {Filter{PromisedFrom: &day, PromisedTo: &day}, "A"},
			"all must hold":     {Filter{Sku: new("SKU-1"), PromisedFrom: &day, OrganizationID: &w.globex}, "C"},
			"not all do":        {Filter{Sku: new("SKU-2"), OrganizationID: &w.acme}, ""},
			"search and state":  {Filter{Search: new("sku"), FulfillmentStatus: []order.FulfillmentStatus{"UNFULFILLED"}}, "C"},
		} {
			require.Equal(t, c.want, strings.Join(w.numbers(t, w.agent(), c.f), " "), name)
			for _, number := range w.numbers(t, w.member(), c.f) {
				require.NotEqual(t, "C", number, "%s: no filter finds another customer's order", name)
			}
		}
		for _, f := range []Filter{
			{Number: new(strings.Repeat("x", 121))}, {PurchaseOrderNumber: new(strings.Repeat("x", 121))},
			{TrackingNumber: new(strings.Repeat("x", 121))}, {Sku: new(strings.Repeat("x", 121))},
		} {
			_, err := w.Where(w.agent(), f)
			require.ErrorIs(t, err, problem.Input("", ""))
		}
	})
}

// A condition on lines or shipments answers guesses about them, so it holds
// for nobody who cannot read them.
func TestFiltersAnswerNoGuesses(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, named("A"), 1)
		_, err := w.CreateShipment(w.agent(), NewShipment{OrderID: o.ID, Version: 1, Carrier: "UPS", TrackingNumber: new("1Z999")})
		require.NoError(t, err)
		v := auth.Viewer{Kind: auth.KindMember, UserID: string(w.ann), OrganizationID: string(w.acme)}
		for _, lines := range []auth.Scope{auth.ScopeNone, auth.ScopeOwn} { // narrower than that of orders
			narrow := auth.WithViewer(t.Context(), v.WithGrants(auth.NewGrants("NARROW", map[string]auth.Scope{
				"Order": auth.ScopeOrganization, "OrderLine": lines, "Shipment": lines,
			}, nil, nil)))
			require.Equal(t, []string{"A"}, w.numbers(t, narrow, Filter{Search: new("A")}))
			for _, guess := range []Filter{
				{Search: new("1Z9")}, {Search: new("1Z8")}, {Search: new("SKU-1")}, {TrackingNumber: new("1Z999")}, {Sku: new("SKU-1")},
			} {
				require.Empty(t, w.numbers(t, narrow, guess))
			}
		}
	})
}
