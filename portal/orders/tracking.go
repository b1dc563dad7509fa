package orders

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// Tracking is the input of AddTrackingEvent: a carrier's report.
type Tracking struct {
	ShipmentID gid.ID
	Status     trackingevent.Status
	At         time.Time // when it happened, by the carrier's word
	Location   *string
	Message    *string
	ExternalID *string // the carrier's own key of the report
	// EstimatedDelivery is when the carrier now expects to deliver the shipment.
	// One that cannot be right is left out; the report counts all the same.
	EstimatedDelivery *time.Time
}

// ahead is how far in the future a report may lie: scanners have wrong clocks
// and wrong time zones, but not by more than a day.
const ahead = 24 * time.Hour

// AddTrackingEvent records a carrier's report and derives the shipment's state
// anew, and from it the order's. A report that is there already changes nothing
// at all. It returns the shipment's id.
func (s *Service) AddTrackingEvent(ctx context.Context, in Tracking) (gid.ID, error) {
	t, err := s.Track(ctx, in)
	return t.ShipmentID, err
}

// Tracked is what became of a report.
type Tracked struct {
	ShipmentID gid.ID
	Repeated   bool // it was there already
}

// Track is AddTrackingEvent for whoever wants to know whether the report was
// there already.
func (s *Service) Track(ctx context.Context, in Tracking) (Tracked, error) {
	t, err := s.report(ctx, in)
	if ent.IsConstraintError(err) && s.store.Transaction(ctx) == nil {
		// Somebody who does not hold the order has written the same report in
		// between; now it is there. A transaction around us would be spoilt, and
		// is for its owner to begin anew.
		t, err = s.report(ctx, in)
	}
	return t, err
}

func (s *Service) report(ctx context.Context, in Tracking) (Tracked, error) {
	t := Tracked{}
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		t = Tracked{}
		p, err := parcel(ctx, tx, in.ShipmentID)
		if err != nil {
			return "", err
		}
		own := access.Owner{Organization: p.OrganizationID, User: p.UserID, Subject: p.OrderID}
		ctx, err = access.Act(ctx, doTrack, own)
		if err != nil {
			return "", err
		}
		r, err := s.readReport(in)
		if err != nil {
			return "", err
		}
		// Most repeated reports end here, without having held anything up.
		if _, t.Repeated, err = r.known(ctx, tx, p.ID); err != nil || t.Repeated {
			return p.ID, err
		}
		o, err := find(ctx, tx, p.OrderID, held)
		if err != nil {
			return "", err
		}
		key := ""
		if key, t.Repeated, err = r.known(ctx, tx, p.ID); err != nil || t.Repeated { // while we waited
			return p.ID, err
		}
		if r.at.Before(o.PlacedAt.Add(-ahead)) {
			return "", invalid("The report lies before the order.", "Die Meldung liegt vor der Bestellung.", "at")
		}
		if err := tx.TrackingEvent.Create().
			SetOrganizationID(p.OrganizationID).SetUserID(p.UserID).SetOrderID(p.OrderID).SetShipmentID(p.ID).
			SetDedupKey(key).SetStatus(in.Status).SetAt(r.at).SetReceivedAt(s.now()).
			SetNillableLocation(given(r.location)).SetNillableMessage(given(r.message)).
			SetNillableEstimatedDelivery(s.credible(in.EstimatedDelivery, o)).Exec(ctx); err != nil {
			return "", err
		}
		if err := locate(ctx, tx, p.ID); err != nil {
			return "", err
		}
		happened, err := s.settle(ctx, tx, o)
		if err != nil {
			return "", err
		}
		return p.ID, events.Append(ctx, tx, append([]events.Event{{
			Kind: events.TrackingReported, Subject: o.ID, Owner: owner(o), At: r.at,
			Data: schema.EventData{ShipmentID: string(p.ID), To: string(in.Status), Location: r.location, Text: r.message},
		}}, happened...)...)
	})
	t.ShipmentID = id
	return t, err
}

// credible is a carrier's estimate that can be right: not before the order, and
// not years ahead. Anything else is a slip of a machine.
func (s *Service) credible(at *time.Time, o *ent.Order) *time.Time {
	if at == nil || at.Before(dayOf(o.PlacedAt)) || at.After(s.now().AddDate(farthest, 0, 0)) {
		return nil
	}
	return new(at.UTC().Truncate(time.Microsecond))
}

func parcel(ctx context.Context, tx *ent.Client, id gid.ID, how ...predicate.Shipment) (*ent.Shipment, error) {
	p, err := tx.Shipment.Query().Where(shipment.ID(id)).Where(how...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return p, err
}

// locate derives a shipment's state from all its reports.
func locate(ctx context.Context, tx *ent.Client, id gid.ID) error {
	p, err := parcel(ctx, tx, id, held)
	if err != nil {
		return err
	}
	rows, err := tx.TrackingEvent.Query().Where(trackingevent.ShipmentID(id)).All(ctx)
	if err != nil {
		return err
	}
	reports := make([]Report, len(rows))
	var latest *ent.TrackingEvent // that says when it will arrive
	for i, r := range rows {
		reports[i] = Report{Status: r.Status, At: r.At}
		if r.EstimatedDelivery != nil && (latest == nil || cmp.Or(r.At.Compare(latest.At), r.EstimatedDelivery.Compare(*latest.EstimatedDelivery)) > 0) {
			latest = r
		}
	}
	d := Derive(reports)
	u := tx.Shipment.UpdateOneID(id).Where(shipment.Version(p.Version)).AddVersion(1).
		SetStatus(d.Status).SetNillableShippedAt(d.ShippedAt).SetNillableDeliveredAt(d.DeliveredAt)
	if d.ShippedAt == nil {
		u.ClearShippedAt()
	}
	if d.DeliveredAt == nil {
		u.ClearDeliveredAt()
	}
	if latest != nil { // by the carrier's clock: an old estimate that comes in late is still old
		u.SetEstimatedDelivery(*latest.EstimatedDelivery)
	}
	return fresh(u.Exec(ctx))
}

// read is a report that has been checked, with the keys that it can have.
type read struct {
	status            trackingevent.Status
	at                time.Time
	location, message string
	key, correction   string
}

// known says whether a shipment has a report, and under which key it is to be
// written if not.
func (r read) known(ctx context.Context, tx *ent.Client, id gid.ID) (key string, there bool, err error) {
	rows, err := tx.TrackingEvent.Query().Where(trackingevent.ShipmentID(id), trackingevent.DedupKeyIn(r.key, r.correction)).All(ctx)
	if err != nil {
		return "", false, err
	}
	said := map[string]trackingevent.Status{}
	for _, x := range rows {
		said[x.DedupKey] = x.Status
	}
	key, there = Pick(said, r.key, r.correction, r.status)
	return key, there, nil
}

// Pick decides whether a report is a repeated one, given what is there under
// the keys that it can have, and otherwise which of them is its own. A carrier
// that says something else under the key of an earlier report has corrected it:
// that is another report, of which there is again only one.
func Pick(said map[string]trackingevent.Status, key, correction string, status trackingevent.Status) (own string, repeated bool) {
	first, there := said[key]
	if !there {
		return key, false
	}
	if first == status || correction == key {
		return key, true
	}
	_, repeated = said[correction]
	return correction, repeated
}

// readReport checks a report and finds its keys.
func (s *Service) readReport(in Tracking) (r read, err error) {
	r.status = in.Status
	if r.at = in.At.UTC().Truncate(time.Microsecond); r.at.After(s.now().Add(ahead)) {
		return r, invalid("The report lies in the future.", "Die Meldung liegt in der Zukunft.", "at")
	}
	if trackingevent.StatusValidator(in.Status) != nil {
		return r, invalid("The state is not known.", "Der Status ist nicht bekannt.", "status")
	}
	if r.location, err = word(in.Location, longestLocation, "location"); err != nil {
		return r, err
	}
	if r.message, err = prose(in.Message, longestMessage, "message"); err != nil {
		return r, err
	}
	external, err := word(in.ExternalID, longestKey, "externalId")
	r.key, r.correction = ReportKeys(external, Report{Status: in.Status, At: r.at}, r.location, r.message)
	return r, err
}

// ReportKeys are the key of a report and the one under which it is kept when
// the carrier has used its key for a report of another state before. A report
// without a key of the carrier's has one alone: another state is another key.
func ReportKeys(external string, r Report, location, message string) (key, correction string) {
	key = ReportKey(external, r, location, message)
	if external == "" {
		return key, key
	}
	return key, "c:" + digest(external, string(r.Status))
}

// ReportKey is what makes a repeated report the same one: the carrier's own
// key, or else a digest of all that the report says. The importer uses it too,
// so that a report which comes both ways is one.
func ReportKey(external string, r Report, location, message string) string {
	const longest = 90 // the column holds 100
	if external != "" && len(external) <= longest {
		return "x:" + external
	}
	said := []string{external} // a long key of the carrier's stands for the report alone, too
	kind := "X:"
	if external == "" {
		kind, said = "d:", []string{string(r.Status), r.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano), location, message}
	}
	return kind + digest(said...)
}

func digest(said ...string) string {
	text, err := json.Marshal(said) // unlike a plain join, it keeps the members apart
	if err != nil {
		panic(err) // a list of texts always marshals
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
