package customers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/gather"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// maxMonths is over how many months figures can be asked for.
const maxMonths = 36

// maxSpans is over how many different numbers of months figures can be asked for in
// one answer. Each has statements of its own.
const maxSpans = 3

// Figures are what an organization orders, in numbers, as far as the viewer sees
// its orders; those of its subsidiaries are not added in. portal/orders says what
// counts as what. Sums have one amount for each currency, by its code.
type Figures struct {
	Open      int // whenever they were placed
	Late      int // of these
	OpenValue []money.Money

	Orders          int // placed in the months
	Value           []money.Money
	ValueBefore     []money.Money // of as many months before
	Delivered       int           // of which the last was delivered in the months, and for which a day was promised
	DeliveredOnTime int           // of these, by the day first promised, see orders.OnTime

	First, Last *time.Time // when the first and the latest order were placed
	Months      []Month    // the earliest first
}

// Month is one month of the calendar, in UTC.
type Month struct {
	First  time.Time // its first day
	Orders int
	Value  []money.Money
}

type figuresKey struct {
	organization gid.ID
	months       int
}

// Figures counts what an organization orders, over some months of the calendar,
// the present one among them and the last of them.
func (s *Service) Figures(ctx context.Context, organization gid.ID, months int) (*Figures, error) {
	if months < 1 || months > maxMonths {
		return nil, problem.Input("Figures are counted over 1 to 36 months.", "Kennzahlen gibt es über 1 bis 36 Monate.")
	}
	return gather.Ask(ctx, together(ctx).figures, figuresKey{organization, months}, s.figures)
}

// figures answers for several organizations. Their number does not add to that
// of the statements; only other months do.
func (s *Service) figures(ctx context.Context, keys []figuresKey) (map[figuresKey]*Figures, error) {
	all, of := map[figuresKey]*Figures{}, map[int][]gid.ID{}
	for _, k := range keys {
		of[k.months] = append(of[k.months], k.organization)
	}
	if len(of) > maxSpans {
		return nil, problem.Input("Ask for figures over at most 3 different numbers of months at once.",
			"Kennzahlen lassen sich über höchstens 3 verschiedene Monatszahlen auf einmal abfragen.")
	}
	for months, ids := range of {
		c := newCounter(s, ids, months)
		for _, count := range []func(context.Context) error{c.ever, c.open, c.late, c.placed, c.delivered} {
			if err := count(ctx); err != nil {
				return nil, fmt.Errorf("customers: figures: %w", err)
			}
		}
		for id, f := range c.of {
			all[figuresKey{id, months}] = f
		}
	}
	return all, nil
}

// counter counts the orders of some organizations. Each of its methods is one
// statement, to which the viewer's rule is added as to any other.
type counter struct {
	*Service
	ids                 []gid.ID
	of                  map[gid.ID]*Figures
	before, from, until time.Time // the months before, the months, and their end
}

func newCounter(s *Service, ids []gid.ID, months int) *counter {
	now := s.now()
	present := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	c := &counter{
		Service: s, ids: ids, of: map[gid.ID]*Figures{},
		before: present.AddDate(0, 1-2*months, 0), from: present.AddDate(0, 1-months, 0), until: present.AddDate(0, 1, 0),
	}
	for _, id := range ids {
		f := &Figures{Months: make([]Month, months)}
		for i := range f.Months {
			f.Months[i].First = c.from.AddDate(0, i, 0)
		}
		c.of[id] = f
	}
	return c
}

func (c *counter) query() *ent.OrderQuery {
	return c.store.Client().Order.Query().Where(order.OrganizationIDIn(c.ids...))
}

// The names of columns that are counted.
const (
	asCount = "n"
	asSum   = "total"
	asMonth = "month"
)

// count and sum are exact in both databases; a sum is of another type than what
// is summed in one of them.
func count(*sql.Selector) string { return sql.As("count(*)", asCount) }

func sum(q *sql.Selector) string {
	return sql.As("CAST(sum("+q.C(order.FieldTotalMinor)+") AS bigint)", asSum)
}

// ever counts when orders were placed first and last.
func (c *counter) ever(ctx context.Context) error {
	var rows []struct {
		Organization gid.ID `sql:"organization_id"`
		First, Last  string
	}
	column := func(of func(string) string, name string) func(*sql.Selector) string {
		return func(q *sql.Selector) string { return sql.As(of(q.C(order.FieldPlacedAt)), name) }
	}
	err := c.query().Where(orders.Placed()).GroupBy(order.FieldOrganizationID).
		Aggregate(column(sql.Min, "first"), column(sql.Max, "last")).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		f := c.of[r.Organization]
		if f.First, err = moment(r.First); err != nil {
			return err
		}
		if f.Last, err = moment(r.Last); err != nil {
			return err
		}
	}
	return nil
}

// moment reads what the databases make of the least and the greatest time.
func moment(text string) (*time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999-07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return new(t.UTC()), nil
		}
	}
	return nil, fmt.Errorf("%q is no time", text)
}

func (c *counter) open(ctx context.Context) error {
	var rows []struct {
		Organization gid.ID `sql:"organization_id"`
		Currency     string
		N            int
		Total        int64
	}
	err := c.query().Where(orders.Open()).GroupBy(order.FieldOrganizationID, order.FieldCurrency).Aggregate(count, sum).Scan(ctx, &rows)
	for _, r := range rows {
		f := c.of[r.Organization]
		f.Open += r.N
		f.OpenValue = plus(f.OpenValue, r.Currency, r.Total)
	}
	return err
}

func (c *counter) late(ctx context.Context) error {
	var rows []struct {
		Organization gid.ID `sql:"organization_id"`
		N            int
	}
	err := c.query().Where(c.orders.Late(ctx)).GroupBy(order.FieldOrganizationID).Aggregate(count).Scan(ctx, &rows)
	for _, r := range rows {
		c.of[r.Organization].Late = r.N
	}
	return err
}

// placed counts the orders of the months, and of those before.
func (c *counter) placed(ctx context.Context) error {
	var rows []struct {
		Organization gid.ID `sql:"organization_id"`
		Currency     string
		Month        string
		N            int
		Total        int64
	}
	byMonth := func(q *sql.Selector) string {
		month := orders.MonthPlaced(q)
		q.GroupBy(month)
		return sql.As(month, asMonth)
	}
	err := c.query().Where(orders.Placed(), order.PlacedAtGTE(c.before), order.PlacedAtLT(c.until)).
		GroupBy(order.FieldOrganizationID, order.FieldCurrency).Aggregate(byMonth, count, sum).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		first, err := time.Parse("2006-01", r.Month)
		if err != nil {
			return err
		}
		f := c.of[r.Organization]
		if first.Before(c.from) {
			f.ValueBefore = plus(f.ValueBefore, r.Currency, r.Total)
			continue
		}
		m := &f.Months[slices.IndexFunc(f.Months, func(m Month) bool { return m.First.Equal(first) })]
		m.Orders += r.N
		m.Value = plus(m.Value, r.Currency, r.Total)
		f.Orders += r.N
		f.Value = plus(f.Value, r.Currency, r.Total)
	}
	return nil
}

func (c *counter) delivered(ctx context.Context) error {
	var rows []struct {
		Organization gid.ID `sql:"organization_id"`
		N            int
		Total        int
	}
	onTime := func(q *sql.Selector) string { return sql.As(orders.OnTime(ctx)(q), asSum) }
	err := c.query().Where(orders.DeliveredIn(c.from, c.until)).GroupBy(order.FieldOrganizationID).Aggregate(count, onTime).Scan(ctx, &rows)
	for _, r := range rows {
		c.of[r.Organization].Delivered, c.of[r.Organization].DeliveredOnTime = r.N, r.Total
	}
	return err
}

// plus adds an amount to a sum.
func plus(sum []money.Money, currency string, minor int64) []money.Money {
	i, known := slices.BinarySearchFunc(sum, currency, func(m money.Money, currency string) int { return strings.Compare(m.Currency, currency) })
	if !known {
		return slices.Insert(sum, i, money.Money{Currency: currency, Minor: minor})
	}
	sum[i].Minor += minor
	return sum
}
