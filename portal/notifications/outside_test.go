package notifications

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOutside: what leads into the portal's own network is not called, by
// whatever name.
func TestOutside(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, address := range []string{server.URL, "https://localhost" + port, "https://127.1" + port, "https://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port} {
		req, err := http.NewRequest(http.MethodPost, address, nil)
		require.NoError(t, err)
		res, err := Outside().Do(req)
		if res != nil {
			_ = res.Body.Close()
		}
		require.Error(t, err, address)
		if !strings.Contains(address, "127.1:") { // some resolvers do not know this form
			require.ErrorIs(t, err, errPrivate, address)
			var h hopeless
			require.True(t, errors.As(err, &h), "trying again does not help")
		}
	}
	require.Zero(t, calls.Load(), "nothing was called")
}

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, a := range []string{
		"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
		"198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1",
		"::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::a00:1", "100::1", "5f00::1", "fec0::1", "4000::1", "fe00::1", "fe80::1%eth0",
	} {
		require.False(t, public(netip.MustParseAddr(a)), a)
	}
	for _, a := range []string{"1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"} {
		require.True(t, public(netip.MustParseAddr(a)), a)
	}
}

func TestCallable(t *testing.T) {
	t.Parallel()
	for _, a := range []string{"https://hooks.example.com/x?y=z", "https://hooks.example.com:8443/", "https://1.1.1.1/"} {
		require.True(t, callable(a), a)
	}
	for _, a := range []string{
		"", "http://hooks.example.com/", "http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://a.localhost/",
		"https://printer.local/", "https://db.internal/", "https://intranet/", "https://user:pass@example.com/", "https://example.com:22/",
		"https://example.com/#x", "ftp://example.com/", "https:example.com", "https://", "https://example.com/ x", "https://exa\\mple.com/",
		"https://" + strings.Repeat("a", 1000) + ".com/", "https://169.254.169.254/latest", "https://example.com:0/", "https://example.com:99999/",
	} {
		require.False(t, callable(a), a)
	}
}
