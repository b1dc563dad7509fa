package files

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/file"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doUpload  = "file.upload"
	doAttach  = "file.attach"
	doCatalog = "file.catalog"
	doDelete  = "file.delete"
	doCart    = "cart.change"
)

// The states of an upload.
const (
	waiting = "WAITING" // for its bytes
	ready   = "READY"
)

// pending is a row of file_uploads.
type pending struct {
	ID                gid.ID
	state, kind, name string
	bytes             int64
	incoming, key     string
	contentType, sum  string
	width, height     int
	expires           time.Time
}

const pendingColumns = `id, state, kind, name, bytes, incoming_key, storage_key, content_type, sha256, width, height, expires_at`

func (p *pending) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&p.ID, &p.state, &p.kind, &p.name, &p.bytes, &p.incoming, &p.key, &p.contentType, &p.sum, &p.width, &p.height, &p.expires)
}

// owner is who uploads: a person, whatever they act for, or a key.
func owner(ctx context.Context) (string, error) {
	v := auth.From(ctx)
	if v == nil || v.UserID == "" {
		return "", problem.ErrUnauthenticated
	}
	return v.UserID, nil
}

// mayUpload begins an upload of the viewer's.
func mayUpload(ctx context.Context) (who string, err error) {
	if who, err = owner(ctx); err != nil {
		return "", err
	}
	_, err = access.Act(ctx, doUpload, access.Owner{User: gid.ID(who)})
	return who, err
}

func errUnknown(field string) error {
	return problem.Refuse(UnknownUpload, problem.Text{
		EN: "There is no such upload of yours any more. Please send the file again.",
		DE: "Diesen Upload von Ihnen gibt es nicht mehr. Bitte senden Sie die Datei noch einmal.",
	}, "input", field)
}

// checkSize refuses what is empty or too large, before it is looked at.
func (s *Service) checkSize(size int64, field string) error {
	switch {
	case size <= 0:
		return problem.Refuse(Empty, problem.Text{EN: "The file is empty.", DE: "Die Datei ist leer."}, "input", field)
	case size > s.limits.Largest:
		n := strconv.FormatInt(s.limits.Largest>>20, 10)
		return problem.Refuse(TooLarge, problem.Text{
			EN: "The file is larger than " + n + " MB.", DE: "Die Datei ist größer als " + n + " MB.",
		}, "input", field)
	}
	return nil
}

// count adds to what somebody has uploaded today, and refuses what is too much.
func (s *Service) count(ctx context.Context, who string, bytes int64) error {
	var files int
	var total int64
	err := s.store.Raw(ctx).QueryRowContext(ctx, `INSERT INTO file_quotas (owner, day, files, bytes) VALUES ($1, $2, 1, $3)
		ON CONFLICT (owner, day) DO UPDATE SET files = file_quotas.files + 1, bytes = file_quotas.bytes + excluded.bytes
		RETURNING files, bytes`, who, s.now().Format(time.DateOnly), bytes).Scan(&files, &total)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return s.within(files, total)
}

func (s *Service) within(files int, bytes int64) error {
	if files > s.limits.DailyFiles || bytes > s.limits.DailyBytes {
		return problem.Refuse(QuotaExceeded, problem.Text{
			EN: "You have uploaded as much as can be uploaded in a day. Please go on tomorrow.",
			DE: "Sie haben so viel hochgeladen, wie an einem Tag möglich ist. Bitte machen Sie morgen weiter.",
		})
	}
	return nil
}

// room says whether somebody may upload so much more today. It is asked before
// anything is kept, and count once more after.
func (s *Service) room(ctx context.Context, who string, bytes int64) error {
	var files int
	var total int64
	err := s.store.RawRead(ctx).QueryRowContext(ctx, `SELECT files, bytes FROM file_quotas WHERE owner = $1 AND day = $2`,
		who, s.now().Format(time.DateOnly)).Scan(&files, &total)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("files: %w", err)
	}
	return s.within(files+1, total+bytes)
}

// Receive takes a file in that came with the request.
func (s *Service) Receive(ctx context.Context, in Sent) (gid.ID, error) {
	who, err := mayUpload(ctx)
	if err != nil {
		return "", err
	}
	if err := s.checkSize(in.Size, "file"); err != nil {
		return "", err
	}
	if err := s.room(ctx, who, in.Size); err != nil {
		return "", err
	}
	content, ok := in.Content.(io.ReaderAt)
	if !ok {
		return "", errors.New("files: what was sent cannot be read twice")
	}
	kept, err := s.take(ctx, content, in.Size, in.Kind)
	if err != nil {
		return "", err
	}
	id, err := s.store.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		if err := s.count(ctx, who, in.Size); err != nil {
			return "", err
		}
		p := *kept
		p.ID, p.kind, p.name, p.state = gid.New(gid.Upload), string(in.Kind), CleanName(in.Name, kept.contentType), ready
		return p.ID, s.insert(ctx, who, p)
	})
	s.unneeded(ctx, kept.key)
	return id, err
}

func (s *Service) insert(ctx context.Context, who string, p pending) error {
	_, err := s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO file_uploads (`+pendingColumns+`, owner, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		string(p.ID), p.state, p.kind, p.name, p.bytes, p.incoming, p.key, p.contentType, p.sum, p.width, p.height, s.now().Add(uploadLife), who, s.now())
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

// take looks at what was sent and keeps it; what is kept are the very bytes that
// were looked at.
func (s *Service) take(ctx context.Context, content io.ReaderAt, size int64, kind file.Kind) (*pending, error) {
	done, err := turnOf(ctx, s.looking)
	if err != nil {
		return nil, err
	}
	defer done()
	found, err := Inspect(ctx, content, size, kind)
	if err != nil {
		return nil, err
	}
	if kind == file.KindPICTURE { // it will be drawn; then it must be possible
		if err := s.tryDrawing(ctx, io.NewSectionReader(content, 0, size), found.Type); err != nil {
			return nil, err
		}
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, &stoppable{ctx, io.NewSectionReader(content, 0, size)}); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	p := &pending{key: newKey(), bytes: size, contentType: found.Type, sum: hex.EncodeToString(sum.Sum(nil)), width: found.Width, height: found.Height}
	return p, s.storage.Put(ctx, p.key, io.NewSectionReader(content, 0, size), size)
}

func (s *Service) tryDrawing(ctx context.Context, r io.ReadSeeker, typ string) error {
	done, err := turnOf(ctx, s.drawing)
	if err != nil {
		return err
	}
	defer done()
	_, _, err = decode(r, typ)
	return err
}

// unneeded deletes what was kept and belongs to no row after all: the request was
// refused, or repeated and answered with what the first one did. Whatever it does
// not reach is found by tidy.
func (s *Service) unneeded(ctx context.Context, key string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	known, err := s.inUse(ctx, []string{key})
	if err == nil && !known[key] {
		err = s.storage.Delete(ctx, key)
	}
	if err != nil {
		s.logger.WarnContext(ctx, "files: what is not needed could not be deleted; it will be later", "error", err)
	}
}

// Begin announces a file that will be sent directly.
func (s *Service) Begin(ctx context.Context, in Announced) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		who, err := mayUpload(ctx)
		if err != nil {
			return "", err
		}
		if err := s.checkSize(in.Bytes, "bytes"); err != nil {
			return "", err
		}
		if err := s.count(ctx, who, in.Bytes); err != nil {
			return "", err
		}
		p := pending{ID: gid.New(gid.Upload), state: waiting, kind: string(in.Kind), name: clip(in.Name), bytes: in.Bytes, incoming: incomingKey()}
		return p.ID, s.insert(ctx, who, p)
	})
}

// clip bounds a name that will be cleaned once the type is known.
func clip(name string) string {
	if r := []rune(name); len(r) > 1000 {
		return string(r[len(r)-1000:])
	}
	return name
}

// mine finds an upload of the viewer's that is not over.
func (s *Service) mine(ctx context.Context, id gid.ID) (*pending, error) {
	who, err := owner(ctx)
	if err != nil {
		return nil, err
	}
	var p pending
	err = p.scan(s.store.RawRead(ctx).QueryRowContext(ctx, `SELECT `+pendingColumns+` FROM file_uploads WHERE id = $1 AND owner = $2 AND expires_at > $3`,
		string(id), who, s.now()))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // there is none
	}
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return &p, nil
}

// Ticket says where an upload of the viewer's is to be sent.
func (s *Service) Ticket(ctx context.Context, id gid.ID) (*Ticket, error) {
	p, err := s.mine(ctx, id)
	if err != nil {
		return nil, err
	}
	if p == nil || p.state != waiting {
		return nil, problem.ErrNotFound
	}
	until := s.now().Add(ticketLife).Truncate(time.Second)
	t, err := s.storage.PresignPut(ctx, p.incoming, p.bytes, ticketLife)
	if err != nil {
		return nil, err
	}
	if t == nil {
		if t, err = s.ownTicket(ctx, p, until); err != nil {
			return nil, err
		}
	}
	t.ExpiresAt = until
	// A browser sets the length by itself and lets nobody else do it.
	t.Headers = append(t.Headers, &Header{"Content-Length", strconv.FormatInt(p.bytes, 10)})
	return t, nil
}

// Finish looks at what was sent directly. Called again, it says the same.
func (s *Service) Finish(ctx context.Context, id gid.ID) (gid.ID, error) {
	if _, err := mayUpload(ctx); err != nil {
		return "", err
	}
	p, err := s.mine(ctx, id)
	if err != nil {
		return "", err
	}
	if p == nil {
		return "", errUnknown("uploadId")
	}
	if p.state == ready {
		return s.store.Write(ctx, func(context.Context, *ent.Client) (gid.ID, error) { return id, nil })
	}
	o, err := s.storage.Stat(ctx, p.incoming)
	if errors.Is(err, ErrNoObject) || err == nil && o.Size < p.bytes {
		return "", problem.Refuse(NotArrived, problem.Text{EN: "The file has not arrived yet.", DE: "Die Datei ist noch nicht angekommen."}, "input", "uploadId")
	}
	if err != nil {
		return "", err
	}
	if o.Size > p.bytes { // whatever the storage has let through
		return "", problem.Refuse(TooLarge, problem.Text{EN: "The file is larger than was announced.", DE: "Die Datei ist größer als angekündigt."}, "input", "uploadId")
	}
	local, err := s.fetch(ctx, p.incoming, o.Size)
	if err != nil {
		return "", err
	}
	defer func() { _ = local.Close() }()
	kept, err := s.take(ctx, local, o.Size, file.Kind(p.kind))
	if refusal := (*problem.Refusal)(nil); errors.As(err, &refusal) {
		return "", problem.Refuse(refusal.Code, refusal.Text, "input", "uploadId")
	}
	if err != nil {
		return "", err
	}
	done, err := s.store.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		_, err := s.store.Raw(ctx).ExecContext(ctx, `UPDATE file_uploads SET state = $1, name = $2, storage_key = $3, content_type = $4, sha256 = $5, width = $6, height = $7
			WHERE id = $8 AND state = $9`, ready, CleanName(p.name, kept.contentType), kept.key, kept.contentType, kept.sum, kept.width, kept.height, string(id), waiting)
		if err != nil {
			return "", fmt.Errorf("files: %w", err)
		}
		store.AfterCommit(ctx, func() { // what another Finish is still reading it fails to read, and is tried again
			if err := s.storage.Delete(context.WithoutCancel(ctx), p.incoming); err != nil {
				s.logger.WarnContext(ctx, "files: what was sent directly is deleted later", "error", err)
			}
		})
		return id, nil
	})
	s.unneeded(ctx, kept.key)
	return done, err
}

// fetch brings what lies in the storage to a temporary file without a name. It
// does not change any more while it is looked at.
func (s *Service) fetch(ctx context.Context, key string, size int64) (*os.File, error) {
	r, err := s.storage.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	f, err := os.CreateTemp("", "foyer-file-")
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	_ = os.Remove(f.Name()) // where the system allows it
	n, err := io.Copy(f, io.LimitReader(&stoppable{ctx, r}, size+1))
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("files: %w", err)
	}
	return f, nil
}

// Upload is an upload of the viewer's that can be used; nil when there is none.
func (s *Service) Upload(ctx context.Context, id gid.ID) (*Upload, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // it was refused
	}
	p, err := s.mine(ctx, id)
	if err != nil || p == nil || p.state != ready {
		return nil, err
	}
	return &Upload{
		ID: p.ID, Kind: file.Kind(p.kind), Name: p.name, ContentType: p.contentType, Size: int(p.bytes),
		Width: pixels(p.width), Height: pixels(p.height), ExpiresAt: p.expires.UTC(),
	}, nil
}

func pixels(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// claim takes a ready upload of the viewer's out of the waiting ones, once.
func (s *Service) claim(ctx context.Context, who string, id gid.ID, kind file.Kind) (*pending, error) {
	p, err := s.mine(ctx, id)
	if err != nil || p == nil || p.state != ready || p.kind != string(kind) {
		return nil, err
	}
	done, err := s.store.Raw(ctx).ExecContext(ctx, `DELETE FROM file_uploads WHERE id = $1 AND owner = $2 AND state = $3`, string(id), who, ready)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 { // somebody was faster
		return nil, err
	}
	return p, nil
}
