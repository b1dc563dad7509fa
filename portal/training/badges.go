package training

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/user"
	"foyer/portal/training/badge"
	"foyer/schema/gid"
)

// BadgePrefix is where everything is served that those need who check a badge: who
// issued it, by which keys, what it is for, and whether it was revoked. All of it is
// public and names nobody.
const BadgePrefix = "/badges/"

// statusLife is for how long a list of what was revoked is believed.
const statusLife = time.Hour

// issuer is the company as badges name it.
func (s *Service) issuer() badge.Issuer {
	base := s.publicURL + BadgePrefix
	return badge.Issuer{URL: base + "issuer", Keys: base + "keys", Name: s.company, Website: s.publicURL}
}

// achievement is what a version of a course certifies, in one language.
func (s *Service) achievement(b *Book) badge.Achievement {
	l, rules := first(b.Doc), b.Doc.Certificate
	return badge.Achievement{
		ID: s.publicURL + BadgePrefix + "achievements/" + string(b.VersionID), Name: rules.Title[l], Description: b.Doc.Title[l],
		Criteria: rules.Criteria[l], Language: l, Version: strconv.Itoa(b.Number),
	}
}

// Badge is a certificate as a signed badge after Open Badges 3.0, for its holder.
func (s *Service) Badge(ctx context.Context, c *ent.Certificate) (string, error) {
	v := auth.From(ctx)
	if v.UserID != string(c.UserID) {
		return "", nil
	}
	sys := auth.WithSystem(ctx, "the address of a badge's holder, who is the viewer")
	u, err := s.store.Reader(ctx).User.Query().Where(user.ID(c.UserID)).Only(sys)
	if err != nil {
		return "", err
	}
	b, err := s.Book(ctx, c.VersionID)
	if err != nil {
		return "", err
	}
	ring, err := s.ring(ctx)
	if err != nil {
		return "", err
	}
	key, err := ring.Current()
	if err != nil {
		return "", err
	}
	x := badge.Certificate{
		ID: s.publicURL + "/certificates/" + Spelled(c.Code), Subject: c.Subject, Achievement: s.achievement(b), AwardedAt: c.IssuedAt, ValidFrom: c.IssuedAt,
		Email: u.Email, Salt: c.Salt, Number: c.Number,
		Status: &badge.StatusRef{List: s.statusList(c.Place / badge.StatusListSize), Index: int(c.Place % badge.StatusListSize)},
	}
	if c.ExpiresAt != nil {
		x.ValidUntil = *c.ExpiresAt
	}
	switch c.Shown {
	case certificate.ShownNAME:
		x.Name = c.Holder
	case certificate.ShownINITIALS:
		x.Name = initials(c.Holder)
	case certificate.ShownNOTHING:
	}
	return badge.Issue(s.issuer(), key, x)
}

func (s *Service) statusList(n int64) string {
	return s.publicURL + BadgePrefix + "status/" + strconv.FormatInt(n, 10)
}

// Badges serves what those need who check a badge.
func (s *Service) Badges() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+BadgePrefix+"issuer", func(w http.ResponseWriter, _ *http.Request) {
		s.document(w, "application/ld+json", s.issuer().Document())
	})
	mux.HandleFunc("GET "+BadgePrefix+"keys", func(w http.ResponseWriter, r *http.Request) {
		ring, err := s.ring(r.Context())
		if s.failed(w, r, err) {
			return
		}
		s.document(w, "application/json", ring.Set(s.issuer()))
	})
	mux.HandleFunc("GET "+BadgePrefix+"keys/{id}", func(w http.ResponseWriter, r *http.Request) {
		ring, err := s.ring(r.Context())
		if s.failed(w, r, err) {
			return
		}
		key, ok := ring.Set(s.issuer()).Key(r.PathValue("id"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		s.document(w, "application/json", key)
	})
	mux.HandleFunc("GET "+BadgePrefix+"achievements/{version}", s.serveAchievement)
	mux.HandleFunc("GET "+BadgePrefix+"status/{n}", s.serveStatus)
	return mux
}

// serveAchievement serves what a version certifies. Who has a badge knows of it, also
// when the course is not offered to everybody.
func (s *Service) serveAchievement(w http.ResponseWriter, r *http.Request) {
	id := gid.ID(r.PathValue("version"))
	books, err := s.Books(r.Context(), []gid.ID{id})
	if s.failed(w, r, err) {
		return
	}
	if b := books[id]; b != nil && b.Doc.Certificate != nil {
		s.document(w, "application/ld+json", s.achievement(b).Document(s.issuer()))
		return
	}
	http.NotFound(w, r)
}

// serveStatus serves a list of what was revoked, signed.
func (s *Service) serveStatus(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 32)
	if err != nil || n < 0 {
		http.NotFound(w, r)
		return
	}
	token, err := s.status(r.Context(), n)
	if s.failed(w, r, err) {
		return
	}
	w.Header().Set("Content-Type", "application/vc+jwt")
	w.Header().Set("Cache-Control", "public, max-age=60")
	w.Header().Set("Access-Control-Allow-Origin", "*") // for checkers that are pages, as for what they read before
	_, _ = w.Write([]byte(token))
}

func (s *Service) status(ctx context.Context, n int64) (string, error) {
	sys := auth.WithSystem(ctx, "which certificates were revoked, by their places alone")
	from := n * badge.StatusListSize
	list, err := s.store.Reader(ctx).Certificate.Query().Where(certificate.RevokedAtNotNil(), certificate.PlaceGTE(from), certificate.PlaceLT(from+badge.StatusListSize)).
		Select(certificate.FieldID, certificate.FieldPlace).All(sys)
	if err != nil {
		return "", err
	}
	places := make([]int, len(list))
	for i, c := range list {
		places[i] = int(c.Place - from)
	}
	bits, err := badge.NewStatusList(places...)
	if err != nil {
		return "", err
	}
	ring, err := s.ring(ctx)
	if err != nil {
		return "", err
	}
	key, err := ring.Current()
	if err != nil {
		return "", err
	}
	now := s.now().Truncate(time.Minute)
	return badge.IssueStatusList(s.issuer(), key, s.statusList(n), bits, now, now.Add(statusLife))
}

func (s *Service) document(w http.ResponseWriter, kind string, doc any) {
	text, err := badge.Pretty(doc)
	if err != nil {
		http.Error(w, "Something went wrong here.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=300")
	w.Header().Set("Access-Control-Allow-Origin", "*") // for checkers that are pages
	_, _ = w.Write(text)                               //nolint:gosec // JSON, and named so
}

// failed answers a request that could not be served; the reason is for the log.
func (s *Service) failed(w http.ResponseWriter, r *http.Request, err error) bool {
	if err == nil {
		return false
	}
	s.logger.ErrorContext(r.Context(), "training", "path", strings.Clone(r.URL.Path), "error", err)
	http.Error(w, "Something went wrong here. Please try again.", http.StatusInternalServerError)
	return true
}
