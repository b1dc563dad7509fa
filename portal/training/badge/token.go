package badge

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"foyer/portal/problem"
)

const (
	algorithm = "RS256"
	// MaxTokenSize is the longest token that is looked at, in bytes. Badges have some
	// 5,000.
	MaxTokenSize = 64 << 10
)

// The codes of refusals.
const (
	Malformed    = "MALFORMED"      // it is no token of a badge
	UnknownKey   = "UNKNOWN_KEY"    // signed with a key that the set does not have
	BadSignature = "BAD_SIGNATURE"  // it was changed, or never signed by that key
	WrongIssuer  = "WRONG_ISSUER"   // somebody else's
	Mismatch     = "MISMATCH"       // token and credential in it say different things
	NotYetValid  = "NOT_YET_VALID"  // its time has not begun
	Expired      = "EXPIRED"        // its time is over
	Revoked      = "REVOKED"        // it was taken back
	NoStatus     = "STATUS_UNKNOWN" // the list that it names is another
)

var (
	textMalformed    = problem.Text{EN: "This is not a badge. Copy the whole file or text again.", DE: "Das ist kein Badge. Bitte kopieren Sie die ganze Datei oder den ganzen Text noch einmal."}
	textUnknownKey   = problem.Text{EN: "The badge was not signed with a key of its issuer.", DE: "Der Badge wurde nicht mit einem Schlüssel seines Ausstellers signiert."}
	textBadSignature = problem.Text{EN: "The badge's signature is wrong: its text has been changed.", DE: "Die Signatur des Badges stimmt nicht: Sein Inhalt wurde verändert."}
	textWrongIssuer  = problem.Text{EN: "The badge is somebody else's.", DE: "Der Badge stammt von einem anderen Aussteller."}
	textMismatch     = problem.Text{EN: "The badge contradicts itself.", DE: "Der Badge widerspricht sich selbst."}
	textNotYetValid  = problem.Text{EN: "The badge is not valid yet.", DE: "Der Badge ist noch nicht gültig."}
	textExpired      = problem.Text{EN: "The badge has expired.", DE: "Der Badge ist abgelaufen."}
	textRevoked      = problem.Text{EN: "The badge has been revoked.", DE: "Der Badge wurde widerrufen."}
	textNoStatus     = problem.Text{EN: "Whether the badge has been revoked cannot be told from this list.", DE: "Ob der Badge widerrufen wurde, lässt sich aus dieser Liste nicht erkennen."}
)

// payload is the credential, which is the payload itself, and beside its members the
// claims that repeat them.
type payload struct {
	jwt.RegisteredClaims
	Credential
}

// Issue signs a badge. The same certificate and key give the same text.
func Issue(i Issuer, k Key, c Certificate) (string, error) {
	if err := errors.Join(i.check(), c.check()); err != nil {
		return "", err
	}
	d := c.credential(i)
	p := payload{Credential: d, RegisteredClaims: claims(i, d.ID, d.Subject.ID, c.ValidFrom, c.ValidUntil)}
	return sign(i, k, p)
}

func claims(i Issuer, id, subject string, from, until time.Time) jwt.RegisteredClaims {
	r := jwt.RegisteredClaims{
		Issuer: i.URL, ID: id, Subject: subject,
		NotBefore: jwt.NewNumericDate(from), IssuedAt: jwt.NewNumericDate(from),
	}
	if !until.IsZero() {
		r.ExpiresAt = jwt.NewNumericDate(until)
	}
	return r
}

func sign(i Issuer, k Key, c jwt.Claims) (string, error) {
	if k.Private == nil || !k.RetiredAt.IsZero() {
		return "", ErrNoKey
	}
	t := jwt.NewWithClaims(jwt.SigningMethodRS256, c)
	t.Header["kid"] = i.KeyURL(k.ID)
	text, err := t.SignedString(k.Private)
	if err != nil {
		return "", fmt.Errorf("badge: %w", err)
	}
	return text, nil
}

// open checks a token's signature and reads its claims.
func open(token string, keys Set, into jwt.Claims) error {
	if len(token) > MaxTokenSize {
		return problem.Refuse(Malformed, textMalformed)
	}
	p := jwt.NewParser(jwt.WithValidMethods([]string{algorithm}), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding())
	unknown := false
	_, err := p.ParseWithClaims(token, into, func(t *jwt.Token) (any, error) {
		if !plain(t.Header) {
			return nil, errors.New("badge: a header that is not allowed")
		}
		kid, _ := t.Header["kid"].(string)
		k := keys.find(kid)
		if unknown = k == nil; unknown {
			return nil, ErrNoKey
		}
		return k, nil
	})
	switch {
	case err == nil:
		return nil
	case unknown:
		return problem.Refuse(UnknownKey, textUnknownKey)
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return problem.Refuse(BadSignature, textBadSignature)
	}
	return problem.Refuse(Malformed, textMalformed)
}

// plain says whether a token's header has nothing but what the specification allows:
// above all no "crit", which would want to be understood. A "jwk" is never believed,
// for whoever signs can put their own there.
func plain(header map[string]any) bool {
	for name, value := range header {
		switch name {
		case "alg", "kid", "jwk":
		case "typ":
			if value != "JWT" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// Verify checks a badge as the specification says: the signature by a key of the set,
// the issuer (any when issuer is empty), that the token's claims are those of the
// credential in it, and its time. Whether it is revoked, Credential.Check says.
func Verify(token string, keys Set, issuer string, now time.Time) (*Credential, error) {
	var p payload
	if err := open(token, keys, &p); err != nil {
		return nil, err
	}
	c := &p.Credential
	if !isBadge(c) {
		return nil, problem.Refuse(Malformed, textMalformed)
	}
	if issuer != "" && p.RegisteredClaims.Issuer != issuer {
		return nil, problem.Refuse(WrongIssuer, textWrongIssuer)
	}
	if err := agree(p.RegisteredClaims, c.Issuer.ID, c.ID, c.Subject.ID, c.ValidFrom, c.ValidUntil); err != nil {
		return nil, err
	}
	if err := inTime(p.RegisteredClaims, now); err != nil {
		return nil, err
	}
	return c, nil
}

func isBadge(c *Credential) bool {
	return len(c.Context) >= 2 && c.Context[0] == contextCredential && slices.Contains(c.Type, "VerifiableCredential") &&
		(slices.Contains(c.Type, "OpenBadgeCredential") || slices.Contains(c.Type, "AchievementCredential")) &&
		c.Subject.Achievement.ID != "" && c.Subject.Achievement.Name != ""
}

// agree says whether claims are those of a credential. An empty text is no claim.
func agree(r jwt.RegisteredClaims, issuer, id, subject, from, until string) error {
	if r.Issuer == "" || r.ID == "" || r.Subject == "" || r.NotBefore == nil ||
		r.Issuer != issuer || r.ID != id || r.Subject != subject || !same(r.NotBefore, from) || !same(r.ExpiresAt, until) {
		return problem.Refuse(Mismatch, textMismatch)
	}
	return nil
}

func same(d *jwt.NumericDate, text string) bool {
	if d == nil || text == "" {
		return d == nil && text == ""
	}
	t, err := time.Parse(time.RFC3339, text)
	return err == nil && t.Truncate(time.Second).Equal(d.Truncate(time.Second))
}

func inTime(r jwt.RegisteredClaims, now time.Time) error {
	if now.Before(r.NotBefore.Time) {
		return problem.Refuse(NotYetValid, textNotYetValid)
	}
	if r.ExpiresAt != nil && !now.Before(r.ExpiresAt.Time) {
		return problem.Refuse(Expired, textExpired)
	}
	return nil
}
