package files

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/file"
	"foyer/schema/gid"
)

// scaling is the work of drawing a picture in its sizes.
type scaling struct {
	File gid.ID `json:"file"`
}

// Kind implements jobs.Args.
func (scaling) Kind() string { return "files.scale" }

// discarding is the work of deleting the bytes of a file that is gone.
type discarding struct {
	Key    string `json:"key"`
	Widths []int  `json:"widths,omitempty"`
}

// Kind implements jobs.Args.
func (discarding) Kind() string { return "files.discard" }

// tidy is the work of deleting what nobody needs.
type tidy struct{}

// Kind implements jobs.Args.
func (tidy) Kind() string { return "files.tidy" }

// tidyEvery is how often that is done.
const tidyEvery = 6 * time.Hour

// unknownFor is how old an object must be that no row knows: its row may be
// about to be written.
const unknownFor = 24 * time.Hour

// scaleWork draws a picture in its sizes. Done twice, it does the same.
func (s *Service) scaleWork(ctx context.Context, job scaling) error {
	ctx = auth.WithSystem(ctx, "scaling of a picture")
	f, err := s.store.Client().File.Query().Where(file.ID(job.File)).Only(ctx)
	if ent.IsNotFound(err) || err == nil && (len(f.Sizes) > 0 || f.Kind != file.KindPICTURE) {
		return nil // deleted meanwhile, or done
	}
	if err != nil {
		return err
	}
	done, err := turnOf(ctx, s.drawing)
	if err != nil {
		return err
	}
	defer done()
	local, err := s.fetch(ctx, f.StorageKey, f.Bytes)
	if err != nil {
		return err
	}
	defer func() { _ = local.Close() }()
	m, turned, err := decode(local, f.ContentType)
	if err != nil {
		return err
	}
	var sizes []int
	err = scale(m, turned, func(width int, data []byte) error {
		sizes = append(sizes, width)
		return s.storage.Put(ctx, scaledKey(f.StorageKey, width), bytes.NewReader(data), int64(len(data)))
	})
	if err != nil {
		return err
	}
	slices.Sort(sizes)
	err = s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.File.UpdateOneID(f.ID).SetSizes(sizes).Exec(ctx)
	})
	if ent.IsNotFound(err) { // deleted while it was drawn: what deletes its bytes may have run already
		return s.discardWork(ctx, discarding{f.StorageKey, sizes})
	}
	return err
}

// discardWork deletes the bytes of a file, and all that was drawn from it.
func (s *Service) discardWork(ctx context.Context, job discarding) error {
	known, err := s.inUse(ctx, []string{job.Key})
	if err != nil || known[job.Key] {
		return err
	}
	err = s.storage.Delete(ctx, job.Key)
	for _, w := range job.Widths {
		err = errors.Join(err, s.storage.Delete(ctx, scaledKey(job.Key, w)))
	}
	return err
}

// inUse says which keys belong to a row. Uploads are asked first: what leaves
// them in between is a file by then.
func (s *Service) inUse(ctx context.Context, keys []string) (map[string]bool, error) {
	known := map[string]bool{}
	marks, args := make([]string, len(keys)), make([]any, len(keys))
	for i, k := range keys {
		marks[i], args[i] = "$"+strconv.Itoa(i+1), k
	}
	in := "(" + strings.Join(marks, ", ") + ")"
	for _, q := range []string{
		`SELECT storage_key FROM file_uploads WHERE storage_key IN ` + in,
		`SELECT incoming_key FROM file_uploads WHERE incoming_key IN ` + in,
		`SELECT storage_key FROM files WHERE storage_key IN ` + in,
	} {
		if err := s.collect(ctx, q, args, func(k string) { known[k] = true }); err != nil {
			return nil, err
		}
	}
	return known, nil
}

func (s *Service) collect(ctx context.Context, query string, args []any, each func(string)) error {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var k string
		if err := rows.Scan(&k); err != nil {
			return fmt.Errorf("files: %w", err)
		}
		each(k)
	}
	return rows.Err()
}

// Tidied says what Tidy has found.
type Tidied struct {
	Expired   int      // uploads that nobody has used
	Discarded int      // files of carts that were thrown away
	Orphans   int      // objects that no row knows
	Missing   []gid.ID // files whose bytes are not there, the first hundred
}

func (s *Service) tidyWork(ctx context.Context, _ tidy) error {
	t, err := s.Tidy(ctx)
	if t.Expired+t.Discarded+t.Orphans+len(t.Missing) > 0 {
		s.logger.InfoContext(ctx, "files: tidied", "expired", t.Expired, "discarded", t.Discarded, "orphans", t.Orphans, "missing", len(t.Missing))
	}
	return err
}

// Tidy deletes uploads whose day is over, files of discarded carts and objects
// that no row knows, and says which files have lost their bytes.
func (s *Service) Tidy(ctx context.Context) (t Tidied, err error) {
	if _, err := s.store.Raw(ctx).ExecContext(ctx, `DELETE FROM file_quotas WHERE day < $1`, s.now().AddDate(0, 0, -2).Format(time.DateOnly)); err != nil {
		return t, fmt.Errorf("files: %w", err)
	}
	if t.Expired, err = s.expire(ctx); err != nil {
		return t, err
	}
	if t.Discarded, err = s.discarded(ctx); err != nil {
		return t, err
	}
	began := s.now()
	there, err := s.orphans(ctx, began.Add(-unknownFor), &t)
	if err != nil {
		return t, err
	}
	t.Missing, err = s.missing(ctx, began, there)
	return t, err
}

// expire deletes uploads whose day is over: first the row, so that nobody uses
// them any more, then their bytes.
func (s *Service) expire(ctx context.Context) (n int, err error) {
	for {
		var key, sent string
		err := s.store.Raw(ctx).QueryRowContext(ctx, `DELETE FROM file_uploads WHERE id = (SELECT id FROM file_uploads WHERE expires_at < $1 ORDER BY expires_at LIMIT 1)
			RETURNING storage_key, incoming_key`, s.now()).Scan(&key, &sent)
		if errors.Is(err, sql.ErrNoRows) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("files: %w", err)
		}
		n++
		for _, k := range []string{key, sent} {
			if k == "" {
				continue
			}
			if err := s.storage.Delete(ctx, k); err != nil {
				return n, err
			}
		}
	}
}

// discarded deletes the files of carts that were thrown away.
func (s *Service) discarded(ctx context.Context) (n int, err error) {
	ctx = auth.WithSystem(ctx, "files of carts that were thrown away are deleted")
	for {
		some := 0
		err := s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			list, err := tx.File.Query().Where(file.HasCartWith(cart.StatusEQ(cart.StatusDISCARDED)), file.OrderIDIsNil()).Limit(pageOf).All(ctx)
			if err != nil {
				return err
			}
			some = len(list)
			for _, f := range list {
				if err := s.remove(ctx, tx, f); err != nil {
					return err
				}
			}
			return nil
		})
		if n += some; err != nil || some < pageOf {
			return n, err
		}
	}
}

// pageOf is how many keys are looked for at a time.
const pageOf = 200

// orphans deletes objects from before a time that no row knows. It returns a
// short mark of each original that is there: their keys would take ten times the
// memory.
func (s *Service) orphans(ctx context.Context, before time.Time, t *Tidied) (func(key string) bool, error) {
	seed, there := maphash.MakeSeed(), map[uint64]struct{}{}
	var page []string
	look := func() error {
		if len(page) == 0 {
			return nil
		}
		originals := make([]string, len(page))
		for i, k := range page {
			originals[i] = originalOf(k)
		}
		known, err := s.inUse(ctx, originals)
		if err != nil {
			return err
		}
		for i, k := range page {
			if known[originals[i]] {
				continue
			}
			if err := s.storage.Delete(ctx, k); err != nil {
				return err
			}
			t.Orphans++
		}
		page = page[:0]
		return nil
	}
	err := s.storage.List(ctx, func(o Object) error {
		if originalOf(o.Key) == o.Key {
			there[maphash.String(seed, o.Key)] = struct{}{}
		}
		if !o.At.Before(before) {
			return nil
		}
		if page = append(page, o.Key); len(page) < pageOf {
			return nil
		}
		return look()
	})
	if err == nil {
		err = look()
	}
	return func(key string) bool { _, ok := there[maphash.String(seed, key)]; return ok }, err
}

// missing are files whose bytes are not there.
func (s *Service) missing(ctx context.Context, before time.Time, there func(string) bool) (lost []gid.ID, err error) {
	ctx = auth.WithSystem(ctx, "search for files that have lost their bytes")
	for last := gid.ID(""); ; {
		q := s.store.Client().File.Query().Where(file.CreatedAtLT(before)).Order(file.ByID()).Limit(pageOf * 5)
		if last != "" { // no id is NULL, and nothing is after that
			q.Where(file.IDGT(last))
		}
		list, err := q.Select(file.FieldID, file.FieldStorageKey).All(ctx)
		if err != nil || len(list) == 0 {
			return lost, err
		}
		last = list[len(list)-1].ID
		for _, f := range list {
			if there(f.StorageKey) {
				continue
			}
			if _, err := s.storage.Stat(ctx, f.StorageKey); !errors.Is(err, ErrNoObject) {
				if err != nil {
					return lost, err
				}
				continue // it came while the list was made
			}
			s.logger.ErrorContext(ctx, "files: the bytes of a file are missing", "file", f.ID)
			if len(lost) < 100 {
				lost = append(lost, f.ID)
			}
		}
	}
}
