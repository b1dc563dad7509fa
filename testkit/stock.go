package testkit

import (
	"context"
	"errors"
	"sync"

	"foyer/portal/approvals"
	"foyer/portal/stock"
	"foyer/schema/gid"
)

// Stock is the stock as approvals ask it: it notes what it was asked, and can be
// told that goods have gone meanwhile.
type Stock struct {
	real  approvals.Stock
	mu    sync.Mutex
	gone  bool
	calls []string
}

var errGone = errors.New("testkit: it is gone")

// SetGone says whether what is asked for has gone.
func (s *Stock) SetGone(gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone = gone
}

// Calls are what was asked of it, such as "allocate ord_1"; whether or not the
// transaction came to be.
func (s *Stock) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.calls...)
}

// Short says whether an error is that there is not enough.
func (*Stock) Short(err error) bool { return errors.Is(err, errGone) || stock.IsShort(err) }

// Allocate implements approvals.Stock.
func (s *Stock) Allocate(ctx context.Context, order gid.ID) error {
	if gone := s.note("allocate " + string(order)); gone {
		return errGone
	}
	return s.real.Allocate(ctx, order)
}

// Release implements approvals.Stock.
func (s *Stock) Release(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error {
	s.note("release " + string(order))
	return s.real.Release(ctx, order, quantities)
}

// note keeps a call, and says whether goods have gone.
func (s *Stock) note(call string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
	return s.gone
}
