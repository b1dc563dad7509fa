// Package badge makes certificates that others can check without asking us: Open
// Badges 3.0 credentials (https://www.imsglobal.org/spec/ob/v3p0), signed as JSON Web
// Tokens, and the list that says which of them are revoked.
//
// Owns: the form of credential, achievement, issuer and status list; keys for badges,
// their rotation and publication; verification. Does not own: who gets a certificate
// and where keys are stored (portal/training), the keys of access tokens (auth), which
// are others: who can issue badges cannot sign anybody in.
package badge

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Contexts and schema that a credential names.
const (
	contextCredential = "https://www.w3.org/ns/credentials/v2"
	contextBadge      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	schemaURL         = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
	schemaType        = "1EdTechJsonSchemaValidator2019"
)

// Issuer is who issues badges: the company of the portal.
type Issuer struct {
	// URL is its id, an https address at which its profile is served. It must stay:
	// badges that were issued name it.
	URL string
	// Keys is the address under which keys are served: each at Keys + "/" + its
	// thumbprint.
	Keys        string
	Name        string
	Website     string
	Email       string
	Description string
	Image       string // the logo's https address
}

// KeyURL is where a key is served, and the key's id in tokens and key sets: the
// specification wants an address there that gives the key.
func (i Issuer) KeyURL(thumbprint string) string {
	return strings.TrimSuffix(i.Keys, "/") + "/" + thumbprint
}

// Profile is the issuer as a document of the specification.
func (i Issuer) Profile() Profile {
	return Profile{
		ID: i.URL, Type: []string{"Profile"}, Name: i.Name, URL: i.Website, Email: i.Email,
		Description: i.Description, Image: image(i.Image, ""),
	}
}

// Document is the profile as it is served at the issuer's URL.
func (i Issuer) Document() any {
	return struct {
		Context []string `json:"@context"`
		Profile
	}{contexts(), i.Profile()}
}

func (i Issuer) check() error {
	for name, address := range map[string]string{"issuer's URL": i.URL, "address of the keys": i.Keys} {
		if !web(address) {
			return fmt.Errorf("badge: the %s is not an http address: %q", name, address)
		}
	}
	if i.Name == "" {
		return errors.New("badge: the issuer has no name")
	}
	return nil
}

// Achievement is what is certified, in one language.
type Achievement struct {
	ID          string // an address at which its document is served, or a urn
	Name        string
	Description string
	Criteria    string // what its holders have shown; Markdown
	CriteriaURL string // a page that says so
	Image       string
	Language    string // BCP 47
	Version     string
	Tags        []string
}

func (a Achievement) document(i Issuer) AchievementDocument {
	creator := i.Profile()
	return AchievementDocument{
		ID: a.ID, Type: []string{"Achievement"}, AchievementType: "Certificate", Name: a.Name, Description: a.Description,
		Criteria: Criteria{ID: a.CriteriaURL, Narrative: a.Criteria}, Creator: &creator, Image: image(a.Image, a.Name),
		InLanguage: a.Language, Version: a.Version, Tag: a.Tags,
	}
}

// Document is the achievement as it is served at its address.
func (a Achievement) Document(i Issuer) any {
	return struct {
		Context []string `json:"@context"`
		AchievementDocument
	}{contexts(), a.document(i)}
}

// Certificate is what a badge says. Whatever is in it, everybody reads who is handed
// the badge.
type Certificate struct {
	// ID is the credential's, an address or urn:uuid.
	ID string
	// Subject is a URI that stands for the holder, such as a random urn:uuid; it tells
	// nothing about them, and should not be the id that the portal knows them by.
	Subject     string
	Achievement Achievement
	AwardedAt   time.Time // when it was earned
	ValidFrom   time.Time // when this edition of the badge was issued
	ValidUntil  time.Time // for good when zero
	// Email is hashed with Salt: who knows the address can check it, others cannot
	// read it. Left out when empty.
	Email, Salt string
	// Name is the holder's in clear, empty unless the holder allows it.
	Name string
	// Number is the certificate's.
	Number string
	// Status is where it is said whether the badge is revoked.
	Status *StatusRef
}

// StatusRef is a place in a status list.
type StatusRef struct {
	List  string // the address of the list
	Index int    // from 0
}

// shortestSalt keeps a salt from being a word.
const shortestSalt = 16

func (c Certificate) check() error {
	for name, id := range map[string]string{"id": c.ID, "subject": c.Subject, "achievement's id": c.Achievement.ID} {
		if !uri(id) {
			return fmt.Errorf("badge: the certificate's %s is not a URI: %q", name, id)
		}
	}
	a := c.Achievement
	switch {
	case a.Name == "" || a.Description == "":
		return errors.New("badge: the achievement needs a name and a description")
	case a.Criteria == "" && a.CriteriaURL == "":
		return errors.New("badge: the achievement says nothing about its criteria")
	case c.ValidFrom.IsZero():
		return errors.New("badge: the certificate has no date of issue")
	case !c.ValidUntil.IsZero() && !c.ValidUntil.After(c.ValidFrom):
		return errors.New("badge: the certificate ends before it begins")
	case c.Email != "" && len(c.Salt) < shortestSalt:
		return fmt.Errorf("badge: an e-mail address needs a salt of %d characters or more", shortestSalt)
	case c.Status != nil && (!web(c.Status.List) || c.Status.Index < 0 || c.Status.Index >= StatusListSize):
		return fmt.Errorf("badge: no place in a status list: %q, %d", c.Status.List, c.Status.Index)
	}
	return nil
}

func (c Certificate) credential(i Issuer) Credential {
	d := Credential{
		Context: contexts(), ID: c.ID, Type: []string{"VerifiableCredential", "OpenBadgeCredential"},
		Name: c.Achievement.Name, Issuer: i.Profile(), ValidFrom: stamp(c.ValidFrom), ValidUntil: stamp(c.ValidUntil),
		AwardedDate: stamp(c.AwardedAt), Schema: []CredentialSchema{{schemaURL, schemaType}},
		Subject: AchievementSubject{
			ID: c.Subject, Type: []string{"AchievementSubject"}, Achievement: c.Achievement.document(i), LicenseNumber: c.Number,
		},
	}
	if c.Email != "" {
		d.Subject.Identifier = append(d.Subject.Identifier, hashedIdentity("emailAddress", normal(c.Email), c.Salt))
	}
	if c.Name != "" {
		d.Subject.Identifier = append(d.Subject.Identifier,
			IdentityObject{Type: "IdentityObject", IdentityHash: c.Name, IdentityType: "name"})
	}
	if c.Status != nil {
		d.Status = c.Status.entry()
	}
	return d
}

func contexts() []string { return []string{contextCredential, contextBadge} }

// stamp is a time as credentials write it: whole seconds, as tokens count.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Truncate(time.Second).Format(time.RFC3339)
}

func web(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.Fragment == ""
}

func uri(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (web(text) || u.Scheme == "urn" && u.Opaque != "")
}
