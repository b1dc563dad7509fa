package graph

import (
	"context"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/graph/model"
	"foyer/portal/guides"
	"foyer/schema"
	"foyer/schema/gid"
)

func guidePayload(ctx context.Context, id gid.ID, err error) (*model.GuidePayload, error) {
	refused, err := userErrors(ctx, err, func(field []string, code, message string) *model.GuideUserError {
		return &model.GuideUserError{Field: field, Code: model.GuideErrorCode(code), Message: message}
	})
	if err != nil {
		return nil, err
	}
	return &model.GuidePayload{GuideID: id, UserErrors: refused}, nil
}

// inLanguage is a text in the viewer's language; guides have all their texts in
// all languages.
func inLanguage(ctx context.Context, t map[string]string) string {
	return t[readerLanguage(ctx).Code()]
}

// guideStep is where somebody is in a guide, as the API shows it.
func guideStep(ctx context.Context, at guides.Place) *model.GuideStep {
	out := &model.GuideStep{Key: at.Step.Key, Remaining: at.Remaining, Path: mapped(at.Path, func(p guides.Answered) *model.GuidePathStep {
		return &model.GuidePathStep{
			Key: p.Step.Key, Question: inLanguage(ctx, p.Step.Question), AnswerKey: p.Answer.Key, Answer: inLanguage(ctx, p.Answer.Text),
		}
	})}
	if x := at.Step.Result; x != nil {
		out.Result = &model.GuideResult{
			Text: filled(inLanguage(ctx, x.Text)), Search: filled(x.Search), CategoryID: gid.ID(x.Category),
			ProductIDs: mapped(x.Products, func(id string) gid.ID { return gid.ID(id) }),
		}
		return out
	}
	out.Question = &model.GuideQuestion{
		Text: inLanguage(ctx, at.Step.Question), Help: filled(inLanguage(ctx, at.Step.Help)),
		Answers: mapped(at.Step.Answers, func(a schema.GuideAnswer) *model.GuideAnswer {
			return &model.GuideAnswer{Key: a.Key, Text: inLanguage(ctx, a.Text)}
		}),
	}
	return out
}

func guideText(t map[string]string) *model.GuideText {
	if len(t) == 0 {
		return nil
	}
	return &model.GuideText{En: t[schema.English.Code()], De: t[schema.German.Code()]}
}

// guideDocument is a guide as it is written.
func guideDocument(d schema.GuideDocument) *model.GuideDocument {
	return &model.GuideDocument{
		Title: guideText(d.Title), Intro: guideText(d.Intro), Start: d.Start,
		Steps: mapped(d.Steps, func(s schema.GuideStep) *model.GuideDocumentStep {
			out := &model.GuideDocumentStep{
				Key: s.Key, Question: guideText(s.Question), Help: guideText(s.Help),
				Answers: mapped(s.Answers, func(a schema.GuideAnswer) *model.GuideDocumentAnswer {
					return &model.GuideDocumentAnswer{Key: a.Key, Text: guideText(a.Text), Next: a.Next}
				}),
			}
			if x := s.Result; x != nil {
				out.Result = &model.GuideDocumentResult{
					Text: guideText(x.Text), Search: filled(x.Search), ProductIds: mapped(x.Products, func(id string) gid.ID { return gid.ID(id) }),
				}
				if x.Category != "" {
					out.Result.CategoryID = new(gid.ID(x.Category))
				}
			}
			return out
		}),
	}
}

// newGuide reads the input of saveGuide.
func newGuide(in model.SaveGuideInput) guides.Guide {
	out := guides.Guide{ID: in.ID, Version: in.Version, Key: in.Key, CategoryID: in.CategoryID, Status: in.Status}
	d := in.Document
	if d == nil {
		return out
	}
	out.Document = &schema.GuideDocument{
		Title: newGuideText(d.Title), Intro: newGuideText(d.Intro), Start: d.Start,
		Steps: mapped(d.Steps, func(s *model.GuideStepInput) schema.GuideStep {
			step := schema.GuideStep{
				Key: s.Key, Question: newGuideText(s.Question), Help: newGuideText(s.Help),
				Answers: mapped(s.Answers, func(a *model.GuideAnswerInput) schema.GuideAnswer {
					return schema.GuideAnswer{Key: a.Key, Text: newGuideText(a.Text), Next: a.Next}
				}),
			}
			if x := s.Result; x != nil {
				step.Result = &schema.GuideResult{
					Text: newGuideText(x.Text), Search: said(x.Search), Products: mapped(x.ProductIds, func(id gid.ID) string { return string(id) }),
				}
				if x.CategoryID != nil {
					step.Result.Category = string(*x.CategoryID)
				}
			}
			return step
		}),
	}
	return out
}

func newGuideText(t *model.GuideTextInput) map[string]string {
	if t == nil {
		return nil
	}
	return map[string]string{schema.English.Code(): t.En, schema.German.Code(): t.De}
}

// guideProducts are the products of a result that the viewer sees, in the order
// in which the guide names them.
func (r *Resolver) guideProducts(ctx context.Context, ids []gid.ID) ([]*ent.Product, error) {
	list := []*ent.Product{}
	if len(ids) == 0 {
		return list, nil
	}
	q, err := r.Store.Client().Product.Query().Where(product.IDIn(ids...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := q.All(ctx)
	found := keyed(rows, func(p *ent.Product) gid.ID { return p.ID })
	for _, id := range ids {
		if p := found[id]; p != nil {
			list = append(list, p)
		}
	}
	return list, err
}
