package testkit

import (
	"context"
	"errors"
	"sync"

	"foyer/schema/gid"
)

// Stock is a stock for approvals that keeps what it was asked, until that of the
// portal is at hand.
type Stock struct {
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
func (*Stock) Short(err error) bool { return errors.Is(err, errGone) }

// Allocate implements approvals.Stock.
func (s *Stock) Allocate(_ context.Context, order gid.ID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, "allocate "+string(order))
	if s.gone {
		return errGone
	}
	return nil
}

// Release implements approvals.Stock.
func (s *Stock) Release(_ context.Context, order gid.ID, _ map[gid.ID]int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, "release "+string(order))
	return nil
}
