package orders

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/access"
)

// The actions of the access matrix that this package carries out.
const (
	doConfirm  = "order.confirm"
	doCancel   = "order.cancel"
	doPromise  = "order.promise"
	doNote     = "order.note"
	doInternal = "order.note.internal"
	doShip     = "shipment.create"
	doTrack    = "shipment.track"
	doApprove  = "approval.decide"   // see Approved
	doDrop     = "approval.withdraw" // and all else that ends the waiting; see Dropped
	doChange   = "order.change"
)

// transition says in which states an action is possible, and which state
// follows; empty means that the state stays.
type transition struct {
	action string
	from   []order.Status
	to     order.Status
}

var every = []order.Status{
	order.StatusDRAFT, order.StatusAWAITING_APPROVAL, order.StatusPLACED, order.StatusCONFIRMING,
	order.StatusCONFIRMED, order.StatusCANCELLED, order.StatusCOMPLETED,
}

// transitions is the only way in which the state of an order changes here. Who
// may do an action is the matter of schema/access.go.
//
//   - An order is confirmed once it has been placed; CONFIRMING is an order that
//     another system has taken over and not yet answered for.
//   - It can be cancelled as long as it is open. That nothing of it has been sent
//     is a further condition of cancelOrder.
//   - It can be changed in the same states, apart from those before it was placed:
//     a draft is written anew, and what somebody is asked to approve does not
//     change under their hands. When nothing is left of it, it is cancelled.
//   - It is COMPLETED exactly as long as all of it is delivered. Carriers' reports
//     decide that both ways: a delivery that turns out to be none opens it again.
//   - An order that waits for approval is placed by it. When it is declined, taken
//     back or not answered in time, the order is cancelled. portal/approvals says
//     when that is.
//   - CANCELLED is final.
var transitions = []transition{
	{doConfirm, []order.Status{order.StatusPLACED, order.StatusCONFIRMING}, order.StatusCONFIRMED},
	{doCancel, []order.Status{
		order.StatusDRAFT, order.StatusAWAITING_APPROVAL, order.StatusPLACED, order.StatusCONFIRMING, order.StatusCONFIRMED,
	}, order.StatusCANCELLED},
	{doChange, []order.Status{order.StatusPLACED, order.StatusCONFIRMING, order.StatusCONFIRMED}, ""},
	{doTrack, []order.Status{order.StatusCONFIRMED}, order.StatusCOMPLETED},
	{doTrack, []order.Status{order.StatusCOMPLETED}, order.StatusCONFIRMED},

	{doApprove, []order.Status{order.StatusAWAITING_APPROVAL}, order.StatusPLACED},
	{doDrop, []order.Status{order.StatusAWAITING_APPROVAL}, order.StatusCANCELLED},

	{doPromise, []order.Status{order.StatusPLACED, order.StatusCONFIRMING, order.StatusCONFIRMED}, ""},
	{doShip, []order.Status{order.StatusCONFIRMED}, ""},
	{doNote, every, ""},
	{doInternal, every, ""},
}

// target is the state that follows when an action is done in a state: the same
// one when the action does not change it. ok is false when the action is not
// possible there.
func target(action string, from order.Status) (to order.Status, ok bool) {
	for _, t := range transitions {
		if t.action == action && slices.Contains(t.from, from) {
			if t.to == "" {
				return from, true
			}
			return t.to, true
		}
	}
	return "", false
}

// Action is something that can be done with an order, by the name that the API
// gives it.
type Action string

// The actions on an order.
const (
	Confirm         Action = "CONFIRM"
	Cancel          Action = "CANCEL"
	SetPromisedDate Action = "SET_PROMISED_DATE"
	AddNote         Action = "ADD_NOTE"
	CreateShipment  Action = "CREATE_SHIPMENT"
	ChangeOrder     Action = "CHANGE"
)

// offers are the actions in the order in which they are offered.
var offers = []struct {
	name   Action
	action string
}{
	{Confirm, doConfirm}, {CreateShipment, doShip}, {SetPromisedDate, doPromise}, {AddNote, doNote}, {ChangeOrder, doChange}, {Cancel, doCancel},
}

// Available lists what the viewer may do with an order as it is: the matrix
// allows it to them, and the order's state allows it. A client shows buttons
// for these and no others.
func (s *Service) Available(ctx context.Context, o *ent.Order) ([]Action, error) {
	list := []Action{}
	for _, x := range offers {
		if _, ok := target(x.action, o.Status); !ok || !access.May(ctx, x.action, owner(o)) {
			continue
		}
		possible := true
		switch x.name {
		case Cancel:
			possible = o.FulfillmentStatus == order.FulfillmentStatusUNFULFILLED
		case CreateShipment, ChangeOrder: // what has not been sent can be taken off
			if x.name == ChangeOrder && o.Source != "" {
				possible = false
				break
			}
			var err error
			if possible, err = s.shippable(ctx, o); err != nil {
				return nil, err
			}
		case Confirm, SetPromisedDate, AddNote:
		}
		if possible {
			list = append(list, x.name)
		}
	}
	return list, nil
}

// shippable says whether something of the order is left to send. Only where
// some has been delivered does the axis not say it.
func (s *Service) shippable(ctx context.Context, o *ent.Order) (bool, error) {
	switch o.FulfillmentStatus {
	case order.FulfillmentStatusUNFULFILLED, order.FulfillmentStatusPARTIALLY_SHIPPED:
		return true, nil
	case order.FulfillmentStatusPARTIALLY_DELIVERED:
		return s.left(ctx, o.ID)
	case order.FulfillmentStatusSHIPPED, order.FulfillmentStatusDELIVERED:
	}
	return false, nil
}
