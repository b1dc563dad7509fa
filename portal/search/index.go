package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/schema/gid"
)

const (
	indexEvery   = 30 * time.Second
	indexTimeout = 2 * time.Minute
	indexReserve = 10 * time.Second // a batch that has been begun is finished
	indexBatch   = 400              // marks that are read at a time
	promptly     = 50               // marks that a change waits for
)

// indexArgs order the work of bringing the index up to date.
type indexArgs struct{}

// Kind implements jobs.Args.
func (indexArgs) Kind() string { return "search.index" }

// OrderIndex orders that the index is brought up to date, such as after an import.
func OrderIndex(ctx context.Context, r *jobs.Runner) error { return r.Insert(ctx, indexArgs{}) }

// listen indexes what somebody has changed by way of the store, as soon as it is
// committed, so that they find it themselves. The mark in the table is there
// anyway, for the job, should this fail; what is written in other ways waits for
// the job.
func (s *Service) listen() {
	hook := func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			v, err := next.Mutate(ctx, m)
			if err == nil && !s.o.Later {
				store.AfterCommit(ctx, s.promptly) //nolint:contextcheck // that of the transaction is over
			}
			return v, err
		})
	}
	c := s.st.Client()
	c.Product.Use(hook)
	c.ProductVariant.Use(hook)
	c.Category.Use(hook)
	c.ProductType.Use(hook)
}

// promptly indexes the latest changes. One call does the work of several that were
// committed together, and none waits for another's.
func (s *Service) promptly() {
	if !s.indexing.TryLock() {
		return
	}
	defer s.indexing.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) //nolint:forbidigo // the transaction in the old one is over
	defer cancel()
	if _, err := s.batch(ctx, promptly, true); err != nil {
		s.o.Logger.ErrorContext(ctx, "search: what was changed is not in the index yet", "error", err)
	}
}

// CatchUp indexes all that has changed, or as much as there is time for.
func (s *Service) CatchUp(ctx context.Context) error {
	s.indexing.Lock()
	defer s.indexing.Unlock()
	until, limited := ctx.Deadline()
	for {
		n, err := s.batch(ctx, indexBatch, false)
		if err != nil || n == 0 || limited && time.Until(until) < indexReserve {
			return err
		}
	}
}

// Reindex indexes everything anew.
func (s *Service) Reindex(ctx context.Context) error {
	// Products that are gone leave no mark of their own here, so documents do.
	if _, err := s.st.Raw(ctx).ExecContext(ctx, `INSERT INTO search_dirty (ref) SELECT id FROM products UNION SELECT product_id FROM search_docs`); err != nil {
		return fmt.Errorf("search: reindex: %w", err)
	}
	return s.CatchUp(ctx)
}

// batch indexes some of what has changed, and says how many marks that were. The
// marks go in the transaction that has read what they stand for: a change that is
// committed later has left marks of its own.
func (s *Service) batch(ctx context.Context, size int, latest bool) (n int, err error) {
	ctx = auth.WithSystem(ctx, "index of the catalog")
	if n, err := s.marks(ctx); err != nil || n == 0 { // the usual case takes no write lock
		return 0, err
	}
	err = s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		n = 0
		q := s.st.Raw(ctx)
		if s.st.Postgres() { // one at a time, of all replicas; SQLite has one writer
			if _, err := q.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtext('foyer search'))`); err != nil {
				return err
			}
		} else if _, err := q.ExecContext(ctx, `PRAGMA cache_size = -32768`); err != nil {
			return err
		}
		order := "ASC"
		if latest {
			order = "DESC"
		}
		rows, err := q.QueryContext(ctx, `SELECT id, ref FROM search_dirty ORDER BY id `+order+` LIMIT $1`, size)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		var marks []string
		var products, groups []gid.ID
		for rows.Next() {
			var mark string
			var ref gid.ID
			if err := rows.Scan(&mark, &ref); err != nil {
				return err
			}
			marks = append(marks, mark)
			if ref.Prefix() == gid.Product {
				products = append(products, ref)
			} else {
				groups = append(groups, ref)
			}
		}
		if err := rows.Err(); err != nil || len(marks) == 0 {
			return err
		}
		n = len(marks)
		if err := s.each(ctx, `DELETE FROM search_dirty WHERE id IN (SELECT CAST(v1 AS bigint) FROM %s)`, rowsOf(marks)); err != nil {
			return err
		}
		if err := s.spread(ctx, groups); err != nil {
			return err
		}
		slices.Sort(products)
		return s.index(ctx, tx, slices.Compact(products))
	})
	if err != nil {
		return 0, fmt.Errorf("search: index: %w", err)
	}
	return n, nil
}

func (s *Service) marks(ctx context.Context) (n int, err error) {
	err = s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM search_dirty LIMIT 1) x`).Scan(&n)
	return n, err
}

// spread marks the products of categories, with what is below them, and of types.
func (s *Service) spread(ctx context.Context, groups []gid.ID) error {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(groups))) {
		if _, err := s.st.Raw(ctx).ExecContext(ctx, `
WITH RECURSIVE below (id) AS (
  SELECT id FROM categories WHERE id = $1 UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id
)
INSERT INTO search_dirty (ref) SELECT id FROM products WHERE category_id IN (SELECT id FROM below) OR type_id = $1`, string(id)); err != nil {
			return err
		}
	}
	return nil
}

// index writes the documents of products.
func (s *Service) index(ctx context.Context, tx *ent.Client, ids []gid.ID) error {
	if len(ids) == 0 {
		return nil
	}
	products, err := tx.Product.Query().Where(product.IDIn(ids...)).All(ctx)
	if err != nil {
		return err
	}
	variants, err := tx.ProductVariant.Query().Where(productvariant.ProductIDIn(ids...)).Order(productvariant.BySku()).All(ctx)
	if err != nil {
		return err
	}
	of := map[gid.ID][]*ent.ProductVariant{}
	for _, v := range variants {
		of[v.ProductID] = append(of[v.ProductID], v)
	}
	from := source{map[gid.ID]*ent.Category{}, map[gid.ID]*ent.ProductType{}}
	categories, err := tx.Category.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, c := range categories {
		from.categories[c.ID] = c
	}
	types, err := tx.ProductType.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, t := range types {
		from.types[t.ID] = t
	}
	changed := vocabulary{}
	if err := s.forget(ctx, ids, changed); err != nil {
		return err
	}
	var docs []*document
	for _, p := range products {
		for _, staff := range []bool{false, true} {
			if d := from.document(p, of[p.ID], staff); d != nil {
				docs = append(docs, d)
				changed.add(d)
			}
		}
	}
	if err := s.write(ctx, docs); err != nil {
		return err
	}
	return s.learn(ctx, changed)
}

// forget takes the documents of products out of the index.
func (s *Service) forget(ctx context.Context, ids []gid.ID, changed vocabulary) error {
	q, list := s.st.Raw(ctx), texted(ids)
	rows, err := q.QueryContext(ctx, s.with(`SELECT id, staff, open, terms FROM search_docs WHERE product_id IN (SELECT v1 FROM %s)`, 1), s.args(rowsOf(list))...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	gone := map[bool][]string{}
	for rows.Next() {
		var id, terms string
		var staff, open bool
		if err := rows.Scan(&id, &staff, &open, &terms); err != nil {
			return err
		}
		gone[staff] = append(gone[staff], id)
		changed.remove(staff, open, terms)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if !s.st.Postgres() {
		for staff, ids := range gone {
			if err := s.each(ctx, `DELETE FROM `+table(staff)+` WHERE rowid IN (SELECT CAST(v1 AS integer) FROM %s)`, rowsOf(ids)); err != nil {
				return err
			}
		}
	}
	return s.each(ctx, `DELETE FROM search_docs WHERE product_id IN (SELECT v1 FROM %s)`, rowsOf(list))
}

// table is the full-text table of SQLite.
func table(staff bool) string {
	if staff {
		return "search_staff"
	}
	return "search_public"
}

// write adds documents: on PostgreSQL all with one statement, which is one round trip.
func (s *Service) write(ctx context.Context, docs []*document) error {
	q := s.st.Raw(ctx)
	var rows [][]string
	for _, d := range docs {
		shown, err := d.textsJSON()
		if err != nil {
			return err
		}
		if s.st.Postgres() {
			rows = append(rows, []string{strconv.FormatBool(d.staff), string(d.product), d.head, d.facets, shown, d.terms, strconv.FormatBool(d.open), d.vector()})
			continue
		}
		made, err := q.ExecContext(ctx, `INSERT INTO search_docs (staff, product_id, head, facets, texts, terms, open) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			d.staff, string(d.product), d.head, d.facets, shown, d.terms, d.open)
		if err != nil {
			return err
		}
		id, err := made.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := q.ExecContext(ctx, `INSERT INTO `+table(d.staff)+` (rowid, name, keys, attributes, body, filter) VALUES ($1, $2, $3, $4, $5, $6)`, id,
			strings.Join(d.name, " "), strings.Join(d.keys, " "), strings.Join(d.attributes, " "), strings.Join(d.body, " "), strings.Join(d.filter, " ")); err != nil {
			return err
		}
	}
	return s.each(ctx, `INSERT INTO search_docs (staff, product_id, head, facets, texts, terms, open, vector)
		SELECT CAST(v1 AS boolean), v2, v3, v4, v5, v6, CAST(v7 AS boolean), v8::tsvector FROM %s`, rows)
}

// vocabulary is how the counts of words change.
type vocabulary map[string]*entry

type entry struct {
	word
	open, staff int
}

func (v vocabulary) of(term string) *entry {
	if v[term] == nil {
		v[term] = &entry{}
	}
	return v[term]
}

func (v vocabulary) add(d *document) {
	for term, w := range d.words {
		e := v.of(term)
		if e.display == "" || !d.staff {
			e.word = w // as it is written where everybody may read it
		}
		v.count(e, d.staff, d.open, 1)
	}
}

func (v vocabulary) remove(staff, open bool, terms string) {
	for term := range strings.FieldsSeq(terms) {
		v.count(v.of(term), staff, open, -1)
	}
}

func (vocabulary) count(e *entry, staff, open bool, n int) {
	switch {
	case staff:
		e.staff += n
	case open: // a word of products for chosen customers is nobody's correction
		e.open += n
	}
}

// learn writes how the vocabulary has changed.
func (s *Service) learn(ctx context.Context, changed vocabulary) error {
	var known []string
	for term, e := range changed {
		if e.open != 0 || e.staff != 0 {
			known = append(known, term)
		}
	}
	if len(known) == 0 {
		return nil
	}
	slices.Sort(known)
	var fresh, parts [][]string
	for _, t := range known {
		e := changed[t]
		fresh = append(fresh, []string{t, e.display, fmt.Sprint(bit(e.sku)), fmt.Sprint(e.open), fmt.Sprint(e.staff)})
		if e.display == "" { // it only goes
			continue
		}
		for _, g := range grams(t, true) {
			parts = append(parts, []string{g, fmt.Sprint(utf8.RuneCountInString(t)), t})
		}
	}
	if err := s.each(ctx, `INSERT INTO search_terms (term, display, sku, open_docs, staff_docs)
		SELECT v1, v2, `+s.flag("v3")+`, CAST(v4 AS integer), CAST(v5 AS integer) FROM %s WHERE true
		ON CONFLICT (term) DO UPDATE SET open_docs = search_terms.open_docs + excluded.open_docs, staff_docs = search_terms.staff_docs + excluded.staff_docs,
			display = CASE WHEN excluded.display = '' THEN search_terms.display ELSE excluded.display END`, fresh); err != nil {
		return err
	}
	if err := s.each(ctx, `INSERT INTO search_grams (gram, length, term) SELECT v1, CAST(v2 AS integer), v3 FROM %s WHERE true ON CONFLICT DO NOTHING`, parts); err != nil {
		return err
	}
	// Words that no product has any more.
	rows, err := s.st.Raw(ctx).QueryContext(ctx, s.with(`SELECT term FROM search_terms WHERE open_docs <= 0 AND staff_docs <= 0 AND term IN (SELECT v1 FROM %s)`, 1), s.args(rowsOf(known))...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var gone []string
	parts = nil
	for rows.Next() {
		var t string
		if err := rows.Scan(&t); err != nil {
			return err
		}
		gone = append(gone, t)
		for _, g := range grams(t, true) {
			parts = append(parts, []string{g, fmt.Sprint(utf8.RuneCountInString(t)), t})
		}
	}
	if err := rows.Err(); err != nil || len(gone) == 0 {
		return err
	}
	if err := s.each(ctx, `DELETE FROM search_grams WHERE (gram, length, term) IN (SELECT v1, CAST(v2 AS integer), v3 FROM %s)`, parts); err != nil {
		return err
	}
	return s.each(ctx, `DELETE FROM search_terms WHERE term IN (SELECT v1 FROM %s)`, rowsOf(gone))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// flag reads a truth value from a text.
func (s *Service) flag(column string) string {
	if s.st.Postgres() {
		return "(" + column + " = '1')"
	}
	return "CAST(" + column + " AS integer)"
}

// rowsOf are rows of one column.
func rowsOf(list []string) [][]string {
	rows := make([][]string, len(list))
	for i, x := range list {
		rows[i] = []string{x}
	}
	return rows
}

func texted(ids []gid.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}

// with puts rows of texts into a statement in the place of %s, with columns v1, v2
// ...: one argument a column on PostgreSQL, one in all on SQLite, however many rows
// there are.
func (s *Service) with(statement string, columns int) string {
	var names, values []string
	for i := range columns {
		names = append(names, fmt.Sprintf("v%d", i+1))
		if s.st.Postgres() {
			values = append(values, fmt.Sprintf("$%d::text[]", i+1))
		} else {
			values = append(values, fmt.Sprintf("value ->> %d AS v%d", i, i+1))
		}
	}
	if s.st.Postgres() {
		return fmt.Sprintf(statement, `unnest(`+strings.Join(values, ", ")+`) AS given (`+strings.Join(names, ", ")+`)`)
	}
	return fmt.Sprintf(statement, `(SELECT `+strings.Join(values, ", ")+` FROM json_each($1)) AS given`)
}

// args are rows as with takes them.
func (s *Service) args(rows [][]string) []any {
	if !s.st.Postgres() {
		text, _ := json.Marshal(rows) // texts never fail
		return []any{string(text)}
	}
	columns := make([][]string, len(rows[0]))
	for _, r := range rows {
		for i, x := range r {
			columns[i] = append(columns[i], x)
		}
	}
	list := make([]any, len(columns))
	for i, c := range columns {
		list[i] = store.Array(c)
	}
	return list
}

// each runs a statement over rows of texts.
func (s *Service) each(ctx context.Context, statement string, rows [][]string) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := s.st.Raw(ctx).ExecContext(ctx, s.with(statement, len(rows[0])), s.args(rows)...)
	return err
}
