package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"foyer/auth"
	"foyer/ent/parcelreport"
	"foyer/ent/shipment"
	"foyer/graph/model"
	"foyer/portal/accounts"
	"foyer/portal/orders"
	"foyer/schema"
	"foyer/schema/gid"
)

func accountErrors(ctx context.Context, err error) ([]*model.AccountUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.AccountUserError {
		return &model.AccountUserError{Field: field, Code: model.AccountErrorCode(code), Message: message}
	})
}

// signIn runs what opens a session, and tells of it. Whether there can be a
// cookie is asked first: a session whose token nobody gets would be of no use.
func signIn(ctx context.Context, cookie bool, open func() (*accounts.Tokens, error)) (*model.SignInPayload, error) {
	c := cookiesOf(ctx)
	if cookie && c == nil {
		return nil, errNoCookies
	}
	t, err := open()
	refused, err := accountErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	p := &model.SignInPayload{UserErrors: refused}
	if t == nil {
		return p, nil
	}
	p.AccessToken, p.ExpiresAt = &t.AccessToken, &t.ExpiresAt
	if cookie {
		c.keep(t.RefreshToken, t.RefreshExpiresAt)
	} else {
		p.RefreshToken = &t.RefreshToken
	}
	return p, nil
}

// acceptInvitation is signIn for those who get tokens by it.
func acceptInvitation(ctx context.Context, cookie bool, accept func() (*accounts.Tokens, error)) (*model.AcceptInvitationPayload, error) {
	p, err := signIn(ctx, cookie, accept)
	if err != nil {
		return nil, err
	}
	return &model.AcceptInvitationPayload{
		Accepted: len(p.UserErrors) == 0, AccessToken: p.AccessToken, ExpiresAt: p.ExpiresAt, RefreshToken: p.RefreshToken, UserErrors: p.UserErrors,
	}, nil
}

// invitation is one as the API shows it.
func invitation(i *accounts.Invitation) *model.Invitation {
	if i == nil {
		return nil
	}
	return &model.Invitation{
		Name: i.Name, Email: i.Email, OrganizationName: filled(i.Organization), RoleName: i.Role, NeedsPassword: i.NeedsPassword,
	}
}

// refresh goes on with the token given, or with the browser's. The browser's
// stays when it is refused: another tab may just have put a new one there.
func (r *Resolver) refresh(ctx context.Context, token *string) (*model.SignInPayload, error) {
	return signIn(ctx, token == nil, func() (*accounts.Tokens, error) {
		if token == nil {
			return r.Accounts.Refresh(ctx, cookiesOf(ctx).refreshToken())
		}
		return r.Accounts.Refresh(ctx, *token)
	})
}

// me is the viewer as the API shows them.
func me(v *auth.Viewer) *model.Viewer {
	x := &model.Viewer{
		Kind: model.ViewerKind(v.Kind), Name: v.Name, Permissions: v.Grants().Permissions(),
		Language: schema.Language(strings.ToUpper(v.Language)),
	}
	if v.UserID != "" {
		x.ID = new(gid.ID(v.UserID))
	}
	return x
}

// attention counts what waits for the viewer, as far as it was asked for.
func (r *Resolver) attention(ctx context.Context) (*model.Attention, error) {
	a, c := &model.Attention{}, r.Store.Client()
	counts := map[string]func() error{
		"lateOrders": func() (err error) {
			a.LateOrders, err = c.Order.Query().Where(r.Orders.Late(ctx)).Count(ctx)
			return err
		},
		"ordersUnderway": func() (err error) {
			a.OrdersUnderway, err = c.Order.Query().Where(orders.Underway()).Count(ctx)
			return err
		},
		"ordersToConfirm": func() (err error) {
			a.OrdersToConfirm, err = c.Order.Query().Where(orders.ToConfirm()).Count(ctx)
			return err
		},
		"ordersToShip": func() (err error) {
			a.OrdersToShip, err = c.Order.Query().Where(orders.ToShip(ctx)).Count(ctx)
			return err
		},
		"shipmentProblems": func() (err error) {
			a.ShipmentProblems, err = c.Shipment.Query().Where(shipment.StatusEQ(shipment.StatusEXCEPTION)).Count(ctx)
			return err
		},
	}
	counts["waitingParcelReports"] = func() (err error) {
		a.WaitingParcelReports, err = c.ParcelReport.Query().Where(parcelreport.StateEQ(parcelreport.StateWAITING)).Count(ctx)
		return err
	}
	counts["approvalsToDecide"] = func() (err error) {
		a.ApprovalsToDecide, err = c.Approval.Query().Where(r.Approvals.Mine(ctx)).Count(ctx)
		return err
	}
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if count := counts[f.Name]; count != nil {
			if err := count(); err != nil {
				return nil, err
			}
			delete(counts, f.Name) // an alias asks for the same
		}
	}
	return a, nil
}
