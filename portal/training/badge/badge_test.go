package badge

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"foyer/portal/problem"
)

var (
	start  = time.Date(2026, 3, 2, 9, 30, 15, 987654321, time.UTC)
	secret = []byte("a secret of the portal, 32 bytes or more")

	// Keys take their time; tests share two.
	oldKey = sync.OnceValue(func() Key { return made(start.AddDate(-1, 0, 0)) })
	newKey = sync.OnceValue(func() Key { return made(start.AddDate(0, -1, 0)) })
)

func made(at time.Time) Key {
	k, err := NewKey(at)
	if err != nil {
		panic(err)
	}
	return k
}

func issuer(base string) Issuer {
	return Issuer{
		URL: base + "/issuer", Keys: base + "/keys", Name: "Aurelia Instruments", Website: base,
		Email: "training@aurelia.example", Description: "Laboratory instruments.", Image: base + "/brand/logo",
	}
}

func certificate(base string) Certificate {
	return Certificate{
		ID: base + "/certificates/7H2K-9QXD", Subject: "urn:uuid:0a8f3a0e-6f0c-4c7e-9c6e-1f1f4a0b7c11",
		Achievement: Achievement{
			ID: base + "/achievements/laser-safety/3", Name: "Laser safety", Description: "Works safely with lasers of class 4.",
			Criteria: "Has passed the **final test** and shown the start of the instrument.", Image: base + "/brand/logo",
			Language: "en", Version: "3", Tags: []string{"laser", "safety"},
		},
		AwardedAt: start.Add(-time.Hour), ValidFrom: start, ValidUntil: start.AddDate(2, 0, 0),
		Email: " Eva.Lund@example.com ", Salt: "0123456789abcdef0123456789abcdef", Name: "Eva Lund", Number: "AUR-2026-000042",
		Status: &StatusRef{base + "/status/1", 94567},
	}
}

func code(t *testing.T, err error) string {
	t.Helper()
	var r *problem.Refusal
	require.True(t, errors.As(err, &r), "%v", err)
	require.NotEmpty(t, r.Text.EN)
	require.NotEmpty(t, r.Text.DE)
	return r.Code
}

func TestIssueAndVerify(t *testing.T) {
	i := issuer("https://portal.example")
	c := certificate("https://portal.example")
	token, err := Issue(i, newKey(), c)
	require.NoError(t, err)
	again, err := Issue(i, newKey(), c)
	require.NoError(t, err)
	require.Equal(t, token, again, "the same certificate is the same text")
	require.Less(t, len(token), 6000)

	got, err := Verify(token, NewRing(newKey()).Set(i), i.URL, start.AddDate(1, 0, 0))
	require.NoError(t, err)
	require.Equal(t, c.ID, got.ID)
	require.Equal(t, "Laser safety", got.Subject.Achievement.Name)
	require.Equal(t, "AUR-2026-000042", got.Subject.LicenseNumber)
	require.Equal(t, "2026-03-02T09:30:15Z", got.ValidFrom)
	require.Equal(t, "Eva Lund", got.HolderName())
	require.True(t, got.IsOf("eva.lund@example.com"))
	require.True(t, got.IsOf("EVA.LUND@example.com"))
	require.False(t, got.IsOf("eva.lund@example.org"))
	require.False(t, got.IsOf(""))

	// Where the holder allows nothing, nothing of them is in it.
	c.Email, c.Salt, c.Name = "", "", ""
	token, err = Issue(i, newKey(), c)
	require.NoError(t, err)
	got, err = Verify(token, NewRing(newKey()).Set(i), "", start)
	require.NoError(t, err)
	require.Empty(t, got.Subject.Identifier)
	require.Empty(t, got.HolderName())
	require.False(t, got.IsOf("eva.lund@example.com"))
	require.NotContains(t, decoded(t, token), "Lund")

	// For good: neither credential nor token ends.
	c.ValidUntil = time.Time{}
	token, err = Issue(i, newKey(), c)
	require.NoError(t, err)
	require.NotContains(t, decoded(t, token), `"exp"`)
	_, err = Verify(token, NewRing(newKey()).Set(i), i.URL, start.AddDate(80, 0, 0))
	require.NoError(t, err)
}

func decoded(t *testing.T, token string) string {
	t.Helper()
	text, err := b64.DecodeString(strings.Split(token, ".")[1])
	require.NoError(t, err)
	return string(text)
}

func TestNothingOfTheAddress(t *testing.T) {
	c := certificate("https://portal.example")
	token, err := Issue(issuer("https://portal.example"), newKey(), c)
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(decoded(t, token)), "eva.lund")
	require.NotEqual(t, NewSalt(), NewSalt())
	require.Len(t, NewSalt(), 32)
	// The example of the specification.
	require.Equal(t, "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
		hashedIdentity("emailAddress", "a@example.com", "Kosher").IdentityHash)
}

func TestIssueRefuses(t *testing.T) {
	base := "https://portal.example"
	for name, change := range map[string]func(*Issuer, *Certificate){
		"no issuer":        func(i *Issuer, _ *Certificate) { i.URL = "" },
		"issuer's scheme":  func(i *Issuer, _ *Certificate) { i.URL = "javascript:alert(1)" },
		"no keys":          func(i *Issuer, _ *Certificate) { i.Keys = "/keys" },
		"no name":          func(i *Issuer, _ *Certificate) { i.Name = "" },
		"no id":            func(_ *Issuer, c *Certificate) { c.ID = "" },
		"no subject":       func(_ *Issuer, c *Certificate) { c.Subject = "eva" },
		"mail as subject":  func(_ *Issuer, c *Certificate) { c.Subject = "mailto:eva@example.com" },
		"no achievement":   func(_ *Issuer, c *Certificate) { c.Achievement.Name = "" },
		"no criteria":      func(_ *Issuer, c *Certificate) { c.Achievement.Criteria = "" },
		"no date":          func(_ *Issuer, c *Certificate) { c.ValidFrom = time.Time{} },
		"ends at once":     func(_ *Issuer, c *Certificate) { c.ValidUntil = c.ValidFrom },
		"short salt":       func(_ *Issuer, c *Certificate) { c.Salt = "salt" },
		"status elsewhere": func(_ *Issuer, c *Certificate) { c.Status.List = "" },
		"status too far":   func(_ *Issuer, c *Certificate) { c.Status.Index = StatusListSize },
	} {
		i, c := issuer(base), certificate(base)
		change(&i, &c)
		token, err := Issue(i, newKey(), c)
		require.Error(t, err, name)
		require.Empty(t, token, name)
		require.NotContains(t, err.Error(), "Lund", name)
	}
	k := newKey()
	k.Private = nil
	_, err := Issue(issuer(base), k, certificate(base))
	require.ErrorIs(t, err, ErrNoKey)
	k = newKey()
	k.RetiredAt = start
	_, err = Issue(issuer(base), k, certificate(base))
	require.ErrorIs(t, err, ErrNoKey)
}

// resign makes a token with other contents by the right key: what a mistake of ours,
// or of another issuer, would look like.
func resign(t *testing.T, token string, header map[string]any, change func(map[string]any)) string {
	t.Helper()
	claims := jwt.MapClaims{}
	require.NoError(t, json.Unmarshal([]byte(decoded(t, token)), &claims))
	change(claims)
	n := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	n.Header["kid"] = issuer("https://portal.example").KeyURL(newKey().ID)
	for name, value := range header {
		n.Header[name] = value
	}
	s, err := n.SignedString(newKey().Private)
	require.NoError(t, err)
	return s
}

func TestVerifyRefuses(t *testing.T) {
	i := issuer("https://portal.example")
	keys := NewRing(newKey()).Set(i)
	token, err := Issue(i, newKey(), certificate("https://portal.example"))
	require.NoError(t, err)
	parts := strings.Split(token, ".")
	foreign, err := Issue(i, oldKey(), certificate("https://portal.example"))
	require.NoError(t, err)
	list, err := NewStatusList()
	require.NoError(t, err)
	status, err := IssueStatusList(i, newKey(), "https://portal.example/status/1", list, start, start.AddDate(1, 0, 0))
	require.NoError(t, err)
	same := func(map[string]any) {}
	subject := func(c map[string]any) map[string]any { return c["credentialSubject"].(map[string]any) }
	changed := b64.EncodeToString([]byte(strings.Replace(decoded(t, token), "Laser safety", "Master of all", 1)))
	none := b64.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	hmac := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{})
	hmac.Header["kid"] = i.KeyURL(newKey().ID)
	confused, err := hmac.SignedString(newKey().Public.N.Bytes())
	require.NoError(t, err)
	for name, x := range map[string]struct{ token, code string }{
		"nothing":             {"", Malformed},
		"words":               {"a.b.c", Malformed},
		"two parts":           {parts[0] + "." + parts[1], Malformed},
		"too long":            {token + strings.Repeat("A", MaxTokenSize), Malformed},
		"padding":             {token + "=", Malformed},
		"contents changed":    {parts[0] + "." + changed + "." + parts[2], BadSignature},
		"signature cut":       {token[:len(token)-4], BadSignature},
		"no algorithm":        {none + "." + parts[1] + ".", BadSignature},
		"key as password":     {confused, BadSignature},
		"another's key":       {foreign, UnknownKey},
		"own key in header":   {resign(t, token, map[string]any{"kid": "x", "jwk": jwkOf(newKey().Public)}, same), UnknownKey},
		"no key id":           {resign(t, token, map[string]any{"kid": nil}, same), UnknownKey},
		"crit":                {resign(t, token, map[string]any{"crit": []string{"exp"}}, same), Malformed},
		"another type":        {resign(t, token, map[string]any{"typ": "at+jwt"}, same), Malformed},
		"a status list":       {status, Malformed},
		"not a badge":         {resign(t, token, nil, func(c map[string]any) { c["type"] = []string{"VerifiableCredential"} }), Malformed},
		"another context":     {resign(t, token, nil, func(c map[string]any) { c["@context"] = []string{"https://example.com", contextBadge} }), Malformed},
		"no achievement":      {resign(t, token, nil, func(c map[string]any) { delete(subject(c), "achievement") }), Malformed},
		"text for an object":  {resign(t, token, nil, func(c map[string]any) { c["credentialSubject"] = "x" }), Malformed},
		"another's":           {resign(t, token, nil, func(c map[string]any) { c["iss"] = "https://evil.example/issuer" }), WrongIssuer},
		"issuers differ":      {resign(t, token, nil, func(c map[string]any) { c["issuer"].(map[string]any)["id"] = "https://evil.example" }), Mismatch},
		"ids differ":          {resign(t, token, nil, func(c map[string]any) { c["jti"] = "urn:uuid:1" }), Mismatch},
		"no id":               {resign(t, token, nil, func(c map[string]any) { delete(c, "jti"); delete(c, "id") }), Mismatch},
		"subjects differ":     {resign(t, token, nil, func(c map[string]any) { c["sub"] = "urn:uuid:1" }), Mismatch},
		"beginnings differ":   {resign(t, token, nil, func(c map[string]any) { c["nbf"] = float64(1) }), Mismatch},
		"no beginning":        {resign(t, token, nil, func(c map[string]any) { delete(c, "nbf") }), Mismatch},
		"ends differ":         {resign(t, token, nil, func(c map[string]any) { c["exp"] = c["exp"].(float64) + 1e8 }), Mismatch},
		"end only outside":    {resign(t, token, nil, func(c map[string]any) { delete(c, "validUntil") }), Mismatch},
		"end only inside":     {resign(t, token, nil, func(c map[string]any) { delete(c, "exp") }), Mismatch},
		"beginning unclear":   {resign(t, token, nil, func(c map[string]any) { c["validFrom"] = "yesterday" }), Mismatch},
		"time of no calendar": {resign(t, token, nil, func(c map[string]any) { c["nbf"] = "soon" }), Malformed},
	} {
		got, err := Verify(x.token, keys, i.URL, start.AddDate(1, 0, 0))
		require.Equal(t, x.code, code(t, err), name)
		require.Nil(t, got, name)
	}
	for at, want := range map[time.Time]string{
		start.Add(-time.Second):                      NotYetValid,
		start.AddDate(2, 0, 0).Truncate(time.Second): Expired,
		start.AddDate(200, 0, 0):                     Expired,
		start.AddDate(-200, 0, 0):                    NotYetValid,
	} {
		_, err := Verify(token, keys, i.URL, at)
		require.Equal(t, want, code(t, err), at)
	}
	_, err = Verify(token, keys, i.URL, start.Truncate(time.Second))
	require.NoError(t, err)
	_, err = Verify(token, keys, i.URL, start.AddDate(2, 0, 0).Truncate(time.Second).Add(-1))
	require.NoError(t, err)
}

func TestRotation(t *testing.T) {
	i := issuer("https://portal.example")
	ring := NewRing(oldKey())
	current, err := ring.Current()
	require.NoError(t, err)
	before, err := Issue(i, current, certificate("https://portal.example"))
	require.NoError(t, err)

	rotated := ring.Rotate(newKey(), start)
	current, err = rotated.Current()
	require.NoError(t, err)
	require.Equal(t, newKey().ID, current.ID)
	require.Len(t, rotated, 2)
	require.Nil(t, rotated[0].Private, "who signs no more needs no private half")
	require.Equal(t, start, rotated[0].RetiredAt)
	require.NotNil(t, ring[0].Private, "the ring before is as it was")
	after, err := Issue(i, current, certificate("https://portal.example"))
	require.NoError(t, err)

	text, err := json.Marshal(rotated.Set(i))
	require.NoError(t, err)
	require.NotContains(t, string(text), `"d"`)
	set, err := ParseSet(text)
	require.NoError(t, err)
	require.Equal(t, rotated.Set(i), set)
	for _, token := range []string{before, after} {
		_, err := Verify(token, set, i.URL, start)
		require.NoError(t, err)
	}
	one, ok := set.Key(oldKey().ID)
	require.True(t, ok)
	require.Equal(t, "https://portal.example/keys/"+oldKey().ID, one.ID)
	_, ok = set.Key("unknown")
	require.False(t, ok)

	// The portal has moved: keys have other addresses and are the same.
	_, err = Verify(before, rotated.Set(issuer("https://moved.example")), i.URL, start)
	require.NoError(t, err)

	_, err = NewRing().Current()
	require.ErrorIs(t, err, ErrNoKey)
	_, err = NewRing(rotated[0]).Current()
	require.ErrorIs(t, err, ErrNoKey)
}

// The key of RFC 7638, section 3.1, and its thumbprint.
func TestThumbprint(t *testing.T) {
	set, err := ParseSet([]byte(`{"keys":[{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}]}`))
	require.NoError(t, err)
	_, ok := set.Key("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
	require.True(t, ok)
}

func TestSetTakesNoOtherKeys(t *testing.T) {
	n := jwkOf(newKey().Public).N
	for name, text := range map[string]string{
		"elliptic":   `{"kty":"EC","n":"` + n + `","e":"AQAB"}`,
		"encryption": `{"kty":"RSA","use":"enc","n":"` + n + `","e":"AQAB"}`,
		"algorithm":  `{"kty":"RSA","alg":"RS512","n":"` + n + `","e":"AQAB"}`,
		"weak":       `{"kty":"RSA","n":"` + n[:100] + `","e":"AQAB"}`,
		"huge":       `{"kty":"RSA","n":"` + strings.Repeat(n, 6) + `","e":"AQAB"}`,
		"no base64":  `{"kty":"RSA","n":"` + n + `!","e":"AQAB"}`,
		"exponent 1": `{"kty":"RSA","n":"` + n + `","e":"AQ"}`,
		"no e":       `{"kty":"RSA","n":"` + n + `"}`,
		"long e":     `{"kty":"RSA","n":"` + n + `","e":"AQABAQAB"}`,
	} {
		set, err := ParseSet([]byte(`{"keys":[` + text + `]}`))
		require.NoError(t, err, name)
		require.Empty(t, set.Keys, name)
	}
	_, err := ParseSet([]byte(`{"keys":1}`))
	require.Error(t, err)
}

func TestSeal(t *testing.T) {
	k := newKey()
	s, err := k.Seal(secret)
	require.NoError(t, err)
	require.NotContains(t, string(s.Sealed), string(k.Private.D.Bytes()[:16]))
	got, err := s.Open(secret)
	require.NoError(t, err)
	require.True(t, got.Private.Equal(k.Private))
	require.Equal(t, k.ID, got.ID)
	again, err := k.Seal(secret)
	require.NoError(t, err)
	require.NotEqual(t, s.Sealed, again.Sealed, "never the same nonce")

	k.Private, k.RetiredAt = nil, start
	retired, err := k.Seal(nil)
	require.NoError(t, err)
	require.Nil(t, retired.Sealed)
	got, err = retired.Open(nil)
	require.NoError(t, err)
	require.Nil(t, got.Private)
	require.Equal(t, start, got.RetiredAt)

	other, err := oldKey().Seal(secret)
	require.NoError(t, err)
	exchanged := retired
	exchanged.Public = other.Public
	_, err = exchanged.Open(nil)
	require.ErrorContains(t, err, "another's", "or a stranger's key would be published as ours")
	for name, change := range map[string]func(*Stored){
		"changed":          func(s *Stored) { s.Sealed[40] ^= 1 },
		"cut off":          func(s *Stored) { s.Sealed = s.Sealed[:5] },
		"another's":        func(s *Stored) { s.Sealed = other.Sealed },
		"another's public": func(s *Stored) { s.Public = other.Public },
		"another's id":     func(s *Stored) { s.ID = other.ID },
		"both another's":   func(s *Stored) { s.ID, s.Public = other.ID, other.Public },
		"no public":        func(s *Stored) { s.Public = nil },
	} {
		x := s
		x.Sealed = bytes.Clone(s.Sealed)
		change(&x)
		got, err := x.Open(secret)
		require.Error(t, err, name)
		require.Nil(t, got.Private, name)
	}
	_, err = s.Open([]byte("another secret, as long as it has to be"))
	require.ErrorContains(t, err, "secret")
	_, err = s.Open([]byte("short"))
	require.Error(t, err)
	_, err = newKey().Seal([]byte("short"))
	require.Error(t, err)
}

func TestStatusList(t *testing.T) {
	i := issuer("https://portal.example")
	keys := NewRing(newKey()).Set(i)
	const address = "https://portal.example/status/1"
	l, err := NewStatusList(0, 7, 8, 94567, StatusListSize-1)
	require.NoError(t, err)
	require.Equal(t, byte(0x81), l.bits[0])
	token, err := IssueStatusList(i, newKey(), address, l, start, start.AddDate(0, 0, 7))
	require.NoError(t, err)
	require.Less(t, len(token), 3000)
	got, err := VerifyStatusList(token, address, keys, i.URL, start)
	require.NoError(t, err)
	require.Equal(t, l, got)
	for at := range StatusListSize {
		require.Equal(t, at == 0 || at == 7 || at == 8 || at == 94567 || at == StatusListSize-1, got.Revoked(at), at)
	}
	require.True(t, got.Revoked(-1))
	require.True(t, got.Revoked(StatusListSize))

	c := certificate("https://portal.example").credential(i)
	require.Equal(t, Revoked, code(t, c.Check(address, got)))
	require.Equal(t, NoStatus, code(t, c.Check("https://portal.example/status/2", got)))
	none, err := NewStatusList()
	require.NoError(t, err)
	require.NoError(t, c.Check(address, none))
	c.Status.Index = "x"
	require.Equal(t, NoStatus, code(t, c.Check(address, none)))
	c.Status = nil
	require.NoError(t, c.Check(address, got))

	badge, err := Issue(i, newKey(), certificate("https://portal.example"))
	require.NoError(t, err)
	for name, x := range map[string]struct {
		token, address, issuer string
		at                     time.Time
		code                   string
	}{
		"a badge":       {badge, address, i.URL, start, Malformed},
		"another list":  {token, address + "2", i.URL, start, NoStatus},
		"another's":     {token, address, "https://evil.example", start, WrongIssuer},
		"out of date":   {token, address, i.URL, start.AddDate(0, 0, 7), Expired},
		"future":        {token, address, i.URL, start.AddDate(0, 0, -7), NotYetValid},
		"changed":       {token[:len(token)-8] + "AAAAAAAA", address, i.URL, start, BadSignature},
		"no compressed": {resign(t, token, nil, func(c map[string]any) { c["credentialSubject"].(map[string]any)["encodedList"] = "uAAAA" }), address, i.URL, start, Malformed},
		"no letter":     {resign(t, token, nil, func(c map[string]any) { c["credentialSubject"].(map[string]any)["encodedList"] = "AAAA" }), address, i.URL, start, Malformed},
		"purpose":       {resign(t, token, nil, func(c map[string]any) { c["credentialSubject"].(map[string]any)["statusPurpose"] = "suspension" }), address, i.URL, start, Malformed},
	} {
		_, err := VerifyStatusList(x.token, x.address, keys, x.issuer, x.at)
		require.Equal(t, x.code, code(t, err), name)
	}
	_, err = NewStatusList(-1)
	require.Error(t, err)
	_, err = NewStatusList(StatusListSize)
	require.Error(t, err)
	_, err = IssueStatusList(i, newKey(), "nowhere", l, start, start.AddDate(0, 0, 7))
	require.Error(t, err)
}

// A list that unpacks to far more than it says is not read.
func TestStatusListBomb(t *testing.T) {
	bomb, err := StatusList{make([]byte, 64<<20)}.encode()
	require.NoError(t, err)
	_, err = decodeStatusList(bomb)
	require.Error(t, err)
	short, err := StatusList{make([]byte, 100)}.encode()
	require.NoError(t, err)
	_, err = decodeStatusList(short)
	require.Error(t, err)
}

// FuzzVerify: whatever is handed in is refused with words; only what was issued passes.
func FuzzVerify(f *testing.F) {
	i := issuer("https://portal.example")
	token, err := Issue(i, newKey(), certificate("https://portal.example"))
	if err != nil {
		f.Fatal(err)
	}
	set := NewRing(newKey()).Set(i)
	f.Add(token)
	f.Add(token[1:])
	f.Add("..")
	f.Add("eyJhbGciOiJSUzI1NiJ9.e30.")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Verify(text, set, i.URL, start)
		if err == nil {
			require.Equal(t, token, text)
			require.NotNil(t, c)
			return
		}
		var r *problem.Refusal
		require.True(t, errors.As(err, &r))
		require.Nil(t, c)
		_, err = VerifyStatusList(text, "https://portal.example/status/1", set, i.URL, start)
		require.Error(t, err)
	})
}
