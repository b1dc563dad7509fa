package graph_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/portal/demo/courses"
	"foyer/portal/training"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// crowd is an organization with many people and many courses that they must hold.
type crowd struct {
	courses, versions []gid.ID
	people            []gid.ID
}

func text(v any) string { return string(content.Canonical(v.(schema.CourseDocument))) }

// gatherCrowd makes people of North and courses that all of them must hold. Of the person i
// and the course j: held, ending soon, late, being learned or missing, in turn.
func gatherCrowd(t *testing.T, f *testkit.Foyer, people, courseCount int) *crowd {
	t.Helper()
	c, now := &crowd{}, f.World.Now
	ctx := auth.WithSystem(t.Context(), "a crowd for a test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		b, err := f.Store.Bulk(ctx, "test")
		require.NoError(t, err)
		insert := func(typ, columns string, rows [][]any) {
			require.NoError(t, b.Insert(ctx, typ, strings.Fields(columns), rows))
		}
		var users, seats [][]any
		for i := range people {
			id := gid.New(gid.User)
			c.people = append(c.people, id)
			users = append(users, []any{id, now, now, fmt.Sprintf("Person %03d", (i*7)%people), fmt.Sprintf("person%d@example.com", i), "EN", "ACTIVE"})
			seats = append(seats, []any{gid.New(gid.Membership), now, now, id, f.World.North.ID, f.World.Roles["ORG_BUYER"].ID, "ACTIVE", 1})
		}
		insert(ent.TypeUser, "id created_at updated_at name email language status", users)
		insert(ent.TypeMembership, "id created_at updated_at user_id organization_id role_id status version", seats)
		doc := courses.LaserSafety()
		var made, versions, required, enrolled, certified [][]any
		place := int64(1000)
		for j := range courseCount {
			id, v := gid.New(gid.Course), gid.New(gid.CourseVersion)
			c.courses, c.versions = append(c.courses, id), append(c.versions, v)
			doc.Title = map[string]string{"en": fmt.Sprintf("Course %02d", j), "de": fmt.Sprintf("Kurs %02d", j)}
			made = append(made, []any{id, now, now, fmt.Sprintf("course-%02d", j), "PUBLISHED", doc.Title["en"], text(doc), 1, false, "{}", 1})
			versions = append(versions, []any{v, id, 1, text(doc), content.Checksum(doc), now})
			required = append(required, []any{gid.New(gid.Requirement), now, now, f.World.North.ID, id, `["ORG_BUYER"]`, now.AddDate(0, 0, 20), false, 1})
			for i, user := range c.people {
				e := gid.New(gid.Enrollment)
				switch (i + j) % 5 {
				case 0, 1:
					ends := now.AddDate(0, 0, 400-(i+j)%5*350)
					enrolled = append(enrolled, []any{e, f.World.North.ID, user, id, v, string(e), "COMPLETED", "SELF", false, 100, 12, 0, now.AddDate(0, 0, -50), nil, 1})
					place++
					certified = append(certified, []any{gid.New(gid.Certificate), f.World.North.ID, user, e, id, v, fmt.Sprint("N", place), fmt.Sprint("CODE", place), `{"en":"A"}`, "A",
						"INITIALS", now.AddDate(0, 0, -40), ends, fmt.Sprint("urn:", place), "salt", place, 1})
				case 2:
					enrolled = append(enrolled, []any{e, f.World.North.ID, user, id, v, "OPEN", "ACTIVE", "SELF", false, 40, 5, 0, now.AddDate(0, 0, -50), now.AddDate(0, 0, -1), 1})
				case 3:
					enrolled = append(enrolled, []any{e, f.World.North.ID, user, id, v, "OPEN", "ACTIVE", "SELF", false, 40, 5, 0, now.AddDate(0, 0, -50), nil, 1})
				}
			}
		}
		insert(ent.TypeCourse, "id created_at updated_at key status name draft latest restricted rules version", made)
		insert(ent.TypeCourseVersion, "id course_id number document checksum published_at", versions)
		insert(ent.TypeTrainingRequirement, "id created_at updated_at organization_id course_id roles due_at enroll version", required)
		insert(ent.TypeEnrollment, "id organization_id user_id course_id version_id slot status origin bought percent done seconds enrolled_at due_at version", enrolled)
		insert(ent.TypeCertificate, "id organization_id user_id enrollment_id course_id version_id number code title holder shown issued_at expires_at subject salt place version", certified)
		return nil
	}))
	return c
}

const matrixQuery = `query($after: Cursor, $first: Int, $missing: Boolean!) { trainingMatrix(after: $after, first: $first, missingOnly: $missing) {
	courses { key title required held } people { user { name } cells { status dueAt expiresAt percent } } peopleCount missingCount endCursor hasNextPage } }`

// TestMatrixStatements: the matrix of 500 people by 20 courses takes as many statements
// as that of ten by two.
func TestMatrixStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		gatherCrowd(t, f, 500, 20)
		c := byToken(f, "ORG_MANAGER")
		all := map[string]any{"first": 100, "missing": false}
		c.Must(matrixQuery, all) // versions are read once
		n := c.Statements(matrixQuery, all)
		begin := time.Now()
		got := c.Must(matrixQuery, all)
		took := time.Since(begin)
		m, _ := testkit.At(got, "trainingMatrix").(map[string]any)
		people, _ := m["people"].([]any)
		t.Logf("matrix of %d people by %d courses: %d statements, %s", len(people), len(m["courses"].([]any)), n, took.Round(time.Millisecond))
		require.Len(t, people, 100)
		require.EqualValues(t, 505, m["peopleCount"])
		require.LessOrEqual(t, n, int64(6))
	})
}

// TestCoursePageStatements: a course with what somebody has learned of it, and a lesson
// with its text and quiz.
func TestCoursePageStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 2, 2)
		ctx := auth.WithSystem(t.Context(), "a test")
		doc := courses.LaserSafety()
		st := training.Reach(&doc, &progress.State{}, nil, nil)
		require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.Enrollment.Create().SetOrganizationID(f.World.North.ID).SetUserID(f.World.Users["ORG_MEMBER"].ID).SetCourseID(crowd.courses[0]).
				SetVersionID(crowd.versions[0]).SetSlot("OPEN").SetStatus("ACTIVE").SetNext(st.Next).SetLessons(st.States).Exec(ctx)
		}))
		c := byToken(f, "ORG_MEMBER")
		page := `{ course(key: "course-00") { key title summary cover lessonCount minutes certificateTitle certificateMonths isFree placesLeft availableActions prerequisites { title isMet }
			current { number modules { title lessons { key title minutes kind isOptional } } }
			enrollment { status percent dueAt lessonsDone lessonCount minutesLearned isOverdue isSuperseded next { key title } availableActions
				modules { key title lessons { key title kind minutes status doneAt requires } }
				lesson(key: "welcome") { key title status rule { kind seconds } content { html quiz { questionCount attempts { number } } } } } } }`
		c.Must(page, nil)
		n := c.Statements(page, nil)
		begin := time.Now()
		got := c.Must(page, nil)
		t.Logf("course page: %d statements, %s", n, time.Since(begin).Round(time.Millisecond))
		require.NotEmpty(t, testkit.At(got, "course", "enrollment", "lesson", "content", "html"))
		require.LessOrEqual(t, n, int64(6))
	})
}

// byToken is a person of the world as a browser is, so that who asks is looked up.
func byToken(f *testkit.Foyer, role string) *testkit.Client {
	f.T().Helper()
	in := f.With("").Must(`mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
		map[string]any{"e": world.Email(role), "p": world.Password})
	token, _ := testkit.At(in, "signIn", "accessToken").(string)
	require.NotEmpty(f.T(), token)
	return f.With(token)
}

// matrixNames reads the matrix to its end, page by page.
func matrixNames(t *testing.T, c *testkit.Client, size int, missing bool, between func(page int)) (names []string) {
	t.Helper()
	var after any
	for page := 0; ; page++ {
		m, _ := testkit.At(c.Must(matrixQuery, map[string]any{"first": size, "after": after, "missing": missing}), "trainingMatrix").(map[string]any)
		people, _ := m["people"].([]any)
		require.LessOrEqual(t, len(people), size)
		for _, p := range people {
			name, _ := testkit.At(p, "user", "name").(string)
			names = append(names, name)
			if missing {
				require.Regexp(t, "LEARNING|MISSING|OVERDUE", fmt.Sprint(testkit.At(p, "cells")), name)
			}
		}
		if m["hasNextPage"] != true {
			return names
		}
		after = m["endCursor"]
		if between != nil {
			between(page)
		}
	}
}

// TestMatrixPages: pages follow each other by name, each person once, also those for whom
// something is missing alone, and when somebody has gone in between.
func TestMatrixPages(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 23, 2)
		c := f.As("ORG_MANAGER")
		whole := matrixNames(t, c, 100, false, nil)
		require.Len(t, whole, 28)
		require.True(t, slices.IsSorted(whole))
		require.Equal(t, whole, matrixNames(t, c, 9, false, nil))
		lacking := matrixNames(t, c, 100, true, nil)
		require.True(t, slices.IsSorted(lacking))
		require.Less(t, len(lacking), len(whole))
		require.Greater(t, len(lacking), 10)
		require.Equal(t, lacking, matrixNames(t, c, 4, true, nil))

		first := c.Must(matrixQuery, map[string]any{"first": 5, "missing": false})
		require.Equal(t, []any{"course-00", "course-01"}, []any{testkit.At(first, "trainingMatrix", "courses", 0, "key"), testkit.At(first, "trainingMatrix", "courses", 1, "key")})
		stands := map[any]any{}
		everybody, _ := testkit.At(c.Must(matrixQuery, map[string]any{"first": 100, "missing": false}), "trainingMatrix", "people").([]any)
		for _, p := range everybody {
			stands[testkit.At(p, "user", "name")] = [2]any{testkit.At(p, "cells", 0, "status"), testkit.At(p, "cells", 1, "status")}
		}
		each := []any{"HELD", "EXPIRING", "OVERDUE", "LEARNING", "MISSING"}
		for i := range crowd.people {
			require.Equal(t, [2]any{each[i%5], each[(i+1)%5]}, stands[fmt.Sprintf("Person %03d", (i*7)%23)])
		}
		var last gid.ID
		require.Equal(t, whole, matrixNames(t, c, 10, false, func(page int) {
			if page != 0 {
				return
			}
			for i, id := range crowd.people { // the last one of the first page
				if fmt.Sprintf("Person %03d", (i*7)%23) == whole[9] {
					last = id
				}
			}
			require.NotEmpty(t, last, whole[9])
			ctx := auth.WithSystem(t.Context(), "somebody leaves while the matrix is read")
			require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Membership.Update().Where(membership.UserID(last)).SetStatus(membership.StatusDISABLED).Exec(ctx)
			}))
		}))
	})
}

// TestMatrixNamesNobody: who may see where people stand and not what they are called reads
// no name between the lines, in cursors, and comes to the end all the same.
func TestMatrixNamesNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 5, 1)
		manager, reads := f.Viewer("ORG_MANAGER"), map[string]auth.Scope{}
		for typ := range schema.Entities {
			reads[typ] = manager.Grants().Read(typ)
		}
		c := f.Acting("nameless", manager.WithGrants(auth.NewGrants("NAMELESS", reads, nil, []string{schema.PermTrainingTeam})))
		const query = `query($after: Cursor) { trainingMatrix(after: $after, first: 3) { people { cells { status } } endCursor hasNextPage } }`
		var after any
		people, pages := 0, 0
		for more := true; more; pages++ {
			m := testkit.At(c.Must(query, map[string]any{"after": after}), "trainingMatrix")
			list, _ := testkit.At(m, "people").([]any)
			people += len(list)
			after, more = testkit.At(m, "endCursor"), testkit.At(m, "hasNextPage") == true
			text, err := base64.RawURLEncoding.DecodeString(after.(string))
			require.NoError(t, err)
			require.NotContains(t, string(text), "Person")
		}
		require.Equal(t, [2]int{5 + len(crowd.people), 4}, [2]int{people, pages})
	})
}

// TestRequirementsByName: they come by the names of the courses, whichever was made first.
func TestRequirementsByName(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		gatherCrowd(t, f, 1, 2)
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE courses SET name = 'Zebras' WHERE key = 'course-00'`)
		require.NoError(t, err)
		d := f.As("ORG_MANAGER").Must(`{ trainingRequirements { course { name } } }`, nil)
		var names []any
		for i := range d["trainingRequirements"].([]any) {
			names = append(names, testkit.At(d, "trainingRequirements", i, "course", "name"))
		}
		require.Equal(t, []any{"Course 01", "Presses", "Zebras"}, names)
	})
}

// TestMatrixIsOnes: who may not lead a team, or asks for another organization's, learns
// nothing.
func TestMatrixIsOnes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		crowd := gatherCrowd(t, f, 3, 1)
		ask := func(role string, org gid.ID) *testkit.Answer {
			return f.As(role).Do(`query($o: ID) { trainingMatrix(organizationId: $o) { peopleCount courses { title } people { cells { status } } } }`, map[string]any{"o": org})
		}
		for _, r := range schema.Roles { // whoever sees it sees all people, or there is nothing to see
			if a := ask(r.Key, f.World.North.ID); schema.Grants[r.Key].Has(schema.PermTrainingTeam) {
				require.EqualValues(t, 8, a.At("trainingMatrix", "peopleCount"), "%s: %s", r.Key, a.Body)
			} else {
				require.Contains(t, a.Body, "Cannot query field", r.Key)
			}
		}
		a := ask("ORG_MANAGER", f.World.South.ID)
		require.Equal(t, "NOT_FOUND", a.Code(), a.Body)
		require.NotContains(t, a.Body, "Course 00")
		a = ask("ORG_MEMBER", f.World.North.ID)
		require.NotEmpty(t, a.Code())
		require.NotContains(t, a.Body, "Course 00")
		// What South requires of its people is South's alone.
		ctx := auth.WithSystem(t.Context(), "a test")
		require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.TrainingRequirement.Create().SetOrganizationID(f.World.South.ID).SetCourseID(crowd.courses[0]).Exec(ctx)
		}))
		require.Equal(t, "NOT_FOUND", ask("ORG_MANAGER", f.World.South.ID).Code())
	})
}
