package graph

import (
	"context"

	"foyer/graph/model"
	"foyer/schema/gid"
)

func viewErrors(ctx context.Context, err error) ([]*model.SavedViewUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.SavedViewUserError {
		return &model.SavedViewUserError{Field: field, Code: model.SavedViewErrorCode(code), Message: message}
	})
}

// viewPayload tells of a view that was kept; its resolver loads it again.
func viewPayload(ctx context.Context, id gid.ID, err error) (*model.SavedViewPayload, error) {
	refused, err := viewErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SavedViewPayload{SavedViewID: id, UserErrors: refused}, nil
}

// viewGone tells of a view that was deleted.
func viewGone(ctx context.Context, id gid.ID, err error) (*model.DeleteViewPayload, error) {
	refused, err := viewErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.DeleteViewPayload{UserErrors: refused}
	if id != "" {
		out.DeletedID = &id
	}
	return out, nil
}
