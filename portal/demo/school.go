package demo

import (
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"time"

	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/portal/demo/courses"
	"foyer/portal/events"
	"foyer/portal/training"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

// trainerOf is who writes courses and judges work.
const trainerOf = "henrik.solberg@aurelia.example"

// school is what customers learn, and how far they are. Its rows say what the portal
// would have written: what follows from what was learned is asked of portal/training.
type school struct {
	*house
	// place gives certificates their places in the list of what was revoked.
	place   func() (int64, error)
	trainer actor

	courses      map[string]*taught // by key
	list         []*taught
	enrollments  []*ent.Enrollment
	attempts     []*ent.Attempt
	works        []*ent.Submission
	certificates []*ent.Certificate
	requirements []*ent.TrainingRequirement
	seats        map[gid.ID]map[string]int // bought and not used, by organization and sku
}

// taught is a course with its rows.
type taught struct {
	courses.Course
	row      *ent.Course
	versions []*ent.CourseVersion
	audience training.Audience
}

// school makes the rows of courses and of all who learn them.
func (h *house) school(deals []*deal, place func() (int64, error)) (*school, error) {
	s := &school{house: h, place: place, trainer: h.people[trainerOf].actor(event.ActorKindSTAFF), courses: map[string]*taught{}, seats: map[gid.ID]map[string]int{}}
	for _, d := range deals {
		if d.order.Status != order.StatusCONFIRMED && d.order.Status != order.StatusCOMPLETED {
			continue
		}
		org := d.order.OrganizationID
		if s.seats[org] == nil {
			s.seats[org] = map[string]int{}
		}
		for _, l := range d.lines {
			s.seats[org][l.Sku] += l.Quantity
		}
	}
	products := map[string]gid.ID{}
	for _, p := range h.products {
		products[p.Name] = p.ID
	}
	for n, c := range courses.All() {
		t, err := h.teach(n, c, products)
		if err != nil {
			return nil, fmt.Errorf("demo: course %s: %w", c.Key, err)
		}
		s.courses[c.Key], s.list = t, append(s.list, t)
	}
	for n, stage := range courses.Stages() {
		if err := s.enter(n, stage); err != nil {
			return nil, fmt.Errorf("demo: %s in %s: %w", stage.Person, stage.Course, err)
		}
	}
	return s, s.require()
}

// teach makes the rows of a course and its versions.
func (h *house) teach(n int, c courses.Course, products map[string]gid.ID) (*taught, error) {
	published := day(h.now).AddDate(0, 0, -c.Published).Add(8*time.Hour + time.Duration(n)*7*time.Minute)
	at := published.AddDate(0, 0, -20)
	t := &taught{Course: c, row: &ent.Course{
		ID: gid.At(gid.Course, at), CreatedAt: at, UpdatedAt: published, Key: c.Key, Status: course.StatusPUBLISHED, Version: 3,
		Rules: schema.CourseRules{DueDays: c.DueDays, Renew: c.Renew},
	}}
	if err := t.publish(c.Document, published, ""); err != nil {
		return nil, err
	}
	if c.Next != nil {
		t.row.UpdatedAt = day(h.now).AddDate(0, 0, -c.NextPublished).Add(9 * time.Hour)
		note := "The question about reflections is mended; hand-held laser welding has a lesson of its own."
		if err := t.publish(*c.Next, t.row.UpdatedAt, note); err != nil {
			return nil, err
		}
	}
	if c.Draft != nil {
		draft, problems := content.Check(*c.Draft)
		if len(problems) > 0 {
			return nil, fmt.Errorf("its draft: %s", problems[0].Text.EN)
		}
		t.row.Draft, t.row.UpdatedAt = draft, h.ago(2, 3)
	}
	if c.Seats > 0 {
		t.row.Seats = &c.Seats
	}
	if c.Sold != "" {
		s, ok := h.skus[c.Sold]
		if !ok {
			return nil, fmt.Errorf("there is no %s", c.Sold)
		}
		t.row.VariantID = s.row.ID
	}
	for _, name := range c.Teaches {
		t.row.Rules.Products = append(t.row.Rules.Products, string(products[name]))
	}
	for _, name := range c.RequiredFor {
		t.row.Rules.RequiredFor = append(t.row.Rules.RequiredFor, string(products[name]))
	}
	for _, key := range c.Segments {
		t.audience.Segments = append(t.audience.Segments, h.segments[key].ID)
	}
	for _, name := range c.Owners {
		t.audience.Owners = append(t.audience.Owners, products[name])
	}
	t.row.Restricted = len(c.Segments)+len(c.Owners) > 0
	t.audience.Restricted = t.row.Restricted
	return t, nil
}

// publish makes a version, which is the draft as well.
func (t *taught) publish(doc schema.CourseDocument, at time.Time, note string) error {
	doc, problems := content.Check(doc)
	if len(problems) > 0 {
		return fmt.Errorf("version %d: %s", t.row.Latest+1, problems[0].Text.EN)
	}
	t.row.Latest++
	t.row.Draft, t.row.Name = doc, doc.Title[doc.Languages[0]]
	t.versions = append(t.versions, &ent.CourseVersion{
		ID: gid.At(gid.CourseVersion, at), CourseID: t.row.ID, Number: t.row.Latest, Document: doc, Checksum: content.Checksum(doc), Note: note, PublishedAt: at,
	})
	return nil
}

// pupil is somebody in a course while their rows are made.
type pupil struct {
	courses.Stage
	*school
	who    *individual
	course *taught
	doc    *schema.CourseDocument
	row    *ent.Enrollment
	log    diary
}

// enter makes the rows of a stage.
func (s *school) enter(n int, stage courses.Stage) error {
	c := s.courses[stage.Course]
	v := c.versions[stage.Version-1]
	at := s.back(stage.Enrolled, 6*time.Hour+time.Duration(n)*67*time.Second)
	p := &pupil{Stage: stage, school: s, who: s.people[stage.Person], course: c, doc: &v.Document, row: &ent.Enrollment{
		ID: gid.At(gid.Enrollment, at), OrganizationID: s.firms[stage.Customer].row.ID, UserID: s.people[stage.Person].row.ID, CourseID: c.row.ID, VersionID: v.ID,
		Slot: training.SlotOpen, Status: enrollment.StatusACTIVE, Origin: enrollment.OriginSELF, EnrolledAt: at, ActiveAt: &at, Version: 1,
	}}
	p.log.marks, p.log.quizzes = map[string]time.Time{}, map[string]time.Time{}
	p.come()
	if err := p.learn(); err != nil {
		return err
	}
	return p.stand()
}

// back is a time of a day some days ago.
func (h *house) back(days int, clock time.Duration) time.Time {
	return day(h.now).AddDate(0, 0, -days).Add(clock)
}

// come says how somebody came into the course.
func (p *pupil) come() {
	e, who := p.row, p.who.actor(event.ActorKindCUSTOMER)
	switch p.How {
	case courses.ByManager:
		e.Origin, who = enrollment.OriginMANAGER, p.people[p.By].actor(event.ActorKindCUSTOMER)
	case courses.ByRule:
		e.Origin, who = enrollment.OriginORDER, actor{kind: event.ActorKindSYSTEM}
	}
	if p.State == courses.Waiting {
		e.Status, e.ActiveAt = enrollment.StatusWAITING, nil
	}
	if p.DueIn != 0 {
		e.DueAt = new(p.back(-p.DueIn, 16*time.Hour))
	}
	if ends := p.ending(); p.How == courses.ByRule && ends != nil {
		e.Origin = enrollment.OriginRENEWAL
		if e.DueAt != nil && e.DueAt.After(*ends) {
			e.DueAt = ends
		}
	}
	if sku := p.course.Sold; sku != "" && p.seats[e.OrganizationID][sku] > 0 { // the others came when it was free
		p.seats[e.OrganizationID][sku]--
		e.Bought = true
	}
	p.tell(events.Enrolled, e.ID, e.EnrolledAt, who, schema.EventData{To: string(e.Status), Text: p.title()})
}

// ending is when the certificate ends that they have of this course already.
func (p *pupil) ending() *time.Time {
	for _, c := range p.certificates {
		if c.UserID == p.row.UserID && c.CourseID == p.row.CourseID {
			return c.ExpiresAt
		}
	}
	return nil
}

func (p *pupil) title() string { return p.doc.Title[p.doc.Languages[0]] }

func (p *pupil) tell(kind events.Kind, subject gid.ID, at time.Time, who actor, data schema.EventData) {
	p.house.events = append(p.house.events, &ent.Event{
		Kind: string(kind), SubjectID: subject, OrganizationID: p.row.OrganizationID, UserID: p.row.UserID, Audience: event.AudienceCUSTOMER,
		ActorKind: who.kind, ActorID: who.id, ActorName: who.name, Data: data, At: at,
	})
}

// stand writes how far they are, and what follows from that.
func (p *pupil) stand() error {
	e := p.row
	r := training.Reach(p.doc, &p.log.state, p.log.quizzes, p.log.marks)
	if r.Done != (p.State == courses.Done) || r.DoneLessons != p.Lessons {
		return fmt.Errorf("is to be %s with %d lessons, and has %d", p.State, p.Lessons, r.DoneLessons)
	}
	e.Percent, e.Done, e.Next, e.Lessons, e.Seconds, e.Learned = r.Percent, r.DoneLessons, r.Next, r.States, r.Seconds, r.Learned
	e.LearnedAt = r.LastAt
	if !p.log.began.IsZero() {
		e.StartedAt = &p.log.began
	}
	if p.Stars > 0 {
		e.Rating, e.Feedback = &p.Stars, feedback[p.Person][p.Course]
	}
	p.enrollments = append(p.enrollments, e)
	p.remind()
	if p.State == courses.Withdrawn {
		e.Status, e.Slot, e.Version = enrollment.StatusWITHDRAWN, string(e.ID), 2
		e.Reason = reasons[p.who.language.Code()]
		p.tell(events.Withdrawn, e.ID, p.back(max(1, p.Last-3), 9*time.Hour), p.who.actor(event.ActorKindCUSTOMER), schema.EventData{Text: e.Reason})
	}
	if !r.Done {
		return nil
	}
	e.Status, e.Slot, e.CompletedAt = enrollment.StatusCOMPLETED, string(e.ID), r.CompletedAt
	who := p.who.actor(event.ActorKindCUSTOMER)
	if len(p.log.marks) > 0 {
		who = p.trainer
	}
	p.tell(events.CourseCompleted, e.ID, *e.CompletedAt, who, schema.EventData{Text: p.title()})
	return p.certify(who)
}

// remind tells who learns of what is due, as the portal has done by now.
func (p *pupil) remind() {
	e := p.row
	if e.DueAt == nil || p.State == courses.Done || p.State == courses.Withdrawn || p.State == courses.Waiting {
		return
	}
	step, ok := training.DueStep(*e.DueAt, p.now)
	if !ok {
		return
	}
	e.Reminded = &step
	for _, days := range []int{7, 1, 0} {
		at, to := e.DueAt.AddDate(0, 0, -days), training.TellSoon
		if days == 0 {
			to = training.TellLate
		}
		if at.After(e.EnrolledAt) && !at.After(p.now) {
			p.tell(events.CourseDue, e.ID, at, actor{kind: event.ActorKindSYSTEM}, schema.EventData{To: to, Date: e.DueAt})
		}
	}
}

// certify issues the certificate of somebody who is done.
func (p *pupil) certify(who actor) error {
	if p.doc.Certificate == nil {
		return nil
	}
	place, err := p.place()
	if err != nil {
		return err
	}
	c := training.NewCertificate(p.doc, p.row, p.who.row.Name, place)
	c.ID, c.Version = gid.At(gid.Certificate, c.IssuedAt), 1
	if shown, chosen := shows[p.Person]; chosen {
		c.Shown, c.Version = shown, 2
	}
	p.certificates = append(p.certificates, c)
	p.tell(events.CertificateIssued, c.ID, c.IssuedAt, who, schema.EventData{Text: p.title()})
	if p.Revoked != "" {
		c.RevokedAt, c.Revocation = new(c.IssuedAt.AddDate(0, 0, 30)), p.Revoked
		c.Version++
		p.tell(events.CertificateRevoked, c.ID, *c.RevokedAt, p.trainer, schema.EventData{Text: p.Revoked})
		return nil
	}
	if c.ExpiresAt == nil {
		return nil
	}
	for _, days := range training.Reminders(p.doc.Certificate, training.DaysLeft(*c.ExpiresAt, p.now)) {
		c.Reminded = &days
		p.tell(events.CertificateEnding, c.ID, c.ExpiresAt.AddDate(0, 0, -days), actor{kind: event.ActorKindSYSTEM}, schema.EventData{Date: c.ExpiresAt, Text: p.title()})
	}
	return nil
}

// drawn is what an attempt asks: the same in every demo company.
func (p *pupil) drawn(q *schema.Quiz, lesson string, number int) []schema.AttemptQuestion {
	seed := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s %d", seed, p.row.EnrolledAt.Format(time.DateOnly), p.Person, lesson, number))
	return quiz.Draw(q, quiz.Seed(seed))
}

// some is a number from 0 to n-1 that is always the same for the same.
func (p *pupil) some(n int, what string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(p.Person + p.Course + what)) // never fails
	return int(sum.Sum32() % uint32(n))                  //nolint:gosec // n is a small number of this file
}
