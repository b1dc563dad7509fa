package access_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"entgo.io/ent/dialect/sql"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
	"foyer/testkit/world"
)

func each(t *testing.T, test func(t *testing.T, st *store.Store, w *world.World)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { test(t, st, world.Seed(t, st, "")) })
}

func as(t *testing.T, w *world.World, role string) context.Context {
	t.Helper()
	return auth.WithViewer(t.Context(), w.Viewer(role))
}

// TestWhoSeesWhichOrders is written out by hand, so that the matrix, the
// filters and the generated tests cannot all be wrong in the same way.
func TestWhoSeesWhichOrders(t *testing.T) {
	north := []string{world.OrderOfMember, world.OrderOfBuyer, world.OrderOfManager, world.OrderOfAdmin, world.OrderOfColleague, world.OrderOfNobody}
	tree := append(slices.Clone(north), world.OrderOfSub)
	all := append(slices.Clone(tree), world.OrderOfSouth)
	want := map[string][]string{
		"ORG_MEMBER": {world.OrderOfMember}, "ORG_BUYER": {world.OrderOfMember, world.OrderOfBuyer},
		"ORG_MANAGER": north, "ORG_ADMIN": tree,
		"STAFF_AGENT": all, "STAFF_SALES": north, "STAFF_MARKETING": nil, "STAFF_TRAINER": nil,
		"STAFF_FULFILLMENT": all, "STAFF_ANALYST": all, "STAFF_ADMIN": all,
		"ANONYMOUS": nil, "GUEST": {world.OrderOfSouth}, "INTEGRATION": all,
	}
	require.Len(t, want, len(schema.Roles))
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		for _, r := range schema.Roles {
			ctx, c := as(t, w, r.Key), st.Client()
			names := map[gid.ID]string{}
			for name, o := range w.Orders {
				names[o.ID] = name
			}
			var got []string
			for _, id := range c.Order.Query().IDsX(ctx) {
				got = append(got, names[id])
			}
			require.ElementsMatch(t, want[r.Key], got, r.Key)
			for _, n := range []int{
				c.Order.Query().CountX(ctx), c.OrderLine.Query().CountX(ctx), c.Shipment.Query().CountX(ctx),
				c.ShipmentLine.Query().CountX(ctx), c.TrackingEvent.Query().CountX(ctx),
				c.Order.Query().QueryLines().CountX(ctx), c.OrderLine.Query().QueryOrder().CountX(ctx),
				c.Shipment.Query().QueryTrackingEvents().CountX(ctx),
			} {
				require.Len(t, want[r.Key], n, r.Key)
			}
		}
	})
}

// What ent does not guard by itself, and what must not be possible although
// the builders have methods for it.
func TestQueriesCannotBeWidened(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		ctx, c := as(t, w, "ORG_MEMBER"), st.Client()
		require.Equal(t, 1, c.Order.Query().Where(order.Or(order.NumberNEQ(""), order.NumberEQ("x"))).CountX(ctx))
		_, err := c.Order.Get(ctx, w.Orders[world.OrderOfSouth].ID)
		require.True(t, ent.IsNotFound(err))
		require.Empty(t, c.Order.Query().WithLines().Where(order.ID(w.Orders[world.OrderOfSouth].ID)).AllX(ctx))
		var sums []struct{ Sum int64 }
		c.Order.Query().Aggregate(ent.Sum(order.FieldTotalMinor)).ScanX(ctx, &sums)
		require.Equal(t, int64(2975), sums[0].Sum, "an aggregate is over what can be seen")
		require.Zero(t, c.Order.Query().CountX(t.Context()), "no viewer sees nothing")
		require.Zero(t, c.Order.Query().CountX(auth.WithViewer(t.Context(), &auth.Viewer{Kind: auth.KindMember})), "a viewer without grants sees nothing")
		half := (*w.Viewer("ORG_MANAGER")).WithGrants(schema.Grants["ORG_MANAGER"])
		half.OrganizationID = ""
		require.Zero(t, c.Order.Query().CountX(auth.WithViewer(t.Context(), half)), "an empty organization is nobody's, not everybody's")
	})
}

// A hidden edge is not an error: the parent shows without it.
func TestHiddenEdgesAreEmpty(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		o := st.Client().Order.Query().WithUser().Where(order.ID(w.Orders[world.OrderOfColleague].ID)).OnlyX(as(t, w, "STAFF_ANALYST"))
		require.Nil(t, o.Edges.User)
	})
}

// write runs fn in a transaction as a role and reports its error; whatever fn
// does, the fingerprint of the rows tells.
func write(t *testing.T, st *store.Store, ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error { //nolint:revive // t first reads better
	t.Helper()
	return st.Tx(ctx, fn)
}

func refused(t *testing.T, err error, why string) {
	t.Helper()
	require.Error(t, err, why)
	require.True(t, errors.Is(err, problem.ErrForbidden) || errors.Is(err, problem.ErrNotFound) || ent.IsNotFound(err), "%s: %v", why, err)
}

func TestNothingIsWrittenWithoutAnAction(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		for _, role := range []string{"ORG_ADMIN", "STAFF_ADMIN", "INTEGRATION", "ANONYMOUS"} {
			ctx, own := as(t, w, role), w.Orders[world.OrderOfAdmin].ID
			refused(t, write(t, st, ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Order.UpdateOneID(own).SetPromiseReason("x").Exec(ctx)
			}), role+" update")
			refused(t, write(t, st, ctx, func(ctx context.Context, tx *ent.Client) error { return tx.Order.DeleteOneID(own).Exec(ctx) }), role+" delete")
			refused(t, write(t, st, ctx, func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.Create().SetName("x").Exec(ctx)
			}), role+" create")
		}
		require.Error(t, st.Tx(t.Context(), func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Create().SetName("x").Exec(ctx)
		}), "no viewer writes nothing")
	})
}

// acting begins an action on an order of the world.
func acting(t *testing.T, ctx context.Context, w *world.World, name, orderOf string) (context.Context, error) { //nolint:revive // t first reads better
	t.Helper()
	o := w.Orders[orderOf]
	return access.Act(ctx, name, access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID})
}

func TestAnActionReachesItsScopeOnly(t *testing.T) {
	each(t, func(t *testing.T, _ *store.Store, w *world.World) {
		can := map[string][]string{
			"ORG_MEMBER": nil, "ORG_BUYER": {world.OrderOfBuyer}, "ORG_MANAGER": slices.DeleteFunc(slices.Collect(maps.Keys(w.Orders)),
				func(o string) bool { return o == world.OrderOfSub || o == world.OrderOfSouth }),
			"STAFF_FULFILLMENT": nil, "GUEST": nil, "ANONYMOUS": nil, "STAFF_ADMIN": slices.Collect(maps.Keys(w.Orders)),
		}
		for role, want := range can {
			for name := range w.Orders {
				_, err := acting(t, as(t, w, role), w, "order.cancel", name)
				require.Equal(t, slices.Contains(want, name), err == nil, "%s cancels the order of %s: %v", role, name, err)
			}
		}
		_, err := access.Act(as(t, w, "STAFF_ADMIN"), "order.invent", access.Owner{})
		require.Error(t, err)
	})
}

// TestAnActionStaysWithItsOwner opens an action on one order and tries
// everything with the rows of another one, inside and outside of the scope.
func TestAnActionStaysWithItsOwner(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		foreign, mine := w.Orders[world.OrderOfSouth], w.Orders[world.OrderOfMember]
		tries := map[string]func(ctx context.Context, tx *ent.Client) error{
			"update of a foreign row": func(ctx context.Context, tx *ent.Client) error {
				return tx.Order.UpdateOneID(foreign.ID).SetPromiseReason("x").Exec(ctx)
			},
			// HOLE: an update of one row that sets nothing runs no UPDATE and would return the foreign row.
			"empty update of a foreign row": func(ctx context.Context, tx *ent.Client) error {
				return tx.OrderLine.UpdateOneID(w.Lines[world.OrderOfSouth].ID).Exec(ctx)
			},
			"bulk update": func(ctx context.Context, tx *ent.Client) error {
				n, err := tx.Order.Update().SetPromiseReason("x").Save(ctx)
				if err == nil && n == 1 {
					return problem.ErrForbidden // just the one of the action's owner: nothing foreign was touched
				}
				return err
			},
			"delete": func(ctx context.Context, tx *ent.Client) error { return tx.Order.DeleteOneID(mine.ID).Exec(ctx) },
			"a type that the action does not write": func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(w.Product.ID).SetName("x").Exec(ctx)
			},
			"a child of a foreign order": func(ctx context.Context, tx *ent.Client) error {
				return tx.Shipment.Create().SetOrderID(foreign.ID).SetOrganizationID(mine.OrganizationID).SetUserID(mine.UserID).SetCarrier("DHL").Exec(ctx)
			},
			"a child without its owner": func(ctx context.Context, tx *ent.Client) error {
				return tx.Shipment.Create().SetOrderID(mine.ID).SetOrganizationID(mine.OrganizationID).SetCarrier("DHL").Exec(ctx)
			},
			"a child with another owner": func(ctx context.Context, tx *ent.Client) error {
				return tx.Shipment.Create().SetOrderID(mine.ID).SetOrganizationID(foreign.OrganizationID).SetUserID(foreign.UserID).SetCarrier("DHL").Exec(ctx)
			},
			"an event of another owner": func(ctx context.Context, tx *ent.Client) error {
				return tx.Event.Create().SetKind("X").SetSubjectID(mine.ID).SetActorKind("STAFF").SetData(schema.EventData{}).
					SetOrganizationID(foreign.OrganizationID).Exec(ctx)
			},
			"an edge from its other side": func(ctx context.Context, tx *ent.Client) error {
				return tx.Order.UpdateOneID(mine.ID).AddShipmentIDs(w.Shipments[world.OrderOfSouth].ID).Exec(ctx)
			},
			"a line of a foreign order": func(ctx context.Context, tx *ent.Client) error {
				s, err := tx.Shipment.Create().SetOrderID(mine.ID).SetOrganizationID(mine.OrganizationID).SetUserID(mine.UserID).SetCarrier("DHL").Save(ctx)
				if err != nil {
					return err
				}
				return tx.ShipmentLine.Create().SetShipmentID(s.ID).SetOrderID(mine.ID).SetOrderLineID(w.Lines[world.OrderOfSouth].ID).
					SetOrganizationID(mine.OrganizationID).SetUserID(mine.UserID).SetQuantity(1).Exec(ctx)
			},
		}
		for _, role := range []string{"STAFF_AGENT", "STAFF_ADMIN"} { // both see all orders: it is the owner that stops them
			for name, try := range tries {
				err := st.Tx(as(t, w, role), func(ctx context.Context, tx *ent.Client) error {
					ctx, err := acting(t, ctx, w, "shipment.create", world.OrderOfMember)
					require.NoError(t, err)
					return try(ctx, tx)
				})
				refused(t, err, role+": "+name)
			}
		}
		// And the same with its own rows works, so that the refusals above mean something.
		require.NoError(t, st.Tx(as(t, w, "STAFF_AGENT"), func(ctx context.Context, tx *ent.Client) error {
			ctx, err := acting(t, ctx, w, "shipment.create", world.OrderOfMember)
			require.NoError(t, err)
			s, err := tx.Shipment.Create().SetOrderID(mine.ID).SetOrganizationID(mine.OrganizationID).SetUserID(mine.UserID).SetCarrier("DHL").Save(ctx)
			if err != nil {
				return err
			}
			return tx.ShipmentLine.Create().SetShipmentID(s.ID).SetOrderID(mine.ID).SetOrderLineID(w.Lines[world.OrderOfMember].ID).
				SetOrganizationID(mine.OrganizationID).SetUserID(mine.UserID).SetQuantity(1).Exec(ctx)
		}))
	})
}

// TestPredicatesThroughEdgesSeeEverything keeps what ent really does in view:
// a predicate over an edge asks rows that the viewer cannot see. That is why no
// filter of the API crosses an edge to something with another owner.
func TestPredicatesThroughEdgesSeeEverything(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		ctx := as(t, w, "ORG_MEMBER")
		n := st.Client().ProductVariant.Query().Where(func(s *sql.Selector) {
			lines := sql.Table(orderline.Table)
			s.Where(sql.In(s.C("id"), sql.Select(lines.C("variant_id")).From(lines).Where(sql.EQ(lines.C("sku"), "SKU-SOUTH"))))
		}).CountX(ctx)
		require.Equal(t, 1, n, "ent has begun to guard predicates: the rule about filters can be relaxed")
	})
}

// TestMayAgreesWithTheFilters compares the two forms of every scope, the one
// that asks a row in memory and the one that asks the database.
func TestMayAgreesWithTheFilters(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		system := auth.WithSystem(t.Context(), "test")
		for _, r := range schema.Roles {
			for scope := auth.ScopeNone; scope <= auth.ScopeAll; scope++ {
				g := auth.NewGrants("X", map[string]auth.Scope{"Order": scope}, map[string]auth.Scope{"order.note": scope}, nil)
				ctx := auth.WithViewer(t.Context(), w.Viewer(r.Key).WithGrants(g))
				seen := st.Client().Order.Query().IDsX(ctx)
				for _, o := range st.Client().Order.Query().AllX(system) {
					may := access.May(ctx, "order.note", access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID})
					require.Equal(t, slices.Contains(seen, o.ID), may, "%s with scope %s, %s", r.Key, scope, o.Number)
				}
			}
		}
	})
}

func TestExplain(t *testing.T) {
	each(t, func(t *testing.T, st *store.Store, w *world.World) {
		x := access.NewExplainer(st.Client())
		ctx := as(t, w, "STAFF_ADMIN")
		for _, role := range schema.Roles {
			seen := st.Client().Order.Query().IDsX(as(t, w, role.Key))
			for name, o := range w.Orders {
				visible, steps, err := x.Explain(ctx, w.Viewer(role.Key), o.ID)
				require.NoError(t, err)
				require.Equal(t, slices.Contains(seen, o.ID), visible, "%s, %s", role.Key, name)
				require.NotEmpty(t, steps)
			}
		}
		visible, steps, err := x.Explain(ctx, w.Viewer("ORG_MEMBER"), w.Draft.ID)
		require.NoError(t, err)
		require.False(t, visible)
		require.Contains(t, steps[2], "DRAFT")
		for _, id := range []gid.ID{"", "rubbish", gid.New(gid.Order), gid.New("xyz")} {
			visible, _, err := x.Explain(ctx, w.Viewer("STAFF_ADMIN"), id)
			require.NoError(t, err)
			require.False(t, visible)
		}
	})
}
