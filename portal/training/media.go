package training

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/portal/access"
	"foyer/schema"
	"foyer/schema/gid"
)

// AddFile keeps an upload for the lessons of a course, and returns the file's id.
func (s *Service) AddFile(ctx context.Context, courseID, upload gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doSave, access.Owner{})
		if err != nil {
			return "", err
		}
		c, err := held(act, tx, courseID)
		if err != nil {
			return "", err
		}
		f, err := s.files.AddToCourse(act, tx, c.ID, upload)
		if err != nil {
			return "", err
		}
		return f.ID, nil
	})
}

// Media is a file of a lesson: its name, and where the viewer, who may read the lesson,
// loads it.
type Media struct{ Name, URL string }

// MediaOf is the file that a lesson names; nil when it names none, or it is gone.
func (s *Service) MediaOf(ctx context.Context, courseID gid.ID, m *schema.LessonMedia) (*Media, error) {
	if m == nil || m.FileID == "" {
		return nil, nil //nolint:nilnil // documented
	}
	list, err := s.files.OfCourse(ctx, courseID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(f *ent.File) bool { return string(f.ID) == m.FileID })
	if i < 0 {
		return nil, nil //nolint:nilnil // documented
	}
	url, err := s.files.LessonURL(ctx, list[i])
	return &Media{Name: list[i].Name, URL: url}, err
}
