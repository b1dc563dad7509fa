package approvals

import (
	"context"
	"errors"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/order"
	"foyer/ent/organization"
	"foyer/portal/jobs"
	"foyer/portal/problem"
)

// expiries is the work of ending questions that nobody has answered in time.
type expiries struct{}

// Kind implements jobs.Args.
func (expiries) Kind() string { return "approvals.expire" }

const (
	expireEvery   = 5 * time.Minute
	expireTimeout = 90 * time.Second
	expireReserve = 10 * time.Second // a question that has been begun is finished
	expireBatch   = 200              // ids are read ahead
)

// Work gives the background work of approvals to a runner.
func (s *Service) Work(r *jobs.Runner) {
	jobs.Handle(r, jobs.Kind{Timeout: expireTimeout, Attempts: 3}, func(ctx context.Context, _ expiries) error { return s.Expire(ctx) })
	r.Every(expireEvery, expiries{})
}

// expired is why an order is cancelled that nobody has approved in time, for the
// customer to read.
var expired = problem.Text{EN: "Nobody approved the order in time.", DE: "Die Bestellung wurde nicht rechtzeitig freigegeben."}

// Expire ends each question of which the time is over, and cancels its order.
// Each has a transaction of its own, in which it is held and looked at anew: it
// does not matter how often this runs, or in how many processes at once. One
// that cannot be ended stands in no other's way.
func (s *Service) Expire(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "questions for approval that nobody has answered in time")
	var failed []error
	after := []*ent.Approval{nil}
	for len(after) > 0 {
		q := s.store.Client().Approval.Query().Where(approval.StatusEQ(approval.StatusPENDING), approval.ExpiresAtLTE(s.now()))
		if last := after[len(after)-1]; last != nil {
			q.Where(approval.Or(approval.ExpiresAtGT(last.ExpiresAt), approval.And(approval.ExpiresAt(last.ExpiresAt), approval.IDGT(last.ID))))
		}
		list, err := q.Order(approval.ByExpiresAt(), approval.ByID()).Limit(expireBatch).All(ctx)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, a := range list {
			if end, ok := ctx.Deadline(); ok && time.Until(end) < expireReserve {
				return errors.Join(failed...) // the next run goes on
			}
			if err := s.expire(ctx, a); err != nil {
				s.o.Logger.WarnContext(ctx, "a question for approval cannot be ended", "approval", a.ID, "error", err)
				failed = append(failed, err)
			}
		}
		after = list
	}
	return errors.Join(failed...)
}

func (s *Service) expire(ctx context.Context, a *ent.Approval) error {
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		a, o, err := hold(ctx, tx, a)
		if err != nil {
			return err
		}
		if a.Status != approval.StatusPENDING || a.ExpiresAt.After(s.now()) {
			return nil // somebody was faster
		}
		if err := s.end(ctx, tx, a, ending{status: approval.StatusEXPIRED}); err != nil {
			return err
		}
		if o.Status != order.StatusAWAITING_APPROVAL {
			return nil // another system has gone on with it
		}
		customer, err := tx.Organization.Query().Where(organization.ID(o.OrganizationID)).Only(ctx)
		if err != nil {
			return err
		}
		return s.drop(ctx, tx, o, expired.In(customer.Language.Code()))
	})
}
