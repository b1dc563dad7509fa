package customers

import (
	"context"
	"slices"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/predicate"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/schema"
	"foyer/schema/gid"
)

// Sort is what an event of a timeline is about.
type Sort string

// The sorts of event, by the names that the API gives them.
const (
	Orders Sort = "ORDERS"
	People Sort = "PEOPLE"
	Notes  Sort = "NOTES"
)

// kinds are the kinds of event of each sort. A kind that is not named here is
// shown in no timeline, so that a new one is only once somebody has thought of it.
var kinds = map[Sort][]string{
	Orders: orders.TimelineKinds(),
	People: {string(events.MembershipRole), string(events.MembershipChanged)},
	Notes:  {string(events.OrganizationNote)},
}

// SortOf says what an event is about; empty for what no timeline shows.
func SortOf(e *ent.Event) Sort {
	for s, of := range kinds {
		if slices.Contains(of, e.Kind) {
			return s
		}
	}
	return ""
}

// Place is where a page of a timeline begins: after the event of a key, and of a
// time by which it is found.
type Place struct {
	At  time.Time
	Key string
}

// Timeline is what happened with several organizations, for each the latest n
// events that the viewer may read, the latest first. No sorts are all of them.
// It is one statement however many organizations and events there are; a place
// to go on from is that of a single organization.
func (s *Service) Timeline(ctx context.Context, organizations []gid.ID, sorts []Sort, after *Place, n int) (map[gid.ID][]orders.Entry, error) {
	shown := readable(ctx, sorts)
	q := s.store.Client().Event.Query().Where(event.OrganizationIDIn(organizations...), event.KindIn(kindsOf(shown)...)).
		Order(event.ByAt(sql.OrderDesc()), event.ByID(sql.OrderDesc()))
	if !slices.Contains(shown, Orders) {
		q.Where(aside(organizations))
	}
	if len(organizations) == 1 {
		q.Limit(n)
	} else {
		q.Where(latest(ctx, organizations, shown, n))
	}
	if after != nil {
		id, err := s.orders.EventOf(ctx, after.Key)
		if err != nil {
			return nil, err
		}
		at := after.At.UTC()
		q.Where(event.AtLTE(at), event.Or(event.AtLT(at), event.IDLT(id))) // the first half by the index
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	entries, err := s.orders.Entries(ctx, rows)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID][]orders.Entry, len(organizations))
	for _, e := range entries {
		all[e.OrganizationID] = append(all[e.OrganizationID], e)
	}
	return all, nil
}

// readable are the sorts that a viewer is shown at all. What is about people and
// the notes of staff is for staff only, whatever the audience of such an event
// says; the rest is the interceptor's to decide.
func readable(ctx context.Context, wanted []Sort) (sorts []Sort) {
	v := auth.From(ctx)
	for _, s := range []Sort{Orders, People, Notes} {
		if (len(wanted) == 0 || slices.Contains(wanted, s)) && (s == Orders || v.System() || v.Grants().Has(schema.PermInternal)) {
			sorts = append(sorts, s)
		}
	}
	return sorts
}

func kindsOf(sorts []Sort) (all []string) {
	for _, s := range sorts {
		all = append(all, kinds[s]...)
	}
	return all
}

// aside keeps a query to events that are about no order, which are few: it names
// their subjects, by which there is an index. Otherwise a customer's notes would
// be looked for among all that ever happened with its orders.
func aside(organizations []gid.ID) predicate.Event {
	return func(s *sql.Selector) {
		m := sql.Table(membership.Table)
		s.Where(sql.Or(sql.In(s.C(event.FieldSubjectID), anys(organizations)...),
			sql.In(s.C(event.FieldSubjectID), sql.Select(m.C(membership.FieldID)).From(m).
				Where(sql.In(m.C(membership.FieldOrganizationID), anys(organizations)...)))))
	}
}

// latest keeps a query to the latest events of each of several organizations,
// each of which is a part of its own that ends where enough are found. A part must
// count only what the viewer reads, or events that they do not see would take the
// place of others: the rule of access narrows it, as the interceptor narrows the
// query around it.
func latest(ctx context.Context, organizations []gid.ID, sorts []Sort, n int) predicate.Event {
	return func(s *sql.Selector) {
		var all *sql.Selector
		for i, id := range organizations {
			t := sql.Dialect(s.Dialect()).Table(event.Table)
			one := sql.Dialect(s.Dialect()).Select(t.C(event.FieldID)).From(t).
				Where(sql.EQ(t.C(event.FieldOrganizationID), string(id))).
				Where(sql.In(t.C(event.FieldKind), anys(kindsOf(sorts))...)).
				OrderBy(sql.Desc(t.C(event.FieldAt)), sql.Desc(t.C(event.FieldID))).Limit(n)
			if !slices.Contains(sorts, Orders) {
				aside([]gid.ID{id})(one)
			}
			if rule := access.Rule(ctx, ent.TypeEvent); rule != nil {
				rule(one)
			}
			o := one.As("o" + strconv.Itoa(i))
			part := sql.Dialect(s.Dialect()).Select(o.C(event.FieldID)).From(o)
			if all == nil {
				all = part
			} else {
				all.UnionAll(part)
			}
		}
		s.Where(sql.In(s.C(event.FieldID), all))
	}
}

func anys[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
