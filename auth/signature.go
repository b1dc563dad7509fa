package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"hash"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers by which the body of a webhook is signed, those that come in and
// those that go out: when, in seconds since 1970, and "v1=" with the HMAC-SHA256,
// in hexadecimal, of that time, a full stop and the body. While a secret is being
// changed there may be several, with commas between them.
const (
	HeaderTimestamp = "Foyer-Timestamp"
	HeaderSignature = "Foyer-Signature"
)

const (
	signatureWindow = 5 * time.Minute // by which a signature's time may differ from ours
	signaturesMost  = 5               // of one body that are looked at
)

// SignBody sets the headers by which a receiver knows that a body comes from who
// has the secret, and when it was sent.
func SignBody(header http.Header, secret string, body []byte, now time.Time) {
	at := strconv.FormatInt(now.Unix(), 10)
	header.Set(HeaderTimestamp, at)
	header.Set(HeaderSignature, "v1="+hex.EncodeToString(mac(secret, []byte(at+"."), body)))
}

// SignedBody says whether a body was signed with one of the secrets, lately. It
// does the same work whatever is missing: how long a refusal takes tells nothing.
func SignedBody(header http.Header, body []byte, secrets []string, now time.Time) bool {
	at, lately := signedAt(header, now)
	var sent []string
	for _, part := range strings.Split(strings.Join(header.Values(HeaderSignature), ","), ",") {
		if x, ok := strings.CutPrefix(strings.TrimSpace(part), "v1="); ok && len(sent) < signaturesMost {
			sent = append(sent, x)
		}
	}
	return SameMAC(sent, secrets, []byte(at+"."), body) && lately
}

// signedAt is the time that was signed, as text, and whether it is near ours.
func signedAt(header http.Header, now time.Time) (at string, lately bool) {
	times := header.Values(HeaderTimestamp)
	if len(times) != 1 || len(times[0]) > 12 || strings.Trim(times[0], "0123456789") != "" {
		return "", false
	}
	seconds, err := strconv.ParseInt(times[0], 10, 64)
	if err != nil {
		return "", false
	}
	off := now.Sub(time.Unix(seconds, 0))
	return times[0], off <= signatureWindow && off >= -signatureWindow
}

// SameMAC says whether one of some signatures, in hexadecimal, is the HMAC-SHA256
// of the parts with one of the secrets. How long it takes does not depend on the
// signatures.
func SameMAC(sent, secrets []string, parts ...[]byte) bool {
	good := 0
	for _, secret := range secrets {
		want := mac(secret, parts...)
		for _, x := range sent {
			if got, err := hex.DecodeString(x); err == nil {
				good |= subtle.ConstantTimeCompare(got, want)
			}
		}
	}
	return good == 1
}

// newMAC is what signs; tests count what it is given.
var newMAC = func(secret string) hash.Hash { return hmac.New(sha256.New, []byte(secret)) }

func mac(secret string, parts ...[]byte) []byte {
	m := newMAC(secret)
	for _, p := range parts {
		_, _ = m.Write(p) // never fails
	}
	return m.Sum(nil)
}
