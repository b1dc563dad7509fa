package orders

import (
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
}

// ahead is how far in the future a report may lie: scanners have wrong clocks
// and wrong time zones, but not by more than a day.
const ahead = 24 * time.Hour

// AddTrackingEvent records a carrier's report and derives the shipment's state
// anew, and from it the order's. A report that is there already changes nothing
// at all. It returns the shipment's id.
func (s *Service) AddTrackingEvent(ctx context.Context, in Tracking) (gid.ID, error) {
	id, err := s.report(ctx, in)
	if ent.IsConstraintError(err) {
		// Somebody who does not hold the order has written the same report in
		// between; now it is there.
		id, err = s.report(ctx, in)
	}
	return id, err
}

func (s *Service) report(ctx context.Context, in Tracking) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
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
		known := func() (bool, error) {
			return tx.TrackingEvent.Query().
				Where(trackingevent.ShipmentID(p.ID), trackingevent.DedupKey(r.key)).Exist(ctx)
		}
		// Most repeated reports end here, without having held anything up.
		if there, err := known(); err != nil || there {
			return p.ID, err
		}
		o, err := find(ctx, tx, p.OrderID, held)
		if err != nil {
			return "", err
		}
		if there, err := known(); err != nil || there { // while we waited
			return p.ID, err
		}
		if r.at.Before(o.PlacedAt.Add(-ahead)) {
			return "", invalid("The report lies before the order.", "Die Meldung liegt vor der Bestellung.", "at")
		}
		if err := tx.TrackingEvent.Create().
			SetOrganizationID(p.OrganizationID).SetUserID(p.UserID).SetOrderID(p.OrderID).SetShipmentID(p.ID).
			SetDedupKey(r.key).SetStatus(in.Status).SetAt(r.at).SetReceivedAt(s.now()).
			SetNillableLocation(given(r.location)).SetNillableMessage(given(r.message)).Exec(ctx); err != nil {
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
	for i, r := range rows {
		reports[i] = Report{Status: r.Status, At: r.At}
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
	return fresh(u.Exec(ctx))
}

// readReport checks a report and finds its key.
func (s *Service) readReport(in Tracking) (r struct {
	at                     time.Time
	location, message, key string
}, err error) {
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
	r.key = ReportKey(external, Report{Status: in.Status, At: r.at}, r.location, r.message)
	return r, err
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
	text, err := json.Marshal(said) // unlike a plain join, it keeps the members apart
	if err != nil {
		panic(err) // a list of texts always marshals
	}
	sum := sha256.Sum256(text)
	return kind + hex.EncodeToString(sum[:])
}
