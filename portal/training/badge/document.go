package badge

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// Credential is an OpenBadgeCredential, which the specification also calls
// AchievementCredential.
type Credential struct {
	Context     []string           `json:"@context"`
	ID          string             `json:"id"`
	Type        []string           `json:"type"`
	Name        string             `json:"name,omitempty"`
	Issuer      Profile            `json:"issuer"`
	ValidFrom   string             `json:"validFrom"`
	ValidUntil  string             `json:"validUntil,omitempty"`
	AwardedDate string             `json:"awardedDate,omitempty"`
	Subject     AchievementSubject `json:"credentialSubject"`
	Status      *StatusEntry       `json:"credentialStatus,omitempty"`
	Schema      []CredentialSchema `json:"credentialSchema,omitempty"`
}

// Profile is who issues badges.
type Profile struct {
	ID          string   `json:"id"`
	Type        []string `json:"type"`
	Name        string   `json:"name,omitempty"`
	URL         string   `json:"url,omitempty"`
	Email       string   `json:"email,omitempty"`
	Description string   `json:"description,omitempty"`
	Image       *Image   `json:"image,omitempty"`
}

// Image is a picture elsewhere.
type Image struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Caption string `json:"caption,omitempty"`
}

func image(address, caption string) *Image {
	if address == "" {
		return nil
	}
	return &Image{address, "Image", caption}
}

// AchievementSubject is the holder of a badge, and what they have achieved.
type AchievementSubject struct {
	ID            string              `json:"id"`
	Type          []string            `json:"type"`
	Achievement   AchievementDocument `json:"achievement"`
	Identifier    []IdentityObject    `json:"identifier,omitempty"`
	LicenseNumber string              `json:"licenseNumber,omitempty"`
}

// AchievementDocument is what is certified.
type AchievementDocument struct {
	ID              string   `json:"id"`
	Type            []string `json:"type"`
	AchievementType string   `json:"achievementType,omitempty"`
	Name            string   `json:"name"`
	Description     string   `json:"description"`
	Criteria        Criteria `json:"criteria"`
	Creator         *Profile `json:"creator,omitempty"`
	Image           *Image   `json:"image,omitempty"`
	InLanguage      string   `json:"inLanguage,omitempty"`
	Version         string   `json:"version,omitempty"`
	Tag             []string `json:"tag,omitempty"`
}

// Criteria is what a holder had to show.
type Criteria struct {
	ID        string `json:"id,omitempty"`
	Narrative string `json:"narrative,omitempty"`
}

// CredentialSchema names the schema that a credential follows.
type CredentialSchema struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// IdentityObject is something by which a holder is known, hashed or in clear.
type IdentityObject struct {
	Type         string `json:"type"`
	Hashed       bool   `json:"hashed"`
	IdentityHash string `json:"identityHash"`
	IdentityType string `json:"identityType"`
	Salt         string `json:"salt,omitempty"`
}

// NewSalt is a salt for the e-mail address of one certificate. It is kept with the
// certificate, so that the badge can be issued again as it was.
func NewSalt() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: see crypto/rand
	return hex.EncodeToString(b[:])
}

func hashedIdentity(kind, identity, salt string) IdentityObject {
	sum := sha256.Sum256([]byte(identity + salt))
	return IdentityObject{"IdentityObject", true, "sha256$" + hex.EncodeToString(sum[:]), kind, salt}
}

// normal is an e-mail address as it is hashed: people write their own with capitals
// one day and without the next.
func normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// IsOf says whether the badge belongs to the person with an e-mail address. False
// when it does not say.
func (c *Credential) IsOf(email string) bool {
	for _, id := range c.Subject.Identifier {
		if id.IdentityType != "emailAddress" || !id.Hashed {
			continue
		}
		want := hashedIdentity(id.IdentityType, normal(email), id.Salt).IdentityHash
		if subtle.ConstantTimeCompare([]byte(strings.ToLower(id.IdentityHash)), []byte(want)) == 1 {
			return true
		}
	}
	return false
}

// HolderName is the holder's name, empty unless they have allowed it.
func (c *Credential) HolderName() string {
	for _, id := range c.Subject.Identifier {
		if id.IdentityType == "name" && !id.Hashed {
			return id.IdentityHash
		}
	}
	return ""
}
