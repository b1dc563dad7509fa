package accounts

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/user"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/schema"
	"foyer/schema/gid"
)

// Letters puts letters into words and sends them.
type Letters interface {
	Send(ctx context.Context, l mail.Letter) error
}

// work is what letters about accounts are sent by.
type work struct {
	jobs    *jobs.Runner
	letters Letters
	public  string // the portal's own address
}

// Work has letters about accounts sent from now on: links and invitations, and
// that a password was changed. It must be called before the runner starts. A
// service without it, as at the command line, sends none.
func (s *Service) Work(r *jobs.Runner, letters Letters, publicURL string) {
	s.work = &work{jobs: r, letters: letters, public: strings.TrimRight(publicURL, "/")}
	// Five attempts take about six minutes: later, nobody waits for a link that
	// they have asked for.
	soon := jobs.Kind{Queue: jobs.QueueDelivery, Attempts: 5, Shown: []string{"user"}}
	jobs.Handle(r, soon, s.answerRequest)
	jobs.Handle(r, soon, s.sendLink)
	jobs.Handle(r, jobs.Kind{Queue: jobs.QueueDelivery, Shown: []string{"user", "at"}}, s.sendPasswordChanged)
	jobs.Handle(r, jobs.Kind{Queue: jobs.QueueDelivery, Shown: []string{"membership", "by"}}, s.sendInvitation)
}

// order has work done after the context's transaction.
func (s *Service) order(ctx context.Context, args jobs.Args) error {
	if s.work == nil {
		return nil
	}
	return s.work.jobs.Insert(ctx, args)
}

// send sends a letter. What will never arrive is not tried again.
func (s *Service) send(ctx context.Context, l mail.Letter) error {
	err := s.work.letters.Send(ctx, l)
	if errors.Is(err, mail.ErrRefused) {
		s.o.Logger.WarnContext(ctx, "a letter cannot be delivered", "template", l.Template, "key", l.Key)
		return nil
	}
	return err
}

// page is the address behind a one-time token. The token stands in the
// fragment, which browsers keep to themselves: no server logs it.
func (w *work) page(name, token string) string {
	return w.public + "/" + name + "#" + url.QueryEscape(token)
}

// RequestedLinkLife is how long a link is good that somebody has asked for who
// is not signed in.
const RequestedLinkLife = time.Hour

// passwordRequested is the work that answers a request. It has the request's id
// alone: finished work is kept for a day, and must not keep the address of
// somebody who may not have an account.
type passwordRequested struct {
	Request string `json:"request"`
}

// Kind implements jobs.Args.
func (passwordRequested) Kind() string { return "accounts.requested-link" }

// RequestPasswordLink has a link sent to an address by which its holder sets a
// new password. Whether somebody signs in with it is found out later, by a job:
// the request does the same for any address. The refusal is INVALID, for what
// is no address; too many requests are RATE_LIMITED.
func (s *Service) RequestPasswordLink(ctx context.Context, email string) error {
	email = normalEmail(email)
	if err := plausibleEmail(email); err != nil {
		return err
	}
	if _, err := s.attempt(ctx, limitPassword, email); err != nil {
		return err
	}
	_, err := s.st.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		id := rand.Text()
		if _, err := s.st.Raw(ctx).ExecContext(ctx,
			`INSERT INTO password_requests (id, email, requested_at) VALUES ($1, $2, $3)`, id, email, s.now()); err != nil {
			return "", fmt.Errorf("accounts: request for a link: %w", err)
		}
		return "", s.order(ctx, passwordRequested{id})
	})
	return err
}

// answerRequest sends the link that was asked for, if there is somebody to send
// it to. Should it be done twice, the second link is the good one.
func (s *Service) answerRequest(ctx context.Context, a passwordRequested) error {
	var email string
	var at time.Time
	err := s.st.RawRead(ctx).QueryRowContext(ctx,
		`SELECT email, requested_at FROM password_requests WHERE id = $1`, a.Request).Scan(&email, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // answered, or too old
	}
	if err != nil {
		return fmt.Errorf("accounts: request for a link: %w", err)
	}
	if s.now().Sub(at) <= RequestedLinkLife {
		if err := s.mailLink(ctx, user.Email(email), RequestedLinkLife); err != nil {
			return err
		}
	}
	if _, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM password_requests WHERE id = $1`, a.Request); err != nil {
		return fmt.Errorf("accounts: request for a link: %w", err)
	}
	return nil
}

// sweepRequests deletes requests that nobody will answer any more.
func (s *Service) sweepRequests(ctx context.Context) error {
	_, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM password_requests WHERE requested_at < $1`, s.now().Add(-RequestedLinkLife))
	if err != nil {
		return fmt.Errorf("accounts: sweep: %w", err)
	}
	return nil
}

// linkOrdered is a link that staff send to a person.
type linkOrdered struct {
	User gid.ID `json:"user"`
}

// Kind implements jobs.Args.
func (linkOrdered) Kind() string { return "accounts.link" }

func (s *Service) sendLink(ctx context.Context, a linkOrdered) error {
	return s.mailLink(ctx, user.ID(a.User), s.o.LinkLife)
}

// mailLink sends a link to set a password to whoever could sign in with it.
func (s *Service) mailLink(ctx context.Context, which predicate.User, life time.Duration) error {
	sys := auth.WithSystem(ctx, "link to set a password, for its owner alone")
	u, err := s.st.Client().User.Query().Where(which, user.StatusEQ(user.StatusACTIVE)).Only(sys)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	able, err := usable(s.st.Client().Membership.Query(), u.ID).Exist(sys)
	if err != nil || !able {
		return err
	}
	token, err := s.passwordLink(sys, u.ID, life)
	if err != nil {
		return err
	}
	return s.send(ctx, mail.Letter{
		Template: mail.PasswordLink, Language: u.Language, To: u.Email, Name: u.Name,
		URL: s.work.page("password", token), Good: life, Key: "password-link/" + rand.Text(),
	})
}

// passwordChanged is what a person is told who may not have done it.
type passwordChanged struct {
	User gid.ID    `json:"user"`
	At   time.Time `json:"at"`
}

// Kind implements jobs.Args.
func (passwordChanged) Kind() string { return "accounts.password-changed" }

func (s *Service) tellPasswordChanged(ctx context.Context, userID gid.ID) error {
	return s.order(ctx, passwordChanged{userID, s.now()})
}

func (s *Service) sendPasswordChanged(ctx context.Context, a passwordChanged) error {
	u, err := s.st.Client().User.Get(auth.WithSystem(ctx, "whom to tell that the password was changed"), a.User)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if n := u.NotificationSettings; n != nil && n.TimeZone != "" {
		if zone, err := time.LoadLocation(n.TimeZone); err == nil {
			a.At = a.At.In(zone)
		}
	}
	return s.send(ctx, mail.Letter{
		Template: mail.PasswordChanged, Language: u.Language, To: u.Email, Name: u.Name, At: a.At,
		URL: s.work.public + "/password", Key: "password-changed/" + string(u.ID) + "/" + a.At.UTC().Format(time.RFC3339Nano),
	})
}

// invited is an invitation to send.
type invited struct {
	Membership gid.ID `json:"membership"`
	By         gid.ID `json:"by"` // who has sent it
	Once       string `json:"once"`
}

// Kind implements jobs.Args.
func (invited) Kind() string { return "accounts.invitation" }

// sendInvitation makes the link and sends it, unless the invitation has been
// accepted or withdrawn since. Should it be done twice, the second link is the
// good one.
func (s *Service) sendInvitation(ctx context.Context, a invited) error {
	sys := auth.WithSystem(ctx, "invitation, for the person invited alone")
	m, err := s.invitation(sys, s.st.Client(), a.Membership)
	if err != nil || m == nil {
		return err
	}
	by, err := s.st.Client().User.Get(sys, a.By)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	var token string
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m.ID); err != nil {
			return err
		}
		token, err = s.newLinkFor(ctx, tx, onetimetoken.KindINVITATION, string(m.ID), s.o.InvitationLife)
		return err
	})
	if err != nil {
		return err
	}
	// Not by name: what the inviter has typed is nothing that a stranger should
	// read in a mail of the portal's.
	l := mail.Letter{
		Template: mail.Invitation, Language: m.Edges.User.Language, To: m.Edges.User.Email,
		Role: RoleName(m.Edges.Role, m.Edges.User.Language), URL: s.work.page("invitation", token), Good: s.o.InvitationLife,
		Key: "invitation/" + string(m.ID) + "/" + a.Once,
	}
	if by != nil {
		l.Inviter = by.Name
	}
	if m.Edges.Organization != nil {
		l.Organization = m.Edges.Organization.Name
	}
	return s.send(ctx, l)
}

// invitation is a membership that waits to be accepted, with its person,
// organization and role; nil when it does not, or cannot be accepted at present.
func (s *Service) invitation(sys context.Context, c *ent.Client, id gid.ID) (*ent.Membership, error) {
	m, err := c.Membership.Query().Where(membership.ID(id), membership.StatusEQ(membership.StatusINVITED),
		membership.HasUserWith(user.StatusEQ(user.StatusACTIVE)),
		membership.Or(membership.OrganizationIDIsNil(), membership.HasOrganizationWith(organization.StatusEQ(organization.StatusACTIVE)))).
		WithUser().WithOrganization().WithRole().Only(sys)
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // none
	}
	return m, err
}

// rolesDE are the names of the built-in roles in German.
var rolesDE = map[string]string{
	"ORG_MEMBER": "Mitglied", "ORG_BUYER": "Einkauf", "ORG_MANAGER": "Leitung", "ORG_ADMIN": "Verwaltung",
	"STAFF_AGENT": "Kundenservice", "STAFF_SALES": "Vertrieb", "STAFF_MARKETING": "Marketing", "STAFF_TRAINER": "Schulung",
	"STAFF_FULFILLMENT": "Versand", "STAFF_ANALYST": "Auswertung", "STAFF_ADMIN": "Administration",
}

// RoleName is a role's name in a language; one that an administrator has made
// has a single name.
func RoleName(r *ent.Role, language schema.Language) string {
	if de := rolesDE[r.Key]; de != "" && r.BuiltIn && language == schema.German {
		return de
	}
	return r.Name
}
