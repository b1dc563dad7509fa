package approvals

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/approval"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// The codes of refusals, values of the API's ApprovalErrorCode.
const (
	WrongState        = "WRONG_STATE"
	OwnOrder          = "OWN_ORDER"
	OtherApprover     = "OTHER_APPROVER"
	InsufficientStock = "INSUFFICIENT_STOCK"
	OwnLimit          = "OWN_LIMIT"
	Taken             = "TAKEN"
	TooMany           = "TOO_MANY"
	Invalid           = "INVALID"
)

// states are the states of a question in words.
var states = map[approval.Status]problem.Text{
	approval.StatusPENDING:   {EN: "Its time to be answered is over.", DE: "Die Frist für die Antwort ist abgelaufen."},
	approval.StatusAPPROVED:  {EN: "It has been approved already.", DE: "Sie wurde bereits freigegeben."},
	approval.StatusDECLINED:  {EN: "It has been declined already.", DE: "Sie wurde bereits abgelehnt."},
	approval.StatusEXPIRED:   {EN: "Its time to be answered is over.", DE: "Die Frist für die Antwort ist abgelaufen."},
	approval.StatusWITHDRAWN: {EN: "It has been taken back.", DE: "Sie wurde zurückgezogen."},
}

func wrongState(a *ent.Approval) error {
	return problem.Refuse(WrongState, states[a.Status], "input", "approvalId")
}

func insufficient() error {
	return problem.Refuse(InsufficientStock, problem.Text{
		EN: "What was ordered is no longer in stock. The question stays open.",
		DE: "Das Bestellte ist nicht mehr auf Lager. Die Freigabe bleibt offen.",
	}, "input", "approvalId")
}

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// viewer is the user who acts; nobody when it is no person.
func viewer(ctx context.Context) gid.ID {
	if v := auth.From(ctx); v != nil && !v.System() {
		return gid.ID(v.UserID)
	}
	return ""
}
