package demo_test

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/auditentry"
	"foyer/ent/enrollment"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/role"
	"foyer/ent/submission"
	"foyer/ent/trackingevent"
	"foyer/ent/user"
	"foyer/portal/accounts"
	"foyer/portal/demo"
	spectra500 "foyer/portal/demo/spectra"
	"foyer/portal/events"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

const hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA"

func options(st *store.Store, now time.Time) demo.Options {
	return demo.Options{Now: now, PasswordHash: hash, NextNumber: orders.New(st, orders.DefaultCarriers()).NextNumber}
}

// seeded fills a database as the program does at its first start.
func seeded(t testing.TB, st *store.Store, now time.Time) *demo.Company {
	t.Helper()
	require.NoError(t, accounts.New(st, accounts.Options{}).EnsureRoles(t.Context()))
	made, err := demo.Seed(t.Context(), st, options(st, now))
	require.NoError(t, err)
	return made
}

// seededByOneOfTwo starts two programs over the same database at once: one makes
// the company, the other finds it made.
func seededByOneOfTwo(t *testing.T, st *store.Store, now time.Time) *demo.Company {
	t.Helper()
	require.NoError(t, accounts.New(st, accounts.Options{}).EnsureRoles(t.Context()))
	var made [2]*demo.Company
	var errs [2]error
	var both sync.WaitGroup
	for i := range made {
		both.Go(func() { made[i], errs[i] = demo.Seed(t.Context(), st, options(st, now)) })
	}
	both.Wait()
	if errs[0] != nil {
		slices.Reverse(made[:])
		slices.Reverse(errs[:])
	}
	require.NoError(t, errs[0])
	require.ErrorIs(t, errs[1], demo.ErrNotEmpty)
	return made[0]
}

func system(t testing.TB) context.Context {
	t.Helper()
	return auth.WithSystem(t.Context(), "test of the demo company")
}

// count counts the rows of the types that Seed writes.
func count(t testing.TB, c *ent.Client) map[string]int {
	t.Helper()
	ctx, all := system(t), map[string]int{}
	for typ, n := range map[string]interface {
		Count(ctx context.Context) (int, error)
	}{
		ent.TypeOrganization: c.Organization.Query(), ent.TypeUser: c.User.Query(), ent.TypeMembership: c.Membership.Query(),
		ent.TypeCart: c.Cart.Query(), ent.TypeCartLine: c.CartLine.Query(),
		ent.TypeOrganizationAssignment: c.OrganizationAssignment.Query(), ent.TypeCategory: c.Category.Query(),
		ent.TypeProduct: c.Product.Query(), ent.TypeProductVariant: c.ProductVariant.Query(), ent.TypeOrder: c.Order.Query(),
		ent.TypeOrderLine: c.OrderLine.Query(), ent.TypeShipment: c.Shipment.Query(), ent.TypeShipmentLine: c.ShipmentLine.Query(),
		ent.TypeTrackingEvent: c.TrackingEvent.Query(), ent.TypeEvent: c.Event.Query(), ent.TypeParcelReport: c.ParcelReport.Query(),
		ent.TypeNotification: c.Notification.Query(), ent.TypeApproval: c.Approval.Query(), ent.TypeSpendingLimit: c.SpendingLimit.Query(),
		ent.TypeGuide: c.Guide.Query(), ent.TypeSegment: c.Segment.Query(), ent.TypeRuleTable: c.RuleTable.Query(), ent.TypePriceList: c.PriceList.Query(),
		ent.TypeProductType:        c.ProductType.Query(),
		ent.TypeStockLocation:      c.StockLocation.Query(),
		ent.TypeConfigurationModel: c.ConfigurationModel.Query(), ent.TypeModelVersion: c.ModelVersion.Query(), ent.TypeConfiguration: c.Configuration.Query(),
		ent.TypeCourse: c.Course.Query(), ent.TypeCourseVersion: c.CourseVersion.Query(), ent.TypeEnrollment: c.Enrollment.Query(), ent.TypeAttempt: c.Attempt.Query(),
		ent.TypeSubmission: c.Submission.Query(), ent.TypeCertificate: c.Certificate.Query(), ent.TypeTrainingRequirement: c.TrainingRequirement.Query(),
	} {
		rows, err := n.Count(ctx)
		require.NoError(t, err)
		all[typ] = rows
	}
	return all
}

func TestSeed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		now := time.Now()
		made := seedsOnlyAnEmptyDatabase(t, st, now)
		t.Run("accounts", func(t *testing.T) { hasAccounts(t, st, made) })
		t.Run("people and catalog", func(t *testing.T) { hasAllKinds(t, st) })
		t.Run("inboxes", func(t *testing.T) { hasInboxes(t, st, made, now) })
		t.Run("what is configured", func(t *testing.T) { hasFrancs(t, st) })
		t.Run("orders", func(t *testing.T) { hasConsistentOrders(t, st, now) })
	})
}

func seedsOnlyAnEmptyDatabase(t *testing.T, st *store.Store, now time.Time) *demo.Company {
	t.Helper()
	empty, err := demo.Empty(t.Context(), st)
	require.NoError(t, err)
	require.True(t, empty)
	none, err := demo.Accounts(t.Context(), st)
	require.NoError(t, err)
	require.Empty(t, none)

	_, err = demo.Seed(t.Context(), st, options(st, now))
	require.ErrorContains(t, err, "ORG_ADMIN", "there are no roles yet")
	require.Zero(t, count(t, st.Client())[ent.TypeOrganization], "all of it or nothing")

	made := seededByOneOfTwo(t, st, now)
	require.Equal(t, "Aurelia", made.Name)
	require.Equal(t, count(t, st.Client()), made.Counts)
	require.Equal(t, 300, made.Counts[ent.TypeOrder])
	empty, err = demo.Empty(t.Context(), st)
	require.NoError(t, err)
	require.False(t, empty)

	_, err = demo.Seed(t.Context(), st, options(st, now))
	require.ErrorIs(t, err, demo.ErrNotEmpty)
	require.Equal(t, made.Counts, count(t, st.Client()), "a refused seed changes nothing")

	run, err := st.Client().AuditEntry.Query().Where(auditentry.Not(auditentry.Entity(ent.TypeRole))).Only(system(t))
	require.NoError(t, err, "one entry for all of it")
	require.Equal(t, "Demo", run.Entity)
	require.Equal(t, auditentry.OperationIMPORT, run.Operation)
	require.Equal(t, "seed of the demo company", run.Reason)
	require.Contains(t, run.Changes, schema.Change{Field: ent.TypeOrder, Value: strconv.Itoa(300)})
	return made
}

// hasFrancs: what is configured has a base price in Switzerland, and no other list
// knows it.
func hasFrancs(t *testing.T, st *store.Store) {
	t.Helper()
	rows, err := st.RawRead(system(t)).QueryContext(system(t), `SELECT l.key, p.unit_minor FROM list_prices p JOIN price_lists l ON l.id = p.price_list_id
		JOIN product_variants v ON v.id = p.variant_id WHERE v.sku = $1`, spectra500.Sku)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	found := map[string]int64{}
	for rows.Next() {
		var key string
		var minor int64
		require.NoError(t, rows.Scan(&key, &minor))
		found[key] = minor
	}
	require.NoError(t, rows.Err())
	require.Equal(t, map[string]int64{"switzerland": 17_848_00}, found)
}

// hasAccounts: there is a sign-in for each role, and whoever uses it finds
// something there.
func hasAccounts(t *testing.T, st *store.Store, made *demo.Company) {
	t.Helper()
	service := accounts.New(st, accounts.Options{})
	var want, got []string
	for _, r := range schema.Roles {
		if r.Kind != schema.RoleOther {
			want = append(want, r.Key)
		}
	}
	organizations := map[string]bool{}
	for _, a := range made.Accounts {
		got = append(got, a.Role)
		organizations[a.Organization] = true
		m, err := st.Client().Membership.Query().
			Where(membership.HasUserWith(user.Email(a.Email), user.StatusEQ(user.StatusACTIVE)), membership.HasRoleWith(role.Key(a.Role)), membership.StatusEQ(membership.StatusACTIVE)).
			WithUser().WithOrganization().Order(membership.ByID()).First(system(t))
		require.NoError(t, err, a.Email)
		require.Equal(t, a.Name, m.Edges.User.Name)
		require.Equal(t, hash, m.Edges.User.PasswordHash)
		if m.Edges.Organization != nil {
			require.Equal(t, a.Organization, m.Edges.Organization.Name)
		} else {
			require.Equal(t, made.Name, a.Organization)
		}
		v, err := service.ViewerOf(t.Context(), m.UserID, m.ID)
		require.NoError(t, err, a.Email)
		n, err := st.Client().Order.Query().Count(auth.WithViewer(t.Context(), v))
		require.NoError(t, err)
		if v.Grants().Read(ent.TypeOrder) != auth.ScopeNone {
			require.Greater(t, n, 3, "%s sees orders", a.Role)
		} else {
			require.Zero(t, n, a.Role)
		}
	}
	require.Equal(t, want, got)
	again, err := demo.Accounts(t.Context(), st)
	require.NoError(t, err)
	require.Equal(t, made.Accounts, again, "the same at a later start")
	require.GreaterOrEqual(t, len(organizations), 3)

}

// hasInboxes: customers and those who look after them find something new and
// something read, each only of orders that they may read, and all in words.
func hasInboxes(t *testing.T, st *store.Store, made *demo.Company, now time.Time) {
	t.Helper()
	service := accounts.New(st, accounts.Options{})
	for _, a := range made.Accounts {
		u, err := st.Client().User.Query().Where(user.Email(a.Email)).Only(system(t))
		require.NoError(t, err)
		v, err := service.ViewerOf(t.Context(), u.ID, "")
		require.NoError(t, err)
		me := auth.WithViewer(t.Context(), v)
		list, err := st.Client().Notification.Query().All(me)
		require.NoError(t, err)
		unread := 0
		for _, n := range list {
			require.False(t, n.CreatedAt.After(now))
			if n.ReadAt == nil {
				unread++
			} else {
				require.False(t, n.ReadAt.After(now))
			}
			title, text := notifications.WordsOf(n, u.Language)
			require.Contains(t, title, n.Data.Number)
			require.NotEmpty(t, text)
		}
		if v.Kind == auth.KindMember || a.Role == "STAFF_SALES" {
			require.Positive(t, unread, a.Role)
			require.Less(t, unread, len(list), a.Role)
		}
	}
	// Whoever was told of an order, a course or work may read it.
	all, err := st.Client().Notification.Query().All(system(t))
	require.NoError(t, err)
	for _, n := range all {
		seats, err := st.Client().Membership.Query().Where(membership.UserID(n.UserID)).All(system(t))
		require.NoError(t, err)
		sees := false
		for _, m := range seats {
			v, err := service.ViewerOf(t.Context(), n.UserID, m.ID)
			require.NoError(t, err)
			there, err := seen(auth.WithViewer(t.Context(), v), st.Client(), n)
			require.NoError(t, err)
			sees = sees || there
		}
		require.True(t, sees, "%s %s", n.Kind, n.Data.Number)
	}
}

func seen(ctx context.Context, c *ent.Client, n *ent.Notification) (bool, error) {
	switch {
	case n.Data.SubmissionID != "":
		return c.Submission.Query().Where(submission.ID(gid.ID(n.Data.SubmissionID))).Exist(ctx)
	case n.Data.EnrollmentID != "":
		return c.Enrollment.Query().Where(enrollment.ID(gid.ID(n.Data.EnrollmentID))).Exist(ctx)
	default:
		return c.Order.Query().Where(order.ID(n.OrderID)).Exist(ctx)
	}
}

// hasAllKinds: what a visitor may want to try is there.
func hasAllKinds(t *testing.T, st *store.Store) {
	t.Helper()
	c, ctx := st.Client(), system(t)
	assigned, err := c.OrganizationAssignment.Query().Count(ctx)
	require.NoError(t, err)
	require.Positive(t, assigned)
	disabled, err := c.User.Query().Where(user.StatusEQ(user.StatusDISABLED)).Only(ctx)
	require.NoError(t, err)
	require.NotEmpty(t, disabled.Name)
	invited, err := c.Membership.Query().Where(membership.StatusEQ(membership.StatusINVITED)).WithUser().All(ctx)
	require.NoError(t, err)
	require.Len(t, invited, 2)
	for _, m := range invited {
		require.Empty(t, m.Edges.User.PasswordHash)
		e, err := c.Event.Query().Where(event.SubjectID(m.ID)).Only(ctx)
		require.NoError(t, err)
		require.Equal(t, []any{event.AudienceSTAFF, "INVITED"}, []any{e.Audience, e.Data.To})
	}
	noted, err := c.Event.Query().Where(event.Kind(string(events.OrganizationNote))).All(ctx)
	require.NoError(t, err)
	require.Greater(t, len(noted), 5)
	for _, e := range noted {
		require.Equal(t, event.AudienceSTAFF, e.Audience)
		require.Equal(t, e.OrganizationID, e.SubjectID)
	}
	both, err := c.Membership.Query().Where(membership.HasUserWith(user.Email("katrin.voss@nordholm.example"))).Count(ctx)
	require.NoError(t, err)
	require.Equal(t, 2, both)
	for what, n := range map[string]*ent.OrganizationQuery{
		"two levels below": c.Organization.Query().Where(organization.HasParentWith(organization.HasParent())),
		"persons":          c.Organization.Query().Where(organization.KindEQ(organization.KindPERSON)),
		"suspended":        c.Organization.Query().Where(organization.StatusEQ(organization.StatusSUSPENDED)),
	} {
		found, err := n.Count(ctx)
		require.NoError(t, err)
		require.Positive(t, found, what)
	}
	for _, s := range []product.Status{product.StatusDRAFT, product.StatusACTIVE, product.StatusRETIRED} {
		found, err := c.Product.Query().Where(product.StatusEQ(s)).Count(ctx)
		require.NoError(t, err)
		require.GreaterOrEqual(t, found, 2, s)
	}
}

// hasConsistentOrders reads everything back as the portal does, and asks portal/orders
// whether each shipment and each order is in the state that its history makes.
func hasConsistentOrders(t *testing.T, st *store.Store, now time.Time) {
	t.Helper()
	ctx := system(t)
	list, err := st.Client().Order.Query().
		WithLines(func(q *ent.OrderLineQuery) { q.Order(orderline.ByPosition()) }).
		WithShipments(func(q *ent.ShipmentQuery) { q.WithLines().WithTrackingEvents() }).
		Order(order.ByID()).All(ctx)
	require.NoError(t, err)
	states, numbers := map[string]int{}, map[string]bool{}
	for i, o := range list {
		states[string(o.Status)]++
		states[string(o.FulfillmentStatus)]++
		states["return "+string(o.ReturnStatus)]++
		states["payment "+string(o.PaymentStatus)]++
		require.False(t, numbers[o.Number], o.Number)
		numbers[o.Number] = true
		require.NotNil(t, o.ShipTo)
		require.NotEmpty(t, o.ShipTo.City)
		require.NotEmpty(t, o.BillTo.Country)
		if i > 0 { // ids sort by age, as those of orders made one after the other do
			require.False(t, o.CreatedAt.Truncate(time.Millisecond).Before(list[i-1].CreatedAt.Truncate(time.Millisecond)))
		}
		check(t, o)
		for _, s := range o.Edges.Shipments {
			states["shipment "+string(s.Status)]++
		}
	}
	for _, s := range []string{
		"DRAFT", "AWAITING_APPROVAL", "PLACED", "CONFIRMING", "CONFIRMED", "CANCELLED", "COMPLETED",
		"UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED",
		"return NONE", "return REQUESTED", "return PARTIALLY_RETURNED", "return RETURNED",
		"payment UNPAID", "payment PARTIALLY_PAID", "payment PAID", "payment REFUNDED",
	} {
		require.Positive(t, states[s], s)
	}
	for _, s := range schema.ShipmentStates {
		require.Positive(t, states["shipment "+s], s)
	}
	service := orders.New(st, orders.DefaultCarriers())
	late, err := st.Client().Order.Query().Where(service.Late(ctx)).Count(ctx)
	require.NoError(t, err)
	require.Greater(t, late, 3)
	causes, err := st.Client().Order.Query().Where(order.DelayCauseNotNil()).All(ctx)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(causes), late, "who is late is delayed")
	ofLines, err := st.Client().OrderLine.Query().Where(orderline.PromisedDateNotNil()).Count(ctx)
	require.NoError(t, err)
	require.Greater(t, ofLines, 2)
	before, err := st.Client().Event.Query().Count(ctx)
	require.NoError(t, err)
	require.NoError(t, service.FindDelays(ctx))
	after, err := st.Client().Event.Query().Count(ctx)
	require.NoError(t, err)
	require.Equal(t, before, after, "the portal finds no delay that is not there already")

	logged, err := st.Client().Event.Query().Order(event.ByID()).All(ctx)
	require.NoError(t, err)
	for i, e := range logged {
		require.False(t, e.At.After(now))
		if i > 0 {
			require.False(t, e.At.Before(logged[i-1].At), "the log is in order of time")
		}
	}
}

// check recomputes one order from its rows.
func check(t testing.TB, o *ent.Order) {
	t.Helper()
	owned := func(organization, user gid.ID) {
		t.Helper()
		require.Equal(t, []gid.ID{o.OrganizationID, o.UserID}, []gid.ID{organization, user}, o.Number)
	}
	var sum int64
	lines, shipped := map[gid.ID]orders.Ordered{}, map[gid.ID]int{}
	for i, l := range o.Edges.Lines {
		owned(l.OrganizationID, l.UserID)
		require.Equal(t, i+1, l.Position)
		sum += l.TotalMinor
		lines[l.ID] = orders.Ordered{Quantity: l.Quantity, Shipped: l.QuantityShipped}
	}
	require.Equal(t, sum, o.LinesMinor, o.Number)
	require.Equal(t, o.LinesMinor-o.DiscountMinor+o.ShippingMinor+o.TaxMinor, o.TotalMinor, o.Number)
	var parcels []orders.Parcel
	for _, s := range o.Edges.Shipments {
		owned(s.OrganizationID, s.UserID)
		var reports []orders.Report
		for _, e := range s.Edges.TrackingEvents {
			owned(e.OrganizationID, e.UserID)
			require.Equal(t, o.ID, e.OrderID)
			require.NoError(t, trackingevent.StatusValidator(e.Status))
			reports = append(reports, orders.Report{Status: e.Status, At: e.At})
		}
		is := orders.Derive(reports)
		require.Equal(t, is, orders.Derived{Status: s.Status, ShippedAt: s.ShippedAt, DeliveredAt: s.DeliveredAt}, o.Number)
		p := orders.Parcel{Status: s.Status, DeliveredAt: s.DeliveredAt, Units: map[gid.ID]int{}}
		for _, l := range s.Edges.Lines {
			owned(l.OrganizationID, l.UserID)
			require.Equal(t, o.ID, l.OrderID)
			p.Units[l.OrderLineID] += l.Quantity
			shipped[l.OrderLineID] += l.Quantity
		}
		parcels = append(parcels, p)
	}
	for id, l := range lines {
		require.Equal(t, l.Shipped, shipped[id], o.Number)
	}
	axis, last := orders.Fulfillment(lines, parcels)
	require.Equal(t, axis, o.FulfillmentStatus, o.Number)
	require.Equal(t, last, o.DeliveredAt, o.Number)
	require.Equal(t, axis == order.FulfillmentStatusDELIVERED, o.Status == order.StatusCOMPLETED, o.Number)
}

// BenchmarkFirstStart measures what the first start does before it is ready:
// making the schema, and then the demo company.
func BenchmarkFirstStart(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			var migrating, seeding time.Duration
			rows := 0
			for b.Loop() {
				b.StopTimer()
				url := dbtest.URLs[kind](b)
				b.StartTimer()
				begin := time.Now()
				st := dbtest.Open(b, url)
				migrated := time.Now()
				made := seeded(b, st, begin)
				migrating += migrated.Sub(begin)
				seeding += time.Since(migrated)
				rows = 0
				for _, n := range made.Counts {
					rows += n
				}
			}
			b.ReportMetric(float64(migrating.Milliseconds())/float64(b.N), "ms-migrate/op")
			b.ReportMetric(float64(seeding.Milliseconds())/float64(b.N), "ms-seed/op")
			b.ReportMetric(float64(rows), "rows")
		})
	}
}
