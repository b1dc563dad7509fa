package stock

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Feed is the input of Take: what lies in a place, by another system's word.
type Feed struct {
	Location   string // key
	ObservedAt time.Time
	Items      []FeedItem
}

// FeedItem is how many of a sku lie there.
type FeedItem struct {
	Sku     string
	OnHand  int
	Version *int // grows in the other system; nil: the time decides
}

// The codes of what is wrong with an item, values of the API's StockFeedErrorCode.
const (
	UnknownSku  = "UNKNOWN_SKU"
	Duplicate   = "DUPLICATE"
	InvalidItem = "INVALID"
)

// FeedError is an item that was not taken.
type FeedError struct {
	Index int
	Sku   string
	Code  string
	Text  problem.Text
}

// Fed is what became of a feed.
type Fed struct {
	Taken, Outdated int
	Errors          []FeedError
}

const (
	mostItems  = 10_000
	longestSku = 120
	ahead      = 5 * time.Minute // that another system's clock may be
)

// Take takes another system's word of what lies in a place. An item that is
// older than what is known changes nothing, so that a feed may come twice, late
// or in the wrong order. What is wrong with single items does not hold the
// others up. What was sent, came in or was written off here after the feed was
// observed is added to what it says: the other system did not know of it yet.
func (s *Service) Take(ctx context.Context, in Feed) (Fed, error) {
	var out *Fed
	done, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		ctx, err := access.Act(ctx, doFeed, access.Owner{})
		if err != nil {
			return "", err
		}
		at, err := s.feedPlace(ctx, tx, in)
		if err != nil {
			return "", err
		}
		out = &Fed{}
		observed := in.ObservedAt.UTC().Truncate(time.Microsecond)
		items, variants, err := feedItems(ctx, tx, in.Items, out)
		if err != nil {
			return "", err
		}
		b, err := s.open(ctx, variants, "")
		if err != nil {
			return "", err
		}
		b.expire("")
		since, err := s.since(ctx, variants, at.id, observed)
		if err != nil {
			return "", err
		}
		for _, variant := range variants {
			if b.feed(b.at(variant, at), items[variant], observed, since[variant]) {
				out.Taken++
			} else {
				out.Outdated++
			}
		}
		b.fill()
		return out.pack(), b.flush(ctx)
	})
	if err != nil {
		return Fed{}, err
	}
	if out == nil { // the same request under the same key, a second time
		return unpackFed(done, in.Items), nil
	}
	return *out, nil
}

func (s *Service) feedPlace(ctx context.Context, tx *ent.Client, in Feed) (place, error) {
	switch {
	case len(in.Items) > mostItems:
		return place{}, invalid("At most 10,000 items are taken at once.", "Es werden höchstens 10.000 Positionen auf einmal angenommen.", "items")
	case in.ObservedAt.After(s.now().Add(ahead)):
		return place{}, invalid("The time lies in the future.", "Der Zeitpunkt liegt in der Zukunft.", "observedAt")
	}
	l, err := tx.StockLocation.Query().Where(stocklocation.Key(in.Location)).Only(ctx)
	if ent.IsNotFound(err) {
		return place{}, problem.Refuse(UnknownLocation, problem.Text{
			EN: "There is no place with this key.", DE: "Es gibt keinen Lagerort mit diesem Schlüssel.",
		}, "input", "location")
	}
	if err != nil {
		return place{}, err
	}
	return placeOf(l), nil
}

// feedItems finds the variants of the items that can be taken, in the order of
// their ids.
func feedItems(ctx context.Context, tx *ent.Client, list []FeedItem, out *Fed) (map[gid.ID]FeedItem, []gid.ID, error) {
	seen := map[string]int{}
	for i, x := range list {
		fault := func(code string, t problem.Text) {
			out.Errors = append(out.Errors, FeedError{Index: i, Sku: clip(x.Sku), Code: code, Text: t})
		}
		_, twice := seen[x.Sku]
		switch {
		case x.Sku == "" || len(x.Sku) > longestSku:
			fault(InvalidItem, feedTexts[InvalidItem])
		case x.OnHand < 0 || x.OnHand > mostOnHand || x.Version != nil && *x.Version < 0:
			fault(InvalidItem, feedTexts[InvalidItem])
		case twice:
			fault(Duplicate, feedTexts[Duplicate])
		default:
			seen[x.Sku] = i
		}
	}
	skus := make([]string, 0, len(seen))
	for sku := range seen {
		skus = append(skus, sku)
	}
	slices.Sort(skus)
	items := make(map[gid.ID]FeedItem, len(skus))
	var variants []gid.ID
	for piece := range slices.Chunk(skus, 2*pieces) {
		found, err := tx.ProductVariant.Query().Where(productvariant.SkuIn(piece...)).
			Select(productvariant.FieldID, productvariant.FieldSku).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("stock: feed: %w", err)
		}
		for _, v := range found {
			items[v.ID] = list[seen[v.Sku]]
			variants = append(variants, v.ID)
			delete(seen, v.Sku)
		}
	}
	for sku, i := range seen {
		out.Errors = append(out.Errors, FeedError{Index: i, Sku: sku, Code: UnknownSku, Text: feedTexts[UnknownSku]})
	}
	slices.SortFunc(out.Errors, func(a, b FeedError) int { return a.Index - b.Index })
	slices.Sort(variants)
	return items, variants, nil
}

// clip cuts what cannot be a sku to what is enough to find it by.
func clip(sku string) string {
	if r := []rune(sku); len(r) > longestSku {
		return string(r[:longestSku])
	}
	return sku
}

var feedTexts = map[string]problem.Text{
	UnknownSku:  {EN: "There is no variant with this sku.", DE: "Es gibt keine Variante mit dieser Artikelnummer."},
	Duplicate:   {EN: "The feed has this sku more than once.", DE: "Die Artikelnummer kommt mehrmals vor."},
	InvalidItem: {EN: "The sku or a number of this item is not acceptable.", DE: "Die Artikelnummer oder eine Zahl dieser Position ist unzulässig."},
}

// feed sets a level as a feed says, unless it is older than what is known.
func (b *book) feed(l *level, x FeedItem, observed time.Time, since int) bool {
	if l.countedAt != nil && !observed.After(*l.countedAt) {
		return false
	}
	switch {
	case x.Version != nil && l.fedVersion != nil:
		if int64(*x.Version) <= *l.fedVersion {
			return false
		}
	case l.fedAt != nil && !observed.After(*l.fedAt):
		return false
	}
	if x.Version != nil {
		l.fedVersion = new(int64(*x.Version))
	}
	l.changed = true
	if l.fedAt == nil || observed.After(*l.fedAt) {
		l.fedAt = &observed
	}
	if change := x.OnHand + since - l.onHand; change != 0 {
		b.move(movement{kind: moveFeed, level: l, onHand: change})
	}
	return true
}

// since is by how much what lies in a place has changed here after a time, other
// than by feeds and counts.
func (s *Service) since(ctx context.Context, variants []gid.ID, location gid.ID, at time.Time) (map[gid.ID]int, error) {
	rows, err := s.store.Raw(ctx).QueryContext(ctx, `SELECT variant_id, sum(on_hand) FROM stock_movements WHERE `+s.store.Among("variant_id", 1)+
		` AND location_id = $2 AND occurred_at > $3 AND kind IN ('SHIP', 'RECEIVE', 'WRITE_OFF', 'MOVE') GROUP BY variant_id`, store.List(s.store, variants), string(location), at)
	if err != nil {
		return nil, fmt.Errorf("stock: feed: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID]int{}
	for rows.Next() {
		var id gid.ID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("stock: feed: %w", err)
		}
		all[id] = n
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: feed: %w", err)
	}
	return all, nil
}

// pack writes what became of a feed into what an idempotency key remembers, so
// that a repeated request is given the same answer.
func (f *Fed) pack() gid.ID {
	parts := []string{fmt.Sprintf("%d %d", f.Taken, f.Outdated)}
	for _, e := range f.Errors {
		parts = append(parts, fmt.Sprintf("%d %s", e.Index, e.Code))
	}
	return gid.ID(strings.Join(parts, ","))
}

func unpackFed(done gid.ID, items []FeedItem) Fed {
	var f Fed
	for i, part := range strings.Split(string(done), ",") {
		e := FeedError{}
		if i == 0 {
			_, _ = fmt.Sscanf(part, "%d %d", &f.Taken, &f.Outdated) // our own
		} else if n, _ := fmt.Sscanf(part, "%d %s", &e.Index, &e.Code); n == 2 && e.Index < len(items) {
			e.Sku, e.Text = clip(items[e.Index].Sku), feedTexts[e.Code]
			f.Errors = append(f.Errors, e)
		}
	}
	return f
}
