package auth

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"hash"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testIssuer   = "https://portal.example.com"
	testAudience = "foyer"
)

var (
	tokenNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	tokenKey = NewKey(tokenNow.Add(-time.Hour), tokenNow.Add(24*time.Hour))
	identity = Claims{UserID: "usr_1", SessionID: "ses_1", MembershipID: "mem_1"}
)

func at(now time.Time) func() time.Time { return func() time.Time { return now } }

func newSigner(t testing.TB, keys Keys, now time.Time) *Signer {
	t.Helper()
	s, err := NewSigner(keys, testIssuer, testAudience, at(now))
	require.NoError(t, err)
	return s
}

func newVerifier(t testing.TB, keys Keys, now time.Time) *Verifier {
	t.Helper()
	v, err := NewVerifier(keys, testIssuer, testAudience, at(now))
	require.NoError(t, err)
	return v
}

func goodToken(t testing.TB) string {
	t.Helper()
	token, _, err := newSigner(t, KeySet{tokenKey}, tokenNow).Sign(t.Context(), identity)
	require.NoError(t, err)
	return token
}

// object is a JSON object in the making.
type object map[string]any

// with returns a copy with one member set, or removed when the value is gone{}.
func (o object) with(name string, value any) object {
	o = maps.Clone(o)
	if o[name] = value; value == (gone{}) {
		delete(o, name)
	}
	return o
}

type gone struct{}

func segment(v any) string {
	switch v := v.(type) {
	case string:
		return b64url.EncodeToString([]byte(v))
	default:
		b, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return b64url.EncodeToString(b)
	}
}

// signed makes a token of any header and payload with the real key: what is
// wrong with it is then not the signature.
func signed(header, payload any) string {
	text := segment(header) + "." + segment(payload)
	return text + "." + b64url.EncodeToString(ed25519.Sign(tokenKey.Private, []byte(text)))
}

func hmacSigned(newHash func() hash.Hash, key string, header, payload any) string {
	text := segment(header) + "." + segment(payload)
	mac := hmac.New(newHash, []byte(key))
	mac.Write([]byte(text))
	return text + "." + b64url.EncodeToString(mac.Sum(nil))
}

func goodHeader() object { return object{"alg": "EdDSA", "typ": "at+jwt", "kid": tokenKey.ID} }

func goodPayload() object {
	return object{
		"iss": testIssuer, "aud": testAudience, "sub": "usr_1", "sid": "ses_1", "mid": "mem_1", "jti": "x",
		"iat": tokenNow.Unix(), "exp": tokenNow.Add(AccessTokenLifetime).Unix(),
	}
}

func TestSignAndVerify(t *testing.T) {
	signer, verifier := newSigner(t, KeySet{tokenKey}, tokenNow.Add(300*time.Millisecond)), newVerifier(t, KeySet{tokenKey}, tokenNow)
	token, made, err := signer.Sign(t.Context(), identity)
	require.NoError(t, err)
	require.Equal(t, tokenNow, made.IssuedAt)
	require.Equal(t, tokenNow.Add(15*time.Minute), made.ExpiresAt)
	require.Len(t, made.TokenID, 22)
	require.Less(t, len(token), 700)

	got, err := verifier.Verify(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, made, got)

	head, err := b64url.DecodeString(token[:strings.Index(token, ".")])
	require.NoError(t, err)
	require.JSONEq(t, `{"alg":"EdDSA","typ":"at+jwt","kid":"`+tokenKey.ID+`"}`, string(head))

	_, again, err := signer.Sign(t.Context(), identity)
	require.NoError(t, err)
	require.NotEqual(t, made.TokenID, again.TokenID)

	token, _, err = signer.Sign(t.Context(), Claims{UserID: "usr_1", SessionID: "ses_1"})
	require.NoError(t, err)
	got, err = verifier.Verify(t.Context(), token)
	require.NoError(t, err)
	require.Empty(t, got.MembershipID)

	// The payload that the table of forgeries starts from is a good one, so
	// that each of them fails for what it changes.
	_, err = verifier.Verify(t.Context(), signed(goodHeader(), goodPayload()))
	require.NoError(t, err)
}

// TestGuestTokens: a guest's token and a session's cannot pass for each other,
// whatever is added to one or taken away.
func TestGuestTokens(t *testing.T) {
	who := Claims{Subject: "ord_1", Code: "ott_1", Address: "abc"}
	signer, verifier := newSigner(t, KeySet{tokenKey}, tokenNow), newVerifier(t, KeySet{tokenKey}, tokenNow)
	token, made, err := signer.Sign(t.Context(), who)
	require.NoError(t, err)
	require.Equal(t, tokenNow.Add(GuestTokenLifetime), made.ExpiresAt)
	got, err := verifier.Verify(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, made, got)
	require.Empty(t, got.UserID)
	_, err = newVerifier(t, KeySet{tokenKey}, tokenNow.Add(GuestTokenLifetime+time.Minute)).Verify(t.Context(), token)
	require.ErrorIs(t, err, ErrTokenExpired)

	for _, c := range []Claims{
		{Subject: "ord_1"}, {Subject: "ord_1", Code: "ott_1"}, {Subject: "ord_1", Address: "abc"}, {Code: "ott_1", Address: "abc"},
		{Subject: "ord_1", Code: "ott_1", Address: "abc", UserID: "usr_1"}, {Subject: "ord_1", Code: "ott_1", Address: "abc", SessionID: "ses_1"},
		{Subject: "ord_1", Code: "ott_1", Address: "abc", MembershipID: "mem_1"}, {UserID: "usr_1", Code: "ott_1", Address: "abc"},
		{UserID: "usr_1", SessionID: "ses_1", Subject: "ord_1"}, {UserID: "usr_1", SessionID: "ses_1", Address: "abc"},
	} {
		_, _, err := signer.Sign(t.Context(), c)
		require.Error(t, err, "%+v", c)
	}
	guest := goodPayload().with("sid", gone{}).with("mid", gone{}).with("gid", "ott_1").with("gad", "abc")
	_, err = verifier.Verify(t.Context(), signed(goodHeader(), guest))
	require.NoError(t, err)
	for name, payload := range map[string]object{
		"a session that is a guest's": goodPayload().with("gid", "ott_1").with("gad", "abc"),
		"a session with a code":       goodPayload().with("gid", "ott_1"),
		"a session with an address":   goodPayload().with("gad", "abc"),
		"a guest with a session":      guest.with("sid", "ses_1"),
		"a guest with a membership":   guest.with("mid", "mem_1"),
		"a guest without a code":      guest.with("gid", gone{}),
		"a guest with an empty code":  guest.with("gid", ""),
		"a guest without an address":  guest.with("gad", gone{}),
		"a guest of nothing":          guest.with("sub", ""),
	} {
		_, err := verifier.Verify(t.Context(), signed(goodHeader(), payload))
		require.ErrorIs(t, err, ErrTokenInvalid, name)
	}
}

func TestVerifyTimes(t *testing.T) {
	token := goodToken(t)
	for name, c := range map[string]struct {
		now time.Time
		err error
	}{
		"clock slightly behind": {tokenNow.Add(-5 * time.Second), nil},
		"before it was issued":  {tokenNow.Add(-6 * time.Second), ErrTokenInvalid},
		"last second":           {tokenNow.Add(15 * time.Minute), nil},
		"within the leeway":     {tokenNow.Add(15*time.Minute + 4*time.Second), nil},
		"expired":               {tokenNow.Add(15*time.Minute + 5*time.Second), ErrTokenExpired},
		"long expired":          {tokenNow.Add(23 * time.Hour), ErrTokenExpired},
		"key retired too":       {tokenNow.Add(25 * time.Hour), ErrTokenInvalid},
	} {
		_, err := newVerifier(t, KeySet{tokenKey}, c.now).Verify(t.Context(), token)
		require.ErrorIs(t, err, c.err, name)
		require.Equal(t, c.err == nil, err == nil, name)
		require.False(t, errors.Is(err, ErrTokenExpired) && errors.Is(err, ErrTokenInvalid), name)
	}
}

// forgeries are the tricks of RFC 8725, the OWASP JSON Web Token cheat sheet
// and the tools that automate them.
func forgeries(t testing.TB) map[string]string {
	good := goodToken(t)
	parts := strings.Split(good, ".")
	h, p, s := parts[0], parts[1], parts[2]
	admin := goodPayload().with("sub", "usr_admin")
	forged := map[string]string{}

	for _, alg := range []string{"none", "None", "NONE", "nOnE", ""} {
		forged["alg "+alg+", no signature"] = segment(goodHeader().with("alg", alg)) + "." + segment(admin) + "."
		forged["alg "+alg+", old signature"] = segment(goodHeader().with("alg", alg)) + "." + segment(admin) + "." + s
	}
	forged["no signature"] = h + "." + p + "."
	forged["two segments"] = h + "." + p
	forged["four segments"] = good + ".x"
	forged["five segments"] = segment(object{"alg": "dir", "enc": "A128GCM"}) + "..AAAA.AAAA.AAAA"
	forged["payload changed"] = h + "." + segment(admin) + "." + s
	forged["header changed"] = segment(goodHeader().with("x", 1)) + "." + p + "." + s
	raw, err := b64url.DecodeString(s)
	require.NoError(t, err)
	flipped := bytes.Clone(raw)
	flipped[0] ^= 1
	forged["signature bit flipped"] = h + "." + p + "." + b64url.EncodeToString(flipped)
	forged["signature cut"] = h + "." + p + "." + s[:20]
	forged["signature longer"] = h + "." + p + "." + b64url.EncodeToString(append(raw, 0))
	forged["signature zero"] = h + "." + segment(admin) + "." + b64url.EncodeToString(make([]byte, 64))
	forged["ES256, signature zero"] = segment(goodHeader().with("alg", "ES256")) + "." + segment(admin) + "." + b64url.EncodeToString(make([]byte, 64))
	// S and S+L verify alike in careless implementations (RFC 8032 section 5.1.7).
	forged["signature malleated"] = h + "." + p + "." + b64url.EncodeToString(addOrder(raw))

	// One signature, one spelling: else a deny list of tokens can be walked past.
	forged["base64 padding"] = good + "=="
	forged["line break in the signature"] = h + "." + p + "." + s[:10] + "\n" + s[10:]
	forged["line break at the end"] = good + "\r\n"
	forged["space at the end"] = good + " "
	forged["standard alphabet"] = h + "." + p + "." + base64.RawStdEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 64))
	forged["bits left over"] = h + "." + p + "." + s[:len(s)-1] + string(nextLetter(s[len(s)-1]))
	forged["doubled"] = good + " " + good
	forged["with scheme"] = "Bearer " + good

	der, err := x509.MarshalPKIXPublicKey(tokenKey.Public)
	require.NoError(t, err)
	pemKey := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	for _, key := range []string{"", "secret", "password", "changeme", "your-256-bit-secret", "\x00", "null", tokenKey.ID,
		string(tokenKey.Public), b64url.EncodeToString(tokenKey.Public), pemKey, strings.TrimSpace(pemKey), string(der), string(JWKS([]Key{tokenKey}))} {
		forged["HS256 with key "+key] = hmacSigned(sha256.New, key, goodHeader().with("alg", "HS256"), admin)
		forged["HMAC called EdDSA, key "+key] = hmacSigned(sha512.New, key, goodHeader(), admin)
	}
	forged["HS512"] = hmacSigned(sha512.New, string(tokenKey.Public), goodHeader().with("alg", "HS512"), admin)

	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	rs := func(header, payload any) string {
		text := segment(header) + "." + segment(payload)
		sum := sha256.Sum256([]byte(text))
		sig, err := rsa.SignPKCS1v15(rand.Reader, rsaKey, crypto.SHA256, sum[:])
		require.NoError(t, err)
		return text + "." + b64url.EncodeToString(sig)
	}
	forged["RS256 of the attacker"] = rs(goodHeader().with("alg", "RS256"), admin)
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	text := segment(goodHeader().with("alg", "ES256")) + "." + segment(admin)
	sum := sha256.Sum256([]byte(text))
	r, ss, err := ecdsa.Sign(rand.Reader, ec, sum[:])
	require.NoError(t, err)
	forged["ES256 of the attacker"] = text + "." + b64url.EncodeToString(append(r.FillBytes(make([]byte, 32)), ss.FillBytes(make([]byte, 32))...))

	// The attacker's own Ed25519 key, offered in every way a header can.
	own := NewKey(tokenNow.Add(-time.Hour), tokenNow.Add(time.Hour))
	ed := func(header, payload any) string {
		text := segment(header) + "." + segment(payload)
		return text + "." + b64url.EncodeToString(ed25519.Sign(own.Private, []byte(text)))
	}
	jwk := object{"kty": "OKP", "crv": "Ed25519", "x": b64url.EncodeToString(own.Public)}
	forged["EdDSA of the attacker"] = ed(goodHeader(), admin)
	forged["EdDSA of the attacker, own kid"] = ed(goodHeader().with("kid", own.ID), admin)
	forged["jwk of the attacker"] = ed(goodHeader().with("jwk", jwk), admin)
	forged["jku of the attacker"] = ed(goodHeader().with("jku", "http://127.0.0.1:9/jwks.json"), admin)

	// From here on the signature is right: even so these are refused.
	for name, value := range map[string]any{
		"jwk": jwk, "jku": "http://127.0.0.1:9/jwks.json", "x5u": "http://127.0.0.1:9/c.pem", "x5c": []string{b64url.EncodeToString(der)},
		"b64": false, "crit": []string{"exp"}, "zip": "DEF", "cty": "JWT", "enc": "A128GCM", "x": 1, "x5t": "x", "ALG": "none", "": "",
	} {
		forged["header member "+name] = signed(goodHeader().with(name, value), goodPayload())
	}
	forged["crit with its extension"] = signed(goodHeader().with("crit", []string{"http://x"}).with("http://x", 1), goodPayload())
	forged["crit instead of typ"] = signed(goodHeader().with("typ", gone{}).with("crit", []string{"exp"}), goodPayload())
	for name, value := range map[string]any{"gone": gone{}, "JWT": "JWT", "upper case": "AT+JWT", "full": "application/at+jwt", "refresh": "refresh+jwt", "number": 1, "null": nil, "list": []string{"at+jwt"}} {
		forged["typ "+name] = signed(goodHeader().with("typ", value), goodPayload())
	}
	for name, value := range map[string]any{"gone": gone{}, "lower case": "eddsa", "Ed25519": "Ed25519", "null": nil, "list": []string{"EdDSA"}, "number": 1} {
		forged["alg "+name] = signed(goodHeader().with("alg", value), goodPayload())
	}
	for name, value := range map[string]any{"gone": gone{}, "empty": "", "null": nil, "number": -1, "list": []string{tokenKey.ID}, "object": object{"a": 1},
		"path": "../../../../../../dev/null", "sql": "x' UNION SELECT ''-- -", "shell": "|sleep 5", "nul": "\x00", "suffix": tokenKey.ID + "\x00", "space": tokenKey.ID + " ",
		"other case": strings.ToLower(tokenKey.ID), "long": strings.Repeat("a", 2000), "umlaut": "ä", "65 characters": strings.Repeat("a", 65)} {
		forged["kid "+name] = signed(goodHeader().with("kid", value), goodPayload())
	}
	for _, claim := range []string{"iss", "aud", "sub", "sid", "jti", "iat", "exp"} {
		forged["no "+claim] = signed(goodHeader(), goodPayload().with(claim, gone{}))
		forged[claim+" null"] = signed(goodHeader(), goodPayload().with(claim, nil))
		forged[claim+" empty"] = signed(goodHeader(), goodPayload().with(claim, ""))
		forged[claim+" object"] = signed(goodHeader(), goodPayload().with(claim, object{}))
		forged[claim+" true"] = signed(goodHeader(), goodPayload().with(claim, true))
	}
	for name, payload := range map[string]any{
		"other issuer": goodPayload().with("iss", "https://evil.example.com"), "issuer prefix": goodPayload().with("iss", testIssuer+".evil.example.com"),
		"other audience": goodPayload().with("aud", "other"), "empty audience list": goodPayload().with("aud", []string{}), "audience in part": goodPayload().with("aud", "foy"),
		"exp as text": goodPayload().with("exp", "never"), "exp zero": goodPayload().with("exp", 0), "exp negative": goodPayload().with("exp", -1),
		"nbf in the future": goodPayload().with("nbf", tokenNow.Add(time.Minute).Unix()), "nbf as text": goodPayload().with("nbf", "x"),
		"iat in the future": goodPayload().with("iat", tokenNow.Add(time.Hour).Unix()),
		"null":              "null", "a list": "[]", "a string": `"x"`, "empty object": "{}", "not JSON": "nope", "two objects": `{} {}`,
		"expired, other audience": goodPayload().with("exp", tokenNow.Add(-time.Hour).Unix()).with("aud", "other"),
	} {
		forged["payload: "+name] = signed(goodHeader(), payload)
	}
	for name, header := range map[string]any{"null": "null", "a list": "[]", "empty": "{}", "not JSON": "nope"} {
		forged["header: "+name] = signed(header, goodPayload())
	}
	forged["too long"] = signed(goodHeader(), goodPayload().with("x", strings.Repeat("x", MaxTokenSize)))
	forged["JSON serialisation"] = `{"protected":"` + h + `","payload":"` + p + `","signature":"` + s + `"}`
	for name, token := range map[string]string{"empty": "", "dots": "..", "many dots": strings.Repeat(".", 5000), "null": "null", "letters": strings.Repeat("a", 7000), "unicode": "é.é.é", "not UTF-8": "\xff.\xff.\xff"} {
		forged["token: "+name] = token
	}
	return forged
}

// addOrder adds the order of the group to the second half of a signature.
func addOrder(sig []byte) []byte {
	order := []byte{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 31: 0x10}
	out, carry := bytes.Clone(sig), 0
	for i, b := range order {
		carry += int(out[32+i]) + int(b)
		out[32+i] = byte(carry)
		carry >>= 8
	}
	return out
}

// nextLetter is a base64 letter that differs in the last bit, which no byte of
// a 64-byte signature uses.
func nextLetter(c byte) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return alphabet[strings.IndexByte(alphabet, c)^1]
}

func TestVerifyRefusesForgeries(t *testing.T) {
	v, all := newVerifier(t, KeySet{tokenKey}, tokenNow), forgeries(t)
	for name, token := range all {
		got, err := v.Verify(t.Context(), token)
		if !errors.Is(err, ErrTokenInvalid) || errors.Is(err, ErrTokenExpired) {
			// The two whose only fault is their time.
			if !(errors.Is(err, ErrTokenExpired) && (name == "payload: exp zero" || name == "payload: exp negative")) {
				t.Errorf("%q: %v", name, err)
			}
		}
		require.Zero(t, got, name)
		if err != nil {
			require.Less(t, len(err.Error()), 80, "the reason quotes nothing: %s", name)
		}
	}
	t.Log(len(all), "forgeries")
}

// sloppy is a key source as a careless database would be.
type sloppy struct {
	KeySet
	asked []string
	err   error
}

func (s *sloppy) ByID(_ context.Context, kid string) (Key, bool, error) {
	s.asked = append(s.asked, kid)
	if s.err != nil {
		return Key{}, true, s.err
	}
	return s.KeySet[0], true, nil // whatever was asked for
}

func TestVerifyTrustsNoKeySource(t *testing.T) {
	keys := &sloppy{KeySet: KeySet{tokenKey}}
	v := newVerifier(t, keys, tokenNow)
	_, err := v.Verify(t.Context(), goodToken(t))
	require.NoError(t, err)
	_, err = v.Verify(t.Context(), signed(goodHeader().with("kid", strings.ToLower(tokenKey.ID)), goodPayload()))
	require.ErrorIs(t, err, ErrTokenInvalid, "another id")

	keys.asked = nil
	for _, kid := range []any{"x' OR 1=1--", "\x00", strings.Repeat("a", 65), "", nil, 7} {
		_, err = v.Verify(t.Context(), signed(goodHeader().with("kid", kid), goodPayload()))
		require.ErrorIs(t, err, ErrTokenInvalid)
	}
	for _, name := range []string{"alg", "typ"} {
		_, err = v.Verify(t.Context(), signed(goodHeader().with(name, "JWT"), goodPayload()))
		require.ErrorIs(t, err, ErrTokenInvalid)
	}
	require.Empty(t, keys.asked, "no such id reaches the source")

	for name, k := range map[string]Key{
		"no public key": {ID: tokenKey.ID, NotAfter: tokenNow.Add(time.Hour)},
		"short key":     {ID: tokenKey.ID, Public: tokenKey.Public[:31], NotAfter: tokenNow.Add(time.Hour)},
		"retired":       {ID: tokenKey.ID, Public: tokenKey.Public, NotAfter: tokenNow.Add(-tokenLeeway)},
		"not yet":       {ID: tokenKey.ID, Public: tokenKey.Public, NotBefore: tokenNow.Add(time.Minute), NotAfter: tokenNow.Add(time.Hour)},
		"no times":      {ID: tokenKey.ID, Public: tokenKey.Public},
	} {
		_, err := newVerifier(t, KeySet{k}, tokenNow).Verify(t.Context(), goodToken(t))
		require.ErrorIs(t, err, ErrTokenInvalid, name)
	}

	keys.err = errors.New("database is gone")
	_, err = v.Verify(t.Context(), goodToken(t))
	require.ErrorIs(t, err, keys.err)
	require.NotErrorIs(t, err, ErrTokenInvalid, "nobody is signed out because of it")
}

func TestVerifyRotation(t *testing.T) {
	next := NewKey(tokenNow, tokenNow.Add(48*time.Hour))
	old := goodToken(t)
	both := KeySet{tokenKey, next}
	token, _, err := newSigner(t, both, tokenNow).Sign(t.Context(), identity)
	require.NoError(t, err)
	for _, tok := range []string{old, token} {
		_, err = newVerifier(t, both, tokenNow).Verify(t.Context(), tok)
		require.NoError(t, err)
	}
	_, err = newVerifier(t, KeySet{next}, tokenNow).Verify(t.Context(), old)
	require.ErrorIs(t, err, ErrTokenInvalid)
}

func TestSignRefuses(t *testing.T) {
	public := tokenKey
	public.Private = nil
	other := NewKey(tokenNow.Add(-time.Hour), tokenNow.Add(time.Hour))
	mixed := tokenKey
	mixed.Public = other.Public
	odd := tokenKey
	odd.ID = "a/b"
	ending := tokenKey
	ending.NotAfter = tokenNow.Add(AccessTokenLifetime - time.Minute)
	future := tokenKey
	future.NotBefore = tokenNow.Add(time.Minute)
	short := tokenKey
	short.Private = short.Private[:32]
	for name, keys := range map[string]KeySet{
		"none": {}, "public only": {public}, "halves of two keys": {mixed}, "odd id": {odd},
		"would not outlive the token": {ending}, "not yet": {future}, "short": {short},
	} {
		token, _, err := newSigner(t, keys, tokenNow).Sign(t.Context(), identity)
		require.ErrorIs(t, err, ErrNoKey, name)
		require.Empty(t, token)
	}
	for _, c := range []Claims{{}, {UserID: "usr_1"}, {SessionID: "ses_1"}, {UserID: "usr_1", SessionID: strings.Repeat("x", MaxTokenSize)}} {
		_, _, err := newSigner(t, KeySet{tokenKey}, tokenNow).Sign(t.Context(), c)
		require.Error(t, err)
	}
	for _, c := range [][2]string{{"", testAudience}, {testIssuer, ""}} {
		_, err := NewSigner(KeySet{}, c[0], c[1], nil)
		require.Error(t, err)
		_, err = NewVerifier(KeySet{}, c[0], c[1], nil)
		require.Error(t, err, "the library would not check it")
	}
}

func TestJWKS(t *testing.T) {
	// The key pair of RFC 8037, appendix A.
	seed, err := b64url.DecodeString("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
	require.NoError(t, err)
	private := ed25519.NewKeyFromSeed(seed)
	k := Key{ID: "one", Public: private.Public().(ed25519.PublicKey), Private: private}
	require.JSONEq(t, `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"one","use":"sig","alg":"EdDSA"}]}`, string(JWKS([]Key{k})))
	require.NotContains(t, string(JWKS([]Key{k})), `"d"`)
	require.JSONEq(t, `{"keys":[]}`, string(JWKS(nil)))

	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + b64url.EncodeToString(tokenKey.Public) + `"}`))
	require.Equal(t, b64url.EncodeToString(sum[:]), tokenKey.ID)
}

func TestSecrets(t *testing.T) {
	plain, stored := NewSecret(SecretRefresh)
	require.Regexp(t, `^fr_[A-Za-z0-9_-]{43}$`, plain)
	require.Len(t, stored, 32)
	require.NotContains(t, plain, string(stored))
	again, _ := NewSecret(SecretRefresh)
	require.NotEqual(t, plain, again)

	h, ok := HashSecret(SecretRefresh, plain)
	require.True(t, ok)
	require.True(t, SameHash(h, stored))
	for name, s := range map[string]string{
		"empty": "", "prefix": "fr_", "cut": plain[:len(plain)-1], "longer": plain + "A", "padded": plain + "=",
		"other kind": "ot_" + plain[3:], "no kind": plain[3:], "line break": plain[:10] + "\n" + plain[10:len(plain)-1],
		"bits left over": plain[:len(plain)-1] + string(nextLetter(plain[len(plain)-1])), "nul": plain[:len(plain)-1] + "\x00",
	} {
		_, ok := HashSecret(SecretRefresh, s)
		require.False(t, ok, name)
	}
	_, ok = HashSecret(SecretOneTime, plain)
	require.False(t, ok, "one kind is not another")

	require.False(t, SameHash(nil, nil))
	require.False(t, SameHash([]byte{}, []byte{}))
	require.False(t, SameHash(h, nil))
	require.False(t, SameHash(h, h[:31]))
	other := bytes.Clone(h)
	other[31] ^= 1
	require.False(t, SameHash(h, other))
}

// FuzzVerify looks for a panic, and for any text that passes beside the tokens
// that the real key signed.
func FuzzVerify(f *testing.F) {
	good := goodToken(f)
	f.Add(good, false)
	for _, token := range forgeries(f) {
		f.Add(token, false)
	}
	for _, s := range []string{"{}", "null", "[]", `{"sub":null}`, `{"exp":1e400}`, `{"aud":[1]}`, `{"exp":9e18,"iat":-9e18,"iss":"` + testIssuer + `","aud":"foyer","sub":"a","sid":"b","jti":"c"}`} {
		f.Add(s, true)
	}
	v := newVerifier(f, KeySet{tokenKey}, tokenNow)
	f.Fuzz(func(t *testing.T, text string, sign bool) {
		if sign { // the code behind the signature
			if c, err := v.Verify(t.Context(), signed(goodHeader(), text)); err == nil && (c.UserID == "" || c.SessionID == "" || c.ExpiresAt.Before(tokenNow.Add(-tokenLeeway))) {
				t.Fatalf("%q: %+v", text, c)
			}
			return
		}
		if _, err := v.Verify(t.Context(), text); err == nil && text != good {
			// Seeds of an earlier run are tokens of an earlier key: never good.
			t.Fatalf("forged: %q", text)
		}
	})
}

func BenchmarkVerifyToken(b *testing.B) {
	v, token := newVerifier(b, KeySet{tokenKey}, tokenNow), goodToken(b)
	for b.Loop() {
		if _, err := v.Verify(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
