package accounts

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/role"
	"foyer/schema"
	"foyer/schema/gid"
)

func (w *world) viewer(t *Tokens) *auth.Viewer { return auth.From(w.as(t)) }

// customRole makes a role as an administrator would have.
func (w *world) customRole(key string, kind role.Kind, grants RoleGrants) gid.ID {
	w.t.Helper()
	id, err := w.CreateRole(w.by("root"), NewRole{Key: key, Name: key, Kind: kind, Grants: grants})
	require.NoError(w.t, err)
	return id
}

func TestIdentityIsOneStatement(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.member("buyer", w.globex, "ORG_MEMBER")
		for _, name := range []string{"admin", "buyer", "sales", "root"} {
			got := w.signIn(name)
			w.clock.move(time.Second)
			before := w.st.Statements()
			first := w.viewer(got)
			require.EqualValues(t, 1, w.st.Statements()-before, name)
			require.Equal(t, first, w.viewer(got))
			require.EqualValues(t, 1, w.st.Statements()-before, "believed for a moment")
			require.NotSame(t, first, w.viewer(got), "a request must not change another's viewer")
			w.clock.move(time.Second)
			w.viewer(got)
			require.EqualValues(t, 2, w.st.Statements()-before, "and no longer")
		}
	})
}

func TestTreeAndAssigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		granddaughter := w.organization("Acme Granddaughter", w.daughter)
		merged := w.organization("Bought and merged", w.acme)
		w.setOrganization(merged, organization.StatusMERGED)
		// A circle must not turn for ever, nor lead anywhere else.
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(w.acme).SetParentID(granddaughter).Exec(ctx)
		})
		tree := func(name string) []string { return w.viewer(w.signIn(name)).Tree }
		all := []string{string(w.acme), string(w.daughter), string(granddaughter), string(merged)}
		require.ElementsMatch(t, all, tree("admin"))
		require.Equal(t, []string{string(w.globex)}, tree("stranger"))
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(w.acme).ClearParentID().Exec(ctx)
		})
		w.clock.move(time.Second)
		require.ElementsMatch(t, all, tree("admin"))
		for _, name := range []string{"manager", "buyer", "agent", "root"} {
			require.Nil(t, tree(name), name)
		}
		w.member("daughter", w.daughter, "ORG_ADMIN")
		require.ElementsMatch(t, []string{string(w.daughter), string(granddaughter)}, tree("daughter"), "not upwards")

		assigned := func(name string) []string { return w.viewer(w.signIn(name)).Assigned }
		require.Nil(t, assigned("sales"))
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			now := w.now()
			for _, a := range []struct {
				user, org gid.ID
				from, to  time.Duration
			}{
				{w.users["sales"], w.acme, -time.Hour, 0},
				{w.users["sales"], w.globex, -time.Hour, time.Hour},
				{w.users["sales"], w.daughter, -time.Hour, -time.Minute},
				{w.users["sales"], granddaughter, time.Minute, 0},
				{w.users["root"], merged, -time.Hour, 0},
				{w.users["buyer"], w.globex, -time.Hour, 0},
			} {
				c := tx.OrganizationAssignment.Create().SetUserID(a.user).SetOrganizationID(a.org).SetFrom(now.Add(a.from))
				if a.to != 0 {
					c.SetTo(now.Add(a.to))
				}
				if err := c.Exec(ctx); err != nil {
					return err
				}
			}
			return nil
		})
		require.ElementsMatch(t, []string{string(w.acme), string(w.globex)}, assigned("sales"))
		require.Nil(t, assigned("root"), "a scope that the role does not use")
		require.Nil(t, assigned("buyer"), "only staff look after organizations")
		w.clock.move(time.Hour)
		require.ElementsMatch(t, []string{string(w.acme), string(granddaughter)}, assigned("sales"))
	})
}

func TestSelected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		colleagues := []string{string(w.users["manager"]), string(w.users["admin"])}
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			for _, name := range []string{"buyer", "manager"} {
				if err := tx.Membership.UpdateOneID(w.members[name]).SetSelectedUserIds(colleagues).Exec(ctx); err != nil {
					return err
				}
			}
			return nil
		})
		require.Equal(t, colleagues, w.viewer(w.signIn("buyer")).Selected)
		require.Nil(t, w.viewer(w.signIn("manager")).Selected, "a scope that the role does not use")
	})
}

// What ends an identity in this process is seen at once, and in another one
// within the time that it believes what it has read.
func TestIdentityEnds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		got := w.signIn("buyer")
		other := w.replica()
		see := func(s *Service) string {
			_, err := s.Authenticate(w.ctx, got.AccessToken)
			return codeOf(err)
		}
		set := func(status membership.Status) {
			_, err := w.SetMembershipStatus(w.by("root"), SetMembershipStatus{w.members["buyer"], w.version(w.members["buyer"]), status})
			require.NoError(t, err)
		}
		require.Equal(t, []string{"done", "done"}, []string{see(w.Service), see(other)})
		set(membership.StatusDISABLED)
		require.Equal(t, "UNAUTHENTICATED", see(w.Service))
		require.Equal(t, "done", see(other))
		w.clock.move(time.Second)
		require.Equal(t, "UNAUTHENTICATED", see(other))
		set(membership.StatusACTIVE)
		require.Equal(t, []string{"done", "done"}, []string{see(w.Service), see(other)})

		require.NoError(t, w.DisableUser(w.ctx, w.users["buyer"]))
		require.Equal(t, "UNAUTHENTICATED", see(w.Service))
		require.NoError(t, w.EnableUser(w.ctx, w.users["buyer"]))
		require.Equal(t, "UNAUTHENTICATED", see(w.Service), "its sessions stay ended")

		got = w.signIn("buyer")
		require.Equal(t, "done", see(w.Service))
		_, err := w.ChangeMembershipRole(w.by("root"), ChangeMembershipRole{
			w.members["buyer"], w.version(w.members["buyer"]), w.role("ORG_MEMBER").ID,
		})
		require.NoError(t, err)
		require.Equal(t, "ORG_MEMBER", w.viewer(got).Grants().Role())

		for _, status := range []organization.Status{organization.StatusSUSPENDED, organization.StatusMERGED} {
			w.setOrganization(w.acme, status)
			w.clock.move(time.Second)
			require.Equal(t, "UNAUTHENTICATED", see(w.Service), status)
			w.setOrganization(w.acme, organization.StatusACTIVE)
			require.Equal(t, "done", see(w.Service))
		}
	})
}

// A membership that loses its organization must not become one of staff, and
// the other way round.
func TestMembershipOfTheWrongKindIsNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		buyer, agent := w.signIn("buyer"), w.signIn("agent")
		w.tx(func(ctx context.Context, _ *ent.Client) error {
			raw := w.st.Raw(ctx)
			if _, err := raw.ExecContext(ctx, `UPDATE memberships SET organization_id = NULL WHERE id = $1`, w.members["buyer"]); err != nil {
				return err
			}
			_, err := raw.ExecContext(ctx, `UPDATE memberships SET organization_id = $1 WHERE id = $2`, w.acme, w.members["agent"])
			return err
		})
		for _, got := range []*Tokens{buyer, agent} {
			_, err := w.Authenticate(w.ctx, got.AccessToken)
			w.refused(err, "UNAUTHENTICATED")
		}
	})
}

// Something that was read before a change, and comes back after it, must not
// be remembered.
func TestIdentityReadDuringAChangeIsNotRemembered(t *testing.T) {
	c := newIdentities(time.Minute)
	now := time.Now()
	_, generation := c.get("k", now)
	c.drop(func(*identity) bool { return true })
	c.put("k", &identity{viewer: &auth.Viewer{}}, now, generation)
	i, generation := c.get("k", now)
	require.Nil(t, i)
	c.put("k", &identity{viewer: &auth.Viewer{}}, now, generation)
	i, _ = c.get("k", now)
	require.NotNil(t, i)
	i, _ = c.get("k", now.Add(time.Minute))
	require.Nil(t, i)
	off := newIdentities(-1)
	off.put("k", &identity{viewer: &auth.Viewer{}}, now, 0)
	i, _ = off.get("k", now)
	require.Nil(t, i)
}

func TestCustomRoleTakesEffectAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.customRole("HELPER", role.KindORGANIZATION, RoleGrants{
			Reads: []Grant{{"Order", auth.ScopeTree}, {"Organization", auth.ScopeOrganization}}, Permissions: []string{schema.PermPrices},
		})
		_, err := w.ChangeMembershipRole(w.by("root"), ChangeMembershipRole{w.members["buyer"], w.version(w.members["buyer"]), id})
		require.NoError(t, err)
		got := w.signIn("buyer")
		v := w.viewer(got)
		g := v.Grants()
		require.Equal(t, "HELPER", g.Role())
		require.Equal(t, auth.ScopeTree, g.Read("Order"))
		require.ElementsMatch(t, []string{string(w.acme), string(w.daughter)}, v.Tree)
		require.True(t, g.Has(schema.PermPrices))
		require.Equal(t, []string{
			"membership.read", schema.PermPrices, "order.read", "organization.read", "profile.change", "session.act", "session.end", "session.read", "user.read",
		}, sorted(g.Permissions()))

		_, err = w.UpdateRole(w.by("root"), UpdateRole{Role: id, Version: 1, Name: "Helper", Grants: RoleGrants{Reads: []Grant{{"Order", auth.ScopeOwn}}}})
		require.NoError(t, err)
		v = w.viewer(got)
		require.Equal(t, auth.ScopeOwn, v.Grants().Read("Order"))
		require.False(t, v.Grants().Has(schema.PermPrices))
		require.Nil(t, v.Tree)
		require.NoError(t, w.SignOut(w.as(got)), "whatever the role says")
	})
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// What an older program, or somebody at the database, has left in a role is
// dropped when it is read.
func TestCustomRoleIsCheckedWhenItIsRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.customRole("OLD", role.KindORGANIZATION, RoleGrants{})
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.Role.UpdateOneID(id).AddVersion(1).SetGrants(&schema.RoleGrants{
				Read: map[string]string{
					"Order": "all", "Product": "all", "AuditEntry": "all", "Shipment": "everything", "Gone": "own", "User": "assigned",
					"Session": "organization", "OrderLine": "organization",
				},
				Actions:     map[string]string{"order.confirm": "own", "order.cancel": "organization", "gone.do": "all", "role.create": "all"},
				Permissions: []string{schema.PermPrices, schema.PermInternal, "order.read", "gone"},
			}).Exec(ctx)
		})
		_, err := w.AssignMembership(w.ctx, w.users["buyer"], w.acme, "OLD")
		require.NoError(t, err)
		g := w.viewer(w.signIn("buyer")).Grants()
		require.Equal(t, []string{
			"membership.read", "order.cancel", schema.PermPrices, "orderLine.read", "product.read", "profile.change", "session.act", "session.end", "session.read", "user.read",
		}, sorted(g.Permissions()))
		require.Equal(t, auth.ScopeOwn, g.Read("Session"))
	})
}

func TestViewerOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		second := w.member("buyer", w.globex, "ORG_ADMIN")
		signed := *w.viewer(w.signIn("buyer"))
		v, err := w.ViewerOf(w.ctx, w.users["buyer"], "")
		require.NoError(t, err)
		signed.SessionID, signed.ExpiresAt = "", time.Time{}
		require.Equal(t, &signed, v)
		v, err = w.ViewerOf(w.ctx, w.users["buyer"], second)
		require.NoError(t, err)
		require.Equal(t, []string{string(w.globex)}, v.Tree)
		v, err = w.ViewerOf(w.ctx, w.users["sales"], "")
		require.NoError(t, err)
		require.Equal(t, auth.KindStaff, v.Kind)
		_, err = w.ViewerOf(w.ctx, w.users["buyer"], w.members["root"])
		w.refused(err, "NOT_FOUND")
		_, err = w.ViewerOf(w.ctx, gid.New(gid.User), "")
		w.refused(err, "NOT_FOUND")
	})
}

func TestAnonymous(t *testing.T) {
	v := New(nil, Options{}).Anonymous(t.Context())
	require.Equal(t, auth.KindAnonymous, v.Kind)
	require.Equal(t, "ANONYMOUS", v.Grants().Role())
	require.Empty(t, v.UserID)
	require.True(t, v.Grants().Has("product.read"))
	require.False(t, v.Grants().Has("order.read"))
}
