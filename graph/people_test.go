package graph_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/user"
	"foyer/portal/mail"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const (
	requestLink = `mutation($input: RequestPasswordLinkInput!) { requestPasswordLink(input: $input) { minutes userErrors { field code message } } }`
	invite      = `mutation($input: InvitePersonInput!) { invitePerson(input: $input) { membership {
		version status invitedName invitedEmail user { id name email phone status language } organization { name } role { key } } userErrors { field code message } } }`
	inviteID = `mutation($input: InvitePersonInput!) { invitePerson(input: $input) { membership { id version } userErrors { field code message } } }`
	resend   = `mutation($input: ResendInvitationInput!) { resendInvitation(input: $input) { membership { status } userErrors { field code message } } }`
	open_    = `mutation($input: OpenInvitationInput!) { openInvitation(input: $input) {
		invitation { name email organizationName roleName needsPassword } userErrors { field code message } } }`
	accept = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
		accepted accessToken expiresAt refreshToken userErrors { field code message } } }`
	setStatus      = `mutation($input: SetMembershipStatusInput!) { setMembershipStatus(input: $input) { membership { status } userErrors { field code message } } }`
	setPassword    = `mutation($input: SetPasswordInput!) { setPassword(input: $input) { accessToken userErrors { field code message } } }`
	changePassword = `mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions userErrors { field code message } } }`
	changeProfile  = `mutation($input: ChangeProfileInput!) { changeProfile(input: $input) { user { name phone language } userErrors { field code message } } }`
	setUser        = `mutation($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { status } userErrors { field code message } } }`
	sendLink       = `mutation($input: SendPasswordLinkInput!) { sendPasswordLink(input: $input) { user { id } userErrors { field code message } } }`
	assign         = `mutation($input: AssignOrganizationInput!) { assignOrganization(input: $input) { assignment { id from to } userErrors { field code message } } }`
	endAssign      = `mutation($input: EndAssignmentInput!) { endAssignment(input: $input) { assignment { id to } userErrors { field code message } } }`
	fresh          = "a slow train to the coast"
)

type in = map[string]any

func input(values in) in { return in{"input": values} }

// codeAt is the code of a mutation's refusal; empty when there is none.
func codeAt(a *testkit.Answer, mutation string) string {
	code, _ := a.At(mutation, "userErrors", 0, "code").(string)
	return code
}

var linkInMail = regexp.MustCompile(`https://portal\.example\.com/(\w+)#(\S+)`)

// mailTo does the work that is due and returns the only new mail, which has gone
// to an address, and the page and the token of its link.
func mailTo(t *testing.T, f *testkit.Foyer, seen *int, address string) (m mail.Message, page, token string) {
	t.Helper()
	f.Work()
	mails := f.Mails()
	require.Len(t, mails, *seen+1)
	m = mails[*seen]
	*seen = len(mails)
	require.Equal(t, address, m.To)
	if found := linkInMail.FindStringSubmatch(m.Text); found != nil {
		page, token = found[1], found[2]
		require.NotContains(t, m.Subject, token)
	}
	return m, page, token
}

func noMail(t *testing.T, f *testkit.Foyer, seen int) {
	t.Helper()
	f.Work()
	require.Len(t, f.Mails(), seen)
}

func change(t *testing.T, f *testkit.Foyer, fn func(ctx context.Context, tx *ent.Client) error) {
	t.Helper()
	require.NoError(t, f.Store.Tx(auth.WithSystem(t.Context(), "test"), fn))
}

// signedIn is a client of somebody who has signed in with a password.
func signedIn(t *testing.T, f *testkit.Foyer, person, password string) (c *testkit.Client, refresh string) {
	t.Helper()
	a := f.With("").Do(signIn, in{"email": world.Email(person), "password": password})
	token, _ := a.At("signIn", "accessToken").(string)
	require.NotEmpty(t, token, a.Body)
	refresh, _ = a.At("signIn", "refreshToken").(string)
	return f.With(token), refresh
}

// TestNobodyLearnsWhoHasAnAccount: the request for a link is answered alike, by
// the same statements. Only the mailbox tells.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			if err := tx.User.UpdateOneID(f.World.Users["ORG_MANAGER"].ID).SetStatus(user.StatusDISABLED).Exec(ctx); err != nil {
				return err
			}
			if err := tx.User.UpdateOneID(f.World.Users["SUB"].ID).SetLanguage(schema.German).Exec(ctx); err != nil {
				return err
			}
			return tx.Organization.UpdateOneID(f.World.South.ID).SetStatus(organization.StatusSUSPENDED).Exec(ctx)
		})
		addresses := []string{
			world.Email("ORG_BUYER"), // warms up what is read once for good
			world.Email("ORG_MEMBER"), world.Email("SUB"), "stranger@example.com",
			world.Email("ORG_MANAGER"), // disabled
			world.Email("SOUTH"),       // of a suspended organization
			"  ORG_ADMIN@Example.com ",
		}
		var answer string
		var cost int64
		before := f.Fingerprint()
		for i, address := range addresses {
			a, n := answerOf(t, f, requestLink, in{"email": address})
			switch i {
			case 0:
			case 1:
				answer, cost = a, n
			default:
				require.Equal(t, answer, a, address)
				require.Equal(t, cost, n, address)
			}
		}
		require.Contains(t, answer, `"minutes":60`)
		require.Equal(t, before, f.Fingerprint(), "no link is made before the job")
		require.Empty(t, f.Mails())
		f.Work()
		var to []string
		for _, m := range f.Mails() {
			to = append(to, m.To)
		}
		require.ElementsMatch(t, []string{world.Email("ORG_BUYER"), world.Email("ORG_MEMBER"), world.Email("SUB"), world.Email("ORG_ADMIN")}, to)
		for _, m := range f.Mails() {
			require.Empty(t, m.Unsubscribe)
			if m.To == world.Email("SUB") {
				require.Equal(t, "Neues Passwort für Foyer", m.Subject)
				require.Contains(t, m.Text, "eine Stunde")
			}
		}
		var left, kept int
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT count(*) FROM password_requests`).Scan(&left))
		require.Zero(t, left, "no address stays when the work is done")
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(),
			`SELECT count(*) FROM river_job WHERE cast(args AS text) LIKE '%example.com%' OR cast(args AS text) LIKE '%ot!_%' ESCAPE '!'`).Scan(&kept))
		require.Zero(t, kept)

		// Too many: for addresses that are somebody's and nobody's alike.
		for _, address := range []string{world.Email("ORG_MEMBER"), "stranger@example.com"} {
			for range 2 {
				a, _ := answerOf(t, f, requestLink, in{"email": address})
				require.Equal(t, answer, a)
			}
			a, _ := answerOf(t, f, requestLink, in{"email": strings.ToUpper(address)})
			require.Contains(t, a, "RATE_LIMITED")
		}
		for _, bad := range []string{"", "nobody", "A <a@example.com>", "a@example.com\r\nBcc: b@example.com"} {
			a := f.As("ANONYMOUS").Do(requestLink, input(in{"email": bad}))
			require.Equal(t, "INVALID", codeAt(a, "requestPasswordLink"), a.Body)
			require.Equal(t, []any{"input", "email"}, a.At("requestPasswordLink", "userErrors", 0, "field"))
		}
		require.NotContains(t, f.Log.String(), "example.com")
	})
}

// TestAForgottenPassword: from the request to the new password, of which the
// person is told.
func TestAForgottenPassword(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		seen, to := 0, world.Email("ORG_BUYER")
		before, _ := signedIn(t, f, "ORG_BUYER", world.Password)
		f.As("ANONYMOUS").Must(requestLink, input(in{"email": to}))
		_, page, token := mailTo(t, f, &seen, to)
		require.Equal(t, "password", page)
		require.Equal(t, "WEAK_PASSWORD", codeAt(f.As("ANONYMOUS").Do(setPassword, input(in{"token": token, "password": "short"})), "setPassword"))
		a := f.As("ANONYMOUS").Do(setPassword, input(in{"token": token, "password": fresh}))
		require.NotNil(t, a.At("setPassword", "accessToken"), a.Body)
		m, page, _ := mailTo(t, f, &seen, to)
		require.Equal(t, "Your password for Foyer was changed", m.Subject)
		require.Empty(t, page, "no link that does anything")
		require.NotContains(t, m.Text, fresh)
		require.Equal(t, http.StatusUnauthorized, before.Do(`{ viewer { id } }`, nil).Status)
		require.Equal(t, "INVALID_LINK", codeAt(f.As("ANONYMOUS").Do(setPassword, input(in{"token": token, "password": fresh})), "setPassword"))
		signedIn(t, f, "ORG_BUYER", fresh)
		noMail(t, f, seen)
	})
}

// TestAnInvitationTellsNothing: an administrator who invites an address learns
// nothing of whether it had an account, nor of the person who has it, before the
// person has accepted, nor when the invitation is withdrawn and sent anew.
func TestAnInvitationTellsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("ORG_ADMIN")
		ids := map[string]gid.ID{}
		south := f.World.Users["SOUTH"]
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.User.UpdateOneID(south.ID).SetPhone("+49 30 777777").SetLanguage(schema.German).Exec(ctx)
		})
		for _, person := range []string{"nobody-yet", "south", "staff_agent"} {
			values := in{"organizationId": f.World.North.ID, "name": "Typed Name", "email": person + "@example.com", "roleId": f.World.Roles["ORG_BUYER"].ID}
			a := admin.Do(inviteID, input(values))
			require.Empty(t, codeAt(a, "invitePerson"), a.Body)
			ids[person] = gid.ID(a.At("invitePerson", "membership", "id").(string))
			again := admin.Do(invite, input(values))
			require.Equal(t, "TAKEN", codeAt(again, "invitePerson"))
			require.Contains(t, again.Body, "Send the invitation again.")
		}
		// Everything that an administrator can ask about each of the three.
		look := func(person string) string {
			id := ids[person]
			userID := f.World.Users["SOUTH"].ID
			if person == "staff_agent" {
				userID = f.World.Users["STAFF_AGENT"].ID
			}
			if person == "nobody-yet" {
				u, err := f.Store.Client().User.Query().Where(user.Email(person + "@example.com")).Only(auth.WithSystem(t.Context(), "test"))
				require.NoError(t, err)
				userID = u.ID
			}
			var b strings.Builder
			for _, q := range []string{
				`query($id: ID!) { node(id: $id) { ... on Membership { id status version invitedName invitedEmail user { id name email phone status } organization { name } role { key } } } }`,
				`query($user: ID!) { node(id: $user) { ... on User { name email phone status memberships { id } } } }`,
				`query($email: String!) { users(filter: {email: $email}) { totalCount edges { node { name } } } }`,
				`{ users(filter: {search: "Person SOUTH"}) { totalCount } }`, `{ users(filter: {search: "Typed"}) { totalCount } }`,
				`{ users(first: 100) { totalCount edges { node { name email phone } } } }`,
				`query($org: ID!) { organization(id: $org) { memberships { status invitedName invitedEmail user { name phone } } } }`,
			} {
				a := admin.Do(q, in{"id": id, "user": userID, "email": person + "@example.com", "org": f.World.North.ID})
				text := strings.NewReplacer(string(id), "ID", string(userID), "USER", person, "PERSON").Replace(a.Body)
				b.WriteString(text + "\n")
			}
			return b.String()
		}
		same := func() {
			t.Helper()
			one := look("nobody-yet")
			for _, person := range []string{"south", "staff_agent"} {
				// Each list shows the addresses that were typed, of all three.
				all := strings.NewReplacer("nobody-yet@", "P@", "south@", "P@", "staff_agent@", "P@", "PERSON@", "P@")
				require.Equal(t, all.Replace(one), all.Replace(look(person)))
			}
			for _, secret := range []string{"777777", "Person SOUTH", "Person STAFF_AGENT"} {
				require.NotContains(t, one+look("south")+look("staff_agent"), secret)
			}
		}
		require.Contains(t, look("south"), `"invitedEmail":"PERSON@example.com"`)
		require.Contains(t, look("south"), `"user":null`)
		same()
		// The first answer alone, field by field.
		var first string
		for _, person := range []string{"somebody-else", "sub", "staff_sales"} {
			// SUB is of a subsidiary, whose people an administrator sees: invited to North, nothing more.
			if person == "sub" {
				continue
			}
			a := admin.Do(invite, input(in{"organizationId": f.World.North.ID, "name": "N", "email": person + "@example.com", "roleId": f.World.Roles["ORG_BUYER"].ID}))
			text := strings.ReplaceAll(a.Body, person, "?")
			if first == "" {
				first = text
			}
			require.Equal(t, first, text)
		}
		for _, person := range []string{"nobody-yet", "south", "staff_agent"} {
			a := admin.Do(setStatus, input(in{"membershipId": ids[person], "version": 1, "status": "DISABLED"}))
			require.Equal(t, "DISABLED", a.At("setMembershipStatus", "membership", "status"), a.Body)
		}
		same()
		for _, person := range []string{"nobody-yet", "south", "staff_agent"} {
			before := f.Fingerprint()
			for _, status := range []string{"ACTIVE", "INVITED"} {
				a := admin.Do(setStatus, input(in{"membershipId": ids[person], "version": 2, "status": status}))
				require.Equal(t, "WRONG_STATE", codeAt(a, "setMembershipStatus"), a.Body)
			}
			require.Equal(t, before, f.Fingerprint(), "nobody becomes a member by another's decision")
			a := admin.Do(invite, input(in{"organizationId": f.World.North.ID, "name": "Typed Again", "email": person + "@example.com", "roleId": f.World.Roles["ORG_MEMBER"].ID}))
			require.Equal(t, "INVITED", a.At("invitePerson", "membership", "status"), a.Body)
			require.Equal(t, "Typed Again", a.At("invitePerson", "membership", "invitedName"))
			require.Nil(t, a.At("invitePerson", "membership", "user"))
		}
		same()
		// The person is as before, and still acts for their own.
		u, err := f.Store.Client().User.Get(auth.WithSystem(t.Context(), "test"), south.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"Person SOUTH", "+49 30 777777", string(schema.German)}, []string{u.Name, u.Phone, string(u.Language)})
		c, _ := signedIn(t, f, "SOUTH", world.Password)
		require.Equal(t, "South", c.Do(`{ viewer { organization { name } memberships { id } } }`, nil).At("viewer", "organization", "name"))
		require.Len(t, c.Do(`{ viewer { memberships { id } } }`, nil).At("viewer", "memberships"), 1)
		a := c.Do(`mutation($id: ID!) { actAs(input: {membershipId: $id}) { accessToken } }`, in{"id": ids["south"]})
		require.Equal(t, "NOT_FOUND", a.Code())
		// Members with the scope own see themselves alone.
		require.Len(t, f.As("ORG_MEMBER").Do(`query($org: ID!) { organization(id: $org) { memberships { id } } }`, in{"org": f.World.North.ID}).At("organization", "memberships"), 1)
		require.NotContains(t, f.As("ORG_BUYER").Do(`query($org: ID!) { organization(id: $org) { memberships { invitedEmail } } }`, in{"org": f.World.North.ID}).Body, "south@")
	})
}

// TestAnInvitation: of somebody new, in two languages, and of somebody with an
// account.
func TestAnInvitation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		seen, anonymous := 0, f.As("ANONYMOUS")
		admin := f.As("ORG_ADMIN")
		a := admin.Do(inviteID, input(in{
			"organizationId": f.World.North.ID, "name": " Greta Neu ", "email": " Greta@Example.com", "roleId": f.World.Roles["ORG_BUYER"].ID, "language": "DE",
		}))
		id := a.At("invitePerson", "membership", "id")
		require.NotNil(t, id, a.Body)
		m, page, token := mailTo(t, f, &seen, "greta@example.com")
		require.Equal(t, "invitation", page)
		require.Equal(t, "Sie sind zu Foyer eingeladen", m.Subject)
		for _, part := range []string{"Person ORG_ADMIN lädt Sie ein", "North", "Einkauf", "7 Tage"} {
			require.Contains(t, strings.Join(strings.Fields(m.Text), " "), part)
		}
		require.NotContains(t, m.Text+m.Name, "Greta Neu", "what the inviter has typed is no word of the portal's")
		require.Empty(t, m.Unsubscribe)

		// What waits cannot be acted by, nor enabled; its role may change.
		before := f.Fingerprint()
		require.Equal(t, "WRONG_STATE", codeAt(admin.Do(setStatus, input(in{"membershipId": id, "version": 1, "status": "ACTIVE"})), "setMembershipStatus"))
		noSession := f.With("").Do(signIn, in{"email": "greta@example.com", "password": world.Password})
		require.Equal(t, "INVALID_CREDENTIALS", codeAt(noSession, "signIn"))
		require.Equal(t, before, f.Fingerprint())
		admin.Must(`mutation($i: ChangeMembershipRoleInput!) { changeMembershipRole(input: $i) { membership { id } userErrors { code } } }`,
			in{"i": in{"membershipId": id, "version": 1, "roleId": f.World.Roles["ORG_MEMBER"].ID}})

		// Sent again, the first link ends.
		a = admin.Do(resend, input(in{"membershipId": id}))
		require.Equal(t, "INVITED", a.At("resendInvitation", "membership", "status"), a.Body)
		first := token
		_, _, token = mailTo(t, f, &seen, "greta@example.com")
		before = f.Fingerprint()
		for what, bad := range map[string]string{"the first": first, "none": "", "cut": token[:len(token)-1], "another kind": "fo_x"} {
			x := anonymous.Do(open_, input(in{"token": bad}))
			require.Equal(t, "INVALID_LINK", codeAt(x, "openInvitation"), what)
			require.Nil(t, x.At("openInvitation", "invitation"))
			x = anonymous.Do(accept, input(in{"token": bad, "password": fresh}))
			require.Equal(t, "INVALID_LINK", codeAt(x, "acceptInvitation"), what)
			require.Equal(t, false, x.At("acceptInvitation", "accepted"))
			require.Equal(t, "INVALID_LINK", codeAt(anonymous.Do(setPassword, input(in{"token": token, "password": fresh})), "setPassword"))
		}
		for range 2 { // looking at it changes nothing
			x := anonymous.Do(open_, input(in{"token": token}))
			require.Equal(t, in{"name": "Greta Neu", "email": "greta@example.com", "organizationName": "North", "roleName": "Member", "needsPassword": true},
				x.At("openInvitation", "invitation"), x.Body)
		}
		for _, weak := range []any{nil, "", "short", "greta@example.com"} {
			require.Equal(t, "WEAK_PASSWORD", codeAt(anonymous.Do(accept, input(in{"token": token, "password": weak})), "acceptInvitation"))
		}
		require.Equal(t, before, f.Fingerprint())
		x, set := browser(t, f, accept, input(in{"token": token, "password": fresh, "cookie": true}), http.Header{})
		require.Equal(t, true, x.At("acceptInvitation", "accepted"), x.Body)
		require.Nil(t, x.At("acceptInvitation", "refreshToken"))
		require.Len(t, set, 1)
		c := f.With(x.At("acceptInvitation", "accessToken").(string))
		v := c.Do(`{ viewer { name language organization { name } role { key } } }`, nil)
		require.Equal(t, in{"name": "Greta Neu", "language": "DE", "organization": in{"name": "North"}, "role": in{"key": "ORG_MEMBER"}}, v.At("viewer"), v.Body)
		require.Equal(t, "INVALID_LINK", codeAt(anonymous.Do(accept, input(in{"token": token, "password": fresh})), "acceptInvitation"))
		// Now the administrator sees the person, and no trace of the invitation.
		got := admin.Do(`query($id: ID!) { node(id: $id) { ... on Membership { status invitedName invitedEmail user { name email } } } }`, in{"id": id}).At("node")
		require.Equal(t, in{"status": "ACTIVE", "invitedName": "", "invitedEmail": "", "user": in{"name": "Greta Neu", "email": "greta@example.com"}}, got)
		noMail(t, f, seen)
		var steps []string
		list, err := f.Store.Client().Event.Query().Where(event.SubjectID(gid.ID(id.(string)))).Order(ent.Asc(event.FieldID)).All(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		for _, e := range list {
			require.Equal(t, event.AudienceSTAFF, e.Audience)
			require.Equal(t, f.World.North.ID, e.OrganizationID)
			require.Equal(t, string(e.UserID), e.Data.Subject)
			steps = append(steps, e.Kind+" "+e.Data.From+">"+e.Data.To)
		}
		require.Equal(t, []string{"MEMBERSHIP_CHANGED >INVITED", "MEMBERSHIP_ROLE ORG_BUYER>ORG_MEMBER", "MEMBERSHIP_CHANGED INVITED>ACTIVE"}, steps)

		// Somebody with an account: no tokens by the link, and nothing else changes.
		a = f.As("STAFF_ADMIN").Do(inviteID, input(in{"organizationId": f.World.North.ID, "name": "X", "email": world.Email("SOUTH"), "roleId": f.World.Roles["ORG_MANAGER"].ID, "language": "DE"}))
		require.Empty(t, codeAt(a, "invitePerson"), a.Body)
		m, _, token = mailTo(t, f, &seen, world.Email("SOUTH"))
		require.Equal(t, "You are invited to Foyer", m.Subject, "in the person's language")
		require.Contains(t, m.Text, "Person STAFF_ADMIN")
		x = anonymous.Do(open_, input(in{"token": token}))
		require.Equal(t, "Person SOUTH", x.At("openInvitation", "invitation", "name"))
		require.Equal(t, false, x.At("openInvitation", "invitation", "needsPassword"))
		before = f.Fingerprint()
		require.Equal(t, "INVALID", codeAt(anonymous.Do(accept, input(in{"token": token, "password": fresh})), "acceptInvitation"))
		require.Equal(t, before, f.Fingerprint())
		x = anonymous.Do(accept, input(in{"token": token}))
		require.Equal(t, true, x.At("acceptInvitation", "accepted"), x.Body)
		require.Nil(t, x.At("acceptInvitation", "accessToken"))
		c, _ = signedIn(t, f, "SOUTH", world.Password)
		require.Len(t, c.Do(`{ viewer { memberships { id } } }`, nil).At("viewer", "memberships"), 2)
		require.NotContains(t, f.Log.String(), token)
	})
}

// TestInvitationsThatAreRefused, each without a trace.
func TestInvitationsThatAreRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		north, roles := f.World.North.ID, f.World.Roles
		good := func(change in) in {
			values := in{"organizationId": north, "name": "N", "email": "n@example.com", "roleId": roles["ORG_MEMBER"].ID}
			for k, v := range change {
				values[k] = v
			}
			return input(values)
		}
		before := f.Fingerprint()
		for what, c := range map[string]struct {
			role   string
			change in
			code   string
		}{
			"a member":           {"ORG_ADMIN", in{"email": "ORG_BUYER@example.com"}, "TAKEN"},
			"oneself":            {"ORG_ADMIN", in{"email": world.Email("ORG_ADMIN")}, "TAKEN"},
			"staff already":      {"STAFF_ADMIN", in{"organizationId": nil, "email": world.Email("STAFF_AGENT"), "roleId": roles["STAFF_SALES"].ID}, "TAKEN"},
			"no name":            {"ORG_ADMIN", in{"name": " "}, "INVALID"},
			"a name that is not": {"ORG_ADMIN", in{"name": "Win https://evil.example"}, "INVALID"},
			"a long name":        {"ORG_ADMIN", in{"name": strings.Repeat("ä", 201)}, "INVALID"},
			"no address":         {"ORG_ADMIN", in{"email": "n"}, "INVALID"},
			"a role of staff":    {"ORG_ADMIN", in{"roleId": roles["STAFF_ADMIN"].ID}, "NOT_FOUND"},
			"a wrong role":       {"STAFF_ADMIN", in{"roleId": roles["STAFF_SALES"].ID}, "WRONG_KIND"},
			"wrong for staff":    {"STAFF_ADMIN", in{"organizationId": nil}, "WRONG_KIND"},
			"staff by customers": {"ORG_ADMIN", in{"organizationId": nil}, "FORBIDDEN"},
			"a subsidiary":       {"ORG_ADMIN", in{"organizationId": f.World.Sub.ID}, "FORBIDDEN"},
			"a stranger":         {"ORG_ADMIN", in{"organizationId": f.World.South.ID}, "NOT_FOUND"},
			"none":               {"ORG_ADMIN", in{"organizationId": gid.New(gid.Organization)}, "NOT_FOUND"},
			"no role":            {"ORG_ADMIN", in{"roleId": gid.New(gid.Role)}, "NOT_FOUND"},
		} {
			a := f.As(c.role).Do(invite, good(c.change))
			code := codeAt(a, "invitePerson")
			if code == "" {
				code = a.Code()
			}
			require.Equal(t, c.code, code, "%s: %s", what, a.Body)
			require.Equal(t, before, f.Fingerprint(), what)
		}
		noMail(t, f, 0)
		// A name in letters of two bytes is as long as one in letters of one.
		require.Empty(t, codeAt(f.As("ORG_ADMIN").Do(invite, good(in{"name": strings.Repeat("ä", 200)})), "invitePerson"))
		f.Work()
		require.Len(t, f.Mails(), 1)
		// A former member is enabled, not invited.
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.Membership.UpdateOneID(f.World.Memberships["ORG_BUYER"].ID).SetStatus(membership.StatusDISABLED).Exec(ctx)
		})
		a := f.As("ORG_ADMIN").Do(invite, good(in{"email": world.Email("ORG_BUYER")}))
		require.Equal(t, "TAKEN", codeAt(a, "invitePerson"))
		require.Contains(t, a.Body, "Enable it again.")
		require.Equal(t, "WRONG_STATE", codeAt(f.As("ORG_ADMIN").Do(resend, input(in{"membershipId": f.World.Memberships["ORG_BUYER"].ID})), "resendInvitation"))
	})
}

// TestAnInvitationThatEnds: withdrawn, of a suspended organization, of a
// disabled person. Each is the same to the holder of the link.
func TestAnInvitationThatEnds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		seen, admin, anonymous := 0, f.As("STAFF_ADMIN"), f.As("ANONYMOUS")
		invited := func(email string) (id gid.ID, token string) {
			a := admin.Do(inviteID, input(in{"organizationId": f.World.South.ID, "name": "N", "email": email, "roleId": f.World.Roles["ORG_MEMBER"].ID}))
			require.Empty(t, codeAt(a, "invitePerson"), a.Body)
			_, _, token = mailTo(t, f, &seen, email)
			return gid.ID(a.At("invitePerson", "membership", "id").(string)), token
		}
		var answer string
		ended := func(token string) {
			t.Helper()
			before := f.Fingerprint()
			x, y := anonymous.Do(open_, input(in{"token": token})), anonymous.Do(accept, input(in{"token": token, "password": fresh}))
			require.Equal(t, "INVALID_LINK", codeAt(x, "openInvitation"), x.Body)
			require.Equal(t, "INVALID_LINK", codeAt(y, "acceptInvitation"), y.Body)
			if answer == "" {
				answer = x.Body + y.Body
			}
			require.Equal(t, answer, x.Body+y.Body)
			require.Equal(t, before, f.Fingerprint())
		}
		id, token := invited("one@example.com")
		admin.Must(setStatus, input(in{"membershipId": id, "version": 1, "status": "DISABLED"}))
		ended(token)
		require.Equal(t, "WRONG_STATE", codeAt(admin.Do(resend, input(in{"membershipId": id})), "resendInvitation"))
		again, next := invited("one@example.com") // sent anew, by the same membership
		require.Equal(t, id, again)
		ended(token)

		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(f.World.South.ID).SetStatus(organization.StatusSUSPENDED).Exec(ctx)
		})
		ended(next)
		noMail(t, f, seen)
		require.Equal(t, "WRONG_STATE", codeAt(admin.Do(invite, input(in{"organizationId": f.World.South.ID, "name": "N", "email": "two@example.com",
			"roleId": f.World.Roles["ORG_MEMBER"].ID})), "invitePerson"))
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(f.World.South.ID).SetStatus(organization.StatusACTIVE).Exec(ctx)
		})
		u, err := f.Store.Client().User.Query().Where(user.Email("one@example.com")).Only(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		admin.Must(setUser, input(in{"userId": u.ID, "status": "DISABLED"}))
		ended(next)
		admin.Must(setUser, input(in{"userId": u.ID, "status": "ACTIVE"}))
		ended(next) // a link that was void does not become good again: the invitation waits to be sent anew

		// A disabled person is invited as if nothing were, and gets no mail.
		admin.Must(setUser, input(in{"userId": f.World.Users["ORG_BUYER"].ID, "status": "DISABLED"}))
		a := admin.Do(inviteID, input(in{"organizationId": f.World.South.ID, "name": "N", "email": world.Email("ORG_BUYER"), "roleId": f.World.Roles["ORG_MEMBER"].ID}))
		require.Empty(t, codeAt(a, "invitePerson"))
		noMail(t, f, seen)
	})
}

// TestInvitationsAreBounded, since their mails go to strangers.
func TestInvitationsAreBounded(t *testing.T) {
	f := testkit.SQLite(t)
	admin := f.As("ORG_ADMIN")
	a := admin.Do(inviteID, input(in{"organizationId": f.World.North.ID, "name": "N", "email": "n@example.com", "roleId": f.World.Roles["ORG_MEMBER"].ID}))
	id := a.At("invitePerson", "membership", "id")
	for range 4 {
		require.Empty(t, admin.Do(resend, input(in{"membershipId": id})).Errors)
	}
	before := f.Fingerprint()
	for range 3 {
		require.Equal(t, "RATE_LIMITED", admin.Do(resend, input(in{"membershipId": id})).Code())
	}
	require.Equal(t, before, f.Fingerprint())
	_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE sign_in_attempts SET attempts = 100 WHERE name = $1`, "letters/invitations of "+string(f.World.North.ID))
	require.NoError(t, err)
	values := in{"organizationId": f.World.North.ID, "name": "M", "email": "m@example.com", "roleId": f.World.Roles["ORG_MEMBER"].ID}
	require.Equal(t, "RATE_LIMITED", admin.Do(invite, input(values)).Code())
	require.Equal(t, before, f.Fingerprint(), "nobody is made whom no mail reaches")
	values["organizationId"] = f.World.South.ID
	require.Empty(t, f.As("STAFF_ADMIN").Do(invite, input(values)).Errors, "others are not held up")
	f.Work()
	to := map[string]int{}
	for _, m := range f.Mails() {
		to[m.To]++
	}
	require.Equal(t, map[string]int{"n@example.com": 5, "m@example.com": 1}, to)
}

func TestChangeProfile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		c, _ := signedIn(t, f, "ORG_MEMBER", world.Password)
		a := c.Do(changeProfile, input(in{"name": "  Ärztin Müller ", "phone": "+49 40 1", "language": "DE"}))
		require.Equal(t, in{"name": "Ärztin Müller", "phone": "+49 40 1", "language": "DE"}, a.At("changeProfile", "user"), a.Body)
		v := c.Do(`{ viewer { name language notificationSettings { language } } }`, nil)
		require.Equal(t, in{"name": "Ärztin Müller", "language": "DE", "notificationSettings": in{"language": "DE"}}, v.At("viewer"), "at once, and the same in both places")
		n, err := f.Store.Client().Event.Query().Where(event.Kind("USER_CHANGED")).Count(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		require.Equal(t, 1, n)
		c.Must(`mutation { changeNotificationSettings(input: {language: EN}) { userErrors { code } } }`, nil)
		require.Equal(t, "EN", c.Do(`{ viewer { language } }`, nil).At("viewer", "language"))
		n, err = f.Store.Client().Event.Query().Where(event.Kind("USER_CHANGED")).Count(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		require.Equal(t, 2, n)
		before := f.Fingerprint()
		require.Empty(t, codeAt(c.Do(changeProfile, input(in{})), "changeProfile"))
		for field, bad := range map[string][]string{
			"name":  {"", "  ", strings.Repeat("ü", 201), "a\tb", "see http://evil.example", "a\u2028b", "a\u202egpj.exe", "\u200b\u200b", "\u3164", "...", "Ines\u00ad Halden"},
			"phone": {strings.Repeat("1", 61), "1\n2"},
		} {
			for _, value := range bad {
				a := c.Do(changeProfile, input(in{field: value}))
				require.Equal(t, "INVALID", codeAt(a, "changeProfile"), "%s %q", field, value)
				require.Equal(t, []any{"input", field}, a.At("changeProfile", "userErrors", 0, "field"))
			}
		}
		require.Equal(t, before, f.Fingerprint())
		a = c.Do(changeProfile, input(in{"name": strings.Repeat("ü", 200), "phone": ""}))
		require.Equal(t, "", a.At("changeProfile", "user", "phone"), a.Body)
		require.Equal(t, strings.Repeat("ü", 200), a.At("changeProfile", "user", "name"))
		// The longest name there is: whoever has it can still act.
		require.Empty(t, codeAt(c.Do(changeProfile, input(in{"name": strings.Repeat("名", 200)})), "changeProfile"))
		require.Empty(t, codeAt(c.Do(changeProfile, input(in{"name": "Ärztin\u200dMüller"})), "changeProfile"))
		e, err := f.Store.Client().Event.Query().Where(event.Kind("USER_CHANGED")).Order(ent.Desc(event.FieldID)).First(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		require.Equal(t, strings.Repeat("名", 66), e.ActorName)
	})
}

func TestChangePassword(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		seen := 0
		c, refresh := signedIn(t, f, "ORG_MEMBER", world.Password)
		other, otherRefresh := signedIn(t, f, "ORG_MEMBER", world.Password)
		colleague, _ := signedIn(t, f, "ORG_BUYER", world.Password)
		before := f.Fingerprint()
		a := c.Do(changePassword, input(in{"current": "not it at all", "password": fresh}))
		require.Equal(t, "INVALID_CREDENTIALS", codeAt(a, "changePassword"), a.Body)
		require.Equal(t, []any{"input", "current"}, a.At("changePassword", "userErrors", 0, "field"))
		a = c.Do(changePassword, input(in{"current": world.Password, "password": "short"}))
		require.Equal(t, "WEAK_PASSWORD", codeAt(a, "changePassword"), a.Body)
		require.Equal(t, before, f.Fingerprint())
		require.NotEmpty(t, f.As("ANONYMOUS").Do(changePassword, input(in{"current": world.Password, "password": fresh})).Errors)
		token, err := f.Accounts.PasswordLink(t.Context(), f.World.Users["ORG_MEMBER"].ID)
		require.NoError(t, err)

		a = c.Do(changePassword, input(in{"current": world.Password, "password": fresh}))
		require.Empty(t, codeAt(a, "changePassword"), a.Body)
		require.EqualValues(t, 3, a.At("changePassword", "endedSessions"), "the other one, and the two of the world")
		m, _, _ := mailTo(t, f, &seen, world.Email("ORG_MEMBER"))
		require.Equal(t, "Your password for Foyer was changed", m.Subject)
		require.Equal(t, http.StatusUnauthorized, other.Do(`{ viewer { id } }`, nil).Status)
		require.NotNil(t, c.Do(`{ viewer { id } }`, nil).At("viewer", "id"), "this one goes on")
		require.NotNil(t, colleague.Do(`{ viewer { id } }`, nil).At("viewer", "id"))
		renew := `mutation($t: String) { refreshSession(input: {refreshToken: $t}) { accessToken userErrors { code } } }`
		require.Nil(t, f.With("").Do(renew, in{"t": otherRefresh}).At("refreshSession", "accessToken"))
		require.NotNil(t, f.With("").Do(renew, in{"t": refresh}).At("refreshSession", "accessToken"))
		require.Equal(t, "INVALID_LINK", codeAt(f.With("").Do(setPassword, input(in{"token": token, "password": fresh})), "setPassword"))
		require.Equal(t, "INVALID_CREDENTIALS", codeAt(f.With("").Do(signIn, credentials("ORG_MEMBER")), "signIn"))
		c, _ = signedIn(t, f, "ORG_MEMBER", fresh)
		// Guesses are counted with those to sign in.
		for range 10 {
			require.Equal(t, "INVALID_CREDENTIALS", codeAt(c.Do(changePassword, input(in{"current": "guess", "password": fresh})), "changePassword"))
		}
		require.Equal(t, "RATE_LIMITED", c.Do(changePassword, input(in{"current": fresh, "password": fresh + "!"})).Code())
		noMail(t, f, seen)
	})
}

func TestSetUserStatus(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin, id := f.As("STAFF_ADMIN"), f.World.Users["ORG_BUYER"].ID
		c, _ := signedIn(t, f, "ORG_BUYER", world.Password)
		link, err := f.Accounts.PasswordLink(t.Context(), id)
		require.NoError(t, err)
		stream := c.Subscribe(`subscription { ordersUpdated { token } }`, nil)
		require.NotNil(t, stream.Next().At("ordersUpdated"), "it has begun")
		a := admin.Do(setUser, input(in{"userId": id, "status": "DISABLED"}))
		require.Equal(t, "DISABLED", a.At("setUserStatus", "user", "status"), a.Body)
		require.Equal(t, 4403, stream.Closed())
		require.Equal(t, http.StatusUnauthorized, c.Do(`{ viewer { id } }`, nil).Status)
		require.Equal(t, "INVALID_CREDENTIALS", codeAt(f.With("").Do(signIn, credentials("ORG_BUYER")), "signIn"))
		require.Equal(t, "INVALID_LINK", codeAt(f.With("").Do(setPassword, input(in{"token": link, "password": fresh})), "setPassword"))
		before := f.Fingerprint()
		require.Equal(t, "WRONG_STATE", codeAt(admin.Do(sendLink, input(in{"userId": id})), "sendPasswordLink"))
		require.Equal(t, "DISABLED", admin.Do(setUser, input(in{"userId": id, "status": "DISABLED"})).At("setUserStatus", "user", "status"))
		require.Equal(t, "OWN_MEMBERSHIP", codeAt(admin.Do(setUser, input(in{"userId": f.World.Users["STAFF_ADMIN"].ID, "status": "DISABLED"})), "setUserStatus"))
		require.Equal(t, "NOT_FOUND", admin.Do(setUser, input(in{"userId": gid.New(gid.User), "status": "DISABLED"})).Code())
		require.Equal(t, before, f.Fingerprint())
		admin.Must(setUser, input(in{"userId": id, "status": "ACTIVE"}))
		require.Equal(t, http.StatusUnauthorized, c.Do(`{ viewer { id } }`, nil).Status, "what has ended stays so")
		signedIn(t, f, "ORG_BUYER", world.Password)
	})
}

func TestSendPasswordLink(t *testing.T) {
	f := testkit.SQLite(t)
	seen, admin, id := 0, f.As("STAFF_ADMIN"), f.World.Users["ORG_BUYER"].ID
	a := admin.Do(sendLink, input(in{"userId": id}))
	require.Equal(t, string(id), a.At("sendPasswordLink", "user", "id"), a.Body)
	require.Empty(t, codeAt(a, "sendPasswordLink"))
	m, page, token := mailTo(t, f, &seen, world.Email("ORG_BUYER"))
	require.Equal(t, "password", page)
	require.NotContains(t, a.Body, token)
	require.Contains(t, m.Text, "24 hours")
	require.NotNil(t, f.With("").Do(setPassword, input(in{"token": token, "password": fresh})).At("setPassword", "accessToken"))
	f.Work()
	for range 4 {
		require.Empty(t, admin.Do(sendLink, input(in{"userId": id})).Errors)
	}
	require.Equal(t, "RATE_LIMITED", admin.Do(sendLink, input(in{"userId": id})).Code())
}

func TestAssignments(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("STAFF_ADMIN")
		sales, _ := signedIn(t, f, "STAFF_SALES", world.Password)
		sees := func() any { return sales.Do(`{ order(number: "FO-SOUTH") { id } }`, nil).At("order") }
		require.Nil(t, sees())
		stream := sales.Subscribe(`subscription { ordersUpdated { token } }`, nil)
		require.NotNil(t, stream.Next().At("ordersUpdated"), "it has begun")
		values := in{"organizationId": f.World.South.ID, "userId": f.World.Users["STAFF_SALES"].ID}
		a := admin.Do(assign, input(values))
		require.Empty(t, codeAt(a, "assignOrganization"), a.Body)
		require.Nil(t, a.At("assignOrganization", "assignment", "to"))
		require.NotNil(t, sees(), "at once")
		require.Equal(t, 4403, stream.Closed(), "what is open begins anew, with what there is to see now")
		before := f.Fingerprint()
		require.Equal(t, "TAKEN", codeAt(admin.Do(assign, input(values)), "assignOrganization"))
		require.Equal(t, "WRONG_KIND", codeAt(admin.Do(assign, input(in{"organizationId": f.World.South.ID, "userId": f.World.Users["ORG_BUYER"].ID})), "assignOrganization"))
		require.Equal(t, "NOT_FOUND", admin.Do(assign, input(in{"organizationId": gid.New(gid.Organization), "userId": f.World.Users["STAFF_SALES"].ID})).Code())
		require.Equal(t, "NOT_FOUND", admin.Do(assign, input(in{"organizationId": f.World.South.ID, "userId": gid.New(gid.User)})).Code())
		require.Equal(t, before, f.Fingerprint())
		id := a.At("assignOrganization", "assignment", "id")
		a = admin.Do(endAssign, input(in{"assignmentId": id}))
		require.NotNil(t, a.At("endAssignment", "assignment", "to"), a.Body)
		require.Nil(t, sees())
		before = f.Fingerprint()
		require.Equal(t, "WRONG_STATE", codeAt(admin.Do(endAssign, input(in{"assignmentId": id})), "endAssignment"))
		require.Equal(t, before, f.Fingerprint())
		require.Empty(t, codeAt(admin.Do(assign, input(values)), "assignOrganization"), "and again")
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.User.UpdateOneID(f.World.Users["STAFF_TRAINER"].ID).SetStatus(user.StatusDISABLED).Exec(ctx)
		})
		require.Equal(t, "WRONG_KIND", codeAt(admin.Do(assign, input(in{"organizationId": f.World.South.ID, "userId": f.World.Users["STAFF_TRAINER"].ID})), "assignOrganization"))
	})
}

// TestStaffFilter: who is of the house, invited ones too, former ones not.
func TestStaffFilter(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("STAFF_ADMIN")
		count := func(filter string) float64 {
			return admin.Do(`{ users(filter: {`+filter+`}) { totalCount } }`, nil).At("users", "totalCount").(float64)
		}
		require.EqualValues(t, 7, count("staff: true"))
		require.EqualValues(t, 7, count("staff: false"))
		admin.Must(invite, input(in{"name": "New Staff", "email": "new@example.com", "roleId": f.World.Roles["STAFF_AGENT"].ID}))
		change(t, f, func(ctx context.Context, tx *ent.Client) error {
			return tx.Membership.UpdateOneID(f.World.Memberships["STAFF_TRAINER"].ID).SetStatus(membership.StatusDISABLED).Exec(ctx)
		})
		require.EqualValues(t, 7, count("staff: true"))
		require.EqualValues(t, 1, count(`staff: true, search: "New S"`))
		require.EqualValues(t, 8, count("staff: false"))
		require.Contains(t, f.As("ORG_ADMIN").Do(`{ users(filter: {staff: true}) { totalCount } }`, nil).Body, "staff")
		require.NotNil(t, f.As("ORG_ADMIN").Do(`{ users(filter: {staff: true}) { totalCount } }`, nil).Errors)
	})
}
