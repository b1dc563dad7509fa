package notifications

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/courseversion"
	"foyer/ent/enrollment"
	"foyer/ent/event"
	"foyer/ent/notification"
	"foyer/ent/submission"
	"foyer/ent/user"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// What a notification about a course says of it, as its cause.
const (
	placeFree = "PLACE"  // a place became free
	lateNow   = "LATE"   // it should be done by now
	workGood  = "PASSED" // work was good
)

// trainingKinds are the notifications that events of training become.
var trainingKinds = map[events.Kind]notification.Kind{
	events.Enrolled:           notification.KindCOURSE_ASSIGNED,
	events.CourseDue:          notification.KindCOURSE_DUE,
	events.WorkHandedIn:       notification.KindWORK_HANDED_IN,
	events.WorkGraded:         notification.KindWORK_GRADED,
	events.CertificateIssued:  notification.KindCERTIFICATE_ISSUED,
	events.CertificateEnding:  notification.KindCERTIFICATE_ENDING,
	events.CertificateRevoked: notification.KindCERTIFICATE_REVOKED,
}

// kindOfTraining is the kind of notification that an event of training becomes, if any.
// Who waits for a place is told once they have it.
func kindOfTraining(e *ent.Event) (notification.Kind, bool) {
	kind, ok := trainingKinds[events.Kind(e.Kind)]
	if !ok || e.Audience != event.AudienceCUSTOMER {
		return "", false
	}
	return kind, kind != notification.KindCOURSE_ASSIGNED || e.Data.To == string(enrollment.StatusACTIVE)
}

func isTraining(k notification.Kind) bool {
	for _, kind := range trainingKinds {
		if kind == k {
			return true
		}
	}
	return false
}

// Learned is what an event of training is about: who learns what, and the certificate or
// the work, where it is about one.
type Learned struct {
	Enrollment  *ent.Enrollment
	CourseKey   string
	Titles      map[string]string
	Certificate *ent.Certificate
	Work        *ent.Submission
}

// NewsOfTraining is what an event means to whoever learns; ok is false when they are not
// told of such an event, or it is not true any more. Nobody is told that they have begun
// a course themselves; a certificate is told of always, as the receipt of what was done.
func NewsOfTraining(e *ent.Event, l Learned) (n News, ok bool) {
	if n.Kind, ok = kindOfTraining(e); !ok || n.Kind == notification.KindWORK_HANDED_IN {
		return n, false
	}
	x := l.Enrollment
	own := e.ActorID == string(x.UserID) && e.Data.From == ""
	n.Key, n.Data = "training:"+number(e.ID), l.data()
	d := &n.Data
	switch n.Kind {
	case notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING, notification.KindCERTIFICATE_REVOKED:
		c := l.Certificate
		if c == nil || c.RevokedAt != nil && n.Kind != notification.KindCERTIFICATE_REVOKED {
			return n, false
		}
		d.Name, d.Date, d.Text = c.Number, c.ExpiresAt, c.Revocation
	case notification.KindWORK_GRADED:
		if l.Work == nil {
			return n, false
		}
		d.Cause, d.Text = e.Data.To, l.Work.Comment
	case notification.KindCOURSE_DUE:
		d.Cause, d.Date = e.Data.To, e.Data.Date
		ok = x.Status == enrollment.StatusACTIVE
	default:
		if e.Data.From == string(enrollment.StatusWAITING) {
			d.Cause = placeFree
		}
		d.Date, ok = x.DueAt, x.Status == enrollment.StatusACTIVE
	}
	return n, ok && (!own || n.Kind == notification.KindCERTIFICATE_ISSUED)
}

// data says of what course a notification is.
func (l Learned) data() schema.NotificationData {
	return schema.NotificationData{EnrollmentID: string(l.Enrollment.ID), CourseKey: l.CourseKey, Titles: l.Titles}
}

// learned tells somebody of their own training.
func (s *Service) learned(ctx context.Context, tx *ent.Client, e *ent.Event, kind notification.Kind) error {
	if kind == notification.KindWORK_HANDED_IN {
		return s.handedIn(ctx, tx, e)
	}
	l, err := ofTraining(ctx, tx, e, kind)
	if err != nil {
		return ignore(err)
	}
	n, ok := NewsOfTraining(e, l)
	if !ok {
		return nil
	}
	x := l.Enrollment
	u, err := tx.User.Query().Where(user.ID(x.UserID), user.StatusEQ(user.StatusACTIVE)).Only(ctx)
	if err != nil {
		return ignore(err)
	}
	v, err := s.learner(ctx, tx, u.ID, x.ID)
	if err != nil || v == nil || !v.Grants().Has(auth.ReadPermission(ent.TypeNotification)) {
		return err
	}
	n.Data.Zone = s.settingsOf(u).TimeZone
	return s.informOne(ctx, tx, n.Key, x.OrganizationID, recipient{u, v.Kind == auth.KindStaff, v.Grants().Has(schema.PermPeople)}, n.Kind, n.Data)
}

// ofTraining reads what an event of training is about.
func ofTraining(ctx context.Context, tx *ent.Client, e *ent.Event, kind notification.Kind) (l Learned, err error) {
	id := e.SubjectID
	switch kind {
	case notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING, notification.KindCERTIFICATE_REVOKED:
		if l.Certificate, err = tx.Certificate.Query().Where(certificate.ID(e.SubjectID)).Only(ctx); err != nil {
			return l, err
		}
		id = l.Certificate.EnrollmentID
	case notification.KindWORK_GRADED:
		if l.Work, err = tx.Submission.Query().Where(submission.ID(gid.ID(e.Data.Subject))).Only(ctx); err != nil {
			return l, err
		}
	default: // about the enrollment alone
	}
	x, err := tx.Enrollment.Query().Where(enrollment.ID(id)).WithCourse().Only(ctx)
	if err != nil {
		return l, err
	}
	return l, l.of(ctx, tx, x)
}

// of says what somebody learns.
func (l *Learned) of(ctx context.Context, tx *ent.Client, x *ent.Enrollment) error {
	v, err := tx.CourseVersion.Query().Where(courseversion.ID(x.VersionID)).Only(ctx)
	if err != nil {
		return err
	}
	l.Enrollment, l.Titles = x, v.Document.Title
	if x.Edges.Course != nil {
		l.CourseKey = x.Edges.Course.Key
	}
	return nil
}

// learner is the identity by which a person sees an enrollment of theirs at this moment;
// nil when there is none.
func (s *Service) learner(ctx context.Context, c *ent.Client, userID, id gid.ID) (*auth.Viewer, error) {
	return s.readerOf(ctx, c, userID, func(ctx context.Context) (bool, error) {
		return c.Enrollment.Query().Where(enrollment.ID(id), enrollment.UserID(userID)).Exist(ctx)
	})
}

// courseURL is the page of the course that a notification is about, or that of the work
// for who grades it.
func (s *Service) courseURL(d schema.NotificationData) string {
	if d.SubmissionID != "" {
		return s.o.PublicURL + "/console/submissions/" + d.SubmissionID
	}
	return s.o.PublicURL + "/training/" + d.CourseKey
}

// course is what the course is called in the reader's language, else in one that most
// read, else in the first there is: courses may be in languages that mails are not in.
func (w speaker) course() string {
	if t := w.d.Titles[w.language.Code()]; t != "" {
		return t
	}
	for _, code := range append([]string{"en", "de"}, slices.Sorted(maps.Keys(w.d.Titles))...) {
		if t := w.d.Titles[code]; t != "" {
			return t
		}
	}
	return w.d.CourseKey
}

func (w speaker) titled(en, de string) string { return fmt.Sprintf(w.say(en, de), w.course()) }

// training are the words of what somebody is told of their training.
func (w speaker) training(kind notification.Kind) (title, text string) {
	switch kind {
	case notification.KindCOURSE_DUE:
		return w.due()
	case notification.KindWORK_GRADED:
		return w.graded()
	case notification.KindWORK_HANDED_IN:
		return w.toGrade()
	case notification.KindCERTIFICATE_ISSUED:
		return w.titled("You have finished “%s”", "Sie haben „%s“ abgeschlossen"), w.certified()
	case notification.KindCERTIFICATE_ENDING:
		return w.titled("Your certificate for “%s” ends soon", "Ihr Zertifikat für „%s“ läuft bald ab"), w.ending()
	case notification.KindCERTIFICATE_REVOKED:
		return w.titled("Your certificate for “%s” was revoked", "Ihr Zertifikat für „%s“ wurde widerrufen"),
			w.join(fmt.Sprintf(w.say("The certificate %s is not valid any more.", "Das Zertifikat %s gilt nicht mehr."), w.d.Name), w.reason())
	default:
		return w.assigned()
	}
}

func (w speaker) assigned() (title, text string) {
	title = w.titled("You are enrolled in “%s”", "Sie sind für „%s“ angemeldet")
	said := w.say("You can begin at once.", "Sie können sofort beginnen.")
	if w.d.Cause == placeFree {
		title = w.titled("A place in “%s” is yours", "Ein Platz in „%s“ ist für Sie frei")
		said = w.say("You waited for it; now you can begin.", "Sie haben darauf gewartet; jetzt können Sie beginnen.")
	}
	if w.d.Date == nil {
		return title, said
	}
	return title, w.join(said, fmt.Sprintf(w.say("Please be done by %s.", "Bitte schließen Sie den Kurs bis zum %s ab."), w.day(*w.d.Date)))
}

func (w speaker) due() (title, text string) {
	day := ""
	if w.d.Date != nil {
		day = w.day(*w.d.Date)
	}
	if w.d.Cause == lateNow {
		return w.titled("“%s” should be done by now", "„%s“ sollte schon abgeschlossen sein"),
			fmt.Sprintf(w.say("It was due on %s. What you have done is kept; you can go on at once.",
				"Der Kurs war bis zum %s fällig. Was Sie getan haben, bleibt erhalten; Sie können sofort weitermachen."), day)
	}
	return w.titled("“%s” is due soon", "„%s“ ist bald fällig"),
		fmt.Sprintf(w.say("Please be done by %s.", "Bitte schließen Sie den Kurs bis zum %s ab."), day)
}

func (w speaker) graded() (title, text string) {
	comment := ""
	if c := strings.TrimSpace(w.d.Text); c != "" {
		comment = w.say("Comment: ", "Anmerkung: ") + ended(c)
	}
	if w.d.Cause == workGood {
		return w.titled("Your work in “%s” is good", "Ihre Arbeit in „%s“ ist gut"),
			w.join(w.say("The lesson is done.", "Die Lektion ist erledigt."), comment)
	}
	return w.titled("Your work in “%s” was looked at", "Ihre Arbeit in „%s“ wurde durchgesehen"),
		w.join(w.say("It does not reach the points that it needs.", "Sie erreicht nicht die nötigen Punkte."), comment)
}

func (w speaker) certified() string {
	said := fmt.Sprintf(w.say("Your certificate has the number %s.", "Ihr Zertifikat hat die Nummer %s."), w.d.Name)
	if w.d.Date == nil {
		return said
	}
	return w.join(said, fmt.Sprintf(w.say("It is valid until %s.", "Es gilt bis zum %s."), w.day(*w.d.Date)))
}

func (w speaker) ending() string {
	if w.d.Date == nil {
		return ""
	}
	return fmt.Sprintf(w.say("It is valid until %s. Learn the course again to renew it.",
		"Es gilt bis zum %s. Lernen Sie den Kurs noch einmal, um es zu erneuern."), w.day(*w.d.Date))
}
