package importer

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/unicode/norm"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/importrun"
	"foyer/portal/access"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doStart  = "import.start"
	doCancel = "import.cancel"
)

// The codes of refusals, values of the API's ImportErrorCode.
const (
	InvalidMapping = "INVALID_MAPPING"
	MissingFile    = "MISSING_FILE"
	TooLarge       = "TOO_LARGE"
	Finished       = "FINISHED"
	Invalid        = "INVALID"
)

// What an import that was uploaded may take.
const (
	largestUpload = 200 << 20 // bytes of all files as they were sent
	mostFiles     = 20
	mostUnpacked  = 4 << 30   // bytes that are read in checking the files
	mostRecords   = 5_000_000 // each costs 16 bytes or more of memory
	longestRun    = 12 * time.Hour
	mostTries     = 3
	chunkSize     = 512 << 10
)

// ServiceOptions are what a Service is made of.
type ServiceOptions struct {
	// After is called when a run has brought something in.
	After func(context.Context) error
	// Logger gets the causes of what fails; slog.Default when nil.
	Logger *slog.Logger
	// Beat is how often a run says how far it is, and looks whether it was
	// stopped; a second when zero.
	Beat time.Duration
	// Clock is time.Now when nil.
	Clock func() time.Time
}

// Service takes files in and imports them in the background.
type Service struct {
	store *store.Store
	jobs  *jobs.Runner
	o     ServiceOptions

	batch int           // of a run; for tests
	each  func() error  // before each batch; for tests
	quota func() *quota // for tests

	running atomic.Pointer[tracked] // the attempt of this process, for tests
}

// NewService makes the service, and tells the runner how imports are done.
func NewService(st *store.Store, runner *jobs.Runner, o ServiceOptions) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Beat == 0 {
		o.Beat = beatEvery
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Service{store: st, jobs: runner, o: o, quota: func() *quota { return &quota{mostUnpacked, mostRecords} }}
	jobs.Handle(runner, jobs.Kind{Queue: jobs.QueueImports, Timeout: longestRun, Long: true, Shown: []string{"import"}}, s.work)
	return s
}

func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// upload is the work of importing what was uploaded.
type upload struct {
	Import gid.ID `json:"import"`
}

// Kind implements jobs.Args.
func (upload) Kind() string { return "import" }

// File is a file that was sent. Its name is only ever compared with those in
// the mapping; nothing is opened or written by it.
type File struct {
	Name    string
	Size    int64
	Content io.ReadSeeker
}

// Order is the input of Start.
type Order struct {
	Mapping string
	Files   []File
	DryRun  bool
}

func invalid(code string, text problem.Text, field string) error {
	return problem.Refuse(code, text, "input", field)
}

// Start takes files in, orders their import and returns the run's id. Files that
// the mapping does not name are not kept.
func (s *Service) Start(ctx context.Context, in Order) (gid.ID, error) {
	if _, err := access.Act(ctx, doStart, access.Owner{}); err != nil {
		return "", err // before anything is kept
	}
	m, named, err := match(in)
	if err != nil {
		return "", err
	}
	// In transactions of their own: nobody waits for a large upload. What becomes
	// of no run is deleted, at once or by Sweep.
	uploads := map[string]string{}
	for name, f := range named {
		uploads[name] = rand.Text()
		if err = s.keep(ctx, uploads[name], f); err != nil {
			break
		}
	}
	run := gid.ID("")
	if err == nil {
		run, err = s.begin(ctx, m, in, named, uploads)
	}
	return run, errors.Join(err, s.discard(context.WithoutCancel(ctx), uploads))
}

// begin writes the run and orders its work.
func (s *Service) begin(ctx context.Context, m *Mapping, in Order, named map[string]File, uploads map[string]string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doStart, access.Owner{})
		if err != nil {
			return "", err
		}
		c := tx.ImportRun.Create().SetSource(m.Source).SetDryRun(in.DryRun).SetCreatedAt(s.now())
		if v := auth.From(ctx); v.UserID != "" {
			c.SetUserID(gid.ID(v.UserID))
		}
		run, err := c.Save(act)
		if err != nil {
			return "", err
		}
		q := s.store.Raw(ctx)
		if _, err := q.ExecContext(ctx, `INSERT INTO import_uploads (run_id, mapping) VALUES ($1, $2)`, string(run.ID), in.Mapping); err != nil {
			return "", err
		}
		for name, f := range named {
			if _, err := q.ExecContext(ctx, `INSERT INTO import_files (run_id, name, upload, size) VALUES ($1, $2, $3, $4)`,
				string(run.ID), name, uploads[name], f.Size); err != nil {
				return "", err
			}
		}
		return run.ID, s.jobs.Insert(ctx, upload{run.ID})
	})
}

// match finds the file of each name in the mapping.
func match(in Order) (*Mapping, map[string]File, error) {
	m, err := ParseMapping("", []byte(in.Mapping))
	if err != nil {
		return nil, nil, invalid(InvalidMapping, mistake(err), "mapping")
	}
	if len(in.Files) > mostFiles {
		return nil, nil, invalid(Invalid, problem.Text{
			EN: fmt.Sprintf("At most %d files are taken at once.", mostFiles), DE: fmt.Sprintf("Es werden höchstens %d Dateien auf einmal angenommen.", mostFiles),
		}, "files")
	}
	sent, size := map[string]File{}, int64(0)
	for _, f := range in.Files {
		name := base(f.Name)
		if _, twice := sent[name]; twice {
			return nil, nil, invalid(Invalid, problem.Text{
				EN: "Two of the files have the same name.", DE: "Zwei der Dateien heißen gleich.",
			}, "files")
		}
		sent[name] = f
		if size += f.Size; size > largestUpload {
			return nil, nil, invalid(TooLarge, problem.Text{
				EN: "The files are larger than 200 MB. Compress them with gzip, or import them on the server.",
				DE: "Die Dateien sind größer als 200 MB. Komprimieren Sie sie mit gzip, oder importieren Sie auf dem Server.",
			}, "files")
		}
	}
	named, bases := map[string]File{}, map[string]string{}
	var missing []string
	for _, section := range m.sections {
		name := base(section.file)
		if other, twice := bases[name]; twice && other != section.file {
			return nil, nil, invalid(InvalidMapping, problem.Text{
				EN: fmt.Sprintf("%s and %s cannot be told apart: files are sent without their folders.", show(other), show(section.file)),
				DE: fmt.Sprintf("%s und %s sind nicht zu unterscheiden: Dateien werden ohne ihre Ordner gesendet.", show(other), show(section.file)),
			}, "mapping")
		}
		if _, done := named[section.file]; done || bases[name] != "" {
			continue
		}
		bases[name] = section.file
		f, there := sent[name]
		if !there {
			f, there = sent[name+".gz"]
		}
		if !there {
			missing = append(missing, show(section.file))
			continue
		}
		named[section.file] = f
	}
	if len(missing) > 0 {
		list := strings.Join(missing[:min(len(missing), mostFiles)], ", ")
		return nil, nil, invalid(MissingFile, problem.Text{EN: "The mapping names files that were not sent: " + list + ".", DE: "Das Mapping nennt Dateien, die nicht gesendet wurden: " + list + "."}, "files")
	}
	return m, named, nil
}

// base is a file's name by which it is compared: without folders, and with
// accents written in one way only.
func base(name string) string { return norm.NFC.String(path.Base(strings.ReplaceAll(name, `\`, "/"))) }

// mistake says what is wrong with a mapping, and where.
func mistake(err error) problem.Text {
	var m *MappingError
	if !errors.As(err, &m) || m.Line == 0 {
		why := strings.TrimPrefix(err.Error(), ": ")
		if m != nil {
			why = m.Why
		}
		return problem.Text{EN: "The mapping: " + why, DE: "Das Mapping: " + why}
	}
	return problem.Text{
		EN: fmt.Sprintf("Line %d, column %d of the mapping: %s", m.Line, m.Column, m.Why),
		DE: fmt.Sprintf("Zeile %d, Spalte %d des Mappings: %s", m.Line, m.Column, m.Why),
	}
}

// keep writes a file into the database, piece by piece.
func (s *Service) keep(ctx context.Context, upload string, f File) error {
	if _, err := f.Content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("importer: an uploaded file: %w", err)
	}
	piece := make([]byte, chunkSize)
	for part := 0; ; part++ {
		n, err := io.ReadFull(f.Content, piece)
		if n > 0 {
			if _, err := s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO import_chunks (upload, part, data, created_at) VALUES ($1, $2, $3, $4)`,
				upload, part, piece[:n], s.now()); err != nil {
				return fmt.Errorf("importer: an uploaded file: %w", err)
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return fmt.Errorf("importer: an uploaded file: %w", err)
		}
	}
}

// discard deletes what was kept and belongs to no run after all: the request was
// refused, or repeated and answered with the run of the first.
func (s *Service) discard(ctx context.Context, uploads map[string]string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for _, u := range uploads {
		if _, err := s.store.Raw(ctx).ExecContext(ctx, `DELETE FROM import_chunks WHERE upload = $1
			AND NOT EXISTS (SELECT 1 FROM import_files WHERE import_files.upload = import_chunks.upload)`, u); err != nil {
			return fmt.Errorf("importer: an uploaded file: %w", err)
		}
	}
	return nil
}

// uploaded are the files of a run, in the database.
type uploaded struct {
	st  *store.Store
	run gid.ID
}

// open implements opener.
func (u uploaded) open(ctx context.Context, name string) (io.ReadCloser, int64, error) {
	c := &chunks{ctx: ctx, st: u.st}
	var size int64
	err := u.st.RawRead(ctx).QueryRowContext(ctx, `SELECT upload, size FROM import_files WHERE run_id = $1 AND name = $2`, string(u.run), name).Scan(&c.upload, &size)
	if errors.Is(err, sql.ErrNoRows) { // the run is over
		return nil, 0, errStopped
	}
	return c, size, err
}

// chunks reads a file from the database. Between two pieces it holds nothing, so
// that a slow import does not keep a connection.
type chunks struct {
	ctx    context.Context //nolint:containedctx // an io.Reader has no other way to be stopped
	st     *store.Store
	upload string
	part   int
	piece  bytes.Reader
}

// Read implements io.Reader.
func (c *chunks) Read(p []byte) (int, error) {
	if c.piece.Len() == 0 {
		var piece []byte
		err := c.st.RawRead(c.ctx).QueryRowContext(c.ctx, `SELECT data FROM import_chunks WHERE upload = $1 AND part = $2`, c.upload, c.part).Scan(&piece)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, &unreadable{err}
		}
		c.part++
		c.piece.Reset(piece)
	}
	return c.piece.Read(p)
}

// Close implements io.Closer.
func (c *chunks) Close() error { return nil }

// unreadable is a file that the database did not give, which is no mistake in it.
type unreadable struct{ cause error }

func (u *unreadable) Error() string { return "importer: an uploaded file: " + u.cause.Error() }
func (u *unreadable) Unwrap() error { return u.cause }

// work imports what was uploaded. It may be called again, after the process has
// died or the database has gone away: an import that is repeated brings the
// rest in.
func (s *Service) work(ctx context.Context, job upload) error {
	run, tries, err := s.claim(ctx, job.Import)
	if err != nil || run == nil {
		return err
	}
	ctx = auth.WithSystem(auth.WithViewer(ctx, &auth.Viewer{Kind: auth.KindStaff, UserID: string(run.UserID)}), "import that was uploaded")
	t := track(ctx, s.store, run.ID, *run.StartedAt, s.o.Beat)
	if tries > mostTries {
		return t.finish(ctx, importrun.StatusFAILED, fmt.Sprintf("Its process has ended %d times before it was done.", mostTries))
	}
	var text string
	if err := s.store.RawRead(ctx).QueryRowContext(ctx, `SELECT mapping FROM import_uploads WHERE run_id = $1`, string(run.ID)).Scan(&text); err != nil {
		t.end()
		return fmt.Errorf("importer: the mapping of a run: %w", err)
	}
	m, err := ParseMapping("mapping", []byte(text))
	if err != nil { // it was read when it came; this version reads another language
		return t.finish(ctx, importrun.StatusFAILED, err.Error())
	}
	t.name(m)
	s.running.Store(t)
	report, err := s.run(ctx, t, m, run)
	if report.Changes() > 0 && !run.DryRun && s.o.After != nil {
		if bad := s.o.After(context.WithoutCancel(ctx)); bad != nil {
			s.o.Logger.ErrorContext(ctx, "import: what comes after it", "import", run.ID, "error", bad)
		}
	}
	return s.ended(ctx, t, err, tries)
}

func (s *Service) run(ctx context.Context, t *tracked, m *Mapping, run *ent.ImportRun) (*Report, error) {
	o := t.options(Options{DryRun: run.DryRun, Batch: s.batch})
	o.quota = s.quota()
	if stop := o.stop; s.each != nil {
		o.stop = func() error { return errors.Join(s.each(), stop()) }
	}
	return runFrom(ctx, s.store, m, uploaded{s.store, run.ID}, o)
}

// claim begins an attempt, and takes the run from whoever had it: their work has
// been given to us. nil when the run is over.
func (s *Service) claim(ctx context.Context, id gid.ID) (run *ent.ImportRun, tries int, err error) {
	began := now()
	err = s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		run = nil
		q := s.store.Raw(ctx)
		mine, err := affected(q.ExecContext(ctx, `UPDATE import_runs SET status = 'RUNNING', started_at = $1, beat_at = $1, percent = 0, step = NULL, result = NULL
			WHERE id = $2 AND status IN ('WAITING', 'RUNNING')`, began, string(id)))
		if err != nil {
			return err
		}
		if !mine {
			// Over; or stopped while its process was dying.
			if _, err := q.ExecContext(ctx, `UPDATE import_runs SET finished_at = $1, step = NULL WHERE id = $2 AND finished_at IS NULL`, began, string(id)); err != nil {
				return err
			}
			return forget(ctx, q, id)
		}
		if _, err := q.ExecContext(ctx, `DELETE FROM import_rejections WHERE run_id = $1`, string(id)); err != nil {
			return err
		}
		if err := q.QueryRowContext(ctx, `UPDATE import_uploads SET tries = tries + 1 WHERE run_id = $1 RETURNING tries`, string(id)).Scan(&tries); err != nil {
			return err
		}
		run = &ent.ImportRun{ID: id, StartedAt: &began}
		var user sql.NullString
		if err := q.QueryRowContext(ctx, `SELECT user_id, dry_run FROM import_runs WHERE id = $1`, string(id)).Scan(&user, &run.DryRun); err != nil {
			return err
		}
		run.UserID = gid.ID(user.String)
		return nil
	})
	return run, tries, err
}

// ended writes how an attempt has ended, and says whether to try again.
func (s *Service) ended(ctx context.Context, t *tracked, failure error, tries int) error {
	if failure == nil {
		return t.finish(ctx, importrun.StatusDONE, "")
	}
	if errors.Is(failure, errStopped) {
		// By staff, and then the row says so; or another process has taken it over.
		return t.finish(ctx, importrun.StatusCANCELLED, "")
	}
	if errors.Is(ctx.Err(), context.Canceled) { // the process ends: no fault, and no attempt
		return errors.Join(failure, s.release(ctx, t, 1))
	}
	words, final := failureOf(failure)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		words, final = fmt.Sprintf("It took longer than %d hours. What is in stays in; run the import again to go on.", int(longestRun.Hours())), true
	}
	if lost := (*unreadable)(nil); errors.As(failure, &lost) {
		final = false
	}
	if !final && tries < mostTries {
		return errors.Join(failure, s.release(ctx, t, 0))
	}
	s.o.Logger.ErrorContext(ctx, "import failed", "import", t.id, "error", failure)
	return t.finish(ctx, importrun.StatusFAILED, words)
}

// release lets the run wait for its next attempt.
func (s *Service) release(ctx context.Context, t *tracked, back int) error {
	t.end()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		q := s.store.Raw(ctx)
		mine, err := affected(q.ExecContext(ctx, `UPDATE import_runs SET status = 'WAITING', step = NULL WHERE id = $1 AND status = 'RUNNING' AND started_at = $2`,
			string(t.id), t.began))
		if err != nil || !mine {
			return err
		}
		_, err = q.ExecContext(ctx, `UPDATE import_uploads SET tries = tries - $1 WHERE run_id = $2`, back, string(t.id))
		return err
	})
}

// Cancel stops an import and returns its id. One that waits is over at once; of
// one that runs, the process finds out by its next beat.
func (s *Service) Cancel(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		run, err := tx.ImportRun.Query().Where(importrun.ID(id), store.Held).Only(ctx)
		if ent.IsNotFound(err) {
			err = problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doCancel, access.Owner{})
		if err != nil {
			return "", err
		}
		change := tx.ImportRun.UpdateOneID(id).SetStatus(importrun.StatusCANCELLED)
		switch run.Status {
		case importrun.StatusRUNNING:
		case importrun.StatusWAITING:
			change.SetFinishedAt(s.now())
			if err := forget(ctx, s.store.Raw(ctx), id); err != nil {
				return "", err
			}
		default:
			return "", invalid(Finished, problem.Text{EN: "This import is over already.", DE: "Dieser Import ist bereits beendet."}, "importId")
		}
		return id, change.Exec(act)
	})
}
