package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

var organizationColumns = []string{"id", "created_at", "updated_at", "external_id", "external_version", "name"}

func organization(id gid.ID, key string, version any, name string) []any {
	now := time.Now().UTC()
	return []any{id, now, now, key, version, name}
}

// in runs fn with a Bulk in a transaction.
func in(ctx context.Context, st *store.Store, source string, fn func(ctx context.Context, b *store.Bulk) error) error {
	return st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		b, err := st.Bulk(ctx, source)
		if err != nil {
			return err
		}
		return fn(ctx, b)
	})
}

func TestBulkWritesOneSource(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		system := auth.WithSystem(t.Context(), "test")
		key := auth.WithViewer(t.Context(), &auth.Viewer{Kind: auth.KindKey, Source: "erp"})
		names := func() (out []string) {
			rows, err := st.RawRead(system).QueryContext(system, `SELECT source, external_id, name FROM organizations ORDER BY 1, 2`)
			require.NoError(t, err)
			defer rows.Close()
			for rows.Next() {
				var s, k, n string
				require.NoError(t, rows.Scan(&s, &k, &n))
				out = append(out, s+" "+k+" "+n)
			}
			require.NoError(t, rows.Err())
			return out
		}
		for i, ctx := range []context.Context{
			t.Context(),
			auth.WithViewer(t.Context(), &auth.Viewer{Kind: auth.KindStaff, UserID: "usr_x"}),
			auth.WithViewer(t.Context(), &auth.Viewer{Kind: auth.KindKey, Source: "crm"}),
			auth.WithViewer(t.Context(), &auth.Viewer{Kind: auth.KindMember, Source: "erp"}),
		} {
			_, err := st.Bulk(ctx, "erp")
			require.ErrorIs(t, err, problem.ErrForbidden, "%d", i)
		}
		_, err := st.Bulk(system, "")
		require.ErrorIs(t, err, problem.ErrForbidden)

		erp, crm := gid.New(gid.Organization), gid.New(gid.Organization)
		require.NoError(t, in(system, st, "crm", func(ctx context.Context, b *store.Bulk) error {
			return b.Insert(ctx, ent.TypeOrganization, organizationColumns, [][]any{organization(crm, "1", 7, "of the CRM")})
		}))
		require.NoError(t, in(key, st, "erp", func(ctx context.Context, b *store.Bulk) error {
			return b.Insert(ctx, ent.TypeOrganization, organizationColumns, [][]any{organization(erp, "1", 7, "of the ERP")})
		}))
		upsert := func(ctx context.Context, version any, name string) error {
			return in(ctx, st, "erp", func(ctx context.Context, b *store.Bulk) error {
				return b.Upsert(ctx, ent.TypeOrganization, organizationColumns, []string{"source", "external_id"}, []string{"name", "external_version"},
					[][]any{organization(erp, "1", version, name), organization(gid.New(gid.Organization), "2", nil, "another")})
			})
		}
		require.NoError(t, upsert(key, 8, "newer"))
		require.Equal(t, []string{"crm 1 of the CRM", "erp 1 newer", "erp 2 another"}, names())
		require.ErrorContains(t, upsert(key, 7, "older"), "1 of 2 rows are newer than what was to overwrite them")
		require.NoError(t, upsert(key, 8, "same version"))
		require.Equal(t, []string{"crm 1 of the CRM", "erp 1 same version", "erp 2 another"}, names())

		found := map[string]store.Known{}
		require.NoError(t, in(key, st, "erp", func(ctx context.Context, b *store.Bulk) (err error) {
			found, err = b.Find(ctx, ent.TypeOrganization, []string{"1", "2", "3", `"`, "ä'"})
			return err
		}))
		require.Len(t, found, 2)
		require.Equal(t, erp, found["1"].ID)
		require.EqualValues(t, 8, *found["1"].Version)

		before := names()
		refused := map[string]func(ctx context.Context, b *store.Bulk) error{
			"another source": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeOrganization, append(organizationColumns, "source"), [][]any{append(organization("org_x", "9", nil, "x"), "crm")})
			},
			"a key makes users": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeUser, []string{"id", "external_id", "name", "email"}, [][]any{{gid.New(gid.User), "1", "x", "x@example.com"}})
			},
			"a type without a source": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeRole, []string{"id", "key"}, [][]any{{gid.New(gid.Role), "X"}})
			},
			"an event about somebody else's": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeEvent, []string{"subject_id", "kind"}, [][]any{{crm, "X"}})
			},
			"an event about nothing": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeEvent, []string{"kind"}, [][]any{{"X"}})
			},
			"deleting somebody else's": func(ctx context.Context, b *store.Bulk) error {
				return b.Delete(ctx, ent.TypeOrderLine, []gid.ID{crm}, []gid.ID{"oln_x"})
			},
			"deleting a record of its own": func(ctx context.Context, b *store.Bulk) error {
				return b.Delete(ctx, ent.TypeOrganization, []gid.ID{erp}, []gid.ID{erp})
			},
		}
		for name, write := range refused {
			require.ErrorIs(t, in(key, st, "erp", write), problem.ErrForbidden, name)
		}
		for name, write := range map[string]func(ctx context.Context, b *store.Bulk) error{
			"there is no type": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, "organizations; DROP TABLE users", []string{"id"}, [][]any{{"x"}})
			},
			"has no column": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeOrganization, []string{"id", `name") VALUES (1); --`}, [][]any{{"x", "y"}})
			},
			"could reach a row of another source": func(ctx context.Context, b *store.Bulk) error {
				return b.Upsert(ctx, ent.TypeOrganization, organizationColumns, []string{"id"}, []string{"name"}, [][]any{organization(crm, "9", nil, "mine now")})
			},
			"has 1 values for 2 columns": func(ctx context.Context, b *store.Bulk) error {
				return b.Insert(ctx, ent.TypeOrganization, []string{"id", "name"}, [][]any{{"x"}})
			},
		} {
			require.ErrorContains(t, in(key, st, "erp", write), name)
		}
		require.Equal(t, before, names())
		b, err := st.Bulk(key, "erp")
		require.NoError(t, err)
		require.ErrorIs(t, b.Insert(key, ent.TypeOrganization, organizationColumns, [][]any{organization("org_x", "9", nil, "x")}), problem.ErrForbidden, "outside a transaction")
	})
}

// TestBulkTakesManyRows: more than a statement has parameters, and a number
// that is no power of two.
func TestBulkTakesManyRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		ctx := auth.WithSystem(t.Context(), "test")
		const n = 12_345
		rows := make([][]any, n)
		for i := range rows {
			rows[i] = organization(gid.New(gid.Organization), fmt.Sprint(i), i, "name, \"quoted\"\n\\ ä")
		}
		write := func(fail error) error {
			return in(ctx, st, "erp", func(ctx context.Context, b *store.Bulk) error {
				if err := b.Insert(ctx, ent.TypeOrganization, organizationColumns, rows[:n-100]); err != nil {
					return err
				}
				for i := range rows {
					rows[i][5] = "changed"
				}
				err := b.Upsert(ctx, ent.TypeOrganization, organizationColumns, []string{"source", "external_id"}, []string{"name"}, rows)
				return errors.Join(err, fail)
			})
		}
		count := func() (all, changed int) {
			require.NoError(t, st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN name = 'changed' THEN 1 END) FROM organizations`).Scan(&all, &changed))
			return all, changed
		}
		stop := errors.New("stop")
		require.ErrorIs(t, write(stop), stop)
		all, _ := count()
		require.Zero(t, all, "a transaction that failed has left something")
		require.NoError(t, write(nil))
		all, changed := count()
		require.Equal(t, n, all)
		require.Equal(t, n, changed)
	})
}
