package files

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/file"
	"foyer/ent/order"
	"foyer/ent/product"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

func invalid(en, de, field string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, "input", field)
}

// of are the files of a parent.
func (p Parent) of(q *ent.FileQuery) *ent.FileQuery {
	switch {
	case p.Cart != "":
		return q.Where(file.CartID(p.Cart))
	case p.Order != "":
		return q.Where(file.OrderID(p.Order))
	case p.Submission != "":
		return q.Where(file.SubmissionID(p.Submission))
	case p.Course != "":
		return q.Where(file.CourseID(p.Course))
	}
	return q.Where(file.ProductID(p.Product))
}

// Attach hangs uploads of the viewer on something, in the transaction of tx and
// within an action that may create files for its owner. Each upload can be used
// once. The refusals are INVALID, which every domain's codes have.
func (s *Service) Attach(ctx context.Context, tx *ent.Client, parent Parent, uploads []gid.ID, kind file.Kind) error {
	_, err := s.attach(ctx, tx, parent, uploads, kind, nil)
	return err
}

func (s *Service) attach(ctx context.Context, tx *ent.Client, parent Parent, uploads []gid.ID, kind file.Kind, more func(*ent.FileCreate)) ([]*ent.File, error) {
	if len(uploads) == 0 {
		return nil, nil
	}
	who, err := owner(ctx)
	if err != nil {
		return nil, err
	}
	if len(uploads) > s.limits.Attached {
		return nil, s.tooMany()
	}
	there, err := parent.of(tx.File.Query()).Select(file.FieldKind, file.FieldPosition).All(ctx)
	if err != nil {
		return nil, err
	}
	if p := parent; p.Course == "" && len(there)+len(uploads) > s.limits.Attached || len(there) >= mostOfCourse {
		return nil, s.tooMany()
	}
	next := 0
	for _, f := range there {
		if f.Kind == kind {
			next = max(next, f.Position+1)
		}
	}
	// Always in the same order, so that two who name the same uploads do not wait
	// for each other.
	claimed := map[gid.ID]*pending{}
	for _, id := range slices.Sorted(slices.Values(uploads)) {
		p, err := s.claim(ctx, who, id, kind)
		if err != nil {
			return nil, err
		}
		if p == nil {
			return nil, invalid("One of the files is not to be had any more, or was sent for another purpose. Please send it again.",
				"Eine der Dateien ist nicht mehr verfügbar oder wurde für einen anderen Zweck gesendet. Bitte senden Sie sie noch einmal.", "uploadIds")
		}
		claimed[id] = p
	}
	list := make([]*ent.File, len(uploads))
	for i, id := range uploads {
		p := claimed[id]
		c := tx.File.Create().SetKind(kind).SetName(p.name).SetContentType(p.contentType).SetBytes(p.bytes).SetSha256(p.sum).
			SetStorageKey(p.key).SetPosition(next + i).SetUploaderID(who).SetCreatedAt(s.now())
		if p.width > 0 {
			c.SetWidth(p.width).SetHeight(p.height)
		}
		parent.set(c)
		if more != nil {
			more(c)
		}
		if list[i], err = c.Save(ctx); err != nil {
			return nil, err
		}
		if kind == file.KindPICTURE {
			if err := s.jobs.Insert(ctx, scaling{list[i].ID}); err != nil {
				return nil, err
			}
		}
	}
	return list, s.tell(ctx, tx, parent, events.OrderFile, list...)
}

func (p Parent) set(c *ent.FileCreate) {
	if p.Owner.Organization != "" {
		c.SetOrganizationID(p.Owner.Organization)
	}
	if p.Owner.User != "" {
		c.SetUserID(p.Owner.User)
	}
	switch {
	case p.Cart != "":
		c.SetCartID(p.Cart)
	case p.Order != "":
		c.SetOrderID(p.Order)
	case p.Submission != "":
		c.SetSubmissionID(p.Submission)
	case p.Course != "":
		c.SetCourseID(p.Course)
	default:
		c.SetProductID(p.Product)
	}
}

// tell writes into an order's timeline what became of its files.
func (s *Service) tell(ctx context.Context, tx *ent.Client, parent Parent, kind events.Kind, list ...*ent.File) error {
	if parent.Order == "" || len(list) == 0 {
		return nil
	}
	entries := make([]events.Event, len(list))
	for i, f := range list {
		entries[i] = events.Event{Kind: kind, Subject: parent.Order, Owner: parent.Owner, Data: schema.EventData{Subject: string(f.ID), Text: f.Name}}
	}
	return events.Append(ctx, tx, entries...)
}

func (s *Service) tooMany() error {
	n := strconv.Itoa(s.limits.Attached)
	return problem.Refuse(TooManyFiles, problem.Text{EN: "There can be at most " + n + " files.", DE: "Es können höchstens " + n + " Dateien sein."}, "input", "uploadIds")
}

// AttachToOrder adds uploads to an order, in any of its states.
func (s *Service) AttachToOrder(ctx context.Context, id gid.ID, uploads []gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		o, err := tx.Order.Query().Where(order.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		own := access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}
		act, err := access.Act(ctx, doAttach, own)
		if err != nil {
			return "", err
		}
		if len(uploads) == 0 {
			return "", invalid("Please choose a file.", "Bitte wählen Sie eine Datei.", "uploadIds")
		}
		return o.ID, s.Attach(act, tx, Parent{Order: o.ID, Owner: own}, uploads, file.KindATTACHMENT)
	})
}

// AttachToCart adds uploads to a cart that is still open; they go with its order.
func (s *Service) AttachToCart(ctx context.Context, id gid.ID, uploads []gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, err := tx.Cart.Query().Where(cart.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		own := access.Owner{Organization: c.OrganizationID, User: c.UserID, Subject: c.ID}
		act, err := access.Act(ctx, doCart, own)
		if err != nil {
			return "", err
		}
		if c.Status != cart.StatusOPEN {
			return "", problem.Refuse(WrongState, problem.Text{
				EN: "This cart has been ordered or thrown away.", DE: "Dieser Warenkorb wurde bestellt oder verworfen.",
			}, "input", "cartId")
		}
		if len(uploads) == 0 {
			return "", invalid("Please choose a file.", "Bitte wählen Sie eine Datei.", "uploadIds")
		}
		return c.ID, s.Attach(act, tx, Parent{Cart: c.ID, Owner: own}, uploads, file.KindATTACHMENT)
	})
}

func notFound(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return err
}

// AddToProduct adds a picture or a document to a product.
func (s *Service) AddToProduct(ctx context.Context, in ForProduct) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		p, err := tx.Product.Query().Where(product.ID(in.ProductID), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		act, err := access.Act(ctx, doCatalog, access.Owner{})
		if err != nil {
			return "", err
		}
		text, err := caption(in.Text)
		if err != nil {
			return "", err
		}
		if err := place(in.Position); err != nil {
			return "", err
		}
		kind := file.KindPICTURE
		u, err := s.mine(ctx, in.UploadID)
		if err != nil {
			return "", err
		}
		switch {
		case u == nil || u.state != ready:
			return "", errUnknown("uploadId")
		case u.kind == string(file.KindDOCUMENT):
			kind = file.KindDOCUMENT
		case u.kind != string(file.KindPICTURE):
			return "", invalid("This was not sent as a picture or a document.", "Das wurde nicht als Bild oder Dokument gesendet.", "uploadId")
		}
		list, err := s.attach(act, tx, Parent{Product: p.ID}, []gid.ID{in.UploadID}, kind, func(c *ent.FileCreate) {
			c.SetText(text)
			if in.Position != nil {
				c.SetPosition(*in.Position)
			}
		})
		if err != nil {
			return "", err
		}
		return list[0].ID, nil
	})
}

// caption reads what is said of a file: one line of plain text.
func caption(text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	s := strings.TrimSpace(*text)
	if utf8.RuneCountInString(s) > 500 {
		return "", invalid("The text is longer than 500 characters.", "Der Text ist länger als 500 Zeichen.", "text")
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }) {
		return "", invalid("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.", "text")
	}
	return s, nil
}

func place(n *int) error {
	if n != nil && (*n < 0 || *n > 10_000) {
		return invalid("The place must be from 0 to 10,000.", "Die Stelle muss zwischen 0 und 10.000 liegen.", "position")
	}
	return nil
}

// ofProduct finds a product's file as the viewer sees it, and begins to change it.
func (s *Service) ofProduct(ctx context.Context, tx *ent.Client, id gid.ID) (context.Context, *ent.File, error) {
	f, err := tx.File.Query().Where(file.ID(id)).Only(ctx)
	if err != nil {
		return nil, nil, notFound(err)
	}
	act, err := access.Act(ctx, doCatalog, access.Owner{})
	if err == nil && f.ProductID == "" {
		err = invalid("This file is not of a product.", "Diese Datei gehört nicht zu einem Produkt.", "fileId")
	}
	return act, f, err
}

// Change changes what is said of a product's file, and its place.
func (s *Service) Change(ctx context.Context, in Change) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, f, err := s.ofProduct(ctx, tx, in.FileID)
		if err != nil {
			return "", err
		}
		text, err := caption(in.Text)
		if err != nil {
			return "", err
		}
		if err := place(in.Position); err != nil {
			return "", err
		}
		if in.Text == nil && in.Position == nil {
			return f.ID, nil
		}
		u := tx.File.UpdateOneID(f.ID).SetNillablePosition(in.Position)
		if in.Text != nil {
			u.SetText(text)
		}
		return f.ID, notFound(u.Exec(act))
	})
}

// DeleteFromProduct takes a file away from a product.
func (s *Service) DeleteFromProduct(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, f, err := s.ofProduct(ctx, tx, id)
		if err != nil {
			return "", err
		}
		return f.ID, s.remove(act, tx, f)
	})
}

// Delete takes an attachment away.
func (s *Service) Delete(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		f, err := tx.File.Query().Where(file.ID(id)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		own := access.Owner{Organization: f.OrganizationID, User: f.UserID, Subject: f.OrderID}
		action := doDelete
		if f.CartID != "" && f.OrderID == "" {
			action = doCart
		}
		act, err := access.Act(ctx, action, own)
		if err != nil {
			return "", err
		}
		if f.ProductID != "" {
			return "", invalid("This file is of a product.", "Diese Datei gehört zu einem Produkt.", "fileId")
		}
		if err := s.removable(ctx, tx, f); err != nil {
			return "", err
		}
		if err := s.remove(act, tx, f); err != nil {
			return "", err
		}
		return f.ID, s.tell(act, tx, Parent{Order: f.OrderID, Owner: own}, events.OrderFileRemoved, f)
	})
}

// removable keeps customers from taking away what belongs to an order that has
// been confirmed: it was agreed upon so.
func (s *Service) removable(ctx context.Context, tx *ent.Client, f *ent.File) error {
	if v := auth.From(ctx); f.OrderID == "" || v == nil || v.Kind != auth.KindMember {
		return nil
	}
	o, err := tx.Order.Query().Where(order.ID(f.OrderID)).Only(ctx)
	if err != nil {
		return notFound(err)
	}
	switch o.Status {
	case order.StatusDRAFT, order.StatusAWAITING_APPROVAL, order.StatusPLACED, order.StatusCONFIRMING:
		return nil
	case order.StatusCONFIRMED, order.StatusCANCELLED, order.StatusCOMPLETED:
	}
	return problem.Refuse(WrongState, problem.Text{
		EN: "The order is confirmed: its files stay. Please ask us if one has to go.",
		DE: "Die Bestellung ist bestätigt: Ihre Dateien bleiben. Bitte fragen Sie uns, wenn eine weg muss.",
	}, "input", "fileId")
}

// remove deletes a row, and has its bytes deleted once that is certain.
func (s *Service) remove(ctx context.Context, tx *ent.Client, f *ent.File) error {
	if err := tx.File.DeleteOneID(f.ID).Exec(ctx); err != nil {
		return notFound(err)
	}
	return s.jobs.Insert(ctx, discarding{f.StorageKey, f.Sizes})
}

// Made is a file of a product that no person has uploaded.
type Made struct {
	ProductID  gid.ID
	Kind       file.Kind
	Name, Text string
	Data       []byte
}

// Keep adds a file to a product that the program itself has made, or brought in:
// for the system, which owns the catalog then. It is looked at like any other.
func (s *Service) Keep(ctx context.Context, in Made) error {
	kept, err := s.take(ctx, bytes.NewReader(in.Data), int64(len(in.Data)), in.Kind)
	if err != nil {
		return err
	}
	err = s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		c := tx.File.Create().SetKind(in.Kind).SetName(CleanName(in.Name, kept.contentType)).SetText(in.Text).SetContentType(kept.contentType).
			SetBytes(kept.bytes).SetSha256(kept.sum).SetStorageKey(kept.key).SetProductID(in.ProductID).SetCreatedAt(s.now())
		if kept.width > 0 {
			c.SetWidth(kept.width).SetHeight(kept.height)
		}
		f, err := c.Save(ctx)
		if err != nil || in.Kind != file.KindPICTURE {
			return err
		}
		return s.jobs.Insert(ctx, scaling{f.ID})
	})
	s.unneeded(ctx, kept.key)
	return err
}

// AttachToSubmission hangs uploads on work that is handed in, in the transaction that
// writes it. They have no owner of their own: who sees the work sees them, and who sees
// somebody's orders does not.
func (s *Service) AttachToSubmission(ctx context.Context, tx *ent.Client, id gid.ID, uploads []gid.ID) error {
	ctx = auth.WithSystem(ctx, "files of work that is handed in, which belong to the work and not to a person")
	return s.Attach(ctx, tx, Parent{Submission: id}, uploads, file.KindATTACHMENT)
}

// mostOfCourse is how many files the lessons of a course have at most, with those of
// former versions.
const mostOfCourse = 500

// AddToCourse keeps an upload for the lessons of a course, in the transaction of tx and
// within an action that may create files. Learners read it where a lesson shows it to
// them, and nowhere else.
func (s *Service) AddToCourse(ctx context.Context, tx *ent.Client, id, upload gid.ID) (*ent.File, error) {
	list, err := s.attach(ctx, tx, Parent{Course: id}, []gid.ID{upload}, file.KindDOCUMENT, nil)
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// OfCourse are the files of a course, for whoever works on it or learns by it.
func (s *Service) OfCourse(ctx context.Context, id gid.ID) ([]*ent.File, error) {
	return s.store.Reader(ctx).File.Query().Where(file.CourseID(id)).Order(file.ByCreatedAt(), file.ByID()).Limit(mostOfCourse).
		All(auth.WithSystem(ctx, "files of a course, for whom its lessons are shown"))
}
