package badge

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestForm demands of a badge what the published schema of Open Badges 3.0 demands of
// the parts that we write: which members there must be and of what kind, and which
// there must not be.
func TestForm(t *testing.T) {
	i := issuer("https://portal.example")
	for name, change := range map[string]func(*Certificate){
		"all":     func(*Certificate) {},
		"least":   func(c *Certificate) { *c = least() },
		"no name": func(c *Certificate) { c.Name = "" },
	} {
		c := certificate("https://portal.example")
		change(&c)
		token, err := Issue(i, newKey(), c)
		require.NoError(t, err, name)
		var d map[string]any
		require.NoError(t, json.Unmarshal([]byte(decoded(t, token)), &d), name)
		form(t, d)
	}
}

func least() Certificate {
	c := certificate("https://portal.example")
	a := c.Achievement
	return Certificate{
		ID: c.ID, Subject: c.Subject, ValidFrom: c.ValidFrom,
		Achievement: Achievement{ID: a.ID, Name: a.Name, Description: a.Description, CriteriaURL: "https://portal.example/courses/laser"},
	}
}

var (
	dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
	language = regexp.MustCompile(`^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	context_ = regexp.MustCompile(`^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$`)
	hash     = regexp.MustCompile(`^sha256\$[0-9a-f]{64}$`)
)

func form(t *testing.T, d map[string]any) {
	t.Helper()
	context := d["@context"].([]any)
	require.Equal(t, "https://www.w3.org/ns/credentials/v2", context[0])
	require.Regexp(t, context_, context[1])
	require.Subset(t, d["type"], []any{"VerifiableCredential", "OpenBadgeCredential"})
	texts(t, d, "id", "name")
	for _, at := range []string{"validFrom", "validUntil", "awardedDate"} {
		if v, ok := d[at]; ok || at == "validFrom" {
			require.Regexp(t, dateTime, v)
			_, err := time.Parse(time.RFC3339, v.(string))
			require.NoError(t, err)
		}
	}
	profile(t, d["issuer"])
	for _, s := range d["credentialSchema"].([]any) {
		texts(t, s.(map[string]any), "id", "type")
	}
	if s, ok := d["credentialStatus"]; ok { // an object, not a list
		texts(t, s.(map[string]any), "id", "type", "statusPurpose", "statusListIndex", "statusListCredential")
	}
	subject := d["credentialSubject"].(map[string]any)
	texts(t, subject, "id")
	require.Contains(t, subject["type"], "AchievementSubject")
	achievement(t, subject["achievement"].(map[string]any))
	ids, ok := subject["identifier"].([]any)
	require.Equal(t, subject["identifier"] != nil, ok)
	for _, id := range ids {
		identity(t, id.(map[string]any))
	}
	for name, v := range d {
		require.NotNil(t, v, name)
	}
}

func achievement(t *testing.T, a map[string]any) {
	t.Helper()
	texts(t, a, "id", "name", "description")
	require.Contains(t, a["type"], "Achievement")
	require.Equal(t, "Certificate", a["achievementType"])
	criteria := a["criteria"].(map[string]any)
	require.True(t, criteria["id"] != nil || criteria["narrative"] != nil)
	profile(t, a["creator"])
	if v, ok := a["inLanguage"]; ok {
		require.Regexp(t, language, v)
	}
	if v, ok := a["tag"]; ok {
		require.IsType(t, []any{}, v)
	}
	if v, ok := a["image"]; ok {
		require.Equal(t, "Image", v.(map[string]any)["type"])
	}
}

// identity must have nothing beyond these members.
func identity(t *testing.T, id map[string]any) {
	t.Helper()
	texts(t, id, "type", "identityHash", "identityType")
	require.Equal(t, "IdentityObject", id["type"])
	require.IsType(t, true, id["hashed"])
	require.Contains(t, []string{"emailAddress", "name"}, id["identityType"])
	if id["hashed"] == true {
		require.Regexp(t, hash, id["identityHash"])
		texts(t, id, "salt")
	}
	for name := range id {
		require.Contains(t, []string{"type", "identityHash", "identityType", "hashed", "salt"}, name)
	}
}

func profile(t *testing.T, v any) {
	t.Helper()
	p := v.(map[string]any)
	texts(t, p, "id", "name")
	require.Contains(t, p["type"], "Profile")
}

func texts(t *testing.T, d map[string]any, names ...string) {
	t.Helper()
	for _, name := range names {
		require.IsType(t, "", d[name], name)
		require.NotEmpty(t, d[name], name)
	}
}

func TestDocuments(t *testing.T) {
	i := issuer("https://portal.example")
	for name, d := range map[string]any{"issuer": i.Document(), "achievement": certificate("https://portal.example").Achievement.Document(i)} {
		text, err := Pretty(d)
		require.NoError(t, err, name)
		var m map[string]any
		require.NoError(t, json.Unmarshal(text, &m), name)
		require.Len(t, m["@context"], 2, name)
		if name == "issuer" {
			profile(t, m)
		} else {
			achievement(t, m)
		}
	}
}
