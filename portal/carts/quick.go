package carts

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// List is the input of Quick.
type List struct {
	Text   *string
	File   io.Reader
	CartID *gid.ID
	DryRun bool // only say what would become of each line
}

// The outcomes of a line, values of the API's QuickOrderOutcome; NoPrice and
// Quantity are others.
const (
	Added      = "ADDED"
	Merged     = "MERGED"
	UnknownSku = "UNKNOWN_SKU"
	Unreadable = "UNREADABLE"
	CartFull   = "CART_FULL"
)

// Outcome is what became of one line of a list.
type Outcome struct {
	Line     int
	Sku      string
	Quantity string
	Code     string
	Text     problem.Text
}

// Quick puts a list of skus into a cart, as far as they are sold as wanted, and
// says what became of each line. It returns the cart's id, none when nothing was
// put in.
func (s *Service) Quick(ctx context.Context, in List) (gid.ID, []Outcome, error) {
	if (in.Text == nil) == (in.File == nil) {
		return "", nil, invalid("Give a text or a file.", "Bitte geben Sie einen Text oder eine Datei an.")
	}
	source := in.File
	if in.Text != nil {
		source = strings.NewReader(*in.Text)
	}
	list, err := read(source)
	if err != nil {
		return "", nil, err
	}
	if len(list) == 0 {
		return "", nil, invalid("There is nothing in the list.", "Die Liste ist leer.")
	}
	var done []Outcome
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (_ gid.ID, err error) {
		var id gid.ID
		id, done, err = s.quick(ctx, tx, in, list)
		return id, err
	})
	if err == nil && done == nil { // a repeated request, which has put it in before
		done, err = s.repeated(ctx, id, list)
	}
	return id, done, err
}

// repeated says once more what became of the lines of a list: of a request that
// comes again only the cart is known.
func (s *Service) repeated(ctx context.Context, id gid.ID, list []listed) ([]Outcome, error) {
	o, tx := whose(ctx), s.store.Client()
	if id != "" {
		c, err := find(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		o = owner(c)
	}
	wants, err := lookUp(ctx, tx, o.Organization, list)
	if err != nil {
		return nil, err
	}
	p, err := s.foresee(ctx, tx, o, nil, wants)
	return outcomes(list, wants, p), err
}

// quick reads what is wanted, and puts it in. For a dry run it writes nothing.
func (s *Service) quick(ctx context.Context, tx *ent.Client, in List, list []listed) (gid.ID, []Outcome, error) {
	o, c, err := s.filled(ctx, tx, in.CartID)
	if err != nil {
		return "", nil, err
	}
	wants, err := lookUp(ctx, tx, o.Organization, list)
	if err != nil {
		return "", nil, err
	}
	known := slices.ContainsFunc(wants, func(w want) bool { return w.variant != nil })
	if in.DryRun || !known {
		p, err := s.foresee(ctx, tx, o, c, wants)
		return "", outcomes(list, wants, p), err
	}
	ctx, c, err = s.target(ctx, tx, in.CartID, nil, o, currencyOf(wants))
	if err != nil {
		return "", nil, err
	}
	p, err := s.put(ctx, tx, c, wants)
	if err != nil {
		return "", nil, err
	}
	return c.ID, outcomes(list, wants, p), nil
}

// filled is the cart that a list is for, nil when it is yet to be made, and whose
// it is.
func (s *Service) filled(ctx context.Context, tx *ent.Client, id *gid.ID) (access.Owner, *ent.Cart, error) {
	if id != nil {
		_, c, err := hold(ctx, tx, doChange, *id)
		if err != nil {
			return access.Owner{}, nil, err
		}
		return owner(c), c, nil
	}
	o := whose(ctx)
	if o.Organization == "" {
		return o, nil, invalid("Say whose cart it is.", "Bitte geben Sie an, wessen Warenkorb es ist.", "cartId")
	}
	c, err := tx.Cart.Query().Where(cart.OrganizationID(o.Organization), cart.UserID(o.User), cart.OpenName("")).Only(ctx)
	return o, c, ent.MaskNotFound(err)
}

// foresee says what would become of wants, without writing anything.
func (s *Service) foresee(ctx context.Context, tx *ent.Client, o access.Owner, c *ent.Cart, wants []want) (*plan, error) {
	b, err := s.prices.BuyerFor(ctx, o.Organization)
	if err != nil {
		return nil, err
	}
	var lines []*ent.CartLine
	if b.Currency == "" {
		b.Currency = currencyOf(wants)
	}
	if c != nil {
		b.Currency = c.Currency
		if lines, err = linesOf(ctx, tx, c.ID); err != nil {
			return nil, err
		}
	}
	return s.prepare(ctx, b, lines, wants)
}

// lookUp finds the variants of a list's skus, as they are written or in capitals.
func lookUp(ctx context.Context, tx *ent.Client, organization gid.ID, list []listed) ([]want, error) {
	var skus []string
	for _, l := range list {
		if !l.broken {
			skus = append(skus, l.sku, strings.ToUpper(l.sku))
		}
	}
	slices.Sort(skus)
	known := map[string]*ent.ProductVariant{}
	for part := range slices.Chunk(slices.Compact(skus), lookedUp) {
		found, err := offered(ctx, tx, organization, productvariant.SkuIn(part...))
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			known[v.Sku] = v
		}
	}
	wants := make([]want, len(list))
	for i, l := range list {
		if l.broken {
			continue
		}
		wants[i] = want{variant: known[l.sku], quantity: l.n}
		if wants[i].variant == nil {
			wants[i].variant = known[strings.ToUpper(l.sku)]
		}
	}
	return wants, nil
}

// The words for what became of a line.
var (
	textAdded      = problem.Text{EN: "Put in.", DE: "Aufgenommen."}
	textMerged     = problem.Text{EN: "Put in, together with line %d.", DE: "Aufgenommen, zusammen mit Zeile %d."}
	textUnreadable = problem.Text{EN: "The line cannot be read.", DE: "Die Zeile ist nicht lesbar."}
	textNumber     = problem.Text{EN: "The quantity must be a whole number. ", DE: "Die Menge muss eine ganze Zahl sein. "}
)

// outcomes say what became of each line.
func outcomes(list []listed, wants []want, p *plan) []Outcome {
	if p == nil {
		return nil
	}
	codes := map[string]string{NotOffered: UnknownSku, TooMany: CartFull}
	out, first := make([]Outcome, len(list)), map[gid.ID]int{}
	for i, l := range list {
		o := Outcome{Line: l.line, Sku: l.sku, Quantity: l.quantity, Code: Added, Text: textAdded}
		switch r := p.refused[i]; {
		case l.broken:
			o.Code, o.Text = Unreadable, textUnreadable
		case r != nil:
			o.Code, o.Text = cmp.Or(codes[r.Code], r.Code), r.Text
			if r.Code == Quantity && l.n == 0 {
				o.Text = problem.Text{EN: textNumber.EN + r.Text.EN, DE: textNumber.DE + r.Text.DE}
			}
		default:
			if n, again := first[wants[i].variant.ID]; again {
				o.Code, o.Text = Merged, textMerged.Format(n)
			} else {
				first[wants[i].variant.ID] = l.line
			}
		}
		out[i] = o
	}
	return out
}
