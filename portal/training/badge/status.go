package badge

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"foyer/portal/problem"
)

// StatusListSize is how many badges one list speaks of: the fewest that the
// specification (W3C Bitstring Status List 1.0) allows, so that asking for a list
// hardly says whose badge is looked at.
const StatusListSize = 131072

// StatusEntry says in a credential where its status is.
type StatusEntry struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Purpose string `json:"statusPurpose"`
	Index   string `json:"statusListIndex"`
	List    string `json:"statusListCredential"`
}

func (r StatusRef) entry() *StatusEntry {
	n := strconv.Itoa(r.Index)
	return &StatusEntry{r.List + "#" + n, "BitstringStatusListEntry", "revocation", n, r.List}
}

// StatusList says which badges are revoked: one bit each, the first the highest bit
// of the first byte.
type StatusList struct{ bits []byte }

// NewStatusList is a list in which the badges at some places are revoked.
func NewStatusList(revoked ...int) (StatusList, error) {
	l := StatusList{make([]byte, StatusListSize/8)}
	for _, at := range revoked {
		if at < 0 || at >= StatusListSize {
			return StatusList{}, fmt.Errorf("badge: no place %d in a status list", at)
		}
		l.bits[at/8] |= 0x80 >> (at % 8)
	}
	return l, nil
}

// Revoked says whether the badge at a place is revoked. A place beyond the list's end
// is: who cannot say that a badge is good must not say it.
func (l StatusList) Revoked(at int) bool {
	return at < 0 || at/8 >= len(l.bits) || l.bits[at/8]&(0x80>>(at%8)) != 0
}

// encode is the list as it is written: gzip, base64url, and the letter for that.
func (l StatusList) encode() (string, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(l.bits)
	if err := errors.Join(err, w.Close()); err != nil {
		return "", err
	}
	return "u" + b64.EncodeToString(b.Bytes()), nil
}

// mostStatusBytes bounds what a list may unpack to.
const mostStatusBytes = 1 << 20

func decodeStatusList(text string) (StatusList, error) {
	packed, err := b64.DecodeString(strings.TrimPrefix(text, "u"))
	if err != nil || !strings.HasPrefix(text, "u") {
		return StatusList{}, errors.New("badge: the status list is not base64url")
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return StatusList{}, errors.New("badge: the status list is not compressed")
	}
	bits, err := io.ReadAll(io.LimitReader(r, mostStatusBytes+1))
	if err != nil || len(bits) < StatusListSize/8 || len(bits) > mostStatusBytes {
		return StatusList{}, errors.New("badge: the status list is cut off, too short or too long")
	}
	return StatusList{bits}, nil
}

// statusCredential is the list as a credential.
type statusCredential struct {
	jwt.RegisteredClaims
	Context    []string `json:"@context"`
	CID        string   `json:"id"`
	Type       []string `json:"type"`
	CIssuer    string   `json:"issuer"`
	ValidFrom  string   `json:"validFrom"`
	ValidUntil string   `json:"validUntil,omitempty"`
	Status     struct {
		ID          string `json:"id"`
		Type        string `json:"type"`
		Purpose     string `json:"statusPurpose"`
		EncodedList string `json:"encodedList"`
	} `json:"credentialSubject"`
}

// IssueStatusList signs a list. It is served at its address as application/vc+jwt
// until it is replaced; nobody believes it after until.
func IssueStatusList(i Issuer, k Key, address string, l StatusList, from, until time.Time) (string, error) {
	if err := i.check(); err != nil {
		return "", err
	}
	if !web(address) || !until.After(from) {
		return "", fmt.Errorf("badge: a status list needs an address and a time: %q", address)
	}
	text, err := l.encode()
	if err != nil {
		return "", err
	}
	c := statusCredential{
		RegisteredClaims: claims(i, address, address+"#list", from, until),
		Context:          []string{contextCredential}, CID: address, Type: []string{"VerifiableCredential", "BitstringStatusListCredential"},
		CIssuer: i.URL, ValidFrom: stamp(from), ValidUntil: stamp(until),
	}
	c.Status.ID, c.Status.Type, c.Status.Purpose, c.Status.EncodedList = address+"#list", "BitstringStatusList", "revocation", text
	return sign(i, k, c)
}

// VerifyStatusList checks a list that was read from an address.
func VerifyStatusList(token, address string, keys Set, issuer string, now time.Time) (StatusList, error) {
	var c statusCredential
	if err := open(token, keys, &c); err != nil {
		return StatusList{}, err
	}
	if !slices.Contains(c.Type, "BitstringStatusListCredential") || c.Status.Purpose != "revocation" {
		return StatusList{}, problem.Refuse(Malformed, textMalformed)
	}
	if c.CID != address {
		return StatusList{}, problem.Refuse(NoStatus, textNoStatus)
	}
	if issuer != "" && c.Issuer != issuer {
		return StatusList{}, problem.Refuse(WrongIssuer, textWrongIssuer)
	}
	if err := agree(c.RegisteredClaims, c.CIssuer, c.CID, c.Status.ID, c.ValidFrom, c.ValidUntil); err != nil {
		return StatusList{}, err
	}
	if err := inTime(c.RegisteredClaims, now); err != nil {
		return StatusList{}, err
	}
	l, err := decodeStatusList(c.Status.EncodedList)
	if err != nil {
		return StatusList{}, problem.Refuse(Malformed, textMalformed)
	}
	return l, nil
}

// Check refuses a badge that a list says is revoked, and one that names another list.
// A badge that names none cannot be revoked.
func (c *Credential) Check(address string, l StatusList) error {
	if c.Status == nil {
		return nil
	}
	at, err := strconv.Atoi(c.Status.Index)
	if err != nil || c.Status.List != address || c.Status.Purpose != "revocation" {
		return problem.Refuse(NoStatus, textNoStatus)
	}
	if l.Revoked(at) {
		return problem.Refuse(Revoked, textRevoked)
	}
	return nil
}

// Pretty is a document as it is served, for people who look at it too.
func Pretty(document any) ([]byte, error) { return json.MarshalIndent(document, "", "  ") }
