package files

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/file"
	"foyer/schema/gid"
)

// Prefix is where files are served. Nothing there looks at a cookie or a token:
// what a file has in it must not get hold of them.
const Prefix = "/files/"

// linkLife is how long a link is good, at most.
const linkLife = time.Minute

// viewerOfLink tells the links of different viewers apart.
const viewerOfLink = "v"

// link makes a link to a file for the viewer of the context; width 0 is the file
// as it was sent.
func (s *Service) link(ctx context.Context, id gid.ID, width int) (string, error) {
	return s.linkFor(ctx, id, width, linkLife)
}

func (s *Service) linkFor(ctx context.Context, id gid.ID, width int, life time.Duration) (string, error) {
	mark, err := s.links.Mark(ctx, auth.From(ctx).Identity())
	if err != nil {
		return "", err
	}
	return s.links.Link(ctx, Prefix+"s/"+string(id)+"/"+strconv.Itoa(width), url.Values{viewerOfLink: {mark}}, life)
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
	address, err := s.links.Until(ctx, Prefix+"upload/"+string(p.ID), nil, until)
	if err != nil {
		return nil, err
	}
	return &Ticket{Method: http.MethodPut, URL: address}, nil
}
