package training

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/portal/access"
	"foyer/portal/training/progress"
	"foyer/schema/gid"
)

// Needed is a course that has to be finished before another.
type Needed struct {
	Key      string
	CourseID gid.ID // empty where there is none any more
	Title    *Book
	Met      bool
}

// Prerequisites are the courses that have to be finished before others, and whether the
// viewer has; those without any are left out.
func (s *Service) Prerequisites(ctx context.Context, courses []*Book) (map[*Book][]Needed, error) {
	var keys []string
	var wishes []wish
	for _, b := range courses {
		if len(b.Doc.Prerequisites) > 0 {
			keys = append(keys, b.Doc.Prerequisites...)
			wishes = append(wishes, wish{&ent.Course{ID: b.CourseID}, b})
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	sys := auth.WithSystem(ctx, "what courses that the viewer sees ask for, offered to them or not")
	tx := s.store.Reader(ctx)
	list, err := tx.Course.Query().Where(course.KeyIn(keys...)).Select(course.FieldID, course.FieldKey, course.FieldName).All(sys)
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	books, err := s.Fronts(sys, ids)
	if err != nil {
		return nil, err
	}
	met := map[string]bool{}
	if v := auth.From(ctx); v.UserID != "" {
		p, err := s.pastOf(ctx, tx, access.Owner{Organization: gid.ID(v.OrganizationID), User: gid.ID(v.UserID)}, wishes)
		if err != nil {
			return nil, err
		}
		met = p.finished
	}
	out := make(map[*Book][]Needed, len(wishes))
	for _, w := range wishes {
		for _, c := range list {
			if books[c.ID] != nil && slices.Contains(w.book.Doc.Prerequisites, c.Key) {
				out[w.book] = append(out[w.book], Needed{Key: c.Key, CourseID: c.ID, Title: books[c.ID], Met: met[c.Key]})
			}
		}
	}
	return out, nil
}

// PlacesLeft is how many places of courses are free; those without limit are left out.
func (s *Service) PlacesLeft(ctx context.Context, list []*ent.Course) (map[*ent.Course]*int, error) {
	return placesOf(list, func(c *ent.Course) bool { return c.Seats != nil }, func(list []*ent.Course) (map[gid.ID]int, error) {
		return s.freeOf(ctx, s.store.Reader(ctx), list)
	})
}

// PlacesBought is how many places in courses the viewer's organization has bought and
// not used; those in which places cost nothing are left out.
func (s *Service) PlacesBought(ctx context.Context, list []*ent.Course) (map[*ent.Course]*int, error) {
	org := gid.ID(auth.From(ctx).OrganizationID)
	return placesOf(list, func(c *ent.Course) bool { return c.VariantID != "" && org != "" }, func(list []*ent.Course) (map[gid.ID]int, error) {
		return s.boughtOf(ctx, s.store.Reader(ctx), list, org)
	})
}

// placesOf counts places of the courses that have a number of them.
func placesOf(list []*ent.Course, numbered func(*ent.Course) bool, count func([]*ent.Course) (map[gid.ID]int, error)) (map[*ent.Course]*int, error) {
	with := slices.DeleteFunc(slices.Clone(list), func(c *ent.Course) bool { return !numbered(c) })
	if len(with) == 0 {
		return nil, nil
	}
	n, err := count(with)
	if err != nil {
		return nil, err
	}
	out := make(map[*ent.Course]*int, len(with))
	for _, c := range with {
		out[c] = new(n[c.ID])
	}
	return out, nil
}

// The actions that a course has.
const (
	ActEnroll  = "ENROLL"
	ActWait    = "WAIT"
	ActPeople  = "ENROLL_PEOPLE"
	ActSave    = "SAVE"
	ActPublish = "PUBLISH"
	ActRetire  = "RETIRE"
)

// CourseActions are what the viewer may do with courses, whose rows were read. To learn
// one is offered just where Enroll would not refuse it.
func (s *Service) CourseActions(ctx context.Context, list []*ent.Course) (map[*ent.Course][]string, error) {
	begin, err := s.beginnings(ctx, list)
	if err != nil {
		return nil, err
	}
	v, out := auth.From(ctx), make(map[*ent.Course][]string, len(list))
	somebody := access.Owner{Organization: gid.ID(v.OrganizationID), User: "somebody else"}
	sends := (v.Kind == auth.KindStaff || v.Kind == auth.KindMember) && access.May(ctx, doEnroll, somebody)
	saves, publishes := access.May(ctx, doSave, access.Owner{}), access.May(ctx, doPublish, access.Owner{})
	for _, c := range list {
		published := c.Status == course.StatusPUBLISHED
		for _, x := range []struct {
			name string
			may  bool
		}{
			{begin[c.ID], begin[c.ID] != ""},
			{ActPeople, published && sends},
			{ActSave, saves},
			{ActPublish, publishes},
			{ActRetire, publishes && (published || c.Status == course.StatusRETIRED)},
		} {
			if x.may {
				out[c] = append(out[c], x.name)
			}
		}
	}
	return out, nil
}

// beginnings is how the viewer can begin courses, by their ids: at once, or by waiting;
// those that they cannot begin are left out.
func (s *Service) beginnings(ctx context.Context, list []*ent.Course) (map[gid.ID]string, error) {
	v, out := auth.From(ctx), map[gid.ID]string{}
	me := access.Owner{Organization: gid.ID(v.OrganizationID), User: gid.ID(v.UserID)}
	if v.Kind != auth.KindMember || !access.May(ctx, doLearn, me) || !access.May(ctx, doEnroll, me) {
		return out, nil
	}
	offered, books, unread := map[gid.ID]*ent.Course{}, map[gid.ID]*Book{}, []gid.ID(nil)
	for _, c := range list {
		if c.Status != course.StatusPUBLISHED || offered[c.ID] != nil {
			continue
		}
		offered[c.ID] = c
		if b := s.Kept(c); b != nil {
			books[c.ID] = b
		} else {
			unread = append(unread, c.ID)
		}
	}
	if len(unread) > 0 {
		read, err := s.Current(ctx, unread)
		if err != nil {
			return nil, err
		}
		maps.Copy(books, read)
	}
	var wishes []wish
	for id, b := range books {
		wishes = append(wishes, wish{offered[id], b})
	}
	all, err := s.weigh(ctx, s.store.Reader(ctx), me, enrollment.OriginSELF, wishes)
	if err != nil {
		return nil, err
	}
	for id, x := range all {
		switch {
		case x.code != "":
		case x.waits:
			out[id] = ActWait
		default:
			out[id] = ActEnroll
		}
	}
	return out, nil
}

// QueuePositions are the places of those who wait, from 1, by their enrollments; who
// does not wait is left out.
func (s *Service) QueuePositions(ctx context.Context, list []*ent.Enrollment) (map[*ent.Enrollment]*int, error) {
	var ids []gid.ID
	for _, e := range list {
		if e.Status == enrollment.StatusWAITING {
			ids = append(ids, e.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	const before, place = "before_them", "place"
	rows, err := s.store.Reader(ctx).Enrollment.Query().Where(enrollment.IDIn(ids...), func(q *sql.Selector) {
		w := sql.Table(enrollment.Table).As(before)
		q.Join(w).OnP(sql.And(
			sql.ColumnsEQ(w.C(enrollment.FieldCourseID), q.C(enrollment.FieldCourseID)), sql.EQ(w.C(enrollment.FieldStatus), enrollment.StatusWAITING),
			sql.Or(sql.ColumnsLT(w.C(enrollment.FieldEnrolledAt), q.C(enrollment.FieldEnrolledAt)), sql.And(
				sql.ColumnsEQ(w.C(enrollment.FieldEnrolledAt), q.C(enrollment.FieldEnrolledAt)), sql.ColumnsLTE(w.C(enrollment.FieldID), q.C(enrollment.FieldID)))),
		)).GroupBy(q.C(enrollment.FieldID))
		q.AppendSelectAs(sql.Count("*"), enrollment.Table+"_"+place)
	}).Select(enrollment.FieldID).All(auth.WithSystem(ctx, "how many wait before somebody, of whatever customer"))
	if err != nil {
		return nil, err
	}
	places := make(map[gid.ID]int, len(rows))
	for _, e := range rows {
		n, err := strconv.Atoi(value(e.Value, enrollment.Table, place))
		if err != nil {
			return nil, err
		}
		places[e.ID] = n
	}
	out := make(map[*ent.Enrollment]*int, len(ids))
	for _, e := range list {
		if n, waits := places[e.ID]; waits {
			out[e] = &n
		}
	}
	return out, nil
}

// The actions that an enrollment has.
const (
	ActLearn    = "LEARN"
	ActWithdraw = "WITHDRAW"
	ActDue      = "SET_DUE"
	ActRate     = "RATE"
	ActMark     = "MARK"
	ActMove     = "MOVE"
)

// EnrollmentActions are what the viewer may do with an enrollment.
func (s *Service) EnrollmentActions(ctx context.Context, e *ent.Enrollment) []string {
	live, isOpen := e.Status == enrollment.StatusACTIVE || e.Status == enrollment.StatusCOMPLETED, e.Slot == open
	o := ownerOf(e)
	var out []string
	for _, x := range []struct {
		name string
		may  bool
	}{
		{ActLearn, live && access.May(ctx, doLearn, o)},
		{ActWithdraw, isOpen && access.May(ctx, doWithdraw, o) && s.mayLeave(ctx, e)},
		{ActDue, isOpen && access.May(ctx, doDue, o)},
		{ActRate, live && e.StartedAt != nil && access.May(ctx, doRate, o)},
		{ActMark, live && !isOwn(ctx, e.UserID) && access.May(ctx, doMark, o)},
		{ActMove, isOpen && access.May(ctx, doMove, o)},
	} {
		if x.may {
			out = append(out, x.name)
		}
	}
	return out
}

// mostMine is how many enrollments and certificates of one's own are shown at once.
const mostMine = 100

// Mine are the viewer's own enrollments: what they learn, with what they learned last
// first, then what they have finished.
func (s *Service) Mine(ctx context.Context) ([]gid.ID, error) {
	v := auth.From(ctx)
	list, err := s.store.Reader(ctx).Enrollment.Query().
		Where(enrollment.UserID(gid.ID(v.UserID)), enrollment.OrganizationID(gid.ID(v.OrganizationID)), enrollment.StatusNEQ(enrollment.StatusWITHDRAWN)).
		Order(ent.Desc(enrollment.FieldEnrolledAt)).Limit(mostMine).
		Select(enrollment.FieldID, enrollment.FieldStatus, enrollment.FieldLearnedAt, enrollment.FieldEnrolledAt).All(ctx)
	if err != nil {
		return nil, err
	}
	return inTurn(list), nil
}

// MyCertificates are the viewer's own that are valid, the latest first.
func (s *Service) MyCertificates(ctx context.Context) ([]gid.ID, error) {
	v := auth.From(ctx)
	return s.store.Reader(ctx).Certificate.Query().Where(certificate.UserID(gid.ID(v.UserID)), certificate.OrganizationID(gid.ID(v.OrganizationID)),
		certificate.RevokedAtIsNil(), certificate.Or(certificate.ExpiresAtIsNil(), certificate.ExpiresAtGT(s.now()))).
		Order(ent.Desc(certificate.FieldIssuedAt)).Limit(mostMine).IDs(ctx)
}

// Glance is what somebody has learned.
type Glance struct {
	Completed int
	Learned   time.Duration
	Week      []progress.Day // from Monday
}

// Glance sums up what the viewer has learned, by the days of a time zone.
func (s *Service) Glance(ctx context.Context, zone *time.Location) (*Glance, error) {
	v := auth.From(ctx)
	list, err := s.store.Reader(ctx).Enrollment.Query().
		Where(enrollment.UserID(gid.ID(v.UserID)), enrollment.OrganizationID(gid.ID(v.OrganizationID))).
		Select(enrollment.FieldID, enrollment.FieldStatus, enrollment.FieldLearned).All(ctx)
	if err != nil {
		return nil, err
	}
	now := s.now().In(zone)
	monday := now.AddDate(0, 0, -(int(now.Weekday())+6)%7)
	g := &Glance{Week: (&progress.State{}).Days(monday, 7, zone)}
	for _, e := range list {
		if e.Status == enrollment.StatusCOMPLETED {
			g.Completed++
		}
		state, err := stateOf(e)
		if err != nil {
			return nil, err
		}
		g.Learned += state.Learned()
		for i, d := range state.Days(monday, 7, zone) {
			g.Week[i].Seconds += d.Seconds
		}
	}
	return g, nil
}

// inTurn puts what somebody learns before what they wait for, and that before what
// they have finished; each with what they learned last first.
func inTurn(list []*ent.Enrollment) []gid.ID {
	rank := map[enrollment.Status]int{enrollment.StatusACTIVE: 0, enrollment.StatusWAITING: 1, enrollment.StatusCOMPLETED: 2}
	last := func(e *ent.Enrollment) time.Time {
		if e.LearnedAt != nil {
			return *e.LearnedAt
		}
		return e.EnrolledAt
	}
	slices.SortStableFunc(list, func(a, b *ent.Enrollment) int {
		return cmp.Or(cmp.Compare(rank[a.Status], rank[b.Status]), last(b).Compare(last(a)))
	})
	ids := make([]gid.ID, len(list))
	for i, e := range list {
		ids[i] = e.ID
	}
	return ids
}

// IsOverdue says whether an enrollment should have been done by now.
func (s *Service) IsOverdue(e *ent.Enrollment) bool {
	return e.Slot == open && e.DueAt != nil && e.DueAt.Before(s.now())
}

// Latest are the latest versions of courses that somebody learns, offered or not.
func (s *Service) Latest(ctx context.Context, courses []gid.ID) (map[gid.ID]*Book, error) {
	return s.Current(auth.WithSystem(ctx, "whether there is a later version of a course that somebody learns"), courses)
}

// LearnersOf is how many learn by a version.
func (s *Service) LearnersOf(ctx context.Context, version gid.ID) (int, error) {
	return s.store.Reader(ctx).Enrollment.Query().Where(enrollment.VersionID(version), enrollment.Slot(open)).Count(ctx)
}

// LearnersByCourse is how many learn courses, by the courses' ids.
func (s *Service) LearnersByCourse(ctx context.Context, ids []gid.ID) (map[gid.ID]*int, error) {
	found, err := counted(ctx, s.store.Reader(ctx).Enrollment.Query().Where(enrollment.CourseIDIn(ids...), enrollment.StatusEQ(enrollment.StatusACTIVE)))
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]*int, len(found))
	for id, n := range found {
		out[id] = &n
	}
	return out, nil
}
