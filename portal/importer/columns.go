package importer

import (
	"context"
	"encoding/json"
	"time"

	"foyer/portal/store"
	"foyer/schema/gid"
)

// column is a column of a table that a stage writes: the field that it comes
// from (none: it is always written) and its value.
type column[T any] struct {
	name  string
	field string
	value func(it *item[T]) any
}

// sourced are the columns that every record of another system has.
func sourced[T any](now time.Time) []column[T] {
	return []column[T]{
		{"id", "", func(it *item[T]) any { return it.id }},
		{"created_at", "", func(*item[T]) any { return now }},
		{"updated_at", "", func(*item[T]) any { return now }},
		{"external_id", "", func(it *item[T]) any { return it.key }},
		{"external_version", "external_version", func(it *item[T]) any { return optional(it.version) }},
		{"external_digest", "", func(it *item[T]) any { return it.digest }},
	}
}

// fixed are the columns that are written once, with the record.
var fixed = map[string]bool{
	"id": true, "created_at": true, "external_id": true,
	"organization_id": true, "user_id": true, "order_id": true, "product_id": true, "number": true,
}

// upsert writes items into a table. Of a record that is here already it
// overwrites the columns that the mapping gives; the others are the portal's.
func upsert[T any](ctx context.Context, b *store.Bulk, typ string, columns []column[T], items []*item[T]) error {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	var fresh [][]any
	changed := map[*section][][]any{}
	var sections []*section // in the order of the batch
	for _, it := range items {
		row := make([]any, len(columns), len(columns)+1) // the source is to follow
		for i, c := range columns {
			row[i] = c.value(it)
		}
		switch {
		case it.known == nil:
			fresh = append(fresh, row)
		case changed[it.s] == nil:
			sections = append(sections, it.s)
			fallthrough
		default:
			changed[it.s] = append(changed[it.s], row)
		}
	}
	if err := b.Insert(ctx, typ, names, fresh); err != nil {
		return err
	}
	for _, s := range sections {
		var overwrite []string
		for _, c := range columns {
			if !fixed[c.name] && (c.field == "" || s.maps(c.field)) {
				overwrite = append(overwrite, c.name)
			}
		}
		if err := b.Upsert(ctx, typ, names, []string{"source", "external_id"}, overwrite, changed[s]); err != nil {
			return err
		}
	}
	return nil
}

// identify gives an item the id of the record that is here, or a new one that
// sorts as if it had been made at a time.
func (it *item[T]) identify(prefix string, at time.Time) {
	if it.known != nil {
		it.id = it.known.ID
	} else {
		it.id = gid.At(prefix, at)
	}
}

// optional is NULL for nothing.
func optional[V any](v *V) any {
	if v == nil {
		return nil
	}
	return *v
}

// null is NULL for an empty text.
func null[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// asJSON is a JSON column's text, NULL for nothing.
func asJSON[V any](v *V) any {
	if v == nil {
		return nil
	}
	text, _ := json.Marshal(v) // plain structs of texts
	return string(text)
}
