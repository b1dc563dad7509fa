package accounts

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/role"
	"foyer/schema"
	"foyer/schema/gid"
)

func (w *world) changeRole(ctx context.Context, id gid.ID, key string) error {
	_, err := w.ChangeMembershipRole(ctx, ChangeMembershipRole{id, w.version(id), w.role(key).ID})
	return err
}

func (w *world) setStatus(ctx context.Context, id gid.ID, status membership.Status) error {
	_, err := w.SetMembershipStatus(ctx, SetMembershipStatus{id, w.version(id), status})
	return err
}

func TestChangeMembershipRole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("admin")
		id := w.members["buyer"]
		require.NoError(t, w.changeRole(ctx, id, "ORG_MANAGER"))
		m, err := w.st.Client().Membership.Query().Where(membership.ID(id)).WithRole().Only(w.sys)
		require.NoError(t, err)
		require.Equal(t, "ORG_MANAGER", m.Edges.Role.Key)
		require.Equal(t, 2, m.Version)
		e, err := w.st.Client().Event.Query().Where(event.SubjectID(id)).Only(w.sys)
		require.NoError(t, err)
		require.Equal(t, "MEMBERSHIP_ROLE", e.Kind)
		require.Equal(t, schema.EventData{From: "ORG_BUYER", To: "ORG_MANAGER", Subject: string(w.users["buyer"])}, e.Data)
		require.Equal(t, event.AudienceSTAFF, e.Audience)
		require.Equal(t, w.acme, e.OrganizationID)
		require.Equal(t, string(w.users["admin"]), e.ActorID)

		w.unchanged("done", func() error { return w.changeRole(ctx, id, "ORG_MANAGER") })
		w.unchanged("CONFLICT", func() error {
			_, err := w.ChangeMembershipRole(ctx, ChangeMembershipRole{id, 1, w.role("ORG_MEMBER").ID})
			return err
		})
		// Their own and those of others, seen or not.
		w.unchanged(codeOwnMembership, func() error { return w.changeRole(ctx, w.members["admin"], "ORG_MEMBER") })
		w.unchanged("FORBIDDEN", func() error { return w.changeRole(ctx, w.members["daughter"], "ORG_MEMBER") })
		for _, name := range []string{"stranger", "agent", "root"} {
			w.unchanged("NOT_FOUND", func() error { return w.changeRole(ctx, w.members[name], "ORG_MEMBER") })
		}
		w.unchanged("NOT_FOUND", func() error {
			_, err := w.ChangeMembershipRole(ctx, ChangeMembershipRole{gid.New(gid.Membership), 1, w.role("ORG_MEMBER").ID})
			return err
		})
		// Roles of staff do not exist for a customer; the first one would be a
		// whole portal.
		for _, key := range []string{"STAFF_ADMIN", "STAFF_ANALYST"} {
			w.unchanged("NOT_FOUND", func() error { return w.changeRole(ctx, id, key) })
		}
		// Who sees a membership but may not change it is told so; who does not
		// see it is not.
		for name, code := range map[string]string{"manager": "FORBIDDEN", "agent": "FORBIDDEN", "sales": "FORBIDDEN", "daughter": "NOT_FOUND"} {
			ctx := w.by(name)
			w.unchanged(code, func() error { return w.changeRole(ctx, w.members["admin"], "ORG_MEMBER") })
		}
		w.unchanged("NOT_FOUND", func() error {
			return w.changeRole(auth.WithViewer(w.ctx, w.Anonymous(w.ctx)), id, "ORG_MEMBER")
		})
		w.unchanged("NOT_FOUND", func() error { return w.changeRole(w.ctx, id, "ORG_MEMBER") })
	})
}

func TestStaffChangeMemberships(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("root")
		require.NoError(t, w.changeRole(ctx, w.members["buyer"], "ORG_ADMIN"))
		require.NoError(t, w.changeRole(ctx, w.members["agent"], "STAFF_SALES"))
		w.unchanged(codeWrongKind, func() error { return w.changeRole(ctx, w.members["buyer"], "STAFF_SALES") })
		w.unchanged(codeWrongKind, func() error { return w.changeRole(ctx, w.members["agent"], "ORG_ADMIN") })
		w.unchanged(codeOwnMembership, func() error { return w.changeRole(ctx, w.members["root"], "STAFF_SALES") })
		w.unchanged(codeOwnMembership, func() error { return w.setStatus(ctx, w.members["root"], membership.StatusDISABLED) })
		// Another membership of one's own is one's own too.
		second := w.member("root", w.acme, "ORG_MEMBER")
		w.unchanged(codeOwnMembership, func() error { return w.changeRole(ctx, second, "ORG_ADMIN") })
	})
}

func TestSetMembershipStatus(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("admin")
		got := w.signIn("buyer")
		w.as(got)
		require.NoError(t, w.setStatus(ctx, w.members["buyer"], membership.StatusDISABLED))
		_, err := w.Authenticate(w.ctx, got.AccessToken)
		w.refused(err, "UNAUTHENTICATED")
		_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password})
		w.refused(err, codeNoMembership)
		require.NoError(t, w.setStatus(ctx, w.members["buyer"], membership.StatusACTIVE))
		w.as(got)
		require.Equal(t, 3, w.version(w.members["buyer"]))
		w.unchanged("done", func() error { return w.setStatus(ctx, w.members["buyer"], membership.StatusACTIVE) })
		w.unchanged("CONFLICT", func() error {
			_, err := w.SetMembershipStatus(ctx, SetMembershipStatus{w.members["buyer"], 1, membership.StatusDISABLED})
			return err
		})
		w.unchanged("FORBIDDEN", func() error { return w.setStatus(ctx, w.members["daughter"], membership.StatusDISABLED) })
		w.unchanged("NOT_FOUND", func() error { return w.setStatus(ctx, w.members["stranger"], membership.StatusDISABLED) })
		w.unchanged("NOT_FOUND", func() error { return w.setStatus(ctx, w.members["root"], membership.StatusDISABLED) })
		n, err := w.st.Client().Event.Query().Where(event.Kind("MEMBERSHIP_CHANGED")).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 2, n)
	})
}

// Of those who change the same version one wins.
func TestChangesAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("root")
		id := w.members["buyer"]
		roles := []gid.ID{w.role("ORG_MEMBER").ID, w.role("ORG_MANAGER").ID, w.role("ORG_ADMIN").ID, w.role("ORG_BUYER").ID}
		w.warm()
		for round := range 8 {
			version := w.version(id)
			codes := together(6, func(int) error {
				if round%2 == 0 {
					_, err := w.ChangeMembershipRole(ctx, ChangeMembershipRole{id, version, roles[round/2]})
					return err
				}
				status := []membership.Status{membership.StatusDISABLED, membership.StatusACTIVE}[round/2%2]
				_, err := w.SetMembershipStatus(ctx, SetMembershipStatus{id, version, status})
				return err
			})
			require.Equal(t, map[string]int{"done": 1, "CONFLICT": 5}, codes)
			require.Equal(t, version+1, w.version(id))
		}
	})
}

// An administrator with less than everything cannot make one with more, nor
// bring one down.
func TestEscalationByMembership(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		everything := RoleGrants{Reads: []Grant{{"Membership", auth.ScopeAll}, {"Role", auth.ScopeAll}, {"User", auth.ScopeAll}},
			Actions:     []Grant{{"membership.role", auth.ScopeAll}, {"membership.status", auth.ScopeAll}},
			Permissions: []string{schema.PermStaffRoles}}
		w.customRole("PEOPLE", role.KindSTAFF, everything)
		w.customRole("MEEK", role.KindSTAFF, RoleGrants{Reads: []Grant{{"Role", auth.ScopeAll}}})
		w.customRole("READER", role.KindSTAFF, RoleGrants{Reads: []Grant{{"Order", auth.ScopeOwn}}})
		w.customRole("DOER", role.KindSTAFF, RoleGrants{Actions: []Grant{{"order.note", auth.ScopeOwn}}})
		w.customRole("SEER", role.KindSTAFF, RoleGrants{Permissions: []string{schema.PermPrices}})
		w.user("people")
		w.members["people"] = w.member("people", "", "PEOPLE")
		w.user("meek")
		w.members["meek"] = w.member("meek", "", "MEEK")
		ctx := w.by("people")
		for _, key := range []string{"STAFF_ADMIN", "STAFF_AGENT", "READER", "DOER", "SEER"} {
			w.unchanged(codeEscalation, func() error { return w.changeRole(ctx, w.members["meek"], key) })
		}
		require.NoError(t, w.changeRole(ctx, w.members["meek"], "PEOPLE"))
		require.NoError(t, w.changeRole(ctx, w.members["meek"], "MEEK"))
		for _, name := range []string{"root", "agent", "buyer", "admin"} {
			key := "MEEK"
			if name == "buyer" || name == "admin" {
				key = "ORG_MEMBER"
			}
			w.unchanged(codeEscalation, func() error { return w.changeRole(ctx, w.members[name], key) })
			w.unchanged(codeEscalation, func() error { return w.setStatus(ctx, w.members[name], membership.StatusDISABLED) })
		}
		// Nor do they wake one up who has more.
		require.NoError(t, w.setStatus(w.by("root"), w.members["agent"], membership.StatusDISABLED))
		w.unchanged(codeEscalation, func() error { return w.setStatus(ctx, w.members["agent"], membership.StatusACTIVE) })
	})
}

func TestLastAdministrator(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		// A role as wide as the administrator's, which is not the administrator's.
		all := RoleGrants{Permissions: schema.Permissions}
		admin := schema.Grants[staffAdmin]
		for e := range schema.Entities {
			if s := admin.Read(e); s != auth.ScopeNone {
				all.Reads = append(all.Reads, Grant{e, s})
			}
		}
		for a := range schema.Actions {
			if s := admin.Action(a); s != auth.ScopeNone {
				all.Actions = append(all.Actions, Grant{a, s})
			}
		}
		w.customRole("DEPUTY", role.KindSTAFF, all)
		w.user("deputy")
		w.members["deputy"] = w.member("deputy", "", "DEPUTY")
		ctx := w.by("deputy")
		w.unchanged(codeInvalid, func() error { return w.changeRole(ctx, w.members["root"], "STAFF_AGENT") })
		w.unchanged(codeInvalid, func() error { return w.setStatus(ctx, w.members["root"], membership.StatusDISABLED) })
		w.unchanged(codeInvalid, func() error { return w.DisableUser(w.ctx, w.users["root"]) })
		w.unchanged(codeInvalid, func() error {
			_, err := w.AssignMembership(w.ctx, w.users["root"], "", "STAFF_AGENT")
			return err
		})
		// One who cannot sign in does not count.
		w.user("other")
		w.members["other"] = w.member("other", "", staffAdmin)
		require.NoError(t, w.DisableUser(w.ctx, w.users["other"]))
		w.unchanged(codeInvalid, func() error { return w.setStatus(ctx, w.members["root"], membership.StatusDISABLED) })
		require.NoError(t, w.EnableUser(w.ctx, w.users["other"]))

		// Two who remove each other: one stays.
		w.warm()
		by := []context.Context{w.by("root"), w.by("other")}
		target := []gid.ID{w.members["other"], w.members["root"]}
		versions := []int{w.version(target[0]), w.version(target[1])}
		codes := together(2, func(i int) error {
			_, err := w.SetMembershipStatus(by[i], SetMembershipStatus{target[i], versions[i], membership.StatusDISABLED})
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeInvalid: 1}, codes)
		has, err := w.HasAdministrator(w.ctx)
		require.NoError(t, err)
		require.True(t, has)
	})
}

func TestEnsureRoles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		before := w.state()
		codes := together(4, func(int) error { return w.replica().EnsureRoles(w.ctx) })
		require.Equal(t, map[string]int{"done": 4}, codes)
		require.Equal(t, before, w.state())
		all, err := w.st.Client().Role.Query().All(w.sys)
		require.NoError(t, err)
		require.Len(t, all, 11)
		for _, r := range all {
			require.True(t, r.BuiltIn)
			require.Same(t, schema.Grants[r.Key], GrantsOf(r))
		}
		// At a first start, all at once.
		w.tx(func(ctx context.Context, _ *ent.Client) error {
			for _, table := range []string{"sessions", "memberships", "roles"} {
				if _, err := w.st.Raw(ctx).ExecContext(ctx, `DELETE FROM `+table); err != nil {
					return err
				}
			}
			return nil
		})
		codes = together(4, func(int) error { return w.replica().EnsureRoles(w.ctx) })
		require.Equal(t, map[string]int{"done": 4}, codes)
		n, err := w.st.Client().Role.Query().Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 11, n)
	})
}

func TestCreateRole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("root")
		create := func(ctx context.Context, in NewRole) func() error {
			return func() error { _, err := w.CreateRole(ctx, in); return err }
		}
		good := NewRole{Key: "HELP_DESK", Name: " Help desk ", Kind: role.KindSTAFF, Grants: RoleGrants{
			Reads:       []Grant{{"Order", auth.ScopeAssigned}, {"Product", auth.ScopeAll}},
			Actions:     []Grant{{"order.note", auth.ScopeAssigned}},
			Permissions: []string{schema.PermPeople},
		}}
		require.NoError(t, create(ctx, good)())
		r := w.role("HELP_DESK")
		require.Equal(t, "Help desk", r.Name)
		require.False(t, r.BuiltIn)
		require.Equal(t, &schema.RoleGrants{
			Read: map[string]string{"Order": "assigned", "Product": "all"}, Actions: map[string]string{"order.note": "assigned"},
			Permissions: []string{schema.PermPeople},
		}, r.Grants)

		w.unchanged(codeTaken, create(ctx, good))
		for _, key := range []string{"STAFF_ADMIN", "ORG_ADMIN", "ANONYMOUS", "GUEST", "INTEGRATION"} {
			w.unchanged(codeTaken, create(ctx, NewRole{Key: key, Name: "x", Kind: role.KindSTAFF}))
		}
		for _, key := range []string{"", "AB", "help", "1AB", "A-B-C", "HELP DESK", "ÄBC", "ABC\n", "A" + string(make([]byte, 3)), longKey()} {
			w.unchanged(codeInvalid, create(ctx, NewRole{Key: key, Name: "x", Kind: role.KindSTAFF}))
		}
		for _, name := range []string{"", "  ", longKey() + longKey()} {
			w.unchanged(codeInvalid, create(ctx, NewRole{Key: "GOOD_KEY", Name: name, Kind: role.KindSTAFF}))
		}
		for _, g := range []RoleGrants{
			{Reads: []Grant{{"Orders", auth.ScopeAll}}},
			{Reads: []Grant{{"order.note", auth.ScopeAll}}},
			{Actions: []Grant{{"Order", auth.ScopeAll}}},
			{Actions: []Grant{{"order.delete", auth.ScopeAll}}},
			{Permissions: []string{"order.read"}},
			{Permissions: []string{"role.create"}},
			{Permissions: []string{""}},
			{Permissions: []string{schema.PermPeople, schema.PermPeople}},
			{Reads: []Grant{{"Order", auth.ScopeOwn}, {"Order", auth.ScopeAll}}},
			{Reads: []Grant{{"Order", auth.ScopeNone}}},
			{Reads: []Grant{{"Order", auth.ScopeGranted}}},
			{Reads: []Grant{{"Order", auth.Scope(99)}}},
			{Reads: []Grant{{"Order", auth.ScopeTree}}},         // staff have no tree
			{Reads: []Grant{{"Order", auth.ScopeOrganization}}}, // and no organization
			{Reads: []Grant{{"Product", auth.ScopeOwn}}},        // a product is nobody's
			{Reads: []Grant{{"OneTimeToken", auth.ScopeAll}}},   // nobody reads these
			{Actions: []Grant{{"role.create", auth.ScopeAssigned}}},
		} {
			w.unchanged(codeInvalid, create(ctx, NewRole{Key: "GOOD_KEY", Name: "x", Kind: role.KindSTAFF, Grants: g}))
		}
		// What no customer may have, no role of theirs can.
		for _, g := range []RoleGrants{
			{Reads: []Grant{{"Order", auth.ScopeAll}}},
			{Reads: []Grant{{"Order", auth.ScopeAssigned}}},
			{Reads: []Grant{{"User", auth.ScopeAll}}},
			{Reads: []Grant{{"AuditEntry", auth.ScopeAll}}},
			{Reads: []Grant{{"Session", auth.ScopeOrganization}}},
			{Actions: []Grant{{"order.confirm", auth.ScopeOwn}}},
			{Actions: []Grant{{"order.note.internal", auth.ScopeOrganization}}},
			{Actions: []Grant{{"membership.role", auth.ScopeTree}}},
			{Actions: []Grant{{"role.create", auth.ScopeAll}}},
			{Permissions: []string{schema.PermInternal}},
			{Permissions: []string{schema.PermUnpublished}},
			{Permissions: []string{schema.PermStaffRoles}},
			{Permissions: []string{schema.PermExplain}},
			{Permissions: []string{schema.PermSource}},
		} {
			w.unchanged(codeInvalid, create(ctx, NewRole{Key: "GOOD_KEY", Name: "x", Kind: role.KindORGANIZATION, Grants: g}))
		}
		w.unchanged(codeInvalid, create(ctx, NewRole{Key: "GOOD_KEY", Name: "x", Kind: "OTHER", Grants: RoleGrants{Reads: []Grant{{"Order", auth.ScopeOwn}}}}))
		for _, name := range []string{"admin", "agent", "buyer"} {
			w.unchanged("FORBIDDEN", create(w.by(name), NewRole{Key: "GOOD_KEY", Name: "x", Kind: role.KindORGANIZATION}))
		}
		w.unchanged("FORBIDDEN", create(auth.WithViewer(w.ctx, w.Anonymous(w.ctx)), NewRole{Key: "GOOD_KEY", Name: "x", Kind: role.KindORGANIZATION}))
		w.unchanged("UNAUTHENTICATED", create(w.ctx, NewRole{Key: "GOOD_KEY", Name: "x", Kind: role.KindORGANIZATION}))
		codes := together(4, func(int) error {
			return create(ctx, NewRole{Key: "SAME_KEY", Name: "x", Kind: role.KindSTAFF})()
		})
		require.Equal(t, map[string]int{"done": 1, codeTaken: 3}, codes)
	})
}

func longKey() string {
	b := make([]byte, 61)
	for i := range b {
		b[i] = 'A'
	}
	return string(b)
}

// Nobody makes a role, or changes one, beyond what they may do themselves.
func TestEscalationByRole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.customRole("ROLE_MAKER", role.KindSTAFF, RoleGrants{
			Reads:       []Grant{{"Role", auth.ScopeAll}, {"Order", auth.ScopeAssigned}},
			Actions:     []Grant{{"role.create", auth.ScopeAll}, {"role.update", auth.ScopeAll}, {"order.note", auth.ScopeAssigned}},
			Permissions: []string{schema.PermStaffRoles, schema.PermPrices},
		})
		above := w.customRole("ABOVE", role.KindSTAFF, RoleGrants{Reads: []Grant{{"Order", auth.ScopeAll}}})
		w.user("maker")
		w.members["maker"] = w.member("maker", "", "ROLE_MAKER")
		ctx := w.by("maker")
		below, err := w.CreateRole(ctx, NewRole{Key: "BELOW", Name: "Below", Kind: role.KindSTAFF, Grants: RoleGrants{
			Reads: []Grant{{"Order", auth.ScopeOwn}}, Actions: []Grant{{"order.note", auth.ScopeAssigned}}, Permissions: []string{schema.PermPrices},
		}})
		require.NoError(t, err)
		own := w.role("ROLE_MAKER").ID
		for _, x := range []struct {
			kind role.Kind
			g    RoleGrants
		}{
			{role.KindSTAFF, RoleGrants{Reads: []Grant{{"Order", auth.ScopeAll}}}},
			{role.KindSTAFF, RoleGrants{Reads: []Grant{{"Shipment", auth.ScopeOwn}}}},
			{role.KindSTAFF, RoleGrants{Actions: []Grant{{"order.note", auth.ScopeAll}}}},
			{role.KindSTAFF, RoleGrants{Actions: []Grant{{"order.cancel", auth.ScopeOwn}}}},
			{role.KindSTAFF, RoleGrants{Actions: []Grant{{"membership.role", auth.ScopeAll}}}},
			{role.KindSTAFF, RoleGrants{Permissions: []string{schema.PermExplain}}},
			{role.KindORGANIZATION, RoleGrants{Reads: []Grant{{"Order", auth.ScopeTree}}}},
			{role.KindORGANIZATION, RoleGrants{Permissions: []string{schema.PermPeople}}},
		} {
			w.unchanged(codeEscalation, func() error {
				_, err := w.CreateRole(ctx, NewRole{Key: "NEW_ROLE", Name: "x", Kind: x.kind, Grants: x.g})
				return err
			})
			if x.kind == role.KindSTAFF {
				for _, id := range []gid.ID{below, own} { // a later edit is no way round, nor is one's own role
					w.unchanged(codeEscalation, func() error {
						_, err := w.UpdateRole(ctx, UpdateRole{Role: id, Version: 1, Name: "x", Grants: x.g})
						return err
					})
				}
			}
		}
		w.unchanged(codeEscalation, func() error {
			_, err := w.UpdateRole(ctx, UpdateRole{Role: above, Version: 1, Name: "Brought down"})
			return err
		})
		_, err = w.UpdateRole(ctx, UpdateRole{Role: below, Version: 1, Name: "Below", Grants: RoleGrants{Reads: []Grant{{"Order", auth.ScopeAssigned}}}})
		require.NoError(t, err)
	})
}

func TestUpdateRole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("root")
		id := w.customRole("HELPER", role.KindORGANIZATION, RoleGrants{Reads: []Grant{{"Order", auth.ScopeOwn}}})
		update := func(ctx context.Context, in UpdateRole) func() error {
			return func() error { _, err := w.UpdateRole(ctx, in); return err }
		}
		for _, key := range []string{"STAFF_ADMIN", "ORG_MEMBER"} {
			w.unchanged(codeBuiltIn, update(ctx, UpdateRole{Role: w.role(key).ID, Version: 1, Name: "x"}))
		}
		w.unchanged("CONFLICT", update(ctx, UpdateRole{Role: id, Version: 2, Name: "x"}))
		w.unchanged("NOT_FOUND", update(ctx, UpdateRole{Role: gid.New(gid.Role), Version: 1, Name: "x"}))
		w.unchanged("FORBIDDEN", update(w.by("admin"), UpdateRole{Role: id, Version: 1, Name: "x"}))
		w.unchanged("NOT_FOUND", update(w.by("admin"), UpdateRole{Role: w.role("STAFF_ADMIN").ID, Version: 1, Name: "x"}))
		w.unchanged(codeInvalid, update(ctx, UpdateRole{Role: id, Version: 1, Name: ""}))
		w.unchanged(codeInvalid, update(ctx, UpdateRole{Role: id, Version: 1, Name: "x", Grants: RoleGrants{Reads: []Grant{{"Order", auth.ScopeAll}}}}))
		w.warm()
		for version := 1; version <= 5; version++ {
			codes := together(6, func(int) error { return update(ctx, UpdateRole{Role: id, Version: version, Name: "y"})() })
			require.Equal(t, map[string]int{"done": 1, "CONFLICT": 5}, codes)
			require.Equal(t, version+1, w.role("HELPER").Version)
		}
		require.Equal(t, "y", w.role("HELPER").Name)
	})
}

// The administrator of a kind can hand out every built-in role of theirs.
func TestWhoCoversWhom(t *testing.T) {
	for _, r := range schema.Roles {
		switch r.Kind {
		case schema.RoleOrganization:
			require.False(t, exceeds(schema.Grants[r.Key], schema.Grants["ORG_ADMIN"]), r.Key)
			require.False(t, exceeds(schema.Grants[r.Key], schema.Grants[staffAdmin]), r.Key)
			require.True(t, exceeds(schema.Grants[staffAdmin], schema.Grants[r.Key]), r.Key)
		case schema.RoleStaff:
			require.False(t, exceeds(schema.Grants[r.Key], schema.Grants[staffAdmin]), r.Key)
			require.True(t, exceeds(schema.Grants[r.Key], schema.Grants["ORG_ADMIN"]), r.Key)
		}
	}
	require.True(t, exceeds(schema.Grants["ORG_ADMIN"], schema.Grants["ORG_MANAGER"]))
}
