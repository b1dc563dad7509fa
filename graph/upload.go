package graph

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"foyer/auth"
	"foyer/portal/problem"
)

// typeForm is the media type of requests with files, by the GraphQL multipart
// request specification (https://github.com/jaydenseric/graphql-multipart-request-spec).
const typeForm = "multipart/form-data"

// uploading knows whether the viewer of a request may send files.
type uploading interface {
	TakesUploads(ctx context.Context) bool
	// TakesImports says whether they may send what is to be imported, which is
	// larger than what people attach.
	TakesImports(ctx context.Context) bool
}

// TakesUploads says whether the viewer is signed in and their schema has any use
// for a file. To others, a request with files is no request at all.
func (p *Projected) TakesUploads(ctx context.Context) bool {
	v := auth.From(ctx)
	if v == nil || v.UserID == "" {
		return false
	}
	s, err := p.Schema(v)
	return err == nil && s.Types["Upload"] != nil
}

// TakesImports says whether the viewer's schema has imports.
func (p *Projected) TakesImports(ctx context.Context) bool {
	s, err := p.Schema(auth.From(ctx))
	return err == nil && s.Mutation != nil && s.Mutation.Fields.ForName(importing) != nil
}

// importing is the mutation that takes large files.
const importing = "startImport"

// around is what a request has beside its one file.
const around = 2 << 20

// preflight are headers that no page of another site can send without asking
// first. A form it can send, and where a browser adds who somebody is by itself
// that would be enough. Authorization is such a header; the others are those that
// clients know.
var preflight = []string{"Authorization", "Apollo-Require-Preflight", "GraphQL-Require-Preflight", "X-Apollo-Operation-Name"}

// isForm says whether a request has files, or says so.
func isForm(r *http.Request) bool {
	t, _, err := mime.ParseMediaType(strings.Join(r.Header.Values("Content-Type"), ","))
	return err == nil && t == typeForm
}

// sentFiles are those of one request. They lie one after the other in a temporary
// file that has no name, so that a large one takes no memory and nothing is left
// behind.
type sentFiles struct {
	spool *os.File
	size  int64
	list  map[string]graphql.Upload // by the part's name
}

func (f *sentFiles) close() {
	if f != nil && f.spool != nil {
		_ = f.spool.Close() // gone with it
		_ = os.Remove(f.spool.Name())
	}
}

// content is one file. It is marshalled as its digest, so that a repeated request
// is known by it, see Idempotent.
type content struct {
	*io.SectionReader

	digest [sha256.Size]byte
}

// MarshalJSON implements json.Marshaler.
func (c *content) MarshalJSON() ([]byte, error) {
	return json.Marshal(hex.EncodeToString(c.digest[:]))
}

type uploadKey struct{}

// uploaded says whether the request brought files: it is given more time then.
func uploaded(ctx context.Context) bool {
	yes, _ := ctx.Value(uploadKey{}).(bool)
	return yes
}

var errForm = func(en, de string) *httpError { return badRequest(http.StatusBadRequest, en, de) }

// fromForm reads a request with files. Who may not send any is refused before a
// byte of the body is read, and so is what says itself that it is too large.
func fromForm(w http.ResponseWriter, r *http.Request, l Limits, next http.Handler) (*graphql.RawParams, *sentFiles, *httpError) {
	u, ok := next.(uploading)
	if !ok || !u.TakesUploads(r.Context()) || r.Header.Get("Content-Encoding") != "" {
		return nil, nil, errMediaType()
	}
	asked := false
	for _, name := range preflight {
		asked = asked || r.Header.Get(name) != ""
	}
	if !asked {
		return nil, nil, errForm("Send the header Apollo-Require-Preflight with files.", "Senden Sie mit Dateien den Header Apollo-Require-Preflight.")
	}
	// Clients that accept everything accept a stream as well, and do not ask for
	// one; there is none with files.
	if _, ok := answerType(r.Header.Values("Accept")); !ok {
		return nil, nil, errMediaTypeOrAnswer(r)
	}
	if !u.TakesImports(r.Context()) {
		l.Upload = min(l.Upload, l.UploadFile+around)
	}
	if r.ContentLength > l.Upload {
		w.Header().Set("Connection", "close")
		return nil, nil, errTooLarge(l.Upload)
	}
	body := &patient{ReadCloser: http.MaxBytesReader(w, r.Body, l.Upload), c: http.NewResponseController(w), pause: l.UploadPause, end: time.Now().Add(l.UploadTime)}
	r.Body = body
	form, err := r.MultipartReader()
	if err != nil {
		return nil, nil, errForm("The form cannot be read.", "Das Formular kann nicht gelesen werden.")
	}
	params, f, fail := readForm(form, l)
	if fail == nil {
		body.done(l.UploadTimeout)
	}
	return params, f, fail
}

// patient reads a body that may take long, as long as something comes: the
// server's own time for a request is for small ones.
type patient struct {
	io.ReadCloser

	c     *http.ResponseController
	pause time.Duration
	end   time.Time
	next  time.Time // when the deadline is moved again
}

// Read implements io.Reader.
func (p *patient) Read(b []byte) (int, error) {
	if now := time.Now(); !now.Before(p.next) {
		until := now.Add(p.pause)
		if p.end.Before(until) {
			until = p.end
		}
		// A writer that has none is no connection, but a test's.
		_ = p.c.SetReadDeadline(until)
		_ = p.c.SetWriteDeadline(until.Add(p.pause)) // an answer of refusal
		p.next = now.Add(min(time.Second, p.pause/4))
	}
	return p.ReadCloser.Read(b)
}

// done gives the operation its time, and the answer.
func (p *patient) done(operation time.Duration) {
	_ = p.c.SetReadDeadline(time.Time{}) // the server sets the next request's
	_ = p.c.SetWriteDeadline(time.Now().Add(operation + p.pause))
}

// mapSize bounds the part that says which file goes where.
const mapSize = 64 << 10

// readForm reads the parts in the order that the specification demands: the
// operation, where the files go, the files.
func readForm(form *multipart.Reader, l Limits) (params *graphql.RawParams, f *sentFiles, fail *httpError) {
	defer func() {
		if fail != nil {
			f.close()
			f = nil
		}
	}()
	text, fail := readPart(form, "operations", l.Body)
	if fail != nil {
		return nil, nil, fail
	}
	if params, fail = fromText(text); fail != nil {
		return nil, nil, fail
	}
	if !strings.Contains(params.Query, importing) { // the text says so, or nothing is imported
		l.Upload = min(l.Upload, l.UploadFile)
	}
	if text, fail = readPart(form, "map", mapSize); fail != nil {
		return nil, nil, fail
	}
	var places map[string][]string
	if json.Unmarshal(text, &places) != nil || places == nil {
		return nil, nil, errForm("The part map is not an object of lists of texts.", "Der Teil map ist kein Objekt von Textlisten.")
	}
	n := 0
	for _, list := range places {
		n += max(1, len(list))
	}
	if n > l.UploadFiles {
		return nil, nil, &httpError{http.StatusRequestEntityTooLarge, problem.New(problem.LimitExceeded,
			fmt.Sprintf("At most %d files are taken at once.", l.UploadFiles), fmt.Sprintf("Es werden höchstens %d Dateien auf einmal angenommen.", l.UploadFiles))}
	}
	f = &sentFiles{list: map[string]graphql.Upload{}}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f, unread(err, l.Upload)
		}
		name := part.FormName()
		if _, twice := f.list[name]; twice || len(places[name]) == 0 || part.FileName() == "" {
			return nil, f, errForm("A part of the request is no file that map names, or comes twice.",
				"Ein Teil der Anfrage ist keine Datei, die map nennt, oder kommt doppelt vor.")
		}
		if fail := f.take(name, part, l); fail != nil {
			return nil, f, fail
		}
	}
	for name, list := range places {
		file, sent := f.list[name]
		if !sent || len(list) == 0 {
			return nil, f, errForm("A file that map names is missing.", "Eine Datei, die map nennt, fehlt.")
		}
		for _, place := range list {
			if !put(params.Variables, place, file) {
				return nil, f, errForm("A place in map is no null in the variables.", "Eine Stelle in map ist kein null in den Variablen.")
			}
		}
	}
	return params, f, nil
}

// readPart reads a part that is a text.
func readPart(form *multipart.Reader, name string, limit int64) ([]byte, *httpError) {
	part, err := form.NextPart()
	if err == nil && part.FormName() != name || errors.Is(err, io.EOF) {
		return nil, errForm("The request's parts are operations, map and then the files.", "Die Teile der Anfrage sind operations, map und dann die Dateien.")
	}
	var text []byte
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(part, limit+1))
	}
	if err != nil {
		return nil, unread(err, limit)
	}
	if int64(len(text)) > limit {
		return nil, errTooLarge(limit)
	}
	return text, nil
}

// take puts a file with the others.
func (f *sentFiles) take(name string, part *multipart.Part, l Limits) *httpError {
	if f.spool == nil {
		spool, err := os.CreateTemp("", "foyer-upload-")
		if err != nil {
			return &httpError{http.StatusInternalServerError, problem.New(problem.Internal, textInternal.EN, textInternal.DE)}
		}
		// Where the system allows it the file has no name from now on, and is gone
		// with the process however that ends.
		_ = os.Remove(spool.Name())
		f.spool = spool
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(&into{f.spool}, sum), io.LimitReader(part, l.Upload+1))
	if full := (*spoolError)(nil); errors.As(err, &full) {
		return &httpError{http.StatusInsufficientStorage, problem.New(problem.LimitExceeded,
			"There is no room for the files at the moment.", "Für die Dateien ist zurzeit kein Platz.")}
	}
	if err != nil {
		return unread(err, l.Upload)
	}
	if n > l.Upload {
		return errTooLarge(l.Upload)
	}
	c := &content{SectionReader: io.NewSectionReader(f.spool, f.size, n)}
	sum.Sum(c.digest[:0])
	f.list[name] = graphql.Upload{File: c, Filename: part.FileName(), Size: n, ContentType: part.Header.Get("Content-Type")}
	f.size += n
	return nil
}

// into tells a disk that is full from a client that has gone.
type into struct{ io.Writer }

type spoolError struct{ error }

// Write implements io.Writer.
func (i *into) Write(p []byte) (int, error) {
	n, err := i.Writer.Write(p)
	if err != nil {
		err = &spoolError{err}
	}
	return n, err
}

func errTooLarge(limit int64) *httpError {
	return &httpError{http.StatusRequestEntityTooLarge, problem.New(problem.LimitExceeded,
		"The request is larger than "+strconv.FormatInt(limit, 10)+" bytes.",
		"Die Anfrage ist größer als "+strconv.FormatInt(limit, 10)+" Byte.")}
}

// errMediaTypeOrAnswer refuses who accepts a stream alone, or nothing that there is.
func errMediaTypeOrAnswer(r *http.Request) *httpError {
	if streams(r) {
		return errMediaType()
	}
	return errAccept()
}

func errMediaType() *httpError {
	return badRequest(http.StatusUnsupportedMediaType, "Send "+typeJSON+" in UTF-8.", "Senden Sie "+typeJSON+" in UTF-8.")
}

// unread is a body that ended early, or is too large.
func unread(err error, limit int64) *httpError {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return errTooLarge(cmp.Or(tooLarge.Limit, limit))
	}
	return badRequest(http.StatusBadRequest, "The body could not be read.", "Der Inhalt konnte nicht gelesen werden.")
}

// put places a file in the variables, where the client has left a null for it.
func put(variables map[string]any, place string, file graphql.Upload) bool {
	steps := strings.Split(place, ".")
	if len(steps) < 2 || steps[0] != "variables" {
		return false
	}
	var at any = variables
	for i, step := range steps[1:] {
		last := i == len(steps)-2
		switch v := at.(type) {
		case map[string]any:
			inner, there := v[step]
			if !there || last && inner != nil {
				return false
			}
			if last {
				v[step] = file
			}
			at = inner
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(v) || last && v[n] != nil {
				return false
			}
			if last {
				v[n] = file
			}
			at = v[n]
		default:
			return false
		}
	}
	return true
}
