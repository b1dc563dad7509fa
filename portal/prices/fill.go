package prices

import (
	"context"

	"foyer/portal/store"
	"foyer/schema/gid"
)

// Fill gives a new price list its customers and its prices, within the running
// transaction and without looking at them: for what the system itself makes.
func Fill(ctx context.Context, st *store.Store, id gid.ID, to []Assignment, prices map[gid.ID][]Tier) error {
	s := &Service{store: st}
	for _, a := range to {
		if _, err := st.Raw(ctx).ExecContext(ctx, `INSERT INTO price_list_assignments (audience_id, price_list_id, priority) VALUES ($1, $2, $3)`,
			a.audience(), string(id), a.Priority); err != nil {
			return err
		}
	}
	_, err := s.replace(ctx, id, prices)
	return err
}

// Check says what is wrong with rules that somebody writes into a program.
func Check(t SaveTable) error {
	_, err := t.read()
	return err
}
