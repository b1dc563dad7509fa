package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"
)

// rounds is how often each thing is done.
const rounds = 20

// ended measures how long subscriptions outlive what they rest on. They are open
// on the last process; what ends them is done at the first.
func (h *house) ended(ctx context.Context) error {
	here, there := h.servers[0].url, h.servers[len(h.servers)-1].url
	var signedOut, ofSession, ofRole []time.Duration
	for range rounds {
		token, err := signIn(ctx, here, manager)
		if err != nil {
			return err
		}
		d, err := closed(ctx, there, token, func() error {
			var out struct{ SignOut any }
			return ask(ctx, here, token, `mutation { signOut { __typename } }`, nil, &out)
		})
		if err != nil {
			return fmt.Errorf("signing out: %w", err)
		}
		signedOut = append(signedOut, d)

		if token, err = signIn(ctx, here, manager); err != nil {
			return err
		}
		other, err := signIn(ctx, here, manager)
		if err != nil {
			return err
		}
		var who struct {
			Viewer struct {
				Sessions []struct {
					ID      string
					Current bool
				}
			}
		}
		if err := ask(ctx, here, token, `{ viewer { sessions { id current } } }`, nil, &who); err != nil {
			return err
		}
		var session string
		for _, x := range who.Viewer.Sessions {
			if x.Current {
				session = x.ID
			}
		}
		d, err = closed(ctx, there, token, func() error {
			var out struct{ EndSession any }
			return ask(ctx, here, other, `mutation($id: ID!) { endSession(input: {sessionId: $id}) { userErrors { code } } }`,
				map[string]any{"id": session}, &out)
		})
		if err != nil {
			return fmt.Errorf("ending a session from another device: %w", err)
		}
		ofSession = append(ofSession, d)

		if d, err = h.roleTaken(ctx, here, there); err != nil {
			return fmt.Errorf("taking a role away: %w", err)
		}
		ofRole = append(ofRole, d)
	}
	fmt.Printf("from the answer to the mutation to the closed socket, %d process(es), %d rounds\n", len(h.servers), rounds)
	fmt.Printf("signed out            %s\n", quantiles(signedOut))
	fmt.Printf("session ended         %s\n", quantiles(ofSession))
	fmt.Printf("role taken away       %s\n", quantiles(ofRole))
	return nil
}

// roleTaken makes the manager a member, and gives the role back.
func (h *house) roleTaken(ctx context.Context, here, there string) (time.Duration, error) {
	root, err := signIn(ctx, here, admin)
	if err != nil {
		return 0, err
	}
	token, err := signIn(ctx, here, manager)
	if err != nil {
		return 0, err
	}
	change := func(role string) error {
		var found struct {
			Viewer struct {
				Membership struct {
					ID      string
					Version int
				}
			}
			Roles []struct{ ID, Key string }
		}
		if err := ask(ctx, here, token, `{ viewer { membership { id version } } roles { id key } }`, nil, &found); err != nil {
			return err
		}
		for _, r := range found.Roles {
			if r.Key != role {
				continue
			}
			var out struct {
				ChangeMembershipRole struct{ UserErrors []struct{ Code string } }
			}
			if err := ask(ctx, here, root, `mutation($m: ID!, $v: Int!, $r: ID!) {
				changeMembershipRole(input: {membershipId: $m, version: $v, roleId: $r}) { userErrors { code } } }`,
				map[string]any{"m": found.Viewer.Membership.ID, "v": found.Viewer.Membership.Version, "r": r.ID}, &out); err != nil {
				return err
			}
			if len(out.ChangeMembershipRole.UserErrors) > 0 {
				return errors.New(out.ChangeMembershipRole.UserErrors[0].Code)
			}
			return nil
		}
		return errors.New("no role " + role)
	}
	d, err := closed(ctx, there, token, func() error { return change("ORG_MEMBER") })
	if err != nil {
		return 0, err
	}
	time.Sleep(1100 * time.Millisecond) // this process may still believe the old role
	return d, change("ORG_MANAGER")
}

// closed opens a subscription, does something, and says how long after that the
// socket was closed with 4403.
func closed(ctx context.Context, url, token string, do func() error) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	c, err := connect(ctx, url, token)
	if err != nil {
		return 0, err
	}
	defer func() { _ = c.CloseNow() }()
	if err := subscribe(ctx, c, "1", `subscription { ordersUpdated { token } }`, nil); err != nil {
		return 0, err
	}
	if _, err := read(ctx, c); err != nil {
		return 0, err
	}
	var end time.Time
	ended := make(chan error, 1)
	go func() {
		_, err := read(ctx, c)
		end = time.Now()
		ended <- err
	}()
	if err := do(); err != nil {
		return 0, err
	}
	done := time.Now()
	if err := <-ended; websocket.CloseStatus(err) != 4403 {
		return 0, fmt.Errorf("ended with %w, not 4403", err)
	}
	return max(0, end.Sub(done)), nil
}
