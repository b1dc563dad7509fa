package world

import (
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/approval"
	"foyer/ent/guide"
	"foyer/ent/spendinglimit"
	"foyer/schema"
	"foyer/schema/gid"
)

func init() { seeds = append(seeds, approvals, guides) }

// approvals asks a question about the order of each person, and sets a limit in
// each organization. The orders have gone on without an answer: what is done
// with a question that waits is the matter of the tests of approvals.
func approvals(s seeder) {
	for _, owner := range []string{OrderOfMember, OrderOfBuyer, OrderOfManager, OrderOfAdmin, OrderOfColleague, OrderOfSub, OrderOfSouth} {
		o := s.w.Orders[owner]
		status := approval.StatusPENDING
		if owner == OrderOfSouth { // the only one that was declined
			status = approval.StatusDECLINED
		}
		require.NoError(s.t, s.tx.Approval.Create().SetStatus(status).SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
			SetCause(schema.ApprovalCause{Kind: "ROLE", AmountMinor: o.TotalMinor, Currency: o.Currency}).
			SetRequestedAt(s.w.Now.Add(-time.Hour)).SetExpiresAt(s.w.Now.AddDate(0, 0, 14)).Exec(s.ctx))
	}
	for _, organization := range []gid.ID{s.w.North.ID, s.w.Sub.ID, s.w.South.ID} {
		require.NoError(s.t, s.tx.SpendingLimit.Create().SetOrganizationID(organization).SetPeriod(spendinglimit.PeriodMONTH).
			SetAmountMinor(1_000_000).SetCurrency("EUR").Exec(s.ctx))
	}
}

// guides writes one that customers are offered, and a draft.
func guides(s seeder) {
	both := func(text string) map[string]string { return map[string]string{"en": text, "de": text + " (de)"} }
	for key, status := range map[string]guide.Status{"which-thing": guide.StatusPUBLISHED, "draft": guide.StatusDRAFT} {
		require.NoError(s.t, s.tx.Guide.Create().SetKey(key).SetStatus(status).SetDocument(schema.GuideDocument{
			Title: both("Which thing?"), Start: "size", Steps: []schema.GuideStep{
				{Key: "size", Question: both("How large?"), Answers: []schema.GuideAnswer{
					{Key: "small", Text: both("Small"), Next: "thing"}, {Key: "large", Text: both("Large"), Next: "ask"},
				}},
				{Key: "thing", Result: &schema.GuideResult{Products: []string{string(s.w.Product.ID), string(s.w.Draft.ID)}}},
				{Key: "ask", Result: &schema.GuideResult{Text: both("Ask us.")}},
			},
		}).Exec(s.ctx))
	}
}
