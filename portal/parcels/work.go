package parcels

import (
	"context"
	"errors"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/parcelreport"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/jobs"
	"foyer/schema/gid"
)

// Claim is the work of recording what has waited for one shipment.
type Claim struct {
	ShipmentID gid.ID `json:"shipmentId"`
}

// Kind implements jobs.Args.
func (Claim) Kind() string { return "parcels.claim" }

// Match is the work of looking through all that waits: shipments come by other
// ways than createShipment, a report and its shipment may come at the same
// moment and not see each other, and clocks go on.
type Match struct{}

// Kind implements jobs.Args.
func (Match) Kind() string { return "parcels.match" }

// matchEvery is how long a report waits at most for a shipment that is there.
const matchEvery = time.Minute

func (s *Service) work() {
	jobs.Handle(s.jobs, jobs.Kind{Shown: []string{"shipmentId"}}, s.claim)
	jobs.Handle(s.jobs, jobs.Kind{Timeout: 90 * time.Second}, func(ctx context.Context, _ Match) error { return s.match(ctx) })
	s.jobs.Every(matchEvery, Match{})
	s.orders.WhenShipped(func(ctx context.Context, p *ent.Shipment) error {
		if p.TrackingKey == "" {
			return nil
		}
		return s.jobs.Insert(ctx, Claim{p.ID})
	})
}

// OrderMatch has all that waits looked through soon: after many shipments have
// come at once.
func OrderMatch(ctx context.Context, r *jobs.Runner) error {
	return r.Insert(ctx, Match{}, jobs.Once())
}

// claim records what has waited for a shipment.
func (s *Service) claim(ctx context.Context, c Claim) error {
	ctx = auth.WithSystem(ctx, "reports that have waited for a parcel")
	p, err := s.store.Client().Shipment.Query().Where(shipment.ID(c.ShipmentID)).Only(ctx)
	if err != nil || p.TrackingKey == "" {
		return ent.MaskNotFound(err)
	}
	return s.matchAll(ctx, parcelreport.TrackingKey(p.TrackingKey), parcelreport.CarrierEqualFold(p.Carrier))
}

// lately is how long after a change of a shipment the reports are looked at
// again that could not be about it before. Those of which nothing has changed
// wait for a person, and cost nothing.
const lately = 24 * time.Hour

// match records what waits and need not wait any more.
func (s *Service) match(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "reports that wait for any parcel")
	now := s.now()
	// there finds reports of whose number there is a shipment of the carrier.
	there := func(also func(p *sql.SelectTable) *sql.Predicate) func(*sql.Selector) {
		return func(q *sql.Selector) {
			p := sql.Dialect(q.Dialect()).Table(shipment.Table).As("p")
			is := []*sql.Predicate{
				sql.ColumnsEQ(p.C(shipment.FieldTrackingKey), q.C(parcelreport.FieldTrackingKey)),
				sql.ExprP("upper(" + p.C(shipment.FieldCarrier) + ") = upper(" + q.C(parcelreport.FieldCarrier) + ")"),
			}
			if also != nil {
				is = append(is, also(p))
			}
			q.Where(sql.Exists(sql.Dialect(q.Dialect()).Select(p.C(shipment.FieldID)).From(p).Where(sql.And(is...))))
		}
	}
	return s.matchAll(ctx, parcelreport.Or(
		parcelreport.And(parcelreport.ProblemEQ(parcelreport.ProblemUNKNOWN_PARCEL), there(nil)),
		parcelreport.And(parcelreport.ProblemEQ(parcelreport.ProblemWRONG_CLOCK), parcelreport.AtLTE(now.Add(tolerance))),
		parcelreport.And(parcelreport.ProblemIn(parcelreport.ProblemAMBIGUOUS_PARCEL, parcelreport.ProblemBEFORE_ORDER),
			there(func(p *sql.SelectTable) *sql.Predicate {
				return sql.GTE(p.C(shipment.FieldUpdatedAt), now.Add(-lately))
			})),
	))
}

// matchAll looks at all waiting reports for which some conditions hold, each in
// a transaction of its own: one that fails does not hold the others up.
func (s *Service) matchAll(ctx context.Context, where ...func(*sql.Selector)) error {
	const page = 200
	var errs []error
	for last := gid.ID(""); ; {
		q := s.store.Client().ParcelReport.Query().Where(parcelreport.StateEQ(parcelreport.StateWAITING))
		if last != "" {
			q.Where(parcelreport.IDGT(last))
		}
		for _, w := range where {
			q.Where(w)
		}
		list, err := q.Order(parcelreport.ByID()).Limit(page).IDs(ctx)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, id := range list {
			if err := s.again(ctx, id); err != nil {
				errs = append(errs, err)
			}
		}
		if len(list) < page || ctx.Err() != nil {
			return errors.Join(errs...)
		}
		last = list[len(list)-1]
	}
}

// again looks at a waiting report once more. Twice does no harm: it is recorded
// while it waits, and waits no longer.
func (s *Service) again(ctx context.Context, id gid.ID) error {
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		row, err := tx.ParcelReport.Get(ctx, id)
		if err != nil {
			return ent.MaskNotFound(err)
		}
		if err := s.hold(ctx, parcel{row.Carrier, row.TrackingKey}); err != nil {
			return err
		}
		if row, err = tx.ParcelReport.Get(ctx, id); err != nil || row.State != parcelreport.StateWAITING { // while we waited
			return ent.MaskNotFound(err)
		}
		r := stored(row)
		p, why, err := s.about(ctx, tx, parcel{row.Carrier, row.TrackingKey}, r)
		switch {
		case err != nil:
			return err
		case why == row.Problem:
			return nil
		case why != "":
			return tx.ParcelReport.UpdateOneID(id).SetProblem(why).Exec(ctx)
		}
		// In the carrier's name, as it would have been at once.
		if _, err := s.orders.Track(auth.WithViewer(ctx, s.Viewer(row.Carrier)), tracking(p.ID, r)); err != nil {
			return err
		}
		return s.recorded(ctx, tx, row, p.ID)
	})
}

func statusOf(row *ent.ParcelReport) trackingevent.Status { return trackingevent.Status(row.Status) }
