package training

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/portal/markdown"
	"foyer/portal/training/content"
	"foyer/portal/training/paper"
	"foyer/schema/gid"
)

// PrintPrefix is where certificates are loaded as PDF, by links that are good for whoever
// has them and for a short time: a browser that saves a file sends no token.
const PrintPrefix = "/certificates/pdf/"

// printLife is how long a link is good at most, half of it at least.
const printLife = 10 * time.Minute

// PDFURL is where the viewer loads a certificate that they see.
func (s *Service) PDFURL(ctx context.Context, c *ent.Certificate, language string) (string, error) {
	half := int64(printLife.Seconds()) / 2
	until := strconv.FormatInt((s.now().Unix()/half+2)*half, 10)
	proof, err := s.proof(ctx, string(c.ID), language, until)
	if err != nil {
		return "", err
	}
	return PrintPrefix + string(c.ID) + "?" + url.Values{"l": {language}, "e": {until}, "s": {proof}}.Encode(), nil
}

// proof is the seal of a link. The parts cannot run into each other: none has a line
// break.
func (s *Service) proof(ctx context.Context, parts ...string) (string, error) {
	secret, err := s.store.Secret(ctx, "certificate-links")
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte(strings.Join(parts, "\n")))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)), nil
}

// Prints serves certificates as PDF.
func (s *Service) Prints() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, q := strings.TrimPrefix(r.URL.Path, PrintPrefix), r.URL.Query()
		proof, err := s.proof(r.Context(), id, q.Get("l"), q.Get("e"))
		if s.failed(w, r, err) {
			return
		}
		until, err := strconv.ParseInt(q.Get("e"), 10, 64)
		if err != nil || !hmac.Equal([]byte(proof), []byte(q.Get("s"))) || s.now().Unix() >= until {
			http.Error(w, "This link is not good any more. Please go back and load the certificate again.", http.StatusNotFound)
			return
		}
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
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.pdf"`)
		w.Header().Set("Cache-Control", "private, no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(pdf)
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
