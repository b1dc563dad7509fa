package notifications

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
	"unicode/utf8"

	"foyer/auth"
)

// errPrivate is the error of calling an address that is not on the internet.
var errPrivate = errors.New("the address is not on the public internet")

// longestAnswer is how much of an answer is read; nothing is made of it.
const longestAnswer = 64 << 10

// Outside is a client for addresses that people have named. It must not become
// their way into the network that the portal stands in: it looks at the address
// of each connection after the name was resolved, follows no redirect, uses no
// proxy, and waits for nobody long.
func Outside() *http.Client {
	d := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !public(at.Addr()) {
			return hopeless{errPrivate}
		}
		return nil
	}}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: d.DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second,
			MaxResponseHeaderBytes: 32 << 10, MaxIdleConns: 50, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}
}

// Addresses that are routed and yet not on the internet, or that lead to others
// of which this would have to be asked again: the special-purpose registries of
// IANA (RFC 6890 and its updates), as far as netip does not know them.
var special = func() (list []netip.Prefix) {
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
		"::/3", "4000::/2", "8000::/1", // all but 2000::/3, of which alone addresses are given out; ::127.0.0.1 is among them
	} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}()

// public says whether an address is on the internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// callBody is what the channel WEBHOOK sends.
type callBody struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`
	Title       string    `json:"title"`
	Text        string    `json:"text"`
	URL         string    `json:"url"`
	OrderNumber string    `json:"orderNumber"`
	At          time.Time `json:"at"`
}

// call calls the address that a person has named.
func (s *Service) call(ctx context.Context, x *subject) error {
	address, secret, err := s.hook(ctx, x.user.ID)
	if err != nil {
		return err
	}
	if address == "" {
		return hopeless{errors.New("the address has been taken away")}
	}
	i := s.item(x.n, x.user.Language)
	body, err := json.Marshal(callBody{string(x.n.ID), string(x.n.Kind), i.Title, i.Text, i.URL, i.Number, i.At})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return hopeless{errors.New("the address cannot be read")}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Foyer")
	auth.SignBody(req.Header, secret, body, s.now())
	res, err := s.o.Client.Do(req)
	if err != nil {
		return err
	}
	return answered(res)
}

// answered says whether an answer is one of success. Its body is read, so that
// the connection can be used again, and forgotten.
func answered(res *http.Response) error {
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, longestAnswer))
	err := res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("the answer was %d", res.StatusCode)
	}
	return err
}

// cut shortens a text to at most n bytes, at the end of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
