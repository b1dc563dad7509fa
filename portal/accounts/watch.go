package accounts

import (
	"context"

	"foyer/auth"
	"foyer/portal/events"
)

// Watch says when something may have changed about who a viewer is or what they
// may do: their session has ended, their membership or their role is another, on
// whichever replica. The channel gets one value for any number of changes;
// Recheck then tells what has become of the viewer. stop ends it.
func (s *Service) Watch(_ context.Context, v *auth.Viewer) (changed <-chan struct{}, stop func()) {
	if s.o.Live == nil {
		return nil, func() {}
	}
	bell := s.o.Live.Bell(func(n *events.News) bool { return concerns(n, v) })
	return bell.C, bell.Close
}

// concerns says whether an event can change who a viewer is.
func concerns(n *events.News, v *auth.Viewer) bool {
	switch n.Kind { //nolint:exhaustive // the others change nobody
	case events.SessionEnded:
		return string(n.Subject) == v.SessionID || v.Kind == auth.KindKey && string(n.Subject) == v.Code
	case events.MembershipRole, events.MembershipChanged:
		return string(n.Subject) == v.MembershipID
	case events.UserChanged:
		return string(n.Subject) == v.UserID
	case events.RoleChanged:
		return n.About == v.Grants().Role()
	}
	return false
}

// Recheck reads anew who a viewer is who has been believed before, past what is
// remembered. problem.ErrUnauthenticated when they are nobody any more.
func (s *Service) Recheck(ctx context.Context, v *auth.Viewer) (*auth.Viewer, error) {
	var i *identity
	var err error
	switch {
	case v.SessionID != "":
		i, err = s.read(ctx, bySession, s.now(), v.MembershipID, v.SessionID, v.UserID)
	case v.Kind == auth.KindKey:
		i, err = s.readKey(ctx, `id = $1`, v.Code)
	case v.Code != "":
		i, err = s.guest(ctx, s.now(), auth.Claims{Subject: v.Subject, Code: v.Code, Address: v.Contact})
	default: // nobody, from whom nothing can be taken away
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	now := *i.viewer
	now.SessionID, now.ExpiresAt = v.SessionID, v.ExpiresAt
	return &now, nil
}
