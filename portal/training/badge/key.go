package badge

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

const (
	// keyBits is the strength of new keys: certificates are checked for years.
	keyBits = 3072
	// fewestBits is that of keys which are believed.
	fewestBits = 2048
	mostBits   = 8192
	// shortestSecret is how long a secret has to be that keys are sealed with.
	shortestSecret = 32
)

var b64 = base64.RawURLEncoding.Strict()

// Key is a key for badges. RSA, since RS256 is what the specification has all
// verifiers understand.
type Key struct {
	ID      string // its thumbprint (RFC 7638)
	Public  *rsa.PublicKey
	Private *rsa.PrivateKey // nil when it signs no more
	// CreatedAt is when it was made; RetiredAt since when it signs no more, zero
	// while it does. It is published for ever: badges outlive it.
	CreatedAt, RetiredAt time.Time
}

// NewKey makes a key.
func NewKey(now time.Time) (Key, error) {
	private, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return Key{}, fmt.Errorf("badge: new key: %w", err)
	}
	return Key{ID: thumbprint(&private.PublicKey), Public: &private.PublicKey, Private: private, CreatedAt: now.UTC()}, nil
}

func thumbprint(k *rsa.PublicKey) string {
	j := jwkOf(k)
	sum := sha256.Sum256([]byte(`{"e":"` + j.E + `","kty":"RSA","n":"` + j.N + `"}`))
	return b64.EncodeToString(sum[:])
}

// Stored is a key as it is kept: its private half is sealed.
type Stored struct {
	ID        string
	Public    []byte // PKIX, DER
	Sealed    []byte // nil when it is retired
	CreatedAt time.Time
	RetiredAt time.Time
}

// Seal makes a key ready to be kept. Who reads the database and not the secret cannot
// issue badges with it.
func (k Key) Seal(secret []byte) (Stored, error) {
	public, err := x509.MarshalPKIXPublicKey(k.Public)
	if err != nil {
		return Stored{}, fmt.Errorf("badge: key %s: %w", k.ID, err)
	}
	s := Stored{ID: k.ID, Public: public, CreatedAt: k.CreatedAt, RetiredAt: k.RetiredAt}
	if k.Private == nil {
		return s, nil
	}
	private, err := x509.MarshalPKCS8PrivateKey(k.Private)
	if err != nil {
		return Stored{}, fmt.Errorf("badge: key %s: %w", k.ID, err)
	}
	c, err := sealer(secret)
	if err != nil {
		return Stored{}, err
	}
	nonce := make([]byte, c.NonceSize())
	_, _ = rand.Read(nonce) // never fails: see crypto/rand
	s.Sealed = c.Seal(nonce, nonce, private, []byte(k.ID))
	return s, nil
}

// Open is the reverse of Seal. It fails when a key was changed, exchanged for another
// or sealed with another secret; the error shows nothing of it.
func (s Stored) Open(secret []byte) (Key, error) {
	public, err := x509.ParsePKIXPublicKey(s.Public)
	if err != nil {
		return Key{}, fmt.Errorf("badge: key %s: its public half cannot be read", s.ID)
	}
	k := Key{ID: s.ID, CreatedAt: s.CreatedAt, RetiredAt: s.RetiredAt}
	var ok bool
	if k.Public, ok = public.(*rsa.PublicKey); !ok || thumbprint(k.Public) != s.ID {
		return Key{}, fmt.Errorf("badge: key %s: its public half is another's", s.ID)
	}
	if len(s.Sealed) == 0 {
		return k, nil
	}
	c, err := sealer(secret)
	if err != nil {
		return Key{}, err
	}
	if len(s.Sealed) < c.NonceSize() {
		return Key{}, fmt.Errorf("badge: key %s: its private half is cut off", s.ID)
	}
	text, err := c.Open(nil, s.Sealed[:c.NonceSize()], s.Sealed[c.NonceSize():], []byte(s.ID))
	if err != nil {
		return Key{}, fmt.Errorf("badge: key %s: its private half does not open; was the secret exchanged?", s.ID)
	}
	private, err := x509.ParsePKCS8PrivateKey(text)
	if err != nil {
		return Key{}, fmt.Errorf("badge: key %s: its private half cannot be read", s.ID)
	}
	if k.Private, ok = private.(*rsa.PrivateKey); !ok || !k.Private.PublicKey.Equal(k.Public) {
		return Key{}, fmt.Errorf("badge: key %s: its halves do not belong together", s.ID)
	}
	return k, nil
}

func sealer(secret []byte) (cipher.AEAD, error) {
	if len(secret) < shortestSecret {
		return nil, fmt.Errorf("badge: the secret for keys has %d bytes, fewer than %d", len(secret), shortestSecret)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "foyer badge signing keys aes-256-gcm", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Ring is all keys that badges were ever signed with, the oldest first.
type Ring []Key

// NewRing puts keys in order.
func NewRing(keys ...Key) Ring {
	r := Ring(slices.Clone(keys))
	slices.SortFunc(r, func(a, b Key) int { return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID)) })
	return r
}

// ErrNoKey means that there is no key to sign with.
var ErrNoKey = errors.New("badge: no key to sign with")

// Current is the key to sign with: the youngest that is not retired.
func (r Ring) Current() (Key, error) {
	for _, k := range slices.Backward(r) {
		if k.Private != nil && k.RetiredAt.IsZero() {
			return k, nil
		}
	}
	return Key{}, ErrNoKey
}

// Rotate is the ring with a new key. Those before sign no more and forget their
// private halves, and stay published.
func (r Ring) Rotate(next Key, now time.Time) Ring {
	all := slices.Clone(r)
	for i := range all {
		if all[i].RetiredAt.IsZero() {
			all[i].RetiredAt = now.UTC()
		}
		all[i].Private = nil
	}
	return NewRing(append(all, next)...)
}

// Set is the ring as others read it.
func (r Ring) Set(i Issuer) Set {
	s := Set{Keys: []JWK{}}
	for _, k := range r {
		j := jwkOf(k.Public)
		j.ID, j.Use, j.Algorithm = i.KeyURL(k.ID), "sig", algorithm
		s.Keys = append(s.Keys, j)
	}
	return s
}

// JWK is a public key as others read it (RFC 7517).
type JWK struct {
	Type      string `json:"kty"`
	ID        string `json:"kid,omitempty"`
	Use       string `json:"use,omitempty"`
	Algorithm string `json:"alg,omitempty"`
	N         string `json:"n"`
	E         string `json:"e"`
}

func jwkOf(k *rsa.PublicKey) JWK {
	return JWK{Type: "RSA", N: b64.EncodeToString(k.N.Bytes()), E: b64.EncodeToString(big.NewInt(int64(k.E)).Bytes())}
}

// public is the key, or nil when it is none that badges are signed with.
func (j JWK) public() *rsa.PublicKey {
	if j.Type != "RSA" || j.Use != "" && j.Use != "sig" || j.Algorithm != "" && j.Algorithm != algorithm {
		return nil
	}
	n, err := b64.DecodeString(j.N)
	if err != nil || len(n)*8 > mostBits {
		return nil
	}
	e, err := b64.DecodeString(j.E)
	if err != nil || len(e) == 0 || len(e) > 4 {
		return nil
	}
	k := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if k.N.BitLen() < fewestBits || k.E < 3 || k.E%2 == 0 {
		return nil
	}
	return k
}

// Set is a key set (RFC 7517), served as application/json.
type Set struct {
	Keys []JWK `json:"keys"`
}

// ParseSet reads a key set. Keys in it that badges are not signed with are left out.
func ParseSet(text []byte) (Set, error) {
	var all, s Set
	if err := json.Unmarshal(text, &all); err != nil {
		return Set{}, fmt.Errorf("badge: the key set cannot be read: %w", err)
	}
	for _, j := range all.Keys {
		if j.public() != nil {
			s.Keys = append(s.Keys, j)
		}
	}
	return s, nil
}

// Key is the key with a thumbprint, for the address at which it is served by itself.
func (s Set) Key(thumb string) (JWK, bool) {
	for _, j := range s.Keys {
		if k := j.public(); k != nil && thumbprint(k) == thumb {
			return j, true
		}
	}
	return JWK{}, false
}

// find is the key that a token names: by its id, or, since a portal may have moved to
// another address, by the thumbprint at the end of it. The set is what is trusted, so
// neither can name a key that is not in it.
func (s Set) find(kid string) *rsa.PublicKey {
	for _, j := range s.Keys {
		if j.ID == kid && kid != "" {
			return j.public()
		}
	}
	if j, ok := s.Key(kid[strings.LastIndexByte(kid, '/')+1:]); ok {
		return j.public()
	}
	return nil
}
