package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/graph/model"
	"foyer/portal/notifications"
	"foyer/schema"
	"foyer/schema/gid"
)

// latestNotifications is how notifications are sorted when nobody says.
var latestNotifications = &ent.NotificationOrder{Direction: ent.OrderDirection("DESC"), Field: ent.NotificationOrderFieldCreatedAt}

func readerLanguage(ctx context.Context) schema.Language {
	return schema.Language(strings.ToUpper(language(ctx)))
}

func notificationErrors(ctx context.Context, err error) ([]*model.NotificationUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.NotificationUserError {
		return &model.NotificationUserError{Field: field, Code: model.NotificationErrorCode(code), Message: message}
	})
}

// readPayload tells how many notifications were marked, and how many are left.
func (r *Resolver) readPayload(ctx context.Context, marked int, err error) (*model.ReadNotificationsPayload, error) {
	refused, err := notificationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	unread, err := r.Notifications.Unread(ctx)
	return &model.ReadNotificationsPayload{Marked: marked, Unread: unread, UserErrors: refused}, err
}

// settingsPayload tells of a change of settings; its resolver reads them again.
func settingsPayload(ctx context.Context, secret string, err error) (*model.NotificationSettingsPayload, error) {
	refused, err := notificationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.NotificationSettingsPayload{WebhookSecret: filled(secret), UserErrors: refused}, nil
}

// settingsChange reads the input of changeNotificationSettings.
func settingsChange(in model.ChangeNotificationSettingsInput) notifications.Change {
	out := notifications.Change{
		WholeOrganization: in.WholeOrganization, TimeZone: in.TimeZone, DigestHour: in.DigestHour, WebhookURL: in.WebhookURL,
	}
	for _, k := range in.Kinds {
		s := notifications.KindSetting{Kind: k.Kind}
		for _, c := range k.Channels {
			s.Channels = append(s.Channels, notifications.Channel(c))
		}
		out.Kinds = append(out.Kinds, s)
	}
	if q := in.QuietHours; q != nil {
		out.Quiet = &notifications.QuietTimes{From: q.From, To: q.To}
	}
	if in.Digest != nil {
		out.Digest = new(string(*in.Digest))
	}
	return out
}

// notificationSettings are the viewer's, as the API shows them.
func (r *Resolver) notificationSettings(ctx context.Context) (*model.NotificationSettings, error) {
	s, err := r.Notifications.Settings(ctx)
	if err != nil {
		return nil, err
	}
	out := &model.NotificationSettings{
		WholeOrganization: s.WholeOrganization, TimeZone: s.TimeZone, Digest: model.NotificationDigest(s.Digest), DigestHour: s.DigestHour,
		WebhookURL: filled(s.WebhookURL), PushKey: s.PushKey, Devices: []*model.PushDevice{},
	}
	for _, k := range s.Kinds {
		setting := &model.NotificationKindSetting{Kind: k.Kind, Channels: []model.NotificationChannel{}}
		for _, c := range k.Channels {
			setting.Channels = append(setting.Channels, model.NotificationChannel(c))
		}
		out.Kinds = append(out.Kinds, setting)
	}
	if q := s.Quiet; q != nil {
		out.QuietHours = &model.QuietHours{From: notifications.Clock(q.From), To: notifications.Clock(q.To)}
	}
	for _, d := range s.Devices {
		out.Devices = append(out.Devices, &model.PushDevice{Key: d.Key, Name: filled(d.Name), CreatedAt: d.CreatedAt})
	}
	return out, nil
}

// sharedOrders are the orders behind the notifications of one page, loaded by
// one statement for each selection that asks for them.
type sharedOrders struct {
	ids []gid.ID

	mu     sync.Mutex
	loaded map[*ast.Field]func() (map[gid.ID]*ent.Order, error)
}

// notificationPages finds the page that a notification stands on. It lives for
// one request.
type notificationPages struct{ byNotification sync.Map } // *ent.Notification -> *sharedOrders

type notificationPagesKey struct{}

// withNotificationPages lets the notifications of a page share their statements.
func withNotificationPages(ctx context.Context) context.Context {
	return context.WithValue(ctx, notificationPagesKey{}, &notificationPages{})
}

// sharingOrders says that the notifications of a page are resolved together.
func sharingOrders(ctx context.Context, c *ent.NotificationConnection, err error) (*ent.NotificationConnection, error) {
	pages, ok := ctx.Value(notificationPagesKey{}).(*notificationPages)
	if err != nil || !ok {
		return c, err
	}
	shared := &sharedOrders{loaded: map[*ast.Field]func() (map[gid.ID]*ent.Order, error){}}
	for _, e := range c.Edges {
		if e.Node.OrderID != "" {
			shared.ids = append(shared.ids, e.Node.OrderID)
		}
		pages.byNotification.Store(e.Node, shared)
	}
	return c, nil
}

// notificationOrder is the order that a notification is about, if the viewer
// may see it now.
func (r *Resolver) notificationOrder(ctx context.Context, n *ent.Notification) (*ent.Order, error) {
	if n.OrderID == "" {
		return nil, nil //nolint:nilnil // it is about none
	}
	if pages, ok := ctx.Value(notificationPagesKey{}).(*notificationPages); ok {
		if shared, ok := pages.byNotification.Load(n); ok {
			all, err := shared.(*sharedOrders).of(ctx, r)
			return all[n.OrderID], err
		}
	}
	return r.rereadOrder(ctx, n.OrderID, order.ID(n.OrderID))
}

// of are the orders of the page with what the field at hand selects of them.
func (s *sharedOrders) of(ctx context.Context, r *Resolver) (map[gid.ID]*ent.Order, error) {
	field := graphql.GetFieldContext(ctx).Field.Field
	s.mu.Lock()
	load, ok := s.loaded[field]
	if !ok {
		load = sync.OnceValues(func() (map[gid.ID]*ent.Order, error) {
			q, err := r.Store.Client().Order.Query().Where(order.IDIn(s.ids...)).CollectFields(ctx)
			if err != nil {
				return nil, err
			}
			list, err := q.All(ctx)
			all := make(map[gid.ID]*ent.Order, len(list))
			ids := make([]gid.ID, len(list))
			for i, o := range list {
				all[o.ID], ids[i] = o, o.ID
			}
			r.Orders.Together(ctx, ids)
			return all, err
		})
		s.loaded[field] = load
	}
	s.mu.Unlock()
	return load()
}
