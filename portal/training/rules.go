package training

import (
	"cmp"
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/courseversion"
	"foyer/ent/enrollment"
	"foyer/ent/membership"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/productvariant"
	"foyer/ent/trainingrequirement"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// work takes the sorts of work on.
func (s *Service) work(r *jobs.Runner) {
	long := jobs.Kind{Queue: jobs.QueueImports, Timeout: longestMove, Long: true}
	jobs.Handle(r, long, s.moveAll)
	jobs.Handle(r, long, s.recertify)
	jobs.Handle(r, jobs.Kind{}, func(ctx context.Context, _ lateArgs) error { return s.CloseLate(ctx) })
	jobs.Handle(r, jobs.Kind{Shown: []string{"order"}}, s.ordered)
	jobs.Handle(r, long, func(ctx context.Context, _ tendArgs) error { return s.Tend(ctx) })
	jobs.Handle(r, jobs.Kind{Timeout: 10 * time.Minute, Long: true}, s.sendStatements)
	r.Every(time.Minute, lateArgs{})
	r.Every(time.Hour, tendArgs{})
	s.store.Client().Event.Use(s.listen)
}

// listen orders, in the transaction of the event, what a confirmed order means for
// training.
func (s *Service) listen(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		v, err := next.Mutate(ctx, m)
		if err != nil || !m.Op().Is(ent.OpCreate) {
			return v, err
		}
		e, ok := v.(*ent.Event)
		if ok && events.Kind(e.Kind) == events.OrderStatus && e.Data.To == string(order.StatusCONFIRMED) {
			if err := s.jobs.Insert(ctx, orderArgs{Order: e.SubjectID}); err != nil {
				return nil, err
			}
		}
		return v, nil
	})
}

// orderArgs order that somebody looks at what a confirmed order means for training.
type orderArgs struct {
	Order gid.ID `json:"order"`
}

// Kind names the work.
func (orderArgs) Kind() string { return "training.order" }

// ordered opens courses to a customer who owns a product now, and enrolls who ordered
// what a course goes with. Done twice it is the same.
func (s *Service) ordered(ctx context.Context, a orderArgs) error {
	ctx = auth.WithSystem(ctx, "people are enrolled by the rules of courses and of their organizations")
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		o, err := tx.Order.Query().Where(order.ID(a.Order)).Only(ctx)
		if err != nil || o.Status == order.StatusCANCELLED {
			return ignore(err)
		}
		variants, err := tx.OrderLine.Query().Where(orderline.OrderID(o.ID), orderline.VariantIDNotNil()).Select(orderline.FieldVariantID).Strings(ctx)
		if err != nil {
			return err
		}
		products, err := tx.ProductVariant.Query().Where(productvariant.IDIn(ids(variants)...)).Select(productvariant.FieldProductID).Strings(ctx)
		if err != nil {
			return err
		}
		slices.Sort(products)
		products = slices.Compact(products)
		for _, p := range products {
			_, err := s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO course_audiences (audience_id, course_id, source)
				SELECT $1, course_id, product_id FROM course_owners WHERE product_id = $2 ON CONFLICT DO NOTHING`, string(o.OrganizationID), p)
			if err != nil {
				return err
			}
		}
		return s.enrollBuyer(ctx, tx, o, products, variants)
	})
}

func ids(list []string) []gid.ID {
	out := make([]gid.ID, len(list))
	for i, x := range list {
		out[i] = gid.ID(x)
	}
	return out
}

func ignore(err error) error {
	if ent.IsNotFound(err) {
		return nil
	}
	return err
}

// enrollBuyer enrolls who has ordered products in the courses that go with them.
func (s *Service) enrollBuyer(ctx context.Context, tx *ent.Client, o *ent.Order, products, variants []string) error {
	if o.UserID == "" || len(products) == 0 {
		return nil
	}
	there, err := tx.Membership.Query().Where(membership.OrganizationID(o.OrganizationID), membership.UserID(o.UserID), membership.StatusEQ(membership.StatusACTIVE)).Exist(ctx)
	if err != nil || !there {
		return err
	}
	list, err := tx.Course.Query().Where(course.StatusEQ(course.StatusPUBLISHED)).Order(ent.Asc(course.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if !slices.ContainsFunc(products, func(p string) bool { return slices.Contains(c.Rules.Products, p) }) {
			continue
		}
		// The work may be done twice.
		out, err := s.takenOut(ctx, tx, c.ID, o.OrganizationID, o.PlacedAt, o.UserID)
		if err != nil {
			return err
		}
		if out[o.UserID] {
			continue
		}
		p := place{course: c, owner: access.Owner{Organization: o.OrganizationID, User: o.UserID}, origin: enrollment.OriginORDER, dueAt: s.dueBy(c), included: !slices.Contains(variants, string(c.VariantID))}
		if err := s.tryEnroll(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

// dueBy is by when those should be done who are enrolled by rule now.
func (s *Service) dueBy(c *ent.Course) *time.Time {
	if c.Rules.DueDays == 0 {
		return nil
	}
	return new(s.now().AddDate(0, 0, c.Rules.DueDays))
}

// tryEnroll enrolls somebody where that is possible: who is enrolled already, or lacks
// what comes before, is left as they are.
func (s *Service) tryEnroll(ctx context.Context, tx *ent.Client, p place) error {
	_, err := s.enroll(ctx, tx, p)
	_, rest := problem.Refusals(err)
	return rest
}

// tendArgs order the round that reminds, renews and enrolls.
type tendArgs struct{}

// Kind names the work.
func (tendArgs) Kind() string { return "training.tend" }

const tendBatch = 200

// Tend reminds holders of certificates that end, enrolls them again where the course
// says so, and enrolls who has joined an organization that requires something.
func (s *Service) Tend(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "people are enrolled by the rules of courses and of their organizations")
	if err := s.tendCertificates(ctx); err != nil {
		return err
	}
	if err := s.tendDue(ctx); err != nil {
		return err
	}
	list, err := s.store.Reader(ctx).TrainingRequirement.Query().Where(trainingrequirement.Enroll(true)).Order(ent.Asc(trainingrequirement.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		err := s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			_, err := s.enrollRequired(ctx, tx, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// renew enrolls the holder of a certificate that ends soon, where the course says so.
func (s *Service) renew(ctx context.Context, tx *ent.Client, c *ent.Certificate, left int) error {
	x, err := tx.Course.Query().Where(course.ID(c.CourseID)).Only(ctx)
	if err != nil {
		return err
	}
	if x.Rules.Renew == 0 || left > x.Rules.Renew || x.Status != course.StatusPUBLISHED {
		return nil
	}
	there, err := tx.Membership.Query().Where(membership.OrganizationID(c.OrganizationID), membership.UserID(c.UserID), membership.StatusEQ(membership.StatusACTIVE)).Exist(ctx)
	if err != nil || !there {
		return err
	}
	out, err := s.takenOut(ctx, tx, c.CourseID, c.OrganizationID, c.IssuedAt, c.UserID)
	if err != nil || out[c.UserID] {
		return err
	}
	due := cmp.Or(s.dueBy(x), c.ExpiresAt)
	if due.After(*c.ExpiresAt) {
		due = c.ExpiresAt
	}
	return s.tryEnroll(ctx, tx, place{course: x, owner: access.Owner{Organization: c.OrganizationID, User: c.UserID}, origin: enrollment.OriginRENEWAL, dueAt: due})
}

// recertifyArgs order that certificates of former versions end.
type recertifyArgs struct {
	VersionID gid.ID `json:"versionId"`
}

// Kind names the work.
func (recertifyArgs) Kind() string { return "training.recertify" }

// recertify brings the end of certificates of former versions forward to the day that
// a new version has named; what ends sooner stays as it is. Done twice it is the same.
func (s *Service) recertify(ctx context.Context, a recertifyArgs) error {
	ctx = auth.WithSystem(ctx, "certificates of former versions end, as the trainer of a new one has said")
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		v, err := tx.CourseVersion.Query().Where(courseversion.ID(a.VersionID)).Only(ctx)
		if err != nil || v.RecertifyDays == nil {
			return err
		}
		end := v.PublishedAt.AddDate(0, 0, *v.RecertifyDays)
		list, err := tx.Certificate.Query().Where(certificate.CourseID(v.CourseID), certificate.VersionIDNEQ(v.ID), certificate.RevokedAtIsNil(),
			certificate.IssuedAtLT(v.PublishedAt), certificate.Or(certificate.ExpiresAtIsNil(), certificate.ExpiresAtGT(end)), store.Held).
			Order(ent.Asc(certificate.FieldID)).All(ctx)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := tx.Certificate.UpdateOneID(c.ID).SetExpiresAt(end).ClearReminded().AddVersion(1).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
