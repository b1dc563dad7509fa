package graph_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/notification"
	"foyer/ent/order"
	"foyer/ent/spendinglimit"
	"foyer/portal/access"
	"foyer/portal/approvals"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"decideApproval": {"approval.decide", "Approval", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"approvalId": id, "version": v, "decision": "APPROVE"}
		}},
		"withdrawApproval": {"approval.withdraw", "Approval", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"approvalId": id, "version": v}
		}},
		"delegateApprovals": {"approval.delegate", "Membership", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"membershipId": id}
		}},
		"saveSpendingLimit": {"spendingLimit.save", "SpendingLimit", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "period": "MONTH", "amount": "500", "currency": "EUR"}
		}},
		"deleteSpendingLimit": {"spendingLimit.delete", "SpendingLimit", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v}
		}},
	})
	maps.Copy(edges, map[string][2]string{
		"Approval.order": {"fk", "order_id"}, "Approval.user": {"fk", "user_id"}, "Approval.approver": {"fk", "approver_id"},
		"Approval.decidedBy": {"fk", "decided_by_id"}, "Approval.delegator": {"fk", "delegator_id"}, "Order.approval": {"order_id", ""},
		"SpendingLimit.organization": {"fk", "organization_id"}, "SpendingLimit.membership": {"fk", "membership_id"},
		"SpendingLimit.role": {"fk", "role_id"}, "SpendingLimit.approver": {"fk", "approver_id"},
	})
	moreGuesses = append(moreGuesses, func(f *testkit.Foyer) map[string][]guess {
		return map[string][]guess{
			"ApprovalFilter.status":         {{[]string{"DECLINED"}, []string{"EXPIRED"}}},
			"ApprovalFilter.mine":           {{true, true}, {false, false}},
			"ApprovalFilter.organizationId": {{f.World.South.ID, gid.New(gid.Organization)}},
		}
	})
}

// asked is an order that waits for approval, and the question about it.
type asked struct{ order, approval gid.ID }

// ask places an order of somebody in the world that has to be approved.
func ask(t *testing.T, f *testkit.Foyer, person string, need *approvals.Need) (a asked) {
	t.Helper()
	if need == nil {
		need = &approvals.Need{Cause: schema.ApprovalCause{Kind: approvals.CauseRole, AmountMinor: 5000, Currency: "EUR"}}
	}
	if need.ExpiresAt.IsZero() {
		need.ExpiresAt = time.Now().UTC().AddDate(0, 0, 14)
	}
	org := f.World.North.ID
	switch person {
	case "SUB":
		org = f.World.Sub.ID
	case "SOUTH":
		org = f.World.South.ID
	}
	ctx := auth.WithSystem(t.Context(), "test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		o, err := tx.Order.Create().SetOrganizationID(org).SetUserID(f.World.Users[person].ID).SetNumber("W-" + string(gid.New("x"))).
			SetCurrency("EUR").SetTotalMinor(need.Cause.AmountMinor).SetStatus(order.StatusAWAITING_APPROVAL).Save(ctx)
		if err != nil {
			return err
		}
		// As placing does it: by the person, in the context of the action.
		mine := ctx
		if v := f.Viewer(person); v != nil {
			if mine, err = access.Act(auth.WithViewer(ctx, v), "order.place", access.Owner{Organization: org, User: o.UserID}); err != nil {
				return err
			}
		}
		if err := f.Approvals.Ask(mine, tx, o, need); err != nil {
			return err
		}
		x, err := tx.Approval.Query().Where(approval.PendingOrderID(o.ID)).Only(ctx)
		a = asked{o.ID, x.ID}
		return err
	}))
	return a
}

const decideApproval = `mutation($i: DecideApprovalInput!) { decideApproval(input: $i) {
	userErrors { code field message } approval { status comment version availableActions order { status cancelReason } decidedBy { name } delegator { name } } } }`

func decide(f *testkit.Foyer, role string, a asked, version int, decision string, comment any) *testkit.Answer {
	return f.As(role).Do(decideApproval, map[string]any{"i": map[string]any{
		"approvalId": a.approval, "version": version, "decision": decision, "comment": comment,
	}})
}

func is(t *testing.T, f *testkit.Foyer, a asked, question approval.Status, ordered order.Status) {
	t.Helper()
	ctx := auth.WithSystem(t.Context(), "test")
	x, err := f.Store.Client().Approval.Get(ctx, a.approval)
	require.NoError(t, err)
	o, err := f.Store.Client().Order.Get(ctx, a.order)
	require.NoError(t, err)
	require.Equal(t, []any{question, ordered}, []any{x.Status, o.Status})
	require.Equal(t, question == approval.StatusPENDING, x.PendingOrderID != nil)
}

func TestDecideApproval(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		a := ask(t, f, "ORG_MEMBER", nil)
		d := decide(f, "ORG_MANAGER", a, 1, "APPROVE", " Fine.\r\nGo on. ")
		require.Empty(t, d.At("decideApproval", "userErrors"), d.Body)
		require.Equal(t, "PLACED", d.At("decideApproval", "approval", "order", "status"))
		require.Equal(t, "Fine.\nGo on.", d.At("decideApproval", "approval", "comment"))
		require.Equal(t, f.World.Users["ORG_MANAGER"].Name, d.At("decideApproval", "approval", "decidedBy", "name"))
		require.Nil(t, d.At("decideApproval", "approval", "delegator"))
		require.Equal(t, []any{}, d.At("decideApproval", "approval", "availableActions"))
		is(t, f, a, approval.StatusAPPROVED, order.StatusPLACED)
		require.Equal(t, []string{"allocate " + string(a.order)}, f.Asked.Calls())

		b := ask(t, f, "ORG_MEMBER", nil)
		d = decide(f, "ORG_ADMIN", b, 1, "DECLINE", "Too dear.")
		require.Equal(t, "Too dear.", d.At("decideApproval", "approval", "order", "cancelReason"), d.Body)
		is(t, f, b, approval.StatusDECLINED, order.StatusCANCELLED)
		require.Contains(t, f.Asked.Calls(), "release "+string(b.order))

		// The timeline tells of it; a guest of the order is told the end and not the words.
		lines := `query($id: ID!) { order(id: $id) { approval { status } timeline { __typename
			... on OrderStatusChanged { to reason } ... on OrderApprovalDecided { outcome comment approvalId } ... on OrderApprovalRequested { approvalId } } } }`
		all := f.As("ORG_MEMBER").Must(lines, map[string]any{"id": b.order})
		text := fmt.Sprint(testkit.At(all, "order", "timeline"))
		for _, want := range []string{"OrderApprovalRequested", "OrderApprovalDecided", "DECLINED", "Too dear.", string(b.approval), "CANCELLED"} {
			require.Contains(t, text, want)
		}
		require.Equal(t, "DECLINED", testkit.At(all, "order", "approval", "status"))
		require.Contains(t, f.As("GUEST").Do(lines, map[string]any{"id": b.order}).Body, "Cannot query field")

		// What is refused changes nothing.
		c, own, stale := ask(t, f, "ORG_BUYER", nil), ask(t, f, "ORG_MANAGER", nil), ask(t, f, "ORG_MEMBER", nil)
		named := ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: f.World.Users["ORG_ADMIN"].ID})
		refused := func(d *testkit.Answer, code string) {
			t.Helper()
			require.Equal(t, code, d.At("decideApproval", "userErrors", 0, "code"), d.Body)
			require.Nil(t, d.At("decideApproval", "approval"))
		}
		f.Work()
		before := f.Fingerprint()
		refused(decide(f, "ORG_MANAGER", own, 1, "APPROVE", nil), "OWN_ORDER")
		refused(decide(f, "ORG_MANAGER", named, 1, "APPROVE", nil), "OTHER_APPROVER")
		refused(decide(f, "ORG_MANAGER", c, 1, "DECLINE", " \n "), "INVALID")
		refused(decide(f, "ORG_MANAGER", c, 1, "APPROVE", strings.Repeat("x", 1001)), "INVALID")
		refused(decide(f, "ORG_MANAGER", a, 2, "DECLINE", "No!"), "WRONG_STATE")
		require.Equal(t, "CONFLICT", decide(f, "ORG_MANAGER", stale, 2, "APPROVE", nil).Code())
		f.Asked.SetGone(true)
		refused(decide(f, "ORG_MANAGER", stale, 1, "APPROVE", nil), "INSUFFICIENT_STOCK")
		f.Asked.SetGone(false)
		f.Clock = func() time.Time { return time.Now().AddDate(0, 0, 15) }
		refused(decide(f, "ORG_MANAGER", stale, 1, "APPROVE", nil), "WRONG_STATE")
		f.Clock = nil
		require.Equal(t, before, f.Fingerprint())
		is(t, f, stale, approval.StatusPENDING, order.StatusAWAITING_APPROVAL)
		require.Empty(t, decide(f, "ORG_MANAGER", stale, 1, "APPROVE", nil).At("decideApproval", "userErrors"))

		// An administrator decides whoever is named, and for subsidiaries.
		other := ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: f.World.Users["ORG_MANAGER"].ID})
		require.Empty(t, decide(f, "ORG_ADMIN", other, 1, "APPROVE", nil).At("decideApproval", "userErrors"))
		sub := ask(t, f, "SUB", nil)
		require.Equal(t, "NOT_FOUND", decide(f, "ORG_MANAGER", sub, 1, "APPROVE", nil).Code())
		require.Empty(t, decide(f, "ORG_ADMIN", sub, 1, "APPROVE", nil).At("decideApproval", "userErrors"))

		// Staff do not approve in place of the customer: to them the mutation is none.
		require.Contains(t, decide(f, "STAFF_ADMIN", c, 1, "APPROVE", nil).Body, "Cannot query field")
	})
}

func TestWithdrawAndCancel(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		withdraw := func(role string, a asked) *testkit.Answer {
			return f.As(role).Do(`mutation($i: WithdrawApprovalInput!) { withdrawApproval(input: $i) { userErrors { code } approval { status } } }`,
				map[string]any{"i": map[string]any{"approvalId": a.approval, "version": 1}})
		}
		a := ask(t, f, "ORG_MEMBER", nil)
		before := f.Fingerprint()
		require.Equal(t, "FORBIDDEN", withdraw("ORG_MANAGER", a).Code())
		require.Equal(t, before, f.Fingerprint())
		require.Equal(t, "WITHDRAWN", withdraw("ORG_MEMBER", a).At("withdrawApproval", "approval", "status"))
		is(t, f, a, approval.StatusWITHDRAWN, order.StatusCANCELLED)
		require.Equal(t, "WRONG_STATE", f.As("ORG_MEMBER").Do(`mutation($i: WithdrawApprovalInput!) { withdrawApproval(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"approvalId": a.approval, "version": 2}}).At("withdrawApproval", "userErrors", 0, "code"))

		// Whoever cancels a waiting order takes the question back with it.
		for _, role := range []string{"ORG_BUYER", "ORG_MANAGER", "STAFF_AGENT"} {
			b := ask(t, f, "ORG_BUYER", nil)
			d := f.As(role).Must(`mutation($i: CancelOrderInput!) { cancelOrder(input: $i) { userErrors { code } order { status } } }`,
				map[string]any{"i": map[string]any{"orderId": b.order, "version": 1, "reason": "not needed"}})
			require.Equal(t, "CANCELLED", testkit.At(d, "cancelOrder", "order", "status"), "%v", d)
			is(t, f, b, approval.StatusWITHDRAWN, order.StatusCANCELLED)
		}
	})
}

// Two managers, the end of the time and a cancellation at once: one of them wins,
// and the order and the question agree.
func TestOneDecision(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		system := auth.WithSystem(t.Context(), "test")
		for round := range 8 {
			a := ask(t, f, "ORG_BUYER", &approvals.Need{ExpiresAt: time.Now().UTC().Add(time.Hour)})
			late := approvals.New(f.Store, f.Orders, approvals.Options{Clock: func() time.Time { return time.Now().Add(2 * time.Hour) }})
			var wait sync.WaitGroup
			won := make([]bool, 5)
			for i, role := range []string{"ORG_MANAGER", "ORG_ADMIN", "ORG_MANAGER", "ORG_ADMIN"} {
				wait.Go(func() {
					decision := []string{"APPROVE", "DECLINE"}[(i+round)%2]
					d := decide(f, role, a, 1, decision, "x")
					list, ok := d.At("decideApproval", "userErrors").([]any)
					won[i] = ok && len(list) == 0
				})
			}
			if round%2 == 0 {
				wait.Go(func() { _ = late.Expire(t.Context()) })
			}
			wait.Wait()
			x, err := f.Store.Client().Approval.Get(system, a.approval)
			require.NoError(t, err)
			winners := 0
			for _, w := range won {
				if w {
					winners++
				}
			}
			want := map[approval.Status]order.Status{
				approval.StatusAPPROVED: order.StatusPLACED, approval.StatusDECLINED: order.StatusCANCELLED, approval.StatusEXPIRED: order.StatusCANCELLED,
			}[x.Status]
			is(t, f, a, x.Status, want)
			require.Equal(t, 2, x.Version)
			require.Equal(t, map[bool]int{true: 0, false: 1}[x.Status == approval.StatusEXPIRED], winners)
			n := 0
			require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(),
				`SELECT count(*) FROM events WHERE subject_id = $1 AND kind = 'APPROVAL_DECIDED'`, string(a.order)).Scan(&n))
			require.Equal(t, 1, n)
		}
	})
}

func TestApprovalsExpire(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		a := ask(t, f, "ORG_MEMBER", nil)
		f.Work()
		require.NoError(t, f.Approvals.Expire(t.Context()))
		is(t, f, a, approval.StatusPENDING, order.StatusAWAITING_APPROVAL)
		f.Clock = func() time.Time { return time.Now().AddDate(0, 0, 14).Add(time.Minute) }
		require.NoError(t, f.Approvals.Expire(t.Context()))
		is(t, f, a, approval.StatusEXPIRED, order.StatusCANCELLED)
		require.Contains(t, f.Asked.Calls(), "release "+string(a.order))
		after := f.Fingerprint()
		require.NoError(t, f.Approvals.Expire(t.Context()))
		require.Equal(t, after, f.Fingerprint(), "a second run finds nothing to do")
		f.Work()
		told := func(person string) (kinds []string) {
			list, err := f.Store.Client().Notification.Query().Where(notification.UserID(f.World.Users[person].ID), notification.OrderID(a.order)).
				Order(ent.Asc(notification.FieldCreatedAt, notification.FieldID)).All(auth.WithSystem(t.Context(), "test"))
			require.NoError(t, err)
			for _, n := range list {
				kinds = append(kinds, string(n.Kind)+" "+n.Data.Cause)
			}
			return kinds
		}
		require.Equal(t, []string{"APPROVAL_DECIDED EXPIRED"}, told("ORG_MEMBER"))
		for _, role := range []string{"ORG_MANAGER", "ORG_ADMIN"} {
			require.Equal(t, []string{"APPROVAL_REQUESTED ", "APPROVAL_DECIDED EXPIRED"}, told(role), role)
		}
		require.Empty(t, told("ORG_BUYER"))
	})
}

// A scope that holds for orders holds for the questions about them: each role
// sees the questions of just the orders that it sees, by every way, guests and
// those who have no questions apart (Shopware 20702).
func TestApprovalsAreAsVisibleAsOrders(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		all := map[string]string{} // approval -> order
		for _, person := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "COLLEAGUE", "SUB", "SOUTH"} {
			a := ask(t, f, person, nil)
			all[string(a.approval)] = string(a.order)
		}
		cases := 0
		for _, r := range schema.Roles {
			if schema.Grants[r.Key].Read("Approval") == auth.ScopeNone {
				require.NotEmpty(t, f.As(r.Key).Do(`{ approvals { totalCount } }`, nil).Errors, r.Key)
				continue
			}
			var list []string
			d := f.As(r.Key).Must(`{ approvals(first: 100) { totalCount edges { node { id order { id } } } } }`, nil)
			for _, e := range testkit.At(d, "approvals", "edges").([]any) {
				list = append(list, testkit.At(e, "node", "id").(string))
				require.NotNil(t, testkit.At(e, "node", "order", "id"), "%s sees a question without its order", r.Key)
			}
			for id, of := range all {
				cases++
				sees := f.As(r.Key).Do(`query($id: ID!) { order(id: $id) { id approval { id } } }`, map[string]any{"id": of})
				a := f.As(r.Key).Do(`query($id: ID!) { approval(id: $id) { id } }`, map[string]any{"id": id})
				n := f.As(r.Key).Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
				if sees.At("order") == nil {
					require.Equal(t, "NOT_FOUND", a.Code(), "%s: %s", r.Key, a.Body)
					require.Equal(t, "NOT_FOUND", n.Code(), "%s: %s", r.Key, n.Body)
					require.NotContains(t, list, id)
					continue
				}
				require.Equal(t, id, sees.At("order", "approval", "id"), r.Key)
				require.Equal(t, id, a.At("approval", "id"), r.Key)
				require.Contains(t, list, id)
			}
		}
		t.Logf("questions compared with their orders: %d", cases)
	})
}

// The three forms of the rule about who answers agree: what the list has as
// mine, what the buttons are, who is told, and who then may.
func TestWhoAnswers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := auth.WithSystem(t.Context(), "test")
		user := func(person string) gid.ID { return f.World.Users[person].ID }
		until := time.Now().UTC().AddDate(0, 0, 3)
		list := []asked{
			ask(t, f, "ORG_MEMBER", nil), ask(t, f, "ORG_MANAGER", nil), ask(t, f, "ORG_ADMIN", nil), ask(t, f, "SUB", nil), ask(t, f, "SOUTH", nil),
			ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: user("ORG_MANAGER")}),
			ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: user("ORG_ADMIN")}),
			ask(t, f, "ORG_BUYER", &approvals.Need{ApproverID: user("COLLEAGUE")}), // who decides nothing any more
		}
		check := func() {
			t.Helper()
			for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN"} {
				mine := map[string]bool{}
				if schema.Grants[role].Has("approval.decide") {
					d := f.As(role).Must(`{ approvals(filter: {mine: true}, first: 100) { totalCount edges { node { id } } } viewer { attention { approvalsToDecide } } }`, nil)
					for _, e := range testkit.At(d, "approvals", "edges").([]any) {
						mine[testkit.At(e, "node", "id").(string)] = true
					}
					require.InDelta(t, len(mine), testkit.At(d, "viewer", "attention", "approvalsToDecide"), 0)
					not := f.As(role).Must(`{ all: approvals { totalCount } others: approvals(filter: {mine: false}) { totalCount } }`, nil)
					require.InDelta(t, testkit.At(not, "all", "totalCount").(float64)-float64(len(mine)), testkit.At(not, "others", "totalCount"), 0)
				}
				for _, a := range list {
					x := f.As(role).Do(`query($id: ID!) { approval(id: $id) { availableActions } }`, map[string]any{"id": a.approval})
					actions, _ := x.At("approval", "availableActions").([]any)
					who, err := f.Approvals.Deciders(ctx, a.approval)
					require.NoError(t, err)
					buttons := slices.Contains(actions, any("APPROVE"))
					require.Equal(t, mine[string(a.approval)], buttons, "%s, %s", role, a.approval)
					if slices.Contains(who, user(role)) {
						require.True(t, buttons, "%s is asked and may not answer", role)
					}
					if buttons && role != "ORG_ADMIN" {
						require.Contains(t, who, user(role), "%s may answer and is not asked", role)
					}
				}
			}
		}
		check()
		delegate := func(role string, to any, until any) *testkit.Answer {
			return f.As(role).Do(`mutation($i: DelegateApprovalsInput!) { delegateApprovals(input: $i) { userErrors { code field } membership { delegation { delegate { name } until } } } }`,
				map[string]any{"i": map[string]any{"delegateUserId": to, "until": until}})
		}
		at := until.Truncate(time.Second).Format(time.RFC3339)
		d := delegate("ORG_ADMIN", user("ORG_MANAGER"), at)
		require.Equal(t, f.World.Users["ORG_MANAGER"].Name, d.At("delegateApprovals", "membership", "delegation", "delegate", "name"), d.Body)
		check()
		done := decide(f, "ORG_MANAGER", list[6], 1, "APPROVE", nil)
		require.Equal(t, f.World.Users["ORG_ADMIN"].Name, done.At("decideApproval", "approval", "delegator", "name"), done.Body)
		require.Equal(t, f.World.Users["ORG_MANAGER"].Name, done.At("decideApproval", "approval", "decidedBy", "name"))

		before := f.Fingerprint()
		for _, c := range []struct {
			to    any
			until any
			field string
		}{
			{user("ORG_ADMIN"), at, "delegateUserId"}, {user("ORG_BUYER"), at, "delegateUserId"}, {user("ORG_MANAGER"), nil, "until"},
			{user("ORG_MANAGER"), "2020-01-01T00:00:00Z", "until"}, {user("ORG_MANAGER"), time.Now().AddDate(2, 0, 0).UTC().Format(time.RFC3339), "until"},
		} {
			x := delegate("ORG_ADMIN", c.to, c.until)
			require.Equal(t, []any{"input", c.field}, x.At("delegateApprovals", "userErrors", 0, "field"), x.Body)
		}
		require.Equal(t, "NOT_FOUND", delegate("ORG_MANAGER", user("SOUTH"), at).Code())
		require.Equal(t, "NOT_FOUND", delegate("ORG_MANAGER", gid.New(gid.User), at).Code())
		require.Equal(t, before, f.Fingerprint())

		// It ends by itself, and on request.
		another := ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: user("ORG_ADMIN")})
		f.Clock = func() time.Time { return until }
		require.Equal(t, "OTHER_APPROVER", decide(f, "ORG_MANAGER", another, 1, "APPROVE", nil).At("decideApproval", "userErrors", 0, "code"))
		require.Nil(t, f.As("ORG_ADMIN").Must(`{ viewer { membership { delegation { until } } } }`, nil)["viewer"].(map[string]any)["membership"].(map[string]any)["delegation"])
		f.Clock = nil
		require.Empty(t, delegate("ORG_ADMIN", nil, nil).At("delegateApprovals", "userErrors"))
		require.Equal(t, "OTHER_APPROVER", decide(f, "ORG_MANAGER", another, 1, "APPROVE", nil).At("decideApproval", "userErrors", 0, "code"))
	})
}

func TestApprovalMails(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE users SET language = 'DE' WHERE id = $1`, string(f.World.Users["ORG_MEMBER"].ID))
		require.NoError(t, err)
		a := ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: f.World.Users["ORG_MANAGER"].ID})
		f.Work()
		var to []string
		for _, m := range f.Mails() {
			to = append(to, m.To)
			require.Contains(t, m.Subject, "waits for approval")
			require.Contains(t, strings.Join(strings.Fields(m.Text), " "), f.World.Users["ORG_MEMBER"].Name+" asks for it to be approved")
		}
		require.Equal(t, []string{world.Email("ORG_MANAGER")}, to, "who is named is asked, and nobody else")
		require.Empty(t, decide(f, "ORG_MANAGER", a, 1, "DECLINE", "Zu teuer").At("decideApproval", "userErrors"))
		f.Work()
		mails := f.Mails()[1:]
		require.Len(t, mails, 1, "of the answer, and not of the cancelled order as well")
		require.Equal(t, world.Email("ORG_MEMBER"), mails[0].To)
		require.Contains(t, mails[0].Subject, "wurde nicht freigegeben")
		require.Contains(t, strings.Join(strings.Fields(mails[0].Text), " "), "Anmerkung: Zu teuer.")

		b := ask(t, f, "ORG_MEMBER", nil)
		require.Empty(t, decide(f, "ORG_MANAGER", b, 1, "APPROVE", nil).At("decideApproval", "userErrors"))
		f.Work()
		var subjects []string
		for _, m := range f.Mails()[2:] {
			subjects = append(subjects, m.To+" "+strings.Join(strings.Fields(m.Subject)[2:], " "))
			require.NotContains(t, m.To, "admin", "the question was answered before anybody was told")
		}
		require.Contains(t, fmt.Sprint(subjects), world.Email("ORG_MEMBER"))
		require.Contains(t, fmt.Sprint(subjects), "freigegeben")
	})
}

func TestSpendingLimits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		save := func(role string, input map[string]any) *testkit.Answer {
			return f.As(role).Do(`mutation($i: SaveSpendingLimitInput!) { saveSpendingLimit(input: $i) { userErrors { code field }
				spendingLimit { id version period amount { amount currency } organization { name } membership { id } role { key } approver { name } } } }`,
				map[string]any{"i": input})
		}
		limit := func(more map[string]any) map[string]any {
			out := map[string]any{"period": "ORDER", "amount": "250.50", "currency": "EUR"}
			maps.Copy(out, more)
			return out
		}
		w := f.World
		refused := func(d *testkit.Answer, code string, field ...any) {
			t.Helper()
			require.Equal(t, code, d.At("saveSpendingLimit", "userErrors", 0, "code"), d.Body)
			if len(field) > 0 {
				require.Equal(t, append([]any{"input"}, field...), d.At("saveSpendingLimit", "userErrors", 0, "field"))
			}
		}
		ok := save("ORG_MANAGER", limit(map[string]any{"roleId": w.Roles["ORG_MEMBER"].ID, "approverId": w.Users["ORG_MANAGER"].ID}))
		require.Empty(t, ok.At("saveSpendingLimit", "userErrors"), ok.Body)
		require.Equal(t, "250.50", ok.At("saveSpendingLimit", "spendingLimit", "amount", "amount"))
		id := ok.At("saveSpendingLimit", "spendingLimit", "id")

		before := f.Fingerprint()
		refused(save("ORG_MANAGER", limit(map[string]any{"roleId": w.Roles["ORG_MEMBER"].ID})), "TAKEN", "period")
		refused(save("ORG_MANAGER", limit(map[string]any{"roleId": w.Roles["ORG_MEMBER"].ID, "membershipId": w.Memberships["ORG_MEMBER"].ID})), "INVALID", "roleId")
		refused(save("ORG_MANAGER", limit(map[string]any{"amount": "-1"})), "INVALID", "amount")
		refused(save("ORG_MANAGER", limit(map[string]any{"amount": "99999999999999999999"})), "INVALID", "amount")
		refused(save("ORG_MANAGER", limit(map[string]any{"currency": "XYZZY"})), "INVALID", "currency")
		refused(save("ORG_MANAGER", limit(map[string]any{"currency": "ABC"})), "INVALID", "currency")
		refused(save("ORG_MANAGER", limit(map[string]any{"approverId": w.Users["ORG_BUYER"].ID})), "INVALID", "approverId")
		refused(save("ORG_MANAGER", limit(map[string]any{"id": id, "version": 1, "membershipId": w.Memberships["ORG_BUYER"].ID})), "INVALID", "membershipId")
		refused(save("ORG_MANAGER", limit(map[string]any{"id": id})), "INVALID", "version")
		refused(save("STAFF_ADMIN", limit(nil)), "INVALID", "organizationId")
		require.Equal(t, "CONFLICT", save("ORG_MANAGER", limit(map[string]any{"id": id, "version": 7})).Code())
		for _, hidden := range []map[string]any{
			{"approverId": w.Users["SOUTH"].ID}, {"organizationId": w.South.ID}, {"organizationId": w.Sub.ID}, {"roleId": w.Roles["STAFF_ADMIN"].ID},
			{"membershipId": gid.New(gid.Membership)}, {"id": gid.New(gid.SpendingLimit), "version": 1},
		} {
			d := save("ORG_MANAGER", limit(hidden))
			require.Equal(t, "NOT_FOUND", d.Code(), "%v: %s", hidden, d.Body)
		}
		require.Contains(t, save("ORG_BUYER", limit(nil)).Body, "Cannot query field")

		// Nobody widens their own. North has 10,000 EUR a month for everybody.
		own := limit(map[string]any{"roleId": w.Roles["ORG_MANAGER"].ID, "period": "MONTH", "amount": "20000"})
		refused(save("ORG_MANAGER", own), "OWN_LIMIT")
		refused(save("ORG_MANAGER", limit(map[string]any{"membershipId": w.Memberships["ORG_MANAGER"].ID, "amount": "1"})), "OWN_LIMIT") // without the month
		everybody := rowsOf(t, f, "SpendingLimit")
		var north string
		for _, x := range everybody {
			if x.org == string(w.North.ID) && x.id != id {
				north = x.id
			}
		}
		refused(save("ORG_MANAGER", limit(map[string]any{"id": north, "version": 1, "period": "MONTH", "amount": "10000.01"})), "OWN_LIMIT")
		refused(save("ORG_ADMIN", limit(map[string]any{"id": north, "version": 1, "period": "MONTH", "amount": "10000.01"})), "OWN_LIMIT")
		refused(save("ORG_MANAGER", limit(map[string]any{"id": north, "version": 1, "period": "MONTH", "amount": "9000", "currency": "USD"})), "OWN_LIMIT")
		gone := f.As("ORG_MANAGER").Do(`mutation($i: DeleteSpendingLimitInput!) { deleteSpendingLimit(input: $i) { userErrors { code } deletedId } }`,
			map[string]any{"i": map[string]any{"id": north, "version": 1}})
		require.Equal(t, "OWN_LIMIT", gone.At("deleteSpendingLimit", "userErrors", 0, "code"), gone.Body)
		require.Equal(t, before, f.Fingerprint())
		require.Empty(t, save("ORG_MANAGER", limit(map[string]any{"id": north, "version": 1, "period": "MONTH", "amount": "9000"})).At("saveSpendingLimit", "userErrors"))
		require.Empty(t, save("ORG_ADMIN", own).At("saveSpendingLimit", "userErrors"), "an administrator sets it for the managers")
		require.Empty(t, save("STAFF_ADMIN", limit(map[string]any{"id": north, "version": 2, "period": "MONTH", "amount": "50000"})).At("saveSpendingLimit", "userErrors"))

		gone = f.As("ORG_ADMIN").Do(`mutation($i: DeleteSpendingLimitInput!) { deleteSpendingLimit(input: $i) { userErrors { code } deletedId } }`,
			map[string]any{"i": map[string]any{"id": id, "version": 1}})
		require.Equal(t, id, gone.At("deleteSpendingLimit", "deletedId"), gone.Body)
	})
}

func TestNeeded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		w, ctx := f.World, auth.WithSystem(t.Context(), "test")
		do := func(fn func(ctx context.Context, tx *ent.Client) error) {
			t.Helper()
			require.NoError(t, f.Store.Tx(ctx, fn))
		}
		need := func(person string, minor int64, currency string) (n *approvals.Need) {
			t.Helper()
			viewer := auth.WithViewer(t.Context(), f.Viewer(person)) // who sees none of the limits
			require.NoError(t, f.Store.Tx(viewer, func(ctx context.Context, tx *ent.Client) (err error) {
				n, err = f.Approvals.Needed(ctx, tx, approvals.Question{
					OrganizationID: w.North.ID, UserID: w.Users[person].ID, MembershipID: w.Memberships[person].ID, TotalMinor: minor, Currency: currency,
				})
				return err
			}))
			return n
		}
		set := func(membership, role string, period spendinglimit.Period, minor int64, approver string) (id gid.ID) {
			do(func(ctx context.Context, tx *ent.Client) error {
				c := tx.SpendingLimit.Create().SetOrganizationID(w.North.ID).SetPeriod(period).SetAmountMinor(minor).SetCurrency("EUR")
				if membership != "" {
					c.SetMembershipID(w.Memberships[membership].ID)
				}
				if role != "" {
					c.SetRoleID(w.Roles[role].ID)
				}
				if approver != "" {
					c.SetApproverID(w.Users[approver].ID)
				}
				l, err := c.Save(ctx)
				id = l.ID
				return err
			})
			return id
		}
		spend := func(person string, minor int64, currency string, at time.Time, status order.Status) {
			do(func(ctx context.Context, tx *ent.Client) error {
				return tx.Order.Create().SetOrganizationID(w.North.ID).SetUserID(w.Users[person].ID).SetNumber("S-" + string(gid.New("x"))).
					SetCurrency(currency).SetTotalMinor(minor).SetStatus(status).SetPlacedAt(at).Exec(ctx)
			})
		}
		clear := func() {
			_, err := f.Store.Raw(ctx).ExecContext(ctx, `DELETE FROM spending_limits WHERE organization_id = $1`, string(w.North.ID))
			require.NoError(t, err)
		}
		clear()
		wednesday := time.Date(2031, 4, 16, 10, 0, 0, 0, time.UTC) // long after the orders of the world
		monday := time.Date(2031, 4, 14, 0, 0, 0, 0, time.UTC)
		f.Clock = func() time.Time { return wednesday }
		require.Nil(t, need("ORG_BUYER", 1_000_000_000, "EUR"), "who buys without asking has no limit when none is set")
		n := need("ORG_MEMBER", 1, "EUR")
		require.Equal(t, approvals.CauseRole, n.Cause.Kind)
		require.True(t, n.ExpiresAt.Equal(wednesday.AddDate(0, 0, 14)))

		set("", "", spendinglimit.PeriodORDER, 10_000, "ORG_ADMIN")
		require.Nil(t, need("ORG_MEMBER", 10_000, "EUR"), "a limit lets members order up to it")
		n = need("ORG_MEMBER", 10_001, "EUR")
		require.Equal(t, []any{"LIMIT", "ORDER", int64(10_000), int64(10_001)}, []any{n.Cause.Kind, n.Cause.Period, n.Cause.LimitMinor, n.Cause.AmountMinor})
		require.Equal(t, w.Users["ORG_ADMIN"].ID, n.ApproverID)
		require.Empty(t, need("ORG_ADMIN", 10_001, "EUR").ApproverID, "nobody is asked for their own order")
		n = need("ORG_MEMBER", 1, "USD")
		require.Equal(t, "EUR", n.Cause.LimitCurrency)
		l, ok := approvals.LimitIn(n.Cause)
		require.True(t, ok)
		require.Nil(t, l.Spent)

		set("", "ORG_MEMBER", spendinglimit.PeriodORDER, 20_000, "")
		require.Nil(t, need("ORG_MEMBER", 20_000, "EUR"), "the role before everybody")
		require.NotNil(t, need("ORG_BUYER", 20_000, "EUR"))
		set("ORG_MEMBER", "", spendinglimit.PeriodWEEK, 30_000, "COLLEAGUE")
		require.Nil(t, need("ORG_MEMBER", 30_000, "EUR"), "the person before the role")
		require.Empty(t, need("ORG_MEMBER", 30_001, "EUR").ApproverID, "who decides nothing is not asked")

		// A week from Monday, in UTC.
		spend("ORG_MEMBER", 5_000, "EUR", monday, order.StatusCONFIRMED)
		spend("ORG_MEMBER", 4_000, "EUR", monday.Add(time.Hour), order.StatusAWAITING_APPROVAL)
		for _, not := range []func(){
			func() { spend("ORG_MEMBER", 70_000, "EUR", monday.Add(-time.Microsecond), order.StatusCOMPLETED) }, // the week before
			func() { spend("ORG_MEMBER", 70_000, "EUR", monday, order.StatusCANCELLED) },
			func() { spend("ORG_MEMBER", 70_000, "EUR", monday, order.StatusDRAFT) },
			func() { spend("ORG_MEMBER", 70_000, "USD", monday, order.StatusPLACED) },
			func() { spend("ORG_BUYER", 70_000, "EUR", monday, order.StatusPLACED) },
		} {
			not()
		}
		require.Nil(t, need("ORG_MEMBER", 21_000, "EUR"))
		require.EqualValues(t, 9_000, need("ORG_MEMBER", 21_001, "EUR").Cause.SpentMinor)

		// All periods that are set must hold: a day within the week.
		set("ORG_MEMBER", "", spendinglimit.PeriodDAY, 1_000, "")
		require.Equal(t, "DAY", need("ORG_MEMBER", 1_001, "EUR").Cause.Period)
		require.Nil(t, need("ORG_MEMBER", 1_000, "EUR"))
		require.Equal(t, w.Users["ORG_MANAGER"].ID, func() gid.ID {
			set("ORG_MEMBER", "", spendinglimit.PeriodMONTH, 10, "ORG_MANAGER")
			return need("ORG_MEMBER", 1_001, "EUR").ApproverID
		}(), "of several limits, the first that names somebody")

		// Staff order without being asked.
		do(func(ctx context.Context, tx *ent.Client) error {
			n, err := f.Approvals.Needed(ctx, tx, approvals.Question{OrganizationID: w.North.ID, UserID: w.Users["STAFF_SALES"].ID, TotalMinor: 1 << 40, Currency: "EUR"})
			require.Nil(t, n)
			return err
		})
	})
}

// Two orders of one person at once are not both within what is left.
func TestOneSpendsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		w, ctx := f.World, auth.WithSystem(t.Context(), "test")
		var free int
		var mu sync.Mutex
		var wait sync.WaitGroup
		for range 8 { // 10,000 EUR a month
			wait.Go(func() {
				err := f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
					n, err := f.Approvals.Needed(ctx, tx, approvals.Question{
						OrganizationID: w.North.ID, UserID: w.Users["ORG_BUYER"].ID, MembershipID: w.Memberships["ORG_BUYER"].ID, TotalMinor: 300_000, Currency: "EUR",
					})
					if err != nil || n != nil {
						return err
					}
					mu.Lock()
					free++
					mu.Unlock()
					return tx.Order.Create().SetOrganizationID(w.North.ID).SetUserID(w.Users["ORG_BUYER"].ID).SetNumber("P-" + string(gid.New("x"))).
						SetCurrency("EUR").SetTotalMinor(300_000).Exec(ctx)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		require.Equal(t, 3, free)
	})
}

// What is shown of the questions of a page costs the same for two as for fifty.
func TestApprovalsStatements(t *testing.T) {
	f := testkit.SQLite(t)
	const orders = `{ orders(first: 100) { edges { node { approval { id availableActions approver { name } user { name memberships { delegation { delegate { name } } } } } } } } }`
	const list = `{ approvals(first: 100) { edges { node { cause { amount { amount } } availableActions order { number approval { id } } approver { name } decidedBy { name } } } } }`
	few := [2]int64{statements(t, f, "ORG_MANAGER", orders), statements(t, f, "ORG_MANAGER", list)}
	for range 25 {
		ask(t, f, "ORG_MEMBER", &approvals.Need{ApproverID: f.World.Users["ORG_ADMIN"].ID})
	}
	many := [2]int64{statements(t, f, "ORG_MANAGER", orders), statements(t, f, "ORG_MANAGER", list)}
	t.Logf("statements: %v for a few, %v for many", few, many)
	for i := range few {
		require.LessOrEqual(t, many[i], few[i]+2)
	}
}
