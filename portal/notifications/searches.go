package notifications

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/notification"
	"foyer/ent/user"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// searcher tells one person that what they have searched for can be found. They
// have asked for it, so nobody else is told.
func (s *Service) searcher(ctx context.Context, tx *ent.Client, e *ent.Event) error {
	u, err := tx.User.Query().Where(user.ID(e.UserID), user.StatusEQ(user.StatusACTIVE)).Only(ctx)
	if err != nil {
		return ignore(err)
	}
	v, err := s.seat(ctx, tx, u.ID)
	if err != nil || v == nil || !v.Grants().Has(auth.ReadPermission(ent.TypeNotification)) {
		return err
	}
	key := "search:" + string(e.SubjectID) + ":" + strconv.FormatInt(e.ID, 10)
	return s.informOne(ctx, tx, key, e.OrganizationID, recipient{u, v.Kind == auth.KindStaff, false}, notification.KindSEARCH_ANSWERED,
		schema.NotificationData{Text: e.Data.Text, Zone: s.settingsOf(u).TimeZone})
}

// seat is the first identity by which a person can act; nil when there is none.
func (s *Service) seat(ctx context.Context, c *ent.Client, userID gid.ID) (*auth.Viewer, error) {
	return s.readerOf(ctx, c, userID, func(context.Context) (bool, error) { return true, nil })
}

// viewerFor is the identity by which a person may read a notification's subject.
func (s *Service) viewerFor(ctx context.Context, c *ent.Client, n *ent.Notification) (*auth.Viewer, error) {
	if n.Kind == notification.KindSEARCH_ANSWERED {
		return s.seat(ctx, c, n.UserID)
	}
	if isConfiguration(n.Kind) {
		return s.readerOfConfiguration(ctx, c, n.UserID, gid.ID(n.Data.ConfigurationID))
	}
	if n.Kind == notification.KindWORK_HANDED_IN {
		return s.grader(ctx, c, n.UserID, gid.ID(n.Data.SubmissionID))
	}
	if isTraining(n.Kind) {
		return s.learner(ctx, c, n.UserID, gid.ID(n.Data.EnrollmentID))
	}
	return s.reader(ctx, c, n.UserID, n.OrderID)
}

// searchURL is where the search is done again.
func (s *Service) searchURL(term string) string {
	return s.o.PublicURL + "/search?q=" + url.QueryEscape(term)
}

func isSearch(e *ent.Event) bool {
	return events.Kind(e.Kind) == events.SearchAnswered && e.Audience == event.AudienceCUSTOMER
}

func (w speaker) searchAnswered() (title, text string) {
	return fmt.Sprintf(w.say("There is an answer to your search for “%s”", "Es gibt eine Antwort auf Ihre Suche nach „%s“"), w.d.Text),
		w.say("You searched for this without finding anything, and asked to be told. Search again to see the answer.",
			"Sie haben danach gesucht, nichts gefunden und um Nachricht gebeten. Suchen Sie erneut, um die Antwort zu sehen.")
}
