package parcels

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"foyer/auth"
	"foyer/portal/parcels/formats"
)

// HeaderEasyPost is the signature that EasyPost makes itself:
// hmac-sha256-hex= and the HMAC of the body (https://docs.easypost.com/docs/webhooks
// and its client libraries). It covers no time. All others sign as package auth
// says.
const HeaderEasyPost = "X-Hmac-Signature"

const (
	longest = 1 << 20 // bytes of a body
	most    = 1000    // reports in a body
)

// WebhookPattern is where Webhook belongs in a ServeMux.
const WebhookPattern = "POST /webhooks/carriers/{code}"

// Webhook takes what carriers send. Whoever is not known, or not in time, is
// told the same, whatever it is: nothing tells which carriers report here.
func (s *Service) Webhook(logger *slog.Logger) http.Handler {
	if logger == nil {
		logger = slog.Default()
	}
	return &webhook{s: s, log: logger, failures: failures{seen: map[string]failed{}}}
}

type webhook struct {
	s        *Service
	log      *slog.Logger
	failures failures
}

// ServeHTTP implements http.Handler.
func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, request := r.Context(), auth.RequestFrom(r.Context())
	if wait := h.failures.wait(request.Address, h.s.now()); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		say(w, http.StatusTooManyRequests, "Too many requests were not signed as they must be. Wait.")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		say(w, http.StatusRequestEntityTooLarge, "The body is larger than 1 MiB.")
		return
	} else if err != nil {
		say(w, http.StatusBadRequest, "The body cannot be read.")
		return
	}
	code := strings.ToUpper(r.PathValue("code"))
	hook, err := Hook{}, sql.ErrNoRows
	if carrierCode.MatchString(code) { // PostgreSQL would fail at a NUL, and say more than it should
		hook, err = h.s.find(ctx, code)
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		hook = Hook{secret: unknownSecret} // and compare, as for any other
	case err != nil:
		h.failed(ctx, w, code, err)
		return
	}
	if good := hook.signed(r.Header, body, h.s.now()); !good || hook.Code == "" {
		h.failures.add(request.Address, h.s.now())
		h.log.InfoContext(ctx, "carrier refused", "requestId", request.ID, "carrier", hook.Code)
		say(w, http.StatusUnauthorized, "The signature or its time is not good.")
		return
	}
	parse, known := formats.Lookup(hook.Format)
	if !known { // a later release made it, and was taken back
		h.failed(ctx, w, code, errors.New("parcels: unknown format"))
		return
	}
	reports, ignored, err := parse(body)
	switch {
	case err != nil:
		say(w, http.StatusBadRequest, "The body is not of the format "+hook.Format+".")
		return
	case len(reports) > most:
		say(w, http.StatusRequestEntityTooLarge, "The body has more than 1000 reports.")
		return
	}
	results, err := h.s.Receive(auth.WithViewer(ctx, h.s.Viewer(hook.Code)), hook.Code, reports)
	count := map[Outcome]int{}
	for _, x := range results {
		count[x.Outcome]++
	}
	h.log.InfoContext(ctx, "carrier reports", "requestId", request.ID, "carrier", hook.Code,
		"recorded", count[Recorded], "repeated", count[Repeated], "waiting", count[Waiting], "ignored", ignored)
	if err != nil { // to be sent again: what has been taken is then repeated
		h.failed(ctx, w, code, err)
		return
	}
	answer(w, http.StatusOK, struct {
		Recorded int      `json:"recorded"`
		Repeated int      `json:"repeated"`
		Waiting  int      `json:"waiting"`
		Ignored  []string `json:"ignored,omitempty"`
	}{count[Recorded], count[Repeated], count[Waiting], ignored})
}

func (h *webhook) failed(ctx context.Context, w http.ResponseWriter, code string, err error) {
	h.log.ErrorContext(ctx, "carrier reports failed", "requestId", auth.RequestFrom(ctx).ID, "carrier", code, "error", err)
	w.Header().Set("Retry-After", "60")
	say(w, http.StatusServiceUnavailable, "Something went wrong on our side. Send it again.")
}

// unknownSecret signs for carriers without a webhook; nobody has it.
const unknownSecret = secretPrefix + "0000000000000000000000000000000000000000000000000000000000000000"

// signed says whether a body was signed with a secret of the hook, lately. It is
// compared in any case: how long a refusal takes does not tell which carriers
// report here, nor in which format.
func (h Hook) signed(header http.Header, body []byte, now time.Time) bool {
	if h.Format == "easypost" && header.Get(auth.HeaderSignature) == "" {
		sent, ok := strings.CutPrefix(header.Get(HeaderEasyPost), "hmac-sha256-hex=")
		return auth.SameMAC([]string{sent}, h.secrets(now), body) && ok
	}
	return auth.SignedBody(header, body, h.secrets(now), now)
}

func say(w http.ResponseWriter, status int, text string) {
	answer(w, status, map[string]string{"error": text})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the carrier has gone; it will send again
}

// failures count requests that were not signed, by network address, so that
// nobody makes us compute without end. It is of this replica alone, and knows
// a bounded number of addresses.
type failures struct {
	mu   sync.Mutex
	seen map[string]failed
}

type failed struct {
	n     int
	since time.Time
}

const (
	mostFailures  = 30
	failureWindow = 5 * time.Minute
	mostAddresses = 10_000
)

// wait is how long an address has to wait; zero means go ahead.
func (f *failures) wait(address string, now time.Time) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	x, there := f.seen[auth.Network(address)]
	if left := x.since.Add(failureWindow).Sub(now); there && x.n >= mostFailures && left > 0 {
		return left
	}
	return 0
}

func (f *failures) add(address string, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := auth.Network(address)
	x, there := f.seen[key]
	if !there && len(f.seen) >= mostAddresses {
		for k, old := range f.seen {
			if now.Sub(old.since) >= failureWindow {
				delete(f.seen, k)
			}
		}
		if len(f.seen) >= mostAddresses {
			return // signatures protect, this only saves work
		}
	}
	if now.Sub(x.since) >= failureWindow {
		x = failed{since: now}
	}
	x.n++
	f.seen[key] = x
}
