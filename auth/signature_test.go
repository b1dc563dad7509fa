package auth

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

func TestSignedBody(t *testing.T) {
	now, body := time.Unix(1_800_000_000, 0), []byte(`{"reports":[]}`)
	signed := http.Header{}
	SignBody(signed, "one", body, now)
	for secret, good := range map[string]bool{"one": true, "two": false, "": false} {
		require.Equal(t, good, SignedBody(signed, body, []string{secret}, now), secret)
	}
	require.True(t, SignedBody(signed, body, []string{"two", "one"}, now.Add(signatureWindow)), "while a secret is changed")
	require.False(t, SignedBody(signed, body, []string{"one"}, now.Add(signatureWindow+time.Second)))
	require.False(t, SignedBody(signed, body, []string{"one"}, now.Add(-signatureWindow-time.Second)))
	require.False(t, SignedBody(signed, append(body, ' '), []string{"one"}, now))
	require.False(t, SignedBody(signed, body, nil, now))
}

// A refusal takes the same work, whatever is missing: how long it takes tells
// nothing.
func TestRefusalsTakeTheSameWork(t *testing.T) {
	n := 0
	was := newMAC
	newMAC = func(secret string) hash.Hash { return counted{was(secret), &n} }
	t.Cleanup(func() { newMAC = was })
	body := make([]byte, 1000)
	for name, header := range map[string]http.Header{
		"nothing":      {},
		"no time":      {HeaderSignature: {"v1=00"}},
		"no signature": {HeaderTimestamp: {""}},
		"two times":    {HeaderTimestamp: {"5", "6"}, HeaderSignature: {"v1=00"}},
		"no number":    {HeaderTimestamp: {"x"}, HeaderSignature: {"v1=00"}},
	} {
		n = 0
		require.False(t, SignedBody(header, body, []string{"secret"}, time.Now()), name)
		require.Equal(t, len(body)+1, n, name)
	}
	n = 0
	require.False(t, SignedBody(http.Header{HeaderTimestamp: {"5"}, HeaderSignature: {"v1=00"}}, body, []string{"secret"}, time.Now()), "long ago")
	require.Equal(t, len(body)+len("5."), n)
}
