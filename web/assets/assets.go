// Package assets sends files of the binary to browsers: compressed, with tags
// by which a browser asks whether what it has is still good.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// contentTypes is by hand because mime.TypeByExtension reads files of the machine that it runs on, and
// nosniff makes a wrong answer a dead page.
var contentTypes = map[string]string{
	".html":  "text/html; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json; charset=utf-8",
	".svg":   "image/svg+xml; charset=utf-8",
	".png":   "image/png",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// How long browsers may keep a file.
const (
	// Ask is for names that never change: every use asks first, and is answered 304 until the next release.
	Ask = "no-cache"
	// Keep is for addresses whose content never changes.
	Keep = "public, max-age=31536000, immutable"
)

// File is ready to be sent.
type File struct {
	ContentType string
	Plain       []byte
	etag        string // of the plain bytes, without quotes
	zipped      []byte // nil where gzip does not make it smaller
}

// New makes a file of bytes.
func New(contentType string, plain []byte) *File {
	sum := sha256.Sum256(plain)
	f := &File{ContentType: contentType, Plain: plain, etag: hex.EncodeToString(sum[:12])}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails for unknown levels only
	_, _ = w.Write(plain)                                 // into memory
	_ = w.Close()
	if b.Len() < len(plain) {
		f.zipped = b.Bytes()
	}
	return f
}

// Load reads all files below a directory, by their path from there.
func Load(from fs.FS, dir string) (map[string]*File, error) {
	all := map[string]*File{}
	err := fs.WalkDir(from, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		plain, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		contentType, ok := contentTypes[path.Ext(name)]
		if !ok {
			return fmt.Errorf("no content type for %s", name)
		}
		all[strings.TrimPrefix(name, dir+"/")] = New(contentType, plain)
		return nil
	})
	return all, err
}

// Serve sends the file; keep is Ask or Keep.
func (f *File) Serve(w http.ResponseWriter, r *http.Request, keep string) {
	f.ServeStatus(w, r, keep, http.StatusOK)
}

// ServeStatus is Serve with another status.
func (f *File) ServeStatus(w http.ResponseWriter, r *http.Request, keep string, status int) {
	h := w.Header()
	h.Set("Cache-Control", keep)
	body, etag := f.Plain, `"`+f.etag+`"`
	if f.zipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			// Other bytes, so another tag (RFC 9110, section 8.8.3.3).
			body, etag = f.zipped, `"`+f.etag+`-gz"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", etag)
	if status == http.StatusOK && matches(r.Header.Values("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.ContentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client has gone: nothing to be done
	}
}

// acceptsGzip reads Accept-Encoding (RFC 9110, section 12.5.3); the coding's own weight counts before that
// of "*", and a weight of zero is a refusal.
func acceptsGzip(values []string) bool {
	named, others := -1.0, -1.0
	for _, part := range strings.Split(strings.Join(values, ","), ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q="); ok {
			var err error
			if weight, err = strconv.ParseFloat(strings.TrimSpace(q), 64); err != nil {
				weight = 0
			}
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			named = weight
		case "*":
			others = weight
		}
	}
	if named >= 0 {
		return named > 0
	}
	return others > 0
}

// matches reports whether If-None-Match names etag, by the weak comparison (RFC 9110, section 13.1.2).
func matches(values []string, etag string) bool {
	for _, tag := range strings.Split(strings.Join(values, ","), ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
			return true
		}
	}
	return false
}
