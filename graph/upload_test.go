package graph

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"foyer/auth"
)

// taker is an API that takes files from the signed-in.
type taker struct {
	got func(*graphql.RawParams, *http.Request)
}

func (taker) TakesUploads(ctx context.Context) bool { return auth.From(ctx).UserID != "" }
func (taker) TakesImports(context.Context) bool     { return true }

func (t taker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	params, _ := r.Context().Value(paramsKey{}).(*graphql.RawParams)
	if t.got != nil {
		t.got(params, r)
	}
	writeJSON(w, r, http.StatusOK, []byte(`{"data":null}`))
}

// viewedBy puts a viewer before a handler.
func viewedBy(v *auth.Viewer, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(auth.WithViewer(r.Context(), v)))
	})
}

// formWith is the beginning of a form with one file, and its end.
func formWith(t *testing.T) (begin, end, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	require.NoError(t, w.WriteField("operations", `{"query": "mutation($f: Upload!) { x(f: $f) }", "variables": {"f": null}}`))
	require.NoError(t, w.WriteField("map", `{"0": ["variables.f"]}`))
	_, err := w.CreateFormFile("0", "a.csv")
	require.NoError(t, err)
	begin = b.String()
	require.NoError(t, w.Close())
	return begin, b.String()[len(begin):], w.FormDataContentType()
}

// endless is a body that says how much was read of it, and by how much at once.
type endless struct {
	io.Reader

	n       int64
	largest int
}

func (e *endless) Read(p []byte) (int, error) {
	e.largest = max(e.largest, len(p))
	n, err := e.Reader.Read(p)
	e.n += int64(n)
	return n, err
}

func (e *endless) Close() error { return nil }

// zeros never end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

var (
	staff   = &auth.Viewer{Kind: auth.KindStaff, UserID: "usr_a"}
	nobody  = &auth.Viewer{Kind: auth.KindAnonymous}
	bearing = []string{"Authorization", "Bearer x"}
)

func TestUploadIsRefusedBeforeItIsRead(t *testing.T) {
	begin, _, contentType := formWith(t)
	for name, x := range map[string]struct {
		viewer  *auth.Viewer
		length  int64
		headers []string
		status  int
		read    int64 // at most
	}{
		"anonymous":         {nobody, -1, bearing, 415, 0},
		"no header":         {staff, -1, nil, 400, 0},
		"a cookie":          {staff, -1, []string{"Cookie", "foyer_refresh=x"}, 400, 0},
		"a simple header":   {staff, -1, []string{"Accept-Language", "de"}, 400, 0},
		"declared":          {staff, 10<<20 + 1, bearing, 413, 0},
		"undeclared":        {staff, -1, bearing, 413, 11 << 20},
		"by another header": {staff, -1, []string{"Apollo-Require-Preflight", "true"}, 413, 11 << 20},
		"relay's":           {staff, -1, []string{"GraphQL-Require-Preflight", "1"}, 413, 11 << 20},
	} {
		body := &endless{Reader: io.MultiReader(strings.NewReader(begin), zeros{})}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", body)
		r.ContentLength = x.length
		r.Header.Set("Content-Type", contentType)
		for i := 0; i+1 < len(x.headers); i += 2 {
			r.Header.Set(x.headers[i], x.headers[i+1])
		}
		w := httptest.NewRecorder()
		called := false
		viewedBy(x.viewer, Protocol(Limits{Upload: 10 << 20}, taker{func(*graphql.RawParams, *http.Request) { called = true }})).ServeHTTP(w, r)
		require.Equal(t, x.status, w.Code, "%s: %s", name, w.Body)
		require.False(t, called, name)
		require.LessOrEqual(t, body.n, x.read, name)
	}
}

// TestUploadIsNotInMemory: while an operation runs, its files lie on a disk.
func TestUploadIsNotInMemory(t *testing.T) {
	const size = 20 << 20
	begin, end, contentType := formWith(t)
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	body := &endless{Reader: io.MultiReader(strings.NewReader(begin), io.LimitReader(zeros{}, size), strings.NewReader(end))}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", body)
	r.ContentLength = -1
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", "Bearer x")
	before := live()
	var kept graphql.Upload
	w := httptest.NewRecorder()
	viewedBy(staff, Protocol(Limits{}, taker{func(p *graphql.RawParams, r *http.Request) {
		require.True(t, uploaded(r.Context()))
		kept, _ = p.Variables["f"].(graphql.Upload)
		require.EqualValues(t, size, kept.Size)
		require.Equal(t, "a.csv", kept.Filename)
		require.Less(t, live(), before+4<<20)
		n, err := io.Copy(io.Discard, kept.File)
		require.NoError(t, err)
		require.EqualValues(t, size, n)
	}})).ServeHTTP(w, r)
	require.Equal(t, 200, w.Code, w.Body)
	require.LessOrEqual(t, body.largest, 64<<10)
	_, err := kept.File.Seek(0, io.SeekStart)
	require.NoError(t, err)
	_, err = kept.File.Read(make([]byte, 1))
	require.Error(t, err, "the temporary file is gone with the request")
}

// TestUploadTakesItsTime: the server's time for a request is for small ones; one
// with files may take longer, as long as something comes.
func TestUploadTakesItsTime(t *testing.T) {
	begin, end, contentType := formWith(t)
	const short = 150 * time.Millisecond
	for name, x := range map[string]struct {
		pause time.Duration
		ok    bool
	}{"something comes": {time.Minute, true}, "nothing comes": {short, false}} {
		t.Run(name, func(t *testing.T) {
			server := &http.Server{ReadHeaderTimeout: time.Minute, ReadTimeout: short, WriteTimeout: short,
				Handler: viewedBy(staff, Protocol(Limits{UploadPause: x.pause}, taker{func(_ *graphql.RawParams, r *http.Request) {
					time.Sleep(2 * short) // the operation takes long as well
					require.NoError(t, r.Context().Err())
				}}))}
			l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
			require.NoError(t, err)
			go func() { _ = server.Serve(l) }()
			defer server.Close()
			body, feed := io.Pipe()
			go func() {
				_, _ = io.WriteString(feed, begin)
				if !x.ok {
					return // and nothing more, ever
				}
				for range 3 {
					time.Sleep(short)
					_, _ = io.WriteString(feed, "x")
				}
				_, _ = io.WriteString(feed, end)
				_ = feed.Close()
			}()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+l.Addr().String(), body)
			require.NoError(t, err)
			r.Header.Set("Content-Type", contentType)
			r.Header.Set("Authorization", "Bearer x")
			res, err := http.DefaultClient.Do(r)
			if !x.ok {
				if err == nil {
					defer res.Body.Close()
					require.Equal(t, 400, res.StatusCode)
				}
				return
			}
			require.NoError(t, err)
			defer res.Body.Close()
			text, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			require.Equal(t, 200, res.StatusCode, string(text))
		})
	}
}

// TestUploadIsKnownByItsDigest: files with the same name and size are not the same.
func TestUploadIsKnownByItsDigest(t *testing.T) {
	texts := map[string]bool{}
	for _, text := range []string{"one", "two", "one"} {
		begin, end, contentType := formWith(t)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(begin+text+end))
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Authorization", "Bearer x")
		w := httptest.NewRecorder()
		viewedBy(staff, Protocol(Limits{}, taker{func(p *graphql.RawParams, _ *http.Request) {
			u, _ := p.Variables["f"].(graphql.Upload)
			b, err := u.File.(*content).MarshalJSON()
			require.NoError(t, err)
			texts[fmt.Sprint(text, string(b))] = true
			texts[string(b)] = true
		}})).ServeHTTP(w, r)
		require.Equal(t, 200, w.Code, w.Body)
	}
	require.Len(t, texts, 4)
}
