package notifications

import (
	"context"
	"fmt"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/event"
	"foyer/ent/notification"
	"foyer/ent/organizationassignment"
	"foyer/ent/user"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// forStaff marks, in the cause of a notification, that its reader is staff, whose
// pages are others than those of customers.
const forStaff = "STAFF"

// kindOfConfiguration is the kind of notification that an event about a configuration
// becomes, if any.
func kindOfConfiguration(e *ent.Event) (notification.Kind, bool) {
	if e.Audience != event.AudienceCUSTOMER {
		return "", false
	}
	switch events.Kind(e.Kind) {
	case events.ConfigurationRevalidated:
		return notification.KindCONFIGURATION_NEEDS_CUSTOMER, e.Data.To == string(configuration.StatusNEEDS_CUSTOMER)
	case events.ConfigurationHandedOver:
		return notification.KindCONFIGURATION_HANDED_OVER, true
	default:
		return "", false
	}
}

func isConfiguration(k notification.Kind) bool {
	return k == notification.KindCONFIGURATION_NEEDS_CUSTOMER || k == notification.KindCONFIGURATION_HANDED_OVER
}

// configured tells of a configuration that waits for somebody: its owner, or those who
// look after the customer where it goes to them, or where nobody owns it. Nobody is
// told of what they did themselves.
func (s *Service) configured(ctx context.Context, tx *ent.Client, e *ent.Event, kind notification.Kind) error {
	c, err := tx.Configuration.Get(ctx, e.SubjectID)
	if err != nil {
		return ignore(err)
	}
	if over(c, e, kind) {
		return nil
	}
	var people []*ent.User
	if c.UserID == "" || kind == notification.KindCONFIGURATION_HANDED_OVER && e.Data.To == string(configuration.TurnSALES) {
		people, err = s.carers(ctx, tx, c.OrganizationID)
	} else {
		people, err = tx.User.Query().Where(user.ID(c.UserID), user.StatusEQ(user.StatusACTIVE)).All(ctx)
	}
	if err != nil {
		return err
	}
	for _, u := range people {
		if string(u.ID) == e.ActorID {
			continue
		}
		if err := s.tellOfConfiguration(ctx, tx, e, c, kind, u); err != nil {
			return err
		}
	}
	return nil
}

// over says whether an event is not true any more: somebody has seen to it.
func over(c *ent.Configuration, e *ent.Event, kind notification.Kind) bool {
	if kind == notification.KindCONFIGURATION_HANDED_OVER {
		return string(c.Turn) != e.Data.To
	}
	return c.Status != configuration.StatusNEEDS_CUSTOMER
}

// carers are the staff who look after an organization now.
func (s *Service) carers(ctx context.Context, tx *ent.Client, organization gid.ID) ([]*ent.User, error) {
	now := s.now()
	list, err := tx.OrganizationAssignment.Query().Where(organizationassignment.OrganizationID(organization),
		organizationassignment.FromLTE(now),
		organizationassignment.Or(organizationassignment.ToIsNil(), organizationassignment.ToGT(now))).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(list))
	for i, a := range list {
		ids[i] = a.UserID
	}
	return tx.User.Query().Where(user.IDIn(ids...), user.StatusEQ(user.StatusACTIVE)).Order(ent.Asc(user.FieldID)).All(ctx)
}

// tellOfConfiguration writes the notification of one person who may see what it is
// about at this moment.
func (s *Service) tellOfConfiguration(ctx context.Context, tx *ent.Client, e *ent.Event, c *ent.Configuration, kind notification.Kind, u *ent.User) error {
	v, err := s.readerOfConfiguration(ctx, tx, u.ID, c.ID)
	if err != nil || v == nil || !v.Grants().Has(auth.ReadPermission(ent.TypeNotification)) {
		return err
	}
	d := schema.NotificationData{Name: c.Name, ConfigurationID: string(c.ID), Zone: s.settingsOf(u).TimeZone}
	if v.Kind == auth.KindStaff {
		d.Cause = forStaff
	}
	if kind == notification.KindCONFIGURATION_HANDED_OVER {
		d.Text = e.Data.Text
		if v.Grants().Has(schema.PermPeople) {
			d.Author = e.ActorName
		}
	}
	return s.informOne(ctx, tx, "configuration:"+number(e.ID), c.OrganizationID, recipient{u, v.Kind == auth.KindStaff, v.Grants().Has(schema.PermPeople)}, kind, d)
}

// readerOfConfiguration is the identity by which a person may see a configuration at
// this moment; nil when there is none.
func (s *Service) readerOfConfiguration(ctx context.Context, c *ent.Client, userID, id gid.ID) (*auth.Viewer, error) {
	return s.readerOf(ctx, c, userID, func(ctx context.Context) (bool, error) {
		return c.Configuration.Query().Where(configuration.ID(id)).Exist(ctx)
	})
}

// configurationURL is the page of a configuration, for its reader.
func (s *Service) configurationURL(d schema.NotificationData) string {
	if d.Cause == forStaff {
		return s.o.PublicURL + "/console/configurations/" + d.ConfigurationID
	}
	return s.o.PublicURL + "/configurations/" + d.ConfigurationID
}

func (w speaker) named(en, de string) string { return fmt.Sprintf(w.say(en, de), w.d.Name) }

func (w speaker) needsCustomer() (title, text string) {
	return w.named("The configuration “%s” needs a decision", "Die Konfiguration „%s“ braucht eine Entscheidung"),
		w.say("The product has changed, and something that was chosen is not possible in this way any more. Open it to see what could take its place.",
			"Das Produkt hat sich geändert, und etwas Gewähltes ist so nicht mehr möglich. Öffnen Sie sie, um zu sehen, was an seine Stelle treten kann.")
}

func (w speaker) handedOver() (title, text string) {
	title = w.named("It is your turn with the configuration “%s”", "Sie sind mit der Konfiguration „%s“ an der Reihe")
	said := strings.TrimSpace(w.d.Text)
	switch {
	case said == "" && w.d.Author == "":
		return title, w.say("It was handed over to you.", "Sie wurde Ihnen übergeben.")
	case said == "":
		return title, fmt.Sprintf(w.say("%s has handed it over to you.", "%s hat sie Ihnen übergeben."), w.d.Author)
	}
	return title, w.note()
}
