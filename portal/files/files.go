// Package files keeps what people upload: pictures and documents of products,
// attachments of orders and carts.
//
// Owns: uploads until they hang on something, what a file is by its content,
// where its bytes lie, scaled pictures, links, what is sent of them and how,
// what nobody needs any more. Does not own: who sees a file (schema/access.go,
// as with every row), what it hangs on.
package files

import (
	"context"
	"errors"
	"io"
	"time"

	"foyer/ent"
	"foyer/ent/file"
	"foyer/portal/access"
	"foyer/schema/gid"
)

// Picture is a picture in one of its sizes.
type Picture struct {
	Width  int
	Height int
	URL    string
}

// Upload is a file that hangs on nothing yet.
type Upload struct {
	ID          gid.ID
	Kind        file.Kind
	Name        string
	ContentType string
	Size        int
	Width       *int
	Height      *int
	ExpiresAt   time.Time
}

// Header is one of a request.
type Header struct{ Name, Value string }

// Parent is what files hang on: one of the three.
type Parent struct {
	Cart, Order, Product gid.ID
	Owner                access.Owner
}

// Sent is a file that came with a request.
type Sent struct {
	Name    string
	Kind    file.Kind
	Size    int64
	Content io.ReadSeeker
}

// Announced is a file that will be sent directly.
type Announced struct {
	Name  string
	Kind  file.Kind
	Bytes int64
}

// Ticket says where an announced file is to be sent.
type Ticket struct {
	URL, Method string
	Headers     []*Header
	ExpiresAt   time.Time
}

// ForProduct is the input of AddToProduct.
type ForProduct struct {
	ProductID, UploadID gid.ID
	Text                *string
	Position            *int
}

// Change is the input of Change.
type Change struct {
	FileID   gid.ID
	Text     *string
	Position *int
}

// Service keeps files.
type Service struct{}

var errNotYet = errors.New("files: not yet")

// Attach hangs uploads of the viewer on something, in the transaction of tx.
func (s *Service) Attach(ctx context.Context, tx *ent.Client, parent Parent, uploads []gid.ID, kind file.Kind) error {
	return errNotYet
}
func (s *Service) Of(ctx context.Context, parent gid.ID, kind file.Kind) ([]*ent.File, error) {
	return nil, errNotYet
}
func (s *Service) URL(ctx context.Context, f *ent.File) (string, error) { return "", errNotYet }
func (s *Service) Pictures(ctx context.Context, f *ent.File) ([]*Picture, error) {
	return nil, errNotYet
}
func (s *Service) Picture(ctx context.Context, f *ent.File, w int) (*Picture, error) {
	return nil, errNotYet
}
func (s *Service) Find(ctx context.Context, id gid.ID) (*ent.File, error)  { return nil, errNotYet }
func (s *Service) Upload(ctx context.Context, id gid.ID) (*Upload, error)  { return nil, errNotYet }
func (s *Service) Receive(ctx context.Context, in Sent) (gid.ID, error)    { return "", errNotYet }
func (s *Service) Begin(ctx context.Context, in Announced) (gid.ID, error) { return "", errNotYet }
func (s *Service) Ticket(ctx context.Context, id gid.ID) (*Ticket, error)  { return nil, errNotYet }
func (s *Service) Finish(ctx context.Context, id gid.ID) (gid.ID, error)   { return "", errNotYet }
func (s *Service) AttachToOrder(ctx context.Context, o gid.ID, u []gid.ID) (gid.ID, error) {
	return "", errNotYet
}
func (s *Service) AddToProduct(ctx context.Context, in ForProduct) (gid.ID, error) {
	return "", errNotYet
}
func (s *Service) Change(ctx context.Context, in Change) (gid.ID, error) { return "", errNotYet }
func (s *Service) DeleteFromProduct(ctx context.Context, id gid.ID) (gid.ID, error) {
	return "", errNotYet
}
func (s *Service) Delete(ctx context.Context, id gid.ID) (gid.ID, error) { return "", errNotYet }
