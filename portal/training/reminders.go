package training

import (
	"context"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/enrollment"
	"foyer/portal/events"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// beforeAll is less than every id. An empty id would not do: it is kept as NULL, and
// nothing is greater than that.
const beforeAll = gid.ID("0")

// tendCertificates goes through the certificates that end within the longest time that
// anybody wants to know it before, by their ids.
func (s *Service) tendCertificates(ctx context.Context) error {
	now, after := s.now(), beforeAll
	for {
		list, err := s.store.Reader(ctx).Certificate.Query().Where(certificate.IDGT(after), certificate.RevokedAtIsNil(),
			certificate.ExpiresAtGT(now), certificate.ExpiresAtLT(now.AddDate(1, 0, 1))).Order(ent.Asc(certificate.FieldID)).Limit(tendBatch).All(ctx)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := s.tendCertificate(ctx, c, now); err != nil {
				return err
			}
			after = c.ID
		}
		if len(list) < tendBatch {
			return nil
		}
	}
}

// usualReminders are how many days before the end of a certificate its holder is
// reminded where the course says nothing.
var usualReminders = []int{90, 60, 30, 7}

func (s *Service) tendCertificate(ctx context.Context, c *ent.Certificate, now time.Time) error {
	b, err := s.Book(ctx, c.VersionID)
	if err != nil {
		return err
	}
	left := DaysLeft(*c.ExpiresAt, now)
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		newer, err := tx.Certificate.Query().Where(certificate.CourseID(c.CourseID), certificate.UserID(c.UserID), certificate.OrganizationID(c.OrganizationID),
			certificate.RevokedAtIsNil(), certificate.IssuedAtGT(c.IssuedAt)).Exist(ctx)
		if err != nil || newer {
			return err
		}
		if err := s.remind(ctx, tx, c, b, left); err != nil {
			return err
		}
		return s.renew(ctx, tx, c, left)
	})
}

// Reminders are the days before the end of a certificate at which its holder was to be
// reminded when so many are left, the least last.
func Reminders(rules *schema.CertificateRules, left int) []int {
	days := usualReminders
	if rules != nil && len(rules.RemindDays) > 0 {
		days = rules.RemindDays
	}
	due := slices.DeleteFunc(slices.Sorted(slices.Values(days)), func(d int) bool { return d < left })
	slices.Reverse(due)
	return due
}

// DaysLeft is how many days a certificate is still valid, begun ones too.
func DaysLeft(expires, now time.Time) int { return int(expires.Sub(now).Hours()/24) + 1 }

func (s *Service) remind(ctx context.Context, tx *ent.Client, c *ent.Certificate, b *Book, left int) error {
	due := Reminders(b.Doc.Certificate, left)
	if len(due) == 0 {
		return nil
	}
	at := due[len(due)-1]
	// Held, since two processes must not both remind.
	held, err := tx.Certificate.Query().Where(certificate.ID(c.ID), store.Held).Only(ctx)
	if err != nil || held.Reminded != nil && *held.Reminded <= at {
		return err
	}
	if err := tx.Certificate.UpdateOneID(c.ID).SetReminded(at).Exec(ctx); err != nil {
		return err
	}
	return s.tellOf(ctx, tx, events.CertificateEnding, c, schema.EventData{Date: c.ExpiresAt, Text: b.Doc.Title[first(b.Doc)]})
}

// dueSoon are how many days before a course is due its learner is reminded; lateOnce
// stands for the one time after that.
var dueSoon = []int{1, 7}

// What is told of a course that is due: that it soon is, or that it is late.
const (
	TellSoon = "SOON"
	TellLate = "LATE"
)

const lateOnce = -1

// DueStep is which reminder an enrollment has come to that is due at a time; ok is false
// when it is too early for any.
func DueStep(due, now time.Time) (step int, ok bool) {
	if !due.After(now) {
		return lateOnce, true
	}
	for _, days := range dueSoon {
		if !due.After(now.AddDate(0, 0, days)) {
			return days, true
		}
	}
	return 0, false
}

// tendDue reminds those who learn of what is due. Whoever was reminded of a step is not
// reminded of it again, unless another day was set.
func (s *Service) tendDue(ctx context.Context) error {
	now, after := s.now(), beforeAll
	for {
		list, err := s.store.Reader(ctx).Enrollment.Query().Where(enrollment.IDGT(after), enrollment.StatusEQ(enrollment.StatusACTIVE),
			enrollment.DueAtLTE(now.AddDate(0, 0, dueSoon[len(dueSoon)-1])), enrollment.Or(enrollment.RemindedIsNil(), enrollment.RemindedGT(lateOnce))).
			Select(enrollment.FieldID, enrollment.FieldDueAt, enrollment.FieldReminded).Order(ent.Asc(enrollment.FieldID)).Limit(tendBatch).All(ctx)
		if err != nil {
			return err
		}
		for _, e := range list {
			after = e.ID
			if step, ok := DueStep(*e.DueAt, now); ok && (e.Reminded == nil || *e.Reminded > step) {
				if err := s.remindDue(ctx, e.ID, now); err != nil {
					return err
				}
			}
		}
		if len(list) < tendBatch {
			return nil
		}
	}
}

func (s *Service) remindDue(ctx context.Context, id gid.ID, now time.Time) error {
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		// Held, since two processes must not both remind.
		e, err := tx.Enrollment.Query().Where(enrollment.ID(id), enrollment.StatusEQ(enrollment.StatusACTIVE), enrollment.DueAtNotNil(), store.Held).Only(ctx)
		if err != nil {
			return ignore(err)
		}
		step, ok := DueStep(*e.DueAt, now)
		if !ok || e.Reminded != nil && *e.Reminded <= step {
			return nil
		}
		if err := tx.Enrollment.UpdateOneID(e.ID).SetReminded(step).Exec(ctx); err != nil {
			return err
		}
		to := TellSoon
		if step == lateOnce {
			to = TellLate
		}
		return s.tell(ctx, tx, events.CourseDue, e, schema.EventData{To: to, Date: e.DueAt})
	})
}
