package files

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/file"
	"foyer/schema/gid"
)

// Prefix is where files are served. Nothing there looks at a cookie or a token:
// what a file has in it must not get hold of them.
const Prefix = "/files/"

// linkLife is how long a link is good, at most; half of it at least. Links that
// are asked for within the other half are the same, so that a page which is
// drawn again loads nothing again.
const linkLife = time.Minute

// The kinds of link: what they are signed for.
const (
	forReading = "get"
	forSending = "put"
)

// sign makes the proof of a link. The parts cannot run into each other: none has
// a line break.
func sign(secret []byte, parts ...string) string {
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte(strings.Join(parts, "\n")))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// viewerMark tells the links of different viewers apart, without naming them.
func viewerMark(ctx context.Context, secret []byte) string {
	return sign(secret, "viewer", auth.From(ctx).Identity())[:10]
}

// link makes a link to a file for the viewer of the context; width 0 is the file
// as it was sent.
func (s *Service) link(ctx context.Context, id gid.ID, width int) (string, error) {
	return s.linkFor(ctx, id, width, linkLife)
}

func (s *Service) linkFor(ctx context.Context, id gid.ID, width int, life time.Duration) (string, error) {
	secret, err := s.secret(ctx)
	if err != nil {
		return "", err
	}
	half := int64(life.Seconds()) / 2
	until := strconv.FormatInt((s.now().Unix()/half+2)*half, 10)
	w, mark := strconv.Itoa(width), viewerMark(ctx, secret)
	// The proof stands behind the question mark, since logs have the path.
	return Prefix + "s/" + string(id) + "/" + w + "?" + url.Values{
		"e": {until}, "v": {mark}, "s": {sign(secret, forReading, string(id), w, until, mark)},
	}.Encode(), nil
}

// URL is where the viewer downloads a file that they see.
func (s *Service) URL(ctx context.Context, f *ent.File) (string, error) {
	width := 0
	if f.Kind == file.KindPICTURE { // the original has the camera's data
		if len(f.Sizes) == 0 {
			return s.link(ctx, f.ID, 1) // nothing yet; by the time it is asked for, perhaps
		}
		width = f.Sizes[len(f.Sizes)-1]
	}
	return s.link(ctx, f.ID, width)
}

// lessonLife is how long the link of a lesson's file is good: a lesson is read slowly.
const lessonLife = 30 * time.Minute

// LessonURL is where the viewer loads a file of a lesson that they may read.
func (s *Service) LessonURL(ctx context.Context, f *ent.File) (string, error) {
	return s.linkFor(ctx, f.ID, 0, lessonLife)
}

// Pictures are the sizes of a picture, with their addresses for the viewer.
func (s *Service) Pictures(ctx context.Context, f *ent.File) ([]*Picture, error) {
	list := make([]*Picture, 0, len(f.Sizes))
	if len(f.Sizes) == 0 || f.Width == nil || f.Height == nil {
		return list, nil
	}
	public, err := s.public(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, w := range f.Sizes {
		p := &Picture{Width: w, Height: heightOf(*f.Width, *f.Height, w)}
		if public {
			p.URL = Prefix + "p/" + string(f.ID) + "/" + strconv.Itoa(w)
		} else if p.URL, err = s.link(ctx, f.ID, -w); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// Picture is a picture in the size that is needed, or the largest; nil when
// there is none.
func (s *Service) Picture(ctx context.Context, f *ent.File, width int) (*Picture, error) {
	list, err := s.Pictures(ctx, f)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	for _, p := range list {
		if p.Width >= width {
			return p, nil
		}
	}
	return list[len(list)-1], nil
}

// ownTicket makes the address to which an upload is sent, where the storage has
// none of its own.
func (s *Service) ownTicket(ctx context.Context, p *pending, until time.Time) (*Ticket, error) {
	secret, err := s.secret(ctx)
	if err != nil {
		return nil, err
	}
	e := strconv.FormatInt(until.Unix(), 10)
	return &Ticket{Method: http.MethodPut, URL: Prefix + "upload/" + string(p.ID) + "?" + url.Values{
		"e": {e}, "s": {sign(secret, forSending, string(p.ID), e)},
	}.Encode()}, nil
}
