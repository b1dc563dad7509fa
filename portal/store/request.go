package store

import (
	"context"
	"sync/atomic"
)

// Request is a mutation that its client marked as idempotent. The first
// transaction that runs under it claims the key; see Store.Write.
type Request struct {
	Identity    string // acting identity and client: the same key of another one is another key
	Key         string
	Fingerprint []byte // digest of field and arguments: the same key for another request is a conflict

	claimed atomic.Bool
}

// Claimed says whether a transaction has taken the key. A mutation that
// answers without having claimed it would not be repeatable, and is a bug.
func (r *Request) Claimed() bool { return r.claimed.Load() }

type requestKey struct{}

// WithRequest marks the context's next Write as idempotent.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

func requestFrom(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}
