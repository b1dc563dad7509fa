package parcels_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/parcelreport"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/orders"
	"foyer/portal/parcels"
	"foyer/portal/problem"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// place is a world with a carrier that reports.
type place struct {
	*testkit.Foyer
	t   *testing.T
	sys context.Context
	dhl context.Context
	now time.Time
}

func places(t *testing.T, run func(t *testing.T, p *place)) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		run(t, &place{
			Foyer: f, t: t, sys: auth.WithSystem(t.Context(), "test"), now: time.Now().UTC().Truncate(time.Microsecond),
			dhl: auth.WithViewer(t.Context(), f.Parcels.Viewer("DHL")),
		})
	})
}

func (p *place) as(role string) context.Context {
	return auth.WithViewer(p.t.Context(), p.Viewer(role))
}

func (p *place) do(fn func(ctx context.Context, tx *ent.Client) error) {
	p.t.Helper()
	require.NoError(p.t, p.Store.Tx(p.sys, fn))
}

// receive gives reports of DHL and returns what became of them.
func (p *place) receive(reports ...parcels.Report) []parcels.Outcome {
	p.t.Helper()
	results, err := p.Parcels.Receive(p.dhl, "DHL", reports)
	require.NoError(p.t, err)
	out := make([]parcels.Outcome, len(results))
	for i, r := range results {
		out[i] = r.Outcome
		require.Equal(p.t, reports[i].Number, r.Number)
	}
	return out
}

func (p *place) report(number string, status trackingevent.Status, ago time.Duration) parcels.Report {
	return parcels.Report{Number: number, Status: status, At: p.now.Add(-ago)}
}

func (p *place) shipment(owner string) *ent.Shipment {
	p.t.Helper()
	x, err := p.Store.Client().Shipment.Get(p.sys, p.World.Shipments[owner].ID)
	require.NoError(p.t, err)
	return x
}

func (p *place) waiting(number string) []*ent.ParcelReport {
	p.t.Helper()
	list, err := p.Store.Client().ParcelReport.Query().Where(parcelreport.TrackingKey(orders.TrackingKey(number))).
		Order(parcelreport.ByAt()).All(p.sys)
	require.NoError(p.t, err)
	return list
}

func (p *place) one(number string) *ent.ParcelReport {
	p.t.Helper()
	list := p.waiting(number)
	require.Len(p.t, list, 1)
	return list[0]
}

// another makes a second shipment of an order.
func (p *place) another(owner, carrier, number string, change func(*ent.ShipmentCreate)) *ent.Shipment {
	p.t.Helper()
	o, x := p.World.Orders[owner], (*ent.Shipment)(nil)
	p.do(func(ctx context.Context, tx *ent.Client) (err error) {
		c := tx.Shipment.Create().SetOrderID(o.ID).SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetCarrier(carrier).
			SetTrackingNumber(number).SetTrackingKey(orders.TrackingKey(number))
		if change != nil {
			change(c)
		}
		x, err = c.Save(ctx)
		return err
	})
	return x
}

func (p *place) unchanged(fn func()) {
	p.t.Helper()
	before := p.Fingerprint()
	fn()
	require.Equal(p.t, before, p.Fingerprint(), "something has changed after all")
}

var (
	recorded, repeated, waits = parcels.Recorded, parcels.Repeated, parcels.Waiting
	outcomes                  = func(o ...parcels.Outcome) []parcels.Outcome { return o }
)

func TestReportsBecomeTrackingEvents(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		r := p.report("tn south", "OUT_FOR_DELIVERY", time.Hour/2)
		r.Location, r.Message, r.ExternalID = " Kiel ", "on the van\r\nnow", "k1"
		require.Equal(t, outcomes(recorded), p.receive(r))
		require.Equal(t, shipment.StatusOUT_FOR_DELIVERY, p.shipment(world.OrderOfSouth).Status)
		e, err := p.Store.Client().Event.Query().Where(event.SubjectID(p.World.Orders[world.OrderOfSouth].ID)).Order(event.ByID()).All(p.sys)
		require.NoError(t, err)
		last := e[len(e)-1]
		require.Equal(t, "INTEGRATION DHL", string(last.ActorKind)+" "+last.ActorName, "the carrier has acted, not the system")
		require.Equal(t, "Kiel", last.Data.Location)
		p.unchanged(func() {
			require.Equal(t, outcomes(repeated, repeated), p.receive(r, r))
			same := r
			same.Number, same.Location = "TN-SOUTH", "elsewhere" // the carrier's key decides
			require.Equal(t, outcomes(repeated), p.receive(same))
		})
		r.Status = "DELIVERED" // and yet what it corrects is heard
		require.Equal(t, outcomes(recorded, repeated), p.receive(r, r))
		require.Equal(t, shipment.StatusDELIVERED, p.shipment(world.OrderOfSouth).Status)
	})
}

// Whatever a carrier sends about its parcels reaches no other carrier's.
func TestNoShipmentOfAnotherCarrier(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		for _, code := range []string{"UPS", "DHL_EXPRESS", "DH_", "D%", "%", "", "dhlx"} {
			before := p.Fingerprint("ParcelReport", "AuditEntry")
			ctx := auth.WithViewer(t.Context(), p.Parcels.Viewer(code))
			results, err := p.Parcels.Receive(ctx, code, []parcels.Report{p.report("TN-SOUTH", "DELIVERED", time.Minute)})
			if code != "" {
				require.NoError(t, err)
				require.Equal(t, waits, results[0].Outcome)
			}
			require.Equal(t, before, p.Fingerprint("ParcelReport", "AuditEntry"))
		}
		p.another(world.OrderOfSub, "dhl_express", "SMALL-1", nil)
		ctx := auth.WithViewer(t.Context(), p.Parcels.Viewer("DHL_EXPRESS"))
		results, err := p.Parcels.Receive(ctx, "DHL_EXPRESS", []parcels.Report{p.report("SMALL1", "DELIVERED", time.Minute)})
		require.NoError(t, err)
		require.Equal(t, recorded, results[0].Outcome, "another system writes the code as it likes")
		results, err = p.Parcels.Receive(ctx, "DHL_EXPRESS", []parcels.Report{p.report("TN-SOUTH", "DELIVERED", time.Minute)})
		require.NoError(t, err)
		require.Equal(t, repeated, results[0].Outcome, "still in the inbox")
	})
}

func TestWhatCannotBeRightWaits(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		before := p.Fingerprint("ParcelReport", "AuditEntry")
		require.Equal(t, outcomes(waits, waits, waits), p.receive(
			p.report("NO-1", "IN_TRANSIT", time.Hour),
			p.report("TN-SOUTH", "DELIVERED", -25*time.Hour),
			p.report("TN-SOUTH", "DELIVERED", 97*time.Hour),
		))
		require.Equal(t, before, p.Fingerprint("ParcelReport", "AuditEntry"))
		require.Equal(t, parcelreport.ProblemUNKNOWN_PARCEL, p.one("NO1").Problem)
		list := p.waiting("TN-SOUTH")
		require.Equal(t, parcelreport.ProblemBEFORE_ORDER, list[0].Problem)
		require.Equal(t, parcelreport.ProblemWRONG_CLOCK, list[1].Problem)
		p.unchanged(func() {
			require.Equal(t, outcomes(repeated, repeated), p.receive(
				p.report("no 1", "IN_TRANSIT", time.Hour), p.report("TN-SOUTH", "DELIVERED", -25*time.Hour)))
		})
		// A clock that is wrong by less is believed.
		require.Equal(t, outcomes(recorded), p.receive(p.report("TN-SOUTH", "OUT_FOR_DELIVERY", -23*time.Hour)))
		require.Equal(t, outcomes(recorded), p.receive(p.report("TN-SOUTH", "PICKED_UP", 95*time.Hour)))
	})
}

// Carriers use a number again after months.
func TestNumbersThatAreUsedAgain(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		old := p.another(world.OrderOfSouth, "DHL", "TN-SUB", func(c *ent.ShipmentCreate) { c.SetStatus("DELIVERED") })
		p.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(old.OrderID).SetPlacedAt(p.now.AddDate(-1, 0, 0)).Exec(ctx)
		})
		at := func(id gid.ID) int {
			n, err := p.Store.Client().TrackingEvent.Query().Where(trackingevent.ShipmentID(id)).Count(p.sys)
			require.NoError(t, err)
			return n
		}
		now := p.World.Shipments[world.OrderOfSub].ID
		require.Equal(t, outcomes(recorded), p.receive(p.report("TN-SUB", "OUT_FOR_DELIVERY", time.Minute)))
		require.Equal(t, 2, at(now), "the one that is on its way")
		late := p.report("TN-SUB", "DELIVERED", 300*24*time.Hour)
		require.Equal(t, outcomes(recorded), p.receive(late))
		require.Equal(t, 1, at(old.ID), "the only one that was there at the time")
		p.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Shipment.UpdateOneID(now).SetStatus("DELIVERED").Exec(ctx)
		})
		p.unchanged(func() {
			require.Equal(t, outcomes(repeated), p.receive(p.report("TN-SUB", "OUT_FOR_DELIVERY", time.Minute)), "one of them has it")
		})
		require.Equal(t, outcomes(waits), p.receive(p.report("TN-SUB", "EXCEPTION", time.Second)))
		require.Equal(t, parcelreport.ProblemAMBIGUOUS_PARCEL, p.one("TN-SUB").Problem)
		// One of the two is on its way again: then it is clear.
		p.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Shipment.UpdateOneID(now).SetStatus("IN_TRANSIT").Exec(ctx)
		})
		p.match()
		x := p.one("TN-SUB")
		require.Equal(t, parcelreport.StateRECORDED, x.State)
		require.Equal(t, now, x.ShipmentID)
	})
}

// match does what a server does every minute.
func (p *place) match() {
	p.t.Helper()
	require.NoError(p.t, p.Jobs.Insert(p.t.Context(), parcels.Match{}))
	p.Work()
	failed := 0
	require.NoError(p.t, p.Store.Raw(p.t.Context()).QueryRowContext(p.t.Context(),
		`SELECT count(*) FROM river_job WHERE state NOT IN ('completed', 'available', 'scheduled')`).Scan(&failed))
	require.Zero(p.t, failed)
}

func TestReportsWaitForTheirParcel(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		early := []parcels.Report{
			p.report("new 7", "IN_TRANSIT", 2*time.Hour), p.report("NEW-7", "OUT_FOR_DELIVERY", time.Hour), p.report("NEW7", "PICKED_UP", 3*time.Hour),
		}
		early[1].EstimatedDelivery = new(p.now.Add(30 * time.Hour))
		early[0].EstimatedDelivery = new(p.now.Add(50 * time.Hour))
		require.Equal(t, outcomes(waits, waits, waits), p.receive(early...))
		o := p.World.Orders[world.OrderOfSouth]
		id, err := p.Orders.CreateShipment(p.as("STAFF_FULFILLMENT"), orders.NewShipment{
			OrderID: o.ID, Version: o.Version, Carrier: "DHL", TrackingNumber: new(" NEW 7 "),
		})
		require.NoError(t, err)
		_, err = p.Orders.CreateShipment(p.as("STAFF_FULFILLMENT"), orders.NewShipment{
			OrderID: p.World.Orders[world.OrderOfSub].ID, Version: 1, Carrier: "UPS", TrackingNumber: new("NEW7"),
		})
		require.NoError(t, err)
		p.Work()
		x, err := p.Store.Client().Shipment.Get(p.sys, id)
		require.NoError(t, err)
		require.Equal(t, "NEW 7", x.TrackingNumber, "as it was typed, without blanks around it")
		require.Equal(t, shipment.StatusOUT_FOR_DELIVERY, x.Status)
		require.True(t, x.EstimatedDelivery.Equal(p.now.Add(30*time.Hour)), "that of the latest report")
		for _, r := range p.waiting("NEW7") {
			require.Equal(t, parcelreport.StateRECORDED, r.State)
			require.Equal(t, id, r.ShipmentID)
			require.NotNil(t, r.HandledAt)
		}
		p.unchanged(func() {
			require.Equal(t, outcomes(repeated, repeated, repeated), p.receive(early...))
			p.match()
			require.NoError(t, p.Jobs.Insert(t.Context(), parcels.Claim{ShipmentID: id}))
			p.Work()
		})
	})
}

// A shipment that another system has written is found by the work of every
// minute; what is not to be recorded goes on waiting.
func TestMatch(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		require.Equal(t, outcomes(waits, waits, waits), p.receive(
			p.report("IMP-1", "DELIVERED", time.Hour), p.report("IMP-2", "DELIVERED", time.Hour), p.report("IMP-3", "DELIVERED", 200*time.Hour)))
		p.unchanged(p.match)
		a := p.another(world.OrderOfSouth, "Dhl", "imp 1", nil)
		p.another(world.OrderOfSouth, "UPS", "IMP-2", nil)
		p.another(world.OrderOfSouth, "DHL", "IMP-3", nil)
		p.match()
		require.Equal(t, a.ID, p.one("IMP-1").ShipmentID)
		require.Equal(t, parcelreport.StateWAITING, p.one("IMP-2").State)
		require.Equal(t, parcelreport.ProblemUNKNOWN_PARCEL, p.one("IMP-2").Problem)
		require.Equal(t, parcelreport.StateWAITING, p.one("IMP-3").State)
		require.Equal(t, parcelreport.ProblemBEFORE_ORDER, p.one("IMP-3").Problem, "it says why it waits now")
		p.do(func(ctx context.Context, tx *ent.Client) error {
			// As if a day had gone by since it came: its time is near enough.
			return tx.ParcelReport.Create().SetCarrier("DHL").SetTrackingNumber("TN-SOUTH").SetTrackingKey("TNSOUTH").SetDedupKey("z").
				SetStatus("OUT_FOR_DELIVERY").SetAt(p.now.Add(time.Hour)).SetProblem(parcelreport.ProblemWRONG_CLOCK).Exec(ctx)
		})
		p.match()
		require.Equal(t, parcelreport.StateRECORDED, p.one("TN-SOUTH").State)
		require.Equal(t, shipment.StatusOUT_FOR_DELIVERY, p.shipment(world.OrderOfSouth).Status)
		p.unchanged(p.match)
	})
}

// The same reports at the same moment, beside the work that matches: each is
// there once, and nothing fails.
func TestReportsAtOnce(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		list := []parcels.Report{
			p.report("TN-SOUTH", "OUT_FOR_DELIVERY", 2*time.Minute), p.report("TN-SOUTH", "DELIVERED", time.Minute),
			p.report("UNK-1", "IN_TRANSIT", 2*time.Minute), p.report("UNK-1", "DELIVERED", time.Minute), p.report("TN-SUB", "DELIVERED", time.Minute),
		}
		var wait sync.WaitGroup
		errs := make([]error, 12)
		for i := range errs {
			mine := append([]parcels.Report{}, list...)
			rand.New(rand.NewPCG(1, uint64(i))).Shuffle(len(mine), func(a, b int) { mine[a], mine[b] = mine[b], mine[a] })
			wait.Go(func() {
				if i%3 == 0 {
					_, errs[i] = p.Parcels.ReceiveAll(p.dhl, "DHL", mine)
					return
				}
				_, errs[i] = p.Parcels.Receive(p.dhl, "DHL", mine)
			})
		}
		wait.Wait()
		for _, err := range errs {
			require.NoError(t, err)
		}
		require.Len(t, p.waiting("UNK-1"), 2)
		// And one that nobody knows, all at the very same moment.
		for round := range 5 {
			start, r := make(chan struct{}), p.report(fmt.Sprintf("UNK-2-%d", round), "IN_TRANSIT", time.Minute)
			for i := range errs {
				wait.Go(func() {
					<-start
					_, errs[i] = p.Parcels.Receive(p.dhl, "DHL", []parcels.Report{r})
				})
			}
			close(start)
			wait.Wait()
			for _, err := range errs {
				require.NoError(t, err)
			}
			p.one(r.Number)
		}
		for owner, n := range map[string]int{world.OrderOfSouth: 3, world.OrderOfSub: 2} {
			got, err := p.Store.Client().TrackingEvent.Query().Where(trackingevent.ShipmentID(p.World.Shipments[owner].ID)).Count(p.sys)
			require.NoError(t, err)
			require.Equal(t, n, got, owner)
			require.Equal(t, shipment.StatusDELIVERED, p.shipment(owner).Status)
		}
	})
}

func TestReceiveAllIsAllOrNothing(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		good := p.report("TN-SOUTH", "DELIVERED", time.Minute)
		with := func(change func(*parcels.Report)) []parcels.Report {
			r := p.report("TN-SUB", "DELIVERED", time.Minute)
			change(&r)
			return []parcels.Report{good, r}
		}
		many := make([]parcels.Report, 201)
		for i := range many {
			many[i] = good
		}
		for name, c := range map[string]struct {
			carrier string
			reports []parcels.Report
			code    string
			field   string
		}{
			"carrier":     {"FAX", []parcels.Report{good}, "UNKNOWN_CARRIER", "input carrier"},
			"too many":    {"DHL", many, "INVALID", "input reports"},
			"no number":   {"DHL", with(func(r *parcels.Report) { r.Number = " - " }), "INVALID", "input reports 1 trackingNumber"},
			"long number": {"DHL", with(func(r *parcels.Report) { r.Number = strings.Repeat("1", 121) }), "INVALID", "input reports 1 trackingNumber"},
			"two lines":   {"DHL", with(func(r *parcels.Report) { r.Location = "a\nb" }), "INVALID", "input reports 1 location"},
			"long text":   {"DHL", with(func(r *parcels.Report) { r.Message = strings.Repeat("ß", 501) }), "INVALID", "input reports 1 message"},
			"long key":    {"DHL", with(func(r *parcels.Report) { r.ExternalID = strings.Repeat("ß", 201) }), "INVALID", "input reports 1 externalId"},
			"no time":     {"DHL", with(func(r *parcels.Report) { r.At = time.Time{} }), "INVALID", "input reports 1 at"},
			"estimate":    {"DHL", with(func(r *parcels.Report) { r.EstimatedDelivery = new(p.now.AddDate(6, 0, 0)) }), "INVALID", "input reports 1 estimatedDelivery"},
		} {
			p.unchanged(func() {
				_, err := p.Parcels.ReceiveAll(p.dhl, c.carrier, c.reports)
				var refusal *problem.Refusal
				require.ErrorAs(t, err, &refusal, name)
				require.Equal(t, c.code, refusal.Code, name)
				require.Equal(t, c.field, strings.Join(refusal.Field, " "), name)
				require.NotEmpty(t, refusal.Text.DE, name)
			})
		}
		long := good
		long.ExternalID, long.Number = strings.Repeat("ß", 200), "UNK-2"
		results, err := p.Parcels.ReceiveAll(p.dhl, "dhl", []parcels.Report{good, long, good, p.report("UNK-3", "DELIVERED", -40*time.Hour)})
		require.NoError(t, err)
		require.Equal(t, []parcels.Result{
			{Number: "TN-SOUTH", Outcome: recorded, ShipmentID: p.World.Shipments[world.OrderOfSouth].ID}, {Number: "UNK-2", Outcome: waits},
			{Number: "TN-SOUTH", Outcome: repeated, ShipmentID: p.World.Shipments[world.OrderOfSouth].ID}, {Number: "UNK-3", Outcome: waits},
		}, results)
		for _, role := range []string{"ORG_ADMIN", "STAFF_AGENT", "STAFF_SALES", "ANONYMOUS", "GUEST"} {
			p.unchanged(func() {
				_, err := p.Parcels.ReceiveAll(p.as(role), "DHL", []parcels.Report{p.report("TN-SUB", "DELIVERED", time.Minute)})
				require.ErrorIs(t, err, problem.ErrForbidden, role)
				_, err = p.Parcels.Receive(p.as(role), "DHL", []parcels.Report{p.report("TN-SUB", "DELIVERED", time.Minute)})
				require.ErrorIs(t, err, problem.ErrForbidden, role)
			})
		}
	})
}

// A role that may report, but not what happens to shipments, fills the inbox
// and learns nothing.
func TestReporterWithoutShipments(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		v := auth.Viewer{Kind: auth.KindStaff, UserID: string(p.World.Users["STAFF_SALES"].ID)}
		ctx := auth.WithViewer(t.Context(), v.WithGrants(auth.NewGrants("DESK", nil, map[string]auth.Scope{"parcelReport.receive": auth.ScopeAll}, nil)))
		results, err := p.Parcels.ReceiveAll(ctx, "DHL", []parcels.Report{p.report("TN-SOUTH", "DELIVERED", time.Minute), p.report("NOPE", "DELIVERED", time.Minute)})
		require.NoError(t, err)
		require.Equal(t, []parcels.Result{{Number: "TN-SOUTH", Outcome: waits}, {Number: "NOPE", Outcome: waits}}, results)
		require.Equal(t, shipment.StatusIN_TRANSIT, p.shipment(world.OrderOfSouth).Status)
	})
}

func refusal(t *testing.T, err error, code string, field ...string) {
	t.Helper()
	var r *problem.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, code, r.Code)
	require.Equal(t, append([]string{"input"}, field...), r.Field)
	require.NotEmpty(t, r.Text.EN)
	require.NotEmpty(t, r.Text.DE)
}

func TestAssign(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		agent := p.as("STAFF_AGENT")
		p.receive(p.report("LOST 1", "IN_TRANSIT", 2*time.Hour), p.report("LOST-1", "OUT_FOR_DELIVERY", time.Hour), p.report("LOST1", "DELIVERED", -90*time.Hour))
		list := p.waiting("LOST1")
		bare := p.another(world.OrderOfSub, "DHL", "", nil)
		ups := p.another(world.OrderOfSub, "UPS", "", nil)
		assign := func(ctx context.Context, report, shipment gid.ID) error {
			_, err := p.Parcels.Assign(ctx, parcels.Assignment{ParcelReportID: report, ShipmentID: shipment})
			return err
		}
		p.unchanged(func() {
			refusal(t, assign(agent, list[0].ID, gid.New(gid.Shipment)), "UNKNOWN_SHIPMENT", "shipmentId")
			refusal(t, assign(agent, list[0].ID, ups.ID), "INVALID", "shipmentId")
			refusal(t, assign(agent, list[2].ID, bare.ID), "INVALID", "parcelReportId")
			require.ErrorIs(t, assign(agent, gid.New(gid.ParcelReport), bare.ID), problem.ErrNotFound)
			require.ErrorIs(t, assign(p.as("ORG_ADMIN"), list[0].ID, bare.ID), problem.ErrNotFound)
			require.ErrorIs(t, assign(p.as("INTEGRATION"), list[0].ID, bare.ID), problem.ErrForbidden)
		})
		// Whoever may assign but not record on this shipment may do neither.
		v := auth.Viewer{Kind: auth.KindStaff, UserID: string(p.World.Users["STAFF_SALES"].ID), Assigned: []string{string(p.World.North.ID)}}
		half := auth.WithViewer(t.Context(), v.WithGrants(auth.NewGrants("HALF",
			map[string]auth.Scope{"ParcelReport": auth.ScopeAll, "Shipment": auth.ScopeAll},
			map[string]auth.Scope{"parcelReport.assign": auth.ScopeAll, "shipment.track": auth.ScopeAssigned}, nil)))
		p.unchanged(func() { require.ErrorIs(t, assign(half, list[0].ID, bare.ID), problem.ErrForbidden) })

		require.NoError(t, assign(agent, list[0].ID, bare.ID))
		x, err := p.Store.Client().Shipment.Get(p.sys, bare.ID)
		require.NoError(t, err)
		require.Equal(t, "LOST 1", x.TrackingNumber)
		require.Equal(t, "LOST1", x.TrackingKey)
		require.Equal(t, shipment.StatusOUT_FOR_DELIVERY, x.Status)
		list = p.waiting("LOST1")
		require.Equal(t, parcelreport.StateRECORDED, list[0].State)
		require.Equal(t, parcelreport.StateRECORDED, list[1].State)
		require.Equal(t, parcelreport.StateWAITING, list[2].State, "its clock is still wrong")
		p.unchanged(func() { refusal(t, assign(agent, list[0].ID, bare.ID), "HANDLED", "parcelReportId") })

		// A shipment that has a number keeps it, and yet is found by the other one from now on.
		p.receive(p.report("ALIAS-1", "OUT_FOR_DELIVERY", time.Hour))
		require.NoError(t, assign(agent, p.one("ALIAS1").ID, p.World.Shipments[world.OrderOfSouth].ID))
		require.Equal(t, "TN-SOUTH", p.shipment(world.OrderOfSouth).TrackingNumber)
		require.Equal(t, outcomes(recorded), p.receive(p.report("ALIAS-1", "DELIVERED", time.Minute)))
		require.Equal(t, shipment.StatusDELIVERED, p.shipment(world.OrderOfSouth).Status)
		p.unchanged(func() {
			require.Equal(t, outcomes(repeated), p.receive(p.report("ALIAS-1", "OUT_FOR_DELIVERY", time.Hour)))
		})
	})
}

func TestDismiss(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		p.receive(p.report("JUNK-1", "IN_TRANSIT", 2*time.Hour), p.report("JUNK1", "DELIVERED", time.Hour))
		list := p.waiting("JUNK1")
		dismiss := func(ctx context.Context, id gid.ID, reason string) error {
			_, err := p.Parcels.Dismiss(ctx, parcels.Dismissal{ParcelReportID: id, Reason: &reason})
			return err
		}
		p.unchanged(func() {
			refusal(t, dismiss(p.as("STAFF_AGENT"), list[0].ID, strings.Repeat("x", 1001)), "INVALID", "reason")
			refusal(t, dismiss(p.as("STAFF_AGENT"), list[0].ID, "a\x00"), "INVALID", "reason")
			require.ErrorIs(t, dismiss(p.as("ORG_ADMIN"), list[0].ID, ""), problem.ErrNotFound)
			require.ErrorIs(t, dismiss(p.as("INTEGRATION"), list[0].ID, ""), problem.ErrForbidden)
		})
		require.NoError(t, dismiss(p.as("STAFF_AGENT"), list[0].ID, " not ours "))
		for _, x := range p.waiting("JUNK1") {
			require.Equal(t, parcelreport.StateDISMISSED, x.State)
			require.Equal(t, "not ours", x.DismissReason)
			require.NotNil(t, x.HandledAt)
		}
		p.unchanged(func() {
			refusal(t, dismiss(p.as("STAFF_AGENT"), list[0].ID, ""), "HANDLED", "parcelReportId")
			require.Equal(t, outcomes(repeated), p.receive(p.report("JUNK1", "DELIVERED", time.Hour)))
			p.match()
		})
		// What was about nothing of ours waits no more, even if a parcel of that number appears.
		p.another(world.OrderOfSouth, "DHL", "JUNK-1", nil)
		p.unchanged(p.match)
		// The carrier says it again, and now it is about something.
		require.Equal(t, outcomes(recorded), p.receive(p.report("JUNK1", "DELIVERED", time.Hour)))
	})
}

// One that fails does not undo the others.
func TestReceiveGoesOn(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		bad := p.report("TN-SUB", "NONSENSE", time.Minute)
		results, err := p.Parcels.Receive(p.dhl, "DHL", []parcels.Report{bad, p.report("TN-SOUTH", "DELIVERED", 0)})
		require.Error(t, err)
		require.Empty(t, results[0].Outcome)
		require.Equal(t, recorded, results[1].Outcome)
		o, err := p.Store.Client().Order.Query().Where(order.ID(p.World.Orders[world.OrderOfSouth].ID)).Only(p.sys)
		require.NoError(t, err)
		require.Equal(t, order.FulfillmentStatusPARTIALLY_DELIVERED, o.FulfillmentStatus)
	})
}

// Parcels are held by locks of their own: one whose digest looks like a lock of
// the event log does not hold that back.
func TestParcelsDoNotHoldTheEventLog(t *testing.T) {
	places(t, func(t *testing.T, p *place) {
		if !p.Store.Postgres() {
			t.Skip("SQLite has no such locks")
		}
		number := ""
		for i := 0; number == ""; i++ {
			h := fnv.New64a()
			_, _ = fmt.Fprintf(h, "foyer parcel DHL X%d", i)
			if h.Sum64()>>48 == 18031 { // as the migration event_window has it
				number = fmt.Sprintf("X%d", i)
			}
		}
		require.NoError(t, p.Store.Tx(p.dhl, func(ctx context.Context, _ *ent.Client) error {
			results, err := p.Parcels.Receive(ctx, "DHL", []parcels.Report{{Number: number, Status: trackingevent.StatusDELIVERED, At: p.now}})
			require.NoError(t, err)
			require.Equal(t, parcels.Waiting, results[0].Outcome)
			var ours, theirs int
			require.NoError(t, p.Store.Raw(ctx).QueryRowContext(ctx, `
				SELECT count(*) FILTER (WHERE objsubid = 2), count(*) FILTER (WHERE objsubid = 1 AND classid::bigint >> 16 = 18031)
				FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`).Scan(&ours, &theirs))
			require.Equal(t, 1, ours)
			require.Zero(t, theirs)
			return nil
		}))
	})
}
