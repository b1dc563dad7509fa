package approvals

import (
	"context"
	"fmt"
	"slices"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/role"
	"foyer/ent/spendinglimit"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// MostLimits is how many limits an organization can have, and a list shows.
const MostLimits = 100

// LimitOrder is the order of a list of limits: those for everybody, for roles,
// for persons.
var LimitOrder = []spendinglimit.OrderOption{
	spendinglimit.ByOrganizationID(), spendinglimit.ByMembershipID(), spendinglimit.ByRoleID(), spendinglimit.ByPeriod(), spendinglimit.ByID(),
}

// LimitsOf finds the limits of an organization; of all when nil.
func LimitsOf(organizationID *gid.ID) []predicate.SpendingLimit {
	if organizationID == nil {
		return nil
	}
	return []predicate.SpendingLimit{spendinglimit.OrganizationID(*organizationID)}
}

// Limit is the input of SaveLimit.
type Limit struct {
	ID             *gid.ID // of the one to change; a new one when nil
	Version        *int    // of the one to change
	OrganizationID *gid.ID // the viewer's when nil
	MembershipID   *gid.ID // one person
	RoleID         *gid.ID // a role; everybody when neither is given
	ApproverID     *gid.ID
	Period         spendinglimit.Period
	Amount         money.Decimal
	Currency       string
}

// SaveLimit sets a limit and returns its id.
func (s *Service) SaveLimit(ctx context.Context, in Limit) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		var old *ent.SpendingLimit
		org := in.OrganizationID
		if in.ID != nil {
			var err error
			if old, err = findLimit(ctx, tx, *in.ID); err != nil {
				return "", err
			}
			org = &old.OrganizationID
		} else if v := auth.From(ctx); org == nil && v != nil && v.OrganizationID != "" {
			org = new(gid.ID(v.OrganizationID))
		}
		if org == nil {
			return "", invalid("Please say for which organization.", "Bitte sagen Sie, für welche Organisation.", "organizationId")
		}
		act, all, err := limitsHeld(ctx, tx, doLimit, *org)
		if err != nil {
			return "", err
		}
		if old, err = again(all, old, in.Version); err != nil {
			return "", err
		}
		l, err := s.check(ctx, tx, in, old, *org)
		if err != nil {
			return "", err
		}
		if err := fitting(all, l); err != nil {
			return "", err
		}
		after := append(slices.DeleteFunc(slices.Clone(all), func(x *ent.SpendingLimit) bool { return x.ID == l.ID }), l)
		if err := notOwn(ctx, tx, *org, all, after); err != nil {
			return "", err
		}
		if old != nil {
			u := tx.SpendingLimit.UpdateOneID(old.ID).SetPeriod(l.Period).SetAmountMinor(l.AmountMinor).SetCurrency(l.Currency).AddVersion(1)
			if l.ApproverID != "" {
				u.SetApproverID(l.ApproverID)
			} else {
				u.ClearApproverID()
			}
			if err := u.Exec(act); err != nil {
				return "", err
			}
			return old.ID, nil
		}
		c := tx.SpendingLimit.Create().SetOrganizationID(*org).SetPeriod(l.Period).SetAmountMinor(l.AmountMinor).SetCurrency(l.Currency)
		if l.MembershipID != "" {
			c.SetMembershipID(l.MembershipID)
		}
		if l.RoleID != "" {
			c.SetRoleID(l.RoleID)
		}
		if l.ApproverID != "" {
			c.SetApproverID(l.ApproverID)
		}
		made, err := c.Save(act)
		if err != nil {
			return "", err
		}
		return made.ID, nil
	})
}

// DeleteLimit takes a limit away and returns its id.
func (s *Service) DeleteLimit(ctx context.Context, id gid.ID, version int) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		old, err := findLimit(ctx, tx, id)
		if err != nil {
			return "", err
		}
		act, all, err := limitsHeld(ctx, tx, doUnlimit, old.OrganizationID)
		if err != nil {
			return "", err
		}
		if _, err := again(all, old, &version); err != nil {
			return "", err
		}
		after := slices.DeleteFunc(slices.Clone(all), func(x *ent.SpendingLimit) bool { return x.ID == id })
		if err := notOwn(ctx, tx, old.OrganizationID, all, after); err != nil {
			return "", err
		}
		return id, tx.SpendingLimit.DeleteOneID(id).Exec(act)
	})
}

func findLimit(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.SpendingLimit, error) {
	l, err := tx.SpendingLimit.Query().Where(spendinglimit.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return l, err
}

// limitsHeld begins an action on the limits of an organization, which the viewer
// must see. Nobody else changes any of them until the transaction ends: what may
// be done with one of them depends on all.
func limitsHeld(ctx context.Context, tx *ent.Client, action string, org gid.ID) (context.Context, []*ent.SpendingLimit, error) {
	_, err := tx.Organization.Query().Where(organization.ID(org), store.Held).OnlyID(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	act, err := access.Act(ctx, action, access.Owner{Organization: org})
	if err != nil {
		return nil, nil, err
	}
	all, err := tx.SpendingLimit.Query().Where(spendinglimit.OrganizationID(org)).All(ctx)
	return act, all, err
}

// again is a limit as it is now that it is held, in the version that was read.
func again(all []*ent.SpendingLimit, old *ent.SpendingLimit, version *int) (*ent.SpendingLimit, error) {
	if old == nil {
		return nil, nil //nolint:nilnil // a new one
	}
	i := slices.IndexFunc(all, func(x *ent.SpendingLimit) bool { return x.ID == old.ID })
	switch {
	case version == nil:
		return nil, invalid("Please send the version that you have read.", "Bitte senden Sie die gelesene Version mit.", "version")
	case i < 0 || all[i].Version != *version:
		return nil, problem.ErrStale
	}
	return all[i], nil
}

// check reads a limit as it shall be. What it is about must be seen by the
// viewer; a limit that is there stays with whom it is for.
func (s *Service) check(ctx context.Context, tx *ent.Client, in Limit, old *ent.SpendingLimit, org gid.ID) (*ent.SpendingLimit, error) {
	l := &ent.SpendingLimit{OrganizationID: org, Period: in.Period, Currency: in.Currency}
	for _, x := range []struct {
		given  *gid.ID
		column *gid.ID
		field  string
		is     func() gid.ID
	}{
		{in.OrganizationID, &l.OrganizationID, "organizationId", func() gid.ID { return old.OrganizationID }},
		{in.MembershipID, &l.MembershipID, "membershipId", func() gid.ID { return old.MembershipID }},
		{in.RoleID, &l.RoleID, "roleId", func() gid.ID { return old.RoleID }},
	} {
		if x.given != nil {
			*x.column = *x.given
		}
		if old != nil {
			if x.given != nil && *x.given != x.is() {
				return nil, invalid("A limit stays with whom it is for.", "Ein Limit bleibt bei denen, für die es gilt.", x.field)
			}
			*x.column = x.is()
		}
	}
	if old != nil {
		l.ID = old.ID
	}
	if l.MembershipID != "" && l.RoleID != "" {
		return nil, invalid("A limit is for a person or for a role.", "Ein Limit gilt für eine Person oder für eine Rolle.", "roleId")
	}
	amount, err := money.Parse(string(in.Amount), in.Currency)
	switch {
	case err != nil && amount.Currency == "" && !known(in.Currency):
		return nil, invalid("This is not a currency.", "Das ist keine Währung.", "currency")
	case err != nil:
		return nil, invalid("This is not an amount.", "Das ist kein Betrag.", "amount")
	case amount.Minor < 0:
		return nil, invalid("A limit is not below zero.", "Ein Limit liegt nicht unter null.", "amount")
	}
	l.AmountMinor = amount.Minor
	if old == nil {
		if err := about(ctx, tx, l); err != nil {
			return nil, err
		}
	}
	if in.ApproverID == nil {
		return l, nil
	}
	l.ApproverID = *in.ApproverID
	if old != nil && old.ApproverID == l.ApproverID {
		return l, nil
	}
	return l, approver(ctx, tx, l)
}

func known(currency string) bool {
	_, err := money.Digits(currency)
	return err == nil
}

// about checks for whom a new limit is.
func about(ctx context.Context, tx *ent.Client, l *ent.SpendingLimit) error {
	if l.MembershipID != "" {
		m, err := tx.Membership.Query().Where(membership.ID(l.MembershipID)).Only(ctx)
		if ent.IsNotFound(err) {
			return problem.ErrNotFound
		}
		if err != nil {
			return err
		}
		if m.OrganizationID != l.OrganizationID {
			return invalid("The person does not act for this organization.", "Die Person handelt nicht für diese Organisation.", "membershipId")
		}
	}
	if l.RoleID != "" {
		r, err := tx.Role.Query().Where(role.ID(l.RoleID)).Only(ctx)
		if ent.IsNotFound(err) {
			return problem.ErrNotFound
		}
		if err != nil {
			return err
		}
		if r.Kind != role.KindORGANIZATION {
			return invalid("This is not a role in an organization.", "Das ist keine Rolle in einer Organisation.", "roleId")
		}
	}
	return nil
}

// approver checks who is to be asked.
func approver(ctx context.Context, tx *ent.Client, l *ent.SpendingLimit) error {
	there, err := tx.User.Query().Where(user.ID(l.ApproverID)).Exist(ctx)
	if err != nil {
		return err
	}
	if !there {
		return problem.ErrNotFound
	}
	all, err := deciders(auth.WithSystem(ctx, "whether an approver may decide"), tx, l.OrganizationID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(d decider) bool { return d.user == l.ApproverID }) {
		return invalid("Only an active manager or administrator of the organization can be asked.",
			"Nur wer die Organisation aktiv leitet oder verwaltet, kann gefragt werden.", "approverId")
	}
	return nil
}

// fitting checks a limit against the others of its organization.
func fitting(all []*ent.SpendingLimit, l *ent.SpendingLimit) error {
	if slices.ContainsFunc(all, func(x *ent.SpendingLimit) bool {
		return x.ID != l.ID && x.MembershipID == l.MembershipID && x.RoleID == l.RoleID && x.Period == l.Period
	}) {
		return problem.Refuse(Taken, problem.Text{
			EN: "There is a limit for the same people and the same period.",
			DE: "Für dieselben Personen und denselben Zeitraum gibt es schon ein Limit.",
		}, "input", "period")
	}
	if l.ID == "" && len(all) >= MostLimits {
		return problem.Refuse(TooMany, problem.Text{
			EN: fmt.Sprintf("There are %d limits already; delete one first.", MostLimits),
			DE: fmt.Sprintf("Es gibt bereits %d Limits; bitte löschen Sie zuerst eines.", MostLimits),
		}, "input")
	}
	return nil
}

// notOwn refuses a change by which the viewer could spend more themselves, or
// would be answered by somebody else.
func notOwn(ctx context.Context, tx *ent.Client, org gid.ID, before, after []*ent.SpendingLimit) error {
	v := auth.From(ctx)
	if v == nil || v.UserID == "" || v.Kind == auth.KindStaff {
		return nil
	}
	mine, err := tx.Membership.Query().Where(membership.UserID(gid.ID(v.UserID)), membership.OrganizationID(org)).All(ctx)
	if err != nil {
		return err
	}
	for _, m := range mine {
		if wider(holding(before, m.ID, m.RoleID), holding(after, m.ID, m.RoleID), v.Grants().Has(schema.PermBuy)) {
			return problem.Refuse(OwnLimit, problem.Text{
				EN: "Nobody widens a limit that holds for themselves; somebody else has to.",
				DE: "Niemand erweitert ein Limit, das für einen selbst gilt; das muss jemand anderes tun.",
			}, "input")
		}
	}
	return nil
}

// wider says whether somebody could spend more within some limits than within
// others. Who has no limit spends without one when they buy without asking, and
// nothing otherwise.
func wider(before, after []*ent.SpendingLimit, buys bool) bool {
	if len(before) == 0 {
		return !buys && len(after) > 0
	}
	if len(after) == 0 {
		return buys
	}
	for _, b := range before {
		i := slices.IndexFunc(after, func(a *ent.SpendingLimit) bool { return a.Period == b.Period })
		if i < 0 || after[i].Currency != b.Currency || after[i].AmountMinor > b.AmountMinor || after[i].ApproverID != b.ApproverID {
			return true
		}
	}
	return false
}
