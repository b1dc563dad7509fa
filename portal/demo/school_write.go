package demo

import (
	"context"
	"fmt"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/portal/training"
)

// school writes courses and who learns them.
func (w *writer) school(ctx context.Context, s *school) {
	rows(ctx, w, ent.TypeCourse, "id created_at updated_at key status name draft latest restricted seats variant_id rules version", s.list,
		func(t *taught) []any {
			c := t.row
			return []any{
				c.ID, c.CreatedAt, c.UpdatedAt, c.Key, string(c.Status), c.Name, document(c.Draft), c.Latest, c.Restricted, some(c.Seats), optional(c.VariantID),
				document(c.Rules), c.Version,
			}
		})
	var versions []*ent.CourseVersion
	for _, t := range s.list {
		versions = append(versions, t.versions...)
	}
	rows(ctx, w, ent.TypeCourseVersion, "id course_id number document checksum note published_at", versions,
		func(v *ent.CourseVersion) []any {
			return []any{v.ID, v.CourseID, v.Number, document(v.Document), v.Checksum, optional(v.Note), v.PublishedAt}
		})
	rows(ctx, w, ent.TypeEnrollment, `id organization_id user_id course_id version_id slot status origin bought due_at percent done next lessons seconds learned marks
		enrolled_at active_at started_at learned_at completed_at reason rating feedback reminded version`, s.enrollments,
		func(e *ent.Enrollment) []any {
			var marks, learned any
			if len(e.Marks) > 0 {
				marks = document(e.Marks)
			}
			if len(e.Learned) > 0 {
				learned = e.Learned
			}
			return []any{
				e.ID, e.OrganizationID, e.UserID, e.CourseID, e.VersionID, e.Slot, string(e.Status), string(e.Origin), e.Bought, some(e.DueAt), e.Percent, e.Done,
				optional(e.Next), list(e.Lessons), e.Seconds, learned, marks, e.EnrolledAt, some(e.ActiveAt), some(e.StartedAt), some(e.LearnedAt),
				some(e.CompletedAt), optional(e.Reason), some(e.Rating), optional(e.Feedback), some(e.Reminded), e.Version,
			}
		})
	w.results(ctx, s)
	rows(ctx, w, ent.TypeTrainingRequirement, "id created_at updated_at organization_id course_id roles people due_at due_days enroll version", s.requirements,
		func(r *ent.TrainingRequirement) []any {
			return []any{
				r.ID, r.CreatedAt, r.UpdatedAt, r.OrganizationID, r.CourseID, list(r.Roles), list(r.People), some(r.DueAt), some(r.DueDays), r.Enroll, r.Version,
			}
		})
}

func (w *writer) results(ctx context.Context, s *school) {
	rows(ctx, w, ent.TypeAttempt, `id organization_id user_id enrollment_id version_id lesson number status questions started_at ends_at submitted_at points max_points
		passed regraded version`, s.attempts,
		func(a *ent.Attempt) []any {
			return []any{
				a.ID, a.OrganizationID, a.UserID, a.EnrollmentID, a.VersionID, a.Lesson, a.Number, string(a.Status), document(a.Questions), a.StartedAt, some(a.EndsAt),
				some(a.SubmittedAt), some(a.Points), a.MaxPoints, some(a.Passed), false, a.Version,
			}
		})
	rows(ctx, w, ent.TypeSubmission, `id organization_id user_id enrollment_id course_id version_id lesson number text status scores comment grader_id submitted_at
		graded_at version`, s.works,
		func(x *ent.Submission) []any {
			return []any{
				x.ID, x.OrganizationID, x.UserID, x.EnrollmentID, x.CourseID, x.VersionID, x.Lesson, x.Number, x.Text, string(x.Status), list(x.Scores),
				optional(x.Comment), optional(x.GraderID), x.SubmittedAt, some(x.GradedAt), x.Version,
			}
		})
	rows(ctx, w, ent.TypeCertificate, `id organization_id user_id enrollment_id course_id version_id number code title holder shown issued_at expires_at revoked_at
		revocation reminded subject salt place version`, s.certificates,
		func(c *ent.Certificate) []any {
			return []any{
				c.ID, c.OrganizationID, c.UserID, c.EnrollmentID, c.CourseID, c.VersionID, c.Number, c.Code, document(c.Title), c.Holder, string(c.Shown), c.IssuedAt,
				some(c.ExpiresAt), some(c.RevokedAt), optional(c.Revocation), some(c.Reminded), c.Subject, c.Salt, c.Place, c.Version,
			}
		})
}

// admit says for whom courses are.
func (s *school) admit(ctx context.Context, st *store.Store) error {
	for _, t := range s.list {
		if !t.audience.Restricted {
			continue
		}
		if err := training.PutAudience(ctx, st, t.row.ID, &t.audience); err != nil {
			return fmt.Errorf("demo: course %s: %w", t.Key, err)
		}
	}
	return nil
}
