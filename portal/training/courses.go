package training

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"unicode/utf8"

	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/courseversion"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/segment"
	"foyer/portal/access"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/content"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	mostAudience = 100 // customers and segments of one course
	mostProducts = 100 // of one rule
	mostSeats    = 1_000_000
	mostDays     = 3650
	longestNote  = 1000
)

// takenKeys are the names of pages beside those of courses.
var takenKeys = []string{"team", "certificates"}

var courseKey = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Draft is the input of SaveCourse. What is nil stays as it is.
type Draft struct {
	ID        *gid.ID // of the one to change; a new one when nil
	Version   *int
	Key       *string
	Document  *schema.CourseDocument
	Seats     *int    // 0 for no limit
	VariantID *gid.ID // empty for none
	Audience  *Audience
	Rules     *schema.CourseRules
}

// Audience is for whom a course is.
type Audience struct {
	Restricted                      bool
	Organizations, Segments, Owners []gid.ID
}

// Refused is a refusal of a draft with all that is to be said of it.
type Refused struct {
	*problem.Refusal

	Problems content.Problems
}

// Unwrap lets the refusal be found.
func (r *Refused) Unwrap() error { return r.Refusal }

// SaveCourse begins a course or changes its draft and settings, and returns its id.
func (s *Service) SaveCourse(ctx context.Context, in Draft) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doSave, access.Owner{})
		if err != nil {
			return "", err
		}
		doc, err := keepable(in.Document)
		if err != nil {
			return "", err
		}
		c, err := s.toSave(act, tx, in, doc)
		if err != nil {
			return "", err
		}
		return c.ID, s.settle(act, tx, c, in, doc)
	})
	if store.Duplicate(err) {
		err = taken()
	}
	return id, err
}

func taken() error {
	return refuse(Taken, "There is a course with this key already.", "Es gibt schon einen Kurs mit diesem Schlüssel.", "key")
}

// toSave is the course that is changed, or a new one.
func (s *Service) toSave(act context.Context, tx *ent.Client, in Draft, doc *schema.CourseDocument) (*ent.Course, error) {
	if in.ID != nil {
		c, err := held(act, tx, *in.ID)
		switch {
		case err != nil:
			return nil, err
		case in.Version == nil:
			return nil, sendVersion()
		case *in.Version != c.Version:
			return nil, problem.ErrStale
		}
		return c, nil
	}
	switch {
	case in.Key == nil || !courseKey.MatchString(*in.Key) || len(*in.Key) > 60:
		return nil, invalid("Give it a key of small letters, digits and hyphens, up to 60.", "Geben Sie einen Schlüssel aus Kleinbuchstaben, Ziffern und Bindestrichen an, bis zu 60.", "key")
	case slices.Contains(takenKeys, *in.Key):
		return nil, taken()
	case doc == nil:
		return nil, invalid("Please write what is learned.", "Bitte schreiben Sie, was gelernt wird.", "document")
	}
	if there, err := tx.Course.Query().Where(course.Key(*in.Key)).Exist(act); err != nil || there {
		if err == nil {
			err = taken()
		}
		return nil, err
	}
	return tx.Course.Create().SetKey(*in.Key).SetName(cmp.Or(name(doc), *in.Key)).SetDraft(*doc).SetRules(schema.CourseRules{}).Save(act)
}

// settle writes what is changed about a course.
func (s *Service) settle(act context.Context, tx *ent.Client, c *ent.Course, in Draft, doc *schema.CourseDocument) error {
	u := tx.Course.UpdateOneID(c.ID).Where(course.Version(c.Version))
	if in.ID != nil {
		u.AddVersion(1)
	}
	if doc != nil {
		u.SetDraft(*doc)
		if c.Latest == 0 { // else it is called what was published
			u.SetName(cmp.Or(name(doc), c.Key))
		}
	}
	switch {
	case in.Seats == nil:
	case *in.Seats < 0 || *in.Seats > mostSeats:
		return invalid("Give a number of seats from 1, or 0 for no limit.", "Geben Sie eine Zahl von Plätzen ab 1 an, oder 0 für keine Grenze.", "seats")
	case *in.Seats == 0:
		u.ClearSeats()
	default:
		u.SetSeats(*in.Seats)
	}
	switch {
	case in.VariantID == nil:
	case *in.VariantID == "":
		u.ClearVariantID()
	default:
		if there, err := tx.ProductVariant.Query().Where(productvariant.ID(*in.VariantID)).Exist(act); err != nil || !there {
			return orUnknown(err, "variantId")
		}
		u.SetVariantID(*in.VariantID)
	}
	if in.Rules != nil {
		if err := checkRules(act, tx, c, in.Rules); err != nil {
			return err
		}
		u.SetRules(*in.Rules)
	}
	if in.Audience != nil {
		u.SetRestricted(in.Audience.Restricted)
		if err := s.putAudience(act, tx, c.ID, in.Audience); err != nil {
			return err
		}
	}
	if err := stale(u.Exec(act)); err != nil {
		return err
	}
	if in.Seats != nil { // there may be places now for those who wait
		return s.fill(act, tx, c.ID)
	}
	return nil
}

func orUnknown(err error, field ...string) error {
	if err != nil {
		return err
	}
	return refuse(UnknownRecord, "There is no such record, or not for you.", "Diesen Datensatz gibt es nicht, oder nicht für Sie.", field...)
}

func name(doc *schema.CourseDocument) string { return textIn(doc, doc.Title, "") }

func checkRules(act context.Context, tx *ent.Client, c *ent.Course, r *schema.CourseRules) error {
	if c.Status == course.StatusRETIRED && len(r.RequiredFor) > 0 {
		return invalid("The course is retired: nobody could earn its certificate. Offer it again first.",
			"Der Kurs ist eingestellt: Niemand könnte sein Zertifikat erwerben. Bieten Sie ihn zuerst wieder an.", "rules", "requiredFor")
	}
	for _, rule := range []struct {
		field    string
		products []string
	}{{"products", r.Products}, {"requiredFor", r.RequiredFor}} {
		field, ids := rule.field, make([]gid.ID, 0, len(rule.products))
		for _, id := range rule.products {
			if !slices.Contains(ids, gid.ID(id)) {
				ids = append(ids, gid.ID(id))
			}
		}
		if len(ids) > mostProducts {
			return invalid("Up to 100 products can be named.", "Es können bis zu 100 Produkte genannt werden.", "rules", field)
		}
		if n, err := tx.Product.Query().Where(product.IDIn(ids...)).Count(act); err != nil || n != len(ids) {
			return orUnknown(err, "rules", field)
		}
	}
	if r.DueDays < 0 || r.DueDays > mostDays {
		return invalid("Give from 1 to 3650 days.", "Geben Sie 1 bis 3650 Tage an.", "rules", "dueDays")
	}
	if r.Renew < 0 || r.Renew > 365 {
		return invalid("Give from 1 to 365 days.", "Geben Sie 1 bis 365 Tage an.", "rules", "renewDays")
	}
	return nil
}

// putAudience replaces for whom a course is. Who has ordered a product is looked up
// when it is said, and again with each order (rules.go).
func (s *Service) putAudience(act context.Context, tx *ent.Client, id gid.ID, a *Audience) error {
	for _, who := range []struct {
		field string
		ids   *[]gid.ID
	}{{"organizations", &a.Organizations}, {"segments", &a.Segments}, {"owners", &a.Owners}} {
		slices.Sort(*who.ids)
		*who.ids = slices.Compact(*who.ids)
		if len(*who.ids) > mostAudience {
			return invalid("Up to 100 of each can be named.", "Es können je bis zu 100 genannt werden.", "audience", who.field)
		}
	}
	if n, err := tx.Organization.Query().Where(organization.IDIn(a.Organizations...)).Count(act); err != nil || n != len(a.Organizations) {
		return orUnknown(err, "audience", "organizations")
	}
	if n, err := tx.Segment.Query().Where(segment.IDIn(a.Segments...)).Count(act); err != nil || n != len(a.Segments) {
		return orUnknown(err, "audience", "segments")
	}
	if n, err := tx.Product.Query().Where(product.IDIn(a.Owners...)).Count(act); err != nil || n != len(a.Owners) {
		return orUnknown(err, "audience", "owners")
	}
	if err := PutAudience(act, s.store, id, a); err != nil {
		return err
	}
	audit.Note(act, ent.TypeCourse, string(id), schema.Change{Field: "audience", Value: audienceText(a)})
	return nil
}

// PutAudience writes for whom a course is, in the place of what was said before.
func PutAudience(act context.Context, st *store.Store, id gid.ID, a *Audience) error {
	raw := st.Raw(act)
	for _, table := range []string{"course_audiences", "course_owners"} {
		if _, err := raw.ExecContext(act, `DELETE FROM `+table+` WHERE course_id = $1`, string(id)); err != nil { //nolint:gosec // one of two names
			return err
		}
	}
	for _, who := range append(slices.Clone(a.Organizations), a.Segments...) {
		if _, err := raw.ExecContext(act, `INSERT INTO course_audiences (audience_id, course_id) VALUES ($1, $2)`, string(who), string(id)); err != nil {
			return err
		}
	}
	for _, p := range a.Owners {
		if _, err := raw.ExecContext(act, `INSERT INTO course_owners (course_id, product_id) VALUES ($1, $2)`, string(id), string(p)); err != nil {
			return err
		}
		if _, err := raw.ExecContext(act, ownersOf, string(id), string(p)); err != nil {
			return err
		}
	}
	return nil
}

// ownersOf opens a course ($1) to the customers who have ordered a product ($2) and not
// cancelled it.
const ownersOf = `INSERT INTO course_audiences (audience_id, course_id, source)
	SELECT DISTINCT l.organization_id, $1, $2 FROM order_lines l
	JOIN product_variants v ON v.id = l.variant_id
	JOIN orders o ON o.id = l.order_id
	WHERE v.product_id = $2 AND o.status IN ('CONFIRMED', 'COMPLETED')
	ON CONFLICT DO NOTHING`

func audienceText(a *Audience) string {
	out := "everybody"
	if a.Restricted {
		out = ""
	}
	for _, id := range slices.Concat(a.Organizations, a.Segments, a.Owners) {
		out += " " + string(id)
	}
	return out
}

// keepable reads a draft. It need not be sound before it is published: it is worked on.
func keepable(doc *schema.CourseDocument) (*schema.CourseDocument, error) {
	if doc == nil {
		return nil, nil //nolint:nilnil // it stays as it is
	}
	read, wrong := content.Check(*doc)
	if wrong = wrong.Unkeepable(); len(wrong) > 0 {
		return nil, unsound(wrong)
	}
	return &read, nil
}

func unsound(wrong content.Problems) error {
	return &Refused{
		Refusal: problem.Refuse(Unsound, wrong[0].Text, append([]string{"input", "document"}, wrong[0].Path...)...), Problems: wrong,
	}
}

// CheckCourse is what is wrong with a document, which is not kept.
func (s *Service) CheckCourse(ctx context.Context, doc schema.CourseDocument) (content.Problems, error) {
	if _, err := access.Act(ctx, doSave, access.Owner{}); err != nil {
		return nil, err
	}
	_, wrong := content.Check(doc)
	return wrong, nil
}

// Written makes something of a text that is being written, for those who may write.
func (s *Service) Written(ctx context.Context, text string, show func(string) (string, error)) (string, error) {
	if _, err := access.Act(ctx, doSave, access.Owner{}); err != nil {
		return "", err
	}
	if utf8.RuneCountInString(text) > content.MaxBody {
		return "", problem.Input("A text has up to 60,000 characters.", "Ein Text hat bis zu 60.000 Zeichen.")
	}
	out, err := show(text)
	if err != nil { // its nesting, say: the writer is told, and nothing is broken
		return "", problem.Input("This text cannot be shown: "+err.Error(), "Dieser Text kann nicht gezeigt werden: "+err.Error())
	}
	return out, nil
}

func held(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.Course, error) {
	c, err := tx.Course.Query().Where(course.ID(id), store.Held).Only(ctx)
	return c, notFound(err)
}

// atVersion is a course that is still as it was read.
func atVersion(ctx context.Context, tx *ent.Client, id gid.ID, version int) (*ent.Course, error) {
	c, err := held(ctx, tx, id)
	if err == nil && c.Version != version {
		err = problem.ErrStale
	}
	return c, err
}

// Review sends a draft to be looked at, or back.
func (s *Service) Review(ctx context.Context, id gid.ID, version int, ready bool) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doSave, access.Owner{})
		if err != nil {
			return "", err
		}
		c, err := atVersion(act, tx, id, version)
		if err != nil {
			return "", err
		}
		from, to := course.StatusDRAFT, course.StatusREVIEW
		if !ready {
			from, to = to, from
		}
		if c.Status != from {
			return "", invalid("Only a draft can be sent to review, and only what is in review can be sent back.",
				"Nur ein Entwurf kann zur Durchsicht gehen, und nur was in Durchsicht ist, zurück.", "isReady")
		}
		return c.ID, stale(tx.Course.UpdateOneID(c.ID).Where(course.Version(c.Version)).AddVersion(1).SetStatus(to).Exec(act))
	})
}

// Publication is the input of Publish.
type Publication struct {
	ID            gid.ID
	Version       int
	Note          *string
	MoveLearners  bool
	RecertifyDays *int
}

// Publish makes the draft the version by which new learners learn, and returns the
// course's id. Whoever is learning goes on by theirs unless it is said otherwise; both
// that and the end of certificates are work for a job.
func (s *Service) Publish(ctx context.Context, in Publication) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doPublish, access.Owner{})
		if err != nil {
			return "", err
		}
		c, err := atVersion(act, tx, in.ID, in.Version)
		if err != nil {
			return "", err
		}
		note := ""
		if in.Note != nil {
			if note, err = problem.Prose(*in.Note, longestNote, "input", "note"); err != nil {
				return "", err
			}
		}
		if in.RecertifyDays != nil && (*in.RecertifyDays < 0 || *in.RecertifyDays > mostDays) {
			return "", invalid("Give from 0 to 3650 days.", "Geben Sie 0 bis 3650 Tage an.", "recertifyDays")
		}
		return c.ID, s.publish(act, tx, c, in, note)
	})
}

func (s *Service) publish(act context.Context, tx *ent.Client, c *ent.Course, in Publication, note string) error {
	doc, wrong := content.Check(c.Draft)
	if len(wrong) == 0 {
		var err error
		if wrong, err = s.outside(act, tx, c, &doc); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return unsound(wrong)
	}
	sum := content.Checksum(doc)
	if c.Latest > 0 {
		same, err := tx.CourseVersion.Query().Where(courseversion.CourseID(c.ID), courseversion.Number(c.Latest), courseversion.Checksum(sum)).Exist(act)
		if err != nil {
			return err
		}
		if same {
			return refuse(Unchanged, "The draft is as it was published.", "Der Entwurf ist so, wie er veröffentlicht wurde.", "id")
		}
	}
	v, err := tx.CourseVersion.Create().SetCourseID(c.ID).SetNumber(c.Latest + 1).SetDocument(doc).SetChecksum(sum).
		SetNillableRecertifyDays(in.RecertifyDays).SetNote(note).SetPublishedAt(s.now()).Save(act)
	if err != nil {
		return err
	}
	err = stale(tx.Course.UpdateOneID(c.ID).Where(course.Version(c.Version)).AddVersion(1).SetLatest(v.Number).SetName(name(&doc)).
		SetDraft(doc).SetStatus(course.StatusPUBLISHED).Exec(act))
	if err != nil {
		return err
	}
	if in.MoveLearners && v.Number > 1 {
		if err := s.jobs.Insert(act, moveArgs{CourseID: c.ID, VersionID: v.ID}); err != nil {
			return err
		}
	}
	if in.RecertifyDays != nil && v.Number > 1 {
		return s.jobs.Insert(act, recertifyArgs{VersionID: v.ID})
	}
	return nil
}

// outside is what is wrong with what a sound draft names: other courses, and files.
func (s *Service) outside(ctx context.Context, tx *ent.Client, c *ent.Course, doc *schema.CourseDocument) (content.Problems, error) {
	wrong, err := s.prerequisites(ctx, tx, c.Key, doc)
	if err != nil || len(wrong) > 0 {
		return wrong, err
	}
	named := content.Files(doc)
	if len(named) == 0 {
		return nil, nil
	}
	there, err := s.files.OfCourse(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	return content.CheckFiles(doc, func(id string) bool {
		return slices.ContainsFunc(there, func(f *ent.File) bool { return string(f.ID) == id })
	}), nil
}

// prerequisites are what is wrong with the courses that a draft names. One that is
// retired can be finished by nobody who has not, so that it is as good as none.
func (s *Service) prerequisites(act context.Context, tx *ent.Client, key string, doc *schema.CourseDocument) (content.Problems, error) {
	list, err := tx.Course.Query().Where(course.StatusEQ(course.StatusPUBLISHED)).Select(course.FieldID, course.FieldKey).All(act)
	if err != nil {
		return nil, err
	}
	ids, keys := make([]gid.ID, 0, len(list)), map[string]gid.ID{}
	for _, c := range list {
		ids, keys[c.Key] = append(ids, c.ID), c.ID
	}
	books, err := s.Current(act, ids)
	if err != nil {
		return nil, err
	}
	return content.CheckPrerequisites(key, doc, func(key string) ([]string, bool) {
		b := books[keys[key]]
		if b == nil {
			return nil, false
		}
		return b.Doc.Prerequisites, true
	}), nil
}

// ProblemsOf is what is wrong with a course's draft.
func (s *Service) ProblemsOf(ctx context.Context, c *ent.Course) (content.Problems, error) {
	doc, wrong := content.Check(c.Draft)
	if len(wrong) > 0 {
		return wrong, nil
	}
	return s.outside(ctx, s.store.Reader(ctx), c, &doc)
}

// IsChanged says whether a course's draft differs from what was published last.
func (s *Service) IsChanged(ctx context.Context, c *ent.Course) (bool, error) {
	same, err := s.store.Reader(ctx).CourseVersion.Query().
		Where(courseversion.CourseID(c.ID), courseversion.Number(c.Latest), courseversion.Checksum(content.Checksum(c.Draft))).Exist(ctx)
	return !same, err
}

// AudienceOf is for whom a course is.
func (s *Service) AudienceOf(ctx context.Context, id gid.ID) (*Audience, error) {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT audience_id FROM course_audiences WHERE course_id = $1 AND source = ''
		UNION ALL SELECT product_id FROM course_owners WHERE course_id = $1 ORDER BY 1`, string(id))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	a := &Audience{}
	for rows.Next() {
		var who gid.ID
		if err := rows.Scan(&who); err != nil {
			return nil, err
		}
		switch who.Prefix() {
		case gid.Organization:
			a.Organizations = append(a.Organizations, who)
		case gid.Segment:
			a.Segments = append(a.Segments, who)
		default:
			a.Owners = append(a.Owners, who)
		}
	}
	return a, rows.Err()
}
