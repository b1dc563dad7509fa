package xapi

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// lrs is a record store that holds what comes against the rules of the specification:
// a request with one statement that breaks one is refused as a whole, and says why.
type lrs struct {
	*httptest.Server
	mu       sync.Mutex
	requests int
	stored   map[string]map[string]any
	problems []string
	// answer, when set, answers instead.
	answer func(w http.ResponseWriter, r *http.Request) bool
	// conflicts has the store answer 409 to ids that it knows, also when they are the
	// same: it may do either.
	conflicts bool
}

const user, password = "foyer", "s3cret-p@ss:word"

func newLRS(t *testing.T) *lrs {
	l := &lrs{stored: map[string]map[string]any{}}
	l.Server = httptest.NewServer(http.HandlerFunc(l.handle))
	t.Cleanup(l.Close)
	return l
}

// do looks at or changes the store while no request is answered.
func (l *lrs) do(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

func (l *lrs) count() (n int) {
	l.do(func() { n = l.requests })
	return n
}

func (l *lrs) handle(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	if l.answer != nil && l.answer(w, r) {
		return
	}
	w.Header().Set("X-Experience-API-Version", "1.0.3")
	refuse := func(status int, why string) {
		l.problems = append(l.problems, why)
		http.Error(w, why, status)
	}
	if u, p, ok := r.BasicAuth(); !ok || u != user || p != password {
		refuse(http.StatusUnauthorized, "credentials")
		return
	}
	if r.Method != http.MethodPost || r.URL.Path != "/xapi/statements" || r.Header.Get("Content-Type") != "application/json" ||
		!strings.HasPrefix(r.Header.Get("X-Experience-API-Version"), "1.0") {
		refuse(http.StatusBadRequest, "request: "+r.Method+" "+r.URL.Path)
		return
	}
	body, _ := io.ReadAll(r.Body)
	if len(body) > mostBytes+1000 {
		refuse(http.StatusRequestEntityTooLarge, "too large")
		return
	}
	var list []map[string]any
	if err := json.Unmarshal(body, &list); err != nil || len(list) == 0 {
		refuse(http.StatusBadRequest, "no list of statements")
		return
	}
	ids, conflict := []string{}, false
	for _, s := range list {
		if why := wrong(s); why != "" {
			refuse(http.StatusBadRequest, why)
			return
		}
		id := s["id"].(string)
		for _, other := range ids {
			if other == id {
				refuse(http.StatusBadRequest, "twice in one request: "+id)
				return
			}
		}
		ids = append(ids, id)
		if known, ok := l.stored[id]; ok && (l.conflicts || !reflect.DeepEqual(known, s)) {
			conflict = true
		}
	}
	if conflict {
		http.Error(w, "conflict", http.StatusConflict)
		return
	}
	for _, s := range list {
		l.stored[s["id"].(string)] = s
	}
	_ = json.NewEncoder(w).Encode(ids)
}

var (
	uuidForm     = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z]{2})?$`)
	durationForm = regexp.MustCompile(`^P(T\d+(\.\d{1,2})?S)$`)
)

// wrong says which rule of the specification a statement breaks, if any.
func wrong(s map[string]any) string {
	if path := null(s, ""); path != "" {
		return "null or empty at " + path
	}
	for name := range s {
		switch name {
		case "id", "actor", "verb", "object", "result", "context", "timestamp":
		default:
			return "unknown member " + name
		}
	}
	if id, _ := s["id"].(string); !uuidForm.MatchString(id) {
		return "id"
	}
	actor, _ := s["actor"].(map[string]any)
	account, _ := actor["account"].(map[string]any)
	if actor["objectType"] != "Agent" || len(actor) != 2 || len(account) != 2 || !iri(account["homePage"]) || account["name"] == "" {
		return "actor: one identifier, an account"
	}
	verb, _ := s["verb"].(map[string]any)
	if !iri(verb["id"]) || !languages(verb["display"]) {
		return "verb"
	}
	if why := activity(s["object"]); why != "" {
		return "object: " + why
	}
	if at, err := time.Parse(time.RFC3339Nano, fmt.Sprint(s["timestamp"])); err != nil || at.Location() != time.UTC {
		return "timestamp"
	}
	if r, ok := s["result"]; ok {
		if why := result(r.(map[string]any)); why != "" {
			return "result: " + why
		}
	}
	if c, ok := s["context"]; ok {
		return contextProblem(c.(map[string]any))
	}
	return ""
}

func contextProblem(c map[string]any) string {
	if r, ok := c["registration"].(string); ok && !uuidForm.MatchString(r) {
		return "context: registration"
	}
	if l, ok := c["language"].(string); ok && !languageForm.MatchString(l) {
		return "context: language"
	}
	around, _ := c["contextActivities"].(map[string]any)
	for kind, list := range around {
		if kind != "parent" && kind != "grouping" && kind != "category" && kind != "other" {
			return "context: " + kind
		}
		for _, a := range list.([]any) {
			if why := activity(a); why != "" {
				return "context: " + why
			}
		}
	}
	return ""
}

func result(r map[string]any) string {
	if score, ok := r["score"].(map[string]any); ok {
		scaled, raw, low, high := score["scaled"].(float64), score["raw"].(float64), score["min"].(float64), score["max"].(float64)
		if scaled < -1 || scaled > 1 || raw < low || raw > high || low >= high {
			return "score"
		}
	}
	if d, ok := r["duration"].(string); ok && !durationForm.MatchString(d) {
		return "duration " + d
	}
	for key := range asMap(r["extensions"]) {
		if !iri(key) {
			return "extension " + key
		}
	}
	return ""
}

func asMap(v any) map[string]any { m, _ := v.(map[string]any); return m }

func activity(v any) string {
	a := asMap(v)
	if a["objectType"] != "Activity" || !iri(a["id"]) {
		return "activity without id"
	}
	if d, ok := a["definition"]; ok {
		d := asMap(d)
		if t, ok := d["type"]; ok && !iri(t) {
			return "type"
		}
		for _, name := range []string{"name", "description"} {
			if m, ok := d[name]; ok && !languages(m) {
				return name
			}
		}
		if m, ok := d["moreInfo"]; ok && !iri(m) {
			return "moreInfo"
		}
	}
	return ""
}

func iri(v any) bool {
	u, err := url.Parse(fmt.Sprint(v))
	return err == nil && u.IsAbs()
}

func languages(v any) bool {
	m := asMap(v)
	for l, text := range m {
		if _, ok := text.(string); !ok || !languageForm.MatchString(l) {
			return false
		}
	}
	return len(m) > 0
}

// null finds a value that statements must not have.
func null(v any, path string) string {
	switch v := v.(type) {
	case nil:
		return path + " "
	case map[string]any:
		if len(v) == 0 {
			return path + "{}"
		}
		for name, one := range v {
			if p := null(one, path+"."+name); p != "" {
				return p
			}
		}
	case []any:
		for _, one := range v {
			if p := null(one, path+"[]"); p != "" {
				return p
			}
		}
	}
	return ""
}
