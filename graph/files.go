package graph

import (
	"context"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/graph/model"
	"foyer/schema/gid"
)

func fileErrors(ctx context.Context, err error) ([]*model.FileUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.FileUserError {
		return &model.FileUserError{Field: field, Code: model.FileErrorCode(code), Message: message}
	})
}

// uploadPayload tells of a file that was sent.
func uploadPayload(ctx context.Context, id gid.ID, err error) (*model.UploadPayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.UploadPayload{UploadID: id, UserErrors: refused}, nil
}

// ticketPayload says where a file is to be sent. It is made anew from the upload,
// so that a repeated request has an answer, too.
func (r *Resolver) ticketPayload(ctx context.Context, id gid.ID, err error) (*model.BeginUploadPayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil || id == "" {
		return &model.BeginUploadPayload{UserErrors: refused}, err
	}
	t, err := r.Files.Ticket(ctx, id)
	if err != nil {
		return nil, err
	}
	return &model.BeginUploadPayload{
		UploadID: &id, URL: &t.URL, Method: &t.Method, Headers: t.Headers, ExpiresAt: &t.ExpiresAt, UserErrors: refused,
	}, nil
}

// orderFilesPayload tells of an order that has got files.
func orderFilesPayload(ctx context.Context, id gid.ID, err error) (*model.OrderFilesPayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.OrderFilesPayload{OrderID: id, UserErrors: refused}, nil
}

// cartFilesPayload tells of the cart that files were added to.
func cartFilesPayload(ctx context.Context, id gid.ID, err error) (*model.CartFilesPayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.CartFilesPayload{CartID: id, UserErrors: refused}, nil
}

// filePayload tells of a file that was added or changed.
func filePayload(ctx context.Context, id gid.ID, err error) (*model.FilePayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.FilePayload{FileID: id, UserErrors: refused}, nil
}

// deleteFilePayload tells of a file that is gone.
func deleteFilePayload(ctx context.Context, id gid.ID, err error) (*model.DeleteFilePayload, error) {
	refused, err := fileErrors(ctx, err)
	if err != nil || id == "" {
		return &model.DeleteFilePayload{UserErrors: refused}, err
	}
	return &model.DeleteFilePayload{FileID: &id, UserErrors: refused}, nil
}

// reloadedOrder is an order after a mutation, as the viewer sees it then.
func (r *Resolver) reloadedOrder(ctx context.Context, id gid.ID) (*ent.Order, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // the mutation was refused
	}
	q, err := r.Store.Client().Order.Query().Where(order.ID(id)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}
