package parcels

import (
	"hash"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// counted counts what is hashed.
type counted struct {
	hash.Hash
	n *int
}

func (c counted) Write(b []byte) (int, error) {
	*c.n += len(b)
	return c.Hash.Write(b)
}

// A refusal takes the same work, whoever is asked and whatever is missing: how
// long it takes tells nothing.
func TestRefusalsTakeTheSameWork(t *testing.T) {
	n := 0
	was := newMAC
	newMAC = func(secret string) hash.Hash { return counted{was(secret), &n} }
	t.Cleanup(func() { newMAC = was })
	body := make([]byte, 1000)
	work := func(h Hook, header http.Header) int {
		n = 0
		require.False(t, h.signed(header, body, time.Now()))
		return n
	}
	none, unknown := http.Header{}, Hook{secret: unknownSecret}
	for _, h := range []Hook{unknown, {Code: "DHL", Format: "foyer", secret: "fwh_1"}, {Code: "USPS", Format: "easypost", secret: "fwh_2"}} {
		require.Equal(t, len(body), work(h, none), h.Format)
		require.Equal(t, len(body), work(h, http.Header{HeaderEasyPost: {"hmac-sha256-hex=00"}}), h.Format)
		require.Equal(t, len(body)+len("5."), work(h, http.Header{HeaderTimestamp: {"5"}, HeaderSignature: {"v1=00"}}), h.Format)
	}
}
