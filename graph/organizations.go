package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/user"
	"foyer/graph/model"
	"foyer/portal/accounts"
	"foyer/schema"
	"foyer/schema/gid"
)

// How organizations and people are sorted when nobody says.
var (
	organizationsByName = &ent.OrganizationOrder{Direction: ent.OrderDirection("ASC"), Field: ent.OrganizationOrderFieldName}
	usersByName         = &ent.UserOrder{Direction: ent.OrderDirection("ASC"), Field: ent.UserOrderFieldName}
)

func organizationErrors(ctx context.Context, err error) ([]*model.OrganizationUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.OrganizationUserError {
		return &model.OrganizationUserError{Field: field, Code: model.OrganizationErrorCode(code), Message: message}
	})
}

// membershipPayload tells of a mutation on a membership; its resolver loads
// the membership again, as the viewer sees it then.
func membershipPayload(ctx context.Context, id gid.ID, err error) (*model.MembershipPayload, error) {
	refused, err := organizationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.MembershipPayload{MembershipID: id, UserErrors: refused}, nil
}

// rolePayload is membershipPayload for a role.
func rolePayload(ctx context.Context, id gid.ID, err error) (*model.RolePayload, error) {
	refused, err := organizationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.RolePayload{RoleID: id, UserErrors: refused}, nil
}

// organizationPayload is membershipPayload for an organization.
func organizationPayload(ctx context.Context, id gid.ID, err error) (*model.OrganizationPayload, error) {
	refused, err := organizationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.OrganizationPayload{OrganizationID: id, UserErrors: refused}, nil
}

// userPayload is membershipPayload for a person.
func userPayload(ctx context.Context, id gid.ID, err error) (*model.UserPayload, error) {
	refused, err := organizationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.UserPayload{UserID: id, UserErrors: refused}, nil
}

// assignmentPayload is membershipPayload for an assignment.
func assignmentPayload(ctx context.Context, id gid.ID, err error) (*model.OrganizationAssignmentPayload, error) {
	refused, err := organizationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.OrganizationAssignmentPayload{AssignmentID: id, UserErrors: refused}, nil
}

// invitePerson reads whom to invite.
func invitePerson(in model.InvitePersonInput) accounts.InvitePerson {
	out := accounts.InvitePerson{Name: in.Name, Email: in.Email, Role: in.RoleID}
	if in.OrganizationID != nil {
		out.Organization = *in.OrganizationID
	}
	if in.Language != nil {
		out.Language = *in.Language
	}
	return out
}

// organizationFilter reads which organizations are asked for.
func (r *Resolver) organizationFilter(ctx context.Context, f *model.OrganizationFilter) (where []predicate.Organization, err error) {
	if f == nil {
		return nil, nil
	}
	text, err := searched(f.Search)
	if text != "" {
		where = append(where, words[predicate.Organization](organization.FieldName, text))
	}
	if f.Mine != nil && *f.Mine {
		where = append(where, r.Customers.Mine(ctx))
	}
	if len(f.Kind) > 0 {
		where = append(where, organization.KindIn(f.Kind...))
	}
	if len(f.Status) > 0 {
		where = append(where, organization.StatusIn(f.Status...))
	}
	return where, err
}

// userFilter reads which people are asked for.
func userFilter(ctx context.Context, f *model.UserFilter) (where []predicate.User, err error) {
	if f == nil {
		return nil, nil
	}
	text, err := searched(f.Search)
	if text != "" {
		found := words[predicate.User](user.FieldName, text)
		if auth.From(ctx).Grants().Has(schema.PermContact) { // an address must not answer the guesses of others
			found = user.Or(found, user.EmailHasPrefix(strings.ToLower(text)))
		}
		where = append(where, found)
	}
	if f.Email != nil {
		where = append(where, user.Email(strings.ToLower(strings.TrimSpace(*f.Email))))
	}
	if len(f.Status) > 0 {
		where = append(where, user.StatusIn(f.Status...))
	}
	if f.Staff != nil {
		// Across the edge nothing is guarded. It tells of a person who can be seen
		// whether they are staff, and only staff may ask.
		staff := user.HasMembershipsWith(membership.OrganizationIDIsNil(), membership.StatusNEQ(membership.StatusDISABLED))
		if !*f.Staff {
			staff = user.Not(staff)
		}
		where = append(where, staff)
	}
	return where, err
}

// roleGrants reads what a role shall be able to do.
func roleGrants(reads, actions []*model.RoleGrantInput, permissions []string) accounts.RoleGrants {
	list := func(in []*model.RoleGrantInput) (out []accounts.Grant) {
		for _, g := range in {
			scope, _ := auth.ParseScope(strings.ToLower(string(g.Scope))) // an unknown one is none, which is refused
			out = append(out, accounts.Grant{Name: g.Name, Scope: scope})
		}
		return out
	}
	return accounts.RoleGrants{Reads: list(reads), Actions: list(actions), Permissions: permissions}
}

// scopes lists what has a scope in a role, by name.
func scopes[T any](of map[string]T, scope func(name string) auth.Scope) []*model.RoleGrant {
	list := []*model.RoleGrant{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if s := scope(name); s != auth.ScopeNone {
			list = append(list, &model.RoleGrant{Name: name, Scope: new(model.AccessScope(strings.ToUpper(s.String())))})
		}
	}
	return list
}

// furtherPermissions lists what a role opens beside entities and actions.
func furtherPermissions(g *auth.Grants) []*model.RoleGrant {
	list := []*model.RoleGrant{}
	for _, p := range slices.Sorted(slices.Values(schema.Permissions)) {
		if g.Has(p) {
			list = append(list, &model.RoleGrant{Name: p})
		}
	}
	return list
}

// explain says why somebody sees a record, or does not. Who cannot see the
// person does not learn what the person sees.
func (r *Resolver) explain(ctx context.Context, userID gid.ID, membershipID *gid.ID, node gid.ID) (*model.AccessExplanation, error) {
	if _, err := r.Store.Client().User.Query().Where(user.ID(userID)).OnlyID(ctx); err != nil {
		return nil, err
	}
	if membershipID == nil {
		membershipID = new(gid.ID(""))
	}
	v, err := r.Accounts.ViewerOf(ctx, userID, *membershipID)
	if err != nil {
		return nil, err
	}
	visible, steps, err := r.Explain.Explain(ctx, v, node)
	return &model.AccessExplanation{Visible: visible, Steps: steps}, err
}
