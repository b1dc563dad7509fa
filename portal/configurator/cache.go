// Package configurator keeps compiled configuration models at hand.
//
// Owns: which models are in memory, and for how long. Does not own: compiling and
// answering (engine), the language of rules (rules), where models are kept.
package configurator

import (
	"container/list"
	"context"
	"fmt"
	"sync"

	"foyer/portal/configurator/engine"
)

// Cache holds compiled models by a key that names their content, a checksum. It
// compiles each at most once at a time, and forgets those that were not asked for
// the longest when all together take more than its limit.
type Cache struct {
	limit int64

	mu      sync.Mutex
	entries map[string]*entry
	order   *list.List // of *entry that are compiled, the latest asked for first
	size    int64
}

type entry struct {
	key      string
	done     chan struct{}
	compiled *engine.Compiled
	err      error
	size     int64
	place    *list.Element
}

// NewCache makes a cache of at most so many bytes. One model is always kept, however
// large.
func NewCache(limit int64) *Cache {
	return &Cache{limit: limit, entries: map[string]*entry{}, order: list.New()}
}

// Get is the compiled model of a key. load is called when it is not there; it goes on
// when its caller gives up, for others that wait. Errors are not kept.
func (c *Cache) Get(ctx context.Context, key string, load func(context.Context) (*engine.Model, error)) (*engine.Compiled, error) {
	c.mu.Lock()
	e := c.entries[key]
	if e == nil {
		e = &entry{key: key, done: make(chan struct{})}
		c.entries[key] = e
		go c.fill(context.WithoutCancel(ctx), e, load)
	} else if e.place != nil {
		c.order.MoveToFront(e.place)
	}
	c.mu.Unlock()
	select {
	case <-e.done:
		return e.compiled, e.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *Cache) fill(ctx context.Context, e *entry, load func(context.Context) (*engine.Model, error)) {
	e.compiled, e.err = compile(ctx, load)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(e.done)
	if e.err != nil {
		delete(c.entries, e.key)
		return
	}
	e.size = e.compiled.Size()
	e.place = c.order.PushFront(e)
	c.size += e.size
	for c.size > c.limit && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

// compile turns a panic into an error, so that those who wait hear of it.
func compile(ctx context.Context, load func(context.Context) (*engine.Model, error)) (compiled *engine.Compiled, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("compiling the model failed: %v", p)
		}
	}()
	m, err := load(ctx)
	if err != nil {
		return nil, err
	}
	return engine.Compile(ctx, m, engine.Options{})
}

func (c *Cache) drop(at *list.Element) {
	e, _ := c.order.Remove(at).(*entry)
	delete(c.entries, e.key)
	c.size -= e.size
}

// Size is how many models are compiled, and how many bytes they take at most.
func (c *Cache) Size() (models int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len(), c.size
}
