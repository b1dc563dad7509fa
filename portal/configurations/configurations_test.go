package configurations

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/configurationmodel"
	"foyer/ent/modelversion"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/configurator/plan"
	"foyer/portal/jobs"
	"foyer/portal/prices"
	"foyer/portal/problem"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
	"foyer/testkit/world"
)

// shelf is a stock in which only some variants are counted, and missing.
type shelf struct{ gone map[gid.ID]time.Time }

func (s *shelf) AvailableOf(_ context.Context, list []*ent.ProductVariant) (map[gid.ID]stock.Availability, error) {
	all := map[gid.ID]stock.Availability{}
	for _, v := range list {
		a := stock.Availability{VariantID: v.ID, Untracked: true}
		if on, gone := s.gone[v.ID]; gone {
			a = stock.Availability{VariantID: v.ID, SendOn: &on}
		}
		all[v.ID] = a
	}
	return all, nil
}

// house is the service over the test world, whose press is made to order.
type house struct {
	*Service
	w     *world.World
	ctx   context.Context // of the system
	time  time.Time
	shelf *shelf
}

func houses(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		runner, err := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		h := &house{w: world.Seed(t, st, "x"), ctx: auth.WithSystem(t.Context(), "test"), shelf: &shelf{gone: map[gid.ID]time.Time{}}}
		h.time = h.w.Now
		h.Service = New(Options{
			Store: st, Jobs: runner, Prices: prices.New(st), Stock: h.shelf, Logger: slog.New(slog.DiscardHandler), Clock: func() time.Time { return h.time },
		})
		h.do(t, func(ctx context.Context, tx *ent.Client) error {
			v := tx.ProductVariant.Query().Where(productvariant.Sku("SP-0")).OnlyX(ctx)
			return tx.ProductVariant.UpdateOneID(v.ID).SetStatus(productvariant.StatusACTIVE).SetPriceMinor(100_000).SetCurrency("EUR").Exec(ctx)
		})
		run(t, h)
	})
}

func (h *house) do(t *testing.T, fn func(ctx context.Context, tx *ent.Client) error) {
	t.Helper()
	require.NoError(t, h.store.Tx(h.ctx, fn))
}

// as is somebody of North.
func (h *house) as(role string) context.Context {
	v := auth.Viewer{
		Kind: auth.KindMember, UserID: string(h.w.Users[role].ID), OrganizationID: string(h.w.North.ID), Tree: []string{string(h.w.North.ID)}, Language: "en",
	}
	return auth.WithViewer(h.ctx, v.WithGrants(schema.Grants[role]))
}

func (h *house) version(t *testing.T) *ent.ModelVersion {
	t.Helper()
	v, err := h.store.Client().ModelVersion.Query().
		Where(modelversion.ProductID(h.w.Product.ID), modelversion.StatusEQ(modelversion.StatusACTIVE)).Only(h.ctx)
	require.NoError(t, err)
	return v
}

// publishes makes another version the latest, without a job.
func (h *house) publishes(t *testing.T, change func(d *schema.ConfigurationDocument)) *ent.ModelVersion {
	t.Helper()
	doc := world.Press()
	change(&doc)
	doc, wrong := plan.Check(doc)
	require.Empty(t, wrong)
	h.do(t, func(ctx context.Context, tx *ent.Client) error {
		m := tx.ConfigurationModel.Query().Where(configurationmodel.ProductID(h.w.Product.ID)).OnlyX(ctx)
		if err := tx.ConfigurationModel.UpdateOneID(m.ID).SetDraft(doc).Exec(ctx); err != nil {
			return err
		}
		m = tx.ConfigurationModel.GetX(ctx, m.ID)
		return h.publish(ctx, tx, m, schema.ConfigurationFacts{}, "")
	})
	return h.version(t)
}

var air = []schema.ConfigurationChoice{{Group: "cooling", Option: "air"}}

// keeps keeps a configuration of somebody's.
func (h *house) keeps(t *testing.T, role, name string, choices []schema.ConfigurationChoice) *ent.Configuration {
	t.Helper()
	id, err := h.Save(h.as(role), Kept{VersionID: new(h.version(t).ID), Name: &name, Choices: choices})
	require.NoError(t, err)
	c, err := h.store.Client().Configuration.Get(h.ctx, id)
	require.NoError(t, err)
	return c
}

func code(err error) string {
	list, _ := problem.Refusals(err)
	if len(list) == 0 {
		return ""
	}
	return list[0].Code
}

// TestStatesAreKept: what follows from choices is computed once, for a document and a
// time, and for nobody in particular.
func TestStatesAreKept(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		ask := func(choices ...schema.ConfigurationChoice) *Answer {
			a, err := h.Configure(h.as("ORG_MEMBER"), Question{VersionID: new(h.version(t).ID), Choices: choices, Quantity: 1})
			require.NoError(t, err)
			return a
		}
		one := ask(air...)
		require.Same(t, one.State, ask(air...).State)
		require.NotSame(t, one.State, ask().State)
		other, err := h.Configure(h.as("ORG_MANAGER"), Question{VersionID: new(h.version(t).ID), Choices: air, Quantity: 7})
		require.NoError(t, err)
		require.Same(t, one.State, other.State, "whoever asks, and for how many")
		// Choices that read alike are not the same.
		for _, pair := range [][2][]schema.ConfigurationChoice{
			{{{Group: "a", Option: "b"}}, {{Group: "a", Number: "b"}}},
			{{{Group: "a", Absent: true}}, {{Group: "a", Negate: true}}},
			{{{Group: "a"}, {Group: "b"}}, {{Group: "b"}, {Group: "a"}}},
			{{{Group: "a", Option: "bc"}}, {{Group: "ab", Option: "c"}}},
		} {
			x, y := *one.asked, *one.asked
			x.q.Choices, y.q.Choices = pair[0], pair[1]
			require.NotEqual(t, stateKey(&x), stateKey(&y), "%v", pair)
		}
		plain := *one.asked
		plain.q.Plain = true
		st, err := h.state(h.ctx, &plain)
		require.NoError(t, err)
		require.NotSame(t, one.State, st, "a plain question is another one")

		// An option that comes into its time makes another answer of the same version.
		soon := h.time.Add(time.Hour)
		h.publishes(t, func(d *schema.ConfigurationDocument) { d.Groups[2].Options[1].ValidFrom = &soon })
		water := func() string { return ask(air...).State.Groups[2].Options[1].Status.String() }
		require.Equal(t, "EXCLUDED", water())
		h.time = soon
		require.Equal(t, "POSSIBLE", water())
	})
}

// TestPricesAreNotKept: a price that has changed counts with the next question, and
// what is missing, too.
func TestPricesAreNotKept(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.publishes(t, func(d *schema.ConfigurationDocument) {
			d.Groups[4].Options[0].Sku, d.Groups[4].Options[0].Amounts = "SP-1", nil
		})
		part, err := h.store.Client().ProductVariant.Query().Where(productvariant.Sku("SP-1")).OnlyID(h.ctx)
		require.NoError(t, err)
		price := func(minor int64) {
			h.do(t, func(ctx context.Context, tx *ent.Client) error {
				return tx.ProductVariant.UpdateOneID(part).SetPriceMinor(minor).SetCurrency("EUR").Exec(ctx)
			})
		}
		ask := func(n int) *Answer {
			a, err := h.Configure(h.as("ORG_MEMBER"), Question{
				VersionID: new(h.version(t).ID), Quantity: n, Choices: append(slices.Clone(air), schema.ConfigurationChoice{Group: "extras", Option: "light"}),
			})
			require.NoError(t, err)
			return a
		}
		price(500)
		require.Equal(t, int64(100_999+500), ask(1).Unit)
		price(700)
		a := ask(1)
		require.Equal(t, int64(100_999+700), a.Unit)
		require.Equal(t, 5, a.Days)
		h.shelf.gone[part] = day(h.time).AddDate(0, 0, 9)
		require.Equal(t, 5+9, ask(1).Days, "until the part is there")

		// Another quantity is a matter of arithmetic, and no question.
		b, err := h.open(h.as("ORG_MEMBER"), h.version(t).ID, h.time)
		require.NoError(t, err)
		m, err := h.market(h.as("ORG_MEMBER"), b, prices.Buyer{Currency: "EUR"}, h.time)
		require.NoError(t, err)
		before := h.store.Statements()
		require.Equal(t, int64(100_000), m.terms(1).Base)
		require.Equal(t, 10, m.terms(10).Quantity)
		require.Equal(t, before, h.store.Statements())
		none, err := h.market(h.as("ORG_MEMBER"), b, prices.Buyer{Currency: "CHF"}, h.time)
		require.NoError(t, err)
		require.False(t, none.terms(1).priced, "nothing is converted")
		require.True(t, none.terms(1).Unpriced["SP-1"])
	})
}

// TestTally: what many ask for at once is counted, each time, by day.
func TestTally(t *testing.T) {
	var c tally
	model, day := gid.New(gid.ConfigurationModel), time.Date(2026, 2, 3, 23, 59, 59, 0, time.UTC)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 100 {
				c.asked(model, schema.ConfigurationChoice{Group: "size", Option: "large"}, nil, day)
				if i%2 == 0 {
					c.asked(model, schema.ConfigurationChoice{Group: "size", Option: "large"}, []string{"a-rule"}, day.Add(time.Second))
				}
			}
		})
	}
	all.Wait()
	c.asked(model, schema.ConfigurationChoice{Group: "size", Option: "large", Negate: true}, nil, day)
	c.asked(model, schema.ConfigurationChoice{Group: "length", Number: "2"}, nil, day)
	got := c.take()
	want := map[figure]int64{
		{model, "2026-02-03", figureWanted, "size.large"}: 800, {model, "2026-02-04", figureWanted, "size.large"}: 400,
		{model, "2026-02-04", figureRefused, "size.large"}: 400, {model, "2026-02-04", figureRule, "a-rule"}: 400,
	}
	require.Equal(t, want, got)
	require.Empty(t, c.take(), "what was taken is counted once")
}

// TestOrderables: what stands in the way of ordering something that is kept.
func TestOrderables(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		ctx, buyer := h.as("ORG_MEMBER"), prices.Buyer{OrganizationID: h.w.North.ID, Currency: "EUR"}
		whole := h.keeps(t, "ORG_MEMBER", "whole", append(slices.Clone(air), schema.ConfigurationChoice{Group: "extras", Option: "case"}))
		half := h.keeps(t, "ORG_MEMBER", "half", []schema.ConfigurationChoice{{Group: "size", Option: "large"}})
		wrong := h.keeps(t, "ORG_MEMBER", "wrong", []schema.ConfigurationChoice{{Group: "size", Option: "large"}, {Group: "cooling", Option: "air"}})
		gone := gid.New(gid.Configuration)
		look := func(b prices.Buyer, ids ...gid.ID) map[gid.ID]*Orderable {
			pieces := map[gid.ID]int{}
			for _, id := range ids {
				pieces[id] = 2
			}
			all, err := h.Orderables(ctx, b, pieces)
			require.NoError(t, err)
			return all
		}
		all := look(buyer, whole.ID, half.ID, wrong.ID, gone)
		require.Equal(t, NoHitch, all[whole.ID].Hitch)
		require.Equal(t, int64(999+2500), all[whole.ID].AddedMinor)
		require.Equal(t, "case", all[whole.ID].Snapshot.Choices[1].Option)
		require.Equal(t, Incomplete, all[half.ID].Hitch)
		require.Equal(t, Incomplete, all[wrong.ID].Hitch)
		require.Equal(t, Gone, all[gone].Hitch)
		require.Equal(t, Gone, look(prices.Buyer{OrganizationID: h.w.South.ID, Currency: "EUR"}, whole.ID)[whole.ID].Hitch, "of another customer")
		require.True(t, look(prices.Buyer{OrganizationID: h.w.North.ID, Currency: "CHF"}, whole.ID)[whole.ID].Unpriced)

		// As many statements for four as for one.
		count := func(ids ...gid.ID) int64 {
			before := h.store.Statements()
			look(buyer, ids...)
			return h.store.Statements() - before
		}
		require.Equal(t, count(whole.ID), count(whole.ID, half.ID, wrong.ID, h.w.Configurations[world.OrderOfMember].ID))

		h.publishes(t, func(d *schema.ConfigurationDocument) { d.BaseDays = 9 })
		require.Equal(t, Outdated, look(buyer, whole.ID)[whole.ID].Hitch)
		order := func() error {
			return h.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				act, err := access.Act(ctx, "order.place", access.Owner{Organization: h.w.North.ID, User: whole.UserID})
				require.NoError(t, err)
				return h.Ordered(act, tx, []gid.ID{whole.ID}, h.w.Orders[world.OrderOfMember].ID)
			})
		}
		require.NoError(t, order())
		require.Equal(t, Gone, look(buyer, whole.ID)[whole.ID].Hitch, "it has been ordered")
		require.ErrorIs(t, order(), problem.ErrStale, "once")
	})
}

// TestHeirs: which version takes the place of one by which something was ordered.
func TestHeirs(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		first := h.version(t)
		second := h.publishes(t, func(d *schema.ConfigurationDocument) { d.BaseDays = 9 })
		hidden := h.w.Configurations[world.OrderOfSouth].VersionID
		heirs, err := h.Heirs(h.as("ORG_MEMBER"), []gid.ID{first.ID, second.ID, hidden, gid.New(gid.ModelVersion)})
		require.NoError(t, err)
		require.ElementsMatch(t, []gid.ID{first.ID, second.ID}, slices.Collect(maps.Keys(heirs)), "not of a product that is not shown")
		require.Equal(t, second.ID, heirs[first.ID].ID)
		require.Equal(t, second.ID, heirs[second.ID].ID)
		h.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.ModelVersion.UpdateOneID(second.ID).SetStatus(modelversion.StatusRETIRED).Exec(ctx)
		})
		heirs, err = h.Heirs(h.as("ORG_MEMBER"), []gid.ID{first.ID})
		require.NoError(t, err)
		require.Empty(t, heirs, "the model was withdrawn")
	})
}

// formerly is something that was ordered.
func (h *house) formerly(t *testing.T, c *ent.Configuration) Former {
	t.Helper()
	all, err := h.Orderables(h.as("ORG_MEMBER"), prices.Buyer{OrganizationID: h.w.North.ID, Currency: "EUR"}, map[gid.ID]int{c.ID: 1})
	require.NoError(t, err)
	s := all[c.ID].Snapshot
	return Former{Snapshot: &s, Quantity: 1, Currency: "EUR"}
}

// TestAgain: each outcome of ordering something once more, in words of both languages.
func TestAgain(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		me := access.Owner{Organization: h.w.North.ID, User: h.w.Users["ORG_MEMBER"].ID}
		f := h.formerly(t, h.keeps(t, "ORG_MEMBER", "Hall 2", append(slices.Clone(air), schema.ConfigurationChoice{Group: "extras", Option: "light"})))
		again := func(keep bool) Again {
			t.Helper()
			var out []Again
			err := h.store.Tx(h.as("ORG_MEMBER"), func(ctx context.Context, tx *ent.Client) error {
				heirs, err := h.Heirs(ctx, []gid.ID{gid.ID(f.Snapshot.VersionID)})
				if err != nil {
					return err
				}
				out, err = h.Again(ctx, tx, me, []Former{f}, heirs, keep)
				return err
			})
			require.NoError(t, err)
			return out[0]
		}
		count := func() int {
			n, err := h.store.Client().Configuration.Query().Count(h.ctx)
			require.NoError(t, err)
			return n
		}
		n := count()
		require.Equal(t, Again{Name: "Hall 2", Outcome: OutcomeValid}, again(false))
		require.Equal(t, n, count(), "nothing is written without being asked to")
		one := again(true)
		require.NotEmpty(t, one.ID)
		require.Equal(t, one, again(true), "there is one copy")
		require.Equal(t, n+1, count())
		for _, x := range []struct {
			change  func(d *schema.ConfigurationDocument)
			outcome string
			text    problem.Text
		}{
			{func(d *schema.ConfigurationDocument) { d.Groups[4].Options[0].Amounts = world.Priced(1100, 1200) }, OutcomeRepriced, problem.Text{
				EN: "The price of one was 1019.99 EUR and is 1020.99 EUR now.", DE: "Der Preis für eines war 1019.99 EUR und ist jetzt 1020.99 EUR.",
			}},
			{func(d *schema.ConfigurationDocument) {
				d.Groups[4].Options[0].Key, d.Groups[4].Options[0].Replaces, d.Groups[4].Options[0].Title = "lamp", []string{"extras.light"}, world.Said("Lamp", "Lampe")
				d.Rules, d.Prices = d.Rules[:1], nil
			}, OutcomeRepaired, problem.Text{EN: "Now with: Lamp.", DE: "Jetzt mit: Lampe."}},
			{func(d *schema.ConfigurationDocument) {
				d.Groups[4].Options, d.Rules, d.Prices = d.Groups[4].Options[1:], d.Rules[:1], nil
			}, OutcomeRepaired, problem.Text{
				EN: "Now without: Light. The price of one was 1019.99 EUR and is 1009.99 EUR now.",
				DE: "Jetzt ohne: Licht. Der Preis für eines war 1019.99 EUR und ist jetzt 1009.99 EUR.",
			}},
			{func(d *schema.ConfigurationDocument) { // the default of one size, which is not there any more
				d.Groups[0].Default, d.Groups[0].Options[0].Key, d.Groups[0].Options[0].Title = "tiny", "tiny", world.Said("Tiny", "Winzig")
				d.Golden = nil
			}, OutcomeRepaired, problem.Text{EN: "Now Tiny instead of Small.", DE: "Jetzt Winzig statt Klein."}},
			{func(d *schema.ConfigurationDocument) { d.Groups[2].Options[0].Key = "breeze" }, OutcomeNeedsCustomer, problem.Text{
				EN: "The product has changed, and something is to be decided anew.", DE: "Das Produkt hat sich geändert, und etwas ist neu zu entscheiden.",
			}},
		} {
			h.publishes(t, x.change)
			got := again(true)
			require.Equal(t, x.outcome, got.Outcome, "%v", got)
			require.Equal(t, x.text, got.Text)
			c, err := h.store.Client().Configuration.Get(h.ctx, got.ID)
			require.NoError(t, err)
			require.Equal(t, x.outcome, c.Change.Outcome)
			require.Equal(t, x.outcome == OutcomeNeedsCustomer, c.Status == configuration.StatusNEEDS_CUSTOMER)
			require.Equal(t, me.User, c.UserID)
		}
		// Not for somebody else.
		err := h.store.Tx(h.as("ORG_MEMBER"), func(ctx context.Context, tx *ent.Client) error {
			_, err := h.Again(ctx, tx, access.Owner{Organization: h.w.South.ID, User: me.User}, []Former{f}, nil, true)
			return err
		})
		require.ErrorIs(t, err, problem.ErrForbidden)
	})
}

// TestMostKept: a person keeps a thousand, and then deletes some first.
func TestMostKept(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		c := h.keeps(t, "ORG_MEMBER", "one", air)
		f := h.formerly(t, c)
		h.do(t, func(ctx context.Context, tx *ent.Client) error {
			n := tx.Configuration.Query().Where(configuration.OrganizationID(c.OrganizationID), configuration.UserID(c.UserID)).CountX(ctx)
			for part := range slices.Chunk(make([]struct{}, mostKept-n), 250) {
				creates := make([]*ent.ConfigurationCreate, len(part))
				for i := range part {
					creates[i] = tx.Configuration.Create().SetOrganizationID(c.OrganizationID).SetUserID(c.UserID).SetProductID(c.ProductID).
						SetVersionID(c.VersionID).SetName(fmt.Sprint(i)).SetChoices(air)
				}
				if _, err := tx.Configuration.CreateBulk(creates...).Save(ctx); err != nil {
					return err
				}
			}
			return nil
		})
		_, err := h.Save(h.as("ORG_MEMBER"), Kept{VersionID: &c.VersionID, Name: new("one more"), Choices: air})
		require.Equal(t, Invalid, code(err))
		err = h.store.Tx(h.as("ORG_MEMBER"), func(ctx context.Context, tx *ent.Client) error {
			heirs, err := h.Heirs(ctx, []gid.ID{c.VersionID})
			require.NoError(t, err)
			out, err := h.Again(ctx, tx, owner(c), []Former{f}, heirs, true)
			require.NoError(t, err)
			require.True(t, out[0].Full)
			require.Empty(t, out[0].ID)
			return nil
		})
		require.NoError(t, err)
	})
}

// TestLinks: of one configuration twenty links are good at a time.
func TestLinks(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		ctx, c := h.as("ORG_MEMBER"), h.keeps(t, "ORG_MEMBER", "one", air)
		codes := map[string]bool{}
		for range mostLinks {
			l, err := h.Share(ctx, c.ID, 1)
			require.NoError(t, err)
			codes[l.Code] = true
			require.Equal(t, h.time.AddDate(0, 0, 1), l.ExpiresAt)
		}
		require.Len(t, codes, mostLinks)
		_, err := h.Share(ctx, c.ID, 1)
		require.Equal(t, Invalid, code(err))
		links, err := h.Links(ctx, c.ID)
		require.NoError(t, err)
		for _, l := range links {
			require.NotContains(t, codes, string(l.Hash), "the code is not kept")
		}
		_, err = h.Revoke(ctx, c.ID, links[0].ID)
		require.NoError(t, err)
		_, err = h.Share(ctx, c.ID, 1)
		require.NoError(t, err, "there is room for one")
		h.time = h.time.AddDate(0, 0, 1)
		l, err := h.Share(ctx, c.ID, 90)
		require.NoError(t, err, "the others have expired")
		for one := range codes {
			_, _, err := h.Shared(ctx, one)
			require.Equal(t, InvalidLink, code(err))
		}
		_, _, err = h.Shared(ctx, l.Code)
		require.NoError(t, err)
		for _, days := range []int{0, -1, 91} {
			_, err := h.Share(ctx, c.ID, days)
			require.Equal(t, Invalid, code(err))
		}
	})
}
