package auth

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/argon2"
)

// cheap costs next to nothing, for tests of everything but the cost.
var cheap = Params{Memory: 8, Time: 1, Threads: 1}

func newHasher(t *testing.T, c HasherConfig) *Hasher {
	t.Helper()
	h, err := NewHasher(c)
	require.NoError(t, err)
	return h
}

func TestHasher(t *testing.T) {
	h, ctx := newHasher(t, HasherConfig{}), t.Context()
	encoded, err := h.Hash(ctx, "zwölf Boxkämpfer jagen")
	require.NoError(t, err)
	require.Regexp(t, `^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`, encoded)

	for password, want := range map[string]bool{
		"zwölf Boxkämpfer jagen": true, "zwölf Boxkämpfer jagen ": false, "Zwölf Boxkämpfer jagen": false, "": false,
		strings.Repeat("x", maxPasswordBytes+1): false,
	} {
		ok, rehash, err := h.Verify(ctx, encoded, password)
		require.NoError(t, err)
		require.Equal(t, want, ok, password)
		require.False(t, rehash)
	}
	again, err := h.Hash(ctx, "zwölf Boxkämpfer jagen")
	require.NoError(t, err)
	require.NotEqual(t, encoded, again, "every hash has its own salt")

	_, err = h.Hash(ctx, strings.Repeat("x", maxPasswordBytes+1))
	require.ErrorIs(t, err, ErrPasswordLong)
}

// A hash made by the reference implementation (the argon2 command of
// phc-winner-argon2): the format is the one that others write.
func TestVerifyReference(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	ok, rehash, err := newHasher(t, HasherConfig{}).Verify(t.Context(), reference, "password")
	require.NoError(t, err)
	require.True(t, ok)
	require.True(t, rehash, "other parameters than today's")
}

func TestVerifyRehash(t *testing.T) {
	ctx := t.Context()
	old := newHasher(t, HasherConfig{Params: cheap})
	encoded, err := old.Hash(ctx, "pass")
	require.NoError(t, err)
	h := newHasher(t, HasherConfig{Params: Params{Memory: 16, Time: 1, Threads: 1}})
	ok, rehash, err := h.Verify(ctx, encoded, "pass")
	require.NoError(t, err)
	require.True(t, ok)
	require.True(t, rehash)
	ok, rehash, err = h.Verify(ctx, encoded, "wrong")
	require.NoError(t, err)
	require.False(t, ok)
	require.False(t, rehash, "who does not know the password causes no write")
}

func TestVerifyRefusesMalformedHashes(t *testing.T) {
	h, ctx := newHasher(t, HasherConfig{Params: cheap}), t.Context()
	good, err := h.Hash(ctx, "pass")
	require.NoError(t, err)
	b64 := base64.RawStdEncoding
	with := func(params string, salt, sum int) string {
		return "$argon2id$v=19$" + params + "$" + b64.EncodeToString(make([]byte, salt)) + "$" + b64.EncodeToString(make([]byte, sum))
	}
	for name, c := range map[string]struct {
		encoded string
		err     error
	}{
		"not a hash":           {"secret", ErrHashFormat},
		"argon2i":              {strings.Replace(good, "argon2id", "argon2i", 1), ErrHashFormat},
		"bcrypt":               {"$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", ErrHashFormat},
		"old version":          {strings.Replace(good, "v=19", "v=16", 1), ErrHashFormat},
		"no version":           {strings.Replace(good, "$v=19", "", 1), ErrHashFormat},
		"trailing field":       {good + "$x", ErrHashFormat},
		"trailing space":       {good + " ", ErrHashFormat},
		"line break in base64": {good[:len(good)-4] + "\n" + good[len(good)-4:], ErrHashFormat},
		"other order":          {with("t=1,m=8,p=1", 16, 32), ErrHashFormat},
		"leading zero":         {with("m=08,t=1,p=1", 16, 32), ErrHashFormat},
		"sign":                 {with("m=+8,t=1,p=1", 16, 32), ErrHashFormat},
		"negative":             {with("m=-8,t=1,p=1", 16, 32), ErrHashFormat},
		"too many digits":      {with("m=99999999999,t=1,p=1", 16, 32), ErrHashFormat},
		"no salt":              {with("m=8,t=1,p=1", 0, 32), ErrHashFormat},
		"no sum":               {with("m=8,t=1,p=1", 16, 0), ErrHashFormat},
		"short sum":            {with("m=8,t=1,p=1", 16, 4), ErrHashFormat},
		"long sum":             {with("m=8,t=1,p=1", 16, 65), ErrHashFormat},
		"4 GiB":                {with("m=4194304,t=1,p=1", 16, 32), ErrHashParams},
		"a million passes":     {with("m=8,t=1000000,p=1", 16, 32), ErrHashParams},
		"no passes":            {with("m=8,t=0,p=1", 16, 32), ErrHashParams},
		"no lanes":             {with("m=8,t=1,p=0", 16, 32), ErrHashParams},
		"256 lanes":            {with("m=4096,t=1,p=256", 16, 32), ErrHashParams},
		"257 lanes":            {with("m=4096,t=1,p=257", 16, 32), ErrHashParams}, // 1 when cut to a byte
		"too little memory":    {with("m=8,t=1,p=2", 16, 32), ErrHashParams},
	} {
		ok, _, err := h.Verify(ctx, c.encoded, "pass")
		require.ErrorIs(t, err, c.err, name)
		require.False(t, ok, name)
	}
	_, err = NewHasher(HasherConfig{Params: Params{Memory: 1 << 30, Time: 1, Threads: 1}})
	require.ErrorIs(t, err, ErrHashParams)
}

// Nobody's password is never right, and costs what a wrong one costs.
func TestVerifyNobody(t *testing.T) {
	ctx := t.Context()
	h := newHasher(t, HasherConfig{Parallel: 1, Queue: 1})
	p, salt, sum, err := decode(h.nobody)
	require.NoError(t, err)
	require.Equal(t, DefaultParams(), p)
	require.Len(t, salt, saltLength)
	require.Len(t, sum, hashLength)
	require.NotEqual(t, h.nobody, newHasher(t, HasherConfig{}).nobody)

	ok, rehash, err := h.Verify(ctx, "", "")
	require.NoError(t, err)
	require.False(t, ok || rehash, "no password is not the empty password")

	h.slots <- struct{}{} // somebody is being checked
	h.room <- struct{}{}
	h.room <- struct{}{}
	require.ErrorIs(t, h.VerifyNobody(ctx, "x"), ErrBusy, "nobody queues as everybody does")
}

// BenchmarkVerifyAlike shows that a wrong password, nobody's and a missing one cost
// the same; that the same hashes are made, portal/accounts counts.
func BenchmarkVerifyAlike(b *testing.B) {
	ctx := b.Context()
	h, err := NewHasher(HasherConfig{})
	require.NoError(b, err)
	encoded, err := h.Hash(ctx, "somebody's password")
	require.NoError(b, err)
	for name, f := range map[string]func(){
		"wrong":       func() { _, _, _ = h.Verify(ctx, encoded, "wrong") },
		"nobody":      func() { _ = h.VerifyNobody(ctx, "wrong") },
		"no password": func() { _, _, _ = h.Verify(ctx, "", "wrong") },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}

func TestHasherBounds(t *testing.T) {
	h := newHasher(t, HasherConfig{Params: cheap, Parallel: 1, Queue: 2})
	encoded, err := h.Hash(t.Context(), "pass")
	require.NoError(t, err)

	require.NoError(t, h.enter(t.Context())) // the only place is taken
	waiting := make(chan error, 2)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 2 {
		go func() {
			_, _, err := h.Verify(ctx, encoded, "pass")
			waiting <- err
		}()
	}
	require.Eventually(t, func() bool { return len(h.room) == 3 }, 5*time.Second, time.Millisecond)

	_, _, err = h.Verify(t.Context(), encoded, "pass") // at once: nothing frees a place while it would wait
	require.ErrorIs(t, err, ErrBusy)
	_, err = h.Hash(t.Context(), "pass")
	require.ErrorIs(t, err, ErrBusy)

	cancel()
	for range 2 {
		require.ErrorIs(t, <-waiting, context.Canceled)
	}
	require.Len(t, h.room, 1, "who gave up holds no place")
	h.leave()
	require.Empty(t, h.room)

	_, err = h.Hash(ctx, "pass")
	require.ErrorIs(t, err, context.Canceled, "not begun for somebody who has gone")
	require.Empty(t, h.room)
	require.Empty(t, h.slots)

	ok, _, err := h.Verify(t.Context(), encoded, "pass")
	require.NoError(t, err)
	require.True(t, ok)
}

func TestHasherConcurrent(t *testing.T) {
	h := newHasher(t, HasherConfig{Params: cheap, Parallel: 2, Queue: 100})
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			password := fmt.Sprint("pass", i)
			encoded, err := h.Hash(t.Context(), password)
			if err != nil {
				t.Error(err)
				return
			}
			if ok, _, err := h.Verify(t.Context(), encoded, password); !ok || err != nil {
				t.Error(ok, err)
			}
		})
	}
	wg.Wait()
	require.Empty(t, h.room)
	require.Empty(t, h.slots)
}

func TestCheckPassword(t *testing.T) {
	const email, name = "anna.schmidt+portal@example.com", "Anna-Lena Schmidt"
	for password, want := range map[string]error{
		"correct horse battery":              nil,
		"Dieser Satz ist lang genug.":        nil,
		"kx9#Vq2!mT":                         nil,
		"ÄÖÜäöüß123":                         nil, // ten characters, more bytes
		"Annie likes turnips":                nil,
		"password is a silly word":           nil, // a sentence, not the word
		strings.Repeat("aB3-kLmZ", 16):       nil, // 128
		"kx9#Vq2!m":                          ErrPasswordShort,
		"ÄÖÜäöüß12":                          ErrPasswordShort, // nine characters in sixteen bytes
		"":                                   ErrPasswordShort,
		strings.Repeat("aB3-kLmZ", 16) + "x": ErrPasswordLong,
		strings.Repeat("x", 1<<20):           ErrPasswordLong,
		"tab\tand more":                      ErrPasswordControl,
		"nul\x00byte here":                   ErrPasswordControl,
		"line\nbreak here":                   ErrPasswordControl,
		"c1 control \u0085 here":             ErrPasswordControl,
		"not utf-8 \xff\xfe":                 ErrPasswordControl,
		"xx anna.schmidt xx":                 ErrPasswordPersonal,
		"ANNA.SCHMIDT+PORTAL":                ErrPasswordPersonal,
		"my-Schmidt-4711":                    ErrPasswordPersonal,
		"annalenaschmidt":                    ErrPasswordPersonal,
		"i am anna too":                      ErrPasswordPersonal,
		"password12":                         ErrPasswordCommon,
		"P@ssw0rd2026!":                      ErrPasswordCommon,
		"2026Passwort":                       ErrPasswordCommon,
		"!!!Geheim!!!":                       ErrPasswordCommon,
		"Willkommen1":                        ErrPasswordCommon,
		"w1llk0mm3n2026":                     ErrPasswordCommon,
		"Sommer2026!":                        ErrPasswordCommon,
		"1234567890":                         ErrPasswordCommon,
		"123456789012345":                    ErrPasswordCommon,
		"qwertzuiop":                         ErrPasswordCommon,
		"1q2w3e4r5t":                         ErrPasswordCommon,
		"aaaaaaaaaaaa":                       ErrPasswordCommon,
		"abababababab":                       ErrPasswordCommon,
		"01.01.1990":                         ErrPasswordCommon,
		"geheimgeheim":                       ErrPasswordCommon,
		"abcdefghijklm":                      ErrPasswordCommon,
		"zyxwvutsrqpo":                       ErrPasswordCommon,
	} {
		require.Equal(t, want, CheckPassword(password, email, name), "%.40q", password)
	}
	require.NoError(t, CheckPassword("boxes of jam", "a@example.com", "Bo Li"), "short names occur in every sentence")
	require.NoError(t, CheckPassword("correct horse battery", "", ""))
	require.ErrorIs(t, CheckPassword("o'NEILL's house", "x@example.com", "Shaun O'Neill"), ErrPasswordPersonal)
}

func FuzzDecodeHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, salt, sum, err := decode(s)
		if err != nil {
			return
		}
		require.NoError(t, p.check())
		require.Equal(t, s, encode(p, salt, sum), "one spelling")
	})
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("correct horse battery", "anna@example.com", "Anna Schmidt")
	f.Add("\xff", "@", " ")
	f.Fuzz(func(t *testing.T, password, email, name string) {
		if CheckPassword(password, email, name) == nil && len(password) > maxPasswordBytes {
			t.Fatal("would be refused by Hash")
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	h, err := NewHasher(HasherConfig{})
	require.NoError(b, err)
	encoded := encode(h.params, make([]byte, saltLength), argon2.IDKey([]byte("x"), make([]byte, saltLength), h.params.Time, h.params.Memory, 1, hashLength))
	for b.Loop() {
		if _, _, err := h.Verify(b.Context(), encoded, "x"); err != nil {
			b.Fatal(err)
		}
	}
}
