package stock

import (
	"context"
	"strings"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Adjustment is the input of Adjust.
type Adjustment struct {
	VariantID, LocationID gid.ID
	Kind                  string  // COUNT, RECEIVE, WRITE_OFF or MOVE
	ToLocationID          *gid.ID // of a MOVE: where they lie then
	Quantity              int
	Reason                string
}

const (
	longestReason = 500
	mostOnHand    = 1_000_000_000
)

// Adjust records that goods were counted, came in or are gone, and returns what
// LevelByKey finds the level by. Those who wait get what came in.
func (s *Service) Adjust(ctx context.Context, in Adjustment) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		ctx, err := access.Act(ctx, doAdjust, access.Owner{})
		if err != nil {
			return "", err
		}
		there, err := tx.ProductVariant.Query().Where(productvariant.ID(in.VariantID)).Exist(ctx)
		if err != nil {
			return "", err
		}
		at, err := tx.StockLocation.Query().Where(stocklocation.ID(in.LocationID)).Only(ctx)
		if !there || ent.IsNotFound(err) {
			return "", problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		to, err := in.destination(ctx, tx)
		if err != nil {
			return "", err
		}
		reason, err := text(in.Reason, longestReason, true, "reason")
		if err != nil {
			return "", err
		}
		least := 1
		if in.Kind == moveCount {
			least = 0
		}
		if in.Quantity < least || in.Quantity > mostOnHand {
			return "", invalid("The quantity is too small or too large.", "Die Menge ist zu klein oder zu groß.", "quantity")
		}
		b, err := s.open(ctx, []gid.ID{in.VariantID}, "")
		if err != nil {
			return "", err
		}
		b.expire("")
		l := b.at(in.VariantID, placeOf(at))
		m := movement{kind: in.Kind, level: l, onHand: in.Quantity, reason: reason}
		switch in.Kind {
		case moveCount:
			m.onHand, l.countedAt = in.Quantity-l.onHand, &b.now
		case moveWriteOff, moveMove:
			m.onHand = -in.Quantity
			if in.Quantity > l.onHand {
				return "", problem.Refuse(NotEnough, problem.Text{
					EN: "Only %d lie there.", DE: "Dort liegen nur %d.",
				}.Format(max(l.onHand, 0)), "input", "quantity")
			}
		default:
			if l.onHand > mostOnHand-in.Quantity {
				return "", invalid("The quantity is too small or too large.", "Die Menge ist zu klein oder zu groß.", "quantity")
			}
		}
		b.move(m)
		if to != nil {
			b.move(movement{kind: in.Kind, level: b.at(in.VariantID, placeOf(to)), onHand: in.Quantity, reason: reason})
		}
		b.fill()
		return levelKey(in.VariantID, in.LocationID), b.flush(ctx)
	})
}

// destination is the place to which goods are brought; nil when they are not.
func (in *Adjustment) destination(ctx context.Context, tx *ent.Client) (*ent.StockLocation, error) {
	if in.Kind != moveMove {
		if in.ToLocationID != nil {
			return nil, invalid("Only what is brought elsewhere has a place to go to.", "Nur was umgelagert wird, hat ein Ziel.", "toLocationId")
		}
		return nil, nil //nolint:nilnil // it stays where it is
	}
	if in.ToLocationID == nil || *in.ToLocationID == in.LocationID {
		return nil, invalid("Say to which other place.", "Bitte nennen Sie den anderen Lagerort.", "toLocationId")
	}
	to, err := tx.StockLocation.Query().Where(stocklocation.ID(*in.ToLocationID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.Refuse(UnknownLocation, problem.Text{EN: "There is no such place.", DE: "Diesen Lagerort gibt es nicht."}, "input", "toLocationId")
	}
	return to, err
}

// levelKey names a level: by its variant and its place.
func levelKey(variant, location gid.ID) gid.ID { return variant + " " + location }

// LevelByKey is the level that an adjustment has changed.
func (s *Service) LevelByKey(ctx context.Context, key gid.ID) (*Level, error) {
	variant, location, _ := strings.Cut(string(key), " ")
	all, err := s.LevelsOf(ctx, []gid.ID{gid.ID(variant)})
	for _, l := range all[gid.ID(variant)] {
		if string(l.LocationID) == location {
			return l, err
		}
	}
	return nil, err
}
