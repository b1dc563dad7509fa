package files

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/file"
	"foyer/schema"
	"foyer/schema/gid"
)

// Handler serves what is below Prefix. It looks at no cookie and at no token: a
// link proves by itself what it is good for, and what everybody may see needs no
// proof.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(Prefix+"s/{id}/{width}", s.serveSigned)
	mux.HandleFunc(Prefix+"p/{id}/{width}", s.servePublic)
	mux.HandleFunc(Prefix+"upload/{id}", s.serveUpload)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// say answers with a short text. There is one for all that is not to be had,
// whatever the reason.
func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

func gone(w http.ResponseWriter) {
	say(w, http.StatusNotFound, "Not found, or the link is no longer good.")
}

func reads(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	say(w, http.StatusMethodNotAllowed, "Files can only be read here.")
	return false
}

func (s *Service) failed(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		s.logger.ErrorContext(r.Context(), "files: a file could not be served", "error", err)
	}
	say(w, http.StatusInternalServerError, "Something went wrong.")
}

// serveSigned serves a link: 0 is the file as it was sent, a width the scaled
// picture for saving, a width with a minus the one to be shown.
func (s *Service) serveSigned(w http.ResponseWriter, r *http.Request) {
	if !reads(w, r) {
		return
	}
	id, width := r.PathValue("id"), r.PathValue("width")
	until, ok, err := s.links.Open(r.Context(), r.URL)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	n, bad := strconv.Atoi(width)
	if !ok || bad != nil {
		gone(w)
		return
	}
	// Who got the link saw the file; all that can have happened since is its end.
	f, err := s.store.Client().File.Query().Where(file.ID(gid.ID(id))).Only(auth.WithSystem(r.Context(), "file of a link that its viewer was given"))
	if err != nil {
		s.absent(w, r, err)
		return
	}
	left := max(1, int(until.Sub(s.now()).Seconds()))
	s.serve(w, r, f, n, "private, max-age="+strconv.Itoa(left))
}

// servePublic serves pictures that everybody sees. Whether they do is asked each
// time, and others may keep the answer for as long as a link would be good.
func (s *Service) servePublic(w http.ResponseWriter, r *http.Request) {
	if !reads(w, r) {
		return
	}
	width, err := strconv.Atoi(r.PathValue("width"))
	if err != nil || width <= 0 {
		gone(w)
		return
	}
	f, err := s.store.Client().File.Query().Where(file.ID(gid.ID(r.PathValue("id"))), file.KindEQ(file.KindPICTURE)).Only(everybody(r.Context()))
	if err != nil {
		s.absent(w, r, err)
		return
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	s.serve(w, r, f, -width, "public, max-age=60")
}

// everybody is what somebody sees of whom nothing is known.
func everybody(ctx context.Context) context.Context {
	return auth.WithViewer(ctx, auth.Viewer{Kind: auth.KindAnonymous}.WithGrants(schema.Grants["ANONYMOUS"]))
}

func (s *Service) absent(w http.ResponseWriter, r *http.Request, err error) {
	if ent.IsNotFound(err) {
		gone(w)
		return
	}
	s.failed(w, r, err)
}

// serve sends a file, or a picture in one of its sizes.
func (s *Service) serve(w http.ResponseWriter, r *http.Request, f *ent.File, width int, caching string) {
	key, typ, how, name := f.StorageKey, f.ContentType, "attachment", f.Name
	if f.Kind == file.KindPICTURE { // never as it was sent
		n := width
		if n < 0 {
			n, how = -n, "inline"
		}
		if n == 1 && len(f.Sizes) > 0 {
			n = f.Sizes[len(f.Sizes)-1]
		}
		if !slices.Contains(f.Sizes, n) {
			gone(w)
			return
		}
		key, typ = scaledKey(key, n), ""
	} else if width != 0 {
		gone(w)
		return
	}
	content, err := s.storage.Get(r.Context(), key)
	if errors.Is(err, ErrNoObject) {
		s.logger.ErrorContext(r.Context(), "files: the bytes of a file are missing", "file", f.ID)
		gone(w)
		return
	}
	if err != nil {
		s.failed(w, r, err)
		return
	}
	defer func() { _ = content.Close() }()
	if typ == "" { // we have drawn it ourselves, as one of two
		typ = typeJPEG
		var first [1]byte
		if _, err := content.ReadAt(first[:], 0); err != nil {
			s.failed(w, r, err)
			return
		}
		if first[0] == 0x89 {
			typ = typePNG
		}
		name = CleanName(strings.TrimSuffix(name, types[f.ContentType].endings[0]), typ)
	}
	h := w.Header()
	h.Set("Content-Type", typ)
	h.Set("Content-Disposition", disposition(how, name))
	h.Set("Cache-Control", caching)
	h.Set("ETag", fmt.Sprintf(`"%.32s-%s"`, f.Sha256, strings.TrimPrefix(r.PathValue("width"), "-")))
	h.Set("Accept-Ranges", "bytes")
	// A slow line may take its time, a dead one may not.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(30*time.Second + time.Duration(f.Bytes/slowest)*time.Second))
	http.ServeContent(w, r, "", time.Time{}, content)
}

// slowest is how many bytes a second a line carries at least.
const slowest = 20 << 10

// serveUpload takes a file that is sent directly.
func (s *Service) serveUpload(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPut {
		w.Header().Set("Allow", http.MethodPut)
		say(w, http.StatusMethodNotAllowed, "Files are sent with PUT.")
		return
	}
	id := r.PathValue("id")
	_, ok, err := s.links.Open(r.Context(), r.URL)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if !ok {
		w.Header().Set("Connection", "close")
		gone(w)
		return
	}
	var p pending
	err = p.scan(s.store.RawRead(r.Context()).QueryRowContext(r.Context(), `SELECT `+pendingColumns+` FROM file_uploads WHERE id = $1 AND state = $2 AND expires_at > $3`, id, waiting, s.now()))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		w.Header().Set("Connection", "close")
		gone(w)
		return
	case err != nil:
		s.failed(w, r, err)
		return
	case r.ContentLength < 0:
		w.Header().Set("Connection", "close")
		say(w, http.StatusLengthRequired, "Say how long the file is.")
		return
	case r.ContentLength != p.bytes:
		w.Header().Set("Connection", "close")
		say(w, http.StatusRequestEntityTooLarge, "This is not as long as was announced.")
		return
	}
	control := http.NewResponseController(w)
	end := time.Now().Add(30*time.Second + time.Duration(p.bytes/slowest)*time.Second)
	_ = control.SetReadDeadline(end)
	_ = control.SetWriteDeadline(end.Add(30 * time.Second))
	err = s.storage.Put(r.Context(), p.incoming, http.MaxBytesReader(w, r.Body, p.bytes), p.bytes)
	_ = control.SetReadDeadline(time.Time{})
	if err != nil {
		if r.Context().Err() == nil {
			s.logger.WarnContext(r.Context(), "files: a file did not arrive", "error", err)
		}
		say(w, http.StatusBadRequest, "The file did not arrive as a whole.")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
