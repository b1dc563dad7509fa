package training

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/portal/markdown"
	"foyer/portal/problem"
	"foyer/portal/training/content"
	"foyer/portal/training/paper"
	"foyer/schema/gid"
)

// PrintPrefix is where certificates are loaded as PDF, by links that are good for whoever
// has them and for a short time: a browser that saves a file sends no token.
const PrintPrefix = "/certificates/pdf/"

// PDFURL is where the viewer loads a certificate that they see.
func (s *Service) PDFURL(ctx context.Context, c *ent.Certificate, language string) (string, error) {
	return s.link(ctx, PrintPrefix+string(c.ID), url.Values{"l": {language}})
}

// Prints serves certificates as PDF.
func (s *Service) Prints() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q, err := s.opened(r.Context(), r.URL)
		if errors.Is(err, problem.ErrNotFound) {
			http.Error(w, "This link is not good any more. Please go back and load the certificate again.", http.StatusNotFound)
			return
		}
		if s.failed(w, r, err) {
			return
		}
		id := strings.TrimPrefix(r.URL.Path, PrintPrefix)
		pdf, name, err := s.print(r.Context(), gid.ID(id), q.Get("l"))
		var uncovered *paper.Uncovered
		if errors.As(err, &uncovered) {
			s.logger.WarnContext(r.Context(), "certificate cannot be printed", "certificate", id, "characters", uncovered.Characters)
			http.Error(w, "The certificate has letters that cannot be printed here. Please tell us.", http.StatusUnprocessableEntity)
			return
		}
		if s.failed(w, r, err) {
			return
		}
		attach(w, r, "application/pdf", name+".pdf", pdf)
	})
}

func (s *Service) print(ctx context.Context, id gid.ID, language string) (pdf []byte, name string, err error) {
	sys := auth.WithSystem(ctx, "a certificate whose link was given to somebody who sees it")
	c, err := s.store.Reader(ctx).Certificate.Query().Where(certificate.ID(id)).Only(sys)
	if err != nil {
		return nil, "", err
	}
	b, err := s.Book(ctx, c.VersionID)
	if err != nil {
		return nil, "", err
	}
	language = content.Language(b.Doc, language)
	criteria, err := markdown.Text(b.Text(b.Doc.Certificate.Criteria, language))
	if err != nil {
		return nil, "", err
	}
	p := paper.Certificate{
		Language: language, Holder: c.Holder, Title: b.Text(c.Title, language), Criteria: criteria, Number: c.Number, IssuedAt: c.IssuedAt,
		VerifyURL: s.VerificationURL(c),
	}
	if c.ExpiresAt != nil {
		p.ValidUntil = *c.ExpiresAt
	}
	var out bytes.Buffer
	err = paper.Render(&out, s.design, p)
	return out.Bytes(), c.Number, err
}
