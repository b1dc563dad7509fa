package prices

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/ruletable"
	"foyer/schema"
)

// table is a version of the rules of one kind; number 0 has none.
type table struct {
	number int
	doc    schema.RuleDocument
}

// rules are the tables in force.
type rules struct{ tax, shipping, discount *table }

// of is the table in force of one kind.
func (r rules) of(kind ruletable.Kind) *table {
	switch kind {
	case ruletable.KindTAX:
		return r.tax
	case ruletable.KindSHIPPING:
		return r.shipping
	case ruletable.KindDISCOUNT:
		return r.discount
	}
	return &table{}
}

// rules finds the tables in force. They are kept by the process; one statement
// asks for the numbers of the latest, so that what another replica has saved holds
// here from the next calculation on.
func (s *Service) rules(ctx context.Context) (rules, error) {
	ctx = auth.WithSystem(ctx, "the rules of tax, shipping and discounts, by which a basket is calculated")
	tx := s.store.Reader(ctx)
	var rows []struct {
		Kind   ruletable.Kind `json:"kind"`
		Number int            `json:"number"`
	}
	err := tx.RuleTable.Query().GroupBy(ruletable.FieldKind).Aggregate(ent.As(ent.Max(ruletable.FieldNumber), "number")).Scan(ctx, &rows)
	if err != nil {
		return rules{}, err
	}
	latest := map[ruletable.Kind]int{}
	for _, r := range rows {
		latest[r.Kind] = r.Number
	}
	var found rules
	for kind, into := range map[ruletable.Kind]**table{
		ruletable.KindTAX: &found.tax, ruletable.KindSHIPPING: &found.shipping, ruletable.KindDISCOUNT: &found.discount,
	} {
		if *into, err = s.table(ctx, tx, kind, latest[kind]); err != nil {
			return rules{}, err
		}
	}
	return found, nil
}

// table is a version of a table, from memory where it is there. A version never
// changes; one of a transaction that is then rolled back must not be remembered
// under a number that the next one gets, so only what is read outside of any is.
func (s *Service) table(ctx context.Context, tx *ent.Client, kind ruletable.Kind, number int) (*table, error) {
	if number == 0 {
		return &table{}, nil
	}
	s.mu.Lock()
	t := s.tables[string(kind)]
	s.mu.Unlock()
	if t != nil && t.number == number {
		return t, nil
	}
	r, err := tx.RuleTable.Query().Where(ruletable.KindEQ(kind), ruletable.Number(number)).Only(ctx)
	if err != nil {
		return nil, err
	}
	t = &table{number: number, doc: r.Document}
	if s.store.Transaction(ctx) == nil {
		s.mu.Lock()
		s.tables[string(kind)] = t
		s.mu.Unlock()
	}
	return t, nil
}
