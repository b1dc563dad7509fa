package xapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// mostStatements and mostBytes bound one request.
	mostStatements = 100
	mostBytes      = 512 << 10
	// longestAnswer is how much of an answer is read.
	longestAnswer = 256 << 10
	// longestWait is how long a store can ask us to wait.
	longestWait = time.Hour
)

// Errors that say why statements wait.
var (
	// ErrSettings means that the store's address or credentials are wrong: trying again
	// helps when they were changed.
	ErrSettings = errors.New("xapi: the record store does not take our statements: its address or credentials are wrong")
	// ErrLater means that the store cannot take them now.
	ErrLater = errors.New("xapi: the record store cannot take statements now")
)

// Options are where a store is, and who we are to it.
type Options struct {
	// Endpoint is the store's address, such as "https://lrs.example.com/xapi/": https,
	// or http on this machine.
	Endpoint       string
	User, Password string
	// HTTP is what requests are made with; one with bounded times when nil. Redirects
	// are never followed: they would take the credentials elsewhere.
	HTTP *http.Client
	Now  func() time.Time
}

// Client sends statements to a store. It writes no log, and no error of it has
// credentials or statements in it.
type Client struct {
	address        string
	user, password string
	http           *http.Client
	now            func() time.Time
}

// NewClient makes a Client. Its errors are for the operator.
func NewClient(o Options) (*Client, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil {
		return nil, errors.New("xapi: the record store's address cannot be read")
	}
	switch {
	case u.User != nil:
		return nil, errors.New("xapi: give the record store's credentials by themselves, not in its address")
	case u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("xapi: write the record store's address as https://HOST/PATH/")
	case u.Scheme != "https" && (u.Scheme != "http" || !here(u.Hostname())):
		return nil, errors.New("xapi: the record store's address must begin with https://: credentials are sent to it")
	case o.User == "" || o.Password == "" || strings.Contains(o.User, ":"):
		return nil, errors.New("xapi: the record store needs a user, without a colon, and a password")
	}
	c := &Client{address: u.JoinPath("statements").String(), user: o.User, password: o.Password, now: o.Now}
	if c.now == nil {
		c.now = time.Now
	}
	client := http.Client{Timeout: 30 * time.Second}
	if o.HTTP != nil {
		client = *o.HTTP
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http = &client
	return c, nil
}

func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// String, GoString and LogValue keep credentials out of whatever a Client is written to.
func (c *Client) String() string { return "xapi.Client(" + c.address + ")" }

// GoString is String.
func (c *Client) GoString() string { return c.String() }

// LogValue is String.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Report says what became of statements, by their ids: each is in one of the lists.
type Report struct {
	Stored  []string // the store has them
	Refused []string // it will never take them; they are wrong
	Waiting []string // to be sent again
	// Cause is why some wait: ErrSettings, ErrLater, and what is behind it.
	Cause error
	// After is how long to wait; as long as the caller thinks when 0.
	After time.Duration
}

// Send sends statements, in requests of bounded size. A batch of which one statement is
// wrong, or known already with other words, is taken apart until that one is found, so
// that it does not hold up the others. The first answer that says "later" ends it.
func (c *Client) Send(ctx context.Context, statements []Statement) Report {
	var r Report
	list := encode(statements, &r)
	for len(list) > 0 {
		n, size := 0, 0
		for n < len(list) && n < mostStatements && (n == 0 || size+len(list[n].text) <= mostBytes) {
			size += len(list[n].text)
			n++
		}
		c.batch(ctx, list[:n], &r)
		list = list[n:]
	}
	return r
}

// encoded is a statement as it is sent.
type encoded struct {
	id   string
	text []byte
}

// encode writes statements, each id once: a batch with two of one id is refused. What
// cannot be written is wrong.
func encode(statements []Statement, r *Report) []encoded {
	var list []encoded
	seen := map[string]bool{}
	for _, s := range statements {
		if seen[s.ID] {
			continue
		}
		seen[s.ID] = true
		text, err := json.Marshal(s)
		if err != nil {
			r.Refused = append(r.Refused, s.ID)
			continue
		}
		list = append(list, encoded{s.ID, text})
	}
	return list
}

// batch sends some statements, or puts them with those that wait when others do.
func (c *Client) batch(ctx context.Context, list []encoded, r *Report) {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.id
	}
	if r.Cause != nil {
		r.Waiting = append(r.Waiting, ids...)
		return
	}
	status, after, err := c.post(ctx, list)
	switch {
	case err != nil:
		r.Waiting, r.Cause, r.After = append(r.Waiting, ids...), err, after
	case status == http.StatusOK, status == http.StatusConflict && len(list) == 1:
		// A conflict: the store has a statement with that id. It is ours, said before.
		r.Stored = append(r.Stored, ids...)
	case len(list) == 1:
		r.Refused = append(r.Refused, ids...)
	default:
		half := len(list) / 2
		c.batch(ctx, list[:half], r)
		c.batch(ctx, list[half:], r)
	}
}

// post makes a request. Without an error, the status is 200 or one that is about the
// statements: 400, 409, 413, 422.
func (c *Client) post(ctx context.Context, list []encoded) (status int, after time.Duration, err error) {
	parts := make([][]byte, len(list))
	for i, s := range list {
		parts[i] = s.text
	}
	body := slices.Concat([]byte("["), bytes.Join(parts, []byte(",")), []byte("]"))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, bytes.NewReader(body))
	if err != nil {
		return 0, 0, ErrSettings
	}
	req.SetBasicAuth(c.user, c.password)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Experience-API-Version", Version)
	req.Header.Set("User-Agent", "Foyer")
	res, err := c.http.Do(req) //nolint:gosec // the operator names the address
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %w", ErrLater, err)
	}
	answer, readErr := io.ReadAll(io.LimitReader(res.Body, longestAnswer))
	if err := errors.Join(readErr, res.Body.Close()); err != nil {
		return 0, 0, fmt.Errorf("%w: %w", ErrLater, err)
	}
	switch s := res.StatusCode; {
	case s == http.StatusOK:
		if !names(answer, list) {
			return 0, 0, fmt.Errorf("%w: the answer is not that of a record store", ErrSettings)
		}
		return s, 0, nil
	case s == http.StatusBadRequest, s == http.StatusConflict, s == http.StatusRequestEntityTooLarge, s == http.StatusUnprocessableEntity:
		return s, 0, nil
	case s == http.StatusTooManyRequests, s == http.StatusRequestTimeout, s >= 500:
		return 0, c.wait(res.Header.Get("Retry-After")), fmt.Errorf("%w: status %d", ErrLater, s)
	default:
		return 0, 0, fmt.Errorf("%w: status %d", ErrSettings, s)
	}
}

// names says whether an answer is the list of the statements' ids, which is how a store
// says that it has them.
func names(answer []byte, list []encoded) bool {
	var ids []string
	if json.Unmarshal(answer, &ids) != nil || len(ids) != len(list) {
		return false
	}
	for i, s := range list {
		if !strings.EqualFold(ids[i], s.id) {
			return false
		}
	}
	return true
}

// wait reads Retry-After: seconds, or a date.
func (c *Client) wait(header string) time.Duration {
	var d time.Duration
	if n, err := strconv.Atoi(header); err == nil {
		d = time.Duration(min(n, int(longestWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(header); err == nil {
		d = at.Sub(c.now())
	}
	return min(max(d, 0), longestWait)
}
