package configurations

import (
	"context"
	"errors"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/configurationmodel"
	"foyer/ent/modelversion"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/lint"
	"foyer/portal/configurator/plan"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Draft is the input of SaveDraft.
type Draft struct {
	ID        *gid.ID // of the one to change; a new one when nil
	Version   *int
	ProductID *gid.ID
	VariantID *gid.ID
	Document  *schema.ConfigurationDocument
}

// Refused is a refusal of a draft with all that is to be said of it.
type Refused struct {
	*problem.Refusal

	Problems plan.Problems
	Findings []lint.Finding
}

// Unwrap lets the refusal be found.
func (r *Refused) Unwrap() error { return r.Refusal }

// SaveDraft begins a model or changes its draft, and returns its id. What the draft
// says is sound: its words mean something. That it contradicts itself is for lint.
func (s *Service) SaveDraft(ctx context.Context, in Draft) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doDraft, access.Owner{})
		if err != nil {
			return "", err
		}
		doc, err := sound(in.Document)
		if err != nil {
			return "", err
		}
		if in.ID == nil {
			return s.begin(act, tx, in, doc)
		}
		m, err := heldModel(act, tx, *in.ID)
		switch {
		case err != nil:
			return "", err
		case in.Version == nil:
			return "", invalid("Please send the version that you have read.", "Bitte senden Sie die gelesene Version mit.", "version")
		case *in.Version != m.Version:
			return "", problem.ErrStale
		}
		u := tx.ConfigurationModel.UpdateOneID(m.ID).Where(configurationmodel.Version(m.Version)).AddVersion(1)
		if in.VariantID != nil {
			if err := variantOf(act, tx, m.ProductID, *in.VariantID); err != nil {
				return "", err
			}
			u.SetVariantID(*in.VariantID)
		}
		if doc != nil {
			u.SetDraft(*doc)
		}
		return m.ID, stale(u.Exec(act))
	})
	if store.Duplicate(err) {
		err = refuse(Taken, "The product has a configuration model already.", "Das Produkt hat schon ein Konfigurationsmodell.", "productId")
	}
	return id, err
}

func stale(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrStale
	}
	return err
}

// sound reads a document; what is wrong with it is told all at once.
func sound(doc *schema.ConfigurationDocument) (*schema.ConfigurationDocument, error) {
	if doc == nil {
		return nil, nil //nolint:nilnil // it stays as it is
	}
	read, wrong := plan.Check(*doc)
	if len(wrong) == 0 {
		return &read, nil
	}
	return nil, &Refused{
		Refusal: problem.Refuse(Unsound, wrong[0].Text, append([]string{"input", "document"}, wrong[0].Path...)...), Problems: wrong,
	}
}

// Check is what is wrong with a document, which is not kept.
func (s *Service) Check(ctx context.Context, doc schema.ConfigurationDocument) (plan.Problems, error) {
	if _, err := access.Act(ctx, doDraft, access.Owner{}); err != nil {
		return nil, err
	}
	_, wrong := plan.Check(doc)
	return wrong, nil
}

func (s *Service) begin(act context.Context, tx *ent.Client, in Draft, doc *schema.ConfigurationDocument) (gid.ID, error) {
	switch {
	case in.ProductID == nil:
		return "", invalid("Say which product is configured.", "Bitte geben Sie an, welches Produkt konfiguriert wird.", "productId")
	case in.VariantID == nil:
		return "", invalid("Say which variant is ordered.", "Bitte geben Sie an, welche Variante bestellt wird.", "variantId")
	case doc == nil:
		return "", invalid("Please write what is asked.", "Bitte schreiben Sie, was gefragt wird.", "document")
	}
	if err := variantOf(act, tx, *in.ProductID, *in.VariantID); err != nil {
		return "", err
	}
	there, err := tx.ConfigurationModel.Query().Where(configurationmodel.ProductID(*in.ProductID)).Exist(act)
	if err != nil {
		return "", err
	}
	if there {
		return "", refuse(Taken, "The product has a configuration model already.", "Das Produkt hat schon ein Konfigurationsmodell.", "productId")
	}
	m, err := tx.ConfigurationModel.Create().SetProductID(*in.ProductID).SetVariantID(*in.VariantID).SetDraft(*doc).Save(act)
	if err != nil {
		return "", err
	}
	return m.ID, nil
}

// variantOf refuses a variant that is not one of the product's, as the viewer sees it.
func variantOf(ctx context.Context, tx *ent.Client, product, variant gid.ID) error {
	there, err := tx.ProductVariant.Query().Where(productvariant.ID(variant), productvariant.ProductID(product)).Exist(ctx)
	if err != nil {
		return err
	}
	if !there {
		return refuse(UnknownRecord, "There is no such variant of the product.", "Diese Variante des Produkts gibt es nicht.", "variantId")
	}
	return nil
}

func heldModel(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.ConfigurationModel, error) {
	m, err := tx.ConfigurationModel.Query().Where(configurationmodel.ID(id), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return m, err
}

// Publication is the input of Publish.
type Publication struct {
	ID      gid.ID
	Version int
	Note    *string
}

// Publish makes the draft the version that configurations begin with, and returns the
// model's id. A draft that contradicts itself, or whose golden configurations are not
// what they should be, is refused with the findings. What is kept is looked at by a
// job.
func (s *Service) Publish(ctx context.Context, in Publication) (gid.ID, error) {
	draft, err := s.draft(ctx, in.ID)
	if err != nil {
		return "", err
	}
	if draft.Version != in.Version {
		return "", problem.ErrStale
	}
	facts, err := s.publishable(ctx, draft.Draft) // before the transaction: it takes a while
	if err != nil {
		return "", err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doPublish, access.Owner{})
		if err != nil {
			return "", err
		}
		m, err := heldModel(act, tx, in.ID)
		switch {
		case err != nil:
			return "", err
		case m.Version != in.Version:
			return "", problem.ErrStale
		}
		note := ""
		if in.Note != nil {
			if note, err = problem.Prose(*in.Note, 1000, "input", "note"); err != nil {
				return "", err
			}
		}
		return m.ID, s.publish(act, tx, m, facts, note)
	})
}

func (s *Service) publish(act context.Context, tx *ent.Client, m *ent.ConfigurationModel, facts schema.ConfigurationFacts, note string) error {
	sum := plan.Digest(m.Draft)
	old, err := tx.ModelVersion.Query().Where(modelversion.ModelID(m.ID), modelversion.StatusEQ(modelversion.StatusACTIVE)).
		Select(modelversion.FieldID, modelversion.FieldChecksum, modelversion.FieldVariantID).All(act)
	if err != nil {
		return err
	}
	for _, v := range old {
		if v.Checksum == sum && v.VariantID == m.VariantID {
			return refuse(Unchanged, "The draft is as it was published.", "Der Entwurf ist so, wie er veröffentlicht wurde.", "id")
		}
		if err := tx.ModelVersion.UpdateOneID(v.ID).SetStatus(modelversion.StatusRETIRED).Exec(act); err != nil {
			return err
		}
	}
	v, err := tx.ModelVersion.Create().SetModelID(m.ID).SetProductID(m.ProductID).SetVariantID(m.VariantID).SetNumber(m.Latest + 1).
		SetDocument(m.Draft).SetChecksum(sum).SetFacts(facts).SetNote(note).SetPublishedAt(s.now()).Save(act)
	if err != nil {
		return err
	}
	if err := stale(tx.ConfigurationModel.UpdateOneID(m.ID).Where(configurationmodel.Version(m.Version)).AddVersion(1).SetLatest(v.Number).Exec(act)); err != nil {
		return err
	}
	_, err = s.start(act, run{ModelID: m.ID, Number: v.Number})
	return err
}

// draft is a model with its draft, for staff who see it.
func (s *Service) draft(ctx context.Context, id gid.ID) (*ent.ConfigurationModel, error) {
	m, err := s.store.Reader(ctx).ConfigurationModel.Query().Where(configurationmodel.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return m, err
}

// publishable examines a draft and counts what there is.
func (s *Service) publishable(ctx context.Context, doc schema.ConfigurationDocument) (schema.ConfigurationFacts, error) {
	b, err := newBook(doc, s.now())
	if err != nil {
		return schema.ConfigurationFacts{}, err
	}
	findings, err := s.findings(ctx, b)
	if err != nil {
		return schema.ConfigurationFacts{}, err
	}
	for _, f := range findings {
		if f.Severity != lint.Error {
			continue
		}
		code := map[lint.Kind]string{lint.Void: Contradiction, lint.Golden: Golden}[f.Kind]
		return schema.ConfigurationFacts{}, &Refused{Refusal: problem.Refuse(code, f.Text, "input", "id"), Findings: findings}
	}
	facts := b.Facts()
	c, err := s.ready(ctx, b)
	if err != nil {
		return facts, err
	}
	n, err := c.Count(ctx, engine.Request{})
	switch {
	case errors.Is(err, engine.ErrBudget):
	case err != nil:
		return facts, err
	default:
		facts.Count = n.String()
	}
	return facts, nil
}

// ownRule begins the keys of rules that are nobody's: of options out of their time.
const ownRule = "time:"

// findings are what lint has to say of a document.
func (s *Service) findings(ctx context.Context, b *book) ([]lint.Finding, error) {
	var golden []lint.Configuration
	for _, g := range b.Document().Golden {
		choices, err := b.Choices(g.Choices)
		if err != nil {
			return nil, err
		}
		golden = append(golden, lint.Configuration{Key: g.Key, Choices: choices, Valid: !g.Impossible})
	}
	found, err := lint.Check(ctx, b.Model(), lint.Options{Golden: golden})
	if err != nil {
		return nil, err
	}
	// What is out of its time is excluded by a rule of nobody's.
	return slices.DeleteFunc(found, func(f lint.Finding) bool {
		return f.Kind == lint.Dead && b.Untimely(f.Group, f.Option) || strings.HasPrefix(f.Rule, ownRule)
	}), nil
}

// Findings are what there is to say of a model's draft.
func (s *Service) Findings(ctx context.Context, m *ent.ConfigurationModel) ([]lint.Finding, error) {
	m, err := s.draft(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	b, err := newBook(m.Draft, s.now())
	if err != nil {
		return nil, err
	}
	return s.findings(ctx, b)
}

// Draft is what product managers are working on.
func (s *Service) Draft(ctx context.Context, m *ent.ConfigurationModel) (schema.ConfigurationDocument, error) {
	m, err := s.draft(ctx, m.ID)
	if err != nil {
		return schema.ConfigurationDocument{}, err
	}
	return m.Draft, nil
}

// IsChanged says whether a model's draft differs from what was published last.
func (s *Service) IsChanged(ctx context.Context, m *ent.ConfigurationModel) (bool, error) {
	m, err := s.draft(ctx, m.ID)
	if err != nil {
		return false, err
	}
	n, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ModelID(m.ID), modelversion.StatusEQ(modelversion.StatusACTIVE),
		modelversion.Checksum(plan.Digest(m.Draft)), modelversion.VariantID(m.VariantID)).Count(ctx)
	return n == 0, err
}

// Kept is how many configurations of a model there are that were not ordered.
func (s *Service) Kept(ctx context.Context, m *ent.ConfigurationModel) (int, error) {
	return s.store.Reader(ctx).Configuration.Query().Where(configuration.ProductID(m.ProductID), configuration.StatusNEQ(configuration.StatusORDERED)).
		Count(auth.WithSystem(ctx, "how many configurations of a model are kept"))
}

// RefusedDraft is the refusal of a draft in an error; nil when it is none.
func RefusedDraft(err error) *Refused {
	var r *Refused
	if errors.As(err, &r) {
		return r
	}
	return nil
}

// DescriberOf says choices in words, by the version of a configuration that the
// viewer sees: also where its product is not shown to them any more.
func (s *Service) DescriberOf(ctx context.Context, version gid.ID) (*plan.Plan, error) {
	b, err := s.shelved(ctx, version, s.now())
	if err != nil {
		return nil, err
	}
	return b.Plan, nil
}
