package training

import (
	"context"
	"maps"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/role"
	"foyer/ent/trainingrequirement"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

const (
	doRequire   = "trainingRequirement.save"
	doUnrequire = "trainingRequirement.delete"

	mostRequired = 50  // courses of one organization
	mostNamed    = 500 // people of one requirement
)

// Requirement is the input of Require.
type Requirement struct {
	ID             *gid.ID // of the one to change; a new one when nil
	Version        *int
	OrganizationID *gid.ID
	CourseID       *gid.ID
	Roles          []string
	People         []gid.ID
	DueAt          *time.Time
	DueDays        *int
	Enroll         bool
}

// Require says who of an organization must hold what. It returns the requirement and
// how many were enrolled for it.
func (s *Service) Require(ctx context.Context, in Requirement) (id gid.ID, enrolled int, err error) {
	out, err := answered(ctx, s.store, func(ctx context.Context, tx *ent.Client) (*with, error) {
		r, act, err := s.toRequire(ctx, tx, in)
		if err != nil {
			return nil, err
		}
		slices.Sort(in.Roles)
		slices.Sort(in.People)
		in.Roles, in.People = slices.Compact(in.Roles), slices.Compact(in.People)
		if err := checkRequirement(ctx, tx, r.OrganizationID, in); err != nil {
			return nil, err
		}
		u := tx.TrainingRequirement.UpdateOneID(r.ID).SetRoles(in.Roles).SetPeople(in.People).SetEnroll(in.Enroll).SetNillableDueDays(in.DueDays).
			SetUpdatedAt(s.now()) // by the clock of events: who was taken out before is enrolled again
		if in.ID != nil {
			u.AddVersion(1)
		}
		if in.DueDays == nil {
			u.ClearDueDays()
		}
		if in.DueAt == nil {
			u.ClearDueAt()
		} else {
			u.SetDueAt(in.DueAt.UTC().Truncate(time.Microsecond))
		}
		if r, err = u.Save(act); err != nil {
			return nil, err
		}
		if !r.Enroll {
			return &with{ID: r.ID}, nil
		}
		n, err := s.enrollRequired(ctx, tx, r)
		return &with{r.ID, n}, err
	})
	if store.Duplicate(err) {
		err = refuse(Taken, "This course is required already. Change that requirement.", "Dieser Kurs ist schon vorgeschrieben. Ändern Sie diese Vorschrift.", "courseId")
	}
	if err != nil {
		return "", 0, err
	}
	return out.ID, out.Number, nil
}

// toRequire is the requirement that is changed, or a new one.
func (s *Service) toRequire(ctx context.Context, tx *ent.Client, in Requirement) (*ent.TrainingRequirement, context.Context, error) {
	if in.ID != nil {
		r, err := tx.TrainingRequirement.Query().Where(trainingrequirement.ID(*in.ID), store.Held).Only(ctx)
		if err != nil {
			return nil, nil, notFound(err)
		}
		act, err := access.Act(ctx, doRequire, access.Owner{Organization: r.OrganizationID, Subject: r.ID})
		switch {
		case err != nil:
			return nil, nil, err
		case in.Version == nil:
			return nil, nil, sendVersion()
		case *in.Version != r.Version:
			return nil, nil, problem.ErrStale
		}
		return r, act, nil
	}
	org := gid.ID(auth.From(ctx).OrganizationID)
	if in.OrganizationID != nil {
		org = *in.OrganizationID
	}
	there, err := tx.Organization.Query().Where(organization.ID(org)).Exist(ctx)
	if err != nil || !there {
		return nil, nil, orUnknown(err, "organizationId")
	}
	act, err := access.Act(ctx, doRequire, access.Owner{Organization: org})
	if err != nil {
		return nil, nil, err
	}
	if in.CourseID == nil {
		return nil, nil, invalid("Say which course it is.", "Bitte geben Sie an, welcher Kurs es ist.", "courseId")
	}
	if _, err := s.offered(ctx, tx, *in.CourseID); err != nil {
		return nil, nil, err
	}
	n, err := tx.TrainingRequirement.Query().Where(trainingrequirement.OrganizationID(org)).Count(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case n >= mostRequired:
		return nil, nil, invalid("Up to 50 courses can be required.", "Es können bis zu 50 Kurse vorgeschrieben sein.", "courseId")
	}
	r, err := tx.TrainingRequirement.Create().SetOrganizationID(org).SetCourseID(*in.CourseID).Save(act)
	return r, act, err
}

func checkRequirement(ctx context.Context, tx *ent.Client, org gid.ID, in Requirement) error {
	switch {
	case len(in.People) > mostNamed:
		return invalid("Up to 500 people can be named.", "Es können bis zu 500 Personen genannt werden.", "userIds")
	case in.DueDays != nil && (*in.DueDays < 1 || *in.DueDays > mostDays):
		return invalid("Give from 1 to 3650 days.", "Geben Sie 1 bis 3650 Tage an.", "dueDays")
	}
	n, err := tx.Role.Query().Where(role.KeyIn(in.Roles...), role.KindEQ(role.KindORGANIZATION)).Count(ctx)
	if err != nil || n != len(in.Roles) {
		return orUnknown(err, "roles")
	}
	n, err = tx.Membership.Query().Where(membership.OrganizationID(org), membership.UserIDIn(in.People...), membership.StatusEQ(membership.StatusACTIVE)).Count(ctx)
	if err != nil || n < len(in.People) {
		return orUnknown(err, "userIds")
	}
	return nil
}

// Unrequire takes a requirement back.
func (s *Service) Unrequire(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		r, err := tx.TrainingRequirement.Query().Where(trainingrequirement.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		act, err := access.Act(ctx, doUnrequire, access.Owner{Organization: r.OrganizationID, Subject: r.ID})
		if err != nil {
			return "", err
		}
		return r.ID, tx.TrainingRequirement.DeleteOneID(r.ID).Exec(act)
	})
}

// person is a member of an organization, as requirements see them.
type person struct {
	id     gid.ID
	name   string
	roles  []string
	joined time.Time
}

// requiredOf says whether somebody must hold what a requirement asks for, and by when.
func requiredOf(r *ent.TrainingRequirement, p person) (required bool, due *time.Time) {
	all := len(r.Roles) == 0 && len(r.People) == 0
	if !all && !slices.Contains(r.People, p.id) && !slices.ContainsFunc(p.roles, func(k string) bool { return slices.Contains(r.Roles, k) }) {
		return false, nil
	}
	if !p.joined.After(r.CreatedAt) {
		return true, r.DueAt
	}
	if r.DueDays != nil {
		return true, new(p.joined.AddDate(0, 0, *r.DueDays))
	}
	return true, r.DueAt
}

// people are the active members of an organization by their users' ids. Who may be
// seen is for whoever shows them.
func people(ctx context.Context, tx *ent.Client, org gid.ID) ([]person, error) {
	list, err := tx.Membership.Query().Where(membership.OrganizationID(org), membership.StatusEQ(membership.StatusACTIVE),
		along(role.Table, membership.FieldRoleID, role.FieldKey), along(user.Table, membership.FieldUserID, user.FieldName)).
		Order(membership.ByUserID()).All(ctx)
	if err != nil {
		return nil, err
	}
	var out []person
	for _, m := range list {
		if n := len(out); n == 0 || out[n-1].id != m.UserID {
			out = append(out, person{id: m.UserID, name: value(m.Value, user.Table, user.FieldName), joined: m.CreatedAt})
		}
		p := &out[len(out)-1]
		if m.CreatedAt.Before(p.joined) {
			p.joined = m.CreatedAt
		}
		p.roles = append(p.roles, value(m.Value, role.Table, role.FieldKey))
	}
	return out, nil
}

// enrollRequired enrolls those who must hold what a requirement asks for and neither
// hold nor learn it, as long as it is offered. Who cannot be enrolled now, or was taken
// out by others since the requirement was changed last, shows as missing in the matrix.
func (s *Service) enrollRequired(ctx context.Context, tx *ent.Client, r *ent.TrainingRequirement) (int, error) {
	c, err := tx.Course.Query().Where(course.ID(r.CourseID), course.StatusEQ(course.StatusPUBLISHED)).Only(ctx)
	if err != nil {
		return 0, ignore(err) // it is not offered any more
	}
	list, err := people(ctx, tx, r.OrganizationID)
	if err != nil {
		return 0, err
	}
	k, err := s.known(ctx, tx, r.OrganizationID, []*ent.TrainingRequirement{r})
	if err != nil {
		return 0, err
	}
	out, err := s.takenOut(ctx, tx, r.CourseID, r.OrganizationID, r.UpdatedAt)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range list {
		must, due := requiredOf(r, p)
		// To finish a course again by a newer version, or since its certificate ends
		// soon, is for themselves to begin, or for the course's rules.
		if st := k.cell(r, p, s.now()).Status; !must || out[p.id] || st == CellHeld || st == CellExpiring {
			continue
		}
		_, err := s.enroll(ctx, tx, place{course: c, owner: access.Owner{Organization: r.OrganizationID, User: p.id}, origin: enrollment.OriginMANAGER, dueAt: due})
		if refused, rest := problem.Refusals(err); rest != nil {
			return n, rest
		} else if len(refused) == 0 {
			n++
		}
	}
	return n, nil
}

// takenOut are the people of an organization who were withdrawn from a course by others,
// at some time or later, and have not been enrolled since. Rules do not enroll them
// again: whoever has taken them out knows why. Who came and left by themselves is none.
func (s *Service) takenOut(ctx context.Context, tx *ent.Client, courseID, org gid.ID, since time.Time, only ...gid.ID) (map[gid.ID]bool, error) {
	sys := auth.WithSystem(ctx, "whom others have taken out of a course, so that no rule enrolls them again")
	q := tx.Enrollment.Query().Where(enrollment.CourseID(courseID), enrollment.OrganizationID(org))
	if len(only) > 0 {
		q.Where(enrollment.UserIDIn(only...))
	}
	list, err := q.Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID)).
		Select(enrollment.FieldID, enrollment.FieldUserID, enrollment.FieldStatus, enrollment.FieldOrigin).All(sys)
	if err != nil {
		return nil, err
	}
	last := map[gid.ID]*ent.Enrollment{}
	for _, e := range list {
		last[e.UserID] = e
	}
	left := map[gid.ID]*ent.Enrollment{} // by their ids
	for _, e := range last {
		if e.Status == enrollment.StatusWITHDRAWN {
			left[e.ID] = e
		}
	}
	out := map[gid.ID]bool{}
	if len(left) == 0 {
		return out, nil
	}
	told, err := tx.Event.Query().Where(event.SubjectIDIn(slices.Collect(maps.Keys(left))...), event.Kind(string(events.Withdrawn)), event.AtGTE(since.UTC())).
		Select(event.FieldID, event.FieldSubjectID, event.FieldActorID).All(sys)
	if err != nil {
		return nil, err
	}
	for _, x := range told {
		e := left[x.SubjectID]
		if x.ActorID != string(e.UserID) || e.Origin != enrollment.OriginSELF {
			out[e.UserID] = true
		}
	}
	return out, nil
}
