package accounts

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/onetimetoken"
	"foyer/schema/gid"
)

// orderOf makes an order with a contact.
func (w *world) orderOf(number, contact string) *ent.Order {
	w.t.Helper()
	var o *ent.Order
	require.NoError(w.t, w.st.Tx(w.sys, func(ctx context.Context, tx *ent.Client) (err error) {
		o, err = tx.Order.Create().SetOrganizationID(w.globex).SetNumber(number).SetCurrency("EUR").SetContactEmail(contact).Save(ctx)
		return err
	}))
	return o
}

// guestOf opens an order.
func (w *world) guestOf(number, email string) *Guest {
	w.t.Helper()
	c, err := w.NewGuestCode(w.ctx, number, email)
	require.NoError(w.t, err)
	require.NotNil(w.t, c)
	g, err := w.OpenOrder(w.ctx, OpenOrder{Number: number, Email: email, Code: c.Code})
	require.NoError(w.t, err)
	return g
}

// TestForgedGuests: tokens that we have signed, but for no guest that there is.
func TestForgedGuests(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		mine, other := w.orderOf("FO-1", "a@example.com"), w.orderOf("FO-2", "b@example.com")
		sibling := w.orderOf("FO-3", "a@example.com")
		g, others := w.guestOf("FO-1", "a@example.com"), w.guestOf("FO-2", "b@example.com")
		claims, err := w.verifier.Verify(w.ctx, g.AccessToken)
		require.NoError(t, err)
		theirs, err := w.verifier.Verify(w.ctx, others.AccessToken)
		require.NoError(t, err)
		require.NotContains(t, claims.Address, "example")
		member := auth.From(w.as(w.signIn("buyer")))

		unused, err := w.NewGuestCode(w.ctx, "FO-1", "a@example.com")
		require.NoError(t, err)
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		require.NotEmpty(t, link)
		reset, err := w.st.Client().OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindSET_PASSWORD)).OnlyID(w.sys)
		require.NoError(t, err)
		secret, err := w.st.Secret(w.ctx, guestCodes)
		require.NoError(t, err)

		with := func(change func(*auth.Claims)) string {
			c := auth.Claims{Subject: claims.Subject, Code: claims.Code, Address: claims.Address}
			change(&c)
			text, _, err := w.signer.Sign(w.ctx, c)
			require.NoError(t, err)
			return text
		}
		require.Equal(t, string(mine.ID), auth.From(w.asToken(with(func(*auth.Claims) {}))).Subject)
		for what, token := range map[string]string{
			"another order":            with(func(c *auth.Claims) { c.Subject = string(other.ID) }),
			"another order of theirs":  with(func(c *auth.Claims) { c.Subject = string(sibling.ID) }),
			"another's code":           with(func(c *auth.Claims) { c.Code = theirs.Code }),
			"order and code of others": with(func(c *auth.Claims) { c.Subject, c.Code = theirs.Subject, theirs.Code }),
			"another's address":        with(func(c *auth.Claims) { c.Address = theirs.Address }),
			"a code that was not used": with(func(c *auth.Claims) {
				c.Code, c.Address = string(unused.ID), addressDigest(secret, unused.ID, "a@example.com")
			}),
			"a code that never was": with(func(c *auth.Claims) { c.Code = string(gid.New(gid.OneTimeToken)) }),
			"a link for a password": with(func(c *auth.Claims) { c.Code = string(reset) }),
			"a user for an order":   with(func(c *auth.Claims) { c.Subject = member.UserID }),
			"a session for a code":  with(func(c *auth.Claims) { c.Code = member.SessionID }),
		} {
			_, err := w.Authenticate(w.ctx, token)
			require.Equal(t, "UNAUTHENTICATED", codeOf(err), what)
		}
		// And what a guest has makes no session.
		text, _, err := w.signer.Sign(w.ctx, auth.Claims{UserID: claims.Subject, SessionID: claims.Code})
		require.NoError(t, err)
		_, err = w.Authenticate(w.ctx, text)
		require.Equal(t, "UNAUTHENTICATED", codeOf(err))
		_, err = w.Refresh(w.ctx, g.AccessToken)
		require.Error(t, err)
	})
}

// asToken is a context in which the holder of a token acts.
func (w *world) asToken(token string) context.Context {
	w.t.Helper()
	v, err := w.Authenticate(w.ctx, token)
	require.NoError(w.t, err)
	return auth.WithViewer(w.ctx, v)
}

// TestAGuestIsOneStatement, and none while it is remembered.
func TestAGuestIsOneStatement(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.orderOf("FO-1", "a@example.com")
		g := w.guestOf("FO-1", "a@example.com")
		before := w.st.Statements()
		w.asToken(g.AccessToken)
		require.EqualValues(t, 1, w.st.Statements()-before)
		w.asToken(g.AccessToken)
		require.EqualValues(t, 1, w.st.Statements()-before)
		w.clock.move(time.Second)
		w.asToken(g.AccessToken)
		require.EqualValues(t, 2, w.st.Statements()-before)
	})
}

// TestRotationLeavesGuestsIn: a key that was replaced verifies as long as the
// longest token that it signed.
func TestRotationLeavesGuestsIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.orderOf("FO-1", "a@example.com")
		g := w.guestOf("FO-1", "a@example.com")
		_, err := w.RotateKeys(w.ctx)
		require.NoError(t, err)
		w.clock.move(59 * time.Minute)
		w.asToken(g.AccessToken)
	})
}
