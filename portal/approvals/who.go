package approvals

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/role"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/gather"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Who answers: somebody whose role has approval.decide over it, and never who
// asks. If a person is named, it is that person, or their delegate as long as
// there is one, or an administrator: somebody who decides for the subsidiaries,
// too. The rule stands here three times: for a viewer and one question (answers),
// for a viewer and the database (Mine), and for everybody (Deciders); a test
// compares them.

// administers says whether somebody decides whoever is named to.
func administers(g *auth.Grants) bool { return g.Action(doDecide).Covers(auth.ScopeTree) }

// answers says whether the viewer, whom the matrix allows to decide a question,
// is the one to answer it, and in whose place.
func (s *Service) answers(ctx context.Context, tx *ent.Client, a *ent.Approval) (delegator gid.ID, err error) {
	v := auth.From(ctx)
	switch {
	case v.System():
		return "", nil
	case a.UserID != "" && gid.ID(v.UserID) == a.UserID:
		return "", problem.Refuse(OwnOrder, problem.Text{
			EN: "Nobody approves their own order; somebody else has to.",
			DE: "Niemand gibt die eigene Bestellung frei; das muss jemand anderes tun.",
		}, "input", "approvalId")
	case a.ApproverID == "" || a.ApproverID == gid.ID(v.UserID):
		return "", nil
	}
	stands, err := s.delegators(ctx, tx, []place{{a.ApproverID, a.OrganizationID}})
	switch {
	case err != nil:
		return "", err
	case stands[place{a.ApproverID, a.OrganizationID}]:
		return a.ApproverID, nil
	case administers(v.Grants()):
		return "", nil
	}
	return "", problem.Refuse(OtherApprover, problem.Text{
		EN: "Somebody else was named to answer this.", DE: "Dafür ist jemand anderes benannt.",
	}, "input", "approvalId")
}

// place is a person's place in an organization.
type place struct{ user, organization gid.ID }

// delegators are those of some people in whose place the viewer answers at
// present.
func (s *Service) delegators(ctx context.Context, c *ent.Client, of []place) (map[place]bool, error) {
	people := make([]gid.ID, len(of))
	for i, p := range of {
		people[i] = p.user
	}
	list, err := c.Membership.Query().Where(membership.UserIDIn(people...), membership.DelegateID(viewer(ctx)),
		membership.DelegateUntilGT(s.now()), membership.StatusEQ(membership.StatusACTIVE)).All(ctx)
	found := make(map[place]bool, len(list))
	for _, m := range list {
		found[place{m.UserID, m.OrganizationID}] = true
	}
	return found, err
}

type loadersKey struct{}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	if s == nil {
		return ctx
	}
	return context.WithValue(ctx, loadersKey{}, gather.New(func(ctx context.Context, of []place) (map[place]bool, error) {
		return s.delegators(ctx, s.store.Client(), of)
	}))
}

// standsFor says whether the viewer answers in somebody's place.
func (s *Service) standsFor(ctx context.Context, p place) (bool, error) {
	if l, ok := ctx.Value(loadersKey{}).(*gather.Loader[place, bool]); ok {
		return l.Load(ctx, p)
	}
	all, err := s.delegators(ctx, s.store.Client(), []place{p})
	return all[p], err
}

// Action is something that can be done with a question for approval, by the name
// that the API gives it.
type Action string

// The actions on a question.
const (
	Approve  Action = "APPROVE"
	Decline  Action = "DECLINE"
	TakeBack Action = "WITHDRAW"
)

// Available lists what the viewer may do with a question now.
func (s *Service) Available(ctx context.Context, a *ent.Approval) ([]Action, error) {
	v, list := auth.From(ctx), []Action{}
	if v == nil || a.Status != approval.StatusPENDING || !a.ExpiresAt.After(s.now()) {
		return list, nil
	}
	me := gid.ID(v.UserID)
	if access.May(ctx, doDecide, owner(a)) && (a.UserID == "" || a.UserID != me) {
		may := a.ApproverID == "" || a.ApproverID == me || administers(v.Grants())
		if !may {
			var err error
			if may, err = s.standsFor(ctx, place{a.ApproverID, a.OrganizationID}); err != nil {
				return nil, err
			}
		}
		if may {
			list = append(list, Approve, Decline)
		}
	}
	if access.May(ctx, doWithdraw, owner(a)) {
		list = append(list, TakeBack)
	}
	return list, nil
}

// Mine finds the questions that wait for the viewer's answer.
func (s *Service) Mine(ctx context.Context) predicate.Approval {
	nothing := func(q *sql.Selector) { q.Where(sql.False()) }
	v := auth.From(ctx)
	if v == nil || v.UserID == "" {
		return nothing
	}
	me, now := gid.ID(v.UserID), s.now()
	where := []predicate.Approval{
		approval.StatusEQ(approval.StatusPENDING), approval.ExpiresAtGT(now),
		approval.Or(approval.UserIDIsNil(), approval.UserIDNEQ(me)),
	}
	switch v.Grants().Action(doDecide) {
	case auth.ScopeAll:
	case auth.ScopeTree:
		where = append(where, approval.OrganizationIDIn(ids(v.Tree)...))
	case auth.ScopeOrganization:
		where = append(where, approval.OrganizationID(gid.ID(v.OrganizationID)))
	case auth.ScopeSelected:
		where = append(where, approval.OrganizationID(gid.ID(v.OrganizationID)), approval.UserIDIn(ids(v.Selected)...))
	case auth.ScopeAssigned:
		where = append(where, approval.OrganizationIDIn(ids(v.Assigned)...))
	case auth.ScopeNone, auth.ScopeGranted, auth.ScopeOwn: // nobody answers their own
		return nothing
	}
	if administers(v.Grants()) {
		return approval.And(where...)
	}
	inPlace := func(q *sql.Selector) {
		m := sql.Table(membership.Table)
		q.Where(sql.Exists(sql.Select(m.C(membership.FieldID)).From(m).Where(sql.And(
			sql.ColumnsEQ(m.C(membership.FieldUserID), q.C(approval.FieldApproverID)),
			sql.ColumnsEQ(m.C(membership.FieldOrganizationID), q.C(approval.FieldOrganizationID)),
			sql.EQ(m.C(membership.FieldDelegateID), string(me)), sql.GT(m.C(membership.FieldDelegateUntil), now),
			sql.EQ(m.C(membership.FieldStatus), string(membership.StatusACTIVE)),
		))))
	}
	return approval.And(append(where, approval.Or(approval.ApproverIDIsNil(), approval.ApproverID(me), inPlace))...)
}

func ids(texts []string) []gid.ID {
	list := make([]gid.ID, len(texts))
	for i, t := range texts {
		list[i] = gid.ID(t)
	}
	return list
}

// Filter says which questions. What is given must all hold.
type Filter struct {
	Status         []approval.Status
	Mine           *bool // wait for the viewer's answer
	OrganizationID *gid.ID
}

// Where turns a filter into conditions.
func (s *Service) Where(ctx context.Context, f Filter) []predicate.Approval {
	var where []predicate.Approval
	if len(f.Status) > 0 {
		where = append(where, approval.StatusIn(f.Status...))
	}
	if f.OrganizationID != nil {
		where = append(where, approval.OrganizationID(*f.OrganizationID))
	}
	switch {
	case f.Mine == nil:
	case *f.Mine:
		where = append(where, s.Mine(ctx))
	default:
		where = append(where, approval.Not(s.Mine(ctx)))
	}
	return where
}

// OfOrders are the latest questions about some orders, by the order.
func (s *Service) OfOrders(ctx context.Context, orders []gid.ID) (map[gid.ID]gid.ID, error) {
	list, err := s.store.Client().Approval.Query().Where(approval.OrderIDIn(orders...)).
		Order(approval.ByRequestedAt(), approval.ByID()).Select(approval.FieldID, approval.FieldOrderID).All(ctx)
	latest := make(map[gid.ID]gid.ID, len(list))
	for _, a := range list {
		latest[a.OrderID] = a.ID
	}
	return latest, err
}

// decider is somebody who may answer the questions of an organization.
type decider struct {
	organization gid.ID
	user         gid.ID
	admin        bool
}

// highest is how many organizations above one are looked at; a chain that is
// longer is a circle.
const highest = 20

// deciders are the people who may answer the questions of an organization: its
// managers, and the administrators there and above.
func deciders(ctx context.Context, c *ent.Client, organizationID gid.ID) ([]decider, error) {
	var chain []gid.ID
	for id := organizationID; id != "" && len(chain) < highest && !slices.Contains(chain, id); {
		above, err := c.Organization.Query().Where(organization.ID(id)).Only(ctx)
		if err != nil {
			return nil, err
		}
		chain, id = append(chain, id), above.ParentID
	}
	seats, err := c.Membership.Query().Where(membership.OrganizationIDIn(chain...), membership.StatusEQ(membership.StatusACTIVE),
		membership.HasUserWith(user.StatusEQ(user.StatusACTIVE)), membership.HasRoleWith(role.KindEQ(role.KindORGANIZATION))).
		WithRole().Order(membership.ByCreatedAt(), membership.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	var list []decider
	for _, m := range seats {
		g := accounts.GrantsOf(m.Edges.Role)
		switch g.Action(doDecide) {
		case auth.ScopeTree, auth.ScopeAll:
			list = append(list, decider{m.OrganizationID, m.UserID, true})
		case auth.ScopeOrganization:
			if m.OrganizationID == organizationID {
				list = append(list, decider{m.OrganizationID, m.UserID, false})
			}
		case auth.ScopeNone, auth.ScopeGranted, auth.ScopeOwn, auth.ScopeSelected, auth.ScopeAssigned:
		}
	}
	return list, nil
}

// Deciders are those who are asked to answer a question: the person named and
// their delegate; everybody who may when nobody is named, and the administrators
// when the person named cannot any more.
func (s *Service) Deciders(ctx context.Context, approvalID gid.ID) ([]gid.ID, error) {
	ctx = auth.WithSystem(ctx, "who is asked to approve an order")
	c := s.store.Client()
	a, err := c.Approval.Query().Where(approval.ID(approvalID)).Only(ctx)
	if err != nil {
		return nil, err
	}
	all, err := deciders(ctx, c, a.OrganizationID)
	if err != nil {
		return nil, err
	}
	able := func(id gid.ID) bool {
		return id != "" && id != a.UserID && slices.ContainsFunc(all, func(d decider) bool { return d.user == id })
	}
	var list []gid.ID
	if a.ApproverID != "" {
		delegates, err := c.Membership.Query().Where(membership.UserID(a.ApproverID), membership.OrganizationID(a.OrganizationID),
			membership.StatusEQ(membership.StatusACTIVE), membership.DelegateUntilGT(s.now())).All(ctx)
		if err != nil {
			return nil, err
		}
		if able(a.ApproverID) {
			list = append(list, a.ApproverID)
		}
		for _, m := range delegates {
			if able(m.DelegateID) {
				list = append(list, m.DelegateID)
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	for _, d := range all {
		if able(d.user) && (a.ApproverID == "" || d.admin) && !slices.Contains(list, d.user) {
			list = append(list, d.user)
		}
	}
	return list, nil
}
