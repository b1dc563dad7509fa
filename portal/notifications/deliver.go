package notifications

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/notification"
	"foyer/ent/user"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	attempts = 12               // how often a delivery is tried
	patience = time.Minute      // how long an attempt may take
	lease    = patience * 3 / 2 // after what time an attempt counts as lost
)

// The states of a delivery.
const (
	pending = "PENDING"
	sent    = "SENT"
	skipped = "SKIPPED"
	failed  = "FAILED"
)

// deliverArgs order the sending of one notification by one channel.
type deliverArgs struct {
	Notification gid.ID  `json:"notification"`
	Channel      Channel `json:"channel"`
}

// Kind implements jobs.Args.
func (deliverArgs) Kind() string { return "notifications.deliver" }

// digestArgs order the sending of a person's gathered mails.
type digestArgs struct {
	User gid.ID    `json:"user"`
	Due  time.Time `json:"due"`
}

// Kind implements jobs.Args.
func (digestArgs) Kind() string { return "notifications.digest" }

// plan orders the deliveries of a notification by the channels that its reader
// has chosen, for when they may be disturbed.
func (s *Service) plan(ctx context.Context, n *ent.Notification, r recipient) error {
	chosen := s.settingsOf(r.user)
	zone := zoneOf(chosen.TimeZone)
	for _, c := range channels(chosen, n.Kind, r.staff) {
		if there, err := s.reachable(ctx, c, r.user.ID); err != nil || !there {
			if err != nil {
				return err
			}
			continue
		}
		due, together := n.CreatedAt, false
		if c == Mail && chosen.Digest != digestOff {
			due, together = gathered(due, chosen.Digest, chosen.DigestHour, zone), true
		}
		due = awake(due, chosen.Quiet, zone)
		state, why := pending, ""
		if life := shelfLife(n.Kind); life > 0 && due.Sub(n.CreatedAt) > life {
			state, why = skipped, "of no use any more when it may be sent"
		}
		if _, err := s.st.Raw(ctx).ExecContext(ctx, `INSERT INTO deliveries
			(notification_id, channel, user_id, due_at, gathered, state, attempts, reached, error, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7, $8)`,
			string(n.ID), string(c), string(r.user.ID), due, flag(together), state, why, n.CreatedAt); err != nil {
			return err
		}
		var err error
		switch {
		case state != pending:
		case together:
			err = s.jobs.Insert(ctx, digestArgs{r.user.ID, due}, jobs.At(due), jobs.Once())
		default:
			err = s.jobs.Insert(ctx, deliverArgs{n.ID, c}, jobs.At(due))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// reachable says whether a channel leads to a person at all.
func (s *Service) reachable(ctx context.Context, c Channel, userID gid.ID) (bool, error) {
	switch c {
	case Mail:
		return s.letters != nil, nil
	case Push:
		list, err := s.devices(ctx, userID)
		return len(list) > 0, err
	case Webhook:
		address, _, err := s.hook(ctx, userID)
		return address != "", err
	}
	return false, nil
}

// delivery is a row of the table.
type delivery struct {
	notification gid.ID
	channel      Channel
	due, created time.Time
	gathered     bool
	attempts     int
	reached      []string
}

// errClaimed is the error of an attempt while another one is running.
var errClaimed = errors.New("notifications: this is being sent at this moment")

// claim begins an attempt; nil when there is nothing to send any more. One that
// was given up is tried again when somebody orders it by hand.
func (s *Service) claim(ctx context.Context, id gid.ID, c Channel) (*delivery, error) {
	now, d := s.now(), &delivery{notification: id, channel: c}
	var reached string
	var together int
	err := s.st.Raw(ctx).QueryRowContext(ctx, `UPDATE deliveries SET attempts = attempts + 1, claimed_until = $1
		WHERE notification_id = $2 AND channel = $3 AND state IN ('PENDING', 'FAILED') AND (claimed_until IS NULL OR claimed_until <= $4)
		RETURNING due_at, created_at, gathered, attempts, reached`,
		now.Add(lease), string(id), string(c), now).Scan(&d.due, &d.created, &together, &d.attempts, &reached)
	if errors.Is(err, sql.ErrNoRows) {
		var open int
		err := s.st.Raw(ctx).QueryRowContext(ctx, `SELECT count(*) FROM deliveries
			WHERE notification_id = $1 AND channel = $2 AND state IN ('PENDING', 'FAILED')`, string(id), string(c)).Scan(&open)
		if err == nil && open > 0 {
			err = errClaimed
		}
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	d.gathered = together != 0
	if reached != "" {
		d.reached = strings.Split(reached, ",")
	}
	return d, nil
}

// close ends an attempt.
func (s *Service) close(ctx context.Context, d *delivery, state, why string) error {
	var at any
	if state == sent {
		at = s.now()
	}
	_, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE deliveries SET state = $1, error = $2, sent_at = $3, claimed_until = NULL, reached = $4
		WHERE notification_id = $5 AND channel = $6`,
		state, clip(why), at, strings.Join(d.reached, ","), string(d.notification), string(d.channel))
	return err
}

// clip keeps an error short enough to be read.
func clip(s string) string {
	if r := []rune(s); len(r) > 300 {
		return string(r[:300])
	}
	return s
}

// wait puts an attempt off.
func (s *Service) wait(ctx context.Context, d *delivery, until time.Time) error {
	_, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE deliveries SET due_at = $1, attempts = attempts - 1, claimed_until = NULL
		WHERE notification_id = $2 AND channel = $3`, until, string(d.notification), string(d.channel))
	return err
}

// hopeless is an error that trying again does not mend.
type hopeless struct{ error }

// Unwrap gives errors.Is what it looks for.
func (h hopeless) Unwrap() error { return h.error }

// settle ends an attempt by what came of it. An error is returned so that the
// work is done again, as long as that may help.
func (s *Service) settle(ctx context.Context, err error, list ...*delivery) error {
	// The attempt's own time may be over; what came of it is noted all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	var lost hopeless
	// The address behind a web hook or a device is a secret of its owner.
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = fmt.Errorf("notifications: %w", u.Err)
	}
	final := errors.As(err, &lost)
	for _, d := range list {
		state, why := sent, ""
		if err != nil {
			state, why = pending, err.Error()
			if final || d.attempts >= attempts {
				state = failed
			}
		}
		if e := s.close(ctx, d, state, why); e != nil {
			return errors.Join(err, e)
		}
	}
	if final {
		s.o.Logger.WarnContext(ctx, "a notification cannot be delivered", "notification", list[0].notification, "channel", list[0].channel, "error", err.Error())
		return nil
	}
	return err
}

// subject is what a delivery is about and whom it reaches, as of now.
type subject struct {
	n        *ent.Notification
	user     *ent.User
	settings schema.NotificationSettings
}

// look finds out whether a delivery is still to be made; why not is a text for
// staff. What somebody could see when it was ordered they may not see any more.
func (s *Service) look(ctx context.Context, d *delivery) (x *subject, why string, err error) {
	c := s.st.Client()
	n, err := c.Notification.Get(ctx, d.notification)
	if ent.IsNotFound(err) {
		return nil, "the notification is gone", nil
	}
	if err != nil {
		return nil, "", err
	}
	u, err := c.User.Query().Where(user.ID(n.UserID), user.StatusEQ(user.StatusACTIVE)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, "the person cannot sign in any more", nil
	}
	if err != nil {
		return nil, "", err
	}
	v, err := s.viewerFor(ctx, c, n)
	if err != nil {
		return nil, "", err
	}
	settings := s.settingsOf(u)
	switch {
	case v == nil:
		return nil, "the person may not see the order any more", nil
	case !slices.Contains(channels(settings, n.Kind, v.Kind == auth.KindStaff), d.channel):
		return nil, "the person does not want it this way any more", nil
	case n.ReadAt != nil && (d.gathered || d.due.Sub(d.created) > time.Minute):
		return nil, "read in the meantime", nil
	case shelfLife(n.Kind) > 0 && s.now().Sub(n.CreatedAt) > shelfLife(n.Kind):
		return nil, "of no use any more", nil
	}
	return &subject{n, u, settings}, "", nil
}

// deliver sends one notification by one channel. It is noted as sent after it
// was: should the process die in between it is sent again, a mail then with the
// same Message-ID and a push message under the same topic.
func (s *Service) deliver(ctx context.Context, a deliverArgs) error {
	ctx = auth.WithSystem(ctx, "delivery of a notification to whom it is for")
	d, err := s.claim(ctx, a.Notification, a.Channel)
	if err != nil || d == nil {
		return err
	}
	x, why, err := s.look(ctx, d)
	if err != nil {
		return s.settle(ctx, err, d)
	}
	if x == nil {
		return s.close(ctx, d, skipped, why)
	}
	if until := awake(s.now(), x.settings.Quiet, zoneOf(x.settings.TimeZone)); until.After(s.now()) {
		return s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			if err := s.wait(ctx, d, until); err != nil {
				return err
			}
			return s.jobs.Insert(ctx, a, jobs.At(until))
		})
	}
	return s.settle(ctx, s.send(ctx, x, d), d)
}

func (s *Service) send(ctx context.Context, x *subject, d *delivery) error {
	switch d.channel {
	case Mail:
		l, err := s.letter(ctx, x.user, x.n)
		if err != nil {
			return err
		}
		return s.letters.Send(ctx, l)
	case Push:
		return s.toDevices(ctx, x, d)
	case Webhook:
		return s.call(ctx, x)
	}
	return hopeless{fmt.Errorf("notifications: no channel %q", d.channel)}
}

// letter is the mail of notifications to one person.
func (s *Service) letter(ctx context.Context, u *ent.User, list ...*ent.Notification) (mail.Letter, error) {
	if s.letters == nil {
		return mail.Letter{}, hopeless{errors.New("notifications: the portal sends no mails")}
	}
	l := mail.Letter{
		Template: mail.Digest, Language: u.Language, To: u.Email, Name: u.Name,
		Settings: s.o.PublicURL + "/account/notifications", Key: "digest-" + string(list[0].ID),
	}
	kind := every
	if len(list) == 1 {
		kind = string(list[0].Kind)
		l.Template, l.Key = mail.Template(kind), string(list[0].ID)
	}
	zone := s.zone
	if u.NotificationSettings != nil && u.NotificationSettings.TimeZone != "" {
		zone = zoneOf(u.NotificationSettings.TimeZone)
	}
	for _, n := range list {
		i := s.item(n, u.Language)
		i.At = i.At.In(zone)
		l.Items = append(l.Items, i)
	}
	var err error
	l.Unsubscribe, err = s.leave(ctx, u.ID, kind)
	return l, err
}

func (s *Service) item(n *ent.Notification, language schema.Language) mail.Item {
	i := mail.Item{Number: n.Data.Number, URL: s.orderURL(n.Data.Number), At: n.CreatedAt}
	i.Title, i.Text = WordsOf(n, language)
	if n.Kind == notification.KindSEARCH_ANSWERED {
		i.URL = s.searchURL(n.Data.Text)
	}
	if isConfiguration(n.Kind) {
		i.URL = s.configurationURL(n.Data)
	}
	if isTraining(n.Kind) {
		i.URL = s.courseURL(n.Data)
	}
	return i
}

func (s *Service) orderURL(number string) string {
	return s.o.PublicURL + "/orders/" + url.PathEscape(number)
}

// mostItems is how many notifications one mail tells at most.
const mostItems = 50

// digest sends the mails of a person that were gathered until now, in one; a
// single one is a mail of its own.
func (s *Service) digest(ctx context.Context, a digestArgs) error {
	ctx = auth.WithSystem(ctx, "gathered mail to whom it is for")
	for {
		n, err := s.gather(ctx, a)
		if err != nil || n < mostItems {
			return err
		}
	}
}

// gather sends one mail, and returns how many deliveries it has seen to.
func (s *Service) gather(ctx context.Context, a digestArgs) (int, error) {
	ids, err := s.waiting(ctx, a)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	var claims []*delivery
	var about []*ent.Notification
	var to *subject
	for _, id := range ids {
		d, err := s.claim(ctx, id, Mail)
		if err != nil {
			return 0, s.settle(ctx, err, claims...)
		}
		if d == nil {
			continue
		}
		x, why, err := s.look(ctx, d)
		switch {
		case err != nil:
			return 0, s.settle(ctx, err, append(claims, d)...)
		case x == nil:
			if err := s.close(ctx, d, skipped, why); err != nil {
				return 0, err
			}
		default:
			claims, about, to = append(claims, d), append(about, x.n), x
		}
	}
	if len(claims) == 0 {
		return len(ids), nil
	}
	if until := awake(s.now(), to.settings.Quiet, zoneOf(to.settings.TimeZone)); until.After(s.now()) {
		return 0, s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			for _, d := range claims {
				if err := s.wait(ctx, d, until); err != nil {
					return err
				}
			}
			return s.jobs.Insert(ctx, digestArgs{a.User, until}, jobs.At(until), jobs.Once())
		})
	}
	l, err := s.letter(ctx, to.user, about...)
	if err == nil {
		err = s.letters.Send(ctx, l)
	}
	return len(ids), s.settle(ctx, err, claims...)
}

// waiting are the notifications of which a gathered mail is due, the oldest first.
func (s *Service) waiting(ctx context.Context, a digestArgs) (ids []gid.ID, err error) {
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, `SELECT notification_id FROM deliveries
		WHERE user_id = $1 AND state = 'PENDING' AND due_at <= $2 AND channel = 'MAIL' AND gathered = 1
		ORDER BY created_at, notification_id LIMIT $3`, string(a.User), a.Due.UTC(), mostItems)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id gid.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Preview is a mail as people get it, of sample data.
func (s *Service) Preview(ctx context.Context, template string, language schema.Language) (mail.Message, error) {
	if s.letters == nil {
		return mail.Message{}, problem.New(problem.NotFound, "The portal sends no mails.", "Das Portal verschickt keine Mails.")
	}
	l := mail.Letter{
		Template: mail.Template(template), Language: language, To: "alex.morgan@example.com", Name: "Alex Morgan", Key: "preview",
		Settings: s.o.PublicURL + "/account/notifications", Unsubscribe: s.o.PublicURL + "/unsubscribe?token=preview",
	}
	now := s.now().In(s.zone)
	switch l.Template {
	case mail.GuestCode:
		l.Code, l.Minutes, l.Settings, l.Unsubscribe = "52367087", 15, "", ""
		l.Items = []mail.Item{{Number: sampleNumber, URL: s.orderURL(sampleNumber), At: now}}
	case mail.PasswordLink, mail.PasswordChanged, mail.Invitation:
		s.sampleOfAccount(&l, now)
	case mail.Digest:
		for _, k := range []notification.Kind{notification.KindSHIPMENT_SENT, notification.KindORDER_DELAYED, notification.KindORDER_NOTE} {
			l.Items = append(l.Items, s.item(sample(k, now, language), language))
		}
	default:
		l.Items = []mail.Item{s.item(sample(notification.Kind(template), now, language), language)}
	}
	return s.letters.Render(ctx, l)
}

// sampleOfAccount fills a letter about an account as there might be one.
func (s *Service) sampleOfAccount(l *mail.Letter, now time.Time) {
	l.Settings, l.Unsubscribe = "", ""
	switch l.Template { //nolint:exhaustive // the others are about no account
	case mail.PasswordLink:
		l.URL, l.Good = s.o.PublicURL+"/password#preview", time.Hour
	case mail.PasswordChanged:
		l.URL, l.At = s.o.PublicURL+"/password", now
	case mail.Invitation:
		l.Name, l.URL, l.Good = "", s.o.PublicURL+"/invitation#preview", 7*24*time.Hour
		l.Inviter, l.Organization = "Sam Taylor", "Morgan & Sons"
		l.Role = problem.Text{EN: "Buyer", DE: "Einkauf"}.In(l.Language.Code())
	}
}

// keptFor is how long it is known what became of a delivery.
const keptFor = 90 * 24 * time.Hour

// Sweep deletes what is known of deliveries of long ago.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM deliveries WHERE created_at < $1 AND state <> 'PENDING'`, s.now().Add(-keptFor))
	return err
}

const sampleNumber = "FO-10042"

// sample is a notification as there might be one.
func sample(kind notification.Kind, now time.Time, language schema.Language) *ent.Notification {
	say := func(en, de string) string { return problem.Text{EN: en, DE: de}.In(language.Code()) }
	day := func(n int) *time.Time {
		t := now.Truncate(24*time.Hour).AddDate(0, 0, n)
		return &t
	}
	at := now.Add(-time.Hour)
	d := schema.NotificationData{Number: sampleNumber, Carrier: "DHL", Tracking: "00340434161094042557"}
	switch kind {
	case notification.KindORDER_CONFIRMED:
		d.Date = day(3)
	case notification.KindORDER_CHANGED:
		d.Fields, d.Cancelled = []string{orders.FieldShipTo}, []schema.CancelledLine{{Sku: "SPECTRA-2", Quantity: 2}}
	case notification.KindORDER_CANCELLED:
		d.Text = say("The article is no longer made.", "Der Artikel wird nicht mehr hergestellt.")
	case notification.KindORDER_PROMISE, notification.KindORDER_DELAYED:
		d.OldDate, d.Date, d.Text, d.Cause = day(1), day(3), say("The bearing arrives from our supplier two days late.", "Das Lager kommt zwei Tage später von unserem Lieferanten."), "CARRIER_ESTIMATE"
	case notification.KindORDER_NOTE:
		d.Author, d.Text = "Sam Taylor", say("We can also deliver to your second site. Would that help?", "Wir können auch an Ihren zweiten Standort liefern. Wäre Ihnen das recht?")
	case notification.KindAPPROVAL_REQUESTED:
		d.Author = "Kim Becker"
	case notification.KindSEARCH_ANSWERED: // it is about no order
		d = schema.NotificationData{Text: say("deep groove bearing", "Rillenkugellager")}
	case notification.KindCONFIGURATION_NEEDS_CUSTOMER, notification.KindCONFIGURATION_HANDED_OVER:
		d = schema.NotificationData{Name: say("Press for hall 2", "Presse für Halle 2"), ConfigurationID: gid.Configuration + "_01jd3m8k2vf6q9w0x4y7z5a1bc"}
		if kind == notification.KindCONFIGURATION_HANDED_OVER {
			d.Author, d.Text = "Sam Taylor", say("I have put in the larger cooler. Does that suit you?", "Ich habe den größeren Kühler eingesetzt. Passt das für Sie?")
		}
	case notification.KindCOURSE_ASSIGNED, notification.KindCOURSE_DUE, notification.KindWORK_GRADED, notification.KindWORK_HANDED_IN,
		notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING, notification.KindCERTIFICATE_REVOKED:
		d = sampleOfTraining(kind, day)
	case notification.KindAPPROVAL_DECIDED:
		d.Author, d.Cause, d.Text = "Sam Taylor", "APPROVED", say("Please order the small size next time.", "Bitte beim nächsten Mal die kleine Größe.")
	case notification.KindSHIPMENT_SENT:
		d.Date = day(2)
	case notification.KindOUT_FOR_DELIVERY:
		d.Date = &at
	case notification.KindDELIVERED:
		d.Date, d.Location = &at, "Kiel"
	case notification.KindDELIVERY_PROBLEM:
		d.Date, d.Location, d.Text = &at, "Kiel", say("Nobody was there to take it.", "Es war niemand da, der es annehmen konnte.")
	default: // nothing but the number is said
	}
	return &ent.Notification{Kind: kind, Data: d, CreatedAt: now}
}

// sampleOfTraining is what a notification of training might say.
func sampleOfTraining(kind notification.Kind, day func(int) *time.Time) schema.NotificationData {
	d := schema.NotificationData{
		CourseKey: "machine-safety", Titles: map[string]string{"en": "Safety at the machine", "de": "Sicherheit an der Maschine"},
		EnrollmentID: gid.Enrollment + "_01jd3m8k2vf6q9w0x4y7z5a1bc", Name: "CE-4H7QK2M9", Date: day(14),
	}
	switch kind {
	case notification.KindWORK_GRADED:
		d.Cause = workGood
	case notification.KindWORK_HANDED_IN:
		d.Author, d.SubmissionID = "Kim Becker", gid.Submission+"_01jd3m8k2vf6q9w0x4y7z5a1bc"
	default: // nothing more is said
	}
	return d
}
