package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

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
		WholeOrganization: in.WholeOrganization, Language: in.Language, TimeZone: in.TimeZone, DigestHour: in.DigestHour, WebhookURL: in.WebhookURL,
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
		WholeOrganization: s.WholeOrganization, Language: s.Language, TimeZone: s.TimeZone, Digest: model.NotificationDigest(s.Digest), DigestHour: s.DigestHour,
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

// withOrders lets the notifications of a page load their orders together.
func withOrders(ctx context.Context) func(*ent.NotificationConnection, error) (*ent.NotificationConnection, error) {
	return func(c *ent.NotificationConnection, err error) (*ent.NotificationConnection, error) {
		if err != nil {
			return nil, err
		}
		rows := make([]*ent.Notification, len(c.Edges))
		for i, e := range c.Edges {
			rows[i] = e.Node
		}
		sideBySide(ctx, rows, func(n *ent.Notification) gid.ID { return n.OrderID })
		return c, nil
	}
}

// ordersByID loads orders with what the field at hand selects of them.
func (r *Resolver) ordersByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Order, error) {
	q, err := r.Store.Client().Order.Query().Where(order.IDIn(ids...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := q.All(ctx)
	found := make(map[gid.ID]*ent.Order, len(list))
	for _, o := range list {
		found[o.ID] = o
	}
	r.Orders.Together(ctx, slices.Collect(maps.Keys(found)))
	return found, err
}
