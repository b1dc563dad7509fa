package importer

import (
	"context"
	"database/sql"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// reference is a record that another one points to.
type reference struct {
	id   gid.ID
	sku  string // of a product's variant
	name string // of a product
}

// cachedReferences is how many of a sort are remembered.
const cachedReferences = 50_000

// references finds records of the source by external id, and remembers them.
// In a dry run nothing that the run would have made can be found in the
// database; it is remembered beside.
type references struct {
	sync.Mutex
	b     *store.Bulk
	cache map[string]*simplelru.LRU[string, reference]
	made  map[string]map[string]reference // nil unless dry
}

func newReferences(b *store.Bulk, dry bool) *references {
	r := &references{b: b, cache: map[string]*simplelru.LRU[string, reference]{}}
	for _, typ := range []string{ent.TypeOrganization, ent.TypeUser, ent.TypeProductVariant, ent.TypeRole} {
		r.cache[typ], _ = simplelru.NewLRU[string, reference](cachedReferences, nil) // its size is good
	}
	if dry {
		r.made = map[string]map[string]reference{}
	}
	return r
}

// add remembers a record that was written, or in a dry run would have been.
func (r *references) add(typ, key string, x reference) {
	r.Lock()
	defer r.Unlock()
	if r.made == nil {
		r.cache[typ].Add(key, x)
		return
	}
	if r.made[typ] == nil {
		r.made[typ] = map[string]reference{}
	}
	r.made[typ][key] = x
}

// one finds a record; ok is false when there is none.
func (r *references) one(ctx context.Context, typ, key string) (x reference, ok bool, err error) {
	found, err := r.many(ctx, typ, []string{key})
	x, ok = found[key]
	return x, ok, err
}

// many finds records, those that are not remembered by one query.
func (r *references) many(ctx context.Context, typ string, keys []string) (map[string]reference, error) {
	r.Lock()
	defer r.Unlock()
	found := make(map[string]reference, len(keys))
	var ask []string
	for _, k := range keys {
		if x, ok := r.made[typ][k]; ok {
			found[k] = x
		} else if x, ok := r.cache[typ].Get(k); ok {
			found[k] = x
		} else {
			ask = append(ask, k)
		}
	}
	if len(ask) == 0 {
		return found, nil
	}
	columns, by := []string{"id", "external_id"}, "external_id"
	switch typ {
	case ent.TypeProductVariant:
		columns = append(columns, "sku", "name")
	case ent.TypeRole:
		columns, by = []string{"id", "key", "kind"}, "key"
	}
	err := r.b.Each(ctx, typ, columns, by, ask, func(scan func(...any) error) error {
		var x reference
		var key string
		into := []any{&x.id, &key}
		var sku, name sql.NullString
		switch typ {
		case ent.TypeProductVariant:
			into = append(into, &sku, &name)
		case ent.TypeRole:
			into = append(into, &name)
		}
		if err := scan(into...); err != nil {
			return err
		}
		x.sku, x.name = sku.String, name.String
		found[key] = x
		r.cache[typ].Add(key, x)
		return nil
	})
	return found, err
}

// plan remembers that a dry run would have made a record to which nothing else
// points.
func (r *references) plan(typ, key string) {
	if r.made != nil {
		r.add(typ, key, reference{})
	}
}

// planned says whether a dry run would have made a record.
func (r *references) planned(typ, key string) bool {
	r.Lock()
	defer r.Unlock()
	_, ok := r.made[typ][key]
	return ok
}
