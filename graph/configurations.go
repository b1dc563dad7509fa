package graph

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/configurationmodel"
	"foyer/ent/modelversion"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/graph/model"
	"foyer/portal/configurations"
	modellint "foyer/portal/configurator/lint"
	"foyer/portal/configurator/plan"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// described says choices of a model in words.
type described interface {
	Describe(c schema.ConfigurationChoice, l schema.Language) string
}

func choiceOf(in *model.ChoiceInput) schema.ConfigurationChoice {
	c := schema.ConfigurationChoice{Group: in.Group, Absent: in.Absent, Negate: in.Negate}
	if in.Option != nil {
		c.Option = *in.Option
	}
	if in.Number != nil {
		c.Number = string(*in.Number)
	}
	return c
}

func choicesOf(list []*model.ChoiceInput) []schema.ConfigurationChoice {
	if list == nil {
		return nil
	}
	return mapped(list, choiceOf)
}

func (r *Resolver) asked(in model.ConfigureInput) configurations.Question {
	q := configurations.Question{
		VersionID: in.VersionID, DraftOf: in.DraftOf, Choices: choicesOf(in.Choices), Groups: in.Groups, Since: in.Since, Quantity: in.Quantity,
		ConfigurationID: in.ConfigurationID,
	}
	if in.Change != nil {
		q.Change = new(choiceOf(in.Change))
	}
	return q
}

func choice(ctx context.Context, by described) func(schema.ConfigurationChoice) *model.Choice {
	return func(c schema.ConfigurationChoice) *model.Choice {
		out := &model.Choice{Group: c.Group, Option: filled(c.Option), Absent: c.Absent, Negate: c.Negate, Text: by.Describe(c, readerLanguage(ctx))}
		if c.Number != "" {
			out.Number = new(money.Decimal(c.Number))
		}
		return out
	}
}

func shownChoices(ctx context.Context, by described, list []schema.ConfigurationChoice) []*model.Choice {
	return mapped(list, choice(ctx, by))
}

// readsAll says whether the viewer reads what of a model is for staff.
func readsAll(ctx context.Context) bool {
	return auth.From(ctx).Grants().Has(schema.PermConfigurationStaff)
}

// configurationState is an answer as the API shows it; nothing where there is none.
func configurationState(ctx context.Context, a *configurations.Answer, err error) (*model.ConfigurationState, error) {
	if a == nil || err != nil {
		return nil, err
	}
	out := &model.ConfigurationState{
		Token: a.Token, Choices: shownChoices(ctx, a, a.Choices), IsConsistent: a.State.Consistent && a.Conflict == nil, IsComplete: a.State.Complete,
		Groups: groupStates(a), Conflict: explanation(ctx, a.Reason()), Repairs: mapped(a.Fixes, fix(ctx, a)), Answer: a,
		LeadTime: &model.LeadTime{
			Days: a.Days, ReadyOn: day(a.At.AddDate(0, 0, a.Days)),
			Because: reasonsOfDays(ctx, a.Because),
		},
	}
	for _, g := range groupStatesOf(a, nil) {
		for _, o := range g.Options {
			if !a.Partly || slices.ContainsFunc(a.Changed.Options, func(r plan.Ref) bool { return r.Group == o.Group && r.Option == o.Option }) {
				out.Changed = append(out.Changed, o)
			}
		}
	}
	if a.Priced {
		out.Price = &model.ConfigurationPrice{
			Unit: new(a.Money(a.Unit)), Total: new(a.Money(a.Unit * int64(a.Quantity))), Lines: mapped(a.Lines, priceLine(ctx, a.Currency)),
		}
		if cost, ok := a.Cost(); ok {
			out.Price.Cost = new(a.Money(cost))
		}
	}
	return out, nil
}

func day(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func reasonsOfDays(ctx context.Context, list []plan.DaysLine) []string {
	var out []string
	for _, l := range list {
		if t := inLanguage(ctx, l.Title); l.Counts && t != "" {
			out = append(out, t)
		}
	}
	return out
}

func priceLine(ctx context.Context, currency string) func(schema.ConfiguredAmount) *model.ConfigurationPriceLine {
	return func(l schema.ConfiguredAmount) *model.ConfigurationPriceLine {
		return &model.ConfigurationPriceLine{
			Kind: model.ConfigurationPriceKind(l.Kind), Title: inLanguage(ctx, l.Title), Detail: filled(inLanguage(ctx, l.Detail)),
			Amount: &money.Money{Minor: l.Minor, Currency: currency},
		}
	}
}

func groupStates(a *configurations.Answer) []*model.GroupState { return groupStatesOf(a, a.Groups) }

// groupStatesOf are the groups of an answer; those that are named, where some are.
func groupStatesOf(a *configurations.Answer, only []string) []*model.GroupState {
	list := []*model.GroupState{}
	visible := a.Visible()
	for _, g := range a.State.Groups {
		if only != nil && !slices.Contains(only, g.Key) {
			continue
		}
		out := &model.GroupState{
			Key: g.Key, IsVisible: visible[g.Key], IsDecided: g.Decided, IsMissing: !g.Answered, Options: []*model.OptionState{},
		}
		for _, o := range g.Options {
			out.Options = append(out.Options, optionState(a, g.Key, o))
		}
		if n := g.Number; n != nil {
			out.Number = numberState(a, g.Key, n)
		}
		list = append(list, out)
	}
	return list
}

func optionState(a *configurations.Answer, group string, o plan.OptionState) *model.OptionState {
	out := &model.OptionState{Group: group, Option: o.Key, Status: model.OptionStatus(o.Status.String()), IsSelected: o.Selected}
	if d, known := a.Deltas[plan.Ref{Group: group, Option: o.Key}]; known {
		out.DaysDelta = new(d.Days)
		if d.Minor != nil && a.Priced {
			out.PriceDelta = new(a.Money(*d.Minor))
		}
	}
	return out
}

func numberState(a *configurations.Answer, group string, n *plan.NumberState) *model.NumberState {
	out := &model.NumberState{Status: model.OptionStatus(n.Presence.String()), IsDefault: n.ByDefault}
	if out.Status != model.OptionStatusExcluded {
		out.Min, out.Max = new(money.Decimal(a.Decimal(group, n.Min))), new(money.Decimal(a.Decimal(group, n.Max)))
	}
	if n.Value != nil {
		out.Value = new(money.Decimal(a.Decimal(group, *n.Value)))
	}
	return out
}

// explanation is why something is not possible; nothing when there is nothing.
func explanation(ctx context.Context, w *configurations.Reason) *model.ChoiceExplanation {
	if w == nil {
		return nil
	}
	out := &model.ChoiceExplanation{Because: shownChoices(ctx, w, w.Choices), Reasons: w.Sentences(readsAll(ctx), readerLanguage(ctx))}
	if w.Target != nil {
		out.Target = choice(ctx, w)(*w.Target)
	}
	if readsAll(ctx) {
		out.Rules = mapped(w.Rules(), modelRule(ctx))
	}
	return out
}

func modelRule(ctx context.Context) func(schema.ConfigurationRule) *model.ModelRule {
	return func(x schema.ConfigurationRule) *model.ModelRule {
		return &model.ModelRule{Key: x.Key, Text: x.Text, Message: filled(inLanguage(ctx, x.Message)), IsInternal: x.Internal, Note: filled(x.Note)}
	}
}

func fix(ctx context.Context, a *configurations.Answer) func(configurations.Fix) *model.ConfigurationRepair {
	return func(f configurations.Fix) *model.ConfigurationRepair {
		out := &model.ConfigurationRepair{
			Drop: shownChoices(ctx, a, f.Drop), Take: shownChoices(ctx, a, f.Taken), Choices: shownChoices(ctx, a, f.Choices),
			Text: a.Proposal(f, readerLanguage(ctx)), DaysDelta: f.DaysDiff,
		}
		if f.Priced {
			out.PriceDelta = new(a.Money(f.PriceDiff))
		}
		return out
	}
}

func configuredParts(currency string) func(schema.ConfiguredPart) *model.ConfiguredPart {
	return func(p schema.ConfiguredPart) *model.ConfiguredPart {
		out := &model.ConfiguredPart{Sku: p.Sku, Name: filled(p.Name), Quantity: p.Quantity}
		if c, known := p.Costs[currency]; known {
			out.Cost = &money.Money{Minor: c, Currency: currency}
		}
		return out
	}
}

func validation(ctx context.Context, a *configurations.Answer, err error) (*model.ConfigurationValidation, error) {
	if err != nil {
		return nil, err
	}
	missing := a.Missing()
	return &model.ConfigurationValidation{
		IsValid: a.State.Consistent && a.Conflict == nil && len(missing) == 0, Missing: missing, Conflict: explanation(ctx, a.Reason()),
	}, nil
}

// configurationErrors are the refusals of an operation on configurations.
func configurationErrors(ctx context.Context, err error) ([]*model.ConfigurationUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.ConfigurationUserError {
		return &model.ConfigurationUserError{Field: field, Code: model.ConfigurationErrorCode(code), Message: message}
	})
}

func configurationPayload(ctx context.Context, id gid.ID, err error) (*model.ConfigurationPayload, error) {
	refused, err := configurationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.ConfigurationPayload{ConfigurationID: id, UserErrors: refused}, nil
}

func (r *Resolver) configurationByID(ctx context.Context, id gid.ID) (*ent.Configuration, error) {
	return loaded(ctx, id, r.configurationsByID)
}

func (r *Resolver) configurationsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Configuration, error) {
	return byID(ctx, r.Store.Client().Configuration.Query().Where(configuration.IDIn(ids...)), func(x *ent.Configuration) gid.ID { return x.ID })
}

func (r *Resolver) modelsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ConfigurationModel, error) {
	return byID(ctx, r.Store.Client().ConfigurationModel.Query().Where(configurationmodel.IDIn(ids...)), func(x *ent.ConfigurationModel) gid.ID { return x.ID })
}

// modelsByProduct are the models of products, with what is selected of them.
func (r *Resolver) modelsByProduct(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ConfigurationModel, error) {
	keys, err := r.Store.Client().ConfigurationModel.Query().Where(configurationmodel.ProductIDIn(ids...), offeredModels(ctx)).
		Select(configurationmodel.FieldID, configurationmodel.FieldProductID).All(ctx)
	if err != nil {
		return nil, err
	}
	return under(ctx, keys, func(x *ent.ConfigurationModel) (id, key gid.ID) { return x.ID, x.ProductID }, r.modelsByID)
}

// offeredModels leaves out what has never been published, but for staff.
func offeredModels(ctx context.Context) predicate.ConfigurationModel {
	if readsAll(ctx) {
		return configurationmodel.LatestGTE(0)
	}
	return configurationmodel.LatestGT(0)
}

// currentVersions are the versions that configurations begin with, by their models.
func (r *Resolver) currentVersions(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ModelVersion, error) {
	keys, err := r.Store.Client().ModelVersion.Query().Where(modelversion.ModelIDIn(ids...), modelversion.StatusEQ(modelversion.StatusACTIVE)).
		Select(modelversion.FieldID, modelversion.FieldModelID).All(ctx)
	if err != nil {
		return nil, err
	}
	return under(ctx, keys, func(x *ent.ModelVersion) (id, key gid.ID) { return x.ID, x.ModelID }, r.versionsByID)
}

// under are records by another key than their id. They are loaded by their ids, since
// what the field at hand selects need not have the key.
func under[T any](
	ctx context.Context, keys []*T, of func(*T) (id, key gid.ID), load func(context.Context, []gid.ID) (map[gid.ID]*T, error),
) (map[gid.ID]*T, error) {
	ids := make([]gid.ID, len(keys))
	for i, x := range keys {
		ids[i], _ = of(x)
	}
	found, err := load(ctx, ids)
	out := make(map[gid.ID]*T, len(found))
	for _, x := range keys {
		if id, key := of(x); found[id] != nil {
			out[key] = found[id]
		}
	}
	return out, err
}

func (r *Resolver) versionsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ModelVersion, error) {
	return byID(ctx, r.Store.Client().ModelVersion.Query().Where(modelversion.IDIn(ids...)), func(x *ent.ModelVersion) gid.ID { return x.ID })
}

// variantsBySku are variants by their skus, which take the place of ids, so that the
// options of a model are looked up together.
func (r *Resolver) variantsBySku(ctx context.Context, skus []gid.ID) (map[gid.ID]*ent.ProductVariant, error) {
	texts := make([]string, len(skus))
	for i, sku := range skus {
		texts[i] = string(sku)
	}
	keys, err := r.Store.Client().ProductVariant.Query().Where(productvariant.SkuIn(texts...)).Select(productvariant.FieldID, productvariant.FieldSku).All(ctx)
	if err != nil {
		return nil, err
	}
	return under(ctx, keys, func(x *ent.ProductVariant) (id, key gid.ID) { return x.ID, gid.ID(x.Sku) }, r.variantsByID)
}

func optionGroups(ctx context.Context, d *schema.ConfigurationDocument) []*model.OptionGroup {
	return mapped(d.Groups, func(g schema.OptionGroup) *model.OptionGroup {
		out := &model.OptionGroup{
			Key: g.Key, Title: inLanguage(ctx, g.Title), Help: filled(inLanguage(ctx, g.Help)), Min: g.Min, Max: g.Max,
			Options: mapped(g.Options, func(o schema.Option) *model.ConfigurationOption {
				return &model.ConfigurationOption{
					Key: o.Key, Title: inLanguage(ctx, o.Title), Help: filled(inLanguage(ctx, o.Help)), Swatch: filled(o.Swatch), Sku: o.Sku,
				}
			}),
		}
		if n := g.Number; n != nil {
			out.Number = &model.OptionNumber{
				Min: money.Decimal(plan.Decimal(n.Min, n.Scale)), Max: money.Decimal(plan.Decimal(n.Max, n.Scale)), Step: money.Decimal(plan.Decimal(n.Step, n.Scale)), Unit: filled(n.Unit), Of: filled(n.Of),
			}
		}
		return out
	})
}

func configurationSteps(ctx context.Context, d *schema.ConfigurationDocument) []*model.ConfigurationStep {
	return mapped(d.Steps, func(s schema.ConfigurationStep) *model.ConfigurationStep {
		return &model.ConfigurationStep{Key: s.Key, Title: inLanguage(ctx, s.Title), Help: filled(inLanguage(ctx, s.Help)), Groups: s.Groups}
	})
}

func findings(ctx context.Context, list []modellint.Finding) []*model.ModelFinding {
	return mapped(list, func(f modellint.Finding) *model.ModelFinding {
		return &model.ModelFinding{
			Kind: model.ModelFindingKind(f.Kind), Severity: model.FindingSeverity(f.Severity), Group: filled(f.Group), Option: filled(f.Option),
			Rule: filled(f.Rule), Golden: filled(f.Golden), Rules: slices.Clone(f.Rules), Message: f.Text.In(language(ctx)),
		}
	})
}

func modelProblems(ctx context.Context, all plan.Problems) []*model.ModelProblem {
	return mapped(all, func(p plan.Problem) *model.ModelProblem {
		q := &model.ModelProblem{Path: p.Path, Message: p.Text.In(language(ctx))}
		if p.Line > 0 {
			q.Line, q.Column = new(p.Line), new(p.Column)
		}
		return q
	})
}

// unreadable are the mistakes of a draft that could not even be read, such as an
// amount that is none.
func unreadable(ctx context.Context, err error) ([]*model.ModelProblem, error) {
	refusals, failed := configurationErrors(ctx, err)
	return mapped(refusals, func(u *model.ConfigurationUserError) *model.ModelProblem {
		path := u.Field
		if len(path) > 1 && path[1] == "document" { // within the input of a mutation
			path = path[2:]
		}
		return &model.ModelProblem{Path: path, Message: u.Message}
	}), failed
}

// modelPayload tells of work on a model: all that is wrong with a draft, and what
// lint found, where it was refused.
func modelPayload(ctx context.Context, id gid.ID, err error) (*model.ConfigurationModelPayload, error) {
	out := &model.ConfigurationModelPayload{ModelID: id, Problems: []*model.ModelProblem{}, Findings: []*model.ModelFinding{}}
	if x := configurations.RefusedDraft(err); x != nil {
		out.Problems = modelProblems(ctx, x.Problems)
		out.Findings = findings(ctx, x.Findings)
	}
	var failed error
	out.UserErrors, failed = configurationErrors(ctx, err)
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

func configurationFigures(f *configurations.Figures, err error) (*model.ConfigurationFigures, error) {
	if err != nil {
		return nil, err
	}
	return &model.ConfigurationFigures{
		Requests: f.Requests, Conflicts: f.Conflicts,
		Wanted: mapped(f.Wanted, func(w configurations.Wanted) *model.OptionFigure {
			return &model.OptionFigure{Group: w.Group, Option: w.Option, Count: w.Count, Refused: w.Refused}
		}),
		Blocking: mapped(f.Blocking, func(b configurations.Blocking) *model.RuleFigure {
			return &model.RuleFigure{Rule: b.Rule, Count: b.Count}
		}),
	}, nil
}

func revalidation(r *configurations.Run) *model.Revalidation {
	return &model.Revalidation{
		ID: gid.ID(r.ID), Number: r.Number, IsDraft: r.Draft, IsDryRun: r.DryRun, IsFinished: r.Ended, Seen: r.Seen(),
		Valid: r.Counts[configurations.OutcomeValid], Repriced: r.Counts[configurations.OutcomeRepriced],
		Repaired: r.Counts[configurations.OutcomeRepaired], NeedsCustomer: r.Counts[configurations.OutcomeNeedsCustomer],
		CreatedAt: r.CreatedAt, FinishedAt: r.FinishedAt,
	}
}

func orderedConfiguration(ctx context.Context, l *ent.OrderLine) *model.OrderedConfiguration {
	c := l.Configuration
	if c == nil {
		return nil
	}
	out := &model.OrderedConfiguration{
		Title: inLanguage(ctx, c.Title), Number: c.Number, Days: c.Days, Prices: mapped(c.Prices, priceLine(ctx, l.Currency)),
		Parts: mapped(c.Parts, configuredParts(l.Currency)),
		Lines: mapped(c.Lines, func(x schema.OrderedOption) *model.OrderedOption {
			text := inLanguage(ctx, x.Title)
			if x.Number != "" {
				text = localNumber(ctx, x.Number)
				if x.Unit != "" {
					text += " " + x.Unit
				}
			}
			return &model.OrderedOption{Group: x.Group, GroupTitle: inLanguage(ctx, x.GroupTitle), Option: filled(x.Option), Text: text, Sku: filled(x.Sku)}
		}),
	}
	if c.ConfigurationID != "" {
		out.ConfigurationID = new(gid.ID(c.ConfigurationID))
	}
	return out
}

// localNumber is a decimal as the reader writes it.
func localNumber(ctx context.Context, s string) string {
	if readerLanguage(ctx) != schema.German {
		return s
	}
	b := []byte(s)
	for i := range b {
		if b[i] == '.' {
			b[i] = ','
		}
	}
	return string(b)
}

func configurationChange(ctx context.Context, c *schema.ConfigurationChange, by described) *model.ConfigurationChange {
	if c == nil {
		return nil
	}
	out := &model.ConfigurationChange{
		FromNumber: c.FromNumber, ToNumber: c.ToNumber, Outcome: model.RevalidationOutcome(c.Outcome),
		Dropped: shownChoices(ctx, by, c.Dropped), Taken: shownChoices(ctx, by, c.Taken), At: c.At,
	}
	if c.OldMinor != nil {
		out.OldPrice = &money.Money{Minor: *c.OldMinor, Currency: c.Currency}
	}
	if c.NewMinor != nil {
		out.NewPrice = &money.Money{Minor: *c.NewMinor, Currency: c.Currency}
	}
	return out
}

var latestConfigurations = &ent.ConfigurationOrder{Direction: "DESC", Field: ent.ConfigurationOrderFieldChangedAt}

func configurationFilter(f *model.ConfigurationFilter) []predicate.Configuration {
	var where []predicate.Configuration
	if f == nil {
		return nil
	}
	if f.Status != nil {
		where = append(where, configuration.StatusIn(f.Status...))
	}
	if f.Turn != nil {
		where = append(where, configuration.TurnIn(f.Turn...))
	}
	if f.ProductID != nil {
		where = append(where, configuration.ProductID(*f.ProductID))
	}
	if f.OrganizationID != nil {
		where = append(where, configuration.OrganizationID(*f.OrganizationID))
	}
	if f.Search != nil {
		where = append(where, configuration.NameContainsFold(*f.Search))
	}
	return where
}

// updates are the messages of a subscription to a configuration.
func (r *Resolver) configurationUpdates(ctx context.Context, id gid.ID, since *string, stay bool) <-chan *model.ConfigurationUpdated {
	return produced(ctx, func(ctx context.Context, tell func(context.Context, *model.ConfigurationUpdated) error) error {
		return r.Configurations.Follow(ctx, r.Live, id, since, stay, func(ctx context.Context, u configurations.Update) error {
			return tell(ctx, &model.ConfigurationUpdated{Token: u.Token, ConfigurationID: id, By: filled(u.By)})
		})
	})
}

func (r *Resolver) shares(list []*ent.OneTimeToken) []*model.ConfigurationShare {
	return mapped(list, func(t *ent.OneTimeToken) *model.ConfigurationShare {
		return &model.ConfigurationShare{ID: t.ID, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, IsActive: r.Configurations.Active(t)}
	})
}

func shownDocument(doc schema.ConfigurationDocument, err error) (*model.ConfigurationDocument, error) {
	if err != nil {
		return nil, err
	}
	by, err := plan.New(doc, time.Time{})
	if err != nil {
		return nil, err
	}
	return configurationDocument(&doc, by), nil
}

func deletedConfiguration(ctx context.Context, id gid.ID, err error) (*model.DeleteConfigurationPayload, error) {
	refused, err := configurationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.DeleteConfigurationPayload{UserErrors: refused}
	if id != "" {
		out.DeletedID = &id
	}
	return out, nil
}

func sharedPayload(ctx context.Context, id gid.ID, link *configurations.NewLink, err error) (*model.ShareConfigurationPayload, error) {
	refused, failed := configurationErrors(ctx, err)
	if failed != nil {
		return nil, failed
	}
	out := &model.ShareConfigurationPayload{UserErrors: refused}
	if err == nil {
		out.ConfigurationID = id
	}
	if link != nil {
		out.Code, out.ExpiresAt = &link.Code, &link.ExpiresAt
	}
	return out, nil
}

func revalidationPayload(ctx context.Context, run *configurations.Run, err error) (*model.RevalidationPayload, error) {
	refused, err := configurationErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.RevalidationPayload{UserErrors: refused}
	if run != nil {
		out.Revalidation = revalidation(run)
	}
	return out, nil
}

func (r *Resolver) configurationModels(ctx context.Context) ([]*ent.ConfigurationModel, error) {
	q, err := r.Store.Client().ConfigurationModel.Query().Where(offeredModels(ctx)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return q.Order(configurationmodel.ByProductField(product.FieldName), configurationmodel.ByID()).Limit(pageMax).All(ctx)
}

func (r *Resolver) sharedConfiguration(ctx context.Context, l *configurations.Link, a *configurations.Answer, err error) (*model.SharedConfiguration, error) {
	if err != nil {
		return nil, asInput(err)
	}
	state, err := configurationState(ctx, a, nil)
	if err != nil {
		return nil, err
	}
	// The model of what was shared is shown with it, also where its product is not
	// offered to whoever has the link.
	sys := auth.WithSystem(ctx, "the model of a configuration that was shared, for whoever has the link")
	version, err := r.Store.Client().ModelVersion.Query().Where(modelversion.ID(l.Version.ID)).Only(sys)
	if err != nil {
		return nil, err
	}
	return &model.SharedConfiguration{
		Name: l.Configuration.Name, From: l.From, ExpiresAt: l.ExpiresAt, Quantity: l.Configuration.Quantity,
		Choices: shownChoices(ctx, a, a.Choices), Version: version, State: state,
	}, nil
}

// asInput turns the refusal of a link into an error of a query, which has no
// userErrors to tell of it.
func asInput(err error) error {
	refusals, rest := problem.Refusals(err)
	if rest != nil || len(refusals) == 0 {
		return err
	}
	return &problem.Error{Code: problem.NotFound, Text: refusals[0].Text}
}
