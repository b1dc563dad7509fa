// Package demo fills an empty database with a company to look at: Aurelia, a
// maker of laser machines, with its catalog, its customers, their people and
// about 300 orders in every state. All of it is made up.
//
// Owns: what the demo company is like. Does not own: the rules that its orders
// follow (portal/orders) - its tests ask that package whether every shipment
// and every order is in the state that follows from its history.
package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/role"
	"foyer/portal/store"
	"foyer/portal/training"
	"foyer/schema/gid"
)

// company is the name of the demo company.
const company = "Aurelia"

// Options are what Seed needs from its caller.
type Options struct {
	// Now is the moment around which everything happens: some orders have been
	// placed on that day, some parcels are out for delivery.
	Now time.Time
	// PasswordHash is the encoded hash of the one password of all people.
	PasswordHash string
	// NextNumber makes order numbers, as (*orders.Service).NextNumber does.
	NextNumber func(ctx context.Context) (string, error)
}

// Company is what Seed has made.
type Company struct {
	Name     string
	Accounts []Account      // one for each role, in the order of the access matrix
	Counts   map[string]int // rows by type
}

// ErrNotEmpty is the error of seeding a database in which there is something;
// another replica that starts at the same time may have been faster.
var ErrNotEmpty = errors.New("demo: the database already has organizations or people")

// Empty says whether a database has no organization and no person yet, and so
// may be seeded. A portal whose first administrator has begun is not empty.
func Empty(ctx context.Context, st *store.Store) (bool, error) {
	return empty(auth.WithSystem(ctx, "whether there is room for the demo company"), st.Client())
}

func empty(ctx context.Context, c *ent.Client) (bool, error) {
	organizations, err := c.Organization.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("demo: %w", err)
	}
	people, err := c.User.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("demo: %w", err)
	}
	return !organizations && !people, nil
}

// Seed writes the demo company into an empty database, in which the built-in
// roles must be; all of it or nothing. The same moment makes the same company,
// but for ids and order numbers.
func Seed(ctx context.Context, st *store.Store, o Options) (*Company, error) {
	ctx = auth.WithSystem(ctx, "seed of the demo company")
	now := o.Now.UTC().Truncate(time.Microsecond)
	var made *Company
	err := st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		// First, since two of the same source take turns: of two replicas that
		// start together the second one then finds what the first has written.
		bulk, err := st.Bulk(ctx, source)
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		room, err := empty(ctx, tx)
		if err != nil {
			return err
		}
		if !room {
			return ErrNotEmpty
		}
		roles, err := builtIn(ctx, tx)
		if err != nil {
			return err
		}
		h, err := newHouse(now, o.PasswordHash, roles)
		if err != nil {
			return err
		}
		deals, err := h.deals(ctx, o.NextNumber)
		if err != nil {
			return err
		}
		s, err := h.school(deals, func() (int64, error) { return training.NextPlace(ctx, st) })
		if err != nil {
			return err
		}
		counts, err := write(ctx, st, tx, bulk, h, deals, s)
		if err == nil {
			err = errors.Join(h.audiences(ctx, st), s.admit(ctx, st))
		}
		made = &Company{Name: company, Accounts: shown(), Counts: counts}
		if err != nil {
			return err
		}
		return h.shelveGoods(ctx, st, deals)
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// builtIn finds the built-in roles by key.
func builtIn(ctx context.Context, tx *ent.Client) (map[string]gid.ID, error) {
	list, err := tx.Role.Query().Where(role.BuiltIn(true)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	ids := make(map[string]gid.ID, len(list))
	for _, r := range list {
		ids[r.Key] = r.ID
	}
	return ids, nil
}

// deals makes all orders, in the order in which they were placed.
func (h *house) deals(ctx context.Context, next func(context.Context) (string, error)) ([]*deal, error) {
	list := make([]*deal, 0, total)
	for n, p := range plans() {
		list = append(list, h.deal(n, p))
	}
	slices.SortStableFunc(list, func(a, b *deal) int { return a.order.PlacedAt.Compare(b.order.PlacedAt) })
	for _, d := range list {
		number, err := next(ctx)
		if err != nil {
			return nil, fmt.Errorf("demo: order number: %w", err)
		}
		d.number(number)
	}
	return list, nil
}
