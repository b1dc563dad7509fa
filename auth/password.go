package auth

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// What can be wrong with hashing a password. None of them says anything about
// the password: a wrong one is no error.
var (
	// ErrBusy means that too many hashes wait already. It is answered at once,
	// so that a flood of sign-ins costs neither memory nor everybody's patience.
	ErrBusy = errors.New("auth: too many passwords are being checked")
	// ErrHashFormat means that a stored hash is not one that Hash makes.
	ErrHashFormat = errors.New("auth: malformed password hash")
	// ErrHashParams means that the parameters of a hash are outside the bounds.
	ErrHashParams = errors.New("auth: password hash parameters out of bounds")
)

// The reasons why CheckPassword refuses a password.
var (
	ErrPasswordShort    = errors.New("auth: password too short")
	ErrPasswordLong     = errors.New("auth: password too long")
	ErrPasswordControl  = errors.New("auth: password has control characters or is not text")
	ErrPasswordPersonal = errors.New("auth: password contains the e-mail address or the name")
	ErrPasswordCommon   = errors.New("auth: password too easy to guess")
)

// Params are the costs of an argon2id hash (RFC 9106).
type Params struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over the memory
	Threads uint8  // lanes; more than one does not help a server that hashes in parallel anyway
}

// DefaultParams are the least that the OWASP Password Storage Cheat Sheet
// asks of argon2id: 19 MiB, two passes, one lane.
func DefaultParams() Params { return Params{Memory: 19 * 1024, Time: 2, Threads: 1} }

// The bounds of what a stored hash may ask for. Whoever can write one hash
// into the database, an import of users for instance, must not get gigabytes
// or minutes out of every attempt to sign in.
const (
	maxMemory  = 128 * 1024 // KiB
	maxTime    = 10
	maxThreads = 8
	saltLength = 16 // bytes, RFC 9106 section 3.1
	hashLength = 32 // bytes

	// maxPasswordBytes is what MaxPasswordLength characters can take in UTF-8.
	// Nothing longer was ever accepted, so nothing longer is worth hashing.
	maxPasswordBytes = MaxPasswordLength * utf8.UTFMax
)

func (p Params) check() error {
	if p.Threads < 1 || p.Threads > maxThreads || p.Time < 1 || p.Time > maxTime ||
		p.Memory < 8*uint32(p.Threads) || p.Memory > maxMemory {
		return fmt.Errorf("%w: m=%d,t=%d,p=%d", ErrHashParams, p.Memory, p.Time, p.Threads)
	}
	return nil
}

// HasherConfig sets up a Hasher; zero values mean the defaults.
type HasherConfig struct {
	Params   Params // DefaultParams
	Parallel int    // hashes made at the same time; the number of CPUs
	Queue    int    // how many more may wait; 32 for each one made at the same time
}

// Hasher makes and checks password hashes in the PHC string format. Each
// takes 19 MiB and some 30 ms of a CPU, so it lets only so many run and so
// many wait. It is safe for concurrent use.
type Hasher struct {
	params Params
	nobody string        // a hash that no password has
	room   chan struct{} // held while waiting or hashing
	slots  chan struct{} // held while hashing
}

// NewHasher makes a Hasher. The error is ErrHashParams.
func NewHasher(c HasherConfig) (*Hasher, error) {
	if c.Params == (Params{}) {
		c.Params = DefaultParams()
	}
	if err := c.Params.check(); err != nil {
		return nil, err
	}
	if c.Parallel <= 0 {
		c.Parallel = max(1, runtime.NumCPU())
	}
	if c.Queue <= 0 {
		c.Queue = 32 * c.Parallel
	}
	return &Hasher{
		params: c.Params,
		// Random bytes in the place of the sum: nobody knows a password for it,
		// and checking against it takes the very steps of checking a real one.
		nobody: encode(c.Params, random(saltLength), random(hashLength)),
		room:   make(chan struct{}, c.Parallel+c.Queue),
		slots:  make(chan struct{}, c.Parallel),
	}, nil
}

// enter waits for a turn; leave must follow when it returns no error.
func (h *Hasher) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case h.room <- struct{}{}:
	default:
		return ErrBusy
	}
	select {
	case h.slots <- struct{}{}:
		// Both may have been ready, and select picks either: do not burn a CPU
		// for somebody who has gone.
		if err := ctx.Err(); err != nil {
			h.leave()
			return err
		}
		return nil
	case <-ctx.Done():
		<-h.room
		return ctx.Err()
	}
}

func (h *Hasher) leave() {
	<-h.slots
	<-h.room
}

// Hash returns the PHC string of a password under a new salt. It does not
// judge the password beyond its length; see CheckPassword. The errors are
// ErrBusy, ErrPasswordLong and that of the context.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > maxPasswordBytes {
		return "", ErrPasswordLong
	}
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	salt, p := random(saltLength), h.params
	return encode(p, salt, argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, hashLength)), nil
}

// Verify says whether a password is that of a stored hash, and if so whether
// the hash should be made anew because its parameters are not today's. An
// empty hash, of a user who has no password, is nobody's (see VerifyNobody).
// The errors are ErrBusy, ErrHashFormat, ErrHashParams and that of the context.
func (h *Hasher) Verify(ctx context.Context, encoded, password string) (ok, rehash bool, err error) {
	if encoded == "" {
		return false, false, h.VerifyNobody(ctx, password)
	}
	return h.verify(ctx, encoded, password)
}

// VerifyNobody takes the time of checking a wrong password and finds it wrong.
// Call it where the user is unknown or may not sign in, and answer as for a
// wrong password: neither words nor time then tell who has an account (OWASP
// Authentication Cheat Sheet). The errors are ErrBusy and that of the context.
func (h *Hasher) VerifyNobody(ctx context.Context, password string) error {
	_, _, err := h.verify(ctx, h.nobody, password)
	return err
}

func (h *Hasher) verify(ctx context.Context, encoded, password string) (ok, rehash bool, err error) {
	p, salt, want, err := decode(encoded)
	if err != nil {
		return false, false, err
	}
	if len(password) > maxPasswordBytes {
		return false, false, nil
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.leave()
	got := argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, uint32(len(want))) //nolint:gosec // at most 64
	if subtle.ConstantTimeCompare(got, want) != 1 {
		return false, false, nil
	}
	// Any difference, not only a weaker hash: one of another cost than
	// VerifyNobody's tells by its time that the user exists.
	return true, p != h.params || len(salt) != saltLength || len(want) != hashLength, nil
}

func encode(p Params, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Time, p.Threads,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// decode reads a PHC string. It takes only the one spelling that encode writes
// (no leading zeros, no other order, no bits left over in the base64).
func decode(encoded string) (p Params, salt, sum []byte, err error) {
	fail := func() (Params, []byte, []byte, error) { return Params{}, nil, nil, ErrHashFormat }
	if len(encoded) > 256 {
		return fail()
	}
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return fail()
	}
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return fail()
	}
	var n [3]uint64
	for i, name := range []string{"m=", "t=", "p="} {
		digits, found := strings.CutPrefix(costs[i], name)
		if n[i], err = strconv.ParseUint(digits, 10, 32); err != nil || !found {
			return fail()
		}
	}
	if n[2] > maxThreads {
		return Params{}, nil, nil, ErrHashParams
	}
	p = Params{Memory: uint32(n[0]), Time: uint32(n[1]), Threads: uint8(n[2])} //nolint:gosec // ParseUint and the line above bound them
	if err := p.check(); err != nil {
		return Params{}, nil, nil, err
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, err1 := b64.DecodeString(parts[4])
	sum, err2 := b64.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(salt) < 8 || len(salt) > 64 || len(sum) < 16 || len(sum) > 64 ||
		encode(p, salt, sum) != encoded {
		return fail()
	}
	return p, salt, sum, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead, since Go 1.24
	return b
}

// The length of a password in characters (Unicode code points). NIST SP
// 800-63B and OWASP ASVS 6.2 ask for length instead of rules about digits and
// signs; the upper end keeps the work of one request bounded.
const (
	MinPasswordLength = 10
	MaxPasswordLength = 128
)

// CheckPassword judges a new password: 10 to 128 characters, no control
// characters, nothing of the person's e-mail address or name, and not one of
// those that everybody tries first. It returns one of the ErrPassword errors.
// Passwords are taken as typed: no Unicode normalisation, because nothing
// then depends on the Unicode version of the program that checks it.
func CheckPassword(password, email, name string) error {
	if len(password) > maxPasswordBytes {
		return ErrPasswordLong // before any work that grows with it
	}
	if !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) {
		return ErrPasswordControl
	}
	switch n := utf8.RuneCountInString(password); {
	case n < MinPasswordLength:
		return ErrPasswordShort
	case n > MaxPasswordLength:
		return ErrPasswordLong
	}
	if personal(password, email, name) {
		return ErrPasswordPersonal
	}
	if common(password) {
		return ErrPasswordCommon
	}
	return nil
}

// personal finds the local part of the e-mail address, the name, and each word
// of the name. What has fewer than four characters occurs in good passwords too.
func personal(password, email, name string) bool {
	low := strings.ToLower(password)
	local, _, _ := strings.Cut(strings.ToLower(email), "@")
	plain, _, _ := strings.Cut(local, "+") // anna+portal@... is anna
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, part := range append([]string{local, plain, strings.ToLower(name), strings.Join(words, "")}, words...) {
		if utf8.RuneCountInString(part) >= 4 && strings.Contains(low, part) {
			return true
		}
	}
	return false
}

// commonRoots are what people make passwords of when they are made to, in
// English and German, with the rows of the keyboard. Those shorter than the
// minimum count because of what is put around them: "Password123!".
var commonRoots = foldAll(
	"1234567890", "0123456789", "0987654321", "1q2w3e4r5t", "1qaz2wsx3edc", "qaywsxedc", "1234qwer", "qwer1234", "abcd1234",
	"password", "passwort", "kennwort", "passw", "passphrase", "passwordpassword", "secret", "topsecret", "geheim", "geheimnis",
	"qwerty", "qwertz", "qwertyuiop", "qwertzuiop", "asdf", "asdfgh", "asdfghjkl", "yxcvbnm", "zxcvbnm", "qwertyasdf",
	"admin", "administrator", "root", "user", "guest", "gast", "test", "testtest", "demo", "default", "changeme", "login", "portal", "foyer",
	"welcome", "willkommen", "hello", "helloworld", "hallo", "hallowelt", "hallihallo", "letmein", "opensesame", "iloveyou", "ichliebedich", "trustno",
	"spring", "summer", "autumn", "winter", "sommer", "herbst", "fruehling", "january", "december", "januar", "dezember",
	"football", "baseball", "fussball", "bayern", "liverpool", "dragon", "monkey", "princess", "prinzessin", "sunshine", "schatz", "superman", "batman", "starwars", "pokemon",
)

func foldAll(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[fold(w)] = true
	}
	return m
}

// fold takes back capitals and the usual signs and digits for letters.
var foldSigns = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "|", "i", "l", "i", "0", "o", "5", "s", "$", "s", "7", "t")

func fold(s string) string { return foldSigns.Replace(strings.ToLower(s)) }

// common says whether a password is among the first guesses: one of the roots,
// bare or between digits and signs; a short piece repeated; a run such as
// "abcdefghijkl"; or made of fewer than five different characters.
func common(password string) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	low := strings.ToLower(password)
	for _, s := range []string{low, strings.TrimFunc(low, notLetter), strings.TrimRightFunc(low, notLetter), strings.TrimLeftFunc(low, notLetter)} {
		if s == "" {
			continue
		}
		b := []byte(fold(s))
		if commonRoots[string(b)] || commonRoots[string(b[:period(b)])] {
			return true
		}
	}
	different := map[rune]bool{}
	up, down, previous := true, true, rune(-1)
	for _, r := range low {
		different[r] = true
		if previous >= 0 {
			up = up && (r == previous+1 || r == '0' && previous == '9')
			down = down && (r == previous-1 || r == '9' && previous == '0')
		}
		previous = r
	}
	return up || down || len(different) < 5
}

// period is the length of the shortest piece that b repeats, the last time
// perhaps not to its end; len(b) when it does not repeat.
func period(b []byte) int {
	for n := 1; n <= len(b)/2; n++ {
		if bytes.Equal(b[n:], b[:len(b)-n]) {
			return n
		}
	}
	return len(b)
}
