package training

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/courseversion"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/badge"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	doShow   = "certificate.show"
	doRevoke = "certificate.revoke"
)

// Where a certificate stands.
const (
	StatusValid    = "VALID"
	StatusExpiring = "EXPIRING" // valid, and ends soon
	StatusExpired  = "EXPIRED"
	StatusRevoked  = "REVOKED"
)

// StatusOf is where a certificate stands at a time. Its end is not within.
func StatusOf(c *ent.Certificate, at time.Time) string {
	switch {
	case c.RevokedAt != nil:
		return StatusRevoked
	case c.ExpiresAt == nil:
		return StatusValid
	case !at.Before(*c.ExpiresAt):
		return StatusExpired
	case !at.Before(c.ExpiresAt.Add(-Expiring)):
		return StatusExpiring
	default:
		return StatusValid
	}
}

// codes are written in Douglas Crockford's base 32, which has no I, L, O or U: they are
// read from paper.
var codes = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newCode is a secret of 100 bits by which a certificate is found.
func newCode() string {
	b := make([]byte, 13)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return codes.EncodeToString(b)[:20]
}

// readCode is a code as it is kept: without what people put in to read it, and with
// what they mistake put right.
func readCode(text string) string {
	if len(text) > 100 {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(text))
}

// Spelled is a code as it is shown, in groups of five.
func Spelled(code string) string {
	var b strings.Builder
	for i, c := range code {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// issue writes the certificate of a finished enrollment. There is one for an enrollment,
// by the index on it, whatever happens at the same time.
func (s *Service) issue(act context.Context, tx *ent.Client, e *ent.Enrollment, b *Book) error {
	sys := auth.WithSystem(act, "a certificate that was earned: its holder may be hidden from a trainer who lets them pass, and its course from them by now")
	u, err := tx.User.Query().Where(user.ID(e.UserID)).Only(sys)
	if err != nil {
		return err
	}
	place, err := NextPlace(act, s.store)
	if err != nil {
		return err
	}
	made := NewCertificate(b.Doc, e, u.Name, place)
	end, err := s.endOf(sys, tx, b, made)
	if err != nil {
		return err
	}
	c, err := tx.Certificate.Create().SetOrganizationID(made.OrganizationID).SetUserID(made.UserID).SetEnrollmentID(made.EnrollmentID).SetCourseID(made.CourseID).
		SetVersionID(b.VersionID).SetNumber(made.Number).SetCode(made.Code).SetTitle(made.Title).SetHolder(made.Holder).SetIssuedAt(made.IssuedAt).
		SetNillableExpiresAt(end).SetSubject(made.Subject).SetSalt(made.Salt).SetPlace(made.Place).Save(sys)
	if err != nil {
		return err
	}
	if err := s.stateEarned(act, e, b, c); err != nil {
		return err
	}
	return s.tellOf(act, tx, events.CertificateIssued, c, schema.EventData{Text: b.Doc.Title[first(b.Doc)]})
}

// endOf is until when a new certificate is valid: as long as the course says, and no
// longer than a later version gives those who have to be recertified.
func (s *Service) endOf(sys context.Context, tx *ent.Client, b *Book, c *ent.Certificate) (*time.Time, error) {
	later, err := tx.CourseVersion.Query().Where(courseversion.CourseID(b.CourseID), courseversion.NumberGT(b.Number), courseversion.RecertifyDaysNotNil()).
		Select(courseversion.FieldID, courseversion.FieldRecertifyDays, courseversion.FieldPublishedAt).All(sys)
	if err != nil {
		return nil, err
	}
	end := c.ExpiresAt
	for _, v := range later {
		from := c.IssuedAt // or what they have done before was reported after
		if from.Before(v.PublishedAt) {
			from = v.PublishedAt
		}
		if at := from.AddDate(0, 0, *v.RecertifyDays); end == nil || at.Before(*end) {
			end = &at
		}
	}
	return end, nil
}

// NewCertificate is the certificate of a finished enrollment before it is kept.
func NewCertificate(doc *schema.CourseDocument, e *ent.Enrollment, holder string, place int64) *ent.Certificate {
	code := newCode()
	c := &ent.Certificate{
		OrganizationID: e.OrganizationID, UserID: e.UserID, EnrollmentID: e.ID, CourseID: e.CourseID, VersionID: e.VersionID,
		Number: "CE-" + code[:8], Code: code, Title: doc.Certificate.Title, Holder: holder, Shown: certificate.DefaultShown, IssuedAt: *e.CompletedAt,
		Subject: "urn:uuid:" + uuid(), Salt: badge.NewSalt(), Place: place,
	}
	if n := doc.Certificate.ValidMonths; n > 0 {
		c.ExpiresAt = new(months(c.IssuedAt, n))
	}
	return c
}

// NextPlace is the next place in the list of what was revoked.
func NextPlace(ctx context.Context, st *store.Store) (n int64, err error) {
	query := `UPDATE counters SET value = value + 1 WHERE name = 'certificate_place' RETURNING value`
	if st.Postgres() {
		query = `SELECT nextval('certificate_places')`
	}
	err = st.Raw(ctx).QueryRowContext(ctx, query).Scan(&n)
	return n, err
}

// uuid is a random UUID (RFC 9562, version 4).
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// months is the same day n months later; the last day of that month where it has no
// such day.
func months(t time.Time, n int) time.Time {
	later := t.AddDate(0, n, 0)
	if later.Day() != t.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}

func (s *Service) tellOf(ctx context.Context, tx *ent.Client, kind events.Kind, c *ent.Certificate, d schema.EventData) error {
	return events.Append(ctx, tx, events.Event{Kind: kind, Subject: c.ID, Owner: access.Owner{Organization: c.OrganizationID, User: c.UserID}, Data: d, At: s.now()})
}

func (s *Service) holdCertificate(ctx context.Context, tx *ent.Client, action string, id gid.ID, version int) (*ent.Certificate, context.Context, error) {
	c, err := tx.Certificate.Query().Where(certificate.ID(id), store.Held).Only(ctx)
	if err != nil {
		return nil, nil, notFound(err)
	}
	act, err := access.Act(ctx, action, access.Owner{Organization: c.OrganizationID, User: c.UserID, Subject: c.ID})
	switch {
	case err != nil:
		return nil, nil, err
	case c.Version != version:
		return nil, nil, problem.ErrStale
	case c.RevokedAt != nil:
		return nil, nil, refuse(Revoked, "It was revoked.", "Es wurde widerrufen.", "id")
	}
	return c, act, nil
}

// Show says how much of their name a holder lets others see.
func (s *Service) Show(ctx context.Context, id gid.ID, version int, shown certificate.Shown) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, act, err := s.holdCertificate(ctx, tx, doShow, id, version)
		if err != nil {
			return "", err
		}
		return c.ID, tx.Certificate.UpdateOneID(c.ID).SetShown(shown).AddVersion(1).Exec(act)
	})
}

// Revoke takes a certificate back for good.
func (s *Service) Revoke(ctx context.Context, id gid.ID, version int, reason string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, act, err := s.holdCertificate(ctx, tx, doRevoke, id, version)
		if err != nil {
			return "", err
		}
		text, err := problem.Prose(reason, longestReason, "input", "reason")
		if err == nil {
			err = problem.Filled(text, "input", "reason")
		}
		if err != nil {
			return "", err
		}
		if err := tx.Certificate.UpdateOneID(c.ID).SetRevokedAt(s.now()).SetRevocation(text).AddVersion(1).Exec(act); err != nil {
			return "", err
		}
		return c.ID, s.tellOf(act, tx, events.CertificateRevoked, c, schema.EventData{Text: text})
	})
}

// Verified is what a certificate says to whoever checks it.
type Verified struct {
	Certificate *ent.Certificate
	Book        *Book
	Status      string
	Holder      string // as far as its holder allows
}

// Verify finds a certificate by its code; nil where there is none.
func (s *Service) Verify(ctx context.Context, code string) (*Verified, error) {
	code = readCode(code)
	if len(code) != 20 {
		return nil, nil //nolint:nilnil // no certificate has such a code
	}
	sys := auth.WithSystem(ctx, "a certificate, for whoever has its code; of its holder what they allow")
	c, err := s.store.Reader(ctx).Certificate.Query().Where(certificate.Code(code)).Only(sys)
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // there is none
	}
	if err != nil {
		return nil, err
	}
	b, err := s.Book(ctx, c.VersionID)
	if err != nil {
		return nil, err
	}
	v := &Verified{Certificate: c, Book: b, Status: StatusOf(c, s.now())}
	switch c.Shown {
	case certificate.ShownNAME:
		v.Holder = c.Holder
	case certificate.ShownINITIALS:
		v.Holder = initials(c.Holder)
	case certificate.ShownNOTHING:
	}
	return v, nil
}

// initials are the first letters of a name's words.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		r := []rune(w)[0]
		b.WriteString(strings.ToUpper(string(r)) + ". ")
	}
	return strings.TrimSpace(b.String())
}

// CertificateActions are what the viewer may do with a certificate.
func (s *Service) CertificateActions(ctx context.Context, c *ent.Certificate) []string {
	o := access.Owner{Organization: c.OrganizationID, User: c.UserID, Subject: c.ID}
	var out []string
	if c.RevokedAt == nil && access.May(ctx, doShow, o) {
		out = append(out, "SHOW")
	}
	if c.RevokedAt == nil && access.May(ctx, doRevoke, o) {
		out = append(out, "REVOKE")
	}
	if StatusOf(c, s.now()) != StatusValid && access.May(ctx, doLearn, o) {
		out = append(out, "RENEW")
	}
	return out
}

// VerificationURL is the page on which others check a certificate.
func (s *Service) VerificationURL(c *ent.Certificate) string {
	return s.publicURL + "/certificates/" + Spelled(c.Code)
}
