package auth

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	// AccessTokenLifetime is how long an access token is good. It bounds how
	// long a stolen one is; what a session may do is looked up per request.
	AccessTokenLifetime = 15 * time.Minute
	// GuestTokenLifetime is how long the access token of a guest is good, who has
	// nothing to refresh it with. No token lives longer.
	GuestTokenLifetime = 60 * time.Minute
	// MaxTokenSize is the longest token that is looked at, in bytes. Real ones
	// have about 500.
	MaxTokenSize = 4096

	tokenType   = "at+jwt" // RFC 9068: never to be taken for a token of another use
	tokenLeeway = 5 * time.Second
)

var (
	// ErrTokenInvalid is every reason for not believing a token but its age.
	// The text around it names the reason, for the log, in words of our own:
	// nothing of the token is in it.
	ErrTokenInvalid = errors.New("auth: invalid access token")
	// ErrTokenExpired is a token of ours whose time is over, and nothing else
	// is wrong with it: the client should refresh.
	ErrTokenExpired = errors.New("auth: access token expired")
	// ErrNoKey means that there is no key to sign with that would outlive the
	// token.
	ErrNoKey = errors.New("auth: no signing key")
)

// Key is a key of the portal for access tokens. It verifies from NotBefore
// until NotAfter; signing must end GuestTokenLifetime earlier, so that no
// token outlives its key.
type Key struct {
	ID        string // the kid: 1 to 64 characters of A-Z a-z 0-9 - _
	Public    ed25519.PublicKey
	Private   ed25519.PrivateKey // nil where it only verifies
	NotBefore time.Time
	NotAfter  time.Time
}

// NewKey makes a key whose id is its thumbprint (RFC 7638, RFC 8037 appendix A.3).
func NewKey(notBefore, notAfter time.Time) Key {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err) // the system's random source does not fail: see crypto/rand
	}
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + b64url.EncodeToString(public) + `"}`))
	return Key{ID: b64url.EncodeToString(sum[:]), Public: public, Private: private, NotBefore: notBefore, NotAfter: notAfter}
}

// usable says whether the key may verify at a time.
func (k Key) usable(now time.Time, leeway time.Duration) bool {
	return len(k.Public) == ed25519.PublicKeySize && !now.Before(k.NotBefore.Add(-leeway)) && now.Before(k.NotAfter.Add(leeway))
}

// Keys is where the keys are kept.
type Keys interface {
	// ByID finds the key with exactly that id; an error means that it could
	// not be looked up, not that there is none. The id is safe to hand to a
	// database, but it is the caller's: do not remember misses without bound.
	ByID(ctx context.Context, kid string) (Key, bool, error)
	// Current is the key to sign with: one with a Private that is good for at
	// least GuestTokenLifetime more.
	Current(ctx context.Context) (Key, error)
}

// KeySet is a fixed set of keys.
type KeySet []Key

// ByID implements Keys; it never fails.
func (s KeySet) ByID(_ context.Context, kid string) (Key, bool, error) {
	for _, k := range s {
		if k.ID == kid {
			return k, true, nil
		}
	}
	return Key{}, false, nil
}

// Current implements Keys: the last key with a private half; ErrNoKey. That it
// is good now is for Sign to say, which has the clock.
func (s KeySet) Current(context.Context) (Key, error) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i].Private != nil {
			return s[i], nil
		}
	}
	return Key{}, ErrNoKey
}

// JWKS is the key set as clients read it (RFC 7517, RFC 8037): the public
// halves alone.
func JWKS(keys []Key) []byte {
	type jwk struct {
		KeyType   string `json:"kty"`
		Curve     string `json:"crv"`
		X         string `json:"x"`
		ID        string `json:"kid"`
		Use       string `json:"use"`
		Algorithm string `json:"alg"`
	}
	set := struct {
		Keys []jwk `json:"keys"`
	}{Keys: []jwk{}}
	for _, k := range keys {
		set.Keys = append(set.Keys, jwk{"OKP", "Ed25519", b64url.EncodeToString(k.Public), k.ID, "sig", "EdDSA"})
	}
	b, err := json.Marshal(set)
	if err != nil {
		panic(err) // strings always marshal
	}
	return b
}

// Claims are what an access token says. It names the session and who acts, or
// the code by which a guest has come; it grants nothing by itself: whether
// session and membership, or code and order, still stand, and what they may do,
// is looked up per request. A token is of a session or of a guest, never both.
type Claims struct {
	UserID       string // sub; empty for a guest
	SessionID    string // sid; empty for a guest
	MembershipID string // mid; empty for staff and for users who act for nobody, and for a guest

	Subject string // of a guest: sub, the one id that is open to them
	Code    string // of a guest: gid, the id of the one-time code that was used
	Address string // of a guest: gad, a digest of the address that the code was sent to

	TokenID   string // jti; set by Sign
	IssuedAt  time.Time
	ExpiresAt time.Time
}

// wireClaims is Claims in JSON.
type wireClaims struct {
	jwt.RegisteredClaims

	SessionID    string `json:"sid,omitempty"`
	MembershipID string `json:"mid,omitempty"`
	Code         string `json:"gid,omitempty"`
	Address      string `json:"gad,omitempty"`
}

// whole says whether the claims are those of a session, or those of a guest,
// and nothing of the other: else a token of one could pass for the other.
func (c wireClaims) whole() bool {
	session := c.SessionID != "" && c.Code == "" && c.Address == ""
	guest := c.Code != "" && c.Address != "" && c.SessionID == "" && c.MembershipID == ""
	return c.Subject != "" && (session || guest)
}

// Signer issues access tokens.
type Signer struct {
	keys             Keys
	issuer, audience string
	now              func() time.Time
}

// NewSigner makes a Signer. Issuer and audience must not be empty; the
// verifier of the same portal is given the same. A nil now is time.Now.
func NewSigner(keys Keys, issuer, audience string, now func() time.Time) (*Signer, error) {
	if keys == nil || issuer == "" || audience == "" {
		return nil, errors.New("auth: a signer needs keys, an issuer and an audience")
	}
	if now == nil {
		now = time.Now
	}
	return &Signer{keys, issuer, audience, now}, nil
}

// Sign issues an access token for a session (RFC 7519, RFC 8037, RFC 9068), of
// which UserID and SessionID are required, or for a guest, of whom Subject, Code
// and Address are. Token id and times are set and returned. The errors are
// ErrNoKey and those of the key source.
func (s *Signer) Sign(ctx context.Context, c Claims) (string, Claims, error) {
	w := wireClaims{SessionID: c.SessionID, MembershipID: c.MembershipID, Code: c.Code, Address: c.Address}
	life := AccessTokenLifetime
	if w.Subject = c.UserID; c.Code != "" {
		w.Subject, life = c.Subject, GuestTokenLifetime
	}
	if !w.whole() || c.UserID != "" && c.Subject != "" {
		return "", Claims{}, errors.New("auth: an access token needs a user and a session, or a guest's subject, code and address")
	}
	k, err := s.keys.Current(ctx)
	if err != nil {
		return "", Claims{}, err
	}
	c.TokenID = b64url.EncodeToString(random(16))
	c.IssuedAt = s.now().UTC().Truncate(time.Second) // as the token has it
	c.ExpiresAt = c.IssuedAt.Add(life)
	// A key of a careless source would make tokens that nobody believes, which
	// the user meets as being signed out right after signing in.
	if len(k.Private) != ed25519.PrivateKeySize || !k.Public.Equal(k.Private.Public()) || !plainID(k.ID) ||
		!k.usable(c.IssuedAt, tokenLeeway) || !k.usable(c.ExpiresAt, tokenLeeway) {
		return "", Claims{}, ErrNoKey
	}
	w.RegisteredClaims = jwt.RegisteredClaims{
		Issuer: s.issuer, Audience: jwt.ClaimStrings{s.audience}, Subject: w.Subject, ID: c.TokenID,
		IssuedAt: jwt.NewNumericDate(c.IssuedAt), ExpiresAt: jwt.NewNumericDate(c.ExpiresAt),
	}
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, w)
	t.Header["typ"], t.Header["kid"] = tokenType, k.ID
	text, err := t.SignedString(k.Private)
	if err != nil {
		return "", Claims{}, fmt.Errorf("auth: sign access token: %w", err)
	}
	if len(text) > MaxTokenSize {
		return "", Claims{}, fmt.Errorf("auth: access token of %d bytes", len(text))
	}
	return text, c, nil
}

// Verifier checks access tokens. It is safe for concurrent use.
type Verifier struct {
	keys   Keys
	now    func() time.Time
	parser *jwt.Parser
}

// NewVerifier makes a Verifier. Issuer and audience must not be empty: the
// library would then not check them. A nil now is time.Now.
func NewVerifier(keys Keys, issuer, audience string, now func() time.Time) (*Verifier, error) {
	if keys == nil || issuer == "" || audience == "" {
		return nil, errors.New("auth: a verifier needs keys, an issuer and an audience")
	}
	if now == nil {
		now = time.Now
	}
	return &Verifier{keys, now, jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(), // without it an iat in the future is taken
		jwt.WithLeeway(tokenLeeway),
		jwt.WithTimeFunc(now),
	)}, nil
}

// Verify checks an access token as RFC 8725 and RFC 9068 ask and returns what
// it says. The algorithm and the kind are ours, not the token's choice; the key
// is one of ours, found by id alone. The errors are ErrTokenInvalid,
// ErrTokenExpired, and, unlike both not the caller's fault, that of the key
// source or the context.
func (v *Verifier) Verify(ctx context.Context, token string) (Claims, error) {
	if err := shape(token); err != nil {
		return Claims{}, err
	}
	var c wireClaims
	var sourceErr error
	_, err := v.parser.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
		kid, err := header(t.Header)
		if err != nil {
			return nil, err
		}
		// Before the signature, which is fine for saying no. After it would be
		// too late for the payload "null": the library validates a nil then.
		if !c.whole() || c.ID == "" || c.IssuedAt == nil || c.ExpiresAt == nil {
			return nil, invalid("a claim is missing")
		}
		k, found, err := v.keys.ByID(ctx, kid)
		if err != nil {
			sourceErr = fmt.Errorf("auth: look up signing key: %w", err)
			return nil, sourceErr
		}
		// The id is compared again: a source may fold case or cut length.
		if !found || subtle.ConstantTimeCompare([]byte(k.ID), []byte(kid)) != 1 {
			return nil, invalid("unknown key")
		}
		if !k.usable(v.now(), tokenLeeway) {
			return nil, invalid("the key is not in use now")
		}
		return k.Public, nil
	})
	switch {
	case sourceErr != nil:
		return Claims{}, sourceErr
	case err != nil:
		return Claims{}, reason(err)
	}
	out := Claims{
		SessionID: c.SessionID, MembershipID: c.MembershipID, Code: c.Code, Address: c.Address, TokenID: c.ID,
		IssuedAt: c.IssuedAt.UTC(), ExpiresAt: c.ExpiresAt.UTC(),
	}
	if c.Code != "" {
		out.Subject = c.Subject
	} else {
		out.UserID = c.Subject
	}
	return out, nil
}

// invalidError is ErrTokenInvalid with its reason.
type invalidError string

func (e invalidError) Error() string { return ErrTokenInvalid.Error() + ": " + string(e) }
func (e invalidError) Unwrap() error { return ErrTokenInvalid }

func invalid(why string) error { return invalidError(why) }

// shape refuses what is no compact JWS before anything decodes it. The base64
// decoder of Go skips line breaks even when strict, so that one signature would
// have many spellings; hence the alphabet is checked here.
func shape(token string) error {
	if len(token) > MaxTokenSize {
		return invalid("too long")
	}
	segments := strings.Split(token, ".")
	if len(segments) != 3 {
		return invalid("not three segments")
	}
	for _, s := range segments {
		if s == "" || strings.ContainsFunc(s, notBase64URL) {
			return invalid("a segment is not base64url")
		}
	}
	return nil
}

// header takes exactly the members that Sign writes. A known bad list (jwk,
// jku, x5u, x5c, b64, crit) would miss the next one, and RFC 7515 section 4.1.11
// demands refusing a crit that is not understood: none is.
func header(h map[string]any) (kid string, err error) {
	if len(h) != 3 {
		return "", invalid("unexpected header")
	}
	if h["typ"] != tokenType {
		return "", invalid("not an access token")
	}
	if h["alg"] != jwt.SigningMethodEdDSA.Alg() {
		return "", invalid("algorithm")
	}
	kid, ok := h["kid"].(string)
	if !ok || !plainID(kid) {
		return "", invalid("key id")
	}
	return kid, nil
}

// reason turns an error of the library, which may quote the token, into ours.
func reason(err error) error {
	if own, ok := errors.AsType[invalidError](err); ok {
		return own
	}
	for _, k := range []struct {
		is  error
		why string
	}{
		{jwt.ErrTokenMalformed, "malformed"},
		{jwt.ErrTokenUnverifiable, "unverifiable"},
		{jwt.ErrTokenSignatureInvalid, "signature"},
		{jwt.ErrTokenInvalidIssuer, "issuer"},
		{jwt.ErrTokenInvalidAudience, "audience"},
		{jwt.ErrTokenUsedBeforeIssued, "issued in the future"},
		{jwt.ErrTokenNotValidYet, "not valid yet"},
		{jwt.ErrTokenRequiredClaimMissing, "a claim is missing"},
	} {
		if errors.Is(err, k.is) {
			return invalid(k.why)
		}
	}
	// Last: an expired token of another audience is not one to refresh.
	if errors.Is(err, jwt.ErrTokenExpired) {
		return ErrTokenExpired
	}
	return ErrTokenInvalid
}

func notBase64URL(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

func plainID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, notBase64URL)
}

var b64url = base64.RawURLEncoding

// SecretKind is what an opaque token is for: the readable start of it, so that
// one found in a log can be told, by people and by secret scanners, and that
// one kind is never looked up as another.
type SecretKind string

// The kinds of opaque tokens.
const (
	SecretRefresh SecretKind = "fr_" // a session's refresh token
	SecretKey     SecretKind = "fk_" // an integration's key
	SecretOneTime SecretKind = "ot_" // an invite, a reset, a guest code, a share link
)

const secretLength = 32 // bytes of randomness

// NewSecret makes an opaque token of 256 random bits: plain for its holder
// alone, never stored; hash, its SHA-256, to find it by. No salt and no slow
// hash: there is nothing to guess.
func NewSecret(kind SecretKind) (plain string, hash []byte) {
	plain = string(kind) + b64url.EncodeToString(random(secretLength))
	sum := sha256.Sum256([]byte(plain))
	return plain, sum[:]
}

// HashSecret is the hash to look an opaque token up by; ok is false for what
// NewSecret cannot have made for that kind.
func HashSecret(kind SecretKind, plain string) (hash []byte, ok bool) {
	body, found := strings.CutPrefix(plain, string(kind))
	if !found || len(body) != b64url.EncodedLen(secretLength) || strings.ContainsFunc(body, notBase64URL) {
		return nil, false
	}
	if _, err := b64url.Strict().DecodeString(body); err != nil {
		return nil, false
	}
	sum := sha256.Sum256([]byte(plain))
	return sum[:], true
}

// SameHash compares two hashes in a time that tells nothing of where they
// differ. Empty ones are never the same: a missing hash is not a match.
func SameHash(a, b []byte) bool {
	return len(a) != 0 && subtle.ConstantTimeCompare(a, b) == 1
}
