package stock

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/ent"
	"foyer/ent/stocklocation"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doSave   = "stockLocation.save"
	doAdjust = "stock.adjust"
	doFeed   = "stock.feed"
)

// The codes of refusals, values of the API's StockErrorCode.
const (
	UnknownLocation = "UNKNOWN_LOCATION"
	KeyTaken        = "KEY_TAKEN"
	NotEnough       = "NOT_ENOUGH"
	Invalid         = "INVALID"
)

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// text reads a text of people: without white space around it, with something in
// it if it must, and without control characters.
func text(value string, longest int, required bool, field string) (string, error) {
	s := strings.TrimSpace(value)
	switch {
	case required && s == "":
		return "", invalid("Please write something here.", "Bitte schreiben Sie hier etwas.", field)
	case utf8.RuneCountInString(s) > longest:
		n := strconv.Itoa(longest)
		return "", invalid("The text is longer than "+n+" characters.", "Der Text ist länger als "+n+" Zeichen.", field)
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }):
		return "", invalid("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.", field)
	}
	return s, nil
}

// place is a location as the stock sees it.
type place struct {
	id       gid.ID
	priority int
	active   bool
}

func placeOf(l *ent.StockLocation) place {
	return place{id: l.ID, priority: l.Priority, active: l.Status == stocklocation.StatusACTIVE}
}

// Location is the input of SaveLocation. What is nil stays as it is.
type Location struct {
	ID       *gid.ID // nil: a new one
	Version  *int
	Key      *string // of a new one only
	Name     string
	Address  *schema.Address
	Status   *stocklocation.Status
	Priority *int
}

var locationKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

const (
	longestName     = 200
	highestPriority = 1_000_000
)

// SaveLocation makes a place where goods lie, or changes one. What lies in a
// place that is closed can no longer be promised; what is allocated there is.
func (s *Service) SaveLocation(ctx context.Context, in Location) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		var was *ent.StockLocation
		owner := access.Owner{}
		if in.ID != nil {
			var err error
			if was, err = tx.StockLocation.Query().Where(stocklocation.ID(*in.ID)).Only(ctx); ent.IsNotFound(err) {
				return "", problem.ErrNotFound
			} else if err != nil {
				return "", err
			}
			owner.Subject = was.ID
		}
		ctx, err := access.Act(ctx, doSave, owner)
		if err != nil {
			return "", err
		}
		if err := in.check(); err != nil {
			return "", err
		}
		if was == nil {
			return s.newLocation(ctx, tx, in)
		}
		if in.Version == nil || *in.Version != was.Version {
			return "", problem.ErrStale
		}
		u := tx.StockLocation.UpdateOneID(was.ID).Where(stocklocation.Version(was.Version)).AddVersion(1).
			SetName(in.Name).SetNillableStatus(in.Status).SetNillablePriority(in.Priority)
		if in.Address != nil {
			u.SetAddress(in.Address)
		}
		if err := u.Exec(ctx); ent.IsNotFound(err) {
			return "", problem.ErrStale
		} else if err != nil {
			return "", err
		}
		return was.ID, nil
	})
}

func (s *Service) newLocation(ctx context.Context, tx *ent.Client, in Location) (gid.ID, error) {
	taken, err := tx.StockLocation.Query().Where(stocklocation.Key(*in.Key)).Exist(ctx)
	if err != nil {
		return "", err
	}
	if taken {
		return "", problem.Refuse(KeyTaken, problem.Text{
			EN: "There is another place with this key.", DE: "Es gibt schon einen Lagerort mit diesem Schlüssel.",
		}, "input", "key")
	}
	c := tx.StockLocation.Create().SetKey(*in.Key).SetName(in.Name).SetNillableStatus(in.Status).SetNillablePriority(in.Priority)
	if in.Address != nil {
		c.SetAddress(in.Address)
	}
	made, err := c.Save(ctx)
	if err != nil {
		return "", fmt.Errorf("stock: location: %w", err)
	}
	return made.ID, nil
}

func (in *Location) check() (err error) {
	switch {
	case in.ID == nil && (in.Key == nil || !locationKey.MatchString(*in.Key)):
		return invalid("A new place needs a key of small letters, digits and hyphens, up to 60.",
			"Ein neuer Lagerort braucht einen Schlüssel aus kleinen Buchstaben, Ziffern und Bindestrichen, höchstens 60.", "key")
	case in.ID != nil && in.Key != nil:
		return invalid("The key of a place does not change.", "Der Schlüssel eines Lagerorts ändert sich nicht.", "key")
	case in.Priority != nil && (*in.Priority < 0 || *in.Priority > highestPriority):
		return invalid("The priority must be from 0 to 1,000,000.", "Die Priorität muss zwischen 0 und 1.000.000 liegen.", "priority")
	}
	if in.Name, err = text(in.Name, longestName, true, "name"); err != nil || in.Address == nil {
		return err
	}
	a := *in.Address
	for _, part := range []*string{&a.Name, &a.Line1, &a.Line2, &a.PostalCode, &a.City, &a.Region, &a.Country} {
		if *part, err = text(*part, longestName, false, "address"); err != nil {
			return err
		}
	}
	in.Address = &a
	return nil
}
