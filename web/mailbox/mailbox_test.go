package mailbox_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/mail"
	"foyer/portal/problem"
	"foyer/web/mailbox"
)

type mails struct {
	list []mail.Kept
	err  error
}

func (m mails) List(context.Context) ([]mail.Kept, error) { return m.list, m.err }

func (m mails) Get(_ context.Context, id int64) (*mail.Kept, error) {
	for _, k := range m.list {
		if k.ID == id {
			return &k, m.err
		}
	}
	return nil, problem.ErrNotFound
}

func get(t *testing.T, m mails, path string) *httptest.ResponseRecorder {
	t.Helper()
	mux := http.NewServeMux()
	mailbox.Register(mux, m)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestPages(t *testing.T) {
	at := time.Date(2026, 3, 5, 9, 7, 0, 0, time.UTC)
	one := mail.Kept{
		ID: 7, At: at, To: "a@example.com", Subject: "<script>1</script>", Headers: "Subject: <x>", Text: "</pre><script>2</script>",
		HTML: `<html><head></head><body><p class="x">"Hello"</p><script>3</script></body></html>`,
	}
	require.Contains(t, get(t, mails{}, "/mailbox").Body.String(), "There is no mail yet")
	list := get(t, mails{list: []mail.Kept{one}}, "/mailbox")
	require.Equal(t, http.StatusOK, list.Code)
	require.Contains(t, list.Body.String(), `<a href="/mailbox/7">&lt;script&gt;1&lt;/script&gt;</a>`)
	shown := get(t, mails{list: []mail.Kept{one}}, "/mailbox/7")
	require.Contains(t, shown.Body.String(), `sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;html&gt;&lt;head&gt;&lt;base target=&#34;_blank&#34;&gt;`)
	for _, w := range []*httptest.ResponseRecorder{list, shown} {
		require.NotContains(t, w.Body.String(), "<script>")
		h := w.Header()
		require.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'")
		require.NotContains(t, h.Get("Content-Security-Policy"), "script-src")
		require.Contains(t, h.Get("Content-Security-Policy"), "frame-ancestors 'none'")
		require.Equal(t, "no-store", h.Get("Cache-Control"))
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		require.Equal(t, "no-referrer", h.Get("Referrer-Policy"))
		require.Equal(t, "text/html; charset=utf-8", h.Get("Content-Type"))
	}
	require.Equal(t, http.StatusOK, get(t, mails{}, "/mailbox/mailbox.css").Code)
	for _, path := range []string{"/mailbox/8", "/mailbox/x", "/mailbox/7/x", "/mailbox/99999999999999999999"} {
		require.Equal(t, http.StatusNotFound, get(t, mails{list: []mail.Kept{one}}, path).Code, path)
	}
	broken := get(t, mails{err: errors.New("secret of the database")}, "/mailbox")
	require.Equal(t, http.StatusInternalServerError, broken.Code)
	require.NotContains(t, broken.Body.String(), "secret")
}
