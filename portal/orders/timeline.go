package orders

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// MaxTimeline is how many of an order's events its timeline shows at most, the
// latest ones. Other events are in the log all the same.
const MaxTimeline = 200

// timelineKinds are what a timeline shows. A kind that is not named here stays
// out of it, so that a new one is shown only once somebody has thought of it.
var timelineKinds = []string{
	string(events.OrderPlaced), string(events.OrderStatus), string(events.OrderPromise), string(events.OrderNote),
	string(events.OrderFile), string(events.OrderFileRemoved),
	string(events.ApprovalRequested), string(events.ApprovalDecided),
	string(events.OrderDelayed), string(events.OrderChanged), string(events.ShipmentCreated), string(events.TrackingReported),
}

// Entry is one event of a timeline.
type Entry struct {
	*ent.Event
	// Key names the entry. It is not the event's id, from which customers could
	// count what happens in the whole portal.
	Key string
}

// timelines loads the timelines of several orders in one statement: the events
// that the viewer may read, the latest first.
func (s *Service) timelines(ctx context.Context, ids []gid.ID) (map[gid.ID][]Entry, error) {
	rows, err := s.store.Client().Event.Query().
		Where(event.SubjectIDIn(ids...), event.KindIn(timelineKinds...), latest(ctx, ids)).
		Order(event.ByAt(sql.OrderDesc()), event.ByID(sql.OrderDesc())).
		All(ctx)
	if err != nil {
		return nil, err
	}
	entries, err := s.Entries(ctx, rows)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID][]Entry, len(ids))
	for _, e := range entries {
		all[e.SubjectID] = append(all[e.SubjectID], e)
	}
	return all, nil
}

// eventKeys names the secret by which the keys of entries are made.
const eventKeys = "event-keys"

// Entries gives events the keys that name them in timelines.
func (s *Service) Entries(ctx context.Context, rows []*ent.Event) ([]Entry, error) {
	secret, err := s.store.Secret(ctx, eventKeys)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(rows))
	for i, e := range rows {
		k, err := events.Encipher(secret, e.ID)
		if err != nil {
			return nil, err
		}
		list[i] = Entry{Event: e, Key: k}
	}
	return list, nil
}

// EventOf is the id of the event that a key names.
func (s *Service) EventOf(ctx context.Context, key string) (int64, error) {
	secret, err := s.store.Secret(ctx, eventKeys)
	if err != nil {
		return 0, err
	}
	return events.Decipher(secret, key)
}

// TimelineKinds are the kinds of event that the timeline of an order shows.
func TimelineKinds() []string { return slices.Clone(timelineKinds) }

// latest keeps a query to the latest events of each order. It must count only
// what the viewer reads, or an order with many internal notes would show its
// customer nothing; the rule that decides what they read is the interceptor's,
// which narrows the query as always.
func latest(ctx context.Context, ids []gid.ID) func(*sql.Selector) {
	return func(s *sql.Selector) {
		t := sql.Table(event.Table)
		ranked := sql.Select(t.C(event.FieldID)).
			AppendSelectExprAs(sql.RowNumber().PartitionBy(t.C(event.FieldSubjectID)).
				OrderBy(sql.Desc(t.C(event.FieldAt)), sql.Desc(t.C(event.FieldID))), "place").
			From(t).
			Where(sql.In(t.C(event.FieldSubjectID), anys(ids)...)).
			Where(sql.In(t.C(event.FieldKind), anys(timelineKinds)...))
		if o := schema.Entities[ent.TypeEvent].Only; o != nil && !auth.From(ctx).System() && !auth.From(ctx).Grants().Has(o.Unless) {
			ranked.Where(sql.EQ(t.C(o.Column), o.Value))
		}
		r := ranked.As("ranked")
		s.Where(sql.In(s.C(event.FieldID), sql.Select(r.C(event.FieldID)).From(r).Where(sql.LTE(r.C("place"), MaxTimeline))))
	}
}

func anys[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
