// Package parcels takes carriers' reports, which name a parcel by the carrier's
// own number, and finds the shipment that each is about. What it cannot be sure
// of waits in an inbox of the staff, and becomes a tracking event once the
// parcel appears.
//
// Owns: which shipment a report is about, the inbox, the carriers' webhooks and
// their secrets, the formats of carriers (package formats). Does not own: what
// a report does to a shipment and its order (portal/orders), who may report
// (schema/access.go).
package parcels

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/parcelreport"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/access"
	"foyer/portal/jobs"
	"foyer/portal/orders"
	"foyer/portal/parcels/formats"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out, beside those
// of portal/orders.
const (
	doReceive = "parcelReport.receive"
	doAssign  = "parcelReport.assign"
	doDismiss = "parcelReport.dismiss"
	doTrack   = "shipment.track"
)

// Report is a carrier's report about a parcel, by the carrier's own number.
type Report = formats.Report

// Outcome is what became of a report.
type Outcome string

// The outcomes.
const (
	Recorded Outcome = "RECORDED" // it is a tracking event of its shipment now
	Repeated Outcome = "REPEATED" // it was there already
	Waiting  Outcome = "WAITING"  // it waits in the inbox
)

// Result is what became of one report.
type Result struct {
	Number     string
	Outcome    Outcome
	ShipmentID gid.ID // empty when it waits
}

// Service takes reports.
type Service struct {
	*Hooks
	store  *store.Store
	orders *orders.Service
	jobs   *jobs.Runner
	now    func() time.Time
}

// New makes the service, and tells the runner how waiting reports are matched.
func New(st *store.Store, o *orders.Service, runner *jobs.Runner) *Service {
	s := &Service{
		Hooks: NewHooks(st), store: st, orders: o, jobs: runner,
		now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
	s.work()
	return s
}

// tolerance is by how much a carrier's clock may be wrong: scanners have wrong
// time zones, but are not wrong by more than a day. portal/orders says the same.
const tolerance = 24 * time.Hour

// Receive takes reports of a carrier, in the order of the carrier's time, each
// in a transaction of its own: one that fails does not undo the others. The
// results are in the order of the reports; one that failed has no outcome, and
// the error says why. To give all of them again is harmless.
func (s *Service) Receive(ctx context.Context, carrier string, reports []Report) ([]Result, error) {
	results, errs := make([]Result, len(reports)), []error(nil)
	order := indexes(reports, func(a, b Report) int { return a.At.Compare(b.At) })
	for _, i := range order {
		err := s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
			results[i], err = s.receive(ctx, tx, carrier, reports[i])
			return err
		})
		if err != nil {
			results[i] = Result{Number: reports[i].Number}
			errs = append(errs, fmt.Errorf("parcels: report %d: %w", i, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return results, errors.Join(errs...)
}

// indexes are the positions of a list in a certain order.
func indexes(list []Report, compare func(a, b Report) int) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(list[i], list[j]) })
	return order
}

// mostReports is how many reports ReceiveAll takes at once.
const mostReports = 200

// ReceiveAll takes reports of a carrier in one transaction: all of them, or
// none. All are checked before the first is written.
func (s *Service) ReceiveAll(ctx context.Context, carrier string, reports []Report) ([]Result, error) {
	var results []Result
	done, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if _, err := access.Act(ctx, doReceive, access.Owner{}); err != nil {
			return "", err
		}
		c, known := s.orders.KnownCarrier(carrier)
		if !known {
			return "", problem.Refuse(UnknownCarrier, problem.Text{
				EN: "This carrier is not known.", DE: "Dieser Versanddienstleister ist nicht bekannt.",
			}, "input", "carrier")
		}
		if len(reports) > mostReports {
			return "", invalid("At most 200 reports are taken at once.", "Es werden höchstens 200 Meldungen auf einmal angenommen.", "reports")
		}
		for i, r := range reports {
			if err := s.check(i, r); err != nil {
				return "", err
			}
		}
		results = make([]Result, len(reports))
		// By parcel first: everybody holds parcels in this order, see hold.
		order := indexes(reports, func(a, b Report) int {
			return cmp.Or(cmp.Compare(orders.TrackingKey(a.Number), orders.TrackingKey(b.Number)), a.At.Compare(b.At))
		})
		for _, i := range order {
			var err error
			if results[i], err = s.receive(ctx, tx, c.Code, reports[i]); err != nil {
				return "", err
			}
		}
		return pack(results), nil
	})
	if err != nil {
		return nil, err
	}
	if results == nil { // the same request under the same key, a second time
		return unpack(done, reports), nil
	}
	return results, nil
}

// pack writes results into what an idempotency key remembers, so that a
// repeated request is given the same answer.
func pack(results []Result) gid.ID {
	parts := make([]string, len(results))
	for i, r := range results {
		parts[i] = letter(r.Outcome) + string(r.ShipmentID)
	}
	return gid.ID(strings.Join(parts, ","))
}

func unpack(done gid.ID, reports []Report) []Result {
	results := make([]Result, len(reports))
	parts := strings.Split(string(done), ",")
	for i, r := range reports {
		results[i].Number = r.Number
		for _, o := range []Outcome{Recorded, Repeated, Waiting} {
			if i < len(parts) && strings.HasPrefix(parts[i], letter(o)) {
				results[i].Outcome, results[i].ShipmentID = o, gid.ID(strings.TrimPrefix(parts[i], letter(o)))
			}
		}
	}
	return results
}

// letter stands for an outcome in what pack writes.
func letter(o Outcome) string {
	return map[Outcome]string{Recorded: "+", Repeated: "=", Waiting: "?"}[o]
}

// receive takes one report. The viewer needs both to be allowed to report
// parcels at all and to record what happens to this shipment; what they could
// report but not record waits like anything else.
func (s *Service) receive(ctx context.Context, tx *ent.Client, carrier string, r Report) (Result, error) {
	act, err := access.Act(ctx, doReceive, access.Owner{})
	if err != nil {
		return Result{}, err
	}
	out := Result{Number: r.Number}
	r = normal(r)
	parcel := parcel{carrier, orders.TrackingKey(r.Number)}
	if err := s.hold(ctx, parcel); err != nil {
		return out, err
	}
	p, why, err := s.about(act, tx, parcel, r)
	if err != nil {
		return out, err
	}
	if why == "" {
		t, err := s.orders.Track(ctx, tracking(p.ID, r))
		switch {
		case err == nil && t.Repeated:
			out.Outcome, out.ShipmentID = Repeated, p.ID
			return out, nil
		case err == nil:
			out.Outcome, out.ShipmentID = Recorded, p.ID
			return out, nil
		case !errors.Is(err, problem.ErrNotFound) && !errors.Is(err, problem.ErrForbidden):
			return out, err
		}
		why = parcelreport.ProblemUNKNOWN_PARCEL
	}
	return s.wait(act, tx, parcel, r, why, out)
}

// wait puts a report into the inbox, once.
func (s *Service) wait(ctx context.Context, tx *ent.Client, p parcel, r Report, why parcelreport.Problem, out Result) (Result, error) {
	key, correction := keys(r)
	rows, err := tx.ParcelReport.Query().
		Where(parcelreport.Carrier(p.carrier), parcelreport.TrackingKey(p.key), parcelreport.DedupKeyIn(key, correction)).All(ctx)
	if err != nil {
		return out, err
	}
	said := map[string]trackingevent.Status{}
	for _, x := range rows {
		said[x.DedupKey] = trackingevent.Status(x.Status)
	}
	key, repeated := orders.Pick(said, key, correction, r.Status)
	if repeated {
		out.Outcome = Repeated
		for _, x := range rows {
			if x.DedupKey == key {
				out.ShipmentID = x.ShipmentID
			}
		}
		return out, nil
	}
	out.Outcome = Waiting
	return out, tx.ParcelReport.Create().
		SetCarrier(p.carrier).SetTrackingNumber(r.Number).SetTrackingKey(p.key).SetDedupKey(key).
		SetStatus(parcelreport.Status(r.Status)).SetAt(r.At).SetReceivedAt(s.now()).SetNillableEstimatedDelivery(r.EstimatedDelivery).
		SetNillableLocation(given(r.Location)).SetNillableMessage(given(r.Message)).SetNillableExternalID(given(r.ExternalID)).
		SetProblem(why).Exec(ctx)
}

// parcel is what a carrier calls a parcel. Nothing but a shipment of that
// carrier is ever looked for.
type parcel struct{ carrier, key string }

// hold makes all that concerns one parcel wait for its turn, until the
// transaction ends: the same report may come twice at once, and somebody may be
// assigning what waits. SQLite has one writer at a time.
//
// The lock is one of two numbers: those of one are the event log's (see the
// migration event_window), and among them a parcel whose digest looks like such
// a lock would hold the log back.
func (s *Service) hold(ctx context.Context, p parcel) error {
	if !s.store.Postgres() {
		return nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte("foyer parcel " + p.carrier + " " + p.key)) // never fails
	sum := h.Sum64()
	_, err := s.store.Raw(ctx).ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, $2)`, int32(sum>>32), int32(sum)) //nolint:gosec // any bits will do
	return err
}

// mostCandidates bounds how many shipments of one number are looked at.
const mostCandidates = 50

// about finds the one shipment that a report can be about, or says why there is
// none. Carriers use their numbers again after some months, so of several it is
// the one that was there in time; a report that one of them has already is a
// repeated one; and else it is the only one that is still on its way.
func (s *Service) about(ctx context.Context, tx *ent.Client, p parcel, r Report) (*ent.Shipment, parcelreport.Problem, error) {
	if r.At.After(s.now().Add(tolerance)) {
		return nil, parcelreport.ProblemWRONG_CLOCK, nil
	}
	list, err := tx.Shipment.Query().Where(shipment.TrackingKey(p.key), shipment.CarrierEqualFold(p.carrier)).
		WithOrder().Order(shipment.ByID()).Limit(mostCandidates).All(ctx)
	if err != nil {
		return nil, "", err
	}
	if len(list) == 0 {
		if list, err = s.assigned(ctx, tx, p); err != nil {
			return nil, "", err
		}
	}
	inTime := slices.DeleteFunc(slices.Clone(list), func(x *ent.Shipment) bool {
		return x.Edges.Order == nil || r.At.Before(x.Edges.Order.PlacedAt.Add(-tolerance))
	})
	switch {
	case len(list) == 0:
		return nil, parcelreport.ProblemUNKNOWN_PARCEL, nil
	case len(inTime) == 0:
		return nil, parcelreport.ProblemBEFORE_ORDER, nil
	case len(inTime) == 1:
		return inTime[0], "", nil
	}
	key, correction := keys(r)
	there, err := tx.TrackingEvent.Query().Where(trackingevent.ShipmentIDIn(ids(inTime)...),
		trackingevent.DedupKeyIn(key, correction), trackingevent.StatusEQ(r.Status)).All(ctx)
	if err != nil {
		return nil, "", err
	}
	underway := slices.DeleteFunc(slices.Clone(inTime), func(x *ent.Shipment) bool {
		if len(there) == 1 {
			return x.ID != there[0].ShipmentID
		}
		return x.Status == shipment.StatusDELIVERED || x.Status == shipment.StatusRETURNED_TO_SENDER
	})
	if len(underway) == 1 {
		return underway[0], "", nil
	}
	return nil, parcelreport.ProblemAMBIGUOUS_PARCEL, nil
}

// assigned is the shipment on which staff have recorded earlier reports about a
// parcel: what comes after them is about the same one.
func (s *Service) assigned(ctx context.Context, tx *ent.Client, p parcel) ([]*ent.Shipment, error) {
	last, err := tx.ParcelReport.Query().Where(parcelreport.Carrier(p.carrier), parcelreport.TrackingKey(p.key),
		parcelreport.StateEQ(parcelreport.StateRECORDED), parcelreport.ShipmentIDNotNil()).
		Order(parcelreport.ByHandledAt(sql.OrderDesc()), parcelreport.ByID(sql.OrderDesc())).First(ctx)
	if err != nil {
		return nil, ent.MaskNotFound(err)
	}
	return tx.Shipment.Query().Where(shipment.ID(last.ShipmentID), shipment.CarrierEqualFold(p.carrier)).WithOrder().All(ctx)
}

func ids(list []*ent.Shipment) []gid.ID {
	out := make([]gid.ID, len(list))
	for i, x := range list {
		out[i] = x.ID
	}
	return out
}

// normal is a report as portal/orders will read it, so that both find the same
// key for it.
func normal(r Report) Report {
	r.Number, r.At = strings.TrimSpace(r.Number), r.At.UTC().Truncate(time.Microsecond)
	r.Location, r.ExternalID = strings.TrimSpace(r.Location), strings.TrimSpace(r.ExternalID)
	r.Message = strings.TrimSpace(strings.ReplaceAll(r.Message, "\r\n", "\n"))
	if len(r.ExternalID) > formats.MaxKey { // the column is shorter than some keys, and a digest is as good
		sum := sha256.Sum256([]byte(r.ExternalID))
		r.ExternalID = "sha256:" + hex.EncodeToString(sum[:])
	}
	if r.EstimatedDelivery != nil {
		r.EstimatedDelivery = new(r.EstimatedDelivery.UTC().Truncate(time.Microsecond))
	}
	return r
}

func keys(r Report) (key, correction string) {
	return orders.ReportKeys(r.ExternalID, orders.Report{Status: r.Status, At: r.At}, r.Location, r.Message)
}

func tracking(id gid.ID, r Report) orders.Tracking {
	return orders.Tracking{
		ShipmentID: id, Status: r.Status, At: r.At, Location: given(r.Location), Message: given(r.Message),
		ExternalID: given(r.ExternalID), EstimatedDelivery: r.EstimatedDelivery,
	}
}

func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Viewer is who acts when a carrier reports by itself: an integration, under
// the carrier's name, with what every integration may do and no more.
func (s *Service) Viewer(carrier string) *auth.Viewer {
	v := auth.Viewer{Kind: auth.KindKey, Name: s.orders.Carrier(carrier).Name, Source: carrier, Language: "en"}
	return v.WithGrants(schema.Grants["INTEGRATION"])
}
