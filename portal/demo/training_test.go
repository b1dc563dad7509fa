package demo_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/event"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/submission"
	"foyer/ent/user"
	"foyer/portal/accounts"
	"foyer/portal/events"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/portal/training"
	"foyer/portal/training/badge"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/portal/training/quiz"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

const portalURL = "https://portal.aurelia.example"

// TestTraining asks the portal's own rules whether what people have learned is what
// follows from their lessons, attempts and works.
func TestTraining(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		now := time.Now().UTC()
		seeded(t, st, now)
		runner, err := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		s := training.New(training.Options{
			Store: st, Jobs: runner, PublicURL: portalURL, Company: "Aurelia", Logger: slog.New(slog.DiscardHandler), Clock: func() time.Time { return now },
		})
		t.Run("enrollments", func(t *testing.T) { hasLearned(t, st, s) })
		t.Run("attempts", func(t *testing.T) { hasTried(t, st, s) })
		t.Run("certificates", func(t *testing.T) { hasCertificates(t, st, s, now) })
		t.Run("matrix", func(t *testing.T) { hasMatrix(t, st, s) })
		t.Run("orders", func(t *testing.T) { mayOrder(t, st, s) })
	})
}

// hasLearned: each enrollment is as far as follows from what was learned.
func hasLearned(t *testing.T, st *store.Store, s *training.Service) {
	t.Helper()
	ctx, c := system(t), st.Client()
	list, err := c.Enrollment.Query().All(ctx)
	require.NoError(t, err)
	require.Greater(t, len(list), 40)
	states, origins := map[enrollment.Status]int{}, map[enrollment.Origin]int{}
	for _, e := range list {
		states[e.Status]++
		origins[e.Origin]++
		b, err := s.Book(ctx, e.VersionID)
		require.NoError(t, err)
		state, err := progress.Decode(e.Learned)
		require.NoError(t, err)
		quizzes, marks := passed(t, c, e)
		r := training.Reach(b.Doc, state, quizzes, marks)
		require.Equal(t, []any{r.Percent, r.DoneLessons, r.Next, r.Seconds}, []any{e.Percent, e.Done, e.Next, e.Seconds})
		require.Equal(t, r.States, e.Lessons)
		require.Equal(t, r.Done, e.Status == enrollment.StatusCOMPLETED)
		require.Equal(t, r.CompletedAt, e.CompletedAt)
		require.Equal(t, r.LastAt, e.LearnedAt)
		kinds, err := c.Event.Query().Where(event.SubjectID(e.ID)).Order(event.ByID()).All(ctx)
		require.NoError(t, err)
		require.Equal(t, string(events.Enrolled), kinds[0].Kind)
		require.Equal(t, e.UserID, kinds[0].UserID)
	}
	for _, status := range []enrollment.Status{enrollment.StatusWAITING, enrollment.StatusACTIVE, enrollment.StatusCOMPLETED, enrollment.StatusWITHDRAWN} {
		require.Positive(t, states[status], status)
	}
	for _, origin := range []enrollment.Origin{enrollment.OriginSELF, enrollment.OriginMANAGER, enrollment.OriginORDER, enrollment.OriginRENEWAL} {
		require.Positive(t, origins[origin], origin)
	}
	for _, x := range list {
		if x.Status != enrollment.StatusWAITING {
			continue
		}
		row, err := c.Course.Query().Where(course.ID(x.CourseID)).Only(ctx)
		require.NoError(t, err)
		free, err := s.PlacesLeft(ctx, []*ent.Course{row})
		require.NoError(t, err)
		require.Zero(t, *free[row])
	}
}

// passed are the quizzes that somebody has passed, and what a trainer said is done.
func passed(t *testing.T, c *ent.Client, e *ent.Enrollment) (quizzes, marks map[string]time.Time) {
	t.Helper()
	quizzes, marks = map[string]time.Time{}, map[string]time.Time{}
	attempts, err := c.Attempt.Query().Where(attempt.EnrollmentID(e.ID), attempt.Passed(true)).All(system(t))
	require.NoError(t, err)
	for _, a := range attempts {
		quizzes[a.Lesson] = *a.SubmittedAt
	}
	works, err := c.Submission.Query().Where(submission.EnrollmentID(e.ID), submission.StatusEQ(submission.StatusPASSED)).All(system(t))
	require.NoError(t, err)
	for _, w := range works {
		marks[w.Lesson] = *w.GradedAt
	}
	for lesson, at := range e.Marks {
		marks[lesson], err = time.Parse(time.RFC3339, at)
		require.NoError(t, err)
	}
	return quizzes, marks
}

// hasTried: each attempt has the points that grading gives it.
func hasTried(t *testing.T, st *store.Store, s *training.Service) {
	t.Helper()
	ctx := system(t)
	list, err := st.Client().Attempt.Query().All(ctx)
	require.NoError(t, err)
	for _, a := range list {
		b, err := s.Book(ctx, a.VersionID)
		require.NoError(t, err)
		l, _ := content.Find(b.Doc, a.Lesson)
		r := quiz.Grade(l.Quiz, a.Questions, nil)
		require.Equal(t, []any{r.Sum, r.Max, r.Passed}, []any{*a.Points, a.MaxPoints, *a.Passed})
		require.Equal(t, r.Onto(a.Questions), a.Questions)
	}
	works := map[submission.Status]int{}
	handed, err := st.Client().Submission.Query().All(ctx)
	require.NoError(t, err)
	for _, w := range handed {
		works[w.Status]++
	}
	require.Equal(t, map[submission.Status]int{submission.StatusSUBMITTED: 1, submission.StatusPASSED: 1, submission.StatusRETURNED: 1}, works)
}

// hasCertificates: every certificate can be checked by its code and as a badge, by what
// the portal serves and nothing else.
func hasCertificates(t *testing.T, st *store.Store, s *training.Service, now time.Time) {
	t.Helper()
	served := func(path string) []byte {
		w := httptest.NewRecorder()
		s.Badges().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
		require.Equal(t, 200, w.Code, path)
		return w.Body.Bytes()
	}
	list, err := st.Client().Certificate.Query().Order(certificate.ByPlace()).All(system(t))
	require.NoError(t, err)
	require.Greater(t, len(list), 12)
	first, err := s.Badge(member(t, st, list[0].UserID), list[0]) // makes the first key
	require.NoError(t, err)
	require.NotEmpty(t, first)
	keys, err := badge.ParseSet(served("/badges/keys"))
	require.NoError(t, err)
	status := map[string]int{}
	for _, c := range list {
		found, err := s.Verify(t.Context(), training.Spelled(c.Code))
		require.NoError(t, err)
		require.Equal(t, c.ID, found.Certificate.ID)
		status[found.Status]++
		left, err := st.Client().User.Query().Where(user.ID(c.UserID), user.StatusEQ(user.StatusDISABLED)).Exist(system(t))
		require.NoError(t, err)
		if left { // who has left the company cannot sign in; others still check what they held
			continue
		}
		token, err := s.Badge(member(t, st, c.UserID), c)
		require.NoError(t, err)
		credential, err := badge.Verify(token, keys, portalURL+"/badges/issuer", now)
		if found.Status == training.StatusExpired {
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, portalURL+"/certificates/"+training.Spelled(c.Code), credential.ID)
		address := portalURL + "/badges/status/0"
		revoked, err := badge.VerifyStatusList(string(served("/badges/status/0")), address, keys, portalURL+"/badges/issuer", now)
		require.NoError(t, err)
		require.Equal(t, c.RevokedAt != nil, revoked.Revoked(int(c.Place)), c.Holder)
	}
	for _, x := range []string{training.StatusValid, training.StatusExpiring, training.StatusExpired, training.StatusRevoked} {
		require.Positive(t, status[x], x)
	}
}

// member is somebody who has signed in.
func member(t *testing.T, st *store.Store, id gid.ID) context.Context {
	t.Helper()
	v, err := accounts.New(st, accounts.Options{}).ViewerOf(t.Context(), id, "")
	require.NoError(t, err)
	return auth.WithViewer(t.Context(), v)
}

// hasMatrix: a manager finds people in every state.
func hasMatrix(t *testing.T, st *store.Store, s *training.Service) {
	t.Helper()
	ines, err := st.Client().User.Query().Where(user.Email("ines.halden@halden.example")).Only(system(t))
	require.NoError(t, err)
	m, err := s.Matrix(member(t, st, ines.ID), nil, "en")
	require.NoError(t, err)
	cells := map[string]int{}
	for _, r := range m.Rows {
		for _, c := range r.Cells {
			cells[c.Status]++
		}
	}
	for _, x := range []string{training.CellNotRequired, training.CellHeld, training.CellExpiring, training.CellLearning, training.CellMissing, training.CellOverdue} {
		require.Positive(t, cells[x], x)
	}
	require.Equal(t, cells[training.CellMissing]+cells[training.CellOverdue], m.Missing)
}

// mayOrder: of the customers that the demo shows, one is refused what needs somebody who
// knows how.
func mayOrder(t *testing.T, st *store.Store, s *training.Service) {
	t.Helper()
	ctx := system(t)
	tube, err := st.Client().Product.Query().Where(product.Name("CO2 laser tube")).OnlyID(ctx)
	require.NoError(t, err)
	refused := func(name string) bool {
		org, err := st.Client().Organization.Query().Where(organization.Name(name)).OnlyID(ctx)
		require.NoError(t, err)
		why, err := s.Lacking(ctx, st.Client(), org, []gid.ID{tube})
		require.NoError(t, err)
		return len(why) > 0
	}
	require.True(t, refused("Officine Marangon"))
	for _, name := range []string{"Halden Robotics", "Nordholm Metallbau", "Van der Veen Signage", "Tobler Uhrenteile", "Kesselring Gravuren"} {
		require.False(t, refused(name), name)
	}
}
