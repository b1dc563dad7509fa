package training

import (
	"context"
	"fmt"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/courseversion"
	"foyer/schema"
	"foyer/schema/gid"
)

// Book is a version of a course with all that it says, right answers too: who shows
// of it shows what its reader may see.
type Book struct {
	VersionID, CourseID gid.ID
	Number              int
	Doc                 *schema.CourseDocument
}

// Text is a text of the course in a language.
func (b *Book) Text(texts map[string]string, language string) string {
	return textIn(b.Doc, texts, language)
}

// Books are versions by their ids. Whoever asks has come to them by a course that they
// see, or learns by them; the versions never change, so that they are read once.
func (s *Service) Books(ctx context.Context, ids []gid.ID) (map[gid.ID]*Book, error) {
	found := make(map[gid.ID]*Book, len(ids))
	var missing []gid.ID
	for _, id := range ids {
		if b, ok := s.books.Get(id); ok {
			found[id] = b
			continue
		}
		missing = append(missing, id)
	}
	if len(missing) == 0 {
		return found, nil
	}
	list, err := s.store.Reader(ctx).CourseVersion.Query().Where(courseversion.IDIn(missing...)).
		Select(courseversion.FieldID, courseversion.FieldCourseID, courseversion.FieldNumber, courseversion.FieldDocument).
		All(auth.WithSystem(ctx, "what a version of a course says by which somebody learns, or whose course they see"))
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		b := &Book{VersionID: v.ID, CourseID: v.CourseID, Number: v.Number, Doc: &v.Document}
		s.books.Add(v.ID, b)
		s.numbered.Add(numbered{v.CourseID, v.Number}, b)
		found[v.ID] = b
	}
	return found, nil
}

// numbered is a version by its course and number, which never change either.
type numbered struct {
	course gid.ID
	number int
}

// Kept is the latest version of a course whose row was read, where it is in memory; nil
// where it is not, or there is none.
func (s *Service) Kept(c *ent.Course) *Book {
	b, _ := s.numbered.Get(numbered{c.ID, c.Latest})
	return b
}

// Book is one version.
func (s *Service) Book(ctx context.Context, id gid.ID) (*Book, error) {
	found, err := s.Books(ctx, []gid.ID{id})
	if err != nil {
		return nil, err
	}
	if found[id] == nil {
		return nil, fmt.Errorf("training: there is no version %s", id)
	}
	return found[id], nil
}

// Current are the versions by which new learners learn, by the ids of courses that
// the viewer sees; those without a published version are left out.
func (s *Service) Current(ctx context.Context, courses []gid.ID) (map[gid.ID]*Book, error) {
	heads, err := s.store.Reader(ctx).CourseVersion.Query().Where(courseversion.CourseIDIn(courses...)).
		Select(courseversion.FieldID, courseversion.FieldCourseID, courseversion.FieldNumber).All(ctx)
	if err != nil {
		return nil, err
	}
	latest := map[gid.ID]*ent.CourseVersion{}
	for _, v := range heads {
		if l := latest[v.CourseID]; l == nil || v.Number > l.Number {
			latest[v.CourseID] = v
		}
	}
	ids := make([]gid.ID, 0, len(latest))
	for _, v := range latest {
		ids = append(ids, v.ID)
	}
	books, err := s.Books(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]*Book, len(latest))
	for c, v := range latest {
		out[c] = books[v.ID]
	}
	return out, nil
}

// Fronts are what courses look like from outside, by their ids: by the latest version,
// or by the draft where there is none, which only those see who work on drafts.
func (s *Service) Fronts(ctx context.Context, courses []gid.ID) (map[gid.ID]*Book, error) {
	out, err := s.Current(ctx, courses)
	if err != nil {
		return nil, err
	}
	var drafts []gid.ID
	for _, id := range courses {
		if out[id] == nil {
			drafts = append(drafts, id)
		}
	}
	if len(drafts) == 0 {
		return out, nil
	}
	list, err := s.store.Reader(ctx).Course.Query().Where(course.IDIn(drafts...)).Select(course.FieldID, course.FieldDraft).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		out[c.ID] = &Book{CourseID: c.ID, Doc: &c.Draft}
	}
	return out, nil
}
