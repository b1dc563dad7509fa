package demo

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/event"
	"foyer/ent/spendinglimit"
	"foyer/portal/approvals"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// The limits of every customer with somebody who decides: members ask for more
// than the one in an order, buyers for more than the other in a month.
const (
	memberLimit = 500_00
	buyerLimit  = 25_000_00
)

// away is whose questions a colleague answers for some weeks.
const (
	away     = "sigrid.aas@halden.example"
	standsIn = "ines.halden@halden.example"
)

// limit sets the limits of the customers, and says who stands in for whom.
func (h *house) limit(roles map[string]gid.ID) {
	at := h.now.AddDate(0, -3, 0)
	for _, f := range h.list {
		boss := f.boss()
		if boss == nil || f.customer.person {
			continue
		}
		for _, x := range []struct {
			role   string
			period spendinglimit.Period
			cents  int64
		}{{member, spendinglimit.PeriodORDER, memberLimit}, {buyer, spendinglimit.PeriodMONTH, buyerLimit}} {
			l := &ent.SpendingLimit{
				ID: gid.At(gid.SpendingLimit, at), CreatedAt: at, UpdatedAt: at, OrganizationID: f.row.ID, RoleID: roles[x.role],
				Period: x.period, AmountMinor: x.cents, Currency: currency, Version: 1,
			}
			if boss.email == away {
				l.ApproverID = boss.row.ID
			}
			h.limits = append(h.limits, l)
		}
	}
	until := h.now.AddDate(0, 0, 21)
	for _, m := range h.memberships {
		if m.UserID == h.people[away].row.ID && m.OrganizationID == h.firms["halden"].row.ID {
			m.DelegateID, m.DelegateUntil = h.people[standsIn].row.ID, &until
		}
	}
}

// ask asks whether the order may be placed.
func (d *deal) ask(at time.Time) {
	a := &ent.Approval{
		ID: gid.At(gid.Approval, at), Status: approval.StatusPENDING, RequestedAt: at, ExpiresAt: at.AddDate(0, 0, approvals.DefaultDays), Version: 1,
	}
	d.question = a
	d.happened(at, events.ApprovalRequested, d.buyer.actor(event.ActorKindCUSTOMER), schema.EventData{Subject: string(a.ID), Cause: approvals.CauseLimit})
}

// answer is how the question ended. Who is away has it answered by a colleague.
func (d *deal) answer(at time.Time, status approval.Status, boss *individual, comment string) *individual {
	a := d.question
	if boss.email == away {
		a.DelegatorID, boss = boss.row.ID, d.house.people[standsIn]
	}
	a.Status, a.DecidedAt, a.DecidedByID, a.Comment, a.Version = status, &at, boss.row.ID, comment, 2
	d.happened(at, events.ApprovalDecided, boss.actor(event.ActorKindCUSTOMER), schema.EventData{
		Subject: string(a.ID), From: string(approval.StatusPENDING), To: string(status), Text: comment,
	})
	return boss
}

// explain says why it was asked, once the order is known, and copies its owner.
func (d *deal) explain() {
	a, o := d.question, d.order
	if a == nil {
		return
	}
	a.CreatedAt, a.UpdatedAt = a.RequestedAt, a.RequestedAt
	if a.DecidedAt != nil {
		a.UpdatedAt = *a.DecidedAt
	}
	a.OrderID, a.OrganizationID, a.UserID = o.ID, o.OrganizationID, o.UserID
	if a.Status == approval.StatusPENDING {
		a.PendingOrderID = &o.ID
	}
	a.Cause = schema.ApprovalCause{Kind: approvals.CauseRole, AmountMinor: o.TotalMinor, Currency: o.Currency}
	period, limit := spendinglimit.PeriodORDER, int64(memberLimit)
	if d.buyer.roleAt(d.customer.key) == buyer {
		period, limit = spendinglimit.PeriodMONTH, buyerLimit
	}
	for _, l := range d.house.limits {
		if l.OrganizationID != o.OrganizationID || l.Period != period {
			continue
		}
		a.ApproverID = l.ApproverID
		a.Cause.Kind, a.Cause.LimitID, a.Cause.Period, a.Cause.LimitMinor = approvals.CauseLimit, string(l.ID), string(period), limit
		if period == spendinglimit.PeriodMONTH && o.TotalMinor <= limit { // the rest was spent before
			a.Cause.SpentMinor = limit - o.TotalMinor/2
		}
	}
}

func (w *writer) approvals(ctx context.Context, h *house, deals []*deal) {
	rows(ctx, w, ent.TypeSpendingLimit, "id created_at updated_at organization_id role_id approver_id period amount_minor currency version", h.limits,
		func(l *ent.SpendingLimit) []any {
			return []any{l.ID, l.CreatedAt, l.UpdatedAt, l.OrganizationID, l.RoleID, optional(l.ApproverID), string(l.Period), l.AmountMinor, l.Currency, l.Version}
		})
	var list []*ent.Approval
	for _, d := range deals {
		if d.question != nil {
			list = append(list, d.question)
		}
	}
	rows(ctx, w, ent.TypeApproval, `id created_at updated_at organization_id user_id order_id pending_order_id status cause approver_id requested_at expires_at
		decided_at decided_by_id delegator_id comment version`, list,
		func(a *ent.Approval) []any {
			var waits any
			if a.PendingOrderID != nil {
				waits = *a.PendingOrderID
			}
			return []any{
				a.ID, a.CreatedAt, a.UpdatedAt, a.OrganizationID, optional(a.UserID), a.OrderID, waits, string(a.Status), document(a.Cause),
				optional(a.ApproverID), a.RequestedAt, a.ExpiresAt, a.DecidedAt, optional(a.DecidedByID), optional(a.DelegatorID), optional(a.Comment), a.Version,
			}
		})
}
