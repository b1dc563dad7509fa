package training

import (
	"context"
	"slices"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/membership"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Gap is a certificate that a customer lacks for a product.
type Gap struct {
	ProductID, CourseID gid.ID
	Book                *Book // the course, for its title
}

// Gaps are the certificates that an organization lacks for some products: those whose
// course, which is on offer, says so, and that nobody who is of the organization now holds at present. Of a
// course that issues none it is enough that somebody has finished it, as in the matrix.
// Placing an order asks this, and so does whatever else may need somebody who knows how.
func (s *Service) Gaps(ctx context.Context, tx *ent.Client, organization gid.ID, products []gid.ID) ([]Gap, error) {
	sys := auth.WithSystem(ctx, "which certificates products ask for, and whether anybody of an organization holds them")
	list, err := tx.Course.Query().Where(course.StatusEQ(course.StatusPUBLISHED)).
		Select(course.FieldID, course.FieldRules).All(sys)
	if err != nil {
		return nil, err
	}
	wanted := map[gid.ID][]gid.ID{} // course -> products
	var courses []gid.ID
	for _, c := range list {
		for _, p := range products {
			if slices.Contains(c.Rules.RequiredFor, string(p)) && !slices.Contains(wanted[c.ID], p) {
				wanted[c.ID] = append(wanted[c.ID], p)
			}
		}
		if len(wanted[c.ID]) > 0 {
			courses = append(courses, c.ID)
		}
	}
	if len(courses) == 0 {
		return nil, nil
	}
	books, err := s.Latest(ctx, courses)
	if err != nil {
		return nil, err
	}
	var plain []gid.ID
	for _, id := range courses {
		if b := books[id]; b != nil && b.Doc.Certificate == nil {
			plain = append(plain, id)
		}
	}
	held, err := tx.Certificate.Query().Where(certificate.OrganizationID(organization), certificate.CourseIDIn(courses...), certificate.RevokedAtIsNil(),
		certificate.Or(certificate.ExpiresAtIsNil(), certificate.ExpiresAtGT(s.now()))).Select(certificate.FieldID, certificate.FieldCourseID, certificate.FieldUserID).All(sys)
	if err != nil {
		return nil, err
	}
	var holders []gid.ID
	by := map[gid.ID][]gid.ID{} // by user: courses
	for _, c := range held {
		holders, by[c.UserID] = append(holders, c.UserID), append(by[c.UserID], c.CourseID)
	}
	if len(plain) > 0 {
		done, err := tx.Enrollment.Query().Where(enrollment.OrganizationID(organization), enrollment.CourseIDIn(plain...), enrollment.StatusEQ(enrollment.StatusCOMPLETED)).
			Select(enrollment.FieldID, enrollment.FieldCourseID, enrollment.FieldUserID).All(sys)
		if err != nil {
			return nil, err
		}
		for _, e := range done {
			holders, by[e.UserID] = append(holders, e.UserID), append(by[e.UserID], e.CourseID)
		}
	}
	// Whoever has left takes with them what they know.
	here, err := tx.Membership.Query().Where(membership.OrganizationID(organization), membership.UserIDIn(holders...), membership.StatusEQ(membership.StatusACTIVE)).
		Select(membership.FieldUserID).Strings(sys)
	if err != nil {
		return nil, err
	}
	for _, user := range here {
		for _, id := range by[gid.ID(user)] {
			delete(wanted, id)
		}
	}
	var out []Gap
	for _, id := range courses {
		for _, p := range wanted[id] {
			out = append(out, Gap{ProductID: p, CourseID: id, Book: books[id]})
		}
	}
	return out, nil
}

// Lack is why a customer may not order a product, with the way out in words.
type Lack struct {
	Text     problem.Text
	CourseID gid.ID // whose certificate is missing
}

// Lacking are the products that an organization may not order, since nobody of theirs
// holds what they ask for; with the reason and the way out in words.
func (s *Service) Lacking(ctx context.Context, tx *ent.Client, organization gid.ID, products []gid.ID) (map[gid.ID]Lack, error) {
	gaps, err := s.Gaps(ctx, tx, organization, products)
	if err != nil || len(gaps) == 0 {
		return nil, err
	}
	out := make(map[gid.ID]Lack, len(gaps))
	for _, g := range gaps {
		if _, there := out[g.ProductID]; there || g.Book == nil {
			continue // one reason at a time
		}
		out[g.ProductID] = Lack{CourseID: g.CourseID, Text: problem.Text{
			EN: "This is sold to customers of whom somebody holds the certificate of the course \"" + g.Book.Text(g.Book.Doc.Title, "en") + "\". Nobody of yours holds a valid one. Finish the course, then order.",
			DE: "Das wird an Kunden verkauft, von denen jemand das Zertifikat des Kurses „" + g.Book.Text(g.Book.Doc.Title, "de") + "“ hat. Bei Ihnen hat niemand ein gültiges. Bitte schließen Sie den Kurs ab und bestellen Sie dann.",
		}}
	}
	return out, nil
}
