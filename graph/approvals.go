package graph

import (
	"context"
	"maps"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/approval"
	"foyer/graph/model"
	"foyer/portal/approvals"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// latestApprovals is how questions for approval are sorted when nobody says.
var latestApprovals = &ent.ApprovalOrder{Direction: ent.OrderDirection("DESC"), Field: ent.ApprovalOrderFieldRequestedAt}

func approvalErrors(ctx context.Context, err error) ([]*model.ApprovalUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.ApprovalUserError {
		return &model.ApprovalUserError{Field: field, Code: model.ApprovalErrorCode(code), Message: message}
	})
}

// approvalPayload tells of a mutation on a question for approval; its resolver
// loads the question again.
func approvalPayload(ctx context.Context, id gid.ID, err error) (*model.ApprovalPayload, error) {
	refused, err := approvalErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.ApprovalPayload{ApprovalID: id, UserErrors: refused}, nil
}

// delegationPayload tells of a membership with another delegate.
func delegationPayload(ctx context.Context, id gid.ID, err error) (*model.DelegationPayload, error) {
	refused, err := approvalErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.DelegationPayload{MembershipID: id, UserErrors: refused}, nil
}

// spendingLimitPayload tells of a limit that was set.
func spendingLimitPayload(ctx context.Context, id gid.ID, err error) (*model.SpendingLimitPayload, error) {
	refused, err := approvalErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SpendingLimitPayload{SpendingLimitID: id, UserErrors: refused}, nil
}

// spendingLimitGone tells of a limit that was taken away.
func spendingLimitGone(ctx context.Context, id gid.ID, err error) (*model.DeleteSpendingLimitPayload, error) {
	refused, err := approvalErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.DeleteSpendingLimitPayload{UserErrors: refused}
	if id != "" {
		out.DeletedID = &id
	}
	return out, nil
}

// approvalCause is a cause as the API shows it.
func approvalCause(c schema.ApprovalCause) *model.ApprovalCause {
	out := &model.ApprovalCause{Kind: model.ApprovalCauseKind(c.Kind), Amount: &money.Money{Minor: c.AmountMinor, Currency: c.Currency}}
	if l, ok := approvals.LimitIn(c); ok {
		out.Period, out.Limit, out.Spent = &l.Period, &l.Amount, l.Spent
	}
	return out
}

// delegation is somebody's delegate as the API shows it; nothing without one.
func delegation(userID gid.ID, until time.Time, ok bool) *model.Delegation {
	if !ok {
		return nil
	}
	return &model.Delegation{UserID: userID, Until: until}
}

// approvalsOfOrders loads the latest question about each of some orders, with
// what the field at hand selects of it.
func (r *Resolver) approvalsOfOrders(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Approval, error) {
	latest, err := r.Approvals.OfOrders(ctx, ids)
	if err != nil || len(latest) == 0 {
		return nil, err
	}
	q, err := r.Store.Client().Approval.Query().Where(approval.IDIn(slices.Collect(maps.Values(latest))...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := q.All(ctx)
	rows, found := keyed(list, func(a *ent.Approval) gid.ID { return a.ID }), map[gid.ID]*ent.Approval{}
	for order, id := range latest {
		if a := rows[id]; a != nil {
			found[order] = a
		}
	}
	return found, err
}

// keyed are rows by a key; of several with one key, the last.
func keyed[T any](list []*T, key func(*T) gid.ID) map[gid.ID]*T {
	found := make(map[gid.ID]*T, len(list))
	for _, x := range list {
		found[key(x)] = x
	}
	return found
}

// mapped turns a list into another one, which is never nil.
func mapped[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}
