// Package approvals asks whether an order may be placed that is over what its
// person may spend, and places or cancels it by the answer.
//
// Owns: spending limits and what counts against them, questions for approval,
// who answers them, delegation, how they end. Does not own: how the state of an
// order changes (portal/orders), what is in stock (an interface here), who may
// see and do what (schema/access.go, enforced by portal/access), who is told
// (portal/notifications).
package approvals

import (
	"context"
	"log/slog"
	"time"

	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/order"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doDecide   = "approval.decide"
	doWithdraw = "approval.withdraw"
	doDelegate = "approval.delegate"
	doLimit    = "spendingLimit.save"
	doUnlimit  = "spendingLimit.delete"
)

// Stock is what approvals need of the stock: what a waiting order has reserved
// becomes its own, or everybody's again. Both run in the transaction of ctx.
type Stock interface {
	// Allocate keeps what the order has reserved for good.
	Allocate(ctx context.Context, order gid.ID) error
	// Release gives up what the order has reserved, by line; all of it when nil.
	Release(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error
}

// DefaultDays is after how many days a question ends that nobody has answered.
const DefaultDays = 14

// Options set up a Service; zero values mean the defaults.
type Options struct {
	// Days is after how many days a question ends without an answer.
	Days int
	// Stock holds what waiting orders have reserved; nothing is kept when nil.
	Stock Stock
	// Short says whether an error of Stock.Allocate means that there is not enough
	// any more; any other error ends the request. None means it when nil.
	Short  func(error) bool
	Clock  func() time.Time // time.Now
	Logger *slog.Logger
}

// Service asks for approval.
type Service struct {
	store  *store.Store
	orders *orders.Service
	o      Options
}

// New makes the service. From now on, who cancels a waiting order takes the
// question back.
func New(st *store.Store, o *orders.Service, options Options) *Service {
	if options.Days <= 0 {
		options.Days = DefaultDays
	}
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Short == nil {
		options.Short = func(error) bool { return false }
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	s := &Service{store: st, orders: o, o: options}
	o.WhenCancelled(s.cancelled)
	return s
}

// now is the service's clock as both databases keep it.
func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// owner is what decides about a question: what decides about its order.
func owner(a *ent.Approval) access.Owner {
	return access.Owner{Organization: a.OrganizationID, User: a.UserID}
}

// Decision is the input of Decide.
type Decision struct {
	ApprovalID gid.ID
	Version    int
	Approve    bool    // otherwise it is declined
	Comment    *string // whoever asked reads it
}

// Decide answers a question. Approved, the order is placed as it was asked for:
// its prices stand, and what it has reserved is kept for it. Declined, it is
// cancelled, with the comment as the reason. When what was reserved has gone in
// the meantime, nothing happens, and the question stays open.
func (s *Service) Decide(ctx context.Context, in Decision) (gid.ID, error) {
	return s.settle(ctx, doDecide, in.ApprovalID, in.Version, func(ctx context.Context, tx *ent.Client, a *ent.Approval, o *ent.Order) error {
		comment, err := orders.Reason(in.Comment, "comment")
		if err != nil {
			return err
		}
		delegator, err := s.answers(ctx, tx, a)
		if err != nil {
			return err
		}
		if !in.Approve && comment == "" {
			return invalid("Please say why you decline.", "Bitte sagen Sie, warum Sie ablehnen.", "comment")
		}
		end := ending{status: approval.StatusAPPROVED, by: viewer(ctx), delegator: delegator, comment: comment}
		if !in.Approve {
			end.status = approval.StatusDECLINED
		}
		if err := s.end(ctx, tx, a, end); err != nil {
			return err
		}
		if !in.Approve {
			return s.drop(ctx, tx, o, comment)
		}
		if err := s.allocate(ctx, o.ID); err != nil {
			return err
		}
		return s.orders.Approved(ctx, tx, o)
	})
}

// Withdraw takes one's own question back, and cancels its order.
func (s *Service) Withdraw(ctx context.Context, id gid.ID, version int) (gid.ID, error) {
	return s.settle(ctx, doWithdraw, id, version, func(ctx context.Context, tx *ent.Client, a *ent.Approval, o *ent.Order) error {
		if err := s.end(ctx, tx, a, ending{status: approval.StatusWITHDRAWN, by: viewer(ctx)}); err != nil {
			return err
		}
		return s.drop(ctx, tx, o, "")
	})
}

// settle carries out an action on a question that waits: it finds the question
// as the viewer sees it, asks the matrix, holds the order, and looks again at the
// question, which somebody else may have answered in the meantime.
func (s *Service) settle(
	ctx context.Context, action string, id gid.ID, version int,
	fn func(ctx context.Context, tx *ent.Client, a *ent.Approval, o *ent.Order) error,
) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		a, err := find(ctx, tx, id)
		if err != nil {
			return "", err
		}
		ctx, err = access.Act(ctx, action, owner(a))
		if err != nil {
			return "", err
		}
		a, o, err := hold(ctx, tx, a)
		if err != nil {
			return "", err
		}
		switch {
		case a.Version != version:
			return "", problem.ErrStale
		case !s.waits(a, o):
			return "", wrongState(a)
		}
		if err := fn(ctx, tx, a, o); err != nil {
			return "", err
		}
		return a.ID, nil
	})
}

// find loads a question as the viewer sees it.
func find(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.Approval, error) {
	a, err := tx.Approval.Query().Where(approval.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return a, err
}

// hold locks the order of a question, and then the question, until the
// transaction ends. Whoever changes an order holds it first: two answers, an
// answer and a cancellation, an answer and the end of the time then come one
// after the other.
func hold(ctx context.Context, tx *ent.Client, a *ent.Approval) (*ent.Approval, *ent.Order, error) {
	o, err := tx.Order.Query().Where(order.ID(a.OrderID), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	a, err = tx.Approval.Query().Where(approval.ID(a.ID), store.Held).Only(ctx)
	return a, o, err
}

// waits says whether a question can still be answered.
func (s *Service) waits(a *ent.Approval, o *ent.Order) bool {
	return a.Status == approval.StatusPENDING && o.Status == order.StatusAWAITING_APPROVAL && a.ExpiresAt.After(s.now())
}

// ending is how a question ends.
type ending struct {
	status        approval.Status
	by, delegator gid.ID
	comment       string
}

// end writes how a question ended, and that it did.
func (s *Service) end(ctx context.Context, tx *ent.Client, a *ent.Approval, e ending) error {
	u := tx.Approval.UpdateOneID(a.ID).Where(approval.Version(a.Version), approval.StatusEQ(approval.StatusPENDING)).
		SetStatus(e.status).SetDecidedAt(s.now()).ClearPendingOrderID().AddVersion(1)
	if e.by != "" {
		u.SetDecidedByID(e.by)
	}
	if e.delegator != "" {
		u.SetDelegatorID(e.delegator)
	}
	if e.comment != "" {
		u.SetComment(e.comment)
	}
	if err := u.Exec(ctx); err != nil {
		if ent.IsNotFound(err) {
			return problem.ErrStale
		}
		return err
	}
	own := owner(a)
	own.Subject = a.OrderID
	return events.Append(ctx, tx, events.Event{
		Kind: events.ApprovalDecided, Subject: a.OrderID, Owner: own, At: s.now(),
		Data: schema.EventData{Subject: string(a.ID), From: string(a.Status), To: string(e.status), Text: e.comment},
	})
}

// drop cancels an order that has waited in vain, and gives back what it held.
func (s *Service) drop(ctx context.Context, tx *ent.Client, o *ent.Order, reason string) error {
	if s.o.Stock != nil {
		if err := s.o.Stock.Release(ctx, o.ID, nil); err != nil {
			return err
		}
	}
	return s.orders.Dropped(ctx, tx, o, reason)
}

// allocate keeps what an order has reserved.
func (s *Service) allocate(ctx context.Context, orderID gid.ID) error {
	if s.o.Stock == nil {
		return nil
	}
	err := s.o.Stock.Allocate(ctx, orderID)
	if err != nil && s.o.Short(err) {
		return insufficient()
	}
	return err
}

// cancelled takes a question back when its order is cancelled in another way,
// in the transaction of that.
func (s *Service) cancelled(ctx context.Context, tx *ent.Client, o *ent.Order, _ string) error {
	if o.Status != order.StatusAWAITING_APPROVAL {
		return nil
	}
	a, err := tx.Approval.Query().Where(approval.PendingOrderID(o.ID), store.Held).Only(ctx)
	if ent.IsNotFound(err) { // an order of another system, say
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(ctx, tx, a, ending{status: approval.StatusWITHDRAWN, by: viewer(ctx)})
}
