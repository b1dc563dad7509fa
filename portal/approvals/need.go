package approvals

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/role"
	"foyer/ent/spendinglimit"
	"foyer/portal/access"
	"foyer/portal/accounts"
	"foyer/portal/events"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// The sorts of cause, values of the API's ApprovalCauseKind.
const (
	CauseLimit = "LIMIT" // over a limit, or in another currency than the limit
	CauseRole  = "ROLE"  // who has the role always asks
)

// Question is whether an order needs approval: who would place it, for whom and
// for how much.
type Question struct {
	OrganizationID gid.ID
	UserID         gid.ID
	MembershipID   gid.ID // none for staff, who are not asked
	TotalMinor     int64
	Currency       string
}

// Need says that an order needs approval.
type Need struct {
	Cause      schema.ApprovalCause
	ApproverID gid.ID // who is to answer; anybody who may when empty
	ExpiresAt  time.Time
}

// Needed says whether an order needs approval; nil when it does not. It runs in
// the transaction that places the order, and makes others wait that place orders
// of the same person: two orders at once could otherwise both be just within a
// limit.
func (s *Service) Needed(ctx context.Context, tx *ent.Client, q Question) (*Need, error) {
	if q.MembershipID == "" {
		return nil, nil //nolint:nilnil // none is needed
	}
	ctx = auth.WithSystem(ctx, "the spending limits of whoever orders, which they need not see")
	m, err := tx.Membership.Query().Where(membership.ID(q.MembershipID), membership.UserID(q.UserID),
		membership.OrganizationID(q.OrganizationID), store.Held).Only(ctx)
	if err != nil {
		return nil, err
	}
	r, err := tx.Role.Query().Where(role.ID(m.RoleID)).Only(ctx)
	if err != nil {
		return nil, err
	}
	all, err := tx.SpendingLimit.Query().Where(spendinglimit.OrganizationID(q.OrganizationID)).All(ctx)
	if err != nil {
		return nil, err
	}
	need := &Need{ExpiresAt: s.now().AddDate(0, 0, s.o.Days)}
	limits := holding(all, m.ID, m.RoleID)
	if len(limits) == 0 {
		if accounts.GrantsOf(r).Has(schema.PermBuy) {
			return nil, nil //nolint:nilnil // none is needed
		}
		need.Cause = schema.ApprovalCause{Kind: CauseRole, AmountMinor: q.TotalMinor, Currency: q.Currency}
		return need, nil
	}
	over := false
	for _, l := range limits {
		spent, fits, err := s.fits(ctx, l, q)
		if err != nil {
			return nil, err
		}
		if fits {
			continue
		}
		if !over {
			need.Cause = schema.ApprovalCause{
				Kind: CauseLimit, LimitID: string(l.ID), Period: string(l.Period), LimitMinor: l.AmountMinor, SpentMinor: spent,
				AmountMinor: q.TotalMinor, Currency: q.Currency,
			}
			if l.Currency != q.Currency {
				need.Cause.LimitCurrency = l.Currency
			}
		}
		over = true
		if need.ApproverID == "" {
			need.ApproverID = l.ApproverID
		}
	}
	if !over {
		return nil, nil //nolint:nilnil // none is needed
	}
	need.ApproverID, err = s.able(ctx, tx, need.ApproverID, q)
	return need, err
}

// able is an approver who can answer a question; nobody in particular when that
// one cannot: they have left, have another role now, or ask themselves.
func (s *Service) able(ctx context.Context, tx *ent.Client, approver gid.ID, q Question) (gid.ID, error) {
	if approver == "" || approver == q.UserID {
		return "", nil
	}
	who, err := deciders(ctx, tx, q.OrganizationID)
	if err != nil || !slices.ContainsFunc(who, func(d decider) bool { return d.user == approver }) {
		return "", err
	}
	return approver, nil
}

// fits says whether an order fits into a limit, and what was spent in its period
// before. Other currencies are neither converted nor added up.
func (s *Service) fits(ctx context.Context, l *ent.SpendingLimit, q Question) (spent int64, fits bool, err error) {
	if l.Currency != q.Currency {
		return 0, false, nil
	}
	if l.Period != spendinglimit.PeriodORDER {
		// By the index of user_id and placed_at.
		err = s.store.Raw(ctx).QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(total_minor), 0) AS bigint) FROM orders
			WHERE user_id = $1 AND placed_at >= $2 AND organization_id = $3 AND currency = $4 AND status NOT IN ('DRAFT', 'CANCELLED')`,
			string(q.UserID), begin(l.Period, s.now()), string(q.OrganizationID), q.Currency).Scan(&spent)
		if err != nil {
			return 0, false, err
		}
	}
	return spent, q.TotalMinor <= l.AmountMinor-spent, nil
}

// begin is when the period began that a time lies in, in UTC. A week begins on
// Monday.
func begin(p spendinglimit.Period, at time.Time) time.Time {
	at = at.UTC()
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	switch p {
	case spendinglimit.PeriodWEEK:
		return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	case spendinglimit.PeriodMONTH:
		return day.AddDate(0, 0, 1-day.Day())
	case spendinglimit.PeriodDAY, spendinglimit.PeriodORDER:
	}
	return day
}

// periods are the periods from the shortest on, the order in which limits are
// looked at.
var periods = []spendinglimit.Period{
	spendinglimit.PeriodORDER, spendinglimit.PeriodDAY, spendinglimit.PeriodWEEK, spendinglimit.PeriodMONTH,
}

// holding are those of an organization's limits that hold for one person, from
// the shortest period on: those for the person, or, when there are none, those
// for the role, or else those for everybody.
func holding(all []*ent.SpendingLimit, membershipID, roleID gid.ID) []*ent.SpendingLimit {
	var kinds [3][]*ent.SpendingLimit
	for _, l := range all {
		switch {
		case l.MembershipID != "":
			if l.MembershipID == membershipID {
				kinds[0] = append(kinds[0], l)
			}
		case l.RoleID != "":
			if l.RoleID == roleID {
				kinds[1] = append(kinds[1], l)
			}
		default:
			kinds[2] = append(kinds[2], l)
		}
	}
	for _, list := range kinds {
		if len(list) > 0 {
			slices.SortStableFunc(list, func(a, b *ent.SpendingLimit) int {
				return slices.Index(periods, a.Period) - slices.Index(periods, b.Period)
			})
			return list
		}
	}
	return nil
}

// Ask asks whether an order may be placed, which is AWAITING_APPROVAL: in the
// transaction that made it, and in the context of the action order.place.
func (s *Service) Ask(ctx context.Context, tx *ent.Client, o *ent.Order, need *Need) error {
	c := tx.Approval.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetPendingOrderID(o.ID).
		SetCause(need.Cause).SetRequestedAt(s.now()).SetExpiresAt(need.ExpiresAt)
	if need.ApproverID != "" {
		c.SetApproverID(need.ApproverID)
	}
	a, err := c.Save(ctx)
	if err != nil {
		return err
	}
	return events.Append(ctx, tx, events.Event{
		Kind: events.ApprovalRequested, Subject: o.ID, Owner: access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID},
		Data: schema.EventData{Subject: string(a.ID), Cause: need.Cause.Kind},
	})
}

// Limited is the limit that a cause tells of.
type Limited struct {
	Period spendinglimit.Period
	Amount money.Money
	Spent  *money.Money // in its period before the order; nothing when the order is in another currency
}

// LimitIn is the limit that a cause tells of; ok is false when it was none.
func LimitIn(c schema.ApprovalCause) (l Limited, ok bool) {
	if c.Kind != CauseLimit {
		return l, false
	}
	l.Period, l.Amount = spendinglimit.Period(c.Period), money.Money{Minor: c.LimitMinor, Currency: c.Currency}
	if c.LimitCurrency != "" {
		l.Amount.Currency = c.LimitCurrency
		return l, true
	}
	l.Spent = &money.Money{Minor: c.SpentMinor, Currency: c.Currency}
	return l, true
}
