package notifications_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/notifications"
	"foyer/testkit"
	"foyer/testkit/world"
)

// elsewhere is a server on the internet, as far as the portal can tell: every
// call ends at it.
type elsewhere struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	broken string // a path that answers with an error
	calls  []call
}

type call struct {
	url    string
	header http.Header
	body   []byte
}

func newElsewhere(t *testing.T) *elsewhere {
	e := &elsewhere{status: http.StatusCreated}
	e.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e.mu.Lock()
		defer e.mu.Unlock()
		e.calls = append(e.calls, call{"https://" + r.Host + r.URL.Path, r.Header, body})
		if e.status == http.StatusFound {
			w.Header().Set("Location", "https://127.0.0.1/inside")
		}
		if e.broken == r.URL.Path {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.WriteHeader(e.status)
	}))
	t.Cleanup(e.Close)
	return e
}

// RoundTrip implements http.RoundTripper.
func (e *elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	to, err := url.Parse(e.URL)
	if err != nil {
		return nil, err
	}
	c := r.Clone(r.Context())
	c.Host, c.URL.Host = r.URL.Host, to.Host
	return e.Client().Transport.RoundTrip(c)
}

func (e *elsewhere) answer(status int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.status = status
}

func (e *elsewhere) breaks(path string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken = path
}

func (e *elsewhere) take() []call {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := e.calls
	e.calls = nil
	return list
}

// browser is one that registers for push messages.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t *testing.T) *browser {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	require.NoError(t, err)
	b := &browser{key, make([]byte, 16)}
	_, _ = rand.Read(b.auth)
	return b
}

var text64 = base64.RawURLEncoding

func (b *browser) input(endpoint string) map[string]any {
	return map[string]any{"i": map[string]any{"endpoint": endpoint, "p256dh": text64.EncodeToString(b.key.PublicKey().Bytes()), "auth": text64.EncodeToString(b.auth)}}
}

// open decrypts a message as RFC 8291 and RFC 8188 describe it.
func (b *browser) open(t *testing.T, body []byte) []byte {
	t.Helper()
	salt, n := body[:16], int(body[20])
	sender, sealed := body[21:21+n], body[21+n:]
	theirs, err := ecdh.P256().NewPublicKey(sender)
	require.NoError(t, err)
	shared, err := b.key.ECDH(theirs)
	require.NoError(t, err)
	ikm, err := hkdf.Key(sha256.New, shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(sender), 32)
	require.NoError(t, err)
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	require.NoError(t, err)
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	require.NoError(t, err)
	block, err := aes.NewCipher(key)
	require.NoError(t, err)
	gcm, err := cipher.NewGCM(block)
	require.NoError(t, err)
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	require.NoError(t, err)
	return []byte(strings.TrimRight(strings.TrimRight(string(plain), "\x00"), "\x02"))
}

const addDevice = `mutation($i: AddPushDeviceInput!) { addPushDevice(input: $i) { userErrors { code field } settings { pushKey devices { key } } } }`

func TestPush(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		e, b, who := newElsewhere(t), newBrowser(t), world.OrderOfMember
		f.Outside = e
		d := f.As(who).Must(addDevice, b.input("https://push.example.com/one"))
		require.Empty(t, testkit.At(d, "addPushDevice", "userErrors"))
		key, _ := testkit.At(d, "addPushDevice", "settings", "pushKey").(string)
		settings(f, who, map[string]any{"kinds": []any{map[string]any{"kind": "ORDER_NOTE", "channels": []string{"PUSH"}}}})
		note(f, "STAFF_AGENT", who, "hello "+strings.Repeat("ü", 3000), "CUSTOMER")
		f.Work()
		require.Empty(t, f.Letters.All())
		calls := e.take()
		require.Len(t, calls, 1)
		c := calls[0]
		require.Equal(t, "https://push.example.com/one", c.url)
		require.Equal(t, "aes128gcm", c.header.Get("Content-Encoding"))
		require.Equal(t, "86400", c.header.Get("Ttl"))
		require.Len(t, c.header.Get("Topic"), 32)
		var p notifications.Payload
		require.NoError(t, json.Unmarshal(b.open(t, c.body), &p))
		require.Equal(t, "A note on order FO-ORG_MEMBER", p.Title)
		require.Equal(t, "https://portal.example.com/orders/FO-ORG_MEMBER", p.URL)
		require.Equal(t, "ORDER_NOTE", p.Kind)

		// VAPID: signed with the key that browsers register with.
		token, k, ok := strings.Cut(strings.TrimPrefix(c.header.Get("Authorization"), "vapid t="), ", k=")
		require.True(t, ok)
		require.Equal(t, key, k)
		point, err := text64.DecodeString(k)
		require.NoError(t, err)
		public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
		require.NoError(t, err)
		claims := jwt.MapClaims{}
		_, err = jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return public, nil },
			jwt.WithValidMethods([]string{"ES256"}), jwt.WithAudience("https://push.example.com"), jwt.WithExpirationRequired())
		require.NoError(t, err)
		require.Equal(t, "https://portal.example.com", claims["sub"])

		// Two devices; the one that has it is not told again when the other fails.
		other := newBrowser(t)
		f.As(who).Must(addDevice, other.input("https://push.example.com/two"))
		e.breaks("/two")
		note(f, "STAFF_AGENT", who, "again", "CUSTOMER")
		f.Work()
		require.NotEmpty(t, e.take())
		require.Contains(t, states(t, f, who), "PUSH PENDING")
		e.breaks("")
		soon(t, f)
		calls = e.take()
		require.Len(t, calls, 1)
		require.Equal(t, "https://push.example.com/two", calls[0].url)
		require.NotContains(t, states(t, f, who), "PUSH PENDING")

		// What the push service does not know any more is forgotten.
		e.answer(http.StatusGone)
		note(f, "STAFF_AGENT", who, "gone", "CUSTOMER")
		f.Work()
		require.Len(t, e.take(), 2)
		require.Empty(t, testkit.At(f.As(who).Must(`{ viewer { notificationSettings { devices { key } } } }`, nil), "viewer", "notificationSettings", "devices"))
	})
}

func TestDevices(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		b := newBrowser(t)
		refused := func(in map[string]any, code string) {
			t.Helper()
			a := f.As("ORG_MEMBER").Must(addDevice, in)
			require.Equal(t, code, testkit.At(a, "addPushDevice", "userErrors", 0, "code"))
			require.Empty(t, testkit.At(a, "addPushDevice", "settings", "devices"))
		}
		for _, bad := range []string{"http://push.example.com/", "https://127.0.0.1/", "https://localhost/", "https://push.example.com/" + strings.Repeat("x", 1000)} {
			refused(b.input(bad), "INVALID_ADDRESS")
		}
		in := b.input("https://push.example.com/x")
		in["i"].(map[string]any)["p256dh"] = text64.EncodeToString(make([]byte, 65))
		refused(in, "INVALID")
		in = b.input("https://push.example.com/x")
		in["i"].(map[string]any)["auth"] = "AAAA"
		refused(in, "INVALID")

		endpoint := "https://push.example.com/x"
		d := f.As("ORG_MEMBER").Must(addDevice, b.input(endpoint))
		key := testkit.At(d, "addPushDevice", "settings", "devices", 0, "key")
		require.NotEmpty(t, key)
		d = f.As("ORG_MEMBER").Must(addDevice, b.input(endpoint))
		require.Len(t, testkit.At(d, "addPushDevice", "settings", "devices"), 1, "the same one")

		// Somebody else neither takes it over with another key nor removes it.
		d = f.As("ORG_BUYER").Must(addDevice, newBrowser(t).input(endpoint))
		require.Equal(t, "INVALID_ADDRESS", testkit.At(d, "addPushDevice", "userErrors", 0, "code"))
		remove := `mutation($k: String!) { removePushDevice(input: {key: $k}) { userErrors { code } settings { devices { key } } } }`
		f.As("ORG_BUYER").Must(remove, map[string]any{"k": key})
		mine := `{ viewer { notificationSettings { devices { key } } } }`
		require.Equal(t, key, testkit.At(f.As("ORG_MEMBER").Must(mine, nil), "viewer", "notificationSettings", "devices", 0, "key"))
		// Who signs in at that browser takes it over.
		d = f.As("ORG_BUYER").Must(addDevice, b.input(endpoint))
		require.Len(t, testkit.At(d, "addPushDevice", "settings", "devices"), 1)
		require.Empty(t, testkit.At(f.As("ORG_MEMBER").Must(mine, nil), "viewer", "notificationSettings", "devices"))
		f.As("ORG_BUYER").Must(remove, map[string]any{"k": key})
		require.Empty(t, testkit.At(f.As("ORG_BUYER").Must(mine, nil), "viewer", "notificationSettings", "devices"))

		for i := range 21 {
			d = f.As("ORG_ADMIN").Must(addDevice, b.input(endpoint+string(rune('a'+i))))
		}
		require.Equal(t, "INVALID", testkit.At(d, "addPushDevice", "userErrors", 0, "code"))
		require.Len(t, testkit.At(d, "addPushDevice", "settings", "devices"), 20)
	})
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		e, who := newElsewhere(t), world.OrderOfMember
		f.Outside = e
		for _, bad := range []string{"http://127.0.0.1/", "http://hooks.example.com/", "https://localhost/x", "https://10.0.0.1/", "https://u:p@hooks.example.com/"} {
			s := settings(f, who, map[string]any{"webhookUrl": bad, "wholeOrganization": true})
			require.Equal(t, "INVALID_ADDRESS", testkit.At(s, "userErrors", 0, "code"), bad)
			require.Equal(t, []any{"input", "webhookUrl"}, testkit.At(s, "userErrors", 0, "field"), bad)
			require.Nil(t, s["webhookSecret"])
			require.Equal(t, false, testkit.At(s, "settings", "wholeOrganization"), "all of it or nothing")
		}
		s := settings(f, who, map[string]any{"webhookUrl": "https://hooks.example.com/in",
			"kinds": []any{map[string]any{"kind": "ORDER_NOTE", "channels": []string{"WEBHOOK"}}}})
		secret, _ := s["webhookSecret"].(string)
		require.Len(t, secret, 52)
		require.Equal(t, "https://hooks.example.com/in", testkit.At(s, "settings", "webhookUrl"))
		require.Nil(t, settings(f, who, map[string]any{"webhookUrl": "https://hooks.example.com/in"})["webhookSecret"], "told once")

		note(f, "STAFF_AGENT", who, "hello", "CUSTOMER")
		f.Work()
		calls := e.take()
		require.Len(t, calls, 1)
		c := calls[0]
		require.Equal(t, "https://hooks.example.com/in", c.url)
		require.True(t, auth.SignedBody(c.header, c.body, []string{secret}, time.Now()))
		require.Regexp(t, `^v1=[0-9a-f]{64}$`, c.header.Get("Foyer-Signature"))
		var body map[string]any
		require.NoError(t, json.Unmarshal(c.body, &body))
		require.Equal(t, "ORDER_NOTE", body["kind"])
		require.Equal(t, "FO-ORG_MEMBER", body["orderNumber"])
		require.Equal(t, "Person STAFF_AGENT wrote: hello", body["text"])

		// A redirect is not followed, and is no success.
		e.answer(http.StatusFound)
		note(f, "STAFF_AGENT", who, "elsewhere", "CUSTOMER")
		f.Work()
		for _, c := range e.take() {
			require.Equal(t, "https://hooks.example.com/in", c.url)
		}
		require.Contains(t, states(t, f, who), "WEBHOOK PENDING")
		require.NotContains(t, f.Log.String(), "hooks.example.com")
		var why string
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT error FROM deliveries WHERE state = 'PENDING'`).Scan(&why))
		require.Contains(t, why, "302")
		e.answer(http.StatusOK)
		soon(t, f)
		e.take()

		// A name that has come to lead inside: refused when it is called, and not called.
		f.Outside = nil
		inside := newElsewhere(t)
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE notification_hooks SET url = $1`,
			strings.Replace(inside.URL, "127.0.0.1", "localhost", 1)+"/secret-path")
		require.NoError(t, err)
		note(f, "STAFF_AGENT", who, "inside", "CUSTOMER")
		f.Work()
		require.Empty(t, inside.take())
		require.Contains(t, states(t, f, who), "WEBHOOK FAILED")
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT error FROM deliveries WHERE state = 'FAILED'`).Scan(&why))
		require.NotContains(t, why, "secret-path")

		require.Nil(t, testkit.At(settings(f, who, map[string]any{"webhookUrl": ""}), "settings", "webhookUrl"))
	})
}
