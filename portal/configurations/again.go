package configurations

import (
	"context"
	"slices"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/modelversion"
	"foyer/portal/access"
	"foyer/portal/configurator/plan"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Former is something configured that was ordered, as its order line has it.
type Former struct {
	Snapshot *schema.OrderedConfiguration
	Quantity int
	Currency string
}

// Again is what becomes of something that was ordered when it is ordered once more.
type Again struct {
	ID      gid.ID // of the copy that is kept; empty where none is
	Name    string
	Outcome string
	// Text says what is different, in words; empty where nothing is.
	Text problem.Text
	// Full says that no copy could be kept, since there are too many already.
	Full bool
}

// Heirs are the versions that take the place of those by which something was ordered,
// as far as the viewer sees them, by the former version. Two statements.
func (s *Service) Heirs(ctx context.Context, versions []gid.ID) (map[gid.ID]Edition, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	former, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.IDIn(versions...)).Select(modelversion.FieldID, modelversion.FieldModelID).
		All(auth.WithSystem(ctx, "the models of what was ordered, which may be older than what is shown"))
	if err != nil {
		return nil, err
	}
	models := make([]gid.ID, len(former))
	for i, v := range former {
		models[i] = v.ModelID
	}
	list, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ModelIDIn(models...), modelversion.StatusEQ(modelversion.StatusACTIVE)).
		Select(withoutDocument...).All(ctx)
	if err != nil {
		return nil, err
	}
	heirs := map[gid.ID]Edition{}
	for _, v := range former {
		for _, now := range list {
			if now.ModelID == v.ModelID {
				heirs[v.ID] = editionOf(now)
			}
		}
	}
	return heirs, nil
}

// repeater takes what was ordered over to the versions of now.
type repeater struct {
	*Service

	owner  access.Owner
	at     time.Time
	names  map[gid.ID]string // of the configurations that were ordered
	copies []*ent.Configuration
	judges map[gid.ID]*judge // by version
}

// Again keeps copies of what was ordered, each by the version that takes the place of
// its own, and says what is different. A copy that was made before, has not been ordered
// and is as it would be made now stands for a new one, so that whoever asks twice does
// not have two. Without keep nothing is written. The context's viewer makes them for
// the owner; whoever calls holds what keeps others from doing so at the same time.
func (s *Service) Again(ctx context.Context, tx *ent.Client, o access.Owner, list []Former, heirs map[gid.ID]Edition, keep bool) ([]Again, error) {
	out := make([]Again, len(list))
	if len(list) == 0 {
		return out, nil
	}
	act, err := access.Act(ctx, doCreate, o)
	if err != nil {
		return nil, err
	}
	r := &repeater{Service: s, owner: o, at: s.now(), judges: map[gid.ID]*judge{}}
	if err := r.read(act, tx, list); err != nil {
		return nil, err
	}
	var creates []*ent.ConfigurationCreate
	var made []int
	for i, f := range list {
		v, from, err := r.verdict(ctx, f, heirs[gid.ID(f.Snapshot.VersionID)])
		if err != nil {
			return nil, err
		}
		out[i] = Again{Name: r.name(ctx, f), Outcome: v.Outcome, Text: v.said(from)}
		if c := r.there(f, v); c != nil {
			out[i].ID, out[i].Name = c.ID, c.Name
			continue
		}
		creates, made = append(creates, r.create(tx, f, v, out[i].Name)), append(made, i)
	}
	if !keep || len(creates) == 0 {
		return out, nil
	}
	return out, r.keep(act, tx, creates, made, out)
}

// read reads what was ordered, as far as the viewer sees it, and the copies of it.
func (r *repeater) read(ctx context.Context, tx *ent.Client, list []Former) error {
	var ids []gid.ID
	for _, f := range list {
		if id := gid.ID(f.Snapshot.ConfigurationID); id != "" {
			ids = append(ids, id)
		}
	}
	all, err := tx.Configuration.Query().Where(configuration.Or(configuration.IDIn(ids...), configuration.And(
		configuration.CopiedFromIDIn(ids...), configuration.OrganizationID(r.owner.Organization), configuration.UserID(r.owner.User),
		configuration.StatusNEQ(configuration.StatusORDERED)))).Order(configuration.ByID()).All(ctx)
	if err != nil {
		return err
	}
	r.names = map[gid.ID]string{}
	for _, c := range all {
		r.names[c.ID] = c.Name
		if slices.Contains(ids, c.CopiedFromID) && c.Status != configuration.StatusORDERED {
			r.copies = append(r.copies, c)
		}
	}
	return nil
}

// name is what the copy is called: as what was ordered, where the viewer sees it.
func (r *repeater) name(ctx context.Context, f Former) string {
	if name := r.names[gid.ID(f.Snapshot.ConfigurationID)]; name != "" {
		return name
	}
	name := f.Snapshot.Title[schema.English.Code()]
	if here := f.Snapshot.Title[auth.From(ctx).Language]; here != "" {
		name = here
	}
	if all := []rune(name); len(all) > longestName {
		name = string(all[:longestName])
	}
	return name
}

// there is a copy that was made before and is as it would be made now.
func (r *repeater) there(f Former, v *verdict) *ent.Configuration {
	for _, c := range r.copies {
		if string(c.CopiedFromID) == f.Snapshot.ConfigurationID && c.OrganizationID == r.owner.Organization && c.UserID == r.owner.User &&
			c.VersionID == v.answer.Version.ID && c.Quantity == f.Quantity && slices.Equal(c.Choices, v.choices) {
			return c
		}
	}
	return nil
}

func (r *repeater) create(tx *ent.Client, f Former, v *verdict, name string) *ent.ConfigurationCreate {
	st := status(v.answer)
	if v.Outcome == OutcomeNeedsCustomer {
		st = configuration.StatusNEEDS_CUSTOMER
	}
	k := tx.Configuration.Create().SetOrganizationID(r.owner.Organization).SetUserID(r.owner.User).SetProductID(v.answer.Version.ProductID).
		SetVersionID(v.answer.Version.ID).SetName(name).SetChoices(v.choices).SetQuantity(f.Quantity).SetStatus(st).SetCreatedAt(r.at).SetChangedAt(r.at).
		SetCurrency(v.answer.Currency).SetNillableUnitMinor(unit(v.answer)).SetDays(v.answer.Days)
	if id := gid.ID(f.Snapshot.ConfigurationID); id != "" {
		k.SetCopiedFromID(id)
	}
	if v.Outcome != OutcomeValid {
		k.SetChange(&v.ConfigurationChange)
	}
	return k
}

// keep writes the copies, as many as there is room for.
func (r *repeater) keep(act context.Context, tx *ent.Client, creates []*ent.ConfigurationCreate, made []int, out []Again) error {
	n, err := tx.Configuration.Query().Where(configuration.OrganizationID(r.owner.Organization), configuration.UserID(r.owner.User)).Count(act)
	if err != nil {
		return err
	}
	room := min(max(0, mostKept-n), len(creates))
	for _, i := range made[room:] {
		out[i].Full = true
	}
	if room == 0 {
		return nil
	}
	kept, err := tx.Configuration.CreateBulk(creates[:room]...).Save(act)
	if err != nil {
		return err
	}
	news := make([]events.Event, len(kept))
	for i, c := range kept {
		out[made[i]].ID = c.ID
		news[i] = events.Event{Kind: events.ConfigurationChanged, Subject: c.ID, Owner: owner(c), At: r.at}
	}
	return events.Append(act, tx, news...)
}

// verdict says what the version of now makes of what was ordered.
func (r *repeater) verdict(ctx context.Context, f Former, heir Edition) (*verdict, *book, error) {
	j := r.judges[heir.ID]
	if j == nil {
		to, err := r.Service.read(ctx, heir, r.at)
		if err != nil {
			return nil, nil, err
		}
		j = &judge{Service: r.Service, to: to, at: r.at, from: map[gid.ID]*book{}, terms: map[gid.ID]*market{}}
		r.judges[heir.ID] = j
	}
	from := j.from[gid.ID(f.Snapshot.VersionID)]
	if from == nil {
		kept, err := r.shelved(ctx, gid.ID(f.Snapshot.VersionID), r.at)
		if err != nil {
			return nil, nil, err
		}
		b := *kept
		b.version = Edition{ID: gid.ID(f.Snapshot.VersionID), Number: f.Snapshot.Number}
		from, j.from[b.version.ID] = &b, &b
	}
	was := &ent.Configuration{
		OrganizationID: r.owner.Organization, VersionID: from.version.ID, Quantity: f.Quantity, Choices: f.Snapshot.Choices,
		Status: configuration.StatusCOMPLETE, Currency: f.Currency, UnitMinor: new(paid(f.Snapshot)),
	}
	v, err := j.verdictOn(ctx, was, f.Snapshot.Lines)
	return v, from, err
}

// paid is what one cost when it was ordered.
func paid(o *schema.OrderedConfiguration) int64 {
	sum := int64(0)
	for _, l := range o.Prices {
		sum += l.Minor
	}
	return sum
}

// asOrdered chooses what was ordered by default where something else is taken by now:
// who orders once more wants the same. What is not possible is told of as given up.
func (j *judge) asOrdered(ctx context.Context, q plan.Question, from *plan.Plan, done *plan.Revalidated, lines []schema.OrderedOption) error {
	for _, l := range lines {
		was := schema.ConfigurationChoice{Group: l.Group, Option: l.Option, Number: l.Number}
		if slices.ContainsFunc(q.Choices, func(c schema.ConfigurationChoice) bool { return c.Group == l.Group }) {
			continue // chosen, not by default
		}
		m := j.to.Migrate([]schema.ConfigurationChoice{was}, from)
		if len(m.Kept) == 0 {
			j.lose(done, was)
			continue
		}
		if slices.Contains(j.to.Selected(done.State.Selection), m.Kept[0]) {
			continue
		}
		next := q
		next.Choices = j.to.With(done.Choices, m.Kept[0])
		st, err := j.to.State(ctx, next)
		if err != nil {
			return err
		}
		if st.Consistent && st.Complete {
			done.Choices, done.State = next.Choices, st
		} else {
			j.lose(done, was)
		}
	}
	return nil
}

// lose notes what was ordered by default and is not to be had any more.
func (j *judge) lose(done *plan.Revalidated, was schema.ConfigurationChoice) {
	done.Dropped = append(done.Dropped, was)
	for _, c := range j.to.Selected(done.State.Selection) {
		if c.Group == was.Group && !slices.Contains(done.Taken, c) {
			done.Taken = append(done.Taken, c)
		}
	}
	if done.Outcome == plan.Valid {
		done.Outcome = plan.Repaired
	}
}

// said says a verdict in words; from is by what version it was ordered.
func (v *verdict) said(from *book) problem.Text {
	var t problem.Text
	add := func(en, de string, args ...any) {
		x := problem.Text{EN: en, DE: de}.Format(args...)
		t.EN, t.DE = strings.TrimSpace(t.EN+" "+x.EN), strings.TrimSpace(t.DE+" "+x.DE)
	}
	if v.Outcome == OutcomeNeedsCustomer {
		add("The product has changed, and something is to be decided anew.", "Das Produkt hat sich geändert, und etwas ist neu zu entscheiden.")
		return t
	}
	if len(v.Dropped)+len(v.Taken) > 0 {
		t.EN, t.DE = v.exchanged(from, schema.English), v.exchanged(from, schema.German)
	}
	if v.OldMinor != nil && v.NewMinor != nil && *v.OldMinor != *v.NewMinor && v.Currency == v.answer.Currency {
		was, is := money.Money{Minor: *v.OldMinor, Currency: v.Currency}, money.Money{Minor: *v.NewMinor, Currency: v.Currency}
		add("The price of one was %s and is %s now.", "Der Preis für eines war %s und ist jetzt %s.", was.String(), is.String())
	}
	return t
}

// exchanged names what stands in place of what.
func (v *verdict) exchanged(from *book, l schema.Language) string {
	names := func(by *book, list []schema.ConfigurationChoice) string {
		var all []string
		for _, c := range list {
			all = append(all, by.Describe(c, l))
		}
		return strings.Join(all, ", ")
	}
	gone, there := names(from, v.Dropped), names(v.answer.book, v.Taken)
	var t problem.Text
	switch {
	case there == "":
		t = problem.Text{EN: "Now without: %s.", DE: "Jetzt ohne: %s."}.Format(gone)
	case gone == "":
		t = problem.Text{EN: "Now with: %s.", DE: "Jetzt mit: %s."}.Format(there)
	default:
		t = problem.Text{EN: "Now %s instead of %s.", DE: "Jetzt %s statt %s."}.Format(there, gone)
	}
	return t.In(l.Code())
}
