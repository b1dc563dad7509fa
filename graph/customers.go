package graph

import (
	"context"
	"slices"
	"strings"
	"time"

	"entgo.io/contrib/entgql"

	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/user"
	"foyer/graph/model"
	"foyer/graph/scalar"
	"foyer/portal/customers"
	"foyer/portal/events"
	"foyer/portal/gather"
	"foyer/portal/orders"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// timelineKey says which events of an organization are asked for, from the
// latest one on.
type timelineKey struct {
	organization gid.ID
	sorts        string
	n            int
}

type timelinesKey struct{}

type timelineLoader = gather.Loader[timelineKey, []placed]

// withTimelines lets the organizations of one answer load their timelines
// together, and what their events show.
func withTimelines(ctx context.Context, r *Resolver) context.Context {
	return context.WithValue(ctx, timelinesKey{}, gather.New(r.timelines))
}

// placed is an event of a timeline with what its cursor is made from.
type placed struct {
	event model.OrganizationEvent
	key   string
	at    time.Time
}

// organizationTimeline loads a page of a timeline, and one event more to see
// whether there is a next. A cursor is good for the organization and the filter
// that it was made for; scalar.Cursor sees to it that we have made it.
func (r *Resolver) organizationTimeline(
	ctx context.Context, id gid.ID, filter *model.OrganizationTimelineFilter, after *entgql.Cursor[gid.ID], n int,
) (*model.OrganizationEventConnection, error) {
	key := timelineKey{organization: id, sorts: timelineSorts(filter), n: n + 1}
	list, err := r.timeline(ctx, key, after)
	if err != nil {
		return nil, err
	}
	c := &model.OrganizationEventConnection{
		Edges: []*model.OrganizationEventEdge{}, PageInfo: &entgql.PageInfo[gid.ID]{HasPreviousPage: after != nil},
	}
	if len(list) > n {
		list, c.PageInfo.HasNextPage = list[:n], true
	}
	for _, e := range list {
		c.Edges = append(c.Edges, &model.OrganizationEventEdge{Node: e.event, Cursor: entgql.Cursor[gid.ID]{
			ID: gid.ID(e.key), Value: []any{e.at, string(id), key.sorts},
		}})
	}
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

// timelineSorts are the sorts of event that a filter asks for, in one spelling.
func timelineSorts(f *model.OrganizationTimelineFilter) string {
	if f == nil {
		return ""
	}
	names := make([]string, len(f.Kind))
	for i, k := range f.Kind {
		names[i] = string(k)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

// timeline loads events: from the latest on for all organizations of an answer
// together, from a cursor on for the one that it belongs to.
func (r *Resolver) timeline(ctx context.Context, key timelineKey, after *entgql.Cursor[gid.ID]) ([]placed, error) {
	if after != nil {
		place, ok := place(key, after)
		if !ok {
			return nil, scalar.ErrCursor
		}
		all, err := r.placed(ctx, []timelineKey{key}, place)
		return all[key], err
	}
	if l, ok := ctx.Value(timelinesKey{}).(*timelineLoader); ok {
		return l.Load(ctx, key)
	}
	all, err := r.timelines(ctx, []timelineKey{key})
	return all[key], err
}

// place reads where a cursor is, unless it is one of another timeline.
func place(key timelineKey, c *entgql.Cursor[gid.ID]) (*customers.Place, bool) {
	value, _ := c.Value.([]any)
	if len(value) != 3 || value[1] != string(key.organization) || value[2] != key.sorts {
		return nil, false
	}
	at, ok := value[0].(time.Time)
	return &customers.Place{At: at, Key: string(c.ID)}, ok
}

// timelines loads the latest events of several organizations: one statement for
// all of which the same is asked.
func (r *Resolver) timelines(ctx context.Context, keys []timelineKey) (map[timelineKey][]placed, error) {
	all, alike := map[timelineKey][]placed{}, map[timelineKey][]timelineKey{}
	for _, k := range keys {
		alike[timelineKey{sorts: k.sorts, n: k.n}] = append(alike[timelineKey{sorts: k.sorts, n: k.n}], k)
	}
	for _, group := range alike {
		found, err := r.placed(ctx, group, nil)
		if err != nil {
			return nil, err
		}
		for k, list := range found {
			all[k] = list
		}
	}
	return all, nil
}

// placed loads the events of timelines of which the same is asked, and makes the
// API's types of them. What they show is loaded for all of them at once.
func (r *Resolver) placed(ctx context.Context, keys []timelineKey, after *customers.Place) (map[timelineKey][]placed, error) {
	ids := make([]gid.ID, len(keys))
	for i, k := range keys {
		ids[i] = k.organization
	}
	slices.Sort(ids)
	sorts := []customers.Sort{}
	for _, s := range strings.Fields(keys[0].sorts) {
		sorts = append(sorts, customers.Sort(s))
	}
	entries, err := r.Customers.Timeline(ctx, slices.Compact(ids), sorts, after, keys[0].n)
	if err != nil {
		return nil, err
	}
	all := map[timelineKey][]placed{}
	var ofOrders []*model.OrganizationOrderEvent
	var ofPeople []*model.OrganizationPersonEvent
	for _, k := range keys {
		for _, e := range entries[k.organization] {
			event := r.organizationEvent(e)
			switch x := event.(type) {
			case *model.OrganizationOrderEvent:
				ofOrders = append(ofOrders, x)
			case *model.OrganizationPersonEvent:
				ofPeople = append(ofPeople, x)
			}
			all[k] = append(all[k], placed{event: event, key: e.Key, at: e.At})
		}
	}
	sideBySide(ctx, ofOrders, func(e *model.OrganizationOrderEvent) gid.ID { return e.OrderID })
	sideBySide(ctx, ofPeople, func(e *model.OrganizationPersonEvent) gid.ID { return e.UserID })
	return all, nil
}

// organizationEvent is an event as the timeline of an organization tells of it.
func (r *Resolver) organizationEvent(e orders.Entry) model.OrganizationEvent {
	actor := &model.EventActor{Kind: model.EventActorKind(e.ActorKind), Name: filled(e.ActorName)}
	switch customers.SortOf(e.Event) {
	case customers.People:
		return &model.OrganizationPersonEvent{Key: e.Key, At: e.At, Actor: actor, Change: personChange(e.Event), UserID: e.UserID}
	case customers.Notes:
		return &model.OrganizationNoteAdded{Key: e.Key, At: e.At, Actor: actor, Text: e.Data.Text}
	case customers.Orders:
	}
	return &model.OrganizationOrderEvent{Key: e.Key, At: e.At, Actor: actor, Event: r.orderEvent(e), OrderID: e.SubjectID}
}

// personChange says what an event about a membership means for the person.
func personChange(e *ent.Event) model.OrganizationPersonChange {
	disabled := string(membership.StatusDISABLED)
	switch {
	case events.Kind(e.Kind) == events.MembershipRole:
		return model.OrganizationPersonChangeRoleChanged
	case e.Data.To == disabled:
		return model.OrganizationPersonChangeDisabled
	case e.Data.To == string(membership.StatusINVITED):
		return model.OrganizationPersonChangeInvited
	case e.Data.From == disabled:
		return model.OrganizationPersonChangeEnabled
	}
	return model.OrganizationPersonChangeJoined
}

// usersByID loads people with what the field at hand selects of them.
func (r *Resolver) usersByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.User, error) {
	q, err := r.Store.Client().User.Query().Where(user.IDIn(ids...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := q.All(ctx)
	found := make(map[gid.ID]*ent.User, len(list))
	for _, u := range list {
		found[u.ID] = u
	}
	return found, err
}

// contacts are those who look after an organization, as the API shows them.
func contacts(list []customers.Contact, err error) ([]*model.Contact, error) {
	out := make([]*model.Contact, len(list))
	for i, c := range list {
		out[i] = &model.Contact{Name: c.Name, Email: c.Email, Phone: filled(c.Phone)}
	}
	return out, err
}

// figures are an organization's numbers, as the API shows them.
func figures(f *customers.Figures, err error) (*model.OrganizationFigures, error) {
	if err != nil {
		return nil, err
	}
	out := &model.OrganizationFigures{
		OpenOrders: f.Open, LateOrders: f.Late, OpenValue: sums(f.OpenValue),
		Orders: f.Orders, Value: sums(f.Value), ValueBefore: sums(f.ValueBefore),
		Delivered: f.Delivered, DeliveredOnTime: f.DeliveredOnTime, FirstOrderAt: f.First, LastOrderAt: f.Last,
		Months: make([]*model.MonthFigures, len(f.Months)),
	}
	for i, m := range f.Months {
		out.Months[i] = &model.MonthFigures{Month: m.First, Orders: m.Orders, Value: sums(m.Value)}
	}
	return out, nil
}

func sums(list []money.Money) []*money.Money {
	out := make([]*money.Money, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}
