package configurations

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/cartline"
	"foyer/ent/configuration"
	"foyer/ent/modelversion"
	"foyer/ent/organization"
	"foyer/portal/access"
	"foyer/portal/configurator/plan"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	longestName = 120
	mostKept    = 1000 // of one person in one organization
)

// Kept is the input of Save.
type Kept struct {
	ID             *gid.ID // of the one to change; a new one when nil
	Version        *int
	VersionID      *gid.ID
	OrganizationID *gid.ID
	Name           *string
	Choices        []schema.ConfigurationChoice // nil: as they were
	Quantity       *int
}

// Save keeps a configuration, or changes one, and returns its id. Choices must be
// known to the model; that they do not go together is no hindrance but to an order.
func (s *Service) Save(ctx context.Context, in Kept) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if in.ID == nil {
			return s.keep(ctx, tx, in, nil)
		}
		c, act, err := s.hold(ctx, tx, doSave, *in.ID)
		switch {
		case err != nil:
			return "", err
		case in.Version == nil:
			return "", invalid("Please send the version that you have read.", "Bitte senden Sie die gelesene Version mit.", "version")
		case *in.Version != c.Version:
			return "", problem.ErrStale
		}
		return c.ID, s.change(act, tx, c, in)
	})
}

func owner(c *ent.Configuration) access.Owner {
	return access.Owner{Organization: c.OrganizationID, User: c.UserID, Subject: c.ID}
}

func (s *Service) find(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.Configuration, error) {
	c, err := tx.Configuration.Query().Where(configuration.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return c, err
}

// hold finds a configuration that the viewer sees, lets nobody else change it, and
// begins an action on it. One that was ordered does not change any more.
func (s *Service) hold(ctx context.Context, tx *ent.Client, action string, id gid.ID) (*ent.Configuration, context.Context, error) {
	c, err := tx.Configuration.Query().Where(configuration.ID(id), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	act, err := access.Act(ctx, action, owner(c))
	if err != nil {
		return nil, nil, err
	}
	if c.Status == configuration.StatusORDERED && action != doShare {
		return nil, nil, refuse(Ordered, "It has been ordered, and does not change any more.", "Sie wurde bestellt und ändert sich nicht mehr.", "id")
	}
	return c, act, nil
}

// whose says for whom a new configuration is.
func whose(ctx context.Context, tx *ent.Client, organizationID *gid.ID) (access.Owner, error) {
	v := auth.From(ctx)
	o := access.Owner{User: gid.ID(v.UserID)}
	switch {
	case organizationID != nil:
		there, err := tx.Organization.Query().Where(organization.ID(*organizationID)).Exist(ctx)
		if err != nil {
			return o, err
		}
		if !there {
			return o, refuse(UnknownRecord, "There is no such customer.", "Diesen Kunden gibt es nicht.", "organizationId")
		}
		o.Organization = *organizationID
		if v.Kind == auth.KindStaff {
			o.User = "" // it is the customer's
		}
	case v.Kind == auth.KindMember:
		o.Organization = gid.ID(v.OrganizationID)
	default:
		return o, invalid("Say for which customer it is.", "Bitte geben Sie an, für welchen Kunden sie ist.", "organizationId")
	}
	return o, nil
}

func (s *Service) keep(ctx context.Context, tx *ent.Client, in Kept, from *ent.Configuration) (gid.ID, error) {
	o, err := whose(ctx, tx, in.OrganizationID)
	if err != nil {
		return "", err
	}
	act, err := access.Act(ctx, doCreate, o)
	if err != nil {
		return "", err
	}
	switch {
	case in.VersionID == nil:
		return "", invalid("Say by which version it is made.", "Bitte geben Sie an, nach welcher Version sie gemacht ist.", "versionId")
	case in.Name == nil:
		return "", invalid("Give it a name.", "Bitte geben Sie ihr einen Namen.", "name")
	}
	name, err := problem.Line(*in.Name, longestName, "input", "name")
	if err == nil {
		err = problem.Filled(name, "input", "name")
	}
	if err != nil {
		return "", err
	}
	mine := configuration.UserIDIsNil() // those that staff have begun for the customer
	if o.User != "" {
		mine = configuration.UserID(o.User)
	}
	n, err := tx.Configuration.Query().Where(configuration.OrganizationID(o.Organization), mine).Count(act)
	if err != nil {
		return "", err
	}
	if n >= mostKept {
		return "", invalid("There are 1,000 configurations already. Delete some first.", "Es gibt schon 1.000 Konfigurationen. Bitte löschen Sie zuerst einige.")
	}
	quantity := 1
	if in.Quantity != nil {
		quantity = *in.Quantity
	}
	known, err := s.look(act, o.Organization, *in.VersionID, in.Choices, quantity)
	if err != nil {
		return "", err
	}
	k := tx.Configuration.Create().SetOrganizationID(o.Organization).SetProductID(known.Version.ProductID).SetVersionID(known.Version.ID).
		SetName(name).SetChoices(known.Choices).SetQuantity(quantity).SetStatus(status(known)).SetCreatedAt(s.now()).SetChangedAt(s.now()).
		SetCurrency(known.Currency).SetNillableUnitMinor(unit(known)).SetDays(known.Days)
	if o.User != "" {
		k.SetUserID(o.User)
	}
	if auth.From(ctx).Kind == auth.KindStaff {
		k.SetTurn(configuration.TurnSALES)
	}
	if from != nil {
		k.SetCopiedFromID(from.ID)
	}
	c, err := k.Save(act)
	if err != nil {
		return "", err
	}
	return c.ID, s.tell(act, tx, c)
}

// tell appends what happened for whoever follows the configuration.
func (s *Service) tell(ctx context.Context, tx *ent.Client, c *ent.Configuration) error {
	return events.Append(ctx, tx, events.Event{Kind: events.ConfigurationChanged, Subject: c.ID, Owner: owner(c), At: s.now()})
}

// look is what choices of a customer come to.
func (s *Service) look(ctx context.Context, organization, version gid.ID, choices []schema.ConfigurationChoice, quantity int) (*Answer, error) {
	if len(choices) > mostChoices {
		return nil, invalid("Up to 500 choices can be kept.", "Es können bis zu 500 Wahlen gespeichert werden.", "choices")
	}
	if quantity < 1 || quantity > mostPieces {
		return nil, invalid("Give a quantity from 1 to 100,000.", "Geben Sie eine Menge von 1 bis 100.000 an.", "quantity")
	}
	at := s.now()
	b, err := s.open(ctx, version, at)
	if err != nil {
		if err == problem.ErrNotFound { //nolint:errorlint // returned as it is
			err = refuse(UnknownRecord, "There is no such version.", "Diese Version gibt es nicht.", "versionId")
		}
		return nil, err
	}
	buyer, err := s.prices.BuyerFor(ctx, organization)
	if err != nil {
		return nil, err
	}
	if choices == nil {
		choices = []schema.ConfigurationChoice{}
	}
	a, err := s.askAs(ctx, b, buyer, choices, quantity, at)
	if err != nil {
		return nil, unknownChoice(b, choices, err)
	}
	st, err := s.state(ctx, a)
	return s.answered(ctx, a, st, Question{}, err)
}

// unknownChoice turns the error of a choice that the model does not know into the
// refusal of a field.
func unknownChoice(b *book, choices []schema.ConfigurationChoice, err error) error {
	_, known := b.Choices(choices)
	var wrong *plan.ChoiceError
	if !errors.As(known, &wrong) {
		return err
	}
	return problem.Refuse(Invalid, wrong.Text, "input", "choices", strconv.Itoa(wrong.Index))
}

// status follows from what the choices come to.
func status(a *Answer) configuration.Status {
	if a.State.Consistent && a.State.Complete {
		return configuration.StatusCOMPLETE
	}
	return configuration.StatusOPEN
}

func unit(a *Answer) *int64 {
	if !a.Priced {
		return nil
	}
	return &a.Unit
}

// change writes what differs. Going on with a later version is the customer's word
// for what that version asks of them.
func (s *Service) change(act context.Context, tx *ent.Client, c *ent.Configuration, in Kept) error {
	u := tx.Configuration.UpdateOneID(c.ID).Where(configuration.Version(c.Version)).AddVersion(1).SetChangedAt(s.now())
	if in.Name != nil {
		name, err := problem.Line(*in.Name, longestName, "input", "name")
		if err == nil {
			err = problem.Filled(name, "input", "name")
		}
		if err != nil {
			return err
		}
		u.SetName(name)
	}
	version, choices, quantity := c.VersionID, c.Choices, c.Quantity
	if in.VersionID != nil {
		version = *in.VersionID
	}
	if in.Choices != nil {
		choices = in.Choices
	}
	if in.Quantity != nil {
		quantity = *in.Quantity
	}
	if version != c.VersionID {
		if err := s.sameModel(act, tx, c, version); err != nil {
			return err
		}
	}
	known, err := s.look(act, c.OrganizationID, version, choices, quantity)
	if err != nil {
		return err
	}
	st := status(known)
	if in.Choices == nil && in.VersionID == nil && c.Status == configuration.StatusNEEDS_CUSTOMER {
		st = c.Status // a new name answers nothing
	}
	u.SetVersionID(version).SetChoices(known.Choices).SetQuantity(quantity).SetStatus(st).SetCurrency(known.Currency).SetDays(known.Days)
	if p := unit(known); p != nil {
		u.SetUnitMinor(*p)
	} else {
		u.ClearUnitMinor()
	}
	if err := stale(u.Exec(act)); err != nil {
		return err
	}
	return s.tell(act, tx, c)
}

func (s *Service) sameModel(ctx context.Context, tx *ent.Client, c *ent.Configuration, version gid.ID) error {
	there, err := tx.ModelVersion.Query().Where(modelversion.ID(version), modelversion.ProductID(c.ProductID)).Exist(ctx)
	if err != nil {
		return err
	}
	if !there {
		return refuse(UnknownRecord, "There is no such version of the product's model.", "Diese Version des Modells gibt es nicht.", "versionId")
	}
	return nil
}

// Copied is the input of Copy.
type Copied struct {
	ID   *gid.ID
	Code *string
	Name *string
}

// Copy makes a configuration of the viewer's own of another that they see, or that
// was shared with them, and returns its id.
func (s *Service) Copy(ctx context.Context, in Copied) (gid.ID, error) {
	if (in.ID == nil) == (in.Code == nil) {
		return "", invalid("Give the configuration or the code of a link.", "Bitte geben Sie die Konfiguration oder den Code eines Links an.", "id")
	}
	var from *ent.Configuration
	var err error
	if in.Code != nil {
		var link *Link
		if link, err = s.shared(ctx, *in.Code); err == nil {
			from = link.Configuration
		}
	} else {
		from, err = s.find(ctx, s.store.Client(), *in.ID)
	}
	if err != nil {
		return "", err
	}
	name := from.Name
	if in.Name != nil {
		name = *in.Name
	}
	k := Kept{VersionID: &from.VersionID, Name: &name, Choices: from.Choices, Quantity: &from.Quantity}
	if auth.From(ctx).Kind == auth.KindStaff {
		k.OrganizationID = &from.OrganizationID
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) { return s.keep(ctx, tx, k, from) })
}

// Delete deletes a configuration that is in no open cart.
func (s *Service) Delete(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, act, err := s.hold(ctx, tx, doDelete, id)
		if err != nil {
			return "", err
		}
		in, err := tx.CartLine.Query().Where(cartline.ConfigurationID(string(id)), cartline.HasCartWith(cart.StatusEQ(cart.StatusOPEN))).
			Exist(auth.WithSystem(act, "whether a configuration that is deleted is in somebody's cart"))
		if err != nil {
			return "", err
		}
		if in {
			return "", refuse(InCart, "It is in a cart. Take it out first.", "Sie liegt in einem Warenkorb. Bitte nehmen Sie sie zuerst heraus.", "id")
		}
		if err := s.tell(act, tx, c); err != nil {
			return "", err
		}
		if err := s.endLinks(act, tx, id, ""); err != nil {
			return "", err
		}
		return id, tx.Configuration.DeleteOneID(id).Exec(act)
	})
}

// HandOver is the input of Service.HandOver.
type HandOver struct {
	ID      gid.ID
	Version int
	To      configuration.Turn
	Message *string
}

// HandOver gives a configuration to the customer or to who looks after them, and
// returns its id. They are told.
func (s *Service) HandOver(ctx context.Context, in HandOver) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, act, err := s.hold(ctx, tx, doSave, in.ID)
		if err != nil {
			return "", err
		}
		if c.Version != in.Version {
			return "", problem.ErrStale
		}
		message := ""
		if in.Message != nil {
			if message, err = problem.Prose(*in.Message, 1000, "input", "message"); err != nil {
				return "", err
			}
		}
		if err := stale(tx.Configuration.UpdateOneID(c.ID).Where(configuration.Version(c.Version)).AddVersion(1).
			SetTurn(in.To).SetChangedAt(s.now()).Exec(act)); err != nil {
			return "", err
		}
		return c.ID, events.Append(act, tx, events.Event{
			Kind: events.ConfigurationHandedOver, Subject: c.ID, Owner: owner(c), At: s.now(),
			Data: schema.EventData{From: string(c.Turn), To: string(in.To), Text: message},
		})
	})
}

// Action is something that one can do with a configuration.
type Action string

// The actions that a configuration can have.
const (
	ActChange Action = "CHANGE"
	ActShare  Action = "SHARE"
	ActOrder  Action = "ORDER"
	ActDelete Action = "DELETE"
)

// Available are the actions that the viewer has on a configuration now.
func (s *Service) Available(ctx context.Context, c *ent.Configuration) []Action {
	list := []Action{}
	for _, x := range []struct {
		action string
		name   Action
	}{{doSave, ActChange}, {doShare, ActShare}, {doCart, ActOrder}, {doDelete, ActDelete}} {
		if c.Status == configuration.StatusORDERED && x.name != ActShare || x.name == ActOrder && c.Status != configuration.StatusCOMPLETE {
			continue
		}
		if access.May(ctx, x.action, owner(c)) {
			list = append(list, x.name)
		}
	}
	return list
}

// Filter says which configurations.
type Filter struct {
	Status         []configuration.Status
	Turn           []configuration.Turn
	ProductID      *gid.ID
	OrganizationID *gid.ID
	Search         *string
}

// State is what a kept configuration comes to by the version that it has; nothing
// where its product is not shown to the viewer any more.
func (s *Service) State(ctx context.Context, c *ent.Configuration) (*Answer, error) {
	if _, err := s.open(ctx, c.VersionID, s.now()); errors.Is(err, problem.ErrNotFound) {
		return nil, nil //nolint:nilnil // nothing is offered any more
	} else if err != nil {
		return nil, err
	}
	return s.look(ctx, c.OrganizationID, c.VersionID, slices.Clone(c.Choices), c.Quantity)
}
