package notifications

import (
	"cmp"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/notification"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Channel is a way to reach somebody beside the inbox.
type Channel string

// The channels, values of the API's NotificationChannel.
const (
	Mail    Channel = "MAIL"
	Push    Channel = "PUSH"
	Webhook Channel = "WEBHOOK"
)

// Channels are all channels.
var Channels = []Channel{Mail, Push, Webhook}

// The codes of refusals, as the API's NotificationErrorCode has them.
const (
	codeTimeZone = "UNKNOWN_TIME_ZONE"
	codeAddress  = "INVALID_ADDRESS"
	codeInvalid  = "INVALID"
)

// defaults are the channels of a customer who never chose; staff have the inbox.
var defaults = map[notification.Kind][]Channel{
	notification.KindORDER_PLACED:                 {Mail},
	notification.KindORDER_CONFIRMED:              {Mail},
	notification.KindORDER_CHANGED:                {Mail},
	notification.KindORDER_CANCELLED:              {Mail},
	notification.KindORDER_PROMISE:                {Mail},
	notification.KindORDER_DELAYED:                {Mail, Push},
	notification.KindORDER_NOTE:                   {Mail},
	notification.KindSHIPMENT_SENT:                {Mail},
	notification.KindAPPROVAL_REQUESTED:           {Mail, Push},
	notification.KindAPPROVAL_DECIDED:             {Mail, Push},
	notification.KindOUT_FOR_DELIVERY:             {Push},
	notification.KindDELIVERED:                    {Mail, Push},
	notification.KindDELIVERY_PROBLEM:             {Mail, Push},
	notification.KindSEARCH_ANSWERED:              {Mail},
	notification.KindCONFIGURATION_NEEDS_CUSTOMER: {Mail},
	notification.KindCONFIGURATION_HANDED_OVER:    {Mail},
	notification.KindCOURSE_ASSIGNED:              {Mail},
	notification.KindCOURSE_DUE:                   {Mail, Push},
	notification.KindWORK_GRADED:                  {Mail},
	notification.KindCERTIFICATE_ISSUED:           {Mail},
	notification.KindCERTIFICATE_ENDING:           {Mail},
	notification.KindCERTIFICATE_REVOKED:          {Mail},
}

// digestHour is the hour of the daily mail of somebody who never chose.
const digestHour = 8

// settingsOf is what a person has chosen, with what they did not.
func (s *Service) settingsOf(u *ent.User) schema.NotificationSettings {
	var n schema.NotificationSettings
	if u.NotificationSettings != nil {
		n = *u.NotificationSettings
	} else {
		n.DigestHour = digestHour
	}
	n.TimeZone = cmp.Or(n.TimeZone, s.o.Zone)
	n.Digest = cmp.Or(n.Digest, digestOff)
	return n
}

// channels are those by which a person is told of a kind.
func channels(n schema.NotificationSettings, kind notification.Kind, staff bool) []Channel {
	chosen, ok := n.Channels[string(kind)]
	if !ok {
		if staff {
			return nil
		}
		return defaults[kind]
	}
	var list []Channel
	for _, c := range chosen {
		list = append(list, Channel(c))
	}
	return list
}

// Settings are what a person is told, and how.
type Settings struct {
	Kinds             []KindSetting // one for each kind, in the order of the model
	WholeOrganization bool
	Language          schema.Language
	TimeZone          string
	Quiet             *schema.QuietHours
	Digest            string
	DigestHour        int
	WebhookURL        string
	Devices           []Device
	PushKey           string
}

// KindSetting says by which channels a person is told of a kind.
type KindSetting struct {
	Kind     notification.Kind
	Channels []Channel
}

// Device is a browser or device that takes push messages.
type Device struct {
	Key       string
	Name      string
	CreatedAt time.Time

	Endpoint, P256dh, Auth string
}

// me is the viewer of a request by a person; for whoever is none, there are no
// notifications.
func me(ctx context.Context) (*auth.Viewer, error) {
	v := auth.From(ctx)
	if v == nil || v.UserID == "" || v.System() || v.Kind != auth.KindMember && v.Kind != auth.KindStaff {
		return nil, problem.ErrUnauthenticated
	}
	return v, nil
}

// Settings are the viewer's own.
func (s *Service) Settings(ctx context.Context) (*Settings, error) {
	v, err := me(ctx)
	if err != nil {
		return nil, err
	}
	u, err := s.st.Client().User.Query().Where(user.ID(gid.ID(v.UserID))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	n := s.settingsOf(u)
	out := &Settings{
		WholeOrganization: n.Organization, Language: u.Language, TimeZone: n.TimeZone, Quiet: n.Quiet, Digest: n.Digest, DigestHour: n.DigestHour,
	}
	for _, k := range schema.NotificationKinds {
		kind := notification.Kind(k)
		if kind == notification.KindWORK_HANDED_IN && !grades(v) {
			continue // it is for those who grade alone
		}
		out.Kinds = append(out.Kinds, KindSetting{kind, channels(n, kind, v.Kind == auth.KindStaff)})
	}
	if out.Devices, err = s.devices(ctx, u.ID); err != nil {
		return nil, err
	}
	if out.WebhookURL, _, err = s.hook(ctx, u.ID); err != nil {
		return nil, err
	}
	out.PushKey, err = s.PushKey(ctx)
	return out, err
}

// Change is what to change of one's settings; what is nil stays.
type Change struct {
	Kinds             []KindSetting
	WholeOrganization *bool
	Language          *schema.Language
	TimeZone          *string
	Quiet             *QuietTimes // equal times: never
	Digest            *string
	DigestHour        *int
	WebhookURL        *string // empty: none any more
}

// QuietTimes are quiet hours as people write them, HH:MM.
type QuietTimes struct{ From, To string }

// Change changes the viewer's settings. With a new address for calls it returns
// the secret that signs them; it is told this once.
func (s *Service) Change(ctx context.Context, in Change) (secret string, err error) {
	err = s.mine(ctx, func(ctx context.Context, tx *ent.Client, u *ent.User) error {
		n := s.settingsOf(u)
		n.Channels = maps.Clone(n.Channels)
		if err := apply(&n, in); err != nil {
			return err
		}
		if in.Language != nil && *in.Language != u.Language {
			if err := tx.User.UpdateOneID(u.ID).SetLanguage(*in.Language).Exec(ctx); err != nil {
				return err
			}
			// In which language somebody is addressed is part of who they are to what
			// they have open; portal/accounts tells of it by the same event.
			if err := events.Append(ctx, tx, events.Event{
				Kind: events.UserChanged, Subject: u.ID, Owner: access.Owner{User: u.ID}, Staff: true, At: s.now(),
				Data: schema.EventData{Subject: string(u.ID)},
			}); err != nil {
				return err
			}
		}
		if in.WebhookURL != nil {
			if secret, err = s.setHook(ctx, u.ID, *in.WebhookURL); err != nil {
				return err
			}
		}
		return s.keep(ctx, tx, u.ID, n)
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// keep writes settings. The portal's own time zone is no choice: should the
// portal move, so do those who never chose.
func (s *Service) keep(ctx context.Context, tx *ent.Client, userID gid.ID, n schema.NotificationSettings) error {
	if n.TimeZone == s.o.Zone {
		n.TimeZone = ""
	}
	return tx.User.UpdateOneID(userID).SetNotificationSettings(&n).Exec(ctx)
}

// mine begins a change of the viewer's own settings and holds their row: two
// changes at once take turns, and neither loses what the other has set.
func (s *Service) mine(ctx context.Context, fn func(ctx context.Context, tx *ent.Client, u *ent.User) error) error {
	v, err := me(ctx)
	if err != nil {
		return err
	}
	_, err = s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, err := tx.User.Query().Where(user.ID(gid.ID(v.UserID)), store.Held).Only(ctx)
		if ent.IsNotFound(err) {
			return "", problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		ctx, err = access.Act(ctx, "notification.settings", access.Owner{User: u.ID})
		if err != nil {
			return "", err
		}
		return u.ID, fn(ctx, tx, u)
	})
	return err
}

func apply(n *schema.NotificationSettings, in Change) error {
	for i, k := range in.Kinds {
		chosen := []string{} // none is a choice, too
		for _, c := range k.Channels {
			if !slices.Contains(chosen, string(c)) {
				chosen = append(chosen, string(c))
			}
		}
		if notification.KindValidator(k.Kind) != nil || slices.ContainsFunc(k.Channels, func(c Channel) bool { return !slices.Contains(Channels, c) }) {
			return invalid("This is not known.", "Das ist nicht bekannt.", "kinds", strconv.Itoa(i))
		}
		if n.Channels == nil {
			n.Channels = map[string][]string{}
		}
		n.Channels[string(k.Kind)] = chosen
	}
	if in.WholeOrganization != nil {
		n.Organization = *in.WholeOrganization
	}
	if in.TimeZone != nil {
		if !knownZone(*in.TimeZone) {
			return refuse(codeTimeZone, problem.Text{EN: "This time zone is not known.", DE: "Diese Zeitzone ist nicht bekannt."}, "timeZone")
		}
		n.TimeZone = *in.TimeZone
	}
	if in.Quiet != nil {
		from, ok := clock(in.Quiet.From)
		if !ok {
			return invalid("Write the time as HH:MM.", "Schreiben Sie die Uhrzeit als HH:MM.", "quietHours", "from")
		}
		to, ok := clock(in.Quiet.To)
		if !ok {
			return invalid("Write the time as HH:MM.", "Schreiben Sie die Uhrzeit als HH:MM.", "quietHours", "to")
		}
		n.Quiet = &schema.QuietHours{From: from, To: to}
		if from == to {
			n.Quiet = nil
		}
	}
	if in.Digest != nil {
		if !slices.Contains([]string{digestOff, digestHourly, digestDaily}, *in.Digest) {
			return invalid("This is not known.", "Das ist nicht bekannt.", "digest")
		}
		n.Digest = *in.Digest
	}
	if in.DigestHour != nil {
		if *in.DigestHour < 0 || *in.DigestHour > 23 {
			return invalid("The hour is a number from 0 to 23.", "Die Stunde ist eine Zahl von 0 bis 23.", "digestHour")
		}
		n.DigestHour = *in.DigestHour
	}
	return nil
}

// knownZone says whether a name is that of a time zone. "Local" would be that of
// the machine, and an empty name means UTC to the library and nothing to people.
func knownZone(name string) bool {
	if name == "" || name == "Local" || len(name) > 60 {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// clock reads a time of the day as HH:MM.
func clock(s string) (minutes int, ok bool) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, false
	}
	return minutesOfDay(t), true
}

// Clock writes minutes of the day as HH:MM.
func Clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// refuse makes a refusal; a field is a member of the mutation's input.
func refuse(code string, text problem.Text, field ...string) error {
	return problem.Refuse(code, text, append([]string{"input"}, field...)...)
}

func invalid(en, de string, field ...string) error {
	return refuse(codeInvalid, problem.Text{EN: en, DE: de}, field...)
}

// longestAddress is the length of the longest address that is called.
const longestAddress = 1000

// callable says whether an address may be called at all: by https, at a public
// host, without a password in it. What its name leads to is looked at when it is
// called, see Outside.
func callable(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > longestAddress || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" || u.Fragment != "" ||
		strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII || r == '\\' }) {
		return false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n != 443 && n < 1024 || n > 65535 {
			return false
		}
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return public(ip)
	}
	return strings.Contains(host, ".") && !strings.HasSuffix(host, ".localhost") && !strings.HasSuffix(host, ".local") && !strings.HasSuffix(host, ".internal")
}

// hook is where the channel WEBHOOK calls for a person, and what signs its calls.
func (s *Service) hook(ctx context.Context, userID gid.ID) (address, secret string, err error) {
	err = s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT url, secret FROM notification_hooks WHERE user_id = $1`, string(userID)).Scan(&address, &secret)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return address, secret, err
}

// setHook sets or takes away the address. The same one again changes nothing;
// a new one has a new secret.
func (s *Service) setHook(ctx context.Context, userID gid.ID, address string) (secret string, err error) {
	is, _, err := s.hook(ctx, userID)
	if err != nil || is == address {
		return "", err
	}
	if address == "" {
		_, err = s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM notification_hooks WHERE user_id = $1`, string(userID))
		return "", err
	}
	if !callable(address) {
		return "", refuse(codeAddress, problem.Text{
			EN: "Give an address that begins with https:// and can be reached from the internet.",
			DE: "Geben Sie eine Adresse an, die mit https:// beginnt und aus dem Internet erreichbar ist.",
		}, "webhookUrl")
	}
	secret = rand.Text() + rand.Text()
	_, err = s.st.Raw(ctx).ExecContext(ctx, `INSERT INTO notification_hooks (user_id, url, secret, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (user_id) DO UPDATE SET url = excluded.url, secret = excluded.secret, created_at = excluded.created_at`,
		string(userID), address, secret, s.now())
	return secret, err
}

// mostDevices is how many browsers and devices one person may register.
const mostDevices = 20

// AddDevice registers the browser that asks, for push messages. One that is
// registered already stays the same one; it goes over to another person only
// with the keys that the browser alone knows, as when somebody else signs in there.
func (s *Service) AddDevice(ctx context.Context, d Device) error {
	if !callable(d.Endpoint) {
		return refuse(codeAddress, problem.Text{EN: "This is not the address of a push service.", DE: "Das ist nicht die Adresse eines Push-Dienstes."}, "endpoint")
	}
	point, ok := encoded(d.P256dh)
	if _, err := ecdh.P256().NewPublicKey(point); !ok || err != nil {
		return invalid("This is not a browser's public key.", "Das ist nicht der öffentliche Schlüssel eines Browsers.", "p256dh")
	}
	if shared, ok := encoded(d.Auth); !ok || len(shared) != 16 {
		return invalid("This is not a browser's secret of 16 bytes.", "Das ist nicht das Geheimnis eines Browsers mit 16 Bytes.", "auth")
	}
	name := deviceName(auth.RequestFrom(ctx).UserAgent)
	return s.mine(ctx, func(ctx context.Context, _ *ent.Client, u *ent.User) error {
		done, err := s.st.Raw(ctx).ExecContext(ctx, `INSERT INTO push_devices (device_key, user_id, endpoint, p256dh, auth, name, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name
			WHERE push_devices.user_id = excluded.user_id OR push_devices.p256dh = excluded.p256dh AND push_devices.auth = excluded.auth`,
			rand.Text(), string(u.ID), d.Endpoint, d.P256dh, d.Auth, name, s.now())
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return refuse(codeAddress, problem.Text{EN: "This is not the address of a push service.", DE: "Das ist nicht die Adresse eines Push-Dienstes."}, "endpoint")
		}
		all, err := s.devices(ctx, u.ID)
		if err == nil && len(all) > mostDevices {
			err = invalid("You have registered 20 devices already. Remove one first.",
				"Sie haben bereits 20 Geräte angemeldet. Entfernen Sie zuerst eines.", "endpoint")
		}
		return err
	})
}

// deviceName is what a browser says of itself, cut to a length.
func deviceName(agent string) string {
	agent = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(agent, ""))
	if r := []rune(agent); len(r) > 120 {
		return string(r[:120])
	}
	return agent
}

// encoded reads a key as browsers write it: base64url, with padding or not.
func encoded(s string) ([]byte, bool) {
	if len(s) > 200 {
		return nil, false
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	return b, err == nil
}

// RemoveDevice takes one of the viewer's own devices off. Whoever names another
// one learns nothing: it is not among theirs afterwards either.
func (s *Service) RemoveDevice(ctx context.Context, key string) error {
	return s.mine(ctx, func(ctx context.Context, _ *ent.Client, u *ent.User) error {
		_, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM push_devices WHERE device_key = $1 AND user_id = $2`, key, string(u.ID))
		return err
	})
}

func (s *Service) devices(ctx context.Context, userID gid.ID) (list []Device, err error) {
	rows, err := s.st.RawRead(ctx).QueryContext(ctx,
		`SELECT device_key, name, created_at, endpoint, p256dh, auth FROM push_devices WHERE user_id = $1 ORDER BY created_at, device_key`, string(userID))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var d Device
		if err := rows.Scan(&d.Key, &d.Name, &d.CreatedAt, &d.Endpoint, &d.P256dh, &d.Auth); err != nil {
			return nil, err
		}
		d.CreatedAt = d.CreatedAt.UTC()
		list = append(list, d)
	}
	return list, rows.Err()
}
