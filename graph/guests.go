package graph

import (
	"context"

	"foyer/graph/model"
)

func guestErrors(ctx context.Context, err error) ([]*model.GuestUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.GuestUserError {
		return &model.GuestUserError{Field: field, Code: model.GuestErrorCode(code), Message: message}
	})
}
