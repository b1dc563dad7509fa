package configurations

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/modelversion"
	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// mostBooks is how many documents are kept ready; the compiled models, which are
// larger, are bounded by their bytes.
const mostBooks = 256

// mostStates is how many answers are kept: each click asks for the state before, which
// was the answer to the click before. Those of huge models, of more than largestState
// options and numbers, are computed each time.
const (
	mostStates   = 1024
	largestState = 1000
)

// book is a version of a model at a time, ready for questions.
type book struct {
	*plan.Plan

	key string // of the compiled model
	// version is which it is; without an id for a draft.
	version Edition
}

// Edition is what is known of a version without its document.
type Edition struct {
	ID, ModelID, ProductID, VariantID gid.ID
	Number                            int
	Status                            modelversion.Status
	Checksum                          string
}

func editionOf(v *ent.ModelVersion) Edition {
	return Edition{v.ID, v.ModelID, v.ProductID, v.VariantID, v.Number, v.Status, v.Checksum}
}

// withoutDocument are the columns of a version that are read for each question; the
// document is read once.
var withoutDocument = []string{
	modelversion.FieldID, modelversion.FieldModelID, modelversion.FieldProductID, modelversion.FieldVariantID,
	modelversion.FieldNumber, modelversion.FieldStatus, modelversion.FieldChecksum,
}

// open finds a version that the viewer sees and makes it ready for a time.
func (s *Service) open(ctx context.Context, id gid.ID, at time.Time) (*book, error) {
	v, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ID(id)).Select(withoutDocument...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return s.read(ctx, editionOf(v), at)
}

// read makes a version ready that the viewer is known to see. The answer of one
// process is that of another: what is kept is made of the document alone, and not of
// what changes about a version, such as whether it is the latest.
func (s *Service) read(ctx context.Context, e Edition, at time.Time) (*book, error) {
	kept, err := s.shelved(ctx, e.ID, at)
	if err != nil {
		return nil, err
	}
	b := *kept
	b.version = e
	return &b, nil
}

// shelved is a version's document made ready for a time, once.
func (s *Service) shelved(ctx context.Context, id gid.ID, at time.Time) (*book, error) {
	shelf := string(id) + "@"
	if epoch, ok := s.books.Get(shelf); ok { // by the document's boundaries, which the kept one knows
		key := shelf + plan.Epoch(*epoch.Document(), at)
		if b, ok := s.books.Get(key); ok {
			return b, nil
		}
	}
	doc, err := s.document(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := newBook(doc, at)
	if err != nil {
		return nil, fmt.Errorf("configurations: version %s: %w", id, err)
	}
	s.books.Add(shelf, b)
	s.books.Add(shelf+plan.Epoch(doc, at), b)
	return b, nil
}

// Document is what a version says that the viewer has come to, by the product or by a
// link; some of it is for staff.
func (s *Service) Document(ctx context.Context, id gid.ID) (*schema.ConfigurationDocument, error) {
	b, err := s.shelved(ctx, id, s.now())
	if err != nil {
		return nil, err
	}
	return b.Plan.Document(), nil
}

func (s *Service) document(ctx context.Context, id gid.ID) (schema.ConfigurationDocument, error) {
	v, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ID(id)).
		Select(modelversion.FieldID, modelversion.FieldDocument).Only(auth.WithSystem(ctx, "the document of a version of a model that the viewer sees"))
	if err != nil {
		return schema.ConfigurationDocument{}, err
	}
	return v.Document, nil
}

// newBook makes a document ready that is sound.
func newBook(doc schema.ConfigurationDocument, at time.Time) (*book, error) {
	p, err := plan.New(doc, at)
	if err != nil {
		return nil, err
	}
	return &book{Plan: p, key: plan.Digest(doc) + "@" + plan.Epoch(doc, at)}, nil
}

// draftBook makes a model's draft ready.
func draftBook(m *ent.ConfigurationModel, at time.Time, number int) (*book, error) {
	b, err := newBook(m.Draft, at)
	if err != nil {
		return nil, err
	}
	b.version = Edition{ModelID: m.ID, ProductID: m.ProductID, VariantID: m.VariantID, Number: number}
	return b, nil
}

// mark tells a book from others: by its version, or by what a draft says.
func (b *book) mark() string { return cmp.Or(string(b.version.ID), b.key) }

// ready is the compiled model of a book.
func (s *Service) ready(ctx context.Context, b *book) (*engine.Compiled, error) {
	return s.compiled.Get(ctx, b.key, func(context.Context) (*engine.Model, error) { return b.Model(), nil })
}

// question is one about some choices.
func (s *Service) question(ctx context.Context, b *book, choices []schema.ConfigurationChoice) (plan.Question, error) {
	c, err := s.ready(ctx, b)
	if err != nil {
		return plan.Question{}, err
	}
	return plan.Question{Compiled: c, Choices: choices, Budget: budget}, nil
}

// budget bounds the work for one answer: some tenths of a second of one core. A
// sensible model needs a thousandth of it.
var budget = engine.Budget{Conflicts: 20_000, Propagations: 20_000_000, Nodes: 50_000}
